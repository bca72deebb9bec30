/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-finder.h"

#include <string.h>

#include "imp-fhir-fate.h"

#define TREES_AT_HAND 2000
#define MAX_FOLLOWERS 100                     /* looked at for one prescription */
#define TREE_BYTES_AT_HAND (16 * 1024 * 1024) /* of their text */

struct _ImpFhirFinder
{
  ImpFhirStore *store;
  ImpFhirStoreReader *reader;
  GHashTable *trees; /* entry + 1 -> cJSON; NULL where it cannot be read */
  gsize n_bytes;
  GError *error;

  GHashTable *entries; /* cJSON -> entry + 1: the other way round */
  const cJSON *resource; /* (nullable): of the entry */
  guint32 number;
  const ImpFhirEntry *entry;
  guint source;
  char *base; /* (nullable): of the entry's fullUrl, with its last slash */
};

static void
free_tree (gpointer data)
{
  cJSON_Delete (data);
}

ImpFhirFinder *
imp_fhir_finder_new (ImpFhirStore *store)
{
  ImpFhirFinder *self = g_new0 (ImpFhirFinder, 1);

  self->store = store;
  self->reader = imp_fhir_store_reader_new (store);
  self->trees = g_hash_table_new_full (NULL, NULL, NULL, free_tree);
  self->entries = g_hash_table_new (NULL, NULL);
  return self;
}

void
imp_fhir_finder_free (ImpFhirFinder *self)
{
  imp_fhir_store_reader_free (self->reader);
  g_hash_table_unref (self->trees);
  g_hash_table_unref (self->entries);
  g_clear_error (&self->error);
  g_free (self->base);
  g_free (self);
}

const GError *
imp_fhir_finder_error (const ImpFhirFinder *self)
{
  return self->error;
}

/* Of "http://h/fhir/Patient/1": "http://h/fhir/". */
static char *
base_of (const char *full_url)
{
  const char *end =
      full_url != NULL && strstr (full_url, "://") != NULL ? strrchr (full_url, '/') : NULL;

  if (end == NULL)
    return NULL;
  while (end > full_url && end[-1] != '/')
    end--;
  return end > full_url ? g_strndup (full_url, (gsize) (end - full_url)) : NULL;
}

void
imp_fhir_finder_begin (ImpFhirFinder *self, guint32 entry, const char *full_url)
{
  self->number = entry;
  self->resource = NULL;
  self->entry = imp_fhir_store_entry (self->store, entry);
  self->source = imp_fhir_store_file (self->store, self->entry->file)->source;
  g_free (self->base);
  self->base = base_of (full_url);
  if (g_hash_table_size (self->trees) > TREES_AT_HAND || self->n_bytes > TREE_BYTES_AT_HAND)
    {
      g_hash_table_remove_all (self->entries);
      g_hash_table_remove_all (self->trees);
      self->n_bytes = 0;
    }
}

/* ---- trees ---------------------------------------------------------------------------------- */

cJSON *
imp_fhir_parse_stored (const ImpFhirStored *stored)
{
  g_auto (ImpJsonReport) report = { 0 };
  gboolean has_tree = stored->tree_len > 0;

  return imp_json_parse (has_tree ? stored->tree : stored->source,
                         has_tree ? stored->tree_len : stored->source_len, &report, NULL);
}

const cJSON *
imp_fhir_finder_tree (ImpFhirFinder *self, guint32 entry)
{
  gpointer key = GUINT_TO_POINTER (entry + 1);
  ImpFhirStored stored;
  gpointer known;

  if (g_hash_table_lookup_extended (self->trees, key, NULL, &known))
    return known;
  if (self->error != NULL || !imp_fhir_store_read (self->reader, entry, &stored, &self->error))
    return NULL;
  known = imp_fhir_parse_stored (&stored);
  self->n_bytes += stored.tree_len + stored.source_len;
  g_hash_table_insert (self->trees, key, known);
  if (known != NULL)
    g_hash_table_insert (self->entries, known, key);
  return known;
}

/* ---- names ---------------------------------------------------------------------------------- */

gboolean
imp_fhir_finder_sees (ImpFhirFinder *self, guint32 entry)
{
  return imp_fhir_store_is_same_space (self->store, self->number, entry);
}

/* Without those of other servers; where there is none but those, nothing. */
static void
drop_unseen (ImpFhirFinder *self, ImpFhirHits *hits)
{
  for (guint32 i = 0; i < hits->n; i++)
    if (imp_fhir_finder_sees (self, imp_fhir_store_named (self->store, hits->at + i)))
      return;
  hits->n = 0;
}

