/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fhir-map-fixture.h"

#define CATEGORY(code)                                                                             \
  "\"category\":[{\"coding\":[{\"code\":\"laboratory\"}]},{\"coding\":[{\"system\":"               \
  "\"http://jpfhir.jp/fhir/core/CodeSystem/JP_MicrobiologyCategory_CS\",\"code\":\"" code          \
  "\"}]}],"
#define OBSERVATION(id, category)                                                                  \
  "{\"resourceType\":\"Observation\",\"id\":\"" id "\",\"status\":\"final\"," CATEGORY (category)
#define AT "\"effectiveDateTime\":\"2025-04-01T09:00:00+09:00\","
#define NAMED(words) "\"code\":{\"text\":\"" words "\"},"
#define MEMBERS(list) "\"hasMember\":[" list "]"
#define REF(to) "{\"reference\":\"" to "\"}"
#define SIR(code)                                                                                  \
  "\"interpretation\":[{\"coding\":[{\"system\":"                                                  \
  "\"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation\",\"code\":\"" code        \
  "\"}]}]"
#define CODED(text, code)                                                                          \
  "\"valueCodeableConcept\":{\"text\":\"" text "\",\"coding\":[{\"system\":"                       \
  "\"urn:oid:1.2.392.100495.10.3.100.5.27.6.1\",\"code\":\"" code "\"}]}"

/* ---- all in one resource ----------------------------------------------------------------------
 */

/* Two strains of one species: S/I/R of one must never stand under the other. */
#define TREE                                                                                       \
  OBSERVATION ("gram", "gram-stain")                                                               \
  NAMED ("グラム染色")                                                                             \
  "\"valueString\":\"GNR 2+\"}," OBSERVATION ("p1", "organism-panels") NAMED ("同定") MEMBERS (    \
      REF ("#o1") "," REF ("#g1") "," REF ("#s1")) "}," OBSERVATION ("o1", "organism")             \
      NAMED ("菌名") CODED ("大腸菌", "2001") "}," OBSERVATION ("g1", "growth") NAMED (            \
          "菌量") "\"valueString\":\"10^5\"}," OBSERVATION ("s1", "susceptibility-panels")         \
          NAMED ("感受性") MEMBERS (REF ("#m1") "," REF ("#m2")) "}," OBSERVATION (                \
              "m1", "susceptibility-measurements")                                                 \
              NAMED ("CEZ") "\"valueQuantity\":{\"comparator\":\"<=\",\"value\":4,\"unit\":\"ug/"  \
                            "mL\"}," SIR ("S") "}," OBSERVATION (                                  \
                                "m2", "susceptibility-measurements") NAMED ("ABPC")                \
                                SIR ("R") "}," OBSERVATION ("p2", "organism-panels")               \
                                    NAMED ("同定") MEMBERS (REF ("#o2") "," REF (                  \
                                        "#s2")) "}," OBSERVATION ("o2", "organism") NAMED ("菌名") \
                                        CODED ("大腸菌", "2001") "}," OBSERVATION (                \
                                            "s2", "susceptibility-panels") NAMED ("感受性")        \
                                            MEMBERS (REF ("Observation/m3")) "}," OBSERVATION (    \
                                                "m3", "susceptibility-measurements") NAMED ("CEZ") \
                                                SIR ("R") "}"

