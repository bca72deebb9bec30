/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-attachment.h"
#include "imp-xml.h"

G_BEGIN_DECLS

/*
 * Pictures and files of a CDA document: parts of itself in base64, and files that it points to (CDA R2
 * nonXMLBody, observationMedia, externalDocument, linkHtml; HL7 V3 data type ED; spec fhir.md 6.5, 7).
 * Private to the reader of CDA.
 */

typedef struct
{
  GPtrArray *nodes;    /* (element-type xmlNode): in the order of the document, each once */
  GHashTable *by_node; /* to its number, from 1 */
  GHashTable *by_id;   /* the ID of an observationMedia or regionOfInterest, to the number */
  GHashTable *marked;  /* (element-type xmlNode): a mark for it stands in the text */
} ImpCdaMedia;

/** imp_cda_media_new: all of the document. */
ImpCdaMedia *imp_cda_media_new (const xmlNode *root);
void imp_cda_media_free (ImpCdaMedia *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCdaMedia, imp_cda_media_free)

/** imp_cda_media_number: of @node, an element with the data; 0 where it has none. */
guint imp_cda_media_number (const ImpCdaMedia *self, const xmlNode *node);

/** imp_cda_media_number_of_id: the one that renderMultiMedia refers to; 0 where there is none. */
guint imp_cda_media_number_of_id (const ImpCdaMedia *self, const char *id);

/** imp_cda_media_mark: the text says where it belongs. */
void imp_cda_media_mark (ImpCdaMedia *self, guint number);
gboolean imp_cda_media_is_marked (const ImpCdaMedia *self, guint number);

/** imp_cda_media_type: (nullable): what the document says it is. */
const char *imp_cda_media_type (const ImpCdaMedia *self, guint number);

/**
 * imp_cda_media_read:
 * @max_bytes: of what comes out, unpacked
 *
 * Decodes and unpacks it, and compares it with its checksum where it has one. A file that is only
 * pointed to is an attachment with a reference, where that stays in the document's folder.
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_UNREADABLE or %IMP_ERROR_LIMIT
 */
ImpAttachment *imp_cda_media_read (const ImpCdaMedia *self, guint number, gsize max_bytes,
                                   GError **error);

G_END_DECLS
