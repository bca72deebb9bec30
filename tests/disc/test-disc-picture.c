/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of documents: what is written comes back, and what is lost harms nothing else. */
#include "disc-picture.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-layout.h"
#include "disc-sqlite.h"
#include "disc-statement.h"

#include "disc-sealed-fixture.h"

#define SEED 5
#define SOME_BYTES 3200000

static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };

static DiscReader *
open_at (const char *dir)
{
  g_autoptr (GError) error = NULL;
  DiscReader *reader = disc_reader_open_with (dir, &unlock, &error);

  g_assert_no_error (error);
  return reader;
}

static GPtrArray *
load (DiscReader *reader, gint64 rid)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pictures = disc_reader_load_pictures (reader, rid, &error);

  g_assert_no_error (error);
  return pictures;
}

static void
check_first (const DiscPicture *picture, guint pno)
{
  g_assert_cmpint (picture->rid, ==, (gint64) pno << 20);
  g_assert_cmpuint (picture->number, ==, 1);
  g_assert_cmpstr (picture->media_type, ==, "image/png");
  g_assert_cmpuint (picture->width, ==, 40);
  g_assert_cmpuint (picture->height, ==, 30);
  g_assert_cmpuint (picture->original_width, ==, 4000);
  g_assert_cmpuint (picture->original_height, ==, 3000);
  g_assert_cmpuint (picture->page, ==, 1);
  g_assert_cmpstr (picture->name, ==, "紹介状.pdf");
  g_assert_null (picture->absent);
}

