/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include "imp-limits.h"
#include "imp-tar.h"

#define ZERO_BYTES (64 * 1024)

struct _ImpArchive
{
  ImpTar *tar;            /* the plain members of a tar, then what of it is not yet given on */
  struct archive *reader; /* NULL before anything came that is not one of these */
  struct archive_entry *tar_entry; /* (nullable): of a plain member */
  gint64 reader_from;              /* where in the input libarchive's first byte stands */
  ImpArchiveInput input;
  const ImpArchiveLimits *limits;
  GCancellable *cancellable;
  guint64 n_taken; /* given to libarchive, or skipped by it; a place read twice counts twice */
  gint64 input_pos;
  gboolean input_ended;
  guint64 n_unpacked; /* given out, or declared where skipping unpacks too */
  guint64 n_members;
  ImpReason reason;
  ImpReason member_reason;
  gboolean failed_to_open;
  gboolean lacks_end;
  gboolean input_failed;

  /* Of the member at hand. */
  struct archive_entry *entry;
  guint64 pos;     /* bytes given out */
  guint64 n_holes; /* of them zeros for holes */
  guint64 hole_left;
  gboolean has_holes;
  gboolean ended;
  const guint8 *waiting; /* (nullable): block behind the hole at hand */
  gsize n_waiting;
};

const ImpArchiveLimits *
imp_archive_limits (guint level)
{
  static const ImpArchiveLimits file = { IMP_ARCHIVE_FREE_BYTES, IMP_ARCHIVE_MAX_RATIO, G_MAXINT64,
                                         IMP_ARCHIVE_MAX_MEMBERS, IMP_MAX_FILE_BYTES };
  static const ImpArchiveLimits nested = { IMP_ARCHIVE_FREE_BYTES, IMP_ARCHIVE_MAX_NESTED_RATIO,
                                           IMP_ARCHIVE_MAX_NESTED_BYTES,
                                           IMP_ARCHIVE_MAX_NESTED_MEMBERS, IMP_MAX_FILE_BYTES };

  return level <= 1 ? &file : &nested;
}

/* ---- ceilings ------------------------------------------------------------------------------- */

/* What came out behind all filters, which is more than was given out where members are skipped. */
static guint64
unpacked_bytes (const ImpArchive *self)
{
  gint64 behind = self->reader != NULL ? self->reader_from + archive_filter_bytes (self->reader, 0)
                                       : (gint64) self->n_taken;

  return MAX (self->n_unpacked, behind > 0 ? (guint64) behind : 0);
}

static guint64
packed_bytes (const ImpArchive *self)
{
  return self->input.size > 0 ? MIN (self->n_taken, self->input.size) : self->n_taken;
}

