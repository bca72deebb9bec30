/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-places.h"

#include <gio/gunixmounts.h>

#include "disc-format.h"

#define MAX_PLACES 8

static void
add_if_disc (GPtrArray *places, const char *path)
{
  g_autofree char *plain = g_build_filename (path, DISC_FOLDER, DISC_RECORDS_FILE, NULL);
  g_autofree char *sealed = g_build_filename (path, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);

  if (places->len >= MAX_PLACES ||
      (!g_file_test (plain, G_FILE_TEST_IS_REGULAR) &&
       !g_file_test (sealed, G_FILE_TEST_IS_REGULAR)) ||
      g_ptr_array_find_with_equal_func (places, path, g_str_equal, NULL))
    return;
  g_ptr_array_add (places, g_strdup (path));
}

char **
viewer_places_mounted (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GList *mounts = g_unix_mounts_get (NULL);

  for (GList *l = mounts; l != NULL; l = l->next)
    if (!g_unix_mount_is_system_internal (l->data))
      g_strv_builder_add (builder, g_unix_mount_get_mount_path (l->data));
  g_list_free_full (mounts, (GDestroyNotify) g_unix_mount_free);
  return g_strv_builder_end (builder);
}

char **
viewer_places_with_discs (const char *const *recent)
{
  GPtrArray *places = g_ptr_array_new ();
  g_auto (GStrv) mounted = viewer_places_mounted ();

  for (guint i = 0; mounted[i] != NULL; i++)
    add_if_disc (places, mounted[i]);
  for (guint i = 0; recent[i] != NULL; i++)
    add_if_disc (places, recent[i]);
  g_ptr_array_add (places, NULL);
  return (char **) g_ptr_array_free (places, FALSE);
}
