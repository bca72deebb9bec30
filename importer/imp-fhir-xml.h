/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cjson/cJSON.h>
#include <libxml/tree.h>

#include "imp-json.h"

G_BEGIN_DECLS

#define IMP_FHIR_NAMESPACE "http://hl7.org/fhir"

/** What of a tree was left out or is not as R4 has it. */
typedef struct
{
  guint n_foreign;   /* elements of another namespace: left out */
  guint n_text;      /* text between elements: left out */
} ImpFhirXmlReport;

/**
 * imp_fhir_xml_to_json:
 * @node: an element of FHIR: a resource, or what holds resources (Bundle, entry, parameter)
 *
 * The tree that its JSON would give (FHIR R4, 2.6.1 and 2.6.2; spec fhir.md 1.4), so that one mapper reads
 * both: values are strings; what a primitive has beside its value stands under "_name"; a resource has
 * resourceType; narrative is text. XML does not tell one element from a list of one: names that are
 * lists wherever R4 has them are arrays, others only where they repeat.
 *
 * Returns: (transfer full)
 */
cJSON *imp_fhir_xml_to_json (const xmlNode *node, ImpFhirXmlReport *report);

/**
 * imp_fhir_xml_parse:
 * @head: (nullable): start tag of what stood around @text, for namespaces declared there
 * @name: (nullable): name of that tag
 *
 * One element cut out by imp_xml_cut().
 * Returns: (transfer full): %NULL with an error of imp_xml_parse(), %IMP_ERROR_UNREADABLE for one
 * that is not of FHIR's namespace, or %IMP_ERROR_LIMIT for a tree that imp_json_parse() would not
 * take
 */
cJSON *imp_fhir_xml_parse (const char *head, const char *name, const char *text, gsize len,
                           ImpFhirXmlReport *report, GError **error);

G_END_DECLS
