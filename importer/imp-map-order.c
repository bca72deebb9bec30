/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-usage.h"

/* ORC-6, -14, -18, -21 to -24: answers, telephone, terminal and address of the sender. */
#define READ_ORC                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) |             \
   IMP_BIT (8) | IMP_BIT (9) | IMP_BIT (10) | IMP_BIT (12) | IMP_BIT (13) | IMP_BIT (14) |         \
   IMP_BIT (15) | IMP_BIT (16) | IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (21) | IMP_BIT (22) |       \
   IMP_BIT (23) | IMP_BIT (24) | IMP_BIT (28) | IMP_BIT (29))

#define READ_OBR                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (7) | IMP_BIT (8) |             \
   IMP_BIT (9) | IMP_BIT (10) | IMP_BIT (12) | IMP_BIT (13) | IMP_BIT (14) | IMP_BIT (15) |        \
   IMP_BIT (16) | IMP_BIT (22) | IMP_BIT (24) | IMP_BIT (25) | IMP_BIT (26) | IMP_BIT (28) |       \
   IMP_BIT (29) | IMP_BIT (31) | IMP_BIT (36))

#define READ_TQ1 (IMP_BIT (15) - 2) /* 1 to 14 */

/* Different infection risks in one message. */
#define MAX_RISKS 50

/* Longest supply taken at its word for the window of an import. */
#define MAX_REACH_DAYS (10 * 366)

/* Codes that imp-map-state.c and the message groups read, or that change nothing: HL7 tables 0119
 * and 0038. Any other one is kept: it may take the order back. */
#define KNOWN_CONTROLS                                                                             \
  "NW OK CA OC CR UC DC OD DR UD RP RU RQ RO XO XX XR UX HD OH HR UH RL OE OR UR SC SN NA CN SR "  \
  "SS "                                                                                            \
  "PA CH RE RF AF DF FU OF UA UF AN LI PR PY"
#define KNOWN_STATES "A CA CM DC ER HD IP RP SC"

/* Whether both fields say the same, as sent. */
static gboolean
are_same (ImpMapper *self, const ImpSegment *a, guint a_field, const ImpSegment *b, guint b_field)
{
  return imp_texts_equal (imp_mapper_get_whole (self, a, a_field),
                          imp_mapper_get_whole (self, b, b_field));
}

static gboolean
is_filled (ImpMapper *self, const ImpSegment *first, guint first_field)
{
  return first != NULL && imp_mapper_has (self, first, first_field);
}

/* Of two places that say the same thing the first one that is filled counts; the other one, where
 * it says something else, is told with the next item. */
static gboolean
says_other (ImpMapper *self, const ImpSegment *first, guint first_field, const ImpSegment *second,
            guint second_field)
{
  return second != NULL && is_filled (self, first, first_field) &&
         imp_mapper_has (self, second, second_field) &&
         !are_same (self, first, first_field, second, second_field);
}

static void
tell_other (ImpMapper *self, const ImpSegment *first, guint first_field, const ImpSegment *second,
            guint second_field, const char *label, ImpLabelKind kind)
{
  const ImpLabel labels[] = { { second_field, label, kind } };

  if (!says_other (self, first, first_field, second, second_field))
    return;
  if (kind != IMP_LABEL_PERSON ||
      !imp_mapper_are_same_staff (self, first, first_field, second, second_field))
    imp_mapper_add_labels (self, imp_mapper_here (self), second, labels, 1);
}

static void
add_numbers_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc,
                const ImpSegment *obr)
{
  static const struct
  {
    guint field;
    DiscField as;
    const char *label;
  } numbers[] = {
    { 2, DISC_FIELD_ORDER_NO, "検査のオーダ番号" },
    { 3, DISC_FIELD_FILLER_NO, "検査の受付番号" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint field = numbers[i].field;

      if (is_filled (self, orc, field))
        imp_mapper_add_number (self, to, numbers[i].as, orc, field);
      else if (obr != NULL)
        imp_mapper_add_number (self, to, numbers[i].as, obr, field);
      tell_other (self, orc, field, obr, field, numbers[i].label, IMP_LABEL_NUMBER);
    }
}

static void
add_persons_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc,
                const ImpSegment *obr)
{
  if (is_filled (self, orc, 12))
    imp_mapper_add_persons (self, to, DISC_FIELD_AUTHOR, orc, 12);
  else if (obr != NULL)
    imp_mapper_add_persons (self, to, DISC_FIELD_AUTHOR, obr, 16);
  tell_other (self, orc, 12, obr, 16, "検査の依頼医", IMP_LABEL_PERSON);
  if (orc != NULL)
    imp_mapper_add_persons (self, to, DISC_FIELD_ENTERED_BY, orc, 10);
}

