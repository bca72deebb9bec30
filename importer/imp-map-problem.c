/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

#define READ_PRB (IMP_BIT (26) - 2) /* 1 to 25 */
#define READ_ZPR (IMP_BIT (8) - 2)
#define READ_ZPD (IMP_BIT (1) | IMP_BIT (2))
#define READ_DG1 (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6))

/* How "suspected" stands at the end of a name, longest first (SS-MIX2 spec 4.6, PRB-13). */
static const char *const suspicions[] = {
  "の疑い", "（疑い）", "(疑い)", "（疑）", "(疑)", "疑い", "の疑", "疑",
};

/* ---- name ------------------------------------------------------------------------------------ */

/* Never a name from a code: only the texts. */
static ImpText
modifier_text (ImpMapper *self, ImpText repetition)
{
  ImpText text = imp_mapper_component (self, repetition, 2);

  return text.len > 0 ? text : imp_mapper_component (self, repetition, 5);
}

/* Appends the texts of a field of modifiers, and tells whether @name holds each of them already. */
static gboolean
append_modifiers (ImpMapper *self, GString *to, const ImpSegment *zpr, guint field, ImpText name)
{
  gboolean held = TRUE;
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, zpr, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText text = modifier_text (self, repetition);

      g_string_append_len (to, text.text, (gssize) text.len);
      held &= text.len == 0 || imp_text_contains (name, text);
    }

  return held;
}

/* SS-MIX2 spec 4.6: the text of PRB-3; where it lacks the modifiers, prefixes, base and suffixes
 * of ZPR. */
static void
add_name (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb, const ImpSegment *zpr)
{
  ImpText name = imp_mapper_field_text (self, prb, 3);
  g_autoptr (GString) whole = NULL;
  gboolean held;

  if (zpr == NULL)
    {
      imp_add (item, DISC_FIELD_NAME, name);
      return;
    }

  whole = g_string_sized_new (64);
  held = append_modifiers (self, whole, zpr, 1, name);
  {
    ImpText base = imp_mapper_get (self, zpr, 2, 2);

    if (base.len == 0)
      base = name;
    g_string_append_len (whole, base.text, (gssize) base.len);
  }
  held &= append_modifiers (self, whole, zpr, 3, name);

  if (held)
    imp_add (item, DISC_FIELD_NAME, name);
  else
    {
      disc_record_builder_add (item, DISC_FIELD_NAME, whole->str, (gssize) whole->len);
      if (!imp_text_contains ((ImpText){ whole->str, whole->len }, name))
        imp_add (item, DISC_FIELD_OTHER_NAME, name);
    }
}

/* What the name is not made of: codes where there is no text, other texts, a second base. */
static void
add_modifiers (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *zpr)
{
  static const char *const labels[] = { "修飾語（前）", "病名の基本語", "修飾語（後）" };

  for (guint field = 1; field <= 3; field++)
    {
      ImpRepetitions repetitions;
      ImpText repetition;
      guint n_repetitions = 0;

      imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, zpr, field));
      while (imp_repetitions_next (&repetitions, &repetition))
        {
          gboolean is_base = field == 2;
          ImpText used = is_base ? imp_mapper_component (self, repetition, 2)
                                 : modifier_text (self, repetition);
          ImpText others[IMP_MAX_OTHER_TEXTS];
          ImpCoded coded;
          guint n;

          imp_mapper_split (self, repetition, &coded);
          if (used.len == 0 || (is_base && n_repetitions++ > 0))
            imp_mapper_labelled (self, item, labels[field - 1], imp_coded_text (self, &coded));
          n = imp_coded_other_texts (self, &coded, imp_coded_text (self, &coded), others);
          for (guint i = 0; i < n; i++)
            imp_mapper_labelled (self, item, labels[field - 1], others[i]);
        }
    }
}

