/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-name-extended.h"

G_BEGIN_DECLS

/*
 * What kinds of documents there are: the codes of data/document-types.tsv (SS-MIX2 spec 6.2), and before
 * them those of a file of the hospital, of the same form: code, system, kind and name between tabs, UTF-8.
 */
typedef struct _ImpDocumentTypes ImpDocumentTypes;

/**
 * imp_document_types_load:
 * @path: the hospital's file
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_USAGE, the file and the line
 */
ImpDocumentTypes *imp_document_types_load (const char *path, GError **error);
void imp_document_types_free (ImpDocumentTypes *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpDocumentTypes, imp_document_types_free)

/**
 * imp_document_types_apply: sets kind and, where the folder has no name at all, listed_name of @name.
 * @self: (nullable): the codes of data/ only
 */
void imp_document_types_apply (const ImpDocumentTypes *self, ImpExtendedName *name);

/** imp_document_types_kind: of a code of data/; %DISC_KIND_NONE: it is not there. */
DiscKind imp_document_types_kind (const char *code);

G_END_DECLS
