/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-page.h"

G_BEGIN_DECLS

/** F4: notes and documents, newest first, with the words of the selected one beside them. */
#define VIEWER_TYPE_NOTE_PAGE (viewer_note_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerNotePage, viewer_note_page, VIEWER, NOTE_PAGE, ViewerPage)

G_END_DECLS
