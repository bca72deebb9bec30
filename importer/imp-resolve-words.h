/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-record.h"

/*
 * The words of one fact in SS-MIX2 and in FHIR made from it: where both may be compared though they are
 * not the same text. Nothing of it is ever shown; on the screen each source has its own words.
 */

/**
 * imp_words_same_unit:
 * @a: (nullable): as written, UTF-8
 * @b: (nullable): likewise
 *
 * Returns: whether both are the same text, or one unit by its code and its name (table of MR9P units, spec
 * ss-mix2.md 4.9), or one rate in mL an hour: FHIR has a ratio where SS-MIX2 has `ml/hr^ミリリットル／時間`
 */
gboolean imp_words_same_unit (const char *a, const char *b);

/**
 * imp_words_same_time:
 * @a: (nullable): ISO 8601, as written
 * @b: (nullable): likewise
 *
 * SS-MIX2 has the time of Japan without a zone, and may leave seconds or minutes out.
 *
 * Returns: whether both say one time, or both are %NULL
 */
gboolean imp_words_same_time (const char *a, const char *b);

/**
 * imp_words_same_rate:
 * @item: of SS-MIX2, whose RXA-12 has number and unit in one text: `200ml/hr`
 * @copy: of FHIR
 *
 * Returns: whether both have one rate by number and unit, or none
 */
gboolean imp_words_same_rate (const DiscItem *item, const DiscItem *copy);

/**
 * imp_words_same_completion:
 * @original: (nullable): of an administration in SS-MIX2, RXA-20
 * @copy: (nullable): of FHIR, MedicationAdministration.status
 *
 * Returns: whether both say that all was given, or both that a part was
 */
gboolean imp_words_same_completion (const char *original, const char *copy);

/**
 * imp_words_same_component:
 * @original: (nullable): of SS-MIX2, RXC-1 in words
 * @copy: (nullable): of FHIR, `ingredient.isActive` in words
 *
 * Returns: whether they do not contradict each other: an additive is what FHIR has no word for
 */
gboolean imp_words_same_component (const char *original, const char *copy);

/**
 * imp_words_same_lines:
 * @original: (nullable): the text of a report of SS-MIX2, lines of which may begin with a label
 * @copy: the text of the report in FHIR
 *
 * Returns: whether both have the same lines, in their order, but for labels ("検査所見: X") in @original
 */
gboolean imp_words_same_lines (const char *original, const char *copy);

/**
 * imp_words_same_priority:
 * @original: (nullable): of SS-MIX2, TQ1-9
 * @copy: (nullable): of FHIR
 *
 * Returns: whether @copy says no other urgency than @original: nothing, the same, or routine where SS-MIX2
 * says nothing
 */
gboolean imp_words_same_priority (const char *original, const char *copy);

/**
 * imp_words_same_person:
 * @original: a name, as written
 * @copy: likewise
 *
 * Returns: whether both are one name, however wide the space in it is: `御影　亮`, `御影 亮`
 */
gboolean imp_words_same_person (const char *original, const char *copy);

/**
 * imp_words_same_usage:
 * @item: of SS-MIX2, that has usages side by side (TQ1-3 repeats)
 * @copy: of FHIR, whose further usages are instructions: `W1000000 日曜日`
 *
 * Returns: whether both have the same usages, none of them missing on either side
 */
gboolean imp_words_same_usage (const DiscItem *item, const DiscItem *copy);

/**
 * imp_words_said:
 * @record: of SS-MIX2
 * @item: of it
 * @copy: a value of the item of FHIR
 *
 * Returns: whether @item has the words of @copy in another of its fields of words, perhaps behind a label
 * ("検査目的: X"), or @record has the time that @copy tells as the day of the order ("指示日：X")
 */
gboolean imp_words_said (const DiscRecord *record, const DiscItem *item, const DiscValue *copy);

/**
 * imp_words_names_organism:
 * @item: of SS-MIX2, microbiology: amount and name of an organism in one row
 * @copy: of FHIR, which has an Observation for the name alone
 *
 * Returns: whether @copy says nothing but the name that @item has too
 */
gboolean imp_words_names_organism (const DiscItem *item, const DiscItem *copy);
