/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-injection-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-compact.h"
#include "viewer-detail.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

/* Days before and after the day of the disc, for each period chip; 0: as one list by time. */
static const guint days_before[] = { 2, 6, 0 };
#define DAYS_AFTER 2

enum
{
  VIEW_BOTH,      /* ordered and recorded */
  VIEW_UNMATCHED, /* recorded without an injection order: oral drugs and others */
};

struct _ViewerInjectionPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  GtkStack *views;
  ViewerTable *table;
  ViewerTable *unmatched;
  ViewerDetail *detail;
  GArray *entries;
  ViewerInjectionModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerInjectionPage, viewer_injection_page, VIEWER_TYPE_PAGE)

/* ---- columns -------------------------------------------------------------------------------- */

static gint64
disc_day (ViewerInjectionPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const char *as_of = viewer_chart_get_info (chart)->as_of;

  return as_of != NULL ? disc_date_to_day (as_of) : G_MININT64;
}

static guint
n_before (ViewerInjectionPage *self)
{
  guint period = viewer_page_get_period (VIEWER_PAGE (self));

  return days_before[MIN (period, G_N_ELEMENTS (days_before) - 1)];
}

static void
set_columns (ViewerInjectionPage *self, gint64 last_day)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  guint before = n_before (self);
  guint n = before == 0 ? 1 : before + 1 + DAYS_AFTER;
  g_autofree ViewerTableColumn *columns = g_new0 (ViewerTableColumn, n + 1);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  columns[0] = (ViewerTableColumn){
    .title = _ ("Order: route, rate / base + additives"),
    .width = 330,
    .expands = TRUE,
    .top = TRUE,
  };
  if (before == 0)
    columns[1] = (ViewerTableColumn){
      .title = _ ("Planned and recorded"), .width = 560, .expands = TRUE, .css = "day"
    };
  for (guint i = 0; before > 0 && i < n; i++)
    {
      gint64 day = last_day - before + i;
      g_autofree char *iso = disc_date_from_day (day);
      char *title = viewer_text_date (iso, viewer_chart_get_now (chart));

      g_ptr_array_add (titles, title);
      columns[i + 1] = (ViewerTableColumn){
        .title = title,
        .width = before > 2 ? 104 : 150,
        .css = day == last_day + 1  ? "after edge"
               : day > last_day + 1 ? "after day"
                                    : "day",
      };
    }
  viewer_table_set_columns (self->table, columns, n + 1);
}

/* ---- rows ----------------------------------------------------------------------------------- */

static const char *
slot_time (const ViewerInjectionSlot *slot)
{
  if (slot->start != NULL || slot->given->len == 0)
    return slot->start;
  return ((const ViewerGiven *) g_ptr_array_index (slot->given, 0))->given_at;
}

/* Column of a slot, or 0 when its day is not shown. */
static guint
column_of (ViewerInjectionPage *self, const ViewerInjectionSlot *slot, gint64 last_day)
{
  guint before = n_before (self);
  const char *at = slot_time (slot);
  gint64 day;

  if (before == 0)
    return 1;
  if (at == NULL || !disc_date_is_valid (at))
    return before + 1; /* no day: it stands where nobody overlooks it */
  day = disc_date_to_day (at);
  if (day < last_day - before || day > last_day + DAYS_AFTER)
    return 0;
  return (guint) (day - (last_day - before)) + 1;
}

static ViewerRow *
row_new (ViewerInjectionPage *self, const ViewerInjection *injection, gint64 last_day)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  ViewerRow *row = viewer_row_new (injection->entry->message->rid);
  guint n_shown = 0;

  viewer_injection_add_order (row, 0, injection);
  for (guint i = 0; i < injection->slots->len; i++)
    {
      const ViewerInjectionSlot *slot = g_ptr_array_index (injection->slots, i);
      guint column = column_of (self, slot, last_day);

      if (column == 0)
        continue;
      n_shown++;
      if (n_before (self) == 0 && slot_time (slot) != NULL)
        {
          g_autofree char *day = viewer_text_date (slot_time (slot), viewer_chart_get_now (chart));

          viewer_row_line (row, column);
          viewer_row_add (row, column, "ink2 small", day);
        }
      viewer_injection_add_slot (row, column, slot);
    }
  viewer_row_set_data (row, injection);
  if (n_shown == 0)
    g_clear_object (&row);
  return row;
}

