/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-dosage.h"

#include <string.h>

#include "imp-fhir-timing.h"
#include "imp-usage.h"

/* When, how long, how and where: Dosage of FHIR (spec fhir.md 3.5.3). */

#define USAGE_CODE_LENGTH 16
#define SUPPLEMENT_LENGTH 8

static ImpText
text_of (const char *string)
{
  return (ImpText){ string, strlen (string) };
}

/* ---- several of them ---------------------------------------------------------------------------
 */

static gint64
sequence_of (const cJSON *dosage)
{
  const char *text = imp_json_string (dosage, "sequence");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static int
compare_sequence (gconstpointer a, gconstpointer b)
{
  gint64 x = sequence_of (*(const cJSON *const *) a);
  gint64 y = sequence_of (*(const cJSON *const *) b);

  return (x > y) - (x < y);
}

GPtrArray *
imp_fhir_dosages (const cJSON *resource)
{
  static const char *const names[] = { "dosageInstruction", "dosage", NULL };
  GPtrArray *list = g_ptr_array_new ();
  gboolean all = TRUE;

  for (guint i = 0; names[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (resource, names[i])); one != NULL;
         one = imp_json_next (one))
      {
        g_ptr_array_add (list, (gpointer) one);
        all = all && imp_json_string (one, "sequence") != NULL;
      }
  if (all)
    g_ptr_array_sort (list, compare_sequence); /* stable: GLib sorts by merging */
  return list;
}

/* ---- usage: its text, its code, its structure --------------------------------------------------
 */

/* Until all of it has been said. */
typedef struct
{
  ImpFhirMapper *self;
  GString *shown;
} Usage;

/* For the detail view alone. */
static void
hint (ImpFhirMapper *self, const char *label, const char *text)
{
  if (text != NULL)
    imp_fhir_take (self, DISC_FIELD_USAGE_HINT, g_strdup_printf ("%s：%s", label, text));
}

/* What says nothing that does not stand there already is only kept for the detail view. */
static void
say_usage (Usage *usage, const char *text, const char *label)
{
  if (text == NULL)
    return;
  if (usage->shown->len > 0 && imp_fhir_says_no_more (text, usage->shown->str))
    {
      if (label != NULL && !imp_fhir_same_words (text, usage->shown->str))
        hint (usage->self, label, text);
      return;
    }
  g_string_append_printf (usage->shown, "%s%s", usage->shown->len > 0 ? " " : "", text);
  imp_fhir_add (usage->self, DISC_FIELD_USAGE, text);
}

/* As imp_mapper_add_usage() does it for SS-MIX2. */
static void
say_code (Usage *usage, const char *code)
{
  ImpText text = text_of (code);
  gsize len = strlen (code);
  gboolean contradicts;
  g_autofree char *limit = NULL;

  imp_fhir_add (usage->self, DISC_FIELD_USAGE_CODE, code);
  if (len != USAGE_CODE_LENGTH && len != SUPPLEMENT_LENGTH)
    return;
  contradicts = usage->shown->len > 0 && imp_usage_contradicts (text, text_of (usage->shown->str));
  limit = imp_usage_limit (text);
  if (contradicts)
    {
      imp_fhir_add (usage->self, DISC_FIELD_WARNING, "usage-contradicts");
      imp_mapped_add_finding (usage->self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "%s: the code of the usage contradicts its text", usage->self->type);
    }
  if (contradicts || limit != NULL || usage->shown->len == 0)
    imp_fhir_take (usage->self, DISC_FIELD_USAGE_HINT, imp_usage_hint (text));
}

static gboolean
is_first_of_code (const cJSON *codings, const cJSON *coding)
{
  const char *code = imp_json_string (coding, "code");

  for (const cJSON *other = imp_json_first (codings); other != coding;
       other = imp_json_next (other))
    if (g_strcmp0 (imp_json_string (other, "code"), code) == 0)
      return FALSE;
  return code != NULL;
}

/* Of CLINS: there is no code, the text says it all. */
static gboolean
is_dummy (const cJSON *coding)
{
  return g_strcmp0 (imp_json_string (coding, "code"), "0X0XXXXXXXXX0000") == 0;
}

static void
say_concept (Usage *usage, const cJSON *concept)
{
  const cJSON *codings = imp_json_get (concept, "coding");

  say_usage (usage, imp_json_string (concept, "text"), "用法コードの文字列");
  for (const cJSON *coding = imp_json_first (codings); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *display = imp_json_string (coding, "display");

      if (is_dummy (coding) && usage->shown->len > 0)
        hint (usage->self, "用法コードの表示", display);
      else
        say_usage (usage, display, "用法コードの表示");
    }
  for (const cJSON *coding = imp_json_first (codings); coding != NULL;
       coding = imp_json_next (coding))
    if (is_first_of_code (codings, coding))
      say_code (usage, imp_json_string (coding, "code"));
  if (!cJSON_IsObject (concept))
    say_usage (usage, imp_json_text (concept), NULL);
}

static void
say_as_needed (Usage *usage, const cJSON *node)
{
  for (const cJSON *one = imp_json_first (node); one != NULL; one = imp_json_next (one))
    {
      g_autofree char *words = imp_fhir_words (one);

      say_usage (usage, words, "頓用の条件");
    }
}

/* How often altogether: beside days it says nothing new, alone it may be a single dose. */
static void
say_count (Usage *usage, const cJSON *timing, gboolean has_days)
{
  g_autofree char *count = imp_fhir_count_words (timing);

  if (has_days && usage->shown->len > 0)
    hint (usage->self, "回数", count);
  else
    say_usage (usage, count, NULL);
}

static void
add_usage (ImpFhirMapper *self, const cJSON *dosage, gboolean has_days)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  Usage usage = { self, shown };
  const cJSON *timing = imp_fhir_path (dosage, "timing");
  g_autofree char *repeat = imp_fhir_repeat_words (timing);

  say_usage (&usage, imp_json_string (dosage, "text"), NULL);
  for (const cJSON *code = imp_json_first (imp_json_get (timing, "code")); code != NULL;
       code = imp_json_next (code))
    say_concept (&usage, code);
  say_usage (&usage, repeat, NULL);
  say_count (&usage, timing, has_days);
  say_as_needed (&usage, imp_json_get (dosage, "asNeededCodeableConcept"));
  say_as_needed (&usage, imp_json_get (dosage, "asNeededFor"));
  if (shown->len == 0 && imp_fhir_string (timing, "code.coding.code") != NULL)
    imp_fhir_add (self, DISC_FIELD_USAGE, imp_fhir_string (timing, "code.coding.code"));
}

