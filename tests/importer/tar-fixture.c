/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tar-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>

#include "imp-archive.h"

#define EMPTY_HASH 2166136261u

typedef struct
{
  const guint8 *bytes;
  gsize len;
  gsize pos;
  gsize piece;
  guint8 *block;
} Memory;

/* The block of before is overwritten, as one of a file is. */
static gssize
read_memory (gpointer data, const guint8 **block)
{
  Memory *self = data;
  gsize n = MIN (self->piece, self->len - self->pos);

  memcpy (self->block, self->bytes + self->pos, n);
  *block = self->block;
  self->pos += n;
  return (gssize) n;
}

static gint64
seek_memory (gpointer data, gint64 offset, int whence)
{
  Memory *self = data;
  gint64 base = whence == SEEK_SET ? 0 : (gint64) (whence == SEEK_CUR ? self->pos : self->len);

  if (offset < -base || offset > (gint64) self->len - base)
    return -1;
  self->pos = (gsize) (base + offset);
  return base + offset;
}

static guint32
hash (guint32 so_far, const guint8 *bytes, gsize len)
{
  for (gsize i = 0; i < len; i++)
    so_far = (so_far ^ bytes[i]) * 16777619u; /* FNV-1a */
  return so_far;
}

static void
tell_member (GString *told, struct archive_entry *entry)
{
  const char *name = archive_entry_pathname (entry);

  g_string_append_printf (told, "%s type %o time %" G_GINT64_FORMAT " size %" G_GINT64_FORMAT,
                          name != NULL ? name : "(none)", archive_entry_filetype (entry),
                          (gint64) archive_entry_mtime (entry),
                          (gint64) archive_entry_size (entry));
  if (archive_entry_symlink (entry) != NULL || archive_entry_hardlink (entry) != NULL)
    g_string_append (told, " link");
}

/* Not of files with holes, which may be larger than all memory. */
static gboolean
is_read (struct archive_entry *entry, guint n)
{
  return n % 3 != 0 && archive_entry_sparse_count (entry) == 0;
}

char *
tar_read_ours (const guint8 *bytes, gsize len, gsize piece, gboolean seeks)
{
  static const ImpArchiveLimits limits = { G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64,
                                           G_MAXINT64 };
  g_autofree guint8 *buffer = g_malloc (piece);
  Memory memory = { bytes, len, 0, piece, buffer };
  const ImpArchiveInput input = { read_memory, seeks ? seek_memory : NULL, &memory, len };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ImpArchive) archive = imp_archive_new (&input, &limits, cancellable);
  GString *told = g_string_new (NULL);
  struct archive_entry *entry;

  for (guint n = 1; imp_archive_next (archive, &entry) == IMP_ARCHIVE_GOT; n++)
    {
      guint32 sum = EMPTY_HASH;
      const guint8 *block;
      gsize n_bytes;

      tell_member (told, entry);
      if (is_read (entry, n))
        {
          while (imp_archive_read (archive, &block, &n_bytes) == IMP_ARCHIVE_GOT)
            sum = hash (sum, block, n_bytes);
          g_string_append_printf (told, " hash %08x", sum);
        }
      g_string_append_c (told, '\n');
    }
  g_string_append (told, imp_archive_reason (archive) == IMP_REASON_NONE ? "whole" : "broken");
  return g_string_free (told, FALSE);
}

/* Returns: FALSE when nothing more can be read. */
static gboolean
tell_content (GString *told, struct archive *reader)
{
  guint32 sum = EMPTY_HASH;
  const void *block;
  size_t len = 0;
  la_int64_t offset;
  int status;

  while ((status = archive_read_data_block (reader, &block, &len, &offset)) >= ARCHIVE_WARN &&
         status != ARCHIVE_EOF)
    sum = hash (sum, block, len);
  g_string_append_printf (told, " hash %08x", sum);
  return status == ARCHIVE_EOF || status == ARCHIVE_FAILED;
}

char *
tar_read_theirs (const guint8 *bytes, gsize len)
{
  struct archive *reader = archive_read_new ();
  GString *told = g_string_new (NULL);
  struct archive_entry *entry;
  gboolean is_good;
  guint n = 0;
  int status = ARCHIVE_OK;

  archive_read_support_format_tar (reader);
  archive_read_support_format_gnutar (reader);
  is_good = archive_read_open_memory (reader, bytes, len) == ARCHIVE_OK;
  while (is_good && (status = archive_read_next_header (reader, &entry)) != ARCHIVE_EOF)
    {
      if (status == ARCHIVE_RETRY)
        continue;
      is_good = status >= ARCHIVE_WARN;
      if (!is_good || archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      tell_member (told, entry);
      if (is_read (entry, ++n))
        is_good = tell_content (told, reader);
      g_string_append_c (told, '\n');
    }
  /* A tar that stops between two members. */
  is_good = is_good && archive_filter_bytes (reader, 0) != archive_read_header_position (reader);
  g_string_append (told, is_good ? "whole" : "broken");
  archive_read_free (reader);
  return g_string_free (told, FALSE);
}
