/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-term-table.h"

#include <string.h>

#include "disc-format.h"

#define FIRST_SLOTS 16384

/* The text beside its hash: one place in memory to look at for what is not the same. */
typedef struct
{
  const char *text; /* in the chunk */
  guint32 hash;
  guint32 number;   /* 0 while free */
} Slot;

struct _DiscTermTable
{
  guint64 seed;
  Slot *slots;
  guint32 n_slots;    /* a power of two, at least twice the texts */
  guint32 n;
  GStringChunk *texts;
  gsize texts_len;
};

DiscTermTable *
disc_term_table_new (guint64 seed)
{
  DiscTermTable *self = g_new0 (DiscTermTable, 1);

  self->seed = seed;
  self->n_slots = FIRST_SLOTS;
  self->slots = g_new0 (Slot, self->n_slots);
  self->texts = g_string_chunk_new (64 * 1024);
  return self;
}

void
disc_term_table_free (DiscTermTable *self)
{
  g_free (self->slots);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

static guint32
hash_text (guint64 seed, const char *text, gsize len)
{
  guint64 hash = mix (seed, len);
  guint64 word;

  for (; len >= sizeof word; text += sizeof word, len -= sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = mix (hash, word);
    }

  word = 0;
  memcpy (&word, text, len);
  hash = mix (hash, word);
  return (guint32) (hash >> 32);
}

/* The slot of the text, or the free one where it belongs. */
static Slot *
find_slot (DiscTermTable *self, guint32 hash, const char *text)
{
  for (guint32 i = hash;; i++)
    {
      Slot *slot = &self->slots[i & (self->n_slots - 1)];

      if (slot->number == 0 || (slot->hash == hash && strcmp (slot->text, text) == 0))
        return slot;
    }
}

static void
grow (DiscTermTable *self)
{
  g_autofree Slot *old = self->slots;
  guint32 n_old = self->n_slots;

  self->n_slots *= 2;
  self->slots = g_new0 (Slot, self->n_slots);
  for (guint32 i = 0; i < n_old; i++)
    {
      guint32 place = old[i].hash;

      if (old[i].number == 0)
        continue;
      while (self->slots[place & (self->n_slots - 1)].number != 0)
        place++;
      self->slots[place & (self->n_slots - 1)] = old[i];
    }
}

guint32
disc_term_table_number (DiscTermTable *self, const char *text, gsize len, gboolean *is_new)
{
  guint32 hash = hash_text (self->seed, text, len);
  Slot *slot = find_slot (self, hash, text);

  *is_new = slot->number == 0;
  if (!*is_new)
    return slot->number;

  if (len > DISC_TERM_MAX_BYTES || self->n >= DISC_TERMS_MAX ||
      self->texts_len + len > DISC_TERMS_MAX_BYTES)
    return 0;

  slot->text = g_string_chunk_insert_len (self->texts, text, (gssize) len);
  slot->hash = hash;
  slot->number = ++self->n;
  self->texts_len += len;
  if (self->n * 2 > self->n_slots)
    grow (self);

  return self->n;
}

guint32
disc_term_table_n (const DiscTermTable *self)
{
  return self->n;
}
