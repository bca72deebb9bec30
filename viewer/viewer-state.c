/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-state.h"

#include <glib/gi18n.h>

static GtkWidget *
patch_new (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  return label;
}

GtkWidget *
viewer_state_new (const char *title, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "hatch");
  gtk_widget_add_css_class (box, "state");
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), patch_new (title, "state-title"));
  if (text != NULL)
    gtk_box_append (GTK_BOX (box), patch_new (text, "state-text"));
  return box;
}

GtkWidget *
viewer_state_stack_new (GtkWidget *content)
{
  GtkWidget *stack = gtk_stack_new ();

  gtk_stack_set_vhomogeneous (GTK_STACK (stack), FALSE);
  gtk_stack_add_named (GTK_STACK (stack), content, "content");
  return stack;
}

void
viewer_state_stack_show (GtkWidget *stack, const char *title, const char *text)
{
  GtkWidget *old = gtk_stack_get_child_by_name (GTK_STACK (stack), "state");

  if (old != NULL)
    gtk_stack_remove (GTK_STACK (stack), old);
  if (title != NULL)
    gtk_stack_add_named (GTK_STACK (stack), viewer_state_new (title, text), "state");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), title != NULL ? "state" : "content");
  gtk_widget_set_vexpand (stack, title == NULL);
}

gboolean
viewer_state_stack_update (GtkWidget *stack, ViewerChart *chart, ViewerSection section,
                           const char *not_on_disc, const char *no_record)
{
  ViewerInventory found;

  viewer_state_stack_show (stack, NULL, NULL);
  if (chart == NULL)
    return FALSE;
  found = viewer_inventory_of (chart, section);
  if (!found.on_disc)
    viewer_state_stack_show (stack, _ ("Not on this disc"), not_on_disc);
  else if (found.n_live == 0 && found.n_not_live == 0)
    viewer_state_stack_show (stack, _ ("No record (unknown)"), no_record);
  else
    return TRUE;
  return FALSE;
}
