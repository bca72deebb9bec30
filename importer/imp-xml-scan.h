/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The tags of a document, told apart without a tree: what it would cost to read is known before it is
 * read. The library compares each attribute of a tag with all others, and looks for a namespace through
 * all that are in force; 300 kB of attributes take it seconds. Private to imp-xml.c.
 */

typedef enum
{
  IMP_XML_TOKEN_END,
  IMP_XML_TOKEN_BAD,     /* no tag can look like this */
  IMP_XML_TOKEN_DOCTYPE, /* or any other declaration */
  IMP_XML_TOKEN_OPEN,
  IMP_XML_TOKEN_EMPTY,   /* opened and closed by one tag */
  IMP_XML_TOKEN_CLOSE,
  IMP_XML_TOKEN_OTHER,   /* comment, processing instruction, CDATA */
} ImpXmlToken;

typedef struct
{
  const char *begin;
  const char *end;
  const char *at;      /* behind the token */
  const char *token;   /* where it begins */
  /* of an opening tag */
  const char *name;    /* with its prefix */
  gsize name_len;
  guint n_attributes;
  guint n_namespaces;  /* of them: xmlns, xmlns:x */
  const char *namespace; /* (nullable): value of the one that is in force for the tag itself */
  gsize namespace_len;
} ImpXmlScan;

/** imp_xml_scan_init: @text: UTF-8 */
void imp_xml_scan_init (ImpXmlScan *self, const char *text, gsize len);

/** imp_xml_scan_next: words between tags are passed over. */
ImpXmlToken imp_xml_scan_next (ImpXmlScan *self);

/** imp_xml_scan_line: in which line the token at hand begins, from 1. */
guint imp_xml_scan_line (const ImpXmlScan *self);

/**
 * imp_xml_scan_check:
 *
 * Goes through all of @text once. What passes has no declaration and stays within the ceilings of
 * imp-xml.h in number of tags, depth, attributes of a tag and namespaces in force.
 *
 * Returns: %FALSE with %IMP_ERROR_UNREADABLE and the line
 */
gboolean imp_xml_scan_check (const char *text, gsize len, GError **error);

G_END_DECLS
