/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <tiffio.h>

#include "document-fixture.h"
#include "imp-document-private.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define B(text) text, sizeof text - 1

/* A picture with a black left half, the rest in @colour. */
static GdkPixbuf *
make_pixbuf (int width, int height, guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) half = gdk_pixbuf_new_subpixbuf (pixbuf, 0, 0, width / 2, height);

  gdk_pixbuf_fill (pixbuf, colour);
  gdk_pixbuf_fill (half, 0x000000ff);
  return g_steal_pointer (&pixbuf);
}

static GBytes *
encode (GdkPixbuf *pixbuf, const char *type, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;
  char *buffer;
  gsize len;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &len, type, &error, key, value, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, len);
}

/* The colour at a place, of what came out. */
static guint32
colour_at (const ImpDocumentPicture *picture, int x, int y)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  const guint8 *p;
  GdkPixbuf *pixbuf;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, picture->bytes, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  p = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) +
      x * gdk_pixbuf_get_n_channels (pixbuf);
  return (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];
}

static gboolean
has_bytes (GBytes *bytes, const char *text)
{
  return memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text)) !=
         NULL;
}

static void
test_depths (void)
{
  static const struct
  {
    guint32 colour;
    guint32 expected;
    guint8 bits;
    guint8 type; /* PNG 11.2.2: 0 grey, 2 colour */
  } cases[] = {
    { 0xffffffff, 0xffffff, 8, 0 },
    { 0x808080ff, 0x808080, 8, 0 },
    { 0x20c040ff, 0x20c040, 8, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (101, 50, cases[i].colour);
      g_autoptr (GBytes) bytes = encode (pixbuf, "png", "tEXt::Comment", "a hidden word");
      g_auto (ImpDocument) document = { 0 };
      const ImpDocumentPicture *picture;
      const guint8 *data;

      g_assert_true (has_bytes (bytes, "a hidden word"));
      fixture_convert (bytes, &plain, &document);
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
      picture = fixture_picture (&document, 0);
      g_assert_cmpstr (picture->media_type, ==, "image/png");
      g_assert_cmpuint (picture->width, ==, 101);
      g_assert_cmpuint (picture->height, ==, 50);
      g_assert_cmphex (colour_at (picture, 10, 10), ==, 0x000000);
      g_assert_cmphex (colour_at (picture, 90, 10), ==, cases[i].expected);
      data = g_bytes_get_data (picture->bytes, NULL);
      g_assert_cmpuint (data[24], ==, cases[i].bits);
      g_assert_cmpuint (data[25], ==, cases[i].type);
      g_assert_false (has_bytes (picture->bytes, "a hidden word"));
    }
}

/* A photograph stays a JPEG; what stands behind its end is gone. */
static void
test_photograph (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (300, 200, 0xffffffff);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) jpeg = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_auto (ImpDocument) document = { 0 };
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  const ImpDocumentPicture *picture;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guint8) g_rand_int_range (rand, 0, 256);
  jpeg = encode (pixbuf, "jpeg", "quality", "90");
  g_byte_array_append (longer, g_bytes_get_data (jpeg, NULL), (guint) g_bytes_get_size (jpeg));
  g_byte_array_append (longer, (const guint8 *) B ("and a trailer"));
  bytes = g_bytes_new (longer->data, longer->len);
  fixture_convert (bytes, &plain, &document);
  picture = fixture_picture (&document, 0);
  g_assert_cmpstr (picture->media_type, ==, "image/jpeg");
  g_assert_false (has_bytes (picture->bytes, "trailer"));
}

