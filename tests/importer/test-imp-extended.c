/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The extended storage through the whole program: SS-MIX2 spec 6.
 */
#include "config.h"

#include <string.h>

#include "build-fixture.h"
#include "document-fixture.h"

#define ID "0123456789"
#define FOLDER "012/345/" ID "/20260410/"
#define VITALS "L-OBSERVATIONS^OBSERVATIONS^99ZL01"
#define VITALS_NAME ID "_20260410_L-OBSERVATIONS_000000020260410_"

#define OBX(n, code, name, value, unit, time)                                                      \
  "OBX|" n "|NM|" code "^" name "^JC10||" value "|" unit "|||||F|||" time "\r"

/* As in the samples of the National Hospital Organization: OBR-4 says nothing, a code of sixteen digits
 * and one with a blank. */
static char *
vitals (const char *pid, const char *temperature)
{
  g_autofree char *rest = g_strdup_printf (
      "ORC|RE\rOBR|1|||\"\"\r" OBX ("1", "9P100000000000001", "体温（腋窩）", "%s", "cel",
                                    "202604100600")
          OBX ("2", " 9P310000000000001", "脈拍", "072", "(hb)", "202604100600")
              OBX ("3", "9A751000000000001", "収縮期血圧", "128", "mm(hg)", "202604101400")
                  OBX ("4", "9A761000000000001", "拡張期血圧", "74", "mm(hg)", "202604101400")
                      OBX ("5", "3H065000002391901", "SpO2", "98.0", "%%", "202604101400")
                          OBX ("6", "3H010000002326101", "ナトリウム", "140", "mmol/l", "202604101400"),
      temperature);

  return build_fixture_message ("ORU^R30^ORU_R30", pid, "19520304", rest);
}

static void
put_vitals (BuildFixture *fixture, const char *stamp_and_flag, const char *pid,
            const char *temperature)
{
  g_autofree char *path =
      g_strconcat (FOLDER VITALS "/" VITALS_NAME, stamp_and_flag, "/main_document.hl7", NULL);
  g_autofree char *message = vitals (pid, temperature);

  build_fixture_write (fixture, path, message, -1);
}

static const cJSON *
find (BuildFixture *fixture, const char *kind, const char *in_path)
{
  for (guint i = 0; i < build_fixture_count (fixture, "record"); i++)
    {
      const cJSON *record = build_fixture_line (fixture, "record", i);
      const cJSON *source = cJSON_GetObjectItemCaseSensitive (record, "source");

      if (strcmp (build_text (record, "kind"), kind) == 0 &&
          strstr (build_text (source, "path"), in_path) != NULL)
        return record;
    }
  return NULL;
}

/* Findings that say so. */
static guint
count_details (BuildFixture *fixture, const char *detail)
{
  guint n = 0;

  for (guint i = 0; i < build_fixture_count (fixture, "finding"); i++)
    n += g_strcmp0 (build_text (build_fixture_line (fixture, "finding", i), "detail"), detail) == 0;
  return n;
}

static gboolean
is_live (const cJSON *record)
{
  return cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "live"));
}

static const char *
item_text (const cJSON *record, int i, const char *key)
{
  return build_text (cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (record, "items"), i), key);
}

static void
finish (BuildFixture *fixture)
{
  static const char *const options[] = { "--as-of", "2026-04-20", NULL };

  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
}

/* Spec 6.3. */
static void
test_vitals (BuildFixture *fixture, gconstpointer data)
{
  const cJSON *record, *lab;

  put_vitals (fixture, "20260410150000321_01_1", ID, "36.50");
  finish (fixture);

  record = find (fixture, "vital", VITALS);
  g_assert_nonnull (record);
  g_assert_true (is_live (record));
  g_assert_cmpstr (build_text (record, "patient"), ==, ID);
  g_assert_cmpstr (build_text (record, "title"), ==, "OBSERVATIONS");
  g_assert_cmpstr (build_text (cJSON_GetObjectItemCaseSensitive (record, "source"), "format"), ==,
                   "ssmix2-ext");
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (record, "items")), ==, 5);
  g_assert_cmpstr (item_text (record, 0, "name"), ==, "体温（腋窩）");
  g_assert_cmpstr (item_text (record, 0, "value"), ==, "36.50");
  g_assert_cmpstr (item_text (record, 0, "unit"), ==, "cel");
  g_assert_cmpstr (item_text (record, 0, "at"), ==, "2026-04-10T06:00");
  g_assert_cmpstr (item_text (record, 1, "value"), ==, "072");
  g_assert_cmpstr (item_text (record, 2, "name"), ==, "収縮期血圧");
  g_assert_cmpstr (item_text (record, 2, "at"), ==, "2026-04-10T14:00");
  g_assert_cmpstr (item_text (record, 4, "value"), ==, "98.0");

  /* what is no vital sign stays what it is */
  lab = find (fixture, "lab", VITALS);
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (lab, "items")), ==, 1);
  g_assert_cmpstr (item_text (lab, 0, "name"), ==, "ナトリウム");
}

