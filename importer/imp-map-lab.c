/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

#define READ_SPM                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) | IMP_BIT (7) |             \
   IMP_BIT (8) | IMP_BIT (10) | IMP_BIT (12) | IMP_BIT (14) | IMP_BIT (15) | IMP_BIT (16) |        \
   IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (21) | IMP_BIT (22) | IMP_BIT (24))
#define READ_TQ1_OF_RESULT (IMP_BIT (1) | IMP_BIT (9))

/* Where the walk through a message stands. */
typedef struct
{
  ImpPanel panel;
  gboolean is_order;      /* OML-01: rows are what is asked for */
  gboolean is_physiology; /* OMG-13: texts are a report */
  gboolean orc_first;     /* ORC opens a panel; otherwise OBR does, and ORC follows it */
  gboolean is_open;       /* a panel was begun by ORC or OBR */
  gboolean has_head;      /* head and shared values stand for this panel */
  gboolean has_rows;
  gboolean spm_is_told; /* some panel says what the specimen is */
  gboolean report_has_spm;
  const ImpSegment *first_row; /* whose time a panel without any takes */
} Walk;

/* ---- values of a panel ----------------------------------------------------------------------- */

static void
share_specimen (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *spm)
{
  static const ImpLabel labels[] = {
    { 5, "検体の性状", IMP_LABEL_TEXT },   { 6, "添加物", IMP_LABEL_TEXT },
    { 7, "採取方法", IMP_LABEL_TEXT },     { 12, "採取量", IMP_LABEL_QUANTITY },
    { 14, "検体の説明", IMP_LABEL_WHOLE }, { 15, "取扱い", IMP_LABEL_TEXT },
    { 18, "検体受領", IMP_LABEL_DATE },    { 21, "検体不受理の理由", IMP_LABEL_TEXT },
    { 22, "検体の質", IMP_LABEL_TEXT },    { 24, "検体の状態", IMP_LABEL_TEXT },
  };
  ImpText known[IMP_MAX_PAIRED];
  guint n_known = 0;

  imp_mapper_add_texts (self, shared, DISC_FIELD_SPECIMEN, spm, 4);
  imp_mapper_add_pairs (self, shared, DISC_FIELD_SPECIMEN_NO, spm, 2, IMP_ALL_NUMBERS, known,
                        &n_known);
  imp_mapper_add_texts (self, shared, DISC_FIELD_SITE, spm, 8);
  imp_mapper_add_texts (self, shared, DISC_FIELD_SITE, spm, 10);
  imp_mapper_add_labels (self, shared, spm, labels, G_N_ELEMENTS (labels));
}

static void
label_date (ImpMapper *self, DiscRecordBuilder *to, const char *label, ImpText leaf)
{
  char iso[DISC_DATE_MAX];

  imp_mapper_labelled (self, to, label, imp_mapper_date (self, leaf, iso));
}

/* SPM-17: from, until. Of an order, when it is to be taken; of a result, the begin is the time of
 * the rows. */
static void
share_taking (ImpMapper *self, DiscRecordBuilder *shared, const ImpSegment *spm, gboolean is_order)
{
  ImpText repetition = imp_mapper_first (self, spm, 17);
  ImpText begin = imp_er7_component (self->er7, repetition, 1);
  ImpText end = imp_er7_component (self->er7, repetition, 2);

  if (is_order)
    label_date (self, shared, "採取日時", begin);
  label_date (self, shared, "採取終了日時", end);
  imp_mapper_keep_beyond (
      self, shared, spm, 17,
      end.len > 0 ? (ImpText){ repetition.text, (gsize) (end.text + end.len - repetition.text) }
                  : begin);
}

/* What each row of a panel says again. */
static void
share_panel (ImpMapper *self, Walk *walk)
{
  DiscRecordBuilder *shared = imp_mapper_shared (self);
  const ImpPanel *panel = &walk->panel;

  if (panel->spm != NULL)
    {
      share_specimen (self, shared, panel->spm);
      share_taking (self, shared, panel->spm, walk->is_order);
      walk->spm_is_told = TRUE;
    }
  if (panel->obr != NULL)
    imp_add (shared, DISC_FIELD_GROUP, imp_mapper_field_text (self, panel->obr, 4));
}

