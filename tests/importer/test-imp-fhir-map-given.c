/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "fhir-map-fixture.h"

/* MedicationDispense, -Administration, -Statement, Immunization: spec fhir.md 3.5.5, 3.7, 5.2. */

#define JP "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
#define DRUG "\"medicationCodeableConcept\":{\"text\":\"薬A\"}"
#define RESOURCE(type, status, rest)                                                               \
  "{\"resourceType\":\"" type "\",\"status\":\"" status "\"," rest "}"

/* ---- handed over
 * ------------------------------------------------------------------------------------ */

#define DISPENSE(status, rest) RESOURCE ("MedicationDispense", status, DRUG rest)

static void
test_dispense (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      DISPENSE (
          "completed",
          ",\"whenPrepared\":\"2025-04-01\",\"whenHandedOver\":\"2025-04-02\",\"quantity\":"
          "{\"value\":28,\"unit\":\"錠\"},\"daysSupply\":{\"value\":14,\"unit\":\"日\"},"
          "\"dosageInstruction\":[{\"text\":\"1日2回朝夕食後\",\"doseAndRate\":[{\"doseQuantity\":"
          "{\"value\":1,\"unit\":\"錠\"}}]}],\"substitution\":{\"wasSubstituted\":true},"
          "\"performer\":[{\"actor\":{\"display\":\"薬剤師A\"}}],\"extension\":[{\"url\":\"" JP
          "JP_MedicationDispense_Preparation\",\"valueCodeableConcept\":{\"text\":\"一包化\"}}],"
          "\"receiver\":[{\"display\":\"家族\"}],\"note\":[{\"text\":\"残薬あり\"}]"),
      "dispense completed live\n at=2025-04-02\n author=薬剤師A\n status=completed\n drug=薬A\n"
      "dose=1\n usage=1日2回朝夕食後\n days=14\n dispensed_at=2025-04-02\n"
      "comment=調製日時：2025-04-01\n total=28\n comment=調剤：一包化\n comment=代替調剤：あり\n"
      "comment=受取人：家族\n comment=残薬あり\n age dated\n clinical_at=2025-04-02\n"
      "reaches_to=2025-04-15\n ~given_at" },
    { "being prepared: not with the patient",
      DISPENSE ("preparation", ",\"whenPrepared\":\"2025-04-01\""),
      "dispense planned live\n at=2025-04-01\n warning=not-handed-over\n ~dispensed_at" },
    { "in progress", DISPENSE ("in-progress", ""),
      "dispense planned live\n warning=not-handed-over" },
    { "on hold", DISPENSE ("on-hold", ""), "dispense on-hold live\n warning=not-handed-over" },
    { "declined", DISPENSE ("declined", ",\"statusReasonCodeableConcept\":{\"text\":\"患者拒否\"}"),
      "dispense cancelled dead\n reason=患者拒否" },
    { "stopped", DISPENSE ("stopped", ""), "dispense stopped dead" },
    { "R5",
      "{\"resourceType\":\"MedicationDispense\",\"status\":\"completed\",\"medication\":"
      "{\"concept\":{\"text\":\"薬B\"}},\"recorded\":\"2025-05-01\"}",
      "at=2025-05-01\n drug=薬B" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_dispense, cases, G_N_ELEMENTS (cases));
}

