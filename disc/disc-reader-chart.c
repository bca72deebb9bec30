/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-reader-private.h"

#include <string.h>

#include "disc-disputed.h"
#include "disc-error.h"
#include "disc-format.h"

/* Columns of the messages-*.sql files. */
enum
{
  COLUMN_RID,
  COLUMN_FORMAT,
  COLUMN_FLAGS,
  COLUMN_CONDITION,
  COLUMN_DATA_TYPE,
  COLUMN_CARE_DATE,
  COLUMN_SENT_AT,
  COLUMN_PATH,
  COLUMN_ENTRY,
  COLUMN_DISPUTED_IDS,
  COLUMN_RECORDS,
  COLUMN_SOURCE,
};

struct _DiscChart
{
  GArray *messages;     /* DiscMessage */
  GArray *records;      /* DiscRecord */
  GPtrArray *sets;      /* DiscRecordSet, one per message */
  GStringChunk *texts;
  gsize records_bytes;
  char *source;
  DiscContents *lost;   /* NULL: nothing */
};

static DiscChart *
chart_new (void)
{
  DiscChart *self = g_new0 (DiscChart, 1);

  self->messages = g_array_new (FALSE, TRUE, sizeof (DiscMessage));
  self->records = g_array_new (FALSE, TRUE, sizeof (DiscRecord));
  self->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) disc_record_set_free);
  self->texts = g_string_chunk_new (4096);
  return self;
}

void
disc_chart_free (DiscChart *self)
{
  g_array_unref (self->messages);
  g_array_unref (self->records);
  g_ptr_array_unref (self->sets);
  g_string_chunk_free (self->texts);
  g_free (self->source);
  g_clear_pointer (&self->lost, disc_contents_free);
  g_free (self);
}

const DiscContents *
disc_chart_lost (const DiscChart *self)
{
  return self->lost;
}

guint
disc_chart_n_messages (const DiscChart *self)
{
  return self->messages->len;
}

const DiscMessage *
disc_chart_message (const DiscChart *self, guint i)
{
  g_return_val_if_fail (i < self->messages->len, NULL);
  return &g_array_index (self->messages, DiscMessage, i);
}

guint
disc_chart_n_records (const DiscChart *self)
{
  return self->records->len;
}

const DiscRecord *
disc_chart_record (const DiscChart *self, guint i)
{
  g_return_val_if_fail (i < self->records->len, NULL);
  return &g_array_index (self->records, DiscRecord, i);
}

static gboolean
fail_row (gint64 rid, const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT, "message %" G_GINT64_FORMAT ": %s", rid, what);
  return FALSE;
}

static gboolean
all_values_valid (const guint8 *data, gsize len)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_VALUE && !g_utf8_validate (iter.value, (gssize) iter.value_len, NULL))
      return FALSE;

  return TRUE;
}

/* The same records with every value made valid UTF-8: the screens rely on it. */
static GBytes *
mend_values (const guint8 *data, gsize len)
{
  g_autoptr (DiscRecordBuilder) builder = disc_record_builder_new ();
  DiscRecordIter iter;
  DiscToken token;
  const guint8 *mended;
  gsize mended_len;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_RECORD)
      disc_record_builder_begin (builder, iter.kind, iter.status, iter.live);
    else if (token == DISC_TOKEN_ITEM)
      disc_record_builder_item (builder);
    else
      {
        g_autofree char *value = g_utf8_make_valid (iter.value, (gssize) iter.value_len);

        disc_record_builder_add (builder, iter.field, value, -1);
      }

  mended = disc_record_builder_get (builder, &mended_len);
  return g_bytes_new (mended, mended_len);
}

static DiscRecordSet *
decode_records (const DiscMessage *message, gboolean copy, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  DiscRecordSet *set;

  if (!all_values_valid (message->records, message->records_len))
    bytes = mend_values (message->records, message->records_len);
  else if (copy)
    bytes = g_bytes_new (message->records, message->records_len);
  else
    bytes = g_bytes_new_static (message->records, message->records_len);

  set = disc_record_set_new (bytes, error);
  if (set == NULL)
    g_prefix_error (error, "message %" G_GINT64_FORMAT ": ", message->rid);
  return set;
}

