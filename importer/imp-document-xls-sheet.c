/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-xls.h"

#include <math.h>
#include <string.h>

/*
 * Cells of a sheet of Excel 97 to 2003 ([MS-XLS] 2.1.7.20.6). Numbers are bits there, not digits:
 * the fewest digits that give the same number are what somebody typed. A formula is the value that
 * it had when it was saved.
 */

#define MAX_CELLS 2000000
#define MAX_COLUMNS 200 /* empty ones before a cell, as TABs */
#define MAX_BOXES 10000
#define RECORDS_PER_LOOK 65536 /* at the clock */
#define OBJECT_CHART 5         /* [MS-XLS] 2.5.143 FtCmo, ot */
#define OBJECT_PICTURE 8

typedef struct
{
  guint16 row;
  guint16 column;
  guint16 style;
  char *own;          /* (nullable) */
  const char *shared; /* (nullable): one of the book's strings */
} Cell;

typedef struct
{
  ImpXls *book;
  GArray *cells;         /* (element-type Cell) */
  GPtrArray *boxes;      /* (element-type utf8): words of boxes and comments */
  gboolean is_text_next; /* of the last cell, a formula, in a record of its own */
  Cell pending;
} Sheet;

static void
cell_clear (gpointer data)
{
  g_free (((Cell *) data)->own);
}

/* @own: (transfer full) (nullable) */
static void
add_cell (Sheet *self, Cell cell, char *own, const char *shared)
{
  if (self->cells->len == MAX_CELLS)
    {
      self->book->ole->is_broken = TRUE;
      g_free (own);
      return;
    }
  cell.own = own;
  cell.shared = shared;
  g_array_append_val (self->cells, cell);
}

/* [MS-XLS] 2.5.13 Cell: the begin of records of cells. */
static Cell
cell_of (const ImpBlob *data)
{
  return (Cell){ .row = imp_blob_16 (data, 0),
                 .column = imp_blob_16 (data, 2),
                 .style = imp_blob_16 (data, 4) };
}

/* (nullable) */
static const ImpCellStyle *
style_of (const Sheet *self, guint16 style)
{
  return style < self->book->styles->len ? &g_array_index (self->book->styles, ImpCellStyle, style)
                                         : NULL;
}

/* ---- values ---------------------------------------------------------------------------------- */

static void
write_digits (double value, char digits[G_ASCII_DTOSTR_BUF_SIZE])
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (digits, G_ASCII_DTOSTR_BUF_SIZE, formats[i], value);
      if (g_ascii_strtod (digits, NULL) == value)
        return;
    }
}

static void
add_number (Sheet *self, Cell cell, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      add_cell (self, cell, g_strdup ("#NUM!"), NULL);
      return;
    }
  write_digits (value, digits);
  add_cell (self, cell, imp_cell_number (style_of (self, cell.style), self->book->is_1904, digits),
            NULL);
}

