/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-layout.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is believed is written again to the same bytes, and all its places lie in the file. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  guint8 header_bytes[DISC_HEADER_BYTES] = { 0 }, again[DISC_HEADER_BYTES];
  DiscHeader header, second;
  DiscSet set;
  guint64 n_sets;

  if (size > 0)
    memcpy (header_bytes, data, MIN (size, sizeof header_bytes));
  if (!disc_header_read (header_bytes, &header, NULL))
    return 0;

  disc_header_write (&header, again);
  g_assert_true (disc_header_read (again, &second, NULL));
  g_assert_cmpuint (second.file_bytes, ==, header.file_bytes);
  g_assert_cmpuint (header.table.offset + header.table.stored, <=, header.stream_bytes);
  g_assert_cmpuint (header.dictionary.offset + header.dictionary.stored, <=, header.stream_bytes);
  n_sets = disc_layout_n_sets (header.stream_bytes);
  if (n_sets == 0)
    return 0;

  disc_layout_set (header.stream_bytes, n_sets - 1, &set);
  g_assert_cmpuint (set.n_rows, <=, DISC_SET_ROWS);
  g_assert_cmpuint (set.n_columns, <=, DISC_SET_COLUMNS);
  g_assert_cmpuint (set.offset + (guint64) (set.n_units + set.n_columns * DISC_SET_PARITY) *
                                     DISC_UNIT_BYTES, <=, header.file_bytes);
  return 0;
}
