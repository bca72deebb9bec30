/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/*
 * Sheets of A4, upright, that are filled from above: each has a head and a foot, and what does not
 * fit goes on overleaf. All lengths are points (1/72 inch), from the upper left corner. Black,
 * white and greys only: copies and faxes of the folder of the continuity plan have no colours.
 */

#define IMP_PAPER_WIDTH 595.28
#define IMP_PAPER_HEIGHT 841.89
#define IMP_PAPER_LEFT 56.7  /* 20 mm: punched here */
#define IMP_PAPER_RIGHT 42.5 /* 15 mm */
#define IMP_PAPER_INNER_WIDTH (IMP_PAPER_WIDTH - IMP_PAPER_LEFT - IMP_PAPER_RIGHT)

/** What stands on every sheet; belongs to the caller. */
typedef struct
{
  const char *title;   /* foot, middle */
  const char *whose;   /* head, left */
  const char *which;   /* head, right */
  const char *printed; /* foot, left */
  guint n_pages;       /* foot, right, behind the number of the page */
} ImpPaperFrame;

/** How a text, or a cell of a row, looks. Greys are from 0 (black) to 1 (white). */
typedef struct
{
  double size; /* of the font */
  gboolean is_bold;
  double ink;
  double ground;
  double line; /* around it; 0: none */
  double pad_x;
  double pad_y;
} ImpPaperLook;

typedef struct _ImpPaper ImpPaper;

/** imp_paper_new: begins the first sheet. @surface: of the size of the paper. @frame: as long as
 * the paper lives. */
ImpPaper *imp_paper_new (cairo_surface_t *surface, const ImpPaperFrame *frame);
/** imp_paper_free: ends the last sheet. */
void imp_paper_free (ImpPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPaper, imp_paper_free)

/** imp_paper_page: number of the sheet, from 1. */
guint imp_paper_page (const ImpPaper *self);

/** imp_paper_n_unknown: characters drawn so far for which no font has a shape. */
guint64 imp_paper_n_unknown (const ImpPaper *self);

/** imp_paper_room: the height that is left of the sheet. */
double imp_paper_room (const ImpPaper *self);
/** imp_paper_skip: leaves a gap, but none at the upper end of a sheet. */
void imp_paper_skip (ImpPaper *self, double height);
/** imp_paper_break: begins the next sheet, unless nothing was drawn on this one.
 * Returns: whether it did */
gboolean imp_paper_break (ImpPaper *self);
/** imp_paper_hold: what was drawn last is the head of what comes next and stays with it. */
void imp_paper_hold (ImpPaper *self);

/**
 * imp_paper_layout: (transfer full): a text, one paragraph, that no line of it will be wider than
 * @width; words that are too long are broken anywhere, without a hyphen that nobody wrote.
 * @width: negative: all in one line
 */
PangoLayout *imp_paper_layout (ImpPaper *self, const char *text, const ImpPaperLook *look,
                               double width);

/** imp_paper_layout_height: of all its lines. */
double imp_paper_layout_height (PangoLayout *layout, const ImpPaperLook *look);

/** One cell of a row. */
typedef struct
{
  PangoLayout *layout; /* of a text in that look */
  const ImpPaperLook *look;
  double width;      /* with what is left free beside the text */
  gboolean is_right; /* aligned on the right, as numbers are */
} ImpPaperCell;

/** imp_paper_row_height: of a row when it is not broken. */
double imp_paper_row_height (const ImpPaperCell *cells, guint n_cells);

/** ImpPaperContinue: draws what is repeated at the upper end of a sheet. */
typedef void (*ImpPaperContinue) (ImpPaper *self, gpointer data);

/**
 * imp_paper_row: draws a row of cells from the left margin. One that does not fit goes on the next
 * sheet; one that fits on no sheet is broken between lines.
 * @frame: width of a line around the whole row; 0: none
 * @repeat: (nullable): called after each new sheet
 */
void imp_paper_row (ImpPaper *self, const ImpPaperCell *cells, guint n_cells, double frame,
                    ImpPaperContinue repeat, gpointer data);

/** imp_paper_text: a paragraph of full width. */
void imp_paper_text (ImpPaper *self, const char *text, const ImpPaperLook *look);

G_END_DECLS
