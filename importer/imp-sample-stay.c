/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-document.h"

#define MAX_LINES 12
#define MAX_INFUSIONS 6

/* One stay while it is written. */
typedef struct
{
  ImpSampleChart *chart;
  ImpSampleCourse *course;
  const ImpSampleStay *stay;
  const ImpSampleCondition *reason;
  ImpSamplePlace bed;
  gint64 admitted, discharged;
  guint64 prescription; /* order number of the running one */
  ImpSampleLine lines[MAX_LINES];
  guint n_lines;
} Stay;

/* A reason that fits the person, preferably one of the bed's departments. */
static const ImpSampleCondition *
pick_reason (ImpSampleChart *chart, const ImpSampleStay *stay, const ImpSamplePlace *bed)
{
  const ImpSampleTables *tables = chart->hospital->tables;
  guint n = imp_sample_table_size (tables, IMP_SAMPLE_STAYS);
  int age = imp_sample_chart_age (chart, stay->first_day);
  const ImpSampleCondition *best = NULL;
  guint best_score = 0;

  for (guint i = 0; i < n; i++)
    {
      const ImpSampleCondition *row = imp_sample_table_row (tables, IMP_SAMPLE_STAYS, i);
      guint chance = (guint) (imp_sample_random_mix (stay->salt + i) % 1000);
      guint score = 1 + chance * (guint) row->weight / 20;

      if (age < row->age_from || age > row->age_to ||
          (row->sex[0] != '\0' && row->sex[0] != chart->person.sex))
        continue;
      if (row->department == bed->department)
        score += 600;
      if (score > best_score)
        {
          best = row;
          best_score = score;
        }
    }
  return best;
}

static void
move (Stay *self, ImpSampleType type, gint64 time, gint64 entered, const ImpSamplePlace *place,
      const ImpSamplePlace *before, ImpSampleFate fate)
{
  ImpSampleMovement movement = {
    .type = type,
    .time = time,
    .place = *place,
    .admitted = type == IMP_SAMPLE_ADT_21 ? 0 : self->admitted,
  };

  if (before != NULL)
    movement.before = *before;
  if (type == IMP_SAMPLE_ADT_31)
    movement.back = time + 30 * 3600;
  if (type == IMP_SAMPLE_ADT_52)
    movement.disposition =
        self->stay->died            ? imp_sample_phrase (self->chart->hospital->tables, DIED)
        : self->stay->salt % 8 == 0 ? imp_sample_phrase (self->chart->hospital->tables, FACILITY)
                                    : imp_sample_phrase (self->chart->hospital->tables, HOME);
  imp_sample_write (self->chart, imp_sample_write_movement, &movement, entered, fate,
                    entered + 5400);
}

/* The nearest Saturday inside the stay, or 0. */
static int
leave_day (const ImpSampleStay *stay)
{
  int day = stay->first_day + 6;

  day += (6 - imp_sample_weekday (day)) % 7;
  return stay->last_day - stay->first_day > 11 && day + 2 < stay->last_day && stay->salt % 4 == 0
             ? day
             : 0;
}

