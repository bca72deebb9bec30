/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes wrong if one gets it wrong, SS-MIX2 spec section 10, as far as the meaning of one
 * message decides it; each test is named after its row.
 */
#include <string.h>

#include "map-fixture.h"

#define RDE MAP_MSH ("RDE^O11") MAP_PID
#define OUL MAP_MSH ("OUL^R22") MAP_PID

static const char *
item (MapFixture *fixture, DiscKind kind, guint n, DiscField field)
{
  return map_values (fixture, kind, 0, (int) n, field);
}

static void
test_stopped_drug_continues (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|DC|1\nRXE||1^ワルファリン錠１ｍｇ|1||TAB\n");

  g_assert_false (map_record (fixture, DISC_KIND_PRESCRIPTION, 0)->live);
}

/* RP is the order that goes, RO the one that comes. */
static void
test_both_halves_live (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|RP|1||1\nRXE||1^甲錠|1||TAB\nORC|RO|2||1\nRXE||1^甲錠|2||TAB\n");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_PRESCRIPTION, 0), ==, "superseded dead");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PRESCRIPTION, 1), ==, "active live");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_PRESCRIPTION, 1, 0, DISC_FIELD_DOSE), ==, "2");
}

static void
test_reception_in_a_bed (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-12", MAP_MSH ("ADT^A01") MAP_PID "PV1|1|O|5E^501^1\n");

  g_assert_false (fixture->mapped->facts.names_admission);
  g_assert_null (item (fixture, DISC_KIND_ENCOUNTER, 0, DISC_FIELD_WARD));
}

/* 1回量, 1日量 and 全量 never change places, whatever else is there. */
static void
test_three_amounts (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB^錠|||||49|BOX^箱||||||||7^CAP&カプセル\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_DOSE), ==, "1");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_DOSE_UNIT), ==, "錠");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_PER_DAY), ==, "7");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_PER_DAY_UNIT), ==,
                   "カプセル");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_TOTAL), ==, "49");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_TOTAL_UNIT), ==, "箱");
}

/* A total alone is no dose. */
static void
test_total_as_dose (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|||TAB^錠|||||49|TAB^錠\n");

  g_assert_null (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_DOSE));
  g_assert_null (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_PER_DAY));
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_TOTAL), ==, "49");
}

/* Methotrexate once a week: every repetition of TQ1-3 and RXE-7 is there, code and text. */
static void
test_weekly_as_daily (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01",
      RDE "ORC|NW|1\nRXE||1^メトトレキサートカプセル２ｍｇ|2||CAP||W0100000^毎週月曜日^JAMISDP01~^葉酸と併用\n"
          "TQ1|1||1012040400000000&１日２回朝夕食後&JAMISDP01~W0100000&月曜日&JAMISDP01~CW100000&&JAMISDP01|||"
          "4^d|20250410\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_USAGE), ==,
                   "１日２回朝夕食後|月曜日|CW100000");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_USAGE_CODE), ==,
                   "1012040400000000|W0100000|CW100000");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_INSTRUCTION), ==,
                   "W0100000 毎週月曜日|葉酸と併用");
}

/* Several TQ1 stand in their order. */
static void
test_several_usages (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\nTQ1|1||a&朝|||3^d|20250410||||||S\n"
                "TQ1|2||b&夕|||4^d|20250413\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_USAGE), ==, "朝|夕");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_DAYS), ==, "3|4");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_START), ==,
                   "2025-04-10|2025-04-13");
}

/* 単位 and 万単位 differ by 10,000: the text of the unit stands, and where there is none its code. */
static void
test_unit_lost (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", RDE "ORC|NW|1\nRXE||00^一般^JHSI0002|1||ML\nRXC|A|1^甲注|5|TTUN^万単位^MR9P\n"
                "RXC|A|2^乙注|5|UNT\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 0, DISC_FIELD_AMOUNT_UNIT), ==, "万単位");
  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 1, DISC_FIELD_AMOUNT_UNIT), ==, "UNT");
}

/* 7 days every other day: no end is made up. */
static void
test_days_as_span (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\n"
                "TQ1|1||1011000400000000&朝食後~I1100000&１日おき|||7^D&日&ISO+|20250410\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_DAYS), ==, "7");
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_START), ==, "2025-04-10");
  g_assert_null (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_END));
}

