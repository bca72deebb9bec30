/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define ORC(rp)                                                                                    \
  "ORC|NW|000000250410001||" rp                                                                    \
  "|||||20250410101500|C0058^入力^者^^^^^^^L^^^^^I||D0012^佐藤^次郎^^^^^^^L^^^^^I|01^^^^^C||||"    \
  "01^内科^99DPT||||||||||||O^外来患者オーダ^HL70482\n"
#define OUTPATIENT "OHP^外来処方^MR9P~OHO^院外処方^MR9P"

/* SS-MIX2 spec 4.8, the worked example. */
static const char four_drugs[] =
    MAP_MSH ("RDE^O11^RDE_O11") MAP_PID "PV1|0001|O|01^^^^^C||||D0012^佐藤^次郎\n" ORC ("1")
    "RXE||199900001^アムロジピン錠５ｍｇ^HOT9|1||TAB^錠^MR9P|||||30|TAB^錠^MR9P||||||||"
    "1^TAB&錠&MR9P||" OUTPATIENT "||||||21^内服^JHSP0003\n"
    "TQ1|1||1011000400000000&内服・経口・１日１回朝食後&JAMISDP01|||30^D&日&ISO+|20250410\n"
    "RXR|PO^口^HL70162\n" ORC ("2")
    "RXE||199900002^プレドニゾロン錠５ｍｇ^HOT9|1|4|TAB^錠^MR9P||V14NNNNN^４錠^JAMISDP01~"
    "V22NNNNN^２錠^JAMISDP01~V31NNNNN^１錠^JAMISDP01|||49|TAB^錠^MR9P||||||||7^TAB&錠&MR9P||" OUTPATIENT
    "||||||21^内服^JHSP0003\n"
    "TQ1|1||1013044400000000&内服・経口・１日３回朝昼夕食後&JAMISDP01|||7^D&日&ISO+|20250410\n"
    "RXR|PO^口^HL70162\n" ORC ("3")
    "RXE||199900003^アセトアミノフェン錠２００ｍｇ^HOT9|2||TAB^錠^MR9P|||||20|TAB^錠^MR9P||||||||||" OUTPATIENT
    "||||||22^頓用^JHSP0003\n"
    "TQ1|1||1050110000000000&内服・経口・疼痛時&JAMISDP01||||20250410||||６時間以上あけて|||10\n"
    "RXR|PO^口^HL70162\n" ORC ("4")
    "RXE||199900004^ステロイド軟膏０．０５％^HOT9|\"\"||\"\"|OIT^軟膏^MR9P||||2|HON^本^MR9P|||||||||"
    "|" OUTPATIENT "||||||23^外用^JHSP0003\n"
    "TQ1|1||2B74000000000000&外用・塗布・１日４回&JAMISDP01||||20250410\n"
    "RXR|AP^外用^HL70162|77L^左手^JAMISDP01\n";

