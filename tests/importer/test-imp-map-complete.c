/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Nothing is lost silently" (CONTRIBUTING.md, law 5), by machine: in a message of each data type
 * every field of every segment is filled in turn, component by component, with words that stand
 * nowhere else. Each word must come out again in a record or in the facts of the message, as a value
 * or as what was not understood. What is left out on purpose is listed below, with the reason.
 */
#include <stdlib.h>
#include <string.h>

#include "build-fixture.h"
#include "map-fixture.h"

/* ---- what a field is ------------------------------------------------------------------------- */

/*
 * Data types of HL7 v2.5 chapter 2A, as what may stand in a field: "?" is a word that must come out,
 * "_" one that need not where the others of the field do.
 */
static const struct
{
  const char *name;
  const char *contents;
} types[] = {
  /* No composite: with separators in it, it is put together again as it stood. */
  { "ST", "? ?^?^? ?&? ?~? ?^^? ^?" },
  /* Shown by its words (SS-MIX2 spec 4.1): code, system and their versions stand in the source. */
  { "CWE", "? ?^^_ _^?^_ ^?^_^_^?^_^_^_^? _^?^_^_^?^_^_^_^?^? ^^^?^^_ ^^^_^?^_ _^?~_^? _^?&? ?~?" },
  /* Carried with its codes: all but the versions of the systems. */
  { "COD", "? ?^?^? ?^?^?^?^?^?^_^_^? ?^?^?^?^?^?^_^_^?^? ^^^?^?^? ?^?~?^? ?^?&?" },
  /* Words and code, without the coding systems (RXE-7). */
  { "FRE", "? ?^?^_ ?^?^_^?^?^_^_^_^? ?^?~?^? ?^?&?" },
  /* Units: by a named system, and as they stand. */
  { "UNI", "? _^?^ISO+ _^?^ISO+^_^?^_^_^_^? ?^? ?^?^? ?^?^?^?^?^?^?^?^? ?~? ?&?" },
  /* A number; who issued it stands in the source. */
  { "EI", "? ?^_^_^_ ?^_~?^_" },
  { "CX", "? ?^_^_^_^_^_^_^_^_^_ ?~?" },
  { "EIP", "? ^? ?^? ?&_&_&_^?&_&_&_ ?^?~?^?" },
  /* The name; number, degree, type and representation are not read (spec 4.1). */
  { "XCN", "? _^? _^?^? _^?&_^?^?^_^_^_^_^_^_^_^_^_^_^_^_ _^?~_^? ^?~^?" },
  { "XPN", "? ?^? ?^?^?^_^_^_^_^_ ?^?~?^?~?^? ?&_^?" },
  /* Country, kind of address and what administrations count by. */
  { "XAD", "? ?^?^?^? ^^?^?^?^_^_^? ?^?^?^?^?^_^_^?^_^_^_ ^^^^?^^^?~^^^^?^^^?" },
  /* Use, equipment and country as codes. */
  { "XTN", "? ^_^_^^_^?^? ^_^_^^^^^^^^^? ?^_^_^?^_^?^?^?^?^?^?^? ?~?" },
  /* Facility, status and kind of the place. */
  { "PL", "? ?^?^? ?^?^?^_^_^_^?^?^? ^^? ?^?~?^?" },
  { "XON", "? ?^_^_^_^_^_^_^_^_^_ ?~?" },
  { "TS", "? ?^? ?~?" },
  { "DR", "? ^? ?^? ?^?^?" },
  { "CQ", "? ?^? ?^_&?&_ ?^_&?&_&_&?&_&_&_&? ?^?^? ?^?^?^? ?~? ?^?~?^?" },
  { "RPT", "? ?&?&_ ?&?&_&?&?&_&_&_&? ?&?^?^?^?^?^?^?^?^?^?^? ?^? ?^?^_ ?~?&?" },
  { "PRL", "? _&?&_^?^? ?^?^?" },
  /* Code, words, occasion and edition (spec 4.6); the occasion by its words. */
  { "ICD", "? ?^?^_ ?^?^_^_^?^_^?^_^? ?^^_^?^^_^? ?~?" },
  /* Code and system of a material that is named. */
  { "ZRD", "? _^?^_ _^?^_^?^_&?&_^? ?~?" },
  { "JCC", "? ?^? ?^?~?^?" },
  /* Not carried: see why. */
  { "-", "_" },
};

