/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-page.h"

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-compact.h"
#include "viewer-detail.h"
#include "viewer-medication-bars-cell.h"
#include "viewer-medication-bars.h"
#include "viewer-medication-caution.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

typedef enum
{
  VIEW_BARS,
  VIEW_LIST,
} View;

struct _ViewerMedicationPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  GtkStack *views;
  ViewerMedicationBars *bars;
  ViewerTable *lines;
  ViewerDetail *detail;
  GtkLabel *history_title;
  ViewerTable *history;
  ViewerTable *caution;
  ViewerBarPeriod period;
  GArray *entries;
  ViewerMedicationModel *model;
  ViewerLabSheetModel *labs;
  ViewerMedicationRows *rows;
};

G_DEFINE_FINAL_TYPE (ViewerMedicationPage, viewer_medication_page, VIEWER_TYPE_PAGE)

static void
free_models (ViewerMedicationPage *self)
{
  g_clear_pointer (&self->rows, viewer_medication_rows_free);
  g_clear_pointer (&self->labs, viewer_lab_sheet_model_free);
  g_clear_pointer (&self->model, viewer_medication_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
forget (ViewerMedicationPage *self)
{
  viewer_medication_bars_set_rows (self->bars, NULL, NULL, NULL, self->period);
  viewer_table_set_rows (self->lines, g_ptr_array_new ());
  viewer_table_set_rows (self->history, g_ptr_array_new ());
  viewer_table_set_rows (self->caution, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  free_models (self);
}

/* ディスク時点の薬 12　内服: the section once, the way of taking whenever it changes. */
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

/* What the time line sets apart, on the line that its row stands for. */
static void
add_hints (ViewerMedicationPage *self, ViewerRow *row, const ViewerMedication *line,
           const char *now)
{
  const ViewerMedicationRow *drug =
      viewer_medication_rows_get (self->rows, viewer_medication_rows_find (self->rows, line));

  if (drug->head != line || !drug->is_current)
    return;
  viewer_row_line (row, VIEWER_MEDICATION_COLUMN_DRUG);
  if (drug->kind != NULL)
    viewer_row_add (row, VIEWER_MEDICATION_COLUMN_DRUG, "mark warn", C_ ("mark", "HA"));
  viewer_bars_add_marks (row, VIEWER_MEDICATION_COLUMN_DRUG, drug);
  for (guint i = 0; drug->results != NULL && i < drug->results->len; i++)
    {
      viewer_row_line (row, VIEWER_MEDICATION_COLUMN_DRUG);
      viewer_bars_add_result (row, VIEWER_MEDICATION_COLUMN_DRUG,
                              &g_array_index (drug->results, ViewerDrugResult, i), now);
    }
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

      add_hints (self, row, line, now);
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
  const char *as_of = chart != NULL ? viewer_chart_get_info (chart)->as_of : NULL;
  const char *now = chart != NULL ? viewer_chart_get_now (chart) : NULL;
  ViewerBarSpan span;

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_MEDICATION,
          _ ("No prescription of anybody is on this disc. Ask the pharmacy for its paper."),
          _ ("The disc holds no prescription for this person.\n"
             "This does not mean that no drug is taken.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_medication_model_new (self->entries, as_of);
  self->labs = viewer_lab_sheet_model_new (self->entries);
  self->rows =
      viewer_medication_rows_new (self->model, self->labs, viewer_drug_lists_get (), as_of);
  fill (self, now);
  viewer_table_set_rows (self->caution,
                         viewer_medication_caution_rows (self->rows, viewer_drug_lists_get ()));
  viewer_medication_bars_set_rows (self->bars, self->rows, as_of, now, self->period);
  if (!viewer_bar_span (&span, as_of, now, self->period))
    viewer_page_set_view (page, VIEW_LIST); /* without a time of the disc there is no axis */
}

/* ---- detail --------------------------------------------------------------------------------- */

static ViewerRow *
version_row (const ViewerMedication *version, const char *at, const char *now)
{
  const char *status = viewer_text_status_of (version->entry->record);
  ViewerRow *row = viewer_row_new (version->entry->message->rid);
  g_autofree char *day = at != NULL ? viewer_text_short (at, now) : g_strdup ("—");
  const char *css = version->entry->record->live ? NULL : "struck";

  viewer_row_add (row, 0, "ink2", day);
  viewer_row_add (row, 1, status != NULL ? "chip dashed" : NULL,
                  status != NULL ? status : viewer_text_status (version->entry->record->status));
  viewer_row_line (row, 1);
  viewer_row_add (row, 1, css, version->dose);
  viewer_row_add (row, 1, css, version->days);
  return row;
}

/* All versions of the order of one line. */
static void
fill_history (ViewerMedicationPage *self, const ViewerMedication *line, const char *now)
{
  g_autoptr (GPtrArray) history = viewer_medication_model_history (self->model, line);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < history->len; i++)
    {
      const ViewerMedication *version = g_ptr_array_index (history, i);

      g_ptr_array_add (rows, version_row (version, version->entry->message->sent_at, now));
    }
  gtk_label_set_text (self->history_title, _ ("History of the order"));
  viewer_table_set_rows (self->history, rows);
}

/* All lines of one drug, the newest first: the source of every bar is here. */
static void
fill_orders (ViewerMedicationPage *self, const ViewerMedicationRow *drug, const char *now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = drug->lines->len; i-- > 0;)
    {
      const ViewerMedication *line = g_ptr_array_index (drug->lines, i);
      const char *at = line->start != NULL ? line->start : viewer_item_at (line->entry, line->item);

      g_ptr_array_add (rows, version_row (line, at, now));
    }
  gtk_label_set_text (self->history_title, _ ("Orders of the drug"));
  viewer_table_set_rows (self->history, rows);
}

static void
add_drug_detail (ViewerMedicationPage *self, const ViewerMedicationRow *drug, const char *now)
{
  g_autofree char *same = viewer_medication_names (drug->same);
  g_autofree char *like = viewer_medication_names (drug->like);

  if (drug->kind != NULL)
    {
      g_autofree char *chip =
          g_strdup_printf ("%s  %s", _ ("High-alert drug"), viewer_drug_kind_name (drug->kind));

      viewer_detail_add_chip (self->detail, "chip warn", chip);
    }
  for (guint i = 0; drug->results != NULL && i < drug->results->len; i++)
    {
      const ViewerDrugResult *result = &g_array_index (drug->results, ViewerDrugResult, i);
      g_autofree char *text = viewer_medication_result_text (result, now);

      viewer_detail_add (self->detail, _ ("Related value"), result->cell != NULL ? "strong" : NULL,
                         text);
    }
  viewer_detail_add (self->detail, _ ("Same ingredient"), "warn-text", same);
  viewer_detail_add (self->detail, _ ("Similar name"), "warn-text", like);
}

static void
show_detail (ViewerMedicationPage *self, const ViewerMedication *line,
             const ViewerMedicationRow *drug, const char *now)
{
  g_autofree char *schedule = viewer_medication_schedule_text (line);

  viewer_detail_set_title (self->detail, line->drug);
  if (line->is_uneven)
    viewer_detail_add_chip (self->detail, "chip warn", _ ("Uneven doses"));
  add_drug_detail (self, drug, now);
  viewer_detail_add (self->detail, _ ("Schedule"), "strong", schedule);
  if (line->pattern != VIEWER_USAGE_DAILY && line->days != NULL)
    viewer_detail_add (self->detail, _ ("Days left"), NULL,
                       _ ("not computed: the days are days on which it is taken"));
  viewer_detail_add_entry (self->detail, line->entry, line->item);
}

static void
selected (GtkWidget *view, ViewerMedicationPage *self)
{
  gboolean is_list = viewer_page_get_view (VIEWER_PAGE (self)) == VIEW_LIST;
  ViewerRow *row = is_list ? viewer_table_get_selected (self->lines) : NULL;
  const ViewerMedicationRow *drug =
      is_list ? NULL : viewer_medication_bars_get_selected (self->bars);
  const ViewerMedication *line = row != NULL ? viewer_row_get_data (row) : NULL;
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));

  if (view != (is_list ? GTK_WIDGET (self->lines) : GTK_WIDGET (self->bars)))
    return;
  viewer_detail_clear (self->detail);
  if (drug != NULL)
    line = drug->head;
  if (line == NULL || chart == NULL || self->rows == NULL)
    return;
  if (drug == NULL)
    drug = viewer_medication_rows_get (self->rows, viewer_medication_rows_find (self->rows, line));
  show_detail (self, line, drug, viewer_chart_get_now (chart));
  if (is_list)
    fill_history (self, line, viewer_chart_get_now (chart));
  else
    fill_orders (self, drug, viewer_chart_get_now (chart));
  viewer_page_changed (VIEWER_PAGE (self));
}