static void
test_worked_example (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, AT, "2025-04-10T10:15:00"),
    MAP_RECORD (PRESCRIPTION, 0, AUTHOR, "佐藤　次郎"), /* ORC-12, not the clerk of ORC-10 */
    MAP_RECORD (PRESCRIPTION, 0, ENTERED_BY, "入力　者"),
    MAP_RECORD (PRESCRIPTION, 0, DEPARTMENT, "内科"),
    MAP_RECORD (PRESCRIPTION, 0, ORDER_NO, "000000250410001"),
    MAP_RECORD (PRESCRIPTION, 0, PATIENT_CLASS, "外来患者オーダ"),
    MAP_RECORD (PRESCRIPTION, 0, TITLE, "処方"),
    MAP_ITEM (PRESCRIPTION, 0, 0, RP, "1"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "アムロジピン錠５ｍｇ"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CODE, "199900001"),
    MAP_ITEM (PRESCRIPTION, 0, 0, SYSTEM, "HOT9"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "1"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_UNIT, "錠"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_MAX, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY, "1"),
    MAP_ITEM (PRESCRIPTION, 0, 0, PER_DAY_UNIT, "錠"),
    MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL, "30"),
    MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL_UNIT, "錠"),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE, "内服・経口・１日１回朝食後"),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE_CODE, "1011000400000000"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DAYS, "30"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DAYS_UNIT, "日"),
    MAP_ITEM (PRESCRIPTION, 0, 0, START, "2025-04-10"),
    MAP_ITEM (PRESCRIPTION, 0, 0, ROUTE, "口"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CATEGORY, "外来処方|院外処方"),
    MAP_ITEM (PRESCRIPTION, 0, 0, KIND, "内服"),
    MAP_ITEM (PRESCRIPTION, 0, 0, WARNING, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE_HINT, NULL),
    /* uneven: smallest, largest, and the schedule itself, code beside text */
    MAP_ITEM (PRESCRIPTION, 0, 1, DOSE, "1"),
    MAP_ITEM (PRESCRIPTION, 0, 1, DOSE_MAX, "4"),
    MAP_ITEM (PRESCRIPTION, 0, 1, INSTRUCTION, "V14NNNNN ４錠|V22NNNNN ２錠|V31NNNNN １錠"),
    MAP_ITEM (PRESCRIPTION, 0, 1, PER_DAY, "7"),
    MAP_ITEM (PRESCRIPTION, 0, 1, TOTAL, "49"),
    MAP_ITEM (PRESCRIPTION, 0, 1, WARNING, NULL),
    /* PRN: the limit in words, ten doses, no days */
    MAP_ITEM (PRESCRIPTION, 0, 2, DOSE, "2"),
    MAP_ITEM (PRESCRIPTION, 0, 2, PER_DAY, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 2, DAYS, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 2, TIMES, "10"),
    MAP_ITEM (PRESCRIPTION, 0, 2, USAGE, "内服・経口・疼痛時"),
    MAP_ITEM (PRESCRIPTION, 0, 2, COMMENT, "６時間以上あけて"),
    MAP_ITEM (PRESCRIPTION, 0, 2, KIND, "頓用"),
    /* external: "" is no dose, not zero */
    MAP_ITEM (PRESCRIPTION, 0, 3, DOSE, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 3, DOSE_UNIT, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 3, FORM, "軟膏"),
    MAP_ITEM (PRESCRIPTION, 0, 3, TOTAL, "2"),
    MAP_ITEM (PRESCRIPTION, 0, 3, TOTAL_UNIT, "本"),
    MAP_ITEM (PRESCRIPTION, 0, 3, ROUTE, "外用"),
    MAP_ITEM (PRESCRIPTION, 0, 3, SITE, "左手"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", four_drugs);

  g_assert_cmpuint (disc_record_set_n (fixture->set), ==, 1);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PRESCRIPTION, 0), ==, 4);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PRESCRIPTION, 0), ==, "active live");
  map_check (fixture, facts);
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
  g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, "2025-04-10");
  g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, "2025-05-10"); /* 30 days */
  g_assert_cmpstr (fixture->mapped->facts.data_type, ==, "OMP-01");
}

#define HEAD MAP_MSH ("RDE^O11^RDE_O11") MAP_PID "PV1|0001|O|01^^^^^C\n"
#define SHORT_ORC(control, rp, status)                                                             \
  "ORC|" control "|O1||" rp "|" status "||||20250410101500|||D0012^佐藤^次郎|||||01^内科\n"

