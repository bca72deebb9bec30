/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lists-page.h"
#include "viewer-table.h"

G_BEGIN_DECLS

/* Shared by the two files of the page: what it does, and what it is built of. */

struct _ViewerListsPage
{
  GtkWidget parent_instance;

  ViewerDisc *disc;
  gulong loaded_handler;
  ViewerListsModel *model; /* NULL until wanted, and where there are no lists */
  GError *problem;         /* why there is no model */
  ViewerListsView view;
  char *now;
  char *ward_at;                 /* NULL: the time of the data */
  char *visit_day;               /* likewise */
  guint32 group[VIEWER_N_LISTS]; /* that was selected last */
  gboolean has_group[VIEWER_N_LISTS];
  GArray *recent;    /* guint32 */
  GPtrArray *groups; /* (element-type ViewerListsGroup) */
  ViewerListsResult *result;
  gboolean is_filling;
  gboolean is_compact;
  gboolean is_in_list; /* where the keys go: to the patients, or to the groups */

  GtkLabel *title;
  GtkWidget *chips;
  GtkLabel *summary;
  GtkWidget *time_box;
  GtkWidget *entry;
  GtkLabel *refusal;
  GtkLabel *warning;
  GtkWidget *groups_card;
  ViewerTable *group_table;
  ViewerTable *list;
  GtkWidget *stack;
  GtkLabel *note;
};

/** viewer_lists_page_build: makes its widgets and puts them together. */
void viewer_lists_page_build (ViewerListsPage *self);
/** viewer_lists_page_set_columns: of the size that is set; takes the rows away. */
void viewer_lists_page_set_columns (ViewerListsPage *self);

G_END_DECLS
