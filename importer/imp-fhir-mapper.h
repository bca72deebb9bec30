/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-read.h"
#include "imp-fhir-status.h"
#include "imp-fhir-system.h"
#include "imp-limits.h"
#include "imp-map.h"

G_BEGIN_DECLS

/*
 * What the imp-fhir-map-*.c files share: one resource of FHIR to records of the disc (spec fhir.md
 * 3 and 4). Values stand as they were written. Private to the mapping of FHIR.
 */

/** How a reference is followed, beyond the resource at hand (spec fhir.md 2.1). */
typedef struct
{
  /**
   * find:
   * @reference: a Reference
   * @type: (nullable): the type that is expected; another one is unresolved
   *
   * Returns: (nullable): the resource, which holds until the mapping of the resource at hand ends;
   *   %NULL where it is not found, or found twice with different content
   */
  const cJSON *(*find) (const cJSON *reference, const char *type, gpointer data);
  gpointer data;
  /**
   * holder: (nullable): the other direction, for results (spec fhir.md 3.6): a panel names its parts,
   *   they do not name it
   * @resource: an Observation, as @find or the caller gave it
   *
   * Returns: (nullable): the live Observation whose hasMember names it; without one the live
   *   DiagnosticReport whose result does; %NULL where there is none, or several of the same kind.
   *   Holds as long as what @find gives
   */
  const cJSON *(*holder) (const cJSON *resource, gpointer data);
  /**
   * is_followed: (nullable): the same for prescriptions (spec fhir.md 3.0.3)
   * @resource: a MedicationRequest, as the caller gave it
   *
   * Returns: whether a MedicationRequest that stands names it as its priorPrescription
   */
  gboolean (*is_followed) (const cJSON *resource, gpointer data);
  const char *const *warnings; /* (nullable): words of FORMAT.md for every record: what its place says of it */
} ImpFhirLookup;

typedef enum
{
  IMP_FHIR_AGE_DATED, /* the window decides by clinical_at and reaches_to */
  IMP_FHIR_AGE_KEPT,  /* on the disc whatever its age (spec fhir.md 5.2, last column) */
} ImpFhirAge;

/** Everything at hand while one resource is mapped. */
typedef struct
{
  const cJSON *resource;
  const char *type;
  const ImpFhirLookup *lookup; /* (nullable) */
  ImpMapped *out;
  ImpFhirState state; /* of the resource: its status, what modifies it (3.0.3, 3.0.4) */
  ImpFhirAge age;
  const cJSON *document; /* (nullable): Composition of the document that holds it */
  const cJSON *outer;    /* (nullable): what contains it, where it is a part of another resource */
  GPtrArray *attachments; /* (nullable) (element-type ImpAttachment): where files go that the caller
                             converts; without, they are told and left out */

  /* Of the record to come: set by the mapping of a type, written by imp_fhir_begin(). Strings
   * belong to the tree, or to @strings. */
  const char *at;
  const char *title;
  const char *department;
  const char *author;
  const char *order_no;
  const char *reported_at;
  const char *entered_by;
  const char *text;
  GPtrArray *warnings;   /* (element-type utf8): static words of FORMAT.md, for every record */
  guint n_shared;        /* of them those that hold for what it contains too: the first ones */
  GStringChunk *strings; /* as long as the mapping of this resource */
  gboolean is_begun;           /* a record: values have a place */
  gboolean has_item;           /* the first item says what the resource stands in */
  GHashTable *missing;   /* names of elements whose reference leads nowhere */
  GHashTable *contained; /* (nullable): of what contains others: their ids to them; %NULL for an id
                            that two have */
} ImpFhirMapper;

/**
 * imp_fhir_map:
 * @resource: the whole of it, with what it contains
 * @document: (nullable): Composition of its document
 * @lookup: (nullable)
 * @age: (out)
 * @out: cleared, then filled in: records, facts (data_type, clinical_at, reaches_to, sent_at; of a
 * Patient also name, kana, birth_date, sex), findings. Whose it is, and what its Bundle does to it,
 * is the caller's to know
 *
 * Always at least one record, of whatever type it is.
 */
void imp_fhir_map (const cJSON *resource, const cJSON *document, const ImpFhirLookup *lookup,
                   ImpFhirAge *age, ImpMapped *out);

