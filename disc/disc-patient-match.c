/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-match.h"

#include <string.h>

#include "disc-patient-key.h"

#define LOST_LETTER '?'
#define MIN_SUFFIX_DIGITS 3
#define MIN_INSIDE_LETTERS 4

typedef enum
{
  MATCH_NONE,
  MATCH_EXACT,
  MATCH_LOOSE,
  MATCH_LOST,
} Match;

static gboolean
is_vowel (char c)
{
  return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o';
}

/* Lower-case letters but for N, the ン: rōmaji often leaves open whether it is one. */
static inline gboolean
same_letter (char a, char b, gboolean is_loose)
{
  return a == b || (is_loose && (a | 0x20) == (b | 0x20));
}

/* The second half of ou, oo, uu: a long vowel that rōmaji may leave out. */
static gboolean
is_long_vowel (char c, char before)
{
  return (before == 'o' && (c == 'u' || c == 'o')) || (before == 'u' && c == 'u');
}

/* Where @letters go on behind the syllable at @j. */
static gsize
skip_syllable (const char *letters, gsize n, gsize j)
{
  while (j < n && !is_vowel (letters[j]) && letters[j] != 'N')
    j++;
  return MIN (j + 1, n);
}

/* Whether @text begins with the letters of the word. @ran_out: set when more of it might tell
 * otherwise */
static Match
match_letters (const DiscPatientWord *word, const char *text, gsize len, gboolean *ran_out)
{
  const char *letters = word->letters;
  gsize n = word->n_letters;
  gsize i = 0, j = 0;
  char before = '\0';
  Match match = MATCH_EXACT;

  while (j < n)
    {
      if (i >= len)
        *ran_out = TRUE;
      if (i < len && same_letter (text[i], letters[j], word->is_loose))
        {
          before = letters[j++];
          i++;
          continue;
        }
      if (i < len && text[i] == LOST_LETTER)
        {
          j = skip_syllable (letters, n, j);
          before = '\0';
          i++;
          match = MATCH_LOST;
          continue;
        }
      if (!word->is_loose)
        return MATCH_NONE;

      if (i < len && is_long_vowel (text[i], before))
        {
          i++;
          if (is_long_vowel (letters[j], before))
            j++;
        }
      else if (j > 0 && g_ascii_tolower (letters[j]) == 'n' && letters[j - 1] == 'N')
        j++; /* "sinnitirou": nn for ン, as input methods want it */
      else if (j == n - 1 && letters[j] == 'h' && before == 'o')
        j++; /* "satoh" */
      else
        return MATCH_NONE;
      match = MAX (match, MATCH_LOOSE);
    }

  return match;
}

/* Whether the first @n letters are one or more whole parts of the name. */
static gboolean
ends_with_part (gsize n, const DiscPatientKey *key)
{
  for (guint i = 0; i < key->n_starts; i++)
    if (key->starts[i] == n)
      return TRUE;

  return key->n_letters == n;
}

/* Whether the part of the name at @start begins with the word; @n: letters of it that match. */
static Match
match_part (const DiscPatientWord *word, const DiscPatientKey *key, guint start, gsize *n,
            gboolean *ran_out)
{
  const char *text = key->letters + start;
  gsize len = key->n_letters - start;
  Match match = MATCH_NONE;

  *n = word->n_letters;
  if (len == 0)
    {
      *ran_out = TRUE;
      return MATCH_NONE;
    }
  if (word->letters != NULL &&
      (same_letter (*text, *word->letters, word->is_loose) || *text == LOST_LETTER))
    match = match_letters (word, text, len, ran_out);

  if (match != MATCH_EXACT && word->latin != NULL && *text == *word->latin &&
      memcmp (text, word->latin, MIN (len, word->n_latin)) == 0)
    {
      if (len >= word->n_latin)
        {
          *n = word->n_latin;
          return MATCH_EXACT;
        }
      *ran_out = TRUE;
    }

  return match;
}

static const guint8 rank_of_match[] = {
  [MATCH_NONE] = DISC_PATIENT_N_RANKS,
  [MATCH_EXACT] = DISC_PATIENT_RANK_PART,
  [MATCH_LOOSE] = DISC_PATIENT_RANK_LOOSE,
  [MATCH_LOST] = DISC_PATIENT_RANK_LOST,
};

static DiscPatientRank
match_reading (const DiscPatientWord *word, const DiscPatientKey *key)
{
  DiscPatientRank best = DISC_PATIENT_N_RANKS;
  gboolean ran_out;
  gsize n;

  if (key->n_letters == 0 || (word->letters == NULL && word->latin == NULL))
    return DISC_PATIENT_N_RANKS;

  for (guint i = 0; i <= key->n_starts; i++)
    {
      Match match = match_part (word, key, i == 0 ? 0 : key->starts[i - 1], &n, &ran_out);

      if (match == MATCH_EXACT && i == 0)
        return ends_with_part (n, key) ? DISC_PATIENT_RANK_WHOLE : DISC_PATIENT_RANK_BEGIN;
      best = MIN (best, (DiscPatientRank) rank_of_match[match]);
    }

  return best;
}

