/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-page.h"

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-compact.h"
#include "viewer-detail.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

struct _ViewerMedicationPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  ViewerTable *lines;
  ViewerDetail *detail;
  ViewerTable *history;
  GArray *entries;
  ViewerMedicationModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerMedicationPage, viewer_medication_page, VIEWER_TYPE_PAGE)

static void
forget (ViewerMedicationPage *self)
{
  viewer_table_set_rows (self->lines, g_ptr_array_new ());
  viewer_table_set_rows (self->history, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  g_clear_pointer (&self->model, viewer_medication_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

/* いま使っている薬 12　内服: the section once, the way of taking whenever it changes. */
static char *
heading_of (ViewerMedicationPage *self, const ViewerMedication *line,
            const ViewerMedication *before)
{
  const char *group = line->group != NULL ? line->group : "";

  if (before == NULL || before->section != line->section)
    return g_strdup_printf ("%s  %u  %s", viewer_medication_section_text (line->section),
                            viewer_medication_model_n_in (self->model, line->section), group);
  if (g_strcmp0 (before->group, line->group) != 0)
    return g_strdup (line->group != NULL ? line->group : _ ("Kind not said"));
  return NULL;
}

static void
fill (ViewerMedicationPage *self, const char *now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const ViewerMedication *before = NULL;

  for (guint i = 0; i < viewer_medication_model_n (self->model); i++)
    {
      const ViewerMedication *line = viewer_medication_model_get (self->model, i);
      ViewerRow *row = viewer_medication_row_new (line, now);
      g_autofree char *heading = heading_of (self, line, before);

      viewer_row_set_heading (row, heading);
      g_ptr_array_add (rows, row);
      before = line;
    }
  viewer_table_set_rows (self->lines, rows);
}

static void
viewer_medication_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_MEDICATION,
          _ ("No prescription of anybody is on this disc. Ask the pharmacy for its paper."),
          _ ("The disc holds no prescription for this person.\n"
             "This does not mean that no drug is taken.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_medication_model_new (self->entries, viewer_chart_get_info (chart)->as_of);
  fill (self, viewer_chart_get_now (chart));
}

/* ---- detail --------------------------------------------------------------------------------- */

static void
fill_history (ViewerMedicationPage *self, const ViewerMedication *line, const char *now)
{
  g_autoptr (GPtrArray) history = viewer_medication_model_history (self->model, line);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < history->len; i++)
    {
      const ViewerMedication *version = g_ptr_array_index (history, i);
      const char *status = viewer_text_status_of (version->entry->record);
      ViewerRow *row = viewer_row_new (version->entry->message->rid);
      g_autofree char *sent = viewer_text_short (version->entry->message->sent_at, now);
      const char *css = version->entry->record->live ? NULL : "struck";

      viewer_row_add (row, 0, "ink2", sent);
      viewer_row_add (row, 1, status != NULL ? "chip dashed" : NULL,
                      status != NULL ? status
                                     : viewer_text_status (version->entry->record->status));
      viewer_row_line (row, 1);
      viewer_row_add (row, 1, css, version->dose);
      viewer_row_add (row, 1, css, version->days);
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->history, rows);
}

static void
selected (ViewerTable *table, ViewerMedicationPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->lines);
  const ViewerMedication *line = row != NULL ? viewer_row_get_data (row) : NULL;
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  g_autofree char *schedule = line != NULL ? viewer_medication_schedule_text (line) : NULL;

  viewer_detail_clear (self->detail);
  if (line == NULL || chart == NULL)
    return;
  viewer_detail_set_title (self->detail, line->drug);
  if (line->is_uneven)
    viewer_detail_add_chip (self->detail, "chip warn", _ ("Uneven doses"));
  viewer_detail_add (self->detail, _ ("Schedule"), "strong", schedule);
  if (line->pattern != VIEWER_USAGE_DAILY && line->days != NULL)
    viewer_detail_add (self->detail, _ ("Days left"), NULL,
                       _ ("not computed: the days are days on which it is taken"));
  viewer_detail_add_entry (self->detail, line->entry, line->item);
  fill_history (self, line, viewer_chart_get_now (chart));
  viewer_page_changed (VIEWER_PAGE (self));
}

static gint64
viewer_medication_page_selected_rid (ViewerPage *page)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (page);
  gboolean in_history = gtk_widget_get_focus_child (GTK_WIDGET (self->history)) != NULL;
  ViewerRow *row = viewer_table_get_selected (in_history ? self->history : self->lines);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_medication_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nSpace\t%s\nTab\t%s\n", _ ("drug"), _ ("source"), _ ("history"));
}

static void
viewer_medication_page_dispose (GObject *object)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (object);

  G_OBJECT_CLASS (viewer_medication_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_medication_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_medication_page_class_init (ViewerMedicationPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_medication_page_dispose;
  page_class->set_chart = viewer_medication_page_set_chart;
  page_class->selected_rid = viewer_medication_page_selected_rid;
  page_class->key_hints = viewer_medication_page_key_hints;
}

static GtkWidget *
history_card (ViewerMedicationPage *self)
{
  static const ViewerTableColumn columns[] = {
    { .width = 84 },
    { .width = 120, .expands = TRUE },
  };
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (title, "card-title");
  gtk_box_append (GTK_BOX (title), gtk_label_new (_ ("History of the order")));
  gtk_box_append (GTK_BOX (card), title);
  self->history = VIEWER_TABLE (viewer_table_new (_ ("History of the order")));
  viewer_table_set_columns (self->history, columns, G_N_ELEMENTS (columns));
  g_signal_connect_object (self->history, "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_vexpand (GTK_WIDGET (self->history), TRUE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->history));
  gtk_widget_set_size_request (card, 260, -1);
  return card;
}

static void
viewer_medication_page_init (ViewerMedicationPage *self)
{
  const ViewerTableColumn columns[VIEWER_N_MEDICATION_COLUMNS] = {
    { .title = _ ("Drug"), .width = 280, .expands = TRUE },
    { .title = _ ("Dose per time"), .width = 206 },
    { .title = _ ("Usage"), .width = 280, .expands = TRUE },
    { .title = _ ("Start and days"), .width = 140 },
    { .title = _ ("Left at the disc"), .width = 120 },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->lines = VIEWER_TABLE (viewer_table_new (_ ("Medication")));
  viewer_table_set_columns (self->lines, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->lines), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->lines), TRUE);
  g_signal_connect_object (self->lines, "changed", G_CALLBACK (selected), self, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->lines));

  self->detail = VIEWER_DETAIL (viewer_detail_new (3));
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail), TRUE);
  gtk_widget_set_size_request (below, -1, 180);
  gtk_widget_set_vexpand (below, FALSE);
  viewer_compact_hide (below);
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (below), history_card (self));
  gtk_box_append (GTK_BOX (content), below);

  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
}
