/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-container.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-block-index.h"
#include "disc-crypto.h"
#include "disc-emergency.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-slots.h"

#define MAX_OPEN_BLOCKS 64                   /* 4 MB */
#define MAX_FAILED_BLOCKS 65536
#define MAX_HOT_BYTES (48 * 1024 * 1024)     /* as they stand on the medium */
#define WORTH_A_JUMP                                                                               \
  (4 * 1024 * 1024) /* read in as long as two or three jumps of the laser take                     \
                     */

/* A block in memory, opened. */
typedef struct
{
  guint32 number;
  gsize len;
  GList link;
  guint8 data[DISC_BLOCK_BYTES];
} Block;

struct _DiscContainer
{
  gint ref_count;
  GMutex mutex;             /* of everything that reading changes: units and open blocks */
  guint8 *head;             /* DISC_HEAD_BYTES, as signed */
  DiscHeader header;
  char *folder;             /* where it was opened, or went on */
  char *spare_path;
  gboolean used_spare;
  DiscUnits *units;
  GThread *keeping; /* what is read at the start; NULL: nothing, or it is through */

  /* Once it is unlocked. */
  guint8 *data_key;
  DiscBlockSeal seal;       /* key: NULL before */
  DiscDictionary *dictionary;
  DiscBlockIndex *index;
  DiscBlockCoder *coder;
  GHashTable *open;         /* (element-type Block) by number */
  GQueue order;             /* of the same, oldest first */
  GHashTable *failed;       /* (element-type GError) by number: blocks that are lost */
};

/* ---- the head ------------------------------------------------------------------------------- */

static gboolean
check_head (const guint8 *head, DiscHeader *header, GError **error)
{
  guint8 hash[DISC_HASH_BYTES];

  if (!disc_header_read (head, header, error))
    return FALSE;

  disc_hash (head + DISC_HEADER_BYTES, DISC_SLOTS_BYTES, hash, sizeof hash);
  if (crypto_sign_verify_detached (header->signature, head, disc_header_signed_bytes (),
                                   header->signer) == 0 &&
      memcmp (hash, header->slots_hash, sizeof hash) == 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_ALTERED,
                       "the head of the container is not what was signed");
  return FALSE;
}

static gboolean
read_head (const char *path, guint8 *head, DiscHeader *header, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok;

  if (fd < 0)
    return disc_file_fail (path, errno, error);

  ok = disc_file_read (fd, head, DISC_HEAD_BYTES, 0, error) && check_head (head, header, error);
  close (fd);
  return ok;
}

/* From the container, or else from the spare file. */
static gboolean
load_head (DiscContainer *self, const char *path, GError **error)
{
  g_autoptr (GError) first = NULL;

  if (read_head (path, self->head, &self->header, &first))
    return TRUE;
  if (g_error_matches (first, DISC_ERROR, DISC_ERROR_TOO_NEW) ||
      !read_head (self->spare_path, self->head, &self->header, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }

  self->used_spare = TRUE;
  return TRUE;
}

/* (transfer full): @len bytes at @offset of a file, if their hash is that; NULL otherwise. */
static GByteArray *
read_hashed (int fd, guint64 offset, gsize len, const guint8 *wanted)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 hash[DISC_HASH_BYTES];
  struct stat st;

  /* Before anything is set aside: anybody can sign a head that claims much. */
  if (fstat (fd, &st) != 0 || (guint64) st.st_size < offset + len)
    return NULL;

  g_byte_array_set_size (bytes, (guint) len);
  if (!disc_file_read (fd, bytes->data, len, offset, NULL))
    return NULL;

  disc_hash (bytes->data, len, hash, sizeof hash);
  return memcmp (hash, wanted, sizeof hash) == 0 ? g_steal_pointer (&bytes) : NULL;
}

static GByteArray *
load_sums (DiscContainer *self, int fd, GError **error)
{
  const DiscHeader *header = &self->header;
  gsize len = (gsize) (disc_layout_n_sums (header->stream_bytes) * DISC_SUM_BYTES);
  GByteArray *sums = read_hashed (fd, disc_layout_sums_offset (header->stream_bytes), len,
                                  header->sums_hash);
  struct stat st;
  int spare;

  if (sums != NULL)
    return sums;

  spare = g_open (self->spare_path, O_RDONLY | O_CLOEXEC, 0);
  if (spare >= 0)
    {
      sums = read_hashed (spare, DISC_HEAD_BYTES, len, header->sums_hash);
      close (spare);
    }
  self->used_spare = TRUE;
  if (sums == NULL && fstat (fd, &st) == 0 && (guint64) st.st_size < header->file_bytes)
    g_set_error (error, DISC_ERROR, DISC_ERROR_TRUNCATED,
                 "the container ends early: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " bytes",
                 (guint64) st.st_size, header->file_bytes);
  else if (sums == NULL)
    g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT,
                         "the sums of the container are lost, and so is their second copy");
  return sums;
}

