/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-page.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-compact.h"
#include "viewer-detail.h"
#include "viewer-lab-cell.h"
#include "viewer-lab-sheet.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-trend.h"

typedef enum
{
  VIEW_SHEET,
  VIEW_REPORT,
} View;

/* Months of each period chip; 0: days below, -1: everything. */
static const int period_months[] = { 0, 3, 13, -1 };
#define SHORT_PERIOD_DAYS 28
#define DEFAULT_PERIOD 1

struct _ViewerLabPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  GtkStack *views;
  ViewerLabSheet *sheet;
  ViewerTrend *trend;
  GtkLabel *trend_note;
  ViewerDetail *detail;
  ViewerTable *report;
  GtkLabel *report_title;
  GArray *entries;
  ViewerLabSheetModel *model;
  guint marked[2]; /* rows of the model whose trend is drawn */
  guint n_marked;
  gboolean has_chosen; /* somebody chose rows; else the row of the cursor is drawn */
};

G_DEFINE_FINAL_TYPE (ViewerLabPage, viewer_lab_page, VIEWER_TYPE_PAGE)

static char *
period_start (ViewerLabPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  guint period = viewer_page_get_period (VIEWER_PAGE (self));
  const char *as_of = viewer_chart_get_info (chart)->as_of;
  int months = period_months[MIN (period, G_N_ELEMENTS (period_months) - 1)];

  if (months < 0 || as_of == NULL || !disc_date_is_valid (as_of))
    return NULL;
  if (months == 0)
    return disc_date_from_day (disc_date_to_day (as_of) - SHORT_PERIOD_DAYS);
  return disc_date_shift_months (as_of, -months);
}

/* ---- trend ---------------------------------------------------------------------------------- */

static void
show_trend (ViewerLabPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  g_autofree char *from = period_start (self);

  viewer_trend_set (self->trend, self->model, self->marked, self->n_marked, from,
                    viewer_chart_get_info (chart)->as_of, viewer_chart_get_now (chart));
  viewer_lab_sheet_mark (self->sheet, self->marked, self->n_marked);
  gtk_label_set_text (self->trend_note,
                      self->has_chosen
                          ? _ ("chosen items; lines join only measurements up to 7 days apart")
                          : _ ("the row of the cursor; lines join only measurements up to 7 days "
                               "apart"));
}

/* Enter: the row joins the trend, or leaves it; a third one takes the place of the older. */
static void
toggle_row (ViewerLabSheet *sheet, ViewerLabPage *self)
{
  guint row;

  if (!viewer_lab_sheet_get_cursor (self->sheet, &row, NULL, NULL))
    return;
  if (!self->has_chosen)
    self->n_marked = 0;
  self->has_chosen = TRUE;
  for (guint i = 0; i < self->n_marked; i++)
    if (self->marked[i] == row)
      {
        self->marked[i] = self->marked[self->n_marked - 1];
        self->n_marked--;
        self->has_chosen = self->n_marked > 0;
        if (!self->has_chosen)
          {
            self->marked[0] = row;
            self->n_marked = 1;
          }
        show_trend (self);
        return;
      }
  if (self->n_marked == G_N_ELEMENTS (self->marked))
    {
      self->marked[0] = self->marked[1];
      self->n_marked--;
    }
  self->marked[self->n_marked++] = row;
  show_trend (self);
}

/* ---- the cell and its report ---------------------------------------------------------------- */

static void
show_cell (ViewerLabPage *self, guint row, guint column, const ViewerLabCell *cell)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const ViewerLabRow *item = viewer_lab_sheet_model_row (self->model, row);
  const char *at = viewer_lab_sheet_model_column_at (self->model, column);
  g_autofree char *time =
      at != NULL ? viewer_text_date_time (at, viewer_chart_get_now (chart)) : g_strdup ("");
  g_autofree char *title = g_strdup_printf ("%s  %s", item->name != NULL ? item->name : "", time);

  viewer_detail_set_title (self->detail, title);
  if (cell == NULL)
    {
      viewer_detail_add_chip (self->detail, "ink3", _ ("not measured in this sample"));
      return;
    }
  if (cell->n_replaced > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u earlier version: Space", "%u earlier versions: Space", cell->n_replaced),
          cell->n_replaced);

      viewer_detail_add_chip (self->detail, "chip", text);
    }
  viewer_detail_add_entry (self->detail, cell->entry, cell->item);
}

static ViewerRow *
report_row (ViewerLabPage *self, guint r, const ViewerLabCell *cell)
{
  const ViewerLabRow *item = viewer_lab_sheet_model_row (self->model, r);
  ViewerRow *row = viewer_row_new (cell->entry->message->rid);
  static const DiscField comment[] = { DISC_FIELD_COMMENT, DISC_FIELD_ITEM_NOT_UNDERSTOOD };
  g_autofree char *text = viewer_item_join (cell->item, comment, G_N_ELEMENTS (comment), "　");

  viewer_row_add (row, 0, NULL, item->name);
  viewer_lab_cell_add (row, 1, cell);
  viewer_row_add (row, 2, "ink2 unit", item->unit);
  viewer_row_add (row, 3, "ink2", disc_item_value (cell->item, DISC_FIELD_RANGE));
  viewer_row_add (row, 4, NULL, cell->flag_text);
  viewer_row_add (row, 5, NULL, text);
  viewer_row_set_data (row, cell);
  return row;
}

