/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-stop.h"

#include <glib/gi18n.h>
#include <string.h>

#include "imp-error.h"
#include "imp-silence.h"

#define PERCENT 1000          /* a share in thousandths of a percent */
#define MAX_DETAILS 12        /* kinds and types named one by one */

static const struct
{
  const char *name;
  ImpStopUnit unit;
  ImpStopLimit limit;
  const char *sentence;
} rules[] = {
#define ROW(id, name, unit, share, number, sentence)                                               \
  { name, IMP_STOP_UNIT_##unit, { share, number }, sentence },
  IMP_STOPS (ROW)
};

const char *
imp_stop_name (ImpStopRule rule)
{
  g_return_val_if_fail ((guint) rule < IMP_N_STOPS, NULL);
  return rules[rule].name;
}

const char *
imp_stop_sentence (ImpStopRule rule)
{
  g_return_val_if_fail ((guint) rule < IMP_N_STOPS, NULL);
  return _(rules[rule].sentence);
}

ImpStopRule
imp_stop_from_name (const char *name)
{
  guint rule = 0;

  while (rule < IMP_N_STOPS && strcmp (rules[rule].name, name) != 0)
    rule++;
  return (ImpStopRule) rule;
}

char *
imp_stop_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < IMP_N_STOPS; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", rules[i].name);
  return g_string_free (names, FALSE);
}

ImpStopUnit
imp_stop_unit (ImpStopRule rule)
{
  g_return_val_if_fail ((guint) rule < IMP_N_STOPS, IMP_STOP_UNIT_NONE);
  return rules[rule].unit;
}

ImpStopLimit
imp_stop_default (ImpStopRule rule)
{
  return rules[rule].limit;
}

/* ---- limits --------------------------------------------------------------------------------- */

/* "2%", "0.05%" */
static char *
share_text (guint share)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u", share / PERCENT);
  if (share % PERCENT != 0)
    {
      g_string_append_printf (text, ".%03u", share % PERCENT);
      while (text->str[text->len - 1] == '0')
        g_string_truncate (text, text->len - 1);
    }
  g_string_append_c (text, '%');
  return g_string_free (text, FALSE);
}

char *
imp_stop_limit_text (ImpStopRule rule, ImpStopLimit limit)
{
  g_autofree char *share = share_text (limit.share);

  switch (rules[rule].unit)
    {
    case IMP_STOP_UNIT_NUMBER:
    case IMP_STOP_UNIT_DAYS:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, limit.number);
    case IMP_STOP_UNIT_SHARE_AND_NUMBER:
      return g_strdup_printf ("%s,%" G_GUINT64_FORMAT, share, limit.number);
    case IMP_STOP_UNIT_NONE:
    default:
      return NULL;
    }
}

/* "0.05%" to 50. Returns: FALSE for anything but 0 to 100 percent with at most three decimals */
static gboolean
parse_share (const char *text, guint *out)
{
  gsize len = strlen (text);
  g_autofree char *number = NULL;
  g_auto (GStrv) parts = NULL;
  guint64 whole, thousandths = 0;
  static const guint scale[] = { 1000, 100, 10, 1 };

  if (len < 2 || text[len - 1] != '%')
    return FALSE;
  number = g_strndup (text, len - 1);
  parts = g_strsplit (number, ".", 2);
  if (!g_ascii_string_to_unsigned (parts[0], 10, 0, 100, &whole, NULL))
    return FALSE;
  if (parts[1] != NULL)
    {
      if (strlen (parts[1]) > 3 ||
          !g_ascii_string_to_unsigned (parts[1], 10, 0, 999, &thousandths, NULL))
        return FALSE;
      thousandths *= scale[strlen (parts[1])];
    }
  if (whole * PERCENT + thousandths > 100 * PERCENT)
    return FALSE;
  *out = (guint) (whole * PERCENT + thousandths);
  return TRUE;
}

