/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-patient-list.h"

#include "viewer-difference.h"

#define NO_GROUP G_MAXUINT

/* A row before it becomes an object: the list keeps 500 of these and makes what is on the screen. */
typedef struct
{
  ViewerPatientListKind kind;
  guint index;         /* of a person, in the table */
  DiscPatientRow *row; /* NULL until somebody asks for it */
  guint count;
  gboolean is_at_least;
  guint group_first; /* position of the first person of the group, or NO_GROUP */
  guint group_n;
} Entry;

/* One place of the list. What stands there changes with every key; the object stays, so that the
 * widget that shows it does too. */
struct _ViewerPatientItem
{
  GObject parent_instance;

  ViewerDisc *disc;
  GArray *entries; /* of the list now: the others of its group */
  guint position;
  guint n_same;
  gboolean has_marks;
  ViewerPatientMarks marks;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ViewerPatientItem, viewer_patient_item, G_TYPE_OBJECT)

struct _ViewerPatientList
{
  GObject parent_instance;

  ViewerDisc *disc;
  GArray *entries;  /* Entry */
  GPtrArray *items; /* ViewerPatientItem, by position; NULL: nobody asked for it yet */
  guint n_items;    /* of @entries that are shown */
  guint n_first;    /* of those of a new search */
};

static void viewer_patient_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerPatientList, viewer_patient_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      viewer_patient_list_model_init))

static void
viewer_patient_item_finalize (GObject *object)
{
  ViewerPatientItem *self = VIEWER_PATIENT_ITEM (object);

  g_array_unref (self->entries);
  g_clear_object (&self->disc);
  G_OBJECT_CLASS (viewer_patient_item_parent_class)->finalize (object);
}

static void
viewer_patient_item_class_init (ViewerPatientItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_patient_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", VIEWER_TYPE_PATIENT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
viewer_patient_item_init (ViewerPatientItem *self)
{
}

static void
entry_clear (gpointer data)
{
  g_clear_pointer (&((Entry *) data)->row, disc_patient_row_free);
}

static GArray *
entries_new (void)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));

  g_array_set_clear_func (entries, entry_clear);
  return entries;
}

static const Entry *
entry_of (ViewerPatientItem *self)
{
  return &g_array_index (self->entries, Entry, self->position);
}

/* NULL for a heading. */
static const DiscPatientRow *
row_at (ViewerPatientItem *self, guint position)
{
  const DiscPatientTable *table = self->disc ? viewer_disc_get_patients (self->disc) : NULL;
  Entry *entry = &g_array_index (self->entries, Entry, position);

  if (entry->kind == VIEWER_PATIENT_LIST_PERSON && entry->row == NULL && table != NULL)
    entry->row = disc_patient_table_get (table, entry->index);
  return entry->row;
}

ViewerPatientListKind
viewer_patient_item_get_kind (ViewerPatientItem *self)
{
  return entry_of (self)->kind;
}

const DiscPatientRow *
viewer_patient_item_get_row (ViewerPatientItem *self)
{
  return row_at (self, self->position);
}

guint
viewer_patient_item_get_count (ViewerPatientItem *self)
{
  return entry_of (self)->count;
}

gboolean
viewer_patient_item_is_at_least (ViewerPatientItem *self)
{
  return entry_of (self)->is_at_least;
}

guint
viewer_patient_item_get_n_same (ViewerPatientItem *self)
{
  return self->n_same;
}

gboolean
viewer_patient_item_is_in_group (ViewerPatientItem *self)
{
  return entry_of (self)->group_first != NO_GROUP;
}

static void
mark_differences (ViewerPatientItem *self)
{
  const Entry *entry = entry_of (self);
  const DiscPatientRow *row = row_at (self, self->position);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) births = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < entry->group_n; i++)
    {
      const DiscPatientRow *other = row_at (self, entry->group_first + i);

      if (entry->group_first + i == self->position)
        continue;
      g_ptr_array_add (names, (gpointer) other->name);
      g_ptr_array_add (births, (gpointer) other->birth_date);
      g_ptr_array_add (ids, (gpointer) other->id);
    }
  self->marks.name =
      viewer_difference_mask (row->name, (const char *const *) names->pdata, names->len);
  self->marks.birth_date =
      viewer_difference_mask (row->birth_date, (const char *const *) births->pdata, births->len);
  self->marks.id = viewer_difference_mask (row->id, (const char *const *) ids->pdata, ids->len);
}

/* Found when a row is drawn: a group may have hundreds of members, and a dozen are seen. */
const ViewerPatientMarks *
viewer_patient_item_get_marks (ViewerPatientItem *self)
{
  if (!self->has_marks && entry_of (self)->group_first != NO_GROUP &&
      row_at (self, self->position) != NULL)
    mark_differences (self);
  self->has_marks = TRUE;
  return &self->marks;
}

static GType
viewer_patient_list_get_item_type (GListModel *model)
{
  return VIEWER_TYPE_PATIENT_ITEM;
}

