/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures and files of CDA R2 documents: spec fhir.md 6.5, 7; SS-MIX2 spec 6.1. */
#include "config.h"

#include <string.h>

#include "cda-fixture.h"
#include "imp-error.h"
#include "imp-inflate.h"
#include "imp-limits.h"

#define NON_XML(attributes, inner)                                                                 \
  CDA_OPEN "<component><nonXMLBody><text " attributes ">" inner                                    \
           "</text></nonXMLBody></component>" CDA_CLOSE
#define MEDIA(id, value) "<entry><observationMedia ID=\"" id "\">" value "</observationMedia></entry>"
#define PDF "JVBERi0xLjQK" /* %PDF-1.4 and a line end */

static void
want_attachments (CdaFixture *fixture)
{
  g_clear_pointer (&fixture->attachments, g_ptr_array_unref);
  fixture->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
}

static const ImpAttachment *
attachment (CdaFixture *fixture, guint n)
{
  g_assert_cmpuint (fixture->attachments->len, >, n);
  return g_ptr_array_index (fixture->attachments, n);
}

static void
assert_bytes (const ImpAttachment *found, const char *expected)
{
  gsize len;
  gconstpointer bytes;

  g_assert_nonnull (found->bytes);
  bytes = g_bytes_get_data (found->bytes, &len);
  g_assert_cmpmem (bytes, len, expected, strlen (expected));
}

static void
test_body (CdaFixture *fixture, gconstpointer data)
{
  want_attachments (fixture);
  cda_map (fixture, NON_XML ("mediaType=\"application/pdf\" representation=\"B64\"", "\nJVBE\n Ri0x LjQK\n"));
  g_assert_cmpuint (fixture->attachments->len, ==, 1);
  assert_bytes (attachment (fixture, 0), "%PDF-1.4\n");
  g_assert_cmpstr (attachment (fixture, 0)->media_type, ==, "application/pdf");
  g_assert_cmpstr (attachment (fixture, 0)->name, ==, "図1");
  cda_assert_value (fixture, DISC_FIELD_TEXT, "［本文は添付ファイル：application/pdf］\n");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);

  /* a text is read, in whatever character set */
  want_attachments (fixture);
  cda_map (fixture, NON_XML ("mediaType=\"text/plain\" representation=\"B64\"", "kd6JQA=="));
  cda_assert_value (fixture, DISC_FIELD_TEXT, "退院\n");
  g_assert_cmpuint (fixture->attachments->len, ==, 0);

  /* words of another type are a file */
  want_attachments (fixture);
  cda_map (fixture, NON_XML ("mediaType=\"text/rtf\"", "{\\rtf1}"));
  assert_bytes (attachment (fixture, 0), "{\\rtf1}");
}

