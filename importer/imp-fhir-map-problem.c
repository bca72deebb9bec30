/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-medication.h"

/* AllergyIntolerance, Condition, FamilyMemberHistory: spec fhir.md 3.3, 3.4, 3.7. None of them is
 * too old for a disc (5.2). */

/* R5 has one list for who wrote it down and who said so. */
static void
add_participants (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "participant"));
       one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (imp_json_get (one, "function"));
      g_autofree char *name = imp_fhir_actor (self, imp_json_get (one, "actor"));

      imp_fhir_comment (self, words != NULL ? words : "関与者", name);
    }
}

/* ---- AllergyIntolerance --------------------------------------------------------------------- */

#define SNOMED "http://snomed.info/sct"

/* SNOMED CT: no known allergy, of whatever kind. */
static gboolean
states_none (const cJSON *code)
{
  return imp_fhir_concept_has (code, SNOMED, "716186003");
}

/* (nullable): the kind that a statement "none" is limited to: no known drug, food, environmental
 * allergy. Of the others it says nothing (spec fhir.md 3.3), so it is listed with its words and is
 * no "none". */
static const char *
kind_of_none (const cJSON *code)
{
  static const char *const kinds[][2] = { { "409137002", "医薬品" },
                                          { "429625007", "食品" },
                                          { "428607008", "環境" } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (imp_fhir_concept_has (code, SNOMED, kinds[i][0]))
      return kinds[i][1];
  return NULL;
}

static void
add_categories (ImpFhirMapper *self)
{
  const char *limit = kind_of_none (imp_json_get (self->resource, "code"));
  static const char *const words[][2] = { { "food", "食品" },
                                          { "medication", "医薬品" },
                                          { "environment", "環境" },
                                          { "biologic", "生物製剤" } };

  if (limit != NULL && imp_json_first (imp_json_get (self->resource, "category")) == NULL)
    imp_fhir_add (self, DISC_FIELD_CATEGORY, limit);
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "category")); one != NULL;
       one = imp_json_next (one))
    {
      const char *code = imp_json_text (one);
      const char *text = code;

      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        if (g_strcmp0 (words[i][0], code) == 0)
          text = words[i][1];
      imp_fhir_add (self, DISC_FIELD_CATEGORY, text);
    }
}

static void
add_manifestations (ImpFhirMapper *self, const cJSON *reaction)
{
  for (const cJSON *one = imp_json_first (imp_json_get (reaction, "manifestation")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *concept = imp_json_get (one, "concept"); /* R5 */
      char *words = imp_fhir_words (concept != NULL ? concept : one);

      imp_fhir_take (self, DISC_FIELD_REACTION,
                     words != NULL ? words : g_strdup (imp_fhir_absent_words (one, NULL)));
    }
  imp_fhir_add_path (self, DISC_FIELD_REACTION, reaction, "description");
}

static void
add_reactions (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "reaction")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *substance = imp_fhir_words (imp_json_get (one, "substance"));
      g_autofree char *route = imp_fhir_words (imp_json_get (one, "exposureRoute"));

      add_manifestations (self, one);
      imp_fhir_add_path (self, DISC_FIELD_SEVERITY, one, "severity");
      imp_fhir_comment (self, "反応を起こした物質", substance);
      imp_fhir_comment (self, "曝露経路", route);
      imp_fhir_comment (self, "反応の日時", imp_json_string (one, "onset"));
      imp_fhir_add_notes (self, one);
    }
}

/* What is not there is not made up: but a row without a word would be passed over. */
static void
add_substance (ImpFhirMapper *self)
{
  const cJSON *code = imp_json_get (self->resource, "code");
  g_autofree char *text = imp_fhir_concept_text (code);

  if (text != NULL)
    {
      imp_fhir_add_concept (self, DISC_FIELD_SUBSTANCE, code);
      return;
    }
  text = imp_fhir_words (imp_fhir_path (self->resource, "reaction.substance"));
  imp_fhir_add (self, DISC_FIELD_SUBSTANCE,
                text != NULL ? text : "物質名の記載なし（備考・原文を確認）");
}

static void
add_onset (ImpFhirMapper *self, DiscField field, const char *name)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (self->resource, name, &type, NULL);

  imp_fhir_take (self, field, imp_fhir_value_text (value, type));
}

static void
add_verification (ImpFhirMapper *self)
{
  g_autofree char *verified = imp_fhir_words (imp_json_get (self->resource, "verificationStatus"));

  imp_fhir_comment (self, "確認状況", verified);
}

