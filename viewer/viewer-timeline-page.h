/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F11: everything by its clinical time, with the whole window of the disc above. */
#define VIEWER_TYPE_TIMELINE_PAGE (viewer_timeline_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTimelinePage, viewer_timeline_page, VIEWER, TIMELINE_PAGE, ViewerPage)

G_END_DECLS
