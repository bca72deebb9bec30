/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/* Resources in words, for documents and notes (spec fhir.md 3.7, 3.8). Private to their mapping. */

#define IMP_FHIR_MAX_NESTING_OF_TEXT 10 /* sections in sections, questions in answers (6.3) */

/** imp_fhir_line: adds "label：words", or the words alone, as a line. Both (nullable); without
 * words nothing is added. */
void imp_fhir_line (GString *out, const char *label, const char *words);
/** imp_fhir_line_take: the same. @words: (transfer full) (nullable) */
void imp_fhir_line_take (GString *out, const char *label, char *words);
/** imp_fhir_line_concepts: a line for each of the concepts. */
void imp_fhir_line_concepts (GString *out, const char *label, const cJSON *concepts);
/** imp_fhir_line_references: a line for each of the references: what they lead to, else what they
 * say. */
void imp_fhir_line_references (ImpFhirMapper *self, GString *out, const char *label,
                               const cJSON *references);
/** imp_fhir_line_notes: note[], with author and time. */
void imp_fhir_line_notes (ImpFhirMapper *self, GString *out, const cJSON *node);
/** imp_fhir_is_full: whether there is as much text as a value holds. */
gboolean imp_fhir_is_full (const GString *out);

/** imp_fhir_label: (transfer full) (nullable): a resource in one line: what it is, its value, and
 * its state where it is not plainly so: "肺炎（疑い）", "アムロジピン（stopped）". */
char *imp_fhir_label (ImpFhirMapper *self, const cJSON *resource);
/** imp_fhir_reference_label: (transfer full) (nullable): the same of what @reference leads to, else
 * what it says itself. @found: (out) (optional) */
char *imp_fhir_reference_label (ImpFhirMapper *self, const cJSON *reference, gboolean *found);
/** imp_fhir_empty_words: (transfer full) (nullable): why a section or list is empty. */
char *imp_fhir_empty_words (const cJSON *reason);
/** imp_fhir_document_kind: note, report or document, by the codes of its type. */
DiscKind imp_fhir_document_kind (const cJSON *type);

/* ---- imp-fhir-section.c: sections of a Composition ---------------------------------------------
 */

/** imp_fhir_sections: in their order, each under its title. */
void imp_fhir_sections (ImpFhirMapper *self, const cJSON *sections, GString *out);

/* ---- imp-fhir-relation.c: what replaces what ---------------------------------------------------
 */

/** imp_fhir_add_identity: to the item: DOCUMENT_ID: "Type/id" and each identifier as
 * "system^value". */
void imp_fhir_add_identity (ImpFhirMapper *self);
/** imp_fhir_add_relations: to the item: relatesTo, each kind to its field and a comment. What
 * cannot be found and has no identifier replaces nothing (spec fhir.md 3.0.3): it is a comment
 * alone. */
void imp_fhir_add_relations (ImpFhirMapper *self);
/** imp_fhir_add_replaced: the same of a list of references, such as CarePlan.replaces. @label: of
 * the comment */
void imp_fhir_add_replaced (ImpFhirMapper *self, const char *label, const cJSON *references);

G_END_DECLS
