/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

#define READ_RXA (IMP_BIT (23) - 2) /* 1 to 22 */

/* Of the order: what is said of it in words labelled as ordered. */
#define READ_ORDERED_RXE                                                                           \
  (IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) | IMP_BIT (7) |             \
   IMP_BIT (10) | IMP_BIT (11) | IMP_BIT (15) | IMP_BIT (19) | IMP_BIT (21) | IMP_BIT (22) |       \
   IMP_BIT (23) | IMP_BIT (24) | IMP_BIT (25) | IMP_BIT (26) | IMP_BIT (27))
#define READ_ORDERED_RXC                                                                           \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) | IMP_BIT (7))
#define READ_ORDERED_TQ1 (IMP_BIT (15) - 2) /* 1 to 14 */
#define READ_RXR (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6))

/* RXR one behind the other that are read for each RXA before them. */
#define MAX_ROUTES 20

/* SS-MIX2 spec 2.6: what was not given must not look given, what was given in part was given. */
static ImpState
state_of (ImpMapper *self, const ImpSegment *rxa, ImpState of_order)
{
  ImpText completion = imp_mapper_code (self, rxa, 20, 1);
  ImpState state = of_order;

  if (imp_text_is_one_of (completion, "NA RE"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_CANCELLED));
  else if (completion.len > 0 && !imp_text_is_one_of (completion, "CP PA"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_UNKNOWN));
  if (imp_text_is_one_of (imp_mapper_get (self, rxa, 21, 1), "D"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_DELETED));
  return state;
}

static void
add_given (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxa)
{
  static const ImpLabel labels[] = {
    { 16, "使用期限", IMP_LABEL_DATE },
    { 17, "製造元", IMP_LABEL_TEXT },
    { 19, "適応", IMP_LABEL_TEXT },
    { 22, "入力日時", IMP_LABEL_DATE },
  };

  imp_mapper_add_coded (self, item, DISC_FIELD_DRUG, rxa, 5);
  imp_mapper_add_whole (self, item, DISC_FIELD_AMOUNT, rxa, 6);
  imp_mapper_add_unit (self, item, DISC_FIELD_AMOUNT_UNIT, rxa, 7);
  imp_mapper_add_texts (self, item, DISC_FIELD_FORM, rxa, 8);
  imp_mapper_add_date (self, item, DISC_FIELD_GIVEN_AT, rxa, 3, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_GIVEN_UNTIL, rxa, 4, 1);
  imp_mapper_add_whole (self, item, DISC_FIELD_STATUS, rxa, 20);
  imp_mapper_add_persons (self, item, DISC_FIELD_BY, rxa, 10);
  imp_mapper_add_texts (self, item, DISC_FIELD_REASON, rxa, 18);
  imp_mapper_add_free_texts (self, item, DISC_FIELD_COMMENT, rxa, 9, FALSE);
  imp_mapper_add_bed (self, item, rxa, 11);
  imp_mapper_add_whole (self, item, DISC_FIELD_RATE, rxa, 12);
  imp_mapper_add_whole (self, item, DISC_FIELD_STRENGTH, rxa, 13);
  imp_mapper_add_unit (self, item, DISC_FIELD_STRENGTH_UNIT, rxa, 14);
  imp_mapper_add_all (self, item, DISC_FIELD_LOT, rxa, 15);
  imp_mapper_add_labels (self, item, rxa, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_code (self, item, rxa, 21, "A U D");
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxa, READ_RXA);
}

static void
add_route (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *rxr)
{
  imp_mapper_add_texts (self, item, DISC_FIELD_ROUTE, rxr, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 2);
  imp_mapper_add_texts (self, item, DISC_FIELD_SITE, rxr, 6);
  imp_mapper_add_texts (self, item, DISC_FIELD_DEVICE, rxr, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_METHOD, rxr, 4);
  imp_mapper_add_texts (self, item, DISC_FIELD_COMMENT, rxr, 5);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxr, READ_RXR);
}

/* ---- what was ordered ------------------------------------------------------------------------ */

