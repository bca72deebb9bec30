/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-row.h"
#include "viewer-span-style.h"

G_BEGIN_DECLS

/*
 * Text, boxes and hatching on a cairo surface, in the looks of viewer-span-style.h: for widgets
 * that draw themselves and for paper. No widget is needed; colours are of the caller.
 */

/** The colours of viewer-colors-*.css, "v_ink" and so on. */
typedef enum
{
  VIEWER_PEN_INK,
  VIEWER_PEN_INK2,
  VIEWER_PEN_INK3,
  VIEWER_PEN_LINE,
  VIEWER_PEN_LINE2,
  VIEWER_PEN_SURFACE,
  VIEWER_PEN_SUNK,
  VIEWER_PEN_ACCENT,
  VIEWER_PEN_ACCENT_BG,
  VIEWER_PEN_CRIT,
  VIEWER_PEN_CRIT_ON,
  VIEWER_PEN_WARN,
  VIEWER_PEN_WARN_BG,
  VIEWER_PEN_WARN_LINE,
  VIEWER_PEN_HIGH,
  VIEWER_PEN_LOW,
  VIEWER_PEN_BAR,
  VIEWER_PEN_BAR_LINE,
  VIEWER_PEN_HATCH,
  VIEWER_PEN_HATCH_BG,
  VIEWER_N_PEN_COLORS
} ViewerPenColor;

typedef struct
{
  cairo_t *cr;         /* NULL: nothing is drawn, only measured */
  PangoLayout *layout; /* all text is shaped in it; its font is that of body text */
  double scale;        /* of the surface for a px at 100 % */
  GdkRGBA colors[VIEWER_N_PEN_COLORS];
} ViewerPen;

/** viewer_pen_color_name: "v_ink": for viewer_theme_color(). */
const char *viewer_pen_color_name (ViewerPenColor color);

/** viewer_pen_measure: @width: where the text wraps, or -1; sizes in units of the surface. */
void viewer_pen_measure (ViewerPen *self, const char *text, ViewerSpanStyle style, double width,
                         double *text_width, double *text_height);

/** viewer_pen_text: upper left corner at @x, @y. */
void viewer_pen_text (ViewerPen *self, const char *text, ViewerSpanStyle style, double x, double y,
                      double width);

void viewer_pen_fill (ViewerPen *self, ViewerPenColor color, double x, double y, double width,
                      double height);

/** viewer_pen_frame: inside of the area; @thick in px at 100 %. */
void viewer_pen_frame (ViewerPen *self, ViewerPenColor color, double x, double y, double width,
                       double height, double thick, gboolean is_dashed);

/** viewer_pen_line: straight, of @thick px at 100 %. */
void viewer_pen_line (ViewerPen *self, ViewerPenColor color, double x1, double y1, double x2,
                      double y2, double thick, gboolean is_dashed);

/** viewer_pen_hatch: "this disc cannot know". */
void viewer_pen_hatch (ViewerPen *self, double x, double y, double width, double height);

/**
 * viewer_pen_flow:
 * @row: pieces of column 0, line by line
 *
 * Pieces beside each other; what does not fit goes below, boxes whole, text wrapped. A "glued"
 * piece goes with the one before it.
 *
 * Returns: the height that it takes in @width
 */
double viewer_pen_flow (ViewerPen *self, ViewerRow *row, double x, double y, double width);

G_END_DECLS
