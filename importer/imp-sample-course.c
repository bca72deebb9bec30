/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-course.h"

/* What becomes of orders, in thousandths; the rest stay as they are. */
static const struct
{
  ImpSampleFate fate;
  guint per_mille;
} fate_shares[] = {
  { IMP_SAMPLE_CANCELLED, 18 },
  { IMP_SAMPLE_SUPERSEDED, 22 },
  { IMP_SAMPLE_STOPPED, 10 },
  { IMP_SAMPLE_ON_HOLD, 3 },
};

ImpSampleFate
imp_sample_course_fate (ImpSampleRandom *random)
{
  guint draw = imp_sample_random_below (random, 1000);

  for (guint i = 0; i < G_N_ELEMENTS (fate_shares); i++)
    {
      if (draw < fate_shares[i].per_mille)
        return fate_shares[i].fate;
      draw -= fate_shares[i].per_mille;
    }
  return IMP_SAMPLE_LIVE;
}

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

          chart->lab_means[i] = draw < 85 ? draw % MIN (item->choices.n_rows, 2)
                                          : draw % item->choices.n_rows;
        }
      else
        chart->lab_means[i] = item->mean[sex] + item->deviation *
                                                    imp_sample_random_normal (random) / 1500;
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

static gint64
result_time (const ImpSampleLab *lab)
{
  gint64 longest = 0;

  for (guint i = 0; i < lab->n_panels; i++)
    longest = MAX (longest, lab->panels[i]->minutes);
  return lab->sampled + longest * 60;
}

static void
write_result (ImpSampleChart *chart, ImpSampleLab *lab, gint64 at, const char *status, char flag)
{
  ImpSampleAct act = { "SC", "CM", at, 0, flag };

  lab->status = status;
  imp_sample_write_lab_result (chart, lab, &act);
}

void
imp_sample_course_labs (ImpSampleChart *chart, ImpSampleLab *lab, gint64 ordered)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  ImpSampleRandom *random = &chart->random;
  gint64 done = result_time (lab);
  gint64 as_of = chart->hospital->as_of;
  guint draw = imp_sample_random_below (random, 1000);

  lab->order = imp_sample_chart_order (chart, imp_sample_time_day (ordered));
  lab->is_hemolytic = lab->is_hemolytic || draw % 53 == 0;
  if (draw < 12)
    {
      imp_sample_write (chart, imp_sample_write_lab_order, lab, ordered, IMP_SAMPLE_CANCELLED,
                        ordered + 900);
      return;
    }
  imp_sample_write (chart, imp_sample_write_lab_order, lab, ordered, IMP_SAMPLE_LIVE, 0);
  if (done > as_of && lab->sampled + 1800 <= as_of && lab->panels[0]->outsourced == 0)
    write_result (chart, lab, lab->sampled + 1800, "P", '1');
  else if (draw < 60 && done + 7200 <= as_of) /* a first report, then the whole one */
    {
      write_result (chart, lab, done, "P", '2');
      write_result (chart, lab, done + 3600, "F", '1');
    }
  else if (draw < 75 && done + 90000 <= as_of) /* corrected the next day */
    {
      write_result (chart, lab, done, "F", '2');
      lab->noise++;
      lab->comment = imp_sample_phrase (tables, COMMENT_CORRECTED);
      write_result (chart, lab, done + 86400, "C", '1');
    }
  else
    write_result (chart, lab, done, "F", '1');
}

void
imp_sample_course_exam (ImpSampleChart *chart, const ImpSampleExamination *examination,
                        const ImpSampleDiagnosis *diagnosis, gint64 ordered, gint64 performed,
                        gboolean is_urgent)
{
  ImpSampleExam exam = {
    .order = imp_sample_chart_order (chart, imp_sample_time_day (ordered)),
    .examination = examination,
    .performed = performed,
    .diagnosis = diagnosis,
    .is_urgent = is_urgent,
  };
  ImpSampleFate fate = imp_sample_course_fate (&chart->random);

  if (fate == IMP_SAMPLE_STOPPED || fate == IMP_SAMPLE_ON_HOLD)
    fate = IMP_SAMPLE_LIVE;
  imp_sample_write (chart, imp_sample_write_exam_order, &exam, ordered, fate, ordered + 1500);
  if (fate != IMP_SAMPLE_CANCELLED)
    {
      ImpSampleAct done = { "SC", "CM", performed + 2400, 0, '1' };

      imp_sample_write_exam_result (chart, &exam, &done);
    }
}

