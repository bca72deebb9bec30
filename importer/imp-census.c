/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-census-private.h"

#include <string.h>

#include "disc-date.h"

/* ---- doctors -------------------------------------------------------------------------------- */

/* The strongest tie counts, and the newest time of all; a plan is no time that anything happened.
 */
static void
tie_doctor (ImpCensus *self, const char *doctor, DiscDoctorState state, const char *at, guint index)
{
  DiscDoctorPatient new = { .rid = index, .state = state, .last_at = at, .doctor = doctor };
  guint place =
      doctor != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_doctor, doctor)) : 0;
  DiscDoctorPatient *known;
  gboolean is_better;

  if (doctor == NULL)
    return;
  if (place == 0)
    {
      g_array_append_val (self->doctors, new);
      g_hash_table_insert (self->by_doctor, (gpointer) doctor,
                           GUINT_TO_POINTER (self->doctors->len));
      return;
    }
  known = &g_array_index (self->doctors, DiscDoctorPatient, place - 1);
  /* Whom he attends now, since then: no visit of these days says since when. */
  if ((known->state == DISC_DOCTOR_IN) != (state == DISC_DOCTOR_IN))
    is_better = state == DISC_DOCTOR_IN;
  else if ((known->state == DISC_DOCTOR_PLANNED) != (state == DISC_DOCTOR_PLANNED))
    is_better = known->state == DISC_DOCTOR_PLANNED;
  else
    is_better = disc_date_compare (at, known->last_at) > 0;
  if (is_better)
    {
      known->last_at = at;
      known->rid = index;
    }
  known->state = MIN (known->state, state);
}

static gboolean
is_day_of (GHashTable *days, const char *at)
{
  return g_hash_table_contains (days, GUINT_TO_POINTER (disc_list_day (at)));
}

/* ---- stays of FHIR -------------------------------------------------------------------------- */

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static gboolean
is_stay_class (const ImpCensusEvent *event)
{
  static const char *const classes[] = { "IMP", "ACUTE", "NONAC", "SS", "OBSENC", NULL };

  return is_one_of (event->class, classes);
}

static gboolean
is_over (const ImpCensusEvent *event)
{
  static const char *const words[] = { "finished", "completed", "discharged", NULL };

  return is_one_of (event->word, words);
}

static gboolean
is_before (const char *at, const char *end)
{
  return end == NULL || disc_date_compare (at, end) < 0;
}

/* Movements come one after the other: of those that begin before @event ends, the last one lasts
 * longest. */
static gboolean
is_told_by_movements (const ImpCensus *self, guint n_stays, const ImpCensusEvent *event)
{
  guint first = 0, behind = n_stays;
  const DiscStay *last;

  if (is_day_of (self->admitted, event->at))
    return TRUE;
  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;

      if (is_before (g_array_index (self->stays, DiscStay, middle).from_at, event->end))
        first = middle + 1;
      else
        behind = middle;
    }
  if (first == 0)
    return FALSE;
  last = &g_array_index (self->stays, DiscStay, first - 1);
  /* In hospital anew, and no movement says so: he is not only where he was before. */
  if (last->end == DISC_STAY_OPEN && event->end == NULL && !is_over (event) &&
      disc_date_is_after (event->at, last->from_at))
    return FALSE;
  return is_before (event->at, last->to_at);
}

/* The movements do not tell of the discharge; the encounter does. */
static void
end_last_stay (ImpCensus *self, guint n_stays, const ImpCensusEvent *event)
{
  DiscStay *last = n_stays > 0 ? &g_array_index (self->stays, DiscStay, n_stays - 1) : NULL;

  if (last == NULL || last->end != DISC_STAY_OPEN || event->end == NULL ||
      !is_before (last->from_at, event->end))
    return;
  last->end = DISC_STAY_DISCHARGED;
  last->to_at = event->end;
  imp_census_remember_day (self->discharged, event->end);
}

/* Of a stay or a visit of FHIR; a message of SS-MIX2 is there because it took place. */
static gboolean
is_known (const ImpCensusEvent *event)
{
  return !imp_message_is_fhir (event->message) || event->kind != DISC_KIND_ENCOUNTER ||
         (event->word != NULL && strcmp (event->word, "unknown") != 0);
}

