/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

/* Every case: a resource in single quotes, the lines of its records in order (fhir-map-fixture.h).
 */

#define HEAD "{\"resourceType\":\"Observation\",\"id\":\"o1\",\"status\":\"final\","
#define LAB                                                                                        \
  "\"category\":[{\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/core/CodeSystem/"                \
  "JP_SimpleObservationCategory_CS\",\"code\":\"laboratory\"}]}],"
#define VITAL                                                                                      \
  "\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/"                \
  "observation-category\",\"code\":\"vital-signs\"}]}],"
#define AT "\"effectiveDateTime\":\"2025-04-01T08:30:00+09:00\","
#define K "\"code\":{\"text\":\"カリウム\",\"coding\":[" K_CODE "]},"
#define K_CODE                                                                                     \
  "{\"system\":\"http://medis.or.jp/CodeSystem/master-JLAC10-17digits\","                          \
  "\"code\":\"3H015000002327101\",\"display\":\"K\"}"
#define TEXT(words) "\"code\":{\"text\":\"" words "\"},"

/* ---- what it is -------------------------------------------------------------------------------
 */

static void
test_kinds (void)
{
  static const FhirMapCase cases[] = {
    { "laboratory", HEAD LAB AT K "\"valueQuantity\":{\"value\":4.10,\"unit\":\"mmol/L\"}}",
      "lab completed live\n at=2025-04-01T08:30:00+09:00\n title=カリウム（K）\n"
      "- name=カリウム\n code=3H015000002327101\n status=final\n value=4.10\n unit=mmol/L\n"
      "age dated\nclinical_at=2025-04-01T08:30:00" },
    { "laboratory of v2-0074",
      HEAD "\"category\":[{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/"
           "v2-0074\",\"code\":\"LAB\"}]}]," TEXT ("K") "\"valueString\":\"4\"}",
      "lab completed live\n value=4" },
    { "no category but JLAC10", HEAD K "\"valueString\":\"4\"}", "lab completed live\n value=4" },
    { "a local code without category: its first digit means nothing",
      HEAD "\"code\":{\"text\":\"eGFR\",\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/clins/"
           "CodeSystem/JP_CLINS_ObsLabResult_LocalCode_CS\",\"code\":\"6000181910\"}]},"
           "\"valueString\":\"75\"}",
      "lab completed live\n value=75" },
    { "vital signs",
      HEAD VITAL TEXT ("体温") "\"valueQuantity\":{\"value\":36.5,\"unit\":\"Cel\"}}",
      "vital completed live\n name=体温\n value=36.5\n unit=Cel" },
    { "a code of 看護観察 without category",
      HEAD "\"code\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.4.804\",\"code\":"
           "\"31001369\",\"display\":\"呼吸数\"}]},\"valueQuantity\":{\"value\":400}}",
      "vital completed live\n name=呼吸数\n value=400" },
    { "a code of LOINC without category",
      HEAD "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8310-5\"}]},"
           "\"valueString\":\"36.5\"}",
      "vital completed live\n name=[8310-5]\n value=36.5" },
    { "smoking",
      HEAD "\"category\":[{\"coding\":[{\"code\":\"social-history\"}]}],"
           "\"code\":{\"text\":\"喫煙\",\"coding\":[{\"system\":\"http://loinc.org\",\"code\":"
           "\"72166-2\"}]},\"valueCodeableConcept\":{\"text\":\"過去に喫煙\"}}",
      "observation completed live\n name=喫煙\n value=過去に喫煙\n category=[social-history]" },
    { "a finding of an image",
      HEAD "\"category\":[{\"coding\":[{\"code\":\"imaging\"}]}]," TEXT (
          "所見") "\"valueString\":\"右上肺野に\\\\n結節影\"}",
      "observation completed live\n value=右上肺野に\n結節影" },
    { "blood group: its own row, kept whatever its age",
      HEAD LAB "\"code\":{\"text\":\"ABO式血液型\",\"coding\":[{\"system\":"
               "\"http://medis.or.jp/CodeSystem/master-JLAC10-17digits\",\"code\":"
               "\"5H010000001999911\"}]},\"valueCodeableConcept\":{\"coding\":[{\"code\":\"A\","
               "\"display\":\"A型\"}]}}",
      "lab completed live\n name=ABO式血液型\n value=A型\n value_code=A\nage kept" },
    { "infection is kept",
      HEAD LAB "\"code\":{\"text\":\"HBs抗原\",\"coding\":[{\"system\":"
               "\"http://medis.or.jp/CodeSystem/master-JLAC10-17digits\",\"code\":"
               "\"5F016141002302311\"}]},\"valueString\":\"(-)\"}",
      "lab completed live\n value=(-)\nage kept" },
    { "long-term storage",
      HEAD LAB "\"meta\":{\"tag\":[{\"system\":\"http://jpfhir.jp/fhir/clins/"
               "CodeSystem/JP_ehrshrs_indication\",\"code\":\"LTS\"}]}," K "\"valueString\":\"4\"}",
      "age kept" },
  };

  fhir_map_check_cases (imp_fhir_map_observation, cases, G_N_ELEMENTS (cases));
}

