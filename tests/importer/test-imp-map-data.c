/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files in OBX: how they are told, decoded and placed. Nothing is converted here. */
#include <string.h>

#include "map-fixture.h"

#define HEAD MAP_MSH ("ORU^R01") MAP_PID "OBR|1|1|1|EC^心電図|||20250410090000||||||||||||||||||F\n"
#define LAB_HEAD MAP_MSH ("OUL^R22") MAP_PID "SPM|1\nOBR|1|1|1|BC^生化学\n"
/* "%PDF-1.4\nabc" */
#define PDF "JVBERi0xLjQKYWJj"
/* the eight bytes that begin a PNG, and four */
#define PNG "iVBORw0KGgoAAAAN"

static const ImpMappedFile *
file_of (const MapFixture *fixture, guint i)
{
  g_assert_cmpuint (fixture->mapped->files->len, >, i);
  return g_ptr_array_index (fixture->mapped->files, i);
}

static void
check_bytes (const ImpMappedFile *file, const char *expected, gsize len)
{
  gsize own;
  const guint8 *bytes;

  g_assert_nonnull (file->attachment);
  bytes = g_bytes_get_data (file->attachment->bytes, &own);
  g_assert_cmpmem (bytes, own, expected, len);
}

/* HL7 v2.5 2.A.24 and what writers make of it. */
static void
test_values (void)
{
  static const struct
  {
    const char *value;
    const char *bytes; /* NULL: refused */
    const char *type;  /* NULL: none is said */
    const char *line;
    ImpFileCoding coding;
  } cases[] = {
    { "^AP^PDF^Base64^" PDF, "%PDF-1.4\nabc", "AP/PDF", "［添付1：AP/PDF］", IMP_FILE_BASE64 },
    { "HIS&1&L^application^pdf^BASE64^" PDF, "%PDF-1.4\nabc", "application/pdf",
      "［添付1：application/pdf］", IMP_FILE_BASE64 },
    { "^^^base64^" PDF, "%PDF-1.4\nabc", NULL, "［添付1：種類不明］", IMP_FILE_BASE64 },
    { "^^PDF^Base64^JVBERi0x\\.br\\LjQKYWJj", "%PDF-1.4\nabc", "PDF", "［添付1：PDF］",
      IMP_FILE_BASE64 },
    { "^^PDF^Base64^JVBERi0x\\X0D0A\\LjQKYWJj\\X0D\\", "%PDF-1.4\nabc", "PDF", "［添付1：PDF］",
      IMP_FILE_BASE64 },
    { "^^PDF^Base64^JVBERi0x\rLjQKYWJj", "%PDF-1.4\nabc", "PDF", "［添付1：PDF］",
      IMP_FILE_BASE64 },
    { "^^PDF^Base64^JVBERi0x\r\nLjQKYWJj", "%PDF-1.4\nabc", "PDF", "［添付1：PDF］",
      IMP_FILE_BASE64 },
    { "^PDF^Base64^" PDF, "%PDF-1.4\nabc", "PDF", "［添付1：PDF］", IMP_FILE_BASE64 },
    { PDF, "%PDF-1.4\nabc", NULL, "［添付1：種類不明］", IMP_FILE_BASE64 },
    { "^^PDF^^" PDF, "%PDF-1.4\nabc", "PDF", "［添付1：PDF］", IMP_FILE_BASE64 },
    { "^AP^PDF^Hex^255044462d312E340a616263", "%PDF-1.4\nabc", "AP/PDF", "［添付1：AP/PDF］",
      IMP_FILE_HEX },
    { "^AP^PDF^Hex^25504446\\.br\\2d312e340a616263", "%PDF-1.4\nabc", "AP/PDF", "［添付1：AP/PDF］",
      IMP_FILE_HEX },
    { "^TEXT^^A^所見\\.br\\\\T\\異常 \\S\\なし", "所見\n&異常 ^なし", "TEXT", "［添付1：TEXT］",
      IMP_FILE_TEXT },
    { "^TEXT^^A^a^b&c", "a^b&c", "TEXT", "［添付1：TEXT］", IMP_FILE_TEXT },
    { "^TEXT^^^異常なし", "異常なし", "TEXT", "［添付1：TEXT］", IMP_FILE_TEXT },
    /* nothing of it rather than a part */
    { "^AP^PDF^Base64^JVBERi0xLjQKYWJ", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］",
      IMP_FILE_BASE64 },
    { "^AP^PDF^Base64^JVBE*i0x", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］",
      IMP_FILE_BASE64 },
    { "^AP^PDF^Hex^2550444", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_HEX },
    { "^AP^PDF^Hex^25XX", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_HEX },
    { "^AP^PDF^UUE^" PDF, NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_UNKNOWN },
    { "^AP^PDF^Base64^", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_BASE64 },
    { "^AP^PDF^Base64", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_BASE64 },
    { "^AP^PDF", NULL, "AP/PDF", "［添付1：AP/PDF（読み取れません）］", IMP_FILE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message =
          g_strdup_printf (HEAD "OBX|1|ED|P^波形||%s||||||F\n", cases[i].value);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-13", message);
      const ImpMappedFile *file = file_of (fixture, 0);
      g_autofree char *line = g_strconcat ("波形: ", cases[i].line, NULL);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpuint (fixture->mapped->files->len, ==, 1);
      g_assert_cmpint (file->coding, ==, cases[i].coding);
      g_assert_cmpuint (file->record, ==, 0);
      g_assert_cmpstr (map_values (fixture, DISC_KIND_REPORT, 0, -1, DISC_FIELD_TEXT), ==, line);
      g_assert_cmpint (map_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED, 0) != NULL, ==,
                       cases[i].bytes == NULL);
      if (cases[i].bytes == NULL)
        {
          g_assert_null (file->attachment);
          g_assert_true (g_str_has_prefix (map_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED, 0),
                                           "OBX-5 of segment 4: attachment 1 is refused: "));
          continue;
        }
      check_bytes (file, cases[i].bytes, strlen (cases[i].bytes));
      g_assert_cmpstr (file->attachment->media_type, ==, cases[i].type);
      g_assert_cmpstr (file->attachment->name, ==, "添付1 波形");
      g_assert_null (map_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD, 0));
    }
}

