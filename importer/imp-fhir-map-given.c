/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-dosage.h"
#include "imp-fhir-medication.h"
#include "imp-fhir-reach.h"

/*
 * What became of an order: handed over, given, taken, and vaccinations (spec fhir.md 3.5.5, 3.7).
 * Dispensed is not given, and said to be taken is neither.
 */

/* ---- shared ------------------------------------------------------------------------------------
 */

/* The order it carries out; its numbers join the two. */
static const cJSON *
order_of (ImpFhirMapper *self)
{
  static const char *const names[] = { "request", "authorizingPrescription", "prescription", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      const cJSON *found = imp_fhir_find (self, imp_json_get (self->resource, names[i]), NULL);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Own numbers are of this event, not of the order: only where the order says none do they count. */
static const char *
order_number (ImpFhirMapper *self, const cJSON *order)
{
  const char *number = imp_fhir_order_number (order);

  if (number == NULL)
    number = imp_fhir_string (self->resource, "request.identifier.value");
  if (number == NULL)
    number = imp_fhir_string (self->resource, "authorizingPrescription.identifier.value");
  return number != NULL ? number : imp_fhir_order_number (self->resource);
}

static void
read_head (ImpFhirMapper *self, const ImpFhirMedication *medication, const cJSON *order)
{
  self->title = medication->title;
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->order_no = order_number (self, order);
}

static const char *
first_string (const cJSON *node, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (imp_json_string (node, names[i]) != NULL)
      return imp_json_string (node, names[i]);
  return NULL;
}

static void
begin_item (ImpFhirMapper *self, const ImpFhirMedication *medication, guint n, const cJSON *order)
{
  imp_fhir_item (self);
  imp_fhir_add_numbers (self, order);
  imp_fhir_add_status (self);
  imp_fhir_add_drug (self, medication, n);
}

static void
add_rest (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_add_reasons (self, node);
  imp_fhir_comment_references (self, "理由", imp_json_get (node, "statusReasonReference"));
  imp_fhir_comment_references (self, "処方時の警告", imp_json_get (node, "detectedIssue"));
  imp_fhir_add_notes (self, node);
}

/* ---- MedicationDispense ------------------------------------------------------------------------
 */

static const char *
yes_or_no (const char *word)
{
  if (g_strcmp0 (word, "true") == 0)
    return "あり";
  return g_strcmp0 (word, "false") == 0 ? "なし" : word;
}

static void
add_dispense (ImpFhirMapper *self, gboolean is_first)
{
  static const char *const handed[] = { "whenHandedOver", NULL };
  const cJSON *node = self->resource;
  const cJSON *substitution = imp_json_first (imp_json_get (node, "substitution"));
  const char *type;
  const cJSON *preparation = imp_fhir_named_value (node, "Dispense_Preparation", &type);

  imp_fhir_add (self, DISC_FIELD_DISPENSED_AT, first_string (node, handed));
  imp_fhir_comment_path (self, "調製日時", node, "whenPrepared");
  if (is_first)
    imp_fhir_add_amount (self, DISC_FIELD_TOTAL, DISC_FIELD_TOTAL_UNIT,
                         imp_json_get (node, "quantity"));
  if (preparation != NULL)
    {
      g_autofree char *text = imp_fhir_value_text (preparation, type);

      imp_fhir_comment (self, "調剤", text);
    }
  imp_fhir_comment_words (self, "調剤区分", imp_json_get (node, "type"));
  imp_fhir_comment (self, "代替調剤", yes_or_no (imp_json_string (substitution, "wasSubstituted")));
  imp_fhir_comment_words (self, "代替調剤", imp_json_get (substitution, "type"));
  imp_fhir_comment_words (self, "代替調剤の理由", imp_json_get (substitution, "reason"));
  imp_fhir_comment_references (self, "調剤場所", imp_json_get (node, "location"));
  imp_fhir_comment_references (self, "送り先", imp_json_get (node, "destination"));
  imp_fhir_comment_references (self, "受取人", imp_json_get (node, "receiver"));
  imp_fhir_comment_path (self, "用法（全文）", node, "renderedDosageInstruction");
  add_rest (self);
}

void
imp_fhir_map_medication_dispense (ImpFhirMapper *self)
{
  static const char *const times[] = { "whenHandedOver", "whenPrepared", "recorded", NULL };
  g_auto (ImpFhirMedication) medication = { 0 };
  g_autoptr (GPtrArray) dosages = imp_fhir_dosages (self);
  const cJSON *order = order_of (self);
  const cJSON *supply = imp_json_first (imp_json_get (self->resource, "daysSupply"));
  const cJSON *performer = imp_json_first (imp_json_get (self->resource, "performer"));
  const cJSON *actor = imp_json_get (performer, "actor");

  imp_fhir_medication (self, &medication);
  read_head (self, &medication, order);
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, actor != NULL ? actor : performer));
  imp_fhir_set_at (self, first_string (self->resource, times));
  imp_fhir_reach_of_drug (self, dosages, self->at, supply);
  imp_fhir_begin (self, DISC_KIND_DISPENSE);
  for (guint i = 0; i < MAX (dosages->len, 1); i++)
    for (guint n = 0; n < imp_fhir_n_drugs (&medication) && imp_fhir_has_room (self); n++)
      {
        begin_item (self, &medication, n, order);
        imp_fhir_add_dosage (self, i < dosages->len ? g_ptr_array_index (dosages, i) : NULL,
                             i == 0 ? supply : NULL, IMP_FHIR_DOSE_ORDERED);
        add_dispense (self, i == 0);
      }
}

