/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-file.h"
#include "imp-fhir-result.h"

#include <string.h>

/* DiagnosticReport, ImagingStudy, Media (spec fhir.md 3.7). Results are records of their own. */

#define LOINC_OPERATION_NOTE "34874-8"
#define MAX_SERIES 200 /* of one study, each a line */

/* ---- words --------------------------------------------------------------------------------------
 */

static void
append (GString *out, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n\n" : "", words);
}

/* Blanks and line ends do not count: narrative is often made from the conclusion. */
static gboolean
holds (const char *text, const char *part)
{
  g_autofree char *a = imp_fhir_fold (text);
  g_autofree char *b = imp_fhir_fold (part);

  return strstr (a, b) != NULL;
}

/* Conclusion, then what is attached, then narrative that says more than both. */
static void
set_text (ImpFhirMapper *self, const ImpFhirFiles *files)
{
  const char *conclusion = imp_json_string (self->resource, "conclusion");
  g_autofree char *words = imp_fhir_take_breaks (g_strdup (conclusion));
  g_autofree char *narrative =
      imp_fhir_tell_narrative (self, imp_json_get (self->resource, "text"));
  GString *text = g_string_new (NULL);

  if (words != NULL && !holds (files->text->str, words))
    append (text, words);
  append (text, files->text->str);
  if (narrative != NULL && text->len > 0 && holds (narrative, text->str))
    g_string_assign (text, narrative);
  else if (narrative != NULL && !holds (text->str, narrative))
    append (text, narrative);
  self->text = imp_fhir_keep (self, g_string_free (text, FALSE));
}

/* ---- how long -----------------------------------------------------------------------------------
 */

static gboolean
has_kept_code (const cJSON *report)
{
  static const char *const codes[] = { "11526-1", "47526-9", LOINC_OPERATION_NOTE, "42348-3",
                                       NULL };

  for (guint i = 0; codes[i] != NULL; i++)
    if (imp_fhir_concept_has (imp_json_get (report, "code"), NULL, codes[i]) ||
        imp_fhir_has_category (report, NULL, codes[i]))
      return TRUE;
  return imp_fhir_has_category (report, NULL, "LP7839-6") ||
         imp_fhir_has_category (report, "v2-0074", "SP") ||
         imp_fhir_has_category (report, "v2-0074", "CP");
}

/* Spec fhir.md 5.2: all of pathology and of operations. */
static gboolean
is_kept (const cJSON *report, const char *title)
{
  return has_kept_code (report) ||
         (title != NULL && (strstr (title, "病理") != NULL || strstr (title, "細胞診") != NULL ||
                            strstr (title, "手術記録") != NULL));
}

/* ---- DiagnosticReport ---------------------------------------------------------------------------
 */

static void
set_report_head (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *issued = imp_json_string (node, "issued");
  const char *at = imp_fhir_start (node, "effective");

  if (at == NULL)
    at = issued;
  if (at == NULL)
    at = imp_json_string (self->document, "date");
  imp_fhir_set_at (self, at);
  imp_fhir_set_reach (self, imp_fhir_string (node, "effectivePeriod.end"));
  self->reported_at = issued;
  self->title = imp_fhir_keep (self, imp_fhir_words (imp_json_get (node, "code")));
  if (self->title == NULL)
    self->title =
        imp_fhir_keep (self, imp_fhir_words (imp_json_first (imp_json_get (node, "category"))));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->author =
      imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "resultsInterpreter")));
  if (self->author == NULL)
    self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "performer")));
  self->order_no = imp_fhir_based_on (self, node);
  if (is_kept (node, self->title))
    self->age = IMP_FHIR_AGE_KEPT;
}

/* A code of a conclusion is no diagnosis of the patient (spec fhir.md 9). */
static void
add_conclusion_codes (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "conclusionCode");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      imp_fhir_comment (self, "所見コード（病名ではない）", words);
    }
}

/* All but the one who stands as its author. */
static void
add_actor_comments (ImpFhirMapper *self, const char *label, const char *element)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, element)); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_actor (self, one);

      if (g_strcmp0 (name, self->author) != 0)
        imp_fhir_comment (self, label, name);
    }
}