static void
add_place_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc,
              const ImpSegment *visit)
{
  if (is_filled (self, visit, 3))
    imp_mapper_add_place (self, to, DISC_FIELD_PLACE, visit, 3);
  else if (orc != NULL)
    imp_mapper_add_place (self, to, DISC_FIELD_PLACE, orc, 13);
  tell_other (self, visit, 3, orc, 13, "入力場所", IMP_LABEL_PLACE);
}

/* PV1-10 is often the bare code of what ORC-17 says with its name, or the same with another system.
 */
static gboolean
is_same_department (ImpMapper *self, const ImpSegment *orc, const ImpSegment *visit)
{
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpText text;
  ImpCoded coded;

  if (are_same (self, orc, 17, visit, 10) ||
      imp_texts_equal (imp_mapper_get (self, orc, 17, 1), imp_mapper_get_whole (self, visit, 10)))
    return TRUE;

  imp_mapper_split (self, imp_er7_field (self->er7, visit, 10), &coded);
  text = imp_coded_text (self, &coded);
  return imp_texts_equal (text, imp_mapper_field_text (self, orc, 17)) &&
         imp_coded_other_texts (self, &coded, text, others) == 0;
}

/* What PV1 says beside what stands in the head, once: with the first record of the message. */
static void
tell_visit (ImpMapper *self, const ImpSegment *orc, const ImpSegment *obr)
{
  const ImpSegment *visit = self->visit;
  guint64 told = IMP_BIT (3);

  if (self->visit_is_told || (visit == NULL && self->plan == NULL))
    return;

  self->visit_is_told = TRUE;
  if (visit == NULL)
    {
      imp_mapper_tell_plan (self, self->preamble, 0);
      return;
    }
  /* The code alone: what ORC-29 calls it is not how PV1-2 does. */
  if (!is_filled (self, orc, 29) ||
      imp_texts_equal (imp_mapper_code (self, orc, 29, 1), imp_mapper_get_whole (self, visit, 2)))
    told |= IMP_BIT (2);
  if (!is_filled (self, orc, 17) || is_same_department (self, orc, visit))
    told |= IMP_BIT (10);
  if ((orc != NULL && imp_mapper_are_same_staff (self, orc, 12, visit, 7)) ||
      (obr != NULL && !is_filled (self, orc, 12) &&
       imp_mapper_are_same_staff (self, obr, 16, visit, 7)))
    told |= IMP_BIT (7);
  imp_mapper_tell_visit (self, self->preamble, told);
}

/* ORC-9 where something else is the time of the record, and ORC-15 where it is another time. */
static void
add_times_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *at, const ImpSegment *orc)
{
  if (at != orc)
    imp_mapper_add_date (self, to, DISC_FIELD_UPDATED_AT, orc, 9, 1);
  /* When a stop or a change takes effect; of a new order mostly the time it was written. */
  if (!imp_text_is_one_of (imp_mapper_get (self, orc, 1, 1), "NW SC PA CH") ||
      !are_same (self, orc, 9, orc, 15))
    imp_mapper_add_date (self, to, DISC_FIELD_EFFECTIVE_AT, orc, 15, 1);
}

static void
add_department_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc)
{
  if (is_filled (self, orc, 17))
    imp_mapper_add_texts (self, to, DISC_FIELD_DEPARTMENT, orc, 17);
  else if (self->visit != NULL)
    imp_mapper_add_texts (self, to, DISC_FIELD_DEPARTMENT, self->visit, 10);
}

static void
add_class_of (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc)
{
  if (is_filled (self, orc, 29))
    imp_mapper_add_texts (self, to, DISC_FIELD_PATIENT_CLASS, orc, 29);
  else if (self->visit != NULL)
    imp_mapper_add_texts (self, to, DISC_FIELD_PATIENT_CLASS, self->visit, 2);
}

/* Whether two ORC differ in the group number (ORC-4) alone, as those of one prescription do. */
static gboolean
is_same_order (ImpMapper *self, const ImpSegment *a, const ImpSegment *b)
{
  ImpText group_a = imp_er7_field (self->er7, a, 4);
  ImpText group_b = imp_er7_field (self->er7, b, 4);
  gsize before_a, before_b;

  if (group_a.text == NULL || group_b.text == NULL)
    return FALSE;
  before_a = (gsize) (group_a.text - a->whole.text);
  before_b = (gsize) (group_b.text - b->whole.text);
  return before_a == before_b && memcmp (a->whole.text, b->whole.text, before_a) == 0 &&
         a->whole.len - group_a.len == b->whole.len - group_b.len &&
         memcmp (group_a.text + group_a.len, group_b.text + group_b.len,
                 a->whole.len - before_a - group_a.len) == 0;
}

