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
