/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "imp-fhir-chart.h"
#include "imp-fhir-store.h"
#include "imp-roots.h"
#include "imp-scan.h"
#include "imp-tally.h"

G_BEGIN_DECLS

/* Between the two passes: resources of FHIR that were laid aside become messages of patients. */

typedef struct
{
  ImpFhirStore *store;
  ImpSpill *spill; /* where messages go */
  ImpRoots *roots;
  GPtrArray *labels;             /* (element-type utf8): of the sources */
  const ImpFhirSystems *systems; /* (nullable) */
  const char *facility;          /* (nullable): --facility */
  const char *now;               /* ISO */
  guint n_threads;
  GCancellable *cancellable;
  ImpTally *tally;     /* is added to */
  ImpScanner *scanner; /* (nullable): asked about files in resources */
} ImpFhirStage;

/** imp_fhir_stage_run: freezes the store. Returns: %FALSE with %DISC_ERROR_IO,
 * %DISC_ERROR_NO_SPACE, %IMP_ERROR_CANCELLED */
gboolean imp_fhir_stage_run (ImpFhirStage *self, GError **error);

G_END_DECLS