/* Spec 6.1: a revision renames the old folder to _2, a deletion to _0. */
static void
test_versions (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *cancelled = vitals (ID, "38.5");
  const cJSON *old, *current, *deleted;

  put_vitals (fixture, "20260410150000321_01_2", ID, "36.5");
  put_vitals (fixture, "20260410160000321_01_1", ID, "37.5");
  build_fixture_write (fixture,
                       "012/345/" ID "/20260411/" VITALS "/" ID
                       "_20260411_L-OBSERVATIONS_000000020260411_20260411150000321_01_0/main_document.hl7",
                       cancelled, -1);
  finish (fixture);

  old = find (fixture, "vital", "20260410150000321_01_2");
  current = find (fixture, "vital", "20260410160000321_01_1");
  deleted = find (fixture, "vital", "20260411150000321_01_0");
  g_assert_false (is_live (old));
  g_assert_cmpstr (build_text (old, "status"), ==, "superseded");
  g_assert_true (is_live (current));
  g_assert_false (is_live (deleted));
  g_assert_cmpstr (build_text (deleted, "status"), ==, "deleted");
}

/* A revision whose old folder was not renamed, the same folder in a second root, and another patient's
 * message in this one's folder. */
static void
test_doubts (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = vitals (ID, "36.5");
  g_autofree char *other = vitals ("9999999999", "40.0");
  const cJSON *disputed;

  put_vitals (fixture, "20260410150000321_01_1", ID, "36.5");
  build_fixture_write (fixture,
                       "second/" FOLDER VITALS "/" VITALS_NAME
                       "20260410150000321_01_1/main_document.hl7",
                       message, -1);
  put_vitals (fixture, "20260410160000321_01_1", ID, "37.5");
  build_fixture_write (fixture,
                       "012/345/" ID "/20260412/" VITALS "/" ID
                       "_20260412_L-OBSERVATIONS_000000020260412_20260412150000321_01_1/main_document.hl7",
                       other, -1);
  finish (fixture);

  g_assert_false (is_live (find (fixture, "vital", "20260410150000321_01_1")));
  g_assert_true (is_live (find (fixture, "vital", "20260410160000321_01_1")));
  g_assert_nonnull (build_fixture_finding (fixture, "duplicate"));
  disputed = find (fixture, "vital", "20260412");
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (disputed, "disputed")));
  g_assert_null (build_text (disputed, "patient"));
}

/* Older storages name their folders otherwise: kept, and not called live. */
static void
test_unknown_folder (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *message = vitals (ID, "36.5");
  const cJSON *record;

  build_fixture_write (fixture, FOLDER VITALS "/data0001/vital.hl7", message, -1);
  finish (fixture);
  record = find (fixture, "vital", "data0001");
  g_assert_false (is_live (record));
  g_assert_cmpstr (build_text (record, "status"), ==, "unknown");
  g_assert_cmpstr (build_text (record, "patient"), ==, ID);
  g_assert_nonnull (build_fixture_finding (fixture, "not-understood"));
}

#define SUMMARY_FOLDER(key, rest) FOLDER SUMMARY "/" ID "_20260410_18842-5_" key "_" rest "/"
#define SUMMARY "^退院サマリ^^18842-5^退院時サマリー^LN"
#define NOTES "L12345^入院診療録^99ZZZ^11506-3^経過記録^LN"

