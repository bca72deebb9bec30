/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * What was planned, as the disc knows it, for the time since: the gap between the disc and now, and
 * the hours that follow. Nothing in it says whether it was done; that is on paper. Times are those
 * that were written: of drugs taken by a usage no hour is computed.
 */

typedef enum
{
  VIEWER_GAP_INJECTION, /* planned times of injection orders */
  VIEWER_GAP_DRUG,      /* prescribed drugs that go on, begin or wait for their day */
  VIEWER_GAP_RUN_OUT,   /* their days end */
  VIEWER_GAP_RESULT,    /* ordered before the disc, no result on it */
  VIEWER_GAP_EXAM,      /* examinations, procedures, surgery */
  VIEWER_GAP_MOVE,      /* admissions, moves, leave, discharge, visits, appointments */
  VIEWER_GAP_MEAL,
  VIEWER_N_GAP_KINDS
} ViewerGapKind;

typedef enum
{
  VIEWER_GAP_PAST,   /* after the disc, before now */
  VIEWER_GAP_COMING, /* from now on */
  VIEWER_GAP_OPEN,   /* at no hour that is written down */
  VIEWER_N_GAP_TIMES
} ViewerGapTime;

typedef struct
{
  ViewerGapKind kind;
  ViewerGapTime time;
  const ViewerEntry *entry;
  char *at;    /* ISO; %NULL: no time; of a result when it was ordered, of days their last */
  char *what;  /* as stored: drugs and amounts, examination, event and place */
  char *usage; /* of drugs: as stored; or %NULL */
  const char *order_no; /* or %NULL */
  gboolean is_on_hold;
  gboolean is_expected_end; /* @at is when the stay was to end, not when it was told */
} ViewerGap;

/** Hours from now on that are shown. */
#define VIEWER_GAP_AHEAD_HOURS 24
/** Orders without result that are older are counted only. */
#define VIEWER_GAP_RESULT_DAYS 14

typedef struct _ViewerGapModel ViewerGapModel;

/**
 * viewer_gap_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 * @as_of: time of the disc, ISO
 * @now: the clock, ISO; one before the disc is wrong: then nothing is past, and the hours after the
 * disc are shown
 */
ViewerGapModel *viewer_gap_model_new (const GArray *entries, const char *as_of, const char *now);
void viewer_gap_model_free (ViewerGapModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerGapModel, viewer_gap_model_free)

/** viewer_gap_model_n: past, coming, open; by time in each. */
guint viewer_gap_model_n (const ViewerGapModel *self);
const ViewerGap *viewer_gap_model_get (const ViewerGapModel *self, guint i);
guint viewer_gap_model_n_of_kind (const ViewerGapModel *self, ViewerGapKind kind);
guint viewer_gap_model_n_of_time (const ViewerGapModel *self, ViewerGapTime time);
/** viewer_gap_model_n_old: orders without result that are older. */
guint viewer_gap_model_n_old (const ViewerGapModel *self);

/** How much was planned in each stretch of time. */
typedef struct
{
  gint64 from; /* seconds as disc_date_to_seconds(), a full hour at or before the disc */
  gint64 bin;  /* seconds of a stretch: an hour, or days where an hour would be too narrow */
  guint n;
  guint planned[]; /* of each: entries that have an hour */
} ViewerGapCounts;

/** Stretches at most. */
#define VIEWER_GAP_MAX_BINS 96

/**
 * viewer_gap_counts_new:
 * @as_of: time of the disc, ISO
 * @now: the clock, ISO; one before the disc: the hours after the disc are counted
 *
 * Counts what was planned from the disc to %VIEWER_GAP_AHEAD_HOURS after now. What has no hour, orders without
 * result and days that end are not among it.
 *
 * Returns: (transfer full) (nullable): %NULL where nothing has an hour, or a time is none
 */
ViewerGapCounts *viewer_gap_counts_new (const ViewerGapModel *model, const char *as_of,
                                        const char *now);
void viewer_gap_counts_free (ViewerGapCounts *self);

G_END_DECLS
