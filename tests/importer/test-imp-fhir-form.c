/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-form.h"
#include "stream-fixture.h"

#define PATIENT "{\"resourceType\":\"Patient\",\"id\":\"1\"}"
#define FHIR " xmlns=\"http://hl7.org/fhir\""

/* Spec fhir.md 1.1, every row. */
static const struct
{
  const char *text;
  ImpFhirForm form;
  const char *type; /* (nullable) */
} cases[] = {
  { "", IMP_FHIR_FORM_EMPTY, NULL },
  { " \r\n", IMP_FHIR_FORM_EMPTY, NULL },
  { "\xef\xbb\xbf", IMP_FHIR_FORM_EMPTY, NULL },
  { "PK\3\4....", IMP_FHIR_FORM_ZIP, NULL },
  { "%PDF-1.4", IMP_FHIR_FORM_ATTACHMENT, NULL },
  { "{\\rtf1 }", IMP_FHIR_FORM_ATTACHMENT, NULL },
  { "\xff\xd8\xff\xe0", IMP_FHIR_FORM_ATTACHMENT, NULL },
  { "\x89PNG", IMP_FHIR_FORM_ATTACHMENT, NULL },
  { "MSH|^~\\&|", IMP_FHIR_FORM_HL7V2, NULL },
  { "\x0bMSH|^~\\&|", IMP_FHIR_FORM_HL7V2, NULL },
  { "some words", IMP_FHIR_FORM_OTHER, NULL },
  /* JSON */
  { PATIENT, IMP_FHIR_FORM_RESOURCE, "Patient" },
  { "\xef\xbb\xbf\n " PATIENT "\n\n", IMP_FHIR_FORM_RESOURCE, "Patient" },
  { "{\"id\":\"1\",\n \"resourceType\" : \"Patient\"\n}", IMP_FHIR_FORM_RESOURCE, "Patient" },
  { "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}", IMP_FHIR_FORM_BUNDLE, "Bundle" },
  { "{\"entry\":[{}],\"type\":\"batch\",\"resourceType\":\"Bundle\"}", IMP_FHIR_FORM_BUNDLE,
    "Bundle" },
  { PATIENT "\n" PATIENT "\n", IMP_FHIR_FORM_LINES, "Patient" },
  { PATIENT "\r\n\r\n" PATIENT, IMP_FHIR_FORM_LINES, "Patient" },
  /* Lines, the first of them pretty printed. */
  { "{\n \"resourceType\":\"Patient\"\n}\n" PATIENT, IMP_FHIR_FORM_LINES, "Patient" },
  /* One resource, pretty printed. */
  { "{\n \"resourceType\":\"Patient\",\n\"name\":[\n{\n}]\n}\n", IMP_FHIR_FORM_RESOURCE,
    "Patient" },
  { "{\"resourceType\":\"Patient\",\"id\":\"1\n" PATIENT, IMP_FHIR_FORM_LINES, "Patient" },
  { "{\"transactionTime\":\"2026\",\"output\":[]}", IMP_FHIR_FORM_MANIFEST, NULL },
  /* Some carry a URL under that name. */
  { "{\"resourceType\":\"http://x\",\"output\":[],\"transactionTime\":\"2026\"}",
    IMP_FHIR_FORM_MANIFEST, "http://x" },
  { "{\"name\":\"package\"}", IMP_FHIR_FORM_OTHER, NULL },
  { "{\"a\":1}\n{\"a\":2}\n", IMP_FHIR_FORM_OTHER, NULL },
  /* A line that tells of the others in front. */
  { "{\"file\":1}\n" PATIENT "\n", IMP_FHIR_FORM_LINES, NULL },
  { "{\"resourceType\":\"ValueSet\"}", IMP_FHIR_FORM_CONFORMANCE, "ValueSet" },
  { "{\"resourceType\":\"ImplementationGuide\"}", IMP_FHIR_FORM_CONFORMANCE,
    "ImplementationGuide" },
  { "[" PATIENT "]", IMP_FHIR_FORM_ARRAY, NULL },
  { "[]", IMP_FHIR_FORM_OTHER, NULL },
  { "[1,2]", IMP_FHIR_FORM_OTHER, NULL },
  { "{\"resourceType\":\"Parameters\",\"parameter\":[]}", IMP_FHIR_FORM_PARAMETERS, "Parameters" },
  { "{\"resourceType\":\"Binary\",\"contentType\":\"application/fhir+ndjson\",\"data\":\"\"}",
    IMP_FHIR_FORM_BINARY_LINES, "Binary" },
  { "{\"resourceType\":\"Binary\",\"contentType\":\"application/pdf\"}", IMP_FHIR_FORM_RESOURCE,
    "Binary" },
  { "{\"resourceType\":\"Unheard\"}", IMP_FHIR_FORM_RESOURCE, "Unheard" },
  { "{\"resourceType\":\"Bundle\",\"entry\":[{\"a\":$x}]}", IMP_FHIR_FORM_BUNDLE, "Bundle" },
  { "{\"resourceType\":\"Bundle\",\"entry\":[{\"a\":", IMP_FHIR_FORM_BUNDLE, "Bundle" },
  { "{", IMP_FHIR_FORM_OTHER, NULL },
  /* XML */
  { "<Bundle" FHIR "><type value=\"batch\"/></Bundle>", IMP_FHIR_FORM_BUNDLE, "Bundle" },
  { "<?xml version=\"1.0\"?>\n<f:Patient xmlns:f=\"http://hl7.org/fhir\"/>", IMP_FHIR_FORM_RESOURCE,
    "Patient" },
  { "<ValueSet" FHIR "/>", IMP_FHIR_FORM_CONFORMANCE, "ValueSet" },
  { "<Parameters" FHIR "/>", IMP_FHIR_FORM_PARAMETERS, "Parameters" },
  { "<Patient/>", IMP_FHIR_FORM_OTHER, "Patient" },
  { "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", IMP_FHIR_FORM_DSTU1, "feed" },
  { "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", IMP_FHIR_FORM_CDA, "ClinicalDocument" },
  { "<index xmlns=\"https://www.mhlw.go.jp/x.html\"/>", IMP_FHIR_FORM_CHECKUP_CLAIM, "index" },
  { "<checkupClaim xmlns=\"http://tokuteikenshin.jp/checkup/2007\"/>", IMP_FHIR_FORM_CHECKUP_CLAIM,
    "checkupClaim" },
  { "<SubmitObjectsRequest xmlns=\"urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0\"/>",
    IMP_FHIR_FORM_XDM, "SubmitObjectsRequest" },
  { "<html/>", IMP_FHIR_FORM_OTHER, "html" },
  { "<!DOCTYPE Patient><Patient" FHIR "/>", IMP_FHIR_FORM_DOCTYPE, NULL },
};

