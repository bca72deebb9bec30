/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * The pattern at the left edge of the patient banner: one of 8 patterns in one of 4 tints, chosen
 * from the id, so that two charts in a row almost never look alike. It carries no other meaning.
 */
#define VIEWER_TYPE_BAND (viewer_band_get_type ())
G_DECLARE_FINAL_TYPE (ViewerBand, viewer_band, VIEWER, BAND, GtkWidget)

#define VIEWER_BAND_PATTERNS 8
#define VIEWER_BAND_TINTS 4

void viewer_band_set_id (ViewerBand *self, const char *id);

/** viewer_band_choose: the same on screen and paper, on every machine. */
void viewer_band_choose (const char *id, guint *pattern, guint *tint);

G_END_DECLS
