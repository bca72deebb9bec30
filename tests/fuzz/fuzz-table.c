/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-block.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* The first bytes choose how large the database and the stream claim to be; the rest is the table. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  DiscHeader header = { .stream_bytes = 1 << 24 };
  g_autoptr (DiscTable) table = NULL;
  g_autoptr (GByteArray) again = NULL;
  guint32 count = 0;

  if (size < 8)
    return 0;

  header.database_bytes = (guint64) data[0] * DISC_PAGE_SIZE;
  header.dictionary.stored = data[1];
  memcpy (&count, data + 4, sizeof count);
  header.n_blocks = GUINT32_FROM_LE (count);
  table = disc_table_read (data + 4, size - 4, &header, NULL);
  if (table == NULL)
    return 0;

  for (guint i = 0; i < table->entries->len; i++)
    {
      const DiscBlockEntry *entry = &g_array_index (table->entries, DiscBlockEntry, i);

      g_assert_cmpuint (entry->offset + entry->stored, <=, header.stream_bytes);
      if (entry->number != DISC_BLOCK_UNUSED)
        g_assert_cmpuint (disc_table_raw_bytes (table, header.database_bytes, entry->number), >, 0);
    }
  again = disc_table_write (table);
  g_assert_cmpmem (again->data, again->len, data + 4, size - 4);
  return 0;
}
