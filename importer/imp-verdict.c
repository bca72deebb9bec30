/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-verdict.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "disc-kinds.h"
#include "imp-report-words.h"
#include "imp-stop.h"
#include "imp-report-json.h"

#define SERIOUS_LOSS_PERMILLE 10 /* of the records of a storage */
#define BARE_PERMILLE 10         /* of the patients: new ones have messages before basic data */
#define STALE_DAYS 2             /* a nightly backup of the day before is not old */
#define SERIOUS_STALE_DAYS 7
#define SILENT_WARD_DAYS 2 /* behind the others */
#define MAX_WARDS_NAMED 10
#define MAX_TYPES_NAMED 10

#define ATTENTION "attention"
#define SERIOUS "serious"

static const struct
{
  const char *code;
  const char *sentence; /* {n}, {of}, {what} are filled in */
} sentences[] = {
  { "rule-set-aside", N_ ("A stop rule spoke against this disc and was set aside: {what}") },
  { "stop-rule", N_ ("A stop rule refused the disc: {what}") },
  { "damaged-source", N_ ("An archive was damaged or ended early: {what}") },
  { "folders-not-read",
    N_ ("Folders that could not be read: {n}. What lies in them is not on the disc") },
  { "suspicious", N_ ("Files that look encrypted, or are called as ransomware calls them: {n}") },
  { "infected",
    N_ ("Files in which the virus scanner found something: {n}. They are not on the disc") },
  { "no-answer", N_ ("Files about which the virus scanner gave no answer: {n}") },
  { "unreadable", N_ ("Files that could not be read: {n} of {of}") },
  { "resources-unreadable", N_ ("Resources of FHIR that could not be read: {n} of {of}") },
  { "stale", N_ ("The newest data is {n} days older than the end of the window") },
  { "future", N_ ("Messages sent later than now, by their names: {n}. A clock is wrong") },
  { "disputed", N_ ("Messages whose folder and content name different patients: {n}. They stand in "
                    "nobody's chart") },
  { "no-basic-data", N_ ("Patients without basic data: {n} of {of}") },
  { "characters-lost", N_ ("Characters that could not be read: {n}") },
  { "beyond-ceiling", N_ ("Messages beyond the ceiling for one patient, not on the disc: {n}") },
  { "absent", N_ ("Nothing on the disc of: {what}") },
  { "type-silent",
    N_ ("Data types of which nothing arrived for days, though they came often: {what}") },
  { "ward-silent", N_ ("Wards from which nothing arrived for days: {what}") },
};

/* @of: 0: there is no whole. @what: (nullable) */
static void
add_reason (cJSON *reasons, const char *level, const char *code, guint64 n, guint64 of,
            const char *what)
{
  cJSON *reason = cJSON_CreateObject ();

  cJSON_AddStringToObject (reason, "code", code);
  cJSON_AddStringToObject (reason, "level", level);
  if (n > 0)
    cJSON_AddNumberToObject (reason, "n", (double) n);
  if (of > 0)
    cJSON_AddNumberToObject (reason, "of", (double) of);
  if (what != NULL)
    cJSON_AddStringToObject (reason, "what", what);
  cJSON_AddItemToArray (reasons, reason);
}

static void
add_reason_if (cJSON *reasons, const char *level, const char *code, guint64 n)
{
  if (n > 0)
    add_reason (reasons, level, code, n, 0, NULL);
}

static gboolean
reaches (guint64 n, guint64 of, guint permille)
{
  return n > 0 && n * 1000 >= of * permille;
}

static void
judge_rules (cJSON *reasons, const cJSON *report)
{
  const cJSON *rule;

  cJSON_ArrayForEach (rule, cJSON_GetObjectItemCaseSensitive (report, "stop_rules"))
  {
    const char *outcome = imp_report_get_text (rule, "outcome");

    if (g_strcmp0 (outcome, "set-aside") == 0)
      add_reason (reasons, SERIOUS, "rule-set-aside", 0, 0, imp_report_get_text (rule, "rule"));
    else if (g_strcmp0 (outcome, "stopped") == 0)
      add_reason (reasons, SERIOUS, "stop-rule", 0, 0, imp_report_get_text (rule, "rule"));
  }
}

/* Records that were there, and are not on the disc. */
static void
judge_loss (cJSON *reasons, const char *code, guint64 n_lost, guint64 of)
{
  if (n_lost > 0)
    add_reason (reasons, reaches (n_lost, of, SERIOUS_LOSS_PERMILLE) ? SERIOUS : ATTENTION, code,
                n_lost, of, NULL);
}

