/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

#include "disc-date.h"
#include "disc-term-table.h"
#include "disc-text.h"

/* Longer texts are hardly ever written twice: they are indexed where they stand. */
#define TERM_MAX_CHARACTERS 40
#define FIRST_SLOTS 256

/* Behind so many, repeated ones are no longer told from new ones: no message has them, and texts
 * made to collide in a hash must not hold up an import. */
#define MAX_DISTINCT 4096

#define FOLDED_DASH 0x30FC
#define LABEL_END ": "

/* So many values are remembered before all are forgotten: a hospital's drugs, tests and phrases. */
#define MEMORY_MAX 30000

typedef enum
{
  USE_NONE = 0, /* numbers, dates, codes, people */
  USE_TERM,     /* the display string of something coded */
  USE_TEXT,     /* what somebody wrote */
  USE_RESULT,   /* a number, or words */
  N_USES,
} Use;

static const guint8 uses[256] = {
  [DISC_FIELD_TITLE] = USE_TERM,
  [DISC_FIELD_NAME] = USE_TERM,
  [DISC_FIELD_OTHER_NAME] = USE_TERM,
  [DISC_FIELD_SPECIMEN] = USE_TERM,
  [DISC_FIELD_GROUP] = USE_TERM,
  [DISC_FIELD_ORGANISM] = USE_TERM,
  [DISC_FIELD_SUBSTANCE] = USE_TERM,
  [DISC_FIELD_REACTION] = USE_TERM,
  [DISC_FIELD_INFECTION_RISK] = USE_TERM,
  [DISC_FIELD_OUTCOME] = USE_TERM,
  [DISC_FIELD_ICD10] = USE_TERM,
  [DISC_FIELD_DRUG] = USE_TERM,
  [DISC_FIELD_USAGE] = USE_TERM,
  [DISC_FIELD_ROUTE] = USE_TERM,
  [DISC_FIELD_SITE] = USE_TERM,
  [DISC_FIELD_METHOD] = USE_TERM,
  [DISC_FIELD_DEVICE] = USE_TERM,
  [DISC_FIELD_LOT] = USE_TERM,
  [DISC_FIELD_DISPOSITION] = USE_TERM,
  [DISC_FIELD_MEAL] = USE_TERM,
  [DISC_FIELD_TEXTURE] = USE_TERM,
  [DISC_FIELD_RESTRICTION] = USE_TERM,
  [DISC_FIELD_MODALITY] = USE_TERM,
  [DISC_FIELD_MATERIAL] = USE_TERM,
  [DISC_FIELD_ITEM_TITLE] = USE_TERM,
  [DISC_FIELD_INSTRUCTION] = USE_TERM,
  [DISC_FIELD_TEXT] = USE_TEXT,
  [DISC_FIELD_NOT_UNDERSTOOD] = USE_TEXT,
  [DISC_FIELD_ITEM_NOT_UNDERSTOOD] = USE_TEXT,
  [DISC_FIELD_CLINICAL_INFO] = USE_TEXT,
  [DISC_FIELD_COMMENT] = USE_TEXT,
  [DISC_FIELD_REASON] = USE_TEXT,
  [DISC_FIELD_VALUE] = USE_RESULT,
  [DISC_FIELD_RESULT] = USE_RESULT,
};

/* What is searched of a value. */
typedef enum
{
  AS_NOTHING,
  AS_TERM,
  AS_TEXT,
} As;

typedef struct
{
  As as;
  guint hash;    /* of a term */
  guint message; /* that it was met in last */
  gsize len;
  const char *folded; /* unless AS_NOTHING */
} Known;

struct _DiscTermMemory
{
  DiscTermTable *values[N_USES]; /* as written */
  GArray *known[N_USES];         /* (element-type Known) by number of the value, less one */
  GStringChunk *strings;
  GString *folded;
  guint message; /* counts those that were walked through */
};

/* The terms of this message, by hash: open addressing, each slot a place in @terms plus one. */
typedef struct
{
  GPtrArray *terms;
  GStringChunk *strings;
  guint first; /* of this message in @terms */
  guint32 *slots;
  guint n_slots;
  guint32 first_slots[FIRST_SLOTS];
} TermSet;

