/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-json.h"
#include "imp-stream.h"

G_BEGIN_DECLS

/* What is not there though something says it is: files of a bulk export, further pages of an answer
 * (FHIR Bulk Data Access 3.0, "Response - Complete Status"; spec fhir.md 1.2, 1.5). */

typedef struct
{
  char *type;       /* (nullable): as written; none for one of error[] */
  char *url;
  char *name;       /* last part of the URL, unescaped: the file here */
  gint64 count;     /* resources in it; -1: not said */
  gboolean is_deleted; /* of deleted[]: Bundles of withdrawals */
  gboolean is_error;   /* of error[] or outcome[]: OperationOutcomes */
} ImpFhirManifestFile;

typedef struct
{
  char *transaction_time; /* (nullable): as written; the time of the data */
  char *next_url;         /* (nullable): another manifest exists */
  GPtrArray *files;       /* (element-type ImpFhirManifestFile) */
} ImpFhirManifest;

/**
 * imp_fhir_manifest_read:
 * @stream: rewound; a file of %IMP_FHIR_FORM_MANIFEST
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_UNREADABLE or %IMP_ERROR_LIMIT
 */
ImpFhirManifest *imp_fhir_manifest_read (ImpStream *stream, GError **error);
void imp_fhir_manifest_free (ImpFhirManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirManifest, imp_fhir_manifest_free)

/**
 * imp_fhir_manifest_pair:
 * @names: (element-type utf8): files that are here, without folders; they may be packed (".gz")
 *
 * By the last part of the URL. Where no file is called as the manifest calls it, whoever copied them
 * named them anew: then by the type that a name begins with, each once (spec fhir.md 1.5).
 *
 * Returns: (transfer container) (element-type utf8): for each of @files the one of @names that it is, or
 *   %NULL: it is not here
 */
GPtrArray *imp_fhir_manifest_pair (const ImpFhirManifest *self, GPtrArray *names);

/* ---- pages ---------------------------------------------------------------------------------- */

/** Pages of search answers, of a whole source. */
typedef struct _ImpFhirPages ImpFhirPages;

ImpFhirPages *imp_fhir_pages_new (void);
void imp_fhir_pages_free (ImpFhirPages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirPages, imp_fhir_pages_free)

/** imp_fhir_pages_add: a searchset at @place. @self_url, @next_url: (nullable). */
void imp_fhir_pages_add (ImpFhirPages *self, const char *place, const char *self_url,
                         const char *next_url);

/**
 * imp_fhir_pages_missing:
 *
 * Returns: (transfer container) (element-type utf8): places, in order of adding, whose next page is
 *   none of those added: the answer is not whole. Servers may write one address in two ways: a page too
 *   many is told rather than one too few
 */
GPtrArray *imp_fhir_pages_missing (const ImpFhirPages *self);

G_END_DECLS
