/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-dosing-days.h"

#include <string.h>

#include "viewer-entry.h"

#define SUPPLEMENT_LENGTH 8
#define N_WEEKDAYS 7

static const char *const names[N_WEEKDAYS] = { "日", "月", "火", "水", "木", "金", "土" };
static const char day_word[] = "曜";

guint
viewer_dosing_weekday (gint64 day)
{
  return (guint) (((day + 4) % N_WEEKDAYS + N_WEEKDAYS) % N_WEEKDAYS); /* 1970-01-01: a Thursday */
}

static guint
day_of (const char *p)
{
  for (guint i = 0; i < N_WEEKDAYS; i++)
    if (g_str_has_prefix (p, names[i]))
      return 1u << i;
  return 0;
}

static gboolean
is_between (const char *p)
{
  static const char *const separators[] = { "・", "、", ",", "/", "と", " " };

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_has_prefix (p, separators[i]))
      return TRUE;
  return FALSE;
}

/* The days of 月・水・金曜: the one before 曜, and those with only separators between. */
static guint
days_before (const char *text, const char *end)
{
  guint days = 0;
  gboolean after_day = FALSE;

  for (const char *p = end; p > text;)
    {
      p = g_utf8_prev_char (p);
      if (p > text && g_str_has_prefix (g_utf8_prev_char (p), day_word))
        break; /* the 日 of 曜日 before it is no Sunday */
      if (day_of (p) != 0 && !after_day)
        {
          days |= day_of (p);
          after_day = TRUE;
        }
      else if (is_between (p))
        after_day = FALSE;
      else
        break;
    }
  return days;
}

/* More than a list of days: 日曜以外, 第1月曜, 月から金曜, 土曜は休薬, 月曜は2錠. */
static gboolean
says_more (const char *key)
{
  static const char *const words[] = { "以外", "除",   "隔", "第",   "または", "or",  "から",
                                       "〜",   "~",    "休", "止",   "不",     "抜",  "ない",
                                       "なし", "変更", "は", "おき", "ごと",   "毎月" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (key, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Of weeks only: every week, and as many times in one as there are days: 毎週, 週2回. */
static gboolean
weeks_agree (const char *key, guint days)
{
  static const char week[] = "週";

  for (const char *p = strstr (key, week); p != NULL; p = strstr (p + 1, week))
    {
      const char *next = p + strlen (week);

      if (p > key && g_str_has_prefix (g_utf8_prev_char (p), "毎"))
        continue;
      if ((p > key && g_ascii_isdigit (p[-1])) || !g_ascii_isdigit (next[0]) ||
          !g_str_has_prefix (next + 1, "回") || next[0] - '0' != __builtin_popcount (days))
        return FALSE;
    }
  return TRUE;
}

guint
viewer_dosing_weekdays_text (const char *text)
{
  g_autofree char *key = viewer_value_key (text);
  guint days = 0;

  if (says_more (key))
    return 0;
  for (const char *p = strstr (key, day_word); p != NULL; p = strstr (p + 1, day_word))
    {
      guint found = days_before (key, p);

      if (found == 0)
        return 0;
      days |= found;
    }
  return weeks_agree (key, days) ? days : 0;
}

/* Every so many weeks, days of the month, every other day: not every week. */
static gboolean
is_other_supplement (const char *code)
{
  return strlen (code) == SUPPLEMENT_LENGTH && strchr ("CDI", code[0]) != NULL &&
         strcmp (code, "CW100000") != 0;
}

static gboolean
code_days (const char *code, guint *days)
{
  if (code[0] != 'W' || strspn (code + 1, "01") != N_WEEKDAYS ||
      (code[SUPPLEMENT_LENGTH] != '\0' && strchr (" ^", code[SUPPLEMENT_LENGTH]) == NULL))
    return FALSE;
  *days = 0;
  for (guint i = 0; i < N_WEEKDAYS; i++)
    if (code[1 + i] == '1')
      *days |= 1u << i;
  return TRUE;
}

guint
viewer_dosing_weekdays (const DiscItem *item)
{
  guint days = 0;

  for (guint i = 0; i < item->n_values; i++)
    {
      const char *value = item->values[i].value;
      gboolean is_text = item->values[i].field == DISC_FIELD_USAGE ||
                         item->values[i].field == DISC_FIELD_INSTRUCTION ||
                         item->values[i].field == DISC_FIELD_COMMENT;
      guint said = 0;

      if (!is_text && item->values[i].field != DISC_FIELD_USAGE_CODE)
        continue;
      if (!is_text && is_other_supplement (value))
        return 0;
      if (is_text && (strstr (value, "休") != NULL || strstr (value, "中止") != NULL))
        return 0; /* on some of these days it is not */
      if (!code_days (value, &said) && is_text && strstr (value, day_word) != NULL)
        {
          said = viewer_dosing_weekdays_text (value);
          if (said == 0)
            return 0;
        }
      if (said == 0)
        continue;
      if (days != 0 && said != days)
        return 0;
      days = said;
    }
  return days;
}
