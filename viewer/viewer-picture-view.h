/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * One picture, as wide as the widget is, or larger or smaller by steps. It keeps its room before
 * the pixels are there, so that nothing jumps.
 */
#define VIEWER_TYPE_PICTURE_VIEW (viewer_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPictureView, viewer_picture_view, VIEWER, PICTURE_VIEW, GtkWidget)

/** viewer_picture_view_new: (transfer floating) */
GtkWidget *viewer_picture_view_new (void);

/** viewer_picture_view_set_size: of the picture, in pixels; it is empty then. */
void viewer_picture_view_set_size (ViewerPictureView *self, guint width, guint height);

/** viewer_picture_view_set_texture: @texture: (nullable) */
void viewer_picture_view_set_texture (ViewerPictureView *self, GdkTexture *texture);
gboolean viewer_picture_view_has_texture (ViewerPictureView *self);

/** viewer_picture_view_zoom: a step larger (1) or smaller (-1); 0: to the width again. Stays at the
 * ends. */
void viewer_picture_view_zoom (ViewerPictureView *self, int direction);
/** viewer_picture_view_get_percent: of the width of the widget. */
guint viewer_picture_view_get_percent (ViewerPictureView *self);

G_END_DECLS