void
imp_fhir_map_allergy (ImpFhirMapper *self)
{
  const char *recorded = imp_json_string (self->resource, "recordedDate");
  const char *onset = imp_fhir_start (self->resource, "onset");

  self->age = IMP_FHIR_AGE_KEPT;
  if (recorded == NULL)
    recorded = imp_json_string (self->resource, "assertedDate"); /* STU3 */
  imp_fhir_set_at (self, recorded != NULL ? recorded : onset);
  self->author =
      imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (self->resource, "recorder")));
  imp_fhir_begin (self, DISC_KIND_ALLERGY);
  imp_fhir_item (self);
  if (states_none (imp_json_get (self->resource, "code")))
    imp_fhir_add (self, DISC_FIELD_WARNING, "none-stated");
  add_categories (self);
  add_substance (self);
  if (kind_of_none (imp_json_get (self->resource, "code")) != NULL)
    imp_fhir_comment (self, "「なし」の記載はこの分類のみ",
                      kind_of_none (imp_json_get (self->resource, "code")));
  add_reactions (self);
  add_onset (self, DISC_FIELD_ONSET, "onset");
  imp_fhir_add (self, DISC_FIELD_CLINICAL_STATUS, self->state.word);
  add_verification (self);
  imp_fhir_comment (self, "重篤度（危険度）", imp_json_string (self->resource, "criticality"));
  imp_fhir_comment (self, "種類", imp_json_string (self->resource, "type"));
  imp_fhir_comment (self, "最終発現", imp_json_string (self->resource, "lastOccurrence"));
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (self->resource, "asserter"), NULL);
  add_participants (self);
  imp_fhir_add_notes (self, self->resource);
}

/* ---- Condition ------------------------------------------------------------------------------ */

/* Prefixes and suffixes of a Japanese disease name: "右", "の疑い". */
static void
append_modifiers (GString *out, const cJSON *code, const char *url)
{
  for (const cJSON *one = imp_json_first (imp_json_get (code, "extension")); one != NULL;
       one = imp_json_next (one))
    {
      const char *own = imp_json_string (one, "url");
      g_autofree char *words = NULL;

      if (own == NULL || !g_str_has_suffix (own, url))
        continue;
      words = imp_fhir_concept_text (imp_fhir_choice (one, "value", NULL, NULL));
      if (words != NULL)
        g_string_append (out, words);
    }
}

/* (transfer full): the text as it stands, else prefix, name and postfix. */
static char *
disease_name (const cJSON *code, const char **postfix_sign)
{
  const char *text = imp_json_string (code, "text");
  g_autofree char *core = imp_fhir_concept_text (code);
  g_autoptr (GString) postfix = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  append_modifiers (postfix, code, "JP_Condition_DiseasePostfixModifier");
  *postfix_sign = g_str_has_suffix (postfix->str, "疑い") ? "疑い" : NULL;
  if (text != NULL)
    g_string_append (out, text);
  else
    {
      append_modifiers (out, code, "JP_Condition_DiseasePrefixModifier");
      g_string_append (out, core != NULL ? core : "");
      g_string_append (out, postfix->str);
    }
  if (g_str_has_suffix (out->str, "疑い"))
    *postfix_sign = "疑い";
  return g_string_free (out, out->len == 0);
}

/* Suspected diseases differ from real ones in this alone (spec fhir.md 0.1 fact 12). */
static void
add_suspicion (ImpFhirMapper *self, const char *postfix_sign)
{
  const cJSON *verified = imp_json_get (self->resource, "verificationStatus");
  static const char *const words[] = { "unconfirmed", "provisional", "differential" };
  const char *bare = imp_json_text (verified);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (imp_fhir_concept_has (verified, NULL, words[i]) || g_strcmp0 (bare, words[i]) == 0)
      {
        imp_fhir_add (self, DISC_FIELD_SUSPECTED, words[i]);
        return;
      }
  imp_fhir_add (self, DISC_FIELD_SUSPECTED, postfix_sign);
}

/* What Japan's extension says; else the word of its clinical status (spec fhir.md 4.2). */
static void
add_outcome (ImpFhirMapper *self)
{
  const cJSON *extension = imp_fhir_extension (self->resource, "JP_Condition_DiseaseOutcome");
  const cJSON *value = imp_fhir_choice (extension, "value", NULL, NULL);
  const cJSON *status = imp_json_first (imp_json_get (self->resource, "clinicalStatus"));

  if (value == NULL)
    imp_fhir_add (self, DISC_FIELD_OUTCOME,
                  cJSON_IsObject (status) ? imp_json_string (imp_fhir_code (status), "code")
                                          : imp_json_text (status));
  imp_fhir_take (self, DISC_FIELD_OUTCOME, imp_fhir_words (value));
  imp_fhir_add_path (self, DISC_FIELD_OUTCOME_CODE, imp_fhir_code (value), "code");
}

static void
add_main (ImpFhirMapper *self)
{
  const cJSON *extension = imp_fhir_extension (self->resource, "JP_eCS_DiagnosisType");
  const cJSON *value = imp_fhir_choice (extension, "value", NULL, NULL);

  if (imp_fhir_concept_has (value, NULL, "principal"))
    imp_fhir_take (self, DISC_FIELD_MAIN, imp_fhir_words (value));
  else if (value != NULL)
    {
      g_autofree char *words = imp_fhir_words (value);

      imp_fhir_comment (self, "病名区分", words);
    }
}

