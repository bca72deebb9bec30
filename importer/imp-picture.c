/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-picture.h"

#include <string.h>

void
imp_picture_begin_list (GByteArray *out, const guint8 digest[IMP_PICTURE_DIGEST_BYTES])
{
  g_byte_array_append (out, digest, IMP_PICTURE_DIGEST_BYTES);
}

/* Read back by the same program only; the name stands behind. */
void
imp_picture_append (const ImpPicture *self, GByteArray *out)
{
  ImpPicture fixed = *self;

  fixed.name = NULL;
  g_byte_array_append (out, (const guint8 *) &fixed, sizeof fixed);
  g_byte_array_append (out, (const guint8 *) self->name, (guint) strlen (self->name) + 1);
}

gboolean
imp_picture_next (const guint8 *list, gsize len, gsize *pos, ImpPicture *out)
{
  const guint8 *end;
  gsize at = MAX (*pos, IMP_PICTURE_DIGEST_BYTES);

  if (len < at + sizeof *out)
    return FALSE;
  memcpy (out, list + at, sizeof *out);
  at += sizeof *out;
  end = memchr (list + at, '\0', len - at);
  if (end == NULL)
    return FALSE;
  out->name = (const char *) list + at;
  *pos = (gsize) (end - list) + 1;
  return TRUE;
}

const char *
imp_picture_media_type (const ImpPicture *self)
{
  return self->is_png ? "image/png" : "image/jpeg";
}
