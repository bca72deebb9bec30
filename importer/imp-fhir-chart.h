/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-store.h"
#include "imp-json.h"

G_BEGIN_DECLS

/*
 * Whose chart a Patient is (spec fhir.md 4.3): by facility and the number that it gave, and by
 * nothing else. Without such a number he stays his own patient.
 */

/** What the operator says of identifier systems: a line each, "system TAB facility"; facility ten
 * digits, or empty for the one of --facility. Lines that begin with # are remarks. */
typedef struct _ImpFhirSystems ImpFhirSystems;

/** imp_fhir_systems_load: Returns: (transfer full): %NULL with %IMP_ERROR_USAGE and the line */
ImpFhirSystems *imp_fhir_systems_load (const char *path, GError **error);
void imp_fhir_systems_free (ImpFhirSystems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirSystems, imp_fhir_systems_free)

typedef struct
{
  char *facility; /* ten digits; of numbers of a check-up centre with "/checkup" behind; where there
                     is no number what his id is unique in */
  char *id;       /* the number as written, or the id of the resource */
  gboolean has_number;
  char *who;      /* (nullable): of one with a number: the resource, in what its id is unique in */
  char birth[11]; /* the day, where it is told whole; or "" */
  char sex;       /* 'M' 'F', or 0 */
  guint part;     /* 0; else which further person of that number it is */
  char *other_ids; /* further numbers of hospitals, a line each as "facility number"; or "" */
} ImpFhirChart;

void imp_fhir_chart_free (ImpFhirChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirChart, imp_fhir_chart_free)

/** What is known beside the resource. */
typedef struct
{
  const ImpFhirSystems *systems; /* (nullable) */
  const char *facility;          /* (nullable): what the operator says, --facility */
  const char *bundle_facility; /* (nullable): of the Bundle's identifier or of what stands in it */
  const char *scope;           /* in which ids are unique: a source, or a Bundle of one */
  const char *key;             /* of the resource within: its id or fullUrl */
} ImpFhirChartPlace;

/** imp_fhir_chart: @patient: Patient. Returns: (transfer full) */
ImpFhirChart *imp_fhir_chart (const cJSON *patient, const ImpFhirChartPlace *place);

/**
 * imp_fhir_number_of: whether an identifier is the number of a patient in a hospital.
 * @facility: (out) (transfer full)
 */
gboolean imp_fhir_number_of (const cJSON *identifier, const ImpFhirChartPlace *place,
                             char **facility);

/** imp_fhir_bundle_facility: (transfer full) (nullable): the institution that the resources of a Bundle
 * name (spec fhir.md 4.3, row 3), else ten digits at the begin of the value of its identifier, as of
 * JP-CLINS ("1234567890^2025^..."). @bundle: (nullable) */
char *imp_fhir_bundle_facility (const ImpFhirStoredBundle *bundle);

/** imp_fhir_institution: (transfer full) (nullable): of the extension JP_eCS_InstitutionNumber. */
char *imp_fhir_institution (const cJSON *resource);

G_END_DECLS
