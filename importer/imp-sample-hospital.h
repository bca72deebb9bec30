/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-chart.h"

G_BEGIN_DECLS

/*
 * Who lies in which bed when. Each bed belongs to a block of patients; its stays follow one another
 * in time and go to members of that block. So a patient's stays can be told without looking at any
 * other patient, however many there are, and no bed ever holds two.
 *
 * Blocks grow with the number of the bed: 20 beds have the first 126 patients, 120 beds the first
 * 2,000, 740 the first 300,000. In the last weeks beds are nearly always taken, before that less
 * often: a ward at the end of the data is full, and the storage stays of a plausible size.
 *
 * An eighth of the stays begins with a night in intensive care; there eight blocks share one bed
 * by the day.
 */

typedef struct
{
  int first_day, last_day; /* admitted in the afternoon, discharged in the morning */
  guint bed;               /* number of the bed */
  gboolean is_intensive;   /* the first night */
  gboolean died;
  guint64 salt;
  /* Set by a script; %NULL: by chance. */
  const ImpSampleCondition *reason;
  const ImpSamplePlace *place;
} ImpSampleStay;

#define IMP_SAMPLE_MAX_STAYS 64

/**
 * imp_sample_hospital_stays:
 * @patient: number from 0 among those with beds by block (the cast is not)
 * @out: room for IMP_SAMPLE_MAX_STAYS, in order of time; may reach two weeks past the last day
 *
 * Returns: how many
 */
guint imp_sample_hospital_stays (const ImpSampleHospital *self, guint patient, ImpSampleStay *out);

/** imp_sample_hospital_bed: ward, room and bed of a bed's number. */
void imp_sample_hospital_bed (const ImpSampleHospital *self, guint bed, ImpSamplePlace *out);
/** imp_sample_hospital_intensive_bed: the same of the intensive care bed of its block. */
void imp_sample_hospital_intensive_bed (const ImpSampleHospital *self, guint bed,
                                        ImpSamplePlace *out);

G_END_DECLS
