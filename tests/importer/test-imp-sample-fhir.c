/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-json.h"
#include "imp-sample-fhir-private.h"
#include "imp-sample-sink.h"

#include <cjson/cJSON.h>
#include <glib/gstdio.h>
#include <string.h>

/* The writers of the export, one record each; the hospital as a whole is compared in
 * check-sample-fhir.py. */

#define DAY imp_sample_day (2026, 7, 3)
#define ORDER G_GUINT64_CONSTANT (26070300000001)

typedef struct
{
  ImpSampleTables *tables;
  ImpSampleHospital hospital;
  ImpSampleChart *chart;
  ImpSampleFhir *fhir;
} Fixture;

static void
set_up (Fixture *self, gconstpointer detail)
{
  g_autoptr (GError) error = NULL;

  self->tables = imp_sample_tables_new (&error);
  g_assert_no_error (error);
  self->hospital = (ImpSampleHospital){
    .tables = self->tables,
    .seed = 1,
    .as_of = imp_sample_time (DAY + 3, 23, 50),
    .first_day = DAY - 100,
    .last_day = DAY + 3,
    .is_clean = TRUE,
  };
  self->chart = imp_sample_chart_new (&self->hospital);
  self->fhir = self->chart->fhir = imp_sample_fhir_new (&self->hospital, GPOINTER_TO_INT (detail));
  imp_sample_chart_begin (self->chart, 0);
  self->chart->person.id = 98841;
  self->chart->place.department = imp_sample_table_row (self->tables, IMP_SAMPLE_DEPARTMENTS, 0);
  self->chart->place.doctor = imp_sample_table_row (self->tables, IMP_SAMPLE_STAFF, 0);
}

static void
tear_down (Fixture *self, gconstpointer detail)
{
  imp_sample_chart_free (self->chart);
  imp_sample_fhir_free (self->fhir);
  imp_sample_tables_free (self->tables);
}

/* The only line of that type. */
static cJSON *
only (Fixture *self, ImpSampleFhirType type)
{
  const ImpSampleFhirFile *file = &self->fhir->files[type];
  cJSON *line;

  g_assert_cmpuint (file->n_lines, ==, 1);
  g_assert_cmpint (file->text.bytes[file->text.len - 1], ==, '\n');
  line = cJSON_ParseWithLength (file->text.bytes, file->text.len - 1);
  g_assert_nonnull (line);
  return line;
}

/* "a.b.0.c" */
static const cJSON *
find (const cJSON *node, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);

  for (guint i = 0; parts[i] != NULL && node != NULL; i++)
    node = g_ascii_isdigit (parts[i][0]) ? cJSON_GetArrayItem (node, atoi (parts[i]))
                                         : cJSON_GetObjectItemCaseSensitive (node, parts[i]);
  return node;
}

static void
assert_at (const cJSON *node, const char *path, const char *expected)
{
  const cJSON *found = find (node, path);

  g_test_message ("%s", path);
  if (cJSON_IsNumber (found))
    g_assert_cmpfloat (found->valuedouble, ==, g_ascii_strtod (expected, NULL));
  else
    g_assert_cmpstr (cJSON_GetStringValue (found), ==, expected);
}

static void
tell_drug (Fixture *self, const char *regimen, const ImpSampleAct *act)
{
  const ImpSampleLine line = { .regimen = imp_sample_table_find (self->tables, IMP_SAMPLE_REGIMENS,
                                                                 regimen) };
  const ImpSamplePrescription prescription = { .order = ORDER,
                                               .lines = &line,
                                               .n_lines = 1,
                                               .category = IMP_SAMPLE_PHRASE_OUTPATIENT_RX,
                                               .start = DAY };

  imp_sample_fhir_drug (self->chart, &prescription, 0, 1, act);
}

static ImpSampleAct
new_act (void)
{
  return (ImpSampleAct){ "NW", "", imp_sample_time (DAY, 9, 30), DAY, '1', IMP_SAMPLE_LIVE };
}

