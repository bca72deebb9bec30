/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "disc-container.h"
#include "disc-store.h"

G_BEGIN_DECLS

/* Folders of a store. */
#define DISC_STORE_GENERATIONS "generations"
#define DISC_STORE_INCOMING "incoming"       /* copies under way, each named by the disc's id */
#define DISC_STORE_LEAVING "leaving"         /* on their way out */
#define DISC_STORE_LOCK "lock"
#define DISC_STORE_DAMAGED ".damaged"        /* end of the name of one that is not whole */

/** A load under way. */
typedef struct
{
  const DiscStoreOptions *options;
  DiscStoreOutcome *outcome;
  GCancellable *cancellable;
  char *source;             /* DISC_FOLDER of the disc */
  char *target;             /* DISC_FOLDER that is being filled */
  char *other;              /* (nullable): DISC_FOLDER of a copy that is in the store, not whole */
} DiscStoreCopy;

/* ---- disc-store-list.c ---------------------------------------------------------------------- */

/** disc_store_is_id: whether @text is the id of a disc in hexadecimal. @text: (nullable) */
gboolean disc_store_is_id (const char *text);

/** disc_store_name: (transfer full): of the folder of a generation. @as_of: (nullable) */
char *disc_store_name (const char *as_of, const char *id, gboolean is_damaged);

/** disc_store_load_generation: (transfer full) (nullable): %NULL when there is none of that name. */
DiscGeneration *disc_store_load_generation (const char *store, const char *name,
                                            const DiscTrust *trust);

/** disc_store_volume_name: (transfer full): of the folder of a volume in that of its generation. */
char *disc_store_volume_name (guint number, gboolean is_damaged);

/** disc_store_compare: the order of the list: below 0 when @a is newer. */
int disc_store_compare (const DiscGeneration *a, const DiscGeneration *b);

/** disc_store_same_line: whether both are of one signer, or both unsealed. */
gboolean disc_store_same_line (const DiscGeneration *a, const DiscGeneration *b);

/* ---- disc-store-copy.c, disc-store-plain.c -------------------------------------------------- */

/** disc_store_copy_sealed: copies and verifies; everything is on the disk afterwards. */
gboolean disc_store_copy_sealed (DiscStoreCopy *copy, DiscContainer *disc, GError **error);

/** disc_store_copy_plain: the same for a disc that is not sealed. */
gboolean disc_store_copy_plain (DiscStoreCopy *copy, GError **error);

/* ---- disc-store-verify.c -------------------------------------------------------------------- */

/** disc_store_step: tells the hook. */
void disc_store_step (const DiscStoreCopy *copy, const char *step);

/** disc_store_tell: tells the progress; %FALSE with %G_IO_ERROR_CANCELLED */
gboolean disc_store_tell (const DiscStoreCopy *copy, DiscStorePhase phase, guint64 done,
                          guint64 all, GError **error);

/** disc_store_forget: waits until a file is on the disk and drops it from memory, so that what is
 * read next comes from the disk. */
gboolean disc_store_forget (const char *path, GError **error);

/**
 * disc_store_count_bad: reads every unit of the container in @folder back from the disk.
 * @lost: (nullable): a set of places (guint64) that need not be intact
 * @n_bad: (out)
 *
 * Returns: %FALSE with %DISC_ERROR_IO when head, sums or manifest are not as in @head, or with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean disc_store_count_bad (const DiscStoreCopy *copy, const char *folder,
                               DiscStorePhase phase, const guint8 *head, GHashTable *lost,
                               guint64 *n_bad, GError **error);

/* ---- disc-store-remove.c -------------------------------------------------------------------- */

/** disc_store_move_out: takes the folder @path, of one of the store's folders, out of the way. */
gboolean disc_store_move_out (const char *store, const char *path, GError **error);

/** disc_store_remove_left: removes what was moved out. */
void disc_store_remove_left (const char *store);

/** disc_store_remove_incoming: likewise copies under way. @but: (nullable): name of one that stays */
gboolean disc_store_remove_incoming (const char *store, const char *but, GError **error);

/** disc_store_remove_old: removes what is beyond @copy->options->keep, and other copies of the disc
 * of @copy->outcome->generation. */
gboolean disc_store_remove_old (DiscStoreCopy *copy, const char *store, GError **error);

G_END_DECLS
