/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-fixture.h"

#include <glib/gstdio.h>

#include "disc-writer.h"

#define LIMIT_SECONDS 20

typedef struct
{
  DiscWriter *writer;
  DiscRecordBuilder *builder;
  const char *folder; /* patient id in the path */
} Pen;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
add_pairs (DiscRecordBuilder *builder, va_list pairs)
{
  int field;

  while ((field = va_arg (pairs, int)) != 0)
    disc_record_builder_add (builder, (DiscField) field, va_arg (pairs, const char *), -1);
}

/* A record; pairs of (DiscField, const char *), ended by 0. */
static void
record (Pen *pen, DiscKind kind, DiscStatus status, ...)
{
  va_list pairs;

  disc_record_builder_begin (pen->builder, kind, status, disc_status_is_live (status));
  va_start (pairs, status);
  add_pairs (pen->builder, pairs);
  va_end (pairs);
}

static void
item (Pen *pen, ...)
{
  va_list pairs;

  disc_record_builder_item (pen->builder);
  va_start (pairs, pen);
  add_pairs (pen->builder, pairs);
  va_end (pairs);
}

/* Ends the message whose records were written since the last one. */
static void
message_of (Pen *pen, const char *type, const char *care_date, const char *sent_at,
            char condition, DiscMessageFlags flags, const char *disputed_ids, const char *source)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) digits = g_strsplit_set (sent_at, "-T:", -1);
  g_autofree char *stamp = g_strjoinv ("", digits);
  g_autofree char *path =
    g_strdup_printf ("%.3s/%.3s/%s/%s/%s/%s_%s_%s_%s000_01_%c", pen->folder, pen->folder + 3,
                     pen->folder, care_date ? care_date : "-", type, pen->folder,
                     care_date ? care_date : "-", type, stamp, condition);
  DiscMessage message = { .format = DISC_FORMAT_SSMIX2,
                          .flags = flags,
                          .condition = condition,
                          .path = path,
                          .data_type = type,
                          .care_date = care_date,
                          .sent_at = sent_at,
                          .disputed_ids = disputed_ids,
                          .source = source,
                          .source_len = strlen (source) };

  message.records = disc_record_builder_get (pen->builder, &message.records_len);
  disc_writer_add_message (pen->writer, &message, NULL, NULL, &error);
  g_assert_no_error (error);
  disc_record_builder_clear (pen->builder);
}

static void
message (Pen *pen, const char *type, const char *care_date, const char *sent_at,
         const char *source)
{
  message_of (pen, type, care_date, sent_at, '1', 0, NULL, source);
}

/* What stands in the lists of the patient at hand; each row rests on his last message. */
static void
list_stay (Pen *pen, DiscStay stay)
{
  g_autoptr (GError) error = NULL;

  stay.rid = disc_writer_last_rid (pen->writer);
  disc_writer_add_stay (pen->writer, &stay, &error);
  g_assert_no_error (error);
}

static void
list_visit (Pen *pen, DiscVisit visit)
{
  g_autoptr (GError) error = NULL;

  visit.rid = disc_writer_last_rid (pen->writer);
  disc_writer_add_visit (pen->writer, &visit, &error);
  g_assert_no_error (error);
}

static void
list_doctor (Pen *pen, DiscDoctorState state, const char *at)
{
  g_autoptr (GError) error = NULL;
  DiscDoctorPatient patient = { .rid = disc_writer_last_rid (pen->writer), .state = state,
                                .last_at = at, .doctor = "佐伯　医師" };

  disc_writer_add_doctor_patient (pen->writer, &patient, &error);
  g_assert_no_error (error);
}

static void
begin_patient (Pen *pen, const DiscPatient *patient)
{
  g_autoptr (GError) error = NULL;

  pen->folder = patient->id;
  disc_writer_begin_patient (pen->writer, patient, &error);
  g_assert_no_error (error);
}

