/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-split.h"

#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>

#include <glib/gstdio.h>

#include "disc-container.h"
#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-manifest.h"
#include "disc-reader.h"
#include "disc-sqlite.h"
#include "disc-statement.h"

#define SECTOR_BYTES 2048
#define PROGRESS_ROWS 100
#define CACHE "PRAGMA main.cache_size = -8192"

/* Behind so many bytes of new pages the pack is told to catch up: fewer than it keeps resting, so that
 * in between no block is written twice. */
#define SETTLE_BYTES (16 * 1024 * 1024)

/* SQLite file format, section 1.6: bytes of a row on an overflow page; what a row takes beside its
 * values, and the largest row of which several go on one page here. */
#define OVERFLOW_BYTES (DISC_PAGE_SIZE - 4)
#define ROW_OVERHEAD 64
#define SMALL_ROW 4096

/* Of a volume beside messages and patients: `meta`, `volume` and the first page. */
#define SMALL_TABLES (8 * DISC_PAGE_SIZE)

/* The numbers in a manifest and a text for people may become longer than they are now. */
#define NUMBERS_TO_SPARE 64

/* One volume, written or being written. */
typedef struct
{
  guint number;
  DiscPack *pack;
  DiscVfs *layer;
  sqlite3 *db;              /* NULL: closed */
  DiscStatement *insert;
  DiscStatement *pictures;        /* of the message at hand */
  DiscStatement *insert_pictures;
  gint64 first_rid;
  gint64 last_rid;
  guint64 most_bytes;       /* files as far as settled */
  guint64 pending_bytes;    /* pages since then, at most */
  guint64 tail_bytes;       /* pages that come at the end, at most */
} Volume;

typedef struct
{
  const DiscSplitOptions *options;
  DiscFolder *folder;
  DiscPack *whole;
  DiscContainer *container; /* the same, for reading */
  DiscVfs *container_layer;
  GPtrArray *volumes;       /* (element-type Volume), by number */
  guint64 small_bytes;      /* what disc_pack_most_bytes() leaves out, at most */
  guint64 n_rows;
} Split;

static void
free_statements (Volume *volume)
{
  g_clear_pointer (&volume->insert, disc_statement_free);
  g_clear_pointer (&volume->pictures, disc_statement_free);
  g_clear_pointer (&volume->insert_pictures, disc_statement_free);
}

static void
close_database (Volume *volume)
{
  free_statements (volume);
  g_clear_pointer (&volume->db, sqlite3_close);
  g_clear_pointer (&volume->layer, disc_vfs_free);
}

static void
volume_free (gpointer data)
{
  Volume *volume = data;

  close_database (volume);
  g_clear_pointer (&volume->pack, disc_pack_free);
  g_free (volume);
}

static void
split_clear (Split *self)
{
  g_clear_pointer (&self->volumes, g_ptr_array_unref);
  g_clear_pointer (&self->container_layer, disc_vfs_free);
  g_clear_pointer (&self->container, disc_container_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Split, split_clear)

static guint64
full_sectors (guint64 bytes)
{
  return (bytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
}

guint64
disc_split_folder_bytes (const char *folder, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, &local);
  guint64 bytes = 0;
  const char *name;

  if (entries == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "%s", local->message);
      return 0;
    }
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf st;

      if (g_lstat (path, &st) == 0 && S_ISREG (st.st_mode))
        bytes += full_sectors ((guint64) st.st_size);
    }
  return MAX (bytes, 1);
}

/* ---- how much will come --------------------------------------------------------------------- */

/* Pages that a row of so many bytes takes at most, as bytes. Rows come in the order of their keys, so
 * that of a page no more stays free than a small row needs. */
static guint64
row_bytes (guint64 values)
{
  guint64 bytes = values + ROW_OVERHEAD;

  return bytes <= SMALL_ROW ? bytes * DISC_PAGE_SIZE / (DISC_PAGE_SIZE - SMALL_ROW - ROW_OVERHEAD) + 1
                            : (bytes / OVERFLOW_BYTES + 3) * DISC_PAGE_SIZE;
}

