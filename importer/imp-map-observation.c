/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

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
  VALUE_DATA, /* ED: bytes, not for reading */
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

static ValueKind
value_kind (ImpMapper *self, const ImpSegment *obx)
{
  ImpText type = imp_mapper_code (self, obx, 2, 1);

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
    case VALUE_TEXT:
    case VALUE_DATA:
    default:
      return imp_mapper_leaf (self, repetition);
    }
}

/* The code of a coded value, and its other text: blood groups come as "+^Rh+" and as "Rh+^+". */
static void
add_value_codes (ImpMapper *self, DiscRecordBuilder *to, ImpText repetition, ImpText shown)
{
  ImpText code = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 1));
  ImpText other = imp_mapper_leaf (self, imp_er7_component (self->er7, repetition, 5));

  if (!imp_texts_equal (code, shown))
    imp_add (to, DISC_FIELD_VALUE_CODE, code);
  if (!imp_texts_equal (other, shown))
    imp_add (to, DISC_FIELD_OTHER_NAME, other);
}

void
imp_mapper_add_values (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *obx)
{
  ValueKind kind = value_kind (self, obx);
  ImpRepetitions repetitions;
  ImpText repetition;
  char iso[DISC_DATE_MAX];

  if (kind == VALUE_DATA)
    {
      if (imp_mapper_has (self, obx, 5))
        imp_mapper_keep (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, 5, (ImpText){ "ED", 2 });
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

/* "name: value unit" of every value, with @details behind. */
static void
add_lines (ImpMapper *self, DiscRecordBuilder *to, DiscField as, const ImpSegment *obx,
           const char *details)
{
  ValueKind kind = value_kind (self, obx);
  ImpText name = imp_mapper_field_text (self, obx, 3);
  ImpText unit = imp_mapper_unit_text (self, obx, 6);
  ImpRepetitions repetitions;
  ImpText repetition;
  char iso[DISC_DATE_MAX];

  imp_repetitions_init (&repetitions, self, imp_er7_field (self->er7, obx, 5));
  while (kind != VALUE_DATA && imp_repetitions_next (&repetitions, &repetition))
    {
      ImpText text = value_text (self, repetition, kind, iso);
      g_autofree char *line = NULL;

      if (text.len == 0)
        continue;
      if (kind == VALUE_MATERIAL)
        imp_add (to, DISC_FIELD_MATERIAL, text);
      line = g_strdup_printf ("%.*s%s%.*s%s%.*s%s", (int) name.len, name.text,
                              name.len > 0 ? ": " : "", (int) text.len, text.text,
                              unit.len > 0 ? " " : "", (int) unit.len, unit.text, details);
      disc_record_builder_add (to, as, line, -1);
    }
  if (kind == VALUE_DATA)
    imp_mapper_add_values (self, to, as, obx);
}

void
imp_mapper_add_observation (ImpMapper *self, DiscRecordBuilder *to, DiscField as, DiscField rest_as,
                            const ImpSegment *obx)
{
  add_lines (self, to, as, obx, "");
  imp_mapper_keep_unread (self, to, rest_as, obx, READ_OBX);
}

/* What else is read of an OBX that becomes a remark: "（基準値 0.6-1.1、判定 H）". */
static char *
remark_details (ImpMapper *self, const ImpSegment *obx)
{
  static const struct
  {
    const char *codes;
    const char *words;
  } statuses[] = { { "P S R I", "未確定" }, { "C", "訂正" } };
  GString *details = g_string_new (NULL);
  ImpText range = imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 7));
  ImpText flags = imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 8));
  ImpText status = imp_mapper_code (self, obx, 11, 1);
  char iso[DISC_DATE_MAX];
  ImpText at = imp_mapper_date (self, imp_mapper_first_component (self, obx, 14, 1), iso);

  if (range.len > 0)
    g_string_append_printf (details, "、基準値 %.*s", (int) range.len, range.text);
  if (flags.len > 0)
    g_string_append_printf (details, "、判定 %.*s", (int) flags.len, flags.text);
  if (at.len > 0)
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

  return g_string_free (details, FALSE);
}

void
imp_mapper_remark (ImpMapper *self, const ImpSegment *obx)
{
  DiscRecordBuilder *here;
  ImpBucket *open = self->open;
  g_autofree char *details = NULL;

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
  details = remark_details (self, obx);
  add_lines (self, here, DISC_FIELD_COMMENT, obx, details);
  imp_mapper_keep_unread (self, here, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_REMARK);
}

void
imp_mapper_keep_value_rest (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_OBX);
}

void
imp_mapper_add_observed (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  static const ImpLabel labels[] = {
    { 15, "検査施設", IMP_LABEL_TEXT }, { 16, "検査者", IMP_LABEL_PERSON },
    { 17, "測定方法", IMP_LABEL_TEXT }, { 18, "機器", IMP_LABEL_TEXT },
    { 19, "分析日時", IMP_LABEL_DATE },
  };

  imp_mapper_add_values (self, to, DISC_FIELD_VALUE, obx);
  imp_mapper_add_unit (self, to, DISC_FIELD_UNIT, obx, 6);
  imp_add (to, DISC_FIELD_RANGE, imp_mapper_leaf (self, imp_er7_field (self->er7, obx, 7)));
  imp_mapper_add_texts (self, to, DISC_FIELD_FLAG, obx, 8);
  imp_mapper_add (self, to, DISC_FIELD_SUB_ID, obx, 4, 1);
  imp_mapper_add (self, to, DISC_FIELD_VALUE_TYPE, obx, 2, 1);
  imp_mapper_add_labels (self, to, obx, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, to, DISC_FIELD_ITEM_NOT_UNDERSTOOD, obx, READ_OBX);
}

void
imp_mapper_add_result (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *obx)
{
  imp_mapper_add (self, to, DISC_FIELD_STATUS, obx, 11, 1);
  imp_mapper_add_observed (self, to, obx);
}

void
imp_mapper_measurement (ImpMapper *self, const ImpSegment *obx)
{
  DiscRecordBuilder *item;

  if (!imp_mapper_has (self, obx, 3) && !imp_mapper_has (self, obx, 5))
    return;

  item = imp_mapper_item (self, DISC_KIND_OBSERVATION, imp_state_of_result (self, obx, NULL));
  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, imp_mapper_first (self, obx, 3));
  imp_mapper_add_result (self, item, obx);
  imp_mapper_add_date (self, item, DISC_FIELD_ITEM_AT, obx, 14, 1);
}
