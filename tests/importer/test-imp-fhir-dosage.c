/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-fhir-dosage.h"

#include <locale.h>

#include "fhir-map-fixture.h"
#include "imp-fhir-reach.h"
#include "imp-fhir-timing.h"

/* Dosage, Timing and the extensions of Japan: spec fhir.md 3.5.3. Every sample is invented. */

#define JP "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/"
#define DOSE(dosage)                                                                               \
  "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\","            \
  "\"medicationCodeableConcept\":{\"text\":\"薬\"},\"dosageInstruction\":[{" dosage "}]}"
#define DOSE_AND(dosage, rest)                                                                     \
  "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\",\"intent\":\"order\","            \
  "\"medicationCodeableConcept\":{\"text\":\"薬\"},\"dosageInstruction\":[{" dosage "}]," rest "}"
#define STRENGTH(code, display)                                                                    \
  "\"type\":{\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/core/mhlw/CodeSystem/"                \
  "MedicationIngredientStrengthStrengthType\",\"code\":\"" code "\"" display "}]}"
#define RATIO(n, n_unit, d, d_unit)                                                                \
  "\"rateRatio\":{\"numerator\":{\"value\":" n ",\"unit\":\"" n_unit                               \
  "\"},\"denominator\":{\"value\":" d ",\"unit\":\"" d_unit "\"}}"
#define USAGE_CODE(code, display)                                                                  \
  "\"timing\":{\"code\":{\"coding\":[{\"system\":\"http://jami.jp/CodeSystem/MedicationUsage\","   \
  "\"code\":\"" code "\",\"display\":\"" display "\"}]}}"

/* ---- how much -----------------------------------------------------------------------------------
 */