static void
add_code (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb)
{
  ImpText repetition = imp_mapper_first (self, prb, 3);
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  guint n;

  imp_mapper_split (self, repetition, &coded);
  imp_add (item, DISC_FIELD_CODE, imp_mapper_leaf (self, coded.part[1]));
  imp_add (item, DISC_FIELD_SYSTEM, imp_mapper_leaf (self, coded.part[3]));
  imp_add (item, DISC_FIELD_OTHER_CODE, imp_mapper_leaf (self, coded.part[4]));
  n = imp_coded_other_texts (self, &coded, imp_coded_text (self, &coded), others);
  for (guint i = 0; i < n; i++)
    imp_add (item, DISC_FIELD_OTHER_NAME, others[i]);
  imp_add (item, DISC_FIELD_OTHER_SYSTEM, imp_mapper_leaf (self, coded.part[6]));
  imp_mapper_keep_beyond (self, item, prb, 3, repetition);
}

/* ---- suspected ------------------------------------------------------------------------------- */

static ImpText
without_end (ImpText text, const char *opening, const char *closing)
{
  gsize opening_len = strlen (opening);
  gsize closing_len = strlen (closing);

  if (text.len < closing_len ||
      memcmp (text.text + text.len - closing_len, closing, closing_len) != 0)
    return text;
  for (gsize at = text.len - closing_len; at-- > 0;)
    if (at + opening_len <= text.len && memcmp (text.text + at, opening, opening_len) == 0)
      return imp_text_trim ((ImpText){ text.text, at });

  return text;
}

static const char *
suspicion_at_end (ImpText text)
{
  for (ImpText rest = imp_text_trim (text), before; rest.len > 0; rest = before)
    {
      for (guint i = 0; i < G_N_ELEMENTS (suspicions); i++)
        {
          gsize len = strlen (suspicions[i]);

          if (rest.len >= len && memcmp (rest.text + rest.len - len, suspicions[i], len) == 0)
            return suspicions[i];
        }

      /* A remark in parentheses may follow. */
      before = without_end (without_end (rest, "（", "）"), "(", ")");
      if (before.len == rest.len)
        break;
    }

  return NULL;
}

/* Any of the suffixes may be the one: others follow it. */
static const char *
suspicion_of_suffixes (ImpMapper *self, ImpRange group)
{
  for (guint i = group.first; i < group.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      ImpRepetitions repetitions;
      ImpText repetition;

      if (imp_segment_code (segment) != IMP_SEG ('Z', 'P', 'R'))
        continue;
      imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, 3));
      while (imp_repetitions_next (&repetitions, &repetition))
        {
          const char *sign = suspicion_at_end (modifier_text (self, repetition));

          if (sign != NULL)
            return sign;
        }
    }

  return NULL;
}

/* PRB-13; where it is empty a suffix may be the only sign. */
static void
add_suspected (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb, ImpRange group)
{
  static const guint8 fields[] = { 3, 17 };
  static const guint8 texts[] = { 2, 5 };
  const char *sign;

  if (imp_mapper_has (self, prb, 13))
    {
      imp_mapper_add_texts (self, item, DISC_FIELD_SUSPECTED, prb, 13);
      return;
    }

  sign = suspicion_of_suffixes (self, group);
  for (guint i = 0; sign == NULL && i < G_N_ELEMENTS (fields); i++)
    {
      sign = suspicion_at_end (imp_mapper_field_text (self, prb, fields[i]));
      for (guint n = 0; sign == NULL && n < G_N_ELEMENTS (texts); n++)
        sign = suspicion_at_end (imp_mapper_get (self, prb, fields[i], texts[n]));
    }
  if (sign != NULL)
    disc_record_builder_add (item, DISC_FIELD_SUSPECTED, sign, -1);
}

/* ---- one entry ------------------------------------------------------------------------------- */

static ImpState
state_of (ImpMapper *self, const ImpSegment *prb, const ImpSegment *orc)
{
  ImpState state = imp_state_of_order (
      self, orc, imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base));

  if (imp_text_is_one_of (imp_mapper_get (self, prb, 1, 1), "DE"))
    state = imp_state_stricter (state, imp_state (DISC_STATUS_ENTERED_IN_ERROR));
  return state;
}

/* ICD-10: K297^^I10^O^外来時^JHSD0004^2013: the code apart, the occasion and edition as a comment.
 */
