/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-results.h"

#include <string.h>

#include "disc-format.h"
#include "disc-reader-private.h"

/* So many values of one item are told. */
#define MAX_VALUES 8

/* Columns of records-of-messages.sql. */
enum
{
  COLUMN_RID,
  COLUMN_FLAGS,
  COLUMN_CARE_DATE,
  COLUMN_SENT_AT,
  COLUMN_RECORDS,
};

struct _DiscResultReader
{
  DiscReader *reader;
  DiscNameMatch *match;
  DiscStatement *rows;
};

/* What has been read of an item so far; texts in the row's memory. */
typedef struct
{
  const char *names[4]; /* in the order in which people are shown them */
  const char *values[MAX_VALUES];
  guint n_values; /* those beyond MAX_VALUES too */
  const char *unit, *specimen, *flag, *item_status, *at;
  gboolean is_open; /* an item has begun */
  gboolean matches;
} Item;

typedef struct
{
  const char *at;
  gboolean about_another;
} Record;

DiscResultReader *
disc_result_reader_new (DiscReader *reader, DiscNameMatch *match, GError **error)
{
  g_autoptr (DiscResultReader) self = g_new0 (DiscResultReader, 1);

  self->reader = reader;
  self->match = match;
  self->rows = disc_statement_new (disc_reader_get_db (reader), "records-of-messages", error);
  return self->rows != NULL ? g_steal_pointer (&self) : NULL;
}

void
disc_result_reader_free (DiscResultReader *self)
{
  g_clear_pointer (&self->rows, disc_statement_free);
  g_free (self);
}

static gboolean
is_result (DiscKind kind)
{
  return kind == DISC_KIND_LAB || kind == DISC_KIND_VITAL || kind == DISC_KIND_OBSERVATION;
}

/* The same value twice is one. */
static void
add_value (Item *item, const char *value)
{
  for (guint i = 0; i < MIN (item->n_values, MAX_VALUES); i++)
    if (strcmp (item->values[i], value) == 0)
      return;
  if (item->n_values < MAX_VALUES)
    item->values[item->n_values] = value;
  item->n_values++;
}

static void
read_item_value (DiscResultReader *self, Item *item, const DiscRecordIter *iter)
{
  static const DiscField names[] = { DISC_FIELD_NAME, DISC_FIELD_OTHER_NAME, DISC_FIELD_CODE,
                                     DISC_FIELD_OTHER_CODE };
  gboolean is_code;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (iter->field == names[i])
      {
        is_code = i >= 2;
        item->matches |= is_code ? disc_name_match_has_code (self->match, iter->value)
                                 : disc_name_match_name (self->match, iter->value);
        if (item->names[i] == NULL)
          item->names[i] = iter->value;
        return;
      }
  switch (iter->field)
    {
    case DISC_FIELD_VALUE:
    case DISC_FIELD_RESULT:
      add_value (item, iter->value);
      break;
    case DISC_FIELD_UNIT:
      item->unit = iter->value;
      break;
    case DISC_FIELD_SPECIMEN:
      item->specimen = iter->value;
      break;
    case DISC_FIELD_FLAG:
      item->flag = iter->value;
      break;
    case DISC_FIELD_STATUS:
      item->item_status = iter->value;
      break;
    case DISC_FIELD_ITEM_AT:
      item->at = iter->value;
      break;
    default:
      break;
    }
}

static const char *
keep (GStringChunk *texts, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return valid != NULL ? g_string_chunk_insert (texts, valid) : NULL;
}

static const char *
keep_values (GStringChunk *texts, const Item *item)
{
  g_autoptr (GString) all = NULL;

  if (item->n_values <= 1)
    return item->n_values == 1 ? keep (texts, item->values[0]) : NULL;
  all = g_string_new (item->values[0]);
  for (guint i = 1; i < MIN (item->n_values, MAX_VALUES); i++)
    g_string_append_printf (all, " / %s", item->values[i]);
  if (item->n_values > MAX_VALUES)
    g_string_append (all, " / …");
  return keep (texts, all->str);
}

