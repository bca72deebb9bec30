/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Everything of a chart by clinical time, one event a record, and the stays in hospital. Times are
 * those inside the messages; the folder date only where there is none.
 */

typedef enum
{
  VIEWER_TIMELINE_STAYS, /* admissions, moves, leave, discharge, visits */
  VIEWER_TIMELINE_PROBLEMS,
  VIEWER_TIMELINE_MEDICATION,
  VIEWER_TIMELINE_INJECTIONS,
  VIEWER_TIMELINE_LABS,
  VIEWER_TIMELINE_MICROBIOLOGY,
  VIEWER_TIMELINE_EXAMS, /* imaging, physiology, procedures, orders */
  VIEWER_TIMELINE_NOTES,
  VIEWER_TIMELINE_OTHER,
  VIEWER_N_TIMELINE_GROUPS
} ViewerTimelineGroup;

typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item; /* the one in the title, or %NULL */
  ViewerTimelineGroup group;
  const char *at;    /* ISO or as stored; %NULL: not known */
  const char *title; /* first of what it holds, as stored, or %NULL */
  char *detail;      /* place, dose, value, ...: as stored, or %NULL */
  guint n_more;      /* items beside the one in the title */
  const char *flag;  /* of the value in the title: HH, H, ..., or %NULL */
  const char *department;
  const char *doctor;
  gboolean is_live;
  gboolean is_visit; /* an outpatient visit */
  gboolean is_confidential;
  gboolean is_suspected; /* a diagnosis that is not confirmed */
} ViewerTimelineEvent;

/** A stay: from an admission to the next discharge. */
typedef struct
{
  const ViewerEntry *entry;
  const char *from;
  const char *to; /* %NULL: no discharge is on the disc */
  const char *department;
} ViewerStay;

typedef struct _ViewerTimelineModel ViewerTimelineModel;

/**
 * viewer_timeline_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 */
ViewerTimelineModel *viewer_timeline_model_new (const GArray *entries);
void viewer_timeline_model_free (ViewerTimelineModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerTimelineModel, viewer_timeline_model_free)

/** viewer_timeline_model_n: newest first; without time last. Events that are not live are among
 * them, marked; superseded versions, deleted and erroneous ones are not. */
guint viewer_timeline_model_n (const ViewerTimelineModel *self);
const ViewerTimelineEvent *viewer_timeline_model_get (const ViewerTimelineModel *self, guint i);

/** viewer_timeline_model_n_stays: oldest first. */
guint viewer_timeline_model_n_stays (const ViewerTimelineModel *self);
const ViewerStay *viewer_timeline_model_stay (const ViewerTimelineModel *self, guint i);

G_END_DECLS
