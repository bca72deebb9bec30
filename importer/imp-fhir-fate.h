/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-store.h"

G_BEGIN_DECLS

/** Beyond ImpFhirFate: it says what another entry of the same resource says; that one stands for
 * both. */
#define IMP_FHIR_FATE_IDENTICAL 100
/** Likewise, of what a message carries: it is live, and what the message says of it is in doubt. */
#define IMP_FHIR_FATE_ASKED 101    /* asks for something else than new data */
#define IMP_FHIR_FATE_UNLISTED 102 /* a later version of the message does not list it */

/** ImpFhirOwner: (transfer full): whose the resource of @entry is, as a key to compare; "" if not
 * known. */
typedef char *(*ImpFhirOwner) (guint32 entry, gpointer data);

/**
 * imp_fhir_fates:
 * @owner: (nullable): resources of two patients are two, whatever ids they share
 *
 * Sets the fate of every entry: what the last operation on each resource leaves of it (spec
 * fhir.md 1.2.1, 1.6).
 *
 * Returns: %FALSE with %DISC_ERROR_IO
 */
gboolean imp_fhir_fates (ImpFhirStore *store, ImpFhirOwner owner, gpointer data, GError **error);

G_END_DECLS