/* 2 in the morning, 1 in the evening, on Saturdays: four days of it, and no quotient anywhere. */
static void
test_uneven (Fixture *self, gconstpointer detail)
{
  const ImpSampleAct act = new_act ();
  g_autoptr (cJSON) drug = NULL;

  tell_drug (self, "methotrexate-weekly", &act);
  drug = only (self, IMP_SAMPLE_FHIR_DRUG_ORDER);
  assert_at (drug, "id", "026070300000001-1");
  assert_at (drug, "status", "active");
  assert_at (drug, "subject.reference", "Patient/0000098841");
  assert_at (drug, "authoredOn", "2026-07-03T09:30:00+09:00");
  assert_at (drug, "identifier.0.value", "1");
  assert_at (drug, "identifier.2.system", "urn:oid:1.2.392.100495.20.3.11");
  assert_at (drug, "identifier.2.value", "026070300000001");
  assert_at (drug, "category.0.coding.0.code", "OHP");
  assert_at (drug, "category.1.coding.0.code", "OHO");
  assert_at (drug, "dosageInstruction.0.extension.0.valuePeriod.start", "2026-07-03");
  assert_at (drug, "dosageInstruction.0.extension.1.valueDuration.value", "4");
  assert_at (drug, "dosageInstruction.0.additionalInstruction.0.coding.0.code", "W0000001");
  assert_at (drug, "dosageInstruction.0.additionalInstruction.1.coding.0.code", "V12NNNNN");
  assert_at (drug, "dosageInstruction.0.additionalInstruction.2.coding.0.code", "V21NNNNN");
  assert_at (drug, "dosageInstruction.0.additionalInstruction.3.text",
             "週１回土曜日のみ服用　厳守");
  assert_at (drug, "dosageInstruction.0.doseAndRate.0.doseRange.low.value", "1");
  assert_at (drug, "dosageInstruction.0.doseAndRate.0.doseRange.high.value", "2");
  assert_at (drug, "dosageInstruction.0.doseAndRate.0.rateRatio.numerator.value", "3");
  assert_at (drug, "dosageInstruction.0.doseAndRate.0.rateRatio.denominator.code", "d");
  assert_at (drug, "dispenseRequest.quantity.value", "12");
  g_assert_null (find (drug, "dosageInstruction.0.doseAndRate.0.doseQuantity"));
}

/* As needed, five times, with no dose a day. */
static void
test_as_needed (Fixture *self, gconstpointer detail)
{
  const ImpSampleAct act = new_act ();
  g_autoptr (cJSON) drug = NULL;

  tell_drug (self, "diclofenac-sup", &act);
  drug = only (self, IMP_SAMPLE_FHIR_DRUG_ORDER);
  assert_at (drug, "dispenseRequest.extension.0.valueInteger", "5");
  assert_at (drug, "dosageInstruction.0.patientInstruction", "８時間以上あけて　１日２回まで");
  assert_at (drug, "dosageInstruction.0.site.coding.0.code", "8H0");
  g_assert_null (find (drug, "dosageInstruction.0.doseAndRate.0.rateRatio"));
  g_assert_null (find (drug, "dosageInstruction.0.extension.1"));
}

