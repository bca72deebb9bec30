/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

/* Beside these, fields 22 to 24 are the rate; 1 repeats TQ1, 13 to 18 and 25 to 27 below. */
#define READ_RXE                                                                                   \
  (IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) | IMP_BIT (7) |             \
   IMP_BIT (10) | IMP_BIT (11) | IMP_BIT (12) | IMP_BIT (13) | IMP_BIT (14) | IMP_BIT (15) |       \
   IMP_BIT (16) | IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (19) | IMP_BIT (21) | IMP_BIT (22) |       \
   IMP_BIT (23) | IMP_BIT (24) | IMP_BIT (25) | IMP_BIT (26) | IMP_BIT (27) | IMP_BIT (31) |       \
   IMP_BIT (32) | IMP_BIT (42))

/* RXE-31: another code of the same drug, at times the only standard one (SS-MIX2 spec 8.22). */
static void
add_supplementary_codes (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxe)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, rxe, 31));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      static const struct
      {
        guint8 component;
        DiscField as;
      } parts[] = {
        { 1, DISC_FIELD_OTHER_CODE }, { 2, DISC_FIELD_OTHER_NAME }, { 3, DISC_FIELD_OTHER_SYSTEM },
        { 4, DISC_FIELD_OTHER_CODE }, { 5, DISC_FIELD_OTHER_NAME }, { 6, DISC_FIELD_OTHER_SYSTEM },
        { 9, DISC_FIELD_OTHER_NAME },
      };
      ImpCoded coded;

      imp_mapper_split (self, repetition, &coded);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        imp_add (item, parts[i].as, imp_mapper_leaf (self, coded.part[parts[i].component]));
      imp_add (item, DISC_FIELD_OTHER_NAME, imp_mapper_whole (self, coded.rest));
    }
}

void
imp_mapper_add_encoded_order (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxe)
{
  static const ImpLabel labels[] = {
    { 13, "麻薬施用者", IMP_LABEL_PERSON }, { 14, "監査", IMP_LABEL_PERSON },
    { 16, "リフィル残", IMP_LABEL_WHOLE },  { 17, "調剤済み回数", IMP_LABEL_WHOLE },
    { 18, "前回調剤", IMP_LABEL_DATE },     { 22, "投与速度の時間単位", IMP_LABEL_WHOLE },
    { 32, "元のオーダ日", IMP_LABEL_DATE }, { 42, "払出先", IMP_LABEL_PLACE },
  };

  imp_mapper_add_whole (self, item, DISC_FIELD_TOTAL, rxe, 10);
  imp_mapper_add_unit (self, item, DISC_FIELD_TOTAL_UNIT, rxe, 11);
  imp_mapper_add_texts (self, item, DISC_FIELD_FORM, rxe, 6);
  imp_mapper_add_free_texts (self, item, DISC_FIELD_INSTRUCTION, rxe, 7, TRUE);
  imp_mapper_add_whole (self, item, DISC_FIELD_REPEATS, rxe, 12);
  imp_mapper_add_whole (self, item, DISC_FIELD_PRESCRIPTION_NO, rxe, 15);
  imp_mapper_add_texts (self, item, DISC_FIELD_CATEGORY, rxe, 21);
  imp_mapper_add_whole (self, item, DISC_FIELD_RATE, rxe, 23);
  imp_mapper_add_unit (self, item, DISC_FIELD_RATE_UNIT, rxe, 24);
  imp_mapper_add_whole (self, item, DISC_FIELD_STRENGTH, rxe, 25);
  imp_mapper_add_unit (self, item, DISC_FIELD_STRENGTH_UNIT, rxe, 26);
  add_supplementary_codes (self, item, rxe);
  imp_mapper_add_labels (self, item, rxe, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxe, READ_RXE);
}

void
imp_mapper_tell_trial (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *cti)
{
  ImpText repetition = imp_mapper_first (self, cti, 1);

  imp_mapper_labelled (self, to, "治験", imp_mapper_free_text (self, repetition, TRUE));
  imp_mapper_keep_beyond (self, to, cti, 1, repetition);
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, cti, IMP_BIT (1));
}

