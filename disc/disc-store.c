/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <sodium.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"
#include "disc-manifest.h"
#include "disc-reader.h"

#define SPACE_TO_SPARE (1024 * 1024) /* folders, small files, rounding */

/* What is to be loaded. */
typedef struct
{
  char *folder;               /* DISC_FOLDER */
  DiscContainer *container;   /* NULL: not sealed */
  char *id;
  char *as_of;
  guint volume;               /* 1: the disc, or what is to be loaded first of it */
  char *key;                  /* name of the copy under way */
  guint64 bytes;
} Source;

static void
source_clear (Source *source)
{
  g_free (source->folder);
  g_clear_pointer (&source->container, disc_container_unref);
  g_free (source->id);
  g_free (source->as_of);
  g_free (source->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Source, source_clear)

static void
copy_clear (DiscStoreCopy *copy)
{
  g_free (copy->source);
  g_free (copy->target);
  g_free (copy->other);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DiscStoreCopy, copy_clear)

void
disc_store_outcome_clear (DiscStoreOutcome *outcome)
{
  g_clear_pointer (&outcome->generation, disc_generation_free);
  g_clear_pointer (&outcome->newer_as_of, g_free);
  g_clear_pointer (&outcome->removed, g_ptr_array_unref);
  g_clear_error (&outcome->remove_error);
}

/* ---- what is to be loaded ------------------------------------------------------------------- */

static gboolean
take_manifest (Source *source, GError **error)
{
  const DiscHeader *header = disc_container_header (source->container);
  g_autoptr (DiscManifest) manifest = NULL;
  char id[2 * DISC_ID_BYTES + 1];

  if (!disc_container_check_manifest (source->container, source->folder, NULL, error))
    return FALSE;
  manifest = disc_container_load_manifest (source->container, source->folder, NULL, error);
  if (manifest == NULL)
    return FALSE;

  sodium_bin2hex (id, sizeof id, header->id, sizeof header->id);
  if (g_strcmp0 (manifest->id, id) != 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_FOREIGN,
                           "the manifest is that of another disc");
      return FALSE;
    }
  source->id = g_strdup (id);
  source->as_of = g_strdup (manifest->as_of);
  return TRUE;
}

static gboolean
look_at_sealed (Source *source, const DiscStoreOptions *options, GError **error)
{
  const DiscHeader *header;

  source->container = disc_container_open (source->folder, error);
  if (source->container == NULL ||
      (options->trust != NULL &&
       !disc_container_check_signer (source->container, options->trust, error)) ||
      !take_manifest (source, error))
    return FALSE;

  header = disc_container_header (source->container);
  source->volume = header->volume;
  source->key = header->volume > 1 ? g_strdup_printf ("%s." DISC_VOLUME_PREFIX "%u", source->id,
                                                      header->volume)
                                   : g_strdup (source->id);

  /* The container, and of it head, sums, dictionary and table once more. */
  source->bytes = header->file_bytes + DISC_HEAD_BYTES +
                  (header->file_bytes - disc_layout_sums_offset (header->stream_bytes)) +
                  header->dictionary.stored + header->table.stored;
  return TRUE;
}

static gboolean
look_at_unsealed (Source *source, const char *disc, const DiscStoreOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (source->folder, DISC_RECORDS_FILE, NULL);
  g_autoptr (DiscReader) reader = disc_reader_open (disc, error);
  const DiscInfo *info;
  GStatBuf st;

  if (reader == NULL)
    return FALSE;
  if (!options->accept_unsealed)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_SIGNER,
                           "the disc is neither encrypted nor signed");
      return FALSE;
    }

  info = disc_reader_get_info (reader);
  if (!disc_store_is_id (info->id) || g_stat (path, &st) != 0)
    {
      g_set_error_literal (error, DISC_ERROR, DISC_ERROR_CORRUPT, "the disc has no id");
      return FALSE;
    }
  source->id = g_strdup (info->id);
  source->key = g_strdup (info->id);
  source->volume = 1;
  source->as_of = g_strdup (info->as_of);
  source->bytes = (guint64) st.st_size;
  return TRUE;
}

/* ---- the store ------------------------------------------------------------------------------ */

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *above = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (path, 0777) != 0)
    return disc_file_fail (path, errno, error);
  disc_file_sync (above, NULL); /* it may not be ours to read */
  return TRUE;
}

static gboolean
make_folders (const char *store, GError **error)
{
  g_autofree char *generations = g_build_filename (store, DISC_STORE_GENERATIONS, NULL);
  g_autofree char *incoming = g_build_filename (store, DISC_STORE_INCOMING, NULL);

  return make_folder (store, error) && make_folder (generations, error) &&
         make_folder (incoming, error);
}