void
imp_mapper_keep_order_codes (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc)
{
  imp_mapper_keep_code (self, to, orc, 1, KNOWN_CONTROLS);
  imp_mapper_keep_code (self, to, orc, 5, KNOWN_STATES);
}

DiscRecordBuilder *
imp_mapper_order_head (ImpMapper *self, const ImpSegment *at, guint at_field, const ImpSegment *orc,
                       const ImpSegment *obr)
{
  DiscRecordBuilder *head;

  tell_visit (self, orc, obr);
  if (at == orc && orc != NULL && obr == NULL && self->head_orc != NULL &&
      is_same_order (self, self->head_orc, orc))
    return self->head;

  head = imp_mapper_head (self);
  if (at == orc && obr == NULL)
    self->head_orc = orc;

  if (at != NULL)
    imp_mapper_add_date (self, head, DISC_FIELD_AT, at, at_field, 1);
  add_department_of (self, head, orc);
  add_persons_of (self, head, orc, obr);
  add_numbers_of (self, head, orc, obr);
  add_class_of (self, head, orc);
  add_place_of (self, head, orc, self->visit);
  if (orc != NULL)
    {
      add_times_of (self, head, at, orc);
      imp_mapper_keep_order_codes (self, head, orc);
      imp_mapper_add_texts (self, head, DISC_FIELD_COMMENT, orc, 16);
      imp_mapper_add_texts (self, head, DISC_FIELD_CONFIDENTIAL, orc, 28);
      imp_mapper_keep_unread (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD, orc,
                              READ_ORC);
    }
  if (obr != NULL)
    {
      imp_mapper_add_date (self, head, DISC_FIELD_REPORTED_AT, obr, 22, 1);
      imp_mapper_add_all (self, head, DISC_FIELD_CLINICAL_INFO, obr, 13);
    }
  return head;
}

void
imp_mapper_add_parents (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *orc,
                        const ImpSegment *obr)
{
  /* Those of who ordered first: by them the others of the order are called. */
  static const guint sizes[] = { 1, IMP_ALL_NUMBERS };
  ImpText known[IMP_MAX_PAIRED];
  guint n_known = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      if (orc != NULL)
        imp_mapper_add_pairs (self, to, DISC_FIELD_PARENT_NO, orc, 8, sizes[i], known, &n_known);
      if (obr != NULL)
        imp_mapper_add_pairs (self, to, DISC_FIELD_PARENT_NO, obr, 29, sizes[i], known, &n_known);
    }
}

/* The code in words, where it says what the text does not: the limits of a PRN drug, another time
 * of the day, or everything (SS-MIX2 spec 4.9). */
static void
add_usage_hint (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1, ImpText code,
                ImpText text)
{
  gboolean contradicts = text.len > 0 && imp_usage_contradicts (code, text);
  g_autofree char *limit = imp_usage_limit (code);
  g_autofree char *hint = NULL;

  if (contradicts)
    {
      self->out->facts.flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
      disc_record_builder_add (to, DISC_FIELD_WARNING, "usage-contradicts", -1);
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "%s-3: usage code %.*s contradicts its text", tq1->name,
                              (int) code.len, code.text);
    }
  if (!contradicts && limit == NULL && text.len > 0)
    return;

  hint = imp_usage_hint (code);
  disc_record_builder_add (to, DISC_FIELD_USAGE_HINT, hint, -1);
}

/* RPT: behind the pattern stand the moments and periods it is counted by; in the pattern another
 * code and its text. */
gboolean
imp_mapper_pattern_says_more (ImpMapper *self, ImpText repetition)
{
  guint n_components = imp_er7_n_components (self->er7, repetition);
  ImpText pattern = imp_er7_component (self->er7, repetition, 1);
  gboolean has_text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, pattern, 2)).len > 0;

  for (guint i = 4; i <= 10; i++)
    if (imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, pattern, i)).len > 0)
      return TRUE;
  for (guint i = has_text ? 2 : 3; i <= MIN (n_components, 50); i++)
    {
      ImpText text = imp_mapper_component (self, repetition, i);

      if (text.len > 0 && !(i == 3 && !has_text && imp_text_looks_like_system (text)))
        return TRUE;
    }
  return FALSE;
}

