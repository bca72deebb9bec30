/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-band.h"

#include "viewer-theme.h"

#define WIDTH 14

struct _ViewerBand
{
  GtkWidget parent_instance;

  guint pattern;
  guint tint;
};

G_DEFINE_FINAL_TYPE (ViewerBand, viewer_band, GTK_TYPE_WIDGET)

void
viewer_band_choose (const char *id, guint *pattern, guint *tint)
{
  guint32 hash = 2166136261u; /* FNV-1a */

  for (const char *p = id; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * 16777619u;
  hash ^= hash >> 15;
  *pattern = hash % VIEWER_BAND_PATTERNS;
  *tint = (hash / VIEWER_BAND_PATTERNS) % VIEWER_BAND_TINTS;
}

/* Never red or amber: those mean something. */
static void
tint_colours (GtkWidget *widget, guint tint, GdkRGBA *strong, GdkRGBA *weak)
{
  static const char *const strongs[] = { "#2F6F73", "#7A5B9A", "#3A5F9E", "#5A6B4A" };
  static const char *const weaks[] = { "#BFD9DA", "#E1D7EA", "#CBD8EE", "#D9E0CF" };
  GdkRGBA ground = viewer_theme_color (widget, "v_surface");
  GdkRGBA line = viewer_theme_color (widget, "v_line");
  GdkRGBA ink = viewer_theme_color (widget, "v_ink");

  if (gdk_rgba_equal (&line, &ink)) /* high contrast: black and white only */
    {
      *strong = ink;
      *weak = ground;
      return;
    }
  gdk_rgba_parse (strong, strongs[tint]);
  gdk_rgba_parse (weak, weaks[tint]);
  if (ground.red < 0.5)
    {
      GdkRGBA swap = *strong;

      *strong = *weak;
      *weak = swap;
    }
}

static void
fill (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

static void
draw_stripes (cairo_t *cr, double height, double step, double thickness)
{
  for (double y = 0; y < height; y += step)
    fill (cr, 0, y, WIDTH, thickness);
}

static void
draw_slanted (cairo_t *cr, double height, int direction)
{
  cairo_set_line_width (cr, 4);
  for (double at = -WIDTH; at < height + WIDTH; at += 10)
    {
      cairo_move_to (cr, 0, at);
      cairo_line_to (cr, WIDTH, at + direction * WIDTH);
    }
  cairo_stroke (cr);
}

static void
draw_checks (cairo_t *cr, double height, double side)
{
  for (double y = 0; y < height; y += side)
    for (double x = 0; x < WIDTH; x += side)
      if (((int) (x / side) + (int) (y / side)) % 2 == 0)
        fill (cr, x, y, side, side);
}

static void
draw_pattern (cairo_t *cr, guint pattern, double height)
{
  switch (pattern)
    {
    case 0:
      for (double x = 0; x < WIDTH; x += 7)
        fill (cr, x, 0, 4, height);
      break;
    case 1:
      draw_stripes (cr, height, 12, 6);
      break;
    case 2:
      draw_slanted (cr, height, 1);
      break;
    case 3:
      draw_slanted (cr, height, -1);
      break;
    case 4:
      draw_checks (cr, height, 7);
      break;
    case 5:
      fill (cr, 0, 0, WIDTH, height);
      break;
    case 6:
      fill (cr, 0, 0, WIDTH / 2, height);
      break;
    default:
      draw_stripes (cr, height, 24, 16);
      break;
    }
}

static void
viewer_band_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerBand *self = VIEWER_BAND (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), height);
  GdkRGBA strong, weak;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);

  tint_colours (widget, self->tint, &strong, &weak);
  gdk_cairo_set_source_rgba (cr, &weak);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &strong);
  draw_pattern (cr, self->pattern, height);
  cairo_destroy (cr);
}

static void
viewer_band_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 0;
}

static void
viewer_band_class_init (ViewerBandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = viewer_band_snapshot;
  widget_class->measure = viewer_band_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
viewer_band_init (ViewerBand *self)
{
}

void
viewer_band_set_id (ViewerBand *self, const char *id)
{
  viewer_band_choose (id, &self->pattern, &self->tint);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
