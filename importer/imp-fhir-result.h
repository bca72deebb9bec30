/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * What the mappings of Observation and DiagnosticReport share (spec fhir.md 3.6, 3.7). Private to
 * them.
 *
 * Where records are made: every Observation makes its own, from its own words, so that each leads
 * to its source and is as live as its source. What only others know of it is looked up from it: the
 * panel that names it (hasMember) gives the group, and the organism that a susceptibility belongs
 * to; the report (result) gives the name, the number and the time where it has none. So nothing is
 * made twice, and nothing is lost where a reference leads nowhere: a part without a panel stands
 * for itself, and a panel or report with a part missing says so.
 *
 * An Observation that is contained in another resource is no entry of its own: its records are made
 * with those of the resource around it, in one message.
 */

/** Around an Observation: what names it, and what names that. */
typedef struct
{
  const cJSON *panel;  /* (nullable): the Observation that has it as a member */
  const cJSON *report; /* (nullable): the DiagnosticReport of it, or of its panel */
} ImpFhirHolders;

#define IMP_FHIR_MAX_HOPS 10 /* spec fhir.md 2.1 */

/* ---- imp-fhir-holder.c ------------------------------------------------------------------------
 */

/** imp_fhir_holder: (nullable): the Observation or DiagnosticReport that names @node, an
 * Observation. */
const cJSON *imp_fhir_holder (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_holders: of @self->resource. */
void imp_fhir_holders (ImpFhirMapper *self, ImpFhirHolders *out);
/** imp_fhir_name: (transfer full) (nullable): "Type/id" of a resource. */
char *imp_fhir_name (const cJSON *node);
/** imp_fhir_based_on: (nullable): of the request that it is based on: its requisition, else its
 * identifier, else that of the reference. */
const char *imp_fhir_based_on (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_count_parts: how many references @list has, and how many of them lead somewhere. Fewer:
 * "results-missing" and a finding that names @element. Returns: (transfer full) (nullable): words
 */
char *imp_fhir_count_parts (ImpFhirMapper *self, const cJSON *list, const char *element);
/** imp_fhir_map_parts: the Observations that @self->resource contains, unless it is contained. */
void imp_fhir_map_parts (ImpFhirMapper *self);

/* ---- imp-fhir-specimen.c ----------------------------------------------------------------------
 */

/** imp_fhir_collected_at: (nullable): when the specimen was taken. */
const char *imp_fhir_collected_at (ImpFhirMapper *self, const cJSON *specimens);
/** imp_fhir_add_specimen: material, number, condition and remarks of each; @code: (nullable): of
 * what was measured, whose JLAC10 digits name the material where nothing else does. */
void imp_fhir_add_specimen (ImpFhirMapper *self, const cJSON *specimens, const cJSON *code);
/** imp_fhir_warn_specimen: words for the record to come: a specimen that is no good. */
void imp_fhir_warn_specimen (ImpFhirMapper *self, const cJSON *specimens);

/* ---- imp-fhir-result.c ------------------------------------------------------------------------
 */

/** imp_fhir_has_value: whether @node, an Observation or component, has a value of any type. */
gboolean imp_fhir_has_value (const cJSON *node);
/** imp_fhir_warn_value: words for the record to come: values of several types, about another. */
void imp_fhir_warn_value (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_add_value: every value[x], with comparator and unit; else why there is none. */
void imp_fhir_add_value (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_add_ranges: every reference range. */
void imp_fhir_add_ranges (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_add_flags: interpretation as coded, to @field; its words to COMMENT where they differ.
 */
void imp_fhir_add_flags (ImpFhirMapper *self, DiscField field, const cJSON *node);
/** imp_fhir_add_how: method, site, device, performer, notes, numbers, what it is about, sources. */
void imp_fhir_add_how (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_take_breaks: (transfer full) (nullable): @text with line ends where it has "\n" as two
 * characters (spec fhir.md 3.6). @text: (transfer full) (nullable) */
char *imp_fhir_take_breaks (char *text);

/* ---- imp-fhir-result-kind.c -------------------------------------------------------------------
 */

/** imp_fhir_is_jlac_system: (nullable): whether codes of the system are JLAC10 or JLAC11. */
gboolean imp_fhir_is_jlac_system (const char *system);
/** imp_fhir_jlac: (nullable): the JLAC10 or JLAC11 code of a concept. */
const char *imp_fhir_jlac (const cJSON *concept);
/** imp_fhir_has_category: whether category has @code; @system_end: (nullable): how its system ends.
 */
gboolean imp_fhir_has_category (const cJSON *node, const char *system_end, const char *code);
/** imp_fhir_micro_category: (nullable): of JP_MicrobiologyCategory_CS: "organism" ... */
const char *imp_fhir_micro_category (const cJSON *node);
/** imp_fhir_is_micro_report: whether a DiagnosticReport is one of microbiology. @node: (nullable)
 */
gboolean imp_fhir_is_micro_report (const cJSON *node);
/** imp_fhir_result_kind: lab, microbiology, vital or observation (3.6). */
DiscKind imp_fhir_result_kind (const cJSON *node, const ImpFhirHolders *holders);
/** imp_fhir_result_age: kept where one result alone tells that it is (5.2): blood type, antibodies,
 * HLA, infections, resistant organisms. The last of each other kind is the caller's to know. */
ImpFhirAge imp_fhir_result_age (const cJSON *node);

/* ---- imp-fhir-map-micro.c ---------------------------------------------------------------------
 */

/** imp_fhir_map_micro: an Observation of microbiology, whose time and title are set. @specimens:
 * (nullable): references */
void imp_fhir_map_micro (ImpFhirMapper *self, const ImpFhirHolders *holders,
                         const cJSON *specimens);

G_END_DECLS
