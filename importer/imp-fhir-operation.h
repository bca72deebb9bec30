/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-order.h"
#include "imp-fhir-walk.h"

G_BEGIN_DECLS

/** Where an item comes from, as far as the walk does not say. */
typedef struct
{
  const char *source;           /* prefix of every id: the same Type/id of another source is another one */
  guint64 bundle;               /* number of the Bundle within the source, from 1; 0: none */
  guint64 entry;                /* number of the item within the Bundle */
  const char *transaction_time; /* (nullable): of the export's manifest */
} ImpFhirOrigin;

/**
 * imp_fhir_operation:
 * @strings: holds what @out points to
 *
 * What @item does to which resource, for imp_fhir_order(). In documents, collections and messages ids
 * are local: there the key is the fullUrl where it is a UUID, else the place (spec fhir.md 1.6). But a
 * message that cancels must meet the one that ordered (1.2.1): what it is about, not what rides along,
 * keeps an id that is no counter ("1", "Inline-Instance-2"), as converters' ids are not.
 *
 * Returns: %FALSE for what is no operation on one resource: queries, outcomes, conditional requests
 */
gboolean imp_fhir_operation (const ImpFhirItem *item, const ImpFhirOrigin *origin,
                             GStringChunk *strings, ImpFhirOperation *out);

/** imp_fhir_is_cancelled: whether @item stands in a message that cancels it: reason CA, and it is in the
 * focus, or there is none and it is no context (spec fhir.md 1.2). */
gboolean imp_fhir_is_cancelled (const ImpFhirItem *item);

G_END_DECLS
