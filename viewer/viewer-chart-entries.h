/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"
#include "viewer-entry.h"

G_BEGIN_DECLS

/**
 * viewer_chart_entries: (transfer full) (element-type ViewerEntry): all records of @chart, live or
 * not, for the models of the pages; @chart must outlive them. Not those of resources of FHIR that say
 * only what the SS-MIX2 message of their order says: a fact of two sources is shown once.
 */
GArray *viewer_chart_entries (ViewerChart *chart);

/** viewer_chart_sources: (transfer full) (element-type ViewerEntry): with those too. */
GArray *viewer_chart_sources (ViewerChart *chart);

G_END_DECLS