/* Texts in any character set, with the kind that the standard code says, found by their words. */
static void
test_texts (BuildFixture *fixture, gconstpointer data)
{
  static const char note[] = "S: 息切れなし。\r\nO: 浮腫＋\r\n";
  /* 退院先は自宅 in CP932 */
  static const char summary[] = "\x91\xde\x89\x40\x90\xe6\x82\xcd\x8e\xa9\x91\xee";
  const char *const search[] = { "search", fixture->disc, "息切れ", NULL };
  g_autofree char *out = NULL;
  const cJSON *record;

  build_fixture_write (fixture, FOLDER NOTES "/" ID "_20260410_11506-3_77_20260410150000321_01_1/"
                                             "main_document.txt",
                       note, -1);
  build_fixture_write (fixture, FOLDER SUMMARY "/" ID "_20260410_18842-5_78_20260410150000321_-_1/"
                                               "a.txt",
                       summary, -1);
  finish (fixture);

  record = find (fixture, "note", NOTES);
  g_assert_true (is_live (record));
  g_assert_cmpstr (build_text (record, "title"), ==, "経過記録（入院診療録）");
  g_assert_cmpstr (build_text (record, "at"), ==, "2026-04-10");
  g_assert_cmpstr (build_text (record, "department"), ==, "01");
  g_assert_cmpstr (build_text (record, "order_no"), ==, "77");
  g_assert_nonnull (strstr (build_text (record, "text"), "浮腫＋"));
  g_assert_cmpstr (item_text (record, 0, "title"), ==, "main_document.txt");
  record = find (fixture, "document", SUMMARY);
  g_assert_cmpstr (build_text (record, "text"), ==, "退院先は自宅");
  g_assert_null (build_text (record, "department"));
  g_assert_null (build_fixture_finding (fixture, "no-patient"));

  g_assert_cmpint (build_fixture_run (search, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "経過記録"));
}

/* A folder that only the hospital's own table knows: a note, under the name that the table has. */
static void
test_own_types (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *table = g_build_filename (fixture->dir, "types.tsv", NULL);
  g_autofree char *wrong = g_build_filename (fixture->dir, "wrong.tsv", NULL);
  g_autofree char *other = g_build_filename (fixture->dir, "other", NULL);
  const char *const options[] = { "--as-of", "2026-04-20", "--document-types", table, NULL };
  const char *const refused[] = { "build", "--unsealed", "--from", fixture->storage, "--to", other,
                                  "--document-types", wrong, NULL };
  g_autofree char *err = NULL;
  const cJSON *record;

  build_fixture_write (fixture, FOLDER "L777/" ID "_20260410_L777_77_20260410150000321_01_1/a.txt",
                       "転倒なし", -1);
  g_assert_true (g_file_set_contents (table, "L777\t-\tnote\t看護経過\n", -1, NULL));
  g_assert_true (g_file_set_contents (wrong, "L777\t-\tnotes\t看護経過\n", -1, NULL));

  g_assert_cmpint (build_fixture_run (refused, NULL, &err), ==, 2);
  g_assert_nonnull (strstr (err, "wrong.tsv:1: "));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));

  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  record = find (fixture, "note", "L777");
  g_assert_nonnull (record);
  g_assert_cmpstr (build_text (record, "title"), ==, "看護経過（L777）");
}

/* J-SPEED records of disaster medicine: document type 74465-6 (spec 6.2), be they a text or a message. */
static void
test_j_speed (BuildFixture *fixture, gconstpointer data)
{
#define J_SPEED "J-SPEED^J-SPEED診療日報^99ZZZ^74465-6^問診票^LN"
#define J_SPEED_NAME FOLDER J_SPEED "/" ID "_20260410_74465-6_"
  const char *const search[] = { "search", fixture->disc, "骨折", NULL };
  g_autofree char *rest = g_strdup (
      "OBR|1|||74465-6^問診票^LN|||20260410\rOBX|1|ST|J-SPEED-01^外傷：骨折^99ZZZ||あり||||||F\r");
  g_autofree char *message = build_fixture_message ("ORU^R01^ORU_R01", ID, "19520304", rest);
  g_autofree char *out = NULL;
  const cJSON *record;

  build_fixture_write (fixture, J_SPEED_NAME "5_20260410150000321_-_1/a.csv", "外傷,骨折,1", -1);
  build_fixture_write (fixture, J_SPEED_NAME "6_20260410160000321_-_1/main_document.hl7", message, -1);
  finish (fixture);
  record = find (fixture, "document", "a.csv");
  g_assert_nonnull (record);
  g_assert_true (is_live (record));
  g_assert_cmpstr (build_text (record, "title"), ==, "問診票（J-SPEED診療日報）");
  g_assert_cmpstr (build_text (record, "text"), ==, "外傷,骨折,1");
  record = build_fixture_record (fixture, "main_document.hl7");
  g_assert_nonnull (record);
  g_assert_true (is_live (record));
  g_assert_cmpstr (item_text (record, 0, "name"), ==, "外傷：骨折");
  g_assert_cmpstr (item_text (record, 0, "value"), ==, "あり");
  g_assert_cmpint (build_fixture_run (search, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "問診票"));
}

