/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-lab-sheet-model.h"

#include "viewer-records.h"

/* One report of one item, in a message of its own. */
static void
add_result (TestRecords *records, gint64 rid, const char *at, DiscStatus status, const char *name,
            const char *value, const char *unit, const char *flag)
{
  test_records_message (records, rid, "OML-11", at, 0);
  test_records_begin (records, DISC_KIND_LAB, status, DISC_FIELD_AT, at, 0);
  test_records_item (records, DISC_FIELD_NAME, name, DISC_FIELD_VALUE, value, DISC_FIELD_UNIT, unit,
                     DISC_FIELD_FLAG, flag, DISC_FIELD_SPECIMEN, "血清", DISC_FIELD_GROUP, "生化学",
                     0);
}

static void
test_sheet (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;
  const ViewerLabRow *row;
  const ViewerLabCell *cell;

  add_result (records, 1, "2026-11-19T18:32", DISC_STATUS_COMPLETED, "K", "6.8", "mmol/L", "HH");
  test_records_item (records, DISC_FIELD_NAME, "Na", DISC_FIELD_VALUE, "134", DISC_FIELD_UNIT,
                     "mmol/L", DISC_FIELD_FLAG, "L", DISC_FIELD_RANGE, "138-145",
                     DISC_FIELD_SPECIMEN, "血清", DISC_FIELD_GROUP, "生化学", 0);
  add_result (records, 2, "2026-11-18T06:50", DISC_STATUS_COMPLETED, "K", "5.1", "mmol/L", "H");
  add_result (records, 3, "2026-10-22T09:40", DISC_STATUS_COMPLETED, "K", "4.7", "mmol/L", NULL);
  model = viewer_lab_sheet_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 3);
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 0), ==, "2026-10-22T09:40");
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 2), ==, "2026-11-19T18:32");
  g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 2);
  row = viewer_lab_sheet_model_row (model, 0);
  g_assert_cmpstr (row->name, ==, "K");
  g_assert_cmpstr (row->heading, ==, "生化学（血清）");
  g_assert_cmpstr (row->difference, ==, "+1.7");
  g_assert_cmpuint (row->newest_column, ==, 2);
  g_assert_cmpuint (row->n_values, ==, 3);
  cell = viewer_lab_sheet_model_cell (model, 0, 2);
  g_assert_cmpstr (cell->value, ==, "6.8");
  g_assert_cmpint (cell->flag, ==, VIEWER_LAB_FLAG_CRITICAL_HIGH);
  /* No flag is no judgement: spec 10, "OBX-8 empty read as normal". */
  g_assert_cmpint (viewer_lab_sheet_model_cell (model, 0, 0)->flag, ==, VIEWER_LAB_FLAG_NONE);
  row = viewer_lab_sheet_model_row (model, 1);
  g_assert_cmpstr (row->range, ==, "138-145");
  g_assert_null (row->difference);
  g_assert_null (viewer_lab_sheet_model_cell (model, 1, 0)); /* not measured in that sample */
}

static const char *const stored[] = {
  "300>", "100<", "< 0.02", "(2+)", "±", "1:40", "-", "測定不能", "2.3 x10^3", "３１", "*****",
};

/* Values stand as stored, and nothing is computed with what is not a plain number. */
static void
test_as_stored (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stored); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerLabSheetModel) model = NULL;

      add_result (records, 1, "2026-11-19", DISC_STATUS_COMPLETED, "X", stored[i], "mg", NULL);
      add_result (records, 2, "2026-11-18", DISC_STATUS_COMPLETED, "X", "5", "mg", NULL);
      model = viewer_lab_sheet_model_new (test_records_entries (records));
      g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 1);
      g_assert_cmpstr (viewer_lab_sheet_model_cell (model, 0, 1)->value, ==, stored[i]);
      g_assert_null (viewer_lab_sheet_model_row (model, 0)->difference);
    }
}

