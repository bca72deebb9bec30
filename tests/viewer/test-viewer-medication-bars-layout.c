/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bars of the time line. The disc is of 2026-11-19, a Thursday, which is day 0 here: every number
 * is counted by hand from it.
 */
#include "viewer-medication-bars-layout.h"

#include "disc-date.h"
#include "viewer-dosing-days.h"
#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"

static const char *const no_folders[] = { NULL };

typedef struct
{
  DiscStatus status;
  const char *at, *start, *end, *days, *usage, *code, *repeats;
} Line;

/* What a bar says: its letter, first day, end of what is certain where that differs, end. */
static void
print_bar (GString *out, const ViewerBar *bar)
{
  static const char letters[] = { [VIEWER_BAR_DAYS] = 'D',
                                  [VIEWER_BAR_OPEN] = 'O',
                                  [VIEWER_BAR_DOSE] = 'd',
                                  [VIEWER_BAR_UNSURE] = '?' };
  double zero = (double) disc_date_to_day (AS_OF);

  if (out->len > 0)
    g_string_append_c (out, ' ');
  g_string_append_printf (out, "%c%.0f", letters[bar->kind], bar->from - zero);
  if (bar->kind == VIEWER_BAR_OPEN)
    g_string_append_printf (out, "|%.0f", bar->solid - zero);
  if (bar->kind != VIEWER_BAR_DOSE && bar->kind != VIEWER_BAR_UNSURE)
    g_string_append_printf (out, ":%.0f", bar->to - zero);
  if (bar->is_struck)
    g_string_append (out, bar->is_cancelled ? "c" : "s");
  if (bar->has_stop)
    g_string_append_printf (out, "x%.2f", bar->stop - zero);
  if (bar->lane > 0)
    g_string_append_printf (out, "/%u", bar->lane);
}

static void
add (TestRecords *records, const Line *line, guint i)
{
  g_autofree char *order_no = g_strdup_printf ("%u", i);

  test_records_begin (records, DISC_KIND_PRESCRIPTION, line->status, DISC_FIELD_AT, line->at,
                      DISC_FIELD_ORDER_NO, order_no, 0);
  test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_UNIT,
                     "錠", DISC_FIELD_START, line->start, DISC_FIELD_END, line->end,
                     DISC_FIELD_DAYS, line->days, DISC_FIELD_USAGE, line->usage,
                     DISC_FIELD_USAGE_CODE, line->code, DISC_FIELD_REPEATS, line->repeats, 0);
}

static char *
bars_of (const Line *lines, guint n, ViewerBarPeriod period)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;
  g_autoptr (ViewerLabSheetModel) labs = NULL;
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);
  g_autoptr (ViewerMedicationRows) rows = NULL;
  GString *out = g_string_new (NULL);
  ViewerBarSpan span;

  test_records_message (records, 1, "OMP-01", "2026-11-01", 0);
  for (guint i = 0; i < n && lines[i].status != DISC_STATUS_NONE; i++)
    add (records, &lines[i], i);
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);
  labs = viewer_lab_sheet_model_new (test_records_entries (records));
  rows = viewer_medication_rows_new (model, labs, lists, AS_OF);
  g_assert_true (viewer_bar_span (&span, AS_OF, NOW, period));
  for (guint r = 0; r < viewer_medication_rows_n (rows); r++)
    {
      g_autoptr (GArray) bars = viewer_bars_of (viewer_medication_rows_get (rows, r), &span);

      for (guint i = 0; i < bars->len; i++)
        print_bar (out, &g_array_index (bars, ViewerBar, i));
    }
  return g_string_free (out, FALSE);
}

#define ACTIVE DISC_STATUS_ACTIVE
#define STOPPED DISC_STATUS_STOPPED
#define CANCELLED DISC_STATUS_CANCELLED
#define MORNING "１日１回朝食後"
#define SATURDAY "W0000001"

