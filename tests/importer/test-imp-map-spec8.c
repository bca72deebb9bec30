/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The irregularities of real data, SS-MIX2 spec section 8, as far as one message shows them; each
 * test is named after its row. Rows about bytes, names and files are tested beside their modules.
 */
#include <string.h>

#include "map-fixture.h"

#define RDE MAP_MSH ("RDE^O11") MAP_PID
#define OUL MAP_MSH ("OUL^R22") MAP_PID "SPM|1|S1||023^血清^JC10|||||||||||||202504090845\n"
#define OBR "OBR|1|O1|F1|B^生化学|||20250410||||||||||||||||||F\nORC|SC|O1\n"

static MapFixture *
map_result (const char *obx)
{
  g_autofree char *message = g_strdup_printf (OUL OBR "%s\n", obx);

  return map_fixture_new_type ("OML-11", message);
}

/* PID-3 is told exactly as it stands: padding is the importer's to judge. */
static void
test_01_pid (void)
{
  static const struct
  {
    const char *pid;
    const char *id;
    const char *others; /* NULL: the message names one patient */
  } cases[] = {
    { "PID|1||9999013", "9999013" },
    { "PID|1||0009999013^^^^PI", "0009999013" },
    { "PID|1|| 9999013 ", "9999013" },
    { "PID|1||", "" },
    { "PID|1||\"\"", "" },
    { "PV1|1|O", "" },
    /* two people in one message; the path names 0001234567 */
    { "PID|1||0001234567\nPID|1||7654321", "0001234567", "7654321" },
    { "PID|1||7654321\nPID|1||0001234567", "7654321", "0001234567" },
    { "PID|1||\nPID|1||7654321", "", "7654321" },
    { "PID|1||\nPID|1||0001234567", "" },
    { "PID|1||\nPID|1||0001234567\nPID|1||7654321", "", "7654321" },
    { "PID|1||1\nPID|1||2\nPID|1||3\nPID|1||2", "1", "2\n3" },
    { "PID|1||0001234567\nPID", "0001234567" },
    { "PID|1||0001234567\nPID|1||0001234567", "0001234567" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (MAP_MSH ("ADT^A08") "%s\n", cases[i].pid);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-00", message);

      g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, cases[i].id);
      g_assert_cmpint (fixture->mapped->facts.names_two_patients, ==, cases[i].others != NULL);
      g_assert_cmpstr (fixture->mapped->facts.other_ids, ==,
                       cases[i].others != NULL ? cases[i].others : "");
    }
}

/* An administration in a folder of movements is read as what it is. */
static void
test_02_other_folder (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-31", MAP_MSH ("RAS^O17") MAP_PID "ORC|NW|1\nRXA|0|1|20250410||1^甲錠|1|TAB\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_ADMINISTRATION, 0, 0, DISC_FIELD_DRUG), ==,
                   "甲錠");
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0), ==,
                   "the name says ADT-31, the message RAS^O17");
  g_assert_cmpstr (fixture->mapped->facts.data_type, ==, "OMP-11");
  g_assert_false (fixture->mapped->facts.names_admission);
}

/* Under 20250410, sampled the day before: the inner time counts. */
static void
test_03_inner_time (void)
{
  g_autoptr (MapFixture) result = map_result ("OBX|1|NM|1^K||4||||||F");
  g_autoptr (MapFixture) given = map_fixture_new_type (
      "OMP-11", MAP_MSH ("RAS^O17") MAP_PID "ORC|NW|1\nRXA|0|1|202504110830||1^甲錠|1|TAB\n");

  g_assert_cmpstr (result->mapped->facts.clinical_at, ==, "2025-04-09T08:45");
  g_assert_cmpstr (map_values (result, DISC_KIND_LAB, 0, -1, DISC_FIELD_AT), ==,
                   "2025-04-09T08:45");
  g_assert_cmpstr (given->mapped->facts.clinical_at, ==, "2025-04-11T08:30");
}