static guint
viewer_patient_list_get_n_items (GListModel *model)
{
  return VIEWER_PATIENT_LIST (model)->n_items;
}

/* What stands at its position now. */
static void
fill_item (ViewerPatientList *self, ViewerPatientItem *item)
{
  const DiscPatientTable *table = self->disc ? viewer_disc_get_patients (self->disc) : NULL;
  const Entry *entry;

  g_set_object (&item->disc, self->disc);
  if (item->entries != self->entries)
    {
      g_clear_pointer (&item->entries, g_array_unref);
      item->entries = g_array_ref (self->entries);
    }
  item->has_marks = FALSE;
  item->marks = (ViewerPatientMarks){ 0 };
  entry = entry_of (item);
  item->n_same = entry->kind == VIEWER_PATIENT_LIST_PERSON && table != NULL
                     ? disc_patient_table_same_kana (table, entry->index, NULL)
                     : 0;
}

static gpointer
viewer_patient_list_get_item (GListModel *model, guint position)
{
  ViewerPatientList *self = VIEWER_PATIENT_LIST (model);
  ViewerPatientItem *item;

  if (position >= self->n_items)
    return NULL;
  if (self->items->len <= position)
    g_ptr_array_set_size (self->items, (int) position + 1);
  item = g_ptr_array_index (self->items, position);
  if (item == NULL)
    {
      item = g_object_new (VIEWER_TYPE_PATIENT_ITEM, NULL);
      item->position = position;
      fill_item (self, item);
      g_ptr_array_index (self->items, position) = item;
    }
  return g_object_ref (item);
}

static void
viewer_patient_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = viewer_patient_list_get_item_type;
  iface->get_n_items = viewer_patient_list_get_n_items;
  iface->get_item = viewer_patient_list_get_item;
}

static void
viewer_patient_list_finalize (GObject *object)
{
  ViewerPatientList *self = VIEWER_PATIENT_LIST (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_object (&self->disc);
  G_OBJECT_CLASS (viewer_patient_list_parent_class)->finalize (object);
}

static void
viewer_patient_list_class_init (ViewerPatientListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_patient_list_finalize;
}

static void
clear_item (gpointer item)
{
  if (item != NULL)
    g_object_unref (item);
}

static void
viewer_patient_list_init (ViewerPatientList *self)
{
  self->entries = entries_new ();
  self->items = g_ptr_array_new_with_free_func (clear_item);
  self->n_first = G_MAXUINT;
}

ViewerPatientList *
viewer_patient_list_new (void)
{
  return g_object_new (VIEWER_TYPE_PATIENT_LIST, NULL);
}

/* The number of rows that are shown; those that go are let go. */
static void
resize (ViewerPatientList *self, guint n)
{
  guint old = self->n_items;

  self->n_items = n;
  if (n < self->items->len)
    g_ptr_array_set_size (self->items, (int) n);
  if (n != old)
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (n, old), n < old ? old - n : 0,
                                n > old ? n - old : 0);
}

/*
 * Rows that stay on the screen get what stands there now, and say so: told that its items were
 * exchanged, GTK would take all its widgets apart and build them again, for a screen and many rows
 * below it.
 */
static void
replace (ViewerPatientList *self, GArray *entries)
{
  guint n_kept;

  g_array_unref (self->entries);
  self->entries = entries;
  n_kept = MIN (self->items->len, entries->len);
  for (guint i = 0; i < n_kept; i++)
    if (g_ptr_array_index (self->items, i) != NULL)
      fill_item (self, g_ptr_array_index (self->items, i));
  resize (self, MIN (entries->len, self->n_first));
  for (guint i = 0; i < MIN (n_kept, self->items->len); i++)
    if (g_ptr_array_index (self->items, i) != NULL)
      g_signal_emit (g_ptr_array_index (self->items, i), signals[CHANGED], 0);
}

void
viewer_patient_list_set_n_first (ViewerPatientList *self, guint n)
{
  self->n_first = n;
}

guint
viewer_patient_list_n_all (ViewerPatientList *self)
{
  return self->entries->len;
}

void
viewer_patient_list_show_all (ViewerPatientList *self)
{
  resize (self, self->entries->len);
}

void
viewer_patient_list_set_disc (ViewerPatientList *self, ViewerDisc *disc)
{
  replace (self, entries_new ());
  g_set_object (&self->disc, disc);
}

static void
append_person (GArray *entries, guint index, guint count)
{
  Entry entry = { VIEWER_PATIENT_LIST_PERSON, index, NULL, count, FALSE, NO_GROUP, 0 };

  g_array_append_val (entries, entry);
}

static void
append_heading (GArray *entries, ViewerPatientListKind kind, guint count)
{
  Entry entry = { kind, 0, NULL, count, FALSE, NO_GROUP, 0 };

  g_array_append_val (entries, entry);
}

