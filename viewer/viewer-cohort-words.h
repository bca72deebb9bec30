/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-cohort.h"

G_BEGIN_DECLS

/* What the search by condition says around its rows. No GTK. */

/** viewer_cohort_kind_text: translated: what one looks for. */
const char *viewer_cohort_kind_text (ViewerCohortKind kind);
/** viewer_cohort_example_text: translated: what may be typed. */
const char *viewer_cohort_example_text (ViewerCohortKind kind);
/** viewer_cohort_hint_text: (transfer full): before anything is typed. */
char *viewer_cohort_hint_text (void);
/** viewer_cohort_searched_text: translated: which records are searched. */
const char *viewer_cohort_searched_text (ViewerCohortKind kind);
/** viewer_cohort_kinds: (array zero-terminated=1): these kinds of records. */
const DiscKind *viewer_cohort_kinds (ViewerCohortKind kind);

/** viewer_cohort_heading: (transfer full): above the rows of one part. @n: all of them
 * @is_compared: whether it is said of results that they match */
char *viewer_cohort_heading (ViewerCohortPart part, const char *group, guint n,
                             gboolean is_compared);

/** viewer_cohort_understood_text: (transfer full): the condition in words, and how it is decided.
 */
char *viewer_cohort_understood_text (const ViewerCohortQuery *query);

/**
 * viewer_cohort_summary: (transfer full): how many, of whom, as of when.
 * @result: (nullable): nothing was found yet
 * @place: name of the place
 * @at: (nullable): time of the place; @as_of: (nullable): of the data
 */
char *viewer_cohort_summary (const ViewerCohortResult *result, const char *place, const char *at,
                             const char *as_of, const char *now);

/**
 * viewer_cohort_note: (transfer full): what was searched and found under what names, what was left
 * out, and what does not follow.
 * @absent: (nullable): kinds of records that the disc lacks, with commas between
 * @is_compact: with large text only what was left out
 */
char *viewer_cohort_note (const ViewerCohortQuery *query, const ViewerCohortResult *result,
                          const char *absent, gboolean is_compact);

/** viewer_cohort_warning: (transfer full) (nullable): what is missing or not shown. */
char *viewer_cohort_warning (const ViewerCohortResult *result, gboolean has_lists);

/** viewer_cohort_nobody_text: (transfer full): of a search that found nobody. @place, @as_of: as
 * above */
char *viewer_cohort_nobody_text (const ViewerCohortQuery *query, const ViewerCohortResult *result,
                                 const char *place, const char *as_of, const char *absent,
                                 const char *now);

G_END_DECLS
