/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-medication.h"
#include "imp-fhir-order.h"

/* Encounter, Appointment: spec fhir.md 3.2, 3.7, 4.2. */

#define MAX_PLACES 10 /* from a bed to its building */

/* ---- class ---------------------------------------------------------------------------------- */

static const cJSON *
class_of (const cJSON *encounter)
{
  const cJSON *class = imp_json_first (imp_json_get (encounter, "class")); /* R5: a list */

  return imp_json_get (class, "coding") != NULL ? imp_json_first (imp_json_get (class, "coding"))
                                                : class;
}

static const char *
class_code (const cJSON *encounter)
{
  const cJSON *class = class_of (encounter);

  return cJSON_IsObject (class) ? imp_json_string (class, "code") : imp_json_text (class);
}

/* v3-ActCode in the words of a Japanese ward; the code of the source stands beside it. */
static const char *
class_words (const char *code)
{
  static const char *const words[][2] = {
    { "AMB", "外来" },   { "IMP", "入院" },     { "EMER", "救急" },           { "HH", "在宅" },
    { "ACUTE", "入院" }, { "NONAC", "入院" },   { "OBSENC", "経過観察入院" }, { "SS", "日帰り" },
    { "VR", "遠隔" },    { "PRENC", "入院前" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i][0], code) == 0)
      return words[i][1];
  return NULL;
}

static char *
event_words (const ImpFhirMapper *self)
{
  const cJSON *class = class_of (self->resource);
  const char *code = class_code (self->resource);
  const char *words = class_words (code);
  const char *display = imp_json_string (class, "display");

  if (words == NULL)
    words = display != NULL ? display : code;
  if (self->state.word == NULL)
    return g_strdup (words);
  return g_strdup_printf ("%s（%s）", words != NULL ? words : "", self->state.word);
}

/* ---- places --------------------------------------------------------------------------------- */

static DiscField
field_of_place (const cJSON *location)
{
  const char *kind = imp_fhir_string (location, "physicalType.coding.code");

  if (kind == NULL)
    kind = imp_fhir_string (location, "form.coding.code"); /* R5 */
  if (g_strcmp0 (kind, "bd") == 0)
    return DISC_FIELD_BED;
  if (g_strcmp0 (kind, "ro") == 0)
    return DISC_FIELD_ROOM;
  return g_strcmp0 (kind, "wa") == 0 ? DISC_FIELD_WARD : DISC_FIELD_NONE;
}

/* A bed is part of a room, that of a ward. */
static void
add_place (ImpFhirMapper *self, const cJSON *reference, const char *kind_code)
{
  const cJSON *location = imp_fhir_need (self, reference, "Location", "Encounter.location");
  const cJSON *seen[MAX_PLACES];
  guint n = 0;

  if (location == NULL)
    {
      DiscField field = g_strcmp0 (kind_code, "bd") == 0   ? DISC_FIELD_BED
                        : g_strcmp0 (kind_code, "ro") == 0 ? DISC_FIELD_ROOM
                                                           : DISC_FIELD_WARD;

      imp_fhir_take (self, field, imp_fhir_actor (self, reference));
      return;
    }
  for (; location != NULL && n < MAX_PLACES; n++)
    {
      DiscField field = field_of_place (location);
      const char *name = imp_json_string (location, "name");

      if (name == NULL)
        name = imp_json_string (location, "description");
      for (guint i = 0; i < n; i++)
        if (seen[i] == location)
          return;
      seen[n] = location;
      if (field != DISC_FIELD_NONE)
        imp_fhir_add (self, field, name);
      else if (n == 0)
        imp_fhir_add (self, DISC_FIELD_WARD, name);
      else
        imp_fhir_comment (self, "場所", name);
      location = imp_fhir_find (self, imp_json_get (location, "partOf"), "Location");
    }
}

/* The one that is not over; else the last, where the stay is over too. Nobody is yet where a place is
 * only planned or reserved. */
static const cJSON *
current_place (const cJSON *encounter, gboolean is_planned, gboolean is_over)
{
  const cJSON *last = NULL;
  gboolean is_open = FALSE;

  for (const cJSON *one = imp_json_first (imp_json_get (encounter, "location")); one != NULL;
       one = imp_json_next (one))
    {
      const char *status = imp_json_string (one, "status");
      gboolean open = imp_fhir_string (one, "period.end") == NULL &&
                      (status == NULL || strcmp (status, "active") == 0);

      if (!is_planned &&
          (g_strcmp0 (status, "planned") == 0 || g_strcmp0 (status, "reserved") == 0))
        continue;
      if (open || !is_open)
        last = one;
      is_open |= open;
    }
  return is_open || is_planned || is_over ? last : NULL;
}

