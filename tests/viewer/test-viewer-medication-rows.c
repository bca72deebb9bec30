/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-medication-rows.h"

#include "viewer-medication-caution.h"
#include "viewer-records.h"

#define AS_OF "2026-11-19T23:50"
#define NOW "2026-11-21T03:12"

static const char *const no_folders[] = { NULL };

typedef struct
{
  TestRecords *records;
  ViewerMedicationModel *model;
  ViewerLabSheetModel *labs;
  ViewerDrugLists *lists;
  ViewerMedicationRows *rows;
} Fixture;

static void
add_drug (TestRecords *records, DiscKind kind, DiscStatus status, const char *drug, const char *yj,
          const char *start, const char *usage, const char *department)
{
  test_records_begin (records, kind, status, DISC_FIELD_AT, start, DISC_FIELD_DEPARTMENT,
                      department, DISC_FIELD_ORDER_NO, drug, 0);
  test_records_item (records, DISC_FIELD_DRUG, drug, DISC_FIELD_CODE, yj, DISC_FIELD_SYSTEM,
                     yj != NULL ? "YJ" : NULL, DISC_FIELD_DOSE, "1", DISC_FIELD_DOSE_UNIT, "錠",
                     DISC_FIELD_START, start, DISC_FIELD_DAYS, "7", DISC_FIELD_USAGE, usage, 0);
}

static void
add_lab (TestRecords *records, const char *name, const char *code, const char *specimen,
         const char *at, const char *value, const char *status)
{
  test_records_begin (records, DISC_KIND_LAB,
                      status[0] == 'P'   ? DISC_STATUS_PRELIMINARY
                      : status[0] == 'X' ? DISC_STATUS_CANCELLED
                                         : DISC_STATUS_COMPLETED,
                      DISC_FIELD_AT, at, DISC_FIELD_ORDER_NO, at, 0);
  test_records_item (records, DISC_FIELD_NAME, name, DISC_FIELD_CODE, code, DISC_FIELD_SYSTEM,
                     code != NULL ? "JC10" : NULL, DISC_FIELD_VALUE, value, DISC_FIELD_UNIT,
                     "mmol/L", DISC_FIELD_FLAG, "H", DISC_FIELD_STATUS, status, DISC_FIELD_SPECIMEN,
                     specimen, DISC_FIELD_ITEM_AT, at, 0);
}

static void
finish (Fixture *self)
{
  self->model = viewer_medication_model_new (test_records_entries (self->records), AS_OF);
  self->labs = viewer_lab_sheet_model_new (test_records_entries (self->records));
  self->lists = viewer_drug_lists_load (no_folders);
  self->rows = viewer_medication_rows_new (self->model, self->labs, self->lists, AS_OF);
}

static void
clear (Fixture *self)
{
  viewer_medication_rows_free (self->rows);
  viewer_lab_sheet_model_free (self->labs);
  viewer_medication_model_free (self->model);
  viewer_drug_lists_free (self->lists);
  test_records_free (self->records);
}

static const ViewerMedicationRow *
row_of (Fixture *self, const char *drug)
{
  for (guint i = 0; i < viewer_medication_rows_n (self->rows); i++)
    if (g_strcmp0 (viewer_medication_rows_get (self->rows, i)->head->drug, drug) == 0)
      return viewer_medication_rows_get (self->rows, i);
  g_error ("no row %s", drug);
}

#define RX DISC_KIND_PRESCRIPTION
#define ACTIVE DISC_STATUS_ACTIVE
#define MORNING "１日１回朝食後"

