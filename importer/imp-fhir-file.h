/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-fhir-mapper.h"

G_BEGIN_DECLS

/*
 * Attachment and Binary: files that a resource carries inside itself or points to (spec
 * fhir.md 3.0.2, 6.5). Private to the mapping of reports and documents.
 *
 * Base64 is decoded strictly; hash and content are compared with what is declared, and what does
 * not agree is not opened (E17). Plain text, XHTML and CDA are read here; everything else goes to
 * @self->attachments for the caller to convert in confinement. Nothing is fetched: a URL is text, a
 * relative path too.
 */

/** What was read, for the record to come. */
typedef struct
{
  GString *text;          /* words */
  GPtrArray *remarks;     /* (element-type utf8): a line each, for COMMENT */
  GPtrArray *media_types; /* (element-type utf8) */
  guint n_files;
} ImpFhirFiles;

void imp_fhir_files_init (ImpFhirFiles *self);
void imp_fhir_files_clear (ImpFhirFiles *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpFhirFiles, imp_fhir_files_clear)

/** imp_fhir_read_files: each Attachment of a list (or of each element's @member: nullable). */
void imp_fhir_read_files (ImpFhirMapper *self, const cJSON *list, const char *member,
                          ImpFhirFiles *out);

/** imp_fhir_add_files: remarks and media types, to the item at hand. */
void imp_fhir_add_files (ImpFhirMapper *self, const ImpFhirFiles *files);

G_END_DECLS
