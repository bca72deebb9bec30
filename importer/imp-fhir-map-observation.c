/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-result.h"

#include <string.h>

/* Observation: laboratory, vital signs, measures of the body, everything else (spec fhir.md 3.6).
 */

#define MAX_NOTED_COMPONENTS 20 /* that each repeat the notes of the whole */

/* ---- the record to come -------------------------------------------------------------------------
 */

/* When it was issued is no time of a specimen: whoever reads it must see that (3.6, effective). */
static const char *
other_time (ImpFhirMapper *self, const ImpFhirHolders *holders)
{
  const char *at = imp_fhir_start (holders->panel, "effective");

  if (at == NULL)
    at = imp_json_string (self->resource, "issued");
  if (at == NULL)
    at = imp_fhir_start (holders->report, "effective");
  if (at == NULL)
    at = imp_json_string (holders->report, "issued");
  return at != NULL ? at : imp_json_string (self->document, "date");
}

static void
set_time (ImpFhirMapper *self, const ImpFhirHolders *holders, const cJSON *specimens)
{
  const char *at = imp_fhir_start (self->resource, "effective");

  if (at == NULL)
    at = imp_fhir_end (self->resource, "effective");
  if (at == NULL)
    at = imp_fhir_collected_at (self, specimens);
  if (at == NULL)
    {
      imp_fhir_warn (self, "collected-time-unknown");
      at = other_time (self, holders);
    }
  imp_fhir_set_at (self, at);
  imp_fhir_set_reach (self, imp_fhir_string (self->resource, "effectivePeriod.end"));
  self->reported_at = imp_json_string (self->resource, "issued");
  if (self->reported_at == NULL)
    self->reported_at = imp_json_string (holders->report, "issued");
}

/* Its own; of the panel; of the report, where that has only one. */
static const cJSON *
specimens_of (ImpFhirMapper *self, const ImpFhirHolders *holders)
{
  const cJSON *own = imp_json_get (self->resource, "specimen");
  const cJSON *of_report = imp_json_get (holders->report, "specimen");

  if (imp_json_first (own) == NULL)
    own = imp_json_get (holders->panel, "specimen");
  if (imp_json_first (own) != NULL)
    return own;
  return imp_json_first (of_report) != NULL && imp_json_next (imp_json_first (of_report)) == NULL
             ? of_report
             : NULL;
}

static void
set_head (ImpFhirMapper *self, const ImpFhirHolders *holders)
{
  const cJSON *node = self->resource;

  self->title = imp_fhir_keep (self, imp_fhir_words (imp_json_get (node, "code")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "performer")));
  self->order_no = imp_fhir_based_on (self, node);
  if (self->order_no == NULL)
    self->order_no = imp_fhir_based_on (self, holders->report);
}

/* It may be all there is (spec fhir.md 6.5). */
static void
set_text (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  if (!imp_fhir_has_value (node) && imp_json_first (imp_json_get (node, "component")) == NULL &&
      imp_json_first (imp_json_get (node, "hasMember")) == NULL)
    self->text = imp_fhir_keep (self, imp_fhir_tell_narrative (self, imp_json_get (node, "text")));
}

/* ---- items --------------------------------------------------------------------------------------
 */

static void
add_group (ImpFhirMapper *self, const ImpFhirHolders *holders)
{
  const cJSON *of = holders->panel != NULL ? holders->panel : holders->report;

  imp_fhir_take (self, DISC_FIELD_GROUP, imp_fhir_words (imp_json_get (of, "code")));
}

static void
add_period (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *period = imp_json_get (node, "effectivePeriod");

  imp_fhir_add_path (self, DISC_FIELD_START, period, "start");
  imp_fhir_add_path (self, DISC_FIELD_END, period, "end");
}

/* Of a text that is a report rather than a value. */
static void
add_value (ImpFhirMapper *self, DiscKind kind, const cJSON *node)
{
  const char *text = imp_json_string (node, "valueString");

  if (kind == DISC_KIND_OBSERVATION && text != NULL && strstr (text, "\\n") != NULL)
    imp_fhir_take (self, DISC_FIELD_VALUE, imp_fhir_take_breaks (g_strdup (text)));
  else
    imp_fhir_add_value (self, node);
}

