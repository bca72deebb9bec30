/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-find-page.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-chart-entries.h"
#include "viewer-field-text.h"
#include "viewer-find-model.h"
#include "viewer-label.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

/* A keystroke later is another question. */
#define WAIT_MS 150

struct _ViewerFindPage
{
  ViewerPage parent_instance;

  GArray *entries; /* (element-type ViewerEntry) */
  ViewerFindModel *model;
  guint wait_source;

  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *stack;
  ViewerTable *list;
};

G_DEFINE_FINAL_TYPE (ViewerFindPage, viewer_find_page, VIEWER_TYPE_PAGE)

enum
{
  COLUMN_AT,
  COLUMN_RECORD,
  COLUMN_FIELD,
  COLUMN_TEXT,
  N_COLUMNS
};

/* ---- rows ----------------------------------------------------------------------------------- */

static void
add_pieces (ViewerRow *row, const ViewerFindHit *hit)
{
  if (hit->is_cut_before)
    viewer_row_add (row, COLUMN_TEXT, "ink2", "…");
  for (guint i = 0; i < hit->pieces->len; i++)
    {
      const ViewerFindPiece *piece = &g_array_index (hit->pieces, ViewerFindPiece, i);
      g_autofree char *text = g_strndup (piece->text, piece->len);

      viewer_row_add (row, COLUMN_TEXT, piece->is_hit ? "chip accent strong" : NULL, text);
    }
  if (hit->is_cut_behind)
    viewer_row_add (row, COLUMN_TEXT, "ink2", "…");
}

/* Of a test its result, of a drug its dose: what whoever looks for the name wants to know. */
static void
add_value (ViewerRow *row, const ViewerFindHit *hit)
{
  static const struct
  {
    DiscField value, unit;
  } values[] = {
    { DISC_FIELD_VALUE, DISC_FIELD_UNIT },
    { DISC_FIELD_DOSE, DISC_FIELD_DOSE_UNIT },
    { DISC_FIELD_AMOUNT, DISC_FIELD_AMOUNT_UNIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      const char *value = disc_item_value (hit->item, values[i].value);

      if (value == NULL || hit->field == values[i].value)
        continue;
      viewer_row_add (row, COLUMN_TEXT, "small ink2",
                      viewer_field_text (values[i].value, hit->entry->record->kind));
      viewer_row_add (row, COLUMN_TEXT, NULL, value);
      viewer_row_add (row, COLUMN_TEXT, NULL, disc_item_value (hit->item, values[i].unit));
      viewer_row_add (row, COLUMN_TEXT, "strong",
                      i == 0 ? disc_item_value (hit->item, DISC_FIELD_FLAG) : NULL);
    }
}

static void
add_record (ViewerRow *row, const ViewerFindHit *hit)
{
  const DiscRecord *record = hit->entry->record;
  const char *title = disc_record_value (record, DISC_FIELD_TITLE);
  const char *status = viewer_text_status_of (record);
  g_autoptr (GPtrArray) flags = viewer_text_flags (hit->entry->message->flags);

  viewer_row_add (row, COLUMN_RECORD, "chip", viewer_text_kind (record->kind));
  viewer_row_add (row, COLUMN_RECORD, NULL, title);
  viewer_row_add (row, COLUMN_RECORD, "chip dashed", status);
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, COLUMN_RECORD, "chip warn", g_ptr_array_index (flags, i));
}

/* Beside a value of an item stands what it is of. */
static void
add_field (ViewerRow *row, const ViewerFindHit *hit)
{
  const char *name = hit->item != NULL ? viewer_item_name (hit->item) : NULL;

  if (name == NULL && hit->item != NULL)
    name = disc_item_value (hit->item, DISC_FIELD_DRUG);
  viewer_row_add (row, COLUMN_FIELD, "ink2",
                  viewer_field_text (hit->field, hit->entry->record->kind));
  if (name != NULL && hit->field != DISC_FIELD_NAME && hit->field != DISC_FIELD_DRUG)
    viewer_row_add (row, COLUMN_FIELD, "small", name);
}

/* AT of a list of diagnoses is when it was written, not when somebody fell ill. */
static const char *
time_of (const ViewerFindHit *hit)
{
  if (hit->item == NULL)
    return viewer_entry_at (hit->entry);
  if (hit->entry->record->kind == DISC_KIND_PROBLEM)
    return disc_item_value (hit->item, DISC_FIELD_START);
  return viewer_item_at (hit->entry, hit->item);
}

static ViewerRow *
new_row (ViewerFindPage *self, const ViewerFindHit *hit)
{
  ViewerRow *row = viewer_row_new (hit->entry->message->rid);
  const char *at = time_of (hit);
  g_autofree char *when =
      viewer_text_short (at, viewer_chart_get_now (viewer_page_get_chart (VIEWER_PAGE (self))));

  viewer_row_add (row, COLUMN_AT, NULL, at != NULL ? when : "—");
  add_record (row, hit);
  add_field (row, hit);
  add_pieces (row, hit);
  if (hit->item != NULL)
    add_value (row, hit);
  return row;
}

/* ---- searching ------------------------------------------------------------------------------ */

static const char *
words_of (ViewerFindPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->box));
}

static void
show_count (ViewerFindPage *self)
{
  guint n = viewer_find_model_n (self->model);
  guint n_more = viewer_find_model_n_more (self->model);
  g_autofree char *text = g_strdup_printf (_ ("Places: %u, in records: %u"), n + n_more,
                                           viewer_find_model_n_records (self->model));
  g_autofree char *more = g_strdup_printf (_ ("%s; the first %u are shown"), text, n);

  gtk_label_set_text (GTK_LABEL (self->count), *words_of (self) == '\0' ? ""
                                               : n_more > 0             ? more
                                                                        : text);
}

