/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-inventory.h"
#include "viewer-timeline-model.h"

#include "viewer-records.h"

static void
add_move (TestRecords *records, gint64 rid, const char *data_type, DiscStatus status,
          const char *at, DiscMessageFlags flags)
{
  test_records_message (records, rid, data_type, at, flags);
  test_records_begin (records, DISC_KIND_ENCOUNTER, status, DISC_FIELD_AT, at, 0);
  test_records_item (records, DISC_FIELD_EVENT, data_type, DISC_FIELD_WARD, "5E", DISC_FIELD_ROOM,
                     "512", 0);
}

static void
test_order (void)
{
  static const gint64 expected[] = { 5, 4, 3, 2, 1, 6 };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;

  add_move (records, 1, "ADT-22", DISC_STATUS_COMPLETED, "2026-11-17T10:00", 0);
  /* one minute: move, leave, return, discharge, whatever the order of the files */
  add_move (records, 5, "ADT-52", DISC_STATUS_COMPLETED, "2026-11-18T10:00", 0);
  add_move (records, 3, "ADT-31", DISC_STATUS_COMPLETED, "2026-11-18T10:00", 0);
  add_move (records, 2, "ADT-42", DISC_STATUS_COMPLETED, "2026-11-18T10:00", 0);
  add_move (records, 4, "ADT-32", DISC_STATUS_COMPLETED, "2026-11-18T10:00", 0);
  add_move (records, 6, "ADT-42", DISC_STATUS_COMPLETED, NULL, 0); /* without time last */
  add_move (records, 7, "ADT-42", DISC_STATUS_SUPERSEDED, "2026-11-18T10:00", 0);
  add_move (records, 8, "ADT-42", DISC_STATUS_COMPLETED, "2026-11-18", DISC_MESSAGE_DISPUTED);
  model = viewer_timeline_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_timeline_model_n (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (viewer_timeline_model_get (model, i)->entry->message->rid, ==, expected[i]);
}

/* Spec 10: a visit that carries an admission's event puts nobody into a bed. */
static void
test_stays (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;

  add_move (records, 1, "ADT-22", DISC_STATUS_COMPLETED, "2026-03-12T10:00", 0);
  add_move (records, 2, "ADT-52", DISC_STATUS_COMPLETED, "2026-03-24T10:00", 0);
  add_move (records, 3, "ADT-12", DISC_STATUS_COMPLETED, "2026-05-01T10:00", 0);
  add_move (records, 4, "ADT-22", DISC_STATUS_CANCELLED, "2026-06-01T10:00", 0);
  add_move (records, 5, "ADT-22", DISC_STATUS_COMPLETED, "2026-07-01T10:00",
            DISC_MESSAGE_TYPE_MISMATCH);
  add_move (records, 6, "ADT-22", DISC_STATUS_UNKNOWN, "2026-08-01T10:00", 0);
  add_move (records, 7, "ADT-21", DISC_STATUS_PLANNED, "2026-12-01", 0);
  add_move (records, 8, "ADT-22", DISC_STATUS_COMPLETED, "2026-11-17T10:00", 0);
  model = viewer_timeline_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_timeline_model_n_stays (model), ==, 2);
  g_assert_cmpstr (viewer_timeline_model_stay (model, 0)->from, ==, "2026-03-12T10:00");
  g_assert_cmpstr (viewer_timeline_model_stay (model, 0)->to, ==, "2026-03-24T10:00");
  g_assert_cmpstr (viewer_timeline_model_stay (model, 1)->from, ==, "2026-11-17T10:00");
  g_assert_null (viewer_timeline_model_stay (model, 1)->to);
}

/* A lab report is known by its most critical value; a list of diagnoses has many beginnings. */
static void
test_events (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;
  const ViewerTimelineEvent *event;

  test_records_message (records, 1, "OML-11", "2026-11-19T20:00", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-19T18:32", DISC_FIELD_DEPARTMENT, "内科", 0);
  test_records_item (records, DISC_FIELD_NAME, "Na", DISC_FIELD_VALUE, "134", DISC_FIELD_FLAG, "L",
                     0);
  test_records_item (records, DISC_FIELD_NAME, "K", DISC_FIELD_VALUE, "6.8", DISC_FIELD_UNIT,
                     "mmol/L", DISC_FIELD_FLAG, "HH", 0);
  test_records_item (records, DISC_FIELD_NAME, "Cr", DISC_FIELD_VALUE, "2.41", 0);
  test_records_message (records, 2, "PPR-01", "2026-11-20", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-20",
                      0);
  test_records_item (records, DISC_FIELD_NAME, "甲病", DISC_FIELD_START, "2020-01-01", 0);
  test_records_item (records, DISC_FIELD_NAME, "乙病", DISC_FIELD_START, "2021-01-01", 0);
  test_records_message (records, 3, "OMP-01", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_STOPPED, DISC_FIELD_AT,
                      "2026-11-18", 0);
  test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_DAYS, "7", 0);
  test_records_message (records, 4, "ADT-00", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_ACTIVE, 0);
  test_records_message (records, 5, "Immunization", "2019-11-01", 0);
  test_records_begin (records, DISC_KIND_IMMUNIZATION, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2019-11-01", 0);
  test_records_item (records, DISC_FIELD_NAME, "丁ワクチン", 0);
  model = viewer_timeline_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_timeline_model_n (model), ==, 5);
  event = viewer_timeline_model_get (model, 0);
  g_assert_cmpstr (event->title, ==, "K");
  g_assert_cmpstr (event->detail, ==, "6.8 mmol/L");
  g_assert_cmpstr (event->flag, ==, "HH");
  g_assert_cmpuint (event->n_more, ==, 2);
  g_assert_cmpstr (event->department, ==, "内科");
  event = viewer_timeline_model_get (model, 1);
  g_assert_cmpstr (event->title, ==, "甲錠");
  g_assert_false (event->is_live);
  g_assert_cmpstr (viewer_timeline_model_get (model, 2)->title, ==, "乙病");
  g_assert_cmpint (viewer_timeline_model_get (model, 3)->group, ==, VIEWER_TIMELINE_PROBLEMS);
  g_assert_cmpstr (viewer_timeline_model_get (model, 4)->title, ==, "丁ワクチン");
  g_assert_cmpint (viewer_timeline_model_get (model, 4)->group, ==, VIEWER_TIMELINE_OTHER);
}

