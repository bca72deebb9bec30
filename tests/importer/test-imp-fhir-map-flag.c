/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

/* Rows of spec fhir.md 3.7. */
static const FhirMapCase flags[] = {
  { "fall risk",
    "{\"resourceType\":\"Flag\",\"status\":\"active\",\"code\":{\"text\":\"転倒注意\"},"
    "\"category\":[{\"text\":\"安全\"}],"
    "\"period\":{\"start\":\"2024-01-01\",\"end\":\"2024-02-01\"}}",
    "flag active live\nat=2024-01-01\n- "
    "name=転倒注意\ncategory=安全\nstart=2024-01-01\nend=2024-02-01\n"
    "status=active\nage kept\n" },
  { "no longer", "{\"resourceType\":\"Flag\",\"status\":\"inactive\",\"code\":{\"text\":\"MRSA\"}}",
    "flag completed live\n- name=MRSA\nage dated\n" },
  { "in a study",
    "{\"resourceType\":\"ResearchSubject\",\"status\":\"on-study\",\"study\":{\"display\":"
    "\"試験A\"}}",
    "flag active live\ntitle=治験参加\n- name=試験A\nage kept\n" },
};

static const FhirMapCase consents[] = {
  /* A refusal is a fact. */
  { "refused",
    "{\"resourceType\":\"Consent\",\"status\":\"rejected\",\"category\":[{\"text\":\"輸血\"}],"
    "\"dateTime\":\"2025-01-02\","
    "\"provision\":{\"type\":\"deny\"}}",
    "flag active live\nat=2025-01-02\nwarning=refused\n- "
    "name=輸血\nvalue=deny\nstatus=rejected\nage kept\n" },
  { "not valid yet", "{\"resourceType\":\"Consent\",\"status\":\"draft\"}", "flag draft dead\n" },
};

static const FhirMapCase events[] = {
  { "side effect",
    "{\"resourceType\":\"AdverseEvent\",\"actuality\":\"actual\",\"event\":{\"text\":\"肝障害\"},"
    "\"date\":\"2025-01-02\","
    "\"suspectEntity\":[{\"instance\":{\"display\":\"薬A\"}}],\"outcome\":{\"text\":\"軽快\"}}",
    "observation completed live\nat=2025-01-02\ntitle=有害事象\n- "
    "name=肝障害\noutcome=軽快\ncomment=被疑：薬A\n"
    "age kept\n" },
  { "that did not happen",
    "{\"resourceType\":\"AdverseEvent\",\"actuality\":\"potential\",\"event\":{\"text\":\"転落\"}}",
    "warning=did-not-happen\n" },
  { "two drugs",
    "{\"resourceType\":\"DetectedIssue\",\"status\":\"final\",\"code\":{\"text\":\"併用禁忌\"},"
    "\"severity\":\"high\","
    "\"implicated\":[{\"display\":\"薬A\"},{\"display\":\"薬B\"}],\"identifiedDateTime\":\"2025-03-"
    "01\","
    "\"mitigation\":[{\"action\":{\"text\":\"中止\"}}]}",
    "flag completed live\nat=2025-03-01\n- "
    "name=併用禁忌\nseverity=high\ncomment=対象：薬A\ncomment=対象：薬B\n"
    "comment=対応：中止\n" },
  { "a chance is no fact",
    "{\"resourceType\":\"RiskAssessment\",\"status\":\"final\",\"code\":{\"text\":\"心血管\"},"
    "\"prediction\":[{\"outcome\":"
    "{\"text\":\"心筋梗塞\"},\"probabilityDecimal\":0.020}]}",
    "observation completed live\ntitle=リスク評価\n- name=心血管\n- "
    "name=心筋梗塞\nvalue=0.020\nage dated\n" },
};

static void
test_flag (void)
{
  fhir_map_check_cases (imp_fhir_map_flag, flags, G_N_ELEMENTS (flags));
}

static void
test_consent (void)
{
  fhir_map_check_cases (imp_fhir_map_consent, consents, G_N_ELEMENTS (consents));
}

static void
test_event (void)
{
  fhir_map_check_cases (imp_fhir_map_event, events, G_N_ELEMENTS (events));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-map-flag/Flag, ResearchSubject: spec 3.7", test_flag);
  g_test_add_func ("/imp-fhir-map-flag/Consent: spec 3.7", test_consent);
  g_test_add_func ("/imp-fhir-map-flag/events: spec 3.7", test_event);
  return g_test_run ();
}