/* Fields that are not ST, as "field:type". */
static const struct
{
  const char *data_types; /* where this is so; NULL: everywhere else */
  const char *segment;
  const char *fields;
  const char *why; /* of what is not carried */
} shapes[] = {
  { NULL, "EVN", "1:- 2:TS 3:TS 4:CWE 5:XCN 6:TS 7:-", "1 repeats MSH-9, 7 MSH-4" },
  { "ADT-00", "PID", "1:- 3:CX 5:XPN 7:TS 11:XAD 13:XTN 14:XTN 33:TS", "1 is a number" },
  { NULL, "PID", "1:- 3:CX 5:XPN 7:TS 11:- 13:- 14:- 33:-",
    "address and telephone as of that time: demographics are those of ADT-00 (spec 4.2)" },
  { NULL, "PV1", "1:- 2:CWE 3:PL 6:PL 7:XCN 10:CWE 17:XCN 36:CWE 44:TS 45:TS", "1 is a number" },
  { NULL, "PV2", "1:PL 8:TS 9:TS 47:TS", NULL },
  { NULL, "NK1", "1:- 2:XPN 3:CWE 4:XAD 5:XTN 6:XTN 13:XON", "1 is a number" },
  { NULL, "DB1", "1:- 2:CWE 3:CX 4:CWE 5:TS 6:TS", "1 is a number" },
  { NULL, "IN1", "1:- 2:COD 3:CX 4:XON 12:TS 13:TS 15:CWE 17:CWE 18:TS 19:XAD", "1 is a number" },
  { NULL, "ZI1", "1:- 2:COD 3:CX 4:XON 12:TS 13:TS 15:CWE 17:CWE 18:TS 19:XAD", "1 is a number" },
  { NULL, "AL1", "1:- 2:CWE 3:COD 4:CWE 6:TS", "1 is a number" },
  { NULL, "IAM",
    "1:- 2:CWE 3:COD 4:CWE 6:CWE 7:EI 9:CWE 10:CWE 11:TS 13:TS 14:XPN 15:CWE 16:CWE 17:CWE 18:XCN "
    "19:XON 20:TS",
    "1 is a number" },
  { NULL, "DG1", "1:- 3:COD 5:TS 6:CWE", "1 is a number" },
  { NULL, "PRB",
    "1:CWE 2:- 3:COD 4:EI 5:EI 7:TS 8:TS 9:TS 10:ICD 11:CWE 12:CWE 13:CWE 14:CWE 15:TS 16:TS "
    "18:CWE 19:CWE 21:CWE 22:CWE 23:CWE 24:CWE 25:CWE",
    "2 is when the entry was made, no clinical date (spec 4.6)" },
  { NULL, "ZPR", "1:CWE 2:CWE 3:CWE 4:- 5:- 6:-", "exchange codes of what 1 to 3 name" },
  { NULL, "ZPD", "1:- 2:CWE", "1 is a number" },
  { NULL, "ORC",
    "2:EI 3:EI 4:EI 6:- 8:EIP 9:TS 10:XCN 12:XCN 13:PL 14:- 15:TS 16:CWE 17:CWE 18:- 21:- 22:- "
    "23:- 24:- 28:CWE 29:CWE",
    "answers of a protocol; telephone, terminal and address of who sent it" },
  { "OML-11 OML-11m OMG-13", "OBR",
    "1:- 2:EI 3:EI 4:CWE 7:TS 8:TS 9:CQ 10:XCN 12:CWE 14:TS 16:XCN 22:TS 26:PRL 28:XCN 29:EIP "
    "31:CWE 36:TS",
    "1 is a number" },
  { NULL, "OBR",
    "1:- 2:EI 3:EI 4:COD 7:TS 8:TS 9:CQ 10:XCN 12:CWE 14:TS 16:XCN 22:TS 26:PRL 28:XCN 29:EIP "
    "31:CWE 36:TS",
    "1 is a number" },
  { "OMD", "TQ1", "1:- 2:CQ 3:CWE 5:CQ 6:CQ 7:TS 8:TS 9:CWE 13:CQ", "1 is a number" },
  { NULL, "TQ1", "1:- 2:CQ 3:RPT 5:CQ 6:CQ 7:TS 8:TS 9:CWE 13:CQ", "1 is a number" },
  { NULL, "ODS", "1:CWE 2:CWE 3:COD", NULL },
  { "OMP-11 OMP-12", "RXE", "2:CWE 5:UNI 6:CWE 7:FRE 11:UNI 19:CQ 21:CWE 24:UNI 26:UNI 27:CWE",
    NULL },
  { "OMP-02", "RXE",
    "2:CWE 5:UNI 6:CWE 7:FRE 11:UNI 13:XCN 14:XCN 18:TS 19:CQ 21:CWE 24:UNI 26:UNI 27:CWE 31:COD "
    "32:TS 42:PL",
    NULL },
  { NULL, "RXE",
    "2:COD 5:UNI 6:CWE 7:FRE 11:UNI 13:XCN 14:XCN 18:TS 19:CQ 21:CWE 24:UNI 26:UNI 27:CWE 31:COD "
    "32:TS 42:PL",
    NULL },
  { NULL, "RXR", "1:CWE 2:CWE 3:CWE 4:CWE 5:CWE 6:CWE", NULL },
  { "OMP-11 OMP-12", "RXC", "2:CWE 4:UNI 6:UNI 7:FRE", NULL },
  { NULL, "RXC", "2:COD 4:UNI 6:UNI 7:CWE 9:UNI", NULL },
  { NULL, "RXA",
    "1:- 2:- 3:TS 4:TS 5:COD 7:UNI 8:CWE 9:CWE 10:XCN 11:PL 14:UNI 16:TS 17:CWE 18:CWE 19:CWE "
    "22:TS",
    "1 and 2 are numbers" },
  { NULL, "CTI", "1:EI", NULL },
  { NULL, "SPM",
    "1:- 2:EIP 4:CWE 5:CWE 6:CWE 7:CWE 8:CWE 10:CWE 12:CQ 15:CWE 16:CWE 17:DR 18:TS 21:CWE 22:CWE "
    "24:CWE",
    "1 is a number" },
  { "OMG-01 OMG-02 OMG-03 OMG-11 OMG-12 OMP-11 OMP-12", "OBX", "1:- 3:CWE 6:UNI 14:TS",
    "1 is a number" },
  { "OML-11m OMG-13", "OBX", "1:- 3:CWE 5:CWE 6:UNI 8:CWE 14:TS 15:CWE 16:XCN 17:CWE 18:EI 19:TS",
    "1 is a number" },
  { NULL, "OBX", "1:- 3:COD 6:UNI 8:CWE 14:TS 15:CWE 16:XCN 17:CWE 18:EI 19:TS", "1 is a number" },
  { NULL, "ZE1", "1:- 3:COD 5:CWE 6:JCC 7:XCN 8:CWE 9:ZRD", "1 is a number" },
  { NULL, "ZE2", "1:-", "1 is a number" },
  { NULL, "IPC", "1:EI 2:EI 3:EI 5:CWE", NULL },
  { NULL, "NTE", "1:- 4:CWE", "1 is a number" },
};

