/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The container of a sealed disc, as arithmetic and bytes: its head, and where each unit of its
 * stream stands in the file. FORMAT.md, "The container". Nothing here reads a file or knows a key.
 *
 * The container is the head, then the stream in sets of units, behind each set its parity, then the
 * sums of all units. A unit is the smallest thing that is lost or repaired.
 */

#define DISC_CONTAINER_VERSION 1

#define DISC_UNIT_BYTES 32768       /* one error-correction block of a DVD */
#define DISC_BLOCK_BYTES 65536      /* of the database: four pages */
#define DISC_HEAD_BYTES 32768       /* the header, and behind it the key slots */
#define DISC_HEADER_BYTES 1024
#define DISC_SUM_BYTES 16           /* BLAKE2b of one unit */
#define DISC_HASH_BYTES 32          /* BLAKE2b of everything else */
#define DISC_ID_BYTES 16
#define DISC_SET_ROWS 64            /* a group of parity is at most so many units ... */
#define DISC_SET_PARITY 8           /* ... and of them and their parity so many may be lost */
#define DISC_SET_COLUMNS 61         /* groups of a full set; a prime, see disc_layout_group() */

/* Ceilings of what a head may claim. */
#define DISC_STREAM_MAX_BYTES ((guint64) 1 << 41)
#define DISC_DATABASE_MAX_BYTES ((guint64) 1 << 44)
#define DISC_TABLE_MAX_BYTES ((guint64) 1 << 28)
#define DISC_DICTIONARY_MAX_BYTES (1024 * 1024)
#define DISC_VOLUMES_MAX 99

/** A sealed piece of the stream. */
typedef struct
{
  guint64 offset; /* in the stream, bytes */
  guint64 stored; /* sealed bytes */
  guint64 raw;    /* bytes when opened; 0: there is none */
} DiscRegion;

/** The header. All numbers are little-endian in the file. */
typedef struct
{
  guint32 version;
  guint8 id[DISC_ID_BYTES];
  guint64 serial;                      /* of the hospital's discs; 0: not numbered */
  guint32 volume;                      /* from 1 */
  guint32 n_volumes;
  guint64 database_bytes;              /* a multiple of the page size */
  guint64 stream_bytes;
  guint64 file_bytes;                  /* of the whole container */
  guint32 n_blocks;                    /* entries of the table */
  DiscRegion dictionary;
  DiscRegion table;
  guint64 hot_offset;                  /* in the stream: from here on it is wanted at the start */
  guint8 nonce[16];                    /* beginning of every nonce */
  guint8 slots_hash[DISC_HASH_BYTES];  /* of the rest of the head */
  guint8 sums_hash[DISC_HASH_BYTES];   /* of the sums of all units */
  guint8 manifest_hash[DISC_HASH_BYTES];
  guint8 signer[32];                   /* Ed25519 public key */
  guint8 signature[64];                /* of everything above */
} DiscHeader;

/** disc_header_write: @out gets DISC_HEADER_BYTES. */
void disc_header_write (const DiscHeader *header, guint8 *out);

/** disc_header_signed_bytes: how many of the bytes written the signature covers. */
gsize disc_header_signed_bytes (void);

/**
 * disc_header_read:
 * @data: DISC_HEADER_BYTES
 *
 * Checks every number against the ceilings and against the others; not the signature.
 *
 * Returns: %FALSE with %DISC_ERROR_TOO_NEW, or %DISC_ERROR_CORRUPT
 */
gboolean disc_header_read (const guint8 *data, DiscHeader *header, GError **error);

/* ---- units ---------------------------------------------------------------------------------- */

/** One set: its units of the stream, in rows, and its parity. */
typedef struct
{
  guint64 first_unit;   /* of the stream */
  guint n_units;        /* of the stream, in this set */
  guint n_columns;      /* groups */
  guint n_rows;         /* units in the largest group */
  guint64 offset;       /* in the file, of the first unit; parity stands behind the last */
} DiscSet;

/** disc_layout_n_units: units of a stream of @stream_bytes. */
guint64 disc_layout_n_units (guint64 stream_bytes);

/** disc_layout_n_sets: sets of a stream of @stream_bytes. */
guint64 disc_layout_n_sets (guint64 stream_bytes);

/** disc_layout_set: the set number @set, from 0. */
void disc_layout_set (guint64 stream_bytes, guint64 set, DiscSet *out);

/** disc_layout_unit_offset: where in the file unit @unit of a stream stands. */
guint64 disc_layout_unit_offset (guint64 unit);

/** disc_layout_n_sums: units of stream and parity together: entries in the list of sums. */
guint64 disc_layout_n_sums (guint64 stream_bytes);

/** disc_layout_sums_offset: where in the file the sums begin. */
guint64 disc_layout_sums_offset (guint64 stream_bytes);

/** disc_layout_spare_manifest_offset: where in the spare file the copy of the manifest begins. */
guint64 disc_layout_spare_manifest_offset (const DiscHeader *header);

/**
 * disc_layout_group: the group of the unit in @row and @column of @set.
 *
 * Each row is turned against the one above by another amount, so that no scratch, spoke or bad
 * pressing that comes again at an even distance meets the same group each time.
 */
static inline guint
disc_layout_group (const DiscSet *set, guint row, guint column)
{
  return (column + row * row) % set->n_columns;
}

/** disc_layout_column: the column in which @row holds its unit of @group. */
static inline guint
disc_layout_column (const DiscSet *set, guint row, guint group)
{
  return (group + set->n_columns - row * row % set->n_columns) % set->n_columns;
}

G_END_DECLS
