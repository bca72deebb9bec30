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

/**
 * viewer_clock_disc_age: of the data on a disc that was made at @built_at (nullable): a clock that
 * stands before the making of the disc is wrong, however old its data is.
 */
ViewerAge viewer_clock_disc_age (const char *as_of, const char *built_at, const char *now,
                                 guint late_hours, guint expired_hours, gint64 *seconds);

/** Every so many days a hospital means to make a new disc, unless a setting says otherwise. */
#define VIEWER_REFRESH_DAYS_DEFAULT 7
#define VIEWER_REFRESH_DAYS_MAX 366

/** viewer_clock_parse_refresh_days: of an option or a setting; 0: that is no number of days. */
guint viewer_clock_parse_refresh_days (const char *text);

G_END_DECLS
