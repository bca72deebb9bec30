/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

#define IDEOGRAPHIC_BLANK "\xE3\x80\x80"

/* ---- segments ------------------------------------------------------------------------------- */

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

/* ---- values --------------------------------------------------------------------------------- */

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

/* Length of @text cut at a character to at most @max bytes. */
static gsize
cut_len (ImpText text, gsize max)
{
  gsize len = text.len;

  if (len <= max)
    return len;
  len = max;
  while (len > 0 && ((guchar) text.text[len] & 0xC0) == 0x80)
    len--;
  return len;
}

ImpText
imp_mapper_leaf (ImpMapper *self, ImpText leaf)
{
  ImpText text;

  if (leaf.len == 0 || imp_text_is_null (leaf) || is_blank (leaf))
    return IMP_TEXT_EMPTY;

  text = imp_er7_unescape (self->er7, leaf, &self->n_bad_escapes);
  if (G_UNLIKELY (text.len > IMP_MAX_VALUE_BYTES))
    {
      text.len = cut_len (text, IMP_MAX_VALUE_BYTES);
      self->n_cut++;
    }
  return text;
}

/* The first repetition; nearly always the field itself. */
static ImpText
first_repetition (ImpMapper *self, const ImpSegment *segment, guint field)
{
  ImpText text = imp_er7_field (self->er7, segment, field);
  const char *stop;

  if (text.len == 0)
    return IMP_TEXT_EMPTY;

  stop = memchr (text.text, self->er7->repetition_separator, text.len);
  if (stop != NULL)
    text.len = (gsize) (stop - text.text);

  return text;
}

/* Component @n of the first repetition. Byte by byte: components are so short that memchr is
 * slower. */
static ImpText
first_component (ImpMapper *self, const ImpSegment *segment, guint field, guint n)
{
  ImpText text = imp_er7_field (self->er7, segment, field);
  const char between_repetitions = self->er7->repetition_separator;
  const char between_components = self->er7->component_separator;
  const char *p = text.text;
  const char *end;

  if (text.len == 0)
    return IMP_TEXT_EMPTY;

  end = p + text.len;
  for (; p < end && *p != between_repetitions; p++)
    if (*p == between_components)
      {
        if (--n == 0)
          break;
        text.text = p + 1;
      }

  return n <= 1 && p > text.text ? (ImpText) { text.text, (gsize) (p - text.text) }
                                 : IMP_TEXT_EMPTY;
}

ImpText
imp_mapper_get (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  return imp_mapper_leaf (self, first_component (self, segment, field, component));
}

ImpText
imp_mapper_code (ImpMapper *self, const ImpSegment *segment, guint field, guint component)
{
  return imp_text_trim (imp_mapper_get (self, segment, field, component));
}

gboolean
imp_mapper_has (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return imp_mapper_leaf (self, imp_er7_field (self->er7, segment, field)).len > 0;
}

void
imp_repetitions_init (ImpRepetitions *self, ImpMapper *mapper, ImpText field)
{
  self->next = field.len > 0 ? field.text : NULL;
  self->end = field.len > 0 ? field.text + field.len : NULL;
  self->separator = mapper->er7->repetition_separator;
  self->n = 0;
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
  *repetition = (ImpText) { self->next, (gsize) ((stop != NULL ? stop : self->end) - self->next) };
  self->next = stop != NULL ? stop + 1 : NULL;
  return TRUE;
}

static ImpText
component (ImpMapper *self, ImpText repetition, guint n)
{
  return imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));
}

/* The components of a CWE, [1] to [9], as sent; one pass, for they are read again and again. */
typedef struct
{
  ImpText part[10];
} Coded;

static void
split_coded (ImpMapper *self, ImpText repetition, Coded *coded)
{
  const char separator = self->er7->component_separator;
  const char *begin = repetition.text;
  const char *end;
  guint n = 1;

  memset (coded, 0, sizeof *coded);
  if (repetition.len == 0)
    return;

  end = begin + repetition.len;
  for (const char *p = begin; p < end; p++)
    {
      if (*p != separator)
        continue;
      coded->part[n++] = (ImpText) { begin, (gsize) (p - begin) };
      begin = p + 1;
      if (n == G_N_ELEMENTS (coded->part))
        return;
    }
  coded->part[n] = (ImpText) { begin, (gsize) (end - begin) };
}

static ImpText
coded_text (ImpMapper *self, const Coded *coded)
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
  Coded coded;

  split_coded (self, repetition, &coded);
  return coded_text (self, &coded);
}

ImpText
imp_mapper_field_text (ImpMapper *self, const ImpSegment *segment, guint field)
{
  return imp_mapper_coded_text (self, first_repetition (self, segment, field));
}

/* "JAMISDP01", "HL70162", "99IC6", "ISO+": capitals and digits, at least one capital. */
static gboolean
looks_like_system (ImpText text)
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
      return n == 2 || !looks_like_system (text);
    }
}

