/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-row.h"
#include "viewer-table.h"

G_BEGIN_DECLS

/*
 * A row of cells laid out by the columns of its table. It draws its text itself: a page of wrapping
 * labels took fifty times as long to measure.
 */

typedef struct
{
  ViewerTableColumn *columns;
  guint n;
} ViewerTableColumns;

/** viewer_table_columns_init: copies @columns; free with viewer_table_columns_clear(). */
void viewer_table_columns_init (ViewerTableColumns *self, const ViewerTableColumn *columns,
                                guint n);
void viewer_table_columns_clear (ViewerTableColumns *self);

#define VIEWER_TYPE_TABLE_ROW (viewer_table_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTableRow, viewer_table_row, VIEWER, TABLE_ROW, GtkWidget)

/** viewer_table_row_new: @columns: outlives the row. */
GtkWidget *viewer_table_row_new (const ViewerTableColumns *columns);

/** viewer_table_row_set: shows @row, or nothing for %NULL. */
void viewer_table_row_set (ViewerTableRow *self, ViewerRow *row);

/** viewer_table_row_get: (nullable): what it shows. */
ViewerRow *viewer_table_row_get (ViewerTableRow *self);

/** viewer_table_row_set_titles: shows the titles of the columns. */
void viewer_table_row_set_titles (ViewerTableRow *self);

/** viewer_table_row_set_selected: marks the cells, not the heading above them. */
void viewer_table_row_set_selected (ViewerTableRow *self, gboolean selected);

G_END_DECLS