static const struct
{
  Line lines[3];
  const char *bars;
} cases[] = {
  /* seven days from the 17th end with the 23rd */
  { { { ACTIVE, NULL, "2026-11-17", NULL, "7", MORNING } }, "D-2:5" },
  { { { ACTIVE, NULL, "2026-11-17", "2026-11-18", NULL, MORNING } }, "D-2:0" },
  /* the end as written counts, not the days */
  { { { ACTIVE, NULL, "2026-11-17", "2026-11-30", "7", MORNING } }, "D-2:12" },
  { { { ACTIVE, NULL, "2026-11-17T18:00", NULL, "3", MORNING } }, "D-2:1" },
  /* a new dose is a new bar */
  { { { ACTIVE, NULL, "2026-11-10", NULL, "7", MORNING },
      { ACTIVE, NULL, "2026-11-17", NULL, "7", MORNING } },
    "D-9:-2 D-2:5" },
  /* two at one time are below each other */
  { { { ACTIVE, NULL, "2026-11-10", NULL, "14", MORNING },
      { ACTIVE, NULL, "2026-11-17", NULL, "7", MORNING } },
    "D-9:5 D-2:5/1" },
  /* before what is shown */
  { { { ACTIVE, NULL, "2026-10-01", NULL, "7", MORNING } }, "" },
  /* begins after the disc */
  { { { ACTIVE, NULL, "2026-11-21", NULL, "7", MORNING } }, "D2:9" },
  /* no end: certain for its first day, drawn to the disc, never behind it */
  { { { ACTIVE, NULL, "2026-11-10", NULL, NULL, MORNING } }, "O-9|-8:1" },
  { { { ACTIVE, NULL, "2026-11-10", NULL, NULL, MORNING },
      { ACTIVE, NULL, "2026-11-17", NULL, "7", MORNING } },
    "O-9|-8:-2 D-2:5" },
  /* refills: the first supply is certain */
  { { { ACTIVE, NULL, "2026-11-10", NULL, "4", MORNING, NULL, "2" } }, "O-9|-5:1" },
  /* days of a unit or a shape that is not plain */
  { { { ACTIVE, NULL, "2026-11-10", NULL, "２", MORNING } }, "O-9|-8:1" },
  { { { ACTIVE, NULL, "2026-11-10", NULL, "99999", MORNING } }, "O-9|-8:1" },
  /* as needed, and patterns that leave the days open */
  { { { ACTIVE, NULL, "2026-11-17", NULL, NULL, "疼痛時" } }, "O-2|-1:1" },
  { { { ACTIVE, NULL, "2026-11-10", NULL, "4", "週１回　起床時" } }, "?-9" },
  { { { ACTIVE, NULL, "2026-11-10", NULL, "7", "１日おき　朝食後" } }, "?-9" },
  { { { ACTIVE, NULL, "2026-11-10", NULL, "7", NULL } }, "?-9" },
  { { { ACTIVE, NULL, "2026-11-10", "2026-11-18", NULL, "週１回　起床時" } }, "O-9|-9:0" },
  /* Saturdays: the 7th, the 14th, the 21st, the 28th, of which four are to be taken */
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "朝食後　土曜日", SATURDAY } }, "d-12 d-5 d2" },
  { { { ACTIVE, NULL, "2026-11-07", NULL, "2", "朝食後　土曜日", SATURDAY } }, "d-12 d-5" },
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "月・木曜日　朝食後" } }, "d-10 d-7 d-3 d0" },
  { { { ACTIVE, NULL, "2026-11-07", NULL, NULL, "朝食後　土曜日", SATURDAY } }, "d-12 d-5" },
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "土曜日は休薬　朝食後" } }, "?-12" },
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "１４日は休薬", SATURDAY } }, "?-12" },
  /* every second week, by a code */
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "土曜日", "CW200000" } }, "?-12" },
  /* code and words disagree: neither is chosen */
  { { { ACTIVE, NULL, "2026-11-07", NULL, "4", "朝食後　日曜日", SATURDAY } }, "?-12" },
  /* stopped at noon of the 18th */
  { { { STOPPED, "2026-11-18T12:00", "2026-11-10", NULL, "14", MORNING } }, "D-9:-0sx-0.50" },
  /* stopped after its days */
  { { { STOPPED, "2026-11-18T12:00", "2026-11-10", NULL, "3", MORNING } }, "D-9:-6sx-0.50" },
  /* the time of the order says nothing of a stop */
  { { { STOPPED, "2026-11-10T10:00", "2026-11-10", NULL, "3", MORNING } }, "D-9:-6s" },
  { { { CANCELLED, "2026-11-10T10:00", "2026-11-10", NULL, "3", MORNING } }, "D-9:-6c" },
  { { { STOPPED, "2026-11-18T12:00", "2026-11-10", NULL, NULL, MORNING } }, "O-9|-8:-0sx-0.50" },
  { { { STOPPED, "2026-11-12T00:00", "2026-11-07", NULL, "4", "朝食後　土曜日", SATURDAY } },
    "d-12sx-7.00" },
  /* on hold and drafts have no bar; what was before them has */
  { { { DISC_STATUS_ON_HOLD, "2026-11-17", "2026-11-17", NULL, "7", MORNING },
      { ACTIVE, NULL, "2026-11-10", NULL, "7", MORNING } },
    "D-9:-2" },
  { { { DISC_STATUS_DRAFT, "2026-11-17", "2026-11-17", NULL, "7", MORNING } }, "" },
  { { { DISC_STATUS_PLANNED, "2026-11-17", "2026-11-17", NULL, "7", MORNING } }, "" },
  /* no start: where the order stands, and no more is said */
  { { { ACTIVE, "2026-11-12T10:00", NULL, NULL, "7", MORNING } }, "?-7" },
  { { { ACTIVE, NULL, "2026-11", NULL, "7", MORNING } }, "" },
};