DiscContainer *
disc_container_open (const char *folder, GError **error)
{
  g_autoptr (DiscContainer) self = g_new0 (DiscContainer, 1);
  g_autofree char *path = g_build_filename (folder, DISC_CONTAINER_FILE, NULL);
  GByteArray *sums;
  int fd;

  self->ref_count = 1;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->order);
  self->folder = g_strdup (folder);
  self->spare_path = g_build_filename (folder, DISC_SPARE_FILE, NULL);
  self->head = g_malloc0 (DISC_HEAD_BYTES);
  if (!disc_crypto_init (error))
    return NULL;

  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      g_set_error (error, DISC_ERROR,
                   errno == ENOENT || errno == ENOTDIR ? DISC_ERROR_NOT_A_DISC : DISC_ERROR_IO,
                   "open: %s", g_strerror (errno));
      return NULL;
    }
  if (!load_head (self, path, error) || (sums = load_sums (self, fd, error)) == NULL)
    {
      close (fd);
      return NULL;
    }

  self->units = disc_units_new (fd, &self->header, sums);
  disc_units_set_path (self->units, path);
  return g_steal_pointer (&self);
}

static void
block_free (gpointer data)
{
  Block *block = data;

  sodium_memzero (block->data, block->len);
  g_free (block);
}

static void
stop_keeping (DiscContainer *self)
{
  if (self->keeping == NULL)
    return;
  g_mutex_lock (&self->mutex);
  disc_units_stop_keeping (self->units);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->keeping));
}

DiscContainer *
disc_container_ref (DiscContainer *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
disc_container_unref (DiscContainer *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  stop_keeping (self);
  g_clear_pointer (&self->failed, g_hash_table_unref);
  g_clear_pointer (&self->open, g_hash_table_unref);
  g_clear_pointer (&self->coder, disc_block_coder_free);
  g_clear_pointer (&self->index, disc_block_index_free);
  g_clear_pointer (&self->dictionary, disc_dictionary_free);
  disc_key_free (self->seal.key);
  disc_key_free (self->data_key);
  g_clear_pointer (&self->units, disc_units_free);
  g_free (self->folder);
  g_free (self->spare_path);
  g_free (self->head);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const DiscHeader *
disc_container_header (const DiscContainer *self)
{
  return &self->header;
}

const guint8 *
disc_container_data_key (const DiscContainer *self)
{
  return self->data_key;
}

const guint8 *
disc_container_head (const DiscContainer *self)
{
  return self->head;
}

/* Who looks at them himself does so without the lock. */
DiscUnits *
disc_container_units (DiscContainer *self)
{
  g_mutex_lock (&self->mutex);
  disc_units_wait_kept (self->units);
  g_mutex_unlock (&self->mutex);
  return self->units;
}

gboolean
disc_container_used_spare (const DiscContainer *self)
{
  return self->used_spare;
}

gboolean
disc_container_check_signer (const DiscContainer *self, const DiscTrust *trust, GError **error)
{
  char fingerprint[DISC_FINGERPRINT_BYTES];

  if (disc_trust_name_of (trust, self->header.signer) != NULL)
    return TRUE;

  disc_trust_fingerprint (self->header.signer, fingerprint);
  g_set_error (error, DISC_ERROR, DISC_ERROR_SIGNER, "fingerprint %s", fingerprint);
  return FALSE;
}

/* ---- unlocking ------------------------------------------------------------------------------ */

/* (transfer full) */
static guint8 *
open_slot (DiscContainer *self, const DiscUnlock *unlock, GError **error)
{
  const guint8 *slots = self->head + DISC_HEADER_BYTES;
  guint8 public_key[DISC_KEY_BYTES];
  guint8 *secret, *key = NULL;

  if (unlock->data_key != NULL)
    {
      key = disc_key_new ();
      memcpy (key, unlock->data_key, DISC_KEY_BYTES);
      return key;
    }
  if (unlock->passphrase != NULL)
    return disc_slots_open_passphrase (slots, self->header.id, unlock->passphrase,
                                       strlen (unlock->passphrase), error);
  if (unlock->emergency_code == NULL)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_LOCKED, "no passphrase was given");
      return NULL;
    }

  secret = disc_key_new ();
  if (disc_emergency_keys (unlock->emergency_code, public_key, secret, error))
    key = disc_slots_open_emergency (slots, self->header.id, public_key, secret, error);
  disc_key_free (secret);
  return key;
}

