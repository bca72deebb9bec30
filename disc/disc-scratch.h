/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-vfs.h"

G_BEGIN_DECLS

/*
 * A database that lives for the length of a build, in a file without a name: each page sealed with
 * a key that is only in memory.
 */

typedef struct _DiscScratch DiscScratch;

/**
 * disc_scratch_new:
 * @dir: a folder on a file system with room
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO, _NO_SPACE
 */
DiscScratch *disc_scratch_new (const char *dir, GError **error);
void disc_scratch_free (DiscScratch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscScratch, disc_scratch_free)

/** disc_scratch_store: for disc_vfs_new(), with the scratch itself as the store. */
extern const DiscVfsStore disc_scratch_store;

/** disc_scratch_bytes: size of the database in it. */
guint64 disc_scratch_bytes (const DiscScratch *self);

G_END_DECLS
