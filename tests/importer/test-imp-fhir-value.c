/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-mapper.h"
#include "imp-fhir-order.h"

static cJSON *
parse (const char *text)
{
  g_auto (ImpJsonReport) report = { 0 };
  cJSON *node = imp_json_parse (text, strlen (text), &report, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
test_values (void)
{
  static const struct
  {
    const char *type;
    const char *json;
    const char *text;
  } cases[] = {
    { "Quantity", "{\"value\":3.50,\"unit\":\"mg\"}", "3.50 mg" },
    { "Quantity", "{\"comparator\":\"<\",\"value\":0.1,\"code\":\"mg/dL\"}", "<0.1 mg/dL" },
    { "Range", "{\"low\":{\"value\":1},\"high\":{\"value\":2,\"unit\":\"T\"}}", "1 – 2 T" },
    { "Range", "{\"high\":{\"value\":2}}", " – 2" },
    { "Ratio", "{\"numerator\":{\"value\":1},\"denominator\":{\"value\":128}}", "1:128" },
    { "Ratio",
      "{\"numerator\":{\"value\":100,\"unit\":\"mL\"},\"denominator\":{\"value\":2,\"unit\":\"h\"}"
      "}",
      "100 mL / 2 h" },
    { "Period", "{\"start\":\"2025-01-01\"}", "2025-01-01 – " },
    { "CodeableConcept", "{\"text\":\"腰痛\",\"coding\":[{\"code\":\"1\",\"display\":\"腹痛症\"}]}",
      "腰痛（腹痛症）" },
    { "CodeableConcept", "{\"text\":\"ＣＲＰ\",\"coding\":[{\"code\":\"1\",\"display\":\"CRP \"}]}",
      "ＣＲＰ" },
    { "Coding", "{\"code\":\"AMB\",\"display\":\"外来\"}", "外来" },
    { "SampledData", "{\"data\":\"1 2 3\"}", "波形データあり" },
    { "String", "\"300>\"", "300>" },
    { "Integer", "007", "007" }, /* malformed, as it was written (E13) */
    { "Boolean", "false", "false" },
    { "Reference", "{\"display\":\"血清\"}", "血清" },
    { "Timing", "{\"event\":[\"2025-01-01\",\"2025-01-03\"]}", "2025-01-01 2025-01-03" },
    { "Attachment", "{\"title\":\"胸部\"}", "胸部" },
    { "Quantity", "{\"unit\":\"mg\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpJsonReport) report = { 0 };
      g_autoptr (cJSON) node =
          imp_json_parse (cases[i].json, strlen (cases[i].json), &report, NULL);
      g_autofree char *text = imp_fhir_value_text (node, cases[i].type);

      g_test_message ("%s %s", cases[i].type, cases[i].json);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Spec fhir.md 3.9 */
static void
test_systems (void)
{
  g_assert_true (imp_fhir_same_system ("http://a/b", "https://a/b/"));
  g_assert_true (imp_fhir_same_system ("http://a/b|1.0", "HTTP://a/b#"));
  g_assert_true (imp_fhir_same_system ("urn:oid:1.2", "URN:OID:1.2"));
  g_assert_false (imp_fhir_same_system ("http://a/b", "http://a/B"));
  g_assert_false (imp_fhir_same_system ("urn:oid:1.2", "urn:oid:1.2.3"));
  g_assert_false (imp_fhir_same_system (NULL, "http://a"));
  g_assert_true (imp_fhir_is_national ("urn:oid:1.2.392.200119.4.504"));
  g_assert_true (imp_fhir_is_national ("http://medis.or.jp/CodeSystem/master-HOT9"));
  g_assert_true (imp_fhir_is_national ("urn:oid:2.16.840.1.113883.6.3.1"));
  g_assert_false (imp_fhir_is_national ("urn:oid:2.16.840.1.113883.6.3.10"));
  g_assert_false (
      imp_fhir_is_national ("http://jpfhir.jp/fhir/eCS/CodeSystem/DrugCode/11234567890"));
  g_assert_false (imp_fhir_is_national (
      "http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS"));
  g_assert_false (imp_fhir_is_national ("http://loinc.org"));
  g_assert_false (imp_fhir_is_national (NULL));
  g_assert_true (imp_fhir_system_ends ("urn:oid:1.2.34|5", ".34"));
  g_assert_true (imp_fhir_system_ends ("http://a/b/#", "a/b"));
  g_assert_false (imp_fhir_system_ends ("http://a/bc", "a/b"));
  g_assert_false (imp_fhir_system_ends ("34", ".34"));
  g_assert_false (imp_fhir_system_ends (NULL, "b"));
}

static void
test_code (void)
{
  g_autoptr (cJSON) node = parse (
      "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"1\"},{\"system\":"
      "\"http://jpfhir.jp/fhir/clins/CodeSystem/JP_CLINS_ObsLabResult_Uncoded_CS\",\"code\":\"9\"},"
      "{\"system\":\"urn:oid:1.2.392.200119.4.504\",\"code\":\"3A\"}]}");
  g_autoptr (cJSON) foreign = parse ("{\"coding\":[{\"display\":\"x\"},{\"code\":\"2\"}]}");

  g_assert_cmpstr (imp_json_string (imp_fhir_code (node), "code"), ==, "3A");
  g_assert_cmpstr (imp_json_string (imp_fhir_code (foreign), "code"), ==, "2");
  g_assert_null (imp_fhir_code (NULL));
}

/* Spec fhir.md 5.2: sorting is by Japan's time. */
static void
test_times (void)
{
  static const struct
  {
    const char *written;
    const char *japan;
  } cases[] = {
    { "2025", "2025" },
    { "2025-04", "2025-04" },
    { "2025-04-10", "2025-04-10" },
    { "2025-03-31T15:00:00Z", "2025-04-01T00:00:00" },
    { "2025-03-31T15:00:00+09:00", "2025-03-31T15:00:00" },
    { "2025-03-31T15:00:00", "2025-03-31T15:00:00" },
    { "2025-03-31T15:00:00.984+11:00", "2025-03-31T13:00:00" },
    { "2024-12-31T23:30-05:00", "2025-01-01T13:30" },
    { "20140620", "2014-06-20" },
    { "0150-01-02T00:00:00Z", "0150-01-02T09:00:00" },
    { "0000", "" },
    { "2025-02-30", "" },
    { "yesterday", "" },
    { "", "" },
  };
  char out[DISC_DATE_MAX];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].written);
      g_assert_cmpint (imp_fhir_time_in_japan (cases[i].written, out), ==, *cases[i].japan != '\0');
      g_assert_cmpstr (out, ==, cases[i].japan);
    }
  g_assert_false (imp_fhir_time_in_japan (NULL, out));
}

static void
test_edges (void)
{
  g_autoptr (cJSON) period =
      parse ("{\"effectivePeriod\":{\"start\":\"2025-01-01\",\"end\":\"2025-01-07\"}}");
  g_autoptr (cJSON) moment = parse ("{\"effectiveDateTime\":\"2025-01-01\"}");
  g_autoptr (cJSON) timing =
      parse ("{\"occurrenceTiming\":{\"event\":[\"2025-01-03\",\"2025-01-01\"]}}");
  g_autoptr (cJSON) bounds =
      parse ("{\"occurrenceTiming\":{\"repeat\":{\"boundsPeriod\":{\"start\":\"2025-01-02\"}}}}");

  g_assert_cmpstr (imp_fhir_start (period, "effective"), ==, "2025-01-01");
  g_assert_cmpstr (imp_fhir_end (period, "effective"), ==, "2025-01-07");
  g_assert_cmpstr (imp_fhir_end (moment, "effective"), ==, "2025-01-01");
  g_assert_cmpstr (imp_fhir_start (timing, "occurrence"), ==, "2025-01-01");
  g_assert_cmpstr (imp_fhir_end (timing, "occurrence"), ==, "2025-01-03");
  g_assert_cmpstr (imp_fhir_start (bounds, "occurrence"), ==, "2025-01-02");
  g_assert_null (imp_fhir_end (bounds, "occurrence"));
  g_assert_null (imp_fhir_start (bounds, "effective"));
}

/* Spec fhir.md 3.0.5 */
static void
test_absent (void)
{
  g_autoptr (cJSON) element =
      parse ("{\"dataAbsentReason\":{\"coding\":[{\"code\":\"not-performed\"}]}}");
  g_autoptr (cJSON) partner = parse ("{\"_birthDate\":{\"extension\":[{\"url\":"
                                     "\"http://hl7.org/fhir/StructureDefinition/"
                                     "data-absent-reason\",\"valueCode\":\"masked\"}]}}");
  g_autoptr (cJSON) flavor = parse (
      "{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/iso21090-nullFlavor\","
      "\"valueCode\":\"NASK\"}]}");

  g_assert_cmpstr (imp_fhir_absent_words (element, NULL), ==, "未実施");
  g_assert_cmpstr (imp_fhir_absent_words (partner, "birthDate"), ==, "非開示");
  g_assert_cmpstr (imp_fhir_absent_words (flavor, NULL), ==, "未聴取");
  g_assert_null (imp_fhir_absent_words (flavor, "birthDate"));
}

/* Spec fhir.md 3.1: extension, characters, use. */
static void
test_names (void)
{
  g_autoptr (cJSON) japanese = parse (
      "[{\"text\":\"シケン　タロウ\",\"extension\":[{\"url\":"
      "\"http://hl7.org/fhir/StructureDefinition/"
      "iso21090-EN-representation\",\"valueCode\":\"SYL\"}]},"
      "{\"use\":\"old\",\"text\":\"旧姓　太郎\"},{\"family\":\"試験\",\"given\":[\"太郎\"]}]");
  g_autoptr (cJSON) latin = parse ("[{\"family\":\"Chalmers\",\"given\":[\"Peter\",\"James\"]}]");
  g_autoptr (cJSON) kana = parse ("{\"text\":\"ハナ\"}");
  g_autofree char *name = imp_fhir_person_name (japanese, FALSE);
  g_autofree char *reading = imp_fhir_person_name (japanese, TRUE);
  g_autofree char *foreign = imp_fhir_person_name (latin, FALSE);
  g_autofree char *none = imp_fhir_person_name (latin, TRUE);
  g_autofree char *only = imp_fhir_person_name (kana, FALSE);

  g_assert_cmpstr (name, ==, "試験　太郎");
  g_assert_cmpstr (reading, ==, "シケン　タロウ");
  g_assert_cmpstr (foreign, ==, "Chalmers　Peter　James");
  g_assert_null (none);
  g_assert_cmpstr (only, ==, "ハナ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-value/values: spec 3.0.2", test_values);
  g_test_add_func ("/imp-fhir-value/systems: spec 3.9", test_systems);
  g_test_add_func ("/imp-fhir-value/code", test_code);
  g_test_add_func ("/imp-fhir-value/times: spec 5.2", test_times);
  g_test_add_func ("/imp-fhir-value/edges", test_edges);
  g_test_add_func ("/imp-fhir-value/absent: spec 3.0.5", test_absent);
  g_test_add_func ("/imp-fhir-value/names: spec 3.1", test_names);
  return g_test_run ();
}
