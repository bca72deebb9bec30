/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"

static gssize
read_pipe (gpointer data, const guint8 **block, ImpReason *reason)
{
  *reason = IMP_REASON_IO_ERROR;
  return imp_source_fd_read (data, block);
}

static void
read_file (ImpSink *sink, int fd, const struct stat *info, const char *label, int *read_errno)
{
  const ImpSourcePlace place = { .path = (char *) label,
                                 .name_path = (char *) label,
                                 .mtime = S_ISREG (info->st_mode) ? (gint64) info->st_mtime : 0,
                                 .is_source = TRUE };
  ImpSourceBytes bytes = { .fd = fd };
  ImpSourceFd pipe;

  imp_source_fd_init (&pipe, fd, 0, sink->run);
  if (S_ISREG (info->st_mode))
    bytes.size = (guint64) info->st_size;
  else
    {
      bytes.fd = -1;
      bytes.read = read_pipe;
      bytes.data = &pipe;
    }
  /* An empty file is an archive without members. */
  if (!S_ISREG (info->st_mode) || info->st_size > 0)
    imp_source_take (sink, &place, &bytes, IMP_REASON_NONE);
  *read_errno = bytes.read_errno != 0 ? bytes.read_errno : pipe.read_errno;
  imp_source_fd_clear (&pipe);
}

gboolean
imp_source_read_archive (const char *path, const ImpSourceRun *run, GError **error)
{
  g_autofree char *label = imp_source_label (path);
  int fd =
      strcmp (path, "-") == 0 ? dup (STDIN_FILENO) : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  struct stat info;
  int read_errno = 0;
  gboolean done;
  ImpSink sink;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }

  imp_sink_init (&sink, run);
  read_file (&sink, fd, &info, label, &read_errno);
  imp_sink_hand_on (&sink);
  close (fd);
  /* The medium went away, not the archive ended: a disc of the first half would deceive. */
  if (read_errno != 0 && sink.error == NULL)
    g_set_error (&sink.error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", path, g_strerror (read_errno));
  if (sink.error == NULL)
    imp_source_is_cancelled (run->cancellable, &sink.error);
  done = sink.error == NULL;
  if (!done)
    g_propagate_error (error, g_steal_pointer (&sink.error));
  imp_sink_clear (&sink);
  return done;
}
