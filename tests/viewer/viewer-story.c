/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-story.h"

#include <cairo.h>
#include <glib/gstdio.h>

#include "viewer-records.h"

#define F(name) DISC_FIELD_##name

/* Of the pages of a letter, in pixels: A4 at 100 dots an inch. */
#define STORY_WIDTH 827
#define STORY_HEIGHT 1169

static gint64 next_rid;

static void
message (TestRecords *r, const char *data_type, const char *sent_at)
{
  test_records_message (r, ++next_rid, data_type, sent_at, 0);
}

/* ---- drugs ---------------------------------------------------------------------------------- */

static void
begin_rx (TestRecords *r, DiscStatus status, const char *order_no, const char *at,
          const char *department)
{
  message (r, "OMP-01", at);
  test_records_begin (r, DISC_KIND_PRESCRIPTION, status, F (AT), at, F (ORDER_NO), order_no,
                      F (DEPARTMENT), department, F (AUTHOR), "佐伯　恵", F (TITLE), "処方", 0);
}

static void
rx (TestRecords *r, const char *rp, const char *drug, const char *dose, const char *unit,
    const char *usage, const char *code, const char *start, const char *days)
{
  test_records_item (r, F (RP), rp, F (DRUG), drug, F (DOSE), dose, F (DOSE_UNIT), unit, F (KIND),
                     "内服", F (USAGE), usage, F (USAGE_CODE), code, F (START), start, F (DAYS),
                     days, F (DAYS_UNIT), "日", 0);
}

static void
add_prescriptions (TestRecords *r)
{
  begin_rx (r, DISC_STATUS_ACTIVE, "000000261117001", "2026-11-17T11:00", "内科");
  rx (r, "1", "ワーファリン錠１ｍｇ", "2", "錠", "１日１回夕食後", "1011040000000000", "2026-11-17",
      "7");
  rx (r, "2", "カンデサルタン錠８ｍｇ", "1", "錠", "１日１回朝食後", "1011000400000000",
      "2026-11-17", "7");
  rx (r, "2", "フロセミド錠４０ｍｇ", "1", "錠", "１日１回朝食後", "1011000400000000", "2026-11-17",
      "7");
  test_records_item (r, F (RP), "3", F (DRUG), "プレドニゾロン錠１ｍｇ", F (DOSE), "1",
                     F (DOSE_MAX), "4", F (DOSE_UNIT), "錠", F (PER_DAY), "7", F (PER_DAY_UNIT),
                     "錠", F (TOTAL), "49", F (TOTAL_UNIT), "錠", F (KIND), "内服", F (USAGE),
                     "１日３回朝昼夕食後", F (USAGE_CODE), "1013044400000000", F (INSTRUCTION),
                     "V14NNNNN ４錠", F (INSTRUCTION), "V22NNNNN ２錠", F (INSTRUCTION),
                     "V31NNNNN １錠", F (START), "2026-11-17", F (DAYS), "7", F (DAYS_UNIT), "日",
                     F (COMMENT), "一包化", 0);
  test_records_item (r, F (RP), "4", F (DRUG), "アセトアミノフェン錠２００ｍｇ", F (DOSE), "2",
                     F (DOSE_UNIT), "錠", F (KIND), "頓用", F (USAGE), "疼痛時", F (USAGE_CODE),
                     "1050110600000000", F (USAGE_HINT),
                     "用法コード 1050110600000000＝疼痛時・6時間以上あける", F (TIMES), "10",
                     F (START), "2026-11-17", F (TOTAL), "20", F (TOTAL_UNIT), "錠", 0);
  test_records_item (r, F (RP), "5", F (DRUG), "ロキソプロフェンＮａテープ１００ｍｇ", F (TOTAL),
                     "28", F (TOTAL_UNIT), "枚", F (KIND), "外用", F (USAGE), "１日１回貼付",
                     F (USAGE_CODE), "2A71000000000000", F (SITE), "右膝", F (START), "2026-11-06",
                     0);
  begin_rx (r, DISC_STATUS_STOPPED, "000000261117002", "2026-11-19T19:10", "内科");
  rx (r, "1", "スピロノラクトン錠２５ｍｇ", "1", "錠", "１日１回朝食後", "1011000400000000",
      "2026-11-17", "7");
  begin_rx (r, DISC_STATUS_ON_HOLD, "000000261107031", "2026-11-17T10:00", "整形外科");
  test_records_item (r, F (RP), "4", F (DRUG), "メトトレキサートカプセル２ｍｇ", F (DOSE), "1",
                     F (DOSE_MAX), "2", F (DOSE_UNIT), "Cap", F (KIND), "内服", F (USAGE),
                     "１日２回朝夕食後", F (USAGE), "土曜日", F (USAGE_CODE), "1012040400000000",
                     F (USAGE_CODE), "W0000001", F (INSTRUCTION), "V12NNNNN ２Cap", F (INSTRUCTION),
                     "V21NNNNN １Cap", F (START), "2026-11-07", F (DAYS), "4", F (DAYS_UNIT), "日",
                     F (COMMENT), "手帳記載ずみ", 0);
  begin_rx (r, DISC_STATUS_ACTIVE, "000000261106001", "2026-11-06T10:00", "整形外科");
  rx (r, "1", "葉酸５ｍｇ", "1", "錠", "月曜日　朝食後", "W0100000", "2026-11-06", "4");
  rx (r, "2", "エルデカルシトールカプセル０．７５μｇ", "1", "Cap", "１日１回朝食後",
      "1011000400000000", "2026-11-06", "14");
  begin_rx (r, DISC_STATUS_SUPERSEDED, "000000261117001", "2026-11-17T10:30", "内科");
  rx (r, "1", "ワーファリン錠１ｍｇ", "2.5", "錠", "１日１回夕食後", "1011040000000000",
      "2026-11-17", "14");
  begin_rx (r, DISC_STATUS_ACTIVE, "000000261007001", "2026-10-07T10:00", "内科");
  rx (r, "1", "ワーファリン錠１ｍｇ", "2.5", "錠", "１日１回夕食後", "1011040000000000",
      "2026-10-07", "28");
}

