/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-er7-private.h"

#define READ_OBX                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) |             \
   IMP_BIT (7) | IMP_BIT (8) | IMP_BIT (11) | IMP_BIT (14) | IMP_BIT (15) | IMP_BIT (16) |         \
   IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (19))

/* 15 to 19: who measured it where and how. */
#define READ_REMARK                                                                                \
  (READ_OBX & ~(IMP_BIT (15) | IMP_BIT (16) | IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (19)))

/* OBX-2: how to read OBX-5 (SS-MIX2 spec 4.2). What is not listed is text as it stands. */
typedef enum
{
  VALUE_TEXT,
  VALUE_CODED,
  VALUE_STRUCTURED, /* SN: comparator^number^separator^number */
  VALUE_DATE,
  VALUE_PERSON,
  VALUE_MATERIAL,
  VALUE_POINTER,
  VALUE_DATA, /* ED: a file, see imp-map-data.c */
} ValueKind;

static const struct
{
  const char *types;
  ValueKind kind;
} value_kinds[] = {
  { "NM ST TX FT", VALUE_TEXT }, { "CWE CE CF CNE", VALUE_CODED },
  { "SN", VALUE_STRUCTURED },    { "TS DT", VALUE_DATE },
  { "XCN CN", VALUE_PERSON },    { "ZRD", VALUE_MATERIAL },
  { "RP CQ CX", VALUE_POINTER }, { "ED", VALUE_DATA },
};

/* OBX-2 and -11 of what is not an item of its own: nowhere else would it be seen that they say
 * something unknown. */
#define KNOWN_TYPES "NM ST TX FT CWE CE CF CNE SN TS DT XCN CN ZRD RP CQ CX ED TM"
#define KNOWN_STATUSES "F U C P S R I O D W X N"

static ValueKind
value_kind (ImpMapper *self, const ImpSegment *obx)
{
  ImpText type = imp_mapper_code (self, obx, 2, 1);

  if (self->out->files->len > 0 && imp_mapper_is_file (self, obx))
    return VALUE_DATA;
  for (guint i = 0; type.len > 0 && i < G_N_ELEMENTS (value_kinds); i++)
    if (imp_text_is_one_of (type, value_kinds[i].types))
      return value_kinds[i].kind;

  return VALUE_TEXT;
}

/* All components with blanks between: "> 100", an address of a file. */
static ImpText
joined (ImpMapper *self, ImpText repetition)
{
  guint n_components = MIN (imp_er7_n_components (self->er7, repetition), 50);

  g_string_truncate (self->scratch, 0);
  for (guint n = 1; n <= n_components; n++)
    {
      ImpText text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));

      if (text.len == 0)
        continue;
      if (self->scratch->len > 0)
        g_string_append_c (self->scratch, ' ');
      g_string_append_len (self->scratch, text.text, (gssize) text.len);
    }

  return (ImpText){ self->scratch->str, self->scratch->len };
}

/* ZRD: 1 code, 2 text, 3 system, 4 quantity, 5 unit (code&text&system). */
static ImpText
material_text (ImpMapper *self, ImpText repetition)
{
  ImpText name = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 2));
  ImpText amount = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 4));
  ImpText unit = imp_er7_component (self->er7, repetition, 5);
  ImpText unit_text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 2));
  guint n_components = MIN (imp_er7_n_components (self->er7, repetition), 50);

  if (name.len == 0)
    name = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 1));
  if (unit_text.len == 0)
    unit_text = imp_mapper_leaf (self, imp_er7_subcomponent (self->er7, unit, 1));

  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, name.text, (gssize) name.len);
  if (amount.len > 0)
    g_string_append_printf (self->scratch, " %.*s", (int) amount.len, amount.text);
  if (unit_text.len > 0)
    g_string_append_printf (self->scratch, " %.*s", (int) unit_text.len, unit_text.text);
  /* How a film is divided. */
  for (guint n = 6; n <= n_components; n++)
    {
      ImpText text = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, n));

      if (text.len > 0)
        g_string_append_printf (self->scratch, " %.*s", (int) text.len, text.text);
    }
  return (ImpText){ self->scratch->str, self->scratch->len };
}

void
imp_mapper_add_material (ImpMapper *self, DiscRecordBuilder *to, DiscField as, ImpText repetition)
{
  imp_add (to, as, material_text (self, repetition));
}

