/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-cda-text.h"

#include <string.h>

#define MAX_COLUMNS 100
#define MAX_LEVEL 6

static void write_children (ImpCdaText *self, const xmlNode *node);

/* ---- adding --------------------------------------------------------------------------------- */

static void
add (ImpCdaText *self, const char *words)
{
  gsize len = strlen (words);
  gsize room = self->max_bytes - MIN (self->text->len, self->max_bytes);
  const char *end = words + room;

  if (len <= room)
    {
      g_string_append_len (self->text, words, (gssize) len);
      return;
    }
  self->is_cut = TRUE;
  while (end > words && ((guchar) *end & 0xC0) == 0x80)
    end--;
  g_string_append_len (self->text, words, (gssize) (end - words));
}

static gboolean
at_line_start (const ImpCdaText *self)
{
  return self->text->len == 0 || self->text->str[self->text->len - 1] == '\n';
}

static void
end_line (ImpCdaText *self)
{
  gsize len = self->text->len;

  while (len > 0 && self->text->str[len - 1] == ' ')
    len--;
  g_string_truncate (self->text, len);
  if (!at_line_start (self))
    add (self, "\n");
}

void
imp_cda_text_add_line (ImpCdaText *self, const char *line)
{
  end_line (self);
  add (self, line);
  end_line (self);
}

/* Runs of blanks are one blank, as in a page. */
static void
add_words (ImpCdaText *self, const char *text)
{
  const char *p = text;

  while (*p != '\0' && !self->is_cut)
    {
      gsize blanks = strspn (p, " \t\r\n");
      gsize words = strcspn (p + blanks, " \t\r\n");
      g_autofree char *word = g_strndup (p + blanks, words);

      if (blanks > 0 && !at_line_start (self) && self->text->str[self->text->len - 1] != ' ' &&
          self->text->str[self->text->len - 1] != '\t')
        add (self, " ");
      add (self, word);
      p += blanks + words;
    }
}

/* ---- tables --------------------------------------------------------------------------------- */

/* A cell that goes on in the rows below, or beside. */
typedef struct
{
  char *text;
  guint rows_left;
} Cell;

static void
cell_clear (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->text, g_free);
}

static guint
span (const xmlNode *cell, const char *name)
{
  const char *value = imp_xml_attribute (cell, name);
  guint64 n = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (n, 1, MAX_COLUMNS);
}

/* (transfer full): the words of a cell in one line. */
static char *
cell_text (ImpCdaText *self, const xmlNode *cell)
{
  ImpCdaText inner = *self;
  char *text;

  inner.text = g_string_new (NULL);
  write_children (&inner, cell);
  self->is_cut |= inner.is_cut;
  self->n_media = inner.n_media;
  text = g_string_free (inner.text, FALSE);
  g_strstrip (text);
  for (char *p = text; *p != '\0'; p++)
    if (*p == '\n' || *p == '\t')
      *p = ' ';
  return text;
}

/* The place of the next cell: those that hang down from the rows above stand in between. */
static guint
skip_covered (const GArray *cells, guint column)
{
  while (column < cells->len && g_array_index (cells, Cell, column).rows_left > 0)
    column++;
  return column;
}

static void
put_cell (ImpCdaText *self, const xmlNode *node, GArray *cells, guint *column)
{
  g_autofree char *text = cell_text (self, node);
  guint n_columns = span (node, "colspan");
  guint n_rows = span (node, "rowspan");

  for (guint i = 0; i < n_columns && *column < MAX_COLUMNS; i++)
    {
      Cell *cell;

      *column = skip_covered (cells, *column);
      if (*column >= cells->len)
        g_array_set_size (cells, *column + 1);
      cell = &g_array_index (cells, Cell, *column);
      g_free (cell->text);
      cell->text = g_strdup (text);
      cell->rows_left = n_rows;
      (*column)++;
    }
}

static void
write_row (ImpCdaText *self, const xmlNode *row, GArray *cells)
{
  guint column = 0;
  guint n = 0;

  for (const xmlNode *node = row->children; node != NULL && column < MAX_COLUMNS; node = node->next)
    if (imp_xml_is (node, "td") || imp_xml_is (node, "th"))
      put_cell (self, node, cells, &column);

  end_line (self);
  for (guint i = 0; i < cells->len; i++)
    {
      Cell *cell = &g_array_index (cells, Cell, i);

      if (cell->rows_left == 0)
        continue;
      for (; n < i; n++)
        add (self, "\t");
      add (self, cell->text);
      if (--cell->rows_left == 0)
        cell_clear (cell);
    }
  end_line (self);
}

static void
write_rows (ImpCdaText *self, const xmlNode *node, GArray *cells)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (imp_xml_is (child, "tr"))
      write_row (self, child, cells);
    else if (imp_xml_is (child, "thead") || imp_xml_is (child, "tbody") || imp_xml_is (child, "tfoot"))
      write_rows (self, child, cells);
    else if (imp_xml_is (child, "caption"))
      {
        end_line (self);
        write_children (self, child);
        end_line (self);
      }
}

