/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields that were dropped without a word, one line each, worked out by hand. That none of all the
 * others is: test-imp-map-complete.c.
 */
#include "map-fixture.h"

typedef struct
{
  const char *type;
  const char *message;
  MapFact fact;
} Case;

#define ADT(event) MAP_MSH ("ADT^" event) "EVN||20250410||||20250410\n" MAP_PID
#define RX MAP_MSH ("RDE^O11") MAP_PID "ORC|NW|1||1\n"
#define RXE(fields) "RXE||1^甲^HOT9|" fields "\n"
#define RAS MAP_MSH ("RAS^O17") MAP_PID "ORC|NW|1||1\n"
#define PPR MAP_MSH ("PPR^ZD1") MAP_PID "PRB|AD|20250410|1^胃炎^MDCDX2|7\n"
#define LAB MAP_MSH ("OUL^R22") MAP_PID
#define ROW "OBX|1|NM|1^AST^99L||31|U/L^U/L^ISO+|||||F\n"
#define MEAL MAP_MSH ("OMD^O03") MAP_PID

/* What a separator in it does not cut in two: NM, ST, TX and ID are no composites. */
static const Case values[] = {
  { "OMP-01", RX RXE ("10^6||IU"), MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "10^6") },
  { "OMP-01", RX RXE ("1|10^7|IU"), MAP_ITEM (PRESCRIPTION, 0, 0, DOSE_MAX, "10^7") },
  { "OMP-01", RX RXE ("1||IU|||||10^8|IU"), MAP_ITEM (PRESCRIPTION, 0, 0, TOTAL, "10^8") },
  { "OMP-01", RX RXE ("1||IU|||||1|IU|2^3"), MAP_ITEM (PRESCRIPTION, 0, 0, REPEATS, "2^3") },
  { "OMP-01", RX RXE ("1||IU") "TQ1|1|||||||||||||2^3\n",
    MAP_ITEM (PRESCRIPTION, 0, 0, TIMES, "2^3") },
  { "OMP-01", RX RXE ("1||IU") "TQ1|1|||||||||10^6個以下|体温^38度以上\n",
    MAP_ITEM (PRESCRIPTION, 0, 0, COMMENT, "10^6個以下|体温^38度以上") },
  { "OMP-02", RX "RXE||00^一般^JHSI0002|10^2||ML||||||||||||||||||10^3|mL/h|10^4|IU\n",
    MAP_ITEM (INJECTION, 0, 0, VOLUME, "10^2") },
  { "OMP-02", RX "RXE||00^一般^JHSI0002|10^2||ML||||||||||||||||||10^3|mL/h|10^4|IU\n",
    MAP_ITEM (INJECTION, 0, 0, RATE, "10^3") },
  { "OMP-02", RX "RXE||00^一般^JHSI0002|10^2||ML||||||||||||||||||10^3|mL/h|10^4|IU\n",
    MAP_ITEM (INJECTION, 0, 0, STRENGTH, "10^4") },
  { "OMP-02", RX "RXE||00^一般^JHSI0002|1||ML\nRXC|A|1^甲^HOT9|10^6|IU|10^5|IU||10^4|IU\n",
    MAP_ITEM (INJECTION, 0, 0, AMOUNT, "10^6") },
  { "OMP-02", RX "RXE||00^一般^JHSI0002|1||ML\nRXC|A|1^甲^HOT9|10^6|IU|10^5|IU||10^4|IU\n",
    MAP_ITEM (INJECTION, 0, 0, COMMENT, "規格量: 10^4|規格量の単位: IU") },
  { "OMP-11", RAS "RXA|0|1|20250411||1^甲^HOT9|10^6|IU|||||10^3/hr|10^2|IU\n",
    MAP_ITEM (ADMINISTRATION, 0, 0, AMOUNT, "10^6") },
  { "OMP-11", RAS "RXA|0|1|20250411||1^甲^HOT9|10^6|IU|||||10^3/hr|10^2|IU\n",
    MAP_ITEM (ADMINISTRATION, 0, 0, RATE, "10^3/hr") },
  { "OMP-11", RAS "RXA|0|1|20250411||1^甲^HOT9|10^6|IU|||||10^3/hr|10^2|IU\n",
    MAP_ITEM (ADMINISTRATION, 0, 0, STRENGTH, "10^2") },
  { "OMP-11", RAS RXE ("10^5||IU") "RXA|0|1|20250411||1^甲^HOT9|1|IU\n",
    MAP_ITEM (ADMINISTRATION, 0, 0, COMMENT, "指示: 甲 10^5 IU") },
  { "PPR-01", PPR "ZPR|||||||径^3cm\n", MAP_ITEM (PROBLEM, 0, 0, COMMENT, "径^3cm") },
  { "OMG-11", MAP_MSH ("OMI^Z23") MAP_PID "ORC|NW|1\nOBR|1|1||1^胸部^99R\nZE1|1|RS|1^胸部^99R|2^3\n"
    "ZE2|1|10^2\n",
    MAP_ITEM (PROCEDURE, 0, 0, TIMES, "2^3") },
  { "OMG-11", MAP_MSH ("OMI^Z23") MAP_PID "ORC|NW|1\nOBR|1|1||1^胸部^99R\nZE1|1|RS|1^胸部^99R|2^3\n"
    "ZE2|1|10^2\n",
    MAP_ITEM (PROCEDURE, 0, 0, COMMENT, "管電圧: 10^2") },
  /* a separator at the end says nothing; a tilde there does */
  { "OMP-01", RX RXE ("10^^||IU"), MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, "10") },
  { "OMP-01", RX RXE ("\"\"||IU"), MAP_ITEM (PRESCRIPTION, 0, 0, DOSE, NULL) },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|B^生化学\nOBX|1|ST|1^抗体^99L||200~||||||F\n",
    MAP_ITEM (LAB, 0, 0, VALUE, "200~") },
};

