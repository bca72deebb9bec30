/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-exam-model.h"

#include <string.h>

#include "disc-date.h"
#include "viewer-inventory.h"

struct _ViewerExamModel
{
  GPtrArray *exams; /* ViewerExam */
  guint n_in[VIEWER_N_EXAM_STATES];
  GHashTable *by_number; /* order number to a ViewerExam */
  GHashTable *answered;  /* exams whose result stands on the pages of laboratory */
};

static void
exam_free (ViewerExam *exam)
{
  g_ptr_array_unref (exam->performed);
  g_ptr_array_unref (exam->results);
  g_free (exam);
}

static ViewerExam *
exam_new (ViewerExamModel *self)
{
  ViewerExam *exam = g_new0 (ViewerExam, 1);

  exam->performed = g_ptr_array_new ();
  exam->results = g_ptr_array_new ();
  g_ptr_array_add (self->exams, exam);
  return exam;
}

/* ---- numbers -------------------------------------------------------------------------------- */

typedef gboolean (*NumberFunc) (const char *number, gpointer user_data);

/* Every number by which an order, its parts and its results name each other (ORC-2, ORC-8, OBR-2,
 * OBR-29; SS-MIX2 spec 4.13). Stops when @func returns TRUE. */
static void
foreach_number (const ViewerEntry *entry, NumberFunc func, gpointer user_data)
{
  static const DiscField item_fields[] = { DISC_FIELD_ITEM_ORDER_NO, DISC_FIELD_PARENT_NO };
  const DiscRecord *record = entry->record;
  const char *number = disc_record_value (record, DISC_FIELD_ORDER_NO);

  if (number != NULL && func (number, user_data))
    return;
  number = disc_record_value (record, DISC_FIELD_PARENT_NO);
  if (number != NULL && func (number, user_data))
    return;
  for (guint i = 0; i < record->n_items; i++)
    for (guint f = 0; f < G_N_ELEMENTS (item_fields); f++)
      {
        number = disc_item_value (&record->items[i], item_fields[f]);
        if (number != NULL && func (number, user_data))
          return;
      }
}

typedef struct
{
  ViewerExamModel *model;
  ViewerExam *exam;
} Lookup;

static gboolean
register_number (const char *number, gpointer user_data)
{
  Lookup *lookup = user_data;

  if (!g_hash_table_contains (lookup->model->by_number, number))
    g_hash_table_insert (lookup->model->by_number, (gpointer) number, lookup->exam);
  return FALSE;
}

static gboolean
find_number (const char *number, gpointer user_data)
{
  Lookup *lookup = user_data;

  lookup->exam = g_hash_table_lookup (lookup->model->by_number, number);
  return lookup->exam != NULL;
}

/* ---- filling -------------------------------------------------------------------------------- */

static const char *
title_of (const ViewerEntry *entry)
{
  const DiscRecord *record = entry->record;

  for (guint i = 0; i < record->n_items; i++)
    if (g_strcmp0 (disc_item_value (&record->items[i], DISC_FIELD_LEVEL), "parent") == 0 &&
        viewer_item_name (&record->items[i]) != NULL)
      return viewer_item_name (&record->items[i]);
  if (record->n_items > 0)
    {
      const char *group = disc_item_value (&record->items[0], DISC_FIELD_GROUP);
      const char *name = viewer_item_name (&record->items[0]);

      if (record->kind == DISC_KIND_LAB && group != NULL)
        return group;
      if (name != NULL)
        return name;
    }
  return disc_record_value (record, DISC_FIELD_TITLE);
}

static void
note_entry (ViewerExam *exam, const ViewerEntry *entry)
{
  const char *at = viewer_entry_at (entry);
  const char *risk = disc_record_value (entry->record, DISC_FIELD_INFECTION_RISK);

  if (disc_date_compare (at, exam->at) > 0)
    exam->at = at;
  if (exam->title == NULL)
    exam->title = title_of (entry);
  if (exam->order_no == NULL)
    exam->order_no = disc_record_value (entry->record, DISC_FIELD_ORDER_NO);
  if (exam->infection_risk == NULL)
    exam->infection_risk = risk;
}

static gboolean
is_cancelled (const ViewerEntry *entry)
{
  return entry->record->status == DISC_STATUS_CANCELLED ||
         entry->record->status == DISC_STATUS_STOPPED;
}

static void
add_order (ViewerExamModel *self, const ViewerEntry *entry)
{
  Lookup lookup = { self, NULL };

  lookup.exam = exam_new (self);
  lookup.exam->order = entry;
  lookup.exam->state = is_cancelled (entry) ? VIEWER_EXAM_CANCELLED : VIEWER_EXAM_AWAITING;
  note_entry (lookup.exam, entry);
  foreach_number (entry, register_number, &lookup);
}

static ViewerExam *
find_exam (ViewerExamModel *self, const ViewerEntry *entry)
{
  Lookup lookup = { self, NULL };

  foreach_number (entry, find_number, &lookup);
  return lookup.exam;
}

