/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-cast-private.h"

#include <stdlib.h>

/* "５東 512 3" */
static gboolean
read_place (const ImpSamplePlay *play, const ImpSampleScene *scene, ImpSamplePlace *out,
            GError **error)
{
  g_auto (GStrv) parts = g_strsplit (scene->what, " ", -1);
  g_autofree char *department = imp_sample_scene_detail (scene, "department");
  g_autofree char *doctor = imp_sample_scene_detail (scene, "doctor");
  const ImpSampleWard *ward;

  *out = play->chart->place;
  if (g_strv_length (parts) == 3)
    {
      if (!imp_sample_play_find (play, IMP_SAMPLE_WARDS, parts[0], (const void **) &ward, error))
        return FALSE;
      out->ward = &ward->name;
      out->room = (guint) atoi (parts[1]);
      out->bed = (guint) atoi (parts[2]);
    }
  if (department != NULL && !imp_sample_play_find (play, IMP_SAMPLE_DEPARTMENTS, department,
                                                   (const void **) &out->department, error))
    return FALSE;
  if (doctor != NULL)
    return imp_sample_play_find (play, IMP_SAMPLE_STAFF, doctor, (const void **) &out->doctor,
                                 error);
  if (department != NULL)
    out->doctor = imp_sample_chart_doctor (play->chart, out->department);
  return out->department != NULL;
}

static const struct
{
  const char *verb;
  ImpSampleType type;
  gboolean sets_place;
} movement_verbs[] = {
  { "plan-admission", IMP_SAMPLE_ADT_21, FALSE }, { "admit", IMP_SAMPLE_ADT_22, TRUE },
  { "leave", IMP_SAMPLE_ADT_31, FALSE },          { "return", IMP_SAMPLE_ADT_32, FALSE },
  { "plan-move", IMP_SAMPLE_ADT_41, FALSE },      { "move", IMP_SAMPLE_ADT_42, TRUE },
  { "plan-discharge", IMP_SAMPLE_ADT_51, FALSE }, { "discharge", IMP_SAMPLE_ADT_52, FALSE },
  { "doctor", IMP_SAMPLE_ADT_01, TRUE },          { "visit", IMP_SAMPLE_ADT_12, TRUE },
};

/* what: ward room bed where it says so; department= doctor= back= died facility */
gboolean
imp_sample_play_movement (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleMovement movement = { .time = scene->time };
  ImpSamplePlace before = play->chart->place;
  gboolean sets_place = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (movement_verbs); i++)
    if (g_str_equal (scene->verb, movement_verbs[i].verb))
      {
        movement.type = movement_verbs[i].type;
        sets_place = movement_verbs[i].sets_place;
      }
  if (movement.type == IMP_SAMPLE_ADT_12)
    play->chart->place.ward = NULL;
  if (!read_place (play, scene, &movement.place, error))
    return FALSE;
  if (movement.type == IMP_SAMPLE_ADT_42)
    movement.before = before;
  if (movement.type == IMP_SAMPLE_ADT_41) /* PV1-3 is where they are, PV2-1 where they go */
    {
      movement.before = movement.place;
      movement.place = before;
    }
  if (movement.type == IMP_SAMPLE_ADT_22)
    play->admitted = scene->time;
  movement.admitted = movement.place.ward != NULL ? play->admitted : 0;
  movement.back = imp_sample_play_time (play, scene, "back", 0);
  if (movement.type == IMP_SAMPLE_ADT_52)
    movement.disposition =
        imp_sample_scene_has (scene, "died")       ? imp_sample_phrase (play->tables, DIED)
        : imp_sample_scene_has (scene, "facility") ? imp_sample_phrase (play->tables, FACILITY)
                                                   : imp_sample_phrase (play->tables, HOME);
  if (sets_place)
    imp_sample_chart_set_place (play->chart, &movement.place);
  imp_sample_play_write (play, scene, imp_sample_write_movement, &movement, scene->time + 300);
  imp_sample_play_note_contact (play, scene->time + 300);
  return TRUE;
}

/* from the day on; what: conditions; until= */
gboolean
imp_sample_play_series (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const void *rows[IMP_SAMPLE_MAX_KEYS];
  int until = imp_sample_time_day (
      imp_sample_play_time (play, scene, "until", play->chart->hospital->as_of));
  guint n;

  if (!imp_sample_play_find_all (play, IMP_SAMPLE_CONDITIONS, scene->what, rows, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const ImpSampleCondition *condition = rows[i];
      int day = MAX (scene->day, play->chart->hospital->first_day) + (int) i * 3;

      for (guint nth = 0; day <= until; day += (int) condition->interval, nth++)
        imp_sample_visit_write (play->chart, &play->course, condition,
                                day + (imp_sample_weekday (day) == 0), nth);
    }
  return TRUE;
}

/* from the day on; what: ward room bed; reason= until= died intensive */
gboolean
imp_sample_play_stay (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  g_autofree char *reason = imp_sample_scene_detail (scene, "reason");
  ImpSamplePlace place;
  ImpSampleStay stay = {
    .first_day = scene->day,
    .last_day = imp_sample_time_day (imp_sample_play_time (play, scene, "until", 0)),
    .died = imp_sample_scene_has (scene, "died"),
    .salt = imp_sample_random_mix (play->chart->person.id + (guint64) scene->day),
    .place = &place,
  };

  if (reason == NULL ||
      !imp_sample_play_find (play, IMP_SAMPLE_STAYS, reason, (const void **) &stay.reason, error))
    return FALSE;
  play->chart->place.department = stay.reason->department;
  if (!read_place (play, scene, &place, error))
    return FALSE;
  imp_sample_stay_write (play->chart, &play->course, &stay);
  play->admitted = imp_sample_time (stay.first_day, 13, 30) + (gint64) (stay.salt % 180) * 60;
  return TRUE;
}
