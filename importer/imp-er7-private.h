/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "imp-er7.h"

G_BEGIN_DECLS

/* Where a repetition of a field was found last, so that going through them all is not quadratic. */
typedef struct
{
  const char *field;
  guint n;
  const char *begin;
} ImpEr7Place;

struct _ImpEr7
{
  const char *text;
  const char *text_end;
  ImpEr7Place *place;     /* changed by functions that leave the message as it is */
  GArray *segments;       /* ImpSegment */
  guint32 *fields;        /* offset where each field begins; one more per segment: its end + 1 */
  gsize n_fields;
  gsize n_fields_allocated;
  char field_separator;
  char component_separator;
  char repetition_separator;
  char subcomponent_separator;
  char escape[3];         /* one ASCII character, or the yen sign */
  gsize escape_len;
  gboolean has_plain_leaves; /* nothing in the message is an escape or breaks a field's line */
  GStringChunk *arena;    /* NULL until something was unescaped */
  GString *scratch;
};

/** imp_er7_find_char: where @what is, or @end. */
static inline const char *
imp_er7_find_char (const char *from, const char *end, char what)
{
  const char *found = from < end ? memchr (from, what, (gsize) (end - from)) : NULL;

  return found != NULL ? found : end;
}

/** imp_er7_take_field: imp_er7_field(), inline: an import asks it hundreds of times a message. */
static inline ImpText
imp_er7_take_field (const ImpEr7 *self, const ImpSegment *segment, guint field)
{
  const guint32 *begin;

  if (field == 0 || field > segment->n_fields)
    return IMP_TEXT_EMPTY;
  begin = self->fields + segment->first_field + field - 1;
  if (field == 1 && segment->whole.text + 3 == self->text + begin[0])
    return (ImpText){ self->text + begin[0], 1 }; /* MSH-1 */
  return (ImpText){ self->text + begin[0], begin[1] - 1 - begin[0] };
}

/** imp_er7_spread: @what in each of eight bytes. */
static inline guint64
imp_er7_spread (char what)
{
  return G_GUINT64_CONSTANT (0x0101010101010101) * (guint8) what;
}

/** imp_er7_mark: which of eight bytes are the one spread: 0x80 in the first that is; those above it
 * may be marked wrongly. */
static inline guint64
imp_er7_mark (guint64 word, guint64 spread)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  word ^= spread;
  return (word - ones) & ~word & (ones << 7);
}

/** imp_er7_readable_end: up to where bytes may be read, and thrown away, behind a part. */
static inline const char *
imp_er7_readable_end (const ImpEr7 *self, ImpText part)
{
  return part.text >= self->text && part.text < self->text_end ? self->text_end
                                                               : part.text + part.len;
}

/**
 * imp_er7_find_either: where @a or @b is first, or @end.
 * @readable_end: see imp_er7_readable_end()
 *
 * Parts are short and many: eight bytes at a time take half as long as one by one, or as memchr for
 * each.
 */
static inline const char *
imp_er7_find_either (const char *p, const char *end, const char *readable_end, char a, char b)
{
  const guint64 all_a = imp_er7_spread (a);
  const guint64 all_b = imp_er7_spread (b);
  guint64 word, marks;

  for (; p < end && readable_end - p >= (gssize) sizeof word; p += sizeof word)
    {
      memcpy (&word, p, sizeof word);
      word = GUINT64_FROM_LE (word);
      marks = imp_er7_mark (word, all_a) | imp_er7_mark (word, all_b);
      if (marks != 0)
        return MIN (p + __builtin_ctzll (marks) / 8, end);
    }
  while (p < end && *p != a && *p != b)
    p++;
  return MIN (p, end);
}

/** imp_er7_is_plain: whether the leaf surely reads as it stands: most messages have no escapes at
 * all, and so nothing to be looked for in each of their leaves. */
static inline gboolean
imp_er7_is_plain (const ImpEr7 *self, ImpText leaf)
{
  return self->has_plain_leaves && leaf.text >= self->text && leaf.text < self->text_end;
}

/** imp_er7_has_escapes: whether the escape character of MSH-2 stands there twice; an escape sequence
 * begins and ends with it. */
gboolean imp_er7_has_escapes (const ImpEr7 *self, const char *text, const char *end);

G_END_DECLS
