/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-problem-model.h"

#include "viewer-records.h"

/* One line of PPR-01 each; the groups are those of SS-MIX2 spec 4.6. */
static const struct
{
  const char *name, *suspected, *end, *outcome, *outcome_code;
  ViewerProblemGroup group;
  gboolean is_suspected;
} cases[] = {
  { "高血圧症", NULL, NULL, NULL, NULL, VIEWER_PROBLEM_CURRENT, FALSE },
  { "高血圧症", NULL, NULL, "継続", "C", VIEWER_PROBLEM_CURRENT, FALSE },
  { "高血圧症", NULL, "2025-03-01", "継続", "C", VIEWER_PROBLEM_CURRENT, FALSE },
  { "高血圧症", NULL, NULL, "回復せず", "N", VIEWER_PROBLEM_CURRENT, FALSE }, /* no end */
  { "肺癌", "疑いあり", NULL, NULL, NULL, VIEWER_PROBLEM_SUSPECTED, TRUE },
  { "肺癌", "1", NULL, NULL, NULL, VIEWER_PROBLEM_SUSPECTED, TRUE }, /* bare code */
  { "右下葉肺癌の疑い", NULL, NULL, NULL, NULL, VIEWER_PROBLEM_SUSPECTED, TRUE },
  { "肺癌疑", NULL, NULL, NULL, NULL, VIEWER_PROBLEM_SUSPECTED, TRUE },
  { "肺癌", "疑いあり", "2025-03-01", "中止", "I", VIEWER_PROBLEM_CLOSED, TRUE },
  { "胃炎", NULL, "2025-03-20", "回復", "R", VIEWER_PROBLEM_CLOSED, FALSE }, /* recovering */
  { "胃炎", NULL, "2011-09-15", "回復せず", "N", VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", NULL, "2011-09-15", NULL, NULL, VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", NULL, "2011-09-15", "その他", "1", VIEWER_PROBLEM_CLOSED, FALSE }, /* receipt code */
  { "胃炎", NULL, "2011-09-15", "中止(転医)", "4", VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", NULL, "2025-03-20", "完全に回復", "F", VIEWER_PROBLEM_CURED_OR_DIED, FALSE },
  { "胃炎", NULL, "2025-03-20", "治ゆ", "2", VIEWER_PROBLEM_CURED_OR_DIED, FALSE },
  { "胃炎", NULL, "2025-03-20", "治癒", NULL, VIEWER_PROBLEM_CURED_OR_DIED, FALSE },
  { "胃炎", NULL, NULL, "死亡", "D", VIEWER_PROBLEM_CURED_OR_DIED, FALSE },
  { "胃炎", NULL, "2025-03-20", "治癒に近い", NULL, VIEWER_PROBLEM_CLOSED, FALSE },
  /* FHIR, spec 3.0.3: with and without a day */
  { "胃炎", NULL, NULL, "resolved", NULL, VIEWER_PROBLEM_CURED_OR_DIED, FALSE },
  { "胃炎", NULL, NULL, "inactive", NULL, VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", NULL, NULL, "remission", NULL, VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", NULL, NULL, "active", NULL, VIEWER_PROBLEM_CURRENT, FALSE },
  { "胃炎", NULL, NULL, "recurrence", NULL, VIEWER_PROBLEM_CURRENT, FALSE },
  { "胃炎", NULL, NULL, "relapse", NULL, VIEWER_PROBLEM_CURRENT, FALSE },
  { "胃炎", NULL, "2025-03-20", "active", NULL, VIEWER_PROBLEM_CLOSED, FALSE },
  { "胃炎", "unconfirmed", NULL, "active", NULL, VIEWER_PROBLEM_SUSPECTED, TRUE },
};

static void
test_groups (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerProblemModel) model = NULL;
      const ViewerProblem *problem;

      test_records_message (records, 1, "PPR-01", "2026-11-01T08:00:00", 0);
      test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
      test_records_item (records, DISC_FIELD_NAME, cases[i].name, DISC_FIELD_SUSPECTED,
                         cases[i].suspected, DISC_FIELD_END, cases[i].end, DISC_FIELD_OUTCOME,
                         cases[i].outcome, DISC_FIELD_OUTCOME_CODE, cases[i].outcome_code, 0);
      model = viewer_problem_model_new (test_records_entries (records));
      g_assert_cmpuint (viewer_problem_model_n (model), ==, 1);
      problem = viewer_problem_model_get (model, 0);
      if (problem->group != cases[i].group || problem->is_suspected != cases[i].is_suspected)
        g_error ("case %u: group %d, suspected %d", i, problem->group, problem->is_suspected);
      g_assert_cmpuint (viewer_problem_model_n_in (model, cases[i].group), ==, 1);
    }
}

