/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"
#include "imp-fhir-store.h"

G_BEGIN_DECLS

/* What references lead to, within a Bundle and within a source (spec fhir.md 2.1). One for each
 * thread. */

typedef struct _ImpFhirFinder ImpFhirFinder;

/** imp_fhir_finder_new: @store: frozen. */
ImpFhirFinder *imp_fhir_finder_new (ImpFhirStore *store);
void imp_fhir_finder_free (ImpFhirFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpFhirFinder, imp_fhir_finder_free)

/** imp_fhir_finder_begin: references are those of @entry from now on; forgets trees where it holds
 * many. */
void imp_fhir_finder_begin (ImpFhirFinder *self, guint32 entry, const char *full_url);

/** imp_fhir_finder_sees: whether an id of the entry begun at may mean @entry: one server has both. */
gboolean imp_fhir_finder_sees (ImpFhirFinder *self, guint32 entry);

/** Entries that a reference may mean, as far as imp_fhir_finder_sees() them. */
typedef struct
{
  guint32 at; /* imp_fhir_store_named() from there on */
  guint32 n;  /* 0: it leads nowhere */
} ImpFhirHits;

/**
 * imp_fhir_finder_hits: the hits of the nearest scope that has any, by the order of 2.1.
 * @type: (nullable): that is expected, where the reference does not say
 */
ImpFhirHits imp_fhir_finder_hits (ImpFhirFinder *self, const cJSON *reference, const char *type);

/**
 * imp_fhir_finder_choose: of @hits the one that is meant: the only one that stands, or one of
 * several that say the same; withdrawn ones where none stands.
 *
 * Returns: %FALSE where there is none, or nothing tells which
 */
gboolean imp_fhir_finder_choose (ImpFhirFinder *self, ImpFhirHits hits, const char *type,
                                 guint32 *entry);

/** imp_fhir_finder_tree: (nullable): of an entry; holds until imp_fhir_finder_begin(). */
const cJSON *imp_fhir_finder_tree (ImpFhirFinder *self, guint32 entry);

/** imp_fhir_finder_find: for ImpFhirLookup; @data: the finder. */
const cJSON *imp_fhir_finder_find (const cJSON *reference, const char *type, gpointer data);

/** imp_fhir_finder_set_resource: the tree of the entry begun at, where the caller has one of its own. */
void imp_fhir_finder_set_resource (ImpFhirFinder *self, const cJSON *resource);

/** imp_fhir_finder_holder: for ImpFhirLookup; @data: the finder. */
const cJSON *imp_fhir_finder_holder (const cJSON *resource, gpointer data);

/** imp_fhir_finder_is_followed: for ImpFhirLookup; @data: the finder. */
gboolean imp_fhir_finder_is_followed (const cJSON *resource, gpointer data);

/** imp_fhir_finder_error: (nullable): when the scratch file could not be read. */
const GError *imp_fhir_finder_error (const ImpFhirFinder *self);

/** imp_fhir_parse_stored: (transfer full) (nullable): the tree of what was laid aside. */
cJSON *imp_fhir_parse_stored (const ImpFhirStored *stored);

G_END_DECLS
