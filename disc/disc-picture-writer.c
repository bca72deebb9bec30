/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-picture-writer.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"

struct _DiscPictureWriter
{
  DiscStatement *insert;
  DiscStatement *insert_data;
  gint64 last_id; /* 0: none yet */
};

DiscPictureWriter *
disc_picture_writer_new (sqlite3 *db, GError **error)
{
  g_autoptr (DiscPictureWriter) self = g_new0 (DiscPictureWriter, 1);

  self->insert = disc_statement_new (db, "insert-picture", error);
  if (self->insert == NULL)
    return NULL;
  self->insert_data = disc_statement_new (db, "insert-picture-data", error);
  return self->insert_data != NULL ? g_steal_pointer (&self) : NULL;
}

void
disc_picture_writer_free (DiscPictureWriter *self)
{
  g_clear_pointer (&self->insert, disc_statement_free);
  g_clear_pointer (&self->insert_data, disc_statement_free);
  g_free (self);
}

static gboolean
fail_limit (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT, "more than a disc can hold: %s", what);
  return FALSE;
}

static gboolean
check (const DiscPicture *picture, GBytes *bytes, GError **error)
{
  guint width, height;
  const char *type;

  if (picture->number == 0 || picture->number > DISC_PICTURES_MAX)
    return fail_limit ("the pictures of one message", error);
  if (bytes == NULL)
    return TRUE;
  if (g_bytes_get_size (bytes) > DISC_PICTURE_MAX_BYTES)
    return fail_limit ("the bytes of one picture", error);
  type = disc_picture_check (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &width,
                             &height);
  return (g_strcmp0 (type, picture->media_type) == 0 && width == picture->width &&
          height == picture->height && MAX (width, height) <= DISC_PICTURE_MAX_EDGE) ||
         fail_limit ("a picture that is another than is said", error);
}

static void
bind_positive (DiscStatement *s, int index, gint64 value)
{
  if (value > 0)
    sqlite3_bind_int64 (s, index, value);
  else
    sqlite3_bind_null (s, index);
}

static gboolean
insert (DiscPictureWriter *self, gint64 id, const DiscPicture *picture, gint64 data, GError **error)
{
  DiscStatement *s = self->insert;

  sqlite3_bind_int64 (s, 1, id);
  disc_statement_bind_text (s, 2, picture->media_type);
  sqlite3_bind_int64 (s, 3, picture->width);
  sqlite3_bind_int64 (s, 4, picture->height);
  bind_positive (s, 5, picture->original_width);
  bind_positive (s, 6, picture->original_height);
  bind_positive (s, 7, picture->page);
  disc_statement_bind_text (s, 8, picture->name);
  sqlite3_bind_int64 (s, 9, (gint64) picture->size);
  bind_positive (s, 10, data);
  disc_statement_bind_text (s, 11, picture->absent);
  return disc_statement_run (s, error);
}

gboolean
disc_picture_writer_add (DiscPictureWriter *self, const DiscPicture *picture, GBytes *bytes,
                         GError **error)
{
  gint64 id = DISC_PICTURE_ID (picture->rid, picture->number);

  g_return_val_if_fail (picture->rid > 0 && id > self->last_id, FALSE);
  g_return_val_if_fail ((bytes != NULL) + (picture->data != 0) + (picture->absent != NULL) == 1,
                        FALSE);

  if (!check (picture, bytes, error))
    return FALSE;

  self->last_id = id;
  if (!insert (self, id, picture, bytes != NULL ? id : picture->data, error))
    return FALSE;
  if (bytes == NULL)
    return TRUE;

  sqlite3_bind_int64 (self->insert_data, 1, id);
  sqlite3_bind_blob (self->insert_data, 2, g_bytes_get_data (bytes, NULL),
                     (int) g_bytes_get_size (bytes), SQLITE_STATIC);
  return disc_statement_run (self->insert_data, error);
}
