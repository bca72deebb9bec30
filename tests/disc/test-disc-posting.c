/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-error.h"
#include "disc-format.h"
#include "disc-posting.h"
#include "disc-reader-private.h"
#include "disc-search.h"
#include "disc-writer.h"

#include "disc-fixture.h"

#define RID(pno, seq) ((gint64) (pno) << DISC_SEQ_BITS | (seq))

static const DiscInfo info = { .as_of = "2025-05-10" };

static DiscWriter *
new_writer (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DiscWriter *writer = disc_writer_new (fixture->disc, &info, &error);

  g_assert_no_error (error);
  return writer;
}

static void
begin_patient (DiscWriter *writer)
{
  static const DiscPatient patient = { .facility = "9999999999", .id = "1" };
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
}

/* @terms: with blanks between */
static void
add_message (DiscWriter *writer, const char *terms)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2 };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) words = g_strsplit (terms, " ", -1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, words[i]);
  disc_writer_add_message (writer, &message, list, NULL, &error);
  g_assert_no_error (error);
}

static DiscReader *
finish (Fixture *fixture, DiscWriter *writer)
{
  g_autoptr (GError) error = NULL;
  DiscReader *reader;

  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  reader = disc_reader_open (fixture->disc, &error);
  g_assert_no_error (error);
  return reader;
}

static void
assert_postings (DiscReader *reader, guint32 term, gint64 first, gint64 last,
                 const gint64 *expected, guint n_expected)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  disc_reader_load_postings (reader, term, first, last, rids, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (rids->data, rids->len * sizeof (gint64), expected,
                   n_expected * sizeof (gint64));
}

static void
test_ranges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscWriter) writer = new_writer (fixture);
  g_autoptr (DiscReader) reader = NULL;
  /* Terms are numbered by their text: そ (U+305D) 1, ア (U+30A2) 2, ロ (U+30ED) 3. */
  const gint64 amu[] = { RID (1, 0), RID (1, 2), RID (3, 1), RID (DISC_PNO_DISPUTED, 1) };
  const gint64 loki[] = { RID (1, 2), RID (3, 0), RID (DISC_PNO_DISPUTED, 0) };

  begin_patient (writer);
  add_message (writer, "アム");
  add_message (writer, "その他");
  add_message (writer, "ロキ アム アム");
  begin_patient (writer);
  begin_patient (writer);
  add_message (writer, "ロキ");
  add_message (writer, "アム");
  g_assert_true (disc_writer_begin_disputed (writer, "9999999999", NULL));
  add_message (writer, "ロキ");
  add_message (writer, "アム");

  reader = finish (fixture, writer);
  assert_postings (reader, 2, 0, G_MAXINT64, amu, 4);
  assert_postings (reader, 3, 0, G_MAXINT64, loki, 3);
  assert_postings (reader, 2, RID (1, 0), RID (1, 0xfffff), amu, 2);
  assert_postings (reader, 2, RID (1, 1), RID (1, 2), amu + 1, 1);
  assert_postings (reader, 2, RID (1, 1), RID (1, 1), NULL, 0);
  assert_postings (reader, 2, RID (2, 0), RID (2, 0xfffff), NULL, 0);
  assert_postings (reader, 2, RID (3, 0), RID (3, 0xfffff), amu + 2, 1);
  assert_postings (reader, 2, RID (DISC_PNO_DISPUTED, 0), G_MAXINT64, amu + 3, 1);
  assert_postings (reader, 3, RID (3, 0), RID (DISC_PNO_DISPUTED - 1, 0xfffff), loki + 1, 1);
  assert_postings (reader, 0, 0, G_MAXINT64, NULL, 0);
  assert_postings (reader, 4, 0, G_MAXINT64, NULL, 0);
  assert_postings (reader, 0x7fffffff, 0, G_MAXINT64, NULL, 0);
}

/* Disputed messages between the patients: slower, and as right. */
static void
test_out_of_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscWriter) writer = new_writer (fixture);
  g_autoptr (DiscReader) reader = NULL;
  const gint64 all[] = { RID (1, 0), RID (2, 0), RID (3, 0), RID (DISC_PNO_DISPUTED, 0),
                         RID (DISC_PNO_DISPUTED + 1, 0) };

  begin_patient (writer);
  add_message (writer, "a");
  g_assert_true (disc_writer_begin_disputed (writer, "9999999999", NULL));
  add_message (writer, "a");
  begin_patient (writer);
  add_message (writer, "a");
  g_assert_true (disc_writer_begin_disputed (writer, "9999999999", NULL));
  add_message (writer, "a");
  begin_patient (writer);
  add_message (writer, "a");

  reader = finish (fixture, writer);
  assert_postings (reader, 1, 0, G_MAXINT64, all, 5);
  for (guint i = 0; i < 5; i++)
    assert_postings (reader, 1, all[i], all[i], all + i, 1);
}

