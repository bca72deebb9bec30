/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-xls.h"

#include <string.h>

/*
 * Workbooks of Excel 97 to 2003 ([MS-XLS], BIFF8): records of the stream "Workbook". The first of
 * them hold what all sheets share: fonts, formats, strings, and where each sheet begins.
 */

#define FONT_STRUCK 0x0008 /* 2.4.122: grbit */
#define MAX_STRINGS 2000000
#define MAX_SHEETS 4000
#define SHEET_CELLS 0
#define SHEET_CHART 2
#define BOOK_ITSELF 0x0401 /* 2.4.271: cch */
#define BOOK_ADD_IN 0x3a01

static void
sheet_clear (gpointer data)
{
  g_free (((ImpXlsSheet *) data)->title);
}

/* ---- tables of the book ---------------------------------------------------------------------- */

static void
add_font (ImpXls *self, const ImpBlob *data)
{
  ImpBlob name = imp_blob_part (data, 14, data->len);
  g_autofree char *text = imp_xls_short (&name, 1, &self->ole->n_lost);
  ImpXlsFont font = { .is_struck = (imp_blob_16 (data, 2) & FONT_STRUCK) != 0,
                      .is_raised = imp_blob_16 (data, 8) == 1,
                      .font = imp_symbol_font_of (text) };

  g_array_append_val (self->fonts, font);
}

static void
add_format (ImpXls *self, const ImpBlob *data)
{
  ImpBlob format = imp_blob_part (data, 2, data->len);

  g_hash_table_insert (self->formats, GINT_TO_POINTER (imp_blob_16 (data, 0)),
                       imp_xls_short (&format, 2, &self->ole->n_lost));
}

/* 2.4.353: the number of the font and that of the format. */
static void
add_style (ImpXls *self, const ImpBlob *data)
{
  guint font = imp_blob_16 (data, 0);
  int id = imp_blob_16 (data, 2);
  const char *format = g_hash_table_lookup (self->formats, GINT_TO_POINTER (id));
  ImpCellStyle style;

  font -= font > 4; /* 2.5.129: there is none of number 4 */
  imp_cell_style_init (&style, id, id == 0 ? NULL : format);
  if (font < self->fonts->len)
    {
      style.is_struck = g_array_index (self->fonts, ImpXlsFont, font).is_struck;
      style.font = g_array_index (self->fonts, ImpXlsFont, font).font;
    }
  g_array_append_val (self->styles, style);
}

/* 2.4.265 SST. Returns: where the records of it end */
static gsize
read_strings (ImpXls *self, const ImpXlsRecord *record)
{
  g_auto (ImpXlsCursor) cursor = { 0 };
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (guint16));
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (ImpXlsRun));
  gsize end = imp_xls_cursor_init (&cursor, &self->stream, record);
  guint32 n;

  imp_xls_skip (&cursor, 4);
  n = imp_xls_take_32 (&cursor);
  for (guint32 i = 0; i < n && self->strings->len < MAX_STRINGS && !cursor.is_over; i++)
    {
      g_array_set_size (units, 0);
      g_array_set_size (runs, 0);
      imp_xls_string (&cursor, imp_xls_take_16 (&cursor), units, runs);
      if (!cursor.is_over || units->len > 0)
        g_ptr_array_add (self->strings, imp_xls_words (self, units, runs));
    }
  self->ole->is_broken |= cursor.is_over;
  return end;
}

/* 2.4.28 BoundSheet8. */
static void
add_sheet (ImpXls *self, const ImpBlob *data)
{
  ImpBlob name = imp_blob_part (data, 6, data->len);
  ImpXlsSheet sheet = { .place = imp_blob_32 (data, 0),
                        .is_hidden = (imp_blob_8 (data, 4) & 3) != 0,
                        .kind = imp_blob_8 (data, 5) };

  if (self->sheets->len == MAX_SHEETS)
    {
      self->ole->is_broken = TRUE;
      return;
    }
  sheet.title = imp_xls_short (&name, 1, &self->ole->n_lost);
  g_array_append_val (self->sheets, sheet);
}

