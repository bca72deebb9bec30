/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-spill.h"

G_BEGIN_DECLS

/*
 * Pictures of a document between the two passes of the importer. Their bytes are laid aside in the
 * scratch file apart from the messages, so that no patient's pictures are ever in memory together;
 * a message carries a short list that says where they are.
 *
 * As bytes: the digest of the file that was converted, then the pictures. Two files with the same
 * words may be different scans: it is the digest that tells.
 */

#define IMP_PICTURE_DIGEST_BYTES 32

typedef struct
{
  ImpSpillPlace place; /* of its bytes */
  guint32 size;
  guint32 number;  /* from 1 in its message */
  guint32 same_as; /* number of an earlier one with the same bytes, or 0 */
  guint32 page;    /* of its file; 0 where that has none */
  guint32 width;   /* pixels */
  guint32 height;
  guint32 original_width; /* 0: it was not made smaller */
  guint32 original_height;
  gboolean is_png;  /* else JPEG */
  const char *name; /* of its file, or "" */
} ImpPicture;

/** imp_picture_begin_list: @out: empty */
void imp_picture_begin_list (GByteArray *out, const guint8 digest[IMP_PICTURE_DIGEST_BYTES]);
void imp_picture_append (const ImpPicture *self, GByteArray *out);

/**
 * imp_picture_next:
 * @pos: (inout): begins with 0
 * @out: (out): its name points into @list
 * Returns: %FALSE at the end
 */
gboolean imp_picture_next (const guint8 *list, gsize len, gsize *pos, ImpPicture *out);

/** imp_picture_media_type: "image/png" or "image/jpeg". */
const char *imp_picture_media_type (const ImpPicture *self);

G_END_DECLS
