/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-patient-list.h"

#include <string.h>

#include "disc-text.h"
#include "viewer-difference.h"

#define NO_GROUP G_MAXUINT

/* A row before it becomes an object: the list keeps 500 of these and makes what is on the screen. */
typedef struct
{
  ViewerPatientListKind kind;
  const DiscPatientRow *row;
  guint count;
  gboolean is_at_least;
  guint group_first; /* position of the first person of the group, or NO_GROUP */
  guint group_n;
} Entry;

struct _ViewerPatientItem
{
  GObject parent_instance;

  Entry entry;
  GArray *entries; /* of the list at that time: the others of its group */
  guint position;
  guint n_same;
  gboolean has_marks;
  ViewerPatientMarks marks;
};

G_DEFINE_FINAL_TYPE (ViewerPatientItem, viewer_patient_item, G_TYPE_OBJECT)

struct _ViewerPatientList
{
  GObject parent_instance;

  ViewerDisc *disc;
  GArray *entries; /* Entry */
  guint n_items;   /* 0 while rows are exchanged */
};

static void viewer_patient_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerPatientList, viewer_patient_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      viewer_patient_list_model_init))

static void
viewer_patient_item_finalize (GObject *object)
{
  g_array_unref (VIEWER_PATIENT_ITEM (object)->entries);
  G_OBJECT_CLASS (viewer_patient_item_parent_class)->finalize (object);
}

static void
viewer_patient_item_class_init (ViewerPatientItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_patient_item_finalize;
}

static void
viewer_patient_item_init (ViewerPatientItem *self)
{
}

ViewerPatientListKind
viewer_patient_item_get_kind (ViewerPatientItem *self)
{
  return self->entry.kind;
}

const DiscPatientRow *
viewer_patient_item_get_row (ViewerPatientItem *self)
{
  return self->entry.row;
}

guint
viewer_patient_item_get_count (ViewerPatientItem *self)
{
  return self->entry.count;
}

gboolean
viewer_patient_item_is_at_least (ViewerPatientItem *self)
{
  return self->entry.is_at_least;
}

guint
viewer_patient_item_get_n_same (ViewerPatientItem *self)
{
  return self->n_same;
}

gboolean
viewer_patient_item_is_in_group (ViewerPatientItem *self)
{
  return self->entry.group_first != NO_GROUP;
}

static void
mark_differences (ViewerPatientItem *self)
{
  const Entry *entry = &self->entry;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) births = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < entry->group_n; i++)
    {
      const Entry *other = &g_array_index (self->entries, Entry, entry->group_first + i);

      if (entry->group_first + i == self->position)
        continue;
      g_ptr_array_add (names, (gpointer) other->row->name);
      g_ptr_array_add (births, (gpointer) other->row->birth_date);
      g_ptr_array_add (ids, (gpointer) other->row->id);
    }
  self->marks.name = viewer_difference_mask (entry->row->name,
                                             (const char *const *) names->pdata, names->len);
  self->marks.birth_date = viewer_difference_mask (
    entry->row->birth_date, (const char *const *) births->pdata, births->len);
  self->marks.id = viewer_difference_mask (entry->row->id, (const char *const *) ids->pdata,
                                           ids->len);
}

/* Found when a row is drawn: a group may have hundreds of members, and a dozen are seen. */
const ViewerPatientMarks *
viewer_patient_item_get_marks (ViewerPatientItem *self)
{
  if (!self->has_marks && self->entry.row != NULL && self->entry.group_first != NO_GROUP)
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

static gpointer
viewer_patient_list_get_item (GListModel *model, guint position)
{
  ViewerPatientList *self = VIEWER_PATIENT_LIST (model);
  const DiscPatientTable *table = self->disc ? viewer_disc_get_patients (self->disc) : NULL;
  ViewerPatientItem *item;
  const Entry *entry;

  if (position >= self->n_items)
    return NULL;
  entry = &g_array_index (self->entries, Entry, position);
  item = g_object_new (VIEWER_TYPE_PATIENT_ITEM, NULL);
  item->entry = *entry;
  item->entries = g_array_ref (self->entries);
  item->position = position;
  if (entry->row != NULL && table != NULL)
    item->n_same = disc_patient_table_n_same_kana (table, entry->row->pno);
  return item;
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
viewer_patient_list_init (ViewerPatientList *self)
{
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
}

ViewerPatientList *
viewer_patient_list_new (void)
{
  return g_object_new (VIEWER_TYPE_PATIENT_LIST, NULL);
}

/* Two notifications: with one, GTK 4 fetches every new row to look for the old ones. */
static void
replace (ViewerPatientList *self, GArray *entries)
{
  guint old = self->n_items;

  self->n_items = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);

  g_array_unref (self->entries);
  self->entries = entries;
  self->n_items = entries->len;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->n_items);
}

