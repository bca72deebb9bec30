/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("OMD^O03^OMD_O03") MAP_PID "PV1|0001|I|5E^512^3^^^N\n"
#define ORC "ORC|NW|M1|||||||20250410110000|||D0034^鈴木^三郎|||||10^外科^99DPT\n"

static void
test_meal (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (MEAL, 0, AT, "2025-04-10T11:00:00"),
    MAP_RECORD (MEAL, 0, TITLE, "食事"),
    MAP_RECORD (MEAL, 0, AUTHOR, "鈴木　三郎"),
    MAP_RECORD (MEAL, 0, PLACE, "5E 512 3"),
    MAP_ITEM (MEAL, 0, 0, CATEGORY, "D"),
    MAP_ITEM (MEAL, 0, 0, KIND, "減塩食"),
    MAP_ITEM (MEAL, 0, 0, CODE, "101"),
    MAP_ITEM (MEAL, 0, 0, MEAL, "昼|夕|１日３回"),
    MAP_ITEM (MEAL, 0, 0, FROM, "2025-04-10T12"),
    MAP_ITEM (MEAL, 0, 0, TO, "2025-04-20T18"),
    MAP_ITEM (MEAL, 0, 0, RESTRICTION, "塩分控えめ"),
    MAP_ITEM (MEAL, 0, 0, PRIORITY, "ルーチン"),
    MAP_ITEM (MEAL, 0, 1, CATEGORY, "P"),
    MAP_ITEM (MEAL, 0, 1, KIND, "001"), /* a code without a name stands as it is */
    MAP_ITEM (MEAL, 0, 1, SYSTEM, "99XY3"),
    MAP_ITEM (MEAL, 0, 1, FROM, "2025-04-10T12"),
    MAP_ITEM (MEAL, 0, 1, COMMENT, "牛乳禁"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMD", HEAD ORC "TQ1|1||TID&１日３回&HL70335||||2025041012|2025042018|R^ルーチン^HL70485\n"
                      "ODS|D|D^昼~V^夕|101^減塩食^99XY3|塩分控えめ\nODS|P||001^^99XY3\n"
                      "NTE|1||牛乳禁\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_MEAL, 0), ==, "active live");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "2025-04-20T18");
}

/* 絶食 is a diet like any other; a block without ODS still says from when. */
static void
test_fasting_and_bare_block (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (MEAL, 0, 0, KIND, "絶食"),
    MAP_ITEM (MEAL, 0, 1, KIND, NULL),
    MAP_ITEM (MEAL, 0, 1, FROM, "2025-04-12T07"),
    MAP_ITEM (MEAL, 0, 1, ITEM_ORDER_NO, "M2"),
    MAP_ITEM (MEAL, 1, 0, KIND, "普通食"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "卵"),
    MAP_RECORD (ALLERGY, 0, WARNING, "at-order-time"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMD", HEAD "AL1|1|FA^食物アレルギー^HL70127|^卵^99ALG\n" ORC
                  "TQ1|1||||||2025041107\nODS|D||000^絶食^99XY3\n"
                  "ORC|NW|M2|||||||20250410110000|||D0034^鈴木^三郎|||||10^外科^99DPT\n"
                  "TQ1|1||||||2025041207\n"
                  "ORC|CA|M3|||||||20250410110000\nODS|D||100^普通食^99XY3\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_MEAL, 0), ==, "active live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_MEAL, 1), ==, "cancelled dead");
}

/* What one order leaves out is not what the order before it says. */
static void
test_silent_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (MEAL, 0, AT, "2025-04-10T11:00:00"),
    MAP_RECORD (MEAL, 1, AT, NULL),
    MAP_RECORD (MEAL, 1, AUTHOR, NULL),
    MAP_RECORD (MEAL, 1, PLACE, "5E 512 3"), /* of PV1 */
    MAP_ITEM (MEAL, 1, 0, KIND, "普通食"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMD", HEAD ORC "ODS|D||000^絶食^99XY3\nORC|NW|M1\nODS|D||100^普通食^99XY3\n");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/meal/meal", test_meal);
  g_test_add_func ("/importer/map/meal/fasting-and-bare-block", test_fasting_and_bare_block);
  g_test_add_func ("/importer/map/meal/silent-blocks", test_silent_blocks);
  return g_test_run ();
}
