/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-image.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "imp-error.h"
#include "imp-media-xorriso.h"
#include "imp-media.h"

#define HASH_CHUNK_BYTES (1024 * 1024)
#define FIRST_WEIGHT 1000

void
imp_image_result_clear (ImpImageResult *self)
{
  g_clear_pointer (&self->sha256, g_free);
}

static gboolean
fail_exists (const char *output, GError **error)
{
  g_set_error (error, IMP_ERROR, IMP_ERROR_EXISTS, "%s", output);
  return FALSE;
}

static gboolean
check_target (const ImpImageDisc *disc, const char *output, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (output);
  guint64 needed = imp_medium_folder_sectors (disc->folder, error);
  struct statvfs room;

  if (needed == 0)
    return FALSE;
  if (g_file_test (output, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return fail_exists (output, error);
  if (statvfs (parent, &room) != 0)
    return disc_file_fail (parent, errno, error);
  if ((guint64) room.f_bavail * room.f_frsize < needed * IMP_SECTOR_BYTES)
    return disc_file_fail (parent, ENOSPC, error);
  return TRUE;
}

static void
add_words (GPtrArray *args, const char *const *words)
{
  for (; *words != NULL; words++)
    g_ptr_array_add (args, g_strdup (*words));
}

/* The larger its weight, the nearer to the beginning of the image a file stands. */
static void
add_file (GPtrArray *args, const ImpImageFile *file, guint place)
{
  g_autofree char *inside = g_strdup_printf ("/" DISC_FOLDER "/%s", file->name);
  g_autofree char *weight = g_strdup_printf ("%d", FIRST_WEIGHT - (int) place);
  g_autofree char *outside = g_canonicalize_filename (file->path, NULL);
  const char *const words[] = { "-map",  outside,       inside, "-find", inside,
                                "-exec", "sort_weight", weight, "--",    NULL };

  add_words (args, words);
}

/* (transfer full) */
static GPtrArray *
image_arguments (const ImpImageDisc *disc, const char *path)
{
  /* Readable by whoever mounts it; a disc's own files may be read by their owner only. */
  static const char *const rights[] = { "-chown_r", "0", "/", "--", "-chgrp_r", "0", "/", "--",
                                        "-chmod_r", "a=r", "/", "--", "-chmod", "a+x", "/",
                                        "/" DISC_FOLDER, "--", "-commit", "-end", NULL };
  GPtrArray *args = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *volume = imp_image_volume_id (disc);
  g_autofree char *device = g_strconcat ("stdio:", path, NULL);
  const char *const head[] = { "-abort_on", "FAILURE", "-return_with", "SORRY", "32",
                               "-charset", "UTF-8",
                               /* Level 3: files over 4 GiB. The image begins at its first sector,
                                * as on a medium that is written once. */
                               "-compliance", "iso_9660_level=3:no_emul_toc",
                               "-outdev", device, "-joliet", "on", "-rockridge", "on",
                               "-volid", volume, "-publisher", "TOMOSHIBI", NULL };

  add_words (args, head);
  for (guint i = 0; i < disc->files->len; i++)
    add_file (args, &g_array_index (disc->files, ImpImageFile, i), i);
  add_words (args, rights);
  g_ptr_array_add (args, NULL);
  return args;
}

static void
on_line (const char *line, gpointer user_data)
{
  int permille = imp_xorriso_permille (line);

  if (permille >= 0)
    imp_media_run_tell (user_data, IMP_MEDIA_WRITING, (guint64) permille, 1000);
}

/* To the medium, and out of the cache: what is compared afterwards comes from there. */
static gboolean
sync_file (int fd, GError **error)
{
  if (fsync (fd) != 0)
    return disc_file_fail ("the image", errno, error);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  return TRUE;
}

static gboolean
hash_file (int fd, ImpMediaRun *run, ImpImageResult *out, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *chunk = g_malloc (HASH_CHUNK_BYTES);
  struct stat info;

  if (fstat (fd, &info) != 0)
    return disc_file_fail ("the image", errno, error);
  out->bytes = (guint64) info.st_size;
  out->n_sectors = (out->bytes + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES;
  for (guint64 offset = 0; offset < out->bytes; offset += HASH_CHUNK_BYTES)
    {
      gsize len = (gsize) MIN (HASH_CHUNK_BYTES, out->bytes - offset);

      if (imp_media_run_is_cancelled (run, error) || !disc_file_read (fd, chunk, len, offset, error))
        return FALSE;
      g_checksum_update (sum, chunk, (gssize) len);
    }
  out->sha256 = g_strdup (g_checksum_get_string (sum));
  return TRUE;
}

/* Never over something that came there in the meantime. */
static gboolean
rename_new (const char *temporary, const char *output, GError **error)
{
  int saved_errno;

  if (renameat2 (AT_FDCWD, temporary, AT_FDCWD, output, RENAME_NOREPLACE) == 0)
    return TRUE;
  saved_errno = errno;
  if (saved_errno == EEXIST || g_file_test (output, G_FILE_TEST_EXISTS))
    return fail_exists (output, error);

  /* Some network shares cannot promise it. */
  if (saved_errno == EINVAL && g_rename (temporary, output) == 0)
    return TRUE;
  return disc_file_fail (output, saved_errno, error);
}

static void
sync_folder (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_DIRECTORY, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
make (const ImpImageDisc *disc, const char *temporary, int fd, ImpMediaRun *run,
      ImpImageResult *out, GError **error)
{
  g_autoptr (GPtrArray) args = image_arguments (disc, temporary);

  imp_media_run_tell (run, IMP_MEDIA_WRITING, 0, 0);
  if (!imp_xorriso_run ((const char *const *) args->pdata, on_line, run, run, error) ||
      !sync_file (fd, error))
    return FALSE;

  imp_media_run_tell (run, IMP_MEDIA_COMPARING, 0, 0);
  return hash_file (fd, run, out, error) && imp_image_compare (disc, temporary, run, error);
}

gboolean
imp_image_write (const ImpImageDisc *disc, const char *output, ImpMediaRun *run,
                 ImpImageResult *out, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (output, NULL);
  g_autofree char *parent = g_path_get_dirname (absolute);
  g_autofree char *temporary = g_build_filename (parent, ".tomoshibi-image-XXXXXX", NULL);
  gboolean ok;
  int fd;

  if (!check_target (disc, absolute, error))
    return FALSE;
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0644);
  if (fd < 0)
    return disc_file_fail (parent, errno, error);

  ok = make (disc, temporary, fd, run, out, error) && rename_new (temporary, absolute, error);
  if (ok)
    sync_folder (parent);
  else
    g_unlink (temporary);
  close (fd);
  return ok;
}
