/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-census-private.h"

#include <string.h>

#include "disc-date.h"

/* Same minute: admission, move, doctor, leave, return, discharge (spec 4.4). */
static const char *const order_of_types[] = { "ADT-22", "ADT-42", "ADT-01",
                                              "ADT-31", "ADT-32", "ADT-52" };

int
imp_census_rank_of (const ImpCensusEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_of_types); i++)
    if (imp_census_is_type (event, order_of_types[i]))
      return (int) i;
  return -1;
}

/* As far as both times go, to the minute: a day without a time is neither before nor after a time
 * on that day. */
static int
compare_events (gconstpointer a, gconstpointer b)
{
  const ImpCensusEvent *one = a, *other = b;
  gsize n = MIN (MIN (strlen (one->at), strlen (other->at)), strlen ("2025-04-10T10:00"));
  int order = strncmp (one->at, other->at, n);

  if (order == 0)
    order = imp_census_rank_of (one) - imp_census_rank_of (other);
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
  guint doubted; /* place in the stays, from 1, of the one whose end is in doubt; 0: none */
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

/* What may be cancelled ends a stay that then goes on perhaps. */
static void
close_in_doubt (Walk *walk, const ImpCensusEvent *event, DiscStayEnd end)
{
  gboolean is_doubted = walk->is_open && imp_census_flags_of (event) & DISC_LIST_DOUBTED;

  if (is_doubted)
    {
      walk->stay.flags |= DISC_LIST_END_DOUBTED;
      walk->doubted = walk->census->stays->len + 1;
    }
  close_stay (walk, event->at, end);
}

/* Whatever places him for sure ends all doubt where he was before. */
static void
settle (Walk *walk, const ImpCensusEvent *event)
{
  if (walk->doubted == 0 || imp_census_flags_of (event) & DISC_LIST_DOUBTED)
    return;
  g_array_index (walk->census->stays, DiscStay, walk->doubted - 1).flags &= ~DISC_LIST_END_DOUBTED;
  walk->doubted = 0;
}

static void
open_stay (Walk *walk, const ImpCensusEvent *event, DiscStayState state)
{
  walk->stay = (DiscStay){
    .rid = event->index,
    .state = state,
    .flags = imp_census_flags_of (event),
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
go_on (Walk *walk, const ImpCensusEvent *event, DiscStayState state, DiscStayEnd end)
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
    walk->stay.flags |= before.flags & DISC_LIST_DOUBTED;
}

static void
change_doctor (Walk *walk, const ImpCensusEvent *event)
{
  DiscStay next = walk->stay;

  if (!walk->is_open || event->doctor == NULL || g_strcmp0 (event->doctor, next.doctor) == 0)
    return;
  close_stay (walk, event->at, DISC_STAY_DOCTOR);
  next.rid = event->index;
  next.from_at = event->at;
  next.flags |= imp_census_flags_of (event);
  next.doctor = event->doctor;
  walk->stay = next;
  walk->is_open = TRUE;
}

void
imp_census_remember_day (GHashTable *days, const char *at)
{
  if (disc_list_day (at) != 0)
    g_hash_table_add (days, GUINT_TO_POINTER (disc_list_day (at)));
}

/* He is where his bed is now, and on leave until he returns. */
static void
move (Walk *walk, const ImpCensusEvent *event)
{
  gboolean is_on_leave = walk->is_open && walk->stay.state == DISC_STAY_LEAVE;

  close_in_doubt (walk, event, DISC_STAY_MOVED);
  open_stay (walk, event, is_on_leave ? DISC_STAY_LEAVE : DISC_STAY_IN);
  if (is_on_leave)
    walk->stay.flags |= DISC_LIST_RETURN_UNKNOWN;
}

static void
step (Walk *walk, const ImpCensusEvent *event)
{
  if (imp_census_is_type (event, "ADT-22"))
    {
      settle (walk, event);
      imp_census_remember_day (walk->census->admitted, event->at);
      close_stay (walk, event->at, DISC_STAY_ADMITTED);
      open_stay (walk, event, DISC_STAY_IN);
    }
  else if (imp_census_is_type (event, "ADT-42"))
    {
      imp_census_remember_day (walk->census->moved, event->at);
      settle (walk, event);
      move (walk, event);
    }
  else if (imp_census_is_type (event, "ADT-52"))
    {
      imp_census_remember_day (walk->census->discharged, event->at);
      settle (walk, event);
      close_in_doubt (walk, event, DISC_STAY_DISCHARGED);
      walk->is_discharged = TRUE;
    }
  else if (imp_census_is_type (event, "ADT-01"))
    change_doctor (walk, event);
  else if (walk->is_discharged)
    return; /* a leave behind a discharge brings nobody back */
  else if (imp_census_is_type (event, "ADT-31"))
    go_on (walk, event, DISC_STAY_LEAVE, DISC_STAY_WENT);
  else if (!walk->is_open || walk->stay.state == DISC_STAY_LEAVE)
    go_on (walk, event, DISC_STAY_IN, DISC_STAY_RETURNED);
}

/* Whoever is in is discharged before he is admitted again, where the times cannot tell. */
#define MAX_TIES 64

static void
put_discharge_first (GArray *movements, guint place)
{
  const ImpCensusEvent admission = g_array_index (movements, ImpCensusEvent, place);

  for (guint i = place + 1; i < movements->len && i - place <= MAX_TIES; i++)
    {
      ImpCensusEvent event = g_array_index (movements, ImpCensusEvent, i);
      gsize n = MIN (MIN (strlen (admission.at), strlen (event.at)), strlen ("2025-04-10T10:00"));

      if (strncmp (admission.at, event.at, n) != 0)
        return;
      if (!imp_census_is_type (&event, "ADT-52"))
        continue;
      g_array_remove_index (movements, i);
      g_array_insert_val (movements, place, event);
      return;
    }
}

void
imp_census_walk_movements (ImpCensus *self, GArray *movements)
{
  Walk walk = { .census = self };

  g_array_sort (movements, compare_events);
  for (guint i = 0; i < movements->len; i++)
    {
      if (walk.is_open &&
          imp_census_is_type (&g_array_index (movements, ImpCensusEvent, i), "ADT-22"))
        put_discharge_first (movements, i);
      step (&walk, &g_array_index (movements, ImpCensusEvent, i));
    }
  close_stay (&walk, NULL, DISC_STAY_OPEN);
}