static void
write_movements (Stay *self)
{
  const ImpSampleStay *stay = self->stay;
  const ImpSampleHospital *hospital = self->chart->hospital;
  ImpSamplePlace first = self->bed;
  int leave = leave_day (stay);
  gint64 day = IMP_SAMPLE_DAY_SECONDS;

  if (stay->is_intensive)
    {
      imp_sample_hospital_intensive_bed (hospital, stay->bed, &first);
      first.department = self->bed.department;
      first.doctor = self->bed.doctor;
    }
  else if (stay->salt % 3 != 0)
    move (self, IMP_SAMPLE_ADT_21, self->admitted, self->admitted - 5 * day, &first, NULL,
          stay->salt % 40 == 1 ? IMP_SAMPLE_SUPERSEDED : IMP_SAMPLE_LIVE);
  move (self, IMP_SAMPLE_ADT_22, self->admitted, self->admitted + 600, &first, NULL,
        IMP_SAMPLE_LIVE);
  if (stay->is_intensive)
    {
      gint64 moved = imp_sample_time (stay->first_day + 1, 9, 0);

      move (self, IMP_SAMPLE_ADT_41, moved, self->admitted + 7200, &first, &self->bed,
            IMP_SAMPLE_LIVE);
      move (self, IMP_SAMPLE_ADT_42, moved, moved + 300, &self->bed, &first, IMP_SAMPLE_LIVE);
    }
  if (leave != 0)
    {
      move (self, IMP_SAMPLE_ADT_31, imp_sample_time (leave, 10, 0),
            imp_sample_time (leave, 10, 12), &self->bed, NULL,
            stay->salt % 5 == 0 ? IMP_SAMPLE_CANCELLED : IMP_SAMPLE_LIVE);
      if (stay->salt % 5 != 0)
        move (self, IMP_SAMPLE_ADT_32, imp_sample_time (leave + 1, 16, 0),
              imp_sample_time (leave + 1, 16, 10), &self->bed, NULL, IMP_SAMPLE_LIVE);
    }
  if (!stay->died)
    move (self, IMP_SAMPLE_ADT_51, self->discharged, self->discharged - 2 * day, &self->bed, NULL,
          IMP_SAMPLE_LIVE);
  move (self, IMP_SAMPLE_ADT_52, self->discharged, self->discharged + 900, &self->bed, NULL,
        IMP_SAMPLE_LIVE);
}

static void
write_new_doctor (Stay *self)
{
  ImpSamplePlace place = self->bed;
  gint64 time = imp_sample_time (self->stay->first_day + 4, 8, 30);
  ImpSampleMovement movement = { .type = IMP_SAMPLE_ADT_01, .time = time };

  if (self->stay->salt % 6 != 0 || self->course->has_new_doctor || time > self->discharged)
    return;
  self->course->has_new_doctor = TRUE;
  movement.place = place;
  imp_sample_write (self->chart, imp_sample_write_movement, &movement, time + 120, IMP_SAMPLE_LIVE,
                    0);
}

static void
write_meals (Stay *self)
{
  const ImpSampleTables *tables = self->chart->hospital->tables;
  const ImpSampleMeal *meal = self->reason->meal;
  gboolean is_fasting = strncmp (meal->key, "fasting", 7) == 0;
  gint64 eats = is_fasting ? imp_sample_time (self->stay->first_day + 3, 12, 0) : 0;
  ImpSampleMealOrder order = { .meal = meal };

  order.order = imp_sample_chart_order (self->chart, self->stay->first_day);
  order.from = imp_sample_time (self->stay->first_day, 18, 0);
  order.to = eats;
  imp_sample_write (self->chart, imp_sample_write_meal, &order, self->admitted + 1800,
                    self->stay->salt % 9 == 0 ? IMP_SAMPLE_CANCELLED : IMP_SAMPLE_LIVE,
                    self->admitted + 3600);
  if (is_fasting && eats < self->discharged)
    {
      order.meal = imp_sample_table_find (tables, IMP_SAMPLE_MEALS, "soft");
      order.order = imp_sample_chart_order (self->chart, imp_sample_time_day (eats) - 1);
      order.from = eats;
      order.to = 0;
      imp_sample_write (self->chart, imp_sample_write_meal, &order, eats - 72000, IMP_SAMPLE_LIVE,
                        0);
    }
}

/* The infusions still running on a day: the first one longest. */
static guint
running_infusions (const Stay *self, int day, const ImpSampleInfusion **out)
{
  int length = self->stay->last_day - self->stay->first_day;
  guint n = 0;

  for (guint i = 0; i < self->reason->infusions.n_rows && n < MAX_INFUSIONS; i++)
    if (day - self->stay->first_day <= length * (6 - (int) i) / 9)
      out[n++] = self->reason->infusions.rows[i];
  return n;
}

