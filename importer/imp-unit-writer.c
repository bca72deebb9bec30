/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-unit-writer.h"

#include <string.h>

/* A chunk of one patient is laid aside when it is that large; bigger ones compress no better. */
#define CHUNK_FULL (512 * 1024)

struct _ImpUnitWriter
{
  ImpSpill *spill;
  ImpSpillCoder *coder;
  GByteArray *chunk;
  guint n_in_chunk; /* messages with records */
  char *facility;
  char *patient;
};

ImpUnitWriter *
imp_unit_writer_new (ImpSpill *spill, ImpSpillCoder *coder)
{
  ImpUnitWriter *self = g_new0 (ImpUnitWriter, 1);

  self->spill = spill;
  self->coder = coder;
  self->chunk = g_byte_array_sized_new (CHUNK_FULL);
  return self;
}

void
imp_unit_writer_free (ImpUnitWriter *self)
{
  g_byte_array_unref (self->chunk);
  g_free (self->facility);
  g_free (self->patient);
  g_free (self);
}

gboolean
imp_unit_writer_flush (ImpUnitWriter *self, GError **error)
{
  gboolean done;

  if (self->chunk->len == 0)
    return TRUE;
  done = imp_spill_put (self->spill, self->coder, self->facility, self->patient, self->chunk->data,
                        self->chunk->len, self->n_in_chunk, error);
  g_byte_array_set_size (self->chunk, 0);
  self->n_in_chunk = 0;
  return done;
}

static gboolean
begin (ImpUnitWriter *self, const char *facility, const char *patient, GError **error)
{
  gboolean same = self->patient != NULL && strcmp (self->patient, patient) == 0 &&
                  strcmp (self->facility, facility) == 0;

  if (same && self->chunk->len < CHUNK_FULL)
    return TRUE;
  if (!imp_unit_writer_flush (self, error))
    return FALSE;
  if (!same)
    {
      g_free (self->facility);
      g_free (self->patient);
      self->facility = g_strdup (facility);
      self->patient = g_strdup (patient);
    }
  return TRUE;
}

gboolean
imp_unit_writer_add (ImpUnitWriter *self, const char *facility, const char *patient,
                     const ImpMessage *message, GError **error)
{
  if (!begin (self, facility, patient, error))
    return FALSE;
  imp_message_append (message, self->chunk);
  self->n_in_chunk += message->records_len > 0 ? 1 : 0;
  return TRUE;
}
