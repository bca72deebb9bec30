/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <math.h>
#include <string.h>

#include "imp-text.h"
#include "imp-xml.h"

/*
 * Words of SpreadsheetML (ECMA-376 part 1, 18). A cell is what the file holds: the value that a
 * formula had when it was saved, numbers with the digits stored. Where the format shows more than
 * digits, a unit or a percent sign, it stands behind the number: 0.5［書式：0%］. Only dates are
 * turned from days since 1900 into dates, as nobody could read them.
 */

#define MAX_COLUMNS 200 /* empty ones before a cell, as TABs */
#define MAX_STRINGS 2000000
#define DAYS_1900 693594 /* g_date julian of 1899-12-30 */
#define DAYS_1904 695056
#define MAX_FORMAT_BYTES 80  /* that is told */
#define MAX_SERIAL 2958466.0 /* year 10000 */

typedef struct
{
  gboolean is_date;
  char *told; /* (nullable): the format, where a number must not be read without it */
  gboolean is_struck;
  ImpSymbolFont font;
} Style;

typedef struct
{
  const ImpZip *zip;
  ImpFlow *flow;
  GPtrArray *strings; /* shared ones */
  GArray *styles;     /* (element-type Style): of cells */
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

/* "[h]", "[mm]": hours beyond 24. Not "[Red]", "[<5]". */
static gboolean
is_elapsed (const char *bracket)
{
  gsize n = strspn (bracket + 1, "hHmMsS");

  return n > 0 && bracket[1 + n] == ']';
}

/* ECMA-376 part 1, 18.8.30: without quoted words, colours and elapsed time, letters of dates. */
static gboolean
is_date_format (const char *format)
{
  gboolean is_quoted = FALSE;

  for (const char *p = format; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        is_quoted = !is_quoted;
      else if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '[' && !is_quoted)
        {
          const char *end = strchr (p, ']');

          /* hours beyond 24 are no time of the day */
          if (end == NULL || is_elapsed (p))
            return FALSE;
          p = end;
        }
      else if (!is_quoted && strchr ("yYdDhHsS", *p) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* The formats that need no entry, with those of Japanese ones. */
static gboolean
is_date_number (int id)
{
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 ||
         (id >= 50 && id <= 58);
}

/* ECMA-376 part 1, 18.8.31: whether it shows anything but digits and their signs. A comma that no
 * digit follows divides by a thousand. */
static gboolean
says_more_than_digits (const char *format)
{
  if (g_ascii_strcasecmp (format, "General") == 0)
    return FALSE;
  for (const char *p = format; *p != '\0'; p++)
    {
      if ((*p == '_' || *p == '*') && p[1] != '\0')
        p = g_utf8_next_char (p + 1) - 1; /* as wide as the next, filled with the next */
      else if (*p == '[' && p[1] != '$' && !is_elapsed (p))
        p += strcspn (p, "]") - (strchr (p, ']') == NULL);
      else if (*p == ',' && (p[1] == '\0' || strchr ("0#?", p[1]) == NULL))
        return TRUE;
      else if (strchr ("0#?.,+-() ;@/Ee", *p) == NULL)
        return TRUE;
    }
  return FALSE;
}

static void
style_clear (gpointer data)
{
  g_free (((Style *) data)->told);
}

/* Formats without an entry: 18.8.30. */
static const char *
known_format (int id)
{
  return id == 9 ? "0%" : id == 10 ? "0.00%" : NULL;
}

/* @format: (nullable): the book's own of that number */
static Style
style_new (int id, const char *format)
{
  Style style = { .is_date = format != NULL ? is_date_format (format) : is_date_number (id) };

  if (format == NULL)
    format = known_format (id);
  if (!style.is_date && format != NULL && says_more_than_digits (format))
    style.told = g_strndup (format, imp_text_cut_string (format, MAX_FORMAT_BYTES));
  return style;
}

/* ECMA-376 part 1, 18.8.22: of the whole cell. */
static void
set_font (Style *style, const xmlNode *font)
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
      Style style = style_new (id, g_hash_table_lookup (own, GINT_TO_POINTER (id)));
      int font = number_of (node, "fontId", -1);

      if (font >= 0 && (guint) font < fonts->len)
        set_font (&style, g_ptr_array_index (fonts, (guint) font));
      g_array_append_val (self->styles, style);
    }
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* (transfer full) (nullable): days and their fraction as a date and time. */
static char *
date_of (const Book *self, const char *value)
{
  char *end;
  double serial = g_ascii_strtod (value, &end);
  gint64 seconds;
  GDate date;

  if (end == value || *end != '\0' || !(serial >= 0) || serial >= MAX_SERIAL)
    return NULL;
  /* 1900 is a leap year there. */
  if (!self->is_1904 && serial < 60)
    serial += serial >= 1 ? 1 : 0;
  seconds = (gint64) round (serial * 86400);
  if (seconds < 86400 && !self->is_1904)
    return g_strdup_printf ("%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (seconds / 86400 + (self->is_1904 ? DAYS_1904 : DAYS_1900)));
  if (seconds % 86400 == 0)
    return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                            g_date_get_day (&date));
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_get_year (&date),
                          g_date_get_month (&date), g_date_get_day (&date),
                          (int) (seconds / 3600 % 24), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
}

/* (nullable) */
static const Style *
style_of (const Book *self, const xmlNode *cell)
{
  int style = number_of (cell, "s", 0);

  return style >= 0 && (guint) style < self->styles->len
             ? &g_array_index (self->styles, Style, style)
             : NULL;
}

/* (transfer full) */
static char *
text_of_number (const Book *self, const xmlNode *cell, const char *value)
{
  const Style *style = style_of (self, cell);
  char *date = style != NULL && style->is_date ? date_of (self, value) : NULL;

  if (date != NULL)
    return date;
  return style != NULL && style->told != NULL && *value != '\0'
             ? g_strdup_printf ("%s［書式：%s］", value, style->told)
             : g_strdup (value);
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
  return type == NULL || strcmp (type, "n") == 0 ? text_of_number (self, cell, value)
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

/* @style: (nullable) */
static void
put_cell (const Book *self, const char *text, const Style *style)
{
  ImpFlow *flow = self->flow;

  flow->n_struck += style != NULL && style->is_struck;
  flow->font = style != NULL ? style->font : IMP_FONT_OF_LETTERS;
  imp_flow_put (flow, text, strlen (text));
  flow->n_struck = 0;
  flow->font = IMP_FONT_OF_LETTERS;
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
          put_cell (self, text, style_of (self, cell));
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

static void
put_sheet (const Book *self, const char *part, const char *title)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (self->zip, part, self->flow->out);
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;
  g_autofree char *heading = g_strdup_printf ("［%s］", title);

  imp_flow_put (self->flow, heading, strlen (heading));
  imp_flow_line (self->flow);
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
      const char *title = imp_xml_attribute (node, "name");

      if (part != NULL)
        put_sheet (self, part, title != NULL ? title : "");
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
  g_autoptr (GArray) styles = g_array_new (FALSE, FALSE, sizeof (Style));
  Book self = { .zip = zip, .flow = flow, .strings = strings, .styles = styles };

  g_array_set_clear_func (styles, style_clear);
  read_strings (&self);
  read_styles (&self);
  put_sheets (&self);
  imp_office_parts (zip, "xl/comments", flow, counts);
  imp_office_parts (zip, "xl/drawings/drawing", flow, counts);
  count_dde (&self, counts);
}
