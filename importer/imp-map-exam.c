/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

#define READ_ZE1 (IMP_BIT (13) - 2) /* 1 to 12 */
#define READ_ZE2 (IMP_BIT (8) - 2)
#define READ_IPC (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (5))

/* OBR-1 and -12, and what imp_mapper_add_request() reads, not of the block but of its OBR. */
#define READ_OTHER_OBR                                                                             \
  (IMP_BIT (1) | IMP_BIT (9) | IMP_BIT (10) | IMP_BIT (12) | IMP_BIT (13) | IMP_BIT (14) |         \
   IMP_BIT (15) | IMP_BIT (24) | IMP_BIT (26) | IMP_BIT (28) | IMP_BIT (31) | IMP_BIT (36))

/* OMG-01 to -03 (ordered) and OMG-11, -12 (performed): blocks that begin with ORC. */
typedef struct
{
  gboolean is_performed;
  DiscRecordBuilder *parent; /* the open item of the parent, or NULL */
  ImpText parent_no;
  ImpRange parent_block;
  GPtrArray *exams;             /* (element-type Exam) */
  GHashTable *by_number;        /* "P" and ORC-2, "F" and ORC-3, to Exam */
  const struct _Exam *last;     /* the parent before, for lines that name none */
  DiscRecordBuilder *last_head; /* what it said for its record */
} Walk;

/* What the blocks of one number say together. */
typedef struct _Exam
{
  const ImpSegment *orc; /* of the first of them */
  const ImpSegment *obr;
  ImpState state;      /* the strictest of theirs */
  ImpState replacing;  /* the same without those that were replaced */
  guint replaced_from; /* segment of the block that replaces; 0: none */
} Exam;

/* Segments of the parent's block that the next block is compared with, and blocks of one number. */
#define MAX_COMPARED 64

/* Lines of lines; numbers may also go round in a circle. */
#define MAX_LEVELS 8

/* ---- whose block it is ----------------------------------------------------------------------- */

static ImpText
number_of (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr)
{
  ImpText number = imp_mapper_code (self, orc, 2, 1);

  return number.len > 0 || obr == NULL ? number : imp_mapper_code (self, obr, 2, 1);
}

/* Where a line names what it belongs to (EIP: 1 number of who ordered, 2 of who performs). */
static const struct
{
  gboolean is_obr;
  guint8 field;
  guint8 component;
  char kind; /* of Walk.by_number */
} parent_places[] = {
  { FALSE, 8, 1, 'P' },
  { TRUE, 29, 1, 'P' },
  { FALSE, 8, 2, 'F' },
  { TRUE, 29, 2, 'F' },
};

static ImpText
parent_at (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr, guint place)
{
  const ImpSegment *segment = parent_places[place].is_obr ? obr : orc;
  ImpText number;

  if (segment == NULL)
    return IMP_TEXT_EMPTY;
  number = imp_mapper_first_component (self, segment, parent_places[place].field,
                                       parent_places[place].component);
  return imp_text_trim (imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, number, 1)));
}

static ImpText
parent_of (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr)
{
  ImpText number = IMP_TEXT_EMPTY;

  for (guint i = 0; number.len == 0 && i < G_N_ELEMENTS (parent_places); i++)
    number = parent_at (self, orc, obr, i);
  return number;
}

static gboolean
is_child (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr)
{
  ImpText parent = parent_of (self, orc, obr);

  return imp_text_is_one_of (imp_mapper_get (self, orc, 1, 1), "CH") ||
         (parent.len > 0 && !imp_texts_equal (parent, number_of (self, orc, obr)));
}

static ImpState
state_of (ImpMapper *self, const Walk *walk, const ImpSegment *orc, const ImpSegment *obr)
{
  ImpState state;

  if (walk->is_performed)
    return imp_state_stricter (imp_state_of_panel (self, obr, self->base),
                               imp_state_of_order (self, orc, self->base));

  state = imp_state_of_request (self, orc, obr, NULL);
  return state.status == DISC_STATUS_ACTIVE &&
                 imp_text_is_one_of (imp_mapper_get (self, orc, 5, 1), "CM")
             ? imp_state (DISC_STATUS_COMPLETED)
             : state;
}

/* ---- what the blocks say together ------------------------------------------------------------ */

