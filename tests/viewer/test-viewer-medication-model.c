/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-medication-model.h"

#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"

static const struct
{
  const char *start, *days, *days_unit, *end, *usage, *repeats;
  ViewerLeft left;
  gint64 days_left;
} lefts[] = {
  /* 7 days from 11-17 end on 11-23; after the 19th there are 4 */
  { "2026-11-17", "7", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 4 },
  { "2026-11-17", "7", NULL, NULL, "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 4 },
  { "2026-11-17", "7", "d", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 4 },
  { "2026-11-17T08", "7", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 4 },
  { "2026-11-17", "7", "日", "2026-11-23", "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 4 },
  /* boundaries: the last day is the day of the disc, the day before, the day after */
  { "2026-11-06", "14", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_RAN_OUT, 0 },
  { "2026-11-05", "14", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_RAN_OUT, 0 },
  { "2026-11-07", "14", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_DAYS, 1 },
  { "2026-11-19", "1", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_RAN_OUT, 0 },
  { "2026-11-20", "7", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_BEGUN, 0 },
  { "2024-02-28", "2", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_RAN_OUT, 0 },
  /* not certain, so not computed */
  { "2026-11-17T18", "7", "日", NULL, "１日１回夕食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11", "7", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { NULL, "7", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", NULL, "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "７", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "0", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "2", "週", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "7", "日", "2026-11-30", "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "7", "日", NULL, "１日１回朝食後", "2", VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", "99999", "日", NULL, "１日１回朝食後", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  /* days are dosing days: spec 10, "days taken as calendar span" */
  { "2026-11-07", "7", "日", NULL, "１日１回朝食後　１日おき", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-07", "4", "日", NULL, "朝夕　土曜日", NULL, VIEWER_LEFT_WEEKDAYS, 0 },
  { "2026-11-07", "4", "日", NULL, "週１回　起床時", NULL, VIEWER_LEFT_NOT_COMPUTED, 0 },
  { "2026-11-17", NULL, NULL, NULL, "疼痛時", NULL, VIEWER_LEFT_TIMES, 0 },
};

static void
add_line (TestRecords *records, DiscStatus status, const char *order_no, const char *drug,
          const char *start, const char *days, const char *usage)
{
  test_records_begin (records, DISC_KIND_PRESCRIPTION, status, DISC_FIELD_ORDER_NO, order_no,
                      DISC_FIELD_AT, start, 0);
  test_records_item (records, DISC_FIELD_DRUG, drug, DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_UNIT,
                     "錠", DISC_FIELD_START, start, DISC_FIELD_DAYS, days, DISC_FIELD_DAYS_UNIT,
                     "日", DISC_FIELD_USAGE, usage, 0);
}

static void
test_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lefts); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerMedicationModel) model = NULL;
      const ViewerMedication *line;

      test_records_message (records, 1, "OMP-01", "2026-11-17", 0);
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_START, lefts[i].start,
                         DISC_FIELD_DAYS, lefts[i].days, DISC_FIELD_DAYS_UNIT, lefts[i].days_unit,
                         DISC_FIELD_END, lefts[i].end, DISC_FIELD_USAGE, lefts[i].usage,
                         DISC_FIELD_REPEATS, lefts[i].repeats, 0);
      model = viewer_medication_model_new (test_records_entries (records), AS_OF);
      line = viewer_medication_model_get (model, 0);
      if (line->left != lefts[i].left)
        g_error ("case %u: left %d", i, line->left);
      if (line->left == VIEWER_LEFT_DAYS)
        g_assert_cmpint (line->days_left, ==, lefts[i].days_left);
    }
}

static const struct
{
  const char *dose, *most, *unit, *text;
} doses[] = {
  { "1", NULL, "錠", "1錠" },   { "1", "1", "錠", "1錠" },
  { "1", "4", "錠", "1〜4錠" }, /* never RXE-3 alone: spec 10, uneven doses */
  { "50", NULL, "MG", "50MG" }, /* unit as stored, no conversion */
  { "0.5", NULL, NULL, "0.5" }, { NULL, "2", "錠", "〜2錠" },
  { NULL, NULL, "錠", NULL }, /* external: no dose, not 0 */
};

