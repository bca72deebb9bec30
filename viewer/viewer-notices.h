/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"

G_BEGIN_DECLS

/**
 * The banners between strip and patient: expired data, a clock before the disc, an unsealed disc.
 * They cannot be closed.
 */
#define VIEWER_TYPE_NOTICES (viewer_notices_get_type ())
G_DECLARE_FINAL_TYPE (ViewerNotices, viewer_notices, VIEWER, NOTICES, GtkWidget)

/**
 * viewer_notices_update:
 * @disc: (nullable): no disc, no banners
 * @chart: (nullable): the chart that is open: what a damaged disc lacks of it
 */
void viewer_notices_update (ViewerNotices *self, ViewerDisc *disc, ViewerChart *chart,
                            const char *now);

G_END_DECLS
