/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-fixture.h"

#define HEAD MAP_MSH ("PPR^ZD1^PPR_ZD1") MAP_PID

/* SS-MIX2 spec 4.6, the worked example; then ZI1 and ORC. */
static const char two_problems[] =
    HEAD
    "PRB|AD|20250115|20054174^胃炎^MDCDX2|0001234567-03|||20250115||20250320|"
    "K297^^I10^O^外来時^JHSD0004^2013||||R^回復^HL70241|20250320|20250110|胃炎|1^主診断^JHSD0007\n"
    "ZPR||20054174^胃炎^MDCDX2|||TSQF^胃炎^MDCDX2\n"
    "ZI1|1|06^組合管掌健康保険^JHSD0001|06130012|山田健保||||||12|34|20240401|20260331||||"
    "SEL^本人^HL70063|19500101|^^^^100-0002^^H^東京都港区芝９−９||70\n"
    "ORC|NW|P001||||||||||D0012^佐藤^次郎^^^^^^^L^^^^^I~^サトウ^ジロウ^^^^^^^L^^^^^P|||||"
    "01^内科^99DPT||||||||||||O^外来患者オーダ^HL70482\n"
    "PRB|AD|20250410|20060000^肺癌^MDCDX2|0001234567-04|||20250410|||"
    "C349^^I10^H^入院時^JHSD0004^2013|||1^疑いあり^JHSD0005|||20250410|右下葉肺癌の疑い\n"
    "ZPR|1234^右下葉^MDCDX2|20060000^肺癌^MDCDX2|8002^の疑い^MDCDX2||ABCD^肺癌^MDCDX2||要精査\n"
    "ORC|NW|P002||||||||||D0034^鈴木^三郎|||||10^外科^99DPT\n";

static void
test_worked_example (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PROBLEM, 0, AT, "2025-04-10T09:30:15.123"),
    MAP_RECORD (PROBLEM, 0, TITLE, "病名"),
    MAP_RECORD (PROBLEM, 0, DEPARTMENT, "内科"),
    MAP_RECORD (PROBLEM, 0, AUTHOR, "佐藤　次郎"), /* not again in kana */
    MAP_ITEM (PROBLEM, 0, 0, NAME, "胃炎"),
    MAP_ITEM (PROBLEM, 0, 0, CODE, "20054174"),
    MAP_ITEM (PROBLEM, 0, 0, SYSTEM, "MDCDX2"),
    MAP_ITEM (PROBLEM, 0, 0, INSTANCE_ID, "0001234567-03"),
    MAP_ITEM (PROBLEM, 0, 0, START, "2025-01-15"),
    MAP_ITEM (PROBLEM, 0, 0, END, "2025-03-20"),
    MAP_ITEM (PROBLEM, 0, 0, OUTCOME, "回復"),
    MAP_ITEM (PROBLEM, 0, 0, OUTCOME_CODE, "R"),
    MAP_ITEM (PROBLEM, 0, 0, OUTCOME_AT, "2025-03-20"),
    MAP_ITEM (PROBLEM, 0, 0, ONSET, "2025-01-10"),
    MAP_ITEM (PROBLEM, 0, 0, MAIN, "主診断"),
    MAP_ITEM (PROBLEM, 0, 0, ICD10, "K297"),
    MAP_ITEM (PROBLEM, 0, 0, COMMENT, "K297 外来時 2013"),
    MAP_ITEM (PROBLEM, 0, 0, SUSPECTED, NULL),
    MAP_ITEM (PROBLEM, 1, 0, NAME, "右下葉肺癌の疑い"),
    MAP_ITEM (PROBLEM, 1, 0, OTHER_NAME, NULL),
    MAP_ITEM (PROBLEM, 1, 0, SUSPECTED, "疑いあり"),
    MAP_ITEM (PROBLEM, 1, 0, END, NULL),
    MAP_ITEM (PROBLEM, 1, 0, MAIN, NULL),
    MAP_ITEM (PROBLEM, 1, 0, COMMENT, "右下葉肺癌の疑い|C349 入院時 2013|要精査"),
    MAP_RECORD (PROBLEM, 1, AUTHOR, "鈴木　三郎"),
    MAP_RECORD (PROBLEM, 1, DEPARTMENT, "外科"),
    MAP_RECORD (PROBLEM, 1, PATIENT_CLASS, NULL), /* that of the first is not of this one */
    MAP_ITEM (COVERAGE, 0, 0, NAME, "組合管掌健康保険"),
    MAP_ITEM (COVERAGE, 0, 0, VALUE, "06130012"),
    MAP_ITEM (COVERAGE, 0, 0, COMMENT,
              "保険者: 山田健保|記号: 12|番号: 34|被保険者生年月日: 1950-01-01|"
              "被保険者住所: 東京都港区芝９−９|被保険者郵便番号: 100-0002"),
    MAP_ITEM (COVERAGE, 0, 0, ITEM_NOT_UNDERSTOOD, "ZI1-21: 70"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("PPR-01", two_problems);

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PROBLEM), ==, 2);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_PROBLEM, 0), ==, "active live");
  g_assert_cmpstr (fixture->mapped->facts.birth_date, ==, "1952-03-04"); /* never ZI1-18 */
}