/* ---- values -----------------------------------------------------------------------------------
 */

static void
test_values (void)
{
  static const FhirMapCase cases[] = {
    { "a comparator is never lost",
      HEAD LAB TEXT ("トロポニンI") "\"valueQuantity\":{\"comparator\":\"<\",\"value\":0.10,"
                                    "\"unit\":\"ng/mL\"}}",
      "value=<0.10\nunit=ng/mL" },
    { "unit and its code",
      HEAD LAB K "\"valueQuantity\":{\"value\":3.50,\"unit\":\"mEq/L\",\"code\":\"meq/L\"}}",
      "value=3.50\nunit=mEq/L\nother_unit=meq/L" },
    { "code where there is no unit",
      HEAD LAB K "\"valueQuantity\":{\"value\":3,\"code\":\"mmol/L\"}}",
      "value=3\nunit=mmol/L\n~other_unit" },
    { "string", HEAD LAB K "\"valueString\":\" 3.5 H \"}", "value= 3.5 H " },
    { "boolean", HEAD LAB K "\"valueBoolean\":false}", "value=false" },
    { "integer", HEAD LAB K "\"valueInteger\":0}", "value=0" },
    { "titre",
      HEAD LAB K "\"valueRatio\":{\"numerator\":{\"value\":1},\"denominator\":{\"value\":128}}}",
      "value=1:128" },
    { "range", HEAD LAB K "\"valueRange\":{\"low\":{\"value\":5},\"high\":{\"value\":9}}}",
      "value=5 – 9" },
    { "wave",
      HEAD "\"code\":{\"text\":\"心電図\"},\"valueSampledData\":{\"origin\":{\"value\":0},"
           "\"period\":10,\"dimensions\":1,\"data\":\"1 2 3\"}}",
      "value=波形データあり" },
    { "time", HEAD "\"code\":{\"text\":\"起床\"},\"valueTime\":\"06:30:00\"}", "value=06:30:00" },
    { "day", HEAD "\"code\":{\"text\":\"最終月経\"},\"valueDateTime\":\"2025-03\"}",
      "value=2025-03" },
    { "period", HEAD "\"code\":{\"text\":\"出血\"},\"valuePeriod\":{\"start\":\"2025-01-01\"}}",
      "value=2025-01-01 – " },
    { "coded: text, display and code",
      HEAD LAB K
      "\"valueCodeableConcept\":{\"text\":\"陽性\",\"coding\":[{\"code\":\"P\",\"display\":"
      "\"positive\"}]}}",
      "value=陽性（positive）\nvalue_code=P" },
    { "two types: both are shown (E07)",
      HEAD LAB K "\"valueQuantity\":{\"value\":4.1},\"valueString\":\"再検\"}",
      "warning=several-values\nvalue=4.1\nvalue=再検\n"
      "finding not-understood: Observation.value[x]: several, all are shown" },
    { "why there is none",
      HEAD LAB K "\"dataAbsentReason\":{\"coding\":[{\"code\":\"not-performed\"}],\"text\":"
                 "\"溶血のため\"}}",
      "value=未実施\ncomment=値がない理由：溶血のため" },
    { "why there is none, on the value itself",
      HEAD LAB K
      "\"_valueString\":{\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"
      "data-absent-reason\",\"valueCode\":\"masked\"}]}}",
      "value=非開示" },
    { "neither value nor reason", HEAD LAB K "\"note\":[{\"text\":\"検体凝固\"}]}",
      "value=値なし\ncomment=検体凝固" },
    { "a unit alone is no value", HEAD LAB K "\"valueQuantity\":{\"unit\":\"mg/dL\"}}",
      "value=値なし" },
    { "why there is none, on the quantity",
      HEAD LAB K
      "\"valueQuantity\":{\"unit\":\"mg/dL\",\"extension\":[{\"url\":\"http://hl7.org/fhir/"
      "StructureDefinition/data-absent-reason\",\"valueCode\":\"error\"}]}}",
      "value=測定エラー" },
    { "an empty value is none", HEAD LAB K "\"valueString\":\"\"}", "value=値なし" },
    { "not yet a result",
      "{\"resourceType\":\"Observation\",\"status\":\"registered\"," LAB K "\"id\":\"r\"}",
      "lab planned live\nwarning=result-pending\nstatus=registered\n~value=" },
    { "words only: the narrative is all there is",
      HEAD TEXT ("創部") "\"text\":{\"status\":\"generated\",\"div\":\"<div>発赤なし</div>\"}}",
      "observation completed live\ntext=発赤なし\nvalue=値なし" },
    { "value that is no number (E13)", HEAD LAB K "\"valueQuantity\":{\"value\":\"検出せず\"}}",
      "value=検出せず" },
  };

  fhir_map_check_cases (imp_fhir_map_observation, cases, G_N_ELEMENTS (cases));
}

