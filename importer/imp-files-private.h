/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-files.h"

G_BEGIN_DECLS

/** What imp_files_leave_out() was told. */
typedef struct
{
  ImpText data;
  GBytes *bytes;      /* (nullable) */
  const char *coding; /* static */
} ImpFilesCut;

/** imp_files_take_finding: of a file. @heading: (nullable): its name, where the document has
 * several */
void imp_files_take_finding (ImpFiles *self, const ImpFinding *finding, const char *heading);

/**
 * imp_files_take_cda: header and body of a CDA document that is a file inside another document, in
 * words (spec fhir.md 7). Its own pictures and files are findings.
 *
 * Returns: %FALSE: it is none, or cannot be read as one
 */
gboolean imp_files_take_cda (ImpFiles *self, const ImpAttachment *attachment, const char *heading);

G_END_DECLS
