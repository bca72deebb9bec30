/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-reader.h"
#include "disc-writer.h"

#include "disc-fixture.h"

static const DiscInfo info = {
  .hospital = "ともしび病院",
  .facility = "9999999999",
  .as_of = "2025-05-10T06:00",
  .window_from = "2024-04-10",
  .built_at = "2025-05-10T06:12:30",
  .id = "00112233445566778899aabbccddeeff",
  .months = 13,
  .overrides = "accept=ransom-names stale-data=3",
  .set_aside = "ransom-names",
};

/* Every field has a value of its own, so that two swapped columns are seen. */
static const DiscPatient full_patient = {
  .flags = DISC_PATIENT_ALLERGY_LISTED | DISC_PATIENT_LOST_CHARACTER | DISC_PATIENT_TEST,
  .facility = "9999999999",
  .id = "0000012345",
  .name = "渡■　千夏",
  .kana = "ワタナベ　チナツ",
  .birth_date = "1948-04",
  .sex = "F",
  .address = "東京都千代田区架空町1-2-3",
  .phone = "000-1111-2222",
  .blood_type = "AB+",
  .former_names = "高橋　千夏\n髙橋　千夏",
  .demographics_from = "a/ADT-00/0000012345_-_ADT-00_1_20250401000000000_-_1",
  .place = DISC_PLACE_LEAVE,
  .ward = "３東",
  .room = "301",
  .bed = "2",
  .place_at = "2025-05-01T10:30",
  .department = "01",
  .doctor = "架空　医師",
  .last_seen_at = "2025-05-02",
};

static const DiscPatient bare_patient = { .facility = "9999999999", .id = "12345" };

