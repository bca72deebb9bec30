/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * A source message as text to be read, one segment a line, with the values that were read from it
 * marked in the colours of the theme.
 */
#define VIEWER_TYPE_SOURCE_TEXT (viewer_source_text_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSourceText, viewer_source_text, VIEWER, SOURCE_TEXT, GtkTextView)

/** viewer_source_text_new: (transfer floating): empty. */
GtkWidget *viewer_source_text_new (void);

/**
 * viewer_source_text_set:
 * @text: UTF-8
 * @marks: (element-type ViewerSourceMark): in the order of the text
 */
void viewer_source_text_set (ViewerSourceText *self, const char *text, const GArray *marks);

/** viewer_source_text_get: (transfer full): what it shows. */
char *viewer_source_text_get (ViewerSourceText *self);

G_END_DECLS
