/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-clock.h"

#include "disc-date.h"

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
