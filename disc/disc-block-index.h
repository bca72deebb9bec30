/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-block.h"

G_BEGIN_DECLS

/*
 * The table of blocks as a reader keeps it: where the block of each number stands, in eight bytes a
 * block. Ten million messages are 600,000 blocks.
 */

typedef struct _DiscBlockIndex DiscBlockIndex;

/**
 * disc_block_index_new:
 * @table: as read, so that its entries lie in the stream and each block has one
 * @begin: in the stream, of the first entry
 */
DiscBlockIndex *disc_block_index_new (const DiscTable *table, guint64 begin, guint64 database_bytes);
void disc_block_index_free (DiscBlockIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscBlockIndex, disc_block_index_free)

/**
 * disc_block_index_get: the entry of block @number, which there must be.
 * @raw_len: (out): bytes of the block when opened
 *
 * Returns: the index of the entry
 */
guint32 disc_block_index_get (const DiscBlockIndex *self, guint32 number, DiscBlockEntry *out,
                              gsize *raw_len);

/**
 * disc_block_index_find_hot: where the copy of a hot page begins, counted like a place in the
 * database: beyond its last block.
 * @page: from 0
 *
 * Returns: %FALSE when it has none
 */
gboolean disc_block_index_find_hot (const DiscBlockIndex *self, guint32 page, guint64 *place);

G_END_DECLS
