/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lab-sheet-model.h"
#include "viewer-problem-model.h"
#include "viewer-row.h"
#include "viewer-timeline-model.h"

G_BEGIN_DECLS

/*
 * The rows of the cards of the summary. No GTK: what a summary says is tested without a display.
 */

/** viewer_problem_row_new: (transfer full): name with its marks in column 0, dates in column 1. */
ViewerRow *viewer_problem_row_new (const ViewerProblem *problem, const char *now);

/** viewer_problem_group_text: 疑い（確定していません）, ...; %NULL for the current ones. */
const char *viewer_problem_group_text (ViewerProblemGroup group);

/** viewer_summary_problem_rows: (transfer full) (element-type ViewerRow): without confidential
 * ones, which are counted in the last row. */
GPtrArray *viewer_summary_problem_rows (const ViewerProblemModel *model, const char *now);

/**
 * viewer_summary_lab_rows: (transfer full) (element-type ViewerRow): the newest value of items,
 *   critical ones first, then flagged ones, then the others of the newest samples; @max at most,
 *   the rest is counted in a last row. Columns: item, value, unit, difference, time.
 */
GPtrArray *viewer_summary_lab_rows (const ViewerLabSheetModel *model, const char *now, guint max);

/** viewer_summary_stay_rows: (transfer full) (element-type ViewerRow): stays and visits, newest
 * first, @max at most. */
GPtrArray *viewer_summary_stay_rows (const ViewerTimelineModel *model, const char *now, guint max);

/**
 * viewer_summary_blood_rows: (transfer full) (element-type ViewerRow): blood group with the
 * sentence that it must be confirmed, height, weight and other observations of the basic data.
 */
GPtrArray *viewer_summary_blood_rows (const GArray *entries, const char *blood_type,
                                      const char *now);

/** viewer_summary_note_rows: (transfer full) (element-type ViewerRow): the newest notes, documents
 * and reports with the beginning of their text, @max at most. */
GPtrArray *viewer_summary_note_rows (const GArray *entries, const char *now, guint max);

G_END_DECLS
