/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/**
 * Ctrl+7: what was planned for a ward after the disc (design.md "Gap list"): wards at the left, what was
 * planned for those who were in the selected one at the right, chart by chart as they are read.
 */
#define VIEWER_TYPE_WARD_GAP_PAGE (viewer_ward_gap_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerWardGapPage, viewer_ward_gap_page, VIEWER, WARD_GAP_PAGE, ViewerPage)

/** viewer_ward_gap_page_set_disc: @disc: (nullable): read when it is shown */
void viewer_ward_gap_page_set_disc (ViewerWardGapPage *self, ViewerDisc *disc);
/** viewer_ward_gap_page_show: reads the ward that was selected last. @now: the clock */
void viewer_ward_gap_page_show (ViewerWardGapPage *self, const char *now);
/** viewer_ward_gap_page_set_compact: fewer columns (large text). */
void viewer_ward_gap_page_set_compact (ViewerWardGapPage *self, gboolean compact);
/** viewer_ward_gap_page_is_reading: charts are still read, when nothing else is to be done. */
gboolean viewer_ward_gap_page_is_reading (ViewerWardGapPage *self);
/** viewer_ward_gap_page_select_ward: by its name as stored; for tests. */
gboolean viewer_ward_gap_page_select_ward (ViewerWardGapPage *self, const char *name);

G_END_DECLS