static ImpFhirHits look_up (ImpFhirFinder *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static ImpFhirHits
look_up (ImpFhirFinder *self, const char *format, ...)
{
  g_autofree char *name = NULL;
  ImpFhirHits hits;
  va_list args;

  va_start (args, format);
  name = g_strdup_vprintf (format, args);
  va_end (args);
  hits.at = imp_fhir_store_find (self->store, name, &hits.n);
  drop_unseen (self, &hits);
  return hits;
}

/* In the Bundle, in those around it, in the source. */
static ImpFhirHits
look_everywhere (ImpFhirFinder *self, const char *name)
{
  guint32 bundle = self->entry->bundle;

  while (bundle > 0)
    {
      ImpFhirHits hits = look_up (self, "b%u %s", bundle, name);

      if (hits.n > 0)
        return hits;
      bundle = imp_fhir_store_bundle (self->store, bundle)->parent;
    }
  return look_up (self, "s%u %s", self->source, name);
}

static ImpFhirHits
look_for_relative (ImpFhirFinder *self, const char *type, const char *id)
{
  g_autofree char *url = NULL;
  g_autofree char *name = g_strdup_printf ("%s/%s", type, id);
  ImpFhirHits hits = { 0 };

  if (self->base != NULL)
    {
      url = g_strconcat (self->base, name, NULL);
      hits = look_everywhere (self, url);
    }
  return hits.n > 0 ? hits : look_everywhere (self, name);
}

static ImpFhirHits
look_for_bare (ImpFhirFinder *self, const ImpFhirReference *parsed, const char *type)
{
  g_autofree char *small = g_ascii_strdown (parsed->id, -1);
  g_autofree char *urn = g_strconcat ("urn:uuid:", small, NULL);
  ImpFhirHits hits = look_everywhere (self, urn);

  if (hits.n == 0 && self->entry->bundle > 0)
    hits = look_up (self, "b%u id %s", self->entry->bundle, parsed->id);
  if (hits.n == 0 && type != NULL)
    hits = look_for_relative (self, type, parsed->id);
  return hits;
}

static ImpFhirHits
look_for_identifier (ImpFhirFinder *self, const ImpFhirReference *parsed, const char *type)
{
  g_autofree char *name = NULL;

  if (type == NULL)
    return (ImpFhirHits){ 0 };
  name = g_strdup_printf ("I %s %s|%s", type, parsed->system != NULL ? parsed->system : "",
                          parsed->value);
  return look_everywhere (self, name);
}

ImpFhirHits
imp_fhir_finder_hits (ImpFhirFinder *self, const cJSON *reference, const char *type)
{
  g_auto (ImpFhirReference) parsed = { 0 };
  g_autofree char *url = NULL;
  const char *expected;
  ImpFhirHits hits = { 0 };

  imp_fhir_reference (reference, &parsed);
  expected = parsed.type != NULL ? parsed.type : type;
  switch (parsed.kind)
    {
    case IMP_FHIR_REFERENCE_URN:
      return look_everywhere (self, parsed.id);
    case IMP_FHIR_REFERENCE_RELATIVE:
      return look_for_relative (self, parsed.type, parsed.id);
    case IMP_FHIR_REFERENCE_ABSOLUTE:
      url = g_strdup_printf ("%s%s/%s", parsed.base != NULL ? parsed.base : "", parsed.type,
                             parsed.id);
      hits = look_everywhere (self, url);
      /* The base is no part of the name where files carry none: a bulk export. */
      return hits.n > 0 || self->base != NULL ? hits
                                              : look_for_relative (self, parsed.type, parsed.id);
    case IMP_FHIR_REFERENCE_TYPED_ID:
      return expected != NULL ? look_for_relative (self, expected, parsed.id) : hits;
    case IMP_FHIR_REFERENCE_BARE:
      return look_for_bare (self, &parsed, expected);
    case IMP_FHIR_REFERENCE_CONDITIONAL:
    case IMP_FHIR_REFERENCE_LOGICAL:
      return look_for_identifier (self, &parsed, expected);
    default:
      return hits;
    }
}

/* ---- choosing ------------------------------------------------------------------------------- */

static gboolean
stands (const ImpFhirEntry *entry)
{
  return (entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) != 0 &&
         (entry->fate == IMP_FHIR_FATE_LIVE || entry->fate == IMP_FHIR_FATE_IN_DOUBT ||
          entry->fate == IMP_FHIR_FATE_ASKED || entry->fate == IMP_FHIR_FATE_UNLISTED ||
          entry->fate == IMP_FHIR_FATE_CONFLICT);
}

static gboolean
was_there (const ImpFhirEntry *entry)
{
  return (entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) != 0;
}

static gboolean
choose_among (ImpFhirFinder *self, ImpFhirHits hits, const char *type,
              gboolean (*is_taken) (const ImpFhirEntry *), guint32 *chosen, gboolean *is_ambiguous)
{
  const ImpFhirEntry *first = NULL;

  *is_ambiguous = FALSE;
  for (guint32 i = 0; i < hits.n; i++)
    {
      guint32 number = imp_fhir_store_named (self->store, hits.at + i);
      const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, number);

      if (!is_taken (entry) || !imp_fhir_finder_sees (self, number) ||
          (type != NULL && strcmp (imp_fhir_store_type (self->store, entry), type) != 0))
        continue;
      if (first == NULL)
        {
          first = entry;
          *chosen = number;
        }
      else if (entry->content != first->content)
        *is_ambiguous = TRUE;
    }
  return first != NULL && !*is_ambiguous;
}

