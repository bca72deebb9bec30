/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define CATALOGUE "<< /Type /Catalog /Pages 2 0 R >>"
#define ONE_PAGE "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
#define PAGE                                                                                       \
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "                          \
  "/Resources << /Font << /F 5 0 R >> >> >>"
#define FONT "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
#define LONG_TEXT "Discharge summary of a made-up person"

/* (transfer full): a stream of these drawing commands. */
static char *
stream (const char *commands)
{
  return g_strdup_printf ("<< /Length %" G_GSIZE_FORMAT " >>\nstream\n%s\nendstream",
                          strlen (commands), commands);
}

static GBytes *
one_page (const char *catalogue, const char *page, const char *commands, const char *font)
{
  g_autofree char *contents = stream (commands);
  const char *objects[] = { catalogue, ONE_PAGE, page, contents, font, NULL };

  return fixture_pdf (objects, "");
}

static GBytes *
text_page (const char *catalogue)
{
  return one_page (catalogue, PAGE, "BT /F 12 Tf 10 100 Td (" LONG_TEXT ") Tj ET", FONT);
}

static void
test_text (void)
{
  g_autoptr (GBytes) bytes = text_page (CATALOGUE);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_nonnull (strstr (document.text->str, LONG_TEXT));
  g_assert_cmpuint (document.n_pages, ==, 1);
  g_assert_cmpuint (document.pages_without_text->len, ==, 0);
  g_assert_cmpuint (document.pictures->len, ==, 0);
}

/* Japanese without an embedded font, as printers of hospitals write it: needs the system's tables.
 */
static const char mincho[] =
    "<< /Type /Font /Subtype /Type0 /BaseFont /MS-Mincho /Encoding /90ms-RKSJ-H "
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Mincho /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor << /Type "
    "/FontDescriptor /FontName /MS-Mincho /Flags 4 /FontBBox [0 -137 1000 859] /ItalicAngle 0 "
    "/Ascent 859 /Descent -140 /CapHeight 709 /StemV 80 >> /DW 1000 >>] >>";

static void
test_japanese (void)
{
  /* 退院時サマリー in CP932, several times */
  static const char commands[] = "BT /F 12 Tf 10 100 Td <91DE89408E9E8354837D838A815B> Tj 0 -20 Td "
                                 "<91DE89408E9E8354837D838A815B> Tj 0 -20 Td "
                                 "<91DE89408E9E8354837D838A815B> Tj ET";
  g_autoptr (GBytes) bytes = one_page (CATALOGUE, PAGE, commands, mincho);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_nonnull (strstr (document.text->str, "退院時サマリー"));
}

static guint
count_dark (const ImpDocumentPicture *picture)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  guint n = 0;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, picture->bytes, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  for (int y = 0; y < gdk_pixbuf_get_height (pixbuf); y++)
    for (int x = 0; x < gdk_pixbuf_get_width (pixbuf); x++)
      n += gdk_pixbuf_read_pixels (pixbuf)[y * gdk_pixbuf_get_rowstride (pixbuf) +
                                           x * gdk_pixbuf_get_n_channels (pixbuf)] < 128;
  return n;
}

/* The fonts of the system can be read in confinement: one kanji of 150 points is drawn. */
static void
test_drawn (void)
{
  g_autoptr (GBytes) bytes =
      one_page (CATALOGUE, PAGE, "BT /F 150 Tf 50 30 Td <91DE> Tj ET", mincho);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_nonnull (strstr (document.text->str, "退"));
  g_assert_cmpuint (document.pages_without_text->len, ==, 1);
  g_assert_cmpuint (count_dark (fixture_picture (&document, 0)), >, 2000);
}

/* A scan: no text, so its pixels are carried. 300 x 200 points at 150 dpi are 625 x 416. */
static void
test_scan (void)
{
  g_autoptr (GBytes) bytes =
      one_page (CATALOGUE, PAGE,
                "q 300 0 0 200 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00FF8040> EI Q", FONT);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_cmpuint (document.pages_without_text->len, ==, 1);
  g_assert_cmpuint (g_array_index (document.pages_without_text, guint, 0), ==, 1);
  g_assert_cmpuint (document.pictures->len, ==, 1);
  g_assert_cmpuint (fixture_picture (&document, 0)->page, ==, 1);
  g_assert_cmpuint (fixture_picture (&document, 0)->width, ==, 625);
  g_assert_cmpuint (fixture_picture (&document, 0)->height, ==, 416);
}