static void
write_table (ImpCdaText *self, const xmlNode *table)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, TRUE, sizeof (Cell));

  g_array_set_clear_func (cells, cell_clear);
  end_line (self);
  write_rows (self, table, cells);
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
write_list (ImpCdaText *self, const xmlNode *list)
{
  gboolean is_ordered = g_strcmp0 (imp_xml_attribute (list, "listType"), "ordered") == 0;
  guint n = 0;

  for (const xmlNode *child = list->children; child != NULL; child = child->next)
    if (imp_xml_is (child, "item"))
      {
        g_autofree char *mark = is_ordered ? g_strdup_printf ("%u. ", ++n) : g_strdup ("・");

        end_line (self);
        add (self, mark);
        write_children (self, child);
        end_line (self);
      }
    else if (child->type == XML_ELEMENT_NODE)
      {
        end_line (self);
        write_children (self, child);
        end_line (self);
      }
}

static gboolean
is_one_of (const xmlNode *node, const char *const *names)
{
  return g_strv_contains (names, (const char *) node->name);
}

/* What was struck out must not read as if it stood. */
static void
write_deleted (ImpCdaText *self, const xmlNode *node)
{
  add (self, "【削除：");
  write_children (self, node);
  add (self, "】");
}

static void
write_element (ImpCdaText *self, const xmlNode *node)
{
  static const char *const blocks[] = { "paragraph", "caption", "footnote", "item", "p", "div", NULL };
  gboolean is_block = is_one_of (node, blocks);

  if (g_strcmp0 (imp_xml_attribute (node, "revised"), "delete") == 0)
    write_deleted (self, node);
  else if (imp_xml_is (node, "br"))
    add (self, "\n");
  else if (imp_xml_is (node, "list"))
    write_list (self, node);
  else if (imp_xml_is (node, "table"))
    write_table (self, node);
  else if (imp_xml_is (node, "renderMultiMedia"))
    {
      self->n_media++;
      add (self, "[図]");
      write_children (self, node);
    }
  else
    {
      if (imp_xml_is (node, "sup"))
        add (self, "^");
      if (is_block)
        end_line (self);
      write_children (self, node);
      if (is_block)
        end_line (self);
    }
}

static void
write_children (ImpCdaText *self, const xmlNode *node)
{
  for (const xmlNode *child = node->children; child != NULL && !self->is_cut; child = child->next)
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
      add_words (self, (const char *) child->content);
    else if (child->type == XML_ELEMENT_NODE)
      write_element (self, child);
}

void
imp_cda_text_narrative (ImpCdaText *self, const xmlNode *node)
{
  end_line (self);
  write_children (self, node);
  end_line (self);
}

/* ---- sections ------------------------------------------------------------------------------- */

static gboolean
has_words (const xmlNode *node)
{
  g_autofree char *text = imp_xml_text (node);

  return *text != '\0';
}

static void
write_title (ImpCdaText *self, const xmlNode *section, guint level)
{
  g_autofree char *title = imp_xml_text (imp_xml_child (section, "title"));
  g_autofree char *code = imp_cda_text_code (self, imp_xml_child (section, "code"));
  GString *line = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < MIN (level, MAX_LEVEL); i++)
    g_string_append (line, "　");
  g_string_append (line, "■ ");
  g_string_append (line, *title != '\0' ? title : *code != '\0' ? code : "（表題なし）");
  text = g_string_free (line, FALSE);
  if (level == 0 && self->text->len > 0)
    {
      end_line (self);
      add (self, "\n");
    }
  imp_cda_text_add_line (self, text);
}

/* A section about a relative or an unborn child is not about the patient. */
static void
write_subject (ImpCdaText *self, const xmlNode *section)
{
  const xmlNode *relative = imp_xml_path (section, "subject/relatedSubject");
  g_autofree char *who = NULL;
  g_autofree char *line = NULL;

  if (relative == NULL)
    return;
  who = imp_cda_text_code (self, imp_xml_child (relative, "code"));
  line = g_strdup_printf ("【本人以外%s%s】", *who != '\0' ? "：" : "", who);
  imp_cda_text_add_line (self, line);
}

static guint
write_entries (ImpCdaText *self, const xmlNode *section)
{
  guint n = 0;

  for (const xmlNode *entry = imp_xml_child (section, "entry"); entry != NULL;
       entry = imp_xml_next (entry), n++)
    imp_cda_text_entry (self, entry);
  return n;
}

void
imp_cda_text_section (ImpCdaText *self, const xmlNode *section, guint level)
{
  const xmlNode *words = imp_xml_child (section, "text");
  gboolean is_empty = TRUE;

  write_title (self, section, level);
  write_subject (self, section);
  /* Not known is not none: NI, UNK, NASK, ... of the whole section. */
  if (imp_xml_attribute (section, "nullFlavor") != NULL)
    {
      imp_cda_text_add_line (self, "情報なし（記録なし）");
      is_empty = FALSE;
    }
  if (words != NULL && (has_words (words) || imp_xml_child (words, "renderMultiMedia") != NULL))
    {
      imp_cda_text_narrative (self, words);
      is_empty = FALSE;
    }
  else if (write_entries (self, section) > 0)
    is_empty = FALSE;

  for (const xmlNode *part = imp_xml_child (section, "component"); part != NULL && !self->is_cut;
       part = imp_xml_next (part))
    for (const xmlNode *inner = imp_xml_child (part, "section"); inner != NULL;
         inner = imp_xml_next (inner))
      {
        imp_cda_text_section (self, inner, level + 1);
        is_empty = FALSE;
      }
  if (is_empty)
    imp_cda_text_add_line (self, "記載なし");
}