/* (transfer full): a sealed piece of the stream, or its copy in the spare file, opened. */
static GByteArray *
load_region (DiscContainer *self, const DiscRegion *region, guint64 spare_offset,
             const guint8 *data_key, DiscSubkey purpose, GError **error)
{
  g_autoptr (GByteArray) stored = g_byte_array_new ();
  guint8 *key = disc_key_derive (data_key, purpose);
  GByteArray *raw = NULL;
  int spare;

  g_byte_array_set_size (stored, (guint) region->stored);
  if (disc_units_read (self->units, region->offset, stored->data, stored->len, error))
    raw = disc_region_open (key, self->header.nonce, self->header.id, stored->data, stored->len,
                            (gsize) region->raw, error);

  spare = raw == NULL ? g_open (self->spare_path, O_RDONLY | O_CLOEXEC, 0) : -1;
  if (spare >= 0)
    {
      if (disc_file_read (spare, stored->data, stored->len, spare_offset, NULL))
        raw = disc_region_open (key, self->header.nonce, self->header.id, stored->data,
                                stored->len, (gsize) region->raw, NULL);
      close (spare);
      if (raw != NULL)
        g_clear_error (error);
      self->used_spare = TRUE;
    }
  disc_key_free (key);
  return raw;
}

static gboolean
load_table (DiscContainer *self, const guint8 *data_key, GError **error)
{
  const DiscHeader *header = &self->header;
  guint64 spare_offset = DISC_HEAD_BYTES + self->header.file_bytes -
                         disc_layout_sums_offset (header->stream_bytes);
  g_autoptr (GByteArray) dictionary = NULL;
  g_autoptr (GByteArray) stored = NULL;
  g_autoptr (DiscTable) table = NULL;

  if (header->dictionary.raw > 0)
    {
      dictionary = load_region (self, &header->dictionary, spare_offset, data_key,
                                DISC_SUBKEY_DICTIONARY, error);
      if (dictionary == NULL)
        return FALSE;
      self->dictionary = disc_dictionary_new (dictionary->data, dictionary->len);
    }

  stored = load_region (self, &header->table, spare_offset + header->dictionary.stored, data_key,
                        DISC_SUBKEY_TABLE, error);
  if (stored == NULL)
    return FALSE;
  table = disc_table_read (stored->data, stored->len, header, error);
  if (table == NULL)
    return FALSE;
  self->index = disc_block_index_new (table, header->dictionary.stored, header->database_bytes);
  return TRUE;
}

gboolean
disc_container_unlock (DiscContainer *self, const DiscUnlock *unlock, GError **error)
{
  guint8 *data_key;
  gboolean ok;

  if (unlock->trust != NULL && !disc_container_check_signer (self, unlock->trust, error))
    return FALSE;

  if (unlock->drive != NULL)
    disc_units_set_drive (self->units, unlock->drive, unlock->drive_data);
  data_key = open_slot (self, unlock, error);
  if (data_key == NULL)
    return FALSE;

  g_mutex_lock (&self->mutex);
  ok = load_table (self, data_key, error);
  g_mutex_unlock (&self->mutex);
  if (!ok)
    {
      disc_key_free (data_key);
      return FALSE;
    }

  memcpy (self->seal.id, self->header.id, sizeof self->seal.id);
  memcpy (self->seal.nonce, self->header.nonce, sizeof self->seal.nonce);
  self->seal.key = disc_key_derive (data_key, DISC_SUBKEY_BLOCKS);
  self->data_key = data_key;
  self->coder = disc_block_coder_new ();
  self->open = g_hash_table_new_full (NULL, NULL, NULL, block_free);
  self->failed = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_error_free);
  return TRUE;
}

/*
 * In the order in which it is needed: the dictionary; then from the end the table, and copies of
 * hot pages, which every way through the database begins with (about so many bytes; where there are
 * more, their reader waits a little longer); then the rest, while the list of patients is made of
 * what is there.
 */