/* What the bytes are counts; that somebody said otherwise is told. */
static void
test_declared_type (void)
{
  static const struct
  {
    const char *value;
    const char *is; /* NULL: as it is said to be */
  } cases[] = {
    { "^AP^PDF^Base64^" PDF, NULL },  { "^application^pdf^Base64^" PDF, NULL },
    { "^IM^PNG^Base64^" PNG, NULL },  { "^AP^Octet-stream^Base64^" PDF, NULL },
    { "^^^Base64^" PDF, NULL },       { "^TEXT^^A^abc", NULL },
    { "^IM^PNG^Base64^" PDF, "pdf" }, { "^IM^JPEG^Base64^" PNG, "png" },
    { "^AP^PDF^Base64^" PNG, "png" }, { "^IM^^Base64^" PDF, "pdf" },
    { "^TEXT^^Base64^" PNG, "png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message =
          g_strdup_printf (HEAD "OBX|1|ED|P^波形||%s||||||F\n", cases[i].value);
      g_autofree char *detail =
          g_strdup_printf ("OBX-5 of segment 4: attachment 1 is said to be of "
                           "another type than its bytes (%s)",
                           cases[i].is);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OMG-13", message);

      g_test_message ("%s", cases[i].value);
      g_assert_nonnull (file_of (fixture, 0)->attachment);
      g_assert_cmpstr (map_finding (fixture, IMP_FINDING_TYPE_MISMATCH, 0), ==,
                       cases[i].is != NULL ? detail : NULL);
    }
}

/* Beside words it is part of their report; of another state it is a report of its own. */
static void
test_beside_words (void)
{
  static const MapFact facts[] = {
    MAP_RECORD (REPORT, 0, TITLE, "心電図"),
    MAP_RECORD (REPORT, 0, TEXT, "所見: 洞調律|波形: ［添付1：AP/PDF］|波形: ［添付2：IM/PNG］"),
    MAP_RECORD (REPORT, 1, TEXT, "旧版: ［添付3：AP/PDF］"),
    MAP_RECORD (REPORT, 2, TEXT, "速報: ［添付4：AP/PDF］（未確定）"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OMG-13", HEAD "OBX|1|TX|S^所見||洞調律||||||F\n"
                     "OBX|2|ED|P^波形||^AP^PDF^Base64^" PDF "~^IM^PNG^Base64^" PNG "||||||F\n"
                     "OBX|3|ED|O^旧版||^AP^PDF^Base64^" PDF "||||||D\n"
                     "OBX|4|ED|Q^速報||^AP^PDF^Base64^" PDF "||||||P\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_records (fixture, DISC_KIND_REPORT), ==, 3);
  g_assert_cmpstr (map_state (fixture, DISC_KIND_REPORT, 0), ==, "completed live");
  g_assert_cmpstr (map_state (fixture, DISC_KIND_REPORT, 1), ==, "deleted dead");
  g_assert_cmpuint (fixture->mapped->files->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      static const guint records[] = { 0, 0, 1, 2 };

      g_assert_cmpuint (file_of (fixture, i)->number, ==, i + 1);
      g_assert_cmpuint (file_of (fixture, i)->record, ==, records[i]);
    }
}

/* Among results of a laboratory: the rows stay rows. */
static void
test_beside_results (void)
{
  static const MapFact facts[] = {
    MAP_ITEM (LAB, 0, 0, VALUE, "5.0"),
    MAP_RECORD (REPORT, 0, TITLE, "報告書"),
    MAP_RECORD (REPORT, 0, TEXT, "報告書: ［添付1：AP/PDF］"),
  };
  g_autoptr (MapFixture) fixture = map_fixture_new_type (
      "OML-11", LAB_HEAD "OBX|1|NM|1^項目||5.0||||||F\n"
                         "OBX|2|ED|2^報告書||^AP^PDF^Base64^" PDF "||||||F\n");

  map_check (fixture, facts);
  g_assert_cmpuint (map_n_items (fixture, DISC_KIND_LAB, 0), ==, 1);
  g_assert_cmpuint (file_of (fixture, 0)->record, ==, 1);
}

/* In any message, wherever an OBX may stand in it. */
static void
test_any_message (void)
{
  static const struct
  {
    const char *type;
    const char *message;
    const char *state;
  } cases[] = {
    { "ADT-00", MAP_MSH ("ADT^A08") MAP_PID "PV1|1|O\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "ADT-00", MAP_MSH ("ADT^A23") MAP_PID "PV1|1|O\nOBX|1|ED|1^写真||%s||||||F\n",
      "cancelled dead" },
    { "ADT-61", MAP_MSH ("ADT^A60") MAP_PID "IAM|1||1^卵\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "PPR-01", MAP_MSH ("PPR^PC1") MAP_PID "PRB|AD|20250410|1^病名\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "OMD", MAP_MSH ("OMD^O03") MAP_PID "ORC|NW|1\nODS|D||1^食\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "OMP-01",
      MAP_MSH ("RDE^O11") MAP_PID "ORC|NW|1\nRXE||1^薬|1||T\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "OMP-12",
      MAP_MSH ("RAS^O17") MAP_PID
      "ORC|OK|1\nRXA|0|1|20250410|20250410|1^薬|1\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "OMP-12",
      MAP_MSH ("RAS^O17") MAP_PID
      "ORC|OK|1\nRXA|0|1|20250410|20250410|1^薬|1\nOBX|1|ED|1^写真||%s||||||W\n",
      "entered-in-error dead" },
    { "OML-01",
      MAP_MSH ("OML^O33") MAP_PID "SPM|1\nORC|NW|1\nOBR|1|1||1^検査\nOBX|1|ED|1^写真||%s||||||O\n",
      "active live" },
    { "OML-01",
      MAP_MSH ("OML^O33") MAP_PID "SPM|1\nORC|CA|1\nOBR|1|1||1^検査\nOBX|1|ED|1^写真||%s||||||O\n",
      "cancelled dead" },
    { "OMG-01",
      MAP_MSH ("OMG^O19") MAP_PID "ORC|NW|1\nOBR|1|1||1^撮影\nOBX|1|ED|1^写真||%s||||||F\n",
      "completed live" },
    { "OMG-01",
      MAP_MSH ("OMG^O19") MAP_PID "ORC|CA|1\nOBR|1|1||1^撮影\nOBX|1|ED|1^写真||%s||||||F\n",
      "cancelled dead" },
    { "MDM", MAP_MSH ("MDM^T02") MAP_PID "TXA|1\nOBX|1|ED|1^写真||%s||||||F\n", "unknown live" },
    { "MDM", MAP_MSH ("MDM^T02") MAP_PID "TXA|1\nOBX|1||1^写真||%s||||||F\n", "unknown live" },
    { "ADT-00", MAP_MSH_P ("ADT^A08", "T") MAP_PID "OBX|1|ED|1^写真||%s||||||F\n",
      "completed dead" },
  };
  g_autofree char *many = g_strnfill (64, 'Y');
  g_autofree char *value = g_strconcat ("^AP^PDF^Base64^" PDF, many, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (cases[i].message, "%s", 2);
      g_autofree char *message = g_strconcat (parts[0], value, parts[1], NULL);
      g_autoptr (MapFixture) fixture = map_fixture_new_type (cases[i].type, message);
      const guint8 *bytes;
      gsize len;

      g_test_message ("%s", cases[i].message);
      g_assert_cmpuint (fixture->mapped->files->len, ==, 1);
      g_assert_nonnull (file_of (fixture, 0)->attachment);
      g_assert_cmpuint (map_n_records (fixture, DISC_KIND_DOCUMENT), ==, 1);
      g_assert_cmpstr (map_values (fixture, DISC_KIND_DOCUMENT, 0, -1, DISC_FIELD_TEXT), ==,
                       "写真: ［添付1：AP/PDF］");
      g_assert_cmpstr (map_state (fixture, DISC_KIND_DOCUMENT, 0), ==, cases[i].state);
      g_assert_cmpint (disc_record_set_get (fixture->set, file_of (fixture, 0)->record)->kind, ==,
                       DISC_KIND_DOCUMENT);
      /* Its bytes are in no value. */
      bytes = disc_record_builder_get (fixture->mapped->records, &len);
      g_assert_null (memmem (bytes, len, "JVBER", 5));
    }
}

/* A pointer is none, nor are words that look a little like one. */
static void
test_no_file (void)
{
  static const char *const rows[] = {
    "OBX|1|RP|1^画像||file1^FTP^AP^JPEG||||||F\n",
    "OBX|1|ST|1^備考||see ^AP^PDF^Base64^x||||||F\n",
    "OBX|1|ED|1^画像||||||||F\n",
    "OBX|1|ED|1^画像||\"\"||||||F\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *message = g_strconcat (LAB_HEAD, rows[i], NULL);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-11", message);

      g_assert_cmpuint (fixture->mapped->files->len, ==, 0);
      g_assert_cmpuint (map_n_items (fixture, DISC_KIND_LAB, 0), ==, 1);
      g_assert_cmpuint (map_n_records (fixture, DISC_KIND_REPORT), ==, 0);
    }
}

/* More than a message may have are told of once; their bytes are nowhere. */
static void
test_many (void)
{
  g_autoptr (GString) message = g_string_new (HEAD);
  g_autoptr (MapFixture) fixture = NULL;
  const guint8 *bytes;
  gsize len;

  for (guint i = 0; i < 1003; i++)
    g_string_append_printf (message, "OBX|%u|ED|P^波形||^AP^PDF^Base64^" PDF "||||||F\n", i + 1);
  fixture = map_fixture_new_type ("OMG-13", message->str);
  g_assert_cmpuint (fixture->mapped->files->len, ==, 1000);
  g_assert_cmpstr (map_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED, 0), ==,
                   "from OBX-5 of segment 1004 on: more attachments than the ceiling of 1000 for "
                   "one message");
  g_assert_null (map_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED, 1));
  bytes = disc_record_builder_get (fixture->mapped->records, &len);
  g_assert_null (memmem (bytes, len, "JVBER", 5));
  g_assert_nonnull (
      memmem (bytes, len, "［添付（読み取れません）］", strlen ("［添付（読み取れません）］")));
}