/* A number and who issued it: "12^LIS" is not the order "LIS". */
static const Case numbers[] = {
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "ORC|NW|12^HIS|34^LIS|1\n" RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, ORDER_NO, "12") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "ORC|NW|12^HIS|34^LIS|1\n" RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, FILLER_NO, "34") },
  { "OML-11", LAB "SPM|1\nOBR|1|12|34|B^生化学\nORC|SC|1200|3400\n" ROW,
    MAP_ITEM (LAB, 0, 0, COMMENT, "検査のオーダ番号: 12|検査の受付番号: 34") },
  { "ADT-00", ADT ("A08") "IN1|1|06^組合||山田健保^L\n",
    MAP_ITEM (COVERAGE, 0, 0, COMMENT, "保険者: 山田健保") },
};

static const Case notes[] = {
  { "ADT-00", ADT ("A08") "AL1|1|DA|^ペニシリン\nNTE|1||試験投与で発赤\n",
    MAP_ITEM (ALLERGY, 0, 0, COMMENT, "試験投与で発赤") },
  { "ADT-22", ADT ("A01") "IAM|1|DA|^ペニシリン|||A\nNTE|1||本人談\nNTE|2||要確認\n",
    MAP_ITEM (ALLERGY, 0, 0, COMMENT, "本人談|要確認") },
  { "ADT-22", ADT ("A01") "DG1|1||1^胃炎^99D\nNTE|1||前医による\nAL1|1|DA|^ペニシリン\n",
    MAP_ITEM (PROBLEM, 0, 0, COMMENT, "前医による") },
  /* of the allergy, and not of the order */
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "AL1|1|DA|^ペニシリン\nNTE|1||発赤\nORC|NW|1||1\n"
    RXE ("1||IU"),
    MAP_ITEM (ALLERGY, 0, 0, COMMENT, "発赤") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "AL1|1|DA|^ペニシリン\nNTE|1||発赤\nORC|NW|1||1\n"
    RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT, NULL) },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|B^生化学\n" ROW "NTE|1|L|再検済|RE^備考^HL70364\n",
    MAP_ITEM (LAB, 0, 0, COMMENT, "再検済|コメントの種類: 備考") },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|B^生化学\n" ROW "NTE|1|院外|再検済\n",
    MAP_ITEM (LAB, 0, 0, ITEM_NOT_UNDERSTOOD, "NTE-2: 院外") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "DG1|1||1^胃炎^99D\nORC|NW|1||1\n" RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, NOT_UNDERSTOOD, "DG1|1||1^胃炎^99D") },
};

#define STAY "PV1|1|I|5E^512^3^^^N||||1^佐藤^次郎|||10^外科|||||||^田中^四郎"                         \
  "|||||||||||||||||||||||||||202504021015|20250409\n"

