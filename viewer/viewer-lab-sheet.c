/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "viewer-lab-cell.h"
#include "viewer-span-style.h"
#include "viewer-text.h"
#include "viewer-theme.h"
#include "viewer-trend-layout.h"

/* px at 100 % */
#define ROW_HEIGHT 22
#define HEADING_HEIGHT 21
#define HEADER_HEIGHT 36
#define PADDING 6
#define MARK_GAP 3

#define DPI_100 (96 * 1024)

/* The columns that stay, then one a sample, then the difference and what comes after the disc. */
typedef enum
{
  PART_NAME,
  PART_UNIT,
  PART_RANGE,
  PART_TREND,
  N_FIXED
} FixedPart;

static const int fixed_widths[N_FIXED] = { 116, 78, 90, 92 };
#define SAMPLE_WIDTH 82
#define DIFFERENCE_WIDTH 66
#define AFTER_WIDTH 84

/* A row on the screen: an item, or the heading of a panel. */
typedef struct
{
  const char *heading; /* or NULL */
  guint row;           /* of the model */
  int y, height;
} Line;

struct _ViewerLabSheet
{
  GtkWidget parent_instance;

  const ViewerLabSheetModel *model;
  char *from;
  char *now;
  GArray *lines;   /* Line */
  GArray *samples; /* guint: columns of the model that are shown */
  int height;      /* of all lines */
  guint cursor_line;
  guint cursor_sample;
  guint marked[2];
  guint n_marked;
  PangoLayout *layout;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
};

enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerLabSheet, viewer_lab_sheet, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

const char *
viewer_lab_trend_sign (guint i)
{
  return i == 0 ? "●" : "■";
}

/* ---- measures ------------------------------------------------------------------------------- */

static int
scaled (ViewerLabSheet *self, int px)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? px * dpi / DPI_100 : px;
}

/* In a narrow window the picture of the movement gives its room to the samples. */
static int
part_width (ViewerLabSheet *self, guint part)
{
  int all = 0;

  for (guint i = 0; i < N_FIXED; i++)
    all += scaled (self, fixed_widths[i]);
  if (part == PART_TREND && gtk_widget_get_width (GTK_WIDGET (self)) < 2 * all)
    return 0;
  return scaled (self, fixed_widths[part]);
}

static int
fixed_x (ViewerLabSheet *self, guint part)
{
  int x = 0;

  for (guint i = 0; i < part; i++)
    x += part_width (self, i);
  return x;
}

static int
samples_width (ViewerLabSheet *self)
{
  return (int) self->samples->len * scaled (self, SAMPLE_WIDTH) + scaled (self, DIFFERENCE_WIDTH) +
         scaled (self, AFTER_WIDTH);
}

/* Width of a sample column: what is left over is shared, so that the sheet fills its card. */
static double
sample_width (ViewerLabSheet *self)
{
  int spare =
      gtk_widget_get_width (GTK_WIDGET (self)) - fixed_x (self, N_FIXED) - samples_width (self);

  if (spare <= 0 || self->samples->len == 0)
    return scaled (self, SAMPLE_WIDTH);
  return scaled (self, SAMPLE_WIDTH) +
         MIN ((double) spare / self->samples->len, scaled (self, SAMPLE_WIDTH) / 2.0);
}

static PangoLayout *
get_layout (ViewerLabSheet *self)
{
  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  return self->layout;
}

