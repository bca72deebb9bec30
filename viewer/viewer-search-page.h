/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-disc.h"

G_BEGIN_DECLS

/**
 * The search page (F2, or any letter typed anywhere): one box, people below it as one types, who is
 * selected at the right. Opening a person activates win.open-patient with the patient number.
 */
#define VIEWER_TYPE_SEARCH_PAGE (viewer_search_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSearchPage, viewer_search_page, VIEWER, SEARCH_PAGE, GtkWidget)

/** viewer_search_page_set_disc: @disc: (nullable). Searches again when its table has been read. */
void viewer_search_page_set_disc (ViewerSearchPage *self, ViewerDisc *disc, const char *now);

/** viewer_search_page_set_origin: @text: (nullable): which of the store the disc is. */
void viewer_search_page_set_origin (ViewerSearchPage *self, const char *text);
/** viewer_search_page_show_problem: a chart could not be opened. */
void viewer_search_page_show_problem (ViewerSearchPage *self, const GError *error);

const char *viewer_search_page_get_text (ViewerSearchPage *self);
/** viewer_search_page_set_text: as if typed; the results stand when this returns. */
void viewer_search_page_set_text (ViewerSearchPage *self, const char *text);
/** viewer_search_page_get_entry: the widget that takes the keys. */
GtkWidget *viewer_search_page_get_entry (ViewerSearchPage *self);

/** viewer_search_page_move: selects the person @direction (1, -1) of the selected one. */
void viewer_search_page_move (ViewerSearchPage *self, int direction);
/** viewer_search_page_get_selected: patient number of the selected person, 0: nobody. */
guint32 viewer_search_page_get_selected (ViewerSearchPage *self);
/** viewer_search_page_get_model: the rows, for tests. */
GListModel *viewer_search_page_get_model (ViewerSearchPage *self);
/** viewer_search_page_set_compact: without the pane at the right (large text). */
void viewer_search_page_set_compact (ViewerSearchPage *self, gboolean compact);

G_END_DECLS