/* ---- MedicationAdministration ------------------------------------------------------------------
 */

/* R5 spells it with one r. */
static const char *const given_names[] = { "effective", "effectiveTime", "occurence", "occurrence",
                                           NULL };

static const char *
given_time (const cJSON *node, gboolean is_end)
{
  for (guint i = 0; given_names[i] != NULL; i++)
    {
      const char *text =
          is_end ? imp_fhir_end (node, given_names[i]) : imp_fhir_start (node, given_names[i]);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static void
check_times (ImpFhirMapper *self)
{
  guint n = 0;

  imp_fhir_choice (self->resource, "effective", NULL, &n);
  if (n > 1)
    imp_fhir_tell_choice (self, "effective");
}

static void
add_request_extensions (ImpFhirMapper *self)
{
  static const struct
  {
    const char *part;
    const char *label;
  } known[] = {
    { "RequestAuthoredOn", "指示日時" },
    { "UncategorizedComment", NULL },
  };
  const char *type;
  const cJSON *value;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *text = NULL;

      value = imp_fhir_named_value (self->resource, known[i].part, &type);
      text = value != NULL ? imp_fhir_value_text (value, type) : NULL;
      imp_fhir_comment (self, known[i].label, text);
    }
  value = imp_fhir_named_value (self->resource, "_Requester", &type);
  if (value != NULL)
    imp_fhir_take (self, DISC_FIELD_DOCTOR, imp_fhir_actor (self, value));
}

static void
add_given (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *until = given_time (node, TRUE);
  const char *at = given_time (node, FALSE);

  imp_fhir_add (self, DISC_FIELD_GIVEN_AT, at);
  if (g_strcmp0 (until, at) != 0 || imp_json_get (node, "effectivePeriod") != NULL)
    imp_fhir_add (self, DISC_FIELD_GIVEN_UNTIL, until);
  if (imp_json_get (node, "effectivePeriod") != NULL &&
      imp_json_get (node, "effectiveDateTime") != NULL)
    imp_fhir_comment_path (self, "実施日時", node, "effectivePeriod.start");
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "performer"), NULL);
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "practitioner"), NULL); /* DSTU2 */
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (node, "statusReason"));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "device")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_DEVICE, imp_fhir_reference_words (self, one));
  imp_fhir_comment_references (self, "部分実施の元", imp_json_get (node, "partOf"));
  imp_fhir_comment_references (self, "参考情報", imp_json_get (node, "supportingInformation"));
  add_request_extensions (self);
  add_rest (self);
}