/* ---- views ---------------------------------------------------------------------------------- */

static void
select_line (ViewerMedicationPage *self, const ViewerMedication *line)
{
  for (guint i = 0; i < viewer_table_n_rows (self->lines); i++)
    if (viewer_row_get_data (viewer_table_get_row (self->lines, i)) == line)
      {
        viewer_table_select (self->lines, i);
        return;
      }
}

/* The same drug in the other view. */
static void
carry_selection (ViewerMedicationPage *self, View view)
{
  const ViewerMedicationRow *drug = viewer_medication_bars_get_selected (self->bars);
  ViewerRow *row = viewer_table_get_selected (self->lines);

  if (self->rows == NULL)
    return;
  if (view == VIEW_LIST && drug != NULL)
    select_line (self, drug->head);
  else if (view == VIEW_BARS && row != NULL)
    viewer_medication_bars_select (
        self->bars, viewer_medication_rows_find (self->rows, viewer_row_get_data (row)));
}

static void
show_periods (ViewerMedicationPage *self, View view)
{
  const char *const names[VIEWER_N_BAR_SPANS + 1] = {
    [VIEWER_BAR_SPAN_7_DAYS] = _ ("7 days"),
    [VIEWER_BAR_SPAN_28_DAYS] = _ ("28 days"),
    [VIEWER_BAR_SPAN_3_MONTHS] = _ ("3 months"),
    [VIEWER_BAR_SPAN_13_MONTHS] = _ ("13 months"),
  };

  viewer_page_set_periods (VIEWER_PAGE (self), view == VIEW_BARS ? names : NULL, self->period);
}

