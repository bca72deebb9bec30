/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-words.h"

#include <glib/gi18n.h>

#include "viewer-text.h"

const char *
viewer_cohort_kind_text (ViewerCohortKind kind)
{
  static const char *const texts[VIEWER_N_COHORTS] = {
    [VIEWER_COHORT_DRUG] = NC_ ("condition", "Drug"),
    [VIEWER_COHORT_RESULT] = NC_ ("condition", "Result"),
    [VIEWER_COHORT_DIAGNOSIS] = NC_ ("condition", "Diagnosis"),
  };

  return g_dpgettext2 (NULL, "condition", texts[kind]);
}

const char *
viewer_cohort_example_text (ViewerCohortKind kind)
{
  static const char *const texts[VIEWER_N_COHORTS] = {
    [VIEWER_COHORT_DRUG] = N_ ("part of the drug's name as it is written: ワーファリン, ﾜｰﾌｧﾘﾝ, "
                               "wafarin, ワーファリン 1mg"),
    [VIEWER_COHORT_RESULT] = N_ ("item and limit: K ≥ 6.0, K>=6, K 6.0以上, CRP > 10; the item "
                                 "alone shows every latest value"),
    [VIEWER_COHORT_DIAGNOSIS] =
        N_ ("part of the diagnosis as it is written, or its ICD-10 code: 透析, 糖尿病, N18"),
  };

  return _ (texts[kind]);
}

char *
viewer_cohort_hint_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < VIEWER_N_COHORTS; i++)
    g_string_append_printf (text, "%s: %s\n", viewer_cohort_kind_text ((ViewerCohortKind) i),
                            viewer_cohort_example_text ((ViewerCohortKind) i));
  g_string_append (text, _ ("Ctrl+4 once more is the next of the three. The search begins when "
                            "typing pauses, or at Enter."));
  return g_string_free (text, FALSE);
}

const char *
viewer_cohort_searched_text (ViewerCohortKind kind)
{
  static const char *const texts[VIEWER_N_COHORTS] = {
    [VIEWER_COHORT_DRUG] = N_ ("Searched: names in prescriptions, dispensing, what was told of "
                               "drugs, injections and what was given, and lot numbers. Not in "
                               "notes; one name is not translated into another."),
    [VIEWER_COHORT_RESULT] =
        N_ ("Searched: items of laboratory, vital signs and other observations. Latin letters are "
            "whole words (K is not CK). Units are never converted: each unit is a list of its "
            "own."),
    [VIEWER_COHORT_DIAGNOSIS] =
        N_ ("Searched: names and ICD-10 codes of diagnoses, and names of recorded procedures. Not "
            "in notes and documents."),
  };

  return _ (texts[kind]);
}

const DiscKind *
viewer_cohort_kinds (ViewerCohortKind kind)
{
  static const DiscKind drug[] = { DISC_KIND_PRESCRIPTION,   DISC_KIND_DISPENSE,
                                   DISC_KIND_STATEMENT,      DISC_KIND_INJECTION,
                                   DISC_KIND_ADMINISTRATION, DISC_KIND_NONE };
  static const DiscKind result[] = { DISC_KIND_LAB, DISC_KIND_VITAL, DISC_KIND_OBSERVATION,
                                     DISC_KIND_NONE };
  static const DiscKind diagnosis[] = { DISC_KIND_PROBLEM, DISC_KIND_PROCEDURE, DISC_KIND_NONE };

  return kind == VIEWER_COHORT_DRUG ? drug : kind == VIEWER_COHORT_RESULT ? result : diagnosis;
}

static const char *
part_text (ViewerCohortPart part)
{
  static const char *const texts[VIEWER_N_COHORT_PARTS] = {
    [VIEWER_COHORT_ON] = N_ ("Running at the time of the disc, or begun lately without an end"),
    [VIEWER_COHORT_ON_UNKNOWN] =
        N_ ("End not known: begun long ago, a plan or a draft. Perhaps still taken"),
    [VIEWER_COHORT_INJECTED] =
        N_ ("Injection ordered or given on the day of the disc, the day before or later"),
    [VIEWER_COHORT_INJECTED_BEFORE] = N_ ("Injection ordered or given only before that"),
    [VIEWER_COHORT_ENDED] = N_ ("Ended by the time of the disc: days ran out, or a later order"),
    [VIEWER_COHORT_STOPPED] = N_ ("Stopped, or of no known state"),
    [VIEWER_COHORT_MATCH] = N_ ("Matches"),
    [VIEWER_COHORT_BOUND] = N_ ("Cannot be compared: only a bound is recorded"),
    [VIEWER_COHORT_WORDS] = N_ ("Cannot be compared: words, or no value"),
    [VIEWER_COHORT_CURRENT] = N_ ("Diagnosis without an end"),
    [VIEWER_COHORT_SUSPECTED] = N_ ("Only suspected"),
    [VIEWER_COHORT_CLOSED] = N_ ("Closed, not said to be cured"),
    [VIEWER_COHORT_CURED] = N_ ("Cured or died"),
    [VIEWER_COHORT_PROCEDURE] = N_ ("Recorded as a procedure"),
  };

  return _ (texts[part]);
}

