/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-whose.h"

G_BEGIN_DECLS

/*
 * What becomes of all that a Bundle holds: a document that another replaces takes its facts with
 * it, a list that is sent again replaces the one before (spec fhir.md 1.2).
 */

/**
 * imp_fhir_sets:
 * @finder: any, used
 *
 * After imp_fhir_fates(): sets ImpFhirStoredBundle.fate, and of copies of whole Bundles the fate of
 * their entries.
 *
 * Returns: %FALSE with %DISC_ERROR_IO
 */
gboolean imp_fhir_sets (const ImpFhirPeople *people, ImpFhirFinder *finder, GError **error);

/**
 * imp_fhir_messages:
 * @finder: any, used
 *
 * After imp_fhir_fates(): of what messages carry, the fate of what is in doubt:
 * %IMP_FHIR_FATE_ASKED, %IMP_FHIR_FATE_UNLISTED.
 */
void imp_fhir_messages (ImpFhirStore *store, ImpFhirFinder *finder);

G_END_DECLS
