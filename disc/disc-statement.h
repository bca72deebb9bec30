/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The SQL of the program lies in disc/sql, one statement a file, bundled into the library. Each
 * file begins with a comment: parameters, columns in order, index it relies on.
 */

typedef sqlite3_stmt DiscStatement;

void disc_statement_free (DiscStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscStatement, disc_statement_free)

/**
 * disc_statement_new:
 * @name: "patient-by-id" for disc/sql/patient-by-id.sql
 *
 * Returns: (transfer full): %NULL with the DiscError of what SQLite said
 */
DiscStatement *disc_statement_new (sqlite3 *db, const char *name, GError **error);

/**
 * disc_statement_step:
 *
 * Returns: SQLITE_ROW, SQLITE_DONE, or another code with @error set
 */
int disc_statement_step (DiscStatement *self, GError **error);

/** disc_statement_run: a statement without rows: steps, and resets for the next one. */
gboolean disc_statement_run (DiscStatement *self, GError **error);

/** disc_statement_run_script: runs a file of several statements without parameters. */
gboolean disc_statement_run_script (sqlite3 *db, const char *name, GError **error);

/** disc_statement_bind_text: NUL-terminated, kept by the caller until the next step; %NULL too. */
void disc_statement_bind_text (DiscStatement *self, int index, const char *text);

/**
 * disc_statement_text:
 * @chunk: where the copy is put, so that many texts are freed at once
 *
 * Returns: the text of a column as valid UTF-8 of at most DISC_TEXT_MAX_BYTES, or %NULL. A disc of
 *   ours holds nothing else; a prepared one gets its text mended and cut.
 */
const char *disc_statement_text (DiscStatement *self, int column, GStringChunk *chunk);

/** disc_statement_dup_text: (transfer full): as disc_statement_text(), in memory of its own. */
char *disc_statement_dup_text (DiscStatement *self, int column);

/** disc_statement_uint: an integer column, 0 when it is outside 0 to @max. */
guint disc_statement_uint (DiscStatement *self, int column, guint max);

G_END_DECLS
