/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"

#define CHUNK_BYTES (2 * 1024 * 1024)
#define WARNING_MAX_BYTES (64 * 1024)

/* A disc that is not sealed has no sums: what was read from it is remembered by one of its own. */

static gboolean
copy_chunks (DiscStoreCopy *copy, int from, int to, GChecksum *sum, GError **error)
{
  g_autofree guint8 *is = g_malloc (CHUNK_BYTES);
  g_autofree guint8 *was = g_malloc (CHUNK_BYTES);
  guint64 all = (guint64) MAX (lseek (from, 0, SEEK_END), 0);

  for (guint64 offset = 0; offset < all;)
    {
      gsize n = (gsize) MIN (CHUNK_BYTES, all - offset);

      if (!disc_file_read (from, is, n, offset, error))
        return FALSE;
      g_checksum_update (sum, is, (gssize) n);
      if ((disc_file_read_some (to, was, n, offset) != (gssize) n || memcmp (is, was, n) != 0) &&
          !disc_file_write (to, is, n, offset, error))
        return FALSE;
      offset += n;
      if (!disc_store_tell (copy, DISC_STORE_COPYING, offset, all, error))
        return FALSE;
      disc_store_step (copy, "units");
    }

  return ftruncate (to, (off_t) all) == 0 || disc_file_fail (DISC_RECORDS_FILE, errno, error);
}

static gboolean
copy_database (DiscStoreCopy *copy, const char *to_path, GChecksum *sum, GError **error)
{
  g_autofree char *from_path = g_build_filename (copy->source, DISC_RECORDS_FILE, NULL);
  int from = g_open (from_path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok;
  int to;

  if (from < 0)
    return disc_file_fail (from_path, errno, error);

  /* Anybody who gets at it can read it: nobody but its owner shall. */
  to = g_open (to_path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  ok = to >= 0 ? copy_chunks (copy, from, to, sum, error)
               : disc_file_fail (to_path, errno, error);
  close (from);
  if (to >= 0)
    close (to);
  return ok;
}

static gboolean
copy_warning (DiscStoreCopy *copy, GError **error)
{
  g_autofree char *from = g_build_filename (copy->source, DISC_UNSEALED_FILE, NULL);
  g_autofree char *to = g_build_filename (copy->target, DISC_UNSEALED_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  GStatBuf st;
  gsize len;

  if (g_stat (from, &st) != 0 || st.st_size > WARNING_MAX_BYTES ||
      !g_file_get_contents (from, &text, &len, NULL))
    return TRUE;
  if (!g_file_set_contents_full (to, text, (gssize) len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &local))
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
      return FALSE;
    }

  return disc_file_sync (to, error);
}

static gboolean
sum_chunks (DiscStoreCopy *copy, int fd, GChecksum *sum, GError **error)
{
  g_autofree guint8 *is = g_malloc (CHUNK_BYTES);
  guint64 all = (guint64) MAX (lseek (fd, 0, SEEK_END), 0);

  for (guint64 offset = 0; offset < all;)
    {
      gsize n = (gsize) MIN (CHUNK_BYTES, all - offset);

      if (!disc_file_read (fd, is, n, offset, error))
        return FALSE;
      g_checksum_update (sum, is, (gssize) n);
      offset += n;
      if (!disc_store_tell (copy, DISC_STORE_VERIFYING, offset, all, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_copy (DiscStoreCopy *copy, const char *path, GChecksum *wanted, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean ok;
  int fd;

  if (!disc_store_forget (path, error))
    return FALSE;
  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return disc_file_fail (path, errno, error);
  ok = sum_chunks (copy, fd, sum, error);
  close (fd);
  if (!ok || strcmp (g_checksum_get_string (sum), g_checksum_get_string (wanted)) == 0)
    return ok;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO,
                       "the disk of the store gives back another database");
  return FALSE;
}

gboolean
disc_store_copy_plain (DiscStoreCopy *copy, GError **error)
{
  g_autofree char *path = g_build_filename (copy->target, DISC_RECORDS_FILE, NULL);
  g_autofree char *above = g_path_get_dirname (copy->target);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!copy_database (copy, path, sum, error) || !copy_warning (copy, error))
    return FALSE;
  disc_store_step (copy, "written");
  return check_copy (copy, path, sum, error) && disc_file_sync (copy->target, error) &&
         disc_file_sync (above, error);
}
