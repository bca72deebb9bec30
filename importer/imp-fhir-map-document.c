/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-file.h"
#include "imp-fhir-line.h"
#include "imp-fhir-medication.h"

#include <string.h>

/* Composition and DocumentReference (spec fhir.md 3.7, 3.8, 4.2): a document, a note or a report by
 * their type, as CDA is. */

/* ---- what both have -----------------------------------------------------------------------------
 */

/* (transfer full) (nullable): all of them: one value stands in the record. */
static char *
join_actors (ImpFhirMapper *self, const cJSON *list)
{
  GString *out = g_string_new (NULL);

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_actor (self, one);

      if (name != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "、" : "", name);
    }
  return g_string_free (out, out->len == 0);
}

/* Spec fhir.md 5.2, last column: advance directives, pathology, operations. */
static gboolean
is_kept (const cJSON *type, const char *title)
{
  static const char *const codes[] = {
    "42348-3", "11526-1", "47526-9", "34874-8", "11504-8", NULL
  };
  static const char *const words[] = { "病理", "細胞診", "手術記録", "事前指示", NULL };

  for (guint i = 0; codes[i] != NULL; i++)
    if (imp_fhir_concept_has (type, NULL, codes[i]))
      return TRUE;
  for (guint i = 0; title != NULL && words[i] != NULL; i++)
    if (strstr (title, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* v3-Confidentiality; N and below are the usual. */
static void
warn_confidential (ImpFhirMapper *self, const char *code)
{
  if (g_strcmp0 (code, "R") == 0 || g_strcmp0 (code, "V") == 0)
    imp_fhir_warn (self, "restricted");
}

static void
add_confidential (ImpFhirMapper *self, const char *code)
{
  if (code == NULL || strcmp (code, "N") == 0)
    return;
  imp_fhir_add (self, DISC_FIELD_CONFIDENTIAL, code);
  imp_fhir_comment (self, "機密区分", code);
}

static void
add_type (ImpFhirMapper *self)
{
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (self->resource, "type"));
  imp_fhir_add_status (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
}

static void
add_period (ImpFhirMapper *self, const cJSON *period)
{
  imp_fhir_add_path (self, DISC_FIELD_START, period, "start");
  imp_fhir_add_path (self, DISC_FIELD_END, period, "end");
}

static void
add_custodian (ImpFhirMapper *self)
{
  imp_fhir_take (self, DISC_FIELD_CUSTODIAN,
                 imp_fhir_actor (self, imp_json_get (self->resource, "custodian")));
  imp_fhir_add_path (self, DISC_FIELD_LANGUAGE, self->resource, "language");
}

/* ---- Composition --------------------------------------------------------------------------------
 */

static void
set_composition_head (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *type = imp_json_get (node, "type");
  const char *date = imp_json_string (node, "date");

  imp_fhir_set_at (self, date != NULL ? date : imp_fhir_string (node, "event.period.start"));
  self->title = imp_fhir_keep (self, g_strdup (imp_json_string (node, "title")));
  if (self->title == NULL)
    self->title = imp_fhir_keep (self, imp_fhir_words (type));
  self->author = imp_fhir_keep (self, join_actors (self, imp_json_get (node, "author")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  warn_confidential (self, imp_json_string (node, "confidentiality"));
  if (is_kept (type, self->title))
    self->age = IMP_FHIR_AGE_KEPT;
}

static void
set_composition_text (ImpFhirMapper *self)
{
  const cJSON *sections = imp_json_get (self->resource, "section");
  GString *text = g_string_new (NULL);

  imp_fhir_sections (self, sections, text);
  if (text->len == 0)
    imp_fhir_line_take (text, NULL,
                        imp_fhir_tell_narrative (self, imp_json_get (self->resource, "text")));
  self->text = imp_fhir_keep (self, g_string_free (text, FALSE));
}

static void
add_attesters (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "attester")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *mode = imp_json_get (one, "mode");
      g_autofree char *words = imp_fhir_concept_text (imp_json_first (mode));
      g_autofree char *name = imp_fhir_actor (self, imp_json_get (one, "party"));
      const char *time = imp_json_string (one, "time");
      g_autofree char *text =
          g_strdup_printf ("%s%s%s", name != NULL ? name : "",
                           name != NULL && time != NULL ? " " : "", time != NULL ? time : "");

      imp_fhir_add (self, DISC_FIELD_SIGNED_BY, name);
      imp_fhir_add (self, DISC_FIELD_SIGNED_AT, time);
      imp_fhir_comment (self, words != NULL ? words : "認証", text);
    }
}

static void
add_events (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "event")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (imp_json_first (imp_json_get (one, "code")));

      add_period (self, imp_json_get (one, "period"));
      imp_fhir_comment (self, "対象の行為", words);
    }
}

/* Of all its versions, where it says which of them it is. */
static void
add_version (ImpFhirMapper *self)
{
  const cJSON *extension =
      imp_fhir_extension (self->resource, "composition-clinicaldocument-versionNumber");
  const char *version = imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL));
  const cJSON *identifier = imp_json_first (imp_json_get (self->resource, "identifier"));
  const char *system = imp_json_string (identifier, "system");
  const char *value = imp_json_string (identifier, "value");

  if (version == NULL)
    version = imp_json_string (self->resource, "version"); /* R5 */
  imp_fhir_add (self, DISC_FIELD_VERSION, version);
  imp_fhir_comment (self, "版", version);
  if (version != NULL && system != NULL && value != NULL)
    imp_fhir_take (self, DISC_FIELD_SET_ID, g_strdup_printf ("%s^%s", system, value));
}

