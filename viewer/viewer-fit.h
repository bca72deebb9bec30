/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows the long one of two widgets where all of it has room, else the short one. */
#define VIEWER_TYPE_FIT (viewer_fit_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFit, viewer_fit, VIEWER, FIT, GtkWidget)

/** viewer_fit_new: (transfer floating): @wide and @narrow become its children. */
GtkWidget *viewer_fit_new (GtkWidget *wide, GtkWidget *narrow);

G_END_DECLS