/* What is not carried is told: it is known that there is such a document, and where. */
static void
test_refused (BuildFixture *fixture, gconstpointer data)
{
  static const char bytes[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
  const cJSON *record, *finding;

  build_fixture_write (fixture, FOLDER SUMMARY "/" ID "_20260410_18842-5_78_20260410150000321_01_1/"
                                               "p/scan.png",
                       bytes, sizeof bytes - 1);
  finish (fixture);
  record = find (fixture, "document", SUMMARY);
  g_assert_nonnull (record);
  g_assert_null (build_text (record, "text"));
  g_assert_cmpstr (item_text (record, 0, "title"), ==, "p/scan.png");
  finding = build_fixture_finding (fixture, "attachment-refused");
  g_assert_true (g_str_has_suffix (build_text (finding, "path"), "/p/scan.png"));
  g_assert_cmpstr (build_text (finding, "patient"), ==, ID);
}

/* The words of a PDF, read in confinement, and found. */
static void
test_pdf (BuildFixture *fixture, gconstpointer data)
{
  const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R"
    " /Resources << /Font << /F 5 0 R >> >> >>",
    "<< /Length 75 >>\nstream\nBT /F 12 Tf 20 100 Td (Discharge letter: warfarin stopped on day 3) Tj ET "
    "        \nendstream",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", NULL
  };
  const char *const search[] = { "search", fixture->disc, "warfarin", NULL };
  g_autoptr (GBytes) pdf = fixture_pdf (objects, "");
  g_autofree char *out = NULL;
  const cJSON *record;

  build_fixture_write (fixture, SUMMARY_FOLDER ("9", "20260410150000321_01_1") "letter.dat",
                       g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf));
  finish (fixture);
  record = find (fixture, "document", "letter.dat");
  g_assert_nonnull (strstr (build_text (record, "text"), "warfarin stopped on day 3"));
  g_assert_cmpint (build_fixture_run (search, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "退院時サマリー"));
}

/* Files of one folder are one document: one revision replaces them all, and none of them another. */
static void
test_folder_is_one (BuildFixture *fixture, gconstpointer data)
{
#define OLD FOLDER SUMMARY "/" ID "_20260410_18842-5_78_20260410150000321_01_1/"
#define NEW FOLDER SUMMARY "/" ID "_20260410_18842-5_78_20260411150000321_01_1/"
  build_fixture_write (fixture, OLD "a.txt", "first text", -1);
  build_fixture_write (fixture, OLD "b.txt", "second text", -1);
  build_fixture_write (fixture, NEW "a.txt", "third text", -1);
  build_fixture_write (fixture, NEW "b.txt", "fourth text", -1);
  finish (fixture);
  g_assert_false (is_live (find (fixture, "document", "0410150000321_01_1/a.txt")));
  g_assert_false (is_live (find (fixture, "document", "0410150000321_01_1/b.txt")));
  g_assert_true (is_live (find (fixture, "document", "0411150000321_01_1/a.txt")));
  g_assert_true (is_live (find (fixture, "document", "0411150000321_01_1/b.txt")));
}

#define CDA(title, number, body)                                                                    \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">"             \
  "<code code=\"18842-5\"/><title>" title "</title><effectiveTime value=\"20260410\"/>"             \
  "<recordTarget><patientRole><id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"" number   \
  "\"/></patientRole></recordTarget><component><structuredBody><component><section>"               \
  "<title>経過</title><text>" body "</text></section></component></structuredBody></component>"     \
  "</ClinicalDocument>"

