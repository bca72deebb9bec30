/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-spill.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "disc-error.h"
#include "disc-file.h"
#include "imp-limits.h"

#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

/* The scratch file lives for minutes: the fastest level that still beats the disk. */
#define COMPRESSION_LEVEL 1

/* In front of each chunk, authenticated with it. */
typedef struct
{
  guint64 previous_offset;
  guint32 previous_len;
  guint32 raw_len;
} ChunkHead;

struct _ImpSpill
{
  int fd;
  guint8 *key;          /* locked memory; lives and dies with the run */
  GMutex mutex;
  guint64 end;          /* next free byte */
  GHashTable *by_name;  /* (element-type ImpSpillUnit) set */
  GPtrArray *units;     /* (element-type ImpSpillUnit) owned */
  GStringChunk *names;
};

struct _ImpSpillCoder
{
  ZSTD_CCtx *compressor;
  ZSTD_DCtx *decompressor;
  GByteArray *packed;
  GByteArray *sealed;
};

static guint
unit_hash (gconstpointer key)
{
  const ImpSpillUnit *unit = key;

  return g_str_hash (unit->id) * 31 + g_str_hash (unit->facility);
}

static gboolean
unit_equal (gconstpointer a, gconstpointer b)
{
  const ImpSpillUnit *left = a;
  const ImpSpillUnit *right = b;

  return strcmp (left->id, right->id) == 0 && strcmp (left->facility, right->facility) == 0;
}

/* With the mutex held. */
static ImpSpillUnit *
find_unit (ImpSpill *self, const char *facility, const char *id)
{
  ImpSpillUnit wanted = { .facility = facility, .id = id };
  ImpSpillUnit *unit = g_hash_table_lookup (self->by_name, &wanted);

  if (unit == NULL)
    {
      unit = g_new0 (ImpSpillUnit, 1);
      unit->facility = g_string_chunk_insert_const (self->names, facility);
      unit->id = g_string_chunk_insert (self->names, id);
      g_hash_table_add (self->by_name, unit);
      g_ptr_array_add (self->units, unit);
    }

  return unit;
}

ImpSpill *
imp_spill_new (const char *dir, GError **error)
{
  g_autoptr (ImpSpill) self = g_new0 (ImpSpill, 1);

  g_mutex_init (&self->mutex);
  self->by_name = g_hash_table_new (unit_hash, unit_equal);
  self->units = g_ptr_array_new_with_free_func (g_free);
  self->names = g_string_chunk_new (64 * 1024);

  self->fd = disc_file_open_nameless (dir);
  if (self->fd < 0)
    {
      disc_file_fail ("scratch file", errno, error);
      return NULL;
    }

  if (sodium_init () < 0 || (self->key = sodium_malloc (KEY_BYTES)) == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "no locked memory for a key");
      return NULL;
    }
  randombytes_buf (self->key, KEY_BYTES);

  return g_steal_pointer (&self);
}

void
imp_spill_free (ImpSpill *self)
{
  if (self->fd >= 0)
    close (self->fd);
  sodium_free (self->key);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->units);
  g_string_chunk_free (self->names);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

ImpSpillCoder *
imp_spill_coder_new (void)
{
  ImpSpillCoder *coder = g_new0 (ImpSpillCoder, 1);

  coder->compressor = ZSTD_createCCtx ();
  coder->decompressor = ZSTD_createDCtx ();
  coder->packed = g_byte_array_new ();
  coder->sealed = g_byte_array_new ();
  return coder;
}

void
imp_spill_coder_free (ImpSpillCoder *coder)
{
  ZSTD_freeCCtx (coder->compressor);
  ZSTD_freeDCtx (coder->decompressor);
  g_byte_array_unref (coder->packed);
  g_byte_array_unref (coder->sealed);
  g_free (coder);
}

/* No two chunks of one run begin at the same place, so a nonce never repeats under its key. */
static void
nonce_of (guint64 offset, guint8 nonce[NONCE_BYTES])
{
  memset (nonce, 0, NONCE_BYTES);
  memcpy (nonce, &offset, sizeof offset);
}

static gboolean
write_all (int fd, const guint8 *data, gsize len, guint64 offset, GError **error)
{
  if (disc_file_write (fd, data, len, offset, error))
    return TRUE;

  g_prefix_error (error, "scratch file: ");
  return FALSE;
}

static gboolean
pack (ImpSpillCoder *coder, const guint8 *data, gsize len, gsize *packed_len, GError **error)
{
  g_byte_array_set_size (coder->packed, (guint) ZSTD_compressBound (len));
  *packed_len = ZSTD_compressCCtx (coder->compressor, coder->packed->data, coder->packed->len, data,
                                   len, COMPRESSION_LEVEL);
  if (!ZSTD_isError (*packed_len))
    return TRUE;
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "scratch file: %s", ZSTD_getErrorName (*packed_len));
  return FALSE;
}

