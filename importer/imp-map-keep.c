/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-er7-private.h"
#include "imp-limits.h"

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
  gsize len = imp_text_cut (text, IMP_MAX_KEPT_BYTES);
  g_autofree char *line = NULL;

  if (text.len == 0 || imp_mapper_is_full (self, to))
    return;

  line = g_strdup_printf ("%s-%u: %.*s%s", segment->name, field, (int) len, text.text,
                          len < text.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, field);
}

/* Where what is kept of a field stands: values of a head are compared, so it goes to the item. */
static void
keep_at (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, guint field,
         ImpText text)
{
  if (to == self->preamble)
    imp_mapper_keep (self, to, DISC_FIELD_NOT_UNDERSTOOD, segment, field, text);
  else
    imp_mapper_keep (self, to == self->head ? imp_mapper_here (self) : to,
                     DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment, field, text);
}

static gboolean
says_nothing (ImpMapper *self, const char *from, const char *to)
{
  const ImpEr7 *er7 = self->er7;

  for (; from < to; from++)
    if (*from != er7->component_separator && *from != er7->repetition_separator &&
        *from != er7->subcomponent_separator && *from != ' ' && *from != '"')
      return FALSE;

  return TRUE;
}

void
imp_mapper_keep_beyond (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                        guint field, ImpText read)
{
  ImpText whole = imp_er7_field (self->er7, segment, field);
  const char *end;

  /* Nearly always the field is what was read. */
  if (whole.len == read.len || whole.len == 0)
    return;
  end = whole.text + whole.len;
  if (read.len == 0 ? says_nothing (self, whole.text, end)
                    : says_nothing (self, whole.text, read.text) &&
                          says_nothing (self, read.text + read.len, end))
    return;
  keep_at (self, to, segment, field, imp_mapper_leaf (self, whole));
}

void
imp_mapper_keep_code (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                      guint field, const char *known)
{
  ImpText code = imp_mapper_first_component (self, segment, field, 1);
  ImpText whole = imp_er7_field (self->er7, segment, field);

  if (whole.len == 0)
    return;
  if (imp_mapper_leaf (self, code).len > 0 && imp_text_is_one_of (code, known))
    {
      /* What the code is called, and in which table, is known as well. */
      imp_mapper_keep_beyond (self, to, segment, field, imp_mapper_first (self, segment, field));
      return;
    }
  if (!says_nothing (self, whole.text, whole.text + whole.len))
    keep_at (self, to, segment, field, imp_mapper_leaf (self, whole));
}

void
imp_mapper_keep_field (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                       guint field)
{
  keep_at (self, to, segment, field,
           imp_mapper_leaf (self, imp_er7_field (self->er7, segment, field)));
}

void
imp_mapper_keep_repetition (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                            guint field, ImpText repetition)
{
  keep_at (self, to, segment, field, imp_mapper_leaf (self, repetition));
}

void
imp_mapper_keep_different (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                           const ImpSegment *other, guint64 read)
{
  for (guint field = 1; field <= segment->n_fields; field++)
    {
      ImpText text = imp_er7_field (self->er7, segment, field);

      if (text.len > 0 && !(field < 64 && (read & IMP_BIT (field)) != 0) &&
          !imp_texts_equal (text, imp_er7_field (self->er7, other, field)))
        keep_at (self, to, segment, field, imp_mapper_leaf (self, text));
    }
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

/* (transfer full): without the bytes of its files. */
static char *
without_files (ImpMapper *self, const ImpSegment *obx)
{
  ImpText whole = obx->whole;
  ImpText field = imp_er7_field (self->er7, obx, 5);
  gsize before = (gsize) (field.text - whole.text);
  GString *out = g_string_new_len (whole.text, (gssize) before);
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, field);
  while (imp_repetitions_next (&repetitions, &repetition) && out->len < IMP_MAX_KEPT_BYTES)
    {
      ImpText mark = imp_mapper_file_text (self, repetition);

      g_string_append_len (out, mark.text, (gssize) mark.len);
    }
  g_string_append_len (out, field.text + field.len, (gssize) (whole.len - before - field.len));
  return g_string_free (out, FALSE);
}

void
imp_mapper_keep_segment (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                         const ImpSegment *segment)
{
  ImpText whole = segment->whole;
  g_autofree char *kept = NULL;
  g_autofree char *line = NULL;
  gsize len;

  if (whole.len <= 4 || imp_mapper_is_full (self, to))
    return;
  if (imp_segment_code (segment) == IMP_SEG ('O', 'B', 'X') && imp_mapper_is_file (self, segment))
    {
      kept = without_files (self, segment);
      whole = (ImpText){ kept, strlen (kept) };
    }
  len = imp_text_cut (whole, IMP_MAX_KEPT_BYTES);

  line = g_strdup_printf ("%.*s%s", (int) len, whole.text, len < whole.len ? "…" : "");
  disc_record_builder_add (to, as, line, -1);
  name_kept (self, segment, 0);
}
