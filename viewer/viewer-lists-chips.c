/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-chips.h"

#include <glib/gi18n.h>

#include "viewer-lists-words.h"

/* In the order of the chips. */
static const struct
{
  ViewerListsView view;
  const char *name;
  const char *key;
} views[] = {
  { VIEWER_LISTS_WARDS, "wards", "Ctrl+1" },     { VIEWER_LISTS_VISITS, "visits", "Ctrl+2" },
  { VIEWER_LISTS_DOCTORS, "doctors", "Ctrl+3" }, { VIEWER_LISTS_CONDITION, "condition", "Ctrl+4" },
  { VIEWER_LISTS_RECENT, "recent", "Ctrl+5" },   { VIEWER_LISTS_PLANNED, "planned", "Ctrl+6" },
};

const char *
viewer_lists_view_name (ViewerListsView view)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (views[i].view == view)
      return views[i].name;
  return NULL;
}

ViewerListsView
viewer_lists_view_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_strcmp0 (views[i].name, name) == 0)
      return views[i].view;
  return VIEWER_N_LISTS;
}

void
viewer_lists_chips_mark (GtkWidget *chips, ViewerListsView view)
{
  guint i = 0;

  for (GtkWidget *chip = gtk_widget_get_first_child (chips);
       chip != NULL && i < G_N_ELEMENTS (views); chip = gtk_widget_get_next_sibling (chip), i++)
    {
      gboolean is_on = views[i].view == view;

      if (is_on)
        gtk_widget_add_css_class (chip, "on");
      else
        gtk_widget_remove_css_class (chip, "on");
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_STATE_PRESSED,
          is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
}

void
viewer_lists_chips_set_compact (GtkWidget *chips, gboolean is_compact)
{
  guint i = 0;

  gtk_widget_set_visible (gtk_widget_get_last_child (chips), !is_compact);
  for (GtkWidget *chip = gtk_widget_get_first_child (chips);
       chip != NULL && i < G_N_ELEMENTS (views); chip = gtk_widget_get_next_sibling (chip), i++)
    {
      g_autofree char *text =
          is_compact ? g_strdup (viewer_lists_title (views[i].view))
                     : g_strdup_printf ("%s  %s", viewer_lists_title (views[i].view), views[i].key);

      gtk_button_set_label (GTK_BUTTON (chip), text);
    }
}

/* A place of its own, behind the lists; large text has no room for it. */
static GtkWidget *
new_ward_gap (void)
{
  g_autofree char *text = g_strdup_printf ("%s  Ctrl+7", _ ("Planned after the disc: ward"));
  GtkWidget *chip = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_focus_on_click (chip, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "win.ward-gap");
  return chip;
}

GtkWidget *
viewer_lists_chips_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *chip = gtk_button_new ();

      gtk_widget_add_css_class (chip, "chip");
      gtk_widget_set_focus_on_click (chip, FALSE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "win.list");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "s", views[i].name);
      gtk_box_append (GTK_BOX (box), chip);
    }
  gtk_box_append (GTK_BOX (box), new_ward_gap ());
  viewer_lists_chips_set_compact (box, FALSE);
  return box;
}
