/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-er7.h"

#include <string.h>

#include "imp-decode.h"
#include "imp-er7-private.h"

/* HL7 v2.5 chapter 2.7: an escape sequence is short. Only \X..\ may be long. */
#define MAX_BODY 16

static const char *
find_escape (const ImpEr7 *self, const char *from, const char *end)
{
  if (self->escape_len == 1)
    return memchr (from, self->escape[0], (gsize) (end - from));
  if (self->escape_len == 2)
    return memmem (from, (gsize) (end - from), self->escape, 2);
  return NULL;
}

static gboolean
all_xdigits (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* \F\ \S\ \T\ \R\ \E\ give a delimiter of this message; \H\ \N\ are highlighting. */
static gboolean
apply_letter (const ImpEr7 *self, char letter, GString *out)
{
  char delimiter;

  switch (letter)
    {
    case 'F':
      delimiter = self->field_separator;
      break;
    case 'S':
      delimiter = self->component_separator;
      break;
    case 'T':
      delimiter = self->subcomponent_separator;
      break;
    case 'R':
      delimiter = self->repetition_separator;
      break;
    case 'E':
      g_string_append_len (out, self->escape, (gssize) self->escape_len);
      return TRUE;
    case 'H':
    case 'N':
      return TRUE;
    default:
      return FALSE;
    }
  if (delimiter != '\0')
    g_string_append_c (out, delimiter);
  return delimiter != '\0';
}

/* What may follow a formatting command: a blank, a sign and at most two digits. */
static gboolean
read_count (const char *text, gsize len, guint *count)
{
  gsize i = 0;

  *count = 1;
  if (i < len && text[i] == ' ')
    i++;
  if (i < len && (text[i] == '+' || text[i] == '-'))
    i++;
  if (i == len)
    return len == 0;
  if (len - i > 2)
    return FALSE;
  *count = 0;
  for (; i < len; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *count = *count * 10 + (guint) (text[i] - '0');
    }
  return TRUE;
}

/* \.br\ and \.sp<n>\ are line breaks; the other commands say how to lay text out and are dropped. */
static gboolean
apply_formatting (const char *body, gsize len, GString *out)
{
  static const char *const bare[] = { "br", "fi", "nf", "ce" };
  static const char *const counted[] = { "sp", "in", "ti", "sk" };
  guint count;

  if (len < 3)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (bare); i++)
    if (len == 3 && g_ascii_strncasecmp (body + 1, bare[i], 2) == 0)
      {
        if (i == 0)
          g_string_append_c (out, '\n');
        return TRUE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (g_ascii_strncasecmp (body + 1, counted[i], 2) == 0 && read_count (body + 3, len - 3, &count))
      {
        for (; i == 0 && count > 0; count--)
          g_string_append_c (out, '\n');
        return TRUE;
      }
  return FALSE;
}

static gboolean
apply_hex (const char *body, gsize len, GString *out, guint *n_undecodable)
{
  g_autofree guint8 *bytes = NULL;
  ImpDecodeResult result;
  gsize n = (len - 1) / 2;

  if (len < 3 || len % 2 == 0 || !all_xdigits (body + 1, len - 1))
    return FALSE;
  bytes = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (body[1 + 2 * i]) * 16 +
                         g_ascii_xdigit_value (body[2 + 2 * i]));
  imp_decode_append (bytes, n, out, &result);
  *n_undecodable += result.n_lost;
  return TRUE;
}

/* \Cxxyy\, \Mxxyyzz\ switch character sets, \Z..\ is local: kept as they are. */
static gboolean
is_kept_literally (const char *body, gsize len, guint *n_undecodable)
{
  gboolean is_switch = (body[0] == 'C' && len == 5) || (body[0] == 'M' && (len == 5 || len == 7));

  if (is_switch && all_xdigits (body + 1, len - 1))
    {
      (*n_undecodable)++;
      return TRUE;
    }
  if (body[0] != 'Z' || len > MAX_BODY)
    return FALSE;
  for (gsize i = 1; i < len; i++)
    if (!g_ascii_isalnum (body[i]))
      return FALSE;
  return TRUE;
}

/* @body: between two escape characters. Returns: %FALSE if it is no escape sequence at all */
static gboolean
apply_escape (const ImpEr7 *self, const char *body, gsize len, GString *out, guint *n_undecodable)
{
  if (len == 0)
    return FALSE;
  if (len == 1 && apply_letter (self, body[0], out))
    return TRUE;
  if (body[0] == 'X')
    return apply_hex (body, len, out, n_undecodable);
  if (body[0] == '.' && len <= MAX_BODY)
    return apply_formatting (body, len, out);
  if (!is_kept_literally (body, len, n_undecodable))
    return FALSE;
  g_string_append_len (out, self->escape, (gssize) self->escape_len);
  g_string_append_len (out, body, (gssize) len);
  g_string_append_len (out, self->escape, (gssize) self->escape_len);
  return TRUE;
}

/* An unpaired or unknown escape stays as text: a lone backslash is often a yen sign. */
static void
resolve_escapes (const ImpEr7 *self, ImpText leaf, GString *out, guint *n_undecodable)
{
  const char *p = leaf.text;
  const char *end = leaf.text + leaf.len;
  const char *open, *close;

  while ((open = find_escape (self, p, end)) != NULL)
    {
      const char *body = open + self->escape_len;

      g_string_append_len (out, p, open - p);
      close = find_escape (self, body, end);
      if (close != NULL && apply_escape (self, body, (gsize) (close - body), out, n_undecodable))
        p = close + self->escape_len;
      else
        {
          g_string_append_len (out, open, body - open);
          p = body;
        }
    }
  g_string_append_len (out, p, end - p);
}

static void
unify_line_breaks (GString *text)
{
  gsize n = 0;

  for (gsize i = 0; i < text->len; i++)
    {
      if (text->str[i] == '\r' && i + 1 < text->len && text->str[i + 1] == '\n')
        continue;
      text->str[n++] = text->str[i] == '\r' ? '\n' : text->str[i];
    }
  g_string_truncate (text, n);
}

static gboolean
is_as_it_stands (const ImpEr7 *self, ImpText leaf)
{
  if (imp_er7_is_plain (self, leaf))
    return TRUE;
  return find_escape (self, leaf.text, leaf.text + leaf.len) == NULL &&
         memchr (leaf.text, '\r', leaf.len) == NULL;
}

gboolean
imp_er7_has_escapes (const ImpEr7 *self, const char *text, const char *end)
{
  const char *first = find_escape (self, text, end);

  return first != NULL && find_escape (self, first + self->escape_len, end) != NULL;
}

ImpText
imp_er7_unescape (ImpEr7 *self, ImpText leaf, guint *n_undecodable)
{
  guint ignored = 0;
  gsize len;

  if (leaf.len == 0 || is_as_it_stands (self, leaf))
    return leaf;

  g_string_truncate (self->scratch, 0);
  resolve_escapes (self, leaf, self->scratch, n_undecodable != NULL ? n_undecodable : &ignored);
  unify_line_breaks (self->scratch);
  len = self->scratch->len;
  if (self->arena == NULL)
    self->arena = g_string_chunk_new (4096);
  return (ImpText) { g_string_chunk_insert_len (self->arena, self->scratch->str, (gssize) len), len };
}
