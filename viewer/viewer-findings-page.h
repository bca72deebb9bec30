/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"

G_BEGIN_DECLS

/**
 * Ctrl+I: records whose folder and content name different patients (view 0), and what the import
 * found about this patient (view 1).
 */
#define VIEWER_TYPE_FINDINGS_PAGE (viewer_findings_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFindingsPage, viewer_findings_page, VIEWER, FINDINGS_PAGE, GtkWidget)

/** viewer_findings_page_set_disc: @chart: (nullable): of the whole disc, which has only view 0. */
void viewer_findings_page_set_disc (ViewerFindingsPage *self, ViewerDisc *disc,
                                    ViewerChart *chart, guint view);
guint viewer_findings_page_get_view (ViewerFindingsPage *self);
/** viewer_findings_page_selected_rid: of the selected disputed record, 0: none. */
gint64 viewer_findings_page_selected_rid (ViewerFindingsPage *self);
/** viewer_findings_page_get_n_rows: rows in the list shown, for tests. */
guint viewer_findings_page_get_n_rows (ViewerFindingsPage *self);

G_END_DECLS