/* Fields that decide what the message is; they keep their value where all are filled at once. */
static const char *const deciding =
    " PID-3 PV1-2 ORC-1 ORC-2 ORC-5 ORC-8 OBR-2 OBR-25 OBR-29 OBX-2 OBX-11 PRB-1 IAM-6 IAM-17 RXC-1 "
    "RXA-20 RXA-21 DB1-2 ";

/* HL7 v2.5, and what SS-MIX2 has beyond; two more are filled. */
static const struct
{
  const char *segment;
  guint n_fields;
} sizes[] = {
  { "EVN", 7 },  { "PID", 39 }, { "PV1", 52 }, { "PV2", 49 }, { "NK1", 37 }, { "DB1", 8 },
  { "IN1", 53 }, { "ZI1", 53 }, { "AL1", 6 },  { "IAM", 20 }, { "DG1", 21 }, { "PRB", 25 },
  { "ZPR", 7 },  { "ZPD", 2 },  { "ORC", 30 }, { "OBR", 49 }, { "TQ1", 14 }, { "ODS", 4 },
  { "RXE", 44 }, { "RXR", 6 },  { "RXC", 9 },  { "RXA", 26 }, { "CTI", 3 },  { "SPM", 29 },
  { "OBX", 19 }, { "ZE1", 12 }, { "ZE2", 7 },  { "IPC", 9 },  { "NTE", 4 },  { "ZZZ", 3 },
};

/* ---- a message of each data type ------------------------------------------------------------- */

#define EVN "EVN||20250410093010|20250411|01^予約^99E|D9^入力^者|20250409\n"
#define PV1                                                                                        \
  "PV1|0001|I|5E^512^3^^^N|||5E^501^1^^^N|D0034^鈴木^三郎|||10^外科^HL70069|||||||D0035^田中^四郎"  \
  "|||||||||||||||||||01||||||||20250402101500|20250409\n"
