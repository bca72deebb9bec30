/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("OUL^R22^OUL_R22") MAP_PID "PV1|0001|O|01^^^^^C\n"

/* SS-MIX2 spec 4.12, the worked example. */
static const char results[] =
    HEAD
    "SPM|1|L250410001||023^血清^JC10|||||||||||||202504100845\n"
    "OBR|1|000000250410002|L250410001|BC01^生化学^99LAB|||20250410|||||||||D0012^佐藤^次郎^^^^^^^L^^^^^I||||||"
    "20250410093500|||F\n"
    "ORC|SC|000000250410002|L250410001||CM||||20250410093500|||D0012^佐藤^次郎^^^^^^^L^^^^^I|||||01^内科^99LAB||||"
    "||||||||O^外来患者オーダ^HL70482\n"
    "OBX|1|NM|3B035000002327201^AST(GOT)^JC10^1021^ＡＳＴ^99LAB||31|U/L^U/L^ISO+|13-30|H|||F|||202504100845\n"
    "OBX|2|ST|5C070000002306201^CRP^JC10^1311^ＣＲＰ^99LAB||< 0.02|mg/dL^mg/dL^ISO+|0.00-0.14||||F|||202504100845\n"
    "OBX|3|NM|3H015000002326101^K^JC10^1105^Ｋ^99LAB||6.8|mmol/L^mmol/L^ISO+|3.6-4.8|HH|||F\n"
    "OBX|4|ST|^溶血^99LAB^9001^溶血^99LAB||１＋||||||F|||202504100845\n";

static void
test_worked_example (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, AT, "2025-04-10T08:45"),
    MAP_RECORD (LAB, 0, TITLE, "検体検査結果"),
    MAP_RECORD (LAB, 0, ORDER_NO, "000000250410002"),
    MAP_RECORD (LAB, 0, FILLER_NO, "L250410001"),
    MAP_RECORD (LAB, 0, AUTHOR, "佐藤　次郎"),
    MAP_RECORD (LAB, 0, DEPARTMENT, "内科"),
    MAP_RECORD (LAB, 0, REPORTED_AT, "2025-04-10T09:35:00"),
    MAP_ITEM (LAB, 0, 0, NAME, "AST(GOT)"),
    MAP_ITEM (LAB, 0, 0, CODE, "3B035000002327201"),
    MAP_ITEM (LAB, 0, 0, SYSTEM, "JC10"),
    MAP_ITEM (LAB, 0, 0, OTHER_CODE, "1021"),
    MAP_ITEM (LAB, 0, 0, OTHER_NAME, "ＡＳＴ"),
    MAP_ITEM (LAB, 0, 0, OTHER_SYSTEM, "99LAB"),
    MAP_ITEM (LAB, 0, 0, VALUE, "31"),
    MAP_ITEM (LAB, 0, 0, UNIT, "U/L"),
    MAP_ITEM (LAB, 0, 0, RANGE, "13-30"),
    MAP_ITEM (LAB, 0, 0, FLAG, "H"),
    MAP_ITEM (LAB, 0, 0, STATUS, "F"),
    MAP_ITEM (LAB, 0, 0, ITEM_AT, "2025-04-10T08:45"),
    MAP_ITEM (LAB, 0, 0, SPECIMEN, "血清"),
    MAP_ITEM (LAB, 0, 0, SPECIMEN_NO, "L250410001"),
    MAP_ITEM (LAB, 0, 0, GROUP, "生化学"),
    MAP_RECORD (LAB, 0, GROUP_STATUS, "F"),
    MAP_ITEM (LAB, 0, 1, VALUE, "< 0.02"),
    MAP_ITEM (LAB, 0, 1, FLAG, NULL),
    MAP_ITEM (LAB, 0, 2, VALUE, "6.8"),
    MAP_ITEM (LAB, 0, 2, FLAG, "HH"),
    MAP_ITEM (LAB, 0, 2, ITEM_AT, "2025-04-10T08:45"), /* SPM-17 */
    MAP_ITEM (LAB, 0, 3, NAME, "溶血"),
    MAP_ITEM (LAB, 0, 3, CODE, "9001"), /* the only code there is */
    MAP_ITEM (LAB, 0, 3, SYSTEM, "99LAB"),
    MAP_ITEM (LAB, 0, 3, VALUE, "１＋"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", results);

  map_check (fixture, facts);
  g_assert_cmpuint (disc_record_set_n (fixture->set), ==, 1);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_LAB, 0), ==, 4);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_LAB, 0), ==, "completed live");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
  g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, "2025-04-10T08:45");
}

