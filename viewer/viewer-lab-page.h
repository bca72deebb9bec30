/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F7: the flow sheet with trend, and one report at a time. */
#define VIEWER_TYPE_LAB_PAGE (viewer_lab_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerLabPage, viewer_lab_page, VIEWER, LAB_PAGE, ViewerPage)

G_END_DECLS
