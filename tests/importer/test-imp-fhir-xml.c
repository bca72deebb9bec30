/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-names.h"
#include "imp-fhir-type.h"
#include "imp-fhir-xml.h"
#include "imp-limits.h"
#include "imp-xml-cut.h"
#include "stream-fixture.h"

#define FHIR " xmlns=\"http://hl7.org/fhir\""
#define DIV "<div xmlns=\"http://www.w3.org/1999/xhtml\">"

/* The shape of each rule of FHIR R4 2.6.1, 2.6.2 and of spec fhir.md 1.4. */
static void
test_shape (void)
{
  static const struct
  {
    const char *xml;
    const char *json;
  } cases[] = {
    { "<Patient" FHIR "><birthDate value=\"2024-01\"/></Patient>",
      "{\"resourceType\":\"Patient\",\"birthDate\":\"2024-01\"}" },
    { "<f:Patient xmlns:f=\"http://hl7.org/fhir\"><f:active value=\"true\"/></f:Patient>",
      "{\"resourceType\":\"Patient\",\"active\":\"true\"}" },
    /* Lists: by name even where there is one; by repetition where the name says nothing. */
    { "<Patient" FHIR "><name><given value=\"A\"/></name></Patient>",
      "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"A\"]}]}" },
    { "<Organization" FHIR "><name value=\"A\"/></Organization>",
      "{\"resourceType\":\"Organization\",\"name\":\"A\"}" },
    { "<Observation" FHIR "><unheard><a value=\"1\"/></unheard><unheard/></Observation>",
      "{\"resourceType\":\"Observation\",\"unheard\":[{\"a\":\"1\"},{}]}" },
    { "<Condition" FHIR "><subject><identifier><value value=\"1\"/></identifier></subject>"
      "</Condition>",
      "{\"resourceType\":\"Condition\",\"subject\":{\"identifier\":{\"value\":\"1\"}}}" },
    /* What stands beside a value. */
    { "<Patient" FHIR "><birthDate id=\"a\" value=\"2024\"/></Patient>",
      "{\"resourceType\":\"Patient\",\"birthDate\":\"2024\",\"_birthDate\":{\"id\":\"a\"}}" },
    { "<Patient" FHIR "><birthDate><extension url=\"u\"><valueCode value=\"unknown\"/></extension>"
      "</birthDate></Patient>",
      "{\"resourceType\":\"Patient\",\"_birthDate\":{\"extension\":[{\"url\":\"u\","
      "\"valueCode\":\"unknown\"}]}}" },
    { "<Patient" FHIR "><name><given value=\"A\"/><given value=\"B\"><extension url=\"u\"/></given>"
      "</name></Patient>",
      "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"A\",\"B\"],\"_given\":[null,"
      "{\"extension\":[{\"url\":\"u\"}]}]}]}" },
    { "<Patient" FHIR "><name><given id=\"1\"/><given value=\"B\"/></name></Patient>",
      "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[{\"id\":\"1\"},\"B\"]}]}" },
    { "<X" FHIR "><o value=\"1\" id=\"a\"/><o value=\"2\" id=\"b\"/></X>",
      "{\"resourceType\":\"X\",\"o\":[\"1\",\"2\"],\"_o\":[{\"id\":\"a\"},{\"id\":\"b\"}]}" },
    /* Resources within. */
    { "<Observation" FHIR "><contained><Medication><id value=\"m\"/></Medication></contained>"
      "</Observation>",
      "{\"resourceType\":\"Observation\",\"contained\":[{\"resourceType\":\"Medication\","
      "\"id\":\"m\"}]}" },
    { "<entry" FHIR "><fullUrl value=\"urn:uuid:1\"/><resource><Patient/></resource></entry>",
      "{\"fullUrl\":\"urn:uuid:1\",\"resource\":{\"resourceType\":\"Patient\"}}" },
    /* Narrative is text. */
    { "<Patient" FHIR "><text><status value=\"generated\"/>" DIV "a<b>c</b>&lt;</div></text>"
      "</Patient>",
      "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div "
      "xmlns=\\\"http://www.w3.org/1999/xhtml\\\">a<b>c</b>&lt;</div>\"}}" },
    /* Line ends in values survive as references only. */
    { "<Patient" FHIR "><a value=\"x&#xA;y\nz\"/></Patient>",
      "{\"resourceType\":\"Patient\",\"a\":\"x\\ny z\"}" },
    /* Other namespaces. */
    { "<Patient" FHIR "><x:a xmlns:x=\"urn:x\" value=\"1\"/><b value=\"2\"/></Patient>",
      "{\"resourceType\":\"Patient\",\"b\":\"2\"}" },
    { "<Patient" FHIR " xmlns:x=\"urn:x\"><b x:value=\"1\"/></Patient>",
      "{\"resourceType\":\"Patient\",\"b\":{}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ImpFhirXmlReport report;
      g_autoptr (cJSON) node =
          imp_fhir_xml_parse (NULL, NULL, cases[i].xml, strlen (cases[i].xml), &report, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = cJSON_PrintUnformatted (node);
      g_assert_cmpstr (text, ==, cases[i].json);
    }
}

static void
test_report (void)
{
  static const char xml[] = "<P" FHIR ">words<x:a xmlns:x=\"urn:x\"/><b>more</b></P>";
  ImpFhirXmlReport report;
  g_autoptr (cJSON) node = imp_fhir_xml_parse (NULL, NULL, xml, strlen (xml), &report, NULL);

  g_assert_nonnull (node);
  g_assert_cmpuint (report.n_foreign, ==, 1);
  g_assert_cmpuint (report.n_text, ==, 2);
}

/* Facts 6 and 7; E01: wrong namespace. */
static void
test_refused (void)
{
  static const char *const texts[] = {
    "<Patient/>",
    "<Patient xmlns=\"urn:hl7-org:v3\"/>",
    "<!DOCTYPE Patient [<!ENTITY a \"b\">]><Patient" FHIR "><x value=\"&a;\"/></Patient>",
    "<Patient" FHIR "><x value=\"&a;\"/></Patient>",
    "<Patient" FHIR ">",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      ImpFhirXmlReport report;

      g_assert_null (imp_fhir_xml_parse (NULL, NULL, texts[i], strlen (texts[i]), &report, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
    }
}

/* What is taken can be read again from where it is laid aside: a list is two steps of a tree. */
static void
test_depth (void)
{
  for (guint n = 40; n <= 60; n++)
    {
      g_autoptr (GString) xml = g_string_new ("<Patient" FHIR ">");
      g_autoptr (GError) error = NULL;
      g_autoptr (cJSON) node = NULL;
      g_autoptr (cJSON) again = NULL;
      g_autofree char *text = NULL;
      g_auto (ImpJsonReport) json_report = { 0 };
      ImpFhirXmlReport report;

      for (guint i = 0; i < n; i++)
        g_string_append (xml, "<extension url=\"u\">");
      for (guint i = 0; i < n; i++)
        g_string_append (xml, "</extension>");
      g_string_append (xml, "</Patient>");
      node = imp_fhir_xml_parse (NULL, NULL, xml->str, xml->len, &report, &error);
      /* the Patient, and for each extension a list and what is in it */
      if (1 + 2 * n > IMP_JSON_MAX_DEPTH)
        {
          g_assert_null (node);
          g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
          continue;
        }
      g_assert_nonnull (node);
      text = cJSON_PrintUnformatted (node);
      again = imp_json_parse (text, strlen (text), &json_report, &error);
      g_assert_no_error (error);
      g_assert_nonnull (again);
    }
}

/* A million of anything takes a time that can be waited for. */
static void
test_many (void)
{
  static const char *const parts[] = { "<given value=\"a\" id=\"i\"/>",
                                       "<other value=\"a\" id=\"i\"/>",
                                       "<contained><A/></contained>", "<n%u value=\"1\"/>" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) xml = g_string_new ("<Patient" FHIR ">");
      ImpFhirXmlReport report;
      g_autoptr (cJSON) node = NULL;
      gint64 begin = g_get_monotonic_time ();

      for (guint n = 0; n < 200000; n++)
        {
          g_autofree char *number = g_strdup_printf ("%u", n);
          g_auto (GStrv) halves = g_strsplit (parts[i], "%u", 2);
          g_autofree char *part = g_strjoinv (number, halves);

          g_string_append (xml, part);
        }
      g_string_append (xml, "</Patient>");
      node = imp_fhir_xml_parse (NULL, NULL, xml->str, xml->len, &report, NULL);
      g_assert_nonnull (node);
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - begin) / 1e6, <, seconds_limit (10));
    }
}

static void
test_types (void)
{
  g_assert_cmpint (imp_fhir_type_class ("Patient"), ==, IMP_FHIR_CLASS_CLINICAL);
  g_assert_cmpint (imp_fhir_type_class ("AdverseEvent"), ==, IMP_FHIR_CLASS_CLINICAL);
  g_assert_cmpint (imp_fhir_type_class ("VisionPrescription"), ==, IMP_FHIR_CLASS_CLINICAL);
  g_assert_cmpint (imp_fhir_type_class ("MedicationOrder"), ==, IMP_FHIR_CLASS_CLINICAL);
  g_assert_cmpint (imp_fhir_type_class ("Claim"), ==, IMP_FHIR_CLASS_BILLING);
  g_assert_cmpint (imp_fhir_type_class ("ValueSet"), ==, IMP_FHIR_CLASS_CONFORMANCE);
  g_assert_cmpint (imp_fhir_type_class ("Bundle"), ==, IMP_FHIR_CLASS_CARRIER);
  g_assert_cmpint (imp_fhir_type_class ("patient"), ==, IMP_FHIR_CLASS_UNKNOWN);
  g_assert_cmpint (imp_fhir_type_class ("Patient Person"), ==, IMP_FHIR_CLASS_UNKNOWN);
  g_assert_cmpint (imp_fhir_type_class ("Pat"), ==, IMP_FHIR_CLASS_UNKNOWN);
  g_assert_cmpint (imp_fhir_type_class (""), ==, IMP_FHIR_CLASS_UNKNOWN);
  g_assert_cmpint (imp_fhir_type_class (NULL), ==, IMP_FHIR_CLASS_UNKNOWN);
  g_assert_true (imp_fhir_is_list ("Observation", "category"));
  g_assert_false (imp_fhir_is_list ("Procedure", "category"));
  g_assert_false (imp_fhir_is_list ("Obs", "category"));
  g_assert_false (imp_fhir_is_list ("Composition", "identifier"));
  g_assert_false (imp_fhir_is_list ("", ""));
  g_assert_true (imp_fhir_is_primitive ("onsetDateTime"));
  g_assert_false (imp_fhir_is_primitive ("code"));
}

/* ---- cutting -------------------------------------------------------------------------------- */

static gboolean
write_slice (const ImpSlice *slice, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%s|", slice->key);
  if (slice->state == IMP_SLICE_CUT_OFF)
    g_string_append (out, "!cut ");
  else if (slice->state != IMP_SLICE_WHOLE)
    g_string_append_printf (out, "!%s ", imp_slice_state_sentence (slice->state));
  g_string_append_printf (out, "%s @%" G_GUINT64_FORMAT ".%u;", slice->text, slice->offset,
                          slice->line);
  return TRUE;
}

static void
test_scan (void)
{
  static const struct
  {
    const char *xml;
    const char *slices;
    gboolean is_cut_off;
  } cases[] = {
    { "<B><entry><a/></entry>\n<entry/></B>",
      "entry|<entry><a/></entry> @3.1;entry|<entry/> @23.2;", FALSE },
    { "<?xml version=\"1.0\"?><!-- <entry> --><f:B a='>'><f:entry a=\"/>\">x</f:entry><id/></f:B>",
      "entry|<f:entry a=\"/>\">x</f:entry> @48.1;", FALSE },
    { "<B><x><entry/></x><entry ><entry/><!-- </entry> --><![CDATA[</entry>]]><?p </entry> ?>"
      "</entry ></B>",
      "entry|<entry ><entry/><!-- </entry> --><![CDATA[</entry>]]><?p </entry> ?></entry > @18.1;",
      FALSE },
    { "<B><entry/><entry><a>", "entry|<entry/> @3.1;entry|!cut <entry><a> @11.1;", TRUE },
    { "<B><entry a=\"", "entry|!cut <entry a=\" @3.1;", TRUE },
    { "<B><entry", "", TRUE },
    { "<B><entryx/><entr/></B>", "", FALSE },
    { "<B><entry><!ELEMENT a><a/></entry><entry/></B>",
      "entry|<entry><!ELEMENT a><a/></entry> @3.1;entry|<entry/> @34.1;", FALSE },
    { "<B/>", "", FALSE },
    { "", "", FALSE },
    { "</x></y><B><entry/></B>", "entry|<entry/> @11.1;", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize chunk = 0; chunk < 4; chunk++)
      {
        g_autoptr (ImpStream) stream = stream_of (cases[i].xml, strlen (cases[i].xml), chunk);
        g_autoptr (GString) out = g_string_new (NULL);
        ImpXmlCutOptions options = { .only = "entry", .take = write_slice, .data = out };
        g_auto (ImpXmlCutSeen) seen = { 0 };

        g_assert_true (imp_xml_cut (stream, &options, &seen, NULL));
        g_assert_cmpstr (out->str, ==, cases[i].slices);
        g_assert_cmpint (seen.is_cut_off, ==, cases[i].is_cut_off);
      }
}

static void
test_scan_root (void)
{
  static const char xml[] = "<?xml version=\"1.0\"?>\n<f:Bundle xmlns:f=\"http://hl7.org/fhir\"\n"
                            " id=\"a\"><f:type value=\"batch\"/><f:entry/></f:Bundle>";
  g_autoptr (ImpStream) stream = stream_of (xml, strlen (xml), 1);
  g_autoptr (GString) out = g_string_new (NULL);
  ImpXmlCutOptions options = { .except = "entry", .take = write_slice, .data = out };
  g_auto (ImpXmlCutSeen) seen = { 0 };
  g_autoptr (cJSON) node = NULL;
  ImpFhirXmlReport report;

  g_assert_true (imp_xml_cut (stream, &options, &seen, NULL));
  g_assert_cmpstr (out->str, ==, "type|<f:type value=\"batch\"/> @70.3;");
  g_assert_cmpstr (seen.root, ==, "f:Bundle");
  g_assert_cmpstr (seen.root_tag, ==, "<f:Bundle xmlns:f=\"http://hl7.org/fhir\"\n id=\"a\">");
  node = imp_fhir_xml_parse (seen.root_tag, seen.root, "<f:id value=\"1\"/>", 17, &report, NULL);
  g_assert_nonnull (node);
}

static void
test_scan_doctype (void)
{
  static const char xml[] = "<!-- x --><!DOCTYPE B [<!ENTITY a \"b\">]><B><entry/></B>";
  g_autoptr (ImpStream) stream = stream_of (xml, strlen (xml), 1);
  g_autoptr (GString) out = g_string_new (NULL);
  ImpXmlCutOptions options = { .only = "entry", .take = write_slice, .data = out };
  g_auto (ImpXmlCutSeen) seen = { 0 };

  g_assert_true (imp_xml_cut (stream, &options, &seen, NULL));
  g_assert_true (seen.has_doctype);
  g_assert_cmpstr (out->str, ==, "");
}

typedef struct
{
  guint64 n;
  ImpSliceState last;
} Count;

static gboolean
count_slice (const ImpSlice *slice, gpointer data, GError **error)
{
  Count *count = data;

  count->n++;
  count->last = slice->state;
  return TRUE;
}

static void
check_hostile (const char *head, const char *part, guint64 n, const char *tail, guint64 n_slices,
               ImpSliceState last)
{
  g_autoptr (ImpStream) stream = stream_of_parts (head, part, n, tail);
  Count count = { 0 };
  ImpXmlCutOptions options = { .only = "entry", .take = count_slice, .data = &count };
  g_auto (ImpXmlCutSeen) seen = { 0 };
  gint64 begin = g_get_monotonic_time ();

  g_assert_true (imp_xml_cut (stream, &options, &seen, NULL));
  g_test_message ("%.1f s, %u MB at most", (double) (g_get_monotonic_time () - begin) / 1e6,
                  peak_memory_mb ());
  g_assert_cmpuint (count.n, ==, n_slices);
  g_assert_cmpint (count.last, ==, last);
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - begin) / 1e6, <, seconds_limit (20));
}

