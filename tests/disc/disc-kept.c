/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-kept.h"

#include <stdlib.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-fixture.h"

static char *folder; /* of all that are kept */
static pid_t owner;

/* A child that a test forked leaves it alone. */
static void
remove_all (void)
{
  if (getpid () == owner)
    fixture_remove (folder);
  g_clear_pointer (&folder, g_free);
}

static char *
place_of (const char *name)
{
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    {
      folder = g_dir_make_tmp ("tomoshibi-kept-XXXXXX", &error);
      g_assert_no_error (error);
      owner = getpid ();
      atexit (remove_all);
    }
  return g_build_filename (folder, name, NULL);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
copy_folder (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) entries = g_dir_open (from, 0, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (to, 0700), ==, 0);
  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_folder (source, target);
      else
        copy_file (source, target);
    }
}

gboolean
kept_copy (const char *name, const char *dir)
{
  g_autofree char *place = place_of (name);

  if (!g_file_test (place, G_FILE_TEST_EXISTS))
    return FALSE;
  copy_folder (place, dir);
  return TRUE;
}

void
kept_put (const char *name, const char *dir)
{
  g_autofree char *place = place_of (name);

  copy_folder (dir, place);
}
