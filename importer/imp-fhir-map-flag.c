/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-file.h"

#include <string.h>

/* Flag, ResearchSubject, Consent, DetectedIssue, AdverseEvent, RiskAssessment: spec
 * fhir.md 3.7, 4.2. */

/* ---- Flag, ResearchSubject ------------------------------------------------------------------ */

static void
add_period (ImpFhirMapper *self, const cJSON *period)
{
  imp_fhir_add_path (self, DISC_FIELD_START, period, "start");
  imp_fhir_add_path (self, DISC_FIELD_END, period, "end");
}

void
imp_fhir_map_flag (ImpFhirMapper *self)
{
  const cJSON *period = imp_json_get (self->resource, "period");
  gboolean is_study = strcmp (self->type, "ResearchSubject") == 0;
  g_autofree char *study = imp_fhir_actor (self, imp_json_get (self->resource, "study"));

  if (self->state.status == DISC_STATUS_ACTIVE)
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_set_at (self, imp_json_string (period, "start"));
  imp_fhir_set_reach (self, imp_json_string (period, "end"));
  self->author =
      imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (self->resource, "author")));
  self->title = is_study ? "治験参加" : NULL;
  imp_fhir_begin (self, DISC_KIND_FLAG);
  imp_fhir_item (self);
  if (is_study)
    imp_fhir_add (self, DISC_FIELD_NAME, study != NULL ? study : "治験参加");
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (self->resource, "code"));
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
  add_period (self, period);
  imp_fhir_add_status (self);
  imp_fhir_add_notes (self, self->resource);
}

/* ---- Consent -------------------------------------------------------------------------------- */

/* The source document is to be read: provisions are not interpreted. */
static void
add_source (ImpFhirMapper *self)
{
  const char *type;
  const cJSON *source = imp_fhir_choice (self->resource, "source", &type, NULL);
  g_autofree char *words = imp_fhir_value_text (source, type);

  imp_fhir_comment (self, "同意書", words);
}

/* What was signed, where it came along: a document, and the first record, as words of files that
 * are converted later join that. */
static void
add_signed_document (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "sourceAttachment");
  const char *title = imp_json_string (imp_json_first (list), "title");
  g_auto (ImpFhirFiles) files = { 0 };

  if (!cJSON_IsObject (imp_json_first (list)))
    return;
  imp_fhir_files_init (&files);
  imp_fhir_read_files (self, list, NULL, &files);
  self->title = title != NULL ? title : "同意書";
  self->text = imp_fhir_keep (self, g_strdup (files.text->str));
  imp_fhir_begin (self, DISC_KIND_DOCUMENT);
  imp_fhir_item (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
  imp_fhir_add_files (self, &files);
  self->title = NULL;
  self->text = NULL;
}

void
imp_fhir_map_consent (ImpFhirMapper *self)
{
  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_set_at (self, imp_json_string (self->resource, "dateTime") != NULL
                             ? imp_json_string (self->resource, "dateTime")
                             : imp_json_string (self->resource, "date") /* R5 */);
  add_signed_document (self);
  imp_fhir_begin (self, DISC_KIND_FLAG);
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (self->resource, "category"));
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "scope"));
  imp_fhir_add_words (self, DISC_FIELD_COMMENT, imp_json_get (self->resource, "policyRule"));
  imp_fhir_add_path (self, DISC_FIELD_VALUE, self->resource, "provision.type");
  add_period (self, imp_json_get (imp_json_get (self->resource, "provision"), "period"));
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (self->resource, "performer"), NULL);
  imp_fhir_add_actors (self, DISC_FIELD_CUSTODIAN, imp_json_get (self->resource, "organization"),
                       NULL);
  add_source (self);
  imp_fhir_add_status (self);
}

/* ---- DetectedIssue, AdverseEvent, RiskAssessment -------------------------------------------- */

