/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-timing.h"

#include <string.h>

#include "imp-fhir-mapper.h"

#define MAX_COMPARED 2000 /* bytes: a usage is a line */

/* ---- units of time --------------------------------------------------------------------------- */

ImpFhirTimeUnit
imp_fhir_time_unit_of (const char *word)
{
  static const struct
  {
    const char *words[8]; /* UCUM, Japanese, English, MERIT-9 */
    ImpFhirTimeUnit unit;
  } units[] = {
    { { "s", "秒", "second", "seconds", "sec" }, IMP_FHIR_TIME_SECOND },
    { { "min", "分", "minute", "minutes" }, IMP_FHIR_TIME_MINUTE },
    { { "h", "時間", "hour", "hours", "hr", "hrs", "時" }, IMP_FHIR_TIME_HOUR },
    { { "d", "日", "day", "days", "日分", "日間" }, IMP_FHIR_TIME_DAY },
    { { "wk", "週", "week", "weeks", "週間", "週分" }, IMP_FHIR_TIME_WEEK },
    { { "mo", "月", "month", "months", "か月", "ヶ月", "カ月" }, IMP_FHIR_TIME_MONTH },
    { { "a", "年", "year", "years", "yr" }, IMP_FHIR_TIME_YEAR },
  };
  g_autofree char *key = word != NULL ? g_strstrip (g_ascii_strdown (word, -1)) : NULL;

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (units); i++)
    for (guint n = 0; n < G_N_ELEMENTS (units[i].words) && units[i].words[n] != NULL; n++)
      if (strcmp (units[i].words[n], key) == 0)
        return units[i].unit;
  return IMP_FHIR_TIME_NONE;
}

ImpFhirTimeUnit
imp_fhir_time_unit (const cJSON *quantity)
{
  ImpFhirTimeUnit by_unit = imp_fhir_time_unit_of (imp_json_string (quantity, "unit"));
  ImpFhirTimeUnit by_code = imp_fhir_time_unit_of (imp_json_string (quantity, "code"));

  if (by_unit == IMP_FHIR_TIME_NONE || by_code == IMP_FHIR_TIME_NONE)
    return MAX (by_unit, by_code);
  return by_unit == by_code ? by_unit : IMP_FHIR_TIME_NONE;
}

static const char *
unit_words (const char *unit)
{
  switch (imp_fhir_time_unit_of (unit))
    {
    case IMP_FHIR_TIME_SECOND:
      return "秒";
    case IMP_FHIR_TIME_MINUTE:
      return "分";
    case IMP_FHIR_TIME_HOUR:
      return "時間";
    case IMP_FHIR_TIME_DAY:
      return "日";
    case IMP_FHIR_TIME_WEEK:
      return "週";
    case IMP_FHIR_TIME_MONTH:
      return "か月";
    case IMP_FHIR_TIME_YEAR:
      return "年";
    case IMP_FHIR_TIME_NONE:
    default:
      return unit != NULL ? unit : "";
    }
}

/* ---- codes of Timing.repeat --------------------------------------------------------------------
 */

typedef struct
{
  const char *code;
  const char *words;
} Word;

/* HL7 FHIR R4 value sets event-timing (v3 TimingEvent) and days-of-week. */
static const Word events[] = {
  { "MORN", "朝" },           { "MORN.early", "早朝" }, { "MORN.late", "午前遅く" },
  { "NOON", "正午" },         { "AFT", "午後" },        { "AFT.early", "午後早く" },
  { "AFT.late", "午後遅く" }, { "EVE", "夕方" },        { "EVE.early", "夕方早く" },
  { "EVE.late", "夕方遅く" }, { "NIGHT", "夜" },        { "PHS", "入眠後" },
  { "IMD", "直ちに" },        { "HS", "就寝前" },       { "WAKE", "起床時" },
  { "C", "食事時" },          { "CM", "朝食時" },       { "CD", "昼食時" },
  { "CV", "夕食時" },         { "AC", "食前" },         { "ACM", "朝食前" },
  { "ACD", "昼食前" },        { "ACV", "夕食前" },      { "PC", "食後" },
  { "PCM", "朝食後" },        { "PCD", "昼食後" },      { "PCV", "夕食後" },
};

static const Word weekdays[] = {
  { "mon", "月曜" }, { "tue", "火曜" }, { "wed", "水曜" }, { "thu", "木曜" },
  { "fri", "金曜" }, { "sat", "土曜" }, { "sun", "日曜" },
};

static const char *
find_word (const Word *words, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].code, code) == 0)
      return words[i].words;
  return code;
}

static void
append (GString *out, const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", text);
}

static void
append_codes (GString *out, const cJSON *list, const Word *words, guint n)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    append (out, find_word (words, n, imp_json_text (one)));
}

/* "3", "1–3" of a member and its "Max". */
static char *
span_text (const cJSON *repeat, const char *name)
{
  g_autofree char *max_name = g_strconcat (name, "Max", NULL);
  const char *least = imp_json_string (repeat, name);
  const char *most = imp_json_string (repeat, max_name);

  if (least == NULL && most == NULL)
    return NULL;
  if (most == NULL)
    return g_strdup (least);
  return g_strdup_printf ("%s–%s", least != NULL ? least : "", most);
}

