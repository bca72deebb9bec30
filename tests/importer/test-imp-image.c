/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "disc-format.h"
#include "imp-media.h"
#include "media-fixture.h"

/* sorted */
static const char *const names[] = { "README.txt", "manifest.json", "records.disc", "spare.disc",
                                     "はじめにお読みください.txt" };

static char *
disc_file (MediaFixture *fixture, const char *name)
{
  return g_build_filename (fixture->build.disc, DISC_FOLDER, name, NULL);
}

static void
assert_lists_all (MediaFixture *fixture, const char *tree)
{
  g_autoptr (GPtrArray) entries = media_list (fixture->image, tree);

  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *path = disc_file (fixture, names[i]);
      g_autofree char *expected = NULL;
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      expected = g_strdup_printf (DISC_FOLDER "/%s %" G_GINT64_FORMAT, names[i],
                                  (gint64) info.st_size);
      g_assert_cmpstr (g_ptr_array_index (entries, i), ==, expected);
    }
}

/* (transfer full): what the true xorriso prints about the image */
static char *
ask_xorriso (MediaFixture *fixture, const char *action)
{
  g_autofree char *device = g_strconcat ("stdio:", fixture->image, NULL);
  const char *const argv[] = { "xorriso", "-no_rc", "-charset", "UTF-8", "-indev", device,
                               "-pvd_info", "-find", "/", "-exec", action, "--", NULL };
  char *out = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  return out;
}

/* "File data lba:  0 ,       66 ,        1 ,      629 , '/TOMOSHIBI/README.txt'" */
static guint64
first_sector (const char *listing, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (listing, "\n", -1);
  g_autofree char *end = g_strdup_printf ("/%s'", name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "File data lba:") && g_str_has_suffix (lines[i], end))
      return g_ascii_strtoull (strchr (lines[i], ',') + 1, NULL, 10);
  g_assert_not_reached ();
}

static void
test_lists (MediaFixture *fixture, gconstpointer data)
{
  g_autofree char *places = NULL;
  g_autofree char *rights = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (fixture);
  assert_lists_all (fixture, "!joliet");
  assert_lists_all (fixture, "!rockridge");

  places = ask_xorriso (fixture, "report_lba");
  g_assert_nonnull (strstr (places, "TOMOSHIBI_000001"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpuint (first_sector (places, "spare.disc"), <=, first_sector (places, names[i]));
      g_assert_cmpuint (first_sector (places, "manifest.json"), >=,
                        first_sector (places, names[i]));
    }
  g_assert_cmpuint (first_sector (places, "records.disc"), >=, first_sector (places, "README.txt"));

  /* the disc's own files may be their owner's only, the image's are anybody's */
  rights = ask_xorriso (fixture, "lsdl");
  g_assert_null (strstr (rights, "-------"));
  g_assert_nonnull (strstr (rights, "dr-xr-xr-x"));
}

static void
test_same (MediaFixture *fixture, gconstpointer data)
{
  g_autofree char *again = media_fixture_path (fixture, "again");
  const char *const verify[] = { "verify", again, NULL };
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (fixture);
  media_extract (fixture->image, again);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *one = disc_file (fixture, names[i]);
      g_autofree char *other = g_build_filename (again, DISC_FOLDER, names[i], NULL);

      media_assert_same_file (one, other);
    }

  g_assert_cmpint (build_fixture_run (verify, NULL, NULL), ==, 0);
  expected = media_export (fixture->build.disc);
  found = media_export (again);
  g_assert_cmpstr (expected, ==, found);
}

/* Under a locale that knows no kanji, as from cron. */
static void
test_plain_locale (MediaFixture *fixture, gconstpointer data)
{
  if (media_skip_without_xorriso ())
    return;
  g_setenv ("LC_ALL", "C", TRUE);
  media_fixture_image (fixture);
  g_unsetenv ("LC_ALL");
  assert_lists_all (fixture, "!joliet");
}

static void
test_json (MediaFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->build.disc, DISC_FOLDER, NULL);
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, "--json",
                               "--medium", "cd", NULL };
  g_autofree char *out = NULL;
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  cJSON *object;
  const cJSON *fits;
  gsize len;

  if (media_skip_without_xorriso ())
    return;
  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  object = cJSON_Parse (out);
  g_assert_true (g_file_get_contents (fixture->image, &content, &len, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, len);
  g_assert_cmpstr (build_text (object, "path"), ==, fixture->image);
  g_assert_cmpint (build_number (object, "bytes"), ==, (int) len);
  g_assert_cmpint (build_number (object, "sectors") * IMP_SECTOR_BYTES, ==, (int) len);
  g_assert_cmpstr (build_text (object, "sha256"), ==, sum);
  fits = cJSON_GetObjectItemCaseSensitive (object, "fits");
  g_assert_cmpint (cJSON_GetArraySize (fits), ==, 4);
  g_assert_cmpstr (cJSON_GetArrayItem (fits, 0)->valuestring, ==, "cd");

  /* what is said before an image is made is never too little */
  g_assert_cmpint (build_number (object, "sectors"), <=,
                   (int) imp_medium_folder_sectors (folder, NULL));
  cJSON_Delete (object);
}