static void
test_ranges_and_flags (void)
{
  static const FhirMapCase cases[] = {
    { "low and high",
      HEAD LAB K
      "\"valueQuantity\":{\"value\":5.9,\"unit\":\"mmol/L\"},\"interpretation\":[{\"coding\":"
      "[{\"system\":\"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation\","
      "\"code\":\"HH\",\"display\":\"Critical high\"}]}],\"referenceRange\":[{\"low\":{"
      "\"value\":3.50,\"unit\":\"mmol/L\"},\"high\":{\"value\":5.0,\"unit\":\"mmol/L\"}}]}",
      "value=5.9\nrange=3.50 - 5.0\nflag=HH\n~comment=判定" },
    { "text alone", HEAD LAB K "\"valueString\":\"(-)\",\"referenceRange\":[{\"text\":\"(-)\"}]}",
      "range=(-)" },
    { "text and other ends",
      HEAD LAB K "\"valueString\":\"4\",\"referenceRange\":[{\"text\":\"男性\","
                 "\"low\":{\"value\":3}}]}",
      "range=男性（3 -）" },
    { "an end in another unit",
      HEAD LAB K "\"valueQuantity\":{\"value\":4,\"unit\":\"g/L\"},\"referenceRange\":[{\"high\":{"
                 "\"value\":5,\"unit\":\"mg/dL\"}}]}",
      "range=- 5 mg/dL" },
    { "several: all, each with its name",
      HEAD LAB K
      "\"valueString\":\"4\",\"referenceRange\":["
      "{\"type\":{\"coding\":[{\"code\":\"normal\",\"display\":\"正常\"}]},\"low\":{\"value\":1}},"
      "{\"appliesTo\":[{\"text\":\"妊婦\"}],\"high\":{\"value\":9}},"
      "{\"age\":{\"low\":{\"value\":65,\"unit\":\"歳\"}},\"text\":\"2-8\"}]}",
      "range=正常: 1 -\nrange=妊婦: - 9\nrange=年齢 65 歳 – : 2-8" },
    { "a flag in words",
      HEAD LAB K "\"valueString\":\"4\",\"interpretation\":[{\"text\":\"要再検\"}]}",
      "flag=要再検" },
    { "a flag with other words",
      HEAD LAB K
      "\"valueString\":\"4\",\"interpretation\":[{\"text\":\"陽性(2+)\",\"coding\":[{\"code\":"
      "\"POS\"}]}]}",
      "flag=POS\ncomment=判定：陽性(2+)" },
    { "a number above its range gets no flag of ours",
      HEAD LAB K "\"valueQuantity\":{\"value\":9},\"referenceRange\":[{\"high\":{\"value\":5}}]}",
      "range=- 5\n~flag" },
  };

  fhir_map_check_cases (imp_fhir_map_observation, cases, G_N_ELEMENTS (cases));
}

