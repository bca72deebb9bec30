/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <string.h>

#include "imp-xml.h"

/* Words of OpenDocument 1.2 part 1: a cell is what was shown. Trees are at most IMP_XML_MAX_DEPTH
 * deep. */

#define MAX_REPEATED 64 /* blanks and cells written in one element */

#define MAX_PARENTS 10 /* of a style */

static void walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts);

/* ---- styles --------------------------------------------------------------------------------- */

/* What a style makes of words that must not be read as plain ones; -1 where it says nothing. */
typedef struct
{
  int is_struck;
  int is_raised;
  int font;     /* ImpSymbolFont */
  char *parent; /* (nullable): key of the style that it builds on */
} Style;

static void
style_free (gpointer data)
{
  g_free (((Style *) data)->parent);
  g_free (data);
}

/* OpenDocument 1.2 part 1, 20.380: "super 58%", "33% 58%" */
static gboolean
is_super (const char *position)
{
  return g_str_has_prefix (position, "super") || g_ascii_strtod (position, NULL) > 0;
}

/* Part 1, 16.27.28, 20.363, 20.366. */
static Style *
style_new (const xmlNode *node, const char *family)
{
  const xmlNode *properties = imp_xml_child (node, "text-properties");
  const char *line = imp_xml_attribute (properties, "text-line-through-style");
  const char *type = imp_xml_attribute (properties, "text-line-through-type");
  const char *position = imp_xml_attribute (properties, "text-position");
  const char *font = imp_xml_attribute (properties, "font-name");
  const char *parent = imp_xml_attribute (node, "parent-style-name");
  Style *style = g_new0 (Style, 1);

  if (line == NULL)
    line = type;
  if (font == NULL)
    font = imp_xml_attribute (properties, "font-family");
  style->is_struck = line != NULL ? strcmp (line, "none") != 0 : -1;
  style->is_raised = position != NULL ? is_super (position) : -1;
  style->font = font != NULL ? (int) imp_symbol_font_of (font) : -1;
  style->parent = parent != NULL ? g_strdup_printf ("%s %s", family, parent) : NULL;
  return style;
}

static void
add_styles (GHashTable *styles, const xmlNode *list)
{
  for (const xmlNode *node = imp_xml_child (list, "style"); node != NULL;
       node = imp_xml_next (node))
    {
      const char *family = imp_xml_attribute (node, "family");
      const char *name = imp_xml_attribute (node, "name");

      if (family != NULL && name != NULL)
        g_hash_table_replace (styles, g_strdup_printf ("%s %s", family, name),
                              style_new (node, family));
    }
}

/* Of a part, or of none: its own, and those that have a name for everybody. */
static void
read_styles (GHashTable *styles, xmlDoc *document)
{
  const xmlNode *root = document != NULL ? xmlDocGetRootElement (document) : NULL;

  add_styles (styles, imp_xml_child (root, "styles"));
  add_styles (styles, imp_xml_child (root, "automatic-styles"));
}

static const char *
family_of (const xmlNode *node)
{
  if (imp_xml_is (node, "p") || imp_xml_is (node, "h"))
    return "paragraph";
  if (imp_xml_is (node, "span"))
    return "text";
  return imp_xml_is (node, "table-cell") ? "table-cell" : NULL;
}

/* What stands in a style counts, else what its parent says. */
static void
enter_style (ImpFlow *flow, const xmlNode *node, GHashTable *styles)
{
  const char *family = family_of (node);
  const char *name = family != NULL ? imp_xml_attribute (node, "style-name") : NULL;
  g_autofree char *key = name != NULL ? g_strdup_printf ("%s %s", family, name) : NULL;
  const Style *style = key != NULL ? g_hash_table_lookup (styles, key) : NULL;
  Style all = { -1, -1, -1, NULL };

  for (guint i = 0; style != NULL && i < MAX_PARENTS; i++)
    {
      all.is_struck = all.is_struck >= 0 ? all.is_struck : style->is_struck;
      all.is_raised = all.is_raised >= 0 ? all.is_raised : style->is_raised;
      all.font = all.font >= 0 ? all.font : style->font;
      style = style->parent != NULL ? g_hash_table_lookup (styles, style->parent) : NULL;
    }
  flow->n_struck += all.is_struck > 0;
  flow->n_raised += all.is_raised > 0;
  if (all.font >= 0)
    flow->font = (ImpSymbolFont) all.font;
}

/* ---- words ---------------------------------------------------------------------------------- */

static void
walk_children (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  for (const xmlNode *child = node->children; child != NULL && !flow->out->is_text_cut;
       child = child->next)
    walk (flow, child, counts);
}

static guint
repeated (const xmlNode *node, const char *attribute)
{
  const char *text = imp_xml_attribute (node, attribute);

  return text != NULL ? (guint) CLAMP (g_ascii_strtoll (text, NULL, 10), 1, MAX_REPEATED) : 1;
}

static void
walk_cell (ImpFlow *flow, const xmlNode *cell, ImpOfficeCounts *counts)
{
  const ImpFlow before = *flow;

  enter_style (flow, cell, counts->styles);
  walk_children (flow, cell, counts);
  imp_flow_leave (flow, &before);
}

static void
put_cells (ImpFlow *flow, const xmlNode *row, ImpOfficeCounts *counts)
{
  guint n_pending = 0;

  for (const xmlNode *cell = row->children; cell != NULL && !flow->out->is_text_cut;
       cell = cell->next)
    {
      if (!imp_xml_is (cell, "table-cell") && !imp_xml_is (cell, "covered-table-cell"))
        continue;
      if (cell->children != NULL)
        {
          for (; n_pending > 0; n_pending--)
            imp_flow_cell (flow, 1);
          flow->n_cells++;
          walk_cell (flow, cell, counts);
          flow->n_cells--;
        }
      n_pending = MIN (n_pending + repeated (cell, "number-columns-repeated"), 4 * MAX_REPEATED);
    }
}

