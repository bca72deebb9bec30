/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-gap-page.h"

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-gap-model.h"
#include "viewer-gap-strip.h"
#include "viewer-gap-text.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

struct _ViewerGapPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  GtkWidget *strip; /* how much was planned, hour by hour */
  GtkWidget *since; /* what the list is, with the times of disc and clock */
  GtkWidget *older; /* orders without result that are not listed */
  ViewerTable *list;
  GArray *entries;
  ViewerGapModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerGapPage, viewer_gap_page, VIEWER_TYPE_PAGE)

/* ---- list ----------------------------------------------------------------------------------- */

static void
add_what (ViewerRow *row, const ViewerGap *gap)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (gap->entry->message->flags);
  const char *status = viewer_text_status_of (gap->entry->record);

  if (gap->is_expected_end)
    viewer_row_add (row, 2, "chip dashed", _ ("Expected to end"));
  viewer_row_add (row, 2, "strong", *gap->what != '\0' ? gap->what : _ ("not said"));
  viewer_row_add (row, 2, NULL, gap->usage);
  if (!gap->is_expected_end)
    viewer_row_add (row, 2, "chip dashed", status);
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, 2, "chip warn", g_ptr_array_index (flags, i));
}

static ViewerRow *
gap_row (ViewerGapPage *self, const ViewerGap *gap)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  ViewerRow *row = viewer_row_new (gap->entry->message->rid);
  g_autofree char *at =
      gap->at != NULL ? viewer_text_date_time (gap->at, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *basis =
      g_strdup_printf ("%s%s%s", gap->entry->message->data_type, gap->order_no != NULL ? " " : "",
                       gap->order_no != NULL ? gap->order_no : "");

  viewer_row_add (row, 0, "strong", at != NULL ? at : "—");
  viewer_row_add (row, 1, "chip", viewer_gap_kind_text (gap->kind));
  add_what (row, gap);
  viewer_row_add (row, 3, "ink2 small", basis);
  viewer_row_add (row, 4, NULL, "□");
  viewer_row_set_data (row, gap);
  return row;
}

static gboolean
is_shown (ViewerGapPage *self, const ViewerGap *gap)
{
  guint n;
  const ViewerGapView *views = viewer_gap_views (&n);
  guint view = MIN (viewer_page_get_view (VIEWER_PAGE (self)), n - 1);

  return (views[view].kinds & (1u << gap->kind)) != 0;
}

static void
fill (ViewerGapPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_shown[VIEWER_N_GAP_TIMES] = { 0 };
  int last = -1;

  for (guint i = 0; i < viewer_gap_model_n (self->model); i++)
    if (is_shown (self, viewer_gap_model_get (self->model, i)))
      n_shown[viewer_gap_model_get (self->model, i)->time]++;
  for (guint i = 0; i < viewer_gap_model_n (self->model); i++)
    {
      const ViewerGap *gap = viewer_gap_model_get (self->model, i);
      ViewerRow *row;

      if (!is_shown (self, gap))
        continue;
      row = gap_row (self, gap);
      if ((int) gap->time != last)
        {
          g_autofree char *heading =
              viewer_gap_time_text (gap->time, n_shown[gap->time], viewer_chart_get_now (chart));

          viewer_row_set_heading (row, heading);
        }
      last = (int) gap->time;
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->list, rows);
}

/* ---- around it ------------------------------------------------------------------------------ */

static void
set_chips (ViewerGapPage *self)
{
  guint n_of_kind[VIEWER_N_GAP_KINDS];
  g_auto (GStrv) names = NULL;

  for (guint kind = 0; kind < VIEWER_N_GAP_KINDS; kind++)
    n_of_kind[kind] = viewer_gap_model_n_of_kind (self->model, kind);
  names = viewer_gap_view_names (n_of_kind);
  viewer_page_set_views (VIEWER_PAGE (self), (const char *const *) names);
}

