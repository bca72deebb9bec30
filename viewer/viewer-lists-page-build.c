/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-page-private.h"

#include <glib/gi18n.h>

#include "viewer-label.h"
#include "viewer-lists-chips.h"
#include "viewer-lists-rows.h"
#include "viewer-state.h"

#define GROUPS_WIDTH 236
#define COMPACT_GROUPS_WIDTH 200

void
viewer_lists_page_set_columns (ViewerListsPage *self)
{
  const ViewerTableColumn compact[] = {
    { .title = _ ("Bed, time"), .width = 76 },
    { .title = _ ("Name"), .width = 190, .expands = TRUE },
    { .title = _ ("What is recorded"), .width = 190, .expands = TRUE },
  };
  const ViewerTableColumn columns[VIEWER_LISTS_N_COLUMNS] = {
    [VIEWER_LISTS_COLUMN_PLACE] = { .title = _ ("Bed, time"), .width = 104 },
    [VIEWER_LISTS_COLUMN_NAME] = { .title = _ ("Name"), .width = 170, .expands = !self->has_facts },
    [VIEWER_LISTS_COLUMN_BIRTH] = { .title = _ ("Date of birth"), .width = 166 },
    [VIEWER_LISTS_COLUMN_ID] = { .title = _ ("Patient ID"), .width = 100 },
    [VIEWER_LISTS_COLUMN_STATE] = { .title = _ ("What is recorded"),
                                    .width = 260,
                                    .expands = TRUE },
    [VIEWER_LISTS_COLUMN_MARKS] = { .title = _ ("Marks"), .width = 140 },
  };
  const ViewerTableColumn groups[] = {
    { .width = self->is_compact ? 50 : 150, .expands = TRUE },
    { .width = self->is_compact ? 36 : 52, .right = TRUE },
  };

  viewer_table_set_columns (self->group_table, groups, G_N_ELEMENTS (groups));
  if (self->is_compact)
    viewer_table_set_columns (self->list, compact, G_N_ELEMENTS (compact));
  else
    viewer_table_set_columns (self->list, columns, VIEWER_LISTS_N_COLUMNS);
  gtk_widget_set_size_request (self->groups_card,
                               self->is_compact ? COMPACT_GROUPS_WIDTH : GROUPS_WIDTH, -1);
}

static GtkWidget *
new_time_box (ViewerListsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->refusal = GTK_LABEL (viewer_label_new (NULL, "warn-text"));
  gtk_label_set_wrap (self->refusal, TRUE);
  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 40);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 17);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Change the time"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->refusal));
  gtk_box_append (GTK_BOX (box), viewer_label_new (_ ("Change the time  Ctrl+T"), "page-summary"));
  gtk_box_append (GTK_BOX (box), self->entry);
  return box;
}

static GtkWidget *
new_header (ViewerListsPage *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_widget_add_css_class (header, "page-header");
  self->title = GTK_LABEL (viewer_label_new (NULL, "page-title"));
  self->summary = GTK_LABEL (viewer_label_new (NULL, "warn-text"));
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  self->time_box = new_time_box (self);
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (header), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (header), self->time_box);
  return header;
}

static void
make_tables (ViewerListsPage *self)
{
  self->group_table = VIEWER_TABLE (viewer_table_new (_ ("Wards, departments, doctors or days")));
  self->list = VIEWER_TABLE (viewer_table_new (_ ("Patients of the list")));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "quiet");
}

void
viewer_lists_page_build (ViewerListsPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 8);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->chips = viewer_lists_chips_new ();
  self->condition = viewer_cohort_bar_new ();
  make_tables (self);
  self->warning = GTK_LABEL (viewer_label_new (NULL, "warnbox"));
  gtk_label_set_wrap (self->warning, TRUE);
  self->note = GTK_LABEL (viewer_label_new (NULL, "small"));
  gtk_label_set_wrap (self->note, TRUE);
  self->groups_card = GTK_WIDGET (self->group_table);
  gtk_widget_add_css_class (self->groups_card, "card");
  viewer_lists_page_set_columns (self);
  gtk_widget_set_hexpand (self->groups_card, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  self->stack = viewer_state_stack_new (GTK_WIDGET (self->list));
  gtk_widget_set_hexpand (self->stack, TRUE);
  gtk_widget_set_vexpand (columns, TRUE);
  gtk_box_append (GTK_BOX (columns), self->groups_card);
  gtk_box_append (GTK_BOX (columns), self->stack);
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));
  gtk_widget_set_parent (new_header (self), GTK_WIDGET (self));
  gtk_widget_set_parent (self->condition, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->warning), GTK_WIDGET (self));
  gtk_widget_set_parent (columns, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->note), GTK_WIDGET (self));
}