/* Main first in its group, then the newest start; a diagnosis without start comes last. */
static void
test_order (void)
{
  static const char *const expected[] = { "主病", "新", "旧", "不明", "疑う" };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerProblemModel) model = NULL;

  test_records_message (records, 1, "PPR-01", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "疑う", DISC_FIELD_SUSPECTED, "1", 0);
  test_records_item (records, DISC_FIELD_NAME, "不明", 0);
  test_records_item (records, DISC_FIELD_NAME, "旧", DISC_FIELD_START, "2009-03", 0);
  test_records_item (records, DISC_FIELD_NAME, "新", DISC_FIELD_START, "2026-01-05", 0);
  test_records_item (records, DISC_FIELD_NAME, "主病", DISC_FIELD_START, "2021-06-01",
                     DISC_FIELD_MAIN, "主診断", 0);
  model = viewer_problem_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_problem_model_n (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (viewer_problem_model_get (model, i)->name, ==, expected[i]);
}

/* Spec 1.2: the union of all live files; the newest file of one PRB-4 wins; dead ones are out. */
static void
test_union (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerProblemModel) model = NULL;

  test_records_message (records, 2, "PPR-01", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "胃炎", DISC_FIELD_INSTANCE_ID, "P-1",
                     DISC_FIELD_OUTCOME_CODE, "F", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ENTERED_IN_ERROR, 0);
  test_records_item (records, DISC_FIELD_NAME, "誤り", 0);
  test_records_message (records, 1, "PPR-01", "2026-10-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "胃炎", DISC_FIELD_INSTANCE_ID, "P-1", 0);
  test_records_item (records, DISC_FIELD_NAME, "喘息", DISC_FIELD_INSTANCE_ID, "P-2", 0);
  test_records_message (records, 3, "PPR-01", "2026-11-05T08:00:00", DISC_MESSAGE_DISPUTED);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "他人", 0);
  model = viewer_problem_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_problem_model_n (model), ==, 2);
  g_assert_cmpstr (viewer_problem_model_get (model, 0)->name, ==, "喘息");
  g_assert_cmpint (viewer_problem_model_get (model, 1)->group, ==, VIEWER_PROBLEM_CURED_OR_DIED);
}

static void
test_confidential (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerProblemModel) model = NULL;

  test_records_message (records, 1, "PPR-01", "2026-11-01T08:00:00", 0);
  test_records_begin (records, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, 0);
  test_records_item (records, DISC_FIELD_NAME, "甲", DISC_FIELD_START, "2026-03",
                     DISC_FIELD_CONFIDENTIAL, "非常に限定", 0);
  test_records_item (records, DISC_FIELD_NAME, "乙", DISC_FIELD_START, "2026-02",
                     DISC_FIELD_CONFIDENTIAL, "U", 0); /* usual control */
  test_records_item (records, DISC_FIELD_NAME, "丙", DISC_FIELD_START, "2026-01", 0);
  model = viewer_problem_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_problem_model_n_confidential (model), ==, 1);
  g_assert_true (viewer_problem_model_get (model, 0)->is_confidential);
  g_assert_false (viewer_problem_model_get (model, 1)->is_confidential);
  g_assert_false (viewer_problem_model_get (model, 2)->is_confidential);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/suspected-shown-as-confirmed", test_groups);
  g_test_add_func ("/viewer/problem-model/order", test_order);
  g_test_add_func ("/viewer/spec10/only-newest-ppr-read", test_union);
  g_test_add_func ("/viewer/spec10/confidential-on-summary", test_confidential);
  return g_test_run ();
}