static const ImpSegment *
time_of (ImpMapper *self, const Walk *walk, guint *field)
{
  const ImpPanel *panel = &walk->panel;

  if (walk->is_order && panel->orc != NULL)
    {
      *field = 9;
      return panel->orc;
    }
  if (panel->spm != NULL && imp_mapper_has (self, panel->spm, 17))
    {
      *field = 17;
      return panel->spm;
    }
  if (panel->obr != NULL && imp_mapper_has (self, panel->obr, 7))
    {
      *field = 7;
      return panel->obr;
    }
  *field = 14;
  return walk->first_row;
}

/* What else the panel is called, and its code: rows only have its name, and a panel without rows
 * says all itself. */
static void
tell_group (ImpMapper *self, const Walk *walk)
{
  ImpText repetition = imp_mapper_first (self, walk->panel.obr, 4);
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  guint n;

  if (walk->first_row == NULL || walk->is_order)
    return;
  imp_mapper_split (self, repetition, &coded);
  n = imp_coded_other_texts (self, &coded, imp_coded_text (self, &coded), others);
  for (guint i = 0; i < n; i++)
    imp_mapper_labelled (self, imp_mapper_here (self), "検査項目群", others[i]);
  imp_mapper_keep_beyond (self, imp_mapper_here (self), walk->panel.obr, 4, repetition);
}

/* The same time, said less precisely. */
static gboolean
begins_with (ImpText time, ImpText start)
{
  return start.len == 0 ||
         (start.len <= time.len && memcmp (time.text, start.text, start.len) == 0);
}

/* OBR-7 and -8 where they are not the time of the rows. */
static void
tell_times (ImpMapper *self, const Walk *walk, const ImpSegment *at)
{
  static const ImpLabel labels[] = {
    { 7, "開始日時", IMP_LABEL_DATE },
    { 8, "終了日時", IMP_LABEL_DATE },
  };
  const ImpSegment *obr = walk->panel.obr;
  ImpText start = imp_mapper_get_whole (self, obr, 7);

  if (at != obr && !(walk->panel.spm != NULL &&
                     begins_with (imp_mapper_get_whole (self, walk->panel.spm, 17), start)))
    imp_mapper_add_labels (self, imp_mapper_here (self), obr, &labels[0], 1);
  if (!imp_texts_equal (start, imp_mapper_get_whole (self, obr, 8)))
    imp_mapper_add_labels (self, imp_mapper_here (self), obr, &labels[1], 1);
  tell_group (self, walk);
}

static void
need_head (ImpMapper *self, Walk *walk)
{
  const ImpSegment *at;
  guint field;
  DiscRecordBuilder *head;

  if (walk->has_head)
    return;

  walk->has_head = TRUE;
  at = time_of (self, walk, &field);
  head = imp_mapper_order_head (self, at, field, walk->panel.orc, walk->panel.obr);
  if (walk->panel.obr != NULL)
    imp_mapper_add_whole (self, head, DISC_FIELD_GROUP_STATUS, walk->panel.obr, 25);
  if (walk->is_physiology && walk->panel.obr != NULL)
    imp_add (head, DISC_FIELD_TITLE, imp_mapper_field_text (self, walk->panel.obr, 4));
  if (walk->panel.orc != NULL)
    imp_mapper_add_number (self, head, DISC_FIELD_RP, walk->panel.orc, 4);
  imp_mapper_add_parents (self, head, walk->panel.orc, walk->panel.obr);
  if (walk->panel.obr != NULL)
    tell_times (self, walk, at);
  imp_mapper_note_clinical (self, at, field);
  if (walk->is_order)
    imp_mapper_note_reach (self, walk->panel.orc, NULL, FALSE);
  share_panel (self, walk);
}

