/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-rows.h"

G_BEGIN_DECLS

/*
 * The time line of medication as arithmetic only: which bars a row has and where they stand. Times
 * are days since 1970-01-01 with a fraction. No end is worked out that the source does not give: an
 * end as written, or plain days of a daily pattern from the start as written.
 */

/** What is shown of time. */
typedef struct
{
  double from, to;
  double disc; /* time of the disc */
  double now;  /* of the clock; may lie behind @to */
} ViewerBarSpan;

typedef enum
{
  VIEWER_BAR_SPAN_7_DAYS,
  VIEWER_BAR_SPAN_28_DAYS,
  VIEWER_BAR_SPAN_3_MONTHS,
  VIEWER_BAR_SPAN_13_MONTHS,
  VIEWER_N_BAR_SPANS
} ViewerBarPeriod;

/** viewer_bar_span: %FALSE: without a time of the disc there is no axis. */
gboolean viewer_bar_span (ViewerBarSpan *span, const char *as_of, const char *now,
                          ViewerBarPeriod period);

typedef enum
{
  VIEWER_BAR_DAYS,   /* every day of it, as written */
  VIEWER_BAR_OPEN,   /* certain up to @solid; how long it goes on, or on which days, is not said */
  VIEWER_BAR_DOSE,   /* one day on which a dose is due */
  VIEWER_BAR_UNSURE, /* begins here; the days of its doses are not certain: "?" */
} ViewerBarKind;

typedef struct
{
  ViewerBarKind kind;
  const ViewerMedication *line;
  double from, to;
  double solid;          /* end of what is certain; @to of other kinds than OPEN */
  gboolean is_struck;    /* stopped, cancelled: never as if it ran */
  gboolean is_cancelled; /* struck, and never said to have run */
  gboolean has_stop;
  double stop; /* time of stopping */
  guint lane;  /* bars of one time stand below each other */
} ViewerBar;

/**
 * viewer_bars_of:
 * Returns: (transfer full) (element-type ViewerBar): those that @span shows, and where a drug is on
 *   hold none for the line that is
 */
GArray *viewer_bars_of (const ViewerMedicationRow *row, const ViewerBarSpan *span);

/** viewer_bars_n_lanes: at least 1. */
guint viewer_bars_n_lanes (const GArray *bars);

/** viewer_bars_n_undated: lines of @row whose place in time is not said. */
guint viewer_bars_n_undated (const ViewerMedicationRow *row);

/** viewer_bar_has_no_bar: whether a line says itself that it is not running: on hold, a draft, an
 * order not to give. Its word stands beside the name. */
gboolean viewer_bar_has_no_bar (const ViewerMedication *line);

/**
 * viewer_bar_text: (transfer full): dose as stored, with its schedule where doses differ, and with
 * @with_usage the usage too; the name first where the line has another than the row.
 */
char *viewer_bar_text (const ViewerBar *bar, const ViewerMedicationRow *row, gboolean with_usage);

/** A day that has a mark on the axis. */
typedef struct
{
  gint64 day;
  gboolean has_label;
} ViewerBarTick;

/** viewer_bar_ticks: (transfer full) (element-type ViewerBarTick): days, weeks or months;
 * @px_per_day: of the surface, @label_px: room that a label wants. */
GArray *viewer_bar_ticks (const ViewerBarSpan *span, double px_per_day, double label_px);

G_END_DECLS