static ImpText
value_text (ImpMapper *self, ImpText repetition, ValueKind kind, char *iso)
{
  ImpText text;

  switch (kind)
    {
    case VALUE_CODED:
      return imp_mapper_coded_text (self, repetition);
    case VALUE_STRUCTURED:
    case VALUE_POINTER:
      return joined (self, repetition);
    case VALUE_DATE:
      return imp_mapper_date (self, repetition, iso);
    case VALUE_PERSON:
      text = imp_mapper_person (self, repetition, 2);
      return text.len > 0 ? text : imp_mapper_coded_text (self, repetition);
    case VALUE_MATERIAL:
      return material_text (self, repetition);
    case VALUE_DATA:
      return imp_mapper_file_text (self, repetition);
    case VALUE_TEXT:
    default:
      return imp_mapper_leaf (self, repetition);
    }
}

/* The code of a coded value, and its other texts: blood groups come as "+^Rh+" and as "Rh+^+". */
static void
add_value_codes (ImpMapper *self, DiscRecordBuilder *to, ImpText repetition, ImpText shown)
{
  ImpText code = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 1));
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  guint n;

  if (!imp_texts_equal (code, shown))
    imp_add (to, DISC_FIELD_VALUE_CODE, code);
  imp_mapper_split (self, repetition, &coded);
  n = imp_coded_other_texts (self, &coded, shown, others);
  for (guint i = 0; i < n; i++)
    imp_add (to, DISC_FIELD_OTHER_NAME, others[i]);
}

/* "200~" is 200 or more (SS-MIX2 spec 4.12), not a number and an empty repetition. */
static gboolean
ends_with_tilde (ImpMapper *self, ImpText field, ValueKind kind)
{
  return kind == VALUE_TEXT && field.len > 1 &&
         field.text[field.len - 1] == self->er7->repetition_separator;
}

void
imp_mapper_add_values (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *obx)
{
  ValueKind kind = value_kind (self, obx);
  ImpRepetitions repetitions;
  ImpText repetition;
  char iso[DISC_DATE_MAX];

  if (ends_with_tilde (self, imp_er7_field (self->er7, obx, 5), kind))
    {
      imp_mapper_add_whole (self, to, as, obx, 5);
      return;
    }
  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, obx, 5));
  while (imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText text = value_text (self, repetition, kind, iso);

      imp_add (to, as, text);
      if (kind == VALUE_CODED)
        add_value_codes (self, to, repetition, text);
    }
}

/* Where, by whom, how and when it was measured. */
static void
add_how (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  static const ImpLabel labels[] = {
    { 15, "検査施設", IMP_LABEL_TEXT }, { 16, "検査者", IMP_LABEL_PERSON },
    { 17, "測定方法", IMP_LABEL_TEXT }, { 18, "機器", IMP_LABEL_NUMBER },
    { 19, "分析日時", IMP_LABEL_DATE },
  };

  imp_mapper_add_labels (self, to, obx, labels, G_N_ELEMENTS (labels));
}

/* What else a coded value is called, a line each. */
static void
add_value_texts (ImpMapper *self, DiscRecordBuilder *to, DiscField as, ImpText repetition,
                 const char *name, ImpText shown)
{
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  guint n;

  imp_mapper_split (self, repetition, &coded);
  n = imp_coded_other_texts (self, &coded, shown, others);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s%s%.*s", name, *name != '\0' ? ": " : "",
                                               (int) others[i].len, others[i].text);

      disc_record_builder_add (to, as, line, -1);
    }
}

/* ---- a line of text -------------------------------------------------------------------------- */

/* What else a row is called, in brackets behind its name. */
static char *
line_name (ImpMapper *self, const ImpSegment *obx)
{
  ImpText others[IMP_MAX_OTHER_TEXTS];
  ImpCoded coded;
  ImpText name;
  GString *line;
  guint n;

  imp_mapper_split (self, imp_mapper_first (self, obx, 3), &coded);
  name = imp_coded_text (self, &coded);
  line = g_string_new_len (name.text, (gssize) name.len);
  n = imp_coded_other_texts (self, &coded, name, others);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (line, "（%.*s）", (int) others[i].len, others[i].text);
  return g_string_free (line, FALSE);
}