static void
test_amounts (void)
{
  static const FhirMapCase cases[] = {
    { "one dose, verbatim",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":1.50,\"unit\":\"錠\"}}]"),
      "dose=1.50\n dose_unit=錠\n ~per_day\n ~rate\n" },
    { "its comparator",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":2,\"comparator\":\"<=\","
            "\"code\":\"TAB\"}}]"),
      "dose=<=2\n dose_unit=TAB" },
    { "a day", DOSE ("\"doseAndRate\":[{" RATIO ("3", "錠", "1", "日") "}]"),
      "per_day=3\n per_day_unit=錠\n ~rate\n ~dose" },
    { "a day with a decimal", DOSE ("\"doseAndRate\":[{" RATIO ("3", "錠", "1.0", "d") "}]"),
      "per_day=3\n per_day_unit=錠\n ~rate" },
    { "two days are no day", DOSE ("\"doseAndRate\":[{" RATIO ("3", "錠", "2", "d") "}]"),
      "comment=3 錠 / 2 d\n ~per_day\n ~rate" },
    { "a week is a week", DOSE ("\"doseAndRate\":[{" RATIO ("6", "mg", "1", "週") "}]"),
      "comment=6 mg / 1 週\n ~per_day\n ~rate" },
    { "an hour is a rate", DOSE ("\"doseAndRate\":[{" RATIO ("80", "mL", "1", "h") "}]"),
      "rate=80\n rate_unit=mL/h\n ~per_day" },
    { "two hours are two hours", DOSE ("\"doseAndRate\":[{" RATIO ("100", "mL", "2", "h") "}]"),
      "rate=100\n rate_unit=mL/2 h\n ~per_day" },
    { "minutes", DOSE ("\"doseAndRate\":[{" RATIO ("5", "μg", "1", "min") "}]"),
      "rate=5\n rate_unit=μg/min\n ~per_day" },
    { "unit and code of the time contradict each other",
      DOSE ("\"doseAndRate\":[{\"rateRatio\":{\"numerator\":{\"value\":3,\"unit\":\"錠\"},"
            "\"denominator\":{\"value\":1,\"unit\":\"日\",\"code\":\"h\"}}}]"),
      "comment=3 錠 / 1 日\n ~per_day\n ~rate" },
    { "no number of days is not one day",
      DOSE ("\"doseAndRate\":[{\"rateRatio\":{\"numerator\":{\"value\":3,\"unit\":\"錠\"},"
            "\"denominator\":{\"unit\":\"日\"}}}]"),
      "~per_day\n ~rate" },
    { "rate as a quantity",
      DOSE ("\"doseAndRate\":[{\"rateQuantity\":{\"value\":40,\"unit\":\"mL/h\"}}]"),
      "rate=40\n rate_unit=mL/h\n ~per_day" },
    { "least and most",
      DOSE ("\"doseAndRate\":[{\"doseRange\":{\"low\":{\"value\":1,\"unit\":\"錠\"},"
            "\"high\":{\"value\":2,\"unit\":\"錠\"}}}]"),
      "dose=1\n dose_max=2\n dose_unit=錠" },
    { "least and most of two units stay words",
      DOSE ("\"doseAndRate\":[{\"doseRange\":{\"low\":{\"value\":500,\"unit\":\"mg\"},"
            "\"high\":{\"value\":1,\"unit\":\"g\"}}}]"),
      "comment=1回量：500 mg – 1 g\n ~dose=\n ~dose_max" },
    { "dose of STU3 in the dosage itself", DOSE ("\"doseQuantity\":{\"value\":1,\"unit\":\"包\"}"),
      "dose=1\n dose_unit=包" },
    { "two variants of one choice: both",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":1,\"unit\":\"錠\"},\"doseRange\":"
            "{\"low\":{\"value\":2,\"unit\":\"錠\"},\"high\":{\"value\":3,\"unit\":\"錠\"}}}]"),
      "dose=1\n comment=1回量：2 錠 – 3 錠\n"
      "finding not-understood: MedicationRequest.dose: two values of one element" },
    { "no number",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":\"1〜2\",\"unit\":\"錠\"}}]"),
      "dose=1〜2\n dose_unit=錠\n warning=bad-number\n"
      "finding not-understood: MedicationRequest: an amount is no number" },
    { "no unit", DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":1}}]"),
      "dose=1\n ~dose_unit\n ~warning" },
    { "limits",
      DOSE ("\"maxDosePerPeriod\":{\"numerator\":{\"value\":4,\"unit\":\"錠\"},\"denominator\":"
            "{\"value\":1,\"unit\":\"日\"}},\"maxDosePerAdministration\":{\"value\":2,\"unit\":"
            "\"錠\"},\"maxDosePerLifetime\":{\"value\":550,\"unit\":\"mg\"}"),
      "comment=上限：4 錠 / 1 日\n comment=1回の上限：2 錠\n comment=生涯の上限：550 mg" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

static void
test_strength (void)
{
  static const FhirMapCase cases[] = {
    { "of the product",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":1,\"unit\":\"g\"}," STRENGTH (
          "1", ",\"display\":\"製剤量\"") "}]"),
      "dose=1\n comment=製剤量\n ~warning" },
    { "of the ingredient",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":100,\"unit\":\"mg\"}," STRENGTH (
          "2", ",\"display\":\"原薬量\"") "}]"),
      "dose=100\n dose_unit=mg\n comment=原薬量\n warning=ingredient-amount" },
    { "by its code alone",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":100,\"unit\":\"mg\"}," STRENGTH (
          "2", "") "}]"),
      "comment=原薬量\n warning=ingredient-amount" },
    { "code and display contradict each other",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":100,\"unit\":\"mg\"}," STRENGTH (
          "2", ",\"display\":\"製剤量\"") "}]"),
      "comment=製剤量（コードでは原薬量）\n warning=ingredient-amount\n warning=usage-contradicts\n"
      "finding not-understood: MedicationRequest: code and words of the kind of strength differ" },
    { "several: each a line, none the dose",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":1,\"unit\":\"g\"}," STRENGTH (
          "1", ",\"display\":\"製剤量\"") "},{\"doseQuantity\":{\"value\":100,\"unit\":\"mg\"}"
                                          "," STRENGTH ("2", ",\"display\":\"原薬量\"") "}]"),
      "comment=用量：製剤量 1 g\n comment=用量：原薬量 100 mg\n warning=several-doses\n"
      "warning=ingredient-amount\n ~dose=" },
    { "an uneven day of early messages",
      DOSE ("\"doseAndRate\":[{\"doseQuantity\":{\"value\":7,\"unit\":\"錠\"}},"
            "{\"doseQuantity\":{\"value\":4,\"unit\":\"錠\"},\"extension\":[{\"url\":"
            "\"http://hl7fhir.jp/jp_medicationRequest/sequence\",\"valueInteger\":1}]},"
            "{\"doseQuantity\":{\"value\":2,\"unit\":\"錠\"},\"extension\":[{\"url\":"
            "\"http://hl7fhir.jp/jp_medicationRequest/sequence\",\"valueInteger\":2}]},"
            "{\"doseQuantity\":{\"value\":1,\"unit\":\"錠\"},\"extension\":[{\"url\":"
            "\"http://hl7fhir.jp/jp_medicationRequest/sequence\",\"valueInteger\":3}]}]"),
      "comment=用量：7 錠\n comment=用量：4 錠 1\n comment=用量：2 錠 2\n comment=用量：1 錠 3\n"
      "warning=several-doses\n ~dose=\n ~per_day" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- when ---------------------------------------------------------------------------------------
 */

static void
test_usage (void)
{
  static const FhirMapCase cases[] = {
    { "the text first; a display that says no more is for the detail view",
      DOSE ("\"text\":\"内服・経口・１日３回朝昼夕食後\"," USAGE_CODE ("1013044400000000",
                                                                       "１日３回朝昼夕食後　服用")),
      "usage=内服・経口・１日３回朝昼夕食後\n"
      "usage_hint=用法コードの表示：１日３回朝昼夕食後　服用\n usage_code=1013044400000000\n"
      "~warning" },
    { "a display that says another time: both, and marked",
      DOSE ("\"text\":\"1日2回 朝夕食後\"," USAGE_CODE ("1012010100000000",
                                                        "１日２回朝夕食前　服用")),
      "usage=1日2回 朝夕食後\n usage=１日２回朝夕食前　服用\n usage_code=1012010100000000\n"
      "warning=usage-contradicts\n"
      "finding not-understood: MedicationRequest: the code of the usage contradicts its text" },
    { "once is not three times",
      DOSE ("\"text\":\"1日1回朝食後\",\"timing\":{\"code\":{\"text\":\"1日3回朝食後\"}}"),
      "usage=1日1回朝食後\n usage=1日3回朝食後" },
    { "without text its display", DOSE (USAGE_CODE ("1011000400000000", "１日１回朝食後　服用")),
      "usage=１日１回朝食後　服用\n usage_code=1011000400000000" },
    { "without any words the code itself",
      DOSE ("\"timing\":{\"code\":{\"coding\":[{\"code\":\"LOCAL1\"}]}}"),
      "usage_code=LOCAL1\n usage=LOCAL1" },
    { "the dummy code says nothing beside the text",
      DOSE ("\"text\":\"医師の指示通り\"," USAGE_CODE ("0X0XXXXXXXXX0000", "用法未指定")),
      "usage=医師の指示通り\n usage_code=0X0XXXXXXXXX0000\n ~usage=用法未指定" },
    { "weekly in the structure alone",
      DOSE ("\"text\":\"朝食後\",\"timing\":{\"repeat\":{\"frequency\":1,\"period\":1,"
            "\"periodUnit\":\"wk\",\"dayOfWeek\":[\"mon\"]}}"),
      "usage=朝食後\n usage=1週1回 月曜" },
    { "the structure says what the text says",
      DOSE ("\"text\":\"１日３回毎食後\",\"timing\":{\"repeat\":{\"frequency\":3,\"period\":1,"
            "\"periodUnit\":\"d\"}}"),
      "usage=１日３回毎食後\n ~usage=1日3回" },
    { "structure alone",
      DOSE (
          "\"timing\":{\"repeat\":{\"frequency\":1,\"frequencyMax\":2,\"period\":1,\"periodUnit\":"
          "\"d\",\"when\":[\"HS\"],\"timeOfDay\":[\"21:00:00\"]}}"),
      "usage=1日1–2回 就寝前 21:00:00" },
    { "hours", DOSE ("\"timing\":{\"repeat\":{\"frequency\":1,\"period\":6,\"periodUnit\":\"h\"}}"),
      "usage=6時間ごとに1回" },
    { "every second day",
      DOSE ("\"timing\":{\"repeat\":{\"frequency\":1,\"period\":2,\"periodUnit\":\"d\"}}"),
      "usage=2日に1回" },
    { "meals and minutes",
      DOSE ("\"timing\":{\"repeat\":{\"when\":[\"ACM\",\"PCV\"],\"offset\":30}}"),
      "usage=朝食前 夕食後 30分" },
    { "a single time and no days",
      DOSE ("\"text\":\"検査前\",\"timing\":{\"repeat\":{\"count\":1}}"),
      "usage=検査前\n usage=計1回" },
    { "a list of times",
      DOSE ("\"text\":\"点滴\",\"timing\":{\"event\":[\"2025-04-01T09:00:00+09:00\","
            "\"2025-04-01T21:00:00+09:00\"]}"),
      "start=2025-04-01T09:00:00+09:00\n"
      "comment=投与日時：2025-04-01T09:00:00+09:00 2025-04-01T21:00:00+09:00" },
    { "for the patient", DOSE ("\"text\":\"眠前\",\"patientInstruction\":\"飲酒を避ける\""),
      "usage=眠前\n instruction=飲酒を避ける" },
    { "a text where the object is expected",
      "{\"resourceType\":\"MedicationRequest\",\"status\":\"active\","
      "\"medicationCodeableConcept\":{\"text\":\"薬\"},\"dosageInstruction\":\"1日1回\"}",
      "usage=1日1回" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

#define SUPPLEMENT(codings)                                                                        \
  "\"text\":\"1日3回毎食後\",\"additionalInstruction\":[{\"coding\":[" codings "]}]"
#define SUPPLEMENT_CODE(code, display)                                                             \
  "{\"system\":\"http://jami.jp/CodeSystem/MedicationUsageAdditional\",\"code\":\"" code           \
  "\",\"display\":\"" display "\"}"

static void
test_supplements (void)
{
  static const FhirMapCase
      cases
          [] = {
            { "every second day", DOSE (SUPPLEMENT (SUPPLEMENT_CODE ("I1100000", "隔日"))),
              "instruction=I1100000 隔日" },
            { "weekdays", DOSE (SUPPLEMENT (SUPPLEMENT_CODE ("W0100100", "月曜日、木曜日"))),
              "instruction=W0100100 月曜日、木曜日" },
            { "uneven 4-2-1 of seven a day: nothing is divided",
              DOSE (
                  "\"text\":\"1日3回毎食後\",\"doseAndRate\":[{" RATIO (
                      "7", "錠", "1", "日") "}],"
                                            "\"additional"
                                            "Instruction"
                                            "\":[{"
                                            "\"coding\":"
                                            "[" SUPPLEMENT_CODE ("V14NNNNN", "不均等・１回目・４錠") "]},{\"coding\":[" SUPPLEMENT_CODE (
                                                "V22NNNN"
                                                "N",
                                                "不均等・"
                                                "２回目・"
                                                "２錠") "]},{\"coding\":[" SUPPLEMENT_CODE ("V31NNN"
                                                                                            "NN",
                                                                                            "不均等"
                                                                                            "・３回"
                                                                                            "目・１"
                                                                                            "錠") "]}]"),
              "per_day=7\n instruction=V14NNNNN 不均等・１回目・４錠\n instruction=V22NNNNN "
              "不均等・２回目・２錠\n instruction=V31NNNNN 不均等・３回目・１錠\n ~dose=" },
            { "an object where the list is expected",
              DOSE ("\"text\":\"朝食後\",\"additionalInstruction\":{\"text\":\"粉砕して\"}"),
              "instruction=粉砕して" },
            { "a code without words is not dropped",
              DOSE ("\"text\":\"朝食後\",\"additionalInstruction\":[{\"coding\":[{\"code\":"
                    "\"W0100100\"}]}]"),
              "instruction=W0100100\n usage_hint=用法コード W0100100＝月・木曜日" },
            { "a code of others is no supplement",
              DOSE ("\"text\":\"朝食後\",\"additionalInstruction\":[{\"coding\":[{\"code\":"
                    "\"311504000\","
                    "\"display\":\"With or after food\"}]}]"),
              "instruction=With or after food" },
            { "words beside the display",
              DOSE ("\"text\":\"朝食後\",\"additionalInstruction\":[{\"coding\":[" SUPPLEMENT_CODE (
                  "I1100000", "隔日") "],\"text\":\"１日おき\"}]"),
              "instruction=I1100000 隔日\n instruction=１日おき" },
          };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- how long
 * ------------------------------------------------------------------------------------ */

#define DURATION(value) "{\"value\":" value ",\"unit\":\"日\",\"code\":\"d\"}"
#define USED(url, value) "{\"url\":\"" url "\",\"valueDuration\":" DURATION (value) "}"
#define FROM(url, start) "{\"url\":\"" url "\",\"valuePeriod\":{\"start\":\"" start "\"}}"

static void
test_days (void)
{
  static const FhirMapCase cases[] = {
    { "under their newer names",
      DOSE ("\"extension\":[" FROM (JP "JP_MedicationDosage_PeriodOfUse", "2025-04-02") "," USED (
          JP "JP_MedicationDosage_UsageDuration", "7") "]"),
      "start=2025-04-02\n days=7\n days_unit=日\n reaches_to=2025-04-08" },
    { "under the names of 1.1",
      DOSE ("\"extension\":[" FROM (
          JP "JP_MedicationRequest_DosageInstruction_PeriodOfUse",
          "2025-04-02") "," USED (JP "JP_MedicationRequest_DosageInstruction_UsageDuration",
                                  "7") "]"),
      "start=2025-04-02\n days=7" },
    { "under the names of others",
      DOSE ("\"extension\":[" FROM (
          "http://jpfhir.jp/fhir/eCS/StructureDefinition/JP_MedicationDosage_PeriodOfUse_eCS",
          "2025-04-02") "," USED ("http://jpfhir.jp/fhir/core/StructureDefinition/"
                                  "JP_MedicationRequestUsageDuration",
                                  "7") "]"),
      "start=2025-04-02\n days=7" },
    { "one extension, not a list of them",
      DOSE ("\"extension\":" USED (JP "JP_MedicationDosage_UsageDuration", "7")), "days=7" },
    { "a text where the Period is expected",
      DOSE ("\"extension\":[{\"url\":\"" JP
            "JP_MedicationDosage_PeriodOfUse\",\"valueString\":\"2025-04-02から\"}]"),
      "start=2025-04-02から\n"
      "finding not-understood: MedicationRequest: PeriodOfUse is no Period" },
    { "every second day: seven of thirteen",
      DOSE ("\"extension\":[" USED (
          JP "JP_MedicationDosage_UsageDuration",
          "7") "],\"timing\":{\"repeat\":{\"boundsDuration\":" DURATION ("13") "}}"),
      "days=7\n days_unit=日\n comment=期間：13 日\n ~warning" },
    { "the same span is not said twice",
      DOSE ("\"extension\":[" USED (
          JP "JP_MedicationDosage_UsageDuration",
          "7") "],\"timing\":{\"repeat\":{\"boundsDuration\":" DURATION ("7") "}}"),
      "days=7\n ~comment=期間" },
    { "of the supply where nothing else says it",
      DOSE_AND ("\"text\":\"朝食後\"",
                "\"dispenseRequest\":{\"expectedSupplyDuration\":" DURATION ("14") "}"),
      "days=14\n days_unit=日" },
    { "two numbers that differ: both, and marked",
      DOSE_AND ("\"extension\":[" USED (JP "JP_MedicationDosage_UsageDuration", "3") "]",
                "\"dispenseRequest\":{\"expectedSupplyDuration\":" DURATION ("2") "}"),
      "days=3\n comment=調剤日数：2 日\n warning=days-differ\n"
      "finding not-understood: MedicationRequest: two numbers of days differ" },
    { "a period",
      DOSE ("\"timing\":{\"repeat\":{\"boundsPeriod\":{\"start\":\"2025-04-01\",\"end\":"
            "\"2025-04-10\"}}}"),
      "start=2025-04-01\n end=2025-04-10\n reaches_to=2025-04-10" },
    { "a range",
      DOSE ("\"timing\":{\"repeat\":{\"boundsRange\":{\"low\":" DURATION (
          "5") ",\"high\":" DURATION ("7") "}}}"),
      "comment=期間：5 日 – 7 日" },
    { "a time of the first day",
      DOSE ("\"extension\":[" FROM (
          JP "JP_MedicationDosage_PeriodOfUse",
          "2025-04-02") "],\"timing\":{\"event\":[\"2025-04-02T08:00:00+09:00\"]}"),
      "start=2025-04-02\n usage_hint=開始の時刻：2025-04-02T08:00:00+09:00\n ~comment" },
    { "a time of another day",
      DOSE ("\"extension\":[" FROM (
          JP "JP_MedicationDosage_PeriodOfUse",
          "2025-04-02") "],\"timing\":{\"event\":[\"2025-04-03T08:00:00+09:00\"]}"),
      "start=2025-04-02\n comment=投与日時：2025-04-03T08:00:00+09:00" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- as needed, and where
 * ------------------------------------------------------------------------- */

static void
test_as_needed (void)
{
  static const FhirMapCase cases[] = {
    { "flag", DOSE ("\"text\":\"疼痛時\",\"asNeededBoolean\":true"), "kind=頓用" },
    { "R5", DOSE ("\"text\":\"疼痛時\",\"asNeeded\":true"), "kind=頓用" },
    { "condition", DOSE ("\"text\":\"1回1錠\",\"asNeededCodeableConcept\":{\"text\":\"発熱時\"}"),
      "usage=1回1錠\n usage=発熱時\n kind=頓用" },
    { "condition of R5", DOSE ("\"text\":\"1回1錠\",\"asNeededFor\":[{\"text\":\"発熱時\"}]"),
      "usage=発熱時\n kind=頓用" },
    { "condition in the timing",
      DOSE ("\"timing\":{\"code\":{\"coding\":[{\"system\":\"http://jpfhir.jp/fhir/core/CodeSystem/"
            "JP_MedicationAsNeededConditionJAMI_CS\",\"code\":\"11\",\"display\":\"疼痛時\"}]}}"),
      "usage=疼痛時\n kind=頓用" },
    { "usage code of kind 5", DOSE (USAGE_CODE ("2R50410000000000", "便秘時　肛門挿入")),
      "usage=便秘時　肛門挿入\n kind=頓用" },
    { "words", DOSE ("\"text\":\"不眠時　4回分\""), "kind=頓用" },
    { "number of doses",
      DOSE_AND ("\"text\":\"1回1錠\"", "\"dispenseRequest\":{\"extension\":[{\"url\":\"" JP
                                       "JP_MedicationRequest_DispenseRequest_ExpectedRepeatCount\","
                                       "\"valueInteger\":10}]}"),
      "kind=頓用\n times=10" },
    { "explicitly not, against its code",
      DOSE ("\"asNeededBoolean\":false," USAGE_CODE ("1050110000000000", "疼痛時　服用")),
      "kind=頓用\n comment=頓用の指定：なし\n warning=usage-contradicts\n finding not-understood: "
      "MedicationRequest: asNeeded is false, and the usage says as needed" },
    { "a regular one", DOSE ("\"asNeededBoolean\":false,\"text\":\"1日3回毎食後\""), "~kind" },
    { "a meal is no need", DOSE ("\"text\":\"起床時 14日分\""), "~kind" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

#define SITE(code, text)                                                                           \
  "\"site\":{\"coding\":[{\"system\":\"http://jami.jp/CodeSystem/MedicationBodySiteExternal\","    \
  "\"code\":\"" code "\"}],\"text\":\"" text "\"}"
#define METHOD(code, rest)                                                                         \
  "\"method\":{\"coding\":[{\"system\":\"http://jami.jp/CodeSystem/MedicationMethodBasicUsage\","  \
  "\"code\":\"" code "\"" rest "}]}"

static void
test_ways (void)
{
  static const FhirMapCase cases[] = {
    { "right eye", DOSE (SITE ("26R", "右眼")), "site=右眼\n ~site=コード" },
    { "the side stands in the code alone", DOSE (SITE ("26R", "眼")),
      "site=眼\n site=コードでは右" },
    { "both", DOSE (SITE ("26B", "眼")), "site=眼\n site=コードでは両" },
    { "words and code name two sides", DOSE (SITE ("26L", "右眼")),
      "site=右眼\n site=コードでは左\n warning=usage-contradicts\n finding not-understood: "
      "MedicationRequest: code and words of the site name two sides" },
    { "both eyes in words", DOSE (SITE ("26B", "左右の眼")),
      "site=左右の眼\n ~site=コード\n ~warning" },
    { "basic usage", DOSE (METHOD ("2", ",\"display\":\"外用\"")), "kind=外用\n ~method" },
    { "basic usage by its code", DOSE (METHOD ("1", "")), "kind=内服\n ~method" },
    { "another method", DOSE ("\"method\":{\"text\":\"塗布\"}"), "method=塗布\n ~kind" },
    { "route", DOSE ("\"route\":{\"coding\":[{\"code\":\"PO\",\"display\":\"口\"}]}"), "route=口" },
    { "comments, device and line",
      DOSE (
          "\"extension\":[{\"url\":\"" JP
          "JP_MedicationDosage_DosageComment\",\"valueString\":\"遮光\"},{\"url\":\"" JP
          "JP_MedicationDosage_Line\",\"valueCodeableConcept\":{\"text\":\"側管\"}},{\"url\":\"" JP
          "JP_MedicationDosage_Device\",\"valueCodeableConcept\":{\"text\":\"シリンジポンプ\"}}],"
          "\"route\":{\"text\":\"経口\",\"extension\":[{\"url\":\"" JP
          "JP_MedicationDosage_RouteComment\",\"valueString\":\"胃ろうから\"}]}"),
      "route=経口\n comment=遮光\n comment=側管\n device=シリンジポンプ\n comment=胃ろうから" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- how far it reaches
 * ---------------------------------------------------------------------------- */

#define STEP(n, days)                                                                              \
  "{\"sequence\":" n ",\"text\":\"段階" n                                                          \
  "\",\"extension\":[" USED (JP "JP_MedicationDosage_UsageDuration", days) "]}"
#define ORDER(rest)                                                                                \
  "{\"resourceType\":\"MedicationRequest\",\"status\":\"completed\",\"intent\":\"order\","         \
  "\"authoredOn\":\"2025-04-01\",\"medicationCodeableConcept\":{\"text\":\"薬\"}," rest "}"
#define SUPPLY(days, more)                                                                         \
  "\"dispenseRequest\":{\"expectedSupplyDuration\":" DURATION (days) more "}"

static void
test_reach (void)
{
  static const FhirMapCase cases[] = {
    { "steps of a taper follow each other",
      ORDER ("\"dosageInstruction\":[" STEP ("2", "10") "," STEP ("1", "7") "]"),
      "usage=段階1\n usage=段階2\n age dated\n reaches_to=2025-04-17" },
    { "side by side", ORDER ("\"dosageInstruction\":[" STEP ("1", "10") "," STEP ("1", "7") "]"),
      "reaches_to=2025-04-10" },
    { "the longest of one",
      ORDER (SUPPLY ("30", "") ",\"dosageInstruction\":[" STEP ("1", "7") "]"),
      "reaches_to=2025-04-30" },
    { "repeats come beside the first", ORDER (SUPPLY ("30", ",\"numberOfRepeatsAllowed\":2")),
      "repeats=2\n reaches_to=2025-06-29" },
    { "no span: 180 days", ORDER ("\"priority\":\"routine\""), "reaches_to=2025-09-28" },
    { "as needed: 180 days",
      ORDER (SUPPLY ("3",
                     "") ",\"dosageInstruction\":[{\"text\":\"疼痛時\",\"asNeededBoolean\":true}]"),
      "reaches_to=2025-09-28" },
    { "external: 180 days",
      ORDER (SUPPLY ("3", "") ",\"dosageInstruction\":[{" METHOD ("2", "") "}]"),
      "reaches_to=2025-09-28" },
    { "a period without end",
      ORDER ("\"dosageInstruction\":[{\"timing\":{\"repeat\":{\"boundsPeriod\":{\"start\":"
             "\"2025-04-01\"}}}}]"),
      "age kept" },
    { "a continuous course without span",
      ORDER ("\"courseOfTherapyType\":{\"coding\":[{\"code\":\"continuous\"}]}"), "age kept" },
    { "weeks",
      ORDER ("\"dispenseRequest\":{\"expectedSupplyDuration\":{\"value\":2,\"unit\":\"週\"}}"),
      "reaches_to=2025-04-14" },
  };

  fhir_map_check_cases (imp_fhir_map_medication_request, cases, G_N_ELEMENTS (cases));
}

/* ---- words
 * ------------------------------------------------------------------------------------------ */

static void
test_says_no_more (void)
{
  static const struct
  {
    const char *text, *shown;
    gboolean expected;
  } cases[] = {
    { "１日３回朝昼夕食後　服用", "内服・経口・１日３回朝昼夕食後", TRUE },
    { "１日１回朝食後", "１日３回朝昼夕食後", FALSE },
    { "朝食前", "朝食後", FALSE },
    { "1週1回", "1日1回朝食後", FALSE },
    { "不眠時　服用", "不眠時  4　回分", TRUE },
    { "4回分", "不眠時  4　回分", TRUE },
    { "", "朝食後", TRUE },
    { "朝食後", "", FALSE },
    { "1.5錠", "15錠", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s | %s", cases[i].text, cases[i].shown);
      g_assert_cmpint (imp_fhir_says_no_more (cases[i].text, cases[i].shown), ==,
                       cases[i].expected);
    }
}

/* What is no line is not taken to pieces. */
static void
test_long_usage (void)
{
  g_autofree char *text = g_strnfill (5000000, '1');
  g_autofree char *json = g_strdup_printf (DOSE ("\"text\":\"%s\",\"timing\":{\"code\":{\"text\":"
                                                 "\"%s2\"}}"),
                                           text, text);
  g_autofree char *dump = NULL;

  g_assert_false (imp_fhir_says_no_more (text, "1"));
  g_assert_true (imp_fhir_says_no_more (text, text));
  dump = fhir_map_dump (imp_fhir_map_medication_request, json, NULL, NULL);
  fhir_map_expect (dump, "finding truncated: too long to be shown whole: the rest is in the source "
                         "message");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imp-fhir-dosage/amounts", test_amounts);
  g_test_add_func ("/imp-fhir-dosage/strength", test_strength);
  g_test_add_func ("/imp-fhir-dosage/usage", test_usage);
  g_test_add_func ("/imp-fhir-dosage/supplements", test_supplements);
  g_test_add_func ("/imp-fhir-dosage/days", test_days);
  g_test_add_func ("/imp-fhir-dosage/as-needed", test_as_needed);
  g_test_add_func ("/imp-fhir-dosage/ways", test_ways);
  g_test_add_func ("/imp-fhir-dosage/reach", test_reach);
  g_test_add_func ("/imp-fhir-dosage/says-no-more", test_says_no_more);
  g_test_add_func ("/imp-fhir-dosage/long-usage", test_long_usage);

  return g_test_run ();
}