/* ---- injections ------------------------------------------------------------------------------ */

#define DRIP "000000261117010"

static void
drip_block (TestRecords *r, const char *rp, const char *start)
{
  test_records_item (r, F (RP), rp, F (START), start, F (COMPONENT), "添加剤", F (DRUG),
                     "フロセミド注２０ｍｇ", F (AMOUNT), "1", F (AMOUNT_UNIT), "管", F (METHOD),
                     "点滴", F (ROUTE), "静脈内", F (RATE), "80", F (RATE_UNIT), "mL/h", F (DEVICE),
                     "輸液ポンプ", F (VOLUME), "502", F (VOLUME_UNIT), "mL", 0);
  test_records_item (r, F (RP), rp, F (START), start, F (COMPONENT), "基剤", F (DRUG),
                     "ソルデム３Ａ輸液５００ｍＬ", F (AMOUNT), "1", F (AMOUNT_UNIT), "本",
                     F (METHOD), "点滴", F (ROUTE), "静脈内", F (RATE), "80", F (RATE_UNIT), "mL/h",
                     F (DEVICE), "輸液ポンプ", F (VOLUME), "502", F (VOLUME_UNIT), "mL",
                     F (INSTRUCTION), "血圧 90 以下で中止し連絡", 0);
}

static void
given (TestRecords *r, DiscStatus status, const char *rp, const char *code, const char *at,
       const char *amount, const char *reason)
{
  message (r, "OMP-12", at);
  test_records_begin (r, DISC_KIND_ADMINISTRATION, status, F (AT), at, F (ORDER_NO), DRIP, 0);
  test_records_item (r, F (RP), rp, F (DRUG), "ソルデム３Ａ輸液５００ｍＬ", F (AMOUNT), amount,
                     F (AMOUNT_UNIT), "mL", F (STATUS), code, F (GIVEN_AT), at, F (BY),
                     "試験　花子", F (REASON), reason, F (COMMENT), "入力日時: 2026-11-19T20:15", 0);
}

