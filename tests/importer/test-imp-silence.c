/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-silence.h"

static void
put (ImpTally *tally, guint root, const char *name, guint64 n, const char *oldest,
     const char *newest)
{
  ImpTypeTally *type = imp_tally_type (imp_tally_root (tally, root), name);

  type->n_messages = n;
  g_strlcpy (type->oldest_sent, oldest, sizeof type->oldest_sent);
  g_strlcpy (type->newest_sent, newest, sizeof type->newest_sent);
}

/* Returns: (transfer full): "TYPE NUMBER NEWEST", with commas between. */
static char *
words (const ImpTally *tally, guint64 min_days, const ImpPrevious *previous)
{
  g_autoptr (GPtrArray) found = imp_silence_find (tally, min_days, previous);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const ImpSilence *silence = g_ptr_array_index (found, i);

      g_string_append_printf (out, "%s%s %" G_GUINT64_FORMAT " %s", i > 0 ? "," : "", silence->type,
                              silence->n_expected, silence->newest_sent);
    }
  return g_string_free (out, FALSE);
}

/* Ten days before the end of April; an export of FHIR goes on. */
static void
test_pace (void)
{
  static const struct
  {
    const char *why;
    guint64 n;
    const char *oldest;
    const char *newest;
    const char *found;
  } cases[] = {
    /* 220 * 10 / 110 */
    { "2.2 a day for 100 days, then none for 10", 220, "2026-01-11", "2026-04-20T09:00:00",
      "OML-11 20 2026-04-20T09:00:00" },
    { "one fewer is chance", 219, "2026-01-11", "2026-04-20T09:00:00", "" },
    { "all on one day", 22, "2026-04-20", "2026-04-20", "OML-11 20 2026-04-20" },
    { "two on one day", 2, "2026-04-20", "2026-04-20", "" },
    { "one, long ago", 1, "2025-01-20", "2025-01-20", "" },
    /* 20000 * 7 / 110 */
    { "7 days", 20000, "2026-01-11", "2026-04-23T23:59:00", "OML-11 1272 2026-04-23T23:59:00" },
    { "6 days: Golden Week", 20000, "2026-01-11", "2026-04-24T00:00:00", "" },
    { "times are not known", 20000, "", "", "" },
    { "the first time is not known: all of them came on the last day", 20000, "", "2026-04-20",
      "OML-11 18181 2026-04-20" },
    { "it goes on", 20000, "2026-01-11", "2026-04-30", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ImpTally) tally = imp_tally_new ();
      g_autofree char *found = NULL;

      g_test_message ("%s", cases[i].why);
      put (tally, 0, "OML-11", cases[i].n, cases[i].oldest, cases[i].newest);
      put (tally, 1, "Observation", 500, "2026-04-30", "2026-04-30T12:00:00");
      found = words (tally, 7, NULL);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* Of all sources together; by the newest of all, so that an old backup as a whole is not silent. */
static void
test_sources (void)
{
  g_autoptr (ImpTally) tally = imp_tally_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  put (tally, 0, "OML-11", 10000, "2025-04-01", "2026-04-10");
  put (tally, 0, "OMP-01", 10000, "2025-04-01", "2026-04-09");
  first = words (tally, 7, NULL);
  g_assert_cmpstr (first, ==, "");

  put (tally, 2, "OML-11", 10, "2026-04-30", "2026-04-30");
  second = words (tally, 7, NULL);
  g_assert_cmpstr (second, ==, "OMP-01 531 2026-04-09"); /* 10000 * 21 / 395 */
  third = words (tally, 22, NULL);
  g_assert_cmpstr (third, ==, "");
}

/* An old storage that is kept beside the new one is known from the disc before. */
static void
test_known (void)
{
  static const struct
  {
    const char *newest;
    const char *found;
  } cases[] = {
    { "2026-04-09", "" },
    { "2026-04-22", "" },
    { "2026-04-23", "OMP-01 531 2026-04-09" },
    { "", "OMP-01 531 2026-04-09" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
          g_strdup_printf ("{\"counts\":{},\"roots\":[{\"types\":{\"OMP-01\":{\"messages\":9,"
                           "\"newest_sent\":\"%s\"},"
                           "\"Observation\":{\"messages\":1,\"newest_sent\":\"2026-04-29\"}}}]}",
                           cases[i].newest);
      g_autoptr (GError) error = NULL;
      g_autoptr (ImpPrevious) previous = imp_previous_new (json, &error);
      g_autoptr (ImpTally) tally = imp_tally_new ();
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      put (tally, 0, "OMP-01", 10000, "2025-04-01", "2026-04-09");
      put (tally, 1, "Observation", 10, "2026-04-30", "2026-04-30");
      found = words (tally, 7, previous);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/silence/pace", test_pace);
  g_test_add_func ("/importer/silence/sources", test_sources);
  g_test_add_func ("/importer/silence/known", test_known);
  return g_test_run ();
}
