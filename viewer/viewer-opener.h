/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-window.h"

G_BEGIN_DECLS

/**
 * From a path to an open disc: looks at its cover, asks on the start page for what is missing, tries
 * it, and looks at the store for the newest generation. Emits "opened" (ViewerDisc).
 */
#define VIEWER_TYPE_OPENER (viewer_opener_get_type ())
G_DECLARE_FINAL_TYPE (ViewerOpener, viewer_opener, VIEWER, OPENER, GObject)

ViewerOpener *viewer_opener_new (void);

/** viewer_opener_set_window: @window: (nullable): shows there what is known so far. */
void viewer_opener_set_window (ViewerOpener *self, ViewerWindow *window);
/** viewer_opener_set_passphrase_file: what opens every disc without asking. */
void viewer_opener_set_passphrase_file (ViewerOpener *self, const char *path);

/** viewer_opener_is_busy: a thread is at work, and reads the environment. */
gboolean viewer_opener_is_busy (ViewerOpener *self);

/** viewer_opener_open: goes as far as it comes without asking. */
void viewer_opener_open (ViewerOpener *self, const char *path);
/** viewer_opener_show: only looks at the disc, and asks. */
void viewer_opener_show (ViewerOpener *self, const char *path);

/**
 * viewer_opener_load_store: looks at the store at @path.
 * @and_open: then opens its newest generation
 */
void viewer_opener_load_store (ViewerOpener *self, const char *path, gboolean and_open);

/** viewer_opener_show_generations: the start page, on the newest generation of the store. */
void viewer_opener_show_generations (ViewerOpener *self);

G_END_DECLS