static void
set_texts (ViewerGapPage *self, ViewerChart *chart)
{
  const char *now = viewer_chart_get_now (chart);
  g_autofree char *since = viewer_gap_since_text (viewer_chart_get_info (chart)->as_of, now);
  guint n_old = viewer_gap_model_n_old (self->model);
  g_autofree char *older = viewer_gap_older_text (n_old);

  gtk_label_set_text (GTK_LABEL (self->since), since);
  gtk_label_set_text (GTK_LABEL (self->older), older);
  gtk_widget_set_visible (self->older, n_old > 0);
}

static void
selected (ViewerTable *table, ViewerGapPage *self)
{
  viewer_page_changed (VIEWER_PAGE (self));
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerGapPage *self)
{
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  viewer_gap_strip_set_model (VIEWER_GAP_STRIP (self->strip), NULL, NULL, NULL);
  g_clear_pointer (&self->model, viewer_gap_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_gap_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerGapPage *self = VIEWER_GAP_PAGE (page);

  forget (self);
  if (chart == NULL)
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_gap_model_new (self->entries, viewer_chart_get_info (chart)->as_of,
                                      viewer_chart_get_now (chart));
  viewer_gap_strip_set_model (VIEWER_GAP_STRIP (self->strip), self->model,
                              viewer_chart_get_info (chart)->as_of, viewer_chart_get_now (chart));
  set_chips (self);
  set_texts (self, chart);
  viewer_page_set_summary (page, "");
  if (viewer_gap_model_n (self->model) > 0)
    viewer_state_stack_show (self->stack, NULL, NULL);
  else
    viewer_state_stack_show (
        self->stack, _ ("No record (unknown)"),
        _ ("The disc holds nothing that was planned for this person after it.\n"
           "This does not mean that nothing was planned."));
  fill (self);
}

static void
viewer_gap_page_view_changed (ViewerPage *page, guint view)
{
  ViewerGapPage *self = VIEWER_GAP_PAGE (page);

  if (self->model != NULL)
    fill (self);
}

static gint64
viewer_gap_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_GAP_PAGE (page)->list);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_gap_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("□ is for the printed paper; nothing can be entered here"));
}

static void
viewer_gap_page_dispose (GObject *object)
{
  ViewerGapPage *self = VIEWER_GAP_PAGE (object);

  G_OBJECT_CLASS (viewer_gap_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_gap_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_gap_page_class_init (ViewerGapPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_gap_page_dispose;
  page_class->set_chart = viewer_gap_page_set_chart;
  page_class->view_changed = viewer_gap_page_view_changed;
  page_class->selected_rid = viewer_gap_page_selected_rid;
  page_class->legend = viewer_gap_page_legend;
}

static GtkWidget *
label_new (const char *css)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 10);
  gtk_widget_set_margin_end (label, 10);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_add_css_class (label, css);
  return label;
}

static void
viewer_gap_page_init (ViewerGapPage *self)
{
  const ViewerTableColumn columns[] = {
    { .title = _ ("Planned time"), .width = 148 },
    { .title = _ ("Kind"), .width = 108 },
    { .title = _ ("What was planned"), .width = 400, .expands = TRUE },
    { .title = _ ("Rests on"), .width = 190 },
    { .title = _ ("On paper"), .width = 72 },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->since = label_new ("strong");
  self->older = label_new ("ink2");
  gtk_widget_add_css_class (note, "card");
  gtk_box_append (GTK_BOX (words), self->since);
  gtk_box_append (GTK_BOX (words), self->older);
  gtk_widget_set_hexpand (words, TRUE);
  self->strip = viewer_gap_strip_new ();
  gtk_box_append (GTK_BOX (note), self->strip);
  gtk_box_append (GTK_BOX (note), words);
  self->list = VIEWER_TABLE (viewer_table_new (_ ("After the disc")));
  viewer_table_set_columns (self->list, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->list), TRUE);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (selected), self, 0);
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (content), note);
  gtk_box_append (GTK_BOX (content), self->stack);
  viewer_page_set_content (VIEWER_PAGE (self), content);
}