static gboolean
is_known_format (guint format)
{
  return disc_source_format_name ((DiscSourceFormat) format) != NULL;
}

/* Texts go to @texts; records point into the row and live until the next step. */
static gboolean
read_row (DiscStatement *s, GStringChunk *texts, DiscMessage *message, GError **error)
{
  message->rid = sqlite3_column_int64 (s, COLUMN_RID);
  message->format = (DiscSourceFormat) disc_statement_uint (s, COLUMN_FORMAT, G_MAXINT);
  message->flags = disc_statement_uint (s, COLUMN_FLAGS, G_MAXINT);
  message->condition = (char) disc_statement_uint (s, COLUMN_CONDITION, 255);
  message->data_type = disc_statement_text (s, COLUMN_DATA_TYPE, texts);
  message->care_date = disc_statement_text (s, COLUMN_CARE_DATE, texts);
  message->sent_at = disc_statement_text (s, COLUMN_SENT_AT, texts);
  message->path = disc_statement_text (s, COLUMN_PATH, texts);
  message->entry = disc_statement_text (s, COLUMN_ENTRY, texts);
  message->disputed_ids = disc_statement_text (s, COLUMN_DISPUTED_IDS, texts);
  message->records = sqlite3_column_blob (s, COLUMN_RECORDS);
  message->records_len = (gsize) sqlite3_column_bytes (s, COLUMN_RECORDS);

  if (!is_known_format (message->format))
    return fail_row (message->rid, "unknown format of the source", error);
  /* A row that says it is disputed may not stand in a chart, nor the other way round. */
  if (((message->flags & DISC_MESSAGE_DISPUTED) != 0) !=
      (DISC_PNO (message->rid) >= DISC_PNO_DISPUTED))
    return fail_row (message->rid, "disputed or not: row and number disagree", error);
  if (message->records_len > DISC_RECORDS_MAX_BYTES)
    return fail_row (message->rid, "records too long", error);

  return TRUE;
}

/* @own: (out): memory of the source when it is not that of the row: it was not valid UTF-8 as it stood,
 * or it is of another volume */
static gboolean
take_source (DiscStatement *s, int column, gboolean copy, DiscMessage *message, char **own,
             GError **error)
{
  const char *source = (const char *) sqlite3_column_text (s, column);
  gsize len = (gsize) sqlite3_column_bytes (s, column);

  if (source == NULL)
    return TRUE;
  if (len > DISC_SOURCE_MAX_BYTES)
    return fail_row (message->rid, "source too long", error);

  if (!g_utf8_validate (source, (gssize) len, NULL))
    {
      *own = g_utf8_make_valid (source, (gssize) len);
      source = *own;
      len = strlen (source);
    }
  else if (copy)
    {
      *own = g_strndup (source, len);
      source = *own;
    }

  message->source = source;
  message->source_len = len;
  return TRUE;
}

static gboolean
read_source (DiscReader *reader, DiscStatement *s, DiscMessage *message, char **own, GError **error)
{
  DiscVolumes *volumes = disc_reader_get_volumes (reader);
  DiscStatement *elsewhere = NULL;
  gboolean ok;

  if (volumes == NULL || sqlite3_column_type (s, COLUMN_SOURCE) != SQLITE_NULL)
    return take_source (s, COLUMN_SOURCE, FALSE, message, own, error);
  if (!disc_volumes_find_source (volumes, message->rid, &elsewhere, error))
    return FALSE;
  if (elsewhere == NULL)
    return TRUE;

  ok = take_source (elsewhere, 0, TRUE, message, own, error);
  disc_volumes_done (elsewhere);
  return ok;
}

static gboolean
add_row (DiscChart *self, DiscStatement *s, GError **error)
{
  DiscMessage message = { 0 };
  DiscRecordSet *set;
  guint index = self->messages->len;

  if (!read_row (s, self->texts, &message, error))
    return FALSE;

  self->records_bytes += message.records_len;
  if (self->records_bytes > DISC_CHART_MAX_BYTES)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LIMIT, "the chart is too large to be shown");
      return FALSE;
    }

  set = decode_records (&message, TRUE, error);
  if (set == NULL)
    return FALSE;

  g_ptr_array_add (self->sets, set);
  message.records = NULL; /* the row's memory; the decoded records are in the set */
  message.records_len = 0;
  g_array_append_val (self->messages, message);
  for (guint i = 0; i < disc_record_set_n (set); i++)
    {
      DiscRecord record = *disc_record_set_get (set, i);

      record.message = index;
      g_array_append_val (self->records, record);
    }

  return TRUE;
}

