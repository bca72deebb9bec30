/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-date.h"
#include "disc-kinds.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What the report of an earlier disc says, to compare a new one with it before it is written.
 */

typedef struct
{
  guint64 n_messages;              /* over all roots */
  char newest_sent[DISC_DATE_MAX]; /* likewise; "": not said */
} ImpPreviousType;

typedef struct
{
  char *facility;                  /* (nullable) */
  char *built_at;                  /* (nullable) */
  int months;                      /* 0: not said */
  guint64 n_patients;
  guint64 records[DISC_N_KINDS];
  GHashTable *types;               /* data type -> ImpPreviousType */
  char newest_sent[DISC_DATE_MAX]; /* of all roots; "": not said */
} ImpPrevious;

/**
 * imp_previous_new: (transfer full):
 * @json: the report that the disc carries; from another version what is not there is not compared
 *
 * Returns: %NULL with %IMP_ERROR_UNREADABLE if it is no report
 */
ImpPrevious *imp_previous_new (const char *json, GError **error);

/**
 * imp_previous_open: (transfer full):
 * @dir: folder of the disc, sealed or plain
 * @passphrase_files: (nullable): the first that opens it does; %NULL: $TOMOSHIBI_PASSPHRASE_FILE
 *
 * Returns: %NULL with an error of DISC_ERROR or IMP_ERROR
 */
ImpPrevious *imp_previous_open (const char *dir, const char *const *passphrase_files,
                                GError **error);
void imp_previous_free (ImpPrevious *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpPrevious, imp_previous_free)

G_END_DECLS
