/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-block.h"

#include <string.h>

#include "disc-error.h"

/* Numbers of entries and hot pages; then the columns, each in one piece, as they compress best. */
#define COUNTS_BYTES 8
#define ENTRY_BYTES 8 /* three bytes of length, four of number, one of coding */
#define HOT_BYTES 4

DiscTable *
disc_table_new (void)
{
  DiscTable *self = g_new0 (DiscTable, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (DiscBlockEntry));
  self->hot_pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
disc_table_free (DiscTable *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->hot_pages);
  g_free (self);
}

guint32
disc_table_n_database_blocks (guint64 database_bytes)
{
  return (guint32) ((database_bytes + DISC_BLOCK_BYTES - 1) / DISC_BLOCK_BYTES);
}

static guint32
n_hot_blocks (const DiscTable *self)
{
  return (self->hot_pages->len + DISC_BLOCK_PAGES - 1) / DISC_BLOCK_PAGES;
}

gsize
disc_table_raw_bytes (const DiscTable *self, guint64 database_bytes, guint32 number)
{
  guint32 n_database = disc_table_n_database_blocks (database_bytes);
  guint64 begin, end;

  if (number >= n_database)
    {
      number -= n_database;
      database_bytes = (guint64) self->hot_pages->len * DISC_PAGE_SIZE;
    }
  begin = (guint64) number * DISC_BLOCK_BYTES;
  end = MIN (begin + DISC_BLOCK_BYTES, database_bytes);
  return end > begin ? (gsize) (end - begin) : 0;
}

/* ---- writing -------------------------------------------------------------------------------- */

static guint8 *
put_u32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
  return at + sizeof value;
}

GByteArray *
disc_table_write (const DiscTable *self)
{
  GByteArray *bytes = g_byte_array_new ();
  guint n = self->entries->len;
  guint32 before = 0;
  guint8 *at;

  g_byte_array_set_size (bytes, COUNTS_BYTES + n * ENTRY_BYTES + self->hot_pages->len * HOT_BYTES);
  at = put_u32 (bytes->data, n);
  at = put_u32 (at, self->hot_pages->len);
  for (guint shift = 0; shift < 24; shift += 8)
    for (guint i = 0; i < n; i++)
      *at++ = (guint8) (g_array_index (self->entries, DiscBlockEntry, i).stored >> shift);
  for (guint i = 0; i < n; i++)
    {
      guint32 number = g_array_index (self->entries, DiscBlockEntry, i).number;

      at = put_u32 (at, number - before);
      before = number;
    }
  for (guint i = 0; i < n; i++)
    *at++ = (guint8) g_array_index (self->entries, DiscBlockEntry, i).coding;

  before = 0;
  for (guint i = 0; i < self->hot_pages->len; i++)
    {
      guint32 page = g_array_index (self->hot_pages, guint32, i);

      at = put_u32 (at, page - before);
      before = page;
    }

  return bytes;
}

/* ---- reading -------------------------------------------------------------------------------- */

static guint32
get_u32 (const guint8 *at)
{
  guint32 value;

  memcpy (&value, at, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "block table: %s", what);
  return FALSE;
}

static gboolean
read_entries (DiscTable *self, const guint8 *data, guint n, const DiscHeader *header,
              GError **error)
{
  const guint8 *lengths = data;
  const guint8 *numbers = lengths + (gsize) n * 3;
  const guint8 *codings = numbers + (gsize) n * 4;
  guint64 offset = header->dictionary.stored;
  guint32 number = 0;

  g_array_set_size (self->entries, n);
  for (guint i = 0; i < n; i++)
    {
      DiscBlockEntry *entry = &g_array_index (self->entries, DiscBlockEntry, i);

      entry->offset = offset;
      entry->stored = lengths[i] | (guint32) lengths[n + i] << 8 |
                      (guint32) lengths[2 * (gsize) n + i] << 16;
      number += get_u32 (numbers + (gsize) i * 4);
      entry->number = number;
      entry->coding = codings[i];
      if (entry->stored < DISC_FRAME_BYTES + DISC_TAG_BYTES ||
          entry->stored > DISC_BLOCK_STORED_MAX ||
          entry->coding > DISC_CODING_ZSTD_DICTIONARY)
        return fail ("entry", error);
      offset += entry->stored;
    }

  return offset <= header->stream_bytes || fail ("blocks beyond the stream", error);
}

static gboolean
read_hot_pages (DiscTable *self, const guint8 *data, guint n, guint64 database_bytes,
                GError **error)
{
  guint32 page = 0;

  for (guint i = 0; i < n; i++)
    {
      guint32 step = get_u32 (data + (gsize) i * HOT_BYTES);

      if ((i > 0 && step == 0) || step > G_MAXUINT32 - page ||
          (guint64) (page + step) * DISC_PAGE_SIZE >= database_bytes)
        return fail ("hot pages", error);
      page += step;
      g_array_append_val (self->hot_pages, page);
    }

  return TRUE;
}

/* Each block once, none that is not. */
static gboolean
check_numbers (const DiscTable *self, guint64 database_bytes, GError **error)
{
  guint32 n = disc_table_n_database_blocks (database_bytes) + n_hot_blocks (self);
  g_autofree guint8 *seen = g_malloc0 (n / 8 + 1);
  guint32 n_seen = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      guint32 number = g_array_index (self->entries, DiscBlockEntry, i).number;

      if (number == DISC_BLOCK_UNUSED)
        continue;
      if (number >= n || seen[number / 8] & 1 << number % 8)
        return fail ("block number", error);
      seen[number / 8] |= (guint8) (1 << number % 8);
      n_seen++;
    }

  return n_seen == n || fail ("blocks are missing", error);
}

DiscTable *
disc_table_read (const guint8 *data, gsize len, const DiscHeader *header, GError **error)
{
  g_autoptr (DiscTable) self = disc_table_new ();
  guint64 n, n_hot;

  if (len < COUNTS_BYTES)
    {
      fail ("length", error);
      return NULL;
    }

  n = get_u32 (data);
  n_hot = get_u32 (data + 4);
  if (n != header->n_blocks || len != COUNTS_BYTES + n * ENTRY_BYTES + n_hot * HOT_BYTES)
    {
      fail ("length", error);
      return NULL;
    }

  data += COUNTS_BYTES;
  if (!read_entries (self, data, (guint) n, header, error) ||
      !read_hot_pages (self, data + n * ENTRY_BYTES, (guint) n_hot, header->database_bytes,
                       error) ||
      !check_numbers (self, header->database_bytes, error))
    return NULL;

  return g_steal_pointer (&self);
}