static void
add_study_identifiers (ImpFhirMapper *self, const cJSON *study)
{
  for (const cJSON *one = imp_json_first (imp_json_get (study, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      const char *value =
          cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one);
      const char *system = imp_json_string (one, "system");

      if (value == NULL)
        continue;
      if (g_strcmp0 (system, "urn:dicom:uid") == 0 || g_str_has_prefix (value, "urn:oid:"))
        imp_fhir_add (self, DISC_FIELD_STUDY_UID,
                      g_str_has_prefix (value, "urn:oid:") ? value + strlen ("urn:oid:") : value);
      else
        imp_fhir_add (self, DISC_FIELD_ACCESSION, value);
    }
}

static void
add_modalities (ImpFhirMapper *self, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const char *code = imp_json_string (imp_fhir_code (one), "code");
      g_autofree char *words = code == NULL ? imp_fhir_words (one) : NULL;

      imp_fhir_add (self, DISC_FIELD_MODALITY, code != NULL ? code : words);
    }
}

static void
add_studies (ImpFhirMapper *self, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *study = imp_fhir_find (self, one, NULL);
      const char *words = imp_json_string (study, "description");

      if (words == NULL)
        words = imp_json_string (one, "display");
      imp_fhir_comment (self, "撮影", words != NULL ? words : imp_json_string (one, "reference"));
      add_study_identifiers (self, study);
      add_modalities (self, imp_json_get (study, "modality"));
    }
}

/* Pictures that a report shows: what they are called. */
static void
add_media (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "media");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *link = imp_json_get (one, "link");
      const cJSON *media = imp_fhir_find (self, link, NULL);
      const char *title = imp_fhir_string (media, "content.title");

      if (title == NULL)
        title = imp_json_string (imp_json_first (link), "display");
      imp_fhir_comment (self, "画像", title != NULL ? title : "本データに含まれません");
      imp_fhir_comment (self, "画像の説明", imp_json_string (one, "comment"));
    }
}

static void
add_identifiers (ImpFhirMapper *self, DiscField field)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "identifier")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_add (self, field,
                  cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one));
}

/* What a preliminary and a final report have in common (imp-resolve-reports.c). */
static void
add_sets (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      const char *system = imp_json_string (one, "system");
      const char *value = imp_json_string (one, "value");

      if (system != NULL && value != NULL)
        imp_fhir_take (self, DISC_FIELD_SET_ID, g_strdup_printf ("%s^%s", system, value));
    }
}

static void
add_report_item (ImpFhirMapper *self, const ImpFhirFiles *files, const char *missing)
{
  const cJSON *node = self->resource;

  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (node, "code"));
  imp_fhir_add_status (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_comment (self, NULL, missing);
  add_sets (self);
  add_conclusion_codes (self);
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "performer"), NULL);
  add_actor_comments (self, "判定者", "resultsInterpreter");
  imp_fhir_add_specimen (self, imp_json_get (node, "specimen"), NULL);
  add_studies (self, imp_json_get (node, "imagingStudy"));
  add_studies (self, imp_json_get (node, "study")); /* R5 */
  add_media (self);
  imp_fhir_add_files (self, files);
  imp_fhir_add_notes (self, node);
}

void
imp_fhir_map_diagnostic_report (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_auto (ImpFhirFiles) files = { 0 };
  g_autofree char *missing = NULL;

  imp_fhir_files_init (&files);
  set_report_head (self);
  imp_fhir_read_files (self, imp_json_get (node, "presentedForm"), NULL, &files);
  set_text (self, &files);
  imp_fhir_warn_specimen (self, imp_json_get (node, "specimen"));
  missing = imp_fhir_count_parts (self, imp_json_get (node, "result"), "DiagnosticReport.result");
  imp_fhir_begin (self, DISC_KIND_REPORT);
  add_identifiers (self, DISC_FIELD_FILLER_NO);
  add_report_item (self, &files, missing);
  imp_fhir_map_parts (self);
}

/* ---- ImagingStudy -------------------------------------------------------------------------------
 */

static char *
series_text (const cJSON *series)
{
  static const char *const concepts[] = { "modality", "bodySite", "laterality", NULL };
  const char *description = imp_json_string (series, "description");
  const char *n = imp_json_string (series, "numberOfInstances");
  GString *out = g_string_new (NULL);

  for (guint i = 0; concepts[i] != NULL; i++)
    {
      g_autofree char *words = imp_fhir_words (imp_json_get (series, concepts[i]));

      if (words != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words);
    }
  if (description != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", description);
  if (n != NULL)
    g_string_append_printf (out, "（%s 画像）", n);
  return g_string_free (out, out->len == 0);
}

static void
add_series (ImpFhirMapper *self)
{
  const cJSON *list = imp_json_get (self->resource, "series");
  guint n = 0;

  for (const cJSON *one = imp_json_first (list); one != NULL && n < MAX_SERIES;
       one = imp_json_next (one), n++)
    {
      g_autofree char *text = series_text (one);

      imp_fhir_comment (self, "シリーズ", text);
      imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (one, "bodySite"));
    }
}

