/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <tiffio.h>

/* Scanned papers and faxes come as TIFF of many pages; the loader of gdk-pixbuf sees the first
 * alone. */

/* A fax of 204 x 98 dots an inch is twice as wide as its paper; beyond this the numbers are wrong.
 */
#define MAX_RATIO 4.0

typedef struct
{
  const guint8 *bytes;
  gsize len;
  gsize at;
  guint n_errors;
} Memory;

/* What they print may hold words of the file: they are only counted. */
static void
on_error (thandle_t handle, const char *module, const char *format, va_list args)
{
  if (handle != NULL)
    ((Memory *) handle)->n_errors++;
}

static tmsize_t
read_memory (thandle_t handle, void *buffer, tmsize_t n)
{
  Memory *self = handle;
  gsize taken = MIN ((gsize) MAX (n, 0), self->len - self->at);

  memcpy (buffer, self->bytes + self->at, taken);
  self->at += taken;
  return (tmsize_t) taken;
}

static tmsize_t
write_nothing (thandle_t handle, void *buffer, tmsize_t n)
{
  return -1;
}

static toff_t
seek_memory (thandle_t handle, toff_t offset, int whence)
{
  Memory *self = handle;
  toff_t base = whence == SEEK_CUR ? self->at : whence == SEEK_END ? self->len : 0;

  self->at = (gsize) MIN (base + offset, (toff_t) self->len);
  return self->at;
}

static int
close_nothing (thandle_t handle)
{
  return 0;
}

static toff_t
size_memory (thandle_t handle)
{
  return ((Memory *) handle)->len;
}

static TIFF *
open_tiff (Memory *memory)
{
  TIFFSetErrorHandler (NULL);
  TIFFSetErrorHandlerExt (on_error);
  TIFFSetWarningHandler (NULL);
  /* m: not mapped; h: the head only, pages one by one */
  return TIFFClientOpen ("attachment", "rmh", memory, read_memory, write_nothing, seek_memory,
                         close_nothing, size_memory, NULL, NULL);
}

/* Dots that are not square: how much higher than its rows the picture is. */
static double
stretch_of (TIFF *tiff)
{
  float x = 0;
  float y = 0;
  double ratio;

  if (!TIFFGetField (tiff, TIFFTAG_XRESOLUTION, &x) ||
      !TIFFGetField (tiff, TIFFTAG_YRESOLUTION, &y) || !(x > 0) || !(y > 0))
    return 1.0;
  ratio = (double) x / y;
  return ratio > 1.1 && ratio < MAX_RATIO ? ratio : 1.0;
}

/* (transfer full) (nullable): on white */
static GdkPixbuf *
pixbuf_of (const guint32 *raster, guint width, guint height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
  guint8 *pixels = pixbuf != NULL ? gdk_pixbuf_get_pixels (pixbuf) : NULL;
  gsize stride = pixbuf != NULL ? (gsize) gdk_pixbuf_get_rowstride (pixbuf) : 0;

  for (guint y = 0; pixels != NULL && y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint32 value = raster[(gsize) y * width + x];
        guint white = 255 - TIFFGetA (value); /* colours are multiplied by it already */
        guint8 *p = pixels + y * stride + 3 * (gsize) x;

        p[0] = (guint8) MIN (TIFFGetR (value) + white, 255);
        p[1] = (guint8) MIN (TIFFGetG (value) + white, 255);
        p[2] = (guint8) MIN (TIFFGetB (value) + white, 255);
      }
  return pixbuf;
}

static void
add_page (GdkPixbuf *pixbuf, double stretch, const ImpDocumentLimits *limits, guint page,
          ImpDocument *out)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  g_autoptr (GdkPixbuf) square = NULL;
  ImpPixels pixels = { .original_width = (guint) width, .original_height = (guint) height };

  if (stretch > 1.0 && (double) width * height * stretch <= (double) limits->pixels)
    square = gdk_pixbuf_scale_simple (pixbuf, width, (int) (height * stretch), GDK_INTERP_NEAREST);
  if (square == NULL)
    square = g_object_ref (pixbuf);
  pixels.width = (guint) gdk_pixbuf_get_width (square);
  pixels.height = (guint) gdk_pixbuf_get_height (square);
  pixels.stride = (gsize) gdk_pixbuf_get_rowstride (square);
  pixels.pixels = gdk_pixbuf_read_pixels (square);
  imp_document_add_pixels (out, limits, &pixels, page);
}

static void
drop_page (ImpDocument *out, guint page, const char *why)
{
  out->n_pictures_dropped++;
  imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "page %u: %s", page, why);
}

static void
read_page (TIFF *tiff, const ImpDocumentLimits *limits, guint page, ImpDocument *out)
{
  g_autofree guint32 *raster = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  guint32 width = 0;
  guint32 height = 0;

  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  if (width == 0 || height == 0 || (guint64) width * height > limits->pixels)
    {
      drop_page (out, page, width == 0 || height == 0 ? "no pixels" : "too many pixels");
      return;
    }
  raster = g_try_malloc0_n ((gsize) width * height, sizeof *raster);
  if (raster == NULL ||
      !TIFFReadRGBAImageOriented (tiff, width, height, raster, ORIENTATION_TOPLEFT, 0))
    {
      drop_page (out, page, raster == NULL ? "no memory for it" : "it cannot be read");
      return;
    }
  pixbuf = pixbuf_of (raster, width, height);
  if (pixbuf != NULL)
    add_page (pixbuf, stretch_of (tiff), limits, page, out);
  else
    drop_page (out, page, "no memory for it");
}

void
imp_document_tiff (GBytes *bytes, const ImpDocumentLimits *limits, ImpDocument *out)
{
  Memory memory = { .bytes = g_bytes_get_data (bytes, NULL), .len = g_bytes_get_size (bytes) };
  TIFF *tiff = open_tiff (&memory);
  guint n = 0;
  gboolean has_more;
  gboolean is_last = FALSE;

  if (tiff == NULL)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "picture: it cannot be read");
  has_more = tiff != NULL && TIFFReadDirectory (tiff);
  while (has_more && n < limits->max_pages && imp_document_has_time (out, limits))
    {
      out->n_pages = ++n;
      read_page (tiff, limits, n, out);
      is_last = TIFFLastDirectory (tiff) != 0;
      has_more = !is_last && TIFFReadDirectory (tiff) != 0;
    }
  if (has_more)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "pages beyond %u left out", n);
  else if (n > 0 && (!is_last || memory.n_errors > 0))
    imp_document_find (out, IMP_FINDING_TRUNCATED, "damaged or cut off");
  if (tiff != NULL && n == 0)
    drop_page (out, 1, "it cannot be read");
  if (tiff != NULL)
    TIFFClose (tiff);
}