static void
add_other_places (ImpFhirMapper *self, const cJSON *current)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "location")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_actor (self, imp_json_get (one, "location"));
      g_autofree char *period = imp_fhir_period_text (imp_json_get (one, "period"));
      const char *status = imp_json_string (one, "status");

      if (one == current || name == NULL)
        continue;
      imp_fhir_take (self, DISC_FIELD_FROM,
                     g_strdup_printf ("%s%s%s%s%s", name, period != NULL ? " " : "",
                                      period != NULL ? period : "", status != NULL ? " " : "",
                                      status != NULL ? status : ""));
    }
}

/* ---- people --------------------------------------------------------------------------------- */

static void
add_participants (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "participant"));
       one != NULL; one = imp_json_next (one))
    {
      const cJSON *who = imp_json_get (one, "individual");
      const cJSON *type = imp_json_get (one, "type");
      g_autofree char *words = imp_fhir_words (imp_json_first (type));
      g_autofree char *name =
          imp_fhir_actor (self, who != NULL ? who : imp_json_get (one, "actor"));
      gboolean is_doctor =
          type == NULL || imp_fhir_concept_has (imp_json_first (type), NULL, "ATND");

      if (name == NULL)
        continue;
      if (is_doctor)
        imp_fhir_add (self, DISC_FIELD_DOCTOR, name);
      else
        imp_fhir_comment (self, words, name);
    }
}

static void
add_diagnoses (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "diagnosis")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *reference = imp_json_get (one, "condition");
      const cJSON *condition = imp_fhir_find (self, reference, "Condition");
      g_autofree char *name =
          condition != NULL ? imp_fhir_words (imp_json_get (condition, "code")) : NULL;
      g_autofree char *use = imp_fhir_words (imp_json_first (imp_json_get (one, "use")));

      if (name == NULL)
        name = g_strdup (imp_json_string (imp_json_first (reference), "display"));
      imp_fhir_comment (self, use != NULL ? use : "病名", name);
    }
}

static void
add_reasons (ImpFhirMapper *self)
{
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (self->resource, "reasonCode"));
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "reason")); one != NULL;
       one = imp_json_next (one)) /* R5 */
    imp_fhir_add_words (self, DISC_FIELD_REASON,
                        imp_json_get (imp_json_first (imp_json_get (one, "value")), "concept"));
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "reasonReference"));
       one != NULL; one = imp_json_next (one))
    {
      const cJSON *target = imp_fhir_find (self, one, NULL);
      char *name = target != NULL ? imp_fhir_words (imp_json_get (target, "code")) : NULL;

      imp_fhir_take (self, DISC_FIELD_REASON,
                     name != NULL ? name : g_strdup (imp_json_string (one, "display")));
    }
}

static void
add_history (ImpFhirMapper *self, const char *name, const char *member)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, name)); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *what = imp_json_get (one, member);
      g_autofree char *period = imp_fhir_period_text (imp_json_get (one, "period"));
      g_autofree char *words =
          cJSON_IsObject (what) ? imp_fhir_words (what) : g_strdup (imp_json_text (what));

      if (words != NULL)
        imp_fhir_take (self, DISC_FIELD_COMMENT,
                       g_strdup_printf ("経過：%s%s%s", words, period != NULL ? " " : "",
                                        period != NULL ? period : ""));
    }
}

/* ---- Encounter ------------------------------------------------------------------------------ */

static void
add_stay (ImpFhirMapper *self)
{
  const cJSON *stay = imp_json_get (self->resource, "hospitalization");

  if (stay == NULL)
    stay = imp_json_get (self->resource, "admission"); /* R5 */
  imp_fhir_add_words (self, DISC_FIELD_DISPOSITION, imp_json_get (stay, "dischargeDisposition"));
  imp_fhir_add (
      self, DISC_FIELD_DISPOSITION_CODE,
      imp_json_string (imp_fhir_code (imp_json_first (imp_json_get (stay, "dischargeDisposition"))),
                       "code"));
  {
    g_autofree char *source = imp_fhir_words (imp_json_first (imp_json_get (stay, "admitSource")));
    g_autofree char *diet = imp_fhir_words (imp_json_first (imp_json_get (stay, "dietPreference")));

    imp_fhir_comment (self, "入院経路", source);
    imp_fhir_comment (self, "食事の希望", diet);
  }
}

static gboolean
is_stay (const char *code)
{
  return g_strcmp0 (code, "IMP") == 0 || g_strcmp0 (code, "ACUTE") == 0 ||
         g_strcmp0 (code, "NONAC") == 0 || g_strcmp0 (code, "SS") == 0 ||
         g_strcmp0 (code, "OBSENC") == 0;
}