/* State by ORC-1 and ORC-5 (SS-MIX2 spec 2.6). */
static void
test_states (void)
{
  static const struct
  {
    const char *control;
    const char *status;
    const char *state;
  } cases[] = {
    { "NW", "", "active live" },         { "NW", "CM", "active live" },
    { "XO", "", "active live" },         { "RO", "", "active live" },
    { "RL", "", "active live" },         { "CA", "", "cancelled dead" },
    { "OC", "", "cancelled dead" },      { "CR", "", "cancelled dead" },
    { "NW", "CA", "cancelled dead" },    { "DC", "", "stopped dead" },
    { "OD", "", "stopped dead" },        { "DR", "", "stopped dead" },
    { "NW", "DC", "stopped dead" },      { "RP", "", "superseded dead" },
    { "RU", "", "superseded dead" },     { "RQ", "", "superseded dead" },
    { "NW", "RP", "superseded dead" },   { "HD", "", "on-hold live" },
    { "OH", "", "on-hold live" },        { "HR", "", "on-hold live" },
    { "NW", "HD", "on-hold live" },      { "HD", "CA", "cancelled dead" },
    { "DC", "CA", "cancelled dead" }, /* the strictest */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "ORC|%s|O1||1|%s||||20250410101500\nRXE||1^甲錠^HOT9|1||TAB^錠^MR9P\n",
          cases[i].control, cases[i].status);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", message);
      const MapFact facts[] = {
        MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠"),
        MAP_ITEM (PRESCRIPTION, 0, 0, STATUS, *cases[i].status ? cases[i].status : NULL),
      };

      map_check (fixture, facts);
      g_assert_cmpstr (map_state (fixture, DISC_KIND_PRESCRIPTION, 0), ==, cases[i].state);
    }
}

/* One stopped drug among others is a record of its own; the others keep their order. */
static void
test_mixed_states (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠"),
    MAP_ITEM (PRESCRIPTION, 0, 1, DRUG, "丙錠"),
    MAP_ITEM (PRESCRIPTION, 1, 0, DRUG, "乙錠"),
    MAP_RECORD (PRESCRIPTION, 1, EFFECTIVE_AT, "2025-04-12"),
    MAP_RECORD (PRESCRIPTION, 1, COMMENT, "副作用のため"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||1^甲錠^HOT9|1||TAB^錠^MR9P\n"
                "ORC|DC|O1||2|||||20250410101500||||||20250412|^副作用のため\n"
                "RXE||2^乙錠^HOT9|1||TAB^錠^MR9P\n" SHORT_ORC ("NW", "3", "")
                "RXE||3^丙錠^HOT9|1||TAB^錠^MR9P\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PRESCRIPTION), ==, 2);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PRESCRIPTION, 0), ==, 2);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PRESCRIPTION, 1), ==, "stopped dead");
}

/* Blocks that differ in doctor, department or time say so themselves. */
static void
test_differing_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOCTOR, NULL),
    MAP_ITEM (PRESCRIPTION, 0, 1, DOCTOR, "鈴木　三郎"),
    MAP_ITEM (PRESCRIPTION, 0, 1, ITEM_AT, "2025-04-11"),
    MAP_ITEM (PRESCRIPTION, 0, 1, ITEM_DEPARTMENT, "外科"),
    MAP_ITEM (PRESCRIPTION, 0, 1, ITEM_ORDER_NO, NULL), /* the same */
    MAP_ITEM (PRESCRIPTION, 0, 2, DOCTOR, NULL),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||1^甲錠^HOT9|1||TAB\n"
                "ORC|NW|O1||2|||||20250411|||D0034^鈴木^三郎|||||10^外科\nRXE||2^乙錠^HOT9|1||TAB\n"
                SHORT_ORC ("NW", "3", "") "RXE||3^丙錠^HOT9|1||TAB\n");

  map_check (fixture, facts);
}

