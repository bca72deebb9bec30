/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-source-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "imp-archive-kind.h"
#include "imp-error.h"
#include "imp-limits.h"
#include "imp-source-nested.h"
#include "imp-spool.h"

/* One file being taken; its bytes gather at the end of the batch. */
typedef struct
{
  ImpSink *sink;
  const ImpSourcePlace *place;
  ImpSourceBytes *bytes;
  ImpName name;
  gsize offset;   /* of its bytes in the batch */
  gboolean ended; /* all of them are there */
} Take;

static const guint8 *
have (const Take *self, gsize *len)
{
  const GByteArray *bytes = self->sink->batch->bytes;

  *len = bytes->len - self->offset;
  return *len > 0 ? bytes->data + self->offset : (const guint8 *) "";
}

static ImpFile *
file_of (const Take *self)
{
  GArray *files = self->sink->batch->files;

  return &g_array_index (files, ImpFile, files->len - 1);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

/* A file of known size comes in one piece; one that grows meanwhile in more. */
static ImpReason
fill_from_fd (Take *self, gsize upto)
{
  GByteArray *bytes = self->sink->batch->bytes;
  gsize filled = bytes->len;
  guint64 got = filled - self->offset;
  guint64 expected = self->bytes->size >= got ? self->bytes->size + 1 - got : 4096;
  gsize room = (gsize) MIN (upto - got, expected);
  gssize n;

  g_byte_array_set_size (bytes, (guint) (filled + room));
  do
    n = read (self->bytes->fd, bytes->data + filled, room);
  while (n < 0 && errno == EINTR);
  g_byte_array_set_size (bytes, (guint) (filled + (n > 0 ? (gsize) n : 0)));
  self->ended = n == 0;
  if (n >= 0)
    return IMP_REASON_NONE;
  self->bytes->read_errno = errno;
  return imp_source_reason_for_errno (errno);
}

static ImpReason
fill_from_read (Take *self)
{
  ImpReason reason = IMP_REASON_IO_ERROR;
  const guint8 *block;
  gssize n = self->bytes->read (self->bytes->data, &block, &reason);

  if (n < 0)
    return reason;
  self->ended = n == 0;
  if (n > 0)
    g_byte_array_append (self->sink->batch->bytes, block, (guint) n);
  return IMP_REASON_NONE;
}

/* Until so many bytes are there, or all. */
static ImpReason
fill (Take *self, gsize upto)
{
  ImpReason reason = IMP_REASON_NONE;

  while (reason == IMP_REASON_NONE && !self->ended &&
         self->sink->batch->bytes->len - self->offset < upto)
    reason = self->bytes->fd >= 0 ? fill_from_fd (self, upto) : fill_from_read (self);
  return reason;
}

/* The end of a member that cannot be read to its end is told when what is there has been read.
 * Returns: (transfer full) (nullable) */
static ImpStream *
lay_aside (Take *self, ImpReason *reason)
{
  ImpSink *sink = self->sink;
  g_autoptr (ImpSpool) spool = imp_spool_new (sink->run->scratch, IMP_MAX_SPOOL_BYTES);
  g_autoptr (GError) error = NULL;
  const guint8 *block;
  gsize len;
  gssize n = 0;
  ImpReason broken = IMP_REASON_NONE;

  block = have (self, &len);
  for (gboolean going = imp_spool_append (spool, block, len, &error); going && !self->ended;)
    {
      n = self->bytes->read (self->bytes->data, &block, &broken);
      self->ended = n == 0;
      going = n > 0 && imp_spool_append (spool, block, (gsize) n, &error);
    }

  if (error == NULL && (n == 0 || broken == IMP_REASON_IO_ERROR))
    {
      if (n < 0)
        imp_spool_set_broken (spool);
      if (self->bytes->size == 0)
        file_of (self)->size = imp_spool_size (spool);
      return imp_spool_stream (g_steal_pointer (&spool));
    }
  *reason = error == NULL ? broken : IMP_REASON_TOO_LARGE;
  if (error != NULL && !g_error_matches (error, IMP_ERROR, IMP_ERROR_LIMIT) && sink->error == NULL)
    sink->error = g_steal_pointer (&error);
  return NULL;
}

/* (transfer full) (nullable): the whole file as it lies there; its bytes leave the batch. */
static ImpStream *
make_stream (Take *self, ImpReason *reason)
{
  ImpStream *stream = NULL;

  if (self->bytes->fd < 0)
    stream = lay_aside (self, reason);
  else
    {
      int again = fcntl (self->bytes->fd, F_DUPFD_CLOEXEC, 3);

      if (again < 0 || lseek (again, 0, SEEK_SET) != 0)
        *reason = IMP_REASON_IO_ERROR;
      else
        stream = imp_stream_from_fd (again);
      if (stream == NULL && again >= 0)
        close (again);
    }
  g_byte_array_set_size (self->sink->batch->bytes, (guint) self->offset);
  return stream;
}

static ImpReason
give_stream (Take *self, ImpStream *stream)
{
  imp_batch_set_stream (self->sink->batch, file_of (self), stream);
  return IMP_REASON_NONE;
}

/* ---- gzip of one file ----------------------------------------------------------------------- */

static gssize
read_borrowed (gpointer data, guint8 *buffer, gsize size, GError **error)
{
  return imp_stream_read (data, buffer, size, error);
}

static gboolean
rewind_borrowed (gpointer data, GError **error)
{
  return imp_stream_rewind (data, error);
}

/* Returns: whether all of it is in the batch now. */
static gboolean
unpack (Take *self, ImpStream *packed, ImpReason *reason)
{
  g_autoptr (ImpStream) stream =
      imp_stream_gunzip (imp_stream_new (read_borrowed, rewind_borrowed, packed, NULL));
  GByteArray *bytes = self->sink->batch->bytes;
  g_autofree guint8 *block = g_malloc (IMP_ARCHIVE_HEAD_BYTES);
  gssize n;

  while ((n = imp_stream_read (stream, block, IMP_ARCHIVE_HEAD_BYTES, NULL)) > 0)
    {
      if (bytes->len - self->offset + (gsize) n > IMP_MAX_FILE_BYTES)
        break;
      g_byte_array_append (bytes, block, (guint) n);
    }
  *reason = n == 0 ? IMP_REASON_NONE : n > 0 ? IMP_REASON_TOO_LARGE : IMP_REASON_MEMBER_DAMAGED;
  if (n != 0)
    g_byte_array_set_size (bytes, (guint) self->offset);
  return n == 0;
}

/* What reads FHIR unpacks by itself, and tells what is odd about the packing; XML may be a document
 * of others, which is read at once. */
static ImpReason
take_gzip (Take *self, const guint8 *inner, gsize inner_len)
{
  ImpReason reason = IMP_REASON_NONE;
  g_autoptr (ImpStream) packed = NULL;

  if (inner_len > 0 && !imp_source_is_wanted (&self->name) &&
      !imp_source_may_be_read (inner, inner_len))
    return IMP_REASON_NOT_MESSAGE;
  packed = make_stream (self, &reason);
  if (packed == NULL)
    return reason;
  if (imp_source_may_be_json (inner, inner_len))
    return give_stream (self, g_steal_pointer (&packed));
  if (unpack (self, packed, &reason) || !imp_source_may_be_fhir (inner, inner_len))
    return reason;
  if (!imp_stream_rewind (packed, NULL))
    return IMP_REASON_IO_ERROR;
  return give_stream (self, g_steal_pointer (&packed));
}

/* ---- archives ------------------------------------------------------------------------------- */

/* Other archives become members; a compressed one may turn out to be one file. */
static void
walk_nested (Take *self, ImpArchiveKind kind)
{
  gsize len;
  const guint8 *bytes = have (self, &len);
  g_autofree guint8 *head = g_memdup2 (bytes, len);
  ImpBatch *batch = self->sink->batch;

  /* It is no file but many: its own place in the batch is theirs. */
  g_byte_array_set_size (batch->bytes, (guint) self->offset);
  g_array_set_size (batch->files, batch->files->len - 1);
  imp_source_take_archive (self->sink, self->place, self->bytes, kind, head, len);
}

static gboolean
is_beyond_levels (const Take *self, ImpArchiveKind kind)
{
  gboolean may_be_plain = kind == IMP_ARCHIVE_GZIP || kind == IMP_ARCHIVE_PACKED;

  return self->place->level >= IMP_ARCHIVE_MAX_LEVELS + (may_be_plain ? 1 : 0);
}

/* Returns: whether the file was taken as an archive, and is not in the batch any more. */
static gboolean
take_as_archive (Take *self, ImpArchiveKind kind, ImpReason *reason)
{
  g_autofree guint8 *inner = NULL;
  const guint8 *head;
  gsize len, inner_len;

  if (kind == IMP_ARCHIVE_DOCUMENT)
    *reason = IMP_REASON_NOT_MESSAGE;
  else if (kind == IMP_ARCHIVE_OTHER)
    *reason = IMP_REASON_ARCHIVE_KIND;
  else if (is_beyond_levels (self, kind))
    *reason = IMP_REASON_ARCHIVE_NESTED;
  if (*reason != IMP_REASON_NONE)
    return FALSE;

  if (kind == IMP_ARCHIVE_GZIP)
    {
      head = have (self, &len);
      inner = g_malloc (IMP_ARCHIVE_HEAD_BYTES);
      inner_len = imp_archive_gunzip_head (head, len, inner, IMP_ARCHIVE_HEAD_BYTES);
      if (imp_archive_kind (inner, inner_len) == IMP_ARCHIVE_NONE)
        {
          *reason = take_gzip (self, inner, inner_len);
          return FALSE;
        }
    }
  walk_nested (self, kind);
  return TRUE;
}

/* ---- files ---------------------------------------------------------------------------------- */

/* By its first bytes. A file of the extended storage is a document, whatever its bytes are. */
static ImpReason
find_kind (Take *self, ImpArchiveKind *kind)
{
  const guint8 *head;
  gsize len;
  ImpReason reason;

  *kind = IMP_ARCHIVE_NONE;
  if (self->name.class == IMP_NAME_EXTENDED)
    return IMP_REASON_NONE;
  head = have (self, &len);
  /* A message may hold what marks an archive further behind. */
  if (imp_source_may_be_read (head, len) && !imp_archive_tar_sum_is_right (head, len))
    return IMP_REASON_NONE;
  *kind = imp_archive_kind (head, len);
  if (*kind == IMP_ARCHIVE_NONE &&
      (imp_source_is_wanted (&self->name) || imp_source_may_be_read (head, len)))
    return IMP_REASON_NONE;
  /* Image of a disc, names in a zip, what a gzip holds: further behind. */
  reason = fill (self, IMP_ARCHIVE_HEAD_BYTES);
  head = have (self, &len);
  *kind = imp_archive_kind (head, len);
  /* What is there of an archive that is cut short says enough. */
  return *kind != IMP_ARCHIVE_NONE ? IMP_REASON_NONE : reason;
}

static ImpReason
take_large (Take *self)
{
  ImpReason reason = IMP_REASON_TOO_LARGE;
  ImpStream *stream;
  const guint8 *head;
  gsize len;

  head = have (self, &len);
  if (self->name.class == IMP_NAME_EXTENDED || !imp_source_may_be_fhir (head, len))
    return reason;
  stream = make_stream (self, &reason);
  return stream != NULL ? give_stream (self, stream) : reason;
}

/* What its first bytes say of a file that begins as nothing that is read; as many as are there. */
static void
note_head (Take *self)
{
  gsize len;
  const guint8 *head = have (self, &len);

  imp_source_note_head (file_of (self), head, len);
}

/* Returns: why it is not read; what it is not any more in the batch: *is_gone. */
static ImpReason
take_bytes (Take *self, gboolean *is_gone)
{
  gboolean is_large = self->bytes->size > IMP_MAX_FILE_BYTES;
  gboolean is_wanted = imp_source_is_wanted (&self->name);
  ImpArchiveKind kind;
  const guint8 *head;
  gsize len;
  ImpReason reason;

  /* A film among the messages is not read to the end to find out that it is one. */
  reason = fill (self, is_wanted && !is_large ? IMP_MAX_FILE_BYTES + 1 : IMP_ARCHIVE_MARK_BYTES);
  if (reason == IMP_REASON_NONE)
    reason = find_kind (self, &kind);
  if (reason != IMP_REASON_NONE)
    return reason;
  if (kind != IMP_ARCHIVE_NONE)
    {
      *is_gone = take_as_archive (self, kind, &reason);
      return reason;
    }

  head = have (self, &len);
  if (len > 0 && !is_wanted && !imp_source_may_be_read (head, len))
    return IMP_REASON_NOT_MESSAGE;
  if (is_large)
    return take_large (self);
  reason = fill (self, IMP_MAX_FILE_BYTES + 1);
  have (self, &len);
  return reason == IMP_REASON_NONE && len > IMP_MAX_FILE_BYTES ? take_large (self) : reason;
}

void
imp_source_take (ImpSink *sink, const ImpSourcePlace *place, ImpSourceBytes *bytes,
                 ImpReason reason)
{
  Take self = { .sink = sink, .place = place, .bytes = bytes };
  gboolean is_gone = FALSE;
  ImpFile *file;

  if (place->name != NULL)
    self.name = *place->name;
  else
    imp_name_parse (place->name_path, &self.name);
  if (reason == IMP_REASON_NONE && !place->is_source)
    reason = imp_source_classify (&self.name);

  imp_sink_hand_on_between (sink, &self.name);
  file = imp_batch_add (sink->batch, g_strdup (place->path), &self.name, reason);
  file->mtime = place->mtime;
  file->size = bytes->size;
  self.offset = file->offset;
  if (reason == IMP_REASON_NONE)
    reason = take_bytes (&self, &is_gone);
  if (is_gone)
    return;

  file = file_of (&self);
  file->reason = reason;
  if (reason == IMP_REASON_NOT_MESSAGE)
    note_head (&self);
  if (reason != IMP_REASON_NONE)
    g_byte_array_set_size (sink->batch->bytes, (guint) self.offset);
  file->len = sink->batch->bytes->len - self.offset;
  if (file->size == 0)
    file->size = file->len;
}
