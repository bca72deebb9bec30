/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-chart.h"
#include "viewer-entry.h"

G_BEGIN_DECLS

/**
 * viewer_chart_entries: (transfer full) (element-type ViewerEntry): all records of @chart, live or
 * not, for the models of the pages; @chart must outlive them.
 */
GArray *viewer_chart_entries (ViewerChart *chart);

G_END_DECLS
