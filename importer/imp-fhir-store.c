/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-fhir-store.h"

#include <sodium.h>
#include <string.h>

#include "disc-error.h"

#define CHUNK_FULL (512 * 1024)
#define CHUNKS_AT_HAND 32                      /* of a reader ... */
#define CHUNK_BYTES_AT_HAND (64 * 1024 * 1024) /* ... unless they are large ones: four at least */
#define MIN_CHUNKS_AT_HAND 4

/* A name is found by its hash alone: its key is random, so nobody can make two of them share one. */
typedef struct
{
  guint32 hash[3];
  guint32 entry;
} Name;

/* Names lie in buckets by the first bits of their hash: none has to be sorted, or to grow, as a whole. */
#define BUCKET_BITS 8
#define N_BUCKETS (1 << BUCKET_BITS)
#define BUCKET_SHIFT (32 - BUCKET_BITS)

struct _ImpFhirStore
{
  ImpSpill *spill;
  GMutex mutex;
  guint8 key[crypto_shorthash_siphashx24_KEYBYTES]; /* random: nobody can aim at a hash */
  GArray *entries;                                  /* (element-type ImpFhirEntry) */
  GArray *names[N_BUCKETS]; /* (element-type Name) */
  GArray *chunks;                                   /* (element-type ImpSpillPlace) */
  GArray *files;                                    /* (element-type ImpFhirFile) */
  GStringChunk *spaces;                             /* each once: pointers are compared */
  GArray *bundles;                                  /* (element-type ImpFhirStoredBundle) */
  ImpFhirExports *exports;
  GPtrArray *types;                                 /* (element-type utf8) */
  GHashTable *by_type;                              /* type -> number + 1 */
};

struct _ImpFhirStoreWriter
{
  ImpFhirStore *store;
  ImpSpillCoder *coder;
  GByteArray *chunk;
  GArray *entries; /* of the chunk in hand */
  GArray *names;   /* their entry counts from the first of those */
};

static void
clear_file (gpointer data)
{
  ImpFhirFile *file = data;

  g_free (file->path);
  g_free (file->folder);
}

static void
clear_bundle (gpointer data)
{
  ImpFhirStoredBundle *bundle = data;

  g_free (bundle->identifier);
  g_free (bundle->timestamp);
  g_free (bundle->institution);
}

ImpFhirStore *
imp_fhir_store_new (const char *dir, GError **error)
{
  g_autoptr (ImpFhirStore) self = g_new0 (ImpFhirStore, 1);

  g_mutex_init (&self->mutex);
  self->entries = g_array_new (FALSE, FALSE, sizeof (ImpFhirEntry));
  for (guint i = 0; i < N_BUCKETS; i++)
    self->names[i] = g_array_new (FALSE, FALSE, sizeof (Name));
  self->chunks = g_array_new (FALSE, FALSE, sizeof (ImpSpillPlace));
  self->files = g_array_new (FALSE, FALSE, sizeof (ImpFhirFile));
  self->spaces = g_string_chunk_new (1024);
  g_array_set_clear_func (self->files, clear_file);
  self->bundles = g_array_new (FALSE, FALSE, sizeof (ImpFhirStoredBundle));
  g_array_set_clear_func (self->bundles, clear_bundle);
  self->types = g_ptr_array_new_with_free_func (g_free);
  self->by_type = g_hash_table_new (g_str_hash, g_str_equal);
  self->exports = imp_fhir_exports_new ();
  self->spill = imp_spill_new (dir, error);
  if (self->spill == NULL)
    return NULL;
  randombytes_buf (self->key, sizeof self->key);
  return g_steal_pointer (&self);
}