static void
test_dose (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (doses); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerMedicationModel) model = NULL;

      test_records_message (records, 1, "OMP-01", "2026-11-17", 0);
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_DOSE, doses[i].dose,
                         DISC_FIELD_DOSE_MAX, doses[i].most, DISC_FIELD_DOSE_UNIT, doses[i].unit,
                         DISC_FIELD_PER_DAY, "3", DISC_FIELD_TOTAL, "49", 0);
      model = viewer_medication_model_new (test_records_entries (records), AS_OF);
      g_assert_cmpstr (viewer_medication_model_get (model, 0)->dose, ==, doses[i].text);
    }
}

/* SS-MIX2 spec 4.8, Rp 2, and every text of it. */
static void
test_uneven (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;
  g_autofree char *schedule = NULL;
  const ViewerMedication *line;

  test_records_message (records, 1, "OMP-01", "2025-04-10", 0);
  test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_DRUG, "プレドニゾロン錠５ｍｇ", DISC_FIELD_DOSE, "1",
                     DISC_FIELD_DOSE_MAX, "4", DISC_FIELD_DOSE_UNIT, "錠", DISC_FIELD_PER_DAY, "7",
                     DISC_FIELD_PER_DAY_UNIT, "錠", DISC_FIELD_TOTAL, "49", DISC_FIELD_USAGE,
                     "内服・経口・１日３回朝昼夕食後", DISC_FIELD_USAGE_CODE, "1013044400000000",
                     DISC_FIELD_DAYS, "7", DISC_FIELD_DAYS_UNIT, "日", DISC_FIELD_INSTRUCTION,
                     "V14NNNNN ４錠", DISC_FIELD_INSTRUCTION, "V22NNNNN ２錠",
                     DISC_FIELD_INSTRUCTION, "V31NNNNN １錠", DISC_FIELD_START, "2025-04-10",
                     DISC_FIELD_COMMENT, "一包化", 0);
  model = viewer_medication_model_new (test_records_entries (records), "2025-04-12T10:00");
  line = viewer_medication_model_get (model, 0);
  g_assert_true (line->is_uneven);
  schedule = g_strjoinv (" ", line->schedule);
  g_assert_cmpstr (schedule, ==, "4 2 1");
  g_assert_cmpstr (line->dose, ==, "1〜4錠");
  g_assert_cmpstr (line->usage, ==,
                   "内服・経口・１日３回朝昼夕食後　V14NNNNN ４錠　V22NNNNN ２錠　V31NNNNN "
                   "１錠　一包化");
  g_assert_cmpint (line->left, ==, VIEWER_LEFT_DAYS);
  g_assert_cmpint (line->days_left, ==, 4); /* until 04-16 */
}

