/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-gap-model.h"

#include "disc-date.h"
#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50:00"
#define NOW "2026-11-21T03:12:00"

/* Returns: (transfer full): "TIME AT WHAT", a line each. */
static char *
words (const ViewerGapModel *model)
{
  static const char *const times[] = { "past", "coming", "open" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < viewer_gap_model_n (model); i++)
    {
      const ViewerGap *gap = viewer_gap_model_get (model, i);

      g_string_append_printf (out, "%s %d %s %s%s%s\n", times[gap->time], gap->kind,
                              gap->at != NULL ? gap->at : "-", gap->what,
                              gap->is_on_hold ? " held" : "", gap->is_expected_end ? " end" : "");
    }
  return g_string_free (out, FALSE);
}

static void
assert_words (TestRecords *records, const char *now, const char *wanted)
{
  g_autoptr (ViewerGapModel) model =
      viewer_gap_model_new (test_records_entries (records), AS_OF, now);
  g_autofree char *found = words (model);

  g_assert_cmpstr (found, ==, wanted);
}

static void
add_injection (TestRecords *records, gint64 rid, DiscStatus status, const char *order,
               const char *drug, const char *start)
{
  g_autofree char *rp = g_strdup_printf ("%s_01_001", order);

  test_records_message (records, rid, "OMP-02", "2026-11-18T11:00:00", 0);
  test_records_begin (records, DISC_KIND_INJECTION, status, DISC_FIELD_ORDER_NO, order, 0);
  test_records_item (records, DISC_FIELD_RP, rp, DISC_FIELD_START, start, DISC_FIELD_DRUG, drug,
                     DISC_FIELD_AMOUNT, "1", DISC_FIELD_AMOUNT_UNIT, "瓶", 0);
}

/* Planned times after the disc; what was given, stopped or lies further ahead is not there. */
static void
test_injections (void)
{
  g_autoptr (TestRecords) records = test_records_new ();

  add_injection (records, 1, DISC_STATUS_ACTIVE, "1", "前の日", "2026-11-19T20:00");
  add_injection (records, 2, DISC_STATUS_ACTIVE, "2", "夜中", "2026-11-20T04:00");
  add_injection (records, 3, DISC_STATUS_ACTIVE, "3", "これから", "2026-11-21T04:00");
  add_injection (records, 4, DISC_STATUS_ACTIVE, "4", "一日より先", "2026-11-22T04:00");
  add_injection (records, 5, DISC_STATUS_STOPPED, "5", "中止", "2026-11-20T05:00");
  add_injection (records, 6, DISC_STATUS_ON_HOLD, "6", "保留", "2026-11-20T06:00");
  add_injection (records, 7, DISC_STATUS_SUPERSEDED, "7", "旧版", "2026-11-20T07:00");
  assert_words (records, NOW,
                "past 0 2026-11-20T04:00 夜中 1瓶\npast 0 2026-11-20T06:00 保留 1瓶 held\n"
                "coming 0 2026-11-21T04:00 これから 1瓶\n");
  /* a clock before the disc: nothing is past */
  assert_words (records, "2026-11-01T00:00:00",
                "coming 0 2026-11-20T04:00 夜中 1瓶\ncoming 0 2026-11-20T06:00 保留 1瓶 held\n");
}

static void
add_drug (TestRecords *records, gint64 rid, DiscStatus status, const char *drug, const char *usage,
          const char *start, const char *days)
{
  test_records_message (records, rid, "OMP-01", "2026-11-10T11:00:00", 0);
  test_records_begin (records, DISC_KIND_PRESCRIPTION, status, DISC_FIELD_ORDER_NO, drug, 0);
  test_records_item (records, DISC_FIELD_DRUG, drug, DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_UNIT,
                     "錠", DISC_FIELD_USAGE, usage, DISC_FIELD_START, start, DISC_FIELD_DAYS, days,
                     0);
}

