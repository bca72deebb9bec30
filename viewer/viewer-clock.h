/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * viewer_clock_now: the laptop's clock as Japanese time, "2026-11-21T03:12:09". The environment
 * variable TOMOSHIBI_NOW sets another one (drills, tests, screenshots); a value that is no ISO time
 * is ignored.
 * Returns: (transfer full)
 */
char *viewer_clock_now (void);

/** How old the data is, for the status strip. */
typedef enum
{
  VIEWER_AGE_UNKNOWN, /* one of the times is missing */
  VIEWER_AGE_CLOCK,   /* the clock stands before the data: no age is computed */
  VIEWER_AGE_FRESH,   /* below the first limit: no mark */
  VIEWER_AGE_LATE,    /* ▲ */
  VIEWER_AGE_EXPIRED, /* ■ */
} ViewerAge;

/**
 * viewer_clock_age:
 * @at, @now: ISO local times
 * @late_hours, @expired_hours: limits; 0: no limit
 * @seconds: (out) (optional): the age, when it is known
 */
ViewerAge viewer_clock_age (const char *at, const char *now, guint late_hours,
                            guint expired_hours, gint64 *seconds);

G_END_DECLS
