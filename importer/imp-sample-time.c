/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sample-time.h"

#include <stdio.h>
#include <string.h>

/* Days of the Gregorian calendar by Howard Hinnant's algorithm: eras of 400 years from 1 March. */
int
imp_sample_day (int year, int month, int day)
{
  int shifted = month > 2 ? year : year - 1;
  int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  int year_of_era = shifted - era * 400;
  int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

void
imp_sample_day_parts (int day, int *year, int *month, int *day_of_month)
{
  int shifted = day + 719468;
  int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  int day_of_era = shifted - era * 146097;
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;

  *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  *month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

static void
put_digits (char *out, int value, int width)
{
  while (width-- > 0)
    {
      out[width] = (char) ('0' + value % 10);
      value /= 10;
    }
}

void
imp_sample_format_day (int day, char *out)
{
  int year, month, day_of_month;

  imp_sample_day_parts (day, &year, &month, &day_of_month);
  put_digits (out, year, 4);
  put_digits (out + 4, month, 2);
  put_digits (out + 6, day_of_month, 2);
}

void
imp_sample_format_time (gint64 time, char *out)
{
  int day = imp_sample_time_day (time);
  int second = (int) (time - (gint64) day * IMP_SAMPLE_DAY_SECONDS);

  imp_sample_format_day (day, out);
  put_digits (out + 8, second / 3600, 2);
  put_digits (out + 10, second / 60 % 60, 2);
  put_digits (out + 12, second % 60, 2);
}

gboolean
imp_sample_parse_time (const char *text, gint64 *out)
{
  int year, month, day, hour = 23, minute = 50, used = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || used != 10)
    return FALSE;
  if (text[10] == 'T' || text[10] == ' ')
    {
      int more = 0;

      if (sscanf (text + 11, "%2d:%2d%n", &hour, &minute, &more) != 2 || more != 5)
        return FALSE;
      used += 1 + more;
    }
  if (text[used] != '\0' || year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year) || hour < 0 ||
      hour > 23 || minute < 0 || minute > 59)
    return FALSE;

  *out = imp_sample_time (imp_sample_day (year, month, day), hour, minute);
  return TRUE;
}
