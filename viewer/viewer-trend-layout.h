/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lab-sheet-model.h"

G_BEGIN_DECLS

/*
 * A trend as arithmetic only: which values are points, where they stand, which are joined. No GTK.
 */

/* Measurements further apart are not joined by a line (design.md, "Trend"). */
#define VIEWER_TREND_GAP_DAYS 7

typedef struct
{
  gint64 seconds;     /* time of the sample */
  double value;       /* of a plain number */
  gboolean is_text;   /* another value: a mark on the base line, no height */
  gboolean is_joined; /* a line leads here from the point before */
  const ViewerLabCell *cell;
} ViewerTrendPoint;

/**
 * viewer_trend_points:
 * @row: of @model
 * @from: ISO day; earlier samples are left out; %NULL: none is
 *
 * Values that are not measured (no result, cancelled) make no point, and a line is never drawn
 * across one. Samples without a valid time are left out.
 *
 * Returns: (transfer full) (element-type ViewerTrendPoint): oldest first
 */
GArray *viewer_trend_points (const ViewerLabSheetModel *model, guint row, const char *from);

/** A scale of round numbers that holds all values. */
typedef struct
{
  double low, high, step;
  guint decimals; /* for the labels of the ticks */
} ViewerTrendScale;

/** viewer_trend_scale: for the plain points, about @n_ticks steps; %FALSE: no point has a height.
 */
gboolean viewer_trend_scale (const GArray *points, guint n_ticks, ViewerTrendScale *scale);

/** viewer_trend_y: 0 at the top, 1 at the bottom of the scale. */
double viewer_trend_y (const ViewerTrendScale *scale, double value);

/**
 * viewer_trend_range: the two plain numbers of "3.6-4.8" (also with ～, 〜 or ~ between).
 * Returns: %FALSE for any other shape: then no band is drawn
 */
gboolean viewer_trend_range (const char *range, double *low, double *high);

G_END_DECLS