/* OBX-11, and OBR-25 where it is empty (SS-MIX2 spec 2.6). */
static void
test_states (void)
{
  static const struct
  {
    const char *panel;
    const char *row;
    const char *orc;
    const char *state;
  } cases[] = {
    { "", "F", "", "completed live" },      { "F", "", "", "completed live" },
    { "", "U", "", "completed live" },      { "", "C", "", "corrected live" },
    { "C", "", "", "corrected live" },      { "", "P", "", "preliminary live" },
    { "", "S", "", "preliminary live" },    { "", "R", "", "preliminary live" },
    { "", "I", "", "preliminary live" },    { "P", "", "", "preliminary live" },
    { "A", "", "", "preliminary live" },    { "O", "", "", "preliminary live" },
    { "P", "F", "", "completed live" },     { "F", "P", "", "preliminary live" },
    { "", "D", "", "deleted dead" },        { "", "W", "", "entered-in-error dead" },
    { "", "X", "", "cancelled dead" },      { "", "N", "", "cancelled dead" },
    { "X", "", "", "cancelled dead" },      { "X", "F", "", "cancelled dead" },
    { "", "", "", "unknown live" },         { "", "?", "", "unknown live" },
    { "", "F", "ORC|CA|1", "cancelled dead" }, { "", "W", "ORC|DC|1", "entered-in-error dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "SPM|1|||023^血清^JC10\nOBR|1|1|1|BC^生化学|||||||||||||||||||||%s\n%s\n"
               "OBX|1|NM|3H015^K^JC10||4.1|mmol/L|||||%s\n",
          cases[i].panel, cases[i].orc, cases[i].row);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);
      const MapFact facts[] = { MAP_ITEM (LAB, 0, 0, VALUE, "4.1") };

      g_test_message ("OBR-25 %s OBX-11 %s %s", cases[i].panel, cases[i].row, cases[i].orc);
      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_LAB, 0), ==, cases[i].state);
    }
}

/* OBX-5 by OBX-2 (SS-MIX2 spec 4.2): as stored. */
static void
test_values (void)
{
  static const struct
  {
    const char *type;
    const char *value;
    const char *expected;
    const char *code;
  } cases[] = {
    { "NM", "31", "31", NULL },
    { "NM", " 31.0 ", " 31.0 ", NULL },
    { "ST", "300>", "300>", NULL },
    { "ST", "3+(300)", "3+(300)", NULL },
    { "ST", " 2 +", " 2 +", NULL },
    { "ST", "-", "-", NULL },
    { "ST", "1:40", "1:40", NULL },
    { "", "5.0", "5.0", NULL },
    { "ST", "a^b", "a^b", NULL }, /* an unescaped delimiter inside text */
    { "TX", "一行目\\.br\\二行目", "一行目\n二行目", NULL },
    { "FT", "甲~乙", "甲|乙", NULL },
    { "CWE", "2001^E.coli^JANIS", "E.coli", "2001" },
    { "CWE", "O^O^JSHR002", "O", NULL },
    { "CWE", "+^Rh+^JSHR002", "Rh+", "+" },
    { "CE", "^^^1^陽性^99L", "陽性", NULL },
    { "SN", ">^100", "> 100", NULL },
    { "SN", "^1^:^40", "1 : 40", NULL },
    { "TS", "202504101230", "2025-04-10T12:30", NULL },
    { "DT", "20250410", "2025-04-10", NULL },
    { "TS", "2025041026", "2025041026", NULL }, /* hour 26 of a real site */
    { "XCN", "D1^高橋^四郎", "高橋　四郎", NULL },
    { "ZRD", "199^鎮静剤５ｍｇ^HOT9^1^AMP&管&MR9P", "鎮静剤５ｍｇ 1 管", NULL },
    { "RP", "file1^FTP^AP^JPEG", "file1 FTP AP JPEG", NULL },
    { "NM", "\"\"", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "SPM|1\nOBR|1|1|1|BC^生化学\nOBX|1|%s|1^項目^99L||%s||||||F\n", cases[i].type,
          cases[i].value);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);
      const MapFact facts[] = {
        MAP_ITEM (LAB, 0, 0, VALUE, cases[i].expected),
        MAP_ITEM (LAB, 0, 0, VALUE_CODE, cases[i].code),
        MAP_ITEM (LAB, 0, 0, VALUE_TYPE, *cases[i].type ? cases[i].type : NULL),
      };

      g_test_message ("%s %s", cases[i].type, cases[i].value);
      map_check (fixture, facts);
    }
}