static gboolean
is_replacement (ImpMapper *self, const ImpSegment *orc)
{
  return imp_text_is_one_of (imp_mapper_get (self, orc, 1, 1), "RO");
}

static ImpState
without_replaced (ImpState state, ImpState other)
{
  return other.status == DISC_STATUS_SUPERSEDED ? state : imp_state_stricter (state, other);
}

static Exam *
find_exam (const Walk *walk, char kind, ImpText number)
{
  g_autofree char *key = NULL;

  if (number.len == 0)
    return NULL;
  key = g_strdup_printf ("%c%.*s", kind, (int) number.len, number.text);
  return g_hash_table_lookup (walk->by_number, key);
}

static void
name_exam (Walk *walk, char kind, ImpText number, Exam *exam)
{
  if (number.len > 0 && find_exam (walk, kind, number) == NULL)
    g_hash_table_insert (walk->by_number,
                         g_strdup_printf ("%c%.*s", kind, (int) number.len, number.text), exam);
}

static void
add_exam (ImpMapper *self, Walk *walk, ImpRange block)
{
  const ImpSegment *orc = imp_mapper_segment (self, block.first);
  const ImpSegment *obr = imp_mapper_find (self, block, IMP_SEG ('O', 'B', 'R'));
  ImpState state = state_of (self, walk, orc, obr);
  ImpText number = number_of (self, orc, obr);
  ImpText filler = imp_mapper_code (self, orc, 3, 1);
  Exam *exam;

  if (filler.len == 0 && obr != NULL)
    filler = imp_mapper_code (self, obr, 3, 1);
  exam = number.len > 0 ? find_exam (walk, 'P', number) : find_exam (walk, 'F', filler);
  if (exam == NULL)
    {
      exam = g_new0 (Exam, 1);
      exam->orc = orc;
      exam->obr = obr;
      exam->state = exam->replacing = imp_state (DISC_STATUS_COMPLETED);
      g_ptr_array_add (walk->exams, exam);
    }
  exam->state = imp_state_stricter (exam->state, state);
  exam->replacing = without_replaced (exam->replacing, state);
  if (is_replacement (self, orc))
    exam->replaced_from = orc->number;
  name_exam (walk, 'P', number, exam);
  name_exam (walk, 'F', filler, exam);
}

static void
read_exams (ImpMapper *self, Walk *walk, ImpRange block)
{
  walk->exams = g_ptr_array_new_with_free_func (g_free);
  walk->by_number = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &block))
    add_exam (self, walk, block);
}

/* By a number it names; a line that names none is of the examination before it. */
static const Exam *
parent_exam (ImpMapper *self, const Walk *walk, const ImpSegment *orc, const ImpSegment *obr)
{
  const Exam *exam = NULL;

  for (guint i = 0; exam == NULL && i < G_N_ELEMENTS (parent_places); i++)
    exam = find_exam (walk, parent_places[i].kind, parent_at (self, orc, obr, i));
  return exam == NULL && parent_of (self, orc, obr).len == 0 ? walk->last : exam;
}

/* A line is as dead as what it belongs to (SS-MIX2 spec 2.6, last line), wherever that stands. */
static ImpState
state_of_line (ImpMapper *self, const Walk *walk, const ImpSegment *orc, const ImpSegment *obr,
               ImpState state)
{
  guint at = orc->number;

  for (guint level = 0; level < MAX_LEVELS; level++)
    {
      const Exam *exam = NULL;

      if (level == 0 || parent_of (self, orc, obr).len > 0)
        exam = parent_exam (self, walk, orc, obr);
      if (exam == NULL || exam->orc == orc)
        break;
      state = imp_state_stricter (state, exam->replaced_from > 0 && exam->replaced_from < at
                                             ? exam->replacing
                                             : exam->state);
      orc = exam->orc;
      obr = exam->obr;
    }

  return state;
}

/* ---- parts of an item ------------------------------------------------------------------------ */

static void
add_access (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *ipc)
{
  static const ImpLabel labels[] = { { 2, "依頼番号", IMP_LABEL_NUMBER } };

  imp_mapper_add_number (self, item, DISC_FIELD_ACCESSION, ipc, 1);
  imp_mapper_add_labels (self, item, ipc, labels, G_N_ELEMENTS (labels));
  imp_mapper_add_number (self, item, DISC_FIELD_STUDY_UID, ipc, 3);
  imp_mapper_add_texts (self, item, DISC_FIELD_MODALITY, ipc, 5);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, ipc, READ_IPC);
}

