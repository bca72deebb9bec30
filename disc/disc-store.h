/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-trust.h"

G_BEGIN_DECLS

/*
 * A laptop's store of discs, each a generation: newer and older copies of whole discs on its disk.
 * FORMAT.md, "The store". Nothing here needs a passphrase.
 *
 * Names and renames say everything: what stands among the generations was verified to its last byte
 * before it came there. Reading takes no lock, and a load may be killed, or the power lost, at any
 * moment.
 */

#define DISC_STORE_KEEP_DEFAULT 3

/** One generation. Texts are %NULL where nothing says. */
typedef struct
{
  char *name;          /* of its folder */
  char *path;          /* to be opened like any disc */
  char *id;            /* hexadecimal */
  char *hospital;
  char *as_of;
  char *built_at;
  char *signer_name;   /* as this machine knows it */
  guint8 signer[DISC_SIGNER_BYTES];
  guint64 serial;      /* 0: not numbered */
  guint64 bytes;       /* of its files */
  guint n_volumes;     /* of the disc */
  GArray *volumes;         /* (element-type guint) from 2 on, those that are here and whole ... */
  GArray *damaged_volumes; /* ... and those that are here and not whole */
  gboolean is_sealed;
  gboolean is_damaged; /* taken in on order although units are lost; the rest is as signed */
  GError *fault;       /* %NULL: it can be used */
} DiscGeneration;

void disc_generation_free (DiscGeneration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscGeneration, disc_generation_free)

/**
 * disc_store_list:
 * @trust: (nullable): %NULL: any signer will do
 *
 * Looks at the head, the signature, the signer, the manifest and the length of each, not at every
 * unit: those were verified when it was taken in.
 *
 * Returns: (transfer full) (element-type DiscGeneration): newest first by time of the data, then by
 *   serial number; %NULL with %DISC_ERROR_IO
 */
GPtrArray *disc_store_list (const char *store, const DiscTrust *trust, GError **error);

/**
 * disc_store_newest: (nullable): which one to open: the newest without a fault. One that is not
 * sealed, and so could be anybody's, only where there is no other.
 */
const DiscGeneration *disc_store_newest (const GPtrArray *generations);

/**
 * disc_store_newer: (nullable): the newest that can be used and has newer data than a disc, which
 * need not be in the store.
 * @generations: as disc_store_list() has sorted them
 * @than: of which id, is_sealed, signer, as_of, serial and built_at count
 * @any_signer: a sealed one of another signer that this machine trusts will do as well
 */
const DiscGeneration *disc_store_newer (const GPtrArray *generations, const DiscGeneration *than,
                                        gboolean any_signer);

/* ---- taking in ------------------------------------------------------------------------------ */

typedef enum
{
  DISC_STORE_COMPARING, /* with what the store has of this disc already */
  DISC_STORE_COPYING,
  DISC_STORE_VERIFYING,
} DiscStorePhase;

typedef void (*DiscStoreProgress) (DiscStorePhase phase, guint64 done_bytes, guint64 all_bytes,
                                   gpointer user_data);
/** DiscStoreHook: called after each step; tests end the process in it. */
typedef void (*DiscStoreHook) (const char *step, gpointer user_data);

typedef struct
{
  const DiscTrust *trust;      /* (nullable): %NULL: any signer will do */
  guint keep;                  /* generations to keep; 0: DISC_STORE_KEEP_DEFAULT */
  gboolean accept_damaged;     /* take in what is left of a disc beyond repair, and mark it */
  gboolean accept_unsealed;
  DiscStoreProgress progress;  /* (nullable) */
  DiscStoreHook hook;          /* (nullable) */
  gpointer user_data;
} DiscStoreOptions;

typedef struct
{
  DiscGeneration *generation;  /* as it is in the store now; %NULL after a failure */
  gboolean was_there;          /* whole: nothing was copied */
  gboolean has_newer;          /* the store has newer data of the same signer ... */
  char *newer_as_of;           /* (nullable): ... of that time */
  guint volume;                /* that was loaded, of generation->n_volumes */
  guint64 n_units;             /* of the disc; 0 for one that is not sealed */
  guint64 n_resumed;           /* that an interrupted copy had already */
  guint64 n_repaired;          /* made again by parity, or taken from an older copy of this disc */
  guint64 n_lost;              /* beyond repair */
  gboolean manifest_repaired;  /* manifest.json was damaged; the store has its copy */
  GPtrArray *removed;          /* (element-type utf8): names of generations that had to go */
  GError *remove_error;        /* (nullable): why one that had to go is still there */
} DiscStoreOutcome;

void disc_store_outcome_clear (DiscStoreOutcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DiscStoreOutcome, disc_store_outcome_clear)

/**
 * disc_store_load:
 * @store: a folder; made where there is none
 * @disc: the folder that holds a disc's files
 * @outcome: (out caller-allocates): filled as far as it came, also on failure
 *
 * Takes a copy of a disc into the store, made whole by parity and verified as read back from the
 * disk; then removes the oldest generations of the same signer beyond @options->keep. A copy that
 * was interrupted goes on where it stopped. The last whole generation is never removed. Volumes from the
 * second on go into the generation of the first one.
 *
 * Returns: %FALSE with %DISC_ERROR_NOT_A_DISC, _SIGNER (also for one that is not sealed), _ALTERED,
 *   _CORRUPT or _TRUNCATED (n_lost units are beyond repair), _BUSY (another load is under way),
 *   _NO_SPACE, _IO (also when the disk does not give back what was written), _VOLUME (the store has no
 *   volume 1 of that disc), or %G_IO_ERROR_CANCELLED
 */
gboolean disc_store_load (const char *store, const char *disc, const DiscStoreOptions *options,
                          DiscStoreOutcome *outcome, GCancellable *cancellable, GError **error);

G_END_DECLS