static void
test_exists (MediaFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  g_autofree char *err = NULL;
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (fixture->image, "precious", -1, NULL));
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_true (g_file_get_contents (fixture->image, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "precious");
}

static void
test_unsealed (MediaFixture *fixture, gconstpointer data)
{
  g_autofree char *plain = media_fixture_path (fixture, "plain");
  const char *const refused[] = { "image", plain, "--output", fixture->image, NULL };
  const char *const accepted[] = { "image", plain, "--output", fixture->image, "--accept",
                                   "unsealed", NULL };
  g_autofree char *err = NULL;
  g_autofree char *warning = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_build (fixture, "plain", FALSE);
  g_assert_cmpint (build_fixture_run (refused, NULL, &err), ==, 4);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_true (media_is_clean (fixture->build.dir));

  g_assert_cmpint (build_fixture_run (accepted, NULL, &warning), ==, 0);
  g_assert_nonnull (strstr (warning, "NOT ENCRYPTED"));
}

static void
test_damaged (MediaFixture *fixture, gconstpointer data)
{
  const char *const refused[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  const char *const accepted[] = { "image", fixture->build.disc, "--output", fixture->image,
                                   "--accept", "damaged", NULL };
  static const char *const damaged[] = { "records.disc", "spare.disc", "manifest.json" };

  if (media_skip_without_xorriso ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = disc_file (fixture, damaged[i]);
      GStatBuf info;

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      media_flip (path, (guint64) info.st_size / 2);
      g_assert_cmpint (build_fixture_run (refused, NULL, NULL), ==, 5);
      g_assert_true (media_is_clean (fixture->build.dir));
      g_assert_cmpint (build_fixture_run (accepted, NULL, NULL), ==, 0);
      g_assert_cmpint (g_unlink (fixture->image), ==, 0);
      media_flip (path, (guint64) info.st_size / 2);
    }
}

/* Its copy will do, but that is for whoever burns it to say. */
static void
test_without_manifest (MediaFixture *fixture, gconstpointer data)
{
  const char *const refused[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  const char *const accepted[] = { "image",    fixture->build.disc, "--output", fixture->image,
                                   "--accept", "damaged",           NULL };
  g_autofree char *path = disc_file (fixture, "manifest.json");
  g_autofree char *away = media_fixture_path (fixture, "away");
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_assert_cmpint (build_fixture_run (refused, NULL, &err), ==, 5);
  g_assert_nonnull (strstr (err, "tomoshibi verify"));
  g_assert_true (media_is_clean (fixture->build.dir));
  g_assert_cmpint (build_fixture_run (accepted, NULL, NULL), ==, 0);
  entries = media_list (fixture->image, "!joliet");
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (names) - 1);
  g_assert_cmpint (g_rename (away, path), ==, 0);
}

/* Neither what a desktop leaves in every folder nor somebody's export gets onto a medium. */
static void
test_stranger (MediaFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  g_autofree char *path = disc_file (fixture, "export.ndjson");
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 0);
  g_assert_nonnull (strstr (err, "export.ndjson"));
  assert_lists_all (fixture, "!joliet");
}

static void
test_too_large (MediaFixture *fixture, gconstpointer data)
{
  g_autofree char *plain = media_fixture_path (fixture, "plain");
  g_autofree char *path = g_build_filename (plain, DISC_FOLDER, "records.sqlite", NULL);
  const char *const argv[] = { "image", plain, "--output", fixture->image, "--medium", "cd",
                               "--accept", "unsealed", NULL };
  g_autofree char *err = NULL;

  media_fixture_build (fixture, "plain", FALSE);
  g_assert_cmpint (truncate (path, 750010368), ==, 0); /* pages without anything in them */
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_nonnull (strstr (err, "take DVD-R 4.7 GB"));
  g_assert_true (media_is_clean (fixture->build.dir));
}

