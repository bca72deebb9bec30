/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <string.h>

#include "imp-document-cell.h"
#include "imp-xml.h"

/*
 * Words of SpreadsheetML (ECMA-376 part 1, 18). A cell is what the file holds: the value that a
 * formula had when it was saved, numbers with the digits stored.
 */

#define MAX_COLUMNS 200 /* empty ones before a cell, as TABs */
#define MAX_STRINGS 2000000

typedef struct
{
  const ImpZip *zip;
  ImpFlow *flow;
  GPtrArray *strings; /* shared ones */
  GArray *styles;     /* (element-type ImpCellStyle): of cells */
  gboolean is_1904;
} Book;

/* ---- tables of the book ------------------------------------------------------------------------
 */

/* (transfer full): the words of a string, with the marks of its runs */
static char *
words_of (const Book *self, const xmlNode *string)
{
  g_auto (ImpDocument) scratch = { 0 };
  ImpFlow flow = { .out = &scratch, .limits = self->flow->limits };
  ImpOfficeCounts counts = { 0 };

  imp_document_init (&scratch);
  for (const xmlNode *child = string->children; child != NULL; child = child->next)
    imp_office_walk (&flow, child, &counts);
  imp_flow_close (&flow);
  self->flow->n_unknown_signs += flow.n_unknown_signs;
  return g_strndup (scratch.text->str, scratch.text->len);
}

static void
read_strings (Book *self)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (self->zip, "xl/sharedStrings.xml", self->flow->out);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;

  for (const xmlNode *node = imp_xml_child (root, "si");
       node != NULL && self->strings->len < MAX_STRINGS; node = imp_xml_next (node))
    g_ptr_array_add (self->strings, words_of (self, node));
}

/* ECMA-376 part 1, 18.8.22: of the whole cell. */
static void
set_font (ImpCellStyle *style, const xmlNode *font)
{
  const xmlNode *strike = imp_xml_child (font, "strike");
  const char *value = imp_xml_attribute (strike, "val");

  style->is_struck =
      strike != NULL && g_strcmp0 (value, "0") != 0 && g_strcmp0 (value, "false") != 0;
  style->font = imp_symbol_font_of (imp_xml_attribute (imp_xml_child (font, "name"), "val"));
}

static int
number_of (const xmlNode *node, const char *attribute, int otherwise)
{
  const char *text = imp_xml_attribute (node, attribute);

  return text != NULL ? (int) CLAMP (g_ascii_strtoll (text, NULL, 10), -1, G_MAXINT32) : otherwise;
}

static void
read_styles (Book *self)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (self->zip, "xl/styles.xml", self->flow->out);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  g_autoptr (GHashTable) own = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) fonts = g_ptr_array_new ();

  for (const xmlNode *node = imp_xml_path (root, "numFmts/numFmt"); node != NULL;
       node = imp_xml_next (node))
    g_hash_table_insert (own, GINT_TO_POINTER (number_of (node, "numFmtId", -1)),
                         (gpointer) imp_xml_attribute (node, "formatCode"));
  for (const xmlNode *node = imp_xml_path (root, "fonts/font"); node != NULL;
       node = imp_xml_next (node))
    g_ptr_array_add (fonts, (gpointer) node);
  for (const xmlNode *node = imp_xml_path (root, "cellXfs/xf"); node != NULL;
       node = imp_xml_next (node))
    {
      int id = number_of (node, "numFmtId", 0);
      ImpCellStyle style = { 0 };
      int font = number_of (node, "fontId", -1);

      imp_cell_style_init (&style, id, g_hash_table_lookup (own, GINT_TO_POINTER (id)));
      if (font >= 0 && (guint) font < fonts->len)
        set_font (&style, g_ptr_array_index (fonts, (guint) font));
      g_array_append_val (self->styles, style);
    }
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* (nullable) */
static const ImpCellStyle *
style_of (const Book *self, const xmlNode *cell)
{
  int style = number_of (cell, "s", 0);

  return style >= 0 && (guint) style < self->styles->len
             ? &g_array_index (self->styles, ImpCellStyle, style)
             : NULL;
}

/* (transfer full): "" for an empty one */
static char *
text_of_cell (const Book *self, const xmlNode *cell)
{
  const char *type = imp_xml_attribute (cell, "t");
  g_autofree char *value = imp_xml_text (imp_xml_child (cell, "v"));

  if (g_strcmp0 (type, "inlineStr") == 0)
    {
      const xmlNode *is = imp_xml_child (cell, "is");

      return is != NULL ? words_of (self, is) : g_strdup ("");
    }
  if (g_strcmp0 (type, "s") == 0)
    {
      guint64 index = g_ascii_strtoull (value, NULL, 10);

      return g_strdup (*value != '\0' && index < self->strings->len
                           ? g_ptr_array_index (self->strings, index)
                           : "");
    }
  if (g_strcmp0 (type, "b") == 0)
    return g_strdup (strcmp (value, "1") == 0 ? "TRUE" : "FALSE");
  return type == NULL || strcmp (type, "n") == 0
             ? imp_cell_number (style_of (self, cell), self->is_1904, value)
             : g_steal_pointer (&value);
}

