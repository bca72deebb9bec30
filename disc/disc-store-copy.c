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

#define RUN 64                            /* units read in one go: 2 MB */
#define SYNC_BYTES (64 * 1024 * 1024)     /* written before the disk has to follow */
#define SMALL_MAX_BYTES (64 * 1024)       /* texts for people */

/* The container of a sealed disc, on its way. */
typedef struct
{
  DiscStoreCopy *copy;
  DiscContainer *disc;
  const DiscHeader *header;
  DiscContainer *other;      /* (nullable): another copy of the same disc */
  GBytes *manifest;          /* as it was signed */
  int fd;                    /* of the new container */
  guint64 end;               /* of what an interrupted copy left */
  guint64 unsynced_bytes;
  GArray *bad;               /* (element-type guint64): places that the disc does not give */
  GHashTable *lost;          /* (element-type guint64): of these, beyond repair */
  guint8 *buffer;            /* RUN units */
} Sealed;

static void
sealed_clear (Sealed *self)
{
  g_clear_pointer (&self->other, disc_container_unref);
  g_clear_pointer (&self->manifest, g_bytes_unref);
  g_clear_pointer (&self->bad, g_array_unref);
  g_clear_pointer (&self->lost, g_hash_table_unref);
  g_free (self->buffer);
  if (self->fd >= 0)
    close (self->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static const GByteArray *
sums_of (const Sealed *self)
{
  return disc_units_sums (disc_container_units (self->disc));
}

/* ---- units ---------------------------------------------------------------------------------- */

/* The units of the new container as they are on the disk by now. */
static DiscUnits *
units_of_copy (const Sealed *self)
{
  int fd = fcntl (self->fd, F_DUPFD_CLOEXEC, 0);

  return disc_units_new (fd, self->header, g_byte_array_ref ((GByteArray *) sums_of (self)));
}

static gboolean
put (Sealed *self, guint64 offset, gconstpointer data, gsize len, GError **error)
{
  if (!disc_file_write (self->fd, data, len, offset, error))
    return FALSE;

  self->unsynced_bytes += len;
  if (self->unsynced_bytes < SYNC_BYTES)
    return TRUE;
  self->unsynced_bytes = 0;
  return fdatasync (self->fd) == 0 || disc_file_fail (DISC_CONTAINER_FILE, errno, error);
}

/* From another copy of this disc: the sums are the same, so that nothing false can come of it. */
static gboolean
ask_other (Sealed *self, guint64 place, guint8 *out)
{
  gboolean intact = FALSE;

  if (self->other != NULL)
    disc_units_fetch (disc_container_units (self->other), place, 1, out, &intact);
  return intact;
}

/* What does not fit its sum is taken over as it stands too, where there is nothing better: it may
 * tell later what became of it. */
static gboolean
copy_from_disc (Sealed *self, guint64 place, guint n, guint8 *out, GError **error)
{
  g_autofree guint8 *better = g_malloc (DISC_UNIT_BYTES);
  gboolean intact[RUN];

  disc_units_fetch (disc_container_units (self->disc), place, n, out, intact);
  for (guint i = 0; i < n; i++)
    {
      guint64 at = place + i;

      if (intact[i])
        continue;
      if (ask_other (self, at, better))
        {
          memcpy (out + (gsize) i * DISC_UNIT_BYTES, better, DISC_UNIT_BYTES);
          self->copy->outcome->n_repaired++;
        }
      else
        {
          g_array_append_val (self->bad, at);
        }
    }

  return put (self, disc_units_place_offset (place), out, (gsize) n * DISC_UNIT_BYTES, error);
}

static gboolean
copy_run (Sealed *self, DiscUnits *there, guint64 place, guint n, GError **error)
{
  gboolean intact[RUN] = { FALSE };

  if (disc_units_place_offset (place) < self->end)
    disc_units_fetch (there, place, n, self->buffer, intact);

  for (guint i = 0, next; i < n; i = next)
    {
      for (next = i + 1; next < n && intact[next] == intact[i]; next++)
        ;
      if (intact[i])
        self->copy->outcome->n_resumed += next - i;
      else if (!copy_from_disc (self, place + i, next - i,
                                self->buffer + (gsize) i * DISC_UNIT_BYTES, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
copy_units (Sealed *self, GError **error)
{
  g_autoptr (DiscUnits) there = units_of_copy (self);
  guint64 n_units = disc_units_n (there);

  self->copy->outcome->n_units = n_units;
  for (guint64 place = 0; place < n_units; place += RUN)
    {
      guint n = (guint) MIN (RUN, n_units - place);

      if (!copy_run (self, there, place, n, error) ||
          !disc_store_tell (self->copy, DISC_STORE_COPYING, (place + n) * DISC_UNIT_BYTES,
                            n_units * DISC_UNIT_BYTES, error))
        return FALSE;
      disc_store_step (self->copy, "units");
    }

  return TRUE;
}

/* ---- repair --------------------------------------------------------------------------------- */

static gboolean
fail_lost (Sealed *self, gboolean altered, GError **error)
{
  g_autofree char *path = g_build_filename (self->copy->source, DISC_CONTAINER_FILE, NULL);
  GStatBuf st;
  int code = DISC_ERROR_CORRUPT;

  if (altered)
    code = DISC_ERROR_ALTERED;
  else if (g_stat (path, &st) == 0 && (guint64) st.st_size < self->header->file_bytes)
    code = DISC_ERROR_TRUNCATED;

  g_set_error (error, DISC_ERROR, code,
               "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " units are lost beyond repair",
               self->copy->outcome->n_lost, self->copy->outcome->n_units);
  return FALSE;
}

/* A disc that was pulled out looks like a very bad one. */
static gboolean
check_still_there (Sealed *self, GError **error)
{
  static const char *const names[] = { DISC_CONTAINER_FILE, DISC_SPARE_FILE };
  g_autoptr (DiscContainer) again = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->copy->source, names[i], NULL);

      disc_store_forget (path, NULL);
    }
  again = disc_container_open (self->copy->source, NULL);
  if (again != NULL && memcmp (disc_container_head (again), disc_container_head (self->disc),
                               DISC_HEAD_BYTES) == 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO, "the disc can no longer be read");
  return FALSE;
}

/* On the copy, not on the disc: a drive that seeks in scratches takes minutes for it. */
static gboolean
repair (Sealed *self, GError **error)
{
  DiscStoreOutcome *outcome = self->copy->outcome;
  g_autoptr (DiscUnits) units = units_of_copy (self);
  gboolean altered = FALSE;

  for (guint i = 0; i < self->bad->len; i++)
    {
      guint64 place = g_array_index (self->bad, guint64, i);
      DiscUnitState state = disc_units_repair (units, place, self->buffer);

      if (state == DISC_UNIT_REPAIRABLE)
        {
          outcome->n_repaired++;
          if (!put (self, disc_units_place_offset (place), self->buffer, DISC_UNIT_BYTES, error))
            return FALSE;
        }
      else if (state != DISC_UNIT_INTACT)
        {
          outcome->n_lost++;
          altered = altered || state == DISC_UNIT_ALTERED;
          g_hash_table_add (self->lost, g_memdup2 (&place, sizeof place));
        }
    }

  if (outcome->n_lost == 0)
    return TRUE;
  if (fsync (self->fd) != 0)
    return disc_file_fail (DISC_CONTAINER_FILE, errno, error);
  return check_still_there (self, error) &&
         ((self->copy->options->accept_damaged && !altered) || fail_lost (self, altered, error));
}

/* ---- the rest ------------------------------------------------------------------------------- */

static gboolean
put_head_and_sums (Sealed *self, GError **error)
{
  const GByteArray *sums = sums_of (self);

  if (!put (self, 0, disc_container_head (self->disc), DISC_HEAD_BYTES, error) ||
      !put (self, disc_layout_sums_offset (self->header->stream_bytes), sums->data, sums->len,
            error))
    return FALSE;
  return (ftruncate (self->fd, (off_t) self->header->file_bytes) == 0 && fsync (self->fd) == 0) ||
         disc_file_fail (DISC_CONTAINER_FILE, errno, error);
}

/* A file that is not the right one is written again as a whole. */
static gboolean
put_file (Sealed *self, const char *name, gconstpointer bytes, gsize len, GError **error)
{
  g_autofree char *path = g_build_filename (self->copy->target, name, NULL);
  g_autofree char *was = NULL;
  gsize was_len = 0;
  gboolean ok;
  int fd;

  if (g_file_get_contents (path, &was, &was_len, NULL) && was_len == len &&
      memcmp (was, bytes, len) == 0)
    return disc_file_sync (path, error);

  fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return disc_file_fail (name, errno, error);
  ok = disc_file_write (fd, bytes, len, 0, error) &&
       (fsync (fd) == 0 || disc_file_fail (name, errno, error));
  close (fd);
  return ok;
}

/* A sealed piece of the stream behind the sums of the spare file; that of the disc has it too. */
static void
append_region (Sealed *self, DiscUnits *units, const DiscRegion *region, GByteArray *spare)
{
  g_autofree char *path = g_build_filename (self->copy->source, DISC_SPARE_FILE, NULL);
  gsize len = (gsize) region->stored;
  guint8 *out;
  int fd;

  g_byte_array_set_size (spare, spare->len + (guint) len);
  out = spare->data + spare->len - len;
  memset (out, 0, len);
  if (len == 0 || disc_units_read (units, region->offset, out, len, NULL))
    return;

  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    return;
  disc_file_read (fd, out, len, spare->len - len, NULL);
  close (fd);
}

/* (transfer full): made of the container, and so whole whatever became of the one on the disc. */
static GByteArray *
make_spare (Sealed *self)
{
  const GByteArray *sums = sums_of (self);
  g_autoptr (DiscUnits) units = units_of_copy (self);
  GByteArray *spare = g_byte_array_new ();

  g_byte_array_append (spare, disc_container_head (self->disc), DISC_HEAD_BYTES);
  g_byte_array_append (spare, sums->data, sums->len);
  append_region (self, units, &self->header->dictionary, spare);
  append_region (self, units, &self->header->table, spare);
  g_byte_array_append (spare, g_bytes_get_data (self->manifest, NULL),
                       (guint) g_bytes_get_size (self->manifest));
  return spare;
}

/* The texts for people are not signed: one that cannot be read does not stop anybody. The manifest
 * is the signed one, also where the disc gives only its copy. */
static gboolean
put_small_files (Sealed *self, GError **error)
{
  static const char *const names[] = { DISC_README_JA_FILE, DISC_README_EN_FILE };

  if (!put_file (self, DISC_MANIFEST_FILE, g_bytes_get_data (self->manifest, NULL),
                 g_bytes_get_size (self->manifest), error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->copy->source, names[i], NULL);
      g_autofree char *text = NULL;
      GStatBuf st;
      gsize len;

      if (g_stat (path, &st) != 0 || st.st_size > SMALL_MAX_BYTES ||
          !g_file_get_contents (path, &text, &len, NULL))
        continue;
      if (!put_file (self, names[i], text, len, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_spare (Sealed *self, const GByteArray *spare, GError **error)
{
  g_autofree char *path = g_build_filename (self->copy->target, DISC_SPARE_FILE, NULL);
  g_autofree char *is = NULL;
  gsize len = 0;

  if (!disc_store_forget (path, error))
    return FALSE;
  if (g_file_get_contents (path, &is, &len, NULL) && len == spare->len &&
      memcmp (is, spare->data, len) == 0)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_IO,
                       "the disk of the store gives back another spare file");
  return FALSE;
}

static gboolean
verify (Sealed *self, const GByteArray *spare, GError **error)
{
  g_autofree char *above = g_path_get_dirname (self->copy->target);
  guint64 n_bad = 0;

  if (!disc_store_count_bad (self->copy, self->copy->target, DISC_STORE_VERIFYING,
                             disc_container_head (self->disc), self->lost, &n_bad, error) ||
      !check_spare (self, spare, error))
    return FALSE;
  if (n_bad > 0)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO,
                   "the disk of the store gives back %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                   " units not as they were written",
                   n_bad, self->copy->outcome->n_units);
      return FALSE;
    }

  return disc_file_sync (self->copy->target, error) && disc_file_sync (above, error);
}

static gboolean
open_target (Sealed *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->copy->target, DISC_CONTAINER_FILE, NULL);

  self->fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (self->fd < 0)
    return disc_file_fail (path, errno, error);

  self->end = (guint64) MAX (lseek (self->fd, 0, SEEK_END), 0);
  if (self->copy->other != NULL)
    self->other = disc_container_open (self->copy->other, NULL);
  if (self->other != NULL && memcmp (disc_container_head (self->other),
                                     disc_container_head (self->disc), DISC_HEAD_BYTES) != 0)
    g_clear_pointer (&self->other, disc_container_unref);
  return TRUE;
}

gboolean
disc_store_copy_sealed (DiscStoreCopy *copy, DiscContainer *disc, GError **error)
{
  g_auto (Sealed) self = { .copy = copy, .disc = disc, .fd = -1 };
  g_autoptr (GByteArray) spare = NULL;

  self.header = disc_container_header (disc);
  self.bad = g_array_new (FALSE, FALSE, sizeof (guint64));
  self.lost = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self.buffer = g_malloc (RUN * (gsize) DISC_UNIT_BYTES);
  self.manifest =
      disc_container_read_manifest (disc, copy->source, &copy->outcome->manifest_repaired, error);
  if (self.manifest == NULL || !open_target (&self, error) || !copy_units (&self, error) ||
      !repair (&self, error))
    return FALSE;
  disc_store_step (copy, "repaired");

  if (!put_head_and_sums (&self, error))
    return FALSE;
  disc_store_step (copy, "container");
  spare = make_spare (&self);
  if (!put_file (&self, DISC_SPARE_FILE, spare->data, spare->len, error))
    return FALSE;
  disc_store_step (copy, "spare");
  if (!put_small_files (&self, error))
    return FALSE;
  disc_store_step (copy, "written");
  return verify (&self, spare, error);
}
