/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-document-flow.h"

G_BEGIN_DECLS

/*
 * Cells of a sheet, of whatever file: numbers with the digits stored. Where the format shows more
 * than digits, a unit or a percent sign, it stands behind the number: 0.5［書式：0%］. Only dates
 * are turned from days since 1900 into dates, as nobody could read them.
 */

typedef struct
{
  gboolean is_date;
  char *told; /* (nullable): the format, where a number must not be read without it */
  gboolean is_struck;
  ImpSymbolFont font;
} ImpCellStyle;

/**
 * imp_cell_style_init:
 * @self: (out): to be cleared; its font is one of letters
 * @id: of the format (ECMA-376 part 1, 18.8.30; the same numbers in [MS-XLS] 2.4.126)
 * @format: (nullable): the book's own of that number, UTF-8
 */
void imp_cell_style_init (ImpCellStyle *self, int id, const char *format);
/** imp_cell_style_clear: @data: an ImpCellStyle */
void imp_cell_style_clear (gpointer data);

/**
 * imp_cell_number:
 * @style: (nullable)
 * @is_1904: whether days count from 1904
 * @value: digits as they are stored
 *
 * Returns: (transfer full): a date and time, the digits, or these with the format behind
 */
char *imp_cell_number (const ImpCellStyle *style, gboolean is_1904, const char *value);

/** imp_cell_put: its text, struck out and in signs as @style (nullable) says. */
void imp_cell_put (ImpFlow *flow, const char *text, const ImpCellStyle *style);

/** imp_cell_put_title: the line above the cells of a sheet. @title: (nullable); @is_hidden: the
 * reader of the sheet would not have seen it. */
void imp_cell_put_title (ImpFlow *flow, const char *title, gboolean is_hidden);

G_END_DECLS