static void
judge_sources (cJSON *reasons, const cJSON *report)
{
  const cJSON *suspicious = cJSON_GetObjectItemCaseSensitive (report, "suspicious");
  const cJSON *scan = cJSON_GetObjectItemCaseSensitive (report, "virus_scan");
  const cJSON *counts = cJSON_GetObjectItemCaseSensitive (report, "counts");
  const cJSON *fhir = cJSON_GetObjectItemCaseSensitive (counts, "fhir");
  guint64 n_lost = imp_report_get_count (suspicious, "files_unreadable");
  guint64 n_folders = 0;
  const cJSON *source;

  cJSON_ArrayForEach (source, cJSON_GetObjectItemCaseSensitive (report, "sources"))
  {
    const cJSON *folders = cJSON_GetObjectItemCaseSensitive (source, "folders_not_read");

    if (cJSON_IsTrue (cJSON_GetObjectItemCaseSensitive (source, "damaged")))
      add_reason (reasons, SERIOUS, "damaged-source", 0, 0, imp_report_get_text (source, "name"));
    n_folders += (guint64) cJSON_GetArraySize (folders);
  }
  add_reason_if (reasons, SERIOUS, "folders-not-read", n_folders);
  add_reason_if (reasons, SERIOUS, "suspicious", imp_report_get_count (suspicious, "files"));
  add_reason_if (reasons, SERIOUS, "infected", imp_report_get_count (scan, "infected"));
  add_reason_if (reasons, ATTENTION, "no-answer", imp_report_get_count (scan, "no_answer"));
  judge_loss (reasons, "unreadable", n_lost, imp_report_get_count (counts, "files_read") + n_lost);
  n_lost = imp_report_get_count (fhir, "refused");
  judge_loss (reasons, "resources-unreadable", n_lost,
              imp_report_get_count (fhir, "read") + n_lost);
}

static void
judge_counts (cJSON *reasons, const cJSON *report)
{
  const cJSON *counts = cJSON_GetObjectItemCaseSensitive (report, "counts");
  guint64 n_bare = imp_report_get_count (counts, "patients_without_basic_data");
  guint64 n_patients = imp_report_get_count (counts, "patients");
  guint64 days = imp_report_get_count (report, "days_stale");

  if (days >= STALE_DAYS)
    add_reason (reasons, days >= SERIOUS_STALE_DAYS ? SERIOUS : ATTENTION, "stale", days, 0, NULL);
  add_reason_if (reasons, ATTENTION, "future",
                 imp_report_get_count (report, "messages_sent_in_the_future"));
  add_reason_if (reasons, ATTENTION, "disputed",
                 imp_report_get_count (counts, "messages_disputed"));
  if (reaches (n_bare, n_patients, BARE_PERMILLE))
    add_reason (reasons, ATTENTION, "no-basic-data", n_bare, n_patients, NULL);
  add_reason_if (reasons, ATTENTION, "characters-lost",
                 imp_report_get_count (counts, "characters_lost"));
  add_reason_if (reasons, ATTENTION, "beyond-ceiling",
                 imp_report_get_count (counts, "messages_beyond_ceiling"));
}

static void
append_word (GString *list, const char *word)
{
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, word);
}

/* What a ward would look for. Notes and vital signs are in no standard storage (SS-MIX2 spec 0.2).
 */
static void
judge_kinds (cJSON *reasons, const cJSON *report)
{
  static const DiscKind wanted[] = {
    DISC_KIND_ALLERGY,   DISC_KIND_PROBLEM,        DISC_KIND_PRESCRIPTION,
    DISC_KIND_INJECTION, DISC_KIND_ADMINISTRATION, DISC_KIND_LAB,
    DISC_KIND_VITAL,     DISC_KIND_NOTE,           DISC_KIND_ENCOUNTER,
  };
  const cJSON *counts = cJSON_GetObjectItemCaseSensitive (report, "counts");
  const cJSON *kinds = cJSON_GetObjectItemCaseSensitive (counts, "records_by_kind");
  g_autoptr (GString) absent = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (imp_report_get_count (cJSON_GetObjectItemCaseSensitive (kinds, disc_kind_name (wanted[i])),
                              "records") == 0)
      append_word (absent, disc_kind_name (wanted[i]));
  if (absent->len > 0)
    add_reason (reasons, ATTENTION, "absent", 0, 0, absent->str);
}

static void
judge_types (cJSON *reasons, const cJSON *report)
{
  g_autoptr (GString) silent = g_string_new (NULL);
  const cJSON *type;
  guint n = 0;

  cJSON_ArrayForEach (type,
                      cJSON_GetObjectItemCaseSensitive (
                          report, "silent_types")) if (imp_report_get_text (type, "type") != NULL &&
                                                       n++ < MAX_TYPES_NAMED)
      append_word (silent, imp_report_get_text (type, "type"));
  if (n > MAX_TYPES_NAMED)
    append_word (silent, "…");
  if (n > 0)
    add_reason (reasons, ATTENTION, "type-silent", n, 0, silent->str);
}