static void
set_text (ViewerLabSheet *self, const char *text, ViewerSpanStyle style, int width)
{
  PangoLayout *layout = get_layout (self);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  viewer_span_style_apply (GTK_WIDGET (self), style, attributes, 0, G_MAXUINT);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_width (layout, width > 0 ? width * PANGO_SCALE : -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
}

/* What fits without wrapping is not measured: shaping every text of a long chart takes seconds. */
#define SURELY_FITS 7

static int
text_height (ViewerLabSheet *self, const char *text, ViewerSpanStyle style, int width)
{
  int height;

  if (text == NULL || g_utf8_strlen (text, -1) <= SURELY_FITS)
    return 0;
  set_text (self, text, style, width);
  pango_layout_get_pixel_size (get_layout (self), NULL, &height);
  return height;
}

/* Long values are written smaller (design.md) and take the lines they need. */
static ViewerSpanStyle
long_style (const char *text)
{
  return g_utf8_strlen (text, -1) > 8 ? VIEWER_SPAN_SMALL : 0;
}

static int
line_height (ViewerLabSheet *self, guint r)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, r);
  int inner = scaled (self, SAMPLE_WIDTH - 2 * PADDING);
  int height =
      MAX (text_height (self, row->name, 0, scaled (self, fixed_widths[PART_NAME] - 2 * PADDING)),
           text_height (self, row->unit, VIEWER_SPAN_SMALL,
                        scaled (self, fixed_widths[PART_UNIT] - PADDING)));

  height = MAX (height, text_height (self, row->range, VIEWER_SPAN_SMALL,
                                     scaled (self, fixed_widths[PART_RANGE] - PADDING)));
  for (guint i = 0; i < self->samples->len; i++)
    {
      const ViewerLabCell *cell =
          viewer_lab_sheet_model_cell (self->model, r, g_array_index (self->samples, guint, i));

      if (cell != NULL && cell->value != NULL)
        height = MAX (height, text_height (self, cell->value, long_style (cell->value), inner));
    }
  return MAX (height + scaled (self, 4), scaled (self, ROW_HEIGHT));
}

/* ---- what is shown -------------------------------------------------------------------------- */

static gboolean
has_cell (ViewerLabSheet *self, guint row)
{
  for (guint i = 0; i < self->samples->len; i++)
    if (viewer_lab_sheet_model_cell (self->model, row, g_array_index (self->samples, guint, i)) !=
        NULL)
      return TRUE;
  return FALSE;
}

static void
choose_samples (ViewerLabSheet *self)
{
  g_array_set_size (self->samples, 0);
  for (guint c = 0; self->model != NULL && c < viewer_lab_sheet_model_n_columns (self->model); c++)
    {
      const char *at = viewer_lab_sheet_model_column_at (self->model, c);

      /* A sample without a time belongs to every period: it could be new. */
      if (at == NULL || self->from == NULL || strcmp (at, self->from) >= 0)
        g_array_append_val (self->samples, c);
    }
}

static void
layout_lines (ViewerLabSheet *self)
{
  const char *heading = NULL;
  int y = 0;

  g_array_set_size (self->lines, 0);
  for (guint r = 0; self->model != NULL && r < viewer_lab_sheet_model_n_rows (self->model); r++)
    {
      const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, r);
      Line line = { NULL, r, y, 0 };

      if (!has_cell (self, r))
        continue;
      if (g_strcmp0 (row->heading, heading) != 0 && row->heading[0] != '\0')
        {
          Line above = { row->heading, r, y, scaled (self, HEADING_HEIGHT) };

          g_array_append_val (self->lines, above);
          y += above.height;
        }
      heading = row->heading;
      line.y = y;
      line.height = line_height (self, r);
      g_array_append_val (self->lines, line);
      y += line.height;
    }
  self->height = y;
}

static void
configure_adjustments (ViewerLabSheet *self, gboolean to_newest)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double visible_x = MAX (width - fixed_x (self, N_FIXED), 1);
  double visible_y = MAX (height - scaled (self, HEADER_HEIGHT), 1);
  double upper_x = MAX (samples_width (self), visible_x);
  double upper_y = MAX (self->height, visible_y);

  if (self->hadjustment != NULL)
    gtk_adjustment_configure (self->hadjustment,
                              to_newest ? upper_x - visible_x
                                        : gtk_adjustment_get_value (self->hadjustment),
                              0, upper_x, scaled (self, SAMPLE_WIDTH), visible_x, visible_x);
  if (self->vadjustment != NULL)
    gtk_adjustment_configure (self->vadjustment,
                              to_newest ? 0 : gtk_adjustment_get_value (self->vadjustment), 0,
                              upper_y, scaled (self, ROW_HEIGHT), visible_y, visible_y);
}

static double
offset_of (GtkAdjustment *adjustment)
{
  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void
draw_text (ViewerLabSheet *self, GtkSnapshot *snapshot, const char *text, ViewerSpanStyle style,
           double x, double y, double height, int wrap_width)
{
  GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);
  int text_height_px;

  if (text == NULL)
    return;
  set_text (self, text, style, wrap_width);
  pango_layout_get_pixel_size (get_layout (self), NULL, &text_height_px);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) (y + (height - text_height_px) / 2)));
  gtk_snapshot_append_layout (snapshot, get_layout (self), &ink);
  gtk_snapshot_restore (snapshot);
}

