/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-posting.h"

#include "disc-error.h"
#include "disc-format.h"
#include "disc-reader-private.h"

/* A row is closed at the next patient once it is this long, and all when all are that long. */
#define ROW_BYTES 8000
#define PENDING_BYTES (24 * 1024 * 1024)
#define VARINT_MAX 5

/* The row of one term that is being written. */
typedef struct
{
  guint8 *data;       /* NULL when there is none */
  guint32 len;
  guint32 capacity;
  guint32 first_pno;
  guint32 pno;        /* of the last posting */
  guint32 seq;
} Pending;

struct _DiscPostingWriter
{
  DiscStatement *insert;
  GArray *pending;      /* Pending, by number of the term */
  gsize pending_bytes;
  guint32 pno;          /* of the last posting of all */
};

DiscPostingWriter *
disc_posting_writer_new (sqlite3 *db, GError **error)
{
  g_autoptr (DiscPostingWriter) self = g_new0 (DiscPostingWriter, 1);

  self->pending = g_array_new (FALSE, TRUE, sizeof (Pending));
  self->insert = disc_statement_new (db, "insert-posting", error);
  return self->insert != NULL ? g_steal_pointer (&self) : NULL;
}

void
disc_posting_writer_free (DiscPostingWriter *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    g_free (g_array_index (self->pending, Pending, i).data);

  g_array_unref (self->pending);
  g_clear_pointer (&self->insert, disc_statement_free);
  g_free (self);
}

static gboolean
close_row (DiscPostingWriter *self, guint32 term, Pending *row, GError **error)
{
  gboolean ok;

  sqlite3_bind_int64 (self->insert, 1, (gint64) term << 32 | row->first_pno);
  sqlite3_bind_blob (self->insert, 2, row->data, (int) row->len, SQLITE_STATIC);
  ok = disc_statement_run (self->insert, error);

  self->pending_bytes -= row->capacity;
  g_clear_pointer (&row->data, g_free);
  row->len = row->capacity = 0;
  return ok;
}

gboolean
disc_posting_writer_flush (DiscPostingWriter *self, GError **error)
{
  for (guint term = 0; term < self->pending->len; term++)
    {
      Pending *row = &g_array_index (self->pending, Pending, term);

      if (row->data != NULL && !close_row (self, term, row, error))
        return FALSE;
    }

  return TRUE;
}

static void
make_room (DiscPostingWriter *self, Pending *row)
{
  guint32 old = row->capacity;

  if (row->capacity - row->len >= 2 * VARINT_MAX)
    return;

  row->capacity = MAX (16, 2 * row->capacity);
  row->data = g_realloc (row->data, row->capacity);
  self->pending_bytes += row->capacity - old;
}

/* Seven bits a byte, lowest first; the eighth says that more follow. */
static void
put_varint (Pending *row, guint32 value)
{
  for (; value >= 0x80; value >>= 7)
    row->data[row->len++] = (guint8) (value | 0x80);
  row->data[row->len++] = (guint8) value;
}

static gboolean
must_close (const Pending *row, guint32 pno)
{
  if (row->data == NULL || pno == row->pno)
    return FALSE;

  return row->len >= ROW_BYTES || pno < row->pno ||
         (pno >= DISC_PNO_DISPUTED) != (row->pno >= DISC_PNO_DISPUTED);
}

gboolean
disc_posting_writer_add (DiscPostingWriter *self, guint32 term, gint64 rid, GError **error)
{
  guint32 pno = DISC_PNO (rid);
  guint32 seq = (guint32) rid & DISC_SEQ_MAX;
  Pending *row;

  if (pno != self->pno && self->pending_bytes >= PENDING_BYTES &&
      !disc_posting_writer_flush (self, error))
    return FALSE;
  self->pno = pno;

  if (term >= self->pending->len)
    g_array_set_size (self->pending, term + 1);
  row = &g_array_index (self->pending, Pending, term);
  if (must_close (row, pno) && !close_row (self, term, row, error))
    return FALSE;

  if (row->data == NULL)
    row->first_pno = row->pno = pno;
  else if (pno == row->pno && seq == row->seq)
    return TRUE;

  make_room (self, row);
  if (row->len > 0 && pno == row->pno)
    {
      put_varint (row, (seq - row->seq) << 1);
    }
  else
    {
      put_varint (row, (pno - row->pno) << 1 | 1);
      put_varint (row, seq);
    }

  row->pno = pno;
  row->seq = seq;
  return TRUE;
}

static gboolean
get_varint (const guint8 **data, const guint8 *end, guint32 *value)
{
  guint64 result = 0;

  for (guint shift = 0; shift < 7 * VARINT_MAX && *data < end; shift += 7)
    {
      guint8 byte = *(*data)++;

      result |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        {
          *value = (guint32) result;
          return result <= G_MAXUINT32;
        }
    }

  return FALSE;
}

/* Nothing is taken from @data but ascending rows below DISC_PNO_DISPUTED_MAX. */
static gboolean
decode_row (guint32 first_pno, const guint8 *data, gsize len, gint64 first_rid, gint64 last_rid,
            GArray *rids)
{
  const guint8 *end = data + len;
  guint64 pno = first_pno;
  guint64 seq = 0;
  guint32 value;

  while (data < end)
    {
      gint64 rid;

      if (!get_varint (&data, end, &value))
        return FALSE;
      if (value & 1)
        {
          pno += value >> 1;
          if (!get_varint (&data, end, &value))
            return FALSE;
          seq = value;
        }
      else
        {
          seq += value >> 1;
        }
      if (pno > DISC_PNO_DISPUTED_MAX || seq > DISC_SEQ_MAX)
        return FALSE;

      rid = (gint64) (pno << DISC_SEQ_BITS | seq);
      if (rid > last_rid)
        return TRUE;
      if (rid >= first_rid)
        g_array_append_val (rids, rid);
    }

  return TRUE;
}

gboolean
disc_posting_load (DiscStatement *postings, guint32 term, gint64 first_rid, gint64 last_rid,
                   GArray *rids, GError **error)
{
  int rc;

  sqlite3_bind_int64 (postings, 1, term);
  sqlite3_bind_int64 (postings, 2, MIN (first_rid >> DISC_SEQ_BITS, DISC_PNO_DISPUTED_MAX));
  sqlite3_bind_int64 (postings, 3, MIN (last_rid >> DISC_SEQ_BITS, DISC_PNO_DISPUTED_MAX));
  while ((rc = disc_statement_step (postings, error)) == SQLITE_ROW)
    {
      guint32 first_pno = (guint32) sqlite3_column_int64 (postings, 0);
      const guint8 *data = sqlite3_column_blob (postings, 1);
      gsize len = (gsize) sqlite3_column_bytes (postings, 1);

      if (!decode_row (first_pno, data, len, first_rid, last_rid, rids))
        {
          g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "postings of term %u", term);
          sqlite3_reset (postings);
          return FALSE;
        }
    }

  sqlite3_reset (postings);
  return rc == SQLITE_DONE;
}

gboolean
disc_reader_load_postings (DiscReader *self, guint32 term, gint64 first_rid, gint64 last_rid,
                           GArray *rids, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (self), "postings", error);

  return s != NULL && disc_posting_load (s, term, first_rid, last_rid, rids, error);
}