static void
close_item (DiscResultReader *self, Item *item, const Record *record, const DiscRecordIter *iter,
            GStringChunk *texts, GArray *values)
{
  DiscResultValue value = { .rid = sqlite3_column_int64 (self->rows, COLUMN_RID) };
  const char *name = NULL;

  if (!item->is_open || !item->matches || !is_result (iter->kind))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (item->names) && name == NULL; i++)
    name = item->names[i];
  value.kind = iter->kind;
  value.status = iter->status;
  value.flags = (DiscMessageFlags) disc_statement_uint (self->rows, COLUMN_FLAGS, G_MAXINT);
  value.live = iter->live && (value.flags & DISC_MESSAGE_DISPUTED) == 0;
  value.name = keep (texts, name);
  value.value = keep_values (texts, item);
  value.unit = keep (texts, item->unit);
  value.specimen = keep (texts, item->specimen);
  value.flag = keep (texts, item->flag);
  value.item_status = keep (texts, item->item_status);
  value.has_several = item->n_values > 1;
  value.about_another = record->about_another;
  value.at = keep (texts, item->at != NULL ? item->at : record->at);
  if (value.at == NULL)
    value.at = disc_statement_text (self->rows, COLUMN_CARE_DATE, texts);
  value.sent_at = disc_statement_text (self->rows, COLUMN_SENT_AT, texts);
  g_array_append_val (values, value);
}

static void
read_records (DiscResultReader *self, GStringChunk *texts, GArray *values)
{
  DiscRecordIter iter, before;
  Record record = { NULL };
  Item item = { .is_open = FALSE };
  DiscToken token;

  disc_record_iter_init (&iter, sqlite3_column_blob (self->rows, COLUMN_RECORDS),
                         (gsize) sqlite3_column_bytes (self->rows, COLUMN_RECORDS));
  for (;;)
    {
      before = iter; /* the record that an item is of */
      token = disc_record_iter_next (&iter);
      if (token == DISC_TOKEN_VALUE && iter.in_item)
        {
          read_item_value (self, &item, &iter);
          continue;
        }
      if (token == DISC_TOKEN_VALUE)
        {
          if (iter.field == DISC_FIELD_AT && record.at == NULL)
            record.at = iter.value;
          record.about_another |=
              iter.field == DISC_FIELD_WARNING && strcmp (iter.value, "about-another") == 0;
          continue;
        }
      close_item (self, &item, &record, &before, texts, values);
      item = (Item){ .is_open = token == DISC_TOKEN_ITEM };
      if (token == DISC_TOKEN_RECORD)
        record = (Record){ NULL };
      else if (token != DISC_TOKEN_ITEM)
        return;
    }
}

gboolean
disc_result_reader_load (DiscResultReader *self, gint64 first_rid, gint64 last_rid,
                         GStringChunk *texts, GArray *values, gboolean *is_lost, GError **error)
{
  g_autoptr (GError) loss = NULL;
  int rc;

  sqlite3_reset (self->rows);
  sqlite3_bind_int64 (self->rows, 1, first_rid);
  sqlite3_bind_int64 (self->rows, 2, last_rid);
  while ((rc = disc_statement_step (self->rows, &loss)) == SQLITE_ROW)
    if ((disc_statement_uint (self->rows, COLUMN_FLAGS, G_MAXINT) & DISC_MESSAGE_SAID_BEFORE) ==
            0 &&
        sqlite3_column_bytes (self->rows, COLUMN_RECORDS) <= DISC_RECORDS_MAX_BYTES)
      read_records (self, texts, values);
  if (rc == SQLITE_DONE)
    return TRUE;
  if (!disc_reader_is_loss (self->reader, loss))
    {
      g_propagate_error (error, g_steal_pointer (&loss));
      return FALSE;
    }
  *is_lost = TRUE;
  return TRUE;
}
