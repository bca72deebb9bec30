/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "imp-error.h"

struct _ImpStream
{
  ImpStream *inner; /* (nullable): of a layer */
  ImpStreamRead read;
  ImpStreamRewind rewind;
  gpointer data;
  GDestroyNotify free_data;
  const char *remark;
  guint64 n_lost;
};

ImpStream *
imp_stream_new (ImpStreamRead read, ImpStreamRewind rewind, gpointer data, GDestroyNotify free_data)
{
  ImpStream *self = g_new0 (ImpStream, 1);

  self->read = read;
  self->rewind = rewind;
  self->data = data;
  self->free_data = free_data;
  return self;
}

ImpStream *
imp_stream_new_layer (ImpStream *inner, ImpStreamRead read, ImpStreamRewind rewind, gpointer data,
                      GDestroyNotify free_data)
{
  ImpStream *self = imp_stream_new (read, rewind, data, free_data);

  self->inner = inner;
  return self;
}

void
imp_stream_free (ImpStream *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_pointer (&self->inner, imp_stream_free);
  g_free (self);
}

/* ---- memory --------------------------------------------------------------------------------- */

typedef struct
{
  GBytes *held; /* (nullable) */
  const guint8 *bytes;
  gsize len;
  gsize pos;
} Memory;

static gssize
read_memory (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  Memory *self = data;
  gsize n = MIN (size, self->len - self->pos);

  if (n > 0)
    memcpy (buffer, self->bytes + self->pos, n);
  self->pos += n;
  return (gssize) n;
}

static gboolean
rewind_memory (gpointer data, GError **error)
{
  ((Memory *) data)->pos = 0;
  return TRUE;
}

static void
free_memory (gpointer data)
{
  g_clear_pointer (&((Memory *) data)->held, g_bytes_unref);
  g_free (data);
}

ImpStream *
imp_stream_from_memory (gconstpointer bytes, gsize len)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->bytes = bytes;
  memory->len = len;
  return imp_stream_new (read_memory, rewind_memory, memory, free_memory);
}

ImpStream *
imp_stream_from_bytes (GBytes *bytes)
{
  gsize len;
  gconstpointer start = g_bytes_get_data (bytes, &len);
  ImpStream *self = imp_stream_from_memory (start, len);

  ((Memory *) self->data)->held = g_bytes_ref (bytes);
  return self;
}

/* ---- files ---------------------------------------------------------------------------------- */

static gssize
read_fd (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  gssize n;

  do
    n = read (GPOINTER_TO_INT (data), buffer, size);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_SOURCE, g_strerror (errno));
  return n;
}

static gboolean
rewind_fd (gpointer data, GError **error)
{
  if (lseek (GPOINTER_TO_INT (data), 0, SEEK_SET) == 0)
    return TRUE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_SOURCE, g_strerror (errno));
  return FALSE;
}

static void
close_fd (gpointer data)
{
  close (GPOINTER_TO_INT (data));
}

ImpStream *
imp_stream_from_fd (int fd)
{
  return imp_stream_new (read_fd, rewind_fd, GINT_TO_POINTER (fd), close_fd);
}

/* ---- reading -------------------------------------------------------------------------------- */

gssize
imp_stream_read (ImpStream *self, guint8 *buffer, gsize size, GError **error)
{
  return self->read (self->data, buffer, size, error);
}

gboolean
imp_stream_rewind (ImpStream *self, GError **error)
{
  self->remark = NULL;
  self->n_lost = 0;
  if (self->inner != NULL && !imp_stream_rewind (self->inner, error))
    return FALSE;
  return self->rewind (self->data, error);
}

gssize
imp_stream_read_head (ImpStream *self, guint8 *buffer, gsize size, GError **error)
{
  g_autoptr (GError) broken = NULL;
  gsize have = 0;
  gssize n = 0;

  if (!imp_stream_rewind (self, error))
    return -1;
  while (have < size && (n = imp_stream_read (self, buffer + have, size - have, &broken)) > 0)
    have += (gsize) n;
  /* What is behind a break is not needed here, and is told when everything is read. */
  if (n < 0 && have == 0)
    {
      g_propagate_error (error, g_steal_pointer (&broken));
      return -1;
    }
  return imp_stream_rewind (self, error) ? (gssize) have : -1;
}

const char *
imp_stream_remark (const ImpStream *self)
{
  if (self->remark != NULL || self->inner == NULL)
    return self->remark;
  return imp_stream_remark (self->inner);
}

guint64
imp_stream_n_lost (const ImpStream *self)
{
  return self->n_lost + (self->inner != NULL ? imp_stream_n_lost (self->inner) : 0);
}

void
imp_stream_set_remark (ImpStream *self, const char *remark)
{
  self->remark = remark;
}

void
imp_stream_add_lost (ImpStream *self)
{
  self->n_lost++;
}
