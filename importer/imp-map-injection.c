/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#define READ_RXC                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) |             \
   IMP_BIT (7) | IMP_BIT (8) | IMP_BIT (9))
#define READ_RXR (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6))

static void
add_component (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxc)
{
  ImpText kind = imp_mapper_get (self, rxc, 1, 1);

  /* HL7 table 0166: B is the carrier, A what is added to it. */
  if (imp_text_is_one_of (kind, "B"))
    disc_record_builder_add (item, DISC_FIELD_COMPONENT, "基剤", -1);
  else if (imp_text_is_one_of (kind, "A"))
    disc_record_builder_add (item, DISC_FIELD_COMPONENT, "添加剤", -1);
  else
    imp_add (item, DISC_FIELD_COMPONENT, imp_mapper_get_whole (self, rxc, 1));
  imp_mapper_add_coded (self, item, DISC_FIELD_DRUG, rxc, 2);
  imp_mapper_add_whole (self, item, DISC_FIELD_AMOUNT, rxc, 3);
  imp_mapper_add_unit (self, item, DISC_FIELD_AMOUNT_UNIT, rxc, 4);
  imp_mapper_add_whole (self, item, DISC_FIELD_STRENGTH, rxc, 5);
  imp_mapper_add_unit (self, item, DISC_FIELD_STRENGTH_UNIT, rxc, 6);
  imp_mapper_add_free_texts (self, item, DISC_FIELD_COMMENT, rxc, 7, FALSE);
  imp_mapper_labelled (self, item, "規格量", imp_mapper_get_whole (self, rxc, 8));
  imp_mapper_labelled (self, item, "規格量の単位", imp_mapper_unit_text (self, rxc, 9));
  imp_mapper_keep_unit_rest (self, item, rxc, 9);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxc, READ_RXC);
}

static void
add_route (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxr)
{
  imp_mapper_add_texts (self, item, DISC_FIELD_ROUTE, rxr, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 2);
  imp_mapper_add_texts (self, item, DISC_FIELD_DEVICE, rxr, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_METHOD, rxr, 4);
  imp_mapper_add_texts (self, item, DISC_FIELD_COMMENT, rxr, 5); /* main or side line */
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 6);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxr, READ_RXR);
}

/* RXE of an injection: RXE-2 is the kind of order and RXE-3 the volume of the whole mixture. */
static void
add_order (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxe)
{
  imp_mapper_add_texts (self, item, DISC_FIELD_CATEGORY, rxe, 2);
  imp_mapper_add_whole (self, item, DISC_FIELD_VOLUME, rxe, 3);
  imp_mapper_labelled (self, item, "最大液量", imp_mapper_get_whole (self, rxe, 4));
  imp_mapper_add_unit (self, item, DISC_FIELD_VOLUME_UNIT, rxe, 5);
  imp_mapper_add_texts (self, item, DISC_FIELD_METHOD, rxe, 27);
  imp_mapper_add_quantity (self, item, DISC_FIELD_PER_DAY, DISC_FIELD_PER_DAY_UNIT, rxe, 19);
  imp_mapper_add_encoded_order (self, item, rxe);
}

/* Everything of the block that is true of each of its drugs. */
static void
share_segment (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *segment)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('R', 'X', 'E'):
      add_order (self, shared, segment);
      break;
    case IMP_SEG ('T', 'Q', '1'):
      imp_mapper_add_timing (self, shared, segment);
      break;
    case IMP_SEG ('R', 'X', 'R'):
      add_route (self, shared, segment);
      break;
    case IMP_SEG ('C', 'T', 'I'):
      imp_mapper_tell_trial (self, shared, segment);
      break;
    case IMP_SEG ('N', 'T', 'E'):
      if (!imp_mapper_is_note_of_list (self, segment->number - 1))
        imp_mapper_add_note (self, shared, segment);
      break;
    default:
      imp_mapper_stray (self, segment);
      break;
    }
}

static gboolean
is_of_one_drug (guint32 code)
{
  return code == IMP_SEG ('R', 'X', 'C') || code == IMP_SEG ('O', 'B', 'X');
}

static void
share_block (ImpMapper *self, ImpRange block, const ImpSegment *orc)
{
  DiscRecordBuilder *shared = imp_mapper_shared (self);
  gboolean note_is_of_drug = FALSE;

  imp_mapper_add_number (self, shared, DISC_FIELD_RP, orc, 4);
  imp_mapper_add_whole (self, shared, DISC_FIELD_STATUS, orc, 5);
  imp_mapper_add_parents (self, shared, orc, NULL);
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      guint32 code = imp_segment_code (segment);

      if (is_of_one_drug (code))
        note_is_of_drug = TRUE;
      else if (code != IMP_SEG ('N', 'T', 'E') || !note_is_of_drug)
        {
          share_segment (self, shared, segment);
          note_is_of_drug = FALSE;
        }
    }
}

void
imp_map_injection (ImpMapper *self, ImpRange block, const ImpSegment *orc)
{
  ImpState state = imp_state_of_order (self, orc, self->base);
  DiscRecordBuilder *item = NULL;
  gboolean has_drug = FALSE;

  share_block (self, block, orc);
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      guint32 code = imp_segment_code (segment);

      if (code == IMP_SEG ('R', 'X', 'C'))
        {
          item = imp_mapper_item (self, DISC_KIND_INJECTION, state);
          add_component (self, item, segment);
          imp_mapper_add_shared (self, item);
          has_drug = TRUE;
        }
      else if (code == IMP_SEG ('N', 'T', 'E') && item != NULL)
        imp_mapper_add_note (self, item, segment);
      else
        item = NULL;
    }

  /* Never the kind of order as the drug (SS-MIX2 spec 4.10). */
  if (!has_drug)
    imp_mapper_add_shared (self, imp_mapper_item (self, DISC_KIND_INJECTION, state));
}
