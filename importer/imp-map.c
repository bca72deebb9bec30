/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map.h"

#include <stdarg.h>
#include <string.h>

#include "imp-limits.h"
#include "imp-map-groups.h"

/* SS-MIX2 spec 3.1. @old: message type of SS-MIX version 1 (3.3). */
typedef struct
{
  const char *type;
  const char *message;
  const char *old;
  const char *event;
  const char *cancel;
  const char *title;
  DiscStatus status; /* of the movement that the normal event tells */
  gboolean places;   /* puts the patient somewhere (3.2) */
} DataType;

static const DataType data_types[] = {
  { "ADT-00", "ADT", NULL, "A08", "A23", "患者基本情報", DISC_STATUS_ACTIVE, FALSE },
  { "ADT-01", "ADT", NULL, "A54", "A55", "担当医の変更", DISC_STATUS_COMPLETED, FALSE },
  { "ADT-12", "ADT", NULL, "A04", NULL, "外来診察の受付", DISC_STATUS_COMPLETED, FALSE },
  { "ADT-21", "ADT", NULL, "A14", "A27", "入院予定", DISC_STATUS_PLANNED, FALSE },
  { "ADT-22", "ADT", NULL, "A01", "A11", "入院実施", DISC_STATUS_COMPLETED, TRUE },
  { "ADT-31", "ADT", NULL, "A21", "A52", "外出泊実施", DISC_STATUS_COMPLETED, TRUE },
  { "ADT-32", "ADT", NULL, "A22", "A53", "外出泊帰院実施", DISC_STATUS_COMPLETED, TRUE },
  { "ADT-41", "ADT", NULL, "A15", "A26", "転科・転棟予定", DISC_STATUS_PLANNED, FALSE },
  { "ADT-42", "ADT", NULL, "A02", "A12", "転科・転棟実施", DISC_STATUS_COMPLETED, TRUE },
  { "ADT-51", "ADT", NULL, "A16", "A25", "退院予定", DISC_STATUS_PLANNED, FALSE },
  { "ADT-52", "ADT", NULL, "A03", "A13", "退院実施", DISC_STATUS_COMPLETED, TRUE },
  { "ADT-61", "ADT", NULL, "A60", NULL, "アレルギー情報", DISC_STATUS_ACTIVE, FALSE },
  { "PPR-01", "PPR", NULL, NULL, NULL, "病名", DISC_STATUS_ACTIVE, FALSE },
  { "OMD", "OMD", NULL, NULL, NULL, "食事", DISC_STATUS_ACTIVE, FALSE },
  { "OMP-01", "RDE", "OMP", NULL, NULL, "処方", DISC_STATUS_ACTIVE, FALSE },
  { "OMP-11", "RAS", NULL, NULL, NULL, "処方実施", DISC_STATUS_COMPLETED, FALSE },
  { "OMP-02", "RDE", "OMP", NULL, NULL, "注射", DISC_STATUS_ACTIVE, FALSE },
  { "OMP-12", "RAS", NULL, NULL, NULL, "注射実施", DISC_STATUS_COMPLETED, FALSE },
  { "OML-01", "OML", NULL, NULL, NULL, "検体検査オーダ", DISC_STATUS_ACTIVE, FALSE },
  { "OML-11", "OUL", "OML", NULL, NULL, "検体検査結果", DISC_STATUS_COMPLETED, FALSE },
  { "OMG-01", "OMG", NULL, NULL, NULL, "放射線検査オーダ", DISC_STATUS_ACTIVE, FALSE },
  { "OMG-11", "OMI", NULL, NULL, NULL, "放射線検査実施", DISC_STATUS_COMPLETED, FALSE },
  { "OMG-02", "OMG", NULL, NULL, NULL, "内視鏡検査オーダ", DISC_STATUS_ACTIVE, FALSE },
  { "OMG-12", "OMI", NULL, NULL, NULL, "内視鏡検査実施", DISC_STATUS_COMPLETED, FALSE },
  { "OMG-03", "OMG", NULL, NULL, NULL, "生理検査オーダ", DISC_STATUS_ACTIVE, FALSE },
  { "OMG-13", "ORU", NULL, NULL, NULL, "生理検査結果", DISC_STATUS_COMPLETED, FALSE },
};

/* The mapper lives behind what the caller sees, so that its memory serves message after message. */
typedef struct
{
  ImpMapped mapped;
  ImpMapper *mapper;
} Mapped;

