/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sample-text.h"

G_BEGIN_DECLS

/* JSON of the sample's FHIR export, put together from bytes like its messages. */

/**
 * imp_sample_json:
 *
 * Appends @format, where ' stands for " and these for arguments: %s `const char *` (UTF-8, escaped;
 * %NULL: nothing), %r `const char *` as it is, %u `guint`, %z `guint` with three digits, %i
 * `guint64` with ten digits, %o `guint64` order number of 15 digits, %d `int` day as YYYY-MM-DD, %t
 * `gint64` time with +09:00. Days and times as imp-sample-time.h.
 */
void imp_sample_json (ImpSampleBuffer *self, const char *format, ...);

/** imp_sample_json_is_number: whether @text is a number as JSON writes it. */
gboolean imp_sample_json_is_number (const char *text);

/**
 * imp_sample_json_concept:
 * @coded: "code^words^system", with ^ or &, and a second triple behind it as HL7 v2.5 CWE has;
 * words may stand alone
 *
 * @system: (nullable): of the first coding; else the one that its table is known by
 *
 * Appends a CodeableConcept of the first repetition: its text are the words, each triple with a
 * code is a coding.
 */
void imp_sample_json_concept (ImpSampleBuffer *self, const char *coded, const char *system);

/** imp_sample_json_concepts: an array of all repetitions of @coded, which ~ parts. */
void imp_sample_json_concepts (ImpSampleBuffer *self, const char *coded, const char *system);

/** imp_sample_json_words: the words of @coded, escaped; no quotes around them. */
void imp_sample_json_words (ImpSampleBuffer *self, const char *coded);

/** imp_sample_json_system: (nullable): the FHIR system of a table named in HL7 v2.5 CWE-3 (spec
 * fhir.md 3.9). */
const char *imp_sample_json_system (const char *table);

/**
 * imp_sample_json_quantity: an object with value, unit and code of @unit, "code^words^system" or
 * plain words or %NULL; a comparator in front of the value is told apart.
 *
 * Returns: %FALSE, nothing appended, if @value is no number
 */
gboolean imp_sample_json_quantity (ImpSampleBuffer *self, const char *value, const char *unit);

/** imp_sample_json_base64: appends @bytes in base64. */
void imp_sample_json_base64 (ImpSampleBuffer *self, const char *bytes, gsize len);

G_END_DECLS
