/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-dosage.h"
#include "imp-fhir-timing.h"

/* As needed or not, by what way, where, and how much at most (spec fhir.md 3.5.3). */

#define USAGE_CODE_LENGTH 16

/* ---- as needed ---------------------------------------------------------------------------------
 */

static gboolean
text_is_as_needed (const char *text)
{
  return text != NULL && (strstr (text, "頓") != NULL ||
                          (strstr (text, "時") != NULL && strstr (text, "回分") != NULL));
}

static gboolean
coding_is_as_needed (const cJSON *coding)
{
  const char *system = imp_json_string (coding, "system");
  const char *code = imp_json_string (coding, "code");

  if (system != NULL && strstr (system, "AsNeededCondition") != NULL)
    return TRUE;
  if (code == NULL || strlen (code) != USAGE_CODE_LENGTH || code[2] != '5')
    return FALSE;
  return strchr ("1234", code[0]) != NULL;
}

static gboolean
has_sign_of_need (const cJSON *resource, const cJSON *dosage)
{
  const cJSON *timing = imp_fhir_path (dosage, "timing");

  if (imp_json_first (imp_json_get (dosage, "asNeededCodeableConcept")) != NULL ||
      imp_json_first (imp_json_get (dosage, "asNeededFor")) != NULL ||
      imp_fhir_named_extension (imp_fhir_path (resource, "dispenseRequest"),
                                "ExpectedRepeatCount") != NULL ||
      imp_fhir_named_extension (resource, "ExpectedRepeatCount") != NULL ||
      text_is_as_needed (imp_json_string (dosage, "text")))
    return TRUE;
  for (const cJSON *code = imp_json_first (imp_json_get (timing, "code")); code != NULL;
       code = imp_json_next (code))
    {
      if (text_is_as_needed (imp_json_string (code, "text")))
        return TRUE;
      for (const cJSON *coding = imp_json_first (imp_json_get (code, "coding")); coding != NULL;
           coding = imp_json_next (coding))
        if (coding_is_as_needed (coding))
          return TRUE;
    }
  return FALSE;
}

static const char *
as_needed_word (const cJSON *dosage)
{
  const char *word = imp_json_string (dosage, "asNeededBoolean");

  return word != NULL ? word : imp_json_text (imp_json_get (dosage, "asNeeded"));
}

gboolean
imp_fhir_is_as_needed (const cJSON *resource, const cJSON *dosage)
{
  return g_strcmp0 (as_needed_word (dosage), "true") == 0 || has_sign_of_need (resource, dosage);
}

static void
add_as_needed (ImpFhirMapper *self, const cJSON *dosage)
{
  if (!imp_fhir_is_as_needed (self->resource, dosage))
    return;
  imp_fhir_add (self, DISC_FIELD_KIND, "頓用");
  if (g_strcmp0 (as_needed_word (dosage), "false") != 0)
    return;
  imp_fhir_comment (self, "頓用の指定", "なし");
  imp_fhir_add (self, DISC_FIELD_WARNING, "usage-contradicts");
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                          "%s: asNeeded is false, and the usage says as needed", self->type);
}

/* ---- by what way, where ------------------------------------------------------------------------
 */

static const cJSON *
basic_usage (const cJSON *dosage)
{
  for (const cJSON *method = imp_json_first (imp_json_get (dosage, "method")); method != NULL;
       method = imp_json_next (method))
    for (const cJSON *coding = imp_json_first (imp_json_get (method, "coding")); coding != NULL;
         coding = imp_json_next (coding))
      {
        const char *system = imp_json_string (coding, "system");

        if (system != NULL && (strstr (system, "MedicationMethodBasicUsage") != NULL ||
                               imp_fhir_system_ends (system, "1.2.392.200250.2.2.20.30")))
          return coding;
      }
  return NULL;
}

gboolean
imp_fhir_is_by (const cJSON *dosage, const char *code)
{
  g_autofree char *own = g_strdup (imp_json_string (basic_usage (dosage), "code"));

  return own != NULL && strcmp (g_strstrip (own), code) == 0;
}

/* JAMI basic usage is what SS-MIX2 has in RXE-27: by mouth, external ... */
static void
add_method (ImpFhirMapper *self, const cJSON *dosage)
{
  static const char *const words[] = { NULL, "内服", "外用", "注射", "注入" };
  const cJSON *basic = basic_usage (dosage);
  const char *kind = imp_json_string (basic, "display");

  for (guint i = 1; kind == NULL && i < G_N_ELEMENTS (words); i++)
    {
      const char code[] = { (char) ('0' + i), '\0' };

      if (imp_fhir_is_by (dosage, code))
        kind = words[i];
    }
  imp_fhir_add (self, DISC_FIELD_KIND, kind);
  for (const cJSON *method = imp_json_first (imp_json_get (dosage, "method")); method != NULL;
       method = imp_json_next (method))
    {
      g_autofree char *text = imp_fhir_words (method);

      if (text != NULL && *text != '[' && !imp_fhir_same_words (text, kind))
        imp_fhir_add (self, DISC_FIELD_METHOD, text);
      else if (kind == NULL)
        imp_fhir_add (self, DISC_FIELD_METHOD, text);
    }
}