/* Adds the rows that the statement @name gives of patients @first to @last. */
static gboolean
add_row_bytes (Volume *volume, const char *name, guint32 first, guint32 last, guint64 *bytes,
               GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (volume->db, name, error);
  int rc;

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, first);
  sqlite3_bind_int64 (s, 2, last);
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      guint64 values = 0;

      for (int i = 0; i < sqlite3_column_count (s); i++)
        values += (guint64) sqlite3_column_bytes (s, i) + 9;
      *bytes += row_bytes (values);
    }
  return rc == SQLITE_DONE;
}

/* Of all patients from the one of the row before to that of @rid. */
static gboolean
patient_bytes (Volume *volume, gint64 rid, guint64 *bytes, GError **error)
{
  guint32 pno = DISC_PNO (rid), first = volume->first_rid != 0 ? DISC_PNO (volume->last_rid) + 1 : pno;

  *bytes = 0;
  return first > pno || (add_row_bytes (volume, "split-patients", first, pno, bytes, error) &&
                         add_row_bytes (volume, "split-patients-more", first, pno, bytes, error));
}

/* Of the pictures of message @rid. @data: (out): their bytes; @rows: (out): what is told of them at the
 * end */
static gboolean
picture_bytes (Volume *volume, gint64 rid, guint64 *data, guint64 *rows, GError **error)
{
  DiscStatement *s = volume->pictures;
  int rc;

  *data = *rows = 0;
  sqlite3_bind_int64 (s, 1, DISC_PICTURE_ID (rid, 0));
  sqlite3_bind_int64 (s, 2, DISC_PICTURE_ID (rid, DISC_PICTURES_MAX));
  while ((rc = disc_statement_step (s, error)) == SQLITE_ROW)
    {
      if (sqlite3_column_type (s, 0) != SQLITE_NULL)
        *data += row_bytes ((guint64) sqlite3_column_int64 (s, 0));
      *rows += row_bytes ((guint64) sqlite3_column_int64 (s, 1));
    }
  sqlite3_reset (s);
  return rc == SQLITE_DONE;
}

static guint64
most_bytes (const Split *self, const Volume *volume)
{
  /* Two files, each up to a full sector. */
  return disc_pack_most_bytes (volume->pack, volume->pending_bytes + volume->tail_bytes) +
         self->small_bytes + 2 * SECTOR_BYTES;
}

static gboolean
flush_database (Volume *volume, GError **error)
{
  int rc = sqlite3_db_cacheflush (volume->db);

  return rc == SQLITE_OK || rc == SQLITE_BUSY ||
         disc_sqlite_fail (volume->db, rc, "flush", error);
}

/* Afterwards what was written is known to the byte, but for the blocks that still grow. */
static gboolean
settle (Volume *volume, GError **error)
{
  if (!flush_database (volume, error) || !disc_pack_settle (volume->pack, error))
    return FALSE;

  volume->pending_bytes = 0;
  return TRUE;
}

