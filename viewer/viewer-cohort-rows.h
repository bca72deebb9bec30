/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-cohort.h"
#include "viewer-lists-rows.h"

G_BEGIN_DECLS

/** viewer_cohort_shell: (transfer full): entries of the lists page, one for each of @result. */
ViewerListsResult *viewer_cohort_shell (const ViewerCohortResult *result);

/**
 * viewer_cohort_rows: (transfer full) (element-type ViewerRow): as viewer_lists_rows().
 * @shell: viewer_cohort_shell() of @result; the data of a row is its entry
 */
GPtrArray *viewer_cohort_rows (const ViewerCohortResult *result, const ViewerListsResult *shell,
                               const DiscPatientTable *table, const char *now, gboolean is_compact);

G_END_DECLS
