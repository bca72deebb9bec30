/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-problem-model.h"

#include <string.h>

#include "disc-date.h"

struct _ViewerProblemModel
{
  GArray *problems; /* ViewerProblem */
  guint n_in[VIEWER_N_PROBLEM_GROUPS];
  guint n_confidential;
};

static gboolean
is_one_of (const char *text, const char *const *words, guint n)
{
  for (guint i = 0; text != NULL && i < n; i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* HL70241 F and D, receipt codes 2 and 3; without a code only the words themselves (spec 4.6). R is
 * recovering, not recovered. */
static gboolean
is_cured_or_died (const char *code, const char *text)
{
  static const char *const codes[] = { "F", "D", "2", "3" };
  static const char *const words[] = { "治癒", "治ゆ", "死亡", "完全に回復", "resolved" };

  if (code != NULL)
    return is_one_of (code, codes, G_N_ELEMENTS (codes));
  return is_one_of (text, words, G_N_ELEMENTS (words));
}

/* JHSD0006 C. */
static gboolean
is_continuing (const char *code, const char *text)
{
  if (code != NULL)
    return strcmp (code, "C") == 0;
  return g_strcmp0 (text, "継続") == 0;
}

/* PRB-13, or the words in the name itself, which may be the only sign (spec 4.6). */
gboolean
viewer_problem_is_suspected (const DiscItem *item)
{
  const char *name = viewer_item_name (item);

  if (disc_item_value (item, DISC_FIELD_SUSPECTED) != NULL)
    return TRUE;
  return name != NULL && (strstr (name, "疑い") != NULL || g_str_has_suffix (name, "疑"));
}

/* Words of FHIR for a disease that is quiet, with no day on which it became so. */
static gboolean
is_quiet (const char *code, const char *text)
{
  static const char *const words[] = { "inactive", "remission" };

  return code == NULL && is_one_of (text, words, G_N_ELEMENTS (words));
}

static ViewerProblemGroup
group_of (const ViewerProblem *problem)
{
  const char *code = disc_item_value (problem->item, DISC_FIELD_OUTCOME_CODE);

  if (is_cured_or_died (code, problem->outcome))
    return VIEWER_PROBLEM_CURED_OR_DIED;
  if (is_quiet (code, problem->outcome) ||
      (problem->end != NULL && !is_continuing (code, problem->outcome)))
    return VIEWER_PROBLEM_CLOSED;
  return problem->is_suspected ? VIEWER_PROBLEM_SUSPECTED : VIEWER_PROBLEM_CURRENT;
}

static ViewerProblem
problem_of (const ViewerEntry *entry, const DiscItem *item)
{
  ViewerProblem problem = { .entry = entry, .item = item };

  problem.name = viewer_item_name (item);
  problem.start = disc_item_value (item, DISC_FIELD_START);
  problem.end = disc_item_value (item, DISC_FIELD_END);
  if (problem.end == NULL)
    problem.end = disc_item_value (item, DISC_FIELD_OUTCOME_AT);
  problem.outcome = disc_item_value (item, DISC_FIELD_OUTCOME);
  problem.is_main = disc_item_value (item, DISC_FIELD_MAIN) != NULL;
  problem.is_suspected = viewer_problem_is_suspected (item);
  problem.is_confidential = viewer_item_is_confidential (entry, item);
  problem.group = group_of (&problem);
  return problem;
}

static void
collect (const GArray *entries, GArray *problems)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != DISC_KIND_PROBLEM || !viewer_entry_is_standing (entry))
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        {
          ViewerProblem problem = problem_of (entry, &entry->record->items[k]);

          g_array_append_val (problems, problem);
        }
    }
}

static int
compare_newest_file_first (gconstpointer a, gconstpointer b)
{
  const ViewerProblem *x = a;
  const ViewerProblem *y = b;

  return viewer_entry_compare_sent (y->entry, x->entry);
}

static void
drop_replaced (GArray *problems)
{
  g_autoptr (GHashTable) newest = g_hash_table_new (g_str_hash, g_str_equal);
  guint kept = 0;

  for (guint i = 0; i < problems->len; i++)
    {
      ViewerProblem problem = g_array_index (problems, ViewerProblem, i);
      const char *id = disc_item_value (problem.item, DISC_FIELD_INSTANCE_ID);
      const DiscMessage *winner = id != NULL ? g_hash_table_lookup (newest, id) : NULL;

      if (winner != NULL && winner != problem.entry->message)
        continue;
      if (id != NULL)
        g_hash_table_insert (newest, (gpointer) id, (gpointer) problem.entry->message);
      g_array_index (problems, ViewerProblem, kept++) = problem;
    }
  g_array_set_size (problems, kept);
}

static int
compare_for_reading (gconstpointer a, gconstpointer b)
{
  const ViewerProblem *x = a;
  const ViewerProblem *y = b;

  if (x->group != y->group)
    return (int) x->group - (int) y->group;
  if (x->is_main != y->is_main)
    return y->is_main - x->is_main;
  return disc_date_compare (y->start, x->start); /* NULL sorts last */
}

ViewerProblemModel *
viewer_problem_model_new (const GArray *entries)
{
  ViewerProblemModel *self = g_new0 (ViewerProblemModel, 1);

  self->problems = g_array_new (FALSE, FALSE, sizeof (ViewerProblem));
  collect (entries, self->problems);
  g_array_sort (self->problems, compare_newest_file_first);
  drop_replaced (self->problems);
  g_array_sort (self->problems, compare_for_reading);
  for (guint i = 0; i < self->problems->len; i++)
    {
      const ViewerProblem *problem = &g_array_index (self->problems, ViewerProblem, i);

      self->n_in[problem->group]++;
      self->n_confidential += problem->is_confidential ? 1 : 0;
    }
  return self;
}

void
viewer_problem_model_free (ViewerProblemModel *self)
{
  g_array_unref (self->problems);
  g_free (self);
}

guint
viewer_problem_model_n (const ViewerProblemModel *self)
{
  return self->problems->len;
}

const ViewerProblem *
viewer_problem_model_get (const ViewerProblemModel *self, guint i)
{
  return &g_array_index (self->problems, ViewerProblem, i);
}

guint
viewer_problem_model_n_in (const ViewerProblemModel *self, ViewerProblemGroup group)
{
  g_return_val_if_fail (group < VIEWER_N_PROBLEM_GROUPS, 0);
  return self->n_in[group];
}

guint
viewer_problem_model_n_confidential (const ViewerProblemModel *self)
{
  return self->n_confidential;
}
