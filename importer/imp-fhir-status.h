/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-kinds.h"
#include "imp-json.h"

G_BEGIN_DECLS

/* What a resource says of itself, as the state of its record (spec fhir.md 3.0.3). */

typedef struct
{
  DiscStatus status;
  gboolean is_live;
  const char *warning; /* (nullable): a word of FORMAT.md, "Warnings": what stands beside the row */
  const char *word;    /* (nullable): as the source wrote it; belongs to the resource */
} ImpFhirState;

/**
 * imp_fhir_state:
 * @type: of the resource
 *
 * By the table of its type; by the word alone where the table has none; a word that is in neither,
 * or none at all, is live with the warning "status-unknown": hiding it could lose a fact, while
 * words that are known to be dead never pass as unknown.
 */
ImpFhirState imp_fhir_state (const cJSON *resource, const char *type);

/** imp_fhir_state_of_word: of a part that has a status of its own: a table row of @type, else the
 * word alone. @word: (nullable) */
ImpFhirState imp_fhir_state_of_word (const char *type, const char *word);

/** imp_fhir_state_stricter: the one of both that is less alive; the first of two that are equally
 * so. */
ImpFhirState imp_fhir_state_stricter (ImpFhirState a, ImpFhirState b);

G_END_DECLS
