/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-office.h"

#include <string.h>

#include "imp-xml.h"

/* Words of OpenDocument 1.2 part 1: a cell is what was shown. Trees are at most IMP_XML_MAX_DEPTH
 * deep. */

#define MAX_REPEATED 64 /* blanks and cells written in one element */

static void walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts);

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
          walk_children (flow, cell, counts);
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
walk (ImpFlow *flow, const xmlNode *node, ImpOfficeCounts *counts)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    {
      if (node->content != NULL && is_of_paragraph (node))
        imp_flow_words (flow, (const char *) node->content);
      return;
    }
  if (node->type != XML_ELEMENT_NODE)
    return;
  count_fetched (node, counts);
  if (walk_special (flow, node, counts))
    return;
  walk_children (flow, node, counts);
  if (imp_xml_is (node, "p") || imp_xml_is (node, "h"))
    imp_flow_line (flow);
}

static void
put_part (const ImpZip *zip, const char *name, const char *path, ImpFlow *flow,
          ImpOfficeCounts *counts)
{
  g_autoptr (xmlDoc) document = imp_zip_xml (zip, name, flow->out);
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
  if (is_encrypted (zip))
    {
      imp_document_find (flow->out, IMP_FINDING_ATTACHMENT_REFUSED, "it is under a password");
      return;
    }
  put_part (zip, "styles.xml", "master-styles", flow, counts); /* headers and footers */
  put_part (zip, "content.xml", "body", flow, counts);
}
