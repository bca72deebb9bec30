/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-result.h"

#include <string.h>

/* Parts of an Observation and of its components (spec fhir.md 3.6). */

#define VALUE "value"

/* ---- values -------------------------------------------------------------------------------------
 */

/* "", {} and [] are nothing (spec fhir.md 3.0.1). */
static gboolean
is_something (const cJSON *node)
{
  const cJSON *first = imp_json_first (node);

  return cJSON_IsObject (first) ? first->child != NULL : imp_json_text (first) != NULL;
}

/* The next of value[x], whatever its type. @from: (nullable): the one before */
static const cJSON *
next_value (const cJSON *node, const cJSON *from)
{
  const cJSON *child = from != NULL ? from->next : cJSON_IsObject (node) ? node->child : NULL;

  for (; child != NULL; child = child->next)
    if (child->string != NULL && strncmp (child->string, VALUE, strlen (VALUE)) == 0 &&
        (child->string[strlen (VALUE)] == '\0' ||
         g_ascii_isupper (child->string[strlen (VALUE)])) &&
        is_something (child))
      return child;
  return NULL;
}

gboolean
imp_fhir_has_value (const cJSON *node)
{
  return next_value (node, NULL) != NULL;
}

static void
add_quantity (ImpFhirMapper *self, const cJSON *quantity)
{
  const char *unit = imp_json_string (quantity, "unit");
  const char *code = imp_json_string (quantity, "code");

  if (!imp_fhir_add_quantity (self, DISC_FIELD_VALUE, DISC_FIELD_UNIT, quantity))
    {
      const char *words = imp_fhir_absent_words (quantity, "value");

      if (words == NULL)
        words = imp_fhir_absent_words (quantity, NULL);
      /* A unit alone would read as a value that could not be shown. */
      imp_fhir_add (self, DISC_FIELD_VALUE, words != NULL ? words : "値なし");
      return;
    }
  if (unit != NULL && code != NULL && strcmp (unit, code) != 0)
    imp_fhir_add (self, DISC_FIELD_OTHER_UNIT, code);
}

static void
add_concept (ImpFhirMapper *self, const cJSON *concept)
{
  g_autofree char *words = imp_fhir_words (concept);
  const cJSON *coding = imp_fhir_code (concept);
  const char *code = imp_json_string (coding, "code");

  imp_fhir_add (self, DISC_FIELD_VALUE, words);
  if (g_strcmp0 (code, words) != 0)
    imp_fhir_add (self, DISC_FIELD_VALUE_CODE, code);
}

static void
add_one (ImpFhirMapper *self, const cJSON *value)
{
  const char *type = value->string + strlen (VALUE);

  for (const cJSON *one = imp_json_first (value); one != NULL; one = imp_json_next (one))
    if (cJSON_IsObject (one) &&
        (imp_json_get (one, "value") != NULL || g_str_has_suffix (type, "Quantity")) &&
        strcmp (type, "Identifier") != 0)
      add_quantity (self, one);
    else if (cJSON_IsObject (one) &&
             (imp_json_get (one, "coding") != NULL || strcmp (type, "CodeableConcept") == 0))
      add_concept (self, one);
    else
      imp_fhir_take (self, DISC_FIELD_VALUE, imp_fhir_value_text (one, type));
}

static guint
count_values (const cJSON *node)
{
  guint n = 0;

  for (const cJSON *value = next_value (node, NULL); value != NULL;
       value = next_value (node, value))
    n++;
  return n;
}

/* On "_valueString", where there is no value beside it. */
static const char *
absent_partner (const cJSON *node)
{
  for (const cJSON *child = cJSON_IsObject (node) ? node->child : NULL; child != NULL;
       child = child->next)
    {
      const char *words = NULL;

      if (child->string != NULL && g_str_has_prefix (child->string, "_value"))
        words = imp_fhir_absent_words (node, child->string + 1);
      if (words != NULL)
        return words;
    }
  return NULL;
}

