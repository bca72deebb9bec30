/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-search.h"

#include <string.h>

#include "disc-date.h"
#include "disc-patient-key.h"
#include "disc-patient-match.h"
#include "disc-patient-table-private.h"
#include "disc-text.h"

#define MAX_WORDS 8
#define MAX_QUERY_BYTES 1000
#define NO_MATCH DISC_PATIENT_N_RANKS

/* How often each reading of a word was the best for a patient. */
typedef struct
{
  guint n_total;
  guint n_date;
} WordCounts;

/* Raises the rank of each patient to the worst of all words: all must match. */
static WordCounts
scan (const DiscPatientTable *table, const DiscPatientWord *word, guint8 *ranks)
{
  const guint8 *keys = table->keys;
  WordCounts counts = { 0 };

  for (guint i = 0; i < table->n; i++)
    {
      DiscPatientKey key = disc_patient_key_read (keys);
      guint8 rank = disc_patient_word_match_key (word, &key);

      if (word->id != NULL)
        {
          guint8 by_id = disc_patient_word_match_id (word, table->texts + table->rows[i].texts);

          rank = MIN (rank, by_id);
        }
      if (word->date != 0)
        {
          guint8 by_date = disc_patient_word_match_date (word, table->rows[i].birth);

          counts.n_date += by_date < NO_MATCH;
          rank = MIN (rank, by_date);
        }

      counts.n_total += rank < NO_MATCH;
      ranks[i] = MAX (ranks[i], rank);
      keys = disc_patient_key_next (&key);
    }

  return counts;
}

/* Part of a reading, where nothing begins with what was typed. */
static void
scan_inside (const DiscPatientTable *table, const DiscPatientWord *word, guint8 *ranks)
{
  const guint8 *keys = table->keys;

  for (guint i = 0; i < table->n; i++)
    {
      DiscPatientKey key = disc_patient_key_read (keys);
      guint8 rank = disc_patient_word_match_inside (word, &key);

      ranks[i] = MAX (ranks[i], rank);
      keys = disc_patient_key_next (&key);
    }
}

/* What the box says: rōmaji as kana, dates as the day they mean. */
static void
explain (GString *understood, const DiscPatientWord *word, const WordCounts *counts,
         gboolean *differs)
{
  const char *text = word->typed;
  gboolean is_date = word->date != 0 && (word->id == NULL || counts->n_date > 0);

  if (is_date)
    text = word->iso_date;
  else if (word->kana != NULL)
    text = word->kana;

  if (understood->len > 0)
    g_string_append (understood, "　");
  g_string_append (understood, text);
  if (!is_date && word->kana != NULL && !word->is_complete)
    g_string_append (understood, "…");
  *differs |= strcmp (text, word->typed) != 0;
}

static guint
count_matches (const guint8 *ranks, guint n)
{
  guint n_matches = 0;

  for (guint i = 0; i < n; i++)
    n_matches += ranks[i] < NO_MATCH;
  return n_matches;
}

/* The table is in the order of readings: best rank first, and within a rank as they stand. */
static void
take_best (DiscPatientHits *hits, const guint8 *ranks, guint n, guint limit)
{
  guint wanted = MIN (limit, hits->n_total);

  for (guint8 rank = 0; rank < NO_MATCH; rank++)
    for (guint i = 0; i < n && hits->rows->len < wanted; i++)
      if (ranks[i] == rank)
        g_array_append_val (hits->rows, i);
}

static void
search_words (const DiscPatientTable *table, GPtrArray *words, guint8 *ranks,
              DiscPatientHits *hits)
{
  guint n = table->n;
  g_autoptr (GString) understood = g_string_new (NULL);
  gboolean differs = FALSE;

  memset (ranks, 0, n);
  for (guint i = 0; i < words->len; i++)
    {
      const DiscPatientWord *word = g_ptr_array_index (words, i);
      g_autofree guint8 *before = g_memdup2 (ranks, n);
      WordCounts counts = scan (table, word, ranks);

      if (counts.n_total == 0 && before != NULL)
        {
          memcpy (ranks, before, n);
          scan_inside (table, word, ranks);
        }
      explain (understood, word, &counts, &differs);
    }

  hits->n_total = count_matches (ranks, n);
  g_clear_pointer (&hits->understood, g_free);
  if (differs)
    hits->understood = g_string_free (g_steal_pointer (&understood), FALSE);
}

static GPtrArray *
split (const char *query)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) disc_patient_word_free);
  const char *p = query;

  while (*p != '\0' && words->len < MAX_WORDS)
    {
      const char *end = p;
      DiscPatientWord *word;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);

      word = disc_patient_word_new (p, (gsize) (end - p), *end != '\0');
      if (word != NULL)
        g_ptr_array_add (words, word);
      p = *end != '\0' ? g_utf8_next_char (end) : end;
    }

  return words;
}

/* A date in several words: "昭和23年 4月 5日", "1948 4 5". */
static GPtrArray *
read_as_date (const char *query)
{
  g_autofree char *iso = disc_date_parse_typed (query);
  DiscPatientWord *word;
  GPtrArray *words;

  if (iso == NULL)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (query));
      g_auto (GStrv) parts = g_strsplit_set (stripped, " \t", -1);
      g_autofree char *slashes = g_strjoinv ("/", parts);

      iso = disc_date_parse_typed (slashes);
    }
  if (iso == NULL)
    return NULL;

  word = disc_patient_word_new (iso, strlen (iso), TRUE);
  g_free (word->typed);
  word->typed = g_strdup (query);
  words = g_ptr_array_new_with_free_func ((GDestroyNotify) disc_patient_word_free);
  g_ptr_array_add (words, word);
  return words;
}

DiscPatientHits *
disc_patient_table_search (const DiscPatientTable *self, const char *query, guint limit)
{
  DiscPatientHits *hits = g_new0 (DiscPatientHits, 1);
  g_autofree char *cut = g_strndup (query, MAX_QUERY_BYTES);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);
  g_autoptr (GPtrArray) words = split (valid);
  g_autofree guint8 *ranks = NULL;

  hits->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  if (words->len == 0 || self == NULL)
    return hits;

  ranks = g_malloc0 (self->n + 1);
  search_words (self, words, ranks, hits);
  if (hits->n_total == 0 && words->len > 1)
    {
      g_autoptr (GPtrArray) date = read_as_date (valid);

      if (date != NULL)
        search_words (self, date, ranks, hits);
    }

  take_best (hits, ranks, self->n, limit);
  return hits;
}

void
disc_patient_hits_free (DiscPatientHits *hits)
{
  g_array_unref (hits->rows);
  g_free (hits->understood);
  g_free (hits);
}
