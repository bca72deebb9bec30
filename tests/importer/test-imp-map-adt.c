/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "map-fixture.h"

#define EVN "EVN||20250402101500||||20250402100000|HOSP\n"

/* SS-MIX2 spec 4.3, the worked example with an emergency phone, a Latin name and DG1 added. */
static const char basics[] =
    MAP_MSH ("ADT^A08^ADT_A01")
    "EVN||20250410093010||||20250410093010|HOSP\n"
    "PID|0001||0001234567^^^^PI||山田^花子^^^^^L^I~ヤマダ^ハナコ^^^^^L^P~YAMADA^HANAKO^^^^^L^A||19520304|"
    "F|||^^^^100-0001^JPN^H^東京都千代田区千代田１－１||^PRN^PH^^^^^^^^^03-0000-0001~^EMR^PH^^^^^^^^^"
    "090-0000-0009|^WPN^PH^^^^^^^^^03-0000-0002|||||||||||||||||||20250410093010\n"
    "NK1|1|山田^一郎^^^^^L^I|SPO^配偶者^HL70063||^PRN^PH^^^^^^^^^090-0000-0003\n"
    "PV1|0001|O|01^^^^^C||||D0012^佐藤^次郎^^^^^^^L^^^^^I\n"
    "DB1|1|PT||N\n"
    "OBX|1|NM|9N001000000000001^身長^JC10||151.2|cm^cm^ISO+|||||F\n"
    "OBX|2|NM|9N006000000000001^体重^JC10||48.0|kg^kg^ISO+|||||F|||20250320\n"
    "OBX|3|CWE|5H010000001999911^血液型-ABO式^JC10||O^O^JSHR002||||||F\n"
    "OBX|4|CWE|5H020000001999911^血液型-Rh式^JC10||+^Rh+^JSHR002||||||F\n"
    "AL1|1|DA^薬剤アレルギー^HL70127|^ペニシリン系^99ALG\n"
    "DG1|1||K297^胃炎^I10||20240501\n"
    "IN1|1|06^組合管掌健康保険^JHSD0001|06130012|||||||||20240401|20260331||||SEL^本人^HL70063\n";

