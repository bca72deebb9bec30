/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-bundle.h"
#include "imp-fhir-manifest.h"
#include "imp-finding.h"

G_BEGIN_DECLS

/*
 * Bulk exports and pages of answers within an import: what they say is there, and what is (spec
 * fhir.md 1.2, 1.5). An export is a folder: its manifest speaks of the files beside it.
 */

typedef struct _ImpFhirExports ImpFhirExports;

ImpFhirExports *imp_fhir_exports_new (void);
void imp_fhir_exports_free (ImpFhirExports *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirExports, imp_fhir_exports_free)

/* ---- while reading: any thread -------------------------------------------------------------- */

/** imp_fhir_exports_see: a file is there, whatever it holds. @path: as on the disc */
void imp_fhir_exports_see (ImpFhirExports *self, guint source, const char *path);
/** imp_fhir_exports_count: so many resources are in it. */
void imp_fhir_exports_count (ImpFhirExports *self, guint source, const char *path, guint64 n);
/** imp_fhir_exports_add: (transfer full) @manifest, which stands at @path. */
void imp_fhir_exports_add (ImpFhirExports *self, guint source, guint root, const char *path,
                           ImpFhirManifest *manifest);
/** imp_fhir_exports_add_page: an answer to a search at @path, with the page that follows. */
void imp_fhir_exports_add_page (ImpFhirExports *self, guint source, guint root, const char *path,
                                const ImpFhirBundle *bundle);

/* ---- afterwards ----------------------------------------------------------------------------- */

/** imp_fhir_exports_time: (nullable): transactionTime of the export that @path belongs to. */
const char *imp_fhir_exports_time (ImpFhirExports *self, guint source, const char *path);

/** imp_fhir_exports_newest: the newest transactionTime not later than @now, in Japan's time: the
 * data are of then (spec fhir.md 1.5, 5.1). @out: of %DISC_DATE_MAX bytes; "": there is none */
void imp_fhir_exports_newest (ImpFhirExports *self, const char *now, char *out);

/** ImpFhirExportsTell: Returns: %FALSE with @error to stop. */
typedef gboolean (*ImpFhirExportsTell) (guint root, const char *path, ImpFindingCode code,
                                        const char *detail, gpointer data, GError **error);

/** imp_fhir_exports_tell: all that is missing: files, resources of files, pages. */
gboolean imp_fhir_exports_tell (ImpFhirExports *self, ImpFhirExportsTell tell, gpointer data,
                                GError **error);

G_END_DECLS