static void
test_rare_fields (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, STRENGTH, "100"),
    MAP_ITEM (PRESCRIPTION, 0, 0, STRENGTH_UNIT, "MG"),
    MAP_ITEM (PRESCRIPTION, 0, 0, REPEATS, "2"),
    MAP_ITEM (PRESCRIPTION, 0, 0, PRESCRIPTION_NO, "RX-9"),
    MAP_ITEM (PRESCRIPTION, 0, 0, OTHER_CODE, "1139001B1020"),
    MAP_ITEM (PRESCRIPTION, 0, 0, OTHER_SYSTEM, "YJ"),
    MAP_ITEM (PRESCRIPTION, 0, 0, INSTRUCTION, "01 １回目から服用|つぶして"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CATEGORY, "定期処方|一包化"), /* the text wins over XTR */
    MAP_ITEM (PRESCRIPTION, 0, 0, COMMENT,
              "麻薬施用者: 佐藤　次郎|監査: 薬剤　師子|リフィル残: 1|前回調剤: 2025-03-10|元のオーダ日: 2025-01-10|"
              "払出先: 5E|発熱時のみ|１日２回まで|時刻: 0800|時刻: 2000|次の用法との関係: S|数量: 1 錠|1回の時間: 5 hr|"
              "患者希望"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "フェノバール散"), /* and not what RXO asked for */
    MAP_ITEM (PRESCRIPTION, 0, 0, ITEM_NOT_UNDERSTOOD, "RXO|1^旧指示^99|2"),
  };
  static const MapFact rest[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, ITEM_NOT_UNDERSTOOD, "RXE-9: G|RXE-33: 60"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01",
      HEAD SHORT_ORC ("NW", "1", "")
      "RXO|1^旧指示^99|2\n"
      "RXE||100607002^フェノバール散^HOT9|50||MG^MG^MR9P||01^１回目から服用^JHSP0005~^つぶして|||||2|"
      "1^佐藤^次郎|2^薬剤^師子|RX-9|1||20250310|||XTR^定期処方^MR9P~B^一包化^JHSP0002||||100|MG^MG^MR9P|||||"
      "1139001B1020^^YJ|20250110||||||||||5E^^^^^N\n"
      "TQ1|1|1^TAB&錠&MR9P||0800~2000|||||R|発熱時のみ|１日２回まで|S|5^hr\n"
      "NTE|1||患者希望\n");

  g_autoptr (MapFixture) with_rest = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||1^フェノバール散^HOT9|50||MG||||G||||||||||||||||||||||||60\n");

  map_check (fixture, facts);
  map_check (with_rest, rest);
}

/* SS-MIX2 spec 4.8, last paragraph: a mark only, and only where everything is plain. */
static void
test_amounts (void)
{
  static const struct
  {
    const char *dose;
    const char *dose_max;
    const char *unit;
    const char *instruction;
    const char *total;
    const char *total_unit;
    const char *per_day;
    const char *usage;
    const char *days;
    const char *warning;
  } cases[] = {
    { "1", "", "TAB", "", "15", "TAB", "3^TAB&錠", "1013044400000000&３回", "5^d", NULL },
    { "1", "", "TAB", "", "15", "TAB", "1^TAB&錠", "1013044400000000&３回", "5^d", "amounts-differ" },
    { "3", "", "TAB", "", "15", "TAB", "3^TAB&錠", "1013044400000000&３回", "5^d", "amounts-differ" },
    { "1", "", "TAB", "", "21", "TAB", "3^TAB&錠", "1013044400000000&３回", "5^d", "amounts-differ" },
    /* another unit: nothing is said */
    { "50", "", "MG", "", "1.4", "G", "100^MG", "1012040400000000&２回", "14^d", NULL },
    { "50", "", "MG", "", "9.9", "G", "100^MG", "1012040400000000&２回", "14^d", NULL },
    /* uneven, alternate days, instructions: not plain */
    { "1", "4", "TAB", "", "49", "TAB", "7^TAB", "1013044400000000&３回", "7^d", NULL },
    { "1", "", "TAB", "V14NNNNN^４錠", "49", "TAB", "7^TAB", "1013044400000000&３回", "7^d", NULL },
    { "3", "", "TAB", "", "99", "TAB", "1^TAB", "1011000400000000&１回~I1100000&１日おき", "7^d", NULL },
    /* rounding of thirds */
    { "0.33", "", "G", "", "5", "G", "1^G", "1013044400000000&３回", "5^d", NULL },
    { "", "", "TAB", "", "", "", "", "1013044400000000&３回", "5^d", NULL },
    { "abc", "", "TAB", "", "x", "TAB", "3^TAB", "1013044400000000&３回", "5^d", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD SHORT_ORC ("NW", "1", "")
          "RXE||1^甲錠^HOT9|%s|%s|%s||%s|||%s|%s||||||||%s\n"
          "TQ1|1||%s|||%s|20250410\n",
          cases[i].dose, cases[i].dose_max, cases[i].unit, cases[i].instruction, cases[i].total,
          cases[i].total_unit, cases[i].per_day, cases[i].usage, cases[i].days);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", message);
      const MapFact facts[] = { MAP_ITEM (PRESCRIPTION, 0, 0, WARNING, cases[i].warning) };

      g_test_message ("case %u", i);
      map_check (fixture, facts);
    }
}

