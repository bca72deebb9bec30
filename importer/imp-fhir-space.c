/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-space.h"

#include <string.h>

#include "disc-text.h"
#include "imp-fhir-finder.h"
#include "imp-fhir-mapper.h"

#define MAX_DEPTH 16      /* of folders that tell servers apart */
#define MAX_IDENTITIES 64 /* under one id */

/* What one Patient says of who he is. */
typedef struct
{
  guint32 entry;
  char *number; /* (nullable): facility and number */
  char *others; /* further numbers, a line each */
  char *birth_date;
  char *gender;
  GPtrArray *names; /* (element-type utf8): folded */
  char *updated;    /* time and version; "" where nothing tells */
  char *place;      /* of the file and in it */
} Identity;

/* Two Patients of one id. */
typedef struct
{
  guint32 first, second; /* entries */
  char *places[2];
  gboolean is_ordered; /* one is the newer version */
} Pair;

/* How Patients of one id compare who lie in folders that part at some depth. */
typedef struct
{
  guint64 n_same[MAX_DEPTH]; /* [0]: in one folder, copies too */
  guint64 n_other[MAX_DEPTH];
} Source;

typedef struct
{
  ImpFhirStore *store;
  const ImpFhirSystems *systems;
  const char *facility;
  ImpFhirStoreReader *reader;
  GPtrArray *identities; /* (element-type Identity): under the id at hand */
  GArray *pairs;         /* (element-type Pair): of other people */
  GHashTable *sources;   /* number + 1 -> Source */
} Finder;

static void
identity_free (gpointer data)
{
  Identity *self = data;

  g_free (self->number);
  g_free (self->others);
  g_free (self->birth_date);
  g_free (self->gender);
  g_ptr_array_unref (self->names);
  g_free (self->updated);
  g_free (self->place);
  g_free (self);
}

static void
clear_pair (gpointer data)
{
  Pair *pair = data;

  g_free (pair->places[0]);
  g_free (pair->places[1]);
}

static const ImpFhirFile *
file_of (ImpFhirStore *store, guint32 entry)
{
  return imp_fhir_store_file (store, imp_fhir_store_entry (store, entry)->file);
}

/* ---- who somebody is ------------------------------------------------------------------------ */

static void
read_number (Finder *self, const cJSON *patient, Identity *out)
{
  const ImpFhirStoredBundle *bundle =
      imp_fhir_store_bundle (self->store, imp_fhir_store_entry (self->store, out->entry)->bundle);
  g_autofree char *bundle_facility = imp_fhir_bundle_facility (bundle);
  g_autoptr (ImpFhirChart) chart = imp_fhir_chart (
      patient, &(ImpFhirChartPlace){ self->systems, self->facility, bundle_facility, "", "" });

  if (!chart->has_number)
    return;
  out->number = g_strdup_printf ("%s %s", chart->facility, chart->id);
  out->others = g_strdup (chart->other_ids);
}

static char *
text_of (const cJSON *object, const char *name)
{
  const char *text = imp_json_string (object, name);

  return g_strdup (text != NULL ? text : "");
}

/* (nullable) (transfer full): %NULL where it cannot be read. */
static Identity *
identity_new (Finder *self, guint32 entry, GError **error)
{
  g_autoptr (cJSON) patient = NULL;
  Identity *out;
  ImpFhirStored stored;

  if (!imp_fhir_store_read (self->reader, entry, &stored, error))
    return NULL;
  patient = imp_fhir_parse_stored (&stored); /* %NULL has no members either */
  out = g_new0 (Identity, 1);
  out->entry = entry;
  out->birth_date = text_of (patient, "birthDate");
  out->gender = text_of (patient, "gender");
  out->names = g_ptr_array_new_with_free_func (g_free);
  for (const cJSON *name = imp_json_first (imp_json_get (patient, "name")); name != NULL;
       name = imp_json_next (name))
    {
      g_autofree char *whole = imp_fhir_one_name (name);

      if (whole != NULL && *whole != '\0')
        g_ptr_array_add (out->names, disc_text_fold_new (whole));
    }
  out->updated = g_strdup_printf ("%s %s", stored.last_updated, stored.version_id);
  out->place = *stored.place != '\0'
                   ? g_strdup_printf ("%s#%s", file_of (self->store, entry)->path, stored.place)
                   : g_strdup (file_of (self->store, entry)->path);
  if (patient != NULL)
    read_number (self, patient, out);
  return out;
}

static gboolean
has_line (const char *lines, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  return g_strv_contains ((const char *const *) parts, line);
}

