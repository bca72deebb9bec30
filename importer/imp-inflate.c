/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-inflate.h"

#include "imp-error.h"

#define CHUNK 65536

typedef struct
{
  const guint8 *in;
  gsize left;
  GByteArray *out;
  gsize max_bytes;
} Inflation;

static gboolean
fail (GError **error, ImpError code, const char *why)
{
  g_set_error_literal (error, IMP_ERROR, (int) code, why);
  return FALSE;
}

/* One member of a gzip file, or all there is. */
static gboolean
inflate_member (Inflation *self, GConverter *converter, GError **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;
  guint8 chunk[CHUNK];

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n_read, n_written;

      result = g_converter_convert (converter, self->in, self->left, chunk, sizeof chunk,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      if (result == G_CONVERTER_ERROR)
        return fail (error, IMP_ERROR_UNREADABLE, "the compressed data are damaged or cut off");
      if (n_written > self->max_bytes - self->out->len)
        return fail (error, IMP_ERROR_LIMIT, "larger than the ceiling");
      g_byte_array_append (self->out, chunk, (guint) n_written);
      self->in += n_read;
      self->left -= n_read;
    }
  return TRUE;
}

GBytes *
imp_inflate (GBytes *packed, GZlibCompressorFormat format, gsize max_bytes, GError **error)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (format));
  g_autoptr (GByteArray) out = g_byte_array_new ();
  Inflation self = { .out = out, .max_bytes = MIN (max_bytes, G_MAXINT) };

  self.in = g_bytes_get_data (packed, &self.left);
  /* The library stops behind the first member without a word (spec fhir.md 0.1 fact 8). */
  do
    {
      g_converter_reset (converter);
      if (!inflate_member (&self, converter, error))
        return NULL;
    }
  while (format == G_ZLIB_COMPRESSOR_FORMAT_GZIP && self.left > 0);
  if (self.left > 0)
    {
      fail (error, IMP_ERROR_UNREADABLE, "something stands behind the compressed data");
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
