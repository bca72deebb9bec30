/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-read.h"

static cJSON *
parse (const char *text)
{
  g_auto (ImpJsonReport) report = { 0 };
  cJSON *node = imp_json_parse (text, strlen (text), &report, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
test_path (void)
{
  g_autoptr (cJSON) node = parse (
      "{\"a\":{\"b\":\"x\"},\"l\":[{\"b\":1.0},{\"b\":2}],\"e\":\"\",\"n\":null,\"t\":true}");

  g_assert_cmpstr (imp_fhir_string (node, "a.b"), ==, "x");
  g_assert_cmpstr (imp_fhir_string (node, "l.b"), ==, "1.0");
  g_assert_cmpstr (imp_fhir_string (node, "t"), ==, "true");
  g_assert_null (imp_fhir_string (node, "e"));
  g_assert_null (imp_fhir_string (node, "n"));
  g_assert_null (imp_fhir_string (node, "a.c.d"));
  g_assert_null (imp_fhir_string (NULL, "a"));
}

static void
test_choice (void)
{
  g_autoptr (cJSON) node = parse ("{\"value\":1,\"valueSet\":null,\"valueQuantity\":{},"
                                  "\"valueString\":\"x\",\"valued\":2}");
  const char *type;
  guint n;

  g_assert_nonnull (imp_fhir_choice (node, "value", &type, &n));
  g_assert_cmpstr (type, ==, "Quantity");
  g_assert_cmpuint (n, ==, 2);
  g_assert_null (imp_fhir_choice (node, "onset", &type, &n));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_concepts (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } cases[] = {
    { "{\"text\":\"A\",\"coding\":[{\"display\":\"B\"}]}", "A" },
    { "{\"coding\":[{\"display\":\"B\"},{\"display\":\"C\",\"userSelected\":true}]}", "C" },
    { "{\"coding\":[{\"code\":\"1\"},{\"display\":\"C\"}]}", "C" },
    { "{\"coding\":[{\"code\":\"1\"}]}", "[1]" },
    { "{\"coding\":{\"display\":\"B\"}}", "B" },   /* one that should be in a list */
    { "{\"code\":\"1\",\"display\":\"B\"}", "B" }, /* Coding */
    { "{\"concept\":{\"text\":\"A\"}}", "A" },     /* R5 */
    { "\"A\"", "A" },                              /* a code alone, as of old */
    { "[{\"text\":\"A\"},{\"text\":\"B\"}]", "A" },
    { "{\"coding\":[]}", NULL },
    { "{}", NULL },
    { "{\"text\":\"\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (cJSON) node = parse (cases[i].json);
      g_autofree char *text = imp_fhir_concept_text (node);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_null (imp_fhir_concept_text (NULL));
}

/* "same code in two systems means two things". */
static void
test_codings (void)
{
  g_autoptr (cJSON) node = parse ("{\"coding\":[{\"system\":\"a\",\"code\":\"1\"},"
                                  "{\"system\":\"b\",\"code\":\" 2 \"},{\"system\":\"c\"}]}");

  g_assert_cmpstr (imp_json_string (imp_fhir_concept_coding (node, NULL), "code"), ==, "1");
  g_assert_cmpstr (imp_json_string (imp_fhir_concept_coding (node, "b"), "code"), ==, " 2 ");
  g_assert_null (imp_fhir_concept_coding (node, "c"));
  g_assert_true (imp_fhir_concept_has (node, "b", "2"));
  g_assert_true (imp_fhir_concept_has (node, NULL, "1"));
  g_assert_false (imp_fhir_concept_has (node, "b", "1"));
}

static void
test_extensions (void)
{
  g_autoptr (cJSON) node =
      parse ("{\"extension\":[{\"url\":\"http://x/a\",\"valueCode\":\"1\"},"
             "{\"url\":\"http://y/StructureDefinition/b\",\"valueCode\":\"2\"}]}");

  g_assert_cmpstr (imp_json_string (imp_fhir_extension (node, "http://x/a"), "valueCode"), ==, "1");
  g_assert_cmpstr (
      imp_json_string (imp_fhir_extension (node, "/StructureDefinition/b"), "valueCode"), ==, "2");
  g_assert_null (imp_fhir_extension (node, "http://z/StructureDefinition/b"));
}

/* "comparator lost: false positive troponin"; "3.50 -> 3.5". */
static void
test_quantities (void)
{
  static const struct
  {
    const char *json;
    const char *text; /* (nullable) */
    const char *unit;
    gboolean is_number;
  } cases[] = {
    { "{\"value\":3.50,\"unit\":\"mg\"}", "3.50", "mg", TRUE },
    { "{\"value\":0.1,\"comparator\":\"<\",\"code\":\"ng/mL\"}", "<0.1", "ng/mL", TRUE },
    { "{\"value\":\"5\"}", "5", NULL, TRUE }, /* E06 */
    { "{\"value\":\"1+\",\"unit\":\"\"}", "1+", NULL, FALSE },
    { "{\"unit\":\"mg\"}", NULL, "mg", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (cJSON) node = parse (cases[i].json);
      ImpFhirQuantity quantity;
      g_autofree char *text = NULL;

      g_assert_cmpint (imp_fhir_quantity (node, &quantity), ==, cases[i].text != NULL);
      text = imp_fhir_quantity_text (&quantity);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (quantity.unit, ==, cases[i].unit);
      g_assert_cmpint (quantity.is_number, ==, cases[i].is_number);
    }
}

/* Spec fhir.md 2.1, every row that is a form. */
static void
test_references (void)
{
  static const struct
  {
    const char *json;
    ImpFhirReferenceKind kind;
    const char *type, *id;
    const char *other; /* base, version, or system and value */
  } cases[] = {
    { "{\"reference\":\"#enc1\"}", IMP_FHIR_REFERENCE_CONTAINED, NULL, "enc1", "" },
    { "{\"reference\":\"#\"}", IMP_FHIR_REFERENCE_CONTAINED, NULL, "", "" },
    { "{\"reference\":\"urn:uuid:0A48\",\"type\":\"Patient\"}", IMP_FHIR_REFERENCE_URN, "Patient",
      "urn:uuid:0a48", "" },
    { "{\"reference\":\"Patient/123\"}", IMP_FHIR_REFERENCE_RELATIVE, "Patient", "123", "" },
    { "{\"reference\":\"http://h/fhir/Patient/123\"}", IMP_FHIR_REFERENCE_ABSOLUTE, "Patient",
      "123", "http://h/fhir/" },
    { "{\"reference\":\"Patient/123/_history/2\"}", IMP_FHIR_REFERENCE_RELATIVE, "Patient", "123",
      "2" },
    { "{\"reference\":\"Practitioner?identifier=sys|val\"}", IMP_FHIR_REFERENCE_CONDITIONAL,
      "Practitioner", NULL, "sysval" },
    { "{\"reference\":\"Practitioner?identifier=http://s/x|9%20\"}", IMP_FHIR_REFERENCE_CONDITIONAL,
      "Practitioner", NULL, "http://s/x9 " },
    { "{\"reference\":\"0a48a4bf-1\"}", IMP_FHIR_REFERENCE_BARE, NULL, "0a48a4bf-1", "" },
    { "{\"type\":\"Patient\",\"identifier\":{\"system\":\"s\",\"value\":\"1\"}}",
      IMP_FHIR_REFERENCE_LOGICAL, "Patient", NULL, "s1" },
    { "{\"type\":\"http://x/StructureDefinition/Patient\",\"id\":\"4d\"}",
      IMP_FHIR_REFERENCE_TYPED_ID, "Patient", "4d", "" },
    { "{\"display\":\"血清\",\"type\":\"Specimen\"}", IMP_FHIR_REFERENCE_DISPLAY, "Specimen", NULL,
      "" },
    { "{\"reference\":\"file:///etc/Patient/1\"}", IMP_FHIR_REFERENCE_TEXT, NULL,
      "file:///etc/Patient/1", "" },
    { "{\"reference\":\"urn:x:y\"}", IMP_FHIR_REFERENCE_TEXT, NULL, "urn:x:y", "" },
    { "{\"reference\":\"http://h/ValueSet\"}", IMP_FHIR_REFERENCE_TEXT, NULL, "http://h/ValueSet",
      "" },
    { "{}", IMP_FHIR_REFERENCE_NONE, NULL, NULL, "" },
    { "{\"reference\":\"\"}", IMP_FHIR_REFERENCE_NONE, NULL, NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (cJSON) node = parse (cases[i].json);
      g_auto (ImpFhirReference) reference = { 0 };
      g_autofree char *other = NULL;

      imp_fhir_reference (node, &reference);
      other = g_strconcat (reference.base != NULL ? reference.base : "",
                           reference.version != NULL ? reference.version : "",
                           reference.system != NULL ? reference.system : "",
                           reference.value != NULL ? reference.value : "", NULL);
      g_assert_cmpint (reference.kind, ==, cases[i].kind);
      g_assert_cmpstr (reference.type, ==, cases[i].type);
      g_assert_cmpstr (reference.id, ==, cases[i].id);
      g_assert_cmpstr (other, ==, cases[i].other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-read/path", test_path);
  g_test_add_func ("/importer/fhir-read/choice", test_choice);
  g_test_add_func ("/importer/fhir-read/concepts", test_concepts);
  g_test_add_func ("/importer/fhir-read/codings", test_codings);
  g_test_add_func ("/importer/fhir-read/extensions", test_extensions);
  g_test_add_func ("/importer/fhir-read/quantities", test_quantities);
  g_test_add_func ("/importer/fhir-read/references", test_references);
  return g_test_run ();
}
