/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-crypto.h"
#include "disc-format.h"
#include "disc-layout.h"

G_BEGIN_DECLS

/*
 * One block of the database, compressed and sealed, and the table that says where all stand.
 *
 * A block in the stream begins with a frame of sixteen plain bytes: the first eight of the disc's
 * id, the number of its entry, and a sum of the two. It tells a swapped block and one of another
 * disc from a scratch, and lets the blocks of a disc without a table be found.
 */

#define DISC_FRAME_BYTES 16
#define DISC_BLOCK_STORED_MAX (DISC_FRAME_BYTES + DISC_BLOCK_BYTES + DISC_TAG_BYTES)
#define DISC_BLOCK_PAGES (DISC_BLOCK_BYTES / DISC_PAGE_SIZE)

/** How a block is written; numbers of the format. */
typedef enum
{
  DISC_CODING_PLAIN = 0,           /* did not become smaller */
  DISC_CODING_ZSTD = 1,
  DISC_CODING_ZSTD_DICTIONARY = 2,
} DiscCoding;

/** Number of a block that was written again behind: its entry is only a place. */
#define DISC_BLOCK_UNUSED 0xffffffffu

/** One entry of the table, in the order of the stream. */
typedef struct
{
  guint64 offset;       /* in the stream; the sum of all before */
  guint32 stored : 24;  /* bytes with frame and tag */
  guint32 coding : 8;   /* DiscCoding */
  guint32 number;       /* of the block */
} DiscBlockEntry;

/** The table. Blocks from n_database on hold copies of hot pages, four each. */
typedef struct
{
  GArray *entries;    /* (element-type DiscBlockEntry) */
  GArray *hot_pages;  /* (element-type guint32) page numbers from 0, ascending */
} DiscTable;

DiscTable *disc_table_new (void);
void disc_table_free (DiscTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscTable, disc_table_free)

/** disc_table_n_database_blocks: blocks of a database of @database_bytes. */
guint32 disc_table_n_database_blocks (guint64 database_bytes);

/** disc_table_raw_bytes: length of block @number when opened; 0 when there is no such block. */
gsize disc_table_raw_bytes (const DiscTable *self, guint64 database_bytes, guint32 number);

/** disc_table_write: (transfer full): as bytes. */
GByteArray *disc_table_write (const DiscTable *self);

/**
 * disc_table_read:
 * Returns: (transfer full): %NULL with %DISC_ERROR_CORRUPT unless every database block has exactly
 *   one entry and all entries lie in the stream
 */
DiscTable *disc_table_read (const guint8 *data, gsize len, const DiscHeader *header, GError **error);

/* ---- sealing -------------------------------------------------------------------------------- */

/** What the blocks of one disc have in common. */
typedef struct
{
  guint8 id[DISC_ID_BYTES];
  guint8 nonce[16];
  guint8 *key;             /* subkey for blocks */
} DiscBlockSeal;

/** Working memory of one thread. */
typedef struct _DiscBlockCoder DiscBlockCoder;

DiscBlockCoder *disc_block_coder_new (void);
void disc_block_coder_free (DiscBlockCoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscBlockCoder, disc_block_coder_free)

/** A dictionary made ready; shared between threads. */
typedef struct _DiscDictionary DiscDictionary;

/** disc_dictionary_new: @data is copied. */
DiscDictionary *disc_dictionary_new (const guint8 *data, gsize len);
void disc_dictionary_free (DiscDictionary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscDictionary, disc_dictionary_free)

/**
 * disc_block_seal:
 * @index: of the entry; never twice under one key
 * @dictionary: (nullable)
 * @level: of compression (zstd)
 * @out: gets frame and sealed bytes
 *
 * Returns: how it was written
 */
DiscCoding disc_block_seal (DiscBlockCoder *self, const DiscBlockSeal *seal, guint32 index,
                            guint32 number, const guint8 *raw, gsize raw_len,
                            const DiscDictionary *dictionary, int level, GByteArray *out);

/**
 * disc_block_open:
 * @stored: @entry->stored bytes
 * @raw: written, @raw_len bytes
 *
 * Returns: %FALSE with %DISC_ERROR_FOREIGN, _SWAPPED or _ALTERED
 */
gboolean disc_block_open (DiscBlockCoder *self, const DiscBlockSeal *seal, guint32 index,
                          const DiscBlockEntry *entry, const guint8 *stored,
                          const DiscDictionary *dictionary, guint8 *raw, gsize raw_len,
                          GError **error);

/** disc_block_check_frame: the first part of the above: whose block it says it is. */
gboolean disc_block_check_frame (const guint8 *id, guint32 index, const guint8 *stored,
                                 GError **error);

/** disc_block_is_frame: whether the bytes are the frame of a block of any disc. */
gboolean disc_block_is_frame (const guint8 *stored);

/** disc_region_seal: (transfer full): compresses and seals a piece that is no block. */
GByteArray *disc_region_seal (const guint8 *key, const guint8 *nonce, const guint8 *id,
                              const guint8 *raw, gsize raw_len);

/** disc_region_open: (transfer full): %NULL with %DISC_ERROR_ALTERED */
GByteArray *disc_region_open (const guint8 *key, const guint8 *nonce, const guint8 *id,
                              const guint8 *stored, gsize stored_len, gsize raw_len,
                              GError **error);

G_END_DECLS
