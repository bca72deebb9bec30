/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-gap-model.h"

G_BEGIN_DECLS

/* Words of the gap lists, of one patient and of a ward. No GTK. */

/** What a chip shows: a set of kinds. */
typedef struct
{
  const char *name; /* English; translated when shown */
  guint kinds;      /* sum of 1 << ViewerGapKind */
} ViewerGapView;

/** viewer_gap_views: (array length=n): all first. */
const ViewerGapView *viewer_gap_views (guint *n);

/** viewer_gap_view_names: (transfer full) (array zero-terminated=1): of the chips, translated, with
 * how many there are of each. @n_of_kind: (array fixed-size=VIEWER_N_GAP_KINDS) */
char **viewer_gap_view_names (const guint *n_of_kind);

/** viewer_gap_kind_text: Injection, Drug, ...: translated. */
const char *viewer_gap_kind_text (ViewerGapKind kind);

/** viewer_gap_time_text: (transfer full): heading of @n rows. @now: the clock */
char *viewer_gap_time_text (ViewerGapTime time, guint n, const char *now);

/** viewer_gap_since_text: (transfer full): what the list is, and what it cannot know. */
char *viewer_gap_since_text (const char *as_of, const char *now);

/** viewer_gap_older_text: (transfer full): of orders without result that are not listed. */
char *viewer_gap_older_text (guint n);

G_END_DECLS