static gpointer
keep_hot (gpointer data)
{
  DiscContainer *self = data;
  const DiscHeader *header = &self->header;
  guint64 begin = header->hot_offset, end = header->stream_bytes;
  guint64 n_tail = header->table.stored + MIN (8 * header->table.raw, (end - begin) / 2);
  guint64 tail = end - begin > n_tail + WORTH_A_JUMP ? end - n_tail : begin;
  DiscUnitRange ranges[] = {
    { header->dictionary.offset, header->dictionary.stored },
    { tail, end - tail },
    { begin, tail - begin },
  };

  disc_units_keep (self->units, ranges, G_N_ELEMENTS (ranges), MAX_HOT_BYTES);
  return NULL;
}

gboolean
disc_container_unlock_hot (DiscContainer *self, const DiscUnlock *unlock, GError **error)
{
  if (unlock->trust != NULL && !disc_container_check_signer (self, unlock->trust, error))
    return FALSE;

  stop_keeping (self);
  if (unlock->drive != NULL)
    disc_units_set_drive (self->units, unlock->drive, unlock->drive_data);
  disc_units_begin_keeping (self->units, &self->mutex);
  self->keeping = g_thread_new ("hot", keep_hot, self);
  if (!disc_container_unlock (self, unlock, error))
    {
      stop_keeping (self);
      return FALSE;
    }

  /* Index and dictionary were made of them. */
  g_mutex_lock (&self->mutex);
  disc_units_let_go (self->units, self->header.table.offset, self->header.table.stored);
  disc_units_let_go (self->units, self->header.dictionary.offset, self->header.dictionary.stored);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

DiscDamage
disc_container_damage (DiscContainer *self)
{
  DiscDamage damage;

  g_mutex_lock (&self->mutex);
  damage = *disc_units_damage (self->units);
  g_mutex_unlock (&self->mutex);
  return damage;
}

/* ---- taken out and put back ----------------------------------------------------------------- */

/* The same head has the same sums, which every unit is compared with: the table and all else is what
 * it was, or does not come from there. */
static gboolean
resume (DiscContainer *self, const char *folder, GError **error)
{
  g_autoptr (DiscContainer) other = disc_container_open (folder, error);

  if (other == NULL)
    return FALSE;
  if (memcmp (other->head, self->head, DISC_HEAD_BYTES) != 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_OTHER_DISC,
                   "volume %u of %u of disc number %" G_GUINT64_FORMAT
                   ", which is not the medium that was taken out",
                   other->header.volume, other->header.n_volumes, other->header.serial);
      return FALSE;
    }

  disc_units_resume (self->units, other->units);
  if (folder != self->folder)
    {
      g_free (self->folder);
      g_free (self->spare_path);
      self->folder = g_strdup (folder);
      self->spare_path = g_strdup (other->spare_path);
    }
  return TRUE;
}

void
disc_container_release (DiscContainer *self)
{
  g_mutex_lock (&self->mutex);
  disc_units_release (self->units);
  g_mutex_unlock (&self->mutex);
}

gboolean
disc_container_is_released (DiscContainer *self)
{
  gboolean is_released;

  g_mutex_lock (&self->mutex);
  is_released = disc_units_is_released (self->units);
  g_mutex_unlock (&self->mutex);
  return is_released;
}

gboolean
disc_container_resume (DiscContainer *self, const char *folder, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = !disc_units_is_released (self->units) || resume (self, folder, error);
  g_mutex_unlock (&self->mutex);
  return ok;
}

/* It may be back in its place meanwhile. */
static gboolean
read_stored (DiscContainer *self, const DiscBlockEntry *entry, guint8 *stored, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (disc_units_read (self->units, entry->offset, stored, entry->stored, &local))
    return TRUE;
  if (g_error_matches (local, DISC_ERROR, DISC_ERROR_ELSEWHERE) &&
      resume (self, self->folder, NULL))
    {
      g_clear_error (&local);
      return disc_units_read (self->units, entry->offset, stored, entry->stored, error);
    }

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- blocks --------------------------------------------------------------------------------- */

/* What is there instead may say why: a block of another disc, or another one of this. */
static void
explain_loss (DiscContainer *self, guint32 index, const DiscBlockEntry *entry, GError **error)
{
  guint8 frame[DISC_FRAME_BYTES];
  g_autoptr (GError) reason = NULL;

  if (error == NULL || *error == NULL || !g_error_matches (*error, DISC_ERROR, DISC_ERROR_CORRUPT))
    return;
  if (!disc_units_read_as_is (self->units, entry->offset, frame, sizeof frame) ||
      !disc_block_is_frame (frame) ||
      disc_block_check_frame (self->header.id, index, frame, &reason))
    return;

  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&reason));
}