void
imp_fhir_map_composition (ImpFhirMapper *self)
{
  set_composition_head (self);
  set_composition_text (self);
  imp_fhir_begin (self, imp_fhir_document_kind (imp_json_get (self->resource, "type")));
  imp_fhir_item (self);
  add_type (self);
  add_confidential (self, imp_json_string (self->resource, "confidentiality"));
  add_events (self);
  add_attesters (self);
  add_custodian (self);
  imp_fhir_add_identity (self);
  add_version (self);
  imp_fhir_add_relations (self);
  imp_fhir_add_notes (self, self->resource);
}

/* ---- DocumentReference --------------------------------------------------------------------------
 */

/* Of R4 within context, of R5 beside it. */
static const cJSON *
period_of (const cJSON *node)
{
  const cJSON *period = imp_fhir_path (node, "context.period");

  return period != NULL ? period : imp_json_get (node, "period");
}

/* Whether the reference holds is one thing, whether the document is finished another. */
static void
apply_document_status (ImpFhirMapper *self)
{
  const char *word = imp_json_string (self->resource, "docStatus");

  if (word != NULL)
    self->state =
        imp_fhir_state_stricter (self->state, imp_fhir_state_of_word ("Composition", word));
}

static void
set_reference_head (ImpFhirMapper *self, const ImpFhirFiles *files)
{
  const cJSON *node = self->resource;
  const cJSON *type = imp_json_get (node, "type");
  const char *date = imp_json_string (node, "date");

  if (date == NULL)
    date = imp_json_string (node, "created"); /* STU3 */
  if (date == NULL)
    date = imp_json_string (period_of (node), "start");
  imp_fhir_set_at (self, date);
  self->title = imp_fhir_keep (self, imp_fhir_words (type));
  if (self->title == NULL)
    self->title =
        imp_fhir_keep (self, g_strdup (imp_fhir_string (node, "content.attachment.title")));
  if (self->title == NULL)
    self->title = imp_fhir_keep (self, g_strdup (imp_json_string (node, "description")));
  self->author = imp_fhir_keep (self, join_actors (self, imp_json_get (node, "author")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  if (self->department == NULL)
    self->department =
        imp_fhir_keep (self, imp_fhir_words (imp_fhir_path (node, "context.practiceSetting")));
  if (self->department == NULL) /* R5 */
    self->department =
        imp_fhir_keep (self, imp_fhir_words (imp_json_get (node, "practiceSetting")));
  self->text = imp_fhir_keep (self, g_strdup (files->text->str));
  if (self->text == NULL)
    self->text = imp_fhir_keep (self, imp_fhir_tell_narrative (self, imp_json_get (node, "text")));
  if (is_kept (type, self->title))
    self->age = IMP_FHIR_AGE_KEPT;
}

static void
warn_labels (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "securityLabel");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    warn_confidential (self, imp_json_string (imp_fhir_code (one), "code"));
}

static void
add_labels (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "securityLabel");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      add_confidential (self, imp_json_string (imp_fhir_code (one), "code"));
      if (imp_json_string (one, "text") != NULL)
        imp_fhir_comment (self, "取扱区分", words);
    }
}

static void
add_related (ImpFhirMapper *self)
{
  const cJSON *context = imp_json_get (self->resource, "context");

  for (const cJSON *one = imp_json_first (imp_json_get (context, "related")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *label = imp_fhir_reference_label (self, one, NULL);

      imp_fhir_comment (self, "関連", label);
    }
}

/* Which layout the words have: R5 has it as a profile. */
static void
add_formats (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "content")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (imp_json_first (imp_json_get (one, "format")));

      imp_fhir_comment (self, "文書の形式", words);
    }
}

/* What was done that it is about: R5 has it one level higher, and as CodeableReferences. */
static void
add_acts (ImpFhirMapper *self)
{
  const cJSON *const lists[] = { imp_fhir_path (self->resource, "context.event"),
                                 imp_fhir_path (self->resource, "event") };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const cJSON *one = lists[i]; one != NULL; one = imp_json_next (one))
      {
        const cJSON *concept = imp_fhir_concept_of (one);
        g_autofree char *words =
            concept != NULL ? imp_fhir_words (concept) : imp_fhir_reference_words (self, one);

        imp_fhir_comment (self, "対象の行為", words);
      }
}

void
imp_fhir_map_document_reference (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_auto (ImpFhirFiles) files = { 0 };

  imp_fhir_files_init (&files);
  apply_document_status (self);
  imp_fhir_read_files (self, imp_json_get (node, "content"), "attachment", &files);
  set_reference_head (self, &files);
  warn_labels (self);
  imp_fhir_begin (self, imp_fhir_document_kind (imp_json_get (node, "type")));
  imp_fhir_item (self);
  add_type (self);
  imp_fhir_comment (self, "文書の状態", imp_json_string (node, "docStatus"));
  imp_fhir_comment (self, "説明", imp_json_string (node, "description"));
  imp_fhir_add_files (self, &files);
  add_formats (self);
  add_labels (self);
  add_period (self, period_of (node));
  imp_fhir_take (self, DISC_FIELD_SIGNED_BY,
                 imp_fhir_actor (self, imp_json_get (node, "authenticator")));
  add_custodian (self);
  add_related (self);
  add_acts (self);
  imp_fhir_add_identity (self);
  imp_fhir_add_relations (self);
  imp_fhir_add_notes (self, node);
}