static DiscChart *
load_rows (DiscStatement *s, GError **error)
{
  g_autoptr (DiscChart) self = chart_new ();
  int rc;

  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    if (!add_row (self, s, error))
      return NULL;

  return rc == SQLITE_DONE ? g_steal_pointer (&self) : NULL;
}

static DiscStatement *
range_statement (DiscReader *reader, const char *name, gint64 first_rid, gint64 last_rid,
                 GError **error)
{
  DiscStatement *s = disc_statement_new (disc_reader_get_db (reader), name, error);

  if (s != NULL)
    {
      sqlite3_bind_int64 (s, 1, first_rid);
      sqlite3_bind_int64 (s, 2, last_rid);
    }

  return s;
}

/* (transfer full): what the chart should hold; NULL when nothing says so. */
static DiscContents *
load_contents (DiscReader *reader, guint32 pno)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (reader), "patient-more", NULL);
  g_autofree char *text = NULL;

  if (s == NULL)
    return NULL;
  sqlite3_bind_int64 (s, 1, pno);
  if (disc_statement_step (s, NULL) != SQLITE_ROW)
    return NULL;

  text = disc_statement_dup_text (s, 1);
  return disc_contents_parse (text);
}

/* So many numbers in a row that cannot be read, and no more are tried one by one. */
#define MAX_LOST_IN_A_ROW 65536

/* Every row that can be read: behind a lost one reading begins again with the next number.
 * @lost: (nullable): how many could not be */
static gboolean
load_around_losses (DiscReader *reader, DiscChart *chart, gint64 first_rid, gint64 end,
                    DiscContents *lost, GError **error)
{
  gint64 next = first_rid;
  guint n_in_a_row = 0;

  while (next < end && n_in_a_row < MAX_LOST_IN_A_ROW)
    {
      g_autoptr (DiscStatement) s = range_statement (reader, "messages-of-patient", next, end - 1,
                                                     error);
      g_autoptr (GError) loss = NULL;
      int rc;

      if (s == NULL)
        return FALSE;
      while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
        {
          next = sqlite3_column_int64 (s, COLUMN_RID) + 1;
          n_in_a_row = 0;
          if (!add_row (chart, s, error))
            return FALSE;
        }
      if (rc == SQLITE_DONE)
        return TRUE;
      if (!disc_reader_is_loss (reader, loss))
        {
          g_propagate_error (error, g_steal_pointer (&loss));
          return FALSE;
        }
      /* All of them were read, and the loss begins behind the last one. */
      if (next == end)
        return TRUE;
      next++;
      n_in_a_row++;
      if (lost != NULL)
        disc_contents_add (lost, NULL);
    }

  return TRUE;
}

static DiscChart *
load_damaged_chart (DiscReader *self, guint32 pno, GError **error)
{
  g_autoptr (DiscContents) contents = load_contents (self, pno);
  g_autoptr (DiscChart) chart = chart_new ();
  gint64 first_rid = (gint64) pno << DISC_SEQ_BITS;

  if (contents == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                   "patient number %u lies in a damaged part of the disc", pno);
      return NULL;
    }
  if (!load_around_losses (self, chart, first_rid, first_rid + disc_contents_total (contents), NULL,
                           error))
    return NULL;

  for (guint i = 0; i < chart->messages->len; i++)
    disc_contents_take (contents, g_array_index (chart->messages, DiscMessage, i).data_type);
  if (disc_contents_total (contents) > 0)
    chart->lost = g_steal_pointer (&contents);
  return g_steal_pointer (&chart);
}