/* One order, several times: a glucose load has a specimen a time (SS-MIX2 spec 4.12). */
static void
test_specimens (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, AT, "2025-04-10T08:00"),
    MAP_RECORD (LAB, 0, INFECTION_RISK, "Hepatitis risk|結核"),
    MAP_RECORD (LAB, 0, CLINICAL_INFO, "空腹"),
    MAP_ITEM (LAB, 0, 0, VALUE, "98"),
    MAP_ITEM (LAB, 0, 0, ITEM_AT, "2025-04-10T08:00"),
    MAP_ITEM (LAB, 0, 0, COMMENT, "添加物: NaF|検体の状態: 溶血"),
    MAP_ITEM (LAB, 0, 0, SITE, "左腕"),
    MAP_ITEM (LAB, 0, 1, VALUE, "181"),
    MAP_ITEM (LAB, 0, 1, ITEM_AT, "2025-04-10T09:00"),
    MAP_ITEM (LAB, 0, 1, SPECIMEN_NO, "S2"),
    MAP_ITEM (LAB, 0, 1, GROUP, "負荷後"),
    MAP_ITEM (LAB, 0, 1, REPORTED_AT, "2025-04-10T11"),
    MAP_RECORD (LAB, 1, CLINICAL_INFO, NULL),
    MAP_ITEM (LAB, 1, 0, NAME, "沈渣"),
    MAP_ITEM (LAB, 1, 0, SPECIMEN, "尿"),
    MAP_ITEM (LAB, 1, 0, ITEM_AT, "2025-04-10"), /* OBR-7: no other time */
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11",
      HEAD "SPM|1|S1||022^血漿||NaF||^左腕|||||||||202504100800|||||||^溶血\n"
           "OBR|1|O1|F1|G^負荷前|||20250410|||||Hepatitis risk|空腹|||||||||2025041010|||F\nORC|SC|O1|F1\n"
           "OBX|1|NM|3D010^血糖^JC10||98|mg/dL||||||\n"
           "SPM|2|S2||022^血漿|||||||||||||202504100900\n"
           "OBR|2|O1|F1|G^負荷後|||20250410|||||結核|空腹|||||||||2025041011|||F\nORC|SC|O1|F1\n"
           "OBX|1|NM|3D010^血糖^JC10||181|mg/dL||||||F\n"
           "SPM|3|S3||001^尿\nOBR|3|O1|F1|U^尿沈渣|||20250410|||||||||||||||2025041010|||F\nORC|SC|O1|F1\n"
           "OBX|1|ST|^沈渣||異常なし||||||F\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_LAB), ==, 2);
}