static gboolean
numbers_differ (const Identity *a, const Identity *b)
{
  return a->number != NULL && b->number != NULL && strcmp (a->number, b->number) != 0 &&
         !has_line (a->others, b->number) && !has_line (b->others, a->number);
}

static gboolean
names_differ (const Identity *a, const Identity *b)
{
  for (guint i = 0; i < a->names->len; i++)
    if (g_ptr_array_find_with_equal_func (b->names, g_ptr_array_index (a->names, i), g_str_equal,
                                          NULL))
      return FALSE;
  return a->names->len > 0 && b->names->len > 0;
}

/* At the precision both have. */
static gboolean
texts_differ (const char *a, const char *b)
{
  return strncmp (a, b, MIN (strlen (a), strlen (b))) != 0;
}

static gboolean
are_other_people (const Identity *a, const Identity *b)
{
  return numbers_differ (a, b) + names_differ (a, b) + texts_differ (a->birth_date, b->birth_date) +
             texts_differ (a->gender, b->gender) >=
         2;
}

/* ---- folders -------------------------------------------------------------------------------- */

/* Length of the first @depth parts of a folder. */
static gsize
begin_of (const char *folder, guint depth)
{
  gsize len = 0;

  for (guint i = 0; i < depth && folder[len] != '\0'; i++)
    len += strcspn (folder + len, "/!") + (i + 1 < depth && folder[len] != '\0' ? 1 : 0);
  return MIN (len, strlen (folder));
}

/* At which part two folders differ, from 1; 0: they are one, or differ too deep down. */
static guint
depth_of (const char *a, const char *b)
{
  if (strcmp (a, b) == 0)
    return 0;
  for (guint depth = 1; depth < MAX_DEPTH; depth++)
    {
      gsize n = begin_of (a, depth);

      if (n != begin_of (b, depth) || strncmp (a, b, n) != 0)
        return depth;
    }
  return 0;
}

static void
add_pair (Finder *self, const Identity *first, const Identity *second)
{
  Pair pair = { .first = first->entry,
                .second = second->entry,
                .places = { g_strdup (first->place), g_strdup (second->place) },
                .is_ordered = strcmp (first->updated, second->updated) != 0 };

  g_array_append_val (self->pairs, pair);
}

static Source *
source_of (Finder *self, guint32 entry)
{
  gpointer key = GUINT_TO_POINTER (file_of (self->store, entry)->source + 1);
  Source *source = g_hash_table_lookup (self->sources, key);

  if (source == NULL)
    g_hash_table_insert (self->sources, key, source = g_new0 (Source, 1));
  return source;
}

static void
compare (Finder *self, const Identity *first, const Identity *second)
{
  Source *source = source_of (self, first->entry);
  gboolean is_other = are_other_people (first, second);
  guint depth = depth_of (file_of (self->store, first->entry)->folder,
                          file_of (self->store, second->entry)->folder);

  if (is_other)
    {
      source->n_other[depth]++;
      add_pair (self, first, second);
    }
  else
    source->n_same[depth]++;
}

/* ---- all ------------------------------------------------------------------------------------ */

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  guint64 left = imp_fhir_store_entry (data, x)->key;
  guint64 right = imp_fhir_store_entry (data, y)->key;

  return left != right ? (left < right ? -1 : 1) : (x < y ? -1 : x > y);
}

/* Patients with an id that others may have too, those of one id together. */
static GArray *
list_patients (ImpFhirStore *store)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < imp_fhir_store_n (store); i++)
    {
      const ImpFhirEntry *entry = imp_fhir_store_entry (store, i);

      if (entry->key != 0 && (entry->flags & IMP_FHIR_ENTRY_HAS_RESOURCE) &&
          strcmp (imp_fhir_store_type (store, entry), "Patient") == 0)
        g_array_append_val (out, i);
    }
  g_array_sort_with_data (out, compare_keys, store);
  return out;
}

/* One more Patient of the id at hand; of a copy of one before, in its folder, no more is read. */
static gboolean
take (Finder *self, guint32 entry, GError **error)
{
  guint64 content = imp_fhir_store_entry (self->store, entry)->content;
  Identity *identity;

  for (guint i = 0; i < self->identities->len; i++)
    {
      const Identity *known = g_ptr_array_index (self->identities, i);

      if (imp_fhir_store_entry (self->store, known->entry)->content == content &&
          strcmp (file_of (self->store, known->entry)->folder,
                  file_of (self->store, entry)->folder) == 0)
        {
          source_of (self, entry)->n_same[0]++;
          return TRUE;
        }
    }
  if (self->identities->len >= MAX_IDENTITIES)
    return TRUE;
  identity = identity_new (self, entry, error);
  if (identity == NULL)
    return FALSE;
  for (guint i = 0; i < self->identities->len; i++)
    compare (self, g_ptr_array_index (self->identities, i), identity);
  g_ptr_array_add (self->identities, identity);
  return TRUE;
}

