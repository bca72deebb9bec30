/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-disc.h"

G_BEGIN_DECLS

/*
 * One patient's chart as it stands on the disc: what every page of the chart reads. Immutable after
 * it is made; everything it hands out lives as long as it does. No GTK in here.
 */
#define VIEWER_TYPE_CHART (viewer_chart_get_type ())
G_DECLARE_FINAL_TYPE (ViewerChart, viewer_chart, VIEWER, CHART, GObject)

/**
 * viewer_chart_load:
 * @now: the clock of the laptop, ISO local time (viewer_clock_now()); kept for ages
 * Returns: (transfer full): %NULL with the error of the reader
 */
ViewerChart *viewer_chart_load (ViewerDisc *disc, guint32 pno, const char *now, GError **error);

ViewerDisc *viewer_chart_get_disc (ViewerChart *self);
const DiscPatient *viewer_chart_get_patient (ViewerChart *self);
const DiscInfo *viewer_chart_get_info (ViewerChart *self);
/** viewer_chart_get_freshness: of the disc, not of the patient; %NULL: kind not on this disc. */
const DiscFreshness *viewer_chart_get_freshness (ViewerChart *self, DiscKind kind);
/** viewer_chart_get_now: ISO local time, e.g. 2026-11-21T03:12. */
const char *viewer_chart_get_now (ViewerChart *self);

/** viewer_chart_get_lost: (nullable): what of this chart a damaged disc does not give; disc_chart_lost() */
const DiscContents *viewer_chart_get_lost (ViewerChart *self);

/** viewer_chart_n_records: all records, live or not, in the order of the chart. */
guint viewer_chart_n_records (ViewerChart *self);
const DiscRecord *viewer_chart_get_record (ViewerChart *self, guint i);
/** viewer_chart_get_message: the message @record came from (state flags, path, rid; no source). */
const DiscMessage *viewer_chart_get_message (ViewerChart *self, const DiscRecord *record);

/**
 * viewer_chart_next:
 * @position: (inout): 0 before the first call
 * @kind: DISC_KIND_NONE: any kind
 * @live_only: leave out what is cancelled, superseded, deleted, entered in error, ...
 *
 * for (i = 0; (record = viewer_chart_next (chart, &i, DISC_KIND_LAB, TRUE)); )
 *
 * Returns: (nullable): the next such record
 */
const DiscRecord *viewer_chart_next (ViewerChart *self, guint *position, DiscKind kind,
                                     gboolean live_only);

/** viewer_chart_get_disputed: messages in nobody's chart that name this patient's id, or %NULL. */
const DiscChart *viewer_chart_get_disputed (ViewerChart *self);

G_END_DECLS