char *
viewer_cohort_heading (ViewerCohortPart part, const char *group, guint n, gboolean is_compared)
{
  g_autofree char *count = viewer_text_count (n);

  if (group != NULL && part == VIEWER_COHORT_MATCH && !is_compared)
    return g_strdup_printf ("%s　%s", group, count);
  if (group != NULL)
    return g_strdup_printf ("%s　%s　%s", part_text (part), group, count);
  return g_strdup_printf ("%s　%s", part_text (part), count);
}

char *
viewer_cohort_understood_text (const ViewerCohortQuery *query)
{
  g_autofree char *text = viewer_cohort_query_text (query);

  switch (viewer_cohort_query_readiness (query))
    {
    case VIEWER_COHORT_NO_NAME:
      return g_strdup ("");
    case VIEWER_COHORT_NO_NUMBER:
      return g_strdup (_ ("▲ a plain number is missing, for example K ≥ 6.0"));
    case VIEWER_COHORT_READY:
    default:
      if (query->kind != VIEWER_COHORT_RESULT)
        return g_strdup_printf ("＝ %s", text);
      return g_strdup_printf (query->is_any ? _ ("＝ %s, any value of the disc")
                                            : _ ("＝ %s, the latest value of each item decides"),
                              text);
    }
}

static char *
time_text (const char *place, const char *at, const char *as_of, const char *now)
{
  g_autofree char *data = viewer_text_date_time (as_of, now);
  g_autofree char *time = viewer_text_date_time (at, now);

  if (at == NULL || g_strcmp0 (at, as_of) == 0)
    return g_strdup_printf (_ ("▲ %s, data as of %s"), place, data);
  /* Records are those of the disc; only who was where is of another time. */
  return g_strdup_printf (_ ("▲ %s as it was on %s, records as of %s"), place, time, data);
}

char *
viewer_cohort_summary (const ViewerCohortResult *result, const char *place, const char *at,
                       const char *as_of, const char *now)
{
  g_autofree char *time = time_text (place, at, as_of, now);
  g_autofree char *found = NULL;
  g_autofree char *all = NULL;
  g_autofree char *read = NULL;

  if (result == NULL)
    return g_steal_pointer (&time);
  found = viewer_text_count (result->n_found);
  all = viewer_text_count (result->n_place);
  read = viewer_text_count (result->n_read);
  if (!result->is_done)
    return g_strdup_printf (_ ("%s   found so far %s; searched %s of %s…"), time, found, read, all);
  return g_strdup_printf (_ ("%s   found %s of %s"), time, found, all);
}

static char *
join (GPtrArray *parts, const char *separator)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (separator, (char **) parts->pdata);
}

static void
add_names (GString *text, const ViewerCohortResult *result)
{
  g_autoptr (GString) names = g_string_new (NULL);

  if (result->names->len == 0)
    return;
  for (guint i = 0; i < result->names->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? C_ ("list", ", ") : "",
                            (const char *) g_ptr_array_index (result->names, i));
  if (result->n_names > result->names->len)
    {
      g_autofree char *more = viewer_text_count (result->n_names - result->names->len);

      g_string_append_printf (names, _ (" and %s more"), more);
    }
  g_string_append_printf (text, _ ("Found under the names: %s. "), names->str);
}

static void
add_left_out (GString *text, const ViewerCohortQuery *query, const ViewerCohortResult *result)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *all = NULL;
  const struct
  {
    const char *words;
    guint n;
  } counts[] = {
    { N_ ("outside the condition"), query->op != DISC_OPERATOR_NONE ? result->n_not : 0 },
    { N_ ("cancelled, deleted or mistaken"), result->n_cancelled },
    { N_ ("superseded"), result->n_old },
    { N_ ("of somebody else (fetus, donor)"), result->n_another },
    { N_ ("confidential, only in the charts"), result->n_confidential },
    { N_ ("disputed records, nobody's (Ctrl+I)"), result->n_disputed },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *n = viewer_text_count (counts[i].n);

      if (counts[i].n > 0)
        g_ptr_array_add (parts, g_strdup_printf ("%s %s", _ (counts[i].words), n));
    }
  if (parts->len == 0)
    return;
  all = join (parts, C_ ("list", ", "));
  g_string_append_printf (text, _ ("Not shown: %s."), all);
}

