/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "imp-decode.h"
#include "imp-error.h"

/* Without them nothing of a document is ever looked up elsewhere. NOENT, DTDLOAD, DTDATTR, DTDVALID,
 * XINCLUDE and RECOVER are never set. HUGE lifts the limit of 10 MB for one text, which attachments have,
 * and with it the guard against entities: there are none, as a document type is refused before. */
#define OPTIONS                                                                                    \
  (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | \
   XML_PARSE_IGNORE_ENC)

#define FIRST_CHUNK 4096

void
imp_xml_prolog_clear (ImpXmlProlog *self)
{
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->namespace, g_free);
}

static xmlParserInput *
load_nothing (const char *url, const char *id, xmlParserCtxt *context)
{
  return NULL;
}

static void
init_library (void)
{
  static gsize is_ready;

  if (!g_once_init_enter (&is_ready))
    return;
  xmlInitParser ();
  xmlSetExternalEntityLoader (load_nothing);
  g_once_init_leave (&is_ready, 1);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

gboolean
imp_xml_may_be (const guint8 *bytes, gsize len)
{
  gsize pos = 0;

  if (len >= 4 && (memcmp (bytes, "\xff\xfe<\0", 4) == 0 || memcmp (bytes, "\xfe\xff\0<", 4) == 0 ||
                   memcmp (bytes, "<\0?\0", 4) == 0 || memcmp (bytes, "\0<\0?", 4) == 0))
    return TRUE;
  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    pos = 3;
  while (pos < len && strchr (" \t\r\n", bytes[pos]) != NULL && bytes[pos] != '\0')
    pos++;
  return pos + 1 < len && bytes[pos] == '<' &&
         (g_ascii_isalpha (bytes[pos + 1]) || strchr ("?!_", bytes[pos + 1]) != NULL);
}

/* UTF-16 by its mark, or by the zeros of "<?". */
static const char *
utf16_name (const guint8 *bytes, gsize len)
{
  if (len < 4)
    return NULL;
  if ((bytes[0] == 0xff && bytes[1] == 0xfe) || memcmp (bytes, "<\0?\0", 4) == 0)
    return "UTF-16LE";
  if ((bytes[0] == 0xfe && bytes[1] == 0xff) || memcmp (bytes, "\0<\0?", 4) == 0)
    return "UTF-16BE";
  return NULL;
}

static gboolean
decode_utf16 (const guint8 *bytes, gsize len, GString *out)
{
  const char *name = utf16_name (bytes, len);
  g_autofree char *text = NULL;
  gsize written;

  if (name == NULL)
    return FALSE;
  text = g_convert ((const char *) bytes, (gssize) (len & ~(gsize) 1), "UTF-8", name, NULL, &written,
                    NULL);
  if (text == NULL)
    return FALSE;
  g_string_append_len (out, text, (gssize) written);
  if (g_str_has_prefix (out->str, "\xef\xbb\xbf"))
    g_string_erase (out, 0, 3);
  return TRUE;
}

/* (transfer full) (nullable): what the declaration says, if it says something else than UTF-8. */
static char *
declared_encoding (const guint8 *bytes, gsize len)
{
  g_autofree char *head = g_strndup ((const char *) bytes, MIN (len, 200));
  char *end = strstr (head, "?>");
  char *at;

  if (!g_str_has_prefix (head, "<?xml") || end == NULL)
    return NULL;
  *end = '\0';
  at = strstr (head, "encoding");
  at = at != NULL ? strpbrk (at, "\"'") : NULL;
  end = at != NULL ? strchr (at + 1, *at) : NULL;
  if (end == NULL || g_ascii_strncasecmp (at + 1, "UTF", 3) == 0)
    return NULL;
  /* Vendors' characters are declared as if there were none. */
  if (g_ascii_strncasecmp (at + 1, "Shift_JIS", 9) == 0 ||
      g_ascii_strncasecmp (at + 1, "Windows-31J", 11) == 0)
    return g_strdup ("CP932");
  return g_strndup (at + 1, (gsize) (end - at - 1));
}

/* Only where every byte fits the declaration. */
static gboolean
decode_as_declared (const guint8 *bytes, gsize len, GString *out)
{
  g_autofree char *name = declared_encoding (bytes, len);
  g_autofree char *text = NULL;
  gsize written;

  if (name == NULL || g_utf8_validate ((const char *) bytes, (gssize) len, NULL))
    return FALSE;
  text = g_convert ((const char *) bytes, (gssize) len, "UTF-8", name, NULL, &written, NULL);
  if (text == NULL || memchr (text, '\0', written) != NULL)
    return FALSE;
  g_string_append_len (out, text, (gssize) written);
  return TRUE;
}

guint
imp_xml_decode (const guint8 *bytes, gsize len, GString *out)
{
  ImpDecodeResult decoded = { 0 };

  g_string_truncate (out, 0);
  if (!decode_utf16 (bytes, len, out) && !decode_as_declared (bytes, len, out))
    imp_decode (bytes, len, out, &decoded);
  return decoded.n_lost;
}

/* ---- the beginning --------------------------------------------------------------------------- */

typedef struct
{
  xmlParserCtxt *context;
  ImpXmlProlog *out;
} Probe;

static void
on_doctype (void *data, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
  Probe *probe = data;

  probe->out->has_doctype = TRUE;
  xmlStopParser (probe->context);
}

static void
on_element (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
            int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
            const xmlChar **attributes)
{
  Probe *probe = data;

  if (probe->out->root == NULL)
    {
      probe->out->root = g_strdup ((const char *) name);
      probe->out->namespace = g_strdup (uri != NULL ? (const char *) uri : "");
    }
  xmlStopParser (probe->context);
}

void
imp_xml_probe (const char *text, gsize len, ImpXmlProlog *out)
{
  xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC,
                            .internalSubset = on_doctype,
                            .startElementNs = on_element };
  Probe probe = { .out = out };
  gsize chunk = FIRST_CHUNK;

  init_library ();
  *out = (ImpXmlProlog) { 0 };
  probe.context = xmlCreatePushParserCtxt (&handler, &probe, NULL, 0, NULL);
  xmlCtxtUseOptions (probe.context, OPTIONS);
  /* The library looks through a tag from its begin at each chunk: ever larger ones are few. */
  while (len > 0 && out->root == NULL && !out->has_doctype)
    {
      gsize n = MIN (chunk, len);

      if (xmlParseChunk (probe.context, text, (int) n, 0) != 0)
        break;
      text += n;
      len -= n;
      chunk *= 2;
    }
  xmlFreeParserCtxt (probe.context);
}