/* ---- what goes with it -------------------------------------------------------------------------
 */

/* "V14NNNNN ４錠", as RXE-7 of SS-MIX2 reads. */
static void
add_instruction (ImpFhirMapper *self, const cJSON *concept)
{
  const char *text = imp_json_string (concept, "text");
  gboolean text_is_said = FALSE;

  for (const cJSON *coding = imp_json_first (imp_json_get (concept, "coding")); coding != NULL;
       coding = imp_json_next (coding))
    {
      const char *code = imp_json_string (coding, "code");
      const char *words = imp_json_string (coding, "display");

      if (words == NULL)
        words = text;
      text_is_said |= words == text || imp_fhir_same_words (words, text);
      if (code != NULL && words != NULL)
        imp_fhir_take (self, DISC_FIELD_INSTRUCTION, g_strdup_printf ("%s %s", code, words));
      else
        imp_fhir_add (self, DISC_FIELD_INSTRUCTION, code != NULL ? code : words);
      if (code != NULL && words == NULL)
        imp_fhir_take (self, DISC_FIELD_USAGE_HINT, imp_usage_hint (text_of (code)));
    }
  if (!text_is_said)
    imp_fhir_add (self, DISC_FIELD_INSTRUCTION, text);
  if (!cJSON_IsObject (concept))
    imp_fhir_add (self, DISC_FIELD_INSTRUCTION, imp_json_text (concept));
}