void
imp_fhir_store_free (ImpFhirStore *self)
{
  g_array_unref (self->entries);
  for (guint i = 0; i < N_BUCKETS; i++)
    g_array_unref (self->names[i]);
  g_array_unref (self->chunks);
  g_string_chunk_free (self->spaces);
  g_array_unref (self->files);
  g_array_unref (self->bundles);
  imp_fhir_exports_free (self->exports);
  g_hash_table_unref (self->by_type);
  g_ptr_array_unref (self->types);
  g_clear_pointer (&self->spill, imp_spill_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
hash_of (const ImpFhirStore *self, const char *text, guint64 hash[2])
{
  crypto_shorthash_siphashx24 ((guint8 *) hash, (const guint8 *) text, strlen (text), self->key);
}

ImpFhirExports *
imp_fhir_store_exports (ImpFhirStore *self)
{
  return self->exports;
}

/* ---- writing -------------------------------------------------------------------------------- */

guint32
imp_fhir_store_add_file (ImpFhirStore *self, const ImpFhirFile *file)
{
  guint32 number;

  g_mutex_lock (&self->mutex);
  number = self->files->len;
  g_array_append_val (self->files, *file);
  g_mutex_unlock (&self->mutex);
  return number;
}

guint32
imp_fhir_store_add_bundle (ImpFhirStore *self, const ImpFhirStoredBundle *bundle)
{
  guint32 number;

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->bundles, *bundle);
  number = self->bundles->len;
  g_mutex_unlock (&self->mutex);
  return number;
}

void
imp_fhir_store_note_institution (ImpFhirStore *self, guint32 bundle, const char *facility)
{
  ImpFhirStoredBundle *stored;

  g_mutex_lock (&self->mutex);
  stored = &g_array_index (self->bundles, ImpFhirStoredBundle, bundle - 1);
  if (stored->institution == NULL)
    stored->institution = g_strdup (facility);
  else if (strcmp (stored->institution, facility) != 0)
    *stored->institution = '\0';
  g_mutex_unlock (&self->mutex);
}

ImpFhirStoreWriter *
imp_fhir_store_writer_new (ImpFhirStore *store)
{
  ImpFhirStoreWriter *self = g_new0 (ImpFhirStoreWriter, 1);

  self->store = store;
  self->coder = imp_spill_coder_new ();
  self->chunk = g_byte_array_new ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (ImpFhirEntry));
  self->names = g_array_new (FALSE, FALSE, sizeof (Name));
  return self;
}

void
imp_fhir_store_writer_free (ImpFhirStoreWriter *self)
{
  imp_spill_coder_free (self->coder);
  g_byte_array_unref (self->chunk);
  g_array_unref (self->entries);
  g_array_unref (self->names);
  g_free (self);
}

/* With the mutex held. */
static void
hand_over (ImpFhirStoreWriter *self, ImpSpillPlace place)
{
  ImpFhirStore *store = self->store;
  guint32 first = store->entries->len;

  for (guint i = 0; i < self->entries->len; i++)
    g_array_index (self->entries, ImpFhirEntry, i).chunk = store->chunks->len;
  for (guint i = 0; i < self->names->len; i++)
    {
      Name name = g_array_index (self->names, Name, i);

      name.entry += first;
      g_array_append_val (store->names[name.hash[0] >> BUCKET_SHIFT], name);
    }
  g_array_append_val (store->chunks, place);
  g_array_append_vals (store->entries, self->entries->data, self->entries->len);
}

gboolean
imp_fhir_store_writer_flush (ImpFhirStoreWriter *self, GError **error)
{
  ImpSpillPlace place;

  if (self->chunk->len == 0)
    return TRUE;
  if (!imp_spill_put_apart (self->store->spill, self->coder, self->chunk->data, self->chunk->len,
                            &place, error))
    return FALSE;
  g_mutex_lock (&self->store->mutex);
  hand_over (self, place);
  g_mutex_unlock (&self->store->mutex);
  g_byte_array_set_size (self->chunk, 0);
  g_array_set_size (self->entries, 0);
  g_array_set_size (self->names, 0);
  return TRUE;
}