/* A file is longer than any value that is shown, and nothing of it is cut. */
static void
test_long (void)
{
  static const char *const codings[] = { "Base64", "Hex", "A" };

  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_autofree char *data = g_strnfill (4 * 1024 * 1024, 'A');
      g_autofree char *message = g_strdup_printf (MAP_MSH ("OML^O33") MAP_PID
                                                  "SPM|1\nORC|NW|1\nOBR|1|1||1^検査\n"
                                                  "OBX|1|ED|P^波形||^AP^^%s^%s\\.br\\||||||F\n",
                                                  codings[i], data);
      g_autoptr (MapFixture) fixture = map_fixture_new_type ("OML-01", message);
      static const gsize lens[] = { 3 * 1024 * 1024, 2 * 1024 * 1024, 4 * 1024 * 1024 + 1 };

      g_assert_cmpuint (g_bytes_get_size (file_of (fixture, 0)->attachment->bytes), ==, lens[i]);
      g_assert_null (map_finding (fixture, IMP_FINDING_TRUNCATED, 0));
    }
}

/* Nothing of one message stays for the next. */
static void
test_again (void)
{
  g_autoptr (MapFixture) fixture =
      map_fixture_new_type ("OMG-13", HEAD "OBX|1|ED|P^波形||^AP^PDF^Base64^" PDF "||||||F\n");
  static const char next[] = LAB_HEAD "OBX|1|NM|1^項目||5.0||||||F\n";
  ImpName name;

  imp_name_parse (MAP_PATH ("20250410", "OML-11", "1"), &name);
  g_assert_true (imp_er7_parse (fixture->er7, next, strlen (next), NULL));
  imp_map_message (fixture->er7, &name, fixture->mapped);
  g_assert_cmpuint (fixture->mapped->files->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/map/data/values", test_values);
  g_test_add_func ("/importer/map/data/declared-type", test_declared_type);
  g_test_add_func ("/importer/map/data/beside-words", test_beside_words);
  g_test_add_func ("/importer/map/data/beside-results", test_beside_results);
  g_test_add_func ("/importer/map/data/any-message", test_any_message);
  g_test_add_func ("/importer/map/data/no-file", test_no_file);
  g_test_add_func ("/importer/map/data/many", test_many);
  g_test_add_func ("/importer/map/data/long", test_long);
  g_test_add_func ("/importer/map/data/again", test_again);
  return g_test_run ();
}