static void
test_limit_in_words (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\nTQ1|1||X&疼痛時||||20250410|||痛い時|６時間以上あけて、１日２回まで\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_COMMENT), ==,
                   "痛い時|６時間以上あけて、１日２回まで");
}

/* 疼痛時 by its text; "twice a day at most" by positions 8 and 9 of the code alone. */
static void
test_limit_in_code (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\nTQ1|1||1050110020000000&疼痛時&JAMISDP01\n");
  const char *hint = item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_USAGE_HINT);

  g_assert_nonnull (hint);
  g_assert_nonnull (strstr (hint, "1050110020000000"));
  g_assert_nonnull (strstr (hint, "1日2回まで"));
  g_assert_cmpstr (item (fixture, DISC_KIND_PRESCRIPTION, 0, DISC_FIELD_USAGE), ==, "疼痛時");
}

/* Stop rules and the line it runs into stand with every drug of the mixture. */
static void
test_stop_rule_lost (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02",
      RDE "ORC|NW|1\nRXE||00^一般^JHSI0002|50||ML||^頻脈が見られたら中止すること^JHSIC005~^上限１０ｍＬ／時^JHSIC007\n"
          "RXR|IV^静脈内||||02^側管\nRXC|B|1^生食|50|ML\nRXC|A|2^甲注|1|AMP\n");

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, i, DISC_FIELD_INSTRUCTION), ==,
                       "頻脈が見られたら中止すること|上限１０ｍＬ／時");
      g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, i, DISC_FIELD_COMMENT), ==, "側管");
    }
}

static void
test_kind_of_order_as_drug (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", RDE "ORC|NW|1\nRXE||00^一般^99I02|510||ML\n");

  g_assert_null (item (fixture, DISC_KIND_INJECTION, 0, DISC_FIELD_DRUG));
  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 0, DISC_FIELD_CATEGORY), ==, "一般");
}

/* B is the base whichever stands first. */
static void
test_base_and_additive_swapped (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-02", RDE "ORC|NW|1\nRXE||00^一般^JHSI0002|50||ML\nRXC|A|2^甲注|1|AMP\nRXC|B|1^生食|50|ML\n"
                "RXC|X|3^乙注|1|AMP\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 0, DISC_FIELD_COMPONENT), ==, "添加剤");
  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 1, DISC_FIELD_COMPONENT), ==, "基剤");
  g_assert_cmpstr (item (fixture, DISC_KIND_INJECTION, 2, DISC_FIELD_COMPONENT), ==, "X");
}

static void
test_ordered_is_not_given (void)
{
  g_autoptr (MapFixture) order = map_fixture_new_type (
      "OMP-02", RDE "ORC|NW|1\nRXE||00^一般^JHSI0002|50||ML\nRXC|A|2^甲注|1|AMP\n");
  g_autoptr (MapFixture) refused = map_fixture_new_type (
      "OMP-12", MAP_MSH ("RAS^O17") MAP_PID
                "ORC|NW|1\nRXE||00^一般^JHSI0002|50||ML\nRXC|A|2^甲注|1|AMP\n"
                "RXA|0|1|20250410||2^甲注|1|AMP|||||||||||||RE\n");

  g_assert_null (map_record (order, DISC_KIND_ADMINISTRATION, 0));
  g_assert_cmpstr (map_state (refused, DISC_KIND_ADMINISTRATION, 0), ==, "cancelled dead");
  g_assert_cmpstr (item (refused, DISC_KIND_ADMINISTRATION, 0, DISC_FIELD_STATUS), ==, "RE");
  g_assert_null (map_record (refused, DISC_KIND_INJECTION, 0));
}

static MapFixture *
map_result (const char *spm, const char *obx)
{
  g_autofree char *message = g_strdup_printf (
      OUL "SPM|1|||%s\nOBR|1|O1||B^生化学|||20250410\nORC|SC|O1\n%s\n", spm, obx);

  return map_fixture_new_type ("OML-11", message);
}

static void
test_operator_turned (void)
{
  g_autoptr (MapFixture) fixture = map_result ("023^血清", "OBX|1|ST|1^CRP||300>||||||F");

  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 0, DISC_FIELD_VALUE), ==, "300>");
}

static void
test_value_without_unit (void)
{
  g_autoptr (MapFixture) fixture = map_result (
      "018^血液", "OBX|1|NM|1^WBC||55|.10*2/uL^.10*2/uL^99|||||F\nOBX|2|NM|2^RBC||450|10*4|||||F");

  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 0, DISC_FIELD_UNIT), ==, ".10*2/uL");
  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 1, DISC_FIELD_UNIT), ==, "10*4");
}