/* ZE1: staff, materials (contrast media and drugs are here), count. */
static void
add_performance (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *ze1)
{
  static const ImpLabel labels[] = {
    { 5, "加算", IMP_LABEL_TEXT },           { 8, "材料区分", IMP_LABEL_TEXT },
    { 10, "連絡事項", IMP_LABEL_WHOLE },     { 11, "実施コメント", IMP_LABEL_WHOLE },
    { 12, "会計コメント", IMP_LABEL_WHOLE },
  };
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_mapper_add_whole (self, item, DISC_FIELD_TIMES, ze1, 4);
  imp_mapper_add_persons (self, item, DISC_FIELD_BY, ze1, 7);
  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, ze1, 6));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_mapper_labelled (self, item, "従事者区分", imp_mapper_free_text (self, repetition, TRUE));
  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, ze1, 9));
  while (imp_repetitions_next (&repetitions, &repetition))
    imp_mapper_add_material (self, item, DISC_FIELD_MATERIAL, repetition);
  imp_mapper_add_labels (self, item, ze1, labels, G_N_ELEMENTS (labels));

  /* Samples know RS only, taken to mean performed; anything else is not explained anywhere. */
  imp_mapper_keep_code (self, item, ze1, 2, "RS");
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, ze1, READ_ZE1);
}

static void
add_exposure (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *ze2)
{
  static const ImpLabel labels[] = {
    { 2, "管電圧", IMP_LABEL_WHOLE }, { 3, "管電流", IMP_LABEL_WHOLE },
    { 4, "距離", IMP_LABEL_WHOLE },   { 5, "時間", IMP_LABEL_WHOLE },
    { 6, "回数", IMP_LABEL_WHOLE },   { 7, "撮影コメント", IMP_LABEL_WHOLE },
  };

  imp_mapper_add_labels (self, item, ze2, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, ze2, READ_ZE2);
}

static void
begin_item (ImpMapper *self, const Walk *walk, ImpState state, const char *level)
{
  DiscRecordBuilder *item =
      imp_mapper_item (self, walk->is_performed ? DISC_KIND_PROCEDURE : DISC_KIND_ORDER, state);

  disc_record_builder_add (item, DISC_FIELD_LEVEL, level, -1);
}

static void
add_request (ImpMapper *self, const Walk *walk, DiscRecordBuilder *item, const ImpSegment *orc,
             const ImpSegment *obr)
{
  static const ImpLabel times[] = {
    { 7, "検査開始", IMP_LABEL_DATE },
    { 8, "検査終了", IMP_LABEL_DATE },
  };

  imp_mapper_add_whole (self, item, DISC_FIELD_STATUS, orc, 5);
  imp_mapper_add_number (self, item, DISC_FIELD_RP, orc, 4);
  imp_mapper_add_parents (self, item, orc, obr);
  if (obr == NULL)
    return;

  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, obr, 4);
  if (walk->is_performed)
    {
      imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, obr, 7, 1);
      imp_mapper_add_date (self, item, DISC_FIELD_END, obr, 8, 1);
    }
  else
    imp_mapper_add_labels (self, item, obr, times, G_N_ELEMENTS (times));
  imp_mapper_add_whole (self, item, DISC_FIELD_GROUP_STATUS, obr, 25);
  imp_mapper_add_request (self, item, obr);
}

/* ---- a block --------------------------------------------------------------------------------- */

/* Whether the block before, of the same examination, says just the same. */
static gboolean
is_said (ImpMapper *self, const Walk *walk, const ImpSegment *segment)
{
  guint end = MIN (walk->parent_block.end, walk->parent_block.first + MAX_COMPARED);

  for (guint i = walk->parent_block.first; i < end; i++)
    if (imp_texts_equal (imp_mapper_segment (self, i)->whole, segment->whole))
      return TRUE;

  return FALSE;
}

static void
add_other_request (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *obr,
                   const ImpSegment *before)
{
  imp_mapper_add_all (self, item, DISC_FIELD_CLINICAL_INFO, obr, 13);
  imp_mapper_add_request (self, item, obr);
  if (before != NULL)
    imp_mapper_keep_different (self, item, obr, before, READ_OTHER_OBR);
}

