/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-trend.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-lab-cell.h"
#include "viewer-lab-sheet.h"
#include "viewer-span-style.h"
#include "viewer-text.h"
#include "viewer-theme.h"
#include "viewer-trend-layout.h"

#define MAX_SERIES 2
#define N_TICKS 3
#define DAY_SECONDS 86400

/* pango: 1024 units a point, and 96 dpi are 100 %. */
#define DPI_100 (96 * 1024)

/* px at 100 % */
#define SIDE 52
#define TOP 20
#define BOTTOM 22
#define LEAST_LABEL_GAP 56
#define LEAST_YEAR_GAP 88

typedef struct
{
  guint row;
  GArray *points;
  ViewerTrendScale scale;
  gboolean has_scale;
} Series;

struct _ViewerTrend
{
  GtkWidget parent_instance;

  const ViewerLabSheetModel *model;
  Series series[MAX_SERIES];
  guint n;
  gint64 left, disc, now; /* seconds */
  char *now_text;
};

G_DEFINE_FINAL_TYPE (ViewerTrend, viewer_trend, GTK_TYPE_WIDGET)

static int
scaled (ViewerTrend *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

static void
clear (ViewerTrend *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_pointer (&self->series[i].points, g_array_unref);
  self->n = 0;
  self->model = NULL;
  g_clear_pointer (&self->now_text, g_free);
}

/* ---- places --------------------------------------------------------------------------------- */

typedef struct
{
  double x, y, width, height;
} Plot;

static double
x_of (ViewerTrend *self, const Plot *plot, gint64 seconds)
{
  gint64 right = MAX (self->now, self->disc + DAY_SECONDS);

  return plot->x + plot->width * (double) (seconds - self->left) / (double) (right - self->left);
}

static double
y_of (const Plot *plot, const Series *series, double value)
{
  return plot->y + plot->height * viewer_trend_y (&series->scale, value);
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void
draw_text (ViewerTrend *self, GtkSnapshot *snapshot, const char *text, ViewerSpanStyle style,
           double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);
  int width;

  viewer_span_style_apply (GTK_WIDGET (self), style | VIEWER_SPAN_SMALL, attributes, 0, G_MAXUINT);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - align * width), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
fill (ViewerTrend *self, GtkSnapshot *snapshot, const char *color, double x, double y, double width,
      double height)
{
  GdkRGBA rgba = viewer_theme_color (GTK_WIDGET (self), color);

  gtk_snapshot_append_color (
      snapshot, &rgba,
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) MAX (width, 0), (float) MAX (height, 0)));
}

static void
draw_reference_band (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot)
{
  const Series *series = &self->series[0];
  double low, high, top, bottom;

  if (!series->has_scale ||
      !viewer_trend_range (viewer_lab_sheet_model_row (self->model, series->row)->range, &low,
                           &high))
    return;
  top = CLAMP (y_of (plot, series, high), plot->y, plot->y + plot->height);
  bottom = CLAMP (y_of (plot, series, low), plot->y, plot->y + plot->height);
  fill (self, snapshot, "v_accent_bg", plot->x, top, plot->width, bottom - top);
}

static void
draw_ticks (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot)
{
  for (guint i = 0; i < self->n; i++)
    {
      const Series *series = &self->series[i];
      int n = series->has_scale
                  ? (int) ((series->scale.high - series->scale.low) / series->scale.step + 0.5)
                  : -1;

      for (int t = 0; t <= n; t++)
        {
          double value = series->scale.low + t * series->scale.step;
          double y = y_of (plot, series, value);
          char text[G_ASCII_DTOSTR_BUF_SIZE];
          g_autofree char *format = g_strdup_printf ("%%.%uf", series->scale.decimals);

          g_ascii_formatd (text, sizeof text, format, value);
          if (i == 0)
            {
              fill (self, snapshot, "v_line", plot->x, y, plot->width, 1);
              draw_text (self, snapshot, text, 0, plot->x - 8, y - scaled (self, 8), 1);
            }
          else
            draw_text (self, snapshot, text, 0, plot->x + plot->width + 8, y - scaled (self, 8), 0);
        }
    }
}

/* Days of an earlier year are written with it, and the first is the earliest. */
static double
label_gap (ViewerTrend *self)
{
  g_autofree char *iso = disc_date_from_day (self->left / DAY_SECONDS);
  g_autofree char *text = viewer_text_short_day (iso, self->now_text);

  return scaled (self, strlen (text) > strlen ("00/00") ? LEAST_YEAR_GAP : LEAST_LABEL_GAP);
}

