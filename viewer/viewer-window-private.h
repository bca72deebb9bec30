/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-window.h"

G_BEGIN_DECLS

/* What commands need of the window (viewer-window-actions.c). */

/** viewer_window_go: shows a place and remembers the one left. */
void viewer_window_go (ViewerWindow *self, const char *place);
/** viewer_window_back: closes what lies on top, else returns to the place before. */
void viewer_window_back (ViewerWindow *self);
/** viewer_window_go_section: "F7"; the same again: its next view. */
void viewer_window_go_section (ViewerWindow *self, const char *key);
/** viewer_window_toggle_keys: the list of keys. */
void viewer_window_toggle_keys (ViewerWindow *self);
/** viewer_window_toggle_source: of the selected row. */
void viewer_window_toggle_source (ViewerWindow *self);
/** viewer_window_show_source: of one row. */
void viewer_window_show_source (ViewerWindow *self, gint64 rid);
/** viewer_window_change_period: + and -: %FALSE where no page has periods. */
gboolean viewer_window_change_period (ViewerWindow *self, int direction);
/** viewer_window_show_findings: this patient's disputed records (0) or findings (1). */
void viewer_window_show_findings (ViewerWindow *self, guint view);
/** viewer_window_search_same_name: the search that lists the people of the same reading. */
void viewer_window_search_same_name (ViewerWindow *self);
/** viewer_window_choose_disc: asks for a folder. */
void viewer_window_choose_disc (ViewerWindow *self);

/** viewer_window_add_actions: installs every command; viewer_window_add_keys: its keys. */
void viewer_window_add_actions (ViewerWindow *self);
void viewer_window_add_keys (ViewerWindow *self);
/** viewer_window_set_accelerators: the keys of all actions, once for the application. */
void viewer_window_set_accelerators (GtkApplication *application);

G_END_DECLS
