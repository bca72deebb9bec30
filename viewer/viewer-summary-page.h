/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F3: what must be known in two minutes, and what this disc does not know. */
#define VIEWER_TYPE_SUMMARY_PAGE (viewer_summary_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSummaryPage, viewer_summary_page, VIEWER, SUMMARY_PAGE, ViewerPage)

G_END_DECLS
