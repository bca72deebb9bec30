/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disc that is too large for its medium: built in volumes, and what every verb makes of them. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "disc-error.h"
#include "disc-format.h"
#include "disc-picture.h"
#include "disc-reader.h"
#include "imp-document.h"
#include "imp-error.h"
#include "imp-image.h"
#include "imp-job.h"
#include "imp-keys.h"
#include "media-fixture.h"

/* The sample is built once without a limit, and once for a medium that is just too small. */
static struct
{
  BuildFixture build;
  char *sample;
  char *plain;
  char *whole;
  char *split;
  guint64 whole_sectors;
  guint64 first_sectors; /* of the first volume */
  guint n;               /* volumes of the one that is split */
} shared;

typedef struct
{
  BuildFixture build;
  char *disc; /* a copy of the disc in volumes */
} Fixture;

static char *
shared_path (const char *name)
{
  return g_build_filename (shared.build.dir, name, NULL);
}

static int
get_number (const cJSON *object, const char *key)
{
  return (int) cJSON_GetNumberValue (cJSON_GetObjectItem (object, key));
}

/* What it is to be burnt on, for scripts. */
static void
check_report (ImpJob *job, guint n)
{
  cJSON *report = n > 0 ? cJSON_Parse (imp_job_report (job)) : NULL;
  const cJSON *volumes = cJSON_GetObjectItem (report, "by_volume");

  if (n == 0)
    return;
  g_assert_cmpint (get_number (report, "volumes"), ==, (int) n);
  g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItem (report, "fits")), ==, 4);
  g_assert_cmpint (cJSON_GetArraySize (volumes), ==, n > 1 ? (int) n : 0);
  for (int i = 0; i < cJSON_GetArraySize (volumes); i++)
    {
      const cJSON *volume = cJSON_GetArrayItem (volumes, i);

      g_assert_cmpint (get_number (volume, "volume"), ==, i + 1);
      g_assert_cmpint (get_number (volume, "sectors"), ==, (int) imp_job_n_sectors (job, (guint) i + 1));
      g_assert_cmpint (get_number (volume, "sectors"), <=, get_number (report, "sectors"));
      g_assert_cmpint (cJSON_GetArraySize (cJSON_GetObjectItem (volume, "fits")), ==, 4);
    }
  cJSON_Delete (report);
}

/* @sectors: 0: one volume. Returns: volumes, 0 with an error */
static guint
build (const char *dir, guint64 sectors, guint64 *first, ImpJob **running, GError **error)
{
  g_autoptr (ImpKeys) keys = imp_keys_load (NULL, NULL, error);
  const char *from[] = { shared.sample, NULL };
  DiscSealing sealing;
  ImpJobOptions options = { .from = from, .to = dir, .as_of = "newest", .months = 13, .n_jobs = 2,
                            .medium = IMP_N_MEDIA, .volume_sectors = sectors, .sealing = &sealing };
  g_autoptr (ImpJob) job = NULL;
  guint n;

  g_assert_nonnull (keys);
  imp_keys_sealing (keys, &sealing);
  sealing.cost = DISC_SLOT_COST_LEAST;
  job = imp_job_new (&options);
  if (running != NULL)
    g_atomic_pointer_set (running, job);
  n = imp_job_run (job, error) ? imp_job_n_volumes (job) : 0;
  if (n > 0 && first != NULL)
    *first = imp_job_n_sectors (job, 1);
  for (guint volume = 1; sectors > 0 && volume <= n; volume++)
    {
      g_test_message ("volume %u of %u: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " sectors", volume,
                      n, imp_job_n_sectors (job, volume), sectors);
      g_assert_cmpuint (imp_job_n_sectors (job, volume), <=, sectors);
    }
  check_report (job, n);
  if (running != NULL)
    g_atomic_pointer_set (running, NULL);
  return n;
}

static void
run (const char *const *argv)
{
  g_autofree char *err = NULL;
  int code = build_fixture_run (argv, NULL, &err);

  g_test_message ("%s", err);
  g_assert_cmpint (code, ==, 0);
}

