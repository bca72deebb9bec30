/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-store.h"

G_BEGIN_DECLS

/**
 * The generations of the store, newest first, with what is wrong with those that cannot be opened.
 * Emits "chosen" (path) when another one is selected and "opened" (path) for Enter or a click.
 */
#define VIEWER_TYPE_GENERATION_BOX (viewer_generation_box_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGenerationBox, viewer_generation_box, VIEWER, GENERATION_BOX, GtkWidget)

void viewer_generation_box_set_store (ViewerGenerationBox *self, ViewerStore *store,
                                      const char *now);
/** viewer_generation_box_select: the one at @path (nullable: none), without a signal. */
void viewer_generation_box_select (ViewerGenerationBox *self, const char *path);
/** viewer_generation_box_move: selects the next one or the one before; tells as if chosen. */
void viewer_generation_box_move (ViewerGenerationBox *self, int direction);

G_END_DECLS
