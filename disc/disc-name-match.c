/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-name-match.h"

#include <string.h>

#include "disc-text.h"

#define MAX_WORDS 8
#define MAX_WORD_CHARACTERS 200
#define MIN_KANA 3 /* shorter ones are in too many names: na is in クレアチニンナ... */
#define MIN_CODE 5

/* The same names come again and again: so many are remembered before all are forgotten. */
#define MEMORY_MAX 20000
#define MEMORY_MAX_BYTES 400

struct _DiscNameMatch
{
  GPtrArray *words; /* utf8, folded; NULL at the end */
  GPtrArray *kana;  /* utf8 or NULL: the same without long vowels */
  gboolean whole_latin;
  gboolean has_kana;
  char *code;
  GHashTable *known; /* name as written to whether it matches */
};

static gboolean
is_single (const char *word)
{
  return *word != '\0' && *g_utf8_next_char (word) == '\0';
}

/* A syllable, a digit: too little to look for. */
static gboolean
says_something (const char *word)
{
  return !is_single (word) || (!disc_text_is_kana (word) && !g_ascii_isdigit (*word));
}

static char *
kana_of (const char *typed, const char *folded)
{
  g_autofree char *kana = disc_text_romaji_to_kana (typed, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (kana == NULL && !disc_text_is_kana (folded))
    return NULL;
  disc_text_fold_kana (kana != NULL ? kana : folded, -1, out);
  if (g_utf8_strlen (out->str, -1) < MIN_KANA)
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
add_word (DiscNameMatch *self, const char *typed, gsize len)
{
  g_autofree char *own = g_strndup (typed, len);
  g_autoptr (GString) folded = g_string_new (NULL);
  char *kana;

  disc_text_fold (own, -1, folded);
  if (folded->len == 0)
    return;
  kana = kana_of (own, folded->str);
  self->has_kana |= kana != NULL;
  g_ptr_array_add (self->words, g_string_free (g_steal_pointer (&folded), FALSE));
  g_ptr_array_add (self->kana, kana);
}

static void
split (DiscNameMatch *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *p = valid;

  while (*p != '\0' && self->words->len < MAX_WORDS)
    {
      const char *end = p;

      for (guint n = 0; *end != '\0' && n < MAX_WORD_CHARACTERS; n++)
        {
          if (g_unichar_isspace (g_utf8_get_char (end)))
            break;
          end = g_utf8_next_char (end);
        }
      add_word (self, p, (gsize) (end - p));
      p = end;
      while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    }
}

static char *
code_of (const GPtrArray *words)
{
  const char *word = words->len == 1 ? g_ptr_array_index (words, 0) : NULL;

  if (word == NULL || strlen (word) < MIN_CODE || !g_ascii_isdigit (*word))
    return NULL;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return NULL;
  return g_strdup (word);
}

DiscNameMatch *
disc_name_match_new (const char *text, gboolean whole_latin)
{
  g_autoptr (DiscNameMatch) self = g_new0 (DiscNameMatch, 1);
  gboolean is_enough = FALSE;

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->kana = g_ptr_array_new_with_free_func (g_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->whole_latin = whole_latin;
  split (self, text);
  for (guint i = 0; i < self->words->len; i++)
    is_enough |= says_something (g_ptr_array_index (self->words, i));
  if (!is_enough)
    return NULL;
  self->code = code_of (self->words);
  g_ptr_array_add (self->words, NULL);
  return g_steal_pointer (&self);
}

void
disc_name_match_free (DiscNameMatch *self)
{
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->kana);
  g_hash_table_unref (self->known);
  g_free (self->code);
  g_free (self);
}

/* Letters beside letters and digits beside digits are one word; K1 and 5mg are two. */
static gboolean
is_one_word (char a, char b)
{
  return (g_ascii_isalpha (a) && g_ascii_isalpha (b)) ||
         (g_ascii_isdigit (a) && g_ascii_isdigit (b));
}

static gboolean
stands_alone (const char *name, const char *at, gsize len)
{
  return (at == name || !is_one_word (at[-1], at[0])) && !is_one_word (at[len - 1], at[len]);
}

static gboolean
has_word (const DiscNameMatch *self, const char *name, const char *word)
{
  gboolean must_stand_alone = self->whole_latin || (is_single (word) && g_ascii_isalnum (*word));
  gsize len = strlen (word);

  for (const char *at = strstr (name, word); at != NULL; at = strstr (at + 1, word))
    if (!must_stand_alone || stands_alone (name, at, len))
      return TRUE;
  return FALSE;
}

gboolean
disc_name_match_folded (DiscNameMatch *self, const char *folded)
{
  g_autoptr (GString) kana = self->has_kana ? g_string_new (NULL) : NULL;

  if (kana != NULL)
    disc_text_fold_kana (folded, -1, kana);
  for (guint i = 0; i < self->kana->len; i++)
    {
      const char *by_kana = g_ptr_array_index (self->kana, i);

      if (!has_word (self, folded, g_ptr_array_index (self->words, i)) &&
          (by_kana == NULL || strstr (kana->str, by_kana) == NULL))
        return FALSE;
    }
  return TRUE;
}

gboolean
disc_name_match_name (DiscNameMatch *self, const char *name)
{
  g_autoptr (GString) folded = NULL;
  g_autofree char *valid = NULL;
  gpointer known;
  gboolean matches;

  if (name == NULL)
    return FALSE;
  if (g_hash_table_lookup_extended (self->known, name, NULL, &known))
    return GPOINTER_TO_INT (known);
  valid = g_utf8_make_valid (name, -1);
  folded = g_string_new (NULL);
  disc_text_fold_words (valid, -1, folded);
  matches = disc_name_match_folded (self, folded->str);
  if (g_hash_table_size (self->known) >= MEMORY_MAX)
    g_hash_table_remove_all (self->known);
  if (strlen (name) <= MEMORY_MAX_BYTES)
    g_hash_table_insert (self->known, g_strdup (name), GINT_TO_POINTER (matches));
  return matches;
}

gboolean
disc_name_match_is_same (DiscNameMatch *self, const char *name)
{
  g_autofree char *folded = disc_text_fold_new (name);

  return self->kana->len == 1 && strcmp (folded, g_ptr_array_index (self->words, 0)) == 0;
}

const char *
disc_name_match_code (const DiscNameMatch *self)
{
  return self->code;
}

gboolean
disc_name_match_has_code (const DiscNameMatch *self, const char *code)
{
  return self->code != NULL && code != NULL &&
         g_ascii_strncasecmp (code, self->code, strlen (self->code)) == 0;
}

const char *const *
disc_name_match_words (const DiscNameMatch *self)
{
  return (const char *const *) self->words->pdata;
}
