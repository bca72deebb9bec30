/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-mapper.h"

#include <string.h>

#include "imp-fhir-order.h"

#define MAX_DEPTH 100 /* of the tree: what imp_json_parse() lets through */

/* ---- what modifies a resource --------------------------------------------------------------- */

/* Anywhere in it, but not in what it contains: those are resources of their own. None is known. */
static gboolean
has_modifier (const cJSON *node, guint depth)
{
  for (const cJSON *child = node->child; child != NULL && depth < MAX_DEPTH; child = child->next)
    {
      if (child->string != NULL && strcmp (child->string, "contained") == 0)
        continue;
      if (child->string != NULL && strcmp (child->string, "modifierExtension") == 0 &&
          imp_json_first (child) != NULL)
        return TRUE;
      if (has_modifier (child, depth + 1))
        return TRUE;
    }
  return FALSE;
}

/* Spec fhir.md 3.0.4: of an allergy too much is shown rather than too little. */
static void
apply_modifiers (ImpFhirMapper *self)
{
  if (has_modifier (self->resource, 0))
    {
      if (strcmp (self->type, "AllergyIntolerance") != 0)
        self->state = imp_fhir_state_stricter (
            self->state, (ImpFhirState){ DISC_STATUS_UNKNOWN, FALSE, NULL, self->state.word });
      imp_fhir_warn (self, "unknown-modifier");
      self->out->facts.flags |= DISC_MESSAGE_NOT_UNDERSTOOD;
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                              "%s.modifierExtension: it may mean the opposite", self->type);
    }
  if (imp_json_string (self->resource, "implicitRules") != NULL)
    {
      imp_fhir_warn (self, "implicit-rules");
      imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD, "%s.implicitRules",
                              self->type);
    }
}

static gboolean
has_tag (const ImpFhirMapper *self, const char *list, const char *system_end, const char *code)
{
  const cJSON *meta = imp_json_get (self->resource, "meta");

  for (const cJSON *tag = imp_json_first (imp_json_get (meta, list)); tag != NULL;
       tag = imp_json_next (tag))
    {
      const char *system = imp_json_string (tag, "system");

      if (g_strcmp0 (imp_json_string (tag, "code"), code) == 0 &&
          imp_fhir_system_ends (system, system_end))
        return TRUE;
    }
  return FALSE;
}

