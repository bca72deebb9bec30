/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "imp-media-drive.h"
#include "imp-media-record.h"
#include "imp-media.h"
#include "media-fixture.h"

#define WAIT_MAX_MS 30000

/* Burning on the pseudo-drive of libburn, which writes a file. */
typedef struct
{
  MediaFixture media;
  char *written;  /* the file behind the drive */
  char *device;
  char *record;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  media_fixture_set_up (&fixture->media, NULL);
  fixture->written = media_fixture_path (&fixture->media, "written");
  fixture->device = g_strconcat ("stdio:", fixture->written, NULL);
  fixture->record = media_fixture_path (&fixture->media, "burns.ndjson");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->written);
  g_free (fixture->device);
  g_free (fixture->record);
  media_fixture_tear_down (&fixture->media, NULL);
}

static int
burn (Fixture *fixture, const char *source, const char *option, char **out, char **err)
{
  const char *const argv[] = { "burn", source, "--device", fixture->device, "--record",
                               fixture->record, option, NULL };

  return build_fixture_run (argv, out, err);
}

/* (transfer full): the lines of the record */
static GPtrArray *
read_records (Fixture *fixture)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) cJSON_Delete);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (fixture->record, &content, NULL, NULL));
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      cJSON *record = cJSON_Parse (lines[i]);

      g_assert_nonnull (record);
      g_ptr_array_add (records, record);
    }
  g_assert_true (*content == '\0' || g_str_has_suffix (content, "\n"));
  return records;
}

static void
assert_one_record (Fixture *fixture, const char *read_back)
{
  g_autoptr (GPtrArray) records = read_records (fixture);

  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (build_text (g_ptr_array_index (records, 0), "read_back"), ==, read_back);
}

static void
assert_no_record (Fixture *fixture)
{
  g_autoptr (GPtrArray) records = read_records (fixture);

  g_assert_cmpuint (records->len, ==, 0);
}

static void
test_image (Fixture *fixture, gconstpointer data)
{
  const char *image = fixture->media.image;
  g_autofree char *out = NULL;
  g_autofree char *content = NULL;
  g_autofree char *found = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const cJSON *record;
  gsize len, found_len;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  g_assert_cmpint (burn (fixture, image, NULL, &out, NULL), ==, 0);
  g_assert_cmpuint (build_fixture_count_lines (out), ==, 1);

  g_assert_true (g_file_get_contents (image, &content, &len, NULL));
  g_assert_true (g_file_get_contents (fixture->written, &found, &found_len, NULL));
  g_assert_cmpuint (found_len, >=, len);
  g_assert_cmpmem (content, len, found, len);

  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, len);
  records = read_records (fixture);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (build_text (record, "type"), ==, "burn");
  g_assert_cmpstr (build_text (record, "sha256"), ==, sum);
  g_assert_cmpstr (build_text (record, "device"), ==, fixture->device);
  g_assert_cmpstr (build_text (record, "read_back"), ==, "same");
  g_assert_cmpint (build_number (record, "serial"), ==, 1);
  g_assert_cmpint (build_number (record, "sectors") * IMP_SECTOR_BYTES, ==, (int) len);
  g_assert_cmpint (build_number (record, "compared"), ==, build_number (record, "sectors"));
  g_assert_cmpuint (strlen (build_text (record, "disc")), ==, 32);
  g_assert_nonnull (strstr (out, build_text (record, "disc")));
  g_assert_nonnull (strstr (out, sum));
}

static void
test_disc (Fixture *fixture, gconstpointer data)
{
  const char *disc = fixture->media.build.disc;
  g_autofree char *again = media_fixture_path (&fixture->media, "again");
  g_autofree char *out = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  cJSON *object;

  if (media_skip_without_xorriso ())
    return;
  g_assert_cmpint (burn (fixture, disc, "--json", &out, NULL), ==, 0);
  object = cJSON_Parse (out);
  g_assert_cmpstr (build_text (object, "read_back"), ==, "same");
  cJSON_Delete (object);
  g_assert_true (media_is_clean (fixture->media.build.dir));

  media_extract (fixture->written, again);
  expected = media_export (disc);
  found = media_export (again);
  g_assert_cmpstr (expected, ==, found);
}