/* How far a supply reaches decides what the window keeps: generously. */
static void
test_reach (void)
{
  static const struct
  {
    const char *instruction;
    const char *tq1;
    const char *reaches_to;
    const char *clinical_at;
  } cases[] = {
    { "", "TQ1|1||1011000400000000&朝|||30^D&日&ISO+|20250410", "2025-05-10", "2025-04-10" },
    { "", "TQ1|1||1011000400000000&朝|||30^d|2025041007", "2025-05-10", "2025-04-10T07" },
    { "", "TQ1|1||1011000400000000&朝||||20250412|20250601", "2025-06-01", "2025-04-12" },
    { "", "TQ1|1||1011000400000000&朝|||4^W|20250410", "2025-05-08", "2025-04-10" },
    /* 7 days of taking, every other day: at most 49 days of the calendar */
    { "", "TQ1|1||1011000400000000&朝~I1100000&１日おき|||7^d|20250410", "2025-05-29", "2025-04-10" },
    { "W0100000^月曜日", "TQ1|1||1011000400000000&朝|||4^d|20250410", "2025-05-08", "2025-04-10" },
    { "V14NNNNN^４錠", "TQ1|1||1013044400000000&３回|||7^d|20250410", "2025-04-17", "2025-04-10" },
    { "", "TQ1|1||1050110000000000&疼痛時||||20250410|||||||10", "2025-04-10T10:15:00", "2025-04-10" },
    { "", "TQ1|1||TID&１日３回&HL70335|||5^d", "2025-05-15", "2025-04-10T10:15:00" },
    { "", "TQ1|1||1011000400000000&朝|||999999999999^d|20250410", "2035-04-18", "2025-04-10" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD SHORT_ORC ("NW", "1", "") "RXE||1^甲錠^HOT9|1||TAB||%s\n%s\n", cases[i].instruction,
          cases[i].tq1);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMP-01", message);

      g_test_message ("case %u", i);
      g_assert_cmpstr (fixture->mapped->facts.reaches_to, ==, cases[i].reaches_to);
      g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, cases[i].clinical_at);
    }
}

/* SS-MIX version 1: OMP^O09 asks with RXO; the timing stands before it. */
static void
test_old_format (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "1"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_UNIT, "錠"),
    MAP_ITEM (PRESCRIPTION, 0, 0, USAGE, "毎食後"),
    MAP_ITEM (PRESCRIPTION, 0, 0, ROUTE, "口"),
    MAP_ITEM (PRESCRIPTION, 0, 0, WARNING, "old-format"),
    MAP_ITEM (PRESCRIPTION, 0, 0, ITEM_NOT_UNDERSTOOD, "RXO-20: 高血圧"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", MAP_MSH ("OMP^O09^OMP_O09") MAP_PID SHORT_ORC ("NW", "1", "")
                "TQ1|1||X&毎食後&99L\nRXO|1^甲錠^HOT9|1||TAB^錠^MR9P||||||||||||||||高血圧\n"
                "RXR|PO^口^HL70162\n");

  map_check (fixture, facts);
  g_assert_null (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0));
}

