/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-run.h"

G_BEGIN_DECLS

/* A finished disc on its way to a medium: what it consists of, an ISO 9660 image or a copy of it. */

/** One file of a disc. */
typedef struct
{
  const char *name;
  char *path;
  guint64 size;
} ImpImageFile;

/** What a disc consists of. */
typedef struct
{
  char *folder;         /* its DISC_FOLDER */
  GArray *files;        /* (element-type ImpImageFile), in the order in which they stand on a medium */
  GPtrArray *strangers; /* (element-type utf8): names in the folder that belong to no disc */
  guint64 bytes;        /* of all files */
  gboolean is_sealed;
  char *id;             /* hexadecimal */
  guint64 serial;       /* 0: not numbered */
  guint volume;         /* which one this is ... */
  guint n_volumes;      /* ... of how many */
} ImpImageDisc;

/**
 * imp_image_disc_open:
 * @dir: the folder that holds a disc's files
 *
 * Looks what is there and, of a sealed disc, checks that the head is one that was signed.
 *
 * Returns: (transfer full): %NULL with an error of DISC_ERROR
 */
ImpImageDisc *imp_image_disc_open (const char *dir, GError **error);
void imp_image_disc_free (ImpImageDisc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpImageDisc, imp_image_disc_free)

/**
 * imp_image_check_rules: whether every rule in @accept (nullable) exists.
 * Returns: %FALSE with %IMP_ERROR_USAGE
 */
gboolean imp_image_check_rules (const char *const *accept, GError **error);

/**
 * imp_image_accept_unsealed: whether @accept (nullable) has "unsealed" or "all" in it.
 * Returns: %FALSE with %IMP_ERROR_STOP_RULE
 */
gboolean imp_image_accept_unsealed (const char *const *accept, GError **error);

/**
 * imp_image_disc_check: reads every byte of a sealed disc, which needs no key: what is damaged
 * before it is burnt was never good afterwards.
 * @accept: (nullable): with "damaged" it is done without
 *
 * Returns: %FALSE with %DISC_ERROR_CORRUPT, _TRUNCATED, _ALTERED, %IMP_ERROR_CANCELLED
 */
gboolean imp_image_disc_check (const ImpImageDisc *self, const char *const *accept,
                               ImpMediaRun *run, GError **error);

/** imp_image_volume_id: (transfer full): A-Z, 0-9 and _, of a disc number below ten million no more than
 * the sixteen characters that Windows shows; tells no hospital. */
char *imp_image_volume_id (const ImpImageDisc *self);

/** A finished image. */
typedef struct
{
  guint64 bytes;
  guint64 n_sectors;
  char *sha256;
} ImpImageResult;

void imp_image_result_clear (ImpImageResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpImageResult, imp_image_result_clear)

/**
 * imp_image_write:
 * @output: does not exist; complete and compared with the disc when it does
 *
 * Returns: %FALSE with %IMP_ERROR_EXISTS, _READ_BACK, _CANCELLED, _MEDIUM, _SOURCE, or
 *   %DISC_ERROR_NO_SPACE, _IO
 */
gboolean imp_image_write (const ImpImageDisc *disc, const char *output, ImpMediaRun *run,
                          ImpImageResult *out, GError **error);

/* ---- a copy on a stick ---------------------------------------------------------------------- */

typedef enum
{
  IMP_IMAGE_COPIED,
  IMP_IMAGE_REPLACED,      /* the same disc stood there, damaged */
  IMP_IMAGE_ALREADY_THERE, /* the same disc stood there, and every byte of it */
} ImpImageCopied;

/**
 * imp_image_copy: copies the disc to @dir, a mounted medium that can be written again, reads it back
 * past the cache, and only then gives it its name. A volume from the second on goes to a folder of its
 * own there, so that all volumes of a disc find room beside each other.
 *
 * Returns: %FALSE with %IMP_ERROR_EXISTS when another disc is there, %IMP_ERROR_TOO_LARGE when the
 *   file system holds no such file, %IMP_ERROR_READ_BACK, _CANCELLED, or %DISC_ERROR_NO_SPACE, _IO
 */
gboolean imp_image_copy (const ImpImageDisc *disc, const char *dir, ImpMediaRun *run,
                         ImpImageCopied *out, GError **error);

/** imp_image_copy_path: (transfer full): the folder with the files of @disc after imp_image_copy(). */
char *imp_image_copy_path (const ImpImageDisc *disc, const char *dir);

/**
 * imp_image_check_file_system: whether a file system holds files as large as those of @disc.
 * @magic: as of statfs(2)
 *
 * Returns: %FALSE with %IMP_ERROR_TOO_LARGE
 */
gboolean imp_image_check_file_system (const ImpImageDisc *disc, guint64 magic, GError **error);

/* ---- reading an image ----------------------------------------------------------------------- */

/**
 * imp_image_compare: every file of @disc is in the image, byte for byte, in the tree of Linux (Rock
 * Ridge), and with its name and size in that of Windows (Joliet).
 *
 * Returns: %FALSE with %IMP_ERROR_READ_BACK, _CANCELLED
 */
gboolean imp_image_compare (const ImpImageDisc *disc, const char *image, ImpMediaRun *run,
                            GError **error);

/** What an image says of the disc in it. */
typedef struct
{
  gboolean is_sealed;
  char *id;            /* NULL for a disc that is not sealed */
  guint64 serial;
  guint volume;
  guint n_volumes;
  guint64 n_sectors;
} ImpImageInfo;

void imp_image_info_clear (ImpImageInfo *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImpImageInfo, imp_image_info_clear)

/**
 * imp_image_peek: which disc is in @image.
 * @out: (out): to be cleared, whatever is returned
 *
 * Returns: %FALSE with %DISC_ERROR_NOT_A_DISC, _TRUNCATED, _CORRUPT, _TOO_NEW, _IO
 */
gboolean imp_image_peek (const char *image, ImpImageInfo *out, GError **error);

G_END_DECLS