static void
show_state (ViewerFindPage *self)
{
  if (viewer_find_model_n (self->model) > 0)
    viewer_state_stack_show (self->stack, NULL, NULL);
  else if (*words_of (self) == '\0')
    viewer_state_stack_show (
        self->stack, _ ("Words in the records of this patient"),
        _ ("Type into the box above: drugs, results, diagnoses, words of notes and "
           "documents.\nBlanks stand between words that must all be in one record."));
  else
    viewer_state_stack_show (
        self->stack, _ ("Not found in the records of this patient"),
        _ ("Words in pictures and scans cannot be found, nor what is not on this disc.\n"
           "This does not mean that there is no such thing."));
}

static void
search (ViewerFindPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  ViewerFindModel *old = self->model;

  g_clear_handle_id (&self->wait_source, g_source_remove);
  self->model = viewer_find_model_new (self->entries, words_of (self));
  for (guint i = 0; i < viewer_find_model_n (self->model); i++)
    g_ptr_array_add (rows, new_row (self, viewer_find_model_get (self->model, i)));
  viewer_table_set_rows (self->list, rows);
  g_clear_pointer (&old, viewer_find_model_free);
  show_count (self);
  show_state (self);
}

static gboolean
waited (gpointer page)
{
  ViewerFindPage *self = page;

  self->wait_source = 0;
  search (self);
  return G_SOURCE_REMOVE;
}

static void
typed (ViewerFindPage *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  if (self->entries != NULL)
    self->wait_source = g_timeout_add (WAIT_MS, waited, self);
}

/* Enter: from the box to the first hit. */
static void
entered (ViewerFindPage *self)
{
  if (self->entries == NULL)
    return;
  search (self);
  if (viewer_table_n_rows (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerFindPage *self)
{
  g_clear_handle_id (&self->wait_source, g_source_remove);
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  g_clear_pointer (&self->model, viewer_find_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

/* What was looked for in another chart is nobody's business here. */
static void
viewer_find_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerFindPage *self = VIEWER_FIND_PAGE (page);

  forget (self);
  gtk_editable_set_text (GTK_EDITABLE (self->box), "");
  viewer_page_set_summary (page, "");
  if (chart == NULL)
    return;
  self->entries = viewer_chart_entries (chart);
  search (self);
}

static gint64
viewer_find_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_FIND_PAGE (page)->list);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_find_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("Enter\t%s\n↑↓\t%s\nSpace\t%s\nCtrl+F\t%s\n", _ ("to the hits"),
                          _ ("row"), _ ("source"), _ ("other words"));
}

static gboolean
viewer_find_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VIEWER_FIND_PAGE (widget)->box);
}

static void
row_changed (ViewerTable *table, ViewerFindPage *self)
{
  viewer_page_changed (VIEWER_PAGE (self));
}

static void
row_activated (ViewerTable *table, ViewerFindPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.source", NULL);
}

static void
viewer_find_page_dispose (GObject *object)
{
  ViewerFindPage *self = VIEWER_FIND_PAGE (object);

  g_clear_handle_id (&self->wait_source, g_source_remove);
  G_OBJECT_CLASS (viewer_find_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_find_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_find_page_class_init (ViewerFindPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_find_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = viewer_find_page_grab_focus;
  page_class->set_chart = viewer_find_page_set_chart;
  page_class->selected_rid = viewer_find_page_selected_rid;
  page_class->key_hints = viewer_find_page_key_hints;
}

static GtkWidget *
new_list (ViewerFindPage *self)
{
  const ViewerTableColumn columns[N_COLUMNS] = {
    [COLUMN_AT] = { .title = _ ("Date"), .width = 112 },
    [COLUMN_RECORD] = { .title = _ ("Record"), .width = 190 },
    [COLUMN_FIELD] = { .title = _ ("Field"), .width = 130 },
    [COLUMN_TEXT] = { .title = _ ("As written"), .width = 240, .expands = TRUE },
  };

  self->list = VIEWER_TABLE (viewer_table_new (_ ("Places where the words stand")));
  viewer_table_set_columns (self->list, columns, N_COLUMNS);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (row_changed), self, 0);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (row_activated), self, 0);
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->list));
  return self->stack;
}

static void
viewer_find_page_init (ViewerFindPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->box = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->box), 200);
  gtk_widget_add_css_class (self->box, "find");
  viewer_accessible_name (self->box, _ ("Words in the records of this patient"));
  g_signal_connect_object (self->box, "changed", G_CALLBACK (typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->box, "activate", G_CALLBACK (entered), self, G_CONNECT_SWAPPED);
  self->count = viewer_label_new (NULL, "ink2");
  gtk_box_append (GTK_BOX (content), self->box);
  gtk_box_append (GTK_BOX (content), self->count);
  gtk_box_append (GTK_BOX (content), new_list (self));
  viewer_page_set_content (VIEWER_PAGE (self), content);
  viewer_page_set_title (VIEWER_PAGE (self), _ ("Find in this patient"));
}

void
viewer_find_page_begin (ViewerFindPage *self)
{
  gtk_widget_grab_focus (self->box);
  gtk_editable_select_region (GTK_EDITABLE (self->box), 0, -1);
}

void
viewer_find_page_set_text (ViewerFindPage *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->box), text);
  if (self->entries != NULL)
    search (self);
}
