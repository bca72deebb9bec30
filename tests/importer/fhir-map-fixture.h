/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * One resource of FHIR as JSON in, its records as lines of text out:
 *
 *   prescription active live
 *     at=2025-04-01
 *     warning=draft
 *   - drug=...                     begins an item
 *     dose=1
 *   age kept                       or "age dated"
 *   clinical_at=2025-04-01         of the message; likewise reaches_to, sent_at
 *   finding not-understood: ...
 *
 * Blanks before a line are for the eye.
 */

/**
 * fhir_map_dump:
 * @map: of imp-fhir-mapper.h
 * @json: the resource
 * @others: (nullable): JSON array of resources that references lead to, as "Type/id"
 * @document: (nullable): JSON of the Composition of its document
 *
 * Returns: (transfer full): fails the test where the JSON cannot be read
 */
char *fhir_map_dump (ImpFhirMapType map, const char *json, const char *others,
                     const char *document);

/** fhir_map_dump_tree: the same of trees. */
char *fhir_map_dump_tree (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                          const ImpFhirLookup *lookup);

/**
 * fhir_map_expect:
 * @dump: lines as above
 * @lines: a line each; all of them are in @dump, whole but for the blanks before them and "- ", one
 * after the other. A line that begins with "~" is the beginning of a line that is nowhere in it.
 *
 * Stops the test at the first that differs, and shows @dump.
 */
void fhir_map_expect (const char *dump, const char *lines);

/** fhir_map_check: both, without other resources. */
void fhir_map_check (ImpFhirMapType map, const char *json, const char *lines);

/** A case of a table. */
typedef struct
{
  const char *name;
  const char *json;
  const char *lines;
} FhirMapCase;

/** fhir_map_check_cases: says which one it is at before each. */
void fhir_map_check_cases (ImpFhirMapType map, const FhirMapCase *cases, guint n_cases);

G_END_DECLS