static gboolean
parse_limit (ImpStopUnit unit, const char *text, ImpStopLimit *limit)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 3);
  guint n = g_strv_length (parts);

  if (unit == IMP_STOP_UNIT_NONE || n == 0 || n > 2 ||
      (n == 2 && unit != IMP_STOP_UNIT_SHARE_AND_NUMBER))
    return FALSE;
  if (unit == IMP_STOP_UNIT_SHARE_AND_NUMBER && g_str_has_suffix (parts[0], "%"))
    return parse_share (parts[0], &limit->share) &&
           (n == 1 || g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXINT64, &limit->number, NULL));
  return n == 1 && g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXINT64, &limit->number, NULL);
}

static gboolean
no_rule (const char *option, const char *name, GError **error)
{
  g_autofree char *names = imp_stop_names ();

  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, _("%s %s: there is no such stop rule; there are: %s"),
               option, name, names);
  return FALSE;
}

static gboolean
take_limit (ImpStopPolicy *self, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = equals != NULL ? g_strndup (text, (gsize) (equals - text))
                                         : g_strdup (text);
  ImpStopRule rule = imp_stop_from_name (name);

  if (rule == IMP_N_STOPS)
    return no_rule ("--limit", name, error);
  if (equals == NULL || !parse_limit (rules[rule].unit, equals + 1, &self->limits[rule]))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _("--limit %s: that is no limit for this rule; tomoshibi(1) tells them"), text);
      return FALSE;
    }
  self->is_named[rule] = TRUE;
  self->is_changed[rule] = self->limits[rule].share != rules[rule].limit.share ||
                           self->limits[rule].number != rules[rule].limit.number;
  return TRUE;
}

gboolean
imp_stop_policy_init (ImpStopPolicy *self, const char *const *accept, const char *const *limits,
                      GError **error)
{
  memset (self, 0, sizeof *self);
  for (guint i = 0; i < IMP_N_STOPS; i++)
    self->limits[i] = rules[i].limit;

  for (guint i = 0; accept != NULL && accept[i] != NULL; i++)
    {
      ImpStopRule rule = imp_stop_from_name (accept[i]);

      if (strcmp (accept[i], "all") == 0)
        for (guint j = 0; j < IMP_N_STOPS; j++)
          self->is_accepted[j] = TRUE;
      else if (rule == IMP_N_STOPS)
        return no_rule ("--accept", accept[i], error);
      else
        self->is_accepted[rule] = TRUE;
    }
  for (guint i = 0; limits != NULL && limits[i] != NULL; i++)
    if (!take_limit (self, limits[i], error))
      return FALSE;
  return TRUE;
}

char *
imp_stop_overrides (const ImpStopPolicy *policy)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_accepted = 0;

  for (guint i = 0; i < IMP_N_STOPS; i++)
    n_accepted += policy->is_accepted[i] ? 1 : 0;
  if (n_accepted == IMP_N_STOPS)
    g_string_append (words, " accept=all");
  for (guint i = 0; i < IMP_N_STOPS; i++)
    {
      g_autofree char *limit = imp_stop_limit_text (i, policy->limits[i]);

      if (policy->is_accepted[i] && n_accepted < IMP_N_STOPS)
        g_string_append_printf (words, " accept=%s", rules[i].name);
      if (policy->is_changed[i])
        g_string_append_printf (words, " %s=%s", rules[i].name, limit);
    }
  return words->len > 0 ? g_strdup (words->str + 1) : NULL;
}

/* ---- measuring ------------------------------------------------------------------------------ */

void
imp_stop_clear (ImpStop *self)
{
  for (guint i = 0; i < IMP_N_STOPS; i++)
    g_clear_pointer (&self->checks[i].detail, g_free);
}

void
imp_stop_note (ImpStop *self, ImpStopRule rule, gboolean fires, const char *detail)
{
  ImpStopCheck *check = &self->checks[rule];

  check->is_measured = TRUE;
  check->fires = fires;
  g_free (check->detail);
  check->detail = g_strdup (detail);
}