/* Each state in its section; what is dead for good only in the history. */
static void
test_sections (void)
{
  static const struct
  {
    const char *drug;
    ViewerMedicationSection section;
  } expected[] = {
    { "続く錠", VIEWER_MEDICATION_RUNNING }, { "保留錠", VIEWER_MEDICATION_RUNNING },
    { "頓服錠", VIEWER_MEDICATION_RUNNING }, { "切れた錠", VIEWER_MEDICATION_RAN_OUT },
    { "中止錠", VIEWER_MEDICATION_STOPPED }, { "取消錠", VIEWER_MEDICATION_STOPPED },
    { "昔の頓服", VIEWER_MEDICATION_OPEN },  { "続く錠", VIEWER_MEDICATION_EARLIER },
  };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;

  test_records_message (records, 1, "OMP-01", "2026-11-01", 0);
  add_line (records, DISC_STATUS_ACTIVE, "1", "続く錠", "2026-11-17", "7", "朝食後");
  add_line (records, DISC_STATUS_ON_HOLD, "2", "保留錠", "2026-11-16", "7", "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "3", "頓服錠", "2026-11-15", NULL, "疼痛時");
  add_line (records, DISC_STATUS_ACTIVE, "4", "切れた錠", "2026-11-01", "7", "朝食後");
  add_line (records, DISC_STATUS_STOPPED, "5", "中止錠", "2026-11-18", "7", "朝食後");
  add_line (records, DISC_STATUS_CANCELLED, "6", "取消錠", "2026-11-17", "7", "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "7", "昔の頓服", "2026-02-01", NULL, "疼痛時");
  add_line (records, DISC_STATUS_ACTIVE, "8", "続く錠", "2026-11-01", "7", "朝食後");
  add_line (records, DISC_STATUS_SUPERSEDED, "1", "続く錠", "2026-11-17", "14", "朝食後");
  add_line (records, DISC_STATUS_DELETED, "9", "削除錠", "2026-11-17", "7", "朝食後");
  add_line (records, DISC_STATUS_ENTERED_IN_ERROR, "10", "誤り錠", "2026-11-17", "7", "朝食後");
  test_records_message (records, 2, "OMP-01", "2026-11-18", DISC_MESSAGE_DISPUTED);
  add_line (records, DISC_STATUS_ACTIVE, "11", "他人の錠", "2026-11-17", "7", "朝食後");
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);

  g_assert_cmpuint (viewer_medication_model_n (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpstr (viewer_medication_model_get (model, i)->drug, ==, expected[i].drug);
      g_assert_cmpint (viewer_medication_model_get (model, i)->section, ==, expected[i].section);
    }
  g_assert_cmpuint (viewer_medication_model_n_hidden (model), ==, 3);
  g_assert_cmpint (viewer_medication_model_get (model, 1)->left, ==, VIEWER_LEFT_NOT_LIVE);
}

/* Neither running nor stopped: a draft that may have been issued, an order not to, a proposal. */
static void
test_no_order (void)
{
  static const char *const words[] = { "do-not-perform", "no-order-yet" };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;

  test_records_message (records, 1, "MedicationRequest", "2026-11-18", 0);
  add_line (records, DISC_STATUS_DRAFT, "1", "下書き錠", "2026-11-17", "7", "朝食後");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      test_records_begin (records, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, DISC_FIELD_WARNING,
                          words[i], 0);
      test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_START, "2026-11-17",
                         DISC_FIELD_DAYS, "7", DISC_FIELD_USAGE, "朝食後", 0);
    }
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_medication_model_n (model), ==, 3);
  g_assert_cmpuint (viewer_medication_model_n_in (model, VIEWER_MEDICATION_OPEN), ==, 3);
  g_assert_cmpuint (viewer_medication_model_n_hidden (model), ==, 0);
}

/* What replaces nothing: two lines of one drug in one order, another strength, as needed. */
static void
test_no_successor (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;

  test_records_message (records, 1, "OMP-01", "2026-11-01", 0);
  add_line (records, DISC_STATUS_ACTIVE, "1", "甲錠１ｍｇ", "2026-11-01", NULL, "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "1", "甲錠１ｍｇ", "2026-11-02", NULL, "夕食後");
  add_line (records, DISC_STATUS_ACTIVE, "2", "甲錠５ｍｇ", "2026-11-10", NULL, "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "3", "甲錠１ｍｇ", "2026-11-10", NULL, "疼痛時");
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);
  g_assert_cmpuint (viewer_medication_model_n_in (model, VIEWER_MEDICATION_RUNNING), ==, 4);
}

static void
test_history (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;
  g_autoptr (GPtrArray) history = NULL;

  test_records_message (records, 1, "OMP-01", "2026-11-01T10:00:00", 0);
  add_line (records, DISC_STATUS_SUPERSEDED, "1", "甲錠", "2026-11-01", "7", "朝食後");
  test_records_message (records, 2, "OMP-01", "2026-11-01T11:00:00", 0);
  add_line (records, DISC_STATUS_ACTIVE, "1", "甲錠", "2026-11-01", "30", "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "1", "乙錠", "2026-11-01", "30", "朝食後");
  add_line (records, DISC_STATUS_ACTIVE, "2", "甲錠", "2026-11-01", "30", "夕食後");
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);
  history = viewer_medication_model_history (model, viewer_medication_model_get (model, 0));
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpint (((ViewerMedication *) g_ptr_array_index (history, 0))->entry->message->rid, ==,
                   2);
  g_assert_cmpint (((ViewerMedication *) g_ptr_array_index (history, 1))->entry->record->status, ==,
                   DISC_STATUS_SUPERSEDED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/days-as-calendar-span", test_left);
  g_test_add_func ("/viewer/spec10/dose-not-daily-dose", test_dose);
  g_test_add_func ("/viewer/spec10/uneven-pattern-lost", test_uneven);
  g_test_add_func ("/viewer/spec10/stopped-shown-as-live", test_sections);
  g_test_add_func ("/viewer/medication-model/no-successor", test_no_successor);
  g_test_add_func ("/viewer/medication-model/no-order", test_no_order);
  g_test_add_func ("/viewer/medication-model/history", test_history);
  return g_test_run ();
}
