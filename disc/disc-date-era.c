/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-date.h"

#include <string.h>

#include "disc-date-private.h"
#include "disc-text.h"

typedef struct
{
  const char *name;
  const char *short_name; /* first character, as written by hand */
  char letter;
  int year, month, day;   /* first day */
} Era;

/* Newest first. Meiji began in 1868; its dates before 1873 are of the lunar calendar. */
static const Era eras[] = {
  { "令和", "令", 'r', 2019, 5, 1 },   { "平成", "平", 'h', 1989, 1, 8 },
  { "昭和", "昭", 's', 1926, 12, 25 }, { "大正", "大", 't', 1912, 7, 30 },
  { "明治", "明", 'm', 1868, 1, 25 },
};

#define FIRST_SOLAR_YEAR 1873
#define MAX_TYPED_BYTES 64

static int
compare_days (int year, int month, int day, const Era *era)
{
  if (year != era->year)
    return year - era->year;
  if (month != era->month)
    return month - era->month;
  return day - era->day;
}

static const Era *
era_of_day (int year, int month, int day)
{
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    if (compare_days (year, month, day, &eras[i]) >= 0)
      return &eras[i];

  return NULL;
}

char *
disc_date_wareki (const char *iso)
{
  DiscDateParts parts;
  const Era *era;
  int last_month, last_day;
  GString *out;

  if (!disc_date_parse (iso, &parts) || parts.year < FIRST_SOLAR_YEAR)
    return NULL;

  last_month = parts.precision >= DISC_DATE_MONTH ? parts.month : 12;
  last_day = parts.precision >= DISC_DATE_DAY ? parts.day
                                              : disc_date_days_in_month (parts.year, last_month);
  era = era_of_day (parts.year, parts.month, parts.day);
  if (era == NULL || era != era_of_day (parts.year, last_month, last_day))
    return NULL;

  out = g_string_new (era->name);
  if (parts.year == era->year)
    g_string_append (out, "元年");
  else
    g_string_append_printf (out, "%d年", parts.year - era->year + 1);
  if (parts.precision >= DISC_DATE_MONTH)
    g_string_append_printf (out, "%d月", parts.month);
  if (parts.precision >= DISC_DATE_DAY)
    g_string_append_printf (out, "%d日", parts.day);
  return g_string_free (out, FALSE);
}

static gboolean
skip (const char **p, const char *text)
{
  if (!g_str_has_prefix (*p, text))
    return FALSE;

  *p += strlen (text);
  return TRUE;
}

/* One to @max digits. */
static int
take_number (const char **p, int max)
{
  int value = 0;
  int n = 0;

  while (n < max && g_ascii_isdigit (**p))
    {
      value = value * 10 + (**p - '0');
      (*p)++;
      n++;
    }

  return n > 0 ? value : -1;
}

static gboolean
skip_separator (const char **p, const char *kanji)
{
  /* The folded text has one dash, the long vowel mark. */
  return skip (p, kanji) || skip (p, "/") || skip (p, ".") || skip (p, "ー") || skip (p, ",");
}

static const Era *
take_era (const char **p)
{
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    {
      if (skip (p, eras[i].name) || skip (p, eras[i].short_name))
        return &eras[i];
      if (**p == eras[i].letter)
        {
          (*p)++;
          skip (p, ".");
          return &eras[i];
        }
    }

  return NULL;
}

static char *
format_date (int year, int month, int day)
{
  if (!disc_date_exists (year, MAX (month, 1), MAX (day, 1)) || month == 0 || day == 0)
    return NULL;
  if (month < 0)
    return g_strdup_printf ("%04d", year);
  if (day < 0)
    return g_strdup_printf ("%04d-%02d", year, month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* The rest behind the year: separators, or nothing at all between two digits each. */
static gboolean
take_month_and_day (const char **p, gboolean compact, int *month, int *day)
{
  *month = *day = -1;
  if (compact)
    {
      gsize n = strspn (*p, "0123456789");

      if ((n != 2 && n != 4) || (*p)[n] != '\0')
        return FALSE;
      *month = take_number (p, 2);
      if (n == 4)
        *day = take_number (p, 2);
      return TRUE;
    }

  if (!skip_separator (p, "年"))
    return FALSE;
  if (**p == '\0')
    return TRUE;
  *month = take_number (p, 2);
  if (*month < 0)
    return FALSE;
  if (**p == '\0')
    return TRUE;
  if (!skip_separator (p, "月"))
    return FALSE;
  if (**p == '\0')
    return TRUE;
  *day = take_number (p, 2);
  skip (p, "日");
  return *day >= 0 && **p == '\0';
}

static char *
parse_western (const char *p)
{
  int month = -1, day = -1;
  int year;
  gsize n = strspn (p, "0123456789");

  if (n != 4 && n != 6 && n != 8)
    return NULL;

  year = take_number (&p, 4);
  if (*p != '\0' && !take_month_and_day (&p, n > 4, &month, &day))
    return NULL;

  return format_date (year, month, day);
}

/* Papers printed beforehand bear days of the last year of an era behind its end (昭和64年3月,
 * 平成31年12月): they are read. A day before the first of an era, or a year that it never had, is
 * no date. */
static gboolean
in_era (const Era *era, int year, int month, int day)
{
  int last_year = era == eras ? 9999 : era[-1].year;

  return year <= last_year && year >= era->year &&
         (month < 0 || compare_days (year, month, day < 0 ? 31 : day, era) >= 0);
}

static char *
parse_era (const char *p)
{
  const Era *era = take_era (&p);
  int month = -1, day = -1;
  int year;

  if (era == NULL)
    return NULL;

  if (skip (&p, "元"))
    {
      year = 1;
      if (*p != '\0' && !take_month_and_day (&p, FALSE, &month, &day))
        return NULL;
    }
  else
    {
      gsize n = strspn (p, "0123456789");

      year = take_number (&p, 2);
      if (year < 1 || (*p != '\0' && !take_month_and_day (&p, n > 2, &month, &day)))
        return NULL;
    }

  year += era->year - 1;
  if (!in_era (era, year, month, day) || year < FIRST_SOLAR_YEAR)
    return NULL;

  return format_date (year, month, day);
}

char *
disc_date_parse_typed (const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL || strnlen (text, MAX_TYPED_BYTES + 1) > MAX_TYPED_BYTES)
    return NULL;

  folded = disc_text_fold_new (text);
  return g_ascii_isdigit (folded[0]) ? parse_western (folded) : parse_era (folded);
}
