/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort.h"

#include <string.h>

#include "disc-date.h"

#define MAX_NAMES 6          /* told; the others are counted */
#define MAX_NAMES_TOLD 10000 /* and so many told apart */

/* The names that were found, and how many people have an item, behind the public part. */
typedef struct
{
  ViewerCohortResult result;
  GHashTable *known_names;
  GHashTable *by_key; /* part and group to ViewerCohortCount */
  GHashTable *people; /* group to a number: the item that most people have comes first */
} Private;

/* ---- facts ---------------------------------------------------------------------------------- */

ViewerCohortFact *
viewer_cohort_fact_new (ViewerCohortPart part, DiscKind kind, gint64 rid)
{
  ViewerCohortFact *self = g_new0 (ViewerCohortFact, 1);

  self->part = part;
  self->kind = kind;
  self->rid = rid;
  return self;
}

void
viewer_cohort_fact_free (ViewerCohortFact *self)
{
  g_free (self->name);
  g_free (self->amount);
  g_free (self->words);
  g_free (self->flag);
  g_free (self->start);
  g_free (self->end);
  g_free (self->days);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self);
}

static void
add_warnings (ViewerCohortFact *self, const DiscValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (values[i].field != DISC_FIELD_WARNING)
        continue;
      if (self->warnings == NULL)
        self->warnings = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (self->warnings, g_strdup (values[i].value));
    }
}

void
viewer_cohort_fact_take_record (ViewerCohortFact *self, const ViewerEntry *entry,
                                const DiscItem *item)
{
  self->status = entry->record->status;
  self->live = entry->record->live;
  self->flags = entry->message->flags;
  add_warnings (self, entry->record->values, entry->record->n_values);
  if (item != NULL)
    add_warnings (self, item->values, item->n_values);
}

/* ---- entries -------------------------------------------------------------------------------- */

ViewerCohortEntry *
viewer_cohort_entry_new (guint32 pno)
{
  ViewerCohortEntry *self = g_atomic_rc_box_new0 (ViewerCohortEntry);

  self->pno = pno;
  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) viewer_cohort_fact_free);
  return self;
}

ViewerCohortEntry *
viewer_cohort_entry_ref (ViewerCohortEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
entry_clear (ViewerCohortEntry *self)
{
  g_ptr_array_unref (self->facts);
  g_free (self->group);
  g_free (self->ward);
  g_free (self->room);
  g_free (self->bed);
  g_free (self->newest);
}

void
viewer_cohort_entry_unref (ViewerCohortEntry *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) entry_clear);
}

void
viewer_cohort_entry_add (ViewerCohortEntry *self, ViewerCohortFact *fact)
{
  g_ptr_array_add (self->facts, fact);
}

/* The newest of what says most; a value that was replaced by words follows these. */
static int
compare_facts (gconstpointer a, gconstpointer b)
{
  const ViewerCohortFact *x = *(ViewerCohortFact *const *) a;
  const ViewerCohortFact *y = *(ViewerCohortFact *const *) b;
  int order;

  if (x->is_earlier != y->is_earlier)
    return x->is_earlier - y->is_earlier;
  if (x->part != y->part)
    return (int) x->part - (int) y->part;
  order = disc_date_compare (y->start, x->start);
  return order != 0 ? order : (x->rid < y->rid) - (x->rid > y->rid);
}

/* Those that say most; of what else there is only when the drug was given last. */
static void
keep_first (ViewerCohortEntry *self)
{
  gboolean has_given =
      self->part == VIEWER_COHORT_INJECTED || self->part == VIEWER_COHORT_INJECTED_BEFORE;
  guint most = has_given ? VIEWER_COHORT_MAX_INJECTIONS : VIEWER_COHORT_MAX_FACTS;
  guint n = 0;

  for (guint i = 0; i < self->facts->len;)
    {
      const ViewerCohortFact *fact = g_ptr_array_index (self->facts, i);
      gboolean is_last_given = !has_given && fact->kind == DISC_KIND_ADMINISTRATION;
      gboolean keep = is_last_given || fact->is_earlier || (fact->part == self->part && n < most);

      has_given |= is_last_given;
      n += keep ? 1 : 0;
      if (keep)
        i++;
      else
        g_ptr_array_remove_index (self->facts, i);
    }
}

void
viewer_cohort_entry_close (ViewerCohortEntry *self)
{
  const ViewerCohortFact *first;
  guint n_before = self->facts->len;

  g_return_if_fail (n_before > 0);
  g_ptr_array_sort (self->facts, compare_facts);
  first = g_ptr_array_index (self->facts, 0);
  self->part = first->part;
  self->newest = g_strdup (first->start);
  keep_first (self);
  self->n_more = n_before - self->facts->len;
}

static guint
people_of (gpointer result, const char *group)
{
  return group != NULL
             ? GPOINTER_TO_UINT (g_hash_table_lookup (((Private *) result)->people, group))
             : 0;
}

/* Those of that very name first, then what most people have. */
static int
compare_groups (const ViewerCohortEntry *x, const ViewerCohortEntry *y, gpointer result)
{
  guint n = people_of (result, x->group), m = people_of (result, y->group);

  if (x->is_exact != y->is_exact)
    return y->is_exact - x->is_exact;
  return n != m ? (n < m) - (n > m) : g_strcmp0 (x->group, y->group);
}

/* By part; of results item by item; those in hospital by ward and bed, then the others, the newest
 * first. */
