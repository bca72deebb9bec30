/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-xml.h"

#include <string.h>

#include "imp-error.h"
#include "imp-fhir-names.h"
#include "imp-limits.h"
#include "imp-xml.h"

#define XHTML "http://www.w3.org/1999/xhtml"
#define MAX_NAMES 1000 /* different ones in one element; R4 has no fifty */

/* ---- nodes ---------------------------------------------------------------------------------- */

static const char *
own_attribute (const xmlNode *node, const char *name)
{
  for (const xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (attribute->ns == NULL && strcmp ((const char *) attribute->name, name) == 0)
      return attribute->children != NULL && attribute->children->content != NULL
                 ? (const char *) attribute->children->content
                 : "";
  return NULL;
}

static const char *
name_of (const xmlNode *node)
{
  return (const char *) node->name;
}

static gboolean
is_element (const xmlNode *node, const char *namespace)
{
  return node->type == XML_ELEMENT_NODE && node->ns != NULL && node->ns->href != NULL &&
         strcmp ((const char *) node->ns->href, namespace) == 0;
}

/* Whether all that stands within are extensions. */
static gboolean
has_extensions_only (const xmlNode *node)
{
  gboolean has_one = FALSE;

  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      {
        if (!imp_xml_is (child, "extension"))
          return FALSE;
        has_one = TRUE;
      }
  return has_one;
}

static gboolean
is_primitive (const xmlNode *node)
{
  return own_attribute (node, "value") != NULL ||
         (has_extensions_only (node) && imp_fhir_is_primitive (name_of (node)));
}

/* ---- the tree ------------------------------------------------------------------------------- */

static void
write_narrative (const xmlNode *div, cJSON *out)
{
  xmlBuffer *buffer = xmlBufferCreate ();

  xmlNodeDump (buffer, div->doc, (xmlNode *) div, 0, 0);
  cJSON_AddItemToObject (out, "div", cJSON_CreateString ((const char *) xmlBufferContent (buffer)));
  xmlBufferFree (buffer);
}

static cJSON *convert (const xmlNode *node, ImpFhirXmlReport *report);

/* Arrays made here have their length, and objects the number of their members, in valueint: both
 * would else be counted for each element. */
static void
append (cJSON *list, cJSON *value)
{
  cJSON_AddItemToArray (list, value);
  list->valueint++;
}

static void
add_member (cJSON *out, const char *name, cJSON *value)
{
  cJSON_AddItemToObject (out, name, value);
  out->valueint++;
}

/* The member @name, made an array where it is there already or is one by its name. */
static void
put (cJSON *out, const char *parent, const char *name, cJSON *value)
{
  cJSON *present = cJSON_GetObjectItemCaseSensitive (out, name);
  cJSON *list;

  if (present == NULL && !imp_fhir_is_list (parent, name))
    {
      add_member (out, name, value);
      return;
    }
  if (cJSON_IsArray (present))
    {
      append (present, value);
      return;
    }
  list = cJSON_CreateArray ();
  if (present != NULL)
    append (list, cJSON_DetachItemViaPointer (out, present));
  append (list, value);
  add_member (out, name, list);
}

static guint
n_of (const cJSON *out, const char *name)
{
  const cJSON *present = cJSON_GetObjectItemCaseSensitive (out, name);

  if (present == NULL)
    return 0;
  return cJSON_IsArray (present) ? (guint) present->valueint : 1;
}

/* Beside a value: "_name", with nulls for the values before that have nothing (R4 2.6.2.3). */
static void
put_beside (cJSON *out, const char *parent, const xmlNode *node, ImpFhirXmlReport *report)
{
  const char *name = name_of (node);
  g_autofree char *beside = g_strconcat ("_", name, NULL);
  guint n = n_of (out, name);
  cJSON *parts = convert (node, report);
  cJSON *list;

  list = cJSON_GetObjectItemCaseSensitive (out, beside);
  if (list == NULL && n <= 1 && !imp_fhir_is_list (parent, name))
    {
      add_member (out, beside, parts);
      return;
    }
  if (!cJSON_IsArray (list))
    {
      cJSON *single = list != NULL ? cJSON_DetachItemViaPointer (out, list) : NULL;

      list = cJSON_CreateArray ();
      if (single != NULL)
        append (list, single);
      add_member (out, beside, list);
    }
  while ((guint) list->valueint + 1 < n)
    append (list, cJSON_CreateNull ());
  append (list, parts);
}

static gboolean
has_more_than_value (const xmlNode *node)
{
  if (own_attribute (node, "id") != NULL)
    return TRUE;
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      return TRUE;
  return FALSE;
}

static void
put_primitive (cJSON *out, const char *parent, const xmlNode *node, ImpFhirXmlReport *report)
{
  const char *value = own_attribute (node, "value");
  const char *name = name_of (node);

  if (value != NULL)
    put (out, parent, name, cJSON_CreateString (value));
  else if (imp_fhir_is_list (parent, name))
    put (out, parent, name, cJSON_CreateNull ());
  if (has_more_than_value (node))
    put_beside (out, parent, node, report);
}

/* <contained> and <resource> hold one resource each, as their only element. */
static const xmlNode *
held_resource (const xmlNode *node)
{
  const xmlNode *child = node->children;

  if (!imp_xml_is (node, "contained") && !imp_xml_is (node, "resource") &&
      !imp_xml_is (node, "outcome"))
    return NULL;
  while (child != NULL && !is_element (child, IMP_FHIR_NAMESPACE))
    child = child->next;
  return child != NULL && g_ascii_isupper (child->name[0]) ? child : NULL;
}

static void
put_element (cJSON *out, const char *parent, const xmlNode *node, ImpFhirXmlReport *report)
{
  const xmlNode *resource = held_resource (node);

  if (is_element (node, XHTML) && imp_xml_is (node, "div"))
    write_narrative (node, out);
  else if (!is_element (node, IMP_FHIR_NAMESPACE) || out->valueint > MAX_NAMES)
    report->n_foreign++;
  else if (resource != NULL)
    for (; resource != NULL; resource = resource->next)
      {
        if (is_element (resource, IMP_FHIR_NAMESPACE))
          put (out, parent, name_of (node), convert (resource, report));
      }
  else if (is_primitive (node))
    put_primitive (out, parent, node, report);
  else
    put (out, parent, name_of (node), convert (node, report));
}

static gboolean
is_blank (const xmlChar *text)
{
  return text == NULL || text[strspn ((const char *) text, " \t\r\n")] == '\0';
}

/* Not deeper than imp_xml_parse() lets it be. */
static cJSON *
convert (const xmlNode *node, ImpFhirXmlReport *report)
{
  cJSON *out = cJSON_CreateObject ();
  const char *id = own_attribute (node, "id");
  const char *url = own_attribute (node, "url");

  if (g_ascii_isupper (node->name[0]))
    cJSON_AddStringToObject (out, "resourceType", name_of (node));
  if (id != NULL)
    cJSON_AddStringToObject (out, "id", id);
  if (url != NULL)
    cJSON_AddStringToObject (out, "url", url);
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        put_element (out, name_of (node), child, report);
      else if (child->type == XML_TEXT_NODE && !is_blank (child->content))
        report->n_text++;
    }
  return out;
}