static void
add_message (DiscWriter *writer, DiscMessage *message, DiscRecordBuilder *builder)
{
  g_autoptr (GError) error = NULL;

  message->records = disc_record_builder_get (builder, &message->records_len);
  disc_writer_add_message (writer, message, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
begin_patient (DiscWriter *writer, const DiscPatient *patient)
{
  g_autoptr (GError) error = NULL;

  disc_writer_begin_patient (writer, patient, &error);
  g_assert_no_error (error);
}

static void
finish (DiscWriter *writer, const DiscInfo *final_info)
{
  g_autoptr (GError) error = NULL;

  disc_writer_finish (writer, final_info, "{\"files\":3}", "{\"files\":3,\"records\":2}", &error);
  g_assert_no_error (error);
}

static DiscReader *
open_disc (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DiscReader *reader = disc_reader_open (fixture->disc, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_patient (const DiscPatient *a, const DiscPatient *b)
{
  g_assert_cmpuint (a->flags, ==, b->flags);
  g_assert_cmpstr (a->facility, ==, b->facility);
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->kana, ==, b->kana);
  g_assert_cmpstr (a->birth_date, ==, b->birth_date);
  g_assert_cmpstr (a->sex, ==, b->sex);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->phone, ==, b->phone);
  g_assert_cmpstr (a->blood_type, ==, b->blood_type);
  g_assert_cmpstr (a->former_names, ==, b->former_names);
  g_assert_cmpstr (a->demographics_from, ==, b->demographics_from);
  g_assert_cmpint (a->place, ==, b->place);
  g_assert_cmpstr (a->ward, ==, b->ward);
  g_assert_cmpstr (a->room, ==, b->room);
  g_assert_cmpstr (a->bed, ==, b->bed);
  g_assert_cmpstr (a->place_at, ==, b->place_at);
  g_assert_cmpstr (a->department, ==, b->department);
  g_assert_cmpstr (a->doctor, ==, b->doctor);
  g_assert_cmpstr (a->last_seen_at, ==, b->last_seen_at);
}

static void
assert_message (const DiscMessage *a, const DiscMessage *b)
{
  g_assert_cmpint (a->format, ==, b->format);
  g_assert_cmpuint (a->flags, ==, b->flags);
  g_assert_cmpint (a->condition, ==, b->condition);
  g_assert_cmpstr (a->path, ==, b->path);
  g_assert_cmpstr (a->entry, ==, b->entry);
  g_assert_cmpstr (a->data_type, ==, b->data_type);
  g_assert_cmpstr (a->care_date, ==, b->care_date);
  g_assert_cmpstr (a->sent_at, ==, b->sent_at);
  g_assert_cmpstr (a->disputed_ids, ==, b->disputed_ids);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char source[] = "MSH|^~\\&|一|二\rPID|1\r";
  DiscMessage full = {
    .format = DISC_FORMAT_SSMIX2_EXT,
    .flags = DISC_MESSAGE_TRUNCATED | DISC_MESSAGE_NOT_UNDERSTOOD,
    .condition = '2',
    .path = "backup.tar!123/OMP-01/x_20250410_OMP-01_1_20250410120000000_01_2",
    .entry = "MSH 2",
    .data_type = "OMP-01",
    .care_date = "2025-04-10",
    .sent_at = "2025-04-10T12:00:00.000",
    .source = source,
    .source_len = sizeof source - 1,
  };
  DiscMessage bare = { .format = DISC_FORMAT_SSMIX2 };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscPatient) patient = NULL;
  g_autoptr (DiscPatient) other = NULL;
  g_autoptr (DiscChart) chart = NULL;
  g_autoptr (DiscChart) message = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;
  const DiscRecord *record;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  begin_patient (writer, &bare_patient);
  add_message (writer, &bare, builder);
  begin_patient (writer, &full_patient);
  add_message (writer, &bare, builder);
  disc_record_builder_begin (builder, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-04-10", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_DRUG, "アムロジピン錠５ｍｇ", -1);
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_DELETED, FALSE);
  add_message (writer, &full, builder);
  finish (writer, &info);

  reader = open_disc (fixture);
  g_assert_cmpuint (disc_reader_n_patients (reader), ==, 2);
  patient = disc_reader_load_patient (reader, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (patient->pno, ==, 2);
  g_assert_null (patient->demographics_from);
  g_assert_true (disc_reader_load_demographics_from (reader, patient, &error));
  assert_patient (patient, &full_patient);
  other = disc_reader_load_patient (reader, 1, &error);
  g_assert_no_error (error);
  g_assert_true (disc_reader_load_demographics_from (reader, other, &error));
  assert_patient (other, &bare_patient);

  chart = disc_reader_load_chart (reader, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_chart_n_messages (chart), ==, 2);
  g_assert_cmpint (disc_chart_message (chart, 0)->rid, ==, 2 << 20);
  assert_message (disc_chart_message (chart, 0), &bare);
  g_assert_cmpint (disc_chart_message (chart, 1)->rid, ==, (2 << 20) + 1);
  assert_message (disc_chart_message (chart, 1), &full);
  g_assert_null (disc_chart_message (chart, 1)->source);
  g_assert_cmpuint (disc_chart_n_records (chart), ==, 2);
  record = disc_chart_record (chart, 0);
  g_assert_cmpint (record->kind, ==, DISC_KIND_PRESCRIPTION);
  g_assert_true (record->live);
  g_assert_cmpuint (record->message, ==, 1);
  g_assert_cmpstr (disc_record_value (record, DISC_FIELD_AT), ==, "2025-04-10");
  g_assert_cmpstr (disc_item_value (&record->items[0], DISC_FIELD_DRUG), ==, "アムロジピン錠５ｍｇ");
  g_assert_false (disc_chart_record (chart, 1)->live);
  g_assert_cmpint (disc_chart_record (chart, 1)->status, ==, DISC_STATUS_DELETED);

  message = disc_reader_load_message (reader, (2 << 20) + 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_chart_n_messages (message), ==, 1);
  g_assert_cmpuint (disc_chart_n_records (message), ==, 2);
  assert_message (disc_chart_message (message, 0), &full);
  g_assert_cmpmem (disc_chart_message (message, 0)->source,
                   disc_chart_message (message, 0)->source_len, source, sizeof source - 1);
}

static void
test_info (Fixture *fixture, gconstpointer data)
{
  DiscInfo final_info = info;
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  g_autofree char *counts = NULL;
  const DiscInfo *read;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  final_info.as_of = "2025-05-09T23:59:59";
  finish (writer, &final_info);

  reader = open_disc (fixture);
  read = disc_reader_get_info (reader);
  g_assert_cmpstr (read->hospital, ==, "ともしび病院");
  g_assert_cmpstr (read->facility, ==, "9999999999");
  g_assert_cmpstr (read->as_of, ==, "2025-05-09T23:59:59");
  g_assert_cmpstr (read->window_from, ==, "2024-04-10");
  g_assert_cmpstr (read->built_at, ==, "2025-05-10T06:12:30");
  g_assert_cmpstr (read->id, ==, "00112233445566778899aabbccddeeff");
  g_assert_cmpint (read->months, ==, 13);
  g_assert_cmpstr (read->overrides, ==, "accept=ransom-names stale-data=3");
  g_assert_cmpstr (read->set_aside, ==, "ransom-names");
  g_assert_cmpint (read->format, ==, 2);
  g_assert_false (read->sealed);
  g_assert_cmpuint (disc_reader_n_patients (reader), ==, 0);
  report = disc_reader_load_report (reader, &error);
  g_assert_cmpstr (report, ==, "{\"files\":3}");
  counts = disc_reader_load_counts (reader, &error);
  g_assert_cmpstr (counts, ==, "{\"files\":3,\"records\":2}");
}

/* Without an id the disc still gets one, and never the same twice. */
static void
assert_value (const GArray *values, guint i, const char *path, const char *name, const char *value)
{
  const DiscReportValue *one = &g_array_index (values, DiscReportValue, i);

  g_assert_cmpstr (one->path, ==, path);
  g_assert_cmpstr (one->name, ==, name);
  g_assert_cmpstr (one->value, ==, value);
}

/* Parts of a report without a reader of JSON. */
static void
test_report_part (Fixture *fixture, gconstpointer data)
{
  static const char json[] = "{\"a\":1,\"verdict\":{\"level\":\"serious\",\"of it\":null,\"reasons\":"
                             "[{\"n\":12,\"so\":true},{\"what\":\"\\u75c5\\\"\"}],\"x-y\":{\"z\":1.5},\"y_z\":{\"z\":2}}}";
  static const char *const broken[] = { "", "{", "null,", "[1,2" };
  g_autoptr (GStringChunk) texts = g_string_chunk_new (64);
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, NULL);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GArray) part = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) one = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (GError) error = NULL;

  disc_writer_finish (writer, &info, json, "{}", &error);
  g_assert_no_error (error);
  reader = open_disc (fixture);
  part = disc_reader_load_report_part (reader, "$.verdict", texts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (part->len, ==, 6);
  assert_value (part, 0, "$.verdict", "level", "serious");
  assert_value (part, 1, "$.verdict.reasons[0]", "n", "12");
  assert_value (part, 2, "$.verdict.reasons[0]", "so", "1");
  assert_value (part, 3, "$.verdict.reasons[1]", "what", "病\"");
  assert_value (part, 4, "$.verdict.\"x-y\"", "z", "1.5");
  all = disc_reader_load_report_part (reader, "$", texts, &error);
  assert_value (part, 5, "$.verdict.y_z", "z", "2");
  g_assert_cmpuint (all->len, ==, 7);
  one = disc_reader_load_report_part (reader, "$.verdict.level", texts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (g_array_index (one, DiscReportValue, 0).value, ==, "serious");
  none = disc_reader_load_report_part (reader, "$.wards", texts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *dir = g_strdup_printf ("%s-%u", fixture->disc, i);
      g_autoptr (DiscWriter) other = disc_writer_new (dir, &info, NULL);
      g_autoptr (DiscReader) bad = NULL;

      disc_writer_finish (other, &info, broken[i], "{}", &error);
      g_assert_no_error (error);
      bad = disc_reader_open (dir, &error);
      g_assert_no_error (error);
      g_assert_null (disc_reader_load_report_part (bad, "$", texts, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
}

static void
test_random_id (Fixture *fixture, gconstpointer data)
{
  DiscInfo no_id = info;
  g_autofree char *first_id = NULL;
  g_autofree char *second_id = NULL;
  char **ids[] = { &first_id, &second_id };

  no_id.id = NULL;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &no_id, NULL);
      g_autoptr (DiscReader) reader = NULL;

      finish (writer, &no_id);
      reader = open_disc (fixture);
      *ids[i] = g_strdup (disc_reader_get_info (reader)->id);
      g_assert_cmpuint (strlen (*ids[i]), ==, 32);
      fixture_remove_disc (fixture);
    }

  g_assert_cmpstr (first_id, !=, second_id);
}

static void
test_disputed (Fixture *fixture, gconstpointer data)
{
  DiscMessage own = { .format = DISC_FORMAT_SSMIX2, .path = "own" };
  DiscMessage both = { .format = DISC_FORMAT_SSMIX2, .path = "both", .disputed_ids = "12345\n777" };
  DiscMessage one = { .format = DISC_FORMAT_SSMIX2,
                      .path = "one",
                      .disputed_ids = "777\n777\n",
                      .flags = DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (DiscPatient) patient = NULL;
  g_autoptr (GError) error = NULL;
  static const struct
  {
    const char *id;
    guint n;
    const char *first;
  } cases[] = {
    { "12345", 1, "both" },
    { "777", 2, "both" },
    { NULL, 2, "both" },
    { "012345", 0, NULL },   /* an id is the exact string */
    { "", 0, NULL },
  };

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  begin_patient (writer, &bare_patient);
  add_message (writer, &own, builder);
  g_assert_true (disc_writer_begin_disputed (writer, "9999999999", &error));
  add_message (writer, &both, builder);
  add_message (writer, &one, builder);
  finish (writer, &info);

  reader = open_disc (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DiscChart) disputed = disc_reader_load_disputed (reader, cases[i].id, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (disc_chart_n_messages (disputed), ==, cases[i].n);
      if (cases[i].n == 0)
        continue;
      g_assert_cmpstr (disc_chart_message (disputed, 0)->path, ==, cases[i].first);
      g_assert_cmpuint (disc_chart_message (disputed, 0)->flags, ==, DISC_MESSAGE_DISPUTED);
      g_assert_cmpuint (DISC_PNO (disc_chart_message (disputed, 0)->rid), >=, DISC_PNO_DISPUTED);
    }

  /* Nobody's chart holds them; the patient only knows how many name its id. */
  for (guint32 pno = 0; pno < 4; pno++)
    {
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (disc_chart_n_messages (chart), ==, pno == 1 ? 1 : 0);
    }
  patient = disc_reader_load_patient (reader, 1, &error);
  g_assert_cmpuint (patient->n_disputed, ==, 1);
}

static gboolean
is_empty (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);

  return entries != NULL && g_dir_read_name (entries) == NULL;
}

/* A disc that was not finished never was: not even the folder made for it is left. */
static void
test_no_finish (Fixture *fixture, gconstpointer data)
{
  for (guint existed = 0; existed < 2; existed++)
    {
      DiscMessage message = { .format = DISC_FORMAT_SSMIX2 };
      g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
      g_autoptr (GError) error = NULL;
      DiscWriter *writer;

      if (existed)
        g_assert_cmpint (g_mkdir (fixture->disc, 0777), ==, 0);
      writer = disc_writer_new (fixture->disc, &info, &error);
      g_assert_no_error (error);
      g_assert_null (disc_reader_open (fixture->disc, &error)); /* nor is it one while it grows */
      g_assert_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
      begin_patient (writer, &full_patient);
      add_message (writer, &message, builder);
      disc_writer_free (writer);

      g_assert_cmpint (g_file_test (fixture->disc, G_FILE_TEST_EXISTS), ==, existed);
      g_assert_true (existed ? is_empty (fixture->disc) : is_empty (fixture->dir));
    }
}

typedef struct
{
  gboolean is_good;
  guint n_files;
} Checked;

static gboolean
check_folder (const char *folder, guint volume, guint n_volumes, gpointer user_data, GError **error)
{
  Checked *checked = user_data;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);

  while (g_dir_read_name (entries) != NULL)
    checked->n_files++;
  if (!checked->is_good)
    g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LIMIT, "too large");
  return checked->is_good;
}

