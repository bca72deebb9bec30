/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-er7.h"

G_BEGIN_DECLS

/*
 * Path and file name of a message in the standard storage (SS-MIX2 spec 1.1, 2.1):
 * <root>/<3>/<3>/<id>/<care date>/<type>/<id>_<care date>_<type>_<order>_<timestamp>_<dept>_<flag>
 */

typedef enum
{
  IMP_NAME_MESSAGE,     /* a message file of the standard storage */
  IMP_NAME_TRANSACTION, /* TR_*.DAT: never parsed as a message */
  IMP_NAME_IGNORED,     /* Thumbs.db, desktop.ini, .DS_Store, copies "(1)", " - コピー" ... */
  IMP_NAME_EXTENDED,    /* a file of the extended storage: imp-name-extended.h tells more */
  IMP_NAME_OTHER,       /* anything else */
} ImpNameClass;

typedef struct
{
  ImpNameClass class;
  char patient[64];        /* from the file name; may hold '_' or '-' */
  char folder_patient[64]; /* patient folder, or "" when the path does not tell */
  char care_date[9];       /* "20250410" or "-" */
  char folder_date[16];
  char type[16];           /* upper case, trimmed */
  char folder_type[16];
  char order_no[32];
  char timestamp[24];      /* digits as written, 8-20 */
  char sort_stamp[24];     /* the same padded right with '0' to 17: compare as text (2.4) */
  char department[16];     /* "-" stays "-" */
  char flag;               /* '0' '1' '2' */
  char root[256];          /* path above the prefix folders; "" when relative to the root itself */
} ImpName;

/**
 * imp_name_parse:
 * @path: relative, '/' separators; UTF-8 or raw bytes
 *
 * Parsed from the right (flag, department, timestamp, order, type, date; the rest is the id), as
 * an id may itself hold '_'. Of a file of the extended storage the parts are those of its content folder
 * (spec 6.1): the key stands for the order number, and there is no type. Every part is checked for shape and length; a name that is not of this
 * shape is %IMP_NAME_OTHER: the folders still tell whose it is and from which root, and what stands
 * before a known data type tells patient, care date and type. Order, times, department and flag of
 * such a name are empty: its state is unknown.
 */
void imp_name_parse (const char *path, ImpName *out);

/** imp_name_is_data_type: whether it is one of the 26 types of spec 3.1. */
gboolean imp_name_is_data_type (const char *type);

G_END_DECLS