/* The record only ever grows, whatever became of its last line. */
static void
test_appends (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *both = NULL;
  g_autofree char *cut = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, NULL), ==, 0);
  g_assert_true (g_file_get_contents (fixture->record, &first, NULL, NULL));
  g_assert_cmpint (g_unlink (fixture->written), ==, 0);
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, NULL), ==, 0);
  g_assert_true (g_file_get_contents (fixture->record, &both, NULL, NULL));
  g_assert_true (g_str_has_prefix (both, first));
  g_assert_cmpuint (build_fixture_count_lines (both), ==, 2);

  g_assert_true (g_file_set_contents (fixture->record, "{\"type\":\"bu", -1, NULL));
  g_assert_cmpint (g_unlink (fixture->written), ==, 0);
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, NULL), ==, 0);
  g_assert_true (g_file_get_contents (fixture->record, &cut, NULL, NULL));
  g_assert_true (g_str_has_prefix (cut, "{\"type\":\"bu\n{\"type\":\"burn\""));
}

/* ---- what is refused before anything is written ---------------------------------------------- */

static void
test_not_blank (Fixture *fixture, gconstpointer data)
{
  const char *image = fixture->media.image;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *err = NULL;
  gsize before_len, after_len;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  g_assert_cmpint (burn (fixture, image, NULL, NULL, NULL), ==, 0);
  g_assert_true (g_file_get_contents (fixture->written, &before, &before_len, NULL));
  g_assert_cmpint (burn (fixture, image, NULL, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_nonnull (strstr (err, "not blank"));
  g_assert_true (g_file_get_contents (fixture->written, &after, &after_len, NULL));
  g_assert_cmpmem (before, before_len, after, after_len);
  assert_one_record (fixture, "same"); /* of the first */
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  media_fixture_fake_xorriso (&fixture->media,
                              "[ -n \"$burns\" ] || echo 'Media space  : 100s'");
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, &err), ==, 1);
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_nonnull (strstr (err, "take CD-R 700 MB"));
  g_assert_false (g_file_test (fixture->written, G_FILE_TEST_EXISTS));
  assert_no_record (fixture);
}

static void
test_not_whole (Fixture *fixture, gconstpointer data)
{
  const char *image = fixture->media.image;
  GStatBuf info;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  g_assert_cmpint (g_stat (image, &info), ==, 0);
  g_assert_cmpint (truncate (image, info.st_size / 2), ==, 0);
  g_assert_cmpint (burn (fixture, image, NULL, NULL, NULL), ==, 5);

  g_assert_true (g_file_set_contents (image, "not an image", -1, NULL));
  g_assert_cmpint (burn (fixture, image, NULL, NULL, NULL), ==, 1);
  g_assert_false (g_file_test (fixture->written, G_FILE_TEST_EXISTS));
  assert_no_record (fixture);
}

static void
test_unsealed (Fixture *fixture, gconstpointer data)
{
  const char *image = fixture->media.image;
  g_autofree char *plain = media_fixture_path (&fixture->media, "plain");
  const char *const make[] = { "image", plain, "--output", image, "--accept", "unsealed", NULL };

  if (media_skip_without_xorriso ())
    return;
  media_fixture_build (&fixture->media, "plain", FALSE);
  g_assert_cmpint (build_fixture_run (make, NULL, NULL), ==, 0);
  g_assert_cmpint (burn (fixture, plain, NULL, NULL, NULL), ==, 4);
  g_assert_cmpint (burn (fixture, image, NULL, NULL, NULL), ==, 4);
  g_assert_false (g_file_test (fixture->written, G_FILE_TEST_EXISTS));
  g_assert_cmpint (burn (fixture, image, "--accept=unsealed", NULL, NULL), ==, 0);
}