DiscChart *
disc_reader_load_chart (DiscReader *self, guint32 pno, GError **error)
{
  gint64 first_rid = (gint64) pno << DISC_SEQ_BITS;
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GError) local = NULL;
  DiscChart *chart;

  s = range_statement (self, "messages-of-patient", first_rid, first_rid | DISC_SEQ_MAX, &local);
  chart = s != NULL ? load_rows (s, &local) : NULL;
  if (chart != NULL)
    return chart;
  if (disc_reader_is_loss (self, local))
    return load_damaged_chart (self, pno, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
has_kind (DiscStatement *s, DiscKind kind)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, sqlite3_column_blob (s, COLUMN_RECORDS),
                         (gsize) sqlite3_column_bytes (s, COLUMN_RECORDS));
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_RECORD && iter.kind == kind)
      return TRUE;
  return FALSE;
}

DiscChart *
disc_reader_load_chart_of (DiscReader *self, guint32 pno, DiscKind kind, GError **error)
{
  gint64 first_rid = (gint64) pno << DISC_SEQ_BITS;
  g_autoptr (DiscChart) chart = chart_new ();
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GError) local = NULL;
  int rc = SQLITE_ERROR;

  s = range_statement (self, "messages-of-patient", first_rid, first_rid | DISC_SEQ_MAX, &local);
  while (s != NULL && (rc = disc_statement_step (s, &local)) == SQLITE_ROW)
    if (has_kind (s, kind) && !add_row (chart, s, &local))
      break;
  if (rc == SQLITE_DONE)
    return g_steal_pointer (&chart);
  if (disc_reader_is_loss (self, local))
    return load_damaged_chart (self, pno, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

DiscChart *
disc_reader_load_messages (DiscReader *self, const gint64 *rids, guint n, GError **error)
{
  g_autoptr (DiscChart) chart = chart_new ();
  g_autoptr (DiscContents) lost = disc_contents_new ();
  g_autoptr (DiscStatement) s = range_statement (self, "messages-of-patient", 0, 0, error);

  if (s == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) loss = NULL;
      int rc;

      sqlite3_reset (s);
      sqlite3_bind_int64 (s, 1, rids[i]);
      sqlite3_bind_int64 (s, 2, rids[i]);
      rc = disc_statement_step (s, &loss);
      if (rc == SQLITE_ROW && !add_row (chart, s, error))
        return NULL;
      if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        continue;
      if (!disc_reader_is_loss (self, loss))
        {
          g_propagate_error (error, g_steal_pointer (&loss));
          return NULL;
        }
      disc_contents_add (lost, NULL);
    }
  if (disc_contents_total (lost) > 0)
    chart->lost = g_steal_pointer (&lost);
  return g_steal_pointer (&chart);
}

DiscContents *
disc_reader_find_lost_sources (DiscReader *self, gint64 first_rid, gint64 last_rid, GError **error)
{
  g_autoptr (DiscContents) lost = disc_contents_new ();
  gint64 run_first, run_last, next;
  guint n_in_a_row = 0;

  if (!disc_reader_run (self, &run_first, &run_last))
    return g_steal_pointer (&lost);

  next = MAX (first_rid, run_first);
  last_rid = MIN (last_rid, run_last);
  while (next <= last_rid && n_in_a_row < MAX_LOST_IN_A_ROW)
    {
      g_autoptr (DiscStatement) s = range_statement (self, "sources", next, last_rid, error);
      g_autoptr (GError) loss = NULL;
      int rc;

      if (s == NULL)
        return NULL;
      while ((rc = disc_statement_step (s, &loss)) == SQLITE_ROW)
        {
          next = sqlite3_column_int64 (s, 0) + 1;
          n_in_a_row = 0;
        }
      if (rc == SQLITE_DONE)
        break;
      if (!disc_reader_is_loss (self, loss))
        {
          g_propagate_error (error, g_steal_pointer (&loss));
          return NULL;
        }
      /* All of them were read, and the loss begins behind the last one. */
      if (next > last_rid)
        break;
      next++;
      n_in_a_row++;
      disc_contents_add (lost, NULL);
    }
  return g_steal_pointer (&lost);
}