/* What else the drug is called, and further ones in its field. */
static void
add_other_drugs (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, guint field,
                 ImpText shown)
{
  ImpText repetition = imp_mapper_first (self, segment, field);
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  guint n;

  imp_mapper_split (self, repetition, &coded);
  n = imp_coded_other_texts (self, &coded, shown, others);
  for (guint i = 0; i < n; i++)
    imp_mapper_labelled (self, to, "指示の別名", others[i]);
  imp_mapper_keep_beyond (self, to, segment, field, repetition);
}

/* "name amount unit": said as ordered, for it is not what was given. @name: 0 for an amount alone.
 */
static void
add_ordered (ImpMapper *self, DiscRecordBuilder *to, const char *label, const ImpSegment *segment,
             guint name, guint amount, guint unit)
{
  ImpText drug = name > 0 ? imp_mapper_field_text (self, segment, name) : IMP_TEXT_EMPTY;
  ImpText number = imp_mapper_get_whole (self, segment, amount);
  ImpText of = imp_mapper_unit_text (self, segment, unit);

  g_string_printf (self->scratch, "%.*s%s%.*s%s%.*s", (int) drug.len, drug.text,
                   drug.len > 0 && number.len > 0 ? " " : "", (int) number.len, number.text,
                   (drug.len > 0 || number.len > 0) && of.len > 0 ? " " : "", (int) of.len,
                   of.text);
  imp_mapper_labelled (self, to, label, (ImpText){ self->scratch->str, self->scratch->len });
  imp_mapper_keep_unit_rest (self, to, segment, unit);
  if (name > 0)
    add_other_drugs (self, to, segment, name, drug);
}

static void
add_ordered_texts (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, guint field)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_mapper_labelled (self, to, "指示", imp_mapper_free_text (self, repetition, TRUE));
}

static void
share_encoded_order (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *rxe)
{
  static const ImpLabel labels[] = {
    { 6, "指示の剤形", IMP_LABEL_TEXT },      { 15, "指示の処方箋番号", IMP_LABEL_WHOLE },
    { 21, "指示の区分", IMP_LABEL_TEXT },     { 22, "指示の時間単位", IMP_LABEL_WHOLE },
    { 27, "指示の投与方法", IMP_LABEL_TEXT },
  };

  add_ordered (self, shared, "指示", rxe, 2, 3, 5);
  imp_mapper_labelled (self, shared, "指示の最大量", imp_mapper_get_whole (self, rxe, 4));
  add_ordered (self, shared, "指示の全量", rxe, 0, 10, 11);
  imp_mapper_labelled_quantity (self, shared, "指示の1日量", rxe, 19);
  add_ordered (self, shared, "指示の速度", rxe, 0, 23, 24);
  add_ordered (self, shared, "指示の規格", rxe, 0, 25, 26);
  imp_mapper_add_labels (self, shared, rxe, labels, G_N_ELEMENTS (labels));
  imp_mapper_add_free_texts (self, shared, DISC_FIELD_INSTRUCTION, rxe, 7, TRUE);
  imp_mapper_keep_unread (self, shared, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxe, READ_ORDERED_RXE);
}

static void
share_component (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *rxc)
{
  ImpText kind = imp_mapper_get (self, rxc, 1, 1);
  gboolean is_base = imp_text_is_one_of (kind, "B");
  gboolean is_additive = imp_text_is_one_of (kind, "A");

  add_ordered (self, shared,
               is_base       ? "指示（基剤）"
               : is_additive ? "指示（添加剤）"
                             : "指示",
               rxc, 2, 3, 4);
  if (!is_base && !is_additive)
    imp_mapper_labelled (self, shared, "指示の種別", imp_mapper_get_whole (self, rxc, 1));
  add_ordered (self, shared, "指示の規格", rxc, 0, 5, 6);
  add_ordered_texts (self, shared, rxc, 7);
  imp_mapper_keep_unread (self, shared, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxc, READ_ORDERED_RXC);
}