/* The numbers of the order join the two. */
static void
test_numbers_of_order (void)
{
  static const char order[] =
      "[{\"resourceType\":\"MedicationRequest\",\"id\":\"r\",\"identifier\":[{\"system\":"
      "\"urn:oid:1.2.392.100495.20.3.81\",\"value\":\"2\"},{\"system\":"
      "\"http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier\",\"value\":\"ORD-1\"}]}]";
  g_autofree char *given = fhir_map_dump (
      imp_fhir_map_medication_administration,
      RESOURCE ("MedicationAdministration", "completed",
                DRUG
                ",\"identifier\":[{\"system\":\"http://jpfhir.jp/fhir/core/IdSystem/"
                "resourceInstance-identifier\",\"value\":\"ADM-9\"}],\"request\":{\"reference\":"
                "\"MedicationRequest/r\"}"),
      order, NULL);
  g_autofree char *dispensed = fhir_map_dump (
      imp_fhir_map_medication_dispense,
      DISPENSE ("completed",
                ",\"authorizingPrescription\":[{\"reference\":\"MedicationRequest/r\"}]"),
      order, NULL);

  fhir_map_expect (given, "order_no=ORD-1\n rp=2");
  fhir_map_expect (dispensed, "order_no=ORD-1\n rp=2");
  fhir_map_check (imp_fhir_map_medication_administration,
                  RESOURCE ("MedicationAdministration", "completed",
                            DRUG ",\"request\":{\"identifier\":{\"value\":\"ORD-2\"}}"),
                  "order_no=ORD-2");
}

/* ---- given
 * ------------------------------------------------------------------------------------------- */

#define GIVEN(status, rest) RESOURCE ("MedicationAdministration", status, DRUG rest)

static void
test_administration (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      GIVEN (
          "completed",
          ",\"effectiveDateTime\":\"2025-04-01T10:05:00+09:00\",\"performer\":[{\"actor\":"
          "{\"display\":\"看護師B\"}}],\"dosage\":{\"text\":\"静注\",\"route\":{\"text\":"
          "\"静脈内\"},"
          "\"site\":{\"text\":\"左前腕\"},\"dose\":{\"value\":1.0,\"unit\":\"g\"},\"rateRatio\":"
          "{\"numerator\":{\"value\":100,\"unit\":\"mL\"},\"denominator\":{\"value\":1,\"unit\":"
          "\"h\"}}},\"reasonCode\":[{\"text\":\"肺炎\"}],\"device\":[{\"display\":\"輸液ポンプ\"}],"
          "\"note\":[{\"text\":\"異常なし\"}],\"extension\":[{\"url\":\"" JP
          "JP_MedicationAdministration_RequestDepartment\",\"valueCodeableConcept\":{\"text\":"
          "\"外科\"}},{\"url\":\"" JP "JP_MedicationAdministration_RequestAuthoredOn\","
          "\"valueDateTime\":\"2025-03-31\"},{\"url\":\"" JP
          "JP_MedicationAdministration_Requester\",\"valueReference\":{\"display\":\"医師C\"}},"
          "{\"url\":\"" JP "JP_MedicationAdministration_Location\",\"valueReference\":"
          "{\"display\":\"3西病棟\"}},{\"url\":\"" JP
          "JP_MedicationAdministration_UncategorizedComment\",\"valueString\":\"側管\"}]"),
      "administration completed live\n at=2025-04-01T10:05:00+09:00\n department=外科\n"
      "place=3西病棟\n status=completed\n drug=薬A\n amount=1.0\n amount_unit=g\n rate=100\n"
      "rate_unit=mL/h\n usage=静注\n route=静脈内\n site=左前腕\n"
      "given_at=2025-04-01T10:05:00+09:00\n by=看護師B\n device=輸液ポンプ\n"
      "comment=指示日時：2025-03-31\n comment=側管\n doctor=医師C\n reason=肺炎\n "
      "comment=異常なし\n"
      "age dated\n clinical_at=2025-04-01T10:05:00\n ~given_until\n ~dose=" },
    { "stopped: a part of it is in the patient",
      GIVEN ("stopped",
             ",\"effectivePeriod\":{\"start\":\"2025-04-01T10:00:00+09:00\",\"end\":"
             "\"2025-04-01T10:20:00+09:00\"},\"dosage\":{\"dose\":{\"value\":500,\"unit\":"
             "\"mL\"}},\"statusReason\":[{\"text\":\"血管外漏出\"}]"),
      "administration stopped live\n warning=partly-given\n status=stopped\n amount=500\n"
      "given_at=2025-04-01T10:00:00+09:00\n given_until=2025-04-01T10:20:00+09:00\n"
      "reason=血管外漏出" },
    { "not done",
      GIVEN ("not-done", ",\"effectiveDateTime\":\"2025-04-01\",\"statusReason\":"
                         "[{\"text\":\"絶食\"}]"),
      "administration cancelled dead\n warning=not-done\n status=not-done\n given_at=2025-04-01\n"
      "reason=絶食" },
    { "runs still",
      GIVEN ("in-progress", ",\"effectivePeriod\":{\"start\":\"2025-04-01T10:00:00+09:00\"}"),
      "administration active live\n warning=in-progress\n given_at=2025-04-01T10:00:00+09:00\n"
      "age kept\n ~given_until" },
    { "on hold", GIVEN ("on-hold", ""), "administration on-hold live\n warning=on-hold" },
    { "error", GIVEN ("entered-in-error", ""), "administration entered-in-error dead" },
    { "no status", "{\"resourceType\":\"MedicationAdministration\"," DRUG "}",
      "administration unknown live\n warning=status-unknown\n"
      "finding not-understood: MedicationAdministration.status is missing" },
    { "R5 spells it with one r", GIVEN ("completed", ",\"occurenceDateTime\":\"2025-04-01\""),
      "given_at=2025-04-01" },
    { "STU3 says it in a flag", GIVEN ("completed", ",\"notGiven\":true"),
      "administration cancelled dead\n warning=not-done" },
    { "two times of one choice",
      GIVEN ("completed", ",\"effectiveDateTime\":\"2025-04-01\",\"effectivePeriod\":{\"start\":"
                          "\"2025-04-02\"}"),
      "given_at=2025-04-01\n comment=実施日時：2025-04-02\n finding not-understood: "
      "MedicationAdministration.effective: two values of one element" },
    { "a bag: each of its drugs",
      RESOURCE (
          "MedicationAdministration", "completed",
          "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"b\",\"ingredient\":"
          "[{\"itemCodeableConcept\":{\"text\":\"生食\"}},{\"itemCodeableConcept\":{\"text\":"
          "\"ＫＣＬ\"}}]}],\"medicationReference\":{\"reference\":\"#b\"},\"dosage\":{\"dose\":"
          "{\"value\":520,\"unit\":\"mL\"}}"),
      "title=生食＋ＫＣＬ\n drug=生食\n volume=520\n drug=ＫＣＬ\n volume=520\n ~amount" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_administration, cases, G_N_ELEMENTS (cases));
}

