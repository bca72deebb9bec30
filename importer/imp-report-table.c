/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-report-table.h"

#include <glib/gi18n.h>

#define SIZE 8.2
#define PAD_X 3.0
#define PAD_Y 2.0
#define GAP_ABOVE_HEADING 14.0
#define GAP_ABOVE_TABLE 6.0
#define GAP_BELOW_HEADING 3.0

/* A table that has no more is not broken. */
#define SHORT_ROWS 12
#define SHORT_HEIGHT 200.0

/* Of a column of words: no narrower than this, if it has so much, even where each character may be
 * broken from the next; and no wider for the sake of one long word. */
#define LEAST_EMS 6
#define MOST_WORD 0.35 /* of the paper */
#define HEAD_EMS 8     /* longer heads are wrapped, whatever stands below */

static const ImpPaperLook body_look = {
  .size = SIZE, .ground = 1, .line = 0.4, .pad_x = PAD_X, .pad_y = PAD_Y
};
static const ImpPaperLook head_look = {
  .size = SIZE, .is_bold = TRUE, .ground = 0.88, .line = 0.4, .pad_x = PAD_X, .pad_y = PAD_Y
};
static const ImpPaperLook heading_look = { .size = 12, .is_bold = TRUE, .ground = 1 };
static const ImpPaperLook continued_look = { .size = 9, .is_bold = TRUE, .ground = 1 };

typedef struct
{
  double floor; /* below which words are broken too often to be read, and numbers at all */
  double least;
  double most;
  double width;
} Column;

typedef struct
{
  ImpPaper *paper;
  const ImpReportBlock *table;
  const char *section;
  Column *columns;
} Table;

static gboolean
has_heads (const Table *self)
{
  return self->table->heads != NULL;
}

static guint
n_rows (const Table *self)
{
  return self->table->cells->len / self->table->n_columns;
}

static const ImpReportCell *
find_cell (const Table *self, guint row, guint column)
{
  return &g_array_index (self->table->cells, ImpReportCell, row * self->table->n_columns + column);
}

static const ImpPaperLook *
cell_look (const ImpReportCell *cell)
{
  return cell->kind == IMP_REPORT_CELL_LABEL ? &head_look : &body_look;
}

/* Of numbers only, or empty where there is none; the head is aligned as they are. */
static gboolean
is_of_numbers (const Table *self, guint column)
{
  gboolean has_number = FALSE;

  for (guint i = 0; i < n_rows (self); i++)
    {
      const ImpReportCell *cell = find_cell (self, i, column);

      has_number |= cell->kind == IMP_REPORT_CELL_NUMBER;
      if (cell->kind != IMP_REPORT_CELL_NUMBER && *cell->text != '\0')
        return FALSE;
    }
  return has_number;
}

/* ---- widths --------------------------------------------------------------------------------- */

/* @width: as of imp_paper_layout() */
static double
measure (const Table *self, const char *text, const ImpPaperLook *look, double width)
{
  g_autoptr (PangoLayout) layout = imp_paper_layout (self->paper, text, look, width);
  PangoRectangle logical;

  if (width >= 0)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
  pango_layout_get_extents (layout, NULL, &logical);
  /* a little more, so that what was measured is not wrapped for the sake of rounding */
  return (double) logical.width / PANGO_SCALE + 2 * look->pad_x + 0.5;
}

static void
widen (Column *column, double floor, double least, double most)
{
  column->floor = MAX (column->floor, MIN (floor, most));
  column->least = MAX (column->least, MIN (least, most));
  column->most = MAX (column->most, most);
}

static void
measure_words (const Table *self, Column *column, const char *text, const ImpPaperLook *look,
               double most)
{
  double word = MIN (measure (self, text, look, 0), IMP_PAPER_INNER_WIDTH);
  double floor = LEAST_EMS * look->size;

  widen (column, floor, MIN (MAX (word, floor), IMP_PAPER_INNER_WIDTH * MOST_WORD),
         MAX (word, most));
}

static void
measure_column (const Table *self, guint number)
{
  Column *column = &self->columns[number];

  if (has_heads (self))
    measure_words (self, column, self->table->heads[number], &head_look,
                   MIN (measure (self, self->table->heads[number], &head_look, -1),
                        HEAD_EMS * head_look.size + 2 * PAD_X));
  for (guint i = 0; i < n_rows (self); i++)
    {
      const ImpReportCell *cell = find_cell (self, i, number);
      const ImpPaperLook *look = cell_look (cell);
      double most = measure (self, cell->text, look, -1);

      if (cell->kind == IMP_REPORT_CELL_NUMBER)
        widen (column, most, most, most);
      else if (cell->kind == IMP_REPORT_CELL_LABEL)
        widen (column, 0, MIN (most, IMP_PAPER_INNER_WIDTH * MOST_WORD), most);
      else
        measure_words (self, column, cell->text, look, MIN (most, IMP_PAPER_INNER_WIDTH));
    }
}

/* The part of the way from @low to @high that there is room for, 0 to 1. */
static double
part_of (double low, double high)
{
  return high > low ? CLAMP ((IMP_PAPER_INNER_WIDTH - low) / (high - low), 0, 1) : 1;
}

/* Each column what it needs, and of what is left the more the more it would take. Columns that need
 * more than there is shrink alike, and their words are broken anywhere. */