static void
test_contained (void)
{
  fhir_map_check (
      imp_fhir_map_diagnostic_report,
      "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"status\":\"preliminary\","
      "\"category\":[{\"coding\":[{\"code\":\"LP7819-8\"}]}]," NAMED ("一般細菌培養") AT
      "\"specimen\":[{\"display\":\"喀痰\"}],\"result\":[" REF ("#gram") "," REF ("#p1") "," REF (
          "#p2") "],\"contained\":[" TREE "]}",
      "report preliminary live\n title=一般細菌培養\n- name=一般細菌培養\n specimen=喀痰\n"
      "microbiology preliminary live\n parent_no=DiagnosticReport/r\n"
      "- name=グラム染色\n value=GNR 2+\n group=一般細菌培養\n specimen=喀痰\n"
      "observation preliminary live\n- name=同定\n value=項目 3 件\n"
      "microbiology preliminary live\n- name=菌名\n organism=大腸菌\n organism_code=2001\n"
      " sub_id=Observation/p1\n value=大腸菌\n"
      "microbiology preliminary live\n- name=菌量\n organism=大腸菌\n sub_id=Observation/p1\n "
      "value=10^5\n"
      "- name=感受性\n"
      "microbiology preliminary live\n- name=CEZ\n organism=大腸菌\n organism_code=2001\n"
      " sub_id=Observation/p1\n drug=CEZ\n result=S\n value=<=4\n unit=ug/mL\n specimen=喀痰\n"
      "microbiology preliminary live\n- name=ABPC\n organism=大腸菌\n sub_id=Observation/p1\n"
      " drug=ABPC\n result=R\n"
      "microbiology preliminary live\n- name=菌名\n sub_id=Observation/p2\n"
      "microbiology preliminary live\n- name=CEZ\n organism=大腸菌\n sub_id=Observation/p2\n "
      "drug=CEZ\n"
      " result=R\nage dated\nclinical_at=2025-04-01T09:00:00\n"
      "~warning=organism-unknown\n~warning=results-missing\n~finding");
}

/* ---- each a resource of its own ---------------------------------------------------------------
 */

typedef struct
{
  cJSON *list;
} Data;

static const cJSON *
find (const cJSON *reference, const char *type, gpointer data)
{
  const char *wanted = imp_json_string (reference, "reference");

  for (const cJSON *one = imp_json_first (((Data *) data)->list); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = g_strdup_printf ("%s/%s", imp_json_string (one, "resourceType"),
                                               imp_json_string (one, "id"));

      if (g_strcmp0 (name, wanted) == 0)
        return one;
    }
  return NULL;
}

static const cJSON *
holder (const cJSON *resource, gpointer data)
{
  static const char *const members[] = { "hasMember", "result", NULL };

  for (guint i = 0; members[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (((Data *) data)->list); one != NULL;
         one = imp_json_next (one))
      for (const cJSON *member = imp_json_first (imp_json_get (one, members[i])); member != NULL;
           member = imp_json_next (member))
        if (find (member, NULL, data) == resource)
          return one;
  return NULL;
}

/* @json: an array; its @n-th element is mapped. */
static void
check_nth (const char *json, int n, const char *lines)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) list = imp_json_parse (json, strlen (json), &report, NULL);
  Data data = { list };
  const ImpFhirLookup lookup = { .find = find, .data = &data, .holder = holder };
  g_autofree char *dump = NULL;

  g_assert_nonnull (list);
  dump = fhir_map_dump_tree (imp_fhir_map_observation, cJSON_GetArrayItem (list, n), NULL, &lookup);
  fhir_map_expect (dump, lines);
}

#define REPORT                                                                                         \
  "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"status\":\"final\",\"code\":{\"text\":"       \
  "\"血液培養\"},\"effectiveDateTime\":\"2025-04-01\",\"specimen\":[{\"display\":\"動脈血\"}]," \
  "\"result\":[" REF ("Observation/p") "]},"
#define PANEL(members) OBSERVATION ("p", "organism-panels") NAMED ("同定") MEMBERS (members) "},"
#define ORGANISM(id, name) OBSERVATION (id, "organism") NAMED ("菌名") CODED (name, "1303") "},"
#define SUSCEPTIBILITY(members)                                                                    \
  OBSERVATION ("s", "susceptibility-panels") NAMED ("感受性") MEMBERS (members) "},"
#define MEASUREMENT                                                                                \
  OBSERVATION ("m", "susceptibility-measurements")                                                 \
  NAMED ("VCM") "\"valueString\":\"1\"," SIR ("S") "}"

