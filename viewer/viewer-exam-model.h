/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * Imaging, endoscopy, physiology: an order, what was performed, what was reported, tied together by
 * the order number; and every other order for which no result is on the disc. An order is never
 * shown as done.
 */

typedef enum
{
  VIEWER_EXAM_AWAITING,  /* 結果待ち: ordered, nothing more on the disc */
  VIEWER_EXAM_PERFORMED, /* performed is recorded, no words of a result */
  VIEWER_EXAM_REPORTED,
  VIEWER_EXAM_CANCELLED, /* cancelled or stopped */
  VIEWER_N_EXAM_STATES
} ViewerExamState;

typedef struct
{
  ViewerExamState state;
  const ViewerEntry *order; /* %NULL: performed or reported without an order on the disc */
  GPtrArray *performed;     /* const ViewerEntry */
  GPtrArray *results;       /* const ViewerEntry */
  const char *title;        /* or %NULL */
  const char *at;           /* of the newest of these */
  const char *order_no;
  const char *infection_risk; /* 危険(検体)コード: shown on order and result */
  gboolean is_preliminary;    /* some result is not final */
  gboolean is_corrected;
} ViewerExam;

typedef struct _ViewerExamModel ViewerExamModel;

/**
 * viewer_exam_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 */
ViewerExamModel *viewer_exam_model_new (const GArray *entries);
void viewer_exam_model_free (ViewerExamModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerExamModel, viewer_exam_model_free)

/** viewer_exam_model_n: orders without result first, then the others; newest first in each. Orders
 * whose result is a lab or microbiology report are not here. */
guint viewer_exam_model_n (const ViewerExamModel *self);
const ViewerExam *viewer_exam_model_get (const ViewerExamModel *self, guint i);
guint viewer_exam_model_n_in (const ViewerExamModel *self, ViewerExamState state);

/** viewer_exam_entry: (nullable): the message that tells most: result, else performed, else order.
 */
const ViewerEntry *viewer_exam_entry (const ViewerExam *exam);

G_END_DECLS
