/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-json.h"

#include <string.h>

#include "imp-error.h"
#include "imp-limits.h"

#define LOST "\xef\xbf\xbd"

typedef enum
{
  WANTS_VALUE,
  WANTS_VALUE_OR_END, /* behind "[" */
  WANTS_KEY,
  WANTS_KEY_OR_END, /* behind "{" */
  WANTS_COLON,
  WANTS_COMMA_OR_END,
  WANTS_NOTHING,
} Wants;

typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  gboolean is_utf8;
  GString *out;
  ImpJsonReport *report;
  Wants wants;
  guint depth;
  guint n_nodes;
  gboolean is_object[IMP_JSON_MAX_DEPTH];
} Rewrite;

static gboolean
fail_with (Rewrite *self, ImpError code, const char *why, GError **error)
{
  guint line = 1;

  for (const char *p = self->text; p < self->at; p++)
    line += *p == '\n';
  self->report->error_at = (gsize) (self->at - self->text);
  self->report->error_line = line;
  g_set_error (error, IMP_ERROR, code, "line %u: %s", line, why);
  return FALSE;
}

static gboolean
fail (Rewrite *self, const char *why, GError **error)
{
  return fail_with (self, IMP_ERROR_UNREADABLE, why, error);
}

/* ---- strings -------------------------------------------------------------------------------- */

/* Returns: value of four hexadecimal digits, or -1 */
static int
read_hex (const char *at, const char *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

static void
put_lost (Rewrite *self, guint *counter)
{
  g_string_append (self->out, LOST);
  (*counter)++;
}

/* At "\u". */
static gboolean
copy_code_unit (Rewrite *self, GError **error)
{
  int unit = read_hex (self->at + 2, self->end);
  int low = -1;

  if (unit < 0)
    return fail (self, "not an escape", error);
  if (unit >= 0xd800 && unit < 0xdc00 && self->end - self->at >= 12 && self->at[6] == '\\' &&
      self->at[7] == 'u')
    low = read_hex (self->at + 8, self->end);

  if (low >= 0xdc00 && low < 0xe000)
    {
      g_string_append_len (self->out, self->at, 12);
      self->at += 12;
      return TRUE;
    }
  if (unit >= 0xd800 && unit < 0xe000)
    put_lost (self, &self->report->n_lone_surrogates);
  else if (unit == 0)
    put_lost (self, &self->report->n_nul);
  else if (unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r')
    self->report->n_controls++;
  else
    g_string_append_len (self->out, self->at, 6);
  self->at += 6;
  return TRUE;
}

static gboolean
copy_escape (Rewrite *self, GError **error)
{
  if (self->end - self->at < 2)
    return fail (self, "ends within a string", error);
  if (self->at[1] == 'u')
    return copy_code_unit (self, error);
  if (strchr ("\"\\/bfnrt", self->at[1]) == NULL || self->at[1] == '\0')
    return fail (self, "not an escape", error);
  if (self->at[1] == 'b' || self->at[1] == 'f')
    self->report->n_controls++;
  else
    g_string_append_len (self->out, self->at, 2);
  self->at += 2;
  return TRUE;
}

static gboolean
is_plain (const Rewrite *self, char byte)
{
  return byte != '"' && byte != '\\' && (guint8) byte >= 0x20 &&
         (self->is_utf8 || (guint8) byte < 0x80);
}

static void
copy_plain (Rewrite *self)
{
  const char *from = self->at;

  while (self->at < self->end && is_plain (self, *self->at))
    self->at++;
  g_string_append_len (self->out, from, self->at - from);
}

/* A byte beyond ASCII of a text that is not all UTF-8. */
static void
copy_character (Rewrite *self)
{
  gunichar c = g_utf8_get_char_validated (self->at, self->end - self->at);
  gsize n = c == (gunichar) -1 || c == (gunichar) -2 ? 0 : (gsize) g_unichar_to_utf8 (c, NULL);

  if (n > 0)
    g_string_append_len (self->out, self->at, (gssize) n);
  else
    put_lost (self, &self->report->n_bad_utf8);
  self->at += MAX (n, 1);
}

static gboolean
copy_string (Rewrite *self, GError **error)
{
  g_string_append_c (self->out, '"');
  self->at++;
  while (self->at < self->end && *self->at != '"')
    {
      char byte = *self->at;

      if (is_plain (self, byte))
        copy_plain (self);
      else if (byte == '\\')
        {
          if (!copy_escape (self, error))
            return FALSE;
        }
      else if ((guint8) byte >= 0x80)
        copy_character (self);
      else
        {
          if (byte == '\t' || byte == '\n' || byte == '\r')
            g_string_append_c (self->out, byte);
          else
            self->report->n_controls++;
          self->at++;
        }
    }
  if (self->at == self->end)
    return fail (self, "ends within a string", error);
  g_string_append_c (self->out, '"');
  self->at++;
  return TRUE;
}

/* ---- words ---------------------------------------------------------------------------------- */

gboolean
imp_json_is_number (const char *text, gsize len)
{
  const char *at = text;
  const char *end = text + len;
  const char *from;

  if (at < end && *at == '-')
    at++;
  from = at;
  while (at < end && g_ascii_isdigit (*at))
    at++;
  if (at == from || (*from == '0' && at - from > 1))
    return FALSE;
  if (at < end && *at == '.')
    {
      from = ++at;
      while (at < end && g_ascii_isdigit (*at))
        at++;
      if (at == from)
        return FALSE;
    }
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      at++;
      if (at < end && (*at == '+' || *at == '-'))
        at++;
      from = at;
      while (at < end && g_ascii_isdigit (*at))
        at++;
      if (at == from)
        return FALSE;
    }
  return at == end;
}

static gboolean
is_word (const char *from, const char *end, const char *word)
{
  gsize len = strlen (word);

  return (gsize) (end - from) == len && memcmp (from, word, len) == 0;
}

static gboolean
is_number_like (const char *from, const char *end)
{
  static const char *const words[] = { "NaN", "nan", "inf", "Infinity" };

  if (g_ascii_isdigit (*from))
    return TRUE;
  if (strchr ("+-.", *from) != NULL && *from != '\0')
    {
      if (end - from == 1 || g_ascii_isdigit (from[1]) || from[1] == '.' || from[1] == '-')
        return TRUE;
      from++;
    }
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is_word (from, end, words[i]))
      return TRUE;
  return FALSE;
}