/* 2.4.271 SupBook: other books, and servers of DDE, whose name stands behind a 3 (2.5.277). */
static void
count_book (ImpXls *self, const ImpBlob *data)
{
  guint n = imp_blob_16 (data, 2);
  ImpBlob path = imp_blob_part (data, 2, data->len);
  g_autofree char *text = NULL;
  guint n_lost = 0;

  if (n == BOOK_ITSELF || n == BOOK_ADD_IN || n <= 1)
    return;
  text = imp_xls_short (&path, 2, &n_lost);
  if (strchr (text, 3) != NULL)
    self->ole->n_links++;
  else
    self->ole->n_outer++;
}

/* Returns: where the next record begins */
static gsize
read_global (ImpXls *self, const ImpXlsRecord *record)
{
  switch (record->type)
    {
    case IMP_XLS_FONT:
      add_font (self, &record->data);
      break;
    case IMP_XLS_FORMAT:
      add_format (self, &record->data);
      break;
    case IMP_XLS_XF:
      add_style (self, &record->data);
      break;
    case IMP_XLS_SHEET:
      add_sheet (self, &record->data);
      break;
    case IMP_XLS_STRINGS:
      return read_strings (self, record);
    case IMP_XLS_BOOK:
      count_book (self, &record->data);
      break;
    case IMP_XLS_DATE_MODE:
      self->is_1904 = imp_blob_16 (&record->data, 0) == 1;
      break;
    default:
      break;
    }
  return record->next;
}

gboolean
imp_xls_globals (ImpXls *self)
{
  ImpXlsRecord record;
  gsize at = 0;

  while (imp_xls_record (&self->stream, at, &record))
    {
      if (record.is_cut && record.type != IMP_XLS_STRINGS)
        break;
      if (at == 0 && record.type != IMP_XLS_BEGIN)
        break;
      if (at == 0 && imp_blob_16 (&record.data, 0) != IMP_XLS_VERSION)
        {
          self->ole->is_older = TRUE;
          return FALSE;
        }
      if (record.type == IMP_XLS_FILE_PASS)
        {
          self->ole->is_password = TRUE;
          return FALSE;
        }
      if (record.type == IMP_XLS_EOF)
        return TRUE;
      at = read_global (self, &record);
    }
  self->ole->is_broken = TRUE;
  return TRUE;
}

/* ---- sheets ---------------------------------------------------------------------------------- */

static void
put_sheets (ImpXls *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->sheets->len && !self->ole->flow->out->is_text_cut; i++)
    {
      const ImpXlsSheet *sheet = &g_array_index (self->sheets, ImpXlsSheet, i);

      if (!imp_document_has_time (self->ole->flow->out, self->ole->flow->limits))
        {
          self->ole->is_broken = TRUE;
          return;
        }
      if (sheet->kind == SHEET_CHART)
        self->ole->n_pictures++;
      else if (sheet->kind != SHEET_CELLS)
        self->ole->n_macros++;
      else if (g_hash_table_add (seen, GUINT_TO_POINTER (sheet->place)))
        imp_xls_put_sheet (self, sheet);
      else
        self->ole->is_broken = TRUE;
    }
}

void
imp_ole_sheets (ImpOle *ole)
{
  g_autoptr (GBytes) bytes = imp_ole_stream (ole, ole->root, "Workbook");
  g_autoptr (GArray) fonts = g_array_new (FALSE, FALSE, sizeof (ImpXlsFont));
  g_autoptr (GHashTable) formats = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (ImpCellStyle));
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) sheets = g_array_new (FALSE, FALSE, sizeof (ImpXlsSheet));
  ImpXls self = { .ole = ole,
                  .stream = imp_blob_of (bytes),
                  .fonts = fonts,
                  .formats = formats,
                  .styles = styles,
                  .strings = strings,
                  .sheets = sheets };

  g_array_set_clear_func (styles, imp_cell_style_clear);
  g_array_set_clear_func (sheets, sheet_clear);
  if (imp_xls_globals (&self))
    put_sheets (&self);
}