static void
add_disease (ImpFhirMapper *self)
{
  const cJSON *code = imp_json_get (self->resource, "code");
  const char *sign = NULL;
  g_autofree char *name = disease_name (code, &sign);
  g_autofree char *core = imp_fhir_concept_text (code);

  imp_fhir_add (self, DISC_FIELD_NAME, name != NULL ? name : "病名の記載なし（原文を確認）");
  imp_fhir_add_codings (self, code, core);
  add_suspicion (self, sign);
}

static void
add_findings (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "stage")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (imp_json_get (one, "summary"));

      imp_fhir_comment (self, "病期", words);
    }
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "evidence")); one != NULL;
       one = imp_json_next (one))
    for (const cJSON *code = imp_json_first (imp_json_get (one, "code")); code != NULL;
         code = imp_json_next (code))
      {
        g_autofree char *words = imp_fhir_words (code);

        imp_fhir_comment (self, "根拠", words);
      }
}

void
imp_fhir_map_condition (ImpFhirMapper *self)
{
  const char *start = imp_fhir_start (self->resource, "onset");
  const char *recorded = imp_json_string (self->resource, "recordedDate");

  self->age = IMP_FHIR_AGE_KEPT;
  if (recorded == NULL)
    recorded = imp_json_string (self->resource, "assertedDate"); /* STU3 */
  imp_fhir_set_at (self, start != NULL ? start : recorded);
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->author =
      imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (self->resource, "recorder")));
  self->reported_at = recorded;
  imp_fhir_begin (self, DISC_KIND_PROBLEM);
  imp_fhir_item (self);
  add_disease (self);
  add_main (self);
  add_onset (self, DISC_FIELD_START, "onset");
  add_onset (self, DISC_FIELD_END, "abatement");
  add_outcome (self);
  imp_fhir_add (self, DISC_FIELD_CLINICAL_STATUS, self->state.word);
  add_verification (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
  imp_fhir_add_words (self, DISC_FIELD_SEVERITY, imp_json_get (self->resource, "severity"));
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (self->resource, "bodySite"));
  imp_fhir_add (self, DISC_FIELD_INSTANCE_ID, imp_fhir_identifier (self->resource, NULL));
  add_findings (self);
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (self->resource, "asserter"), NULL);
  add_participants (self);
  imp_fhir_add_notes (self, self->resource);
}

/* ---- FamilyMemberHistory -------------------------------------------------------------------- */

static void
add_relatives_disease (ImpFhirMapper *self, const cJSON *condition, const char *relation)
{
  const char *type;
  const cJSON *onset = imp_fhir_choice (condition, "onset", &type, NULL);
  g_autofree char *name = imp_fhir_words (imp_json_get (condition, "code"));
  g_autofree char *when = imp_fhir_value_text (onset, type);
  g_autofree char *outcome = imp_fhir_words (imp_json_get (condition, "outcome"));

  imp_fhir_item (self);
  /* Never to be read as the patient's own. */
  imp_fhir_take (self, DISC_FIELD_NAME, g_strdup_printf ("家族歴（%s）", relation));
  imp_fhir_add (self, DISC_FIELD_VALUE, name);
  imp_fhir_comment (self, "発症", when);
  imp_fhir_comment (self, "転帰", outcome);
  if (g_strcmp0 (imp_json_string (condition, "contributedToDeath"), "true") == 0)
    imp_fhir_comment (self, NULL, "死因に関与");
  imp_fhir_add_notes (self, condition);
}

void
imp_fhir_map_family_history (ImpFhirMapper *self)
{
  g_autofree char *relation = imp_fhir_words (imp_json_get (self->resource, "relationship"));
  const cJSON *conditions = imp_json_get (self->resource, "condition");
  const char *type;
  const cJSON *born = imp_fhir_choice (self->resource, "born", &type, NULL);
  g_autofree char *birth = imp_fhir_value_text (born, type);
  const cJSON *deceased = imp_fhir_choice (self->resource, "deceased", &type, NULL);
  g_autofree char *death = imp_fhir_value_text (deceased, type);
  const char *who = relation != NULL ? relation : "続柄の記載なし";

  self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_set_at (self, imp_json_string (self->resource, "date"));
  self->title = imp_fhir_keep (self, g_strdup_printf ("家族歴：%s", who));
  imp_fhir_begin (self, DISC_KIND_OBSERVATION);
  imp_fhir_item (self);
  imp_fhir_take (self, DISC_FIELD_NAME, g_strdup_printf ("家族歴（%s）", who));
  imp_fhir_comment (self, "氏名", imp_json_string (self->resource, "name"));
  imp_fhir_comment_words (self, "性別", imp_json_get (self->resource, "sex"));
  imp_fhir_comment (self, "出生", birth);
  imp_fhir_comment (self, "死亡", death);
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (self->resource, "reasonCode"));
  imp_fhir_add_status (self);
  imp_fhir_add_notes (self, self->resource);
  for (const cJSON *one = imp_json_first (conditions); one != NULL; one = imp_json_next (one))
    add_relatives_disease (self, one, who);
}