/* ---- parts ------------------------------------------------------------------------------------
 */

static void
test_parts (void)
{
  static const FhirMapCase cases[] = {
    { "both pressures stay in one record, under the name of the whole",
      HEAD VITAL AT TEXT (
          "血圧") "\"component\":[{\"code\":{\"text\":\"収縮期血圧\"},"
                  "\"valueQuantity\":{\"value\":120,\"unit\":\"mmHg\"}},"
                  "{\"code\":{\"text\":\"拡張期血圧\"},\"dataAbsentReason\":{\"coding\":"
                  "[{\"code\":\"error\"}]}}],\"bodySite\":{\"text\":\"右上腕\"}}",
      "vital completed live\n title=血圧\n- name=収縮期血圧\n value=120\n unit=mmHg\n group=血圧\n"
      " site=右上腕\n- name=拡張期血圧\n value=測定エラー\n group=血圧\n site=右上腕\nage dated" },
    { "a value beside its components",
      HEAD LAB TEXT (
          "尿定性") "\"valueString\":\"異常あり\",\"component\":[{\"code\":{\"text\":\"蛋白\"},"
                    "\"valueString\":\"(2+)\"}]}",
      "- name=尿定性\n value=異常あり\n- name=蛋白\n value=(2+)\n group=尿定性" },
    { "kilograms and grams",
      HEAD "\"code\":{\"text\":\"体重\",\"coding\":[{\"system\":\"http://medis.or.jp/CodeSystem/"
           "master-nursingObservationKeyCode\",\"code\":\"31000297\"}]},\"valueQuantity\":{"
           "\"value\":3120}}",
      "vital completed live\n value=3120\n comment=単位の記載なし：項目コードの単位は g\n~unit" },
    { "about a fetus",
      HEAD VITAL TEXT ("心拍数") "\"focus\":[{\"display\":\"胎児\"}],\"valueInteger\":150}",
      "warning=about-another\nvalue=150\ncomment=対象（本人以外・別のもの）：胎児" },
    { "how and by whom",
      HEAD LAB AT K
      "\"valueString\":\"4\",\"method\":{\"text\":\"電極法\"},\"device\":{\"display\":\"機器A\"},"
      "\"performer\":[{\"display\":\"検査部\"}],\"identifier\":[{\"value\":\"L-1\"}],"
      "\"specimen\":{\"display\":\"血清\",\"type\":\"Specimen\"},"
      "\"note\":[{\"text\":\"溶血(+)\"}],\"derivedFrom\":[{\"display\":\"Na\"}]}",
      "author=検査部\nspecimen=血清\nmethod=電極法\ndevice=機器A\nby=検査部\ninstance_id=L-1\n"
      "comment=算出元：Na\ncomment=溶血(+)" },
    { "the material is in the code alone",
      HEAD LAB "\"code\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.200119.4.504\",\"code\":"
               "\"3H015000000127101\",\"display\":\"K\"}]},\"valueString\":\"40\"}",
      "specimen=[001]" },
    { "unknown modifier: it may mean the opposite",
      HEAD LAB K "\"valueString\":\"4\",\"modifierExtension\":[{\"url\":\"http://h.example/not\","
                 "\"valueBoolean\":true}]}",
      "lab unknown dead\nwarning=unknown-modifier" },
    { "entered in error",
      "{\"resourceType\":\"Observation\",\"status\":\"entered-in-error\"," LAB K
      "\"valueString\":\"4\"}",
      "lab entered-in-error dead\nvalue=4" },
    { "cancelled",
      "{\"resourceType\":\"Observation\",\"status\":\"cancelled\"," LAB K "\"id\":\"c\"}",
      "lab cancelled dead\nstatus=cancelled\n~value=" },
    { "preliminary",
      "{\"resourceType\":\"Observation\",\"status\":\"preliminary\"," LAB K
      "\"valueString\":\"4\"}",
      "lab preliminary live\nwarning=preliminary\nstatus=preliminary" },
    { "contained results of another one",
      HEAD LAB AT TEXT (
          "血算") "\"hasMember\":[{\"reference\":\"#w\"}],\"contained\":[{\"resourceType\":"
                  "\"Observation\",\"id\":\"w\",\"status\":\"preliminary\"," LAB TEXT (
                      "WBC") "\"valueString\":\"5.1\"}]}",
      "observation completed live\n- name=血算\n value=項目 1 件\nlab preliminary live\n"
      "at=2025-04-01T08:30:00+09:00\n- name=WBC\n value=5.1\n group=血算\nage dated" },
  };

  fhir_map_check_cases (imp_fhir_map_observation, cases, G_N_ELEMENTS (cases));
}

