/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-fhir.h"

/* What becomes of orders, in thousandths; the rest stay as they are. */
static const struct
{
  ImpSampleFate fate;
  guint per_mille;
} fate_shares[] = {
  { IMP_SAMPLE_CANCELLED, 18 }, { IMP_SAMPLE_SUPERSEDED, 22 }, { IMP_SAMPLE_STOPPED, 10 },
  { IMP_SAMPLE_ON_HOLD, 3 },    { IMP_SAMPLE_LOST, 1 },
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

/* An older version lies beside some lists. */
static void
write_list (ImpSampleChart *chart, ImpSampleWriter writer, gconstpointer list, gint64 last,
            guint per_mille_older)
{
  gboolean has_older = imp_sample_random_chance (&chart->random, per_mille_older);
  gint64 first = has_older ? last - 40 * (gint64) IMP_SAMPLE_DAY_SECONDS : last;

  imp_sample_write (chart, writer, list, first, has_older ? IMP_SAMPLE_SUPERSEDED : IMP_SAMPLE_LIVE,
                    last);
}

/* One file with the whole list or, as some systems do it, two with numbers of their own. */
static void
write_problems (ImpSampleChart *chart, const ImpSampleCourse *course, gint64 last)
{
  ImpSampleProblemList list = { course->problems, course->n_problems, IMP_SAMPLE_NO_ORDER, 0 };

  if (course->has_split_problems && course->n_problems > 1)
    {
      guint half = course->n_problems / 2;
      ImpSampleProblemList rest = { course->problems + half, course->n_problems - half, 0, half };

      list.n_problems = half;
      list.order = imp_sample_chart_order (chart, imp_sample_time_day (last));
      rest.order = imp_sample_chart_order (chart, imp_sample_time_day (last));
      imp_sample_write (chart, imp_sample_write_problems, &rest, last + 300, IMP_SAMPLE_LIVE, 0);
    }
  write_list (chart, imp_sample_write_problems, &list, last, 300);
}

void
imp_sample_course_write_undated (ImpSampleChart *chart, const ImpSampleCourse *course)
{
  ImpSampleAllergyList allergies = { course->allergies, course->n_allergies };
  ImpSampleAllergyList none = { NULL, 0 };
  gint64 last = course->last_contact != 0 ? course->last_contact
                                          : imp_sample_time (chart->hospital->first_day, 9, 30);

  if (!course->lacks_basics)
    write_list (chart, imp_sample_write_basics,
                course->allergy_places & IMP_SAMPLE_IN_BASICS ? &allergies : &none, last, 400);
  if (course->n_allergies > 0 && course->allergy_places & IMP_SAMPLE_IN_ALLERGIES)
    write_list (chart, imp_sample_write_allergies, &allergies, last - 900, 100);
  if (course->n_problems > 0)
    write_problems (chart, course, last - 600);
  imp_sample_fhir_person (chart, course, last);
}

void
imp_sample_course_write (ImpSampleChart *chart, guint number)
{
  ImpSampleCourse course = { 0 };
  ImpSamplePlace place = { 0 };

  imp_sample_course_draw_history (chart, &course);
  place.department = course.conditions[0]->department;
  place.doctor = imp_sample_chart_doctor (chart, place.department);
  imp_sample_chart_set_place (chart, &place);

  course.n_stays = imp_sample_hospital_stays (chart->hospital, number, course.stays);
  write_visits (chart, &course);
  for (guint i = 0; i < course.n_stays; i++)
    imp_sample_stay_write (chart, &course, &course.stays[i]);
  imp_sample_course_write_undated (chart, &course);
}