static void
write_injections (Stay *self, int day)
{
  const ImpSampleInfusion *infusions[MAX_INFUSIONS];
  ImpSampleInjection injection = {
    .day = day,
    .infusions = infusions,
    .n_infusions = running_infusions (self, day, infusions),
    .salt = (guint) self->stay->salt + (guint) day,
  };
  gint64 entered = day == self->stay->first_day ? self->admitted + 2400
                                                : imp_sample_time (day - 1, 15, (int) (day % 60));
  gint64 as_of = self->chart->hospital->as_of;
  gint64 written = MIN (imp_sample_time (day, 23, 40), as_of);
  ImpSampleAct given = { "NW", "", written, day, '1' };
  ImpSampleFate fate = imp_sample_course_fate (&self->chart->random);

  if (injection.n_infusions == 0)
    return;
  injection.order = imp_sample_chart_order (self->chart, imp_sample_time_day (entered));
  injection.not_before = entered;
  imp_sample_write (self->chart, imp_sample_write_injection, &injection, entered, fate,
                    entered + 1800);
  if (fate != IMP_SAMPLE_CANCELLED && day <= imp_sample_time_day (as_of))
    imp_sample_write_administration (self->chart, &injection, &given);
}

static void
write_prescription (Stay *self, gint64 time, ImpSamplePhrase category, guint days)
{
  const ImpSampleList *regimens = &self->reason->regimens;
  int day = imp_sample_time_day (time);
  ImpSamplePrescription prescription;
  ImpSampleFate fate = imp_sample_course_fate (&self->chart->random);

  self->n_lines = 0;
  for (guint i = 0; i < regimens->n_rows && self->n_lines < MAX_LINES; i++)
    {
      const ImpSampleRegimen *regimen = regimens->rows[i];

      self->lines[self->n_lines++] = (ImpSampleLine) {
        .regimen = regimen,
        .days = regimen->days >= 14 && regimen->total.len == 0 ? days : 0,
        .is_one_pack = self->course->is_one_pack && regimen->days >= 14,
      };
    }
  /* What the person took at home goes on. */
  for (guint i = 0; i < self->course->n_conditions && self->n_lines < MAX_LINES; i++)
    {
      const ImpSampleRegimen *regimen = self->course->conditions[i]->regimens.n_rows > 0
                                            ? self->course->conditions[i]->regimens.rows[0]
                                            : NULL;

      if (regimen != NULL && regimen->days >= 28)
        self->lines[self->n_lines++] =
            (ImpSampleLine) { .regimen = regimen, .days = regimen->total.len == 0 ? days : 0 };
    }
  if (self->n_lines == 0)
    return;
  prescription = (ImpSamplePrescription) {
    .order = imp_sample_chart_order (self->chart, day),
    .lines = self->lines,
    .n_lines = self->n_lines,
    .category = category,
    .start = day + 1,
    .salt = (guint) self->stay->salt,
  };
  self->prescription = prescription.order;
  imp_sample_write (self->chart, imp_sample_write_prescription, &prescription, time, fate,
                    time + 1200);
}

static void
write_taken (Stay *self, int day)
{
  gint64 as_of = self->chart->hospital->as_of;
  ImpSampleAct act = { "NW", "", MIN (imp_sample_time (day, 22, 30), as_of), day, '1' };
  ImpSamplePrescription prescription = {
    .order = self->prescription,
    .lines = self->lines,
    .n_lines = self->n_lines,
    .salt = (guint) self->stay->salt + (guint) day,
  };

  if (self->n_lines > 0 && day <= imp_sample_time_day (as_of))
    imp_sample_write_dispensing (self->chart, &prescription, &act);
}

static void
write_labs (Stay *self, int day)
{
  const ImpSampleList *list = &self->reason->panels;
  const ImpSamplePanel *panels[8];
  int length = self->stay->last_day - self->stay->first_day;
  int nth = day - self->stay->first_day;
  gboolean is_first = nth == 0;
  guint n = 0;
  gint64 sampled = is_first ? self->admitted - 1800
                            : imp_sample_time (day, 6, 10 + (int) (self->stay->salt % 40));
  ImpSampleLab lab;

  for (guint i = 0; i < list->n_rows && n < 8; i++)
    {
      const ImpSamplePanel *panel = list->rows[i];

      if (is_first || (panel->minutes < 300 && (i == 0 || (nth + (int) i) % 3 != 0)))
        panels[n++] = panel;
    }
  lab = (ImpSampleLab) {
    .sampled = sampled,
    .panels = panels,
    .n_panels = n,
    .is_urgent = is_first,
    .has_infection_risk = self->course->has_infection_risk,
    .shifts = self->reason->shifts,
    .n_shifts = self->reason->n_shifts,
    .progress = (guint) (nth * 1000 / MAX (length, 1)),
  };
  if (n > 0)
    imp_sample_course_labs (self->chart, &lab, is_first ? sampled - 600 : sampled - 54000);
}

