/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-name-match.h"
#include "disc-results.h"
#include "viewer-cohort.h"

G_BEGIN_DECLS

/* What of one person meets a condition. What is found, dead or of no use is counted in @result. */

/** viewer_cohort_find_drug: (transfer full) (nullable): @chart: all messages that may name the
 * drug.
 * @as_of: (nullable): of the data: what ran out by then has ended */
ViewerCohortEntry *viewer_cohort_find_drug (ViewerCohortResult *result, DiscNameMatch *match,
                                            guint32 pno, const DiscChart *chart, const char *as_of);

/** viewer_cohort_has_diagnosis: whether a message of @chart tells of it at all, and so the others
 * that may replace it have to be read. */
gboolean viewer_cohort_has_diagnosis (DiscNameMatch *match, const DiscChart *chart);

/** viewer_cohort_find_diagnosis: (transfer full) (nullable)
 * @problems: (nullable): all messages with diagnoses; @chart: those that may name it */
ViewerCohortEntry *viewer_cohort_find_diagnosis (ViewerCohortResult *result, DiscNameMatch *match,
                                                 guint32 pno, const DiscChart *problems,
                                                 const DiscChart *chart);

/** viewer_cohort_find_results: @as_of: (nullable): of the data; @values: (element-type
 * DiscResultValue): of this person, any order;
 * @entries: (element-type ViewerCohortEntry): one for each item with its unit is appended */
void viewer_cohort_find_results (ViewerCohortResult *result, DiscNameMatch *match,
                                 const ViewerCohortQuery *query, guint32 pno, const char *as_of,
                                 const GArray *values, GPtrArray *entries);

/** viewer_cohort_names_disputed: whether a record of the kinds searched names it. */
gboolean viewer_cohort_names_disputed (DiscNameMatch *match, ViewerCohortKind kind,
                                       const DiscChart *chart);

G_END_DECLS
