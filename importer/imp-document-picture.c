/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* (nullable): the loader of each kind; TIFF has a reader of its own, as this one sees one page. */
static const char *
loader_of (ImpSniffKind kind)
{
  switch (kind)
    {
    case IMP_SNIFF_JPEG:
      return "jpeg";
    case IMP_SNIFF_PNG:
      return "png";
    case IMP_SNIFF_GIF:
      return "gif";
    case IMP_SNIFF_BMP:
      return "bmp";
    default:
      return NULL;
    }
}

/* Loaders are modules in files, which cannot be opened any more once the doors are closed. */
void
imp_document_prepare_pictures (void)
{
  static const ImpSniffKind kinds[] = { IMP_SNIFF_JPEG, IMP_SNIFF_PNG, IMP_SNIFF_GIF,
                                        IMP_SNIFF_BMP };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GdkPixbufLoader) loader =
          gdk_pixbuf_loader_new_with_type (loader_of (kinds[i]), NULL);

      if (loader != NULL)
        gdk_pixbuf_loader_close (loader, NULL);
    }
}

typedef struct
{
  guint64 max_pixels;
  guint width;
  guint height;
  gboolean is_too_large;
} Size;

/* Called when the head is read, before there is memory for pixels: a size of nothing ends it. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Size *size = data;

  size->width = (guint) MAX (width, 0);
  size->height = (guint) MAX (height, 0);
  if ((guint64) size->width * size->height > size->max_pixels)
    {
      size->is_too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
}

/* (transfer full) (nullable): RGB; what lets shine through lies on white. */
static GdkPixbuf *
flatten (GdkPixbuf *pixbuf)
{
  g_autoptr (GdkPixbuf) turned = gdk_pixbuf_apply_embedded_orientation (pixbuf);

  if (turned == NULL)
    return NULL;
  if (!gdk_pixbuf_get_has_alpha (turned))
    return g_steal_pointer (&turned);
  {
    int width = gdk_pixbuf_get_width (turned);
    int height = gdk_pixbuf_get_height (turned);
    GdkPixbuf *flat = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);

    if (flat == NULL)
      return NULL;
    gdk_pixbuf_fill (flat, 0xffffffff);
    gdk_pixbuf_composite (turned, flat, 0, 0, width, height, 0.0, 0.0, 1.0, 1.0, GDK_INTERP_NEAREST,
                          255);
    return flat;
  }
}

static void
refuse (ImpDocument *out, guint page, const char *why)
{
  out->n_pictures_dropped++;
  if (page > 0)
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "picture of page %u: %s", page, why);
  else
    imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "picture: %s", why);
}

static void
add_pixbuf (GdkPixbuf *pixbuf, const Size *size, const ImpDocumentLimits *limits, guint page,
            ImpDocument *out)
{
  g_autoptr (GdkPixbuf) flat = flatten (pixbuf);
  ImpPixels pixels = { .original_width = size->width, .original_height = size->height };

  if (flat == NULL)
    {
      refuse (out, page, "no memory for it");
      return;
    }
  pixels.width = (guint) gdk_pixbuf_get_width (flat);
  pixels.height = (guint) gdk_pixbuf_get_height (flat);
  pixels.stride = (gsize) gdk_pixbuf_get_rowstride (flat);
  pixels.pixels = gdk_pixbuf_read_pixels (flat);
  imp_document_add_pixels (out, limits, &pixels, page);
}

static gssize
last_place (const guint8 *bytes, gsize len, const char *pair)
{
  for (gsize at = len >= 2 ? len - 1 : 0; at-- > 0;)
    if (memcmp (bytes + at, pair, 2) == 0)
      return (gssize) at;
  return -1;
}

/* Whether a picture goes on to its end: the loaders of these two do not say. */
static gboolean
has_end (ImpSniffKind kind, GBytes *bytes)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  if (kind == IMP_SNIFF_PNG)
    return memmem (data, len, "IEND\xae\x42\x60\x82", 8) != NULL;
  /* The end behind the begin of the last scan; a small picture inside the head has its own. */
  if (kind == IMP_SNIFF_JPEG)
    return last_place (data, len, "\xff\xd9") > last_place (data, len, "\xff\xda");
  return TRUE;
}

/* Reads all of it, or as much as there is: half a scan is worth showing, if it is called half. */
static gboolean
feed (GdkPixbufLoader *loader, GBytes *bytes)
{
  gboolean is_whole = gdk_pixbuf_loader_write (loader, g_bytes_get_data (bytes, NULL),
                                               g_bytes_get_size (bytes), NULL);

  return gdk_pixbuf_loader_close (loader, NULL) && is_whole;
}

void
imp_document_picture (GBytes *bytes, const ImpDocumentLimits *limits, guint page, ImpDocument *out)
{
  Size size = { .max_pixels = limits->pixels };
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbufAnimation *animation;
  gboolean is_whole;
  ImpSniff sniffed;
  GdkPixbuf *pixbuf;

  imp_sniff (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &sniffed);
  if (loader_of (sniffed.kind) != NULL)
    loader = gdk_pixbuf_loader_new_with_type (loader_of (sniffed.kind), NULL);
  if (loader == NULL)
    {
      refuse (out, page, imp_sniff_word (sniffed.kind));
      return;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &size);
  is_whole = feed (loader, bytes) && has_end (sniffed.kind, bytes);
  animation = gdk_pixbuf_loader_get_animation (loader);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (size.is_too_large || pixbuf == NULL)
    {
      refuse (out, page, size.is_too_large ? "too many pixels" : "it cannot be read");
      return;
    }
  if (!is_whole)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "a picture is damaged or cut off");
  if (animation != NULL && !gdk_pixbuf_animation_is_static_image (animation))
    imp_document_find (out, IMP_FINDING_IGNORED, "of a moving picture the first one is kept");
  add_pixbuf (pixbuf, &size, limits, page, out);
}
