/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-cast-private.h"

#include <stdlib.h>

/* "19480405", "194004", or "-2": days before the last one. */
static void
read_birth (const ImpSamplePlay *play, const char *text, ImpSamplePerson *out)
{
  gsize len = strlen (text);
  int digits = atoi (text);

  out->birth_digits = 8;
  if (len < 6)
    {
      out->birth_day = play->chart->hospital->last_day + digits;
      return;
    }
  if (len == 6)
    {
      out->birth_digits = 6;
      digits = digits * 100 + 1;
    }
  out->birth_day = imp_sample_day (digits / 10000, digits / 100 % 100, digits % 100);
}

static gboolean
read_body (const ImpSamplePlay *play, const ImpSampleScene *scene, ImpSamplePerson *out)
{
  g_autofree char *blood = imp_sample_scene_detail (scene, "blood");
  g_autofree char *height = imp_sample_scene_detail (scene, "height");
  g_autofree char *weight = imp_sample_scene_detail (scene, "weight");

  out->blood = blood != NULL ? g_string_chunk_insert_const (play->tables->texts, blood) : "";
  return height == NULL || weight == NULL ||
         (imp_sample_parse_thousandths (height, &out->height) &&
          imp_sample_parse_thousandths (weight, &out->weight));
}

static gboolean
read_address (const ImpSamplePlay *play, const ImpSampleScene *scene, ImpSamplePerson *out,
              GError **error)
{
  g_autofree char *town_key = imp_sample_scene_detail (scene, "town");
  const ImpSampleTown *town;

  if (!imp_sample_play_find (play, IMP_SAMPLE_TOWNS, town_key != NULL ? town_key : "1",
                             (const void **) &town, error))
    return FALSE;
  out->postal = town->postal;
  out->address = town->name;
  out->block = (guint) imp_sample_scene_number (scene, "block", 1) % IMP_SAMPLE_N_WIDE_NUMBERS;
  out->house = (guint) imp_sample_scene_number (scene, "house", 1) % IMP_SAMPLE_N_WIDE_NUMBERS;
  return TRUE;
}

/* what: PID-5; birth= sex= blood= height= weight= town= block= house= infection one-pack no-basics
 */
gboolean
imp_sample_play_person (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSamplePerson *person = &play->chart->person;
  g_autofree char *birth = imp_sample_scene_detail (scene, "birth");
  g_autofree char *sex = imp_sample_scene_detail (scene, "sex");
  ImpSamplePlace place = { .department =
                               imp_sample_table_row (play->tables, IMP_SAMPLE_DEPARTMENTS, 0) };
  ImpSampleRandom random;
  ImpSampleWord name;

  if (birth == NULL || sex == NULL || !read_body (play, scene, person) ||
      !read_address (play, scene, person, error) ||
      !imp_sample_tables_word (play->tables, scene->what, &name, error))
    return FALSE;
  person->id = g_ascii_strtoull (scene->id, NULL, 10);
  person->sex = sex[0];
  read_birth (play, birth, person);
  imp_sample_put_word (&person->name, &name);
  imp_sample_print (&person->name_text, "%x", &name);
  imp_sample_chart_set_person (play->chart);
  place.doctor = imp_sample_chart_doctor (play->chart, place.department);
  imp_sample_chart_set_place (play->chart, &place);
  random =
      imp_sample_random_start (play->chart->hospital->seed, IMP_SAMPLE_STREAM_PERSON, person->id);
  imp_sample_course_means (play->chart, &random);
  play->course.has_infection_risk = imp_sample_scene_has (scene, "infection");
  play->course.is_one_pack = imp_sample_scene_has (scene, "one-pack");
  play->course.lacks_basics = imp_sample_scene_has (scene, "no-basics");
  return TRUE;
}

/* The name until then: an older ADT-00. what: PID-5 */
gboolean
imp_sample_play_former (ImpSamplePlay *play, const ImpSampleScene *scene, GError **error)
{
  ImpSampleChart *chart = play->chart;
  ImpSampleBuffer own = chart->person.name;
  ImpSampleAct act = { "NW", "", scene->time, scene->day, '2' };
  ImpSampleAllergyList none = { NULL, 0 };
  ImpSampleWord name;

  if (!imp_sample_tables_word (play->tables, scene->what, &name, error))
    return FALSE;
  chart->person.name = (ImpSampleBuffer) { 0 };
  imp_sample_put_word (&chart->person.name, &name);
  imp_sample_chart_set_person (chart);
  imp_sample_write_basics (chart, &none, &act);
  imp_sample_buffer_clear (&chart->person.name);
  chart->person.name = own;
  imp_sample_chart_set_person (chart);
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
