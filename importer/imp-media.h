/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The media a disc is burnt on: how much each takes. */

#define IMP_SECTOR_BYTES 2048

/*
 * What an image needs beside the sectors of its files: volume descriptors, path tables, folders of
 * both trees, and the run-out at its end. Measured 235 with the files of a disc.
 */
#define IMP_IMAGE_OVERHEAD_SECTORS 512

typedef enum
{
  IMP_MEDIUM_CD,
  IMP_MEDIUM_DVD,
  IMP_MEDIUM_DL,
  IMP_MEDIUM_BD,
  IMP_N_MEDIA, /* also: none of them */
} ImpMedium;

/** imp_medium_option: as in --medium: "cd". */
const char *imp_medium_option (ImpMedium medium);

guint64 imp_medium_sectors (ImpMedium medium);

/** imp_medium_parse: @text: (nullable): %NULL gives %IMP_N_MEDIA. %FALSE with %IMP_ERROR_USAGE */
gboolean imp_medium_parse (const char *text, ImpMedium *out, GError **error);

/** imp_medium_smallest: on which @n_sectors fit; %IMP_N_MEDIA when on none. */
ImpMedium imp_medium_smallest (guint64 n_sectors);

/** imp_medium_fits_text: (transfer full): one sentence that names the media that take so much. */
char *imp_medium_fits_text (guint64 n_sectors);

/**
 * imp_medium_check: whether @medium (%IMP_N_MEDIA: any) takes so much.
 * Returns: %FALSE with %IMP_ERROR_TOO_LARGE, naming the smallest medium that does
 */
gboolean imp_medium_check (ImpMedium medium, guint64 n_sectors, GError **error);

/** imp_medium_check_room: the same for a medium of @room_sectors called @name. */
gboolean imp_medium_check_room (const char *name, guint64 room_sectors, guint64 n_sectors,
                                GError **error);

/**
 * imp_medium_folder_sectors: no image of the files in @folder takes more sectors.
 * Returns: 0 with an error when it cannot be read
 */
guint64 imp_medium_folder_sectors (const char *folder, GError **error);

G_END_DECLS
