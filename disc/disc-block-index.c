/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-block-index.h"

#include <string.h>

/* Of so many entries only the first has its offset; that of another is the sum of those between. */
#define RUN 64

/* One entry: what the table says of it, without its number. */
typedef struct
{
  guint32 stored : 24;
  guint32 coding : 8;
} Place;

struct _DiscBlockIndex
{
  guint n_blocks;            /* of the database, and of hot pages behind them */
  guint n_database;
  guint n_hot;
  guint64 database_bytes;
  Place *places;             /* by entry */
  guint64 *offsets;          /* in the stream, of each RUN of entries */
  guint32 *entries;          /* by number of block */
  guint32 *hot_pages;        /* ascending */
};

static void
index_entries (DiscBlockIndex *self, const GArray *entries, guint64 offset)
{
  self->places = g_new (Place, entries->len);
  self->offsets = g_new (guint64, entries->len / RUN + 1);
  self->entries = g_new0 (guint32, self->n_blocks);
  for (guint i = 0; i < entries->len; i++)
    {
      const DiscBlockEntry *entry = &g_array_index (entries, DiscBlockEntry, i);

      if (i % RUN == 0)
        self->offsets[i / RUN] = offset;
      offset += entry->stored;
      self->places[i] = (Place) { entry->stored, entry->coding };
      if (entry->number < self->n_blocks)
        self->entries[entry->number] = i;
    }
}

DiscBlockIndex *
disc_block_index_new (const DiscTable *table, guint64 begin, guint64 database_bytes)
{
  DiscBlockIndex *self = g_new0 (DiscBlockIndex, 1);

  self->database_bytes = database_bytes;
  self->n_hot = table->hot_pages->len;
  self->n_database = disc_table_n_database_blocks (database_bytes);
  self->n_blocks = self->n_database + (self->n_hot + DISC_BLOCK_PAGES - 1) / DISC_BLOCK_PAGES;
  self->hot_pages = g_memdup2 (table->hot_pages->data, self->n_hot * sizeof (guint32));
  index_entries (self, table->entries, begin);
  return self;
}

void
disc_block_index_free (DiscBlockIndex *self)
{
  g_free (self->places);
  g_free (self->offsets);
  g_free (self->entries);
  g_free (self->hot_pages);
  g_free (self);
}

static gsize
raw_bytes (const DiscBlockIndex *self, guint32 number)
{
  guint64 end = self->database_bytes;

  if (number >= self->n_database)
    {
      number -= self->n_database;
      end = (guint64) self->n_hot * DISC_PAGE_SIZE;
    }
  return (gsize) MIN (DISC_BLOCK_BYTES, end - (guint64) number * DISC_BLOCK_BYTES);
}

guint32
disc_block_index_get (const DiscBlockIndex *self, guint32 number, DiscBlockEntry *out,
                      gsize *raw_len)
{
  guint32 index = self->entries[number];
  guint64 offset = self->offsets[index / RUN];

  for (guint32 i = index / RUN * RUN; i < index; i++)
    offset += self->places[i].stored;
  *out = (DiscBlockEntry) { .offset = offset, .stored = self->places[index].stored,
                            .coding = self->places[index].coding, .number = number };
  *raw_len = raw_bytes (self, number);
  return index;
}

gboolean
disc_block_index_find_hot (const DiscBlockIndex *self, guint32 page, guint64 *place)
{
  guint low = 0;
  guint high = self->n_hot;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->hot_pages[middle] < page)
        low = middle + 1;
      else
        high = middle;
    }

  *place = (guint64) self->n_database * DISC_BLOCK_BYTES + (guint64) low * DISC_PAGE_SIZE;
  return low < self->n_hot && self->hot_pages[low] == page;
}