static void
add_injections (TestRecords *r)
{
  message (r, "OMP-02", "2026-11-17T14:00:00");
  test_records_begin (r, DISC_KIND_INJECTION, DISC_STATUS_ACTIVE, F (AT), "2026-11-17T14:00",
                      F (ORDER_NO), DRIP, F (DEPARTMENT), "内科", F (AUTHOR), "佐伯　恵", 0);
  drip_block (r, DRIP "_01_001", "2026-11-17T15:30");
  drip_block (r, DRIP "_01_002", "2026-11-18T08:00");
  drip_block (r, DRIP "_01_003", "2026-11-18T14:30");
  drip_block (r, DRIP "_01_004", "2026-11-19T08:00");
  drip_block (r, DRIP "_01_005", "2026-11-19T14:30");
  drip_block (r, DRIP "_01_006", "2026-11-20T08:00");
  drip_block (r, DRIP "_01_007", "2026-11-20T14:30");
  given (r, DISC_STATUS_COMPLETED, DRIP "_01_001", "CP", "2026-11-17T15:42", "500", NULL);
  given (r, DISC_STATUS_COMPLETED, DRIP "_01_002", "CP", "2026-11-18T08:10", "500", NULL);
  given (r, DISC_STATUS_CANCELLED, DRIP "_01_003", "RE", "2026-11-18T14:40", NULL, "本人拒否");
  given (r, DISC_STATUS_COMPLETED, DRIP "_01_004", "PA", "2026-11-19T08:05", "320", "ルート閉塞");
  message (r, "OMP-02", "2026-11-18T10:05:00");
  test_records_begin (r, DISC_KIND_INJECTION, DISC_STATUS_STOPPED, F (AT), "2026-11-18T10:05",
                      F (ORDER_NO), "000000261117020", 0);
  test_records_item (r, F (RP), "000000261117020_06_001", F (START), "2026-11-17T16:20",
                     F (COMPONENT), "基剤", F (DRUG), "生理食塩液５０ｍＬ", F (AMOUNT), "1",
                     F (AMOUNT_UNIT), "本", F (METHOD), "点滴", 0);
  message (r, "OMP-11", "2026-11-19T08:30:00");
  test_records_begin (r, DISC_KIND_ADMINISTRATION, DISC_STATUS_COMPLETED, F (AT),
                      "2026-11-19T08:30", F (ORDER_NO), "000000261117001", 0);
  test_records_item (r, F (RP), "2", F (DRUG), "カンデサルタン錠８ｍｇ", F (AMOUNT), "1",
                     F (AMOUNT_UNIT), "錠", F (STATUS), "CP", F (GIVEN_AT), "2026-11-19T08:30",
                     F (BY), "試験　花子", 0);
}

/* ---- laboratory ------------------------------------------------------------------------------ */

static const struct
{
  const char *name, *unit, *range, *panel, *specimen;
  const char *values[8]; /* "value flag status", or NULL */
} items[] = {
  { "K",
    "mmol/L",
    "3.6-4.8",
    "生化学",
    "血清",
    { "5.0 H", "4.7", "4.6", "5.2 H", "- - X", "5.3 H", "5.1 H", "6.8 HH" } },
  { "Na",
    "mmol/L",
    "138-145",
    "生化学",
    "血清",
    { "139", "140", "139", "136 L", NULL, "135 L", "136 L", "134 L" } },
  { "Cr",
    "mg/dL",
    "0.46-0.79",
    "生化学",
    "血清",
    { "1.10 H", "1.12 H", "1.09 H", "1.61 H", "1.66 H", "1.72 H", "1.58 H", "2.41 H" } },
  { "CRP",
    "mg/dL",
    "0.00-0.14",
    "生化学",
    "血清",
    { "0.62 H", "0.58 H", NULL, "14.20 H", NULL, "13.05 H", "11.52 H", "8.42 H" } },
  { "eGFR", "mL/min", NULL, "生化学", "血清", { "37", "36", "37", "24", "23", "22", "25", "16" } },
  { "WBC",
    ".10*2/uL",
    "33-86",
    "血算",
    "全血",
    { "72", "69", "74", "161 H", NULL, "148 H", "140 H", "118 H" } },
  { "Hb",
    "g/dL",
    "11.6-14.8",
    "血算",
    "全血",
    { "10.6 L", "10.4 L", "10.5 L", "10.2 L", NULL, "10.0 L C", "10.0 L", "9.8 L" } },
  { "Plt",
    ".10*4/uL",
    "15.8-34.8",
    "血算",
    "全血",
    { "21.0", "20.4", "20.8", "16.1", NULL, "14.9 L", "14.2 L", "14.2 - P" } },
  { "PT-INR",
    NULL,
    NULL,
    "凝固",
    "血漿",
    { "2.2", "2.1", "2.4", "2.6", NULL, "2.8 H", "3.4 H", NULL } },
  { "FDP", "μg/mL", "< 5.0", "凝固", "血漿", { NULL, NULL, NULL, "2.5>", NULL, NULL, NULL, NULL } },
  { "尿蛋白", NULL, "(-)", "尿一般", "尿", { "(2+)", NULL, NULL, "(-)", NULL, NULL, "(±)", NULL } },
};

