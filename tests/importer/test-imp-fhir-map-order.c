/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "fhir-map-fixture.h"

/* ServiceRequest, DeviceRequest, Task, Procedure, NutritionOrder: spec fhir.md 3.7, 4.2, 5.2. */

#define RESOURCE(type, status, rest)                                                               \
  "{\"resourceType\":\"" type "\",\"status\":\"" status "\"" rest "}"

/* ---- orders
 * ------------------------------------------------------------------------------------------ */

#define REQUEST(status, rest) RESOURCE ("ServiceRequest", status, ",\"intent\":\"order\"" rest)

static void
test_request (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      REQUEST (
          "active",
          ",\"requisition\":{\"value\":\"R-100\"},\"identifier\":[{\"value\":\"X-1\"}],\"code\":"
          "{\"text\":\"胸部CT\",\"coding\":[{\"system\":\"urn:x\",\"code\":\"CT1\"}]},"
          "\"category\":[{\"text\":\"画像\"}],\"priority\":\"urgent\",\"occurrenceDateTime\":"
          "\"2025-04-03T10:00:00+09:00\",\"authoredOn\":\"2025-04-01\",\"requester\":"
          "{\"display\":\"医師A\"},\"reasonCode\":[{\"text\":\"咳嗽\"}],\"bodySite\":[{\"text\":"
          "\"右肺\"}],\"specimen\":[{\"display\":\"喀痰\"}],\"orderDetail\":[{\"text\":\"造影\"}],"
          "\"patientInstruction\":\"絶食\",\"asNeededBoolean\":true,\"performer\":[{\"display\":"
          "\"放射線部\"}],\"replaces\":[{\"display\":\"前の指示\"}],\"note\":[{\"text\":"
          "\"腎機能注意\"}]"),
      "order active live\n at=2025-04-03T10:00:00+09:00\n title=胸部CT\n author=医師A\n"
      "order_no=R-100\n priority=urgent\n name=胸部CT\n code=CT1\n status=active\n category=画像\n"
      "specimen=喀痰\n site=右肺\n start=2025-04-03T10:00:00+09:00\n comment=指示日：2025-04-01\n"
      "comment=必要時\n instruction=造影\n instruction=絶食\n comment=実施者：放射線部\n"
      "comment=置き換える指示：前の指示\n reason=咳嗽\n comment=腎機能注意\n age kept\n"
      "clinical_at=2025-04-03T10:00:00" },
    { "replaces another: spec 3.0.3",
      REQUEST (
          "active",
          ",\"code\":{\"text\":\"CT\"},\"contained\":[{\"resourceType\":\"ServiceRequest\",\"id\":"
          "\"old\",\"code\":{\"text\":\"MRI\"}}],\"replaces\":[{\"reference\":\"#old\"}]"),
      "replaces=ServiceRequest/old\n comment=置き換える指示：MRI" },
    { "is not an order yet, so replaces none",
      RESOURCE ("ServiceRequest", "active",
                ",\"intent\":\"plan\",\"code\":{\"text\":\"CT\"},\"contained\":[{\"resourceType\":"
                "\"ServiceRequest\",\"id\":\"old\",\"code\":{\"text\":\"MRI\"}}],\"replaces\":"
                "[{\"reference\":\"#old\"}]"),
      "comment=置き換える予定の指示：MRI\n~replaces=" },
    { "without a time of its own",
      REQUEST ("completed",
               ",\"code\":{\"text\":\"血算\"},\"authoredOn\":\"2025-04-01\",\"identifier\":"
               "[{\"value\":\"X-1\"}]"),
      "order completed live\n at=2025-04-01\n order_no=X-1\n age dated\n clinical_at=2025-04-01" },
    { "a period",
      REQUEST ("completed", ",\"code\":{\"text\":\"リハビリ\"},\"occurrencePeriod\":"
                            "{\"start\":\"2025-04-01\",\"end\":\"2025-05-01\"}"),
      "at=2025-04-01\n start=2025-04-01\n end=2025-05-01\n reaches_to=2025-05-01" },
    { "a timing",
      REQUEST ("completed", ",\"code\":{\"text\":\"血糖測定\"},\"occurrenceTiming\":{\"repeat\":"
                            "{\"frequency\":4,\"period\":1,\"periodUnit\":\"d\"}}"),
      "comment=時期：1日4回" },
    { "R5", REQUEST ("on-hold", ",\"code\":{\"concept\":{\"text\":\"心電図\"}}"),
      "order on-hold live\n warning=on-hold\n name=心電図\n age kept" },
    { "revoked", REQUEST ("revoked", ",\"code\":{\"text\":\"心電図\"}"),
      "order cancelled dead\n status=revoked\n age dated" },
    { "draft", REQUEST ("draft", ",\"code\":{\"text\":\"心電図\"}"),
      "order draft dead\n warning=draft\n age kept" },
    { "a plan is no order",
      "{\"resourceType\":\"ServiceRequest\",\"status\":\"active\",\"intent\":\"plan\",\"code\":"
      "{\"text\":\"心電図\"}}",
      "order planned live\n warning=no-order-yet\n age kept" },
    { "not to be done",
      REQUEST ("active", ",\"doNotPerform\":true,\"code\":{\"text\":\"右上肢採血\"}"),
      "order active live\n warning=do-not-perform\n name=右上肢採血" },
    { "device",
      RESOURCE ("DeviceRequest", "active",
                ",\"intent\":\"order\",\"codeCodeableConcept\":{\"text\":\"車椅子\"},\"parameter\":"
                "[{\"code\":{\"text\":\"幅\"},\"valueQuantity\":{\"value\":40,\"unit\":\"cm\"}}],"
                "\"authoredOn\":\"2025-04-01\""),
      "order active live\n name=車椅子\n comment=幅：40 cm" },
    { "a device by reference",
      RESOURCE ("DeviceRequest", "active",
                ",\"intent\":\"order\",\"codeReference\":{\"display\":\"人工呼吸器\"}"),
      "title=人工呼吸器\n name=人工呼吸器" },
    { "task",
      RESOURCE ("Task", "in-progress",
                ",\"intent\":\"order\",\"description\":\"退院調整\",\"executionPeriod\":{\"start\":"
                "\"2025-04-02\"},\"authoredOn\":\"2025-04-01\",\"owner\":{\"display\":\"MSW\"},"
                "\"businessStatus\":{\"text\":\"面談待ち\"}"),
      "order active live\n at=2025-04-02\n title=退院調整\n name=退院調整\n status=in-progress\n"
      "comment=業務の状態：面談待ち\n comment=担当：MSW" },
    { "task that failed", RESOURCE ("Task", "failed", ",\"code\":{\"text\":\"採血\"}"),
      "order cancelled dead" },
  };

  fhir_map_check_cases (imp_fhir_map_service_request, cases, G_N_ELEMENTS (cases));
}

