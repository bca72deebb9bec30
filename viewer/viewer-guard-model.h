/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-search.h"

G_BEGIN_DECLS

/*
 * Same-name guard (design.md section 5): who is meant, where several people read the same. The day
 * of birth is asked of the patient or read from the wristband; it is compared here and shown
 * nowhere. Another of them who was born on that day, or may have been, is told apart by the end of
 * the patient number.
 */
typedef struct _ViewerGuardModel ViewerGuardModel;

typedef enum
{
  VIEWER_GUARD_DAY,     /* month and day of birth, four digits */
  VIEWER_GUARD_ID,      /* the last four digits of the patient number */
  VIEWER_GUARD_NOTHING, /* nothing on the disc tells them apart: only a card or wristband does */
} ViewerGuardQuestion;

typedef enum
{
  VIEWER_GUARD_WRONG,
  VIEWER_GUARD_MORE, /* right, and another question follows */
  VIEWER_GUARD_RIGHT,
} ViewerGuardAnswer;

#define VIEWER_GUARD_N_DIGITS 4
#define VIEWER_GUARD_MAX_OTHERS 3 /* shown beside the one who is meant */

/**
 * viewer_guard_model_new:
 * @table: which it refers to
 *
 * Returns: (nullable) (transfer full): %NULL: nobody else reads the same: nothing is to be asked
 */
ViewerGuardModel *viewer_guard_model_new (const DiscPatientTable *table, guint32 pno);
void viewer_guard_model_free (ViewerGuardModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerGuardModel, viewer_guard_model_free)

guint32 viewer_guard_model_pno (const ViewerGuardModel *self);
/** viewer_guard_model_n: how many read the same, the one who is meant too. */
guint viewer_guard_model_n (const ViewerGuardModel *self);
const DiscPatientRow *viewer_guard_model_meant (const ViewerGuardModel *self);
/** viewer_guard_model_others: (element-type DiscPatientRow): at most VIEWER_GUARD_MAX_OTHERS. */
const GPtrArray *viewer_guard_model_others (const ViewerGuardModel *self);

ViewerGuardQuestion viewer_guard_model_question (const ViewerGuardModel *self);
/** viewer_guard_model_answer: @digits: ASCII, VIEWER_GUARD_N_DIGITS of them. */
ViewerGuardAnswer viewer_guard_model_answer (ViewerGuardModel *self, const char *digits);
/** viewer_guard_model_scanned: whether @id, of a card or wristband, is his number, with or without
 * leading zeros, and nobody else's here. */
gboolean viewer_guard_model_scanned (const ViewerGuardModel *self, const char *id);

G_END_DECLS