static DiscStatus
status_of (const char *letter)
{
  switch (letter != NULL ? letter[0] : 'F')
    {
    case 'P':
      return DISC_STATUS_PRELIMINARY;
    case 'C':
      return DISC_STATUS_CORRECTED;
    case 'X':
      return DISC_STATUS_CANCELLED;
    default:
      return DISC_STATUS_COMPLETED;
    }
}

static void
lab_item (TestRecords *r, guint i, const char *text, const char *at)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", 3);
  const char *flag = parts[1];
  const char *letter = flag != NULL ? parts[2] : NULL;

  if (g_strcmp0 (flag, "-") == 0)
    flag = NULL;
  if (flag != NULL && g_strcmp0 (flag, "C") == 0)
    flag = NULL;
  test_records_begin (r, DISC_KIND_LAB, status_of (letter), F (AT), at, F (DEPARTMENT), "内科",
                      F (ORDER_NO), at, F (TITLE), "検体検査結果", 0);
  test_records_item (r, F (NAME), items[i].name, F (CODE), items[i].name, F (SYSTEM), "99LAB",
                     F (VALUE), g_strcmp0 (parts[0], "-") == 0 ? NULL : parts[0], F (UNIT),
                     items[i].unit, F (RANGE), items[i].range, F (FLAG), flag, F (STATUS),
                     letter != NULL ? letter : "F", F (GROUP), items[i].panel, F (SPECIMEN),
                     items[i].specimen, F (ITEM_AT), at, F (COMMENT),
                     g_strcmp0 (text, "4.6") == 0 ? "軽度溶血" : NULL, 0);
}

static void
add_labs (TestRecords *r)
{
  static const char *const times[] = {
    "2026-10-22T09:40", "2026-11-06T09:12", "2026-11-12T10:05", "2026-11-17T14:05",
    "2026-11-17T20:10", "2026-11-18T06:50", "2026-11-19T06:40", "2026-11-19T18:32",
  };

  for (guint t = 0; t < G_N_ELEMENTS (times); t++)
    {
      message (r, "OML-11", times[t]);
      for (guint i = 0; i < G_N_ELEMENTS (items); i++)
        if (items[i].values[t] != NULL)
          lab_item (r, i, items[i].values[t], times[t]);
    }
}

static void
culture (TestRecords *r, const char *organism, const char *drug, const char *value,
         const char *result)
{
  test_records_item (r, F (SPECIMEN), "尿（カテーテル）", F (ORGANISM), organism, F (NAME), drug,
                     F (DRUG), drug, F (VALUE), value, F (UNIT), "μg/mL", F (RESULT), result, 0);
}

static void
add_microbiology (TestRecords *r)
{
  message (r, "OML-11", "2026-11-19T15:40:00");
  test_records_begin (r, DISC_KIND_MICROBIOLOGY, DISC_STATUS_PRELIMINARY, F (AT),
                      "2026-11-17T15:05", F (REPORTED_AT), "2026-11-19T15:40", F (ORDER_NO),
                      "000000261117052", F (COMMENT), "ESBL 産生の可能性あり。確認中", 0);
  test_records_item (r, F (SPECIMEN), "尿（カテーテル）", F (NAME), "塗抹", F (VALUE),
                     "グラム陰性桿菌 (2+)、白血球 (3+)", 0);
  test_records_item (r, F (SPECIMEN), "尿（カテーテル）", F (NAME), "培養同定菌量", F (ORGANISM),
                     "E.coli", F (VALUE), "3+", 0);
  culture (r, "E.coli", "ABPC", "> 16", "R");
  culture (r, "E.coli", "ABPC/SBT", "16", "I");
  culture (r, "E.coli", "PIPC/TAZ", "<= 4", "S");
  culture (r, "E.coli", "CTRX", "> 32", "R");
  culture (r, "E.coli", "LVFX", "> 4", NULL);
  test_records_item (r, F (SPECIMEN), "尿（カテーテル）", F (NAME), "培養同定菌量", F (ORGANISM),
                     "E.faecalis", F (VALUE), "1+", 0);
  culture (r, "E.faecalis", "ABPC", "2", "S");
  culture (r, "E.faecalis", "VCM", "1", "S");
  message (r, "OML-11", "2026-03-13T09:00:00");
  test_records_begin (r, DISC_KIND_MICROBIOLOGY, DISC_STATUS_CORRECTED, F (AT), "2026-03-10T09:00",
                      F (REPORTED_AT), "2026-03-13T09:00", F (ORDER_NO), "000000260310011", 0);
  test_records_item (r, F (SPECIMEN), "尿（カテーテル）", F (NAME), "培養同定菌量", F (ORGANISM),
                     "E.coli", F (VALUE), "3+", 0);
  culture (r, "E.coli", "ABPC", "> 16", "R");
  culture (r, "E.coli", "CTRX", "<= 1", "S");
  message (r, "OML-01", "2026-11-18T06:30:00");
  test_records_begin (r, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, F (AT), "2026-11-18T06:30",
                      F (ORDER_NO), "000000261118001", F (DEPARTMENT), "01", 0);
  test_records_item (r, F (NAME), "培養同定", F (CODE), "6B010000006174100", F (SYSTEM), "JC10",
                     F (SPECIMEN), "喀痰", F (COMMENT), "採取日時: 2026-11-18T06:40", 0);
}

