/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-parts.h"

#include <string.h>

#include "imp-er7-private.h"

/* Cut at a character where it does not fit. */
static void
copy_text (char *out, gsize size, ImpText text)
{
  gsize len = imp_text_cut (text, size - 1);

  if (len > 0)
    memcpy (out, text.text, len);
  out[len] = '\0';
}

/* Basic data have each name as a value of its own. */
static gboolean
is_basics (ImpMapper *self)
{
  const ImpFacts *facts = &self->out->facts;

  return strcmp (facts->message_type, "ADT") == 0 && strcmp (facts->event, "A08") == 0;
}

/* What the names are told by: the field, and how it is parted. */
static void
append_names_key (ImpMapper *self, GString *key)
{
  const ImpEr7 *er7 = self->er7;
  const char separators[] = { er7->component_separator, er7->repetition_separator,
                              er7->subcomponent_separator };
  ImpText field = imp_er7_field (er7, self->pid, 5);

  g_string_append_len (key, separators, sizeof separators);
  g_string_append_len (key, field.text, (gssize) field.len);
}

static gboolean
are_names_as_before (ImpMapper *self)
{
  g_string_truncate (self->scratch, 0);
  append_names_key (self, self->scratch);
  return g_string_equal (self->scratch, self->names_key);
}

/* Messages of one patient mostly stand together, and say the name alike. Remembered is only what
 * left nothing to be said of it. */
static void
read_names (ImpMapper *self)
{
  ImpFacts *facts = &self->out->facts;
  guint n_told = self->n_kept + self->n_cut;

  if (self->er7->has_plain_leaves && are_names_as_before (self))
    {
      g_strlcpy (facts->name, self->last_name, sizeof facts->name);
      g_strlcpy (facts->kana, self->last_kana, sizeof facts->kana);
      return;
    }
  copy_text (facts->name, sizeof facts->name, imp_mapper_patient_name (self, self->pid, 5, 'I'));
  if (facts->name[0] == '\0')
    copy_text (facts->name, sizeof facts->name, imp_mapper_patient_name (self, self->pid, 5, 'A'));
  copy_text (facts->kana, sizeof facts->kana, imp_mapper_patient_name (self, self->pid, 5, 'P'));
  g_string_truncate (self->names_key, 0);
  if (is_basics (self))
    return;
  /* A name that is longer than the facts hold, and one of a kind that they have already. */
  imp_mapper_keep_further_names (self, self->preamble, self->pid, 5);
  if (!self->er7->has_plain_leaves || self->n_kept + self->n_cut != n_told)
    return;
  append_names_key (self, self->names_key);
  g_strlcpy (self->last_name, facts->name, sizeof self->last_name);
  g_strlcpy (self->last_kana, facts->kana, sizeof self->last_kana);
}

/* PID-7 and -8 are checked: shifted fields put other things there (SS-MIX2 spec 8.5). */
static void
read_patient (ImpMapper *self)
{
  ImpFacts *facts = &self->out->facts;
  ImpText birth = imp_mapper_code (self, self->pid, 7, 1);
  ImpText sex = imp_mapper_code (self, self->pid, 8, 1);

  copy_text (facts->patient_id, sizeof facts->patient_id, imp_mapper_code (self, self->pid, 3, 1));
  if (birth.len > 0 && disc_date_from_hl7 (birth.text, birth.len, facts->birth_date))
    imp_mapper_keep_beyond (self, self->preamble, self->pid, 7,
                            imp_mapper_first_component (self, self->pid, 7, 1));
  else
    imp_mapper_keep_field (self, self->preamble, self->pid, 7);
  if (imp_text_is_one_of (sex, "F M O U A N"))
    copy_text (facts->sex, sizeof facts->sex, sex);
  imp_mapper_keep_code (self, self->preamble, self->pid, 8, "F M O U A N");
  imp_mapper_keep_beyond (self, self->preamble, self->pid, 3,
                          imp_mapper_first (self, self->pid, 3));
  read_names (self);
}

/* Whose message it is by its first PID, or by its path where that has no id. */
static const char *
first_id (ImpMapper *self)
{
  if (self->out->facts.patient_id[0] != '\0')
    return self->out->facts.patient_id;
  return self->name->patient[0] != '\0' ? self->name->patient : self->name->folder_patient;
}

