/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-pen.h"

/* Of the font of body text, as viewer-span-style.c has them. */
#define SMALL_SCALE (12.0 / 14.0)
#define MARK_SCALE (11.0 / 14.0)

#define LINE_SPACING 1.1

/* px at 100 % */
#define BOX_PADDING 5
#define BOX_PADDING_Y 1
#define MARK_PADDING 2
#define PIECE_GAP 6
#define LINE_GAP 1
#define HATCH_STEP 8.5

const char *
viewer_pen_color_name (ViewerPenColor color)
{
  static const char *const names[VIEWER_N_PEN_COLORS] = {
    "v_ink",    "v_ink2",      "v_ink3", "v_line",     "v_line2", "v_surface",  "v_sunk",
    "v_accent", "v_accent_bg", "v_crit", "v_crit_on",  "v_warn",  "v_warn_bg",  "v_warn_line",
    "v_high",   "v_low",       "v_bar",  "v_bar_line", "v_hatch", "v_hatch_bg",
  };

  return names[color];
}

static ViewerPenColor
ink_of (ViewerSpanStyle style)
{
  if (style & VIEWER_SPAN_BLOCK)
    return VIEWER_PEN_CRIT_ON;
  if (style & VIEWER_SPAN_WARN)
    return VIEWER_PEN_WARN;
  if (style & VIEWER_SPAN_CRIT)
    return VIEWER_PEN_CRIT;
  if (style & VIEWER_SPAN_HIGH)
    return VIEWER_PEN_HIGH;
  if (style & VIEWER_SPAN_LOW)
    return VIEWER_PEN_LOW;
  if (style & VIEWER_SPAN_ACCENT)
    return VIEWER_PEN_ACCENT;
  if (style & VIEWER_SPAN_INK3)
    return VIEWER_PEN_INK3;
  return style & VIEWER_SPAN_INK2 ? VIEWER_PEN_INK2 : VIEWER_PEN_INK;
}

static void
set_source (ViewerPen *self, ViewerPenColor color)
{
  gdk_cairo_set_source_rgba (self->cr, &self->colors[color]);
}

/* ---- text ----------------------------------------------------------------------------------- */

static void
shape (ViewerPen *self, const char *text, ViewerSpanStyle style, double width)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (style & VIEWER_SPAN_STRONG)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (style & VIEWER_SPAN_MARK)
    pango_attr_list_insert (attributes, pango_attr_scale_new (MARK_SCALE));
  else if (style & VIEWER_SPAN_SMALL)
    pango_attr_list_insert (attributes, pango_attr_scale_new (SMALL_SCALE));
  if (style & VIEWER_SPAN_STRUCK)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  viewer_span_style_keep (style, attributes, 0, text);
  pango_layout_set_attributes (self->layout, attributes);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (self->layout, (float) LINE_SPACING);
  pango_layout_set_width (self->layout, width < 0 ? -1 : (int) (width * PANGO_SCALE));
  pango_layout_set_text (self->layout, text, -1);
}

void
viewer_pen_measure (ViewerPen *self, const char *text, ViewerSpanStyle style, double width,
                    double *text_width, double *text_height)
{
  int w, h;

  shape (self, text, style, width);
  pango_layout_get_pixel_size (self->layout, &w, &h);
  *text_width = w;
  *text_height = h;
}

void
viewer_pen_text (ViewerPen *self, const char *text, ViewerSpanStyle style, double x, double y,
                 double width)
{
  if (self->cr == NULL)
    return;
  shape (self, text, style, width);
  set_source (self, ink_of (style));
  cairo_move_to (self->cr, x, y);
  pango_cairo_update_layout (self->cr, self->layout);
  pango_cairo_show_layout (self->cr, self->layout);
}

/* ---- shapes --------------------------------------------------------------------------------- */

void
viewer_pen_fill (ViewerPen *self, ViewerPenColor color, double x, double y, double width,
                 double height)
{
  if (self->cr == NULL || width <= 0 || height <= 0)
    return;
  set_source (self, color);
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_fill (self->cr);
}

static void
set_line (ViewerPen *self, double thick, gboolean is_dashed)
{
  const double dashes[] = { 4 * self->scale, 3 * self->scale };

  cairo_set_line_width (self->cr, thick * self->scale);
  cairo_set_dash (self->cr, dashes, is_dashed ? G_N_ELEMENTS (dashes) : 0, 0);
}

void
viewer_pen_frame (ViewerPen *self, ViewerPenColor color, double x, double y, double width,
                  double height, double thick, gboolean is_dashed)
{
  const double inset = thick * self->scale / 2;

  if (self->cr == NULL || width <= 2 * inset || height <= 2 * inset)
    return;
  set_source (self, color);
  set_line (self, thick, is_dashed);
  cairo_rectangle (self->cr, x + inset, y + inset, width - 2 * inset, height - 2 * inset);
  cairo_stroke (self->cr);
  set_line (self, thick, FALSE);
}

void
viewer_pen_line (ViewerPen *self, ViewerPenColor color, double x1, double y1, double x2, double y2,
                 double thick, gboolean is_dashed)
{
  if (self->cr == NULL)
    return;
  set_source (self, color);
  set_line (self, thick, is_dashed);
  cairo_move_to (self->cr, x1, y1);
  cairo_line_to (self->cr, x2, y2);
  cairo_stroke (self->cr);
  set_line (self, thick, FALSE);
}