static void
check_pictures (DiscReader *reader, guint pno)
{
  g_autoptr (GPtrArray) pictures = load (reader, (gint64) pno << 20);
  g_autoptr (GPtrArray) none = load (reader, (gint64) pno << 20 | 1);
  g_autoptr (GBytes) expected = sealed_picture (SEED, pno);
  g_autoptr (GError) error = NULL;
  const DiscPicture *left_out;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (pictures->len, ==, SEALED_PICTURES);
  check_first (g_ptr_array_index (pictures, 0), pno);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) bytes =
          disc_reader_load_picture (reader, g_ptr_array_index (pictures, i), &error);

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, expected));
    }
  left_out = g_ptr_array_index (pictures, 2);
  g_assert_cmpstr (left_out->absent, ==, "budget");
  g_assert_cmpuint (left_out->size, ==, 12345);
  g_assert_null (left_out->name);
  g_assert_cmpuint (left_out->page, ==, 0);
  g_assert_null (disc_reader_load_picture (reader, left_out, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lost = 99;

  sealed_make_pictures (fixture->disc, SEED, 0);
  reader = open_at (fixture->disc);
  g_assert_cmpint (disc_reader_get_info (reader)->format, ==, 2);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    check_pictures (reader, pno);
  g_assert_true (
      disc_reader_count_lost_pictures (reader, 1 << 20, 1, SEALED_PICTURES, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 0);
  /* A record that tells of more than there are: they are lost. */
  g_assert_true (
      disc_reader_count_lost_pictures (reader, 1 << 20, 1, SEALED_PICTURES + 2, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 2);
  /* Of the last alone, as of a record of its own. */
  g_assert_true (
      disc_reader_count_lost_pictures (reader, 1 << 20, SEALED_PICTURES, 1, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 0);
  g_assert_true (
      disc_reader_count_lost_pictures (reader, 1 << 20, SEALED_PICTURES, 3, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 2);
}

/* Of a message that is several records each has its own. */
static void
test_of_record (void)
{
  static const struct
  {
    const char *from; /* NULL: not said */
    const char *n;
    guint first, count;
  } cases[] = {
    { NULL, NULL, 1, 0 },
    { NULL, "3", 1, 3 },
    { "4", "2", 4, 2 },
    { "0", "2", 1, 2 },
    { "x", "2", 1, 2 },
    { NULL, "5000", 1, DISC_PICTURES_MAX },
    { "4095", "9", 4095, 1 },
    { "99999999999", "9", DISC_PICTURES_MAX, 1 },
    { "2", "99999999999", 2, DISC_PICTURES_MAX - 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (DiscRecordSet) set = NULL;
      const guint8 *data;
      gsize len;

      disc_record_builder_begin (builder, DISC_KIND_REPORT, DISC_STATUS_COMPLETED, TRUE);
      disc_record_builder_add (builder, DISC_FIELD_PICTURES, cases[i].n, -1);
      disc_record_builder_add (builder, DISC_FIELD_PICTURES_FROM, cases[i].from, -1);
      data = disc_record_builder_get (builder, &len);
      bytes = g_bytes_new (data, len);
      set = disc_record_set_new (bytes, NULL);
      g_assert_cmpuint (disc_picture_first (disc_record_set_get (set, 0)), ==, cases[i].first);
      g_assert_cmpuint (disc_picture_count (disc_record_set_get (set, 0)), ==, cases[i].count);
    }
}

static void
test_keep (void)
{
  static const struct
  {
    guint first, n;
    const char *kept;
  } cases[] = {
    { 1, 5, "12345" }, { 1, 2, "12" }, { 3, 2, "34" }, { 5, 9, "5" }, { 6, 1, "" }, { 1, 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) kept = g_string_new (NULL);

      for (guint number = 1; number <= 5; number++)
        {
          DiscPicture *picture = g_new0 (DiscPicture, 1);

          picture->number = number;
          g_ptr_array_add (pictures, picture);
        }
      disc_pictures_keep (pictures, cases[i].first, cases[i].n);
      for (guint k = 0; k < pictures->len; k++)
        g_string_append_printf (kept, "%u",
                                ((DiscPicture *) g_ptr_array_index (pictures, k))->number);
      g_assert_cmpstr (kept->str, ==, cases[i].kept);
    }
}

/* Volume 1 tells of them; they are beside the sources of their messages. */
static void
test_volumes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = NULL;
  g_autofree char *away = NULL;
  guint n_lost = 99;

  sealed_make_pictures (fixture->disc, SEED, SOME_BYTES);
  second = disc_reader_volume_path (fixture->disc, 2);
  away = g_strconcat (second, ".away", NULL);
  g_assert_cmpint (g_rename (second, away), ==, 0);

  reader = open_at (fixture->disc);
  g_assert_cmpuint (disc_reader_n_volumes (reader), >, 2);
  pictures = load (reader, (gint64) 1 << 20);
  g_assert_cmpuint (pictures->len, ==, SEALED_PICTURES);
  g_assert_cmpuint (disc_reader_volume_of (reader, (gint64) 1 << 20), ==, 2);
  g_assert_null (disc_reader_load_picture (reader, g_ptr_array_index (pictures, 0), &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  g_clear_error (&error);
  g_assert_true (
      disc_reader_count_lost_pictures (reader, 1 << 20, 1, SEALED_PICTURES, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 0); /* nothing that volume 1 has */

  g_assert_cmpint (g_rename (away, second), ==, 0);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    check_pictures (reader, pno);
}

/* ---- damage --------------------------------------------------------------------------------- */

/* Overwrites units @first to @last of the stream. */
static void
scratch (const char *path, guint64 first, guint64 last)
{
  g_autofree guint8 *dirt = g_malloc (DISC_UNIT_BYTES);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  memset (dirt, 0x5a, DISC_UNIT_BYTES);
  for (guint64 unit = first; unit <= last; unit++)
    g_assert_cmpint (pwrite (fd, dirt, DISC_UNIT_BYTES, (off_t) disc_layout_unit_offset (unit)), ==,
                     DISC_UNIT_BYTES);
  close (fd);
}

/* Most of the pictures lie in what is lost. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *container = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_units, first_unit;
  guint n_right = 0, n_failed = 0, n_lost = 0, n_charts = 0;

  sealed_make_pictures (fixture->disc, SEED, 0);
  container = fixture_file (fixture, DISC_CONTAINER_FILE);
  reader = open_at (fixture->disc);
  n_units =
      disc_layout_n_units (disc_container_header (disc_reader_container (reader))->stream_bytes);
  disc_reader_free (g_steal_pointer (&reader));

  /* Messages first, then 37 units of pictures, then some five of what is small: 28 in a row are
   * lost, which no parity of eight in each of three groups repairs. */
  first_unit = n_units - 35;
  scratch (container, first_unit, first_unit + 27);

  reader = open_at (fixture->disc);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);
      g_autoptr (GPtrArray) pictures = NULL;
      g_autoptr (GBytes) expected = sealed_picture (SEED, pno);
      g_autoptr (GBytes) bytes = NULL;

      g_assert_no_error (error);
      n_charts += disc_chart_lost (chart) == NULL ? 1 : 0;
      pictures = load (reader, (gint64) pno << 20);
      bytes = disc_reader_load_picture (reader, g_ptr_array_index (pictures, 0), &error);
      if (bytes == NULL)
        {
          g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
          g_clear_error (&error);
          n_failed++;
        }
      else
        {
          g_assert_true (g_bytes_equal (bytes, expected));
          n_right++;
        }
    }
  g_test_message ("charts whole %u, pictures right %u, lost %u", n_charts, n_right, n_failed);
  g_assert_cmpuint (n_charts, ==, SEALED_PATIENTS);
  g_assert_cmpuint (n_right, >, 0);
  g_assert_cmpuint (n_failed, >, 10);

  /* Each of them stands there twice. */
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    {
      guint n = 99;

      g_assert_true (disc_reader_count_lost_pictures (reader, (gint64) pno << 20, 1,
                                                      SEALED_PICTURES, &n, &error));
      n_lost += n;
    }
  g_assert_cmpuint (n_lost, ==, 2 * n_failed);
}

/* On a volume from the second on, with the first at hand and without. */
static void
test_damaged_volume (Fixture *fixture, gconstpointer data)
{
  DiscUnlock any = unlock;
  g_autofree char *path = NULL;
  g_autofree char *container = NULL;
  g_autoptr (DiscReader) first = NULL;
  g_autoptr (DiscReader) second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first_rid, last_rid;
  guint n_failed = 0, n_lost = 99, n_alone = 99;
  gboolean is_exact = FALSE;

  sealed_make_pictures (fixture->disc, SEED, SOME_BYTES);
  path = disc_reader_volume_path (fixture->disc, 2);
  container = g_build_filename (path, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  scratch (container, 10, 30);
  any.any_volume = TRUE;
  first = open_at (fixture->disc);
  second = disc_reader_open_with (path, &any, &error);
  g_assert_no_error (error);
  g_assert_true (disc_reader_run (second, &first_rid, &last_rid));
  for (guint pno = 1; pno <= DISC_PNO (last_rid); pno++)
    {
      g_autoptr (GPtrArray) pictures = load (first, (gint64) pno << 20);
      g_autoptr (GBytes) bytes =
          disc_reader_load_picture (first, g_ptr_array_index (pictures, 0), NULL);

      n_failed += bytes == NULL ? 1 : 0;
    }
  g_assert_cmpuint (n_failed, >, 0);
  g_assert_true (disc_reader_count_lost_pictures_of_run (second, first, first_rid, last_rid,
                                                         &n_lost, &is_exact, &error));
  g_assert_cmpuint (n_lost, ==, 2 * n_failed);
  g_assert_true (is_exact);
  /* What others have is not missed here. */
  g_assert_true (disc_reader_count_lost_pictures_of_run (second, NULL, 0, G_MAXINT64 >> 12,
                                                         &n_alone, &is_exact, &error));
  g_assert_cmpuint (n_alone, ==, n_lost);
}

/* ---- a disc of format 1, and prepared ones -------------------------------------------------- */

static void
make_plain (Fixture *fixture, const char *sql)
{
  const DiscInfo info = { .as_of = "2025-05-10", .months = 13 };
  const DiscPatient patient = { .facility = "9999999999", .id = "1" };
  const DiscMessage message = { .format = DISC_FORMAT_SSMIX2 };
  g_autoptr (GBytes) bytes = sealed_picture (SEED, 1);
  DiscPicture picture = { .rid = (gint64) 1 << 20,
                          .number = 1,
                          .media_type = "image/png",
                          .width = 40,
                          .height = 30,
                          .size = g_bytes_get_size (bytes) };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);
  g_autofree char *path = NULL;
  g_autoptr (sqlite3) db = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (disc_writer_last_rid (writer), ==, 0);
  g_assert_true (disc_writer_begin_patient (writer, &patient, &error));
  g_assert_true (disc_writer_add_message (writer, &message, NULL, NULL, &error));
  g_assert_cmpint (disc_writer_last_rid (writer), ==, picture.rid);
  g_assert_true (disc_writer_add_picture (writer, &picture, bytes, &error));
  g_assert_true (disc_writer_finish (writer, &info, "{}", "{}", &error));
  g_assert_no_error (error);

  path = fixture_file (fixture, DISC_RECORDS_FILE);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* As the first version wrote it. */
static void
test_older_disc (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (DiscChart) chart = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lost = 99;

  make_plain (fixture, "DROP TABLE picture; DROP TABLE picture_data; PRAGMA user_version = 1;");
  reader = open_at (fixture->disc);
  g_assert_cmpint (disc_reader_get_info (reader)->format, ==, 1);
  chart = disc_reader_load_chart (reader, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_chart_n_messages (chart), ==, 1);
  pictures = load (reader, (gint64) 1 << 20);
  g_assert_cmpuint (pictures->len, ==, 0);
  g_assert_true (disc_reader_count_lost_pictures (reader, 1 << 20, 1, 0, &n_lost, &error));
  g_assert_cmpuint (n_lost, ==, 0);
}

/* Without a table that its version has, it is no disc. */
static void
test_table_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_plain (fixture, "DROP TABLE picture_data;");
  g_assert_null (disc_reader_open (fixture->disc, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
}

/* Nothing is handed to a decoder that is not what the importer writes. */
static void
test_prepared (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    gboolean has_data;
  } cases[] = {
    { "UPDATE picture_data SET bytes = x'00' || bytes", TRUE },
    { "UPDATE picture_data SET bytes = bytes || x'00'; UPDATE picture SET size = size + 1", TRUE },
    { "UPDATE picture_data SET bytes = x'3c7376672f3e'; UPDATE picture SET size = 6", TRUE },
    { "UPDATE picture SET width = 41", TRUE },
    { "UPDATE picture SET media_type = 'image/jpeg'", TRUE },
    { "UPDATE picture SET media_type = 'image/svg+xml'", TRUE },
    { "DELETE FROM picture_data", TRUE },
    { "UPDATE picture SET data = data + 4096", FALSE }, /* another message's */
    { "UPDATE picture SET data = -1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscReader) reader = NULL;
      g_autoptr (GPtrArray) pictures = NULL;
      g_autoptr (GError) error = NULL;
      const DiscPicture *picture;

      g_test_message ("%s", cases[i].sql);
      make_plain (fixture, cases[i].sql);
      reader = open_at (fixture->disc);
      pictures = load (reader, (gint64) 1 << 20);
      g_assert_cmpuint (pictures->len, ==, 1);
      picture = g_ptr_array_index (pictures, 0);
      g_assert_cmpint (picture->data != 0, ==, cases[i].has_data);
      g_assert_null (disc_reader_load_picture (reader, picture, &error));
      g_assert_error (error, DISC_ERROR,
                      (int) (cases[i].has_data ? DISC_ERROR_CORRUPT : DISC_ERROR_LIMIT));
      disc_reader_free (g_steal_pointer (&reader));
      fixture_remove_disc (fixture);
    }
}

/* The writer takes nothing that a reader would refuse, and goes on. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  const DiscInfo info = { .as_of = "2025-05-10", .months = 13 };
  const DiscPatient patient = { .facility = "9999999999", .id = "1" };
  const DiscMessage message = { .format = DISC_FORMAT_SSMIX2 };
  g_autoptr (GBytes) bytes = sealed_picture (SEED, 1);
  const DiscPicture good = { .rid = (gint64) 1 << 20,
                             .number = 1,
                             .media_type = "image/png",
                             .width = 40,
                             .height = 30,
                             .size = g_bytes_get_size (bytes) };
  DiscPicture cases[4] = { good, good, good, good };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);

  cases[0].width = 39;
  cases[1].media_type = "image/jpeg";
  cases[2].number = DISC_PICTURES_MAX + 1;
  cases[3].height = 31;
  g_assert_true (disc_writer_begin_patient (writer, &patient, &error));
  g_assert_true (disc_writer_add_message (writer, &message, NULL, NULL, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_false (disc_writer_add_picture (writer, &cases[i], bytes, &error));
      g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
      g_clear_error (&error);
    }
  g_assert_true (disc_writer_add_picture (writer, &good, bytes, &error));
  g_assert_true (disc_writer_finish (writer, &info, "{}", "{}", &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/picture/of-record", test_of_record);
  g_test_add_func ("/disc/picture/keep", test_keep);
  fixture_add ("/disc/picture/round-trip", test_round_trip);
  fixture_add ("/disc/picture/volumes", test_volumes);
  fixture_add ("/disc/picture/damage", test_damage);
  fixture_add ("/disc/picture/damaged-volume", test_damaged_volume);
  fixture_add ("/disc/picture/older-disc", test_older_disc);
  fixture_add ("/disc/picture/table-missing", test_table_missing);
  fixture_add ("/disc/picture/prepared", test_prepared);
  fixture_add ("/disc/picture/refused", test_refused);
  return g_test_run ();
}
