/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-cohort-bar.h"
#include "viewer-lists-page.h"
#include "viewer-table.h"

G_BEGIN_DECLS

/* Shared by the files of the page: what it does, what it is built of, and the search by condition
 * (viewer-lists-page-condition.c). */

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
  ViewerCohortResult *found; /* by the condition; NULL: none yet */
  char *found_for;           /* which condition and place that is of, or is being searched */
  GError *found_problem;     /* why there is none */
  GCancellable *search;      /* NULL: none runs */
  guint *n_running;          /* searches that have not ended, those of a page that is gone too */
  guint search_source;       /* one that waits until typing pauses */
  gboolean is_filling;
  gboolean is_compact;
  gboolean has_facts; /* columns of the search by condition: more room for what is recorded */
  gboolean is_in_list; /* where the keys go: to the patients, or to the groups */

  GtkLabel *title;
  GtkWidget *chips;
  GtkLabel *summary;
  GtkWidget *condition; /* ViewerCohortBar */
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

/* ---- viewer-lists-page.c ---- */

/** viewer_lists_page_shown_time: (nullable): of the list that is shown; %NULL where it has none. */
const char *viewer_lists_page_shown_time (ViewerListsPage *self);
/** viewer_lists_page_show_state: in place of the rows; %NULL @title: the rows. */
void viewer_lists_page_show_state (ViewerListsPage *self, const char *title, const char *text);
/** viewer_lists_page_forget_result: takes the rows away. */
void viewer_lists_page_forget_result (ViewerListsPage *self);
/** viewer_lists_page_select_patient: his row, where there is one. */
void viewer_lists_page_select_patient (ViewerListsPage *self, guint32 pno);

/* ---- viewer-lists-page-condition.c ---- */

/** viewer_lists_page_init_condition: follows the bar. */
void viewer_lists_page_init_condition (ViewerListsPage *self);
/** viewer_lists_page_condition_groups: (transfer full): whole disc, in hospital, wards. */
GPtrArray *viewer_lists_page_condition_groups (ViewerListsPage *self, GError **error);
/** viewer_lists_page_load_condition: shows what was found, or searches. */
void viewer_lists_page_load_condition (ViewerListsPage *self);
/** viewer_lists_page_show_found: the same rows anew. */
void viewer_lists_page_show_found (ViewerListsPage *self);
/** viewer_lists_page_forget_found: ends what is being searched, too. */
void viewer_lists_page_forget_found (ViewerListsPage *self);

G_END_DECLS
