/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-layout.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"

#define MAGIC "TMSBDISC"
#define MAGIC_BYTES 8
#define SIGNATURE_BYTES 64
#define SIGNED_BYTES (DISC_HEADER_BYTES - SIGNATURE_BYTES)

#define FULL_SET_UNITS (DISC_SET_ROWS * DISC_SET_COLUMNS)
#define FULL_SET_PARITY (DISC_SET_PARITY * DISC_SET_COLUMNS)

/* ---- bytes ---------------------------------------------------------------------------------- */

/* A place in the header; one function walks it for writing and for reading. */
typedef struct
{
  guint8 *at;
  gboolean writing;
} Cursor;

static void
pass_bytes (Cursor *cursor, void *value, gsize len)
{
  if (cursor->writing)
    memcpy (cursor->at, value, len);
  else
    memcpy (value, cursor->at, len);
  cursor->at += len;
}

static void
pass_u32 (Cursor *cursor, guint32 *value)
{
  guint32 bytes = GUINT32_TO_LE (*value);

  pass_bytes (cursor, &bytes, sizeof bytes);
  *value = GUINT32_FROM_LE (bytes);
}

static void
pass_u64 (Cursor *cursor, guint64 *value)
{
  guint64 bytes = GUINT64_TO_LE (*value);

  pass_bytes (cursor, &bytes, sizeof bytes);
  *value = GUINT64_FROM_LE (bytes);
}

static void
pass_region (Cursor *cursor, DiscRegion *region)
{
  pass_u64 (cursor, &region->offset);
  pass_u64 (cursor, &region->stored);
  pass_u64 (cursor, &region->raw);
}

/* The sizes that make up the format stand in the header too, for programs that know others. */
typedef struct
{
  guint32 head, header, unit, block, page, rows, parity, columns;
} Sizes;

static const Sizes own_sizes = {
  DISC_HEAD_BYTES, DISC_HEADER_BYTES, DISC_UNIT_BYTES, DISC_BLOCK_BYTES,
  DISC_PAGE_SIZE,  DISC_SET_ROWS,     DISC_SET_PARITY, DISC_SET_COLUMNS,
};

static void
pass_sizes (Cursor *cursor, Sizes *sizes)
{
  guint32 *all[] = { &sizes->head, &sizes->header, &sizes->unit,   &sizes->block,
                     &sizes->page, &sizes->rows,   &sizes->parity, &sizes->columns };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    pass_u32 (cursor, all[i]);
}

/* Everything behind magic and version. */
static void
pass_fields (Cursor *cursor, DiscHeader *header, Sizes *sizes)
{
  pass_sizes (cursor, sizes);
  pass_u32 (cursor, &header->volume);
  pass_bytes (cursor, header->id, sizeof header->id);
  pass_u64 (cursor, &header->serial);
  pass_u32 (cursor, &header->n_volumes);
  pass_u32 (cursor, &header->n_blocks);
  pass_u64 (cursor, &header->database_bytes);
  pass_u64 (cursor, &header->stream_bytes);
  pass_u64 (cursor, &header->file_bytes);
  pass_region (cursor, &header->dictionary);
  pass_region (cursor, &header->table);
  pass_u64 (cursor, &header->hot_offset);
  pass_bytes (cursor, header->nonce, sizeof header->nonce);
  pass_bytes (cursor, header->slots_hash, sizeof header->slots_hash);
  pass_bytes (cursor, header->sums_hash, sizeof header->sums_hash);
  pass_bytes (cursor, header->manifest_hash, sizeof header->manifest_hash);
  pass_bytes (cursor, header->signer, sizeof header->signer);
}

void
disc_header_write (const DiscHeader *header, guint8 *out)
{
  DiscHeader copy = *header;
  Sizes sizes = own_sizes;
  Cursor cursor = { out, TRUE };

  memset (out, 0, DISC_HEADER_BYTES);
  pass_bytes (&cursor, (void *) MAGIC, MAGIC_BYTES);
  pass_u32 (&cursor, &copy.version);
  pass_fields (&cursor, &copy, &sizes);
  memcpy (out + SIGNED_BYTES, header->signature, SIGNATURE_BYTES);
}

gsize
disc_header_signed_bytes (void)
{
  return SIGNED_BYTES;
}

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "head of the container: %s", what);
  return FALSE;
}

/* What does not compress grows by less than a 64th, and by its tag. */
static gboolean
is_inside (const DiscRegion *region, guint64 stream_bytes, guint64 max_raw)
{
  return region->raw <= max_raw && region->stored <= region->raw + region->raw / 64 + 4096 &&
         region->stored <= stream_bytes &&
         region->offset <= stream_bytes - region->stored;
}