static gboolean
compare_all (Finder *self, const GArray *patients, GError **error)
{
  for (guint i = 0; i < patients->len; i++)
    {
      guint32 entry = g_array_index (patients, guint32, i);
      guint64 key = imp_fhir_store_entry (self->store, entry)->key;
      gboolean has_next =
          i + 1 < patients->len &&
          imp_fhir_store_entry (self->store, g_array_index (patients, guint32, i + 1))->key == key;
      gboolean is_next =
          i > 0 &&
          imp_fhir_store_entry (self->store, g_array_index (patients, guint32, i - 1))->key == key;

      if (!is_next)
        g_ptr_array_set_size (self->identities, 0);
      if ((has_next || is_next) && !take (self, entry, error))
        return FALSE;
    }
  return TRUE;
}

/* Where folders part that are two servers: as deep as most Patients of one id are other people. */
static guint
depth_of_source (const Finder *self, guint number)
{
  const Source *source = g_hash_table_lookup (self->sources, GUINT_TO_POINTER (number + 1));

  for (guint depth = MAX_DEPTH - 1; source != NULL && depth > 0; depth--)
    if (source->n_other[depth] > source->n_same[depth])
      return depth;
  return 0;
}

static void
set_spaces (Finder *self)
{
  for (guint32 i = 0; i < imp_fhir_store_n_files (self->store); i++)
    {
      const ImpFhirFile *file = imp_fhir_store_file (self->store, i);
      guint depth = depth_of_source (self, file->source);
      g_autofree char *space =
          depth > 0 ? g_strndup (file->folder, begin_of (file->folder, depth)) : NULL;

      if (space != NULL)
        imp_fhir_store_set_space (self->store, i, space);
    }
}

/* Copies of one Patient have one. */
static gint64
key_of (const ImpFhirEntry *entry)
{
  return (gint64) (entry->key ^ entry->content);
}

static void
put_apart (GHashTable *apart, const ImpFhirEntry *entry, const char *place)
{
  gint64 key = key_of (entry);

  if (!g_hash_table_contains (apart, &key))
    g_hash_table_insert (apart, g_memdup2 (&key, sizeof key), g_strdup (place));
}

const char *
imp_fhir_spaces_place (GHashTable *apart, const ImpFhirEntry *entry)
{
  gint64 key = key_of (entry);

  return g_hash_table_lookup (apart, &key);
}

/* Whether two who differ are one person, known better later: one is newer, and it is not so that
 * most who share an id within a folder differ, as where two servers wrote into one. */
static gboolean
are_versions (Finder *self, const Pair *pair)
{
  const ImpFhirEntry *first = imp_fhir_store_entry (self->store, pair->first);
  const ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self->store, first->bundle);
  const Source *source = source_of (self, pair->first);

  if (!pair->is_ordered)
    return FALSE;
  if (bundle != NULL && bundle->type == IMP_FHIR_BUNDLE_HISTORY &&
      first->bundle == imp_fhir_store_entry (self->store, pair->second)->bundle)
    return TRUE;
  return source->n_other[0] <= source->n_same[0];
}

/* Who is left under one id with another person. */
static GHashTable *
find_apart (Finder *self)
{
  GHashTable *apart = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      if (are_versions (self, pair) ||
          !imp_fhir_store_is_same_space (self->store, pair->first, pair->second))
        continue;
      put_apart (apart, imp_fhir_store_entry (self->store, pair->first), pair->places[0]);
      put_apart (apart, imp_fhir_store_entry (self->store, pair->second), pair->places[1]);
    }
  return apart;
}

GHashTable *
imp_fhir_spaces_find (ImpFhirStore *store, const ImpFhirSystems *systems, const char *facility,
                      GError **error)
{
  g_autoptr (ImpFhirStoreReader) reader = imp_fhir_store_reader_new (store);
  g_autoptr (GPtrArray) identities = g_ptr_array_new_with_free_func (identity_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autoptr (GHashTable) sources = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) patients = list_patients (store);
  Finder self = { store, systems, facility, reader, identities, pairs, sources };

  g_array_set_clear_func (pairs, clear_pair);
  if (!compare_all (&self, patients, error))
    return NULL;
  set_spaces (&self);
  return find_apart (&self);
}
