/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

static const struct
{
  const char *type;
  ImpFhirMapType map;
} maps[] = {
  { "AdverseEvent", imp_fhir_map_event },
  { "AllergyIntolerance", imp_fhir_map_allergy },
  { "Appointment", imp_fhir_map_appointment },
  { "Composition", imp_fhir_map_composition },
  { "Condition", imp_fhir_map_condition },
  { "Consent", imp_fhir_map_consent },
  { "Coverage", imp_fhir_map_coverage },
  { "DetectedIssue", imp_fhir_map_event },
  { "Device", imp_fhir_map_device },
  { "DeviceUsage", imp_fhir_map_device_use }, /* R5 */
  { "DeviceUseStatement", imp_fhir_map_device_use },
  { "DiagnosticReport", imp_fhir_map_diagnostic_report },
  { "DocumentReference", imp_fhir_map_document_reference },
  { "Encounter", imp_fhir_map_encounter },
  { "FamilyMemberHistory", imp_fhir_map_family_history },
  { "Flag", imp_fhir_map_flag },
  { "ImagingStudy", imp_fhir_map_imaging_study },
  { "Immunization", imp_fhir_map_immunization },
  { "Media", imp_fhir_map_media },
  { "MedicationAdministration", imp_fhir_map_medication_administration },
  { "MedicationDispense", imp_fhir_map_medication_dispense },
  { "MedicationOrder", imp_fhir_map_medication_request }, /* DSTU2 */
  { "MedicationRequest", imp_fhir_map_medication_request },
  { "MedicationStatement", imp_fhir_map_medication_statement },
  { "MedicationUsage", imp_fhir_map_medication_statement },
  { "NutritionOrder", imp_fhir_map_nutrition_order },
  { "Observation", imp_fhir_map_observation },
  { "Patient", imp_fhir_map_patient },
  { "Procedure", imp_fhir_map_procedure },
  { "RelatedPerson", imp_fhir_map_related_person },
  { "RiskAssessment", imp_fhir_map_event },
  { "ResearchSubject", imp_fhir_map_flag },
  { "ServiceRequest", imp_fhir_map_service_request },
  { "DeviceRequest", imp_fhir_map_service_request },
  { "Task", imp_fhir_map_service_request },
};

gboolean
imp_fhir_map_is_context (const char *type)
{
  static const char *const types[] = {
    "Practitioner", "PractitionerRole", "Organization",      "Location",   "Medication",
    "Binary",       "Specimen",         "Substance",         "Provenance", "MessageHeader",
    "Group",        "OperationOutcome", "HealthcareService", NULL,
  };

  return g_strv_contains (types, type);
}

ImpFhirMapType
imp_fhir_map_of (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
    if (g_strcmp0 (maps[i].type, type) == 0)
      return maps[i].map;
  return imp_fhir_map_note;
}

void
imp_fhir_map (const cJSON *resource, const cJSON *document, const ImpFhirLookup *lookup,
              ImpFhirAge *age, ImpMapped *out)
{
  ImpFhirMapType map = imp_fhir_map_of (imp_json_string (resource, "resourceType"));

  imp_fhir_map_by (map, resource, document, lookup, age, out);
}