/** ImpFhirMapType: makes the records of one resource; see the list at the end. */
typedef void (*ImpFhirMapType) (ImpFhirMapper *self);

/** imp_fhir_map_of: the mapping of a type. @type: (nullable) */
ImpFhirMapType imp_fhir_map_of (const char *type);

/** imp_fhir_map_by: the same with a mapping that is given, for tests of one type. */
void imp_fhir_map_by (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                      const ImpFhirLookup *lookup, ImpFhirAge *age, ImpMapped *out);

/** imp_fhir_map_with: the same, and files (PDF, pictures, office files) that the resource carries or
 * points to are added to @attachments: (nullable) (element-type ImpAttachment). */
void imp_fhir_map_with (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                        const ImpFhirLookup *lookup, GPtrArray *attachments, ImpFhirAge *age,
                        ImpMapped *out);

/** imp_fhir_map_contained: a resource that @self->resource contains, to records of the same message:
 * in its own state, or in that of what contains it where that is stricter. */
void imp_fhir_map_contained (ImpFhirMapper *self, const cJSON *resource, ImpFhirMapType map);

/** imp_fhir_map_is_context: whether resources of @type become no record of their own, but are read
 * where another one refers to them: Practitioner, Medication, Binary ... */
gboolean imp_fhir_map_is_context (const char *type);

/* ---- records -------------------------------------------------------------------------------- */

/** imp_fhir_keep: (transfer full) @text: until the mapping of this resource ends; "" becomes %NULL.
 * Returns: (nullable) (transfer none) */
const char *imp_fhir_keep (ImpFhirMapper *self, char *text);

/** imp_fhir_set_at: the clinical time of the record to come, and of the message if it has none yet:
 * what the chart sorts and the window filters by. @text: (nullable): FHIR date, dateTime, instant
 * as written */
void imp_fhir_set_at (ImpFhirMapper *self, const char *text);

/** imp_fhir_set_reach: the last day it speaks of; the latest counts. @text: (nullable) */
void imp_fhir_set_reach (ImpFhirMapper *self, const char *text);

/** imp_fhir_set_reach_days: the same: @days (as written) days from @start, the first one included.
 */
void imp_fhir_set_reach_days (ImpFhirMapper *self, const char *start, const char *days);

/** imp_fhir_warn: @word: static, of FORMAT.md "Warnings"; once for each record begun from now on.
 */
void imp_fhir_warn (ImpFhirMapper *self, const char *word);

/** imp_fhir_begin: begins a record in the state of the resource, with what is set above. */
void imp_fhir_begin (ImpFhirMapper *self, DiscKind kind);
/** imp_fhir_begin_as: the same in another state, if that is stricter. */
void imp_fhir_begin_as (ImpFhirMapper *self, DiscKind kind, ImpFhirState state);
/** imp_fhir_item: begins an item. */
void imp_fhir_item (ImpFhirMapper *self);
/** imp_fhir_add_around: to the item: what references to the visit, the order, the whole say in
 * words. */
void imp_fhir_add_around (ImpFhirMapper *self);

/** imp_fhir_add: a value of the record or item at hand. @text: (nullable) */
void imp_fhir_add (ImpFhirMapper *self, DiscField field, const char *text);
/** imp_fhir_take: (transfer full) @text: (nullable). */
void imp_fhir_take (ImpFhirMapper *self, DiscField field, char *text);
/** imp_fhir_comment: to the item: "label: text". @label: (nullable), @text: (nullable) */
void imp_fhir_comment (ImpFhirMapper *self, const char *label, const char *text);
/** imp_fhir_add_path: the text at @path of @node, if there is one. */
void imp_fhir_add_path (ImpFhirMapper *self, DiscField field, const cJSON *node, const char *path);

/**
 * imp_fhir_add_concept: of a CodeableConcept (or a list of them: of each): its text to @name; a
 * display that differs from it to OTHER_NAME (E12); the first national coding (3.9) to CODE and
 * SYSTEM, the others to OTHER_CODE, OTHER_NAME and OTHER_SYSTEM. @concept: (nullable)
 */
void imp_fhir_add_concept (ImpFhirMapper *self, DiscField name, const cJSON *concept);
/** imp_fhir_add_codings: the codes alone; @shown: (nullable): the text beside which a display is not said again */
void imp_fhir_add_codings (ImpFhirMapper *self, const cJSON *concept, const char *shown);
/** imp_fhir_add_words: the text alone of each of the concepts, and a display that differs, in
 * brackets. */