gboolean
disc_reader_count_lost_disputed (DiscReader *self, DiscReader *first, guint *n_lost, gboolean *is_exact,
                                 GError **error)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first_rid, last_rid;
  gboolean is_lossy;

  *n_lost = 0;
  *is_exact = TRUE;
  if (!disc_reader_run (self, &first_rid, &last_rid))
    return TRUE;

  first_rid = MAX (first_rid, (gint64) DISC_PNO_DISPUTED << DISC_SEQ_BITS);
  if (!disc_disputed_walk (self, "sources", first_rid, last_rid, NULL, NULL, read, &is_lossy, error))
    return FALSE;
  if (is_lossy)
    *n_lost = disc_disputed_count_lost (self, first, first_rid, last_rid, read, is_exact);
  return TRUE;
}

DiscContents *
disc_reader_find_lost (DiscReader *self, guint32 pno, GError **error)
{
  g_autoptr (DiscContents) contents = load_contents (self, pno);
  gint64 first_rid = (gint64) pno << DISC_SEQ_BITS;
  guint n;

  if (contents == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                   "patient number %u lies in a damaged part of the disc", pno);
      return NULL;
    }

  n = disc_contents_total (contents);
  if (disc_reader_volume (self) > 1)
    return disc_reader_find_lost_sources (self, first_rid, first_rid + n - 1, error);

  for (guint seq = 0; seq < n; seq++)
    {
      g_autoptr (DiscStatement) s = range_statement (self, "messages-with-source", first_rid + seq,
                                                     first_rid + seq, error);
      g_autofree char *type = NULL;

      if (s == NULL)
        return NULL;
      if (disc_statement_step (s, NULL) != SQLITE_ROW)
        continue;
      type = disc_statement_dup_text (s, COLUMN_DATA_TYPE);
      disc_contents_take (contents, type);
    }
  return g_steal_pointer (&contents);
}

/* One by one, by the list of those that name the id. */
static gboolean
load_named (DiscReader *self, DiscChart *chart, const char *id, DiscContents *lost, GError **error)
{
  g_autoptr (DiscStatement) rids = disc_statement_new (disc_reader_get_db (self), "disputed-rids",
                                                       error);
  int rc = SQLITE_ERROR;

  if (rids == NULL)
    return FALSE;
  disc_statement_bind_text (rids, 1, id);
  while ((rc = disc_statement_step (rids, error)) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (rids, 0);

      if (!load_around_losses (self, chart, rid, rid + 1, lost, error))
        return FALSE;
    }
  return rc == SQLITE_DONE;
}

/* The last row of the disc; when it cannot be read there is no end. */
static gint64
find_last (DiscReader *self)
{
  g_autoptr (DiscStatement) s = disc_statement_new (disc_reader_get_db (self), "last-message", NULL);

  return s != NULL && disc_statement_step (s, NULL) == SQLITE_ROW ? sqlite3_column_int64 (s, 0)
                                                                  : G_MAXINT64;
}

static gboolean
add_disputed (DiscStatement *row, gpointer chart, GError **error)
{
  return add_row (chart, row, error);
}

/* Disputed messages stand behind all charts. */
static gboolean
load_all_disputed (DiscReader *self, DiscChart *chart, DiscContents *lost, GError **error)
{
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first_rid = (gint64) DISC_PNO_DISPUTED << DISC_SEQ_BITS;
  gint64 last_rid = find_last (self);
  gboolean is_lossy, is_exact;
  guint n_lost;

  if (!disc_disputed_walk (self, "messages-of-patient", first_rid, last_rid, add_disputed, chart, read,
                           &is_lossy, error))
    return FALSE;
  n_lost = is_lossy ? disc_disputed_count_lost (self, NULL, first_rid, last_rid, read, &is_exact)
                    : 0;
  for (guint i = 0; i < n_lost; i++)
    disc_contents_add (lost, NULL);
  return TRUE;
}

static DiscChart *
load_damaged_disputed (DiscReader *self, const char *id, GError **error)
{
  g_autoptr (DiscChart) chart = chart_new ();
  g_autoptr (DiscContents) lost = disc_contents_new ();

  if (id != NULL ? !load_named (self, chart, id, lost, error)
                 : !load_all_disputed (self, chart, lost, error))
    return NULL;

  if (disc_contents_total (lost) > 0)
    chart->lost = g_steal_pointer (&lost);
  return g_steal_pointer (&chart);
}