static void
add_instructions (ImpFhirMapper *self, const cJSON *dosage)
{
  static const char *const names[] = { "additionalInstruction", "additionalInstructions", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (dosage, names[i])); one != NULL;
         one = imp_json_next (one))
      add_instruction (self, one);
  imp_fhir_add_path (self, DISC_FIELD_INSTRUCTION, dosage, "patientInstruction");
}

/* ---- how long ----------------------------------------------------------------------------------
 */

static gboolean
same_quantity (const ImpFhirQuantity *a, const cJSON *node_a, const ImpFhirQuantity *b,
               const cJSON *node_b)
{
  if (!a->is_number || !b->is_number || imp_fhir_time_unit (node_a) != imp_fhir_time_unit (node_b))
    return g_strcmp0 (a->value, b->value) == 0 && g_strcmp0 (a->unit, b->unit) == 0;
  return g_ascii_strtod (a->value, NULL) == g_ascii_strtod (b->value, NULL);
}

/* Days on which the drug is taken; those of the supply beside them where they differ (E12). */
static void
add_days (ImpFhirMapper *self, const cJSON *dosage, const cJSON *supply)
{
  const char *type;
  const cJSON *duration = imp_fhir_named_value (dosage, "UsageDuration", &type);
  ImpFhirQuantity taken, supplied;
  gboolean has_taken, has_supplied = imp_fhir_quantity (supply, &supplied);

  if (duration == NULL)
    duration =
        imp_fhir_named_value (imp_fhir_path (dosage, "timing.repeat"), "UsageDuration", &type);
  has_taken = imp_fhir_quantity (duration, &taken);
  if (duration != NULL && !has_taken) /* E06: a text where a Duration is expected */
    {
      imp_fhir_take (self, DISC_FIELD_DAYS, imp_fhir_value_text (duration, type));
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "%s: UsageDuration is no Duration", self->type);
    }
  if (has_taken)
    imp_fhir_add_amount (self, DISC_FIELD_DAYS, DISC_FIELD_DAYS_UNIT, duration);
  else if (has_supplied && duration == NULL)
    imp_fhir_add_amount (self, DISC_FIELD_DAYS, DISC_FIELD_DAYS_UNIT, supply);
  if (has_supplied && duration != NULL &&
      (!has_taken || !same_quantity (&taken, duration, &supplied, supply)))
    {
      g_autofree char *text = imp_fhir_value_text (supply, "Duration");

      imp_fhir_comment (self, "調剤日数", text);
      imp_fhir_add (self, DISC_FIELD_WARNING, "days-differ");
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "%s: two numbers of days differ", self->type);
    }
}

/* The span on the calendar: not the days of taking. Said where it is not the same number. */
static void
add_bounds (ImpFhirMapper *self, const cJSON *timing, const cJSON *dosage, const cJSON *supply)
{
  const cJSON *duration = imp_fhir_path (timing, "repeat.boundsDuration");
  const cJSON *taken = imp_fhir_named_value (dosage, "UsageDuration", NULL);
  g_autofree char *text = imp_fhir_bounds_words (timing);
  ImpFhirQuantity a, b;

  if (taken == NULL)
    taken = supply;
  if (duration != NULL && imp_fhir_quantity (duration, &a) && imp_fhir_quantity (taken, &b) &&
      same_quantity (&a, duration, &b, taken))
    return;
  imp_fhir_comment (self, "期間", text);
}

/* A time of the day on which it starts, and no other. */
static gboolean
is_one_time_of (const char *events, const char *day)
{
  return day != NULL && strlen (day) == strlen ("2025-01-01") && strchr (events, ' ') == NULL &&
         g_str_has_prefix (events, day);
}