static void
add_outcome (ViewerExamModel *self, const ViewerEntry *entry)
{
  gboolean is_result = entry->record->kind != DISC_KIND_PROCEDURE;
  Lookup lookup = { self, find_exam (self, entry) };

  if (lookup.exam == NULL)
    {
      lookup.exam = exam_new (self);
      foreach_number (entry, register_number, &lookup);
    }
  note_entry (lookup.exam, entry);
  g_ptr_array_add (is_result ? lookup.exam->results : lookup.exam->performed, (gpointer) entry);
  lookup.exam->is_preliminary |= entry->record->status == DISC_STATUS_PRELIMINARY;
  lookup.exam->is_corrected |= entry->record->status == DISC_STATUS_CORRECTED;
  if (is_result)
    lookup.exam->state = VIEWER_EXAM_REPORTED;
  else if (lookup.exam->state != VIEWER_EXAM_REPORTED)
    lookup.exam->state = VIEWER_EXAM_PERFORMED;
}

/* Numbers of an ECG stand in lab records of an examination (OMG-13). */
static gboolean
is_outcome (const ViewerEntry *entry)
{
  switch (entry->record->kind)
    {
    case DISC_KIND_PROCEDURE:
      return TRUE;
    case DISC_KIND_REPORT:
      return !viewer_inventory_is_panel_heading (entry->record);
    case DISC_KIND_LAB:
      return entry->message->data_type != NULL &&
             g_str_has_prefix (entry->message->data_type, "OMG");
    default:
      return FALSE;
    }
}

static void
add_entry (ViewerExamModel *self, const ViewerEntry *entry)
{
  if (!viewer_entry_is_standing (entry))
    return;
  if (is_outcome (entry))
    add_outcome (self, entry);
  else if (entry->record->kind == DISC_KIND_LAB || entry->record->kind == DISC_KIND_MICROBIOLOGY)
    {
      ViewerExam *exam = find_exam (self, entry);

      if (exam != NULL)
        g_hash_table_add (self->answered, exam);
    }
}

static int
compare_exams (gconstpointer a, gconstpointer b)
{
  const ViewerExam *x = *(ViewerExam *const *) a;
  const ViewerExam *y = *(ViewerExam *const *) b;
  gboolean x_waits = x->state == VIEWER_EXAM_AWAITING;
  gboolean y_waits = y->state == VIEWER_EXAM_AWAITING;

  if (x_waits != y_waits)
    return y_waits - x_waits;
  return disc_date_compare (y->at, x->at);
}

static void
drop_answered (ViewerExamModel *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) exam_free);

  for (guint i = 0; i < self->exams->len; i++)
    {
      ViewerExam *exam = g_ptr_array_index (self->exams, i);

      if (g_hash_table_contains (self->answered, exam) && exam->performed->len == 0 &&
          exam->results->len == 0)
        exam_free (exam);
      else
        {
          g_ptr_array_add (kept, exam);
          self->n_in[exam->state]++;
        }
    }
  g_ptr_array_set_free_func (self->exams, NULL);
  g_ptr_array_unref (self->exams);
  self->exams = kept;
}

ViewerExamModel *
viewer_exam_model_new (const GArray *entries)
{
  ViewerExamModel *self = g_new0 (ViewerExamModel, 1);

  self->exams = g_ptr_array_new_with_free_func ((GDestroyNotify) exam_free);
  self->by_number = g_hash_table_new (g_str_hash, g_str_equal);
  self->answered = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind == DISC_KIND_ORDER &&
          (entry->message->flags & DISC_MESSAGE_DISPUTED) == 0 &&
          (entry->record->live || is_cancelled (entry)))
        add_order (self, entry);
    }
  for (guint i = 0; i < entries->len; i++)
    add_entry (self, &g_array_index (entries, ViewerEntry, i));
  drop_answered (self);
  g_ptr_array_sort (self->exams, compare_exams);
  g_clear_pointer (&self->by_number, g_hash_table_unref);
  g_clear_pointer (&self->answered, g_hash_table_unref);
  return self;
}

void
viewer_exam_model_free (ViewerExamModel *self)
{
  g_ptr_array_unref (self->exams);
  g_free (self);
}

guint
viewer_exam_model_n (const ViewerExamModel *self)
{
  return self->exams->len;
}

const ViewerExam *
viewer_exam_model_get (const ViewerExamModel *self, guint i)
{
  return g_ptr_array_index (self->exams, i);
}

guint
viewer_exam_model_n_in (const ViewerExamModel *self, ViewerExamState state)
{
  g_return_val_if_fail (state < VIEWER_N_EXAM_STATES, 0);
  return self->n_in[state];
}

const ViewerEntry *
viewer_exam_entry (const ViewerExam *exam)
{
  if (exam->results->len > 0)
    return g_ptr_array_index (exam->results, exam->results->len - 1);
  if (exam->performed->len > 0)
    return g_ptr_array_index (exam->performed, exam->performed->len - 1);
  return exam->order;
}
