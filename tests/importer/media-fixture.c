/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "media-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define READ_BYTES 65536
#define TRUE_PATH "TOMOSHIBI_TEST_PATH" /* $PATH before anything was put in front of it */

char *
media_fixture_path (MediaFixture *fixture, const char *name)
{
  return g_build_filename (fixture->build.dir, name, NULL);
}

static void
run (const char *const *argv)
{
  g_autofree char *err = NULL;
  int code = build_fixture_run (argv, NULL, &err);

  g_test_message ("%s", err);
  g_assert_cmpint (code, ==, 0);
}

/* Sealing takes a second for the passphrase alone: the disc is built once and copied for each test. */
static BuildFixture *shared;

static char *
shared_path (const char *name)
{
  return g_build_filename (shared->dir, name, NULL);
}

void
media_fixture_build (MediaFixture *fixture, const char *name, gboolean sealed)
{
  g_autofree char *sample = shared_path ("sample.tar");
  g_autofree char *disc = media_fixture_path (fixture, name);
  const char *const argv[] = { "build", "--from", sample, "--to", disc, "--as-of", "newest",
                               sealed ? NULL : "--unsealed", NULL };

  run (argv);
}

static void
make_shared (void)
{
  g_autofree char *sample = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;

  shared = g_new0 (BuildFixture, 1);
  build_fixture_set_up (shared, NULL);
  sample = shared_path ("sample.tar");
  keys = shared_path ("keys");
  passphrase = shared_path ("passphrase");
  g_file_set_contents (passphrase, "unlikely to be guessed\n", -1, &error);
  g_assert_no_error (error);
  g_setenv (TRUE_PATH, g_getenv ("PATH"), FALSE);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  g_setenv ("TOMOSHIBI_PASSPHRASE_FILE", passphrase, TRUE);
  {
    const char *const write_sample[] = { "sample", "--patients", "20", "--months", "2", "--to",
                                         sample, NULL };
    const char *const build[] = { "build", "--from", sample, "--to", shared->disc, "--as-of",
                                  "newest", NULL };

    run (write_sample);
    run (build);
  }
}

void
media_fixture_set_up (MediaFixture *fixture, gconstpointer data)
{
  const char *argv[] = { "cp", "-R", NULL, NULL, NULL };
  int status;

  if (shared == NULL)
    make_shared ();
  build_fixture_set_up (&fixture->build, NULL);
  fixture->image = media_fixture_path (fixture, "disc.iso");
  argv[2] = shared->disc;
  argv[3] = fixture->build.disc;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

void
media_fixture_tear_down (MediaFixture *fixture, gconstpointer data)
{
  g_setenv ("PATH", g_getenv (TRUE_PATH), TRUE);
  g_free (fixture->image);
  build_fixture_tear_down (&fixture->build, NULL);
}

int
media_fixture_run_tests (void)
{
  int code = g_test_run ();

  if (shared != NULL)
    build_fixture_tear_down (shared, NULL);
  g_clear_pointer (&shared, g_free);
  return code;
}

void
media_fixture_image (MediaFixture *fixture)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };

  run (argv);
}

gboolean
media_skip_without_xorriso (void)
{
  g_autofree char *program = g_find_program_in_path ("xorriso");

  if (program != NULL)
    return FALSE;
  g_test_skip ("xorriso is not installed");
  return TRUE;
}

static void
prepare_child (gpointer data)
{
  rlim_t max = (rlim_t) GPOINTER_TO_SIZE (data);
  struct rlimit limit = { max, max };

  signal (SIGINT, SIG_IGN);
  signal (SIGTERM, SIG_IGN);
  /* As on a full disk the write fails, instead of a signal. */
  signal (SIGXFSZ, SIG_IGN);
  if (max > 0)
    setrlimit (RLIMIT_FSIZE, &limit);
}

