/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "map-fixture.h"

#define ORDER MAP_MSH ("OMG^O19^OMG_O19") MAP_PID "PV1|0001|O|01^^^^^C\n"
#define PERFORMED MAP_MSH ("OMI^Z23^OMI_Z23") MAP_PID "PV1|0001|O|01^^^^^C\n"

/* NW and PA are one examination, CH are its lines (SS-MIX2 spec 4.13). */
static void
test_order (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ORDER, 0, AT, "2025-04-10T10:00:59"),
    MAP_RECORD (ORDER, 0, TITLE, "Ｘ線単純撮影"),
    MAP_RECORD (ORDER, 0, ORDER_NO, "100"),
    MAP_RECORD (ORDER, 0, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (ORDER, 0, 0, NAME, "Ｘ線単純撮影"),
    MAP_ITEM (ORDER, 0, 0, LEVEL, "parent"),
    MAP_ITEM (ORDER, 0, 0, PRIORITY, "S"),
    MAP_RECORD (ORDER, 0, INFECTION_RISK, "HCV"), /* told in the second block */
    MAP_ITEM (ORDER, 0, 0, CLINICAL_INFO, "咳が続く"),
    MAP_ITEM (ORDER, 0, 0, COMMENT, "予定日時: 2025-04-20|体重: 62 kg|目的: 肺炎の有無"),
    MAP_ITEM (ORDER, 0, 1, NAME, "胸部.立位正面"),
    MAP_ITEM (ORDER, 0, 1, LEVEL, "child"),
    MAP_ITEM (ORDER, 0, 1, ITEM_ORDER_NO, "101"),
    MAP_ITEM (ORDER, 0, 1, PARENT_NO, "100"),
    MAP_ITEM (ORDER, 0, 2, NAME, "胸部.立位側面"),
    MAP_ITEM (ORDER, 0, 2, PARENT_NO, "100"), /* by OBR-29 */
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-01",
      ORDER "ORC|NW|100|||||||20250410100059|||D1^佐藤^次郎\nTQ1|1||||||||S^^HL70485\n"
            "OBR||100||1000000000000000^Ｘ線単純撮影^JJ1017\n"
            "ORC|PA|100|||||||20250410100059|||D1^佐藤^次郎\nTQ1|1||||||||S^^HL70485\n"
            "OBR||100||1000000000000000^Ｘ線単純撮影^JJ1017||||||||HCV|咳が続く|||||||||||||||||||||||20250420\n"
            "OBX||NM|01-02^体重^JSHR001||62|kg^kg^ISO+|||||F\nOBX||TX|01-03^目的^JSHR001||肺炎の有無\n"
            "ORC|CH|101||||||100|20250410100059|||D1^佐藤^次郎\nTQ1|1||||||||S^^HL70485\n"
            "OBR||101||1000000200010200^胸部.立位正面^JJ1017\n"
            "ORC|CH|102|||||||20250410100059|||D1^佐藤^次郎\n"
            "OBR||102||1000000200010600^胸部.立位側面^JJ1017|||||||||||||||||||||||||100\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_ORDER), ==, 1);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ORDER, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 0), ==, "active live");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "2025-04-20");
}

/* The parent is as dead as the stricter of its two blocks. */
static void
test_order_states (void)
{
  static const struct
  {
    const char *first;
    const char *second;
    const char *state;
  } cases[] = {
    { "NW|1", "PA|1", "active live" },
    { "NW|1|||CM", "PA|1|||CM", "completed live" },
    { "NW|1", "PA|1|||CA", "cancelled dead" },
    { "CA|1", "PA|1", "cancelled dead" },
    { "DC|1", "PA|1", "stopped dead" },
    { "PA|1", "RP|1", "superseded dead" },
    { "NW|1\nOBR||1||A^腹部エコー|||||||||||||||||||||X", "PA|1", "cancelled dead" },
    { "NW|1\nOBR||1||A^腹部エコー|||||||||||||||||||||S", "PA|1", "active live" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          ORDER "ORC|%s\n%sORC|%s\nOBR||1||A^腹部エコー\n", cases[i].first,
          strstr (cases[i].first, "OBR") != NULL ? "" : "OBR||1||A^腹部エコー\n", cases[i].second);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-03", message);

      g_test_message ("%s %s", cases[i].first, cases[i].second);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 0), ==, cases[i].state);
      g_assert_cmpuint (map_n_records (fixture, DISC_KIND_ORDER), ==, 1);
      g_assert_cmpuint (map_n_items (fixture, DISC_KIND_ORDER, 0), ==, 1);
    }
}

