/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-status.h"

/* Rows of the table of spec fhir.md 3.0.3, by hand. */
static void
test_words (void)
{
  static const struct
  {
    const char *type;
    const char *word;
    DiscStatus status;
    gboolean is_live;
    const char *warning;
  } cases[] = {
    { "Encounter", "planned", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "Encounter", "in-progress", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Encounter", "finished", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Encounter", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Encounter", "onleave", DISC_STATUS_ACTIVE, TRUE, "on-leave" },
    { "MedicationRequest", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "MedicationRequest", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "MedicationRequest", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "MedicationRequest", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "MedicationRequest", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "MedicationRequest", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "MedicationRequest", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "MedicationDispense", "preparation", DISC_STATUS_PLANNED, TRUE, "not-handed-over" },
    { "MedicationDispense", "declined", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "MedicationAdministration", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "MedicationAdministration", "stopped", DISC_STATUS_STOPPED, TRUE, "partly-given" },
    { "MedicationAdministration", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "MedicationStatement", "intended", DISC_STATUS_PLANNED, TRUE, "not-yet-taken" },
    { "MedicationStatement", "not-taken", DISC_STATUS_CANCELLED, FALSE, "not-taken" },
    { "Observation", "final", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Observation", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Observation", "preliminary", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "Observation", "registered", DISC_STATUS_PLANNED, TRUE, "result-pending" },
    { "Observation", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "DiagnosticReport", "partial", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "ServiceRequest", "revoked", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "ServiceRequest", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "Procedure", "preparation", DISC_STATUS_PLANNED, TRUE, "not-done-yet" },
    { "Procedure", "stopped", DISC_STATUS_STOPPED, TRUE, "stopped-midway" },
    { "Procedure", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "Specimen", "unsatisfactory", DISC_STATUS_COMPLETED, TRUE, "specimen-poor" },
    { "DocumentReference", "superseded", DISC_STATUS_SUPERSEDED, FALSE, NULL },
    { "Composition", "deprecated", DISC_STATUS_SUPERSEDED, FALSE, NULL },
    { "Consent", "rejected", DISC_STATUS_ACTIVE, TRUE, "refused" },
    { "DeviceUseStatement", "intended", DISC_STATUS_PLANNED, TRUE, "not-done-yet" },
    { "Appointment", "noshow", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Appointment", "pending", DISC_STATUS_PLANNED, TRUE, "draft" },
    { "CarePlan.activity", "scheduled", DISC_STATUS_PLANNED, TRUE, "planned" },
    /* The others of that table. */
    { "Encounter", "arrived", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Encounter", "triaged", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Encounter", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Encounter", "on-hold", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Encounter", "discharged", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Encounter", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Encounter", "discontinued", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Encounter", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "MedicationRequest", "ended", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "MedicationRequest", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "MedicationDispense", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "MedicationDispense", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "MedicationDispense", "in-progress", DISC_STATUS_PLANNED, TRUE, "not-handed-over" },
    { "MedicationDispense", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "not-handed-over" },
    { "MedicationDispense", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "MedicationDispense", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "MedicationDispense", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "MedicationAdministration", "in-progress", DISC_STATUS_ACTIVE, TRUE, "in-progress" },
    { "MedicationAdministration", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "MedicationAdministration", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "MedicationAdministration", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "MedicationStatement", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "MedicationStatement", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "MedicationStatement", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "MedicationStatement", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "MedicationStatement", "recorded", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "MedicationStatement", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "MedicationStatement", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "MedicationStatement", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "Observation", "corrected", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Observation", "appended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Observation", "modified", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Observation", "partial", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "Observation", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "DiagnosticReport", "final", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "DiagnosticReport", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "DiagnosticReport", "registered", DISC_STATUS_PLANNED, TRUE, "result-pending" },
    { "DiagnosticReport", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "RiskAssessment", "preliminary", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "RiskAssessment", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "DetectedIssue", "final", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "DetectedIssue", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "ServiceRequest", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ServiceRequest", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "ServiceRequest", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "ServiceRequest", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "ServiceRequest", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "CarePlan", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "CarePlan", "revoked", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "CarePlan", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "NutritionOrder", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "NutritionOrder", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "NutritionOrder", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "NutritionOrder", "revoked", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "DeviceRequest", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "DeviceRequest", "revoked", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "CarePlan.activity", "not-started", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "CarePlan.activity", "in-progress", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "CarePlan.activity", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "CarePlan.activity", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "CarePlan.activity", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "CarePlan.activity", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "CarePlan.activity", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "CarePlan.activity", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "Procedure", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Procedure", "in-progress", DISC_STATUS_ACTIVE, TRUE, "in-progress" },
    { "Procedure", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "Procedure", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Communication", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Communication", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "Communication", "stopped", DISC_STATUS_STOPPED, TRUE, "stopped-midway" },
    { "Media", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Media", "preparation", DISC_STATUS_PLANNED, TRUE, "not-done-yet" },
    { "Media", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "Immunization", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Immunization", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "Immunization", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "ImagingStudy", "available", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "ImagingStudy", "registered", DISC_STATUS_PLANNED, TRUE, "result-pending" },
    { "ImagingStudy", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "ImagingStudy", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Specimen", "available", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Specimen", "unavailable", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Specimen", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "DocumentReference", "current", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "DocumentReference", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "Composition", "final", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Composition", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Composition", "preliminary", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "Composition", "registered", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "Composition", "partial", DISC_STATUS_PRELIMINARY, TRUE, "preliminary" },
    { "Composition", "corrected", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Composition", "appended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "Composition", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Composition", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Composition", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "Flag", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Flag", "inactive", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Flag", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "FamilyMemberHistory", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "FamilyMemberHistory", "partial", DISC_STATUS_COMPLETED, TRUE, "incomplete" },
    { "FamilyMemberHistory", "health-unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Coverage", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Coverage", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Coverage", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "Consent", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Consent", "proposed", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "Consent", "inactive", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Consent", "not-done", DISC_STATUS_CANCELLED, FALSE, "not-done" },
    { "Consent", "draft", DISC_STATUS_DRAFT, FALSE, "draft" },
    { "Device", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Device", "inactive", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Device", "unknown", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Device", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "DeviceUseStatement", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "DeviceUseStatement", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "DeviceUseStatement", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "DeviceUseStatement", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "Appointment", "booked", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Appointment", "arrived", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Appointment", "checked-in", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Appointment", "waitlist", DISC_STATUS_PLANNED, TRUE, "draft" },
    { "Appointment", "proposed", DISC_STATUS_PLANNED, TRUE, "draft" },
    { "Appointment", "fulfilled", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Appointment", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Goal", "proposed", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "Goal", "planned", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "Goal", "accepted", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Goal", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Goal", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "Goal", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Goal", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Goal", "rejected", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Task", "requested", DISC_STATUS_PLANNED, TRUE, NULL },
    { "Task", "received", DISC_STATUS_PLANNED, TRUE, NULL },
    { "Task", "accepted", DISC_STATUS_PLANNED, TRUE, NULL },
    { "Task", "ready", DISC_STATUS_PLANNED, TRUE, NULL },
    { "Task", "in-progress", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Task", "on-hold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "Task", "draft", DISC_STATUS_DRAFT, TRUE, "draft" },
    { "Task", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Task", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Task", "rejected", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Task", "failed", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "QuestionnaireResponse", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "QuestionnaireResponse", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "QuestionnaireResponse", "in-progress", DISC_STATUS_PRELIMINARY, TRUE, "in-progress" },
    { "QuestionnaireResponse", "stopped", DISC_STATUS_STOPPED, TRUE, "stopped-midway" },
    { "ClinicalImpression", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "ClinicalImpression", "in-progress", DISC_STATUS_PRELIMINARY, TRUE, "in-progress" },
    { "ClinicalImpression", "amended", DISC_STATUS_CORRECTED, TRUE, "corrected" },
    { "ClinicalImpression", "stopped", DISC_STATUS_STOPPED, TRUE, "stopped-midway" },
    { "EpisodeOfCare", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "EpisodeOfCare", "planned", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "EpisodeOfCare", "waitlist", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "EpisodeOfCare", "onhold", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "EpisodeOfCare", "finished", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "EpisodeOfCare", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "CareTeam", "active", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "CareTeam", "proposed", DISC_STATUS_PLANNED, TRUE, "planned" },
    { "CareTeam", "suspended", DISC_STATUS_ON_HOLD, TRUE, "on-hold" },
    { "CareTeam", "inactive", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "List", "current", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "List", "retired", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "List", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "ResearchSubject", "on-study", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ResearchSubject", "on-study-intervention", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ResearchSubject", "on-study-observation", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ResearchSubject", "follow-up", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ResearchSubject", "pending-on-study", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "ResearchSubject", "off-study", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "ResearchSubject", "withdrawn", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "cancelled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "canceled", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "revoked", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "rejected", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "declined", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "refused", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "failed", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "aborted", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "nullified", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "not-done", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "not-taken", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "noshow", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "discontinued", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "withdrawn", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Basic", "stopped", DISC_STATUS_STOPPED, FALSE, NULL },
    { "Basic", "superseded", DISC_STATUS_SUPERSEDED, FALSE, NULL },
    { "Basic", "inactive", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "retired", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "completed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "finished", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "fulfilled", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "ended", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "resolved", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "suspended", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "off", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Basic", "draft", DISC_STATUS_DRAFT, TRUE, "draft" },
    { "Basic", "planned", DISC_STATUS_PLANNED, TRUE, "draft" },
    { "Basic", "preparation", DISC_STATUS_PLANNED, TRUE, "draft" },
    /* By the word, whatever the type. */
    { "VisionPrescription", "nullified", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Observation", "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "SupplyDelivery", "abandoned", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Basic", "proposed", DISC_STATUS_PLANNED, TRUE, "draft" },
    { "Observation", NULL, DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
    { "Observation", "fin", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" }, /* no part of a word */
    { "Observation", " final ", DISC_STATUS_COMPLETED, TRUE, NULL },       /* E11 */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpFhirState state = imp_fhir_state_of_word (cases[i].type, cases[i].word);

      g_test_message ("%s %s", cases[i].type, cases[i].word);
      g_assert_cmpint (state.status, ==, cases[i].status);
      g_assert_cmpint (state.is_live, ==, cases[i].is_live);
      g_assert_cmpstr (state.warning, ==, cases[i].warning);
      g_assert_cmpstr (state.word, ==, cases[i].word);
    }
}

static void
test_two_statuses (void)
{
  static const struct
  {
    const char *type;
    const char *clinical;
    const char *verified;
    DiscStatus status;
    gboolean is_live;
    const char *warning;
  } cases[] = {
    { "AllergyIntolerance", "active", "confirmed", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "AllergyIntolerance", "active", "unconfirmed", DISC_STATUS_ACTIVE, TRUE, "unconfirmed" },
    { "AllergyIntolerance", "inactive", NULL, DISC_STATUS_COMPLETED, TRUE, NULL },
    { "AllergyIntolerance", "resolved", "confirmed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "AllergyIntolerance", "active", "refuted", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "AllergyIntolerance", NULL, "entered-in-error", DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL },
    { "AllergyIntolerance", NULL, NULL, DISC_STATUS_UNKNOWN, TRUE, NULL },
    { "Condition", "recurrence", "confirmed", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Condition", "remission", "confirmed", DISC_STATUS_COMPLETED, TRUE, NULL },
    { "Condition", "active", "provisional", DISC_STATUS_ACTIVE, TRUE, NULL },
    { "Condition", "active", "refuted", DISC_STATUS_CANCELLED, FALSE, NULL },
    { "Condition", NULL, "confirmed", DISC_STATUS_UNKNOWN, TRUE, "status-unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (cJSON) resource = cJSON_CreateObject ();
      ImpFhirState state;

      /* A word alone, as in versions before R4. */
      if (cases[i].clinical != NULL)
        cJSON_AddStringToObject (resource, "clinicalStatus", cases[i].clinical);
      if (cases[i].verified != NULL)
        cJSON_AddStringToObject (resource, "verificationStatus", cases[i].verified);
      state = imp_fhir_state (resource, cases[i].type);
      g_test_message ("%s %s %s", cases[i].type, cases[i].clinical, cases[i].verified);
      g_assert_cmpint (state.status, ==, cases[i].status);
      g_assert_cmpint (state.is_live, ==, cases[i].is_live);
      g_assert_cmpstr (state.warning, ==, cases[i].warning);
    }
}

static void
test_other_types (void)
{
  g_autoptr (cJSON) person = cJSON_CreateObject ();
  g_autoptr (cJSON) goal = cJSON_CreateObject ();
  g_autoptr (cJSON) nothing = cJSON_CreateObject ();

  cJSON_AddFalseToObject (person, "active");
  g_assert_cmpstr (imp_fhir_state (person, "Patient").warning, ==, "inactive");
  g_assert_true (imp_fhir_state (person, "Patient").is_live);
  cJSON_AddStringToObject (goal, "lifecycleStatus", "rejected");
  g_assert_false (imp_fhir_state (goal, "Goal").is_live);
  /* R4 has none for it. */
  g_assert_cmpint (imp_fhir_state (nothing, "AdverseEvent").status, ==, DISC_STATUS_COMPLETED);
  g_assert_cmpint (imp_fhir_state (nothing, "Procedure").status, ==, DISC_STATUS_UNKNOWN);
}

static void
test_stricter (void)
{
  const ImpFhirState live = { DISC_STATUS_ACTIVE, TRUE, NULL, NULL };
  const ImpFhirState marked = { DISC_STATUS_ON_HOLD, TRUE, "on-hold", NULL };
  const ImpFhirState dead = { DISC_STATUS_CANCELLED, FALSE, NULL, NULL };
  const ImpFhirState wrong = { DISC_STATUS_ENTERED_IN_ERROR, FALSE, NULL, NULL };

  g_assert_cmpint (imp_fhir_state_stricter (live, marked).status, ==, DISC_STATUS_ON_HOLD);
  g_assert_cmpint (imp_fhir_state_stricter (dead, marked).status, ==, DISC_STATUS_CANCELLED);
  g_assert_cmpint (imp_fhir_state_stricter (dead, wrong).status, ==, DISC_STATUS_ENTERED_IN_ERROR);
  g_assert_cmpint (imp_fhir_state_stricter (live, live).status, ==, DISC_STATUS_ACTIVE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imp-fhir-status/words: spec 3.0.3", test_words);
  g_test_add_func ("/imp-fhir-status/two statuses: spec 3.0.3", test_two_statuses);
  g_test_add_func ("/imp-fhir-status/other types", test_other_types);
  g_test_add_func ("/imp-fhir-status/stricter", test_stricter);
  return g_test_run ();
}