GSubprocess *
media_start (const char *const *arguments, guint64 max_bytes)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (gpointer) g_getenv ("TOMOSHIBI"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_set_child_setup (launcher, prepare_child, GSIZE_TO_POINTER (max_bytes),
                                         NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

int
media_finish (GSubprocess *process, char **err)
{
  g_autofree char *own_err = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &own_err, &error);
  g_assert_no_error (error);
  g_test_message ("%s", own_err);
  if (err != NULL)
    *err = g_steal_pointer (&own_err);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

void
media_fixture_fake_xorriso (MediaFixture *fixture, const char *after)
{
  g_autofree char *program = g_find_program_in_path ("xorriso");
  g_autofree char *folder = media_fixture_path (fixture, "bin");
  g_autofree char *path = g_build_filename (folder, "xorriso", NULL);
  g_autofree char *with_folder = g_strdup_printf ("%s:%s", folder, g_getenv (TRUE_PATH));
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n"
                                             "for word in \"$@\"; do\n"
                                             "  case $word in\n"
                                             "    stdio:*) file=${word#stdio:} ;;\n"
                                             "    dev=stdio:*) file=${word#dev=stdio:}; burns=yes ;;\n"
                                             "  esac\n"
                                             "done\n"
                                             "%s \"$@\" || exit\n"
                                             "%s\n",
                                             program, after);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, script, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("PATH", with_folder, TRUE);
}

/* ---- images and files ----------------------------------------------------------------------- */

static struct archive *
open_image (const char *image, const char *tree)
{
  struct archive *reader = archive_read_new ();

  /* libarchive takes the encoding of names from here. */
  setlocale (LC_CTYPE, "C.UTF-8");
  g_assert_cmpint (archive_read_support_format_iso9660 (reader), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_set_options (reader, tree), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_open_filename (reader, image, READ_BYTES), ==, ARCHIVE_OK);
  return reader;
}

static int
compare_texts (gconstpointer one, gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

GPtrArray *
media_list (const char *image, const char *tree)
{
  struct archive *reader = open_image (image, tree);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_free);
  struct archive_entry *entry;

  while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
    if (archive_entry_filetype (entry) == AE_IFREG)
      g_ptr_array_add (entries, g_strdup_printf ("%s %" G_GINT64_FORMAT,
                                                 archive_entry_pathname_utf8 (entry),
                                                 (gint64) archive_entry_size (entry)));
  archive_read_free (reader);
  g_ptr_array_sort (entries, compare_texts);
  return entries;
}

void
media_extract (const char *image, const char *dir)
{
  struct archive *reader = open_image (image, "!joliet");
  struct archive_entry *entry;

  while (archive_read_next_header (reader, &entry) == ARCHIVE_OK)
    {
      g_autofree char *path = g_build_filename (dir, archive_entry_pathname_utf8 (entry), NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      int fd;

      if (archive_entry_filetype (entry) != AE_IFREG)
        continue;
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
      g_assert_cmpint (fd, >=, 0);
      g_assert_cmpint (archive_read_data_into_fd (reader, fd), ==, ARCHIVE_OK);
      close (fd);
    }
  archive_read_free (reader);
}

void
media_flip (const char *path, guint64 offset)
{
  int fd = g_open (path, O_RDWR, 0);
  guint8 byte;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, &byte, 1, (off_t) offset), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t) offset), ==, 1);
  close (fd);
}

void
media_assert_same_file (const char *one, const char *other)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize a_len, b_len;

  g_assert_true (g_file_get_contents (one, &a, &a_len, NULL));
  g_assert_true (g_file_get_contents (other, &b, &b_len, NULL));
  g_assert_cmpmem (a, a_len, b, b_len);
}

char *
media_export (const char *dir)
{
  const char *const argv[] = { "export", dir, NULL };
  char *out = NULL;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  return out;
}

gboolean
media_is_clean (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    if (g_str_has_prefix (name, ".tomoshibi") || strcmp (name, "disc.iso") == 0)
      {
        g_test_message ("left behind: %s", name);
        return FALSE;
      }
  return TRUE;
}
