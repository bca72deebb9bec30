/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of one name from the records of a disc, by way of its index; on a damaged disc too. */
#include "disc-results.h"

#include <string.h>

#include <glib/gstdio.h>

#include "disc-candidates.h"
#include "disc-format.h"
#include "disc-writer.h"

#include "disc-sealed-fixture.h"

static const DiscInfo info = { .as_of = "2026-11-19T23:50", .window_from = "2025-10-19" };

static void
begin_patient (DiscWriter *writer, guint pno)
{
  g_autofree char *id = g_strdup_printf ("%u", pno);
  const DiscPatient patient = { .facility = "1", .id = id };
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
}

static void
write_message (DiscWriter *writer, DiscRecordBuilder *builder, DiscMessageFlags flags)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .data_type = "OML-11",
                          .care_date = "2026-11-01",
                          .sent_at = "2026-11-19T08:00",
                          .flags = flags };
  g_autoptr (GError) error = NULL;

  message.records = disc_record_builder_get (builder, &message.records_len);
  disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
  disc_record_builder_clear (builder);
}

static void
add (DiscRecordBuilder *builder, DiscField field, const char *text)
{
  disc_record_builder_add (builder, field, text, -1);
}

static void
item (DiscRecordBuilder *builder, const char *name, const char *value)
{
  disc_record_builder_item (builder);
  add (builder, DISC_FIELD_NAME, name);
  add (builder, DISC_FIELD_VALUE, value);
}

/* One message of several records: only the items asked for, each with the state of its record. */
static void
write_disc (DiscWriter *writer)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();

  begin_patient (writer, 1);
  disc_record_builder_begin (builder, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, TRUE);
  item (builder, "K", "no result");
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  add (builder, DISC_FIELD_AT, "2026-11-19T06:00");
  item (builder, "Na", "140");
  item (builder, "K", "6.8");
  add (builder, DISC_FIELD_UNIT, "mmol/L");
  add (builder, DISC_FIELD_SPECIMEN, "血清");
  add (builder, DISC_FIELD_FLAG, "HH");
  item (builder, "CK", "500");
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_CANCELLED, FALSE);
  item (builder, "Ｋ", "7.0");
  write_message (writer, builder, 0);

  disc_record_builder_begin (builder, DISC_KIND_VITAL, DISC_STATUS_PRELIMINARY, TRUE);
  add (builder, DISC_FIELD_WARNING, "about-another");
  disc_record_builder_item (builder);
  add (builder, DISC_FIELD_CODE, "3H0150000023271");
  add (builder, DISC_FIELD_OTHER_NAME, "血清K");
  add (builder, DISC_FIELD_VALUE, "4.0");
  add (builder, DISC_FIELD_VALUE, "4.1");
  add (builder, DISC_FIELD_ITEM_AT, "2026-11-18");
  write_message (writer, builder, DISC_MESSAGE_MAYBE_CANCELLED);

  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  item (builder, "K", "said again");
  write_message (writer, builder, DISC_MESSAGE_SAID_BEFORE);
}

static DiscReader *
make_disc (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, &error);
  DiscReader *reader;

  g_assert_no_error (error);
  write_disc (writer);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  reader = disc_reader_open (fixture->disc, &error);
  g_assert_no_error (error);
  return reader;
}

static char *
describe (const DiscResultValue *value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s %s%s %s %s %s %s %d%s%s",
                          value->rid & DISC_SEQ_MAX, value->name, value->value,
                          value->has_several ? "..." : "", value->unit != NULL ? value->unit : "-",
                          value->specimen != NULL ? value->specimen : "-",
                          value->flag != NULL ? value->flag : "-", value->at, (int) value->status,
                          value->live ? "" : " dead", value->about_another ? " another" : "");
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = {
    "0 K 6.8 mmol/L 血清 HH 2026-11-19T06:00 2",
    "0 Ｋ 7.0 - - - 2026-11-01 4 dead",
    "1 血清K 4.0 / 4.1... - - - 2026-11-18 10 another",
  };
  g_autoptr (DiscReader) reader = make_disc (fixture);
  g_autoptr (DiscNameMatch) match = disc_name_match_new ("K", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscResultReader) results = disc_result_reader_new (reader, match, &error);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (DiscResultValue));
  gboolean is_lost = FALSE;

  g_assert_no_error (error);
  g_assert_true (disc_result_reader_load (results, (gint64) 1 << DISC_SEQ_BITS,
                                          ((gint64) 2 << DISC_SEQ_BITS) - 1, texts, values,
                                          &is_lost, &error));
  g_assert_false (is_lost);
  g_assert_cmpuint (values->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < values->len; i++)
    {
      g_autofree char *found = describe (&g_array_index (values, DiscResultValue, i));

      g_assert_cmpstr (found, ==, expected[i]);
    }
}

