/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "viewer-row.h"

G_BEGIN_DECLS

/*
 * A table of ViewerRow: heading line of the columns, rows that wrap instead of cutting text, one
 * selected row. Groups begin with a heading over the whole width that no arrow key stops at.
 */
#define VIEWER_TYPE_TABLE (viewer_table_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTable, viewer_table, VIEWER, TABLE, GtkWidget)

typedef struct
{
  const char *title; /* in the language of the window; %NULL: none */
  int width;         /* px at 100 %; of a column that expands the least width */
  gboolean expands;  /* takes a share of what is left */
  gboolean right;    /* aligned to the right */
  gboolean top;      /* one such column: all cells begin at the upper edge of the row */
  const char *css;   /* static: "day", "edge" (end of the disc), "after" (hatched), "newest" */
} ViewerTableColumn;

/**
 * viewer_table_new: @name: what the list is, for screen readers.
 *
 * Style classes to be added before columns are set: "dense" (smaller rows), "plain" (no lines
 * between them), "quiet" (one of several tables: marks its row only while it has the focus).
 */
GtkWidget *viewer_table_new (const char *name);

/** viewer_table_set_columns: (array length=n): copied; a line of titles only if there are any. */
void viewer_table_set_columns (ViewerTable *self, const ViewerTableColumn *columns, guint n);

/**
 * viewer_table_set_rows:
 * @rows: (element-type ViewerRow) (transfer container): what the table shows from now on
 *
 * Selects the first row.
 */
void viewer_table_set_rows (ViewerTable *self, GPtrArray *rows);

guint viewer_table_n_rows (ViewerTable *self);
ViewerRow *viewer_table_get_row (ViewerTable *self, guint i);

/** viewer_table_get_selected: (nullable): emits "changed" when another row is selected. */
ViewerRow *viewer_table_get_selected (ViewerTable *self);
void viewer_table_select (ViewerTable *self, guint i);

/** viewer_table_dup_selected: (transfer full) (nullable): the selected row in words, a line for
 * each cell with the title of its column; above it the heading it stands under. */
char *viewer_table_dup_selected (ViewerTable *self);
/** viewer_table_scroll_to: so that a row can be seen. */
void viewer_table_scroll_to (ViewerTable *self, guint i);

/** viewer_table_set_scrolls: whether it scrolls by itself (default) or takes its whole height. */
void viewer_table_set_scrolls (ViewerTable *self, gboolean scrolls);

G_END_DECLS