/* ---- the rest ---------------------------------------------------------------------------------
 */

static void
problem (TestRecords *r, const char *name, const char *start, const char *main,
         const char *suspected, const char *end, const char *outcome, const char *code)
{
  test_records_item (r, F (NAME), name, F (START), start, F (MAIN), main, F (SUSPECTED), suspected,
                     F (END), end, F (OUTCOME), outcome, F (OUTCOME_CODE), code, 0);
}

static void
add_problems (TestRecords *r)
{
  message (r, "PPR-01", "2026-11-18T12:00:00");
  test_records_begin (r, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, F (AT), "2026-11-18T12:00:00", 0);
  problem (r, "うっ血性心不全", "2026-11-17", "主診断", NULL, NULL, NULL, NULL);
  problem (r, "発作性心房細動", "2021-06-01", NULL, NULL, NULL, NULL, NULL);
  problem (r, "関節リウマチ", "2009-03", NULL, NULL, NULL, NULL, NULL);
  problem (r, "慢性腎臓病", "2018-05-10", NULL, NULL, NULL, NULL, NULL);
  problem (r, "尿路感染症", "2026-11-17", NULL, "疑いあり", NULL, NULL, NULL);
  problem (r, "右下葉肺癌の疑い", "2026-10-22", NULL, NULL, NULL, NULL, NULL);
  problem (r, "胃炎", "2025-01-15", NULL, NULL, "2025-03-20", "回復", "R");
  problem (r, "大腿骨頚部骨折", "2024-10-01", NULL, NULL, "2024-12-20", "治癒", "F");
  test_records_item (r, F (NAME), "統合失調症", F (START), "2026-01-01", F (CONFIDENTIAL),
                     "非常に限定", 0);
}

static void
move (TestRecords *r, const char *data_type, DiscStatus status, const char *event, const char *at,
      const char *ward, const char *room)
{
  message (r, data_type, at);
  test_records_begin (r, DISC_KIND_ENCOUNTER, status, F (AT), at, F (DEPARTMENT), "内科",
                      F (AUTHOR), "佐伯　恵", F (TITLE), event, 0);
  test_records_item (r, F (EVENT), event, F (WARD), ward, F (ROOM), room, F (BED),
                     room != NULL ? "3" : NULL, 0);
}

static void
add_encounters (TestRecords *r)
{
  move (r, "ADT-22", DISC_STATUS_COMPLETED, "入院", "2026-03-12T10:00", "５東", "501");
  move (r, "ADT-52", DISC_STATUS_COMPLETED, "退院", "2026-03-24T10:00", "５東", "501");
  move (r, "ADT-12", DISC_STATUS_COMPLETED, "外来診察の受付", "2026-10-22T09:00", NULL, NULL);
  move (r, "ADT-12", DISC_STATUS_COMPLETED, "外来診察の受付", "2026-11-06T09:00", NULL, NULL);
  move (r, "ADT-22", DISC_STATUS_COMPLETED, "入院", "2026-11-17T13:20", "５東", "510");
  move (r, "ADT-42", DISC_STATUS_COMPLETED, "転床", "2026-11-18T16:20", "５東", "512");
  move (r, "ADT-51", DISC_STATUS_PLANNED, "退院予定", "2026-11-30", "５東", "512");
  move (r, "ADT-31", DISC_STATUS_CANCELLED, "外泊", "2026-11-19T09:00", "５東", "512");
}

