/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-line.h"
#include "imp-fhir-medication.h"
#include "imp-fhir-timing.h"

/* What was asked for: ServiceRequest, DeviceRequest, Task (spec fhir.md 3.7, 4.2). */

/* ---- shared ------------------------------------------------------------------------------------
 */

static gboolean
holds_any (const char *text, const char *const *words)
{
  for (guint i = 0; text != NULL && words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_repeat (ImpFhirMapper *self, const char *label, const cJSON *timing)
{
  g_autofree char *words = cJSON_IsObject (timing) ? imp_fhir_timing_words (timing) : NULL;

  imp_fhir_comment (self, label, words);
}

/* As the table of spec fhir.md 5.2: open ones stand whatever their age. */
static void
keep_if_open (ImpFhirMapper *self)
{
  switch (self->state.status)
    {
    case DISC_STATUS_ACTIVE:
    case DISC_STATUS_ON_HOLD:
    case DISC_STATUS_DRAFT:
      self->age = IMP_FHIR_AGE_KEPT;
      break;
    default:
      break;
    }
  /* "planned" stands for a proposal here, whose own word is lost in it. */
  if (self->state.is_live &&
      (g_strcmp0 (self->state.word, "active") == 0 || g_strcmp0 (self->state.word, "on-hold") == 0))
    self->age = IMP_FHIR_AGE_KEPT;
}

/* ---- not to be resuscitated ---------------------------------------------------------------------
 */

static gboolean
says_no_resuscitation (const ImpFhirMapper *self, const cJSON *concept)
{
  static const char *const refusals[] = { "DNAR", "DNR", "ＤＮＡＲ", "ＤＮＲ", "DNACPR", NULL };
  static const char *const acts[] = { "蘇生", "esuscitat", "CPR", "ＣＰＲ", NULL };
  static const char *const negations[] = { "不要",       "しない",  "行わない", "不可", "希望せず",
                                           "希望しない", "拒否",    "差し控え", "中止", "Do not",
                                           "do not",     "Not for", "not for",  NULL };
  g_autofree char *text = imp_fhir_words (concept);

  /* SNOMED CT: not for resuscitation. */
  if (holds_any (text, refusals) || imp_fhir_concept_has (concept, NULL, "304253006"))
    return TRUE;
  return holds_any (text, acts) &&
         (holds_any (text, negations) ||
          g_strcmp0 (imp_json_string (self->resource, "doNotPerform"), "true") == 0);
}

static gboolean
is_no_resuscitation (const ImpFhirMapper *self)
{
  static const char *const lists[] = { "code", "codeCodeableConcept", "orderDetail", "category",
                                       NULL };

  for (guint i = 0; lists[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (self->resource, lists[i])); one != NULL;
         one = imp_json_next (one))
      if (says_no_resuscitation (self, imp_fhir_concept_of (one)))
        return TRUE;
  return FALSE;
}

/* ---- ServiceRequest, DeviceRequest, Task --------------------------------------------------------
 */

static const cJSON *
code_of (const cJSON *node)
{
  static const char *const names[] = { "code", "codeCodeableConcept", "productCodeableConcept",
                                       NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      const cJSON *concept = imp_fhir_concept_of (imp_json_get (node, names[i]));

      if (concept != NULL)
        return concept;
    }
  return NULL;
}

static const cJSON *
code_reference (const cJSON *node)
{
  static const char *const names[] = { "codeReference", "code", "focus", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (imp_json_first (imp_json_get (node, names[i])) != NULL)
      return imp_json_first (imp_json_get (node, names[i]));
  return NULL;
}

/* The code, what it refers to, its details, its description: never an order without a name. */
static char *
order_name (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *concept = code_of (node);
  char *name = concept != NULL ? imp_fhir_concept_text (concept) : NULL;

  if (name == NULL && imp_json_string (node, "description") != NULL)
    name = g_strdup (imp_json_string (node, "description"));
  if (name == NULL)
    name = imp_fhir_reference_words (self, code_reference (node));
  if (name == NULL)
    name = imp_fhir_words (imp_fhir_concept_of (imp_json_get (node, "orderDetail")));
  if (name == NULL)
    name = imp_fhir_words (imp_json_first (imp_json_get (node, "category")));
  return name;
}

static const char *
start_of_order (const cJSON *node)
{
  static const char *const names[] = { "occurrence", "scheduled", "executionPeriod",
                                       "requestedPeriod", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (imp_fhir_start (node, names[i]) != NULL)
      return imp_fhir_start (node, names[i]);
  return NULL;
}

static const char *
end_of_order (const cJSON *node)
{
  static const char *const names[] = { "occurrence", "executionPeriod", "requestedPeriod", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (imp_fhir_end (node, names[i]) != NULL)
      return imp_fhir_end (node, names[i]);
  return NULL;
}

static void
add_specimens (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "specimen")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_SPECIMEN, imp_fhir_reference_words (self, one));
}

static void
add_need (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  if (g_strcmp0 (imp_json_string (node, "asNeededBoolean"), "true") == 0)
    imp_fhir_comment (self, NULL, "必要時");
  imp_fhir_comment_words (self, "必要時", imp_json_get (node, "asNeededCodeableConcept"));
  imp_fhir_comment_words (self, "必要時", imp_json_get (node, "asNeededFor"));
}

static void
add_order_times (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *start = start_of_order (node);
  const char *end = end_of_order (node);

  imp_fhir_add (self, DISC_FIELD_START, start);
  if (g_strcmp0 (start, end) != 0)
    imp_fhir_add (self, DISC_FIELD_END, end);
  add_repeat (self, "時期", imp_json_get (node, "occurrenceTiming"));
  imp_fhir_comment_path (self, "指示日", node, "authoredOn");
}

static void
add_details (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;

  for (const cJSON *one = imp_json_first (imp_json_get (node, "orderDetail")); one != NULL;
       one = imp_json_next (one))
    imp_fhir_take (self, DISC_FIELD_INSTRUCTION, imp_fhir_words (imp_fhir_concept_of (one)));
  imp_fhir_add_path (self, DISC_FIELD_INSTRUCTION, node, "patientInstruction");
  for (const cJSON *one = imp_json_first (imp_json_get (node, "parameter")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "code"));

      imp_fhir_comment_value (self, name, one, "value");
    }
  for (const cJSON *one = imp_json_first (imp_json_get (node, "input")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "type"));

      imp_fhir_comment_value (self, name, one, "value");
    }
  for (const cJSON *one = imp_json_first (imp_json_get (node, "output")); one != NULL;
       one = imp_json_next (one))
    {
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "type"));

      imp_fhir_comment_value (self, name, one, "value");
    }
  imp_fhir_comment_value (self, "数量", node, "quantity");
}

