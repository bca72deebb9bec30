/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** One table of data/: lines of columns with tabs between; lines of # and empty ones are remarks.
 */

/**
 * ViewerDrugTableLine: takes one line.
 * @columns: (array zero-terminated=1): without outer blanks
 * Returns: %NULL, or why the line is not of the form: static
 */
typedef const char *(*ViewerDrugTableLine) (gpointer data, char **columns);

/**
 * viewer_drug_table_read:
 * @text: UTF-8, a byte order mark is passed over
 * @name: of the file, for the error
 *
 * Returns: %FALSE with %VIEWER_ERROR_TABLE and "NAME:LINE: why" at the first bad line
 */
gboolean viewer_drug_table_read (const char *text, const char *name, ViewerDrugTableLine take,
                                 gpointer data, GError **error);

/** viewer_drug_table_builtin: (transfer full): the text of the table as this program has it. */
char *viewer_drug_table_builtin (const char *name);

/**
 * viewer_drug_table_own:
 * @folders: (array zero-terminated=1)
 *
 * Returns: (transfer full) (nullable): the text of the first file called @name; %NULL: there is
 * none (no error), or it cannot be taken: too long, not UTF-8, not readable
 */
char *viewer_drug_table_own (const char *name, const char *const *folders, GError **error);

G_END_DECLS
