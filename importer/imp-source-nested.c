/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-nested.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-limits.h"
#include "imp-spool.h"

/* ---- in one go ------------------------------------------------------------------------------ */

/*
 * A zip read so is read without its directory, which stands at its end. What that would add:
 * whether a member is a symbolic link, and which members were deleted or replaced by a later one in
 * the same zip. Both versions of a replaced member come out here, and a link as the small file that
 * it is.
 */
typedef struct
{
  ImpSourceBytes *bytes;
  const guint8 *head;
  gsize head_len;
  ImpReason reason;
} Rest;

static gssize
read_rest (gpointer data, const guint8 **block)
{
  Rest *self = data;

  if (self->head_len > 0)
    {
      gssize n = (gssize) self->head_len;

      *block = self->head;
      self->head_len = 0;
      return n;
    }
  return self->bytes->read (self->bytes->data, block, &self->reason);
}

static void
walk_rest (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes, const guint8 *head,
           gsize head_len, ImpWalkEnd *end)
{
  Rest rest = { bytes, head, head_len, IMP_REASON_NONE };
  const ImpArchiveInput input = { read_rest, NULL, &rest, bytes->size };

  imp_source_walk (sink, place, &input, end);
}

/* ---- at any place --------------------------------------------------------------------------- */

static void
walk_fd (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes, gboolean may_seek,
         ImpWalkEnd *end)
{
  ImpSourceFd reader;
  const ImpArchiveInput input = { imp_source_fd_read, may_seek ? imp_source_fd_seek : NULL, &reader,
                                  bytes->size };

  imp_source_fd_init (&reader, bytes->fd, MAX (bytes->size, 1), sink->run);
  reader.tells_progress = place->is_source;
  lseek (bytes->fd, 0, SEEK_SET);
  imp_source_walk (sink, place, &input, end);
  if (reader.read_errno != 0)
    {
      bytes->read_errno = reader.read_errno;
      end->reason = imp_source_reason_for_errno (reader.read_errno);
    }
  imp_source_fd_clear (&reader);
}

typedef struct
{
  ImpSpool *spool;
  guint64 pos;
  guint8 *block;
} Laid;

static gssize
read_laid (gpointer data, const guint8 **block)
{
  Laid *self = data;
  gssize n = imp_spool_read (self->spool, self->pos, self->block, IMP_SPOOL_CHUNK_BYTES, NULL);

  *block = self->block;
  self->pos += n > 0 ? (guint64) n : 0;
  return n;
}

static gint64
seek_laid (gpointer data, gint64 offset, int whence)
{
  Laid *self = data;
  guint64 size = imp_spool_size (self->spool);
  guint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->pos : size;

  /* Neither before the begin nor far behind the end. */
  if (offset < 0 ? base < (guint64) - (offset + 1) + 1 : (guint64) offset > G_MAXINT64 - base)
    return -1;
  self->pos = base + (guint64) offset;
  return (gint64) self->pos;
}

static gboolean
lay (ImpSink *sink, ImpSourceBytes *bytes, const guint8 *head, gsize head_len, ImpSpool *spool,
     ImpReason *reason)
{
  g_autoptr (GError) error = NULL;
  const guint8 *block = head;
  gssize n = (gssize) head_len;

  while (n > 0 && imp_spool_append (spool, block, (gsize) n, &error))
    n = bytes->read (bytes->data, &block, reason);
  if (error == NULL)
    return n == 0;
  *reason = IMP_REASON_TOO_LARGE;
  if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_LIMIT) && sink->error == NULL)
    sink->error = g_steal_pointer (&error);
  return FALSE;
}

