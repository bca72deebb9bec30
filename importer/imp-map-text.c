/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

#define IDEOGRAPHIC_BLANK "\xE3\x80\x80"

/* Components that are read of what is put together from all of them. */
#define MAX_WORDS 50

/* ---- segments -------------------------------------------------------------------------------- */

const ImpSegment *
imp_mapper_segment (ImpMapper *self, guint i)
{
  return imp_er7_segment (self->er7, i);
}

guint32
imp_segment_code (const ImpSegment *segment)
{
  return IMP_SEG ((guint8) segment->name[0], (guint8) segment->name[1], (guint8) segment->name[2]);
}

const ImpSegment *
imp_mapper_find (ImpMapper *self, ImpRange range, guint32 code)
{
  for (guint i = range.first; i < range.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) == code && segment->n_fields > 0)
        return segment;
    }

  return NULL;
}

guint
imp_mapper_count (ImpMapper *self, ImpRange range, guint32 code)
{
  guint n = 0;

  for (guint i = range.first; i < range.end; i++)
    n += imp_segment_code (imp_mapper_segment (self, i)) == code;

  return n;
}

gboolean
imp_mapper_next_range (ImpMapper *self, guint32 opener, ImpRange *range)
{
  if (range->end >= self->n_segments)
    return FALSE;

  range->first = range->end++;
  while (range->end < self->n_segments &&
         imp_segment_code (imp_mapper_segment (self, range->end)) != opener)
    range->end++;

  return TRUE;
}

/* ---- values ---------------------------------------------------------------------------------- */

static gboolean
is_blank (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if (text.text[i] != ' ')
      return FALSE;

  return TRUE;
}

static ImpText
trim_ascii (ImpText text)
{
  while (text.len > 0 && g_ascii_isspace (text.text[0]))
    {
      text.text++;
      text.len--;
    }
  while (text.len > 0 && g_ascii_isspace (text.text[text.len - 1]))
    text.len--;

  return text;
}

gboolean
imp_texts_equal (ImpText a, ImpText b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.text, b.text, a.len) == 0);
}

gboolean
imp_text_is_one_of (ImpText text, const char *words)
{
  ImpText word = trim_ascii (text);
  const char *p = words;

  if (word.len == 0)
    return FALSE;

  while (*p != '\0')
    {
      gsize len = 0;

      while (p[len] != '\0' && p[len] != ' ')
        len++;
      if (len == word.len && ((*p ^ *word.text) & ~0x20) == 0 &&
          g_ascii_strncasecmp (p, word.text, len) == 0)
        return TRUE;
      p += len;
      while (*p == ' ')
        p++;
    }

  return FALSE;
}

gboolean
imp_text_contains (ImpText text, ImpText needle)
{
  return needle.len > 0 && text.len >= needle.len &&
         memmem (text.text, text.len, needle.text, needle.len) != NULL;
}

ImpText
imp_mapper_leaf (ImpMapper *self, ImpText leaf)
{
  ImpText text;

  if (leaf.len == 0 || imp_text_is_null (leaf) || is_blank (leaf))
    return IMP_TEXT_EMPTY;

  text = imp_er7_is_plain (self->er7, leaf)
             ? leaf
             : imp_er7_unescape (self->er7, leaf, &self->n_bad_escapes);
  if (G_UNLIKELY (text.len > IMP_MAX_VALUE_BYTES))
    {
      text.len = imp_text_cut (text, IMP_MAX_VALUE_BYTES);
      self->n_cut++;
    }
  return text;
}

/* Separators at its end say nothing; a tilde does, where "200 or more" is written with it. */
ImpText
imp_mapper_whole (ImpMapper *self, ImpText text)
{
  while (text.len > 0 && text.text[text.len - 1] == self->er7->component_separator)
    text.len--;

  return imp_mapper_leaf (self, text);
}

ImpText
imp_mapper_get_whole (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return imp_mapper_whole (self, imp_er7_take_field (self->er7, segment, field));
}

ImpText
imp_mapper_first (ImpMapper *self, const ImpSegment *segment, guint field)
{
  ImpText text = imp_er7_take_field (self->er7, segment, field);
  const char *stop;

  if (text.len == 0)
    return IMP_TEXT_EMPTY;

  stop = memchr (text.text, self->er7->repetition_separator, text.len);
  if (stop != NULL)
    text.len = (gsize) (stop - text.text);

  return text;
}

