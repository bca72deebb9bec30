/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/tree.h>

#include "imp-document-private.h"

G_BEGIN_DECLS

/**
 * imp_document_page:
 * @node: of a page of HTML, read by whatever reader; with the siblings behind it
 * @n_lost: characters that its reader lost
 *
 * Adds its words to @out (spec fhir.md 6.5): lines, cells with TAB, 【削除：…】 and "^" as of
 * ImpFlow; scripts, links and pictures are left out and told. Nothing is opened, so it needs no
 * confinement; readers of HTML that is not well-formed do.
 */
void imp_document_page (const xmlNode *node, const ImpDocumentLimits *limits, guint n_lost,
                        ImpDocument *out);

G_END_DECLS