static void
test_04_order_number (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|555\nRXE||1^甲錠|1||TAB\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, -1, DISC_FIELD_ORDER_NO), ==,
                   "555");
}

/* Birth date in PID-9, department in PV1-8, XCN one place off: nothing is believed, all is kept. */
static void
test_05_shifted_fields (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (DEMOGRAPHICS, 0, BIRTH_DATE, NULL),
    MAP_RECORD (DEMOGRAPHICS, 0, SEX, NULL),
    MAP_RECORD (DEMOGRAPHICS, 0, DOCTOR, "医師一郎"),
    MAP_RECORD (DEMOGRAPHICS, 0, NOT_UNDERSTOOD, "PID-8: 男|PID-9: 19520304|PV1-8: 01"),
  };
  static const MapFact wrong[] = {
    MAP_RECORD (DEMOGRAPHICS, 0, BIRTH_DATE, NULL),
    MAP_RECORD (DEMOGRAPHICS, 0, NOT_UNDERSTOOD, "PID-7: F|PID-8: 19520304"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-00", MAP_MSH ("ADT^A08") "PID|1||0001234567||山田^花子|||男|19520304\n"
                "PV1|1|O|||||D1^医師一郎^^^^^^^^L^^^^^I|01\n");
  g_autoptr (MapFixture) swapped = map_fixture_new_type (
      "ADT-00", MAP_MSH ("ADT^A08") "PID|1||0001234567||山田^花子||F|19520304\n");

  map_check (fixture, facts);
  map_check (swapped, wrong);
  g_assert_cmpstr (fixture->mapped->facts.birth_date, ==, "");
  g_assert_cmpstr (fixture->mapped->facts.sex, ==, "");
}

static void
test_06_units (void)
{
  static const char *const units[] = { "個/HFP", "mOms/L", "/100LFP", "干/μl", ".10*3/uL" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *obx = g_strdup_printf ("OBX|1|NM|1^WBC||4|%s|||||F", units[i]);
      g_autoptr (MapFixture) fixture = map_result (obx);

      g_assert_cmpstr (map_values (fixture, DISC_KIND_LAB, 0, 0, DISC_FIELD_UNIT), ==, units[i]);
    }
}

/* Every shape of the value table of spec 4.12 stands as it was stored. */
static void
check_values (const char *const *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      g_autofree char *obx = g_strdup_printf ("OBX|1|ST|1^項目||%s||||||F", values[i]);
      g_autoptr (MapFixture) fixture = map_result (obx);

      g_assert_cmpstr (map_values (fixture, DISC_KIND_LAB, 0, 0, DISC_FIELD_VALUE), ==,
                       values[i]);
    }
}

static void
test_07_operators (void)
{
  static const char *const values[] = {
    "< 0.5", "<0.5", "＜0.5", "0.5>", "0.5未満", "0.5ミマン", "L0.5", "> 100", "100<",
    "U100", "100超過", ">= 200", "200≦", "200以上", "200～", "200↑", "<= 400", "400≧", "400↓",
    "(-)", "－", "-", "陰性", "フケンシュツ", "+-", "±", "1+", "＋＋＋", " 1 +", "*****", "0",
  };

  check_values (values, G_N_ELEMENTS (values));
}

static void
test_08_two_results (void)
{
  static const char *const values[] = { "3+(300)", "0.13(0)", "2.3(±)", "A(+)B(-)", "52/3" };

  check_values (values, G_N_ELEMENTS (values));
}

/* Quantities and classes of one item stand side by side, each with its own unit and type. */
static void
test_09_mixed_types (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, VALUE, "120"),  MAP_ITEM (LAB, 0, 0, UNIT, "mg/dL"),
    MAP_ITEM (LAB, 0, 0, VALUE_TYPE, "NM"), MAP_ITEM (LAB, 0, 1, VALUE, "2+"),
    MAP_ITEM (LAB, 0, 1, UNIT, NULL),    MAP_ITEM (LAB, 0, 1, VALUE_TYPE, "ST"),
  };
  g_autoptr (MapFixture) fixture = map_result (
      "OBX|1|NM|1A020000000190111^尿糖^JC10||120|mg/dL|||||F\n"
      "OBX|2|ST|1A020000000190111^尿糖^JC10||2+||||||F");

  map_check (fixture, facts);
}