static void
viewer_medication_page_view_changed (ViewerPage *page, guint view)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (page);
  GtkWidget *shown = view == VIEW_LIST ? GTK_WIDGET (self->lines) : GTK_WIDGET (self->bars);

  carry_selection (self, view);
  show_periods (self, view);
  gtk_stack_set_visible_child_name (self->views, view == VIEW_LIST ? "list" : "bars");
  selected (shown, self);
  gtk_widget_grab_focus (shown);
}

static void
viewer_medication_page_period_changed (ViewerPage *page, guint period)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (page);

  self->period = period;
  viewer_medication_bars_set_period (self->bars, period);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             ViewerMedicationPage *self)
{
  if (keyval != GDK_KEY_Tab || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  viewer_page_next_view (VIEWER_PAGE (self));
  return TRUE;
}

static void
activated (GtkWidget *view, ViewerMedicationPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->history), GTK_DIR_TAB_FORWARD);
}

static gint64
viewer_medication_page_selected_rid (ViewerPage *page)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (page);
  gboolean in_history = gtk_widget_get_focus_child (GTK_WIDGET (self->history)) != NULL;
  const ViewerMedicationRow *drug = viewer_medication_bars_get_selected (self->bars);
  ViewerRow *row = viewer_table_get_selected (in_history ? self->history : self->lines);

  if (!in_history && viewer_page_get_view (page) == VIEW_BARS)
    return drug != NULL ? drug->head->entry->message->rid : 0;
  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_medication_page_key_hints (ViewerPage *page)
{
  g_autofree char *common = g_strdup_printf ("↑↓\t%s\nEnter\t%s\nSpace\t%s\nTab\t%s\n", _ ("drug"),
                                             _ ("history"), _ ("source"), _ ("time line / list"));

  if (viewer_page_get_view (page) == VIEW_LIST)
    return g_steal_pointer (&common);
  return g_strdup_printf ("%s+ −\t%s\n", common, _ ("period"));
}

static char *
viewer_medication_page_legend (ViewerPage *page)
{
  if (viewer_page_get_view (page) == VIEW_LIST)
    return NULL;
  return g_strdup_printf (_ ("[%s] high-alert  dashed: goes on, not confirmed  ? ask  × stopped"),
                          C_ ("mark", "HA"));
}

/* The view, and not what was found to have the focus before. */
static gboolean
viewer_medication_page_grab_focus (GtkWidget *widget)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (widget);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->views)))
    return GTK_WIDGET_CLASS (viewer_medication_page_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (viewer_page_get_view (VIEWER_PAGE (self)) == VIEW_LIST
                                    ? GTK_WIDGET (self->lines)
                                    : GTK_WIDGET (self->bars));
}

static void
viewer_medication_page_dispose (GObject *object)
{
  ViewerMedicationPage *self = VIEWER_MEDICATION_PAGE (object);

  if (self->bars != NULL)
    viewer_medication_bars_set_rows (self->bars, NULL, NULL, NULL, self->period);
  self->bars = NULL;
  G_OBJECT_CLASS (viewer_medication_page_parent_class)->dispose (object);
  free_models (self);
}

static void
viewer_medication_page_class_init (ViewerMedicationPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_medication_page_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = viewer_medication_page_grab_focus;
  page_class->set_chart = viewer_medication_page_set_chart;
  page_class->selected_rid = viewer_medication_page_selected_rid;
  page_class->view_changed = viewer_medication_page_view_changed;
  page_class->period_changed = viewer_medication_page_period_changed;
  page_class->key_hints = viewer_medication_page_key_hints;
  page_class->legend = viewer_medication_page_legend;
}