/* Groups are classes of codes as stored, never of a name; without a code that is said. */
static void
test_groups (void)
{
  static const struct
  {
    const char *drug, *heading;
  } expected[] = {
    { "丙錠", "解熱鎮痛消炎剤" },
    { "乙錠", "血液凝固阻止剤" },
    { "ワーファリン錠１ｍｇ", "No code of a class" },
    { "丁テープ", "As needed, external" },
    { "丙錠", "As needed, external" },
  };
  Fixture f = { .records = test_records_new () };

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "丙錠", "1141007F1063", "2026-11-17", "疼痛時", "内科");
  add_drug (f.records, RX, ACTIVE, "ワーファリン錠１ｍｇ", NULL, "2026-11-17", MORNING, "内科");
  add_drug (f.records, RX, ACTIVE, "乙錠", "3332001F1024", "2026-11-17", MORNING, "内科");
  add_drug (f.records, RX, ACTIVE, "丙錠", "1141007F1063", "2026-11-17", MORNING, "内科");
  test_records_begin (f.records, RX, ACTIVE, 0);
  test_records_item (f.records, DISC_FIELD_DRUG, "丁テープ", DISC_FIELD_KIND, "外用",
                     DISC_FIELD_START, "2026-11-18", 0);
  finish (&f);
  g_assert_cmpuint (viewer_medication_rows_n (f.rows), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const ViewerMedicationRow *row = viewer_medication_rows_get (f.rows, i);

      g_assert_cmpstr (row->head->drug, ==, expected[i].drug);
      g_assert_cmpstr (row->heading, ==, expected[i].heading);
    }
  /* daily and as needed: one ingredient twice */
  g_assert_cmpuint (viewer_medication_rows_get (f.rows, 0)->same->len, ==, 1);
  g_assert_true (g_ptr_array_index (viewer_medication_rows_get (f.rows, 0)->same, 0) ==
                 viewer_medication_rows_get (f.rows, 4));
  g_assert_cmpuint (viewer_medication_rows_get (f.rows, 0)->like->len, ==, 0);
  g_assert_cmpuint (viewer_medication_rows_n_uncoded (f.rows), ==, 2);
  clear (&f);
}

/* One name of two widths is one drug, and one code with a like name; a code of nothing joins none.
 */
static void
test_one_drug (void)
{
  Fixture f = { .records = test_records_new () };

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "甲錠1mg", NULL, "2026-11-01", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "甲錠１ｍｇ", NULL, "2026-11-17", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "乙山錠１ｍｇ「会社」", "1141007F1063", "2026-11-17", MORNING,
            NULL);
  add_drug (f.records, RX, ACTIVE, "乙山錠１ｍｇ", "1141007F1063", "2026-11-10", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "丙川錠", "1141007F1063", "2026-11-17", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "丁", "NOCODED", "2026-11-17", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "丁", "NOCODED", "2026-11-10", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "丁子", "NOCODED", "2026-11-10", MORNING, NULL);
  add_drug (f.records, DISC_KIND_STATEMENT, ACTIVE, "丁", "NOCODED", "2026-11-10", MORNING, NULL);
  finish (&f);
  g_assert_cmpuint (viewer_medication_rows_n (f.rows), ==, 6);
  g_assert_cmpuint (row_of (&f, "甲錠１ｍｇ")->lines->len, ==, 2);
  g_assert_cmpuint (row_of (&f, "乙山錠１ｍｇ「会社」")->lines->len, ==, 2);
  g_assert_cmpuint (row_of (&f, "丙川錠")->lines->len, ==, 1); /* one code, another name */
  g_assert_cmpuint (row_of (&f, "丁子")->lines->len, ==, 1);
  clear (&f);
}

/* The name stands for what runs; a drug whose newest line was stopped is a stopped one. */
static void
test_head (void)
{
  Fixture f = { .records = test_records_new () };

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "続く錠", NULL, "2026-11-15", MORNING, NULL);
  add_drug (f.records, RX, DISC_STATUS_STOPPED, "続く錠", NULL, "2026-11-17", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "止めた錠", NULL, "2026-11-01", MORNING, NULL);
  add_drug (f.records, RX, DISC_STATUS_STOPPED, "止めた錠", NULL, "2026-11-17", MORNING, NULL);
  finish (&f);
  g_assert_cmpint (row_of (&f, "続く錠")->head->section, ==, VIEWER_MEDICATION_RUNNING);
  g_assert_cmpint (row_of (&f, "止めた錠")->head->section, ==, VIEWER_MEDICATION_STOPPED);
  g_assert_true (row_of (&f, "続く錠")->is_current);
  g_assert_false (row_of (&f, "止めた錠")->is_current);
  clear (&f);
}

