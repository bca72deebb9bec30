/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-image.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "disc-file.h"
#include "disc-format.h"
#include "disc-reader.h"
#include "imp-error.h"
#include "imp-media-compare.h"

#define CHUNK_BYTES (1024 * 1024)
#define FAT_FILE_MAX_BYTES 0xffffffffu

gboolean
imp_image_check_file_system (const ImpImageDisc *disc, guint64 magic, GError **error)
{
  if (magic != MSDOS_SUPER_MAGIC)
    return TRUE;
  for (guint i = 0; i < disc->files->len; i++)
    {
      const ImpImageFile *file = &g_array_index (disc->files, ImpImageFile, i);

      if (file->size <= FAT_FILE_MAX_BYTES)
        continue;
      g_set_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE,
                   _("the stick is formatted as FAT, which holds no file of 4 GiB or more (%s); "
                     "format it as exFAT or ext4"),
                   file->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_room (const ImpImageDisc *disc, const char *dir, GError **error)
{
  guint64 needed = disc->bytes;
  struct statfs room;

  if (statfs (dir, &room) != 0)
    return disc_file_fail (dir, errno, error);
  if (!imp_image_check_file_system (disc, (guint64) room.f_type, error))
    return FALSE;

  /* The last block of a file is not full, and the folder takes one too. */
  needed += (guint64) room.f_bsize * (disc->files->len + 1);
  if ((guint64) room.f_bavail * (guint64) room.f_bsize < needed)
    return disc_file_fail (dir, ENOSPC, error);
  return TRUE;
}

static gboolean
copy_bytes (const ImpImageFile *file, int from, int to, ImpMediaRun *run, GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);

  for (guint64 offset = 0; offset < file->size; offset += CHUNK_BYTES)
    {
      gsize len = (gsize) MIN (CHUNK_BYTES, file->size - offset);

      if (imp_media_run_is_cancelled (run, error) ||
          !disc_file_read (from, chunk, len, offset, error) ||
          !disc_file_write (to, chunk, len, offset, error))
        return FALSE;
      imp_media_run_tell (run, IMP_MEDIA_WRITING, offset + len, file->size);
    }
  return fsync (to) == 0 || disc_file_fail (file->name, errno, error);
}

static gboolean
copy_file (const ImpImageFile *file, const char *path, ImpMediaRun *run, GError **error)
{
  int from = open (file->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  int to = from >= 0 ? open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : -1;
  gboolean ok;

  if (from < 0 || to < 0)
    {
      disc_file_fail (file->name, errno, error);
      if (from >= 0)
        close (from);
      return FALSE;
    }

  ok = copy_bytes (file, from, to, run, error);
  posix_fadvise (to, 0, 0, POSIX_FADV_DONTNEED);
  close (from);
  if (close (to) != 0 && ok)
    return disc_file_fail (file->name, errno, error);
  return ok;
}

/* The same length, and the same bytes from the medium. */
static gboolean
compare_file (const ImpImageFile *file, const char *path, ImpMediaRun *run, GError **error)
{
  g_auto (ImpMediaComparison) found = { 0 };
  GStatBuf info;

  if (g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || (guint64) info.st_size != file->size)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_READ_BACK, "%s: %s", file->name,
                   _("the length differs"));
      return FALSE;
    }
  if (imp_media_compare (file->path, path, run, &found, error))
    return TRUE;
  g_prefix_error (error, "%s: ", file->name);
  return FALSE;
}

