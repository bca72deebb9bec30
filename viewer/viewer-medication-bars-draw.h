/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-bars-layout.h"
#include "viewer-pen.h"

G_BEGIN_DECLS

/*
 * The picture of the time line of medication: of a window and of paper. A line is a drug or the
 * heading of a group; what is drawn is asked for line by line.
 */

typedef struct
{
  const char *heading;            /* of a group, or what is left out; or NULL */
  const ViewerMedicationRow *row; /* or NULL for a heading */
  guint i;                        /* number of the row */
  ViewerRow *cell;
  GArray *bars;
  double y, height;
} ViewerBarLine;

typedef struct
{
  GArray *lines; /* ViewerBarLine */
  ViewerBarSpan span;
  char *as_of, *now;
  char *left_out; /* which drugs have no line, or NULL */
  double width, name_width;
  double height; /* of all lines, without the header */
} ViewerBarsPicture;

/** viewer_bars_picture_new: %NULL: without a time of the disc there is no axis; @rows must outlive
 * it. */
ViewerBarsPicture *viewer_bars_picture_new (const ViewerMedicationRows *rows, const char *as_of,
                                            const char *now, ViewerBarPeriod period);
void viewer_bars_picture_free (ViewerBarsPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerBarsPicture, viewer_bars_picture_free)

/** viewer_bars_picture_place: all lines into @width; names keep their width. */
void viewer_bars_picture_place (ViewerBarsPicture *self, ViewerPen *pen, double width);

/** viewer_bars_header_height: in units of the surface. */
double viewer_bars_header_height (const ViewerPen *pen);

/** viewer_bars_draw_header: days, the disc, now; upper edge at 0. */
void viewer_bars_draw_header (const ViewerBarsPicture *self, ViewerPen *pen);

/** viewer_bars_draw_ground: hatching and grid of @height from @y on; lines of disc and now. */
void viewer_bars_draw_ground (const ViewerBarsPicture *self, ViewerPen *pen, double y,
                              double height);
void viewer_bars_draw_marks (const ViewerBarsPicture *self, ViewerPen *pen, double y,
                             double height);

/** viewer_bars_draw_line: one line with its upper edge at @y. */
void viewer_bars_draw_line (const ViewerBarsPicture *self, ViewerPen *pen, guint line, double y,
                            gboolean is_selected);

/** viewer_bars_draw_bars: the bars of one line: viewer-medication-bars-shape.c */
void viewer_bars_draw_bars (const ViewerBarsPicture *self, ViewerPen *pen,
                            const ViewerBarLine *line, double y);

/** viewer_bars_x: of a time, in units of the surface. */
double viewer_bars_x (const ViewerBarsPicture *self, double time);

G_END_DECLS
