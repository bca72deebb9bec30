/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-attachment.h"
#include "imp-map.h"
#include "imp-name-extended.h"
#include "imp-xml.h"

G_BEGIN_DECLS

/** What is known of a document from where it lies. */
typedef struct
{
  const ImpName *name;
  const ImpExtendedName *extended; /* (nullable): of the extended storage */
  const char *facility;            /* ten digits, or "" */
} ImpCdaPlace;

/**
 * imp_map_cda:
 * @text: UTF-8
 * @out: cleared, then filled
 * @attachments: (nullable) (element-type ImpAttachment): pictures and files are added; their names begin
 *   with the number that their mark in the text has. Without, they are findings
 *
 * A CDA R2 document as one record: header and body in words, entries only where a section has no words
 * (spec fhir.md 7). It is a note, a report or a document by its code.
 *
 * Whose it is: the number under the object identifier of a hospital
 * (1.2.392.100495.20.3.51.1 + ten digits) that is @facility's; else the one that is the path's; else
 * none. Several recordTargets, or two such numbers, are nobody's.
 *
 * Its state is completed unless the header says that it is to be signed yet, or dead. What it replaces
 * is a value of the item for whoever sees all documents.
 *
 * Returns: %FALSE with %IMP_ERROR_UNREADABLE; @out then has no record
 */
gboolean imp_map_cda (const char *text, gsize len, const ImpCdaPlace *place, ImpMapped *out,
                      GPtrArray *attachments, GError **error);

G_END_DECLS
