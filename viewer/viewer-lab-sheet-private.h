/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "viewer-lab-sheet.h"
#include "viewer-span-style.h"

G_BEGIN_DECLS

/* Shared by the files of the flow sheet: the widget, its measures (viewer-lab-sheet-measure.c), its
   picture (viewer-lab-sheet-draw.c) and its cursor (viewer-lab-sheet-cursor.c). */

/* px at 100 % */
#define VIEWER_LAB_ROW_HEIGHT 22
#define VIEWER_LAB_HEADER_HEIGHT 36
#define VIEWER_LAB_PADDING 6
#define VIEWER_LAB_SAMPLE_WIDTH 82
#define VIEWER_LAB_DIFFERENCE_WIDTH 66
#define VIEWER_LAB_AFTER_WIDTH 84

/** The columns that stay, then one a sample, then the difference and what comes after the disc. */
typedef enum
{
  VIEWER_LAB_PART_NAME,
  VIEWER_LAB_PART_UNIT,
  VIEWER_LAB_PART_RANGE,
  VIEWER_LAB_PART_TREND,
  VIEWER_LAB_N_FIXED
} ViewerLabPart;

/** A row on the screen: an item, or the heading of a panel. */
typedef struct
{
  const char *heading; /* or NULL */
  guint row;           /* of the model */
  int y, height;
} ViewerLabLine;

struct _ViewerLabSheet
{
  GtkWidget parent_instance;

  const ViewerLabSheetModel *model;
  char *from;
  char *now;
  GArray *lines;   /* ViewerLabLine */
  GArray *samples; /* guint: columns of the model that are shown */
  int height;      /* of all lines */
  guint cursor_line;
  guint cursor_sample;
  guint marked[2];
  guint n_marked;
  PangoLayout *layout;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
};

/** viewer_lab_part_px: width of a column that stays, in px at 100 %. */
int viewer_lab_part_px (ViewerLabPart part);

/* ---- measures, in px of the screen ---- */

/** viewer_lab_sheet_scaled: @px at 100 % in the size of text chosen. */
int viewer_lab_sheet_scaled (ViewerLabSheet *self, int px);
/** viewer_lab_sheet_part_width: of a column that stays; 0 where it is left out. */
int viewer_lab_sheet_part_width (ViewerLabSheet *self, guint part);
/** viewer_lab_sheet_fixed_x: left edge of a column that stays; of N_FIXED: where samples begin. */
int viewer_lab_sheet_fixed_x (ViewerLabSheet *self, guint part);
/** viewer_lab_sheet_samples_width: least width of all that scrolls. */
int viewer_lab_sheet_samples_width (ViewerLabSheet *self);
/** viewer_lab_sheet_sample_width: of one sample, with its share of what is left over. */
double viewer_lab_sheet_sample_width (ViewerLabSheet *self);
/** viewer_lab_sheet_sample_x: left edge of a shown sample as scrolled; of their number: the end. */
double viewer_lab_sheet_sample_x (ViewerLabSheet *self, guint sample);
/** viewer_lab_sheet_offset: @adjustment: (nullable): how far it is scrolled. */
double viewer_lab_sheet_offset (GtkAdjustment *adjustment);

/** viewer_lab_sheet_get_layout: the one layout that every text is shaped in. */
PangoLayout *viewer_lab_sheet_get_layout (ViewerLabSheet *self);
/** viewer_lab_sheet_set_text: into the layout; @width: where it wraps, or -1. */
void viewer_lab_sheet_set_text (ViewerLabSheet *self, const char *text, ViewerSpanStyle style,
                                int width);
/** viewer_lab_sheet_value_style: size of the text of a value. */
ViewerSpanStyle viewer_lab_sheet_value_style (const char *text);

/** viewer_lab_sheet_choose_samples: those of the period into @samples. */
void viewer_lab_sheet_choose_samples (ViewerLabSheet *self);
/** viewer_lab_sheet_layout_lines: items with a value in these, and headings, into @lines. */
void viewer_lab_sheet_layout_lines (ViewerLabSheet *self);

/* ---- picture ---- */

/** viewer_lab_sheet_snapshot: draws all of it. */
void viewer_lab_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* ---- cursor ---- */

/** viewer_lab_sheet_announce: tells screen readers the cell under the cursor. */
void viewer_lab_sheet_announce (ViewerLabSheet *self);
/** viewer_lab_sheet_add_controllers: keys and mouse move the cursor. */
void viewer_lab_sheet_add_controllers (ViewerLabSheet *self);

G_END_DECLS
