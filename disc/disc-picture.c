/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-picture.h"

#include <string.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-reader-private.h"

/* Columns of pictures.sql. */
enum
{
  COLUMN_ID,
  COLUMN_MEDIA_TYPE,
  COLUMN_WIDTH,
  COLUMN_HEIGHT,
  COLUMN_ORIGINAL_WIDTH,
  COLUMN_ORIGINAL_HEIGHT,
  COLUMN_PAGE,
  COLUMN_NAME,
  COLUMN_SIZE,
  COLUMN_DATA,
  COLUMN_ABSENT,
};

static void
picture_free (gpointer data)
{
  DiscPicture *picture = data;

  g_free ((char *) picture->media_type);
  g_free ((char *) picture->name);
  g_free ((char *) picture->absent);
  g_free (picture);
}

/* A picture has its bytes in the row of its own, or of another one of its message. */
static gint64
data_of (DiscStatement *s, gint64 id)
{
  gint64 data = sqlite3_column_int64 (s, COLUMN_DATA);

  return data > 0 && DISC_PICTURE_RID (data) == DISC_PICTURE_RID (id) ? data : 0;
}

static DiscPicture *
picture_new (DiscStatement *s)
{
  DiscPicture *picture = g_new0 (DiscPicture, 1);
  gint64 id = sqlite3_column_int64 (s, COLUMN_ID);

  picture->rid = DISC_PICTURE_RID (id);
  picture->number = (guint) (id & DISC_PICTURES_MAX);
  picture->media_type = disc_statement_dup_text (s, COLUMN_MEDIA_TYPE);
  picture->width = disc_statement_uint (s, COLUMN_WIDTH, DISC_PICTURE_MAX_EDGE);
  picture->height = disc_statement_uint (s, COLUMN_HEIGHT, DISC_PICTURE_MAX_EDGE);
  picture->original_width = disc_statement_uint (s, COLUMN_ORIGINAL_WIDTH, G_MAXINT);
  picture->original_height = disc_statement_uint (s, COLUMN_ORIGINAL_HEIGHT, G_MAXINT);
  picture->page = disc_statement_uint (s, COLUMN_PAGE, G_MAXINT);
  picture->name = disc_statement_dup_text (s, COLUMN_NAME);
  picture->size = disc_statement_uint (s, COLUMN_SIZE, G_MAXINT);
  picture->data = data_of (s, id);
  picture->absent = disc_statement_dup_text (s, COLUMN_ABSENT);
  return picture;
}

/* (transfer full): rows @first_id to @last_id */
static DiscStatement *
rows_of (DiscReader *self, gint64 first_id, gint64 last_id, GError **error)
{
  DiscStatement *s = disc_statement_new (disc_reader_get_db (self), "pictures", error);

  if (s != NULL)
    {
      sqlite3_bind_int64 (s, 1, first_id);
      sqlite3_bind_int64 (s, 2, last_id);
    }
  return s;
}

/* ---- of a record ---------------------------------------------------------------------------- */

guint
disc_picture_first (const DiscRecord *record)
{
  const char *first = disc_record_value (record, DISC_FIELD_PICTURES_FROM);
  guint64 number = first != NULL ? g_ascii_strtoull (first, NULL, 10) : 1;

  return (guint) CLAMP (number, 1, DISC_PICTURES_MAX);
}

guint
disc_picture_count (const DiscRecord *record)
{
  const char *n = disc_record_value (record, DISC_FIELD_PICTURES);
  guint64 room = DISC_PICTURES_MAX + 1 - disc_picture_first (record);

  return n != NULL ? (guint) MIN (g_ascii_strtoull (n, NULL, 10), room) : 0;
}

void
disc_pictures_keep (GPtrArray *pictures, guint first, guint n)
{
  for (guint i = pictures->len; i > 0; i--)
    {
      const DiscPicture *picture = g_ptr_array_index (pictures, i - 1);

      if (picture->number < first || picture->number - first >= n)
        g_ptr_array_remove_index (pictures, i - 1);
    }
}

/* ---- of a message --------------------------------------------------------------------------- */

static gboolean
has_pictures (DiscReader *self)
{
  return disc_reader_get_info (self)->format >= DISC_FORMAT_VERSION_PICTURES;
}

GPtrArray *
disc_reader_load_pictures (DiscReader *self, gint64 rid, GError **error)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (picture_free);
  g_autoptr (DiscStatement) s = NULL;
  int rc;

  if (!has_pictures (self))
    return g_steal_pointer (&pictures);
  s = rows_of (self, DISC_PICTURE_ID (rid, 1), DISC_PICTURE_ID (rid, DISC_PICTURES_MAX), error);
  if (s == NULL)
    return NULL;
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    g_ptr_array_add (pictures, picture_new (s));
  return rc == SQLITE_DONE ? g_steal_pointer (&pictures) : NULL;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static gboolean
is_as_told (const DiscPicture *picture, const guint8 *bytes, gsize len)
{
  guint width, height;
  const char *type;

  if (bytes == NULL || len != picture->size || len > DISC_PICTURE_MAX_BYTES)
    return FALSE;
  type = disc_picture_check (bytes, len, &width, &height);
  return g_strcmp0 (type, picture->media_type) == 0 && type != NULL && width == picture->width &&
         height == picture->height;
}