/* Everything behind ORC and OBR. @again: the block repeats the parent that is open already. */
static void
add_rest (ImpMapper *self, Walk *walk, ImpRange block, ImpState state, const ImpSegment *obr,
          gboolean again)
{
  ImpText name = obr != NULL ? imp_mapper_field_text (self, obr, 4) : IMP_TEXT_EMPTY;

  /* How the blocks of one examination are linked is read; what else differs is not. */
  if (again)
    {
      const ImpSegment *orc = imp_mapper_segment (self, block.first);

      imp_mapper_keep_order_codes (self, imp_mapper_here (self), orc);
      imp_mapper_keep_different (self, imp_mapper_here (self), orc,
                                 imp_mapper_segment (self, walk->parent_block.first),
                                 IMP_BIT (1) | IMP_BIT (5));
    }
  for (guint i = block.first + 1; i < block.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('T', 'Q', '1'):
          if (!again || !is_said (self, walk, segment))
            imp_mapper_add_timing (self, imp_mapper_here (self), segment);
          break;
        case IMP_SEG ('O', 'B', 'R'):
          if (segment == obr && again && !is_said (self, walk, segment))
            add_other_request (self, imp_mapper_here (self), segment,
                               imp_mapper_find (self, walk->parent_block, IMP_SEG ('O', 'B', 'R')));
          else if (segment != obr)
            imp_mapper_keep_segment (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD,
                                     segment);
          break;
        case IMP_SEG ('O', 'B', 'X'):
          imp_mapper_remark (self, segment);
          break;
        case IMP_SEG ('Z', 'E', '1'):
          /* Of the same name: how that examination was done. Of another: one more. */
          if (imp_mapper_has (self, segment, 3) &&
              !imp_texts_equal (name, imp_mapper_field_text (self, segment, 3)))
            {
              begin_item (self, walk, state, "child");
              imp_mapper_add_coded (self, imp_mapper_here (self), DISC_FIELD_NAME, segment, 3);
            }
          add_performance (self, imp_mapper_here (self), segment);
          break;
        case IMP_SEG ('Z', 'E', '2'):
          add_exposure (self, imp_mapper_here (self), segment);
          break;
        case IMP_SEG ('I', 'P', 'C'):
          if (!again || !is_said (self, walk, segment))
            add_access (self, imp_mapper_here (self), segment);
          break;
        default:
          imp_mapper_stray (self, segment);
          break;
        }
    }
}

/* NW and PA of one number are one examination (SS-MIX2 spec 4.13); what replaces another is not. */
static gboolean
repeats_parent (ImpMapper *self, const Walk *walk, ImpText number, const ImpSegment *orc,
                ImpState state)
{
  return walk->parent != NULL && self->open != NULL && self->open->builder == walk->parent &&
         number.len > 0 && imp_texts_equal (walk->parent_no, number) &&
         imp_state_stricter (self->open->state, state).status == self->open->state.status &&
         !(self->open->state.status == DISC_STATUS_SUPERSEDED && is_replacement (self, orc));
}

static ImpState
state_of_block (ImpMapper *self, const Walk *walk, ImpRange block)
{
  const ImpSegment *orc = imp_mapper_segment (self, block.first);

  return state_of (self, walk, orc, imp_mapper_find (self, block, IMP_SEG ('O', 'B', 'R')));
}

/* The parent is as dead as the strictest of its blocks says. */
static ImpState
state_with_next (ImpMapper *self, const Walk *walk, ImpRange block, ImpText number)
{
  gboolean replaces = is_replacement (self, imp_mapper_segment (self, block.first));
  ImpState state = state_of_block (self, walk, block);
  ImpRange next = block;

  for (guint n = 0;
       n < MAX_COMPARED && imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &next); n++)
    {
      const ImpSegment *orc = imp_mapper_segment (self, next.first);
      const ImpSegment *obr = imp_mapper_find (self, next, IMP_SEG ('O', 'B', 'R'));
      ImpState other = state_of (self, walk, orc, obr);

      if (is_child (self, orc, obr) || !imp_texts_equal (number, number_of (self, orc, obr)))
        break;
      state = replaces ? without_replaced (state, other) : imp_state_stricter (state, other);
    }

  return state;
}

