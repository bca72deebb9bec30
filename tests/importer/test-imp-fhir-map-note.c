/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

#define OF(type, status) "{\"resourceType\":\"" type "\",\"id\":\"n\",\"status\":\"" status "\","

static void
test_types (void)
{
  static const FhirMapCase cases[] = {
    { "impression: findings are no problems",
      OF ("ClinicalImpression",
          "completed") "\"effectiveDateTime\":\"2025-04-01\",\"description\":\"第2病日\","
                       "\"assessor\":{\"display\":\"主治医\"},\"problem\":[{\"display\":\"心不全\"}"
                       "],\"investigation\":[{\"code\":"
                       "{\"text\":\"診察\"},\"item\":[{\"display\":\"浮腫あり\"}]}],\"finding\":[{"
                       "\"itemCodeableConcept\":{\"text\":"
                       "\"肺水腫\"},\"basis\":\"X線\"}],\"summary\":\"利尿薬増量\","
                       "\"prognosisCodeableConcept\":[{\"text\":\"良\"}],"
                       "\"note\":[{\"text\":\"家族に説明\"}]}",
      "note completed live\n at=2025-04-01\n title=臨床評価\n author=主治医\n text=第2病日\n"
      "問題：心不全\n検査・診察：診察\n内容：浮腫あり\n所見（病名ではない）：肺水腫\n根拠：X線\n"
      "まとめ：利尿薬増量\n予後：良\n備考：家族に説明\n- status=completed\n~problem" },
    { "questions and answers, in each other",
      OF ("QuestionnaireResponse",
          "completed") "\"authored\":\"2025-04-01\",\"source\":{\"display\":\"妻\"},\"item\":["
                       "{\"linkId\":\"1\",\"text\":\"アレルギー\",\"answer\":[{\"valueBoolean\":"
                       "true,\"item\":[{\"linkId\":\"1.1\","
                       "\"text\":\"何に\",\"answer\":[{\"valueString\":\"そば\"},{\"valueCoding\":{"
                       "\"display\":\"卵\"}}]}]}]},"
                       "{\"linkId\":\"2\",\"item\":[{\"linkId\":\"2.1\",\"text\":\"喫煙\"}]}]}",
      "note completed live\n at=2025-04-01\n title=問診\n author=妻\n text=回答者：妻\n"
      "アレルギー： true\n　何に： そば 卵\n2：\n　喫煙： 回答なし\n- status=completed" },
    { "in-progress", OF ("QuestionnaireResponse", "in-progress") "\"item\":[]}",
      "note preliminary live\n warning=in-progress" },
    { "message",
      OF ("Communication",
          "completed") "\"sent\":\"2025-04-01T10:00:00+09:00\",\"sender\":{\"display\":\"病棟\"},"
                       "\"recipient\":[{\"display\":\"主治医\"}],\"topic\":{\"text\":\"血圧\"},"
                       "\"payload\":[{\"contentString\":\"収縮期 80\"},"
                       "{\"contentReference\":{\"display\":\"記録\"}},{\"contentAttachment\":{"
                       "\"contentType\":\"text/plain\",\"data\":"
                       "\"5omA6KaL\"}}]}",
      "note completed live\n at=2025-04-01T10:00:00+09:00\n title=連絡\n author=病棟\n "
      "text=件名：血圧\n収縮期 80\n"
      "添付：記録\n所見\n recipient=主治医" },
    { "not done", OF ("Communication", "not-done") "\"payload\":[{\"contentString\":\"x\"}]}",
      "note cancelled dead\n warning=not-done" },
    { "list of none",
      OF ("List", "current") "\"title\":\"アレルギー一覧\",\"date\":\"2025-04-01\",\"mode\":"
                             "\"snapshot\",\"emptyReason\":"
                             "{\"coding\":[{\"code\":\"nilknown\"}],\"text\":\"本人確認\"}}",
      "note active live\n title=アレルギー一覧\n "
      "text=一覧の種類：snapshot\n項目なし：特になし（本人確認）\nage kept" },
    { "list of changes: what was taken out does not stand",
      OF ("List", "current") "\"title\":\"持参薬\",\"mode\":\"changes\",\"entry\":[{\"deleted\":"
                             "true,\"item\":{\"display\":"
                             "\"ワルファリン\"},\"date\":\"2025-04-01\"},{\"item\":{\"display\":"
                             "\"アスピリン\"},\"flag\":{\"text\":\"追加\"}},{}]}",
      "text=一覧の種類：変更分のみ（changes）\n・【削除：ワルファリン】 "
      "2025-04-01\n・アスピリン［追加］\n"
      "・（参照先なし）\nage dated" },
    { "plan: each activity in its own state",
      OF ("CarePlan", "active") "\"intent\":\"order\",\"title\":\"療養計画\",\"period\":{\"start\":"
                                "\"2025-04-01\",\"end\":"
                                "\"2025-06-30\"},\"description\":\"減塩\",\"addresses\":[{"
                                "\"display\":\"高血圧\"}],\"goal\":[{\"display\":\"130/80\"}],"
                                "\"activity\":[{\"detail\":{\"status\":\"scheduled\",\"code\":{"
                                "\"text\":\"歩行\"},\"scheduledString\":\"毎日\"}},"
                                "{\"detail\":{\"status\":\"cancelled\",\"description\":\"入浴\"}},{"
                                "\"detail\":{\"status\":\"not-started\","
                                "\"doNotPerform\":true,\"description\":\"飲酒\"}},{\"reference\":{"
                                "\"display\":\"栄養指導\"}}]}",
      "note active live\n at=2025-04-01\n title=療養計画\n text=減塩\n期間：2025-04-01 – "
      "2025-06-30\n"
      "対象とする問題：高血圧\n目標：130/"
      "80\n・歩行（毎日）［scheduled］\n・【取消：入浴】［cancelled］\n"
      "・飲酒［not-started］［行わない指示］\n・栄養指導\n- status=active\n "
      "document_id=CarePlan/n\n"
      "age kept\nclinical_at=2025-04-01\nreaches_to=2025-06-30" },
    { "plan that is over", OF ("CarePlan", "completed") "\"intent\":\"order\"}",
      "note completed live\nage dated" },
    { "plan that is a draft", OF ("CarePlan", "draft") "\"intent\":\"order\"}",
      "note draft dead\nage kept" },
    { "goal: a wish, no result",
      "{\"resourceType\":\"Goal\",\"lifecycleStatus\":\"active\",\"startDate\":\"2025-04-01\","
      "\"description\":{\"text\":"
      "\"減量\"},\"target\":[{\"measure\":{\"text\":\"体重\"},\"detailQuantity\":{\"value\":60.0,"
      "\"unit\":\"kg\"},"
      "\"dueDate\":\"2025-12\"}]}",
      "note active live\n at=2025-04-01\n title=目標\n text=目標：減量\n"
      "目標値（結果ではない）：体重 60.0 kg 期限 2025-12\n~vital" },
    { "team",
      OF ("CareTeam", "active") "\"name\":\"NST\",\"participant\":[{\"role\":[{\"text\":\"薬剤師\"}"
                                "],\"member\":{"
                                "\"display\":\"薬 次郎\"},\"period\":{\"start\":\"2025-04-01\"}}]}",
      "contact active live\n title=NST\n text=薬剤師：薬 次郎 2025-04-01 – \n- status=active\n- "
      "name=薬 次郎\n"
      " relation=薬剤師\n start=2025-04-01" },
    { "episode",
      OF ("EpisodeOfCare",
          "active") "\"type\":[{\"text\":\"在宅\"}],\"period\":{\"start\":\"2025-01\"},"
                    "\"diagnosis\":[{"
                    "\"condition\":{\"display\":\"脳梗塞後遺症\"},\"role\":{\"text\":\"主病名\"}}],"
                    "\"careManager\":{\"display\":\"医師A\"}}",
      "observation active live\n at=2025-01\n title=在宅\n text=種別：在宅\n期間：2025-01 – \n"
      "病名（主病名）：脳梗塞後遺症\n担当：医師A\n- status=active\n start=2025-01\n~problem" },
  };

  fhir_map_check_cases (imp_fhir_map_note, cases, G_N_ELEMENTS (cases));
}