static void
fill (ViewerLabSheet *self, GtkSnapshot *snapshot, const char *color, double x, double y,
      double width, double height)
{
  GdkRGBA rgba = viewer_theme_color (GTK_WIDGET (self), color);

  gtk_snapshot_append_color (
      snapshot, &rgba, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* Width of one piece of a cell with its frame; the text is left in the layout. */
static int
measure_piece (ViewerLabSheet *self, const ViewerSpan *span, ViewerSpanStyle style, int room,
               int *height)
{
  int width, padding = 0;

  if (viewer_span_style_is_box (style))
    padding = scaled (self, style & VIEWER_SPAN_MARK ? 1 : 5);
  set_text (self, span->text, style, -1);
  pango_layout_get_pixel_size (get_layout (self), &width, height);
  if (width + 2 * padding > room && room > 0)
    {
      set_text (self, span->text, style | VIEWER_SPAN_SMALL, room - 2 * padding);
      pango_layout_get_pixel_size (get_layout (self), &width, height);
    }
  return width + 2 * padding;
}

/* Pieces from the right edge to the left: the marks first, then the value before them. */
static void
draw_cell (ViewerLabSheet *self, GtkSnapshot *snapshot, const ViewerLabCell *cell, double x,
           double y, double width, double height)
{
  g_autoptr (ViewerRow) pieces = viewer_row_new (0);
  double right = x + width - scaled (self, PADDING);

  if (cell == NULL)
    {
      draw_text (self, snapshot, "・", VIEWER_SPAN_INK3, right - scaled (self, 14), y, height, -1);
      return;
    }
  viewer_lab_cell_add (pieces, 0, cell);
  for (guint i = viewer_row_n_spans (pieces); i-- > 0;)
    {
      const ViewerSpan *span = viewer_row_get_span (pieces, i);
      ViewerSpanStyle style =
          viewer_span_style_parse (span->css) | (i == 0 ? long_style (span->text) : 0);
      gboolean is_box = viewer_span_style_is_box (style);
      int piece_height;
      int piece_width = measure_piece (
          self, span, style, (int) (right - x - scaled (self, PADDING) / 2), &piece_height);
      double padding = is_box ? scaled (self, style & VIEWER_SPAN_MARK ? 1 : 5) : 0;
      GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);
      double top = y + (height - piece_height) / 2;

      right -= piece_width;
      viewer_span_style_draw_box (GTK_WIDGET (self), snapshot, style,
                                  &GRAPHENE_RECT_INIT ((float) right, (float) (top - 1),
                                                       (float) piece_width,
                                                       (float) (piece_height + 2)));
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT ((float) (right + padding), (float) top));
      gtk_snapshot_append_layout (snapshot, get_layout (self), &ink);
      gtk_snapshot_restore (snapshot);
      right -= scaled (self, MARK_GAP);
    }
}

/* The movement of a row as a line of its own, without scale: where to look, not what to read. */
static void
draw_spark (ViewerLabSheet *self, GtkSnapshot *snapshot, guint r, double y, double height)
{
  g_autoptr (GArray) points = viewer_trend_points (self->model, r, self->from);
  graphene_rect_t area = GRAPHENE_RECT_INIT ((float) fixed_x (self, PART_TREND), (float) y,
                                             (float) part_width (self, PART_TREND), (float) height);
  GdkRGBA ink = viewer_theme_color (GTK_WIDGET (self), "v_ink");
  const double margin = scaled (self, PADDING);
  ViewerTrendScale scale;
  double first, span;
  double last_x = 0, last_y = 0;
  cairo_t *cr;

  if (area.size.width < 2 * margin || points->len < 2 || !viewer_trend_scale (points, 2, &scale))
    return;
  first = (double) g_array_index (points, ViewerTrendPoint, 0).seconds;
  span = (double) g_array_index (points, ViewerTrendPoint, points->len - 1).seconds - first;
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < points->len; i++)
    {
      const ViewerTrendPoint *point = &g_array_index (points, ViewerTrendPoint, i);
      double x = area.origin.x + margin +
                 (span > 0 ? ((double) point->seconds - first) / span : 1) *
                     (area.size.width - 2 * margin);
      double at = y + 4 + viewer_trend_y (&scale, point->value) * (height - 8);

      if (point->is_text)
        continue;
      if (point->is_joined)
        {
          cairo_move_to (cr, last_x, last_y);
          cairo_line_to (cr, x, at);
          cairo_stroke (cr);
        }
      cairo_arc (cr, x, at, i + 1 == points->len ? 2.5 : 1.2, 0, 2 * G_PI);
      cairo_fill (cr);
      last_x = x;
      last_y = at;
    }
  cairo_destroy (cr);
}

