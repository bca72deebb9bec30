/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-date.h"

#include <string.h>

#include "disc-date-private.h"

#define MAX_FRACTION_DIGITS 9
#define DAY_SECONDS 86400
#define JAPAN_OFFSET_SECONDS (9 * 3600)

static const guint8 month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

int
disc_date_days_in_month (int year, int month)
{
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month_days[month - 1] + (month == 2 && leap);
}

gboolean
disc_date_exists (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
         (day <= 28 || day <= disc_date_days_in_month (year, month));
}

/* An import asks this of some 150 characters a message: faster than g_ascii_isdigit(), whose table
 * stands in another library. */
static inline gboolean
is_digit (char c)
{
  return (guint) (c - '0') <= 9;
}

/* Reads exactly @n digits. */
static gboolean
read_digits (const char *text, gsize n, int *value)
{
  int v = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!is_digit (text[i]))
        return FALSE;
      v = v * 10 + (text[i] - '0');
    }

  *value = v;
  return TRUE;
}

static gsize
count_digits (const char *text, gsize len)
{
  gsize n = 0;

  while (n < len && is_digit (text[n]))
    n++;
  return n;
}

/* Whether what was read so far is a day, and a time of that day, that exist. */
static gboolean
parts_exist (const DiscDateParts *parts)
{
  return disc_date_exists (parts->year, parts->month, parts->day) && parts->hour <= 23 &&
         parts->minute <= 59 && parts->second <= 59;
}

/* "+0900" or "+09:00" behind a date; HL7 v2.5 2.A.77 TS. The widest zone in use is +14:00. */
static gboolean
read_zone (const char *text, gsize len, gboolean colon, DiscDateParts *parts)
{
  int hours, minutes;
  gsize at = colon ? 4 : 3;

  if (len != at + 2 || (text[0] != '+' && text[0] != '-') || (colon && text[3] != ':') ||
      !read_digits (text + 1, 2, &hours) || !read_digits (text + at, 2, &minutes) || hours > 14 ||
      minutes > 59)
    return FALSE;

  parts->has_zone = TRUE;
  parts->zone_seconds = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
  return TRUE;
}

gboolean
disc_date_parse (const char *iso, DiscDateParts *out)
{
  static const char separators[] = "--T::";
  DiscDateParts parts = { .month = 1, .day = 1 };
  int *fields[] = { &parts.month, &parts.day, &parts.hour, &parts.minute, &parts.second };
  const char *p = iso;
  gsize left;

  if (iso == NULL || strnlen (iso, DISC_DATE_MAX) >= DISC_DATE_MAX || strlen (iso) < 4 ||
      !read_digits (iso, 4, &parts.year))
    return FALSE;

  p += 4;
  parts.precision = DISC_DATE_YEAR;
  while (parts.precision < DISC_DATE_SECOND && *p == separators[parts.precision - 1])
    {
      /* "-09:00" behind a year or a month is a zone. */
      if (*p == '-' && strlen (p) == 6 && p[3] == ':')
        break;
      if (!g_ascii_isdigit (p[1]) || !read_digits (p + 1, 2, fields[parts.precision - 1]))
        return FALSE;
      p += 3;
      parts.precision++;
    }

  if (parts.precision == DISC_DATE_SECOND && *p == '.')
    {
      gsize n = count_digits (p + 1, strlen (p + 1));

      if (n == 0 || n > MAX_FRACTION_DIGITS)
        return FALSE;
      p += 1 + n;
    }

  left = strlen (p);
  if (left == 1 && *p == 'Z')
    parts.has_zone = TRUE;
  else if (left > 0 && !read_zone (p, left, TRUE, &parts))
    return FALSE;

  if (!parts_exist (&parts))
    return FALSE;

  *out = parts;
  return TRUE;
}

