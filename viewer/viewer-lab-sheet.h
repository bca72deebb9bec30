/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-lab-sheet-model.h"

G_BEGIN_DECLS

/*
 * The flow sheet on the screen (design.md, "Lab sheet cell"): items down, samples across, oldest
 * left; the columns of the item stay when it is scrolled. After the newest sample the difference
 * from the one before, then what the disc cannot know. It draws itself, because a GtkColumnView of
 * so many columns is slow, and tells screen readers the cell under the cursor.
 */
#define VIEWER_TYPE_LAB_SHEET (viewer_lab_sheet_get_type ())
G_DECLARE_FINAL_TYPE (ViewerLabSheet, viewer_lab_sheet, VIEWER, LAB_SHEET, GtkWidget)

/** viewer_lab_sheet_new: to be put into a GtkScrolledWindow. */
GtkWidget *viewer_lab_sheet_new (void);

/**
 * viewer_lab_sheet_set_model:
 * @model: (nullable): must outlive the sheet or its next model
 * @from: (nullable): ISO day of the first sample shown
 * @now: the clock, for the dates of the columns
 *
 * Shows the newest samples and puts the cursor on the newest value of the first row.
 */
void viewer_lab_sheet_set_model (ViewerLabSheet *self, const ViewerLabSheetModel *model,
                                 const char *from, const char *now);

/** viewer_lab_sheet_get_cursor: (nullable): cell under the cursor; emits "changed" when it moves.
 * @row, @column: (out) (optional): of the model; %FALSE when there is no row at all */
gboolean viewer_lab_sheet_get_cursor (ViewerLabSheet *self, guint *row, guint *column,
                                      const ViewerLabCell **cell);

/** viewer_lab_sheet_dup_text: (transfer full) (nullable): the cell of the cursor in words: item,
 * time, value. */
char *viewer_lab_sheet_dup_text (ViewerLabSheet *self);

/** viewer_lab_sheet_move: as the arrow keys do, in shown rows and columns. */
void viewer_lab_sheet_move (ViewerLabSheet *self, int rows, int columns);

/** viewer_lab_sheet_mark: (array length=n): rows whose trend is drawn, with their sign; Enter emits
 * "activated" for the row of the cursor. */
void viewer_lab_sheet_mark (ViewerLabSheet *self, const guint *rows, guint n);

/** viewer_lab_trend_sign: ● or ■: sign of the first and the second marked row. */
const char *viewer_lab_trend_sign (guint i);

G_END_DECLS
