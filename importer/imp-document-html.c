/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-document-page.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#include "imp-document-flow.h"
#include "imp-xml.h"

/*
 * The words of a page (spec fhir.md 6.5): nothing is loaded, run or followed. libxml2's reader of
 * HTML takes what is broken too; it knows no entities but those of HTML, and loads no document
 * type.
 */

#define MAX_DEPTH 200
#define MAX_STYLE_PARTS 100

typedef enum
{
  SHAPE_INLINE,
  SHAPE_SKIP,
  SHAPE_SCRIPT,
  SHAPE_BLOCK,
  SHAPE_BREAK,
  SHAPE_ITEM,
  SHAPE_ROW,
  SHAPE_CELL,
  SHAPE_PRE,
  SHAPE_STRUCK,
  SHAPE_RAISED,
  SHAPE_PICTURE,
  SHAPE_FOREIGN, /* something from elsewhere */
} Shape;

static const struct
{
  const char *name;
  Shape shape;
} shapes[] = {
  { "script", SHAPE_SCRIPT },  { "style", SHAPE_SKIP },       { "template", SHAPE_SKIP },
  { "p", SHAPE_BLOCK },        { "div", SHAPE_BLOCK },        { "h1", SHAPE_BLOCK },
  { "h2", SHAPE_BLOCK },       { "h3", SHAPE_BLOCK },         { "h4", SHAPE_BLOCK },
  { "h5", SHAPE_BLOCK },       { "h6", SHAPE_BLOCK },         { "ul", SHAPE_BLOCK },
  { "ol", SHAPE_BLOCK },       { "dl", SHAPE_BLOCK },         { "dt", SHAPE_BLOCK },
  { "dd", SHAPE_BLOCK },       { "table", SHAPE_BLOCK },      { "section", SHAPE_BLOCK },
  { "article", SHAPE_BLOCK },  { "blockquote", SHAPE_BLOCK }, { "address", SHAPE_BLOCK },
  { "title", SHAPE_BLOCK },    { "caption", SHAPE_BLOCK },    { "form", SHAPE_BLOCK },
  { "center", SHAPE_BLOCK },   { "hr", SHAPE_BREAK },         { "br", SHAPE_BREAK },
  { "li", SHAPE_ITEM },        { "tr", SHAPE_ROW },           { "td", SHAPE_CELL },
  { "th", SHAPE_CELL },        { "pre", SHAPE_PRE },          { "textarea", SHAPE_PRE },
  { "del", SHAPE_STRUCK },     { "s", SHAPE_STRUCK },         { "strike", SHAPE_STRUCK },
  { "sup", SHAPE_RAISED },     { "img", SHAPE_PICTURE },      { "iframe", SHAPE_FOREIGN },
  { "frame", SHAPE_FOREIGN },  { "object", SHAPE_FOREIGN },   { "embed", SHAPE_FOREIGN },
  { "applet", SHAPE_FOREIGN }, { "link", SHAPE_FOREIGN },     { "video", SHAPE_FOREIGN },
  { "audio", SHAPE_FOREIGN },  { "base", SHAPE_FOREIGN },
};

typedef struct
{
  ImpFlow flow;
  guint depth;
  guint n_pre;
  guint column;
  guint n_scripts;
  guint n_foreign;
  guint n_pictures;
  gboolean is_too_deep;
} Page;

static void walk (Page *self, const xmlNode *node);

static Shape
shape_of (const xmlNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (strcmp (shapes[i].name, (const char *) node->name) == 0)
      return shapes[i].shape;
  return SHAPE_INLINE;
}

static void
count_handlers (Page *self, const xmlNode *node)
{
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (g_ascii_strncasecmp ((const char *) attribute->name, "on", 2) == 0)
      self->n_scripts++;
}

static void
add_picture (Page *self, const xmlNode *node)
{
  const char *alt = imp_xml_attribute (node, "alt");
  g_autofree char *text = g_strdup_printf ("[画像: %s]", alt != NULL ? alt : "");

  self->n_pictures++;
  imp_flow_put (&self->flow, text, strlen (text));
}

static void
add_row (Page *self, const xmlNode *node)
{
  guint outer = self->column;

  imp_flow_line (&self->flow);
  self->column = 0;
  walk (self, node->children);
  self->column = outer;
  imp_flow_row (&self->flow);
}

static void
add_cell (Page *self, const xmlNode *node)
{
  imp_flow_cell (&self->flow, self->column++);
  self->flow.n_cells++;
  walk (self, node->children);
  self->flow.n_cells--;
}

static void
add_block (Page *self, const xmlNode *node, Shape shape)
{
  imp_flow_line (&self->flow);
  if (shape == SHAPE_ITEM)
    imp_flow_put (&self->flow, "・", strlen ("・"));
  self->n_pre += shape == SHAPE_PRE;
  walk (self, node->children);
  self->n_pre -= shape == SHAPE_PRE;
  imp_flow_line (&self->flow);
}