/* Whether @name, from its start, is @pattern as far as neither has lost a character, and not only
 * because all are lost. */
static gboolean
matches_but_for_lost (const char *name, const char *name_end, const char *pattern,
                      const char *pattern_end)
{
  gboolean has_same = FALSE;

  while (pattern < pattern_end)
    {
      gboolean is_lost;

      if (name == name_end)
        return FALSE;
      is_lost = *name == DISC_PATIENT_KEY_LOST || *pattern == DISC_PATIENT_KEY_LOST;
      if (!is_lost && g_utf8_get_char (name) != g_utf8_get_char (pattern))
        return FALSE;
      has_same |= !is_lost;
      name = g_utf8_next_char (name);
      pattern = g_utf8_next_char (pattern);
    }

  return has_same;
}

static DiscPatientRank
match_name (const DiscPatientWord *word, const char *name, gsize len, gboolean is_first)
{
  const char *end = name + len;
  const char *pattern_end = word->name + word->n_name;

  for (const char *p = name; p + word->n_name <= end; p++)
    {
      if (*p != *word->name || memcmp (p, word->name, word->n_name) != 0)
        continue;
      if (p != name || !is_first)
        return DISC_PATIENT_RANK_PART;
      return len == word->n_name ? DISC_PATIENT_RANK_WHOLE : DISC_PATIENT_RANK_BEGIN;
    }

  if (!word->has_kanji ||
      (!word->has_lost && memchr (name, DISC_PATIENT_KEY_LOST, len) == NULL))
    return DISC_PATIENT_N_RANKS;

  for (const char *p = name; p < end; p = g_utf8_next_char (p))
    if (matches_but_for_lost (p, end, word->name, pattern_end))
      return DISC_PATIENT_RANK_LOST;

  return DISC_PATIENT_N_RANKS;
}

DiscPatientRank
disc_patient_word_match_key (const DiscPatientWord *self, const DiscPatientKey *key)
{
  DiscPatientRank best = match_reading (self, key);

  for (const guint8 *p = key->names; *p != 0; p += 1 + *p)
    if (self->name != NULL && best > DISC_PATIENT_RANK_WHOLE)
      {
        DiscPatientRank rank = match_name (self, (const char *) p + 1, *p, p == key->names);

        best = MIN (best, rank);
      }

  return best;
}

/* A syllable begins behind a vowel and behind N. */
DiscPatientRank
disc_patient_word_match_inside (const DiscPatientWord *self, const DiscPatientKey *key)
{
  if (self->letters == NULL || self->n_letters < MIN_INSIDE_LETTERS)
    return DISC_PATIENT_N_RANKS;

  for (gsize i = 1; i + self->n_letters <= key->n_letters; i++)
    if ((is_vowel (key->letters[i - 1]) || key->letters[i - 1] == 'N') &&
        memcmp (key->letters + i, self->letters, self->n_letters) == 0)
      return DISC_PATIENT_RANK_INSIDE;

  return DISC_PATIENT_N_RANKS;
}

/* ---- parts of names ------------------------------------------------------------------------- */

static const DiscPatientPartRank no_match = { DISC_PATIENT_N_RANKS, DISC_PATIENT_N_RANKS,
                                              DISC_PATIENT_N_RANKS };

DiscPatientPartRank
disc_patient_word_rank_reading (const DiscPatientWord *self, const guint8 *piece)
{
  DiscPatientKey key = disc_patient_key_read (piece);
  DiscPatientPartRank rank = no_match;
  gboolean is_open = FALSE;

  if (key.n_letters == 0 || (self->letters == NULL && self->latin == NULL))
    return rank;

  for (guint i = 0; i <= key.n_starts; i++)
    {
      gboolean ran_out = FALSE;
      gsize n;
      Match match = match_part (self, &key, i == 0 ? 0 : key.starts[i - 1], &n, &ran_out);

      rank.last = MIN (rank.last, rank_of_match[match]);
      if (i == 0 && match == MATCH_EXACT)
        {
          rank.alone = ends_with_part (n, &key) ? DISC_PATIENT_RANK_WHOLE : DISC_PATIENT_RANK_BEGIN;
          rank.first = ran_out ? DISC_PATIENT_RANK_OPEN : rank.alone;
        }
      is_open |= ran_out;
    }

  if (rank.alone == DISC_PATIENT_N_RANKS)
    {
      rank.alone = rank.last;
      rank.first = is_open ? DISC_PATIENT_RANK_OPEN : rank.last;
    }
  return rank;
}

/* Whether @text ends with a part of the beginning of @pattern. */
static gboolean
ends_with_beginning (const char *text, gsize len, const char *pattern, gsize n_pattern)
{
  for (gsize n = MIN (len, n_pattern - 1); n > 0; n--)
    if (memcmp (text + len - n, pattern, n) == 0)
      return TRUE;

  return FALSE;
}