static void
show_report (ViewerLabPage *self, guint column)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const char *at = viewer_lab_sheet_model_column_at (self->model, column);
  const char *heading = NULL;
  g_autofree char *time = at != NULL ? viewer_text_date_time (at, viewer_chart_get_now (chart))
                                     : g_strdup (_ ("Time unknown"));
  g_autofree char *title = g_strdup_printf (_ ("Sample of %s"), time);

  for (guint r = 0; r < viewer_lab_sheet_model_n_rows (self->model); r++)
    {
      const ViewerLabCell *cell = viewer_lab_sheet_model_cell (self->model, r, column);
      const char *panel = viewer_lab_sheet_model_row (self->model, r)->heading;
      ViewerRow *row;

      if (cell == NULL)
        continue;
      row = report_row (self, r, cell);
      if (g_strcmp0 (panel, heading) != 0)
        viewer_row_set_heading (row, panel);
      heading = panel;
      g_ptr_array_add (rows, row);
    }
  gtk_label_set_text (self->report_title, title);
  viewer_table_set_rows (self->report, rows);
}

static void
cursor_changed (ViewerLabSheet *sheet, ViewerLabPage *self)
{
  const ViewerLabCell *cell = NULL;
  guint row, column;

  if (self->model == NULL || !viewer_lab_sheet_get_cursor (self->sheet, &row, &column, &cell))
    {
      viewer_detail_clear (self->detail);
      return;
    }
  show_cell (self, row, column, cell);
  if (!self->has_chosen)
    {
      self->marked[0] = row;
      self->n_marked = 1;
      show_trend (self);
    }
  viewer_page_changed (VIEWER_PAGE (self));
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
show_sheet (ViewerLabPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  g_autofree char *from = self->model != NULL ? period_start (self) : NULL;

  self->has_chosen = FALSE;
  self->n_marked = 0;
  viewer_lab_sheet_set_model (self->sheet, self->model, from,
                              chart != NULL ? viewer_chart_get_now (chart) : NULL);
}

static void
summarise (ViewerLabPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  guint n = viewer_lab_sheet_model_n_columns (self->model);
  const char *at = n > 0 ? viewer_lab_sheet_model_column_at (self->model, n - 1) : NULL;
  g_autofree char *samples = g_strdup_printf (ngettext ("%u sample", "%u samples", n), n);
  g_autofree char *newest =
      at != NULL ? viewer_text_short (at, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *text = newest != NULL
                              ? g_strdup_printf (_ ("%s  newest %s collected"), samples, newest)
                              : g_strdup (samples);

  viewer_page_set_summary (VIEWER_PAGE (self), text);
}

static void
forget (ViewerLabPage *self)
{
  viewer_table_set_rows (self->report, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  viewer_trend_set (self->trend, NULL, NULL, 0, NULL, NULL, NULL);
  viewer_lab_sheet_set_model (self->sheet, NULL, NULL, NULL);
  g_clear_pointer (&self->model, viewer_lab_sheet_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_lab_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerLabPage *self = VIEWER_LAB_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_LABS,
          _ ("No laboratory result of anybody is on this disc. Ask the laboratory for paper."),
          _ ("The disc holds no laboratory result for this person.\n"
             "This does not mean that nothing was measured.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_lab_sheet_model_new (self->entries);
  summarise (self);
  show_sheet (self);
  /* A period without any sample shows nothing of what there is. */
  for (guint i = 0; i < G_N_ELEMENTS (period_months); i++)
    if (!viewer_lab_sheet_get_cursor (self->sheet, NULL, NULL, NULL))
      viewer_page_change_period (page, 1);
}

static void
viewer_lab_page_view_changed (ViewerPage *page, guint view)
{
  ViewerLabPage *self = VIEWER_LAB_PAGE (page);
  guint column;

  gtk_stack_set_visible_child_name (self->views, view == VIEW_REPORT ? "report" : "sheet");
  if (view == VIEW_REPORT && self->model != NULL &&
      viewer_lab_sheet_get_cursor (self->sheet, NULL, &column, NULL))
    show_report (self, column);
  gtk_widget_grab_focus (view == VIEW_REPORT ? GTK_WIDGET (self->report)
                                             : GTK_WIDGET (self->sheet));
}

static void
viewer_lab_page_period_changed (ViewerPage *page, guint period)
{
  ViewerLabPage *self = VIEWER_LAB_PAGE (page);

  if (self->model != NULL)
    show_sheet (self);
}

static gint64
viewer_lab_page_selected_rid (ViewerPage *page)
{
  ViewerLabPage *self = VIEWER_LAB_PAGE (page);
  const ViewerLabCell *cell = NULL;

  if (viewer_page_get_view (page) == VIEW_REPORT)
    {
      ViewerRow *row = viewer_table_get_selected (self->report);

      return row != NULL ? viewer_row_get_rid (row) : 0;
    }
  if (self->model == NULL || !viewer_lab_sheet_get_cursor (self->sheet, NULL, NULL, &cell))
    return 0;
  return cell != NULL ? cell->entry->message->rid : 0;
}

static char *
viewer_lab_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓←→\t%s\nEnter\t%s\nSpace\t%s\n+ −\t%s\nF7\t%s\n", _ ("cell"),
                          _ ("into the trend, out of it"), _ ("source"), _ ("period"),
                          _ ("sheet / report"));
}

static char *
viewer_lab_page_legend (ViewerPage *page)
{
  return g_strdup_printf (_ ("▲ high  ▼ low  HH LL critical  [%s] preliminary  [%s] corrected  "
                             "[%s] comment  ・ not measured  no mark = not judged"),
                          C_ ("mark", "pre"), C_ ("mark", "corr"), C_ ("mark", "note"));
}

static void
viewer_lab_page_dispose (GObject *object)
{
  ViewerLabPage *self = VIEWER_LAB_PAGE (object);

  if (self->sheet != NULL)
    viewer_lab_sheet_set_model (self->sheet, NULL, NULL, NULL);
  self->sheet = NULL;
  G_OBJECT_CLASS (viewer_lab_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_lab_sheet_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_lab_page_class_init (ViewerLabPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_lab_page_dispose;
  page_class->set_chart = viewer_lab_page_set_chart;
  page_class->view_changed = viewer_lab_page_view_changed;
  page_class->period_changed = viewer_lab_page_period_changed;
  page_class->selected_rid = viewer_lab_page_selected_rid;
  page_class->key_hints = viewer_lab_page_key_hints;
  page_class->legend = viewer_lab_page_legend;
}

static GtkWidget *
trend_card (ViewerLabPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (title, "card-title");
  gtk_box_append (GTK_BOX (title), gtk_label_new (_ ("Trend")));
  self->trend_note = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->trend_note), "note");
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->trend_note));
  gtk_box_append (GTK_BOX (card), title);
  self->trend = VIEWER_TREND (viewer_trend_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->trend), TRUE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->trend));
  gtk_widget_set_hexpand (card, TRUE);
  return card;
}

