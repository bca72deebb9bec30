/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "disc-error.h"

gboolean
disc_file_fail (const char *what, int saved_errno, GError **error)
{
  int code = DISC_ERROR_IO;

  if (saved_errno == ENOSPC || saved_errno == EDQUOT || saved_errno == EFBIG)
    code = DISC_ERROR_NO_SPACE;

  g_set_error (error, DISC_ERROR, code, "%s: %s", what, g_strerror (saved_errno));
  return FALSE;
}

gboolean
disc_file_write (int fd, gconstpointer data, gsize len, guint64 offset, GError **error)
{
  const guint8 *at = data;

  while (len > 0)
    {
      gssize n = pwrite (fd, at, len, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return disc_file_fail ("write", n < 0 ? errno : ENOSPC, error);
      at += n;
      offset += (guint64) n;
      len -= (gsize) n;
    }

  return TRUE;
}

gssize
disc_file_read_some (int fd, gpointer out, gsize len, guint64 offset)
{
  gsize done = 0;

  while (done < len)
    {
      gssize n = pread (fd, (guint8 *) out + done, len - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

gboolean
disc_file_read (int fd, gpointer out, gsize len, guint64 offset, GError **error)
{
  gssize n = disc_file_read_some (fd, out, len, offset);

  if (n < 0)
    return disc_file_fail ("read", errno, error);
  if ((gsize) n == len)
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_TRUNCATED,
               "the file ends early: at byte %" G_GUINT64_FORMAT, offset + (guint64) n);
  return FALSE;
}

gboolean
disc_file_sync (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int saved_errno = errno;
  gboolean ok = fd >= 0;

  /* EINVAL: a file system that has nothing to wait for. */
  if (ok && fsync (fd) != 0 && errno != EINVAL)
    {
      saved_errno = errno;
      ok = FALSE;
    }
  if (fd >= 0)
    close (fd);

  return ok || disc_file_fail ("the disc could not be written to the medium", saved_errno, error);
}

int
disc_file_open_nameless (const char *dir)
{
  g_autofree char *template = NULL;
  int fd = open (dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  /* Not every file system knows files without a name (FAT, some network shares). */
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT))
    return fd;

  template = g_build_filename (dir, ".tomoshibi-scratch-XXXXXX", NULL);
  fd = g_mkstemp_full (template, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink (template);
  return fd;
}