static void
add_encounter_stay (ImpCensus *self, const ImpCensusEvent *event, guint n_stays)
{
  gboolean is_on_leave = g_strcmp0 (event->word, "onleave") == 0;
  gboolean is_here = is_on_leave || event->was_elsewhere;
  DiscStay stay = {
    .rid = event->index,
    .state = is_on_leave ? DISC_STAY_LEAVE : DISC_STAY_IN,
    .end = event->end != NULL ? DISC_STAY_DISCHARGED
           : is_over (event)  ? DISC_STAY_UNTIMED
                              : DISC_STAY_OPEN,
    .flags = imp_census_flags_of (event) | (is_here ? DISC_LIST_SINCE_UNKNOWN : 0) |
             (is_known (event) ? 0 : DISC_LIST_STATE_UNKNOWN),
    .ward = event->ward,
    .room = event->room,
    .bed = event->bed,
    .department = event->department,
    .doctor = event->doctor,
    .from_at = event->at,
    .to_at = event->end,
  };

  if (is_told_by_movements (self, n_stays, event))
    {
      end_last_stay (self, n_stays, event);
      return;
    }
  g_array_append_val (self->stays, stay);
  if (event->end != NULL)
    imp_census_remember_day (self->discharged, event->end);
}

/* A time that is none cannot be ordered: the writer counts the row. */
static void
leave_out (ImpCensus *self, const ImpCensusEvent *event)
{
  DiscStay stay = { .rid = event->index, .state = DISC_STAY_IN, .from_at = event->at };

  g_array_append_val (self->plans, stay);
}

static gboolean
is_placed (const DiscStay *stay)
{
  return stay->ward != NULL || stay->room != NULL || stay->bed != NULL;
}

/* Whether the part tells where he was at the end of @stay, or where he is if it goes on. */
static gboolean
places (const ImpCensusEvent *part, const DiscStay *stay)
{
  gboolean is_over_too = part->end != NULL || is_over (part);

  return disc_date_compare (part->at, stay->from_at) >= 0 && is_before (part->at, stay->to_at) &&
         (!is_over_too || stay->end != DISC_STAY_OPEN);
}

/* An encounter that names no place, and the parts of it that do: the last one counts. */
static void
place_stay (DiscStay *stay, const GArray *parts)
{
  const ImpCensusEvent *last = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      const ImpCensusEvent *part = &g_array_index (parts, ImpCensusEvent, i);

      if (places (part, stay) && (last == NULL || disc_date_compare (part->at, last->at) >= 0))
        last = part;
    }
  if (last == NULL)
    return;
  stay->ward = last->ward;
  stay->room = last->room;
  stay->bed = last->bed;
  if (stay->department == NULL)
    stay->department = last->department;
  if (stay->doctor == NULL)
    stay->doctor = last->doctor;
  stay->flags |= imp_census_flags_of (last);
  if (disc_date_compare (last->at, stay->from_at) != 0)
    stay->flags |= DISC_LIST_SINCE_UNKNOWN;
}

/* Nobody lies in two beds: which of the stays that go on is the right one, the source does not say.
 */
static void
mark_other_stays (ImpCensus *self)
{
  guint n_open = 0;

  for (guint i = 0; i < self->stays->len; i++)
    n_open += g_array_index (self->stays, DiscStay, i).end == DISC_STAY_OPEN;
  for (guint i = 0; i < self->stays->len && n_open > 1; i++)
    if (g_array_index (self->stays, DiscStay, i).end == DISC_STAY_OPEN)
      g_array_index (self->stays, DiscStay, i).flags |= DISC_LIST_OTHER_STAY;
}

static void
add_encounters (ImpCensus *self, const GArray *encounters, const GArray *parts)
{
  guint n_stays = self->stays->len;

  for (guint i = 0; i < encounters->len; i++)
    add_encounter_stay (self, &g_array_index (encounters, ImpCensusEvent, i), n_stays);
  for (guint i = n_stays; i < self->stays->len; i++)
    {
      DiscStay *stay = &g_array_index (self->stays, DiscStay, i);

      if (!is_placed (stay))
        place_stay (stay, parts);
    }
  mark_other_stays (self);
}

/* ---- plans and visits ----------------------------------------------------------------------- */