static gboolean
copy_word (Rewrite *self, GError **error)
{
  const char *from = self->at;
  const char *end = from;

  while (end < self->end && (g_ascii_isalnum (*end) || strchr ("+-._", *end) != NULL) &&
         *end != '\0')
    end++;
  if (end == from)
    return fail (self, "not a JSON value", error);

  if (is_number_like (from, end))
    {
      gboolean is_good = imp_json_is_number (from, (gsize) (end - from));

      g_string_append_c (self->out, '"');
      g_string_append_c (self->out, is_good ? IMP_JSON_MARK_NUMBER : IMP_JSON_MARK_BAD_NUMBER);
      g_string_append_len (self->out, from, end - from);
      g_string_append_c (self->out, '"');
      self->report->n_bad_numbers += is_good ? 0 : 1;
    }
  else if (is_word (from, end, "true") || is_word (from, end, "false") ||
           is_word (from, end, "null"))
    g_string_append_len (self->out, from, end - from);
  else
    return fail (self, "not a JSON value", error);
  self->at = end;
  return TRUE;
}

/* ---- structure ------------------------------------------------------------------------------ */

static void
value_ended (Rewrite *self)
{
  self->wants = self->depth > 0 ? WANTS_COMMA_OR_END : WANTS_NOTHING;
}

static gboolean
open_bracket (Rewrite *self, GError **error)
{
  gboolean is_object = *self->at == '{';

  if (self->depth == IMP_JSON_MAX_DEPTH)
    return fail_with (self, IMP_ERROR_LIMIT, "nested too deep", error);
  self->is_object[self->depth++] = is_object;
  self->wants = is_object ? WANTS_KEY_OR_END : WANTS_VALUE_OR_END;
  g_string_append_c (self->out, *self->at++);
  return TRUE;
}

