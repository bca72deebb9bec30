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

static void
remove_building (DiscFolder *self)
{
  g_autoptr (GDir) entries = g_dir_open (self->building, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->building, name, NULL);

      g_unlink (path);
    }

  g_rmdir (self->building);
}

void
disc_folder_free (DiscFolder *self)
{
  if (self->building != NULL)
    remove_building (self);
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

gboolean
disc_folder_put_in_place (DiscFolder *self, GError **error)
{
  g_autofree char *final = g_build_filename (self->target, DISC_FOLDER, NULL);
  g_autofree char *parent = NULL;
  g_autoptr (GDir) entries = g_dir_open (self->building, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->building, name, NULL);

      if (!disc_file_sync (path, error))
        return FALSE;
    }

  if (!disc_file_sync (self->building, error))
    return FALSE;
  if (g_rename (self->building, final) != 0)
    return disc_file_fail ("the disc could not be put in place", errno, error);

  parent = g_path_get_dirname (self->target);
  g_clear_pointer (&self->building, g_free);
  self->made_target = FALSE;
  disc_file_sync (parent, NULL); /* it may not be ours to read, and the disc is complete */
  return disc_file_sync (self->target, error);
}
