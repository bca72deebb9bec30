/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-disc.h"

G_BEGIN_DECLS

/**
 * Ctrl+D: how new each kind of data is, which kinds are not on the disc, and what the import found:
 * counts that add up, findings by harm. Never a score.
 */
#define VIEWER_TYPE_QUALITY_PAGE (viewer_quality_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerQualityPage, viewer_quality_page, VIEWER, QUALITY_PAGE, GtkWidget)

void viewer_quality_page_set_disc (ViewerQualityPage *self, ViewerDisc *disc, const char *now);

G_END_DECLS
