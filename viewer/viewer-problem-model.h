/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Diagnoses (病名) in the groups of SS-MIX2 spec 4.6. Suspected ones that are still open stand
 * apart, so that 肺癌の疑い is never read as 肺癌.
 */

typedef enum
{
  VIEWER_PROBLEM_CURRENT,   /* no end, or outcome "continues" */
  VIEWER_PROBLEM_SUSPECTED, /* as above, and only suspected */
  VIEWER_PROBLEM_CLOSED, /* 転帰あり・治癒とは書かれていない: maybe closed for billing only */
  VIEWER_PROBLEM_CURED_OR_DIED, /* 治癒・死亡 */
  VIEWER_N_PROBLEM_GROUPS
} ViewerProblemGroup;

/** One diagnosis; texts belong to the record, %NULL: the source lacks it. */
typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  ViewerProblemGroup group;
  const char *name;
  const char *start;
  const char *end;     /* PRB-9, else the date of the outcome */
  const char *outcome; /* as stored */
  gboolean is_main;
  gboolean is_suspected; /* also of a closed one */
  gboolean is_confidential;
} ViewerProblem;

typedef struct _ViewerProblemModel ViewerProblemModel;

/**
 * viewer_problem_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 *
 * Only standing entries; of one PRB-4 in several live files the newest file wins (spec 1.2).
 */
ViewerProblemModel *viewer_problem_model_new (const GArray *entries);
void viewer_problem_model_free (ViewerProblemModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerProblemModel, viewer_problem_model_free)

/** viewer_problem_model_n: all groups, in their order; main first in each, then newest start. */
guint viewer_problem_model_n (const ViewerProblemModel *self);
const ViewerProblem *viewer_problem_model_get (const ViewerProblemModel *self, guint i);

/** viewer_problem_model_n_in: problems of @group, with or without the confidential ones. */
guint viewer_problem_model_n_in (const ViewerProblemModel *self, ViewerProblemGroup group);

/** viewer_problem_is_suspected: whether a diagnosis is said to be only suspected. */
gboolean viewer_problem_is_suspected (const DiscItem *item);

/** viewer_problem_model_n_confidential: to be said on a summary that leaves them out. */
guint viewer_problem_model_n_confidential (const ViewerProblemModel *self);

G_END_DECLS