static void
test_basics (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (DEMOGRAPHICS, 0, PATIENT_ID, "0001234567"),
    MAP_RECORD (DEMOGRAPHICS, 0, NAME, "山田　花子"),
    MAP_RECORD (DEMOGRAPHICS, 0, KANA, "ヤマダ　ハナコ"),
    MAP_RECORD (DEMOGRAPHICS, 0, ALPHABETIC, "YAMADA HANAKO"),
    MAP_RECORD (DEMOGRAPHICS, 0, BIRTH_DATE, "1952-03-04"),
    MAP_RECORD (DEMOGRAPHICS, 0, SEX, "F"),
    MAP_RECORD (DEMOGRAPHICS, 0, ADDRESS, "東京都千代田区千代田１－１"),
    MAP_RECORD (DEMOGRAPHICS, 0, POSTAL_CODE, "100-0001"),
    MAP_RECORD (DEMOGRAPHICS, 0, PHONE, "03-0000-0001|090-0000-0009|03-0000-0002"),
    MAP_RECORD (DEMOGRAPHICS, 0, UPDATED_AT, "2025-04-10T09:30:10"),
    MAP_RECORD (DEMOGRAPHICS, 0, AT, "2025-04-10T09:30:10"),
    MAP_RECORD (DEMOGRAPHICS, 0, PATIENT_CLASS, "O"),
    MAP_RECORD (DEMOGRAPHICS, 0, DOCTOR, "佐藤　次郎"),
    MAP_RECORD (DEMOGRAPHICS, 0, BLOOD_TYPE, "O Rh+"),
    MAP_ITEM (CONTACT, 0, 0, NAME, "山田　一郎"),
    MAP_ITEM (CONTACT, 0, 0, RELATION, "配偶者"),
    MAP_ITEM (CONTACT, 0, 0, PHONE, "090-0000-0003"),
    MAP_ITEM (OBSERVATION, 0, 0, NAME, "身体障害"),
    MAP_ITEM (OBSERVATION, 0, 0, VALUE, "N"),
    MAP_ITEM (OBSERVATION, 0, 1, NAME, "身長"),
    MAP_ITEM (OBSERVATION, 0, 1, VALUE, "151.2"),
    MAP_ITEM (OBSERVATION, 0, 1, UNIT, "cm"),
    MAP_ITEM (OBSERVATION, 0, 1, ITEM_AT, NULL),
    MAP_ITEM (OBSERVATION, 0, 2, VALUE, "48.0"),
    MAP_ITEM (OBSERVATION, 0, 2, ITEM_AT, "2025-03-20"),
    MAP_ITEM (OBSERVATION, 0, 3, VALUE, "O"),
    MAP_ITEM (OBSERVATION, 0, 4, NAME, "血液型-Rh式"),
    MAP_ITEM (OBSERVATION, 0, 4, VALUE, "Rh+"),
    MAP_ITEM (OBSERVATION, 0, 4, VALUE_CODE, "+"),
    MAP_RECORD (ALLERGY, 0, WARNING, NULL),
    MAP_ITEM (ALLERGY, 0, 0, CATEGORY, "薬剤アレルギー"),
    MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "ペニシリン系"),
    MAP_ITEM (ALLERGY, 0, 0, SYSTEM, "99ALG"),
    MAP_ITEM (ALLERGY, 0, 0, SEVERITY, NULL),
    MAP_RECORD (PROBLEM, 0, TITLE, "病名（旧形式）"),
    MAP_ITEM (PROBLEM, 0, 0, NAME, "胃炎"),
    MAP_ITEM (PROBLEM, 0, 0, START, "2024-05-01"),
    MAP_ITEM (COVERAGE, 0, 0, NAME, "組合管掌健康保険"),
    MAP_ITEM (COVERAGE, 0, 0, VALUE, "06130012"),
    MAP_ITEM (COVERAGE, 0, 0, START, "2024-04-01"),
    MAP_ITEM (COVERAGE, 0, 0, END, "2026-03-31"),
    MAP_ITEM (COVERAGE, 0, 0, RELATION, "本人"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-00", basics);

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_DEMOGRAPHICS, 0), ==, "active live");
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_DEMOGRAPHICS, 0), ==, 0);
  g_assert_cmpstr (fixture->mapped->facts.name, ==, "山田　花子");
  g_assert_cmpstr (fixture->mapped->facts.kana, ==, "ヤマダ　ハナコ");
  g_assert_cmpstr (fixture->mapped->facts.facility, ==, "HOSP");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
  g_assert_false (fixture->mapped->facts.names_admission);
}

/* A value "-" or Rh- is a result; code and text change places; a wrong row is none (spec 4.3). */
static void
test_blood_groups (void)
{
  static const struct
  {
    const char *rows;
    const char *shown;
  } cases[] = {
    { "OBX|1|CWE|5H010^ABO^JC10||A^A||||||F\nOBX|2|CWE|5H020^Rh^JC10||+^Rh+||||||F", "A Rh+" },
    { "OBX|1|CWE|5H010^ABO^JC10||AB||||||F\nOBX|2|CWE|5H020^Rh^JC10||Rh-^-||||||F", "AB Rh-" },
    { "OBX|1|CWE|5H010000009199911^ABO^JC10||B^B||||||F", "B" },
    { "OBX|1|CWE|5H020^Rh^JC10||-||||||F", "-" },
    { "OBX|1|CWE|77^ABO^99L^5H010^ABO^JC10||1^O型||||||F", "1 O型" },
    { "OBX|1|CWE|5H010^ABO^JC10||A^A||||||W\nOBX|2|CWE|5H010^ABO^JC10||O^O||||||F", "O" },
    { "OBX|1|NM|9N001^身長^JC10||170||||||F", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (MAP_MSH ("ADT^A08") MAP_PID "%s\n",
                                                  cases[i].rows);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-00", message);
      const MapFact facts[] = { MAP_RECORD (DEMOGRAPHICS, 0, BLOOD_TYPE, cases[i].shown) };

      map_check (fixture, facts);
    }
}

static void
test_basics_withdrawn (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-00", MAP_MSH ("ADT^A23^ADT_A21") EVN MAP_PID "PV1|0001|O\n"
                "AL1|1|DA^薬剤アレルギー^HL70127|^ペニシリン系^99ALG\n");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_DEMOGRAPHICS, 0), ==, "cancelled dead");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, "cancelled dead");
  g_assert_true (fixture->mapped->facts.is_cancel);
}

