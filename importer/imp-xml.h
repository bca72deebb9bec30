/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/*
 * XML of strangers, opened so that nothing of it acts: no document type, and so no entities; no network,
 * no file, no inclusion, no style sheet (spec fhir.md 0.1 fact 6 and 7, 6.4).
 */

#define IMP_XML_MAX_MARKUP 1000000 /* "<" in a document: it is a tree in memory, 100 times as large */
#define IMP_XML_MAX_DEPTH 100
#define IMP_XML_MAX_ATTRIBUTES 1000 /* of one tag */
#define IMP_XML_MAX_NAMESPACES 1000 /* declared at one place and around it */

/** What its beginning says. */
typedef struct
{
  gboolean has_doctype;
  char *root;      /* local name of the root element; NULL where there is none */
  char *namespace; /* of it; "" where it has none */
} ImpXmlProlog;

void imp_xml_prolog_clear (ImpXmlProlog *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpXmlProlog, imp_xml_prolog_clear)

/** imp_xml_may_be: whether @bytes begin as XML in any of its encodings, behind mark and blanks. */
gboolean imp_xml_may_be (const guint8 *bytes, gsize len);

/**
 * imp_xml_decode:
 * @out: (out caller-allocates): emptied, then @bytes as UTF-8, whatever the declaration says they are
 *
 * Returns: characters lost, written as U+FFFD
 */
guint imp_xml_decode (const guint8 *bytes, gsize len, GString *out);

/** imp_xml_probe: reads @text, UTF-8, as far as the root element. @out: filled in, to be cleared */
void imp_xml_probe (const char *text, gsize len, ImpXmlProlog *out);

/**
 * imp_xml_parse:
 * @text: UTF-8; an encoding declared in it is passed over
 *
 * Returns: (transfer full): the tree, at most IMP_XML_MAX_DEPTH deep; %NULL with %IMP_ERROR_UNREADABLE and the
 *   line, never the words: a document type, not well-formed, too deep, too much of it
 */
xmlDoc *imp_xml_parse (const char *text, gsize len, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/* ---- walking -------------------------------------------------------------------------------- */

/** imp_xml_name: the local name of an element, also where its prefix is not declared. */
const char *imp_xml_name (const xmlNode *node);
/** imp_xml_is: whether @node is an element of that local name, in any namespace. */
gboolean imp_xml_is (const xmlNode *node, const char *name);
/** imp_xml_child: (nullable): the first child element of that name. @node: (nullable) */
const xmlNode *imp_xml_child (const xmlNode *node, const char *name);
/** imp_xml_next: (nullable): the next sibling element of the same name. */
const xmlNode *imp_xml_next (const xmlNode *node);
/** imp_xml_path: (nullable): the first element of "a/b/c" below @node, each the first of its name. */
const xmlNode *imp_xml_path (const xmlNode *node, const char *path);
/** imp_xml_attribute: (nullable): its value, in any namespace. @node: (nullable) */
const char *imp_xml_attribute (const xmlNode *node, const char *name);
/** imp_xml_text: (transfer full): all text below @node, blanks as in one line; "" for %NULL. */
char *imp_xml_text (const xmlNode *node);

G_END_DECLS
