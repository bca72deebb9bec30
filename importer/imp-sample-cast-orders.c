/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-cast-private.h"

#include <stdlib.h>

/* what: regimens, each "key" or "key:days"; category=in|discharge|own start= refills= fate= */
gboolean
imp_sample_play_prescribe (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (scene->what, " ", -1);
  g_autofree char *category = imp_sample_scene_detail (scene, "category");
  ImpSamplePrescription *prescription = &play->prescription;
  gboolean is_ward = play->chart->place.ward != NULL;

  *prescription = (ImpSamplePrescription) {
    .order = imp_sample_play_order (play, scene, scene->time),
    .lines = play->lines,
    .category = is_ward ? IMP_SAMPLE_PHRASE_INPATIENT_RX : IMP_SAMPLE_PHRASE_OUTPATIENT_RX,
    .start = imp_sample_time_day (imp_sample_play_time (play, scene, "start", scene->time)),
    .refills = (guint) imp_sample_scene_number (scene, "refills", 0),
    .salt = (guint) scene->day,
  };
  if (category != NULL)
    prescription->category = g_str_equal (category, "discharge") ? IMP_SAMPLE_PHRASE_DISCHARGE_RX
                                                                 : IMP_SAMPLE_PHRASE_OWN_DRUGS;
  for (guint i = 0; parts[i] != NULL && i < G_N_ELEMENTS (play->lines); i++)
    {
      char *days = strchr (parts[i], ':');
      ImpSampleLine *line = &play->lines[prescription->n_lines++];

      if (days != NULL)
        *days++ = '\0';
      *line = (ImpSampleLine) { .days = days != NULL ? (guint) atoi (days) : 0 };
      if (!imp_sample_play_find (play, IMP_SAMPLE_REGIMENS, parts[i],
                                 (const void **) &line->regimen, error))
        return FALSE;
      line->is_one_pack = play->course.is_one_pack && line->regimen->days >= 14;
    }
  imp_sample_play_write (play, scene, imp_sample_write_prescription, prescription, scene->time);
  imp_sample_play_note_contact (play, scene->time);
  return TRUE;
}

/* What of the last prescription was taken up to that time of the day. */
gboolean
imp_sample_play_take (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleAct act = { "NW", "", scene->time, scene->day, '1' };
  ImpSamplePrescription taken = play->prescription;

  taken.salt = (guint) scene->day;
  imp_sample_write_dispensing (play->chart, &taken, &act);
  return TRUE;
}

/* for the day; time: when ordered that day or, with entered=, before; what: infusions; outcomes=
 * one group of letters an infusion, commas between; until= time of the record */
gboolean
imp_sample_play_infuse (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const void *rows[IMP_SAMPLE_MAX_KEYS];
  g_autofree char *letters = imp_sample_scene_detail (scene, "outcomes");
  g_auto (GStrv) outcomes = g_strsplit (letters != NULL ? letters : "", ",", -1);
  gint64 recorded =
      imp_sample_play_time (play, scene, "recorded", imp_sample_time (scene->day, 23, 40));
  ImpSampleAct given = { "NW", "", MIN (recorded, play->chart->hospital->as_of), scene->day, '1' };
  ImpSampleInjection injection = {
    .day = scene->day,
    .order = imp_sample_play_order (play, scene, scene->time),
    .infusions = (const ImpSampleInfusion *const *) rows,
    .salt = (guint) scene->day,
  };

  injection.not_before = imp_sample_play_time (play, scene, "entered", scene->time);
  if (!imp_sample_play_find_all (play, IMP_SAMPLE_INFUSIONS, scene->what, rows,
                                 &injection.n_infusions, error))
    return FALSE;
  if (letters != NULL && g_strv_length (outcomes) == injection.n_infusions)
    injection.outcomes = (const char *const *) outcomes;
  imp_sample_play_write (play, scene, imp_sample_write_injection, &injection, scene->time);
  if (imp_sample_scene_fate (scene) != IMP_SAMPLE_CANCELLED && given.at >= injection.day)
    imp_sample_write_administration (play->chart, &injection, &given);
  return TRUE;
}

/* ordered then; what: examination; performed= reason= urgent open (not done) */
gboolean
imp_sample_play_exam (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  g_autofree char *reason = imp_sample_scene_detail (scene, "reason");
  ImpSampleExam exam = {
    .order = imp_sample_play_order (play, scene, scene->time),
    .performed = imp_sample_play_time (play, scene, "performed", scene->time + 3600),
    .is_urgent = imp_sample_scene_has (scene, "urgent"),
    .has_infection_risk = play->course.has_infection_risk,
  };
  ImpSampleAct done = { "SC", "CM", exam.performed + 2400, 0, '1' };

  if (!imp_sample_play_find (play, IMP_SAMPLE_EXAMINATIONS, scene->what,
                             (const void **) &exam.examination, error) ||
      (reason != NULL && !imp_sample_play_find (play, IMP_SAMPLE_DIAGNOSES, reason,
                                                (const void **) &exam.diagnosis, error)))
    return FALSE;
  imp_sample_play_write (play, scene, imp_sample_write_exam_order, &exam, scene->time);
  if (!imp_sample_scene_has (scene, "open") &&
      imp_sample_scene_fate (scene) != IMP_SAMPLE_CANCELLED)
    imp_sample_write_exam_result (play->chart, &exam, &done);
  return TRUE;
}

/* from that meal on; what: meal; until= */
gboolean
imp_sample_play_meal (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleMealOrder order = {
    .order = imp_sample_play_order (play, scene, scene->time - 7200),
    .from = scene->time,
    .to = imp_sample_play_time (play, scene, "until", 0),
  };

  if (!imp_sample_play_find (play, IMP_SAMPLE_MEALS, scene->what, (const void **) &order.meal,
                             error))
    return FALSE;
  imp_sample_play_write (play, scene, imp_sample_write_meal, &order, scene->time - 7200);
  return TRUE;
}

/* The next file is damaged in this way. */
gboolean
imp_sample_play_fault (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleFault fault = imp_sample_fault_find (scene->what);

  if (fault == IMP_SAMPLE_N_FAULTS)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "unknown: %s", scene->what);
      return FALSE;
    }
  play->chart->next_fault = fault;
  return TRUE;
}
