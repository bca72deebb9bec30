/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-accessible.h"

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
viewer_accessible_name (GtkWidget *widget, const char *name)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  set_name (widget, name);
  if (parent != NULL &&
      gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (parent)) == GTK_ACCESSIBLE_ROLE_LIST_ITEM)
    set_name (parent, name);
}

static void
append_labels (GtkWidget *widget, GString *words)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_labels (child, words);
}

void
viewer_accessible_name_by_labels (GtkWidget *widget, GtkWidget *content)
{
  g_autoptr (GString) words = g_string_new (NULL);

  append_labels (content, words);
  set_name (widget, words->str);
}