static guint
hash_bytes (const char *text, gsize len)
{
  guint hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < len; i++)
    hash = (hash ^ (guchar) text[i]) * 16777619u;
  return hash;
}

/* The slot that holds @text, or the free one where it belongs. */
static guint32 *
find_slot (TermSet *self, const char *text, guint hash)
{
  guint i = hash & (self->n_slots - 1);

  while (self->slots[i] != 0)
    {
      const char *term = g_ptr_array_index (self->terms, self->slots[i] - 1);

      if (strcmp (term, text) == 0)
        break;
      i = (i + 1) & (self->n_slots - 1);
    }

  return &self->slots[i];
}

static void
grow (TermSet *self)
{
  if (self->slots != self->first_slots)
    g_free (self->slots);
  self->n_slots *= 4;
  self->slots = g_new0 (guint32, self->n_slots);

  for (guint i = self->first; i < self->terms->len; i++)
    {
      const char *term = g_ptr_array_index (self->terms, i);

      *find_slot (self, term, hash_bytes (term, strlen (term))) = i + 1;
    }
}

static void
add_term (TermSet *self, const Known *known)
{
  guint32 *slot = NULL;

  if (self->terms->len - self->first < MAX_DISTINCT)
    {
      slot = find_slot (self, known->folded, known->hash);
      if (*slot != 0)
        return;
    }

  g_ptr_array_add (self->terms,
                   g_string_chunk_insert_len (self->strings, known->folded, (gssize) known->len));
  if (slot == NULL)
    return;

  *slot = self->terms->len;
  if ((self->terms->len - self->first) * 2 > self->n_slots)
    grow (self);
}

/* The same remark often stands beside every result of a message. */
static void
add_paragraph (GString *free_text, GHashTable **seen, const char *folded, gsize len)
{
  if (*seen == NULL)
    *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_hash_table_size (*seen) < MAX_DISTINCT &&
      !g_hash_table_add (*seen, g_strndup (folded, len)))
    return;

  if (free_text->len > 0)
    g_string_append_c (free_text, '\n');
  g_string_append_len (free_text, folded, (gssize) len);
}

static gboolean
has_digit (const GString *folded)
{
  return strcspn (folded->str, "0123456789") < folded->len;
}

/* "0.03", "<5", "(2+)", "300>" and the like have no word in them; neither has a date. */
static gboolean
has_word (const GString *folded)
{
  for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != FOLDED_DASH && g_unichar_isalpha (c))
        return TRUE;
    }

  return FALSE;
}

/* A date, with a label or without: "採取日時: 2025-04-10T10:30". */
static gboolean
is_date (const char *value)
{
  const char *label_end = strstr (value, LABEL_END);

  return disc_date_is_valid (label_end != NULL ? label_end + strlen (LABEL_END) : value);
}

static gboolean
is_short (const GString *folded)
{
  return folded->len <= TERM_MAX_CHARACTERS ||
         (folded->len <= 4 * TERM_MAX_CHARACTERS &&
          g_utf8_strlen (folded->str, (gssize) folded->len) <= TERM_MAX_CHARACTERS);
}

static As
classify (Use use, const char *value, const GString *folded)
{
  /* A number with words behind it ("12.3 未満") or a remark with a date in it is one of many. */
  gboolean is_one_of_many = use != USE_TERM && has_digit (folded);

  if (folded->len == 0 || (is_one_of_many && is_date (value)))
    return AS_NOTHING;
  if (use == USE_RESULT && (folded->len == 1 || !has_word (folded)))
    return AS_NOTHING;

  return is_short (folded) && !is_one_of_many ? AS_TERM : AS_TEXT;
}

static void
forget (DiscTermMemory *self)
{
  guint64 seed = (guint64) g_random_int () << 32 | g_random_int ();

  for (guint use = USE_NONE + 1; use < N_USES; use++)
    {
      g_clear_pointer (&self->values[use], disc_term_table_free);
      self->values[use] = disc_term_table_new (seed);
      g_array_set_size (self->known[use], 0);
    }
  g_string_chunk_clear (self->strings);
}

