/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-timeline-model.h"

G_BEGIN_DECLS

/*
 * The whole window of the disc at one glance: a line for each group of events, stays as bars, the
 * disc as a black line and hatching behind it. To look at, not to read: the list below has the
 * words.
 */
#define VIEWER_TYPE_TIMELINE_STRIP (viewer_timeline_strip_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTimelineStrip, viewer_timeline_strip, VIEWER, TIMELINE_STRIP, GtkWidget)

GtkWidget *viewer_timeline_strip_new (void);

/**
 * viewer_timeline_strip_set_model:
 * @model: (nullable): must outlive the widget or its next model
 * @from: first day of the window, ISO
 * @as_of, @now: time of the disc and the clock, ISO
 */
void viewer_timeline_strip_set_model (ViewerTimelineStrip *self, const ViewerTimelineModel *model,
                                      const char *from, const char *as_of, const char *now);

/** viewer_timeline_strip_set_cursor: @at: (nullable): time of the selected event. */
void viewer_timeline_strip_set_cursor (ViewerTimelineStrip *self, const char *at);

/** viewer_timeline_group_text: 入退院・移動, 病名, ...: translated. */
const char *viewer_timeline_group_text (ViewerTimelineGroup group);

G_END_DECLS