static void
make_shared (void)
{
  g_autofree char *keys = NULL;
  g_autofree char *passphrase = NULL;
  g_autoptr (GError) error = NULL;

  build_fixture_set_up (&shared.build, NULL);
  shared.sample = shared_path ("sample.tar");
  shared.plain = shared_path ("plain");
  shared.whole = shared_path ("whole");
  shared.split = shared_path ("split");
  keys = shared_path ("keys");
  passphrase = shared_path ("passphrase");
  g_file_set_contents (passphrase, "unlikely to be guessed\n", -1, &error);
  g_assert_no_error (error);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  g_setenv ("TOMOSHIBI_PASSPHRASE_FILE", passphrase, TRUE);
  {
    const char *const sample[] = { "sample", "--patients", "220",         "--months",
                                   "4",      "--to",       shared.sample, NULL };
    const char *const plain[] = { "build", "--unsealed", "--as-of", "newest", "--from",
                                  shared.sample, "--to", shared.plain, NULL };

    run (sample);
    run (plain);
  }
  g_assert_cmpuint (build (shared.whole, 0, &shared.whole_sectors, NULL, &error), ==, 1);
  g_assert_no_error (error);
  shared.n = build (shared.split, shared.whole_sectors - 200, &shared.first_sectors, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shared.n, >, 1);
}

static void
copy_folder (const char *from, const char *to)
{
  const char *argv[] = { "cp", "-R", from, to, NULL };
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
remove_folder (const char *path)
{
  const char *argv[] = { "rm", "-rf", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  if (shared.sample == NULL)
    make_shared ();
  build_fixture_set_up (&fixture->build, NULL);
  fixture->disc = fixture->build.disc;
  copy_folder (shared.split, fixture->disc);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  build_fixture_tear_down (&fixture->build, NULL);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (transfer container): @text cut at its line ends. A sanitizer measures a whole text at each search in
 * it, so that g_strsplit() takes minutes here. */
static GPtrArray *
cut_lines (char *text)
{
  GPtrArray *lines = g_ptr_array_new ();
  gsize left = strlen (text);

  while (left > 0)
    {
      char *end = memchr (text, '\n', left);
      gsize len = end != NULL ? (gsize) (end - text) : left;

      text[len] = '\0';
      g_ptr_array_add (lines, text);
      left -= MIN (left, len + 1);
      text += len + 1;
    }
  return lines;
}

/* (transfer full): without the line that says which disc it is. Two builds meet the same patients in
 * another order: threads read. */
static char *
facts (const char *dir)
{
  g_autofree char *out = media_export (dir);
  g_autoptr (GPtrArray) lines = cut_lines (out);
  g_autoptr (GString) rest = g_string_new (NULL);

  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    if (!g_str_has_prefix (g_ptr_array_index (lines, i), "{\"type\":\"disc\""))
      g_string_append_printf (rest, "%s\n", (char *) g_ptr_array_index (lines, i));
  g_assert_cmpuint (rest->len, >, 100000);
  return g_string_free (g_steal_pointer (&rest), FALSE);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = facts (shared.plain);
  g_autofree char *whole = facts (shared.whole);
  g_autofree char *split = facts (fixture->disc);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *alone = NULL;

  g_assert_true (g_str_equal (plain, whole));
  g_assert_true (g_str_equal (plain, split));
  remove_folder (second);
  alone = facts (fixture->disc);
  g_assert_true (g_str_equal (plain, alone));
}

/* (transfer full): sums of all pictures that can be read, in the order of the sums. @n_elsewhere: (out): those
 * that are on volumes which are not there */
static char *
sum_pictures (const char *dir, guint *n_elsewhere)
{
  const DiscUnlock unlock = { .passphrase = "unlikely to be guessed" };
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, &unlock, &error);

  g_assert_no_error (error);
  *n_elsewhere = 0;
  for (guint32 pno = 1; pno <= disc_reader_n_patients (reader); pno++)
    {
      g_autoptr (DiscChart) chart = disc_reader_load_chart (reader, pno, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < disc_chart_n_messages (chart); i++)
        {
          g_autoptr (GPtrArray) pictures =
              disc_reader_load_pictures (reader, disc_chart_message (chart, i)->rid, &error);

          g_assert_no_error (error);
          for (guint j = 0; j < pictures->len; j++)
            {
              g_autoptr (GBytes) bytes =
                  disc_reader_load_picture (reader, g_ptr_array_index (pictures, j), &error);

              if (bytes != NULL)
                {
                  g_ptr_array_add (sums, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes));
                  continue;
                }
              g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
              g_clear_error (&error);
              (*n_elsewhere)++;
            }
        }
    }
  g_ptr_array_sort (sums, compare_lines);
  g_ptr_array_add (sums, NULL);
  return g_strjoinv ("\n", (char **) sums->pdata);
}

/* What the first volume tells of, the others have. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  guint n_elsewhere, n_here;
  g_autofree char *plain = sum_pictures (shared.plain, &n_here);
  g_autofree char *split = sum_pictures (fixture->disc, &n_elsewhere);
  g_autofree char *alone = NULL;

  g_assert_cmpuint (strlen (plain), >, 5 * 64);
  g_assert_cmpuint (n_here, ==, 0);
  g_assert_cmpuint (n_elsewhere, ==, 0);
  g_assert_cmpstr (plain, ==, split);
  for (guint volume = 2; volume <= shared.n; volume++)
    {
      g_autofree char *path = disc_reader_volume_path (fixture->disc, volume);

      remove_folder (path);
    }
  alone = sum_pictures (fixture->disc, &n_elsewhere);
  g_assert_cmpstr (alone, ==, "");
  g_assert_cmpuint (n_elsewhere, ==, build_fixture_count_lines (plain) + 1);
}

static gboolean
note_source (const DiscMessage *message, const DiscRecordSet *records, gpointer user_data,
             GError **error)
{
  GPtrArray *sums = user_data;

  g_assert_nonnull (message->source);
  g_ptr_array_add (sums, g_compute_checksum_for_string (G_CHECKSUM_SHA256, message->source,
                                                        (gssize) message->source_len));
  return TRUE;
}

/* (transfer full): sums of all sources, in the order of the sums */
static char *
sum_sources (const char *dir, const DiscUnlock *unlock)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscReader) reader = disc_reader_open_with (dir, unlock, &error);

  g_assert_no_error (error);
  disc_reader_foreach_message (reader, 0, G_MAXINT64, note_source, sums, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (sums, compare_lines);
  g_ptr_array_add (sums, NULL);
  return g_strjoinv ("\n", (char **) sums->pdata);
}

