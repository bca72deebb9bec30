/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * Which drugs a resource speaks of (spec fhir.md 3.5.1, 3.5.2), and by which numbers it is known.
 * Shared by orders, dispensing, administration and statements.
 */

/** One drug. What belongs to the tree holds as long as the mapping. */
typedef struct
{
  const cJSON *concept;    /* (nullable): its code */
  const char *name;        /* (nullable): where there is no concept */
  const cJSON *ingredient; /* (nullable): of a mixture, with its strength */
  gint64 order;            /* JP_Medication_Ingredient_DrugNo; 0: not said */
} ImpFhirDrug;

typedef struct
{
  GArray *drugs; /* (element-type ImpFhirDrug): at least one, unless the drug is not known */
  const cJSON *medication; /* (nullable): Medication, where there is one */
  gboolean is_mixture;     /* the drugs are ingredients of one bag */
  gboolean is_unknown;     /* a reference that leads nowhere, and no name */
  const char *title;       /* (nullable): all names, joined by "＋" */
} ImpFhirMedication;

/** imp_fhir_medication: reads medication[x]. @out: (out caller-allocates): to be cleared */
void imp_fhir_medication (ImpFhirMapper *self, ImpFhirMedication *out);
void imp_fhir_medication_clear (ImpFhirMedication *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirMedication, imp_fhir_medication_clear)

/** imp_fhir_add_drug: DRUG, its codes, FORM, LOT, and of an ingredient COMPONENT, AMOUNT, STRENGTH.
 * @n: of @medication's drugs */
void imp_fhir_add_drug (ImpFhirMapper *self, const ImpFhirMedication *medication, guint n);

/** imp_fhir_n_drugs: items to be made: 1 where no drug is known. */
guint imp_fhir_n_drugs (const ImpFhirMedication *medication);

/** imp_fhir_has_room: whether the record at hand may have one more item; else a finding is told. */
gboolean imp_fhir_has_room (ImpFhirMapper *self);

/** Numbers of an order (spec fhir.md 3.5.1). */
typedef enum
{
  IMP_FHIR_NUMBER_RP,           /* RP番号 */
  IMP_FHIR_NUMBER_IN_RP,        /* RP内連番 */
  IMP_FHIR_NUMBER_PRESCRIPTION, /* 処方番号 */
  IMP_FHIR_NUMBER_REQUEST,      /* of the order itself */
  IMP_FHIR_NUMBER_OTHER,
} ImpFhirNumber;

/** imp_fhir_number: (nullable): the first identifier of that sort of @resource. */
const char *imp_fhir_number (const cJSON *resource, ImpFhirNumber sort);
/** imp_fhir_order_number: (nullable): prescription, else request, else another number. */
const char *imp_fhir_order_number (const cJSON *resource);
/** imp_fhir_add_numbers: RP, SUB_ID (RP内連番), PRESCRIPTION_NO to the item at hand. @order:
 * (nullable): resource to ask where the own one does not say it */
void imp_fhir_add_numbers (ImpFhirMapper *self, const cJSON *order);

/** imp_fhir_add_reasons: REASON of reasonCode, reasonReference, R5 reason. */
void imp_fhir_add_reasons (ImpFhirMapper *self, const cJSON *node);
/** imp_fhir_reference_words: (transfer full) (nullable): what a reference names: title or code of
 * the resource, its name, its identifier, else the display. */
char *imp_fhir_reference_words (ImpFhirMapper *self, const cJSON *reference);
/** imp_fhir_comment_references: each of @list with its words. */
void imp_fhir_comment_references (ImpFhirMapper *self, const char *label, const cJSON *list);
/** imp_fhir_comment_words: each concept of @list. */
void imp_fhir_comment_words (ImpFhirMapper *self, const char *label, const cJSON *list);
/** imp_fhir_comment_value: whatever @node holds under the choice @name or the name itself. */
void imp_fhir_comment_value (ImpFhirMapper *self, const char *label, const cJSON *node,
                             const char *name);
/** imp_fhir_comment_path: a text. */
void imp_fhir_comment_path (ImpFhirMapper *self, const char *label, const cJSON *node,
                            const char *path);

/** imp_fhir_concept_of: (nullable): the CodeableConcept of a node that is one, or has it within
 * (CodeableReference of R5). */
const cJSON *imp_fhir_concept_of (const cJSON *node);

G_END_DECLS
