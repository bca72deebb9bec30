/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F8: specimens with their state, organism x drug as the laboratory recorded it. */
#define VIEWER_TYPE_MICROBIOLOGY_PAGE (viewer_microbiology_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerMicrobiologyPage, viewer_microbiology_page, VIEWER, MICROBIOLOGY_PAGE,
                      ViewerPage)

G_END_DECLS