/* "name: value unit" of every value, with @details behind. */
static void
add_lines (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *obx,
           const char *details)
{
  ValueKind kind = value_kind (self, obx);
  ImpText field = imp_er7_field (self->er7, obx, 5);
  gboolean whole = ends_with_tilde (self, field, kind);
  g_autofree char *name = line_name (self, obx);
  ImpText unit = imp_mapper_unit_text (self, obx, 6);
  gboolean said = FALSE;
  ImpRepetitions repetitions;
  ImpText repetition;
  char iso[DISC_DATE_MAX];

  imp_repetitions_init (&repetitions, self, field);
  while ((!whole || !said) && imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText text = value_text (self, whole ? field : repetition, kind, iso);
      g_autofree char *line = NULL;

      if (text.len == 0)
        continue;
      if (kind == VALUE_MATERIAL)
        imp_add (to, DISC_FIELD_MATERIAL, text);
      line =
          g_strdup_printf ("%s%s%.*s%s%.*s%s", name, *name != '\0' ? ": " : "", (int) text.len,
                           text.text, unit.len > 0 ? " " : "", (int) unit.len, unit.text, details);
      disc_record_builder_add (to, as, line, -1);
      if (kind == VALUE_CODED)
        add_value_texts (self, to, as, repetition, name, text);
      said = TRUE;
    }
  /* A row without a value is a heading, or says what was not found out. */
  if (!said && (*name != '\0' || unit.len > 0))
    {
      g_autofree char *line = g_strdup_printf ("%s%s%.*s%s", name, unit.len > 0 ? ": " : "",
                                               (int) unit.len, unit.text, details);

      disc_record_builder_add (to, as, line, -1);
    }
  imp_mapper_keep_unit_rest (self, to, obx, 6);
  imp_mapper_keep_beyond (self, to, obx, 3, imp_mapper_first (self, obx, 3));
}

/* OBX-4 of lines that stand in their order anyway: a number says nothing more. */
static gboolean
counts_rows (ImpText sub_id)
{
  for (gsize i = 0; i < sub_id.len; i++)
    if (!g_ascii_isdigit (sub_id.text[i]) && sub_id.text[i] != '.')
      return FALSE;

  return TRUE;
}

/* What else is read of an OBX that becomes a line: "（基準値 0.6-1.1、判定 H）".
 * @panel: (nullable): OBR, whose time is said already */
static char *
line_details (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx,
              const ImpSegment *panel)
{
  static const struct
  {
    const char *codes;
    const char *words;
  } statuses[] = { { "P S R I", "未確定" }, { "C", "訂正" } };
  GString *details = g_string_new (NULL);
  ImpText sub_id = imp_mapper_get_whole (self, obx, 4);
  ImpText range = imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 7));
  ImpText flags = imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 8));
  ImpText status = imp_mapper_code (self, obx, 11, 1);
  ImpText time = imp_mapper_first_component (self, obx, 14, 1);
  char iso[DISC_DATE_MAX];
  ImpText at = imp_mapper_date (self, time, iso);

  if (!counts_rows (sub_id))
    g_string_append_printf (details, "、番号 %.*s", (int) sub_id.len, sub_id.text);
  if (range.len > 0)
    g_string_append_printf (details, "、基準値 %.*s", (int) range.len, range.text);
  if (flags.len > 0)
    g_string_append_printf (details, "、判定 %.*s", (int) flags.len, flags.text);
  if (at.len > 0 &&
      (panel == NULL || !imp_texts_equal (time, imp_mapper_first_component (self, panel, 7, 1))))
    g_string_append_printf (details, "、時点 %.*s", (int) at.len, at.text);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (imp_text_is_one_of (status, statuses[i].codes))
      g_string_append_printf (details, "、%s", statuses[i].words);
  if (details->len > 0)
    {
      g_string_erase (details, 0, (gssize) strlen ("、"));
      g_string_prepend (details, "（");
      g_string_append (details, "）");
    }
  imp_mapper_keep_beyond (self, to, obx, 14, time);
  imp_mapper_keep_code (self, to, obx, 2, KNOWN_TYPES);
  imp_mapper_keep_status (self, to, obx);

  return g_string_free (details, FALSE);
}

