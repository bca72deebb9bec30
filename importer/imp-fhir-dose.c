/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-dosage.h"

#include <string.h>

#include "imp-fhir-timing.h"

/* How much: one dose, a day, a rate (spec fhir.md 3.5.3, 4.2). */

#define STRENGTH_SYSTEM "MedicationIngredientStrengthStrengthType"
#define STRENGTH_OID "1.2.392.100495.20.2.22"

/* ---- extensions by their last segment ----------------------------------------------------------
 */

const cJSON *
imp_fhir_named_extension (const cJSON *node, const char *part)
{
  for (const cJSON *one = imp_json_first (imp_json_get (node, "extension")); one != NULL;
       one = imp_json_next (one))
    {
      const char *url = imp_json_string (one, "url");
      const char *slash = url != NULL ? strrchr (url, '/') : NULL;

      if (url != NULL && strstr (slash != NULL ? slash : url, part) != NULL)
        return one;
    }
  return NULL;
}

const cJSON *
imp_fhir_named_value (const cJSON *node, const char *part, const char **type)
{
  return imp_fhir_choice (imp_fhir_named_extension (node, part), "value", type, NULL);
}

/* ---- numbers -----------------------------------------------------------------------------------
 */

void
imp_fhir_tell_choice (ImpFhirMapper *self, const char *element)
{
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "%s.%s: two values of one element",
                          self->type, element);
}

static void
check_number (ImpFhirMapper *self, const ImpFhirQuantity *parts)
{
  if (parts->is_number)
    return;
  imp_fhir_add (self, DISC_FIELD_WARNING, "bad-number");
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "%s: an amount is no number",
                          self->type);
}

gboolean
imp_fhir_add_amount (ImpFhirMapper *self, DiscField value, DiscField unit, const cJSON *quantity)
{
  ImpFhirQuantity parts;

  if (!imp_fhir_quantity (quantity, &parts))
    return FALSE;
  imp_fhir_add_quantity (self, value, unit, quantity);
  check_number (self, &parts);
  return TRUE;
}

/* ---- whose amount: the product's or the ingredient's -------------------------------------------
 */

static const char *
strength_code (const cJSON *type)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (type, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *system = imp_json_string (coding, "system");
      const char *code = imp_json_string (coding, "code");

      if (system != NULL && code != NULL &&
          (strstr (system, STRENGTH_SYSTEM) != NULL || strstr (system, STRENGTH_OID) != NULL))
        return g_strcmp0 (code, "1") == 0 ? "製剤量" : g_strcmp0 (code, "2") == 0 ? "原薬量" : NULL;
    }
  return NULL;
}

char *
imp_fhir_strength_words (const cJSON *type, gboolean *is_ingredient, gboolean *differs)
{
  const char *meaning = strength_code (type);
  g_autofree char *words = imp_fhir_words (type);

  *differs = FALSE;
  *is_ingredient = (words != NULL && strstr (words, "原薬") != NULL) ||
                   (meaning != NULL && strcmp (meaning, "原薬量") == 0);
  if (meaning == NULL || (words != NULL && strstr (words, meaning) != NULL && !*is_ingredient))
    return g_steal_pointer (&words);
  if (words == NULL || *words == '[')
    return g_strdup (meaning);
  *differs = strstr (words, strcmp (meaning, "製剤量") == 0 ? "原薬" : "製剤") != NULL;
  if (strstr (words, meaning) != NULL)
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s（コードでは%s）", words, meaning);
}

void
imp_fhir_tell_strength (ImpFhirMapper *self, const cJSON *type)
{
  gboolean is_ingredient, differs;
  g_autofree char *words = imp_fhir_strength_words (type, &is_ingredient, &differs);

  imp_fhir_add (self, DISC_FIELD_COMMENT, words);
  if (is_ingredient)
    imp_fhir_add (self, DISC_FIELD_WARNING, "ingredient-amount");
  if (!differs)
    return;
  imp_fhir_add (self, DISC_FIELD_WARNING, "usage-contradicts");
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                          "%s: code and words of the kind of strength differ", self->type);
}

/* ---- one dose and its rate ---------------------------------------------------------------------
 */

static gboolean
is_one (const char *value)
{
  return value != NULL && imp_json_is_number (value, strlen (value)) &&
         g_ascii_strtod (value, NULL) == 1;
}