static void
draw_days (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot)
{
  gint64 days = MAX ((self->disc - self->left) / DAY_SECONDS, 1);
  gint64 room = MAX ((gint64) (plot->width / label_gap (self)), 1);
  gint64 step = MAX ((days + room - 1) / room, 1);

  for (gint64 day = self->left / DAY_SECONDS; day * DAY_SECONDS <= self->disc; day += step)
    {
      g_autofree char *iso = disc_date_from_day (day);
      g_autofree char *text = viewer_text_short_day (iso, self->now_text);
      double x = x_of (self, plot, day * DAY_SECONDS);

      if (x < plot->x)
        continue;
      fill (self, snapshot, "v_line", x, plot->y, 1, plot->height);
      draw_text (self, snapshot, text, VIEWER_SPAN_INK2, x, plot->y + plot->height + 4, 0.5);
    }
}

static void
draw_end (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot)
{
  double disc = x_of (self, plot, self->disc);
  double right = plot->x + plot->width;

  viewer_theme_draw_hatch (GTK_WIDGET (self), snapshot,
                           &GRAPHENE_RECT_INIT ((float) disc, (float) plot->y,
                                                (float) MAX (right - disc, 0),
                                                (float) plot->height));
  fill (self, snapshot, "v_ink", disc, plot->y - 4, 2, plot->height + 8);
  if (self->now > self->disc)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT ((float) x_of (self, plot, self->now) - 2,
                                                 (float) plot->y, 4, (float) plot->height);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
      GdkRGBA red = viewer_theme_color (GTK_WIDGET (self), "v_crit");
      const double dashes[] = { 4, 3 };

      gdk_cairo_set_source_rgba (cr, &red);
      cairo_set_line_width (cr, 1.5);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      cairo_move_to (cr, area.origin.x + 2, plot->y);
      cairo_rel_line_to (cr, 0, plot->height);
      cairo_stroke (cr);
      cairo_destroy (cr);
    }
}

static void
draw_mark (cairo_t *cr, guint series, double x, double y, double size, const GdkRGBA *ink,
           const GdkRGBA *surface)
{
  if (series == 0)
    cairo_arc (cr, x, y, size, 0, 2 * G_PI);
  else
    cairo_rectangle (cr, x - size, y - size, 2 * size, 2 * size);
  gdk_cairo_set_source_rgba (cr, series == 0 ? ink : surface);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_lines (ViewerTrend *self, cairo_t *cr, const Plot *plot, guint index)
{
  const Series *series = &self->series[index];
  const double dashes[] = { 4, 3 };

  cairo_set_line_width (cr, index == 0 ? 2 : 1.2);
  cairo_set_dash (cr, dashes, index == 0 ? 0 : G_N_ELEMENTS (dashes), 0);
  for (guint i = 1; i < series->points->len; i++)
    {
      const ViewerTrendPoint *before = &g_array_index (series->points, ViewerTrendPoint, i - 1);
      const ViewerTrendPoint *point = &g_array_index (series->points, ViewerTrendPoint, i);

      if (!point->is_joined)
        continue;
      cairo_move_to (cr, x_of (self, plot, before->seconds), y_of (plot, series, before->value));
      cairo_line_to (cr, x_of (self, plot, point->seconds), y_of (plot, series, point->value));
      cairo_stroke (cr);
    }
}

static gboolean
is_critical (const ViewerLabCell *cell)
{
  return cell->flag == VIEWER_LAB_FLAG_CRITICAL_HIGH || cell->flag == VIEWER_LAB_FLAG_CRITICAL_LOW;
}

/* Texts have no height: they stand on the base line as they are. */
static void
draw_labels (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot, guint index)
{
  const Series *series = &self->series[index];

  for (guint i = 0; i < series->points->len; i++)
    {
      const ViewerTrendPoint *point = &g_array_index (series->points, ViewerTrendPoint, i);
      double x = x_of (self, plot, point->seconds);
      g_autofree char *text = NULL;

      if (point->is_text)
        draw_text (self, snapshot, point->cell->value, VIEWER_SPAN_INK2, x,
                   plot->y + plot->height - scaled (self, 18 + 14 * (int) index), 0.5);
      else if (is_critical (point->cell))
        {
          text = g_strdup_printf ("%s %s", point->cell->flag_text, point->cell->value);
          draw_text (self, snapshot, text, VIEWER_SPAN_HIGH, x - 10,
                     y_of (plot, series, point->value) - scaled (self, 8), 1);
        }
    }
}

static void
draw_series (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot, guint index)
{
  const Series *series = &self->series[index];
  GtkWidget *widget = GTK_WIDGET (self);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));
  GdkRGBA ink = viewer_theme_color (widget, "v_ink");
  GdkRGBA red = viewer_theme_color (widget, "v_high");
  GdkRGBA surface = viewer_theme_color (widget, "v_surface");
  cairo_t *cr;

  if (series->has_scale)
    {
      cr = gtk_snapshot_append_cairo (snapshot, &area);
      gdk_cairo_set_source_rgba (cr, &ink);
      draw_lines (self, cr, plot, index);
      for (guint i = 0; i < series->points->len; i++)
        {
          const ViewerTrendPoint *point = &g_array_index (series->points, ViewerTrendPoint, i);

          if (!point->is_text)
            draw_mark (cr, index, x_of (self, plot, point->seconds),
                       y_of (plot, series, point->value), is_critical (point->cell) ? 5.5 : 3.5,
                       is_critical (point->cell) ? &red : &ink, &surface);
        }
      cairo_destroy (cr);
    }
  draw_labels (self, snapshot, plot, index);
}