static void
test_rare_fields (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, COMMENT, "依頼全体のコメント"),
    MAP_ITEM (LAB, 0, 0, COMMENT,
              "検査部門: LAB|検査理由: 術前|至急で|検査施設: 外注|検査者: 検査　技子|測定方法: 比色|機器: AU1|"
              "分析日時: 2025-04-10T09:10|検体受領: 2025-04-10|検体不受理の理由: 量不足|再検済み"),
    MAP_ITEM (LAB, 0, 0, PRIORITY, "至急"),
    MAP_ITEM (LAB, 0, 0, ITEM_NOT_UNDERSTOOD, "SPM-9: x|OBR-5: S|TQ1-2: 1|ORC-7: q|OBX-9: p"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11",
      HEAD "NTE|1||依頼全体のコメント\n"
           "SPM|1|||023^血清|||||x||||||||202504100800|20250410|||^量不足\n"
           "OBR|1|O1|F1|G^生化学|S|||||||||||||||||||LAB|F||||||^術前\n"
           "ORC|SC|O1|||||q|\nNTE|1||至急で\nTQ1|1|1|||||||S^至急\n"
           "OBX|1|NM|1^K||4.1||||p||F||||^外注|1^検査^技子|^比色|AU1|202504100910\nNTE|1||再検済み\n");

  map_check (fixture, facts);
}

/* A panel without rows is said, and nothing of it looks final. */
static void
test_no_rows (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, NAME, "培養"),
    MAP_ITEM (LAB, 0, 0, VALUE, NULL),
  };
  g_autoptr (MapFixture) unsaid = map_fixture_new_type (
      "OML-11", HEAD "SPM|1\nOBR|1|O1||B^培養\nORC|SC|O1\n");
  g_autoptr (MapFixture) received = map_fixture_new_type (
      "OML-11", HEAD "SPM|1\nOBR|1|O1||B^培養|||||||||||||||||||||I\nORC|SC|O1\n");

  map_check (unsaid, facts);
  map_check (received, facts);
  g_assert_cmpstr (map_state (unsaid, DISC_KIND_LAB, 0), ==, "unknown live");
  g_assert_cmpstr (map_state (received, DISC_KIND_LAB, 0), ==, "preliminary live");
}

/* OML-01: what is asked for; OBR as parent, each OBX under it. */
static void
test_order (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ORDER, 0, AT, "2025-04-10T18:33:01"),
    MAP_RECORD (ORDER, 0, TITLE, "検体検査オーダ"),
    MAP_RECORD (ORDER, 0, AUTHOR, "佐藤　次郎"),
    MAP_RECORD (ORDER, 0, INFECTION_RISK, "HBV"),
    MAP_ITEM (ORDER, 0, 0, NAME, "生化学的検査"),
    MAP_ITEM (ORDER, 0, 0, LEVEL, "parent"),
    MAP_ITEM (ORDER, 0, 0, SPECIMEN, "血清"),
    MAP_ITEM (ORDER, 0, 0, STATUS, "IP"),
    MAP_ITEM (ORDER, 0, 0, PRIORITY, "S"),
    MAP_ITEM (ORDER, 0, 0, START, "2025-04-11T07:00"),
    MAP_ITEM (ORDER, 0, 1, NAME, "総蛋白"),
    MAP_ITEM (ORDER, 0, 1, LEVEL, "child"),
    MAP_ITEM (ORDER, 0, 1, CODE, "3A010000002327101"),
    MAP_ITEM (ORDER, 0, 1, GROUP, "生化学的検査"),
    MAP_ITEM (ORDER, 0, 2, NAME, "LDH"),
    MAP_ITEM (ORDER, 0, 3, NAME, "血液学的検査"),
    MAP_ITEM (ORDER, 0, 3, SPECIMEN, "血漿"),
    MAP_ITEM (ORDER, 0, 3, LEVEL, "parent"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-01",
      MAP_MSH ("OML^O33^OML_O33") MAP_PID
      "SPM|1|||023^血清^JC10\nORC|NW|O1|||IP||||20250410183301|||D1^佐藤^次郎\nTQ1|1||||||202504110700||S^^HL70485\n"
      "OBR|1|O1||E002^生化学的検査^99O||||||||HBV\n"
      "OBX|1||3A010000002327101^総蛋白^JC10||||||||O\nOBX|2||3B050000002327201^LDH^JC10||||||||O\n"
      "SPM|2|||022^血漿^JC10\nORC|NW|O1|||IP||||20250410183301|||D1^佐藤^次郎\n"
      "OBR|2|O1||E001^血液学的検査^99O||||||||HBV\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ORDER, 0), ==, 4);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 0), ==, "active live");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "2025-04-11T07:00");
}

