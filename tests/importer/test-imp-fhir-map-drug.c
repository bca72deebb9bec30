/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "fhir-map-fixture.h"

/* MedicationRequest: spec fhir.md 3.5.1, 3.5.2, 4.2, 5.2. Every sample is invented. */

#define JP "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
#define ORDER(rest)                                                                                \
  "{\"resourceType\":\"MedicationRequest\",\"status\":\"completed\",\"intent\":\"order\"," rest "}"
#define DRUG "\"medicationCodeableConcept\":{\"text\":\"アスピリン腸溶錠100mg\"}"
#define ID(system, value) "{\"system\":\"" system "\",\"value\":\"" value "\"}"
#define MHLW "http://jpfhir.jp/fhir/core/mhlw/IdSystem/"

/* ---- head and numbers
 * ----------------------------------------------------------------------------- */

static void
test_head (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      ORDER (DRUG ",\"authoredOn\":\"2025-04-01T09:30:00+09:00\",\"identifier\":[" ID (
          MHLW "Medication-RPGroupNumber",
          "2") "," ID (MHLW "MedicationAdministrationIndex",
                       "01") "," ID ("urn:oid:1.2.392.100495.20.3.11.11311234567",
                                     "00123456") "],"
                                                 "\"requester\":{\"display\":\"医療 "
                                                 "太郎\"},\"recorder\":{\"display\":\"事務 花子\"},"
                                                 "\"extension\":[{\"url\":\"http://jpfhir.jp/fhir/"
                                                 "eCS/Extension/StructureDefinition/"
                                                 "JP_eCS_Department\",\"valueCodeableConcept\":{"
                                                 "\"text\":\"内科\"}}]"),
      "prescription completed live\n at=2025-04-01T09:30:00+09:00\n title=アスピリン腸溶錠100mg\n"
      "department=内科\n author=医療 太郎\n entered_by=事務 花子\n order_no=00123456\n rp=2\n"
      "sub_id=01\n prescription_no=00123456\n status=completed\n drug=アスピリン腸溶錠100mg\n"
      "clinical_at=2025-04-01T09:30:00" },
    { "numbers under their OIDs",
      ORDER (DRUG ",\"identifier\":[" ID ("urn:oid:1.2.392.100495.20.3.81", "1") "," ID (
          "urn:oid:1.2.392.100495.20.3.82",
          "2") "," ID ("http://jpfhir.jp/fhir/core/IdSystem/resourceInstance-identifier",
                       "R-7") "]"),
      "order_no=R-7\n rp=1\n sub_id=2\n ~prescription_no" },
    { "numbers of eCS",
      ORDER (DRUG ",\"identifier\":[" ID ("http://jpfhir.jp/fhir/eCS/NamingSystem/rpNumber",
                                          "1") "," ID ("http://jpfhir.jp/fhir/eCS/NamingSystem/"
                                                       "requestIdentifier",
                                                       "Q-1") "]"),
      "order_no=Q-1\n rp=1" },
    { "the RP in groupIdentifier of early messages",
      ORDER (DRUG ",\"groupIdentifier\":" ID ("urn:oid:1.2.392.100495.20.3.81", "3")), "rp=3" },
    { "the prescription in groupIdentifier",
      ORDER (DRUG ",\"groupIdentifier\":{\"value\":\"1311234567-1\"}"),
      "order_no=1311234567-1\n prescription_no=1311234567-1" },
    { "no date: the first day of taking",
      ORDER (DRUG
             ",\"dosageInstruction\":[{\"extension\":[{\"url\":\"" JP
             "JP_MedicationDosage_PeriodOfUse\",\"valuePeriod\":{\"start\":\"2025-04-02\"}}]}]"),
      "at=2025-04-02\n start=2025-04-02\n clinical_at=2025-04-02" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

static void
test_states (void)
{
#define STATE(word, more)                                                                          \
  "{\"resourceType\":\"MedicationRequest\",\"status\":\"" word                                     \
  "\",\"intent\":\"order\"," DRUG more "}"
  static const FhirMapCase cases[] = {
    { "active stands whatever its age", STATE ("active", ""),
      "prescription active live\n age kept" },
    { "completed is not over", STATE ("completed", ""), "prescription completed live\n age dated" },
    { "on hold", STATE ("on-hold", ""), "prescription on-hold live\n warning=on-hold\n age kept" },
    { "draft", STATE ("draft", ""), "prescription draft dead\n warning=draft\n age dated" },
    { "stopped", STATE ("stopped", ",\"statusReason\":{\"text\":\"発疹\"}"),
      "prescription stopped dead\n status=stopped\n reason=発疹\n age dated" },
    { "cancelled", STATE ("cancelled", ""), "prescription cancelled dead" },
    { "error", STATE ("entered-in-error", ""), "prescription entered-in-error dead" },
    { "a word that is not known", STATE ("paused", ""),
      "prescription unknown live\n warning=status-unknown\n status=paused\n finding "
      "not-understood: "
      "MedicationRequest.status: a word that is not known" },
    { "not to be given", STATE ("active", ",\"doNotPerform\":true"),
      "prescription active live\n warning=do-not-perform" },
    { "a proposal is no order",
      "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"proposal\"," DRUG
      "}",
      "prescription planned live\n warning=no-order-yet" },
    { "a modifier that is not known",
      STATE ("active", ",\"dosageInstruction\":[{\"modifierExtension\":[{\"url\":\"urn:x\","
                       "\"valueBoolean\":true}]}]"),
      "prescription unknown dead\n warning=unknown-modifier\n age dated" },
    { "an earlier one", STATE ("completed", ",\"priorPrescription\":{\"display\":\"前の処方\"}"),
      "prescription completed live\n warning=prior-prescription\n comment=前回処方：前の処方" },
    { "an issue when it was written",
      STATE ("completed", ",\"detectedIssue\":[{\"display\":\"併用注意\"}]"),
      "warning=detected-issue\n comment=処方時の警告：併用注意" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- which drug
 * ------------------------------------------------------------------------------------ */

#define TWO_CODES                                                                                  \
  "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"urn:local\",\"code\":\"A1\","          \
  "\"display\":\"アスピリン\"},{\"system\":\"urn:oid:1.2.392.100495.20.2.73\",\"code\":"      \
  "\"3399007H1021\",\"display\":\"バイアスピリン錠１００ｍｇ\"}],\"text\":"           \
  "\"バイアスピリン錠100mg\"}"

static void
test_drug (void)
{
  static const FhirMapCase cases[] = {
    { "the national code first, the other beside it", ORDER (TWO_CODES),
      "drug=バイアスピリン錠100mg\n code=3399007H1021\n system=urn:oid:1.2.392.100495.20.2.73\n"
      "other_code=A1\n other_name=アスピリン\n other_system=urn:local" },
    { "the master's name of the code is another drug's",
      ORDER (
          "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.100495.20.2.73"
          "\",\"code\":\"2149114\",\"display\":\"バルサルタン・アムロジピンベシル酸塩\"}],\"text\":"
          "\"アムロジピン\"}"),
      "drug=アムロジピン\n other_name=バルサルタン・アムロジピンベシル酸塩\n"
      "comment=コードの名称：バルサルタン・アムロジピンベシル酸塩" },
    { "the same name with its maker, in other words' order",
      ORDER (
          "\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"urn:oid:1.2.392.100495.20.2.73"
          "\",\"code\":\"1\",\"display\":\"カルボシステイン錠２５０ｍｇ・某製薬\"}],\"text\":"
          "\"カルボシステイン250mg錠\"}"),
      "drug=カルボシステイン250mg錠\n ~comment" },
    { "no code at all",
      ORDER ("\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/eCS/"
             "CodeSystem/MedicationCodeNocoded_CS\",\"code\":\"NOCODED\",\"display\":"
             "\"標準コードなし\"}],\"text\":\"院内製剤A\"}"),
      "drug=院内製剤A\n ~comment" },
    { "contained",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"text\":"
             "\"リシノプリル錠10mg\"},\"form\":{\"text\":\"錠剤\"}}],"
             "\"medicationReference\":{\"reference\":\"#m\",\"display\":\"別の名\"}"),
      "title=リシノプリル錠10mg\n drug=リシノプリル錠10mg\n form=錠剤" },
    { "R5 concept", ORDER ("\"medication\":{\"concept\":{\"text\":\"リシノプリル\"}}"),
      "title=リシノプリル\n drug=リシノプリル" },
    { "R5 reference",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"text\":"
             "\"リシノプリル\"},\"doseForm\":{\"text\":\"錠\"}}],"
             "\"medication\":{\"reference\":{\"reference\":\"#m\"}}"),
      "drug=リシノプリル\n form=錠" },
    { "a display alone", ORDER ("\"medicationReference\":{\"display\":\"ワーファリン錠1mg\"}"),
      "title=ワーファリン錠1mg\n drug=ワーファリン錠1mg\n ~warning\n ~finding" },
    { "leads nowhere, with a display",
      ORDER (
          "\"medicationReference\":{\"reference\":\"Medication/9\",\"display\":\"ワーファリン\"}"),
      "drug=ワーファリン\n finding unresolved-reference: medicationReference leads nowhere" },
    { "leads nowhere",
      ORDER ("\"medicationReference\":{\"reference\":\"Medication/9\"},\"dosageInstruction\":"
             "[{\"text\":\"1日1回\"}]"),
      "title=薬剤名不明（参照先なし）\n drug=薬剤名不明（参照先なし）\n warning=unknown-drug\n"
      "usage=1日1回\n finding unresolved-reference: medicationReference leads nowhere" },
    { "nothing at all", ORDER ("\"priority\":\"routine\""),
      "drug=薬剤名不明（参照先なし）\n warning=unknown-drug" },
    { "two variants of the choice: both",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"text\":"
             "\"薬B\"}}],\"medicationReference\":{\"reference\":\"#m\"},"
             "\"medicationCodeableConcept\":{\"coding\":[{\"code\":\"1\",\"display\":\"薬A\"}]}"),
      "title=薬A＋薬B\n drug=薬A\n drug=薬B\n"
      "finding not-understood: MedicationRequest.medication: two values of one element" },
    { "what a product is made of",
      ORDER (
          "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"code\":{\"text\":"
          "\"配合錠\"},\"ingredient\":[{\"itemCodeableConcept\":{\"text\":\"アムロジピン\"},"
          "\"strength\":{\"numerator\":{\"value\":5,\"unit\":\"mg\"},\"denominator\":{\"value\":1,"
          "\"unit\":\"錠\"}}},{\"itemCodeableConcept\":{\"text\":\"バルサルタン\"}}]}],"
          "\"medicationReference\":{\"reference\":\"#m\"}"),
      "prescription completed live\n title=配合錠\n drug=配合錠\n"
      "comment=成分：アムロジピン 5 mg / 1 錠\n comment=成分：バルサルタン" },
    { "a Medication that is an error",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"m\",\"status\":"
             "\"entered-in-error\",\"code\":{\"text\":\"薬A\"}}],"
             "\"medicationReference\":{\"reference\":\"#m\"}"),
      "drug=薬A\n comment=薬剤情報の状態：entered-in-error\n warning=drug-in-error" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

static void
test_shared_medication (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_medication_request,
      ORDER ("\"medicationReference\":{\"reference\":\"Medication/7\"}"),
      "[{\"resourceType\":\"Medication\",\"id\":\"7\",\"code\":{\"text\":\"フロセミド錠20mg\"}}]",
      NULL);

  fhir_map_expect (dump, "title=フロセミド錠20mg\n drug=フロセミド錠20mg\n ~finding");
}

/* ---- what is told to the pharmacy
 * ------------------------------------------------------------------- */

static void
test_request (void)
{
  static const FhirMapCase cases[] = {
    { "total, repeats, preparation",
      ORDER (
          DRUG
          ",\"dispenseRequest\":{\"quantity\":{\"value\":90,\"unit\":\"錠\"},"
          "\"numberOfRepeatsAllowed\":2,\"validityPeriod\":{\"start\":\"2025-04-01\",\"end\":"
          "\"2025-04-05\"},\"performer\":{\"display\":\"駅前薬局\"},\"extension\":[{\"url\":\"" JP
          "JP_MedicationRequest_DispenseRequest_InstructionForDispense\","
          "\"valueCodeableConcept\":{\"text\":\"粉砕\"}}],\"initialFill\":{\"quantity\":"
          "{\"value\":10,\"unit\":\"錠\"}}}"),
      "total=90\n total_unit=錠\n repeats=2\n comment=調剤：粉砕\n comment=初回調剤の量：10 錠\n"
      "comment=有効期間：2025-04-01 – 2025-04-05\n comment=調剤先：駅前薬局" },
    { "no substitution",
      ORDER (DRUG ",\"substitution\":{\"allowedCodeableConcept\":{\"coding\":[{\"code\":\"1\","
                  "\"display\":\"後発品変更不可\"}]},\"reason\":{\"text\":\"患者希望\"}}"),
      "comment=後発品：後発品変更不可\n comment=後発品変更の理由：患者希望" },
    { "substitution by a flag", ORDER (DRUG ",\"substitution\":{\"allowedBoolean\":false}"),
      "comment=後発品：変更不可" },
    { "category, course, reasons, notes",
      ORDER (
          DRUG
          ",\"category\":[{\"coding\":[{\"code\":\"BDP\",\"display\":\"持参薬処方\"}]}],"
          "\"courseOfTherapyType\":{\"text\":\"長期\"},\"reasonCode\":[{\"text\":\"高血圧\"}],"
          "\"reasonReference\":[{\"display\":\"心不全\"}],\"note\":[{\"text\":\"腎機能に注意\"}],"
          "\"reportedBoolean\":true"),
      "category=持参薬処方\n comment=投与区分：長期\n comment=申告による（原処方ではない）\n "
      "reason=高血圧\n"
      "reason=心不全\n comment=腎機能に注意" },
    { "several dosages: a line each, the total once",
      ORDER (DRUG ",\"dispenseRequest\":{\"quantity\":{\"value\":42,\"unit\":\"錠\"}},"
                  "\"dosageInstruction\":[{\"sequence\":2,\"text\":\"夕1錠\",\"doseAndRate\":"
                  "[{\"doseQuantity\":{\"value\":1,\"unit\":\"錠\"}}]},{\"sequence\":1,\"text\":"
                  "\"朝2錠\",\"doseAndRate\":[{\"doseQuantity\":{\"value\":2,\"unit\":\"錠\"}}]}]"),
      "- status=completed\n dose=2\n usage=朝2錠\n comment=用法：1/2\n total=42\n"
      "- status=completed\n dose=1\n usage=夕1錠\n comment=用法：2/2" },
    { "without order of their own they stay as they came",
      ORDER (DRUG ",\"dosageInstruction\":[{\"text\":\"夕\"},{\"text\":\"朝\"}]"),
      "usage=夕\n usage=朝" },
    { "MedicationOrder of DSTU2",
      "{\"resourceType\":\"MedicationOrder\",\"status\":\"active\",\"dateWritten\":\"2015-03-01\","
      "\"prescriber\":{\"display\":\"田中\"}," DRUG
      ",\"dosageInstruction\":[{\"text\":\"1日1回\",\"doseQuantity\":{\"value\":1,\"unit\":\"錠\"},"
      "\"additionalInstructions\":{\"text\":\"食後\"}}],\"dispenseRequest\":{\"quantity\":{"
      "\"value\":"
      "30,\"unit\":\"錠\"}}}",
      "prescription active live\n at=2015-03-01\n author=田中\n dose=1\n usage=1日1回\n"
      "instruction=食後\n total=30\n age kept" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- injections
 * --------------------------------------------------------------------------------------- */

#define NUMBERED(n)                                                                                \
  "\"extension\":[{\"url\":\"" JP "JP_Medication_Ingredient_DrugNo\",\"valueInteger\":" n "}]"
#define PER_TIME(value, unit)                                                                      \
  "\"strength\":{\"numerator\":{\"value\":" value ",\"unit\":\"" unit                              \
  "\"},\"denominator\":{\"value\":1,\"unit\":\"回\",\"code\":\"TIME\"}}"
#define BAG                                                                                                                                                            \
  "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"bag\",\"ingredient\":[{" NUMBERED ("2") ",\"itemCodeableConcept\":{\"text\":\"ＫＣＬ補正液\"}," PER_TIME ( \
      "20",                                                                                                                                                            \
      "mL") "},{" NUMBERED ("1") ",\"itemCodeableConcept\":{\"coding\":[{\"system\":"                                                                                  \
                                 "\"urn:oid:1.2.392.200119.4.403.1\",\"code\":"                                                                                        \
                                 "\"107750602\",\"display\":\"生食500mL\"}]},"                                                                                       \
                                 "\"isActive\":false," PER_TIME ("500", "mL") "},{" NUMBERED (                                                                         \
                                     "3") ",\"itemCodeableConcept\":{\"text\":\"インスリン\"}"                                                                    \
                                          "," PER_TIME ("8", "単位") "}]}],"                                                                                           \
                                                                     "\"medicationReference\":"                                                                        \
                                                                     "{\"reference\":\"#bag\"}"
#define SINGLE(dosage) ORDER (DRUG ",\"dosageInstruction\":[{" dosage "}]")

static void
test_injection (void)
{
  static const FhirMapCase cases[] = {
    { "every drug of the bag, in the order of its numbers",
      ORDER (BAG
             ",\"identifier\":[" ID (MHLW "Medication-RPGroupNumber",
                                     "1") "],\"dosageInstruction\":[{\"timing\":{\"event\":"
                                          "[\"2025-04-01T10:00:00+09:00\"]},\"route\":{\"coding\":"
                                          "[{\"system\":\"http://jpfhir.jp/fhir/core/CodeSystem/"
                                          "route-codes\",\"code\":\"IV\",\"display\":\"静脈内\"}]},"
                                          "\"doseAndRate\":[{\"doseQuantity\":{\"value\":520,"
                                          "\"unit\":\"mL\"},\"rateRatio\":{\"numerator\":"
                                          "{\"value\":100,\"unit\":\"mL\"},\"denominator\":"
                                          "{\"value\":1,\"unit\":\"h\"}}}]}]"),
      "injection completed live\n title=生食500mL＋ＫＣＬ補正液＋インスリン\n"
      "- rp=1\n drug=生食500mL\n code=107750602\n component=基剤（溶媒）\n amount=500\n"
      "amount_unit=mL\n volume=520\n volume_unit=mL\n rate=100\n rate_unit=mL/h\n"
      "start=2025-04-01T10:00:00+09:00\n route=静脈内\n"
      "- rp=1\n drug=ＫＣＬ補正液\n amount=20\n amount_unit=mL\n rate=100\n"
      "- rp=1\n drug=インスリン\n amount=8\n amount_unit=単位\n ~per_day\n ~dose" },
    { "a bag with a drug that is not known",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"b\",\"ingredient\":"
             "[{\"itemCodeableConcept\":{\"text\":\"薬A\"}},{\"itemReference\":{\"reference\":"
             "\"Medication/9\"}}]}],\"medicationReference\":{\"reference\":\"#b\"}"),
      "injection completed live\n title=薬A＋薬剤名不明（参照先なし）\n drug=薬A\n"
      "drug=薬剤名不明（参照先なし）\n warning=unknown-drug\n"
      "finding unresolved-reference: Medication.ingredient leads nowhere" },
    { "ingredient of the ingredient",
      ORDER ("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"b\",\"ingredient\":[{\"item"
             "CodeableConcept\":{\"text\":\"薬A\"},\"strength\":{\"extension\":[{\"url\":\"" JP
             "JP_Medication_IngredientStrength_StrengthType\",\"valueCodeableConcept\":{\"coding\":"
             "[{\"system\":\"urn:oid:1.2.392.100495.20.2.22\",\"code\":\"2\"}]}}],\"numerator\":"
             "{\"value\":100,\"unit\":\"mg\"},\"denominator\":{\"value\":1,\"unit\":\"回\"}}}]}],"
             "\"medicationReference\":{\"reference\":\"#b\"},\"dosageInstruction\":[{\"method\":"
             "{\"coding\":[{\"system\":\"urn:oid:1.2.392.200250.2.2.20.30\",\"code\":\"3\"}]}}]"),
      "injection completed live\n amount=100\n amount_unit=mg\n comment=原薬量\n"
      "warning=ingredient-amount" },
    { "so much in so much is no dose",
      ORDER (
          "\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"b\",\"ingredient\":"
          "[{\"itemCodeableConcept\":{\"text\":\"薬A\"},\"strength\":{\"numerator\":{\"value\":"
          "400,\"unit\":\"mg\"},\"denominator\":{\"value\":200,\"unit\":\"mL\"}}},"
          "{\"itemCodeableConcept\":{\"text\":\"薬B\"}}]}],\"medicationReference\":{\"reference\":"
          "\"#b\"}"),
      "drug=薬A\n strength=400 mg / 200 mL\n ~amount" },
    { "one drug by needle: its dose is the amount",
      SINGLE ("\"route\":{\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/core/CodeSystem/"
              "route-codes\",\"code\":\"SC\"}]},\"doseAndRate\":[{\"doseQuantity\":{\"value\":4,"
              "\"unit\":\"単位\"}}]"),
      "injection completed live\n amount=4\n amount_unit=単位\n ~dose" },
    { "method 30 of JAMI",
      SINGLE ("\"method\":{\"coding\":[{\"system\":\"http://jami.jp/CodeSystem/"
              "MedicationMethodDetailUsage\",\"code\":\"30\",\"display\":\"静脈注射\"}]}"),
      "injection completed live\n method=静脈注射" },
    { "in words", SINGLE ("\"route\":{\"text\":\"点滴静注\"}"), "injection completed live" },
    { "SNOMED CT",
      SINGLE (
          "\"route\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"78421000\"}]}"),
      "injection completed live" },
    { "its profile",
      ORDER (DRUG ",\"meta\":{\"profile\":[\"http://jpfhir.jp/fhir/core/StructureDefinition/"
                  "JP_MedicationRequest_Injection|1.2\"]}"),
      "injection completed live" },
    { "by the patient at home",
      SINGLE ("\"text\":\"自己注射 1日1回 朝食前\",\"route\":{\"text\":\"皮下注\"}"),
      "prescription completed live" },
    { "by mouth", SINGLE ("\"route\":{\"text\":\"経口\"}"), "prescription completed live" },
    { "mixed for the skin",
      ORDER (BAG ",\"dosageInstruction\":[{\"method\":{\"coding\":[{\"system\":"
                 "\"http://jami.jp/CodeSystem/MedicationMethodBasicUsage\",\"code\":\"2\"}]}}]"),
      "prescription completed live\n drug=生食500mL\n drug=ＫＣＬ補正液\n drug=インスリン" },
    { "cannot be told", ORDER (DRUG), "prescription completed live" },
    { "a later dosage of an injection is not lost",
      ORDER (DRUG ",\"dosageInstruction\":[{\"text\":\"点滴\",\"route\":{\"text\":\"静注\"}},"
                  "{\"text\":\"維持量\",\"doseAndRate\":[{\"doseQuantity\":{\"value\":2,\"unit\":"
                  "\"mL\"}}]}]"),
      "usage=点滴\n comment=次の用法：維持量 2 mL" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* A file that means to be endless ends, and says so. */
static void
test_many (void)
{
  g_autoptr (GString) json = g_string_new ("{\"resourceType\":\"MedicationRequest\",\"status\":"
                                           "\"active\",\"contained\":[{\"resourceType\":"
                                           "\"Medication\",\"id\":\"b\",\"ingredient\":[");
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_printf (json, "%s{\"itemCodeableConcept\":{\"text\":\"薬%u\"}}",
                            i > 0 ? "," : "", i);
  g_string_append (json, "]}],\"medicationReference\":{\"reference\":\"#b\"},"
                         "\"dosageInstruction\":[");
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (json,
                            "%s{\"method\":{\"text\":\"内用\",\"coding\":[{\"system\":"
                            "\"http://jami.jp/CodeSystem/MedicationMethodBasicUsage\","
                            "\"code\":\"1\"}]},\"text\":\"用法%u\"}",
                            i > 0 ? "," : "", i);
  g_string_append (json, "]}");
  dump = fhir_map_dump (imp_fhir_map_medication_request, json->str, NULL, NULL);
  fhir_map_expect (dump, "drug=薬0\n drug=薬199\n ~drug=薬200\n ~usage=用法2\n"
                         "finding truncated: MedicationRequest: more than 100 dosages\n"
                         "finding truncated: Medication.ingredient: more than 200\n"
                         "finding truncated: MedicationRequest: more than 400 drugs and dosages");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imp-fhir-map-drug/head", test_head);
  g_test_add_func ("/imp-fhir-map-drug/states", test_states);
  g_test_add_func ("/imp-fhir-map-drug/drug", test_drug);
  g_test_add_func ("/imp-fhir-map-drug/shared-medication", test_shared_medication);
  g_test_add_func ("/imp-fhir-map-drug/request", test_request);
  g_test_add_func ("/imp-fhir-map-drug/injection", test_injection);
  g_test_add_func ("/imp-fhir-map-drug/many", test_many);

  return g_test_run ();
}
