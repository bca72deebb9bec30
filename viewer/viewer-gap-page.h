/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F12: what was planned for the time after the disc, as far as the disc knows. */
#define VIEWER_TYPE_GAP_PAGE (viewer_gap_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGapPage, viewer_gap_page, VIEWER, GAP_PAGE, ViewerPage)

G_END_DECLS
