/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * How far a drug reaches (spec fhir.md 3.5.4), for the window and for sorting alone: no value,
 * status or date of a record comes from here. Where in doubt the longer span counts.
 */

/**
 * imp_fhir_reach_of_drug:
 * @dosages: (element-type cJSON): of imp_fhir_dosages()
 * @start: (nullable): where a dosage has no start of its own
 * @supply: (nullable): Duration the order as a whole is for
 *
 * Steps of a taper follow each other, dosages without order run side by side; repeats multiply.
 * Without any span, as needed or external: 180 days. An open period, or a continuous course without
 * span, keeps it whatever its age.
 */
void imp_fhir_reach_of_drug (ImpFhirMapper *self, const GPtrArray *dosages, const char *start,
                             const cJSON *supply);

/** imp_fhir_duration_days: days of a Duration, begun ones counted whole; 0 where it is none. */
guint imp_fhir_duration_days (const cJSON *duration);

G_END_DECLS
