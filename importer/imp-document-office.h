/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-flow.h"
#include "imp-document-zip.h"

G_BEGIN_DECLS

/* Parts of imp_document_office(). */

/** What is in an office document and not carried on. */
typedef struct
{
  guint n_links;   /* fields and sources that fetch something: DDE, includes */
  guint n_objects; /* embedded in the text itself */
  GHashTable *styles; /* (nullable): of OpenDocument, by family and name */
} ImpOfficeCounts;

void imp_office_word (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts);
void imp_office_slides (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts);
void imp_office_sheets (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts);
void imp_office_open_document (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts);

/** imp_office_walk: text of WordprocessingML or DrawingML below a node, itself included. */
void imp_office_walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts);
/** imp_office_part: the same of all of a part, where it is there. */
void imp_office_part (const ImpZip *zip, const char *name, ImpFlow *flow, ImpOfficeCounts *counts);
/** imp_office_parts: of all parts whose names begin and end so, in the order of their numbers. */
void imp_office_parts (const ImpZip *zip, const char *prefix, ImpFlow *flow,
                       ImpOfficeCounts *counts);

/** imp_office_is_fetching: whether the instruction of a field gets something from elsewhere. */
gboolean imp_office_is_fetching (const char *instruction);

G_END_DECLS
