/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-cohort.h"
#include "viewer-disc.h"

G_BEGIN_DECLS

/**
 * viewer_cohort_search_async: viewer_cohort_run() in a thread, through a reader of its own.
 * @query, @place: copied
 * @progress: (nullable): called in this thread, with (transfer full) what is found so far; not any
 * more once @cancellable is cancelled
 * @callback: called too when it was cancelled, and then with that error only: @user_data may be
 * gone
 */
void viewer_cohort_search_async (ViewerDisc *disc, const ViewerCohortQuery *query,
                                 const ViewerCohortPlace *place, ViewerCohortFunc progress,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
/** viewer_cohort_search_finish: (transfer full) */
ViewerCohortResult *viewer_cohort_search_finish (ViewerDisc *disc, GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
