/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lab-sheet-private.h"

#include <glib/gi18n.h>

#include "viewer-lab-cell.h"
#include "viewer-text.h"
#include "viewer-theme.h"
#include "viewer-trend-layout.h"

#define MARK_GAP 3 /* px at 100 % */

static void
draw_text (ViewerLabSheet *self, GtkSnapshot *snapshot, const char *text, ViewerSpanStyle style,
           double x, double y, double height, int wrap_width)
{
  GdkRGBA ink = viewer_span_style_color (GTK_WIDGET (self), style);
  int text_height_px;

  if (text == NULL)
    return;
  viewer_lab_sheet_set_text (self, text, style, wrap_width);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), NULL, &text_height_px);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) (y + (height - text_height_px) / 2)));
  gtk_snapshot_append_layout (snapshot, viewer_lab_sheet_get_layout (self), &ink);
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
    padding = viewer_lab_sheet_scaled (self, style & VIEWER_SPAN_MARK ? 1 : 5);
  viewer_lab_sheet_set_text (self, span->text, style, -1);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), &width, height);
  if (width + 2 * padding > room && room > 0)
    {
      viewer_lab_sheet_set_text (self, span->text, style | VIEWER_SPAN_SMALL, room - 2 * padding);
      pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), &width, height);
    }
  return width + 2 * padding;
}

/* Pieces from the right edge to the left: the marks first, then the value before them. */
static void
draw_cell (ViewerLabSheet *self, GtkSnapshot *snapshot, const ViewerLabCell *cell, double x,
           double y, double width, double height)
{
  g_autoptr (ViewerRow) pieces = viewer_row_new (0);
  double right = x + width - viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING);

  if (cell == NULL)
    {
      draw_text (self, snapshot, "・", VIEWER_SPAN_INK3, right - viewer_lab_sheet_scaled (self, 14),
                 y, height, -1);
      return;
    }
  viewer_lab_cell_add (pieces, 0, cell);
  for (guint i = viewer_row_n_spans (pieces); i-- > 0;)
    {
      const ViewerSpan *span = viewer_row_get_span (pieces, i);
      ViewerSpanStyle style = viewer_span_style_parse (span->css) |
                              (i == 0 ? viewer_lab_sheet_value_style (span->text) : 0);
      gboolean is_box = viewer_span_style_is_box (style);
      int piece_height;
      int piece_width =
          measure_piece (self, span, style,
                         (int) (right - x - viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING) / 2),
                         &piece_height);
      double padding =
          is_box ? viewer_lab_sheet_scaled (self, style & VIEWER_SPAN_MARK ? 1 : 5) : 0;
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
      gtk_snapshot_append_layout (snapshot, viewer_lab_sheet_get_layout (self), &ink);
      gtk_snapshot_restore (snapshot);
      right -= viewer_lab_sheet_scaled (self, MARK_GAP);
    }
}

/* The movement of a row as a line of its own, without scale: where to look, not what to read. */
static void
draw_spark (ViewerLabSheet *self, GtkSnapshot *snapshot, guint r, double y, double height)
{
  g_autoptr (GArray) points = viewer_trend_points (self->model, r, self->from);
  graphene_rect_t area = GRAPHENE_RECT_INIT (
      (float) viewer_lab_sheet_fixed_x (self, VIEWER_LAB_PART_TREND), (float) y,
      (float) viewer_lab_sheet_part_width (self, VIEWER_LAB_PART_TREND), (float) height);
  GdkRGBA ink = viewer_theme_color (GTK_WIDGET (self), "v_ink");
  const double margin = viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING);
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
draw_fixed (ViewerLabSheet *self, GtkSnapshot *snapshot, const ViewerLabLine *line, double y)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, line->row);
  const char *sign = sign_of (self, line->row);
  const int padding = viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING);
  g_autofree char *name = sign != NULL
                              ? g_strconcat (sign, " ", row->name, NULL)
                              : g_strdup (row->name != NULL ? row->name : _ ("Name not said"));

  draw_text (self, snapshot, name, 0, padding, y, line->height,
             viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_NAME)) -
                 2 * padding);
  draw_text (self, snapshot, row->unit, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3 | VIEWER_SPAN_UNIT,
             viewer_lab_sheet_fixed_x (self, VIEWER_LAB_PART_UNIT), y, line->height,
             viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_UNIT)) - padding);
  draw_text (self, snapshot, row->range != NULL ? row->range : _ ("none"),
             VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             viewer_lab_sheet_fixed_x (self, VIEWER_LAB_PART_RANGE), y, line->height,
             viewer_lab_sheet_scaled (self, viewer_lab_part_px (VIEWER_LAB_PART_RANGE)) - padding);
  draw_spark (self, snapshot, line->row, y, line->height);
}

