/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-cover.h"
#include "viewer-store.h"

G_BEGIN_DECLS

/**
 * The start page: which disc, how old it is, whether it may be trusted, and what opens it; or why
 * one could not be opened and what to do next.
 *
 * Emits "chosen" (path) when another generation is to be looked at, "opened" (path) when a disc is
 * to be opened as it is, "unlock" when something was typed to open the disc that is shown, and
 * "trust" when the fingerprint of its signer was typed.
 */
#define VIEWER_TYPE_OPEN_PAGE (viewer_open_page_get_type ())
G_DECLARE_FINAL_TYPE (ViewerOpenPage, viewer_open_page, VIEWER, OPEN_PAGE, GtkWidget)

/** viewer_open_page_set_recent: discs that can be opened with one key, newest first. */
void viewer_open_page_set_recent (ViewerOpenPage *self, const char *const *paths);
/** viewer_open_page_set_store: @store: (nullable): its generations are offered. */
void viewer_open_page_set_store (ViewerOpenPage *self, ViewerStore *store);
/** viewer_open_page_update_place: of the disc that is shown: the store has been looked at since. */
void viewer_open_page_update_place (ViewerOpenPage *self, const ViewerCover *cover);
/** viewer_open_page_set_refresh_days: every so many days there should be a new disc. */
void viewer_open_page_set_refresh_days (ViewerOpenPage *self, guint days);

/** viewer_open_page_show_cover: shows a disc and asks for what opens it. (transfer none) */
void viewer_open_page_show_cover (ViewerOpenPage *self, const ViewerCover *cover);
/** viewer_open_page_show_reading: the disc at @path is being looked at. */
void viewer_open_page_show_reading (ViewerOpenPage *self, const char *path);
/**
 * viewer_open_page_show_problem: one sentence what to do; the detail small below it. For a disc that
 * is asked for, a wrong passphrase leaves everything as it is.
 */
void viewer_open_page_show_problem (ViewerOpenPage *self, const char *path, const GError *error);
/** viewer_open_page_show_waiting: what was typed is being tried. */
void viewer_open_page_show_waiting (ViewerOpenPage *self);

/** viewer_open_page_dup_typed: (transfer full): as viewer_unlock_card_dup_typed(). */
void viewer_open_page_dup_typed (ViewerOpenPage *self, char **passphrase, char **emergency_code);
/** viewer_open_page_get_fingerprint: as it was typed. */
const char *viewer_open_page_get_fingerprint (ViewerOpenPage *self);

/** viewer_open_page_set_compact: one column (large text). */
void viewer_open_page_set_compact (ViewerOpenPage *self, gboolean compact);

/** viewer_open_page_get_sentence: for tests. */
const char *viewer_open_page_get_sentence (ViewerOpenPage *self);

G_END_DECLS
