/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-key.h"

#include <string.h>

#include "disc-text.h"

#define FIRST_KANA 0x30A1
#define LAST_KANA 0x30F3

/* Kana as one byte, behind ASCII and before UTF-8 of kanji. */
#define ORDER_KANA 0x80

/* The letters of ァ to ン. Small kana, ヂ, ヅ, ヲ and the like are folded away before. */
static const char kana_letters[][3] = {
  "",   "a",  "",   "i",  "",   "u",  "",   "e",  "",   "o",  "ka", "ga", "ki", "gi", "ku",
  "gu", "ke", "ge", "ko", "go", "sa", "za", "si", "zi", "su", "zu", "se", "ze", "so", "zo",
  "ta", "da", "ti", "",   "",   "tu", "",   "te", "de", "to", "do", "na", "ni", "nu", "ne",
  "no", "ha", "ba", "pa", "hi", "bi", "pi", "hu", "bu", "pu", "he", "be", "pe", "ho", "bo",
  "po", "ma", "mi", "mu", "me", "mo", "",   "ya", "",   "yu", "",   "yo", "ra", "ri", "ru",
  "re", "ro", "",   "wa", "",   "",   "",   "N",
};

G_STATIC_ASSERT (G_N_ELEMENTS (kana_letters) == LAST_KANA - FIRST_KANA + 1);

/* Characters of a hospital's own fonts mean nothing elsewhere. */
static gboolean
is_lost (gunichar c)
{
  return c == 0x25A0 || c == 0x3013 || c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x30FB || c == 0xFF65 || c == 0xB7;
}

void
disc_patient_key_letters (const char *kana, gssize len, GString *letters)
{
  g_autoptr (GString) folded = g_string_sized_new (64);

  disc_text_fold_kana (kana, len, folded);
  for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= FIRST_KANA && c <= LAST_KANA)
        g_string_append (letters, kana_letters[c - FIRST_KANA]);
      else if (c < 0x80 && g_ascii_isalnum ((char) c))
        g_string_append_c (letters, (char) c);
      else if (!is_separator (c))
        g_string_append_c (letters, is_lost (c) ? '?' : '.');
    }
}

void
disc_patient_key_name (const char *name, gssize len, GString *folded)
{
  g_autoptr (GString) kana = g_string_sized_new (64);

  disc_text_fold_kana (name, len, kana);
  for (const char *p = kana->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_lost (c))
        g_string_append_c (folded, DISC_PATIENT_KEY_LOST);
      else if (!is_separator (c))
        g_string_append_len (folded, p, g_utf8_next_char (p) - p);
    }
}

static void
append_byte (GByteArray *keys, gsize value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (keys, &byte, 1);
}

void
disc_patient_key_add_reading (const char *kana, GByteArray *keys)
{
  g_autoptr (GString) letters = g_string_sized_new (64);
  gsize starts[DISC_PATIENT_KEY_MAX_PARTS];
  gsize n, n_parts = 0;

  for (const char *p = kana; p != NULL && *p != '\0';)
    {
      const char *end = p;

      while (*end != '\0' && !is_separator (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end > p && n_parts < G_N_ELEMENTS (starts) && letters->len < DISC_PATIENT_KEY_MAX)
        starts[n_parts++] = letters->len;
      disc_patient_key_letters (p, end - p, letters);
      p = *end != '\0' ? g_utf8_next_char (end) : end;
    }

  n = MIN (letters->len, DISC_PATIENT_KEY_MAX);
  append_byte (keys, n);
  if (n == 0)
    return;

  append_byte (keys, n_parts - 1);
  for (gsize i = 1; i < n_parts; i++)
    append_byte (keys, starts[i]);
  g_byte_array_append (keys, (const guint8 *) letters->str, (guint) n);
}

/* Cut where a character begins. */
static gsize
bounded (const GString *text)
{
  gsize len = MIN (text->len, DISC_PATIENT_KEY_MAX);

  while (len < text->len && len > 0 && ((guchar) text->str[len] & 0xC0) == 0x80)
    len--;
  return len;
}

void
disc_patient_key_add_name (const char *name, GByteArray *keys)
{
  g_autoptr (GString) folded = g_string_sized_new (64);
  gsize n;

  disc_patient_key_name (name, -1, folded);
  n = bounded (folded);
  if (n == 0)
    return;

  append_byte (keys, n);
  g_byte_array_append (keys, (const guint8 *) folded->str, (guint) n);
}

void
disc_patient_key_add_former (const char *former_names, GByteArray *keys)
{
  g_auto (GStrv) former = g_strsplit (former_names, "\n", DISC_PATIENT_KEY_MAX_NAMES);

  for (guint i = 0; former[i] != NULL; i++)
    disc_patient_key_add_name (former[i], keys);
}

void
disc_patient_key_add (const char *kana, const char *name, const char *former_names,
                      GByteArray *keys)
{
  disc_patient_key_add_reading (kana != NULL ? kana : name, keys);

  if (name != NULL)
    disc_patient_key_add_name (name, keys);
  if (former_names != NULL)
    disc_patient_key_add_former (former_names, keys);
  append_byte (keys, 0);
}

gsize
disc_patient_key_order_reading (const char *kana, GString *out)
{
  g_autoptr (GString) folded = g_string_sized_new (64);

  disc_text_fold_kana (kana, -1, folded);
  for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= FIRST_KANA && c <= LAST_KANA)
        g_string_append_c (out, (char) (ORDER_KANA + (c - FIRST_KANA)));
      else
        g_string_append_len (out, p, g_utf8_next_char (p) - p);
    }
  return folded->len;
}

char *
disc_patient_key_order (const char *kana, const char *name)
{
  GString *out = g_string_sized_new (16);

  if (kana == NULL || disc_patient_key_order_reading (kana, out) == 0)
    {
      g_string_append_c (out, (char) DISC_PATIENT_ORDER_NO_KANA);
      if (name != NULL)
        disc_text_fold_kana (name, -1, out);
    }
  return g_string_free (out, FALSE);
}
