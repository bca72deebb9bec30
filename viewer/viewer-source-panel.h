/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"

G_BEGIN_DECLS

/**
 * The source of the selected row (Space): the message as text, where it stood, its state, its
 * versions. Opens no file and runs nothing.
 */
#define VIEWER_TYPE_SOURCE_PANEL (viewer_source_panel_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSourcePanel, viewer_source_panel, VIEWER, SOURCE_PANEL, GtkWidget)

/** viewer_source_panel_show: @chart: (nullable): for the versions; @rid: 0: nothing selected. */
void viewer_source_panel_show (ViewerSourcePanel *self, ViewerChart *chart, ViewerDisc *disc,
                               gint64 rid);
/** viewer_source_panel_get_rid: of the message that is shown; 0: none. */
gint64 viewer_source_panel_get_rid (ViewerSourcePanel *self);
/** viewer_source_panel_dup_selection: (transfer full) (nullable): what was marked in its text. */
char *viewer_source_panel_dup_selection (ViewerSourcePanel *self);
/** viewer_source_panel_get_text: what the text part shows, for tests. */
char *viewer_source_panel_get_text (ViewerSourcePanel *self);

G_END_DECLS