/* In DSTU2 and STU3 a flag of its own says that nothing was given. */
static ImpFhirState
given_state (ImpFhirMapper *self)
{
  const char *not_given = imp_json_string (self->resource, "wasNotGiven");

  if (not_given == NULL)
    not_given = imp_json_string (self->resource, "notGiven");
  if (g_strcmp0 (not_given, "true") != 0)
    return self->state;
  return imp_fhir_state_of_word (self->type, "not-done");
}

/* STATUS as written, once: REASON is added with the rest. */
static void
begin_given (ImpFhirMapper *self, const ImpFhirMedication *medication, guint n, const cJSON *order)
{
  imp_fhir_item (self);
  imp_fhir_add_numbers (self, order);
  imp_fhir_add (self, DISC_FIELD_STATUS, self->state.word);
  imp_fhir_add_drug (self, medication, n);
}

void
imp_fhir_map_medication_administration (ImpFhirMapper *self)
{
  g_auto (ImpFhirMedication) medication = { 0 };
  g_autoptr (GPtrArray) dosages = imp_fhir_dosages (self);
  const cJSON *order = order_of (self);
  const char *type, *end = given_time (self->resource, TRUE);
  const cJSON *place = imp_fhir_named_value (self->resource, "Administration_Location", &type);
  gboolean is_bag;

  imp_fhir_medication (self, &medication);
  is_bag = medication.drugs->len > 0 &&
           g_array_index (medication.drugs, ImpFhirDrug, 0).ingredient != NULL;
  read_head (self, &medication, order);
  check_times (self);
  imp_fhir_set_at (self, given_time (self->resource, FALSE));
  imp_fhir_set_reach (self, end);
  /* It still runs: nothing says that it ended. */
  if (end == NULL && self->state.is_live &&
      (self->state.status == DISC_STATUS_ACTIVE || self->state.status == DISC_STATUS_ON_HOLD))
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin_as (self, DISC_KIND_ADMINISTRATION, given_state (self));
  if (place != NULL)
    imp_fhir_take (self, DISC_FIELD_PLACE, imp_fhir_actor (self, place));
  for (guint n = 0; n < imp_fhir_n_drugs (&medication) && imp_fhir_has_room (self); n++)
    {
      begin_given (self, &medication, n, order);
      if (dosages->len > 0)
        imp_fhir_add_dosage (self, g_ptr_array_index (dosages, 0), NULL,
                             is_bag ? IMP_FHIR_DOSE_MIXTURE : IMP_FHIR_DOSE_GIVEN);
      for (guint i = 1; i < dosages->len; i++)
        {
          g_autofree char *line = imp_fhir_dosage_line (g_ptr_array_index (dosages, i));

          imp_fhir_comment (self, "用法", line);
        }
      add_given (self);
    }
}

/* ---- MedicationStatement -----------------------------------------------------------------------
 */

static void
add_statement (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *taken = imp_json_string (node, "taken"); /* STU3 */

  imp_fhir_add (self, DISC_FIELD_START, imp_fhir_start (node, "effective"));
  if (imp_json_get (node, "effectivePeriod") != NULL)
    imp_fhir_add (self, DISC_FIELD_END, imp_fhir_end (node, "effective"));
  imp_fhir_comment_path (self, "申告日", node, "dateAsserted");
  imp_fhir_comment_references (self, "情報源", imp_json_get (node, "informationSource"));
  imp_fhir_comment_references (self, "出典", imp_json_get (node, "derivedFrom"));
  imp_fhir_comment_references (self, "元の指示", imp_json_get (node, "basedOn"));
  imp_fhir_comment (self, "服用", taken);
  imp_fhir_comment_words (self, "服薬状況", imp_fhir_path (node, "adherence.code"));
  imp_fhir_comment_words (self, "服薬状況の理由", imp_fhir_path (node, "adherence.reason"));
  imp_fhir_comment_path (self, "用法（全文）", node, "renderedDosageInstruction");
  add_rest (self);
}

