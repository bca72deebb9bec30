/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-hospital.h"
#include "imp-sample-message.h"

G_BEGIN_DECLS

/** Where the allergies of a patient stand: SS-MIX2 spec 4.5. */
typedef enum
{
  IMP_SAMPLE_IN_BASICS = 1,    /* AL1 of ADT-00 */
  IMP_SAMPLE_IN_ALLERGIES = 2, /* IAM of ADT-61 */
} ImpSampleAllergyPlace;

/** Diagnoses, conditions and habits of one patient, drawn once. */
typedef struct
{
  const ImpSampleCondition *conditions[4];
  guint n_conditions;
  ImpSampleStay stays[IMP_SAMPLE_MAX_STAYS];
  guint n_stays;
  ImpSampleProblem problems[40];
  guint n_problems;
  ImpSampleAllergy allergies[4];
  guint n_allergies;
  gboolean is_one_pack;
  gboolean lacks_ranges;
  gboolean has_infection_risk;
  gboolean has_new_doctor;
  gint64 last_contact;
  gboolean has_split_problems; /* a file for each visit: SS-MIX2 spec 1.2 */
  gboolean lacks_basics;       /* no ADT-00 (yet) */
  guint allergy_places;        /* bits of ImpSampleAllergyPlace */
} ImpSampleCourse;

/** imp_sample_course_write: everything that happened to the person of the chart; @number as for
 * imp_sample_person_draw(). */
void imp_sample_course_write (ImpSampleChart *chart, guint number);

/** imp_sample_course_draw_history: what the person has and had, by chance. */
void imp_sample_course_draw_history (ImpSampleChart *chart, ImpSampleCourse *course);

/** imp_sample_course_means: this person's usual lab values; conditions move them. */
void imp_sample_course_means (ImpSampleChart *chart, ImpSampleRandom *random);

/** imp_sample_course_add_problem: a diagnosis, unless the course has it. */
ImpSampleProblem *imp_sample_course_add_problem (ImpSampleCourse *course,
                                                 const ImpSampleDiagnosis *diagnosis,
                                                 const ImpSampleDepartment *department, int start);

/** imp_sample_course_write_undated: ADT-00, ADT-61 and PPR-01 as the course has them at its end. */
void imp_sample_course_write_undated (ImpSampleChart *chart, const ImpSampleCourse *course);

/** imp_sample_visit_write: one visit as an out-patient; @nth from 0. */
void imp_sample_visit_write (ImpSampleChart *chart, ImpSampleCourse *course,
                             const ImpSampleCondition *condition, int day, guint nth);

/** imp_sample_stay_write: one stay from its planning to the discharge. */
void imp_sample_stay_write (ImpSampleChart *chart, ImpSampleCourse *course,
                            const ImpSampleStay *stay);

/** imp_sample_course_labs: order and result of one sample with the usual mishaps. */
void imp_sample_course_labs (ImpSampleChart *chart, ImpSampleLab *lab, gint64 ordered);

/** imp_sample_course_exam: order, and the result if it was done by then. */
void imp_sample_course_exam (ImpSampleChart *chart, const ImpSampleExamination *examination,
                             const ImpSampleDiagnosis *diagnosis, gint64 ordered, gint64 performed,
                             gboolean is_urgent);

/** imp_sample_course_culture: order, preliminary and final report. */
void imp_sample_course_culture (ImpSampleChart *chart, const ImpSampleSpecimen *specimen,
                                const ImpSampleOrganism *organism, gint64 sampled);

/** imp_sample_course_fate: mostly live. */
ImpSampleFate imp_sample_course_fate (ImpSampleRandom *random);

G_END_DECLS
