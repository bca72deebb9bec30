/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lists-model.h"

G_BEGIN_DECLS

/* What the lists say around their rows: what they are of, and what does not follow from them. No
 * GTK. */

/** viewer_lists_title: of a view, translated. */
const char *viewer_lists_title (ViewerListsView view);

/** viewer_lists_group_text: (transfer full): of a group in the left column. @now: for days. */
char *viewer_lists_group_text (const ViewerListsGroup *group, ViewerListsView view,
                               const char *now);

/** viewer_lists_nobody_title, viewer_lists_nobody_text: of a list without rows. */
const char *viewer_lists_nobody_title (ViewerListsView view);
const char *viewer_lists_nobody_text (ViewerListsView view);

/**
 * viewer_lists_summary: (transfer full): of what time the list is.
 * @at: (nullable): that is shown
 * @as_of: (nullable): of the data
 * @newest: (nullable): time of the newest move or visit of the disc
 */
char *viewer_lists_summary (ViewerListsView view, const char *at, const char *as_of,
                            const char *newest, const char *now);
/** viewer_lists_note: (transfer full) (nullable): what does not follow from it. */
char *viewer_lists_note (ViewerListsView view, const char *at, const char *as_of, const char *now);

/** viewer_lists_warning: (transfer full) (nullable): what is missing. @model, @result: (nullable)
 */
char *viewer_lists_warning (ViewerListsView view, const ViewerListsModel *model,
                            const ViewerListsResult *result);

G_END_DECLS
