/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-census.h"

#include <string.h>

#include "disc-date.h"

struct _ImpCensus
{
  const char *data_time; /* (nullable) */
  GArray *stays;
  GArray *plans; /* (element-type DiscStay) join @stays at the end */
  GArray *visits;
  GArray *doctors;
  GHashTable *admitted, *moved, *discharged; /* days (disc_list_day()) on which it happened */
  GHashTable *by_doctor;                     /* name to its place in @doctors, from 1 */
};

/* What one message says. Strings are those of its records. */
typedef struct
{
  const ImpMessage *message;
  guint index; /* in the chart */
  DiscKind kind;
  DiscStatus status;
  const char *at;
  const char *class;
  const char *word; /* status as coded in the source */
  const char *end;
  const char *ward, *room, *bed, *to_place;
  const char *department, *doctor;
  gboolean is_part;
  gboolean was_elsewhere; /* it names further places */
} Event;

/* ---- reading -------------------------------------------------------------------------------- */

static const char **
slot_of (Event *event, DiscField field)
{
  switch (field)
    {
    case DISC_FIELD_EVENT_CODE:
      return &event->class;
    case DISC_FIELD_STATUS:
      return &event->word;
    case DISC_FIELD_END:
      return &event->end;
    case DISC_FIELD_WARD:
      return &event->ward;
    case DISC_FIELD_ROOM:
      return &event->room;
    case DISC_FIELD_BED:
      return &event->bed;
    case DISC_FIELD_TO:
      return &event->to_place;
    case DISC_FIELD_DEPARTMENT:
    case DISC_FIELD_ITEM_DEPARTMENT:
      return &event->department;
    case DISC_FIELD_DOCTOR:
      return &event->doctor;
    default:
      return NULL;
    }
}

/* Only what is live, and surely of this patient and no training. */
static gboolean
read_event (const ImpMessage *message, guint index, Event *event)
{
  DiscRecordIter iter;
  DiscToken token;

  *event = (Event){ .message = message, .index = index, .at = message->clinical_at };
  if (message->fate != IMP_FATE_ON_DISC ||
      (message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST | DISC_MESSAGE_SAID_BEFORE)))
    return FALSE;

  disc_record_iter_init (&iter, message->records, message->records_len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END && token != DISC_TOKEN_BAD)
    {
      const char **slot;

      if ((iter.kind != DISC_KIND_ENCOUNTER && iter.kind != DISC_KIND_APPOINTMENT) || !iter.live)
        continue;
      event->kind = iter.kind;
      event->status = iter.status;
      if (token != DISC_TOKEN_VALUE)
        continue;
      slot = slot_of (event, iter.field);
      if (slot != NULL && *slot == NULL)
        *slot = iter.value;
      if (iter.field == DISC_FIELD_WARNING && strcmp (iter.value, "part-of-stay") == 0)
        event->is_part = TRUE;
      event->was_elsewhere |= iter.field == DISC_FIELD_FROM;
    }
  return event->kind != DISC_KIND_NONE;
}

static gboolean
is_type (const Event *event, const char *type)
{
  return strcmp (event->message->type, type) == 0;
}

static DiscListFlags
flags_of (const Event *event)
{
  return event->message->flags & DISC_MESSAGE_MAYBE_CANCELLED ? DISC_LIST_DOUBTED : 0;
}

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

/* ---- stays of SS-MIX2 ----------------------------------------------------------------------- */

/* Same minute: admission, move, doctor, leave, return, discharge (spec 4.4). */
static const char *const order_of_types[] = { "ADT-22", "ADT-42", "ADT-01",
                                              "ADT-31", "ADT-32", "ADT-52" };

static int
rank_of (const Event *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_of_types); i++)
    if (is_type (event, order_of_types[i]))
      return (int) i;
  return -1;
}

/* As far as both times go, to the minute: a day without a time is neither before nor after a time
 * on that day. */
static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *one = a, *other = b;
  gsize n = MIN (MIN (strlen (one->at), strlen (other->at)), strlen ("2025-04-10T10:00"));
  int order = strncmp (one->at, other->at, n);

  if (order == 0)
    order = rank_of (one) - rank_of (other);
  if (order == 0 && strlen (one->at) == strlen (other->at))
    order = strcmp (one->at, other->at);
  return order != 0 ? order : imp_message_compare_age (one->message, other->message);
}

/* The stay at hand while movements are gone through in the order of time. */
typedef struct
{
  ImpCensus *census;
  DiscStay stay;
  gboolean is_open;
  gboolean is_discharged; /* the last that is known of him */
} Walk;

