/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * viewer_label_new:
 * @text: (nullable)
 * @css_class: (nullable)
 *
 * A label as this program wants them: from the left, on one line where there is room, wrapped where
 * there is not, never cut and without hyphens that the text does not have.
 *
 * Returns: (transfer floating)
 */
GtkWidget *viewer_label_new (const char *text, const char *css_class);

/** viewer_label_attributes_new: (transfer full): what the attributes of a label begin with. */
PangoAttrList *viewer_label_attributes_new (void);

G_END_DECLS