/* What pack() left in @coder, at its place. */
static gboolean
seal (ImpSpill *self, ImpSpillCoder *coder, const ChunkHead *head, gsize packed_len,
      const ImpSpillPlace *place, GError **error)
{
  guint8 nonce[NONCE_BYTES];

  g_byte_array_set_size (coder->sealed, place->len);
  memcpy (coder->sealed->data, head, sizeof *head);
  nonce_of (place->offset, nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (coder->sealed->data + sizeof *head, NULL,
                                              coder->packed->data, packed_len,
                                              (const guint8 *) head, sizeof *head, NULL, nonce,
                                              self->key);
  return write_all (self->fd, coder->sealed->data, place->len, place->offset, error);
}

gboolean
imp_spill_put (ImpSpill *self, ImpSpillCoder *coder, const char *facility, const char *id,
               const guint8 *data, gsize len, guint n_messages, GError **error)
{
  ChunkHead head = { .raw_len = (guint32) len };
  ImpSpillUnit *unit;
  ImpSpillPlace place;
  gsize packed_len;

  g_return_val_if_fail (len > 0 && len <= G_MAXINT32, FALSE);

  if (!pack (coder, data, len, &packed_len, error))
    return FALSE;

  place.len = (guint32) (sizeof head + packed_len + TAG_BYTES);
  g_mutex_lock (&self->mutex);
  unit = find_unit (self, facility, id);
  place.offset = self->end;
  self->end += place.len;
  head.previous_offset = unit->newest.offset;
  head.previous_len = unit->newest.len;
  unit->newest = place;
  unit->n_messages += n_messages;
  unit->n_bytes += len;
  g_mutex_unlock (&self->mutex);

  return seal (self, coder, &head, packed_len, &place, error);
}

gboolean
imp_spill_put_apart (ImpSpill *self, ImpSpillCoder *coder, const guint8 *data, gsize len,
                     ImpSpillPlace *place, GError **error)
{
  ChunkHead head = { .raw_len = (guint32) len };
  gsize packed_len;

  g_return_val_if_fail (len > 0 && len <= G_MAXINT32, FALSE);

  if (!pack (coder, data, len, &packed_len, error))
    return FALSE;
  place->len = (guint32) (sizeof head + packed_len + TAG_BYTES);
  g_mutex_lock (&self->mutex);
  place->offset = self->end;
  self->end += place->len;
  g_mutex_unlock (&self->mutex);
  return seal (self, coder, &head, packed_len, place, error);
}

void
imp_spill_note_disputed (ImpSpill *self, const char *facility, const char *id)
{
  g_mutex_lock (&self->mutex);
  find_unit (self, facility, id)->n_disputed++;
  g_mutex_unlock (&self->mutex);
}

guint
imp_spill_n_units (ImpSpill *self)
{
  return self->units->len;
}

const ImpSpillUnit *
imp_spill_unit (ImpSpill *self, guint i)
{
  g_return_val_if_fail (i < self->units->len, NULL);
  return g_ptr_array_index (self->units, i);
}

static gboolean
open_chunk (ImpSpill *self, ImpSpillCoder *coder, guint64 offset, ChunkHead *head, GByteArray *out)
{
  guint8 nonce[NONCE_BYTES];
  gsize packed_len = coder->sealed->len - sizeof *head - TAG_BYTES;
  gsize raw_len;

  memcpy (head, coder->sealed->data, sizeof *head);
  nonce_of (offset, nonce);
  g_byte_array_set_size (coder->packed, (guint) packed_len);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (coder->packed->data, NULL, NULL,
                                                  coder->sealed->data + sizeof *head,
                                                  packed_len + TAG_BYTES, (const guint8 *) head,
                                                  sizeof *head, nonce, self->key) != 0)
    return FALSE;

  g_byte_array_set_size (out, head->raw_len);
  raw_len = ZSTD_decompressDCtx (coder->decompressor, out->data, out->len, coder->packed->data,
                                 packed_len);
  return raw_len == head->raw_len;
}

gboolean
imp_spill_get (ImpSpill *self, ImpSpillCoder *coder, ImpSpillPlace *place, GByteArray **out,
               GError **error)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  ChunkHead head;

  g_return_val_if_fail (place->len > sizeof head + TAG_BYTES, FALSE);

  g_byte_array_set_size (coder->sealed, place->len);
  if (!disc_file_read (self->fd, coder->sealed->data, place->len, place->offset, NULL) ||
      !open_chunk (self, coder, place->offset, &head, raw))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO,
                   "scratch file: damaged at byte %" G_GUINT64_FORMAT, place->offset);
      return FALSE;
    }

  place->offset = head.previous_offset;
  place->len = head.previous_len;
  *out = g_steal_pointer (&raw);
  return TRUE;
}

guint64
imp_spill_bytes (ImpSpill *self)
{
  return self->end;
}
