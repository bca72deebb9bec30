/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-spool.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "disc-error.h"
#include "disc-file.h"
#include "imp-error.h"

#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_BYTES (IMP_SPOOL_CHUNK_BYTES + TAG_BYTES)

struct _ImpSpool
{
  char *dir;
  guint64 max_bytes;
  guint64 size;
  int fd;               /* -1: all of it is the tail */
  guint8 *key;          /* (nullable) locked memory; of this spool alone */
  GByteArray *tail;     /* the last bytes, fewer than a chunk, never written */
  guint8 *opened;       /* (nullable): one chunk of the file ... */
  guint64 opened_index; /* ... this one; G_MAXUINT64: none */
  guint8 *sealed;       /* (nullable) */
  guint64 pos;          /* of the stream */
  gboolean is_broken;
};

ImpSpool *
imp_spool_new (const char *dir, guint64 max_bytes)
{
  ImpSpool *self = g_new0 (ImpSpool, 1);

  self->dir = g_strdup (dir);
  self->max_bytes = max_bytes;
  self->fd = -1;
  self->tail = g_byte_array_new ();
  self->opened_index = G_MAXUINT64;
  return self;
}

void
imp_spool_free (ImpSpool *self)
{
  if (self->fd >= 0)
    close (self->fd);
  sodium_free (self->key);
  g_byte_array_unref (self->tail);
  g_free (self->opened);
  g_free (self->sealed);
  g_free (self->dir);
  g_free (self);
}

static gboolean
open_file (ImpSpool *self, GError **error)
{
  if (self->fd >= 0)
    return TRUE;
  self->fd = disc_file_open_nameless (self->dir);
  if (self->fd < 0)
    return disc_file_fail ("scratch file", errno, error);
  if (sodium_init () < 0 || (self->key = sodium_malloc (KEY_BYTES)) == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "no locked memory for a key");
      return FALSE;
    }
  randombytes_buf (self->key, KEY_BYTES);
  self->sealed = g_malloc (SEALED_BYTES);
  self->opened = g_malloc (IMP_SPOOL_CHUNK_BYTES);
  return TRUE;
}

/* The key is of this file alone, and no chunk of it is written twice. */
static void
nonce_of (guint64 index, guint8 nonce[NONCE_BYTES])
{
  memset (nonce, 0, NONCE_BYTES);
  memcpy (nonce, &index, sizeof index);
}

static gboolean
write_chunk (ImpSpool *self, guint64 index, const guint8 *bytes, GError **error)
{
  guint8 nonce[NONCE_BYTES];

  if (!open_file (self, error))
    return FALSE;
  nonce_of (index, nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (self->sealed, NULL, bytes, IMP_SPOOL_CHUNK_BYTES,
                                              NULL, 0, NULL, nonce, self->key);
  if (disc_file_write (self->fd, self->sealed, SEALED_BYTES, index * SEALED_BYTES, error))
    return TRUE;
  g_prefix_error (error, "scratch file: ");
  return FALSE;
}

gboolean
imp_spool_append (ImpSpool *self, const guint8 *bytes, gsize len, GError **error)
{
  if (len > self->max_bytes || self->size > self->max_bytes - len)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_LIMIT, "larger than the ceiling for one file");
      return FALSE;
    }

  while (len > 0)
    {
      gsize n = MIN (len, IMP_SPOOL_CHUNK_BYTES - self->tail->len);

      g_byte_array_append (self->tail, bytes, (guint) n);
      self->size += n;
      bytes += n;
      len -= n;
      if (self->tail->len < IMP_SPOOL_CHUNK_BYTES)
        break;
      if (!write_chunk (self, self->size / IMP_SPOOL_CHUNK_BYTES - 1, self->tail->data, error))
        return FALSE;
      g_byte_array_set_size (self->tail, 0);
    }
  return TRUE;
}

void
imp_spool_set_broken (ImpSpool *self)
{
  self->is_broken = TRUE;
}

guint64
imp_spool_size (const ImpSpool *self)
{
  return self->size;
}

static gboolean
open_chunk (ImpSpool *self, guint64 index, GError **error)
{
  guint8 nonce[NONCE_BYTES];

  if (self->opened_index == index)
    return TRUE;
  self->opened_index = G_MAXUINT64;
  nonce_of (index, nonce);
  if (!disc_file_read (self->fd, self->sealed, SEALED_BYTES, index * SEALED_BYTES, NULL) ||
      crypto_aead_xchacha20poly1305_ietf_decrypt (self->opened, NULL, NULL, self->sealed,
                                                  SEALED_BYTES, NULL, 0, nonce, self->key) != 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO,
                   "scratch file: damaged at byte %" G_GUINT64_FORMAT, index * SEALED_BYTES);
      return FALSE;
    }
  self->opened_index = index;
  return TRUE;
}

gssize
imp_spool_read (ImpSpool *self, guint64 offset, guint8 *buffer, gsize size, GError **error)
{
  guint64 index = offset / IMP_SPOOL_CHUNK_BYTES;
  gsize within = (gsize) (offset % IMP_SPOOL_CHUNK_BYTES);
  const guint8 *chunk;
  gsize n;

  if (offset >= self->size)
    return 0;
  if (offset >= self->size - self->tail->len)
    {
      chunk = self->tail->data;
      n = self->tail->len - within;
    }
  else
    {
      if (!open_chunk (self, index, error))
        return -1;
      chunk = self->opened;
      n = IMP_SPOOL_CHUNK_BYTES - within;
    }
  n = MIN (n, size);
  memcpy (buffer, chunk + within, n);
  return (gssize) n;
}

static gssize
read_on (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  ImpSpool *self = data;
  g_autoptr (GError) broken = NULL;
  gssize n = imp_spool_read (self, self->pos, buffer, size, &broken);

  if (n < 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_SOURCE, broken->message);
  if (n == 0 && size > 0 && self->is_broken)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE, "the archive around it ends early");
      return -1;
    }
  self->pos += n > 0 ? (guint64) n : 0;
  return n;
}

static gboolean
rewind_spool (gpointer data, GError **error)
{
  ((ImpSpool *) data)->pos = 0;
  return TRUE;
}

ImpStream *
imp_spool_stream (ImpSpool *self)
{
  return imp_stream_new (read_on, rewind_spool, self, (GDestroyNotify) imp_spool_free);
}
