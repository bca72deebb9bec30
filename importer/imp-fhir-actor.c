/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

/* Who and where: what references to people and places are shown as (spec fhir.md 2, 3.1, 3.7). */

#define MAX_STEPS 10 /* from a role to its person, from a bed to its ward */

/* ---- following ------------------------------------------------------------------------------ */

static const cJSON *
find_contained (const ImpFhirMapper *self, const char *id)
{
  if (*id == '\0')
    return self->outer != NULL ? self->outer : self->resource;
  return self->contained != NULL ? g_hash_table_lookup (self->contained, id) : NULL;
}

static gboolean
has_type (const cJSON *resource, const char *type)
{
  return resource != NULL &&
         (type == NULL || g_strcmp0 (imp_json_string (resource, "resourceType"), type) == 0);
}

const cJSON *
imp_fhir_find (ImpFhirMapper *self, const cJSON *reference, const char *type)
{
  g_auto (ImpFhirReference) parsed = { 0 };
  const cJSON *found = NULL;

  reference = imp_json_first (reference);
  /* CodeableReference of R5: the reference stands within. */
  if (cJSON_IsObject (imp_json_get (reference, "reference")))
    reference = imp_json_get (reference, "reference");
  if (reference == NULL)
    return NULL;
  imp_fhir_reference (reference, &parsed);
  if (parsed.kind == IMP_FHIR_REFERENCE_NONE || parsed.kind == IMP_FHIR_REFERENCE_DISPLAY)
    return NULL;
  if (parsed.kind == IMP_FHIR_REFERENCE_CONTAINED)
    found = find_contained (self, parsed.id);
  else if (self->lookup != NULL)
    found = self->lookup->find (reference, type, self->lookup->data);
  /* Spec fhir.md 2.1, row 2: a contained one named like one outside. */
  if (found == NULL && parsed.kind == IMP_FHIR_REFERENCE_RELATIVE && parsed.id != NULL)
    found = find_contained (self, parsed.id);
  return has_type (found, type) ? found : NULL;
}

const cJSON *
imp_fhir_need (ImpFhirMapper *self, const cJSON *reference, const char *type, const char *element)
{
  const cJSON *found = imp_fhir_find (self, reference, type);
  g_auto (ImpFhirReference) parsed = { 0 };

  if (found != NULL || reference == NULL)
    return found;
  imp_fhir_reference (imp_json_first (reference), &parsed);
  if (parsed.kind == IMP_FHIR_REFERENCE_NONE || parsed.kind == IMP_FHIR_REFERENCE_DISPLAY)
    return NULL;
  if (g_hash_table_add (self->missing, g_strdup (element)))
    imp_mapped_add_finding (self->out, IMP_FINDING_UNRESOLVED_REFERENCE, "%s leads nowhere",
                            element);
  return NULL;
}

/* ---- names ---------------------------------------------------------------------------------- */

typedef enum
{
  SCRIPT_OTHER,
  SCRIPT_KANA,
  SCRIPT_LATIN,
} Script;

/* The characters decide where nothing else says it, and against it too (spec fhir.md 3.1). */
static Script
script_of (const char *text)
{
  gboolean has_kana = FALSE, has_other = FALSE, has_latin = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c >= 0x3041 && c <= 0x30ff) || (c >= 0xff66 && c <= 0xff9f))
        has_kana = TRUE;
      else if (g_unichar_isalpha (c) && c < 0x2e80)
        has_latin = TRUE;
      else if (!g_unichar_isspace (c) && !g_unichar_ispunct (c))
        has_other = TRUE;
    }
  if (has_other)
    return SCRIPT_OTHER;
  if (has_kana)
    return SCRIPT_KANA;
  return has_latin ? SCRIPT_LATIN : SCRIPT_OTHER;
}

char *
imp_fhir_one_name (const cJSON *name)
{
  const char *text = imp_json_string (name, "text");
  const char *family = imp_json_string (name, "family");
  GString *out;

  if (!cJSON_IsObject (name))
    return g_strdup (imp_json_text (name));
  if (text != NULL)
    return g_strdup (text);
  out = g_string_new (family);
  for (const cJSON *given = imp_json_first (imp_json_get (name, "given")); given != NULL;
       given = imp_json_next (given))
    if (imp_json_text (given) != NULL)
      g_string_append_printf (out, "%s%s", out->len > 0 ? "　" : "", imp_json_text (given));
  return g_string_free (out, out->len == 0);
}

static gboolean
is_old (const cJSON *name)
{
  const char *use = imp_json_string (name, "use");

  return use != NULL && (strcmp (use, "old") == 0 || strcmp (use, "maiden") == 0);
}

/* How well a name serves: 0 not at all. */
static guint
serves (const cJSON *name, const char *text, gboolean is_kana)
{
  const cJSON *extension = imp_fhir_extension (name, "iso21090-EN-representation");
  const char *form = imp_json_text (imp_fhir_choice (extension, "value", NULL, NULL));
  Script script = script_of (text);

  if (is_old (name))
    return 0;
  if (is_kana)
    return script == SCRIPT_KANA ? 1 + (g_strcmp0 (form, "SYL") == 0) : 0;
  if (script == SCRIPT_OTHER)
    return g_strcmp0 (form, "SYL") == 0 || g_strcmp0 (form, "ABC") == 0 ? 3 : 4;
  return g_strcmp0 (form, "SYL") == 0 ? 1 : 2;
}