#define PV2 "PV2|5W^601^2^^^N|||||||20250411|20250412|||||||||||||||||||||||||||||||||||||||20250413\n"
#define ORDER_PV1 "PV1|0001|I|5E^512^3^^^N||||D0034^鈴木^三郎|||10^外科^HL70069\n"
#define AL1 "AL1|1|DA^薬剤アレルギー^HL70127|1^ペニシリン系^99ALG|MO^中等度|湿疹|20190312\n"
#define NTE "NTE|1|L|注\n"
#define BODY                                                                                       \
  "NK1|1|山田^一郎|SPO^配偶者^HL70063|^^^^100^^^東京都|^PRN^PH^^^^^^^^^03-1|^WPN^PH^^^^^^^^^03-2\n" \
  "DB1|1|PT||N\nOBX|1|NM|9N001^身長^JC10||151.2|cm^cm^ISO+|||||F\n" AL1                            \
  "IN1|1|06^組合管掌^JHSD0001|06130012|||||||||20240401|20260331||||SEL^本人^HL70063\n"
#define ORC                                                                                        \
  "ORC|NW|1001|2001|1||||20250410101500|20250410101500|C1^入力^者||D1^佐藤^次郎|01^^^^^C||"        \
  "20250410101500||01^内科^99DPT||||||||||||I^入院患者オーダ^HL70482\n"
#define MOVEMENT(event) MAP_MSH ("ADT^" event) EVN MAP_PID PV1 PV2 BODY
#define TQ1 "TQ1|1||1013&毎食後&JAMISDP01|||7^D&日&ISO+|20250410|20250417|R^通常\n"
#define RESULT                                                                                     \
  "SPM|1|L1^F1||023^血清^JC10|||||||||||||202504100845\n"                                          \
  "OBR|1|1001|2001|BC01^生化学^99LAB|||20250410||||||||D1^佐藤^次郎||||||20250410|||F\n"          \
  "ORC|SC|1001|2001||CM||||20250410|||D1^佐藤^次郎|||||01^内科^99DPT\n"
#define EXAM(control, number)                                                                      \
  "ORC|" control "|" number "|2001|1|||||20250410|||D1^佐藤^次郎|||||01^内科^99DPT\n"              \
  "TQ1|1|||||||||R^通常\nOBR|1|" number "|2001|X1^胸部^99R|||20250410\n"                            \
  "OBX|1|TX|1^所見^99R||影|||H|||F\n"
#define PERFORMED EXAM ("NW", "1001") "ZE1|1|RS|Z1^撮影^99R|1\nZE2|1|80\nIPC|A1|R1|1.2.3||CR\n"