/* Whether @n of @of is @share or more; nothing is never too much. */
static gboolean
reaches_share (guint64 n, guint64 of, guint share)
{
  return n > 0 && (gdouble) n * 100.0 * PERCENT >= (gdouble) of * share;
}

/* Of rules that count what is wrong. */
static void
check_count (ImpStop *self, ImpStopRule rule, guint64 n, guint64 of)
{
  const ImpStopLimit *limit = &self->policy.limits[rule];
  ImpStopCheck *check = &self->checks[rule];

  check->is_measured = TRUE;
  check->n = n;
  check->of = of;
  check->fires = n > 0 && n >= limit->number && (of == 0 || reaches_share (n, of, limit->share));
}

static void
check_age (ImpStop *self, const ImpTally *tally, const ImpWindow *window, gboolean in_series)
{
  ImpStopCheck *check = &self->checks[IMP_STOP_STALE_DATA];
  char newest[DISC_DATE_MAX];

  if (!in_series && !self->policy.is_named[IMP_STOP_STALE_DATA])
    return;
  imp_tally_newest_sent (tally, newest);
  if (*newest == '\0')
    return; /* nothing tells; rules about nothing at all do */
  check->is_measured = TRUE;
  check->n = (guint64) imp_window_days_stale (window, newest);
  check->fires = check->n > 0 && check->n >= self->policy.limits[IMP_STOP_STALE_DATA].number;
  check->detail = g_strdup_printf ("the newest is from %s", newest);
}

/* As check_age(), of each data type beside the others. */
static void
check_silence (ImpStop *self, const ImpTally *tally, const ImpPrevious *previous)
{
  ImpStopCheck *check = &self->checks[IMP_STOP_SILENT_TYPES];
  g_autoptr (GPtrArray) silent = NULL;
  g_autoptr (GString) detail = g_string_new (NULL);

  if (previous == NULL && !self->policy.is_named[IMP_STOP_SILENT_TYPES])
    return;
  silent = imp_silence_find (tally, self->policy.limits[IMP_STOP_SILENT_TYPES].number, previous);
  for (guint i = 0; i < MIN (silent->len, MAX_DETAILS); i++)
    {
      const ImpSilence *type = g_ptr_array_index (silent, i);

      g_string_append_printf (detail, "%s%s: %s", i > 0 ? ", " : "", type->type, type->newest_sent);
    }
  imp_stop_note (self, IMP_STOP_SILENT_TYPES, silent->len > 0,
                 silent->len > 0 ? detail->str : NULL);
  check->n = silent->len;
}

static void
check_previous_newer (ImpStop *self, const ImpTally *tally, const ImpPrevious *previous)
{
  ImpStopCheck *check = &self->checks[IMP_STOP_PREVIOUS_NEWER];
  guint64 limit = self->policy.limits[IMP_STOP_PREVIOUS_NEWER].number;
  char newest[DISC_DATE_MAX];
  gint64 there, here;

  imp_tally_newest_sent (tally, newest);
  if (*newest == '\0' || previous->newest_sent[0] == '\0')
    return;
  there = disc_date_to_day (previous->newest_sent);
  here = disc_date_to_day (newest);
  check->is_measured = TRUE;
  check->n = there > here ? (guint64) (there - here) : 0;
  check->fires = strcmp (previous->newest_sent, newest) > 0 && check->n >= limit;
  if (check->fires)
    check->detail = g_strdup_printf ("there %s, here %s", previous->newest_sent, newest);
}

static void
check_previous_other (ImpStop *self, const ImpPrevious *previous, const char *facility)
{
  gboolean differs = facility != NULL && previous->facility != NULL &&
                     strcmp (facility, previous->facility) != 0;
  g_autofree char *detail =
      differs ? g_strdup_printf ("there %s, here %s", previous->facility, facility) : NULL;

  imp_stop_note (self, IMP_STOP_PREVIOUS_OTHER, differs, detail);
}

