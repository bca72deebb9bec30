/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-chart.h"
#include "imp-fhir-finder.h"

G_BEGIN_DECLS

/* Whose each resource is (spec fhir.md 2.0, 2.2, 4.3): by what it says itself, never by a guess. */

/** The charts of all Patients of an import. Read by any thread once it is filled. */
typedef struct
{
  ImpFhirStore *store;
  const ImpFhirSystems *systems; /* (nullable) */
  const char *facility;          /* (nullable): --facility */
  GPtrArray *labels;             /* (element-type utf8): of the sources */
  GHashTable *charts;            /* entry + 1 -> ImpFhirChart, of every Patient */
  GHashTable *apart;             /* of imp_fhir_spaces_find() */
  GHashTable *contested;         /* "facility number" that several people have */
} ImpFhirPeople;

ImpFhirPeople *imp_fhir_people_new (ImpFhirStore *store, const ImpFhirSystems *systems,
                                    const char *facility, GPtrArray *labels);
void imp_fhir_people_free (ImpFhirPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirPeople, imp_fhir_people_free)

/** imp_fhir_people_fill: reads every Patient. Returns: %FALSE with %DISC_ERROR_IO */
gboolean imp_fhir_people_fill (ImpFhirPeople *self, GError **error);

/** imp_fhir_people_tell_apart: when it is known which versions stand: people of one number who say of
 * themselves that they are two get a chart each (spec fhir.md 4.3). */
void imp_fhir_people_tell_apart (ImpFhirPeople *self);

/** imp_fhir_people_is_contested: whether several people have that number. */
gboolean imp_fhir_people_is_contested (const ImpFhirPeople *self, const char *facility,
                                       const char *id);

/** imp_fhir_people_chart: (nullable): of an entry that is a Patient. */
const ImpFhirChart *imp_fhir_people_chart (const ImpFhirPeople *self, guint32 entry);

typedef enum
{
  IMP_FHIR_WHOSE_KNOWN,
  IMP_FHIR_WHOSE_OF_BUNDLE,  /* it says nothing; the only patient of its Bundle (2.0) */
  IMP_FHIR_WHOSE_DISPUTED,   /* reference and identifier, or it and its document, name two */
  IMP_FHIR_WHOSE_NOBODY,     /* no patient is named, or none can be found */
  IMP_FHIR_WHOSE_NO_PATIENT, /* it is about a thing or a group */
} ImpFhirWhoseKind;

typedef struct
{
  ImpFhirWhoseKind kind;
  char *facility; /* "" where it is nobody's */
  char *id;
  char *other_ids;          /* of a disputed one: those it names beside @id, a line each; "" */
  guint32 patient;          /* entry + 1 of the Patient; 0: there is none */
  gboolean differs_in_name; /* the reference displays another name than the Patient's (2.2) */
} ImpFhirWhose;

void imp_fhir_whose_clear (ImpFhirWhose *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirWhose, imp_fhir_whose_clear)

/**
 * imp_fhir_whose:
 * @finder: begun at @entry
 * @resource: of @entry
 * @out: (out caller-allocates): to be cleared
 */
void imp_fhir_whose (const ImpFhirPeople *people, ImpFhirFinder *finder, guint32 entry,
                     const cJSON *resource, ImpFhirWhose *out);

/** imp_fhir_subject: (nullable): the Reference that names the patient (table 2.0). */
const cJSON *imp_fhir_subject (const cJSON *resource);

G_END_DECLS