/* Should a block hold two drugs, each is an item with the order's values. */
static void
test_two_drugs_in_a_block (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠"), MAP_ITEM (PRESCRIPTION, 0, 0, USAGE, "朝"),
    MAP_ITEM (PRESCRIPTION, 0, 0, RP, "1"),      MAP_ITEM (PRESCRIPTION, 0, 1, DRUG, "乙錠"),
    MAP_ITEM (PRESCRIPTION, 0, 1, USAGE, "夕"),  MAP_ITEM (PRESCRIPTION, 0, 1, RP, "1"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||1^甲錠^HOT9|1||TAB\nTQ1|1||a&朝\n"
                "RXE||2^乙錠^HOT9|1||TAB\nTQ1|1||b&夕\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PRESCRIPTION, 0), ==, 2);
}

/* SS-MIX2 spec 2.1: both orders are RDE^O11; what a block holds decides. */
static void
test_injection_in_disguise (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||00^一般^JHSI0002|100||ML\n"
                "RXC|A|2^乙注^HOT9|1|AMP^管\n");
  const MapFact facts[] = { MAP_ITEM (INJECTION, 0, 0, DRUG, "乙注") };

  map_check (fixture, facts);
  g_assert_null (map_record (fixture, DISC_KIND_PRESCRIPTION, 0));
  g_assert_nonnull (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0));
  g_assert_cmpstr (fixture->mapped->facts.data_type, ==, "OMP-02");
}

/* A short local code is not the kind of an injection order: that is of a named system. */
static void
test_short_local_code (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "ワーファリン錠１ｍｇ"),
    MAP_ITEM (PRESCRIPTION, 0, 0, CODE, "05"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "1"),
  };
  static const MapFact given[] = { MAP_RECORD (ADMINISTRATION, 0, TITLE, "処方実施") };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD SHORT_ORC ("NW", "1", "") "RXE||05^ワーファリン錠１ｍｇ|1||TAB^錠^MR9P\n");
  g_autoptr (MapFixture) administration = map_fixture_new_type (
      "OMP-11", MAP_MSH ("RAS^O17") MAP_PID SHORT_ORC ("NW", "1", "")
                "RXE||05^ワーファリン錠１ｍｇ|1||TAB^錠^MR9P\n"
                "RXA|0|1|20250411|20250411|05^ワーファリン錠１ｍｇ|1|TAB^錠^MR9P\n");

  map_check (fixture, facts);
  map_check (administration, given);
  g_assert_null (map_record (fixture, DISC_KIND_INJECTION, 0));
  g_assert_cmpstr (fixture->mapped->facts.data_type, ==, "OMP-01");
  g_assert_cmpstr (administration->mapped->facts.data_type, ==, "OMP-11");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* What one block leaves out is not what the block before it says. */
static void
test_silent_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, AT, "2025-04-10T10:15:00"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT, "痛みのため"),
    MAP_ITEM (PRESCRIPTION, 0, 0, DRUG, "甲錠"),
    MAP_RECORD (PRESCRIPTION, 1, AT, NULL),
    MAP_RECORD (PRESCRIPTION, 1, AUTHOR, NULL),
    MAP_RECORD (PRESCRIPTION, 1, DEPARTMENT, NULL),
    MAP_RECORD (PRESCRIPTION, 1, COMMENT, NULL),
    MAP_RECORD (PRESCRIPTION, 1, PLACE, "01"),
    MAP_ITEM (PRESCRIPTION, 1, 0, DRUG, "乙錠"),
    MAP_ITEM (PRESCRIPTION, 1, 0, RP, "2"),
    /* says all that the first record says, but for another reason */
    MAP_ITEM (PRESCRIPTION, 1, 1, DRUG, "丙錠"),
    MAP_ITEM (PRESCRIPTION, 1, 1, ITEM_AT, "2025-04-10T10:15:00"),
    MAP_ITEM (PRESCRIPTION, 1, 1, DOCTOR, "佐藤　次郎"),
    MAP_ITEM (PRESCRIPTION, 1, 1, COMMENT, "熱のため"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD "ORC|NW|O1||1|||||20250410101500|||D1^佐藤^次郎||||痛みのため|01^内科\n"
                "RXE||1^甲錠^HOT9|1||TAB\n"
                "ORC|NW|O1||2\nRXE||2^乙錠^HOT9|1||TAB\n"
                "ORC|NW|O1||3|||||20250410101500|||D1^佐藤^次郎||||熱のため|01^内科\n"
                "RXE||3^丙錠^HOT9|1||TAB\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PRESCRIPTION), ==, 2);
}