ImpText
imp_mapper_free_text (ImpMapper *self, ImpText repetition, gboolean with_code)
{
  guint n_components = MIN (imp_er7_n_components (self->er7, repetition), 50);
  ImpText last = IMP_TEXT_EMPTY;

  g_string_truncate (self->scratch, 0);
  for (guint n = 1; n <= n_components; n++)
    {
      ImpText text = component (self, repetition, n);

      if (text.len == 0 || !is_words (text, n, with_code) || imp_texts_equal (text, last))
        continue;
      if (self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
      last = text;
    }

  if (self->scratch->len == 0)
    return imp_mapper_coded_text (self, repetition);
  return (ImpText) { self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_person (ImpMapper *self, ImpText repetition, guint first)
{
  /* The surname may itself have subcomponents (FN); only the first is the name. */
  ImpText family = imp_mapper_leaf (
      self, imp_er7_subcomponent (self->er7, imp_er7_component (self->er7, repetition, first), 1));
  ImpText given = component (self, repetition, first + 1);

  if (family.len == 0 || given.len == 0)
    return family.len > 0 ? family : given;

  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, family.text, (gssize) family.len);
  g_string_append (self->scratch,
                   is_ascii (family) && is_ascii (given) ? " " : IDEOGRAPHIC_BLANK);
  g_string_append_len (self->scratch, given.text, (gssize) given.len);
  return (ImpText) { self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_place (ImpMapper *self, ImpText repetition)
{
  g_string_truncate (self->scratch, 0);
  for (guint n = 1; n <= 3; n++)
    {
      ImpText text = component (self, repetition, n);

      if (text.len == 0)
        continue;
      if (self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
    }

  return (ImpText) { self->scratch->str, self->scratch->len };
}

ImpText
imp_mapper_date (ImpMapper *self, ImpText leaf, char *out)
{
  ImpText text = imp_text_trim (imp_mapper_leaf (self, leaf));

  if (text.len > 0 && disc_date_from_hl7 (text.text, text.len, out))
    return (ImpText) { out, strlen (out) };

  return text;
}

/* ---- adding to a record ---------------------------------------------------------------------- */

void
imp_add (DiscRecordBuilder *to, DiscField field, ImpText text)
{
  if (text.len > 0)
    disc_record_builder_add (to, field, text.text, (gssize) text.len);
}

void
imp_mapper_add (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *segment,
                guint field, guint n)
{
  imp_add (to, as, imp_mapper_get (self, segment, field, n));
}

void
imp_mapper_add_all (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                    const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_add (to, as, imp_mapper_leaf (self, repetition));
}

void
imp_mapper_add_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText text;
      ImpText other;
      Coded coded;

      split_coded (self, repetition, &coded);
      text = coded_text (self, &coded);
      other = imp_mapper_leaf (self, coded.part[5]);
      imp_add (to, as, text);
      if (!imp_texts_equal (text, other))
        imp_add (to, as, other);
    }
}

void
imp_mapper_add_free_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                           const ImpSegment *segment, guint field, gboolean with_code)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_add (to, as, imp_mapper_free_text (self, repetition, with_code));
}

void
imp_mapper_add_coded (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                      ImpText repetition)
{
  Coded coded;
  ImpText name;
  ImpText code;
  gboolean swap;

  split_coded (self, repetition, &coded);
  name = coded_text (self, &coded);
  code = imp_mapper_leaf (self, coded.part[1]);
  /* ^^^code^text^system: the only code is the alternate one (SS-MIX2 spec 4.1). */
  swap = code.len == 0 && imp_mapper_leaf (self, coded.part[4]).len > 0;

  imp_add (to, name_as, name);
  imp_add (to, DISC_FIELD_CODE, swap ? imp_mapper_leaf (self, coded.part[4]) : code);
  imp_add (to, DISC_FIELD_SYSTEM, imp_mapper_leaf (self, coded.part[swap ? 6 : 3]));
  if (!swap)
    imp_add (to, DISC_FIELD_OTHER_CODE, imp_mapper_leaf (self, coded.part[4]));
  if (!imp_texts_equal (imp_mapper_leaf (self, coded.part[5]), name))
    imp_add (to, DISC_FIELD_OTHER_NAME, imp_mapper_leaf (self, coded.part[5]));
  if (!swap)
    imp_add (to, DISC_FIELD_OTHER_SYSTEM, imp_mapper_leaf (self, coded.part[6]));
}

void
imp_mapper_add_date (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field, guint n)
{
  ImpText leaf = first_component (self, segment, field, n);
  char iso[DISC_DATE_MAX];

  if (leaf.len > 0)
    imp_add (to, as, imp_mapper_date (self, leaf, iso));
}

void
imp_mapper_add_persons (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                        const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;
  guint n = 0;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText person;

      /* The kana of the person before (XCN-15). */
      if (n++ > 0 && imp_text_is_one_of (component (self, repetition, 15), "P"))
        continue;
      person = imp_mapper_person (self, repetition, 2);
      imp_add (to, as, person.len > 0 ? person : component (self, repetition, 1));
    }
}

void
imp_mapper_add_place (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  imp_add (to, as, imp_mapper_place (self, first_repetition (self, segment, field)));
}