DiscPatientPartRank
disc_patient_word_rank_name (const DiscPatientWord *self, const guint8 *piece)
{
  const char *name = (const char *) piece + 1;
  gsize len = *piece;
  DiscPatientPartRank rank = no_match;
  DiscPatientRank alone;
  gboolean may_be_lost;

  if (self->name == NULL || len == 0)
    return rank;

  alone = match_name (self, name, len, TRUE);
  may_be_lost =
      self->has_kanji && (self->has_lost || memchr (name, DISC_PATIENT_KEY_LOST, len) != NULL);
  rank.alone = (guint8) alone;
  if (alone <= DISC_PATIENT_RANK_PART)
    {
      rank.first = MAX (rank.alone, DISC_PATIENT_RANK_BEGIN);
      rank.last = DISC_PATIENT_RANK_PART;
      return rank;
    }
  if (may_be_lost)
    rank.last = DISC_PATIENT_RANK_OPEN;
  if (may_be_lost || ends_with_beginning (name, len, self->name, self->n_name))
    rank.first = DISC_PATIENT_RANK_OPEN;
  return rank;
}

static gboolean
ends_syllable (char letter)
{
  return is_vowel (letter) || letter == 'N';
}

DiscPatientPartRank
disc_patient_word_rank_inside (const DiscPatientWord *self, const guint8 *piece)
{
  DiscPatientKey key = disc_patient_key_read (piece);
  gsize len = key.n_letters, n = self->n_letters;
  DiscPatientPartRank rank = no_match;

  if (self->letters == NULL || n < MIN_INSIDE_LETTERS || len == 0)
    return rank;

  if (disc_patient_word_match_inside (self, &key) != DISC_PATIENT_N_RANKS)
    return (DiscPatientPartRank){ DISC_PATIENT_RANK_INSIDE, DISC_PATIENT_RANK_INSIDE,
                                  DISC_PATIENT_RANK_INSIDE };
  for (gsize i = len >= n ? len - n + 1 : 1; i < len; i++)
    if (ends_syllable (key.letters[i - 1]) && memcmp (key.letters + i, self->letters, len - i) == 0)
      rank.first = DISC_PATIENT_RANK_OPEN;
  if (len >= n && memcmp (key.letters, self->letters, n) == 0)
    rank.last = DISC_PATIENT_RANK_OPEN; /* if a syllable ends before it */
  return rank;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static const char *
skip_zeros (const char *id)
{
  while (*id == '0')
    id++;
  return id;
}

/* Whether @id begins with @start, which is in lower case. */
static gboolean
begins_with (const char *id, const char *start, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (id[i] != start[i] && (id[i] < 'A' || id[i] > 'Z' || (id[i] | 0x20) != start[i]))
      return FALSE;

  return TRUE;
}

DiscPatientRank
disc_patient_word_match_id (const DiscPatientWord *self, const char *id)
{
  const char *digits = skip_zeros (id);
  gsize n_zeros = (gsize) (self->id_digits - self->id);
  gsize n_digits = self->n_id - n_zeros;
  gsize len;

  if (begins_with (digits, self->id_digits, n_digits))
    {
      if (digits[n_digits] == '\0' && (gsize) (digits - id) == n_zeros)
        return DISC_PATIENT_RANK_ID;
      if (n_digits > 0)
        return digits[n_digits] == '\0' ? DISC_PATIENT_RANK_ID_ZEROS : DISC_PATIENT_RANK_BEGIN;
    }

  if (begins_with (id, self->id, self->n_id))
    return DISC_PATIENT_RANK_BEGIN;
  if (self->n_id < MIN_SUFFIX_DIGITS)
    return DISC_PATIENT_N_RANKS;

  len = strlen (id);
  if (len > self->n_id && begins_with (id + len - self->n_id, self->id, self->n_id))
    return DISC_PATIENT_RANK_PART;

  return DISC_PATIENT_N_RANKS;
}

DiscPatientRank
disc_patient_word_match_date (const DiscPatientWord *self, DiscPackedDate birth)
{
  DiscPackedDate date = self->date;
  DiscPackedDate scale = date % 10000 == 0 ? 10000 : date % 100 == 0 ? 100 : 1;

  if (birth == 0)
    return DISC_PATIENT_N_RANKS;
  if (birth - date < scale) /* of @date the parts that were not typed are 0 */
    return DISC_PATIENT_RANK_WHOLE;
  /* Less is known than was typed: it may be this patient. */
  if ((birth % 10000 == 0 && birth / 10000 == date / 10000) ||
      (birth % 100 == 0 && birth % 10000 != 0 && birth / 100 == date / 100))
    return DISC_PATIENT_RANK_LOOSE;

  return DISC_PATIENT_N_RANKS;
}
