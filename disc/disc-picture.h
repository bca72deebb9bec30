/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-reader.h"

G_BEGIN_DECLS

/*
 * Pictures of documents. They are pixels only, PNG or JPEG, as the importer encoded them anew: whoever
 * shows one decodes nothing that came from anywhere else. Their bytes stand apart from charts, and of a
 * disc of several volumes beside the sources.
 */

typedef struct
{
  gint64 rid;             /* of the message */
  guint number;           /* from 1, in the order of the document */
  const char *media_type; /* "image/png" or "image/jpeg" */
  guint width;            /* pixels */
  guint height;
  guint original_width;   /* before it was made smaller; 0: it was not */
  guint original_height;
  guint page;             /* of its file, from 1; 0 where that has none */
  const char *name;       /* (nullable): of its file, where the document has several */
  guint64 size;           /* bytes */
  gint64 data;            /* row of its bytes; 0: they are not on the disc */
  const char *absent;     /* (nullable): why not: a word of FORMAT.md */
} DiscPicture;

/** Words for DiscPicture.absent. */
#define DISC_PICTURE_BEYOND_BUDGET "budget"
#define DISC_PICTURE_TOO_LARGE "too-large"

/**
 * disc_picture_check:
 * @width: (out), @height: (out)
 *
 * Whether the bytes are a PNG or JPEG as the importer writes them: only the parts that make up pixels,
 * whole, with nothing behind. Returns: (nullable): the media type
 */
const char *disc_picture_check (const guint8 *bytes, gsize len, guint *width, guint *height);

/** disc_picture_first: number of the first picture of a record: 1, or its field PICTURES_FROM. */
guint disc_picture_first (const DiscRecord *record);
/** disc_picture_count: how many it has: its field PICTURES; no more than there can be from there
 * on. */
guint disc_picture_count (const DiscRecord *record);

/** disc_pictures_keep: of those of a message the @n from number @first on, which are those of a
 * record.
 */
void disc_pictures_keep (GPtrArray *pictures, guint first, guint n);

/**
 * disc_reader_load_pictures: (transfer full) (element-type DiscPicture): of a message, without their
 * bytes; those that are not on the disc too. None on a disc of format 1.
 */
GPtrArray *disc_reader_load_pictures (DiscReader *self, gint64 rid, GError **error);

/**
 * disc_reader_load_picture: (transfer full): the bytes, checked to be the picture that @picture says.
 * Returns: %NULL with %DISC_ERROR_ELSEWHERE when they lie on a volume that is not at hand, with
 *   %DISC_ERROR_CORRUPT or another kind of damage, %DISC_ERROR_LIMIT when they are not on the disc
 */
GBytes *disc_reader_load_picture (DiscReader *self, const DiscPicture *picture, GError **error);

/**
 * disc_reader_count_lost_pictures: of the @n_pictures of a message from number @first on (fields
 * PICTURES and PICTURES_FROM of its record) those that cannot be read from the volume that was
 * opened, and should be on it.
 * @n_lost: (out)
 */
gboolean disc_reader_count_lost_pictures (DiscReader *self, gint64 rid, guint first,
                                          guint n_pictures, guint *n_lost, GError **error);

/**
 * disc_reader_count_lost_pictures_of_run: of messages @first_rid to @last_rid (both inclusive), as far as a
 * volume from the second on has them.
 * @first: (nullable): the first volume, which tells of all pictures
 * @is_exact: (out): %FALSE where what tells of them is lost too: at least so many
 */
gboolean disc_reader_count_lost_pictures_of_run (DiscReader *self, DiscReader *first, gint64 first_rid,
                                                 gint64 last_rid, guint *n_lost, gboolean *is_exact,
                                                 GError **error);

G_END_DECLS
