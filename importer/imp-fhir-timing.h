/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-read.h"

G_BEGIN_DECLS

/* Timing of FHIR R4, and the units of time, in words (spec fhir.md 3.5.3). */

typedef enum
{
  IMP_FHIR_TIME_NONE, /* no unit of time, not known, or unit and code contradict each other */
  IMP_FHIR_TIME_SECOND,
  IMP_FHIR_TIME_MINUTE,
  IMP_FHIR_TIME_HOUR,
  IMP_FHIR_TIME_DAY,
  IMP_FHIR_TIME_WEEK,
  IMP_FHIR_TIME_MONTH,
  IMP_FHIR_TIME_YEAR,
} ImpFhirTimeUnit;

/** imp_fhir_time_unit: of a Quantity or Duration: what its unit and its code say. */
ImpFhirTimeUnit imp_fhir_time_unit (const cJSON *quantity);
/** imp_fhir_time_unit_of: of one word: "d", "日", "wk". @word: (nullable) */
ImpFhirTimeUnit imp_fhir_time_unit_of (const char *word);

/**
 * imp_fhir_repeat_words: (transfer full) (nullable): Timing.repeat without bounds and count:
 * "1日3回", "1週1回 月曜 朝食後". Numbers stand as written, nothing is computed. @timing:
 * (nullable)
 */
char *imp_fhir_repeat_words (const cJSON *timing);
/** imp_fhir_count_words: (transfer full) (nullable): repeat.count: "計28回". */
char *imp_fhir_count_words (const cJSON *timing);
/** imp_fhir_bounds_words: (transfer full) (nullable): repeat.bounds[x], a Period left out: "13 日".
 */
char *imp_fhir_bounds_words (const cJSON *timing);
/** imp_fhir_events_words: (transfer full) (nullable): every event[], blanks between. */
char *imp_fhir_events_words (const cJSON *timing);
/** imp_fhir_timing_words: (transfer full) (nullable): all of it in a line, its code too. */
char *imp_fhir_timing_words (const cJSON *timing);

/**
 * imp_fhir_says_no_more: whether each word of @text, a number with what it counts being one, stands
 * in
 * @shown too: "１日３回朝昼夕食後　服用" beside "内服・経口・１日３回朝昼夕食後". Width, blanks,
 * signs and words that say only that a drug is used do not count.
 */
gboolean imp_fhir_says_no_more (const char *text, const char *shown);

G_END_DECLS
