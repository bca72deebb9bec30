/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#define READ_ODS (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4))

/* TQ1 of a meal: which meals, from, to. */
static void
add_period (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *tq1)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, tq1, 3));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText pattern = imp_er7_component (self->er7, repetition, 1);
      ImpText text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, pattern, 2));

      if (text.len > 0)
        imp_add (item, DISC_FIELD_MEAL, text);
      else
        imp_mapper_add_text_of (self, item, DISC_FIELD_MEAL, repetition);
      if (text.len > 0 && imp_mapper_pattern_says_more (self, repetition))
        imp_mapper_keep (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, tq1, 3, repetition);
    }
  imp_mapper_add_date (self, item, DISC_FIELD_FROM, tq1, 7, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_TO, tq1, 8, 1);
}

static void
add_diet (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *ods)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_mapper_add_texts (self, item, DISC_FIELD_CATEGORY, ods, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_MEAL, ods, 2);
  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, ods, 3));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_mapper_add_coded_of (self, item, DISC_FIELD_KIND, repetition);
  imp_mapper_add_all (self, item, DISC_FIELD_RESTRICTION, ods, 4);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, ods, READ_ODS);
}

/* One item per ODS; a block without any still says when. */
static void
add_block (ImpMapper *self, ImpRange block)
{
  const ImpSegment *orc = imp_mapper_segment (self, block.first);
  ImpState state = imp_state_of_order (self, orc, self->base);
  DiscRecordBuilder *shared = imp_mapper_shared (self);
  gboolean has_diet = FALSE;

  imp_mapper_close (self);
  imp_mapper_order_head (self, orc, 9, orc, NULL);
  imp_mapper_note_clinical (self, orc, 9);
  imp_mapper_note_reach (self, orc, NULL, FALSE);
  imp_mapper_add_number (self, shared, DISC_FIELD_RP, orc, 4);
  imp_mapper_add_whole (self, shared, DISC_FIELD_STATUS, orc, 5);
  imp_mapper_add_parents (self, shared, orc, NULL);
  for (guint i = block.first + 1; i < block.end; i++)
    if (imp_segment_code (imp_mapper_segment (self, i)) == IMP_SEG ('T', 'Q', '1'))
      {
        add_period (self, shared, imp_mapper_segment (self, i));
        imp_mapper_add_limits (self, shared, imp_mapper_segment (self, i));
        imp_mapper_note_reach (self, orc, imp_mapper_segment (self, i), FALSE);
      }

  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      guint32 code = imp_segment_code (segment);

      if (code == IMP_SEG ('O', 'D', 'S'))
        {
          DiscRecordBuilder *item = imp_mapper_item (self, DISC_KIND_MEAL, state);

          add_diet (self, item, segment);
          imp_mapper_add_shared (self, item);
          has_diet = TRUE;
        }
      else if (code != IMP_SEG ('T', 'Q', '1'))
        imp_mapper_stray (self, segment);
    }

  if (!has_diet)
    imp_mapper_add_shared (self, imp_mapper_item (self, DISC_KIND_MEAL, state));
}

void
imp_map_meals (ImpMapper *self)
{
  ImpRange block = { 0, imp_mapper_preamble (self, "ORC") };

  self->base = imp_state (DISC_STATUS_ACTIVE);
  while (imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &block))
    add_block (self, block);
  imp_map_order_allergies (self, TRUE);
}
