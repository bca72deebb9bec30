/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-disc.h"
#include "viewer-gap-model.h"
#include "viewer-lists-model.h"

G_BEGIN_DECLS

/*
 * What was planned for all who were in a ward (viewer-gap-model.h), chart by chart: reading fifty of them
 * takes seconds, so it is done in steps. Of those who were only expected in the ward their moves alone
 * count. Nothing of a chart is kept but what a row shows.
 */

typedef struct
{
  ViewerGapKind kind;
  ViewerGapTime time;
  guint32 pno;      /* 0: of several people, n_people */
  guint n_people;
  gint64 rid;       /* 0: of several people */
  const char *bed;  /* "512-3", or "" */
  const char *name; /* "" where none is recorded */
  const char *kana; /* likewise */
  const char *id;   /* likewise */
  const char *at;   /* ISO; (nullable) */
  const char *what, *basis;
  const char *usage;  /* (nullable) */
  const char *status; /* (nullable): in words, where it is not plain */
  DiscMessageFlags flags;
  gboolean is_expected_end;
} ViewerWardGap;

typedef struct _ViewerWardGapModel ViewerWardGapModel;

/**
 * viewer_ward_gap_model_new:
 * @ward: who was in it; is read at once, and not kept
 * @now: the clock, ISO
 */
ViewerWardGapModel *viewer_ward_gap_model_new (ViewerDisc *disc, const ViewerListsResult *ward,
                                               const char *now);
void viewer_ward_gap_model_free (ViewerWardGapModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerWardGapModel, viewer_ward_gap_model_free)

/** viewer_ward_gap_model_step: reads the next chart. Returns: %FALSE: there is none left */
gboolean viewer_ward_gap_model_step (ViewerWardGapModel *self);

guint viewer_ward_gap_model_n_people (const ViewerWardGapModel *self);
guint viewer_ward_gap_model_n_read (const ViewerWardGapModel *self);
/** viewer_ward_gap_model_n_failed: charts that the disc could not give. */
guint viewer_ward_gap_model_n_failed (const ViewerWardGapModel *self);
/** viewer_ward_gap_model_n_of_kind: of what has been read. */
guint viewer_ward_gap_model_n_of_kind (const ViewerWardGapModel *self, ViewerGapKind kind);
/** viewer_ward_gap_model_n_old: orders without result that are too old to be listed. */
guint viewer_ward_gap_model_n_old (const ViewerWardGapModel *self);

/**
 * viewer_ward_gap_model_rows:
 * @kinds: sum of 1 << ViewerGapKind
 * @fold: drugs that go on without an hour: one row for each usage, with how many people
 *
 * Past, coming, open; by time in each, then by bed.
 *
 * Returns: (transfer full) (element-type ViewerWardGap): its texts belong to @self
 */
GArray *viewer_ward_gap_model_rows (ViewerWardGapModel *self, guint kinds, gboolean fold);

G_END_DECLS