/* ---- times ------------------------------------------------------------------------------------
 */

static void
test_times (void)
{
  static const FhirMapCase cases[] = {
    { "measured", HEAD LAB K AT "\"valueString\":\"4\",\"issued\":\"2025-04-01T10:00:00+09:00\"}",
      "at=2025-04-01T08:30:00+09:00\nreported_at=2025-04-01T10:00:00+09:00\n~warning" },
    { "a period",
      HEAD LAB K "\"valueString\":\"4\",\"effectivePeriod\":{\"start\":\"2025-04-01\",\"end\":"
                 "\"2025-04-02\"}}",
      "at=2025-04-01\nstart=2025-04-01\nend=2025-04-02\nclinical_at=2025-04-01\nreaches_to=2025-04-"
      "02" },
    { "issued only: when it was taken is not known",
      HEAD LAB K "\"valueString\":\"4\",\"issued\":\"2025-04-01T10:00:00+09:00\"}",
      "at=2025-04-01T10:00:00+09:00\nwarning=collected-time-unknown" },
    { "no time", HEAD LAB K "\"valueString\":\"4\"}",
      "lab completed live\nwarning=collected-time-unknown\n~at=\n~clinical_at" },
  };

  fhir_map_check_cases (imp_fhir_map_observation, cases, G_N_ELEMENTS (cases));
}

static void
check_with (const char *json, const char *others, const char *document, const char *lines)
{
  g_autofree char *dump = fhir_map_dump (imp_fhir_map_observation, json, others, document);

  fhir_map_expect (dump, lines);
}

#define SPECIMEN                                                                                      \
  "[{\"resourceType\":\"Specimen\",\"id\":\"s\",\"status\":\"unsatisfactory\",\"type\":{\"text\":"    \
  "\"静脈血\"},\"accessionIdentifier\":{\"value\":\"S-9\"},\"collection\":{\"collectedDateTime\":" \
  "\"2025-03-31T07:00:00+09:00\",\"bodySite\":{\"text\":\"左肘\"}},\"condition\":[{\"text\":"       \
  "\"溶血\"}],\"note\":[{\"text\":\"少量\"}]}]"