static void
test_scaled (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (3000, 1000, 0xffffffff);
  g_autoptr (GBytes) bytes = encode (pixbuf, "png", NULL, NULL);
  g_auto (ImpDocument) document = { 0 };
  const ImpDocumentPicture *picture;

  fixture_convert (bytes, &plain, &document);
  picture = fixture_picture (&document, 0);
  g_assert_cmpuint (picture->width, ==, 2400);
  g_assert_cmpuint (picture->height, ==, 800);
  g_assert_cmpuint (picture->original_width, ==, 3000);
  g_assert_cmpuint (picture->original_height, ==, 1000);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

static void
test_other_kinds (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (20, 10, 0xff0000ff);
  g_autoptr (GBytes) bmp = encode (pixbuf, "bmp", NULL, NULL);
  g_autoptr (GBytes) gif =
      g_bytes_new_static (B ("GIF89a\1\0\1\0\x80\0\0\xff\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"));
  g_auto (ImpDocument) from_bmp = { 0 };
  g_auto (ImpDocument) from_gif = { 0 };

  fixture_convert (bmp, &plain, &from_bmp);
  g_assert_cmphex (colour_at (fixture_picture (&from_bmp, 0), 15, 5), ==, 0xff0000);
  fixture_convert (gif, &plain, &from_gif);
  g_assert_cmphex (colour_at (fixture_picture (&from_gif, 0), 0, 0), ==, 0xff0000);
}

/* ---- TIFF ------------------------------------------------------------------------------------ */

/* (transfer full): pages of one bit, 64 x 40, as faxes are; the first black, then white ones. */
static GBytes *
make_tiff (guint n_pages, float x_resolution, float y_resolution)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("tomoshibi-XXXXXX.tiff", &path, NULL);
  TIFF *tiff = TIFFFdOpen (fd, path, "w");
  char *data;
  gsize len;

  for (guint page = 0; page < n_pages; page++)
    {
      guint8 row[8];

      memset (row, page == 0 ? 0xff : 0x00, sizeof row);
      TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, 64);
      TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, 40);
      TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 1);
      TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
      TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
      TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
      TIFFSetField (tiff, TIFFTAG_XRESOLUTION, x_resolution);
      TIFFSetField (tiff, TIFFTAG_YRESOLUTION, y_resolution);
      for (guint y = 0; y < 40; y++)
        TIFFWriteScanline (tiff, row, y, 0);
      TIFFWriteDirectory (tiff);
    }
  TIFFClose (tiff);
  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  return g_bytes_new_take (data, len);
}

static void
test_tiff_pages (void)
{
  g_autoptr (GBytes) bytes = make_tiff (3, 200, 200);
  ImpDocumentLimits limits = plain;
  g_auto (ImpDocument) document = { 0 };
  g_auto (ImpDocument) cut = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_cmpuint (document.n_pages, ==, 3);
  g_assert_cmpuint (document.pictures->len, ==, 3);
  g_assert_cmpuint (fixture_picture (&document, 2)->page, ==, 3);
  g_assert_cmphex (colour_at (fixture_picture (&document, 0), 5, 5), ==, 0x000000);
  g_assert_cmphex (colour_at (fixture_picture (&document, 1), 5, 5), ==, 0xffffff);

  limits.max_pages = 2;
  fixture_convert (bytes, &limits, &cut);
  g_assert_cmpuint (cut.pictures->len, ==, 2);
  g_assert_true (fixture_has_finding (&cut, IMP_FINDING_TRUNCATED, "beyond 2"));
}

/* Fax in its normal resolution: rows are twice as far apart as columns. */
static void
test_tiff_fax (void)
{
  g_autoptr (GBytes) bytes = make_tiff (1, 204, 102);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpuint (fixture_picture (&document, 0)->width, ==, 64);
  g_assert_cmpuint (fixture_picture (&document, 0)->height, ==, 80);
  g_assert_cmpuint (fixture_picture (&document, 0)->original_height, ==, 40);
}

/* ---- hostile --------------------------------------------------------------------------------- */

static guint32
crc_of (const guint8 *bytes, gsize len)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < len; i++)
    {
      crc ^= bytes[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  return ~crc;
}

/* A PNG that says it has 100,000 x 100,000 pixels. */
static GBytes *
huge_png (void)
{
  guint8 bytes[64] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\1\x86\xa0\0\1\x86\xa0\x08\2\0\0\0";
  guint32 crc = GUINT32_TO_BE (crc_of (bytes + 12, 17));

  memcpy (bytes + 29, &crc, 4);
  memcpy (bytes + 33, "\0\0\0\x0aIDATx\x9c", 10);
  return g_bytes_new (bytes, sizeof bytes);
}

static void
assert_refused (GBytes *bytes, const char *why)
{
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_cmpuint (document.pictures->len, ==, 0);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, why));
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "a name"));
}