/* TQ1-3 is code&text&system; written with the component separator it is code^text^system. */
void
imp_mapper_add_usage (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, tq1, 3));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText pattern = imp_er7_component (self->er7, repetition, 1);
      ImpText code = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, pattern, 1));
      ImpText text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, pattern, 2));
      gboolean more = imp_mapper_pattern_says_more (self, repetition);

      if (text.len == 0)
        text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 2));
      imp_add (to, DISC_FIELD_USAGE, text.len > 0 ? text : code);
      imp_add (to, DISC_FIELD_USAGE_CODE, code);
      if (code.len == 8 || code.len == 16)
        add_usage_hint (self, to, tq1, code, text);
      if (more)
        imp_mapper_keep (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, tq1, 3, repetition);
    }
}

void
imp_mapper_add_limits (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1)
{
  static const ImpLabel labels[] = {
    { 4, "時刻", IMP_LABEL_WHOLE },
    { 5, "相対時間", IMP_LABEL_QUANTITY },
    { 12, "次の用法との関係", IMP_LABEL_WHOLE },
  };

  imp_mapper_add_quantity (self, to, DISC_FIELD_DAYS, DISC_FIELD_DAYS_UNIT, tq1, 6);
  imp_mapper_add_whole (self, to, DISC_FIELD_TIMES, tq1, 14);
  imp_mapper_add_texts (self, to, DISC_FIELD_PRIORITY, tq1, 9);
  imp_mapper_add_all (self, to, DISC_FIELD_COMMENT, tq1, 10);
  imp_mapper_add_all (self, to, DISC_FIELD_COMMENT, tq1, 11);
  imp_mapper_add_labels (self, to, tq1, labels, G_N_ELEMENTS (labels));
  imp_mapper_labelled_quantity (self, to, "数量", tq1, 2);
  imp_mapper_labelled_quantity (self, to, "1回の時間", tq1, 13);
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, tq1, READ_TQ1);
}

void
imp_mapper_add_timing (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *tq1)
{
  imp_mapper_add_usage (self, to, tq1);
  imp_mapper_add_date (self, to, DISC_FIELD_START, tq1, 7, 1);
  imp_mapper_add_date (self, to, DISC_FIELD_END, tq1, 8, 1);
  imp_mapper_add_limits (self, to, tq1);
}

/* OBR-12 and SPM-16: staff must see it with whatever the message tells, so it stands in each of its
 * records, wherever in the message it was said (SS-MIX2 spec 4.12). */
void
imp_mapper_share_risks (ImpMapper *self)
{
  ImpText seen[MAX_RISKS];
  guint n_seen = 0;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      guint32 code = imp_segment_code (segment);
      guint field = code == IMP_SEG ('O', 'B', 'R') ? 12 : code == IMP_SEG ('S', 'P', 'M') ? 16 : 0;
      ImpText risk = field > 0 ? imp_er7_field (self->er7, segment, field) : IMP_TEXT_EMPTY;
      gboolean is_new = risk.len > 0;

      for (guint n = 0; n < n_seen && is_new; n++)
        is_new = !imp_texts_equal (seen[n], risk);
      if (!is_new)
        continue;
      if (n_seen == MAX_RISKS)
        {
          self->n_cut++;
          return;
        }
      seen[n_seen++] = risk;
      imp_mapper_add_texts (self, self->preamble, DISC_FIELD_INFECTION_RISK, segment, field);
    }
}

/* OBR-26: item&name&system ^ sub-ID ^ words: which row of another request this one goes on from. */
static void
tell_parent_result (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obr)
{
  ImpText repetition = imp_mapper_first (self, obr, 26);
  ImpText item = imp_er7_component (self->er7, repetition, 1);
  guint n_components = MIN (imp_er7_n_components (self->er7, repetition), 50);
  ImpText name;

  if (repetition.len == 0)
    return;

  name = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, item, 2));
  if (name.len == 0)
    name = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, item, 1));
  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, name.text, (gssize) name.len);
  for (guint n = 2; n <= n_components; n++)
    {
      ImpText text = imp_mapper_component (self, repetition, n);

      if (text.len > 0)
        g_string_append_printf (self->scratch, "%s%.*s", self->scratch->len > 0 ? " " : "",
                                (int) text.len, text.text);
    }
  imp_mapper_labelled (self, to, "親の検査結果",
                       (ImpText){ self->scratch->str, self->scratch->len });
  imp_mapper_keep_beyond (self, to, obr, 26, repetition);
}