static const struct
{
  const char *type;
  const char *message;
  const char *shape; /* where the fields are not those of the type */
} samples[] = {
  { "ADT-00", MOVEMENT ("A08") "DG1|1||1^胃炎^99D\n" },
  { "ADT-01", MOVEMENT ("A54") },
  { "ADT-12", MOVEMENT ("A04") },
  { "ADT-21", MOVEMENT ("A14") },
  { "ADT-22", MOVEMENT ("A01") "DG1|1||1^胃炎^99D\n" },
  { "ADT-31", MOVEMENT ("A21") },
  { "ADT-32", MOVEMENT ("A22") },
  { "ADT-41", MOVEMENT ("A15") },
  { "ADT-42", MOVEMENT ("A02") },
  { "ADT-51", MOVEMENT ("A16") },
  { "ADT-52", MOVEMENT ("A03") },
  { "ADT-61", MAP_MSH ("ADT^A60") EVN MAP_PID PV1
    "IAM|1|DA^薬剤アレルギー^HL70127|1^セファゾリン^HOT9|SV^重度|湿疹|A|7|||||\n" },
  { "PPR-01", MAP_MSH ("PPR^ZD1") MAP_PID
    "PRB|AD|20250410|20060000^肺癌^MDCDX2|1|||20250410|||C349^^I10^H^入院時^JHSD0004^2013\n"
    "ZPR|1234^右下葉^MDCDX2|20060000^肺癌^MDCDX2|8002^の疑い^MDCDX2||||要精査\nZPD|1|11^右上\n"
    "ZI1|1|06^組合管掌^JHSD0001|06130012\n"
    "ORC|NW|1001||||||||||D1^佐藤^次郎|||||01^内科^99DPT\n" },
  { "OMD", MAP_MSH ("OMD^O03") MAP_PID ORDER_PV1 AL1 ORC
    "TQ1|1||TID&１日３回&HL70335||||2025041012\nODS|D|D^昼|101^減塩食^99XY3|塩分控えめ\n" },
  { "OMP-01", MAP_MSH ("RDE^O11") MAP_PID ORDER_PV1 AL1 ORC
    "RXE||1^甲錠^HOT9|1|2|TAB^錠^MR9P|||||30|TAB^錠^MR9P||||||||3^TAB&錠&MR9P\n" TQ1
    "RXR|PO^口^HL70162\n" },
  { "OMP-02", MAP_MSH ("RDE^O11") MAP_PID ORDER_PV1 AL1 ORC
    "RXE||00^一般^JHSI0002|510||ML^ミリリットル^MR9P\n" TQ1
    "RXR|IV^静脈内^HL70162\nRXC|B|1^輸液^HOT9|1|HON^本^MR9P\n"
    "OBX|1|NM|8302-2^身長^LN||151|cm^cm^ISO+|||||F\nCTI|T1\n" },
  { "OMP-11", MAP_MSH ("RAS^O17") MAP_PID AL1 ORDER_PV1 ORC
    "RXE||1^甲錠^HOT9|1|2|TAB^錠^MR9P\n" TQ1 "RXR|PO^口^HL70162\n"
    "RXA|0|1|20250411080500|20250411130500|1^甲錠^HOT9|1|TAB^錠^MR9P||||||||||||||CP\n"
    "RXR|PO^口^HL70162\n" },
  { "OMP-12", MAP_MSH ("RAS^O17") MAP_PID AL1 ORDER_PV1 ORC
    "RXE||00^一般^JHSI0002|510||ML^ミリリットル^MR9P\n" TQ1
    "RXR|IV^静脈内^HL70162\nRXC|B|1^輸液^HOT9|1|HON^本^MR9P\n"
    "RXA|0|1|20250411080500|20250411130500|1^輸液^HOT9|1|HON^本^MR9P||||||||||||||CP\n"
    "RXR|IV^静脈内^HL70162\nOBX|1|NM|8302-2^身長^LN||151|cm^cm^ISO+|||||F\nCTI|T1\n" },
  { "OML-01", MAP_MSH ("OML^O33") MAP_PID ORDER_PV1 AL1
    "SPM|1|L1^F1||023^血清^JC10\n" ORC TQ1 "OBR|1|1001|2001|BC01^生化学^99LAB\n"
    "OBX|1|NM|3B035^AST^JC10||||||||O\n" },
  { "OML-11", MAP_MSH ("OUL^R22") MAP_PID ORDER_PV1 RESULT "TQ1|1||||||||R^通常\n"
    "OBX|1|NM|3B035000002327201^AST^JC10|1|31|U/L^U/L^ISO+|13-30|H|||F|||202504100845\n" },
  { "OMG-01", MAP_MSH ("OMG^O19") MAP_PID ORDER_PV1 EXAM ("NW", "1001") EXAM ("CH", "1001") },
  { "OMG-02", MAP_MSH ("OMG^O19") MAP_PID ORDER_PV1 EXAM ("NW", "1001") EXAM ("PA", "1001") },
  { "OMG-03", MAP_MSH ("OMG^O19") MAP_PID AL1 ORDER_PV1 EXAM ("NW", "1001") },
  { "OMG-11", MAP_MSH ("OMI^Z23") MAP_PID ORDER_PV1 PERFORMED },
  { "OMG-12", MAP_MSH ("OMI^Z23") MAP_PID ORDER_PV1 PERFORMED },
  { "OMG-13", MAP_MSH ("ORU^R01") MAP_PID ORDER_PV1
    "ORC|NW|1001|2001||CM||||20250410|||D1^佐藤^次郎\n"
    "OBR|1|1001|2001|9A110^心電図^JC10|||20250410||||||||||||||||||F\nTQ1|1||||||||R^通常\n"
    "OBX|1|NM|1^心拍数^99E|1|70|/min|||||F\nOBX|2|TX|9A100&IMP^所見^JC10||正常|||||F\n" },
  /* Bacteriology of OML-11: rows that name and rows that tell how much are shown together. */
  { "OML-11", MAP_MSH ("OUL^R22") MAP_PID ORDER_PV1 RESULT
    "OBX|1|CWE|6B010000001974114^菌名^JC10|1|2001^E.coli^JANIS||||||F\n"
    "OBX|2|ST|6B010000001974112^菌量^JC10|1|2 +||||||F\n"
    "OBR|3|1001|2001|6C010^感受性^JC10||||||||||||||||||||||"
    "6B010000001974114&菌名&JC10^1^E.coli\n"
    "OBX|1|ST|6C010604708076205^PIPC^JC10||< 2|ug/mL^ug/mL^ISO+||S|||F\n",
    "OML-11m" },
};

/* ---- filling and looking --------------------------------------------------------------------- */

typedef struct
{
  ImpEr7 *er7;
  ImpMapped *mapped;
  GString *found;      /* every value that came out, a line each */
  GPtrArray *expected; /* (element-type utf8) words of the present message */
  guint n_words;
  guint n_lost;
  guint n_messages;
} Run;

static const char *
contents_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].name, type) == 0)
      return types[i].contents;
  g_error ("no type %s", type);
}

