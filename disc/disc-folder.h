/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The folder a disc is built in: a temporary one inside the target, so that both lie on one file
 * system, renamed to DISC_FOLDER when everything in it is on the medium.
 */

typedef struct _DiscFolder DiscFolder;

/**
 * disc_folder_new:
 * @dir: an empty folder, or one that does not exist in a folder that does
 *
 * Returns: (transfer full): %NULL with %DISC_ERROR_EXISTS, _IO, _NO_SPACE
 */
DiscFolder *disc_folder_new (const char *dir, GError **error);

/** disc_folder_free: removes whatever was made, unless it was put in place. */
void disc_folder_free (DiscFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiscFolder, disc_folder_free)

/** disc_folder_path: (transfer full): path of a file in the folder being built. */
char *disc_folder_path (DiscFolder *self, const char *name);

/** disc_folder_write: writes a small file into it. */
gboolean disc_folder_write (DiscFolder *self, const char *name, const char *text, GError **error);

/** disc_folder_volume_name: (transfer full): where file @name of a volume is built, in the folder. */
char *disc_folder_volume_name (guint number, const char *name);

/** disc_folder_make_volume: makes the folder for the files of a volume. */
gboolean disc_folder_make_volume (DiscFolder *self, guint number, GError **error);

/**
 * disc_folder_put_in_place: waits until every file is on the medium, then renames.
 * @n_volumes: 1: the files in the folder are the disc; more: each volume has files of its own, and
 *   those in the folder go away. The first volume comes last: without it there is no disc.
 */
gboolean disc_folder_put_in_place (DiscFolder *self, guint n_volumes, GError **error);

G_END_DECLS