/* Half an id would be another patient's: one that does not fit is left out. */
static void
add_other_id (ImpFacts *facts, ImpText id)
{
  gsize used = strlen (facts->other_ids);
  g_auto (GStrv) known = g_strsplit (facts->other_ids, "\n", -1);
  g_autofree char *text = imp_text_dup (id);

  if (g_strv_contains ((const char *const *) known, text) ||
      used + 1 + id.len >= sizeof facts->other_ids)
    return;
  if (used > 0)
    facts->other_ids[used++] = '\n';
  memcpy (facts->other_ids + used, id.text, id.len);
  facts->other_ids[used + id.len] = '\0';
}

/* A message that names two patients is nobody's (SS-MIX2 spec 8.1). */
static void
check_other_patients (ImpMapper *self)
{
  ImpFacts *facts = &self->out->facts;
  const char *first = first_id (self);

  for (guint i = self->pid->number; i < self->n_segments; i++)
    {
      const ImpSegment *segment = imp_mapper_segment (self, i);
      ImpText id;

      if (imp_segment_code (segment) != IMP_SEG ('P', 'I', 'D'))
        continue;
      id = imp_mapper_code (self, segment, 3, 1);
      if (segment == self->pid || id.len == 0 || imp_text_equal (id, first))
        continue;
      if (!facts->names_two_patients)
        imp_mapped_add_finding (self->out, IMP_FINDING_IDENTITY_CONFLICT,
                                "segment %u is a second PID with another PID-3", segment->number);
      facts->names_two_patients = TRUE;
      add_other_id (facts, id);
    }
}

static void
read_header (ImpMapper *self)
{
  ImpFacts *facts = &self->out->facts;
  ImpText sent = imp_mapper_code (self, self->header, 7, 1);
  ImpText processing = imp_mapper_code (self, self->header, 11, 1);

  copy_text (facts->message_type, sizeof facts->message_type,
             imp_mapper_code (self, self->header, 9, 1));
  copy_text (facts->event, sizeof facts->event, imp_mapper_code (self, self->header, 9, 2));
  copy_text (facts->facility, sizeof facts->facility, imp_mapper_get (self, self->header, 4, 1));
  if (sent.len > 0)
    disc_date_from_hl7 (sent.text, sent.len, facts->sent_at);

  if (processing.len > 0 && !imp_text_is_one_of (processing, "P"))
    {
      self->is_test = TRUE;
      facts->flags |= DISC_MESSAGE_TEST;
      imp_mapped_add_finding (self->out, IMP_FINDING_TEST_MESSAGE, "MSH-11 is not P");
    }
}

/* Fields that a segment of this name must have (SS-MIX2 spec 4). */
static guint
needed_fields (guint32 code)
{
  switch (code)
    {
    case IMP_SEG ('O', 'B', 'X'):
      return 11;
    case IMP_SEG ('R', 'X', 'A'):
      return 5;
    case IMP_SEG ('R', 'X', 'C'):
      return 4;
    case IMP_SEG ('R', 'X', 'E'):
      return 5;
    case IMP_SEG ('I', 'A', 'M'):
      return 6;
    case IMP_SEG ('P', 'R', 'B'):
      return 4;
    case IMP_SEG ('P', 'I', 'D'):
      return 8;
    case IMP_SEG ('O', 'D', 'S'):
      return 3;
    case IMP_SEG ('A', 'L', '1'):
      return 3;
    case IMP_SEG ('O', 'B', 'R'):
      return 4;
    case IMP_SEG ('T', 'Q', '1'):
    case IMP_SEG ('R', 'X', 'R'):
    case IMP_SEG ('P', 'V', '1'):
    default:
      return 1;
    }
}

void
imp_mapper_check_end (ImpMapper *self)
{
  const ImpSegment *last = imp_mapper_segment (self, self->n_segments - 1);
  guint needed = needed_fields (imp_segment_code (last));

  if (!last->cut && !(last->open && last->whole.len > 3 && last->n_fields < needed))
    return;

  self->out->facts.flags |= DISC_MESSAGE_TRUNCATED;
  imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED, "last segment %s is cut off",
                          last->name);
}

void
imp_mapper_read_facts (ImpMapper *self)
{
  read_header (self);
  if (self->pid == NULL)
    return;
  read_patient (self);
  check_other_patients (self);
}