/* A document in one version and the next; one that says it is another patient's; one that is broken. */
static void
test_documents (BuildFixture *fixture, gconstpointer data)
{
  static const char *const options[] = { "--as-of", "2026-04-20", "--facility", "1310000001", NULL };
  const cJSON *record, *finding;

  build_fixture_write (fixture, SUMMARY_FOLDER ("1", "20260410150000321_01_2") "main_document.xml",
                       CDA ("退院時サマリ（初版）", ID, "軽快"), -1);
  build_fixture_write (fixture, SUMMARY_FOLDER ("1", "20260410160000321_01_1") "main_document.xml",
                       CDA ("退院時サマリ", ID, "軽快し退院"), -1);
  build_fixture_write (fixture, SUMMARY_FOLDER ("2", "20260410150000321_01_1") "main_document.xml",
                       CDA ("他人", "9999999999", "x"), -1);
  build_fixture_write (fixture, SUMMARY_FOLDER ("3", "20260410150000321_01_1") "main_document.xml",
                       "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>cut", -1);
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);

  record = find (fixture, "document", "_1_20260410150000321_01_2");
  g_assert_cmpstr (build_text (record, "status"), ==, "superseded");
  record = find (fixture, "document", "_1_20260410160000321_01_1");
  g_assert_true (is_live (record));
  g_assert_cmpstr (build_text (record, "title"), ==, "退院時サマリ");
  g_assert_cmpstr (build_text (record, "text"), ==, "■ 経過\n軽快し退院\n");
  g_assert_cmpstr (build_text (cJSON_GetObjectItemCaseSensitive (record, "source"), "format"), ==,
                   "cda");
  record = find (fixture, "document", "_2_20260410150000321_01_1");
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "disputed")));
  g_assert_null (build_text (record, "patient"));

  record = find (fixture, "document", "_3_20260410150000321_01_1");
  g_assert_cmpstr (build_text (record, "patient"), ==, ID);
  g_assert_null (build_text (record, "text"));
  finding = build_fixture_finding (fixture, "unreadable");
  g_assert_nonnull (strstr (build_text (finding, "detail"), "not well-formed XML"));
}

/* ---- documents that replace each other -------------------------------------------------------- */

#define SET_OID "1.2.392.200250.9.1"
#define SET_CDA(number, title, head)                                                                \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">"             \
  "<id root=\"" SET_OID "\" extension=\"" number "\"/><code code=\"18842-5\"/><title>" title          \
  "</title><effectiveTime value=\"20260410\"/>" head                                                \
  "<component><structuredBody><component><section><title>経過</title><text>x</text></section>"         \
  "</component></structuredBody></component></ClinicalDocument>"
#define PERSON                                                                                      \
  "<recordTarget><patientRole><id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"" ID         \
  "\"/></patientRole></recordTarget>"
#define SET(version)                                                                                \
  "<setId root=\"" SET_OID "\" extension=\"S1\"/><versionNumber value=\"" version "\"/>" PERSON
#define REPLACES(number)                                                                            \
  PERSON "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"" SET_OID "\" extension=\""    \
         number "\"/></parentDocument></relatedDocument>"

typedef struct
{
  const char *folder; /* order number, time of sending and flags of its content folder */
  const char *document;
  const char *status; /* what becomes of it; NULL: it stands */
} SetCase;

static void
check_set (BuildFixture *fixture, const SetCase *cases, guint n)
{
  static const char *const options[] = { "--as-of", "2026-04-20", "--facility", "1310000001", NULL };

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf (FOLDER SUMMARY "/" ID "_20260410_18842-5_%s/a.xml",
                                               cases[i].folder);

      build_fixture_write (fixture, path, cases[i].document, -1);
    }
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  for (guint i = 0; i < n; i++)
    {
      const cJSON *record = find (fixture, "document", cases[i].folder);

      g_test_message ("%s", cases[i].folder);
      g_assert_nonnull (record);
      g_assert_cmpint (is_live (record), ==, cases[i].status == NULL);
      if (cases[i].status != NULL)
        g_assert_cmpstr (build_text (record, "status"), ==, cases[i].status);
    }
}

