/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-er7.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-error.h"
#include "imp-limits.h"

/* Yen sign: what 0x5C becomes in a JIS-Roman font or decoder (SS-MIX2 spec 5.1). */
#define YEN "\xC2\xA5"
#define REPLACEMENT "\xEF\xBF\xBD"

/* Above this many fields the table of one message is given back before the next. */
#define KEEP_FIELDS (1u << 18)

/* Names of SS-MIX2 spec 4: of these, half a name at the very end is a cut, not a comment. */
static const char *const known_segments[] = {
  "AL1", "ARV", "DB1", "DG1", "EVN", "GT1", "IAM", "IN1", "IN2", "MSH", "NK1", "NTE", "OBR",
  "OBX", "ODS", "ODT", "ORC", "PD1", "PID", "PRB", "PV1", "PV2", "ROL", "RXA", "RXC", "RXE",
  "RXO", "RXR", "SAC", "SPM", "TQ1", "TQ2", "ZE1", "ZE2", "ZI1", "ZPD", "ZPR",
};

typedef struct
{
  const char *next;    /* where the next line begins */
  const char *end;
  const char *next_cr; /* at or behind next; end when there is none */
  const char *next_lf;
} Lines;

static void
lines_init (Lines *lines, const char *text, gsize len)
{
  lines->next = text;
  lines->end = text + len;
  lines->next_cr = imp_er7_find_char (text, lines->end, '\r');
  lines->next_lf = imp_er7_find_char (text, lines->end, '\n');
}

/* CR, LF or CRLF (SS-MIX2 spec 5.1). Each byte is looked at twice at most, whatever the line ends
 * are. */
static gboolean
lines_next (Lines *lines, ImpText *line)
{
  const char *stop;

  if (lines->next >= lines->end)
    return FALSE;
  stop = MIN (lines->next_cr, lines->next_lf);
  *line = (ImpText) { lines->next, (gsize) (stop - lines->next) };
  lines->next = stop < lines->end ? stop + 1 : stop;
  if (stop == lines->next_cr && lines->next == lines->next_lf && stop < lines->end)
    lines->next++;
  if (lines->next_cr < lines->next)
    lines->next_cr = imp_er7_find_char (lines->next, lines->end, '\r');
  if (lines->next_lf < lines->next)
    lines->next_lf = imp_er7_find_char (lines->next, lines->end, '\n');
  return TRUE;
}

static gboolean
is_blank_line (ImpText line)
{
  for (gsize i = 0; i < line.len; i++)
    if (line.text[i] != ' ' && line.text[i] != '\t')
      return FALSE;
  return TRUE;
}

static gboolean
begins_segment (ImpText line, char separator)
{
  return line.len >= 3 && g_ascii_isupper (line.text[0]) &&
         (g_ascii_isupper (line.text[1]) || g_ascii_isdigit (line.text[1])) &&
         (g_ascii_isupper (line.text[2]) || g_ascii_isdigit (line.text[2])) &&
         (line.len == 3 || line.text[3] == separator);
}

static gboolean
is_half_segment_name (ImpText line)
{
  if (line.len < 1 || line.len > 2)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (known_segments); i++)
    if (memcmp (known_segments[i], line.text, line.len) == 0)
      return TRUE;
  return FALSE;
}

/* "MSH", a separator, and separators up to MSH-9 on the same line: anything less is junk that
 * happens to begin with these letters. */
static gboolean
begins_message (ImpText line)
{
  guint n = 0;

  if (line.len < 4 || memcmp (line.text, "MSH", 3) != 0 || !g_ascii_ispunct (line.text[3]))
    return FALSE;
  for (gsize i = 3; i < line.len && n < 8; i++)
    n += line.text[i] == line.text[3];
  return n == 8;
}

/* Blank lines and a byte order mark may stand before a message (SS-MIX2 spec 5.1 row 1). */
static gsize
skip_leading_blanks (const char *text, gsize len)
{
  gsize i = 0;

  while (i < len && (g_ascii_isspace (text[i]) || text[i] == 0x0B))
    i++;
  if (len - i >= 3 && memcmp (text + i, "\xEF\xBB\xBF", 3) == 0)
    i += 3;
  return i;
}

static char
take_delimiter (const ImpEr7 *self, char sent, char usual)
{
  const char taken[] = { self->field_separator, self->component_separator,
                         self->repetition_separator, self->escape[0], '\0' };

  if (sent != '\0' && g_ascii_ispunct (sent) && strchr (taken, sent) == NULL)
    return sent;
  return strchr (taken, usual) == NULL ? usual : '\0';
}

/* MSH-2: component, repetition, escape, subcomponent. What is missing, doubled or no punctuation
 * gets the usual character. */
