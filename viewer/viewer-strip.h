/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-disc.h"

G_BEGIN_DECLS

/** The status strip at the top: hospital, disc, age of the data, kinds late or missing, clock. */
#define VIEWER_TYPE_STRIP (viewer_strip_get_type ())
G_DECLARE_FINAL_TYPE (ViewerStrip, viewer_strip, VIEWER, STRIP, GtkWidget)

/** viewer_strip_update: @disc: (nullable); @now: ISO local time; called again every minute. */
void viewer_strip_update (ViewerStrip *self, ViewerDisc *disc, const char *now);
/** viewer_strip_set_compact: only age and clock (large text). */
void viewer_strip_set_compact (ViewerStrip *self, gboolean compact);

G_END_DECLS
