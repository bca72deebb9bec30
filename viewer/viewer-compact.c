/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-compact.h"

static void
update (GtkWidget *pane)
{
  GtkRoot *root = gtk_widget_get_root (pane);

  gtk_widget_set_visible (pane,
                          root == NULL || !gtk_widget_has_css_class (GTK_WIDGET (root), "compact"));
}

static void
root_changed (GtkWidget *pane)
{
  GtkRoot *root = gtk_widget_get_root (pane);

  if (root == NULL)
    return;
  g_signal_connect_object (root, "notify::css-classes", G_CALLBACK (update), pane,
                           G_CONNECT_SWAPPED);
  update (pane);
}

void
viewer_compact_hide (GtkWidget *pane)
{
  g_signal_connect (pane, "notify::root", G_CALLBACK (root_changed), NULL);
}