static void
fill_orders (ViewerInjectionPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 last_day = disc_day (self);

  set_columns (self, last_day);
  for (guint i = 0; i < viewer_injection_model_n (self->model); i++)
    {
      const ViewerInjection *injection = viewer_injection_model_get (self->model, i);
      ViewerRow *row = row_new (self, injection, last_day);

      if (row == NULL)
        continue;
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->table, rows);
}

static void
fill_unmatched (ViewerInjectionPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const GPtrArray *all = viewer_injection_model_get_unmatched (self->model);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      const ViewerGiven *given = g_ptr_array_index (all, i);
      ViewerRow *row = viewer_row_new (given->entry->message->rid);
      g_autofree char *at =
          given->given_at != NULL
              ? viewer_text_date_time (given->given_at, viewer_chart_get_now (chart))
              : g_strdup (_ ("Time unknown"));

      viewer_row_add (row, 0, NULL, at);
      for (guint k = 0; k < given->items->len; k++)
        {
          const DiscItem *item = g_ptr_array_index (given->items, k);
          const char *parts[] = {
            disc_item_value (item, DISC_FIELD_DRUG),
            disc_item_value (item, DISC_FIELD_AMOUNT),
            disc_item_value (item, DISC_FIELD_AMOUNT_UNIT),
          };
          g_autofree char *text = viewer_values_join (parts, G_N_ELEMENTS (parts), " ");

          viewer_row_line (row, 1);
          viewer_row_add (row, 1, NULL, text);
        }
      viewer_row_add (row, 2,
                      given->outcome == VIEWER_GIVEN_NOT || given->outcome == VIEWER_GIVEN_REFUSED
                          ? "crit-block"
                          : "strong",
                      viewer_injection_outcome_mark (given->outcome));
      viewer_row_add (row, 2, NULL, viewer_injection_outcome_text (given->outcome));
      viewer_row_add (row, 3, NULL, given->reason);
      viewer_row_add (row, 4, "ink2", given->by);
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->unmatched, rows);
}

static void
summarise (ViewerInjectionPage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  guint n = viewer_injection_model_n (self->model);
  guint n_given = viewer_injection_model_n_given (self->model);
  ViewerInventory found = viewer_inventory_of (chart, VIEWER_SECTION_INJECTIONS);
  g_autofree char *newest =
      found.newest != NULL ? viewer_text_short (found.newest, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *text = g_strdup_printf (_ ("ordered %u rows / recorded %u  newest %s"), n,
                                           n_given, newest != NULL ? newest : "—");

  viewer_page_set_summary (VIEWER_PAGE (self), text);
}

static void
forget (ViewerInjectionPage *self)
{
  viewer_table_set_rows (self->table, g_ptr_array_new ());
  viewer_table_set_rows (self->unmatched, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  g_clear_pointer (&self->model, viewer_injection_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_injection_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerInjectionPage *self = VIEWER_INJECTION_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_INJECTIONS,
          _ ("No injection of anybody is on this disc. Ask the ward for its paper."),
          _ ("The disc holds no injection for this person.\n"
             "This does not mean that nothing was given.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_injection_model_new (self->entries, viewer_chart_get_info (chart)->as_of);
  summarise (self);
  fill_unmatched (self);
  fill_orders (self);
  /* Days without anything show nothing of what there is. */
  for (guint i = 1; i < G_N_ELEMENTS (days_before); i++)
    if (viewer_table_n_rows (self->table) == 0)
      viewer_page_change_period (page, 1);
}

/* ---- detail --------------------------------------------------------------------------------- */

static void
selected (ViewerTable *table, ViewerInjectionPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->table);
  const ViewerInjection *injection = row != NULL ? viewer_row_get_data (row) : NULL;

  viewer_detail_clear (self->detail);
  viewer_page_changed (VIEWER_PAGE (self));
  if (injection == NULL)
    return;
  for (guint i = 0; i < injection->drugs->len; i++)
    {
      const ViewerInjectionDrug *drug = &g_array_index (injection->drugs, ViewerInjectionDrug, i);

      if (i == 0)
        {
          viewer_detail_set_title (self->detail,
                                   drug->drug != NULL ? drug->drug : _ ("Drug not said"));
          viewer_detail_add_entry (self->detail, injection->entry, drug->item);
        }
      else
        {
          const char *parts[] = { drug->drug, drug->amount, drug->amount_unit };
          g_autofree char *text = viewer_values_join (parts, G_N_ELEMENTS (parts), " ");

          viewer_detail_add (self->detail, _ ("With it"), "strong", text);
        }
    }
  viewer_detail_finish (self->detail);
}

static void
viewer_injection_page_view_changed (ViewerPage *page, guint view)
{
  ViewerInjectionPage *self = VIEWER_INJECTION_PAGE (page);

  gtk_stack_set_visible_child_name (self->views, view == VIEW_UNMATCHED ? "unmatched" : "both");
  gtk_widget_grab_focus (GTK_WIDGET (view == VIEW_UNMATCHED ? self->unmatched : self->table));
}

static void
viewer_injection_page_period_changed (ViewerPage *page, guint period)
{
  ViewerInjectionPage *self = VIEWER_INJECTION_PAGE (page);

  if (self->model != NULL)
    fill_orders (self);
}

static gint64
viewer_injection_page_selected_rid (ViewerPage *page)
{
  ViewerInjectionPage *self = VIEWER_INJECTION_PAGE (page);
  ViewerRow *row = viewer_table_get_selected (
      viewer_page_get_view (page) == VIEW_UNMATCHED ? self->unmatched : self->table);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_injection_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nSpace\t%s\n+ −\t%s\nF6\t%s\n", _ ("order"), _ ("source"),
                          _ ("period"), _ ("ordered / recorded otherwise"));
}

static char *
viewer_injection_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("● given  ◐ partly  × not given or refused  ○ no record (may have been "
                      "given)  ? after the disc"));
}