static gboolean
close_bracket (Rewrite *self, GError **error)
{
  gboolean is_object = *self->at == '}';
  Wants empty = is_object ? WANTS_KEY_OR_END : WANTS_VALUE_OR_END;

  if (self->depth == 0 || self->is_object[self->depth - 1] != is_object ||
      (self->wants != empty && self->wants != WANTS_COMMA_OR_END))
    return fail (self, "a bracket that closes nothing, or too early", error);
  g_string_append_c (self->out, *self->at++);
  self->depth--;
  value_ended (self);
  return TRUE;
}

static gboolean
take_separator (Rewrite *self, GError **error)
{
  gboolean is_object = self->depth > 0 && self->is_object[self->depth - 1];

  if (*self->at == ':' && self->wants == WANTS_COLON)
    self->wants = WANTS_VALUE;
  else if (*self->at == ',' && self->wants == WANTS_COMMA_OR_END)
    self->wants = is_object ? WANTS_KEY : WANTS_VALUE;
  else
    return fail (self, *self->at == ':' ? "a colon too many" : "a comma too many", error);
  g_string_append_c (self->out, *self->at++);
  return TRUE;
}

static gboolean
take_string (Rewrite *self, GError **error)
{
  gboolean is_key = self->wants == WANTS_KEY || self->wants == WANTS_KEY_OR_END;

  if (!copy_string (self, error))
    return FALSE;
  if (is_key)
    self->wants = WANTS_COLON;
  else
    value_ended (self);
  return TRUE;
}

/* Whether a value, or with @is_string also a key, may stand here. */
static gboolean
check_place (Rewrite *self, gboolean is_string, GError **error)
{
  static const char *const sentences[] = {
    [WANTS_VALUE] = "",
    [WANTS_VALUE_OR_END] = "",
    [WANTS_KEY] = "a name in quotation marks is missing",
    [WANTS_KEY_OR_END] = "a name in quotation marks is missing",
    [WANTS_COLON] = "a colon is missing",
    [WANTS_COMMA_OR_END] = "a comma is missing",
    [WANTS_NOTHING] = "something stands behind the end",
  };

  if (self->wants == WANTS_VALUE || self->wants == WANTS_VALUE_OR_END)
    {
      if (++self->n_nodes > IMP_JSON_MAX_NODES)
        return fail_with (self, IMP_ERROR_LIMIT, "too many values", error);
      return TRUE;
    }
  if (is_string && (self->wants == WANTS_KEY || self->wants == WANTS_KEY_OR_END))
    return TRUE;
  return fail (self, sentences[self->wants], error);
}

static gboolean
take (Rewrite *self, GError **error)
{
  switch (*self->at)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\n':
      self->at++;
      return TRUE;
    case '{':
    case '[':
      return check_place (self, FALSE, error) && open_bracket (self, error);
    case '}':
    case ']':
      return close_bracket (self, error);
    case ':':
    case ',':
      return take_separator (self, error);
    case '"':
      return check_place (self, TRUE, error) && take_string (self, error);
    default:
      if (!check_place (self, FALSE, error) || !copy_word (self, error))
        return FALSE;
      value_ended (self);
      return TRUE;
    }
}

gboolean
imp_json_rewrite (const char *text, gsize len, GString *out, ImpJsonReport *report, GError **error)
{
  Rewrite self = { .text = text, .at = text, .end = text + len, .out = out, .report = report };

  g_string_truncate (out, 0);
  if (len > IMP_JSON_MAX_SLICE_BYTES)
    return fail_with (&self, IMP_ERROR_LIMIT, "too large", error);
  self.is_utf8 = g_utf8_validate_len (text, len, NULL);
  while (self.at < self.end)
    if (!take (&self, error))
      return FALSE;
  if (self.wants != WANTS_NOTHING)
    return fail (&self, "ends early", error);
  return TRUE;
}
