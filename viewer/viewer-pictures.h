/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-chart.h"
#include "viewer-entry.h"

G_BEGIN_DECLS

/**
 * The pictures of a document, one at a time: which one of how many, the picture or why it is not
 * there. Nothing where the document has none. Bytes are read and decoded when the rest of the page
 * is drawn; they are what the importer encoded, checked to be that (disc-picture.h).
 */
#define VIEWER_TYPE_PICTURES (viewer_pictures_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPictures, viewer_pictures, VIEWER, PICTURES, GtkWidget)

/** viewer_pictures_new: (transfer floating) */
GtkWidget *viewer_pictures_new (void);

/** viewer_pictures_show: of the document of @entry, in @chart; both (nullable). From the first one
 * on, as wide as there is room. */
void viewer_pictures_show (ViewerPictures *self, ViewerChart *chart, const ViewerEntry *entry);

/** viewer_pictures_n: how many there are, those too that are not on the disc. */
guint viewer_pictures_n (ViewerPictures *self);

/** viewer_pictures_go: to the next (1) or the one before (-1). Returns: %FALSE at the ends */
gboolean viewer_pictures_go (ViewerPictures *self, int direction);

/** viewer_pictures_zoom: a step larger (1) or smaller (-1). Returns: %FALSE where there is no
 * picture */
gboolean viewer_pictures_zoom (ViewerPictures *self, int direction);

/** viewer_pictures_key_hints: (transfer full): for the key line of a page; "" where there are none.
 */
char *viewer_pictures_key_hints (ViewerPictures *self);

G_END_DECLS
