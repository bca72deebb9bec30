/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-line.h"

G_BEGIN_DECLS

/* Words of resources that are a dated text and nothing else. Private to imp-fhir-map-note.c: each
 * adds lines to @out. */

/* imp-fhir-note-plan.c */
void imp_fhir_words_of_plan (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_goal (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_team (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_episode (ImpFhirMapper *self, GString *out);

/* imp-fhir-note-form.c */
void imp_fhir_words_of_questionnaire (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_list (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_impression (ImpFhirMapper *self, GString *out);
void imp_fhir_words_of_communication (ImpFhirMapper *self, GString *out);

G_END_DECLS
