/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "viewer-settings.h"

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("viewer-settings-XXXXXX", &error);
  g_autofree char *folder = g_build_filename (dir, "new", NULL);
  g_autofree char *path = g_build_filename (folder, "viewer.ini", NULL);
  g_autofree char *theme = NULL;
  g_autofree char *missing = NULL;
  g_auto (GStrv) recent = NULL;

  g_assert_no_error (error);
  {
    g_autoptr (ViewerSettings) settings = viewer_settings_load (path);

    missing = viewer_settings_get (settings, "theme");
    g_assert_null (missing);
    viewer_settings_set (settings, "theme", "dark");
    for (char c = 'a'; c <= 'f'; c++)
      {
        g_autofree char *disc = g_strdup_printf ("/media/%c", c);

        viewer_settings_add_recent (settings, disc);
      }
    viewer_settings_add_recent (settings, "/media/d");
  }
  {
    g_autoptr (ViewerSettings) settings = viewer_settings_load (path);

    theme = viewer_settings_get (settings, "theme");
    g_assert_cmpstr (theme, ==, "dark");
    recent = viewer_settings_get_recent (settings);
    /* Newest first, each once, five of them. */
    g_assert_cmpuint (g_strv_length (recent), ==, 5);
    g_assert_cmpstr (recent[0], ==, "/media/d");
    g_assert_cmpstr (recent[1], ==, "/media/f");
    g_assert_cmpstr (recent[4], ==, "/media/b");
  }
  g_unlink (path);
  g_rmdir (folder);
  g_rmdir (dir);
}

static void
test_unwritable (void)
{
  g_autoptr (ViewerSettings) settings = viewer_settings_load ("/proc/nowhere/viewer.ini");
  g_autofree char *theme = NULL;

  /* A read-only laptop: the setting holds for this run, and nothing is said. */
  viewer_settings_set (settings, "theme", "dark");
  theme = viewer_settings_get (settings, "theme");
  g_assert_cmpstr (theme, ==, "dark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/settings/round-trip", test_round_trip);
  g_test_add_func ("/viewer/settings/unwritable", test_unwritable);
  return g_test_run ();
}
