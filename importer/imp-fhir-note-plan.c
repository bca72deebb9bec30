/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-note.h"

#include <string.h>

/* CarePlan, Goal, CareTeam, EpisodeOfCare in words (spec fhir.md 3.7). */

/* ---- CarePlan -----------------------------------------------------------------------------------
 */

/* What does not hold any more is not to be read as if it did. */
static const char *
mark_of (ImpFhirState state)
{
  if (state.is_live)
    return NULL;
  switch (state.status)
    {
    case DISC_STATUS_ENTERED_IN_ERROR:
      return "登録誤り";
    case DISC_STATUS_STOPPED:
      return "中止";
    default:
      return "取消";
    }
}

static char *
scheduled_text (const cJSON *detail)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (detail, "scheduled", &type, NULL);

  return value != NULL ? imp_fhir_value_text (value, type) : NULL;
}

static char *
activity_words (ImpFhirMapper *self, const cJSON *activity)
{
  const cJSON *detail = imp_json_get (activity, "detail");
  const cJSON *reference = imp_json_get (activity, "reference");
  g_autofree char *code = imp_fhir_words (imp_json_get (detail, "code"));
  g_autofree char *when = scheduled_text (detail);
  const char *description = imp_json_string (detail, "description");
  GString *out = g_string_new (code);

  if (reference == NULL)
    reference = imp_json_get (activity, "plannedActivityReference"); /* R5 */
  if (description != NULL && !imp_fhir_same_words (description, code))
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", description);
  if (when != NULL)
    g_string_append_printf (out, "（%s）", when);
  if (out->len == 0 && reference != NULL)
    {
      g_autofree char *label = imp_fhir_reference_label (self, reference, NULL);

      g_string_append (out, label != NULL ? label : "（参照先なし）");
    }
  return g_string_free (out, out->len == 0);
}

static void
add_activity (ImpFhirMapper *self, const cJSON *activity, GString *out)
{
  const cJSON *detail = imp_json_get (activity, "detail");
  const char *word = imp_json_string (detail, "status");
  gboolean forbids = g_strcmp0 (imp_json_string (detail, "doNotPerform"), "true") == 0;
  const char *mark =
      word != NULL ? mark_of (imp_fhir_state_of_word ("CarePlan.activity", word)) : NULL;
  g_autofree char *words = activity_words (self, activity);
  g_autoptr (GString) line = g_string_new ("・");

  if (words == NULL)
    return;
  if (mark != NULL)
    g_string_append_printf (line, "【%s：%s】", mark, words);
  else
    g_string_append (line, words);
  if (word != NULL)
    g_string_append_printf (line, "［%s］", word);
  if (forbids)
    g_string_append (line, "［行わない指示］");
  imp_fhir_line (out, NULL, line->str);
  for (const cJSON *one = imp_json_first (imp_json_get (activity, "progress")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_line_take (out, "経過", imp_fhir_note_text (self, one));
}

void
imp_fhir_words_of_plan (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;

  imp_fhir_line (out, "作成日", imp_json_string (node, "created"));
  imp_fhir_line (out, NULL, imp_json_string (node, "description"));
  imp_fhir_line_take (out, "期間", imp_fhir_period_text (imp_json_get (node, "period")));
  imp_fhir_line_references (self, out, "対象とする問題", imp_json_get (node, "addresses"));
  imp_fhir_line_references (self, out, "目標", imp_json_get (node, "goal"));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "activity"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    add_activity (self, one, out);
}

/* ---- Goal ---------------------------------------------------------------------------------------
 */

/* A wish, not a result (spec fhir.md 3.7). */
static void
add_target (GString *out, const cJSON *target)
{
  const char *type, *due_type;
  const cJSON *detail = imp_fhir_choice (target, "detail", &type, NULL);
  const cJSON *due = imp_fhir_choice (target, "due", &due_type, NULL);
  g_autofree char *measure = imp_fhir_words (imp_json_get (target, "measure"));
  g_autofree char *value = imp_fhir_value_text (detail, type);
  g_autofree char *until = imp_fhir_value_text (due, due_type);
  g_autofree char *words = g_strdup_printf (
      "%s%s%s%s%s", measure != NULL ? measure : "", measure != NULL && value != NULL ? " " : "",
      value != NULL ? value : "", until != NULL ? " 期限 " : "", until != NULL ? until : "");

  imp_fhir_line (out, "目標値（結果ではない）", words);
}

void
imp_fhir_words_of_goal (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;

  imp_fhir_line_concepts (out, "目標", imp_json_get (node, "description"));
  imp_fhir_line_concepts (out, "達成状況", imp_json_get (node, "achievementStatus"));
  imp_fhir_line_concepts (out, "優先度", imp_json_get (node, "priority"));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "target"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    add_target (out, one);
  imp_fhir_line_references (self, out, "対象とする問題", imp_json_get (node, "addresses"));
  imp_fhir_line_concepts (out, "結果", imp_json_get (node, "outcomeCode"));
  imp_fhir_line (out, "状態の理由", imp_json_string (node, "statusReason"));
}

/* ---- people and stays ---------------------------------------------------------------------------
 */

void
imp_fhir_words_of_team (ImpFhirMapper *self, GString *out)
{
  const cJSON *list = imp_json_get (self->resource, "participant");

  for (const cJSON *one = imp_json_first (list); one != NULL && !imp_fhir_is_full (out);
       one = imp_json_next (one))
    {
      g_autofree char *role = imp_fhir_words (imp_json_first (imp_json_get (one, "role")));
      g_autofree char *name = imp_fhir_actor (self, imp_json_get (one, "member"));
      g_autofree char *period = imp_fhir_period_text (imp_json_get (one, "period"));
      g_autofree char *words = name != NULL
                                   ? g_strdup_printf ("%s%s%s", name, period != NULL ? " " : "",
                                                      period != NULL ? period : "")
                                   : NULL;

      imp_fhir_line (out, role != NULL ? role : "担当", words);
    }
  imp_fhir_line_concepts (out, "理由", imp_json_get (self->resource, "reasonCode"));
}

void
imp_fhir_words_of_episode (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;

  imp_fhir_line_concepts (out, "種別", imp_json_get (node, "type"));
  imp_fhir_line_take (out, "期間", imp_fhir_period_text (imp_json_get (node, "period")));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "diagnosis"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    {
      g_autofree char *role = imp_fhir_words (imp_json_get (one, "role"));
      g_autofree char *label = role != NULL ? g_strdup_printf ("病名（%s）", role) : NULL;

      imp_fhir_line_references (self, out, label != NULL ? label : "病名",
                                imp_json_get (one, "condition"));
    }
  imp_fhir_line_take (out, "担当", imp_fhir_actor (self, imp_json_get (node, "careManager")));
}