/* Spec fhir.md 7: RPLC: the target is the old version. A chain of them; each with the files of its folder;
 * one that was deleted replaces nothing; a bare number names nothing. */
static void
test_replaced (BuildFixture *fixture, gconstpointer data)
{
  static const SetCase cases[] = {
    { "1_20260410150000321_01_1", SET_CDA ("1", "a", PERSON), "superseded" },
    { "2_20260411150000321_01_1", SET_CDA ("2", "b", REPLACES ("1")), "superseded" },
    { "3_20260412150000321_01_1", SET_CDA ("3", "c", REPLACES ("2")), NULL },
    { "4_20260410150000321_01_1", SET_CDA ("4", "d", PERSON), NULL },
    { "5_20260411150000321_01_0", SET_CDA ("5", "e", REPLACES ("4")), "deleted" },
    { "6_20260412150000321_01_1",
      SET_CDA ("6", "f",
               PERSON "<relatedDocument typeCode=\"RPLC\"><parentDocument><id extension=\"4\"/>"
                      "</parentDocument></relatedDocument>"),
      NULL },
    { "7_20260412150000321_01_1",
      SET_CDA ("7", "g",
               PERSON "<relatedDocument typeCode=\"APND\"><parentDocument><id root=\"" SET_OID
                      "\" extension=\"4\"/></parentDocument></relatedDocument>"),
      NULL },
  };
  const cJSON *finding;

  build_fixture_write (fixture, SUMMARY_FOLDER ("1", "20260410150000321_01_1") "b.txt", "annex", -1);
  check_set (fixture, cases, G_N_ELEMENTS (cases));
  g_assert_false (is_live (find (fixture, "document", "_1_20260410150000321_01_1/b.txt")));
  finding = build_fixture_finding (fixture, "duplicate");
  g_assert_cmpstr (build_text (finding, "detail"), ==, "another document says that it replaces this one");
}

