/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-table.h"

#include "viewer-table-row.h"

struct _ViewerTable
{
  GtkWidget parent_instance;

  ViewerTableColumns columns;
  GtkWidget *titles; /* or NULL */
  GtkWidget *scroller;
  GtkListView *list;
  GListStore *store;
  GtkSingleSelection *selection;
  GPtrArray *items; /* GtkListItem, not owned: those that show a row now or did */
  gboolean has_focus;
};

G_DEFINE_FINAL_TYPE (ViewerTable, viewer_table, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_table_dispose (GObject *object)
{
  ViewerTable *self = VIEWER_TABLE (object);

  g_clear_pointer (&self->titles, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (viewer_table_parent_class)->dispose (object);
}

static void
viewer_table_finalize (GObject *object)
{
  viewer_table_columns_clear (&VIEWER_TABLE (object)->columns);
  g_ptr_array_unref (VIEWER_TABLE (object)->items);
  G_OBJECT_CLASS (viewer_table_parent_class)->finalize (object);
}

static gboolean
viewer_table_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VIEWER_TABLE (widget)->list));
}

static void
viewer_table_class_init (ViewerTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_table_dispose;
  object_class->finalize = viewer_table_finalize;
  widget_class->grab_focus = viewer_table_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "viewertable");
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
show_selected (GtkListItem *item, GParamSpec *pspec, ViewerTable *self)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  gboolean is_marked = !gtk_widget_has_css_class (GTK_WIDGET (self), "quiet") || self->has_focus;

  if (child != NULL)
    viewer_table_row_set_selected (VIEWER_TABLE_ROW (child),
                                   gtk_list_item_get_selected (item) && is_marked);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item, ViewerTable *self)
{
  GtkWidget *row = viewer_table_row_new (&self->columns);

  if (gtk_widget_has_css_class (GTK_WIDGET (self), "dense"))
    gtk_widget_add_css_class (row, "dense");
  gtk_list_item_set_child (item, row);
  g_signal_connect_object (item, "notify::selected", G_CALLBACK (show_selected), self, 0);
  g_ptr_array_add (self->items, item);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item, ViewerTable *self)
{
  viewer_table_row_set (VIEWER_TABLE_ROW (gtk_list_item_get_child (item)),
                        gtk_list_item_get_item (item));
  show_selected (item, NULL, self);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *item, ViewerTable *self)
{
  viewer_table_row_set (VIEWER_TABLE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
teardown_row (GtkSignalListItemFactory *factory, GtkListItem *item, ViewerTable *self)
{
  g_ptr_array_remove_fast (self->items, item);
}

static void
focus_changed (GtkEventControllerFocus *focus, GParamSpec *pspec, ViewerTable *self)
{
  self->has_focus = gtk_event_controller_focus_contains_focus (focus);
  for (guint i = 0; i < self->items->len; i++)
    show_selected (g_ptr_array_index (self->items, i), NULL, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
selected_changed (GObject *object, GParamSpec *pspec, ViewerTable *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated (GtkListView *list, guint position, ViewerTable *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
viewer_table_init (ViewerTable *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row), self, 0);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (teardown_row), self, 0);
  self->items = g_ptr_array_new ();
  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_changed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  self->store = g_list_store_new (VIEWER_TYPE_ROW);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->store)));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_changed), self,
                           0);
  self->list = GTK_LIST_VIEW (
      gtk_list_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)), factory));
  g_signal_connect_object (self->list, "activate", G_CALLBACK (row_activated), self, 0);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
viewer_table_new (const char *name)
{
  ViewerTable *self = g_object_new (VIEWER_TYPE_TABLE, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return GTK_WIDGET (self);
}

static gboolean
has_titles (const ViewerTable *self)
{
  for (guint c = 0; c < self->columns.n; c++)
    if (self->columns.columns[c].title != NULL)
      return TRUE;
  return FALSE;
}

static void
show_titles (ViewerTable *self)
{
  if (!has_titles (self))
    return;
  self->titles = viewer_table_row_new (&self->columns);
  gtk_widget_add_css_class (self->titles, "titles");
  viewer_table_row_set_titles (VIEWER_TABLE_ROW (self->titles));
  gtk_widget_insert_before (self->titles, GTK_WIDGET (self), self->scroller);
}

void
viewer_table_set_columns (ViewerTable *self, const ViewerTableColumn *columns, guint n)
{
  g_list_store_remove_all (self->store); /* rows are laid out by the old columns */
  g_clear_pointer (&self->titles, gtk_widget_unparent);
  viewer_table_columns_clear (&self->columns);
  viewer_table_columns_init (&self->columns, columns, n);
  show_titles (self);
}

/* Two notifications: with one GTK 4.8 fetches every new row to look for the old ones. */
void
viewer_table_set_rows (ViewerTable *self, GPtrArray *rows)
{
  g_list_store_remove_all (self->store);
  g_list_store_splice (self->store, 0, 0, rows->pdata, rows->len);
  if (rows->len > 0)
    gtk_single_selection_set_selected (self->selection, 0);
  g_ptr_array_unref (rows);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

guint
viewer_table_n_rows (ViewerTable *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

ViewerRow *
viewer_table_get_row (ViewerTable *self, guint i)
{
  g_autoptr (ViewerRow) row = g_list_model_get_item (G_LIST_MODEL (self->store), i);

  return row; /* the store keeps it */
}

ViewerRow *
viewer_table_get_selected (ViewerTable *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
viewer_table_select (ViewerTable *self, guint i)
{
  gtk_single_selection_set_selected (self->selection, i);
  /* The keyboard goes on from there: GTK 4.8 keeps another place for it than for the selection. */
  if (i < viewer_table_n_rows (self))
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
}

void
viewer_table_scroll_to (ViewerTable *self, guint i)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", i);
}

void
viewer_table_set_scrolls (ViewerTable *self, gboolean scrolls)
{
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_widget_set_vexpand (self->scroller, scrolls);
}

/* A row without a heading of its own belongs to the one above. */
static const char *
heading_above (ViewerTable *self, guint i)
{
  const char *heading = NULL;

  for (;; i--)
    {
      heading = viewer_row_get_heading (viewer_table_get_row (self, i));
      if (heading != NULL || i == 0)
        return heading;
    }
}

char *
viewer_table_dup_selected (ViewerTable *self)
{
  ViewerRow *row = viewer_table_get_selected (self);
  const char *heading;
  GString *text;

  if (row == NULL)
    return NULL;
  text = g_string_new (NULL);
  heading = heading_above (self, gtk_single_selection_get_selected (self->selection));
  if (heading != NULL)
    g_string_append_printf (text, "［%s］\n", heading);
  for (guint c = 0; c < self->columns.n; c++)
    {
      g_autofree char *cell = viewer_row_dup_cell (row, c);
      const char *title = self->columns.columns[c].title;

      if (cell == NULL || *cell == '\0')
        continue;
      g_strdelimit (cell, "\n", ' ');
      if (title != NULL)
        g_string_append_printf (text, "%s: ", title);
      g_string_append_printf (text, "%s\n", cell);
    }
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}