/* Codes of another length or system and shifted values: the text stands, the rest is kept. */
static void
test_10_wrong_codes (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, NAME, "ＰＴ"),
    MAP_ITEM (LAB, 0, 0, CODE, "2B0300000022311"),
    MAP_ITEM (LAB, 0, 1, VALUE, "2"),
    MAP_ITEM (LAB, 0, 1, UNIT, "4"),
    MAP_ITEM (LAB, 0, 1, RANGE, "1661^CAZ"),
  };
  static const MapFact drug[] = {
    MAP_ITEM (INJECTION, 0, 0, DRUG, "輸液５００ｍＬ"),
    MAP_ITEM (INJECTION, 0, 0, CODE, "620007329"),
    MAP_ITEM (INJECTION, 0, 0, SYSTEM, "HOT9"),
  };
  g_autoptr (MapFixture) fixture = map_result (
      "OBX|1|NM|2B0300000022311^ＰＴ^JC10||12||||||F\nOBX|2|ST|1^薬剤||2|4|1661^CAZ||||F");
  g_autoptr (MapFixture) injection = map_fixture_new_type (
      "OMP-02", RDE "ORC|NW|1\nRXE||00^一般^JHSI0002|500||ML\n"
                "RXC|B|620007329^輸液５００ｍＬ^HOT9|1|HON\n");

  map_check (fixture, facts);
  map_check (injection, drug);
}

/* Text alone, local codes alone, a standard code in second place. */
static void
test_11_no_standard_codes (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "自家製軟膏"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CODE, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 1, DRUG, "甲錠"),
    MAP_ITEM (PRESCRIPTION, 0, 1, CODE, "L77"),
    MAP_ITEM (PRESCRIPTION, 0, 1, SYSTEM, "99LOC"),
    MAP_ITEM (PRESCRIPTION, 0, 2, CODE, "L78"),
    MAP_ITEM (PRESCRIPTION, 0, 2, OTHER_CODE, "199900001"),
    MAP_ITEM (PRESCRIPTION, 0, 2, OTHER_SYSTEM, "HOT9"),
    MAP_ITEM (PRESCRIPTION, 0, 2, OTHER_NAME, "乙錠５ｍｇ「甲」"),
    MAP_ITEM (PRESCRIPTION, 0, 3, DRUG, "199900003"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||^自家製軟膏|1||TAB\nORC|NW|1\nRXE||L77^甲錠^99LOC|1||TAB\n"
                "ORC|NW|1\nRXE||L78^乙錠^99LOC^199900001^乙錠５ｍｇ「甲」^HOT9|1||TAB\n"
                "ORC|NW|1\nRXE||199900003^^HOT9|1||TAB\n");

  map_check (fixture, facts);
}

static void
test_12_nothing_converted (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "50"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_UNIT, "ミリグラム"),
    MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL, "1.4"),
    MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL_UNIT, "グラム"),
    MAP_ITEM (PRESCRIPTION, 0, 0, WARNING, NULL),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲散|50||MG^ミリグラム^MR9P|||||1.4|G^グラム^MR9P||||||||100^MG&ミリグラム\n"
                "TQ1|1||1012040400000000&２回|||14^d\n");

  map_check (fixture, facts);
}