static guint16
number_of_type (ImpFhirStore *self, const char *type)
{
  guint number;

  g_mutex_lock (&self->mutex);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_type, type));
  if (number == 0 && self->types->len < G_MAXUINT16 - 1)
    {
      g_ptr_array_add (self->types, g_strdup (type));
      number = self->types->len;
      g_hash_table_insert (self->by_type, g_ptr_array_index (self->types, number - 1),
                           GUINT_TO_POINTER (number));
    }
  g_mutex_unlock (&self->mutex);
  return (guint16) MAX (number, 1) - 1;
}

static void
put_string (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) (text != NULL ? text : ""),
                       (guint) strlen (text != NULL ? text : "") + 1);
}

static void
put_run (GByteArray *out, const char *text, gsize len)
{
  guint32 n = (guint32) len;

  g_byte_array_append (out, (const guint8 *) &n, sizeof n);
  if (len > 0)
    g_byte_array_append (out, (const guint8 *) text, (guint) len);
  g_byte_array_append (out, (const guint8 *) "", 1);
}

static void
put_stored (GByteArray *out, const ImpFhirStored *stored)
{
  g_byte_array_append (out, (const guint8 *) &stored->number, sizeof stored->number);
  put_string (out, stored->place);
  put_string (out, stored->full_url);
  put_string (out, stored->key);
  put_string (out, stored->focus_time);
  put_string (out, stored->version_id);
  put_string (out, stored->last_updated);
  put_string (out, stored->bundle_time);
  put_string (out, stored->method);
  put_run (out, stored->tree, stored->tree_len);
  put_run (out, stored->source, stored->source_len);
}

gboolean
imp_fhir_store_add (ImpFhirStoreWriter *self, ImpFhirEntry *entry, const char *type,
                    const ImpFhirStored *stored, GPtrArray *names, const char *content,
                    GError **error)
{
  guint64 hash[2];

  if (self->chunk->len >= CHUNK_FULL && !imp_fhir_store_writer_flush (self, error))
    return FALSE;
  entry->type = number_of_type (self->store, type);
  entry->offset = self->chunk->len;
  if (stored->key != NULL && *stored->key != '\0')
    {
      hash_of (self->store, stored->key, hash);
      entry->key = MAX (hash[0], 1);
    }
  if (content != NULL)
    {
      hash_of (self->store, content, hash);
      entry->content = MAX (hash[0], 1);
    }
  for (guint i = 0; i < names->len; i++)
    {
      Name name = { .entry = self->entries->len };

      hash_of (self->store, g_ptr_array_index (names, i), hash);
      memcpy (name.hash, hash, sizeof name.hash);
      g_array_append_val (self->names, name);
    }
  put_stored (self->chunk, stored);
  g_array_append_val (self->entries, *entry);
  return TRUE;
}

