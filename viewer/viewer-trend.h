/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-lab-sheet-model.h"

G_BEGIN_DECLS

/*
 * Trend of one or two items over one axis of time that ends at the disc (black line) and, hatched,
 * at now (red dashed line). Series differ by mark and line, never by colour alone.
 */
#define VIEWER_TYPE_TREND (viewer_trend_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTrend, viewer_trend, VIEWER, TREND, GtkWidget)

GtkWidget *viewer_trend_new (void);

/**
 * viewer_trend_set:
 * @model: (nullable): must outlive the widget or its next model
 * @rows: (array length=n): at most two
 * @from: (nullable): ISO day of the left edge
 * @as_of, @now: time of the disc and the clock, ISO
 */
void viewer_trend_set (ViewerTrend *self, const ViewerLabSheetModel *model, const guint *rows,
                       guint n, const char *from, const char *as_of, const char *now);

G_END_DECLS