/* @s: stands on the row */
static GBytes *
take_bytes (const DiscPicture *picture, DiscStatement *s, GError **error)
{
  const guint8 *bytes = sqlite3_column_blob (s, 0);
  gsize len = (gsize) sqlite3_column_bytes (s, 0);

  if (bytes == NULL && sqlite3_errcode (sqlite3_db_handle (s)) == SQLITE_NOMEM)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO, "no memory for a picture");
      return NULL;
    }
  if (is_as_told (picture, bytes, len))
    return g_bytes_new (bytes, len);
  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
               "picture %u of message %" G_GINT64_FORMAT ": not as the disc says of it",
               picture->number, picture->rid);
  return NULL;
}

static GBytes *
load_here (DiscReader *self, const DiscPicture *picture, GError **error)
{
  g_autoptr (DiscStatement) s =
      disc_statement_new (disc_reader_get_db (self), "picture-data", error);
  int rc;

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, picture->data);
  rc = disc_statement_step (s, error);
  if (rc == SQLITE_ROW)
    return take_bytes (picture, s, error);
  if (rc == SQLITE_DONE)
    g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                 "picture %u of message %" G_GINT64_FORMAT " is not on the disc", picture->number,
                 picture->rid);
  return NULL;
}

GBytes *
disc_reader_load_picture (DiscReader *self, const DiscPicture *picture, GError **error)
{
  DiscStatement *elsewhere = NULL;
  GBytes *bytes;

  if (picture->data == 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT,
                   "picture %u of message %" G_GINT64_FORMAT " was left out", picture->number,
                   picture->rid);
      return NULL;
    }
  if (disc_reader_volume_of (self, picture->rid) == disc_reader_volume (self))
    return load_here (self, picture, error);
  if (!disc_volumes_find_picture (disc_reader_get_volumes (self), picture->data, &elsewhere, error))
    return NULL;
  bytes = take_bytes (picture, elsewhere, error);
  disc_volumes_done (elsewhere);
  return bytes;
}

/* ---- damage --------------------------------------------------------------------------------- */

/* Whether the volume that was opened should have it. */
static gboolean
should_be_here (DiscReader *self, const DiscPicture *picture)
{
  return picture->data != 0 &&
         disc_reader_volume_of (self, picture->rid) == disc_reader_volume (self);
}

/* @row: of what tells of it, here or on the first volume */
static gboolean
count_lost (DiscReader *self, DiscStatement *row, guint *n_lost, GError **error)
{
  g_autoptr (GError) loss = NULL;
  g_autoptr (GBytes) bytes = NULL;
  DiscPicture *picture = picture_new (row);

  if (should_be_here (self, picture))
    bytes = load_here (self, picture, &loss);
  picture_free (picture);
  if (loss == NULL)
    return TRUE;
  if (disc_reader_is_loss (self, loss))
    {
      (*n_lost)++;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&loss));
  return FALSE;
}

gboolean
disc_reader_count_lost_pictures (DiscReader *self, gint64 rid, guint first, guint n_pictures,
                                 guint *n_lost, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GError) loss = NULL;
  guint n_told = 0;
  int rc;

  *n_lost = 0;
  if (!has_pictures (self))
    return TRUE;
  if (n_pictures == 0)
    return TRUE;
  s = rows_of (self, DISC_PICTURE_ID (rid, first),
               DISC_PICTURE_ID (rid, MIN (first + n_pictures - 1, DISC_PICTURES_MAX)), error);
  if (s == NULL)
    return FALSE;
  while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
    {
      n_told++;
      if (!count_lost (self, s, n_lost, error))
        return FALSE;
    }
  if (rc != SQLITE_DONE && !disc_reader_is_loss (self, loss))
    {
      g_propagate_error (error, g_steal_pointer (&loss));
      return FALSE;
    }
  *n_lost += n_pictures > n_told ? n_pictures - n_told : 0;
  return TRUE;
}

/* So many messages in a row of whose pictures nothing can be read, and no more are tried. */
#define MAX_LOST_IN_A_ROW 65536

gboolean
disc_reader_count_lost_pictures_of_run (DiscReader *self, DiscReader *first, gint64 first_rid,
                                        gint64 last_rid, guint *n_lost, gboolean *is_exact,
                                        GError **error)
{
  DiscReader *telling = first != NULL ? first : self;
  gint64 run_first, run_last, rid;
  guint n_in_a_row = 0;

  *n_lost = 0;
  *is_exact = TRUE;
  if (!disc_reader_run (self, &run_first, &run_last))
    return TRUE;
  rid = MAX (first_rid, run_first);
  last_rid = MIN (last_rid, run_last);
  while (has_pictures (self) && rid <= last_rid && n_in_a_row < MAX_LOST_IN_A_ROW)
    {
      g_autoptr (DiscStatement) s = rows_of (telling, DISC_PICTURE_ID (rid, 0),
                                             DISC_PICTURE_ID (last_rid, DISC_PICTURES_MAX), error);
      g_autoptr (GError) loss = NULL;
      int rc;

      if (s == NULL)
        return FALSE;
      while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
        {
          rid = DISC_PICTURE_RID (sqlite3_column_int64 (s, COLUMN_ID));
          n_in_a_row = 0;
          if (!count_lost (self, s, n_lost, error))
            return FALSE;
        }
      if (rc == SQLITE_DONE)
        return TRUE;
      if (!disc_reader_is_loss (telling, loss))
        {
          g_propagate_error (error, g_steal_pointer (&loss));
          return FALSE;
        }
      *is_exact = FALSE;
      n_in_a_row++;
      rid++;
    }
  return TRUE;
}
