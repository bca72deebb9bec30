/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "disc-folder.h"
#include "disc-model.h"
#include "disc-pack.h"

G_BEGIN_DECLS

/*
 * A finished sealed disc that is too large for its medium, made into several volumes, each with a
 * database and a container of its own. The first has everything but what is heavy: the source of each
 * message and the bytes of its pictures. The others have that, in the order of the rows, each a run of them.
 * FORMAT.md, "Volumes".
 */

/** Called now and then; %FALSE with @error set ends the splitting. */
typedef gboolean (*DiscSplitProgress) (guint volume, gpointer user_data, GError **error);

/**
 * Called before any other volume is written, when the first one is larger than it may be, whatever comes:
 * @most_bytes at most. Sets @error and returns %FALSE, or lets it be.
 */
typedef gboolean (*DiscSplitTooLarge) (guint64 most_bytes, gpointer user_data, GError **error);

typedef struct
{
  const DiscInfo *info;
  guint64 serial;
  guint n_patients;             /* for the manifest */
  guint64 n_messages;
  guint64 max_bytes;            /* of the files of one volume, each filled up to a full sector */
  guint n_threads;              /* that compress, at least 1 */
  int level;
  DiscSplitProgress progress;   /* (nullable) */
  DiscSplitTooLarge too_large;  /* (nullable) */
  gpointer progress_data;
} DiscSplitOptions;

/** disc_split_folder_bytes: files in @folder, each filled up to a full sector; 0 with an error. */
guint64 disc_split_folder_bytes (const char *folder, GError **error);

/**
 * disc_split:
 * @folder: holds the finished disc, not yet put in place
 * @whole: its container, finished
 * @n_volumes: (out): how many there are now, in folders of their own in @folder, sealed; 1 when there
 *   is nothing to be put on others
 *
 * Every volume from the second on fits. The first, which is written first, has to be looked at: nothing
 * can be taken from it.
 *
 * Returns: %FALSE with %DISC_ERROR_LIMIT when one message is too large for a volume or there are more
 *   than DISC_VOLUMES_MAX, with %DISC_ERROR_IO, _NO_SPACE, or with what
 *   @progress or @too_large says
 */
gboolean disc_split (DiscFolder *folder, DiscPack *whole, const DiscSplitOptions *options,
                     guint *n_volumes, GError **error);

G_END_DECLS
