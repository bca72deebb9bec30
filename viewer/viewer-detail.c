/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-detail.h"

#include "viewer-field-text.h"
#include "viewer-table-row.h"
#include "viewer-text.h"

/* Longer values take a line of the pane to themselves. */
#define LONG_VALUE 30

/* At 100 %. */
#define LABEL_WIDTH 132
#define VALUE_WIDTH 150

struct _ViewerDetail
{
  GtkWidget parent_instance;

  ViewerTableColumns head_column;
  ViewerTableColumns columns; /* pairs of label and value */
  ViewerTableColumns wide;    /* one pair */
  GtkWidget *head;
  ViewerRow *title;
  GtkWidget *scroller;
  GtkBox *content;  /* what scrolls: the lines, and what is below them */
  GtkBox *lines;
  ViewerRow *open; /* the line being filled, or NULL */
  guint n_open;    /* pairs in it */
};

G_DEFINE_FINAL_TYPE (ViewerDetail, viewer_detail, GTK_TYPE_WIDGET)

static void
viewer_detail_dispose (GObject *object)
{
  ViewerDetail *self = VIEWER_DETAIL (object);

  g_clear_object (&self->open);
  g_clear_object (&self->title);
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_detail_parent_class)->dispose (object);
}

static void
viewer_detail_finalize (GObject *object)
{
  ViewerDetail *self = VIEWER_DETAIL (object);

  viewer_table_columns_clear (&self->head_column);
  viewer_table_columns_clear (&self->columns);
  viewer_table_columns_clear (&self->wide);
  G_OBJECT_CLASS (viewer_detail_parent_class)->finalize (object);
}

static void
viewer_detail_class_init (ViewerDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_detail_dispose;
  G_OBJECT_CLASS (klass)->finalize = viewer_detail_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "detail");
}

static void
viewer_detail_init (ViewerDetail *self)
{
  const ViewerTableColumn head = { .width = LABEL_WIDTH, .expands = TRUE };
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  viewer_table_columns_init (&self->head_column, &head, 1);
  self->head = viewer_table_row_new (&self->head_column);
  gtk_widget_add_css_class (self->head, "head");
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));

  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (self->content, GTK_WIDGET (self->lines));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller),
                                 GTK_WIDGET (self->content));
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
viewer_detail_new (guint n_columns)
{
  ViewerDetail *self = g_object_new (VIEWER_TYPE_DETAIL, NULL);
  g_autofree ViewerTableColumn *columns = g_new0 (ViewerTableColumn, 2 * n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      columns[2 * i].width = LABEL_WIDTH;
      columns[2 * i + 1] = (ViewerTableColumn){ .width = VALUE_WIDTH, .expands = TRUE };
    }
  viewer_table_columns_init (&self->columns, columns, 2 * n_columns);
  viewer_table_columns_init (&self->wide, columns, 2);
  return GTK_WIDGET (self);
}

static void
append_line (ViewerDetail *self, const ViewerTableColumns *columns, ViewerRow *row)
{
  GtkWidget *line = viewer_table_row_new (columns);

  gtk_widget_add_css_class (line, "dense");
  viewer_table_row_set (VIEWER_TABLE_ROW (line), row);
  gtk_box_append (self->lines, line);
}

static void
end_line (ViewerDetail *self)
{
  if (self->open != NULL)
    append_line (self, &self->columns, self->open);
  g_clear_object (&self->open);
  self->n_open = 0;
}

void
viewer_detail_set_below (ViewerDetail *self, GtkWidget *widget)
{
  gtk_widget_add_css_class (widget, "below");
  gtk_box_append (self->content, widget);
}

void
viewer_detail_clear (ViewerDetail *self)
{
  GtkWidget *child;

  g_clear_object (&self->open);
  self->n_open = 0;
  g_clear_object (&self->title);
  viewer_table_row_set (VIEWER_TABLE_ROW (self->head), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
}

void
viewer_detail_set_title (ViewerDetail *self, const char *title)
{
  viewer_detail_clear (self);
  self->title = viewer_row_new (0);
  viewer_row_add (self->title, 0, "strong", title);
  viewer_table_row_set (VIEWER_TABLE_ROW (self->head), self->title);
}

void
viewer_detail_add_chip (ViewerDetail *self, const char *css, const char *text)
{
  viewer_row_add (self->title, 0, css, text);
  viewer_table_row_set (VIEWER_TABLE_ROW (self->head), self->title);
}

void
viewer_detail_add (ViewerDetail *self, const char *label, const char *css, const char *value)
{
  if (value == NULL || value[0] == '\0')
    return;
  if (g_utf8_strlen (value, -1) > LONG_VALUE && self->columns.n > 2)
    {
      g_autoptr (ViewerRow) row = viewer_row_new (0);

      end_line (self);
      viewer_row_add (row, 0, "ink3 small", label);
      viewer_row_add (row, 1, css, value);
      append_line (self, &self->wide, row);
      return;
    }
  if (self->open == NULL)
    self->open = viewer_row_new (0);
  viewer_row_add (self->open, 2 * self->n_open, "ink3 small", label);
  viewer_row_add (self->open, 2 * self->n_open + 1, css, value);
  if (++self->n_open * 2 == self->columns.n)
    end_line (self);
}

void
viewer_detail_finish (ViewerDetail *self)
{
  end_line (self);
}

void
viewer_detail_add_entry (ViewerDetail *self, const ViewerEntry *entry, const DiscItem *item)
{
  g_autoptr (GPtrArray) lines = viewer_field_lines (entry, item);
  g_autoptr (GPtrArray) flags = viewer_text_flags (entry->message->flags);
  const char *status = viewer_text_status_of (entry->record);
  const char *other = viewer_text_other_source (entry->message->flags);

  if (status != NULL)
    viewer_detail_add_chip (self, "chip dashed", status);
  for (guint i = 0; i < flags->len; i++)
    viewer_detail_add_chip (self, "chip warn", g_ptr_array_index (flags, i));
  if (other != NULL)
    viewer_detail_add_chip (self, "chip", other);
  for (guint i = 0; i < lines->len; i++)
    {
      const ViewerFieldLine *line = g_ptr_array_index (lines, i);

      viewer_detail_add (self, line->label, line->is_doubtful ? "warn-text" : NULL, line->value);
    }
  end_line (self);
}