static void
walk_laid (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes, const guint8 *head,
           gsize head_len, ImpWalkEnd *end)
{
  g_autoptr (ImpSpool) spool = imp_spool_new (sink->run->scratch, IMP_MAX_SPOOL_BYTES);
  Laid laid = { spool, 0, NULL };
  ImpArchiveInput input = { read_laid, seek_laid, &laid, 0 };

  *end = (ImpWalkEnd){ .reason = IMP_REASON_IO_ERROR };
  if (!lay (sink, bytes, head, head_len, spool, &end->reason))
    return;
  input.size = imp_spool_size (spool);
  laid.block = g_malloc (IMP_SPOOL_CHUNK_BYTES);
  imp_source_walk (sink, place, &input, end);
  g_free (laid.block);
}

/* ---- what is said of it --------------------------------------------------------------------- */

static void
fail_source (ImpSink *sink, const char *label, const char *why)
{
  if (sink->error == NULL)
    g_set_error (&sink->error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", label, why);
}

/* The operator can do something about what he named; nobody is at a hand about what lies deep in
 * it. */
static void
tell_of_source (ImpSink *sink, const ImpSourcePlace *place, const ImpWalkEnd *end)
{
  ImpSourceResult *result = sink->run->result;

  if (end->n_members == 0 &&
      (end->reason == IMP_REASON_ENCRYPTED || end->reason == IMP_REASON_ARCHIVE_KIND))
    {
      fail_source (sink, place->path, imp_reason_sentence (end->reason));
      return;
    }
  result->damaged = TRUE;
  g_free (result->detail);
  result->detail = g_strdup (end->detail != NULL ? end->detail : imp_reason_sentence (end->reason));
}

static guint64
read_le (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* From where the directory begins to the end of the file; 0 where no such thing is said at that
 * place. */
static guint64
directory_bytes (const guint8 *bytes, gsize len, guint64 size)
{
  guint64 begin = size;

  /* PKWARE APPNOTE 4.3.14: zip64 end of central directory record; 4.3.16: the one of before */
  if (len >= 56 && memcmp (bytes, "PK\6\6", 4) == 0)
    begin = read_le (bytes + 48, 8);
  else if (len >= 22 && memcmp (bytes, "PK\5\6", 4) == 0 && read_le (bytes + 16, 4) != G_MAXUINT32)
    begin = read_le (bytes + 16, 4);
  return begin < size ? size - begin : 0;
}

/* libarchive holds the directory of a zip in memory, several bytes for each of it. One larger than
 * any that is read so, or that any of several ends claims to be, is left alone. */
static gboolean
has_huge_directory (int fd, guint64 size)
{
  gsize len = (gsize) MIN (size, 64 * 1024 + 256); /* a comment of 64 KiB may stand behind */
  g_autofree guint8 *tail = g_malloc (len);
  gssize n = pread (fd, tail, len, (off_t) (size - len));

  for (gssize at = 0; at < n; at++)
    if (tail[at] == 'P' &&
        directory_bytes (tail + at, (gsize) (n - at), size) > IMP_ARCHIVE_MAX_DIRECTORY_BYTES)
      return TRUE;
  return FALSE;
}

void
imp_source_take_archive (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes,
                         ImpArchiveKind kind, const guint8 *head, gsize head_len)
{
  g_auto (ImpWalkEnd) end = { 0 };

  if (bytes->fd >= 0)
    walk_fd (sink, place, bytes,
             kind != IMP_ARCHIVE_ZIP || !has_huge_directory (bytes->fd, bytes->size), &end);
  else if (!imp_archive_kind_needs_seek (kind))
    walk_rest (sink, place, bytes, head, head_len, &end);
  else if (place->is_source)
    fail_source (
        sink, place->path,
        _ ("a 7z archive or an ISO image cannot be read from a pipe: name the file itself"));
  else
    walk_laid (sink, place, bytes, head, head_len, &end);

  if (end.reason == IMP_REASON_NONE || imp_sink_is_stopped (sink))
    return;
  if (place->is_source)
    tell_of_source (sink, place, &end);
  else
    imp_source_refuse (sink, place, bytes->size, end.reason);
}