static void
test_13_icd10 (void)
{
  static const char *const codes[] = { "K297", "K29.7", "-", "" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *message = g_strdup_printf (
          MAP_MSH ("PPR^ZD1") MAP_PID "PRB|AD|20250410|20084317^右肩のしこり^MDCDX2|1||||||%s^^I10\n",
          codes[i]);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("PPR-01", message);

      g_assert_cmpstr (map_values (fixture, DISC_KIND_PROBLEM, 0, 0, DISC_FIELD_ICD10), ==,
                       *codes[i] ? codes[i] : NULL);
      g_assert_cmpstr (map_values (fixture, DISC_KIND_PROBLEM, 0, 0, DISC_FIELD_NAME), ==,
                       "右肩のしこり");
    }
}

static void
test_15_doctor_time (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new (
      MAP_PATH ("-", "ADT-01", "1"),
      MAP_MSH ("ADT^A54") "EVN||20250402||||20250401\n" MAP_PID "PV1|1|I|||||D1^田村^五郎\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_ENCOUNTER, 0, -1, DISC_FIELD_AT), ==,
                   "2025-04-01");
}

/* Hours beyond 23, impossible days and months alone: as stored, at the precision given. */
static void
test_17_dates (void)
{
  static const struct
  {
    const char *stored;
    const char *shown;
  } cases[] = {
    { "2025041026", "2025041026" },
    { "2025041000101500", "2025-04-10T00:10:15.00" }, /* YYYYMMDD00HHMMSS cannot be told */
    { "202504", "2025-04" },
    { "2025", "2025" },
    { "00000000", "00000000" },
    { "99999999", "99999999" },
    { "20250230", "20250230" },
    { "令和7年4月", "令和7年4月" },
    { "\"\"", NULL },
    { "20080203163012345", "2008-02-03T16:30:12.345" }, /* the dot is missing */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          RDE "ORC|NW|1|||||||%s\nRXE||1^甲錠|1||TAB\nTQ1|1||||||%s\n", cases[i].stored,
          cases[i].stored);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", message);

      g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, 0, DISC_FIELD_START), ==,
                       cases[i].shown);
      g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, -1, DISC_FIELD_AT), ==,
                       cases[i].shown);
    }
}

/* A last segment that lacks what it must have, with no line end behind it. */
static void
test_20_truncated (void)
{
  static const struct
  {
    const char *end;
    gboolean cut;
  } cases[] = {
    { "OBX|1|NM|1^K||4.1|mmol/L|||||F\n", FALSE },
    { "OBX|1|NM|1^K||4.1|mmol/L|||||F", FALSE }, /* some never end the last line */
    { "OBX|1|NM|1^K||4.1|mm", TRUE },
    { "OBX|1|NM|1^K||4.1|mm\n", FALSE }, /* short, but whole */
    { "OBX|1|NM|1^K||4.1||||||F\nOB", TRUE },
    { "OBX|1|NM|1^K||4.1\xef\xbf\xbd", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strconcat (OUL OBR, cases[i].end, NULL);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);

      g_test_message ("case %u", i);
      g_assert_cmpint ((fixture->mapped->facts.flags & DISC_MESSAGE_TRUNCATED) != 0, ==,
                       cases[i].cut);
      g_assert_cmpint (map_finding (fixture, IMP_FINDING_TRUNCATED, 0) != NULL, ==,
                       cases[i].cut);
      g_assert_cmpuint (map_n_items (fixture, DISC_KIND_LAB, 0), >=, 1); /* what parsed is kept */
    }
}

/* Comment rows and header rows without a value keep their place. */
static void
test_21_order_of_rows (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, NAME, "LDH-ISO"), MAP_ITEM (LAB, 0, 0, VALUE, NULL),
    MAP_ITEM (LAB, 0, 1, NAME, "LDH1"),    MAP_ITEM (LAB, 0, 2, NAME, "LDH2"),
    MAP_ITEM (LAB, 0, 3, NAME, "結果コメント"), MAP_ITEM (LAB, 0, 3, VALUE, "溶血あり"),
  };
  g_autoptr (MapFixture) fixture = map_result (
      "OBX|1|ST|L1^LDH-ISO^99LAB||||||||F\nOBX|2|NM|L2^LDH1^99LAB||25|%|||||F\n"
      "OBX|3|NM|L3^LDH2^99LAB||33|%|||||F\nOBX|4|ST|XTCM^結果コメント^99LAB||溶血あり||||||F");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_LAB), ==, 1);
}