static void
test_all_pages (void)
{
  g_autoptr (GBytes) bytes = text_page (CATALOGUE);
  ImpDocumentLimits limits = plain;
  g_auto (ImpDocument) document = { 0 };

  limits.draws_all_pages = TRUE;
  fixture_convert (bytes, &limits, &document);
  g_assert_nonnull (strstr (document.text->str, LONG_TEXT));
  g_assert_cmpuint (document.pages_without_text->len, ==, 0);
  g_assert_cmpuint (document.pictures->len, ==, 1);
}

/* Nothing found is not nothing there. */
static void
test_no_pages (void)
{
  static const char *const objects[] = { CATALOGUE, "<< /Type /Pages /Count 0 /Kids [] >>", NULL };
  g_autoptr (GBytes) bytes = fixture_pdf (objects, "");
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_UNREADABLE, "no pages"));
}

/* No room for the pixels: counted and named. */
static void
test_budget (void)
{
  g_autoptr (GBytes) bytes = one_page (CATALOGUE, PAGE, "0 0 100 100 re f", FONT);
  ImpDocumentLimits limits = plain;
  g_auto (ImpDocument) document = { 0 };

  limits.picture_bytes = 50;
  fixture_convert (bytes, &limits, &document);
  g_assert_cmpuint (document.pictures->len, ==, 0);
  g_assert_cmpuint (document.n_pictures_dropped, ==, 1);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "page 1"));
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
}

static void
test_pages (void)
{
  g_autofree char *first = stream ("BT /F 12 Tf 10 100 Td (The first page of this document) Tj ET");
  g_autofree char *second =
      stream ("BT /F 12 Tf 10 100 Td (The second page of this document) Tj ET");
  const char *objects[] = {
    CATALOGUE,
    "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 5 0 R /Resources << /Font << "
    "/F 7 0 R >> >> >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 6 0 R /Resources << /Font << "
    "/F 7 0 R >> >> >>",
    first,
    second,
    FONT,
    NULL,
  };
  g_autoptr (GBytes) bytes = fixture_pdf (objects, "");
  ImpDocumentLimits limits = plain;
  g_auto (ImpDocument) document = { 0 };
  g_auto (ImpDocument) cut = { 0 };
  g_auto (GStrv) pages = NULL;

  fixture_convert (bytes, &plain, &document);
  pages = g_strsplit (document.text->str, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), ==, 2);
  g_assert_nonnull (strstr (pages[0], "first"));
  g_assert_nonnull (strstr (pages[1], "second"));

  limits.max_pages = 1;
  fixture_convert (bytes, &limits, &cut);
  g_assert_null (strstr (cut.text->str, "second"));
  g_assert_cmpuint (cut.n_pages, ==, 2);
  g_assert_true (fixture_has_finding (&cut, IMP_FINDING_TRUNCATED, "pages 2 to 2"));
  g_assert_cmpint (cut.verdict, ==, IMP_DOCUMENT_PARTLY);
}

static void
test_text_limit (void)
{
  g_autoptr (GBytes) bytes = text_page (CATALOGUE);
  ImpDocumentLimits limits = plain;
  g_auto (ImpDocument) document = { 0 };

  limits.text_bytes = 9;
  fixture_convert (bytes, &limits, &document);
  g_assert_cmpstr (document.text->str, ==, "Discharge");
  g_assert_true (document.is_text_cut);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_TRUNCATED, "text"));
}

static void
test_password (void)
{
  g_autofree char *contents = stream ("BT ET");
  const char *objects[] = {
    CATALOGUE,
    ONE_PAGE,
    PAGE,
    contents,
    FONT,
    "<< /Filter /Standard /V 1 /R 2 /P -4 "
    "/O <0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10> "
    "/U <0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10> >>",
    NULL,
  };
  g_autoptr (GBytes) bytes = fixture_pdf (objects, "/Encrypt 6 0 R /ID [<01> <01>]");
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "password"));
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "a name"));
}

/* The words are read, what acts is named. */
static void
test_active (void)
{
  static const struct
  {
    const char *catalogue;
    const char *page;
    const char *words;
  } cases[] = {
    { "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x\\(\\)) >> >>", PAGE,
      "JavaScript" },
    { "<< /Type /Catalog /Pages 2 0 R /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS "
      "(x) >>] >> >> >>",
      PAGE, "JavaScript" },
    { CATALOGUE,
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << "
      "/F 5 0 R >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F "
      "(x.exe) >> >>] >>",
      "start a program" },
    { "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec "
      "/F (a.exe) /EF << /F 4 0 R >> >>] >> >> >>",
      PAGE, "embedded file" },
    { "<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 4 0 R /Fields [] >> >>", PAGE, "XFA" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = one_page (cases[i].catalogue, cases[i].page,
                                           "BT /F 12 Tf 10 100 Td (" LONG_TEXT ") Tj ET", FONT);
      g_auto (ImpDocument) document = { 0 };

      fixture_convert (bytes, &plain, &document);
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].words));
      g_assert_nonnull (strstr (document.text->str, LONG_TEXT));
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_PARTLY);
    }
}

