/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-rail.h"

#include <glib/gi18n.h>

#include "viewer-accessible.h"
#include "viewer-key-line.h"
#include "viewer-sections.h"
#include "viewer-text.h"

#define WIDTH 164

typedef struct
{
  const ViewerSectionInfo *info;
  GtkWidget *button;
  GtkWidget *words; /* title and count */
  GtkLabel *title;
  GtkLabel *count;
} RailItem;

struct _ViewerRail
{
  GtkWidget parent_instance;

  GArray *items;        /* RailItem */
  GPtrArray *fillers;   /* separators and the gap before F1: hidden in one line */
  ViewerSection here;
  gboolean compact;
};

G_DEFINE_FINAL_TYPE (ViewerRail, viewer_rail, GTK_TYPE_WIDGET)

static void
viewer_rail_dispose (GObject *object)
{
  ViewerRail *self = VIEWER_RAIL (object);
  GtkWidget *child;

  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->fillers, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_rail_parent_class)->dispose (object);
}

static void
viewer_rail_class_init (ViewerRailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_rail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
add_item (ViewerRail *self, const ViewerSectionInfo *info)
{
  RailItem item = { .info = info };
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cap = viewer_key_cap_new (info->key);

  item.button = gtk_button_new ();
  item.words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  item.title = GTK_LABEL (gtk_label_new (_ (info->title)));
  item.count = GTK_LABEL (gtk_label_new (info->what ? _ (info->what) : NULL));
  gtk_widget_set_valign (cap, GTK_ALIGN_START);
  gtk_widget_set_size_request (cap, 28, -1);
  gtk_widget_add_css_class (GTK_WIDGET (item.title), "title");
  gtk_widget_add_css_class (GTK_WIDGET (item.count), "count");
  gtk_label_set_xalign (item.title, 0);
  gtk_label_set_xalign (item.count, 0);
  gtk_label_set_wrap (item.title, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (item.count), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (item.count), info->what != NULL);

  gtk_box_append (GTK_BOX (item.words), GTK_WIDGET (item.title));
  gtk_box_append (GTK_BOX (item.words), GTK_WIDGET (item.count));
  gtk_widget_set_valign (item.words, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), cap);
  gtk_box_append (GTK_BOX (line), item.words);
  gtk_button_set_child (GTK_BUTTON (item.button), line);
  gtk_widget_set_focus_on_click (item.button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (item.button), "win.section");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (item.button), "s", info->key);
  gtk_widget_set_parent (item.button, GTK_WIDGET (self));
  viewer_accessible_name_by_labels (item.button, line);
  g_array_append_val (self->items, item);
}

static void
add_filler (ViewerRail *self, GtkWidget *filler)
{
  gtk_widget_set_parent (filler, GTK_WIDGET (self));
  g_ptr_array_add (self->fillers, filler);
}

static void
viewer_rail_init (ViewerRail *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  const ViewerSectionInfo *sections, *keys = NULL;
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n, group = 0;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rail");
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  self->items = g_array_new (FALSE, TRUE, sizeof (RailItem));
  self->fillers = g_ptr_array_new ();

  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      if (sections[i].section == VIEWER_SECTION_KEYS)
        {
          keys = &sections[i];
          continue;
        }
      if (sections[i].group != group)
        add_filler (self, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      group = sections[i].group;
      add_item (self, &sections[i]);
    }
  gtk_widget_set_vexpand (gap, TRUE);
  add_filler (self, gap);
  add_filler (self, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  if (keys != NULL)
    add_item (self, keys);
}

char *
viewer_rail_count_text (ViewerChart *chart, ViewerSection section)
{
  ViewerInventory found = viewer_inventory_of (chart, section);
  g_autofree char *newest = NULL;

  if (!found.on_disc)
    return g_strdup (_ ("not on disc"));
  if (found.n_live == 0)
    return g_strdup (_ ("no record"));
  newest = viewer_text_short (found.newest, viewer_chart_get_now (chart));
  /* Translators: a row of the rail: count, time of the newest record. */
  return g_strdup_printf (ngettext ("%u  %s", "%u  %s", found.n_live), found.n_live, newest);
}

static gboolean
counts_records (ViewerSection section)
{
  return section > VIEWER_SECTION_SUMMARY && section != VIEWER_SECTION_TIMELINE &&
         section != VIEWER_SECTION_GAP;
}

void
viewer_rail_set_chart (ViewerRail *self, ViewerChart *chart)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      RailItem *item = &g_array_index (self->items, RailItem, i);
      g_autofree char *text = NULL;
      gboolean missing;

      if (!counts_records (item->info->section))
        continue;
      text = chart ? viewer_rail_count_text (chart, item->info->section) : NULL;
      missing = chart != NULL && !viewer_inventory_of (chart, item->info->section).on_disc;
      gtk_label_set_text (item->count, text ? text : "");
      gtk_widget_set_visible (GTK_WIDGET (item->count), text != NULL && !self->compact);
      if (missing)
        gtk_widget_add_css_class (GTK_WIDGET (item->count), "missing");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (item->count), "missing");
      viewer_accessible_name_by_labels (item->button, item->button);
    }
}

void
viewer_rail_set_here (ViewerRail *self, ViewerSection section)
{
  self->here = section;
  for (guint i = 0; i < self->items->len; i++)
    {
      RailItem *item = &g_array_index (self->items, RailItem, i);
      gboolean is_here = item->info->section == section;

      if (is_here)
        gtk_widget_add_css_class (item->button, "here");
      else
        gtk_widget_remove_css_class (item->button, "here");
      gtk_accessible_update_state (GTK_ACCESSIBLE (item->button), GTK_ACCESSIBLE_STATE_SELECTED,
                                   is_here, -1);
      gtk_widget_set_visible (item->words, !self->compact || is_here);
    }
}

void
viewer_rail_set_compact (ViewerRail *self, gboolean compact)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  if (self->compact == compact)
    return;
  self->compact = compact;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), compact ? GTK_ORIENTATION_HORIZONTAL
                                                                   : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self), compact ? -1 : WIDTH, -1);
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "across");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "across");
  for (guint i = 0; i < self->fillers->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->fillers, i), !compact);
  for (guint i = 0; i < self->items->len; i++)
    {
      RailItem *item = &g_array_index (self->items, RailItem, i);

      gtk_widget_set_visible (GTK_WIDGET (item->count),
                              !compact && *gtk_label_get_text (item->count) != '\0');
    }
  viewer_rail_set_here (self, self->here);
}