static void
test_no_record (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "burn", fixture->media.build.disc, "--device", fixture->device,
                               "--record", "/proc/none/burns.ndjson", NULL };

  g_assert_cmpint (build_fixture_run (argv, NULL, NULL), ==, 1);
  g_assert_false (g_file_test (fixture->written, G_FILE_TEST_EXISTS));
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  const char *disc = fixture->media.build.disc;
  const char *record = fixture->record;
  g_autofree char *same = g_strconcat ("stdio:", record, NULL);
  const struct
  {
    const char *argv[9];
    int code;
  } cases[] = {
    { { "burn", "--device", fixture->device, "--record", record }, 2 },
    { { "burn", disc, "--record", record }, 2 },
    { { "burn", disc, disc, "--device", fixture->device, "--record", record }, 2 },
    { { "burn", disc, "--device", "sr0", "--record", record }, 2 },
    { { "burn", disc, "--device", "stdio:", "--record", record }, 2 },
    { { "burn", disc, "--device", "stdio:/dev/null", "--record", record }, 2 }, /* no plain file */
    { { "burn", record, "--device", same, "--record", record }, 2 }, /* onto itself */
    { { "burn", disc, "--device", fixture->device, "--speed", "-1", "--record", record }, 2 },
    { { "burn", disc, "--device", fixture->device, "--accept", "all-of-it", "--record", record }, 2 },
    { { "burn", fixture->media.build.dir, "--device", fixture->device, "--record", record }, 1 },
  };

  g_assert_true (g_file_set_contents (record, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *err = NULL;
      int code = build_fixture_run (cases[i].argv, NULL, &err);

      g_test_message ("%u: %s", i, err);
      g_assert_cmpint (code, ==, cases[i].code);
      g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
      g_assert_false (g_file_test (fixture->written, G_FILE_TEST_EXISTS));
    }
}

/* ---- what goes wrong ------------------------------------------------------------------------- */

/* The medium keeps something else than was written to it. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  const cJSON *record;
  const cJSON *span;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  media_fixture_fake_xorriso (&fixture->media,
                              "[ -z \"$burns\" ] || printf '\\125\\252' | "
                              "dd of=\"$file\" bs=1 seek=409700 conv=notrunc 2>/dev/null");
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, &out, &err), ==, 5);
  g_assert_cmpstr (out, ==, "");
  g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
  g_assert_nonnull (strstr (err, "sectors differ: 200\n")); /* 409700 / 2048 */

  records = read_records (fixture);
  g_assert_cmpuint (records->len, ==, 1);
  record = g_ptr_array_index (records, 0);
  g_assert_cmpstr (build_text (record, "read_back"), ==, "different");
  g_assert_cmpint (build_number (record, "different"), ==, 1);
  span = cJSON_GetArrayItem (cJSON_GetObjectItemCaseSensitive (record, "bad_sectors"), 0);
  g_assert_cmpint (cJSON_GetArrayItem (span, 0)->valueint, ==, 200);
  g_assert_cmpint (cJSON_GetArrayItem (span, 1)->valueint, ==, 200);
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  media_fixture_fake_xorriso (&fixture->media, "[ -z \"$burns\" ] || truncate -s 500000 \"$file\"");
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, NULL), ==, 5);
  assert_one_record (fixture, "different");
}

