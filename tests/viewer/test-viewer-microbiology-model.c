/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-microbiology-model.h"

#include "viewer-records.h"

static void
begin (TestRecords *records, gint64 rid, DiscStatus status, const char *order_no, const char *at)
{
  test_records_message (records, rid, "OML-11", at, 0);
  test_records_begin (records, DISC_KIND_MICROBIOLOGY, status, DISC_FIELD_ORDER_NO, order_no,
                      DISC_FIELD_AT, at, DISC_FIELD_REPORTED_AT, at, 0);
}

static void
add_organism (TestRecords *records, const char *organism, const char *amount)
{
  test_records_item (records, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_NAME, "培養同定菌名",
                     DISC_FIELD_ORGANISM, organism, DISC_FIELD_VALUE, organism, 0);
  test_records_item (records, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_NAME, "培養同定菌量",
                     DISC_FIELD_ORGANISM, organism, DISC_FIELD_VALUE, amount, 0);
}

static void
add_drug (TestRecords *records, const char *organism, const char *drug, const char *value,
          const char *result)
{
  test_records_item (records, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_ORGANISM, organism,
                     DISC_FIELD_DRUG, drug, DISC_FIELD_VALUE, value, DISC_FIELD_UNIT, "μg/mL",
                     DISC_FIELD_RESULT, result, 0);
}

static void
test_table (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMicrobiologyModel) model = NULL;
  const ViewerSpecimen *specimen, *where = NULL;
  const ViewerIsolate *isolate;
  const ViewerSusceptibility *cell;

  begin (records, 1, DISC_STATUS_COMPLETED, "100", "2026-11-17T15:05");
  test_records_item (records, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_NAME, "塗抹", DISC_FIELD_VALUE,
                     "グラム陰性桿菌 (2+)", 0);
  add_organism (records, "E.coli", " 3 +");
  add_drug (records, "E.coli", "ABPC", "> 16", "R");
  add_drug (records, "E.coli", "PIPC", "< 2", "S");
  add_organism (records, "E.faecalis", "1+");
  add_drug (records, "E.faecalis", "VCM", "1", NULL);
  begin (records, 2, DISC_STATUS_COMPLETED, "90", "2026-03-10T09:00");
  add_organism (records, "E.coli", "3+");
  add_drug (records, "E.coli", "ABPC", "8", "I");
  model = viewer_microbiology_model_new (test_records_entries (records));

  g_assert_cmpuint (viewer_microbiology_model_n (model), ==, 2);
  specimen = viewer_microbiology_model_get (model, 0);
  g_assert_cmpstr (specimen->specimen, ==, "尿");
  g_assert_cmpint (specimen->state, ==, VIEWER_SPECIMEN_FINAL);
  g_assert_cmpuint (specimen->isolates->len, ==, 2);
  g_assert_cmpuint (specimen->drugs->len, ==, 3);
  g_assert_cmpuint (specimen->lines->len, ==, 1);
  isolate = g_ptr_array_index (specimen->isolates, 0);
  g_assert_cmpstr (isolate->amount, ==, "3 +");
  cell = g_hash_table_lookup (isolate->by_drug, "PIPC");
  g_assert_cmpstr (cell->value, ==, "< 2"); /* with its comparator */
  g_assert_cmpstr (cell->result, ==, "S");
  isolate = g_ptr_array_index (specimen->isolates, 1);
  cell = g_hash_table_lookup (isolate->by_drug, "VCM");
  g_assert_null (cell->result); /* not judged, not "S" */
  g_assert_null (g_hash_table_lookup (isolate->by_drug, "ABPC"));

  isolate = viewer_microbiology_model_previous (model, specimen, "E.coli", &where);
  g_assert_nonnull (isolate);
  g_assert_cmpstr (where->order_no, ==, "90");
  g_assert_null (viewer_microbiology_model_previous (model, specimen, "E.faecalis", &where));
}

