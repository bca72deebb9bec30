/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-file.h"
#include "imp-fhir-note.h"

#include <string.h>

/* QuestionnaireResponse, List, ClinicalImpression, Communication in words (spec fhir.md 3.7). */

/* ---- QuestionnaireResponse ----------------------------------------------------------------------
 */

static void add_questions (ImpFhirMapper *self, const cJSON *items, GString *out, guint level);

static void
add_answer (ImpFhirMapper *self, const cJSON *answer, GString *out, guint level)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (answer, "value", &type, NULL);
  g_autofree char *words = imp_fhir_value_text (value, type);

  if (words == NULL)
    words = g_strdup (imp_fhir_absent_words (answer, NULL));
  if (words != NULL)
    g_string_append_printf (out, " %s", words);
  add_questions (self, imp_json_get (answer, "item"), out, level + 1);
}

static void
add_question (ImpFhirMapper *self, const cJSON *item, GString *out, guint level)
{
  const cJSON *answers = imp_json_get (item, "answer");
  const char *text = imp_json_string (item, "text");
  gboolean is_group = imp_json_first (imp_json_get (item, "item")) != NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < level; i++)
    g_string_append (line, "　");
  if (text == NULL)
    text = imp_json_string (item, "linkId");
  g_string_append_printf (line, "%s：", text != NULL ? text : "");
  imp_fhir_line (out, NULL, line->str);
  for (const cJSON *one = imp_json_first (answers); one != NULL && !imp_fhir_is_full (out);
       one = imp_json_next (one))
    add_answer (self, one, out, level);
  if (imp_json_first (answers) == NULL && !is_group)
    g_string_append (out, " 回答なし");
  add_questions (self, imp_json_get (item, "item"), out, level + 1);
}

static void
add_questions (ImpFhirMapper *self, const cJSON *items, GString *out, guint level)
{
  const cJSON *first = imp_json_first (items);

  if (first != NULL && level > IMP_FHIR_MAX_NESTING_OF_TEXT)
    {
      imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                              "QuestionnaireResponse.item: nested too deep");
      imp_fhir_line (out, NULL, "［これより深い質問は原データにあります］");
      return;
    }
  for (const cJSON *one = first; one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    add_question (self, one, out, level);
}

void
imp_fhir_words_of_questionnaire (ImpFhirMapper *self, GString *out)
{
  const cJSON *source = imp_json_get (self->resource, "source");

  imp_fhir_line_take (out, "回答者", imp_fhir_actor (self, source));
  add_questions (self, imp_json_get (self->resource, "item"), out, 0);
}

/* ---- List ---------------------------------------------------------------------------------------
 */

static void
add_entry (ImpFhirMapper *self, const cJSON *entry, GString *out)
{
  g_autofree char *label = imp_fhir_reference_label (self, imp_json_get (entry, "item"), NULL);
  g_autofree char *flag = imp_fhir_words (imp_json_get (entry, "flag"));
  const char *date = imp_json_string (entry, "date");
  gboolean is_deleted = g_strcmp0 (imp_json_string (entry, "deleted"), "true") == 0;
  g_autofree char *line = g_strdup_printf (
      "・%s%s%s%s%s%s%s%s", is_deleted ? "【削除：" : "", label != NULL ? label : "（参照先なし）",
      is_deleted ? "】" : "", flag != NULL ? "［" : "", flag != NULL ? flag : "",
      flag != NULL ? "］" : "", date != NULL ? " " : "", date != NULL ? date : "");

  imp_fhir_line (out, NULL, line);
}

void
imp_fhir_words_of_list (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;
  const char *mode = imp_json_string (node, "mode");
  const cJSON *reason = imp_json_get (node, "emptyReason");

  if (g_strcmp0 (mode, "changes") == 0)
    imp_fhir_line (out, "一覧の種類", "変更分のみ（changes）");
  else
    imp_fhir_line (out, "一覧の種類", mode);
  for (const cJSON *one = imp_json_first (imp_json_get (node, "entry"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    add_entry (self, one, out);
  if (reason != NULL)
    imp_fhir_line_take (out, "項目なし", imp_fhir_empty_words (reason));
}

/* ---- ClinicalImpression -------------------------------------------------------------------------
 */

static void
add_investigations (ImpFhirMapper *self, GString *out)
{
  const cJSON *list = imp_json_get (self->resource, "investigation");

  for (const cJSON *one = imp_json_first (list); one != NULL && !imp_fhir_is_full (out);
       one = imp_json_next (one))
    {
      imp_fhir_line_concepts (out, "検査・診察", imp_json_get (one, "code"));
      imp_fhir_line_references (self, out, "内容", imp_json_get (one, "item"));
    }
}

/* Findings are no problems of the patient (spec fhir.md 3.7). */
static void
add_findings (ImpFhirMapper *self, GString *out)
{
  static const char *const label = "所見（病名ではない）";
  const cJSON *list = imp_json_get (self->resource, "finding");

  for (const cJSON *one = imp_json_first (list); one != NULL && !imp_fhir_is_full (out);
       one = imp_json_next (one))
    {
      imp_fhir_line_concepts (out, label, imp_json_get (one, "itemCodeableConcept"));
      imp_fhir_line_references (self, out, label, imp_json_get (one, "itemReference"));
      imp_fhir_line_references (self, out, label, imp_json_get (one, "item")); /* R5 */
      imp_fhir_line (out, "根拠", imp_json_string (one, "basis"));
    }
}

void
imp_fhir_words_of_impression (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;

  imp_fhir_line (out, NULL, imp_json_string (node, "description"));
  imp_fhir_line_references (self, out, "問題", imp_json_get (node, "problem"));
  add_investigations (self, out);
  add_findings (self, out);
  imp_fhir_line (out, "記載日", imp_json_string (node, "date"));
  imp_fhir_line (out, "まとめ", imp_json_string (node, "summary"));
  imp_fhir_line_concepts (out, "予後", imp_json_get (node, "prognosisCodeableConcept"));
  for (const cJSON *one = imp_json_first (imp_json_get (node, "protocol")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_line (out, "プロトコル", imp_json_text (one));
}

/* ---- Communication ------------------------------------------------------------------------------
 */

void
imp_fhir_words_of_communication (ImpFhirMapper *self, GString *out)
{
  const cJSON *node = self->resource;
  g_auto (ImpFhirFiles) files = { 0 };

  imp_fhir_line_concepts (out, "件名", imp_json_get (node, "topic"));
  imp_fhir_line_concepts (out, "理由", imp_json_get (node, "reasonCode"));
  imp_fhir_files_init (&files);
  for (const cJSON *one = imp_json_first (imp_json_get (node, "payload"));
       one != NULL && !imp_fhir_is_full (out); one = imp_json_next (one))
    {
      imp_fhir_line (out, NULL, imp_json_string (one, "contentString"));
      imp_fhir_line_concepts (out, NULL, imp_json_get (one, "contentCodeableConcept"));
      imp_fhir_line_references (self, out, "添付", imp_json_get (one, "contentReference"));
      imp_fhir_read_files (self, imp_json_get (one, "contentAttachment"), NULL, &files);
    }
  imp_fhir_line (out, NULL, files.text->str);
  for (guint i = 0; i < files.remarks->len; i++)
    imp_fhir_line (out, NULL, g_ptr_array_index (files.remarks, i));
}