static void
test_vanished (Fixture *fixture, gconstpointer data)
{
  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  media_fixture_fake_xorriso (&fixture->media, "[ -z \"$burns\" ] || rm \"$file\"");
  g_assert_cmpint (burn (fixture, fixture->media.image, NULL, NULL, NULL), ==, 5);
  assert_one_record (fixture, "not-read-back");
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "burn", fixture->media.image, "--device", fixture->device,
                               "--record", fixture->record, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  process = media_start (argv, 200 * 1024);
  g_assert_cmpint (media_finish (process, &err), ==, 1);
  g_assert_nonnull (strstr (err, "do not use it"));
  assert_one_record (fixture, "not-written");
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  const char *const argv[] = { "burn", fixture->media.image, "--device", fixture->device,
                               "--record", fixture->record, NULL };
  g_autofree char *begun = g_strconcat (fixture->written, ".begun", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *err = NULL;

  if (media_skip_without_xorriso ())
    return;
  media_fixture_image (&fixture->media);
  media_fixture_fake_xorriso (&fixture->media,
                              "[ -z \"$burns\" ] || { touch \"$file.begun\"; exec sleep 60; }");
  process = media_start (argv, 0);
  for (guint i = 0; i < WAIT_MAX_MS && !g_file_test (begun, G_FILE_TEST_EXISTS); i++)
    g_usleep (1000);
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_cmpint (media_finish (process, &err), ==, 1);
  g_assert_nonnull (strstr (err, "do not use it"));
  assert_one_record (fixture, "not-written");
}

static void
test_no_xorriso (Fixture *fixture, gconstpointer data)
{
  g_autofree char *err = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_cmpint (burn (fixture, fixture->media.build.disc, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "install the package xorriso"));
  g_assert_true (media_is_clean (fixture->media.build.dir));
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void
test_look (void)
{
  static const struct
  {
    const char *lines[4];
    const char *type;
    gboolean is_known;
    gboolean is_blank;
    guint64 n_sectors;
  } cases[] = {
    { { "Media current: DVD-R sequential recording", "Media status : is blank",
        "Media blocks : 0 readable , 2297888 writable , 2297888 overall",
        "Media space  : 2297888s" },
      "DVD-R sequential recording", TRUE, TRUE, 2297888 },
    { { "Media current: CD-R", "Media status : is written , is closed" }, "CD-R", TRUE, FALSE, 0 },
    { { "Media current: BD-R sequential recording", "Media status : is written , is appendable",
        "Media space  : 5000s" },
      "BD-R sequential recording", TRUE, FALSE, 5000 },
    { { "Media current: is not recognizable", "Media status : is not present" },
      "is not recognizable", FALSE, FALSE, 0 },
    { { "xorriso : NOTE : Media status : is blank", "Media statusses: is blank" },
      NULL, FALSE, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpMediaLook) look = { NULL };

      for (guint j = 0; j < G_N_ELEMENTS (cases[i].lines) && cases[i].lines[j] != NULL; j++)
        imp_media_look_read (&look, cases[i].lines[j]);
      g_assert_cmpstr (look.type, ==, cases[i].type);
      g_assert_true (look.is_known == cases[i].is_known);
      g_assert_true (look.is_blank == cases[i].is_blank);
      g_assert_cmpuint (look.n_sectors, ==, cases[i].n_sectors);
    }
}

static void
test_record_json (void)
{
  const ImpMediaSpan spans[] = { { 17, 1, FALSE }, { 20, 16, TRUE } };
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (ImpMediaSpan));
  ImpMediaComparison found = { 2000, 2000, 1, 16, array, NULL };
  const ImpBurnRecord record = {
    .at = "2026-11-21T03:00:00+09:00", .disc_id = "0011", .serial = 12, .is_sealed = TRUE,
    .device = "/dev/sr0", .medium = "DVD-R sequential recording", .speed = 4, .seconds = 900,
    .n_sectors = 2000, .sha256 = "ab", .result = IMP_BURN_DIFFERENT, .found = &found,
  };
  g_autofree char *json = NULL;

  g_array_append_vals (array, spans, G_N_ELEMENTS (spans));
  json = imp_burn_record_json (&record);
  g_assert_cmpstr (json, ==,
                   "{\"type\":\"burn\",\"at\":\"2026-11-21T03:00:00+09:00\",\"disc\":\"0011\","
                   "\"serial\":12,\"sealed\":true,\"device\":\"/dev/sr0\","
                   "\"medium\":\"DVD-R sequential recording\",\"speed\":4,\"seconds\":900,"
                   "\"sectors\":2000,\"sha256\":\"ab\",\"read_back\":\"different\","
                   "\"compared\":2000,\"different\":1,\"unreadable\":16,"
                   "\"bad_sectors\":[[17,17],[20,35]],\"made_by\":\"tomoshibi " PACKAGE_VERSION
                   "\"}");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("TOMOSHIBI"));
  ADD ("/importer/burn/image", test_image);
  ADD ("/importer/burn/disc", test_disc);
  ADD ("/importer/burn/appends", test_appends);
  ADD ("/importer/burn/not-blank", test_not_blank);
  ADD ("/importer/burn/too-large", test_too_large);
  ADD ("/importer/burn/not-whole", test_not_whole);
  ADD ("/importer/burn/unsealed", test_unsealed);
  ADD ("/importer/burn/no-record", test_no_record);
  ADD ("/importer/burn/usage", test_usage);
  ADD ("/importer/burn/flipped", test_flipped);
  ADD ("/importer/burn/cut", test_cut);
  ADD ("/importer/burn/vanished", test_vanished);
  ADD ("/importer/burn/full", test_full);
  ADD ("/importer/burn/interrupted", test_interrupted);
  ADD ("/importer/burn/no-xorriso", test_no_xorriso);
  g_test_add_func ("/importer/burn/look", test_look);
  g_test_add_func ("/importer/burn/record-json", test_record_json);
  return media_fixture_run_tests ();
}