/* What was planned for a day before the data has its answer in the chart, or has none. */
static void
add_plan (ImpCensus *self, const ImpCensusEvent *event, DiscStayState state)
{
  DiscStay stay = {
    .rid = event->index,
    .state = state,
    .flags = imp_census_flags_of (event),
    .ward = event->ward,
    .room = event->room,
    .bed = event->bed,
    .department = event->department,
    .doctor = event->doctor,
    .from_at = event->at,
    .to_place = event->to_place,
  };

  if (self->data_time != NULL && !disc_date_same_day (event->at, self->data_time) &&
      disc_date_compare (event->at, self->data_time) < 0)
    return;
  g_array_append_val (self->plans, stay);
  tie_doctor (self, event->doctor, DISC_DOCTOR_PLANNED, event->at, event->index);
}

static void
add_visit (ImpCensus *self, const ImpCensusEvent *event, gboolean is_planned)
{
  DiscVisit visit = {
    .rid = event->index,
    .state = is_planned ? DISC_VISIT_PLANNED : DISC_VISIT_HAPPENED,
    .flags = imp_census_flags_of (event) | (is_known (event) ? 0 : DISC_LIST_STATE_UNKNOWN),
    .at = event->at,
    .department = event->department,
    .doctor = event->doctor,
  };

  g_array_append_val (self->visits, visit);
  if (disc_list_day (event->at) != 0)
    tie_doctor (self, event->doctor, is_planned ? DISC_DOCTOR_PLANNED : DISC_DOCTOR_VISITED,
                event->at, event->index);
}

/* ---- a chart -------------------------------------------------------------------------------- */

static gboolean
lies_ahead (const ImpCensus *self, const ImpCensusEvent *event)
{
  return event->status == DISC_STATUS_PLANNED || g_strcmp0 (event->word, "planned") == 0 ||
         disc_date_is_after (event->at, self->data_time);
}

static void
sort_movement (ImpCensus *self, const ImpCensusEvent *event, GArray *movements)
{
  if (imp_census_is_type (event, "ADT-12"))
    add_visit (self, event, lies_ahead (self, event));
  else if (imp_census_is_type (event, "ADT-21"))
    add_plan (self, event, DISC_STAY_PLANNED_IN);
  else if (imp_census_is_type (event, "ADT-41"))
    add_plan (self, event, DISC_STAY_PLANNED_MOVE);
  else if (imp_census_is_type (event, "ADT-51"))
    add_plan (self, event, DISC_STAY_PLANNED_OUT);
  else if (imp_census_rank_of (event) < 0 ||
           (!event->message->names_admission && !imp_census_is_type (event, "ADT-01")))
    return; /* it places nobody */
  else if (disc_date_is_valid (event->at))
    g_array_append_val (movements, *event);
  else
    leave_out (self, event);
}

static void
sort_resource (ImpCensus *self, const ImpCensusEvent *event, GArray *encounters, GArray *parts)
{
  if (event->kind == DISC_KIND_APPOINTMENT)
    add_visit (self, event, TRUE);
  else if (event->is_part)
    {
      if ((event->ward != NULL || event->room != NULL || event->bed != NULL) &&
          disc_date_is_valid (event->at) && !lies_ahead (self, event))
        g_array_append_vals (parts, event, 1);
    }
  else if (is_stay_class (event) && lies_ahead (self, event))
    add_plan (self, event, DISC_STAY_PLANNED_IN);
  else if (is_stay_class (event) && disc_date_is_valid (event->at))
    g_array_append_val (encounters, *event);
  else if (is_stay_class (event))
    leave_out (self, event);
  else
    add_visit (self, event, lies_ahead (self, event));
}

/* Planned for the day of the data, and carried out since: the stay says so. */
static gboolean
is_answered (const ImpCensus *self, const DiscStay *plan)
{
  return is_day_of (plan->state == DISC_STAY_PLANNED_IN     ? self->admitted
                    : plan->state == DISC_STAY_PLANNED_MOVE ? self->moved
                                                            : self->discharged,
                    plan->from_at);
}

static void
join_plans (ImpCensus *self)
{
  for (guint i = 0; i < self->plans->len; i++)
    {
      const DiscStay *plan = &g_array_index (self->plans, DiscStay, i);

      if (!disc_stay_is_planned (plan) || !is_answered (self, plan))
        g_array_append_vals (self->stays, plan, 1);
    }
}

