/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * imp_code_system_is_standard:
 * @system: as the source names it: a name of HL7 v2, a URL or an OID
 *
 * Whether others than the hospital that wrote it know the code: the tables of HL7 and JAHIS, drug codes
 * (HOT, YJ), tests (JLAC10, JLAC11, LOINC), diseases (MEDIS, ICD), usages (JAMI), SNOMED CT, DICOM and
 * the like. HL7 v2.5 table 0396 keeps names from "99" on, and "L", for local ones. A name that is not
 * known here counts as local: nobody else can look it up.
 */
gboolean imp_code_system_is_standard (const char *system);

G_END_DECLS
