/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

/* Bytes of the mark that begins a record (disc-record.h). */
#define MARK_BYTES 3

/* A message of more records than this goes on with records that say nothing themselves. */
#define MAX_BUCKETS 500

/* Heads of one message that are compared with a record, value by value: hostile ones would take
 * hours. */
#define MAX_COMPARISONS 10000

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

/* The next value of that field, or with %DISC_FIELD_NONE of any. */
static gboolean
next_of (DiscRecordIter *iter, DiscField field)
{
  DiscToken token;

  while ((token = disc_record_iter_next (iter)) == DISC_TOKEN_RECORD || token == DISC_TOKEN_VALUE)
    if (token == DISC_TOKEN_VALUE && (field == DISC_FIELD_NONE || iter->field == field))
      return TRUE;

  return FALSE;
}

static gboolean
head_has (const guint8 *head, gsize len, DiscField field)
{
  DiscRecordIter iter;

  disc_record_iter_init (&iter, head, len);
  return next_of (&iter, field);
}

/* Values of a head side by side, so that two heads are compared without walking through their bytes
 * for each value again. */
typedef struct
{
  DiscField field;
  const char *value;
  gsize len;
} Said;

typedef struct
{
  Said said[MAX_COMPARED_BYTES / 2]; /* a value is two bytes and more */
  guint n;
} Head;

/* @len: at most %MAX_COMPARED_BYTES */
static void
read_head (Head *self, const guint8 *bytes, gsize len)
{
  DiscRecordIter iter;

  self->n = 0;
  disc_record_iter_init (&iter, bytes, len);
  while (self->n < G_N_ELEMENTS (self->said) && next_of (&iter, DISC_FIELD_NONE))
    self->said[self->n++] = (Said){ iter.field, iter.value, iter.value_len };
}

static gboolean
are_same (const Said *a, const Said *b)
{
  return a->field == b->field && a->len == b->len && memcmp (a->value, b->value, a->len) == 0;
}

static gboolean
has_value (const Head *head, const Said *wanted)
{
  for (guint i = 0; i < head->n; i++)
    if (are_same (&head->said[i], wanted))
      return TRUE;

  return FALSE;
}

static gboolean
has_field (const Head *head, DiscField field)
{
  for (guint i = 0; i < head->n; i++)
    if (head->said[i].field == field)
      return TRUE;

  return FALSE;
}

static gboolean
is_same_head (ImpMapper *self, const ImpBucket *bucket)
{
  gsize head_len;
  const guint8 *head = disc_record_builder_get (self->head, &head_len);
  gsize len;
  const guint8 *known = disc_record_builder_get (bucket->builder, &len);

  return head_len == bucket->head_len &&
         memcmp (known + MARK_BYTES, head + MARK_BYTES, head_len - MARK_BYTES) == 0;
}

static ImpBucket *
new_bucket (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner,
            gboolean is_bare)
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
  bucket->is_bare = is_bare;
  disc_record_builder_clear (bucket->builder);
  disc_record_builder_begin (bucket->builder, kind, state.status, state.live);
  if (!is_bare)
    append (self, bucket->builder, head + MARK_BYTES, head_len - MARK_BYTES);
  bucket->head_len = builder_len (bucket->builder);
  /* Of a bare record the head is a difference. */
  bucket->generation = is_bare ? self->generation - 1 : self->generation;
  bucket->fit_generation = self->generation;
  bucket->fits = TRUE;
  disc_record_builder_clear (bucket->differences);

  if (self->title != NULL && (is_bare || !head_has (head, head_len, DISC_FIELD_TITLE)))
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

/* Whether both say the same of a field, value by value. */
static gboolean
say_same (const Head *a, const Head *b, DiscField field)
{
  guint i = 0, k = 0;

  for (;; i++, k++)
    {
      while (i < a->n && a->said[i].field != field)
        i++;
      while (k < b->n && b->said[k].field != field)
        k++;
      if (i == a->n || k == b->n)
        return i == a->n && k == b->n;
      if (!are_same (&a->said[i], &b->said[k]))
        return FALSE;
    }
}

/* Values that an item has beside those of its record, where others take their place. */
static gboolean
adds_up (DiscField field)
{
  return field == DISC_FIELD_COMMENT || field == DISC_FIELD_CLINICAL_INFO ||
         field == DISC_FIELD_CONFIDENTIAL;
}

/* Whether the present head says something about all that the record tells of itself: what a block
 * leaves out, it does not take from an earlier one. */
