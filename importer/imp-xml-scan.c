/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-xml-scan.h"

#include <string.h>

#include "imp-error.h"
#include "imp-xml.h"

/* ---- tokens --------------------------------------------------------------------------------- */

void
imp_xml_scan_init (ImpXmlScan *self, const char *text, gsize len)
{
  *self = (ImpXmlScan){ .begin = text, .end = text + len, .at = text, .token = text };
}

static gboolean
begins_with (const ImpXmlScan *self, const char *words)
{
  gsize len = strlen (words);

  return (gsize) (self->end - self->token) >= len && memcmp (self->token, words, len) == 0;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Past @mark, which is looked for behind the first @skip bytes of the token. */
static ImpXmlToken
pass (ImpXmlScan *self, gsize skip, const char *mark, ImpXmlToken token)
{
  const char *from = self->token + skip;
  const char *found;

  if (from > self->end)
    return IMP_XML_TOKEN_BAD;
  found = memmem (from, (gsize) (self->end - from), mark, strlen (mark));
  if (found == NULL)
    return IMP_XML_TOKEN_BAD;
  self->at = found + strlen (mark);
  return token;
}

/* Whether "xmlns" or "xmlns:prefix" is for the name of the tag itself. */
static gboolean
names_tag (const ImpXmlScan *self, const char *name, gsize len)
{
  const char *colon = memchr (self->name, ':', self->name_len);
  gsize prefix_len = colon != NULL ? (gsize) (colon - self->name) : 0;

  if (len == strlen ("xmlns"))
    return colon == NULL;
  return colon != NULL && len == strlen ("xmlns:") + prefix_len &&
         memcmp (name + strlen ("xmlns:"), self->name, prefix_len) == 0;
}

static void
note_attribute (ImpXmlScan *self, const char *name, gsize name_len, const char *value,
                gsize value_len)
{
  self->n_attributes++;
  if (name_len < strlen ("xmlns") || memcmp (name, "xmlns", strlen ("xmlns")) != 0 ||
      (name_len > strlen ("xmlns") && name[strlen ("xmlns")] != ':'))
    return;
  self->n_namespaces++;
  if (names_tag (self, name, name_len))
    {
      self->namespace = value;
      self->namespace_len = value_len;
    }
}

/* Name, "=" and value; FALSE where they are not that, or the tag does not end. */
static gboolean
read_attribute (ImpXmlScan *self)
{
  const char *name = self->at;
  const char *value;
  const char *end;
  gsize name_len;

  while (self->at < self->end && !is_blank (*self->at) && strchr ("=<>\"'", *self->at) == NULL)
    self->at++;
  name_len = (gsize) (self->at - name);
  while (self->at < self->end && is_blank (*self->at))
    self->at++;
  if (name_len == 0 || self->at >= self->end || *self->at++ != '=')
    return FALSE;
  while (self->at < self->end && is_blank (*self->at))
    self->at++;
  if (self->at >= self->end || (*self->at != '"' && *self->at != '\''))
    return FALSE;
  value = self->at + 1;
  end = memchr (value, *self->at, (gsize) (self->end - value));
  if (end == NULL || memchr (value, '<', (gsize) (end - value)) != NULL)
    return FALSE;
  self->at = end + 1;
  note_attribute (self, name, name_len, value, (gsize) (end - value));
  return TRUE;
}

static ImpXmlToken
read_open_tag (ImpXmlScan *self)
{
  self->name = self->at = self->token + 1;
  self->n_attributes = self->n_namespaces = 0;
  self->namespace = NULL;
  self->namespace_len = 0;
  while (self->at < self->end && !is_blank (*self->at) && strchr ("/>=<\"'", *self->at) == NULL)
    self->at++;
  self->name_len = (gsize) (self->at - self->name);
  if (self->name_len == 0)
    return IMP_XML_TOKEN_BAD;
  for (;;)
    {
      while (self->at < self->end && is_blank (*self->at))
        self->at++;
      if (self->at >= self->end)
        return IMP_XML_TOKEN_BAD;
      if (*self->at == '>')
        {
          self->at++;
          return IMP_XML_TOKEN_OPEN;
        }
      if (*self->at == '/')
        {
          self->at += 2;
          return self->at <= self->end && self->at[-1] == '>' ? IMP_XML_TOKEN_EMPTY
                                                              : IMP_XML_TOKEN_BAD;
        }
      if (!read_attribute (self))
        return IMP_XML_TOKEN_BAD;
    }
}

ImpXmlToken
imp_xml_scan_next (ImpXmlScan *self)
{
  const char *next = memchr (self->at, '<', (gsize) (self->end - self->at));

  self->token = next != NULL ? next : self->end;
  if (next == NULL)
    return IMP_XML_TOKEN_END;
  if (begins_with (self, "<!--"))
    return pass (self, 4, "-->", IMP_XML_TOKEN_OTHER);
  if (begins_with (self, "<![CDATA["))
    return pass (self, 9, "]]>", IMP_XML_TOKEN_OTHER);
  if (begins_with (self, "<!"))
    return IMP_XML_TOKEN_DOCTYPE;
  if (begins_with (self, "<?"))
    return pass (self, 2, "?>", IMP_XML_TOKEN_OTHER);
  if (begins_with (self, "</"))
    return pass (self, 2, ">", IMP_XML_TOKEN_CLOSE);
  return read_open_tag (self);
}

guint
imp_xml_scan_line (const ImpXmlScan *self)
{
  guint line = 1;

  for (const char *p = self->begin; (p = memchr (p, '\n', (gsize) (self->token - p))) != NULL; p++)
    line++;
  return line;
}

/* ---- what it would cost --------------------------------------------------------------------- */

/** The elements that are open. */
typedef struct
{
  guint depth;
  guint n_tags;
  guint n_namespaces;                       /* in force */
  guint opened_with[IMP_XML_MAX_DEPTH + 1]; /* of them, by the element at each depth */
} Cost;

static const char *
open_element (Cost *cost, const ImpXmlScan *scan, gboolean is_empty)
{
  if (cost->depth >= IMP_XML_MAX_DEPTH)
    return "nested too deep";
  if (scan->n_attributes > IMP_XML_MAX_ATTRIBUTES)
    return "too many attributes";
  if (cost->n_namespaces + scan->n_namespaces > IMP_XML_MAX_NAMESPACES)
    return "too many namespaces";
  if (is_empty)
    return NULL;
  cost->opened_with[++cost->depth] = scan->n_namespaces;
  cost->n_namespaces += scan->n_namespaces;
  return NULL;
}

static const char *
close_element (Cost *cost)
{
  if (cost->depth == 0)
    return "not well-formed XML";
  cost->n_namespaces -= cost->opened_with[cost->depth--];
  return NULL;
}

/* Returns: (nullable): what is wrong with it */
static const char *
judge (Cost *cost, const ImpXmlScan *scan, ImpXmlToken token)
{
  if (++cost->n_tags > IMP_XML_MAX_MARKUP)
    return "too many elements";
  switch (token)
    {
    case IMP_XML_TOKEN_OPEN:
    case IMP_XML_TOKEN_EMPTY:
      return open_element (cost, scan, token == IMP_XML_TOKEN_EMPTY);
    case IMP_XML_TOKEN_CLOSE:
      return close_element (cost);
    case IMP_XML_TOKEN_DOCTYPE:
      return "a document type is declared";
    case IMP_XML_TOKEN_BAD:
      return "not well-formed XML";
    case IMP_XML_TOKEN_OTHER:
    case IMP_XML_TOKEN_END:
    default:
      return NULL;
    }
}

gboolean
imp_xml_scan_check (const char *text, gsize len, GError **error)
{
  Cost cost = { 0 };
  ImpXmlScan scan;
  ImpXmlToken token;

  imp_xml_scan_init (&scan, text, len);
  while ((token = imp_xml_scan_next (&scan)) != IMP_XML_TOKEN_END)
    {
      const char *why = judge (&cost, &scan, token);

      if (why == NULL)
        continue;
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "line %u: %s", imp_xml_scan_line (&scan),
                   why);
      return FALSE;
    }
  return TRUE;
}
