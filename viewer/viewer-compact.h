/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * viewer_compact_hide: hides @pane while the window is narrow for its text (its style class
 * "compact"): what it says is one key away in the source, and the list needs the room.
 */
void viewer_compact_hide (GtkWidget *pane);

G_END_DECLS