static void
add_suspects (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "suspectEntity"));
       one != NULL; one = imp_json_next (one))
    {
      const cJSON *instance = imp_json_get (one, "instance");
      const cJSON *target = imp_fhir_find (self, instance, NULL);
      g_autofree char *name =
          target != NULL ? imp_fhir_words (imp_json_get (target, "code")) : NULL;

      if (name == NULL)
        name = imp_fhir_words (imp_json_get (target, "medicationCodeableConcept"));
      if (name == NULL)
        name = g_strdup (imp_json_string (imp_json_first (instance), "display"));
      imp_fhir_comment (self, "被疑", name);
    }
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "implicated")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_comment (self, "対象", imp_json_string (one, "display"));
}

static void
add_predictions (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "prediction")); one != NULL;
       one = imp_json_next (one))
    {
      const char *type;
      const cJSON *chance = imp_fhir_choice (one, "probability", &type, NULL);
      g_autofree char *outcome = imp_fhir_words (imp_json_get (one, "outcome"));
      g_autofree char *value = imp_fhir_value_text (chance, type);
      g_autofree char *risk = imp_fhir_words (imp_json_get (one, "qualitativeRisk"));

      imp_fhir_item (self);
      imp_fhir_add (self, DISC_FIELD_NAME, outcome != NULL ? outcome : "予測");
      imp_fhir_add (self, DISC_FIELD_VALUE, value != NULL ? value : risk);
      if (value != NULL)
        imp_fhir_add (self, DISC_FIELD_COMMENT, risk);
    }
}

static void
add_mitigations (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "mitigation")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *action = imp_json_get (one, "action");
      g_autofree char *words =
          cJSON_IsObject (action) ? imp_fhir_words (action) : g_strdup (imp_json_text (one));

      imp_fhir_comment (self, "対応", words);
      imp_fhir_comment (self, "対応日", imp_json_string (one, "date"));
    }
}

static const char *
time_of_event (const ImpFhirMapper *self)
{
  static const char *const names[] = { "identified", "occurrence", NULL };
  const char *time = imp_json_string (self->resource, "date");

  for (guint i = 0; time == NULL && names[i] != NULL; i++)
    time = imp_fhir_start (self->resource, names[i]);
  return time != NULL ? time : imp_json_string (self->resource, "recordedDate");
}

/* What might have happened, and did not (AdverseEvent.actuality). */
static void
apply_actuality (ImpFhirMapper *self)
{
  if (g_strcmp0 (imp_json_string (self->resource, "actuality"), "potential") == 0)
    imp_fhir_warn (self, "did-not-happen");
}

void
imp_fhir_map_event (ImpFhirMapper *self)
{
  gboolean is_issue = strcmp (self->type, "DetectedIssue") == 0;
  const cJSON *what = imp_json_get (self->resource, "code");

  /* Side effects may be told here alone. */
  if (strcmp (self->type, "RiskAssessment") != 0)
    self->age = IMP_FHIR_AGE_KEPT;
  if (what == NULL)
    what = imp_json_get (self->resource, "event");
  apply_actuality (self);
  imp_fhir_set_at (self, time_of_event (self));
  self->title = is_issue                                   ? "検出された問題"
                : strcmp (self->type, "AdverseEvent") == 0 ? "有害事象"
                                                           : "リスク評価";
  self->author = imp_fhir_keep (
      self, imp_fhir_actor (self, imp_json_get (self->resource, is_issue ? "author" : "recorder")));
  imp_fhir_begin (self, is_issue ? DISC_KIND_FLAG : DISC_KIND_OBSERVATION);
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, what);
  if (what == NULL)
    imp_fhir_add (self, DISC_FIELD_NAME, self->title);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
  imp_fhir_add (self, DISC_FIELD_SEVERITY,
                imp_json_text (imp_json_get (self->resource, "severity")));
  imp_fhir_add_words (self, DISC_FIELD_SEVERITY, imp_json_get (self->resource, "seriousness"));
  imp_fhir_add_words (self, DISC_FIELD_OUTCOME, imp_json_get (self->resource, "outcome"));
  imp_fhir_comment (self, NULL, imp_json_string (self->resource, "detail"));
  imp_fhir_comment (self, NULL, imp_json_string (self->resource, "description"));
  add_suspects (self);
  add_mitigations (self);
  imp_fhir_add_status (self);
  imp_fhir_add_notes (self, self->resource);
  add_predictions (self);
}
