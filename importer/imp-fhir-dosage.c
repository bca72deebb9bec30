/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-dosage.h"

#include <string.h>

#include "imp-fhir-timing.h"
#include "imp-usage.h"

/* When and how long: Dosage of FHIR (spec fhir.md 3.5.3). */

#define USAGE_CODE_LENGTH 16
#define SUPPLEMENT_LENGTH 8
#define MAX_DOSAGES 100

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
imp_fhir_dosages (ImpFhirMapper *self)
{
  static const char *const names[] = { "dosageInstruction", "dosage", NULL };
  GPtrArray *list = g_ptr_array_new ();
  gboolean all = TRUE;

  for (guint i = 0; names[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (self->resource, names[i]));
         one != NULL && list->len <= MAX_DOSAGES; one = imp_json_next (one))
      {
        g_ptr_array_add (list, (gpointer) one);
        all = all && imp_json_string (one, "sequence") != NULL;
      }
  if (list->len > MAX_DOSAGES)
    {
      g_ptr_array_set_size (list, MAX_DOSAGES);
      imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED, "%s: more than %d dosages",
                              self->type, MAX_DOSAGES);
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

/* A code of JAMI, which says more than its words do. */
static gboolean
is_supplement (const char *code)
{
  return code != NULL && strlen (code) == SUPPLEMENT_LENGTH && g_ascii_isupper (code[0]);
}

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
      if (words != NULL && is_supplement (code))
        imp_fhir_take (self, DISC_FIELD_INSTRUCTION, g_strdup_printf ("%s %s", code, words));
      else
        imp_fhir_add (self, DISC_FIELD_INSTRUCTION, words != NULL ? words : code);
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
  imp_fhir_add_ways (self, dosage);
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