/* The order that replaces another under its number stands, whichever comes first. */
static void
test_replaced (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ORDER, 0, 0, NAME, "腹部エコー"),
    MAP_ITEM (ORDER, 1, 0, NAME, "腹部ＣＴ"),
  };
  g_autoptr (MapFixture) old_first = map_fixture_new_type (
      "OMG-03", ORDER "ORC|RP|1\nOBR||1||A^腹部エコー\nORC|RO|1\nOBR||1||B^腹部ＣＴ\n");
  g_autoptr (MapFixture) new_first = map_fixture_new_type (
      "OMG-03", ORDER "ORC|RO|1\nOBR||1||A^腹部エコー\nORC|RP|1\nOBR||1||B^腹部ＣＴ\n");

  map_check (old_first, facts);
  map_check (new_first, facts);
  g_assert_cmpstr (map_state (old_first, DISC_KIND_ORDER, 0), ==, "superseded dead");
  g_assert_cmpstr (map_state (old_first, DISC_KIND_ORDER, 1), ==, "active live");
  g_assert_cmpstr (map_state (new_first, DISC_KIND_ORDER, 0), ==, "active live");
  g_assert_cmpstr (map_state (new_first, DISC_KIND_ORDER, 1), ==, "superseded dead");
}

/* A line that was cancelled is a record of its own. */
static void
test_cancelled_line (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ORDER, 0, 0, NAME, "胸部ＣＴ"),
    MAP_ITEM (ORDER, 0, 1, NAME, "単純"),
    MAP_ITEM (ORDER, 1, 0, NAME, "造影"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "ヨード"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-01", ORDER "AL1|1|DA|^ヨード\nORC|NW|1\nOBR||1||A^胸部ＣＴ\nORC|CH|2||||||1\nOBR||2||B^単純\n"
                "ORC|CH|3||CA|CA|||1\nOBR||3||C^造影\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 1), ==, "cancelled dead");
}

/* OMG-11: who did what with which materials; IPC leads to the images. */
static void
test_radiology (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PROCEDURE, 0, AT, "2025-04-10T14:30"),
    MAP_RECORD (PROCEDURE, 0, TITLE, "胸部ＣＴ"),
    MAP_RECORD (PROCEDURE, 0, REPORTED_AT, "2025-04-10T15:00"),
    MAP_ITEM (PROCEDURE, 0, 0, NAME, "胸部ＣＴ"),
    MAP_ITEM (PROCEDURE, 0, 0, LEVEL, "parent"),
    MAP_ITEM (PROCEDURE, 0, 0, ITEM_AT, "2025-04-10T14:30"),
    MAP_ITEM (PROCEDURE, 0, 0, GROUP_STATUS, "F"),
    MAP_ITEM (PROCEDURE, 0, 0, ACCESSION, "A1"),
    MAP_ITEM (PROCEDURE, 0, 0, STUDY_UID, "1.2.3"),
    MAP_ITEM (PROCEDURE, 0, 0, MODALITY, "CT"),
    MAP_ITEM (PROCEDURE, 0, 1, NAME, "胸部造影ＣＴ"),
    MAP_ITEM (PROCEDURE, 0, 1, LEVEL, "child"),
    MAP_ITEM (PROCEDURE, 0, 1, TIMES, "2"),
    MAP_ITEM (PROCEDURE, 0, 1, BY, "看護　花子|放射　線太"),
    MAP_ITEM (PROCEDURE, 0, 1, MATERIAL, "造影剤３００ 100 mL|注射針 1 本"),
    MAP_ITEM (PROCEDURE, 0, 1, COMMENT,
              "従事者区分: NS-03 EM-01|加算: 造影加算|実施コメント: 副作用なし|副作用: なし|管電圧: 120|管電流: 200|"
              "依頼番号: P1"),
    MAP_ITEM (PROCEDURE, 0, 1, ITEM_NOT_UNDERSTOOD, "ZE1-2: XX"),
    MAP_ITEM (PROCEDURE, 0, 2, NAME, "再構成"), /* another ZE1, another line */
    MAP_ITEM (PROCEDURE, 0, 2, LEVEL, "child"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-11",
      PERFORMED
      "ORC|NW|1|||||||20250410\nOBR||1||A^胸部ＣＴ|||202504101430|||||||||||||||202504101500|||F\n"
      "IPC|A1|P1|1.2.3||CT^^DCM\n"
      "ORC|CH|2||||||1|20250410\nOBR||2||B^胸部造影ＣＴ|||202504101430|||||||||||||||202504101500|||F\n"
      "ZE1|1|XX|B^胸部造影ＣＴ|2|^造影加算|NS-03^EM-01|1^看護^花子~2^放射^線太||"
      "9^造影剤３００^HOT9^100^ML&mL&MR9P~8^注射針^99^1^HON&本&MR9P||副作用なし\n"
      "OBX|1|ST|1^副作用||なし\nZE2|1|120|200\nIPC|A1|P1|1.2.3||CT^^DCM\n"
      "ZE1|2|RS|C^再構成|1\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PROCEDURE, 0), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PROCEDURE, 0), ==, "completed live");
}

