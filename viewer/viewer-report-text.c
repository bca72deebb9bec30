/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-report-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-kinds.h"
#include "viewer-text.h"

typedef struct
{
  const char *word;
  const char *sentence;
} Sentence;

static const Sentence levels[] = {
  { "serious", N_ ("Do not rely on this disc before these points are explained.") },
  { "attention", N_ ("The disc can be used. These points should be looked at.") },
  { "nothing-found", N_ ("Nothing stands out. That is no proof that everything is there.") },
};

/* {n}, {of}, {what} are filled in. */
static const Sentence reasons[] = {
  { "rule-set-aside", N_ ("A stop rule spoke against this disc and was set aside: {what}") },
  { "damaged-source", N_ ("An archive was damaged or ended early: {what}") },
  { "folders-not-read", N_ ("Folders that could not be read: {n}. What lies in them is not on the disc") },
  { "suspicious", N_ ("Files that look encrypted, or are called as ransomware calls them: {n}") },
  { "infected", N_ ("Files in which the virus scanner found something: {n}. They are not on the disc") },
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

static const Sentence rules[] = {
  { "empty", N_ ("neither an SS-MIX2 message nor a FHIR resource was found in the source") },
  { "previous-unreadable", N_ ("the previous disc cannot be read") },
  { "previous-other", N_ ("the previous disc is of another facility") },
  { "previous-newer", N_ ("the previous disc has newer data than this backup") },
  { "ransom-names", N_ ("files are called as ransomware calls them") },
  { "high-entropy", N_ ("files that should be text look encrypted") },
  { "unreadable-files", N_ ("too many files could not be read") },
  { "unreadable-resources", N_ ("too many FHIR resources could not be read") },
  { "unreadable-folders", N_ ("too many folders could not be read") },
  { "virus-found", N_ ("the virus scanner found something") },
  { "stale-data", N_ ("the newest data is older than expected") },
  { "silent-types", N_ ("data types that came often come no more, while others do") },
  { "fewer-than-previous", N_ ("there is far less than on the previous disc") },
  { "no-patients", N_ ("so many messages, and no patient has a chart") },
};

static const Sentence outcomes[] = {
  { "passed", N_ ("passed") },
  { "not-measured", N_ ("not measured") },
  { "set-aside", N_ ("set aside by the operator") },
};

/* (nullable) */
static const char *
find (const Sentence *table, gsize n, const char *word)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (table[i].word, word) == 0)
      return _ (table[i].sentence);
  return NULL;
}

const char *
viewer_report_level_text (const char *level)
{
  const char *text = find (levels, G_N_ELEMENTS (levels), level);

  return text != NULL ? text : _ ("This report has no verdict.");
}

char *
viewer_report_rule_text (const char *rule)
{
  const char *text = find (rules, G_N_ELEMENTS (rules), rule);

  return text != NULL ? g_strdup_printf ("%s (%s)", text, rule) : g_strdup (rule);
}

const char *
viewer_report_outcome_text (const char *outcome)
{
  const char *text = find (outcomes, G_N_ELEMENTS (outcomes), outcome);

  return text != NULL ? text : outcome;
}

/* (transfer full): "lab, note" as people call them */
static char *
kinds_text (const char *kinds)
{
  g_auto (GStrv) names = g_strsplit (kinds, ", ", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      DiscKind kind = disc_kind_from_name (names[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? _ (", ") : "",
                              kind != DISC_KIND_NONE ? viewer_text_kind (kind) : names[i]);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
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
viewer_report_reason_text (const char *code, guint64 n, guint64 of, const char *what)
{
  const char *sentence = find (reasons, G_N_ELEMENTS (reasons), code);
  g_autofree char *count = viewer_text_count (n);
  g_autofree char *whole = viewer_text_count (of);
  g_autofree char *words = NULL;

  if (what == NULL)
    what = "";
  words = g_strcmp0 (code, "absent") == 0           ? kinds_text (what)
          : g_strcmp0 (code, "rule-set-aside") == 0 ? viewer_report_rule_text (what)
                                                    : g_strdup (what);
  if (sentence == NULL)
    return g_strdup_printf ("%s %s %s", code, count, words);
  return fill_in (sentence, count, whole, words);
}
