/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-cast-private.h"

static const struct
{
  const char *name;
  ImpSampleVerb play;
} verbs[] = {
  { "person", imp_sample_play_person },
  { "former", imp_sample_play_former },
  { "usual", imp_sample_play_usual },
  { "allergy", imp_sample_play_allergy },
  { "problem", imp_sample_play_problem },
  { "visit", imp_sample_play_movement },
  { "plan-admission", imp_sample_play_movement },
  { "admit", imp_sample_play_movement },
  { "plan-move", imp_sample_play_movement },
  { "move", imp_sample_play_movement },
  { "leave", imp_sample_play_movement },
  { "return", imp_sample_play_movement },
  { "doctor", imp_sample_play_movement },
  { "plan-discharge", imp_sample_play_movement },
  { "discharge", imp_sample_play_movement },
  { "series", imp_sample_play_series },
  { "stay", imp_sample_play_stay },
  { "prescribe", imp_sample_play_prescribe },
  { "take", imp_sample_play_take },
  { "infuse", imp_sample_play_infuse },
  { "labs", imp_sample_play_labs },
  { "culture", imp_sample_play_culture },
  { "exam", imp_sample_play_exam },
  { "meal", imp_sample_play_meal },
  { "fault", imp_sample_play_fault },
  { "misfile", imp_sample_play_misfile },
};

gboolean
imp_sample_play_scene (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (scene->verb, verbs[i].name))
      {
        gboolean is_played = verbs[i].play (play, scene, error);

        if (!is_played && error != NULL && *error == NULL)
          g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE,
                               "a detail is missing or bad");
        return is_played;
      }
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "no such verb");
  return FALSE;
}
