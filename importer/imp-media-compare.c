/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-compare.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disc-file.h"
#include "imp-error.h"
#include "imp-media.h"

#define CHUNK_SECTORS 512
#define CHUNK_BYTES (CHUNK_SECTORS * IMP_SECTOR_BYTES)
#define ALIGNMENT 4096
#define SPANS_MAX 20           /* in a sentence */
/* A drive takes seconds for each sector that it gives up. With so many the medium is lost anyway. */
#define UNREADABLE_MAX 256

typedef struct
{
  int image;
  int written;
  guint64 size;
  guint8 *expected;
  guint8 *found;
  GChecksum *sum;
  ImpMediaRun *run;
  ImpMediaComparison *out;
} Compare;

void
imp_media_comparison_clear (ImpMediaComparison *self)
{
  g_clear_pointer (&self->spans, g_array_unref);
  g_clear_pointer (&self->sha256, g_free);
}

gboolean
imp_media_comparison_is_same (const ImpMediaComparison *self)
{
  return self->sha256 != NULL && self->n_different == 0 && self->n_unreadable == 0 &&
         self->n_compared == self->n_sectors;
}

char *
imp_media_comparison_spans_text (const ImpMediaComparison *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->spans->len && i < SPANS_MAX; i++)
    {
      const ImpMediaSpan *span = &g_array_index (self->spans, ImpMediaSpan, i);

      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? ", " : "", span->first);
      if (span->n > 1)
        g_string_append_printf (text, "-%" G_GUINT64_FORMAT, span->first + span->n - 1);
    }
  if (self->spans->len > SPANS_MAX)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

/* Past the cache: directly where the file system does that, or else after it was told to forget. */
static int
open_uncached (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_DIRECT);

  if (fd >= 0 || errno != EINVAL)
    return fd;
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return fd;
  fdatasync (fd);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  ioctl (fd, BLKFLSBUF, 0); /* only a block device understands it, and only from root */
  return fd;
}

/* One read; a second one behind a short one would not be aligned. */
static gssize
read_once (int fd, guint8 *out, gsize len, guint64 offset)
{
  gboolean is_direct = TRUE;

  while (TRUE)
    {
      gssize n = pread (fd, out, len, (off_t) offset);

      if (n >= 0 || (errno != EINTR && (errno != EINVAL || !is_direct)))
        return n;
      if (errno == EINVAL)
        {
          /* A medium whose blocks are larger than a sector. */
          is_direct = FALSE;
          fcntl (fd, F_SETFL, 0);
          posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
        }
    }
}

static void
add_bad (Compare *self, guint64 sector, gboolean is_unreadable)
{
  GArray *spans = self->out->spans;
  ImpMediaSpan *last = spans->len > 0 ? &g_array_index (spans, ImpMediaSpan, spans->len - 1) : NULL;
  ImpMediaSpan span = { sector, 1, is_unreadable };

  if (is_unreadable)
    self->out->n_unreadable++;
  else
    self->out->n_different++;
  if (last != NULL && last->first + last->n == sector && last->is_unreadable == is_unreadable)
    last->n++;
  else
    g_array_append_val (spans, span);
}

static void
compare_chunk (Compare *self, guint64 offset, gsize len)
{
  gsize aligned = (len + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES * IMP_SECTOR_BYTES;
  gssize n = read_once (self->written, self->found, aligned, offset);

  if (n >= (gssize) len && memcmp (self->found, self->expected, len) == 0)
    return;

  for (gsize at = 0; at < len && self->out->n_unreadable <= UNREADABLE_MAX; at += IMP_SECTOR_BYTES)
    {
      gsize sector_len = MIN (len - at, IMP_SECTOR_BYTES);

      /* Each by itself, since one that cannot be read spoils the whole read. */
      if (n < (gssize) len &&
          read_once (self->written, self->found + at, IMP_SECTOR_BYTES, offset + at) <
              (gssize) sector_len)
        add_bad (self, (offset + at) / IMP_SECTOR_BYTES, TRUE);
      else if (memcmp (self->found + at, self->expected + at, sector_len) != 0)
        add_bad (self, (offset + at) / IMP_SECTOR_BYTES, FALSE);
    }
}

static gboolean
compare_all (Compare *self, GError **error)
{
  for (guint64 offset = 0; offset < self->size; offset += CHUNK_BYTES)
    {
      gsize len = (gsize) MIN (CHUNK_BYTES, self->size - offset);

      if (imp_media_run_is_cancelled (self->run, error))
        return FALSE;
      if (!disc_file_read (self->image, self->expected, len, offset, error))
        return FALSE;
      g_checksum_update (self->sum, self->expected, (gssize) len);
      compare_chunk (self, offset, len);
      if (self->out->n_unreadable > UNREADABLE_MAX)
        return TRUE;
      self->out->n_compared += (len + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES;
      imp_media_run_tell (self->run, IMP_MEDIA_COMPARING, offset + len, self->size);
    }

  self->out->sha256 = g_strdup (g_checksum_get_string (self->sum));
  return TRUE;
}

static gboolean
open_both (Compare *self, const char *image, const char *written, GError **error)
{
  struct stat info;

  self->image = open (image, O_RDONLY | O_CLOEXEC);
  if (self->image < 0 || fstat (self->image, &info) != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_SOURCE, "%s: %s", image, g_strerror (errno));
      return FALSE;
    }
  self->size = (guint64) info.st_size;
  self->out->n_sectors = (self->size + IMP_SECTOR_BYTES - 1) / IMP_SECTOR_BYTES;
  posix_fadvise (self->image, 0, 0, POSIX_FADV_SEQUENTIAL);

  self->written = open_uncached (written);
  if (self->written >= 0)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_READ_BACK, "%s: %s", written, g_strerror (errno));
  return FALSE;
}

static gboolean
judge (const ImpMediaComparison *out, GError **error)
{
  g_autofree char *n_bad = NULL;
  g_autofree char *spans = NULL;

  if (imp_media_comparison_is_same (out))
    return TRUE;

  n_bad = g_strdup_printf ("%" G_GUINT64_FORMAT, out->n_different + out->n_unreadable);
  spans = imp_media_comparison_spans_text (out);
  if (out->n_compared < out->n_sectors)
    g_set_error (error, IMP_ERROR, IMP_ERROR_READ_BACK,
                 _("reading was given up after %s bad sectors: %s"), n_bad, spans);
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_READ_BACK, _("%s sectors differ: %s"), n_bad, spans);
  return FALSE;
}

gboolean
imp_media_compare (const char *image, const char *written, ImpMediaRun *run,
                   ImpMediaComparison *out, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Compare self = { .image = -1, .written = -1, .sum = sum, .run = run, .out = out };
  gboolean ok;

  *out = (ImpMediaComparison) { .spans = g_array_new (FALSE, FALSE, sizeof (ImpMediaSpan)) };
  self.expected = g_malloc (CHUNK_BYTES);
  self.found = g_aligned_alloc (1, CHUNK_BYTES, ALIGNMENT);
  ok = open_both (&self, image, written, error) && compare_all (&self, error);
  if (self.image >= 0)
    close (self.image);
  if (self.written >= 0)
    close (self.written);
  g_free (self.expected);
  g_aligned_free (self.found);
  return ok && judge (out, error);
}
