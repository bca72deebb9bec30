/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

#define READ_NK1                                                                                   \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6) | IMP_BIT (13))
#define READ_DB1 (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (5) | IMP_BIT (6))
#define READ_INSURANCE                                                                             \
  (IMP_BIT (1) | IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (4) | IMP_BIT (10) | IMP_BIT (11) |           \
   IMP_BIT (12) | IMP_BIT (13) | IMP_BIT (15) | IMP_BIT (17) | IMP_BIT (18) | IMP_BIT (19))

/* Height, weight, blood group, disability. */
#define MEASUREMENTS "身体情報"

/* When basic data were true: last update, else the event, else the sending.
 * Returns: bits of the fields of EVN that say the same */
static guint64
add_basics_at (ImpMapper *self, DiscRecordBuilder *head)
{
  static const struct
  {
    const char *segment;
    guint field;
  } places[] = { { "PID", 33 }, { "EVN", 6 }, { "EVN", 2 }, { "MSH", 7 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const ImpSegment *segment = imp_er7_find (self->er7, places[i].segment, 0);

      if (segment == NULL || !imp_mapper_has (self, segment, places[i].field))
        continue;
      imp_mapper_add_date (self, head, DISC_FIELD_AT, segment, places[i].field, 1);
      return imp_mapper_same_event_times (self,
                                          imp_mapper_get_whole (self, segment, places[i].field));
    }
  return 0;
}

/* ---- blood group ----------------------------------------------------------------------------- */

/* SS-MIX2 spec 4.3: by the first five characters; the rest of the code is often wrong. */
static gboolean
is_blood_group (ImpMapper *self, const ImpSegment *obx)
{
  static const guint8 codes[] = { 1, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      ImpText code = imp_mapper_code (self, obx, 3, codes[i]);

      if (code.len >= 5 &&
          (memcmp (code.text, "5H010", 5) == 0 || memcmp (code.text, "5H020", 5) == 0))
        return TRUE;
    }

  return FALSE;
}

/* Code and text change places ("+^Rh+", "Rh+^+"): the one that says all of the other, else both. */
static void
append_blood_group (ImpMapper *self, GString *to, const ImpSegment *obx)
{
  ImpText code = imp_mapper_get (self, obx, 5, 1);
  ImpText text = imp_mapper_get (self, obx, 5, 2);

  if (imp_text_contains (code, text))
    text = IMP_TEXT_EMPTY;
  else if (imp_text_contains (text, code))
    code = IMP_TEXT_EMPTY;
  if (code.len > 0)
    g_string_append_printf (to, "%s%.*s", to->len > 0 ? " " : "", (int) code.len, code.text);
  if (text.len > 0)
    g_string_append_printf (to, "%s%.*s", to->len > 0 ? " " : "", (int) text.len, text.text);
}

/* ---- who it is ------------------------------------------------------------------------------- */

/* ABO and Rh in one line, as they are printed; the observations have each by itself. */
static void
add_blood_groups (ImpMapper *self, DiscRecordBuilder *to)
{
  g_autoptr (GString) groups = NULL;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      if (imp_segment_code (segment) != IMP_SEG ('O', 'B', 'X') ||
          !is_blood_group (self, segment) || !imp_state_of_result (self, segment, NULL).live)
        continue;
      if (groups == NULL)
        groups = g_string_new (NULL);
      append_blood_group (self, groups, segment);
    }
  if (groups != NULL)
    disc_record_builder_add (to, DISC_FIELD_BLOOD_TYPE, groups->str, (gssize) groups->len);
}