/* No hour of a dose is computed: what goes on is listed, what ends or begins has its day. */
static void
test_drugs (void)
{
  g_autoptr (TestRecords) records = test_records_new ();

  add_drug (records, 1, DISC_STATUS_ACTIVE, "続く", "１日１回朝食後　服用", "2026-11-15", "14");
  add_drug (records, 2, DISC_STATUS_ACTIVE, "今日で切れる", "１日１回朝食後　服用", "2026-11-15",
            "7");
  add_drug (records, 3, DISC_STATUS_ACTIVE, "ディスクの日に切れた", "１日１回朝食後　服用",
            "2026-11-13", "7");
  add_drug (records, 4, DISC_STATUS_ACTIVE, "前に切れた", "１日１回朝食後　服用", "2026-11-01",
            "7");
  add_drug (records, 5, DISC_STATUS_ACTIVE, "始まる", "１日１回朝食後　服用", "2026-11-21", "7");
  add_drug (records, 6, DISC_STATUS_STOPPED, "中止", "１日１回朝食後　服用", "2026-11-15", "14");
  add_drug (records, 7, DISC_STATUS_ON_HOLD, "保留", "１日１回朝食後　服用", "2026-11-15", "14");
  assert_words (records, NOW,
                "past 2 2026-11-19 ディスクの日に切れた　1錠\n"
                "coming 1 2026-11-21 始まる　1錠\ncoming 2 2026-11-21 今日で切れる　1錠\n"
                "open 1 - 今日で切れる　1錠\nopen 1 - 保留　1錠 held\nopen 1 - 続く　1錠\n");
}

static void
add_order (TestRecords *records, gint64 rid, DiscStatus status, const char *at, const char *name)
{
  test_records_message (records, rid, "OML-01", "2026-11-10T11:00:00", 0);
  test_records_begin (records, DISC_KIND_ORDER, status, DISC_FIELD_AT, at, DISC_FIELD_ORDER_NO,
                      name, 0);
  test_records_item (records, DISC_FIELD_NAME, name, 0);
}

static void
test_results (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerGapModel) model = NULL;

  add_order (records, 1, DISC_STATUS_ACTIVE, "2026-11-20T00:00", "再検");
  add_order (records, 2, DISC_STATUS_ACTIVE, "2026-11-19T08:00", "結果待ち");
  add_order (records, 3, DISC_STATUS_ACTIVE, "2026-11-05T08:00", "二週間前");
  add_order (records, 4, DISC_STATUS_ACTIVE, "2026-11-04T08:00", "それより前");
  add_order (records, 5, DISC_STATUS_CANCELLED, "2026-11-20T08:00", "取消");
  add_order (records, 6, DISC_STATUS_ACTIVE, "2026-12-20T08:00", "来月");
  assert_words (records, NOW,
                "past 4 2026-11-20T00:00 再検\nopen 3 2026-11-05T08:00 二週間前\n"
                "open 3 2026-11-19T08:00 結果待ち\n");
  model = viewer_gap_model_new (test_records_entries (records), AS_OF, NOW);
  g_assert_cmpuint (viewer_gap_model_n_old (model), ==, 1);
  g_assert_cmpuint (viewer_gap_model_n_of_kind (model, VIEWER_GAP_RESULT), ==, 2);
  g_assert_cmpuint (viewer_gap_model_n_of_time (model, VIEWER_GAP_PAST), ==, 1);
}

static void
add_move (TestRecords *records, gint64 rid, const char *type, DiscStatus status, const char *at,
          const char *event, const char *expected_end)
{
  test_records_message (records, rid, type, "2026-11-10T11:00:00", 0);
  test_records_begin (records, DISC_KIND_ENCOUNTER, status, DISC_FIELD_AT, at, 0);
  test_records_item (records, DISC_FIELD_EVENT, event, DISC_FIELD_WARD, "５東",
                     DISC_FIELD_EXPECTED_END, expected_end, 0);
}

