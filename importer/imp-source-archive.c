/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-limits.h"

#define BLOCK_BYTES (1024 * 1024)
#define BATCH_ENOUGH (32 * 1024)
#define BATCH_FULL (1024 * 1024)
#define POLL_MS 200

typedef struct
{
  const char *path;
  char *label;       /* in front of the member: "archive.tar.gz" */
  int fd;
  guint64 size;      /* 0: not known */
  guint64 n_taken;   /* bytes given to libarchive */
  guint8 *block;
  guint index;
  ImpQueue *queue;
  GCancellable *cancellable;
  ImpSourceProgress *progress;
  ImpSourceResult *result;
  struct archive *reader;
  ImpBatch *batch;
  int read_errno;    /* why the medium, not the archive, failed */
} Archive;

static void
hand_on (Archive *self)
{
  ImpBatch *batch = self->batch;

  if (batch->files->len == 0)
    return;
  self->batch = imp_batch_new (self->index);
  if (!imp_queue_push (self->queue, batch, imp_batch_cost (batch)))
    g_cancellable_cancel (self->cancellable);
}

/* A pipe may stay silent for long: look up now and then whether somebody wants to stop. */
static gboolean
wait_for_bytes (Archive *self)
{
  struct pollfd waiting = { .fd = self->fd, .events = POLLIN };

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      int n = poll (&waiting, 1, POLL_MS);

      if (n > 0 || (n < 0 && errno != EINTR))
        return TRUE;
    }
  return FALSE;
}

static la_ssize_t
read_block (struct archive *reader, void *data, const void **buffer)
{
  Archive *self = data;
  gssize n;

  *buffer = self->block;
  do
    {
      if (!wait_for_bytes (self))
        {
          archive_set_error (reader, ECANCELED, "interrupted");
          return -1;
        }
      n = read (self->fd, self->block, BLOCK_BYTES);
    }
  while (n < 0 && (errno == EINTR || errno == EAGAIN));

  if (n < 0)
    {
      self->read_errno = errno;
      archive_set_error (reader, errno, "%s", g_strerror (errno));
      return -1;
    }

  self->n_taken += (guint64) n;
  if (self->size > 0)
    g_atomic_int_set (&self->progress->done_permille,
                      (int) MIN (1000, self->n_taken * 1000 / self->size));
  return n;
}

static la_int64_t
seek_block (struct archive *reader, void *data, la_int64_t offset, int whence)
{
  Archive *self = data;
  off_t place = lseek (self->fd, (off_t) offset, whence);

  return place >= 0 ? (la_int64_t) place : ARCHIVE_FATAL;
}

static gboolean
open_archive (Archive *self, GError **error)
{
  struct stat info;
  struct archive *reader;

  self->fd = strcmp (self->path, "-") == 0 ? dup (STDIN_FILENO)
                                           : open (self->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", self->path, g_strerror (errno));
      return FALSE;
    }

  self->reader = reader = archive_read_new ();
  archive_read_support_filter_all (reader);
  archive_read_support_format_empty (reader);
  archive_read_support_format_tar (reader);
  archive_read_support_format_gnutar (reader);
  archive_read_support_format_zip (reader);
  archive_read_support_format_raw (reader); /* one plain file */
  archive_read_set_callback_data (reader, self);
  archive_read_set_read_callback (reader, read_block);
  if (S_ISREG (info.st_mode))
    {
      self->size = (guint64) info.st_size;
      archive_read_set_seek_callback (reader, seek_block);
    }

  if (archive_read_open1 (reader) != ARCHIVE_OK)
    {
      if (imp_source_is_cancelled (self->cancellable, error))
        return FALSE;
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", self->path,
                   archive_error_string (reader));
      return FALSE;
    }
  return TRUE;
}

/* ---- members -------------------------------------------------------------------------------- */

/* A name leads nowhere, as nothing is unpacked; but one that tries to is not a backup's. */
static gboolean
name_is_safe (const char *name)
{
  guint depth = 0;

  if (strlen (name) > IMP_MAX_PATH_BYTES)
    return FALSE;

  for (const char *part = name; part != NULL;)
    {
      const char *slash = strchr (part, '/');
      gsize len = slash != NULL ? (gsize) (slash - part) : strlen (part);

      if (++depth > IMP_MAX_DEPTH + 8 || (len == 2 && memcmp (part, "..", 2) == 0))
        return FALSE;
      part = slash != NULL ? slash + 1 : NULL;
    }
  return TRUE;
}