static void
share_timing (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *tq1)
{
  static const ImpLabel labels[] = {
    { 4, "指示の時刻", IMP_LABEL_WHOLE },
    { 5, "指示の相対時間", IMP_LABEL_QUANTITY },
    { 14, "指示の回数", IMP_LABEL_WHOLE },
    { 9, "指示の優先度", IMP_LABEL_TEXT },
    { 12, "指示の次の用法との関係", IMP_LABEL_WHOLE },
  };
  static const ImpLabel times[] = {
    { 7, "指示開始", IMP_LABEL_DATE },
    { 8, "指示終了", IMP_LABEL_DATE },
  };

  imp_mapper_add_usage (self, shared, tq1);
  imp_mapper_labelled_quantity (self, shared, "指示の数量", tq1, 2);
  imp_mapper_labelled_quantity (self, shared, "指示の期間", tq1, 6);
  imp_mapper_labelled_quantity (self, shared, "指示の1回の時間", tq1, 13);
  imp_mapper_add_labels (self, shared, tq1, labels, G_N_ELEMENTS (labels));
  imp_mapper_labelled (self, shared, "指示", imp_mapper_get_whole (self, tq1, 10));
  imp_mapper_labelled (self, shared, "指示", imp_mapper_get_whole (self, tq1, 11));
  imp_mapper_add_labels (self, shared, tq1, times, G_N_ELEMENTS (times));
  imp_mapper_keep_unread (self, shared, DISC_FIELD_ITEM_NOT_UNDERSTOOD, tq1, READ_ORDERED_TQ1);
}

static void
share_route (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *rxr)
{
  static const ImpLabel labels[] = {
    { 1, "指示の経路", IMP_LABEL_TEXT },   { 2, "指示の部位", IMP_LABEL_TEXT },
    { 3, "指示の器具", IMP_LABEL_TEXT },   { 4, "指示の方法", IMP_LABEL_TEXT },
    { 5, "指示のライン", IMP_LABEL_TEXT }, { 6, "指示の部位", IMP_LABEL_TEXT },
  };

  imp_mapper_add_labels (self, shared, rxr, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, shared, DISC_FIELD_ITEM_NOT_UNDERSTOOD, rxr, READ_RXR);
}

/* The order that the administration belongs to: what stands before the first RXA. How it was
 * ordered is never how it was given (SS-MIX2 spec 4.11). */
static void
share_order (ImpMapper *self, ImpRange block, const ImpSegment *orc, const ImpSegment *rxa)
{
  DiscRecordBuilder *shared = imp_mapper_shared (self);

  imp_mapper_add_number (self, shared, DISC_FIELD_RP, orc, 4);
  imp_mapper_add_parents (self, shared, orc, NULL);
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (segment == rxa)
        return;
      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('R', 'X', 'E'):
          share_encoded_order (self, shared, segment);
          break;
        case IMP_SEG ('R', 'X', 'C'):
          share_component (self, shared, segment);
          break;
        case IMP_SEG ('T', 'Q', '1'):
          share_timing (self, shared, segment);
          break;
        case IMP_SEG ('R', 'X', 'R'):
          share_route (self, shared, segment);
          break;
        default:
          break;
        }
    }
}

/* ---- what was given -------------------------------------------------------------------------- */

/* The first RXR behind is true of all RXA before it (SS-MIX2 spec 4.11); 0 if there is none. */
static guint
next_route (ImpMapper *self, ImpRange block, guint i, guint *found)
{
  if (*found <= i)
    {
      *found = i + 1;
      while (*found < block.end &&
             imp_segment_code (imp_mapper_segment (self, *found)) != IMP_SEG ('R', 'X', 'R'))
        (*found)++;
    }

  return *found < block.end ? *found : 0;
}

/* @route: the first of the RXR that are true of it, which stand one behind the other; or 0. */
static void
add_administration (ImpMapper *self, ImpRange block, const ImpSegment *rxa, guint route,
                    ImpState of_order)
{
  DiscRecordBuilder *item =
      imp_mapper_item (self, DISC_KIND_ADMINISTRATION, state_of (self, rxa, of_order));

  add_given (self, item, rxa);
  for (guint n = 0; route > 0 && route < block.end && n < MAX_ROUTES; route++, n++)
    {
      const ImpSegment *rxr = imp_mapper_segment (self, route);

      if (imp_segment_code (rxr) != IMP_SEG ('R', 'X', 'R'))
        break;
      add_route (self, item, rxr);
      self->n_cut += n + 1 == MAX_ROUTES;
    }
  imp_mapper_add_shared (self, item);
  imp_mapper_note_clinical (self, rxa, 3);
}