static gboolean
compare_folder (const ImpImageDisc *disc, const char *folder, ImpMediaRun *run, GError **error)
{
  for (guint i = 0; i < disc->files->len; i++)
    {
      const ImpImageFile *file = &g_array_index (disc->files, ImpImageFile, i);
      g_autofree char *path = g_build_filename (folder, file->name, NULL);

      if (!compare_file (file, path, run, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  /* FAT has nothing to wait for in a folder, but its own tables to write. */
  gboolean ok = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL) && syncfs (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  return ok || disc_file_fail (path, saved_errno, error);
}

static gboolean
fill_folder (const ImpImageDisc *disc, const char *folder, ImpMediaRun *run, GError **error)
{
  for (guint i = 0; i < disc->files->len; i++)
    {
      const ImpImageFile *file = &g_array_index (disc->files, ImpImageFile, i);
      g_autofree char *path = g_build_filename (folder, file->name, NULL);

      if (!copy_file (file, path, run, error))
        return FALSE;
    }
  return sync_folder (folder, error) && compare_folder (disc, folder, run, error);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* What stands there under the name must be this very disc. */
static gboolean
check_existing (const ImpImageDisc *disc, const char *dir, const char *final, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (ImpImageDisc) existing = imp_image_disc_open (dir, &local);

  if (existing != NULL && g_strcmp0 (existing->id, disc->id) == 0 &&
      existing->volume == disc->volume)
    return TRUE;
  if (existing != NULL)
    g_set_error (error, IMP_ERROR, IMP_ERROR_EXISTS, _("%s is another disc"), final);
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_EXISTS, _("%s cannot be read (%s)"), final,
                 local->message);
  return FALSE;
}

static gboolean
put_in_place (const char *folder, const char *final, const char *old, gboolean is_there,
              GError **error)
{
  int saved_errno;

  if (is_there && g_rename (final, old) != 0)
    return disc_file_fail (final, errno, error);
  if (g_rename (folder, final) == 0)
    return TRUE;

  saved_errno = errno;
  if (is_there)
    g_rename (old, final);
  return disc_file_fail (final, saved_errno, error);
}

static gboolean
copy_to (const ImpImageDisc *disc, const char *dir, const char *final, gboolean is_there,
         ImpMediaRun *run, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, ".tomoshibi-writing-XXXXXX", NULL);
  g_autofree char *old = NULL;

  if (!check_room (disc, dir, error))
    return FALSE;
  if (g_mkdtemp_full (folder, 0755) == NULL)
    return disc_file_fail (dir, errno, error);

  old = g_strconcat (folder, "-old", NULL);
  if (!fill_folder (disc, folder, run, error) ||
      !put_in_place (folder, final, old, is_there, error))
    {
      remove_folder (folder);
      return FALSE;
    }
  if (!sync_folder (dir, error))
    return FALSE;
  if (is_there)
    remove_folder (old);
  return TRUE;
}

char *
imp_image_copy_path (const ImpImageDisc *disc, const char *dir)
{
  g_autofree char *volume = disc_reader_volume_path (dir, disc->volume);

  return g_build_filename (volume, DISC_FOLDER, NULL);
}

/* @dir: where the DISC_FOLDER comes */
static gboolean
copy_into (const ImpImageDisc *disc, const char *dir, ImpMediaRun *run, ImpImageCopied *out,
           GError **error)
{
  g_autofree char *final = g_build_filename (dir, DISC_FOLDER, NULL);
  gboolean is_there = g_file_test (final, G_FILE_TEST_EXISTS) ||
                      g_file_test (final, G_FILE_TEST_IS_SYMLINK);

  *out = is_there ? IMP_IMAGE_REPLACED : IMP_IMAGE_COPIED;
  if (is_there)
    {
      g_autoptr (GError) local = NULL;

      if (!check_existing (disc, dir, final, error))
        return FALSE;
      if (compare_folder (disc, final, run, &local))
        {
          *out = IMP_IMAGE_ALREADY_THERE;
          return TRUE;
        }
      if (!g_error_matches (local, IMP_ERROR, IMP_ERROR_READ_BACK))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return copy_to (disc, dir, final, is_there, run, error);
}

gboolean
imp_image_copy (const ImpImageDisc *disc, const char *dir, ImpMediaRun *run, ImpImageCopied *out,
                GError **error)
{
  g_autofree char *path = disc_reader_volume_path (dir, disc->volume);
  gboolean is_new = disc->volume > 1 && g_mkdir (path, 0755) == 0;

  if (disc->volume > 1 && !is_new && errno != EEXIST)
    return disc_file_fail (path, errno, error);
  if (copy_into (disc, path, run, out, error))
    return !is_new || sync_folder (dir, error);
  if (is_new)
    g_rmdir (path);
  return FALSE;
}
