/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"

#include <cairo.h>
#include <gio/gio.h>
#include <string.h>

#include "imp-document-private.h"

GBytes *
fixture_pdf (const char *const *objects, const char *trailer)
{
  g_autoptr (GString) out = g_string_new ("%PDF-1.7\n");
  g_autoptr (GString) table = g_string_new (NULL);
  guint n = 1;
  gsize at;

  for (; objects[n - 1] != NULL; n++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", out->len);
      g_string_append_printf (out, "%u 0 obj\n%s\nendobj\n", n, objects[n - 1]);
    }
  at = out->len;
  g_string_append_printf (out, "xref\n0 %u\n0000000000 65535 f \n%s", n, table->str);
  g_string_append_printf (
      out, "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", n,
      trailer, at);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static void
check (const ImpDocument *document, const ImpDocumentLimits *limits)
{
  guint64 sum = 0;

  g_assert_true (g_utf8_validate_len (document->text->str, document->text->len, NULL));
  g_assert_null (memchr (document->text->str, 0, document->text->len));
  g_assert_cmpuint (document->text->len, <=, limits->text_bytes + 1);
  for (guint i = 0; i < document->pictures->len; i++)
    {
      const ImpDocumentPicture *picture = fixture_picture (document, i);
      guint width, height;

      g_assert_nonnull (disc_picture_check (g_bytes_get_data (picture->bytes, NULL),
                                                    g_bytes_get_size (picture->bytes), &width,
                                                    &height));
      g_assert_cmpuint (picture->width, ==, width);
      g_assert_cmpuint (picture->height, ==, height);
      g_assert_cmpuint (MAX (width, height), <=, limits->max_edge);
      sum += g_bytes_get_size (picture->bytes);
    }
  g_assert_cmpuint (sum, <=, limits->picture_bytes);
}

void
fixture_convert (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  g_autoptr (ImpAttachment) attachment = imp_attachment_new ("a name", "x/y", bytes, NULL);

  imp_document_init (out);
  imp_document_convert (attachment, limits, out);
  check (out, limits);
  g_test_message ("%s: %s", imp_sniff_word (out->sniffed.kind),
                  imp_document_verdict_word (out->verdict));
  for (guint i = 0; i < out->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (out->findings, i);

      g_test_message ("%s: %s", imp_finding_code_name (finding->code), finding->detail);
    }
}

void
fixture_convert_text (const char *bytes, ImpDocument *out)
{
  static const ImpDocumentLimits usual = IMP_DOCUMENT_LIMITS_INIT;
  g_autoptr (GBytes) held = g_bytes_new (bytes, strlen (bytes));

  fixture_convert (held, &usual, out);
}

gboolean
fixture_has_finding (const ImpDocument *document, ImpFindingCode code, const char *words)
{
  for (guint i = 0; i < document->findings->len; i++)
    {
      const ImpFinding *finding = g_ptr_array_index (document->findings, i);

      if (finding->code == code && strstr (finding->detail, words) != NULL)
        return TRUE;
    }
  return FALSE;
}

const ImpDocumentPicture *
fixture_picture (const ImpDocument *document, guint i)
{
  g_assert_cmpuint (i, <, document->pictures->len);
  return g_ptr_array_index (document->pictures, i);
}

/* ---- zip ------------------------------------------------------------------------------------- */

static void
append_le (GByteArray *out, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint8 byte = i < sizeof value ? (guint8) (value >> (8 * i)) : 0;

      g_byte_array_append (out, &byte, 1);
    }
}

static guint32
crc_of (const char *text)
{
  guint32 crc = 0xffffffffu;

  for (; *text != '\0'; text++)
    {
      crc ^= (guint8) *text;
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
  return ~crc;
}

static GBytes *
deflate (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (compressor));

  return g_input_stream_read_bytes (packed, 16 * 1024 * 1024, NULL, NULL);
}

static void
append_head (GByteArray *out, const char *name, const char *text, gsize n_packed,
             gboolean is_packed)
{
  append_le (out, 20, 2);
  append_le (out, 0, 2);
  append_le (out, is_packed ? 8 : 0, 2);
  append_le (out, 0, 4);
  append_le (out, crc_of (text), 4);
  append_le (out, n_packed, 4);
  append_le (out, strlen (text), 4);
  append_le (out, strlen (name), 2);
  append_le (out, 0, 2);
}

GBytes *
fixture_zip (const char *const *pairs, gboolean is_packed)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  guint n = 0;
  guint start;

  for (; pairs[2 * n] != NULL; n++)
    {
      const char *name = pairs[2 * n];
      const char *text = pairs[2 * n + 1];
      g_autoptr (GBytes) data = is_packed ? deflate (text) : g_bytes_new (text, strlen (text));
      guint at = out->len;

      append_le (out, 0x04034b50, 4);
      append_head (out, name, text, g_bytes_get_size (data), is_packed);
      g_byte_array_append (out, (const guint8 *) name, (guint) strlen (name));
      g_byte_array_append (out, g_bytes_get_data (data, NULL), (guint) g_bytes_get_size (data));

      append_le (directory, 0x02014b50, 4);
      append_le (directory, 20, 2);
      append_head (directory, name, text, g_bytes_get_size (data), is_packed);
      append_le (directory, 0, 10);
      append_le (directory, at, 4);
      g_byte_array_append (directory, (const guint8 *) name, (guint) strlen (name));
    }
  start = out->len;
  g_byte_array_append (out, directory->data, directory->len);
  append_le (out, 0x06054b50, 4);
  append_le (out, 0, 4);
  append_le (out, n, 2);
  append_le (out, n, 2);
  append_le (out, directory->len, 4);
  append_le (out, start, 4);
  append_le (out, 0, 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int len)
{
  g_byte_array_append (closure, data, len);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
fixture_png (guint width, guint height, guint seed)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  /* Grey, of a few shades: what is written as PNG again. */
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      memset (pixels + y * stride + 4 * (gsize) x, g_rand_int_range (rand, 0, 3) * 100, 3);
  cairo_surface_mark_dirty (surface);
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, append, out), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (out);
}
