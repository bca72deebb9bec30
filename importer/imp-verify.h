/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-reader.h"

G_BEGIN_DECLS

/* Reading every byte of a disc, to say what is wrong with it and whom that touches. Of a disc of several
 * volumes, of one after the other into the same result. */

/** The verdicts, from good to bad. */
typedef enum
{
  IMP_VERDICT_INTACT,
  IMP_VERDICT_UNSEALED,    /* nothing to compare with; all of it can be read */
  IMP_VERDICT_REPAIRABLE,  /* every damage can be repaired while reading */
  IMP_VERDICT_DAMAGED,     /* something is lost */
  IMP_VERDICT_TRUNCATED,   /* ... because the file ends early */
  IMP_VERDICT_ALTERED,     /* ... because somebody changed it */
} ImpVerdict;

/** One patient of whom something is lost. */
typedef struct
{
  char *id;           /* NULL: his row is lost too, or the messages are disputed ones */
  char *facility;
  char *contents;     /* lost messages by data type, "OMP-01 2" a line */
  guint n_pictures;   /* lost pictures of documents */
  gboolean at_least;  /* there may be more: without the first volume nobody knows */
} ImpTouched;

typedef struct
{
  ImpVerdict verdict;
  guint64 n_units;            /* read */
  guint64 n_repairable;
  guint64 n_lost;
  gboolean spare_intact;
  gboolean manifest_intact;
  gboolean is_unlocked;       /* so that touched patients could be looked for */
  guint volume;               /* being looked at; 0: the disc has one only */
  GPtrArray *touched;         /* (element-type ImpTouched) */
  GPtrArray *places;          /* (element-type utf8) what is bad, in words; at most some hundred */
} ImpVerified;

ImpVerified *imp_verified_new (void);
void imp_verified_free (ImpVerified *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpVerified, imp_verified_free)

/** imp_verified_fault: a volume cannot be verified at all. */
void imp_verified_fault (ImpVerified *self, const GError *error);

/** imp_verdict_name: "intact" ... */
const char *imp_verdict_name (ImpVerdict verdict);

/** Called now and then; %FALSE ends the run. */
typedef gboolean (*ImpVerifyProgress) (guint64 n_done, guint64 n_all, gpointer user_data);

/**
 * imp_verify_medium: all units, sums, spare file and manifest of an opened container. Needs no key.
 * @folder: the DISC_FOLDER of the disc
 * @lost: (element-type guint64): gets the units of the stream that are lost
 *
 * Returns: %FALSE with %IMP_ERROR_CANCELLED when @progress ended it
 */
gboolean imp_verify_medium (DiscContainer *container, const char *folder, GArray *lost,
                            ImpVerified *out, ImpVerifyProgress progress, gpointer user_data,
                            GError **error);

/**
 * imp_verify_touched: whose messages are lost.
 * @reader: of the same volume, unlocked
 * @first: (nullable): of the first volume, for another one: it has a row for every message
 */
gboolean imp_verify_touched (DiscReader *reader, DiscReader *first, ImpVerified *out, GError **error);

G_END_DECLS