void
viewer_patient_list_set_disc (ViewerPatientList *self, ViewerDisc *disc)
{
  replace (self, g_array_new (FALSE, TRUE, sizeof (Entry)));
  g_set_object (&self->disc, disc);
}

static void
append_person (GArray *entries, const DiscPatientRow *row, guint count)
{
  Entry entry = { VIEWER_PATIENT_LIST_PERSON, row, count, FALSE, NO_GROUP, 0 };

  g_array_append_val (entries, entry);
}

static void
append_heading (GArray *entries, ViewerPatientListKind kind, guint count)
{
  Entry entry = { kind, NULL, count, FALSE, NO_GROUP, 0 };

  g_array_append_val (entries, entry);
}

static char *
reading_of (const DiscPatientRow *row)
{
  GString *key = g_string_new (NULL);

  if (row->kana != NULL)
    disc_text_fold_kana (row->kana, -1, key);
  return g_string_free (key, FALSE);
}

/* Hits with one reading stand together, at the place of the best of them, under one heading. */
static void
append_group (GArray *entries, const GPtrArray *members)
{
  guint first;

  append_heading (entries, VIEWER_PATIENT_LIST_SAME_NAME, members->len);
  first = entries->len;
  for (guint i = 0; i < members->len; i++)
    {
      append_person (entries, g_ptr_array_index (members, i), 0);
      g_array_index (entries, Entry, first + i).group_first = first;
      g_array_index (entries, Entry, first + i).group_n = members->len;
    }
}

static GArray *
group_hits (const DiscPatientTable *table, const DiscPatientHits *hits)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) readings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < hits->rows->len; i++)
    {
      const DiscPatientRow *row =
        disc_patient_table_get (table, g_array_index (hits->rows, guint, i));
      char *reading = reading_of (row);
      GPtrArray *members = g_hash_table_lookup (groups, reading);

      g_ptr_array_add (readings, reading);
      if (members == NULL)
        {
          members = g_ptr_array_new ();
          g_hash_table_insert (groups, g_strdup (reading), members);
        }
      g_ptr_array_add (members, (gpointer) row);
    }

  for (guint i = 0; i < hits->rows->len; i++)
    {
      const char *reading = g_ptr_array_index (readings, i);
      const DiscPatientRow *row =
        disc_patient_table_get (table, g_array_index (hits->rows, guint, i));
      GPtrArray *members = g_hash_table_lookup (groups, reading);

      if (members->len < 2 || *reading == '\0')
        append_person (entries, row, 0);
      else if (g_ptr_array_index (members, 0) == row)
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
      replace (self, g_array_new (FALSE, TRUE, sizeof (Entry)));
      return 0;
    }

  hits = disc_patient_table_search (table, query, VIEWER_PATIENT_LIST_LIMIT);
  entries = group_hits (table, hits);
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
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint old = self->entries->len;

  if (table == NULL)
    return;
  for (guint i = 0; i < hits->len; i++)
    {
      gpointer pno = GUINT_TO_POINTER (g_array_index (hits, DiscWordHit, i).pno);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, pno));

      if (count == 0 && disc_patient_table_lookup (table, GPOINTER_TO_UINT (pno)) == NULL)
        continue; /* disputed: in nobody's chart */
      if (count == 0)
        {
          guint32 value = GPOINTER_TO_UINT (pno);

          g_array_append_val (order, value);
        }
      g_hash_table_insert (counts, pno, GUINT_TO_POINTER (count + 1));
    }
  if (order->len == 0)
    return;

  /* Items of rows on the screen hold the array: it may grow behind what they look at. */
  append_heading (self->entries, VIEWER_PATIENT_LIST_WORDS, order->len);
  g_array_index (self->entries, Entry, old).is_at_least = hits->len >= VIEWER_DISC_MAX_WORD_HITS;
  for (guint i = 0; i < order->len && i < VIEWER_PATIENT_LIST_LIMIT; i++)
    {
      guint32 pno = g_array_index (order, guint32, i);

      append_person (self->entries, disc_patient_table_lookup (table, pno),
                     GPOINTER_TO_UINT (g_hash_table_lookup (counts, GUINT_TO_POINTER (pno))));
    }
  if (order->len > VIEWER_PATIENT_LIST_LIMIT)
    append_heading (self->entries, VIEWER_PATIENT_LIST_MORE,
                    order->len - VIEWER_PATIENT_LIST_LIMIT);
  self->n_items = self->entries->len;
  g_list_model_items_changed (G_LIST_MODEL (self), old, 0, self->n_items - old);
}

int
viewer_patient_list_next_person (ViewerPatientList *self, int from, int direction)
{
  for (int i = from + direction; i >= 0 && i < (int) self->n_items; i += direction)
    if (g_array_index (self->entries, Entry, i).kind == VIEWER_PATIENT_LIST_PERSON)
      return i;
  return -1;
}
