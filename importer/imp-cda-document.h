/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-cda-text.h"
#include "imp-map-cda.h"

G_BEGIN_DECLS

/** Everything at hand while one CDA document is mapped. Private to the reader of CDA. */
typedef struct
{
  const xmlNode *root;
  const ImpCdaPlace *place;
  ImpMapped *out;
  ImpCdaText body;
  ImpCdaMedia *media;
  GPtrArray *attachments; /* (nullable) (element-type ImpAttachment): where they go */
  gsize attached_bytes;
  guint n_bodies;     /* that are no XML */
  guint read_body;    /* number of the one whose words are in the text, or 0 */
  gsize header_bytes; /* in the record */
  guint n_cut;        /* values of the header */
} ImpCdaDocument;

/** imp_cda_document_add: a value of the record or item at hand, unless it is empty; what is too long, or
 * too much, is cut and counted. */
void imp_cda_document_add (ImpCdaDocument *self, DiscField field, const char *text);

/** imp_cda_document_take: the same, and frees it. */
void imp_cda_document_take (ImpCdaDocument *self, DiscField field, char *text);

/** imp_cda_document_date: (out caller-allocates): value of @node as ISO, "" where it is none. */
gboolean imp_cda_document_date (const xmlNode *node, char iso[DISC_DATE_MAX]);

/** imp_cda_document_copy: as much of @text as fits, cut at a character. */
void imp_cda_document_copy (char *out, gsize size, const char *text);

/** imp_cda_document_person: (transfer full): family and given name, or the name as it stands. */
char *imp_cda_document_person (const xmlNode *name);

/* ---- imp-cda-patient.c ---------------------------------------------------------------------- */

/** imp_cda_document_patient: whose it is, to the facts. */
void imp_cda_document_patient (ImpCdaDocument *self);

/** imp_cda_document_add_patient: numbers with their roots, address and phone, to the item. */
void imp_cda_document_add_patient (ImpCdaDocument *self);

/* ---- imp-cda-header.c ----------------------------------------------------------------------- */

/** imp_cda_document_times: to the facts. */
void imp_cda_document_times (ImpCdaDocument *self);

DiscKind imp_cda_document_kind (ImpCdaDocument *self);

/** imp_cda_document_status: what the header says of it: completed, unless it is unsigned or dead. */
DiscStatus imp_cda_document_status (ImpCdaDocument *self);

/** imp_cda_document_add_header: to the record. */
void imp_cda_document_add_header (ImpCdaDocument *self);

/** imp_cda_document_add_item: to its item. */
void imp_cda_document_add_item (ImpCdaDocument *self);

/** imp_cda_document_event: (nullable): what was done: the visit or the stay if one is told (SS-MIX2
 * spec 6.1). */
const xmlNode *imp_cda_document_event (const ImpCdaDocument *self);

/** imp_cda_document_add_remark: "label：value", to what stands beside the words. @value: (nullable)
 */
void imp_cda_document_add_remark (ImpCdaDocument *self, const char *label, const char *value);

/** imp_cda_document_who: (transfer full): "person（organisation）", either of them, or "". @person:
 * (nullable): its name, @organization: (nullable) */
char *imp_cda_document_who (const xmlNode *person, const xmlNode *organization);

/* ---- imp-cda-around.c ----------------------------------------------------------------------- */

/** imp_cda_document_add_around: to the item: who signed and took part, what was done where,
 * consents. */
void imp_cda_document_add_around (ImpCdaDocument *self);

/* ---- imp-cda-body.c ------------------------------------------------------------------------- */

/** imp_cda_document_body: the words, the attachments, and findings about both. */
void imp_cda_document_body (ImpCdaDocument *self);

G_END_DECLS
