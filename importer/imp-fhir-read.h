/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-json.h"

G_BEGIN_DECLS

/*
 * Data types of FHIR R4 as they are shown (spec fhir.md 3.0.2): text as written, nothing converted. Nodes
 * may be %NULL or of another shape than R4 has (E04 to E06); what is not there is %NULL. Strings belong
 * to the tree unless they are (transfer full).
 */

/** imp_fhir_path: (nullable): member of a member: "subject.reference"; the first element of a list. */
const cJSON *imp_fhir_path (const cJSON *node, const char *path);
/** imp_fhir_string: (nullable): imp_json_text() of imp_fhir_path(). */
const char *imp_fhir_string (const cJSON *node, const char *path);
/** imp_fhir_choice: (nullable): of "value" the member valueQuantity, valueString ...; @type: (out)
 * (optional): "Quantity". @n: (out) (optional): how many there are; more than one is E07 */
const cJSON *imp_fhir_choice (const cJSON *node, const char *name, const char **type, guint *n);
/** imp_fhir_extension: (nullable): the first extension with that URL, also where the URL here ends so
 * and the other has another base (@url without "://"). */
const cJSON *imp_fhir_extension (const cJSON *node, const char *url);

/**
 * imp_fhir_concept_text:
 * @concept: CodeableConcept, Coding, CodeableReference of R5, or a bare string
 *
 * text, else the display that the user chose, else the first display, else the code in brackets.
 */
char *imp_fhir_concept_text (const cJSON *concept); /* (transfer full) (nullable) */
/** imp_fhir_concept_coding: (nullable): its first coding of @system (nullable: of any) with a code. */
const cJSON *imp_fhir_concept_coding (const cJSON *concept, const char *system);
/** imp_fhir_concept_has: whether a coding has @code; @system: (nullable): of that system. Blanks at the
 * ends of the code do not count (E11). */
gboolean imp_fhir_concept_has (const cJSON *concept, const char *system, const char *code);

typedef struct
{
  const char *comparator; /* "<" "<=" ">=" ">" "ad": never to be left out beside the value */
  const char *value;      /* as written: "3.50" */
  const char *unit;       /* unit, else code */
  gboolean is_number;     /* the value is a JSON number, or text that reads as one */
} ImpFhirQuantity;

/** imp_fhir_quantity: Returns: %FALSE if there is no value. */
gboolean imp_fhir_quantity (const cJSON *node, ImpFhirQuantity *out);
/** imp_fhir_quantity_text: (transfer full) (nullable): comparator and value: "<0.1". */
char *imp_fhir_quantity_text (const ImpFhirQuantity *quantity);

/** What a Reference names (spec fhir.md 2.1). */
typedef enum
{
  IMP_FHIR_REFERENCE_NONE,
  IMP_FHIR_REFERENCE_CONTAINED,   /* 1: "#a"; the id behind it, "" for the outer resource */
  IMP_FHIR_REFERENCE_URN,         /* 3: urn:uuid:, urn:oid: */
  IMP_FHIR_REFERENCE_RELATIVE,    /* 4: Type/id */
  IMP_FHIR_REFERENCE_ABSOLUTE,    /* 5: base, Type/id */
  IMP_FHIR_REFERENCE_CONDITIONAL, /* 7: Type?identifier=system|value */
  IMP_FHIR_REFERENCE_BARE,        /* 8: an id, or a UUID, without anything */
  IMP_FHIR_REFERENCE_LOGICAL,     /* 9: identifier without reference */
  IMP_FHIR_REFERENCE_TYPED_ID,    /* 9b: id and type without reference */
  IMP_FHIR_REFERENCE_DISPLAY,     /* 10 */
  IMP_FHIR_REFERENCE_TEXT,        /* 11: file:, canonical, anything else: never opened */
} ImpFhirReferenceKind;

typedef struct
{
  ImpFhirReferenceKind kind;
  char *base;              /* (nullable): of an absolute one, with its last slash */
  char *type;              /* (nullable): of the URL, else what Reference.type says */
  char *id;                /* (nullable): of a URN all of it, in lower case */
  char *version;           /* (nullable): 6 */
  char *system, *value;    /* (nullable): of a logical or conditional one */
  const char *display;     /* (nullable) */
} ImpFhirReference;

void imp_fhir_reference_clear (ImpFhirReference *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirReference, imp_fhir_reference_clear)

/** imp_fhir_reference: @node: (nullable). @out: (out caller-allocates): to be cleared */
void imp_fhir_reference (const cJSON *node, ImpFhirReference *out);

G_END_DECLS