char *
viewer_cohort_note (const ViewerCohortQuery *query, const ViewerCohortResult *result,
                    const char *absent, gboolean is_compact)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize before;

  if (!is_compact)
    {
      g_string_append (text, viewer_cohort_searched_text (query->kind));
      if (absent != NULL)
        g_string_append_c (text, ' ');
    }
  if (absent != NULL)
    g_string_append_printf (text, _ ("Not on this disc: %s."), absent);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  before = text->len;
  if (result != NULL && !is_compact)
    add_names (text, result);
  if (result != NULL)
    add_left_out (text, query, result);
  if (text->len > before)
    g_string_append_c (text, '\n');
  g_string_append (text, is_compact
                             ? _ ("Who is not in the list may have it all the same.")
                             : _ ("Who is not in the list may have it all the same: the disc may "
                                  "lack the record, and things change after it."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full): how many of each part there are, those that are not shown too */
static char *
parts_text (const ViewerCohortResult *result)
{
  guint n[VIEWER_N_COHORT_PARTS] = { 0 };
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < result->counts->len; i++)
    {
      const ViewerCohortCount *count = g_ptr_array_index (result->counts, i);

      n[count->part] += count->n;
    }
  for (guint i = 0; i < VIEWER_N_COHORT_PARTS; i++)
    if (n[i] > 0)
      g_ptr_array_add (parts, viewer_cohort_heading ((ViewerCohortPart) i, NULL, n[i], TRUE));
  return join (parts, C_ ("list", ", "));
}

char *
viewer_cohort_warning (const ViewerCohortResult *result, gboolean has_lists)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!has_lists)
    g_ptr_array_add (lines, g_strdup (_ ("▲ This disc was made before there were lists of wards: "
                                         "only the whole disc can be searched, and beds are those "
                                         "of the basic data.")));
  if (result == NULL)
    return lines->len > 0 ? join (lines, "\n") : NULL;
  if (result->is_damaged)
    g_ptr_array_add (lines,
                     g_strdup (_ ("■ This list is not whole: part of the index or of the ward "
                                  "lists lies in a damaged part of the disc.")));
  if (result->n_lost > 0)
    {
      g_autofree char *lost = viewer_text_count (result->n_lost);

      g_ptr_array_add (lines,
                       g_strdup_printf (_ ("■ This list is not whole: of %s patients something "
                                           "lies in a damaged part of the disc."),
                                        lost));
    }
  if (result->is_cut)
    g_ptr_array_add (lines, g_strdup (_ ("▲ This list is not whole: there are more than are read "
                                         "at once.")));
  if (result->n_found > result->entries->len)
    {
      g_autofree char *shown = viewer_text_count (result->entries->len);
      g_autofree char *all = viewer_text_count (result->n_found);
      g_autofree char *parts = parts_text (result);

      g_ptr_array_add (lines,
                       g_strdup_printf (_ ("▲ The first %s of %s are shown. A ward or a narrower "
                                           "condition shows the others. All: %s."),
                                        shown, all, parts));
    }
  return lines->len > 0 ? join (lines, "\n") : NULL;
}

char *
viewer_cohort_nobody_text (const ViewerCohortQuery *query, const ViewerCohortResult *result,
                           const char *place, const char *as_of, const char *absent,
                           const char *now)
{
  g_autofree char *condition = viewer_cohort_query_text (query);
  g_autofree char *data = viewer_text_date_time (as_of, now);
  g_autofree char *all = viewer_text_count (result->n_place);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s “%s”: searched %s (%s people), data as of %s."),
                          viewer_cohort_kind_text (query->kind), condition, place, all, data);
  g_string_append_printf (text, "\n%s",
                          _ ("This does not mean that there is nobody: the hospital may write it "
                             "in another way, or the record is not on this disc."));
  g_string_append_printf (text, "\n%s", viewer_cohort_searched_text (query->kind));
  if (absent != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Not on this disc: %s."), absent);
    }
  if (result->n_lost > 0 || result->is_damaged)
    g_string_append_printf (text, "\n%s",
                            _ ("■ Part of what was searched lies in a damaged part of the disc."));
  return g_string_free (text, FALSE);
}