/* What there was less of is counted, and the first are named. */
static void
compare_count (ImpStop *self, const char *what, guint64 there, guint64 here)
{
  const ImpStopLimit *limit = &self->policy.limits[IMP_STOP_FEWER_THAN_PREVIOUS];
  ImpStopCheck *check = &self->checks[IMP_STOP_FEWER_THAN_PREVIOUS];
  g_autofree char *before = check->detail;

  check->is_measured = TRUE;
  check->detail = NULL;
  if (here >= there || there - here < limit->number ||
      (gdouble) here * 100.0 * PERCENT >= (gdouble) there * limit->share)
    {
      check->detail = g_steal_pointer (&before);
      return;
    }
  check->fires = TRUE;
  check->n++;
  if (check->n > MAX_DETAILS)
    check->detail = g_steal_pointer (&before);
  else
    check->detail = g_strdup_printf ("%s%s%s %" G_GUINT64_FORMAT " → %" G_GUINT64_FORMAT,
                                     before != NULL ? before : "", before != NULL ? ", " : "", what,
                                     there, here);
}

/* A shorter window holds less of everything. */
static gboolean
is_comparable (const ImpWindow *window, const ImpPrevious *previous)
{
  return previous->months == 0 || window->months >= previous->months;
}

static guint64
sum_type (const ImpTally *tally, const char *name)
{
  guint64 n = 0;

  for (guint i = 0; i < tally->roots->len; i++)
    {
      const ImpRootTally *root = imp_tally_find_root (tally, i);
      const ImpTypeTally *type = root != NULL ? g_hash_table_lookup (root->types, name) : NULL;

      n += type != NULL ? type->n_messages : 0;
    }
  return n;
}

static void
compare_types (ImpStop *self, const ImpTally *tally, const ImpPrevious *previous)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (previous->types),
                                         (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const ImpPreviousType *type = g_hash_table_lookup (previous->types, l->data);

      compare_count (self, l->data, type->n_messages, sum_type (tally, l->data));
    }
}

static void
note_suspects (ImpStop *self, const ImpTally *tally)
{
  static const ImpStopRule about[] = { IMP_STOP_RANSOM_NAMES, IMP_STOP_HIGH_ENTROPY };

  for (guint i = 0; i < G_N_ELEMENTS (about); i++)
    if (self->checks[about[i]].fires && tally->suspects->len > 0)
      self->checks[about[i]].detail =
          g_strdup_printf ("such as %s", (const char *) g_ptr_array_index (tally->suspects, 0));
}

void
imp_stop_check_sources (ImpStop *self, const ImpTally *tally, guint n_folders_refused,
                        const ImpWindow *window, const ImpPrevious *previous, const char *facility)
{
  ImpRootTally sum;

  imp_tally_sum_roots (tally, &sum);
  imp_stop_note (self, IMP_STOP_EMPTY, sum.n_messages == 0, NULL);
  check_count (self, IMP_STOP_RANSOM_NAMES, sum.n_ransom_names, 0);
  check_count (self, IMP_STOP_HIGH_ENTROPY, sum.n_scrambled, sum.n_read + sum.n_lost);
  check_count (self, IMP_STOP_UNREADABLE_FILES, sum.n_lost, sum.n_read + sum.n_lost);
  check_count (self, IMP_STOP_UNREADABLE_RESOURCES, tally->n_fhir_refused,
               tally->n_fhir_read + tally->n_fhir_refused);
  check_count (self, IMP_STOP_UNREADABLE_FOLDERS, n_folders_refused, 0);
  check_count (self, IMP_STOP_VIRUS_FOUND, tally->scan.n_infected, 0);
  note_suspects (self, tally);
  check_age (self, tally, window, previous != NULL);
  check_silence (self, tally, previous);
  if (previous == NULL)
    return;
  check_previous_other (self, previous, facility);
  check_previous_newer (self, tally, previous);
  if (is_comparable (window, previous))
    compare_types (self, tally, previous);
}