/* number^code&text&system, or number^code^text with the wrong separator. */
ImpText
imp_mapper_unit (ImpMapper *self, ImpText quantity)
{
  ImpText unit = imp_er7_component (self->er7, quantity, 2);
  ImpText text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 2));

  if (text.len == 0)
    text = component (self, quantity, 3);
  if (text.len == 0)
    text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 1));
  return text;
}

void
imp_mapper_add_quantity (ImpMapper *self, DiscRecordBuilder *to, DiscField number_as,
                         DiscField unit_as, const ImpSegment *segment, guint field)
{
  ImpText repetition = first_repetition (self, segment, field);

  if (repetition.len == 0)
    return;

  imp_add (to, number_as, component (self, repetition, 1));
  imp_add (to, unit_as, imp_mapper_unit (self, repetition));
}

void
imp_mapper_labelled (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText text)
{
  g_autofree char *line = NULL;

  if (text.len == 0)
    return;

  line = g_strdup_printf ("%s: %.*s", label, (int) MIN (text.len, G_MAXINT), text.text);
  disc_record_builder_add (to, DISC_FIELD_COMMENT, line, -1);
}

void
imp_mapper_labelled_quantity (ImpMapper *self, DiscRecordBuilder *to, const char *label,
                              const ImpSegment *segment, guint field)
{
  ImpText repetition = first_repetition (self, segment, field);
  ImpText number;
  ImpText unit;

  if (repetition.len == 0)
    return;

  number = component (self, repetition, 1);
  unit = imp_mapper_unit (self, repetition);
  if (number.len == 0 && unit.len == 0)
    return;
  g_string_printf (self->scratch, "%.*s%s%.*s", (int) number.len, number.text,
                   number.len > 0 && unit.len > 0 ? " " : "", (int) unit.len, unit.text);
  imp_mapper_labelled (self, to, label, (ImpText) { self->scratch->str, self->scratch->len });
}

static ImpText
label_text (ImpMapper *self, ImpText repetition, ImpLabelKind kind, char *iso)
{
  ImpText text;

  switch (kind)
    {
    case IMP_LABEL_DATE:
      return imp_mapper_date (self, repetition, iso);
    case IMP_LABEL_PLACE:
      return imp_mapper_place (self, repetition);
    case IMP_LABEL_PERSON:
      text = imp_mapper_person (self, repetition, 2);
      if (text.len > 0)
        return text;
      /* fall through */
    case IMP_LABEL_TEXT:
    default:
      return imp_mapper_coded_text (self, repetition);
    }
}

void
imp_mapper_add_labels (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                       const ImpLabel *labels, guint n_labels)
{
  char iso[DISC_DATE_MAX];

  for (guint i = 0; i < n_labels; i++)
    {
      ImpText field = imp_er7_field (self->er7, segment, labels[i].field);
      ImpRepetitions repetitions;
      ImpText repetition;

      if (field.len == 0)
        continue;
      imp_repetitions_init (&repetitions, self, field);
      while (imp_repetitions_next (&repetitions, &repetition))
        imp_mapper_labelled (self, to, labels[i].label,
                             label_text (self, repetition, labels[i].kind, iso));
    }
}

/* ---- what is not understood ------------------------------------------------------------------- */

/* Names of fields only: a finding never holds what stands in them. */
static void
name_kept (ImpMapper *self, const ImpSegment *segment, guint field)
{
  g_autofree char *name = NULL;

  self->n_kept++;
  if (self->kept->len > 200)
    return;

  name = field > 0 ? g_strdup_printf ("%s-%u", segment->name, field) : g_strdup (segment->name);
  if (strstr (self->kept->str, name) == NULL)
    g_string_append_printf (self->kept, "%s%s", self->kept->len > 0 ? ", " : "", name);
}

void
imp_mapper_keep (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *segment,
                 guint field, ImpText text)
{
  /* A text too long to be read by anyone is cut: the source message has it whole. */
  gsize len = cut_len (text, IMP_MAX_KEPT_BYTES);
  g_autofree char *line = NULL;

  if (text.len == 0 || imp_mapper_is_full (self, to))
    return;

  line = g_strdup_printf ("%s-%u: %.*s%s", segment->name, field, (int) len, text.text,
                          len < text.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, field);
}

void
imp_mapper_keep_unread (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                        const ImpSegment *segment, guint64 read)
{
  const guint32 *begin = self->er7->fields + segment->first_field;

  for (guint field = 1; field <= segment->n_fields; field++)
    {
      /* Nearly all are empty: the offsets tell without a look at the text. */
      if (begin[field] - begin[field - 1] <= 1 || (field < 64 && (read & IMP_BIT (field)) != 0))
        continue;
      imp_mapper_keep (self, to, as, segment, field,
                       imp_mapper_leaf (self, imp_er7_field (self->er7, segment, field)));
    }
}

void
imp_mapper_keep_segment (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                         const ImpSegment *segment)
{
  ImpText whole = segment->whole;
  gsize len = cut_len (whole, IMP_MAX_KEPT_BYTES);
  g_autofree char *line = NULL;

  if (whole.len <= 4 || imp_mapper_is_full (self, to))
    return;

  line = g_strdup_printf ("%.*s%s", (int) len, whole.text, len < whole.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, 0);
}