void
viewer_pen_hatch (ViewerPen *self, double x, double y, double width, double height)
{
  const double step = HATCH_STEP * self->scale;

  if (self->cr == NULL || width <= 0 || height <= 0)
    return;
  viewer_pen_fill (self, VIEWER_PEN_HATCH_BG, x, y, width, height);
  cairo_save (self->cr);
  cairo_rectangle (self->cr, x, y, width, height);
  cairo_clip (self->cr);
  set_source (self, VIEWER_PEN_HATCH);
  set_line (self, 1, FALSE);
  /* Lines of x + y = constant: the patterns of neighbouring areas meet. */
  for (double sum = step * (int) ((x + y) / step); sum < x + width + y + height; sum += step)
    {
      cairo_move_to (self->cr, sum - y, y);
      cairo_line_to (self->cr, sum - y - height, y + height);
    }
  cairo_stroke (self->cr);
  cairo_restore (self->cr);
}

/* ---- flow ----------------------------------------------------------------------------------- */

static double
padding_of (ViewerPen *self, ViewerSpanStyle style)
{
  if (!viewer_span_style_is_box (style))
    return 0;
  return (style & VIEWER_SPAN_MARK ? MARK_PADDING : BOX_PADDING) * self->scale;
}

static void
draw_box (ViewerPen *self, ViewerSpanStyle style, double x, double y, double width, double height)
{
  ViewerPenColor frame = style & VIEWER_SPAN_WARN     ? VIEWER_PEN_WARN_LINE
                         : style & VIEWER_SPAN_CRIT   ? VIEWER_PEN_CRIT
                         : style & VIEWER_SPAN_ACCENT ? VIEWER_PEN_ACCENT
                         : style & VIEWER_SPAN_INK2   ? VIEWER_PEN_INK2
                                                      : VIEWER_PEN_LINE2;

  if (style & VIEWER_SPAN_BELOW)
    viewer_pen_line (self, VIEWER_PEN_INK2, x, y + height - 1, x + width, y + height - 1, 2, TRUE);
  if (!viewer_span_style_is_box (style))
    return;
  viewer_pen_fill (self,
                   style & VIEWER_SPAN_BLOCK  ? VIEWER_PEN_CRIT
                   : style & VIEWER_SPAN_WARN ? VIEWER_PEN_WARN_BG
                                              : VIEWER_PEN_SURFACE,
                   x, y, width, height);
  if ((style & VIEWER_SPAN_BLOCK) == 0)
    viewer_pen_frame (self, frame, x, y, width, height, 1, (style & VIEWER_SPAN_DASHED) != 0);
}

/* A piece that has its place in a line whose height is not yet known. */
typedef struct
{
  const char *text;
  ViewerSpanStyle style;
  double x, width, height; /* with the padding of a box */
  double wrap;             /* or -1 */
} Piece;

/* The pieces stand in the middle of their line; returns its height. */
static double
finish_line (ViewerPen *self, GArray *pieces, double y)
{
  double height = 0;

  for (guint i = 0; i < pieces->len; i++)
    height = MAX (height, g_array_index (pieces, Piece, i).height);
  for (guint i = 0; self->cr != NULL && i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      gboolean is_box = viewer_span_style_is_box (piece->style);
      double top = y + (int) ((height - piece->height) / 2);

      draw_box (self, piece->style, piece->x, top, piece->width, piece->height);
      viewer_pen_text (self, piece->text, piece->style, piece->x + padding_of (self, piece->style),
                       top + (is_box ? BOX_PADDING_Y * self->scale : 0), piece->wrap);
    }
  g_array_set_size (pieces, 0);
  return height;
}

/* Of the piece and of those that stay with it. */
static double
group_width (ViewerPen *self, ViewerRow *row, guint first)
{
  double width = 0;

  for (guint i = first; i < viewer_row_n_spans (row); i++)
    {
      const ViewerSpan *span = viewer_row_get_span (row, i);
      ViewerSpanStyle style = viewer_span_style_parse (span->css);
      double w, h;

      if (i > first && ((style & VIEWER_SPAN_GLUED) == 0 ||
                        span->line != viewer_row_get_span (row, first)->line))
        break;
      viewer_pen_measure (self, span->text, style, -1, &w, &h);
      width += w + 2 * padding_of (self, style) + (i > first ? PIECE_GAP * self->scale : 0);
    }
  return width;
}

double
viewer_pen_flow (ViewerPen *self, ViewerRow *row, double x, double y, double width)
{
  g_autoptr (GArray) pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  double left = 0, top = 0;
  guint line = 0;

  for (guint i = 0; i < viewer_row_n_spans (row); i++)
    {
      const ViewerSpan *span = viewer_row_get_span (row, i);
      Piece piece = { .text = span->text, .style = viewer_span_style_parse (span->css) };
      double padding = padding_of (self, piece.style);
      double room = width - left - 2 * padding;
      gboolean is_first = (piece.style & VIEWER_SPAN_GLUED) == 0;
      double group = is_first && left > 0 ? group_width (self, row, i) : 0;
      double w, h;

      viewer_pen_measure (self, piece.text, piece.style, -1, &w, &h);
      if (left > 0 && (span->line != line || (group > width - left && group <= width) ||
                       (w > room && (padding > 0 || room < width / 2))))
        {
          top += finish_line (self, pieces, y + top) + LINE_GAP * self->scale;
          left = 0;
          room = width - 2 * padding;
        }
      line = span->line;
      piece.wrap = w > room ? MAX (room, 1) : -1;
      if (w > room)
        viewer_pen_measure (self, piece.text, piece.style, piece.wrap, &w, &h);
      piece.x = x + left;
      piece.width = w + 2 * padding;
      piece.height = h + (padding > 0 ? 2 * BOX_PADDING_Y * self->scale : 0);
      g_array_append_val (pieces, piece);
      left += piece.wrap < 0 ? piece.width + PIECE_GAP * self->scale : width;
    }
  return top + finish_line (self, pieces, y + top);
}