/* Returns: FALSE when there is a reason to stop, now or before. */
static gboolean
check_limits (ImpArchive *self)
{
  guint64 unpacked = unpacked_bytes (self);

  if (self->reason != IMP_REASON_NONE)
    return FALSE;
  if (unpacked > self->limits->bytes)
    self->reason = IMP_REASON_ARCHIVE_SIZE;
  else if (unpacked > self->limits->free_bytes &&
           unpacked / self->limits->ratio > packed_bytes (self))
    self->reason = IMP_REASON_ARCHIVE_RATIO;
  else if (self->n_members > self->limits->members)
    self->reason = IMP_REASON_ARCHIVE_MEMBERS;
  return self->reason == IMP_REASON_NONE;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

/* As the read of an input. Behind its end it is not asked again. */
static gssize
read_input (gpointer data, const guint8 **block)
{
  ImpArchive *self = data;
  gssize n;

  /* Skipping a member happens within libarchive: this is where it is looked after. */
  if (!check_limits (self) || g_cancellable_is_cancelled (self->cancellable))
    return -1;
  n = self->input_ended ? 0 : self->input.read (self->input.data, block);
  self->input_ended = n == 0;
  self->input_failed = n < 0;
  if (n > 0)
    {
      self->n_taken += (guint64) n;
      self->input_pos += n;
    }
  return n;
}

/* Returns: the new place in the input, or -1 */
static gint64
seek_input (ImpArchive *self, gint64 offset, int whence)
{
  gint64 place = self->input.seek (self->input.data, offset, whence);

  if (place < 0)
    return -1;
  /* Large members of a tar are skipped so, which counts on the other side too. */
  if (place > self->input_pos)
    self->n_taken += (guint64) (place - self->input_pos);
  self->input_pos = place;
  self->input_ended = FALSE;
  return place;
}

static gint64
skip_input (gpointer data, gint64 n)
{
  return seek_input (data, n, SEEK_CUR);
}

static la_ssize_t
read_block (struct archive *reader, void *data, const void **buffer)
{
  ImpArchive *self = data;
  const guint8 *block = NULL;
  gssize n = (gssize) imp_tar_rest (self->tar, &block);

  if (n == 0)
    n = read_input (self, &block);
  if (n < 0)
    archive_set_error (reader, self->input_failed ? EIO : ECANCELED, "%s",
                       self->input_failed ? "the medium could not be read" : "not read further");
  *buffer = block;
  return n;
}

static la_int64_t
seek_block (struct archive *reader, void *data, la_int64_t offset, int whence)
{
  ImpArchive *self = data;
  gint64 place;

  if (whence == SEEK_CUR)
    offset -= (la_int64_t) imp_tar_rest_bytes (self->tar);
  else if (whence == SEEK_SET)
    offset += self->reader_from;
  imp_tar_drop_rest (self->tar);
  place = seek_input (self, offset, whence);
  return place < 0 ? ARCHIVE_FATAL : place - self->reader_from;
}

/* All that libarchive reads, or, in the middle of a tar, only what goes on there. */
static void
support (ImpArchive *self)
{
  archive_read_support_format_tar (self->reader);
  archive_read_support_format_gnutar (self->reader);
  if (imp_tar_has_members (self->tar))
    return;
  archive_read_support_filter_all (self->reader);
  archive_read_support_format_empty (self->reader);
  archive_read_support_format_zip (self->reader);
  archive_read_support_format_7zip (self->reader);
  archive_read_support_format_iso9660 (self->reader);
  archive_read_support_format_raw (self->reader); /* one plain file */
}

/* From what is not a plain member of a tar on. */
static void
open_reader (ImpArchive *self)
{
  gboolean is_behind_members = imp_tar_has_members (self->tar);
  struct archive_entry *empty;

  self->reader_from = self->input_pos - (gint64) imp_tar_rest_bytes (self->tar) -
                      (is_behind_members ? IMP_TAR_BLOCK_BYTES : 0);
  self->reader = archive_read_new ();
  support (self);
  archive_read_set_callback_data (self->reader, self);
  archive_read_set_read_callback (self->reader, read_block);
  if (self->input.seek != NULL)
    archive_read_set_seek_callback (self->reader, seek_block);
  self->failed_to_open = archive_read_open1 (self->reader) != ARCHIVE_OK;
  if (is_behind_members && !self->failed_to_open)
    self->failed_to_open = archive_read_next_header (self->reader, &empty) != ARCHIVE_OK;
}

ImpArchive *
imp_archive_new (const ImpArchiveInput *input, const ImpArchiveLimits *limits,
                 GCancellable *cancellable)
{
  ImpArchive *self = g_new0 (ImpArchive, 1);
  const ImpTarInput plain = { read_input, input->seek != NULL ? skip_input : NULL, self };

  self->input = *input;
  self->limits = limits;
  self->cancellable = cancellable;
  self->tar = imp_tar_new (&plain);
  return self;
}

void
imp_archive_free (ImpArchive *self)
{
  imp_tar_free (self->tar);
  g_clear_pointer (&self->tar_entry, archive_entry_free);
  g_clear_pointer (&self->reader, archive_read_free);
  g_free (self);
}

/* ---- members -------------------------------------------------------------------------------- */

/* Before there is a reader, only plain members of a tar were met. */
static gboolean
format_is (const ImpArchive *self, int format)
{
  if (self->reader == NULL)
    return format == ARCHIVE_FORMAT_TAR;
  return (archive_format (self->reader) & ARCHIVE_FORMAT_BASE_MASK) == format;
}

static ImpArchiveStep
stop (ImpArchive *self)
{
  gboolean wants_seek = format_is (self, ARCHIVE_FORMAT_7ZIP) && self->input.seek == NULL;

  if (self->reason != IMP_REASON_NONE)
    return IMP_ARCHIVE_STOPPED;
  /* libarchive follows a stray pointer when that is asked of an archive that was not opened. */
  if (self->reader != NULL && !self->failed_to_open &&
      archive_read_has_encrypted_entries (self->reader) > 0)
    self->reason = IMP_REASON_ENCRYPTED;
  else
    self->reason = wants_seek ? IMP_REASON_ARCHIVE_KIND : IMP_REASON_ARCHIVE_DAMAGED;
  return IMP_ARCHIVE_STOPPED;
}

/* libarchive takes a tar that stops between two members for a whole one. */
static ImpArchiveStep
end (ImpArchive *self)
{
  if (!format_is (self, ARCHIVE_FORMAT_TAR) ||
      archive_filter_bytes (self->reader, 0) != archive_read_header_position (self->reader))
    return IMP_ARCHIVE_END;
  self->lacks_end = TRUE;
  return stop (self);
}

/* Looked at when the first member is there, as only then the format is known. */
static gboolean
check_packing (ImpArchive *self)
{
  /* One filter is libarchive's own: that which does nothing. */
  if (archive_filter_count (self->reader) > IMP_ARCHIVE_MAX_FILTERS + 1)
    self->reason = IMP_REASON_ARCHIVE_NESTED;
  else if (self->input.seek != NULL && archive_filter_count (self->reader) <= 1)
    return TRUE;
  /* Behind a filter, or from a pipe, neither can be read at any place. */
  else if (format_is (self, ARCHIVE_FORMAT_7ZIP) || format_is (self, ARCHIVE_FORMAT_ISO9660))
    self->reason = IMP_REASON_ARCHIVE_KIND;
  return self->reason == IMP_REASON_NONE;
}

static void
begin_member (ImpArchive *self, struct archive_entry *entry)
{
  self->entry = entry;
  self->pos = self->n_holes = self->hole_left = 0;
  self->ended = FALSE;
  self->waiting = NULL;
  self->n_waiting = 0;
  self->has_holes = archive_entry_sparse_count (entry) > 0;
  self->member_reason = IMP_REASON_NONE;
  self->n_members++;
  /* To skip a member of a 7z is to unpack it. */
  if (format_is (self, ARCHIVE_FORMAT_7ZIP) && archive_entry_size (entry) > 0)
    self->n_unpacked = MIN (self->n_unpacked, G_MAXINT64) + (guint64) archive_entry_size (entry);
}

static struct archive_entry *
entry_of_member (ImpArchive *self, const ImpTarMember *member)
{
  if (self->tar_entry == NULL)
    {
      self->tar_entry = archive_entry_new ();
      archive_entry_set_filetype (self->tar_entry, AE_IFREG);
    }
  archive_entry_copy_pathname (self->tar_entry, member->path);
  archive_entry_set_size (self->tar_entry, (la_int64_t) member->size);
  archive_entry_set_mtime (self->tar_entry, (time_t) member->mtime, 0);
  return self->tar_entry;
}

/* The plain members of a tar. Returns: %IMP_ARCHIVE_END where libarchive is to go on */
static ImpArchiveStep
next_plain (ImpArchive *self, struct archive_entry **entry)
{
  ImpTarMember member;

  while (check_limits (self) && !g_cancellable_is_cancelled (self->cancellable))
    {
      ImpTarStep step = imp_tar_next (self->tar, &member);

      if (step == IMP_TAR_OTHER)
        return IMP_ARCHIVE_END;
      if (step != IMP_TAR_GOT)
        break;
      *entry = entry_of_member (self, &member);
      begin_member (self, *entry);
      if (!member.is_folder && check_limits (self))
        return IMP_ARCHIVE_GOT;
    }
  return stop (self);
}

ImpArchiveStep
imp_archive_next (ImpArchive *self, struct archive_entry **entry)
{
  if (self->reader == NULL)
    {
      ImpArchiveStep step = next_plain (self, entry);

      if (step != IMP_ARCHIVE_END)
        return step;
      open_reader (self);
    }
  if (self->failed_to_open)
    return stop (self);

  while (check_limits (self) && !g_cancellable_is_cancelled (self->cancellable))
    {
      int status = archive_read_next_header (self->reader, entry);

      if (status == ARCHIVE_EOF)
        return end (self);
      if (status == ARCHIVE_RETRY)
        continue;
      if (status < ARCHIVE_WARN)
        break;
      begin_member (self, *entry);
      if (self->n_members == 1 && !check_packing (self))
        break;
      if (archive_entry_filetype (*entry) != AE_IFDIR && check_limits (self))
        return IMP_ARCHIVE_GOT;
    }
  return stop (self);
}

static ImpArchiveStep
skip (ImpArchive *self, ImpReason reason)
{
  self->member_reason = reason;
  return IMP_ARCHIVE_SKIPPED;
}

static ImpArchiveStep
give (ImpArchive *self, gsize len)
{
  self->pos += len;
  if (!format_is (self, ARCHIVE_FORMAT_7ZIP))
    self->n_unpacked += len;
  return check_limits (self) ? IMP_ARCHIVE_GOT : IMP_ARCHIVE_STOPPED;
}

static ImpArchiveStep
read_plain (ImpArchive *self, const guint8 **block, gsize *len)
{
  ImpTarStep step = g_cancellable_is_cancelled (self->cancellable)
                        ? IMP_TAR_STOPPED
                        : imp_tar_read (self->tar, block, len);

  if (step == IMP_TAR_GOT)
    return give (self, *len);
  return step == IMP_TAR_END ? IMP_ARCHIVE_END : stop (self);
}

/* The next block, or a hole before it, or the hole at the end. */
static ImpArchiveStep
fetch (ImpArchive *self)
{
  const void *block = NULL;
  size_t len = 0;
  la_int64_t offset = (la_int64_t) self->pos;
  int status;

  do
    {
      if (g_cancellable_is_cancelled (self->cancellable))
        return stop (self);
      status = archive_read_data_block (self->reader, &block, &len, &offset);
    }
  while (status == ARCHIVE_RETRY || (status >= ARCHIVE_WARN && status != ARCHIVE_EOF && len == 0));

  if (status == ARCHIVE_EOF)
    {
      self->ended = TRUE;
      len = 0;
      if (self->has_holes && archive_entry_size (self->entry) > (la_int64_t) self->pos)
        offset = archive_entry_size (self->entry);
      else
        offset = (la_int64_t) self->pos;
    }
  else if (status == ARCHIVE_FAILED)
    return skip (self, IMP_REASON_MEMBER_DAMAGED);
  else if (status < ARCHIVE_WARN)
    return stop (self);

  if (offset > (la_int64_t) self->pos)
    self->hole_left = (guint64) offset - self->pos;
  self->waiting = block;
  self->n_waiting = len;
  return IMP_ARCHIVE_GOT;
}

ImpArchiveStep
imp_archive_read (ImpArchive *self, const guint8 **block, gsize *len)
{
  static const guint8 zeros[ZERO_BYTES];

  if (self->reason != IMP_REASON_NONE)
    return IMP_ARCHIVE_STOPPED;
  if (self->reader == NULL)
    return read_plain (self, block, len);
  if (self->hole_left == 0 && self->n_waiting == 0)
    {
      ImpArchiveStep step = self->ended ? IMP_ARCHIVE_END : fetch (self);

      if (step != IMP_ARCHIVE_GOT)
        return step;
    }

  if (self->hole_left > 0)
    {
      *len = (gsize) MIN (self->hole_left, ZERO_BYTES);
      *block = zeros;
      self->hole_left -= *len;
      self->n_holes += *len;
      if (self->n_holes + self->hole_left > self->limits->hole_bytes)
        return skip (self, IMP_REASON_SPARSE);
      return give (self, *len);
    }
  if (self->n_waiting == 0)
    return IMP_ARCHIVE_END;
  *block = self->waiting;
  *len = self->n_waiting;
  self->n_waiting = 0;
  return give (self, *len);
}

gboolean
imp_archive_is_plain (const ImpArchive *self)
{
  return format_is (self, ARCHIVE_FORMAT_RAW);
}

gboolean
imp_archive_is_zip (const ImpArchive *self)
{
  return format_is (self, ARCHIVE_FORMAT_ZIP);
}

ImpReason
imp_archive_reason (const ImpArchive *self)
{
  return self->reason;
}

ImpReason
imp_archive_member_reason (const ImpArchive *self)
{
  return self->member_reason;
}

char *
imp_archive_detail (const ImpArchive *self)
{
  const char *words = self->reader != NULL ? archive_error_string (self->reader)
                      : self->input_failed ? "the medium could not be read"
                                           : imp_tar_words (self->tar);

  if (self->lacks_end)
    return g_strdup ("ends without its end mark");
  if (self->reason != IMP_REASON_ARCHIVE_DAMAGED)
    return g_strdup (imp_reason_sentence (self->reason));
  return g_utf8_make_valid (words != NULL ? words : "ends early", -1);
}
