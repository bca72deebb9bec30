/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-clock.h"

#include "disc-date.h"

static void
test_age (void)
{
  static const struct
  {
    const char *at, *now;
    guint late, expired;
    ViewerAge age;
    gint64 seconds;
  } cases[] = {
    { "2026-11-19T23:50", "2026-11-21T03:12", 24, 72, VIEWER_AGE_LATE, 27 * 3600 + 22 * 60 },
    { "2026-11-19T23:50", "2026-11-20T23:49", 24, 72, VIEWER_AGE_FRESH, 86340 },
    { "2026-11-19T23:50", "2026-11-20T23:50", 24, 72, VIEWER_AGE_LATE, 86400 },
    { "2026-11-19T23:50", "2026-11-22T23:50", 24, 72, VIEWER_AGE_EXPIRED, 3 * 86400 },
    { "2026-11-19T23:50", "2026-12-31T00:00", 0, 0, VIEWER_AGE_FRESH, 41 * 86400 + 600 },
    { "2026-11-19T23:50", "2026-11-19T23:49", 24, 72, VIEWER_AGE_CLOCK, -1 },
    { NULL, "2026-11-19T23:49", 24, 72, VIEWER_AGE_UNKNOWN, -1 },
    { "gestern", "2026-11-19T23:49", 24, 72, VIEWER_AGE_UNKNOWN, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 seconds = -1;

      g_assert_cmpint (viewer_clock_age (cases[i].at, cases[i].now, cases[i].late,
                                         cases[i].expired, &seconds),
                       ==, cases[i].age);
      g_assert_cmpint (seconds, ==, cases[i].seconds);
    }
}

/* The clock may not stand before the making of the disc, but for what two clocks may differ. */
static void
test_disc_age (void)
{
  static const struct
  {
    const char *as_of, *built_at, *now;
    ViewerAge age;
  } cases[] = {
    { "2026-11-19T23:50", "2026-11-20T00:41", "2026-11-21T03:12", VIEWER_AGE_LATE },
    { "2026-11-19T23:50", "2026-11-20T00:41", "2026-11-20T00:31", VIEWER_AGE_FRESH },
    { "2026-11-19T23:50", "2026-11-20T00:41", "2026-11-20T00:30", VIEWER_AGE_CLOCK },
    { "2026-11-19T23:50", "2026-11-20T00:41", "2026-11-19T23:49", VIEWER_AGE_CLOCK },
    { "2026-11-19T23:50", NULL, "2026-11-21T03:12", VIEWER_AGE_LATE },
    { "2026-11-19T23:50", "lately", "2026-11-21T03:12", VIEWER_AGE_LATE },
    { NULL, "2026-11-20T00:41", "2026-11-20T00:30", VIEWER_AGE_CLOCK },
    { NULL, "2026-11-20T00:41", "2026-11-21T03:12", VIEWER_AGE_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      g_assert_cmpint (viewer_clock_disc_age (cases[i].as_of, cases[i].built_at, cases[i].now, 24, 72,
                                              NULL),
                       ==, cases[i].age);
    }
}

static void
test_refresh_days (void)
{
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("7"), ==, 7);
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("366"), ==, 366);
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("367"), ==, 0);
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("0"), ==, 0);
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("-1"), ==, 0);
  g_assert_cmpuint (viewer_clock_parse_refresh_days ("7 days"), ==, 0);
  g_assert_cmpuint (viewer_clock_parse_refresh_days (""), ==, 0);
  g_assert_cmpuint (viewer_clock_parse_refresh_days (NULL), ==, 0);
}

static void
test_now (void)
{
  g_autofree char *fixed = NULL;
  g_autofree char *real = NULL;

  g_setenv ("TOMOSHIBI_NOW", "2026-11-21T03:12:09", TRUE);
  fixed = viewer_clock_now ();
  g_assert_cmpstr (fixed, ==, "2026-11-21T03:12:09");
  g_setenv ("TOMOSHIBI_NOW", "soon", TRUE);
  real = viewer_clock_now ();
  g_assert_true (disc_date_is_valid (real));
  g_assert_cmpuint (strlen (real), ==, strlen ("2026-11-21T03:12:09"));
  g_unsetenv ("TOMOSHIBI_NOW");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/clock/age", test_age);
  g_test_add_func ("/viewer/clock/disc-age", test_disc_age);
  g_test_add_func ("/viewer/clock/refresh-days", test_refresh_days);
  g_test_add_func ("/viewer/clock/now", test_now);
  return g_test_run ();
}
