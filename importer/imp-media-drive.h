/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-run.h"

G_BEGIN_DECLS

/*
 * A drive that burns: /dev/sr0, or stdio:FILE, the pseudo-drive of libburn that writes a file instead
 * of a medium.
 */

/** The medium in a drive. */
typedef struct
{
  char *type;          /* "DVD-R sequential recording", in the words of xorriso */
  gboolean is_known;   /* whether there is one, and what is on it */
  gboolean is_blank;
  guint64 n_sectors;   /* that can be written; 0: not known */
} ImpMediaLook;

void imp_media_look_clear (ImpMediaLook *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpMediaLook, imp_media_look_clear)

/** imp_media_look_read: takes what one line of xorriso's -toc and -tell_media_space says. */
void imp_media_look_read (ImpMediaLook *self, const char *line);

/**
 * imp_media_drive_check: whether @device can be meant.
 * @image: what is to be written
 *
 * Returns: %FALSE with %IMP_ERROR_USAGE. A pseudo-drive that is no plain file is refused: it would
 *   be somebody's hard disk
 */
gboolean imp_media_drive_check (const char *device, const char *image, GError **error);

/**
 * imp_media_drive_look: loads the tray and looks at the medium.
 * @out: (out): to be cleared, whatever is returned
 *
 * Returns: %FALSE with %IMP_ERROR_MEDIUM when there is no blank one, %IMP_ERROR_SOURCE, _CANCELLED
 */
gboolean imp_media_drive_look (const char *device, ImpMediaRun *run, ImpMediaLook *out,
                               GError **error);

/**
 * imp_media_drive_write: burns @image.
 * @speed: as the drive counts it; 0: as fast as medium and drive agree on
 */
gboolean imp_media_drive_write (const char *device, const char *image, guint speed,
                                ImpMediaRun *run, GError **error);

/**
 * imp_media_drive_reload: out and in again, so that drive and system forget what they believe of the
 * medium. Waits for somebody's hand where the drive has no motor for it.
 *
 * Returns: %FALSE with %IMP_ERROR_MEDIUM, %IMP_ERROR_CANCELLED
 */
gboolean imp_media_drive_reload (const char *device, ImpMediaRun *run, GError **error);

/** imp_media_drive_path: where what was burnt can be read; points into @device. */
const char *imp_media_drive_path (const char *device);

G_END_DECLS