static void
add_classification (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, prb, 10));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText code = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 1));
      ImpText edition = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 7));
      g_autofree char *line = NULL;
      ImpText text;

      imp_add (item, DISC_FIELD_ICD10, code);
      text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 2));
      imp_mapper_labelled (self, item, "ICD10病名", text);
      imp_mapper_labelled (self, item, "ICD10病名",
                           imp_mapper_whole (self, imp_er7_component (self->er7, repetition, 9)));
      text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 5));
      if (text.len == 0)
        text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 4));
      if (imp_er7_n_components (self->er7, repetition) > 9)
        imp_mapper_keep (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, prb, 10, repetition);
      if (text.len == 0 && edition.len == 0)
        continue;
      line = g_strdup_printf ("%.*s %.*s%s%.*s", (int) code.len, code.text, (int) text.len,
                              text.text, text.len > 0 && edition.len > 0 ? " " : "",
                              (int) edition.len, edition.text);
      disc_record_builder_add (item, DISC_FIELD_COMMENT, line, -1);
    }
}

static void
add_course (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb)
{
  imp_mapper_add_texts (self, item, DISC_FIELD_MAIN, prb, 18);
  imp_mapper_add_date (self, item, DISC_FIELD_START, prb, 7, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_EXPECTED_END, prb, 8, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_END, prb, 9, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_OUTCOME, prb, 14);
  imp_mapper_add_code (self, item, DISC_FIELD_OUTCOME_CODE, prb, 14);
  imp_mapper_add_date (self, item, DISC_FIELD_OUTCOME_AT, prb, 15, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_ONSET, prb, 16, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_CONFIDENTIAL, prb, 25);
  imp_mapper_add_number (self, item, DISC_FIELD_INSTANCE_ID, prb, 4);
}

/* PRB-17 is in practice the name as the doctor typed it, at times as code and text. */
static void
add_typed (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb)
{
  ImpText name = imp_mapper_field_text (self, prb, 3);
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, prb, 17));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpCoded coded;
      gboolean is_coded;
      ImpText typed;

      imp_mapper_split (self, repetition, &coded);
      is_coded = imp_text_looks_like_system (imp_mapper_leaf (self, coded.part[3]));
      typed = is_coded ? imp_coded_text (self, &coded) : imp_mapper_whole (self, repetition);
      if (!imp_texts_equal (typed, name))
        imp_add (item, DISC_FIELD_COMMENT, typed);
      if (is_coded && !imp_texts_equal (imp_mapper_leaf (self, coded.part[5]), typed))
        imp_add (item, DISC_FIELD_COMMENT, imp_mapper_leaf (self, coded.part[5]));
    }
}

static void
add_comments (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *prb)
{
  static const ImpLabel labels[] = {
    { 5, "エピソード", IMP_LABEL_NUMBER },    { 6, "優先度", IMP_LABEL_WHOLE },
    { 11, "担当分野", IMP_LABEL_TEXT },       { 12, "持続性", IMP_LABEL_TEXT },
    { 19, "確実性", IMP_LABEL_TEXT },         { 20, "確率", IMP_LABEL_WHOLE },
    { 21, "本人の病名認識", IMP_LABEL_TEXT }, { 22, "予後", IMP_LABEL_TEXT },
    { 23, "本人の予後認識", IMP_LABEL_TEXT }, { 24, "家族の認識", IMP_LABEL_TEXT },
  };

  add_typed (self, item, prb);
  add_classification (self, item, prb);
  imp_mapper_add_labels (self, item, prb, labels, G_N_ELEMENTS (labels));
  if (imp_text_is_one_of (imp_mapper_get (self, prb, 1, 1), "LI UN"))
    imp_mapper_labelled (self, item, "処理区分", imp_mapper_field_text (self, prb, 1));
  imp_mapper_keep_code (self, item, prb, 1, "AD CO DE LI UC UN UP");
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, prb, READ_PRB);
}