/* Whether @bytes more of pages find room. */
static gboolean
has_room (const Split *self, Volume *volume, guint64 bytes, gboolean *has,
          GError **error)
{
  guint64 max = self->options->max_bytes;

  for (guint attempt = 0; attempt < 2; attempt++)
    {
      guint64 pending = volume->pending_bytes;

      volume->pending_bytes += bytes;
      *has = most_bytes (self, volume) <= max;
      volume->pending_bytes = pending;
      if (*has && pending < SETTLE_BYTES)
        return TRUE;
      if (attempt == 0 && !settle (volume, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- one volume ----------------------------------------------------------------------------- */

static char *
volume_path (const Split *self, guint number, const char *name)
{
  g_autofree char *relative = disc_folder_volume_name (number, name);

  return disc_folder_path (self->folder, relative);
}

static Volume *
begin_volume (Split *self, guint number, GError **error)
{
  const DiscSplitOptions *options = self->options;
  g_autofree char *path = volume_path (self, number, DISC_CONTAINER_FILE);
  Volume *volume;

  if (number > DISC_VOLUMES_MAX)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT, "more than %d volumes", DISC_VOLUMES_MAX);
      return NULL;
    }
  if (!disc_folder_make_volume (self->folder, number, error))
    return NULL;

  volume = g_new0 (Volume, 1);
  volume->number = number;
  volume->tail_bytes = SMALL_TABLES + 2 * row_bytes (self->small_bytes);
  g_ptr_array_add (self->volumes, volume);
  volume->pack = disc_pack_new_volume (path, self->whole, options->n_threads, options->level, error);
  if (volume->pack == NULL)
    return NULL;
  volume->layer = disc_vfs_new (&disc_pack_store, volume->pack);
  volume->db = disc_sqlite_create_on (volume->layer, error);
  if (volume->db == NULL || !disc_sqlite_exec (volume->db, CACHE, error) ||
      !disc_sqlite_attach_on (volume->db, self->container_layer, "whole", error) ||
      !disc_sqlite_exec (volume->db, "BEGIN", error))
    return NULL;
  return volume;
}

/* What comes from now on is wanted as soon as the volume is opened. */
static gboolean
begin_hot (Volume *volume, GError **error)
{
  return flush_database (volume, error) && disc_pack_begin_hot (volume->pack, error);
}

static gboolean
insert_run (sqlite3 *db, const Volume *run, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (db, "insert-volume", error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, run->number);
  sqlite3_bind_int64 (s, 2, run->first_rid);
  sqlite3_bind_int64 (s, 3, run->last_rid);
  return disc_statement_run (s, error);
}

static gboolean
end_volume (Volume *volume, GError **error)
{
  free_statements (volume);
  if (!disc_sqlite_exec (volume->db, "COMMIT", error) ||
      !disc_sqlite_exec (volume->db, "DETACH whole", error))
    return FALSE;

  close_database (volume);
  return disc_pack_finish_stream (volume->pack, error);
}

/* ---- the volumes from the second on --------------------------------------------------------- */

static gboolean
insert_patients (Volume *volume, GError **error)
{
  static const char *const names[] = { "split-insert-patients", "split-insert-patients-more" };
  g_autoptr (DiscStatement) meta = disc_statement_new (volume->db, "split-insert-meta", error);

  if (meta == NULL || !disc_statement_run (meta, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (DiscStatement) patients = disc_statement_new (volume->db, names[i], error);

      if (patients == NULL)
        return FALSE;
      sqlite3_bind_int64 (patients, 1, DISC_PNO (volume->first_rid));
      sqlite3_bind_int64 (patients, 2, DISC_PNO (volume->last_rid));
      if (!disc_statement_run (patients, error))
        return FALSE;
    }
  return TRUE;
}

/* What there is to know of the pictures stands on every volume that has some. */
static gboolean
insert_pictures (Volume *volume, GError **error)
{
  g_autoptr (DiscStatement) s = disc_statement_new (volume->db, "split-insert-pictures", error);

  if (s == NULL)
    return FALSE;
  sqlite3_bind_int64 (s, 1, DISC_PICTURE_ID (volume->first_rid, 0));
  sqlite3_bind_int64 (s, 2, DISC_PICTURE_ID (volume->last_rid, DISC_PICTURES_MAX));
  return disc_statement_run (s, error);
}

static gboolean
end_run (Volume *volume, GError **error)
{
  return begin_hot (volume, error) && insert_run (volume->db, volume, error) &&
         insert_patients (volume, error) && insert_pictures (volume, error) && end_volume (volume, error);
}

/* Nobody looks for a patient by his id here. The rows of patients come at the end, away from their
 * messages: so they can still be named when those are lost. */
static gboolean
prepare_run (Volume *volume, GError **error)
{
  if (!disc_sqlite_exec (volume->db, "DROP INDEX main.patient_by_id", error))
    return FALSE;
  volume->insert = disc_statement_new (volume->db, "split-insert-source", error);
  volume->pictures = disc_statement_new (volume->db, "split-picture-data", error);
  if (volume->insert == NULL || volume->pictures == NULL)
    return FALSE;
  volume->insert_pictures = disc_statement_new (volume->db, "split-insert-picture-data", error);
  return volume->insert_pictures != NULL;
}

/* Beside the source of their message. */
static gboolean
insert_picture_data (Volume *volume, gint64 rid, GError **error)
{
  sqlite3_bind_int64 (volume->insert_pictures, 1, DISC_PICTURE_ID (rid, 0));
  sqlite3_bind_int64 (volume->insert_pictures, 2, DISC_PICTURE_ID (rid, DISC_PICTURES_MAX));
  return disc_statement_run (volume->insert_pictures, error);
}

static gboolean
insert_source (Volume *volume, DiscStatement *row, GError **error)
{
  gint64 rid = sqlite3_column_int64 (row, 0);

  for (int i = 0; i < 4; i++)
    sqlite3_bind_value (volume->insert, i + 1, sqlite3_column_value (row, i));
  if (!disc_statement_run (volume->insert, error))
    return FALSE;

  if (volume->first_rid == 0)
    volume->first_rid = rid;
  volume->last_rid = rid;
  return TRUE;
}

/* Rows from @next on, until the volume is full. @next: (inout): 0 when none is left */
static gboolean
fill_volume (Split *self, Volume *volume, gint64 *next, GError **error)
{
  g_autoptr (DiscStatement) rows = disc_statement_new (volume->db, "split-sources", error);
  int rc;

  if (rows == NULL)
    return FALSE;

  sqlite3_bind_int64 (rows, 1, *next);
  while ((rc = disc_statement_step (rows, error)) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (rows, 0);
      guint64 values = (guint64) sqlite3_column_bytes (rows, 3);
      guint64 patient = 0, pictures = 0, picture_rows = 0;
      gboolean has = FALSE;

      if (!patient_bytes (volume, rid, &patient, error) ||
          !picture_bytes (volume, rid, &pictures, &picture_rows, error) ||
          !has_room (self, volume, row_bytes (values) + pictures + picture_rows + patient, &has, error))
        return FALSE;
      if (!has && volume->first_rid == 0)
        {
          g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT,
                       "message %" G_GINT64_FORMAT
                       ": its source and its pictures alone are larger than a volume", rid);
          return FALSE;
        }
      if (!has)
        {
          *next = rid;
          return TRUE;
        }
      if (++self->n_rows % PROGRESS_ROWS == 0 && self->options->progress != NULL &&
          !self->options->progress (volume->number, self->options->progress_data, error))
        return FALSE;
      if (!insert_source (volume, rows, error) ||
          (pictures > 0 && !insert_picture_data (volume, rid, error)))
        return FALSE;
      volume->pending_bytes += row_bytes (values) + pictures;
      volume->tail_bytes += patient + picture_rows;
    }

  *next = 0;
  return rc == SQLITE_DONE;
}

static gboolean
write_runs (Split *self, GError **error)
{
  gint64 next = 1;

  for (guint number = 2; next != 0; number++)
    {
      Volume *volume = begin_volume (self, number, error);

      if (volume == NULL || !prepare_run (volume, error) ||
          !fill_volume (self, volume, &next, error) || !end_run (volume, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the first one -------------------------------------------------------------------------- */

/* Whether it may still fit: found out before hours go into the others. */
static gboolean
check_first (Split *self, Volume *volume, GError **error)
{
  const DiscSplitOptions *options = self->options;

  if (options->too_large == NULL)
    return TRUE;
  return settle (volume, error) && (disc_pack_least_bytes (volume->pack) <= options->max_bytes ||
                                    options->too_large (most_bytes (self, volume),
                                                        options->progress_data, error));
}

/* All but where the others begin and end. */
static gboolean
begin_first (Split *self, GError **error)
{
  Volume *volume = begin_volume (self, 1, error);

  return volume != NULL &&
         (self->options->progress == NULL ||
          self->options->progress (1, self->options->progress_data, error)) &&
         disc_statement_run_script (volume->db, "split-core-search", error) &&
         begin_hot (volume, error) && disc_statement_run_script (volume->db, "split-core", error) &&
         check_first (self, volume, error);
}

static gboolean
end_first (Split *self, GError **error)
{
  Volume *volume = g_ptr_array_index (self->volumes, 0);

  for (guint i = 1; i < self->volumes->len; i++)
    if (!insert_run (volume->db, g_ptr_array_index (self->volumes, i), error))
      return FALSE;
  return end_volume (volume, error);
}

/* ---- all of them ---------------------------------------------------------------------------- */

static gboolean
seal (Split *self, Volume *volume, GError **error)
{
  const DiscSplitOptions *options = self->options;
  guint n = self->volumes->len;
  g_autofree char *manifest = disc_manifest_write (options->info, disc_pack_id (self->whole),
                                                   options->serial, volume->number, n,
                                                   options->n_patients, options->n_messages);
  g_autofree char *readme_ja = disc_manifest_readme_ja (options->info, options->serial,
                                                        volume->number, n);
  g_autofree char *readme_en = disc_manifest_readme_en (options->info, options->serial,
                                                        volume->number, n);
  g_autofree char *spare = volume_path (self, volume->number, DISC_SPARE_FILE);
  const struct
  {
    const char *name;
    const char *text;
  } files[] = { { DISC_MANIFEST_FILE, manifest },
                { DISC_README_JA_FILE, readme_ja },
                { DISC_README_EN_FILE, readme_en } };

  if (!disc_pack_seal (volume->pack, volume->number, n, (const guint8 *) manifest, strlen (manifest),
                       spare, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = disc_folder_volume_name (volume->number, files[i].name);

      if (!disc_folder_write (self->folder, name, files[i].text, error))
        return FALSE;
    }
  return TRUE;
}

/* The bound was one: this is the proof. */
static gboolean
check_size (Split *self, const Volume *volume, GError **error)
{
  g_autofree char *path = volume_path (self, volume->number, ".");
  guint64 bytes = disc_split_folder_bytes (path, error);

  if (bytes == 0)
    return FALSE;
  if (volume->number == 1 || bytes <= self->options->max_bytes)
    return TRUE;
  g_set_error (error, DISC_ERROR, DISC_ERROR_LIMIT,
               "volume %u became larger than it may be: %" G_GUINT64_FORMAT " bytes", volume->number,
               bytes);
  return FALSE;
}

/* With numbers as long as they can become. The manifest stands in the spare file once more. */
static guint64
measure_small_files (Split *self)
{
  const DiscSplitOptions *options = self->options;
  g_autofree char *manifest = disc_manifest_write (options->info, disc_pack_id (self->whole),
                                                   options->serial, 2, DISC_VOLUMES_MAX,
                                                   options->n_patients, options->n_messages);
  g_autofree char *readme_ja = disc_manifest_readme_ja (options->info, options->serial, 2,
                                                        DISC_VOLUMES_MAX);
  g_autofree char *readme_en = disc_manifest_readme_en (options->info, options->serial, 2,
                                                        DISC_VOLUMES_MAX);

  return 2 * full_sectors (strlen (manifest) + NUMBERS_TO_SPARE) +
         full_sectors (strlen (readme_ja) + NUMBERS_TO_SPARE) +
         full_sectors (strlen (readme_en) + NUMBERS_TO_SPARE);
}

static gboolean
open_whole (Split *self, GError **error)
{
  g_autofree char *path = disc_folder_path (self->folder, ".");
  const DiscUnlock unlock = { .data_key = disc_pack_data_key (self->whole) };

  self->container = disc_container_open (path, error);
  if (self->container == NULL || !disc_container_unlock (self->container, &unlock, error))
    return FALSE;
  self->container_layer = disc_vfs_new (&disc_container_store, self->container);
  return TRUE;
}

/* The volumes stand beside the whole disc until they are sealed, and together take as much. */
static gboolean
check_space (Split *self, GError **error)
{
  g_autofree char *path = disc_folder_path (self->folder, ".");
  struct statvfs st;

  if (statvfs (path, &st) != 0)
    return disc_file_fail (path, errno, error);
  return (guint64) st.f_bavail * st.f_frsize >= disc_pack_bytes (self->whole) ||
         disc_file_fail (path, ENOSPC, error);
}

gboolean
disc_split (DiscFolder *folder, DiscPack *whole, const DiscSplitOptions *options, guint *n_volumes,
            GError **error)
{
  g_auto (Split) self = { .options = options, .folder = folder, .whole = whole };

  self.volumes = g_ptr_array_new_with_free_func (volume_free);
  self.small_bytes = measure_small_files (&self);
  *n_volumes = 1;
  if (options->n_messages == 0)
    return TRUE;
  if (!check_space (&self, error) || !open_whole (&self, error) || !begin_first (&self, error) ||
      !write_runs (&self, error) || !end_first (&self, error))
    return FALSE;

  for (guint i = 0; i < self.volumes->len; i++)
    if (!seal (&self, g_ptr_array_index (self.volumes, i), error) ||
        !check_size (&self, g_ptr_array_index (self.volumes, i), error))
      return FALSE;
  *n_volumes = self.volumes->len;
  return TRUE;
}