/* The page of drugs lists prescriptions: vaccinations that it counted stood on no page it names. */
static void
test_vaccinations (void)
{
  g_assert_cmpint (viewer_inventory_section_of_kind (DISC_KIND_IMMUNIZATION), ==,
                   VIEWER_SECTION_TIMELINE);
}

/* PRB-25 of one diagnosis, ORC-28 of a whole order; "usual control" restricts nothing. */
static void
test_confidential (void)
{
  static const gboolean expected[] = { TRUE, FALSE, FALSE, TRUE, FALSE };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;

  test_records_message (records, 1, "PPR-01", "2026-11-20", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "甲病", DISC_FIELD_START, "2026-05-01",
                     DISC_FIELD_CONFIDENTIAL, "非常に限定", 0);
  test_records_item (records, DISC_FIELD_NAME, "乙病", DISC_FIELD_START, "2026-04-01",
                     DISC_FIELD_CONFIDENTIAL, "通常の管理", 0);
  test_records_item (records, DISC_FIELD_NAME, "丙病", DISC_FIELD_START, "2026-03-01", 0);
  test_records_message (records, 2, "OMG-01", "2026-02-01", 0);
  test_records_begin (records, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-02-01",
                      DISC_FIELD_CONFIDENTIAL, "R", 0);
  test_records_item (records, DISC_FIELD_NAME, "胸部ＣＴ", 0);
  test_records_message (records, 3, "OMG-01", "2026-01-01", 0);
  test_records_begin (records, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-01-01",
                      DISC_FIELD_CONFIDENTIAL, "U", 0);
  model = viewer_timeline_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_timeline_model_n (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (viewer_timeline_model_get (model, i)->is_confidential, ==, expected[i]);
}

/* Spec fhir.md 5.2: newest first by Japan's time, whatever zone each was written in. */
static void
test_zones (void)
{
  static const char *const order[] = {
    "2026-04-01T09:00:00+09:00", "2026-03-31T23:59:00Z", "2026-04-01T10:58:00+11:00",
    "2026-04-01T08:57:00",       "2026-03-31T20:00:00Z", "2026-04-01T04:59",
  };
  static const guint written[] = { 4, 1, 5, 0, 2, 3 };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      test_records_message (records, i + 1, "Observation", "", 0);
      test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                          order[written[i]], 0);
      test_records_item (records, DISC_FIELD_NAME, "K", 0);
    }
  model = viewer_timeline_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_timeline_model_n (model), ==, G_N_ELEMENTS (order));
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (viewer_timeline_model_get (model, i)->at, ==, order[i]);
}

/* From where to where, in the order in which it is read. */
static void
test_places (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerTimelineModel) model = NULL;

  test_records_message (records, 1, "ADT-41", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_ENCOUNTER, DISC_STATUS_PLANNED, DISC_FIELD_AT,
                      "2026-11-20", 0);
  test_records_item (records, DISC_FIELD_EVENT, "転棟予定", DISC_FIELD_TO, "６西 601 2",
                     DISC_FIELD_WARD, "５東", DISC_FIELD_ROOM, "512", DISC_FIELD_BED, "3", 0);
  test_records_message (records, 2, "ADT-52", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_ENCOUNTER, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-18", 0);
  test_records_item (records, DISC_FIELD_EVENT, "退院", DISC_FIELD_DISPOSITION, "治癒",
                     DISC_FIELD_WARD, "５東", 0);
  model = viewer_timeline_model_new (test_records_entries (records));
  g_assert_cmpstr (viewer_timeline_model_get (model, 0)->detail, ==, "５東 512-3 → ６西 601 2");
  g_assert_cmpstr (viewer_timeline_model_get (model, 1)->detail, ==, "５東 治癒");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/timeline-model/order", test_order);
  g_test_add_func ("/viewer/spec10/visit-believed-admission", test_stays);
  g_test_add_func ("/viewer/timeline-model/places", test_places);
  g_test_add_func ("/viewer/timeline-model/events", test_events);
  g_test_add_func ("/viewer/timeline-model/vaccinations", test_vaccinations);
  g_test_add_func ("/viewer/spec10/confidential-on-time-line", test_confidential);
  g_test_add_func ("/viewer/fhir9/23-mixed-zones-on-time-line", test_zones);
  return g_test_run ();
}