static void
add_head (ImpMapper *self, const Walk *walk, const ImpSegment *orc, const ImpSegment *obr,
          gboolean child)
{
  gboolean by_request = walk->is_performed && obr != NULL && imp_mapper_has (self, obr, 7);
  const ImpSegment *at = by_request ? obr : orc;
  guint field = by_request ? 7 : 9;
  DiscRecordBuilder *head = imp_mapper_order_head (self, at, field, orc, obr);
  const guint8 *bytes;
  gsize len;

  imp_mapper_note_clinical (self, at, field);
  if (child)
    {
      /* What a line leaves out, its examination says; no other one does. */
      if (walk->last != NULL && parent_exam (self, walk, orc, obr) == walk->last)
        imp_mapper_inherit (self, walk->last_head);
      return;
    }
  if (obr != NULL)
    imp_add (head, DISC_FIELD_TITLE, imp_mapper_field_text (self, obr, 4));
  bytes = disc_record_builder_get (head, &len);
  disc_record_builder_clear (walk->last_head);
  disc_record_builder_append (walk->last_head, bytes, len);
}

static void
note_reach (ImpMapper *self, ImpRange block, const ImpSegment *orc, const ImpSegment *obr)
{
  const ImpSegment *tq1 = imp_mapper_find (self, block, IMP_SEG ('T', 'Q', '1'));
  char iso[DISC_DATE_MAX];
  ImpText planned;

  imp_mapper_note_reach (self, orc, tq1, FALSE);
  planned = obr != NULL ? imp_mapper_code (self, obr, 36, 1) : IMP_TEXT_EMPTY;
  if (planned.len > 0 && disc_date_from_hl7 (planned.text, planned.len, iso) &&
      strcmp (iso, self->out->facts.reaches_to) > 0)
    g_strlcpy (self->out->facts.reaches_to, iso, DISC_DATE_MAX);
}

static void
add_block (ImpMapper *self, Walk *walk, ImpRange block)
{
  const ImpSegment *orc = imp_mapper_segment (self, block.first);
  const ImpSegment *obr = imp_mapper_find (self, block, IMP_SEG ('O', 'B', 'R'));
  gboolean child = is_child (self, orc, obr);
  ImpText number = number_of (self, orc, obr);
  ImpState state = state_of_block (self, walk, block);

  if (orc->whole.len <= 4 && obr == NULL)
    {
      for (guint i = block.first + 1; i < block.end; i++)
        imp_mapper_stray (self, imp_mapper_segment (self, i));
      return;
    }
  if (!walk->is_performed)
    note_reach (self, block, orc, obr);
  if (!child && repeats_parent (self, walk, number, orc, state))
    {
      add_rest (self, walk, block, state, obr, TRUE);
      return;
    }

  if (child)
    state = state_of_line (self, walk, orc, obr, state);
  else
    {
      state = state_with_next (self, walk, block, number);
      walk->last = find_exam (walk, 'P', number);
    }
  imp_mapper_close (self);
  add_head (self, walk, orc, obr, child);
  begin_item (self, walk, state, child ? "child" : "parent");
  walk->parent = child ? NULL : imp_mapper_here (self);
  walk->parent_no = number;
  walk->parent_block = block;
  add_request (self, walk, imp_mapper_here (self), orc, obr);
  add_rest (self, walk, block, state, obr, FALSE);
}

void
imp_map_exams (ImpMapper *self, gboolean is_performed)
{
  ImpRange block = { 0, imp_mapper_preamble (self, "ORC") };
  Walk walk = { .is_performed = is_performed, .last_head = disc_record_builder_new () };

  self->items_have_time = is_performed;
  imp_mapper_share_risks (self);
  self->base = imp_state (is_performed ? DISC_STATUS_COMPLETED : DISC_STATUS_ACTIVE);
  read_exams (self, &walk, block);
  while (imp_mapper_next_range (self, IMP_SEG ('O', 'R', 'C'), &block))
    add_block (self, &walk, block);
  g_hash_table_unref (walk.by_number);
  g_ptr_array_unref (walk.exams);
  disc_record_builder_free (walk.last_head);
  imp_map_order_allergies (self, TRUE);
}