static void
add_demographics (ImpMapper *self, guint64 event_told)
{
  const ImpSegment *pid = self->pid;
  const ImpSegment *visit = self->visit;
  DiscRecordBuilder *to = imp_mapper_record (self, DISC_KIND_DEMOGRAPHICS, self->base, NULL);

  if (pid != NULL)
    {
      imp_mapper_add_code (self, to, DISC_FIELD_PATIENT_ID, pid, 3);
      imp_mapper_add_patient_names (self, to, pid, 5);
      if (self->out->facts.birth_date[0] != '\0')
        disc_record_builder_add (to, DISC_FIELD_BIRTH_DATE, self->out->facts.birth_date, -1);
      if (self->out->facts.sex[0] != '\0')
        disc_record_builder_add (to, DISC_FIELD_SEX, self->out->facts.sex, -1);
      imp_mapper_add_addresses (self, to, pid, 11);
      imp_mapper_add_phones (self, to, pid, 13);
      imp_mapper_add_phones (self, to, pid, 14);
      imp_mapper_add_date (self, to, DISC_FIELD_UPDATED_AT, pid, 33, 1);
    }
  if (visit != NULL)
    {
      imp_mapper_add_texts (self, to, DISC_FIELD_PATIENT_CLASS, visit, 2);
      imp_mapper_add_place (self, to, DISC_FIELD_PLACE, visit, 3);
      imp_mapper_add_persons (self, to, DISC_FIELD_DOCTOR, visit, 7);
      imp_mapper_add_texts (self, to, DISC_FIELD_DEPARTMENT, visit, 10);
    }
  imp_mapper_tell_visit (self, to, IMP_BIT (2) | IMP_BIT (3) | IMP_BIT (7) | IMP_BIT (10));
  imp_mapper_tell_event (self, to, event_told);
  add_blood_groups (self, to);
}

/* ---- what hangs on every ADT ----------------------------------------------------------------- */

static void
add_contact (ImpMapper *self, const ImpSegment *nk1)
{
  static const ImpLabel labels[] = { { 13, "勤務先", IMP_LABEL_NUMBER } };
  DiscRecordBuilder *item;

  if (nk1->whole.len <= 4)
    return;

  self->title = "連絡先";
  item = imp_mapper_item (self, DISC_KIND_CONTACT, self->base);
  imp_mapper_add_patient_names (self, item, nk1, 2);
  imp_mapper_add_texts (self, item, DISC_FIELD_RELATION, nk1, 3);
  imp_mapper_add_addresses (self, item, nk1, 4);
  imp_mapper_add_phones (self, item, nk1, 5);
  imp_mapper_add_phones (self, item, nk1, 6);
  imp_mapper_add_labels (self, item, nk1, labels, G_N_ELEMENTS (labels));
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, nk1, READ_NK1);
}

static void
add_disability (ImpMapper *self, const ImpSegment *db1)
{
  static const ImpLabel labels[] = { { 2, "対象", IMP_LABEL_TEXT } };
  DiscRecordBuilder *item;

  if (db1->whole.len <= 4)
    return;

  self->title = MEASUREMENTS;
  item = imp_mapper_item (self, DISC_KIND_OBSERVATION,
                          imp_state_stricter (imp_state (DISC_STATUS_COMPLETED), self->base));
  disc_record_builder_add (item, DISC_FIELD_NAME, "身体障害", -1);
  /* DB1-2: PT is the patient; anybody else is said so. */
  if (!imp_text_is_one_of (imp_mapper_get_whole (self, db1, 2), "PT"))
    imp_mapper_add_labels (self, item, db1, labels, G_N_ELEMENTS (labels));
  imp_mapper_add_texts (self, item, DISC_FIELD_VALUE, db1, 4);
  imp_mapper_add_number (self, item, DISC_FIELD_CODE, db1, 3);
  imp_mapper_add_date (self, item, DISC_FIELD_START, db1, 5, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_END, db1, 6, 1);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, db1, READ_DB1);
}

