/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lab-sheet-model.h"
#include "viewer-row.h"

G_BEGIN_DECLS

/** viewer_lab_cell_add: value and marks of a cell as pieces of text (design.md, the mark table). */
void viewer_lab_cell_add (ViewerRow *row, guint column, const ViewerLabCell *cell);

/** viewer_lab_cell_text: (transfer full): what the cell (%NULL: not measured) says, in words. */
char *viewer_lab_cell_text (const ViewerLabCell *cell);

G_END_DECLS