DiscChart *
disc_reader_load_disputed (DiscReader *self, const char *id, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GError) local = NULL;
  DiscChart *chart;

  if (id == NULL)
    {
      s = range_statement (self, "messages-of-patient", (gint64) DISC_PNO_DISPUTED << DISC_SEQ_BITS,
                           G_MAXINT64, &local);
    }
  else
    {
      s = disc_statement_new (disc_reader_get_db (self), "messages-disputed-by-id", &local);
      if (s != NULL)
        disc_statement_bind_text (s, 1, id);
    }

  chart = s != NULL ? load_rows (s, &local) : NULL;
  if (chart == NULL && s != NULL && disc_reader_is_loss (self, local))
    return load_damaged_disputed (self, id, error);
  if (chart == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return chart;
}

static DiscChart *
load_one (DiscReader *self, gint64 rid, gboolean with_source, GError **error)
{
  g_autoptr (DiscChart) chart = chart_new ();
  g_autoptr (DiscStatement) s = NULL;
  DiscMessage *message;
  int rc;

  s = range_statement (self, with_source ? "messages-with-source" : "messages-of-patient", rid, rid,
                       error);
  if (s == NULL)
    return NULL;

  rc = disc_statement_step (s, error);
  if (rc == SQLITE_DONE)
    fail_row (rid, "not on the disc", error);
  if (rc != SQLITE_ROW || !add_row (chart, s, error))
    return NULL;
  if (!with_source)
    return g_steal_pointer (&chart);

  message = &g_array_index (chart->messages, DiscMessage, 0);
  if (!read_source (self, s, message, &chart->source, error))
    return NULL;
  if (message->source != NULL && chart->source == NULL)
    {
      chart->source = g_strndup (message->source, message->source_len);
      message->source = chart->source;
    }

  return g_steal_pointer (&chart);
}

DiscChart *
disc_reader_load_records (DiscReader *self, gint64 rid, GError **error)
{
  return load_one (self, rid, FALSE, error);
}

DiscChart *
disc_reader_load_message (DiscReader *self, gint64 rid, GError **error)
{
  return load_one (self, rid, TRUE, error);
}

gboolean
disc_reader_load_source (DiscReader *self, gint64 rid, char **source, gsize *len, GError **error)
{
  DiscVolumes *volumes = disc_reader_get_volumes (self);
  DiscStatement *elsewhere = NULL;
  DiscMessage message = { .rid = rid };
  g_autoptr (DiscChart) chart = NULL;
  gboolean ok = TRUE;

  *source = NULL;
  *len = 0;
  if (volumes == NULL || disc_reader_volume_of (self, rid) == disc_reader_volume (self))
    {
      chart = disc_reader_load_message (self, rid, error);
      if (chart == NULL)
        return FALSE;
      *source = g_steal_pointer (&chart->source);
      *len = *source != NULL ? disc_chart_message (chart, 0)->source_len : 0;
      return TRUE;
    }

  if (!disc_volumes_find_source (volumes, rid, &elsewhere, error))
    return FALSE;
  ok = take_source (elsewhere, 0, TRUE, &message, source, error);
  disc_volumes_done (elsewhere);
  *len = message.source_len;
  return ok;
}

static gboolean
hand_out (DiscReader *reader, DiscStatement *s, GStringChunk *texts, DiscMessageFunc func,
          gpointer user_data, GError **error)
{
  g_autoptr (DiscRecordSet) records = NULL;
  g_autofree char *own = NULL;
  DiscMessage message = { 0 };

  g_string_chunk_clear (texts);
  if (!read_row (s, texts, &message, error) || !read_source (reader, s, &message, &own, error))
    return FALSE;

  records = decode_records (&message, FALSE, error);
  return records != NULL && func (&message, records, user_data, error);
}

gboolean
disc_reader_foreach_message (DiscReader *self, gint64 first_rid, gint64 last_rid,
                             DiscMessageFunc func, gpointer user_data, GError **error)
{
  g_autoptr (DiscStatement) s = NULL;
  g_autoptr (GStringChunk) texts = g_string_chunk_new (4096);
  int rc;

  s = range_statement (self, "messages-with-source", first_rid, last_rid, error);
  if (s == NULL)
    return FALSE;

  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    if (!hand_out (self, s, texts, func, user_data, error))
      return FALSE;

  return rc == SQLITE_DONE;
}
