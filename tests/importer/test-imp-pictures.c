/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of documents through the whole program. */
#include "config.h"

#include <string.h>

#include "disc-picture.h"

#include "build-fixture.h"
#include "document-fixture.h"

#define ID "0123456789"
#define FOLDER "012/345/" ID "/20260410/"
#define LETTERS "^紹介状^^57133-1^紹介状^LN"
#define LETTER(key, stamp) FOLDER LETTERS "/" ID "_20260410_57133-1_" key "_" stamp "_01_1/"

static void
write_bytes (BuildFixture *fixture, const char *path, GBytes *bytes)
{
  build_fixture_write (fixture, path, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
}

static void
put_scan (BuildFixture *fixture, const char *path, guint seed)
{
  g_autoptr (GBytes) png = fixture_png (120, 100, seed);

  write_bytes (fixture, path, png);
}

static void
finish (BuildFixture *fixture, const char *size)
{
  const char *const options[] = { "--as-of", "2026-04-20",
                                  size != NULL ? "--max-image-bytes" : NULL, size, NULL };

  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
}

static const cJSON *
record_in (BuildFixture *fixture, const char *in_path)
{
  for (guint i = 0; i < build_fixture_count (fixture, "record"); i++)
    {
      const cJSON *record = build_fixture_line (fixture, "record", i);

      if (strstr (build_text (cJSON_GetObjectItemCaseSensitive (record, "source"), "path"),
                  in_path) != NULL)
        return record;
    }
  g_error ("no record of %s", in_path);
}

static const cJSON *
picture_of (const cJSON *record, int i)
{
  return cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (record, "picture_list"), i);
}

static int
count_pictures (const cJSON *record)
{
  return cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (record, "picture_list"));
}

static guint
count_findings (BuildFixture *fixture, const char *words)
{
  guint n = 0;

  for (guint i = 0; i < build_fixture_count (fixture, "finding"); i++)
    {
      const char *detail = build_text (build_fixture_line (fixture, "finding", i), "detail");

      n += detail != NULL && strstr (detail, words) != NULL;
    }
  return n;
}

/* The @n-th (from 0) record of a file. */
static const cJSON *
nth_record_in (BuildFixture *fixture, const char *in_path, guint n)
{
  for (guint i = 0; i < build_fixture_count (fixture, "record"); i++)
    {
      const cJSON *record = build_fixture_line (fixture, "record", i);

      if (strstr (build_text (cJSON_GetObjectItemCaseSensitive (record, "source"), "path"),
                  in_path) != NULL &&
          n-- == 0)
        return record;
    }
  return NULL;
}

static const cJSON *
counts_of (BuildFixture *fixture)
{
  return build_fixture_line (fixture, "counts", 0);
}

/* A scan without a word is a document with a picture, and no loss. */
static void
test_scan (BuildFixture *fixture, gconstpointer data)
{
  const cJSON *record, *picture;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  put_scan (fixture, LETTER ("1", "20260410150000321") "scan.png", 1);
  finish (fixture, NULL);
  record = record_in (fixture, "scan.png");
  g_assert_null (build_text (record, "text"));
  g_assert_cmpstr (build_text (record, "pictures"), ==, "1");
  g_assert_cmpint (count_pictures (record), ==, 1);
  picture = picture_of (record, 0);
  g_assert_cmpstr (build_text (picture, "media_type"), ==, "image/png");
  g_assert_cmpint (build_number (picture, "width"), ==, 120);
  g_assert_cmpint (build_number (picture, "height"), ==, 100);
  g_assert_cmpint (build_number (picture, "original_width"), ==, -1);
  g_assert_null (build_text (picture, "absent"));
  g_assert_null (build_text (picture, "name"));
  g_assert_null (build_fixture_finding (fixture, "attachment-refused"));
  g_assert_cmpint (build_number (counts_of (fixture), "pictures"), ==, 1);
  g_assert_cmpint (build_number (counts_of (fixture), "pictures_left_out"), ==, 0);

  reader = disc_reader_open (fixture->disc, &error);
  g_assert_no_error (error);
  pictures = disc_reader_load_pictures (reader, 1 << 20, &error);
  g_assert_cmpuint (pictures->len, ==, 1);
  bytes = disc_reader_load_picture (reader, g_ptr_array_index (pictures, 0), &error);
  g_assert_no_error (error);
  len = g_bytes_get_size (bytes);
  g_assert_cmpint (build_number (picture, "bytes"), ==, (int) len);
  g_assert_cmpint (build_number (counts_of (fixture), "picture_bytes"), ==, (int) len);
}

