/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-result.h"

#include <string.h>

/*
 * Observations of microbiology (spec fhir.md 3.6, last table): report.result leads to the panel of
 * an organism, its hasMember to the organism and to the panel of its susceptibilities. Each
 * Observation is a record of its own; a susceptibility takes its organism from the panels above it.
 *
 * PARENT_NO of each record is the report, so that a viewer puts one report's together; SUB_ID of an
 * item is the panel of the organism: two strains of one name are told apart by it.
 */

#define MAX_MEMBERS 50 /* of a panel, looked through for its organism */

typedef struct
{
  const cJSON *nodes[8]; /* Observations whose value is an organism */
  guint n;
  const cJSON *panel; /* (nullable): that says so */
} Organisms;

static gboolean
is_category (const cJSON *node, const char *category)
{
  return g_strcmp0 (imp_fhir_micro_category (node), category) == 0;
}

static gboolean
has_coded_value (const cJSON *node)
{
  return imp_json_first (imp_json_get (node, "valueCodeableConcept")) != NULL;
}

/* Whether its value is an organism. @is_holder: others are members of it */
static gboolean
names_organism (const cJSON *node, gboolean is_holder)
{
  const char *category = imp_fhir_micro_category (node);

  if (!imp_fhir_has_value (node) || !imp_fhir_state (node, "Observation").is_live)
    return FALSE;
  if (category != NULL)
    return strcmp (category, "organism") == 0;
  return is_holder && has_coded_value (node);
}

static void
note_organism (Organisms *out, const cJSON *node)
{
  for (guint i = 0; i < out->n; i++)
    if (out->nodes[i] == node)
      return;
  if (out->n < G_N_ELEMENTS (out->nodes))
    out->nodes[out->n++] = node;
}

/* ---- which organism -----------------------------------------------------------------------------
 */

static void
look_in_members (ImpFhirMapper *self, const cJSON *panel, Organisms *out)
{
  guint n = 0;

  for (const cJSON *one = imp_json_first (imp_json_get (panel, "hasMember"));
       one != NULL && n++ < MAX_MEMBERS; one = imp_json_next (one))
    {
      const cJSON *member = imp_fhir_find (self, one, "Observation");

      if (member != NULL && names_organism (member, FALSE))
        note_organism (out, member);
    }
}

static void
look_above (ImpFhirMapper *self, Organisms *out)
{
  const cJSON *node = self->resource;

  for (guint hops = 0; hops < IMP_FHIR_MAX_HOPS && out->n == 0; hops++)
    {
      node = imp_fhir_holder (self, node);
      if (node == NULL || node == self->resource ||
          g_strcmp0 (imp_json_string (node, "resourceType"), "Observation") != 0)
        return;
      out->panel = node;
      if (names_organism (node, TRUE))
        note_organism (out, node);
      else
        look_in_members (self, node, out);
    }
}

static void
find_organisms (ImpFhirMapper *self, Organisms *out)
{
  *out = (Organisms){ .n = 0 };
  look_above (self, out);
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "derivedFrom"));
       out->n == 0 && one != NULL; one = imp_json_next (one))
    {
      const cJSON *source = imp_fhir_find (self, one, "Observation");

      if (source != NULL && names_organism (source, TRUE))
        note_organism (out, source);
    }
}

static char *
organism_name (const cJSON *node)
{
  const char *type;
  const cJSON *value = imp_fhir_choice (node, "value", &type, NULL);

  return imp_fhir_value_text (value, type);
}

/* Of several it is not known which: all of them stand there, and that it is not known. */
static void
add_organisms (ImpFhirMapper *self, const Organisms *organisms)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < organisms->n; i++)
    {
      g_autofree char *name = organism_name (organisms->nodes[i]);

      if (name != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? " または " : "", name);
    }
  imp_fhir_take (self, DISC_FIELD_ORGANISM, g_string_free (names, FALSE));
  if (organisms->n == 1)
    imp_fhir_add (
        self, DISC_FIELD_ORGANISM_CODE,
        imp_json_string (imp_fhir_code (imp_json_get (organisms->nodes[0], "valueCodeableConcept")),
                         "code"));
  imp_fhir_take (self, DISC_FIELD_SUB_ID, imp_fhir_name (organisms->panel));
}

/* ---- what it is ---------------------------------------------------------------------------------
 */

/* S, I, R and what newer tables of breakpoints add (v3-ObservationInterpretation). */
static gboolean
has_susceptibility (const cJSON *node)
{
  static const char *const codes[] = { "S",     "I",     "R",  "NS", "SDD",
                                       "SYN-R", "SYN-S", "MS", "VS", NULL };

  for (guint i = 0; codes[i] != NULL; i++)
    for (const cJSON *one = imp_json_first (imp_json_get (node, "interpretation")); one != NULL;
         one = imp_json_next (one))
      if (imp_fhir_concept_has (one, NULL, codes[i]))
        return TRUE;
  return FALSE;
}