/* Pairs of items and whether they are one row. */
static const struct
{
  const char *name_a, *code_a, *system_a, *other_a, *specimen_a, *unit_a;
  const char *name_b, *code_b, *system_b, *other_b, *specimen_b, *unit_b;
  gboolean same;
} pairs[] = {
  /* the same name in serum and urine */
  { "K", NULL, NULL, NULL, "血清", "mmol/L", "K", NULL, NULL, NULL, "尿", "mmol/L", FALSE },
  /* a change of unit */
  { "WBC", NULL, NULL, NULL, "血液", "/uL", "WBC", NULL, NULL, NULL, "血液", ".10*2/uL", FALSE },
  { "WBC", NULL, NULL, NULL, "血液", "/uL", "WBC", NULL, NULL, NULL, "血液", NULL, FALSE },
  /* a local code holds a renamed item together */
  { "AST(GOT)", "3B035000002327201", "JC10", "1021", "血清", "U/L", "AST", "3B035000002327101",
    "JC10", "1021", "血清", "U/L", TRUE },
  /* the codes in the other order */
  { "AST", "1021", "99LAB", "3B035000002327201", "血清", "U/L", "AST", "1021", "99LAB",
    "3B035000002327101", "血清", "U/L", TRUE },
  /* glucose before and after the load: JLAC10 identification 0100 and 0103 */
  { "血糖", "3D010010002226101", "JC10", "1005", "血漿", "mg/dL", "血糖", "3D010010302226101",
    "JC10", "1005", "血漿", "mg/dL", FALSE },
  /* one name, two codes */
  { "CRP", "1311", "99LAB", NULL, "血清", "mg/dL", "CRP", "1312", "99LAB", NULL, "血清", "mg/dL",
    FALSE },
  /* a code that is too short for JLAC10 is only a code */
  { "BNP", "2B0300000022311", "JC10", NULL, "血漿", "pg/mL", "BNP", "2B0300000022311", "JC10", NULL,
    "血漿", "pg/mL", TRUE },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerLabSheetModel) model = NULL;

      /* The second system is the one that the first is not. */
      const char *other_system = g_strcmp0 (pairs[i].system_a, "JC10") == 0 ? "99LAB" : "JC10";

      test_records_message (records, 1, "OML-11", "2026-11-19", 0);
      test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                          "2026-11-19", 0);
      test_records_item (records, DISC_FIELD_NAME, pairs[i].name_a, DISC_FIELD_CODE,
                         pairs[i].code_a, DISC_FIELD_SYSTEM, pairs[i].system_a,
                         DISC_FIELD_OTHER_CODE, pairs[i].other_a, DISC_FIELD_OTHER_SYSTEM,
                         pairs[i].other_a != NULL ? other_system : NULL, DISC_FIELD_SPECIMEN,
                         pairs[i].specimen_a, DISC_FIELD_UNIT, pairs[i].unit_a, DISC_FIELD_VALUE,
                         "5", 0);
      test_records_message (records, 2, "OML-11", "2026-11-18", 0);
      test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                          "2026-11-18", 0);
      test_records_item (records, DISC_FIELD_NAME, pairs[i].name_b, DISC_FIELD_CODE,
                         pairs[i].code_b, DISC_FIELD_SYSTEM, pairs[i].system_b,
                         DISC_FIELD_OTHER_CODE, pairs[i].other_b, DISC_FIELD_OTHER_SYSTEM,
                         pairs[i].other_b != NULL ? other_system : NULL, DISC_FIELD_SPECIMEN,
                         pairs[i].specimen_b, DISC_FIELD_UNIT, pairs[i].unit_b, DISC_FIELD_VALUE,
                         "4", 0);
      model = viewer_lab_sheet_model_new (test_records_entries (records));
      if ((viewer_lab_sheet_model_n_rows (model) == 1) != pairs[i].same)
        g_error ("pair %u: %u rows", i, viewer_lab_sheet_model_n_rows (model));
      g_assert_cmpstr (viewer_lab_sheet_model_row (model, 0)->difference, ==,
                       pairs[i].same ? "+1" : NULL);
    }
}

