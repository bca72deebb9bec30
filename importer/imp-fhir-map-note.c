/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-note.h"

#include <string.h>

/*
 * Everything that is a dated text: structured notes, forms, plans, and any type that no other
 * mapping knows (spec fhir.md 3.7, last rows; 4.2): type, status, the first date, and every word of
 * it that is meant for people.
 */

typedef struct
{
  const char *type;
  const char *title; /* where the resource has none */
  DiscKind kind;
  void (*words) (ImpFhirMapper *self, GString *out);
} NoteType;

static const NoteType types[] = {
  { "BodyStructure", "身体構造", DISC_KIND_OBSERVATION, NULL },
  { "CarePlan", "療養計画", DISC_KIND_NOTE, imp_fhir_words_of_plan },
  { "CareTeam", "ケアチーム", DISC_KIND_CONTACT, imp_fhir_words_of_team },
  { "ClinicalImpression", "臨床評価", DISC_KIND_NOTE, imp_fhir_words_of_impression },
  { "Communication", "連絡", DISC_KIND_NOTE, imp_fhir_words_of_communication },
  { "CommunicationRequest", "連絡の依頼", DISC_KIND_NOTE, imp_fhir_words_of_communication },
  { "EpisodeOfCare", "診療期間", DISC_KIND_OBSERVATION, imp_fhir_words_of_episode },
  { "Goal", "目標", DISC_KIND_NOTE, imp_fhir_words_of_goal },
  { "List", "一覧", DISC_KIND_NOTE, imp_fhir_words_of_list },
  { "QuestionnaireResponse", "問診", DISC_KIND_NOTE, imp_fhir_words_of_questionnaire },
};

static const NoteType *
find_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].type, type) == 0)
      return &types[i];
  return NULL;
}

/* ---- when, who, what ----------------------------------------------------------------------------
 */

/* Clinical dates before those of writing; never meta.lastUpdated (spec fhir.md 5.2). */
static const char *
first_date (const cJSON *node)
{
  static const char *const choices[] = { "effective", "occurrence", "performed", "serviced",
                                         "onset",     "start",      NULL };
  static const char *const strings[] = { "date",       "authored",   "sent",         "received",
                                         "period",     "created",    "recorded",     "issued",
                                         "authoredOn", "dateTime",   "recordedDate", "dateWritten",
                                         "startDate",  "statusDate", "assertedDate", NULL };

  for (guint i = 0; choices[i] != NULL; i++)
    if (imp_fhir_start (node, choices[i]) != NULL)
      return imp_fhir_start (node, choices[i]);
  for (guint i = 0; strings[i] != NULL; i++)
    {
      const cJSON *one = imp_json_first (imp_json_get (node, strings[i]));
      const char *text =
          cJSON_IsObject (one) ? imp_json_string (one, "start") : imp_json_text (one);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static const char *
last_date (const cJSON *node)
{
  const char *end = imp_fhir_string (node, "effectivePeriod.end");

  return end != NULL ? end : imp_fhir_string (node, "period.end");
}

static char *
author_of (ImpFhirMapper *self)
{
  static const char *const elements[] = { "author",     "assessor",    "sender",
                                          "source",     "recorder",    "expressedBy",
                                          "performer",  "requester",   "asserter",
                                          "prescriber", "careManager", "managingOrganization",
                                          NULL };

  for (guint i = 0; elements[i] != NULL; i++)
    {
      const cJSON *one = imp_json_first (imp_json_get (self->resource, elements[i]));
      char *name = cJSON_IsObject (one) ? imp_fhir_actor (self, one) : NULL;

      if (name != NULL)
        return name;
    }
  return NULL;
}

/* A name it has; a word for its type; the type. */
static void
set_title (ImpFhirMapper *self, const NoteType *type)
{
  static const char *const concepts[] = { "code", "type", "category", NULL };
  const cJSON *node = self->resource;
  const cJSON *title = imp_json_get (node, "title");
  const cJSON *name = imp_json_get (node, "name");

  self->title = imp_fhir_keep (self, g_strdup (imp_json_text (title)));
  if (self->title == NULL && imp_json_text (name) != NULL)
    self->title = imp_fhir_keep (self, g_strdup (imp_json_text (name)));
  for (guint i = 0; self->title == NULL && concepts[i] != NULL; i++)
    self->title =
        imp_fhir_keep (self, imp_fhir_words (imp_json_first (imp_json_get (node, concepts[i]))));
  if (self->title == NULL)
    self->title = type != NULL ? type->title : self->type;
}

static void
set_head (ImpFhirMapper *self, const NoteType *type)
{
  const char *at = first_date (self->resource);

  imp_fhir_set_at (self, at != NULL ? at : imp_json_string (self->document, "date"));
  imp_fhir_set_reach (self, last_date (self->resource));
  set_title (self, type);
  self->author = imp_fhir_keep (self, author_of (self));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
}

/* ---- words --------------------------------------------------------------------------------------
 */

static void
add_strings (GString *out, const cJSON *node)
{
  static const char *const strings[] = { "description", "summary",      "comment",
                                         "conclusion",  "instructions", "patientInstruction",
                                         NULL };

  for (guint i = 0; strings[i] != NULL; i++)
    {
      const cJSON *one = imp_json_get (node, strings[i]);

      if (cJSON_IsObject (one))
        imp_fhir_line_concepts (out, NULL, one);
      else
        imp_fhir_line (out, NULL, imp_json_text (one));
    }
}

/* Of any type: what is meant for people. */
static void
add_any (ImpFhirMapper *self, GString *out)
{
  static const struct
  {
    const char *element;
    const char *label;
  } concepts[] = {
    { "category", "区分" }, { "reasonCode", "理由" }, { "morphology", "形態" },
    { "location", "部位" }, { "bodySite", "部位" },   { "outcome", "結果" },
  };
  const cJSON *node = self->resource;

  imp_fhir_line_concepts (out, NULL, imp_json_get (node, "code"));
  add_strings (out, node);
  for (guint i = 0; i < G_N_ELEMENTS (concepts); i++)
    imp_fhir_line_concepts (out, concepts[i].label, imp_json_get (node, concepts[i].element));
  imp_fhir_line (out, NULL, imp_json_string (node, "comments"));
}

/* Narrative says it again where it is made from the rest, and may be all there is. */
static void
set_text (ImpFhirMapper *self, const NoteType *type)
{
  const cJSON *node = self->resource;
  g_autofree char *narrative = imp_fhir_tell_narrative (self, imp_json_get (node, "text"));
  g_autofree char *folded = NULL;
  g_autofree char *folded_narrative = NULL;
  GString *out = g_string_new (NULL);

  if (type != NULL && type->words != NULL)
    type->words (self, out);
  else
    add_any (self, out);
  imp_fhir_line_notes (self, out, node);
  folded = imp_fhir_fold (out->str);
  folded_narrative = imp_fhir_fold (narrative != NULL ? narrative : "");
  if (strstr (folded, folded_narrative) == NULL)
    imp_fhir_line (out, NULL, narrative);
  self->text = imp_fhir_keep (self, g_string_free (out, FALSE));
}

/* ---- items --------------------------------------------------------------------------------------
 */

static void
add_members (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "participant");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *period = imp_json_get (one, "period");

      imp_fhir_item (self);
      imp_fhir_take (self, DISC_FIELD_NAME, imp_fhir_actor (self, imp_json_get (one, "member")));
      imp_fhir_add_words (self, DISC_FIELD_RELATION, imp_json_get (one, "role"));
      imp_fhir_add_path (self, DISC_FIELD_START, period, "start");
      imp_fhir_add_path (self, DISC_FIELD_END, period, "end");
    }
}

