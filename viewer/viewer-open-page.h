/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The start page: no disc yet, or one that could not be opened: what to do next. */
#define VIEWER_TYPE_OPEN_PAGE (viewer_open_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerOpenPage, viewer_open_page, VIEWER, OPEN_PAGE, GtkWidget)

/** viewer_open_page_set_recent: discs that can be opened with one key, newest first. */
void viewer_open_page_set_recent (ViewerOpenPage *self, const char *const *paths);
/** viewer_open_page_show_problem: one sentence what to do; the detail small below it. */
void viewer_open_page_show_problem (ViewerOpenPage *self, const char *path, const GError *error);
/**
 * ViewerUnlockFunc: somebody typed what is to open the disc at @path.
 * @passphrase: @emergency_code: (nullable): one of the two; they live during the call
 */
typedef void (*ViewerUnlockFunc) (const char *path, const char *passphrase,
                                  const char *emergency_code, gpointer user_data);
/** viewer_open_page_set_unlock_func: who tries it. */
void viewer_open_page_set_unlock_func (ViewerOpenPage *self, ViewerUnlockFunc func,
                                       gpointer user_data);
/** viewer_open_page_ask: asks for the passphrase of the disc at @path. */
void viewer_open_page_ask (ViewerOpenPage *self, const char *path);
/** viewer_open_page_show_waiting: the passphrase is being tried. */
void viewer_open_page_show_waiting (ViewerOpenPage *self);

/** viewer_open_page_get_sentence: for tests. */
const char *viewer_open_page_get_sentence (ViewerOpenPage *self);

G_END_DECLS
