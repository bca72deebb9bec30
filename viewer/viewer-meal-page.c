/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-meal-page.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-compact.h"
#include "viewer-detail.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

struct _ViewerMealPage
{
  ViewerPage parent_instance;

  GtkWidget *vitals_stack;
  ViewerTable *vitals;
  GtkWidget *meals_stack;
  ViewerTable *meals;
  GtkWidget *below; /* the detail; hidden where there is nothing to select */
  ViewerDetail *detail;
  GArray *entries;
};

G_DEFINE_FINAL_TYPE (ViewerMealPage, viewer_meal_page, VIEWER_TYPE_PAGE)

/* ---- rows ----------------------------------------------------------------------------------- */

typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  const char *at;
} Line;

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return disc_date_compare (((const Line *) b)->at, ((const Line *) a)->at);
}

static gboolean
is_shown (const ViewerEntry *entry)
{
  return viewer_entry_is_standing (entry) || entry->record->status == DISC_STATUS_CANCELLED ||
         entry->record->status == DISC_STATUS_STOPPED;
}

static GArray *
collect (const GArray *entries, DiscKind kind)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind != kind || !is_shown (entry) ||
          (entry->message->flags & DISC_MESSAGE_DISPUTED) != 0)
        continue;
      for (guint k = 0; k < entry->record->n_items; k++)
        {
          const DiscItem *item = &entry->record->items[k];
          Line line = { entry, item, disc_item_value (item, DISC_FIELD_FROM) };

          if (line.at == NULL)
            line.at = viewer_item_at (entry, item);
          g_array_append_val (lines, line);
        }
    }
  g_array_sort (lines, compare_newest_first);
  return lines;
}

static void
add_status (ViewerRow *row, guint column, const ViewerEntry *entry)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (entry->message->flags);

  viewer_row_add (row, column, "chip dashed", viewer_text_status_of (entry->record));
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, column, "chip warn", g_ptr_array_index (flags, i));
}

static char *
time_text (ViewerMealPage *self, const char *at)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));

  return at != NULL ? viewer_text_date_time (at, viewer_chart_get_now (chart)) : g_strdup ("—");
}

static ViewerRow *
vital_row (ViewerMealPage *self, const Line *line)
{
  ViewerRow *row = viewer_row_new (line->entry->message->rid);
  g_autofree char *at = time_text (self, line->at);
  const char *css = line->entry->record->live ? NULL : "struck";
  const char *parts[] = {
    disc_item_value (line->item, DISC_FIELD_VALUE),
    disc_item_value (line->item, DISC_FIELD_UNIT),
  };
  static const DiscField comments[] = { DISC_FIELD_COMMENT };
  g_autofree char *value = viewer_values_join (parts, G_N_ELEMENTS (parts), " ");
  g_autofree char *comment = viewer_item_join (line->item, comments, G_N_ELEMENTS (comments), "　");

  viewer_row_add (row, 0, "ink2", at);
  viewer_row_add (row, 1, css, viewer_item_name (line->item));
  viewer_row_add (row, 2, css, value);
  add_status (row, 3, line->entry);
  viewer_row_add (row, 3, NULL, comment);
  return row;
}

static ViewerRow *
meal_row (ViewerMealPage *self, const Line *line)
{
  static const DiscField kinds[] = { DISC_FIELD_KIND, DISC_FIELD_NAME, DISC_FIELD_TEXTURE };
  static const DiscField meals[] = { DISC_FIELD_MEAL };
  static const DiscField limits[] = {
    DISC_FIELD_RESTRICTION,
    DISC_FIELD_COMMENT,
    DISC_FIELD_ITEM_NOT_UNDERSTOOD,
  };
  ViewerRow *row = viewer_row_new (line->entry->message->rid);
  const char *to = disc_item_value (line->item, DISC_FIELD_TO);
  g_autofree char *from = time_text (self, line->at);
  g_autofree char *until = to != NULL ? time_text (self, to) : NULL;
  g_autofree char *kind = viewer_item_join (line->item, kinds, G_N_ELEMENTS (kinds), "　");
  g_autofree char *meal = viewer_item_join (line->item, meals, G_N_ELEMENTS (meals), "・");
  g_autofree char *limit = viewer_item_join (line->item, limits, G_N_ELEMENTS (limits), "　");
  const char *css = line->entry->record->live ? NULL : "struck";

  /* A code without a name is printed as the code (SS-MIX2 spec 4.7). */
  if (kind == NULL)
    kind = g_strdup (disc_item_value (line->item, DISC_FIELD_CODE));
  viewer_row_add (row, 0, "ink2", from);
  viewer_row_add (row, 1, "ink2", until);
  viewer_row_add (row, 2, css != NULL ? css : "strong", kind != NULL ? kind : _ ("Meal not said"));
  viewer_row_add (row, 3, css, meal);
  viewer_row_add (row, 4, css != NULL ? css : "strong", limit);
  add_status (row, 4, line->entry);
  return row;
}

static void
fill (ViewerMealPage *self, ViewerTable *table, DiscKind kind,
      ViewerRow *(*row_of) (ViewerMealPage *self, const Line *line))
{
  g_autoptr (GArray) lines = collect (self->entries, kind);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);
      ViewerRow *row = row_of (self, line);

      viewer_row_set_data (row, line->item);
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (table, rows);
}

/* ---- what is not there
 * --------------------------------------------------------------------------- */

static void
show_state (ViewerMealPage *self, GtkWidget *stack, DiscKind kind, ViewerTable *table,
            const char *not_on_disc, const char *no_record)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));

  if (viewer_table_n_rows (table) > 0)
    viewer_state_stack_show (stack, NULL, NULL);
  else if (viewer_chart_get_freshness (chart, kind) == NULL)
    viewer_state_stack_show (stack, _ ("Not on this disc"), not_on_disc);
  else
    viewer_state_stack_show (stack, _ ("No record (unknown)"), no_record);
}