/* An order without anything given: kept, and never as given. */
static void
add_nothing_given (ImpMapper *self)
{
  ImpState state = { DISC_STATUS_UNKNOWN, FALSE };

  imp_mapper_add_shared (self, imp_mapper_item (self, DISC_KIND_ADMINISTRATION, state));
  self->out->facts.flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "ORC without RXA");
}

static void
add_block (ImpMapper *self, ImpRange block)
{
  enum
  {
    NONE,
    AWAITED,
    RUNNING
  } routes = NONE;
  const ImpSegment *orc = imp_mapper_segment (self, block.first);
  const ImpSegment *rxa = imp_mapper_find (self, block, IMP_SEG ('R', 'X', 'A'));
  ImpState of_order = imp_state_of_order (self, orc, self->base);
  guint route_at = 0;

  imp_mapper_close (self);
  if (rxa != NULL)
    imp_mapper_order_head (self, rxa, 3, orc, NULL);
  else
    imp_mapper_order_head (self, orc, 9, orc, NULL);
  share_order (self, block, orc, rxa);
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (routes == RUNNING && imp_segment_code (segment) != IMP_SEG ('R', 'X', 'R'))
        routes = NONE;
      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('R', 'X', 'A'):
          routes = AWAITED;
          if (segment->whole.len > 4)
            add_administration (self, block, segment, next_route (self, block, i, &route_at),
                                of_order);
          break;
        case IMP_SEG ('R', 'X', 'R'):
          /* share_order() has those before all RXA, add_administration() the run behind one. */
          if (routes == AWAITED || routes == RUNNING)
            routes = RUNNING;
          else if (rxa != NULL && segment->number > rxa->number)
            imp_mapper_stray (self, segment);
          break;
        case IMP_SEG ('R', 'X', 'E'):
        case IMP_SEG ('R', 'X', 'C'):
        case IMP_SEG ('T', 'Q', '1'):
          if (rxa == NULL || segment->number < rxa->number)
            break; /* share_order() */
          imp_mapper_stray (self, segment);
          break;
        case IMP_SEG ('C', 'T', 'I'):
          imp_mapper_tell_trial (self, imp_mapper_here (self), segment);
          break;
        case IMP_SEG ('O', 'B', 'X'):
          imp_mapper_remark (self, segment);
          break;
        default:
          imp_mapper_stray (self, segment);
          break;
        }
    }
  if (rxa == NULL && orc->whole.len > 4)
    add_nothing_given (self);
}

/* Both kinds of administration are RAS^O17; a mixture can only be an injection. */
static void
check_kind (ImpMapper *self)
{
  ImpRange all = { 0, self->n_segments };
  const ImpSegment *rxe = imp_mapper_find (self, all, IMP_SEG ('R', 'X', 'E'));
  gboolean injects = strcmp (self->name->type, "OMP-12") == 0 ||
                     imp_mapper_find (self, all, IMP_SEG ('R', 'X', 'C')) != NULL ||
                     (rxe != NULL && imp_mapper_is_injection_kind (self, rxe));

  self->title = injects ? "注射実施" : "処方実施";
  if (!injects || strcmp (self->name->type, "OMP-12") == 0)
    return;
  if (strcmp (self->name->type, "OMP-11") == 0)
    imp_mapper_note_mismatch (self, "of an injection");
  g_strlcpy (self->out->facts.data_type, "OMP-12", sizeof self->out->facts.data_type);
}

void
imp_map_administrations (ImpMapper *self)
{
  ImpRange block = { 0, imp_mapper_preamble (self, "ORC") };

  check_kind (self);
  while (imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &block))
    add_block (self, block);
  imp_map_order_allergies (self, TRUE);
}