/* What becomes of an order: SS-MIX2 spec 2.3, 2.6 beside spec fhir.md 3.0.3. */
static void
test_fates (Fixture *self, gconstpointer detail)
{
  ImpSampleAct act = new_act ();
  guint n_withdrawn = 0;

  g_assert_cmpstr (imp_sample_fhir_order_status (&act, ORDER), ==, "active");
  act.control = "DC";
  act.fate = IMP_SAMPLE_STOPPED;
  g_assert_cmpstr (imp_sample_fhir_order_status (&act, ORDER), ==, "stopped");
  act.control = "HD";
  act.fate = IMP_SAMPLE_ON_HOLD;
  g_assert_cmpstr (imp_sample_fhir_order_status (&act, ORDER), ==, "on-hold");
  act.control = "CA";
  act.fate = IMP_SAMPLE_CANCELLED;
  for (guint64 order = ORDER; order < ORDER + 300; order++)
    {
      gboolean is_withdrawn = g_str_equal (imp_sample_fhir_order_status (&act, order), "active");

      g_assert_true (is_withdrawn ||
                     g_str_equal (imp_sample_fhir_order_status (&act, order), "cancelled"));
      /* The withdrawal is newer than what it withdraws. */
      g_assert_cmpint (imp_sample_fhir_updated (&act, order) < act.at, ==, is_withdrawn);
      imp_sample_fhir_withdraw (self->chart, IMP_SAMPLE_FHIR_DRUG_ORDER, "x", order, &act);
      n_withdrawn += is_withdrawn;
      g_assert_cmpuint (self->fhir->files[IMP_SAMPLE_FHIR_WITHDRAWAL].n_lines, ==, n_withdrawn);
    }
  g_assert_cmpuint (n_withdrawn, >, 60);
  g_assert_cmpuint (n_withdrawn, <, 140);
}

static void
test_lost (Fixture *self, gconstpointer detail)
{
  ImpSampleAct act = new_act ();
  g_autoptr (cJSON) bundle = NULL;

  act.flag = '2';
  act.fate = IMP_SAMPLE_LOST;
  tell_drug (self, "amlodipine5", &act);
  bundle = only (self, IMP_SAMPLE_FHIR_WITHDRAWAL);
  assert_at (bundle, "type", "transaction");
  assert_at (bundle, "entry.0.request.method", "DELETE");
  assert_at (bundle, "entry.0.request.url", "MedicationRequest/026070300000001-1");
}

static void
test_result (Fixture *self, gconstpointer detail)
{
  const ImpSampleFhirResult result = { .order = ORDER,
                                       .panel = 1,
                                       .number = 3,
                                       .item = "5C07^CRP^JC10",
                                       .unit = "mg/dL^mg/dL^ISO+",
                                       .value = "<0.02",
                                       .low = "",
                                       .high = "0.14",
                                       .flag = "L",
                                       .status = "P",
                                       .sampled = imp_sample_time (DAY, 9, 0),
                                       .reported = imp_sample_time (DAY, 10, 0),
                                       .material = "023^血清^JC10" };
  g_autoptr (cJSON) line = NULL;

  imp_sample_fhir_result (self->chart, &result);
  line = only (self, IMP_SAMPLE_FHIR_OBSERVATION);
  assert_at (line, "status", "preliminary");
  assert_at (line, "basedOn.0.reference", "ServiceRequest/026070300000001-2");
  assert_at (line, "valueQuantity.comparator", "<");
  assert_at (line, "valueQuantity.value", "0.02");
  assert_at (line, "interpretation.0.coding.0.code", "L");
  assert_at (line, "referenceRange.0.text", "-0.14");
  assert_at (line, "specimen.display", "血清");
  g_assert_null (find (line, "referenceRange.0.low"));
  g_assert_cmpstr (imp_sample_fhir_status ("F"), ==, "final");
  g_assert_cmpstr (imp_sample_fhir_status ("C"), ==, "corrected");
  g_assert_cmpstr (imp_sample_fhir_status ("X"), ==, "cancelled");
  g_assert_cmpstr (imp_sample_fhir_status ("80"), ==, "unknown");
}

/* What a message that is not written has told goes with it. */
static void
test_settle (Fixture *self, gconstpointer detail)
{
  const ImpSampleAct act = new_act ();
  gsize len;

  tell_drug (self, "amlodipine5", &act);
  imp_sample_fhir_settle (self->fhir, TRUE);
  len = self->fhir->files[IMP_SAMPLE_FHIR_DRUG_ORDER].text.len;
  tell_drug (self, "olmesartan", &act);
  g_assert_cmpuint (self->fhir->files[IMP_SAMPLE_FHIR_DRUG_ORDER].n_lines, ==, 2);
  imp_sample_fhir_settle (self->fhir, FALSE);
  g_assert_cmpuint (self->fhir->files[IMP_SAMPLE_FHIR_DRUG_ORDER].n_lines, ==, 1);
  g_assert_cmpuint (self->fhir->files[IMP_SAMPLE_FHIR_DRUG_ORDER].text.len, ==, len);
}