/* SS-MIX version 1 sent results as OML^O33 too. */
static void
test_old_results (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, AT, "2025-04-10T08:45"),
    MAP_ITEM (LAB, 0, 0, VALUE, "4.1"),
    MAP_ITEM (LAB, 0, 0, GROUP, "生化学"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11", MAP_MSH ("OML^O33^OML_O33") MAP_PID
                "SPM|1|||023^血清|||||||||||||202504100845\nORC|SC|O1\nOBR|1|O1||B^生化学\n"
                "OBX|1|NM|1^K||4.1||||||F\n");

  map_check (fixture, facts);
  g_assert_null (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0));
  g_assert_null (map_record (fixture, DISC_KIND_ORDER, 0));
}

/* A value in an order is a result all the same. */
static void
test_result_in_order (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ORDER, 0, 0, NAME, "蓄尿"),
    MAP_ITEM (LAB, 0, 0, NAME, "尿量"),
    MAP_ITEM (LAB, 0, 0, VALUE, "1500"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-01", MAP_MSH ("OML^O33^OML_O33") MAP_PID
                "SPM|1\nORC|NW|O1||||||||20250410\nOBR|1|O1||U^蓄尿\nOBX|1|NM|1^尿量||1500|mL|||||F\n");

  map_check (fixture, facts);
}

/* OMG-13: words are a report, numbers are results (SS-MIX2 spec 4.13). */
static void
test_physiology (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (REPORT, 0, TITLE, "標準１２誘導心電図"),
    MAP_RECORD (REPORT, 0, AT, "2025-04-10"),
    MAP_RECORD (REPORT, 0, TEXT, "心電図所見: 心筋虚血疑い|コメント: 要再検"),
    MAP_RECORD (REPORT, 0, AUTHOR, "佐藤　次郎"),
    MAP_RECORD (LAB, 0, TITLE, "標準１２誘導心電図"),
    MAP_ITEM (LAB, 0, 0, NAME, "QTc 時間&Bazett"),
    MAP_ITEM (LAB, 0, 0, VALUE, "433"),
    MAP_ITEM (LAB, 0, 0, UNIT, "msec"),
    MAP_RECORD (REPORT, 1, TITLE, "心エコー"),
    MAP_RECORD (REPORT, 1, TEXT, "所見: 壁運動良好"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-13",
      MAP_MSH ("ORU^R01^ORU_R01") MAP_PID
      "OBR|1|E1||9A110^標準１２誘導心電図^JC10|||20250410|||||||||D0012^佐藤^次郎||||||20250410152000|||F\n"
      "OBX|1|TX|9A100&IMP^心電図所見^JC10|1|心筋虚血疑い||||||F\n"
      "OBX|2|NM|59136^QTc 時間&Bazett^99MFR|2|433|msec|||||F\n"
      "OBX|3|TX|C1^コメント^99L||要再検||||||F\n"
      "OBR|2|E1||9A200^心エコー^JC10|||20250410||||||||||||||||||P\n"
      "OBX|1|FT|X^所見^99L||壁運動良好\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_REPORT, 0), ==, "completed live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_REPORT, 1), ==, "preliminary live");
}

/* What one panel leaves out is not what the panel before it says: the urine was not taken when the
 * blood was. */