/* ---- said to be taken
 * --------------------------------------------------------------------------------- */

#define STATEMENT(status, rest) RESOURCE ("MedicationStatement", status, DRUG rest)

static void
test_statement (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      STATEMENT (
          "active",
          ",\"effectivePeriod\":{\"start\":\"2024-01-10\"},\"dateAsserted\":\"2025-04-01\","
          "\"informationSource\":{\"display\":\"本人\"},\"reasonCode\":[{\"text\":\"高血圧\"}],"
          "\"dosage\":[{\"text\":\"1日1回朝\",\"doseAndRate\":[{\"doseQuantity\":{\"value\":1,"
          "\"unit\":\"錠\"}}]}],\"note\":[{\"text\":\"他院処方\"}]"),
      "statement active live\n at=2024-01-10\n author=本人\n status=active\n drug=薬A\n dose=1\n"
      "usage=1日1回朝\n start=2024-01-10\n comment=申告日：2025-04-01\n comment=情報源：本人\n"
      "reason=高血圧\n comment=他院処方\n age kept\n ~end" },
    { "ended",
      STATEMENT ("completed", ",\"effectivePeriod\":{\"start\":\"2024-01-10\",\"end\":"
                              "\"2024-02-10\"}"),
      "statement completed live\n end=2024-02-10\n age dated" },
    { "date of the statement alone", STATEMENT ("active", ",\"dateAsserted\":\"2025-04-01\""),
      "at=2025-04-01\n clinical_at=2025-04-01" },
    { "intended", STATEMENT ("intended", ""), "statement planned live\n warning=not-yet-taken" },
    { "not taken", STATEMENT ("not-taken", ""), "statement cancelled dead\n warning=not-taken" },
    { "stopped", STATEMENT ("stopped", ""), "statement stopped dead\n age dated" },
    { "STU3 says it beside the status", STATEMENT ("active", ",\"taken\":\"n\""),
      "statement cancelled dead\n warning=not-taken\n comment=服用：n" },
    { "DSTU2 too", STATEMENT ("active", ",\"wasNotTaken\":true"), "statement cancelled dead" },
    { "as needed",
      STATEMENT ("active", ",\"dosage\":[{\"text\":\"頭痛時\",\"asNeededBoolean\":true}]"),
      "usage=頭痛時\n kind=頓用" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_statement, cases, G_N_ELEMENTS (cases));
}