/* The lock ends with the process, however that ends. Returns: a descriptor, or -1 */
static int
take_lock (const char *store, GError **error)
{
  g_autofree char *path = g_build_filename (store, DISC_STORE_LOCK, NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      disc_file_fail (path, errno, error);
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;

  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, DISC_ERROR, DISC_ERROR_BUSY,
                         "another load into this store is under way");
  else
    disc_file_fail (path, errno, error);
  close (fd);
  return -1;
}

static guint64
bytes_there (const char *folder)
{
  static const char *const names[] = { DISC_CONTAINER_FILE, DISC_SPARE_FILE, DISC_RECORDS_FILE };
  guint64 bytes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      GStatBuf st;

      if (g_stat (path, &st) == 0)
        bytes += (guint64) st.st_blocks * 512;
    }

  return bytes;
}

static gboolean
has_space (const char *store, guint64 needed, guint64 *free_bytes)
{
  struct statvfs st;

  if (statvfs (store, &st) != 0)
    return TRUE;
  *free_bytes = (guint64) st.f_bavail * st.f_frsize;
  return *free_bytes >= needed;
}

/* Copies of other discs that were interrupted may go for it, generations may not. */
static gboolean
check_space (const char *store, const Source *source, const char *target, GError **error)
{
  guint64 there = bytes_there (target);
  guint64 needed = (source->bytes > there ? source->bytes - there : 0) + SPACE_TO_SPARE;
  guint64 free_bytes = 0;

  if (has_space (store, needed, &free_bytes))
    return TRUE;
  if (!disc_store_remove_incoming (store, source->key, error))
    return FALSE;
  if (has_space (store, needed, &free_bytes))
    return TRUE;

  g_set_error (error, DISC_ERROR, DISC_ERROR_NO_SPACE,
               "%" G_GUINT64_FORMAT " MB are needed in the store, %" G_GUINT64_FORMAT " MB are free",
               needed / 1000000 + 1, free_bytes / 1000000);
  return FALSE;
}

/* ---- loading -------------------------------------------------------------------------------- */

/* (transfer full) (nullable): the generation made of that disc, the best where there are two. */
static DiscGeneration *
find_generation (const char *store, const DiscStoreOptions *options, const char *id, GError **error)
{
  g_autoptr (GPtrArray) all = disc_store_list (store, options->trust, error);
  gint found = -1;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (all, i);

      if (strcmp (generation->id, id) == 0 &&
          (found < 0 || (generation->fault == NULL && !generation->is_damaged)))
        found = (gint) i;
    }

  return found >= 0 ? g_ptr_array_steal_index (all, (guint) found) : NULL;
}

/* Whether every unit of a generation is as it was when it came: the disc it came from is at hand
 * now, and may not be later. */
static gboolean
is_intact (DiscStoreCopy *copy, const Source *source, const DiscGeneration *generation,
           gboolean *intact, GError **error)
{
  g_autofree char *folder = g_build_filename (generation->path, DISC_FOLDER, NULL);
  g_autoptr (GError) local = NULL;
  guint64 n_bad = 0;

  *intact = generation->fault == NULL && !generation->is_damaged;
  if (!*intact || source->container == NULL)
    return TRUE;

  *intact = disc_store_count_bad (copy, folder, DISC_STORE_COMPARING,
                                  disc_container_head (source->container), NULL, &n_bad, &local) &&
            n_bad == 0;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
copy_into (DiscStoreCopy *copy, const Source *source, const char *store, const char *incoming,
           GError **error)
{
  if (!check_space (store, source, copy->target, error))
    return FALSE;
  disc_store_step (copy, "space");
  if (g_mkdir_with_parents (copy->target, source->container != NULL ? 0777 : 0700) != 0)
    return disc_file_fail (copy->target, errno, error);
  disc_store_step (copy, "folder");

  if (!(source->container != NULL ? disc_store_copy_sealed (copy, source->container, error)
                                  : disc_store_copy_plain (copy, error)) ||
      !disc_file_sync (incoming, error))
    return FALSE;
  disc_store_step (copy, "verified");
  return TRUE;
}

static gboolean
exchange (const char *from, const char *to)
{
  return renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0;
}

/* The switch: before it everything is as it was, after it the new one is there, whole. One of that name
 * which is not whole changes places with it. */
static gboolean
put_in_place (DiscStoreCopy *copy, const char *store, const char *from, const char *to,
              GError **error)
{
  g_autofree char *above = g_path_get_dirname (to);
  g_autofree char *incoming = g_build_filename (store, DISC_STORE_INCOMING, NULL);

  if (!exchange (from, to))
    {
      /* A file system that cannot exchange: the copy under way stays complete in between. */
      if (g_file_test (to, G_FILE_TEST_EXISTS) && !disc_store_move_out (store, to, error))
        return FALSE;
      if (g_rename (from, to) != 0)
        return disc_file_fail (to, errno, error);
    }
  disc_store_step (copy, "switched");

  return disc_file_sync (above, error) && disc_file_sync (incoming, error);
}

/* Volumes of a copy of the same disc that is on its way out come over. What cannot be moved is lost with
 * it, and is still on its medium. */
static void
take_over_volumes (const char *from, const char *to)
{
  for (guint number = 2; number <= DISC_VOLUMES_MAX; number++)
    for (guint damaged = 0; damaged < 2; damaged++)
      {
        g_autofree char *name = disc_store_volume_name (number, damaged != 0);
        g_autofree char *source = g_build_filename (from, name, NULL);
        g_autofree char *target = g_build_filename (to, name, NULL);

        if (g_file_test (source, G_FILE_TEST_EXISTS) && !g_file_test (target, G_FILE_TEST_EXISTS))
          g_rename (source, target);
      }
}

/* What has to be said about the place of a generation among the others: the list begins with the
 * newest. */
static void
compare_with_others (DiscStoreCopy *copy, const char *store)
{
  g_autoptr (GPtrArray) all = disc_store_list (store, copy->options->trust, NULL);
  const DiscGeneration *own = copy->outcome->generation;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (all, i);

      if (generation->fault != NULL || !disc_store_same_line (generation, own) ||
          strcmp (generation->id, own->id) == 0)
        continue;
      copy->outcome->has_newer = disc_store_compare (generation, own) < 0;
      if (copy->outcome->has_newer)
        copy->outcome->newer_as_of = g_strdup (generation->as_of);
      return;
    }
}