/* SS-MIX2 spec 5.8: by XPN-8, shifted by one, and by script alone. */
static void
test_names (void)
{
  static const struct
  {
    const char *pid5;
    const char *name;
    const char *kana;
  } cases[] = {
    { "山田^花子^^^^^L^I~ヤマダ^ハナコ^^^^^L^P", "山田　花子", "ヤマダ　ハナコ" },
    { "ヤマダ^ハナコ^^^^^L^P~山田^花子^^^^^L^I", "山田　花子", "ヤマダ　ハナコ" },
    { "山田^花子^^^^L^I~ヤマダ^ハナコ^^^^^L^P", "山田　花子", "ヤマダ　ハナコ" }, /* one to the left */
    { "ヤマダ^ハナコ~山田^花子", "山田　花子", "ヤマダ　ハナコ" },
    { "コスモス^ハナコ~コスモス^ハナコ", "コスモス　ハナコ", "コスモス　ハナコ" }, /* named in kana */
    { "山田　花子", "山田　花子", "" }, /* all in one component */
    { "ﾔﾏﾀﾞ^ﾊﾅｺ~髙橋^﨑子", "髙橋　﨑子", "ﾔﾏﾀﾞ　ﾊﾅｺ" },
    { "やまだ^はなこ^^^^^L^P~山田^花子^^^^^L^I", "山田　花子", "やまだ　はなこ" },
    { "SMITH^JOHN^^^^^L^A", "SMITH JOHN", "" }, /* Latin letters alone are the name */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          MAP_MSH ("ADT^A08") "PID|1||0001234567||%s||19520304|F\n", cases[i].pid5);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-00", message);

      g_assert_cmpstr (fixture->mapped->facts.name, ==, cases[i].name);
      g_assert_cmpstr (fixture->mapped->facts.kana, ==, cases[i].kana);
    }
}

#define IN_WARD                                                                                    \
  "PV1|0001|I|5E^512^3^^^N|||5E^501^1^^^N|D0034^鈴木^三郎^^^^^^^L^^^^^I|||10|||||||"               \
  "D0040^田村^五郎"

