/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are not what they should be: an error, never a crash, and never somebody's record. */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-posting.h"
#include "disc-reader.h"
#include "disc-sqlite.h"
#include "disc-writer.h"

#include "disc-fixture.h"

static const DiscInfo info = { .hospital = "h", .as_of = "2025-05-10", .id = "00", .months = 13 };

/* A disc of a few dozen pages with every table in use. */
static void
make_disc (Fixture *fixture)
{
  static const DiscPatient patient = { .facility = "9999999999", .id = "12345", .name = "架空　花子" };
  static const DiscFinding finding = { .severity = "info", .code = "stale", .patient = "12345" };
  g_autofree char *source = g_strnfill (3000, 's');
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .source = source, .source_len = 3000 };
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);

  g_assert_no_error (error);
  g_ptr_array_add (terms, (char *) "アムロジピン");
  disc_record_builder_begin (builder, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_TEXT, "肺癌の疑い", -1);
  message.records = disc_record_builder_get (builder, &message.records_len);
  for (guint pno = 0; pno < 8; pno++)
    {
      disc_writer_begin_patient (writer, &patient, &error);
      for (guint seq = 0; seq < 10; seq++)
        disc_writer_add_message (writer, &message, terms, "肺癌の疑い", &error);
      disc_writer_add_finding (writer, &finding, &error);
    }
  disc_writer_begin_disputed (writer, "9999999999", &error);
  message.disputed_ids = "12345\n777";
  disc_writer_add_message (writer, &message, terms, NULL, &error);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static gboolean
look_at_message (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
                 GError **error)
{
  gsize *n_bytes = user_data;

  for (guint i = 0; i < disc_record_set_n (records); i++)
    disc_record_value (disc_record_set_get (records, i), DISC_FIELD_TEXT);
  *n_bytes += message->source_len;
  return TRUE;
}

/* Everything a program could ask of a disc. Errors are taken as they come. */
static void
read_everything (Fixture *fixture)
{
  g_autoptr (DiscReader) reader = disc_reader_open (fixture->disc, NULL);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) pnos = NULL;
  g_autoptr (DiscChart) disputed = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GStringChunk) texts = g_string_chunk_new (64);
  g_autoptr (GArray) values = NULL;
  g_autofree char *report = NULL;
  gsize n_bytes = 0;

  if (reader == NULL)
    return;

  for (guint32 pno = 0; pno < 10; pno++)
    {
      g_autoptr (DiscPatient) patient = disc_reader_load_patient (reader, pno, NULL);
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, NULL);
    }

  disc_reader_foreach_message (reader, 0, G_MAXINT64, look_at_message, &n_bytes, NULL);
  disc_reader_load_postings (reader, 1, 0, G_MAXINT64, rids, NULL);
  pnos = disc_reader_find_patients (reader, "12345", NULL);
  disputed = disc_reader_load_disputed (reader, "777", NULL);
  findings = disc_reader_load_findings (reader, "9999999999", "12345", NULL);
  report = disc_reader_load_report (reader, NULL);
  values = disc_reader_load_report_part (reader, "$", texts, NULL);
}

static void
assert_not_opened (Fixture *fixture, int code)
{
  g_autoptr (GError) error = NULL;
  DiscReader *reader = disc_reader_open (fixture->disc, &error);

  g_assert_null (reader);
  g_assert_error (error, DISC_ERROR, code);
}

static void
read_file (Fixture *fixture, char **bytes, gsize *len)
{
  g_autofree char *path = fixture_file (fixture, DISC_RECORDS_FILE);

  g_assert_true (g_file_get_contents (path, bytes, len, NULL));
}

static void
write_file (Fixture *fixture, const char *bytes, gsize len)
{
  g_autofree char *path = fixture_file (fixture, DISC_RECORDS_FILE);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_file_set_contents_full (path, bytes, (gssize) len, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
}

static void
test_no_disc (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->disc, DISC_FOLDER, NULL);
  g_autofree char *in_place_of_folder = g_build_filename (fixture->dir, "file", NULL);
  g_autoptr (GError) error = NULL;

  assert_not_opened (fixture, DISC_ERROR_NOT_A_DISC);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  assert_not_opened (fixture, DISC_ERROR_NOT_A_DISC);

  g_assert_true (g_file_set_contents (in_place_of_folder, "x", 1, NULL));
  g_assert_null (disc_reader_open (in_place_of_folder, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
}

/* Offsets of the SQLite file format, section 1.3. */
static void
test_header (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    gsize offset;
    const char *bytes;
    gsize len;
    int code;
  } cases[] = {
    { 0, "PK\x03\x04", 4, DISC_ERROR_CORRUPT },              /* no database */
    { 60, "\x00\x00\x00\x03", 4, DISC_ERROR_TOO_NEW },       /* format version 3 */
    { 60, "\x7f\xff\xff\xff", 4, DISC_ERROR_TOO_NEW },
    { 60, "\x00\x00\x00\x00", 4, DISC_ERROR_CORRUPT },       /* there is no version 0 */
    { 68, "\x00\x00\x00\x00", 4, DISC_ERROR_NOT_A_DISC },    /* of another program */
    { 16, "\x10\x00", 2, DISC_ERROR_CORRUPT },               /* page size 4096 */
    { 28, "\x7f\xff\xff\xff", 4, DISC_ERROR_CORRUPT },       /* more pages than there are */
    { 44, "\x00\x00\x00\x09", 4, DISC_ERROR_CORRUPT },       /* schema format 9 */
    { 18, "\x02\x02", 2, DISC_ERROR_CORRUPT },               /* wants a log beside it */
    { 100, "\x00", 1, DISC_ERROR_CORRUPT },                  /* kind of the first page */
  };
  g_autofree char *bytes = NULL;
  gsize len;

  make_disc (fixture);
  read_file (fixture, &bytes, &len);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *broken = g_memdup2 (bytes, len);

      memcpy (broken + cases[i].offset, cases[i].bytes, cases[i].len);
      write_file (fixture, broken, len);
      g_test_message ("offset %u", (guint) cases[i].offset);
      assert_not_opened (fixture, cases[i].code);
    }
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize len;

  make_disc (fixture);
  read_file (fixture, &bytes, &len);
  for (gsize cut = 0; cut < len; cut += cut < 256 ? 17 : len / 40)
    {
      write_file (fixture, bytes, cut);
      g_test_message ("%u of %u bytes", (guint) cut, (guint) len);
      assert_not_opened (fixture, DISC_ERROR_CORRUPT);
    }
  write_file (fixture, bytes, len - 1);
  assert_not_opened (fixture, DISC_ERROR_CORRUPT);
}

