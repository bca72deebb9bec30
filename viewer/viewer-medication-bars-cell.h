/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-medication-bars-layout.h"
#include "viewer-row.h"

G_BEGIN_DECLS

/**
 * viewer_bars_cell_new: (transfer full): what stands before the bars of a drug, in one column: name
 * and marks, dose and usage of the line that the name stands for, results beside it.
 */
ViewerRow *viewer_bars_cell_new (const ViewerMedicationRow *row, const char *now);

/** viewer_bars_row_text: (transfer full): the same and every bar of @bars, in words. */
char *viewer_bars_row_text (const ViewerMedicationRow *row, const GArray *bars, const char *now);

/** viewer_bars_add_marks: the chips of a drug that are hints: 高, 同成分, 似た名前. */
void viewer_bars_add_marks (ViewerRow *cell, guint column, const ViewerMedicationRow *row);

/** viewer_bars_add_result: name, value, marks, unit and day, which stay together. */
void viewer_bars_add_result (ViewerRow *cell, guint column, const ViewerDrugResult *result,
                             const char *now);

G_END_DECLS