static void
draw_difference (ViewerLabSheet *self, GtkSnapshot *snapshot, const ViewerLabLine *line, double y)
{
  const ViewerLabRow *row = viewer_lab_sheet_model_row (self->model, line->row);
  double right = viewer_lab_sheet_sample_x (self, self->samples->len) +
                 viewer_lab_sheet_scaled (self, VIEWER_LAB_DIFFERENCE_WIDTH - VIEWER_LAB_PADDING);
  guint last = viewer_lab_sheet_model_n_columns (self->model) - 1;
  int width;

  /* Only of the newest sample: an older difference would read as the newest. */
  if (row->difference == NULL || row->newest_column != last)
    return;
  viewer_lab_sheet_set_text (self, row->difference, VIEWER_SPAN_SMALL, -1);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), &width, NULL);
  draw_text (self, snapshot, row->difference, VIEWER_SPAN_SMALL, right - width, y, line->height,
             -1);
}

static void
draw_line (ViewerLabSheet *self, GtkSnapshot *snapshot, guint i, double y)
{
  const ViewerLabLine *line = &g_array_index (self->lines, ViewerLabLine, i);
  int fixed = viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double step = viewer_lab_sheet_sample_width (self);
  double after = viewer_lab_sheet_sample_x (self, self->samples->len) +
                 viewer_lab_sheet_scaled (self, VIEWER_LAB_DIFFERENCE_WIDTH);
  gboolean is_here = i == self->cursor_line;

  if (line->heading != NULL)
    {
      fill (self, snapshot, "v_sunk", 0, y, width, line->height);
      fill (self, snapshot, "v_line2", 0, y, width, 1);
      draw_text (self, snapshot, line->heading, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK2,
                 viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING), y, line->height, -1);
      return;
    }
  if (is_here)
    fill (self, snapshot, "v_accent_bg", 0, y, width, line->height);
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT (fixed, (float) y, (float) width - fixed, line->height));
  for (guint s = 0; s < self->samples->len; s++)
    {
      guint column = g_array_index (self->samples, guint, s);
      double x = viewer_lab_sheet_sample_x (self, s);

      if (x + step < fixed || x > width)
        continue;
      if (column + 1 == viewer_lab_sheet_model_n_columns (self->model) && !is_here)
        fill (self, snapshot, "v_sunk", x, y, step, line->height);
      draw_cell (self, snapshot, viewer_lab_sheet_model_cell (self->model, line->row, column), x, y,
                 step, line->height);
      fill (self, snapshot, "v_line", x, y, 1, line->height);
    }
  fill (self, snapshot, "v_line", viewer_lab_sheet_sample_x (self, self->samples->len), y, 1,
        line->height);
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
  const ViewerLabLine *line = &g_array_index (self->lines, ViewerLabLine, self->cursor_line);
  double x = viewer_lab_sheet_sample_x (self, self->cursor_sample);
  double fixed = viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED);
  double width = gtk_widget_get_width (GTK_WIDGET (self));

  draw_frame (self, snapshot, &GRAPHENE_RECT_INIT (0, (float) y, (float) width, line->height), 1);
  if (self->samples->len > 0 && x >= fixed - 1)
    draw_frame (self, snapshot,
                &GRAPHENE_RECT_INIT ((float) x, (float) y,
                                     (float) viewer_lab_sheet_sample_width (self) + 1,
                                     line->height),
                2);
}