/* Not everything that has the same words is the same: two scans under one name in two roots. */
static void
test_two_scans (BuildFixture *fixture, gconstpointer data)
{
  static const char *const options[] = { "--as-of", "2026-04-20", "--facility", "1310000001",
                                         NULL };

  put_scan (fixture, "a/" LETTER ("1", "20260410150000321") "scan.png", 1);
  put_scan (fixture, "b/" LETTER ("1", "20260410150000321") "scan.png", 2);
  put_scan (fixture, "c/" LETTER ("1", "20260410150000321") "scan.png", 2);
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  g_assert_cmpint (build_number (counts_of (fixture), "messages_identical"), ==, 1);
  g_assert_cmpint (build_number (counts_of (fixture), "pictures"), ==, 2);
}

/* (transfer full): an A4 page as it comes from a scanner: text nowhere, one picture on it. */
static GBytes *
scanned_pdf (void)
{
  const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R >>",
    "<< /Length 38 >>\nstream\n0 0 0 rg 20 20 100 200 re f          \nendstream",
    NULL
  };

  return fixture_pdf (objects, "");
}

/* Both pages look the same: the bytes are on the disc once. */
static void
test_pages (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = scanned_pdf ();
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  const DiscPicture *first, *second;
  const cJSON *record;

  write_bytes (fixture, LETTER ("1", "20260410150000321") "scan.pdf", pdf);
  finish (fixture, "2G");
  record = record_in (fixture, "scan.pdf");
  g_assert_cmpint (count_pictures (record), ==, 2);
  g_assert_cmpint (build_number (picture_of (record, 0), "page"), ==, 1);
  g_assert_cmpint (build_number (picture_of (record, 1), "page"), ==, 2);
  g_assert_cmpint (build_number (counts_of (fixture), "picture_bytes"), ==,
                   build_number (picture_of (record, 0), "bytes"));
  reader = disc_reader_open (fixture->disc, NULL);
  pictures = disc_reader_load_pictures (reader, 1 << 20, NULL);
  first = g_ptr_array_index (pictures, 0);
  second = g_ptr_array_index (pictures, 1);
  g_assert_cmpint (first->data, ==, ((gint64) 1 << 32) | 1);
  g_assert_cmpint (second->data, ==, first->data);
}

/* The newest document keeps its picture; the others say so, each with its own finding. */
static void
test_budget (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *size = NULL;
  const cJSON *record;

  put_scan (fixture, LETTER ("1", "20260410150000321") "a.png", 1);
  finish (fixture, NULL);
  size = g_strdup_printf ("%d", build_number (counts_of (fixture), "picture_bytes") * 3 / 2);
  build_fixture_tear_down (fixture, NULL);
  build_fixture_set_up (fixture, NULL);

  put_scan (fixture, LETTER ("1", "20260410150000321") "a.png", 1);
  put_scan (fixture,
            "012/345/" ID "/20260412/" LETTERS "/" ID
            "_20260412_57133-1_2_20260412150000321_01_1/b.png",
            2);
  put_scan (fixture,
            "012/345/" ID "/20260411/" LETTERS "/" ID
            "_20260411_57133-1_3_20260411150000321_01_1/c.png",
            3);
  finish (fixture, size);
  record = record_in (fixture, "b.png");
  g_assert_null (build_text (picture_of (record, 0), "absent"));
  g_assert_cmpstr (build_text (picture_of (record_in (fixture, "a.png"), 0), "absent"), ==,
                   "budget");
  g_assert_cmpstr (build_text (picture_of (record_in (fixture, "c.png"), 0), "absent"), ==,
                   "budget");
  g_assert_cmpuint (count_findings (fixture, "not on the disc of 1 pictures: number 1: beyond"), ==,
                    2);
  g_assert_cmpint (build_number (counts_of (fixture), "pictures"), ==, 3);
  g_assert_cmpint (build_number (counts_of (fixture), "pictures_left_out"), ==, 2);
}

