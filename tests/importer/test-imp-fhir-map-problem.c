/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

#define JP "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"

/* Rows of spec fhir.md 3.3. */
static const FhirMapCase allergies[] = {
  { "all of it",
    "{\"resourceType\":\"AllergyIntolerance\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}"
    "]},"
    "\"verificationStatus\":{\"coding\":[{\"code\":\"confirmed\"}]},\"category\":[\"medication\"],"
    "\"criticality\":\"high\",\"code\":{\"text\":\"ペニシリン\",\"coding\":[{\"system\":\"urn:oid:"
    "1.2.392.1\","
    "\"code\":\"P\"}]},\"recordedDate\":\"2020-05\",\"reaction\":[{\"manifestation\":[{\"text\":"
    "\"発疹\"}],"
    "\"severity\":\"severe\",\"description\":\"全身\"}],\"note\":[{\"text\":\"再投与禁\"}]}",
    "allergy active live\nat=2020-05\n- "
    "category=医薬品\nsubstance=ペニシリン\ncode=P\nsystem=urn:oid:1.2.392.1\n"
    "reaction=発疹\nreaction=全身\nseverity=severe\nclinical_status=active\n"
    "comment=確認状況：[confirmed]\ncomment=重篤度（危険度）：high\ncomment=再投与禁\nage kept\n" },
  /* "Substance known only in the note": the row stands, and says so. */
  { "only a note",
    "{\"resourceType\":\"AllergyIntolerance\",\"note\":[{\"text\":\"造影剤で蕁麻疹\"}]}",
    "allergy unknown live\n- "
    "substance=物質名の記載なし（備考・原文を確認）\ncomment=造影剤で蕁麻疹\n" },
  { "none known",
    "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"coding\":[{\"system\":\"http://"
    "snomed.info/sct\","
    "\"code\":\"716186003\",\"display\":\"No known allergy\"}]}}",
    "- warning=none-stated\nsubstance=No known allergy\n" },
  { "no known drug allergy says nothing of food: spec 3.3",
    "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"coding\":[{\"system\":\"http://"
    "snomed.info/sct\","
    "\"code\":\"409137002\",\"display\":\"No known drug allergy\"}]}}",
    "- category=医薬品\nsubstance=No known drug allergy\n"
    "comment=「なし」の記載はこの分類のみ：医薬品\n~warning=none-stated\n" },
  { "no known food allergy, with its category",
    "{\"resourceType\":\"AllergyIntolerance\",\"category\":[\"food\"],\"code\":{\"text\":"
    "\"食物なし\","
    "\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"429625007\"}]}}",
    "- "
    "category=食品\nsubstance=食物なし\ncomment=「なし」の記載はこの分類のみ：食品\n~warning=none-"
    "stated\n" },
  { "same code of another system is a substance",
    "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"coding\":[{\"system\":\"http://"
    "h\",\"code\":"
    "\"716186003\"}]}}",
    "- substance=[716186003]\n~warning=none-stated\n" },
  { "unconfirmed",
    "{\"resourceType\":\"AllergyIntolerance\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}"
    "]},"
    "\"verificationStatus\":{\"coding\":[{\"code\":\"unconfirmed\"}]},\"code\":{\"text\":\"卵\"}}",
    "allergy active live\nwarning=unconfirmed\n" },
  { "refuted",
    "{\"resourceType\":\"AllergyIntolerance\",\"verificationStatus\":{\"coding\":[{\"code\":"
    "\"refuted\"}]},"
    "\"code\":{\"text\":\"卵\"}}",
    "allergy cancelled dead\n" },
  { "reaction without a word",
    "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"text\":\"卵\"},\"reaction\":[{"
    "\"manifestation\":[{"
    "\"extension\":[{\"url\":\"http://hl7.org/fhir/StructureDefinition/"
    "iso21090-nullFlavor\",\"valueCode\":"
    "\"NI\"}]}]}]}",
    "reaction=情報なし\n" },
  /* Losing an allergy is worse than showing one that may mean the opposite. */
  { "unknown modifier",
    "{\"resourceType\":\"AllergyIntolerance\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}"
    "]},\"code\":"
    "{\"text\":\"卵\"},\"modifierExtension\":[{\"url\":\"http://x\",\"valueBoolean\":true}]}",
    "allergy active live\nwarning=unknown-modifier\n" },
};