/* ---- what comes out -------------------------------------------------------------------------- */

ImpMapped *
imp_mapped_new (void)
{
  Mapped *self = g_new0 (Mapped, 1);

  self->mapped.records = disc_record_builder_new ();
  self->mapped.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) imp_finding_free);
  self->mapped.files = imp_mapped_files_new ();
  self->mapper = imp_mapper_new ();
  return &self->mapped;
}

void
imp_mapped_free (ImpMapped *mapped)
{
  Mapped *self = (Mapped *) mapped;

  disc_record_builder_free (self->mapped.records);
  g_ptr_array_unref (self->mapped.findings);
  g_ptr_array_unref (self->mapped.files);
  imp_mapper_free (self->mapper);
  g_free (self);
}

void
imp_mapped_clear (ImpMapped *self)
{
  disc_record_builder_clear (self->records);
  g_ptr_array_set_size (self->findings, 0);
  g_ptr_array_set_size (self->files, 0);
  memset (&self->facts, 0, sizeof self->facts);
}

void
imp_mapped_add_finding (ImpMapped *self, ImpFindingCode code, const char *detail_format, ...)
{
  va_list args;

  if (self->findings->len >= IMP_MAX_FINDINGS_PER_MESSAGE)
    return;
  va_start (args, detail_format);
  g_ptr_array_add (self->findings, imp_finding_new (code, detail_format, args));
  va_end (args);
}

/* ---- dispatch -------------------------------------------------------------------------------- */

static const DataType *
find_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_types); i++)
    if (strcmp (data_types[i].type, type) == 0)
      return &data_types[i];

  return NULL;
}

static const DataType *
find_by_message (const ImpFacts *facts)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_types); i++)
    {
      const DataType *type = &data_types[i];

      if (strcmp (type->message, facts->message_type) != 0 &&
          g_strcmp0 (type->old, facts->message_type) != 0)
        continue;
      if (type->event == NULL || strcmp (type->event, facts->event) == 0 ||
          g_strcmp0 (type->cancel, facts->event) == 0)
        return type;
    }

  return NULL;
}

static gboolean
fits (const DataType *type, const ImpFacts *facts)
{
  if (strcmp (type->message, facts->message_type) != 0)
    return g_strcmp0 (type->old, facts->message_type) == 0;
  return type->event == NULL || strcmp (type->event, facts->event) == 0 ||
         g_strcmp0 (type->cancel, facts->event) == 0;
}

static gboolean
is_cancel (const ImpFacts *facts)
{
  static const char *const events = "A11 A12 A13 A23 A25 A26 A27 A52 A53 A55";

  return strcmp (facts->message_type, "ADT") == 0 &&
         imp_text_is_one_of ((ImpText){ facts->event, strlen (facts->event) }, events);
}

void
imp_mapper_note_mismatch (ImpMapper *self, const char *is)
{
  ImpFacts *facts = &self->out->facts;

  facts->flags |= DISC_MESSAGE_TYPE_MISMATCH;
  imp_mapped_add_finding (self->out, IMP_FINDING_TYPE_MISMATCH, "the name says %s, the message %s",
                          self->name->type, is);
}

/* SS-MIX2 spec 2.1: where the name of an ADT and its event disagree, neither is believed; but what
 * cancels is not live (2.6). */
static void
map_disagreeing_movement (ImpMapper *self, const DataType *named)
{
  ImpText where = IMP_TEXT_EMPTY;
  const char *event = "入外不明";

  if (self->visit != NULL)
    where = imp_mapper_code (self, self->visit, 2, 1);
  if (imp_text_is_one_of (where, "I"))
    event = "入院";
  else if (imp_text_is_one_of (where, "O"))
    event = "外来";
  self->base =
      imp_state (self->out->facts.is_cancel ? DISC_STATUS_CANCELLED : DISC_STATUS_COMPLETED);
  imp_map_movement (self, named != NULL ? named->type : "", event, FALSE);
}

