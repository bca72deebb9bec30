/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-patient-parts.h"

#include <string.h>

#define FIRST_PLACES 4096
#define MAX_SPLIT_BYTES 96 /* longer names are kept as they are: a key has an end */

void
disc_patient_parts_init (DiscPatientParts *self, void (*make) (const char *text, GByteArray *key))
{
  *self = (DiscPatientParts){ .make = make, .n_places = FIRST_PLACES };
  self->bytes = g_byte_array_new ();
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->piece = g_string_new (NULL);
  self->places = g_new0 (guint32, self->n_places);
  disc_patient_parts_add (self, "", 0, NULL);
}

void
disc_patient_parts_clear (DiscPatientParts *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_clear_pointer (&self->offsets, g_array_unref);
  disc_patient_parts_close (self);
}

void
disc_patient_parts_close (DiscPatientParts *self)
{
  g_clear_pointer (&self->places, g_free);
  if (self->piece != NULL)
    g_string_free (g_steal_pointer (&self->piece), TRUE);
}

static guint32
hash_of (const char *text, gsize len)
{
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < len; i++)
    hash = (hash ^ (guint8) text[i]) * 16777619u;
  return hash ^ hash >> 15;
}

/* Where the part stands, or belongs. */
static guint
find_place (const DiscPatientParts *self, const char *text, gsize len)
{
  guint at = hash_of (text, len) & (self->n_places - 1);

  for (; self->places[at] != 0; at = (at + 1) & (self->n_places - 1))
    {
      const char *known = disc_patient_parts_text (self, self->places[at] - 1);

      if (strncmp (known, text, len) == 0 && known[len] == '\0')
        break;
    }
  return at;
}

static void
grow (DiscPatientParts *self)
{
  self->n_places *= 2;
  g_free (self->places);
  self->places = g_new0 (guint32, self->n_places);
  for (guint part = 0; part < self->offsets->len; part++)
    {
      const char *text = disc_patient_parts_text (self, part);

      self->places[find_place (self, text, strlen (text))] = part + 1;
    }
}

DiscPatientPart
disc_patient_parts_add (DiscPatientParts *self, const char *text, gsize len, gboolean *is_new)
{
  guint at = find_place (self, text, len);
  guint32 offset = self->bytes->len;

  if (is_new != NULL)
    *is_new = self->places[at] == 0;
  if (self->places[at] != 0)
    return self->places[at] - 1;

  g_string_truncate (self->piece, 0);
  g_string_append_len (self->piece, text, (gssize) len);
  g_byte_array_append (self->bytes, (const guint8 *) self->piece->str, (guint) len + 1);
  self->make (self->piece->str, self->bytes);
  g_array_append_val (self->offsets, offset);
  self->places[at] = self->offsets->len;
  if (self->offsets->len > self->n_places / 2)
    grow (self);
  return self->offsets->len - 1;
}

const guint8 *
disc_patient_parts_key (const DiscPatientParts *self, DiscPatientPart part)
{
  const char *text = disc_patient_parts_text (self, part);

  return (const guint8 *) text + strlen (text) + 1;
}

/* Characters that mean the same whatever stands before them: no marks, no repetition, no long
 * vowel. */
static gboolean
stands_alone (gunichar c)
{
  return (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x3041 && c <= 0x3096) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF66 && c <= 0xFF6F) ||
         (c >= 0xFF71 && c <= 0xFF9D) || (c < 0x80 && g_ascii_isalnum ((char) c));
}

/* ヴ goes together with the vowel behind it, even behind a blank; it may be written as ｳ and ﾞ, but
 * the ｳ may also stand before a character that is left out. @before: in front of @c */
static gboolean
waits_for_vowel (gunichar before, gunichar c)
{
  if (c == 0xFF9E || c == 0x309B || c == 0x3099)
    return !(before >= 0xFF76 && before <= 0xFF8E);
  return c == 0x30F4 || c == 0x3094;
}

gsize
disc_patient_parts_split (const char *text, gunichar *blank)
{
  const char *p = text;
  gunichar before[2] = { 0 }, c = 0;

  if (strlen (text) > MAX_SPLIT_BYTES)
    return 0;
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      c = g_utf8_get_char (p);
      if (g_unichar_isspace (c))
        break;
      before[0] = before[1];
      before[1] = c;
    }
  if (p == text || *p == '\0' || (c != 0x3000 && c != ' ') ||
      waits_for_vowel (before[0], before[1]) ||
      !stands_alone (g_utf8_get_char (g_utf8_next_char (p))))
    return 0;

  *blank = c;
  return (gsize) (p - text);
}
