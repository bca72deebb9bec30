/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-disc.h"
#include "viewer-lists-model.h"
#include "viewer-row.h"

G_BEGIN_DECLS

/* What the lists say in words, row by row. No GTK. */

enum
{
  VIEWER_LISTS_COLUMN_PLACE, /* bed, or time */
  VIEWER_LISTS_COLUMN_NAME,
  VIEWER_LISTS_COLUMN_BIRTH,
  VIEWER_LISTS_COLUMN_ID,
  VIEWER_LISTS_COLUMN_STATE,
  VIEWER_LISTS_COLUMN_MARKS,
  VIEWER_LISTS_N_COLUMNS
};

/**
 * viewer_lists_rows: (transfer full) (element-type ViewerRow): of all entries, with a heading and a
 * count at each part; the data of a row is its entry.
 * @table: (nullable): who they are; while it is being read, and for those whose page is lost, the
 * row says so
 * @at: time or day that is shown
 * @now: the clock, for ages and short dates
 * @with_department: whether a row names it
 * @is_compact: for three columns instead of six: place, who, and what is recorded with its marks
 */
GPtrArray *viewer_lists_rows (const ViewerListsResult *result, const DiscPatientTable *table,
                              const char *at, const char *now, gboolean with_department,
                              gboolean is_compact);

G_END_DECLS