static void
share_width (Table *self)
{
  Column sum = { 0 };
  double shrink;

  for (guint i = 0; i < self->table->n_columns; i++)
    {
      sum.floor += self->columns[i].floor;
      sum.least += self->columns[i].least;
      sum.most += self->columns[i].most;
    }
  shrink = sum.floor > IMP_PAPER_INNER_WIDTH ? IMP_PAPER_INNER_WIDTH / sum.floor : 1;
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      Column *column = &self->columns[i];

      column->width = column->floor * shrink +
                      (column->least - column->floor) * part_of (sum.floor, sum.least) +
                      (column->most - column->least) * part_of (sum.least, sum.most);
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void
cell_clear (gpointer data)
{
  g_object_unref (((ImpPaperCell *) data)->layout);
}

static void
add_cell (const Table *self, GArray *cells, guint column, const char *text,
          const ImpPaperLook *look, gboolean is_right)
{
  double width = self->columns[column].width;
  ImpPaperCell cell = { imp_paper_layout (self->paper, text, look,
                                          MAX (width - 2 * look->pad_x, 1)),
                        look, width, is_right };

  g_array_append_val (cells, cell);
}

static GArray *
new_cells (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (ImpPaperCell));

  g_array_set_clear_func (cells, cell_clear);
  return cells;
}

static GArray *
layout_heads (const Table *self)
{
  GArray *cells = new_cells ();

  for (guint i = 0; i < self->table->n_columns; i++)
    add_cell (self, cells, i, self->table->heads[i], &head_look, is_of_numbers (self, i));
  return cells;
}

static GArray *
layout_row (const Table *self, guint row)
{
  GArray *cells = new_cells ();

  for (guint i = 0; i < self->table->n_columns; i++)
    {
      const ImpReportCell *cell = find_cell (self, row, i);

      add_cell (self, cells, i, cell->text, cell_look (cell), cell->kind == IMP_REPORT_CELL_NUMBER);
    }
  return cells;
}

static void
draw_row (const Table *self, const GArray *cells, ImpPaperContinue repeat)
{
  imp_paper_row (self->paper, (const ImpPaperCell *) (gconstpointer) cells->data, cells->len, 0,
                 repeat, (gpointer) self);
}

static void
draw_heads (const Table *self)
{
  g_autoptr (GArray) cells = NULL;

  if (!has_heads (self))
    return;
  cells = layout_heads (self);
  draw_row (self, cells, NULL);
}

static void
draw_section_again (const Table *self)
{
  g_autofree char *text = NULL;

  if (self->section == NULL)
    return;
  /* Translators: a heading at the top of a sheet, when its part began on the one before */
  text = g_strdup_printf (_("%s (continued)"), self->section);
  imp_paper_text (self->paper, text, &continued_look);
  imp_paper_skip (self->paper, GAP_BELOW_HEADING);
}

static void
draw_continued (ImpPaper *paper, gpointer data)
{
  draw_section_again (data);
  draw_heads (data);
}

static double
height_of (const GArray *cells)
{
  return imp_paper_row_height ((const ImpPaperCell *) (gconstpointer) cells->data, cells->len);
}

/* Of all rows where they are few, else of the first. */
static double
measure_rows (const Table *self)
{
  double height = 0;
  double first = 0;

  for (guint i = 0; i < MIN (n_rows (self), SHORT_ROWS + 1); i++)
    {
      g_autoptr (GArray) cells = layout_row (self, i);

      height += height_of (cells);
      if (i == 0)
        first = height;
    }
  return n_rows (self) <= SHORT_ROWS && height <= SHORT_HEIGHT ? height : first;
}

/* Of the heading, the heads and the first row, that stay together; of all rows where the table is
 * short. */
static double
measure_beginning (const Table *self, const char *heading)
{
  double height = 0;

  if (heading != NULL)
    {
      g_autoptr (PangoLayout) layout =
          imp_paper_layout (self->paper, heading, &heading_look, IMP_PAPER_INNER_WIDTH);

      height += imp_paper_layout_height (layout, &heading_look) + GAP_BELOW_HEADING;
    }
  if (has_heads (self))
    {
      g_autoptr (GArray) cells = layout_heads (self);

      height += height_of (cells);
    }
  return height + measure_rows (self);
}

static void
draw (const Table *self, const char *heading)
{
  imp_paper_skip (self->paper, heading != NULL ? GAP_ABOVE_HEADING : GAP_ABOVE_TABLE);
  if (measure_beginning (self, heading) > imp_paper_room (self->paper) &&
      imp_paper_break (self->paper) && heading == NULL)
    draw_section_again (self);
  if (heading != NULL)
    {
      imp_paper_text (self->paper, heading, &heading_look);
      imp_paper_skip (self->paper, GAP_BELOW_HEADING);
    }
  draw_heads (self);
  if (n_rows (self) > 0)
    imp_paper_hold (self->paper);
  for (guint i = 0; i < n_rows (self); i++)
    {
      g_autoptr (GArray) cells = layout_row (self, i);

      draw_row (self, cells, draw_continued);
    }
}

void
imp_report_table (ImpPaper *paper, const ImpReportBlock *table, const char *heading,
                  const char *section)
{
  g_autofree Column *columns = g_new0 (Column, table->n_columns);
  Table self = { paper, table, section, columns };

  for (guint i = 0; i < table->n_columns; i++)
    measure_column (&self, i);
  share_width (&self);
  draw (&self, heading);
}

void
imp_report_heading (ImpPaper *paper, const char *heading)
{
  imp_paper_skip (paper, GAP_ABOVE_HEADING);
  imp_paper_text (paper, heading, &heading_look);
  imp_paper_skip (paper, GAP_BELOW_HEADING);
}