/* However many blocks differ, none takes from another what it leaves out, and none is lost. */
static void
test_many_blocks (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, COMMENT, "理由0"),
    MAP_RECORD (PRESCRIPTION, 499, COMMENT, "理由499"),
    MAP_RECORD (PRESCRIPTION, 500, COMMENT, NULL),
    MAP_RECORD (PRESCRIPTION, 500, AT, NULL),
    MAP_RECORD (PRESCRIPTION, 500, TITLE, "処方"),
    MAP_ITEM (PRESCRIPTION, 500, 0, COMMENT, "理由500"),
    MAP_ITEM (PRESCRIPTION, 500, 0, ITEM_AT, "2025-04-10"),
    MAP_ITEM (PRESCRIPTION, 500, 0, DRUG, "薬500"),
    MAP_ITEM (PRESCRIPTION, 500, 99, COMMENT, "理由599"),
    MAP_ITEM (PRESCRIPTION, 500, 99, DRUG, "薬599"),
  };
  g_autoptr (GString) message = g_string_new (HEAD);
  g_autoptr (MapFixture) fixture = NULL;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (message, "ORC|NW|1||%u|||||20250410|||||||理由%u\nRXE||1^薬%u|1||TAB\n", i,
                            i, i);
  fixture = map_fixture_new_type ("OMP-01", message->str);

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PRESCRIPTION), ==, 501);
}

/* Of two doctors each is said, also where one of them is the record's. */
static void
test_second_doctor (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PRESCRIPTION, 0, AUTHOR, "佐藤　次郎"),
    MAP_ITEM (PRESCRIPTION, 0, 1, DOCTOR, "佐藤　次郎|鈴木　三郎"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", HEAD "ORC|NW|O1||1||||||||D1^佐藤^次郎\nRXE||1^甲錠^HOT9|1||TAB\n"
                "ORC|NW|O1||2||||||||D1^佐藤^次郎~D2^鈴木^三郎\nRXE||2^乙錠^HOT9|1||TAB\n");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/prescription/worked-example", test_worked_example);
  g_test_add_func ("/importer/map/prescription/states", test_states);
  g_test_add_func ("/importer/map/prescription/mixed-states", test_mixed_states);
  g_test_add_func ("/importer/map/prescription/differing-blocks", test_differing_blocks);
  g_test_add_func ("/importer/map/prescription/rare-fields", test_rare_fields);
  g_test_add_func ("/importer/map/prescription/amounts", test_amounts);
  g_test_add_func ("/importer/map/prescription/reach", test_reach);
  g_test_add_func ("/importer/map/prescription/old-format", test_old_format);
  g_test_add_func ("/importer/map/prescription/two-drugs-in-a-block", test_two_drugs_in_a_block);
  g_test_add_func ("/importer/map/prescription/injection-in-disguise", test_injection_in_disguise);
  g_test_add_func ("/importer/map/prescription/short-local-code", test_short_local_code);
  g_test_add_func ("/importer/map/prescription/silent-blocks", test_silent_blocks);
  g_test_add_func ("/importer/map/prescription/many-blocks", test_many_blocks);
  g_test_add_func ("/importer/map/prescription/second-doctor", test_second_doctor);
  return g_test_run ();
}