/* ---- finding -------------------------------------------------------------------------------- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const Name *x = a;
  const Name *y = b;

  for (guint i = 0; i < G_N_ELEMENTS (x->hash); i++)
    if (x->hash[i] != y->hash[i])
      return x->hash[i] < y->hash[i] ? -1 : 1;
  return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static void
note_in_bundle (ImpFhirStore *self, guint32 number)
{
  const ImpFhirEntry *entry = &g_array_index (self->entries, ImpFhirEntry, number);
  ImpFhirStoredBundle *bundle = imp_fhir_store_bundle (self, entry->bundle);
  const char *type = imp_fhir_store_type (self, entry);

  if (bundle == NULL)
    return;
  if (bundle->end == 0)
    bundle->first = number;
  bundle->end = number + 1;
  if (strcmp (type, "Patient") == 0)
    bundle->patient = bundle->patient == 0 ? number + 1 : G_MAXUINT32;
  else
    bundle->n_others++;
  if (strcmp (type, "Composition") == 0 && bundle->composition == 0)
    bundle->composition = number + 1;
  if (strcmp (type, "MessageHeader") == 0 && bundle->message == 0)
    bundle->message = number + 1;
}

void
imp_fhir_store_freeze (ImpFhirStore *self)
{
  for (guint i = 0; i < N_BUCKETS; i++)
    g_array_sort (self->names[i], compare_names);
  for (guint32 i = 0; i < self->entries->len; i++)
    note_in_bundle (self, i);
}

/* Entries stand in the order of their chunks. */
static guint32
first_of_chunk (const ImpFhirStore *self, guint32 chunk)
{
  guint32 low = 0, high = self->entries->len;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (g_array_index (self->entries, ImpFhirEntry, middle).chunk < chunk)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
imp_fhir_store_chunk (ImpFhirStore *self, guint32 chunk, guint32 *first, guint32 *end)
{
  *first = first_of_chunk (self, chunk);
  *end = first_of_chunk (self, chunk + 1);
}

guint32
imp_fhir_store_find (ImpFhirStore *self, const char *name, guint32 *n)
{
  Name wanted = { .entry = 0 };
  guint64 hash[2];
  const GArray *bucket;
  guint32 low = 0, high, end;

  hash_of (self, name, hash);
  memcpy (wanted.hash, hash, sizeof wanted.hash);
  bucket = self->names[wanted.hash[0] >> BUCKET_SHIFT];
  for (high = bucket->len; low < high;)
    {
      guint32 middle = low + (high - low) / 2;

      if (compare_names (&g_array_index (bucket, Name, middle), &wanted) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  for (end = low; end < bucket->len; end++)
    if (memcmp (g_array_index (bucket, Name, end).hash, wanted.hash, sizeof wanted.hash) != 0)
      break;
  *n = end - low;
  return (wanted.hash[0] >> BUCKET_SHIFT) << BUCKET_SHIFT | low;
}

guint32
imp_fhir_store_named (ImpFhirStore *self, guint32 at)
{
  return g_array_index (self->names[at >> BUCKET_SHIFT], Name, at & ((1u << BUCKET_SHIFT) - 1)).entry;
}

guint32
imp_fhir_store_n (const ImpFhirStore *self)
{
  return self->entries->len;
}

ImpFhirEntry *
imp_fhir_store_entry (ImpFhirStore *self, guint32 i)
{
  g_return_val_if_fail (i < self->entries->len, NULL);
  return &g_array_index (self->entries, ImpFhirEntry, i);
}

const char *
imp_fhir_store_type (ImpFhirStore *self, const ImpFhirEntry *entry)
{
  return g_ptr_array_index (self->types, entry->type);
}

const ImpFhirFile *
imp_fhir_store_file (ImpFhirStore *self, guint32 number)
{
  return &g_array_index (self->files, ImpFhirFile, number);
}

guint32
imp_fhir_store_n_files (ImpFhirStore *self)
{
  return self->files->len;
}

void
imp_fhir_store_set_space (ImpFhirStore *self, guint32 file, const char *space)
{
  g_array_index (self->files, ImpFhirFile, file).space =
      g_string_chunk_insert_const (self->spaces, space);
}

gboolean
imp_fhir_store_is_same_space (ImpFhirStore *self, guint32 a, guint32 b)
{
  const ImpFhirFile *left = imp_fhir_store_file (self, imp_fhir_store_entry (self, a)->file);
  const ImpFhirFile *right = imp_fhir_store_file (self, imp_fhir_store_entry (self, b)->file);

  return left->space == right->space;
}

ImpFhirStoredBundle *
imp_fhir_store_bundle (ImpFhirStore *self, guint32 number)
{
  return number > 0 ? &g_array_index (self->bundles, ImpFhirStoredBundle, number - 1) : NULL;
}

guint32
imp_fhir_store_n_bundles (ImpFhirStore *self)
{
  return self->bundles->len;
}

guint32
imp_fhir_store_n_chunks (ImpFhirStore *self)
{
  return self->chunks->len;
}

/* ---- reading -------------------------------------------------------------------------------- */

typedef struct
{
  guint32 number;
  guint64 used; /* when, counted in reads */
  GByteArray *bytes;
} Chunk;

struct _ImpFhirStoreReader
{
  ImpFhirStore *store;
  ImpSpillCoder *coder;
  GArray *chunks; /* (element-type Chunk) */
  gsize n_bytes;
  guint64 n_reads;
};

static void
clear_chunk (gpointer data)
{
  g_byte_array_unref (((Chunk *) data)->bytes);
}

ImpFhirStoreReader *
imp_fhir_store_reader_new (ImpFhirStore *store)
{
  ImpFhirStoreReader *self = g_new0 (ImpFhirStoreReader, 1);

  self->store = store;
  self->coder = imp_spill_coder_new ();
  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  g_array_set_clear_func (self->chunks, clear_chunk);
  return self;
}

void
imp_fhir_store_reader_free (ImpFhirStoreReader *self)
{
  imp_spill_coder_free (self->coder);
  g_array_unref (self->chunks);
  g_free (self);
}

static void
drop_oldest (ImpFhirStoreReader *self)
{
  guint oldest = 0;

  for (guint i = 1; i < self->chunks->len; i++)
    if (g_array_index (self->chunks, Chunk, i).used <
        g_array_index (self->chunks, Chunk, oldest).used)
      oldest = i;
  self->n_bytes -= g_array_index (self->chunks, Chunk, oldest).bytes->len;
  g_array_remove_index_fast (self->chunks, oldest);
}

static Chunk *
need_chunk (ImpFhirStoreReader *self, guint32 number, GError **error)
{
  ImpSpillPlace place = g_array_index (self->store->chunks, ImpSpillPlace, number);
  Chunk fresh = { .number = number };

  for (guint i = 0; i < self->chunks->len; i++)
    if (g_array_index (self->chunks, Chunk, i).number == number)
      return &g_array_index (self->chunks, Chunk, i);
  while (self->chunks->len >= MIN_CHUNKS_AT_HAND &&
         (self->chunks->len >= CHUNKS_AT_HAND || self->n_bytes > CHUNK_BYTES_AT_HAND))
    drop_oldest (self);
  if (!imp_spill_get (self->store->spill, self->coder, &place, &fresh.bytes, error))
    return NULL;
  self->n_bytes += fresh.bytes->len;
  g_array_append_val (self->chunks, fresh);
  return &g_array_index (self->chunks, Chunk, self->chunks->len - 1);
}

static const char *
take_string (const guint8 **at)
{
  const char *text = (const char *) *at;

  *at += strlen (text) + 1;
  return text;
}

static const char *
take_run (const guint8 **at, gsize *len)
{
  guint32 n;
  const char *text;

  memcpy (&n, *at, sizeof n);
  text = (const char *) *at + sizeof n;
  *at += sizeof n + n + 1;
  *len = n;
  return text;
}

gboolean
imp_fhir_store_read (ImpFhirStoreReader *self, guint32 entry, ImpFhirStored *out, GError **error)
{
  const ImpFhirEntry *place = imp_fhir_store_entry (self->store, entry);
  Chunk *chunk = need_chunk (self, place->chunk, error);
  const guint8 *at;

  if (chunk == NULL)
    return FALSE;
  chunk->used = ++self->n_reads;
  at = chunk->bytes->data + place->offset;
  memcpy (&out->number, at, sizeof out->number);
  at += sizeof out->number;
  out->place = take_string (&at);
  out->full_url = take_string (&at);
  out->key = take_string (&at);
  out->focus_time = take_string (&at);
  out->version_id = take_string (&at);
  out->last_updated = take_string (&at);
  out->bundle_time = take_string (&at);
  out->method = take_string (&at);
  out->tree = take_run (&at, &out->tree_len);
  out->source = take_run (&at, &out->source_len);
  return TRUE;
}
