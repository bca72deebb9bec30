/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#define READ_IAM (IMP_BIT (21) - 2) /* 1 to 20 */
#define READ_AL1 (IMP_BIT (7) - 2)  /* 1 to 6 */

/* SS-MIX2 spec 2.6: only these two take an entry away. Doubts raised, pending or suspected entries
 * stand: a doctor must see them. */
static ImpState
state_of (ImpMapper *self, const ImpSegment *iam)
{
  ImpState state = imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base);

  if (imp_text_is_one_of (imp_mapper_get (self, iam, 6, 1), "D") ||
      imp_text_is_one_of (imp_mapper_field_text (self, iam, 6), "D 削除"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_DELETED));
  if (imp_text_is_one_of (imp_mapper_get (self, iam, 17, 1), "E"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_ENTERED_IN_ERROR));
  return state;
}

static DiscRecordBuilder *
add_adverse_reaction (ImpMapper *self, const ImpSegment *iam)
{
  static const ImpLabel labels[] = {
    { 8, "変更理由", IMP_LABEL_WHOLE },
    { 10, "アレルゲン群", IMP_LABEL_TEXT },
    { 13, "申告日", IMP_LABEL_DATE },
    { 14, "申告者", IMP_LABEL_NAME },
    { 15, "申告者の続柄", IMP_LABEL_TEXT },
    { 16, "警告", IMP_LABEL_TEXT },
    { 18, "臨床状態の記入者", IMP_LABEL_PERSON },
    { 19, "臨床状態の記入機関", IMP_LABEL_NUMBER },
    { 20, "臨床状態の日時", IMP_LABEL_DATE },
  };
  DiscRecordBuilder *item = imp_mapper_item (self, DISC_KIND_ALLERGY, state_of (self, iam));

  imp_mapper_add_texts (self, item, DISC_FIELD_CATEGORY, iam, 2);
  imp_mapper_add_coded (self, item, DISC_FIELD_SUBSTANCE, iam, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_SEVERITY, iam, 4);
  imp_mapper_add_all (self, item, DISC_FIELD_REACTION, iam, 5);
  imp_mapper_add_texts (self, item, DISC_FIELD_ACTION, iam, 6);
  imp_mapper_add_number (self, item, DISC_FIELD_INSTANCE_ID, iam, 7);
  imp_mapper_add_texts (self, item, DISC_FIELD_SENSITIVITY, iam, 9);
  imp_mapper_add_date (self, item, DISC_FIELD_ONSET, iam, 11, 1);
  imp_mapper_add_all (self, item, DISC_FIELD_ONSET, iam, 12);
  imp_mapper_add_texts (self, item, DISC_FIELD_CLINICAL_STATUS, iam, 17);
  imp_mapper_add_labels (self, item, iam, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, iam, READ_IAM);
  return item;
}

/* Returns: bits of the fields of EVN that say this time */
static guint64
add_time (ImpMapper *self, DiscRecordBuilder *head)
{
  static const guint8 fields[] = { 6, 2 };
  const ImpSegment *event = self->event;

  for (guint i = 0; event != NULL && i < G_N_ELEMENTS (fields); i++)
    if (imp_mapper_has (self, event, fields[i]))
      {
        imp_mapper_add_date (self, head, DISC_FIELD_AT, event, fields[i], 1);
        return imp_mapper_same_event_times (self, imp_mapper_get_whole (self, event, fields[i]));
      }

  imp_mapper_add_date (self, head, DISC_FIELD_AT, self->header, 7, 1);
  return 0;
}

static DiscRecordBuilder *
add_allergy (ImpMapper *self, const ImpSegment *al1)
{
  DiscRecordBuilder *item =
      imp_mapper_item (self, DISC_KIND_ALLERGY,
                       imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base));

  imp_mapper_add_texts (self, item, DISC_FIELD_CATEGORY, al1, 2);
  imp_mapper_add_coded (self, item, DISC_FIELD_SUBSTANCE, al1, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_SEVERITY, al1, 4);
  imp_mapper_add_all (self, item, DISC_FIELD_REACTION, al1, 5);
  imp_mapper_add_date (self, item, DISC_FIELD_ONSET, al1, 6, 1);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, al1, READ_AL1);
  return item;
}

static void
begin_attached (ImpMapper *self, gboolean at_order)
{
  DiscRecordBuilder *head = imp_mapper_head (self);

  self->title = "アレルギー情報";
  imp_mapper_close (self);
  disc_record_builder_clear (self->preamble);
  add_time (self, head);
  if (at_order)
    disc_record_builder_add (head, DISC_FIELD_WARNING, "at-order-time", -1);
}

static void
map_attached (ImpMapper *self, gboolean at_order, gboolean with_iam)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      gboolean is_iam = imp_segment_code (segment) == IMP_SEG ('I', 'A', 'M');

      if (segment->whole.len <= 4 || (is_iam && !with_iam) ||
          (!is_iam && imp_segment_code (segment) != IMP_SEG ('A', 'L', '1')))
        continue;
      if (!begun)
        begin_attached (self, at_order);
      begun = TRUE;
      imp_mapper_add_notes_behind (
          self, is_iam ? add_adverse_reaction (self, segment) : add_allergy (self, segment), i);
    }
}

void
imp_map_order_allergies (ImpMapper *self, gboolean at_order)
{
  map_attached (self, at_order, FALSE);
}

void
imp_map_adt_allergies (ImpMapper *self, gboolean at_order)
{
  map_attached (self, at_order, TRUE);
}

void
imp_map_allergies (ImpMapper *self)
{
  guint from = imp_mapper_preamble (self, "IAM");
  DiscRecordBuilder *head = imp_mapper_head (self);

  imp_mapper_tell_visit (self, self->preamble, 0);
  imp_mapper_tell_event (self, self->preamble, add_time (self, head));
  for (guint i = from; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) != IMP_SEG ('I', 'A', 'M'))
        imp_mapper_stray (self, segment);
      else if (segment->whole.len > 4)
        add_adverse_reaction (self, segment);
    }
  imp_map_order_allergies (self, FALSE);

  /* A list without an entry is a list all the same; it does not say "none". */
  if (self->n_buckets == 0)
    imp_mapper_record (self, DISC_KIND_ALLERGY,
                       imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base), NULL);
  imp_map_old_problems (self);
}
