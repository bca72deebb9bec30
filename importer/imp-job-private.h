/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-stage.h"
#include "imp-job.h"
#include "imp-parse.h"
#include "imp-previous.h"
#include "imp-stop.h"
#include "imp-write.h"

G_BEGIN_DECLS

/* What the files of one build share. */

struct _ImpJob
{
  const ImpJobOptions *options;
  guint n_threads;
  GCancellable *cancellable;
  char now[DISC_DATE_MAX];

  GPtrArray *labels;          /* (element-type utf8) of the sources */
  ImpSourceResult *results;   /* one for each source */
  ImpRoots *roots;
  ImpSpill *spill;
  ImpSpill *disputed;
  ImpFhirSystems *systems;    /* (nullable) */
  ImpDocumentTypes *document_types; /* (nullable) */
  ImpFhirStore *fhir;         /* resources of FHIR, until they are mapped */
  char *scratch;              /* folder of scratch files; NULL before they are opened */
  ImpTally *tally;
  gboolean sought_scanner;
  ImpScanner *scanner;        /* (nullable) */
  ImpPrevious *previous;      /* (nullable) */
  ImpStop stop;
  ImpWindow window;
  GPtrArray *warnings;
  GArray *n_sectors;          /* (element-type guint64) of an image of each volume, at most */
  char *report;               /* JSON; NULL before it is made */

  /* For the progress shown. */
  gint phase;                 /* atomic */
  gint source;                /* atomic: number of the source being read */
  ImpSourceProgress source_progress;
  ImpParseProgress parse_progress;
  ImpWrite write;
  gint n_units;               /* atomic */
  gint volume;                /* atomic: being written while the disc is split */
};

/** imp_job_ends_with_newest: then the window is known only after everything was read. */
gboolean imp_job_ends_with_newest (ImpJob *self);

/**
 * imp_job_read: the first pass: threads read all sources, parse them and count.
 * Returns: %FALSE with the error that ends the disc
 */
gboolean imp_job_read (ImpJob *self, GError **error);

/**
 * imp_job_tell: findings and warnings about sources and roots as a whole; after the second pass.
 * Returns: %FALSE with the error that ends the disc
 */
gboolean imp_job_tell (ImpJob *self, GError **error);

G_END_DECLS
