/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

/* px at 96 dpi. design.md section 4 ("Zoom") says 900; 1366 px at 150 % are 911, and there drugs wrap
 * after four letters and the page is higher than the screen. */
#define COMPACT_BELOW 950

/* The right half of the page, so that the rows at the left stay where they are. */
static gboolean
place_source_panel (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *area, ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (overlay));
  int height = gtk_widget_get_height (GTK_WIDGET (overlay));
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  area->width = MAX (self->compact ? width : width / 2, minimum);
  area->x = MAX (0, width - area->width);
  area->y = 0;
  area->height = height;
  return TRUE;
}

static void
set_compact (ViewerWindow *self, gboolean compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->middle), compact
                                                                   ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  viewer_strip_set_compact (self->strip, compact);
  viewer_banner_set_compact (self->banner, compact);
  viewer_rail_set_compact (self->rail, compact);
  viewer_key_line_set_compact (self->key_line, compact);
  viewer_search_page_set_compact (self->search_page, compact);
  viewer_lists_page_set_compact (self->lists_page, compact);
  viewer_ward_gap_page_set_compact (self->ward_gap_page, compact);
  viewer_guard_set_compact (self->guard, compact);
  viewer_open_page_set_compact (self->open_page, compact);
}

/* Without a window manager a window may be wider than the screen it is on. */
static int
visible_width (ViewerWindow *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height;
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor = NULL;

  if (width == 0)
    gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (surface != NULL)
    monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor != NULL)
    {
      GdkRectangle area;

      gdk_monitor_get_geometry (monitor, &area);
      width = MIN (width, area.width);
    }
  return width;
}

static void
update_compact (ViewerWindow *self)
{
  int width = visible_width (self), dpi = 96 * 1024;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    return;
  set_compact (self, (gint64) width * 96 * 1024 / dpi < COMPACT_BELOW);
}

static gboolean
update_compact_idle (gpointer window)
{
  update_compact (window);
  return G_SOURCE_REMOVE;
}

static void
surface_layout (GdkSurface *surface, int width, int height, ViewerWindow *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_compact_idle, g_object_ref (self),
                   g_object_unref);
}

void
viewer_window_follow_size (ViewerWindow *self)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "layout",
                           G_CALLBACK (surface_layout), self, 0);
  update_compact (self);
}

void
viewer_window_init_size (ViewerWindow *self)
{
  g_signal_connect_object (self->page_overlay, "get-child-position",
                           G_CALLBACK (place_source_panel), self, 0);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
                           G_CALLBACK (update_compact), self, G_CONNECT_SWAPPED);
}
