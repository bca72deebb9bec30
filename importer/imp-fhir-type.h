/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a resource type is for (FHIR R4 resource list; those of other versions that are met). */
typedef enum
{
  IMP_FHIR_CLASS_UNKNOWN,
  IMP_FHIR_CLASS_CLINICAL,     /* of a patient, or of what is referred to from there */
  IMP_FHIR_CLASS_BILLING,      /* counted, not imported (spec fhir.md 8, E25) */
  IMP_FHIR_CLASS_CONFORMANCE,  /* how systems talk: counted, not imported (E25) */
  IMP_FHIR_CLASS_CARRIER,      /* holds or tells of others: Bundle, Binary, MessageHeader ... */
} ImpFhirClass;

/** imp_fhir_type_class: @type: (nullable): as in resourceType; names are case-sensitive. */
ImpFhirClass imp_fhir_type_class (const char *type);

G_END_DECLS