/* JAMI's sites end in R, L or B: 26R is the right eye, whatever the words say. */
static const char *
side_of (const cJSON *site)
{
  for (const cJSON *coding = imp_json_first (imp_json_get (site, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *system = imp_json_string (coding, "system");
      const char *code = imp_json_string (coding, "code");

      if (system == NULL || code == NULL || strlen (code) != 3 ||
          (strstr (system, "MedicationBodySite") == NULL &&
           !imp_fhir_system_ends (system, "1.2.392.200250.2.2.20.32")))
        continue;
      return code[2] == 'R' ? "右" : code[2] == 'L' ? "左" : code[2] == 'B' ? "両" : NULL;
    }
  return NULL;
}

static gboolean
names_side (const char *text, const char *side)
{
  return strstr (text, side) != NULL ||
         (strcmp (side, "両") == 0 && strstr (text, "右") != NULL && strstr (text, "左") != NULL);
}

static void
add_site (ImpFhirMapper *self, const cJSON *site)
{
  g_autofree char *text = imp_fhir_words (site);
  const char *side = side_of (site);
  gboolean contradicts;

  imp_fhir_add (self, DISC_FIELD_SITE, text);
  if (side == NULL || text == NULL || names_side (text, side))
    return;
  imp_fhir_take (self, DISC_FIELD_SITE, g_strdup_printf ("コードでは%s", side));
  contradicts =
      strstr (text, "右") != NULL || strstr (text, "左") != NULL || strstr (text, "両") != NULL;
  if (!contradicts)
    return;
  imp_fhir_add (self, DISC_FIELD_WARNING, "usage-contradicts");
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                          "%s: code and words of the site name two sides", self->type);
}

static void
add_ways (ImpFhirMapper *self, const cJSON *dosage)
{
  static const char *const sites[] = { "site", "siteCodeableConcept", "siteReference", NULL };

  imp_fhir_add_words (self, DISC_FIELD_ROUTE, imp_json_get (dosage, "route"));
  add_method (self, dosage);
  for (guint i = 0; sites[i] != NULL; i++)
    for (const cJSON *site = imp_json_first (imp_json_get (dosage, sites[i])); site != NULL;
         site = imp_json_next (site))
      add_site (self, site);
}

/* ---- limits and extensions ----------------------------------------------------------------------
 */

static void
add_limits (ImpFhirMapper *self, const cJSON *dosage)
{
  static const struct
  {
    const char *name;
    const char *label;
    const char *type;
  } limits[] = {
    { "maxDosePerPeriod", "上限", "Ratio" },
    { "maxDosePerAdministration", "1回の上限", "Quantity" },
    { "maxDosePerLifetime", "生涯の上限", "Quantity" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    for (const cJSON *one = imp_json_first (imp_json_get (dosage, limits[i].name)); one != NULL;
         one = imp_json_next (one))
      {
        g_autofree char *text = imp_fhir_value_text (one, limits[i].type);

        imp_fhir_comment (self, limits[i].label, text);
      }
}

/* Not "_LineComment". */
static const cJSON *
value_ending (const cJSON *node, const char *end, const char **type)
{
  return imp_fhir_choice (imp_fhir_extension (node, end), "value", type, NULL);
}

static void
add_extensions_of (ImpFhirMapper *self, const cJSON *node)
{
  static const struct
  {
    const char *part;
    const char *label;
  } known[] = {
    { "RouteComment", NULL },  { "MethodComment", NULL }, { "SiteComment", NULL },
    { "RateComment", NULL },   { "DosageComment", NULL }, { "LineComment", NULL },
    { "DeviceComment", NULL },
  };
  const char *type;
  const cJSON *value;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      value = imp_fhir_named_value (node, known[i].part, &type);
      if (value != NULL)
        imp_fhir_take (self, DISC_FIELD_COMMENT, imp_fhir_value_text (value, type));
    }
  value = value_ending (node, "_Line", &type);
  if (value != NULL)
    imp_fhir_take (self, DISC_FIELD_COMMENT, imp_fhir_value_text (value, type));
  value = value_ending (node, "_Device", &type);
  if (value == NULL)
    return;
  imp_fhir_take (self, DISC_FIELD_DEVICE,
                 strcmp (type, "Reference") == 0 ? imp_fhir_actor (self, value)
                                                 : imp_fhir_value_text (value, type));
}

static void
add_extensions (ImpFhirMapper *self, const cJSON *dosage)
{
  static const char *const parts[] = { "route", "method", "site", "timing", "doseAndRate", NULL };
  const cJSON *rate = imp_fhir_path (dosage, "doseAndRate.rateRatio");

  add_extensions_of (self, dosage);
  for (guint i = 0; parts[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (dosage, parts[i])); one != NULL;
         one = imp_json_next (one))
      add_extensions_of (self, one);
  if (rate == NULL)
    rate = imp_fhir_path (dosage, "doseAndRate.rateQuantity");
  if (rate == NULL)
    rate = imp_fhir_path (dosage, "rateRatio");
  if (rate != NULL)
    add_extensions_of (self, rate);
}

void
imp_fhir_add_ways (ImpFhirMapper *self, const cJSON *dosage)
{
  add_as_needed (self, dosage);
  add_ways (self, dosage);
  add_limits (self, dosage);
  add_extensions (self, dosage);
}
