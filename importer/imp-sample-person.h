/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-chart.h"

G_BEGIN_DECLS

/** First id of people who are not of the cast; all of the cast have lower ones. */
#define IMP_SAMPLE_FIRST_ID 5000000

/**
 * imp_sample_person_draw: the person of @number from 0 (after the cast) into the chart. Every
 * fortieth has the name of the one before and a birth date that differs in one digit.
 */
void imp_sample_person_draw (ImpSampleChart *chart, guint number);

G_END_DECLS