/* "mL/h", "mL/2 h". */
static char *
rate_unit (const cJSON *ratio)
{
  ImpFhirQuantity above, below;

  imp_fhir_quantity (imp_json_get (ratio, "numerator"), &above);
  imp_fhir_quantity (imp_json_get (ratio, "denominator"), &below);
  return g_strdup_printf ("%s/%s%s%s", above.unit != NULL ? above.unit : "",
                          is_one (below.value) || below.value == NULL ? "" : below.value,
                          is_one (below.value) || below.value == NULL ? "" : " ",
                          below.unit != NULL ? below.unit : "");
}

/* Only exactly one day is a daily amount, and only hours and minutes make a rate; a week is a
 * week. Anything else is said in words. */
static void
add_ratio (ImpFhirMapper *self, const cJSON *ratio)
{
  const cJSON *above = imp_json_first (imp_json_get (ratio, "numerator"));
  const cJSON *below = imp_json_first (imp_json_get (ratio, "denominator"));
  ImpFhirTimeUnit unit = imp_fhir_time_unit (below);
  ImpFhirQuantity parts, below_parts;

  if (unit == IMP_FHIR_TIME_DAY && is_one (imp_json_string (below, "value")))
    {
      imp_fhir_add_amount (self, DISC_FIELD_PER_DAY, DISC_FIELD_PER_DAY_UNIT, above);
      return;
    }
  if ((unit == IMP_FHIR_TIME_HOUR || unit == IMP_FHIR_TIME_MINUTE) &&
      imp_fhir_quantity (above, &parts))
    {
      imp_fhir_quantity (below, &below_parts);
      imp_fhir_take (self, DISC_FIELD_RATE, imp_fhir_quantity_text (&parts));
      imp_fhir_take (self, DISC_FIELD_RATE_UNIT, rate_unit (ratio));
      check_number (self, &parts);
      return;
    }
  imp_fhir_take (self, DISC_FIELD_COMMENT, imp_fhir_value_text (ratio, "Ratio"));
}

static void
add_rate (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *ratio = imp_json_first (imp_json_get (node, "rateRatio"));
  const cJSON *quantity = imp_json_first (imp_json_get (node, "rateQuantity"));
  const cJSON *range = imp_json_first (imp_json_get (node, "rateRange"));

  if (quantity == NULL)
    quantity = imp_json_first (imp_json_get (node, "rateSimpleQuantity")); /* STU3 */
  if ((ratio != NULL) + (quantity != NULL) + (range != NULL) > 1)
    imp_fhir_tell_choice (self, "rate");
  if (ratio != NULL)
    add_ratio (self, ratio);
  if (quantity != NULL)
    imp_fhir_add_amount (self, DISC_FIELD_RATE, DISC_FIELD_RATE_UNIT, quantity);
  if (range != NULL)
    imp_fhir_take (self, DISC_FIELD_RATE, imp_fhir_range_text (range));
}