static void
test_hints (void)
{
  Fixture f = { .records = test_records_new () };

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "ランソ錠", "2329023F1020", "2026-11-17", MORNING, "内科");
  add_drug (f.records, DISC_KIND_STATEMENT, ACTIVE, "タケ錠", "2329023F2027", "2026-11-17", MORNING,
            NULL);
  add_drug (f.records, RX, ACTIVE, "タケ注", "2329405F1020", "2026-11-17", MORNING, "内科");
  add_drug (f.records, RX, ACTIVE, "アマリール１ｍｇ錠", NULL, "2026-11-17", MORNING, "内科");
  add_drug (f.records, RX, ACTIVE, "アルマール錠５", NULL, "2026-11-17", MORNING, "眼科");
  add_drug (f.records, RX, DISC_STATUS_STOPPED, "アマリーロ錠", NULL, "2026-11-17", MORNING,
            "眼科");
  add_drug (f.records, DISC_KIND_DISPENSE, ACTIVE, "ランソ錠甲", "2329023F1020", "2026-11-17",
            MORNING, "薬剤部");
  finish (&f);
  g_assert_cmpuint (row_of (&f, "ランソ錠")->same->len, ==, 1); /* not what was dispensed of it */
  g_assert_true (g_ptr_array_index (row_of (&f, "ランソ錠")->same, 0) == row_of (&f, "タケ錠"));
  g_assert_true (g_ptr_array_index (row_of (&f, "タケ錠")->same, 0) == row_of (&f, "ランソ錠"));
  g_assert_cmpuint (row_of (&f, "タケ注")->same->len, ==, 0); /* another way */
  g_assert_cmpuint (row_of (&f, "アマリール１ｍｇ錠")->like->len, ==, 1);
  g_assert_true (g_ptr_array_index (row_of (&f, "アマリール１ｍｇ錠")->like, 0) ==
                 row_of (&f, "アルマール錠５"));
  g_assert_cmpuint (row_of (&f, "アマリーロ錠")->like->len, ==, 0); /* stopped */
  g_assert_cmpuint (viewer_medication_rows_sources (f.rows)->len, ==, 3);
  g_assert_cmpstr (
      g_array_index (viewer_medication_rows_sources (f.rows), ViewerMedicationSource, 0).name, ==,
      "内科");
  g_assert_cmpuint (
      g_array_index (viewer_medication_rows_sources (f.rows), ViewerMedicationSource, 0).n, ==, 3);
  clear (&f);
}

static char *
result_text (const ViewerMedicationRow *row, guint i)
{
  g_assert_cmpuint (row->results->len, >, i);
  return viewer_medication_result_text (&g_array_index (row->results, ViewerDrugResult, i), NOW);
}

/* The newest value that stands, of blood, with the name that the source gave it; one that is not
 * final yet hides none before it. */
static void
test_results (void)
{
  Fixture f = { .records = test_records_new () };
  g_autofree char *potassium = NULL;
  g_autofree char *before = NULL;
  g_autofree char *creatinine = NULL;
  g_autofree char *level = NULL;

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "ジゴキシン錠０．１２５ｍｇ", NULL, "2026-11-17", MORNING, NULL);
  add_drug (f.records, RX, ACTIVE, "甲錠", NULL, "2026-11-17", MORNING, NULL);
  test_records_message (f.records, 2, "OML-11", "2026-11-19", 0);
  add_lab (f.records, "Ｋ", "3H015000002326101", "血清", "2026-11-18T06:40", "5.1", "F");
  add_lab (f.records, "Ｋ", "3H015000002326101", "血清", "2026-11-19T06:40", "6.8", "P");
  add_lab (f.records, "Ｋ", "3H015000002326101", "血清", "2026-11-19T18:32", NULL, "X");
  add_lab (f.records, "Ｋ", "3H015000000126101", NULL, "2026-11-19T20:00", "42.0", "F");
  add_lab (f.records, "Ｋ", NULL, "蓄尿", "2026-11-19T21:00", "43.0", "F");
  add_lab (f.records, "血清クレアチニン２", "3C015000002327101", "血清", "2026-11-01T06:40", "2.41",
           "C");
  finish (&f);
  g_assert_cmpuint (row_of (&f, "ジゴキシン錠０．１２５ｍｇ")->results->len, ==, 4);
  potassium = result_text (row_of (&f, "ジゴキシン錠０．１２５ｍｇ"), 0);
  before = result_text (row_of (&f, "ジゴキシン錠０．１２５ｍｇ"), 1);
  creatinine = result_text (row_of (&f, "ジゴキシン錠０．１２５ｍｇ"), 2);
  level = result_text (row_of (&f, "ジゴキシン錠０．１２５ｍｇ"), 3);
  g_assert_cmpstr (potassium, ==, "Ｋ 6.8 mmol/L H Preliminary  11/19 06:40");
  g_assert_cmpstr (before, ==, "Ｋ 5.1 mmol/L H  11/18 06:40");
  g_assert_cmpstr (creatinine, ==, "血清クレアチニン２ 2.41 mmol/L H  11/01 06:40");
  g_assert_cmpstr (level, ==, "ジゴキシン no record");
  g_assert_null (row_of (&f, "甲錠")->kind);
  g_assert_null (row_of (&f, "甲錠")->results);
  clear (&f);
}

