/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-find.h"

#include <string.h>

#include "disc-date.h"

/* One item in one unit of one specimen: other units are other items. */
typedef struct
{
  const DiscResultValue *first;
  GPtrArray *values; /* DiscResultValue, the newest first */
} Item;

static guint
hash_text (const char *text)
{
  return text != NULL ? g_str_hash (text) : 0;
}

static guint
hash_item (gconstpointer data)
{
  const DiscResultValue *value = data;

  return hash_text (value->name) * 31 * 31 + hash_text (value->unit) * 31 +
         hash_text (value->specimen);
}

static gboolean
is_same_item (gconstpointer a, gconstpointer b)
{
  const DiscResultValue *x = a, *y = b;

  return g_strcmp0 (x->name, y->name) == 0 && g_strcmp0 (x->unit, y->unit) == 0 &&
         g_strcmp0 (x->specimen, y->specimen) == 0;
}

static void
item_clear (gpointer data)
{
  g_ptr_array_unref (((Item *) data)->values);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const DiscResultValue *x = *(DiscResultValue *const *) a;
  const DiscResultValue *y = *(DiscResultValue *const *) b;
  int order = disc_date_compare (y->at, x->at);

  if (order == 0)
    order = g_strcmp0 (y->sent_at, x->sent_at);
  return order != 0 ? order : (x->rid < y->rid) - (x->rid > y->rid);
}

/* What counts for nothing is counted. */
static gboolean
is_usable (ViewerCohortResult *result, const DiscResultValue *value)
{
  if ((value->flags & DISC_MESSAGE_DISPUTED) != 0)
    return FALSE;
  if (!value->live)
    {
      /* What was stopped or is of no known state is no result that anybody stands for. */
      if (!viewer_cohort_result_count_dead (result, value->status))
        result->n_cancelled++;
      return FALSE;
    }
  if (value->about_another)
    {
      result->n_another++;
      return FALSE;
    }
  return TRUE;
}

static GArray *
collect (ViewerCohortResult *result, const GArray *values)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));
  /* The first value of an item to its place in @items, plus one. */
  g_autoptr (GHashTable) places = g_hash_table_new (hash_item, is_same_item);

  g_array_set_clear_func (items, item_clear);
  for (guint i = 0; i < values->len; i++)
    {
      const DiscResultValue *value = &g_array_index (values, DiscResultValue, i);
      guint place;

      if (!is_usable (result, value))
        continue;
      place = GPOINTER_TO_UINT (g_hash_table_lookup (places, value));
      if (place == 0)
        {
          Item made = { value, g_ptr_array_new () };

          g_array_append_val (items, made);
          place = items->len;
          g_hash_table_insert (places, (gpointer) value, GUINT_TO_POINTER (place));
        }
      g_ptr_array_add (g_array_index (items, Item, place - 1).values, (gpointer) value);
    }
  for (guint k = 0; k < items->len; k++)
    g_ptr_array_sort (g_array_index (items, Item, k).values, compare_newest);
  return items;
}

static DiscComparison
check (const ViewerCohortQuery *query, const DiscResultValue *value)
{
  if (value->has_several && query->op != DISC_OPERATOR_NONE)
    return DISC_COMPARISON_TEXT;
  return disc_quantity_compare (value->value, query->op, query->number);
}

static ViewerCohortPart
part_of (DiscComparison comparison)
{
  return comparison == DISC_COMPARISON_YES    ? VIEWER_COHORT_MATCH
         : comparison == DISC_COMPARISON_OPEN ? VIEWER_COHORT_BOUND
                                              : VIEWER_COHORT_WORDS;
}

static ViewerCohortFact *
fact_of (const DiscResultValue *value, ViewerCohortPart part)
{
  ViewerCohortFact *fact = viewer_cohort_fact_new (part, value->kind, value->rid);

  fact->status = value->status;
  fact->live = value->live;
  fact->flags = value->flags;
  fact->name = g_strdup (value->name);
  fact->amount = value->unit != NULL && value->value != NULL
                     ? g_strdup_printf ("%s %s", value->value, value->unit)
                     : g_strdup (value->value);
  if (value->has_several)
    {
      fact->warnings = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (fact->warnings, g_strdup ("several-values"));
    }
  fact->flag = g_strdup (value->flag);
  fact->start = g_strdup (value->at);
  return fact;
}