static const char *
sign_of (ViewerLabSheet *self, guint row)
{
  for (guint i = 0; i < self->n_marked; i++)
    if (self->marked[i] == row)
      return viewer_lab_trend_sign (i);
  return NULL;
}

static void
draw_fixed (ViewerLabSheet *self, GtkSnapshot *snapshot, const Line *line, double y)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, line->row);
  const char *sign = sign_of (self, line->row);
  const int padding = scaled (self, PADDING);
  g_autofree char *name = sign != NULL
                              ? g_strconcat (sign, " ", row->name, NULL)
                              : g_strdup (row->name != NULL ? row->name : _ ("Name not said"));

  draw_text (self, snapshot, name, 0, padding, y, line->height,
             scaled (self, fixed_widths[PART_NAME]) - 2 * padding);
  draw_text (self, snapshot, row->unit, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             fixed_x (self, PART_UNIT), y, line->height,
             scaled (self, fixed_widths[PART_UNIT]) - padding);
  draw_text (self, snapshot, row->range != NULL ? row->range : _ ("none"),
             VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3, fixed_x (self, PART_RANGE), y, line->height,
             scaled (self, fixed_widths[PART_RANGE]) - padding);
  draw_spark (self, snapshot, line->row, y, line->height);
}

static double
sample_x (ViewerLabSheet *self, guint sample)
{
  return fixed_x (self, N_FIXED) + sample * sample_width (self) - offset_of (self->hadjustment);
}

static void
draw_difference (ViewerLabSheet *self, GtkSnapshot *snapshot, const Line *line, double y)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, line->row);
  double right = sample_x (self, self->samples->len) + scaled (self, DIFFERENCE_WIDTH - PADDING);
  guint last = viewer_lab_sheet_model_n_columns (self->model) - 1;
  int width;

  /* Only of the newest sample: an older difference would read as the newest. */
  if (row->difference == NULL || row->newest_column != last)
    return;
  set_text (self, row->difference, VIEWER_SPAN_SMALL, -1);
  pango_layout_get_pixel_size (get_layout (self), &width, NULL);
  draw_text (self, snapshot, row->difference, VIEWER_SPAN_SMALL, right - width, y, line->height,
             -1);
}

static void
draw_line (ViewerLabSheet *self, GtkSnapshot *snapshot, guint i, double y)
{
  const Line *line = &g_array_index (self->lines, Line, i);
  int fixed = fixed_x (self, N_FIXED);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double step = sample_width (self);
  double after = sample_x (self, self->samples->len) + scaled (self, DIFFERENCE_WIDTH);
  gboolean is_here = i == self->cursor_line;

  if (line->heading != NULL)
    {
      fill (self, snapshot, "v_sunk", 0, y, width, line->height);
      fill (self, snapshot, "v_line2", 0, y, width, 1);
      draw_text (self, snapshot, line->heading, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2,
                 scaled (self, PADDING), y, line->height, -1);
      return;
    }
  if (is_here)
    fill (self, snapshot, "v_accent_bg", 0, y, width, line->height);
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT (fixed, (float) y, (float) width - fixed, line->height));
  for (guint s = 0; s < self->samples->len; s++)
    {
      guint column = g_array_index (self->samples, guint, s);
      double x = sample_x (self, s);

      if (x + step < fixed || x > width)
        continue;
      if (column + 1 == viewer_lab_sheet_model_n_columns (self->model) && !is_here)
        fill (self, snapshot, "v_sunk", x, y, step, line->height);
      draw_cell (self, snapshot, viewer_lab_sheet_model_cell (self->model, line->row, column), x, y,
                 step, line->height);
      fill (self, snapshot, "v_line", x, y, 1, line->height);
    }
  fill (self, snapshot, "v_line", sample_x (self, self->samples->len), y, 1, line->height);
  draw_difference (self, snapshot, line, y);
  viewer_theme_draw_hatch (
      GTK_WIDGET (self), snapshot,
      &GRAPHENE_RECT_INIT ((float) after, (float) y, (float) MAX (width - after, 0), line->height));
  fill (self, snapshot, "v_ink", after, y, 2, line->height);
  gtk_snapshot_pop (snapshot);
  draw_fixed (self, snapshot, line, y);
  fill (self, snapshot, "v_line", 0, y + line->height - 1, width, 1);
}

