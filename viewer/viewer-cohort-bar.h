/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-cohort.h"

G_BEGIN_DECLS

/**
 * Where a condition is typed: what kind of it, the box, and for results whether the latest value or
 * any decides. Signals: "changed" when the condition is another one, "activate" for Enter, "leave"
 * for the arrow down.
 */
#define VIEWER_TYPE_COHORT_BAR (viewer_cohort_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCohortBar, viewer_cohort_bar, VIEWER, COHORT_BAR, GtkWidget)

GtkWidget *viewer_cohort_bar_new (void);

/** viewer_cohort_bar_get_query: (transfer full): as it stands there. */
ViewerCohortQuery *viewer_cohort_bar_get_query (ViewerCohortBar *self);
/** viewer_cohort_bar_set_text: as if typed. */
void viewer_cohort_bar_set_text (ViewerCohortBar *self, const char *text);
void viewer_cohort_bar_set_any (ViewerCohortBar *self, gboolean is_any);
void viewer_cohort_bar_set_kind (ViewerCohortBar *self, ViewerCohortKind kind);
/** viewer_cohort_bar_next_kind: drug, result, diagnosis, drug ... */
void viewer_cohort_bar_next_kind (ViewerCohortBar *self);

/** viewer_cohort_bar_set_compact: with large text: a shorter box, and no examples beside it. */
void viewer_cohort_bar_set_compact (ViewerCohortBar *self, gboolean is_compact);
/** viewer_cohort_bar_copy: the same condition as @from. */
void viewer_cohort_bar_copy (ViewerCohortBar *self, ViewerCohortBar *from);

G_END_DECLS