static void
test_sources (Fixture *fixture, gconstpointer data)
{
  static const DiscUnlock unlock = { .passphrase = "unlikely to be guessed" };
  g_autofree char *plain = sum_sources (shared.plain, NULL);
  g_autofree char *split = sum_sources (fixture->disc, &unlock);

  g_assert_cmpstr (plain, ==, split);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->build.dir, "many", NULL);
  g_autoptr (GError) error = NULL;

  /* As small as the medium may be. */
  g_assert_cmpuint (build (dir, shared.first_sectors + 50, NULL, NULL, &error), >, shared.n);
  g_assert_no_error (error);
}

/* The medium has to take the first volume at least; what does is named. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->build.dir, "small", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (build (dir, shared.first_sectors - 50, NULL, NULL, &error), ==, 0);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "volume 1 "));
  g_assert_nonnull (strstr (error->message, "take CD-R 700 MB"));
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

/* One that is plainly too small is refused before any other volume is written. */
static void
test_refused_early (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->build.dir, "small", NULL);
  guint64 sectors = IMP_IMAGE_OVERHEAD_SECTORS + (shared.first_sectors - IMP_IMAGE_OVERHEAD_SECTORS) / 2;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (build (dir, sectors, NULL, NULL, &error), ==, 0);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "volume 1 does not fit and cannot be split further"));
  g_assert_nonnull (strstr (error->message, "take CD-R 700 MB"));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