static void
test_no_resuscitation (void)
{
  static const FhirMapCase cases[] = {
    { "in letters",
      REQUEST ("active", ",\"authoredOn\":\"2021-01-01\",\"code\":{\"text\":\"DNAR指示\"}"),
      "flag active live\n at=2021-01-01\n title=DNAR指示\n name=DNAR指示\n age kept" },
    { "not to be done",
      REQUEST ("active", ",\"doNotPerform\":true,\"code\":{\"text\":\"心肺蘇生\"}"),
      "flag active live\n warning=do-not-perform\n name=心肺蘇生\n age kept" },
    { "in words", REQUEST ("active", ",\"code\":{\"text\":\"心肺蘇生を行わない\"}"),
      "flag active live" },
    { "by code",
      REQUEST ("completed",
               ",\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":"
               "\"304253006\"}]}"),
      "flag completed live\n age kept" },
    { "revoked is not standing", REQUEST ("revoked", ",\"code\":{\"text\":\"DNAR\"}"),
      "flag cancelled dead" },
    { "an order to resuscitate is none", REQUEST ("active", ",\"code\":{\"text\":\"心肺蘇生\"}"),
      "order active live" },
  };

  fhir_map_check_cases (imp_fhir_map_service_request, cases, G_N_ELEMENTS (cases));
}