static int
compare_entries (gconstpointer a, gconstpointer b, gpointer result)
{
  const ViewerCohortEntry *x = *(ViewerCohortEntry *const *) a;
  const ViewerCohortEntry *y = *(ViewerCohortEntry *const *) b;
  int order;

  if (x->part != y->part)
    return (int) x->part - (int) y->part;
  order = compare_groups (x, y, result);
  if (order == 0 && x->is_in != y->is_in)
    return y->is_in - x->is_in;
  if (order == 0 && x->is_in)
    {
      order = viewer_lists_compare_natural (x->ward, y->ward);
      if (order == 0)
        order = viewer_lists_compare_natural (x->room, y->room);
      if (order == 0)
        order = viewer_lists_compare_natural (x->bed, y->bed);
    }
  if (order == 0)
    order = disc_date_compare (y->newest, x->newest);
  return order != 0 ? order : (x->pno > y->pno) - (x->pno < y->pno);
}

/* ---- results -------------------------------------------------------------------------------- */

static void
count_free (gpointer data)
{
  g_free (((ViewerCohortCount *) data)->group);
  g_free (data);
}

ViewerCohortResult *
viewer_cohort_result_new (void)
{
  Private *self = g_new0 (Private, 1);

  self->result.entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) viewer_cohort_entry_unref);
  self->result.counts = g_ptr_array_new_with_free_func (count_free);
  self->result.names = g_ptr_array_new_with_free_func (g_free);
  self->known_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return &self->result;
}

void
viewer_cohort_result_free (ViewerCohortResult *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->counts);
  g_ptr_array_unref (self->names);
  g_hash_table_unref (((Private *) self)->known_names);
  g_hash_table_unref (((Private *) self)->people);
  g_hash_table_unref (((Private *) self)->by_key);
  g_free (self);
}

static char *
key_of (ViewerCohortPart part, const char *group)
{
  return g_strdup_printf ("%d\x1f%s", part, group != NULL ? group : "");
}

static void
add_count (ViewerCohortResult *self, ViewerCohortPart part, const char *group, guint n)
{
  GHashTable *by_key = ((Private *) self)->by_key;
  char *key = key_of (part, group);
  ViewerCohortCount *count = g_hash_table_lookup (by_key, key);

  if (count == NULL)
    {
      count = g_new0 (ViewerCohortCount, 1);
      count->part = part;
      count->group = g_strdup (group);
      g_ptr_array_add (self->counts, count);
      g_hash_table_insert (by_key, g_steal_pointer (&key), count);
    }
  count->n += n;
  g_free (key);
}

guint
viewer_cohort_result_count (const ViewerCohortResult *self, ViewerCohortPart part,
                            const char *group)
{
  g_autofree char *key = key_of (part, group);
  const ViewerCohortCount *count = g_hash_table_lookup (((const Private *) self)->by_key, key);

  return count != NULL ? count->n : 0;
}

static void
count_entry (ViewerCohortResult *self, const ViewerCohortEntry *entry)
{
  self->n_found++;
  add_count (self, entry->part, entry->group, 1);
}

static void
sort_and_cut (ViewerCohortResult *self)
{
  g_ptr_array_sort_with_data (self->entries, compare_entries, self);
  if (self->entries->len > VIEWER_LISTS_MAX)
    g_ptr_array_set_size (self->entries, VIEWER_LISTS_MAX);
}

void
viewer_cohort_result_take (ViewerCohortResult *self, ViewerCohortEntry *entry)
{
  count_entry (self, entry);
  g_ptr_array_add (self->entries, entry);
  if (self->entries->len >= 2 * VIEWER_LISTS_MAX)
    sort_and_cut (self);
}

void
viewer_cohort_result_add_name (ViewerCohortResult *self, const char *name)
{
  GHashTable *known = ((Private *) self)->known_names;

  if (name == NULL || g_hash_table_size (known) >= MAX_NAMES_TOLD ||
      g_hash_table_contains (known, name))
    return;
  g_hash_table_add (known, g_strdup (name));
  self->n_names++;
  if (self->names->len < MAX_NAMES)
    g_ptr_array_add (self->names, g_strdup (name));
}

void
viewer_cohort_result_add_group (ViewerCohortResult *self, const char *group)
{
  GHashTable *people = ((Private *) self)->people;
  guint n = people_of (self, group);

  if (n > 0 || g_hash_table_size (people) < MAX_NAMES_TOLD)
    g_hash_table_insert (people, g_strdup (group), GUINT_TO_POINTER (n + 1));
}

gboolean
viewer_cohort_result_count_dead (ViewerCohortResult *self, DiscStatus status)
{
  switch (status)
    {
    case DISC_STATUS_CANCELLED:
    case DISC_STATUS_DELETED:
    case DISC_STATUS_ENTERED_IN_ERROR:
      self->n_cancelled++;
      return TRUE;
    case DISC_STATUS_SUPERSEDED:
      self->n_old++;
      return TRUE;
    default:
      return FALSE;
    }
}

ViewerCohortResult *
viewer_cohort_result_snapshot (ViewerCohortResult *self)
{
  ViewerCohortResult *copy = viewer_cohort_result_new ();
  ViewerCohortResult made = *copy;

  sort_and_cut (self);
  *copy = *self;
  copy->entries = made.entries;
  copy->counts = made.counts;
  copy->names = made.names;
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (copy->entries, viewer_cohort_entry_ref (g_ptr_array_index (self->entries, i)));
  for (guint i = 0; i < self->counts->len; i++)
    {
      const ViewerCohortCount *count = g_ptr_array_index (self->counts, i);

      add_count (copy, count->part, count->group, count->n);
    }
  for (guint i = 0; i < self->names->len; i++)
    g_ptr_array_add (copy->names, g_strdup (g_ptr_array_index (self->names, i)));
  return copy;
}
