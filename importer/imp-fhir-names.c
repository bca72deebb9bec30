/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-names.h"

#include <string.h>

/* Names that are lists (R4: 0..* or 1..*) wherever R4 has them, as far as it is read here. */
static const char everywhere[] =
    " additionalInstruction alias classHistory coding component conclusionCode contained"
    " daysOfWeek doseAndRate dosageInstruction entry excludeFoodModifier extension given"
    " hasMember ingredient instantiatesCanonical instantiatesUri interpretation line"
    " manifestation modifierExtension note nutrient parameter photo presentedForm"
    " reasonCode reasonReference referenceRange relatesTo resultsInterpreter section statusHistory"
    " suffix supportingInfo supportingInformation tag telecom texture timeOfDay ";

/* Those that are lists in some elements only: "Element:names". Elements within are named by
 * themselves, resources by their type. */
static const char *const somewhere[] = {
  "meta: profile security ",
  "name: prefix ",
  "issue: location expression ",
  "participant: role type ",
  "agent: role ",
  "repeat: when ",
  "timing: event ",
  "parameter: part ",
  "investigation: item ",
  "hospitalization: dietPreference specialCourtesy specialArrangement ",
  "evidence: code detail ",
  "stage: assessment ",
  "contact: relationship ",
  "qualification: identifier ",
  "answer: item ",
  "item: item answer ",
  "section: author ",
  "event: code detail ",
  "context: encounter event related ",
  "oralDiet: type schedule fluidConsistencyType ",
  "series: instance performer specimen ",
  "protocolApplied: targetDisease ",
  "processing: additive ",
  "container: identifier ",
  "activity: outcomeCodeableConcept outcomeReference progress ",
  "entry: link ",
  "referenceRange: appliesTo ",
  "Bundle: link ",
  "AllergyIntolerance: category identifier reaction ",
  "Appointment: identifier participant serviceCategory serviceType specialty basedOn slot ",
  "Basic: identifier ",
  "BodyStructure: identifier image locationQualifier ",
  "CarePlan: activity addresses author careTeam category contributor goal identifier partOf "
  "replaces basedOn ",
  "CareTeam: category identifier managingOrganization participant ",
  "ClinicalImpression: finding identifier investigation problem protocol prognosisReference "
  "prognosisCodeableConcept ",
  "Communication: about basedOn category identifier inResponseTo medium partOf payload recipient ",
  "Composition: attester author category event ",
  "Condition: bodySite category evidence identifier stage ",
  "Consent: category identifier organization performer policy verification ",
  "Coverage: class contract costToBeneficiary identifier payor ",
  "DetectedIssue: evidence identifier implicated mitigation ",
  "Device: contact deviceName identifier property safety specialization udiCarrier version ",
  "DeviceUseStatement: basedOn derivedFrom identifier ",
  "DiagnosticReport: basedOn category identifier imagingStudy media performer result specimen ",
  "DocumentReference: author category content identifier securityLabel ",
  "Encounter: account appointment basedOn diagnosis episodeOfCare identifier location participant "
  "type ",
  "EpisodeOfCare: account diagnosis identifier referralRequest team type ",
  "FamilyMemberHistory: condition identifier ",
  "Flag: category identifier ",
  "Goal: addresses category identifier outcomeCode outcomeReference target ",
  "Group: characteristic identifier member ",
  "Endpoint: identifier payloadMimeType payloadType ",
  "HealthcareService: availableTime category characteristic coverageArea eligibility endpoint "
  "identifier location notAvailable program referralMethod serviceProvisionCode specialty type ",
  "ImagingStudy: basedOn endpoint identifier interpreter modality procedureCode series ",
  "Immunization: education identifier performer programEligibility protocolApplied reaction "
  "subpotentReason ",
  "List: identifier ",
  "Location: endpoint identifier type ",
  "Media: basedOn identifier partOf ",
  "Medication: identifier ",
  "MedicationAdministration: device eventHistory identifier partOf performer ",
  "MedicationDispense: authorizingPrescription detectedIssue eventHistory identifier partOf "
  "performer receiver ",
  "MedicationRequest: basedOn category detectedIssue eventHistory identifier insurance ",
  "MedicationStatement: basedOn derivedFrom dosage identifier partOf ",
  "MessageHeader: destination focus ",
  "NutritionOrder: allergyIntolerance foodPreferenceModifier identifier ",
  "Observation: basedOn category derivedFrom focus identifier partOf performer ",
  "OperationOutcome: issue ",
  "Organization: address contact endpoint identifier type ",
  "Patient: address communication contact generalPractitioner identifier link name ",
  "Person: address identifier link name ",
  "Practitioner: address communication identifier name qualification ",
  "PractitionerRole: availableTime code endpoint healthcareService identifier location "
  "notAvailable "
  "specialty ",
  "Procedure: basedOn bodySite complication complicationDetail focalDevice followUp identifier "
  "partOf performer report usedCode usedReference ",
  "Provenance: agent entity policy reason signature target ",
  "QuestionnaireResponse: basedOn item partOf ",
  "RelatedPerson: address communication identifier name relationship ",
  "RiskAssessment: basis identifier prediction ",
  "ServiceRequest: basedOn bodySite category identifier insurance locationCode locationReference "
  "orderDetail performer relevantHistory replaces specimen ",
  "Schedule: actor identifier serviceCategory serviceType specialty ",
  "Slot: identifier serviceCategory serviceType specialty ",
  "Specimen: condition container identifier parent processing request ",
  "Substance: category identifier instance ",
  "SupplyDelivery: basedOn identifier partOf ",
  "Task: basedOn identifier input insurance output partOf performerType relevantHistory "
  "restriction ",
  "VisionPrescription: identifier lensSpecification ",
};

static gboolean
holds_word (const char *words, const char *name)
{
  gsize len = strlen (name);

  for (const char *at = strstr (words, name); len > 0 && at != NULL; at = strstr (at + 1, name))
    if (at > words && at[-1] == ' ' && at[len] == ' ')
      return TRUE;
  return FALSE;
}

gboolean
imp_fhir_is_list (const char *parent, const char *name)
{
  gsize len = strlen (parent);

  if (holds_word (everywhere, name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (somewhere); i++)
    if (strncmp (somewhere[i], parent, len) == 0 && somewhere[i][len] == ':' &&
        holds_word (somewhere[i] + len + 1, name))
      return TRUE;
  return FALSE;
}

/* R4: choice types end in the type; the others are those met so. */
gboolean
imp_fhir_is_primitive (const char *name)
{
  static const char names[] =
      " active authored authoredOn birthDate city comparator conclusion country date description"
      " display district end family gender given issued lastUpdated line lot lotNumber"
      " multipleBirthInteger postalCode prefix priority recorded recordedDate sent start state"
      " status suffix title unit value birthTime ";
  static const char *const endings[] = { "Boolean",      "Integer",     "Decimal",    "String",
                                         "Date",         "DateTime",    "Time",       "Instant",
                                         "Code",         "Uri",         "Url",        "Canonical",
                                         "Base64Binary", "Markdown",    "Id",         "Oid",
                                         "Uuid",         "PositiveInt", "UnsignedInt" };

  if (holds_word (names, name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return TRUE;
  return FALSE;
}
