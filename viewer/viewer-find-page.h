/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** Ctrl+F: words in the records of the patient whose chart is open, each place a row with its hits marked. */
#define VIEWER_TYPE_FIND_PAGE (viewer_find_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFindPage, viewer_find_page, VIEWER, FIND_PAGE, ViewerPage)

/** viewer_find_page_begin: puts the cursor into the box, what stands there is marked. */
void viewer_find_page_begin (ViewerFindPage *self);
/** viewer_find_page_set_text: as if typed. */
void viewer_find_page_set_text (ViewerFindPage *self, const char *text);

G_END_DECLS