static void
append_frequency (GString *out, const cJSON *repeat)
{
  g_autofree char *frequency = span_text (repeat, "frequency");
  g_autofree char *period = span_text (repeat, "period");
  const char *unit = imp_json_string (repeat, "periodUnit");
  gboolean is_one = g_strcmp0 (period, "1") == 0;
  g_autofree char *text = NULL;

  if (unit == NULL)
    unit = imp_json_string (repeat, "periodUnits"); /* DSTU2 */
  if (period == NULL && frequency == NULL)
    return;
  if (period == NULL)
    text = g_strdup_printf ("%s回", frequency);
  else if (frequency == NULL)
    text = g_strdup_printf ("%s%sごと", period, unit_words (unit));
  else if (imp_fhir_time_unit_of (unit) == IMP_FHIR_TIME_HOUR)
    text = g_strdup_printf ("%s時間ごとに%s回", period, frequency);
  else
    text = g_strdup_printf ("%s%s%s%s回", period, unit_words (unit), is_one ? "" : "に", frequency);
  append (out, text);
}

static void
append_labelled (GString *out, const char *label, char *text, const char *unit)
{
  g_autofree char *owned = text;
  g_autofree char *line = NULL;

  if (owned == NULL)
    return;
  line = g_strdup_printf ("%s%s%s", label, owned, unit);
  append (out, line);
}

char *
imp_fhir_repeat_words (const cJSON *timing)
{
  const cJSON *repeat = imp_fhir_path (timing, "repeat");
  GString *out;

  if (repeat == NULL)
    return NULL;
  out = g_string_new (NULL);
  append_frequency (out, repeat);
  append_codes (out, imp_json_get (repeat, "dayOfWeek"), weekdays, G_N_ELEMENTS (weekdays));
  append_codes (out, imp_json_get (repeat, "when"), events, G_N_ELEMENTS (events));
  append_labelled (out, "", g_strdup (imp_json_string (repeat, "offset")), "分");
  append_codes (out, imp_json_get (repeat, "timeOfDay"), NULL, 0);
  append_labelled (out, "継続", span_text (repeat, "duration"),
                   unit_words (imp_json_string (repeat, "durationUnit")));
  return g_string_free (out, out->len == 0);
}

char *
imp_fhir_count_words (const cJSON *timing)
{
  g_autofree char *count = span_text (imp_fhir_path (timing, "repeat"), "count");

  return count != NULL ? g_strdup_printf ("計%s回", count) : NULL;
}

char *
imp_fhir_bounds_words (const cJSON *timing)
{
  const char *type;
  const cJSON *bounds = imp_fhir_choice (imp_fhir_path (timing, "repeat"), "bounds", &type, NULL);

  if (bounds == NULL || strcmp (type, "Period") == 0)
    return NULL;
  return imp_fhir_value_text (bounds, type);
}

char *
imp_fhir_events_words (const cJSON *timing)
{
  GString *out = g_string_new (NULL);

  append_codes (out, imp_json_get (timing, "event"), NULL, 0);
  return g_string_free (out, out->len == 0);
}

char *
imp_fhir_timing_words (const cJSON *timing)
{
  g_autofree char *repeat = imp_fhir_repeat_words (timing);
  g_autofree char *count = imp_fhir_count_words (timing);
  g_autofree char *bounds = imp_fhir_bounds_words (timing);
  g_autofree char *period = imp_fhir_period_text (imp_fhir_path (timing, "repeat.boundsPeriod"));
  g_autofree char *times = imp_fhir_events_words (timing);
  GString *out = g_string_new (NULL);

  for (const cJSON *code = imp_json_first (imp_json_get (timing, "code")); code != NULL;
       code = imp_json_next (code))
    {
      g_autofree char *words = imp_fhir_words (code);

      append (out, words);
    }
  append (out, repeat);
  append (out, count);
  append (out, bounds);
  append (out, period);
  append (out, times);
  return g_string_free (out, out->len == 0);
}

/* ---- does one text say what another does? ------------------------------------------------------
 */

static void
remove_words (char *text)
{
  static const char *const words[] = { "内服", "経口", "服用", "外用", "投与", "使用", NULL };

  for (guint i = 0; words[i] != NULL; i++)
    for (char *at = strstr (text, words[i]); at != NULL; at = strstr (at, words[i]))
      memmove (at, at + strlen (words[i]), strlen (at + strlen (words[i])) + 1);
}

static char *
fold (const char *text)
{
  char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  if (wide == NULL)
    wide = g_strdup ("");
  remove_words (wide);
  return wide;
}

/* The next word: a number with what it counts, else one character. Returns: %NULL at the end */
static char *
next_token (const char **at)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *token = NULL;
  const char *p = *at;
  const char *begin;

  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return NULL;
  begin = p;
  while (g_ascii_isdigit (*p) || (p > begin && *p == '.'))
    p++;
  if (p > begin)
    while (*p == ' ')
      p++;
  if (*p != '\0')
    p = g_utf8_next_char (p);
  *at = p;
  token = g_strndup (begin, (gsize) (p - begin));
  parts = g_strsplit (token, " ", -1);
  return g_strjoinv ("", parts);
}

static GHashTable *
tokens_of (const char *text)
{
  GHashTable *tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *at = text;
  char *token;

  while ((token = next_token (&at)) != NULL)
    g_hash_table_add (tokens, token);
  return tokens;
}

gboolean
imp_fhir_says_no_more (const char *text, const char *shown)
{
  gboolean is_long = strlen (text) > MAX_COMPARED || strlen (shown) > MAX_COMPARED;
  g_autofree char *a = fold (is_long ? "" : text);
  g_autofree char *b = fold (is_long ? "" : shown);
  g_autoptr (GHashTable) known = tokens_of (b);
  const char *at = a;

  if (is_long)
    return strcmp (text, shown) == 0;
  for (;;)
    {
      g_autofree char *token = next_token (&at);

      if (token == NULL)
        return TRUE;
      if (!g_hash_table_contains (known, token))
        return FALSE;
    }
}