static inline int
two_digits (const char *text)
{
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/* Digits only, as nearly all are: YYYY[MM[DD[HH[MM[SS]]]]]. Returns: what was put; 0 for none */
static gsize
put_plain (const char *text, gsize len, char *iso)
{
  static const char separators[] = "--T::";
  int parts[] = { 1, 1, 0, 0, 0 };
  int year = two_digits (text) * 100 + two_digits (text + 2);
  char *p = iso + 4;

  memcpy (iso, text, 4);
  for (gsize i = 0; 4 + 2 * i < len; i++, p += 3)
    {
      parts[i] = two_digits (text + 4 + 2 * i);
      p[0] = separators[i];
      p[1] = text[4 + 2 * i];
      p[2] = text[5 + 2 * i];
    }
  *p = '\0';
  if (!disc_date_exists (year, parts[0], parts[1]) || parts[2] > 23 || parts[3] > 59 ||
      parts[4] > 59)
    return 0;
  return (gsize) (p - iso);
}

gboolean
disc_date_from_hl7 (const char *text, gsize len, char *out)
{
  static const char separators[] = "\0\0--T::";
  gsize n_digits = count_digits (text, len);
  gsize n_whole = MIN (n_digits, 14);
  const char *fraction = text + n_whole;
  gsize n_fraction = n_digits - n_whole;
  gsize end = n_digits;
  char iso[DISC_DATE_MAX];
  char *p = iso;
  DiscDateParts parts = { 0 };

  if (n_whole < 4 || n_whole % 2 != 0)
    return FALSE;

  if (n_whole == len)
    {
      gsize n_put = put_plain (text, len, iso);

      if (n_put == 0)
        return FALSE;
      memcpy (out, iso, n_put + 1);
      return TRUE;
    }

  if (end < len && text[end] == '.' && n_digits == 14)
    {
      fraction = text + end + 1;
      n_fraction = count_digits (fraction, len - end - 1);
      end += 1 + n_fraction;
      if (n_fraction == 0)
        return FALSE;
    }

  if (n_fraction > MAX_FRACTION_DIGITS)
    return FALSE;

  for (gsize i = 0; i < n_whole; i++)
    {
      if (i >= 4 && i % 2 == 0)
        *p++ = separators[i / 2];
      *p++ = text[i];
    }

  if (n_fraction > 0)
    {
      *p++ = '.';
      memcpy (p, fraction, n_fraction);
      p += n_fraction;
    }

  if (end < len)
    {
      if (!read_zone (text + end, len - end, FALSE, &parts))
        return FALSE;
      memcpy (p, text + end, 3);
      p[3] = ':';
      memcpy (p + 4, text + end + 3, 2);
      p += 6;
    }

  *p = '\0';
  if (!disc_date_parse (iso, &parts))
    return FALSE;

  memcpy (out, iso, (gsize) (p - iso) + 1);
  return TRUE;
}

gboolean
disc_date_is_valid (const char *iso)
{
  DiscDateParts parts;

  return disc_date_parse (iso, &parts);
}

/* Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is
 * the last of its year (Hinnant, "chrono-compatible low-level date algorithms"). */
static gint64
day_from_parts (int year, int month, int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * 146097 + day_of_era - 719468;
}

gint64
disc_date_to_seconds (const char *iso)
{
  DiscDateParts parts;
  gint64 seconds;

  if (!disc_date_parse (iso, &parts))
    return G_MININT64;

  seconds = day_from_parts (parts.year, parts.month, parts.day) * DAY_SECONDS + parts.hour * 3600 +
            parts.minute * 60 + parts.second;
  if (parts.has_zone && parts.precision >= DISC_DATE_HOUR)
    seconds += JAPAN_OFFSET_SECONDS - parts.zone_seconds;
  return seconds;
}

gint64
disc_date_to_day (const char *iso)
{
  gint64 seconds = disc_date_to_seconds (iso);

  if (seconds == G_MININT64)
    return G_MININT64;

  return seconds >= 0 ? seconds / DAY_SECONDS : -((-seconds + DAY_SECONDS - 1) / DAY_SECONDS);
}

char *
disc_date_from_day (gint64 day)
{
  gint64 shifted, era;
  int day_of_era, year_of_era, day_of_year, month, year;

  if (day < day_from_parts (1, 1, 1) || day > day_from_parts (9999, 12, 31))
    return NULL;

  shifted = day + 719468;
  era = shifted / 146097;
  day_of_era = (int) (shifted - era * 146097);
  year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  month = (5 * day_of_year + 2) / 153;
  year = year_of_era + (int) era * 400 + (month >= 10);

  return g_strdup_printf ("%04d-%02d-%02d", year, month < 10 ? month + 3 : month - 9,
                          day_of_year - (153 * month + 2) / 5 + 1);
}

char *
disc_date_shift_months (const char *iso, int months)
{
  DiscDateParts parts;
  gint64 total;
  int year, month, day;

  if (!disc_date_parse (iso, &parts))
    return NULL;

  total = (gint64) parts.year * 12 + parts.month - 1 + months;
  if (total < 12 || total >= 10000 * 12)
    return NULL;

  year = (int) (total / 12);
  month = (int) (total % 12) + 1;
  day = MIN (parts.day, disc_date_days_in_month (year, month));
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* Years from the first to the second day; a person born on 29 February completes a year on the
 * day after 28 February. */
static int
years_between (int from_year, int from_month, int from_day, int to_year, int to_month, int to_day)
{
  int years = to_year - from_year;

  if (to_month < from_month || (to_month == from_month && to_day < from_day))
    years--;
  return years;
}

static int
last_month (const DiscDateParts *parts)
{
  return parts->precision >= DISC_DATE_MONTH ? parts->month : 12;
}

static int
last_day (const DiscDateParts *parts)
{
  return parts->precision >= DISC_DATE_DAY
             ? parts->day
             : disc_date_days_in_month (parts->year, last_month (parts));
}

char *
disc_date_now (void)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (9 * 60 * 60);
  g_autoptr (GDateTime) now = g_date_time_new_now (japan);

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");
}

int
disc_date_age_years (const char *birth, const char *on)
{
  DiscDateParts b, o;
  int youngest, oldest;

  if (!disc_date_parse (birth, &b) || !disc_date_parse (on, &o))
    return -1;

  youngest = years_between (b.year, last_month (&b), last_day (&b), o.year, o.month, o.day);
  oldest = years_between (b.year, b.month, b.day, o.year, last_month (&o), last_day (&o));
  return youngest == oldest && oldest >= 0 ? oldest : -1;
}