/* ---- acts
 * --------------------------------------------------------------------------------------------- */

#define PROCEDURE(status, name, rest)                                                              \
  RESOURCE ("Procedure", status, ",\"code\":{\"text\":\"" name "\"}" rest)

static void
test_procedure (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      PROCEDURE (
          "completed", "右人工股関節置換術",
          ",\"performedPeriod\":{\"start\":\"2012-05-01T09:00:00+09:00\",\"end\":"
          "\"2012-05-01T11:00:00+09:00\"},\"category\":{\"text\":\"手術\"},\"performer\":"
          "[{\"actor\":{\"display\":\"術者E\"}}],\"location\":{\"display\":\"手術室2\"},"
          "\"bodySite\":[{\"text\":\"右股関節\"}],\"outcome\":{\"text\":\"成功\"},"
          "\"complication\":[{\"text\":\"出血\"}],\"followUp\":[{\"text\":\"抜糸\"}],"
          "\"focalDevice\":[{\"action\":{\"text\":\"留置\"},\"manipulated\":{\"display\":"
          "\"人工股関節\"}}],\"usedCode\":[{\"text\":\"骨セメント\"}],\"reasonCode\":[{\"text\":"
          "\"変形性股関節症\"}],\"note\":[{\"text\":\"輸血なし\"}]"),
      "procedure completed live\n at=2012-05-01T09:00:00+09:00\n title=右人工股関節置換術\n"
      "author=術者E\n place=手術室2\n name=右人工股関節置換術\n status=completed\n category=手術\n"
      "site=右股関節\n start=2012-05-01T09:00:00+09:00\n end=2012-05-01T11:00:00+09:00\n "
      "outcome=成功\n"
      "comment=合併症：出血\n comment=術後：抜糸\n by=術者E\n device=人工股関節（留置）\n"
      "material=骨セメント\n reason=変形性股関節症\n comment=輸血なし\n age kept\n"
      "reaches_to=2012-05-01T11:00:00" },
    { "stopped: it was begun", PROCEDURE ("stopped", "虫垂切除術", ""),
      "procedure stopped live\n warning=stopped-midway\n age kept" },
    { "not done", PROCEDURE ("not-done", "虫垂切除術", ",\"statusReason\":{\"text\":\"患者拒否\"}"),
      "procedure cancelled dead\n warning=not-done\n reason=患者拒否\n age dated" },
    { "not begun", PROCEDURE ("preparation", "虫垂切除術", ""),
      "procedure planned live\n warning=not-done-yet\n age dated" },
    { "going on", PROCEDURE ("in-progress", "血液透析", ""),
      "procedure active live\n warning=in-progress" },
    { "every day's work", PROCEDURE ("completed", "静脈採血", ""), "age dated" },
    { "a trace beside a routine word", PROCEDURE ("completed", "人工肛門の指導", ""), "age kept" },
    { "an implant with a routine name",
      PROCEDURE ("completed", "相談", ",\"focalDevice\":[{\"manipulated\":{\"display\":\"IUD\"}}]"),
      "device=IUD\n age kept" },
    { "what nobody knows is kept", PROCEDURE ("completed", "処置X", ""), "age kept" },
    { "R5", PROCEDURE ("completed", "処置X", ",\"occurrenceDateTime\":\"2025-04-01\""),
      "at=2025-04-01\n start=2025-04-01" },
    { "an age",
      PROCEDURE ("completed", "扁桃摘出", ",\"performedAge\":{\"value\":7,\"unit\":\"歳\"}"),
      "comment=実施時期：7 歳\n ~at=\n ~start" },
    { "DSTU2 says it in a flag", PROCEDURE ("completed", "処置X", ",\"notPerformed\":true"),
      "procedure cancelled dead" },
    { "two times of one choice",
      PROCEDURE ("completed", "処置X",
                 ",\"performedDateTime\":\"2025-04-01\",\"performedPeriod\":"
                 "{\"start\":\"2025-04-02\"}"),
      "at=2025-04-01\n"
      "finding not-understood: Procedure.performed: two values of one element" },
  };

  fhir_map_check_cases (imp_fhir_map_procedure, cases, G_N_ELEMENTS (cases));
}