DiscTermMemory *
disc_term_memory_new (void)
{
  DiscTermMemory *self = g_new0 (DiscTermMemory, 1);

  for (guint use = USE_NONE + 1; use < N_USES; use++)
    self->known[use] = g_array_new (FALSE, FALSE, sizeof (Known));
  self->strings = g_string_chunk_new (16 * 1024);
  self->folded = g_string_sized_new (512);
  forget (self);
  return self;
}

void
disc_term_memory_free (DiscTermMemory *self)
{
  for (guint use = USE_NONE + 1; use < N_USES; use++)
    {
      disc_term_table_free (self->values[use]);
      g_array_unref (self->known[use]);
    }
  g_string_chunk_free (self->strings);
  g_string_free (self->folded, TRUE);
  g_free (self);
}

static Known
fold_value (DiscTermMemory *self, Use use, const char *value, gsize len)
{
  Known known;

  g_string_truncate (self->folded, 0);
  disc_text_fold_words (value, (gssize) len, self->folded);
  known.as = classify (use, value, self->folded);
  known.len = self->folded->len;
  known.folded = self->folded->str;
  known.hash = known.as == AS_TERM ? hash_bytes (known.folded, known.len) : 0;
  known.message = self->message;
  return known;
}

/* Numbers are most results: they need not be folded, or remembered, to see that they are no words. */
static gboolean
is_plain_number (const char *value)
{
  while (*value != '\0' && (guchar) *value < 0x80 && !g_ascii_isalpha (*value))
    value++;
  return *value == '\0';
}

/* The same values come again and again, also within a message: there once is enough.
 * @value: NUL-terminated */
static Known
recall_value (DiscTermMemory *self, Use use, const char *value, gsize len)
{
  gboolean is_new;
  guint32 number;
  Known known;

  if (use == USE_RESULT && is_plain_number (value))
    return (Known) { AS_NOTHING };
  if (self->known[use]->len >= MEMORY_MAX)
    forget (self);

  number = disc_term_table_number (self->values[use], value, len, &is_new);
  if (!is_new)
    {
      Known *met = &g_array_index (self->known[use], Known, number - 1);

      if (met->message == self->message)
        return (Known){ AS_NOTHING };
      met->message = self->message;
      return *met;
    }

  known = fold_value (self, use, value, len);
  if (number == 0)
    return known; /* too long to be written twice */

  if (known.as != AS_NOTHING)
    known.folded = g_string_chunk_insert_len (self->strings, known.folded, (gssize) known.len);
  g_array_append_val (self->known[use], known);
  return known;
}

/* The names in these are people's and insurers', found by the patient search or not at all. */
static gboolean
is_searchable (DiscKind kind)
{
  return kind != DISC_KIND_DEMOGRAPHICS && kind != DISC_KIND_CONTACT && kind != DISC_KIND_COVERAGE;
}

void
disc_terms_extract (DiscTermMemory *memory, const guint8 *records, gsize len, GStringChunk *strings,
                    GPtrArray *terms, GString *free_text)
{
  TermSet set = { .terms = terms, .strings = strings, .first = terms->len, .n_slots = FIRST_SLOTS };
  g_autoptr (GHashTable) seen = NULL; /* paragraphs of free text */
  DiscRecordIter iter;
  DiscToken token;

  set.slots = set.first_slots;
  memory->message++;
  disc_record_iter_init (&iter, records, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      Known known;
      Use use;

      if (token != DISC_TOKEN_VALUE || !is_searchable (iter.kind))
        continue;
      use = (Use) uses[iter.field & 0xFF];
      if (use == USE_NONE)
        continue;

      known = recall_value (memory, use, iter.value, iter.value_len);
      if (known.as == AS_TERM)
        add_term (&set, &known);
      else if (known.as == AS_TEXT)
        add_paragraph (free_text, &seen, known.folded, known.len);
    }

  if (set.slots != set.first_slots)
    g_free (set.slots);
}