static gboolean
check (const DiscHeader *header, GError **error)
{
  guint64 file_bytes;

  if (header->volume == 0 || header->volume > header->n_volumes ||
      header->n_volumes > DISC_VOLUMES_MAX)
    return fail ("number of the volume", error);
  if (header->stream_bytes > DISC_STREAM_MAX_BYTES ||
      header->database_bytes > DISC_DATABASE_MAX_BYTES ||
      header->database_bytes % DISC_PAGE_SIZE != 0)
    return fail ("sizes", error);
  if (!is_inside (&header->dictionary, header->stream_bytes, DISC_DICTIONARY_MAX_BYTES) ||
      !is_inside (&header->table, header->stream_bytes, DISC_TABLE_MAX_BYTES) ||
      header->table.raw == 0 || header->hot_offset > header->stream_bytes)
    return fail ("regions", error);

  file_bytes = disc_layout_sums_offset (header->stream_bytes) +
               disc_layout_n_sums (header->stream_bytes) * DISC_SUM_BYTES;
  return header->file_bytes == file_bytes || fail ("length of the container", error);
}

gboolean
disc_header_read (const guint8 *data, DiscHeader *header, GError **error)
{
  Cursor cursor = { (guint8 *) data, FALSE };
  Sizes sizes;

  memset (header, 0, sizeof *header);
  if (memcmp (data, MAGIC, MAGIC_BYTES) != 0)
    return fail ("not a container", error);

  cursor.at += MAGIC_BYTES;
  pass_u32 (&cursor, &header->version);
  if (header->version > DISC_CONTAINER_VERSION)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_TOO_NEW,
                   "container version %u; this program reads up to %d", header->version,
                   DISC_CONTAINER_VERSION);
      return FALSE;
    }
  if (header->version == 0)
    return fail ("version", error);

  pass_fields (&cursor, header, &sizes);
  memcpy (header->signature, data + SIGNED_BYTES, SIGNATURE_BYTES);
  if (memcmp (&sizes, &own_sizes, sizeof sizes) != 0)
    return fail ("sizes of the format", error);

  return check (header, error);
}

/* ---- units ---------------------------------------------------------------------------------- */

guint64
disc_layout_n_units (guint64 stream_bytes)
{
  return (stream_bytes + DISC_UNIT_BYTES - 1) / DISC_UNIT_BYTES;
}

guint64
disc_layout_n_sets (guint64 stream_bytes)
{
  return (disc_layout_n_units (stream_bytes) + FULL_SET_UNITS - 1) / FULL_SET_UNITS;
}

void
disc_layout_set (guint64 stream_bytes, guint64 set, DiscSet *out)
{
  guint64 n_units = disc_layout_n_units (stream_bytes);

  out->first_unit = set * FULL_SET_UNITS;
  out->n_units = (guint) MIN (n_units - out->first_unit, FULL_SET_UNITS);
  out->n_columns = (out->n_units + DISC_SET_ROWS - 1) / DISC_SET_ROWS;
  out->n_rows = (out->n_units + out->n_columns - 1) / out->n_columns;
  out->offset = disc_layout_unit_offset (out->first_unit);
}

guint64
disc_layout_unit_offset (guint64 unit)
{
  guint64 n_parity_before = unit / FULL_SET_UNITS * FULL_SET_PARITY;

  return DISC_HEAD_BYTES + (unit + n_parity_before) * DISC_UNIT_BYTES;
}

guint64
disc_layout_n_sums (guint64 stream_bytes)
{
  guint64 n_sets = disc_layout_n_sets (stream_bytes);
  DiscSet last;

  if (n_sets == 0)
    return 0;

  disc_layout_set (stream_bytes, n_sets - 1, &last);
  return (n_sets - 1) * (FULL_SET_UNITS + FULL_SET_PARITY) + last.n_units +
         (guint64) last.n_columns * DISC_SET_PARITY;
}

guint64
disc_layout_sums_offset (guint64 stream_bytes)
{
  return DISC_HEAD_BYTES + disc_layout_n_sums (stream_bytes) * DISC_UNIT_BYTES;
}

guint64
disc_layout_spare_manifest_offset (const DiscHeader *header)
{
  return DISC_HEAD_BYTES + disc_layout_n_sums (header->stream_bytes) * DISC_SUM_BYTES +
         header->dictionary.stored + header->table.stored;
}
