/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-fixture.h"

#include <glib/gstdio.h>

#include "disc-format.h"

void
fixture_remove (const char *path)
{
  g_autoptr (GDir) entries = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    entries = g_dir_open (path, 0, NULL);
  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      fixture_remove (child);
    }

  g_remove (path);
}

void
fixture_remove_disc (Fixture *fixture)
{
  fixture_remove (fixture->disc);
}

char *
fixture_file (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->disc, DISC_FOLDER, name, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* Characters that mean something in a URI: the path is opened as one. */
  fixture->dir = g_dir_make_tmp ("disc 100%3f?#'XXXXXX", &error);
  g_assert_no_error (error);
  fixture->disc = g_build_filename (fixture->dir, "disc", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_remove (fixture->dir);
  g_free (fixture->disc);
  g_free (fixture->dir);
}

void
fixture_add (const char *test_path, FixtureTest test)
{
  g_test_add (test_path, Fixture, NULL, set_up, test, tear_down);
}

void
fixture_message (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", g_utf8_validate (text, -1, NULL) ? text : escaped);
}
