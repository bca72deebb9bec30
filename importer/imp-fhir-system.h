/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Names of coding systems and of numbers (spec fhir.md 3.9). Data name one system as OID or as URL,
 * and write either in several ways: case of the scheme, "/" or "#" at the end, "|version" behind
 * it.
 */

/** imp_fhir_same_system: whether both name one system, but for how they are written. Both
 * (nullable). */
gboolean imp_fhir_same_system (const char *a, const char *b);

/** imp_fhir_system_ends: whether @system (nullable) ends in @end, which has no "/", "#" or version.
 */
gboolean imp_fhir_system_ends (const char *system, const char *end);

/** imp_fhir_bare_system: (transfer full): @system without "/", "#" and version at its end. */
char *imp_fhir_bare_system (const char *system);

/** imp_fhir_is_no_code: whether @system (nullable) is the one of JP-CLINS for what no master has.
 */
gboolean imp_fhir_is_no_code (const char *system);

/** imp_fhir_is_of_one_hospital: whether @system (nullable) is one that JP-CLINS names, but that
 * each hospital fills with codes of its own. */
gboolean imp_fhir_is_of_one_hospital (const char *system);

/** imp_fhir_is_national: whether @system (nullable) is one of those that Japan's hospitals share:
 * not of another country, and neither the hospital's own nor the one for what has no code, whoever
 * named it. */
gboolean imp_fhir_is_national (const char *system);

G_END_DECLS