/* One movement of each type: event, time by SS-MIX2 spec 4.4, state, whether it places anybody. */
static void
test_movements (void)
{
  static const struct
  {
    const char *type;
    const char *message;
    const char *event;
    const char *state;
    const char *at;
    gboolean is_cancel;
    gboolean places;
  } cases[] = {
    { "ADT-01", "ADT^A54|" EVN IN_WARD "\n", "担当医の変更", "completed live",
      "2025-04-02T10:00:00", FALSE, FALSE },
    { "ADT-01", "ADT^A55|" EVN IN_WARD "\n", "担当医の変更取消", "cancelled dead",
      "2025-04-02T10:00:00", TRUE, FALSE },
    { "ADT-12", "ADT^A04|" EVN "PV1|1|O|01^^^^^C" "|||||||01||||||||||||||||||||||||||||||||||"
      "202504020915\n", "外来診察の受付", "completed live", "2025-04-02T09:15", FALSE, FALSE },
    { "ADT-21", "ADT^A14|" EVN IN_WARD "\nPV2||||||||20250420\n", "入院予定", "planned live",
      "2025-04-20", FALSE, FALSE },
    { "ADT-21", "ADT^A27|" EVN IN_WARD "\nPV2||||||||20250420\n", "入院予定取消",
      "cancelled dead", "2025-04-20", TRUE, FALSE },
    { "ADT-22", "ADT^A01|" EVN IN_WARD "|||||||||||||||||||||||||||20250401160000\n",
      "入院実施", "completed live", "2025-04-01T16:00:00", FALSE, TRUE },
    { "ADT-22", "ADT^A11|" EVN IN_WARD "|||||||||||||||||||||||||||20250401160000\n",
      "入院実施取消", "cancelled dead", "2025-04-01T16:00:00", TRUE, TRUE },
    { "ADT-31", "ADT^A21|" EVN IN_WARD "\n", "外出泊実施", "completed live",
      "2025-04-02T10:00:00", FALSE, TRUE },
    { "ADT-31", "ADT^A52|" EVN IN_WARD "\n", "外出泊実施取消", "cancelled dead",
      "2025-04-02T10:00:00", TRUE, TRUE },
    { "ADT-32", "ADT^A22|" EVN IN_WARD "\n", "外出泊帰院実施", "completed live",
      "2025-04-02T10:00:00", FALSE, TRUE },
    { "ADT-32",
      "ADT^A53|" EVN IN_WARD
      "\nPV2|||||||||||||||||||||||||||||||||||||||||||||||20250406\n",
      "外出泊帰院実施取消", "cancelled dead", "2025-04-06", TRUE, TRUE },
    { "ADT-41", "ADT^A15|" EVN IN_WARD "\nPV2|6W^601^2|||||||202504151300\n", "転科・転棟予定",
      "planned live", "2025-04-15T13:00", FALSE, FALSE },
    { "ADT-41", "ADT^A26|" EVN IN_WARD "\nPV2|6W^601^2|||||||202504151300\n",
      "転科・転棟予定取消", "cancelled dead", "2025-04-15T13:00", TRUE, FALSE },
    { "ADT-42", "ADT^A02|" EVN IN_WARD "\n", "転科・転棟実施", "completed live",
      "2025-04-02T10:00:00", FALSE, TRUE },
    { "ADT-42", "ADT^A12|" EVN IN_WARD "\n", "転科・転棟実施取消", "cancelled dead",
      "2025-04-02T10:00:00", TRUE, TRUE },
    { "ADT-51", "ADT^A16|" EVN IN_WARD "\nPV2|||||||||20250430\n", "退院予定", "planned live",
      "2025-04-30", FALSE, FALSE },
    { "ADT-51", "ADT^A25|" EVN IN_WARD "\nPV2|||||||||20250430\n", "退院予定取消",
      "cancelled dead", "2025-04-30", TRUE, FALSE },
    { "ADT-52", "ADT^A03|" EVN IN_WARD "|||||||||||||||||||01||||||||20250401160000|20250409110000\n",
      "退院実施", "completed live", "2025-04-09T11:00:00", FALSE, TRUE },
    { "ADT-52", "ADT^A13|" EVN IN_WARD "|||||||||||||||||||01||||||||20250401160000|20250409110000\n",
      "退院実施取消", "cancelled dead", "2025-04-09T11:00:00", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *bar = strchr (cases[i].message, '|');
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|HIS|HOSP|GW|RCV|20250410093015||%.*s|1|P|2.5\n" MAP_PID "%s",
          (int) (bar - cases[i].message), cases[i].message, bar + 1);
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, message);
      const MapFact facts[] = {
        MAP_RECORD (ENCOUNTER, 0, AT, cases[i].at),
        MAP_ITEM (ENCOUNTER, 0, 0, EVENT, cases[i].event),
      };

      g_test_message ("%s %s", cases[i].type, cases[i].event);
      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ENCOUNTER, 0), ==, cases[i].state);
      g_assert_cmpint (fixture->mapped->facts.is_cancel, ==, cases[i].is_cancel);
      g_assert_cmpint (fixture->mapped->facts.names_admission, ==, cases[i].places);
      g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, cases[i].at);
      g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
    }
}

static void
test_transfer (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ENCOUNTER, 0, 0, WARD, "5E"),
    MAP_ITEM (ENCOUNTER, 0, 0, ROOM, "512"),
    MAP_ITEM (ENCOUNTER, 0, 0, BED, "3"),
    MAP_ITEM (ENCOUNTER, 0, 0, FROM, "5E 501 1"),
    MAP_ITEM (ENCOUNTER, 0, 0, DOCTOR, "鈴木　三郎|田村　五郎"),
    MAP_ITEM (ENCOUNTER, 0, 0, ITEM_DEPARTMENT, "10"),
    MAP_ITEM (ENCOUNTER, 0, 0, EVENT_CODE, "A02"),
    MAP_RECORD (ENCOUNTER, 0, PATIENT_CLASS, "I"),
    MAP_RECORD (ENCOUNTER, 0, TITLE, "転科・転棟実施"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-42", MAP_MSH ("ADT^A02^ADT_A02") EVN MAP_PID IN_WARD "\n");

  map_check (fixture, facts);
}

