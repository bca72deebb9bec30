/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-disc.h"
#include "viewer-lists-model.h"

G_BEGIN_DECLS

/**
 * The lists (Ctrl+1 ...): groups at the left (wards, departments, doctors, days), who is in the
 * selected one at the right. Opening a person activates win.open-patient, as the search page does.
 * Emits "changed" when another row is selected.
 */
#define VIEWER_TYPE_LISTS_PAGE (viewer_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerListsPage, viewer_lists_page, VIEWER, LISTS_PAGE, GtkWidget)

/** viewer_lists_page_set_disc: @disc: (nullable): lists are read when they are shown. */
void viewer_lists_page_set_disc (ViewerListsPage *self, ViewerDisc *disc);

/**
 * viewer_lists_page_show:
 * @recent: (element-type guint32): patient numbers, the newest first; copied
 * @now: the clock
 */
void viewer_lists_page_show (ViewerListsPage *self, ViewerListsView view, const GArray *recent,
                             const char *now);

/** viewer_lists_page_edit_time: puts the cursor into the time, where the list has one. */
void viewer_lists_page_edit_time (ViewerListsPage *self);
/** viewer_lists_page_set_time: as if typed. Returns: %FALSE when it is refused; the page says why
 */
gboolean viewer_lists_page_set_time (ViewerListsPage *self, const char *text);
/** viewer_lists_page_shift: a day later (1) or earlier (-1); %FALSE where the list has no time. */
gboolean viewer_lists_page_shift (ViewerListsPage *self, int direction);

/** viewer_lists_page_select_group: by what the left column shows; for tests. */
gboolean viewer_lists_page_select_group (ViewerListsPage *self, const char *text);
/** viewer_lists_page_get_selected: patient number of the selected row; 0: nobody. */
guint32 viewer_lists_page_get_selected (ViewerListsPage *self);
/** viewer_lists_page_selected_rid: message that the selected row rests on; 0: none. */
gint64 viewer_lists_page_selected_rid (ViewerListsPage *self);

/** viewer_lists_page_set_compact: fewer columns (large text). */
void viewer_lists_page_set_compact (ViewerListsPage *self, gboolean is_compact);

/** viewer_lists_page_next_kind: of the search by condition: drug, result, diagnosis. */
void viewer_lists_page_next_kind (ViewerListsPage *self);

/** viewer_lists_page_copy_condition: the same condition as @from. */
void viewer_lists_page_copy_condition (ViewerListsPage *self, ViewerListsPage *from);

/** viewer_lists_page_is_busy: whether a thread searches, also one that was told to end. */
gboolean viewer_lists_page_is_busy (ViewerListsPage *self);

/** viewer_lists_page_is_searching: whether a search by condition runs or is about to; for tests. */
gboolean viewer_lists_page_is_searching (ViewerListsPage *self);

/** viewer_lists_page_has_time: whether the list shown is of a time or a day. */
gboolean viewer_lists_page_has_time (ViewerListsPage *self);

G_END_DECLS
