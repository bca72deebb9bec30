/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-folder.h"

#include <errno.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-file.h"
#include "disc-format.h"

struct _DiscFolder
{
  char *target;
  char *building;         /* NULL once it is in place */
  gboolean made_target;
};

static gboolean
check_empty (const char *dir, GError **error)
{
  g_autoptr (GDir) entries = NULL;

  errno = 0;
  entries = g_dir_open (dir, 0, NULL);
  if (entries == NULL)
    return disc_file_fail ("the target folder cannot be read", errno, error);

  if (g_dir_read_name (entries) == NULL)
    return TRUE;

  g_set_error_literal (error, DISC_ERROR, DISC_ERROR_EXISTS, "the target folder is not empty");
  return FALSE;
}

DiscFolder *
disc_folder_new (const char *dir, GError **error)
{
  g_autoptr (DiscFolder) self = g_new0 (DiscFolder, 1);
  g_autofree char *building = NULL;

  self->target = g_strdup (dir);
  if (g_mkdir (dir, 0777) == 0)
    {
      self->made_target = TRUE;
    }
  else if (errno != EEXIST)
    {
      disc_file_fail ("the target folder cannot be made", errno, error);
      return NULL;
    }
  else if (!check_empty (dir, error))
    {
      return NULL;
    }

  /* Readable by its owner only: it holds patients' records. */
  building = g_build_filename (dir, ".tomoshibi-building-XXXXXX", NULL);
  if (g_mkdtemp_full (building, 0700) == NULL)
    {
      disc_file_fail ("the target folder cannot be written", errno, error);
      return NULL;
    }

  self->building = g_steal_pointer (&building);
  return g_steal_pointer (&self);
}

/* @depth: of folders in folders: a volume has two */
static void
remove_below (const char *folder, guint depth)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0 && depth > 0)
        remove_below (path, depth - 1);
    }
  g_rmdir (folder);
}

void
disc_folder_free (DiscFolder *self)
{
  if (self->building != NULL)
    remove_below (self->building, 2);
  if (self->made_target)
    g_rmdir (self->target);

  g_free (self->building);
  g_free (self->target);
  g_free (self);
}

char *
disc_folder_path (DiscFolder *self, const char *name)
{
  return g_build_filename (self->building, name, NULL);
}

gboolean
disc_folder_write (DiscFolder *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = disc_folder_path (self, name);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents (path, text, -1, &local))
    return TRUE;

  g_set_error (error, DISC_ERROR,
               g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? DISC_ERROR_NO_SPACE
                                                                        : DISC_ERROR_IO,
               "%s: %s", name, local->message);
  return FALSE;
}

static char *
volume_folder (guint number)
{
  return g_strdup_printf (DISC_VOLUME_PREFIX "%u", number);
}

char *
disc_folder_volume_name (guint number, const char *name)
{
  g_autofree char *volume = volume_folder (number);

  return g_build_filename (volume, DISC_FOLDER, name, NULL);
}

gboolean
disc_folder_make_volume (DiscFolder *self, guint number, GError **error)
{
  g_autofree char *volume = volume_folder (number);
  g_autofree char *path = g_build_filename (self->building, volume, DISC_FOLDER, NULL);

  return g_mkdir_with_parents (path, 0700) == 0 ||
         disc_file_fail ("the folder of a volume cannot be made", errno, error);
}

/* Every file in @folder, and then itself. */
static gboolean
sync_folder (const char *folder, GError **error)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!disc_file_sync (path, error))
        return FALSE;
    }
  return disc_file_sync (folder, error);
}

static gboolean
sync_volumes (DiscFolder *self, guint n_volumes, GError **error)
{
  for (guint number = 1; number <= n_volumes; number++)
    {
      g_autofree char *volume = volume_folder (number);
      g_autofree char *path = g_build_filename (self->building, volume, NULL);
      g_autofree char *files = g_build_filename (path, DISC_FOLDER, NULL);

      if (!sync_folder (files, error) || !disc_file_sync (path, error))
        return FALSE;
    }
  return TRUE;
}

/* @to_target: or back again */
static gboolean
move_volume (DiscFolder *self, guint number, gboolean to_target)
{
  g_autofree char *volume = volume_folder (number);
  g_autofree char *building = g_build_filename (self->building, volume, NULL);
  g_autofree char *target = g_build_filename (self->target, volume, NULL);

  return g_rename (to_target ? building : target, to_target ? target : building) == 0;
}

/* All but the first, or none. */
static gboolean
move_volumes (DiscFolder *self, guint n_volumes, GError **error)
{
  for (guint number = n_volumes; number > 1; number--)
    if (!move_volume (self, number, TRUE))
      {
        disc_file_fail ("a volume could not be put in place", errno, error);
        while (++number <= n_volumes)
          move_volume (self, number, FALSE);
        return FALSE;
      }
  return TRUE;
}

static gboolean
put_disc_in_place (DiscFolder *self, const char *from, GError **error)
{
  g_autofree char *final = g_build_filename (self->target, DISC_FOLDER, NULL);

  return g_rename (from, final) == 0 ||
         disc_file_fail ("the disc could not be put in place", errno, error);
}

static gboolean
put_volumes_in_place (DiscFolder *self, guint n_volumes, GError **error)
{
  g_autofree char *first_name = disc_folder_volume_name (1, NULL);
  g_autofree char *first = g_build_filename (self->building, first_name, NULL);

  if (!sync_volumes (self, n_volumes, error) || !move_volumes (self, n_volumes, error))
    return FALSE;
  if (put_disc_in_place (self, first, error))
    {
      remove_below (self->building, 2); /* what the volumes were made of */
      return TRUE;
    }

  for (guint number = 2; number <= n_volumes; number++)
    move_volume (self, number, FALSE);
  return FALSE;
}

gboolean
disc_folder_put_in_place (DiscFolder *self, guint n_volumes, GError **error)
{
  g_autofree char *parent = NULL;

  if (!(n_volumes > 1 ? put_volumes_in_place (self, n_volumes, error)
                      : sync_folder (self->building, error) &&
                            put_disc_in_place (self, self->building, error)))
    return FALSE;

  parent = g_path_get_dirname (self->target);
  g_clear_pointer (&self->building, g_free);
  self->made_target = FALSE;
  disc_file_sync (parent, NULL); /* it may not be ours to read, and the disc is complete */
  return disc_file_sync (self->target, error);
}