static void
write_basic_data (Pen *pen, const DiscPatient *patient)
{
  g_autofree char *source =
    g_strdup_printf ("MSH|^~\\&|HIS|MIHON|GW|RCV|20261117090000||ADT^A08^ADT_A01|1|P|2.5\r"
                     "PID|0001||%s^^^^PI||%s||%s|%s\r",
                     patient->id, patient->name ? patient->name : "",
                     patient->birth_date ? patient->birth_date : "", patient->sex);

  record (pen, DISC_KIND_DEMOGRAPHICS, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-17T09:00",
          DISC_FIELD_PATIENT_ID, patient->id, DISC_FIELD_NAME, patient->name,
          DISC_FIELD_BIRTH_DATE, patient->birth_date, 0);
  message (pen, "ADT-00", NULL, "2026-11-17T09:00:00", source);
}

static void
write_problems (Pen *pen)
{
  static const struct
  {
    const char *name, *start, *end, *outcome, *main, *suspected;
  } problems[] = {
    { "うっ血性心不全", "2026-11-17", NULL, NULL, "1", NULL },
    { "発作性心房細動", "2021-06", NULL, NULL, NULL, NULL },
    { "関節リウマチ", "2009-03", NULL, NULL, NULL, NULL },
    { "慢性腎臓病", "2018-05", NULL, NULL, NULL, NULL },
    { "尿路感染症", "2026-11-17", NULL, NULL, NULL, "1" },
    { "右下葉肺癌", "2026-10-22", NULL, NULL, NULL, "1" },
    { "大腿骨頸部骨折", "2024-09-01", "2024-12-20", "治癒", NULL, NULL },
  };

  record (pen, DISC_KIND_PROBLEM, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-17T16:00", 0);
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    item (pen, DISC_FIELD_NAME, problems[i].name, DISC_FIELD_START, problems[i].start,
          DISC_FIELD_END, problems[i].end, DISC_FIELD_OUTCOME, problems[i].outcome,
          DISC_FIELD_MAIN, problems[i].main, DISC_FIELD_SUSPECTED, problems[i].suspected, 0);
  message (pen, "PPR-01", NULL, "2026-11-17T16:00:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20261117160000||PPR^PC1^PPR_PC1|2|P|2.5\r"
           "PRB|AD|20261117|^うっ血性心不全^MDCDX2|1|||20261117\r"
           "PRB|AD|202106|^発作性心房細動^MDCDX2|2|||202106\r");
}

static void
write_prescription (Pen *pen)
{
  static const struct
  {
    const char *rp, *drug, *dose, *unit, *usage, *days, *instruction, *comment;
  } lines[] = {
    { "01", "ワーファリン錠１ｍｇ", "2", "錠", "１日１回夕食後", "7", NULL, NULL },
    { "02", "カンデサルタン錠８ｍｇ", "1", "錠", "１日１回朝食後", "7", NULL, NULL },
    { "02", "フロセミド錠４０ｍｇ", "1", "錠", "１日１回朝食後", "7", NULL, NULL },
    { "03", "プレドニゾロン錠１ｍｇ", NULL, "錠", "１日３回毎食後", "7", "不均等^朝4・昼2・夕1",
      NULL },
    { "04", "メトトレキサートカプセル２ｍｇ", "2", "Cap", "１日２回朝夕食後　土曜日", "4", NULL,
      "一包化しない" },
    { "05", "アセトアミノフェン錠２００ｍｇ", "2", "錠", "疼痛時　６時間以上あけて", NULL, NULL,
      "頓用" },
  };

  record (pen, DISC_KIND_PRESCRIPTION, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-17T19:10",
          DISC_FIELD_ORDER_NO, "000000261117031", DISC_FIELD_DEPARTMENT, "内科",
          DISC_FIELD_AUTHOR, "佐伯　医師", 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    item (pen, DISC_FIELD_RP, lines[i].rp, DISC_FIELD_DRUG, lines[i].drug, DISC_FIELD_DOSE,
          lines[i].dose, DISC_FIELD_DOSE_UNIT, lines[i].unit, DISC_FIELD_USAGE, lines[i].usage,
          DISC_FIELD_DAYS, lines[i].days, DISC_FIELD_DAYS_UNIT, lines[i].days ? "日" : NULL,
          DISC_FIELD_START, "2026-11-17", DISC_FIELD_INSTRUCTION, lines[i].instruction,
          DISC_FIELD_COMMENT, lines[i].comment, 0);
  message (pen, "OMP-01", "2026-11-17", "2026-11-17T19:10:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20261117191000||RDE^O11^RDE_O11|3|P|2.5\r"
           "ORC|NW|000000261117031|||||||20261117191000|||佐伯　医師\r"
           "RXE||621^ワーファリン錠１ｍｇ^HOT9|2||錠||||||14|錠\r"
           "TQ1|||１日１回夕食後||||20261117|||||7\r");

  /* The version before it: superseded, never live. */
  record (pen, DISC_KIND_PRESCRIPTION, DISC_STATUS_SUPERSEDED, DISC_FIELD_AT, "2026-11-17T18:55",
          DISC_FIELD_ORDER_NO, "000000261117031", 0);
  item (pen, DISC_FIELD_RP, "01", DISC_FIELD_DRUG, "ワーファリン錠１ｍｇ", DISC_FIELD_DOSE, "3",
        DISC_FIELD_DOSE_UNIT, "錠", DISC_FIELD_USAGE, "１日１回夕食後", DISC_FIELD_DAYS, "7", 0);
  message_of (pen, "OMP-01", "2026-11-17", "2026-11-17T18:55:00", '2', 0, NULL,
              "MSH|^~\\&|HIS|MIHON|GW|RCV|20261117185500||RDE^O11^RDE_O11|3|P|2.5\r"
              "ORC|NW|000000261117031\r"
              "RXE||621^ワーファリン錠１ｍｇ^HOT9|3||錠\r");
}

static void
write_injection (Pen *pen)
{
  record (pen, DISC_KIND_INJECTION, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-19T22:05",
          DISC_FIELD_ORDER_NO, "000000261119088", DISC_FIELD_DEPARTMENT, "内科", 0);
  item (pen, DISC_FIELD_RP, "01", DISC_FIELD_DRUG, "ソルデム３Ａ輸液５００ｍＬ", DISC_FIELD_AMOUNT,
        "1", DISC_FIELD_AMOUNT_UNIT, "本", DISC_FIELD_COMPONENT, "base", DISC_FIELD_ROUTE,
        "点滴静注", DISC_FIELD_RATE, "60", DISC_FIELD_RATE_UNIT, "mL/h", DISC_FIELD_START,
        "2026-11-20T00:00", 0);
  item (pen, DISC_FIELD_RP, "01", DISC_FIELD_DRUG, "塩化ナトリウム注１０％", DISC_FIELD_AMOUNT, "1",
        DISC_FIELD_AMOUNT_UNIT, "管", DISC_FIELD_COMPONENT, "additive", 0);
  message (pen, "OMP-02", "2026-11-19", "2026-11-19T22:05:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20261119220500||RDE^O11^RDE_O11|4|P|2.5\r"
           "RXE|||500||ml\rRXC|B|641^ソルデム３Ａ輸液５００ｍＬ^HOT9|1|本\r");
}

static void
write_lab (Pen *pen, const char *sent, const char *at, const char *potassium,
           const char *potassium_flag, const char *creatinine, DiscStatus status)
{
  g_autofree char *source = g_strdup_printf (
    "MSH|^~\\&|LIS|MIHON|GW|RCV|20261119093512||OUL^R22^OUL_R22|5|P|2.5\r"
    "PID|0001||%s^^^^PI\r"
    "OBX|1|NM|3H015000002326101^K^JC10||%s|mmol/L^mmol/L^ISO+|3.6-4.8|%s|||F\r"
    "OBX|2|NM|3C015000002327101^Cr^JC10||%s|mg/dL^mg/dL^ISO+|0.46-0.79|H|||F\r",
    pen->folder, potassium, potassium_flag, creatinine);
  g_autofree char *day = g_strndup (at, 10);

  record (pen, DISC_KIND_LAB, status, DISC_FIELD_AT, at, DISC_FIELD_TITLE, "生化学", 0);
  item (pen, DISC_FIELD_NAME, "K", DISC_FIELD_CODE, "3H015000002326101", DISC_FIELD_SYSTEM, "JC10",
        DISC_FIELD_VALUE, potassium, DISC_FIELD_UNIT, "mmol/L", DISC_FIELD_RANGE, "3.6-4.8",
        DISC_FIELD_FLAG, potassium_flag, DISC_FIELD_SPECIMEN, "血清", DISC_FIELD_STATUS,
        status == DISC_STATUS_PRELIMINARY ? "P" : "F", 0);
  item (pen, DISC_FIELD_NAME, "Cr", DISC_FIELD_CODE, "3C015000002327101", DISC_FIELD_SYSTEM,
        "JC10", DISC_FIELD_VALUE, creatinine, DISC_FIELD_UNIT, "mg/dL", DISC_FIELD_RANGE,
        "0.46-0.79", DISC_FIELD_FLAG, "H", DISC_FIELD_SPECIMEN, "血清", DISC_FIELD_STATUS, "F", 0);
  message (pen, "OML-11", day, sent, source);
}

static void
write_others (Pen *pen)
{
  record (pen, DISC_KIND_ENCOUNTER, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-17T14:20",
          DISC_FIELD_TITLE, "入院", DISC_FIELD_DEPARTMENT, "内科", 0);
  item (pen, DISC_FIELD_EVENT, "入院", DISC_FIELD_WARD, "５東", DISC_FIELD_ROOM, "512",
        DISC_FIELD_BED, "3", DISC_FIELD_FROM, "2026-11-17T14:20", 0);
  message (pen, "ADT-22", "2026-11-17", "2026-11-17T14:25:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20261117142500||ADT^A01^ADT_A01|6|P|2.5\r"
           "PV1|0001|I|５東^512^3\r");

  record (pen, DISC_KIND_ORDER, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-19T10:00",
          DISC_FIELD_TITLE, "胸部Ｘ線　ポータブル", DISC_FIELD_ORDER_NO, "000000261119031", 0);
  item (pen, DISC_FIELD_NAME, "胸部Ｘ線　ポータブル", 0);
  message_of (pen, "OMG-01", "2026-11-19", "2026-11-19T10:00:00", '1', DISC_MESSAGE_TRUNCATED,
              NULL,
              "MSH|^~\\&|HIS|MIHON|GW|RCV|20261119100000||OMG^O19^OMG_O19|7|P|2.5\r"
              "OBR|1|000000261119031||X1^胸部Ｘ線");

  record (pen, DISC_KIND_REPORT, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-18T10:20",
          DISC_FIELD_TITLE, "胸部ＣＴ", DISC_FIELD_TEXT, "右下葉に結節影。肺癌の疑い。", 0);
  message (pen, "OMG-11", "2026-11-18", "2026-11-18T11:00:00",
           "MSH|^~\\&|RIS|MIHON|GW|RCV|20261118110000||ORU^R01^ORU_R01|8|P|2.5\r"
           "OBX|1|TX|||右下葉に結節影。肺癌の疑い。\r");

  record (pen, DISC_KIND_MICROBIOLOGY, DISC_STATUS_PRELIMINARY, DISC_FIELD_AT,
          "2026-11-17T15:40", DISC_FIELD_TITLE, "尿　培養", 0);
  item (pen, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_ORGANISM, "Escherichia coli",
        DISC_FIELD_VALUE, "3+", 0);
  item (pen, DISC_FIELD_SPECIMEN, "尿", DISC_FIELD_ORGANISM, "Escherichia coli", DISC_FIELD_DRUG,
        "セファゾリン", DISC_FIELD_VALUE, "<=2", DISC_FIELD_UNIT, "μg/mL", DISC_FIELD_RESULT, "S",
        0);
  message (pen, "OML-11", "2026-11-17", "2026-11-19T15:40:00",
           "MSH|^~\\&|LIS|MIHON|GW|RCV|20261119154000||OUL^R22^OUL_R22|9|P|2.5\r");
}

static void
write_allergies (Pen *pen)
{
  record (pen, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-03-12", 0);
  item (pen, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE, "ペニシリン系",
        DISC_FIELD_SEVERITY, "重度", DISC_FIELD_REACTION, "アナフィラキシー", 0);
  item (pen, DISC_FIELD_CATEGORY, "食物アレルギー", DISC_FIELD_SUBSTANCE, "ソバ", 0);
  item (pen, DISC_FIELD_CATEGORY, "薬剤アレルギー", DISC_FIELD_SUBSTANCE, "造影剤", 0);
  message (pen, "ADT-61", NULL, "2026-03-12T10:00:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20260312100000||ADT^A60^ADT_A60|10|P|2.5\r"
           "IAM|1|DA^薬剤アレルギー^HL70127|^ペニシリン系^99ALG|SV^重度^HL70128\r");
}

static void
write_none_stated (Pen *pen)
{
  record (pen, DISC_KIND_ALLERGY, DISC_STATUS_ACTIVE, DISC_FIELD_AT, "2026-11-12", 0);
  item (pen, DISC_FIELD_SUBSTANCE, "なし", 0);
  message (pen, "ADT-61", NULL, "2026-11-12T09:30:00",
           "MSH|^~\\&|HIS|MIHON|GW|RCV|20261112093000||ADT^A60^ADT_A60|11|P|2.5\r"
           "IAM|1||^なし^99ALG\r");
}

static void
write_main_patient (Pen *pen)
{
  DiscPatient patient = { .flags = DISC_PATIENT_DEMOGRAPHICS_CONFLICT,
                          .facility = "1310000001",
                          .id = VIEWER_FIXTURE_MAIN,
                          .name = "渡邊　千鶴子",
                          .kana = "ワタナベ　チヅコ",
                          .birth_date = "1948-04-05",
                          .sex = "F",
                          .address = "見本市汐路町３－１４",
                          .phone = "000-555-0142",
                          .former_names = "田代　千鶴子",
                          .place = DISC_PLACE_IN,
                          .ward = "５東",
                          .room = "512",
                          .bed = "3",
                          .place_at = "2026-11-17T14:20",
                          .department = "内科",
                          .doctor = "佐伯",
                          .last_seen_at = "2026-11-17T14:20" };

  begin_patient (pen, &patient);
  write_basic_data (pen, &patient);
  write_problems (pen);
  write_prescription (pen);
  write_injection (pen);
  write_lab (pen, "2026-11-17T15:00:00", "2026-11-17T14:05", "5.2", "H", "1.61",
             DISC_STATUS_COMPLETED);
  write_lab (pen, "2026-11-18T08:00:00", "2026-11-18T06:50", "5.3", "H", "1.72",
             DISC_STATUS_COMPLETED);
  write_lab (pen, "2026-11-19T19:00:00", "2026-11-19T18:32", "6.8", "HH", "2.41",
             DISC_STATUS_COMPLETED);
  write_others (pen);
  list_stay (pen, (DiscStay){ .state = DISC_STAY_IN, .ward = "５東", .room = "512", .bed = "3",
                              .from_at = "2026-11-17T14:20", .department = "内科",
                              .doctor = "佐伯　医師" });
  list_doctor (pen, DISC_DOCTOR_IN, "2026-11-17T14:20");
}

static void
list_people (Pen *pen, const char *id)
{
  if (g_str_equal (id, VIEWER_FIXTURE_NONE))
    {
      list_stay (pen, (DiscStay){ .state = DISC_STAY_IN, .end = DISC_STAY_DISCHARGED, .ward = "５東",
                                  .room = "512", .bed = "3", .from_at = "2026-10-01T10:00",
                                  .to_at = "2026-10-20T11:00", .department = "内科" });
      list_visit (pen, (DiscVisit){ .state = DISC_VISIT_HAPPENED, .at = "2026-11-12T09:30",
                                    .department = "内科", .doctor = "佐伯　医師" });
      list_doctor (pen, DISC_DOCTOR_VISITED, "2026-11-12T09:30");
    }
  else if (g_str_equal (id, VIEWER_FIXTURE_LISTED))
    list_visit (pen, (DiscVisit){ .state = DISC_VISIT_PLANNED, .at = "2026-11-21T09:00",
                                  .department = "眼科" });
  else if (g_str_equal (id, "0000207716"))
    {
      list_stay (pen, (DiscStay){ .state = DISC_STAY_IN, .ward = "３西", .room = "305", .bed = "1",
                                  .from_at = "2026-11-02T10:00", .department = "整形外科" });
      list_stay (pen, (DiscStay){ .state = DISC_STAY_PLANNED_MOVE, .ward = "３西", .room = "305",
                                  .bed = "1", .from_at = "2026-11-20T14:00",
                                  .to_place = "５東 501-2" });
    }
  else if (g_str_equal (id, "0003390125"))
    list_stay (pen, (DiscStay){ .state = DISC_STAY_LEAVE, .ward = "４産", .room = "402",
                                .from_at = "2026-11-18T09:00", .department = "産婦人科" });
  else if (g_str_equal (id, "0005000017"))
    list_stay (pen, (DiscStay){ .state = DISC_STAY_IN, .ward = "４産",
                                .from_at = "2026-11-15T04:10" });
}

static void
write_people (Pen *pen)
{
  static const DiscPatient people[] = {
    { .facility = "1310000001", .id = VIEWER_FIXTURE_NONE, .name = "渡辺　千鶴子",
      .kana = "ワタナベ　チヅコ", .birth_date = "1948-04-25", .sex = "F",
      .flags = DISC_PATIENT_ALLERGY_NONE_STATED, .place = DISC_PLACE_OUT, .department = "内科",
      .last_seen_at = "2026-11-12" },
    { .facility = "1310000001", .id = VIEWER_FIXTURE_LISTED, .name = "渡部　千津子",
      .kana = "ﾜﾀﾅﾍﾞ ﾁﾂﾞｺ", .birth_date = "1951-12-30", .sex = "F",
      .flags = DISC_PATIENT_ALLERGY_LISTED, .place = DISC_PLACE_OUT, .department = "眼科",
      .last_seen_at = "2026-08-03" },
    { .facility = "1310000001", .id = "0000207716", .name = "渡■　千代",
      .kana = "ワタナベ　チヨ", .birth_date = "1931-01-05", .sex = "F",
      .flags = DISC_PATIENT_LOST_CHARACTER, .place = DISC_PLACE_IN, .ward = "３西",
      .room = "305", .bed = "1", .place_at = "2026-11-02T10:00", .department = "整形外科" },
    { .facility = "1310000001", .id = "0000411560", .name = "亘鍋　親良",
      .kana = "ワタナベ　チカヨシ", .birth_date = "1940-03", .sex = "M",
      .flags = DISC_PATIENT_DIED, .place = DISC_PLACE_OUT, .last_seen_at = "2026-09-08" },
    { .facility = "1310000001", .id = "0003390125", .name = "佐藤　智恵",
      .kana = "サトウ　チエ", .birth_date = "1979-02-11", .sex = "F",
      .flags = DISC_PATIENT_NO_DEMOGRAPHICS, .place = DISC_PLACE_LEAVE, .ward = "４産",
      .room = "402", .place_at = "2026-11-18T09:00", .department = "産婦人科" },
    { .facility = "1310000001", .id = "0005000017", .kana = "ヤマモト　ベビー",
      .birth_date = "2026-11-15", .sex = "U", .place = DISC_PLACE_IN, .ward = "４産",
      .place_at = "2026-11-15T04:10" },
    { .facility = "1310000001", .id = "0005000025",
      .name = "アレクサンドラ・マリア・ジョゼフィーヌ　フォン・ヴィッテルスバッハ見本",
      .kana = "フォンヴィッテルスバッハミホン　アレクサンドラマリアジョゼフィーヌ",
      .birth_date = "1985-07-01", .sex = "F", .place = DISC_PLACE_OUT,
      .last_seen_at = "2026-10-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      begin_patient (pen, &people[i]);
      write_basic_data (pen, &people[i]);
      if (g_str_equal (people[i].id, VIEWER_FIXTURE_LISTED))
        write_allergies (pen);
      if (g_str_equal (people[i].id, VIEWER_FIXTURE_NONE))
        write_none_stated (pen);
      list_people (pen, people[i].id);
    }
}

static void
write_disputed (Pen *pen)
{
  g_autoptr (GError) error = NULL;

  disc_writer_begin_disputed (pen->writer, "1310000001", &error);
  g_assert_no_error (error);
  pen->folder = VIEWER_FIXTURE_MAIN;
  record (pen, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT, "2026-11-19T08:45",
          DISC_FIELD_TITLE, "生化学", 0);
  item (pen, DISC_FIELD_NAME, "K", DISC_FIELD_VALUE, "4.1", DISC_FIELD_UNIT, "mmol/L", 0);
  item (pen, DISC_FIELD_NAME, "Cr", DISC_FIELD_VALUE, "0.71", DISC_FIELD_UNIT, "mg/dL", 0);
  message_of (pen, "OML-11", "2026-11-19", "2026-11-19T09:35:12", '1', DISC_MESSAGE_DISPUTED,
              VIEWER_FIXTURE_MAIN "\n" VIEWER_FIXTURE_NONE,
              "MSH|^~\\&|LIS|MIHON|GW|RCV|20261119093512||OUL^R22^OUL_R22|12|P|2.5\r"
              "PID|0001||0004521338^^^^PI||渡辺^千鶴子|||19480425|F\r"
              "OBX|1|NM|3H015000002326101^K^JC10||4.1|mmol/L\r");
}

static void
write_findings (Pen *pen)
{
  static const DiscFinding findings[] = {
    { "error", "identity-conflict", "000/451/OML-11", NULL, "1310000001", VIEWER_FIXTURE_MAIN,
      "PID-3" },
    { "error", "demographics-conflict", "000/451/ADT-22", NULL, "1310000001",
      VIEWER_FIXTURE_MAIN, "PID-7" },
    { "error", "truncated", "000/451/OMG-01", NULL, "1310000001", VIEWER_FIXTURE_MAIN, "OBR" },
    { "warning", "not-understood", "000/118/OMP-01", NULL, "1310000001", VIEWER_FIXTURE_LISTED,
      "RXE-7" },
    { "info", "outside-window", "000/118/OML-11", NULL, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      g_autoptr (GError) error = NULL;

      disc_writer_add_finding (pen->writer, &findings[i], &error);
      g_assert_no_error (error);
    }
}

/* What `tomoshibi report` would say of it, as far as the viewer shows it. */
static const char report[] =
    "{\"newest_sent\":\"2026-11-19T23:50:00\",\"verdict\":{\"level\":\"attention\",\"reasons\":["
    "{\"code\":\"rule-set-aside\",\"level\":\"serious\",\"what\":\"stale-data\"},"
    "{\"code\":\"unreadable\",\"level\":\"attention\",\"n\":1,\"of\":27},"
    "{\"code\":\"absent\",\"level\":\"attention\",\"what\":\"vital, note\"},"
    "{\"code\":\"of-a-later-version\",\"level\":\"attention\",\"n\":7}]},"
    "\"stop_rules\":[{\"rule\":\"empty\",\"outcome\":\"passed\"},"
    "{\"rule\":\"stale-data\",\"outcome\":\"set-aside\",\"measured\":9,\"limit\":\"3\","
    "\"usual_limit\":\"7\"}],"
    "\"sources\":[{\"name\":\"backup.tar\",\"files\":30,\"files_read\":26,\"files_refused\":1,"
    "\"files_ignored\":3}],"
    "\"wards\":[{\"ward\":\"３西\",\"patients\":12,\"newest_sent\":\"2026-11-19T23:50:00\","
    "\"newest_sent_by_kind\":{\"prescription\":\"2026-11-19T21:40:00\",\"lab\":\"2026-11-18T07:00:00\","
    "\"administration\":\"2026-11-17T14:20:00\",\"surprise\":\"2026-11-19T01:02:03\"}},"
    "{\"patients\":1}],"
    "\"counts\":{\"records_by_kind\":{\"lab\":{\"records\":1200,\"not_live\":{\"superseded\":1000,"
    "\"entered-in-error\":34},\"codes\":{\"standard\":70,\"local\":20,\"none\":10}}}},"
    "\"virus_scan\":{\"scanned\":false}}";

char *
viewer_fixture_write (void)
{
  static const DiscInfo info = { .hospital = "見本市民病院",
                                 .facility = "1310000001",
                                 .as_of = "2026-11-19T23:50:00",
                                 .window_from = "2025-10-20",
                                 .built_at = "2026-11-20T00:41:00",
                                 .months = 13 };
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("viewer-disc-XXXXXX", &error);
  g_autofree char *disc = NULL;
  Pen pen = { .builder = disc_record_builder_new () };

  g_assert_no_error (error);
  disc = g_build_filename (path, "disc", NULL);
  pen.writer = disc_writer_new (disc, &info, &error);
  g_assert_no_error (error);
  write_main_patient (&pen);
  write_people (&pen);
  write_disputed (&pen);
  write_findings (&pen);
  disc_writer_finish (pen.writer, &info, report,
                      "{\"files\":30,\"files_read\":26,\"files_refused\":1,\"files_ignored\":3}",
                      &error);
  g_assert_no_error (error);
  disc_writer_free (pen.writer);
  disc_record_builder_free (pen.builder);
  return path;
}

void
viewer_fixture_remove (char *path)
{
  remove_tree (path);
  g_free (path);
}

static gboolean
time_is_up (gpointer data)
{
  g_error ("a condition of the test did not come true in %d s", LIMIT_SECONDS);
  return G_SOURCE_REMOVE;
}

static gboolean
look_again (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* What is waited for may come true in another thread, which wakes no main loop. */
void
viewer_fixture_wait (ViewerFixtureCondition done, gpointer data)
{
  guint limit = g_timeout_add_seconds (LIMIT_SECONDS, time_is_up, NULL);
  guint tick = g_timeout_add (10, look_again, NULL);

  while (!done (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_source_remove (limit);
}

static void
patients_loaded (GObject *disc, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  viewer_disc_load_patients_finish (VIEWER_DISC (disc), result, &error);
  g_assert_no_error (error);
}

static gboolean
has_patients (gpointer disc)
{
  return viewer_disc_get_patients (disc) != NULL;
}

ViewerDisc *
viewer_fixture_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (path, "disc", NULL);
  ViewerDisc *disc = viewer_disc_open (folder, &error);

  g_assert_no_error (error);
  viewer_disc_load_patients_async (disc, NULL, patients_loaded, NULL);
  viewer_fixture_wait (has_patients, disc);
  return disc;
}

static gboolean
is_gone (gpointer disc)
{
  return g_atomic_pointer_get ((gpointer *) disc) == NULL;
}

/* The thread that read the patients lets go of the disc a moment after it has handed them over. */
void
viewer_fixture_close (ViewerDisc *disc)
{
  g_object_add_weak_pointer (G_OBJECT (disc), (gpointer *) &disc);
  g_object_unref (disc);
  viewer_fixture_wait (is_gone, &disc);
}

guint32
viewer_fixture_pno (ViewerDisc *disc, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found =
    disc_reader_find_patients (viewer_disc_get_reader (disc), id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return g_array_index (found, guint32, 0);
}
