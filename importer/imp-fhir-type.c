/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-type.h"

#include <string.h>

/* Names with a blank before and behind each. */
static const char clinical[] =
    " AdverseEvent AllergyIntolerance Appointment AppointmentResponse Basic "
    "BiologicallyDerivedProduct"
    " BodyStructure CarePlan CareTeam CatalogEntry ClinicalImpression Communication"
    " CommunicationRequest Composition Condition Consent Coverage DetectedIssue Device DeviceMetric"
    " DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference"
    " EffectEvidenceSynthesis Encounter EpisodeOfCare FamilyMemberHistory Flag Goal Group"
    " GuidanceResponse HealthcareService ImagingStudy Immunization ImmunizationEvaluation"
    " ImmunizationRecommendation Linkage List Location MeasureReport Media Medication"
    " MedicationAdministration MedicationDispense MedicationKnowledge MedicationRequest"
    " MedicationStatement MolecularSequence NutritionOrder Observation Organization"
    " OrganizationAffiliation Patient Person Practitioner PractitionerRole Procedure"
    " QuestionnaireResponse RelatedPerson RequestGroup ResearchStudy ResearchSubject RiskAssessment"
    " RiskEvidenceSynthesis ServiceRequest Specimen Substance"
    " SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation"
    " SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task"
    " VerificationResult VisionPrescription"
    /* R4B and R5 */
    " BiologicallyDerivedProductDispense DeviceAssociation DeviceDispense DeviceUsage"
    " EncounterHistory GenomicStudy ImagingSelection Ingredient InventoryItem InventoryReport"
    " ManufacturedItemDefinition MedicinalProductDefinition NutritionIntake NutritionProduct"
    " RequestOrchestration SubstanceDefinition Transport"
    /* R4's medicinal products */
    " MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication"
    " MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction"
    " MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical"
    " MedicinalProductUndesirableEffect"
    /* DSTU2 and STU3 */
    " BodySite DeviceComponent DeviceUseRequest DiagnosticOrder ImagingManifest"
    " ImagingObjectSelection MedicationOrder Order OrderResponse ProcedureRequest ProcessRequest"
    " ProcessResponse ReferralRequest Sequence ";

/* Money, booking, and what servers have to do with each other (spec fhir.md 3.7). A
 * HealthcareService is not among them: it may name the department of a visit. */
static const char billing[] =
    " Account AuditEvent ChargeItem ChargeItemDefinition Claim ClaimResponse Contract"
    " CoverageEligibilityRequest CoverageEligibilityResponse EligibilityRequest EligibilityResponse"
    " Endpoint EnrollmentRequest EnrollmentResponse ExplanationOfBenefit InsurancePlan Invoice"
    " PaymentNotice PaymentReconciliation Schedule Slot Subscription SubscriptionStatus ";

static const char conformance[] =
    " ActivityDefinition ActorDefinition AdministrableProductDefinition ArtifactAssessment"
    " CapabilityStatement Citation ClinicalUseDefinition CodeSystem CompartmentDefinition "
    "ConceptMap"
    " ConditionDefinition Conformance DataElement DeviceDefinition EventDefinition Evidence"
    " EvidenceReport EvidenceVariable ExampleScenario ExpansionProfile FormularyItem "
    "GraphDefinition"
    " ImplementationGuide Library Measure MessageDefinition NamingSystem ObservationDefinition"
    " OperationDefinition PackagedProductDefinition Permission PlanDefinition Questionnaire"
    " RegulatedAuthorization Requirements ResearchDefinition ResearchElementDefinition"
    " SearchParameter ServiceDefinition SpecimenDefinition StructureDefinition StructureMap"
    " SubscriptionTopic TerminologyCapabilities TestPlan TestReport TestScript ValueSet ";

static const char carrier[] =
    " Binary Bundle MessageHeader OperationOutcome Parameters Provenance ";

ImpFhirClass
imp_fhir_type_class (const char *type)
{
  static const struct
  {
    const char *names;
    ImpFhirClass class;
  } lists[] = {
    { clinical, IMP_FHIR_CLASS_CLINICAL },
    { billing, IMP_FHIR_CLASS_BILLING },
    { conformance, IMP_FHIR_CLASS_CONFORMANCE },
    { carrier, IMP_FHIR_CLASS_CARRIER },
  };
  char word[64];
  gsize len = type != NULL ? strlen (type) : 0;

  if (len == 0 || len > sizeof word - 3 || strchr (type, ' ') != NULL)
    return IMP_FHIR_CLASS_UNKNOWN;
  word[0] = ' ';
  memcpy (word + 1, type, len);
  strcpy (word + 1 + len, " ");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strstr (lists[i].names, word) != NULL)
      return lists[i].class;
  return IMP_FHIR_CLASS_UNKNOWN;
}
