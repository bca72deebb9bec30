/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-er7.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

#define IDEOGRAPHIC_SPACE "\xE3\x80\x80"

/* Part @n (from 1) between separators; what is beyond @max parts stays in the last. */
static ImpText
nth_part (const ImpEr7 *self, ImpText whole, char separator, guint n, guint max)
{
  const char *p = whole.text;
  const char *end, *readable_end;

  if (n == 0 || n > max || whole.len == 0)
    return IMP_TEXT_EMPTY;
  end = p + whole.len;
  readable_end = imp_er7_readable_end (self, whole);
  for (guint i = 1; i < n; i++)
    {
      p = imp_er7_find_either (p, end, readable_end, separator, separator);
      if (p == end)
        return IMP_TEXT_EMPTY;
      p++;
    }
  if (n < max)
    end = imp_er7_find_either (p, end, readable_end, separator, separator);
  return (ImpText){ p, (gsize) (end - p) };
}

static guint
count_parts (ImpText whole, char separator, guint max)
{
  const char *p = whole.text;
  const char *end;
  guint n = 1;

  if (whole.len == 0)
    return 0;
  end = p + whole.len;
  while (n < max && (p = imp_er7_find_char (p, end, separator)) < end)
    {
      n++;
      p++;
    }
  return n;
}

ImpText
imp_er7_field (const ImpEr7 *self, const ImpSegment *segment, guint field)
{
  return imp_er7_take_field (self, segment, field);
}

guint
imp_er7_n_repetitions (const ImpEr7 *self, ImpText field)
{
  return count_parts (field, self->repetition_separator, IMP_MAX_REPETITIONS);
}

ImpText
imp_er7_repetition (const ImpEr7 *self, ImpText field, guint n)
{
  ImpEr7Place *place = self->place;
  ImpText rest = field, found;
  guint done = 0;

  if (n >= IMP_MAX_REPETITIONS)
    return IMP_TEXT_EMPTY;
  if (place->begin != NULL && field.len > 0 && place->field == field.text && place->n <= n &&
      place->begin <= field.text + field.len)
    {
      rest.len -= (gsize) (place->begin - rest.text);
      rest.text = place->begin;
      done = place->n;
    }
  found =
      nth_part (self, rest, self->repetition_separator, n - done + 1, IMP_MAX_REPETITIONS - done);
  /* Only of the message itself: other text may change under the same address. */
  if (found.text != NULL && field.text >= self->text && field.text < self->text_end)
    *place = (ImpEr7Place) { field.text, n, found.text };
  return found;
}

ImpText
imp_er7_component (const ImpEr7 *self, ImpText repetition, guint n)
{
  return nth_part (self, repetition, self->component_separator, n, IMP_MAX_FIELDS);
}

guint
imp_er7_n_components (const ImpEr7 *self, ImpText repetition)
{
  return count_parts (repetition, self->component_separator, IMP_MAX_FIELDS);
}

ImpText
imp_er7_subcomponent (const ImpEr7 *self, ImpText component, guint n)
{
  return nth_part (self, component, self->subcomponent_separator, n, IMP_MAX_FIELDS);
}

ImpText
imp_er7_get (ImpEr7 *self, const ImpSegment *segment, guint field, guint component)
{
  ImpText text = imp_er7_field (self, segment, field);

  text = imp_text_trim (imp_er7_component (self, imp_er7_repetition (self, text, 0), component));
  if (imp_text_is_null (text))
    return IMP_TEXT_EMPTY;
  return imp_text_trim (imp_er7_unescape (self, text, NULL));
}

ImpText
imp_text_trim (ImpText text)
{
  for (;;)
    {
      if (text.len >= 1 && (g_ascii_isspace (text.text[0])))
        text = (ImpText) { text.text + 1, text.len - 1 };
      else if (text.len >= 3 && memcmp (text.text, IDEOGRAPHIC_SPACE, 3) == 0)
        text = (ImpText) { text.text + 3, text.len - 3 };
      else if (text.len >= 1 && g_ascii_isspace (text.text[text.len - 1]))
        text.len--;
      else if (text.len >= 3 && memcmp (text.text + text.len - 3, IDEOGRAPHIC_SPACE, 3) == 0)
        text.len -= 3;
      else
        return text;
    }
}

char *
imp_text_dup (ImpText text)
{
  return g_strndup (text.len > 0 ? text.text : "", text.len);
}