#define CDA(body)                                                                                  \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\">"          \
  "<code code=\"18842-5\"/><title>紹介状</title><effectiveTime value=\"20260410\"/>"            \
  "<recordTarget><patientRole><id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"" ID     \
  "\"/></patientRole></recordTarget><component>" body "</component></ClinicalDocument>"

/* Files in a document: the words under the name of each, the pictures with it. */
static void
test_attachments (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) png = fixture_png (120, 100, 1);
  g_autofree char *picture = g_base64_encode (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autofree char *rtf = g_base64_encode ((const guchar *) "{\\rtf1 seen by the ward}", 24);
  g_autofree char *cda = g_strdup_printf (
      CDA ("<structuredBody><component><section><text>軽快 <renderMultiMedia "
           "referencedObject=\"ecg\"/></text>"
           "<entry><observationMedia ID=\"ecg\"><value mediaType=\"image/png\" "
           "representation=\"B64\">%s</value>"
           "</observationMedia></entry>"
           "<entry><observationMedia ID=\"letter\"><value mediaType=\"application/pdf\" "
           "representation=\"B64\">"
           "%s</value></observationMedia></entry></section></component></structuredBody>"),
      picture, rtf);
  const cJSON *record;
  const char *text;

  build_fixture_write (fixture, LETTER ("1", "20260410150000321") "main_document.xml", cda, -1);
  finish (fixture, NULL);
  record = record_in (fixture, "main_document.xml");
  text = build_text (record, "text");
  g_assert_nonnull (strstr (text, "軽快"));
  g_assert_nonnull (strstr (text, "\n【図2 letter】\nseen by the ward"));
  g_assert_cmpstr (build_text (record, "pictures"), ==, "1");
  g_assert_cmpint (count_pictures (record), ==, 1);
  g_assert_cmpstr (build_text (picture_of (record, 0), "name"), ==, "図1 ecg");
  g_assert_cmpuint (count_findings (fixture, "not on the disc"), ==, 0);
}