static const struct
{
  DiscStatus status;
  const char *letter; /* OBX-11 */
  int state;          /* ViewerLabState, or -1: not in the sheet */
} states[] = {
  { DISC_STATUS_COMPLETED, "F", VIEWER_LAB_FINAL },
  { DISC_STATUS_ACTIVE, NULL, VIEWER_LAB_FINAL },
  { DISC_STATUS_PRELIMINARY, "P", VIEWER_LAB_PRELIMINARY },
  { DISC_STATUS_CORRECTED, "C", VIEWER_LAB_CORRECTED },
  { DISC_STATUS_CANCELLED, "X", VIEWER_LAB_NO_RESULT },
  { DISC_STATUS_CANCELLED, "N", VIEWER_LAB_NOT_DONE },
  { DISC_STATUS_CANCELLED, "F", VIEWER_LAB_CANCELLED }, /* the order was cancelled */
  { DISC_STATUS_DELETED, "D", -1 },
  { DISC_STATUS_ENTERED_IN_ERROR, "W", -1 }, /* another patient's value */
  { DISC_STATUS_SUPERSEDED, "F", -1 },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerLabSheetModel) model = NULL;

      test_records_message (records, 1, "OML-11", "2026-11-19", 0);
      test_records_begin (records, DISC_KIND_LAB, states[i].status, DISC_FIELD_AT, "2026-11-19", 0);
      test_records_item (records, DISC_FIELD_NAME, "Plt", DISC_FIELD_VALUE, "14.2",
                         DISC_FIELD_STATUS, states[i].letter, 0);
      model = viewer_lab_sheet_model_new (test_records_entries (records));
      if (states[i].state < 0)
        {
          g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 0);
          g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 0);
          continue;
        }
      g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 1);
      g_assert_cmpint (viewer_lab_sheet_model_cell (model, 0, 0)->state, ==, states[i].state);
    }
}

/* A preliminary value makes no difference; a replaced one is counted where its successor stands. */
static void
test_preliminary_and_replaced (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  add_result (records, 1, "2026-11-19", DISC_STATUS_PRELIMINARY, "Plt", "14.2", "万", NULL);
  add_result (records, 2, "2026-11-18", DISC_STATUS_CORRECTED, "Plt", "14.9", "万", NULL);
  add_result (records, 3, "2026-11-18", DISC_STATUS_SUPERSEDED, "Plt", "41.9", "万", NULL);
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 2);
  g_assert_null (viewer_lab_sheet_model_row (model, 0)->difference);
  g_assert_cmpstr (viewer_lab_sheet_model_cell (model, 0, 0)->value, ==, "14.9");
  g_assert_cmpuint (viewer_lab_sheet_model_cell (model, 0, 0)->n_replaced, ==, 1);
  g_assert_cmpuint (viewer_lab_sheet_model_cell (model, 0, 1)->n_replaced, ==, 0);
}

/* Nothing is written over: comments become rows, a second report of one time a column. */
static void
test_collisions (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  add_result (records, 1, "2026-11-19T06:40", DISC_STATUS_COMPLETED, "K", "5.1", "mmol/L", NULL);
  add_result (records, 2, "2026-11-19T06:40", DISC_STATUS_COMPLETED, "K", "5.9", "mmol/L", NULL);
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 1);
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 2);
  g_assert_cmpuint (viewer_lab_sheet_model_row (model, 0)->n_values, ==, 2);

  g_clear_pointer (&model, viewer_lab_sheet_model_free);
  test_records_message (records, 3, "OML-11", "2026-11-20", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT, "2026-11-20",
                      0);
  test_records_item (records, DISC_FIELD_NAME, "コメント", DISC_FIELD_VALUE, "溶血", 0);
  test_records_item (records, DISC_FIELD_NAME, "コメント", DISC_FIELD_VALUE, "再検済", 0);
  test_records_item (records, DISC_FIELD_NAME, "LDH-ISO", 0); /* a heading without a value */
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 3);
  g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 4);
  /* The order of the source is kept. */
  g_assert_cmpstr (viewer_lab_sheet_model_cell (model, 0, 2)->value, ==, "溶血");
  g_assert_cmpstr (viewer_lab_sheet_model_cell (model, 1, 2)->value, ==, "再検済");
  g_assert_cmpstr (viewer_lab_sheet_model_row (model, 2)->name, ==, "LDH-ISO");
  g_assert_null (viewer_lab_sheet_model_cell (model, 2, 2)->value);
}

/* Of FHIR one code may stand for several tests: all that have none, or lines apart only in their text
 * (spec fhir.md 0.1 fact 22). An INR is never a row of seconds. */
