/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"
#include "viewer-inventory.h"

G_BEGIN_DECLS

/**
 * The rail: table of contents of the chart and its inventory: how many, newest when, or not on this
 * disc. With large text it becomes one line of keys.
 */
#define VIEWER_TYPE_RAIL (viewer_rail_get_type ())
G_DECLARE_FINAL_TYPE (ViewerRail, viewer_rail, VIEWER, RAIL, GtkWidget)

void viewer_rail_set_chart (ViewerRail *self, ViewerChart *chart);
/** viewer_rail_set_here: the section that is shown; 0: none. */
void viewer_rail_set_here (ViewerRail *self, ViewerSection section);
void viewer_rail_set_compact (ViewerRail *self, gboolean compact);

/** viewer_rail_count_text: (transfer full) (nullable): "63件 11/19 19:10" for one section. */
char *viewer_rail_count_text (ViewerChart *chart, ViewerSection section);

G_END_DECLS