static void
test_silent_panels (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (LAB, 0, AT, "2025-04-01T08:45"),
    MAP_RECORD (LAB, 0, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (LAB, 0, 0, NAME, "WBC"),
    MAP_RECORD (LAB, 1, AT, NULL),
    MAP_RECORD (LAB, 1, AUTHOR, NULL),
    MAP_RECORD (LAB, 1, GROUP_STATUS, NULL),
    MAP_RECORD (LAB, 1, COMMENT, "溶血あり"), /* to the message */
    MAP_ITEM (LAB, 1, 0, NAME, "K"),
    MAP_ITEM (LAB, 1, 0, SPECIMEN, "尿"),
    MAP_ITEM (LAB, 1, 0, ITEM_AT, NULL),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11",
      MAP_MSH ("OUL^R22") MAP_PID "NTE|1||溶血あり\n"
      "SPM|1|1||023^血清^JC10|||||||||||||202504010845\nOBR|1|1||B^血算|||||||||||||||||||||F\n"
      "ORC|SC|1||||||||||D1^佐藤^次郎\nOBX|1|NM|WBC^WBC^99L||5.2|/uL|||||F\n"
      "SPM|2|2||001^尿^JC10\nOBR|2|1||U^尿\nORC|SC|1\nOBX|1|NM|UK^K^99L||30|mEq/L|||||F\n");

  map_check (fixture, facts);
}

/* A panel or a row that was withdrawn is no order any more; what is asked for is not preliminary. */
static void
test_withdrawn_orders (void)
{
  static const struct
  {
    const char *panel; /* OBR-25 */
    const char *row;   /* OBX-11 */
    const char *of_panel;
    const char *of_row;
  } cases[] = {
    { "", "O", "active live", "active live" },
    { "O", "O", "active live", "active live" },
    { "S", "", "active live", "active live" },
    { "X", "O", "cancelled dead", "cancelled dead" },
    { "", "D", "active live", "deleted dead" },
    { "", "W", "active live", "entered-in-error dead" },
    { "", "X", "active live", "cancelled dead" },
    { "", "N", "active live", "cancelled dead" },
    { "X", "D", "cancelled dead", "deleted dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          MAP_MSH ("OML^O33") MAP_PID
          "SPM|1|||023^血清\nORC|NW|O1\nOBR|1|O1||B^生化学|||||||||||||||||||||%s\n"
          "OBX|1||1^総蛋白||||||||%s|||202504110700\n",
          cases[i].panel, cases[i].row);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-01", message);
      gboolean apart = g_strcmp0 (cases[i].of_panel, cases[i].of_row) != 0;
      const MapFact facts[] = {
        MAP_ITEM (ORDER, 0, 0, NAME, "生化学"),
        MAP_ITEM (ORDER, apart ? 1 : 0, apart ? 0 : 1, NAME, "総蛋白"),
        MAP_ITEM (ORDER, apart ? 1 : 0, apart ? 0 : 1, ITEM_AT, "2025-04-11T07:00"),
      };

      g_test_message ("OBR-25 %s OBX-11 %s", cases[i].panel, cases[i].row);
      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 0), ==, cases[i].of_panel);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, apart ? 1 : 0), ==, cases[i].of_row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/lab/worked-example", test_worked_example);
  g_test_add_func ("/importer/map/lab/states", test_states);
  g_test_add_func ("/importer/map/lab/values", test_values);
  g_test_add_func ("/importer/map/lab/specimens", test_specimens);
  g_test_add_func ("/importer/map/lab/rare-fields", test_rare_fields);
  g_test_add_func ("/importer/map/lab/no-rows", test_no_rows);
  g_test_add_func ("/importer/map/lab/order", test_order);
  g_test_add_func ("/importer/map/lab/old-results", test_old_results);
  g_test_add_func ("/importer/map/lab/result-in-order", test_result_in_order);
  g_test_add_func ("/importer/map/lab/physiology", test_physiology);
  g_test_add_func ("/importer/map/lab/silent-panels", test_silent_panels);
  g_test_add_func ("/importer/map/lab/withdrawn-orders", test_withdrawn_orders);
  return g_test_run ();
}
