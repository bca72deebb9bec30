/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-settings.h"

#include <gio/gio.h>

#define GROUP "viewer"
#define N_RECENT 5

struct _ViewerSettings
{
  char *path;
  GKeyFile *file;
};

/* An emergency laptop may be read-only: what cannot be remembered is not worth a message. */
static void
save (ViewerSettings *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (self->file, self->path, NULL);
}

ViewerSettings *
viewer_settings_load (const char *path)
{
  ViewerSettings *self = g_new0 (ViewerSettings, 1);

  self->path = path ? g_strdup (path)
                    : g_build_filename (g_get_user_config_dir (), "tomoshibi", "viewer.ini", NULL);
  self->file = g_key_file_new ();
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return self;
}

void
viewer_settings_free (ViewerSettings *self)
{
  g_key_file_unref (self->file);
  g_free (self->path);
  g_free (self);
}

char *
viewer_settings_get (ViewerSettings *self, const char *key)
{
  return g_key_file_get_string (self->file, GROUP, key, NULL);
}

void
viewer_settings_set (ViewerSettings *self, const char *key, const char *value)
{
  g_key_file_set_string (self->file, GROUP, key, value);
  save (self);
}

char **
viewer_settings_get_recent (ViewerSettings *self)
{
  char **recent = g_key_file_get_string_list (self->file, GROUP, "recent", NULL, NULL);

  return recent ? recent : g_new0 (char *, 1);
}

void
viewer_settings_add_recent (ViewerSettings *self, const char *path)
{
  g_auto (GStrv) old = viewer_settings_get_recent (self);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_ptr_array_add (all, (gpointer) path);
  for (guint i = 0; old[i] != NULL && all->len < N_RECENT; i++)
    if (!g_str_equal (old[i], path))
      g_ptr_array_add (all, old[i]);
  g_key_file_set_string_list (self->file, GROUP, "recent", (const char *const *) all->pdata,
                              all->len);
  save (self);
}
