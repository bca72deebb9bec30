/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Colours and size of text of everything this program shows on a display. */
#define VIEWER_TYPE_THEME (viewer_theme_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTheme, viewer_theme, VIEWER, THEME, GObject)

ViewerTheme *viewer_theme_new (GdkDisplay *display);

/** viewer_theme_set_name: "light", "dark" or "contrast"; another word changes nothing. */
void viewer_theme_set_name (ViewerTheme *self, const char *name);
const char *viewer_theme_get_name (ViewerTheme *self);
/** viewer_theme_next: light, dark, high contrast, light. */
void viewer_theme_next (ViewerTheme *self);

/** viewer_theme_set_zoom: percent, 100 to 200, rounded to a step of 25. */
void viewer_theme_set_zoom (ViewerTheme *self, guint percent);
guint viewer_theme_get_zoom (ViewerTheme *self);

/**
 * viewer_theme_color: for widgets that draw themselves: the colour "v_crit" as it is now.
 */
GdkRGBA viewer_theme_color (GtkWidget *widget, const char *name);

/** viewer_theme_draw_hatch: fills a rectangle with "this disc cannot know". */
void viewer_theme_draw_hatch (GtkWidget *widget, GtkSnapshot *snapshot,
                              const graphene_rect_t *area);

G_END_DECLS