static gboolean
compare_head (ImpMapper *self, const ImpBucket *bucket)
{
  gsize head_len;
  const guint8 *head = disc_record_builder_get (self->head, &head_len);
  gsize len;
  const guint8 *known = disc_record_builder_get (bucket->builder, &len);
  Head present, own;

  if (bucket->is_bare || is_same_head (self, bucket))
    return TRUE;
  if (head_len > MAX_COMPARED_BYTES || bucket->head_len > MAX_COMPARED_BYTES ||
      ++self->n_compared > MAX_COMPARISONS)
    return FALSE;

  read_head (&present, head, head_len);
  read_head (&own, known, bucket->head_len);
  for (guint i = 0; i < own.n; i++)
    if (adds_up (own.said[i].field) ? !has_value (&present, &own.said[i])
                                    : !has_field (&present, own.said[i].field))
      return FALSE;

  return TRUE;
}

static gboolean
fits_head (ImpMapper *self, ImpBucket *bucket)
{
  if (bucket->fit_generation != self->generation)
    {
      bucket->fit_generation = self->generation;
      bucket->fits = compare_head (self, bucket);
    }
  return bucket->fits;
}

static ImpBucket *
find_bucket (ImpMapper *self, DiscKind kind, ImpState state, const ImpSegment *owner)
{
  for (guint i = 0; i < self->n_buckets; i++)
    {
      ImpBucket *bucket = g_ptr_array_index (self->buckets, i);

      if (bucket->kind == kind && bucket->state.status == state.status &&
          bucket->state.live == state.live && bucket->owner == owner && fits_head (self, bucket))
        return bucket;
    }

  return NULL;
}

/* All of the present head: of a record that says nothing itself, or too much to be compared. */
static void
take_head (ImpMapper *self, ImpBucket *bucket)
{
  gsize len;
  const guint8 *head = disc_record_builder_get (self->head, &len);
  DiscRecordIter iter;

  disc_record_iter_init (&iter, head, len);
  while (next_of (&iter, DISC_FIELD_NONE))
    disc_record_builder_add (bucket->differences, item_field (iter.field), iter.value,
                             (gssize) iter.value_len);
}

/* What the present head says and the record does not: of each field all values or none. */
static void
find_differences (ImpMapper *self, ImpBucket *bucket)
{
  gsize head_len;
  const guint8 *head = disc_record_builder_get (self->head, &head_len);
  gsize len;
  const guint8 *known = disc_record_builder_get (bucket->builder, &len);
  Head present, own;

  bucket->generation = self->generation;
  disc_record_builder_clear (bucket->differences);
  if (is_same_head (self, bucket))
    return;
  if (bucket->is_bare || MAX (head_len, bucket->head_len) > MAX_COMPARED_BYTES)
    {
      take_head (self, bucket);
      return;
    }

  read_head (&present, head, head_len);
  read_head (&own, known, bucket->head_len);
  for (guint i = 0; i < present.n; i++)
    {
      const Said *said = &present.said[i];

      if (!(said->field == DISC_FIELD_AT && self->items_have_time) &&
          !(adds_up (said->field) ? has_value (&own, said)
                                  : say_same (&present, &own, said->field)))
        disc_record_builder_add (bucket->differences, item_field (said->field), said->value,
                                 (gssize) said->len);
    }
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
  gboolean is_bare = self->n_buckets >= MAX_BUCKETS;

  if (self->is_test)
    state.live = FALSE;
  if (is_bare)
    owner = NULL;
  bucket = find_bucket (self, kind, state, owner);
  *is_new = bucket == NULL;
  return bucket != NULL ? bucket : new_bucket (self, kind, state, owner, is_bare);
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
  if (!is_new || bucket->is_bare)
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

  if (bucket->is_bare)
    return imp_mapper_item (self, kind, state);
  flush_pending (self, bucket->builder);
  self->open = bucket;
  return bucket->builder;
}

void
imp_mapper_inherit (ImpMapper *self, DiscRecordBuilder *from)
{
  gsize len;
  const guint8 *bytes = disc_record_builder_get (from, &len);
  gsize own_len = builder_len (self->head);
  DiscRecordIter iter;

  if (len > MAX_COMPARED_BYTES || own_len > MAX_COMPARED_BYTES)
    return;

  disc_record_iter_init (&iter, bytes, len);
  while (next_of (&iter, DISC_FIELD_NONE))
    if (!head_has (disc_record_builder_get (self->head, &len), own_len, iter.field))
      disc_record_builder_add (self->head, iter.field, iter.value, (gssize) iter.value_len);
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

/* The files of a bucket are of the record that became of it. */
static void
place_files (ImpMapper *self, guint bucket, guint record)
{
  for (guint i = 0; i < self->out->files->len; i++)
    {
      ImpMappedFile *file = g_ptr_array_index (self->out->files, i);

      if (file->bucket == bucket)
        file->record = record;
    }
}

/* A record near the ceiling of its builder may lack values. */
void
imp_mapper_write_records (ImpMapper *self)
{
  gsize total = 0;
  guint n_records = 0;

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
      place_files (self, i, n_records++);
    }
  if (total == 0)
    disc_record_builder_begin (self->out->records, DISC_KIND_UNKNOWN, DISC_STATUS_UNKNOWN,
                               !self->is_test);
}
