/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The line at the bottom: what the keys do here, and the marks used on this page. */
#define VIEWER_TYPE_KEY_LINE (viewer_key_line_get_type ())
G_DECLARE_FINAL_TYPE (ViewerKeyLine, viewer_key_line, VIEWER, KEY_LINE, GtkWidget)

/** viewer_key_line_set: @hints: "KEY\ttext" one a line; @legend: (nullable): for the right end. */
void viewer_key_line_set (ViewerKeyLine *self, const char *hints, const char *legend);
/** viewer_key_line_set_compact: without the legend (large text). */
void viewer_key_line_set_compact (ViewerKeyLine *self, gboolean compact);

/** viewer_key_cap_new: (transfer floating): a label drawn as a key. */
GtkWidget *viewer_key_cap_new (const char *key);

G_END_DECLS