/* The new one is in place: what fails from here on is no failure of the load. */
static void
tidy (DiscStoreCopy *copy, const char *store)
{
  compare_with_others (copy, store);
  if (disc_store_remove_old (copy, store, &copy->outcome->remove_error))
    disc_store_remove_incoming (store, NULL, &copy->outcome->remove_error);
  disc_store_step (copy, "tidied");
}

static gboolean
load_anew (DiscStoreCopy *copy, const Source *source, const char *store, GError **error)
{
  g_autofree char *incoming = g_build_filename (store, DISC_STORE_INCOMING, NULL);
  g_autofree char *under_way = g_build_filename (incoming, source->key, NULL);
  g_autofree char *before = copy->other != NULL ? g_path_get_dirname (copy->other) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *to = NULL;

  copy->target = g_build_filename (under_way, DISC_FOLDER, NULL);
  if (!copy_into (copy, source, store, incoming, error))
    return FALSE;
  name = disc_store_name (source->as_of, source->id, copy->outcome->n_lost > 0);
  to = g_build_filename (store, DISC_STORE_GENERATIONS, name, NULL);
  if (!put_in_place (copy, store, under_way, to, error))
    return FALSE;
  take_over_volumes (under_way, to);
  if (before != NULL && strcmp (before, to) != 0)
    take_over_volumes (before, to);

  copy->outcome->generation = disc_store_load_generation (store, name, copy->options->trust);
  return copy->outcome->generation != NULL || disc_file_fail (name, ENOENT, error);
}

/* ---- a volume from the second on ------------------------------------------------------------ */

/* Whether @generation is the first volume of the disc that @source belongs to. */
static gboolean
check_first (const Source *source, const DiscGeneration *generation, GError **error)
{
  const DiscHeader *header = disc_container_header (source->container);

  if (generation == NULL || generation->fault != NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_VOLUME,
                   "volume %u of %u of disc number %" G_GUINT64_FORMAT
                   "; the store has no volume 1 of it, load that first",
                   header->volume, header->n_volumes, header->serial);
      return FALSE;
    }
  if (memcmp (generation->signer, header->signer, sizeof header->signer) == 0 &&
      generation->n_volumes == header->n_volumes)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_OTHER_DISC,
                       "volume 1 in the store was not made together with this one");
  return FALSE;
}

