/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-manifest.h"

#include <string.h>

#include "disc-error.h"

#define MAX_BYTES DISC_MANIFEST_MAX_BYTES

/* RFC 8259, as far as disc_manifest_write() uses it: one object of texts, numbers and words. */
typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static void
skip_blanks (Cursor *cursor)
{
  while (cursor->at < cursor->end && strchr (" \t\r\n", *cursor->at) != NULL)
    cursor->at++;
}

static gboolean
take (Cursor *cursor, char wanted)
{
  skip_blanks (cursor);
  if (cursor->at == cursor->end || *cursor->at != wanted)
    return FALSE;

  cursor->at++;
  return TRUE;
}

/* Four hexadecimal digits. Halves of a pair are not put together: the writer needs none. */
static gboolean
take_unicode (Cursor *cursor, GString *text)
{
  gunichar character = 0;

  for (guint i = 0; i < 4; i++)
    {
      int digit = cursor->at < cursor->end ? g_ascii_xdigit_value (*cursor->at) : -1;

      if (digit < 0)
        return FALSE;
      character = character << 4 | (guint) digit;
      cursor->at++;
    }
  if (character == 0 || !g_unichar_validate (character))
    return FALSE;

  g_string_append_unichar (text, character);
  return TRUE;
}

static gboolean
take_escape (Cursor *cursor, GString *text)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (cursor->at == cursor->end || *cursor->at == '\0')
    return FALSE;
  if (*cursor->at == 'u')
    {
      cursor->at++;
      return take_unicode (cursor, text);
    }

  found = strchr (escapes, *cursor->at++);
  if (found == NULL)
    return FALSE;
  g_string_append_c (text, meant[found - escapes]);
  return TRUE;
}

/* (transfer full) (nullable) */
static char *
take_text (Cursor *cursor)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!take (cursor, '"'))
    return NULL;
  while (cursor->at < cursor->end && *cursor->at != '"')
    {
      char byte = *cursor->at++;

      if ((guchar) byte < 0x20 || (byte == '\\' && !take_escape (cursor, text)))
        return NULL;
      if (byte != '\\')
        g_string_append_c (text, byte);
    }

  return take (cursor, '"') ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* (transfer full) (nullable): a number or a word as it stands. */
static char *
take_word (Cursor *cursor)
{
  const char *begin = cursor->at;

  while (cursor->at < cursor->end && (g_ascii_isalnum (*cursor->at) || strchr ("+-.", *cursor->at)))
    cursor->at++;

  return cursor->at > begin ? g_strndup (begin, (gsize) (cursor->at - begin)) : NULL;
}

/* A number that is not one of ours makes the whole not ours. */
static gboolean
keep_number (DiscManifest *self, const char *key, const char *value)
{
  struct
  {
    const char *key;
    guint64 *number;
  } all[] = { { "serial", &self->serial },
              { "patients", &self->n_patients },
              { "messages", &self->n_messages } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (key, all[i].key) == 0)
      return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, all[i].number, NULL);
  return TRUE;
}

static void
keep_text (DiscManifest *self, const char *key, const char *value)
{
  struct
  {
    const char *key;
    char **text;
  } all[] = { { "id", &self->id },
              { "hospital", &self->hospital },
              { "facility", &self->facility },
              { "as_of", &self->as_of },
              { "window_from", &self->window_from },
              { "built_at", &self->built_at },
              { "overrides", &self->overrides },
              { "set_aside", &self->set_aside } };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (key, all[i].key) == 0 && *all[i].text == NULL)
      *all[i].text = g_strdup (value);
}

static gboolean
take_field (Cursor *cursor, DiscManifest *self)
{
  g_autofree char *key = take_text (cursor);
  g_autofree char *value = NULL;
  gboolean is_text;

  if (key == NULL || !take (cursor, ':'))
    return FALSE;
  skip_blanks (cursor);
  is_text = cursor->at < cursor->end && *cursor->at == '"';
  value = is_text ? take_text (cursor) : take_word (cursor);
  if (value == NULL)
    return FALSE;

  if (self == NULL)
    return TRUE;
  if (!is_text)
    return keep_number (self, key, value);
  keep_text (self, key, value);
  return TRUE;
}

/* @self: (nullable): where nobody wants to know what it says. */
static gboolean
take_object (Cursor *cursor, DiscManifest *self)
{
  if (!take (cursor, '{'))
    return FALSE;
  if (!take (cursor, '}'))
    {
      do
        if (!take_field (cursor, self))
          return FALSE;
      while (take (cursor, ','));
      if (!take (cursor, '}'))
        return FALSE;
    }

  skip_blanks (cursor);
  return cursor->at == cursor->end;
}

DiscManifest *
disc_manifest_new (void)
{
  DiscManifest *self = g_new0 (DiscManifest, 1);

  self->n_patients = DISC_MANIFEST_NOT_SAID;
  self->n_messages = DISC_MANIFEST_NOT_SAID;
  return self;
}

DiscManifest *
disc_manifest_read (const char *json, gsize len, GError **error)
{
  g_autoptr (DiscManifest) self = disc_manifest_new ();
  Cursor cursor = { json, json + len };

  if (len <= MAX_BYTES && g_utf8_validate (json, (gssize) len, NULL) && take_object (&cursor, self))
    return g_steal_pointer (&self);

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT, "the manifest cannot be understood");
  return NULL;
}

gboolean
disc_manifest_is_object (const char *json, gsize len)
{
  Cursor cursor = { json, json + len };

  return len <= MAX_BYTES && g_utf8_validate (json, (gssize) len, NULL) &&
         take_object (&cursor, NULL);
}

void
disc_manifest_free (DiscManifest *self)
{
  g_free (self->id);
  g_free (self->hospital);
  g_free (self->facility);
  g_free (self->as_of);
  g_free (self->window_from);
  g_free (self->built_at);
  g_free (self->overrides);
  g_free (self->set_aside);
  g_free (self);
}
