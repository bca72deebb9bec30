/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-date.h"

#include <string.h>

#include "disc-date-private.h"

/*
 * Times of FHIR name their zone, times of SS-MIX2 hardly ever: by their text alone 15:00 in London would
 * stand before 16:00 in Japan, which was half a day earlier (spec fhir.md 5.2). They are put in order, and
 * under days, by Japan's time; what is shown is what was written.
 */

#define DAY_LENGTH 10 /* "2026-11-19" */
#define MIN_ZONED 14  /* "2026-11-19T10Z" */

/* Nearly every text of SS-MIX2 has none, and may stay as it is. */
static gboolean
may_have_zone (const char *iso)
{
  gsize len = strnlen (iso, DISC_DATE_MAX);

  return len > DAY_LENGTH && strpbrk (iso + DAY_LENGTH, "Z+-") != NULL;
}

/* ".984" of "2011-07-01T10:30:45.984+09:00" */
static int
fraction_length (const char *iso)
{
  return iso[19] == '.' ? (int) strspn (iso + 20, "0123456789") + 1 : 0;
}

gboolean
disc_date_in_japan (const char *iso, char *out)
{
  DiscDateParts parts;
  g_autofree char *day = NULL;
  int second;

  if (!may_have_zone (iso) || strlen (iso) < MIN_ZONED || !disc_date_parse (iso, &parts) ||
      !parts.has_zone || parts.precision < DISC_DATE_HOUR)
    {
      g_strlcpy (out, iso, DISC_DATE_MAX);
      return FALSE;
    }
  day = disc_date_from_day (disc_date_to_day (iso));
  if (day == NULL)
    {
      g_strlcpy (out, iso, DISC_DATE_MAX);
      return FALSE;
    }
  second = (int) (disc_date_to_seconds (iso) - disc_date_to_day (iso) * 86400);
  if (parts.precision == DISC_DATE_HOUR && second % 3600 == 0)
    g_snprintf (out, DISC_DATE_MAX, "%sT%02d", day, second / 3600);
  else if (parts.precision <= DISC_DATE_MINUTE)
    g_snprintf (out, DISC_DATE_MAX, "%sT%02d:%02d", day, second / 3600, second / 60 % 60);
  else
    g_snprintf (out, DISC_DATE_MAX, "%sT%02d:%02d:%02d%.*s", day, second / 3600, second / 60 % 60,
                second % 60, fraction_length (iso), iso + 19);
  return TRUE;
}

int
disc_date_compare (const char *a, const char *b)
{
  char x[DISC_DATE_MAX], y[DISC_DATE_MAX];

  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  if (!may_have_zone (a) && !may_have_zone (b))
    return strcmp (a, b);
  disc_date_in_japan (a, x);
  disc_date_in_japan (b, y);
  return strcmp (x, y);
}

static int
compare_head (const char *a, const char *b, gsize len)
{
  char x[DISC_DATE_MAX], y[DISC_DATE_MAX];
  gsize common;

  if (may_have_zone (a) || may_have_zone (b))
    {
      disc_date_in_japan (a, x);
      disc_date_in_japan (b, y);
      a = x;
      b = y;
    }
  common = MIN (strnlen (a, DISC_DATE_MAX - 1), strnlen (b, DISC_DATE_MAX - 1));
  return strncmp (a, b, MIN (len, common));
}

gboolean
disc_date_is_after (const char *at, const char *limit)
{
  return limit != NULL && compare_head (at, limit, DISC_DATE_MAX) > 0;
}

gboolean
disc_date_same_day (const char *a, const char *b)
{
  char x[DISC_DATE_MAX], y[DISC_DATE_MAX];

  if (a == NULL || b == NULL)
    return FALSE;
  disc_date_in_japan (a, x);
  disc_date_in_japan (b, y);
  return strncmp (x, y, DAY_LENGTH) == 0;
}
