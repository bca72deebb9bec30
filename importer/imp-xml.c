/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "imp-decode.h"
#include "imp-error.h"
#include "imp-xml-scan.h"

/* Without them nothing of a document is ever looked up elsewhere. NOENT, DTDLOAD, DTDATTR, DTDVALID,
 * XINCLUDE and RECOVER are never set. HUGE lifts the limit of 10 MB for one text, which attachments have,
 * and with it the guard against entities: there are none, as a document type is refused before. */
#define OPTIONS                                                                                    \
  (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | \
   XML_PARSE_IGNORE_ENC)

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

/* Names of character sets that XML is declared in, and what the bytes then are. Vendors' characters are
 * declared as if there were none. No other name is handed to the converter: it may load a module for it,
 * and "//IGNORE" behind one drops characters without a word. */
static const struct
{
  const char *declared;
  const char *charset;
} charsets[] = {
  { "Shift_JIS", "CP932" },   { "Shift-JIS", "CP932" }, { "x-sjis", "CP932" },
  { "SJIS", "CP932" },        { "MS932", "CP932" },     { "CP932", "CP932" },
  { "Windows-31J", "CP932" }, { "EUC-JP", "EUC-JP" },   { "x-euc-jp", "EUC-JP" },
  { "ISO-2022-JP", "ISO-2022-JP" },
  { "ISO-8859-1", "ISO-8859-1" },
  { "windows-1252", "CP1252" },
};

/* Returns: (nullable): how to read what the declaration says, if it says one of the above */
static const char *
declared_charset (const guint8 *bytes, gsize len)
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
  if (end == NULL)
    return NULL;
  *end = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (g_ascii_strcasecmp (at + 1, charsets[i].declared) == 0)
      return charsets[i].charset;
  return NULL;
}

/* Only where every byte fits the declaration. */
static gboolean
decode_as_declared (const guint8 *bytes, gsize len, GString *out)
{
  const char *name = declared_charset (bytes, len);
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

/* ---- the beginning -------------------------------------------------------------------------- */

/* The last of "a:b". */
static char *
local_name (const ImpXmlScan *scan)
{
  const char *colon = memchr (scan->name, ':', scan->name_len);
  const char *name = colon != NULL ? colon + 1 : scan->name;

  return g_strndup (name, (gsize) (scan->name + scan->name_len - name));
}

void
imp_xml_probe (const char *text, gsize len, ImpXmlProlog *out)
{
  ImpXmlScan scan;
  ImpXmlToken token;

  *out = (ImpXmlProlog) { 0 };
  imp_xml_scan_init (&scan, text, len);
  do
    token = imp_xml_scan_next (&scan);
  while (token == IMP_XML_TOKEN_OTHER);
  out->has_doctype = token == IMP_XML_TOKEN_DOCTYPE;
  if (token != IMP_XML_TOKEN_OPEN && token != IMP_XML_TOKEN_EMPTY)
    return;
  out->root = local_name (&scan);
  out->namespace = g_strndup (scan.namespace != NULL ? scan.namespace : "", scan.namespace_len);
}

/* ---- the tree ------------------------------------------------------------------------------- */

static void
fail (GError **error, int line, const char *why)
{
  if (line > 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "line %d: %s", line, why);
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, why);
}

xmlDoc *
imp_xml_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  xmlParserCtxt *context;
  int line;

  init_library ();
  if (len > G_MAXINT)
    {
      fail (error, 0, "too large");
      return NULL;
    }
  if (!imp_xml_scan_check (text, len, error))
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
  return g_steal_pointer (&document);
}

/* ---- walking -------------------------------------------------------------------------------- */

/* The library leaves a prefix that is not declared in front of the name. */
static const char *
without_prefix (const xmlChar *name)
{
  const char *colon = strchr ((const char *) name, ':');

  return colon != NULL ? colon + 1 : (const char *) name;
}

const char *
imp_xml_name (const xmlNode *node)
{
  return without_prefix (node->name);
}

gboolean
imp_xml_is (const xmlNode *node, const char *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE && strcmp (imp_xml_name (node), name) == 0;
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
  return node != NULL ? find_from (node->next, imp_xml_name (node)) : NULL;
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
    if (strcmp (without_prefix (attribute->name), name) == 0)
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
