/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-text.h"

#include <stdlib.h>
#include <string.h>

#include "disc-romaji.h"

#define MAX_ROMAJI_BYTES 256
#define MAX_SYLLABLE 3

static int
compare_syllable (gconstpointer key, gconstpointer member)
{
  return strcmp (key, *(const char *const *) member);
}

/* Bytes of the syllable at @p, its kana in @kana; 0 if none begins here. */
static gsize
take_syllable (const char *p, const char **kana)
{
  char key[MAX_SYLLABLE + 1] = { 0 };

  g_strlcpy (key, p, sizeof key);
  for (gsize n = strlen (key); n > 0; n--)
    {
      const char *const *found;

      key[n] = '\0';
      found = bsearch (key, syllables, G_N_ELEMENTS (syllables), sizeof syllables[0],
                       compare_syllable);
      if (found != NULL)
        {
          *kana = found[1];
          return n;
        }
    }

  return 0;
}

static gboolean
begins_syllable (const char *p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (syllables); i++)
    if (g_str_has_prefix (syllables[i].romaji, p))
      return TRUE;

  return FALSE;
}

static gboolean
is_vowel (char c)
{
  return c != '\0' && strchr ("aiueo", c) != NULL;
}

static gboolean
is_consonant (char c)
{
  return g_ascii_islower (c) && !is_vowel (c);
}

/* Lower-case ASCII with "-" for a long vowel and "'" behind an n that stands alone. */
static char *
normalise (const char *text)
{
  g_autofree char *spelt = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  GString *out = g_string_new (NULL);

  for (const char *p = spelt; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 && g_ascii_isalpha ((char) c))
        g_string_append_c (out, g_ascii_tolower ((char) c));
      else if (c == 0x304 || c == 0x302 || c == '^' || c == '-' || c == 0x30FC || c == 0x2212)
        g_string_append_c (out, '-'); /* macron, circumflex */
      else if (c == '\'' || c == 0x2019)
        g_string_append_c (out, '\'');
      else if (c != ' ')
        g_string_append_c (out, '?');
    }

  return g_string_free (out, FALSE);
}

/* ン and ッ and long vowels: what is a consonant without a vowel. Returns the bytes taken. */
static gsize
take_mora (const char *p, char last, GString *out)
{
  if (*p == 'n' && p[1] == '\'')
    {
      g_string_append (out, "ン");
      return 2;
    }
  if (*p == 'n' && p[1] == 'n' && !is_vowel (p[2]) && p[2] != 'y')
    {
      /* As input methods want it: nn, then the next syllable. */
      g_string_append (out, "ン");
      return 2;
    }
  if (*p == 'n' && is_consonant (p[1]) && p[1] != 'y')
    {
      g_string_append (out, "ン");
      return 1;
    }
  if (*p == 'm' && (p[1] == 'b' || p[1] == 'm' || p[1] == 'p'))
    {
      g_string_append (out, "ン");
      return 1;
    }
  if (*p == 'h' && last == 'o' && is_consonant (p[1]) && p[1] != 'y')
    {
      /* "Ohno", "Satoh": oh is a long o. */
      g_string_append (out, "ー");
      return 1;
    }
  if (is_consonant (*p) && *p != 'n' && (p[1] == *p || (p[0] == 't' && p[1] == 'c')))
    {
      g_string_append (out, "ッ");
      return 1;
    }
  if (*p == '-' && is_vowel (last))
    {
      g_string_append (out, "ー");
      return 1;
    }

  return 0;
}

char *
disc_text_romaji_to_kana (const char *text, char **partial)
{
  g_autofree char *romaji = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *p;
  char last = '\0';

  if (partial != NULL)
    *partial = NULL;
  if (strnlen (text, MAX_ROMAJI_BYTES + 1) > MAX_ROMAJI_BYTES)
    return NULL;

  romaji = normalise (text);
  if (!g_ascii_isalpha (romaji[0]))
    return NULL;

  for (p = romaji; *p != '\0';)
    {
      const char *kana = NULL;
      gsize n = take_mora (p, last, out);

      if (n == 0 && (n = take_syllable (p, &kana)) > 0)
        g_string_append (out, kana);
      if (n == 0)
        break;
      last = p[n - 1];
      p += n;
    }

  if (*p != '\0' && partial != NULL && begins_syllable (p))
    {
      *partial = g_strdup (p);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  if (strcmp (p, "n") == 0)
    g_string_append (out, "ン");
  else if (strcmp (p, "h") == 0 && last == 'o')
    g_string_append (out, "ー");
  else if (*p != '\0')
    return NULL;

  return g_string_free (g_steal_pointer (&out), FALSE);
}