/* ---- prescription or injection? -------------------------------------------------------------- */

gboolean
imp_mapper_is_injection_kind (ImpMapper *self, const ImpSegment *rxe)
{
  /* Never by the code alone: hospitals number their drugs as briefly. */
  return imp_text_is_one_of (imp_mapper_get (self, rxe, 2, 3), "JHSI0002 99I02");
}

static gboolean
is_injection (ImpMapper *self, ImpRange block)
{
  const ImpSegment *rxe = imp_mapper_find (self, block, IMP_SEG ('R', 'X', 'E'));

  return strcmp (self->name->type, "OMP-02") == 0 ||
         imp_mapper_find (self, block, IMP_SEG ('R', 'X', 'C')) != NULL ||
         (rxe != NULL && imp_mapper_is_injection_kind (self, rxe));
}

/* Both kinds of order are RDE^O11: what the blocks hold decides (SS-MIX2 spec 2.1). */
static void
check_kind (ImpMapper *self, gboolean any_injection)
{
  if (!any_injection || strcmp (self->name->type, "OMP-02") == 0)
    return;

  if (strcmp (self->name->type, "OMP-01") == 0)
    imp_mapper_note_mismatch (self, "an injection");
  g_strlcpy (self->out->facts.data_type, "OMP-02", sizeof self->out->facts.data_type);
}

/* Height, weight, infections at the time of the order. */
static void
add_measurements (ImpMapper *self)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) != IMP_SEG ('O', 'B', 'X'))
        continue;
      if (!begun)
        {
          DiscRecordBuilder *head = imp_mapper_head (self);

          begun = TRUE;
          imp_mapper_close (self);
          disc_record_builder_clear (self->preamble);
          self->title = "オーダ時の情報";
          if (self->out->facts.clinical_at[0] != '\0')
            disc_record_builder_add (head, DISC_FIELD_AT, self->out->facts.clinical_at, -1);
          disc_record_builder_add (head, DISC_FIELD_WARNING, "at-order-time", -1);
        }
      imp_mapper_close (self);
      imp_mapper_measurement (self, segment);
      imp_mapper_add_notes_behind (self, imp_mapper_here (self), i);
    }
}

/* The start of taking, and where none is given the order itself. */
static void
note_dates (ImpMapper *self, ImpRange block, const ImpSegment *orc, gboolean *has_start)
{
  const ImpSegment *rxe = imp_mapper_find (self, block, IMP_SEG ('R', 'X', 'E'));

  gboolean stretched = rxe != NULL && imp_mapper_has_interval (self, rxe, 7, FALSE);

  imp_mapper_note_reach (self, orc, NULL, FALSE);
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) != IMP_SEG ('T', 'Q', '1'))
        continue;
      imp_mapper_note_clinical (self, segment, 7);
      imp_mapper_note_reach (self, orc, segment, stretched);
      *has_start |= imp_mapper_has (self, segment, 7);
    }
}

void
imp_map_drug_orders (ImpMapper *self)
{
  ImpRange block = { 0, imp_mapper_preamble (self, "ORC") };
  const ImpSegment *first_orc = NULL;
  gboolean has_start = FALSE;
  gboolean any_injection = FALSE;

  self->base = imp_state (DISC_STATUS_ACTIVE);
  while (imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &block))
    {
      const ImpSegment *orc = imp_mapper_segment (self, block.first);
      gboolean injects = is_injection (self, block);

      if (first_orc == NULL)
        first_orc = orc;
      any_injection |= injects;
      self->title = injects ? "注射" : "処方";
      imp_mapper_close (self);
      imp_mapper_order_head (self, orc, 9, orc, NULL);
      note_dates (self, block, orc, &has_start);
      if (injects)
        imp_map_injection (self, block, orc);
      else
        imp_map_prescription (self, block, orc);
    }
  check_kind (self, any_injection);
  if (!has_start)
    imp_mapper_note_clinical (self, first_orc, 9);
  add_measurements (self);
  imp_map_order_allergies (self, TRUE);
}