static void
read_delimiters (ImpEr7 *self, ImpText sent)
{
  gsize i = 0;

  self->component_separator = self->repetition_separator = self->subcomponent_separator = '\0';
  self->escape[0] = self->escape[1] = self->escape[2] = '\0';
  self->component_separator = take_delimiter (self, i < sent.len ? sent.text[i++] : '\0', '^');
  self->repetition_separator = take_delimiter (self, i < sent.len ? sent.text[i++] : '\0', '~');
  if (sent.len - i >= 2 && memcmp (sent.text + i, YEN, 2) == 0)
    {
      memcpy (self->escape, YEN, 2);
      i += 2;
    }
  else
    self->escape[0] = take_delimiter (self, i < sent.len ? sent.text[i++] : '\0', '\\');
  self->escape_len = strlen (self->escape);
  while (self->escape_len == 1 && i < sent.len && sent.text[i] == self->escape[0])
    i++; /* "^~\\&", seen where a program escaped the backslash */
  self->subcomponent_separator = take_delimiter (self, i < sent.len ? sent.text[i] : '\0', '&');
}

static void
reserve_fields (ImpEr7 *self, gsize n)
{
  if (self->n_fields + n <= self->n_fields_allocated)
    return;
  self->n_fields_allocated = MAX (self->n_fields_allocated * 2, self->n_fields + n);
  self->fields = g_renew (guint32, self->fields, self->n_fields_allocated);
}

/* The bytes of @word that are zero: 0x80 in each of them, 0 elsewhere. */
static inline guint64
find_zeros (guint64 word)
{
  const guint64 low = G_GUINT64_CONSTANT (0x7F7F7F7F7F7F7F7F);

  return ~(((word & low) + low) | word | low);
}

/* Notes where the fields of a line begin. Fields are short: looking at eight bytes at a time is
 * three times as fast as memchr for each. @segment: the open one */
static void
split_fields (ImpEr7 *self, ImpSegment *segment, const char *from, const char *end)
{
  const guint64 separators =
      G_GUINT64_CONSTANT (0x0101010101010101) * (guint8) self->field_separator;
  guint room = IMP_MAX_FIELDS - MIN (segment->n_fields, IMP_MAX_FIELDS);
  guint32 offset = (guint32) (from - self->text);
  guint32 *begin, *out;
  guint64 word, hits;

  reserve_fields (self, MIN ((gsize) (end - from), room) + sizeof word);
  begin = out = self->fields + self->n_fields;
  for (; (gsize) (out - begin) < room && end - from >= (gssize) sizeof word;
       from += sizeof word, offset += sizeof word)
    {
      memcpy (&word, from, sizeof word);
      for (hits = find_zeros (GUINT64_FROM_LE (word) ^ separators); hits != 0; hits &= hits - 1)
        *out++ = offset + (guint32) (__builtin_ctzll (hits) / 8) + 1;
    }
  for (; (gsize) (out - begin) < room && from < end; from++, offset++)
    if (*from == self->field_separator)
      *out++ = offset + 1;
  out = MIN (out, begin + room);
  segment->n_fields += (guint) (out - begin);
  self->n_fields = (gsize) (out - self->fields);
}

static void
close_segment (ImpEr7 *self, ImpSegment *segment, const char *end)
{
  segment->whole.len = (gsize) (end - segment->whole.text);
  reserve_fields (self, 1);
  self->fields[self->n_fields++] = (guint32) (end - self->text) + 1;
}

static void
open_segment (ImpEr7 *self, ImpSegment *segment, ImpText line)
{
  *segment = (ImpSegment) { .number = self->segments->len + 1, .whole = line };
  memcpy (segment->name, line.text, MIN (line.len, 3));
  segment->first_field = (guint) self->n_fields;
  if (line.len > 3 && memcmp (line.text, "MSH", 3) == 0)
    {
      /* MSH-1 is the separator itself: the first token behind it is MSH-2. */
      reserve_fields (self, 1);
      self->fields[self->n_fields++] = (guint32) (line.text + 3 - self->text);
      segment->n_fields = 1;
    }
  split_fields (self, segment, line.text + MIN (line.len, 3), line.text + line.len);
}

/* @end: of the last line that is not blank */
static void
mark_end (ImpEr7 *self, const char *end, const char *text_end)
{
  ImpSegment *last = &g_array_index (self->segments, ImpSegment, self->segments->len - 1);

  last->open = end == text_end;
  last->cut = last->open && (last->whole.len < 3 || memcmp (end - 3, REPLACEMENT, 3) == 0);
}

