/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-trend-layout.h"

#include "viewer-records.h"

static void
add (TestRecords *records, const char *at, DiscStatus status, const char *letter, const char *value)
{
  static gint64 rid;

  test_records_message (records, ++rid, "OML-11", at, 0);
  test_records_begin (records, DISC_KIND_LAB, status, DISC_FIELD_AT, at, 0);
  test_records_item (records, DISC_FIELD_NAME, "K", DISC_FIELD_VALUE, value, DISC_FIELD_STATUS,
                     letter, 0);
}

/* Lines join what was measured within seven days, never across a missing or textual value. */
static void
test_points (void)
{
  static const struct
  {
    double value;
    gboolean is_text, is_joined;
  } expected[] = {
    { 5.0, FALSE, FALSE }, { 4.7, FALSE, FALSE }, /* 15 days later */
    { 4.6, FALSE, TRUE },                         /* exactly 7 days later */
    { 5.2, FALSE, FALSE },                        /* a sample without result lies between */
    { 0, TRUE, FALSE },    { 5.3, FALSE, FALSE }, /* behind a text */
    { 6.8, FALSE, TRUE },
  };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;
  g_autoptr (GArray) points = NULL;
  g_autoptr (GArray) recent = NULL;

  add (records, "2026-10-22T09:00", DISC_STATUS_COMPLETED, "F", "5.0");
  add (records, "2026-11-06T09:00", DISC_STATUS_COMPLETED, "F", "4.7");
  add (records, "2026-11-13T09:00", DISC_STATUS_COMPLETED, "F", "4.6");
  add (records, "2026-11-14T09:00", DISC_STATUS_CANCELLED, "X", NULL);
  add (records, "2026-11-15T09:00", DISC_STATUS_CORRECTED, "C", "5.2");
  add (records, "2026-11-16T09:00", DISC_STATUS_COMPLETED, "F", "300>");
  add (records, "2026-11-17T09:00", DISC_STATUS_COMPLETED, "F", "5.3");
  add (records, "2026-11-18T09:00", DISC_STATUS_PRELIMINARY, "P", "6.8");
  add (records, "記載なし", DISC_STATUS_COMPLETED, "F", "9.9"); /* no time, no place */
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  points = viewer_trend_points (model, 0, NULL);
  g_assert_cmpuint (points->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < points->len; i++)
    {
      const ViewerTrendPoint *point = &g_array_index (points, ViewerTrendPoint, i);

      g_assert_cmpint (point->is_text, ==, expected[i].is_text);
      g_assert_cmpint (point->is_joined, ==, expected[i].is_joined);
      if (!point->is_text)
        g_assert_cmpfloat (point->value, ==, expected[i].value);
    }
  recent = viewer_trend_points (model, 0, "2026-11-17");
  g_assert_cmpuint (recent->len, ==, 2);
}

static const struct
{
  double low, high;
  double scale_low, scale_high, step;
  guint decimals;
} scales[] = {
  { 4.6, 6.8, 4, 7, 1, 0 }, /* 2.2 in 4 steps is 0.55; the next of 1, 2, 5 is 1 */
  { 0, 100, 0, 100, 50, 0 },
  { 16, 37, 10, 40, 10, 0 },
  { 0.02, 0.09, 0.02, 0.1, 0.02, 2 },
};

static void
test_scale (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (ViewerTrendPoint));
      ViewerTrendPoint low = { .value = scales[i].low };
      ViewerTrendPoint high = { .value = scales[i].high };
      ViewerTrendScale scale;

      g_array_append_val (points, low);
      g_array_append_val (points, high);
      g_assert_true (viewer_trend_scale (points, 4, &scale));
      g_assert_cmpfloat_with_epsilon (scale.step, scales[i].step, 1e-9);
      g_assert_cmpfloat_with_epsilon (scale.low, scales[i].scale_low, 1e-9);
      g_assert_cmpfloat_with_epsilon (scale.high, scales[i].scale_high, 1e-9);
      g_assert_cmpuint (scale.decimals, ==, scales[i].decimals);
      g_assert_cmpfloat_with_epsilon (viewer_trend_y (&scale, scale.high), 0, 1e-9);
      g_assert_cmpfloat_with_epsilon (viewer_trend_y (&scale, scale.low), 1, 1e-9);
    }
}

/* One value, or the same twice, stands within the scale; texts alone have none. */
static void
test_scale_edges (void)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (ViewerTrendPoint));
  ViewerTrendPoint text = { .is_text = TRUE };
  ViewerTrendPoint zero = { .value = 0 };
  ViewerTrendScale scale;

  g_assert_false (viewer_trend_scale (points, 4, &scale));
  g_array_append_val (points, text);
  g_assert_false (viewer_trend_scale (points, 4, &scale));
  g_array_append_val (points, zero);
  g_assert_true (viewer_trend_scale (points, 4, &scale));
  g_assert_cmpfloat (scale.low, <, 0);
  g_assert_cmpfloat (scale.high, >, 0);
}

static void
test_range (void)
{
  static const struct
  {
    const char *text;
    double low, high;
    gboolean ok;
  } ranges[] = {
    { "3.6-4.8", 3.6, 4.8, TRUE },
    { "13.0～18.0", 13, 18, TRUE },
    { "3.6 - 4.8", 3.6, 4.8, TRUE },
    { "-2-3", -2, 3, TRUE },
    { "-18.4", 0, 0, FALSE },
    { ">10", 0, 0, FALSE },
    { "(-)", 0, 0, FALSE },
    { "4.8-3.6", 0, 0, FALSE },
    { "", 0, 0, FALSE },
    { NULL, 0, 0, FALSE },
    { "M:13-17 F:11-15", 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      double low = 0, high = 0;

      g_assert_cmpint (viewer_trend_range (ranges[i].text, &low, &high), ==, ranges[i].ok);
      if (!ranges[i].ok)
        continue;
      g_assert_cmpfloat (low, ==, ranges[i].low);
      g_assert_cmpfloat (high, ==, ranges[i].high);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/trend-layout/points", test_points);
  g_test_add_func ("/viewer/trend-layout/scale", test_scale);
  g_test_add_func ("/viewer/trend-layout/scale-edges", test_scale_edges);
  g_test_add_func ("/viewer/trend-layout/range", test_range);
  return g_test_run ();
}