static void
test_moves (void)
{
  static const char *const none = NULL;
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (TestRecords) left = test_records_new ();

  add_move (records, 1, "ADT-22", DISC_STATUS_COMPLETED, "2026-11-10T10:00", "入院",
            "2026-11-20T10:00");
  add_move (records, 2, "ADT-42", DISC_STATUS_COMPLETED, "2026-11-15T10:00", "転棟",
            "2026-11-21T10:00");
  add_move (records, 3, "ADT-41", DISC_STATUS_PLANNED, "2026-11-20T09:00", "転棟予定", none);
  add_move (records, 4, "ADT-41", DISC_STATUS_CANCELLED, "2026-11-20T09:30", "転棟予定", none);
  assert_words (
      records, NOW,
      "past 5 2026-11-20T09:00 転棟予定　５東\ncoming 5 2026-11-21T10:00 転棟　５東 end\n");

  add_move (left, 1, "ADT-22", DISC_STATUS_COMPLETED, "2026-11-10T10:00", "入院",
            "2026-11-20T10:00");
  add_move (left, 2, "ADT-52", DISC_STATUS_COMPLETED, "2026-11-18T10:00", "退院", none);
  assert_words (left, NOW, "");
}

/* "FROM BIN N: place of a stretch=how many ..." */
static char *
counts_of (TestRecords *records, const char *now)
{
  g_autoptr (ViewerGapModel) model =
      viewer_gap_model_new (test_records_entries (records), AS_OF, now);
  ViewerGapCounts *counts = viewer_gap_counts_new (model, AS_OF, now);
  GString *out = g_string_new (NULL);

  if (counts != NULL)
    g_string_printf (out, "%d %d %u:", (int) ((counts->from - disc_date_to_seconds (AS_OF)) / 60),
                     (int) (counts->bin / 3600), counts->n);
  for (guint i = 0; counts != NULL && i < counts->n; i++)
    if (counts->planned[i] > 0)
      g_string_append_printf (out, " %u=%u", i, counts->planned[i]);
  viewer_gap_counts_free (counts);
  return g_string_free (out, FALSE);
}

/* Hour by hour from the hour of the disc to a day after now; days where the gap is long. */
static void
test_counts (void)
{
  static const struct
  {
    const char *now, *wanted;
  } cases[] = {
    /* 23:00 to 04:00 two days on: 53 hours; 04:00 is the fifth after 23:00, 07:30 the eighth */
    { NOW, "-50 1 53: 5=2 8=1 29=1 35=1" },
    /* a clock before the disc: the day after it */
    { "2026-11-18T03:12:00", "-50 1 25: 5=2 8=1" },
    /* 30 days: whole days from midnight, 23 h 50 min before the disc */
    { "2026-12-19T03:12:00", "-1430 24 32: 1=3 2=2" },
    { "no time", "" },
  };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (TestRecords) none = test_records_new ();
  g_autofree char *nothing = NULL;

  add_injection (records, 1, DISC_STATUS_ACTIVE, "1", "甲", "2026-11-20T04:00");
  add_injection (records, 2, DISC_STATUS_ACTIVE, "2", "乙", "2026-11-20T04:59");
  add_injection (records, 3, DISC_STATUS_ACTIVE, "3", "丙", "2026-11-20T07:30");
  add_injection (records, 4, DISC_STATUS_ACTIVE, "4", "丁", "2026-11-21T04:00");
  add_injection (records, 5, DISC_STATUS_ACTIVE, "5", "戊", "2026-11-21");       /* no hour */
  add_injection (records, 6, DISC_STATUS_ACTIVE, "6", "己", "2026-11-21T10:00");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = counts_of (records, cases[i].now);

      g_test_message ("%s", cases[i].now);
      g_assert_cmpstr (found, ==, cases[i].wanted);
    }
  nothing = counts_of (none, NOW);
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/gap/injections", test_injections);
  g_test_add_func ("/viewer/gap/drugs", test_drugs);
  g_test_add_func ("/viewer/gap/results", test_results);
  g_test_add_func ("/viewer/gap/moves", test_moves);
  g_test_add_func ("/viewer/gap/counts", test_counts);
  return g_test_run ();
}