static gboolean
split_segments (ImpEr7 *self, const char *text, gsize len, GError **error)
{
  ImpSegment segment = { 0 };
  const char *end = text; /* of the last line that was not empty */
  ImpText line;
  Lines lines;

  lines_init (&lines, text, len);
  while (lines_next (&lines, &line))
    {
      if (is_blank_line (line))
        continue;
      if (begins_segment (line, self->field_separator) ||
          (lines.next == lines.end && line.text + line.len == lines.end &&
           is_half_segment_name (line)))
        {
          if (segment.name[0] != '\0')
            {
              close_segment (self, &segment, end);
              g_array_append_val (self->segments, segment);
            }
          if (self->segments->len >= IMP_MAX_SEGMENTS)
            {
              g_set_error (error, IMP_ERROR, IMP_ERROR_LIMIT, "more than %d segments",
                           IMP_MAX_SEGMENTS);
              return FALSE;
            }
          open_segment (self, &segment, line);
        }
      else
        {
          split_fields (self, &segment, line.text, line.text + line.len);
          self->has_plain_leaves = FALSE;
        }
      end = line.text + line.len;
    }
  close_segment (self, &segment, end);
  g_array_append_val (self->segments, segment);
  mark_end (self, end, text + len);
  return TRUE;
}

static void
reset (ImpEr7 *self)
{
  g_array_set_size (self->segments, 0);
  if (self->n_fields_allocated > KEEP_FIELDS)
    {
      g_clear_pointer (&self->fields, g_free);
      self->n_fields_allocated = 0;
    }
  self->n_fields = 0;
  self->text = self->text_end = NULL;
  *self->place = (ImpEr7Place) { 0 };
  g_clear_pointer (&self->arena, g_string_chunk_free);
}

ImpEr7 *
imp_er7_new (void)
{
  ImpEr7 *self = g_new0 (ImpEr7, 1);

  self->segments = g_array_new (FALSE, FALSE, sizeof (ImpSegment));
  self->scratch = g_string_new (NULL);
  self->place = g_new0 (ImpEr7Place, 1);
  return self;
}

void
imp_er7_free (ImpEr7 *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->arena, g_string_chunk_free);
  g_string_free (self->scratch, TRUE);
  g_array_unref (self->segments);
  g_free (self->place);
  g_free (self->fields);
  g_free (self);
}

gboolean
imp_er7_parse (ImpEr7 *self, const char *text, gsize len, GError **error)
{
  ImpText first, msh2;
  Lines lines;
  gsize skip;

  reset (self);
  if (len > IMP_MAX_TEXT_BYTES)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LIMIT, "message of %" G_GSIZE_FORMAT " bytes", len);
      return FALSE;
    }
  skip = skip_leading_blanks (text, len);
  text += skip;
  len -= skip;
  lines_init (&lines, text, len);
  if (!lines_next (&lines, &first) || !begins_message (first))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                   "does not begin with an MSH segment up to MSH-9");
      return FALSE;
    }

  self->text = text;
  self->text_end = text + len;
  self->field_separator = text[3];
  msh2 = (ImpText) { text + 4, (gsize) (imp_er7_find_char (text + 4, text + len, text[3]) - text) - 4 };
  read_delimiters (self, msh2);
  self->has_plain_leaves = !imp_er7_has_escapes (self, text, self->text_end);
  if (split_segments (self, text, len, error))
    return TRUE;
  g_array_set_size (self->segments, 0);
  return FALSE;
}

GArray *
imp_er7_split_messages (const char *text, gsize len)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize skip = skip_leading_blanks (text, len);
  ImpText line;
  Lines lines;

  lines_init (&lines, text + skip, len - skip);
  while (offsets->len <= IMP_MAX_MESSAGES_PER_FILE && lines_next (&lines, &line))
    {
      gsize offset = offsets->len == 0 ? 0 : (gsize) (line.text - text);

      if (begins_message (line))
        g_array_append_val (offsets, offset);
      else if (offsets->len == 0)
        break; /* what does not begin with a message is none */
    }
  return offsets;
}

guint
imp_er7_n_segments (const ImpEr7 *self)
{
  return self->segments->len;
}

const ImpSegment *
imp_er7_segment (const ImpEr7 *self, guint i)
{
  g_return_val_if_fail (i < self->segments->len, NULL);
  return &g_array_index (self->segments, ImpSegment, i);
}

const ImpSegment *
imp_er7_find (const ImpEr7 *self, const char *name, guint from)
{
  for (guint i = from; i < self->segments->len; i++)
    {
      const ImpSegment *segment = &g_array_index (self->segments, ImpSegment, i);

      if (strcmp (segment->name, name) == 0)
        return segment;
    }
  return NULL;
}

guint
imp_er7_count_messages (const char *text, gsize len)
{
  guint n = 0;

  while (TRUE)
    {
      g_autoptr (GArray) starts = imp_er7_split_messages (text, len);
      gsize next;

      if (starts->len <= IMP_MAX_MESSAGES_PER_FILE)
        return n + starts->len;
      next = g_array_index (starts, gsize, IMP_MAX_MESSAGES_PER_FILE);
      n += IMP_MAX_MESSAGES_PER_FILE;
      text += next;
      len -= next;
    }
}
