/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("RAS^O17^RAS_O17") MAP_PID
#define ORC "ORC|NW|A1||1|||||20250410101500|||D0012^佐藤^次郎|||||01^内科^99DPT\n"

/* OMP-11: AL1 stands before PV1, and one RXR is true of all RXA before it (SS-MIX2 spec 4.11). */
static void
test_oral (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ADMINISTRATION, 0, AT, "2025-04-11T08:30"),
    MAP_RECORD (ADMINISTRATION, 0, TITLE, "処方実施"),
    MAP_RECORD (ADMINISTRATION, 0, ORDER_NO, "A1"),
    MAP_ITEM (ADMINISTRATION, 0, 0, DRUG, "甲錠"),
    MAP_ITEM (ADMINISTRATION, 0, 0, CODE, "101"),
    MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT, "1"),
    MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT_UNIT, "錠"),
    MAP_ITEM (ADMINISTRATION, 0, 0, GIVEN_AT, "2025-04-11T08:30"),
    MAP_ITEM (ADMINISTRATION, 0, 0, GIVEN_UNTIL, "2025-04-11T08:31"),
    MAP_ITEM (ADMINISTRATION, 0, 0, STATUS, "CP"),
    MAP_ITEM (ADMINISTRATION, 0, 0, BY, "看護　花子"),
    MAP_ITEM (ADMINISTRATION, 0, 0, WARD, "5E"),
    MAP_ITEM (ADMINISTRATION, 0, 0, ROUTE, "口"),
    MAP_ITEM (ADMINISTRATION, 0, 0, RP, "1"),
    MAP_ITEM (ADMINISTRATION, 0, 1, DRUG, "乙錠"),
    MAP_ITEM (ADMINISTRATION, 0, 1, ROUTE, "口"),
    MAP_ITEM (ADMINISTRATION, 0, 2, DRUG, "丙坐剤"),
    MAP_ITEM (ADMINISTRATION, 0, 2, ROUTE, "直腸"),
    MAP_ITEM (ADMINISTRATION, 0, 2, SITE, "肛門部"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "卵"),
    MAP_RECORD (ALLERGY, 0, WARNING, "at-order-time"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-11",
      HEAD "AL1|1|FA|^卵\nPV1|0001|I|5E^512^3^^^N\n" ORC
           "RXA|0|1|202504110830|202504110831|101^甲錠^HOT9|1|TAB^錠^MR9P|||N0020^看護^花子|5E^512^3^^^N|||||||||CP\n"
           "RXA|0|1|202504110830|202504110830|102^乙錠^HOT9|2|TAB^錠^MR9P|||||||||||||CP\n"
           "RXR|PO^口^HL70162\n"
           "RXA|0|1|202504112000|202504112000|103^丙坐剤^HOT9|1|KO^個^MR9P|||||||||||||CP\n"
           "RXR|PR^直腸^HL70162|8H0^肛門部^JAMISDP01\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ADMINISTRATION, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ADMINISTRATION, 0), ==, "completed live");
  g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, "2025-04-11T08:30");
}

/* OMP-12 with the order it belongs to, and everything RXA can hold. */
static void
test_infusion (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ADMINISTRATION, 0, TITLE, "注射実施"),
    MAP_ITEM (ADMINISTRATION, 0, 0, DRUG, "輸液５００ｍＬ"),
    MAP_ITEM (ADMINISTRATION, 0, 0, RATE, "102ml/hr"),
    MAP_ITEM (ADMINISTRATION, 0, 0, LOT, "LOT1|LOT2"),
    MAP_ITEM (ADMINISTRATION, 0, 0, STRENGTH, "5"),
    MAP_ITEM (ADMINISTRATION, 0, 0, STRENGTH_UNIT, "%"),
    MAP_ITEM (ADMINISTRATION, 0, 0, INSTRUCTION, "一定速度で"),
    MAP_ITEM (ADMINISTRATION, 0, 0, DEVICE, "点滴ポンプ"),
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT,
              "左手に実施|使用期限: 2026-12|製造元: 甲製薬|適応: 脱水|入力日時: 2025-04-11T13:10|"
              "指示: 一般 500 mL|指示開始: 2025-04-11T08:00|指示（基剤）: 輸液５００ｍＬ 1 本|治験: T1|"
              "注入部位: 発赤なし"),
    MAP_ITEM (ADMINISTRATION, 0, 0, ITEM_NOT_UNDERSTOOD, "RXA-23: 7"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-12",
      HEAD ORC "RXE||00^一般^JHSI0002|500||ML^mL^MR9P||^一定速度で\nTQ1|1||||||202504110800\n"
               "RXC|B|199^輸液５００ｍＬ^HOT9|1|HON^本^MR9P\n"
               "RXA|0|1|20250411080500|20250411130500|199^輸液５００ｍＬ^HOT9|1|HON^本^MR9P||^左手に実施^99IC2|"
               "N1^看護^花子|5E^512^3|102ml/hr|5|%|LOT1~LOT2|202612|^甲製薬||^脱水|CP||202504111310|7\n"
               "RXR|IV^静脈内^HL70162||IVP^点滴ポンプ^HL70164\n"
               "CTI|T1\nOBX|1|ST|1^注入部位^99L||発赤なし||||||F\n");

  map_check (fixture, facts);
}