void
imp_panel_add_at (ImpMapper *self, const ImpPanel *panel, DiscRecordBuilder *item,
                  const ImpSegment *obx)
{
  if (obx != NULL && imp_mapper_has (self, obx, 14))
    imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, obx, 14, 1);
  else if (panel->spm != NULL && imp_mapper_has (self, panel->spm, 17))
    imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, panel->spm, 17, 1);
  else if (panel->obr != NULL)
    imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, panel->obr, 7, 1);
}

/* ---- items ----------------------------------------------------------------------------------- */

static ImpState
state_of_row (ImpMapper *self, const ImpPanel *panel, const ImpSegment *obx)
{
  return imp_state_of_order (self, panel->orc, imp_state_of_result (self, obx, panel->obr));
}

/* SS-MIX2 spec 6.3: what is measured at the bedside, by the beginning of its JLAC10 code. In the folders of
 * laboratory results it stays what its folder says. */
static gboolean
is_vital (ImpMapper *self, const ImpSegment *obx)
{
  static const char *const prefixes[] = { "9P1", "9P2", "9P3", "9A75", "9A76", "3H065" };
  ImpText code = imp_er7_component (self->er7, imp_mapper_first (self, obx, 3), 1);

  if (strncmp (self->name->type, "OML", 3) == 0)
    return FALSE;
  code = imp_text_trim (code);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (code.len >= strlen (prefixes[i]) &&
        memcmp (code.text, prefixes[i], strlen (prefixes[i])) == 0)
      return TRUE;
  return FALSE;
}

static void
add_result (ImpMapper *self, Walk *walk, const ImpSegment *obx)
{
  DiscKind kind = is_vital (self, obx) ? DISC_KIND_VITAL : DISC_KIND_LAB;
  DiscRecordBuilder *item = imp_mapper_item (self, kind, state_of_row (self, &walk->panel, obx));

  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, obx, 3);
  imp_mapper_add_result (self, item, obx);
  imp_panel_add_at (self, &walk->panel, item, obx);
  imp_mapper_add_shared (self, item);
}

static void
tell_specimen (ImpMapper *self, Walk *walk, DiscRecordBuilder *record)
{
  if (walk->panel.spm != NULL && !walk->report_has_spm)
    imp_mapper_add_shared (self, record);
  walk->report_has_spm = TRUE;
}

/* Findings in words are the text of a report, one record a panel. */
static void
add_report_text (ImpMapper *self, Walk *walk, const ImpSegment *obx)
{
  DiscRecordBuilder *record = imp_mapper_record (
      self, imp_mapper_report_kind (self), state_of_row (self, &walk->panel, obx), walk->panel.obr);

  tell_specimen (self, walk, record);
  imp_mapper_add_observation (self, record, DISC_FIELD_TEXT, obx, walk->panel.obr);
}

static gboolean
is_report_text (ImpMapper *self, const ImpSegment *obx)
{
  return imp_text_is_one_of (imp_mapper_get (self, obx, 2, 1), "TX FT") ||
         imp_text_is_one_of (
             imp_er7_subcomponent (
                 self->er7, imp_er7_component (self->er7, imp_mapper_first (self, obx, 3), 1), 2),
             "IMP");
}

/* Orders and panels that have no rows yet. */
static void
add_panel (ImpMapper *self, Walk *walk)
{
  const ImpPanel *panel = &walk->panel;
  gboolean says = panel->obr != NULL && imp_mapper_has (self, panel->obr, 25);
  ImpState none_yet =
      says ? imp_state_of_panel (self, panel->obr, self->base) : imp_state (DISC_STATUS_UNKNOWN);
  DiscRecordBuilder *item;

  need_head (self, walk);
  if (walk->is_order)
    item = imp_mapper_item (self, DISC_KIND_ORDER,
                            imp_state_of_request (self, panel->orc, panel->obr, NULL));
  else
    item = imp_mapper_item (self, DISC_KIND_LAB, imp_state_of_order (self, panel->orc, none_yet));
  if (panel->obr != NULL)
    imp_mapper_add_coded (self, item, DISC_FIELD_NAME, panel->obr, 4);
  if (panel->orc != NULL)
    imp_mapper_add_whole (self, item, DISC_FIELD_STATUS, panel->orc, 5);
  if (walk->is_order)
    disc_record_builder_add (item, DISC_FIELD_LEVEL, "parent", -1);
  if (!walk->is_order)
    imp_panel_add_at (self, panel, item, NULL);
  imp_mapper_add_shared (self, item);
}