/* ●K mmol/L（左） ■Cr mg/dL（右） */
static void
draw_legend (ViewerTrend *self, GtkSnapshot *snapshot, const Plot *plot)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    {
      const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, self->series[i].row);

      g_string_append_printf (
          text, "%s%s %s %s (%s)", i > 0 ? "   " : "", viewer_lab_trend_sign (i), row->name,
          row->unit != NULL ? row->unit : "", i == 0 ? C_ ("axis", "left") : C_ ("axis", "right"));
      if (i == 0 && row->range != NULL)
        g_string_append_printf (text, " %s %s", _ ("reference"), row->range);
    }
  draw_text (self, snapshot, text->str, VIEWER_SPAN_INK2, plot->x + plot->width, 1, 1);
}

static void
viewer_trend_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerTrend *self = VIEWER_TREND (widget);
  const int side = scaled (self, SIDE);
  const int top = scaled (self, TOP);
  Plot plot = { side, top, gtk_widget_get_width (widget) - 2 * side,
                gtk_widget_get_height (widget) - top - scaled (self, BOTTOM) };

  if (self->model == NULL || self->n == 0 || plot.width < 10 || plot.height < 10)
    return;
  draw_reference_band (self, snapshot, &plot);
  draw_ticks (self, snapshot, &plot);
  draw_days (self, snapshot, &plot);
  draw_end (self, snapshot, &plot);
  for (guint i = 0; i < self->n; i++)
    draw_series (self, snapshot, &plot, i);
  draw_legend (self, snapshot, &plot);
}

static void
viewer_trend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 110;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 170;
}

static void
viewer_trend_dispose (GObject *object)
{
  clear (VIEWER_TREND (object));
  G_OBJECT_CLASS (viewer_trend_parent_class)->dispose (object);
}

static void
viewer_trend_class_init (ViewerTrendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_trend_dispose;
  widget_class->snapshot = viewer_trend_snapshot;
  widget_class->measure = viewer_trend_measure;
  gtk_widget_class_set_css_name (widget_class, "trend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
viewer_trend_init (ViewerTrend *self)
{
}

GtkWidget *
viewer_trend_new (void)
{
  return g_object_new (VIEWER_TYPE_TREND, NULL);
}

/* Item, newest value, range, count: what the picture says. */
static void
describe (ViewerTrend *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++)
    {
      const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, self->series[i].row);
      g_autofree char *newest = viewer_lab_cell_text (row->newest);

      g_string_append_printf (text, _ ("%s: newest %s, reference range %s, %u values. "), row->name,
                              newest, row->range != NULL ? row->range : _ ("none"),
                              self->series[i].points->len);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                  -1);
}

static gint64
first_time (ViewerTrend *self, const char *from)
{
  gint64 first = self->disc;

  if (from != NULL && disc_date_is_valid (from))
    return disc_date_to_seconds (from);
  for (guint i = 0; i < self->n; i++)
    if (self->series[i].points->len > 0)
      first = MIN (first, g_array_index (self->series[i].points, ViewerTrendPoint, 0).seconds);
  return first / DAY_SECONDS * DAY_SECONDS;
}

void
viewer_trend_set (ViewerTrend *self, const ViewerLabSheetModel *model, const guint *rows, guint n,
                  const char *from, const char *as_of, const char *now)
{
  clear (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (model == NULL || as_of == NULL || !disc_date_is_valid (as_of))
    return;
  self->model = model;
  self->n = MIN (n, MAX_SERIES);
  self->now_text = g_strdup (now);
  self->disc = disc_date_to_seconds (as_of);
  self->now = now != NULL && disc_date_is_valid (now) ? disc_date_to_seconds (now) : self->disc;
  /* After weeks the hatched part would leave no room for the values. */
  self->now = MIN (self->now, self->disc + 7 * DAY_SECONDS);
  for (guint i = 0; i < self->n; i++)
    {
      self->series[i].row = rows[i];
      self->series[i].points = viewer_trend_points (model, rows[i], from);
      self->series[i].has_scale =
          viewer_trend_scale (self->series[i].points, N_TICKS, &self->series[i].scale);
    }
  self->left = MIN (first_time (self, from), self->disc - DAY_SECONDS);
  describe (self);
}