/* More than one row: 20,000 patients take two bytes each, and one patient 9,000 messages. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscWriter) writer = new_writer (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 *all;

  for (guint32 pno = 1; pno <= 20001; pno++)
    {
      guint n = pno == 20001 ? 9000 : 1;

      begin_patient (writer);
      for (guint seq = 0; seq < n; seq++)
        {
          gint64 rid = RID (pno, seq);

          add_message (writer, "血液");
          g_array_append_val (expected, rid);
        }
    }

  reader = finish (fixture, writer);
  all = (const gint64 *) expected->data;
  assert_postings (reader, 1, 0, G_MAXINT64, all, 29000);
  for (guint32 pno = 1; pno <= 20000; pno += 997)
    assert_postings (reader, 1, RID (pno, 0), RID (pno, 0xfffff), all + pno - 1, 1);
  assert_postings (reader, 1, RID (20001, 0), RID (20001, 0xfffff), all + 20000, 9000);
  assert_postings (reader, 1, RID (20001, 8999), G_MAXINT64, all + 28999, 1);
}

/* Runs that nobody wrote: @row replaces that of term 1, whose first patient is 1. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *row;
    gsize len;
    gboolean ok;
  } cases[] = {
    { "\x01\x00", 2, TRUE },
    { "\x01\x00\x02", 3, TRUE },
    { "", 0, TRUE },
    { "\x01", 1, FALSE },                                  /* patient without sequence */
    { "\x81", 1, FALSE },                                  /* number without end */
    { "\x01\xff\xff\xff\xff\xff\x01", 7, FALSE },          /* more than 35 bits */
    { "\x01\xff\xff\xff\xff\x7f", 6, FALSE },              /* more than 32 bits */
    { "\x01\x80\x80\x40", 4, FALSE },                      /* sequence 2^20 */
    { "\x01\xff\xff\x3f", 4, TRUE },                       /* 2^20 - 1 */
    { "\xff\xff\xff\xff\x0f\x00", 6, FALSE },              /* patient 2^31 */
  };
  g_autoptr (DiscWriter) writer = new_writer (fixture);
  g_autofree char *path = NULL;

  begin_patient (writer);
  add_message (writer, "a");
  disc_reader_free (finish (fixture, writer));

  path = fixture_file (fixture, "records.sqlite");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscReader) reader = NULL;
      g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GError) error = NULL;
      sqlite3 *db = NULL;
      sqlite3_stmt *update = NULL;

      g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
      sqlite3_prepare_v2 (db, "UPDATE posting SET rids = ?1", -1, &update, NULL);
      sqlite3_bind_blob (update, 1, cases[i].row, (int) cases[i].len, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (update), ==, SQLITE_DONE);
      sqlite3_finalize (update);
      sqlite3_close (db);

      reader = disc_reader_open (fixture->disc, &error);
      g_assert_no_error (error);
      g_assert_cmpint (disc_reader_load_postings (reader, 1, 0, G_MAXINT64, rids, &error), ==,
                       cases[i].ok);
      if (!cases[i].ok)
        g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
    }
}

/* A term too long to be kept in memory is found all the same. */
static void
test_overflow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DiscWriter) writer = new_writer (fixture);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GString) term = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append (term, "右下葉の結節影");
  g_string_append (term, "肺癌");
  g_assert_cmpuint (term->len, >, DISC_TERM_MAX_BYTES);

  begin_patient (writer);
  add_message (writer, "アムロジピン");
  add_message (writer, term->str);
  reader = finish (fixture, writer);
  hits = disc_reader_search_words (reader, "肺癌", 0, 10, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpint (g_array_index (hits, DiscWordHit, 0).rid, ==, RID (1, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/posting/ranges", test_ranges);
  fixture_add ("/disc/posting/out-of-order", test_out_of_order);
  fixture_add ("/disc/posting/long", test_long);
  fixture_add ("/disc/posting/broken", test_broken);
  fixture_add ("/disc/posting/overflow", test_overflow);
  return g_test_run ();
}