static void
test_planned_transfer_and_leave (void)
{
  static const MapFact planned[] = {
    MAP_ITEM (ENCOUNTER, 0, 0, WARD, "5E"), /* where he is */
    MAP_ITEM (ENCOUNTER, 0, 0, TO, "6W 601 2"),
  };
  static const MapFact leave[] = {
    MAP_ITEM (ENCOUNTER, 0, 0, EXPECTED_END, "2025-04-06T18"),
    MAP_RECORD (ENCOUNTER, 0, ENTERED_BY, "看護　花子"),
    MAP_RECORD (ENCOUNTER, 0, COMMENT, "法事"),
  };
  g_autoptr (MapFixture) first = map_fixture_new_type (
      "ADT-41", MAP_MSH ("ADT^A15") EVN MAP_PID IN_WARD "\nPV2|6W^601^2|||||||202504151300\n");
  g_autoptr (MapFixture) second = map_fixture_new_type (
      "ADT-31", MAP_MSH ("ADT^A21") "EVN||20250402||^法事|N0020^看護^花子|20250402\n" MAP_PID IN_WARD
                "\nPV2|||||||||||||||||||||||||||||||||||||||||||||||2025040618\n");

  map_check (first, planned);
  map_check (second, leave);
}

static void
test_discharge (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ENCOUNTER, 0, 0, DISPOSITION, "死亡"),
    MAP_ITEM (ENCOUNTER, 0, 0, DISPOSITION_CODE, "20"),
    MAP_ITEM (ENCOUNTER, 0, 0, START, "2025-04-01T16:00:00"),
    MAP_ITEM (ENCOUNTER, 0, 0, END, "2025-04-09T11:00:00"),
    MAP_ITEM (ENCOUNTER, 0, 0, WARD, "5E"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-52", MAP_MSH ("ADT^A03") EVN MAP_PID IN_WARD
                "|||||||||||||||||||20^死亡^HL70112||||||||20250401160000|20250409110000\n");

  map_check (fixture, facts);
}

/* An outpatient's department stands where the ward would: it is no ward. */
static void
test_outpatient (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (ENCOUNTER, 0, 0, WARD, NULL),
    MAP_RECORD (ENCOUNTER, 0, DEPARTMENT, "01"),
    MAP_RECORD (ENCOUNTER, 0, PATIENT_CLASS, "O"),
    MAP_RECORD (ALLERGY, 0, WARNING, "at-order-time"),
    MAP_ITEM (CONTACT, 0, 0, NAME, "山田　一郎"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-12", MAP_MSH ("ADT^A04") EVN MAP_PID "NK1|1|山田^一郎|SPO^配偶者^HL70063\n"
                "PV1|1|O|01^^^^^C\nAL1|1|FA^食物アレルギー^HL70127|^卵^99ALG\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_CONTACT, 0), ==, "completed live");
}

/* SS-MIX2 spec 2.1: where name and event disagree neither is believed. */
static void
test_disagreement (void)
{
  static const struct
  {
    const char *type;
    const char *event;
    const char *class;
    const char *said;
  } cases[] = {
    { "ADT-12", "A01", "O", "外来" },
    { "ADT-22", "A03", "I", "入院" },
    { "ADT-22", "A08", "I", "入院" },
    { "ADT-00", "A01", "", "入外不明" },
    { "OMP-01", "A02", "I", "入院" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|H|H|G|R|20250410093015||ADT^%s|1|P|2.5\n" EVN MAP_PID "PV1|1|%s|5E^501^1\n",
          cases[i].event, cases[i].class);
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, message);
      const MapFact facts[] = { MAP_ITEM (ENCOUNTER, 0, 0, EVENT, cases[i].said) };

      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ENCOUNTER, 0), ==, "unknown live");
      g_assert_null (map_record (fixture, DISC_KIND_DEMOGRAPHICS, 0));
      g_assert_false (fixture->mapped->facts.names_admission);
      g_assert_true (fixture->mapped->facts.flags & DISC_MESSAGE_TYPE_MISMATCH);
      g_assert_nonnull (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0));
    }
}

static void
test_notes_and_strangers (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (ENCOUNTER, 0, COMMENT, "搬送で入院|家族同伴"),
    MAP_RECORD (ENCOUNTER, 0, NOT_UNDERSTOOD,
                "PV1-8: 01|PV1-14: 7|ZZ1|1|院内項目"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-22", MAP_MSH ("ADT^A01") EVN MAP_PID "NTE|1||搬送で入院~家族同伴\n"
                "PV1|1|I|5E^501^1^^^N|||||01||||||7\nZZ1|1|院内項目\n");

  map_check (fixture, facts);
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD, 0), ==,
                   "kept as text: PV1-8, PV1-14, ZZ1");
  g_assert_true (fixture->mapped->facts.flags & DISC_MESSAGE_NOT_UNDERSTOOD);
}

