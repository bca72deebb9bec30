/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "disc-error.h"
#include "disc-layout.h"

#define UNIT ((guint64) DISC_UNIT_BYTES)

/* 64 rows of 61 units make a full set of 3904, and 8 * 61 = 488 units of parity follow it. */
static const struct
{
  guint64 stream_bytes;
  guint64 n_units;
  guint64 n_sets;
  guint64 n_sums;
  guint last_columns;
  guint last_rows;
} streams[] = {
  { 1, 1, 1, 1 + 8, 1, 1 },
  { UNIT, 1, 1, 1 + 8, 1, 1 },
  { UNIT + 1, 2, 1, 2 + 8, 1, 2 },
  { 64 * UNIT, 64, 1, 64 + 8, 1, 64 },
  { 65 * UNIT, 65, 1, 65 + 16, 2, 33 },
  { 3904 * UNIT, 3904, 1, 3904 + 488, 61, 64 },
  { 3904 * UNIT + 1, 3905, 2, 3904 + 488 + 1 + 8, 1, 1 },
};

static void
test_sizes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      guint64 bytes = streams[i].stream_bytes;
      DiscSet set;

      g_assert_cmpuint (disc_layout_n_units (bytes), ==, streams[i].n_units);
      g_assert_cmpuint (disc_layout_n_sets (bytes), ==, streams[i].n_sets);
      g_assert_cmpuint (disc_layout_n_sums (bytes), ==, streams[i].n_sums);
      g_assert_cmpuint (disc_layout_sums_offset (bytes), ==,
                        DISC_HEAD_BYTES + streams[i].n_sums * UNIT);
      disc_layout_set (bytes, streams[i].n_sets - 1, &set);
      g_assert_cmpuint (set.n_columns, ==, streams[i].last_columns);
      g_assert_cmpuint (set.n_rows, ==, streams[i].last_rows);
    }
}

static void
test_places (void)
{
  g_assert_cmpuint (disc_layout_unit_offset (0), ==, 32768);
  g_assert_cmpuint (disc_layout_unit_offset (3903), ==, 32768 + 3903 * UNIT);
  g_assert_cmpuint (disc_layout_unit_offset (3904), ==, 32768 + (3904 + 488) * UNIT);
}

/* Every unit is in one group, in its own row, and no two of a row share a group. */
static void
test_groups (void)
{
  DiscSet set;

  for (guint units = 1; units <= 3904; units += 37)
    {
      disc_layout_set (units * UNIT, 0, &set);
      for (guint row = 0; row < set.n_rows; row++)
        for (guint column = 0; column < set.n_columns; column++)
          g_assert_cmpuint (disc_layout_column (&set, row, disc_layout_group (&set, row, column)),
                            ==, column);
    }
}

/* A spoke that meets every 61st unit, the worst for a plain interleaving, meets no group twice
 * more than a few times. */
static void
test_spoke (void)
{
  guint hits[61] = { 0 };
  DiscSet set;

  disc_layout_set (3904 * UNIT, 0, &set);
  for (guint row = 0; row < 64; row++)
    hits[disc_layout_group (&set, row, 5)]++;
  for (guint i = 0; i < 61; i++)
    g_assert_cmpuint (hits[i], <=, DISC_SET_PARITY);
}

static DiscHeader
make_header (void)
{
  DiscHeader header = { .version = 1, .serial = 7, .volume = 1, .n_volumes = 1 };

  header.stream_bytes = 100 * UNIT + 5;
  header.database_bytes = 4 * 16384;
  header.file_bytes = disc_layout_sums_offset (header.stream_bytes) +
                      disc_layout_n_sums (header.stream_bytes) * DISC_SUM_BYTES;
  header.n_blocks = 3;
  header.table = (DiscRegion) { 50, 60, 70 };
  header.hot_offset = 40;
  memset (header.id, 0x11, sizeof header.id);
  memset (header.signature, 0x22, sizeof header.signature);
  return header;
}

