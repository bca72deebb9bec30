/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "imp-error.h"
#include "imp-fhir-chart.h"

#define MINE "1234567890"

static ImpFhirChart *
chart_of (const char *identifiers, const ImpFhirChartPlace *place)
{
  g_autofree char *text =
      g_strdup_printf ("{\"resourceType\":\"Patient\",\"identifier\":%s}", identifiers);
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) patient = imp_json_parse (text, strlen (text), &report, NULL);

  g_assert_nonnull (patient);
  return imp_fhir_chart (patient, place);
}

/* Rows of spec fhir.md 4.3. */
static void
test_systems (void)
{
  static const struct
  {
    const char *identifiers;
    const char *operator; /* --facility */
    const char *bundle;
    const char *facility;
    const char *id;
  } cases[] = {
    /* 1 */
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":\"0012\"}]", NULL,
      NULL, MINE, "0012" },
    /* 2: a number space of its own */
    { "[{\"system\":\"urn:oid:1.2.392.200119.6.102.11234567890\",\"value\":\"12\"}]", NULL, NULL,
      MINE "/checkup", "12" },
    /* 3, also misspelt */
    { "[{\"system\":\"http://jpfhir.jp/fhir/eCS/Idsystem/"
      "JP_Hospital_PatientID\",\"value\":\"12\"}]",
      NULL, MINE, MINE, "12" },
    { "[{\"system\":\"http://jpfhir.jp/fhir/eCS/Idsysmem/"
      "JP_Hospital_PatientID\",\"value\":\"12\"}]",
      MINE, NULL, MINE, "12" },
    /* 4: only when the operator says so */
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.1\",\"value\":\"12\"}]", NULL, NULL, "scope",
      "key" },
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.1\",\"value\":\"12\"}]", MINE, NULL, MINE,
      "12" },
    { "[{\"system\":\"urn:oid:1.2.392.200119.6.51\",\"value\":\"12\"}]", MINE, NULL, MINE, "12" },
    /* damaged: two that differed may have become equal (6.1) */
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":\"00\uFFFD2\"}]", MINE,
      NULL, "scope", "key" },
    /* not a number of a hospital */
    { "[{\"system\":\"http://jpfhir.jp/fhir/clins/Idsystem/"
      "JP_Insurance_memberID\",\"value\":\"1:2:3:4\"}]",
      MINE, MINE, "scope", "key" },
    { "[{\"system\":\"http://jpfhir.jp/fhir/eCS/Idsystem/JP_Hospital_PatientID_Pseudonymized\","
      "\"value\":\"1\"}]",
      MINE, MINE, "scope", "key" },
    { "[{\"type\":{\"coding\":[{\"code\":\"MR\"}]},\"system\":\"http://h\",\"value\":\"1\"}]", MINE,
      MINE, "scope", "key" },
    /* current before temporary, old never */
    { "[{\"use\":\"temp\",\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":"
      "\"T\"},"
      "{\"use\":\"usual\",\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":"
      "\"U\"}]",
      NULL, NULL, MINE, "U" },
    { "[{\"use\":\"old\",\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":\"O\"}"
      "]",
      NULL, NULL, "scope", "key" },
    /* of two hospitals the operator's own */
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.10987654321\",\"value\":\"X\"},"
      "{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":\"Y\"}]",
      MINE, NULL, MINE, "Y" },
    { "[]", MINE, MINE, "scope", "key" },
    /* no value; not ten digits */
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\"}]", MINE, NULL, "scope", "key" },
    { "[{\"system\":\"urn:oid:1.2.392.100495.20.3.51.1123456789\",\"value\":\"1\"}]", NULL, NULL,
      "scope", "key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ImpFhirChartPlace place = { NULL, cases[i].operator, cases[i].bundle, "scope", "key" };
      g_autoptr (ImpFhirChart) chart = chart_of (cases[i].identifiers, &place);

      g_test_message ("%s", cases[i].identifiers);
      g_assert_cmpstr (chart->facility, ==, cases[i].facility);
      g_assert_cmpstr (chart->id, ==, cases[i].id);
      g_assert_cmpint (chart->has_number, ==, strcmp (cases[i].facility, "scope") != 0);
    }
}

static void
test_other_numbers (void)
{
  const ImpFhirChartPlace place = { NULL, NULL, NULL, "scope", "key" };
  g_autoptr (ImpFhirChart) chart =
      chart_of ("[{\"use\":\"old\",\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\","
                "\"value\":\"1\"},"
                "{\"system\":\"urn:oid:1.2.392.100495.20.3.51.11234567890\",\"value\":\"2\"},"
                "{\"system\":\"urn:oid:1.2.392.100495.20.3.51.10987654321\",\"value\":\"3\"}]",
                &place);

  g_assert_cmpstr (chart->id, ==, "2");
  g_assert_cmpstr (chart->other_ids, ==, MINE " 1\n0987654321 3");
}

static void
test_bundles (void)
{
  static const struct
  {
    const char *identifier;
    const char *institution;
    const char *facility;
  } cases[] = {
    { "http://x|1234567890^2025^abc", NULL, MINE },
    { "http://x|123^2025^abc", NULL, NULL },
    { "http://x|1234567890", NULL, NULL },
    { NULL, NULL, NULL },
    { "http://x|1234567890^2025^abc", "0987654321", "0987654321" },
    { NULL, "0987654321", "0987654321" },
    { "http://x|1234567890^2025^abc", "", MINE }, /* its resources name several */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ImpFhirStoredBundle bundle = { .identifier = (char *) cases[i].identifier,
                                           .institution = (char *) cases[i].institution };
      g_autofree char *facility = imp_fhir_bundle_facility (&bundle);

      g_assert_cmpstr (facility, ==, cases[i].facility);
    }
  g_assert_null (imp_fhir_bundle_facility (NULL));
}

static ImpFhirSystems *
load (const char *text, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("systems-XXXXXX", &path, NULL);
  ImpFhirSystems *systems;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  systems = imp_fhir_systems_load (path, error);
  g_unlink (path);
  return systems;
}

/* Row 5: what the operator writes down. */
static void
test_operator (void)
{
  g_autoptr (ImpFhirSystems) systems =
      load ("# ours\nhttp://h/mrn\t\nhttp://h/other\t0987654321\r\n\n", NULL);
  const ImpFhirChartPlace place = { systems, MINE, NULL, "scope", "key" };
  g_autoptr (ImpFhirChart) own =
      chart_of ("[{\"system\":\"http://h/mrn/\",\"value\":\"1\"}]", &place);
  g_autoptr (ImpFhirChart) other =
      chart_of ("[{\"system\":\"http://h/other\",\"value\":\"1\"}]", &place);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (own->facility, ==, MINE);
  g_assert_cmpstr (other->facility, ==, "0987654321");
  g_assert_null (load ("http://h/mrn\t12\n", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, ":1:"));
  g_clear_error (&error);
  g_assert_null (imp_fhir_systems_load ("no/such/file", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-chart/systems: spec 4.3", test_systems);
  g_test_add_func ("/imp-fhir-chart/other numbers: spec 4.3", test_other_numbers);
  g_test_add_func ("/imp-fhir-chart/bundles", test_bundles);
  g_test_add_func ("/imp-fhir-chart/operator: spec 4.3", test_operator);
  return g_test_run ();
}
