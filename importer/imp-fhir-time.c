/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-order.h"

#include <string.h>

#include "disc-date.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define JAPAN (9 * HOUR)

/* From the first microsecond to the one behind the last that the text may mean. */
typedef struct
{
  gint64 from, to;
} Span;

typedef struct
{
  const char *at;
  gboolean ok;
} Reader;

static gboolean
has_digits (const Reader *self, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!g_ascii_isdigit (self->at[i]))
      return FALSE;
  return TRUE;
}

static int
take_digits (Reader *self, guint n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    value = value * 10 + g_ascii_digit_value (*self->at++);
  return value;
}

/* Two digits behind one of @separators, or behind nothing. Returns: -1 where there are none */
static int
take_pair (Reader *self, const char *separators, int low, int high)
{
  gboolean is_separated = *self->at != '\0' && strchr (separators, *self->at) != NULL;
  Reader ahead = { self->at + (is_separated ? 1 : 0), TRUE };
  int value;

  if (!has_digits (&ahead, 2))
    return -1;
  value = take_digits (&ahead, 2);
  self->at = ahead.at;
  self->ok = self->ok && value >= low && value <= high;
  return value;
}

/* Days since 1970 of the proleptic Gregorian calendar. */
static gint64
days_of (int year, int month, int day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = y / 400;
  gint64 of_era = y - era * 400;
  gint64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static Span
take_date (Reader *self)
{
  int year = take_digits (self, 4);
  int month = take_pair (self, "-", 1, 12);
  int day = month > 0 ? take_pair (self, "-", 1, 31) : -1;

  if (month < 0)
    return (Span){ days_of (year, 1, 1) * DAY, days_of (year + 1, 1, 1) * DAY };
  if (day < 0)
    return (Span){ days_of (year, month, 1) * DAY,
                   days_of (month < 12 ? year : year + 1, month < 12 ? month + 1 : 1, 1) * DAY };
  if (self->ok && !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) MAX (year, 1)))
    self->ok = FALSE;
  return (Span){ days_of (year, month, day) * DAY, days_of (year, month, day) * DAY + DAY };
}

/* Behind the seconds: ".5", or the milliseconds of digits alone. */
static void
take_fraction (Reader *self, Span *span)
{
  gint64 unit = SECOND;

  if (*self->at == '.')
    self->at++;
  for (; g_ascii_isdigit (*self->at); self->at++)
    if (unit > 1)
      {
        unit /= 10;
        span->from += unit * g_ascii_digit_value (*self->at);
      }
  span->to = span->from + unit;
}

static void
take_time (Reader *self, Span *span)
{
  int hour = take_pair (self, "Tt ", 0, 24);
  int minute = hour >= 0 ? take_pair (self, ":", 0, 59) : -1;
  int second = minute >= 0 ? take_pair (self, ":", 0, 60) : -1;

  if (hour < 0)
    return;
  span->from += hour * HOUR + MAX (minute, 0) * MINUTE + MAX (second, 0) * SECOND;
  span->to = span->from + (minute < 0 ? HOUR : second < 0 ? MINUTE : SECOND);
  if (second >= 0)
    take_fraction (self, span);
}

static void
take_zone (Reader *self, Span *span)
{
  gint64 offset = JAPAN;

  if (*self->at == 'Z' || *self->at == 'z')
    {
      self->at++;
      offset = 0;
    }
  else if (*self->at == '+' || *self->at == '-')
    {
      gint64 sign = *self->at++ == '-' ? -1 : 1;
      int hours = take_pair (self, "", 0, 15);
      int minutes = take_pair (self, ":", 0, 59);

      self->ok = self->ok && hours >= 0;
      offset = sign * (MAX (hours, 0) * HOUR + MAX (minutes, 0) * MINUTE);
    }
  span->from -= offset;
  span->to -= offset;
}

static gboolean
read_span (const char *text, Span *span)
{
  Reader reader = { text, TRUE };

  if (!has_digits (&reader, 4))
    return FALSE;
  *span = take_date (&reader);
  if (span->to - span->from == DAY)
    take_time (&reader, span);
  take_zone (&reader, span);
  return reader.ok && *reader.at == '\0';
}

gboolean
imp_fhir_compare_times (const char *a, const char *b, int *result)
{
  Span x, y;

  if (!read_span (a, &x) || !read_span (b, &y))
    return FALSE;
  if (x.from == y.from && x.to == y.to)
    *result = 0;
  else if (x.to <= y.from)
    *result = -1;
  else if (y.to <= x.from)
    *result = 1;
  else
    return FALSE;
  return TRUE;
}

/* Bytes of "2025-04-10T10:30:45" that a span of that width is sure of. */
static gsize
precision_of (const Span *span)
{
  gint64 width = span->to - span->from;

  if (width > 40 * DAY)
    return strlen ("2025");
  if (width > DAY)
    return strlen ("2025-04");
  if (width == DAY)
    return strlen ("2025-04-10");
  if (width == HOUR)
    return strlen ("2025-04-10T10");
  return width == MINUTE ? strlen ("2025-04-10T10:30") : strlen ("2025-04-10T10:30:45");
}

gboolean
imp_fhir_time_in_japan (const char *text, char *out)
{
  g_autoptr (GDateTime) time = NULL;
  Span span;
  gint64 local;

  *out = '\0';
  if (text == NULL || !read_span (text, &span))
    return FALSE;
  local = span.from + JAPAN;
  time =
      g_date_time_new_from_unix_utc ((local - (((local % SECOND) + SECOND) % SECOND)) / SECOND);
  if (time == NULL)
    return FALSE;
  g_snprintf (out, DISC_DATE_MAX, "%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year (time),
              g_date_time_get_month (time), g_date_time_get_day_of_month (time),
              g_date_time_get_hour (time), g_date_time_get_minute (time),
              g_date_time_get_second (time));
  out[precision_of (&span)] = '\0';
  if (disc_date_is_valid (out))
    return TRUE;
  *out = '\0';
  return FALSE;
}
