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
  gint64 max_image_bytes;   /* of all pictures; negative: as the medium has room */
  guint64 volume_bytes;     /* of the medium the disc is for; 0: none was named */
  char data_time[DISC_DATE_MAX]; /* of the sources, not behind the window; set by imp_write_run() */
} ImpWrite;

/** Pictures of a disc for no medium in particular, unless --max-image-bytes says otherwise: with the records
 * about as much as a DVD-R takes. */
#define IMP_USUAL_IMAGE_BYTES (G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)

/**
 * imp_write_image_budget: bytes that all pictures of a disc may take, when --max-image-bytes does not say.
 * @disc_bytes: of the disc without them, so far
 * @volume_bytes: 0: no medium was named
 *
 * What is left on the medium; where that is less than a quarter of it the disc becomes several volumes
 * anyhow, and pictures may fill one.
 */
guint64 imp_write_image_budget (guint64 disc_bytes, guint64 volume_bytes);

/** imp_write_disc_finding: @code: the same as in @finding. */
gboolean imp_write_disc_finding (ImpWrite *self, const DiscFinding *finding, ImpFindingCode code,
                                 GError **error);

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