static void
add_exams (TestRecords *r)
{
  message (r, "OMG-01", "2026-11-18T09:00:00");
  test_records_begin (r, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, F (AT), "2026-11-18T09:00",
                      F (ORDER_NO), "000000261118030", F (DEPARTMENT), "内科", F (AUTHOR),
                      "佐伯　恵", F (INFECTION_RISK), "MRSA", 0);
  test_records_item (r, F (NAME), "胸部Ｘ線　ポータブル", F (LEVEL), "parent", F (COMMENT),
                     "目的: 心拡大の評価", 0);
  test_records_item (r, F (NAME), "胸部臥位 A→P", F (LEVEL), "child", 0);
  message (r, "OMG-11", "2026-11-18T10:20:00");
  test_records_begin (r, DISC_KIND_PROCEDURE, DISC_STATUS_COMPLETED, F (AT), "2026-11-18T10:20",
                      F (ORDER_NO), "000000261118030", 0);
  test_records_item (r, F (NAME), "胸部臥位 A→P", F (BY), "撮影　太郎", F (MODALITY), "DX", 0);
  message (r, "OMG-13", "2026-11-17T16:00:00");
  test_records_begin (r, DISC_KIND_REPORT, DISC_STATUS_COMPLETED, F (AT), "2026-11-17T15:00",
                      F (ORDER_NO), "000000261117089", F (TITLE), "標準１２誘導心電図", F (TEXT),
                      "心電図所見: 心房細動。テント状Ｔ波", 0);
  test_records_begin (r, DISC_KIND_LAB, DISC_STATUS_COMPLETED, F (AT), "2026-11-17T15:00",
                      F (ORDER_NO), "000000261117089", 0);
  test_records_item (r, F (NAME), "QTc 時間", F (VALUE), "433", F (UNIT), "msec", F (GROUP),
                     "標準１２誘導心電図", 0);
  message (r, "OMG-03", "2026-11-19T11:00:00");
  test_records_begin (r, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, F (AT), "2026-11-19T11:00",
                      F (ORDER_NO), "000000261119040", F (DEPARTMENT), "循環器内科", 0);
  test_records_item (r, F (NAME), "心臓超音波", F (LEVEL), "parent", 0);
}

static void
add_meals (TestRecords *r)
{
  message (r, "OMD", "2026-11-17T14:00:00");
  test_records_begin (r, DISC_KIND_MEAL, DISC_STATUS_ACTIVE, F (AT), "2026-11-17T14:00",
                      F (ORDER_NO), "000000261117061", 0);
  test_records_item (r, F (KIND), "心臓病食　塩分６ｇ", F (MEAL), "朝食", F (MEAL), "昼食",
                     F (MEAL), "夕食", F (FROM), "2026-11-17T18", F (RESTRICTION),
                     "カリウム制限、ソバ禁", 0);
}

static void
add_basics (TestRecords *r)
{
  message (r, "ADT-00", "2026-11-17T13:00:00");
  test_records_begin (r, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_ACTIVE, F (AT), "2026-11-17T13:00:00",
                      F (BLOOD_TYPE), "A", F (BLOOD_TYPE), "Rh+", 0);
  test_records_begin (r, DISC_KIND_OBSERVATION, DISC_STATUS_COMPLETED, 0);
  test_records_item (r, F (NAME), "身長", F (VALUE), "151.2", F (UNIT), "cm", 0);
  test_records_item (r, F (NAME), "体重", F (VALUE), "48.0", F (UNIT), "kg", 0);
}

/* One order of SS-MIX2 with two drugs; FHIR says the same of one of them, and otherwise of the other. */
static void
add_two_sources (TestRecords *r)
{
  test_records_message (r, ++next_rid, "OMP-01", "2026-11-18T16:30:00", DISC_MESSAGE_TWO_SOURCES);
  test_records_begin (r, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, F (AT), "2026-11-18",
                      F (ORDER_NO), "26111801", 0);
  test_records_item (r, F (DRUG), "甲錠", F (DOSE), "1", F (DOSE_UNIT), "錠", 0);
  test_records_item (r, F (DRUG), "乙錠", F (DOSE), "2", F (DOSE_UNIT), "錠", 0);
  test_records_message (r, ++next_rid, "MedicationRequest", "2026-11-18T16:31:00",
                        DISC_MESSAGE_SAID_BEFORE);
  test_records_begin (r, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, F (AT), "2026-11-18",
                      F (ORDER_NO), "26111801", F (RESOURCE), "MedicationRequest/1", 0);
  test_records_item (r, F (DRUG), "甲錠", F (DOSE), "1", F (DOSE_UNIT), "錠", 0);
  test_records_message (r, ++next_rid, "MedicationRequest", "2026-11-18T16:31:00", 0);
  test_records_begin (r, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, F (AT), "2026-11-18",
                      F (ORDER_NO), "26111801", F (RESOURCE), "MedicationRequest/2", 0);
  test_records_item (r, F (DRUG), "乙錠", F (DOSE), "3", F (DOSE_UNIT), "錠", 0);
}

