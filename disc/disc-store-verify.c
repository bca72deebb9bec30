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

#define RUN 64 /* units read in one go: 2 MB */

void
disc_store_step (const DiscStoreCopy *copy, const char *step)
{
  if (copy->options->hook != NULL)
    copy->options->hook (step, copy->options->user_data);
}

gboolean
disc_store_tell (const DiscStoreCopy *copy, DiscStorePhase phase, guint64 done, guint64 all,
                 GError **error)
{
  if (copy->options->progress != NULL)
    copy->options->progress (phase, done, all, copy->options->user_data);
  return !g_cancellable_set_error_if_cancelled (copy->cancellable, error);
}

gboolean
disc_store_forget (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean ok;

  if (fd < 0)
    return disc_file_fail (path, errno, error);

  /* EINVAL: a file system that has nothing to wait for, as that of a disc. */
  ok = fsync (fd) == 0 || errno == EINVAL || disc_file_fail (path, errno, error);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  close (fd);
  return ok;
}

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "the disk of the store gives back another %s",
               what);
  return FALSE;
}

static DiscContainer *
open_copy (const char *folder, const guint8 *head, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (DiscContainer) container = disc_container_open (folder, &local);
  gboolean from_copy = FALSE;

  if (container == NULL)
    {
      g_set_error (error, DISC_ERROR, DISC_ERROR_IO, "the copy in the store: %s", local->message);
      return NULL;
    }
  if (disc_container_used_spare (container) ||
      memcmp (disc_container_head (container), head, DISC_HEAD_BYTES) != 0)
    {
      fail ("head", error);
      return NULL;
    }
  if (!disc_container_check_manifest (container, folder, &from_copy, NULL) || from_copy)
    {
      fail ("manifest", error);
      return NULL;
    }

  return g_steal_pointer (&container);
}

gboolean
disc_store_count_bad (const DiscStoreCopy *copy, const char *folder, DiscStorePhase phase,
                      const guint8 *head, GHashTable *lost, guint64 *n_bad, GError **error)
{
  g_autofree char *path = g_build_filename (folder, DISC_CONTAINER_FILE, NULL);
  g_autofree guint8 *buffer = g_malloc (RUN * (gsize) DISC_UNIT_BYTES);
  g_autoptr (DiscContainer) container = NULL;
  gboolean intact[RUN];
  DiscUnits *units;
  guint64 n_units;

  *n_bad = 0;
  if (!disc_store_forget (path, error))
    return FALSE;
  container = open_copy (folder, head, error);
  if (container == NULL)
    return FALSE;

  units = disc_container_units (container);
  n_units = disc_units_n (units);
  for (guint64 place = 0; place < n_units; place += RUN)
    {
      guint n = (guint) MIN (RUN, n_units - place);

      disc_units_fetch (units, place, n, buffer, intact);
      for (guint i = 0; i < n; i++)
        if (!intact[i] &&
            (lost == NULL || !g_hash_table_contains (lost, &(guint64) { place + i })))
          (*n_bad)++;
      if (!disc_store_tell (copy, phase, (place + n) * DISC_UNIT_BYTES, n_units * DISC_UNIT_BYTES,
                            error))
        return FALSE;
    }

  return TRUE;
}