/* (transfer full): the member's name in UTF-8, without leading "./" and "/". */
static char *
member_name (struct archive_entry *entry)
{
  const char *raw = archive_entry_pathname (entry);
  char *shown;
  const char *start;

  if (raw == NULL)
    raw = archive_entry_pathname_utf8 (entry);
  if (raw == NULL)
    return g_strdup ("(no name)");

  shown = imp_source_display_path (raw);
  /* Some Windows programs write zip members with backslashes only. */
  if (strchr (shown, '/') == NULL)
    g_strdelimit (shown, "\\", '/');

  for (start = shown; g_str_has_prefix (start, "./") || *start == '/';)
    start += *start == '/' ? 1 : 2;
  memmove (shown, start, strlen (start) + 1);
  return shown;
}

/* (transfer full): a plain or merely compressed file has no member name: its own is taken. */
static char *
plain_name (Archive *self)
{
  static const char *const suffixes[] = { ".gz", ".xz", ".zst", ".bz2", ".lz4", ".Z", NULL };
  char *name = g_strdup (self->label);

  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      {
        name[strlen (name) - strlen (suffixes[i])] = '\0';
        break;
      }
  return name;
}

static ImpReason
reason_of_entry (struct archive_entry *entry, const char *name)
{
  if (!name_is_safe (name))
    return IMP_REASON_UNSAFE_NAME;
  if (archive_entry_hardlink (entry) != NULL)
    return IMP_REASON_HARD_LINK;
  if (archive_entry_symlink (entry) != NULL || archive_entry_filetype (entry) == AE_IFLNK)
    {
      const char *target = archive_entry_symlink (entry);

      return target != NULL && *target != '/' && name_is_safe (target) ? IMP_REASON_LINK_INSIDE
                                                                       : IMP_REASON_LINK_OUTSIDE;
    }
  if (archive_entry_filetype (entry) != AE_IFREG && archive_entry_filetype (entry) != 0)
    return IMP_REASON_SPECIAL;
  if (archive_entry_is_encrypted (entry) > 0)
    return IMP_REASON_ENCRYPTED;
  if (archive_entry_size_is_set (entry) && archive_entry_size (entry) > IMP_MAX_FILE_BYTES)
    return IMP_REASON_TOO_LARGE;
  return IMP_REASON_NONE;
}

/* Returns: FALSE when the archive cannot be read on. */
static gboolean
read_data (Archive *self, ImpFile *file)
{
  GByteArray *bytes = self->batch->bytes;
  gboolean is_wanted = imp_source_is_wanted (&file->name);

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      const void *block;
      size_t len;
      la_int64_t offset;
      int status = archive_read_data_block (self->reader, &block, &len, &offset);

      if (status == ARCHIVE_EOF)
        {
          if (!is_wanted && bytes->len > file->offset &&
              !imp_source_may_be_read (bytes->data + file->offset, bytes->len - file->offset))
            file->reason = IMP_REASON_NOT_MESSAGE;
          return TRUE;
        }
      if (status == ARCHIVE_RETRY)
        continue;
      if (status < ARCHIVE_WARN)
        {
          file->reason = IMP_REASON_IO_ERROR;
          return FALSE;
        }
      if (len > IMP_MAX_FILE_BYTES || bytes->len - file->offset + len > IMP_MAX_FILE_BYTES)
        {
          file->reason = IMP_REASON_TOO_LARGE;
          return TRUE;
        }
      g_byte_array_append (bytes, block, (guint) len);
      if (!is_wanted && bytes->len - file->offset >= IMP_SOURCE_PEEK_BYTES &&
          !imp_source_may_be_read (bytes->data + file->offset, bytes->len - file->offset))
        {
          file->reason = IMP_REASON_NOT_MESSAGE;
          return TRUE;
        }
    }

  file->reason = IMP_REASON_IO_ERROR;
  return FALSE;
}

/* Messages of one patient lie together in a tar made of a tree: cut batches between patients. */
static void
hand_on_between_patients (Archive *self, const ImpName *name)
{
  gsize cost = imp_batch_cost (self->batch);
  const ImpFile *last;

  if (cost < BATCH_ENOUGH)
    return;
  last = &g_array_index (self->batch->files, ImpFile, self->batch->files->len - 1);
  if (cost >= BATCH_FULL || strcmp (last->name.patient, name->patient) != 0)
    hand_on (self);
}