static GtkWidget *
sheet_view (ViewerLabPage *self)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->sheet = VIEWER_LAB_SHEET (viewer_lab_sheet_new ());
  g_signal_connect_object (self->sheet, "changed", G_CALLBACK (cursor_changed), self, 0);
  g_signal_connect_object (self->sheet, "activated", G_CALLBACK (toggle_row), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->sheet));
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (view), scroller);

  gtk_box_append (GTK_BOX (below), trend_card (self));
  self->detail = VIEWER_DETAIL (viewer_detail_new (1));
  gtk_widget_set_size_request (GTK_WIDGET (self->detail), 330, -1);
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->detail));
  gtk_widget_set_size_request (below, -1, 186);
  gtk_widget_set_vexpand (below, FALSE);
  viewer_compact_hide (below);
  gtk_box_append (GTK_BOX (view), below);
  return view;
}

static GtkWidget *
report_view (ViewerLabPage *self)
{
  const ViewerTableColumn columns[] = {
    { .title = _ ("Item"), .width = 200, .expands = TRUE },
    { .title = _ ("Value"), .width = 150, .right = TRUE },
    { .title = _ ("Unit"), .width = 126 },
    { .title = _ ("Reference range"), .width = 130 },
    { .title = _ ("Flag"), .width = 80 },
    { .title = _ ("Comment"), .width = 240, .expands = TRUE },
  };
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (view, "card");
  gtk_widget_add_css_class (title, "card-title");
  self->report_title = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->report_title));
  gtk_box_append (GTK_BOX (view), title);
  self->report = VIEWER_TABLE (viewer_table_new (_ ("One report")));
  viewer_table_set_columns (self->report, columns, G_N_ELEMENTS (columns));
  gtk_widget_set_vexpand (GTK_WIDGET (self->report), TRUE);
  g_signal_connect_object (self->report, "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (view), GTK_WIDGET (self->report));
  return view;
}

static void
viewer_lab_page_init (ViewerLabPage *self)
{
  const char *const views[] = { _ ("Sheet and trend"), _ ("One report"), NULL };
  const char *const periods[] = { _ ("28 days"), _ ("3 months"), _ ("13 months"), _ ("All"), NULL };

  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, sheet_view (self), "sheet");
  gtk_stack_add_named (self->views, report_view (self), "report");
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->views));
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
  viewer_page_set_views (VIEWER_PAGE (self), views);
  viewer_page_set_periods (VIEWER_PAGE (self), periods, DEFAULT_PERIOD);
}
