/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-guard-model.h"

G_BEGIN_DECLS

/**
 * Same-name guard (design.md section 5, mock-up 03): over all else, before the chart of somebody
 * whose name others have too. It shows who else there is, and no day of birth. Emits "answered"
 * (gboolean: whether it is known who he is) once; then, and when it was left, it is hidden.
 */
#define VIEWER_TYPE_GUARD (viewer_guard_get_type ())
G_DECLARE_FINAL_TYPE (ViewerGuard, viewer_guard, VIEWER, GUARD, GtkWidget)

/** viewer_guard_ask: @model: (transfer full): who is meant; shows itself */
void viewer_guard_ask (ViewerGuard *self, ViewerGuardModel *model, const char *now);
/** viewer_guard_leave: hides; nothing is answered. */
void viewer_guard_leave (ViewerGuard *self);
/** viewer_guard_set_compact: people one below the other (large text). */
void viewer_guard_set_compact (ViewerGuard *self, gboolean compact);
guint32 viewer_guard_pno (ViewerGuard *self);

/**
 * viewer_guard_key: a key that was pressed while it is shown. Digits are an answer; a burst of them
 * that ends with Enter is a card or wristband.
 *
 * Returns: whether it was for the guard
 */
gboolean viewer_guard_key (ViewerGuard *self, guint keyval, GdkModifierType state);

G_END_DECLS