static void
test_scan_hostile (void)
{
  g_autofree char *kilobyte = g_strnfill (1024, 'x');

  check_hostile ("<B><entry>", "<a>", 1000000, "", 1, IMP_SLICE_TOO_DEEP);
  check_hostile ("<B><entry a=\"", kilobyte, 1024 * 1024, "\"/><entry/></B>", 2, IMP_SLICE_WHOLE);
  check_hostile ("<B><entry>", kilobyte, 100 * 1024, "", 1, IMP_SLICE_TOO_LARGE);
  check_hostile ("<B><", kilobyte, 100 * 1024, "", 0, IMP_SLICE_WHOLE);
  check_hostile ("<B ", kilobyte, 100 * 1024, "><entry/></B>", 1, IMP_SLICE_WHOLE);
  check_hostile ("<B>", "<entry/>", 1000000, "</B>", 1000000, IMP_SLICE_WHOLE);
  check_hostile ("<B><entry>", "<a/>", 1000000, "</entry></B>", 1, IMP_SLICE_TOO_MANY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-xml/shape", test_shape);
  g_test_add_func ("/importer/fhir-xml/report", test_report);
  g_test_add_func ("/importer/fhir-xml/refused", test_refused);
  g_test_add_func ("/importer/fhir-xml/depth", test_depth);
  g_test_add_func ("/importer/fhir-xml/many", test_many);
  g_test_add_func ("/importer/fhir-xml/types", test_types);
  g_test_add_func ("/importer/fhir-xml/scan", test_scan);
  g_test_add_func ("/importer/fhir-xml/scan-root", test_scan_root);
  g_test_add_func ("/importer/fhir-xml/scan-doctype", test_scan_doctype);
  g_test_add_func ("/importer/fhir-xml/scan-hostile", test_scan_hostile);
  return g_test_run ();
}