/* The small export says nothing of what the storages have. */
static void
test_added (Fixture *self, gconstpointer detail)
{
  const ImpSampleAct act = new_act ();

  tell_drug (self, "amlodipine5", &act);
  for (guint i = 0; i < IMP_SAMPLE_FHIR_N_TYPES; i++)
    g_assert_cmpuint (self->fhir->files[i].text.len, ==, 0);
  g_assert_false (imp_sample_fhir_is_full (self->fhir));
  g_assert_false (imp_sample_fhir_is_full (NULL));
}

/* A part is written when it is large, and begins anew; the manifest counts the lines of each. */
static void
test_parts (Fixture *self, gconstpointer detail)
{
  const ImpSampleAct act = new_act ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tomoshibi-fhir-XXXXXX", &error);
  g_autoptr (ImpSampleSink) sink = imp_sample_sink_open (folder, &error);
  static const char *const names[] = { "MedicationRequest.000.ndjson",
                                       "MedicationRequest.001.ndjson" };
  g_autofree char *root = g_build_filename (folder, IMP_SAMPLE_FHIR_ROOT, NULL);
  g_autofree char *manifest_path = g_build_filename (root, "manifest.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (cJSON) manifest = NULL;
  guint64 n_files = 0, n_bytes = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < 1500; i++)
    {
      tell_drug (self, "amlodipine5", &act);
      g_assert_true (imp_sample_fhir_write (self->fhir, sink, &error));
      g_assert_cmpuint (self->fhir->files[IMP_SAMPLE_FHIR_DRUG_ORDER].text.len, <, 3 * 1024 * 1024);
    }
  g_assert_true (imp_sample_fhir_close (self->fhir, sink, &error));
  g_assert_no_error (error);
  imp_sample_fhir_counts (self->fhir, &n_files, &n_bytes);
  g_assert_cmpuint (n_files, ==, 3);
  g_assert_true (g_file_get_contents (manifest_path, &text, NULL, NULL));
  manifest = cJSON_Parse (text);
  assert_at (manifest, "transactionTime", "2026-07-06T23:50:00+09:00");
  g_assert_cmpint (cJSON_GetArraySize (find (manifest, "output")), ==, 2);
  g_assert_cmpfloat (find (manifest, "output.0.count")->valuedouble +
                         find (manifest, "output.1.count")->valuedouble,
                     ==, 1500);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (root, names[i], NULL);
      g_autofree char *url = g_strdup_printf ("output.%u.url", i);

      g_assert_true (g_str_has_suffix (cJSON_GetStringValue (find (manifest, url)), names[i]));
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_unlink (manifest_path), ==, 0);
  g_assert_cmpint (g_rmdir (root), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
add (const char *path, ImpSampleFhirDetail detail, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (detail), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/importer/sample-fhir/uneven", IMP_SAMPLE_FHIR_FULL, test_uneven);
  add ("/importer/sample-fhir/as-needed", IMP_SAMPLE_FHIR_FULL, test_as_needed);
  add ("/importer/sample-fhir/fates", IMP_SAMPLE_FHIR_FULL, test_fates);
  add ("/importer/sample-fhir/lost", IMP_SAMPLE_FHIR_FULL, test_lost);
  add ("/importer/sample-fhir/result", IMP_SAMPLE_FHIR_FULL, test_result);
  add ("/importer/sample-fhir/settle", IMP_SAMPLE_FHIR_FULL, test_settle);
  add ("/importer/sample-fhir/added", IMP_SAMPLE_FHIR_ADDED, test_added);
  add ("/importer/sample-fhir/parts", IMP_SAMPLE_FHIR_FULL, test_parts);
  return g_test_run ();
}
