/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-pack.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>
#include <zdict.h>

#include "disc-block.h"
#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-stream-writer.h"

#define MAX_RESTING 512         /* blocks in memory that may still be written */
#define MAX_RESTING_HARD 2048   /* with those that are not complete */
#define JOBS_PER_THREAD 16      /* blocks in work */
#define COMPLETE ((1u << DISC_BLOCK_PAGES) - 1)

/* The dictionary is made of the pages of the first blocks. Smaller databases gain nothing. */
#define SAMPLE_BLOCKS 256
#define SAMPLE_BLOCKS_LEAST 16
#define SAMPLE_BYTES 4096
#define DICTIONARY_BYTES (110 * 1024)

/* SQLite file format, section 1.6: first byte of an interior page of an index or a table. */
#define PAGE_INTERIOR_INDEX 2
#define PAGE_INTERIOR_TABLE 5

/* What disc_pack_most_bytes() sets aside. A page that leads on has room for four others at least, be
 * the keys as long as they may (SQLite file format, section 1.6), and trees of a disc have no more
 * than four storeys: so many blocks may be written once more when three tables grow at their ends. */
#define REWRITTEN_BLOCKS 12
#define LEAST_CHILDREN 4
#define REGION_MAX(raw) ((raw) + (raw) / 64 + 4096)

/* A block in memory. */
typedef struct
{
  guint32 number;
  guint written;          /* bit of each page that was */
  GList link;             /* in the order of the last write */
  guint8 *data;           /* DISC_BLOCK_BYTES */
} Block;

/* A block being sealed. */
typedef struct
{
  Block *block;
  guint32 index;          /* of its entry */
  gsize raw_len;
  GByteArray *stored;
  DiscCoding coding;
  gboolean done;
} Job;

struct _DiscPack
{
  DiscStreamWriter *stream;
  const DiscSealing *sealing;
  guint8 *head;           /* DISC_HEAD_BYTES; its key slots are filled */
  DiscBlockSeal seal;
  guint8 *data_key;
  int level;
  guint64 database_bytes;
  guint64 hot_offset;     /* 0 until it is known */
  DiscTable *table;
  GArray *places;         /* (element-type guint32) by block: its entry, DISC_BLOCK_UNUSED none */
  GHashTable *interior;   /* numbers of pages that are */

  GHashTable *resting;    /* (element-type Block) by number */
  GQueue order;           /* of the same */

  DiscDictionary *dictionary;
  DiscRegion dictionary_region;
  GByteArray *dictionary_stored;
  GByteArray *table_stored;    /* NULL until the stream is finished; so are the sums */
  GByteArray *sums;
  DiscRegion table_region;
  gboolean has_tried_dictionary;

  GThreadPool *pool;
  GAsyncQueue *coders;    /* (element-type DiscBlockCoder) at rest */
  DiscBlockCoder *own_coder;
  guint max_jobs;
  GQueue jobs;            /* (element-type Job) in the order of their entries */
  guint32 n_indexes;      /* entries given out */
  GMutex mutex;
  GCond changed;

  guint32 read_number;    /* the block opened last, for reading */
  guint8 *read_data;      /* NULL: none */
};

static void
block_free (gpointer data)
{
  Block *block = data;

  sodium_memzero (block->data, DISC_BLOCK_BYTES);
  g_free (block->data);
  g_free (block);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  block_free (job->block);
  g_byte_array_unref (job->stored);
  g_free (job);
}

static Block *
block_new (guint32 number)
{
  Block *block = g_new0 (Block, 1);

  block->number = number;
  block->data = g_malloc0 (DISC_BLOCK_BYTES);
  block->link.data = block;
  return block;
}

/* ---- sealing in other threads --------------------------------------------------------------- */