static void
test_22_code_in_rxe_31 (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠５ｍｇ"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CODE, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 0, OTHER_CODE, "2171014F2020|620000001"),
    MAP_ITEM (PRESCRIPTION, 0, 0, OTHER_SYSTEM, "YJ|99R"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||^甲錠５ｍｇ|1||TAB||||||||||||||||||||||||||2171014F2020^^YJ~620000001^^99R\n");

  map_check (fixture, facts);
}

static void
test_23_cancel_in_live_file (void)
{
  g_autoptr (MapFixture) event = map_fixture_new_type (
      "ADT-22", MAP_MSH ("ADT^A11") MAP_PID "PV1|1|I|5E^501^1\n");
  g_autoptr (MapFixture) order = map_fixture_new_type (
      "OMP-01", RDE "ORC|DC|1\nRXE||1^甲錠|1||TAB\n");

  g_assert_cmpstr (map_state (event, DISC_KIND_ENCOUNTER, 0), ==, "cancelled dead");
  g_assert_true (event->mapped->facts.is_cancel);
  g_assert_cmpstr (map_state (order, DISC_KIND_PRESCRIPTION, 0), ==, "stopped dead");
}

/* A merge is not of SS-MIX2: it is kept as text, and merges nobody. */
static void
test_25_merge (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new (
      "x", MAP_MSH ("ADT^A40") MAP_PID "MRG|7654321\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_UNKNOWN, 0, -1, DISC_FIELD_NOT_UNDERSTOOD), ==,
                   "MRG|7654321");
  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "0001234567");
}

/* Who it is, from any message. */
static void
test_27_no_basic_data (void)
{
  g_autoptr (MapFixture) fixture = map_result ("OBX|1|NM|1^K||4||||||F");

  g_assert_cmpstr (fixture->mapped->facts.name, ==, "山田　花子");
  g_assert_cmpstr (fixture->mapped->facts.kana, ==, "ヤマダ　ハナコ");
  g_assert_cmpstr (fixture->mapped->facts.birth_date, ==, "1952-03-04");
  g_assert_null (map_record (fixture, DISC_KIND_DEMOGRAPHICS, 0));
}

/* What is wrong in a message is said with its place, and never with what stands there. */
static void
test_28_report (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1||||x|y\nRXE||1^甲錠|1||TAB|||z\nZZ1|秘密\n");
  const char *detail = map_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD, 0);

  g_assert_cmpstr (detail, ==, "kept as text: ORC-7, RXE-8, ZZ1");
}

/* 夕食後 by its code, 朝食後 by its text: both stand, and it is said. */
static void
test_30_usage_contradiction (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\n"
                "TQ1|1||1011040000000000&内服・経口・１日１回朝食後&JAMISDP01\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, 0, DISC_FIELD_USAGE), ==,
                   "内服・経口・１日１回朝食後");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, 0, DISC_FIELD_USAGE_CODE), ==,
                   "1011040000000000");
  g_assert_nonnull (strstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, 0,
                                        DISC_FIELD_USAGE_HINT),
                            "夕"));
  g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 0, 0, DISC_FIELD_WARNING), ==,
                   "usage-contradicts");
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD, 0), ==,
                   "TQ1-3: usage code 1011040000000000 contradicts its text");
  g_assert_true (fixture->mapped->facts.flags & DISC_MESSAGE_NOT_UNDERSTOOD);
}

