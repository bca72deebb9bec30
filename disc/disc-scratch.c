/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-scratch.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "disc-crypto.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"

#define PLACE_BYTES (DISC_PAGE_SIZE + DISC_TAG_BYTES)

struct _DiscScratch
{
  int fd;
  guint8 *key;
  guint8 nonce[DISC_NONCE_PREFIX_BYTES];
  guint64 n_writes;
  GArray *written;        /* (element-type guint64) by page: number of its last write, 0 none */
  guint8 sealed[PLACE_BYTES];
  guint8 page[DISC_PAGE_SIZE];
};

DiscScratch *
disc_scratch_new (const char *dir, GError **error)
{
  g_autoptr (DiscScratch) self = g_new0 (DiscScratch, 1);

  self->written = g_array_new (FALSE, TRUE, sizeof (guint64));
  self->fd = disc_file_open_nameless (dir);
  if (self->fd < 0)
    {
      disc_file_fail ("scratch file", errno, error);
      return NULL;
    }
  if (!disc_crypto_init (error))
    return NULL;

  self->key = disc_key_new_random ();
  randombytes_buf (self->nonce, sizeof self->nonce);
  return g_steal_pointer (&self);
}

void
disc_scratch_free (DiscScratch *self)
{
  if (self->fd >= 0)
    close (self->fd);
  disc_key_free (self->key);
  sodium_memzero (self->page, sizeof self->page);
  g_array_unref (self->written);
  g_free (self);
}

guint64
disc_scratch_bytes (const DiscScratch *self)
{
  return (guint64) self->written->len * DISC_PAGE_SIZE;
}

static guint64
scratch_size (gpointer store)
{
  return disc_scratch_bytes (store);
}

/* The page number is authenticated by its nonce: no two writes share one. */
static gboolean
load_page (DiscScratch *self, guint64 page, guint8 *out, GError **error)
{
  guint64 write = g_array_index (self->written, guint64, page);
  guint8 nonce[DISC_NONCE_BYTES];

  if (write == 0)
    {
      memset (out, 0, DISC_PAGE_SIZE);
      return TRUE;
    }

  if (!disc_file_read (self->fd, self->sealed, PLACE_BYTES, page * PLACE_BYTES, error))
    return FALSE;
  disc_nonce (self->nonce, write, nonce);
  if (disc_unseal (self->key, nonce, NULL, 0, self->sealed, PLACE_BYTES, out))
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_IO,
               "scratch file: damaged at page %" G_GUINT64_FORMAT, page);
  return FALSE;
}

static gboolean
scratch_read (gpointer store, guint64 offset, guint8 *out, gsize len, GError **error)
{
  DiscScratch *self = store;

  while (len > 0)
    {
      gsize at = offset % DISC_PAGE_SIZE;
      gsize n = MIN (len, DISC_PAGE_SIZE - at);

      if (!load_page (self, offset / DISC_PAGE_SIZE, self->page, error))
        return FALSE;
      memcpy (out, self->page + at, n);
      offset += n;
      out += n;
      len -= n;
    }

  return TRUE;
}

static gboolean
scratch_write (gpointer store, guint64 offset, const guint8 *data, gsize len, GError **error)
{
  DiscScratch *self = store;
  guint64 page = offset / DISC_PAGE_SIZE;
  guint8 nonce[DISC_NONCE_BYTES];

  /* SQLite writes whole pages without a journal. */
  g_return_val_if_fail (offset % DISC_PAGE_SIZE == 0 && len == DISC_PAGE_SIZE, FALSE);

  if (page >= self->written->len)
    g_array_set_size (self->written, (guint) page + 1);
  g_array_index (self->written, guint64, page) = ++self->n_writes;
  disc_nonce (self->nonce, self->n_writes, nonce);
  disc_seal (self->key, nonce, NULL, 0, data, DISC_PAGE_SIZE, self->sealed);
  return disc_file_write (self->fd, self->sealed, PLACE_BYTES, page * PLACE_BYTES, error);
}

const DiscVfsStore disc_scratch_store = {
  .read = scratch_read,
  .write = scratch_write,
  .size = scratch_size,
};
