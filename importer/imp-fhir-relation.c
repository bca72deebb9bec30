/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-line.h"

#include <string.h>

/* Documents that name others (spec fhir.md 3.0.3, 3.7): ids as of imp-resolve-documents.c. */

/* (transfer full) (nullable) */
static char *
identifier_text (const cJSON *identifier)
{
  const char *system = imp_json_string (identifier, "system");
  const char *value = imp_json_string (identifier, "value");

  return value != NULL ? g_strdup_printf ("%s^%s", system != NULL ? system : "", value) : NULL;
}

/* (nullable) (transfer full) */
static char *
local_name (const cJSON *resource)
{
  const char *type = imp_json_string (resource, "resourceType");
  const char *id = imp_json_string (resource, "id");

  return type != NULL && id != NULL ? g_strdup_printf ("%s/%s", type, id) : NULL;
}

/* (transfer full) (element-type utf8): of a document, that of this version first. */
static GPtrArray *
names_of (const cJSON *resource)
{
  static const char *const elements[] = { "masterIdentifier", "identifier", NULL };
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  char *name = local_name (resource);

  if (name != NULL)
    g_ptr_array_add (names, name);
  for (guint i = 0; elements[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (resource, elements[i])); one != NULL;
         one = imp_json_next (one))
      {
        name = identifier_text (one);
        if (name != NULL)
          g_ptr_array_add (names, name);
      }
  return names;
}

void
imp_fhir_add_identity (ImpFhirMapper *self)
{
  g_autoptr (GPtrArray) names = names_of (self->resource);

  for (guint i = 0; i < names->len; i++)
    imp_fhir_add (self, DISC_FIELD_DOCUMENT_ID, g_ptr_array_index (names, i));
}

/* ---- what it names ------------------------------------------------------------------------------
 */

/* Versions of one document may share an identifier: that names both. */
static void
add_found (ImpFhirMapper *self, DiscField field, const cJSON *target)
{
  g_autoptr (GPtrArray) own = names_of (self->resource);
  g_autoptr (GPtrArray) names = names_of (target);

  for (guint i = 0; i < names->len; i++)
    if (!g_ptr_array_find_with_equal_func (own, g_ptr_array_index (names, i), g_str_equal, NULL))
      imp_fhir_add (self, field, g_ptr_array_index (names, i));
}

/* An identifier with its system is one of a kind; a mere id is of some server. */
static void
add_identifier (ImpFhirMapper *self, DiscField field, const cJSON *identifier)
{
  g_autofree char *name = identifier_text (identifier);

  if (name != NULL && *name != '^')
    imp_fhir_add (self, field, name);
}

static void
add_target (ImpFhirMapper *self, DiscField field, const char *label, const cJSON *reference)
{
  const cJSON *target = imp_fhir_need (self, reference, NULL, "relatesTo.target");
  const char *text = imp_json_string (reference, "display");
  g_autofree char *name = target != NULL ? local_name (target) : NULL;
  g_autofree char *title = target != NULL ? imp_fhir_label (self, target) : NULL;

  if (field != DISC_FIELD_NONE && target != NULL)
    add_found (self, field, target);
  else if (field != DISC_FIELD_NONE)
    add_identifier (self, field, imp_json_get (reference, "identifier"));
  if (text == NULL)
    text = title != NULL ? title : name;
  if (text == NULL)
    text = imp_fhir_string (reference, "identifier.value");
  imp_fhir_comment (self, label, text != NULL ? text : imp_json_string (reference, "reference"));
}

static void
add_relation (ImpFhirMapper *self, const cJSON *relation)
{
  static const struct
  {
    const char *code;
    DiscField field;
    const char *label;
  } table[] = {
    { "replaces", DISC_FIELD_REPLACES, "差し替える文書" },
    { "appends", DISC_FIELD_APPENDS_TO, "追記元の文書" },
    { "transforms", DISC_FIELD_TRANSFORMS, "変換元の文書" },
    { "signs", DISC_FIELD_NONE, "署名する文書" },
  };
  static const char *const targets[] = { "target", "targetReference", "resourceReference", NULL };
  const cJSON *code = imp_json_get (relation, "code");
  const cJSON *identifier = imp_json_get (relation, "targetIdentifier");

  if (code == NULL)
    code = imp_json_get (relation, "type"); /* R5 Composition */
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_strcmp0 (imp_json_text (code), table[i].code) != 0 &&
          !imp_fhir_concept_has (code, NULL, table[i].code))
        continue;
      for (guint k = 0; targets[k] != NULL; k++)
        if (imp_json_get (relation, targets[k]) != NULL)
          add_target (self, table[i].field, table[i].label, imp_json_get (relation, targets[k]));
      if (identifier != NULL)
        {
          if (table[i].field != DISC_FIELD_NONE)
            add_identifier (self, table[i].field, identifier);
          imp_fhir_comment (self, table[i].label, imp_json_string (identifier, "value"));
        }
    }
}

void
imp_fhir_add_relations (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "relatesTo")); one != NULL;
       one = imp_json_next (one))
    add_relation (self, one);
}

void
imp_fhir_add_replaced (ImpFhirMapper *self, const char *label, const cJSON *references)
{
  for (const cJSON *one = imp_json_first (references); one != NULL; one = imp_json_next (one))
    add_target (self, DISC_FIELD_REPLACES, label, one);
}
