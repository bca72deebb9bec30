/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-quality-parts.h"

GtkWidget *
viewer_quality_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
viewer_quality_card (const char *title, GtkLabel **note, GtkWidget **content)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (head, "card-title");
  gtk_box_append (GTK_BOX (head), viewer_quality_label (title, 0, NULL));
  *note = GTK_LABEL (viewer_quality_label (NULL, 0, "note"));
  gtk_label_set_ellipsize (*note, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (*note));
  gtk_box_append (GTK_BOX (card), head);
  *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), *content);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (card), scroller);
  gtk_widget_set_hexpand (card, TRUE);
  return card;
}

void
viewer_quality_card_fit (GtkWidget *content, int max)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (content, GTK_TYPE_SCROLLED_WINDOW);

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), max);
  gtk_widget_set_vexpand (scroller, FALSE);
}

void
viewer_quality_clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}
