/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-cast-private.h"

#include <stdlib.h>

/* what: PID-5; birth= sex= blood= height= weight= town= block= house= */
gboolean
imp_sample_play_person (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSamplePerson *person = &play->chart->person;
  g_autofree char *birth = imp_sample_scene_detail (scene, "birth");
  g_autofree char *sex = imp_sample_scene_detail (scene, "sex");
  g_autofree char *blood = imp_sample_scene_detail (scene, "blood");
  g_autofree char *height = imp_sample_scene_detail (scene, "height");
  g_autofree char *weight = imp_sample_scene_detail (scene, "weight");
  g_autofree char *town_key = imp_sample_scene_detail (scene, "town");
  const ImpSampleTown *town;
  ImpSampleWord name;
  ImpSampleRandom random =
      imp_sample_random_start (play->chart->hospital->seed, IMP_SAMPLE_STREAM_PERSON,
                               g_ascii_strtoull (scene->id, NULL, 10));

  if (birth == NULL || sex == NULL ||
      !imp_sample_play_find (play, IMP_SAMPLE_TOWNS, town_key != NULL ? town_key : "1",
                             (const void **) &town, error) ||
      !imp_sample_tables_word (play->tables, scene->what, &name, error))
    return FALSE;
  person->id = g_ascii_strtoull (scene->id, NULL, 10);
  imp_sample_put_word (&person->name, &name);
  person->sex = sex[0];
  if (strlen (birth) >= 6)
    {
      int digits = atoi (birth);
      int whole = strlen (birth) == 8 ? digits : digits * 100 + 1;

      person->birth_day = imp_sample_day (whole / 10000, whole / 100 % 100, whole % 100);
      person->birth_digits = (guint) strlen (birth);
    }
  else /* days before the last one: a newborn */
    {
      person->birth_day = play->chart->hospital->last_day + atoi (birth);
      person->birth_digits = 8;
    }
  person->blood = blood != NULL ? g_string_chunk_insert_const (play->tables->texts, blood) : "";
  if (height != NULL && weight != NULL &&
      (!imp_sample_parse_thousandths (height, &person->height) ||
       !imp_sample_parse_thousandths (weight, &person->weight)))
    return FALSE;
  person->postal = town->postal;
  person->address = town->name;
  person->block = (guint) imp_sample_scene_number (scene, "block", 1) % IMP_SAMPLE_N_WIDE_NUMBERS;
  person->house = (guint) imp_sample_scene_number (scene, "house", 1) % IMP_SAMPLE_N_WIDE_NUMBERS;
  imp_sample_chart_set_person (play->chart);
  imp_sample_course_means (play->chart, &random);
  play->course.has_infection_risk = imp_sample_scene_has (scene, "infection");
  play->course.is_one_pack = imp_sample_scene_has (scene, "one-pack");
  return TRUE;
}

/* what: lab values that are usual for this person */
gboolean
imp_sample_play_usual (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const ImpSampleShift *shifts;
  guint n;

  if (!imp_sample_tables_shifts (play->tables, scene->what, &shifts, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    play->chart->lab_means[shifts[i].item] = shifts[i].first;
  return TRUE;
}

/* what: allergen; in=basics|both (else ADT-61) certainty= action=delete when= */
gboolean
imp_sample_play_allergy (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleCourse *course = &play->course;
  ImpSampleAllergy *allergy = &course->allergies[course->n_allergies];
  g_autofree char *place = imp_sample_scene_detail (scene, "in");
  g_autofree char *certainty = imp_sample_scene_detail (scene, "certainty");

  if (course->n_allergies == G_N_ELEMENTS (course->allergies))
    return FALSE;
  *allergy = (ImpSampleAllergy) {
    .action =
        imp_sample_scene_has (scene, "action") ? IMP_SAMPLE_PHRASE_DELETE : IMP_SAMPLE_PHRASE_ADD,
    .certainty =
        certainty != NULL ? g_string_chunk_insert_const (play->tables->texts, certainty) : "",
  };
  course->n_allergies++;
  course->allergy_places |= place == NULL ? IMP_SAMPLE_IN_ALLERGIES
                            : g_str_equal (place, "basics")
                                ? IMP_SAMPLE_IN_BASICS
                                : IMP_SAMPLE_IN_BASICS | IMP_SAMPLE_IN_ALLERGIES;
  return imp_sample_play_find (play, IMP_SAMPLE_ALLERGENS, scene->what,
                               (const void **) &allergy->allergen, error) &&
         imp_sample_play_word (play, scene, "when", &allergy->when, error);
}

static const struct
{
  const char *name;
  ImpSamplePhrase phrase;
} outcome_names[] = {
  { "recovered", IMP_SAMPLE_PHRASE_OUTCOME_RECOVERED },
  { "recovering", IMP_SAMPLE_PHRASE_OUTCOME_RECOVERING },
  { "unchanged", IMP_SAMPLE_PHRASE_OUTCOME_UNCHANGED },
  { "stopped", IMP_SAMPLE_PHRASE_OUTCOME_STOPPED },
  { "cured", IMP_SAMPLE_PHRASE_OUTCOME_CURED },
};

/* day: its start; what: diagnoses; department= main suspected confidential inpatient action= typed=
 * prefix= end= outcome= */
gboolean
imp_sample_play_problem (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  const void *rows[IMP_SAMPLE_MAX_KEYS], *department;
  g_autofree char *department_key = imp_sample_scene_detail (scene, "department");
  g_autofree char *outcome = imp_sample_scene_detail (scene, "outcome");
  guint n;

  if (!imp_sample_play_find_all (play, IMP_SAMPLE_DIAGNOSES, scene->what, rows, &n, error) ||
      !imp_sample_play_find (play, IMP_SAMPLE_DEPARTMENTS,
                             department_key != NULL ? department_key : "01", &department, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      ImpSampleProblem *problem = imp_sample_course_add_problem (&play->course, rows[i], department,
                                                                 scene->day - (int) i * 40);

      if (problem == NULL)
        return FALSE;
      problem->is_main = imp_sample_scene_has (scene, "main");
      problem->is_suspected = imp_sample_scene_has (scene, "suspected");
      problem->is_confidential = imp_sample_scene_has (scene, "confidential");
      problem->is_inpatient = imp_sample_scene_has (scene, "inpatient");
      problem->action = imp_sample_scene_has (scene, "deleted") ? "DE" : "AD";
      if (imp_sample_scene_has (scene, "end"))
        problem->end = imp_sample_time_day (imp_sample_play_time (play, scene, "end", 0));
      for (guint j = 0; outcome != NULL && j < G_N_ELEMENTS (outcome_names); j++)
        if (g_str_equal (outcome, outcome_names[j].name))
          problem->outcome = &play->tables->phrases[outcome_names[j].phrase];
      if (!imp_sample_play_word (play, scene, "typed", &problem->typed, error) ||
          !imp_sample_play_word (play, scene, "prefix", &problem->prefix, error))
        return FALSE;
    }
  return TRUE;
}