static void
test_own_resources (void)
{
  /* The measurement alone finds its organism, report, time and specimen. */
  check_nth ("[" REPORT PANEL (REF ("Observation/o") "," REF ("Observation/s"))
                 ORGANISM ("o", "MRSA") SUSCEPTIBILITY (REF ("Observation/m")) MEASUREMENT "]",
             4,
             "microbiology completed live\n at=2025-04-01\n warning=collected-time-unknown\n"
             " parent_no=DiagnosticReport/r\n- name=VCM\n organism=MRSA\n organism_code=1303\n"
             " sub_id=Observation/p\n drug=VCM\n result=S\n value=1\n group=血液培養\n"
             " specimen=動脈血\nage kept\n~warning=organism-unknown");
  /* A resistant organism is kept. */
  check_nth ("[" REPORT PANEL (REF ("Observation/o")) ORGANISM ("o", "MRSA") MEASUREMENT "]", 2,
             "microbiology completed live\n organism=MRSA\n sub_id=Observation/p\nage kept");
  /* No panel names it: it stands, and says that its organism is not known. */
  check_nth (
      "[" MEASUREMENT "]", 0,
      "microbiology completed live\n warning=organism-unknown\n- name=VCM\n drug=VCM\n result=S\n"
      "finding unresolved-reference: a susceptibility has 0 organisms\n~organism=");
  /* A panel of two organisms: neither is guessed. */
  check_nth (
      "[" REPORT PANEL (REF ("Observation/o") "," REF ("Observation/q") "," REF ("Observation/s"))
          ORGANISM ("o", "大腸菌") ORGANISM ("q", "緑膿菌") SUSCEPTIBILITY (REF ("Observation/m"))
              MEASUREMENT "]",
      5,
      "microbiology completed live\n warning=organism-unknown\n organism=大腸菌 または 緑膿菌\n"
      " drug=VCM\n~organism_code");
  /* The organism is not among the data: the panel says what is missing. */
  check_nth ("[" REPORT PANEL (REF ("Observation/o") "," REF ("Observation/s"))
                 SUSCEPTIBILITY (REF ("Observation/m")) MEASUREMENT "]",
             1,
             "microbiology completed live\n warning=results-missing\n- name=同定\n"
             " value=結果 2 件中 1 件のみ");
}

/* An organism that was taken back is none of a susceptibility's. */
static void
test_withdrawn_organism (void)
{
  check_nth ("[" REPORT PANEL (REF ("Observation/o") "," REF (
                 "Observation/s")) "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":"
                                   "\"entered-in-error\"," CATEGORY ("organism") NAMED ("菌名")
                                       CODED ("MRSA", "1303") "}," SUSCEPTIBILITY (
                                           REF ("Observation/m")) MEASUREMENT "]",
             4, "warning=organism-unknown\n~organism=");
}

/* ---- other shapes -----------------------------------------------------------------------------
 */

static void
test_other_shapes (void)
{
  /* Without Japan's categories: an organism with its susceptibilities below it. */
  check_nth (
      "[{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"category\":[{\"coding\":[{\"system\":"
      "\"http://terminology.hl7.org/CodeSystem/v2-0074\",\"code\":\"MB\"}]}],\"result\":[" REF (
          "Observation/o") "]},"
                           "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":"
                           "\"final\"," NAMED ("Bacteria identified")
                               CODED ("K. pneumoniae", "x") "," MEMBERS (REF (
                                   "Observation/m")) "},{\"resourceType\":\"Observation\","
                                                     "\"id\":\"m\",\"status\":"
                                                     "\"final\"," NAMED ("MEPM") "\"component\""
                                                                                 ":[{\"code\":{"
                                                                                 "\"text\":"
                                                                                 "\"MIC\"},"
                                                                                 "\"valueString"
                                                                                 "\":\"8\"}]"
                                                                                 "," SIR ("R") "}]",
      2,
      "microbiology completed live\n- name=MEPM\n organism=K. pneumoniae\n sub_id=Observation/o\n"
      " drug=MEPM\n result=R\n comment=MIC：8");
  /* JLAC10 of microbiology; a line of its own. */
  fhir_map_check (imp_fhir_map_observation,
                  "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":"
                  "\"塗抹鏡検\",\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.4.504\",\"code\":"
                  "\"6A010000006171711\"}]},\"valueString\":\"(-)\"}",
                  "microbiology completed live\n- name=塗抹鏡検\n value=(-)\n~organism\n~drug");
  /* One code, four findings: each is called by its text (spec fhir.md 0.1 fact 22). */
  fhir_map_check (imp_fhir_map_observation,
                  OBSERVATION ("g", "gram-stain") NAMED ("白血球") "\"valueString\":\"3+\"}",
                  "- name=白血球\n value=3+");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-micro/contained", test_contained);
  g_test_add_func ("/fhir-micro/own-resources", test_own_resources);
  g_test_add_func ("/fhir-micro/withdrawn-organism", test_withdrawn_organism);
  g_test_add_func ("/fhir-micro/other-shapes", test_other_shapes);
  return g_test_run ();
}