/* IAM is of A60 alone, and stands in other ADT all the same: an allergy wherever it is told. */
static void
test_adverse_reactions (void)
{
  static const struct
  {
    const char *type;
    const char *event;
    const char *iam;
    const char *state;
    const char *warning;
  } cases[] = {
    { "ADT-00", "A08", "A", "active live", NULL },
    { "ADT-61", "A08", "A", "active live", NULL }, /* the name says a list, the event basic data */
    { "ADT-22", "A01", "A", "active live", "at-order-time" },
    { "ADT-12", "A01", "A", "active live", "at-order-time" },
    { "ADT-00", "A08", "D", "deleted dead", NULL },
    /* basic data are deleted with the list that is part of them */
    { "ADT-00", "A23", "A", "cancelled dead", NULL },
    /* a movement is taken back, and no allergy with it */
    { "ADT-22", "A11", "A", "active live", "at-order-time" },
    { "ADT-42", "A12", "A", "active live", "at-order-time" },
    { "ADT-52", "A13", "A", "active live", "at-order-time" },
    { "ADT-21", "A27", "A", "active live", "at-order-time" },
    { "ADT-01", "A55", "A", "active live", "at-order-time" },
    { "ADT-12", "A11", "A", "active live", "at-order-time" }, /* name and event disagree */
    { "ADT-61", "A11", "A", "active live", NULL },
    { "ADT-22", "A11", "D", "deleted dead", "at-order-time" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|H|H|G|R|20250410093015||ADT^%s|1|P|2.5\n" EVN MAP_PID "PV1|1|O\n"
          "IAM|1|DA^薬剤^HL70127|^ペニシリン^99ALG|SV|ショック|%s\nAL1|1|FA|^卵\n",
          cases[i].event, cases[i].iam);
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, message);
      const MapFact facts[] = {
        MAP_RECORD (ALLERGY, 0, WARNING, cases[i].warning),
        MAP_ITEM (ALLERGY, 0, 0, SUBSTANCE, "ペニシリン"),
        MAP_ITEM (ALLERGY, 0, 0, REACTION, "ショック"),
      };

      g_test_message ("%s %s %s", cases[i].type, cases[i].event, cases[i].iam);
      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, cases[i].state);
      g_assert_false (fixture->mapped->facts.flags & DISC_MESSAGE_NOT_UNDERSTOOD);
    }
}

/* SS-MIX2 spec 2.6: a cancelling event is not live, whatever the name says. */
static void
test_cancelled_disagreement (void)
{
  static const struct
  {
    const char *type;
    const char *event;
  } cases[] = { { "ADT-12", "A11" }, { "ADT-22", "A13" }, { "OMP-01", "A12" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          "MSH|^~\\&|H|H|G|R|20250410093015||ADT^%s|1|P|2.5\n" EVN MAP_PID "PV1|1|I|5E^501^1\n",
          cases[i].event);
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, message);

      g_assert_cmpstr (map_state (fixture, DISC_KIND_ENCOUNTER, 0), ==, "cancelled dead");
      g_assert_false (fixture->mapped->facts.names_admission);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/adt/basics", test_basics);
  g_test_add_func ("/importer/map/adt/blood-groups", test_blood_groups);
  g_test_add_func ("/importer/map/adt/basics-withdrawn", test_basics_withdrawn);
  g_test_add_func ("/importer/map/adt/names", test_names);
  g_test_add_func ("/importer/map/adt/movements", test_movements);
  g_test_add_func ("/importer/map/adt/transfer", test_transfer);
  g_test_add_func ("/importer/map/adt/planned-transfer-and-leave", test_planned_transfer_and_leave);
  g_test_add_func ("/importer/map/adt/discharge", test_discharge);
  g_test_add_func ("/importer/map/adt/outpatient", test_outpatient);
  g_test_add_func ("/importer/map/adt/disagreement", test_disagreement);
  g_test_add_func ("/importer/map/adt/notes-and-strangers", test_notes_and_strangers);
  g_test_add_func ("/importer/map/adt/adverse-reactions", test_adverse_reactions);
  g_test_add_func ("/importer/map/adt/cancelled-disagreement", test_cancelled_disagreement);
  return g_test_run ();
}
