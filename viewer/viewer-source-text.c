/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-source-text.h"

#include <glib/gi18n.h>

#include "viewer-source-model.h"
#include "viewer-theme.h"

struct _ViewerSourceText
{
  GtkTextView parent_instance;

  /* owned by the table of the buffer */
  GtkTextTag *all;
  GtkTextTag *read;
};

G_DEFINE_FINAL_TYPE (ViewerSourceText, viewer_source_text, GTK_TYPE_TEXT_VIEW)

/* A tag knows nothing of the theme. */
static void
colour_marks (ViewerSourceText *self)
{
  GdkRGBA ground = viewer_theme_color (GTK_WIDGET (self), "v_warn_bg");
  GdkRGBA ink = viewer_theme_color (GTK_WIDGET (self), "v_ink");

  g_object_set (self->read, "background-rgba", &ground, "foreground-rgba", &ink, NULL);
}

static void
viewer_source_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerSourceText *self = VIEWER_SOURCE_TEXT (widget);

  GTK_WIDGET_CLASS (viewer_source_text_parent_class)->css_changed (widget, change);
  if (self->read != NULL)
    colour_marks (self);
}

static void
viewer_source_text_class_init (ViewerSourceTextClass *klass)
{
  GTK_WIDGET_CLASS (klass)->css_changed = viewer_source_text_css_changed;
}

static void
viewer_source_text_init (ViewerSourceText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_cursor_visible (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_CHAR);
  gtk_text_view_set_left_margin (view, 12);
  gtk_text_view_set_right_margin (view, 12);
  gtk_text_view_set_top_margin (view, 6);
  gtk_text_view_set_pixels_below_lines (view, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Source text"), -1);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->all = gtk_text_buffer_create_tag (gtk_text_view_get_buffer (view), "all", "insert-hyphens",
                                          FALSE, NULL);
  self->read = gtk_text_buffer_create_tag (gtk_text_view_get_buffer (view), "read", "weight",
                                           PANGO_WEIGHT_BOLD, NULL);
}

GtkWidget *
viewer_source_text_new (void)
{
  return g_object_new (VIEWER_TYPE_SOURCE_TEXT, NULL);
}

void
viewer_source_text_set (ViewerSourceText *self, const char *text, const GArray *marks)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter first, last;
  const char *done = text;
  glong done_chars = 0;

  gtk_text_buffer_set_text (buffer, text, -1);
  /* "mL/m-" at the end of a line would be shown as the unit that was sent. */
  gtk_text_buffer_get_bounds (buffer, &first, &last);
  gtk_text_buffer_apply_tag (buffer, self->all, &first, &last);
  colour_marks (self);
  for (guint i = 0; i < marks->len; i++)
    {
      const ViewerSourceMark *mark = &g_array_index (marks, ViewerSourceMark, i);
      GtkTextIter start, end;
      glong from = done_chars + g_utf8_pointer_to_offset (done, text + mark->start);
      glong to = from + g_utf8_pointer_to_offset (text + mark->start, text + mark->end);

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) from);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) to);
      gtk_text_buffer_apply_tag (buffer, self->read, &start, &end);
      done = text + mark->end;
      done_chars = to;
    }
}

char *
viewer_source_text_get (ViewerSourceText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}
