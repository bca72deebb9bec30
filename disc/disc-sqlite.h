/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "disc-vfs.h"

G_BEGIN_DECLS

/*
 * Opening the database of a disc and telling what SQLite said. Every file of a disc is opened here
 * and nowhere else.
 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)

/**
 * disc_sqlite_create:
 * @path: a file that does not exist yet
 *
 * Opens a new database for writing with the schema in it: pages of DISC_PAGE_SIZE, no journal, no
 * waiting for the medium. A writer that fails throws its files away, so none of it is needed.
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO, _NO_SPACE
 */
sqlite3 *disc_sqlite_create (const char *path, GError **error);

/** disc_sqlite_create_on: the same in an empty store that can be written. */
sqlite3 *disc_sqlite_create_on (DiscVfs *vfs, GError **error);

/**
 * disc_sqlite_attach:
 * @path: a database that disc_sqlite_create() made
 * @schema: name under which @db sees its tables; a constant of the program
 */
gboolean disc_sqlite_attach (sqlite3 *db, const char *path, const char *schema, GError **error);

/** disc_sqlite_attach_on: the same with what disc_sqlite_create_on() made. */
gboolean disc_sqlite_attach_on (sqlite3 *db, DiscVfs *vfs, const char *schema, GError **error);

/**
 * disc_sqlite_open:
 * @path: the database of a disc
 *
 * Opens it read only, without locks or journals beside it (it may stand on a write-protected
 * medium), as a file somebody else may have prepared: no triggers, no views, no extensions, limits
 * on every length.
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_NOT_A_DISC, _TOO_NEW, _CORRUPT, _IO
 */
sqlite3 *disc_sqlite_open (const char *path, GError **error);

/** disc_sqlite_open_on: the same from a store. */
sqlite3 *disc_sqlite_open_on (DiscVfs *vfs, GError **error);

/**
 * disc_sqlite_fail:
 * @rc: result code of SQLite, not SQLITE_OK
 * @what: what was being done, for the message
 *
 * Sets @error to what the store of @db failed with, or else to the DiscError for @rc.
 *
 * Returns: %FALSE, always
 */
gboolean disc_sqlite_fail (sqlite3 *db, int rc, const char *what, GError **error);

/** disc_sqlite_exec: runs constant @sql without results. */
gboolean disc_sqlite_exec (sqlite3 *db, const char *sql, GError **error);

G_END_DECLS