/* Of a style: what is said of @property; "" where nothing is. Returns: (transfer full) */
static char *
style_value (const xmlNode *node, const char *property)
{
  const char *style = imp_xml_attribute (node, "style");
  g_auto (GStrv) parts = g_strsplit (style != NULL ? style : "", ";", MAX_STYLE_PARTS);
  gsize len = strlen (property);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (g_ascii_strncasecmp (part, property, len) == 0 && part[len] == ':')
        return g_ascii_strdown (part + len + 1, -1);
    }
  return g_strdup ("");
}

/* What an element's style makes of its words, beside its name. */
static void
enter_style (Page *self, const xmlNode *node)
{
  g_autofree char *line = style_value (node, "text-decoration");
  g_autofree char *longer = style_value (node, "text-decoration-line");
  g_autofree char *align = style_value (node, "vertical-align");
  g_autofree char *family = style_value (node, "font-family");
  const char *face = *family != '\0' ? family : imp_xml_attribute (node, "face");

  self->flow.n_struck +=
      strstr (line, "line-through") != NULL || strstr (longer, "line-through") != NULL;
  self->flow.n_raised += strstr (align, "super") != NULL;
  if (face != NULL)
    self->flow.font = imp_symbol_font_of (face);
}

static void
add_shape (Page *self, const xmlNode *node, Shape shape)
{
  switch (shape)
    {
    case SHAPE_SKIP:
      break;
    case SHAPE_SCRIPT:
      self->n_scripts++;
      break;
    case SHAPE_BREAK:
      imp_flow_line (&self->flow);
      break;
    case SHAPE_BLOCK:
    case SHAPE_ITEM:
    case SHAPE_PRE:
      add_block (self, node, shape);
      break;
    case SHAPE_ROW:
      add_row (self, node);
      break;
    case SHAPE_CELL:
      add_cell (self, node);
      break;
    case SHAPE_STRUCK:
      self->flow.n_struck++;
      walk (self, node->children);
      self->flow.n_struck--;
      break;
    case SHAPE_RAISED:
      self->flow.n_raised++;
      walk (self, node->children);
      self->flow.n_raised--;
      break;
    case SHAPE_PICTURE:
      add_picture (self, node);
      break;
    case SHAPE_FOREIGN:
      self->n_foreign++;
      walk (self, node->children);
      break;
    case SHAPE_INLINE:
    default:
      walk (self, node->children);
      break;
    }
}

static void
add_element (Page *self, const xmlNode *node)
{
  const ImpFlow before = self->flow;

  count_handlers (self, node);
  enter_style (self, node);
  add_shape (self, node, shape_of (node));
  imp_flow_leave (&self->flow, &before);
}

static void
walk (Page *self, const xmlNode *node)
{
  if (self->depth >= MAX_DEPTH)
    {
      self->is_too_deep |= node != NULL;
      return;
    }
  self->depth++;
  for (; node != NULL && !self->flow.out->is_text_cut; node = node->next)
    if (node->type == XML_ELEMENT_NODE)
      add_element (self, node);
    else if (node->type == XML_TEXT_NODE && node->content != NULL)
      {
        if (self->n_pre > 0)
          imp_flow_put (&self->flow, (const char *) node->content,
                        strlen ((const char *) node->content));
        else
          imp_flow_words (&self->flow, (const char *) node->content);
      }
  self->depth--;
}

static void
report (const Page *self, guint n_lost)
{
  ImpDocument *out = self->flow.out;

  if (n_lost > 0)
    imp_document_find (out, IMP_FINDING_UNDECODABLE, "characters lost: %u", n_lost);
  if (self->is_too_deep)
    imp_document_find (out, IMP_FINDING_TRUNCATED, "nested too deep");
  imp_document_refuse_part (out, self->n_scripts, "a script");
  imp_document_refuse_part (out, self->n_foreign, "a reference to something elsewhere");
  imp_document_refuse_part (out, self->n_pictures, "a picture that is not carried");
  out->n_pictures_dropped += self->n_pictures;
}

void
imp_document_page (const xmlNode *node, const ImpDocumentLimits *limits, guint n_lost,
                   ImpDocument *out)
{
  Page page = { .flow = { .out = out, .limits = limits } };

  walk (&page, node);
  imp_flow_end (&page.flow);
  report (&page, n_lost);
}

static gboolean
has_too_much (const GString *text)
{
  const char *end = text->str + text->len;
  guint n = 0;

  for (const char *p = text->str; (p = memchr (p, '<', (gsize) (end - p))) != NULL; p++)
    if (++n > IMP_XML_MAX_MARKUP)
      return TRUE;
  return FALSE;
}

void
imp_document_html (const guint8 *bytes, gsize len, const ImpDocumentLimits *limits,
                   ImpDocument *out)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_lost = imp_xml_decode (bytes, len, text);
  g_autoptr (xmlDoc) document = NULL;

  if (text->len > G_MAXINT || has_too_much (text))
    {
      imp_document_find (out, IMP_FINDING_ATTACHMENT_REFUSED, "too many elements");
      return;
    }
  document =
      htmlReadMemory (text->str, (int) text->len, NULL, "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                          HTML_PARSE_NOWARNING | HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
  if (document == NULL)
    {
      imp_document_find (out, IMP_FINDING_UNREADABLE, "it cannot be read as HTML");
      return;
    }
  imp_document_page (document->children, limits, n_lost, out);
}
