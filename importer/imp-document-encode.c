/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define JPEG_QUALITY "85"
#define PHOTO_PIXELS_A_BYTE                                                                        \
  4 /* a PNG with more bytes than a quarter of its pixels is a photograph */

static gboolean
is_grey (const ImpPixels *pixels)
{
  for (guint y = 0; y < pixels->height; y++)
    {
      const guint8 *p = pixels->pixels + y * pixels->stride;

      for (guint x = 0; x < pixels->width; x++, p += 3)
        if (p[0] != p[1] || p[1] != p[2])
          return FALSE;
    }
  return TRUE;
}

static void
fill_grey_row (guint8 *row, const guint8 *p, guint width)
{
  for (guint x = 0; x < width; x++, p += 3)
    row[x] = p[0];
}

static void
fill_colour_row (guint8 *row, const guint8 *p, guint width)
{
  for (guint x = 0; x < width; x++, p += 3)
    {
      guint32 value = 0xff000000u | (guint32) p[0] << 16 | (guint32) p[1] << 8 | p[2];

      memcpy (row + 4 * (gsize) x, &value, sizeof value);
    }
}

/* cairo writes a mask as grey. */
static cairo_surface_t *
make_surface (const ImpPixels *pixels)
{
  gboolean grey = is_grey (pixels);
  cairo_surface_t *surface = cairo_image_surface_create (
      grey ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_RGB24, (int) pixels->width, (int) pixels->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  if (data == NULL)
    return surface;
  for (guint y = 0; y < pixels->height; y++)
    {
      const guint8 *from = pixels->pixels + y * pixels->stride;
      guint8 *row = data + y * stride;

      if (grey)
        fill_grey_row (row, from, pixels->width);
      else
        fill_colour_row (row, from, pixels->width);
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned int len)
{
  g_byte_array_append (closure, data, len);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full) (nullable) */
static GBytes *
encode_png (const ImpPixels *pixels)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  cairo_surface_t *surface = make_surface (pixels);
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, append_png, out);

  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS ? g_byte_array_free_to_bytes (g_steal_pointer (&out))
                                        : NULL;
}

/* (transfer full) (nullable) */
static GBytes *
encode_jpeg (const ImpPixels *pixels)
{
  g_autoptr (GdkPixbuf) pixbuf =
      gdk_pixbuf_new_from_data (pixels->pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) pixels->width,
                                (int) pixels->height, (int) pixels->stride, NULL, NULL);
  char *buffer = NULL;
  gsize len;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &len, "jpeg", NULL, "quality", JPEG_QUALITY,
                                  NULL))
    return NULL;
  return g_bytes_new_take (buffer, len);
}

/* (transfer full) (nullable) */
static GBytes *
encode (const ImpPixels *pixels)
{
  g_autoptr (GBytes) png = encode_png (pixels);
  gsize n_pixels = (gsize) pixels->width * pixels->height;
  g_autoptr (GBytes) jpeg = NULL;

  if (png != NULL && g_bytes_get_size (png) < n_pixels / PHOTO_PIXELS_A_BYTE)
    return g_steal_pointer (&png);
  jpeg = encode_jpeg (pixels);
  if (png == NULL || (jpeg != NULL && g_bytes_get_size (jpeg) < g_bytes_get_size (png)))
    return g_steal_pointer (&jpeg);
  return g_steal_pointer (&png);
}

static guint64
bytes_held (const ImpDocument *self)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->pictures->len; i++)
    sum += g_bytes_get_size (((ImpDocumentPicture *) g_ptr_array_index (self->pictures, i))->bytes);
  return sum;
}

/* (transfer full) (nullable): smaller, where an edge is too long. */
static GdkPixbuf *
scale_down (const ImpPixels *pixels, guint max_edge)
{
  g_autoptr (GdkPixbuf) whole = NULL;
  double scale = (double) max_edge / MAX (pixels->width, pixels->height);

  if (scale >= 1.0)
    return NULL;
  whole =
      gdk_pixbuf_new_from_data (pixels->pixels, GDK_COLORSPACE_RGB, FALSE, 8, (int) pixels->width,
                                (int) pixels->height, (int) pixels->stride, NULL, NULL);
  return gdk_pixbuf_scale_simple (whole, MAX (1, (int) (pixels->width * scale)),
                                  MAX (1, (int) (pixels->height * scale)), GDK_INTERP_BILINEAR);
}

static void
drop_picture (ImpDocument *self, guint page, const char *why)
{
  self->n_pictures_dropped++;
  if (page > 0)
    imp_document_find (self, IMP_FINDING_ATTACHMENT_REFUSED, "picture of page %u left out: %s",
                       page, why);
  else
    imp_document_find (self, IMP_FINDING_ATTACHMENT_REFUSED, "picture left out: %s", why);
}

void
imp_document_add_pixels (ImpDocument *self, const ImpDocumentLimits *limits,
                         const ImpPixels *pixels, guint page)
{
  g_autoptr (GdkPixbuf) smaller = scale_down (pixels, limits->max_edge);
  ImpPixels used = *pixels;
  g_autoptr (GBytes) bytes = NULL;
  ImpDocumentPicture picture = { .page = page,
                                 .original_width = pixels->original_width,
                                 .original_height = pixels->original_height };

  if (smaller != NULL)
    {
      used.width = (guint) gdk_pixbuf_get_width (smaller);
      used.height = (guint) gdk_pixbuf_get_height (smaller);
      used.stride = (gsize) gdk_pixbuf_get_rowstride (smaller);
      used.pixels = gdk_pixbuf_read_pixels (smaller);
    }
  bytes = encode (&used);
  if (bytes == NULL || g_bytes_get_size (bytes) > limits->picture_bytes - bytes_held (self))
    {
      drop_picture (self, page, bytes == NULL ? "it cannot be written" : "no room for it");
      return;
    }
  picture.media_type = disc_picture_check (
      g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &picture.width, &picture.height);
  picture.bytes = g_steal_pointer (&bytes);
  g_ptr_array_add (self->pictures, g_memdup2 (&picture, sizeof picture));
}
