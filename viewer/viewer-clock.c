/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-clock.h"

#include "disc-date.h"

/* Two clocks in one building need not agree to the minute. */
#define CLOCK_TOLERANCE_SECONDS 600

char *
viewer_clock_now (void)
{
  const char *fixed = g_getenv ("TOMOSHIBI_NOW");

  if (fixed != NULL && disc_date_is_valid (fixed))
    return g_strdup (fixed);
  return disc_date_now ();
}

ViewerAge
viewer_clock_age (const char *at, const char *now, guint late_hours, guint expired_hours,
                  gint64 *seconds)
{
  gint64 from = at ? disc_date_to_seconds (at) : G_MININT64;
  gint64 to = now ? disc_date_to_seconds (now) : G_MININT64;
  gint64 age;

  if (from == G_MININT64 || to == G_MININT64)
    return VIEWER_AGE_UNKNOWN;
  age = to - from;
  if (age < 0)
    return VIEWER_AGE_CLOCK;
  if (seconds)
    *seconds = age;
  if (expired_hours > 0 && age >= (gint64) expired_hours * 3600)
    return VIEWER_AGE_EXPIRED;
  if (late_hours > 0 && age >= (gint64) late_hours * 3600)
    return VIEWER_AGE_LATE;
  return VIEWER_AGE_FRESH;
}

ViewerAge
viewer_clock_disc_age (const char *as_of, const char *built_at, const char *now, guint late_hours,
                       guint expired_hours, gint64 *seconds)
{
  gint64 built = built_at != NULL ? disc_date_to_seconds (built_at) : G_MININT64;
  gint64 clock = now != NULL ? disc_date_to_seconds (now) : G_MININT64;

  if (built != G_MININT64 && clock != G_MININT64 && built > clock + CLOCK_TOLERANCE_SECONDS)
    return VIEWER_AGE_CLOCK;
  return viewer_clock_age (as_of, now, late_hours, expired_hours, seconds);
}

guint
viewer_clock_parse_refresh_days (const char *text)
{
  guint64 days = 0;

  if (text == NULL ||
      !g_ascii_string_to_unsigned (text, 10, 1, VIEWER_REFRESH_DAYS_MAX, &days, NULL))
    return 0;
  return (guint) days;
}