/* K in serum and K in urine have one name. */
static void
test_serum_and_urine (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11", OUL "SPM|1|||023^血清\nOBR|1|O1\nORC|SC|O1\nOBX|1|NM|3H015000002326101^K^JC10||4.1||||||F\n"
                "SPM|2|||001^尿\nOBR|2|O1\nORC|SC|O1\nOBX|1|NM|3H015000000126101^K^JC10||41||||||F\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 0, DISC_FIELD_SPECIMEN), ==, "血清");
  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 1, DISC_FIELD_SPECIMEN), ==, "尿");
}

static void
test_no_flag_is_no_judgement (void)
{
  g_autoptr (MapFixture) fixture = map_result ("023^血清",
                                               "OBX|1|NM|1^K||6.8|mmol/L|3.6-4.8||||F");

  g_assert_null (item (fixture, DISC_KIND_LAB, 0, DISC_FIELD_FLAG));
  g_assert_cmpstr (item (fixture, DISC_KIND_LAB, 0, DISC_FIELD_RANGE), ==, "3.6-4.8");
}

/* A result of the wrong patient is not live; a preliminary one is, and says so. */
static void
test_wrong_patient_shown (void)
{
  g_autoptr (MapFixture) fixture = map_result (
      "023^血清", "OBX|1|NM|1^K||9.9||||||W\nOBX|2|NM|2^Na||140||||||P\nOBX|3|NM|3^Cl||101||||||F");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_LAB, 0), ==, "entered-in-error dead");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_LAB, 0, 0, DISC_FIELD_VALUE), ==, "9.9");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_LAB, 1), ==, "preliminary live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_LAB, 2), ==, "completed live");
}

static MapFixture *
map_problem (const char *rest)
{
  g_autofree char *message = g_strdup_printf (MAP_MSH ("PPR^ZD1") MAP_PID "PRB|AD|20250410|%s\n",
                                              rest);

  return map_fixture_new_type ("PPR-01", message);
}

static void
test_suspected_as_confirmed (void)
{
  g_autoptr (MapFixture) field = map_problem ("1^肺癌^M|1|||20250410||||||1^疑いあり^JHSD0005");
  g_autoptr (MapFixture) suffix = map_problem ("1^肺癌^M|1\nZPR||1^肺癌^M|8002^の疑い^M");

  g_assert_cmpstr (item (field, DISC_KIND_PROBLEM, 0, DISC_FIELD_SUSPECTED), ==, "疑いあり");
  g_assert_cmpstr (item (suffix, DISC_KIND_PROBLEM, 0, DISC_FIELD_SUSPECTED), ==, "の疑い");
  g_assert_cmpstr (item (suffix, DISC_KIND_PROBLEM, 0, DISC_FIELD_NAME), ==, "肺癌の疑い");
}

/* R is recovering; N with an end closes a claim, not a disease: word, code and dates all stand. */
static void
test_closed_for_billing_as_cured (void)
{
  g_autoptr (MapFixture) recovering = map_problem (
      "1^胃炎^M|1|||20250115||20250320|||||R^回復^HL70241|20250320");
  g_autoptr (MapFixture) closed = map_problem (
      "1^胃炎^M|1|||20250115||20250320|||||N^回復せず^HL70241|20250320");

  g_assert_cmpstr (item (recovering, DISC_KIND_PROBLEM, 0, DISC_FIELD_OUTCOME), ==, "回復");
  g_assert_cmpstr (item (recovering, DISC_KIND_PROBLEM, 0, DISC_FIELD_OUTCOME_CODE), ==, "R");
  g_assert_cmpstr (item (recovering, DISC_KIND_PROBLEM, 0, DISC_FIELD_END), ==, "2025-03-20");
  g_assert_cmpstr (item (closed, DISC_KIND_PROBLEM, 0, DISC_FIELD_OUTCOME), ==, "回復せず");
  g_assert_true (map_record (closed, DISC_KIND_PROBLEM, 0)->live);
}