static void
draw_frame (ViewerLabSheet *self, GtkSnapshot *snapshot, const graphene_rect_t *area, float thick)
{
  GdkRGBA accent = viewer_theme_color (GTK_WIDGET (self), "v_accent");
  const float width[4] = { thick, thick, thick, thick };
  const GdkRGBA colors[4] = { accent, accent, accent, accent };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, area, 0);
  gtk_snapshot_append_border (snapshot, &outline, width, colors);
}

static void
draw_cursor (ViewerLabSheet *self, GtkSnapshot *snapshot, double y)
{
  const Line *line = &g_array_index (self->lines, Line, self->cursor_line);
  double x = sample_x (self, self->cursor_sample);
  double fixed = fixed_x (self, N_FIXED);
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  draw_frame (self, snapshot, &GRAPHENE_RECT_INIT (0, (float) y, (float) width, line->height), 1);
  if (self->samples->len > 0 && x >= fixed - 1)
    draw_frame (
        self, snapshot,
        &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) sample_width (self) + 1, line->height),
        2);
}

static void
draw_column_title (ViewerLabSheet *self, GtkSnapshot *snapshot, guint column, double x)
{
  const char *at = viewer_lab_sheet_model_column_at (self->model, column);
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  double right = x + sample_width (self) - scaled (self, PADDING);
  int width;

  if (at == NULL)
    day = g_strdup (_ ("Time unknown"));
  else
    {
      day = viewer_text_short_day (at, self->now);
      time = viewer_text_time (at);
    }
  set_text (self, day, VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG, -1);
  pango_layout_get_pixel_size (get_layout (self), &width, NULL);
  draw_text (self, snapshot, day, VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG, right - width, 2,
             scaled (self, 17), -1);
  set_text (self, time != NULL ? time : "", VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3, -1);
  pango_layout_get_pixel_size (get_layout (self), &width, NULL);
  draw_text (self, snapshot, time, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3, right - width,
             scaled (self, 17), scaled (self, 17), -1);
  fill (self, snapshot, "v_line", x, 0, 1, scaled (self, HEADER_HEIGHT));
}

static void
draw_header (ViewerLabSheet *self, GtkSnapshot *snapshot)
{
  const char *titles[N_FIXED] = { _ ("Item"), _ ("Unit"), _ ("Reference range"), _ ("Movement") };
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = scaled (self, HEADER_HEIGHT);
  double fixed = fixed_x (self, N_FIXED);
  double end = sample_x (self, self->samples->len);
  double after = end + scaled (self, DIFFERENCE_WIDTH);

  fill (self, snapshot, "v_sunk", 0, 0, width, height);
  for (guint i = 0; i < N_FIXED && part_width (self, i) > 0; i++)
    draw_text (self, snapshot, titles[i], VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
               fixed_x (self, i) + (i == 0 ? scaled (self, PADDING) : 0), 0, height,
               scaled (self, fixed_widths[i] - PADDING));
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT ((float) fixed, 0, (float) (width - fixed), (float) height));
  for (guint s = 0; s < self->samples->len; s++)
    draw_column_title (self, snapshot, g_array_index (self->samples, guint, s), sample_x (self, s));
  fill (self, snapshot, "v_line", end, 0, 1, height);
  draw_text (self, snapshot, _ ("Change"), VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             end + scaled (self, PADDING), 0, height, scaled (self, DIFFERENCE_WIDTH - PADDING));
  viewer_theme_draw_hatch (
      GTK_WIDGET (self), snapshot,
      &GRAPHENE_RECT_INIT ((float) after, 0, (float) MAX (width - after, 0), (float) height));
  fill (self, snapshot, "v_ink", after, 0, 2, height);
  fill (self, snapshot, "v_surface", after + scaled (self, PADDING), scaled (self, 8),
        scaled (self, AFTER_WIDTH - 2 * PADDING), scaled (self, 20));
  draw_text (self, snapshot, _ ("After the disc"), VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             after + scaled (self, PADDING) + 2, 0, height,
             scaled (self, AFTER_WIDTH - 2 * PADDING));
  gtk_snapshot_pop (snapshot);
  fill (self, snapshot, "v_line2", 0, height - 1, width, 1);
}

