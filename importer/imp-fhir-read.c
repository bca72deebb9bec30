/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-read.h"

#include <string.h>

#include "imp-fhir-system.h"

/* ---- members -------------------------------------------------------------------------------- */

/* The member whose name is the first @len bytes of @name; a null is none. */
static const cJSON *
get_part (const cJSON *node, const char *name, gsize len)
{
  for (const cJSON *child = cJSON_IsObject (node) ? node->child : NULL; child != NULL;
       child = child->next)
    if (strncmp (child->string, name, len) == 0 && child->string[len] == '\0')
      return cJSON_IsNull (child) ? NULL : child;
  return NULL;
}

const cJSON *
imp_fhir_path (const cJSON *node, const char *path)
{
  while (node != NULL)
    {
      gsize len = strcspn (path, ".");

      node = get_part (imp_json_first (node), path, len);
      if (path[len] == '\0')
        break;
      path += len + 1;
    }
  return node != NULL ? imp_json_first (node) : NULL;
}

const char *
imp_fhir_string (const cJSON *node, const char *path)
{
  return imp_json_text (imp_fhir_path (node, path));
}

const cJSON *
imp_fhir_choice (const cJSON *node, const char *name, const char **type, guint *n)
{
  gsize len = strlen (name);
  const cJSON *found = NULL;
  guint n_found = 0;

  for (const cJSON *child = cJSON_IsObject (node) ? node->child : NULL; child != NULL;
       child = child->next)
    {
      if (strncmp (child->string, name, len) != 0 || !g_ascii_isupper (child->string[len]) ||
          cJSON_IsNull (child))
        continue;
      if (n_found++ == 0)
        found = child;
    }
  if (type != NULL)
    *type = found != NULL ? found->string + len : NULL;
  if (n != NULL)
    *n = n_found;
  return found;
}

const cJSON *
imp_fhir_extension (const cJSON *node, const char *url)
{
  gboolean is_whole = strstr (url, "://") != NULL || g_str_has_prefix (url, "urn:");

  for (const cJSON *extension = imp_json_first (imp_json_get (node, "extension"));
       extension != NULL; extension = imp_json_next (extension))
    {
      const char *own = imp_json_string (extension, "url");

      if (own != NULL && (is_whole ? strcmp (own, url) == 0 : g_str_has_suffix (own, url)))
        return extension;
    }
  return NULL;
}

/* ---- concepts ------------------------------------------------------------------------------- */

/* R5 has it one member deeper. */
static const cJSON *
inner_concept (const cJSON *node)
{
  const cJSON *concept = imp_json_first (node);
  const cJSON *inner = imp_json_get (concept, "concept");

  return inner != NULL ? inner : concept;
}

/* A Coding stands for itself. */
static const cJSON *
first_coding (const cJSON *concept)
{
  const cJSON *codings = imp_json_get (concept, "coding");

  if (codings != NULL)
    return imp_json_first (codings);
  return imp_json_get (concept, "code") != NULL || imp_json_get (concept, "display") != NULL
             ? concept
             : NULL;
}

static const cJSON *
next_coding (const cJSON *coding, const cJSON *concept)
{
  return coding != concept ? imp_json_next (coding) : NULL;
}

static const char *
display_of (const cJSON *concept, gboolean chosen)
{
  for (const cJSON *coding = first_coding (concept); coding != NULL;
       coding = next_coding (coding, concept))
    {
      const char *display = imp_json_string (coding, "display");

      if (display != NULL &&
          (!chosen || g_strcmp0 (imp_json_string (coding, "userSelected"), "true") == 0))
        return display;
    }
  return NULL;
}

char *
imp_fhir_concept_text (const cJSON *node)
{
  const cJSON *concept = inner_concept (node);
  const char *text = imp_json_text (concept);
  const cJSON *coding;

  if (text == NULL)
    text = imp_json_string (concept, "text");
  if (text == NULL)
    text = display_of (concept, TRUE);
  if (text == NULL)
    text = display_of (concept, FALSE);
  if (text != NULL)
    return g_strdup (text);
  coding = imp_fhir_concept_coding (concept, NULL);
  return coding != NULL ? g_strdup_printf ("[%s]", imp_json_string (coding, "code")) : NULL;
}

const cJSON *
imp_fhir_concept_coding (const cJSON *node, const char *system)
{
  const cJSON *concept = inner_concept (node);

  for (const cJSON *coding = first_coding (concept); coding != NULL;
       coding = next_coding (coding, concept))
    if (imp_json_string (coding, "code") != NULL &&
        (system == NULL || imp_fhir_same_system (imp_json_string (coding, "system"), system)))
      return coding;
  return NULL;
}

gboolean
imp_fhir_concept_has (const cJSON *node, const char *system, const char *code)
{
  const cJSON *concept = inner_concept (node);

  for (const cJSON *coding = first_coding (concept); coding != NULL;
       coding = next_coding (coding, concept))
    {
      g_autofree char *own = g_strdup (imp_json_string (coding, "code"));

      if (own != NULL && strcmp (g_strstrip (own), code) == 0 &&
          (system == NULL || imp_fhir_same_system (imp_json_string (coding, "system"), system)))
        return TRUE;
    }
  return FALSE;
}

/* ---- quantities ----------------------------------------------------------------------------- */

gboolean
imp_fhir_quantity (const cJSON *node, ImpFhirQuantity *out)
{
  const cJSON *quantity = imp_json_first (node);
  const char *unit = imp_json_string (quantity, "unit");

  *out = (ImpFhirQuantity){ .comparator = imp_json_string (quantity, "comparator"),
                            .value = imp_json_string (quantity, "value"),
                            .unit = unit != NULL ? unit : imp_json_string (quantity, "code") };
  out->is_number = out->value != NULL && imp_json_is_number (out->value, strlen (out->value));
  return out->value != NULL;
}

char *
imp_fhir_quantity_text (const ImpFhirQuantity *quantity)
{
  if (quantity->value == NULL)
    return NULL;
  return g_strconcat (quantity->comparator != NULL ? quantity->comparator : "", quantity->value,
                      NULL);
}