static void
test_usage (MediaFixture *fixture, gconstpointer data)
{
  const char *disc = fixture->build.disc;
  const struct
  {
    const char *argv[9];
    int code;
  } cases[] = {
    { { "image", "--output", "a.iso" }, 2 },
    { { "image", disc }, 2 },
    { { "image", disc, "--output", "a.iso", "--usb", "b" }, 2 },
    { { "image", disc, disc, "--output", "a.iso" }, 2 },
    { { "image", disc, "--output", "a.iso", "--medium", "floppy" }, 2 },
    { { "image", disc, "--usb", "b", "--medium", "cd" }, 2 },
    { { "image", disc, "--output", "a.iso", "--accept", "anything" }, 2 },
    { { "image", fixture->build.dir, "--output", "a.iso" }, 1 }, /* no disc there */
    { { "image", disc, "--output", "/nonexistent/a.iso" }, 1 },
    { { "image", disc, "--usb", "/nonexistent" }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *err = NULL;
      int code = build_fixture_run (cases[i].argv, NULL, &err);

      g_test_message ("%u: %s", i, err);
      g_assert_cmpint (code, ==, cases[i].code);
      g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
    }
}

/* ---- what goes wrong ------------------------------------------------------------------------- */

static void
test_full (MediaFixture *fixture, gconstpointer data)
{
  static const guint64 limits[] = { 4096, 65536, 200 * 1024 };
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };

  if (media_skip_without_xorriso ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GSubprocess) process = media_start (argv, limits[i]);
      g_autofree char *err = NULL;

      g_assert_cmpint (media_finish (process, &err), ==, 1);
      g_assert_nonnull (strstr (err, "full"));
      g_assert_true (media_is_clean (fixture->build.dir));
    }
}

static void
test_interrupted (MediaFixture *fixture, gconstpointer data)
{
  static const guint moments_ms[] = { 0, 10, 20, 40, 60, 80, 120, 200 };
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };

  if (media_skip_without_xorriso ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (moments_ms); i++)
    {
      g_autoptr (GSubprocess) process = media_start (argv, 0);
      int code;

      g_usleep (moments_ms[i] * 1000);
      g_subprocess_send_signal (process, i % 2 == 0 ? SIGINT : SIGTERM);
      code = media_finish (process, NULL);
      if (code == 0)
        {
          assert_lists_all (fixture, "!joliet"); /* too early or too late */
          g_assert_cmpint (g_unlink (fixture->image), ==, 0);
        }
      g_assert_true (media_is_clean (fixture->build.dir));
    }
}

/* libburn's handler of signals may wait for ever: it is made to end. */
static void
test_hanging (MediaFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  g_autofree char *began = g_build_filename (fixture->build.dir, "began", NULL);
  g_autofree char *deaf =
      g_strdup_printf ("trap '' TERM INT; : > '%s'; while :; do :; done", began);
  g_autoptr (GSubprocess) process = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_fake_xorriso (fixture, deaf);
  process = media_start (argv, 0);
  while (!g_file_test (began, G_FILE_TEST_EXISTS))
    g_usleep (10 * 1000);
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_cmpint (media_finish (process, NULL), !=, 0);
  g_assert_cmpint (g_unlink (began), ==, 0);
  g_assert_true (media_is_clean (fixture->build.dir));
}

/* A medium that keeps something else than what was written to it. */
static void
test_written_wrong (MediaFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_fake_xorriso (fixture, "printf '\\125\\252' | dd of=\"$file\" bs=1 seek=300001 "
                                       "conv=notrunc 2>/dev/null");
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 5);
  g_assert_nonnull (strstr (err, "records.disc"));
  g_assert_true (media_is_clean (fixture->build.dir));
}

static void
test_no_xorriso (MediaFixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "image", fixture->build.disc, "--output", fixture->image, NULL };
  g_autofree char *err = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "install the package xorriso"));
  g_assert_true (media_is_clean (fixture->build.dir));
}

#define ADD(path, func)                                                                            \
  g_test_add (path, MediaFixture, NULL, media_fixture_set_up, func, media_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  ADD ("/importer/image/lists", test_lists);
  ADD ("/importer/image/same", test_same);
  ADD ("/importer/image/plain-locale", test_plain_locale);
  ADD ("/importer/image/json", test_json);
  ADD ("/importer/image/exists", test_exists);
  ADD ("/importer/image/unsealed", test_unsealed);
  ADD ("/importer/image/damaged", test_damaged);
  ADD ("/importer/image/without-manifest", test_without_manifest);
  ADD ("/importer/image/stranger", test_stranger);
  ADD ("/importer/image/too-large", test_too_large);
  ADD ("/importer/image/usage", test_usage);
  ADD ("/importer/image/full", test_full);
  ADD ("/importer/image/interrupted", test_interrupted);
  ADD ("/importer/image/hanging", test_hanging);
  ADD ("/importer/image/written-wrong", test_written_wrong);
  ADD ("/importer/image/no-xorriso", test_no_xorriso);
  return media_fixture_run_tests ();
}
