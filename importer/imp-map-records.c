/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

/* Bytes of the mark that begins a record (disc-record.h). */
#define MARK_BYTES 3

/* A message of more panels than this shares records. */
#define MAX_OWNED 500

/* Values of a record itself: some hundred bytes in every message seen. */
#define MAX_COMPARED_BYTES 2048

static gsize
builder_len (DiscRecordBuilder *builder)
{
  gsize len;

  disc_record_builder_get (builder, &len);
  return len;
}

gboolean
imp_mapper_is_full (ImpMapper *self, DiscRecordBuilder *to)
{
  if (builder_len (to) <= IMP_MAX_RECORD_BYTES)
    return FALSE;

  self->n_cut++;
  return TRUE;
}

/* All of it or, counted, nothing: near its ceiling a builder drops without a word. */
static void
append (ImpMapper *self, DiscRecordBuilder *to, const guint8 *bytes, gsize len)
{
  if (builder_len (to) + len > DISC_RECORDS_MAX_BYTES / 2)
    self->n_cut++;
  else
    disc_record_builder_append (to, bytes, len);
}

static void
flush_pending (ImpMapper *self, DiscRecordBuilder *to)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (self->pending, &len);

  if (len == 0)
    return;
  append (self, to, bytes, len);
  disc_record_builder_clear (self->pending);
}

DiscRecordBuilder *
imp_mapper_head (ImpMapper *self)
{
  self->generation++;
  self->head_orc = NULL;
  disc_record_builder_clear (self->head);
  /* The kind does not matter: only the values behind the mark are taken. */
  disc_record_builder_begin (self->head, DISC_KIND_UNKNOWN, DISC_STATUS_UNKNOWN, FALSE);
  return self->head;
}

static ImpBucket *
find_bucket (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner)
{
  for (guint i = 0; i < self->n_buckets; i++)
    {
      ImpBucket *bucket = g_ptr_array_index (self->buckets, i);

      if (bucket->kind == kind && bucket->state.status == state.status &&
          bucket->state.live == state.live && bucket->owner == owner)
        return bucket;
    }

  return NULL;
}

static gboolean
head_has (const guint8 *head, gsize len, DiscField field)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, head, len);
  while ((token = disc_record_iter_next (&iter)) == DISC_TOKEN_RECORD || token == DISC_TOKEN_VALUE)
    if (token == DISC_TOKEN_VALUE && iter.field == field)
      return TRUE;

  return FALSE;
}

static ImpBucket *
new_bucket (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner)
{
  ImpBucket *bucket;
  gsize head_len;
  const guint8 *head = disc_record_builder_get (self->head, &head_len);
  gsize len;
  const guint8 *bytes;

  if (self->n_buckets == self->buckets->len)
    {
      bucket = g_new0 (ImpBucket, 1);
      bucket->builder = disc_record_builder_new ();
      bucket->differences = disc_record_builder_new ();
      g_ptr_array_add (self->buckets, bucket);
    }
  bucket = g_ptr_array_index (self->buckets, self->n_buckets++);
  bucket->kind = kind;
  bucket->state = state;
  bucket->owner = owner;
  disc_record_builder_clear (bucket->builder);
  disc_record_builder_begin (bucket->builder, kind, state.status, state.live);
  append (self, bucket->builder, head + MARK_BYTES, head_len - MARK_BYTES);
  bucket->head_len = builder_len (bucket->builder);
  bucket->generation = self->generation;
  disc_record_builder_clear (bucket->differences);

  if (self->title != NULL && !head_has (head, head_len, DISC_FIELD_TITLE))
    disc_record_builder_add (bucket->builder, DISC_FIELD_TITLE, self->title, -1);
  bytes = disc_record_builder_get (self->preamble, &len);
  append (self, bucket->builder, bytes, len);
  return bucket;
}

static DiscField
item_field (DiscField field)
{
  switch (field)
    {
    case DISC_FIELD_AT:
      return DISC_FIELD_ITEM_AT;
    case DISC_FIELD_TITLE:
      return DISC_FIELD_ITEM_TITLE;
    case DISC_FIELD_DEPARTMENT:
      return DISC_FIELD_ITEM_DEPARTMENT;
    case DISC_FIELD_ORDER_NO:
      return DISC_FIELD_ITEM_ORDER_NO;
    case DISC_FIELD_AUTHOR:
      return DISC_FIELD_DOCTOR;
    default:
      return field;
    }
}

static gboolean
has_value (const guint8 *head, gsize len, const DiscRecordIter *wanted)
{
  DiscRecordIter iter;
  DiscToken token;

  disc_record_iter_init (&iter, head, len);
  while ((token = disc_record_iter_next (&iter)) == DISC_TOKEN_RECORD || token == DISC_TOKEN_VALUE)
    if (token == DISC_TOKEN_VALUE && iter.field == wanted->field &&
        iter.value_len == wanted->value_len &&
        memcmp (iter.value, wanted->value, iter.value_len) == 0)
      return TRUE;

  return FALSE;
}

/* What the present head says and the record does not. Long heads are not compared value by value
 * (hostile ones would take hours): all of them goes to the item. */
