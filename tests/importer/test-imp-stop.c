/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-error.h"
#include "imp-stop.h"

#include <string.h>

/* ---- the operator's words ------------------------------------------------------------------- */

static void
test_limits (void)
{
  static const struct
  {
    const char *text;
    const char *limit; /* as it is kept; NULL: refused */
  } cases[] = {
    { "unreadable-files=5%", "5%,20" },
    { "unreadable-files=5%,100", "5%,100" },
    { "unreadable-files=100", "2%,100" },
    { "unreadable-files=0.05%,1", "0.05%,1" },
    { "unreadable-files=0.001%", "0.001%,20" },
    { "unreadable-files=0.0001%", NULL },
    { "unreadable-files=100%,0", "100%,0" },
    { "unreadable-files=100.001%", NULL },
    { "unreadable-files=101%", NULL },
    { "unreadable-files=-1%", NULL },
    { "unreadable-files=%", NULL },
    { "unreadable-files=.5%", NULL },
    { "unreadable-files=5%,", NULL },
    { "unreadable-files=5%,6,7", NULL },
    { "unreadable-files=20,5%", NULL },
    { "unreadable-files=", NULL },
    { "unreadable-files", NULL },
    { "unreadable-resources=5%,100", "5%,100" },
    { "stale-data=3", "3" },
    { "stale-data=3%", NULL },
    { "stale-data=three", NULL },
    { "stale-data=1,2", NULL },
    { "ransom-names=1", "1" },
    { "empty=1", NULL }, /* has no limit */
    { "no-such-rule=1", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const limits[] = { cases[i].text, NULL };
      g_autofree char *name = g_strndup (cases[i].text, strcspn (cases[i].text, "="));
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;
      ImpStopPolicy policy;
      ImpStopRule rule;

      g_test_message ("%s", cases[i].text);
      if (!imp_stop_policy_init (&policy, NULL, limits, &error))
        {
          g_assert_null (cases[i].limit);
          g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
          continue;
        }
      rule = imp_stop_from_name (name);
      kept = imp_stop_limit_text (rule, policy.limits[rule]);
      g_assert_cmpstr (kept, ==, cases[i].limit);
      g_assert_true (policy.is_changed[rule]);
    }
}

static void
test_overrides (void)
{
  const char *const accept[] = { "stale-data", "ransom-names", NULL };
  const char *const all[] = { "all", NULL };
  const char *const wrong[] = { "stale-date", NULL };
  const char *const limits[] = { "unreadable-files=5%,20", "stale-data=7", NULL };
  g_autofree char *none = NULL;
  g_autofree char *some = NULL;
  g_autofree char *everything = NULL;
  g_autoptr (GError) error = NULL;
  ImpStopPolicy policy;

  g_assert_true (imp_stop_policy_init (&policy, NULL, NULL, NULL));
  none = imp_stop_overrides (&policy);
  g_assert_null (none);
  /* a limit that is the usual one changes nothing */
  g_assert_true (imp_stop_policy_init (&policy, accept, limits, NULL));
  some = imp_stop_overrides (&policy);
  g_assert_cmpstr (some, ==, "accept=ransom-names unreadable-files=5%,20 accept=stale-data");
  g_assert_true (imp_stop_policy_init (&policy, all, NULL, NULL));
  everything = imp_stop_overrides (&policy);
  g_assert_cmpstr (everything, ==, "accept=all");
  /* a word that sets nothing aside would be found out at night */
  g_assert_false (imp_stop_policy_init (&policy, wrong, NULL, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_USAGE);
}

/* ---- what fires ----------------------------------------------------------------------------- */

typedef struct
{
  ImpTally *tally;
  ImpRootTally *root;
  ImpTypeTally *type;
  ImpWindow window;
  ImpStop stop;
} Night;

/* An ordinary night: a million messages of which one in a thousand cannot be read. */
static void
night_begin (Night *night, const char *const *accept, const char *const *limits)
{
  memset (night, 0, sizeof *night);
  g_assert_true (imp_stop_policy_init (&night->stop.policy, accept, limits, NULL));
  g_assert_true (imp_window_init (&night->window, "2026-05-01T02:00:00", 13, NULL));
  night->tally = imp_tally_new ();
  night->root = imp_tally_root (night->tally, 0);
  night->type = imp_tally_type (night->root, "OMP-01");
  night->root->n_seen = 1000000;
  night->root->n_read = 999000;
  night->root->n_refused = 1000;
  night->root->n_lost = 1000;
  night->root->n_messages = 999000;
  night->type->n_messages = 999000;
  night->tally->n_patients = 20000;
  g_strlcpy (night->type->newest_sent, "2026-04-30T23:50:00", DISC_DATE_MAX);
}

static void
night_end (Night *night)
{
  imp_stop_clear (&night->stop);
  imp_tally_free (night->tally);
}

/* Returns: (transfer full): names of the rules that refuse, with blanks between. */
static char *
judge (Night *night, const ImpPrevious *previous)
{
  GString *names = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  imp_stop_check_sources (&night->stop, night->tally, 0, &night->window, previous, "1311234567");
  imp_stop_check_records (&night->stop, night->tally, &night->window, previous);
  for (guint i = 0; i < IMP_N_STOPS; i++)
    if (night->stop.checks[i].fires && !night->stop.policy.is_accepted[i])
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", imp_stop_name (i));

  g_assert_cmpint (imp_stop_decide (&night->stop, &error), ==, names->len == 0);
  if (names->len > 0)
    {
      g_auto (GStrv) each = g_strsplit (names->str, " ", -1);

      g_assert_error (error, IMP_ERROR, IMP_ERROR_STOP_RULE);
      g_assert_null (strchr (error->message, '\n'));
      for (guint i = 0; each[i] != NULL; i++)
        g_assert_nonnull (strstr (error->message, each[i]));
    }
  return g_string_free (names, FALSE);
}

static void
test_counts (void)
{
  static const struct
  {
    const char *why;
    guint64 n_read, n_lost, n_scrambled, n_ransom, n_infected, n_messages, n_patients;
    const char *fires;
  } cases[] = {
    { "an ordinary night", 999000, 1000, 0, 0, 0, 999000, 20000, "" },
    { "a practice with three broken files", 60, 3, 0, 0, 0, 60, 12, "" },
    { "nineteen broken files of a hundred", 81, 19, 0, 0, 0, 81, 12, "" },
    { "twenty of a thousand", 980, 20, 0, 0, 0, 980, 12, "unreadable-files" },
    { "twenty of ten thousand", 9980, 20, 0, 0, 0, 9980, 12, "" },
    { "encryption has begun: one file in a thousand", 999000, 1000, 1000, 0, 0, 999000, 20000,
      "high-entropy" },
    { "nine files of a million", 999991, 9, 9, 0, 0, 999991, 20000, "" },
    { "half of it", 500000, 500000, 500000, 500001, 0, 500000, 20000,
      "ransom-names high-entropy unreadable-files" },
    { "two names that may be anything", 999000, 1000, 0, 2, 0, 999000, 20000, "" },
    { "three", 999000, 1000, 0, 3, 0, 999000, 20000, "ransom-names" },
    { "one infected letter", 999000, 1000, 0, 0, 1, 999000, 20000, "virus-found" },
    { "nothing at all", 0, 0, 0, 0, 0, 0, 0, "empty" },
    { "ten messages in nobody's chart", 10, 0, 0, 0, 0, 10, 0, "no-patients" },
    { "nine", 9, 0, 0, 0, 0, 9, 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Night night;
      g_autofree char *fires = NULL;

      g_test_message ("%s", cases[i].why);
      night_begin (&night, NULL, NULL);
      night.root->n_read = cases[i].n_read;
      night.root->n_lost = cases[i].n_lost;
      night.root->n_scrambled = cases[i].n_scrambled;
      night.root->n_ransom_names = cases[i].n_ransom;
      night.tally->scan.n_infected = cases[i].n_infected;
      night.root->n_messages = cases[i].n_messages;
      night.tally->n_patients = cases[i].n_patients;
      fires = judge (&night, NULL);
      g_assert_cmpstr (fires, ==, cases[i].fires);
      night_end (&night);
    }
}

/* Resources of FHIR in files that can be read. */
static void
test_resources (void)
{
  static const struct
  {
    const char *why;
    guint64 n_read, n_refused;
    const char *fires;
  } cases[] = {
    { "no FHIR at all", 0, 0, "" },
    { "an ordinary export", 100000, 3, "" },
    { "nineteen of nineteen", 0, 19, "" },
    { "twenty of twenty", 0, 20, "unreadable-resources" },
    { "twenty of a thousand", 980, 20, "unreadable-resources" },
    { "twenty of a thousand and one", 981, 20, "" },
    { "half of it", 50000, 50000, "unreadable-resources" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Night night;
      g_autofree char *fires = NULL;

      g_test_message ("%s", cases[i].why);
      night_begin (&night, NULL, NULL);
      night.tally->n_fhir_read = cases[i].n_read;
      night.tally->n_fhir_refused = cases[i].n_refused;
      fires = judge (&night, NULL);
      g_assert_cmpstr (fires, ==, cases[i].fires);
      g_assert_cmpuint (night.stop.checks[IMP_STOP_UNREADABLE_RESOURCES].of, ==,
                        cases[i].n_read + cases[i].n_refused);
      night_end (&night);
    }
}

static ImpPrevious *
previous_night (const char *json)
{
  g_autoptr (GError) error = NULL;
  ImpPrevious *previous = imp_previous_new (json, &error);

  g_assert_no_error (error);
  return previous;
}

#define PREVIOUS(facility, months, patients, labs, messages, newest)                               \
  "{\"facility\":\"" facility "\",\"months\":" months ",\"counts\":{\"patients\":" patients        \
  ",\"records_by_kind\":{\"lab\":{\"records\":" labs "},\"surprise\":{\"records\":9}}},"           \
  "\"roots\":[{\"types\":{\"OMP-01\":{\"messages\":" messages ",\"newest_sent\":\"" newest         \
  "\"}}},{\"types\":{\"OMP-01\":{\"messages\":0,\"newest_sent\":\"nonsense\"}}}]}"

static void
test_previous (void)
{
  static const struct
  {
    const char *why;
    const char *previous;
    guint64 labs;
    const char *newest;
    const char *fires;
  } cases[] = {
    { "as the night before",
      PREVIOUS ("1311234567", "13", "20010", "80100", "998000", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "" },
    { "a fifth of the results is gone, to the record",
      PREVIOUS ("1311234567", "13", "20010", "100000", "998000", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "" },
    { "one more",
      PREVIOUS ("1311234567", "13", "20010", "100000", "998000", "2026-04-29T23:50:00"), 79999,
      "2026-04-30T23:50:00", "fewer-than-previous" },
    { "a kind vanished",
      PREVIOUS ("1311234567", "13", "20010", "20", "998000", "2026-04-29T23:50:00"), 0,
      "2026-04-30T23:50:00", "fewer-than-previous" },
    { "a rare kind vanished",
      PREVIOUS ("1311234567", "13", "20010", "19", "998000", "2026-04-29T23:50:00"), 0,
      "2026-04-30T23:50:00", "" },
    { "a data type", /* 999000 * 100 / 80 = 1248750 */
      PREVIOUS ("1311234567", "13", "20010", "80000", "1248751", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "fewer-than-previous" },
    { "patients",
      PREVIOUS ("1311234567", "13", "25001", "80000", "998000", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "fewer-than-previous" },
    { "of a longer window: nothing can be said",
      PREVIOUS ("1311234567", "26", "50000", "200000", "2000000", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "" },
    { "the same backup twice",
      PREVIOUS ("1311234567", "13", "20000", "80000", "999000", "2026-04-30T23:50:00"), 80000,
      "2026-04-30T23:50:00", "" },
    { "the last file of the day is broken",
      PREVIOUS ("1311234567", "13", "20000", "80000", "999000", "2026-04-30T23:50:00"), 80000,
      "2026-04-30T23:49:59", "" },
    { "the backup of the day before",
      PREVIOUS ("1311234567", "13", "20000", "80000", "999000", "2026-05-01T00:10:00"), 80000,
      "2026-04-30T23:50:00", "previous-newer" },
    { "the backup has not moved for a week",
      PREVIOUS ("1311234567", "13", "20000", "80000", "999000", "2026-04-24T23:50:00"), 80000,
      "2026-04-24T23:50:00", "stale-data" },
    { "for six days",
      PREVIOUS ("1311234567", "13", "20000", "80000", "999000", "2026-04-25T23:50:00"), 80000,
      "2026-04-25T23:50:00", "" },
    { "another hospital's disc",
      PREVIOUS ("1319999999", "13", "20000", "80000", "999000", "2026-04-29T23:50:00"), 80000,
      "2026-04-30T23:50:00", "previous-other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ImpPrevious) previous = previous_night (cases[i].previous);
      g_autofree char *fires = NULL;
      Night night;

      g_test_message ("%s", cases[i].why);
      night_begin (&night, NULL, NULL);
      night.tally->records[DISC_KIND_LAB] = cases[i].labs;
      g_strlcpy (night.type->newest_sent, cases[i].newest, DISC_DATE_MAX);
      fires = judge (&night, previous);
      g_assert_cmpstr (fires, ==, cases[i].fires);
      night_end (&night);
    }
}

/* What is not a report is not compared with. */
static void
test_previous_broken (void)
{
  static const char *const broken[] = { "", "{}", "[]", "{\"counts\":1}", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (imp_previous_new (broken[i], &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
    }
}

/* Without a previous disc old data is refused where the operator says how old is too old. */
static void
test_stale (void)
{
  static const struct
  {
    const char *limit;
    const char *newest;
    gboolean fires;
  } cases[] = {
    { NULL, "2019-01-01", FALSE },
    { "stale-data=3", "2026-04-28T23:59", TRUE },
    { "stale-data=3", "2026-04-29", FALSE },
    { "stale-data=7", "2026-04-24", TRUE },
    { "stale-data=7", "2026-04-25", FALSE },
    { "stale-data=0", "2026-04-30", TRUE },
    { "stale-data=0", "2026-05-01", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const limits[] = { cases[i].limit, NULL };
      g_autofree char *fires = NULL;
      Night night;

      night_begin (&night, NULL, limits);
      g_strlcpy (night.type->newest_sent, cases[i].newest, DISC_DATE_MAX);
      fires = judge (&night, NULL);
      g_assert_cmpstr (fires, ==, cases[i].fires ? "stale-data" : "");
      night_end (&night);
    }
}

static void
test_set_aside (void)
{
  const char *const accept[] = { "ransom-names", "stale-data", NULL };
  g_autofree char *fires = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *text = NULL;
  cJSON *json;
  Night night;

  night_begin (&night, accept, NULL);
  night.root->n_ransom_names = 5;
  g_ptr_array_add (night.tally->suspects, g_strdup ("a\x1b[2J/b.lockbit"));
  fires = judge (&night, NULL);
  g_assert_cmpstr (fires, ==, "");
  aside = imp_stop_set_aside (&night.stop);
  g_assert_cmpstr (aside, ==, "ransom-names"); /* not the other, which does not fire */
  json = imp_stop_json (&night.stop);
  g_assert_cmpint (cJSON_GetArraySize (json), ==, IMP_N_STOPS);
  text = cJSON_PrintUnformatted (json);
  g_assert_nonnull (strstr (text, "{\"rule\":\"ransom-names\",\"outcome\":\"set-aside\","
                                  "\"measured\":5,\"limit\":\"3\",\"detail\":"));
  g_assert_nonnull (strstr (text, "{\"rule\":\"fewer-than-previous\",\"outcome\":\"not-measured\""));
  cJSON_Delete (json);
  night_end (&night);

  /* no name of a file steers a terminal */
  night_begin (&night, NULL, NULL);
  night.root->n_ransom_names = 5;
  g_ptr_array_add (night.tally->suspects, g_strdup ("a\x1b[2J/b.lockbit"));
  g_free (g_steal_pointer (&fires));
  fires = judge (&night, NULL);
  g_assert_cmpstr (fires, ==, "ransom-names");
  {
    g_autoptr (GError) error = NULL;

    g_assert_false (imp_stop_decide (&night.stop, &error));
    g_assert_null (strchr (error->message, '\x1b'));
    g_assert_nonnull (strstr (error->message, "b.lockbit"));
  }
  night_end (&night);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/stop/limits", test_limits);
  g_test_add_func ("/importer/stop/overrides", test_overrides);
  g_test_add_func ("/importer/stop/counts", test_counts);
  g_test_add_func ("/importer/stop/resources", test_resources);
  g_test_add_func ("/importer/stop/previous", test_previous);
  g_test_add_func ("/importer/stop/previous-broken", test_previous_broken);
  g_test_add_func ("/importer/stop/stale", test_stale);
  g_test_add_func ("/importer/stop/set-aside", test_set_aside);
  return g_test_run ();
}
