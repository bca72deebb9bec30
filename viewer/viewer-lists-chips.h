/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-lists-model.h"

G_BEGIN_DECLS

/** viewer_lists_chips_new: (transfer floating): a chip for each list, with its key. */
GtkWidget *viewer_lists_chips_new (void);
/** viewer_lists_chips_mark: which of them is shown; VIEWER_N_LISTS: none. */
void viewer_lists_chips_mark (GtkWidget *chips, ViewerListsView view);

/** viewer_lists_chips_set_compact: with large text without their keys, which the list of keys has.
 */
void viewer_lists_chips_set_compact (GtkWidget *chips, gboolean is_compact);

/** viewer_lists_view_name, viewer_lists_view_from_name: "wards" and so on, as places of the window;
 * VIEWER_N_LISTS for another word. */
const char *viewer_lists_view_name (ViewerListsView view);
ViewerListsView viewer_lists_view_from_name (const char *name);

G_END_DECLS
