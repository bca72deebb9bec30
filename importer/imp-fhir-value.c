/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-order.h"

/* Data types of FHIR R4 in words (spec fhir.md 3.0.2). */

/* ---- concepts ------------------------------------------------------------------------------- */

/* The code of what has none says nothing beside any other; the hospital's own says less than one that
 * others know. */
static guint
rank_of (const cJSON *coding)
{
  const char *system = imp_json_string (coding, "system");

  if (imp_json_string (coding, "code") == NULL)
    return 0;
  if (imp_fhir_is_no_code (system))
    return 1;
  return imp_fhir_is_national (system) ? 3 : 2;
}

const cJSON *
imp_fhir_code (const cJSON *concept)
{
  const cJSON *best = NULL;
  guint best_rank = 0;
  const cJSON *codings = imp_json_get (concept, "coding");

  if (codings == NULL && imp_json_string (concept, "code") != NULL)
    return concept; /* a Coding where a concept is expected */
  for (const cJSON *coding = imp_json_first (codings); coding != NULL;
       coding = imp_json_next (coding))
    if (rank_of (coding) > best_rank)
      {
        best = coding;
        best_rank = rank_of (coding);
      }
  return best;
}

char *
imp_fhir_fold (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *out = g_string_new (NULL);

  for (const char *p = wide != NULL ? wide : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

gboolean
imp_fhir_same_words (const char *a, const char *b)
{
  g_autofree char *x = imp_fhir_fold (a != NULL ? a : "");
  g_autofree char *y = imp_fhir_fold (b != NULL ? b : "");

  return strcmp (x, y) == 0;
}

char *
imp_fhir_words (const cJSON *concept)
{
  g_autofree char *text = imp_fhir_concept_text (concept);
  const char *display = imp_json_string (imp_fhir_code (concept), "display");

  if (text == NULL || display == NULL || imp_fhir_same_words (text, display))
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s（%s）", text, display);
}

/* ---- values --------------------------------------------------------------------------------- */

static char *
quantity_text (const cJSON *node)
{
  ImpFhirQuantity parts;
  g_autofree char *number = NULL;

  if (!imp_fhir_quantity (node, &parts))
    return NULL;
  number = imp_fhir_quantity_text (&parts);
  return parts.unit != NULL ? g_strdup_printf ("%s %s", number, parts.unit)
                            : g_steal_pointer (&number);
}

char *
imp_fhir_period_text (const cJSON *period)
{
  const char *start = imp_json_string (period, "start");
  const char *end = imp_json_string (period, "end");

  if (start == NULL && end == NULL)
    return NULL;
  return g_strdup_printf ("%s – %s", start != NULL ? start : "", end != NULL ? end : "");
}

char *
imp_fhir_range_text (const cJSON *range)
{
  g_autofree char *low = quantity_text (imp_json_get (range, "low"));
  g_autofree char *high = quantity_text (imp_json_get (range, "high"));

  if (low == NULL && high == NULL)
    return NULL;
  return g_strdup_printf ("%s – %s", low != NULL ? low : "", high != NULL ? high : "");
}

/* A titre is a ratio, and never divided. */
static char *
ratio_text (const cJSON *ratio)
{
  g_autofree char *above = quantity_text (imp_json_get (ratio, "numerator"));
  g_autofree char *below = quantity_text (imp_json_get (ratio, "denominator"));
  gboolean has_units = imp_fhir_string (ratio, "numerator.unit") != NULL ||
                       imp_fhir_string (ratio, "numerator.code") != NULL ||
                       imp_fhir_string (ratio, "denominator.unit") != NULL ||
                       imp_fhir_string (ratio, "denominator.code") != NULL;

  if (above == NULL && below == NULL)
    return NULL;
  return g_strdup_printf ("%s%s%s", above != NULL ? above : "", has_units ? " / " : ":",
                          below != NULL ? below : "");
}

static char *
timing_text (const cJSON *timing)
{
  g_autofree char *code = imp_fhir_words (imp_json_get (timing, "code"));
  g_autofree char *bounds = imp_fhir_period_text (imp_fhir_path (timing, "repeat.boundsPeriod"));
  GString *out = g_string_new (code);

  for (const cJSON *event = imp_json_first (imp_json_get (timing, "event")); event != NULL;
       event = imp_json_next (event))
    if (imp_json_text (event) != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", imp_json_text (event));
  if (bounds != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", bounds);
  return g_string_free (out, out->len == 0);
}

static char *
identifier_text (const cJSON *node)
{
  return g_strdup (imp_json_string (node, "value"));
}

static char *
attachment_text (const cJSON *node)
{
  const char *title = imp_json_string (node, "title");

  if (title == NULL)
    title = imp_json_string (node, "url");
  return g_strdup (title);
}

static char *
yes_or_no (const cJSON *node)
{
  return g_strdup (imp_json_text (node));
}

static char *
annotation_text (const cJSON *node)
{
  return g_strdup (imp_json_string (node, "text"));
}

static char *
sampled_text (const cJSON *node)
{
  (void) node;
  return g_strdup ("波形データあり");
}

static char *
reference_text (const cJSON *node)
{
  const char *text = imp_json_string (node, "display");

  if (text == NULL)
    text = imp_fhir_string (node, "identifier.value");
  if (text == NULL)
    text = imp_json_string (node, "reference");
  return g_strdup (text);
}

char *
imp_fhir_value_text (const cJSON *value, const char *type)
{
  static const struct
  {
    const char *type;
    char *(*text) (const cJSON *);
  } readers[] = {
    { "Quantity", quantity_text },      { "Age", quantity_text },
    { "Duration", quantity_text },      { "SimpleQuantity", quantity_text },
    { "Money", quantity_text },         { "Count", quantity_text },
    { "Distance", quantity_text },      { "CodeableConcept", imp_fhir_words },
    { "Coding", imp_fhir_words },       { "CodeableReference", imp_fhir_words },
    { "Range", imp_fhir_range_text },   { "Ratio", ratio_text },
    { "Period", imp_fhir_period_text }, { "Timing", timing_text },
    { "Identifier", identifier_text },  { "Attachment", attachment_text },
    { "Annotation", annotation_text },  { "SampledData", sampled_text },
    { "Reference", reference_text },    { "Boolean", yes_or_no },
  };

  if (value == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (readers) && cJSON_IsObject (value); i++)
    if (g_strcmp0 (readers[i].type, type) == 0)
      return readers[i].text (value);
  return cJSON_IsObject (value) ? imp_fhir_concept_text (value) : g_strdup (imp_json_text (value));
}

/* ---- times of a choice ---------------------------------------------------------------------- */

/* The earliest (latest) as the text orders it; times that cannot be told apart stay as they came.
 */
static const char *
event_of (const cJSON *timing, gboolean last)
{
  const char *best = NULL;
  int order;

  for (const cJSON *event = imp_json_first (imp_json_get (timing, "event")); event != NULL;
       event = imp_json_next (event))
    {
      const char *text = imp_json_text (event);

      if (text != NULL && (best == NULL || (imp_fhir_compare_times (text, best, &order) &&
                                            (last ? order > 0 : order < 0))))
        best = text;
    }
  return best;
}

static const char *
edge (const cJSON *node, const char *name, gboolean last)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (node, name, &type, NULL);
  const char *text;

  if (value == NULL) /* of another version, or misspelt: the bare name */
    value = imp_json_first (imp_json_get (node, name));
  if (!cJSON_IsObject (value))
    return imp_json_text (value);
  text = imp_json_string (value, last ? "end" : "start");
  if (text != NULL)
    return text;
  text = event_of (value, last);
  if (text != NULL)
    return text;
  return imp_fhir_string (value, last ? "repeat.boundsPeriod.end" : "repeat.boundsPeriod.start");
}

const char *
imp_fhir_start (const cJSON *node, const char *name)
{
  return edge (node, name, FALSE);
}

const char *
imp_fhir_end (const cJSON *node, const char *name)
{
  return edge (node, name, TRUE);
}

/* ---- why there is no value ------------------------------------------------------------------ */

static const char *
absent_words_of (const char *code)
{
  static const struct
  {
    const char *code;
    const char *words;
  } table[] = {
    { "unknown", "不明" },
    { "asked-unknown", "不明" },
    { "temp-unknown", "一時不明" },
    { "not-asked", "未聴取" },
    { "asked-declined", "回答拒否" },
    { "masked", "非開示" },
    { "not-applicable", "該当なし" },
    { "not-performed", "未実施" },
    { "not-permitted", "不可" },
    { "error", "測定エラー" },
    { "not-a-number", "測定エラー" },
    { "unsupported", "本文参照" },
    { "as-text", "本文参照" },
    { "negative-infinity", "測定範囲外" },
    { "positive-infinity", "測定範囲外" },
    { "NI", "情報なし" },
    { "UNK", "不明" },
    { "NA", "該当なし" },
    { "ASKU", "不明" },
    { "NASK", "未聴取" },
    { "MSK", "非開示" },
    { "OTH", "その他" },
    { "NAV", "一時不明" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i].code, code) == 0)
      return table[i].words;
  return code != NULL ? "値なし" : NULL;
}

static const char *
absent_extension (const cJSON *node)
{
  static const char *const urls[] = { "data-absent-reason", "iso21090-nullFlavor", NULL };

  for (guint i = 0; urls[i] != NULL; i++)
    {
      const cJSON *extension = imp_fhir_extension (node, urls[i]);
      const char *code = imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL));

      if (code != NULL)
        return absent_words_of (code);
    }
  return NULL;
}

const char *
imp_fhir_absent_words (const cJSON *node, const char *name)
{
  g_autofree char *partner = name != NULL ? g_strconcat ("_", name, NULL) : NULL;
  const char *words;

  if (name == NULL)
    {
      const char *code = imp_fhir_string (node, "dataAbsentReason.coding.code");

      if (code != NULL)
        return absent_words_of (code);
      return absent_extension (node);
    }
  words = absent_extension (imp_json_first (imp_json_get (node, partner)));
  return words != NULL ? words : absent_extension (imp_json_first (imp_json_get (node, name)));
}