/* Hits with one reading stand together, at the place of the best of them, under one heading. */
static void
append_group (GArray *entries, const GArray *members)
{
  guint first;

  append_heading (entries, VIEWER_PATIENT_LIST_SAME_NAME, members->len);
  first = entries->len;
  for (guint i = 0; i < members->len; i++)
    {
      append_person (entries, g_array_index (members, guint, i), 0);
      g_array_index (entries, Entry, first + i).group_first = first;
      g_array_index (entries, Entry, first + i).group_n = members->len;
    }
}

/* (transfer full): for each hit the first of its reading in the table, which stands for all of
 * them. */
static guint *
find_readings (const DiscPatientTable *table, const GArray *rows)
{
  guint *readings = g_new (guint, rows->len);
  guint begin = 0, n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      guint index = g_array_index (rows, guint, i);

      /* Hits of one reading mostly come one after the other. */
      if (index - begin >= n)
        n = disc_patient_table_same_kana (table, index, &begin);
      readings[i] = begin;
    }
  return readings;
}

/* (transfer full): hits by their reading, in the order of hits. */
static GHashTable *
group_by_reading (const GArray *rows, const guint *readings)
{
  GHashTable *groups = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      GArray *members = g_hash_table_lookup (groups, GUINT_TO_POINTER (readings[i]));

      if (members == NULL)
        {
          members = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (groups, GUINT_TO_POINTER (readings[i]), members);
        }
      g_array_append_val (members, g_array_index (rows, guint, i));
    }
  return groups;
}

static GArray *
group_hits (const DiscPatientTable *table, const GArray *rows)
{
  GArray *entries = entries_new ();
  g_autofree guint *readings = find_readings (table, rows);
  g_autoptr (GHashTable) groups = group_by_reading (rows, readings);

  for (guint i = 0; i < rows->len; i++)
    {
      guint index = g_array_index (rows, guint, i);
      GArray *members = g_hash_table_lookup (groups, GUINT_TO_POINTER (readings[i]));

      if (members->len < 2)
        append_person (entries, index, 0);
      else if (g_array_index (members, guint, 0) == index)
        append_group (entries, members);
    }
  return entries;
}

guint
viewer_patient_list_search (ViewerPatientList *self, const char *query, char **understood)
{
  const DiscPatientTable *table = self->disc ? viewer_disc_get_patients (self->disc) : NULL;
  g_autoptr (DiscPatientHits) hits = NULL;
  GArray *entries;

  if (understood)
    *understood = NULL;
  if (table == NULL || *query == '\0')
    {
      replace (self, entries_new ());
      return 0;
    }

  hits = disc_patient_table_search (table, query, VIEWER_PATIENT_LIST_LIMIT);
  entries = group_hits (table, hits->rows);
  if (hits->n_total > hits->rows->len)
    append_heading (entries, VIEWER_PATIENT_LIST_MORE, hits->n_total - hits->rows->len);
  replace (self, entries);
  if (understood)
    *understood = g_strdup (hits->understood);
  return hits->n_total;
}

void
viewer_patient_list_add_words (ViewerPatientList *self, const GArray *hits)
{
  const DiscPatientTable *table = self->disc ? viewer_disc_get_patients (self->disc) : NULL;
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  guint old = self->entries->len;
  gboolean is_all_shown = self->n_items == old;

  if (table == NULL)
    return;
  for (guint i = 0; i < hits->len; i++)
    {
      guint32 pno = g_array_index (hits, DiscWordHit, i).pno;
      gpointer index = GUINT_TO_POINTER (disc_patient_table_find (table, pno));
      guint count;

      if (GPOINTER_TO_UINT (index) == DISC_PATIENT_NOWHERE)
        continue; /* disputed: in nobody's chart */
      count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, index));
      if (count == 0)
        {
          guint value = GPOINTER_TO_UINT (index);

          g_array_append_val (order, value);
        }
      g_hash_table_insert (counts, index, GUINT_TO_POINTER (count + 1));
    }
  if (order->len == 0)
    return;

  /* Items of rows on the screen hold the array: it may grow behind what they look at. */
  append_heading (self->entries, VIEWER_PATIENT_LIST_WORDS, order->len);
  g_array_index (self->entries, Entry, old).is_at_least = hits->len >= VIEWER_DISC_MAX_WORD_HITS;
  for (guint i = 0; i < order->len && i < VIEWER_PATIENT_LIST_LIMIT; i++)
    {
      guint index = g_array_index (order, guint, i);

      append_person (self->entries, index,
                     GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (index))));
    }
  if (order->len > VIEWER_PATIENT_LIST_LIMIT)
    append_heading (self->entries, VIEWER_PATIENT_LIST_MORE,
                    order->len - VIEWER_PATIENT_LIST_LIMIT);
  resize (self, is_all_shown ? self->entries->len : self->n_items);
}

int
viewer_patient_list_next_person (ViewerPatientList *self, int from, int direction)
{
  for (int i = from + direction; i >= 0 && i < (int) self->entries->len; i += direction)
    if (g_array_index (self->entries, Entry, i).kind == VIEWER_PATIENT_LIST_PERSON)
      return i;
  return -1;
}