void
imp_mapper_add_request (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obr)
{
  static const ImpLabel labels[] = {
    { 9, "採取量", IMP_LABEL_QUANTITY }, { 10, "採取者", IMP_LABEL_PERSON },
    { 14, "検体受領", IMP_LABEL_DATE },  { 15, "検体", IMP_LABEL_WHOLE },
    { 24, "検査部門", IMP_LABEL_WHOLE }, { 28, "報告先", IMP_LABEL_PERSON },
    { 31, "検査理由", IMP_LABEL_TEXT },  { 36, "予定日時", IMP_LABEL_DATE },
  };

  tell_parent_result (self, to, obr);
  imp_mapper_add_labels (self, to, obr, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obr, READ_OBR);
}

/* ---- how far an order reaches ---------------------------------------------------------------- */

/* @day: (nullable): of the year 10000 or later */
static void
take_later (char *known, const char *day)
{
  if (day != NULL && strcmp (day, known) > 0)
    g_strlcpy (known, day, DISC_DATE_MAX);
}

static gboolean
get_date (ImpMapper *self, const ImpSegment *segment, guint field, char *iso)
{
  ImpText text = imp_mapper_code (self, segment, field, 1);

  return text.len > 0 && disc_date_from_hl7 (text.text, text.len, iso);
}

/* Whole days of TQ1-6; 0 where it says none. Weeks and months count generously: this only decides
 * what is kept on the disc. */
static gint64
days_of (ImpMapper *self, const ImpSegment *tq1)
{
  ImpText number = imp_mapper_code (self, tq1, 6, 1);
  ImpText unit = imp_mapper_code (self, tq1, 6, 2);
  char digits[16];
  gint64 days;

  if (number.len == 0 || number.len >= sizeof digits)
    return 0;
  memcpy (digits, number.text, number.len);
  digits[number.len] = '\0';
  days = (gint64) g_ascii_strtoll (digits, NULL, 10);
  if (days <= 0)
    return 0;

  if (unit.len > 0 && (unit.text[0] == 'w' || unit.text[0] == 'W'))
    days *= 7;
  else if (unit.len > 1 && g_ascii_strncasecmp (unit.text, "mo", 2) == 0)
    days *= 31;
  return MIN (days, MAX_REACH_DAYS);
}

gboolean
imp_mapper_has_interval (ImpMapper *self, const ImpSegment *segment, guint field,
                         gboolean subcomponents)
{
  ImpRepetitions repetitions;
  ImpText repetition;

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, segment, field));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText code = imp_er7_component (self->er7, repetition, 1);

      if (subcomponents)
        code = imp_er7_subcomponent (self->er7, code, 1);
      if (code.len > 0 && code.len != 16 && code.text[0] != 'V')
        return TRUE;
    }

  return FALSE;
}

void
imp_mapper_note_reach (ImpMapper *self, const ImpSegment *orc, const ImpSegment *tq1,
                       gboolean stretched)
{
  char *reaches_to = self->out->facts.reaches_to;
  char start[DISC_DATE_MAX] = "";
  char iso[DISC_DATE_MAX];
  g_autofree char *last = NULL;
  gint64 days;

  if (orc != NULL && get_date (self, orc, 9, start))
    take_later (reaches_to, start);
  if (tq1 == NULL)
    return;

  if (get_date (self, tq1, 8, iso))
    take_later (reaches_to, iso);
  if (get_date (self, tq1, 7, start))
    take_later (reaches_to, start);
  days = days_of (self, tq1);
  if (days == 0 || start[0] == '\0')
    return;

  /* Days of taking are not days of the calendar (SS-MIX2 spec 0.2, fact 7). */
  if (stretched || imp_mapper_has_interval (self, tq1, 3, TRUE))
    days = MIN (days * 7, MAX_REACH_DAYS);
  last = disc_date_from_day (disc_date_to_day (start) + days);
  take_later (reaches_to, last);
}

void
imp_mapper_note_clinical (ImpMapper *self, const ImpSegment *segment, guint field)
{
  char *clinical_at = self->out->facts.clinical_at;
  char iso[DISC_DATE_MAX];

  if (segment != NULL && get_date (self, segment, field, iso) &&
      (clinical_at[0] == '\0' || strcmp (iso, clinical_at) < 0))
    g_strlcpy (clinical_at, iso, DISC_DATE_MAX);
}