static void
test_huge (void)
{
  g_autoptr (GBytes) png = huge_png ();
  g_autoptr (GBytes) gif = g_bytes_new_static (
      B ("GIF89a\xff\xff\xff\xff\x80\0\0\xff\0\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;"));
  g_autoptr (GBytes) bmp = g_bytes_new_static (
      B ("BM\x3a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xa0\x86\1\0\xa0\x86\1\0\1\0\x18\0\0\0\0\0\0\0\0"
         "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
  g_autoptr (GBytes) jpeg = g_bytes_new_static (
      B ("\xff\xd8\xff\xc0\0\x11\x08\xff\xdc\xff\xdc\3\1\x11\0\2\x11\0\3\x11\0\xff\xda\0\x0c\3\1\0"
         "\2\0\3\0\0\x3f\0abc\xff\xd9"));
  g_autoptr (GBytes) tiff = g_bytes_new_static (
      B ("II*\0\x08\0\0\0\4\0\0\1\4\0\1\0\0\0\xa0\x86\1\0\1\1\4\0\1\0\0\0\xa0\x86\1\0"
         "\x11\1\4\0\1\0\0\0\x08\0\0\0\x17\1\4\0\1\0\0\0\1\0\0\0\0\0\0\0"));

  assert_refused (png, "picture");
  assert_refused (gif, "picture");
  assert_refused (bmp, "picture");
  assert_refused (jpeg, "picture");
  assert_refused (tiff, "too many pixels");
}

static void
test_damaged (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (200, 200, 0x20c040ff);
  g_autoptr (GBytes) whole = encode (pixbuf, "png", NULL, NULL);
  g_autoptr (GBytes) pages = make_tiff (3, 200, 200);
  GBytes *const files[] = { whole, pages };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (guint part = 1; part < 6; part++)
      {
        g_autoptr (GBytes) bytes =
            g_bytes_new_from_bytes (files[i], 0, g_bytes_get_size (files[i]) * part / 6);
        g_auto (ImpDocument) document = { 0 };

        fixture_convert (bytes, &plain, &document);
        g_assert_cmpint (document.verdict, !=, IMP_DOCUMENT_READ);
      }
}

/* Never carried, whatever they are called. */
static void
test_refused_kinds (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    const char *words;
  } cases[] = {
    { B ("#!/bin/sh\n"), "script, 10 bytes" },
    { B ("PK\3\4\x14\0\0\0"), "zip, 8 bytes" },
    { B ("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
      "nothing of it could be read" },
    { B ("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"), "no safe reader" },
    { B ("\0\0\0\x18"
         "ftypmp42"),
      "media" },
    { B (""), "empty" },
    { B ("GIF89a%PDF-1.4"), "mixed" },
  };
  g_autofree guint8 *dicom = g_malloc0 (200);
  g_autoptr (GBytes) picture = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].len);

      assert_refused (bytes, cases[i].words);
    }
  memcpy (dicom + 128, "DICM", 4);
  picture = g_bytes_new (dicom, 200);
  assert_refused (picture, "dicom, 200 bytes");
}

static void
test_texts (void)
{
  static const struct
  {
    const char *bytes;
    gsize len;
    const char *text;
    ImpDocumentVerdict verdict;
  } cases[] = {
    { B ("\x91\xde\x89\x40\r\nend"), "退院\nend", IMP_DOCUMENT_READ },
    { B ("one\rtwo\n"), "one\ntwo", IMP_DOCUMENT_READ },
    { B ("\xff\xfe\x00\x90\x62\x96"), "退院", IMP_DOCUMENT_READ },
    { B ("a\xe2\x80\xae"
         "b"),
      "ab", IMP_DOCUMENT_READ }, /* would turn the writing */
    { B ("MSH|^~\\&|"), "", IMP_DOCUMENT_MESSAGE },
    { B ("<ClinicalDocument/>"), "", IMP_DOCUMENT_MESSAGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].len);
      g_auto (ImpDocument) document = { 0 };

      fixture_convert (bytes, &plain, &document);
      g_assert_cmpint (document.verdict, ==, cases[i].verdict);
      g_strchomp (document.text->str);
      g_assert_cmpstr (document.text->str, ==, cases[i].text);
    }
}