/* DSTU2 and STU3: not taken, beside whatever the status says. */
static ImpFhirState
taken_state (ImpFhirMapper *self)
{
  if (g_strcmp0 (imp_json_string (self->resource, "wasNotTaken"), "true") != 0 &&
      g_strcmp0 (imp_json_string (self->resource, "taken"), "n") != 0)
    return self->state;
  return imp_fhir_state_of_word ("MedicationStatement", "not-taken");
}

void
imp_fhir_map_medication_statement (ImpFhirMapper *self)
{
  g_auto (ImpFhirMedication) medication = { 0 };
  g_autoptr (GPtrArray) dosages = imp_fhir_dosages (self);
  const char *start = imp_fhir_start (self->resource, "effective");
  const char *end = imp_json_get (self->resource, "effectivePeriod") != NULL
                        ? imp_fhir_end (self->resource, "effective")
                        : NULL;

  imp_fhir_medication (self, &medication);
  read_head (self, &medication, NULL);
  self->author = imp_fhir_keep (
      self, imp_fhir_actor (self, imp_json_get (self->resource, "informationSource")));
  imp_fhir_set_at (self, start != NULL ? start : imp_json_string (self->resource, "dateAsserted"));
  imp_fhir_set_reach (self, end);
  imp_fhir_reach_of_drug (self, dosages, self->at, NULL);
  if (self->state.is_live && end == NULL &&
      (self->state.status == DISC_STATUS_ACTIVE || self->state.status == DISC_STATUS_ON_HOLD))
    self->age = IMP_FHIR_AGE_KEPT;
  if (self->state.is_live && self->state.status == DISC_STATUS_ACTIVE)
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin_as (self, DISC_KIND_STATEMENT, taken_state (self));
  for (guint i = 0; i < MAX (dosages->len, 1); i++)
    for (guint n = 0; n < imp_fhir_n_drugs (&medication) && imp_fhir_has_room (self); n++)
      {
        begin_item (self, &medication, n, NULL);
        imp_fhir_add_dosage (self, i < dosages->len ? g_ptr_array_index (dosages, i) : NULL, NULL,
                             IMP_FHIR_DOSE_ORDERED);
        add_statement (self);
      }
}

/* ---- Immunization ------------------------------------------------------------------------------
 */

static void
add_protocol (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "protocolApplied");

  if (list == NULL)
    list = imp_json_get (self->resource, "vaccinationProtocol"); /* STU3 */
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      imp_fhir_comment_path (self, "接種計画", one, "series");
      imp_fhir_comment_value (self, "何回目", one, "doseNumber");
      imp_fhir_comment_path (self, "何回目", one, "doseSequence");
      imp_fhir_comment_value (self, "全回数", one, "seriesDoses");
      imp_fhir_comment_words (self, "対象疾患", imp_json_get (one, "targetDisease"));
    }
}

static void
add_reactions (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "reaction")); one != NULL;
       one = imp_json_next (one))
    {
      const char *date = imp_json_string (one, "date");
      const cJSON *detail = imp_json_get (one, "detail");
      g_autofree char *words = NULL;

      if (detail == NULL)
        detail = imp_json_get (one, "manifestation"); /* R5 */
      words = imp_fhir_concept_of (detail) != NULL ? imp_fhir_words (imp_fhir_concept_of (detail))
                                                   : imp_fhir_reference_words (self, detail);
      imp_fhir_take (self, DISC_FIELD_REACTION,
                     g_strdup_printf ("%s%s%s", date != NULL ? date : "", date != NULL ? " " : "",
                                      words != NULL ? words : "副反応あり"));
    }
}