/* Spec fhir.md 3.0.6 */
static void
apply_tags (ImpFhirMapper *self)
{
  static const struct
  {
    const char *list;
    const char *system_end;
    const char *code;
    const char *warning;
  } tags[] = {
    { "tag", "JP_ehrshrs_indication", "UNINFORMED", "uninformed" },
    { "tag", "JP_ehrshrs_indication", "UNDELIVERED", "undelivered" },
    { "security", "v3-Confidentiality", "R", "restricted" },
    { "security", "v3-Confidentiality", "V", "restricted" },
    { "security", "v3-ActReason", "HTEST", "test-patient" },
    { "tag", "v3-ActReason", "HTEST", "test-patient" },
    { "tag", "v3-ObservationValue", "SUBSETTED", "partial-content" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (has_tag (self, tags[i].list, tags[i].system_end, tags[i].code))
      imp_fhir_warn (self, tags[i].warning);
  if (has_tag (self, "tag", "JP_ehrshrs_indication", "LTS"))
    self->age = IMP_FHIR_AGE_KEPT;
}

/* Spec fhir.md 3.0.3: each turns the meaning round when it is overlooked. */
static void
apply_intent (ImpFhirMapper *self)
{
  const char *intent = imp_json_string (self->resource, "intent");

  if (g_strcmp0 (imp_json_string (self->resource, "doNotPerform"), "true") == 0)
    imp_fhir_warn (self, "do-not-perform");
  if (intent == NULL || (strcmp (intent, "proposal") != 0 && strcmp (intent, "plan") != 0 &&
                         strcmp (intent, "option") != 0))
    return;
  imp_fhir_warn (self, "no-order-yet");
  if (self->state.is_live)
    self->state.status = DISC_STATUS_PLANNED;
}

static void
tell_state (ImpFhirMapper *self)
{
  if (self->state.status != DISC_STATUS_UNKNOWN || strcmp (self->type, "AllergyIntolerance") == 0)
    return;
  if (self->state.word != NULL && g_str_has_suffix (self->state.word, "unknown"))
    return; /* which is known: "unknown", "health-unknown" */
  imp_mapped_add_finding (self->out, IMP_FINDING_NOT_UNDERSTOOD,
                          self->state.word != NULL ? "%s.status: a word that is not known"
                                                   : "%s.status is missing",
                          self->type);
}

/* Times that a server adds are no clinical ones (spec fhir.md 5.1). */
static void
take_times (ImpFhirMapper *self)
{
  ImpFacts *facts = &self->out->facts;

  g_strlcpy (facts->data_type, self->type, sizeof facts->data_type);
  imp_fhir_time_in_japan (imp_fhir_string (self->resource, "meta.lastUpdated"), facts->sent_at);
}

/* ---- all of it ------------------------------------------------------------------------------ */

/* Every resource is a record, whatever its type and shape. */
static void
ensure_record (ImpFhirMapper *self)
{
  gsize len;

  disc_record_builder_get (self->out->records, &len);
  if (len > 0)
    return;
  imp_fhir_begin (self, DISC_KIND_UNKNOWN);
  imp_fhir_item (self);
}

/* (transfer full) (nullable): E22: two of one id are none. */
static GHashTable *
index_contained (const cJSON *resource)
{
  const cJSON *list = imp_json_get (resource, "contained");
  GHashTable *index = list != NULL ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;

  for (const cJSON *one = imp_json_first (list); one != NULL; one = imp_json_next (one))
    {
      const char *id = imp_json_string (one, "id");

      if (id != NULL && *id == '#')
        id++;
      if (id != NULL)
        g_hash_table_insert (index, (gpointer) id,
                             g_hash_table_contains (index, id) ? NULL : (gpointer) one);
    }
  return index;
}

/* What it says of itself, whatever its type. */
static void
read_state (ImpFhirMapper *self)
{
  self->state = imp_fhir_state (self->resource, self->type);
  tell_state (self);
  apply_intent (self);
  apply_tags (self);
  apply_modifiers (self);
}

void
imp_fhir_map_contained (ImpFhirMapper *self, const cJSON *resource, ImpFhirMapType map)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  const char *type = imp_json_string (resource, "resourceType");
  ImpFhirMapper inner = {
    .resource = resource,
    .type = type != NULL ? type : "",
    .lookup = self->lookup,
    .out = self->out,
    .age = self->age,
    .document = self->document,
    .outer = self->resource,
    .attachments = self->attachments,
    .warnings = warnings,
    .strings = self->strings,
    .missing = self->missing,
    .contained = self->contained,
  };

  for (guint i = 0; i < self->n_shared; i++)
    imp_fhir_warn (&inner, g_ptr_array_index (self->warnings, i));
  read_state (&inner);
  inner.state = imp_fhir_state_stricter (self->state, inner.state);
  map (&inner);
  self->age = inner.age;
}

void
imp_fhir_map_by (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                 const ImpFhirLookup *lookup, ImpFhirAge *age, ImpMapped *out)
{
  imp_fhir_map_with (map, resource, document, lookup, NULL, age, out);
}

void
imp_fhir_map_with (ImpFhirMapType map, const cJSON *resource, const cJSON *document,
                   const ImpFhirLookup *lookup, GPtrArray *attachments, ImpFhirAge *age,
                   ImpMapped *out)
{
  g_autoptr (GPtrArray) warnings = g_ptr_array_new ();
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1024);
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) contained = index_contained (resource);
  const char *type = imp_json_string (resource, "resourceType");
  ImpFhirMapper self = {
    .resource = resource,
    .type = type != NULL ? type : "",
    .lookup = lookup,
    .out = out,
    .document = document,
    .attachments = attachments,
    .warnings = warnings,
    .strings = strings,
    .missing = missing,
    .contained = contained,
  };

  imp_mapped_clear (out);
  read_state (&self);
  for (guint i = 0; lookup != NULL && lookup->warnings != NULL && lookup->warnings[i] != NULL; i++)
    imp_fhir_warn (&self, lookup->warnings[i]);
  if (document != NULL)
    imp_fhir_warn (&self, "as-of-document");
  self.n_shared = warnings->len;
  take_times (&self);
  map (&self);
  ensure_record (&self);
  *age = self.age;
}