void imp_fhir_add_words (ImpFhirMapper *self, DiscField field, const cJSON *concepts);
/** imp_fhir_add_quantity: comparator and value to @value, unit to @unit. Returns: whether there was
 * one */
gboolean imp_fhir_add_quantity (ImpFhirMapper *self, DiscField value, DiscField unit,
                                const cJSON *quantity);
/** imp_fhir_add_notes: every Annotation of @node.note to COMMENT, with its author and time where it
 * says so; what is no Annotation but text too. */
void imp_fhir_add_notes (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_note_text: (transfer full) (nullable): one Annotation with its author and time. */
char *imp_fhir_note_text (ImpFhirMapper *self, const cJSON *note);
/** imp_fhir_add_status: the words of status as written (STATUS), statusReason (REASON). */
void imp_fhir_add_status (ImpFhirMapper *self);

/* ---- values --------------------------------------------------------------------------------- */

/** imp_fhir_words: (transfer full) (nullable): text of a concept; the display too where it differs
 * otherwise than in width and blanks: "腰痛（腹痛症）". */
char *imp_fhir_words (const cJSON *concept);
/** imp_fhir_code: (nullable): the coding that goes to CODE: a national one first, else the first with a
 * code, one that says that there is none last. */
const cJSON *imp_fhir_code (const cJSON *concept);
/** imp_fhir_fold: (transfer full): @text for comparing: without differences of width and blanks. */
char *imp_fhir_fold (const char *text);
/** imp_fhir_same_words: whether two texts differ in nothing but width and blanks. Both (nullable)
 */
gboolean imp_fhir_same_words (const char *a, const char *b);

/** imp_fhir_value_text: (transfer full) (nullable): a value of any data type in words: "<0.1
 * mg/dL", "1:128", "2025-01-01 – 2025-01-07", text of a concept, 波形データあり of SampledData.
 * @type: of imp_fhir_choice(): "Quantity" */
char *imp_fhir_value_text (const cJSON *value, const char *type);
/** imp_fhir_period_text, imp_fhir_range_text: (transfer full) (nullable). */
char *imp_fhir_period_text (const cJSON *period);
char *imp_fhir_range_text (const cJSON *range);
/** imp_fhir_absent_words: (nullable): why a value is missing (spec fhir.md 3.0.5): of
 * @node.dataAbsentReason, or the extension on "_@name" or on @node itself (@name %NULL). Static,
 * Japanese: it stands where a value would stand, as the source's own words do. */
const char *imp_fhir_absent_words (const cJSON *node, const char *name);

/** imp_fhir_start, imp_fhir_end: (nullable): of a choice @name ("effective", "occurrence") the
 * time, or the ends of its Period; of a Timing its first event or the begin of its bounds. */
const char *imp_fhir_start (const cJSON *node, const char *name);
const char *imp_fhir_end (const cJSON *node, const char *name);

/* ---- references ----------------------------------------------------------------------------- */

/** imp_fhir_find: (nullable): the resource that @reference names: contained, else by the lookup.
 * @reference: (nullable). @type: (nullable) */
const cJSON *imp_fhir_find (ImpFhirMapper *self, const cJSON *reference, const char *type);
/** imp_fhir_need: the same; where it names one and it is not found, @element is told in a finding.
 */
const cJSON *imp_fhir_need (ImpFhirMapper *self, const cJSON *reference, const char *type,
                            const char *element);
/** imp_fhir_actor: (transfer full) (nullable): name of a Practitioner, PractitionerRole,
 * Organization, Location, Device, Patient, RelatedPerson; else the display, else the identifier of
 * the reference. */
char *imp_fhir_actor (ImpFhirMapper *self, const cJSON *reference);
/** imp_fhir_add_actors: of each reference, or of each element's @member (nullable: "actor"). */
void imp_fhir_add_actors (ImpFhirMapper *self, DiscField field, const cJSON *list,
                          const char *member);
/** imp_fhir_person_name: (transfer full) (nullable): of name[] the one to show: written in kanji
 * (IDE, or by its characters), not old; text as it is, else family and given with an ideographic
 * blank. @is_kana: the one in kana instead */
char *imp_fhir_person_name (const cJSON *names, gboolean is_kana);
/** imp_fhir_one_name: (transfer full) (nullable): one HumanName in words, whatever it is for. */
char *imp_fhir_one_name (const cJSON *name);
/** imp_fhir_department: (transfer full) (nullable): the department of a resource: extension
 * JP_eCS_Department, serviceType of its encounter, or the organization of who performed it. */
char *imp_fhir_department (ImpFhirMapper *self);
/** imp_fhir_identifier: (nullable): value of the identifier with that system; of the first one
 * where @system is %NULL. */
const char *imp_fhir_identifier (const cJSON *node, const char *system);

/** imp_fhir_narrative: (transfer full) (nullable): text.div as plain text, safely (spec
 * fhir.md 6.5). */
char *imp_fhir_narrative (const cJSON *text);
/** imp_fhir_tell_narrative: the same; what is not well-formed is told (E18). */
char *imp_fhir_tell_narrative (ImpFhirMapper *self, const cJSON *text);
/** imp_fhir_page_text: (transfer full) (nullable): the same of any page of XHTML. @is_broken: (out):
 * it is not well-formed, and these are its words without tags */
char *imp_fhir_page_text (const char *markup, gboolean *is_broken);
/* Read of one narrative or attachment: one byte more than a value holds, so that its end is told. */
#define IMP_FHIR_MAX_TEXT_BYTES (IMP_MAX_VALUE_BYTES + 1)

/* ---- types: each makes the records of one resource ------------------------------------------ */

/* imp-fhir-map-drug.c: prescription or injection; Medication read where it is referred to */
void imp_fhir_map_medication_request (ImpFhirMapper *self);
/* imp-fhir-map-given.c */
void imp_fhir_map_medication_dispense (ImpFhirMapper *self);
void imp_fhir_map_medication_administration (ImpFhirMapper *self);
void imp_fhir_map_medication_statement (ImpFhirMapper *self);
void imp_fhir_map_immunization (ImpFhirMapper *self);
/* imp-fhir-map-observation.c, imp-fhir-map-micro.c */
void imp_fhir_map_observation (ImpFhirMapper *self);
/* imp-fhir-map-report.c */
void imp_fhir_map_diagnostic_report (ImpFhirMapper *self);
void imp_fhir_map_imaging_study (ImpFhirMapper *self);
void imp_fhir_map_media (ImpFhirMapper *self);
/* imp-fhir-map-document.c */
void imp_fhir_map_composition (ImpFhirMapper *self);
void imp_fhir_map_document_reference (ImpFhirMapper *self);
/* imp-fhir-map-order.c: ServiceRequest, DeviceRequest, Task */
void imp_fhir_map_service_request (ImpFhirMapper *self);
/* imp-fhir-map-procedure.c */
void imp_fhir_map_procedure (ImpFhirMapper *self);
/* imp-fhir-map-meal.c */
void imp_fhir_map_nutrition_order (ImpFhirMapper *self);
/* imp-fhir-map-person.c */
void imp_fhir_map_patient (ImpFhirMapper *self);
void imp_fhir_map_related_person (ImpFhirMapper *self);
void imp_fhir_map_coverage (ImpFhirMapper *self);
/* imp-fhir-map-visit.c */
void imp_fhir_map_encounter (ImpFhirMapper *self);
void imp_fhir_map_appointment (ImpFhirMapper *self);
/* imp-fhir-map-problem.c */
void imp_fhir_map_allergy (ImpFhirMapper *self);
void imp_fhir_map_condition (ImpFhirMapper *self);
void imp_fhir_map_family_history (ImpFhirMapper *self);
/* imp-fhir-map-flag.c: Flag, Consent, DetectedIssue, AdverseEvent, RiskAssessment, ResearchSubject
 */
void imp_fhir_map_flag (ImpFhirMapper *self);
void imp_fhir_map_consent (ImpFhirMapper *self);
void imp_fhir_map_event (ImpFhirMapper *self);
/* imp-fhir-map-device.c */
void imp_fhir_map_device (ImpFhirMapper *self);
void imp_fhir_map_device_use (ImpFhirMapper *self);
/* imp-fhir-map-note.c: ClinicalImpression, QuestionnaireResponse, Communication, List, CarePlan,
 * Goal, CareTeam, EpisodeOfCare, and any other type with words in it */
void imp_fhir_map_note (ImpFhirMapper *self);

G_END_DECLS
