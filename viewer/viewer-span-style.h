/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * How a piece of text is drawn. The names are those of the style classes in viewer-style.css, so
 * that a drawn word looks like a label of that class.
 */
typedef enum
{
  VIEWER_SPAN_STRONG = 1 << 0,
  VIEWER_SPAN_SMALL = 1 << 1,
  VIEWER_SPAN_STRUCK = 1 << 2,
  VIEWER_SPAN_INK2 = 1 << 3,
  VIEWER_SPAN_INK3 = 1 << 4,
  VIEWER_SPAN_HIGH = 1 << 5,
  VIEWER_SPAN_LOW = 1 << 6,
  VIEWER_SPAN_WARN = 1 << 7,
  VIEWER_SPAN_CHIP = 1 << 8, /* framed */
  VIEWER_SPAN_DASHED = 1 << 9,
  VIEWER_SPAN_CRIT = 1 << 10,
  VIEWER_SPAN_BLOCK = 1 << 11, /* white on red */
  VIEWER_SPAN_MARK = 1 << 12,  /* one small framed character: 未 訂 註 疑 */
  VIEWER_SPAN_BELOW = 1 << 13, /* underlined with dashes: preliminary */
  VIEWER_SPAN_ACCENT = 1 << 14,
  VIEWER_SPAN_DRUG =
      1 << 15, /* wraps before its strength, never within: ０．７５μｇ stays together */
  VIEWER_SPAN_DOSES = 1 << 16, /* doses with ・ between them: wraps between doses, never within */
  VIEWER_SPAN_UNIT = 1 << 17,  /* stays whole; behind a slash where a line is too short for it */
  VIEWER_SPAN_GLUED = 1 << 18, /* on the line of the piece before it: viewer_pen_flow() */
} ViewerSpanStyle;

/** viewer_span_style_parse: of blank-separated class names; unknown ones say nothing. */
ViewerSpanStyle viewer_span_style_parse (const char *css);

/** viewer_span_strength_start: where the strength of a drug name begins; its length if it has none.
 */
gsize viewer_span_strength_start (const char *drug);

/** viewer_span_style_is_box: whether it is drawn in a frame or on a block. */
gboolean viewer_span_style_is_box (ViewerSpanStyle style);

/** viewer_span_style_color: of the text, in the theme that @widget has now. */
GdkRGBA viewer_span_style_color (GtkWidget *widget, ViewerSpanStyle style);

/** viewer_span_style_apply: adds attributes for the bytes from @start to @end. */
void viewer_span_style_apply (GtkWidget *widget, ViewerSpanStyle style, PangoAttrList *attributes,
                              guint start, guint end);

/**
 * viewer_span_style_keep: adds attributes that keep together what would be read wrongly when a line
 * ended within: a strength, a dose, a unit, any number with its sign. The text itself stays as it is.
 * @start: where @text begins, in bytes of the layout
 */
void viewer_span_style_keep (ViewerSpanStyle style, PangoAttrList *attributes, guint start,
                             const char *text);

/** viewer_span_style_draw_box: frame and block behind a text. */
void viewer_span_style_draw_box (GtkWidget *widget, GtkSnapshot *snapshot, ViewerSpanStyle style,
                                 const graphene_rect_t *area);

G_END_DECLS
