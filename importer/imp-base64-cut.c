/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-base64-cut.h"

#include <string.h>

/* No word of a language is as long; lines of base64 have 64 or 76 characters, or there is one line.
 */
#define LINE 60

typedef struct
{
  const char *text;
  gsize len;
  gsize pos;      /* nothing before it is looked at again */
  GString *clean; /* characters of the file at hand, without what stands between them */
} Cutter;

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/';
}

/* Length of one character at @pos, 2 for JSON's "\/"; 0: it is none. */
static gsize
character_at (const Cutter *self, gsize pos)
{
  if (pos < self->len && is_base64 (self->text[pos]))
    return 1;
  return pos + 1 < self->len && self->text[pos] == '\\' && self->text[pos + 1] == '/' ? 2 : 0;
}

/* Where the characters from @pos on end. */
static gsize
line_end (const Cutter *self, gsize pos)
{
  gsize n;

  while ((n = character_at (self, pos)) > 0)
    pos += n;
  return pos;
}

/* Length of a line end at @pos, be it an escape of JSON or XML; 0: it is none. */
static gsize
line_break_at (const Cutter *self, gsize pos)
{
  static const char *const breaks[] = {
    "\n", "\r", "\\n", "\\r", "&#10;", "&#13;", "&#xA;", "&#xD;"
  };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      gsize n = strlen (breaks[i]);

      if (n <= self->len - pos && g_ascii_strncasecmp (self->text + pos, breaks[i], n) == 0)
        return n;
    }
  return 0;
}

/* Behind the end of a line and the blanks of the next; @pos where there is none. */
static gsize
skip_line_break (const Cutter *self, gsize pos)
{
  gsize end = pos;
  gboolean breaks = FALSE;

  while (end < self->len)
    {
      gsize n = line_break_at (self, end);

      if (n == 0 && self->text[end] != ' ' && self->text[end] != '\t')
        break;
      breaks |= n > 0;
      end += MAX (n, 1);
    }
  return breaks ? end : pos;
}

/* Whether a line that is shorter ends a file: a word of some text does not. */
static gboolean
ends_file (const Cutter *self, gsize start, gsize end)
{
  if (end < self->len && self->text[end] == '=')
    return TRUE;
  return (end - start) % 4 == 0 &&
         (end >= self->len || strchr ("<\"\r\n", self->text[end]) != NULL);
}

/* Where the characters around @pos begin. */
static gsize
line_begin (const Cutter *self, gsize pos)
{
  for (;;)
    {
      while (pos > self->pos && is_base64 (self->text[pos - 1]))
        pos--;
      if (pos == self->pos || self->text[pos - 1] != '\\')
        return pos;
      if (self->text[pos] != '/')
        return pos + (strchr ("nr", self->text[pos]) != NULL ? 1 : 0); /* a line break of JSON */
      pos--;
    }
}

/* The next line of base64. FALSE: none is left. */
static gboolean
find_line (Cutter *self, gsize *start)
{
  for (gsize probe = self->pos + LINE - 1; probe < self->len; probe += LINE)
    {
      if (character_at (self, probe) == 0)
        continue;
      *start = line_begin (self, probe);
      if (line_end (self, *start) - *start >= LINE)
        return TRUE;
    }
  return FALSE;
}

static void
take_clean (Cutter *self, gsize start, gsize end)
{
  for (gsize i = start; i < end; i++)
    if (self->text[i] != '\\')
      g_string_append_c (self->clean, self->text[i]);
}

/* Returns: where the file that begins with the line at @start ends, padding included */
static gsize
file_end (Cutter *self, gsize start)
{
  gsize end = line_end (self, start);

  g_string_truncate (self->clean, 0);
  take_clean (self, start, end);
  for (;;)
    {
      gsize next = skip_line_break (self, end);
      gsize next_end = next > end ? line_end (self, next) : next;
      gboolean is_last = next_end - next < LINE;

      if (next_end == next || (is_last && !ends_file (self, next, next_end)))
        break;
      take_clean (self, next, next_end);
      end = next_end;
      if (is_last)
        break;
    }
  while (end < self->len && self->text[end] == '=')
    end++;
  return end;
}

/* Digits alone, or letters of one case, are something else. */
static gboolean
is_file (const GString *clean, gsize min_characters)
{
  gboolean has_upper = FALSE, has_lower = FALSE;

  if (clean->len < min_characters)
    return FALSE;
  for (gsize i = 0; i < clean->len && !(has_upper && has_lower); i++)
    {
      has_upper |= g_ascii_isupper (clean->str[i]);
      has_lower |= g_ascii_islower (clean->str[i]);
    }
  return has_upper && has_lower;
}

static void
append_remark (Cutter *self, GString *out)
{
  gsize n_characters = self->clean->len;
  g_autofree char *digest = NULL;
  gsize len = 0;

  while (self->clean->len % 4 != 0)
    g_string_append_c (self->clean, '=');
  g_base64_decode_inplace (self->clean->str, &len);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) self->clean->str, len);
  g_string_append_printf (out, "〔base64 %" G_GSIZE_FORMAT "文字を省略 SHA-256 %s〕", n_characters,
                          digest);
}

guint
imp_base64_cut (const char *text, gsize len, gsize min_characters, GString *out)
{
  Cutter self = { .text = text, .len = len };
  gsize start, done = 0;
  guint n = 0;

  if (len < min_characters || !find_line (&self, &start))
    return 0;
  self.clean = g_string_new (NULL);
  do
    {
      gsize end = file_end (&self, start);

      self.pos = end;
      if (!is_file (self.clean, min_characters))
        continue;
      if (n++ == 0)
        g_string_truncate (out, 0);
      g_string_append_len (out, text + done, (gssize) (start - done));
      append_remark (&self, out);
      done = end;
    }
  while (find_line (&self, &start));
  if (n > 0)
    g_string_append_len (out, text + done, (gssize) (len - done));
  g_string_free (self.clean, TRUE);
  return n;
}
