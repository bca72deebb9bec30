/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

#include <string.h>

#include "imp-er7-private.h"

void
imp_add (DiscRecordBuilder *to, DiscField field, ImpText text)
{
  if (text.len > 0)
    disc_record_builder_add (to, field, text.text, (gssize) text.len);
}

void
imp_mapper_add_whole (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  imp_add (to, as, imp_mapper_get_whole (self, segment, field));
}

void
imp_mapper_add_number (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                       const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);
  ImpText number = imp_er7_component (self->er7, repetition, 1);

  if (repetition.len == 0)
    return;
  imp_add (to, as, imp_mapper_leaf (self, number));
  /* Without a number the rest is all there is. */
  imp_mapper_keep_beyond (self, to, segment, field, number.len > 0 ? repetition : IMP_TEXT_EMPTY);
}

void
imp_mapper_add_code (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field)
{
  imp_add (to, as, imp_mapper_get (self, segment, field, 1));
}

/* The subcomponent 1 of a pair (EIP: of who ordered, of who performs), unless it was added. */
static void
add_to_pairs (ImpMapper *self, DiscRecordBuilder *to, DiscField as, ImpText component,
              ImpText *known, guint *n_known)
{
  ImpText number = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, component, 1));

  for (guint i = 0; i < *n_known; i++)
    if (imp_texts_equal (known[i], number))
      return;
  if (*n_known < IMP_MAX_PAIRED)
    known[(*n_known)++] = number;
  imp_add (to, as, number);
}

void
imp_mapper_add_pairs (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field, guint n_max, ImpText *known,
                      guint *n_known)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      guint n_components = MIN (imp_er7_n_components (self->er7, repetition), n_max);

      for (guint n = 1; n <= n_components; n++)
        add_to_pairs (self, to, as, imp_er7_component (self->er7, repetition, n), known, n_known);
    }
}

void
imp_mapper_add_all (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *segment,
                    guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_add (to, as, imp_mapper_whole (self, repetition));
}

guint
imp_coded_other_texts (ImpMapper *self, const ImpCoded *coded, ImpText text,
                       ImpText others[IMP_MAX_OTHER_TEXTS])
{
  const ImpText candidates[] = { imp_mapper_leaf (self, coded->part[5]),
                                 imp_mapper_leaf (self, coded->part[9]),
                                 imp_mapper_whole (self, coded->rest) };
  guint n = 0;

  G_STATIC_ASSERT (G_N_ELEMENTS (candidates) == IMP_MAX_OTHER_TEXTS);
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      gboolean is_new = candidates[i].len > 0 && !imp_texts_equal (candidates[i], text);

      for (guint k = 0; k < n && is_new; k++)
        is_new = !imp_texts_equal (candidates[i], others[k]);
      if (is_new)
        others[n++] = candidates[i];
    }

  return n;
}

static void
add_other_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpCoded *coded,
                 ImpText text)
{
  ImpText others[IMP_MAX_OTHER_TEXTS];
  guint n = imp_coded_other_texts (self, coded, text, others);

  for (guint i = 0; i < n; i++)
    imp_add (to, as, others[i]);
}

void
imp_mapper_add_text_of (ImpMapper *self, DiscRecordBuilder *to, DiscField as, ImpText repetition)
{
  ImpCoded coded;
  ImpText text;

  imp_mapper_split (self, repetition, &coded);
  text = imp_coded_text (self, &coded);
  imp_add (to, as, text);
  add_other_texts (self, to, as, &coded, text);
}

void
imp_mapper_add_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_mapper_add_text_of (self, to, as, repetition);
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
imp_mapper_add_coded_of (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                         ImpText repetition)
{
  ImpCoded coded;
  ImpText name;
  ImpText code;
  gboolean swap;

  imp_mapper_split (self, repetition, &coded);
  name = imp_coded_text (self, &coded);
  code = imp_mapper_leaf (self, coded.part[1]);
  /* ^^^code^text^system: the only code is the alternate one (SS-MIX2 spec 4.1). */
  swap = code.len == 0 && imp_mapper_leaf (self, coded.part[4]).len > 0;

  imp_add (to, name_as, name);
  imp_add (to, DISC_FIELD_CODE, swap ? imp_mapper_leaf (self, coded.part[4]) : code);
  imp_add (to, DISC_FIELD_SYSTEM, imp_mapper_leaf (self, coded.part[swap ? 6 : 3]));
  if (!swap)
    imp_add (to, DISC_FIELD_OTHER_CODE, imp_mapper_leaf (self, coded.part[4]));
  add_other_texts (self, to, DISC_FIELD_OTHER_NAME, &coded, name);
  if (!swap)
    imp_add (to, DISC_FIELD_OTHER_SYSTEM, imp_mapper_leaf (self, coded.part[6]));
}

void
imp_mapper_add_coded (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as,
                      const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);

  imp_mapper_add_coded_of (self, to, name_as, repetition);
  imp_mapper_keep_beyond (self, to, segment, field, repetition);
}

void
imp_mapper_add_date (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field, guint n)
{
  ImpText leaf = imp_mapper_first_component (self, segment, field, n);
  char iso[DISC_DATE_MAX];

  if (leaf.len > 0)
    imp_add (to, as, imp_mapper_date (self, leaf, iso));
  /* The two ends of a DR are read one by one. */
  if (n == 1 && imp_segment_code (segment) != IMP_SEG ('S', 'P', 'M'))
    imp_mapper_keep_beyond (self, to, segment, field, leaf);
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
    if (!imp_mapper_is_kana_of_person (self, repetition, n++))
      imp_add (to, as, imp_mapper_staff (self, repetition));
}