static void
run_job (gpointer data, gpointer user_data)
{
  Job *job = data;
  DiscPack *self = user_data;
  DiscBlockCoder *coder = g_async_queue_pop (self->coders);
  DiscCoding coding;

  coding = disc_block_seal (coder, &self->seal, job->index, job->block->number, job->block->data,
                            job->raw_len, self->dictionary, self->level, job->stored);
  g_async_queue_push (self->coders, coder);

  g_mutex_lock (&self->mutex);
  job->coding = coding;
  job->done = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/* Waits for the oldest block in work and appends it. */
static gboolean
append_job (DiscPack *self, GError **error)
{
  Job *job = g_queue_pop_head (&self->jobs);
  DiscBlockEntry entry;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  while (!job->done)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  entry.offset = disc_stream_writer_length (self->stream);
  entry.stored = job->stored->len;
  entry.coding = job->coding;
  entry.number = job->block->number;
  if (entry.number < self->places->len &&
      g_array_index (self->places, guint32, entry.number) != DISC_BLOCK_UNUSED)
    {
      guint32 old = g_array_index (self->places, guint32, entry.number);

      g_array_index (self->table->entries, DiscBlockEntry, old).number = DISC_BLOCK_UNUSED;
    }
  while (self->places->len <= entry.number)
    {
      guint32 none = DISC_BLOCK_UNUSED;

      g_array_append_val (self->places, none);
    }
  g_array_index (self->places, guint32, entry.number) = self->table->entries->len;
  g_array_append_val (self->table->entries, entry);
  ok = disc_stream_writer_append (self->stream, job->stored->data, job->stored->len, error);
  job_free (job);
  return ok;
}

static gboolean
append_jobs (DiscPack *self, guint n_left, GError **error)
{
  while (self->jobs.length > n_left)
    if (!append_job (self, error))
      return FALSE;

  return TRUE;
}

static gsize
raw_length (DiscPack *self, guint32 number)
{
  return disc_table_raw_bytes (self->table, self->database_bytes, number);
}

/* @block: (transfer full) */
static gboolean
submit (DiscPack *self, Block *block, gsize raw_len, GError **error)
{
  Job *job = g_new0 (Job, 1);

  job->block = block;
  job->index = self->n_indexes++;
  job->raw_len = raw_len;
  job->stored = g_byte_array_new ();
  g_queue_push_tail (&self->jobs, job);
  g_thread_pool_push (self->pool, job, NULL);
  return append_jobs (self, self->max_jobs, error);
}

/* ---- the dictionary ------------------------------------------------------------------------- */

/* Pieces of the blocks that rest longest, one after the other. */
static GByteArray *
collect_samples (DiscPack *self)
{
  GByteArray *samples = g_byte_array_new ();
  guint n = 0;

  for (GList *l = self->order.head; l != NULL && n < SAMPLE_BLOCKS; l = l->next, n++)
    g_byte_array_append (samples, ((Block *) l->data)->data, DISC_BLOCK_BYTES);
  return samples;
}

static gboolean
make_dictionary (DiscPack *self, GError **error)
{
  g_autoptr (GByteArray) samples = NULL;
  g_autofree gsize *sizes = NULL;
  g_autofree guint8 *data = g_malloc (DICTIONARY_BYTES);
  guint8 *key;
  gsize len;
  guint n;

  self->has_tried_dictionary = TRUE;
  if (self->order.length < SAMPLE_BLOCKS_LEAST)
    return TRUE;

  samples = collect_samples (self);
  n = samples->len / SAMPLE_BYTES;
  sizes = g_new (gsize, n);
  for (guint i = 0; i < n; i++)
    sizes[i] = SAMPLE_BYTES;
  len = ZDICT_trainFromBuffer (data, DICTIONARY_BYTES, samples->data, sizes, n);
  sodium_memzero (samples->data, samples->len);
  if (ZDICT_isError (len))
    return TRUE; /* nothing repeats: blocks stand for themselves */

  self->dictionary = disc_dictionary_new (data, len);
  key = disc_key_derive (self->data_key, DISC_SUBKEY_DICTIONARY);
  self->dictionary_stored = disc_region_seal (key, self->seal.nonce, self->seal.id, data, len);
  disc_key_free (key);
  sodium_memzero (data, len);
  self->dictionary_region = (DiscRegion) { 0, self->dictionary_stored->len, len };
  return disc_stream_writer_append (self->stream, self->dictionary_stored->data,
                                    self->dictionary_stored->len, error);
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* Takes it out of memory. */
static gboolean
evict (DiscPack *self, Block *block, GError **error)
{
  if (!self->has_tried_dictionary && !make_dictionary (self, error))
    return FALSE;

  g_hash_table_steal (self->resting, GUINT_TO_POINTER (block->number));
  g_queue_unlink (&self->order, &block->link);
  return submit (self, block, raw_length (self, block->number), error);
}

/* The oldest go; those that are not complete wait for their last page. */
static gboolean
make_room (DiscPack *self, GError **error)
{
  GList *next;

  if (self->order.length <= MAX_RESTING)
    return TRUE;

  for (GList *l = self->order.head; l != NULL && self->order.length > MAX_RESTING; l = next)
    {
      Block *block = l->data;

      next = l->next;
      if ((block->written == COMPLETE || self->order.length > MAX_RESTING_HARD) &&
          !evict (self, block, error))
        return FALSE;
    }

  return TRUE;
}

static Job *
find_job (DiscPack *self, guint32 number)
{
  for (GList *l = self->jobs.tail; l != NULL; l = l->prev)
    if (((Job *) l->data)->block->number == number)
      return l->data;

  return NULL;
}

static gboolean
open_stored (DiscPack *self, guint32 number, guint8 *out, GError **error)
{
  guint32 index = g_array_index (self->places, guint32, number);
  const DiscBlockEntry *entry = &g_array_index (self->table->entries, DiscBlockEntry, index);
  g_autofree guint8 *stored = g_malloc (entry->stored);
  gsize raw_len;

  if (!disc_stream_writer_read (self->stream, entry->offset, stored, entry->stored, error))
    return FALSE;

  /* The last block of a growing database may have been sealed shorter. */
  raw_len = raw_length (self, number);
  for (; raw_len > 0; raw_len -= DISC_PAGE_SIZE)
    if (disc_block_open (self->own_coder, &self->seal, index, entry, stored, self->dictionary, out,
                         raw_len, NULL))
      return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "the container cannot be read back: block %u",
               number);
  return FALSE;
}

static gboolean
is_stored (DiscPack *self, guint32 number)
{
  return number < self->places->len &&
         g_array_index (self->places, guint32, number) != DISC_BLOCK_UNUSED;
}

/* The block for writing. */
static Block *
take_block (DiscPack *self, guint32 number, GError **error)
{
  Block *block = g_hash_table_lookup (self->resting, GUINT_TO_POINTER (number));
  Job *job;

  if (block != NULL)
    {
      g_queue_unlink (&self->order, &block->link);
      g_queue_push_tail_link (&self->order, &block->link);
      return block;
    }

  block = block_new (number);
  job = find_job (self, number);
  if (job != NULL)
    {
      memcpy (block->data, job->block->data, DISC_BLOCK_BYTES);
      block->written = job->block->written;
    }
  else if (is_stored (self, number))
    {
      if (!open_stored (self, number, block->data, error))
        {
          block_free (block);
          return NULL;
        }
      block->written = COMPLETE;
    }

  g_hash_table_insert (self->resting, GUINT_TO_POINTER (number), block);
  g_queue_push_tail_link (&self->order, &block->link);
  return block;
}

/* The block's bytes for reading; they live until the next call. */
static const guint8 *
look_at_block (DiscPack *self, guint32 number, GError **error)
{
  Block *block = g_hash_table_lookup (self->resting, GUINT_TO_POINTER (number));
  Job *job = block == NULL ? find_job (self, number) : NULL;

  if (block != NULL)
    return block->data;
  if (job != NULL)
    return job->block->data;
  if (self->read_data != NULL && self->read_number == number)
    return self->read_data;

  if (self->read_data == NULL)
    self->read_data = g_malloc (DISC_BLOCK_BYTES);
  memset (self->read_data, 0, DISC_BLOCK_BYTES);
  self->read_number = number;
  if (is_stored (self, number) && !open_stored (self, number, self->read_data, error))
    {
      g_clear_pointer (&self->read_data, g_free);
      return NULL;
    }
  return self->read_data;
}

static void
note_page (DiscPack *self, guint32 page, const guint8 *data)
{
  if (data[0] == PAGE_INTERIOR_INDEX || data[0] == PAGE_INTERIOR_TABLE)
    g_hash_table_add (self->interior, GUINT_TO_POINTER (page));
  else
    g_hash_table_remove (self->interior, GUINT_TO_POINTER (page));
}

/* ---- as a store ----------------------------------------------------------------------------- */

static gboolean
pack_write (gpointer store, guint64 offset, const guint8 *data, gsize len, GError **error)
{
  DiscPack *self = store;
  guint32 number = (guint32) (offset / DISC_BLOCK_BYTES);
  gsize at = offset % DISC_BLOCK_BYTES;
  Block *block;

  /* SQLite writes whole pages without a journal. */
  g_return_val_if_fail (offset % DISC_PAGE_SIZE == 0 && len == DISC_PAGE_SIZE, FALSE);

  block = take_block (self, number, error);
  if (block == NULL)
    return FALSE;

  memcpy (block->data + at, data, len);
  block->written |= 1u << at / DISC_PAGE_SIZE;
  note_page (self, (guint32) (offset / DISC_PAGE_SIZE), data);
  self->database_bytes = MAX (self->database_bytes, offset + len);
  if (self->read_data != NULL && self->read_number == number)
    g_clear_pointer (&self->read_data, g_free);
  return make_room (self, error);
}

static gboolean
pack_read (gpointer store, guint64 offset, guint8 *out, gsize len, GError **error)
{
  DiscPack *self = store;

  while (len > 0)
    {
      gsize at = offset % DISC_BLOCK_BYTES;
      gsize n = MIN (len, DISC_BLOCK_BYTES - at);
      const guint8 *data = look_at_block (self, (guint32) (offset / DISC_BLOCK_BYTES), error);

      if (data == NULL)
        return FALSE;
      memcpy (out, data + at, n);
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

static guint64
pack_size (gpointer store)
{
  return ((DiscPack *) store)->database_bytes;
}

const DiscVfsStore disc_pack_store = {
  .read = pack_read,
  .write = pack_write,
  .size = pack_size,
};

/* ---- beginning and end ---------------------------------------------------------------------- */

static gboolean
fill_slots (DiscPack *self, GError **error)
{
  const DiscSealing *sealing = self->sealing;
  guint8 *slots = self->head + DISC_HEADER_BYTES;

  for (guint i = 0; sealing->passphrases != NULL && sealing->passphrases[i] != NULL; i++)
    if (!disc_slots_add_passphrase (slots, self->seal.id, self->data_key, sealing->passphrases[i],
                                    strlen (sealing->passphrases[i]), sealing->cost, error))
      return FALSE;

  return sealing->emergency_key == NULL ||
         disc_slots_add_emergency (slots, self->seal.id, self->data_key, sealing->emergency_key,
                                   error);
}

/* Without keys. */
static DiscPack *
new_empty (const DiscSealing *sealing, guint n_threads, int level)
{
  DiscPack *self = g_new0 (DiscPack, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->order);
  g_queue_init (&self->jobs);
  self->sealing = sealing;
  self->head = g_malloc0 (DISC_HEAD_BYTES);
  self->level = level;
  self->max_jobs = n_threads * JOBS_PER_THREAD;
  self->table = disc_table_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->interior = g_hash_table_new (NULL, NULL);
  self->resting = g_hash_table_new_full (NULL, NULL, NULL, block_free);
  self->own_coder = disc_block_coder_new ();
  self->coders = g_async_queue_new_full ((GDestroyNotify) disc_block_coder_free);
  for (guint i = 0; i < n_threads; i++)
    g_async_queue_push (self->coders, disc_block_coder_new ());
  return self;
}

static gboolean
begin (DiscPack *self, const char *path, guint n_threads, GError **error)
{
  randombytes_buf (self->seal.nonce, sizeof self->seal.nonce);
  self->seal.key = disc_key_derive (self->data_key, DISC_SUBKEY_BLOCKS);
  self->stream = disc_stream_writer_new (path, error);
  if (self->stream == NULL)
    return FALSE;
  self->pool = g_thread_pool_new (run_job, self, (int) n_threads, FALSE, NULL);
  return TRUE;
}

DiscPack *
disc_pack_new (const char *path, const DiscSealing *sealing, guint n_threads, int level,
               GError **error)
{
  g_autoptr (DiscPack) self = new_empty (sealing, n_threads, level);

  if (!disc_crypto_init (error))
    return NULL;
  randombytes_buf (self->seal.id, sizeof self->seal.id);
  self->data_key = disc_key_new_random ();
  if (!fill_slots (self, error) || !begin (self, path, n_threads, error))
    return NULL;
  return g_steal_pointer (&self);
}

DiscPack *
disc_pack_new_volume (const char *path, const DiscPack *of, guint n_threads, int level,
                      GError **error)
{
  g_autoptr (DiscPack) self = new_empty (of->sealing, n_threads, level);

  memcpy (self->seal.id, of->seal.id, sizeof self->seal.id);
  self->data_key = disc_key_new ();
  memcpy (self->data_key, of->data_key, DISC_KEY_BYTES);
  memcpy (self->head + DISC_HEADER_BYTES, of->head + DISC_HEADER_BYTES, DISC_SLOTS_BYTES);
  if (!begin (self, path, n_threads, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What compresses and holds blocks; the stream can be read no more. */
static void
rest_coders (DiscPack *self)
{
  if (self->pool != NULL)
    g_thread_pool_free (self->pool, FALSE, TRUE);
  self->pool = NULL;
  g_clear_pointer (&self->coders, g_async_queue_unref);
  g_clear_pointer (&self->own_coder, disc_block_coder_free);
  g_clear_pointer (&self->dictionary, disc_dictionary_free);
  g_clear_pointer (&self->read_data, g_free);
}

void
disc_pack_free (DiscPack *self)
{
  rest_coders (self);
  g_queue_clear_full (&self->jobs, job_free);
  g_hash_table_unref (self->resting);
  g_hash_table_unref (self->interior);
  g_array_unref (self->places);
  disc_table_free (self->table);
  g_clear_pointer (&self->dictionary_stored, g_byte_array_unref);
  g_clear_pointer (&self->table_stored, g_byte_array_unref);
  g_clear_pointer (&self->sums, g_byte_array_unref);
  g_clear_pointer (&self->stream, disc_stream_writer_free);
  disc_key_free (self->seal.key);
  disc_key_free (self->data_key);
  g_free (self->head);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

const guint8 *
disc_pack_id (const DiscPack *self)
{
  return self->seal.id;
}

const guint8 *
disc_pack_data_key (const DiscPack *self)
{
  return self->data_key;
}

guint64
disc_pack_most_bytes (const DiscPack *self, guint64 more_bytes)
{
  guint64 n_blocks = self->order.length + self->jobs.length + more_bytes / DISC_BLOCK_BYTES + 1 +
                     REWRITTEN_BLOCKS;
  guint64 n_hot = g_hash_table_size (self->interior) + 1 + REWRITTEN_BLOCKS +
                  more_bytes / DISC_PAGE_SIZE / LEAST_CHILDREN;
  guint64 n_hot_blocks = n_hot / DISC_BLOCK_PAGES + 1;
  guint64 n_entries = self->n_indexes + n_blocks + n_hot_blocks;
  guint64 table = REGION_MAX (8 + 8 * n_entries + 4 * n_hot);
  guint64 dictionary = self->has_tried_dictionary ? self->dictionary_region.stored
                                                  : REGION_MAX (DICTIONARY_BYTES);
  guint64 stream = disc_stream_writer_length (self->stream) + dictionary +
                   (n_blocks + n_hot_blocks) * DISC_BLOCK_STORED_MAX + table;
  guint64 sums = disc_layout_n_sums (stream) * DISC_SUM_BYTES;

  return disc_layout_sums_offset (stream) + sums + DISC_HEAD_BYTES + sums + dictionary + table;
}

guint64
disc_pack_least_bytes (const DiscPack *self)
{
  guint64 stream = disc_stream_writer_length (self->stream);
  guint64 sums = disc_layout_n_sums (stream) * DISC_SUM_BYTES;

  return disc_layout_sums_offset (stream) + sums + DISC_HEAD_BYTES + sums +
         self->dictionary_region.stored;
}

guint64
disc_pack_bytes (const DiscPack *self)
{
  return disc_layout_unit_offset (disc_layout_n_units (disc_stream_writer_length (self->stream)));
}

static gint
compare_blocks (gconstpointer a, gconstpointer b, gpointer data)
{
  guint32 left = ((const Block *) a)->number, right = ((const Block *) b)->number;

  return left < right ? -1 : left > right;
}

/* In the order of the database. @all: those too that are not complete */
static gboolean
flush (DiscPack *self, gboolean all, GError **error)
{
  GList *next;

  g_queue_sort (&self->order, compare_blocks, NULL);
  for (GList *l = self->order.head; l != NULL; l = next)
    {
      Block *block = l->data;

      next = l->next;
      if ((all || block->written == COMPLETE) && !evict (self, block, error))
        return FALSE;
    }

  return append_jobs (self, 0, error);
}

gboolean
disc_pack_settle (DiscPack *self, GError **error)
{
  return flush (self, FALSE, error);
}

gboolean
disc_pack_begin_hot (DiscPack *self, GError **error)
{
  if (!flush (self, FALSE, error))
    return FALSE;

  self->hot_offset = disc_stream_writer_length (self->stream);
  return TRUE;
}

static gint
compare_pages (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

/* The pages that every way through the database begins with: the first, and all that lead on. */
static void
list_hot_pages (DiscPack *self)
{
  GArray *pages = self->table->hot_pages;
  GHashTableIter iter;
  gpointer key;
  guint32 first = 0;

  if (self->database_bytes == 0)
    return;

  g_hash_table_remove (self->interior, GUINT_TO_POINTER (first));
  g_array_append_val (pages, first);
  g_hash_table_iter_init (&iter, self->interior);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint32 page = GPOINTER_TO_UINT (key);

      g_array_append_val (pages, page);
    }
  g_array_sort (pages, compare_pages);
}

/* Copies of the hot pages, four a block, behind everything. */
static gboolean
append_hot_pages (DiscPack *self, GError **error)
{
  GArray *pages = self->table->hot_pages;
  guint32 n_database = disc_table_n_database_blocks (self->database_bytes);

  list_hot_pages (self);
  for (guint i = 0; i < pages->len; i += DISC_BLOCK_PAGES)
    {
      Block *block = block_new (n_database + i / DISC_BLOCK_PAGES);

      for (guint j = 0; j < DISC_BLOCK_PAGES && i + j < pages->len; j++)
        {
          guint64 page = g_array_index (pages, guint32, i + j);

          if (!pack_read (self, page * DISC_PAGE_SIZE, block->data + (gsize) j * DISC_PAGE_SIZE,
                          DISC_PAGE_SIZE, error))
            {
              block_free (block);
              return FALSE;
            }
        }
      if (!submit (self, block, raw_length (self, block->number), error))
        return FALSE;
    }

  return append_jobs (self, 0, error);
}

static gboolean
append_table (DiscPack *self, GError **error)
{
  g_autoptr (GByteArray) raw = disc_table_write (self->table);
  guint8 *key = disc_key_derive (self->data_key, DISC_SUBKEY_TABLE);
  GByteArray *stored = disc_region_seal (key, self->seal.nonce, self->seal.id, raw->data, raw->len);

  disc_key_free (key);
  self->table_stored = stored;
  self->table_region = (DiscRegion) { disc_stream_writer_length (self->stream), stored->len,
                                      raw->len };
  return disc_stream_writer_append (self->stream, stored->data, stored->len, error);
}

static void
sign (DiscHeader *header, const DiscSealing *sealing, guint8 *head)
{
  crypto_sign_ed25519_sk_to_pk (header->signer, sealing->signing_key);
  disc_header_write (header, head);
  crypto_sign_detached (header->signature, NULL, head, disc_header_signed_bytes (),
                        sealing->signing_key);
  disc_header_write (header, head);
}

/* What cannot be found again once it is lost, a second time and in another file. */
static gboolean
write_spare (DiscPack *self, const guint8 *manifest, gsize manifest_len, const char *path,
             GError **error)
{
  const GByteArray *parts[] = { self->sums, self->dictionary_stored, self->table_stored };
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  guint64 offset = DISC_HEAD_BYTES;
  gboolean ok;

  if (fd < 0)
    return disc_file_fail ("the spare file cannot be made", errno, error);

  ok = disc_file_write (fd, self->head, DISC_HEAD_BYTES, 0, error);
  for (gsize i = 0; ok && i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      {
        ok = disc_file_write (fd, parts[i]->data, parts[i]->len, offset, error);
        offset += parts[i]->len;
      }
  ok = ok && disc_file_write (fd, manifest, manifest_len, offset, error);
  close (fd);
  return ok;
}

gboolean
disc_pack_finish_stream (DiscPack *self, GError **error)
{
  if (!flush (self, TRUE, error) || !append_hot_pages (self, error) || !append_table (self, error))
    return FALSE;
  self->sums = disc_stream_writer_finish (self->stream, error);
  if (self->sums == NULL)
    return FALSE;

  rest_coders (self);
  return TRUE;
}

gboolean
disc_pack_seal (DiscPack *self, guint volume, guint n_volumes, const guint8 *manifest,
                gsize manifest_len, const char *spare_path, GError **error)
{
  DiscHeader header = {
    .version = DISC_CONTAINER_VERSION,
    .serial = self->sealing->serial,
    .volume = volume,
    .n_volumes = n_volumes,
  };

  g_return_val_if_fail (self->sums != NULL, FALSE);

  memcpy (header.id, self->seal.id, sizeof header.id);
  memcpy (header.nonce, self->seal.nonce, sizeof header.nonce);
  header.database_bytes = self->database_bytes;
  header.stream_bytes = disc_stream_writer_length (self->stream);
  header.file_bytes = disc_layout_sums_offset (header.stream_bytes) + self->sums->len;
  header.n_blocks = self->table->entries->len;
  header.dictionary = self->dictionary_region;
  header.table = self->table_region;
  header.hot_offset = self->hot_offset;
  disc_hash (self->head + DISC_HEADER_BYTES, DISC_SLOTS_BYTES, header.slots_hash, DISC_HASH_BYTES);
  disc_hash (self->sums->data, self->sums->len, header.sums_hash, DISC_HASH_BYTES);
  disc_hash (manifest, manifest_len, header.manifest_hash, DISC_HASH_BYTES);
  sign (&header, self->sealing, self->head);
  return disc_stream_writer_write_head (self->stream, self->head, error) &&
         write_spare (self, manifest, manifest_len, spare_path, error);
}

gboolean
disc_pack_finish (DiscPack *self, const guint8 *manifest, gsize manifest_len,
                  const char *spare_path, GError **error)
{
  return disc_pack_finish_stream (self, error) &&
         disc_pack_seal (self, 1, 1, manifest, manifest_len, spare_path, error);
}
