/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-gap-strip.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-span-style.h"
#include "viewer-text.h"
#include "viewer-theme.h"

#define HOUR 3600
#define DAY (24 * HOUR)

/* pango: 1024 units a point, and 96 dpi are 100 %. */
#define DPI_100 (96 * 1024)

/* px at 100 % */
#define WIDTH 560
#define HEADER_HEIGHT 20
#define BARS_HEIGHT 34
#define AXIS_HEIGHT 20
#define LEAST_LABEL_WIDTH 40
#define MARGIN 10
#define DASH 3

/* percent: above it the strip makes way */
#define LARGEST_ZOOM 125

struct _ViewerGapStrip
{
  GtkWidget parent_instance;

  ViewerGapCounts *counts; /* or NULL: nothing to draw */
  gint64 disc, now;        /* seconds; now 0: the clock is wrong */
  char *disc_text;
  char *now_text;
};

G_DEFINE_FINAL_TYPE (ViewerGapStrip, viewer_gap_strip, GTK_TYPE_WIDGET)

static int
scaled (ViewerGapStrip *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

static double
x_of (ViewerGapStrip *self, gint64 seconds)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * scaled (self, MARGIN);
  double span = (double) self->counts->bin * self->counts->n;

  return scaled (self, MARGIN) + width * (double) (seconds - self->counts->from) / span;
}

static void
fill (ViewerGapStrip *self, GtkSnapshot *snapshot, const char *color, double x, double y,
      double width, double height)
{
  GdkRGBA rgba = viewer_theme_color (GTK_WIDGET (self), color);

  gtk_snapshot_append_color (
      snapshot, &rgba, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

static double
width_of (ViewerGapStrip *self, const char *text, ViewerSpanStyle style)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  viewer_span_style_apply (GTK_WIDGET (self), style, attributes, 0, G_MAXUINT);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* Returns: its width */
static double
draw_text (ViewerGapStrip *self, GtkSnapshot *snapshot, const char *text, ViewerSpanStyle style,
           double x, double y)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);
  int width;

  viewer_span_style_apply (GTK_WIDGET (self), style, attributes, 0, G_MAXUINT);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
  return width;
}

static void
draw_bars (ViewerGapStrip *self, GtkSnapshot *snapshot)
{
  const ViewerGapCounts *counts = self->counts;
  const double top = scaled (self, HEADER_HEIGHT), height = scaled (self, BARS_HEIGHT);
  guint most = 1;

  for (guint i = 0; i < counts->n; i++)
    most = MAX (most, counts->planned[i]);
  for (guint i = 0; i < counts->n; i++)
    {
      double left = x_of (self, counts->from + (gint64) i * counts->bin);
      double right = x_of (self, counts->from + (gint64) (i + 1) * counts->bin);
      /* One of many is seen as well. */
      double bar = counts->planned[i] > 0 ? MAX (3, (height - 2) * counts->planned[i] / most) : 0;

      fill (self, snapshot, "v_ink", left + 1, top + height - bar, MAX (right - left - 2, 2), bar);
    }
}

/* Midnights by their date, hours between them as far as there is room. */
static void
draw_axis (ViewerGapStrip *self, GtkSnapshot *snapshot)
{
  const ViewerGapCounts *counts = self->counts;
  const double top = scaled (self, HEADER_HEIGHT), bottom = top + scaled (self, BARS_HEIGHT);
  const double right = x_of (self, counts->from + counts->bin * (gint64) counts->n);
  const gint64 step = counts->bin <= HOUR ? 6 * HOUR : DAY;
  double free_from = 0;

  for (gint64 at = counts->from - counts->from % step + step;
       at < counts->from + counts->bin * (gint64) counts->n; at += step)
    {
      g_autofree char *day = disc_date_from_day (at / DAY);
      g_autofree char *text = at % DAY == 0 ? g_strdup_printf ("%.2s/%.2s", day + 5, day + 8)
                                            : g_strdup_printf ("%d:00", (int) (at % DAY / HOUR));
      double x = x_of (self, at);

      fill (self, snapshot, "v_line", x, top, 1, bottom - top);
      if (x >= free_from && x + scaled (self, LEAST_LABEL_WIDTH) <= right)
        free_from = x +
                    draw_text (self, snapshot, text, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2, x + 2,
                               bottom + 2) +
                    scaled (self, 6);
    }
}