/* Nothing is as good as a reason: what has none says that. */
static void
add_absence (ImpFhirMapper *self, const cJSON *node)
{
  const char *words = imp_fhir_absent_words (node, NULL);

  if (words == NULL)
    words = absent_partner (node);
  if (words == NULL && imp_json_first (imp_json_get (node, "component")) == NULL &&
      imp_json_first (imp_json_get (node, "hasMember")) == NULL && self->state.is_live &&
      self->state.status != DISC_STATUS_PLANNED)
    words = "値なし";
  imp_fhir_add (self, DISC_FIELD_VALUE, words);
}

void
imp_fhir_add_value (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *reason = imp_json_get (node, "dataAbsentReason");
  gboolean has_value = imp_fhir_has_value (node);

  for (const cJSON *value = next_value (node, NULL); value != NULL;
       value = next_value (node, value))
    add_one (self, value);
  if (!has_value)
    add_absence (self, node);
  if (has_value && imp_fhir_absent_words (node, NULL) != NULL)
    imp_fhir_comment (self, "値がない理由", imp_fhir_absent_words (node, NULL));
  imp_fhir_comment (self, "値がない理由", imp_json_string (reason, "text"));
}

void
imp_fhir_warn_value (ImpFhirMapper *self, const cJSON *node)
{
  if (count_values (node) > 1)
    {
      imp_fhir_warn (self, "several-values");
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "Observation.value[x]: several, all are shown");
    }
  if (imp_json_first (imp_json_get (node, "focus")) != NULL)
    imp_fhir_warn (self, "about-another");
}

/* ---- ranges -------------------------------------------------------------------------------------
 */

/* Of one end: the number; its unit only where it is another than the value's. */
static char *
end_of (const cJSON *range, const char *name, const char *unit_of_value)
{
  ImpFhirQuantity parts;
  g_autofree char *number = NULL;

  if (!imp_fhir_quantity (imp_json_get (range, name), &parts))
    return NULL;
  number = imp_fhir_quantity_text (&parts);
  if (parts.unit == NULL || g_strcmp0 (parts.unit, unit_of_value) == 0)
    return g_steal_pointer (&number);
  return g_strdup_printf ("%s %s", number, parts.unit);
}

static void
add_label (GString *out, const cJSON *concepts)
{
  for (const cJSON *one = imp_json_first (concepts); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      if (words != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "、" : "", words);
    }
}

/* For whom it holds. */
static char *
label_of (const cJSON *range)
{
  g_autofree char *age = imp_fhir_range_text (imp_json_get (range, "age"));
  GString *out = g_string_new (NULL);

  add_label (out, imp_json_get (range, "type"));
  add_label (out, imp_json_get (range, "appliesTo"));
  if (age != NULL)
    g_string_append_printf (out, "%s年齢 %s", out->len > 0 ? "、" : "", age);
  return g_string_free (out, out->len == 0);
}

static char *
ends_of (const cJSON *range, const char *unit)
{
  g_autofree char *low = end_of (range, "low", unit);
  g_autofree char *high = end_of (range, "high", unit);

  if (low == NULL && high == NULL)
    return NULL;
  return g_strdup_printf ("%s - %s", low != NULL ? low : "", high != NULL ? high : "");
}

/* Whether the words of a range hold its numbers too. */
static gboolean
says_ends (const cJSON *range, const char *text)
{
  const char *low = imp_fhir_string (range, "low.value");
  const char *high = imp_fhir_string (range, "high.value");

  return (low == NULL || strstr (text, low) != NULL) &&
         (high == NULL || strstr (text, high) != NULL);
}

static void
add_range (ImpFhirMapper *self, const cJSON *range, const char *unit, gboolean is_only)
{
  const char *text = imp_json_string (range, "text");
  g_autofree char *ends = ends_of (range, unit);
  g_autofree char *label = label_of (range);
  g_autofree char *words = NULL;
  gboolean is_usual = imp_fhir_concept_has (imp_json_get (range, "type"), NULL, "normal");

  if (text != NULL && ends != NULL && !says_ends (range, text))
    words = g_strdup_printf ("%s（%s）", text, g_strstrip (ends));
  else
    words = g_strdup (text != NULL ? text : ends);
  if (words == NULL)
    return;
  if (label == NULL || (is_only && is_usual))
    imp_fhir_add (self, DISC_FIELD_RANGE, g_strstrip (words));
  else
    imp_fhir_take (self, DISC_FIELD_RANGE, g_strdup_printf ("%s: %s", label, g_strstrip (words)));
}

