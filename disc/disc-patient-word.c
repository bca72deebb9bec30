/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-match.h"

#include <string.h>

#include "disc-date.h"
#include "disc-patient-key.h"
#include "disc-text.h"

#define FOLDED_DASH "ー"

/* The letters of a reading that consonants at the end of rōmaji begin: all syllables with sh, and
 * ショ with them, begin with si. Others stand for themselves. */
static void
append_partial (GString *letters, const char *partial)
{
  static const char *const beginnings[][2] = {
    { "c", "t" },   { "ch", "ti" }, { "cy", "ti" }, { "sh", "si" }, { "ts", "tu" }, { "th", "te" },
    { "dz", "zu" }, { "dj", "zi" }, { "dy", "zi" }, { "dh", "de" }, { "j", "zi" },  { "jy", "zi" },
    { "f", "hu" },  { "fy", "hu" }, { "v", "b" },   { "vy", "bi" }, { "q", "ku" },  { "kw", "ku" },
    { "gw", "gu" }, { "l", "r" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (strcmp (partial, beginnings[i][0]) == 0)
      {
        g_string_append (letters, beginnings[i][1]);
        return;
      }

  g_string_append_c (letters, partial[0]);
  if (partial[1] == 'y')
    g_string_append_c (letters, 'i');
}

static void
read_romaji (DiscPatientWord *self, gboolean is_followed)
{
  g_autofree char *partial = NULL;
  g_autofree char *kana = disc_text_romaji_to_kana (self->typed, &partial);
  GString *letters;
  gboolean is_n;

  if (kana == NULL)
    return;

  letters = g_string_new (NULL);
  disc_patient_key_letters (kana, -1, letters);
  if (partial != NULL)
    append_partial (letters, partial);
  self->n_letters = letters->len;
  self->letters = g_string_free (letters, FALSE);
  self->is_loose = TRUE;

  is_n = g_strcmp0 (partial, "n") == 0;
  self->is_complete = is_followed && (partial == NULL || is_n);
  if (*kana != '\0' || is_n)
    self->kana = g_strconcat (kana, is_n ? "ン" : NULL, NULL);
}

static void
read_kana (DiscPatientWord *self, const char *folded)
{
  GString *letters = g_string_new (NULL);

  /* None are left of a long vowel mark alone. */
  disc_patient_key_letters (folded, -1, letters);
  self->n_letters = letters->len;
  self->letters = g_string_free (letters, self->n_letters == 0);
  self->is_loose = strstr (folded, FOLDED_DASH) != NULL;
}

/* The folded text with its dashes as an id has them, if an id may look like that. */
static char *
read_id (const char *folded)
{
  g_auto (GStrv) parts = g_strsplit (folded, FOLDED_DASH, -1);
  g_autofree char *id = g_strjoinv ("-", parts);
  gboolean has_digit = FALSE;

  for (const char *p = id; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p))
        return NULL;
      has_digit |= g_ascii_isdigit (*p);
    }

  return has_digit ? g_steal_pointer (&id) : NULL;
}

static gboolean
is_latin (const char *folded)
{
  for (const char *p = folded; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return FALSE;

  return TRUE;
}

static void
read_name (DiscPatientWord *self)
{
  g_autoptr (GString) name = g_string_new (NULL);

  disc_patient_key_name (self->typed, -1, name);
  for (const char *p = name->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      self->has_lost |= *p == DISC_PATIENT_KEY_LOST;
      self->has_kanji |= g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN;
    }

  self->n_name = name->len;
  if (name->len > 0)
    self->name = g_string_free (g_steal_pointer (&name), FALSE);
}

DiscPatientWord *
disc_patient_word_new (const char *text, gsize len, gboolean is_followed)
{
  DiscPatientWord *self;
  g_autofree char *typed = g_strndup (text, len);
  g_autofree char *folded = disc_text_fold_new (typed);

  if (*folded == '\0')
    return NULL;

  self = g_new0 (DiscPatientWord, 1);
  self->typed = g_steal_pointer (&typed);
  self->id = read_id (folded);
  self->id_digits = self->id != NULL ? self->id + strspn (self->id, "0") : NULL;
  self->n_id = self->id != NULL ? strlen (self->id) : 0;
  self->iso_date = disc_date_parse_typed (self->typed);
  self->date = disc_packed_date (self->iso_date);

  if (disc_text_is_kana (folded))
    read_kana (self, folded);
  else
    read_romaji (self, is_followed);
  if (is_latin (folded) && g_strcmp0 (self->letters, folded) != 0)
    {
      self->n_latin = strlen (folded);
      self->latin = g_strdup (folded);
    }

  read_name (self);
  return self;
}

void
disc_patient_word_free (DiscPatientWord *self)
{
  g_free (self->typed);
  g_free (self->id);
  g_free (self->iso_date);
  g_free (self->letters);
  g_free (self->latin);
  g_free (self->name);
  g_free (self->kana);
  g_free (self);
}
