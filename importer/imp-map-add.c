/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-common.h"

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
imp_mapper_add_all (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *segment,
                    guint field)
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
      ImpCoded coded;

      imp_mapper_split (self, repetition, &coded);
      text = imp_coded_text (self, &coded);
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
imp_mapper_add_coded (ImpMapper *self, DiscRecordBuilder *to, DiscField name_as, ImpText repetition)
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
  if (!imp_texts_equal (imp_mapper_leaf (self, coded.part[5]), name))
    imp_add (to, DISC_FIELD_OTHER_NAME, imp_mapper_leaf (self, coded.part[5]));
  if (!swap)
    imp_add (to, DISC_FIELD_OTHER_SYSTEM, imp_mapper_leaf (self, coded.part[6]));
}

void
imp_mapper_add_date (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                     const ImpSegment *segment, guint field, guint n)
{
  ImpText leaf = imp_mapper_first_component (self, segment, field, n);
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
      if (n++ > 0 && imp_text_is_one_of (imp_mapper_component (self, repetition, 15), "P"))
        continue;
      person = imp_mapper_person (self, repetition, 2);
      imp_add (to, as, person.len > 0 ? person : imp_mapper_component (self, repetition, 1));
    }
}

void
imp_mapper_add_place (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                      const ImpSegment *segment, guint field)
{
  imp_add (to, as, imp_mapper_place (self, imp_mapper_first (self, segment, field)));
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