static void
add_modalities_of_study (ImpFhirMapper *self)
{
  const cJSON *own = imp_json_get (self->resource, "modality");
  const cJSON *series = imp_json_first (imp_json_get (self->resource, "series"));
  guint n = 0;

  add_modalities (self, own);
  for (; imp_json_first (own) == NULL && series != NULL && n < MAX_SERIES;
       series = imp_json_next (series), n++)
    add_modalities (self, imp_json_get (series, "modality"));
}

static void
add_reasons (ImpFhirMapper *self)
{
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (self->resource, "reasonCode"));
  imp_fhir_add_words (self, DISC_FIELD_REASON, imp_json_get (self->resource, "reason")); /* R5 */
}

static void
add_study_item (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  imp_fhir_item (self);
  imp_fhir_add (self, DISC_FIELD_NAME, self->title);
  imp_fhir_add_concept (self, DISC_FIELD_OTHER_NAME, imp_json_get (node, "procedureCode"));
  imp_fhir_add (self, DISC_FIELD_KIND, "撮影");
  imp_fhir_add_status (self);
  add_modalities_of_study (self);
  add_study_identifiers (self, node);
  add_reasons (self);
  add_series (self);
  imp_fhir_comment (self, "シリーズ数", imp_json_string (node, "numberOfSeries"));
  imp_fhir_comment (self, "画像数", imp_json_string (node, "numberOfInstances"));
  imp_fhir_comment (self, "画像", "本データに含まれません");
  add_actor_comments (self, "読影", "interpreter");
  imp_fhir_add_notes (self, node);
}

void
imp_fhir_map_imaging_study (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_autofree char *procedure =
      imp_fhir_words (imp_json_first (imp_json_get (node, "procedureCode")));
  const char *description = imp_json_string (node, "description");

  imp_fhir_set_at (self, imp_json_string (node, "started"));
  self->title = imp_fhir_keep (self, g_strdup (description != NULL ? description : procedure));
  if (self->title == NULL)
    self->title = "撮影";
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "referrer")));
  self->order_no = imp_fhir_based_on (self, node);
  imp_fhir_begin (self, DISC_KIND_PROCEDURE);
  add_study_item (self);
}

/* ---- Media --------------------------------------------------------------------------------------
 */

static void
set_media_head (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *at = imp_fhir_start (node, "created");
  const char *title = imp_fhir_string (node, "content.title");

  imp_fhir_set_at (self, at != NULL ? at : imp_json_string (node, "issued"));
  self->title = imp_fhir_keep (self, g_strdup (title));
  if (self->title == NULL)
    self->title = imp_fhir_keep (self, imp_fhir_words (imp_json_get (node, "type")));
  if (self->title == NULL)
    self->title = "画像";
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "operator")));
  self->order_no = imp_fhir_based_on (self, node);
}

void
imp_fhir_map_media (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_auto (ImpFhirFiles) files = { 0 };

  imp_fhir_files_init (&files);
  set_media_head (self);
  imp_fhir_read_files (self, imp_json_get (node, "content"), NULL, &files);
  self->text = imp_fhir_keep (self, g_strdup (files.text->str));
  imp_fhir_begin (self, DISC_KIND_PROCEDURE);
  imp_fhir_item (self);
  imp_fhir_add (self, DISC_FIELD_NAME, self->title);
  imp_fhir_add (self, DISC_FIELD_KIND, "撮影");
  imp_fhir_add_status (self);
  add_modalities (self, imp_json_get (node, "modality"));
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (node, "bodySite"));
  imp_fhir_add_words (self, DISC_FIELD_METHOD, imp_json_get (node, "view"));
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "type"));
  add_reasons (self);
  add_identifiers (self, DISC_FIELD_INSTANCE_ID);
  imp_fhir_add_files (self, &files);
  imp_fhir_add_notes (self, node);
}