ImpText
imp_mapper_first_component (ImpMapper *self, const ImpSegment *segment, guint field, guint n)
{
  ImpText text = imp_er7_take_field (self->er7, segment, field);
  const char between_repetitions = self->er7->repetition_separator;
  const char between_components = self->er7->component_separator;
  const char *p = text.text;
  const char *end;

  if (text.len == 0)
    return IMP_TEXT_EMPTY;

  end = p + text.len;
  while (TRUE)
    {
      p = imp_er7_find_either (p, end, self->er7->text_end, between_repetitions,
                               between_components);
      if (p == end || *p == between_repetitions || --n == 0)
        break;
      text.text = ++p;
    }

  return n <= 1 && p > text.text ? (ImpText){ text.text, (gsize) (p - text.text) } : IMP_TEXT_EMPTY;
}

ImpText
imp_mapper_get (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  return imp_mapper_leaf (self, imp_mapper_first_component (self, segment, field, component));
}

ImpText
imp_mapper_code (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  return imp_text_trim (imp_mapper_get (self, segment, field, component));
}

gboolean
imp_mapper_has (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return imp_mapper_leaf (self, imp_er7_take_field (self->er7, segment, field)).len > 0;
}

void
imp_repetitions_init (ImpRepetitions *self, ImpMapper *mapper, ImpText field)
{
  self->next = field.len > 0 ? field.text : NULL;
  self->end = field.len > 0 ? field.text + field.len : NULL;
  self->separator = mapper->er7->repetition_separator;
  self->n = 0;
}

/* The same with the components of a repetition. */
static void
components_init (ImpRepetitions *self, ImpMapper *mapper, ImpText repetition)
{
  imp_repetitions_init (self, mapper, repetition);
  self->separator = mapper->er7->component_separator;
}

gboolean
imp_repetitions_next (ImpRepetitions *self, ImpText *repetition)
{
  const char *stop;

  if (self->next == NULL)
    return FALSE;

  stop = ++self->n < IMP_MAX_REPETITIONS
             ? memchr (self->next, self->separator, (gsize) (self->end - self->next))
             : NULL;
  *repetition = (ImpText){ self->next, (gsize) ((stop != NULL ? stop : self->end) - self->next) };
  self->next = stop != NULL ? stop + 1 : NULL;
  return TRUE;
}

ImpText
imp_mapper_component (ImpMapper *self, ImpText repetition, guint n)
{
  return imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));
}

/* The component that ends at @stop. Returns: where the next begins */
static const char *
put_part (ImpCoded *coded, guint *n, const char *begin, const char *stop)
{
  coded->part[(*n)++] = (ImpText){ begin, (gsize) (stop - begin) };
  return stop + 1;
}

void
imp_mapper_split (ImpMapper *self, ImpText repetition, ImpCoded *coded)
{
  const char separator = self->er7->component_separator;
  const char *begin = repetition.text;
  const char *end, *readable_end;
  guint n = 1;

  memset (coded, 0, sizeof *coded);
  if (repetition.len == 0)
    return;

  end = begin + repetition.len;
  readable_end = imp_er7_readable_end (self->er7, repetition);
  while (n < G_N_ELEMENTS (coded->part))
    {
      const char *stop = imp_er7_find_either (begin, end, readable_end, separator, separator);

      if (stop == end)
        {
          put_part (coded, &n, begin, end);
          return;
        }
      begin = put_part (coded, &n, begin, stop);
    }
  coded->rest = (ImpText){ begin, (gsize) (end - begin) };
}

ImpText
imp_coded_text (ImpMapper *self, const ImpCoded *coded)
{
  static const guint8 order[] = { 2, 5, 9, 1, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      ImpText text = imp_mapper_leaf (self, coded->part[order[i]]);

      if (text.len > 0)
        return text;
    }

  return IMP_TEXT_EMPTY;
}

ImpText
imp_mapper_coded_text (ImpMapper *self, ImpText repetition)
{
  ImpCoded coded;

  imp_mapper_split (self, repetition, &coded);
  return imp_coded_text (self, &coded);
}

ImpText
imp_mapper_field_text (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return imp_mapper_coded_text (self, imp_mapper_first (self, segment, field));
}