static void
forget (ViewerMealPage *self)
{
  viewer_table_set_rows (self->vitals, g_ptr_array_new ());
  viewer_table_set_rows (self->meals, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_meal_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerMealPage *self = VIEWER_MEAL_PAGE (page);

  forget (self);
  if (chart == NULL)
    return;
  self->entries = viewer_chart_entries (chart);
  fill (self, self->vitals, DISC_KIND_VITAL, vital_row);
  fill (self, self->meals, DISC_KIND_MEAL, meal_row);
  show_state (self, self->vitals_stack, DISC_KIND_VITAL, self->vitals,
              _ ("Vital signs are not written to the storage this disc was made from.\n"
                 "They are on the temperature chart (paper) of the ward."),
              _ ("The disc holds no vital signs for this person.\n"
                 "This does not mean that nothing was measured."));
  show_state (self, self->meals_stack, DISC_KIND_MEAL, self->meals,
              _ ("Meals are not on this disc. Ask the kitchen for its paper."),
              _ ("The disc holds no meal order for this person.\n"
                 "This does not mean a normal diet, and not nothing by mouth."));
  gtk_widget_set_visible (self->below, viewer_table_n_rows (self->vitals) > 0 ||
                                           viewer_table_n_rows (self->meals) > 0);
}

/* ---- the page ------------------------------------------------------------------------------- */

static ViewerTable *
active_table (ViewerMealPage *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self->vitals)) != NULL ? self->vitals
                                                                        : self->meals;
}

static const ViewerEntry *
entry_of (ViewerMealPage *self, const DiscItem *item)
{
  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (self->entries, ViewerEntry, i);

      if (item >= entry->record->items && item < entry->record->items + entry->record->n_items)
        return entry;
    }
  return NULL;
}

static void
selected (ViewerTable *table, ViewerMealPage *self)
{
  ViewerRow *row = viewer_table_get_selected (table);
  const DiscItem *item = row != NULL ? viewer_row_get_data (row) : NULL;
  const ViewerEntry *entry = item != NULL ? entry_of (self, item) : NULL;

  viewer_detail_clear (self->detail);
  if (entry != NULL)
    {
      const char *name = disc_item_value (item, DISC_FIELD_KIND);

      if (name == NULL)
        name = viewer_item_name (item);
      viewer_detail_set_title (self->detail, name != NULL ? name : _ ("Meal not said"));
      viewer_detail_add_entry (self->detail, entry, item);
    }
  viewer_page_changed (VIEWER_PAGE (self));
}

static gint64
viewer_meal_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (active_table (VIEWER_MEAL_PAGE (page)));

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static void
viewer_meal_page_dispose (GObject *object)
{
  ViewerMealPage *self = VIEWER_MEAL_PAGE (object);

  G_OBJECT_CLASS (viewer_meal_page_parent_class)->dispose (object);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_meal_page_class_init (ViewerMealPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_meal_page_dispose;
  page_class->set_chart = viewer_meal_page_set_chart;
  page_class->selected_rid = viewer_meal_page_selected_rid;
}

static GtkWidget *
card_new (const char *title, ViewerTable *table, GtkWidget **stack)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (head, "card-title");
  gtk_box_append (GTK_BOX (head), gtk_label_new (title));
  gtk_box_append (GTK_BOX (card), head);
  gtk_widget_set_vexpand (GTK_WIDGET (table), TRUE);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (table));
  *stack = viewer_state_stack_new (card);
  return *stack;
}

static void
viewer_meal_page_init (ViewerMealPage *self)
{
  const ViewerTableColumn vitals[] = {
    { .title = _ ("Time"), .width = 140 },
    { .title = _ ("Item"), .width = 200, .expands = TRUE },
    { .title = _ ("Value"), .width = 140 },
    { .title = _ ("Comment"), .width = 200, .expands = TRUE },
  };
  const ViewerTableColumn meals[] = {
    { .title = _ ("From"), .width = 140 },
    { .title = _ ("To"), .width = 140 },
    { .title = _ ("Meal"), .width = 240, .expands = TRUE },
    { .title = C_ ("meal", "When"), .width = 160 },
    { .title = _ ("Restriction"), .width = 240, .expands = TRUE },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->vitals = VIEWER_TABLE (viewer_table_new (_ ("Vital signs")));
  viewer_table_set_columns (self->vitals, vitals, G_N_ELEMENTS (vitals));
  self->meals = VIEWER_TABLE (viewer_table_new (_ ("Meals")));
  viewer_table_set_columns (self->meals, meals, G_N_ELEMENTS (meals));
  gtk_box_append (GTK_BOX (content),
                  card_new (_ ("Vital signs"), self->vitals, &self->vitals_stack));
  gtk_box_append (GTK_BOX (content), card_new (_ ("Meals"), self->meals, &self->meals_stack));
  self->detail = VIEWER_DETAIL (viewer_detail_new (3));
  gtk_widget_set_size_request (GTK_WIDGET (self->detail), -1, 130);
  gtk_widget_set_vexpand (GTK_WIDGET (self->detail), FALSE);
  viewer_compact_hide (GTK_WIDGET (self->detail));
  self->below = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->below), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (content), self->below);
  g_signal_connect_object (self->vitals, "changed", G_CALLBACK (selected), self, 0);
  g_signal_connect_object (self->meals, "changed", G_CALLBACK (selected), self, 0);
  viewer_page_set_content (VIEWER_PAGE (self), content);
}