/* SS-MIX2 spec 2.6: ordered is not given. */
static void
test_states (void)
{
  static const struct
  {
    const char *orc;
    const char *completion;
    const char *action;
    const char *state;
  } cases[] = {
    { "NW", "CP", "A", "completed live" },
    { "NW", "", "", "completed live" },
    { "NW", "PA", "", "completed live" }, /* something was given; the item says PA */
    { "NW", "NA", "", "cancelled dead" },
    { "NW", "RE", "", "cancelled dead" },
    { "NW", "CP", "D", "deleted dead" },
    { "NW", "NA", "D", "deleted dead" },
    { "NW", "ZZ", "", "unknown live" },
    { "CA", "CP", "", "cancelled dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "ORC|%s|A1||1\nRXA|0|1|20250411||1^甲錠^HOT9|999|TAB|||||||||||^誤嚥のおそれ||%s|%s\n",
          cases[i].orc, cases[i].completion, cases[i].action);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-11", message);
      const MapFact facts[] = {
        MAP_ITEM (ADMINISTRATION, 0, 0, STATUS, *cases[i].completion ? cases[i].completion : NULL),
        MAP_ITEM (ADMINISTRATION, 0, 0, REASON, "誤嚥のおそれ"),
        MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT, "999"),
      };

      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ADMINISTRATION, 0), ==, cases[i].state);
    }
}

/* An order with nothing given is never shown as given. */
static void
test_nothing_given (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ADMINISTRATION, 0, 0, DRUG, NULL),
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT, "指示: 甲錠 1 錠"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-11", HEAD ORC "RXE||1^甲錠^HOT9|1||TAB^錠^MR9P\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ADMINISTRATION, 0), ==, "unknown dead");
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD, 0), ==, "ORC without RXA");
}

/* How it was ordered is said as ordered, whatever of it was given. */
static void
test_order_beside_given (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ADMINISTRATION, 0, 0, DRUG, "塩化カリウム"),
    MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT, "1"),
    MAP_ITEM (ADMINISTRATION, 0, 0, ROUTE, NULL), /* nobody says how it was given */
    MAP_ITEM (ADMINISTRATION, 0, 0, RATE, NULL),
    MAP_ITEM (ADMINISTRATION, 0, 0, DOSE_MAX, NULL),
    MAP_ITEM (ADMINISTRATION, 0, 0, TOTAL, NULL),
    MAP_ITEM (ADMINISTRATION, 0, 0, INSTRUCTION, "一定速度で"),
    MAP_ITEM (ADMINISTRATION, 0, 0, USAGE, "疼痛時"),
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT,
              "指示: 一般 510 mL|指示の最大量: 520|指示の全量: 1020 mL|指示の1日量: 2 本|指示の速度: 102 ml/hr|"
              "指示の区分: 入院処方|指示の区分: 定時処方|指示の時間単位: H1|指示の投与方法: 点滴|指示の期間: 3 日|"
              "指示の1回の時間: 5 hr|指示の回数: 10|指示の優先度: S|指示: 頓用|指示: １日３回まで|"
              "指示開始: 2025-04-01|指示終了: 2025-04-02|指示の経路: 静脈内|指示の部位: 腕|指示の器具: 点滴ポンプ|"
              "指示の方法: 点滴静注|指示のライン: 側管|指示の部位: 左|指示（添加剤）: 塩化カリウム 1 本|"
              "指示の規格: 20 mEq|指示: 01 麻薬"),
    MAP_ITEM (ADMINISTRATION, 0, 0, ITEM_NOT_UNDERSTOOD, "RXE-9: G|RXC-10: 7"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-12",
      HEAD ORC
      "RXE||00^一般^JHSI0002|510|520|ML^mL^MR9P||^一定速度で||G|1020|ML^mL^MR9P||||||||2^HON&本&MR9P||"
      "IHP^入院処方^MR9P~FTP^定時処方^JHSI0001|H1|102|ml/hr|||02^点滴^JHSI0009\n"
      "TQ1|1||&疼痛時|||3^D&日&ISO+|20250401|20250402|S|頓用|１日３回まで||5^hr|10\n"
      "RXR|IV^静脈内^HL70162|ARM^腕^HL70550|IVP^点滴ポンプ^HL70164|102^点滴静注^99ILL|02^側管^99|L^左^HL70495\n"
      "RXC|A|1^塩化カリウム^HOT9|1|HON^本^MR9P|20|mEq|01^麻薬^JHSI0005|||7\n"
      "RXA|0|1|20250401080500||1^塩化カリウム^HOT9|1|HON^本^MR9P|||||||||||||CP\n");

  map_check (fixture, facts);
}

/* The route that follows is of what was given; a second one too. */
static void
test_routes (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ADMINISTRATION, 0, 0, ROUTE, "静脈内|皮下"),
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT, "指示の経路: 筋肉内|痛がる|治験: T1"),
    MAP_ITEM (ADMINISTRATION, 0, 0, ITEM_NOT_UNDERSTOOD, "CTI-2: 第２相|RXR|PO^口^HL70162"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-12", HEAD ORC "RXR|IM^筋肉内^HL70162\nRXA|0|1|20250401||1^甲注^HOT9|1|AMP\n"
                "NTE|1||痛がる\nRXR|IV^静脈内^HL70162\nRXR|SC^皮下^HL70162\n"
                "CTI|T1|第２相\nRXR|PO^口^HL70162\n"); /* of nothing */

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/administration/oral", test_oral);
  g_test_add_func ("/importer/map/administration/infusion", test_infusion);
  g_test_add_func ("/importer/map/administration/states", test_states);
  g_test_add_func ("/importer/map/administration/nothing-given", test_nothing_given);
  g_test_add_func ("/importer/map/administration/order-beside-given", test_order_beside_given);
  g_test_add_func ("/importer/map/administration/routes", test_routes);
  return g_test_run ();
}