/* Whoever is asked last sees the whole disc, and his no leaves nothing of it. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  for (guint is_good = 0; is_good < 2; is_good++)
    {
      DiscMessage message = { .format = DISC_FORMAT_SSMIX2 };
      g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
      g_autoptr (GError) error = NULL;
      DiscWriter *writer = disc_writer_new (fixture->disc, &info, &error);
      Checked checked = { is_good != 0, 0 };

      g_assert_no_error (error);
      disc_writer_set_check (writer, check_folder, &checked);
      begin_patient (writer, &full_patient);
      add_message (writer, &message, builder);
      g_assert_true (disc_writer_finish (writer, &info, "{}", "{}", &error) == checked.is_good);
      disc_writer_free (writer);

      g_assert_cmpuint (checked.n_files, ==, 2); /* the records and UNSEALED.txt */
      if (checked.is_good)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
      g_assert_true (is_empty (fixture->dir));
    }
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->disc, "kept", NULL);
  g_autofree char *deep = g_build_filename (fixture->dir, "no", "such", NULL);
  g_autofree char *unsealed = fixture_file (fixture, "UNSEALED.txt");
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (GDir) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files = 0;

  g_assert_null (disc_writer_new (deep, &info, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  g_clear_error (&error);

  g_assert_cmpint (g_mkdir (fixture->disc, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_null (disc_writer_new (fixture->disc, &info, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (file), ==, 0);

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  finish (writer, &info);
  g_assert_null (disc_writer_new (fixture->disc, &info, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_EXISTS);

  /* Nothing but the two files, and the one that warns warns in both languages. */
  g_assert_true (g_file_get_contents (unsealed, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "暗号化されていません"));
  g_assert_nonnull (strstr (text, "NOT ENCRYPTED"));
  g_assert_cmpint (g_unlink (unsealed), ==, 0);
  folder = fixture_file (fixture, "");
  entries = g_dir_open (folder, 0, NULL);
  while (g_dir_read_name (entries) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, 1);
}

/* Paths as people type them. */
static void
test_paths (Fixture *fixture, gconstpointer data)
{
  g_autofree char *two_slashes = g_strconcat ("/", fixture->disc, NULL);
  g_autofree char *trailing = g_strconcat (fixture->disc, "/", NULL);
  g_autofree char *not_utf8 = g_build_filename (fixture->dir, "\x83\x66", NULL);
  g_autofree char *old = g_get_current_dir ();
  const char *const pairs[][2] = {
    { two_slashes, fixture->disc },
    { trailing, two_slashes },
    { "relative", "./relative" },
    { not_utf8, not_utf8 },
  };

  g_assert_cmpint (g_chdir (fixture->dir), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DiscWriter) writer = disc_writer_new (pairs[i][0], &info, &error);
      g_autoptr (DiscReader) reader = NULL;

      g_assert_no_error (error);
      finish (writer, &info);
      reader = disc_reader_open (pairs[i][1], &error);
      g_assert_no_error (error);
      fixture_remove_disc (fixture);
    }
  g_assert_cmpint (g_chdir (old), ==, 0);
}

static void
add_finding (DiscWriter *writer, const DiscFinding *finding)
{
  g_autoptr (GError) error = NULL;

  disc_writer_add_finding (writer, finding, &error);
  g_assert_no_error (error);
}

static void
assert_findings (DiscReader *reader, const char *facility, const char *id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = disc_reader_load_findings (reader, facility, id, &error);
  g_autoptr (GString) details = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_string_append (details, ((DiscFinding *) g_ptr_array_index (findings, i))->detail);
  g_assert_cmpstr (details->str, ==, expected);
}

static void
test_findings (Fixture *fixture, gconstpointer data)
{
  static const DiscFinding full = { "error", "identity-conflict", "a/b", "MSH 2", "9999999999",
                                    "12345", "a" };
  static const DiscFinding of_elsewhere = { "info", "date-mismatch", NULL, NULL, "1111111111",
                                            "12345", "b" };
  static const DiscFinding of_anywhere = { "info", "date-mismatch", NULL, NULL, NULL, "12345", "c" };
  static const DiscFinding of_nobody = { "warning", "unknown-type", "x", NULL, NULL, NULL, "d" };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscPatient) patient = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  const DiscFinding *first;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  add_finding (writer, &full);
  begin_patient (writer, &bare_patient);
  add_finding (writer, &of_elsewhere);
  add_finding (writer, &of_anywhere);
  add_finding (writer, &of_nobody);
  finish (writer, &info);

  reader = open_disc (fixture);
  all = disc_reader_load_findings (reader, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 4);
  first = g_ptr_array_index (all, 0);
  g_assert_cmpstr (first->severity, ==, "error");
  g_assert_cmpstr (first->code, ==, "identity-conflict");
  g_assert_cmpstr (first->path, ==, "a/b");
  g_assert_cmpstr (first->entry, ==, "MSH 2");
  g_assert_cmpstr (first->facility, ==, "9999999999");
  g_assert_cmpstr (first->patient, ==, "12345");
  g_assert_cmpstr (first->detail, ==, "a");
  first = g_ptr_array_index (all, 3);
  g_assert_null (first->entry);
  g_assert_null (first->facility);
  g_assert_null (first->patient);

  assert_findings (reader, NULL, NULL, "abcd");
  assert_findings (reader, NULL, "12345", "abc");
  assert_findings (reader, "9999999999", "12345", "ac");
  assert_findings (reader, "1111111111", "12345", "bc");
  assert_findings (reader, "9999999999", "0012345", "");
  patient = disc_reader_load_patient (reader, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (patient->n_findings, ==, 2); /* as many as are listed for it */
}

static void
test_find_patients (Fixture *fixture, gconstpointer data)
{
  static const DiscPatient elsewhere = { .facility = "1111111111", .id = "12345" };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) both = NULL;
  g_autoptr (GArray) none = NULL;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  begin_patient (writer, &bare_patient);
  begin_patient (writer, &full_patient);
  begin_patient (writer, &elsewhere);
  finish (writer, &info);

  reader = open_disc (fixture);
  both = disc_reader_find_patients (reader, "12345", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpuint (g_array_index (both, guint32, 0), ==, 1);
  g_assert_cmpuint (g_array_index (both, guint32, 1), ==, 3);
  none = disc_reader_find_patients (reader, "0000012345 ", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_null (disc_reader_load_patient (reader, 4, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (disc_reader_load_message (reader, 1 << 20, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
}

static void
test_freshness (Fixture *fixture, gconstpointer data)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .data_type = "OML-11",
                          .sent_at = "2025-05-10T05:00" };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;
  const DiscFreshness *freshness;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  begin_patient (writer, &bare_patient);
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_AT, "2025-05-09", -1);
  disc_record_builder_begin (builder, DISC_KIND_ORDER, DISC_STATUS_CANCELLED, FALSE);
  add_message (writer, &message, builder);
  finish (writer, &info);

  reader = open_disc (fixture);
  g_assert_cmpuint (disc_reader_get_freshness (reader)->len, ==, 2);
  freshness = g_ptr_array_index (disc_reader_get_freshness (reader), 0);
  g_assert_cmpint (freshness->kind, ==, DISC_KIND_LAB);
  g_assert_null (freshness->data_type);
  g_assert_cmpuint (freshness->n_live, ==, 1);
  g_assert_cmpuint (freshness->n_all, ==, 1);
  g_assert_cmpstr (freshness->newest_at, ==, "2025-05-09");
  g_assert_cmpstr (freshness->newest_sent, ==, "2025-05-10T05:00");
  freshness = g_ptr_array_index (disc_reader_get_freshness (reader), 1);
  g_assert_cmpint (freshness->kind, ==, DISC_KIND_ORDER);
  g_assert_cmpuint (freshness->n_live, ==, 0);
  g_assert_null (freshness->newest_at);

  g_assert_cmpuint (disc_reader_get_data_type_freshness (reader)->len, ==, 1);
  freshness = g_ptr_array_index (disc_reader_get_data_type_freshness (reader), 0);
  g_assert_cmpint (freshness->kind, ==, DISC_KIND_NONE);
  g_assert_cmpstr (freshness->data_type, ==, "OML-11");
  g_assert_cmpuint (freshness->n_all, ==, 1);
}

static gboolean
note_message (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
              GError **error)
{
  g_string_append_printf (user_data, "%s:%s:%u ", message->path,
                          message->source != NULL ? message->source : "-",
                          disc_record_set_n (records));
  if (g_strcmp0 (message->path, "stop") != 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO, "stopped");
  return FALSE;
}

static void
test_foreach (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "a", "b", "stop", "c" };
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  writer = disc_writer_new (fixture->disc, &info, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .path = paths[i] };

      message.source = i == 1 ? "MSH" : NULL;
      message.source_len = i == 1 ? 3 : 0;
      if (i < 3)
        begin_patient (writer, &bare_patient);
      else
        g_assert_true (disc_writer_begin_disputed (writer, "9999999999", NULL));
      add_message (writer, &message, builder);
      disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
    }
  finish (writer, &info);

  reader = open_disc (fixture);
  g_assert_true (disc_reader_foreach_message (reader, 0, (2 << 20) + 5, note_message, seen, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "a:-:0 b:MSH:1 ");
  g_string_truncate (seen, 0);
  g_assert_true (disc_reader_foreach_message (reader, 4 << 20, G_MAXINT64, note_message, seen,
                                              &error));
  g_assert_cmpstr (seen->str, ==, "c:-:3 ");
  g_string_truncate (seen, 0);
  g_assert_false (disc_reader_foreach_message (reader, 0, G_MAXINT64, note_message, seen, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  g_assert_cmpstr (seen->str, ==, "a:-:0 b:MSH:1 stop:-:2 ");
}

/* What is too large is refused and the disc goes on; nothing is cut short. */
static void
test_limits (Fixture *fixture, gconstpointer data)
{
  static const gsize too_long = DISC_SOURCE_MAX_BYTES + 1;
  g_autofree char *bytes = g_malloc0 (too_long);
  DiscMessage source = { .format = DISC_FORMAT_SSMIX2, .source = bytes, .source_len = too_long };
  DiscMessage records = { .format = DISC_FORMAT_SSMIX2,
                          .records = (const guint8 *) bytes,
                          .records_len = DISC_RECORDS_MAX_BYTES + 1 };
  DiscMessage path = { .format = DISC_FORMAT_SSMIX2 };
  const DiscMessage *const cases[] = { &source, &records, &path };
  g_autofree char *long_path = g_strnfill (DISC_TEXT_MAX_BYTES + 1, 'x');
  g_autoptr (DiscWriter) writer = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscChart) chart = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscMessage good = { .format = DISC_FORMAT_SSMIX2 };

  path.path = long_path;
  writer = disc_writer_new (fixture->disc, &info, NULL);
  begin_patient (writer, &bare_patient);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (disc_writer_add_message (writer, cases[i], NULL, NULL, &error));
      g_assert_error (error, DISC_ERROR, DISC_ERROR_LIMIT);
    }
  add_message (writer, &good, builder);
  finish (writer, &info);

  reader = open_disc (fixture);
  chart = disc_reader_load_chart (reader, 1, NULL);
  g_assert_cmpuint (disc_chart_n_messages (chart), ==, 1);
}

/* Bytes that are not UTF-8 reach no screen, and do not close the chart either. */
static void
test_invalid_text (Fixture *fixture, gconstpointer data)
{
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .path = "a\xff",
                          .source = "MSH\xff\0x",
                          .source_len = 6 };
  g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &info, NULL);
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (DiscChart) chart = NULL;
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  g_autoptr (GError) error = NULL;

  begin_patient (writer, &bare_patient);
  disc_record_builder_begin (builder, DISC_KIND_LAB, DISC_STATUS_COMPLETED, TRUE);
  disc_record_builder_add (builder, DISC_FIELD_TITLE, "\x83" "a", -1);
  disc_record_builder_item (builder);
  disc_record_builder_add (builder, DISC_FIELD_VALUE, "1.0", -1);
  add_message (writer, &message, builder);
  finish (writer, &info);

  reader = open_disc (fixture);
  chart = disc_reader_load_message (reader, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (disc_chart_message (chart, 0)->path, ==, "a\xef\xbf\xbd");
  g_assert_cmpstr (disc_chart_message (chart, 0)->source, ==, "MSH\xef\xbf\xbd\xef\xbf\xbdx");
  g_assert_cmpstr (disc_record_value (disc_chart_record (chart, 0), DISC_FIELD_TITLE), ==,
                   "\xef\xbf\xbd" "a");
  g_assert_cmpstr (disc_item_value (&disc_chart_record (chart, 0)->items[0], DISC_FIELD_VALUE), ==,
                   "1.0");
}

/* Writes until it fails; what is left of the disc is nothing. Run in a process of its own. */
static void
fill_until_error (const char *disc)
{
  g_autofree char *source = g_strnfill (100000, 'x');
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2, .source = source, .source_len = 100000 };
  g_autoptr (GError) error = NULL;
  DiscWriter *writer = disc_writer_new (disc, &info, &error);
  gboolean ok = writer != NULL && disc_writer_begin_patient (writer, &bare_patient, &error);

  for (guint i = 0; ok && i < 400; i++) /* 40 MB */
    ok = disc_writer_add_message (writer, &message, NULL, NULL, &error);
  g_assert_false (ok);
  g_assert_error (error, DISC_ERROR, DISC_ERROR_NO_SPACE);
  g_clear_error (&error);

  /* After an error nothing goes on as if it had not been. */
  g_assert_false (disc_writer_add_message (writer, &message, NULL, NULL, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (disc_writer_finish (writer, &info, "{}", "{}", &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_IO);
  disc_writer_free (writer);
  g_assert_false (g_file_test (disc, G_FILE_TEST_EXISTS));
}

/* As on a FAT stick: no file may be longer than so much. */
static void
test_file_too_large (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      const struct rlimit limit = { 10 * 1024 * 1024, 10 * 1024 * 1024 };

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      fill_until_error (fixture->disc);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static gboolean
run_tool (const char *const *argv)
{
  int status = 1;

  return g_spawn_sync (NULL, (char **) argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                       &status, NULL) &&
         status == 0;
}

static void
test_medium_full (Fixture *fixture, gconstpointer data)
{
  const char *const mount[] = { "mount", "-t", "tmpfs", "-o", "size=10m", "tmpfs", fixture->dir,
                                NULL };
  const char *const unmount[] = { "umount", fixture->dir, NULL };

  if (!run_tool (mount))
    {
      g_test_skip ("no right to mount a small file system");
      return;
    }

  fill_until_error (fixture->disc);
  g_assert_true (run_tool (unmount));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/writer/round-trip", test_round_trip);
  fixture_add ("/disc/writer/info", test_info);
  fixture_add ("/disc/writer/report-part", test_report_part);
  fixture_add ("/disc/writer/random-id", test_random_id);
  fixture_add ("/disc/writer/disputed", test_disputed);
  fixture_add ("/disc/writer/no-finish", test_no_finish);
  fixture_add ("/disc/writer/check", test_check);
  fixture_add ("/disc/writer/folder", test_folder);
  fixture_add ("/disc/writer/paths", test_paths);
  fixture_add ("/disc/writer/findings", test_findings);
  fixture_add ("/disc/writer/find-patients", test_find_patients);
  fixture_add ("/disc/writer/freshness", test_freshness);
  fixture_add ("/disc/writer/foreach", test_foreach);
  fixture_add ("/disc/writer/limits", test_limits);
  fixture_add ("/disc/writer/invalid-text", test_invalid_text);
  fixture_add ("/disc/writer/file-too-large", test_file_too_large);
  fixture_add ("/disc/writer/medium-full", test_medium_full);
  return g_test_run ();
}