void
imp_mapper_coverage (ImpMapper *self, const ImpSegment *insurance, ImpState state)
{
  /* 18 and 19 are the insured person's: never the patient's birth date or address. */
  static const ImpLabel labels[] = {
    { 4, "保険者", IMP_LABEL_NUMBER },
    { 10, "記号", IMP_LABEL_WHOLE },
    { 11, "番号", IMP_LABEL_WHOLE },
    { 15, "保険種別", IMP_LABEL_TEXT },
    { 18, "被保険者生年月日", IMP_LABEL_DATE },
  };
  DiscRecordBuilder *item;

  if (insurance->whole.len <= 4)
    return;

  self->title = "保険情報";
  item = imp_mapper_item (self, DISC_KIND_COVERAGE, state);
  imp_mapper_add_coded (self, item, DISC_FIELD_NAME, insurance, 2);
  imp_mapper_add_number (self, item, DISC_FIELD_VALUE, insurance, 3);
  imp_mapper_add_date (self, item, DISC_FIELD_START, insurance, 12, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_END, insurance, 13, 1);
  imp_mapper_add_texts (self, item, DISC_FIELD_RELATION, insurance, 17);
  imp_mapper_add_labels (self, item, insurance, labels, G_N_ELEMENTS (labels));
  imp_mapper_label_addresses (self, item, "被保険者住所", "被保険者郵便番号", insurance, 19);
  imp_mapper_keep_unread (self, item, DISC_FIELD_ITEM_NOT_UNDERSTOOD, insurance, READ_INSURANCE);
}

static gboolean
is_attachment (const ImpSegment *segment)
{
  switch (imp_segment_code (segment))
    {
    case IMP_SEG ('N', 'K', '1'):
    case IMP_SEG ('O', 'B', 'X'):
    case IMP_SEG ('D', 'B', '1'):
    case IMP_SEG ('I', 'N', '1'):
    case IMP_SEG ('A', 'L', '1'):
    case IMP_SEG ('I', 'A', 'M'):
    case IMP_SEG ('D', 'G', '1'):
      return TRUE;
    default:
      return FALSE;
    }
}

void
imp_map_adt_common (ImpMapper *self)
{
  gboolean is_behind = FALSE;

  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      gboolean is_note = imp_segment_code (segment) == IMP_SEG ('N', 'T', 'E');

      /* A note is of what it stands directly behind. */
      if (!is_note)
        is_behind = is_attachment (segment);
      if (is_behind)
        continue;
      if (!imp_mapper_common (self, segment))
        imp_mapper_keep_segment (self, self->preamble, DISC_FIELD_NOT_UNDERSTOOD, segment);
    }
}

void
imp_map_adt_attachments (ImpMapper *self)
{
  gboolean is_own = FALSE; /* of what a note stands behind: imp_map_adt_common() has the others */

  imp_mapper_close (self);
  /* What the message as a whole says stands in its first record. */
  disc_record_builder_clear (self->preamble);
  for (guint i = 0; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);

      switch (imp_segment_code (segment))
        {
        case IMP_SEG ('N', 'K', '1'):
          add_contact (self, segment);
          break;
        case IMP_SEG ('O', 'B', 'X'):
          self->title = MEASUREMENTS;
          imp_mapper_measurement (self, segment);
          break;
        case IMP_SEG ('D', 'B', '1'):
          add_disability (self, segment);
          break;
        case IMP_SEG ('I', 'N', '1'):
          imp_mapper_coverage (self, segment, self->base);
          break;
        case IMP_SEG ('N', 'T', 'E'):
          if (is_own)
            imp_mapper_note (self, segment);
          continue;
        default:
          imp_mapper_close (self);
          is_own = FALSE;
          continue;
        }
      is_own = TRUE;
    }
  imp_mapper_close (self);
}

void
imp_map_basics (ImpMapper *self)
{
  imp_map_adt_common (self);
  add_demographics (self, add_basics_at (self, imp_mapper_head (self)));
  imp_map_adt_attachments (self);
  imp_map_adt_allergies (self, FALSE);
  imp_map_old_problems (self);
}
