/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-map.h"
#include "imp-name-extended.h"

G_BEGIN_DECLS

/*
 * A file of the extended storage that is no message: a text, a picture, a file of some program
 * (SS-MIX2 spec 6.1). It always becomes one record, so that it is known that there is such a document.
 */

/**
 * imp_map_file_kind: note, report or document: what a document with this code of spec 6.2 is.
 * @code: LOINC, or anything
 */
DiscKind imp_map_file_kind (const char *code);
/** imp_map_file_extended_kind: the same of a folder, by the hospital's own table first. */
DiscKind imp_map_file_extended_kind (const ImpExtendedName *name);

/** imp_map_loinc_kind: the same of a code that is said to be LOINC, as C-CDA and FHIR have them: it
 * names notes that the table of documents does not have. */
DiscKind imp_map_loinc_kind (const char *code);

/**
 * imp_map_file:
 * @name, @extended: of its path
 * @text: (nullable): what can be read of it
 * @out: cleared, then filled; without @text also with a finding that it is not carried
 */
void imp_map_file (const ImpName *name, const ImpExtendedName *extended, const char *text,
                   ImpMapped *out);

G_END_DECLS
