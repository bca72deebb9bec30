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

typedef DiscPatientPartRank (*RankPart) (const DiscPatientWord *word, const guint8 *piece);

/* What a word says of each part of a name: a patient's rank is then found by the numbers of his
 * parts. */
static DiscPatientPartRank *
rank_parts (const DiscPatientParts *parts, const DiscPatientWord *word, RankPart rank_part)
{
  guint n = disc_patient_parts_n (parts);
  DiscPatientPartRank *ranks = g_new (DiscPatientPartRank, n);

  for (guint part = 0; part < n; part++)
    ranks[part] = rank_part (word, disc_patient_parts_key (parts, part));
  return ranks;
}

/* DISC_PATIENT_RANK_OPEN: his key must be looked at. */
static inline guint8
rank_of_name (const DiscPatientPartRank *ranks, DiscPatientName name)
{
  const DiscPatientPartRank *first = &ranks[disc_patient_name_first (name)];
  guint8 last = ranks[name.last].last;

  if (name.last == 0)
    return first->alone;
  return MAX (first->first, last) == DISC_PATIENT_RANK_OPEN ? DISC_PATIENT_RANK_OPEN
                                                            : MIN (first->first, last);
}

/* His former names, as a key has them, if he has some; rows are asked for in ascending order.
 * @next: (inout): of the list */
static const guint8 *
find_former (const DiscPatientTable *table, guint row, guint *next)
{
  const DiscPatientFormer *former = &g_array_index (table->formers, DiscPatientFormer, *next);

  if (*next >= table->formers->len || former->row != row)
    return NULL;
  (*next)++;
  return table->former_names->data + former->names;
}

static guint8
rank_of_key (const DiscPatientTable *table, const DiscPatientWord *word, guint row,
             const guint8 *former)
{
  guint8 room[DISC_PATIENT_KEY_MAX_BYTES];
  DiscPatientKey key = disc_patient_table_read_key (table, row, former, room);

  return (guint8) disc_patient_word_match_key (word, &key);
}

/* By id and birth date; the better one of these and @rank. */
static guint8
rank_of_numbers (const DiscPatientTable *table, const DiscPatientWord *word, guint row, guint8 rank,
                 WordCounts *counts)
{
  const DiscPackedPatient *packed = &table->rows[row];

  if (word->id != NULL)
    {
      guint8 by_id = (guint8) disc_patient_word_match_id (word, table->texts + packed->texts);

      rank = MIN (rank, by_id);
    }
  if (word->date != 0)
    {
      guint8 by_date = (guint8) disc_patient_word_match_date (word, packed->birth);

      counts->n_date += by_date < NO_MATCH;
      rank = MIN (rank, by_date);
    }
  return rank;
}

/* Raises the rank of each patient to the worst of all words: all must match. */
static WordCounts
scan (const DiscPatientTable *table, const DiscPatientWord *word, guint8 *ranks)
{
  g_autofree DiscPatientPartRank *readings =
      rank_parts (&table->reading_parts, word, disc_patient_word_rank_reading);
  g_autofree DiscPatientPartRank *names =
      rank_parts (&table->name_parts, word, disc_patient_word_rank_name);
  gboolean has_number = word->id != NULL || word->date != 0;
  WordCounts counts = { 0 };
  guint next_former = 0;

  for (guint i = 0; i < table->n; i++)
    {
      const guint8 *former = find_former (table, i, &next_former);
      guint8 by_reading = rank_of_name (readings, table->names[i].reading);
      guint8 by_name = rank_of_name (names, table->names[i].name);
      guint8 rank = MIN (by_reading, by_name);

      if (former != NULL || MAX (by_reading, by_name) == DISC_PATIENT_RANK_OPEN)
        rank = rank_of_key (table, word, i, former);
      if (has_number)
        rank = rank_of_numbers (table, word, i, rank, &counts);

      counts.n_total += rank < NO_MATCH;
      ranks[i] = MAX (ranks[i], rank);
    }

  return counts;
}

/* Part of a reading, where nothing begins with what was typed. */
static void
scan_inside (const DiscPatientTable *table, const DiscPatientWord *word, guint8 *ranks)
{
  g_autofree DiscPatientPartRank *readings =
      rank_parts (&table->reading_parts, word, disc_patient_word_rank_inside);
  guint8 room[DISC_PATIENT_KEY_MAX_BYTES];

  for (guint i = 0; i < table->n; i++)
    {
      guint8 rank = rank_of_name (readings, table->names[i].reading);

      if (rank == DISC_PATIENT_RANK_OPEN)
        {
          DiscPatientKey key = disc_patient_table_read_key (table, i, NULL, room);

          rank = (guint8) disc_patient_word_match_inside (word, &key);
        }
      ranks[i] = MAX (ranks[i], rank);
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
  guint counts[NO_MATCH + 1] = { 0 }, next[NO_MATCH + 1] = { 0 };

  if (wanted == 0)
    return;
  for (guint i = 0; i < n; i++)
    counts[ranks[i]]++;
  for (guint rank = 1; rank < NO_MATCH; rank++)
    next[rank] = next[rank - 1] + counts[rank - 1];
  g_array_set_size (hits->rows, wanted);
  for (guint i = 0; i < n; i++)
    if (ranks[i] < NO_MATCH && next[ranks[i]] < wanted)
      g_array_index (hits->rows, guint, next[ranks[i]]++) = i;
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