static double
double_of (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* [MS-XLS] 2.5.217 RkNumber. */
static double
number_of_rk (guint32 rk)
{
  double value =
      (rk & 2) != 0 ? (double) ((gint32) rk >> 2) : double_of ((guint64) (rk & 0xfffffffc) << 32);

  return (rk & 1) != 0 ? value / 100 : value;
}

/* [MS-XLS] 2.5.10 Bes. (transfer full) */
static char *
truth_or_error (guint8 value, gboolean is_error)
{
  static const struct
  {
    guint8 code;
    const char *text;
  } errors[] = {
    { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0f, "#VALUE!" }, { 0x17, "#REF!" },
    { 0x1d, "#NAME?" }, { 0x24, "#NUM!" },   { 0x2a, "#N/A" },
  };

  if (!is_error)
    return g_strdup (value != 0 ? "TRUE" : "FALSE");
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    if (errors[i].code == value)
      return g_strdup (errors[i].text);
  return g_strdup ("#?");
}

/* [MS-XLS] 2.5.133 FormulaValue. */
static void
add_formula (Sheet *self, const ImpBlob *data)
{
  Cell cell = cell_of (data);

  self->is_text_next = FALSE;
  if (imp_blob_16 (data, 12) != 0xffff)
    {
      add_number (self, cell, double_of (imp_blob_64 (data, 6)));
      return;
    }
  switch (imp_blob_8 (data, 6))
    {
    case 0:
      self->is_text_next = TRUE;
      self->pending = cell;
      break;
    case 1:
    case 2:
      add_cell (self, cell, truth_or_error (imp_blob_8 (data, 8), imp_blob_8 (data, 6) == 2), NULL);
      break;
    default:
      break; /* empty */
    }
}

static void
add_multiple (Sheet *self, const ImpBlob *data)
{
  Cell cell = cell_of (data);

  for (gsize at = 4; imp_blob_has (data, at, 8); at += 6) /* the last column stands behind them */
    {
      cell.style = imp_blob_16 (data, at);
      add_number (self, cell, number_of_rk (imp_blob_32 (data, at + 2)));
      cell.column++;
    }
}

/* ---- text ------------------------------------------------------------------------------------ */

static void
add_shared (Sheet *self, const ImpBlob *data)
{
  guint32 i = imp_blob_32 (data, 6);

  if (i < self->book->strings->len)
    add_cell (self, cell_of (data), NULL, g_ptr_array_index (self->book->strings, i));
  else
    self->book->ole->is_broken = TRUE;
}

/* A string in the record itself, behind @n_before bytes. @has_runs: 2.4.240 RString. */
static void
add_string (Sheet *self, const ImpXlsRecord *record, gsize n_before, Cell cell, gboolean has_runs)
{
  g_auto (ImpXlsCursor) cursor = { 0 };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (ImpXlsRun));
  guint n_runs;

  imp_xls_cursor_init (&cursor, &self->book->stream, record);
  imp_xls_skip (&cursor, n_before);
  imp_xls_string (&cursor, imp_xls_take_16 (&cursor), units, runs);
  n_runs = has_runs ? imp_xls_take_16 (&cursor) : 0;
  for (guint i = 0; i < n_runs && !cursor.is_over; i++)
    {
      ImpXlsRun run = { .at = imp_xls_take_16 (&cursor) };

      run.font = imp_xls_take_16 (&cursor);
      if (!cursor.is_over)
        g_array_append_val (runs, run);
    }
  self->book->ole->is_broken |= cursor.is_over;
  add_cell (self, cell, imp_xls_words (self->book, units, runs), NULL);
}

/* [MS-XLS] 2.4.329 TxO: its characters and its fonts stand in the records that continue it. */
static void
add_box (Sheet *self, const ImpXlsRecord *record)
{
  guint n = imp_blob_16 (&record->data, 10);
  guint n_runs = imp_blob_16 (&record->data, 12) / 8;
  g_auto (ImpXlsCursor) cursor = { 0 };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (ImpXlsRun));

  if (n == 0 || self->boxes->len == MAX_BOXES)
    return;
  imp_xls_cursor_init (&cursor, &self->book->stream, record);
  imp_xls_next_part (&cursor);
  imp_xls_chars (&cursor, n, (imp_xls_take_8 (&cursor) & 1) != 0, units);
  self->book->ole->is_broken |= cursor.is_over;
  imp_xls_next_part (&cursor);
  for (guint i = 1; i < n_runs && !cursor.is_over; i++) /* the last one is none */
    {
      ImpXlsRun run = { .at = imp_xls_take_16 (&cursor) };

      run.font = imp_xls_take_16 (&cursor);
      imp_xls_skip (&cursor, 4);
      if (!cursor.is_over)
        g_array_append_val (runs, run);
    }
  g_ptr_array_add (self->boxes, imp_xls_words (self->book, units, runs));
}

/* ---- records --------------------------------------------------------------------------------- */

/* Of less than that nobody knows what it says; a number that is not there is no 0. */
static gsize
fewest_bytes (guint16 type)
{
  switch (type)
    {
    case IMP_XLS_NUMBER:
    case IMP_XLS_FORMULA:
      return 14;
    case IMP_XLS_RK:
    case IMP_XLS_SHARED_STRING:
      return 10;
    case IMP_XLS_TRUTH:
    case IMP_XLS_LABEL:
    case IMP_XLS_RICH_STRING:
      return 8;
    default:
      return 0;
    }
}