static void
viewer_injection_page_dispose (GObject *object)
{
  ViewerInjectionPage *self = VIEWER_INJECTION_PAGE (object);

  G_OBJECT_CLASS (viewer_injection_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_injection_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_injection_page_class_init (ViewerInjectionPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_injection_page_dispose;
  page_class->set_chart = viewer_injection_page_set_chart;
  page_class->view_changed = viewer_injection_page_view_changed;
  page_class->period_changed = viewer_injection_page_period_changed;
  page_class->selected_rid = viewer_injection_page_selected_rid;
  page_class->key_hints = viewer_injection_page_key_hints;
  page_class->legend = viewer_injection_page_legend;
}

static GtkWidget *
unmatched_view (ViewerInjectionPage *self)
{
  const ViewerTableColumn columns[] = {
    { .title = _ ("Recorded"), .width = 150 },
    { .title = _ ("Drug"), .width = 320, .expands = TRUE },
    { .title = _ ("Outcome of giving"), .width = 240 },
    { .title = _ ("Reason"), .width = 160, .expands = TRUE },
    { .title = _ ("Given by"), .width = 130 },
  };

  self->unmatched = VIEWER_TABLE (viewer_table_new (_ ("Recorded without an injection order")));
  viewer_table_set_columns (self->unmatched, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->unmatched), "card");
  g_signal_connect_object (self->unmatched, "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->unmatched);
}

static void
viewer_injection_page_init (ViewerInjectionPage *self)
{
  const char *const views[] = { _ ("Ordered and recorded"), _ ("Oral and other records"), NULL };
  const char *const periods[] = { _ ("5 days"), _ ("9 days"), _ ("All"), NULL };
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->table = VIEWER_TABLE (viewer_table_new (_ ("Injections")));
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  g_signal_connect_object (self->table, "changed", G_CALLBACK (selected), self, 0);
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (self->table));
  self->detail = VIEWER_DETAIL (viewer_detail_new (3));
  gtk_widget_set_size_request (GTK_WIDGET (self->detail), -1, 150);
  gtk_widget_set_vexpand (GTK_WIDGET (self->detail), FALSE);
  viewer_compact_hide (GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (both), GTK_WIDGET (self->detail));

  self->views = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->views, both, "both");
  gtk_stack_add_named (self->views, unmatched_view (self), "unmatched");
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->views));
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
  viewer_page_set_views (VIEWER_PAGE (self), views);
  viewer_page_set_periods (VIEWER_PAGE (self), periods, 0);
}