gboolean
imp_fhir_finder_choose (ImpFhirFinder *self, ImpFhirHits hits, const char *type, guint32 *entry)
{
  gboolean is_ambiguous;

  if (choose_among (self, hits, type, stands, entry, &is_ambiguous))
    return TRUE;
  return !is_ambiguous && choose_among (self, hits, type, was_there, entry, &is_ambiguous);
}

const cJSON *
imp_fhir_finder_find (const cJSON *reference, const char *type, gpointer data)
{
  ImpFhirFinder *self = data;
  guint32 entry;

  if (!imp_fhir_finder_choose (self, imp_fhir_finder_hits (self, reference, type), type, &entry))
    return NULL;
  return imp_fhir_finder_tree (self, entry);
}

/* ---- the other direction -------------------------------------------------------------------- */

void
imp_fhir_finder_set_resource (ImpFhirFinder *self, const cJSON *resource)
{
  self->resource = resource;
}

/* The only one of that type that stands. @any: (out): there is one, or several that differ */
static gboolean
only_holder (ImpFhirFinder *self, ImpFhirHits hits, const char *type, guint32 *entry, gboolean *any)
{
  gboolean is_ambiguous;
  gboolean found = choose_among (self, hits, type, stands, entry, &is_ambiguous);

  *any = found || is_ambiguous;
  return found;
}

static ImpFhirHits
look_for_holders (ImpFhirFinder *self, guint32 number, const cJSON *resource)
{
  const ImpFhirEntry *own = imp_fhir_store_entry (self->store, number);
  const char *id = imp_json_string (resource, "id");
  guint source = imp_fhir_store_file (self->store, own->file)->source;
  ImpFhirHits hits = { 0 };
  ImpFhirStored stored;
  g_autofree char *urn = NULL;

  if (!imp_fhir_store_read (self->reader, number, &stored, &self->error))
    return hits;
  if (g_ascii_strncasecmp (stored.full_url, "urn:", 4) == 0)
    urn = g_ascii_strdown (stored.full_url, -1);
  if (urn != NULL && own->bundle > 0)
    hits = look_up (self, "b%u M %s", own->bundle, urn);
  if (hits.n == 0 && id != NULL && own->bundle > 0)
    hits = look_up (self, "b%u M %s/%s", own->bundle, imp_fhir_store_type (self->store, own), id);
  if (hits.n == 0 && urn != NULL)
    hits = look_up (self, "s%u M %s", source, urn);
  if (hits.n == 0 && id != NULL)
    hits = look_up (self, "s%u M %s/%s", source, imp_fhir_store_type (self->store, own), id);
  return hits;
}

const cJSON *
imp_fhir_finder_holder (const cJSON *resource, gpointer data)
{
  ImpFhirFinder *self = data;
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (self->entries, resource));
  guint32 number = known > 0 ? known - 1 : self->number;
  ImpFhirHits hits;
  guint32 entry;
  gboolean any;

  if (self->error != NULL || (known == 0 && resource != self->resource))
    return NULL;
  hits = look_for_holders (self, number, resource);
  if (only_holder (self, hits, "Observation", &entry, &any))
    return imp_fhir_finder_tree (self, entry);
  if (any || !only_holder (self, hits, "DiagnosticReport", &entry, &any))
    return NULL;
  return imp_fhir_finder_tree (self, entry);
}

/* What was called off, or never sent, follows nothing. */
static gboolean
is_prescribed (ImpFhirFinder *self, guint32 number)
{
  const ImpFhirEntry *entry = imp_fhir_store_entry (self->store, number);
  const char *type = imp_fhir_store_type (self->store, entry);

  return stands (entry) && strcmp (type, "MedicationRequest") == 0 &&
         imp_fhir_state (imp_fhir_finder_tree (self, number), type).is_live;
}

gboolean
imp_fhir_finder_is_followed (const cJSON *resource, gpointer data)
{
  ImpFhirFinder *self = data;
  ImpFhirHits hits;

  if (self->error != NULL || resource != self->resource)
    return FALSE;
  hits = look_for_holders (self, self->number, resource);
  for (guint32 i = 0; i < hits.n && i < MAX_FOLLOWERS; i++)
    {
      guint32 number = imp_fhir_store_named (self->store, hits.at + i);

      if (number != self->number && is_prescribed (self, number))
        return TRUE;
    }
  return FALSE;
}
