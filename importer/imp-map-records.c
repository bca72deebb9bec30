/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-limits.h"

/* Bytes of the mark that begins a record (disc-record.h). */
#define MARK_BYTES 3

/* Buckets kept for the next message. A message of more panels than MAX_OWNED shares records. */
#define KEEP_BUCKETS 32
#define MAX_OWNED 500

/* Values of a record itself: some hundred bytes in every message seen. */
#define MAX_COMPARED_BYTES 2048

static void
bucket_free (ImpBucket *bucket)
{
  disc_record_builder_free (bucket->builder);
  disc_record_builder_free (bucket->differences);
  g_free (bucket);
}

ImpMapper *
imp_mapper_new (void)
{
  ImpMapper *self = g_new0 (ImpMapper, 1);

  self->buckets = g_ptr_array_new_with_free_func ((GDestroyNotify) bucket_free);
  self->head = disc_record_builder_new ();
  self->preamble = disc_record_builder_new ();
  self->pending = disc_record_builder_new ();
  self->shared = disc_record_builder_new ();
  self->beyond = disc_record_builder_new ();
  self->scratch = g_string_new (NULL);
  self->kept = g_string_new (NULL);
  return self;
}

void
imp_mapper_free (ImpMapper *self)
{
  g_ptr_array_unref (self->buckets);
  disc_record_builder_free (self->head);
  disc_record_builder_free (self->preamble);
  disc_record_builder_free (self->pending);
  disc_record_builder_free (self->shared);
  disc_record_builder_free (self->beyond);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->kept, TRUE);
  g_free (self);
}

static void
take_first (const ImpSegment **place, const ImpSegment *segment)
{
  if (*place == NULL)
    *place = segment;
}

static void
find_common (ImpMapper *self)
{
  self->event = self->pid = self->visit = self->plan = NULL;
  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('E', 'V', 'N'):
          take_first (&self->event, segment);
          break;
        case IMP_SEG ('P', 'I', 'D'):
          take_first (&self->pid, segment);
          break;
        case IMP_SEG ('P', 'V', '1'):
          take_first (&self->visit, segment);
          break;
        case IMP_SEG ('P', 'V', '2'):
          take_first (&self->plan, segment);
          break;
        default:
          break;
        }
    }
}

void
imp_mapper_begin (ImpMapper *self, ImpEr7 *er7, const ImpName *name, ImpMapped *out)
{
  self->er7 = er7;
  self->name = name;
  self->out = out;
  self->title = NULL;
  self->base = imp_state (DISC_STATUS_COMPLETED);
  self->is_test = FALSE;
  self->items_have_time = FALSE;
  self->n_segments = imp_er7_n_segments (er7);
  self->header = imp_er7_segment (er7, 0);
  find_common (self);
  self->n_buckets = 0;
  if (self->buckets->len > KEEP_BUCKETS)
    g_ptr_array_set_size (self->buckets, KEEP_BUCKETS);
  self->open = NULL;
  self->n_kept = 0;
  self->n_bad_escapes = 0;
  self->n_cut = 0;
  g_string_truncate (self->kept, 0);
  disc_record_builder_clear (self->preamble);
  disc_record_builder_clear (self->pending);
  imp_mapper_head (self);
}

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
    if (token == DISC_TOKEN_VALUE &&
        !(iter.field == DISC_FIELD_AT && self->items_have_time) &&
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

void
imp_mapper_note (ImpMapper *self, const ImpSegment *note)
{
  imp_mapper_add_all (self, imp_mapper_here (self), DISC_FIELD_COMMENT, note, 3);
}

void
imp_mapper_stray (ImpMapper *self, const ImpSegment *segment)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('N', 'T', 'E'):
      imp_mapper_note (self, segment);
      break;
    case IMP_SEG ('A', 'L', '1'):
    case IMP_SEG ('D', 'G', '1'):
      break; /* imp_map_order_allergies(), imp_map_old_problems() */
    default:
      imp_mapper_keep_segment (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD,
                               segment);
      break;
    }
}

static void
report (ImpMapper *self)
{
  if (self->n_bad_escapes > 0)
    imp_mapped_add_finding (self->out, IMP_FINDING_UNDECODABLE,
                            "%u character-set escapes kept as they stand", self->n_bad_escapes);
  if (self->n_cut > 0)
    {
      self->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
      imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                              "too long to be shown whole: the rest is in the source message");
    }
  if (self->n_kept > 0)
    {
      self->out->facts.flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "kept as text: %s",
                              self->kept->str);
    }
}

/* A record near the ceiling of its builder may lack values. */
static void
write_records (ImpMapper *self)
{
  gsize total = 0;

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

void
imp_mapper_finish (ImpMapper *self)
{
  /* Nothing followed that it could belong to: the last record has it, or one of its own. */
  if (self->n_buckets == 0)
    imp_mapper_record (self, DISC_KIND_UNKNOWN, imp_state (DISC_STATUS_UNKNOWN), NULL);
  else if (builder_len (self->pending) > 0)
    {
      ImpBucket *last = g_ptr_array_index (self->buckets, self->n_buckets - 1);

      flush_pending (self, last->builder);
    }

  write_records (self);
  report (self);
}