static void
map_adt (ImpMapper *self, const DataType *named, const DataType *told)
{
  ImpFacts *facts = &self->out->facts;
  gboolean agrees = named == NULL || (told != NULL && named == told);
  g_autofree char *event = NULL;

  /* A list of allergies moves nobody, whatever its name. */
  if (told != NULL && strcmp (told->type, "ADT-61") == 0)
    {
      imp_map_allergies (self);
      return;
    }
  if (!agrees || told == NULL)
    {
      if (told == NULL && named == NULL)
        imp_map_unknown (self);
      else
        map_disagreeing_movement (self, named);
      return;
    }

  self->base = imp_state (facts->is_cancel ? DISC_STATUS_CANCELLED : told->status);
  facts->names_admission = told->places && named != NULL && !self->is_test;
  if (strcmp (told->type, "ADT-00") == 0)
    {
      imp_map_basics (self);
      return;
    }
  event = g_strconcat (told->title, facts->is_cancel ? "取消" : NULL, NULL);
  imp_map_movement (self, told->type, event, TRUE);
}

static void
dispatch (ImpMapper *self, const DataType *named, const DataType *told)
{
  const char *message = self->out->facts.message_type;

  if (strcmp (message, "ADT") == 0)
    map_adt (self, named, told);
  else if (strcmp (message, "PPR") == 0)
    imp_map_problems (self);
  else if (strcmp (message, "OMD") == 0)
    imp_map_meals (self);
  else if (strcmp (message, "RDE") == 0 || strcmp (message, "OMP") == 0)
    imp_map_drug_orders (self);
  else if (strcmp (message, "RAS") == 0)
    imp_map_administrations (self);
  else if (strcmp (message, "OML") == 0)
    imp_map_lab (self, named == NULL || strcmp (named->type, "OML-11") != 0);
  else if (strcmp (message, "OUL") == 0 || strcmp (message, "ORU") == 0)
    imp_map_lab (self, FALSE);
  else if (strcmp (message, "OMG") == 0)
    imp_map_exams (self, FALSE);
  else if (strcmp (message, "OMI") == 0)
    imp_map_exams (self, TRUE);
  else
    imp_map_unknown (self);
}

void
imp_map_unknown (ImpMapper *self)
{
  ImpFacts *facts = &self->out->facts;
  DiscRecordBuilder *record;

  imp_mapped_add_finding (self->out, IMP_FINDING_UNKNOWN_TYPE, "MSH-9 %s^%s", facts->message_type,
                          facts->event);
  imp_mapper_add_date (self, imp_mapper_head (self), DISC_FIELD_AT, self->header, 7, 1);
  if (self->pid != NULL)
    imp_mapper_common (self, self->pid);
  self->base = imp_state (DISC_STATUS_UNKNOWN);
  record = imp_mapper_record (self, DISC_KIND_UNKNOWN, imp_state (DISC_STATUS_UNKNOWN), NULL);
  for (guint i = 1; i < self->n_segments; i++)
    if (imp_mapper_segment (self, i) != self->pid)
      imp_mapper_keep_segment (self, record, DISC_FIELD_NOT_UNDERSTOOD,
                               imp_mapper_segment (self, i));
}

/* Whether what the message is and what its name says can both be true. */
static void
check_type (ImpMapper *self, const DataType *named, const DataType *told)
{
  ImpFacts *facts = &self->out->facts;

  if (named != NULL && !fits (named, facts))
    {
      g_autofree char *is = g_strdup_printf ("%s^%s", facts->message_type, facts->event);

      imp_mapper_note_mismatch (self, is);
    }
  if (named != NULL && (told == NULL || fits (named, facts)))
    g_strlcpy (facts->data_type, named->type, sizeof facts->data_type);
  else if (told != NULL)
    g_strlcpy (facts->data_type, told->type, sizeof facts->data_type);
  else
    g_strlcpy (facts->data_type, self->name->type, sizeof facts->data_type);
}

void
imp_map_message (ImpEr7 *er7, const ImpName *name, ImpMapped *out)
{
  ImpMapper *self = ((Mapped *) out)->mapper;
  const DataType *named;
  const DataType *told;

  imp_mapped_clear (out);
  imp_mapper_begin (self, er7, name, out);
  imp_mapper_read_facts (self);
  imp_mapper_take_files (self);
  named = find_type (name->type);
  told = named != NULL && fits (named, &out->facts) ? named : find_by_message (&out->facts);
  out->facts.is_cancel = is_cancel (&out->facts);
  check_type (self, named, told);
  /* What lies in the extended storage is named by its folder (SS-MIX2 spec 6.2). */
  if (name->class == IMP_NAME_EXTENDED)
    self->title = out->title;
  else if (told != NULL)
    self->title = told->title;
  dispatch (self, named, told);
  imp_mapper_check_end (self);
  imp_mapper_add_untold_files (self);
  imp_mapper_finish (self);
}