/* OMG-12: SS-MIX2 spec 4.13, the block of an endoscopy. */
static void
test_endoscopy (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PROCEDURE, 0, AT, "2025-04-10"),
    MAP_ITEM (PROCEDURE, 0, 0, NAME, "検査.上部.-.-.上部通常内視鏡.-"),
    MAP_ITEM (PROCEDURE, 0, 0, LEVEL, "child"),
    MAP_ITEM (PROCEDURE, 0, 0, PARENT_NO, "000000250410030"),
    MAP_ITEM (PROCEDURE, 0, 0, MATERIAL, "鎮静剤５ｍｇ 1 管"),
    MAP_ITEM (PROCEDURE, 0, 0, COMMENT,
              "正従業員の実施医師: 高橋　四郎|開始時間: 2025-04-10T14:45:12|薬品: 鎮静剤５ｍｇ 1 管|依頼番号: P001"),
    MAP_ITEM (PROCEDURE, 0, 0, MODALITY, "ES"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-12",
      PERFORMED
      "ORC|CH|000000250410031||||||000000250410030|20250410152042\nTQ1|1||||||||R^^HL70485\n"
      "OBR||000000250410031||11000001000^検査.上部.-.-.上部通常内視鏡.-^LENDO|||20250410||||||||||||||||||||||"
      "000000250410030\n"
      "ZE1|1|RS|11000001000^検査.上部.-.-.上部通常内視鏡.-^LENDO\n"
      "OBX|1|XCN|DR-02.EM-01^正従業員の実施医師^JSHR||D0077^高橋^四郎^^^^^^^L^^^^^I||||||F\n"
      "OBX|2|TS|TM-P1^開始時間^JSHR||20250410144512||||||F\n"
      "OBX|3|ZRD|DE-02^薬品^JSHR||199900201^鎮静剤５ｍｇ^HOT9^1^AMP&管&MR9P||||||F\n"
      "IPC|A202504100010|P001|1.2.392.0.1||ES^^DCM\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PROCEDURE, 0), ==, 1);
}

static void
test_performed_states (void)
{
  static const struct
  {
    const char *orc;
    const char *status;
    const char *state;
  } cases[] = {
    { "NW", "F", "completed live" },   { "NW", "", "completed live" },
    { "NW", "P", "preliminary live" }, { "NW", "X", "cancelled dead" },
    { "CA", "F", "cancelled dead" },   { "NW", "C", "corrected live" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          PERFORMED "ORC|%s|1\nOBR||1||A^胸部ＣＴ|||20250410||||||||||||||||||%s\n", cases[i].orc,
          cases[i].status);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-11", message);

      g_assert_cmpstr (map_state (fixture, DISC_KIND_PROCEDURE, 0), ==, cases[i].state);
    }
}