static void
add_problem (ImpMapper *self, ImpRange group)
{
  const ImpSegment *prb = imp_mapper_segment (self, group.first);
  const ImpSegment *zpr = imp_mapper_find (self, group, IMP_SEG ('Z', 'P', 'R'));
  const ImpSegment *orc = imp_mapper_find (self, group, IMP_SEG ('O', 'R', 'C'));
  DiscRecordBuilder *item;
  ImpState state = state_of (self, prb, orc);

  imp_mapper_close (self);
  imp_mapper_order_head (self, self->header, 7, orc, NULL);
  item = imp_mapper_item (self, DISC_KIND_PROBLEM, state);
  add_name (self, item, prb, zpr);
  add_code (self, item, prb);
  add_suspected (self, item, prb, group);
  if (zpr != NULL)
    add_modifiers (self, item, zpr);
  if (orc != NULL)
    {
      imp_mapper_add_number (self, item, DISC_FIELD_RP, orc, 4);
      imp_mapper_add_parents (self, item, orc, NULL);
    }
  add_course (self, item, prb);
  add_comments (self, item, prb);

  for (guint i = group.first + 1; i < group.end; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('Z', 'P', 'R'):
          imp_mapper_add_whole (self, item, DISC_FIELD_COMMENT, segment, 7);
          imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment, READ_ZPR);
          if (segment != zpr)
            imp_mapper_keep_segment (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment);
          break;
        case IMP_SEG ('Z', 'P', 'D'):
          imp_mapper_add_texts (self, item, DISC_FIELD_SITE, segment, 2);
          imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment, READ_ZPD);
          break;
        case IMP_SEG ('Z', 'I', '1'):
        case IMP_SEG ('I', 'N', '1'):
          break; /* below, as a record of its own */
        case IMP_SEG ('O', 'R', 'C'):
          if (segment != orc)
            imp_mapper_keep_segment (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, segment);
          break;
        default:
          imp_mapper_stray (self, segment);
          break;
        }
    }
}

static void
add_coverages (ImpMapper *self)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      guint32 code = imp_segment_code (segment);

      if (code != IMP_SEG ('Z', 'I', '1') && code != IMP_SEG ('I', 'N', '1'))
        continue;
      if (!begun)
        {
          begun = TRUE;
          disc_record_builder_clear (self->preamble);
          imp_mapper_add_date (self, imp_mapper_head (self), DISC_FIELD_AT, self->header, 7, 1);
        }
      imp_mapper_coverage (self, segment, self->base);
    }
}

void
imp_map_problems (ImpMapper *self)
{
  ImpRange group = { 0, imp_mapper_preamble (self, "PRB") };

  while (imp_mapper_next_range (self, IMP_SEG ('P', 'R', 'B'), &group))
    add_problem (self, group);
  imp_mapper_close (self);
  if (self->n_buckets == 0)
    {
      imp_mapper_order_head (self, self->header, 7, NULL, NULL);
      imp_mapper_record (self, DISC_KIND_PROBLEM,
                         imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base), NULL);
      imp_mapper_close (self);
    }
  add_coverages (self);
  imp_map_old_problems (self);
  imp_map_order_allergies (self, TRUE);
}

/* ---- SS-MIX version 1 ------------------------------------------------------------------------ */

static DiscRecordBuilder *
add_old_problem (ImpMapper *self, const ImpSegment *dg1)
{
  static const ImpLabel labels[] = {
    { 2, "病名のコード体系", IMP_LABEL_WHOLE },
    { 6, "病名区分", IMP_LABEL_TEXT },
  };
  DiscRecordBuilder *item;

  self->title = "病名（旧形式）";
  imp_mapper_close (self);
  imp_mapper_add_date (self, imp_mapper_head (self), DISC_FIELD_AT, self->header, 7, 1);
  item = imp_mapper_item (self, DISC_KIND_PROBLEM,
                          imp_state_stricter (imp_state (DISC_STATUS_ACTIVE), self->base));
  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, dg1, 3);
  imp_mapper_add_all (self, item, DISC_FIELD_COMMENT, dg1, 4);
  imp_mapper_add_date (self, item, DISC_FIELD_START, dg1, 5, 1);
  imp_mapper_add_labels (self, item, dg1, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, dg1, READ_DG1);
  return item;
}

void
imp_map_old_problems (ImpMapper *self)
{
  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) == IMP_SEG ('D', 'G', '1') && segment->whole.len > 4)
        imp_mapper_add_notes_behind (self, add_old_problem (self, segment), i);
    }
}