static void
tie_stays (ImpCensus *self)
{
  for (guint i = 0; i < self->stays->len; i++)
    {
      const DiscStay *stay = &g_array_index (self->stays, DiscStay, i);
      gboolean is_open = stay->end == DISC_STAY_OPEN ||
                         (stay->to_at != NULL && disc_date_is_after (stay->to_at, self->data_time));

      gboolean is_ahead = disc_date_is_after (stay->from_at, self->data_time);

      if (!disc_stay_is_planned (stay))
        tie_doctor (self, stay->doctor,
                    is_ahead  ? DISC_DOCTOR_PLANNED
                    : is_open ? DISC_DOCTOR_IN
                              : DISC_DOCTOR_STAYED,
                    stay->from_at, (guint) stay->rid);
    }
}

ImpCensus *
imp_census_new (const ImpUnit *unit)
{
  ImpCensus *self = g_new0 (ImpCensus, 1);
  g_autoptr (GArray) movements = g_array_new (FALSE, FALSE, sizeof (ImpCensusEvent));
  g_autoptr (GArray) encounters = g_array_new (FALSE, FALSE, sizeof (ImpCensusEvent));
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (ImpCensusEvent));

  self->data_time = unit->data_time;
  self->stays = g_array_new (FALSE, FALSE, sizeof (DiscStay));
  self->plans = g_array_new (FALSE, FALSE, sizeof (DiscStay));
  self->visits = g_array_new (FALSE, FALSE, sizeof (DiscVisit));
  self->doctors = g_array_new (FALSE, FALSE, sizeof (DiscDoctorPatient));
  self->by_doctor = g_hash_table_new (g_str_hash, g_str_equal);
  self->admitted = g_hash_table_new (NULL, NULL);
  self->moved = g_hash_table_new (NULL, NULL);
  self->discharged = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < unit->chart->len; i++)
    {
      const ImpMessage *message = g_ptr_array_index (unit->chart, i);
      ImpCensusEvent event;

      if (!imp_census_read_event (message, i, &event))
        continue;
      if (imp_message_is_fhir (message))
        sort_resource (self, &event, encounters, parts);
      else if (imp_message_is_standing (message))
        sort_movement (self, &event, movements);
    }
  imp_census_walk_movements (self, movements);
  add_encounters (self, encounters, parts);
  join_plans (self);
  tie_stays (self);
  return self;
}

void
imp_census_free (ImpCensus *self)
{
  g_array_unref (self->stays);
  g_array_unref (self->plans);
  g_array_unref (self->visits);
  g_array_unref (self->doctors);
  g_hash_table_unref (self->by_doctor);
  g_hash_table_unref (self->admitted);
  g_hash_table_unref (self->moved);
  g_hash_table_unref (self->discharged);
  g_free (self);
}

const GArray *
imp_census_stays (const ImpCensus *self)
{
  return self->stays;
}

const GArray *
imp_census_visits (const ImpCensus *self)
{
  return self->visits;
}

const GArray *
imp_census_doctors (const ImpCensus *self)
{
  return self->doctors;
}

gboolean
imp_census_write (const ImpCensus *self, DiscWriter *writer, const gint64 *rids, GError **error)
{
  for (guint i = 0; i < self->stays->len; i++)
    {
      DiscStay stay = g_array_index (self->stays, DiscStay, i);

      stay.rid = rids[stay.rid];
      if (stay.rid != 0 && !disc_writer_add_stay (writer, &stay, error))
        return FALSE;
    }
  for (guint i = 0; i < self->visits->len; i++)
    {
      DiscVisit visit = g_array_index (self->visits, DiscVisit, i);

      visit.rid = rids[visit.rid];
      if (visit.rid != 0 && !disc_writer_add_visit (writer, &visit, error))
        return FALSE;
    }
  for (guint i = 0; i < self->doctors->len; i++)
    {
      DiscDoctorPatient patient = g_array_index (self->doctors, DiscDoctorPatient, i);

      patient.rid = rids[patient.rid];
      if (patient.rid != 0 && !disc_writer_add_doctor_patient (writer, &patient, error))
        return FALSE;
    }
  return TRUE;
}
