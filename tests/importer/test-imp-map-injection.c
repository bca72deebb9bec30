/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("RDE^O11^RDE_O11") MAP_PID "PV1|0001|I|5E^512^3^^^N\n"
#define ORC(number)                                                                                \
  "ORC|NW|I1||I1_01_" number                                                                       \
  "|||||20250410110000|N0020^看護^花子||D0034^鈴木^三郎^^^^^^^L^^^^^I|5E^512^3^^^N||||10^外科^99DPT|||||||" \
  "|||||I^入院患者オーダ^HL70482\n"

/* SS-MIX2 spec 4.10, the worked example, with a height, a trial and a note to one drug. */
static const char mixture[] =
    HEAD ORC ("001")
    "RXE||00^一般^JHSI0002|510||ML^ミリリットル^MR9P|INJ^注射剤^MR9P|^５時間一定速度で^99IC6||||||||20250410-001||||||"
    "IHP^入院処方^MR9P~FTP^定時処方^JHSI0001||102|ml/hr^ミリリッター／時間^ISO+|||02^点滴^JHSI0009|||||||||||||||"
    "5E^^^^^N\n"
    "TQ1|1||||||202504110800|202504111300\n"
    "RXR|IV^静脈内^HL70162|ARM^腕^HL70550|IVP^点滴ポンプ^HL70164|102^点滴静注(末梢)^99ILL|01^主管^JHSI0010|"
    "L^左^HL70495\n"
    "RXC|B|199900101^輸液５００ｍＬ^HOT9|1|HON^本^MR9P\n"
    "RXC|A|199900102^止血剤注５０ｍｇ^HOT9|0.25|AMP^アンプル^MR9P|50|MG|02^劇薬^JHSI0005~^ストックから使用^\n"
    "NTE|1||遮光\n"
    "OBX|1|NM|8302-2^身長^LN||151.2|cm^cm^ISO+|||||F|||20250401\n"
    "OBX|2|CWE|67188-3^感染症(有無)^LN||1^あり^99L||||||F\n"
    "CTI|T-100^治験100\n" ORC ("002")
    "RXE||00^一般^JHSI0002|100||ML^ミリリットル^MR9P\n"
    "TQ1|1||PRNpain&疼痛時&MR9P||||202504111400||||１日３回まで||1^hr|3\n"
    "RXC|A|199900103^鎮痛剤注^HOT9|1|AMP^アンプル^MR9P\n";

static void
test_worked_example (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (INJECTION, 0, AT, "2025-04-10T11:00:00"),
    MAP_RECORD (INJECTION, 0, TITLE, "注射"),
    MAP_RECORD (INJECTION, 0, AUTHOR, "鈴木　三郎"),
    MAP_RECORD (INJECTION, 0, DEPARTMENT, "外科"),
    MAP_RECORD (INJECTION, 0, PLACE, "5E 512 3"),
    MAP_ITEM (INJECTION, 0, 0, RP, "I1_01_001"),
    MAP_ITEM (INJECTION, 0, 0, COMPONENT, "基剤"),
    MAP_ITEM (INJECTION, 0, 0, DRUG, "輸液５００ｍＬ"),
    MAP_ITEM (INJECTION, 0, 0, AMOUNT, "1"),
    MAP_ITEM (INJECTION, 0, 0, AMOUNT_UNIT, "本"),
    MAP_ITEM (INJECTION, 0, 0, VOLUME, "510"),
    MAP_ITEM (INJECTION, 0, 0, VOLUME_UNIT, "ミリリットル"),
    MAP_ITEM (INJECTION, 0, 0, RATE, "102"),
    MAP_ITEM (INJECTION, 0, 0, RATE_UNIT, "ミリリッター／時間"),
    MAP_ITEM (INJECTION, 0, 0, METHOD, "点滴|点滴静注(末梢)"),
    MAP_ITEM (INJECTION, 0, 0, ROUTE, "静脈内"),
    MAP_ITEM (INJECTION, 0, 0, SITE, "腕|左"),
    MAP_ITEM (INJECTION, 0, 0, DEVICE, "点滴ポンプ"),
    MAP_ITEM (INJECTION, 0, 0, START, "2025-04-11T08:00"),
    MAP_ITEM (INJECTION, 0, 0, END, "2025-04-11T13:00"),
    MAP_ITEM (INJECTION, 0, 0, INSTRUCTION, "５時間一定速度で"),
    MAP_ITEM (INJECTION, 0, 0, CATEGORY, "一般|入院処方|定時処方"),
    MAP_ITEM (INJECTION, 0, 0, COMMENT, "払出先: 5E|主管|治験: T-100 治験100"),
    MAP_ITEM (INJECTION, 0, 1, COMPONENT, "添加剤"),
    MAP_ITEM (INJECTION, 0, 1, DRUG, "止血剤注５０ｍｇ"),
    MAP_ITEM (INJECTION, 0, 1, AMOUNT, "0.25"),
    MAP_ITEM (INJECTION, 0, 1, STRENGTH, "50"),
    MAP_ITEM (INJECTION, 0, 1, COMMENT,
              "劇薬|ストックから使用|払出先: 5E|主管|治験: T-100 治験100|遮光"),
    MAP_ITEM (INJECTION, 0, 2, RP, "I1_01_002"),
    MAP_ITEM (INJECTION, 0, 2, USAGE, "疼痛時"),
    MAP_ITEM (INJECTION, 0, 2, USAGE_CODE, "PRNpain"),
    MAP_ITEM (INJECTION, 0, 2, TIMES, "3"),
    MAP_ITEM (INJECTION, 0, 2, COMMENT, "１日３回まで|1回の時間: 1 hr"),
    MAP_RECORD (OBSERVATION, 0, WARNING, "at-order-time"),
    MAP_ITEM (OBSERVATION, 0, 0, NAME, "身長"),
    MAP_ITEM (OBSERVATION, 0, 0, ITEM_AT, "2025-04-01"),
    MAP_ITEM (OBSERVATION, 0, 1, NAME, "感染症(有無)"),
    MAP_ITEM (OBSERVATION, 0, 1, VALUE, "あり"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-02", mixture);

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_INJECTION, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_INJECTION, 0), ==, "active live");
  g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, "2025-04-11T08:00");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "2025-04-11T14:00");
}

