/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-usage.h"

#include "viewer-decimal.h"
#include "viewer-entry.h"

#include <string.h>

/* JAMI usage codes (SS-MIX2 spec 4.9). */
#define USAGE_CODE_LENGTH 16
#define SUPPLEMENT_LENGTH 8

/* What one code or one text says. */
typedef enum
{
  SAYS_NOTHING,
  SAYS_DAILY,
  SAYS_WEEKDAYS,
  SAYS_WEEKLY,
  SAYS_ALTERNATE,
  SAYS_MONTH_DAYS,
  SAYS_PRN,
  SAYS_EXTERNAL,
  SAYS_OTHER, /* something that is not every day, or not known */
} Says;

static gboolean
contains_any (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static Says
code_says (const char *code)
{
  gsize len = strlen (code);

  if (len == SUPPLEMENT_LENGTH)
    {
      switch (code[0])
        {
        case 'V':
          return SAYS_NOTHING; /* amounts of one day: viewer_usage_schedule() */
        case 'I':
          return SAYS_ALTERNATE;
        case 'W':
          return SAYS_WEEKDAYS;
        case 'D':
          return SAYS_MONTH_DAYS;
        case 'C':
          return code[1] == 'W' ? SAYS_WEEKLY : SAYS_OTHER;
        default:
          return SAYS_OTHER;
        }
    }
  if (len != USAGE_CODE_LENGTH || strchr ("1234", code[0]) == NULL)
    return SAYS_NOTHING; /* MERIT-9, local and dummy codes: the text counts */
  switch (code[2])
    {
    case '5':
      return SAYS_PRN;
    case '1':
    case '2':
    case '3':
    case '4':
    case '6':
    case '7':
      return code[0] == '2' ? SAYS_EXTERNAL : SAYS_DAILY;
    default:
      return SAYS_OTHER;
    }
}

/* Order matters: 月曜日 is a weekday and not a month, １日おき is not １日n回. */
static Says
text_says (const char *text)
{
  static const char *const weekdays[] = { "曜", NULL };
  static const char *const alternate[] = { "隔日", "日おき", "日置き", "日毎", "日ごと", NULL };
  static const char *const weekly[] = { "週", NULL };
  static const char *const month[] = { "毎月", "月1", "月2", "月に", NULL };
  static const char *const prn[] = { "頓",     "必要時", "適宜",   "疼痛時", "発熱時", "不眠時",
                                     "便秘時", "発作時", "嘔気時", "痛い時", "症状",   NULL };
  static const char *const other[] = { "おき", "休薬", "休止", "指示", "漸減", "漸増", "間隔",
                                       "から", "まで", "のみ", "透析", "奇数", "偶数", NULL };
  static const char *const daily[] = { "毎日",   "毎食",   "朝",     "昼",     "夕",
                                       "就寝",   "眠前",   "起床",   "分1",    "分2",
                                       "分3",    "分4",    "1日1回", "1日2回", "1日3回",
                                       "1日4回", "1日5回", "1日6回", NULL };
  static const struct
  {
    const char *const *words;
    Says says;
  } table[] = {
    { weekdays, SAYS_WEEKDAYS }, { alternate, SAYS_ALTERNATE },
    { weekly, SAYS_WEEKLY },     { month, SAYS_MONTH_DAYS },
    { prn, SAYS_PRN },           { other, SAYS_OTHER },
    { daily, SAYS_DAILY },
  };
  g_autofree char *key = viewer_value_key (text);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (contains_any (key, table[i].words))
      return table[i].says;
  return SAYS_NOTHING;
}

/* Length of the code at the beginning of "V14NNNNN ４錠" or "V14NNNNN^４錠"; 0: there is none. */
static gsize
code_length (const char *instruction)
{
  gsize len = strspn (instruction, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

  return instruction[len] == '\0' || instruction[len] == ' ' || instruction[len] == '^' ? len : 0;
}

static char *
instruction_code (const char *instruction)
{
  return g_strndup (instruction, code_length (instruction));
}

char *
viewer_usage_instruction_text (const char *instruction)
{
  gsize len = code_length (instruction);

  if (len == 0 || instruction[len] == '\0' || instruction[len + 1] == '\0')
    return g_strndup (instruction, len > 0 ? len : strlen (instruction));
  return g_strdup (instruction + len + 1);
}

gboolean
viewer_usage_is_special (const char *text, const char *code)
{
  Says by_code = code != NULL ? code_says (code) : SAYS_NOTHING;
  Says by_text = text != NULL ? text_says (text) : SAYS_NOTHING;

  return (by_code >= SAYS_WEEKDAYS && by_code <= SAYS_PRN) ||
         (by_text >= SAYS_WEEKDAYS && by_text <= SAYS_PRN);
}

/* What all codes and texts of the item say, one bit each; comments can only raise doubt. */
static guint
collect_says (const DiscItem *item)
{
  guint says = 0;

  for (guint i = 0; i < item->n_values; i++)
    {
      const char *value = item->values[i].value;

      switch (item->values[i].field)
        {
        case DISC_FIELD_USAGE:
          says |= 1u << text_says (value);
          break;
        case DISC_FIELD_USAGE_CODE:
          says |= 1u << code_says (value);
          break;
        case DISC_FIELD_INSTRUCTION:
          {
            g_autofree char *code = instruction_code (value);
            g_autofree char *text = viewer_usage_instruction_text (value);

            says |= 1u << text_says (text);
            if (strlen (code) == SUPPLEMENT_LENGTH)
              says |= 1u << code_says (code);
          }
          break;
        case DISC_FIELD_COMMENT:
          if (text_says (value) > SAYS_DAILY)
            says |= 1u << SAYS_OTHER;
          break;
        case DISC_FIELD_KIND:
        case DISC_FIELD_METHOD:
        case DISC_FIELD_CATEGORY:
          if (strstr (value, "頓") != NULL)
            says |= 1u << SAYS_PRN;
          if (strstr (value, "外用") != NULL)
            says |= 1u << SAYS_EXTERNAL;
          break;
        case DISC_FIELD_ITEM_NOT_UNDERSTOOD:
          says |= 1u << SAYS_OTHER;
          break;
        default:
          break;
        }
    }
  return says;
}

ViewerUsagePattern
viewer_usage_pattern (const DiscItem *item)
{
  static const struct
  {
    Says says;
    ViewerUsagePattern pattern;
  } strictest_first[] = {
    { SAYS_PRN, VIEWER_USAGE_PRN },
    { SAYS_WEEKDAYS, VIEWER_USAGE_WEEKDAYS },
    { SAYS_WEEKLY, VIEWER_USAGE_WEEKLY },
    { SAYS_ALTERNATE, VIEWER_USAGE_ALTERNATE },
    { SAYS_MONTH_DAYS, VIEWER_USAGE_MONTH_DAYS },
    { SAYS_EXTERNAL, VIEWER_USAGE_EXTERNAL },
    { SAYS_OTHER, VIEWER_USAGE_UNKNOWN },
    { SAYS_DAILY, VIEWER_USAGE_DAILY },
  };
  guint says = collect_says (item);

  for (guint i = 0; i < G_N_ELEMENTS (strictest_first); i++)
    if ((says & (1u << strictest_first[i].says)) != 0)
      return strictest_first[i].pattern;
  return VIEWER_USAGE_UNKNOWN;
}

/* ---- uneven doses --------------------------------------------------------------------------- */

static gboolean
is_v_supplement (const char *code)
{
  return strlen (code) == SUPPLEMENT_LENGTH && code[0] == 'V' && g_ascii_isdigit (code[1]);
}

gboolean
viewer_usage_is_schedule (const char *instruction)
{
  g_autofree char *code = instruction_code (instruction);

  return is_v_supplement (code);
}

/* "V14NNNNN" to dose 1, "4". */
static gboolean
parse_v_supplement (const char *code, guint *dose, char **amount)
{
  gsize n_digits = strspn (code + 2, "0123456789");
  gsize n_padding = strspn (code + 2 + n_digits, "N");

  if (n_digits == 0 || 2 + n_digits + n_padding != SUPPLEMENT_LENGTH || code[1] == '0' ||
      code[2] == '0')
    return FALSE;
  *dose = (guint) (code[1] - '0');
  *amount = g_strndup (code + 2, n_digits);
  return TRUE;
}

/* A number with another counter than 回 (which dose) and 日 in the text must be the amount. */
static gboolean
text_agrees (const char *text, const char *amount)
{
  g_autofree char *key = viewer_value_key (text);
  const char *p = key;

  while (*p != '\0')
    {
      gsize n = strspn (p, "0123456789.");
      g_autofree char *number = g_strndup (p, n);

      if (n == 0)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      p += n;
      if (g_str_has_prefix (p, "回") || g_str_has_prefix (p, "日"))
        continue;
      if (!viewer_decimal_equal (number, amount))
        return FALSE;
    }
  return TRUE;
}

/* One V supplement into its place; FALSE when the schedule is not certain any more. */
static gboolean
add_dose (GPtrArray *amounts, const char *code, const char *text)
{
  g_autofree char *amount = NULL;
  guint dose;

  if (!parse_v_supplement (code, &dose, &amount) || (text != NULL && !text_agrees (text, amount)))
    return FALSE;
  if (amounts->len < dose)
    g_ptr_array_set_size (amounts, (int) dose);
  if (g_ptr_array_index (amounts, dose - 1) != NULL)
    return viewer_decimal_equal (g_ptr_array_index (amounts, dose - 1), amount);
  g_ptr_array_index (amounts, dose - 1) = g_steal_pointer (&amount);
  return TRUE;
}

static gboolean
add_doses (GPtrArray *amounts, const DiscItem *item)
{
  for (guint i = 0; i < item->n_values; i++)
    {
      const char *value = item->values[i].value;

      if (item->values[i].field == DISC_FIELD_USAGE_CODE && is_v_supplement (value) &&
          !add_dose (amounts, value, NULL))
        return FALSE;
      if (item->values[i].field == DISC_FIELD_INSTRUCTION)
        {
          g_autofree char *code = instruction_code (value);
          g_autofree char *text = viewer_usage_instruction_text (value);

          if (is_v_supplement (code) &&
              !add_dose (amounts, code, strcmp (text, code) != 0 ? text : NULL))
            return FALSE;
        }
    }
  return TRUE;
}

static guint
doses_per_day (const DiscItem *item)
{
  for (guint n = 0;; n++)
    {
      const char *code = disc_item_nth_value (item, DISC_FIELD_USAGE_CODE, n);

      if (code == NULL)
        return 0;
      if (strlen (code) == USAGE_CODE_LENGTH && code_says (code) == SAYS_DAILY &&
          g_ascii_isdigit (code[3]))
        return (guint) (code[3] - '0');
    }
}

static gboolean
matches_extremes (const GPtrArray *amounts, const char *smallest, const char *largest)
{
  const char *min = g_ptr_array_index (amounts, 0);
  const char *max = min;

  for (guint i = 1; i < amounts->len; i++)
    {
      const char *amount = g_ptr_array_index (amounts, i);

      if (viewer_decimal_compare (amount, min) < 0)
        min = amount;
      if (viewer_decimal_compare (amount, max) > 0)
        max = amount;
    }
  return (smallest == NULL || viewer_decimal_equal (smallest, min)) &&
         (largest == NULL || viewer_decimal_equal (largest, max));
}

static gboolean
matches_total (const GPtrArray *amounts, const DiscItem *item)
{
  const char *per_day = disc_item_value (item, DISC_FIELD_PER_DAY);
  const char *per_day_unit = disc_item_value (item, DISC_FIELD_PER_DAY_UNIT);
  g_autofree char *sum = NULL;
  gint64 total = 0;

  if (per_day == NULL || per_day_unit == NULL ||
      g_strcmp0 (per_day_unit, disc_item_value (item, DISC_FIELD_DOSE_UNIT)) != 0)
    return TRUE; /* nothing to compare with */
  for (guint i = 0; i < amounts->len; i++)
    total += g_ascii_strtoll (g_ptr_array_index (amounts, i), NULL, 10);
  sum = g_strdup_printf ("%" G_GINT64_FORMAT, total);
  return viewer_decimal_equal (sum, per_day);
}

char **
viewer_usage_schedule (const DiscItem *item)
{
  g_autoptr (GPtrArray) amounts = g_ptr_array_new_with_free_func (g_free);
  guint n_doses = doses_per_day (item);

  if (!add_doses (amounts, item) || amounts->len < 2 || (n_doses != 0 && n_doses != amounts->len))
    return NULL;
  for (guint i = 0; i < amounts->len; i++)
    if (g_ptr_array_index (amounts, i) == NULL)
      return NULL;
  if (!matches_extremes (amounts, disc_item_value (item, DISC_FIELD_DOSE),
                         disc_item_value (item, DISC_FIELD_DOSE_MAX)) ||
      !matches_total (amounts, item))
    return NULL;
  g_ptr_array_add (amounts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&amounts), FALSE);
}

gboolean
viewer_usage_uneven (const DiscItem *item)
{
  for (guint i = 0; i < item->n_values; i++)
    {
      const char *value = item->values[i].value;
      g_autofree char *code = NULL;

      switch (item->values[i].field)
        {
        case DISC_FIELD_INSTRUCTION:
          code = instruction_code (value);
          if (is_v_supplement (code) || strstr (value, "不均等") != NULL)
            return TRUE;
          break;
        case DISC_FIELD_USAGE_CODE:
          if (is_v_supplement (value))
            return TRUE;
          break;
        case DISC_FIELD_USAGE:
        case DISC_FIELD_COMMENT:
          if (strstr (value, "不均等") != NULL)
            return TRUE;
          break;
        default:
          break;
        }
    }
  return FALSE;
}
