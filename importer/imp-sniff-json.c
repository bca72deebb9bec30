/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sniff-private.h"

#include <string.h>

/* A scanner over the begin of a text, as of spec fhir.md 1.3: strings, escapes, depth and the keys
 * of the outermost object. It does not check the grammar; whoever imports does. */

#define MAX_DEPTH 100

typedef struct
{
  const char *p;
  const char *end;
  guint depth;
  guint base; /* depth of the keys of interest: 1, or 2 in an array of objects */
  gboolean has_resource_type;
  gboolean has_transaction_time;
  gboolean has_output;
} Scan;

static void
skip_blanks (Scan *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL && *self->p != '\0')
    self->p++;
}

static gboolean
is_word (const char *start, gsize len, const char *word)
{
  return len == strlen (word) && memcmp (start, word, len) == 0;
}

static void
note_key (Scan *self, const char *start, gsize len)
{
  self->has_resource_type |= is_word (start, len, "resourceType");
  self->has_transaction_time |= is_word (start, len, "transactionTime");
  self->has_output |= is_word (start, len, "output");
}

/* At the opening quote. Returns: FALSE where the text ends inside. */
static gboolean
scan_string (Scan *self)
{
  const char *start = ++self->p;
  gsize len;

  while (self->p < self->end && *self->p != '"')
    self->p += *self->p == '\\' ? 2 : 1;
  if (self->p >= self->end)
    return FALSE;
  len = (gsize) (self->p - start);
  self->p++;
  skip_blanks (self);
  if (self->depth == self->base && self->p < self->end && *self->p == ':')
    note_key (self, start, len);
  return TRUE;
}

/* One value, from its opening brace or bracket. Returns: whether it ended before the text did. */
static gboolean
scan_value (Scan *self)
{
  self->depth = 0;
  while (self->p < self->end)
    {
      char c = *self->p;

      if (c == '"')
        {
          if (!scan_string (self))
            return FALSE;
          continue;
        }
      self->p++;
      if (c == '{' || c == '[')
        {
          if (++self->depth > MAX_DEPTH)
            return FALSE;
        }
      else if ((c == '}' || c == ']') && --self->depth == 0)
        return TRUE;
    }
  return FALSE;
}

/* What may stand behind the opening sign: "[note]" and "{\rtf" are no JSON. */
static gboolean
may_begin (const char *text, gsize len)
{
  gsize i = 1;

  while (i < len && strchr (" \t\r\n", text[i]) != NULL && text[i] != '\0')
    i++;
  if (i >= len)
    return FALSE;
  if (text[0] == '{')
    return text[i] == '"' || text[i] == '}';
  return strchr ("\"{[]-", text[i]) != NULL || g_ascii_isdigit (text[i]) ||
         g_str_has_prefix (text + i, "true") || g_str_has_prefix (text + i, "false") ||
         g_str_has_prefix (text + i, "null");
}

static gboolean
is_array_of_objects (const char *text, gsize len)
{
  gsize i = 1;

  while (i < len && strchr (" \t\r\n", text[i]) != NULL && text[i] != '\0')
    i++;
  return text[0] == '[' && i < len && text[i] == '{';
}

static ImpSniffKind
kind_of_one (const Scan *scan)
{
  /* A bulk manifest has no type, or a wrong one (spec fhir.md 1.1). */
  if (scan->has_resource_type || (scan->has_transaction_time && scan->has_output))
    return IMP_SNIFF_FHIR_JSON;
  return IMP_SNIFF_JSON;
}

ImpSniffKind
imp_sniff_json (const char *text, gsize len, gboolean is_whole)
{
  Scan scan = { .p = text, .end = text + len };
  gboolean has_line = FALSE;

  if (len < 2 || (text[0] != '{' && text[0] != '[') || !may_begin (text, len))
    return IMP_SNIFF_UNKNOWN;
  scan.base = is_array_of_objects (text, len) ? 2 : 1;

  if (!scan_value (&scan))
    /* Cut off, or longer than what is looked at: an opening bracket alone tells little. */
    return text[0] == '{' || scan.base == 2 || !is_whole ? kind_of_one (&scan) : IMP_SNIFF_UNKNOWN;

  while (scan.p < scan.end && strchr (" \t\r\n", *scan.p) != NULL && *scan.p != '\0')
    has_line |= *scan.p++ == '\n';
  if (scan.p >= scan.end)
    return kind_of_one (&scan);
  return has_line && text[0] == '{' && *scan.p == '{' &&
                 may_begin (scan.p, (gsize) (scan.end - scan.p))
             ? IMP_SNIFF_NDJSON
             : IMP_SNIFF_UNKNOWN;
}