static gboolean
is_measurement (const cJSON *node, const Organisms *organisms)
{
  const char *category = imp_fhir_micro_category (node);

  if (category != NULL)
    return strcmp (category, "susceptibility-measurements") == 0;
  return has_susceptibility (node) && (organisms->n > 0 || !has_coded_value (node));
}

static gboolean
is_organism (const cJSON *node)
{
  return is_category (node, "organism") ||
         (imp_fhir_micro_category (node) == NULL && has_coded_value (node) &&
          imp_json_first (imp_json_get (node, "hasMember")) != NULL);
}

/* ---- items --------------------------------------------------------------------------------------
 */

/* The parts of one measurement belong to its cell. */
static void
add_components (ImpFhirMapper *self)
{
  for (const cJSON *one = imp_json_first (imp_json_get (self->resource, "component")); one != NULL;
       one = imp_json_next (one))
    {
      const char *type;
      const cJSON *value = imp_fhir_choice (one, "value", &type, NULL);
      g_autofree char *name = imp_fhir_words (imp_json_get (one, "code"));
      g_autofree char *text = imp_fhir_value_text (value, type);

      imp_fhir_comment (self, name, text != NULL ? text : imp_fhir_absent_words (one, NULL));
    }
}

static void
add_measurement (ImpFhirMapper *self, const Organisms *organisms)
{
  const cJSON *node = self->resource;

  add_organisms (self, organisms);
  imp_fhir_take (self, DISC_FIELD_DRUG, imp_fhir_concept_text (imp_json_get (node, "code")));
  imp_fhir_add_flags (self, DISC_FIELD_RESULT, node);
  if (imp_fhir_has_value (node) || imp_json_first (imp_json_get (node, "interpretation")) == NULL)
    imp_fhir_add_value (self, node);
}

static void
add_organism (ImpFhirMapper *self, const Organisms *above)
{
  const cJSON *node = self->resource;
  const cJSON *panel = above->panel != NULL ? above->panel : node;
  const cJSON *value = imp_json_get (node, "valueCodeableConcept");
  g_autofree char *name = organism_name (node);

  imp_fhir_add (self, DISC_FIELD_ORGANISM, name);
  imp_fhir_add_path (self, DISC_FIELD_ORGANISM_CODE, imp_fhir_code (value), "code");
  if (imp_json_first (imp_json_get (node, "hasMember")) != NULL)
    panel = node;
  imp_fhir_take (self, DISC_FIELD_SUB_ID, imp_fhir_name (panel));
  imp_fhir_add_value (self, node);
  imp_fhir_add_flags (self, DISC_FIELD_FLAG, node);
}

static void
add_other (ImpFhirMapper *self, const Organisms *organisms)
{
  if (is_category (self->resource, "growth") && organisms->n > 0)
    add_organisms (self, organisms);
  imp_fhir_add_value (self, self->resource);
  imp_fhir_add_flags (self, DISC_FIELD_FLAG, self->resource);
}

void
imp_fhir_map_micro (ImpFhirMapper *self, const ImpFhirHolders *holders, const cJSON *specimens)
{
  const cJSON *node = self->resource;
  gboolean is_drug;
  Organisms organisms;

  find_organisms (self, &organisms);
  for (guint i = 0; i < organisms.n; i++)
    if (imp_fhir_result_age (organisms.nodes[i]) == IMP_FHIR_AGE_KEPT)
      self->age = IMP_FHIR_AGE_KEPT;
  is_drug = is_measurement (node, &organisms);
  if (is_drug && organisms.n != 1)
    {
      imp_fhir_warn (self, "organism-unknown");
      imp_mapped_add_finding (self->out, IMP_FINDING_UNRESOLVED_REFERENCE,
                              "a susceptibility has %u organisms", organisms.n);
    }
  imp_fhir_begin (self, DISC_KIND_MICROBIOLOGY);
  imp_fhir_take (self, DISC_FIELD_PARENT_NO, imp_fhir_name (holders->report));
  imp_fhir_item (self);
  imp_fhir_add_concept (self, DISC_FIELD_NAME, imp_json_get (node, "code"));
  imp_fhir_add (self, DISC_FIELD_STATUS, self->state.word);
  if (is_drug)
    add_measurement (self, &organisms);
  else if (is_organism (node))
    add_organism (self, &organisms);
  else
    add_other (self, &organisms);
  imp_fhir_add_ranges (self, node);
  add_components (self);
  imp_fhir_take (self, DISC_FIELD_GROUP, imp_fhir_words (imp_json_get (holders->report, "code")));
  imp_fhir_add_specimen (self, specimens, NULL);
  imp_fhir_add_words (self, DISC_FIELD_CATEGORY, imp_json_get (node, "category"));
  imp_fhir_add_how (self, node);
}
