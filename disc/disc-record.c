/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-record.h"

#include <string.h>

#include "disc-error.h"

/* Values are so many and so short that a GByteArray costs more than what it holds: own bytes. */
struct _DiscRecordBuilder
{
  guint8 *bytes;
  gsize len;
  gsize allocated;
  guint n_items;       /* of the current record */
};

DiscRecordBuilder *
disc_record_builder_new (void)
{
  DiscRecordBuilder *self = g_new0 (DiscRecordBuilder, 1);

  self->allocated = 4096;
  self->bytes = g_malloc (self->allocated);
  return self;
}

void
disc_record_builder_free (DiscRecordBuilder *self)
{
  g_free (self->bytes);
  g_free (self);
}

void
disc_record_builder_clear (DiscRecordBuilder *self)
{
  self->len = 0;
  self->n_items = 0;
}

/* Returns: where @n bytes more are to be written */
static guint8 *
extend (DiscRecordBuilder *self, gsize n)
{
  guint8 *at;

  if (self->len + n > self->allocated)
    {
      self->allocated = MAX (2 * self->allocated, self->len + n);
      self->bytes = g_realloc (self->bytes, self->allocated);
    }
  at = self->bytes + self->len;
  self->len += n;
  return at;
}

void
disc_record_builder_begin (DiscRecordBuilder *self, DiscKind kind, DiscStatus status, gboolean live)
{
  guint8 *head = extend (self, 3);

  head[0] = DISC_MARK_RECORD;
  head[1] = (guint8) kind;
  head[2] = (guint8) status | (live ? DISC_STATE_LIVE : 0);
  self->n_items = 0;
}

void
disc_record_builder_item (DiscRecordBuilder *self)
{
  *extend (self, 1) = DISC_MARK_ITEM;
  self->n_items++;
}

void
disc_record_builder_add (DiscRecordBuilder *self, DiscField field, const char *text, gssize len)
{
  guint8 *at;
  gsize n;

  if (text == NULL)
    return;

  n = len < 0 ? strlen (text) : (gsize) len;
  if (n == 0 || self->len + n + 2 > DISC_RECORDS_MAX_BYTES)
    return;

  if (memchr (text, '\0', n) != NULL)
    {
      g_autoptr (GString) safe = g_string_sized_new (n + 8);

      for (gsize i = 0; i < n; i++)
        if (text[i] == '\0')
          g_string_append (safe, "\xef\xbf\xbd");
        else
          g_string_append_c (safe, text[i]);
      disc_record_builder_add (self, field, safe->str, (gssize) safe->len);
      return;
    }

  at = extend (self, n + 2);
  at[0] = (guint8) field;
  memcpy (at + 1, text, n);
  at[1 + n] = 0;
}

guint
disc_record_builder_n_items (DiscRecordBuilder *self)
{
  return self->n_items;
}

const guint8 *
disc_record_builder_get (DiscRecordBuilder *self, gsize *len)
{
  *len = self->len;
  return self->bytes;
}

void
disc_record_builder_append (DiscRecordBuilder *self, const guint8 *data, gsize len)
{
  if (len > 0 && self->len + len <= DISC_RECORDS_MAX_BYTES)
    memcpy (extend (self, len), data, len);
}

void
disc_records_override (guint8 *data, gsize len, DiscStatus status)
{
  disc_records_override_others (data, len, status, DISC_KIND_NONE);
}

void
disc_records_override_others (guint8 *data, gsize len, DiscStatus status, DiscKind spared)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    if (token == DISC_TOKEN_RECORD && iter.kind != spared &&
        (iter.live || disc_status_is_live (iter.status)))
      data[iter.pos - 1] = (guint8) status;
}

struct _DiscRecordSet
{
  GBytes *bytes;
  DiscRecord *records;
  DiscItem *items;
  DiscValue *values;
  guint n_records;
};

void
disc_record_set_free (DiscRecordSet *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->records);
  g_free (self->items);
  g_free (self->values);
  g_free (self);
}

/* Counts first, so that the arrays never move and the records can point into them. */
static gboolean
count_tokens (const guint8 *data, gsize len, guint n[DISC_TOKEN_BAD + 1])
{
  DiscRecordIter iter;
  DiscToken token;

  if (len > DISC_RECORDS_MAX_BYTES)
    return FALSE;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      if (token == DISC_TOKEN_BAD)
        return FALSE;
      n[token]++;
    }

  return n[DISC_TOKEN_ITEM] <= DISC_RECORDS_MAX_ITEMS;
}

static void
fill (DiscRecordSet *self, const guint8 *data, gsize len)
{
  DiscRecordIter iter;
  DiscToken token;
  DiscRecord *record = NULL;
  DiscItem *item = NULL;
  DiscItem *next_item = self->items;
  DiscValue *next_value = self->values;

  disc_record_iter_init (&iter, data, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      if (token == DISC_TOKEN_RECORD)
        {
          record = &self->records[self->n_records++];
          record->kind = iter.kind;
          record->status = iter.status;
          record->live = iter.live;
          record->values = next_value;
          record->items = next_item;
          item = NULL;
        }
      else if (token == DISC_TOKEN_ITEM)
        {
          item = next_item++;
          item->values = next_value;
          record->n_items++;
        }
      else
        {
          next_value->field = iter.field;
          next_value->value = iter.value;
          next_value++;
          if (item != NULL)
            item->n_values++;
          else
            record->n_values++;
        }
    }
}

DiscRecordSet *
disc_record_set_new (GBytes *bytes, GError **error)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  guint n[DISC_TOKEN_BAD + 1] = { 0 };
  DiscRecordSet *self;

  if (!count_tokens (data, len, n))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                   "not a run of records (%" G_GSIZE_FORMAT " bytes)", len);
      return NULL;
    }

  self = g_new0 (DiscRecordSet, 1);
  self->bytes = g_bytes_ref (bytes);
  self->records = g_new0 (DiscRecord, n[DISC_TOKEN_RECORD] + 1);
  self->items = g_new0 (DiscItem, n[DISC_TOKEN_ITEM] + 1);
  self->values = g_new0 (DiscValue, n[DISC_TOKEN_VALUE] + 1);
  fill (self, data, len);
  return self;
}

guint
disc_record_set_n (const DiscRecordSet *self)
{
  return self->n_records;
}

const DiscRecord *
disc_record_set_get (const DiscRecordSet *self, guint i)
{
  g_return_val_if_fail (i < self->n_records, NULL);
  return &self->records[i];
}

static const char *
nth_value (const DiscValue *values, guint n_values, DiscField field, guint n)
{
  for (guint i = 0; i < n_values; i++)
    if (values[i].field == field && n-- == 0)
      return values[i].value;

  return NULL;
}

const char *
disc_record_value (const DiscRecord *record, DiscField field)
{
  return nth_value (record->values, record->n_values, field, 0);
}

const char *
disc_item_value (const DiscItem *item, DiscField field)
{
  return nth_value (item->values, item->n_values, field, 0);
}

const char *
disc_item_nth_value (const DiscItem *item, DiscField field, guint n)
{
  return nth_value (item->values, item->n_values, field, n);
}

char *
disc_values_join (const DiscValue *values, guint n_values, DiscField field, const char *separator)
{
  g_autoptr (GString) out = NULL;

  for (guint i = 0; i < n_values; i++)
    {
      if (values[i].field != field)
        continue;
      if (out == NULL)
        out = g_string_new (values[i].value);
      else
        g_string_append_printf (out, "%s%s", separator, values[i].value);
    }

  return out != NULL ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