static gpointer
cancel_when_splitting (gpointer data)
{
  ImpJob **running = data;
  ImpJobProgress progress = { 0 };

  while (progress.phase != IMP_JOB_SPLITTING)
    {
      ImpJob *job = g_atomic_pointer_get (running);

      if (job != NULL)
        imp_job_get_progress (job, &progress);
      g_thread_yield ();
    }
  imp_job_cancel (g_atomic_pointer_get (running));
  return NULL;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->build.dir, "cancelled", NULL);
  g_autoptr (GError) error = NULL;
  ImpJob *running = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_when_splitting, &running);

  g_assert_cmpuint (build (dir, shared.first_sectors + 50, NULL, &running, &error), ==, 0);
  g_thread_join (thread);
  g_assert_error (error, IMP_ERROR, IMP_ERROR_CANCELLED);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

/* ---- verify --------------------------------------------------------------------------------- */

/* (transfer full) */
static cJSON *
verify (const char *dir, int expected)
{
  const char *const argv[] = { "verify", dir, "--json", NULL };
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  int code = build_fixture_run (argv, &out, &err);

  g_test_message ("%s%s", out, err);
  g_assert_cmpint (code, ==, expected);
  return cJSON_Parse (out);
}

static int
count (const cJSON *object, const char *key)
{
  return cJSON_GetArraySize (cJSON_GetObjectItem (object, key));
}

static void
check_verify (const char *dir, int code, const char *verdict, int n_read, int n_absent)
{
  cJSON *told = verify (dir, code);

  g_assert_cmpstr (build_text (told, "verdict"), ==, verdict);
  g_assert_cmpint (build_number (told, "volumes"), ==, (int) shared.n);
  g_assert_cmpint (count (told, "volumes_read"), ==, n_read);
  g_assert_cmpint (count (told, "volumes_absent"), ==, n_absent);
  cJSON_Delete (told);
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *away = disc_reader_volume_path (fixture->disc, 99);
  g_autofree char *container = g_build_filename (second, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_autofree char *manifest = g_build_filename (second, DISC_FOLDER, DISC_MANIFEST_FILE, NULL);
  g_autofree char *first = g_build_filename (fixture->disc, DISC_FOLDER, NULL);
  int n = (int) shared.n;
  cJSON *told;

  check_verify (fixture->disc, 0, "intact", n, 0);
  check_verify (second, 0, "intact", 1, n - 1);

  g_assert_cmpint (g_rename (manifest, away), ==, 0);
  told = verify (fixture->disc, 5);
  g_assert_cmpstr (build_text (told, "verdict"), ==, "repairable");
  g_assert_cmpstr (
      cJSON_GetStringValue (cJSON_GetArrayItem (cJSON_GetObjectItem (told, "places"), 0)), ==,
      "volume 2: manifest.json: missing or damaged; its second copy is used");
  cJSON_Delete (told);
  g_assert_cmpint (g_rename (away, manifest), ==, 0);

  media_flip (container, DISC_HEAD_BYTES + 5 * DISC_UNIT_BYTES + 77);
  check_verify (fixture->disc, 5, "repairable", n, 0);
  for (guint i = 0; i < 30; i++)
    media_flip (container, DISC_HEAD_BYTES + (6 + i) * DISC_UNIT_BYTES + 77);
  told = verify (second, 5);
  g_assert_cmpstr (build_text (told, "verdict"), ==, "damaged");
  g_assert_cmpint (count (told, "touched"), >, 0);
  g_assert_nonnull (build_text (cJSON_GetArrayItem (cJSON_GetObjectItem (told, "touched"), 0),
                                "patient"));
  cJSON_Delete (told);

  g_assert_cmpint (g_rename (second, away), ==, 0);
  check_verify (fixture->disc, 0, "intact", n - 1, 1);

  /* A copy of the first volume in the place of the second. */
  g_assert_cmpint (g_mkdir (second, 0700), ==, 0);
  copy_folder (first, second);
  check_verify (fixture->disc, 5, "damaged", n - 1, 1);
}

/* ---- the other verbs ------------------------------------------------------------------------ */

static void
test_second_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  const char *const argv[] = { "export", second, NULL };
  g_autofree char *err = NULL;

  g_assert_cmpint (build_fixture_run (argv, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "volume 2 of "));
  g_assert_nonnull (strstr (err, " of disc number 1; begin with volume 1"));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  const char *const argv[] = { "search", fixture->disc, "アムロジピン", "--json", NULL };
  g_autofree char *all = NULL;
  g_autofree char *alone = NULL;

  g_assert_cmpint (build_fixture_run (argv, &all, NULL), ==, 0);
  g_assert_cmpuint (strlen (all), >, 1000);
  remove_folder (second);
  g_assert_cmpint (build_fixture_run (argv, &alone, NULL), ==, 0);
  g_assert_true (g_str_equal (all, alone));
}