/* Random bytes and zeros at many places: nothing may crash, hang or read outside its memory. */
static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  g_autofree char *bytes = NULL;
  guint n = g_test_slow () ? 5000 : 400;
  gsize len;

  make_disc (fixture);
  read_file (fixture, &bytes, &len);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *broken = g_memdup2 (bytes, len);
      guint n_places = 1 + i % 5;

      for (guint place = 0; place < n_places; place++)
        {
          /* Every third time near the head of a page, where the structure is. */
          gsize page = (gsize) g_rand_int_range (random, 0, (gint32) (len / DISC_PAGE_SIZE));
          gsize offset = i % 3 == 0 ? page * DISC_PAGE_SIZE + (gsize) g_rand_int_range (random, 0, 64)
                                    : (gsize) g_rand_int_range (random, 0, (gint32) len - 64);
          gsize n_bytes = (gsize) g_rand_int_range (random, 1, 64);

          for (gsize k = 0; k < n_bytes; k++)
            broken[offset + k] = i % 7 == 0 ? 0 : (char) g_rand_int_range (random, 0, 256);
        }

      write_file (fixture, broken, len);
      read_everything (fixture);
    }
}

/* What somebody prepared with SQLite itself. */
static void
test_prepared (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    int code;
  } at_opening[] = {
    { "CREATE VIEW v AS SELECT 1", DISC_ERROR_CORRUPT },
    { "CREATE TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END", DISC_ERROR_CORRUPT },
    { "ALTER TABLE message RENAME TO m2", DISC_ERROR_CORRUPT },
    { "ALTER TABLE patient DROP COLUMN kana", DISC_ERROR_CORRUPT },
  };
  static const struct
  {
    const char *sql;
    gboolean ok;
  } at_chart[] = {
    { "UPDATE message SET flags = 2", TRUE },
    { "UPDATE message SET flags = flags | 1", FALSE },  /* a disputed one in a chart */
    { "UPDATE message SET format = 99", FALSE },
    { "UPDATE message SET records = x'02'", FALSE },
    { "UPDATE message SET records = zeroblob (16777217) WHERE rid = 1048576", FALSE },
    { "UPDATE message SET path = zeroblob (100000)", TRUE },
    { "UPDATE message SET sent_at = 1.5", TRUE },
  };
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  gsize len;

  make_disc (fixture);
  read_file (fixture, &bytes, &len);
  path = fixture_file (fixture, DISC_RECORDS_FILE);
  for (gsize i = 0; i < G_N_ELEMENTS (at_opening) + G_N_ELEMENTS (at_chart); i++)
    {
      gboolean opens = i >= G_N_ELEMENTS (at_opening);
      gsize k = i - G_N_ELEMENTS (at_opening);
      const char *sql = opens ? at_chart[k].sql : at_opening[i].sql;
      g_autoptr (DiscReader) reader = NULL;
      g_autoptr (DiscChart) chart = NULL;
      g_autoptr (GError) error = NULL;
      sqlite3 *db = NULL;

      g_test_message ("%s", sql);
      write_file (fixture, bytes, len);
      g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
      sqlite3_close (db);
      if (!opens)
        {
          assert_not_opened (fixture, at_opening[i].code);
          continue;
        }

      reader = disc_reader_open (fixture->disc, &error);
      g_assert_no_error (error);
      chart = disc_reader_load_chart (reader, 1, &error);
      g_assert_cmpint (chart != NULL, ==, at_chart[k].ok);
      if (!at_chart[k].ok)
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
}

/* The medium is not touched: no journal, no lock, no change, even where it could be written. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GDir) entries = NULL;
  gsize len_before, len_after;
  guint n = 0;

  make_disc (fixture);
  read_file (fixture, &before, &len_before);
  read_everything (fixture);
  read_file (fixture, &after, &len_after);
  g_assert_cmpmem (before, len_before, after, len_after);

  folder = fixture_file (fixture, "");
  entries = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (entries) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/reader/no-disc", test_no_disc);
  fixture_add ("/disc/reader/header", test_header);
  fixture_add ("/disc/reader/truncated", test_truncated);
  fixture_add ("/disc/reader/garbage", test_garbage);
  fixture_add ("/disc/reader/prepared", test_prepared);
  fixture_add ("/disc/reader/read-only", test_read_only);
  return g_test_run ();
}