static gboolean
is_in (const char *words, const char *word)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) all, word);
}

static const char *
type_of (const char *data_type, const char *segment, guint field, char *type)
{
  g_autofree char *key = g_strdup_printf (" %u:", field);

  g_strlcpy (type, "ST", 8);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *fields = NULL;
      const char *at;

      if (strcmp (shapes[i].segment, segment) != 0 ||
          (shapes[i].data_types != NULL && !is_in (shapes[i].data_types, data_type)))
        continue;
      fields = g_strconcat (" ", shapes[i].fields, NULL);
      at = strstr (fields, key);
      if (at != NULL)
        g_strlcpy (type, at + strlen (key), MIN (8, strcspn (at + strlen (key), " ") + 1));
      break;
    }
  return type;
}

static const char *
shape_of (guint sample)
{
  return samples[sample].shape != NULL ? samples[sample].shape : samples[sample].type;
}

static guint
size_of (const char *segment)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (strcmp (sizes[i].segment, segment) == 0)
      return sizes[i].n_fields;
  g_error ("no size of %s", segment);
}

/* Words for "?" and "_"; only the former are looked for. */
static char *
fill (Run *run, const char *content)
{
  GString *text = g_string_new (NULL);

  for (; *content != '\0'; content++)
    {
      g_autofree char *word = NULL;

      if (*content != '?' && *content != '_')
        {
          g_string_append_c (text, *content);
          continue;
        }
      word = g_strdup_printf ("q%05x", run->n_words++ % 0xFFFFF);
      g_string_append (text, word);
      if (*content == '?')
        g_ptr_array_add (run->expected, g_steal_pointer (&word));
    }
  return g_string_free (text, FALSE);
}

static void
see (Run *run, const char *text)
{
  g_string_append (run->found, text);
  g_string_append_c (run->found, '\n');
}

static void
collect (Run *run)
{
  gsize len;
  const guint8 *data = disc_record_builder_get (run->mapped->records, &len);
  const ImpFacts *facts = &run->mapped->facts;
  DiscRecordIter iter;
  DiscToken token;

  g_string_truncate (run->found, 0);
  see (run, facts->patient_id);
  see (run, facts->other_ids);
  see (run, facts->birth_date);
  see (run, facts->sex);
  see (run, facts->name);
  see (run, facts->kana);
  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token != DISC_TOKEN_VALUE)
        continue;
      g_assert_nonnull (disc_field_name (iter.field));
      g_string_append_len (run->found, (const char *) iter.value, (gssize) iter.value_len);
      g_string_append_c (run->found, '\n');
    }
}

/* @what: of the failure */
static void
check (Run *run, const char *data_type, const char *message, const char *what)
{
  g_autofree char *path = g_strdup_printf (MAP_PATH ("20250410", "%s", "1"), data_type, data_type);
  g_autoptr (GError) error = NULL;
  ImpName name;

  imp_name_parse (path, &name);
  imp_er7_parse (run->er7, message, strlen (message), &error);
  g_assert_no_error (error);
  imp_map_message (run->er7, &name, run->mapped);
  collect (run);
  run->n_messages++;
  for (guint i = 0; i < run->expected->len; i++)
    {
      const char *word = g_ptr_array_index (run->expected, i);

      /* Not strstr(): a sanitizer measures both texts at each search. */
      if (memmem (run->found->str, run->found->len, word, strlen (word)) != NULL)
        continue;
      g_test_message ("lost: %s %s, word %u (%s)", data_type, what, i + 1, word);
      run->n_lost++;
      break;
    }
  g_ptr_array_set_size (run->expected, 0);
}

static Run *
run_new (void)
{
  Run *run = g_new0 (Run, 1);

  run->er7 = imp_er7_new ();
  run->mapped = imp_mapped_new ();
  run->found = g_string_new (NULL);
  run->expected = g_ptr_array_new_with_free_func (g_free);
  return run;
}

static void
run_free (Run *run)
{
  imp_er7_free (run->er7);
  imp_mapped_free (run->mapped);
  g_string_free (run->found, TRUE);
  g_ptr_array_unref (run->expected);
  g_free (run);
}

static void
run_end (Run *run)
{
  g_test_message ("%u messages, %u words, %u lost", run->n_messages, run->n_words, run->n_lost);
  g_assert_cmpuint (run->n_lost, ==, 0);
  g_assert_cmpuint (run->n_messages, >, 100);
  run_free (run);
}

/* Fields of a line: [n] is field n. */
static GPtrArray *
split_fields (const char *line, guint n_fields)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", -1);
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (fields, g_strdup (parts[i]));
  while (fields->len <= n_fields)
    g_ptr_array_add (fields, g_strdup (""));
  return fields;
}