/* (transfer full) (nullable): the DISC_FOLDER of the volume in its generation, whole or not. */
static char *
find_volume (const Source *source, const DiscGeneration *generation)
{
  for (guint damaged = 0; damaged < 2; damaged++)
    {
      g_autofree char *name = disc_store_volume_name (source->volume, damaged != 0);
      g_autofree char *folder = g_build_filename (generation->path, name, DISC_FOLDER, NULL);

      if (g_file_test (folder, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&folder);
    }
  return NULL;
}

static gboolean
is_volume_intact (DiscStoreCopy *copy, const Source *source, gboolean *intact, GError **error)
{
  g_autofree char *above = copy->other != NULL ? g_path_get_dirname (copy->other) : NULL;
  g_autoptr (GError) local = NULL;
  guint64 n_bad = 0;

  *intact = above != NULL && !g_str_has_suffix (above, DISC_VOLUME_DAMAGED) &&
            disc_store_count_bad (copy, copy->other, DISC_STORE_COMPARING,
                                  disc_container_head (source->container), NULL, &n_bad, &local) &&
            n_bad == 0;
  if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_volume_anew (DiscStoreCopy *copy, const Source *source, const char *store,
                  const DiscGeneration *generation, GError **error)
{
  g_autofree char *incoming = g_build_filename (store, DISC_STORE_INCOMING, NULL);
  g_autofree char *under_way = g_build_filename (incoming, source->key, NULL);
  g_autofree char *before = copy->other != NULL ? g_path_get_dirname (copy->other) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *to = NULL;

  copy->target = g_build_filename (under_way, DISC_FOLDER, NULL);
  if (!copy_into (copy, source, store, incoming, error))
    return FALSE;
  name = disc_store_volume_name (source->volume, copy->outcome->n_lost > 0);
  to = g_build_filename (generation->path, name, NULL);
  return put_in_place (copy, store, under_way, to, error) &&
         (before == NULL || strcmp (before, to) == 0 ||
          disc_store_move_out (store, before, error));
}

/* @is: (out) (nullable): what the store has of this disc */
static gboolean
look_for (DiscStoreCopy *copy, const Source *source, const char *store, DiscGeneration **is,
          GError **error)
{
  g_autoptr (GError) local = NULL;

  *is = find_generation (store, copy->options, source->id, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
load_volume (DiscStoreCopy *copy, const Source *source, const char *store, GError **error)
{
  g_autoptr (DiscGeneration) is = NULL;
  gboolean intact = FALSE;

  disc_store_remove_left (store);
  if (!look_for (copy, source, store, &is, error))
    return FALSE;
  if (!check_first (source, is, error))
    return FALSE;

  copy->other = find_volume (source, is);
  if (!is_volume_intact (copy, source, &intact, error))
    return FALSE;
  disc_store_step (copy, "compared");
  copy->outcome->was_there = intact;
  if (!intact && !load_volume_anew (copy, source, store, is, error))
    return FALSE;

  copy->outcome->generation = disc_store_load_generation (store, is->name, copy->options->trust);
  if (copy->outcome->generation == NULL)
    return disc_file_fail (is->name, ENOENT, error);
  tidy (copy, store);
  return TRUE;
}

static gboolean
load_locked (DiscStoreCopy *copy, const Source *source, const char *store, GError **error)
{
  g_autoptr (DiscGeneration) is = NULL;
  gboolean intact = FALSE;

  disc_store_remove_left (store);
  if (!look_for (copy, source, store, &is, error))
    return FALSE;
  if (is != NULL && !is_intact (copy, source, is, &intact, error))
    return FALSE;
  disc_store_step (copy, "compared");

  copy->other = is != NULL ? g_build_filename (is->path, DISC_FOLDER, NULL) : NULL;
  copy->outcome->was_there = intact;
  if (intact)
    copy->outcome->generation = g_steal_pointer (&is);
  else if (!load_anew (copy, source, store, error))
    return FALSE;

  tidy (copy, store);
  return TRUE;
}

gboolean
disc_store_load (const char *store, const char *disc, const DiscStoreOptions *options,
                 DiscStoreOutcome *outcome, GCancellable *cancellable, GError **error)
{
  g_auto (DiscStoreCopy) copy = { .options = options, .outcome = outcome,
                                  .cancellable = cancellable };
  g_auto (Source) source = { .folder = g_build_filename (disc, DISC_FOLDER, NULL) };
  gboolean ok;
  int lock;

  *outcome = (DiscStoreOutcome) { .removed = g_ptr_array_new_with_free_func (g_free) };
  copy.source = g_strdup (source.folder);
  if (!(disc_reader_is_sealed (disc) ? look_at_sealed (&source, options, error)
                                     : look_at_unsealed (&source, disc, options, error)))
    return FALSE;
  disc_store_step (&copy, "looked");

  if (!make_folders (store, error))
    return FALSE;
  lock = take_lock (store, error);
  if (lock < 0)
    return FALSE;
  disc_store_step (&copy, "locked");

  outcome->volume = source.volume;
  ok = source.volume > 1 ? load_volume (&copy, &source, store, error)
                         : load_locked (&copy, &source, store, error);
  close (lock);
  return ok;
}
