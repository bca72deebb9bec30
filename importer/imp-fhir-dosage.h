/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * Dosage of FHIR with the extensions of Japan (spec fhir.md 3.5.3): one dose, a day, a rate and the
 * days are four different things, and none is computed from another. Where two disagree both are
 * shown.
 */

/** Where the amount of one dose goes. */
typedef enum
{
  IMP_FHIR_DOSE_ORDERED, /* DOSE */
  IMP_FHIR_DOSE_GIVEN,   /* AMOUNT: of an injection of one drug, or of what was given */
  IMP_FHIR_DOSE_MIXTURE, /* VOLUME where it is millilitres, else DOSE: of all drugs together */
} ImpFhirDoseAs;

/** imp_fhir_dosages: (transfer container) (element-type cJSON): dosageInstruction[] or dosage[] of
 * the resource, by their sequence where all of them have one. */
GPtrArray *imp_fhir_dosages (ImpFhirMapper *self);

/** imp_fhir_named_extension: (nullable): the first one whose URL has @part in its last segment:
 * one extension has several names in real data. */
const cJSON *imp_fhir_named_extension (const cJSON *node, const char *part);
/** imp_fhir_named_value: (nullable): its value; @type: (out) (optional). */
const cJSON *imp_fhir_named_value (const cJSON *node, const char *part, const char **type);

/**
 * imp_fhir_add_dosage:
 * @dosage: (nullable): to the item at hand
 * @supply: (nullable): Duration that the order as a whole is for, as expectedSupplyDuration
 *
 * USAGE, USAGE_CODE, USAGE_HINT, INSTRUCTION, START, END, DAYS, ROUTE, METHOD, SITE, DEVICE, the
 * amounts, KIND (頓用, 内服 ...), WARNING and, of whatever has no field, COMMENT.
 */
void imp_fhir_add_dosage (ImpFhirMapper *self, const cJSON *dosage, const cJSON *supply,
                          ImpFhirDoseAs as);

/** imp_fhir_dosage_line: (transfer full) (nullable): one dosage in words, for a comment. */
char *imp_fhir_dosage_line (const cJSON *dosage);

/** imp_fhir_is_as_needed: whether any sign says so: asNeeded, a system of such conditions, a JAMI
 * code of kind 5, a number of doses, the words (spec fhir.md 3.5.3). @dosage: (nullable) */
gboolean imp_fhir_is_as_needed (const cJSON *resource, const cJSON *dosage);

/** imp_fhir_is_by: whether the method is of basic usage @code: 1 by mouth, 2 external, 3 injection,
 * 4 infusion (JAMI). */
gboolean imp_fhir_is_by (const cJSON *dosage, const char *code);

/** imp_fhir_add_amount: value and unit; a value that is no number is marked (E13). Returns: whether
 * there was one */
gboolean imp_fhir_add_amount (ImpFhirMapper *self, DiscField value, DiscField unit,
                              const cJSON *quantity);
/** imp_fhir_strength_words: (transfer full) (nullable): 製剤量, 原薬量, or the words of @type.
 * @is_ingredient: (out): whether it is of the active ingredient, or may be. @differs: (out): code
 * and words contradict each other */
char *imp_fhir_strength_words (const cJSON *type, gboolean *is_ingredient, gboolean *differs);
/** imp_fhir_tell_strength: the same to COMMENT, and a warning where it is the ingredient's. */
void imp_fhir_tell_strength (ImpFhirMapper *self, const cJSON *type);
/** imp_fhir_tell_choice: a finding for two variants of a choice (E07). */
void imp_fhir_tell_choice (ImpFhirMapper *self, const char *element);

/*< private: between imp-fhir-dosage.c, imp-fhir-dose.c and imp-fhir-way.c >*/

/** imp_fhir_add_doses: doseAndRate[], or dose and rate of the dosage itself. */
void imp_fhir_add_doses (ImpFhirMapper *self, const cJSON *dosage, ImpFhirDoseAs as);
/** imp_fhir_add_ways: as needed, method, route, site, limits, extensions. */
void imp_fhir_add_ways (ImpFhirMapper *self, const cJSON *dosage);
/** imp_fhir_doses_line: (transfer full) (nullable): all of them in a line. */
char *imp_fhir_doses_line (const cJSON *dosage);

G_END_DECLS