/* SS-MIX2 spec 4.6: texts of the modifiers, never codes; "suspected" may be a suffix alone. */
static void
test_names (void)
{
  static const struct
  {
    const char *prb3;
    const char *prb13;
    const char *prb17;
    const char *zpr;
    const char *name;
    const char *other;
    const char *suspected;
  } cases[] = {
    { "20060000^肺癌^MDCDX2", "", "", "", "肺癌", NULL, NULL },
    { "20060000^肺癌^MDCDX2", "1", "", "", "肺癌", NULL, "1" },
    { "20060000^肺癌^MDCDX2", "2^否定^99L", "", "", "肺癌", NULL, "否定" },
    { "20060000^肺癌^MDCDX2", "", "", "ZPR||20060000^肺癌^MDCDX2|8002^の疑い^MDCDX2", "肺癌の疑い",
      NULL, "の疑い" },
    { "20060000^右肺癌の疑い^MDCDX2", "", "", "ZPR|1^右^MDCDX2|2^肺癌^MDCDX2|8002^の疑い^MDCDX2",
      "右肺癌の疑い", NULL, "の疑い" },
    { "20060000^肺癌^MDCDX2", "", "肺癌（疑い）", "", "肺癌", NULL, "（疑い）" },
    { "20084317^右肩のしこり疑^MDCDX2", "", "", "", "右肩のしこり疑", NULL, "疑" },
    { "20060000^疑似肺炎^MDCDX2", "", "", "", "疑似肺炎", NULL, NULL }, /* not at the end */
    { "20060000^肺癌^MDCDX2", "", "", "ZPR|1^左^M~2^上葉^M|3^肺癌^M|8003^術後^M~8002^の疑い^M",
      "左上葉肺癌術後の疑い", NULL, "の疑い" },
    /* a suffix behind the suspicion, and one more ZPR */
    { "20060000^肺癌^MDCDX2", "", "", "ZPR|||8002^疑い^MDCDX2~8049^術後^MDCDX2", "肺癌疑い術後", NULL,
      "疑い" },
    { "20060000^肺癌^MDCDX2", "", "", "ZPR|||8049^術後^M\nZPR|||8002^の疑い^M", "肺癌術後", NULL,
      "の疑い" },
    { "20060000^肺癌^MDCDX2", "", "", "ZPR|||8002^^M^X^の疑い^M", "肺癌の疑い", NULL, "の疑い" },
    { "20060000^胃癌疑い（再検）^MDCDX2", "", "", "", "胃癌疑い（再検）", NULL, "疑い" },
    { "L1^胃癌^99L^20060000^胃癌の疑い^MDCDX2", "", "", "", "胃癌", "胃癌の疑い", "の疑い" },
    { "20060000^胃癌（再検）^MDCDX2", "", "", "", "胃癌（再検）", NULL, NULL },
    /* modifiers without texts: nothing is made of their codes */
    { "20060000^肺癌^MDCDX2", "", "", "ZPR|1234^^MDCDX2|20060000^肺癌^MDCDX2", "肺癌", NULL, NULL },
    /* the base of ZPR is another word than PRB-3 */
    { "20060000^原発性肺癌^MDCDX2", "", "", "ZPR|1^右^M|3^肺癌^M", "右肺癌", "原発性肺癌", NULL },
    { "99999999^^99LOCAL", "", "", "", "99999999", NULL, NULL }, /* a code if there is nothing else */
    { "L1^胃かいよう^99LOCAL^20054200^胃潰瘍^MDCDX2", "", "", "", "胃かいよう", "胃潰瘍", NULL },
    { "^^^20054200^胃潰瘍^MDCDX2", "", "", "", "胃潰瘍", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (
          HEAD "PRB|AD|20250410|%s|1|||20250410||||||%s||||%s\n%s\n", cases[i].prb3,
          cases[i].prb13, cases[i].prb17, cases[i].zpr);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("PPR-01", message);
      const MapFact facts[] = {
        MAP_ITEM (PROBLEM, 0, 0, NAME, cases[i].name),
        MAP_ITEM (PROBLEM, 0, 0, OTHER_NAME, cases[i].other),
        MAP_ITEM (PROBLEM, 0, 0, SUSPECTED, cases[i].suspected),
      };

      map_check (fixture, facts);
    }
}

static void
test_states (void)
{
  static const struct
  {
    const char *prb1;
    const char *orc;
    const char *state;
  } cases[] = {
    { "AD", "", "active live" },
    { "UP", "ORC|NW|P1", "active live" },
    { "UN", "", "active live" }, /* unlinked: shown, marked */
    { "DE", "", "entered-in-error dead" },
    { "AD", "ORC|CA|P1", "cancelled dead" },
    { "DE", "ORC|CA|P1", "entered-in-error dead" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = g_strdup_printf (HEAD "PRB|%s|20250410|1^胃炎^M|1\n%s\n",
                                                  cases[i].prb1, cases[i].orc);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("PPR-01", message);

      g_assert_cmpstr (map_state (fixture, DISC_KIND_PROBLEM, 0), ==, cases[i].state);
    }
}

static void
test_rare_fields (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (PROBLEM, 0, 0, EXPECTED_END, "2025-05"),
    MAP_ITEM (PROBLEM, 0, 0, CONFIDENTIAL, "非常に限定"),
    MAP_ITEM (PROBLEM, 0, 0, SITE, "右上６|右上７"),
    MAP_ITEM (PROBLEM, 0, 0, COMMENT,
              "持続性: 慢性|本人の病名認識: 未告知|予後: 不良|処理区分: UN|服薬で軽快"),
    MAP_ITEM (PROBLEM, 0, 0, ITEM_NOT_UNDERSTOOD, "PRB-26: x|ZPD-3: y"),
    MAP_RECORD (PROBLEM, 0, COMMENT, "病名一覧"),
    MAP_RECORD (PROBLEM, 0, CONFIDENTIAL, "R"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "PPR-01",
      HEAD "NTE|1||病名一覧\n"
           "PRB|UN|20250410|1^う蝕^M|1||||202505||||^慢性|||||||||^未告知|^不良|||V^非常に限定^HL70177|x\n"
           "ZPD||^右上６|y\nZPD||^右上７\nNTE|1||服薬で軽快\n"
           "ORC|NW|||||||||||||||||||||||||||R\n");

  map_check (fixture, facts);
}

static void
test_no_entry (void)
{
  g_autoptr (MapFixture) fixture = map_fixture_new_type ("PPR-01", HEAD);

  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_PROBLEM), ==, 1);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_PROBLEM, 0), ==, 0);
}