static void
read_cell (Sheet *self, const ImpXlsRecord *record)
{
  const ImpBlob *data = &record->data;

  if (record->is_cut || data->len < fewest_bytes (record->type))
    {
      self->book->ole->is_broken = TRUE;
      return;
    }

  switch (record->type)
    {
    case IMP_XLS_SHARED_STRING:
      add_shared (self, data);
      break;
    case IMP_XLS_LABEL:
    case IMP_XLS_RICH_STRING:
      add_string (self, record, 6, cell_of (data), record->type == IMP_XLS_RICH_STRING);
      break;
    case IMP_XLS_RESULT:
      if (self->is_text_next)
        add_string (self, record, 0, self->pending, FALSE);
      self->is_text_next = FALSE;
      break;
    case IMP_XLS_NUMBER:
      add_number (self, cell_of (data), double_of (imp_blob_64 (data, 6)));
      break;
    case IMP_XLS_RK:
      add_number (self, cell_of (data), number_of_rk (imp_blob_32 (data, 6)));
      break;
    case IMP_XLS_MULTIPLE_RK:
      add_multiple (self, data);
      break;
    case IMP_XLS_TRUTH:
      add_cell (self, cell_of (data),
                truth_or_error (imp_blob_8 (data, 6), imp_blob_8 (data, 7) != 0), NULL);
      break;
    case IMP_XLS_FORMULA:
      add_formula (self, data);
      break;
    case IMP_XLS_BOX:
      add_box (self, record);
      break;
    case IMP_XLS_OBJECT:
      self->book->ole->n_pictures +=
          imp_blob_16 (data, 4) == OBJECT_PICTURE || imp_blob_16 (data, 4) == OBJECT_CHART;
      break;
    default:
      break;
    }
}

/* Charts inside a sheet have a begin and an end of their own, and cells that are none of its. */
static void
read_records (Sheet *self, gsize at)
{
  ImpOle *ole = self->book->ole;
  ImpXlsRecord record;
  guint depth = 0;

  for (guint n = 1; imp_xls_record (&self->book->stream, at, &record); n++)
    {
      if (record.type == IMP_XLS_BEGIN)
        depth++;
      else if (record.type == IMP_XLS_EOF && --depth == 0)
        return;
      else if (depth == 1)
        read_cell (self, &record);
      if (depth == 0 ||
          (n % RECORDS_PER_LOOK == 0 && !imp_document_has_time (ole->flow->out, ole->flow->limits)))
        break;
      at = record.next;
    }
  ole->is_broken = TRUE;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *p = a;
  const Cell *q = b;

  return p->row != q->row ? (p->row > q->row) - (p->row < q->row)
                          : (p->column > q->column) - (p->column < q->column);
}

static void
put_cell (Sheet *self, const Cell *cell)
{
  g_autofree char *text = g_strdup (cell->own != NULL ? cell->own : cell->shared);

  g_strdelimit (text, "\r\n\t", ' ');
  imp_cell_put (self->book->ole->flow, text, style_of (self, cell->style));
}

static void
put_cells (Sheet *self)
{
  ImpFlow *flow = self->book->ole->flow;
  const Cell *before = NULL; /* on the same line */

  for (guint i = 0; i < self->cells->len && !flow->out->is_text_cut; i++)
    {
      const Cell *cell = &g_array_index (self->cells, Cell, i);
      int n = cell->column;

      if (*(cell->own != NULL ? cell->own : cell->shared) == '\0')
        continue;
      if (before == NULL || before->row != cell->row)
        imp_flow_line (flow);
      else
        n = MAX (cell->column - before->column, 1);
      for (n = MIN (n, MAX_COLUMNS); n > 0; n--)
        imp_flow_put (flow, "\t", 1);
      put_cell (self, cell);
      before = cell;
    }
  imp_flow_line (flow);
}

static void
put_boxes (Sheet *self)
{
  ImpFlow *flow = self->book->ole->flow;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      g_auto (GStrv) lines = g_strsplit_set (g_ptr_array_index (self->boxes, i), "\r\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        {
          imp_flow_put (flow, lines[j], strlen (lines[j]));
          imp_flow_line (flow);
        }
    }
}

void
imp_xls_put_sheet (ImpXls *self, const ImpXlsSheet *sheet)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GPtrArray) boxes = g_ptr_array_new_with_free_func (g_free);
  Sheet read = { .book = self, .cells = cells, .boxes = boxes };

  g_array_set_clear_func (cells, cell_clear);
  imp_cell_put_title (self->ole->flow, sheet->title, sheet->is_hidden);
  read_records (&read, sheet->place);
  g_array_sort (cells, compare_cells); /* stable: nothing says that they are in order */
  put_cells (&read);
  put_boxes (&read);
}