static void
set_field (GPtrArray *fields, guint n, char *text)
{
  g_free (g_ptr_array_index (fields, n));
  g_ptr_array_index (fields, n) = text;
}

static char *
join_fields (GPtrArray *fields)
{
  GString *line = g_string_new (g_ptr_array_index (fields, 0));

  for (guint i = 1; i < fields->len; i++)
    g_string_append_printf (line, "|%s", (const char *) g_ptr_array_index (fields, i));
  return g_string_free (line, FALSE);
}

/* The message with @line in place of, or (@insert) before, its line @at. */
static char *
with_line (char **lines, guint at, const char *line, gboolean insert)
{
  GString *message = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      if (i == at)
        g_string_append_printf (message, "%s\n", line);
      if (i != at || insert)
        g_string_append_printf (message, "%s\n", lines[i]);
    }
  if (insert && at == g_strv_length (lines) - 1)
    g_string_append_printf (message, "%s\n", line);
  return g_string_free (message, FALSE);
}

/* ---- one field at a time --------------------------------------------------------------------- */

static void
check_field (Run *run, const char *data_type, const char *shape, char **lines, guint at,
             const char *segment, guint n)
{
  char type[8];
  g_auto (GStrv) contents = g_strsplit (contents_of (type_of (shape, segment, n, type)), " ", -1);

  for (guint i = 0; contents[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) fields = split_fields (lines[at], n);
      g_autofree char *line = NULL;
      g_autofree char *message = NULL;
      g_autofree char *what = g_strdup_printf ("line %u %s-%u as %s %s", at + 1, segment, n, type,
                                               contents[i]);

      set_field (fields, n, fill (run, contents[i]));
      line = join_fields (fields);
      message = with_line (lines, at, line, FALSE);
      check (run, data_type, message, what);
    }
}

static void
test_fields (void)
{
  Run *run = run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto (GStrv) lines = g_strsplit (samples[i].message, "\n", -1);

      for (guint at = 1; *lines[at] != '\0'; at++)
        {
          char segment[4];

          g_strlcpy (segment, lines[at], sizeof segment);
          for (guint n = 1; n <= size_of (segment) + 2; n++)
            check_field (run, samples[i].type, shape_of (i), lines, at, segment, n);
        }
    }
  run_end (run);
}

/* ---- all fields at once ---------------------------------------------------------------------- */

/* Each field with the fullest of what its type may hold; those that decide keep what @line has. */
static char *
fill_line (Run *run, const char *data_type, const char *line, gboolean decides)
{
  g_autoptr (GPtrArray) fields = NULL;
  char segment[4];
  guint n_fields;

  g_strlcpy (segment, line, sizeof segment);
  n_fields = size_of (segment) + 2;
  fields = split_fields (line, n_fields);
  for (guint n = 1; n <= n_fields; n++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", segment, n);
      char type[8];
      g_auto (GStrv) contents = NULL;
      const char *fullest = "";

      if (decides && is_in (deciding, name))
        continue;
      contents = g_strsplit (contents_of (type_of (data_type, segment, n, type)), " ", -1);
      for (guint i = 0; contents[i] != NULL; i++)
        if (strlen (contents[i]) >= strlen (fullest))
          fullest = contents[i];
      set_field (fields, n, fill (run, fullest));
    }
  return join_fields (fields);
}

static void
test_messages (void)
{
  Run *run = run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto (GStrv) lines = g_strsplit (samples[i].message, "\n", -1);
      g_autoptr (GString) all = g_string_new (NULL);

      for (guint at = 1; *lines[at] != '\0'; at++)
        {
          g_autofree char *line = fill_line (run, shape_of (i), lines[at], TRUE);
          g_autofree char *message = with_line (lines, at, line, FALSE);
          g_autofree char *what = g_strdup_printf ("line %u %.3s, all fields", at + 1, lines[at]);

          check (run, samples[i].type, message, what);
        }

      g_string_append_printf (all, "%s\n", lines[0]);
      for (guint at = 1; *lines[at] != '\0'; at++)
        {
          g_autofree char *line = fill_line (run, shape_of (i), lines[at], TRUE);

          g_string_append_printf (all, "%s\n", line);
        }
      check (run, samples[i].type, all->str, "all lines, all fields");
    }
  run_end (run);
}

/* ---- values by their type -------------------------------------------------------------------- */