static char *
group_of (const DiscResultValue *value)
{
  GString *text = g_string_new (value->name);

  if (value->specimen != NULL)
    g_string_append_printf (text, "（%s）", value->specimen);
  if (value->unit != NULL)
    g_string_append_printf (text, "　%s", value->unit);
  return g_string_free (text, FALSE);
}

/* As far as both times are known, nothing is later than the newest: two values of one sample, or of
 * one day without an hour. */
static guint
count_newest (const GPtrArray *values)
{
  const DiscResultValue *newest = g_ptr_array_index (values, 0);
  guint n = 1;

  for (; n < values->len && newest->at != NULL; n++)
    {
      const DiscResultValue *next = g_ptr_array_index (values, n);

      if (next->at == NULL || disc_date_is_after (newest->at, next->at))
        break;
    }
  return n;
}

/* The value before the newest ones that can be compared: where a sample was haemolysed. */
static void
add_earlier (ViewerCohortEntry *entry, const ViewerCohortQuery *query, const GPtrArray *values,
             guint from)
{
  for (guint i = from; i < values->len; i++)
    {
      const DiscResultValue *value = g_ptr_array_index (values, i);
      DiscComparison comparison = check (query, value);
      ViewerCohortFact *fact;

      if (comparison != DISC_COMPARISON_YES && comparison != DISC_COMPARISON_NO)
        continue;
      fact = fact_of (value, part_of (comparison));
      fact->is_earlier = TRUE;
      viewer_cohort_entry_add (entry, fact);
      return;
    }
}

static gboolean
has_match (const ViewerCohortEntry *entry)
{
  for (guint i = 0; i < entry->facts->len; i++)
    if (((ViewerCohortFact *) g_ptr_array_index (entry->facts, i))->part == VIEWER_COHORT_MATCH)
      return TRUE;
  return FALSE;
}

/* Of those that are looked at one that matches decides, then a bound, then words. */
static ViewerCohortEntry *
decide (ViewerCohortResult *result, DiscNameMatch *match, const ViewerCohortQuery *query,
        guint32 pno, const Item *item)
{
  guint n_looked_at = query->is_any ? item->values->len : count_newest (item->values);
  ViewerCohortEntry *entry = viewer_cohort_entry_new (pno);
  guint n_not = 0;

  entry->group = group_of (item->first);
  viewer_cohort_result_add_group (result, entry->group);
  for (guint i = 0; i < n_looked_at; i++)
    {
      const DiscResultValue *value = g_ptr_array_index (item->values, i);
      DiscComparison comparison = check (query, value);

      if (comparison == DISC_COMPARISON_NO)
        n_not++;
      else
        viewer_cohort_entry_add (entry, fact_of (value, part_of (comparison)));
    }
  if (entry->facts->len == 0)
    {
      result->n_not++;
      viewer_cohort_entry_unref (entry);
      return NULL;
    }
  if (!query->is_any)
    {
      entry->n_contrary = n_not;
      if (!has_match (entry))
        add_earlier (entry, query, item->values, n_looked_at);
    }
  entry->is_exact = disc_name_match_is_same (match, item->first->name);
  viewer_cohort_entry_close (entry);
  return entry;
}

/* A result of tomorrow is the latest one as it is written, and somebody has to know. */
static void
mark_dates (ViewerCohortEntry *entry, const char *as_of)
{
  for (guint i = 0; as_of != NULL && i < entry->facts->len; i++)
    {
      ViewerCohortFact *fact = g_ptr_array_index (entry->facts, i);

      fact->is_after = fact->start != NULL && disc_date_is_after (fact->start, as_of);
    }
}

void
viewer_cohort_find_results (ViewerCohortResult *result, DiscNameMatch *match,
                            const ViewerCohortQuery *query, guint32 pno, const char *as_of,
                            const GArray *values, GPtrArray *entries)
{
  g_autoptr (GArray) items = collect (result, values);

  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = &g_array_index (items, Item, i);
      ViewerCohortEntry *entry;

      viewer_cohort_result_add_name (result, item->first->name);
      entry = decide (result, match, query, pno, item);
      if (entry == NULL)
        continue;
      mark_dates (entry, as_of);
      g_ptr_array_add (entries, entry);
    }
}