/* OBR-12 on order and result. */
static void
test_danger_code_lost (void)
{
  g_autoptr (MapFixture) order = map_fixture_new_type (
      "OML-01", MAP_MSH ("OML^O33") MAP_PID "SPM|1\nORC|NW|1\nOBR|1|1||B^生化学||||||||TB^結核疑い^99\n");
  g_autoptr (MapFixture) result = map_fixture_new_type (
      "OML-11", OUL "SPM|1\nOBR|1|1||B^生化学||||||||Hepatitis risk\nORC|SC|1\nOBX|1|NM|1^K||4||||||F\n");
  g_autoptr (MapFixture) exam = map_fixture_new_type (
      "OMG-02", MAP_MSH ("OMG^O19") MAP_PID "ORC|NW|1\nOBR|1|1||B^内視鏡||||||||HBV\n");

  g_assert_cmpstr (map_values (order, DISC_KIND_ORDER, 0, -1, DISC_FIELD_INFECTION_RISK), ==,
                   "結核疑い");
  g_assert_cmpstr (map_values (result, DISC_KIND_LAB, 0, -1, DISC_FIELD_INFECTION_RISK), ==,
                   "Hepatitis risk");
  g_assert_cmpstr (map_values (exam, DISC_KIND_ORDER, 0, -1, DISC_FIELD_INFECTION_RISK), ==,
                   "HBV");
}

/* A deletion takes its own entry, and says of which substance it was. */
static void
test_deletion_takes_its_own (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-61", MAP_MSH ("ADT^A60") MAP_PID "IAM|1|DA|^アスピリン|||D|X1\nIAM|2|DA|^アスピリン|||A|X2\n");

  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 0), ==, "deleted dead");
  g_assert_cmpstr (map_values (fixture, DISC_KIND_ALLERGY, 0, 0, DISC_FIELD_INSTANCE_ID), ==, "X1");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_ALLERGY, 1), ==, "active live");
}

static void
test_confidential_lost (void)
{
  g_autoptr (MapFixture) fixture = map_problem (
      "1^甲病^M|1|||||||||||||||||||||V^非常に限定^HL70177");
  g_autoptr (MapFixture) order = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1||||||||||||||||||||||||||R^限定^HL70177\nRXE||1^甲錠|1||TAB\n");

  g_assert_cmpstr (item (fixture, DISC_KIND_PROBLEM, 0, DISC_FIELD_CONFIDENTIAL), ==,
                   "非常に限定");
  g_assert_cmpstr (map_values (order, DISC_KIND_PRESCRIPTION, 0, -1, DISC_FIELD_CONFIDENTIAL), ==,
                   "限定");
}

/* No AL1 is no list: no record of allergies comes out of nothing. */
static void
test_no_allergy_inferred (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-00", MAP_MSH ("ADT^A08") MAP_PID "PV1|1|O\nAL1\n");

  g_assert_null (map_record (fixture, DISC_KIND_ALLERGY, 0));
}

/* Allergies in an order are kept, marked as of then. */
static void
test_allergy_from_one_place (void)
{
  static const struct
  {
    const char *type;
    const char *message;
  } cases[] = {
    { "OMP-01", RDE "AL1|1|DA|^卵\nORC|NW|1\nRXE||1^甲錠|1||TAB\n" },
    { "OMP-02", RDE "AL1|1|DA|^卵\nORC|NW|1\nRXE||00^一般^JHSI0002|1||ML\n" },
    { "OMP-11", MAP_MSH ("RAS^O17") MAP_PID "AL1|1|DA|^卵\nORC|NW|1\nRXA|0|1|2025||1^甲\n" },
    { "OMD", MAP_MSH ("OMD^O03") MAP_PID "AL1|1|DA|^卵\nORC|NW|1\nODS|D||1^粥\n" },
    { "OML-01", MAP_MSH ("OML^O33") MAP_PID "AL1|1|DA|^卵\nSPM|1\nORC|NW|1\nOBR|1|1||B^甲\n" },
    { "OMG-03", MAP_MSH ("OMG^O19") MAP_PID "AL1|1|DA|^卵\nORC|NW|1\nOBR|1|1||B^甲\n" },
    { "ADT-22", MAP_MSH ("ADT^A01") MAP_PID "PV1|1|I|5E\nAL1|1|DA|^卵\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, cases[i].message);

      g_assert_cmpstr (item (fixture, DISC_KIND_ALLERGY, 0, DISC_FIELD_SUBSTANCE), ==, "卵");
      g_assert_cmpstr (map_values (fixture, DISC_KIND_ALLERGY, 0, -1, DISC_FIELD_WARNING), ==,
                       "at-order-time");
    }
}

/* 0001234 is not 1234. */
static void
test_ids_as_numbers (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "ADT-00", MAP_MSH ("ADT^A08") "PID|1||0001234||山田^花子\n");

  g_assert_cmpstr (map_values (fixture, DISC_KIND_DEMOGRAPHICS, 0, -1, DISC_FIELD_PATIENT_ID), ==,
                   "0001234");
  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "0001234");
}