static void
test_pictures (CdaFixture *fixture, gconstpointer data)
{
  static const char xml[] = CDA_BODY (CDA_SECTION (
      "<title>所見</title><text><paragraph>左手 <renderMultiMedia referencedObject=\"r b\"/></paragraph>"
      "<linkHtml href=\"x_PDF\\x.PDF\">全文</linkHtml> <linkHtml href=\"http://x/y.pdf\">web</linkHtml> "
      "<linkHtml href=\"#r\">ここ</linkHtml></text>"
      "<entry><regionOfInterest ID=\"r\"><entryRelationship><observationMedia ID=\"a\">"
      "<value mediaType=\"image/gif\"><reference value=\"lefthand.gif\"/></value>"
      "</observationMedia></entryRelationship></regionOfInterest></entry>"
      MEDIA ("b", "<value mediaType=\"image/png\" representation=\"B64\">iVBO</value>")
      MEDIA ("c", "<value mediaType=\"image/jpeg\" representation=\"B64\">/9j/</value>")));

  want_attachments (fixture);
  cda_map (fixture, xml);
  cda_assert_value (fixture, DISC_FIELD_TEXT,
                    "■ 所見\n左手 [図2][図3]\n全文[図1] web ここ\n［図4：image/jpeg］\n");
  g_assert_cmpuint (fixture->attachments->len, ==, 4);
  g_assert_cmpstr (attachment (fixture, 0)->reference, ==, "x_PDF/x.PDF");
  g_assert_cmpstr (attachment (fixture, 0)->name, ==, "図1 x.PDF");
  g_assert_null (attachment (fixture, 0)->bytes);
  g_assert_cmpstr (attachment (fixture, 1)->reference, ==, "lefthand.gif");
  g_assert_cmpstr (attachment (fixture, 1)->media_type, ==, "image/gif");
  assert_bytes (attachment (fixture, 2), "\x89PN");
  g_assert_cmpstr (attachment (fixture, 2)->name, ==, "図3 b");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* A section without words shows where they are. */
static void
test_entries (CdaFixture *fixture, gconstpointer data)
{
  want_attachments (fixture);
  cda_map (fixture, CDA_BODY (CDA_SECTION (
                        "<title>図</title>"
                        MEDIA ("c", "<value mediaType=\"image/jpeg\" representation=\"B64\">/9j/</value>")
                        "<entry><observation><code displayName=\"心電図\"/><value representation=\"B64\""
                        " mediaType=\"application/pdf\">" PDF "</value></observation></entry>")));
  cda_assert_value (fixture, DISC_FIELD_TEXT, "■ 図\n[図1]\n心電図：[図2]\n");
  g_assert_cmpuint (fixture->attachments->len, ==, 2);
}

/* Data are never words. */
static void
test_data_in_text (CdaFixture *fixture, gconstpointer data)
{
  cda_assert_text (fixture, CDA_OPEN "<component><structuredBody>",
                   CDA_SECTION ("<title>T</title><text>a <content representation=\"B64\">" PDF
                                "</content> b</text>")
                   CDA_SECTION ("<title>U</title><entry><act><text representation=\"B64\">" PDF
                                "</text></act></entry>"),
                   "</structuredBody></component>" CDA_CLOSE,
                   "■ T\na [図1] b\n\n■ U\n　[図2]\n");
}

/* Without a place for them they are told as missing. */
static void
test_not_carried (CdaFixture *fixture, gconstpointer data)
{
  cda_map (fixture, NON_XML ("mediaType=\"application/pdf\" representation=\"B64\"", PDF));
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED), ==,
                   "nonXMLBody application/pdf: its content is not on the disc");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 1);
  /* nor is one that no word tells of */
  cda_map (fixture, CDA_BODY (CDA_SECTION ("<title>T</title><text>x</text>" MEDIA (
                        "c", "<value representation=\"B64\">/9j/</value>"))));
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED), ==,
                   "1 pictures or files in it are not on the disc");
}

/* Nothing that is damaged, or elsewhere, passes as a file: spec fhir.md 8, E17. */
static void
test_e17_refused (CdaFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *detail;
  } cases[] = {
    { NON_XML ("representation=\"B64\"", "JVBE!i0x"),
      "attachment 1 is refused: not base64 from character 5 on" },
    { NON_XML ("representation=\"B64\"", "JVBERi0"), "attachment 1 is refused: the base64 is cut off" },
    { NON_XML ("representation=\"B64\"", " "), "attachment 1 is refused: it is empty" },
    { NON_XML ("mediaType=\"x/y\"", ""), "attachment 1 is refused: it is empty" },
    { NON_XML ("representation=\"B64\" compression=\"BZ\"", PDF),
      "attachment 1 is refused: compressed in a way that is not known" },
    { NON_XML ("representation=\"B64\" compression=\"GZ\"", PDF),
      "attachment 1 is refused: the compressed data are damaged or cut off" },
    { NON_XML ("representation=\"B64\" integrityCheck=\"2jmj7l5rSw0yVb/vlWAYkK/YBwk=\"", PDF),
      "attachment 1 is refused: its checksum is another one" },
    { NON_XML ("", "<reference value=\"../x.pdf\"/>"),
      "attachment 1 is refused: it is not in the folder of the document" },
    { NON_XML ("", "<reference value=\"file:///etc/passwd\"/>"),
      "attachment 1 is refused: it is not in the folder of the document" },
    { NON_XML ("", "<reference value=\"C:\\x.pdf\"/>"),
      "attachment 1 is refused: it is not in the folder of the document" },
    { NON_XML ("", "<reference value=\"http://x/y.pdf\"/>"),
      "attachment 1 is refused: it is not in the folder of the document" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      want_attachments (fixture);
      cda_map (fixture, cases[i].xml);
      g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED), ==, cases[i].detail);
      g_assert_cmpuint (fixture->attachments->len, ==, 0);
      text = cda_values (fixture, DISC_FIELD_TEXT);
      g_assert_nonnull (strstr (text, "（読み取れません）］"));
    }
}