static void
test_missing (void)
{
  g_autoptr (ImpAttachment) attachment = imp_attachment_new (NULL, NULL, NULL, "a/b.pdf");
  g_auto (ImpDocument) document = { 0 };

  imp_document_init (&document);
  imp_document_convert (attachment, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_MISSING_FILE, "a/b.pdf"));
}

/* What comes back from a converter in the wrong hands. */
static void
test_unpack (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (20, 20, 0xffffffff);
  g_autoptr (GBytes) png = encode (pixbuf, "png", NULL, NULL);
  g_auto (ImpDocument) document = { 0 };
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GBytes) good = NULL;
  g_auto (ImpDocument) again = { 0 };

  imp_document_init (&document);
  imp_document_append (&document, &plain, "words", -1);
  imp_document_find (&document, IMP_FINDING_IGNORED, "%s", "a detail");
  imp_document_picture (png, &plain, 0, &document);
  imp_document_pack (&document, packed);
  good = g_bytes_new (packed->data, packed->len);
  imp_document_init (&again);
  g_assert_true (imp_document_unpack (good, &plain, &again));
  g_assert_cmpstr (again.text->str, ==, "words");
  g_assert_cmpuint (again.pictures->len, ==, 1);
  g_assert_true (fixture_has_finding (&again, IMP_FINDING_IGNORED, "a detail"));

  for (guint cut = 0; cut < packed->len; cut++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (packed->data, cut);
      g_auto (ImpDocument) broken = { 0 };

      imp_document_init (&broken);
      g_assert_false (imp_document_unpack (bytes, &plain, &broken));
    }
  for (guint at = 0; at < packed->len; at++)
    {
      g_autofree guint8 *changed = g_memdup2 (packed->data, packed->len);
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) broken = { 0 };

      changed[at] ^= 0xff;
      bytes = g_bytes_new (changed, packed->len);
      imp_document_init (&broken);
      imp_document_unpack (bytes, &plain, &broken);
    }
}

/* Only what is written here passes: nothing beside pixels, nothing behind them. */
static void
test_check (void)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (20, 20, 0xffffffff);
  g_autoptr (GBytes) commented = encode (pixbuf, "png", "tEXt::Comment", "x");
  g_autoptr (GBytes) good = encode (pixbuf, "jpeg", "quality", "85");
  g_autofree guint8 *longer = g_malloc0 (g_bytes_get_size (good) + 1);
  guint width, height;

  g_assert_null (disc_picture_check (g_bytes_get_data (commented, NULL),
                                             g_bytes_get_size (commented), &width, &height));
  g_assert_cmpstr (disc_picture_check (g_bytes_get_data (good, NULL),
                                               g_bytes_get_size (good), &width, &height),
                   ==, "image/jpeg");
  g_assert_cmpuint (width, ==, 20);
  memcpy (longer, g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  g_assert_null (disc_picture_check (longer, g_bytes_get_size (good) + 1, &width, &height));
  g_assert_null (disc_picture_check (longer, g_bytes_get_size (good) - 1, &width, &height));
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-picture/depths", test_depths);
  g_test_add_func ("/importer/document-picture/photograph", test_photograph);
  g_test_add_func ("/importer/document-picture/scaled", test_scaled);
  g_test_add_func ("/importer/document-picture/other-kinds", test_other_kinds);
  g_test_add_func ("/importer/document-picture/tiff-pages", test_tiff_pages);
  g_test_add_func ("/importer/document-picture/tiff-fax", test_tiff_fax);
  g_test_add_func ("/importer/document-picture/huge", test_huge);
  g_test_add_func ("/importer/document-picture/damaged", test_damaged);
  g_test_add_func ("/importer/document-picture/refused-kinds", test_refused_kinds);
  g_test_add_func ("/importer/document-picture/texts", test_texts);
  g_test_add_func ("/importer/document-picture/missing", test_missing);
  g_test_add_func ("/importer/document-picture/unpack", test_unpack);
  g_test_add_func ("/importer/document-picture/check", test_check);
  return g_test_run ();
}
