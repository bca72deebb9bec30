/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "disc-kinds.h"

G_BEGIN_DECLS

/*
 * The records of one source message, encoded in one run of bytes (FORMAT.md, "Records"):
 *
 *   0x01 kind state            begins a record; state = status | 0x80 if live
 *   0x02                       begins an item of that record
 *   field(>= 16) UTF-8 0x00    a value of the record (before its first item) or of the item
 *
 * A field may repeat; the values are in the order of the source. There are no empty values: what
 * the source lacks is absent. Nothing here is computed: values stand as the source wrote them.
 */

/* Ceilings: beyond them an encoder stops adding and a decoder refuses. */
#define DISC_RECORDS_MAX_BYTES (16 * 1024 * 1024)
#define DISC_RECORDS_MAX_ITEMS 200000

/* ---- writing -------------------------------------------------------------------------------- */

typedef struct _DiscRecordBuilder DiscRecordBuilder;

DiscRecordBuilder *disc_record_builder_new (void);
void disc_record_builder_free (DiscRecordBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscRecordBuilder, disc_record_builder_free)

/** disc_record_builder_clear: forgets the content, keeps the memory for the next message. */
void disc_record_builder_clear (DiscRecordBuilder *self);

/**
 * disc_record_builder_begin: begins a record; @live is normally disc_status_is_live (@status).
 */
void disc_record_builder_begin (DiscRecordBuilder *self, DiscKind kind, DiscStatus status,
                                gboolean live);

/** disc_record_builder_item: begins an item of the record begun last. */
void disc_record_builder_item (DiscRecordBuilder *self);

/**
 * disc_record_builder_add:
 * @text: UTF-8, @len bytes (-1: NUL-terminated); %NULL or empty adds nothing
 *
 * Adds a value to the record (before the first item) or to the current item. A NUL inside @text
 * would end the value early: it is written as U+FFFD.
 */
void disc_record_builder_add (DiscRecordBuilder *self, DiscField field, const char *text,
                              gssize len);

/** disc_record_builder_n_items: items begun in the record begun last. */
guint disc_record_builder_n_items (DiscRecordBuilder *self);

/**
 * disc_record_builder_get: the encoded bytes; valid until the next call on @self.
 */
const guint8 *disc_record_builder_get (DiscRecordBuilder *self, gsize *len);

/** disc_record_builder_append: adds records already encoded (of the same message). */
void disc_record_builder_append (DiscRecordBuilder *self, const guint8 *data, gsize len);

/* ---- walking -------------------------------------------------------------------------------- */

typedef enum
{
  DISC_TOKEN_END,
  DISC_TOKEN_RECORD, /* kind, status, live are set */
  DISC_TOKEN_ITEM,
  DISC_TOKEN_VALUE,  /* field, value, value_len are set */
  DISC_TOKEN_BAD,    /* not the encoding above; the walk ends here */
} DiscToken;

typedef struct
{
  DiscKind kind;
  DiscStatus status;
  gboolean live;
  gboolean in_item;
  DiscField field;
  const char *value; /* NUL-terminated, inside the data */
  gsize value_len;
  /*< private >*/
  const guint8 *data;
  gsize len;
  gsize pos;
} DiscRecordIter;

/* The bytes of the encoding. */
#define DISC_MARK_RECORD 0x01
#define DISC_MARK_ITEM 0x02
#define DISC_FIRST_FIELD 16
#define DISC_STATE_LIVE 0x80

static inline void
disc_record_iter_init (DiscRecordIter *iter, const guint8 *data, gsize len)
{
  memset (iter, 0, sizeof *iter);
  iter->data = data;
  iter->len = len;
}

/* The next NUL, or NULL. Values are short and many: eight bytes at a time take half as long as a
 * call of memchr for each, and sixteen, where every processor of the kind can, less. */
static inline const guint8 *
disc_record_find_nul (const guint8 *p, const guint8 *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 word;

#ifdef __SSE2__
  for (; end - p >= (gssize) sizeof (__m128i); p += sizeof (__m128i))
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *) p);
      int found = _mm_movemask_epi8 (_mm_cmpeq_epi8 (bytes, _mm_setzero_si128 ()));

      if (found != 0)
        return p + __builtin_ctz ((guint) found);
    }
