/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * viewer_finding_detail:
 * @detail: what the importer wrote, English, with names of fields and codes in it
 * Returns: (transfer full): the same in the language of the window; a sentence this version does
 *   not know comes back as it is. No GTK.
 */
char *viewer_finding_detail (const char *detail);

G_END_DECLS
