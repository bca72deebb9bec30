/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-writer.h"
#include "imp-roots.h"
#include "imp-spill.h"
#include "imp-tally.h"
#include "imp-window.h"

G_BEGIN_DECLS

/*
 * The second pass: patient by patient from the scratch file to the disc. Some threads read, resolve
 * and extract search terms ahead; one writes, in the order in which patients were met.
 */

typedef struct
{
  ImpSpill *spill;
  ImpSpill *disputed;       /* scratch file for disputed messages: they come behind all patients */
  ImpRoots *roots;
  const ImpWindow *window;
  DiscWriter *writer;
  ImpTally *tally;          /* added to */
  guint n_threads;          /* that prepare */
  GCancellable *cancellable;
  gint n_done;              /* atomic: units written */
} ImpWrite;

/**
 * imp_write_run: blocks until every patient and every disputed message is on the disc.
 *
 * Returns: %FALSE with %IMP_ERROR_CANCELLED, or with the error that ends the disc
 */
gboolean imp_write_run (ImpWrite *self, GError **error);

/**
 * imp_write_finding: a finding about no message. All texts (nullable).
 */
gboolean imp_write_finding (ImpWrite *self, ImpFindingCode code, ImpSeverity severity,
                            const char *path, const char *detail, GError **error);

G_END_DECLS