/* Whatever the type: a dated text that can be found (spec fhir.md 3.7, last rows). */
static void
test_any_type (void)
{
  static const FhirMapCase cases[] = {
    { "a type that nobody knows",
      "{\"resourceType\":\"WeatherReport\",\"status\":\"strange\",\"recordedDate\":\"2025-04-01\","
      "\"code\":{\"text\":"
      "\"晴\"},\"description\":\"終日\",\"note\":[{\"text\":\"風強し\"}],\"text\":{\"div\":\"<div>"
      "詳細</div>\"}}",
      "note unknown live\n at=2025-04-01\n title=晴\n warning=status-unknown\n "
      "text=晴\n終日\n備考：風強し\n詳細\n"
      "- name=晴\n status=strange\n event_code=WeatherReport" },
    { "nothing in it", "{\"resourceType\":\"Basic\"}",
      "note completed live\n title=Basic\n- event_code=Basic" },
    { "no type", "{\"code\":{\"text\":\"x\"}}", "note unknown live\n title=x" },
    { "a dead word is dead whatever the type",
      OF ("VisionPrescription", "cancelled") "\"dateWritten\":\"2025-04-01\"}",
      "note cancelled dead\n at=2025-04-01" },
    { "times of a server are no clinical ones",
      "{\"resourceType\":\"Basic\",\"meta\":{\"lastUpdated\":\"2026-01-01T00:00:00Z\"},\"created\":"
      "\"2020\"}",
      "at=2020\nclinical_at=2020\nsent_at=2026-01-01T09:00:00" },
    { "body structure",
      "{\"resourceType\":\"BodyStructure\",\"location\":{\"text\":\"左乳房\"},\"morphology\":{"
      "\"text\":"
      "\"腫瘤\"}}",
      "observation completed live\n title=身体構造\n text=形態：腫瘤\n部位：左乳房" },
    { "narrative that repeats the rest is not repeated",
      "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"覚書\"},\"text\":{\"div\":\"<div>覚 "
      "書</div>\"}}",
      "text=覚書\n~覚 書" },
    { "narrative that is broken (E18)",
      "{\"resourceType\":\"Basic\",\"text\":{\"div\":\"<div>一<br>二\"}}",
      "text=一\n二\nfinding not-understood: Basic.text.div is not well-formed: its words without "
      "tags" },
  };

  fhir_map_check_cases (imp_fhir_map_note, cases, G_N_ELEMENTS (cases));
}

