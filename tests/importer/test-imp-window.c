/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-error.h"
#include "imp-window.h"

static void
test_init (void)
{
  static const struct
  {
    const char *as_of;
    int months;
    const char *kept_as;  /* NULL: refused */
    const char *from;
  } cases[] = {
    { "2026-05-01", 13, "2026-05-01", "2025-04-01" },
    { "2026-05-31T10:30", 3, "2026-05-31T10:30", "2026-02-28" }, /* no 31 February */
    { "20260531103000", 13, "2026-05-31T10:30:00", "2025-04-30" },
    { "20260101", 12, "2026-01-01", "2025-01-01" },
    { "2024-03-31", 1, "2024-03-31", "2024-02-29" },
    { "2026-05", 13, NULL, NULL },       /* no day */
    { "2026-02-30", 13, NULL, NULL },
    { "yesterday", 13, NULL, NULL },
    { "", 13, NULL, NULL },
    { "2026-05-01", 0, NULL, NULL },
    { "2026-05-01", -1, NULL, NULL },
    { "2026-05-01", 2401, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      ImpWindow window;
      gboolean done = imp_window_init (&window, cases[i].as_of, cases[i].months, &error);

      g_test_message ("%s %d", cases[i].as_of, cases[i].months);
      if (cases[i].kept_as == NULL)
        {
          g_assert_false (done);
          g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (window.as_of, ==, cases[i].kept_as);
      g_assert_cmpstr (window.window_from, ==, cases[i].from);
    }
}

static void
test_keeps (void)
{
  static const struct
  {
    const char *care_date, *clinical_at, *reaches_to, *sent_at;
    gboolean kept;
  } cases[] = {
    { "20250401", "", "", "", TRUE },
    { "20250331", "", "", "2026-04-30T00:00:00", FALSE }, /* sent again later: still old */
    { "-", "2011-12-09", "", "2011-12-09", TRUE },        /* 0.2.11: always the whole folder */
    { "20250331", "2025-04-01", "", "", TRUE },
    { "20250331", "2025-03-31T23:59", "", "", FALSE },
    { "20250101", "2025-01-01", "2025-04-01", "", TRUE },
    { "20250101", "2025-01-01", "2025-03-31", "", FALSE },
    { "20250101", "2025", "", "", TRUE },                 /* 2025: it may be in the window */
    { "20250101", "2024", "", "", FALSE },
    { "20251345", "", "", "2025-04-02", TRUE },           /* no such day: the time of sending */
    { "20251345", "", "", "2025-03-02", FALSE },
    { "", "", "", "", TRUE },                             /* no date at all is not old */
    { "20990101", "", "", "", TRUE },                     /* the old end is cut, never the new one */
  };
  g_autoptr (GError) error = NULL;
  ImpWindow window;

  g_assert_true (imp_window_init (&window, "2026-05-01", 13, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpMessage message = { .care_date = cases[i].care_date, .clinical_at = cases[i].clinical_at,
                             .reaches_to = cases[i].reaches_to, .sent_at = cases[i].sent_at };

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (imp_window_keeps (&window, &message), ==, cases[i].kept);
    }
}

static void
test_early (void)
{
  static const struct
  {
    const char *type;
    char condition;
    DiscMessageFlags flags;
    gboolean dropped;
  } cases[] = {
    { "OML-11", '1', 0, TRUE },
    { "OMP-12", '1', 0, TRUE },
    { "ADT-12", '1', 0, TRUE },
    { "OML-11", '0', 0, FALSE },
    { "OML-11", '1', DISC_MESSAGE_DISPUTED, FALSE },
    { "OMP-01", '1', 0, FALSE },
    { "ADT-22", '1', 0, FALSE },
    { "XXX-01", '1', 0, FALSE },
  };
  g_autoptr (GError) error = NULL;
  ImpWindow window;

  g_assert_true (imp_window_init (&window, "2026-05-01", 13, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpMessage message = { .care_date = "20250331", .clinical_at = "", .reaches_to = "",
                             .sent_at = "", .type = cases[i].type,
                             .condition = cases[i].condition, .flags = cases[i].flags };

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (imp_window_may_drop_early (&window, &message), ==, cases[i].dropped);
      message.care_date = "20250401";
      g_assert_false (imp_window_may_drop_early (&window, &message));
    }
}

static void
test_stale (void)
{
  static const struct
  {
    const char *newest;
    gint64 days;
  } cases[] = {
    { "2026-05-01T09:00", 0 }, { "2026-04-30T23:59", 1 }, { "2026-04-01", 30 },
    { "2026-05-02", 0 },       { "", 0 },
  };
  g_autoptr (GError) error = NULL;
  ImpWindow window;

  g_assert_true (imp_window_init (&window, "2026-05-01T10:00", 13, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_window_days_stale (&window, cases[i].newest), ==, cases[i].days);
}

static void
test_care_day (void)
{
  static const struct
  {
    const char *care_date;
    const char *day;
  } cases[] = {
    { "20250410", "2025-04-10" }, { "-", "" },        { "", "" },
    { "20250231", "" },           { "00000000", "" }, { "2025041", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char day[DISC_DATE_MAX];

      imp_window_care_day (cases[i].care_date, day);
      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/window/init", test_init);
  g_test_add_func ("/importer/window/keeps", test_keeps);
  g_test_add_func ("/importer/spec10/13-months-and-the-undated-folder", test_keeps);
  g_test_add_func ("/importer/window/early", test_early);
  g_test_add_func ("/importer/window/stale", test_stale);
  g_test_add_func ("/importer/window/care-day", test_care_day);
  return g_test_run ();
}