/* One resource of FHIR each: as the mapping of its Observations makes them. */
static void
add_resource (TestRecords *records, gint64 rid, const char *panel, const char *drug,
              const char *result)
{
  test_records_message (records, rid, "Observation", "2026-11-17", 0);
  test_records_begin (records, DISC_KIND_MICROBIOLOGY, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-17", DISC_FIELD_PARENT_NO, "DiagnosticReport/r", 0);
  test_records_item (records, DISC_FIELD_SPECIMEN, "痰", DISC_FIELD_ORGANISM, "E.coli",
                     DISC_FIELD_SUB_ID, panel, DISC_FIELD_DRUG, drug, DISC_FIELD_RESULT, result, 0);
}

/* One report is one specimen, and two strains of one organism keep their own susceptibilities,
 * whatever the order in which they come. */
static void
test_fhir (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMicrobiologyModel) model = NULL;
  const ViewerSpecimen *specimen;
  static const struct
  {
    const char *panel, *drug, *result;
  } rows[] = {
    { "Observation/p2", "CEZ", "R" },
    { "Observation/p1", "ABPC", "S" },
    { "Observation/p2", "ABPC", "R" },
    { "Observation/p1", "CEZ", "S" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add_resource (records, i + 1, rows[i].panel, rows[i].drug, rows[i].result);
  model = viewer_microbiology_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_microbiology_model_n (model), ==, 1);
  specimen = viewer_microbiology_model_get (model, 0);
  g_assert_cmpuint (specimen->isolates->len, ==, 2);
  for (guint i = 0; i < specimen->isolates->len; i++)
    {
      const ViewerIsolate *isolate = g_ptr_array_index (specimen->isolates, i);
      const ViewerSusceptibility *cez = g_hash_table_lookup (isolate->by_drug, "CEZ");
      const ViewerSusceptibility *abpc = g_hash_table_lookup (isolate->by_drug, "ABPC");

      g_assert_cmpstr (isolate->organism, ==, "E.coli");
      g_assert_cmpstr (cez->result, ==, i == 0 ? "R" : "S");
      g_assert_cmpstr (abpc->result, ==, i == 0 ? "R" : "S");
    }
}

static const struct
{
  DiscStatus first, second;
  ViewerSpecimenState state;
} states[] = {
  { DISC_STATUS_COMPLETED, DISC_STATUS_COMPLETED, VIEWER_SPECIMEN_FINAL },
  { DISC_STATUS_COMPLETED, DISC_STATUS_PRELIMINARY, VIEWER_SPECIMEN_PRELIMINARY },
  { DISC_STATUS_PRELIMINARY, DISC_STATUS_COMPLETED, VIEWER_SPECIMEN_PRELIMINARY },
  { DISC_STATUS_PRELIMINARY, DISC_STATUS_CORRECTED, VIEWER_SPECIMEN_PRELIMINARY },
  { DISC_STATUS_COMPLETED, DISC_STATUS_CORRECTED, VIEWER_SPECIMEN_CORRECTED },
  { DISC_STATUS_COMPLETED, DISC_STATUS_CANCELLED, VIEWER_SPECIMEN_FINAL },
  { DISC_STATUS_CANCELLED, DISC_STATUS_CANCELLED, VIEWER_SPECIMEN_CANCELLED },
};

static void
test_states (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (TestRecords) records = test_records_new ();
      g_autoptr (ViewerMicrobiologyModel) model = NULL;

      begin (records, 1, states[i].first, "100", "2026-11-17T15:05");
      add_organism (records, "E.coli", "3+");
      begin (records, 2, states[i].second, "100", "2026-11-17T15:05");
      add_drug (records, "E.coli", "ABPC", "8", "S");
      model = viewer_microbiology_model_new (test_records_entries (records));
      g_assert_cmpuint (viewer_microbiology_model_n (model), ==, 1);
      g_assert_cmpint (viewer_microbiology_model_get (model, 0)->state, ==, states[i].state);
    }
}

/* An order without a result is shown as one; a superseded, deleted or disputed report is not. */
static void
test_orders (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMicrobiologyModel) model = NULL;

  test_records_message (records, 1, "OML-01", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, DISC_FIELD_ORDER_NO, "200",
                      DISC_FIELD_AT, "2026-11-18T06:30", 0);
  test_records_item (records, DISC_FIELD_NAME, "培養同定", DISC_FIELD_CODE, "6B010000006174100",
                     DISC_FIELD_SYSTEM, "JC10", DISC_FIELD_SPECIMEN, "喀痰", 0);
  test_records_item (records, DISC_FIELD_NAME, "ＡＳＴ", DISC_FIELD_CODE, "3B035000002327201",
                     DISC_FIELD_SYSTEM, "JC10", DISC_FIELD_SPECIMEN, "血清", 0);
  test_records_message (records, 2, "OML-01", "2026-11-18", 0);
  test_records_begin (records, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, DISC_FIELD_ORDER_NO, "300", 0);
  test_records_item (records, DISC_FIELD_NAME, "培養同定", DISC_FIELD_CODE, "6B010000001174100",
                     DISC_FIELD_SYSTEM, "JC10", 0);
  begin (records, 3, DISC_STATUS_COMPLETED, "300", "2026-11-19T09:00");
  add_organism (records, "E.coli", "3+");
  begin (records, 4, DISC_STATUS_SUPERSEDED, "400", "2026-11-19T09:00");
  add_organism (records, "E.coli", "3+");
  model = viewer_microbiology_model_new (test_records_entries (records));
  g_assert_cmpuint (viewer_microbiology_model_n (model), ==, 2);
  g_assert_cmpstr (viewer_microbiology_model_get (model, 0)->order_no, ==, "300");
  g_assert_cmpint (viewer_microbiology_model_get (model, 1)->state, ==, VIEWER_SPECIMEN_NO_RESULT);
  g_assert_cmpstr (viewer_microbiology_model_get (model, 1)->specimen, ==, "喀痰");
}

/* Two strains of one organism: two columns, no value written over. */
static void
test_two_strains (void)
{
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (ViewerMicrobiologyModel) model = NULL;
  const ViewerSpecimen *specimen;
  const ViewerIsolate *isolate;

  begin (records, 1, DISC_STATUS_COMPLETED, "100", "2026-11-17T15:05");
  add_drug (records, "E.coli", "ABPC", "> 16", "R");
  add_drug (records, "E.coli", "ABPC", "2", "S");
  model = viewer_microbiology_model_new (test_records_entries (records));
  specimen = viewer_microbiology_model_get (model, 0);
  g_assert_cmpuint (specimen->isolates->len, ==, 2);
  g_assert_cmpuint (specimen->drugs->len, ==, 1);
  isolate = g_ptr_array_index (specimen->isolates, 0);
  g_assert_cmpstr (((ViewerSusceptibility *) g_hash_table_lookup (isolate->by_drug, "ABPC"))->value,
                   ==, "> 16");
  isolate = g_ptr_array_index (specimen->isolates, 1);
  g_assert_cmpstr (((ViewerSusceptibility *) g_hash_table_lookup (isolate->by_drug, "ABPC"))->value,
                   ==, "2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/microbiology-model/table", test_table);
  g_test_add_func ("/viewer/microbiology-model/fhir", test_fhir);
  g_test_add_func ("/viewer/microbiology-model/preliminary-is-not-final", test_states);
  g_test_add_func ("/viewer/microbiology-model/orders", test_orders);
  g_test_add_func ("/viewer/microbiology-model/two-strains", test_two_strains);
  return g_test_run ();
}