static void
test_header (void)
{
  DiscHeader header = make_header ();
  DiscHeader read;
  guint8 data[DISC_HEADER_BYTES];
  g_autoptr (GError) error = NULL;

  disc_header_write (&header, data);
  g_assert_true (disc_header_read (data, &read, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (read.serial, ==, 7);
  g_assert_cmpuint (read.stream_bytes, ==, header.stream_bytes);
  g_assert_cmpuint (read.table.offset, ==, 50);
  g_assert_cmpuint (read.table.raw, ==, 70);
  g_assert_cmpuint (read.hot_offset, ==, 40);
  g_assert_cmpmem (read.id, 16, header.id, 16);
  g_assert_cmpmem (read.signature, 64, header.signature, 64);
  g_assert_cmpmem (data, 8, "TMSBDISC", 8);
}

typedef void (*Spoil) (DiscHeader *header);

static void
spoil_volume (DiscHeader *header)
{
  header->volume = 2;
}

static void
spoil_volumes (DiscHeader *header)
{
  header->n_volumes = 100;
}

static void
spoil_stream (DiscHeader *header)
{
  header->stream_bytes = DISC_STREAM_MAX_BYTES + 1;
}

static void
spoil_database (DiscHeader *header)
{
  header->database_bytes++;
}

static void
spoil_length (DiscHeader *header)
{
  header->file_bytes--;
}

static void
spoil_table (DiscHeader *header)
{
  header->table.offset = header->stream_bytes - 59;
}

static void
spoil_table_size (DiscHeader *header)
{
  header->table.raw = DISC_TABLE_MAX_BYTES + 1;
}

static void
spoil_table_stored (DiscHeader *header)
{
  header->table = (DiscRegion) { 0, 70 + 1 + 4096 + 1, 70 };
}

static void
spoil_overflow (DiscHeader *header)
{
  header->table.offset = G_MAXUINT64 - 10;
}

static void
spoil_dictionary (DiscHeader *header)
{
  header->dictionary = (DiscRegion) { 0, 10, DISC_DICTIONARY_MAX_BYTES + 1 };
}

static void
spoil_hot (DiscHeader *header)
{
  header->hot_offset = header->stream_bytes + 1;
}

static void
spoil_newer (DiscHeader *header)
{
  header->version = 2;
}

static void
spoil_none (DiscHeader *header)
{
  header->version = 0;
}

static void
test_header_refused (void)
{
  static const struct
  {
    Spoil spoil;
    int code;
  } cases[] = {
    { spoil_volume, DISC_ERROR_CORRUPT },     { spoil_volumes, DISC_ERROR_CORRUPT },
    { spoil_stream, DISC_ERROR_CORRUPT },     { spoil_database, DISC_ERROR_CORRUPT },
    { spoil_length, DISC_ERROR_CORRUPT },     { spoil_table, DISC_ERROR_CORRUPT },
    { spoil_table_stored, DISC_ERROR_CORRUPT },
    { spoil_table_size, DISC_ERROR_CORRUPT }, { spoil_overflow, DISC_ERROR_CORRUPT },
    { spoil_dictionary, DISC_ERROR_CORRUPT }, { spoil_hot, DISC_ERROR_CORRUPT },
    { spoil_newer, DISC_ERROR_TOO_NEW },      { spoil_none, DISC_ERROR_CORRUPT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DiscHeader header = make_header ();
      DiscHeader read;
      guint8 data[DISC_HEADER_BYTES];
      g_autoptr (GError) error = NULL;

      cases[i].spoil (&header);
      disc_header_write (&header, data);
      g_assert_false (disc_header_read (data, &read, &error));
      g_assert_error (error, DISC_ERROR, cases[i].code);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/layout/sizes", test_sizes);
  g_test_add_func ("/disc/layout/places", test_places);
  g_test_add_func ("/disc/layout/groups", test_groups);
  g_test_add_func ("/disc/layout/spoke", test_spoke);
  g_test_add_func ("/disc/layout/header", test_header);
  g_test_add_func ("/disc/layout/header-refused", test_header_refused);
  return g_test_run ();
}