/* A line is as dead as the examination it belongs to, in whichever order they come. */
static void
test_lines_of_dead_parents (void)
{
#define PARENT(orc) "ORC|" orc "\nOBR||1||A^胸部ＣＴ\n"
#define OTHER "ORC|NW|9\nOBR||9||Z^頭部ＭＲＩ\n"
#define BY_ORC "ORC|CH|2||||||1\nOBR||2||B^造影\n"
#define BY_OBR "ORC|CH|2\nOBR||2||B^造影|||||||||||||||||||||||||1\n"
#define UNNAMED "ORC|CH|2\nOBR||2||B^造影\n"
  static const struct
  {
    const char *blocks;
    const char *state; /* of the record that holds the line */
  } cases[] = {
    { PARENT ("NW|1") BY_ORC, "active live" },
    { PARENT ("CA|1") BY_ORC, "cancelled dead" },
    { PARENT ("NW|1|||CA") BY_ORC, "cancelled dead" },
    { PARENT ("DC|1") BY_OBR, "stopped dead" },
    { BY_ORC PARENT ("CA|1"), "cancelled dead" },
    { PARENT ("NW|1") BY_ORC PARENT ("PA|1|||CA"), "cancelled dead" },
    { PARENT ("CA|1") OTHER BY_ORC, "cancelled dead" },
    { PARENT ("CA|1") UNNAMED, "cancelled dead" },
    { PARENT ("HD|1") BY_ORC, "on-hold live" },
    /* strictest: the line itself */
    { PARENT ("DC|1") "ORC|CH|2|||CA|||1\nOBR||2||B^造影\n", "cancelled dead" },
    /* by way of a line that belongs to the dead one */
    { PARENT ("CA|1") BY_ORC "ORC|CH|3||||||2\nOBR||3||C^再構成\n", "cancelled dead" },
    /* by the number of the department that performs */
    { "ORC|CA|1|F1\nOBR||1|F1|A^胸部ＣＴ\nORC|CH|2|F2|||||^F1\nOBR||2|F2|B^造影\n",
      "cancelled dead" },
    { "ORC|CA|1^HIS\nOBR||1||A^胸部ＣＴ\nORC|CH|2||||||1&HIS\nOBR||2||B^造影\n", "cancelled dead" },
    /* ORC-8 shifted by one: OBR-29 is right */
    { PARENT ("CA|1") "ORC|CH|2|||||1|20250401\nOBR||2||B^造影|||||||||||||||||||||||||1\n",
      "cancelled dead" },
    /* the order that replaces another under its number, with lines of its own */
    { PARENT ("RP|1") PARENT ("RO|1") BY_ORC, "active live" },
    { PARENT ("RP|1") BY_ORC PARENT ("RO|1"), "superseded dead" },
    /* belongs to nothing that is here, and to itself */
    { PARENT ("NW|7") BY_ORC, "active live" },
    { "ORC|CH|2||||||3\nOBR||2||B^造影\nORC|CH|3||||||2\nOBR||3||C^再構成\n", "active live" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strconcat (ORDER, cases[i].blocks, NULL);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-01", message);
      const char *state = NULL;

      g_test_message ("%s", cases[i].blocks);
      for (guint n = 0; n < map_n_records (fixture, DISC_KIND_ORDER); n++)
        for (guint j = 0; j < map_n_items (fixture, DISC_KIND_ORDER, n); j++)
          if (g_strcmp0 (map_values (fixture, DISC_KIND_ORDER, n, (int) j, DISC_FIELD_NAME),
                         "造影") == 0)
            state = map_state (fixture, DISC_KIND_ORDER, n);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

/* A performed line under a cancelled examination. */
static void
test_performed_lines (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-11", PERFORMED "ORC|NW|1\nOBR||1||A^胸部ＣＴ|||20250410||||||||||||||||||X\n"
                "ORC|CH|2||||||1\nOBR||2||B^造影|||20250410||||||||||||||||||F\n");

  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PROCEDURE), ==, 1);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PROCEDURE, 0), ==, 2);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PROCEDURE, 0), ==, "cancelled dead");
}

