/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-document.h"

#define MAX_LINES 12

static void
write_reception (ImpSampleChart *chart, gint64 time)
{
  ImpSampleMovement movement = {
    .type = IMP_SAMPLE_ADT_12,
    .time = time,
    .place = chart->place,
  };

  imp_sample_write (chart, imp_sample_write_movement, &movement, time, IMP_SAMPLE_LIVE, 0);
}

static void
write_labs (ImpSampleChart *chart, const ImpSampleCourse *course,
            const ImpSampleCondition *condition, gint64 time, guint nth)
{
  const ImpSamplePanel *panels[8], *sent_out[8];
  guint n = 0, n_out = 0;

  for (guint i = 0; i < condition->panels.n_rows && i < 8; i++)
    {
      const ImpSamplePanel *panel = condition->panels.rows[i];

      /* The first panel each time, the others in turn. */
      if (i > 0 && (nth + i) % 3 == 0)
        continue;
      if (panel->outsourced)
        sent_out[n_out++] = panel;
      else
        panels[n++] = panel;
    }
  for (guint is_out = 0; is_out < 2; is_out++)
    {
      ImpSampleLab lab = {
        .sampled = time - 3000 + is_out * 60,
        .panels = is_out ? sent_out : panels,
        .n_panels = is_out ? n_out : n,
        .lacks_ranges = course->lacks_ranges,
        .has_infection_risk = course->has_infection_risk,
      };

      if (lab.n_panels > 0)
        imp_sample_course_labs (chart, &lab, time - 4200);
    }
}

static void
write_prescription (ImpSampleChart *chart, const ImpSampleCourse *course,
                    const ImpSampleCondition *condition, gint64 time)
{
  ImpSampleRandom *random = &chart->random;
  ImpSampleLine lines[MAX_LINES];
  guint n = 0;
  guint days = (guint) condition->interval;
  int day = imp_sample_time_day (time);
  ImpSampleFate fate = imp_sample_course_fate (random);
  ImpSamplePrescription prescription;

  for (guint i = 0; i < condition->regimens.n_rows && n < MAX_LINES; i++)
    {
      const ImpSampleRegimen *regimen = condition->regimens.rows[i];
      gboolean is_daily = regimen->days >= 28 && regimen->total.len == 0;

      if (i > 0 && imp_sample_random_chance (random, regimen->days == 0 ? 500 : 60))
        continue;
      lines[n++] = (ImpSampleLine) {
        .regimen = regimen,
        .days = is_daily ? MIN (days, 90) : 0,
        .is_one_pack = course->is_one_pack && is_daily,
      };
    }
  if (n == 0)
    return;
  prescription = (ImpSamplePrescription) {
    .order = imp_sample_chart_order (chart, day),
    .lines = lines,
    .n_lines = n,
    .category = IMP_SAMPLE_PHRASE_OUTPATIENT_RX,
    .start = day,
    .refills = imp_sample_random_chance (random, 25) ? 2 : 0,
    .salt = chart->number,
  };
  imp_sample_write (chart, imp_sample_write_prescription, &prescription, time, fate,
                    fate == IMP_SAMPLE_STOPPED && imp_sample_random_chance (random, 500)
                        ? time + 6 * IMP_SAMPLE_DAY_SECONDS
                        : time + 600);
}

static void
write_exam (ImpSampleChart *chart, const ImpSampleCondition *condition, gint64 time, guint nth)
{
  const ImpSampleList *exams = &condition->examinations;
  gint64 performed = time + 2400;

  if (exams->n_rows == 0 || nth % 3 != 0)
    return;
  if (imp_sample_random_chance (&chart->random, 400)) /* by appointment */
    performed +=
        imp_sample_random_between (&chart->random, 5, 40) * (gint64) IMP_SAMPLE_DAY_SECONDS;
  imp_sample_course_exam (chart, exams->rows[nth / 3 % exams->n_rows], condition->diagnoses.rows[0],
                          time, performed, FALSE);
}

void
imp_sample_visit_write (ImpSampleChart *chart, ImpSampleCourse *course,
                        const ImpSampleCondition *condition, int day, guint nth)
{
  gint64 time =
      imp_sample_time (day, 9, 0) + imp_sample_random_between (&chart->random, 0, 390) * 60;
  ImpSamplePlace place = { .department = condition->department };

  place.doctor = imp_sample_chart_doctor (chart, place.department);
  imp_sample_chart_set_place (chart, &place);
  write_reception (chart, time - 4800);
  if (condition->panels.n_rows > 0 && (nth % 2 == 0 || condition->interval >= 42))
    write_labs (chart, course, condition, time, nth);
  write_exam (chart, condition, time, nth);
  if (condition->regimens.n_rows > 0)
    write_prescription (chart, course, condition, time + 600);
  imp_sample_documents_of_visit (chart, condition, time, nth);
  if (time <= chart->hospital->as_of)
    course->last_contact = MAX (course->last_contact, time);
}