static void
close_stay (Walk *walk, const char *at, DiscStayEnd end)
{
  if (!walk->is_open)
    return;
  walk->stay.to_at = at;
  walk->stay.end = end;
  g_array_append_val (walk->census->stays, walk->stay);
  walk->is_open = FALSE;
}

static void
open_stay (Walk *walk, const Event *event, DiscStayState state)
{
  walk->stay = (DiscStay){
    .rid = event->index,
    .state = state,
    .flags = flags_of (event),
    .ward = event->ward,
    .room = event->room,
    .bed = event->bed,
    .department = event->department,
    .doctor = event->doctor,
    .from_at = event->at,
  };
  walk->is_open = TRUE;
  walk->is_discharged = FALSE;
}

/* Goes on where the stay before was: leave, return and doctor need not name the place again. */
static void
go_on (Walk *walk, const Event *event, DiscStayState state, DiscStayEnd end)
{
  DiscStay before = walk->stay;
  gboolean keeps_place = walk->is_open && event->ward == NULL;

  close_stay (walk, event->at, end);
  open_stay (walk, event, state);
  if (keeps_place)
    {
      walk->stay.ward = before.ward;
      walk->stay.room = before.room;
      walk->stay.bed = before.bed;
      if (walk->stay.department == NULL)
        walk->stay.department = before.department;
    }
  if (keeps_place && walk->stay.doctor == NULL)
    walk->stay.doctor = before.doctor;
  if (keeps_place) /* a place in doubt stays so */
    walk->stay.flags |= before.flags;
}

static void
change_doctor (Walk *walk, const Event *event)
{
  DiscStay next = walk->stay;

  if (!walk->is_open || event->doctor == NULL || g_strcmp0 (event->doctor, next.doctor) == 0)
    return;
  close_stay (walk, event->at, DISC_STAY_DOCTOR);
  next.rid = event->index;
  next.from_at = event->at;
  next.flags |= flags_of (event);
  next.doctor = event->doctor;
  walk->stay = next;
  walk->is_open = TRUE;
}

static void
remember_day (GHashTable *days, const char *at)
{
  if (disc_list_day (at) != 0)
    g_hash_table_add (days, GUINT_TO_POINTER (disc_list_day (at)));
}

static gboolean
is_day_of (GHashTable *days, const char *at)
{
  return g_hash_table_contains (days, GUINT_TO_POINTER (disc_list_day (at)));
}

static void
step (Walk *walk, const Event *event)
{
  if (is_type (event, "ADT-22"))
    {
      remember_day (walk->census->admitted, event->at);
      close_stay (walk, event->at, DISC_STAY_ADMITTED);
      open_stay (walk, event, DISC_STAY_IN);
    }
  else if (is_type (event, "ADT-42"))
    {
      remember_day (walk->census->moved, event->at);
      close_stay (walk, event->at, DISC_STAY_MOVED);
      open_stay (walk, event, DISC_STAY_IN);
    }
  else if (is_type (event, "ADT-52"))
    {
      remember_day (walk->census->discharged, event->at);
      close_stay (walk, event->at, DISC_STAY_DISCHARGED);
      walk->is_discharged = TRUE;
    }
  else if (is_type (event, "ADT-01"))
    change_doctor (walk, event);
  else if (walk->is_discharged)
    return; /* a leave behind a discharge brings nobody back */
  else if (is_type (event, "ADT-31"))
    go_on (walk, event, DISC_STAY_LEAVE, DISC_STAY_WENT);
  else if (!walk->is_open || walk->stay.state == DISC_STAY_LEAVE)
    go_on (walk, event, DISC_STAY_IN, DISC_STAY_RETURNED);
}

/* Whoever is in is discharged before he is admitted again, where the times cannot tell. */
#define MAX_TIES 64

static void
put_discharge_first (GArray *movements, guint place)
{
  const Event admission = g_array_index (movements, Event, place);

  for (guint i = place + 1; i < movements->len && i - place <= MAX_TIES; i++)
    {
      Event event = g_array_index (movements, Event, i);
      gsize n = MIN (MIN (strlen (admission.at), strlen (event.at)), strlen ("2025-04-10T10:00"));

      if (strncmp (admission.at, event.at, n) != 0)
        return;
      if (!is_type (&event, "ADT-52"))
        continue;
      g_array_remove_index (movements, i);
      g_array_insert_val (movements, place, event);
      return;
    }
}

/* A time that is none cannot be ordered: the writer counts the row. */
static void
leave_out (ImpCensus *self, const Event *event)
{
  DiscStay stay = { .rid = event->index, .state = DISC_STAY_IN, .from_at = event->at };

  g_array_append_val (self->plans, stay);
}

