/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-exam-model.h"

#include "viewer-records.h"

static void
begin (TestRecords *records, gint64 rid, const char *data_type, DiscKind kind, DiscStatus status,
       const char *order_no, const char *at)
{
  test_records_message (records, rid, data_type, at, 0);
  test_records_begin (records, kind, status, DISC_FIELD_ORDER_NO, order_no, DISC_FIELD_AT, at, 0);
}

/* Ordered, performed and reported are three things; the order number ties them. */
static void
test_states (void)
{
  static const struct
  {
    const char *order_no;
    ViewerExamState state;
  } expected[] = {
    { "4", VIEWER_EXAM_AWAITING },  { "1", VIEWER_EXAM_AWAITING },  { "3", VIEWER_EXAM_REPORTED },
    { "2", VIEWER_EXAM_PERFORMED }, { "5", VIEWER_EXAM_CANCELLED },
  };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerExamModel) model = NULL;

  begin (records, 1, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "1", "2026-11-10");
  test_records_item (records, DISC_FIELD_NAME, "胸部Ｘ線", 0);
  begin (records, 2, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "2", "2026-11-11");
  begin (records, 3, "OMG-11", DISC_KIND_PROCEDURE, DISC_STATUS_COMPLETED, "2", "2026-11-12");
  begin (records, 4, "OMG-03", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "3", "2026-11-13");
  begin (records, 5, "OMG-13", DISC_KIND_REPORT, DISC_STATUS_PRELIMINARY, "3", "2026-11-14");
  begin (records, 6, "OML-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "4", "2026-11-15");
  begin (records, 7, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_CANCELLED, "5", "2026-11-01");
  /* a lab order with its result belongs to the lab page */
  begin (records, 8, "OML-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "6", "2026-11-16");
  begin (records, 9, "OML-11", DISC_KIND_LAB, DISC_STATUS_COMPLETED, "6", "2026-11-17");
  /* dead versions are not orders */
  begin (records, 10, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_SUPERSEDED, "7", "2026-11-16");
  begin (records, 11, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_DELETED, "8", "2026-11-16");
  model = viewer_exam_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_exam_model_n (model), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpstr (viewer_exam_model_get (model, i)->order_no, ==, expected[i].order_no);
      g_assert_cmpint (viewer_exam_model_get (model, i)->state, ==, expected[i].state);
    }
  g_assert_cmpstr (viewer_exam_model_get (model, 1)->title, ==, "胸部Ｘ線");
  g_assert_true (viewer_exam_model_get (model, 2)->is_preliminary);
  g_assert_cmpint (viewer_exam_entry (viewer_exam_model_get (model, 2))->message->rid, ==, 5);
  g_assert_cmpuint (viewer_exam_model_n_in (model, VIEWER_EXAM_AWAITING), ==, 2);
}

/* FHIR's report over results of the laboratory is not an examination, and answers no order: its
 * results do. With words of its own it is read. */
static void
test_panel_heading (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerExamModel) model = NULL;

  begin (records, 1, "DiagnosticReport", DISC_KIND_REPORT, DISC_STATUS_COMPLETED, "1",
         "2026-11-10");
  test_records_item (records, DISC_FIELD_CATEGORY, "[LP29693-6]", 0);
  begin (records, 2, "DiagnosticReport", DISC_KIND_REPORT, DISC_STATUS_PRELIMINARY, "2",
         "2026-11-11");
  test_records_item (records, DISC_FIELD_CATEGORY, "[LP7819-8]", 0);
  begin (records, 3, "OML-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "2", "2026-11-12");
  begin (records, 4, "DiagnosticReport", DISC_KIND_REPORT, DISC_STATUS_COMPLETED, "3",
         "2026-11-13");
  test_records_item (records, DISC_FIELD_CATEGORY, "[LP29684-5]", 0);
  test_records_message (records, 5, "DiagnosticReport", "2026-11-14", 0);
  test_records_begin (records, DISC_KIND_REPORT, DISC_STATUS_COMPLETED, DISC_FIELD_ORDER_NO, "4",
                      DISC_FIELD_AT, "2026-11-14", DISC_FIELD_TEXT, "入力誤りのため訂正", 0);
  test_records_item (records, DISC_FIELD_CATEGORY, "[LAB]", 0);
  model = viewer_exam_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_exam_model_n (model), ==, 3);
  g_assert_cmpstr (viewer_exam_model_get (model, 0)->order_no, ==, "2");
  g_assert_cmpint (viewer_exam_model_get (model, 0)->state, ==, VIEWER_EXAM_AWAITING);
  g_assert_cmpstr (viewer_exam_model_get (model, 1)->order_no, ==, "4");
  g_assert_cmpstr (viewer_exam_model_get (model, 2)->order_no, ==, "3");
}