static void
add_asked_for (ImpMapper *self, Walk *walk, const ImpSegment *obx)
{
  DiscRecordBuilder *item = imp_mapper_item (
      self, DISC_KIND_ORDER, imp_state_of_request (self, walk->panel.orc, walk->panel.obr, obx));

  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, obx, 3);
  disc_record_builder_add (item, DISC_FIELD_LEVEL, "child", -1);
  if (walk->panel.orc != NULL)
    imp_mapper_add_whole (self, item, DISC_FIELD_STATUS, walk->panel.orc, 5);
  imp_mapper_add_observed (self, item, obx);
  imp_mapper_keep_status (self, item, obx);
  imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, obx, 14, 1);
  /* The rest is said once, with the parent. */
  if (walk->panel.spm != NULL)
    imp_mapper_add_texts (self, item, DISC_FIELD_SPECIMEN, walk->panel.spm, 4);
  if (walk->panel.obr != NULL)
    imp_add (item, DISC_FIELD_GROUP, imp_mapper_field_text (self, walk->panel.obr, 4));
}

static gboolean
has_result (ImpMapper *self, const ImpSegment *obx)
{
  return imp_mapper_has (self, obx, 5) &&
         !imp_text_is_one_of (imp_mapper_get (self, obx, 11, 1), "O");
}

/* Beside words of the same panel it is part of their report. */
static void
add_file (ImpMapper *self, Walk *walk, const ImpSegment *obx)
{
  const ImpPanel *panel = &walk->panel;
  gboolean is_asked_for =
      walk->is_order && imp_text_is_one_of (imp_mapper_get (self, obx, 11, 1), "O");
  ImpState state = is_asked_for ? imp_state_of_request (self, panel->orc, panel->obr, obx)
                                : state_of_row (self, panel, obx);

  tell_specimen (self, walk, imp_mapper_file_record (self, obx, state, panel->obr));
}

static void
add_row (ImpMapper *self, Walk *walk, guint i)
{
  const ImpSegment *obx = imp_mapper_segment (self, i);

  if (obx->whole.len <= 4)
    return;
  if (walk->first_row == NULL)
    walk->first_row = obx;
  need_head (self, walk);
  if (walk->is_order && !walk->has_rows)
    add_panel (self, walk);
  if (!walk->has_rows)
    walk->panel.rows.first = i;
  walk->has_rows = TRUE;

  if (imp_mapper_is_file (self, obx))
    add_file (self, walk, obx);
  else if (walk->is_order && !has_result (self, obx))
    add_asked_for (self, walk, obx);
  else if (walk->is_physiology && is_report_text (self, obx))
    add_report_text (self, walk, obx);
  else if (imp_panel_is_microbiology (self, &walk->panel, obx))
    imp_panel_add_microbiology (self, &walk->panel, obx, state_of_row (self, &walk->panel, obx));
  else
    add_result (self, walk, obx);
}

/* ---- walking --------------------------------------------------------------------------------- */

static void
end_panel (ImpMapper *self, Walk *walk)
{
  if (walk->is_open && !walk->has_rows)
    add_panel (self, walk);
  walk->is_open = walk->has_head = walk->has_rows = walk->report_has_spm = FALSE;
  walk->first_row = NULL;
  walk->panel.orc = walk->panel.obr = NULL;
  g_clear_pointer (&walk->panel.pairs, g_hash_table_unref);
  imp_mapper_close (self);
}

/* A specimen of which no panel is. */
static void
keep_untold_specimen (ImpMapper *self, const Walk *walk)
{
  if (walk->panel.spm != NULL && !walk->spm_is_told)
    imp_mapper_keep_segment (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD,
                             walk->panel.spm);
}