static void
walk_movements (ImpCensus *self, GArray *movements)
{
  Walk walk = { .census = self };

  g_array_sort (movements, compare_events);
  for (guint i = 0; i < movements->len; i++)
    {
      if (walk.is_open && is_type (&g_array_index (movements, Event, i), "ADT-22"))
        put_discharge_first (movements, i);
      step (&walk, &g_array_index (movements, Event, i));
    }
  close_stay (&walk, NULL, DISC_STAY_OPEN);
}

/* ---- stays of FHIR -------------------------------------------------------------------------- */

static gboolean
is_one_of (const char *word, const char *const *words)
{
  return word != NULL && g_strv_contains (words, word);
}

static gboolean
is_stay_class (const Event *event)
{
  static const char *const classes[] = { "IMP", "ACUTE", "NONAC", "SS", "OBSENC", NULL };

  return is_one_of (event->class, classes);
}

static gboolean
is_over (const Event *event)
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
is_told_by_movements (const ImpCensus *self, guint n_stays, const Event *event)
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
end_last_stay (ImpCensus *self, guint n_stays, const Event *event)
{
  DiscStay *last = n_stays > 0 ? &g_array_index (self->stays, DiscStay, n_stays - 1) : NULL;

  if (last == NULL || last->end != DISC_STAY_OPEN || event->end == NULL ||
      !is_before (last->from_at, event->end))
    return;
  last->end = DISC_STAY_DISCHARGED;
  last->to_at = event->end;
  remember_day (self->discharged, event->end);
}

static void
add_encounter_stay (ImpCensus *self, const Event *event, guint n_stays)
{
  gboolean is_on_leave = g_strcmp0 (event->word, "onleave") == 0;
  gboolean is_here = is_on_leave || event->was_elsewhere;
  DiscStay stay = {
    .rid = event->index,
    .state = is_on_leave ? DISC_STAY_LEAVE : DISC_STAY_IN,
    .end = event->end != NULL ? DISC_STAY_DISCHARGED
           : is_over (event)  ? DISC_STAY_UNTIMED
                              : DISC_STAY_OPEN,
    .flags = flags_of (event) | (is_here ? DISC_LIST_SINCE_UNKNOWN : 0),
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
    remember_day (self->discharged, event->end);
}

/* ---- plans and visits ----------------------------------------------------------------------- */

/* What was planned for a day before the data has its answer in the chart, or has none. */
static void
add_plan (ImpCensus *self, const Event *event, DiscStayState state)
{
  DiscStay stay = {
    .rid = event->index,
    .state = state,
    .flags = flags_of (event),
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
add_visit (ImpCensus *self, const Event *event, gboolean is_planned)
{
  DiscVisit visit = {
    .rid = event->index,
    .state = is_planned ? DISC_VISIT_PLANNED : DISC_VISIT_HAPPENED,
    .flags = flags_of (event),
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
lies_ahead (const ImpCensus *self, const Event *event)
{
  return event->status == DISC_STATUS_PLANNED || g_strcmp0 (event->word, "planned") == 0 ||
         disc_date_is_after (event->at, self->data_time);
}

static void
sort_movement (ImpCensus *self, const Event *event, GArray *movements)
{
  if (is_type (event, "ADT-12"))
    add_visit (self, event, lies_ahead (self, event));
  else if (is_type (event, "ADT-21"))
    add_plan (self, event, DISC_STAY_PLANNED_IN);
  else if (is_type (event, "ADT-41"))
    add_plan (self, event, DISC_STAY_PLANNED_MOVE);
  else if (is_type (event, "ADT-51"))
    add_plan (self, event, DISC_STAY_PLANNED_OUT);
  else if (rank_of (event) < 0 || (!event->message->names_admission && !is_type (event, "ADT-01")))
    return; /* it places nobody */
  else if (disc_date_is_valid (event->at))
    g_array_append_val (movements, *event);
  else
    leave_out (self, event);
}

static void
sort_resource (ImpCensus *self, const Event *event, GArray *encounters)
{
  if (event->kind == DISC_KIND_APPOINTMENT)
    add_visit (self, event, TRUE);
  else if (event->is_part)
    return;
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
  g_autoptr (GArray) movements = g_array_new (FALSE, FALSE, sizeof (Event));
  g_autoptr (GArray) encounters = g_array_new (FALSE, FALSE, sizeof (Event));
  guint n_stays;

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
      Event event;

      if (!read_event (message, i, &event))
        continue;
      if (imp_message_is_fhir (message))
        sort_resource (self, &event, encounters);
      else if (imp_message_is_standing (message))
        sort_movement (self, &event, movements);
    }
  walk_movements (self, movements);
  n_stays = self->stays->len;
  for (guint i = 0; i < encounters->len; i++)
    add_encounter_stay (self, &g_array_index (encounters, Event, i), n_stays);
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