static void
test_bars (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bars =
          bars_of (cases[i].lines, G_N_ELEMENTS (cases[i].lines), VIEWER_BAR_SPAN_28_DAYS);

      if (g_strcmp0 (bars, cases[i].bars) != 0)
        g_error ("case %u: “%s”, not “%s”", i, bars, cases[i].bars);
    }
}

static void
test_span (void)
{
  static const struct
  {
    ViewerBarPeriod period;
    const char *now;
    double before, after; /* days of the day of the disc */
  } spans[] = {
    { VIEWER_BAR_SPAN_7_DAYS, NOW, 6, 3.133 },   /* a day more than now */
    { VIEWER_BAR_SPAN_28_DAYS, NOW, 27, 3.857 }, /* 27 / 7 */
    { VIEWER_BAR_SPAN_3_MONTHS, NOW, 92, 13.143 },
    { VIEWER_BAR_SPAN_13_MONTHS, NOW, 396, 56.571 },
    { VIEWER_BAR_SPAN_28_DAYS, "2026-12-24T12:00", 27, 9 },     /* weeks later: a third */
    { VIEWER_BAR_SPAN_28_DAYS, "2026-11-01T12:00", 27, 3.857 }, /* a clock before the disc */
    { VIEWER_BAR_SPAN_28_DAYS, NULL, 27, 3.857 },
  };
  double zero = (double) disc_date_to_day (AS_OF);
  ViewerBarSpan span;

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_assert_true (viewer_bar_span (&span, AS_OF, spans[i].now, spans[i].period));
      g_assert_cmpfloat_with_epsilon (zero - span.from, spans[i].before, 0.001);
      g_assert_cmpfloat_with_epsilon (span.to - zero - 1, spans[i].after, 0.001);
      g_assert_cmpfloat (span.now, >=, span.disc);
    }
  g_assert_false (viewer_bar_span (&span, NULL, NOW, VIEWER_BAR_SPAN_7_DAYS));
  g_assert_false (viewer_bar_span (&span, "2026-11", NOW, VIEWER_BAR_SPAN_7_DAYS));
}