/* A result that is itself dead leaves its order waiting. */
static void
test_dead_result (void)
{
  static const DiscStatus statuses[] = {
    DISC_STATUS_DELETED,
    DISC_STATUS_SUPERSEDED,
    DISC_STATUS_ENTERED_IN_ERROR,
    DISC_STATUS_CANCELLED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerExamModel) model = NULL;

      begin (records, 1, "OML-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "1", "2026-11-10");
      begin (records, 2, "OML-11", DISC_KIND_LAB, statuses[i], "1", "2026-11-11");
      model = viewer_exam_model_new (test_records_entries (records));
      g_assert_cmpuint (viewer_exam_model_n (model), ==, 1);
      g_assert_cmpint (viewer_exam_model_get (model, 0)->state, ==, VIEWER_EXAM_AWAITING);
    }
}

/* Parent and children are one examination with the parent's name (SS-MIX2 spec 4.13). */
static void
test_parts (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerExamModel) model = NULL;
  const ViewerExam *exam;

  begin (records, 1, "OMG-01", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "30", "2026-11-10");
  test_records_item (records, DISC_FIELD_NAME, "胸部正面", DISC_FIELD_LEVEL, "child",
                     DISC_FIELD_ITEM_ORDER_NO, "31", DISC_FIELD_PARENT_NO, "30", 0);
  test_records_item (records, DISC_FIELD_NAME, "胸部Ｘ線撮影", DISC_FIELD_LEVEL, "parent", 0);
  begin (records, 2, "OMG-11", DISC_KIND_PROCEDURE, DISC_STATUS_COMPLETED, "31", "2026-11-11");
  begin (records, 3, "OMG-13", DISC_KIND_REPORT, DISC_STATUS_COMPLETED, "99", "2026-11-12");
  test_records_item (records, DISC_FIELD_NAME, "心電図", DISC_FIELD_PARENT_NO, "98", 0);
  model = viewer_exam_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_exam_model_n (model), ==, 2);
  exam = viewer_exam_model_get (model, 0);
  g_assert_null (exam->order); /* reported, its order is not on the disc */
  g_assert_cmpstr (exam->title, ==, "心電図");
  exam = viewer_exam_model_get (model, 1);
  g_assert_cmpstr (exam->title, ==, "胸部Ｘ線撮影");
  g_assert_cmpint (exam->state, ==, VIEWER_EXAM_PERFORMED);
  g_assert_cmpstr (exam->at, ==, "2026-11-11");
}

/* Spec 10: OBR-12 must be seen, whether it stands on the order or on the result. */
static void
test_infection_risk (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerExamModel) model = NULL;

  begin (records, 1, "OMG-03", DISC_KIND_ORDER, DISC_STATUS_ACTIVE, "1", "2026-11-10");
  test_records_message (records, 2, "OMG-13", "2026-11-11", 0);
  test_records_begin (records, DISC_KIND_REPORT, DISC_STATUS_COMPLETED, DISC_FIELD_ORDER_NO, "1",
                      DISC_FIELD_INFECTION_RISK, "Hepatitis risk", 0);
  model = viewer_exam_model_new (test_records_entries (records));
  g_assert_cmpstr (viewer_exam_model_get (model, 0)->infection_risk, ==, "Hepatitis risk");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/exam-model/states", test_states);
  g_test_add_func ("/viewer/exam-model/panel-heading", test_panel_heading);
  g_test_add_func ("/viewer/exam-model/dead-result", test_dead_result);
  g_test_add_func ("/viewer/exam-model/parts", test_parts);
  g_test_add_func ("/viewer/spec10/danger-code-not-shown", test_infection_risk);
  return g_test_run ();
}
