/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-map-groups.h"

#include <string.h>

typedef struct
{
  const char *segment;
  guint field;
} Place;

/* SS-MIX2 spec 4.4: the time to show; a fallback behind it where vendors leave it out. */
static const struct
{
  const char *type;
  Place places[3];
} times[] = {
  { "ADT-01", { { "EVN", 6 } } },
  { "ADT-12", { { "PV1", 44 } } },
  { "ADT-21", { { "PV2", 8 }, { "EVN", 3 } } },
  { "ADT-22", { { "PV1", 44 }, { "EVN", 6 } } },
  { "ADT-31", { { "EVN", 6 } } },
  { "ADT-32", { { "EVN", 6 }, { "PV2", 47 } } },
  { "ADT-41", { { "PV2", 8 }, { "EVN", 3 } } },
  { "ADT-42", { { "EVN", 6 } } },
  { "ADT-51", { { "PV2", 9 }, { "EVN", 3 } } },
  { "ADT-52", { { "PV1", 45 }, { "EVN", 6 } } },
};

/* Where the time of the present message stands, for what is told of the others. */
typedef struct
{
  guint64 event; /* bits of fields of EVN and PV2 that are told */
  guint64 plan;
} Told;

/* Of a movement whose type and event disagree. */
static const Place any_time[] = { { "PV1", 44 }, { "EVN", 6 }, { "EVN", 2 } };

static gboolean
try_time (ImpMapper *self, DiscRecordBuilder *head, const Place *place, Told *told)
{
  const ImpSegment *segment;

  if (place->segment == NULL)
    return FALSE;
  segment = imp_er7_find (self->er7, place->segment, 0);
  if (segment == NULL || !imp_mapper_has (self, segment, place->field))
    return FALSE;

  imp_mapper_add_date (self, head, DISC_FIELD_AT, segment, place->field, 1);
  imp_mapper_note_clinical (self, segment, place->field);
  if (segment == self->event)
    told->event |= IMP_BIT (place->field);
  else if (segment == self->plan)
    told->plan |= IMP_BIT (place->field);
  return TRUE;
}

static void
add_time (ImpMapper *self, DiscRecordBuilder *head, const char *type, gboolean agrees, Told *told)
{
  static const Place cancelled_return = { "PV2", 47 };

  if (strcmp (self->out->facts.event, "A53") == 0 && try_time (self, head, &cancelled_return, told))
    return;
  for (guint i = 0; agrees && i < G_N_ELEMENTS (times); i++)
    if (strcmp (times[i].type, type) == 0)
      for (guint n = 0; n < G_N_ELEMENTS (times[i].places); n++)
        if (try_time (self, head, &times[i].places[n], told))
          return;

  for (guint n = 0; n < G_N_ELEMENTS (any_time); n++)
    if (try_time (self, head, &any_time[n], told))
      return;
}

/* PL-6: N is a ward; C and D are departments, whose code stands where the ward would. */
static gboolean
is_ward (ImpMapper *self, const ImpSegment *visit)
{
  ImpText kind = imp_mapper_code (self, visit, 3, 6);

  if (kind.len > 0)
    return !imp_text_is_one_of (kind, "C D");
  return imp_text_is_one_of (imp_mapper_get (self, visit, 2, 1), "I");
}

static void
add_head (ImpMapper *self, const char *type, gboolean agrees, Told *told)
{
  const ImpSegment *visit = self->visit;
  const ImpSegment *event = self->event;
  DiscRecordBuilder *head = imp_mapper_head (self);

  add_time (self, head, type, agrees, told);
  if (visit != NULL)
    {
      if (imp_mapper_has (self, visit, 10))
        imp_mapper_add_texts (self, head, DISC_FIELD_DEPARTMENT, visit, 10);
      else if (!is_ward (self, visit))
        imp_mapper_add_code (self, head, DISC_FIELD_DEPARTMENT, visit, 3);
      imp_mapper_add_persons (self, head, DISC_FIELD_AUTHOR, visit, 7);
      imp_mapper_add_texts (self, head, DISC_FIELD_PATIENT_CLASS, visit, 2);
      imp_mapper_add_place (self, head, DISC_FIELD_PLACE, visit, 3);
    }
  if (event != NULL)
    {
      imp_mapper_add_persons (self, head, DISC_FIELD_ENTERED_BY, event, 5);
      imp_mapper_add_texts (self, head, DISC_FIELD_COMMENT, event, 4);
      told->event |= IMP_BIT (4) | IMP_BIT (5);
    }
}