void
imp_stop_check_records (ImpStop *self, const ImpTally *tally, const ImpWindow *window,
                        const ImpPrevious *previous)
{
  ImpRootTally sum;

  imp_tally_sum_roots (tally, &sum);
  check_count (self, IMP_STOP_NO_PATIENTS, tally->n_patients == 0 ? sum.n_messages : 0, 0);
  if (previous == NULL || !is_comparable (window, previous))
    return;
  compare_count (self, "patients", previous->n_patients, tally->n_patients);
  for (guint i = 1; i < DISC_N_KINDS; i++)
    compare_count (self, disc_kind_name ((DiscKind) i), previous->records[i], tally->records[i]);
}

/* ---- deciding ------------------------------------------------------------------------------- */

/* "12 of 3000 (limit 2%,20)" */
static void
append_measure (GString *out, const ImpStop *self, ImpStopRule rule)
{
  const ImpStopCheck *check = &self->checks[rule];
  g_autofree char *limit = imp_stop_limit_text (rule, self->policy.limits[rule]);

  if (limit == NULL)
    return;
  g_string_append_printf (out, " (%" G_GUINT64_FORMAT, check->n);
  if (check->of > 0)
    g_string_append_printf (out, "/%" G_GUINT64_FORMAT, check->of);
  g_string_append_printf (out, "; %s %s)", _("limit"), limit);
}

static gboolean
stops (const ImpStop *self, guint rule)
{
  return self->checks[rule].fires && !self->policy.is_accepted[rule];
}

gboolean
imp_stop_decide (const ImpStop *self, GError **error)
{
  g_autoptr (GString) why = g_string_new (NULL);

  for (guint i = 0; i < IMP_N_STOPS; i++)
    {
      if (!stops (self, i))
        continue;
      if (why->len > 0)
        g_string_append (why, "; ");
      g_string_append (why, imp_stop_sentence (i));
      append_measure (why, self, i);
      if (self->checks[i].detail != NULL)
        g_string_append_printf (why, ": %s", self->checks[i].detail);
      g_string_append_printf (why, _(" (stop rule: %s)"), rules[i].name);
    }
  if (why->len == 0)
    return TRUE;
  /* Names of files stand in it: one line, which steers no terminal. */
  for (char *p = why->str; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = '?';
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_STOP_RULE, why->str);
  return FALSE;
}

char *
imp_stop_set_aside (const ImpStop *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < IMP_N_STOPS; i++)
    if (self->checks[i].fires && self->policy.is_accepted[i])
      g_string_append_printf (names, " %s", rules[i].name);
  return names->len > 0 ? g_strdup (names->str + 1) : NULL;
}

static const char *
outcome_word (const ImpStop *self, guint rule)
{
  const ImpStopCheck *check = &self->checks[rule];

  if (!check->is_measured)
    return "not-measured";
  if (!check->fires)
    return "passed";
  return self->policy.is_accepted[rule] ? "set-aside" : "stopped";
}

cJSON *
imp_stop_json (const ImpStop *self)
{
  cJSON *array = cJSON_CreateArray ();

  for (guint i = 0; i < IMP_N_STOPS; i++)
    {
      const ImpStopCheck *check = &self->checks[i];
      g_autofree char *limit = imp_stop_limit_text (i, self->policy.limits[i]);
      g_autofree char *usual = imp_stop_limit_text (i, rules[i].limit);
      cJSON *object = cJSON_CreateObject ();

      cJSON_AddStringToObject (object, "rule", rules[i].name);
      cJSON_AddStringToObject (object, "outcome", outcome_word (self, i));
      if (check->is_measured && limit != NULL)
        cJSON_AddNumberToObject (object, "measured", (double) check->n);
      if (check->is_measured && check->of > 0)
        cJSON_AddNumberToObject (object, "of", (double) check->of);
      if (limit != NULL)
        cJSON_AddStringToObject (object, "limit", limit);
      if (self->policy.is_changed[i])
        cJSON_AddStringToObject (object, "usual_limit", usual);
      if (check->detail != NULL)
        cJSON_AddStringToObject (object, "detail", check->detail);
      cJSON_AddItemToArray (array, object);
    }
  return array;
}