/* What FHIR alone has. */
static void
add_alerts (TestRecords *r)
{
  message (r, "Flag", "2026-11-17T10:00:00");
  test_records_begin (r, DISC_KIND_FLAG, DISC_STATUS_ACTIVE, F (AT), "2026-11-17", 0);
  test_records_item (r, F (NAME), "転倒・転落注意", F (START), "2026-11-17", 0);
  message (r, "Flag", "2026-10-01T10:00:00");
  test_records_begin (r, DISC_KIND_FLAG, DISC_STATUS_ACTIVE, F (AT), "2026-10-01", 0);
  test_records_item (r, F (NAME), "隔離", F (START), "2026-10-01", F (END), "2026-10-20", 0);
  message (r, "Flag", "2026-09-01T10:00:00");
  test_records_begin (r, DISC_KIND_FLAG, DISC_STATUS_COMPLETED, F (AT), "2026-09-01", 0);
  test_records_item (r, F (NAME), "面会制限", 0);
  message (r, "Device", "2024-05-01T10:00:00");
  test_records_begin (r, DISC_KIND_DEVICE, DISC_STATUS_ACTIVE, F (AT), "2024-05-01", 0);
  test_records_item (r, F (NAME), "冠動脈ステント", 0);
}

static void
add_notes (TestRecords *r)
{
  message (r, "11506-3", "2026-11-19T19:22:00");
  test_records_begin (r, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, F (AT), "2026-11-19", F (TITLE),
                      "経過記録", F (DEPARTMENT), "内科", F (AUTHOR), "佐伯　恵", F (TEXT),
                      "S) 息は楽になった\nO) 2026-11-18T06:40 採血", 0);
  message (r, "28623-7", "2026-11-19T21:10:00");
  test_records_begin (r, DISC_KIND_NOTE, DISC_STATUS_COMPLETED, F (AT), "2026-11-19", F (TITLE),
                      "看護記録", F (TEXT), "20時 食事3割", 0);
  message (r, "18842-5", "2026-03-24T10:00:00");
  test_records_begin (r, DISC_KIND_DOCUMENT, DISC_STATUS_COMPLETED, F (AT), "2026-03-24", F (TITLE),
                      "退院時サマリー", F (TEXT), "■ 処方\n薬剤\t1回量\nアスピリン\t1錠", 0);
  test_records_item (r, F (COMMENT), "機密区分：R", 0);
  message (r, "18842-5", "2026-03-23T10:00:00");
  test_records_begin (r, DISC_KIND_DOCUMENT, DISC_STATUS_SUPERSEDED, F (AT), "2026-03-24", F (TITLE),
                      "退院時サマリー（暫定）", F (TEXT), "旧", 0);
  message (r, "61358-8", "2026-11-17T18:20:00");
  test_records_begin (r, DISC_KIND_DOCUMENT, DISC_STATUS_COMPLETED, F (AT), "2026-11-17", F (TITLE),
                      "DNAR 同意書", 0);
  message (r, "57133-1", "2026-11-17T12:00:00");
  test_records_begin (r, DISC_KIND_DOCUMENT, DISC_STATUS_COMPLETED, F (AT), "2026-11-17", F (TITLE),
                      "紹介状", F (DEPARTMENT), "内科", F (PICTURES), "3", 0);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int len)
{
  g_byte_array_append (closure, data, len);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full): a letter, grey as a scan. */
static GBytes *
draw_letter (guint page)
{
  g_autofree char *number = g_strdup_printf ("page %u", page);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, STORY_WIDTH, STORY_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GByteArray *out = g_byte_array_new ();

  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_select_font_face (cr, "Noto Sans CJK JP", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 36);
  cairo_move_to (cr, 300, 120);
  cairo_show_text (cr, "診療情報提供書");
  cairo_set_font_size (cr, 20);
  cairo_move_to (cr, 80, 200);
  cairo_show_text (cr, number);
  for (guint line = 0; line < 30; line++)
    {
      cairo_move_to (cr, 80, 260 + 28 * line);
      cairo_show_text (cr, "平素よりお世話になっております。ワルファリンの調整をお願いします。");
    }
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append, out);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}