static const cJSON *
dose_quantity (const cJSON *node)
{
  static const char *const names[] = { "doseQuantity", "doseSimpleQuantity", "dose",
                                       "quantity",     "quantityQuantity",   NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      const cJSON *found = imp_json_first (imp_json_get (node, names[i]));

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_millilitres (const cJSON *quantity)
{
  const char *unit = imp_json_string (quantity, "unit");

  if (unit == NULL)
    unit = imp_json_string (quantity, "code");
  return unit != NULL &&
         (g_ascii_strcasecmp (unit, "ml") == 0 || strcmp (unit, "ｍL") == 0 ||
          strcmp (unit, "ｍｌ") == 0 || strcmp (unit, "ＭＬ") == 0 || strcmp (unit, "㎖") == 0);
}

static void
add_dose_quantity (ImpFhirMapper *self, const cJSON *quantity, ImpFhirDoseAs as)
{
  if (as == IMP_FHIR_DOSE_GIVEN)
    imp_fhir_add_amount (self, DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT, quantity);
  else if (as == IMP_FHIR_DOSE_MIXTURE && is_millilitres (quantity))
    imp_fhir_add_amount (self, DISC_FIELD_VOLUME, DISC_FIELD_VOLUME_UNIT, quantity);
  else
    imp_fhir_add_amount (self, DISC_FIELD_DOSE, DISC_FIELD_DOSE_UNIT, quantity);
}

/* Least and most; of two units, or of one that stands alone, the words are safer. */
static void
add_dose_range (ImpFhirMapper *self, const cJSON *range, ImpFhirDoseAs as)
{
  ImpFhirQuantity low, high;
  gboolean has_low = imp_fhir_quantity (imp_json_get (range, "low"), &low);
  gboolean has_high = imp_fhir_quantity (imp_json_get (range, "high"), &high);

  if (as == IMP_FHIR_DOSE_GIVEN || !has_high || (has_low && g_strcmp0 (low.unit, high.unit) != 0))
    {
      g_autofree char *text = imp_fhir_range_text (range);

      imp_fhir_comment (self, "1回量", text);
      return;
    }
  if (has_low)
    imp_fhir_take (self, DISC_FIELD_DOSE, imp_fhir_quantity_text (&low));
  imp_fhir_add_amount (self, DISC_FIELD_DOSE_MAX, DISC_FIELD_DOSE_UNIT,
                       imp_json_get (range, "high"));
}

static void
add_one (ImpFhirMapper *self, const cJSON *node, ImpFhirDoseAs as)
{
  const cJSON *quantity = dose_quantity (node);
  const cJSON *range = imp_json_first (imp_json_get (node, "doseRange"));

  if (quantity != NULL)
    add_dose_quantity (self, quantity, as);
  if (range != NULL && quantity != NULL)
    {
      g_autofree char *text = imp_fhir_range_text (range);

      imp_fhir_tell_choice (self, "dose");
      imp_fhir_comment (self, "1回量", text);
    }
  else if (range != NULL)
    add_dose_range (self, range, as);
  add_rate (self, node);
  imp_fhir_tell_strength (self, imp_json_get (node, "type"));
}

/* ---- in words ----------------------------------------------------------------------------------
 */

static void
append (GString *out, const char *label, char *text)
{
  g_autofree char *owned = text;

  if (owned != NULL && *owned != '\0')
    g_string_append_printf (out, "%s%s%s", out->len > 0 ? " " : "", label, owned);
}

/* Early messages number the doses of an uneven day in extensions. */
static void
append_extensions (GString *out, const cJSON *node)
{
  for (const cJSON *one = imp_json_first (imp_json_get (node, "extension")); one != NULL;
       one = imp_json_next (one))
    {
      const char *type;
      const cJSON *value = imp_fhir_choice (one, "value", &type, NULL);

      if (value != NULL)
        append (out, "", imp_fhir_value_text (value, type));
    }
}

static char *
one_line (const cJSON *node)
{
  gboolean is_ingredient, differs;
  GString *out = g_string_new (NULL);

  append (out, "", imp_fhir_strength_words (imp_json_get (node, "type"), &is_ingredient, &differs));
  append (out, "", imp_fhir_value_text (dose_quantity (node), "Quantity"));
  append (out, "", imp_fhir_range_text (imp_json_first (imp_json_get (node, "doseRange"))));
  append (out, "",
          imp_fhir_value_text (imp_json_first (imp_json_get (node, "rateRatio")), "Ratio"));
  append (out, "速度 ",
          imp_fhir_value_text (imp_json_first (imp_json_get (node, "rateQuantity")), "Quantity"));
  append (out, "速度 ", imp_fhir_range_text (imp_json_first (imp_json_get (node, "rateRange"))));
  append_extensions (out, node);
  return g_string_free (out, out->len == 0);
}

static guint
count (const cJSON *list)
{
  guint n = 0;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    n++;
  return n;
}

char *
imp_fhir_doses_line (const cJSON *dosage)
{
  const cJSON *list = imp_json_get (dosage, "doseAndRate");
  GString *out;

  if (count (list) == 0)
    return one_line (dosage);
  out = g_string_new (NULL);
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    append (out, out->len > 0 ? "／ " : "", one_line (one));
  return g_string_free (out, out->len == 0);
}

/* Several: an uneven day, or product and ingredient. No single one of them is the dose. */
static void
add_several (ImpFhirMapper *self, const cJSON *list)
{
  gboolean any_ingredient = FALSE;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *line = one_line (one);
      gboolean is_ingredient, differs;
      g_autofree char *words =
          imp_fhir_strength_words (imp_json_get (one, "type"), &is_ingredient, &differs);

      any_ingredient |= is_ingredient;
      imp_fhir_comment (self, "用量", line);
    }
  imp_fhir_add (self, DISC_FIELD_WARNING, "several-doses");
  if (any_ingredient)
    imp_fhir_add (self, DISC_FIELD_WARNING, "ingredient-amount");
}

void
imp_fhir_add_doses (ImpFhirMapper *self, const cJSON *dosage, ImpFhirDoseAs as)
{
  const cJSON *list = imp_json_get (dosage, "doseAndRate");
  guint n = count (list);

  if (n == 0)
    add_one (self, dosage, as); /* STU3, and what was given */
  else if (n == 1)
    add_one (self, imp_json_first (list), as);
  else
    add_several (self, list);
}
