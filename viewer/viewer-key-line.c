/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-key-line.h"

#include <string.h>

struct _ViewerKeyLine
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* hints that do not fit are cut, never the window widened */
  GtkWidget *hints;
  GtkWidget *legend;
};

G_DEFINE_FINAL_TYPE (ViewerKeyLine, viewer_key_line, GTK_TYPE_WIDGET)

static void
viewer_key_line_dispose (GObject *object)
{
  ViewerKeyLine *self = VIEWER_KEY_LINE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->legend, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_key_line_parent_class)->dispose (object);
}

static void
viewer_key_line_class_init (ViewerKeyLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_key_line_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "keyline");
}

static void
viewer_key_line_init (ViewerKeyLine *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "keyline");
  self->hints = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->hints);
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_can_focus (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->legend = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->legend), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->legend), 1);
  gtk_widget_set_margin_start (self->legend, 12);
  gtk_widget_set_parent (self->legend, GTK_WIDGET (self));
}

GtkWidget *
viewer_key_cap_new (const char *key)
{
  GtkWidget *cap = gtk_label_new (key);

  gtk_widget_add_css_class (cap, "key");
  gtk_widget_set_valign (cap, GTK_ALIGN_CENTER);
  return cap;
}

static void
append_hint (ViewerKeyLine *self, const char *line)
{
  const char *tab = strchr (line, '\t');
  GtkWidget *box, *text;
  g_autofree char *key = NULL;

  if (tab == NULL)
    return;
  key = g_strndup (line, tab - line);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  text = gtk_label_new (tab + 1);
  gtk_box_append (GTK_BOX (box), viewer_key_cap_new (key));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (self->hints), box);
}

void
viewer_key_line_set (ViewerKeyLine *self, const char *hints, const char *legend)
{
  g_auto (GStrv) lines = g_strsplit (hints ? hints : "", "\n", -1);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->hints)) != NULL)
    gtk_box_remove (GTK_BOX (self->hints), child);
  for (guint i = 0; lines[i] != NULL; i++)
    append_hint (self, lines[i]);
  gtk_label_set_text (GTK_LABEL (self->legend), legend ? legend : "");
}

void
viewer_key_line_set_compact (ViewerKeyLine *self, gboolean compact)
{
  gtk_widget_set_visible (self->legend, !compact);
}
