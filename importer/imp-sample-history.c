/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-course.h"

void
imp_sample_course_means (ImpSampleChart *chart, ImpSampleRandom *random)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  guint sex = chart->person.sex == 'F' ? 1 : 0;

  for (guint i = 0; i < imp_sample_table_size (tables, IMP_SAMPLE_LAB_ITEMS); i++)
    {
      const ImpSampleLabItem *item = imp_sample_table_row (tables, IMP_SAMPLE_LAB_ITEMS, i);

      if (item->choices.n_rows > 0)
        {
          /* The first answers of the table are the usual ones. */
          guint draw = imp_sample_random_below (random, 100);

          chart->lab_means[i] =
              draw < 85 ? draw % MIN (item->choices.n_rows, 2) : draw % item->choices.n_rows;
        }
      else
        chart->lab_means[i] =
            item->mean[sex] + item->deviation * imp_sample_random_normal (random) / 1500;
    }
}

ImpSampleProblem *
imp_sample_course_add_problem (ImpSampleCourse *course, const ImpSampleDiagnosis *diagnosis,
                               const ImpSampleDepartment *department, int start)
{
  ImpSampleProblem *problem;

  for (guint i = 0; i < course->n_problems; i++)
    if (course->problems[i].diagnosis == diagnosis)
      return NULL;
  if (course->n_problems == G_N_ELEMENTS (course->problems))
    return NULL;
  problem = &course->problems[course->n_problems++];
  *problem = (ImpSampleProblem) {
    .diagnosis = diagnosis, .department = department, .start = start, .action = "AD"
  };
  return problem;
}

static gboolean
fits (const ImpSampleCondition *row, const ImpSampleChart *chart, int age)
{
  return age >= row->age_from && age <= row->age_to &&
         (row->sex[0] == '\0' || row->sex[0] == chart->person.sex);
}

/* By weight among what a person of this age and sex can have; %NULL when chance finds none. */
static const ImpSampleCondition *
draw_condition (ImpSampleChart *chart, ImpSampleTableId table, int age)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  guint n = imp_sample_table_size (tables, table);
  gint64 total = 0, draw;

  for (guint i = 0; i < n; i++)
    {
      const ImpSampleCondition *row = imp_sample_table_row (tables, table, i);

      total += fits (row, chart, age) ? row->weight : 0;
    }
  draw = imp_sample_random_below (&chart->random, (guint) total);
  for (guint i = 0; i < n; i++)
    {
      const ImpSampleCondition *row = imp_sample_table_row (tables, table, i);

      draw -= fits (row, chart, age) ? row->weight : 0;
      if (draw < 0)
        return row;
    }
  return NULL;
}

static void
draw_conditions (ImpSampleChart *chart, ImpSampleCourse *course)
{
  int age = imp_sample_chart_age (chart, chart->hospital->last_day);
  guint wanted = 1 + imp_sample_random_below (&chart->random, age > 70 ? 4 : age > 45 ? 3 : 2);

  for (guint i = 0; i < wanted && course->n_conditions < G_N_ELEMENTS (course->conditions); i++)
    {
      const ImpSampleCondition *row = draw_condition (chart, IMP_SAMPLE_CONDITIONS, age);
      gboolean is_known = row == NULL;

      for (guint j = 0; j < course->n_conditions; j++)
        is_known = is_known || course->conditions[j] == row;
      if (is_known)
        continue;
      course->conditions[course->n_conditions++] = row;
      for (guint j = 0; j < row->n_shifts; j++)
        {
          gint64 *mean = &chart->lab_means[row->shifts[j].item];

          *mean = row->shifts[j].first * imp_sample_random_between (&chart->random, 90, 110) / 100;
        }
    }
}

