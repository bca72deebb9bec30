/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <linux/magic.h>
#include <string.h>

#include "disc-format.h"
#include "imp-error.h"
#include "imp-image.h"
#include "media-fixture.h"

#define EXFAT_MAGIC 0x2011bab0

typedef struct
{
  MediaFixture media;
  char *stick;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  media_fixture_set_up (&fixture->media, NULL);
  fixture->stick = media_fixture_path (&fixture->media, "stick");
  g_assert_cmpint (g_mkdir (fixture->stick, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->stick);
  media_fixture_tear_down (&fixture->media, NULL);
}

/* (transfer full): the word for what was done */
static char *
copy (Fixture *fixture, const char *disc)
{
  const char *const argv[] = { "image", disc, "--usb", fixture->stick, "--json", NULL };
  g_autofree char *out = NULL;
  cJSON *object;
  char *result;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  object = cJSON_Parse (out);
  result = g_strdup (build_text (object, "result"));
  cJSON_Delete (object);
  return result;
}

static void
assert_same (Fixture *fixture)
{
  g_autofree char *from = g_build_filename (fixture->media.build.disc, DISC_FOLDER, NULL);
  g_autoptr (GDir) entries = g_dir_open (from, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *one = g_build_filename (from, name, NULL);
      g_autofree char *other = g_build_filename (fixture->stick, DISC_FOLDER, name, NULL);

      media_assert_same_file (one, other);
    }
  g_assert_true (media_is_clean (fixture->stick));
}

static void
test_copy (Fixture *fixture, gconstpointer data)
{
  const char *disc = fixture->media.build.disc;
  g_autofree char *first = copy (fixture, disc);
  g_autofree char *second = copy (fixture, disc);
  g_autofree char *path = g_build_filename (fixture->stick, DISC_FOLDER, "records.disc", NULL);
  g_autofree char *third = NULL;
  g_autofree char *expected = media_export (disc);
  g_autofree char *found = media_export (fixture->stick);

  g_assert_cmpstr (first, ==, "copied");
  g_assert_cmpstr (second, ==, "already-there");
  assert_same (fixture);
  g_assert_cmpstr (expected, ==, found);

  media_flip (path, 100000);
  third = copy (fixture, disc);
  g_assert_cmpstr (third, ==, "replaced");
  assert_same (fixture);
}

static void
test_another (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = media_fixture_path (&fixture->media, "other");
  const char *const argv[] = { "image", other, "--usb", fixture->stick, NULL };
  g_autofree char *result = copy (fixture, fixture->media.build.disc);
  g_autofree char *err = NULL;

  g_assert_cmpstr (result, ==, "copied");
  media_fixture_build (&fixture->media, "other", TRUE);
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "another disc"));
  assert_same (fixture);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->stick, DISC_FOLDER, NULL);
  g_autofree char *path = g_build_filename (folder, "notes.txt", NULL);
  const char *const argv[] = { "image", fixture->media.build.disc, "--usb", fixture->stick, NULL };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_cmpint (build_fixture_run (argv, NULL, NULL), ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  static const guint64 limits[] = { 100, 4096, 200 * 1024 };
  const char *const argv[] = { "image", fixture->media.build.disc, "--usb", fixture->stick, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GSubprocess) process = media_start (argv, limits[i]);
      g_autofree char *err = NULL;
      g_autoptr (GDir) entries = NULL;

      g_assert_cmpint (media_finish (process, &err), ==, 1);
      g_assert_nonnull (strstr (err, "full"));
      entries = g_dir_open (fixture->stick, 0, NULL);
      g_assert_null (g_dir_read_name (entries));
    }
}

static void
test_file_system (void)
{
  static const struct
  {
    guint64 size;
    guint64 magic;
    gboolean ok;
  } cases[] = {
    { 0xffffffff, MSDOS_SUPER_MAGIC, TRUE },
    { 0x100000000, MSDOS_SUPER_MAGIC, FALSE },
    { 0x100000000, EXT4_SUPER_MAGIC, TRUE },
    { 0x100000000, EXFAT_MAGIC, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpImageFile file = { "records.disc", NULL, cases[i].size };
      g_autoptr (GArray) files = g_array_new (FALSE, FALSE, sizeof file);
      ImpImageDisc disc = { .files = files };
      g_autoptr (GError) error = NULL;

      g_array_append_val (files, file);
      g_assert_true (imp_image_check_file_system (&disc, cases[i].magic, &error) == cases[i].ok);
      if (cases[i].ok)
        g_assert_no_error (error);
      else
        g_assert_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  ADD ("/importer/image/copy/copy", test_copy);
  ADD ("/importer/image/copy/another", test_another);
  ADD ("/importer/image/copy/unreadable", test_unreadable);
  ADD ("/importer/image/copy/full", test_full);
  g_test_add_func ("/importer/image/copy/file-system", test_file_system);
  return media_fixture_run_tests ();
}
