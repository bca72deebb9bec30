/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
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
  assert_patient (patient, &full_patient);
  other = disc_reader_load_patient (reader, 1, &error);
  g_assert_no_error (error);
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
  g_assert_cmpint (read->format, ==, 1);
  g_assert_false (read->sealed);
  g_assert_cmpuint (disc_reader_n_patients (reader), ==, 0);
  report = disc_reader_load_report (reader, &error);
  g_assert_cmpstr (report, ==, "{\"files\":3}");
  counts = disc_reader_load_counts (reader, &error);
  g_assert_cmpstr (counts, ==, "{\"files\":3,\"records\":2}");
}

/* Without an id the disc still gets one, and never the same twice. */
static void
test_random_id (Fixture *fixture, gconstpointer data)
{
  DiscInfo no_id = info;
  g_autofree char *ids[2] = { NULL, NULL };

  no_id.id = NULL;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DiscWriter) writer = disc_writer_new (fixture->disc, &no_id, NULL);
      g_autoptr (DiscReader) reader = NULL;

      finish (writer, &no_id);
      reader = open_disc (fixture);
      ids[i] = g_strdup (disc_reader_get_info (reader)->id);
      g_assert_cmpuint (strlen (ids[i]), ==, 32);
      fixture_remove_disc (fixture);
    }

  g_assert_cmpstr (ids[0], !=, ids[1]);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/disc/writer/round-trip", test_round_trip);
  fixture_add ("/disc/writer/info", test_info);
  fixture_add ("/disc/writer/random-id", test_random_id);
  fixture_add ("/disc/writer/disputed", test_disputed);
  return g_test_run ();
}
