/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-chart.h"
#include "imp-fhir-store.h"

G_BEGIN_DECLS

/*
 * In what ids are unique. That is a server, of which a backup says nothing: one source may hold the
 * exports of two, each with a Patient/1 of its own (spec fhir.md 4.3). Where Patients of one id in
 * two folders are other people, the folders are two servers; where only a few of many are, somebody
 * was known under another name at first, or a file is wrong.
 */

/**
 * imp_fhir_spaces_find:
 * @store: frozen; of its files the space is set
 * @systems, @facility: (nullable): as of imp_fhir_chart()
 *
 * Other people are two Patients who differ in two at least of their numbers, their names, their
 * birth date and their sex, as far as both have them.
 *
 * Returns: (transfer full): the Patients who share an id with another person within one space, and
 * are no versions of one, for imp_fhir_spaces_place(); %NULL with %DISC_ERROR_IO
 */
GHashTable *imp_fhir_spaces_find (ImpFhirStore *store, const ImpFhirSystems *systems,
                                  const char *facility, GError **error);

/** imp_fhir_spaces_place: (nullable): where the first such Patient stands who says the same as
 * @entry, "Patient.ndjson#line 3"; %NULL: he shares his id with nobody. */
const char *imp_fhir_spaces_place (GHashTable *apart, const ImpFhirEntry *entry);

G_END_DECLS