/* SHA-1 of the empty text is in the list above; these are of the file. */
static void
test_sums (CdaFixture *fixture, gconstpointer data)
{
  g_autofree char *sha1 = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *xml = NULL;
  guint8 digest[32];
  gsize len = sizeof digest;
  g_autoptr (GChecksum) first = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GChecksum) second = g_checksum_new (G_CHECKSUM_SHA256);

  g_checksum_update (first, (const guchar *) "%PDF-1.4\n", 9);
  g_checksum_get_digest (first, digest, &len);
  sha1 = g_base64_encode (digest, len);
  len = sizeof digest;
  g_checksum_update (second, (const guchar *) "%PDF-1.4\n", 9);
  g_checksum_get_digest (second, digest, &len);
  sha256 = g_base64_encode (digest, len);
  xml = g_strdup_printf (
      CDA_OPEN "<component><nonXMLBody><text representation=\"B64\" integrityCheck=\"%s\">" PDF
               "</text></nonXMLBody></component><component><nonXMLBody><text representation=\"B64\" "
               "integrityCheckAlgorithm=\"SHA-256\" integrityCheck=\"%s\">" PDF
               "</text></nonXMLBody></component>" CDA_CLOSE,
      sha1, sha256);
  want_attachments (fixture);
  cda_map (fixture, xml);
  g_assert_cmpuint (fixture->attachments->len, ==, 2);
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* ---- compressed ----------------------------------------------------------------------------- */

static GByteArray *
deflate (const void *bytes, gsize len, GZlibCompressorFormat format)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (format, 9));
  GByteArray *out = g_byte_array_new ();
  GConverterResult result = G_CONVERTER_CONVERTED;
  guint8 chunk[65536];

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n_read, n_written;

      result = g_converter_convert (converter, bytes, len, chunk, sizeof chunk,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (out, chunk, (guint) n_written);
      bytes = (const guint8 *) bytes + n_read;
      len -= n_read;
    }
  return out;
}

static char *
packed_body (const char *compression, GByteArray *bytes)
{
  g_autofree char *text = g_base64_encode (bytes->data, bytes->len);

  return g_strconcat (CDA_OPEN "<component><nonXMLBody><text representation=\"B64\" compression=\"",
                      compression, "\">", text, "</text></nonXMLBody></component>" CDA_CLOSE, NULL);
}

static void
test_compressed (CdaFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    GZlibCompressorFormat format;
  } formats[] = {
    { "DF", G_ZLIB_COMPRESSOR_FORMAT_RAW },
    { "GZ", G_ZLIB_COMPRESSOR_FORMAT_GZIP },
    { "ZL", G_ZLIB_COMPRESSOR_FORMAT_ZLIB },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GByteArray) bytes = deflate ("%PDF", 4, formats[i].format);
      g_autofree char *xml = packed_body (formats[i].name, bytes);

      want_attachments (fixture);
      cda_map (fixture, xml);
      assert_bytes (attachment (fixture, 0), "%PDF");
    }
}

