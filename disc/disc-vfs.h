/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * A file layer of SQLite for one database that is no file: SQLite reads and writes it through the
 * functions of a store. One database, one connection, no journal, no locks.
 */

/** What a store offers. Each is called with the store, in the thread that uses the database. */
typedef struct
{
  /** read: all @len bytes lie inside the size */
  gboolean (*read) (gpointer store, guint64 offset, guint8 *out, gsize len, GError **error);
  /** write: (nullable): %NULL where the store is read only */
  gboolean (*write) (gpointer store, guint64 offset, const guint8 *data, gsize len, GError **error);
  /** size: bytes of the database so far */
  guint64 (*size) (gpointer store);
} DiscVfsStore;

typedef struct _DiscVfs DiscVfs;

/** disc_vfs_new: @store must live until the database is closed and this is freed. */
DiscVfs *disc_vfs_new (const DiscVfsStore *methods, gpointer store);
/** disc_vfs_free: after the database was closed. */
void disc_vfs_free (DiscVfs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscVfs, disc_vfs_free)

/** disc_vfs_name: for sqlite3_open_v2(), or vfs= of a URI. */
const char *disc_vfs_name (const DiscVfs *self);

/** disc_vfs_is_read_only: whether its store cannot be written. */
gboolean disc_vfs_is_read_only (const DiscVfs *self);

/** disc_vfs_read: straight from the store, at most what it holds; bytes read, or -1 with an error. */
gssize disc_vfs_read (DiscVfs *self, guint64 offset, guint8 *out, gsize len, GError **error);

/** disc_vfs_size: bytes of the database. */
guint64 disc_vfs_size (const DiscVfs *self);

/**
 * disc_vfs_take_error:
 * Returns: (transfer full) (nullable): what the store of @db last failed with, when @db is read or
 *   written through such a layer
 */
GError *disc_vfs_take_error (sqlite3 *db);

G_END_DECLS