void
imp_sample_course_culture (ImpSampleChart *chart, const ImpSampleSpecimen *specimen,
                           const ImpSampleOrganism *organism, gint64 sampled)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  gint64 first = sampled + 2 * IMP_SAMPLE_DAY_SECONDS, last = sampled + 4 * IMP_SAMPLE_DAY_SECONDS;
  gboolean is_final = last <= chart->hospital->as_of;
  ImpSampleAct act = { "NW", "", first, 0, is_final ? '2' : '1' };
  ImpSampleCulture culture = {
    .order = imp_sample_chart_order (chart, imp_sample_time_day (sampled)),
    .sampled = sampled,
    .specimen = specimen,
    .organisms = { organism },
    .n_organisms = organism != NULL ? 1 : 0,
    .status = "P",
  };

  imp_sample_write (chart, imp_sample_write_culture_order, &culture, sampled - 1200,
                    IMP_SAMPLE_LIVE, 0);
  if (organism != NULL && strstr (organism->name.text, "ESBL") != NULL)
    culture.comment = imp_sample_phrase (tables, COMMENT_ESBL);
  imp_sample_write_culture_result (chart, &culture, &act);
  act.at = last;
  act.flag = '1';
  culture.status = "F";
  culture.has_susceptibility = TRUE;
  culture.comment = NULL;
  imp_sample_write_culture_result (chart, &culture, &act);
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
  guint n_receipt = imp_sample_random_chance (random, 150) ? 10 + imp_sample_random_below (random, 14)
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
      guint row = imp_sample_random_below (random,
                                           imp_sample_table_size (tables, IMP_SAMPLE_DIAGNOSES));
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

  if (draw < 18)
    return;
  if (draw < 75)
    {
      course->allergies[course->n_allergies++] = (ImpSampleAllergy) {
        imp_sample_table_find (tables, IMP_SAMPLE_ALLERGENS, draw < 60 ? "none" : "none-drug"),
        IMP_SAMPLE_PHRASE_ADD, "", NULL
      };
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

static gboolean
lies_in_hospital (const ImpSampleCourse *course, int day)
{
  for (guint i = 0; i < course->n_stays; i++)
    if (day >= course->stays[i].first_day && day <= course->stays[i].last_day)
      return TRUE;
  return FALSE;
}

static int
last_day_alive (const ImpSampleChart *chart, const ImpSampleCourse *course)
{
  for (guint i = 0; i < course->n_stays; i++)
    if (course->stays[i].died)
      return course->stays[i].first_day - 1;
  return chart->hospital->last_day;
}

static void
write_visits (ImpSampleChart *chart, ImpSampleCourse *course)
{
  const ImpSampleHospital *hospital = chart->hospital;
  ImpSampleRandom *random = &chart->random;
  int last = last_day_alive (chart, course);

  for (guint i = 0; i < course->n_conditions; i++)
    {
      const ImpSampleCondition *condition = course->conditions[i];
      int interval = (int) condition->interval;
      int day = hospital->first_day + imp_sample_random_between (random, 0, interval);
      guint nth = 0;

      /* Half of the series began in the window or ended in it. */
      if (imp_sample_random_chance (random, 300))
        day += imp_sample_random_between (random, 0, hospital->last_day - hospital->first_day);
      if (imp_sample_random_chance (random, 250))
        last = MIN (last, day + imp_sample_random_between (random, 30, 300));
      for (; day <= last; day += interval * imp_sample_random_between (random, 80, 120) / 100 + 1)
        {
          if (imp_sample_weekday (day) == 0)
            day++;
          if (day <= last && !lies_in_hospital (course, day))
            imp_sample_visit_write (chart, course, condition, day, nth++);
        }
    }
}

static void
write_undated (ImpSampleChart *chart, const ImpSampleCourse *course)
{
  ImpSampleRandom *random = &chart->random;
  ImpSampleAllergyList allergies = { course->allergies, course->n_allergies };
  ImpSampleAllergyList none = { NULL, 0 };
  ImpSampleProblemList problems = { course->problems, course->n_problems };
  gint64 last = course->last_contact != 0
                    ? course->last_contact
                    : imp_sample_time (chart->hospital->first_day, 9, 30);
  gint64 before = last - 40 * (gint64) IMP_SAMPLE_DAY_SECONDS;
  /* Allergies stand in ADT-61, in AL1 of ADT-00, or in both. */
  guint place = imp_sample_random_below (random, 4);

  imp_sample_write (chart, imp_sample_write_basics, place == 1 || place == 2 ? &allergies : &none,
                    before, imp_sample_random_chance (random, 400) ? IMP_SAMPLE_SUPERSEDED
                                                                   : IMP_SAMPLE_LIVE,
                    last);
  if (course->n_allergies > 0 && place != 1)
    imp_sample_write (chart, imp_sample_write_allergies, &allergies, before, IMP_SAMPLE_LIVE, 0);
  if (course->n_problems > 0)
    imp_sample_write (chart, imp_sample_write_problems, &problems, before,
                      imp_sample_random_chance (random, 300) ? IMP_SAMPLE_SUPERSEDED
                                                             : IMP_SAMPLE_LIVE,
                      last - 600);
}

void
imp_sample_course_write (ImpSampleChart *chart, guint number)
{
  ImpSampleRandom *random = &chart->random;
  ImpSampleCourse course = { 0 };
  ImpSamplePlace place = { 0 };

  imp_sample_course_means (chart, random);
  draw_conditions (chart, &course);
  draw_problems (chart, &course);
  draw_allergies (chart, &course);
  course.is_one_pack = imp_sample_chart_age (chart, chart->hospital->last_day) > 78 &&
                       imp_sample_random_chance (random, 300);
  course.lacks_ranges = imp_sample_random_chance (random, 10);
  course.has_infection_risk = imp_sample_random_chance (random, 20);
  place.department = course.conditions[0]->department;
  place.doctor = imp_sample_chart_doctor (chart, place.department);
  imp_sample_chart_set_place (chart, &place);

  course.n_stays = imp_sample_hospital_stays (chart->hospital, number, course.stays);
  write_visits (chart, &course);
  for (guint i = 0; i < course.n_stays; i++)
    imp_sample_stay_write (chart, &course, &course.stays[i]);
  write_undated (chart, &course);
}