static void
add_place (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *visit)
{
  /* The head has the rest of it, and all where it is no ward. */
  if (!is_ward (self, visit))
    return;

  imp_mapper_add_code (self, item, DISC_FIELD_WARD, visit, 3);
  imp_add (item, DISC_FIELD_ROOM, imp_mapper_get (self, visit, 3, 2));
  imp_add (item, DISC_FIELD_BED, imp_mapper_get (self, visit, 3, 3));
}

/* The attending doctor, and the admitting one where that is somebody else. */
static void
add_doctors (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *visit)
{
  imp_mapper_add_persons (self, item, DISC_FIELD_DOCTOR, visit, 7);
  if (!imp_mapper_are_same_staff (self, visit, 7, visit, 17))
    imp_mapper_add_persons (self, item, DISC_FIELD_DOCTOR, visit, 17);
}

static void
add_visit (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *visit)
{
  add_place (self, item, visit);
  imp_mapper_add_texts (self, item, DISC_FIELD_ITEM_DEPARTMENT, visit, 10);
  add_doctors (self, item, visit);
  imp_mapper_add_place (self, item, DISC_FIELD_FROM, visit, 6);
  imp_mapper_add_texts (self, item, DISC_FIELD_DISPOSITION, visit, 36);
  imp_mapper_add_code (self, item, DISC_FIELD_DISPOSITION_CODE, visit, 36);
  imp_mapper_add_date (self, item, DISC_FIELD_START, visit, 44, 1);
  imp_mapper_add_date (self, item, DISC_FIELD_END, visit, 45, 1);
}

/* PV2-1 reserved place, -8 planned admission or move, -9 discharge, -47 return from leave. */
static void
add_plan (ImpMapper *self, DiscRecordBuilder *item, const ImpSegment *plan, guint64 told)
{
  static const guint8 ends[] = { 9, 47 };

  imp_mapper_add_place (self, item, DISC_FIELD_TO, plan, 1);
  imp_mapper_tell_plan (self, item, told | IMP_BIT (1) | IMP_BIT (9) | IMP_BIT (47));
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if ((told & IMP_BIT (ends[i])) == 0)
      imp_mapper_add_date (self, item, DISC_FIELD_EXPECTED_END, plan, ends[i], 1);
}

/* EVN-2, -3 and -6 where they are neither the time of the movement nor one that is told of it. */
static void
tell_event (ImpMapper *self, DiscRecordBuilder *item, guint64 told)
{
  static const guint8 fields[] = { 2, 3, 6 };
  static const Place places[] = { { "PV1", 44 }, { "PV1", 45 }, { "PV2", 8 }, { "PV2", 9 } };

  if (self->event == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((told & IMP_BIT (fields[i])) != 0)
      told |=
          imp_mapper_same_event_times (self, imp_mapper_get_whole (self, self->event, fields[i]));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const ImpSegment *segment = places[i].segment[2] == '1' ? self->visit : self->plan;

      if (segment != NULL)
        told |= imp_mapper_same_event_times (self,
                                             imp_mapper_get_whole (self, segment, places[i].field));
    }
  imp_mapper_tell_event (self, item, told);
}

void
imp_map_movement (ImpMapper *self, const char *type, const char *event, gboolean agrees)
{
  const ImpSegment *visit = self->visit;
  const ImpSegment *plan = self->plan;
  ImpState state =
      agrees ? self->base : imp_state_stricter (imp_state (DISC_STATUS_UNKNOWN), self->base);
  DiscRecordBuilder *item;
  Told told = { 0, 0 };
  ImpState of_event;

  imp_map_adt_common (self);
  add_head (self, type, agrees, &told);
  self->title = event;
  item = imp_mapper_item (self, DISC_KIND_ENCOUNTER, state);
  disc_record_builder_add (item, DISC_FIELD_EVENT, event, -1);
  disc_record_builder_add (item, DISC_FIELD_EVENT_CODE, self->out->facts.event, -1);
  if (visit != NULL)
    add_visit (self, item, visit);
  if (plan != NULL)
    add_plan (self, item, plan, told.plan);
  tell_event (self, item, told.event);

  self->title = NULL;
  if (self->base.live)
    self->base = imp_state (DISC_STATUS_COMPLETED); /* a plan is of the move alone */
  of_event = self->base;
  imp_map_adt_attachments (self);
  /* Cancelling an admission does not withdraw an allergy (imp-map.h). */
  if (strcmp (self->out->facts.event, "A23") != 0)
    self->base = imp_state (DISC_STATUS_COMPLETED);
  /* A name that promises the list itself is not of a move. */
  imp_map_adt_allergies (self, strcmp (type, "ADT-61") != 0 && strcmp (type, "ADT-00") != 0);
  self->base = of_event;
  imp_map_old_problems (self);
}