cJSON *
imp_fhir_xml_to_json (const xmlNode *node, ImpFhirXmlReport *report)
{
  return convert (node, report);
}

/* ---- one slice ------------------------------------------------------------------------------ */

static const xmlNode *
first_element (const xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

/* The only place where the text of a stranger becomes a tree: no document type, no entities,
 * nothing fetched. */
static xmlDoc *
open_text (const char *head, const char *name, const char *text, gsize len, GError **error)
{
  g_autoptr (GString) whole = NULL;

  if (head == NULL)
    return imp_xml_parse (text, len, error);
  whole = g_string_sized_new (strlen (head) + len + strlen (name) + 8);
  g_string_append (whole, head);
  g_string_append_len (whole, text, (gssize) len);
  g_string_append_printf (whole, "</%s>", name);
  return imp_xml_parse (whole->str, whole->len, error);
}

/* Lists and their elements are two steps in the tree where XML has one, so what imp_xml_parse() let
 * through may be more than imp_json_parse() takes, which reads the tree again from where it was
 * laid aside. */
static gboolean
is_within (const cJSON *node, guint depth, guint *n_nodes)
{
  gboolean is_container = cJSON_IsObject (node) || cJSON_IsArray (node);

  if (++*n_nodes > IMP_JSON_MAX_NODES || (is_container && depth == IMP_JSON_MAX_DEPTH))
    return FALSE;
  for (const cJSON *child = node->child; child != NULL; child = child->next)
    if (!is_within (child, depth + 1, n_nodes))
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable) */
static cJSON *
convert_within (const xmlNode *node, ImpFhirXmlReport *report, GError **error)
{
  g_autoptr (cJSON) tree = convert (node, report);
  guint n_nodes = 0;

  if (is_within (tree, 0, &n_nodes))
    return g_steal_pointer (&tree);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_LIMIT, "nested too deep, or of too many parts");
  return NULL;
}

cJSON *
imp_fhir_xml_parse (const char *head, const char *name, const char *text, gsize len,
                    ImpFhirXmlReport *report, GError **error)
{
  g_autoptr (xmlDoc) document = open_text (head, name, text, len, error);
  const xmlNode *node;

  *report = (ImpFhirXmlReport){ 0 };
  if (document == NULL)
    return NULL;
  node = xmlDocGetRootElement (document);
  if (head != NULL)
    node = first_element (node->children);
  if (node == NULL || !is_element (node, IMP_FHIR_NAMESPACE))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "not in the namespace of FHIR");
      return NULL;
    }
  return convert_within (node, report, error);
}