static void
test_specimen (void)
{
  check_with (
      HEAD LAB K "\"valueString\":\"6\",\"specimen\":{\"reference\":\"Specimen/s\"}}", SPECIMEN,
      NULL,
      "at=2025-03-31T07:00:00+09:00\nwarning=specimen-poor\nspecimen=静脈血\nspecimen_no=S-9\n"
      "comment=検体の状態：検体不良\ncomment=検体の状態：溶血\ncomment=採取部位：左肘\n"
      "comment=少量\n~warning=collected-time-unknown");
  check_with (
      HEAD LAB K "\"valueString\":\"6\",\"specimen\":{\"reference\":\"Specimen/x\",\"display\":"
                 "\"血清\"}}",
      SPECIMEN, NULL, "specimen=血清\nfinding unresolved-reference: specimen leads nowhere");
}

static void
test_references (void)
{
  /* Of a document: its date where the result has none; marked. */
  check_with (HEAD LAB K "\"valueString\":\"6\"}", NULL,
              "{\"resourceType\":\"Composition\",\"date\":\"2025-05-01\"}",
              "at=2025-05-01\nwarning=as-of-document\nwarning=collected-time-unknown");
  /* The number of the request. */
  check_with (
      HEAD LAB K "\"valueString\":\"6\",\"basedOn\":[{\"reference\":\"ServiceRequest/r\"}]}",
      "[{\"resourceType\":\"ServiceRequest\",\"id\":\"r\",\"identifier\":[{\"value\":\"7\"}],"
      "\"requisition\":{\"value\":\"0012\"}}]",
      NULL, "order_no=0012");
  check_with (HEAD LAB K
              "\"valueString\":\"6\",\"basedOn\":[{\"identifier\":{\"value\":\"0034\"}}]}",
              NULL, NULL, "order_no=0034");
  /* A panel with a part that is not there says so, as a result and not as a heading. */
  check_with (
      HEAD LAB TEXT ("電解質") "\"hasMember\":[{\"reference\":\"Observation/a\"},{\"reference\":"
                               "\"Observation/b\"}]}",
      "[{\"resourceType\":\"Observation\",\"id\":\"a\"}]", NULL,
      "lab completed live\nwarning=results-missing\n- name=電解質\nvalue=結果 2 件中 1 件のみ\n"
      "finding unresolved-reference: Observation.hasMember leads somewhere for 1 of 2");
  check_with (
      HEAD LAB TEXT ("電解質") "\"hasMember\":[{\"reference\":\"Observation/a\"}]}",
      "[{\"resourceType\":\"Observation\",\"id\":\"a\"}]", NULL,
      "observation completed live\n- name=電解質\nvalue=項目 1 件\n~warning=results-missing");
}

/* Cycles and hostile lists end. */
static void
test_bounds (void)
{
  g_autoptr (GString) json = g_string_new (HEAD LAB "\"code\":{\"text\":\"x\"},\"hasMember\":[");
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (json, "%s{\"reference\":\"#p%u\"}", i > 0 ? "," : "", i);
  g_string_append (json, "],\"contained\":[");
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (
        json,
        "%s{\"resourceType\":\"Observation\",\"id\":\"p%u\",\"status\":\"final\","
        "\"code\":{\"text\":\"y\"},\"hasMember\":[{\"reference\":\"#p%u\"}]}",
        i > 0 ? "," : "", i, (i + 1) % 3000);
  g_string_append (json, "]}");
  dump = fhir_map_dump (imp_fhir_map_observation, json->str, NULL, NULL);
  fhir_map_expect (dump, "- name=x\nvalue=項目 3000 件\n- name=y\nvalue=項目 1 件\nage dated");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-observation/kinds", test_kinds);
  g_test_add_func ("/fhir-observation/values", test_values);
  g_test_add_func ("/fhir-observation/ranges-and-flags", test_ranges_and_flags);
  g_test_add_func ("/fhir-observation/parts", test_parts);
  g_test_add_func ("/fhir-observation/times", test_times);
  g_test_add_func ("/fhir-observation/specimen", test_specimen);
  g_test_add_func ("/fhir-observation/references", test_references);
  g_test_add_func ("/fhir-observation/bounds", test_bounds);
  return g_test_run ();
}