static void
viewer_lab_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int header = scaled (self, HEADER_HEIGHT);
  double top = header - offset_of (self->vadjustment);

  if (self->model == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) header, (float) width,
                                                         (float) MAX (height - header, 0)));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      double y = top + line->y;

      if (y + line->height >= header && y <= height)
        draw_line (self, snapshot, i, y);
    }
  if (self->cursor_line < self->lines->len)
    draw_cursor (self, snapshot, top + g_array_index (self->lines, Line, self->cursor_line).y);
  gtk_snapshot_pop (snapshot);
  draw_header (self, snapshot);
}

/* ---- cursor --------------------------------------------------------------------------------- */

static void
announce (ViewerLabSheet *self)
{
  guint r, c;
  const ViewerLabCell *cell;
  g_autofree char *value = NULL;
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;
  const char *time;

  if (!viewer_lab_sheet_get_cursor (self, &r, &c, &cell))
    return;
  time = viewer_lab_sheet_model_column_at (self->model, c);
  value = viewer_lab_cell_text (cell);
  at = time != NULL ? viewer_text_date_time (time, self->now) : g_strdup (_ ("Time unknown"));
  text =
      g_strdup_printf ("%s, %s, %s", viewer_lab_sheet_model_row (self->model, r)->name, at, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_interval (GtkAdjustment *adjustment, double low, double high)
{
  if (adjustment != NULL)
    gtk_adjustment_clamp_page (adjustment, low, high);
}

static void
cursor_moved (ViewerLabSheet *self)
{
  if (self->cursor_line < self->lines->len)
    {
      const Line *line = &g_array_index (self->lines, Line, self->cursor_line);
      double x = self->cursor_sample * sample_width (self);

      show_interval (self->vadjustment, line->y - (self->cursor_line == 1 ? line->y : 0),
                     line->y + line->height);
      show_interval (self->hadjustment, x, x + sample_width (self));
    }
  announce (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The line @n items further; headings are passed over. */
static guint
step_lines (ViewerLabSheet *self, guint from, int n)
{
  guint line = from;

  while (n != 0)
    {
      guint next = line;

      do
        {
          if ((n < 0 && next == 0) || (n > 0 && next + 1 >= self->lines->len))
            return line;
          next = n < 0 ? next - 1 : next + 1;
        }
      while (g_array_index (self->lines, Line, next).heading != NULL);
      line = next;
      n += n < 0 ? 1 : -1;
    }
  return line;
}

void
viewer_lab_sheet_move (ViewerLabSheet *self, int rows, int columns)
{
  int sample = (int) self->cursor_sample + columns;

  if (self->lines->len == 0)
    return;
  self->cursor_line = step_lines (self, self->cursor_line, rows);
  self->cursor_sample = (guint) CLAMP (sample, 0, MAX ((int) self->samples->len - 1, 0));
  cursor_moved (self);
}

static gboolean
key_pressed (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
             ViewerLabSheet *self)
{
  int page = MAX (gtk_widget_get_height (GTK_WIDGET (self)) / scaled (self, ROW_HEIGHT) - 3, 1);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Up:
      viewer_lab_sheet_move (self, -1, 0);
      return TRUE;
    case GDK_KEY_Down:
      viewer_lab_sheet_move (self, 1, 0);
      return TRUE;
    case GDK_KEY_Left:
      viewer_lab_sheet_move (self, 0, -1);
      return TRUE;
    case GDK_KEY_Right:
      viewer_lab_sheet_move (self, 0, 1);
      return TRUE;
    case GDK_KEY_Home:
      viewer_lab_sheet_move (self, 0, -(int) self->samples->len);
      return TRUE;
    case GDK_KEY_End:
      viewer_lab_sheet_move (self, 0, (int) self->samples->len);
      return TRUE;
    case GDK_KEY_Page_Up:
      viewer_lab_sheet_move (self, -page, 0);
      return TRUE;
    case GDK_KEY_Page_Down:
      viewer_lab_sheet_move (self, page, 0);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
pressed (GtkGestureClick *click, int n_press, double x, double y, ViewerLabSheet *self)
{
  double at = y - scaled (self, HEADER_HEIGHT) + offset_of (self->vadjustment);
  double sample =
      (x - fixed_x (self, N_FIXED) + offset_of (self->hadjustment)) / sample_width (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (y < scaled (self, HEADER_HEIGHT))
    return;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->heading != NULL || at < line->y || at >= line->y + line->height)
        continue;
      self->cursor_line = i;
      if (x >= fixed_x (self, N_FIXED) && sample >= 0 && sample < self->samples->len)
        self->cursor_sample = (guint) sample;
      cursor_moved (self);
      if (n_press == 2)
        g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
      return;
    }
}

/* ---- the widget ----------------------------------------------------------------------------- */

static void
viewer_lab_sheet_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = fixed_x (self, N_FIXED) + scaled (self, SAMPLE_WIDTH);
      *natural = fixed_x (self, N_FIXED) + samples_width (self);
    }
  else
    {
      *minimum = scaled (self, HEADER_HEIGHT + 3 * ROW_HEIGHT);
      *natural = MAX (*minimum, scaled (self, HEADER_HEIGHT) + self->height);
    }
}

static void
viewer_lab_sheet_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);
  gboolean is_first =
      self->hadjustment != NULL && gtk_adjustment_get_page_size (self->hadjustment) <= 1;

  configure_adjustments (self, is_first);
}