static void
begin_specimen (ImpMapper *self, Walk *walk, const ImpSegment *spm)
{
  end_panel (self, walk);
  keep_untold_specimen (self, walk);
  walk->panel.spm = spm->whole.len > 4 ? spm : NULL;
  walk->spm_is_told = FALSE;
  imp_mapper_keep_unread (self, imp_mapper_here (self), DISC_FIELD_ITEM_NOT_UNDERSTOOD, spm,
                          READ_SPM);
}

/* ORC and OBR of one panel, in either order (SS-MIX2 spec 4.12). */
static void
begin_panel (ImpMapper *self, Walk *walk, const ImpSegment *segment, gboolean is_orc)
{
  const ImpSegment **own = is_orc ? &walk->panel.orc : &walk->panel.obr;
  gboolean joins = walk->is_open && is_orc != walk->orc_first && *own == NULL && !walk->has_rows;

  if (segment->whole.len <= 4)
    return;
  if (!joins)
    end_panel (self, walk);
  *own = segment;
  walk->is_open = TRUE;
  if (!is_orc)
    imp_mapper_add_request (self, imp_mapper_here (self), segment);
}

static void
add_timing (ImpMapper *self, const Walk *walk, const ImpSegment *tq1)
{
  DiscRecordBuilder *here = imp_mapper_here (self);

  if (walk->is_order)
    {
      imp_mapper_add_timing (self, here, tq1);
      imp_mapper_note_reach (self, walk->panel.orc, tq1, FALSE);
      return;
    }
  imp_mapper_add_texts (self, here, DISC_FIELD_PRIORITY, tq1, 9);
  imp_mapper_keep_unread (self, here, DISC_FIELD_ITEM_NOT_UNDERSTOOD, tq1, READ_TQ1_OF_RESULT);
}

static gboolean
orc_comes_first (ImpMapper *self)
{
  const ImpSegment *orc = imp_er7_find (self->er7, "ORC", 0);
  const ImpSegment *obr = imp_er7_find (self->er7, "OBR", 0);

  return orc != NULL && (obr == NULL || orc->number < obr->number);
}

/* The rows that belong together end where the next panel begins. */
static void
find_rows_end (ImpMapper *self, Walk *walk, guint i)
{
  guint end = i;

  if (walk->panel.rows.end > i)
    return;
  while (end < self->n_segments)
    {
      guint32 code = imp_segment_code (imp_mapper_segment (self, end));

      if (code == IMP_SEG ('S', 'P', 'M') || code == IMP_SEG ('O', 'B', 'R') ||
          (walk->orc_first && code == IMP_SEG ('O', 'R', 'C')))
        break;
      end++;
    }
  walk->panel.rows = (ImpRange){ i, end };
}

void
imp_map_lab (ImpMapper *self, gboolean is_order)
{
  guint from = imp_mapper_preamble (self, "SPM ORC OBR OBX");
  Walk walk = {
    .is_order = is_order,
    .is_physiology = strcmp (self->out->facts.message_type, "ORU") == 0 &&
                     strncmp (self->name->type, "OML", 3) != 0,
    .orc_first = orc_comes_first (self),
  };

  self->base = imp_state (is_order ? DISC_STATUS_ACTIVE : DISC_STATUS_COMPLETED);
  self->items_have_time = !is_order;
  imp_mapper_share_risks (self);
  for (guint i = from; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('S', 'P', 'M'):
          begin_specimen (self, &walk, segment);
          break;
        case IMP_SEG ('O', 'R', 'C'):
          begin_panel (self, &walk, segment, TRUE);
          break;
        case IMP_SEG ('O', 'B', 'R'):
          begin_panel (self, &walk, segment, FALSE);
          break;
        case IMP_SEG ('T', 'Q', '1'):
          add_timing (self, &walk, segment);
          break;
        case IMP_SEG ('O', 'B', 'X'):
          find_rows_end (self, &walk, i);
          add_row (self, &walk, i);
          break;
        default:
          imp_mapper_stray (self, segment);
          break;
        }
    }
  end_panel (self, &walk);
  keep_untold_specimen (self, &walk);
  g_clear_pointer (&walk.panel.organisms, g_hash_table_unref);
  imp_map_order_allergies (self, TRUE);
}
