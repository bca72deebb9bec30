/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * One row of a ViewerTable: pieces of text by column and line, each with the style classes that
 * show its state. No GTK in here: what a page says can be tested without a display.
 */
#define VIEWER_TYPE_ROW (viewer_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewerRow, viewer_row, VIEWER, ROW, GObject)

/** A piece of text of one style. */
typedef struct
{
  guint column;
  guint line; /* from 0, within the cell */
  char *text;
  const char *css; /* static: style classes separated by blanks, or %NULL */
} ViewerSpan;

/** viewer_row_new: @rid: row number of the source message, 0 for none. */
ViewerRow *viewer_row_new (gint64 rid);
gint64 viewer_row_get_rid (ViewerRow *self);

/** viewer_row_set_heading: a line above the row, over all columns; it is no row of its own. */
void viewer_row_set_heading (ViewerRow *self, const char *text);
const char *viewer_row_get_heading (ViewerRow *self);

/** viewer_row_add: appends to the last line of the cell; %NULL or empty @text adds nothing.
 * @css: static */
void viewer_row_add (ViewerRow *self, guint column, const char *css, const char *text);
/** viewer_row_line: what is added to the cell next stands on a new line. */
void viewer_row_line (ViewerRow *self, guint column);
guint viewer_row_n_spans (ViewerRow *self);
const ViewerSpan *viewer_row_get_span (ViewerRow *self, guint i);

/** viewer_row_set_data: whatever the page needs to know of its row; not owned. */
void viewer_row_set_data (ViewerRow *self, gconstpointer data);
gconstpointer viewer_row_get_data (ViewerRow *self);

/** viewer_row_dup_text: (transfer full): all pieces with blanks between, for screen readers. */
char *viewer_row_dup_text (ViewerRow *self);

/** viewer_row_dup_cell: (transfer full): the pieces of one column, lines with newlines between. */
char *viewer_row_dup_cell (ViewerRow *self, guint column);

G_END_DECLS