/* Rows of spec fhir.md 3.4. */
static const FhirMapCase conditions[] = {
  { "all of it",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
    "\"verificationStatus\":"
    "{\"coding\":[{\"code\":\"confirmed\"}]},\"code\":{\"text\":\"急性虫垂炎\",\"coding\":[{"
    "\"system\":\"http://icd\","
    "\"code\":\"K35\"},{\"system\":\"urn:oid:1.2.392.200119.4.101.6\",\"code\":\"ABCD\"}]},"
    "\"onsetDateTime\":"
    "\"2025-04\",\"recordedDate\":\"2025-04-10\",\"extension\":[{\"url\":\"http://x/"
    "JP_eCS_DiagnosisType\","
    "\"valueCodeableConcept\":{\"coding\":[{\"code\":\"principal\",\"display\":\"主病名\"}]}}]}",
    "problem active live\nat=2025-04\nreported_at=2025-04-10\n- name=急性虫垂炎\ncode=ABCD\n"
    "system=urn:oid:1.2.392.200119.4.101.6\nother_code=K35\nother_system=http://icd\nmain=主病名\n"
    "start=2025-04\nclinical_status=active\nage kept\n~suspected\n" },
  { "suspected by its status",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
    "\"verificationStatus\":"
    "{\"coding\":[{\"code\":\"provisional\"}]},\"code\":{\"text\":\"肺癌\"}}",
    "problem active live\n- name=肺癌\nsuspected=provisional\n" },
  { "suspected by its suffix alone",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
    "\"verificationStatus\":"
    "{\"coding\":[{\"code\":\"confirmed\"}]},\"code\":{\"coding\":[{\"display\":\"肺癌\"}],"
    "\"extension\":[{\"url\":\"" JP "JP_Condition_DiseasePrefixModifier\",\"valueCodeableConcept\":"
                                    "{\"text\":\"右\"}},{\"url\":\"" JP
    "JP_Condition_DiseasePostfixModifier\",\"valueCodeableConcept\":{\"text\":\"の疑い\"}}]}}",
    "- name=右肺癌の疑い\nsuspected=疑い\n" },
  { "refuted",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
    "\"verificationStatus\":"
    "{\"coding\":[{\"code\":\"refuted\"}]},\"code\":{\"text\":\"肺癌\"}}",
    "problem cancelled dead\n" },
  { "over",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"resolved\"}]},"
    "\"code\":{\"text\":\"肺炎\"},"
    "\"abatementDateTime\":\"2025-05-01\",\"extension\":[{\"url\":\"" JP
    "JP_Condition_DiseaseOutcome\",\"valueCodeableConcept\":{\"coding\":[{\"code\":\"2\","
    "\"display\":\"治ゆ\"}]}}]}",
    "problem completed live\n- name=肺炎\nend=2025-05-01\noutcome=治ゆ\noutcome_code=2\n" },
  { "the patient was not told",
    "{\"resourceType\":\"Condition\",\"meta\":{\"tag\":[{\"system\":"
    "\"http://jpfhir.jp/fhir/clins/CodeSystem/"
    "JP_ehrshrs_indication\",\"code\":\"UNINFORMED\"}]},\"code\":{\"text\":"
    "\"胃癌\"}}",
    "problem unknown live\nwarning=uninformed\n" },
  { "unknown modifier",
    "{\"resourceType\":\"Condition\",\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]},"
    "\"code\":{\"text\":\"胃癌\"},"
    "\"stage\":[{\"modifierExtension\":[{\"url\":\"http://x\",\"valueBoolean\":true}]}]}",
    "problem unknown dead\nwarning=unknown-modifier\nfinding not-understood: "
    "Condition.modifierExtension: it may mean "
    "the opposite\n" },
  { "text and display differ",
    "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"腰痛\",\"coding\":[{\"code\":\"1\","
    "\"display\":\"腹痛症\"}]}}",
    "- name=腰痛\ncode=1\nother_name=腹痛症\n" },
  { "nothing said", "{\"resourceType\":\"Condition\"}",
    "problem unknown live\n- name=病名の記載なし（原文を確認）\n" },
};

/* Never among the patient's own. */
static const FhirMapCase families[] = {
  { "mother",
    "{\"resourceType\":\"FamilyMemberHistory\",\"status\":\"completed\",\"relationship\":{\"text\":"
    "\"母\"},"
    "\"condition\":[{\"code\":{\"text\":\"乳癌\"},\"onsetAge\":{\"value\":45,\"unit\":\"歳\"},"
    "\"outcome\":{\"text\":"
    "\"死亡\"}}]}",
    "observation completed live\ntitle=家族歴：母\n- name=家族歴（母）\nstatus=completed\n- "
    "name=家族歴（母）\n"
    "value=乳癌\ncomment=発症：45 歳\ncomment=転帰：死亡\nage kept\n" },
  { "unknown is not none",
    "{\"resourceType\":\"FamilyMemberHistory\",\"status\":\"health-unknown\"}",
    "observation unknown live\ntitle=家族歴：続柄の記載なし\nwarning=status-unknown\n~finding\n" },
};

static void
test_allergy (void)
{
  fhir_map_check_cases (imp_fhir_map_allergy, allergies, G_N_ELEMENTS (allergies));
}

static void
test_condition (void)
{
  fhir_map_check_cases (imp_fhir_map_condition, conditions, G_N_ELEMENTS (conditions));
}

static void
test_family (void)
{
  fhir_map_check_cases (imp_fhir_map_family_history, families, G_N_ELEMENTS (families));
}

/* A fact of a document is true as of that document (1.2). */
static void
test_document (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_condition, "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"肺炎\"}}", NULL,
      "{\"resourceType\":\"Composition\",\"date\":\"2025-01-01\"}");

  fhir_map_expect (dump, "warning=as-of-document\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-map-problem/AllergyIntolerance: spec 3.3", test_allergy);
  g_test_add_func ("/imp-fhir-map-problem/Condition: spec 3.4", test_condition);
  g_test_add_func ("/imp-fhir-map-problem/FamilyMemberHistory: spec 3.7", test_family);
  g_test_add_func ("/imp-fhir-map-problem/document: spec 1.2", test_document);
  return g_test_run ();
}
