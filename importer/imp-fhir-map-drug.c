/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-dosage.h"
#include "imp-fhir-medication.h"
#include "imp-fhir-reach.h"

/* MedicationRequest, and MedicationOrder of DSTU2: spec fhir.md 3.5.1 and 4.2. */

/* ---- prescription or injection? ----------------------------------------------------------------
 */

static gboolean
has_profile (const cJSON *resource, const char *part)
{
  const cJSON *list = imp_json_get (imp_json_get (resource, "meta"), "profile");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    if (imp_json_text (one) != NULL && strstr (imp_json_text (one), part) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
holds_any (const char *text, const char *const *words)
{
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Routes into the body by needle: JP Core route-codes (HL7 table 0162), JAMI 30 to 3B, SNOMED CT.
 */
static gboolean
is_injection_code (const char *system, const char *code)
{
  static const char *const routes[] = { "IV",  "IM", "SC", "ID", "IA", "IB", "IC",
                                        "IHA", "IP", "IS", "IT", "EP", NULL };
  static const char *const snomed[] = { "47625008",  "255560000", "78421000",  "34206005",
                                        "372464004", "58100008",  "424494006", "404820008",
                                        "72607000",  "38239002",  NULL };

  if (system == NULL)
    return FALSE;
  if (strstr (system, "MedicationMethodDetail") != NULL ||
      imp_fhir_system_ends (system, "1.2.392.200250.2.2.20.40"))
    return strlen (code) == 2 && code[0] == '3';
  if (strstr (system, "snomed") != NULL)
    return g_strv_contains (snomed, code);
  return (strstr (system, "route-codes") != NULL || strstr (system, "v2-0162") != NULL ||
          imp_fhir_system_ends (system, "1.2.392.100495.20.2.34")) &&
         g_strv_contains (routes, code);
}

static gboolean
is_injection_way (const cJSON *concept)
{
  static const char *const words[] = { "静注",   "点滴", "筋注",   "筋肉内", "皮下注", "静脈",
                                       "皮内注", "動注", "硬膜外", "髄腔内", "注射",   NULL };
  g_autofree char *text = imp_fhir_words (concept);

  if (holds_any (text, words) ||
      (text != NULL && (g_ascii_strncasecmp (text, "intraven", 8) == 0 ||
                        g_ascii_strncasecmp (text, "intramusc", 9) == 0 ||
                        g_ascii_strncasecmp (text, "subcutan", 8) == 0)))
    return TRUE;
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      g_autofree char *code = g_strdup (imp_json_string (coding, "code"));

      if (code != NULL && is_injection_code (imp_json_string (coding, "system"), g_strstrip (code)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_injected (const cJSON *dosage)
{
  static const char *const parts[] = { "route", "method", NULL };

  if (imp_fhir_is_by (dosage, "3"))
    return TRUE;
  for (guint i = 0; parts[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (dosage, parts[i])); one != NULL;
         one = imp_json_next (one))
      if (is_injection_way (one))
        return TRUE;
  return FALSE;
}

/* Handed to the patient, who injects it at home: it is looked for among the prescriptions. */
static gboolean
is_self_injection (const ImpFhirMapper *self, const cJSON *dosage)
{
  g_autofree char *line = imp_fhir_dosage_line (dosage);
  g_autofree char *method = imp_fhir_words (imp_json_first (imp_json_get (dosage, "method")));

  if ((line != NULL && strstr (line, "自己注") != NULL) ||
      (method != NULL && strstr (method, "自己注") != NULL))
    return TRUE;
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "category")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      if (words != NULL && strstr (words, "自己注") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Spec fhir.md 4.2. Mixtures are mixed for the skin and by mouth too, and such say so. */
static gboolean
is_injection (const ImpFhirMapper *self, const ImpFhirMedication *medication,
              const GPtrArray *dosages)
{
  gboolean is_other_way = FALSE;

  for (guint i = 0; i < dosages->len; i++)
    if (is_self_injection (self, g_ptr_array_index (dosages, i)))
      return FALSE;
  if (has_profile (self->resource, "MedicationRequest_Injection"))
    return TRUE;
  for (guint i = 0; i < dosages->len; i++)
    {
      const cJSON *dosage = g_ptr_array_index (dosages, i);

      if (is_injected (dosage))
        return TRUE;
      is_other_way |= imp_fhir_is_by (dosage, "1") || imp_fhir_is_by (dosage, "2");
    }
  return medication->is_mixture && !is_other_way;
}

/* ---- the order as a whole ----------------------------------------------------------------------
 */

static const cJSON *
supply_of (const cJSON *resource)
{
  return imp_fhir_path (resource, "dispenseRequest.expectedSupplyDuration");
}

static void
add_boolean (ImpFhirMapper *self, const char *label, const char *word, const char *yes,
             const char *no)
{
  imp_fhir_comment (self, label,
                    g_strcmp0 (word, "true") == 0    ? yes
                    : g_strcmp0 (word, "false") == 0 ? no
                                                     : word);
}

static void
add_substitution (ImpFhirMapper *self)
{
  const cJSON *node = imp_json_first (imp_json_get (self->resource, "substitution"));

  add_boolean (self, "後発品", imp_json_string (node, "allowedBoolean"), "変更可", "変更不可");
  imp_fhir_comment_words (self, "後発品", imp_json_get (node, "allowedCodeableConcept"));
  imp_fhir_comment_words (self, "後発品", imp_json_get (node, "type")); /* DSTU2 */
  imp_fhir_comment_words (self, "後発品変更の理由", imp_json_get (node, "reason"));
}

/* Crushing and one-dose packages: what the pharmacist is told. */
static void
add_preparation (ImpFhirMapper *self, const cJSON *request)
{
  for (const cJSON *one = imp_json_first (imp_json_get (request, "extension")); one != NULL;
       one = imp_json_next (one))
    {
      const char *url = imp_json_string (one, "url");
      const char *type;
      const cJSON *value = imp_fhir_choice (one, "value", &type, NULL);
      g_autofree char *text = NULL;

      if (url == NULL || value == NULL || strstr (url, "InstructionForDispense") == NULL)
        continue;
      text = imp_fhir_value_text (value, type);
      imp_fhir_comment (self, "調剤", text);
    }
}

static void
add_repeat_count (ImpFhirMapper *self, const cJSON *request)
{
  const char *type;
  const cJSON *times = imp_fhir_named_value (request, "ExpectedRepeatCount", &type);

  if (times == NULL)
    times = imp_fhir_named_value (self->resource, "ExpectedRepeatCount", &type);
  if (times != NULL)
    imp_fhir_take (self, DISC_FIELD_TIMES, imp_fhir_value_text (times, type));
}

static void
add_first_fill (ImpFhirMapper *self, const cJSON *request)
{
  const cJSON *fill = imp_json_first (imp_json_get (request, "initialFill"));

  imp_fhir_comment_value (self, "初回調剤の量", fill, "quantity");
  imp_fhir_comment_value (self, "初回調剤の日数", fill, "duration");
}

/* @is_first: the total is of all dosages together, and stands once. */
static void
add_request (ImpFhirMapper *self, gboolean is_first)
{
  const cJSON *request = imp_json_first (imp_json_get (self->resource, "dispenseRequest"));
  g_autofree char *valid = imp_fhir_period_text (imp_json_get (request, "validityPeriod"));

  if (is_first)
    {
      imp_fhir_add_amount (self, DISC_FIELD_TOTAL, DISC_FIELD_TOTAL_UNIT,
                           imp_json_get (request, "quantity"));
      add_repeat_count (self, request);
    }
  imp_fhir_add_path (self, DISC_FIELD_REPEATS, request, "numberOfRepeatsAllowed");
  add_preparation (self, request);
  add_first_fill (self, request);
  imp_fhir_comment (self, "有効期間", valid);
  imp_fhir_comment_value (self, "調剤の間", request, "dispenseInterval");
  imp_fhir_comment_references (self, "調剤先", imp_json_get (request, "performer"));
  add_substitution (self);
}

static void
add_reported (ImpFhirMapper *self)
{
  const cJSON *reporter = imp_json_get (self->resource, "reportedReference");

  if (g_strcmp0 (imp_json_string (self->resource, "reportedBoolean"), "true") == 0 ||
      g_strcmp0 (imp_json_string (self->resource, "reported"), "true") == 0)
    imp_fhir_comment (self, NULL, "申告による（原処方ではない）");
  imp_fhir_comment_references (self, "申告者", reporter);
  imp_fhir_comment_references (self, "情報源", imp_json_get (self->resource, "informationSource"));
}

static void
add_context (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_autofree char *period = imp_fhir_period_text (imp_json_get (node, "effectiveDosePeriod"));

  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_comment_words (self, "投与区分", imp_json_get (node, "courseOfTherapyType"));
  imp_fhir_comment (self, "投与期間", period);
  imp_fhir_comment_path (self, "用法（全文）", node, "renderedDosageInstruction");
  imp_fhir_comment_references (self, "前回処方", imp_json_get (node, "priorPrescription"));
  imp_fhir_comment_references (self, "元の指示", imp_json_get (node, "basedOn"));
  imp_fhir_comment_references (self, "処方時の警告", imp_json_get (node, "detectedIssue"));
  imp_fhir_comment_references (self, "参考情報", imp_json_get (node, "supportingInformation"));
  imp_fhir_comment_references (self, "実施者", imp_json_get (node, "performer"));
  add_reported (self);
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_notes (self, node);
}

/* ---- records -----------------------------------------------------------------------------------
 */

static void
begin_item (ImpFhirMapper *self)
{
  imp_fhir_item (self);
  imp_fhir_add_numbers (self, NULL);
  imp_fhir_add_status (self);
}

/* "2/3": of several dosages, which may be steps one after the other. */
static void
tell_step (ImpFhirMapper *self, guint n, guint of)
{
  g_autofree char *text = of > 1 ? g_strdup_printf ("%u/%u", n + 1, of) : NULL;

  imp_fhir_comment (self, "用法", text);
}

/* An item for each dosage: what is taken differently stands on a line of its own. */
static void
add_prescription (ImpFhirMapper *self, const ImpFhirMedication *medication,
                  const GPtrArray *dosages)
{
  guint n_dosages = MAX (dosages->len, 1);

  imp_fhir_begin (self, DISC_KIND_PRESCRIPTION);
  imp_fhir_add_path (self, DISC_FIELD_PRIORITY, self->resource, "priority");
  for (guint i = 0; i < n_dosages; i++)
    for (guint n = 0; n < imp_fhir_n_drugs (medication) && imp_fhir_has_room (self); n++)
      {
        const cJSON *dosage = i < dosages->len ? g_ptr_array_index (dosages, i) : NULL;

        begin_item (self);
        imp_fhir_add_drug (self, medication, n);
        imp_fhir_add_dosage (self, dosage, i == 0 ? supply_of (self->resource) : NULL,
                             IMP_FHIR_DOSE_ORDERED);
        tell_step (self, i, n_dosages);
        add_request (self, i == 0);
        add_context (self);
      }
}

/* An item for each drug in the bag; the dosage is that of all of them. */
static void
add_injection (ImpFhirMapper *self, const ImpFhirMedication *medication, const GPtrArray *dosages)
{
  gboolean is_bag = medication->drugs->len > 0 &&
                    g_array_index (medication->drugs, ImpFhirDrug, 0).ingredient != NULL;

  imp_fhir_begin (self, DISC_KIND_INJECTION);
  imp_fhir_add_path (self, DISC_FIELD_PRIORITY, self->resource, "priority");
  for (guint n = 0; n < imp_fhir_n_drugs (medication) && imp_fhir_has_room (self); n++)
    {
      begin_item (self);
      imp_fhir_add_drug (self, medication, n);
      imp_fhir_add_amount (self, DISC_FIELD_VOLUME, DISC_FIELD_VOLUME_UNIT,
                           imp_fhir_path (medication->medication, "amount.numerator"));
      imp_fhir_add_dosage (self, dosages->len > 0 ? g_ptr_array_index (dosages, 0) : NULL,
                           supply_of (self->resource),
                           is_bag ? IMP_FHIR_DOSE_MIXTURE : IMP_FHIR_DOSE_GIVEN);
      for (guint i = 1; i < dosages->len; i++)
        {
          g_autofree char *line = imp_fhir_dosage_line (g_ptr_array_index (dosages, i));

          imp_fhir_comment (self, "次の用法", line);
        }
      add_request (self, TRUE);
      add_context (self);
    }
}

static void
read_head (ImpFhirMapper *self, const ImpFhirMedication *medication)
{
  const cJSON *node = self->resource;
  const cJSON *doctor = imp_json_get (node, "requester");
  const char *at = imp_json_string (node, "authoredOn");

  if (cJSON_IsObject (doctor) && imp_json_get (doctor, "agent") != NULL) /* STU3 */
    doctor = imp_json_get (doctor, "agent");
  if (doctor == NULL)
    doctor = imp_json_get (node, "prescriber"); /* DSTU2 */
  self->title = medication->title;
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, doctor));
  self->entered_by = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "recorder")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->order_no = imp_fhir_order_number (node);
  if (at == NULL)
    at = imp_json_string (node, "dateWritten"); /* DSTU2 */
  imp_fhir_set_at (self, at);
}

/* The day it begins where no day is written on it. */
static void
ensure_at (ImpFhirMapper *self, const GPtrArray *dosages)
{
  const cJSON *dosage = dosages->len > 0 ? g_ptr_array_index (dosages, 0) : NULL;
  const cJSON *period = imp_fhir_named_value (dosage, "PeriodOfUse", NULL);
  const char *start = imp_json_string (period, "start");

  if (self->at != NULL)
    return;
  imp_fhir_set_at (self, start != NULL ? start : imp_fhir_start (dosage, "timing"));
}

/* Replaced or continued, the source does not say: both stand, and this one is marked (spec
 * fhir.md 3.0.3). */
static gboolean
is_followed (const ImpFhirMapper *self)
{
  return self->lookup != NULL && self->lookup->is_followed != NULL &&
         self->lookup->is_followed (self->resource, self->lookup->data);
}

void
imp_fhir_map_medication_request (ImpFhirMapper *self)
{
  g_auto (ImpFhirMedication) medication = { 0 };
  g_autoptr (GPtrArray) dosages = imp_fhir_dosages (self);

  imp_fhir_medication (self, &medication);
  read_head (self, &medication);
  ensure_at (self, dosages);
  if (imp_json_first (imp_json_get (self->resource, "priorPrescription")) != NULL)
    imp_fhir_warn (self, "prior-prescription");
  if (is_followed (self))
    imp_fhir_warn (self, "later-prescription");
  if (imp_json_first (imp_json_get (self->resource, "detectedIssue")) != NULL)
    imp_fhir_warn (self, "detected-issue");
  imp_fhir_reach_of_drug (self, dosages, self->at, supply_of (self->resource));
  if (self->state.is_live &&
      (self->state.status == DISC_STATUS_ACTIVE || self->state.status == DISC_STATUS_ON_HOLD))
    self->age = IMP_FHIR_AGE_KEPT;
  if (is_injection (self, &medication, dosages))
    add_injection (self, &medication, dosages);
  else
    add_prescription (self, &medication, dosages);
}