/* Returns: FALSE when the archive cannot be read on. */
static gboolean
read_member (Archive *self, struct archive_entry *entry)
{
  gboolean plain = archive_format (self->reader) == ARCHIVE_FORMAT_RAW;
  g_autofree char *name = plain ? plain_name (self) : member_name (entry);
  gboolean readable = TRUE;
  ImpReason reason;
  ImpName parsed;
  ImpFile *file;

  if (archive_entry_filetype (entry) == AE_IFDIR)
    return TRUE;

  imp_name_parse (name, &parsed);
  reason = reason_of_entry (entry, name);
  if (reason == IMP_REASON_NONE)
    reason = imp_source_classify (&parsed);

  hand_on_between_patients (self, &parsed);
  file = imp_batch_add (self->batch,
                        plain ? g_strdup (name) : g_strconcat (self->label, "!", name, NULL),
                        &parsed, reason);
  file->mtime = archive_entry_mtime_is_set (entry) ? (gint64) archive_entry_mtime (entry) : 0;
  file->size = archive_entry_size_is_set (entry) ? (guint64) archive_entry_size (entry) : 0;

  if (reason == IMP_REASON_NONE)
    readable = read_data (self, file);
  if (file->reason == IMP_REASON_NOT_MESSAGE)
    imp_source_note_head (file, self->batch->bytes->data + file->offset,
                          self->batch->bytes->len - file->offset);
  if (file->reason != IMP_REASON_NONE)
    g_byte_array_set_size (self->batch->bytes, (guint) file->offset);
  file->len = self->batch->bytes->len - file->offset;
  if (file->size == 0)
    file->size = file->len;
  return readable;
}

static void
note_damage (Archive *self)
{
  const char *words = archive_error_string (self->reader);

  self->result->damaged = TRUE;
  g_free (self->result->detail);
  self->result->detail = g_utf8_make_valid (words != NULL ? words : "ends early", -1);
}

/* libarchive takes a tar that stops between two members for a whole one. */
static gboolean
lacks_end_mark (Archive *self)
{
  return (archive_format (self->reader) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR &&
         archive_filter_bytes (self->reader, 0) == archive_read_header_position (self->reader);
}

static gboolean
read_members (Archive *self, GError **error)
{
  gboolean readable = TRUE;

  while (readable)
    {
      struct archive_entry *entry;
      int status = archive_read_next_header (self->reader, &entry);

      if (imp_source_is_cancelled (self->cancellable, error))
        return FALSE;
      if (status == ARCHIVE_EOF)
        {
          if (lacks_end_mark (self))
            {
              self->result->damaged = TRUE;
              self->result->detail = g_strdup ("ends without its end mark");
            }
          break;
        }
      if (status == ARCHIVE_RETRY)
        continue;
      if (status < ARCHIVE_WARN)
        readable = FALSE;
      else
        readable = read_member (self, entry);
      if (!readable)
        note_damage (self);
    }

  hand_on (self);
  if (imp_source_is_cancelled (self->cancellable, error))
    return FALSE;
  if (self->read_errno != 0)
    {
      /* The medium went away, not the archive ended: a disc of the first half would deceive. */
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", self->path,
                   g_strerror (self->read_errno));
      return FALSE;
    }
  return TRUE;
}

gboolean
imp_source_read_archive (const char *path, guint index, ImpQueue *queue, GCancellable *cancellable,
                         ImpSourceProgress *progress, ImpSourceResult *result, GError **error)
{
  Archive self = { .path = path, .fd = -1, .index = index, .queue = queue,
                   .cancellable = cancellable, .progress = progress, .result = result };
  gboolean done;

  self.label = imp_source_label (path);
  self.block = g_malloc (BLOCK_BYTES);
  self.batch = imp_batch_new (index);

  done = open_archive (&self, error) && read_members (&self, error);

  if (self.reader != NULL)
    archive_read_free (self.reader);
  if (self.fd >= 0)
    close (self.fd);
  imp_batch_free (self.batch);
  g_free (self.block);
  g_free (self.label);
  return done;
}