#endif
  for (; end - p >= (gssize) sizeof word; p += sizeof word)
    {
      guint64 hits;

      memcpy (&word, p, sizeof word);
      word = GUINT64_FROM_LE (word);
      hits = (word - ones) & ~word & (ones << 7);
      if (hits != 0)
        return p + __builtin_ctzll (hits) / 8; /* the lowest hit is always a true one */
    }
  for (; p < end; p++)
    if (*p == 0)
      return p;

  return NULL;
}

/* Inline: an import goes through the values of each message several times. */
static inline DiscToken
disc_record_iter_next (DiscRecordIter *iter)
{
  const guint8 *end;
  guint8 mark;

  if (iter->pos >= iter->len)
    return DISC_TOKEN_END;

  mark = iter->data[iter->pos];
  if (mark == DISC_MARK_RECORD)
    {
      if (iter->len - iter->pos < 3)
        return DISC_TOKEN_BAD;
      iter->kind = (DiscKind) iter->data[iter->pos + 1];
      iter->status = (DiscStatus) (iter->data[iter->pos + 2] & ~DISC_STATE_LIVE);
      iter->live = (iter->data[iter->pos + 2] & DISC_STATE_LIVE) != 0;
      iter->in_item = FALSE;
      iter->pos += 3;
      return DISC_TOKEN_RECORD;
    }

  if (iter->kind == DISC_KIND_NONE)
    return DISC_TOKEN_BAD;

  if (mark == DISC_MARK_ITEM)
    {
      iter->in_item = TRUE;
      iter->pos++;
      return DISC_TOKEN_ITEM;
    }

  if (mark < DISC_FIRST_FIELD)
    return DISC_TOKEN_BAD;

  end = disc_record_find_nul (iter->data + iter->pos + 1, iter->data + iter->len);
  if (end == NULL)
    return DISC_TOKEN_BAD;

  iter->field = (DiscField) mark;
  iter->value = (const char *) iter->data + iter->pos + 1;
  iter->value_len = (gsize) (end - (iter->data + iter->pos + 1));
  iter->pos = (gsize) (end - iter->data) + 1;
  return DISC_TOKEN_VALUE;
}

/**
 * disc_records_override:
 *
 * Sets the state of every record in @data that is still live to (@status, not live): the file was
 * superseded, deleted, .... A record that is already not live keeps its own status, which is the
 * more exact one, unless that is the word of a live one, as in a training message.
 */
void disc_records_override (guint8 *data, gsize len, DiscStatus status);

/** disc_records_override_others: the same of every record that is not of kind @spared. */
void disc_records_override_others (guint8 *data, gsize len, DiscStatus status, DiscKind spared);

/* ---- reading as a tree ---------------------------------------------------------------------- */

typedef struct
{
  DiscField field;
  const char *value;
} DiscValue;

typedef struct
{
  const DiscValue *values;
  guint n_values;
} DiscItem;

typedef struct
{
  DiscKind kind;
  DiscStatus status;
  gboolean live;
  const DiscValue *values;
  guint n_values;
  const DiscItem *items;
  guint n_items;
  guint message; /* index of its message in the chart it came from; 0 when decoded alone */
} DiscRecord;

typedef struct _DiscRecordSet DiscRecordSet;

/**
 * disc_record_set_new: decodes the records of one message.
 * @bytes: the encoded records; the set keeps a reference, values point into it
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_CORRUPT if the bytes are not records
 */
DiscRecordSet *disc_record_set_new (GBytes *bytes, GError **error);
void disc_record_set_free (DiscRecordSet *self);
guint disc_record_set_n (const DiscRecordSet *self);
const DiscRecord *disc_record_set_get (const DiscRecordSet *self, guint i);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscRecordSet, disc_record_set_free)

/** disc_record_value: the first value of @field in the record itself, or %NULL. */
const char *disc_record_value (const DiscRecord *record, DiscField field);
/** disc_item_value: the first value of @field in the item, or %NULL. */
const char *disc_item_value (const DiscItem *item, DiscField field);
/** disc_item_nth_value: the @n-th (from 0) value of @field in the item, or %NULL. */
const char *disc_item_nth_value (const DiscItem *item, DiscField field, guint n);
/** disc_values_join: (transfer full): all values of @field joined by @separator, or %NULL. */
char *disc_values_join (const DiscValue *values, guint n_values, DiscField field,
                        const char *separator);

G_END_DECLS
