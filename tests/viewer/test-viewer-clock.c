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
  g_test_add_func ("/viewer/clock/now", test_now);
  return g_test_run ();
}
