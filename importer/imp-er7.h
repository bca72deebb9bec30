/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

/*
 * HL7 v2.5 ER7 on decoded text: offsets into the buffer, no meaning and no allocation per field.
 */

/** A slice of the message text (not NUL-terminated) or of the parser's own arena. */
typedef struct
{
  const char *text;
  gsize len;
} ImpText;

#define IMP_TEXT_EMPTY ((ImpText) { NULL, 0 })

/** imp_text_equal: whether the slice is exactly the literal. */
static inline gboolean
imp_text_equal (ImpText text, const char *literal)
{
  gsize len = strlen (literal);

  return text.len == len && (len == 0 || memcmp (text.text, literal, len) == 0);
}

/** imp_text_trim: without ASCII and ideographic blanks at both ends. */
ImpText imp_text_trim (ImpText text);
/** imp_text_dup: (transfer full). */
char *imp_text_dup (ImpText text);
/** imp_text_is_null: the explicit null of HL7: two quotation marks. */
static inline gboolean
imp_text_is_null (ImpText text)
{
  return imp_text_equal (text, "\"\"");
}

typedef struct
{
  char name[4];       /* "PID" */
  guint number;       /* from 1, in the message */
  guint n_fields;     /* HL7 numbers: the last field is n_fields; MSH-1 is the separator */
  guint first_field;  /*< private >*/
  ImpText whole;      /* the line, with continuation lines */
  gboolean cut;       /* certainly cut: the text ends in half a segment name or half a character */
  gboolean open;      /* last of the text and no line end behind it. No proof (some writers never end
                         the last line): cut only if a field it must have is missing too (8.20) */
} ImpSegment;

typedef struct _ImpEr7 ImpEr7;

/** imp_er7_new: a parser to be used again and again by one thread. */
ImpEr7 *imp_er7_new (void);
void imp_er7_free (ImpEr7 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpEr7, imp_er7_free)

/**
 * imp_er7_parse:
 * @text: decoded message, kept alive by the caller as long as slices are used
 *
 * Splits into segments and fields as SS-MIX2 spec 5.1: CR, LF or CRLF; a line that is no segment
 * continues the field before it; empty lines are skipped; MSH-2 gives the delimiters, U+00A5 is
 * taken as the escape character.
 *
 * Returns: %FALSE with %IMP_ERROR_UNREADABLE if the text does not begin with an MSH of at least
 *   MSH-9, %IMP_ERROR_LIMIT beyond imp-limits.h
 */
gboolean imp_er7_parse (ImpEr7 *self, const char *text, gsize len, GError **error);

/**
 * imp_er7_split_messages:
 *
 * Places in @text where a message begins (a line "MSH" + separator with at least MSH-9; a bare
 * "MSH" line is junk, spec 5.1). The first is 0 when @text is a message at all.
 * Returns: (transfer full) (element-type gsize): offsets; at most IMP_MAX_MESSAGES_PER_FILE and one
 *   more, where the last of so many ends and what is beyond the ceiling begins
 */
GArray *imp_er7_split_messages (const char *text, gsize len);

/** imp_er7_count_messages: how many messages @text holds, also beyond the ceiling. */
guint imp_er7_count_messages (const char *text, gsize len);

guint imp_er7_n_segments (const ImpEr7 *self);
const ImpSegment *imp_er7_segment (const ImpEr7 *self, guint i);
/** imp_er7_find: the first segment of that name from index @from on, or %NULL. */
const ImpSegment *imp_er7_find (const ImpEr7 *self, const char *name, guint from);

/** imp_er7_field: HL7 numbering from 1 (MSH-1 is the separator); empty when absent. As sent. */
ImpText imp_er7_field (const ImpEr7 *self, const ImpSegment *segment, guint field);
guint imp_er7_n_repetitions (const ImpEr7 *self, ImpText field);
/** imp_er7_repetition: @n from 0. */
ImpText imp_er7_repetition (const ImpEr7 *self, ImpText field, guint n);
/** imp_er7_component: of a repetition; @n from 1. */
ImpText imp_er7_component (const ImpEr7 *self, ImpText repetition, guint n);
guint imp_er7_n_components (const ImpEr7 *self, ImpText repetition);
/** imp_er7_subcomponent: of a component; @n from 1. */
ImpText imp_er7_subcomponent (const ImpEr7 *self, ImpText component, guint n);

/**
 * imp_er7_unescape: resolves the escapes of spec 5.2 in a leaf. Without escapes the slice itself;
 * else text in the parser's arena, valid until the next imp_er7_parse(). Line breaks inside come out
 * as LF.
 * @n_undecodable: (nullable): incremented for each \C..\ or \M..\ kept literally and each character
 *   of a \X..\ that became U+FFFD
 */
ImpText imp_er7_unescape (ImpEr7 *self, ImpText leaf, guint *n_undecodable);

/** imp_er7_get: field, first repetition, component (from 1), unescaped and trimmed; the common case.
 * An explicit null ("") reads as empty. */
ImpText imp_er7_get (ImpEr7 *self, const ImpSegment *segment, guint field, guint component);

G_END_DECLS