/* Where they contradict each other all stand, and it is told: a circle; an older one that replaces a newer. */
static void
test_replaced_in_doubt (BuildFixture *fixture, gconstpointer data)
{
  static const SetCase cases[] = {
    { "1_20260410150000321_01_1", SET_CDA ("1", "a", REPLACES ("2")), NULL },
    { "2_20260410150000321_01_1", SET_CDA ("2", "b", REPLACES ("1")), NULL },
    { "3_20260412150000321_01_1", SET_CDA ("3", "c", PERSON), NULL },
    { "4_20260411150000321_01_1", SET_CDA ("4", "d", REPLACES ("3")), NULL },
    { "5_20260411150000321_01_1", SET_CDA ("5", "e", PERSON), NULL },
    { "6_20260411150000321_01_1", SET_CDA ("5", "f", PERSON), NULL },
    { "7_20260412150000321_01_1", SET_CDA ("7", "g", REPLACES ("5")), NULL },
    { "8_20260412150000321_01_1", SET_CDA ("8", "h", REPLACES ("8")), NULL },
  };
  static const char *const told[] = {
    "documents say of each other that they replace them: all are kept",
    "an older document says that it replaces this one: both are kept",
    "two documents have the same number: both are kept",
    "it replaces a document whose number several have: all are kept",
  };

  check_set (fixture, cases, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_cmpuint (count_details (fixture, told[i]), ==, i == 0 ? 2 : 1);
}

/* Spec fhir.md 7: of one setId the highest version is current. Numbers, not texts; one number for all of
 * them is usual. */
static void
test_versions_of_set (BuildFixture *fixture, gconstpointer data)
{
  static const SetCase cases[] = {
    { "1_20260410150000321_01_1", SET_CDA ("1", "a", SET ("9")), "superseded" },
    { "2_20260411150000321_01_1", SET_CDA ("1", "b", SET ("10")), NULL },
    { "3_20260412150000321_01_1", SET_CDA ("3", "c", SET ("2")), NULL }, /* sent later */
    { "4_20260410150000321_01_1", SET_CDA ("4", "d", SET ("new")), NULL },
  };

  check_set (fixture, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (count_details (fixture, "a higher version of this document stands beside it"), ==,
                    1);
  g_assert_cmpuint (count_details (fixture, "a higher version of this document is older: both are kept"),
                    ==, 1);
  g_assert_cmpuint (count_details (fixture, "two documents have the same number: both are kept"), ==, 0);
}

/* Documents outside the storage's grammar: a copy of one is not shown twice. */
static void
test_copies (BuildFixture *fixture, gconstpointer data)
{
  static const char *const options[] = { "--as-of", "2026-04-20", "--facility", "1310000001", NULL };
  guint n = 0;

  build_fixture_write (fixture, "x/a.xml", SET_CDA ("1", "a", PERSON), -1);
  build_fixture_write (fixture, "x/b.xml", SET_CDA ("1", "a", PERSON), -1);
  build_fixture_write (fixture, "x/c.xml", SET_CDA ("2", "c", PERSON), -1);
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  for (guint i = 0; i < build_fixture_count (fixture, "record"); i++)
    n += is_live (build_fixture_line (fixture, "record", i));
  g_assert_cmpuint (n, ==, 2);
}

/* What no reader reads is text: other XML, a note that begins like a tag, JSON. A "-" is words like
 * others. */
static void
test_kept_as_text (BuildFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    const char *text;
  } cases[] = {
    { "a.xml", "<?xml version=\"1.0\"?><Mml><title>\xe7\xb5\x8c\xe9\x81\x8e</title></Mml>",
      "<?xml version=\"1.0\"?><Mml><title>経過</title></Mml>" },
    { "b.txt", "<S> \x91\xde\x89\x40 <O> none", "<S> 退院 <O> none" },
    { "c.json", "{\"resourceType\": \"Patient\", \"note\": \"x\"}",
      "{\"resourceType\": \"Patient\", \"note\": \"x\"}" },
    { "d.txt", "-", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          g_strconcat (SUMMARY_FOLDER ("1", "20260410150000321_01_1"), cases[i].name, NULL);

      build_fixture_write (fixture, path, cases[i].bytes, -1);
    }
  finish (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const cJSON *record = find (fixture, "document", cases[i].name);

      g_test_message ("%s", cases[i].name);
      g_assert_true (is_live (record));
      g_assert_cmpstr (build_text (record, "text"), ==, cases[i].text);
    }
  g_assert_cmpuint (count_details (fixture, "kept as text: fhir-json"), ==, 1);
}

/* A text beyond what a record holds is whole in its source. */
static void
test_long_text (BuildFixture *fixture, gconstpointer data)
{
  const gsize len = 1200 * 1000;
  g_autofree char *words = g_strnfill (len, 'x');
  const cJSON *record;

  memcpy (words + len - 8, " theend\n", 8);
  build_fixture_write (fixture, SUMMARY_FOLDER ("1", "20260410150000321_01_1") "a.txt", words,
                       (gssize) len);
  finish (fixture);
  record = find (fixture, "document", "a.txt");
  g_assert_cmpuint (strlen (build_text (record, "text")), ==, 1024 * 1024);
  g_assert_cmpuint (
      count_details (fixture, "too long to be shown whole: the rest is in the source message"), ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, BuildFixture, NULL, build_fixture_set_up, func, build_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/extended/vitals", test_vitals);
  ADD ("/importer/extended/versions", test_versions);
  ADD ("/importer/extended/doubts", test_doubts);
  ADD ("/importer/extended/unknown-folder", test_unknown_folder);
  ADD ("/importer/extended/texts", test_texts);
  ADD ("/importer/extended/j-speed", test_j_speed);
  ADD ("/importer/extended/own-types", test_own_types);
  ADD ("/importer/extended/refused", test_refused);
  ADD ("/importer/extended/pdf", test_pdf);
  ADD ("/importer/extended/folder-is-one", test_folder_is_one);
  ADD ("/importer/extended/documents", test_documents);
  ADD ("/importer/extended/replaced", test_replaced);
  ADD ("/importer/extended/replaced-in-doubt", test_replaced_in_doubt);
  ADD ("/importer/extended/versions-of-set", test_versions_of_set);
  ADD ("/importer/extended/copies", test_copies);
  ADD ("/importer/extended/kept-as-text", test_kept_as_text);
  ADD ("/importer/extended/long-text", test_long_text);
  return g_test_run ();
}
