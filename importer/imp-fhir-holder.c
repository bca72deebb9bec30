/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-result.h"

#include <string.h>

#include "imp-limits.h"

/* What names an Observation: its panel and its report (spec fhir.md 3.6). */

#define MAX_COMPARED 20000 /* references looked through for one Observation */
#define MAX_PARTS 10000    /* contained in one resource (spec fhir.md 6.3) */

static gboolean
is_type (const cJSON *node, const char *type)
{
  return g_strcmp0 (imp_json_string (node, "resourceType"), type) == 0;
}

/* ---- in one resource ----------------------------------------------------------------------------
 */

static gboolean
is_inside (const cJSON *outer, const cJSON *node)
{
  const cJSON *list = imp_json_get (outer, "contained");

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    if (one == node)
      return TRUE;
  return FALSE;
}

/* "#a", and "Observation/a" of writers who forget that it is contained (spec fhir.md 2.1, row 2).
 */
static gboolean
names_part (const cJSON *reference, const char *id)
{
  const char *text = imp_json_string (reference, "reference");
  const char *slash;

  if (text == NULL)
    return FALSE;
  if (*text == '#')
    return strcmp (text + 1, id) == 0;
  slash = strrchr (text, '/');
  return slash != NULL && strcmp (slash + 1, id) == 0;
}

static gboolean
has_member (const cJSON *panel, const char *id, guint *n_compared)
{
  for (const cJSON *one = imp_json_first (imp_json_get (panel, "hasMember"));
       one != NULL && (*n_compared)++ < MAX_COMPARED; one = imp_json_next (one))
    if (names_part (one, id))
      return TRUE;
  return FALSE;
}

static const cJSON *
holder_inside (const cJSON *outer, const cJSON *node)
{
  const char *id = imp_json_string (node, "id");
  guint n_compared = 0;

  if (id != NULL && *id == '#')
    id++;
  if (id == NULL)
    return outer;
  if (is_type (outer, "Observation") && has_member (outer, id, &n_compared))
    return outer;
  for (const cJSON *one = imp_json_first (imp_json_get (outer, "contained"));
       one != NULL && n_compared++ < MAX_COMPARED; one = imp_json_next (one))
    if (one != node && is_type (one, "Observation") && has_member (one, id, &n_compared))
      return one;
  return outer;
}

/* ---- anywhere -----------------------------------------------------------------------------------
 */

const cJSON *
imp_fhir_holder (ImpFhirMapper *self, const cJSON *node)
{
  const cJSON *outer = self->outer != NULL ? self->outer : self->resource;
  const cJSON *holder = NULL;

  if (node != outer && is_inside (outer, node))
    holder = holder_inside (outer, node);
  else if (self->lookup != NULL && self->lookup->holder != NULL)
    holder = self->lookup->holder (node, self->lookup->data);
  if (holder == node || (!is_type (holder, "Observation") && !is_type (holder, "DiagnosticReport")))
    return NULL;
  return holder;
}

void
imp_fhir_holders (ImpFhirMapper *self, ImpFhirHolders *out)
{
  const cJSON *node = self->resource;

  *out = (ImpFhirHolders){ NULL, NULL };
  for (guint hops = 0; hops < IMP_FHIR_MAX_HOPS; hops++)
    {
      node = imp_fhir_holder (self, node);
      if (node == NULL || node == self->resource)
        return;
      if (is_type (node, "DiagnosticReport"))
        {
          out->report = node;
          return;
        }
      if (out->panel == NULL)
        out->panel = node;
    }
}

char *
imp_fhir_name (const cJSON *node)
{
  const char *type = imp_json_string (node, "resourceType");
  const char *id = imp_json_string (node, "id");

  return type != NULL && id != NULL ? g_strdup_printf ("%s/%s", type, id) : NULL;
}

const char *
imp_fhir_based_on (ImpFhirMapper *self, const cJSON *node)
{
  for (const cJSON *one = imp_json_first (imp_json_get (node, "basedOn")); one != NULL;
       one = imp_json_next (one))
    {
      const cJSON *request = imp_fhir_find (self, one, NULL);
      const char *number = imp_fhir_string (request, "requisition.value");

      if (number == NULL)
        number = imp_fhir_identifier (request, NULL);
      if (number == NULL)
        number = imp_fhir_string (one, "identifier.value");
      if (number != NULL)
        return number;
    }
  return NULL;
}

/* ---- parts --------------------------------------------------------------------------------------
 */

char *
imp_fhir_count_parts (ImpFhirMapper *self, const cJSON *list, const char *element)
{
  guint n = 0, n_found = 0;

  for (const cJSON *one = imp_json_first (list); one != NULL && n < MAX_PARTS;
       one = imp_json_next (one))
    {
      n++;
      n_found += imp_fhir_find (self, one, NULL) != NULL;
    }
  if (n == n_found)
    return NULL;
  imp_fhir_warn (self, "results-missing");
  if (g_hash_table_add (self->missing, g_strdup (element)))
    imp_mapped_add_finding (self->out, IMP_FINDING_UNRESOLVED_REFERENCE,
                            "%s leads somewhere for %u of %u", element, n_found, n);
  return g_strdup_printf ("結果 %u 件中 %u 件のみ", n, n_found);
}

void
imp_fhir_map_parts (ImpFhirMapper *self)
{
  guint n = 0;

  if (self->outer != NULL)
    return;
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "contained")); one != NULL;
       one = imp_json_next (one))
    {
      if (!is_type (one, "Observation"))
        continue;
      if (n++ >= MAX_PARTS)
        {
          imp_mapped_add_finding (self->out, IMP_FINDING_TRUNCATED,
                                  "%s.contained: more than %u results", self->type, MAX_PARTS);
          return;
        }
      imp_fhir_map_contained (self, one, imp_fhir_map_observation);
    }
}