static void
write_admission_tests (Stay *self)
{
  const ImpSampleCondition *reason = self->reason;

  for (guint i = 0; i < reason->examinations.n_rows; i++)
    {
      gint64 ordered = self->admitted + 1200 + i * 300;
      gint64 performed = i == 0
                             ? ordered + 1800
                             : imp_sample_time (self->stay->first_day + (int) i, 10 + (int) i, 0);

      imp_sample_course_exam (self->chart, reason->examinations.rows[i], reason->diagnoses.rows[0],
                              ordered, performed, i == 0);
    }
  for (guint i = 0; i < reason->specimens.n_rows; i++)
    {
      const ImpSampleSpecimen *specimen = reason->specimens.rows[i];
      guint draw = imp_sample_random_below (&self->chart->random, specimen->organisms.n_rows + 1);

      imp_sample_course_culture (self->chart, specimen,
                                 draw < specimen->organisms.n_rows &&
                                         strcmp (specimen->key, "blood")
                                     ? specimen->organisms.rows[draw]
                                     : NULL,
                                 self->admitted + 3000 + i * 600);
    }
}

static void
write_documents (Stay *self)
{
  const ImpSampleStory story = {
    .reason = self->reason,
    .admitted = self->admitted,
    .discharged = self->discharged,
    .died = self->stay->died,
    .lines = self->lines,
    .n_lines = self->n_lines,
  };

  imp_sample_documents_of_stay (self->chart, &story);
}

static void
write_days (Stay *self)
{
  const ImpSampleStay *stay = self->stay;
  int last_known = imp_sample_time_day (self->chart->hospital->as_of) + 1;

  for (int day = stay->first_day; day < stay->last_day && day <= last_known; day++)
    {
      int nth = day - stay->first_day;

      if (nth % 7 == 0)
        write_prescription (self, nth == 0 ? self->admitted + 5400 : imp_sample_time (day, 10, 20),
                            IMP_SAMPLE_PHRASE_INPATIENT_RX, 7);
      write_injections (self, day);
      if (nth > 0)
        write_taken (self, day);
      if (nth < 2 || nth % 3 == 0)
        write_labs (self, day);
    }
  if (!stay->died && stay->last_day <= last_known)
    write_prescription (self, self->discharged - 72000, IMP_SAMPLE_PHRASE_DISCHARGE_RX, 14);
}

void
imp_sample_stay_write (ImpSampleChart *chart, ImpSampleCourse *course, const ImpSampleStay *stay)
{
  Stay self = { .chart = chart, .course = course, .stay = stay };
  ImpSampleProblem *problem;

  if (stay->place != NULL)
    self.bed = *stay->place;
  else
    imp_sample_hospital_bed (chart->hospital, stay->bed, &self.bed);
  self.reason = stay->reason != NULL ? stay->reason : pick_reason (chart, stay, &self.bed);
  if (self.reason == NULL)
    return;
  self.bed.department = self.reason->department;
  self.bed.doctor = imp_sample_chart_doctor (chart, self.bed.department);
  self.admitted = imp_sample_time (stay->first_day, 13, 30) + (gint64) (stay->salt % 180) * 60;
  self.discharged = imp_sample_time (stay->last_day, 10, (int) (stay->salt % 60));
  imp_sample_chart_set_place (chart, &self.bed);

  write_movements (&self);
  if (self.admitted > chart->hospital->as_of)
    return;
  write_new_doctor (&self);
  write_meals (&self);
  write_admission_tests (&self);
  write_days (&self);
  write_documents (&self);
  for (guint i = 0; i < self.reason->diagnoses.n_rows; i++)
    {
      problem = imp_sample_course_add_problem (course, self.reason->diagnoses.rows[i],
                                               self.reason->department, stay->first_day);
      if (problem != NULL)
        problem->is_inpatient = TRUE;
    }
  course->last_contact = MAX (course->last_contact, MIN (self.discharged, chart->hospital->as_of));
}