/* Law 3 in the lines of others: what it points to is shown in its state. */
static void
test_labels (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_note,
      OF ("List",
          "current") "\"entry\":[{\"item\":{\"reference\":\"Condition/"
                     "s\"}},{\"item\":{\"reference\":"
                     "\"Condition/r\"}},{\"item\":{\"reference\":\"MedicationRequest/"
                     "m\"}},{\"item\":{\"reference\":"
                     "\"Observation/o\"}},{\"item\":{\"reference\":\"FamilyMemberHistory/f\"}}]}",
      "[{\"resourceType\":\"Condition\",\"id\":\"s\",\"code\":{\"text\":\"肺癌\"},"
      "\"verificationStatus\":{\"coding\":["
      "{\"code\":\"provisional\"}]},\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]}},"
      "{\"resourceType\":\"Condition\",\"id\":\"r\",\"code\":{\"text\":\"結核\"},"
      "\"verificationStatus\":{\"coding\":["
      "{\"code\":\"refuted\"}]}},"
      "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"stopped\","
      "\"medicationCodeableConcept\":{"
      "\"text\":\"ワルファリン錠1mg\"},\"dosageInstruction\":[{\"text\":\"1日1回\"}]},"
      "{\"resourceType\":\"Observation\",\"id\":\"o\",\"status\":\"final\",\"code\":{\"text\":"
      "\"血圧\"},\"component\":[{"
      "\"code\":{\"text\":\"収縮期\"},\"valueQuantity\":{\"value\":120,\"unit\":\"mmHg\"}}]},"
      "{\"resourceType\":\"FamilyMemberHistory\",\"id\":\"f\",\"status\":\"completed\","
      "\"relationship\":{\"text\":\"母\"},"
      "\"condition\":[{\"code\":{\"text\":\"胃癌\"}}]}]",
      NULL);

  fhir_map_expect (dump,
                   "text=・肺癌（疑い）\n・結核（refuted）\n・ワルファリン錠1mg 1日1回（stopped）\n"
                   "・血圧 収縮期 120 mmHg\n・胃癌（家族歴・母）");
}

static void
test_bounds (void)
{
  g_autoptr (GString) json = g_string_new (OF ("QuestionnaireResponse", "completed") "\"x\":1");
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append (json, ",\"item\":[{\"text\":\"q\"");
  for (guint i = 0; i < 40; i++)
    g_string_append (json, "}]");
  g_string_append (json, "}");
  dump = fhir_map_dump (imp_fhir_map_note, json->str, NULL, NULL);
  fhir_map_expect (dump, "［これより深い質問は原データにあります］\n"
                         "finding truncated: QuestionnaireResponse.item: nested too deep");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-note/types", test_types);
  g_test_add_func ("/fhir-note/any-type", test_any_type);
  g_test_add_func ("/fhir-note/labels", test_labels);
  g_test_add_func ("/fhir-note/bounds", test_bounds);
  return g_test_run ();
}
