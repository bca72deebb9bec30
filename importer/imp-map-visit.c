/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

/* What PV1, PV2 and EVN say where no field of a record is meant for it (SS-MIX2 spec 4.2). */

static void
tell (ImpMapper *self, DiscRecordBuilder *to, const ImpSegment *segment, const ImpLabel *labels,
      guint n_labels, guint64 told)
{
  for (guint i = 0; segment != NULL && i < n_labels; i++)
    if ((told & IMP_BIT (labels[i].field)) == 0)
      imp_mapper_add_labels (self, to, segment, &labels[i], 1);
}

void
imp_mapper_tell_visit (ImpMapper *self, DiscRecordBuilder *to, guint64 told)
{
  static const ImpLabel labels[] = {
    { 2, "入外区分", IMP_LABEL_TEXT },
    { 3, "場所", IMP_LABEL_PLACE },
    { 6, "前の場所", IMP_LABEL_PLACE },
    { 7, "主治医", IMP_LABEL_PERSON },
    { 10, "受診・入院中の診療科", IMP_LABEL_TEXT },
    { 17, "入院担当医", IMP_LABEL_PERSON },
    { 36, "退院先", IMP_LABEL_TEXT },
    { 44, "入院・来院日時", IMP_LABEL_DATE },
    { 45, "退院日時", IMP_LABEL_DATE },
  };

  tell (self, to, self->visit, labels, G_N_ELEMENTS (labels), told);
  imp_mapper_tell_plan (self, to, 0);
}

void
imp_mapper_tell_plan (ImpMapper *self, DiscRecordBuilder *to, guint64 told)
{
  static const ImpLabel labels[] = {
    { 1, "予定の場所", IMP_LABEL_PLACE },
    { 8, "予定日時", IMP_LABEL_DATE },
    { 9, "退院予定日時", IMP_LABEL_DATE },
    { 47, "帰院予定日時", IMP_LABEL_DATE },
  };

  tell (self, to, self->plan, labels, G_N_ELEMENTS (labels), told);
}

guint64
imp_mapper_same_event_times (ImpMapper *self, ImpText time)
{
  static const guint8 fields[] = { 2, 3, 6 };
  guint64 same = 0;

  for (guint i = 0; self->event != NULL && i < G_N_ELEMENTS (fields); i++)
    if (imp_texts_equal (imp_mapper_get_whole (self, self->event, fields[i]), time))
      same |= IMP_BIT (fields[i]);
  return same;
}

void
imp_mapper_tell_event (ImpMapper *self, DiscRecordBuilder *to, guint64 told)
{
  static const ImpLabel labels[] = {
    { 2, "記録日時", IMP_LABEL_DATE }, { 3, "予定日時", IMP_LABEL_DATE },
    { 4, "事由", IMP_LABEL_TEXT },     { 5, "入力者", IMP_LABEL_PERSON },
    { 6, "発生日時", IMP_LABEL_DATE },
  };

  tell (self, to, self->event, labels, G_N_ELEMENTS (labels), told);
}