/* "JAMISDP01", "HL70162", "99IC6", "ISO+": capitals and digits, at least one capital. */
gboolean
imp_text_looks_like_system (ImpText text)
{
  gboolean has_letter = FALSE;

  if (text.len < 2)
    return FALSE;

  for (gsize i = 0; i < text.len; i++)
    {
      if (!g_ascii_isupper (text.text[i]) && !g_ascii_isdigit (text.text[i]) &&
          strchr ("+-_.", text.text[i]) == NULL)
        return FALSE;
      has_letter |= g_ascii_isupper (text.text[i]) != 0;
    }

  return has_letter;
}

static gboolean
is_ascii (ImpText text)
{
  for (gsize i = 0; i < text.len; i++)
    if ((guchar) text.text[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* Whether component @n of a CWE is something to read, and not a code, a coding system or one of
 * their versions. */
static gboolean
is_words (ImpText text, guint n, gboolean with_code)
{
  switch (n)
    {
    case 1:
    case 4:
      return with_code || !is_ascii (text);
    case 3:
    case 6:
    case 7:
    case 8:
      return !is_ascii (text);
    default:
      return n == 2 || !imp_text_looks_like_system (text);
    }
}

ImpText
imp_mapper_free_text (ImpMapper *self, ImpText repetition, gboolean with_code)
{
  ImpText last = IMP_TEXT_EMPTY;
  ImpRepetitions components;
  ImpText component, text;

  g_string_truncate (self->scratch, 0);
  components_init (&components, self, repetition);
  while (components.n < MAX_WORDS && imp_repetitions_next (&components, &component))
    {
      text = imp_mapper_leaf (self, component);
      if (text.len == 0 || !is_words (text, components.n, with_code) ||
          imp_texts_equal (text, last))
        continue;
      if (self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
      last = text;
    }

  if (self->scratch->len == 0)
    return imp_mapper_coded_text (self, repetition);
  return (ImpText){ self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_person (ImpMapper *self, ImpText repetition, guint first)
{
  /* The surname may itself have subcomponents (FN); only the first is the name. Further given names
   * stand behind the given name (XPN-3). */
  ImpText parts[] = {
    imp_mapper_leaf (self, imp_er7_subcomponent (
                               self->er7, imp_er7_component (self->er7, repetition, first), 1)),
    imp_mapper_component (self, repetition, first + 1),
    imp_mapper_component (self, repetition, first + 2),
  };
  ImpText last = IMP_TEXT_EMPTY;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].len > 0)
      {
        last = parts[i];
        n++;
      }
  if (n <= 1)
    return last;

  g_string_truncate (self->scratch, 0);
  last = IMP_TEXT_EMPTY;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i].len == 0)
        continue;
      if (last.len > 0)
        g_string_append (self->scratch,
                         is_ascii (last) && is_ascii (parts[i]) ? " " : IDEOGRAPHIC_BLANK);
      g_string_append_len (self->scratch, parts[i].text, (gssize) parts[i].len);
      last = parts[i];
    }
  return (ImpText){ self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_staff (ImpMapper *self, ImpText repetition)
{
  ImpText person = imp_mapper_person (self, repetition, 2);

  return person.len > 0 ? person : imp_mapper_coded_text (self, repetition);
}

gboolean
imp_mapper_is_kana_of_person (ImpMapper *self, ImpText repetition, guint n)
{
  return n > 0 && imp_text_is_one_of (imp_mapper_component (self, repetition, 15), "P");
}

/* Components of a PL or LA2 that say where it is; 4 to 6 are facility, status and kind. */
static ImpText
place_from (ImpMapper *self, ImpText repetition, guint first)
{
  ImpRepetitions components;
  ImpText component, text;

  g_string_truncate (self->scratch, 0);
  components_init (&components, self, repetition);
  while (components.n < MAX_WORDS && imp_repetitions_next (&components, &component))
    {
      if (components.n < first || (components.n >= 4 && components.n <= 6))
        continue;
      text = imp_mapper_leaf (self, component);
      if (text.len == 0)
        continue;
      if (self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
    }

  return (ImpText){ self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_place (ImpMapper *self, ImpText repetition)
{
  return place_from (self, repetition, 1);
}

ImpText
imp_mapper_place_beyond_bed (ImpMapper *self, ImpText repetition)
{
  return place_from (self, repetition, 7);
}

ImpText
imp_mapper_date (ImpMapper *self, ImpText leaf, char *out)
{
  ImpText text = imp_text_trim (imp_mapper_leaf (self, leaf));

  if (text.len > 0 && disc_date_from_hl7 (text.text, text.len, out))
    return (ImpText){ out, strlen (out) };

  return text;
}
