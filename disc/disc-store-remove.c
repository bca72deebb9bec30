/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-store-private.h"

#include <errno.h>
#include <string.h>

#include <glib/gstdio.h>

#include "disc-file.h"

#define MAX_DEPTH 8
#define MAX_NAMES 10000 /* of what is on its way out at once */

static void
remove_tree (const char *path, guint depth)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_unlink (path) == 0 || depth == MAX_DEPTH)
    return;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_tree (below, depth + 1);
    }
  g_rmdir (path);
}

/* Of two folders of one name that are on their way out the second takes another name. */
gboolean
disc_store_move_out (const char *store, const char *path, GError **error)
{
  g_autofree char *leaving = g_build_filename (store, DISC_STORE_LEAVING, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *from = g_path_get_dirname (path);

  if (g_mkdir_with_parents (leaving, 0777) != 0)
    return disc_file_fail (leaving, errno, error);
  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s~%u", name, i);
      g_autofree char *to = g_build_filename (leaving, numbered, NULL);

      if (g_rename (path, to) == 0)
        return disc_file_sync (leaving, error) && disc_file_sync (from, error);
      if (errno != EEXIST && errno != ENOTEMPTY)
        break;
    }

  return disc_file_fail (path, errno, error);
}

void
disc_store_remove_left (const char *store)
{
  g_autofree char *leaving = g_build_filename (store, DISC_STORE_LEAVING, NULL);

  remove_tree (leaving, 0);
}

gboolean
disc_store_remove_incoming (const char *store, const char *but, GError **error)
{
  g_autofree char *incoming = g_build_filename (store, DISC_STORE_INCOMING, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (incoming, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_strcmp0 (name, but) != 0)
      g_ptr_array_add (names, g_strdup (name));

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (incoming, g_ptr_array_index (names, i), NULL);

      if (!disc_store_move_out (store, path, error))
        return FALSE;
    }
  disc_store_remove_left (store);
  return TRUE;
}

/* A generation counts, and may push out older ones, only when it is whole. */
static gboolean
is_whole (const DiscGeneration *generation)
{
  return generation->fault == NULL && !generation->is_damaged;
}

static gboolean
remove_one (DiscStoreCopy *copy, const char *store, const DiscGeneration *generation,
            GError **error)
{
  if (!disc_store_move_out (store, generation->path, error))
    return FALSE;

  g_ptr_array_add (copy->outcome->removed, g_strdup (generation->name));
  disc_store_step (copy, "moved-out");
  disc_store_remove_left (store);
  disc_store_step (copy, "removed");
  return TRUE;
}

gboolean
disc_store_remove_old (DiscStoreCopy *copy, const char *store, GError **error)
{
  const DiscGeneration *own = copy->outcome->generation;
  g_autoptr (GPtrArray) all = disc_store_list (store, copy->options->trust, error);
  guint keep = copy->options->keep > 0 ? copy->options->keep : DISC_STORE_KEEP_DEFAULT;
  guint n_whole = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const DiscGeneration *generation = g_ptr_array_index (all, i);
      gboolean is_own = strcmp (generation->name, own->name) == 0;
      gboolean is_copy = !is_own && strcmp (generation->id, own->id) == 0;

      /* One of which nothing is known, or that nobody here trusts, is for somebody to look at. */
      if (!is_copy && !disc_store_same_line (generation, own))
        continue;
      if (is_own || (!is_copy && n_whole < keep))
        n_whole += is_whole (generation) ? 1 : 0;
      else if (!remove_one (copy, store, generation, error))
        return FALSE;
    }

  return all != NULL;
}