/* What an item has, whether it is the whole or a component. */
static void
add_result (ImpFhirMapper *self, DiscKind kind, const cJSON *node, const cJSON *specimens)
{
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (node, "code"));
  imp_fhir_add (self, DISC_FIELD_STATUS, self->state.word);
  add_value (self, kind, node);
  imp_fhir_add_ranges (self, node);
  imp_fhir_add_flags (self, DISC_FIELD_FLAG, node);
  add_period (self, self->resource);
  imp_fhir_add_specimen (self, specimens, imp_json_get (node, "code"));
}

static void
add_categories (ImpFhirMapper *self)
{
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (self->resource, "category"));
}

/* The parts of one measurement stay together: a systolic pressure alone looks like a mean. */
static void
add_components (ImpFhirMapper *self, DiscKind kind, const cJSON *specimens, gboolean has_own)
{
  const cJSON *list = imp_json_get (self->resource, "component");
  gboolean is_short = !cJSON_IsArray (list) || cJSON_GetArraySize (list) <= MAX_NOTED_COMPONENTS;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      imp_fhir_item (self);
      add_result (self, kind, one, specimens);
      imp_fhir_add (self, DISC_FIELD_GROUP, self->title);
      if (is_short || (!has_own && one == imp_json_first (list)))
        imp_fhir_add_how (self, self->resource);
    }
}

/* A panel has no value of its own: its parts are records of their own. */
static gboolean
is_heading (const cJSON *node)
{
  return imp_json_first (imp_json_get (node, "hasMember")) != NULL && !imp_fhir_has_value (node) &&
         imp_fhir_absent_words (node, NULL) == NULL &&
         imp_json_first (imp_json_get (node, "component")) == NULL;
}

static guint
count_list (const cJSON *list)
{
  guint n = 0;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    n++;
  return n;
}

static void
add_heading (ImpFhirMapper *self, DiscKind kind, const cJSON *specimens, const char *missing)
{
  const cJSON *node = self->resource;
  g_autofree char *words =
      g_strdup_printf ("項目 %u 件", count_list (imp_json_get (node, "hasMember")));

  imp_fhir_begin (self, missing != NULL ? kind : DISC_KIND_OBSERVATION);
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (node, "code"));
  imp_fhir_add (self, DISC_FIELD_STATUS, self->state.word);
  imp_fhir_add (self, DISC_FIELD_VALUE, missing != NULL ? missing : words);
  imp_fhir_add_flags (self, DISC_FIELD_FLAG, node);
  imp_fhir_add_specimen (self, specimens, NULL);
  add_categories (self);
  imp_fhir_add_how (self, node);
}

static void
add_plain (ImpFhirMapper *self, DiscKind kind, const ImpFhirHolders *holders,
           const cJSON *specimens, const char *missing)
{
  const cJSON *node = self->resource;
  gboolean has_own = imp_fhir_has_value (node) ||
                     imp_json_first (imp_json_get (node, "component")) == NULL ||
                     imp_fhir_absent_words (node, NULL) != NULL;

  imp_fhir_begin (self, kind);
  if (has_own)
    {
      imp_fhir_item (self);
      add_result (self, kind, node, specimens);
      add_group (self, holders);
      add_categories (self);
      imp_fhir_comment (self, NULL, missing);
      imp_fhir_add_how (self, node);
    }
  add_components (self, kind, specimens, has_own);
}

/* ---- all of it ----------------------------------------------------------------------------------
 */

static void
warn_components (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "component")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_warn_value (self, one);
}

void
imp_fhir_map_observation (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  g_autofree char *missing = NULL;
  const cJSON *specimens;
  ImpFhirHolders holders;
  DiscKind kind;

  imp_fhir_holders (self, &holders);
  specimens = specimens_of (self, &holders);
  kind = imp_fhir_result_kind (node, &holders);
  if (imp_fhir_result_age (node) == IMP_FHIR_AGE_KEPT)
    self->age = IMP_FHIR_AGE_KEPT;
  set_time (self, &holders, specimens);
  set_head (self, &holders);
  set_text (self);
  imp_fhir_warn_value (self, node);
  warn_components (self);
  imp_fhir_warn_specimen (self, specimens);
  missing = imp_fhir_count_parts (self, imp_json_get (node, "hasMember"), "Observation.hasMember");

  if (kind == DISC_KIND_MICROBIOLOGY && !is_heading (node))
    imp_fhir_map_micro (self, &holders, specimens);
  else if (is_heading (node))
    add_heading (self, kind, specimens, missing);
  else
    add_plain (self, kind, &holders, specimens, missing);
  imp_fhir_map_parts (self);
}
