/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-dosage.h"
#include "imp-fhir-medication.h"

/* Procedure: spec fhir.md 3.7, 5.2. */

static gboolean
holds_any (const char *text, const char *const *words)
{
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- how long it matters ------------------------------------------------------------------------
 */

/* What stays in the body, or changed it for good: never routine, whatever else the name says. */
static gboolean
leaves_a_trace (const char *name)
{
  static const char *const words[] = { "手術",           "移植",       "人工",         "輸血",
                                       "透析",           "放射線治療", "挿管",         "気管切開",
                                       "ステント",       "造影",       "ペースメーカ", "クリップ",
                                       "カテーテル留置", "ポート",     "切除",         "摘出",
                                       "置換",           NULL };

  return holds_any (name, words);
}

/* Nursing, talking, taking blood, screening: done every day, and looked up by date alone. */
static gboolean
is_routine (const char *name)
{
  static const char *const words[] = { "採血", "検温", "血圧測定", "バイタル", "清拭", "体位変換",
                                       "口腔ケア", "入浴介助", "食事介助", "オムツ交換",
                                       "おむつ交換", "問診", "指導", "相談", "カウンセリング",
                                       "スクリーニング", "教育", "体重測定", "身長測定",
                                       /* what generators and other countries write */
                                       "Medication reconciliation", "Medication Reconciliation",
                                       "creening", "ounseling", "ssessment", "Venipuncture",
                                       "venipuncture", "ducation", "Measurement of", "Referral",
                                       "Notifications", "Patient discharge", NULL };

  return holds_any (name, words);
}

static gboolean
is_routine_category (const cJSON *node)
{
  static const char *const words[] = { "看護", "教育", "相談", "Counselling", "Education", NULL };
  g_autofree char *category = imp_fhir_words (imp_json_first (imp_json_get (node, "category")));

  return holds_any (category, words);
}

/* Completed or stopped, and not plainly routine; an implant always (spec fhir.md 5.2). */
static void
decide_age (ImpFhirMapper *self, const char *name)
{
  const cJSON *node = self->resource;
  gboolean matters =
      leaves_a_trace (name) || imp_json_first (imp_json_get (node, "focalDevice")) != NULL;

  if (!self->state.is_live || self->state.status == DISC_STATUS_PLANNED)
    return;
  if (matters || !(is_routine (name) || is_routine_category (node)))
    self->age = IMP_FHIR_AGE_KEPT;
}

/* ---- record -------------------------------------------------------------------------------------
 */

static const char *
performed (const cJSON *node, gboolean is_end)
{
  static const char *const names[] = { "performed", "occurrence", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = is_end ? imp_fhir_end (node, names[i]) : imp_fhir_start (node, names[i]);

      if (text != NULL)
        return text;
    }
  return NULL;
}

/* An age, a range, a text: no time to sort by, but said. */
static void
add_performed (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *type, *start = performed (node, FALSE), *end = performed (node, TRUE);
  const cJSON *value = imp_fhir_choice (node, "performed", &type, NULL);
  guint n = 0;

  if (value == NULL)
    value = imp_fhir_choice (node, "occurrence", &type, NULL);
  imp_fhir_add (self, DISC_FIELD_START, start);
  if (g_strcmp0 (start, end) != 0)
    imp_fhir_add (self, DISC_FIELD_END, end);
  if (value != NULL && start == NULL && end == NULL)
    {
      g_autofree char *text = imp_fhir_value_text (value, type);

      imp_fhir_comment (self, "実施時期", text);
    }
  imp_fhir_choice (node, "performed", NULL, &n);
  if (n > 1)
    imp_fhir_tell_choice (self, "performed");
}

static void
add_devices (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  for (const cJSON *one = imp_json_first (imp_json_get (node, "focalDevice")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *what = imp_fhir_reference_words (self, imp_json_get (one, "manipulated"));
      g_autofree char *action = imp_fhir_words (imp_json_get (one, "action"));

      if (what != NULL && action != NULL)
        imp_fhir_take (self, DISC_FIELD_DEVICE, g_strdup_printf ("%s（%s）", what, action));
      else
        imp_fhir_add (self, DISC_FIELD_DEVICE, what != NULL ? what : action);
    }
  for (const cJSON *one = imp_json_first (imp_json_get (node, "usedReference")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_DEVICE, imp_fhir_reference_words (self, one));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "used")); one != NULL;
       one = imp_json_next (one)) /* R5 */
    imp_fhir_take (self, DISC_FIELD_DEVICE,
                   imp_fhir_concept_of (one) != NULL ? imp_fhir_words (imp_fhir_concept_of (one))
                                                     : imp_fhir_reference_words (self, one));
  imp_fhir_add_words (self, DISC_FIELD_MATERIAL, imp_json_get (node, "usedCode"));
}

/* "completed" is a word of its own in DSTU2 too; "notPerformed" beside it turns it round. */
static ImpFhirState
performed_state (const ImpFhirMapper *self)
{
  const char *not_done = imp_json_string (self->resource, "notPerformed"); /* DSTU2 */

  if (not_done == NULL)
    not_done = imp_json_string (self->resource, "notDone"); /* STU3 */
  if (g_strcmp0 (not_done, "true") != 0)
    return self->state;
  return imp_fhir_state_of_word (self->type, "not-done");
}

static void
add_procedure (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_fhir_concept_of (imp_json_get (node, "code")));
  imp_fhir_add_status (self);
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (node, "reasonNotPerformed"));
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (node, "bodySite"));
  add_performed (self);
  imp_fhir_add_words (self, DISC_FIELD_OUTCOME, imp_json_get (node, "outcome"));
  imp_fhir_comment_words (self, "合併症", imp_json_get (node, "complication"));
  imp_fhir_comment_references (self, "合併症", imp_json_get (node, "complicationDetail"));
  imp_fhir_comment_words (self, "術後", imp_json_get (node, "followUp"));
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "performer"), NULL);
  add_devices (self);
  imp_fhir_comment_references (self, "報告", imp_json_get (node, "report"));
  imp_fhir_comment_references (self, "元の指示", imp_json_get (node, "basedOn"));
  imp_fhir_comment_references (self, "一連の処置", imp_json_get (node, "partOf"));
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_notes (self, node);
}

void
imp_fhir_map_procedure (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *concept = imp_fhir_concept_of (imp_json_get (node, "code"));
  g_autofree char *words = imp_fhir_words (concept);
  const char *start = performed (node, FALSE);
  const cJSON *place = imp_json_get (node, "location");

  self->title = imp_fhir_keep (self, imp_fhir_concept_text (concept));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->entered_by = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "recorder")));
  self->author =
      imp_fhir_keep (self, imp_fhir_actor (self, imp_fhir_path (node, "performer.actor")));
  self->order_no = imp_fhir_identifier (node, NULL);
  imp_fhir_set_at (self, start != NULL ? start : performed (node, TRUE));
  imp_fhir_set_reach (self, performed (node, TRUE));
  decide_age (self, words);
  imp_fhir_begin_as (self, DISC_KIND_PROCEDURE, performed_state (self));
  if (place != NULL)
    imp_fhir_take (self, DISC_FIELD_PLACE, imp_fhir_actor (self, place));
  imp_fhir_item (self);
  add_procedure (self);
}
