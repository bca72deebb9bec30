/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-inspect.h"

void
imp_inspection_begin (ImpInspection *self, const ImpFile *file, const guint8 *bytes)
{
  imp_inspection_clear (self);
  self->file = file;
  self->bytes = bytes;
  self->threats = imp_threat_of_name (file);
  self->is_scanned = FALSE;
}

void
imp_inspection_clear (ImpInspection *self)
{
  g_clear_pointer (&self->infection, g_free);
}

gboolean
imp_inspection_is_infected (ImpInspection *self, ImpTally *tally)
{
  if (self->scanner != NULL && !self->is_scanned && self->file->len > 0)
    imp_tally_scan (tally, imp_scanner_scan (self->scanner, self->bytes, self->file->len,
                                             &self->infection));
  self->is_scanned = TRUE;
  return self->infection != NULL;
}

const char *
imp_inspection_end (ImpInspection *self, ImpTally *tally, guint root, gboolean looks_at_bytes)
{
  ImpThreats threats = self->threats;

  if (looks_at_bytes)
    threats |= imp_threat_of_bytes (self->file, self->bytes, self->file->len);
  self->threats = 0;
  imp_tally_threats (tally, root, self->file, threats);
  return imp_threat_words (threats);
}