static void
add_times (ImpFhirMapper *self, const cJSON *dosage, const cJSON *supply)
{
  const cJSON *timing = imp_fhir_path (dosage, "timing");
  const cJSON *period = imp_fhir_named_value (dosage, "PeriodOfUse", NULL);
  const char *own = imp_fhir_start (dosage, "timing");
  const char *start = imp_json_string (period, "start");
  const char *end = imp_json_string (period, "end");
  g_autofree char *events = imp_fhir_events_words (timing);

  if (start == NULL && imp_json_text (period) != NULL) /* E06: a text where a Period is expected */
    {
      start = imp_json_text (period);
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "%s: PeriodOfUse is no Period",
                              self->type);
    }
  if (start == NULL)
    start = own;
  if (end == NULL)
    end = imp_fhir_string (timing, "repeat.boundsPeriod.end");
  imp_fhir_add (self, DISC_FIELD_START, start);
  imp_fhir_add (self, DISC_FIELD_END, end);
  if (own != NULL && g_strcmp0 (own, start) != 0 && events == NULL)
    imp_fhir_comment (self, "期間の開始", own);
  if (events != NULL && is_one_time_of (events, start))
    hint (self, "開始の時刻", events);
  else if (events != NULL && g_strcmp0 (events, start) != 0)
    imp_fhir_comment (self, "投与日時", events);
  add_days (self, dosage, supply);
  add_bounds (self, timing, dosage, supply);
}

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
                               g_str_has_suffix (system, "1.2.392.200250.2.2.20.30")))
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
           !g_str_has_suffix (system, "1.2.392.200250.2.2.20.32")))
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

/* ---- all of it ---------------------------------------------------------------------------------
 */

void
imp_fhir_add_dosage (ImpFhirMapper *self, const cJSON *dosage, const cJSON *supply,
                     ImpFhirDoseAs as)
{
  if (dosage != NULL && !cJSON_IsObject (dosage)) /* E04: a text where an object is expected */
    {
      imp_fhir_add (self, DISC_FIELD_USAGE, imp_json_text (dosage));
      return;
    }
  imp_fhir_add_doses (self, dosage, as);
  add_usage (self, dosage,
             supply != NULL || imp_fhir_named_extension (dosage, "UsageDuration") != NULL ||
                 imp_fhir_path (dosage, "timing.repeat.boundsDuration") != NULL);
  add_instructions (self, dosage);
  add_times (self, dosage, supply);
  add_as_needed (self, dosage);
  add_ways (self, dosage);
  add_limits (self, dosage);
  add_extensions (self, dosage);
}

static void
append (GString *out, char *text)
{
  g_autofree char *owned = text;

  if (owned != NULL && *owned != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", owned);
}

char *
imp_fhir_dosage_line (const cJSON *dosage)
{
  const cJSON *period = imp_fhir_named_value (dosage, "PeriodOfUse", NULL);
  const char *type;
  const cJSON *days = imp_fhir_named_value (dosage, "UsageDuration", &type);
  GString *out = g_string_new (imp_json_string (dosage, "text"));

  append (out, imp_fhir_doses_line (dosage));
  append (out, imp_fhir_timing_words (imp_fhir_path (dosage, "timing")));
  for (const cJSON *one = imp_json_first (imp_json_get (dosage, "additionalInstruction"));
       one != NULL; one = imp_json_next (one))
    append (out, imp_fhir_words (one));
  append (out, imp_fhir_words (imp_json_first (imp_json_get (dosage, "route"))));
  append (out, imp_fhir_words (imp_json_first (imp_json_get (dosage, "site"))));
  append (out, imp_fhir_period_text (period));
  if (days != NULL)
    append (out, imp_fhir_value_text (days, type));
  return g_string_free (out, out->len == 0);
}