static void
viewer_lab_sheet_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);

  GTK_WIDGET_CLASS (viewer_lab_sheet_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  layout_lines (self);
  gtk_widget_queue_resize (widget);
}

static void
set_adjustment (ViewerLabSheet *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, gtk_widget_queue_draw, self);
  g_set_object (place, adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw),
                              self);
}

static void
viewer_lab_sheet_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hpolicy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vpolicy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
viewer_lab_sheet_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hpolicy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vpolicy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
viewer_lab_sheet_dispose (GObject *object)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  g_clear_object (&self->layout);
  self->model = NULL;
  G_OBJECT_CLASS (viewer_lab_sheet_parent_class)->dispose (object);
}

static void
viewer_lab_sheet_finalize (GObject *object)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (object);

  g_array_unref (self->lines);
  g_array_unref (self->samples);
  g_free (self->from);
  g_free (self->now);
  G_OBJECT_CLASS (viewer_lab_sheet_parent_class)->finalize (object);
}

static void
viewer_lab_sheet_class_init (ViewerLabSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = viewer_lab_sheet_set_property;
  object_class->get_property = viewer_lab_sheet_get_property;
  object_class->dispose = viewer_lab_sheet_dispose;
  object_class->finalize = viewer_lab_sheet_finalize;
  widget_class->measure = viewer_lab_sheet_measure;
  widget_class->size_allocate = viewer_lab_sheet_size_allocate;
  widget_class->snapshot = viewer_lab_sheet_snapshot;
  widget_class->css_changed = viewer_lab_sheet_css_changed;
  gtk_widget_class_set_css_name (widget_class, "labsheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
viewer_lab_sheet_init (ViewerLabSheet *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->samples = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dense");
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
viewer_lab_sheet_new (void)
{
  return g_object_new (VIEWER_TYPE_LAB_SHEET, NULL);
}

void
viewer_lab_sheet_set_model (ViewerLabSheet *self, const ViewerLabSheetModel *model,
                            const char *from, const char *now)
{
  char *from_copy = g_strdup (from);
  char *now_copy = g_strdup (now);

  g_free (self->from);
  g_free (self->now);
  self->from = from_copy;
  self->now = now_copy;
  self->model = model;
  self->n_marked = 0;
  choose_samples (self);
  layout_lines (self);
  self->cursor_line = self->lines->len > 0 && g_array_index (self->lines, Line, 0).heading != NULL;
  self->cursor_sample = self->samples->len > 0 ? self->samples->len - 1 : 0;
  configure_adjustments (self, TRUE);
  announce (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
viewer_lab_sheet_get_cursor (ViewerLabSheet *self, guint *row, guint *column,
                             const ViewerLabCell **cell)
{
  guint r, c;

  if (self->model == NULL || self->cursor_line >= self->lines->len ||
      self->cursor_sample >= self->samples->len)
    return FALSE;
  r = g_array_index (self->lines, Line, self->cursor_line).row;
  c = g_array_index (self->samples, guint, self->cursor_sample);
  if (row != NULL)
    *row = r;
  if (column != NULL)
    *column = c;
  if (cell != NULL)
    *cell = viewer_lab_sheet_model_cell (self->model, r, c);
  return TRUE;
}

void
viewer_lab_sheet_mark (ViewerLabSheet *self, const guint *rows, guint n)
{
  self->n_marked = MIN (n, G_N_ELEMENTS (self->marked));
  for (guint i = 0; i < self->n_marked; i++)
    self->marked[i] = rows[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
