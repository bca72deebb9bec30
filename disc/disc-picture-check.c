/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-picture.h"

#include <string.h>

static guint32
be32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static guint
be16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

/* ---- PNG ------------------------------------------------------------------------------------- */

/* As cairo writes it: the chunks that pixels need, and the meaning of their bits. */
static gboolean
is_known_chunk (const guint8 *type)
{
  static const char *const types[] = { "IHDR", "PLTE", "IDAT", "IEND", "bKGD", "gAMA", "sBIT" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (memcmp (type, types[i], 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_png (const guint8 *bytes, gsize len, guint *width, guint *height)
{
  gsize at = 8;

  if (len < 8 + 25 || memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) != 0 || be32 (bytes + 8) != 13 ||
      memcmp (bytes + 12, "IHDR", 4) != 0)
    return FALSE;
  *width = be32 (bytes + 16);
  *height = be32 (bytes + 20);
  while (len - at >= 12)
    {
      guint32 n = be32 (bytes + at);

      if (n > len - at - 12 || !is_known_chunk (bytes + at + 4))
        return FALSE;
      if (memcmp (bytes + at + 4, "IEND", 4) == 0)
        return at + 12 + n == len;
      at += 12 + n;
    }
  return FALSE;
}

/* ---- JPEG ------------------------------------------------------------------------------------ */

/* Where the entropy-coded bytes end: at a marker that is neither stuffing nor a restart. */
static gsize
skip_scan (const guint8 *bytes, gsize len, gsize at)
{
  while (at + 1 < len && (bytes[at] != 0xff || bytes[at + 1] == 0 ||
                          (bytes[at + 1] >= 0xd0 && bytes[at + 1] <= 0xd7)))
    at++;
  return at;
}

/* As libjpeg writes it: JFIF, tables, one frame, scans. No comment, no EXIF, no profile. */
static gboolean
is_known_marker (guint8 marker)
{
  return marker == 0xe0 || marker == 0xdb || marker == 0xc0 || marker == 0xc1 || marker == 0xc2 ||
         marker == 0xc4 || marker == 0xda || marker == 0xdd;
}

static gboolean
check_jpeg (const guint8 *bytes, gsize len, guint *width, guint *height)
{
  gsize at = 2;
  gboolean has_frame = FALSE;

  if (len < 4 || memcmp (bytes, "\xff\xd8", 2) != 0)
    return FALSE;
  while (len - at >= 4)
    {
      guint8 marker = bytes[at + 1];
      guint n = be16 (bytes + at + 2);

      if (bytes[at] != 0xff || !is_known_marker (marker) || n < 2 || n > len - at - 2)
        return FALSE;
      if (marker >= 0xc0 && marker <= 0xc2)
        {
          if (has_frame || n < 8)
            return FALSE;
          has_frame = TRUE;
          *height = be16 (bytes + at + 5);
          *width = be16 (bytes + at + 7);
        }
      at += 2 + n;
      if (marker == 0xda)
        at = skip_scan (bytes, len, at);
      if (len - at == 2)
        return has_frame && bytes[at] == 0xff && bytes[at + 1] == 0xd9;
    }
  return FALSE;
}

const char *
disc_picture_check (const guint8 *bytes, gsize len, guint *width, guint *height)
{
  const char *type = NULL;

  *width = *height = 0;
  if (check_png (bytes, len, width, height))
    type = "image/png";
  else if (check_jpeg (bytes, len, width, height))
    type = "image/jpeg";
  return type != NULL && *width > 0 && *height > 0 ? type : NULL;
}