/* An order without RXC: one item without a drug; RXE-2 is never the drug. */
static void
test_without_drug (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (INJECTION, 0, 0, DRUG, NULL),
    MAP_ITEM (INJECTION, 0, 0, CODE, NULL),
    MAP_ITEM (INJECTION, 0, 0, CATEGORY, "抗がん剤"),
    MAP_ITEM (INJECTION, 0, 0, VOLUME, "250"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", HEAD ORC ("001") "RXE||07^抗がん剤^JHSI0002|250||ML^mL^MR9P\n");

  map_check (fixture, facts);
}

static void
test_stopped_administration (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (INJECTION, 0, 0, DRUG, "甲注"),
    MAP_ITEM (INJECTION, 1, 0, DRUG, "乙注"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", HEAD ORC ("001") "RXE||00^一般^JHSI0002|1||ML\nRXC|A|1^甲注^HOT9|1|AMP\n"
                "ORC|DC|I1||I1_01_002\nRXE||00^一般^JHSI0002|1||ML\nRXC|A|2^乙注^HOT9|1|AMP\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_INJECTION, 0), ==, "active live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_INJECTION, 1), ==, "stopped dead");
}

/* One value without its repetition mark prints every component that is no code or system. */
static void
test_free_text (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (INJECTION, 0, 0, INSTRUCTION,
              "頻脈が見られたら中止すること 血圧低下が見られたら中止すること|01 体表面積１．５"),
    MAP_ITEM (INJECTION, 0, 0, ITEM_NOT_UNDERSTOOD, "ZX1|1|院内"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", HEAD ORC ("001")
                "RXE||00^一般^JHSI0002|1||ML||^頻脈が見られたら中止すること^JHSIC005^血圧低下が見られたら中止すること^"
                "JHSIC005~01^体表面積１．５^JHSIC006\nZX1|1|院内\nRXC|A|1^甲注^HOT9|1|AMP\n");

  map_check (fixture, facts);
}

/* What one administration leaves out is not what the one before it says. */
static void
test_silent_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (INJECTION, 0, AT, "2025-04-10T11:00"),
    MAP_RECORD (INJECTION, 1, AT, NULL),
    MAP_RECORD (INJECTION, 1, AUTHOR, NULL),
    MAP_ITEM (INJECTION, 1, 0, DRUG, "乙注"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", HEAD "ORC|NW|A1||A1_01_001|||||202504101100|||D1^佐藤^次郎\n"
                "RXE||00^一般^JHSI0002|1||ML\nRXC|A|1^甲注^HOT9|1|AMP\n"
                "ORC|NW|A1||A1_01_002\nRXE||00^一般^JHSI0002|1||ML\nRXC|A|2^乙注^HOT9|1|AMP\n");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/injection/worked-example", test_worked_example);
  g_test_add_func ("/importer/map/injection/without-drug", test_without_drug);
  g_test_add_func ("/importer/map/injection/stopped-administration", test_stopped_administration);
  g_test_add_func ("/importer/map/injection/free-text", test_free_text);
  g_test_add_func ("/importer/map/injection/silent-blocks", test_silent_blocks);
  return g_test_run ();
}