/* ---- building ------------------------------------------------------------------------------- */

/* A card with a title and @table; @note: (nullable): small, behind the title. */
static GtkWidget *
card_new (const char *title, const char *note, ViewerTable *table, GtkLabel **label)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (line, "card-title");
  *label = GTK_LABEL (gtk_label_new (title));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (*label));
  if (note != NULL)
    {
      GtkWidget *small = gtk_label_new (note);

      gtk_widget_add_css_class (small, "note");
      gtk_box_append (GTK_BOX (line), small);
    }
  gtk_box_append (GTK_BOX (card), line);
  gtk_widget_set_vexpand (GTK_WIDGET (table), TRUE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (table));
  return card;
}

static GtkWidget *
history_card (ViewerMedicationPage *self)
{
  static const ViewerTableColumn columns[] = {
    { .width = 84 },
    { .width = 120, .expands = TRUE },
  };
  GtkWidget *card;

  self->history = VIEWER_TABLE (viewer_table_new (_ ("History of the order")));
  gtk_widget_add_css_class (GTK_WIDGET (self->history), "quiet");
  viewer_table_set_columns (self->history, columns, G_N_ELEMENTS (columns));
  g_signal_connect_object (self->history, "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  card = card_new (_ ("History of the order"), NULL, self->history, &self->history_title);
  gtk_widget_set_size_request (card, 230, -1);
  return card;
}

static GtkWidget *
caution_card (ViewerMedicationPage *self)
{
  static const ViewerTableColumn columns[] = { { .width = 260, .expands = TRUE } };
  GtkWidget *card;
  GtkLabel *title;

  self->caution = VIEWER_TABLE (viewer_table_new (_ ("Read with care")));
  gtk_widget_add_css_class (GTK_WIDGET (self->caution), "dense");
  gtk_widget_add_css_class (GTK_WIDGET (self->caution), "quiet");
  viewer_table_set_columns (self->caution, columns, G_N_ELEMENTS (columns));
  card =
      card_new (_ ("Read with care"), _ ("shown only, nothing is judged"), self->caution, &title);
  gtk_widget_set_size_request (card, 336, -1);
  return card;
}

static GtkWidget *
new_views (ViewerMedicationPage *self)
{
  const ViewerTableColumn columns[VIEWER_N_MEDICATION_COLUMNS] = {
    { .title = _ ("Drug"), .width = 280, .expands = TRUE },
    { .title = _ ("Dose per time"), .width = 206 },
    { .title = _ ("Usage"), .width = 280, .expands = TRUE },
    { .title = _ ("Start and days"), .width = 140 },
    { .title = _ ("Left at the disc"), .width = 120 },
  };
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->views = GTK_STACK (gtk_stack_new ());
  self->bars = VIEWER_MEDICATION_BARS (viewer_medication_bars_new ());
  g_signal_connect_object (self->bars, "changed", G_CALLBACK (selected), self, 0);
  g_signal_connect_object (self->bars, "activated", G_CALLBACK (activated), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->bars));
  gtk_widget_add_css_class (scroller, "card");
  gtk_stack_add_named (self->views, scroller, "bars");

  self->lines = VIEWER_TABLE (viewer_table_new (_ ("Medication")));
  viewer_table_set_columns (self->lines, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->lines), "card");
  g_signal_connect_object (self->lines, "changed", G_CALLBACK (selected), self, 0);
  g_signal_connect_object (self->lines, "activated", G_CALLBACK (activated), self, 0);
  gtk_stack_add_named (self->views, GTK_WIDGET (self->lines), "list");

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->views), keys);
  gtk_widget_set_vexpand (GTK_WIDGET (self->views), TRUE);
  return GTK_WIDGET (self->views);
}

static void
viewer_medication_page_init (ViewerMedicationPage *self)
{
  const char *const views[] = { C_ ("drugs", "Time line"), C_ ("drugs", "List"), NULL };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *below = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->period = VIEWER_BAR_SPAN_28_DAYS;
  gtk_box_append (GTK_BOX (content), new_views (self));
  self->detail = VIEWER_DETAIL (viewer_detail_new (2));
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail), TRUE);
  gtk_widget_set_size_request (below, -1, 160);
  gtk_widget_set_vexpand (below, FALSE);
  viewer_compact_hide (below);
  gtk_box_append (GTK_BOX (below), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (below), history_card (self));
  gtk_box_append (GTK_BOX (below), caution_card (self));
  gtk_box_append (GTK_BOX (content), below);

  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
  viewer_page_set_views (VIEWER_PAGE (self), views);
  show_periods (self, VIEW_BARS);
}