/* "C5": 2. -1 where it says nothing. */
static int
column_of (const xmlNode *cell)
{
  const char *place = imp_xml_attribute (cell, "r");
  int column = 0;

  for (; place != NULL && g_ascii_isupper (*place) && column < 100000; place++)
    column = column * 26 + (*place - 'A' + 1);
  return column - 1;
}

static void
put_row (const Book *self, const xmlNode *row)
{
  int column = 0; /* of the next cell */
  int n_pending = 0;

  for (const xmlNode *cell = imp_xml_child (row, "c"); cell != NULL; cell = imp_xml_next (cell))
    {
      g_autofree char *text = text_of_cell (self, cell);
      int place = column_of (cell);

      if (place > column)
        n_pending += place - column;
      column = MAX (place, column) + 1;
      if (*text != '\0')
        {
          for (n_pending = MIN (n_pending, MAX_COLUMNS); n_pending > 0; n_pending--)
            imp_flow_put (self->flow, "\t", 1);
          g_strdelimit (text, "\r\n\t", ' ');
          imp_cell_put (self->flow, text, style_of (self, cell));
        }
      n_pending++;
    }
  imp_flow_line (self->flow);
}

/* ---- sheets ---------------------------------------------------------------------------------- */

/* (transfer full) (nullable): the part that a relation of the book names. */
static char *
target_of (const xmlNode *relations, const char *id)
{
  for (const xmlNode *node = imp_xml_child (relations, "Relationship"); node != NULL;
       node = imp_xml_next (node))
    {
      const char *target = imp_xml_attribute (node, "Target");

      if (target != NULL && g_strcmp0 (imp_xml_attribute (node, "Id"), id) == 0)
        return *target == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
    }
  return NULL;
}

/* ECMA-376 part 1, 18.2.19: somebody may have put it out of sight because it no longer holds. */
static gboolean
is_hidden (const xmlNode *sheet)
{
  const char *state = imp_xml_attribute (sheet, "state");

  return state != NULL && strcmp (state, "visible") != 0;
}

static void
put_sheet (const Book *self, const char *part, const xmlNode *sheet)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (self->zip, part, self->flow->out);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;

  imp_cell_put_title (self->flow, imp_xml_attribute (sheet, "name"), is_hidden (sheet));
  for (const xmlNode *row = imp_xml_path (root, "sheetData/row");
       row != NULL && !self->flow->out->is_text_cut; row = imp_xml_next (row))
    put_row (self, row);
}

static void
put_sheets (Book *self)
{
  g_autoptr (xmlDoc) book = imp_zip_xml (self->zip, "xl/workbook.xml", self->flow->out);
  g_autoptr (xmlDoc) relations =
      imp_zip_xml (self->zip, "xl/_rels/workbook.xml.rels", self->flow->out);
  const xmlNode *root = book != NULL ? xmlDocGetRootElement (book) : NULL;
  const xmlNode *of_book = relations != NULL ? xmlDocGetRootElement (relations) : NULL;
  const char *base = imp_xml_attribute (imp_xml_child (root, "workbookPr"), "date1904");

  self->is_1904 = g_strcmp0 (base, "1") == 0 || g_strcmp0 (base, "true") == 0;
  for (const xmlNode *node = imp_xml_path (root, "sheets/sheet"); node != NULL;
       node = imp_xml_next (node))
    {
      g_autofree char *part = target_of (of_book, imp_xml_attribute (node, "id"));

      if (part != NULL)
        put_sheet (self, part, node);
    }
}

/* DDE servers stand in links to other books. */
static void
count_dde (const Book *self, ImpOfficeCounts *counts)
{
  for (guint i = 0; i < self->zip->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->zip->names, i);
      g_autoptr (xmlDoc) document = NULL;

      if (!g_str_has_prefix (name, "xl/externalLinks/externalLink") ||
          !g_str_has_suffix (name, ".xml"))
        continue;
      document = imp_zip_xml (self->zip, name, self->flow->out);
      counts->n_links +=
          document != NULL && imp_xml_child (xmlDocGetRootElement (document), "ddeLink") != NULL;
    }
}

void
imp_office_sheets (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (ImpCellStyle));
  Book self = { .zip = zip, .flow = flow, .strings = strings, .styles = styles };

  g_array_set_clear_func (styles, imp_cell_style_clear);
  read_strings (&self);
  read_styles (&self);
  put_sheets (&self);
  imp_office_parts (zip, "xl/comments", flow, counts);
  imp_office_parts (zip, "xl/drawings/drawing", flow, counts);
  count_dde (&self, counts);
}