static void
add_item (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *period = imp_json_get (node, "period");

  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (node, "code"));
  imp_fhir_add_status (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_add_path (self, DISC_FIELD_START, period, "start");
  imp_fhir_add_path (self, DISC_FIELD_END, period, "end");
  imp_fhir_add (self, DISC_FIELD_EVENT_CODE, self->type);
  imp_fhir_add_actors (self, DISC_FIELD_RECIPIENT, imp_json_get (node, "recipient"), NULL);
}

/* A plan may be replaced as a document is (spec fhir.md 3.0.3). */
static void
add_plan (ImpFhirMapper *self)
{
  if (strcmp (self->type, "CarePlan") != 0)
    return;
  imp_fhir_add_identity (self);
  imp_fhir_add_replaced (self, "差し替えるもの", imp_json_get (self->resource, "replaces"));
}

static gboolean
is_list_of_allergies (const ImpFhirMapper *self)
{
  const cJSON *code = imp_json_get (self->resource, "code");

  if (strcmp (self->type, "List") != 0)
    return FALSE;
  return imp_fhir_concept_has (code, NULL, "52472-8") ||
         imp_fhir_concept_has (code, NULL, "48765-2") ||
         imp_fhir_concept_has (code, NULL, "allergies") ||
         strstr (self->title, "アレルギー") != NULL;
}

/* Spec fhir.md 5.2: plans that hold, and lists of allergies. */
static gboolean
is_kept (const ImpFhirMapper *self)
{
  static const char *const open[] = { "active", "on-hold", "draft", NULL };

  /* By the word: nearly all of them are of the intent "plan", whose status is another one. */
  if (strcmp (self->type, "CarePlan") == 0)
    return self->state.word != NULL && g_strv_contains (open, self->state.word) &&
           (self->state.is_live || self->state.status == DISC_STATUS_DRAFT);
  return is_list_of_allergies (self);
}

/* Somebody asked, and there was none to write (spec fhir.md 3.3): of the kind that the list is of.
 */
static void
add_none_stated (ImpFhirMapper *self)
{
  const cJSON *reason = imp_json_get (self->resource, "emptyReason");
  static const char *const kinds[] = {
    "食", "薬", "Food", "food", "Drug", "drug", "Medic", "medic"
  };
  const char *kind = NULL;

  if (!is_list_of_allergies (self) || !imp_fhir_concept_has (reason, NULL, "nilknown") ||
      g_strcmp0 (imp_json_string (self->resource, "mode"), "changes") == 0 ||
      imp_json_first (imp_json_get (self->resource, "entry")) != NULL)
    return;
  for (guint i = 0; kind == NULL && i < G_N_ELEMENTS (kinds); i++)
    if (strstr (self->title, kinds[i]) != NULL)
      kind = self->title;
  imp_fhir_begin (self, DISC_KIND_ALLERGY);
  imp_fhir_item (self);
  imp_fhir_add (self, DISC_FIELD_WARNING, "none-stated");
  imp_fhir_add (self, DISC_FIELD_CATEGORY, kind);
  imp_fhir_take (self, DISC_FIELD_SUBSTANCE, imp_fhir_empty_words (reason));
}

void
imp_fhir_map_note (ImpFhirMapper *self)
{
  const NoteType *type = find_type (self->type);

  set_head (self, type);
  set_text (self, type);
  if (is_kept (self))
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin (self, type != NULL ? type->kind : DISC_KIND_NOTE);
  add_item (self);
  add_plan (self);
  if (strcmp (self->type, "CareTeam") == 0)
    add_members (self);
  add_none_stated (self);
}
