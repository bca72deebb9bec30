/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a CDA document: CDA R2 4.3.5.12, the table of XHTML. */
#include "config.h"

#include "imp-cda-text.h"

#define MAX_COLUMNS 100
#define MAX_ROWS_COVERED 65534
#define ROWS_BETWEEN_HEADS 20

/** A cell that goes on in the rows below. */
typedef struct
{
  char *text; /* of g_ref_string_new() */
  guint rows_left;
} Cell;

typedef struct
{
  ImpCdaText *out;
  GArray *cells; /* (element-type Cell): of the row at hand, by column */
  GString *rest; /* of the row at hand: what stands beyond the last column */
  GString *head; /* its lines, as they were written */
  guint n_rows;  /* since the head was last written */
} Table;

static void
cell_clear (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->text, g_ref_string_release);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static guint
span_of (const xmlNode *cell, const char *name, guint max)
{
  const char *value = imp_xml_attribute (cell, name);
  guint64 n = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (n, 1, max);
}

/* (transfer full): the words of a cell in one line. */
static char *
cell_text (Table *self, const xmlNode *cell)
{
  g_autofree char *text = imp_cda_text_apart (self->out, cell);

  g_strstrip (text);
  for (char *p = text; *p != '\0'; p++)
    if (*p == '\n' || *p == '\t')
      *p = ' ';
  return g_ref_string_new (text);
}

static void
set_cell (Table *self, guint column, char *text, guint n_rows)
{
  Cell *cell;

  if (column >= self->cells->len)
    g_array_set_size (self->cells, column + 1);
  cell = &g_array_index (self->cells, Cell, column);
  cell_clear (cell);
  cell->text = g_ref_string_acquire (text);
  cell->rows_left = n_rows;
}

/* The place of the next cell: those that hang down from the rows above stand in between. */
static guint
skip_covered (const Table *self, guint column)
{
  while (column < self->cells->len && g_array_index (self->cells, Cell, column).rows_left > 0)
    column++;
  return column;
}

static guint
put_cell (Table *self, const xmlNode *node, guint column)
{
  char *text = cell_text (self, node);
  guint n_columns = span_of (node, "colspan", MAX_COLUMNS);
  guint n_rows = span_of (node, "rowspan", MAX_ROWS_COVERED);
  gboolean is_placed = FALSE;

  for (guint i = 0; i < n_columns; i++)
    {
      column = skip_covered (self, column);
      if (column >= MAX_COLUMNS)
        break;
      set_cell (self, column++, text, n_rows);
      is_placed = TRUE;
    }
  if (!is_placed && *text != '\0')
    g_string_append_printf (self->rest, "\t%s", text);
  g_ref_string_release (text);
  return column;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void
write_cells (Table *self)
{
  guint n = 0;

  imp_cda_text_end_line (self->out);
  /* Also where a cell was cut: what is left of it is written. */
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = &g_array_index (self->cells, Cell, i);

      if (cell->rows_left == 0)
        continue;
      for (; n < i; n++)
        imp_cda_text_add (self->out, "\t");
      imp_cda_text_add (self->out, cell->text);
      if (--cell->rows_left == 0)
        cell_clear (cell);
    }
  imp_cda_text_add (self->out, self->rest->str);
  g_string_truncate (self->rest, 0);
  imp_cda_text_end_line (self->out);
}

static gboolean
is_cell (const xmlNode *node)
{
  return imp_xml_is (node, "td") || imp_xml_is (node, "th");
}

static void
write_row (Table *self, const xmlNode *row)
{
  guint column = 0;

  for (const xmlNode *node = row->children; node != NULL && !self->out->is_cut; node = node->next)
    if (is_cell (node))
      column = put_cell (self, node, column);
  write_cells (self);
}

static gboolean
has_only_heads (const xmlNode *row)
{
  return imp_xml_child (row, "th") != NULL && imp_xml_child (row, "td") == NULL;
}

/* Writes and keeps it. */
static void
write_head_row (Table *self, const xmlNode *row)
{
  gsize begin;

  imp_cda_text_end_line (self->out);
  begin = self->out->text->len;
  write_row (self, row);
  g_string_append (self->head, self->out->text->str + begin);
}

static void
write_body_row (Table *self, const xmlNode *row)
{
  if (self->n_rows == 0 && has_only_heads (row))
    {
      write_head_row (self, row);
      return;
    }
  if (self->n_rows == ROWS_BETWEEN_HEADS && self->head->len > 0)
    {
      imp_cda_text_end_line (self->out);
      imp_cda_text_add (self->out, self->head->str);
      self->n_rows = 0;
    }
  self->n_rows++;
  write_row (self, row);
}

/* ---- parts ---------------------------------------------------------------------------------- */

static gboolean
is_part (const xmlNode *node)
{
  return imp_xml_is (node, "thead") || imp_xml_is (node, "tbody") || imp_xml_is (node, "tfoot");
}

/* A cell covers no row beyond its part. */
static void
write_rows (Table *self, const xmlNode *part)
{
  gboolean is_head = imp_xml_is (part, "thead");

  g_array_set_size (self->cells, 0);
  for (const xmlNode *row = part->children; row != NULL && !self->out->is_cut; row = row->next)
    if (imp_xml_is (row, "tr") && is_head)
      write_head_row (self, row);
    else if (imp_xml_is (row, "tr"))
      write_body_row (self, row);
  g_array_set_size (self->cells, 0);
}

static void
write_caption (Table *self, const xmlNode *caption)
{
  imp_cda_text_end_line (self->out);
  imp_cda_text_children (self->out, caption);
  imp_cda_text_end_line (self->out);
}

/* The foot stands in front of the body in the source, and is read behind it. */
static void
write_parts (Table *self, const xmlNode *table)
{
  for (const xmlNode *part = table->children; part != NULL; part = part->next)
    if (imp_xml_is (part, "caption"))
      write_caption (self, part);
    else if (is_part (part) && !imp_xml_is (part, "tfoot"))
      write_rows (self, part);
  write_rows (self, table);
  for (const xmlNode *part = table->children; part != NULL; part = part->next)
    if (imp_xml_is (part, "tfoot"))
      write_rows (self, part);
}

void
imp_cda_text_table (ImpCdaText *self, const xmlNode *node)
{
  Table table = { .out = self };

  table.cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  table.rest = g_string_new (NULL);
  table.head = g_string_new (NULL);
  g_array_set_clear_func (table.cells, cell_clear);
  imp_cda_text_end_line (self);
  write_parts (&table, node);
  g_array_unref (table.cells);
  g_string_free (table.rest, TRUE);
  g_string_free (table.head, TRUE);
}