static void
test_weekdays (void)
{
  static const struct
  {
    const char *text;
    guint days;
  } texts[] = {
    { "土曜日", 1 << 6 },
    { "土曜のみ", 1 << 6 },
    { "月・木曜日", 1 << 1 | 1 << 4 },
    { "月曜日、木曜日", 1 << 1 | 1 << 4 },
    { "１日１回朝食後　日曜日", 1 << 0 }, /* 日 of 1日 is no Sunday */
    { "月・水・金曜", 1 << 1 | 1 << 3 | 1 << 5 },
    { "日曜以外", 0 },
    { "第１月曜日", 0 },
    { "月から金曜", 0 },
    { "曜日指定", 0 },
    { "朝食後", 0 },
    { "土曜日は休薬", 0 },
    { "月曜日は２錠、木曜日は１錠", 0 },
    { "２週に１回　月曜日", 0 },
    { "２週間毎月曜日", 0 },
    { "毎週月曜日", 1 << 1 },
    { "週１回　土曜日", 1 << 6 },
    { "週２回　月・木曜日", 1 << 1 | 1 << 4 },
    { "週３回　月・木曜日", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (viewer_dosing_weekdays_text (texts[i].text) != texts[i].days)
      g_error ("%s: %x", texts[i].text, viewer_dosing_weekdays_text (texts[i].text));
  g_assert_cmpuint (viewer_dosing_weekday (disc_date_to_day (AS_OF)), ==, 4);
  g_assert_cmpuint (viewer_dosing_weekday (-1), ==, 3);
}

/* A dose where doses differ within a day is never added up. */
static void
test_text (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMedicationModel) model = NULL;
  g_autoptr (ViewerLabSheetModel) labs = NULL;
  g_autoptr (ViewerDrugLists) lists = viewer_drug_lists_load (no_folders);
  g_autoptr (ViewerMedicationRows) rows = NULL;
  g_autoptr (GArray) bars = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *longer = NULL;
  ViewerBarSpan span;

  test_records_message (records, 1, "OMP-01", "2026-11-01", 0);
  test_records_begin (records, DISC_KIND_PRESCRIPTION, ACTIVE, 0);
  test_records_item (records, DISC_FIELD_DRUG, "甲錠", DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_MAX,
                     "2", DISC_FIELD_DOSE_UNIT, "錠", DISC_FIELD_USAGE, "１日２回朝夕食後",
                     DISC_FIELD_USAGE, "粉砕", DISC_FIELD_INSTRUCTION, "V12NNNNN ２錠",
                     DISC_FIELD_INSTRUCTION, "V21NNNNN １錠", DISC_FIELD_START, "2026-11-17",
                     DISC_FIELD_DAYS, "7", 0);
  model = viewer_medication_model_new (test_records_entries (records), AS_OF);
  labs = viewer_lab_sheet_model_new (test_records_entries (records));
  rows = viewer_medication_rows_new (model, labs, lists, AS_OF);
  g_assert_true (viewer_bar_span (&span, AS_OF, NOW, VIEWER_BAR_SPAN_28_DAYS));
  bars = viewer_bars_of (viewer_medication_rows_get (rows, 0), &span);
  g_assert_cmpuint (bars->len, ==, 1);
  shorter = viewer_bar_text (&g_array_index (bars, ViewerBar, 0),
                             viewer_medication_rows_get (rows, 0), FALSE);
  longer = viewer_bar_text (&g_array_index (bars, ViewerBar, 0),
                            viewer_medication_rows_get (rows, 0), TRUE);
  g_assert_cmpstr (shorter, ==, "2・1錠");
  g_assert_cmpstr (longer, ==, "2・1錠　１日２回朝夕食後　粉砕");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/medication-bars/bars", test_bars);
  g_test_add_func ("/viewer/medication-bars/span", test_span);
  g_test_add_func ("/viewer/medication-bars/weekdays", test_weekdays);
  g_test_add_func ("/viewer/medication-bars/text", test_text);
  return g_test_run ();
}
