/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"
#include "viewer-inventory.h"
#include "viewer-open-page.h"
#include "viewer-store.h"

G_BEGIN_DECLS

/** The one window: strip, banners, patient, rail, page, keys (design.md section 2). */
#define VIEWER_TYPE_WINDOW (viewer_window_get_type ())
G_DECLARE_FINAL_TYPE (ViewerWindow, viewer_window, VIEWER, WINDOW, GtkApplicationWindow)

/** viewer_window_new: on the start page; texts are in the language set now. */
ViewerWindow *viewer_window_new (GtkApplication *application);

/** viewer_window_set_disc: shows the search page of @disc; %NULL: the start page. */
void viewer_window_set_disc (ViewerWindow *self, ViewerDisc *disc);
ViewerDisc *viewer_window_get_disc (ViewerWindow *self);

/** viewer_window_show_problem: on the start page: why a disc could not be opened. One that is open
 * stays so, unless it is the same. */
void viewer_window_show_problem (ViewerWindow *self, const char *path, const GError *error);
/** viewer_window_show_start: the start page; a disc that is open stays so, Esc leads back. */
void viewer_window_show_start (ViewerWindow *self);
/** viewer_window_set_recent: discs for the start page, newest first. */
void viewer_window_set_recent (ViewerWindow *self, const char *const *paths);
/**
 * viewer_window_set_store: what the start page offers, and what is compared with an open disc.
 * @store: (nullable)
 * @error: (nullable): why there is none although one was named
 */
void viewer_window_set_store (ViewerWindow *self, ViewerStore *store, const GError *error);
/** viewer_window_set_refresh_days: data older than that is pointed out. */
void viewer_window_set_refresh_days (ViewerWindow *self, guint days);

/** viewer_window_open_patient: opens the chart without asking who it is; %FALSE when the disc could
 * not give it. */
gboolean viewer_window_open_patient (ViewerWindow *self, guint32 pno);
/** viewer_window_find_patient: opens the chart of the one patient with this id, else searches. */
void viewer_window_find_patient (ViewerWindow *self, const char *id);
ViewerChart *viewer_window_get_chart (ViewerWindow *self);

/** viewer_window_get_place: "open", "search", "quality", "disputed", or the key of a section. */
const char *viewer_window_get_place (ViewerWindow *self);
/** viewer_window_get_widget: a part by its name in viewer-window.ui, or a page by its key. */
GtkWidget *viewer_window_get_widget (ViewerWindow *self, const char *name);

/** viewer_window_is_busy: whether a thread searches for it. */
gboolean viewer_window_is_busy (ViewerWindow *self);

/** viewer_window_copy_state: @from shows the same as @self: disc, chart, place, text searched for. */
void viewer_window_copy_state (ViewerWindow *self, ViewerWindow *from);

G_END_DECLS
