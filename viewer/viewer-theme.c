/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-theme.h"

#define RESOURCES "/jp/tomoshibi/viewer/"
#define ZOOM_MIN 100
#define ZOOM_MAX 200
#define ZOOM_STEP 25
#define DPI_AT_100 (96 * 1024) /* gtk-xft-dpi */

static const char *const names[] = { "light", "dark", "contrast" };

struct _ViewerTheme
{
  GObject parent_instance;

  GdkDisplay *display;
  GtkCssProvider *style;
  GtkCssProvider *colours;
  guint name;
  guint zoom;
};

G_DEFINE_FINAL_TYPE (ViewerTheme, viewer_theme, G_TYPE_OBJECT)

static void
apply_colours (ViewerTheme *self)
{
  g_autofree char *path =
    g_strdup_printf (RESOURCES "viewer-colors-%s.css", names[self->name]);
  GtkSettings *settings = gtk_settings_get_for_display (self->display);

  gtk_css_provider_load_from_resource (self->colours, path);
  /* The toolkit's own parts, scroll bars and the folder chooser, go along. */
  g_object_set (settings, "gtk-theme-name", self->name == 2 ? "Default-hc" : "Default",
                "gtk-application-prefer-dark-theme", self->name == 1,
                "gtk-hint-font-metrics", TRUE, NULL);
}

static void
viewer_theme_dispose (GObject *object)
{
  ViewerTheme *self = VIEWER_THEME (object);

  if (self->style != NULL)
    {
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->style));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->colours));
    }
  g_clear_object (&self->style);
  g_clear_object (&self->colours);
  G_OBJECT_CLASS (viewer_theme_parent_class)->dispose (object);
}

static void
viewer_theme_class_init (ViewerThemeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_theme_dispose;
}

static void
viewer_theme_init (ViewerTheme *self)
{
  self->style = gtk_css_provider_new ();
  self->colours = gtk_css_provider_new ();
  self->zoom = ZOOM_MIN;
}

ViewerTheme *
viewer_theme_new (GdkDisplay *display)
{
  ViewerTheme *self = g_object_new (VIEWER_TYPE_THEME, NULL);

  self->display = display;
  gtk_css_provider_load_from_resource (self->style, RESOURCES "viewer-style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->colours),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  apply_colours (self);
  viewer_theme_set_zoom (self, ZOOM_MIN);
  return self;
}

void
viewer_theme_set_name (ViewerTheme *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        self->name = i;
        apply_colours (self);
      }
}

const char *
viewer_theme_get_name (ViewerTheme *self)
{
  return names[self->name];
}

void
viewer_theme_next (ViewerTheme *self)
{
  viewer_theme_set_name (self, names[(self->name + 1) % G_N_ELEMENTS (names)]);
}

void
viewer_theme_set_zoom (ViewerTheme *self, guint percent)
{
  self->zoom = CLAMP (percent / ZOOM_STEP * ZOOM_STEP, ZOOM_MIN, ZOOM_MAX);
  g_object_set (gtk_settings_get_for_display (self->display), "gtk-xft-dpi",
                (int) (DPI_AT_100 * self->zoom / 100), NULL);
}

guint
viewer_theme_get_zoom (ViewerTheme *self)
{
  return self->zoom;
}

GdkRGBA
viewer_theme_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  return color;
}

void
viewer_theme_draw_hatch (GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  const GdkRGBA ground = viewer_theme_color (widget, "v_hatch_bg");
  const GdkRGBA line = viewer_theme_color (widget, "v_hatch");
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);
  double right = area->origin.x + area->size.width;
  double bottom = area->origin.y + area->size.height;

  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  /* Lines of x + y = constant: the patterns of neighbouring areas meet. */
  for (double sum = 8.5 * (int) ((area->origin.x + area->origin.y) / 8.5); sum < right + bottom; sum += 8.5)
    {
      cairo_move_to (cr, sum - area->origin.y, area->origin.y);
      cairo_line_to (cr, sum - bottom, bottom);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}