/* Of message @rid: two pages, and one that was left out. */
static void
add_pictures (DiscWriter *writer, gint64 rid)
{
  g_autoptr (GError) error = NULL;

  for (guint page = 1; page <= 3; page++)
    {
      g_autoptr (GBytes) bytes = page < 3 ? draw_letter (page) : NULL;
      const DiscPicture picture = { .rid = rid, .number = page,
                                    .media_type = "image/png", .width = STORY_WIDTH,
                                    .height = STORY_HEIGHT, .page = page,
                                    .original_width = page == 2 ? 1654 : 0,
                                    .original_height = page == 2 ? 2338 : 0,
                                    .size = bytes != NULL ? g_bytes_get_size (bytes) : 500000,
                                    .absent = page == 3 ? DISC_PICTURE_BEYOND_BUDGET : NULL };

      disc_writer_add_picture (writer, &picture, bytes, &error);
      g_assert_no_error (error);
    }
}

/* ---- the disc ---------------------------------------------------------------------------------
 */

static void
write_disc (const char *dir, gboolean has_notes)
{
  static const DiscInfo info = {
    .hospital = "見本市民病院",
    .facility = "1319999999",
    .as_of = "2026-11-19T23:50",
    .window_from = "2025-10-20",
    .built_at = "2026-11-20T00:10",
    .format = 1,
    .id = "0231",
    .months = 13,
  };
  static const DiscPatient patient = {
    .facility = "1319999999",
    .id = "0004512338",
    .name = "渡邊　千鶴子",
    .kana = "ワタナベ　チヅコ",
    .birth_date = "1948-04-05",
    .sex = "F",
    .blood_type = "A Rh+",
    .place = DISC_PLACE_IN,
    .ward = "５東",
    .room = "512",
    .bed = "3",
    .place_at = "2026-11-18T16:20",
    .department = "内科",
    .doctor = "佐伯　恵",
    .last_seen_at = "2026-11-18T16:20",
  };
  static const DiscPatient other = {
    .facility = "1319999999",
    .id = "0004512383",
    .name = "渡辺　千鶴子",
    .kana = "ワタナベ　チヅコ",
    .birth_date = "1948-04-06",
    .sex = "F",
  };
  static const DiscPatient third = {
    .facility = "1319999999",
    .id = "0004512399",
    .name = "試験　次郎",
    .birth_date = "1950-01-02",
    .sex = "M",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (dir, &info, &error);
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (TestRecords) few = test_records_new ();
  g_autoptr (TestRecords) twice = test_records_new ();
  gint64 letter;

  g_assert_no_error (error);
  next_rid = 0;
  add_basics (records);
  add_problems (records);
  add_prescriptions (records);
  add_injections (records);
  add_labs (records);
  add_microbiology (records);
  add_encounters (records);
  add_exams (records);
  add_meals (records);
  add_alerts (records);
  if (has_notes)
    add_notes (records);
  disc_writer_begin_patient (writer, &patient, &error);
  g_assert_no_error (error);
  test_records_write (records, writer);
  letter = disc_writer_last_rid (writer);
  disc_writer_begin_patient (writer, &other, &error);
  g_assert_no_error (error);
  message (few, "ADT-00", "2026-11-17T13:00:00");
  test_records_begin (few, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_ACTIVE, 0);
  test_records_write (few, writer);
  disc_writer_begin_patient (writer, &third, &error);
  g_assert_no_error (error);
  add_two_sources (twice);
  test_records_write (twice, writer);
  if (has_notes)
    add_pictures (writer, letter);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

static ViewerChart *
load (guint32 pno, gboolean has_notes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("tomoshibi-story-XXXXXX", &error);
  g_autoptr (ViewerDisc) disc = NULL;
  ViewerChart *chart;

  g_assert_no_error (error);
  write_disc (dir, has_notes);
  disc = viewer_disc_open (dir, &error);
  g_assert_no_error (error);
  chart = viewer_chart_load (disc, pno, TEST_STORY_NOW, &error);
  g_assert_no_error (error);
  return chart;
}

ViewerChart *
test_story_new (void)
{
  return load (1, FALSE);
}

ViewerChart *
test_story_new_empty (void)
{
  return load (2, FALSE);
}

ViewerChart *
test_story_new_two_sources (void)
{
  return load (3, FALSE);
}

ViewerChart *
test_story_new_with_notes (void)
{
  return load (1, TRUE);
}

void
test_story_remove (ViewerChart *chart)
{
  g_autofree char *path = g_strdup (viewer_disc_get_path (viewer_chart_get_disc (chart)));
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_object_unref (chart);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_remove (file);
    }
  g_rmdir (path);
}