static void
draw_edges (ViewerGapStrip *self, GtkSnapshot *snapshot)
{
  const double bottom = scaled (self, HEADER_HEIGHT + BARS_HEIGHT);
  const double disc = x_of (self, self->disc);
  const ViewerSpanStyle style = VIEWER_SPAN_SMALL | VIEWER_SPAN_CRIT;
  double free_from, left, width;

  fill (self, snapshot, "v_ink", disc, 0, 2, bottom);
  free_from =
      disc + 5 + draw_text (self, snapshot, self->disc_text, VIEWER_SPAN_SMALL, disc + 5, 1);
  if (self->now == 0)
    return;
  for (double y = 0; y < bottom; y += 2 * DASH)
    fill (self, snapshot, "v_crit", x_of (self, self->now), y, 2, DASH);
  /* Behind its line, or before it where the strip ends. */
  width = width_of (self, self->now_text, style);
  left = x_of (self, self->now) + 5;
  if (left + width > gtk_widget_get_width (GTK_WIDGET (self)))
    left -= 10 + width;
  draw_text (self, snapshot, self->now_text, style, MAX (left, free_from + scaled (self, 10)), 1);
}

static void
viewer_gap_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerGapStrip *self = VIEWER_GAP_STRIP (widget);
  const double top = scaled (self, HEADER_HEIGHT), height = scaled (self, BARS_HEIGHT);

  if (self->counts == NULL || scaled (self, 100) > LARGEST_ZOOM)
    return;
  if (self->now > self->disc)
    viewer_theme_draw_hatch (
        widget, snapshot,
        &GRAPHENE_RECT_INIT ((float) x_of (self, self->disc), (float) top,
                             (float) (x_of (self, self->now) - x_of (self, self->disc)),
                             (float) height));
  draw_axis (self, snapshot);
  draw_bars (self, snapshot);
  draw_edges (self, snapshot);
}

static void
viewer_gap_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  ViewerGapStrip *self = VIEWER_GAP_STRIP (widget);

  if (self->counts == NULL || scaled (self, 100) > LARGEST_ZOOM)
    *minimum = *natural = 0;
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = scaled (self, WIDTH);
  else
    *minimum = *natural = scaled (self, HEADER_HEIGHT + BARS_HEIGHT + AXIS_HEIGHT);
}

static void
forget (ViewerGapStrip *self)
{
  g_clear_pointer (&self->counts, viewer_gap_counts_free);
  g_clear_pointer (&self->disc_text, g_free);
  g_clear_pointer (&self->now_text, g_free);
}

static void
viewer_gap_strip_finalize (GObject *object)
{
  forget (VIEWER_GAP_STRIP (object));
  G_OBJECT_CLASS (viewer_gap_strip_parent_class)->finalize (object);
}

static void
viewer_gap_strip_class_init (ViewerGapStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_gap_strip_finalize;
  widget_class->snapshot = viewer_gap_strip_snapshot;
  widget_class->measure = viewer_gap_strip_measure;
  gtk_widget_class_set_css_name (widget_class, "gapstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
viewer_gap_strip_init (ViewerGapStrip *self)
{
}

GtkWidget *
viewer_gap_strip_new (void)
{
  return g_object_new (VIEWER_TYPE_GAP_STRIP, NULL);
}

void
viewer_gap_strip_set_model (ViewerGapStrip *self, const ViewerGapModel *model, const char *as_of,
                            const char *now)
{
  forget (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  self->counts = model != NULL ? viewer_gap_counts_new (model, as_of, now) : NULL;
  if (self->counts != NULL)
    {
      g_autofree char *disc = viewer_text_date_time (as_of, now);
      g_autofree char *clock = viewer_text_date_time (now, now);

      self->disc = disc_date_to_seconds (as_of);
      self->now = disc_date_to_seconds (now) > self->disc ? disc_date_to_seconds (now) : 0;
      self->disc_text = g_strdup_printf (_ ("Disc %s"), disc);
      self->now_text = g_strdup_printf (_ ("Now %s"), clock);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("How much was planned hour by hour; the list below has "
                                         "the words"),
                                      -1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->counts != NULL);
}
