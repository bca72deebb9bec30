/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-kinds.h"
#include "imp-name.h"

G_BEGIN_DECLS

/*
 * Path of a file in the extended storage (SS-MIX2 spec 6.1):
 * <root>/<3>/<3>/<id>/<care date>/<type folder>/<content folder>/<files>
 *
 * imp_name_parse() tells whose it is and in which state; this tells what kind of document it is, and
 * which files are one document.
 */

typedef struct
{
  char *type_folder;   /* as it stands; "" never */
  char *local_code;    /* its six parts, trimmed, "" where there is none. A folder without '^' is a */
  char *local_name;    /* local code as a whole */
  char *local_system;
  char *code;
  char *name;
  char *system;
  char *content;       /* path of the folder that holds the files of this document, with its root; of
                          a file that lies in the type folder itself: the path of the file */
  char *content_type;  /* what the name of that folder says of the type, or "" */
  char *file;          /* path of the file inside it */
  DiscKind kind;       /* of imp_document_types_apply(); %DISC_KIND_NONE before */
  char *listed_name;   /* likewise: of a folder without any name; or %NULL */
} ImpExtendedName;

/**
 * imp_extended_name_parse:
 * @path: of a file whose class is %IMP_NAME_EXTENDED, with or without "archive.tar!" in front
 *
 * Returns: %FALSE if it is not of the extended storage; then there is nothing to clear
 */
gboolean imp_extended_name_parse (const char *path, ImpExtendedName *out);

/**
 * imp_extended_name_data_type: (transfer full): what stands for the data type: the standard code, else
 * the local one, else the whole folder; never one of the standard storage's.
 */
char *imp_extended_name_data_type (const ImpExtendedName *self);

/** imp_extended_name_title: (transfer full): standard and local name, else the folder, behind the name that
 * the tables of documents have for it (spec 6.2). */
char *imp_extended_name_title (const ImpExtendedName *self);

void imp_extended_name_clear (ImpExtendedName *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpExtendedName, imp_extended_name_clear)

G_END_DECLS