/* Receipts need a diagnosis for each drug and test, and nobody ends them: SS-MIX2 spec 4.6. */
static void
draw_problems (ImpSampleChart *chart, ImpSampleCourse *course)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleRandom *random = &chart->random;
  static const ImpSamplePhrase outcomes[] = {
    IMP_SAMPLE_PHRASE_OUTCOME_RECOVERED, IMP_SAMPLE_PHRASE_OUTCOME_RECOVERING,
    IMP_SAMPLE_PHRASE_OUTCOME_UNCHANGED, IMP_SAMPLE_PHRASE_OUTCOME_STOPPED,
    IMP_SAMPLE_PHRASE_OUTCOME_CURED,
  };
  guint n_past = imp_sample_random_below (random, 3);
  guint n_receipt = imp_sample_random_chance (random, 150)
                        ? 10 + imp_sample_random_below (random, 14)
                        : imp_sample_random_below (random, 3);

  for (guint i = 0; i < course->n_conditions; i++)
    for (guint j = 0; j < course->conditions[i]->diagnoses.n_rows; j++)
      {
        ImpSampleProblem *problem = imp_sample_course_add_problem (
            course, course->conditions[i]->diagnoses.rows[j], course->conditions[i]->department,
            chart->hospital->last_day - imp_sample_random_between (random, 60, 4000));

        if (problem != NULL)
          problem->is_main = i == 0 && j == 0;
      }
  for (guint i = 0; i < n_past + n_receipt; i++)
    {
      guint row =
          imp_sample_random_below (random, imp_sample_table_size (tables, IMP_SAMPLE_DIAGNOSES));
      ImpSampleProblem *problem = imp_sample_course_add_problem (
          course, imp_sample_table_row (tables, IMP_SAMPLE_DIAGNOSES, row),
          course->conditions[0]->department,
          chart->hospital->last_day - imp_sample_random_between (random, 200, 5000));

      if (problem == NULL)
        continue;
      problem->is_suspected = imp_sample_random_chance (random, 250);
      problem->is_confidential = g_str_equal (problem->diagnosis->key, "hiv");
      if (i < n_past)
        {
          problem->end = problem->start + imp_sample_random_between (random, 5, 190);
          problem->outcome = &tables->phrases[outcomes[imp_sample_random_below (random, 5)]];
        }
    }
}

/* Three states: listed, "none" stated, nothing anywhere. */
static void
draw_allergies (ImpSampleChart *chart, ImpSampleCourse *course)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleRandom *random = &chart->random;
  guint draw = imp_sample_random_below (random, 100);
  guint n = imp_sample_table_size (tables, IMP_SAMPLE_ALLERGENS);
  static const guint places[] = { IMP_SAMPLE_IN_ALLERGIES, IMP_SAMPLE_IN_BASICS,
                                  IMP_SAMPLE_IN_ALLERGIES | IMP_SAMPLE_IN_BASICS,
                                  IMP_SAMPLE_IN_ALLERGIES };

  course->allergy_places = places[imp_sample_random_below (random, G_N_ELEMENTS (places))];
  if (draw < 18)
    return;
  if (draw < 75)
    {
      course->allergies[course->n_allergies++] =
          (ImpSampleAllergy) { imp_sample_table_find (tables, IMP_SAMPLE_ALLERGENS,
                                                     draw < 60 ? "none" : "none-drug"),
                              IMP_SAMPLE_PHRASE_ADD, "", NULL };
      return;
    }
  for (guint wanted = 1 + imp_sample_random_below (random, 3), tries = 0;
       course->n_allergies < wanted && tries < 40; tries++)
    {
      const ImpSampleAllergen *row =
          imp_sample_table_row (tables, IMP_SAMPLE_ALLERGENS, imp_sample_random_below (random, n));
      gboolean is_known = imp_sample_random_below (random, 16) >= row->weight;

      for (guint i = 0; i < course->n_allergies; i++)
        is_known = is_known || course->allergies[i].allergen == row;
      if (!is_known)
        course->allergies[course->n_allergies++] = (ImpSampleAllergy) {
          row,
          imp_sample_random_chance (random, 40) ? IMP_SAMPLE_PHRASE_DELETE : IMP_SAMPLE_PHRASE_ADD,
          imp_sample_random_chance (random, 100) ? "U" : "",
          NULL,
        };
    }
}

void
imp_sample_course_draw_history (ImpSampleChart *chart, ImpSampleCourse *course)
{
  ImpSampleRandom *random = &chart->random;

  imp_sample_course_means (chart, random);
  draw_conditions (chart, course);
  draw_problems (chart, course);
  draw_allergies (chart, course);
  course->is_one_pack = imp_sample_chart_age (chart, chart->hospital->last_day) > 78 &&
                        imp_sample_random_chance (random, 300);
  course->has_split_problems = imp_sample_random_chance (random, 30);
  course->lacks_ranges = imp_sample_random_chance (random, 10);
  course->has_infection_risk = imp_sample_random_chance (random, 20);
}