/* A proposal takes the place of no order. */
static void
add_replaced (ImpFhirMapper *self)
{
  const cJSON *replaced = imp_json_get (self->resource, "replaces");

  if (self->state.status == DISC_STATUS_PLANNED)
    imp_fhir_comment_references (self, "置き換える予定の指示", replaced);
  else
    imp_fhir_add_replaced (self, "置き換える指示", replaced);
}

static void
add_order (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const cJSON *concept = code_of (node);
  g_autofree char *name = order_name (self);

  if (concept != NULL)
    imp_fhir_add_concept (self, DISC_FIELD_NAME, concept);
  else
    imp_fhir_add (self, DISC_FIELD_NAME, name);
  imp_fhir_add_status (self);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  add_specimens (self);
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (node, "bodySite"));
  add_order_times (self);
  add_need (self);
  add_details (self);
  imp_fhir_comment_words (self, "業務の状態", imp_json_get (node, "businessStatus"));
  if (concept != NULL)
    imp_fhir_comment_path (self, "説明", node, "description");
  imp_fhir_comment_references (self, "対象", imp_json_get (node, "focus"));
  imp_fhir_comment_references (self, "実施者", imp_json_get (node, "performer"));
  imp_fhir_comment_references (self, "担当", imp_json_get (node, "owner"));
  imp_fhir_comment_references (self, "元の指示", imp_json_get (node, "basedOn"));
  add_replaced (self);
  imp_fhir_comment_references (self, "参考情報", imp_json_get (node, "supportingInfo"));
  imp_fhir_add_reasons (self, node);
  imp_fhir_add_notes (self, node);
}

static void
add_priority (ImpFhirMapper *self)
{
  imp_fhir_add_path (self, DISC_FIELD_PRIORITY, self->resource, "priority");
}

void
imp_fhir_map_service_request (ImpFhirMapper *self)
{
  const cJSON *node = self->resource;
  const char *at = start_of_order (node);
  gboolean is_standing = is_no_resuscitation (self);

  self->title = imp_fhir_keep (self, order_name (self));
  self->author = imp_fhir_keep (self, imp_fhir_actor (self, imp_json_get (node, "requester")));
  self->department = imp_fhir_keep (self, imp_fhir_department (self));
  self->order_no = imp_fhir_string (node, "requisition.value");
  if (self->order_no == NULL)
    self->order_no = imp_fhir_identifier (node, NULL);
  imp_fhir_set_at (self, at != NULL ? at : imp_json_string (node, "authoredOn"));
  imp_fhir_set_reach (self, end_of_order (node));
  keep_if_open (self);
  if (is_standing)
    self->age = IMP_FHIR_AGE_KEPT;
  imp_fhir_begin (self, is_standing ? DISC_KIND_FLAG : DISC_KIND_ORDER);
  add_priority (self);
  imp_fhir_item (self);
  add_order (self);
}
