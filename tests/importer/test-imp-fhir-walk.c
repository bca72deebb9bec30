/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fhir-fixture.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "stream-fixture.h"

#define P(id) "{\"resourceType\":\"Patient\",\"id\":\"" id "\"}"
#define O(id) "{\"resourceType\":\"Observation\",\"id\":\"" id "\"}"
#define FHIR " xmlns=\"http://hl7.org/fhir\""

typedef struct
{
  const char *text;
  const char *items;
  const char *findings;
} Case;

/* The same, whatever the pieces it is read in. */
static void
check_cases (const Case *cases, guint n)
{
  static const gsize chunks[] = { 0, 1, 3, 16 };

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < G_N_ELEMENTS (chunks); j++)
      {
        g_auto (Walked) walked = { 0 };

        walk_text (cases[i].text, strlen (cases[i].text), chunks[j], &walked);
        g_assert_cmpstr (walked.items->str, ==, cases[i].items);
        g_assert_cmpstr (walked.findings->str, ==, cases[i].findings);
      }
}

static void
test_alone (void)
{
  static const Case cases[] = {
    { P ("1"), "- Patient id=1 @1\n", "" },
    { "\n\n" P ("1") "\n", "- Patient id=1 @3\n", "" },
    { "\xef\xbb\xbf" P ("1"), "- Patient id=1 @1\n", "ignored - @0: a byte order mark\n" },
    { "{\"resourceType\":\"Unheard\"}", "- Unheard @1\n",
      "unknown-type - @1: not a resource type of FHIR\n" },
    { "{\"resourceType\":\"ValueSet\"}", "",
      "unknown-type - @0: conformance resource: not imported\n" },
    { "{\"a\":1}", "", "unreadable - @0: not FHIR\n" },
    { "", "", "unreadable - @0: empty\n" },
    { "{\"resourceType\":\"Patient\",\n\"id\":'1'}", "",
      "not-understood - @2: not a JSON value\n" },
    { "{\"resourceType\":\"Patient\",\"id\":\"1", "", "truncated - @1: ends early\n" },
    { "{\"resourceType\":\"Patient\",\"contained\":[" P ("a") "," O ("b") "]}",
      "- Patient contained=2 @1\n", "" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_lines (void)
{
  static const Case cases[] = {
    { P ("1") "\n" O ("2") "\r\n\n" O ("3"),
      "line 1 Patient id=1 @1\nline 2 Observation id=2 @2\nline 4 Observation id=3 @4\n", "" },
    /* "Second line lost": a bad one costs itself. */
    { P ("1") "\n{\"resourceType\":\"Patient\",\"a\":}\n" P ("3"),
      "line 1 Patient id=1 @1\nline 3 Patient id=3 @3\n",
      "not-understood line 2 @2: a bracket that closes nothing, or too early\n" },
    { P ("1") "\n{\"resourceType\":\"Patient\",\"id\":\"2\n" P ("3"),
      "line 1 Patient id=1 @1\nline 3 Patient id=3 @3\n", "truncated line 2 @2: ends early\n" },
    { P ("1") "\nwords\n" P ("3"), "line 1 Patient id=1 @1\nline 3 Patient id=3 @3\n",
      "not-understood line 2 @2: not JSON\n" },
    /* Half of the last one. */
    { P ("1") "\n{\"resourceType\":\"Pat", "line 1 Patient id=1 @1\n",
      "truncated line 2 @2: ends early\n" },
    /* Pretty printed between lines. */
    { P ("1") "\n{\n \"resourceType\": \"Patient\",\n \"id\": \"2\"\n}\n" P ("3"),
      "line 1 Patient id=1 @1\nline 2 Patient id=2 @2\nline 6 Patient id=3 @6\n", "" },
    { "{\"file\":1}\n" P ("2"), "line 2 Patient id=2 @2\n",
      "unknown-type line 1 @1: without resourceType\n" },
    /* deleted[]: a Bundle on each line; each stands alone. */
    { "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{\"method\":"
      "\"DELETE\",\"url\":\"Patient/1\"}}]}\n" P ("2"),
      "line 1/entry[0] Patient (withdrawal) method=DELETE url=Patient/1 @1\n"
      "line 2 Patient id=2 @2\n",
      "" },
    { "[1]\n" P ("2"), "", "unreadable - @0: not FHIR\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_other_forms (void)
{
  static const Case cases[] = {
    { "[" P ("1") ",\n" O ("2") ",3]", "[0] Patient id=1 @1\n[1] Observation id=2 @2\n",
      "not-understood [2] @2: not an object\n" },
    { "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\",\"valueString\":\"b\"},"
      "{\"resource\":" P ("1") "},{\"part\":[{\"resource\":" P (
          "2") "},{\"part\":{\"resource\":" P ("3") "}}]}]}",
      "parameter[1] Patient id=1 @1\nparameter[2].part[0] Patient id=2 @1\n"
      "parameter[2].part[1].part[0] Patient id=3 @1\n",
      "" },
    { "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\"}]}", "",
      "unknown-type - @0: holds no resource\n" },
    /* {"resourceType":"Patient"} and a line end, twice */
    { "{\"resourceType\":\"Binary\",\"contentType\":\"application/fhir+ndjson\",\"data\":\""
      "eyJyZXNvdXJjZVR5cGUiOiJQYXRpZW50In0KeyJyZXNvdXJjZVR5cGUiOiJQYXRpZW50In0K\"}",
      "data/line 1 Patient @1\ndata/line 2 Patient @2\n", "" },
    { "{\"resourceType\":\"Binary\",\"contentType\":\"application/fhir+ndjson\",\"data\":\"!\"}",
      "", "not-understood - @1: Binary whose data is no base64\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

#define BUNDLE(type, entries)                                                                      \
  "{\"resourceType\":\"Bundle\",\"type\":\"" type "\",\"entry\":[" entries "]}"

/* Spec fhir.md 1.2: the types and their rules. "DELETE / history ignored: withdrawn facts return."
 */
static void
test_bundles (void)
{
  static const Case cases[] = {
    { BUNDLE ("collection",
              "{\"fullUrl\":\"urn:uuid:1\",\"resource\":" P ("1") "},\n{\"resource\":" O ("2") "}"),
      "entry[0] Patient id=1 full=urn:uuid:1 @1\nentry[1] Observation id=2 @2\n", "" },
    { BUNDLE ("collection", ""), "", "" },
    { BUNDLE ("searchset", "{\"search\":{\"mode\":\"match\"},\"resource\":" P (
                               "1") "},"
                                    "{\"search\":{\"mode\":\"include\"},\"resource\":" P (
                                        "2") "},"
                                             "{\"search\":{\"mode\":\"outcome\"},\"resource\":"
                                             "{\"resourceType\":\"OperationOutcome\"}}"),
      "entry[0] Patient id=1 mode=match @1\nentry[1] Patient id=2 mode=include @1\n"
      "entry[2] OperationOutcome (outcome) mode=outcome @1\n",
      "" },
    { BUNDLE ("transaction",
              "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/1\"},\"resource\":" P (
                  "1") "},"
                       "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},\"resource\":" P (
                           "2") "},"
                                "{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/3\"}},"
                                "{\"request\":{\"method\":\"PATCH\",\"url\":\"Patient/"
                                "4\"},\"resource\":"
                                "{\"resourceType\":\"Binary\"}},"
                                "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?name=x\"}},"
                                "{\"resource\":" P ("6") "}"),
      "entry[0] Patient id=1 method=PUT url=Patient/1 @1\n"
      "entry[1] Patient id=2 method=POST url=Patient @1\n"
      "entry[2] Observation (withdrawal) method=DELETE url=Observation/3 @1\n"
      "entry[3] Binary (patch) method=PATCH url=Patient/4 @1\n"
      "entry[4] ? (query) method=GET url=Patient?name=x @1\n"
      "entry[5] Patient id=6 @1\n",
      "not-understood entry[3] @1: PATCH cannot be applied\n"
      "not-understood - @0: 1 entries without a request: read as data\n" },
    { BUNDLE ("batch-response", "{\"response\":{\"status\":\"200 OK\"},\"resource\":" P (
                                    "1") "},"
                                         "{\"response\":{\"status\":\"404\"},\"resource\":"
                                         "{\"resourceType\":\"OperationOutcome\"}},"
                                         "{\"response\":{\"status\":\"201\"}}"),
      "entry[0] Patient id=1 status=200 OK @1\n"
      "entry[1] OperationOutcome (outcome) status=404 @1\n"
      "entry[2] ? (outcome) status=201 @1\n",
      "" },
    { BUNDLE ("history",
              "{\"request\":{\"method\":\"DELETE\",\"url\":\"http://h/Patient/1\"}},"
              "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/1\"},\"resource\":" P ("1") "}"),
      "entry[0] Patient (withdrawal) method=DELETE url=http://h/Patient/1 @1\n"
      "entry[1] Patient id=1 method=PUT url=Patient/1 @1\n",
      "" },
    /* F10 */
    { "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" P ("1") "}]}",
      "entry[0] Patient id=1 @1\n",
      "not-understood - @0: Bundle without type: read as a collection\n" },
    { BUNDLE ("colection", "{\"resource\":" P ("1") "}"), "entry[0] Patient id=1 @1\n",
      "not-understood - @0: Bundle of an unknown type: read as a collection\n" },
    { BUNDLE ("collection",
              "{},3,{\"resource\":[]},{\"resource\":{\"id\":\"1\"}},{\"resource\":4}"),
      "entry[0] ? (nothing) @1\nentry[2] ? (nothing) @1\n",
      "not-understood entry[0] @1: entry without resource\n"
      "not-understood entry[1] @1: not an object\n"
      "not-understood entry[2] @1: entry without resource\n"
      "unknown-type entry[3] @1: without resourceType\n"
      "not-understood entry[4] @1: not an object\n" },
    /* E05: single ones where R4 has lists. */
    { "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":{\"resource\":[" P (
          "1") "]}}",
      "entry[0] Patient id=1 @1\n", "" },
    /* F06: a placeholder without quotation marks costs its entry. */
    { BUNDLE ("collection", "{\"resource\":" P ("1") "},\n{\"resource\":\n{\"system\":$x}},\n"
                                                     "{\"resource\":" P ("3") "}"),
      "entry[0] Patient id=1 @1\nentry[2] Patient id=3 @4\n",
      "not-understood entry[1] @3: not a JSON value\n" },
    /* F05 */
    { "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":" P (
          "1") "},{\"res",
      "entry[0] Patient id=1 @1\n", "truncated entry[1] @1: ends early\n" },
    { "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":" P ("1") "}",
      "entry[0] Patient id=1 @1\n", "truncated - @0: ends early\n" },
    { BUNDLE ("collection", "{\"resource\":" P ("1") "}") " x", "entry[0] Patient id=1 @1\n",
      "not-understood - @1: not JSON\n" },
    { "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"type\":\"history\",\"entry\":[]}", "",
      "not-understood - @0: a name stands twice beside the entries: the first one is taken\n" },
    /* A Bundle that is withdrawn is not walked. */
    { BUNDLE ("batch",
              "{\"request\":{\"method\":\"DELETE\",\"url\":\"Bundle/1\"},\"resource\":" BUNDLE (
                  "batch", "{\"resource\":" P ("1") "}") "}"),
      "entry[0] Bundle (withdrawal) method=DELETE url=Bundle/1 @1\n", "" },
    /* Type behind the entries. */
    { "{\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1\"}}],\"type\":\"batch\","
      "\"resourceType\":\"Bundle\"}",
      "entry[0] Patient (withdrawal) method=DELETE url=Patient/1 @1\n", "" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* 6.2 and 8: values of an entry. */
static void
test_values (void)
{
  static const Case cases[] = {
    { "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\",\"a\":1,\"a\":2,\"b\":1,\"b\":1}",
      "- Patient id=1 conflicts=2/1 @1\n",
      "not-understood - @1: id stands twice with different values\n"
      "not-understood - @1: a stands twice with different values\n" },
    { "{\"resourceType\":\"Patient\",\"a\":[01,1.,NaN]}", "- Patient @1\n",
      "not-understood - @1: 3 numbers that are none, kept as text\n" },
    { "{\"resourceType\":\"Patient\",\"a\":\"\\u0000\\ud800\xff\"}", "- Patient @1\n",
      "undecodable - @1: 3 characters written as U+FFFD\n" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* A referral with a summary within: each Bundle has its own scope; spec fhir.md 1.2. */
static void
test_nested (void)
{
  static const char text[] =
      "{\"resourceType\":\"Bundle\",\"id\":\"outer\",\"type\":\"document\",\"entry\":[\n"
      "{\"resource\":{\"resourceType\":\"Composition\"}},\n"
      "{\"fullUrl\":\"urn:uuid:9\",\"resource\":{\"resourceType\":\"Bundle\",\"id\":\"inner\","
      "\"type\":\"document\",\"entry\":[\n{\"resource\":" P (
          "1") "},\n{\"resource\":{\"a\":$x}}]}},\n"
               "{\"resource\":" P ("2") "}]}";
  static const char good[] =
      "{\"resourceType\":\"Bundle\",\"id\":\"outer\",\"type\":\"document\",\"entry\":[\n"
      "{\"resource\":{\"resourceType\":\"Composition\"}},\n"
      "{\"fullUrl\":\"urn:uuid:9\",\"resource\":{\"resourceType\":\"Bundle\",\"id\":\"inner\","
      "\"type\":\"document\",\"entry\":[\n{\"resource\":" P ("1") "},\n{\"resource\":" O (
          "3") "}]}},\n"
               "{\"resource\":" P ("2") "}]}";
  g_auto (Walked) broken = { 0 };
  g_auto (Walked) walked = { 0 };

  walk_text (good, strlen (good), 1, &walked);
  g_assert_cmpstr (walked.items->str, ==,
                   "entry[0] Composition @2\nentry[1]/entry[0] Patient id=1 nesting=1 @4\n"
                   "entry[1]/entry[1] Observation id=3 nesting=1 @5\nentry[2] Patient id=2 @6\n");
  g_assert_cmpstr (walked.bundles->str, ==,
                   "- document id=outer\n"
                   "entry[1] document id=inner full=urn:uuid:9 parent=outer\n.\n.\n");
  g_assert_cmpstr (walked.texts->str, ==,
                   "{\"resourceType\":\"Composition\"}\n" P ("1") "\n" O ("3") "\n" P ("2") "\n");
  g_assert_cmpuint (walked.tally.n_bundles, ==, 1);
  g_assert_cmpuint (imp_fhir_tally_n (walked.tally.types, "Patient"), ==, 2);

  /* What is broken within costs the entry that holds it: its structure is not known. */
  walk_text (text, strlen (text), 0, &broken);
  g_assert_cmpstr (broken.items->str, ==, "entry[0] Composition @2\nentry[2] Patient id=2 @6\n");
  g_assert_cmpstr (broken.findings->str, ==, "not-understood entry[1] @5: not a JSON value\n");
}

static void
test_nested_too_deep (void)
{
  g_autofree char *text = g_strdup (P ("1"));
  g_auto (Walked) walked = { 0 };

  for (guint i = 0; i < IMP_FHIR_MAX_NESTING + 2; i++)
    {
      g_autofree char *inner = g_steal_pointer (&text);

      text = g_strdup_printf (BUNDLE ("collection", "{\"resource\":%s},{\"resource\":" O ("x") "}"),
                              inner);
    }
  walk_text (text, strlen (text), 0, &walked);
  g_assert_cmpuint (imp_fhir_tally_n (walked.tally.types, "Patient"), ==, 0);
  g_assert_cmpuint (imp_fhir_tally_n (walked.tally.types, "Observation"), ==,
                    IMP_FHIR_MAX_NESTING + 1);
  g_assert_cmpstr (
      walked.findings->str, ==,
      "not-understood entry[0]/entry[0]/entry[0]/entry[0] @1: Bundles nested too deep\n");
}

/* "reason CA ignored: cancelled orders look live": known before the first entry, wherever it
 * stands. */
static void
test_message (void)
{
  static const char header[] =
      "{\"resource\":{\"resourceType\":\"MessageHeader\",\"eventCoding\":{\"code\":\"O11\"},"
      "\"reason\":{\"coding\":[{\"code\":\"CA\"}]},\"focus\":[{\"reference\":\"X/1\"}]}}";
  g_autofree char *first =
      g_strdup_printf (BUNDLE ("message", "%s,{\"resource\":" P ("1") "}"), header);
  g_autofree char *last =
      g_strdup_printf (BUNDLE ("message", "{\"resource\":" P ("1") "},%s"), header);
  g_autofree char *inner = g_strdup_printf (BUNDLE ("collection", "{\"resource\":%s}"), last);
  g_autofree char *lines = g_strdup_printf ("%s\n%s\n", first, last);
  const char *const texts[] = { first, last, inner, lines };
  static const char want[] = "message event=O11 reason=CA focus=X/1";

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (Walked) walked = { 0 };

      walk_text (texts[i], strlen (texts[i]), 0, &walked);
      g_assert_nonnull (strstr (walked.bundles->str, want));
      g_assert_cmpuint (imp_fhir_tally_n (walked.tally.types, "MessageHeader"), ==, i == 3 ? 2 : 1);
      g_assert_cmpuint (imp_fhir_tally_n (walked.tally.types, "Patient"), ==, i == 3 ? 2 : 1);
    }
  g_assert_true (imp_fhir_message_is_carried ("AllergyIntolerance"));
  g_assert_false (imp_fhir_message_is_carried ("MedicationRequest"));
}

static void
test_context (void)
{
  static const char text[] =
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"id\":\"b\",\"timestamp\":\"2026-01\","
      "\"identifier\":{\"system\":\"s\",\"value\":\"1^2026^x\"},\"total\":9,"
      "\"link\":[{\"relation\":\"self\",\"url\":\"u1\"},{\"relation\":\"next\",\"url\":\"u2\"}]}";
  g_auto (Walked) walked = { 0 };

  walk_text (text, strlen (text), 0, &walked);
  g_assert_cmpstr (walked.bundles->str, ==,
                   "- searchset id=b identifier=1^2026^x timestamp=2026-01 next=u2\n.\n");
}

/* ---- XML ------------------------------------------------------------------------------------ */

#define X(id) "<Patient><id value=\"" id "\"/></Patient>"

static void
test_xml (void)
{
  static const Case cases[] = {
    { "<Patient" FHIR "><id value=\"1\"/><contained><Group/></contained></Patient>",
      "- Patient id=1 contained=1 @1\n", "" },
    { "<f:Bundle xmlns:f=\"http://hl7.org/fhir\">\n<f:type value=\"history\"/>\n<f:entry>"
      "<f:fullUrl value=\"u\"/><f:resource><f:Patient><f:id value=\"1\"/></f:Patient></f:resource>"
      "</f:entry>\n<f:entry><f:request><f:method value=\"DELETE\"/><f:url value=\"Patient/2\"/>"
      "</f:request></f:entry></f:Bundle>",
      "entry[0] Patient id=1 full=u @3\n"
      "entry[1] Patient (withdrawal) method=DELETE url=Patient/2 @4\n",
      "" },
    { "<Bundle" FHIR "><type value=\"collection\"/><entry><resource>" X (
          "1") "</resource></entry>"
               "<entry><resource><Patient></resource></entry>\n<entry><resource>" X (
                   "3") "</resource></entry>"
                        "</Bundle>",
      "entry[0] Patient id=1 @1\nentry[2] Patient id=3 @2\n",
      "not-understood entry[1] @1: not well-formed XML\n" },
    /* Truncated: what is before stays. */
    { "<Bundle" FHIR
      "><type value=\"collection\"/><entry><resource>" X ("1") "</resource></entry><entry>",
      "entry[0] Patient id=1 @1\n", "truncated entry[1] @1: ends early\n" },
    { "<Bundle" FHIR "><type value=\"collection\"/><entry><resource>" X ("1") "</resource></entry>",
      "entry[0] Patient id=1 @1\n", "truncated - @0: ends early\n" },
    { "<Bundle" FHIR "><type value=\"document\"/><entry><resource><Bundle><id value=\"i\"/>"
      "<type value=\"message\"/><entry><resource>" X ("1") "</resource></entry></Bundle></resource>"
                                                           "</entry><entry><resource>" X (
                                                               "2") "</resource></entry></Bundle>",
      "entry[0]/entry[0] Patient id=1 nesting=1 @1\nentry[1] Patient id=2 @1\n", "" },
    { "<Parameters" FHIR "><parameter><resource>" X ("1") "</resource></parameter></Parameters>",
      "parameter[0] Patient id=1 @1\n", "" },
    { "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
      "<Patient" FHIR "><id value=\"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"/></Patient>",
      "", "unreadable - @0: a document type is declared\n" },
    { "<Patient" FHIR "><x:a xmlns:x=\"urn:x\"/></Patient>", "- Patient @1\n",
      "not-understood - @1: 1 elements that are not of FHIR left out\n" },
    { "<feed xmlns=\"http://www.w3.org/2005/Atom\"/>", "",
      "unreadable - @0: FHIR of 2014 (Atom feed): not read\n" },
    { "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "", "" }, /* another reader's */
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* ---- streams -------------------------------------------------------------------------------- */

/* "second gzip member lost: silently missing patients"; F02. */
static void
test_gzip (void)
{
  g_autoptr (GBytes) a = gzip_of (P ("1") "\n", strlen (P ("1") "\n"));
  g_autoptr (GBytes) b = gzip_of (P ("2") "\n", strlen (P ("2") "\n"));
  g_autoptr (GString) file = g_string_new (NULL);
  g_auto (Walked) walked = { 0 };
  g_auto (Walked) cut = { 0 };
  g_auto (Walked) followed = { 0 };

  g_string_append_len (file, g_bytes_get_data (a, NULL), (gssize) g_bytes_get_size (a));
  g_string_append_len (file, g_bytes_get_data (b, NULL), (gssize) g_bytes_get_size (b));
  walk_text (file->str, file->len, 1, &walked);
  g_assert_cmpstr (walked.items->str, ==, "line 1 Patient id=1 @1\nline 2 Patient id=2 @2\n");
  g_assert_cmpstr (walked.findings->str, ==, "");

  walk_text (file->str, file->len - 3, 0, &cut);
  g_assert_true (g_str_has_prefix (cut.items->str, "line 1 Patient id=1 @1\n"));
  g_assert_true (g_str_has_prefix (cut.findings->str, "truncated - @0: compressed data "));

  g_string_append (file, "other");
  walk_text (file->str, file->len, 0, &followed);
  g_assert_cmpstr (followed.findings->str, ==,
                   "not-understood - @0: other bytes behind the end of the compressed data\n");
}

static void
test_charset (void)
{
  static const char text[] = BUNDLE ("collection", "{\"resource\":{\"resourceType\":\"Patient\","
                                                   "\"id\":\"表示能力\"}}");
  static const char *const charsets[] = { "UTF-16LE", "CP932" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize len;
      g_autofree char *bytes = g_convert (text, -1, charsets[i], "UTF-8", NULL, &len, NULL);
      g_auto (Walked) walked = { 0 };

      walk_text (bytes, len, 1, &walked);
      g_assert_cmpstr (walked.items->str, ==, "entry[0] Patient id=表示能力 @1\n");
      g_assert_nonnull (strstr (walked.findings->str, "0 characters lost"));
    }
}

static gboolean
stop_at_once (const ImpFhirItem *item, gpointer data, GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, "stop");
  return FALSE;
}

static void
test_stop (void)
{
  static const char *const texts[] = {
    P ("1") "\n" P ("2"), BUNDLE ("collection", "{\"resource\":" P ("1") "}"),
    BUNDLE ("collection", "{\"resource\":" BUNDLE ("collection", "{\"resource\":" P ("1") "}") "}"),
    "<Patient" FHIR "/>"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ImpFhirVisitor visitor = { .item = stop_at_once };
      g_auto (ImpFhirProbe) probe = { 0 };
      g_auto (ImpFhirTally) tally = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpStream) stream =
          imp_fhir_open (stream_of (texts[i], strlen (texts[i]), 0), &probe, NULL);

      g_assert_false (imp_fhir_walk (stream, &probe, &visitor, &tally, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
      g_assert_cmpuint (tally.n_items, ==, 1);
    }
}

/* ---- hostile -------------------------------------------------------------------------------- */

static void
check_hostile (const char *head, const char *part, guint64 n, const char *tail, guint64 n_items,
               guint64 n_refused)
{
  g_auto (Walked) walked = { 0 };
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  walk_stream (stream_of_parts (head, part, n, tail), &walked);
  seconds = (double) (g_get_monotonic_time () - begin) / 1e6;
  g_test_message ("%.1f s, %u MB at most, %s", seconds, peak_memory_mb (),
                  imp_fhir_form_name (walked.form));
  g_assert_cmpuint (walked.tally.n_items, ==, n_items);
  g_assert_cmpuint (walked.tally.n_refused, ==, n_refused);
  g_assert_cmpfloat (seconds, <, seconds_limit (30));
  if (seconds_limit (1) == 1)
    g_assert_cmpuint (peak_memory_mb (), <, 900);
}

static void
test_hostile (void)
{
  static const char begin[] = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[";
  g_autofree char *kilobyte = g_strnfill (1024, 'x');
  g_autofree char *deep = g_strconcat (begin, "{\"resource\":" P ("1") "},", NULL);
  g_autofree char *long_string = g_strconcat (begin, "{\"a\":\"", NULL);
  g_autofree char *long_key = g_strconcat (begin, "{\"", NULL);

  check_hostile (deep, "[", 1000000, "", 1, 1);
  check_hostile (deep, "{\"a\":", 1000000, "", 1, 1);
  check_hostile ("", "[", 1000000, "", 0, 0);
  check_hostile ("", "{\"resourceType\":", 1000000, "", 0, 0);
  check_hostile (long_string, kilobyte, 1024 * 1024, "\"}]}", 0, 1);
  check_hostile (long_key, kilobyte, 10 * 1024, "\":1}]}", 1, 0); /* an entry without resource */
  check_hostile (begin, "{},", 1000000, "{}]}", 1000001, 0);
  check_hostile ("", P ("1") "\n", 300000, "", 300000, 0);
  check_hostile ("", "{\"resourceType\":\"A\n", 300000, "", 0, 300000);
  check_hostile ("{\"resourceType\":\"A\",\"a\":[", "{},", 900000, "{}]}", 1, 0);
  check_hostile ("{\"resourceType\":\"A\"", ",\"a\":1", 900000, "}", 1, 0);
  check_hostile ("<Patient" FHIR ">", "<a>", 1000000, "", 0, 1);
  check_hostile ("<Bundle" FHIR ">", "<entry/>", 100000, "</Bundle>", 100000, 0);
  check_hostile ("<Bundle" FHIR "><entry a=\"", kilobyte, 200 * 1024, "\"/></Bundle>", 0, 1);
  check_hostile ("<Bundle" FHIR " a=\"", kilobyte, 10 * 1024, "\"><entry/></Bundle>", 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/fhir-walk/alone", test_alone);
  g_test_add_func ("/importer/fhir-walk/lines", test_lines);
  g_test_add_func ("/importer/fhir-walk/other-forms", test_other_forms);
  g_test_add_func ("/importer/fhir-walk/bundles", test_bundles);
  g_test_add_func ("/importer/fhir-walk/values", test_values);
  g_test_add_func ("/importer/fhir-walk/nested", test_nested);
  g_test_add_func ("/importer/fhir-walk/nested-too-deep", test_nested_too_deep);
  g_test_add_func ("/importer/fhir-walk/message", test_message);
  g_test_add_func ("/importer/fhir-walk/context", test_context);
  g_test_add_func ("/importer/fhir-walk/xml", test_xml);
  g_test_add_func ("/importer/fhir-walk/gzip", test_gzip);
  g_test_add_func ("/importer/fhir-walk/charset", test_charset);
  g_test_add_func ("/importer/fhir-walk/stop", test_stop);
  g_test_add_func ("/importer/fhir-walk/hostile", test_hostile);
  return g_test_run ();
}
