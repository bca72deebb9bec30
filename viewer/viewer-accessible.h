/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What a screen reader says of what has the focus. GTK names a button by its label only if that is the whole
 * button, and rows of lists not at all.
 */

/** viewer_accessible_name: of @widget; also of the row of a list whose content it is. */
void viewer_accessible_name (GtkWidget *widget, const char *name);

/** viewer_accessible_name_by_labels: the visible labels within @content, in their order, name @widget. */
void viewer_accessible_name_by_labels (GtkWidget *widget, GtkWidget *content);

G_END_DECLS