/* ---- meals
 * --------------------------------------------------------------------------------------------- */

static void
test_meal (void)
{
  static const FhirMapCase cases[] = {
    { "whole",
      RESOURCE (
          "NutritionOrder", "active",
          ",\"intent\":\"order\",\"dateTime\":\"2025-04-01T12:00:00+09:00\",\"orderer\":"
          "{\"display\":\"医師F\"},\"excludeFoodModifier\":[{\"text\":\"さば\"}],"
          "\"foodPreferenceModifier\":[{\"text\":\"減塩希望\"}],\"allergyIntolerance\":[{"
          "\"display\":"
          "\"青魚\"}],\"oralDiet\":{\"type\":[{\"text\":\"嚥下食\"}],\"schedule\":[{\"repeat\":"
          "{\"boundsPeriod\":{\"start\":\"2025-04-01\",\"end\":\"2025-04-08\"},\"when\":[\"CM\"]}}]"
          ","
          "\"nutrient\":[{\"modifier\":{\"text\":\"塩分\"},\"amount\":{\"value\":6,\"unit\":\"g\"}}"
          "],"
          "\"texture\":[{\"modifier\":{\"text\":\"ペースト\"},\"foodType\":{\"text\":\"副食\"}}],"
          "\"fluidConsistencyType\":[{\"text\":\"中間のとろみ\"}],\"instruction\":\"30度ギャッチ\"}"
          ","
          "\"supplement\":[{\"type\":{\"text\":\"ゼリー\"},\"quantity\":{\"value\":1,\"unit\":"
          "\"個\"}}],"
          "\"enteralFormula\":{\"baseFormulaType\":{\"text\":\"半消化態\"},\"administration\":"
          "[{\"rateQuantity\":{\"value\":50,\"unit\":\"mL/h\"}}]}"),
      "meal active live\n at=2025-04-01T12:00:00+09:00\n title=嚥下食\n author=医師F\n "
      "status=active\n"
      "kind=嚥下食\n from=2025-04-01\n to=2025-04-08\n meal=朝食時\n texture=ペースト（副食）\n"
      "texture=水分：中間のとろみ\n restriction=禁止：さば\n restriction=塩分 6 g\n "
      "comment=希望：減塩希望\n"
      "comment=アレルギー：青魚\n comment=指示：30度ギャッチ\n comment=経腸栄養：半消化態\n"
      "comment=経腸栄養の速度：50 mL/h\n comment=栄養補助：ゼリー\n comment=栄養補助の量：1 個\n "
      "age kept\n"
      "reaches_to=2025-04-08" },
    { "without schedule",
      RESOURCE ("NutritionOrder", "completed",
                ",\"dateTime\":\"2025-04-01\",\"oralDiet\":{\"type\":[{\"text\":\"常食\"}]}"),
      "meal completed live\n from=2025-04-01\n age dated\n ~to=" },
    { "R5",
      RESOURCE (
          "NutritionOrder", "active",
          ",\"oralDiet\":{\"type\":[{\"text\":\"常食\"}],\"schedule\":{\"timing\":[{\"repeat\":"
          "{\"boundsPeriod\":{\"start\":\"2025-04-02\"}}}]}}"),
      "from=2025-04-02" },
    { "revoked", RESOURCE ("NutritionOrder", "revoked", ""), "meal cancelled dead\n age dated" },
  };

  fhir_map_check_cases (imp_fhir_map_nutrition_order, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/imp-fhir-map-order/request", test_request);
  g_test_add_func ("/imp-fhir-map-order/no-resuscitation", test_no_resuscitation);
  g_test_add_func ("/imp-fhir-map-order/procedure", test_procedure);
  g_test_add_func ("/imp-fhir-map-order/meal", test_meal);

  return g_test_run ();
}