static const Case visits[] = {
  /* names without the numbers of the staff */
  { "ADT-22", ADT ("A01") "PV1|1|I|5E^512^3||||^佐藤^次郎||||||||||^田中^四郎\n",
    MAP_ITEM (ENCOUNTER, 0, 0, DOCTOR, "佐藤　次郎|田中　四郎") },
  { "ADT-22", ADT ("A01") "PV1|1|I|5E^512^3||||^佐藤^次郎||||||||||^佐藤^次郎\n",
    MAP_ITEM (ENCOUNTER, 0, 0, DOCTOR, "佐藤　次郎") },
  { "ADT-22", ADT ("A01") "PV1|1|I|5E^512^3||||7^佐藤^次郎||||||||||7^佐藤次郎\n",
    MAP_ITEM (ENCOUNTER, 0, 0, DOCTOR, "佐藤　次郎") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID STAY "ORC|NW|1||1||||||||1^佐藤^次郎|||||01^内科\n"
    RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT,
                "受診・入院中の診療科: 外科|入院担当医: 田中　四郎|入院・来院日時: 2025-04-02T10:15|"
                "退院日時: 2025-04-09") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID STAY "ORC|NW|1||1||||||||2^鈴木^三郎|||||10^外科\n"
    RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT,
                "主治医: 佐藤　次郎|入院担当医: 田中　四郎|入院・来院日時: 2025-04-02T10:15|"
                "退院日時: 2025-04-09") },
  /* the same department by its code alone, and by another system; the same doctor in one word */
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "PV1|1|I|||||7^佐藤次郎|||10\n"
    "ORC|NW|1||1||||||||1^佐藤^次郎|||||10^外科^99DPT\n" RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT, NULL) },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "PV1|1|I|||||||||10^外科^HL70069\n"
    "ORC|NW|1||1||||||||1^佐藤^次郎|||||S10^外科^99DPT\n" RXE ("1||IU"),
    MAP_RECORD (PRESCRIPTION, 0, COMMENT, NULL) },
  { "ADT-00", ADT ("A08") STAY,
    MAP_RECORD (DEMOGRAPHICS, 0, COMMENT,
                "入院担当医: 田中　四郎|入院・来院日時: 2025-04-02T10:15|退院日時: 2025-04-09") },
  { "ADT-22",
    MAP_MSH ("ADT^A01") "EVN||20250411080000||||20250410\n" MAP_PID "PV1|1|I|5E\n",
    MAP_ITEM (ENCOUNTER, 0, 0, COMMENT, "記録日時: 2025-04-11T08:00:00") },
  { "ADT-22", ADT ("A01") "PV1|1|I|5E^512^3^^^N^^^東病棟\n",
    MAP_RECORD (ENCOUNTER, 0, PLACE, "5E 512 3 東病棟") },
};

#define SPECIMEN "SPM|1|L1^F1||023^血清|||||||||||||202504100845^202504100915\n"

static const Case results[] = {
  { "OML-11", LAB SPECIMEN "OBR|1|1|1|B^負荷試験|||20250410|202504101000\n" ROW,
    MAP_ITEM (LAB, 0, 0, COMMENT, "終了日時: 2025-04-10T10:00|採取終了日時: 2025-04-10T09:15") },
  { "OML-11", LAB SPECIMEN "OBR|1|1|1|B^負荷試験|||20250410|202504101000\n" ROW,
    MAP_ITEM (LAB, 0, 0, SPECIMEN_NO, "L1|F1") },
  { "OML-11", LAB SPECIMEN "OBR|1|1|1|B^負荷試験|||20250410|202504101000\n" ROW,
    MAP_ITEM (LAB, 0, 0, ITEM_AT, "2025-04-10T08:45") },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|B^生化学|||||||||||||||||||||||||P9^F9\nORC|SC|1||G1||||P8\n" ROW,
    MAP_RECORD (LAB, 0, RP, "G1") },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|B^生化学|||||||||||||||||||||||||P9^F9\nORC|SC|1||G1||||P8^F8\n" ROW,
    MAP_RECORD (LAB, 0, PARENT_NO, "P8|P9|F8|F9") },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|6B01^培養^JC10\n"
    "OBX|1|CWE|6B0100000019741^菌名^JC10|1|1^E.coli^JANIS~2^S.aureus^JANIS||||||F\n"
    "OBX|2|ST|6B0100000019742^菌量^JC10|1|2+||||||F\n",
    MAP_ITEM (MICROBIOLOGY, 0, 0, ORGANISM, "E.coli|S.aureus") },
  { "OML-11", LAB "SPM|1\nOBR|1|1|1|6B01^培養^JC10\n"
    "OBX|1|CWE|6B0100000019741^菌名^JC10|1|1^E.coli^JANIS~2^S.aureus^JANIS||||||F\n"
    "OBX|2|ST|6B0100000019742^菌量^JC10|1|2+||||||F\n",
    MAP_ITEM (MICROBIOLOGY, 0, 0, ORGANISM_CODE, "1|2") },
};