static void
test_31_reception_as_admission (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-12", MAP_MSH ("ADT^A01") MAP_PID "PV1|1|O|014^^^^^C\n");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_ENCOUNTER, 0), ==, "unknown live");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_ENCOUNTER, 0, 0, DISC_FIELD_EVENT), ==, "外来");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_ENCOUNTER, 0, 0, DISC_FIELD_WARD), ==, NULL);
  g_assert_false (fixture->mapped->facts.names_admission);
}

/* Notes before the specimen, and no PV1. */
static void
test_34_notes (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, COMMENT, "夜間検査|至急報告"),
    MAP_ITEM (LAB, 0, 0, COMMENT, "再検中"),
    MAP_ITEM (LAB, 0, 1, COMMENT, "参考値"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11", MAP_MSH ("OUL^R22") MAP_PID "NTE|1||夜間検査~至急報告\nSPM|1\n" OBR
                "NTE|1||再検中\nOBX|1|NM|1^K||4||||||F\nOBX|2|NM|2^Na||140||||||F\nNTE|1||参考値\n");

  map_check (fixture, facts);
}

/* Nothing is filled in where a storage has no range, flag, time or status. */
static void
test_35_empty_columns (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, RANGE, NULL),
    MAP_ITEM (LAB, 0, 0, FLAG, NULL),
    MAP_ITEM (LAB, 0, 0, UNIT, NULL),
    MAP_ITEM (LAB, 0, 0, ITEM_AT, "2025-04-09T08:45"),
  };
  g_autoptr (MapFixture) fixture = map_result ("OBX|1|NM|1^K||4||||||F");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/spec8/01-pid-as-it-stands", test_01_pid);
  g_test_add_func ("/importer/spec8/02-file-in-other-folder", test_02_other_folder);
  g_test_add_func ("/importer/spec8/03-inner-time", test_03_inner_time);
  g_test_add_func ("/importer/spec8/04-order-number-inside", test_04_order_number);
  g_test_add_func ("/importer/spec8/05-shifted-fields", test_05_shifted_fields);
  g_test_add_func ("/importer/spec8/06-misspelt-units", test_06_units);
  g_test_add_func ("/importer/spec8/07-operators", test_07_operators);
  g_test_add_func ("/importer/spec8/08-two-results", test_08_two_results);
  g_test_add_func ("/importer/spec8/09-mixed-types", test_09_mixed_types);
  g_test_add_func ("/importer/spec8/10-wrong-codes", test_10_wrong_codes);
  g_test_add_func ("/importer/spec8/11-no-standard-codes", test_11_no_standard_codes);
  g_test_add_func ("/importer/spec8/12-nothing-converted", test_12_nothing_converted);
  g_test_add_func ("/importer/spec8/13-icd10", test_13_icd10);
  g_test_add_func ("/importer/spec8/15-doctor-time", test_15_doctor_time);
  g_test_add_func ("/importer/spec8/17-dates", test_17_dates);
  g_test_add_func ("/importer/spec8/20-last-segment-cut", test_20_truncated);
  g_test_add_func ("/importer/spec8/21-order-of-rows", test_21_order_of_rows);
  g_test_add_func ("/importer/spec8/22-code-in-rxe-31", test_22_code_in_rxe_31);
  g_test_add_func ("/importer/spec8/23-cancel-in-live-file", test_23_cancel_in_live_file);
  g_test_add_func ("/importer/spec8/25-merge", test_25_merge);
  g_test_add_func ("/importer/spec8/27-name-from-any-message", test_27_no_basic_data);
  g_test_add_func ("/importer/spec8/28-report", test_28_report);
  g_test_add_func ("/importer/spec8/30-both-usages", test_30_usage_contradiction);
  g_test_add_func ("/importer/spec10/usage-text-or-code-believed", test_30_usage_contradiction);
  g_test_add_func ("/importer/spec8/31-reception-places-nobody", test_31_reception_as_admission);
  g_test_add_func ("/importer/spec8/34-notes", test_34_notes);
  g_test_add_func ("/importer/spec8/35-empty-columns", test_35_empty_columns);
  return g_test_run ();
}