char *
imp_fhir_person_name (const cJSON *names, gboolean is_kana)
{
  g_autofree char *best = NULL;
  guint best_rank = 0;

  for (const cJSON *name = imp_json_first (names); name != NULL; name = imp_json_next (name))
    {
      g_autofree char *text = imp_fhir_one_name (name);
      guint rank = text != NULL ? serves (name, text, is_kana) : 0;

      if (rank > best_rank)
        {
          g_free (best);
          best = g_steal_pointer (&text);
          best_rank = rank;
        }
    }
  return g_steal_pointer (&best);
}

static char *name_of_role (ImpFhirMapper *self, const cJSON *role, guint steps);

static char *
name_of (ImpFhirMapper *self, const cJSON *resource, guint steps)
{
  const char *type = imp_json_string (resource, "resourceType");
  const cJSON *name = imp_json_get (resource, "name");

  if (g_strcmp0 (type, "PractitionerRole") == 0)
    return name_of_role (self, resource, steps);
  if (g_strcmp0 (type, "Organization") == 0 || g_strcmp0 (type, "Location") == 0)
    return g_strdup (imp_json_string (resource, "name"));
  if (g_strcmp0 (type, "Device") == 0)
    {
      const char *device = imp_fhir_string (resource, "deviceName.name");

      return device != NULL ? g_strdup (device) : imp_fhir_words (imp_json_get (resource, "type"));
    }
  if (cJSON_IsObject (name) || cJSON_IsArray (name))
    return imp_fhir_person_name (name, FALSE);
  return name != NULL ? g_strdup (imp_json_text (name)) : NULL;
}

static char *
name_of_role (ImpFhirMapper *self, const cJSON *role, guint steps)
{
  static const char *const members[] = { "practitioner", "organization", NULL };

  for (guint i = 0; members[i] != NULL && steps < MAX_STEPS; i++)
    {
      const cJSON *reference = imp_json_get (role, members[i]);
      const cJSON *target = imp_fhir_find (self, reference, NULL);
      g_autofree char *name = target != NULL ? name_of (self, target, steps + 1) : NULL;

      if (name == NULL)
        name = g_strdup (imp_json_string (imp_json_first (reference), "display"));
      if (name != NULL)
        return g_steal_pointer (&name);
    }
  return NULL;
}

char *
imp_fhir_actor (ImpFhirMapper *self, const cJSON *reference)
{
  const cJSON *target = imp_fhir_find (self, reference, NULL);
  g_autofree char *name = target != NULL ? name_of (self, target, 0) : NULL;
  const char *text;

  reference = imp_json_first (reference);
  if (cJSON_IsObject (imp_json_get (reference, "reference"))) /* R5 */
    reference = imp_json_get (reference, "reference");
  if (name != NULL)
    return g_steal_pointer (&name);
  text = imp_json_string (reference, "display");
  if (text == NULL)
    text = imp_fhir_string (reference, "identifier.value");
  return g_strdup (text);
}

void
imp_fhir_add_actors (ImpFhirMapper *self, DiscField field, const cJSON *list, const char *member)
{
  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const cJSON *inner = imp_json_get (one, member != NULL ? member : "actor");

      imp_fhir_take (self, field, imp_fhir_actor (self, inner != NULL ? inner : one));
    }
}

/* ---- departments and numbers ---------------------------------------------------------------- */

/* Value of JP_eCS_Department, JP_MedicationAdministration_RequestDepartment ... */
static char *
department_extension (const cJSON *node)
{
  const cJSON *extension = imp_fhir_extension (node, "JP_eCS_Department");
  const char *type;
  const cJSON *value;

  if (extension == NULL)
    extension = imp_fhir_extension (node, "RequestDepartment");
  value = imp_fhir_choice (extension, "value", &type, NULL);
  return value != NULL ? imp_fhir_value_text (value, type) : NULL;
}

static const cJSON *
visit_of (ImpFhirMapper *self)
{
  const cJSON *reference = imp_json_get (self->resource, "encounter");

  if (reference == NULL)
    reference = imp_json_get (self->resource, "context");
  return imp_fhir_find (self, reference, "Encounter");
}

char *
imp_fhir_department (ImpFhirMapper *self)
{
  g_autofree char *name = department_extension (self->resource);
  const cJSON *visit = visit_of (self);

  if (name == NULL && visit != NULL)
    name = department_extension (visit);
  if (name == NULL && visit != NULL)
    name = imp_fhir_words (imp_json_first (imp_json_get (visit, "serviceType")));
  return g_steal_pointer (&name);
}

const char *
imp_fhir_identifier (const cJSON *node, const char *system)
{
  for (const cJSON *one = imp_json_first (imp_json_get (node, "identifier")); one != NULL;
       one = imp_json_next (one))
    {
      const char *value =
          cJSON_IsObject (one) ? imp_json_string (one, "value") : imp_json_text (one);

      if (value != NULL &&
          (system == NULL || imp_fhir_same_system (imp_json_string (one, "system"), system)))
        return value;
    }
  return NULL;
}
