/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-scan.h"
#include "imp-tally.h"
#include "imp-threat.h"

G_BEGIN_DECLS

/* What one parser knows of the dangers of the file at hand. */

typedef struct
{
  ImpScanner *scanner; /* (nullable): not owned */
  const ImpFile *file;
  const guint8 *bytes;
  ImpThreats threats;
  char *infection;     /* (nullable): what the scanner found */
  gboolean is_scanned;
} ImpInspection;

/** imp_inspection_begin: with another file. @bytes: as far as the source read them */
void imp_inspection_begin (ImpInspection *self, const ImpFile *file, const guint8 *bytes);
void imp_inspection_clear (ImpInspection *self);

/** imp_inspection_is_infected: asks the scanner, once a file, and counts its answer. */
gboolean imp_inspection_is_infected (ImpInspection *self, ImpTally *tally);

/**
 * imp_inspection_end: counts what the file looks like; again for the same file, counts nothing.
 * @looks_at_bytes: they are no text, so that they are looked at too
 * Returns: (nullable): words for a finding
 */
const char *imp_inspection_end (ImpInspection *self, ImpTally *tally, guint root,
                                gboolean looks_at_bytes);

G_END_DECLS
