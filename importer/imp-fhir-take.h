/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-store.h"
#include "imp-fhir-walk.h"

G_BEGIN_DECLS

/* The first pass over one file of FHIR: every resource is laid aside for the second. */

typedef struct
{
  guint64 n_items;   /* laid aside */
  guint64 n_refused; /* pieces that could not be read: each has a finding */
  guint64 n_ignored; /* billing and conformance, queries: counted by type in a finding */
  char type[40];     /* of all of them, "Bundle" where they lie in some; "": none or several */
} ImpFhirTaken;

typedef struct
{
  ImpFhirStore *store;
  ImpFhirStoreWriter *writer;
  /** tell: what is to be said of a place in the file. @place: "" for the file. @detail: (transfer
   * none) */
  gboolean (*tell) (ImpFindingCode code, ImpSeverity severity, const char *place,
                    const char *detail, gpointer data, GError **error);
  gpointer data;
} ImpFhirTaker;

/**
 * imp_fhir_take_file:
 * @stream: of imp_fhir_open(), with its @probe; a form that has resources
 * @file: (transfer full) strings of it
 * @taken: (out caller-allocates)
 *
 * Returns: %FALSE if the scratch file cannot be written or the medium read: what is wrong with the
 * file itself is told
 */
gboolean imp_fhir_take_file (ImpFhirTaker *self, ImpStream *stream, const ImpFhirProbe *probe,
                             const ImpFhirFile *file, ImpFhirTaken *taken, GError **error);

/**
 * imp_fhir_take_names:
 * @item: with its resource
 * @source: number of the source
 * @bundle: number of its Bundle, 0: none
 * @names: (element-type utf8): its names are added, each with the scope it holds in
 */
void imp_fhir_take_names (const ImpFhirItem *item, guint source, guint32 bundle, GPtrArray *names);

/** imp_fhir_is_local: whether ids mean nothing outside the Bundle: a document, a collection, a
 * message (spec fhir.md 1.6). @bundle: (nullable) */
gboolean imp_fhir_is_local (const ImpFhirBundle *bundle);

G_END_DECLS
