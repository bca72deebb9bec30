/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("ADT^A60^ADT_A60") "EVN||20250410093010||||20250409\n" MAP_PID

/* SS-MIX2 spec 4.5, the worked example. */
static void
test_list (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ALLERGY, 0, AT, "2025-04-09"),
    MAP_RECORD (ALLERGY, 0, TITLE, "アレルギー情報"),
    MAP_RECORD (ALLERGY, 0, WARNING, NULL),
    MAP_ITEM (ALLERGY, 0, 0, CATEGORY, "薬剤アレルギー"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "セファゾリン注射用１ｇ"),
    MAP_ITEM (ALLERGY, 0, 0, CODE, "199900011"),
    MAP_ITEM (ALLERGY, 0, 0, SYSTEM, "HOT9"),
    MAP_ITEM (ALLERGY, 0, 0, SEVERITY, "重度"),
    MAP_ITEM (ALLERGY, 0, 0, REACTION, "アナフィラキシー|血圧低下"),
    MAP_ITEM (ALLERGY, 0, 0, ACTION, "追加"),
    MAP_ITEM (ALLERGY, 0, 0, ONSET, "2019-03-12"),
    MAP_ITEM (ALLERGY, 0, 1, SUBSTANCE, "ソバ"),
    MAP_ITEM (ALLERGY, 0, 1, CODE, NULL),
    MAP_ITEM (ALLERGY, 0, 1, ONSET, "小学校低学年の頃"),
    MAP_ITEM (ALLERGY, 0, 2, CATEGORY, "種々の禁忌"),
    MAP_ITEM (ALLERGY, 0, 2, SUBSTANCE, "造影剤"),
    MAP_ITEM (ALLERGY, 0, 2, SEVERITY, NULL),
    MAP_ITEM (ALLERGY, 0, 2, REACTION, NULL), /* "" is not a reaction */
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-61",
      HEAD "IAM|1|DA^薬剤アレルギー^HL70127|199900011^セファゾリン注射用１ｇ^HOT9|SV^重度^HL70128|"
           "アナフィラキシー~血圧低下|A^追加^HL70323|||||20190312\n"
           "IAM|2|FA^食物アレルギー^HL70127|^ソバ^99ALG|MO^中等度^HL70128|湿疹|A^追加^HL70323||||||"
           "小学校低学年の頃\n"
           "IAM|3|MC^種々の禁忌^HL70127|^造影剤^99ALG||\"\"|U^更新^HL70323\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ALLERGY, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, "active live");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* SS-MIX2 spec 2.6 and 4.5: deleted and erroneous entries go, doubts stay. */
static void
test_states (void)
{
  static const struct
  {
    const char *action;
    const char *clinical;
    const char *state;
  } cases[] = {
    { "A", "", "active live" },
    { "U^更新^HL70323", "C", "active live" },
    { "X", "U^未確認^HL70438", "active live" },
    { "A", "P", "active live" },
    { "A", "S", "active live" },
    { "A", "D^疑義^HL70438", "active live" }, /* doubt raised, not deleted */
    { "A", "I", "active live" },
    { "D", "", "deleted dead" },
    { "d", "", "deleted dead" },
    { "^削除", "", "deleted dead" },
    { "A", "E", "entered-in-error dead" },
    { "D", "E", "entered-in-error dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "IAM|1|DA|^アスピリン^99ALG|||%s|||||||||||%s\n", cases[i].action,
          cases[i].clinical);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-61", message);
      const MapFact facts[] = { MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "アスピリン") };

      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, cases[i].state);
    }
}

/* A deleted entry is a record of its own; the others keep their order. */
static void
test_mixed_states (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "卵"),
    MAP_ITEM (ALLERGY, 0, 1, SUBSTANCE, "牛乳"),
    MAP_ITEM (ALLERGY, 1, 0, SUBSTANCE, "小麦"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-61", HEAD "IAM|1|FA|^卵|||A\nIAM|2|FA|^小麦|||D\nIAM|3|FA|^牛乳|||A\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ALLERGY, 0), ==, 2);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, "active live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 1), ==, "deleted dead");
}

static void
test_rare_fields (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ALLERGY, 0, 0, INSTANCE_ID, "AL-7"),
    MAP_ITEM (ALLERGY, 0, 0, SENSITIVITY, "副作用"),
    MAP_ITEM (ALLERGY, 0, 0, CLINICAL_STATUS, "確認済み"),
    MAP_ITEM (ALLERGY, 0, 0, ONSET, "1996-01|幼少期"),
    MAP_ITEM (ALLERGY, 0, 0, COMMENT,
              "変更理由: 問診|アレルゲン群: ＮＳＡＩＤｓ|申告日: 2019-04-01|申告者: 山田　一郎|"
              "申告者の続柄: 配偶者|臨床状態の記入者: 佐藤　次郎|臨床状態の日時: 2025-04-01|要注意"),
    MAP_ITEM (ALLERGY, 0, 0, ITEM_NOT_UNDERSTOOD, "IAM-21: 院内区分"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-61", HEAD "IAM|1|DA^薬剤アレルギー^HL70127|^アスピリン|||A|AL-7|問診|AD^副作用^HL70436|"
                     "^ＮＳＡＩＤｓ|199601|幼少期|20190401|1^山田^一郎|SPO^配偶者||C^確認済み^HL70438|"
                     "D1^佐藤^次郎||20250401|院内区分\nNTE|1||要注意\n");

  map_check (fixture, facts);
}

/* A list without an entry is not a list that says "none"; a stated none is text. */
static void
test_none (void)
{
  static const MapFact stated[] = { MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "特になし") };
  g_autoptr (MapFixture) empty = map_fixture_new_type ("ADT-61", HEAD "IAM\n");
  g_autoptr (MapFixture) none = map_fixture_new_type ("ADT-61", HEAD "IAM|1|DA|^特になし|||A\n");

  g_assert_cmpuint (map_n_items (empty, DISC_KIND_ALLERGY, 0), ==, 0);
  g_assert_cmpuint (map_n_records (empty, DISC_KIND_ALLERGY), ==, 1);
  map_check (none, stated);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/allergy/list", test_list);
  g_test_add_func ("/importer/map/allergy/states", test_states);
  g_test_add_func ("/importer/map/allergy/mixed-states", test_mixed_states);
  g_test_add_func ("/importer/map/allergy/rare-fields", test_rare_fields);
  g_test_add_func ("/importer/map/allergy/none", test_none);
  return g_test_run ();
}