/* What one entry leaves out is not what the entry before it says. */
static void
test_silent_entries (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (PROBLEM, 0, DEPARTMENT, "内科"),
    MAP_RECORD (PROBLEM, 0, AUTHOR, "佐藤　次郎"),
    MAP_RECORD (PROBLEM, 1, DEPARTMENT, NULL),
    MAP_RECORD (PROBLEM, 1, AUTHOR, NULL),
    MAP_RECORD (PROBLEM, 1, AT, "2025-04-10T09:30:15.123"),
    MAP_ITEM (PROBLEM, 1, 0, NAME, "高血圧"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "PPR-01", HEAD "PRB|AD|20250410|1^胃炎^M|1\nORC|NW|P1||||||||||D1^佐藤^次郎|||||01^内科\n"
                "PRB|AD|20250410|2^高血圧^M|2\n");

  map_check (fixture, facts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/problem/worked-example", test_worked_example);
  g_test_add_func ("/importer/map/problem/names", test_names);
  g_test_add_func ("/importer/map/problem/states", test_states);
  g_test_add_func ("/importer/map/problem/rare-fields", test_rare_fields);
  g_test_add_func ("/importer/map/problem/no-entry", test_no_entry);
  g_test_add_func ("/importer/map/problem/silent-entries", test_silent_entries);
  return g_test_run ();
}