static void
find_differences (ImpMapper *self, ImpBucket *bucket)
{
  gsize head_len;
  const guint8 *head = disc_record_builder_get (self->head, &head_len);
  gsize len;
  const guint8 *known = disc_record_builder_get (bucket->builder, &len);
  gboolean compare = head_len <= MAX_COMPARED_BYTES && bucket->head_len <= MAX_COMPARED_BYTES;
  DiscRecordIter iter;

  bucket->generation = self->generation;
  disc_record_builder_clear (bucket->differences);
  if (head_len == bucket->head_len &&
      memcmp (known + MARK_BYTES, head + MARK_BYTES, head_len - MARK_BYTES) == 0)
    return;

  disc_record_iter_init (&iter, head, head_len);
  for (DiscToken token = disc_record_iter_next (&iter);
       token == DISC_TOKEN_RECORD || token == DISC_TOKEN_VALUE;
       token = disc_record_iter_next (&iter))
    if (token == DISC_TOKEN_VALUE && !(iter.field == DISC_FIELD_AT && self->items_have_time) &&
        !(compare && has_value (known, bucket->head_len, &iter)))
      disc_record_builder_add (bucket->differences, item_field (iter.field), iter.value,
                               (gssize) iter.value_len);
}

/* Blocks of one message mostly agree about doctor, department and time. Where one does not, its
 * items say so themselves. */
static void
add_differences (ImpMapper *self, ImpBucket *bucket)
{
  gsize len;
  const guint8 *bytes;

  if (bucket->generation != self->generation)
    find_differences (self, bucket);
  bytes = disc_record_builder_get (bucket->differences, &len);
  append (self, bucket->builder, bytes, len);
}

static ImpBucket *
get_bucket (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner,
            gboolean *is_new)
{
  ImpBucket *bucket;

  if (self->is_test)
    state.live = FALSE;
  if (self->n_buckets >= MAX_OWNED)
    owner = NULL;
  bucket = find_bucket (self, kind, state, owner);
  *is_new = bucket == NULL;
  return bucket != NULL ? bucket : new_bucket (self, kind, state, owner);
}

DiscRecordBuilder *
imp_mapper_item (ImpMapper *self, DiscKind kind, ImpState state)
{
  gboolean is_new;
  ImpBucket *bucket = get_bucket (self, kind, state, NULL, &is_new);

  if (imp_mapper_is_full (self, bucket->builder))
    {
      self->open = NULL;
      disc_record_builder_clear (self->pending);
      disc_record_builder_clear (self->beyond);
      return self->beyond;
    }
  disc_record_builder_item (bucket->builder);
  if (!is_new)
    add_differences (self, bucket);
  flush_pending (self, bucket->builder);
  self->open = bucket;
  return bucket->builder;
}

DiscRecordBuilder *
imp_mapper_record (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner)
{
  gboolean is_new;
  ImpBucket *bucket = get_bucket (self, kind, state, owner, &is_new);

  flush_pending (self, bucket->builder);
  self->open = bucket;
  return bucket->builder;
}

DiscRecordBuilder *
imp_mapper_shared (ImpMapper *self)
{
  disc_record_builder_clear (self->shared);
  return self->shared;
}

void
imp_mapper_add_shared (ImpMapper *self, DiscRecordBuilder *item)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (self->shared, &len);

  if (item != self->beyond)
    append (self, item, bytes, len);
}

DiscRecordBuilder *
imp_mapper_here (ImpMapper *self)
{
  if (self->open != NULL)
    return self->open->builder;
  /* What nothing takes must not pile up either. */
  if (imp_mapper_is_full (self, self->pending))
    disc_record_builder_clear (self->pending);
  return self->pending;
}

void
imp_mapper_close (ImpMapper *self)
{
  self->open = NULL;
}

/* A record near the ceiling of its builder may lack values. */
void
imp_mapper_write_records (ImpMapper *self)
{
  gsize total = 0;

  /* Nothing followed that it could belong to: the last record has it, or one of its own. */
  if (self->n_buckets == 0)
    imp_mapper_record (self, DISC_KIND_UNKNOWN, imp_state (DISC_STATUS_UNKNOWN), NULL);
  else
    flush_pending (self,
                   ((ImpBucket *) g_ptr_array_index (self->buckets, self->n_buckets - 1))->builder);

  for (guint i = 0; i < self->n_buckets; i++)
    {
      ImpBucket *bucket = g_ptr_array_index (self->buckets, i);
      gsize len;
      const guint8 *bytes = disc_record_builder_get (bucket->builder, &len);

      if (len > DISC_RECORDS_MAX_BYTES / 2)
        self->n_cut++;
      if (total + len > DISC_RECORDS_MAX_BYTES)
        {
          self->n_cut++;
          continue;
        }
      disc_record_builder_append (self->out->records, bytes, len);
      total += len;
    }
  if (total == 0)
    disc_record_builder_begin (self->out->records, DISC_KIND_UNKNOWN, DISC_STATUS_UNKNOWN,
                               !self->is_test);
}