/* OBX-5 is what OBX-2 says it is: of a result, a measurement, a remark, a report, a pair of rows. */
static void
test_values (void)
{
  static const struct
  {
    const char *obx_2;
    const char *type;
  } kinds[] = {
    { "NM", "ST" },   { "ST", "ST" }, { "TX", "ST" },   { "FT", "ST" },   { "", "ST" },
    { "CWE", "CWE" }, { "CE", "CWE" }, { "TS", "TS" },  { "XCN", "XCN" }, { "ZRD", "ZRD" },
    { "SN", "ST" },   { "CX", "ST" },  { "RP", "ST" },  { "ZZ", "ST" },
  };
  Run *run = run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto (GStrv) lines = g_strsplit (samples[i].message, "\n", -1);

      for (guint at = 1; *lines[at] != '\0'; at++)
        for (guint k = 0; g_str_has_prefix (lines[at], "OBX") && k < G_N_ELEMENTS (kinds); k++)
          {
            g_auto (GStrv) contents = g_strsplit (contents_of (kinds[k].type), " ", -1);

            for (guint n = 0; contents[n] != NULL; n++)
              {
                g_autoptr (GPtrArray) fields = split_fields (lines[at], 5);
                g_autofree char *line = NULL;
                g_autofree char *message = NULL;
                g_autofree char *what = g_strdup_printf ("line %u OBX-5 as %s %s", at + 1,
                                                         kinds[k].obx_2, contents[n]);

                set_field (fields, 2, g_strdup (kinds[k].obx_2));
                set_field (fields, 5, fill (run, contents[n]));
                line = join_fields (fields);
                message = with_line (lines, at, line, FALSE);
                check (run, samples[i].type, message, what);
              }
          }
    }
  run_end (run);
}

/* The same through the whole program: what is on the disc is what the export says. */
static void
test_export (void)
{
  Run *run = run_new ();
  BuildFixture fixture = { NULL };
  const char *arguments[] = { "export", NULL, NULL };
  g_autofree char *out = NULL;

  build_fixture_set_up (&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto (GStrv) lines = g_strsplit (samples[i].message, "\n", -1);
      g_autoptr (GString) all = g_string_new (NULL);
      g_autofree char *path = g_strdup_printf (
          "000/123/0001234567/20250410/%s/0001234567_20250410_%s_0000002504100%02u_"
          "20250410093015123_01_1",
          samples[i].type, samples[i].type, i);

      g_string_append_printf (all, "%s\n", lines[0]);
      for (guint at = 1; *lines[at] != '\0'; at++)
        {
          /* Who it is, basic data say: PID of all others is as of that time (spec 4.2). */
          gboolean is_other = i > 0 && g_str_has_prefix (lines[at], "PID");
          g_autofree char *line =
              is_other ? g_strdup (lines[at]) : fill_line (run, shape_of (i), lines[at], TRUE);

          g_string_append_printf (all, "%s\n", line);
        }
      build_fixture_write (&fixture, path, all->str, -1);
    }
  build_fixture_build (&fixture, NULL);
  arguments[1] = fixture.disc;
  g_assert_cmpint (build_fixture_run (arguments, &out, NULL), ==, 0);
  g_assert_cmpuint (run->expected->len, >, 1000);
  for (guint i = 0; i < run->expected->len; i++)
    {
      const char *word = g_ptr_array_index (run->expected, i);

      if (strstr (out, word) == NULL)
        {
          g_test_message ("not exported: %s", word);
          run->n_lost++;
        }
    }
  g_assert_cmpuint (run->n_lost, ==, 0);
  run_free (run);
  build_fixture_tear_down (&fixture, NULL);
}

/* ---- a segment where none belongs ------------------------------------------------------------ */

static void
test_strays (void)
{
  Run *run = run_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_auto (GStrv) lines = g_strsplit (samples[i].message, "\n", -1);

      for (guint at = 1; at < g_strv_length (lines); at++)
        for (guint n = 0; n < G_N_ELEMENTS (sizes); n++)
          {
            g_autofree char *line = NULL;
            g_autofree char *message = NULL;
            g_autofree char *what =
                g_strdup_printf ("%s before line %u %.3s", sizes[n].segment, at + 1, lines[at]);

            if (strcmp (sizes[n].segment, "PID") == 0)
              continue; /* another patient: /importer/spec8/... */
            line = fill_line (run, shape_of (i), sizes[n].segment, FALSE);
            message = with_line (lines, at, line, TRUE);
            check (run, samples[i].type, message, what);
          }
    }
  run_end (run);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/complete/fields", test_fields);
  g_test_add_func ("/importer/map/complete/messages", test_messages);
  g_test_add_func ("/importer/map/complete/strays", test_strays);
  g_test_add_func ("/importer/map/complete/values", test_values);
  g_test_add_func ("/importer/map/complete/export", test_export);
  return g_test_run ();
}