/* What is to be read with care, once; then what was not looked into. */
static void
test_caution (void)
{
  static const char *const expected[] = {
    "Same ingredient タケ錠／ランソ錠",
    "Similar name アマリール１ｍｇ錠／アルマール錠５",
    "Similar name 甲山錠１ｍｇ／甲山錠２ｍｇ／甲山錠５ｍｇ",
    "Departments 内科 3・眼科 3・As told 1",
    "Same ingredient 5 drugs without a code of their ingredient: not looked into",
    "Table high-alert drugs: no pharmacy has looked through it",
  };
  Fixture f = { .records = test_records_new () };
  g_autoptr (GPtrArray) rows = NULL;

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  add_drug (f.records, RX, ACTIVE, "ランソ錠", "2329023F1020", "2026-11-17", MORNING, "内科");
  add_drug (f.records, DISC_KIND_STATEMENT, ACTIVE, "タケ錠", "2329023F2027", "2026-11-17", MORNING,
            NULL);
  add_drug (f.records, RX, ACTIVE, "アマリール１ｍｇ錠", NULL, "2026-11-17", MORNING, "内科");
  add_drug (f.records, RX, ACTIVE, "アルマール錠５", NULL, "2026-11-17", MORNING, "眼科");
  add_drug (f.records, RX, ACTIVE, "甲山錠１ｍｇ", NULL, "2026-11-17", MORNING, "眼科");
  add_drug (f.records, RX, ACTIVE, "甲山錠２ｍｇ", NULL, "2026-11-17", MORNING, "眼科");
  add_drug (f.records, RX, ACTIVE, "甲山錠５ｍｇ", NULL, "2026-11-17", MORNING, "内科");
  finish (&f);
  rows = viewer_medication_caution_rows (f.rows, f.lists);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *text = viewer_row_dup_text (g_ptr_array_index (rows, i));

      g_assert_cmpuint (i, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (text, ==, expected[i]);
    }
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  clear (&f);
}

/* Hundreds of drugs are still rows, each once. */
static void
test_many (void)
{
  Fixture f = { .records = test_records_new () };
  guint n_lines = 0;

  test_records_message (f.records, 1, "OMP-01", "2026-11-17", 0);
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *drug = g_strdup_printf ("%c%c薬錠%umg", 'a' + i % 26, 'a' + i / 26, i);

      add_drug (f.records, RX, ACTIVE, drug, NULL, "2026-11-17", MORNING, NULL);
      add_drug (f.records, RX, ACTIVE, drug, NULL, "2026-11-10", MORNING, NULL);
    }
  finish (&f);
  g_assert_cmpuint (viewer_medication_rows_n (f.rows), ==, 400);
  for (guint i = 0; i < 400; i++)
    n_lines += viewer_medication_rows_get (f.rows, i)->lines->len;
  g_assert_cmpuint (n_lines, ==, 800);
  clear (&f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/medication-rows/groups", test_groups);
  g_test_add_func ("/viewer/medication-rows/one-drug", test_one_drug);
  g_test_add_func ("/viewer/medication-rows/head", test_head);
  g_test_add_func ("/viewer/medication-rows/hints", test_hints);
  g_test_add_func ("/viewer/medication-rows/results", test_results);
  g_test_add_func ("/viewer/medication-rows/caution", test_caution);
  g_test_add_func ("/viewer/medication-rows/many", test_many);
  return g_test_run ();
}
