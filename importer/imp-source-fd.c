/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-private.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#define BLOCK_BYTES (1024 * 1024)
#define POLL_MS 200

void
imp_source_fd_init (ImpSourceFd *self, int fd, guint64 size, const ImpSourceRun *run)
{
  *self = (ImpSourceFd){ .fd = fd, .size = size, .run = run };
  self->block = g_malloc (BLOCK_BYTES);
}

void
imp_source_fd_clear (ImpSourceFd *self)
{
  g_clear_pointer (&self->block, g_free);
}

/* A pipe may stay silent for long: look up now and then whether somebody wants to stop. */
static gboolean
wait_for_bytes (ImpSourceFd *self)
{
  struct pollfd waiting = { .fd = self->fd, .events = POLLIN };

  while (!g_cancellable_is_cancelled (self->run->cancellable))
    {
      int n = self->size > 0 ? 1 : poll (&waiting, 1, POLL_MS);

      if (n > 0 || (n < 0 && errno != EINTR))
        return TRUE;
    }
  return FALSE;
}

static void
tell_progress (ImpSourceFd *self)
{
  if (self->tells_progress && self->size > 0)
    g_atomic_int_set (&self->run->progress->done_permille,
                      (int) MIN (1000, self->n_taken * 1000 / self->size));
}

gssize
imp_source_fd_read (gpointer data, const guint8 **block)
{
  ImpSourceFd *self = data;
  gssize n;

  *block = self->block;
  do
    {
      if (!wait_for_bytes (self))
        return -1;
      n = read (self->fd, self->block, BLOCK_BYTES);
    }
  while (n < 0 && (errno == EINTR || errno == EAGAIN));

  if (n < 0)
    {
      self->read_errno = errno;
      return -1;
    }
  self->n_taken += (guint64) n;
  tell_progress (self);
  return n;
}

gint64
imp_source_fd_seek (gpointer data, gint64 offset, int whence)
{
  return lseek (((ImpSourceFd *) data)->fd, (off_t) offset, whence);
}