static void
judge_wards (cJSON *reasons, const cJSON *report)
{
  const char *newest = imp_report_get_text (report, "newest_sent");
  gint64 today = newest != NULL ? disc_date_to_day (newest) : G_MININT64;
  g_autoptr (GString) silent = g_string_new (NULL);
  const cJSON *ward;
  guint n = 0;

  cJSON_ArrayForEach (ward, cJSON_GetObjectItemCaseSensitive (report, "wards"))
  {
    const char *last = imp_report_get_text (ward, "newest_sent");
    gint64 day = last != NULL ? disc_date_to_day (last) : G_MININT64;

    if (today != G_MININT64 && day != G_MININT64 && today - day >= SILENT_WARD_DAYS &&
        n++ < MAX_WARDS_NAMED && imp_report_get_text (ward, "ward") != NULL)
      append_word (silent, imp_report_get_text (ward, "ward"));
  }
  if (n > MAX_WARDS_NAMED)
    append_word (silent, "…");
  if (n > 0)
    add_reason (reasons, ATTENTION, "ward-silent", n, 0, silent->str);
}

static const char *
level_of (const cJSON *report, const cJSON *reasons)
{
  const char *level = "nothing-found";
  const cJSON *reason;

  if (cJSON_IsFalse (cJSON_GetObjectItemCaseSensitive (report, "written")))
    return "not-written";
  cJSON_ArrayForEach (reason, reasons)
  {
    if (strcmp (imp_report_get_text (reason, "level"), SERIOUS) == 0)
      return SERIOUS;
    level = ATTENTION;
  }
  return level;
}

void
imp_verdict_add (cJSON *report)
{
  cJSON *verdict = cJSON_CreateObject ();
  cJSON *reasons = cJSON_CreateArray ();

  judge_rules (reasons, report);
  judge_sources (reasons, report);
  judge_counts (reasons, report);
  judge_types (reasons, report);
  /* Of a disc that was not written, the second half was not counted. */
  if (!cJSON_IsFalse (cJSON_GetObjectItemCaseSensitive (report, "written")))
    {
      judge_kinds (reasons, report);
      judge_wards (reasons, report);
    }
  cJSON_AddStringToObject (verdict, "level", level_of (report, reasons));
  cJSON_AddItemToObject (verdict, "reasons", reasons);
  cJSON_AddItemToObject (report, "verdict", verdict);
}

/* ---- words ---------------------------------------------------------------------------------- */

const char *
imp_verdict_heading (const char *level)
{
  if (g_strcmp0 (level, SERIOUS) == 0)
    return _ ("Do not rely on this disc before these points are explained.");
  if (g_strcmp0 (level, ATTENTION) == 0)
    return _ ("The disc can be used. These points should be looked at.");
  if (g_strcmp0 (level, "nothing-found") == 0)
    return _ ("Nothing stands out. That is no proof that everything is there.");
  if (g_strcmp0 (level, "not-written") == 0)
    return _ ("No disc was written.");
  return _ ("This report has no verdict.");
}

/* (transfer full): kinds and rules by their names for people. */
static char *
words_for (const char *code, const char *what)
{
  if (strcmp (code, "absent") == 0)
    return imp_report_kinds_words (what);
  if (strcmp (code, "rule-set-aside") == 0 || strcmp (code, "stop-rule") == 0)
    {
      ImpStopRule rule = imp_stop_from_name (what);

      if (rule != IMP_N_STOPS)
        return g_strdup_printf ("%s (%s)", imp_stop_sentence (rule), what);
    }
  return g_strdup (what);
}

static char *
fill_in (const char *sentence, const char *n, const char *of, const char *what)
{
  const struct
  {
    const char *place;
    const char *text;
  } places[] = { { "{n}", n }, { "{of}", of }, { "{what}", what } };
  g_autoptr (GString) out = g_string_new (NULL);

  while (*sentence != '\0')
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (places) && !g_str_has_prefix (sentence, places[i].place))
        i++;
      if (i < G_N_ELEMENTS (places))
        {
          g_string_append (out, places[i].text);
          sentence += strlen (places[i].place);
        }
      else
        g_string_append_c (out, *sentence++);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
imp_verdict_sentence (const cJSON *reason)
{
  const char *code = imp_report_get_text (reason, "code");
  const char *what = imp_report_get_text (reason, "what");
  g_autofree char *n = imp_report_number (imp_report_get_count (reason, "n"));
  g_autofree char *of = imp_report_number (imp_report_get_count (reason, "of"));
  g_autofree char *words = NULL;

  if (code == NULL)
    return g_strdup ("");
  words = words_for (code, what != NULL ? what : "");
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].code, code) == 0)
      return fill_in (_ (sentences[i].sentence), n, of, words);
  return g_strdup_printf ("%s %s %s", code, n, words);
}