void
imp_mapper_add_place (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);

  imp_add (to, as, imp_mapper_place (self, repetition));
  imp_mapper_keep_beyond (self, to, segment, field, repetition);
}

void
imp_mapper_add_bed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, guint field)
{
  ImpText repetition = imp_mapper_first (self, segment, field);

  if (repetition.len == 0)
    return;
  imp_add (to, DISC_FIELD_WARD, imp_mapper_component (self, repetition, 1));
  imp_add (to, DISC_FIELD_ROOM, imp_mapper_component (self, repetition, 2));
  imp_add (to, DISC_FIELD_BED, imp_mapper_component (self, repetition, 3));
  imp_mapper_labelled (self, to, "場所", imp_mapper_place_beyond_bed (self, repetition));
  imp_mapper_keep_beyond (self, to, segment, field, repetition);
}

void
imp_mapper_labelled (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText text)
{
  GString *line = self->line; /* not the scratch: the text may stand there */

  if (text.len == 0)
    return;

  g_string_assign (line, label);
  g_string_append (line, ": ");
  g_string_append_len (line, text.text, (gssize) strnlen (text.text, text.len));
  imp_add (to, DISC_FIELD_COMMENT, (ImpText){ line->str, line->len });
}

/* "label: text" of a coded value, and again of what else it is called. */
static void
label_coded (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText repetition)
{
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  ImpText text;
  guint n;

  imp_mapper_split (self, repetition, &coded);
  text = imp_coded_text (self, &coded);
  imp_mapper_labelled (self, to, label, text);
  n = imp_coded_other_texts (self, &coded, text, others);
  for (guint i = 0; i < n; i++)
    imp_mapper_labelled (self, to, label, others[i]);
}

/* The number of the staff, as an XCN has it where an XPN has the family name. */
static gboolean
begins_with_number (ImpMapper *self, ImpText repetition)
{
  ImpText first = imp_mapper_component (self, repetition, 1);
  gboolean has_digit = FALSE;

  for (gsize i = 0; i < first.len; i++)
    {
      if (!g_ascii_isupper (first.text[i]) && !g_ascii_isdigit (first.text[i]))
        return FALSE;
      has_digit |= g_ascii_isdigit (first.text[i]) != 0;
    }
  return has_digit;
}

static void
label_repetition (ImpMapper *self, DiscRecordBuilder *to, const ImpLabel *label, ImpText repetition,
                  guint n)
{
  char iso[DISC_DATE_MAX];

  switch (label->kind)
    {
    case IMP_LABEL_DATE:
      imp_mapper_labelled (self, to, label->label, imp_mapper_date (self, repetition, iso));
      break;
    case IMP_LABEL_PLACE:
      imp_mapper_labelled (self, to, label->label, imp_mapper_place (self, repetition));
      break;
    case IMP_LABEL_PERSON:
      if (!imp_mapper_is_kana_of_person (self, repetition, n))
        imp_mapper_labelled (self, to, label->label, imp_mapper_staff (self, repetition));
      break;
    case IMP_LABEL_NAME:
      imp_mapper_labelled (self, to, label->label,
                           begins_with_number (self, repetition)
                               ? imp_mapper_staff (self, repetition)
                               : imp_mapper_person (self, repetition, 1));
      break;
    case IMP_LABEL_TEXT:
    default:
      label_coded (self, to, label->label, repetition);
      break;
    }
}

static void
label_number (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
              const ImpLabel *label)
{
  ImpText repetition = imp_mapper_first (self, segment, label->field);
  ImpText number = imp_er7_component (self->er7, repetition, 1);

  imp_mapper_labelled (self, to, label->label, imp_mapper_leaf (self, number));
  imp_mapper_keep_beyond (self, to, segment, label->field,
                          number.len > 0 ? repetition : IMP_TEXT_EMPTY);
}

static void
add_label (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, const ImpLabel *label)
{
  ImpText field = imp_er7_field (self->er7, segment, label->field);
  ImpRepetitions repetitions;
  ImpText repetition;
  guint n = 0;

  if (field.len == 0)
    return;

  switch (label->kind)
    {
    case IMP_LABEL_WHOLE:
      if (field.text[field.len - 1] == self->er7->repetition_separator)
        {
          imp_mapper_labelled (self, to, label->label, imp_mapper_whole (self, field));
          break;
        }
      imp_repetitions_init (&repetitions, self, field);
      while (imp_repetitions_next (&repetitions, &repetition))
        imp_mapper_labelled (self, to, label->label, imp_mapper_whole (self, repetition));
      break;
    case IMP_LABEL_NUMBER:
      label_number (self, to, segment, label);
      break;
    case IMP_LABEL_QUANTITY:
      imp_mapper_labelled_quantity (self, to, label->label, segment, label->field);
      break;
    default:
      imp_repetitions_init (&repetitions, self, field);
      while (imp_repetitions_next (&repetitions, &repetition))
        label_repetition (self, to, label, repetition, n++);
      break;
    }
}

void
imp_mapper_add_labels (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment,
                       const ImpLabel *labels, guint n_labels)
{
  for (guint i = 0; i < n_labels; i++)
    add_label (self, to, segment, &labels[i]);
}