/* Who reads around a loss asks for the same block hundreds of times; the laser need not go back. */
static void
remember_loss (DiscContainer *self, guint32 number, const GError *loss)
{
  if (loss->domain == DISC_ERROR && loss->code != DISC_ERROR_IO &&
      loss->code != DISC_ERROR_ELSEWHERE &&
      g_hash_table_size (self->failed) < MAX_FAILED_BLOCKS)
    g_hash_table_insert (self->failed, GUINT_TO_POINTER (number), g_error_copy (loss));
}

static Block *
read_block (DiscContainer *self, guint32 number, GError **error)
{
  Block *block = g_hash_table_lookup (self->open, GUINT_TO_POINTER (number));
  g_autofree guint8 *stored = NULL;
  DiscBlockEntry entry;
  guint32 index;
  gsize len;

  if (block != NULL)
    {
      g_queue_unlink (&self->order, &block->link);
      g_queue_push_tail_link (&self->order, &block->link);
      return block;
    }

  index = disc_block_index_get (self->index, number, &entry, &len);
  stored = g_malloc (entry.stored);
  if (!read_stored (self, &entry, stored, error))
    {
      explain_loss (self, index, &entry, error);
      return NULL;
    }

  block = g_new (Block, 1);
  block->number = number;
  block->link = (GList) { .data = block };
  block->len = len;
  if (!disc_block_open (self->coder, &self->seal, index, &entry, stored, self->dictionary,
                        block->data, block->len, error))
    {
      g_free (block);
      return NULL;
    }

  if (self->order.length >= MAX_OPEN_BLOCKS)
    {
      Block *oldest = g_queue_peek_head (&self->order);

      g_queue_unlink (&self->order, &oldest->link);
      g_hash_table_remove (self->open, GUINT_TO_POINTER (oldest->number));
    }
  g_hash_table_insert (self->open, GUINT_TO_POINTER (number), block);
  g_queue_push_tail_link (&self->order, &block->link);
  return block;
}

static Block *
load_block (DiscContainer *self, guint32 number, GError **error)
{
  const GError *known = g_hash_table_lookup (self->failed, GUINT_TO_POINTER (number));
  g_autoptr (GError) local = NULL;
  Block *block = known == NULL ? read_block (self, number, &local) : NULL;

  if (block != NULL)
    return block;
  if (known == NULL)
    remember_loss (self, number, local);
  if (error != NULL)
    *error = known != NULL ? g_error_copy (known) : g_steal_pointer (&local);
  return NULL;
}

static gboolean
copy_from_block (DiscContainer *self, guint32 number, gsize at, guint8 *out, gsize len,
                 GError **error)
{
  const Block *block = load_block (self, number, error);

  if (block == NULL)
    return FALSE;
  memcpy (out, block->data + at, len);
  return TRUE;
}

/* Within one page. Of a hot page there are two copies. */
static gboolean
read_in_page (DiscContainer *self, guint64 offset, guint8 *out, gsize len, GError **error)
{
  guint64 place;

  if (disc_block_index_find_hot (self->index, (guint32) (offset / DISC_PAGE_SIZE), &place))
    {
      place += offset % DISC_PAGE_SIZE;
      if (copy_from_block (self, (guint32) (place / DISC_BLOCK_BYTES), place % DISC_BLOCK_BYTES,
                           out, len, NULL))
        return TRUE;
    }

  return copy_from_block (self, (guint32) (offset / DISC_BLOCK_BYTES), offset % DISC_BLOCK_BYTES,
                          out, len, error);
}

static gboolean
read_pages (DiscContainer *self, guint64 offset, guint8 *out, gsize len, GError **error)
{
  while (len > 0)
    {
      gsize n = MIN (len, DISC_PAGE_SIZE - offset % DISC_PAGE_SIZE);

      if (!read_in_page (self, offset, out, n, error))
        return FALSE;
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

static gboolean
container_read (gpointer store, guint64 offset, guint8 *out, gsize len, GError **error)
{
  DiscContainer *self = store;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  ok = read_pages (self, offset, out, len, error);
  g_mutex_unlock (&self->mutex);
  return ok;
}

static guint64
container_size (gpointer store)
{
  return ((DiscContainer *) store)->header.database_bytes;
}

const DiscVfsStore disc_container_store = {
  .read = container_read,
  .size = container_size,
};