/* Names stand exactly as decoded: no normalisation, no substitute. */
static void
test_names_replaced (void)
{
  static const char *const names[] = { "髙橋", "\xef\xa8\x90本", "■田", "〓田", "福\xef\xa9\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *message = g_strdup_printf (MAP_MSH ("ADT^A08") "PID|1||1||%s\n", names[i]);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("ADT-00", message);

      g_assert_cmpstr (map_values (fixture, DISC_KIND_DEMOGRAPHICS, 0, -1, DISC_FIELD_NAME), ==,
                       names[i]);
    }
}

/* Only what was written: no total, no end, no dose a day is worked out. */
static void
test_nothing_computed (void)
{
  static const DiscField absent[] = {
    DISC_FIELD_PER_DAY, DISC_FIELD_TOTAL, DISC_FIELD_END, DISC_FIELD_DOSE_MAX, DISC_FIELD_TIMES,
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMP-01", RDE "ORC|NW|1\nRXE||1^甲錠|1||TAB\nTQ1|1||1013044400000000&３回|||7^d|20250410\n");

  for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
    g_assert_null (item (fixture, DISC_KIND_PRESCRIPTION, 0, absent[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/spec10/stopped-drug-continues", test_stopped_drug_continues);
  g_test_add_func ("/importer/spec10/both-halves-live", test_both_halves_live);
  g_test_add_func ("/importer/spec10/reception-in-a-bed", test_reception_in_a_bed);
  g_test_add_func ("/importer/spec10/three-amounts", test_three_amounts);
  g_test_add_func ("/importer/spec10/total-as-dose", test_total_as_dose);
  g_test_add_func ("/importer/spec10/weekly-as-daily", test_weekly_as_daily);
  g_test_add_func ("/importer/spec10/several-usages", test_several_usages);
  g_test_add_func ("/importer/spec10/unit-lost", test_unit_lost);
  g_test_add_func ("/importer/spec10/days-as-span", test_days_as_span);
  g_test_add_func ("/importer/spec10/limit-in-words", test_limit_in_words);
  g_test_add_func ("/importer/spec10/limit-in-code", test_limit_in_code);
  g_test_add_func ("/importer/spec10/stop-rule-lost", test_stop_rule_lost);
  g_test_add_func ("/importer/spec10/kind-of-order-as-drug", test_kind_of_order_as_drug);
  g_test_add_func ("/importer/spec10/base-and-additive-swapped", test_base_and_additive_swapped);
  g_test_add_func ("/importer/spec10/ordered-is-not-given", test_ordered_is_not_given);
  g_test_add_func ("/importer/spec10/operator-turned", test_operator_turned);
  g_test_add_func ("/importer/spec10/value-without-unit", test_value_without_unit);
  g_test_add_func ("/importer/spec10/serum-and-urine", test_serum_and_urine);
  g_test_add_func ("/importer/spec10/no-flag-is-no-judgement", test_no_flag_is_no_judgement);
  g_test_add_func ("/importer/spec10/wrong-patient-shown", test_wrong_patient_shown);
  g_test_add_func ("/importer/spec10/suspected-as-confirmed", test_suspected_as_confirmed);
  g_test_add_func ("/importer/spec10/closed-for-billing-as-cured",
                   test_closed_for_billing_as_cured);
  g_test_add_func ("/importer/spec10/danger-code-lost", test_danger_code_lost);
  g_test_add_func ("/importer/spec10/deletion-takes-its-own", test_deletion_takes_its_own);
  g_test_add_func ("/importer/spec10/confidential-lost", test_confidential_lost);
  g_test_add_func ("/importer/spec10/no-allergy-out-of-nothing", test_no_allergy_inferred);
  g_test_add_func ("/importer/spec10/allergy-from-one-place", test_allergy_from_one_place);
  g_test_add_func ("/importer/spec10/ids-as-numbers", test_ids_as_numbers);
  g_test_add_func ("/importer/spec10/names-replaced", test_names_replaced);
  g_test_add_func ("/importer/spec10/nothing-computed", test_nothing_computed);
  return g_test_run ();
}
