/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

#include "disc-date.h"

/*
 * Where a patient is, by the Encounters of FHIR (spec fhir.md 3.2): in hospital is who was admitted, and
 * of whom no end is told. A planned admission never counts; one that is finished without an end is neither
 * in nor out.
 */

/*
 * What lies behind the data time, up to which the sources tell, has not happened: a stay that
 * begins then is none yet, and an end then is a plan, unless the status says that it is over.
 */

/* One live Encounter. Strings are those of its message's records. */
typedef struct
{
  const ImpMessage *message;
  const char *class;
  const char *status;
  const char *start;
  const char *end;
  const char *ward, *room, *bed, *department, *doctor;
  gboolean is_part; /* of another one */
} Visit;

static const char **
slot_of (Visit *visit, DiscField field)
{
  switch (field)
    {
    case DISC_FIELD_EVENT_CODE:
      return &visit->class;
    case DISC_FIELD_STATUS:
      return &visit->status;
    case DISC_FIELD_START:
      return &visit->start;
    case DISC_FIELD_END:
      return &visit->end;
    case DISC_FIELD_WARD:
      return &visit->ward;
    case DISC_FIELD_ROOM:
      return &visit->room;
    case DISC_FIELD_BED:
      return &visit->bed;
    case DISC_FIELD_DEPARTMENT:
      return &visit->department;
    case DISC_FIELD_DOCTOR:
      return &visit->doctor;
    default:
      return NULL;
    }
}

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static gboolean
says_it_is_over (const Visit *visit)
{
  static const char *const words[] = { "finished", "completed", "discharged", NULL };

  return is_one_of (visit->status, words);
}

/* @data_time: (nullable) */
static gboolean
read_visit (const ImpMessage *message, const char *data_time, Visit *visit)
{
  DiscRecordIter iter;
  DiscToken token;
  gboolean is_visit = FALSE;

  *visit = (Visit){ .message = message };
  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      const char **slot;

      if (iter.kind != DISC_KIND_ENCOUNTER || !iter.live)
        continue;
      is_visit = TRUE;
      if (token != DISC_TOKEN_VALUE)
        continue;
      slot = slot_of (visit, iter.field);
      if (slot != NULL && *slot == NULL)
        *slot = iter.value;
      if (iter.field == DISC_FIELD_WARNING && strcmp (iter.value, "part-of-stay") == 0)
        visit->is_part = TRUE;
    }
  if (visit->end != NULL && !says_it_is_over (visit) && disc_date_is_after (visit->end, data_time))
    visit->end = NULL;
  return is_visit;
}

static gboolean
is_stay (const Visit *visit)
{
  static const char *const classes[] = { "IMP", "ACUTE", "NONAC", "SS", "OBSENC", NULL };

  return is_one_of (visit->class, classes) && !visit->is_part;
}

/* Admitted, says the status; one that says nothing may be. */
static gboolean
was_admitted (const Visit *visit)
{
  static const char *const words[] = { "arrived", "triaged", "in-progress", "onleave", "on-hold",
                                       "unknown", NULL };

  return visit->status == NULL || is_one_of (visit->status, words);
}

static gboolean
is_over (const Visit *visit)
{
  return visit->end != NULL || says_it_is_over (visit);
}

static gboolean
counts (const Visit *visit, const char *data_time)
{
  return *visit->message->clinical_at != '\0' && g_strcmp0 (visit->status, "planned") != 0 &&
         !disc_date_is_after (visit->message->clinical_at, data_time);
}

/* A bed may be told by the part of a stay that lasts. */
static void
take_place (DiscPatient *patient, const Visit *visit)
{
  patient->ward = visit->ward;
  patient->room = visit->room;
  patient->bed = visit->bed;
  patient->place_at = visit->message->clinical_at;
  patient->department = visit->department;
  patient->doctor = visit->doctor;
}

static DiscPlace
place_of (const Visit *visit)
{
  if (was_admitted (visit) && visit->end == NULL)
    return g_strcmp0 (visit->status, "onleave") == 0 ? DISC_PLACE_LEAVE : DISC_PLACE_IN;
  /* Finished, but when? CLINS says so of patients who are still there. */
  return visit->end != NULL ? DISC_PLACE_OUT : DISC_PLACE_UNKNOWN;
}

static gboolean
is_later (const Visit *visit, const Visit *than)
{
  int order = than->message != NULL
                  ? strcmp (visit->message->clinical_at, than->message->clinical_at)
                  : 1;

  if (order == 0 && is_over (visit) != is_over (than))
    return !is_over (visit);
  return order > 0 || (order == 0 && imp_message_compare_age (visit->message, than->message) > 0);
}

static void
see (DiscPatient *patient, const Visit *visit)
{
  const char *at = visit->message->clinical_at;

  if (*visit->message->reaches_to != '\0' && visit->end != NULL)
    at = visit->message->reaches_to;
  if (patient->last_seen_at == NULL || strcmp (at, patient->last_seen_at) > 0)
    patient->last_seen_at = at;
}

void
imp_resolve_visits (ImpUnit *unit)
{
  DiscPatient *patient = &unit->patient;
  Visit stay = { 0 }, last = { 0 };

  for (guint i = 0; i < unit->messages->len; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);
      Visit visit;

      if (!imp_message_is_fhir (message) || message->records_len == 0 ||
          message->fate != IMP_FATE_ON_DISC ||
          (message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)) ||
          !read_visit (message, unit->data_time, &visit) || !counts (&visit, unit->data_time))
        continue;
      see (patient, &visit);
      if (is_stay (&visit) && is_later (&visit, &stay))
        stay = visit;
      if (is_later (&visit, &last))
        last = visit;
    }

  /* What SS-MIX2 says of a later stay counts more. */
  if (stay.message != NULL &&
      (patient->place_at == NULL || strcmp (stay.message->clinical_at, patient->place_at) > 0))
    {
      patient->place = place_of (&stay);
      take_place (patient, &stay);
    }
  else if (last.message != NULL && patient->place == DISC_PLACE_UNKNOWN && patient->place_at == NULL &&
           is_over (&last))
    {
      patient->place = DISC_PLACE_OUT;
      patient->department = last.department;
      patient->doctor = last.doctor;
    }
}