/* A ward stay within an admission is no second admission; one that began in the emergency room is one. */
static gboolean
is_part_of_stay (ImpFhirMapper *self)
{
  const cJSON *whole = imp_fhir_find (self, imp_json_get (self->resource, "partOf"), "Encounter");

  return whole != NULL && is_stay (class_code (whole));
}

void
imp_fhir_map_encounter (ImpFhirMapper *self)
{
  const cJSON *period = imp_json_get (self->resource, "period");
  const char *start, *end;
  const cJSON *place = NULL;
  const char *code = class_code (self->resource);

  if (period == NULL)
    period = imp_json_get (self->resource, "actualPeriod"); /* R5 */
  start = imp_json_string (period, "start");
  end = imp_json_string (period, "end");
  if (start == NULL)
    start = imp_json_string (self->resource, "plannedStartDate");
  /* Whoever may still be in hospital, and a visit that is not over, stay whatever their age. */
  if (end == NULL && self->state.is_live && self->state.status != DISC_STATUS_PLANNED &&
      (is_stay (code) || self->state.status == DISC_STATUS_ACTIVE))
    self->age = IMP_FHIR_AGE_KEPT;

  place = current_place (self->resource, self->state.status == DISC_STATUS_PLANNED,
                         end != NULL || self->state.status == DISC_STATUS_COMPLETED);
  if (is_part_of_stay (self))
    imp_fhir_warn (self, "part-of-stay");
  imp_fhir_set_at (self, start);
  imp_fhir_set_reach (self, end);
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  if (self->department == NULL)
    self->department = imp_fhir_keep (
        self, imp_fhir_words (imp_json_first (imp_json_get (self->resource, "serviceType"))));
  imp_fhir_begin (self, DISC_KIND_ENCOUNTER);
  imp_fhir_item (self);
  imp_fhir_take (self, DISC_FIELD_EVENT, event_words (self));
  imp_fhir_add (self, DISC_FIELD_EVENT_CODE, code);
  add_place (self, imp_json_get (place, "location"),
             imp_fhir_string (place, "physicalType.coding.code"));
  add_participants (self);
  imp_fhir_add (self, DISC_FIELD_START, start);
  imp_fhir_add (self, DISC_FIELD_END, end);
  add_stay (self);
  add_other_places (self, place);
  add_reasons (self);
  add_diagnoses (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "type"));
  imp_fhir_add_status (self);
  imp_fhir_comment_words (self, "緊急度", imp_json_get (self->resource, "priority"));
  imp_fhir_comment_value (self, "期間", self->resource, "length");
  add_history (self, "statusHistory", "status");
  add_history (self, "classHistory", "class");
  imp_fhir_add_actors (self, DISC_FIELD_CUSTODIAN, imp_json_get (self->resource, "serviceProvider"),
                       NULL);
  imp_fhir_add (self, DISC_FIELD_INSTANCE_ID, imp_fhir_identifier (self->resource, NULL));
  if (imp_json_get (self->resource, "partOf") != NULL)
    imp_fhir_comment (self, NULL, "別の受診に含まれる");
  imp_fhir_add_notes (self, self->resource);
}

/* ---- Appointment ---------------------------------------------------------------------------- */

static void
add_appointees (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "participant"));
       one != NULL; one = imp_json_next (one))
    {
      const cJSON *actor = imp_json_get (one, "actor");
      g_auto (ImpFhirReference) parsed = { 0 };

      imp_fhir_reference (actor, &parsed);
      if (g_strcmp0 (parsed.type, "Patient") != 0)
        imp_fhir_take (self, DISC_FIELD_BY, imp_fhir_actor (self, actor));
    }
}

void
imp_fhir_map_appointment (ImpFhirMapper *self)
{
  const char *text = imp_json_string (self->resource, "description");

  imp_fhir_set_at (self, imp_json_string (self->resource, "start"));
  imp_fhir_set_reach (self, imp_json_string (self->resource, "end"));
  self->title = text;
  self->department = imp_fhir_keep (
      self, imp_fhir_words (imp_json_first (imp_json_get (self->resource, "specialty"))));
  imp_fhir_begin (self, DISC_KIND_APPOINTMENT);
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (self->resource, "serviceType"));
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "appointmentType"));
  imp_fhir_add_path (self, DISC_FIELD_START, self->resource, "start");
  imp_fhir_add_path (self, DISC_FIELD_END, self->resource, "end");
  add_appointees (self);
  add_reasons (self);
  imp_fhir_add_status (self);
  imp_fhir_comment (self, NULL, imp_json_string (self->resource, "comment"));
  imp_fhir_comment (self, "患者への説明", imp_json_string (self->resource, "patientInstruction"));
  imp_fhir_add_notes (self, self->resource);
}
