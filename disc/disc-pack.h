/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-layout.h"
#include "disc-slots.h"
#include "disc-vfs.h"

G_BEGIN_DECLS

/*
 * A database being written straight into the container of a sealed disc. Pages gather in blocks;
 * a block that is complete and rests is compressed and sealed in another thread and appended to
 * the stream. One that is written again afterwards is appended once more. No page is ever outside
 * memory unsealed.
 */

typedef struct _DiscPack DiscPack;

/** How the finished container is sealed. */
typedef struct
{
  guint64 serial;
  const char *const *passphrases;   /* NULL-terminated; each opens the disc */
  DiscSlotCost cost;                /* of each */
  const guint8 *emergency_key;      /* (nullable) public half, 32 bytes */
  const guint8 *signing_key;        /* Ed25519 secret key, 64 bytes */
} DiscSealing;

/**
 * disc_pack_new:
 * @path: the container, does not exist yet
 * @sealing: must live until the pack is finished. Its key slots are made now: a passphrase takes
 *   memory, of which there is least to spare at the end
 * @n_threads: that compress
 * @level: of compression (zstd)
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_IO, _NO_SPACE
 */
DiscPack *disc_pack_new (const char *path, const DiscSealing *sealing, guint n_threads, int level,
                         GError **error);
/**
 * disc_pack_new_volume: a further volume of the disc of @of: its id, data key, key slots and signer,
 * with nonces of its own.
 */
DiscPack *disc_pack_new_volume (const char *path, const DiscPack *of, guint n_threads, int level,
                                GError **error);
void disc_pack_free (DiscPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscPack, disc_pack_free)

/** disc_pack_store: for disc_vfs_new(), with the pack itself as the store. */
extern const DiscVfsStore disc_pack_store;

/** disc_pack_id: of the disc, DISC_ID_BYTES; random. */
const guint8 *disc_pack_id (const DiscPack *self);

/** disc_pack_data_key: of the disc, DISC_KEY_BYTES of locked memory. */
const guint8 *disc_pack_data_key (const DiscPack *self);

/** disc_pack_bytes: size of the container so far. */
guint64 disc_pack_bytes (const DiscPack *self);

/** disc_pack_settle: appends all complete blocks, so that disc_pack_most_bytes() comes nearer. */
gboolean disc_pack_settle (DiscPack *self, GError **error);

/**
 * disc_pack_most_bytes: container and spare file together, without the manifest in the latter, are
 * never larger than this when no more than @more_bytes of new pages are written before the end, and
 * of the pages so far none but those on one way from the root to the last leaf of each of a few
 * tables are written again.
 */
guint64 disc_pack_most_bytes (const DiscPack *self, guint64 more_bytes);

/** disc_pack_least_bytes: nor smaller than this, whatever comes. */
guint64 disc_pack_least_bytes (const DiscPack *self);

/**
 * disc_pack_begin_hot: what comes from now on is wanted as soon as the disc is opened. All complete
 * blocks are appended first.
 */
gboolean disc_pack_begin_hot (DiscPack *self, GError **error);

/** disc_pack_finish_stream: after the database was closed; the container is complete but for its head. */
gboolean disc_pack_finish_stream (DiscPack *self, GError **error);

/**
 * disc_pack_seal: after disc_pack_finish_stream().
 * @volume: @n_volumes: which one of how many
 * @manifest: @manifest_len bytes: what the header signs beside itself
 * @spare_path: file for the second head, sums, dictionary, table and manifest; does not exist yet
 */
gboolean disc_pack_seal (DiscPack *self, guint volume, guint n_volumes, const guint8 *manifest,
                         gsize manifest_len, const char *spare_path, GError **error);

/** disc_pack_finish: both, for a disc of one volume. */
gboolean disc_pack_finish (DiscPack *self, const guint8 *manifest, gsize manifest_len,
                           const char *spare_path, GError **error);

G_END_DECLS
