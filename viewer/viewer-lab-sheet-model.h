/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-entry.h"

G_BEGIN_DECLS

/*
 * The flow sheet: items (rows) x samples (columns, oldest first). Values stand as stored; the only
 * thing computed is the difference from the previous value.
 *
 * A row is one item of one material, identification and unit, never a name alone: potassium in
 * serum and in urine have the same name (SS-MIX2 spec 4.12). A change of unit starts a new row.
 */

typedef enum
{
  VIEWER_LAB_FLAG_NONE, /* no flag = nobody judged it, never "normal" */
  VIEWER_LAB_FLAG_HIGH,
  VIEWER_LAB_FLAG_LOW,
  VIEWER_LAB_FLAG_CRITICAL_HIGH,
  VIEWER_LAB_FLAG_CRITICAL_LOW,
  VIEWER_LAB_FLAG_OTHER, /* A, AA, N, >, <, ...: show the letters */
} ViewerLabFlag;

typedef enum
{
  VIEWER_LAB_FINAL,
  VIEWER_LAB_PRELIMINARY, /* 未 */
  VIEWER_LAB_CORRECTED,   /* 訂 */
  VIEWER_LAB_NO_RESULT,   /* OBX-11 X: 結果なし */
  VIEWER_LAB_NOT_DONE,    /* OBX-11 N: 未実施 */
  VIEWER_LAB_CANCELLED,   /* 取消: struck through */
} ViewerLabState;

typedef struct
{
  const ViewerEntry *entry;
  const DiscItem *item;
  char *value;     /* as stored; %NULL: the row has none (a heading, or no result) */
  char *flag_text; /* as stored, or %NULL */
  ViewerLabFlag flag;
  ViewerLabState state;
  gboolean has_comment;
  gboolean is_marked; /* its message is 不完全, 未解釈, ...: see the flags of the message */
  guint n_replaced;   /* values of the same item and time that this one replaced */
} ViewerLabCell;

typedef struct
{
  char *heading; /* panel and material, as stored; rows of one heading lie together */
  const char *name;
  const char *unit;     /* or %NULL */
  const char *range;    /* of the newest value that has one, or %NULL */
  const char *specimen; /* or %NULL */
  const ViewerLabCell *newest;
  const ViewerLabCell *previous; /* the one before @newest, or %NULL */
  guint newest_column;
  guint n_values;   /* cells with a value */
  char *difference; /* newest minus previous, see viewer_decimal_difference(), or %NULL */
} ViewerLabRow;

typedef struct _ViewerLabSheetModel ViewerLabSheetModel;

/**
 * viewer_lab_sheet_model_new:
 * @entries: (element-type ViewerEntry): all records of the chart; must outlive the model
 */
ViewerLabSheetModel *viewer_lab_sheet_model_new (const GArray *entries);
void viewer_lab_sheet_model_free (ViewerLabSheetModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerLabSheetModel, viewer_lab_sheet_model_free)

guint viewer_lab_sheet_model_n_columns (const ViewerLabSheetModel *self);
/** viewer_lab_sheet_model_column_at: sampling time, ISO or as stored; %NULL: not known. */
const char *viewer_lab_sheet_model_column_at (const ViewerLabSheetModel *self, guint column);
guint viewer_lab_sheet_model_n_rows (const ViewerLabSheetModel *self);
const ViewerLabRow *viewer_lab_sheet_model_row (const ViewerLabSheetModel *self, guint row);
/** viewer_lab_sheet_model_cell: %NULL: not measured in that sample. */
const ViewerLabCell *viewer_lab_sheet_model_cell (const ViewerLabSheetModel *self, guint row,
                                                  guint column);

/** viewer_lab_flag_of: OBX-8 as stored to what is drawn. */
ViewerLabFlag viewer_lab_flag_of (const char *flag);

G_END_DECLS
