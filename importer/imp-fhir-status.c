/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-status.h"

#include <string.h>

#include "imp-fhir-read.h"

/* One word of one type; spec fhir.md 3.0.3. Words come from HL7 FHIR R4 and R5 value sets. */
typedef struct
{
  const char *types; /* blanks between */
  const char *words;
  DiscStatus status;
  gboolean is_live;
  const char *warning;
} Row;

#define DRUG_ORDERS "MedicationRequest MedicationOrder"
#define STATEMENTS "MedicationStatement MedicationUsage"
#define RESULTS "Observation DiagnosticReport RiskAssessment DetectedIssue"
#define ORDERS "ServiceRequest CarePlan NutritionOrder DeviceRequest CommunicationRequest"
#define ACTS "Procedure Communication Media"
#define LIVE TRUE
#define DEAD FALSE

static const Row rows[] = {
  { "Encounter", "planned", DISC_STATUS_PLANNED, LIVE, "planned" },
  { "Encounter", "arrived triaged in-progress on-hold", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Encounter", "onleave", DISC_STATUS_ACTIVE, LIVE, "on-leave" },
  { "Encounter", "discharged finished completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Encounter", "cancelled discontinued", DISC_STATUS_CANCELLED, DEAD, NULL },

  { DRUG_ORDERS, "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { DRUG_ORDERS, "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { DRUG_ORDERS, "completed ended", DISC_STATUS_COMPLETED, LIVE, NULL },
  { DRUG_ORDERS, "draft", DISC_STATUS_DRAFT, DEAD, "draft" },
  { DRUG_ORDERS, "stopped", DISC_STATUS_STOPPED, DEAD, NULL },
  { DRUG_ORDERS, "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "MedicationDispense", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "MedicationDispense", "preparation in-progress", DISC_STATUS_PLANNED, LIVE, "not-handed-over" },
  { "MedicationDispense", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "not-handed-over" },
  { "MedicationDispense", "cancelled declined", DISC_STATUS_CANCELLED, DEAD, NULL },
  { "MedicationDispense", "stopped", DISC_STATUS_STOPPED, DEAD, NULL },

  { "MedicationAdministration", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "MedicationAdministration", "in-progress", DISC_STATUS_ACTIVE, LIVE, "in-progress" },
  { "MedicationAdministration", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "MedicationAdministration", "stopped", DISC_STATUS_STOPPED, LIVE, "partly-given" },
  { "MedicationAdministration", "not-done", DISC_STATUS_CANCELLED, DEAD, "not-done" },

  { STATEMENTS, "active recorded", DISC_STATUS_ACTIVE, LIVE, NULL },
  { STATEMENTS, "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { STATEMENTS, "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { STATEMENTS, "intended", DISC_STATUS_PLANNED, LIVE, "not-yet-taken" },
  { STATEMENTS, "stopped", DISC_STATUS_STOPPED, DEAD, NULL },
  { STATEMENTS, "not-taken", DISC_STATUS_CANCELLED, DEAD, "not-taken" },
  { STATEMENTS, "draft", DISC_STATUS_DRAFT, DEAD, "draft" },

  { RESULTS, "final", DISC_STATUS_COMPLETED, LIVE, NULL },
  { RESULTS, "amended corrected appended modified", DISC_STATUS_CORRECTED, LIVE, "corrected" },
  { RESULTS, "preliminary partial", DISC_STATUS_PRELIMINARY, LIVE, "preliminary" },
  { RESULTS, "registered", DISC_STATUS_PLANNED, LIVE, "result-pending" },
  { RESULTS, "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },

  { ORDERS, "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { ORDERS, "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { ORDERS, "draft", DISC_STATUS_DRAFT, DEAD, "draft" },
  { ORDERS, "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { ORDERS, "revoked", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "CarePlan.activity", "not-started scheduled", DISC_STATUS_PLANNED, LIVE, "planned" },
  { "CarePlan.activity", "in-progress", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "CarePlan.activity", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "CarePlan.activity", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "CarePlan.activity", "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },
  { "CarePlan.activity", "stopped", DISC_STATUS_STOPPED, DEAD, NULL },

  { ACTS, "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { ACTS, "in-progress", DISC_STATUS_ACTIVE, LIVE, "in-progress" },
  { ACTS, "preparation", DISC_STATUS_PLANNED, LIVE, "not-done-yet" },
  { ACTS, "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { ACTS, "stopped", DISC_STATUS_STOPPED, LIVE, "stopped-midway" },
  { ACTS, "not-done", DISC_STATUS_CANCELLED, DEAD, "not-done" },

  { "Immunization", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Immunization", "not-done", DISC_STATUS_CANCELLED, DEAD, "not-done" },

  { "ImagingStudy Specimen", "available", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "ImagingStudy Specimen", "registered", DISC_STATUS_PLANNED, LIVE, "result-pending" },
  { "ImagingStudy Specimen", "unsatisfactory", DISC_STATUS_COMPLETED, LIVE, "specimen-poor" },
  { "ImagingStudy Specimen", "unavailable", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "ImagingStudy", "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "DocumentReference", "current", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "DocumentReference", "superseded", DISC_STATUS_SUPERSEDED, DEAD, NULL },
  { "Composition", "final", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Composition", "amended corrected appended", DISC_STATUS_CORRECTED, LIVE, "corrected" },
  { "Composition", "preliminary partial registered", DISC_STATUS_PRELIMINARY, LIVE, "preliminary" },
  { "Composition", "deprecated", DISC_STATUS_SUPERSEDED, DEAD, NULL },
  { "Composition", "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "Flag", "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Flag", "inactive", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "FamilyMemberHistory", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "FamilyMemberHistory", "partial", DISC_STATUS_COMPLETED, LIVE, "incomplete" },
  { "FamilyMemberHistory", "health-unknown", DISC_STATUS_UNKNOWN, LIVE, "status-unknown" },

  { "Coverage", "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Coverage", "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },
  { "Coverage Consent", "draft", DISC_STATUS_DRAFT, DEAD, "draft" },
  { "Consent", "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Consent", "proposed", DISC_STATUS_PLANNED, LIVE, "planned" },
  { "Consent", "rejected", DISC_STATUS_ACTIVE, LIVE, "refused" },
  { "Consent", "inactive", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Consent", "not-done", DISC_STATUS_CANCELLED, DEAD, "not-done" },

  { "Device DeviceUseStatement DeviceUsage", "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Device DeviceUseStatement DeviceUsage", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "DeviceUseStatement DeviceUsage", "intended", DISC_STATUS_PLANNED, LIVE, "not-done-yet" },
  { "Device DeviceUseStatement DeviceUsage", "inactive completed", DISC_STATUS_COMPLETED, LIVE,
    NULL },
  { "DeviceUseStatement DeviceUsage", "stopped", DISC_STATUS_STOPPED, DEAD, NULL },

  { "Appointment", "booked arrived checked-in", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Appointment", "waitlist proposed pending", DISC_STATUS_PLANNED, LIVE, "draft" },
  { "Appointment", "fulfilled", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Appointment", "cancelled noshow", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "Goal", "proposed planned", DISC_STATUS_PLANNED, LIVE, "planned" },
  { "Goal", "accepted active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Goal", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "Goal", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Goal", "cancelled rejected", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "Task", "requested received accepted ready", DISC_STATUS_PLANNED, LIVE, NULL },
  { "Task", "in-progress", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "Task", "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "Task", "draft", DISC_STATUS_DRAFT, LIVE, "draft" },
  { "Task", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "Task", "cancelled rejected failed", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "QuestionnaireResponse ClinicalImpression", "completed", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "QuestionnaireResponse ClinicalImpression", "amended", DISC_STATUS_CORRECTED, LIVE,
    "corrected" },
  { "QuestionnaireResponse ClinicalImpression", "in-progress", DISC_STATUS_PRELIMINARY, LIVE,
    "in-progress" },
  { "QuestionnaireResponse ClinicalImpression", "stopped", DISC_STATUS_STOPPED, LIVE,
    "stopped-midway" },

  { "EpisodeOfCare CareTeam", "active", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "EpisodeOfCare CareTeam", "planned waitlist proposed", DISC_STATUS_PLANNED, LIVE, "planned" },
  { "EpisodeOfCare CareTeam", "onhold suspended", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { "EpisodeOfCare CareTeam", "finished inactive", DISC_STATUS_COMPLETED, LIVE, NULL },
  { "EpisodeOfCare", "cancelled", DISC_STATUS_CANCELLED, DEAD, NULL },

  { "List", "current", DISC_STATUS_ACTIVE, LIVE, NULL },
  { "List", "retired", DISC_STATUS_COMPLETED, LIVE, NULL },

  { "ResearchSubject",
    "on-study on-study-intervention on-study-observation follow-up pending-on-study",
    DISC_STATUS_ACTIVE, LIVE, NULL },
  { "ResearchSubject",
    "candidate eligible ineligible not-registered off-study potential-candidate "
    "screening withdrawn",
    DISC_STATUS_COMPLETED, LIVE, NULL },

  /* Whatever the resource. */
  { NULL, "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, DEAD, NULL },
  { NULL,
    "cancelled canceled revoked rejected declined refused failed aborted nullified not-done "
    "not-taken "
    "noshow discontinued withdrawn refuted",
    DISC_STATUS_CANCELLED, DEAD, NULL },
  { NULL, "stopped", DISC_STATUS_STOPPED, DEAD, NULL },
  { NULL, "superseded", DISC_STATUS_SUPERSEDED, DEAD, NULL },
  { NULL, "inactive retired completed finished fulfilled ended resolved suspended off",
    DISC_STATUS_COMPLETED, LIVE, NULL },
  { NULL, "final available recorded", DISC_STATUS_COMPLETED, LIVE, NULL },
  { NULL, "active current arrived in-progress", DISC_STATUS_ACTIVE, LIVE, NULL },
  { NULL, "on-hold", DISC_STATUS_ON_HOLD, LIVE, "on-hold" },
  { NULL, "draft", DISC_STATUS_DRAFT, LIVE, "draft" },
  { NULL, "proposed planned preparation", DISC_STATUS_PLANNED, LIVE, "draft" },
};

/* @list: (nullable): words with blanks between; %NULL holds only the missing one */
static gboolean
lists (const char *list, const char *word)
{
  gsize len = strlen (word);

  for (const char *at = list; at != NULL && len > 0; at = strchr (at, ' '))
    {
      at += *at == ' ';
      if (strncmp (at, word, len) == 0 && (at[len] == ' ' || at[len] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static const Row *
find_row (const char *type, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((rows[i].types == NULL || lists (rows[i].types, type)) && lists (rows[i].words, word))
      return &rows[i];
  return NULL;
}

ImpFhirState
imp_fhir_state_of_word (const char *type, const char *word)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (word != NULL ? word : ""));
  const Row *row = find_row (type, trimmed);

  if (row == NULL)
    return (ImpFhirState){ DISC_STATUS_UNKNOWN, TRUE, "status-unknown", word };
  return (ImpFhirState){ row->status, row->is_live, row->warning, word };
}

/* Entered in error is worth less than cancelled, and that less than anything that lives. */
static int
rank (ImpFhirState state)
{
  if (state.is_live)
    return state.warning == NULL ? 0 : 1;
  return state.status == DISC_STATUS_ENTERED_IN_ERROR ? 3 : 2;
}

ImpFhirState
imp_fhir_state_stricter (ImpFhirState a, ImpFhirState b)
{
  return rank (b) > rank (a) ? b : a;
}

/* ---- resources without a plain status ------------------------------------------------------- */

/* (nullable): code of a CodeableConcept, or the bare word of older versions (spec fhir.md 1.1). */
static const char *
status_code (const cJSON *resource, const char *name)
{
  const cJSON *node = imp_json_get (resource, name);
  const char *code = imp_fhir_string (node, "coding.code");

  return code != NULL ? code : imp_json_text (node);
}

/* AllergyIntolerance and Condition: two statuses, each may be absent. */
static ImpFhirState
state_of_two (const cJSON *resource, gboolean is_allergy)
{
  const char *clinical = status_code (resource, "clinicalStatus");
  const char *verified = status_code (resource, "verificationStatus");
  ImpFhirState state = { DISC_STATUS_ACTIVE, TRUE, NULL, clinical };

  if (clinical == NULL)
    state = (ImpFhirState){ DISC_STATUS_UNKNOWN, TRUE, is_allergy ? NULL : "status-unknown", NULL };
  else if (!lists ("active recurrence relapse", clinical))
    state = imp_fhir_state_of_word ("", lists ("remission", clinical) ? "resolved" : clinical);
  state.word = clinical;

  if (verified == NULL || lists ("confirmed presumed", verified))
    return state;
  if (lists ("unconfirmed provisional differential", verified))
    {
      if (is_allergy) /* a diagnosis has a field of its own for it */
        state.warning = "unconfirmed";
      return state;
    }
  return imp_fhir_state_stricter (state, imp_fhir_state_of_word ("", verified));
}

/* People, places and organizations that are active or not. */
static ImpFhirState
state_of_active (const cJSON *resource)
{
  const char *active = imp_json_string (resource, "active");

  if (g_strcmp0 (active, "false") == 0)
    return (ImpFhirState){ DISC_STATUS_COMPLETED, TRUE, "inactive", active };
  return (ImpFhirState){ DISC_STATUS_ACTIVE, TRUE, NULL, active };
}

/* Types that have no status in R4: what they say stands. */
static gboolean
has_no_status (const char *type)
{
  return lists ("AdverseEvent BodyStructure Basic Binary Person VisionPrescription Provenance "
                "OperationOutcome Group Substance",
                type);
}

ImpFhirState
imp_fhir_state (const cJSON *resource, const char *type)
{
  const char *word = imp_json_string (resource, "status");

  if (lists ("AllergyIntolerance Condition", type))
    return state_of_two (resource, strcmp (type, "AllergyIntolerance") == 0);
  if (lists ("Patient Practitioner PractitionerRole Organization RelatedPerson", type))
    return state_of_active (resource);
  if (strcmp (type, "Goal") == 0 && imp_json_string (resource, "lifecycleStatus") != NULL)
    word = imp_json_string (resource, "lifecycleStatus");
  if (word == NULL && strcmp (type, "Device") == 0) /* optional in R4: absent is no fault */
    return (ImpFhirState){ DISC_STATUS_ACTIVE, TRUE, NULL, NULL };
  if (word == NULL && has_no_status (type))
    return (ImpFhirState){ DISC_STATUS_COMPLETED, TRUE, NULL, NULL };
  return imp_fhir_state_of_word (type, word);
}
