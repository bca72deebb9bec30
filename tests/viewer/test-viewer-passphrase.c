/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "viewer-error.h"
#include "viewer-passphrase.h"

static void
test_read (void)
{
  static const struct
  {
    const char *content;
    const char *passphrase; /* NULL: refused */
  } cases[] = {
    { "correct horse\n", "correct horse" },
    { "correct horse", "correct horse" },
    { "合言葉　ひらけ\r\nsecond line", "合言葉　ひらけ" },
    { " blanks stay \n", " blanks stay " },
    { "", NULL },
    { "\nsecond line", NULL },
    { "\xff\n", NULL },
  };
  g_autofree char *dir = g_dir_make_tmp ("viewer-passphrase-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "file", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      char *passphrase;

      g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
      passphrase = viewer_passphrase_read (path, &error);
      g_assert_cmpstr (passphrase, ==, cases[i].passphrase);
      if (cases[i].passphrase == NULL)
        g_assert_error (error, VIEWER_ERROR, VIEWER_ERROR_PASSPHRASE_FILE);
      viewer_passphrase_free (passphrase);
    }
  g_remove (path);
  g_rmdir (dir);
}

static void
test_ceiling (void)
{
  g_autofree char *dir = g_dir_make_tmp ("viewer-passphrase-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "file", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize len = 1023; len <= 1026; len++)
    {
      g_autofree char *text = g_strnfill (len, 'a');
      char *passphrase;

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      passphrase = viewer_passphrase_read (path, NULL);
      g_assert_cmpint (passphrase != NULL, ==, len <= 1024);
      viewer_passphrase_free (passphrase);
    }
  g_remove (path);
  g_assert_null (viewer_passphrase_read (path, &error));
  g_assert_error (error, VIEWER_ERROR, VIEWER_ERROR_PASSPHRASE_FILE);
  g_rmdir (dir);
}

static void
test_wide (void)
{
  g_assert_false (viewer_passphrase_is_wide (""));
  g_assert_false (viewer_passphrase_is_wide ("correct horse"));
  g_assert_false (viewer_passphrase_is_wide ("あいことば、合言葉"));
  g_assert_true (viewer_passphrase_is_wide ("ｃorrect horse"));
  g_assert_true (viewer_passphrase_is_wide ("correct　horse"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/passphrase/read", test_read);
  g_test_add_func ("/viewer/passphrase/ceiling", test_ceiling);
  g_test_add_func ("/viewer/passphrase/wide", test_wide);
  return g_test_run ();
}