static void
test_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 0; chunk < 3; chunk++)
      {
        g_auto (ImpFhirProbe) probe = { 0 };
        g_autoptr (GError) error = NULL;
        g_autoptr (ImpStream) stream = imp_fhir_open (
            stream_of (cases[i].text, strlen (cases[i].text), chunk), &probe, &error);

        g_assert_no_error (error);
        g_assert_nonnull (stream);
        if (probe.form != cases[i].form)
          g_test_message ("%s is %s", cases[i].text, imp_fhir_form_name (probe.form));
        g_assert_cmpint (probe.form, ==, cases[i].form);
        g_assert_cmpstr (probe.type, ==, cases[i].type);
      }
}

/* The same, packed once and twice. */
static void
test_packed (void)
{
  for (guint i = 1; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) once = gzip_of (cases[i].text, strlen (cases[i].text));
      g_autoptr (GBytes) twice = gzip_of (g_bytes_get_data (once, NULL), g_bytes_get_size (once));
      GBytes *const files[] = { once, twice };

      for (guint j = 0; j < G_N_ELEMENTS (files); j++)
        {
          g_auto (ImpFhirProbe) probe = { 0 };
          g_autoptr (ImpStream) stream =
              imp_fhir_open (imp_stream_from_bytes (files[j]), &probe, NULL);

          g_assert_true (probe.was_packed);
          g_assert_cmpint (probe.form, ==, cases[i].form);
        }
    }
}

