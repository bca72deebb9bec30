/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F10: orders without a result first, then what was performed and reported. */
#define VIEWER_TYPE_EXAM_PAGE (viewer_exam_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerExamPage, viewer_exam_page, VIEWER, EXAM_PAGE, ViewerPage)

G_END_DECLS