static void
add_vaccine (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  static const struct
  {
    const char *part;
    const char *label;
  } known[] = {
    { "DueDateOfNextDose", "次回接種予定日" },
    { "ManufacturedDate", "製造日" },
    { "CertificatedDate", "検定日" },
  };

  imp_fhir_add_path (self, DISC_FIELD_LOT, node, "lotNumber");
  imp_fhir_comment_path (self, "使用期限", node, "expirationDate");
  imp_fhir_comment_references (self, "製造", imp_json_get (node, "manufacturer"));
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const char *type;
      const cJSON *value = imp_fhir_named_value (node, known[i].part, &type);
      g_autofree char *text = value != NULL ? imp_fhir_value_text (value, type) : NULL;

      imp_fhir_comment (self, known[i].label, text);
    }
}

/* occurrenceString is words, and no time to sort by. */
static const char *
vaccinated_at (const cJSON *node)
{
  const char *at = imp_fhir_start (node, "occurrence");

  return at != NULL ? at : imp_json_string (node, "date"); /* STU3 */
}

static void
add_immunization (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  imp_fhir_add_concept (self, DISC_FIELD_NAME,
                        imp_fhir_concept_of (imp_json_get (node, "vaccineCode")));
  imp_fhir_add_amount (self, DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT,
                       imp_json_get (node, "doseQuantity"));
  imp_fhir_add (self, DISC_FIELD_GIVEN_AT, vaccinated_at (node));
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "performer"), NULL);
  imp_fhir_add_words (self, DISC_FIELD_ROUTE, imp_json_get (node, "route"));
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (node, "site"));
  add_vaccine (self);
  add_protocol (self);
  add_reactions (self);
  imp_fhir_comment_path (self, "登録", node, "recorded");
  imp_fhir_comment_words (self, "助成", imp_json_get (node, "programEligibility"));
  imp_fhir_comment_words (self, "有効でない理由", imp_json_get (node, "subpotentReason"));
  if (g_strcmp0 (imp_json_string (node, "primarySource"), "false") == 0)
    imp_fhir_comment (self, NULL, "申告による（接種した施設の記録ではない）");
  imp_fhir_comment_words (self, "情報源", imp_json_get (node, "reportOrigin"));
  imp_fhir_comment_references (self, "接種場所", imp_json_get (node, "location"));
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_notes (self, node);
}

static ImpFhirState
vaccinated_state (ImpFhirMapper *self)
{
  const char *not_given = imp_json_string (self->resource, "notGiven"); /* STU3 */

  if (not_given == NULL)
    not_given = imp_json_string (self->resource, "wasNotGiven"); /* DSTU2 */
  if (g_strcmp0 (not_given, "true") != 0)
    return self->state;
  return imp_fhir_state_of_word (self->type, "not-done");
}

void
imp_fhir_map_immunization (ImpFhirMapper *self)
{
  const cJSON *vaccine = imp_fhir_concept_of (imp_json_get (self->resource, "vaccineCode"));

  self->title = imp_fhir_keep (self, imp_fhir_concept_text (vaccine));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->order_no = imp_fhir_identifier (self->resource, NULL);
  self->age = IMP_FHIR_AGE_KEPT;
  if (imp_json_get (self->resource, "occurrenceString") == NULL)
    imp_fhir_set_at (self, vaccinated_at (self->resource));
  if (g_strcmp0 (imp_json_string (self->resource, "isSubpotent"), "true") == 0)
    imp_fhir_warn (self, "subpotent");
  imp_fhir_begin_as (self, DISC_KIND_IMMUNIZATION, vaccinated_state (self));
  imp_fhir_item (self);
  imp_fhir_add_status (self);
  add_immunization (self);
}