static void
test_codes_of_fhir (void)
{
  static const char *const uncoded =
      "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS";
  static const char *const names[] = { "PT-INR", "PT-INR", "PT秒" };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      test_records_message (records, i + 1, "Observation", "2026-11-19", 0);
      test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                          i == 0 ? "2026-11-18" : "2026-11-19", 0);
      test_records_item (records, DISC_FIELD_NAME, names[i], DISC_FIELD_CODE, "99999999999999999",
                         DISC_FIELD_SYSTEM, uncoded, DISC_FIELD_VALUE, "2.1", 0);
    }
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 2);
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 2);
}

/* OBX-14 of the item wins over the record; without any time the column says so. */
static void
test_times (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  test_records_message (records, 1, "OML-11", "2026-11-20", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-19T08:00", 0);
  test_records_item (records, DISC_FIELD_NAME, "血糖", DISC_FIELD_VALUE, "90", 0);
  test_records_item (records, DISC_FIELD_NAME, "血糖", DISC_FIELD_VALUE, "180", DISC_FIELD_ITEM_AT,
                     "2026-11-19T09:00", 0);
  test_records_message (records, 2, "OML-11", "2026-11-21", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, 0);
  test_records_item (records, DISC_FIELD_NAME, "血糖", DISC_FIELD_VALUE, "100", 0);
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 3);
  g_assert_null (viewer_lab_sheet_model_column_at (model, 0));
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 2), ==, "2026-11-19T09:00");
  g_assert_cmpstr (viewer_lab_sheet_model_row (model, 0)->newest->value, ==, "180");
}

/* 100,000 rows of one key must not take minutes: the viewer opens what a disc holds. */
static void
test_many (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  test_records_message (records, 1, "OML-11", "2026-11-20", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, 0);
  for (guint i = 0; i < 100000; i++)
    test_records_item (records, DISC_FIELD_NAME, "コメント", DISC_FIELD_VALUE, "同じ", 0);
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_rows (model), ==, 100000);
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 1);
}

/* Spec fhir.md 5.2: the last column is the newest sample in Japan's time, and the difference is to
 * the one before it. */
static void
test_zones (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerLabSheetModel) model = NULL;

  add_result (records, 1, "2026-11-18T23:00:00Z", DISC_STATUS_COMPLETED, "K", "6.8", "mmol/L",
              "HH");
  add_result (records, 2, "2026-11-19T07:30:00+09:00", DISC_STATUS_COMPLETED, "K", "5.1", "mmol/L",
              "H");
  add_result (records, 3, "2026-11-19T07:45", DISC_STATUS_COMPLETED, "K", "5.3", "mmol/L", "H");
  model = viewer_lab_sheet_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_lab_sheet_model_n_columns (model), ==, 3);
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 0), ==, "2026-11-19T07:30:00+09:00");
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 1), ==, "2026-11-19T07:45");
  g_assert_cmpstr (viewer_lab_sheet_model_column_at (model, 2), ==, "2026-11-18T23:00:00Z");
  g_assert_cmpuint (viewer_lab_sheet_model_row (model, 0)->newest_column, ==, 2);
  g_assert_cmpstr (viewer_lab_sheet_model_row (model, 0)->difference, ==, "+1.5");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/spec10/no-flag-read-as-normal", test_sheet);
  g_test_add_func ("/viewer/spec10/operator-behind-number", test_as_stored);
  g_test_add_func ("/viewer/spec10/serum-and-urine-merged", test_rows);
  g_test_add_func ("/viewer/spec10/preliminary-shown-as-final", test_states);
  g_test_add_func ("/viewer/lab-sheet-model/preliminary-and-replaced",
                   test_preliminary_and_replaced);
  g_test_add_func ("/viewer/lab-sheet-model/collisions", test_collisions);
  g_test_add_func ("/viewer/lab-sheet-model/codes-of-fhir", test_codes_of_fhir);
  g_test_add_func ("/viewer/lab-sheet-model/times", test_times);
  g_test_add_func ("/viewer/lab-sheet-model/many", test_many);
  g_test_add_func ("/viewer/fhir9/23-mixed-zones-on-lab-sheet", test_zones);
  return g_test_run ();
}