/* ---- vaccinations
 * --------------------------------------------------------------------------------------- */

#define VACCINE(status, rest)                                                                      \
  RESOURCE ("Immunization", status, "\"vaccineCode\":{\"text\":\"肺炎球菌ワクチン\"}" rest)

static void
test_immunization (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      VACCINE (
          "completed",
          ",\"occurrenceDateTime\":\"2019-10-01\",\"recorded\":\"2019-10-02\",\"lotNumber\":"
          "\"A123\",\"expirationDate\":\"2020-03\",\"manufacturer\":{\"display\":\"会社\"},"
          "\"site\":{\"text\":\"左上腕\"},\"route\":{\"text\":\"筋注\"},\"doseQuantity\":{"
          "\"value\":"
          "0.50,\"unit\":\"mL\"},\"performer\":[{\"actor\":{\"display\":\"医師D\"}}],"
          "\"protocolApplied\":[{\"doseNumberPositiveInt\":2,\"targetDisease\":[{\"text\":"
          "\"肺炎球菌感染症\"}]}],\"reaction\":[{\"date\":\"2019-10-02\",\"detail\":{\"display\":"
          "\"発熱\"}}],\"primarySource\":false,\"extension\":[{\"url\":\"" JP
          "JP_Immunization_DueDateOfNextDose\",\"valueDate\":\"2024-10-01\"}]"),
      "immunization completed live\n at=2019-10-01\n title=肺炎球菌ワクチン\n status=completed\n"
      "name=肺炎球菌ワクチン\n amount=0.50\n amount_unit=mL\n given_at=2019-10-01\n by=医師D\n"
      "route=筋注\n site=左上腕\n lot=A123\n comment=使用期限：2020-03\n comment=製造：会社\n"
      "comment=次回接種予定日：2024-10-01\n comment=何回目：2\n comment=対象疾患：肺炎球菌感染症\n"
      "reaction=2019-10-02 発熱\n comment=登録：2019-10-02\n"
      "comment=申告による（接種した施設の記録ではない）\n age kept" },
    { "not done", VACCINE ("not-done", ",\"statusReason\":{\"text\":\"発熱\"}"),
      "immunization cancelled dead\n warning=not-done\n reason=発熱\n age kept" },
    { "does not count", VACCINE ("completed", ",\"isSubpotent\":true"), "warning=subpotent" },
    { "in words", VACCINE ("completed", ",\"occurrenceString\":\"子供の頃\""),
      "given_at=子供の頃\n ~clinical_at\n ~at=" },
    { "STU3", VACCINE ("completed", ",\"notGiven\":true,\"date\":\"2016-01-01\""),
      "immunization cancelled dead\n given_at=2016-01-01" },
  };

  fhir_map_check_cases (imp_fhir_map_immunization, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imp-fhir-map-given/dispense", test_dispense);
  g_test_add_func ("/imp-fhir-map-given/numbers-of-order", test_numbers_of_order);
  g_test_add_func ("/imp-fhir-map-given/administration", test_administration);
  g_test_add_func ("/imp-fhir-map-given/statement", test_statement);
  g_test_add_func ("/imp-fhir-map-given/immunization", test_immunization);

  return g_test_run ();
}