static void
put_row (ImpFlow *flow, const xmlNode *row, ImpOfficeCounts *counts)
{
  put_cells (flow, row, counts);
  imp_flow_row (flow);
}

static void
put_title (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  const char *name = imp_xml_attribute (node, "name");

  imp_flow_line (flow);
  if (name != NULL)
    {
      g_autofree char *heading = g_strdup_printf ("［%s］", name);

      imp_flow_put (flow, heading, strlen (heading));
      imp_flow_line (flow);
    }
  walk_children (flow, node, counts);
}

static void
put_aside (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  flow->n_cells++; /* within the line */
  imp_flow_put (flow, "（", strlen ("（"));
  walk_children (flow, node, counts);
  imp_flow_put (flow, "）", strlen ("）"));
  flow->n_cells--;
}

/* Not a link to be clicked on, but something that a program fetches. */
static void
count_fetched (const xmlNode *node, ImpOfficeCounts *counts)
{
  const char *target = imp_xml_attribute (node, "href");

  if (imp_xml_is (node, "dde-source") || imp_xml_is (node, "dde-connection-decl") ||
      imp_xml_is (node, "table-source") || imp_xml_is (node, "cell-range-source") ||
      (target != NULL && (imp_xml_is (node, "image") || imp_xml_is (node, "section-source")) &&
       (strstr (target, "://") != NULL || g_str_has_prefix (target, "../"))))
    counts->n_links++;
  if (imp_xml_is (node, "object") || imp_xml_is (node, "object-ole") ||
      imp_xml_is (node, "plugin") || imp_xml_is (node, "applet"))
    counts->n_objects++;
}

static gboolean
walk_special (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  if (imp_xml_is (node, "tab"))
    imp_flow_put (flow, flow->n_cells > 0 ? " " : "\t", 1);
  else if (imp_xml_is (node, "s"))
    for (guint n = repeated (node, "c"); n > 0; n--)
      imp_flow_put (flow, " ", 1);
  else if (imp_xml_is (node, "line-break"))
    imp_flow_line (flow);
  else if (imp_xml_is (node, "table-row"))
    put_row (flow, node, counts);
  else if (imp_xml_is (node, "page") || (imp_xml_is (node, "table") && flow->n_cells == 0))
    put_title (flow, node, counts);
  else if (imp_xml_is (node, "annotation") || imp_xml_is (node, "note") ||
           imp_xml_is (node, "ruby-text"))
    put_aside (flow, node, counts);
  else if (imp_xml_is (node, "deletion"))
    {
      flow->n_struck++;
      walk_children (flow, node, counts);
      flow->n_struck--;
    }
  else
    return imp_xml_is (node, "scripts") || imp_xml_is (node, "change-info") ||
           imp_xml_is (node, "note-citation") || imp_xml_is (node, "automatic-styles");
  return TRUE;
}

/* Blanks between other elements are for show (OpenDocument 1.2 part 1, 6.1.2). */
static gboolean
is_of_paragraph (const xmlNode *text)
{
  return imp_xml_is (text->parent, "p") || imp_xml_is (text->parent, "h") ||
         imp_xml_is (text->parent, "span") || imp_xml_is (text->parent, "a") ||
         text->content[strspn ((const char *) text->content, " \t\r\n")] != '\0';
}

static void
walk_element (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  const ImpFlow before = *flow;

  count_fetched (node, counts);
  enter_style (flow, node, counts->styles);
  if (!walk_special (flow, node, counts))
    {
      walk_children (flow, node, counts);
      if (imp_xml_is (node, "p") || imp_xml_is (node, "h"))
        imp_flow_line (flow);
    }
  imp_flow_leave (flow, &before);
}

static void
walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    {
      if (node->content != NULL && is_of_paragraph (node))
        imp_flow_words (flow, (const char *) node->content);
      return;
    }
  if (node->type == XML_ELEMENT_NODE)
    walk_element (flow, node, counts);
}

static void
put_part (xmlDoc *document, const char *path, ImpFlow *flow, ImpOfficeCounts *counts)
{
  const xmlNode *start =
      document != NULL ? imp_xml_child (xmlDocGetRootElement (document), path) : NULL;

  if (start != NULL)
    walk_children (flow, start, counts);
  imp_flow_line (flow);
}

static gboolean
is_encrypted (const ImpZip *zip)
{
  GBytes *manifest = imp_zip_part (zip, "META-INF/manifest.xml");
  gsize len = 0;
  const char *text = manifest != NULL ? g_bytes_get_data (manifest, &len) : NULL;

  return text != NULL && memmem (text, len, "encryption-data", 15) != NULL;
}

void
imp_office_open_document (const ImpZip *zip, ImpFlow *flow, ImpOfficeCounts *counts)
{
  g_autoptr (GHashTable) styles = NULL;
  g_autoptr (xmlDoc) named = NULL;
  g_autoptr (xmlDoc) content = NULL;

  if (is_encrypted (zip))
    {
      imp_document_find (flow->out, IMP_FINDING_ATTACHMENT_REFUSED, "it is under a password");
      return;
    }
  named = imp_zip_xml (zip, "styles.xml", flow->out);
  content = imp_zip_xml (zip, "content.xml", flow->out);
  styles = counts->styles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, style_free);
  read_styles (styles, named);
  read_styles (styles, content);
  put_part (named, "master-styles", flow, counts); /* headers and footers */
  put_part (content, "body", flow, counts);
  counts->styles = NULL;
}