/* F04. */
static void
test_charsets (void)
{
  static const struct
  {
    const char *charset; /* it is written in */
    const char *text;
    const char *found;
  } wide[] = {
    { "UTF-16LE", "\xef\xbb\xbf" PATIENT, "UTF-16LE" },
    { "UTF-16BE", "\xef\xbb\xbf" PATIENT, "UTF-16BE" },
    { "UTF-16LE", PATIENT, "UTF-16LE" },
    { "UTF-16BE", "<Patient" FHIR "/>", "UTF-16BE" },
    { "CP932", "{\"resourceType\":\"Patient\",\"a\":\"表示能力\"}", "CP932" },
    { "EUC-JP", "{\"resourceType\":\"Patient\",\"a\":\"退院時要約を書く\"}", "EUC-JP" },
    { "CP932",
      "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><Patient" FHIR "><a value=\"表示\"/>"
      "</Patient>",
      "CP932" },
    { "CP932",
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Patient" FHIR "><a value=\"表示\"/>"
      "</Patient>",
      "CP932" },
    { "UTF-8",
      "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><Patient" FHIR "><a value=\"表示\"/>"
      "</Patient>",
      NULL },
    { "UTF-8", PATIENT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      gsize len;
      g_autofree char *bytes =
          g_convert (wide[i].text, -1, wide[i].charset, "UTF-8", NULL, &len, NULL);
      g_auto (ImpFhirProbe) probe = { 0 };
      g_autoptr (ImpStream) stream = imp_fhir_open (stream_of (bytes, len, 0), &probe, NULL);

      g_assert_cmpstr (probe.charset, ==, wide[i].found);
      g_assert_cmpint (probe.form, ==, IMP_FHIR_FORM_RESOURCE);
      g_assert_cmpstr (probe.type, ==, "Patient");
      if (probe.header != NULL && imp_json_get (probe.header, "a") != NULL)
        g_assert_true (g_utf8_validate (imp_json_string (probe.header, "a"), -1, NULL));
    }
}

/* Members may come in any order, and behind the entries; large ones are left out. */
static void
test_header (void)
{
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autofree char *text = g_strdup_printf (
      "{\"entry\":[{\"resource\":{\"id\":\"inner\"}}],\"signature\":{\"data\":\"%s\"},"
      "\"id\":\"b\",\"id\":\"c\",\"total\":3.50,\"resourceType\":\"Bundle\",\"type\":"
      "\"searchset\"}",
      large);
  g_auto (ImpFhirProbe) probe = { 0 };
  g_autoptr (ImpStream) stream = imp_fhir_open (stream_of (text, strlen (text), 0), &probe, NULL);

  g_assert_cmpint (probe.form, ==, IMP_FHIR_FORM_BUNDLE);
  g_assert_cmpstr (imp_json_string (probe.header, "id"), ==, "b");
  g_assert_cmpuint (probe.n_repeated, ==, 1);
  g_assert_cmpstr (imp_json_string (probe.header, "total"), ==, "3.50");
  g_assert_cmpstr (imp_json_string (probe.header, "type"), ==, "searchset");
  g_assert_null (imp_json_get (probe.header, "signature"));
  g_assert_false (probe.is_cut_off);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-form/forms", test_forms);
  g_test_add_func ("/importer/fhir-form/packed", test_packed);
  g_test_add_func ("/importer/fhir-form/charsets", test_charsets);
  g_test_add_func ("/importer/fhir-form/header", test_header);
  return g_test_run ();
}
