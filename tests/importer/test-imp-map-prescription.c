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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/prescription/worked-example", test_worked_example);
  return g_test_run ();
}
