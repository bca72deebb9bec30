/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-private.h"

#include <errno.h>
#include <string.h>

#include "imp-error.h"

#define BATCH_ENOUGH (32 * 1024) /* handed on when a patient ends */
#define BATCH_FULL (1024 * 1024) /* handed on at once */

void
imp_sink_init (ImpSink *self, const ImpSourceRun *run)
{
  self->run = run;
  self->batch = imp_batch_new (run->index);
  self->error = NULL;
}

void
imp_sink_clear (ImpSink *self)
{
  g_clear_pointer (&self->batch, imp_batch_free);
  g_clear_error (&self->error);
}

gboolean
imp_sink_is_stopped (ImpSink *self)
{
  return self->error != NULL || g_cancellable_is_cancelled (self->run->cancellable);
}

void
imp_sink_hand_on (ImpSink *self)
{
  ImpBatch *batch = self->batch;

  if (batch->files->len == 0)
    return;
  self->batch = imp_batch_new_like (batch, BATCH_FULL);
  if (!imp_queue_push (self->run->queue, batch, imp_batch_cost (batch)) && self->error == NULL)
    g_set_error (&self->error, IMP_ERROR, IMP_ERROR_CANCELLED, "interrupted");
}

void
imp_sink_hand_on_large (ImpSink *self)
{
  if (imp_batch_cost (self->batch) >= BATCH_ENOUGH)
    imp_sink_hand_on (self);
}

void
imp_sink_hand_on_between (ImpSink *self, const ImpName *name)
{
  gsize cost = imp_batch_cost (self->batch);
  const ImpFile *last;

  if (cost < BATCH_ENOUGH)
    return;
  last = &g_array_index (self->batch->files, ImpFile, self->batch->files->len - 1);
  if (cost >= BATCH_FULL || strcmp (last->name.patient, name->patient) != 0)
    imp_sink_hand_on (self);
}

void
imp_source_place_clear (ImpSourcePlace *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->name_path, g_free);
}

ImpReason
imp_source_reason_for_errno (int errnum)
{
  switch (errnum)
    {
    case EACCES:
    case EPERM:
      return IMP_REASON_DENIED;
    case ENOENT:
    case ESTALE:
      return IMP_REASON_VANISHED;
    default:
      return IMP_REASON_IO_ERROR;
    }
}

void
imp_source_refuse (ImpSink *sink, const ImpSourcePlace *place, guint64 size, ImpReason reason)
{
  ImpName name;
  ImpFile *file;

  if (place->name != NULL)
    name = *place->name;
  else
    imp_name_parse (place->name_path, &name);
  imp_sink_hand_on_between (sink, &name);
  file = imp_batch_add (sink->batch, g_strdup (place->path), &name, reason);
  file->mtime = place->mtime;
  file->size = size;
}