static void
test_candidates (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    gboolean whole_latin;
    guint n; /* messages that may hold it: also such that hold it in another field */
  } cases[] = {
    { "K", TRUE, 3 }, { "血清", TRUE, 2 }, { "CK", TRUE, 1 }, { "Na", TRUE, 1 }, { "Mg", TRUE, 0 },
  };
  g_autoptr (DiscReader) reader = make_disc (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscNameMatch) match = disc_name_match_new (cases[i].typed, cases[i].whole_latin);
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscCandidates) candidates = disc_candidates_new (reader, match, &error);
      g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_assert_no_error (error);
      g_assert_true (disc_candidates_find (candidates, 0, G_MAXINT64, rids, &error));
      g_assert_cmpuint (rids->len, ==, cases[i].n);
      for (guint k = 1; k < rids->len; k++)
        g_assert_cmpint (g_array_index (rids, gint64, k - 1), <, g_array_index (rids, gint64, k));
      g_assert_false (disc_candidates_is_damaged (candidates));
    }
}

#define DAMAGED_PATIENTS 1500
#define RUN_BYTES (20 * 32768) /* more than parity mends of two groups */

/* Names and remarks that hardly compress: records and index fill many units. */
static void
make_damaged (Fixture *fixture)
{
  const char *passphrases[] = { SEALED_PASSPHRASE, NULL };
  const DiscWriterSealing sealing = {
    .sealing = { .passphrases = passphrases,
                 .cost = DISC_SLOT_COST_LEAST,
                 .signing_key = sealed_signing_key () },
    .n_threads = 1,
    .level = 1,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new_sealed (fixture->disc, &info, &sealing, &error);
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();

  g_assert_no_error (error);
  for (guint pno = 1; pno <= DAMAGED_PATIENTS; pno++)
    {
      g_autofree char *text = sealed_text (5, pno, 0);

      begin_patient (writer, pno);
      disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
      item (builder, "カリウム", "6.8");
      text[400] = '\0';
      add (builder, DISC_FIELD_COMMENT, text);
      text[30] = '\0';
      item (builder, text, "1");
      write_message (writer, builder, 0);
    }
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

/* Returns: how many values there are, or -1 for an error. */
static int
read_damaged (Fixture *fixture, gboolean *says_so)
{
  const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autoptr (DiscReader) reader = disc_reader_open_with (fixture->disc, &unlock, NULL);
  g_autoptr (DiscNameMatch) match = disc_name_match_new ("カリウム", TRUE);
  g_autoptr (DiscCandidates) candidates = NULL;
  g_autoptr (DiscResultReader) results = NULL;
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (DiscResultValue));
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (reader == NULL)
    return -1;
  candidates = disc_candidates_new (reader, match, NULL);
  results = disc_result_reader_new (reader, match, NULL);
  if (candidates == NULL || results == NULL ||
      !disc_candidates_find (candidates, 0, G_MAXINT64, rids, NULL))
    return -1;
  *says_so = disc_candidates_is_damaged (candidates);
  for (guint i = 0; i < rids->len; i++)
    {
      gint64 rid = g_array_index (rids, gint64, i);

      if (!disc_result_reader_load (results, rid, rid, texts, values, says_so, NULL))
        return -1;
    }
  for (guint i = 0; i < values->len; i++)
    g_assert_cmpstr (g_array_index (values, DiscResultValue, i).value, ==, "6.8");
  return (int) values->len;
}

/* Wherever a scratch goes: all are found, or it is said that some may be missing. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *whole = NULL;
  g_autofree guint8 *noise = g_malloc0 (RUN_BYTES);
  gboolean says_so = TRUE;
  guint n_cut = 0;
  gsize len;

  make_damaged (fixture);
  g_assert_cmpint (read_damaged (fixture, &says_so), ==, DAMAGED_PATIENTS);
  g_assert_false (says_so);
  path = fixture_file (fixture, DISC_CONTAINER_FILE);
  g_assert_true (g_file_get_contents (path, &whole, &len, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  for (gsize at = 65536; at + RUN_BYTES < len; at += len / 24)
    {
      g_autofree char *copy = g_memdup2 (whole, len);
      int n;

      memcpy (copy + at, noise, RUN_BYTES);
      g_assert_true (g_file_set_contents (path, copy, (gssize) len, NULL));
      n = read_damaged (fixture, &says_so);
      if (n < 0)
        continue;
      g_assert_cmpint (n, <=, DAMAGED_PATIENTS);
      if (n < DAMAGED_PATIENTS)
        g_assert_true (says_so);
      n_cut += n < DAMAGED_PATIENTS;
    }
  g_test_message ("%u scratches cost results", n_cut);
  g_assert_cmpuint (n_cut, >, 0); /* else nothing was tried */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/results/values", test_values);
  fixture_add ("/disc/results/candidates", test_candidates);
  fixture_add ("/disc/results/damage", test_damage);
  return g_test_run ();
}
