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
