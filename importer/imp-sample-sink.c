/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-error.h"
#include "imp-sample-sink.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TAR_BLOCK_BYTES (1024 * 1024)

struct _ImpSampleSink
{
  char *target;
  /* tree */
  int root_fd;
  GString *folder; /* the last one made */
  /* tar */
  struct archive *archive;
  struct archive_entry *entry;
  char *part; /* name until it is whole, or %NULL for standard output */
};

/* With errno as the call before left it. */
static gboolean
fail (GError **error, const char *what, const char *path)
{
  int reason = errno;

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (reason), "%s %s: %s", what, path,
               g_strerror (reason));
  return FALSE;
}

static gboolean
fail_tar (const ImpSampleSink *self, GError **error)
{
  const char *why = archive_error_string (self->archive);

  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (archive_errno (self->archive)),
               "cannot write %s: %s", self->target, why != NULL ? why : "");
  return FALSE;
}

static gboolean
open_tree (ImpSampleSink *self, GError **error)
{
  g_autoptr (GDir) dir = NULL;

  if (g_mkdir_with_parents (self->target, 0777) != 0)
    return fail (error, "cannot make", self->target);
  dir = g_dir_open (self->target, 0, error);
  if (dir == NULL)
    return FALSE;
  if (g_dir_read_name (dir) != NULL)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s is not empty", self->target);
      return FALSE;
    }
  self->root_fd = open (self->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  self->folder = g_string_new (NULL);
  return self->root_fd >= 0 || fail (error, "cannot open", self->target);
}

static gboolean
open_tar (ImpSampleSink *self, GError **error)
{
  gboolean is_stdout = g_str_equal (self->target, "-");

  if (is_stdout && isatty (STDOUT_FILENO))
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_USAGE,
                           "standard output is a terminal: pipe it or name a file");
      return FALSE;
    }
  if (!is_stdout && g_file_test (self->target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "%s exists already", self->target);
      return FALSE;
    }
  self->archive = archive_write_new ();
  self->entry = archive_entry_new ();
  archive_write_set_format_ustar (self->archive);
  archive_write_set_bytes_per_block (self->archive, TAR_BLOCK_BYTES);
  archive_write_set_bytes_in_last_block (self->archive, 1);
  if (!is_stdout)
    self->part = g_strconcat (self->target, ".part", NULL);
  if ((is_stdout ? archive_write_open_fd (self->archive, STDOUT_FILENO)
                 : archive_write_open_filename (self->archive, self->part)) != ARCHIVE_OK)
    return fail_tar (self, error);
  return TRUE;
}

ImpSampleSink *
imp_sample_sink_open (const char *target, GError **error)
{
  g_autoptr (ImpSampleSink) self = g_new0 (ImpSampleSink, 1);
  gboolean is_tar = g_str_equal (target, "-") || g_str_has_suffix (target, ".tar");

  self->target = g_strdup (target);
  self->root_fd = -1;
  if (!(is_tar ? open_tar (self, error) : open_tree (self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

/* Folders come in order, so that only those after the last common one are new. */
static gboolean
make_folder (ImpSampleSink *self, const char *path, gsize len)
{
  if (len == self->folder->len && memcmp (self->folder->str, path, len) == 0)
    return TRUE;
  g_string_truncate (self->folder, 0);
  g_string_append_len (self->folder, path, (gssize) len);
  if (mkdirat (self->root_fd, self->folder->str, 0777) == 0 || errno == EEXIST)
    return TRUE;
  for (gsize i = 1; i < len; i++)
    if (path[i] == '/')
      {
        self->folder->str[i] = '\0';
        if (mkdirat (self->root_fd, self->folder->str, 0777) != 0 && errno != EEXIST)
          return FALSE;
        self->folder->str[i] = '/';
      }
  return mkdirat (self->root_fd, self->folder->str, 0777) == 0 || errno == EEXIST;
}

static gboolean
write_whole (int fd, const char *bytes, gsize len)
{
  while (len > 0)
    {
      gssize n = write (fd, bytes, len);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          len -= (gsize) n;
        }
    }
  return TRUE;
}

static gboolean
write_to_tree (ImpSampleSink *self, const char *path, const char *bytes, gsize len, GError **error)
{
  const char *name = strrchr (path, '/');
  gboolean is_written;
  int fd;

  if (name != NULL && !make_folder (self, path, (gsize) (name - path)))
    return fail (error, "cannot make the folder of", path);
  fd = openat (self->root_fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail (error, "cannot write", path);
  is_written = write_whole (fd, bytes, len);
  if (close (fd) != 0 || !is_written)
    return fail (error, "cannot write", path);
  return TRUE;
}

static gboolean
write_to_tar (ImpSampleSink *self, const char *path, const char *bytes, gsize len, gint64 time,
              GError **error)
{
  archive_entry_clear (self->entry);
  archive_entry_copy_pathname (self->entry, path);
  archive_entry_set_filetype (self->entry, AE_IFREG);
  archive_entry_set_perm (self->entry, 0644);
  archive_entry_set_mtime (self->entry, (time_t) time, 0);
  archive_entry_set_size (self->entry, (la_int64_t) len);
  if (archive_write_header (self->archive, self->entry) != ARCHIVE_OK ||
      archive_write_data (self->archive, bytes, len) != (la_ssize_t) len)
    return fail_tar (self, error);
  return TRUE;
}

gboolean
imp_sample_sink_write (ImpSampleSink *self, const char *path, const char *bytes, gsize len,
                       gint64 time, GError **error)
{
  if (self->archive != NULL)
    return write_to_tar (self, path, bytes, len, time, error);
  return write_to_tree (self, path, bytes, len, error);
}

gboolean
imp_sample_sink_close (ImpSampleSink *self, GError **error)
{
  if (self->archive == NULL)
    return TRUE;
  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return fail_tar (self, error);
  if (self->part != NULL && g_rename (self->part, self->target) != 0)
    return fail (error, "cannot name", self->target);
  g_clear_pointer (&self->part, g_free);
  return TRUE;
}

void
imp_sample_sink_free (ImpSampleSink *self)
{
  if (self->archive != NULL)
    {
      archive_entry_free (self->entry);
      archive_write_free (self->archive);
    }
  if (self->part != NULL)
    g_unlink (self->part);
  if (self->root_fd >= 0)
    close (self->root_fd);
  if (self->folder != NULL)
    g_string_free (self->folder, TRUE);
  g_free (self->part);
  g_free (self->target);
  g_free (self);
}