/* A body that is a file. */
static void
test_body (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = scanned_pdf ();
  g_autofree char *body = g_base64_encode (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
  g_autofree char *cda = g_strdup_printf (CDA ("<nonXMLBody><text mediaType=\"application/pdf\" "
                                               "representation=\"B64\">%s</text></nonXMLBody>"),
                                          body);
  const cJSON *record;

  build_fixture_write (fixture, LETTER ("1", "20260410150000321") "main_document.xml", cda, -1);
  finish (fixture, NULL);
  record = record_in (fixture, "main_document.xml");
  g_assert_cmpint (count_pictures (record), ==, 2);
  g_assert_cmpstr (build_text (picture_of (record, 0), "name"), ==, "図1");
  g_assert_cmpint (build_number (picture_of (record, 1), "page"), ==, 2);
}

/* A PDF with words on its one page, too long to be anything but a file; what is behind its end is
 * none of it. */
static GBytes *
worded_pdf (const char *words)
{
  g_autofree char *page = g_strdup_printf ("BT /F1 12 Tf 20 200 Td (%s) Tj ET", words);
  g_autofree char *content = g_strdup_printf (
      "<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%s\nendstream", strlen (page), page);
  g_autofree char *padding = g_strnfill (1200, 'x');
  g_autofree char *trailer = g_strdup_printf ("/Padding (%s)", padding);
  const char *const objects[] = {
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 4 0 R "
    "/Resources << /Font << /F1 5 0 R >> >> >>",
    content,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    NULL
  };

  return fixture_pdf (objects, trailer);
}

static char *
encode (GBytes *bytes)
{
  return g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* (transfer full): as formatters of text break it. */
static char *
in_lines (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; strlen (text) > 76; text += 76)
    g_string_append_printf (out, "%.76s\\.br\\", text);
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

/* (transfer full): of the first message of the first patient. */
static char *
first_source (BuildFixture *fixture)
{
  g_autoptr (DiscReader) reader = disc_reader_open (fixture->disc, NULL);
  g_autoptr (GError) error = NULL;
  gsize len;
  char *source = NULL;

  g_assert_true (disc_reader_load_source (reader, 1 << 20, &source, &len, &error));

  g_assert_no_error (error);
  return source;
}

/* Files inside an ORU of the extended storage: words that are found, pages as pictures, each with
 * the record that it belongs to, and no byte of them in the source. */
static void
test_message (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pdf = worded_pdf ("sinus rhythm");
  g_autoptr (GBytes) scan = scanned_pdf ();
  g_autoptr (GBytes) old = fixture_png (120, 100, 1);
  g_autofree char *words = encode (pdf);
  g_autofree char *lines = in_lines (words);
  g_autofree char *pages = encode (scan);
  g_autofree char *withdrawn = encode (old);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  g_autofree char *rest =
      g_strdup_printf ("OBR|1|1|1|EC^心電図|||20260410090000\rOBX|1|TX|S^所見||洞調律||||||F\r"
                       "OBX|2|ED|A^甲||^AP^PDF^Base64^%s||||||F\r"
                       "OBX|3|ED|C^丙||^IM^PNG^Base64^%s||||||W\r"
                       "OBX|4|ED|B^乙||^AP^PDF^Base64^%s||||||F\r",
                       lines, withdrawn, pages);
  g_autofree char *message = build_fixture_message ("ORU^R01", ID, "19520304", rest);
  const char *const search[] = { "search", fixture->disc, "sinus rhythm", NULL };
  g_autofree char *found = NULL;
  g_autofree char *source = NULL;
  const cJSON *record, *dead;

  build_fixture_write (fixture, LETTER ("1", "20260410150000321") "main_document.hl7", message, -1);
  finish (fixture, NULL);
  record = record_in (fixture, "main_document.hl7");
  g_assert_cmpstr (build_text (record, "kind"), ==, "document"); /* as its folder says */
  g_assert_cmpstr (build_text (record, "text"), ==,
                   "所見: 洞調律\n甲: ［添付1：AP/PDF］\n乙: ［添付3：AP/PDF］\n"
                   "【添付1 甲】\nsinus rhythm");
  g_assert_cmpstr (build_text (record, "pictures"), ==, "3"); /* a page of two words is drawn too */
  g_assert_null (build_text (record, "pictures_from"));
  g_assert_cmpint (count_pictures (record), ==, 3);
  g_assert_cmpstr (build_text (picture_of (record, 0), "name"), ==, "添付1 甲");
  g_assert_cmpstr (build_text (picture_of (record, 2), "name"), ==, "添付3 乙");
  g_assert_cmpint (build_number (picture_of (record, 2), "page"), ==, 2);

  dead = nth_record_in (fixture, "main_document.hl7", 1);
  g_assert_cmpstr (build_text (dead, "status"), ==, "entered-in-error");
  g_assert_cmpstr (build_text (dead, "pictures"), ==, "1");
  g_assert_cmpstr (build_text (dead, "pictures_from"), ==, "4");
  g_assert_cmpint (count_pictures (dead), ==, 1);
  g_assert_cmpint (build_number (picture_of (dead, 0), "number"), ==, 4);
  g_assert_cmpstr (build_text (picture_of (dead, 0), "name"), ==, "添付2 丙");
  g_assert_null (nth_record_in (fixture, "main_document.hl7", 2));

  g_assert_cmpint (build_fixture_run (search, &found, NULL), ==, 0);
  g_assert_nonnull (strstr (found, "main_document.hl7"));
  source = first_source (fixture);
  g_assert_nonnull (strstr (source, "||^AP^PDF^Base64^〔base64 "));
  g_assert_nonnull (strstr (source, digest));
  g_assert_null (strstr (source, "JVBER"));
  g_assert_null (strstr (source, "iVBOR"));
  g_assert_cmpuint (count_findings (fixture, "3 files in base64 left out"), ==, 1);
  g_assert_cmpuint (count_findings (fixture, "kept as text"), ==, 0);
}

/* Several messages in one file: each has its own. */
static void
test_messages (BuildFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) first = fixture_png (120, 100, 1);
  g_autoptr (GBytes) second = fixture_png (60, 50, 2);
  g_autofree char *one = encode (first);
  g_autofree char *two = encode (second);
  g_autofree char *one_rest =
      g_strdup_printf ("OBR|1|1|1|EC^心電図\rOBX|1|ED|A^甲||^IM^PNG^Base64^%s||||||F\r", one);
  g_autofree char *two_rest =
      g_strdup_printf ("OBR|1|2|2|EC^心電図\rOBX|1|ED|B^乙||^IM^PNG^Base64^%s||||||F\r", two);
  g_autofree char *a = build_fixture_message ("ORU^R01", ID, "19520304", one_rest);
  g_autofree char *b = build_fixture_message ("ORU^R01", ID, "19520304", two_rest);
  g_autofree char *both = g_strconcat (a, b, NULL);

  build_fixture_write (fixture, LETTER ("1", "20260410150000321") "main_document.hl7", both, -1);
  finish (fixture, NULL);
  for (guint i = 0; i < 2; i++)
    {
      static const int widths[] = { 120, 60 };
      const cJSON *record = nth_record_in (fixture, "main_document.hl7", i);

      g_assert_cmpint (count_pictures (record), ==, 1);
      g_assert_cmpint (build_number (picture_of (record, 0), "width"), ==, widths[i]);
      g_assert_cmpint (build_number (picture_of (record, 0), "number"), ==, 1);
    }
}

/* Pictures of a message that is nobody's stand apart with it. */
static void
test_disputed (BuildFixture *fixture, gconstpointer data)
{
  static const char *const options[] = { "--as-of", "2026-04-20", "--facility", "1310000001",
                                         NULL };
  g_autoptr (GBytes) png = fixture_png (120, 100, 1);
  g_autofree char *picture = g_base64_encode (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_autofree char *cda = g_strdup_printf (CDA ("<nonXMLBody><text mediaType=\"image/png\" "
                                               "representation=\"B64\">%s</text></nonXMLBody>"),
                                          picture);
  const cJSON *record;

  build_fixture_write (fixture,
                       "999/999/9999999999/20260410/" LETTERS
                       "/9999999999_20260410_57133-1_1_20260410150000321_01_1/main_document.xml",
                       cda, -1);
  build_fixture_build (fixture, options);
  build_fixture_export (fixture);
  record = record_in (fixture, "main_document.xml");
  g_assert_true (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (record, "disputed")));
  g_assert_cmpint (count_pictures (record), ==, 1);
}

/* A CDA document in a message is read as one, with whose it says it is above its words; one that is
 * broken is kept as the text it is. */
static void
test_cda_in_message (BuildFixture *fixture, gconstpointer data)
{
  static const char cda[] =
      CDA ("<structuredBody><component><section><title>経過</title><text><table><tbody><tr>"
           "<th>体重</th><td>52 kg</td></tr></tbody></table></text></section></component>"
           "</structuredBody>");
  static const char broken[] =
      "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>紹";
  g_autofree char *whole = g_base64_encode ((const guchar *) cda, strlen (cda));
  g_autofree char *cut = g_base64_encode ((const guchar *) broken, strlen (broken));
  g_autofree char *rest = g_strdup_printf ("OBR|1|1|1|EC^心電図|||20260410090000\r"
                                           "OBX|1|ED|A^甲||^TEXT^XML^Base64^%s||||||F\r"
                                           "OBX|2|ED|B^乙||^TEXT^XML^Base64^%s||||||F\r",
                                           whole, cut);
  g_autofree char *message = build_fixture_message ("ORU^R01", "9999999999", "19520304", rest);
  const cJSON *record;
  const char *text;

  build_fixture_write (fixture,
                       "999/999/9999999999/20260410/" LETTERS
                       "/9999999999_20260410_57133-1_1_20260410150000321_01_1/main_document.hl7",
                       message, -1);
  finish (fixture, NULL);
  record = record_in (fixture, "main_document.hl7");
  text = build_text (record, "text");
  g_assert_nonnull (strstr (text, "【添付1 甲】\n"));
  g_assert_nonnull (strstr (text, "患者番号：" ID)); /* not the number of the message: to be seen */
  g_assert_nonnull (strstr (text, "文書：紹介状\n"));
  g_assert_nonnull (strstr (text, "日付：2026-04-10\n"));
  g_assert_nonnull (strstr (text, "経過"));
  g_assert_nonnull (strstr (text, "体重"));
  g_assert_nonnull (strstr (text, "52 kg"));
  g_assert_null (strstr (text, "<td>"));
  g_assert_nonnull (strstr (text, "<title>紹"));
}

/* Pictures in a part of the disc that is gone: verify says whose and how many, and the chart is
 * whole. */
static void
test_lost (BuildFixture *fixture, gconstpointer data)
{
  g_autofree char *passphrase = g_build_filename (fixture->dir, "passphrase", NULL);
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autofree char *container = g_build_filename (fixture->disc, "TOMOSHIBI", "records.disc", NULL);
  const char *const build[] = { "build",       "--from",  fixture->storage, "--to",
                                fixture->disc, "--as-of", "2026-04-20",     "--passphrase-file",
                                passphrase,    NULL };
  const char *const verify[] = { "verify",   fixture->disc, "--json", "--passphrase-file",
                                 passphrase, NULL };
  g_autofree char *out = NULL;
  g_autofree char *bytes = NULL;
  cJSON *verified;
  const cJSON *touched;
  gsize len;

  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  g_assert_true (g_file_set_contents (passphrase, "a long passphrase\n", -1, NULL));
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *path =
          g_strdup_printf (LETTER ("%u", "20260410150000321") "scan.png", i + 1);
      g_autoptr (GBytes) png = fixture_png (300, 300, i);

      write_bytes (fixture, path, png);
    }
  g_assert_cmpint (build_fixture_run (build, NULL, NULL), ==, 0);
  g_assert_true (g_file_get_contents (container, &bytes, &len, NULL));
  memset (bytes + len / 4, 0, len / 4);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", len);
  g_assert_true (g_file_set_contents_full (container, bytes, (gssize) len, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));

  g_assert_cmpint (build_fixture_run (verify, &out, NULL), ==, 5);
  verified = cJSON_Parse (out);
  touched = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (verified, "touched"), 0);
  g_assert_cmpstr (build_text (touched, "patient"), ==, ID);
  g_assert_cmpint (build_number (touched, "lost_pictures"), >, 4);
  g_assert_cmpint (build_number (touched, "lost_pictures"), <=, 40);
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItemCaseSensitive (touched, "lost")), ==, 0);
  cJSON_Delete (verified);
  g_unsetenv ("TOMOSHIBI_KEYS");
}

static void
test_usage (BuildFixture *fixture, gconstpointer data)
{
  const char *const arguments[] = { "build",       "--from",     fixture->storage,    "--to",
                                    fixture->disc, "--unsealed", "--max-image-bytes", "much",
                                    NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (build_fixture_run (arguments, NULL, &err), ==, 2);
  g_assert_nonnull (strstr (err, "much"));
}

#define ADD(path, test)                                                                            \
  g_test_add (path, BuildFixture, NULL, build_fixture_set_up, test, build_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/pictures/scan", test_scan);
  ADD ("/importer/pictures/two-scans", test_two_scans);
  ADD ("/importer/pictures/pages", test_pages);
  ADD ("/importer/pictures/budget", test_budget);
  ADD ("/importer/pictures/attachments", test_attachments);
  ADD ("/importer/pictures/body", test_body);
  ADD ("/importer/pictures/message", test_message);
  ADD ("/importer/pictures/messages", test_messages);
  ADD ("/importer/pictures/disputed", test_disputed);
  ADD ("/importer/pictures/cda-in-message", test_cda_in_message);
  ADD ("/importer/pictures/lost", test_lost);
  ADD ("/importer/pictures/usage", test_usage);
  return g_test_run ();
}