/* 1 GB in 1 MB; and many of 40 MB, each below the ceiling. */
static void
test_bombs (CdaFixture *fixture, gconstpointer data)
{
  const gsize len = 40 * 1024 * 1024;
  g_autofree guint8 *zeros = g_malloc0 (len);
  g_autoptr (GByteArray) member = deflate (zeros, len, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) bomb = g_byte_array_new ();
  g_autofree char *xml = NULL;
  g_autofree char *part = NULL;
  g_autoptr (GString) many = g_string_new (CDA_OPEN "<component><structuredBody><component><section>");

  for (guint i = 0; i < 26; i++)
    g_byte_array_append (bomb, member->data, member->len);
  xml = packed_body ("GZ", bomb);
  want_attachments (fixture);
  cda_map (fixture, xml);
  g_assert_cmpuint (fixture->attachments->len, ==, 0);
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED), ==,
                   "attachment 1 is refused: larger than the ceiling");

  part = g_base64_encode (member->data, member->len);
  for (guint i = 0; i < 10; i++)
    g_string_append_printf (many, MEDIA ("x", "<value representation=\"B64\" compression=\"GZ\">%s</value>"),
                            part);
  g_string_append (many, "</section></component></structuredBody></component>" CDA_CLOSE);
  want_attachments (fixture);
  cda_map (fixture, many->str);
  g_assert_cmpuint (fixture->attachments->len, ==, 1);
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 9);
}

static void
test_inflate (void)
{
  g_autoptr (GByteArray) first = deflate ("ab", 2, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) second = deflate ("cd", 2, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GByteArray) zlib = deflate ("ab", 2, G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GBytes) both = NULL;
  g_autoptr (GBytes) cut = NULL;
  g_autoptr (GBytes) garbage = NULL;
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GError) error = NULL;

  /* the library stops behind the first member without a word: spec fhir.md 0.1 fact 8 */
  g_byte_array_append (first, second->data, second->len);
  both = g_bytes_new (first->data, first->len);
  cut = g_bytes_new (first->data, first->len - 3);
  out = imp_inflate (both, G_ZLIB_COMPRESSOR_FORMAT_GZIP, 4, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (out, NULL), g_bytes_get_size (out), "abcd", 4);
  g_assert_null (imp_inflate (both, G_ZLIB_COMPRESSOR_FORMAT_GZIP, 3, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (imp_inflate (cut, G_ZLIB_COMPRESSOR_FORMAT_GZIP, 100, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_byte_array_append (zlib, (const guint8 *) "x", 1);
  garbage = g_bytes_new (zlib->data, zlib->len);
  g_assert_null (imp_inflate (garbage, G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 100, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (imp_inflate (none, G_ZLIB_COMPRESSOR_FORMAT_GZIP, 100, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
}

static void
test_many (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (CDA_OPEN "<component><structuredBody><component><section>");

  for (guint i = 0; i < IMP_MAX_ATTACHMENTS + 5; i++)
    g_string_append (xml, MEDIA ("x", "<value representation=\"B64\">AAAA</value>"));
  g_string_append (xml, "</section></component></structuredBody></component>" CDA_CLOSE);
  want_attachments (fixture);
  cda_map (fixture, xml->str);
  g_assert_cmpuint (fixture->attachments->len, ==, IMP_MAX_ATTACHMENTS);
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED), ==,
                   "1005 attachments: more than the ceiling of 1000 for one document");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cda_add ("/importer/cda-media/body", test_body);
  cda_add ("/importer/cda-media/pictures", test_pictures);
  cda_add ("/importer/cda-media/entries", test_entries);
  cda_add ("/importer/cda-media/data-in-text", test_data_in_text);
  cda_add ("/importer/cda-media/not-carried", test_not_carried);
  cda_add ("/importer/cda-media/e17-refused", test_e17_refused);
  cda_add ("/importer/cda-media/sums", test_sums);
  cda_add ("/importer/cda-media/compressed", test_compressed);
  cda_add ("/importer/cda-media/bombs", test_bombs);
  g_test_add_func ("/importer/cda-media/inflate", test_inflate);
  cda_add ("/importer/cda-media/many", test_many);
  return g_test_run ();
}