void
imp_mapper_add_observation (ImpMapper *self, DiscRecordBuilder *to, DiscField as,
                            const ImpSegment *obx, const ImpSegment *panel)
{
  g_autofree char *details = line_details (self, to, obx, panel);

  add_lines (self, to, as, obx, details);
  add_how (self, to, obx);
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_OBX);
}

void
imp_mapper_remark (ImpMapper *self, const ImpSegment *obx)
{
  DiscRecordBuilder *here;
  ImpBucket *open = self->open;
  g_autofree char *details = NULL;

  if (imp_mapper_is_file (self, obx))
    {
      imp_mapper_file_beside (self, obx, imp_state_of_result (self, obx, NULL));
      return;
    }
  /* What was withdrawn is not read with the order (SS-MIX2 spec 2.6). */
  if (imp_text_is_one_of (imp_mapper_get (self, obx, 11, 1), "D W X N"))
    {
      DiscRecordBuilder *pending = self->pending;

      self->pending = disc_record_builder_new ();
      imp_mapper_measurement (self, obx);
      disc_record_builder_free (self->pending);
      self->pending = pending;
      self->open = open;
      return;
    }

  here = imp_mapper_here (self);
  details = line_details (self, here, obx, NULL);
  add_lines (self, here, DISC_FIELD_COMMENT, obx, details);
  imp_mapper_keep_unread (self, here, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_REMARK);
}

void
imp_mapper_keep_status (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  imp_mapper_keep_code (self, to, obx, 11, KNOWN_STATUSES);
}

void
imp_mapper_tell_row (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx,
                     const ImpSegment *value, gboolean flag_is_result)
{
  static const ImpLabel labels[] = {
    { 6, "対になる項目の単位", IMP_LABEL_WHOLE },
    { 7, "対になる項目の基準値", IMP_LABEL_WHOLE },
  };
  static const ImpLabel flag = { 8, "対になる項目の判定", IMP_LABEL_TEXT };
  static const ImpLabel time = { 14, "対になる項目の日時", IMP_LABEL_DATE };

  imp_mapper_add_texts (self, to, DISC_FIELD_OTHER_NAME, obx, 3);
  imp_mapper_add_labels (self, to, obx, labels, G_N_ELEMENTS (labels));
  /* Where only one of the two says it, it is the result. */
  if (imp_mapper_has (self, value, 8) || !flag_is_result)
    imp_mapper_add_labels (self, to, obx, &flag, 1);
  add_how (self, to, obx);
  imp_mapper_keep_code (self, to, obx, 2, KNOWN_TYPES);
  imp_mapper_keep_status (self, to, obx);
  if (!imp_texts_equal (imp_mapper_get_whole (self, obx, 14),
                        imp_mapper_get_whole (self, value, 14)))
    imp_mapper_add_labels (self, to, obx, &time, 1);
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_OBX);
}

void
imp_mapper_add_observed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  imp_mapper_add_values (self, to, DISC_FIELD_VALUE, obx);
  imp_mapper_add_unit (self, to, DISC_FIELD_UNIT, obx, 6);
  imp_add (to, DISC_FIELD_RANGE, imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 7)));
  imp_mapper_add_texts (self, to, DISC_FIELD_FLAG, obx, 8);
  imp_mapper_add_whole (self, to, DISC_FIELD_SUB_ID, obx, 4);
  imp_mapper_add_whole (self, to, DISC_FIELD_VALUE_TYPE, obx, 2);
  add_how (self, to, obx);
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_OBX);
}

void
imp_mapper_add_result (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  imp_mapper_add_whole (self, to, DISC_FIELD_STATUS, obx, 11);
  imp_mapper_add_observed (self, to, obx);
}

void
imp_mapper_measurement (ImpMapper *self, const ImpSegment *obx)
{
  DiscRecordBuilder *item;

  if (imp_mapper_is_file (self, obx))
    {
      imp_mapper_file_record (self, obx, imp_state_of_result (self, obx, NULL), NULL);
      return;
    }
  if (!imp_mapper_has (self, obx, 3) && !imp_mapper_has (self, obx, 5))
    return;

  item = imp_mapper_item (self, DISC_KIND_OBSERVATION, imp_state_of_result (self, obx, NULL));
  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, obx, 3);
  imp_mapper_add_result (self, item, obx);
  imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, obx, 14, 1);
}