static const Case orders[] = {
  { "OMD", MEAL "ORC|NW|1||G1|IP|||P1^F1\nODS|D||1^常食^99\n", MAP_ITEM (MEAL, 0, 0, RP, "G1") },
  { "OMD", MEAL "ORC|NW|1||G1|IP|||P1^F1\nODS|D||1^常食^99\n",
    MAP_ITEM (MEAL, 0, 0, STATUS, "IP") },
  { "OMD", MEAL "ORC|NW|1||G1|IP|||P1^F1\nODS|D||1^常食^99\n",
    MAP_ITEM (MEAL, 0, 0, PARENT_NO, "P1|F1") },
  /* not one of HL7 table 0119: it might take the order back */
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "ORC|ZZ|1||1\n" RXE ("1||IU"),
    MAP_ITEM (PRESCRIPTION, 0, 0, ITEM_NOT_UNDERSTOOD, "ORC-1: ZZ") },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID "ORC|NW|1||1||||||||1^佐藤^次郎\n"
    RXE ("1||IU") "TQ1|1||||||||R^通常^HL70485^N^至急でない^99\n",
    MAP_ITEM (PRESCRIPTION, 0, 0, PRIORITY, "通常|至急でない") },
  /* CWE-5 and CWE-9 in a labelled comment */
  { "OML-11", LAB "SPM|1|||1^血清||H^ヘパリン^99^HEP^ヘパリンＮａ^99^^^ヘパ\nOBR|1|1|1|B^生化学\n" ROW,
    MAP_ITEM (LAB, 0, 0, COMMENT, "添加物: ヘパリン|添加物: ヘパリンＮａ|添加物: ヘパ") },
  { "OMG-02", MAP_MSH ("OMG^O19") MAP_PID
    "ORC|NW|1||||||||||1^佐藤^次郎\nOBR|1|1||1^上部^99E||||||||||||2^鈴木^三郎\n",
    MAP_ITEM (ORDER, 0, 0, COMMENT, "検査の依頼医: 鈴木　三郎") },
};

static const Case people[] = {
  { "PPR-01", PPR "ZI1|1|06^組合|||||||||||||||||芝９−９^^港区^東京都^105-0014\n",
    MAP_ITEM (COVERAGE, 0, 0, COMMENT,
              "被保険者住所: 東京都 港区 芝９−９|被保険者郵便番号: 105-0014") },
  { "ADT-00", MAP_MSH ("ADT^A08") "EVN||20250410\n"
    "PID|1||0001234567||SMITH^JOHN^PAUL^^^^L^A||19520304|M||||^PRN^PH^a@example.org\n",
    MAP_RECORD (DEMOGRAPHICS, 0, ALPHABETIC, "SMITH JOHN PAUL") },
  { "ADT-00", MAP_MSH ("ADT^A08") "EVN||20250410\n"
    "PID|1||0001234567||SMITH^JOHN^PAUL^^^^L^A||19520304|M|||||^PRN^PH^a@example.org\n",
    MAP_RECORD (DEMOGRAPHICS, 0, COMMENT, "メールアドレス: a@example.org") },
  { "ADT-00", MAP_MSH ("ADT^A08") "EVN||20250410\n"
    "PID|1||0001234567||山田^花子^^^^^L^I~佐藤^花子^^^^^M^I||19520304|F\n",
    MAP_RECORD (DEMOGRAPHICS, 0, ITEM_NOT_UNDERSTOOD, "PID-5: 佐藤^花子^^^^^M^I") },
};

static void
check (gconstpointer data)
{
  static const struct
  {
    const char *name;
    const Case *cases;
    guint n;
  } tables[] = {
    { "values", values, G_N_ELEMENTS (values) }, { "numbers", numbers, G_N_ELEMENTS (numbers) },
    { "notes", notes, G_N_ELEMENTS (notes) },    { "visits", visits, G_N_ELEMENTS (visits) },
    { "results", results, G_N_ELEMENTS (results) }, { "orders", orders, G_N_ELEMENTS (orders) },
    { "people", people, G_N_ELEMENTS (people) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (guint k = 0; g_str_equal (tables[i].name, data) && k < tables[i].n; k++)
      {
        const Case *one = &tables[i].cases[k];
        g_autoptr (MapFixture) fixture = map_fixture_new_type (one->type, one->message);

        g_test_message ("%s %u", tables[i].name, k);
        map_check_facts (fixture, &one->fact, 1);
      }
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "values", "numbers", "notes", "visits",
                                       "results", "orders",  "people" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/importer/map/fields/", names[i], NULL);

      g_test_add_data_func (path, names[i], check);
    }
  return g_test_run ();
}