void
imp_fhir_add_ranges (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *first = imp_json_first (imp_json_get (node, "referenceRange"));
  const cJSON *quantity = imp_json_get (node, "valueQuantity");
  const char *unit = imp_json_string (quantity, "unit");

  if (unit == NULL)
    unit = imp_json_string (quantity, "code");
  for (const cJSON *range = first; range != NULL; range = imp_json_next (range))
    add_range (self, range, unit, imp_json_next (first) == NULL);
}

/* ---- flags --------------------------------------------------------------------------------------
 */

static const cJSON *
flag_coding (const cJSON *concept)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *system = imp_json_string (coding, "system");

      if (imp_json_string (coding, "code") != NULL &&
          imp_fhir_system_ends (system, "ObservationInterpretation"))
        return coding;
    }
  return imp_fhir_code (concept);
}

void
imp_fhir_add_flags (ImpFhirMapper *self, DiscField field, const cJSON *node)
{
  for (const cJSON *one = imp_json_first (imp_json_get (node, "interpretation")); one != NULL;
       one = imp_json_next (one))
    {
      const char *code = imp_json_string (flag_coding (one), "code");
      const char *text = imp_json_string (one, "text");
      g_autofree char *words = code == NULL ? imp_fhir_words (one) : NULL;

      imp_fhir_add (self, field, code != NULL ? code : words);
      if (code != NULL && text != NULL && !imp_fhir_same_words (code, text))
        imp_fhir_comment (self, "判定", text);
    }
}

/* ---- how, where, by whom ------------------------------------------------------------------------
 */

static void
add_references (ImpFhirMapper *self, const char *label, const cJSON *list)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *target = imp_fhir_find (self, one, NULL);
      g_autofree char *words = imp_fhir_words (imp_json_get (target, "code"));
      g_autofree char *name = words == NULL ? imp_fhir_actor (self, one) : NULL;
      const char *reference = imp_json_string (one, "reference");

      imp_fhir_comment (self, label, words != NULL ? words : name != NULL ? name : reference);
    }
}

/* Writers give one number under several systems. */
static void
add_numbers (ImpFhirMapper *self, const cJSON *node)
{
  const char *before = NULL;

  for (const cJSON *one = imp_json_first (imp_json_get (node, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      const char *value =
          cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one);

      if (g_strcmp0 (value, before) != 0)
        imp_fhir_add (self, DISC_FIELD_INSTANCE_ID, value);
      before = value;
    }
}

/* Grams and kilograms (spec fhir.md 3.6, body): a code says which, where the value does not. */
static void
add_weight_hint (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *quantity = imp_json_get (node, "valueQuantity");

  if (imp_fhir_concept_has (imp_json_get (node, "code"), NULL, "31000297") &&
      imp_json_string (quantity, "unit") == NULL && imp_json_string (quantity, "code") == NULL)
    imp_fhir_comment (self, "単位の記載なし", "項目コードの単位は g");
}

void
imp_fhir_add_how (ImpFhirMapper *self, const cJSON *node)
{
  imp_fhir_add_words (self, DISC_FIELD_METHOD, imp_json_get (node, "method"));
  imp_fhir_add_words (self, DISC_FIELD_SITE, imp_json_get (node, "bodySite"));
  imp_fhir_add_actors (self, DISC_FIELD_DEVICE, imp_json_get (node, "device"), NULL);
  imp_fhir_add_actors (self, DISC_FIELD_BY, imp_json_get (node, "performer"), NULL);
  add_numbers (self, node);
  add_references (self, "対象（本人以外・別のもの）", imp_json_get (node, "focus"));
  add_references (self, "算出元", imp_json_get (node, "derivedFrom"));
  add_weight_hint (self, node);
  imp_fhir_add_notes (self, node);
  imp_fhir_comment (self, NULL, imp_json_string (node, "comment")); /* STU3 */
}

char *
imp_fhir_take_breaks (char *text)
{
  g_autofree char *owned = text;
  g_auto (GStrv) lines = NULL;

  if (text == NULL || strstr (text, "\\n") == NULL)
    return g_steal_pointer (&owned);
  lines = g_strsplit (text, "\\n", -1);
  return g_strjoinv ("\n", lines);
}
