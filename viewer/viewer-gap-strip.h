/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-gap-model.h"

G_BEGIN_DECLS

/*
 * How much was planned, hour by hour, from the disc (black line) to now (red dashed line) and the hours that
 * follow; the hours that the disc cannot know are hatched. To look at: the list below has the words. It makes way
 * for the words where text is large.
 */
#define VIEWER_TYPE_GAP_STRIP (viewer_gap_strip_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGapStrip, viewer_gap_strip, VIEWER, GAP_STRIP, GtkWidget)

GtkWidget *viewer_gap_strip_new (void);

/**
 * viewer_gap_strip_set_model:
 * @model: (nullable): counted at once, not kept
 * @as_of, @now: time of the disc and the clock, ISO
 */
void viewer_gap_strip_set_model (ViewerGapStrip *self, const ViewerGapModel *model,
                                 const char *as_of, const char *now);

G_END_DECLS