/* ---- the tree -------------------------------------------------------------------------------- */

static gboolean
fail (GError **error, int line, const char *why)
{
  if (line > 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "line %d: %s", line, why);
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, why);
  return FALSE;
}

static gboolean
check_text (const char *text, gsize len, GError **error)
{
  g_auto (ImpXmlProlog) prolog = { 0 };
  guint n = 0;

  if (len > G_MAXINT)
    return fail (error, 0, "too large");
  for (const char *p = text; (p = memchr (p, '<', (gsize) (text + len - p))) != NULL; p++)
    if (++n > IMP_XML_MAX_MARKUP)
      return fail (error, 0, "too many elements");
  imp_xml_probe (text, len, &prolog);
  if (prolog.has_doctype)
    return fail (error, 0, "a document type is declared");
  return TRUE;
}

/* Deeper ones would end the recursion of whoever walks the tree. */
static gboolean
check_depth (const xmlNode *root, GError **error)
{
  const xmlNode *node = root;
  guint depth = 1;

  while (node != NULL)
    {
      if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        {
          node = node->children;
          if (++depth > IMP_XML_MAX_DEPTH)
            return fail (error, (int) xmlGetLineNo ((xmlNode *) node), "nested too deep");
          continue;
        }
      while (node != root && node->next == NULL)
        {
          node = node->parent;
          depth--;
        }
      node = node == root ? NULL : node->next;
    }
  return TRUE;
}

xmlDoc *
imp_xml_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  xmlParserCtxt *context;
  int line;

  init_library ();
  if (!check_text (text, len, error))
    return NULL;
  context = xmlNewParserCtxt ();
  document = xmlCtxtReadMemory (context, text, (int) len, NULL, "UTF-8", OPTIONS);
  line = context->lastError.line;
  xmlFreeParserCtxt (context);
  if (document == NULL || xmlDocGetRootElement (document) == NULL)
    {
      fail (error, line, "not well-formed XML");
      return NULL;
    }
  if (document->intSubset != NULL || document->extSubset != NULL)
    {
      fail (error, 0, "a document type is declared");
      return NULL;
    }
  return check_depth (xmlDocGetRootElement (document), error) ? g_steal_pointer (&document) : NULL;
}

/* ---- walking -------------------------------------------------------------------------------- */

gboolean
imp_xml_is (const xmlNode *node, const char *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE &&
         strcmp ((const char *) node->name, name) == 0;
}

static const xmlNode *
find_from (const xmlNode *node, const char *name)
{
  while (node != NULL && !imp_xml_is (node, name))
    node = node->next;
  return node;
}

const xmlNode *
imp_xml_child (const xmlNode *node, const char *name)
{
  return node != NULL ? find_from (node->children, name) : NULL;
}

const xmlNode *
imp_xml_next (const xmlNode *node)
{
  return node != NULL ? find_from (node->next, (const char *) node->name) : NULL;
}

const xmlNode *
imp_xml_path (const xmlNode *node, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    node = imp_xml_child (node, names[i]);
  return node;
}

const char *
imp_xml_attribute (const xmlNode *node, const char *name)
{
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (strcmp ((const char *) attribute->name, name) == 0)
      return attribute->children != NULL && attribute->children->content != NULL
                 ? (const char *) attribute->children->content
                 : "";
  return NULL;
}

static void
append_text (const xmlNode *node, GString *out)
{
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        g_string_append (out, (const char *) child->content);
      else if (child->type == XML_ELEMENT_NODE)
        append_text (child, out);
    }
}

/* Runs of blanks and line ends become one blank. */
static char *
in_one_line (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (strchr (" \t\r\n", *p) == NULL)
      g_string_append_c (out, *p);
    else if (out->len > 0 && out->str[out->len - 1] != ' ')
      g_string_append_c (out, ' ');
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

char *
imp_xml_text (const xmlNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (node != NULL)
    append_text (node, text);
  return in_one_line (text->str);
}