/* A line says with its examination what it leaves out; another examination does not. */
static void
test_silent_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ORDER, 0, AT, "2025-04-10T10:00"),
    MAP_RECORD (ORDER, 0, TITLE, "胸部ＣＴ"),
    MAP_RECORD (ORDER, 0, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (ORDER, 0, 1, NAME, "造影"),
    MAP_ITEM (ORDER, 0, 1, DOCTOR, NULL),
    MAP_RECORD (ORDER, 2, TITLE, "頭部ＭＲＩ"),
    MAP_RECORD (ORDER, 2, AT, NULL),
    MAP_RECORD (ORDER, 2, AUTHOR, NULL),
    MAP_ITEM (ORDER, 2, 1, NAME, "単純"),
    MAP_RECORD (ORDER, 1, TITLE, "胸部ＣＴ"), /* a cancelled line of the first */
    MAP_RECORD (ORDER, 1, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (ORDER, 1, 0, NAME, "再構成"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-01", ORDER "ORC|NW|1|||||||202504101000|||D1^佐藤^次郎\nOBR||1||A^胸部ＣＴ\n"
                "ORC|CH|2||||||1\nOBR||2||B^造影\nORC|CH|4|||CA|||1\nOBR||4||D^再構成\n"
                "ORC|NW|9\nOBR||9||Z^頭部ＭＲＩ\nORC|CH|3||||||9\nOBR||3||C^単純\n");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 1), ==, "cancelled dead");
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_ORDER), ==, 3);
  map_check (fixture, facts);
}

/* An OBX beside the order says what it says with its flag, range, time and status; what was
 * withdrawn is an observation of its own, dead. */
static void
test_remarks (void)
{
  static const struct
  {
    const char *status;
    const char *comment;
    const char *state; /* of the observation */
  } cases[] = {
    { "F", "Cr: 1.8 mg/dL（基準値 0.6-1.1、判定 H、時点 2025-04-01）|予定日時: 2025-04-20", NULL },
    { "", "Cr: 1.8 mg/dL（基準値 0.6-1.1、判定 H、時点 2025-04-01）|予定日時: 2025-04-20", NULL },
    { "P", "Cr: 1.8 mg/dL（基準値 0.6-1.1、判定 H、時点 2025-04-01、未確定）|予定日時: 2025-04-20", NULL },
    { "C", "Cr: 1.8 mg/dL（基準値 0.6-1.1、判定 H、時点 2025-04-01、訂正）|予定日時: 2025-04-20", NULL },
    { "D", "予定日時: 2025-04-20", "deleted dead" },
    { "W", "予定日時: 2025-04-20", "entered-in-error dead" },
    { "X", "予定日時: 2025-04-20", "cancelled dead" },
    { "N", "予定日時: 2025-04-20", "cancelled dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          ORDER "ORC|NW|1\nOBR||1||A^造影ＣＴ\n"
                "OBX|1|NM|1^Cr^99L||1.8|mg/dL|0.6-1.1|H|||%s|||20250401|検査室\n"
                "ORC|PA|1\nOBR||1||A^造影ＣＴ||||||||||||||||||||||||||||||||20250420\n",
          cases[i].status);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-01", message);
      const MapFact facts[] = {
        MAP_ITEM (ORDER, 0, 0, NAME, "造影ＣＴ"),
        MAP_ITEM (ORDER, 0, 0, COMMENT, cases[i].comment),
        MAP_ITEM (ORDER, 0, 0, ITEM_NOT_UNDERSTOOD,
                  cases[i].state == NULL ? "OBX-15: 検査室" : NULL),
      };

      g_test_message ("OBX-11 %s", cases[i].status);
      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ORDER, 0), ==, "active live");
      g_assert_cmpstr (map_state (fixture, DISC_KIND_OBSERVATION, 0), ==, cases[i].state);
      if (cases[i].state != NULL)
        g_assert_cmpstr (map_values (fixture, DISC_KIND_OBSERVATION, 0, 0, DISC_FIELD_VALUE), ==,
                         "1.8");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/exam/order", test_order);
  g_test_add_func ("/importer/map/exam/order-states", test_order_states);
  g_test_add_func ("/importer/map/exam/replaced", test_replaced);
  g_test_add_func ("/importer/map/exam/cancelled-line", test_cancelled_line);
  g_test_add_func ("/importer/map/exam/radiology", test_radiology);
  g_test_add_func ("/importer/map/exam/endoscopy", test_endoscopy);
  g_test_add_func ("/importer/map/exam/performed-states", test_performed_states);
  g_test_add_func ("/importer/map/exam/lines-of-dead-parents", test_lines_of_dead_parents);
  g_test_add_func ("/importer/map/exam/performed-lines", test_performed_lines);
  g_test_add_func ("/importer/map/exam/silent-blocks", test_silent_blocks);
  g_test_add_func ("/importer/map/exam/remarks", test_remarks);
  return g_test_run ();
}