static void
draw_column_title (ViewerLabSheet *self, GtkSnapshot *snapshot, guint column, double x)
{
  const char *at = viewer_lab_sheet_model_column_at (self->model, column);
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  double right =
      x + viewer_lab_sheet_sample_width (self) - viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING);
  int width;

  if (at == NULL)
    day = g_strdup (_ ("Time unknown"));
  else
    {
      day = viewer_text_short_day (at, self->now);
      time = viewer_text_time (at);
    }
  viewer_lab_sheet_set_text (self, day, VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG, -1);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), &width, NULL);
  draw_text (self, snapshot, day, VIEWER_SPAN_SMALL | VIEWER_SPAN_STRONG, right - width, 2,
             viewer_lab_sheet_scaled (self, 17), -1);
  viewer_lab_sheet_set_text (self, time != NULL ? time : "", VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
                             -1);
  pango_layout_get_pixel_size (viewer_lab_sheet_get_layout (self), &width, NULL);
  draw_text (self, snapshot, time, VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3, right - width,
             viewer_lab_sheet_scaled (self, 17), viewer_lab_sheet_scaled (self, 17), -1);
  fill (self, snapshot, "v_line", x, 0, 1,
        viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT));
}

static void
draw_header (ViewerLabSheet *self, GtkSnapshot *snapshot)
{
  const char *titles[VIEWER_LAB_N_FIXED] = { _ ("Item"), _ ("Unit"), _ ("Reference range"),
                                             _ ("Movement") };
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT);
  double fixed = viewer_lab_sheet_fixed_x (self, VIEWER_LAB_N_FIXED);
  double end = viewer_lab_sheet_sample_x (self, self->samples->len);
  double after = end + viewer_lab_sheet_scaled (self, VIEWER_LAB_DIFFERENCE_WIDTH);

  fill (self, snapshot, "v_sunk", 0, 0, width, height);
  for (guint i = 0; i < VIEWER_LAB_N_FIXED && viewer_lab_sheet_part_width (self, i) > 0; i++)
    draw_text (self, snapshot, titles[i], VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
               viewer_lab_sheet_fixed_x (self, i) +
                   (i == 0 ? viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING) : 0),
               0, height,
               viewer_lab_sheet_scaled (self, viewer_lab_part_px (i) - VIEWER_LAB_PADDING));
  gtk_snapshot_push_clip (
      snapshot, &GRAPHENE_RECT_INIT ((float) fixed, 0, (float) (width - fixed), (float) height));
  for (guint s = 0; s < self->samples->len; s++)
    draw_column_title (self, snapshot, g_array_index (self->samples, guint, s),
                       viewer_lab_sheet_sample_x (self, s));
  fill (self, snapshot, "v_line", end, 0, 1, height);
  draw_text (self, snapshot, _ ("Change"), VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             end + viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING), 0, height,
             viewer_lab_sheet_scaled (self, VIEWER_LAB_DIFFERENCE_WIDTH - VIEWER_LAB_PADDING));
  viewer_theme_draw_hatch (
      GTK_WIDGET (self), snapshot,
      &GRAPHENE_RECT_INIT ((float) after, 0, (float) MAX (width - after, 0), (float) height));
  fill (self, snapshot, "v_ink", after, 0, 2, height);
  fill (self, snapshot, "v_surface", after + viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING),
        viewer_lab_sheet_scaled (self, 8),
        viewer_lab_sheet_scaled (self, VIEWER_LAB_AFTER_WIDTH - 2 * VIEWER_LAB_PADDING),
        viewer_lab_sheet_scaled (self, 20));
  draw_text (self, snapshot, _ ("After the disc"), VIEWER_SPAN_SMALL | VIEWER_SPAN_INK3,
             after + viewer_lab_sheet_scaled (self, VIEWER_LAB_PADDING) + 2, 0, height,
             viewer_lab_sheet_scaled (self, VIEWER_LAB_AFTER_WIDTH - 2 * VIEWER_LAB_PADDING));
  gtk_snapshot_pop (snapshot);
  fill (self, snapshot, "v_line2", 0, height - 1, width, 1);
}

void
viewer_lab_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerLabSheet *self = VIEWER_LAB_SHEET (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int header = viewer_lab_sheet_scaled (self, VIEWER_LAB_HEADER_HEIGHT);
  double top = header - viewer_lab_sheet_offset (self->vadjustment);

  if (self->model == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) header, (float) width,
                                                         (float) MAX (height - header, 0)));
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ViewerLabLine *line = &g_array_index (self->lines, ViewerLabLine, i);
      double y = top + line->y;

      if (y + line->height >= header && y <= height)
        draw_line (self, snapshot, i, y);
    }
  if (self->cursor_line < self->lines->len)
    draw_cursor (self, snapshot,
                 top + g_array_index (self->lines, ViewerLabLine, self->cursor_line).y);
  gtk_snapshot_pop (snapshot);
  draw_header (self, snapshot);
}