static void
test_image (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *image = g_build_filename (fixture->build.dir, "second.iso", NULL);
  const char *const argv[] = { "image", second, "--output", image, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpImageDisc) disc = imp_image_disc_open (second, &error);
  g_autofree char *id = NULL;
  g_auto (ImpImageInfo) info = { 0 };

  g_assert_no_error (error);
  id = imp_image_volume_id (disc);
  g_assert_cmpstr (id, ==, "TMSB_000001_V2");
  if (media_skip_without_xorriso ())
    return;
  run (argv);
  g_assert_true (imp_image_peek (image, &info, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (info.volume, ==, 2);
  g_assert_cmpuint (info.n_volumes, ==, shared.n);
}

/* Volumes on one stick are the disc again. */
static void
test_stick (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *stick = g_build_filename (fixture->build.dir, "stick", NULL);
  const char *const copy_second[] = { "image", second, "--usb", stick, NULL };
  const char *const copy_first[] = { "image", fixture->disc, "--usb", stick, NULL };

  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  run (copy_second);
  run (copy_first);
  check_verify (stick, 0, "intact", 2, (int) shared.n - 2);
}

/* ---- nothing plain -------------------------------------------------------------------------- */

static void
look_for (GPtrArray *words, const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (path, &data, &len, NULL));
      for (guint i = 0; i < words->len; i++)
        {
          const char *word = g_ptr_array_index (words, i);

          g_assert_null (memmem (data, len, word, strlen (word)));
        }
    }
}

static void
test_nothing_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *out = media_export (fixture->disc);
  g_autoptr (GPtrArray) lines = cut_lines (out);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lines->len; i++)
    {
      cJSON *line = cJSON_Parse (g_ptr_array_index (lines, i));

      if (g_strcmp0 (build_text (line, "type"), "patient") == 0)
        {
          g_ptr_array_add (words, g_strdup (build_text (line, "name")));
          g_ptr_array_add (words, g_strdup (build_text (line, "id")));
        }
      cJSON_Delete (line);
    }
  g_ptr_array_add (words, g_strdup ("MSH|^~"));
  g_assert_cmpuint (words->len, >, 400);
  g_ptr_array_remove_range (words, 0, words->len - 60); /* enough of them */
  for (guint volume = 1; volume <= shared.n; volume++)
    {
      g_autofree char *path = disc_reader_volume_path (fixture->disc, volume);
      g_autofree char *folder = g_build_filename (path, DISC_FOLDER, NULL);

      look_for (words, folder);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/importer/volumes/export", test_export },
    { "/importer/volumes/pictures", test_pictures },
    { "/importer/volumes/sources", test_sources },
    { "/importer/volumes/many", test_many },
    { "/importer/volumes/refused", test_refused },
    { "/importer/volumes/refused-early", test_refused_early },
    { "/importer/volumes/cancelled", test_cancelled },
    { "/importer/volumes/verify", test_verify },
    { "/importer/volumes/second-alone", test_second_alone },
    { "/importer/volumes/search", test_search },
    { "/importer/volumes/image", test_image },
    { "/importer/volumes/stick", test_stick },
    { "/importer/volumes/nothing-plain", test_nothing_plain },
  };
  int code;

  imp_document_main (argc, argv); /* papers of the sample are read in processes of this program */
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  code = g_test_run ();
  if (shared.sample != NULL)
    build_fixture_tear_down (&shared.build, NULL);
  g_free (shared.sample);
  g_free (shared.plain);
  g_free (shared.whole);
  g_free (shared.split);
  return code;
}