/* Made to hurt; each gives a verdict, none takes long. */
static void
test_hostile (void)
{
  static const char *const cases[][3] = {
    /* a million pages that are not there */
    { CATALOGUE, "<< /Type /Pages /Count 1000000 /Kids [3 0 R] >>", PAGE },
    /* a tree that is its own branch */
    { CATALOGUE, "<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 3 0 R] >>", PAGE },
    { CATALOGUE, "<< /Type /Pages /Count -5 /Kids [3 0 R] >>", PAGE },
    { CATALOGUE, ONE_PAGE,
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000000000 1000000000] >>" },
    { CATALOGUE, ONE_PAGE, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] >>" },
    { CATALOGUE, ONE_PAGE, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 19000 1] >>" },
    { "<< /Type /Catalog /Pages 1 0 R >>", ONE_PAGE, PAGE },
    { "[[[[", "<<<<", "((((" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *objects[] = { cases[i][0], cases[i][1], cases[i][2], FONT, FONT, NULL };
      g_autoptr (GBytes) bytes = fixture_pdf (objects, "");
      g_auto (ImpDocument) document = { 0 };

      fixture_convert (bytes, &plain, &document);
      g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_PDF);
    }
}

static void
test_cut_off (void)
{
  g_autoptr (GBytes) whole = text_page (CATALOGUE);
  gsize len = g_bytes_get_size (whole);

  for (guint part = 1; part < 8; part++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (whole, 0, len * part / 8);
      g_auto (ImpDocument) document = { 0 };

      fixture_convert (bytes, &plain, &document);
    }
}

/* A drawing that never ends: the process is ended, the words are read without the drawing. */
static void
test_endless (void)
{
  /* Each form draws the next ten times: 10^9 times in all. */
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = NULL;
  g_auto (ImpDocument) document = { 0 };
  ImpDocumentLimits limits = plain;

  g_ptr_array_add (objects, g_strdup (CATALOGUE));
  g_ptr_array_add (objects, g_strdup (ONE_PAGE));
  g_ptr_array_add (objects,
                   g_strdup ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents "
                             "4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"));
  g_ptr_array_add (objects, stream ("/X Do"));
  for (guint i = 5; i < 15; i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);

      for (guint j = 0; j < 10; j++)
        g_string_append (body, i < 14 ? "/X Do 0 0 9 9 re f " : "0 0 300 200 re f ");
      g_ptr_array_add (
          objects, g_strdup_printf ("<< /Type /XObject /Subtype /Form /BBox [0 0 300 200] /Length "
                                    "%u /Resources << /XObject << /X %u 0 R >> >> >>\nstream\n"
                                    "%s\nendstream",
                                    (guint) body->len, i + 1, body->str));
    }
  g_ptr_array_add (objects, g_strdup ("null"));
  g_ptr_array_add (objects, NULL);
  bytes = fixture_pdf ((const char *const *) objects->pdata, "");
  limits.cpu_seconds = 1;
  limits.wall_seconds = 30;
  fixture_convert (bytes, &limits, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "too long"));
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-pdf/text", test_text);
  g_test_add_func ("/importer/document-pdf/japanese", test_japanese);
  g_test_add_func ("/importer/document-pdf/drawn", test_drawn);
  g_test_add_func ("/importer/document-pdf/scan", test_scan);
  g_test_add_func ("/importer/document-pdf/all-pages", test_all_pages);
  g_test_add_func ("/importer/document-pdf/no-pages", test_no_pages);
  g_test_add_func ("/importer/document-pdf/budget", test_budget);
  g_test_add_func ("/importer/document-pdf/pages", test_pages);
  g_test_add_func ("/importer/document-pdf/text-limit", test_text_limit);
  g_test_add_func ("/importer/document-pdf/password", test_password);
  g_test_add_func ("/importer/document-pdf/active", test_active);
  g_test_add_func ("/importer/document-pdf/hostile", test_hostile);
  g_test_add_func ("/importer/document-pdf/cut-off", test_cut_off);
  g_test_add_func ("/importer/document-pdf/endless", test_endless);
  return g_test_run ();
}
