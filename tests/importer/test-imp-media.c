/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-media-compare.h"
#include "imp-media-xorriso.h"
#include "media-fixture.h"

static void
test_smallest (void)
{
  static const struct
  {
    guint64 n_sectors;
    ImpMedium medium;
  } cases[] = {
    { 0, IMP_MEDIUM_CD },
    { 359844, IMP_MEDIUM_CD },        /* 736,966,656 bytes */
    { 359845, IMP_MEDIUM_DVD },
    { 2298496, IMP_MEDIUM_DVD },
    { 2298497, IMP_MEDIUM_DL },
    { 4171712, IMP_MEDIUM_DL },
    { 4171713, IMP_MEDIUM_BD },
    { 12219392, IMP_MEDIUM_BD },
    { 12219393, IMP_N_MEDIA },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_medium_smallest (cases[i].n_sectors), ==, cases[i].medium);
}

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) none = NULL;
  g_autofree char *two = imp_medium_fits_text (4000000);
  g_autofree char *no = imp_medium_fits_text (20000000);
  ImpMedium medium;

  g_assert_true (imp_medium_parse ("dl", &medium, NULL));
  g_assert_cmpint (medium, ==, IMP_MEDIUM_DL);
  g_assert_true (imp_medium_parse (NULL, &medium, NULL));
  g_assert_true (imp_medium_check (medium, G_MAXUINT64, NULL)); /* none was asked for */

  g_assert_true (imp_medium_check (IMP_MEDIUM_DVD, 2298496, NULL));
  g_assert_false (imp_medium_check (IMP_MEDIUM_DVD, 2298497, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "take DVD-R DL 8.5 GB"));
  g_assert_false (imp_medium_check (IMP_MEDIUM_BD, 20000000, &none));
  g_assert_nonnull (strstr (none->message, "no medium is large enough"));

  g_assert_cmpstr (two, ==, "Fits on: DVD-R DL 8.5 GB, BD-R 25 GB.");
  g_assert_cmpstr (no, ==, "Fits on no medium: more than BD-R 25 GB holds.");
}

static void
test_permille (void)
{
  static const struct
  {
    const char *line;
    int permille;
  } cases[] = {
    { "xorriso : UPDATE : Writing:        726s   42.8%   fifo   0%  buf  50%", 428 },
    { "xorriso : UPDATE : Writing:       1699s  100.0%   fifo   0%  buf  50%", 1000 },
    { "xorriso : UPDATE :   12 of   48 MB written (fifo  0%) [buf  50%]   4.0x.", 250 },
    { "xorriso : UPDATE :    0 of    0 MB written", -1 },
    { "xorriso : UPDATE :       1 files added in 1 seconds", -1 },
    { "xorriso : NOTE : Writing: 50%", -1 },
    { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_xorriso_permille (cases[i].line), ==, cases[i].permille);
}

/* ---- reading back --------------------------------------------------------------------------- */

typedef struct
{
  char *dir;
  char *image;
  char *written;
} Fixture;

#define IMAGE_SECTORS 1300 /* more than two chunks */
#define IMAGE_BYTES (IMAGE_SECTORS * IMP_SECTOR_BYTES)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree guint8 *content = g_malloc (IMAGE_BYTES);

  for (guint i = 0; i < IMAGE_BYTES; i++)
    content[i] = (guint8) (i * 31 + i / IMP_SECTOR_BYTES);
  fixture->dir = g_dir_make_tmp ("tomoshibi-media-XXXXXX", NULL);
  fixture->image = g_build_filename (fixture->dir, "image", NULL);
  fixture->written = g_build_filename (fixture->dir, "written", NULL);
  g_assert_true (g_file_set_contents (fixture->image, (char *) content, IMAGE_BYTES, NULL));
  g_assert_true (g_file_set_contents (fixture->written, (char *) content, IMAGE_BYTES, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->image);
  g_unlink (fixture->written);
  g_rmdir (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->image);
  g_free (fixture->written);
}

static void
test_compare_same (Fixture *fixture, gconstpointer data)
{
  g_auto (ImpMediaComparison) found = { 0 };
  g_autofree char *content = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  /* a drive may show more than was written */
  g_assert_cmpint (truncate (fixture->written, 2000 * IMP_SECTOR_BYTES), ==, 0);
  g_assert_true (imp_media_compare (fixture->image, fixture->written, NULL, &found, &error));
  g_assert_no_error (error);
  g_assert_true (imp_media_comparison_is_same (&found));
  g_assert_cmpuint (found.n_compared, ==, IMAGE_SECTORS);
  g_assert_true (g_file_get_contents (fixture->image, &content, &len, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guint8 *) content, len);
  g_assert_cmpstr (found.sha256, ==, sum);
}

/* A file of a disc need not fill its last sector. */
static void
test_compare_odd_length (Fixture *fixture, gconstpointer data)
{
  g_auto (ImpMediaComparison) same = { 0 };
  g_auto (ImpMediaComparison) different = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *spans = NULL;

  g_assert_cmpint (truncate (fixture->image, 10 * IMP_SECTOR_BYTES + 7), ==, 0);
  g_assert_cmpint (truncate (fixture->written, 10 * IMP_SECTOR_BYTES + 7), ==, 0);
  g_assert_true (imp_media_compare (fixture->image, fixture->written, NULL, &same, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (same.n_sectors, ==, 11);

  media_flip (fixture->written, 10 * IMP_SECTOR_BYTES + 6);
  g_assert_false (imp_media_compare (fixture->image, fixture->written, NULL, &different, NULL));
  spans = imp_media_comparison_spans_text (&different);
  g_assert_cmpstr (spans, ==, "10");
}

/* Any byte, also the first, the last and those where chunks meet. */
static void
test_compare_flipped (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint64 offset;
    const char *sector;
  } cases[] = {
    { 0, "0" },
    { 2047, "0" },
    { 2048, "1" },
    { 1048575, "511" },
    { 1048576, "512" },
    { 2000000, "976" },
    { IMAGE_BYTES - 1, "1299" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpMediaComparison) found = { 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *spans = NULL;

      media_flip (fixture->written, cases[i].offset);
      g_assert_false (imp_media_compare (fixture->image, fixture->written, NULL, &found, &error));
      g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_BACK);
      spans = imp_media_comparison_spans_text (&found);
      g_assert_cmpstr (spans, ==, cases[i].sector);
      g_assert_cmpuint (found.n_different, ==, 1);
      g_assert_false (imp_media_comparison_is_same (&found));
      media_flip (fixture->written, cases[i].offset); /* back */
    }
}

static void
test_compare_spans (Fixture *fixture, gconstpointer data)
{
  g_auto (ImpMediaComparison) found = { 0 };
  g_autofree char *spans = NULL;
  g_autoptr (GError) error = NULL;

  media_flip (fixture->written, 17 * IMP_SECTOR_BYTES);
  media_flip (fixture->written, 511 * IMP_SECTOR_BYTES);
  media_flip (fixture->written, 512 * IMP_SECTOR_BYTES + 5); /* in the next chunk, the same run */
  media_flip (fixture->written, 513 * IMP_SECTOR_BYTES + 7);
  g_assert_cmpint (truncate (fixture->written, 1290 * IMP_SECTOR_BYTES + 100), ==, 0);
  g_assert_false (imp_media_compare (fixture->image, fixture->written, NULL, &found, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_BACK);
  spans = imp_media_comparison_spans_text (&found);
  g_assert_cmpstr (spans, ==, "17, 511-513, 1290-1299");
  g_assert_cmpuint (found.n_different, ==, 4);
  g_assert_cmpuint (found.n_unreadable, ==, 10);
}

/* A medium of which hardly anything can be read is given up, not read for days. */
static void
test_compare_lost (Fixture *fixture, gconstpointer data)
{
  g_auto (ImpMediaComparison) found = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (fixture->written, 0), ==, 0);
  g_assert_false (imp_media_compare (fixture->image, fixture->written, NULL, &found, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_BACK);
  g_assert_cmpuint (found.n_compared, <, IMAGE_SECTORS);
  g_assert_null (found.sha256);
}

static void
test_compare_absent (Fixture *fixture, gconstpointer data)
{
  g_auto (ImpMediaComparison) found = { 0 };
  g_auto (ImpMediaComparison) nothing = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) of_image = NULL;

  g_unlink (fixture->written);
  g_assert_false (imp_media_compare (fixture->image, fixture->written, NULL, &found, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_READ_BACK);
  g_assert_false (imp_media_compare (fixture->written, fixture->image, NULL, &nothing, &of_image));
  g_assert_error (of_image, IMP_ERROR, IMP_ERROR_SOURCE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/media/smallest", test_smallest);
  g_test_add_func ("/importer/media/check", test_check);
  g_test_add_func ("/importer/media/permille", test_permille);
  ADD ("/importer/media/compare/same", test_compare_same);
  ADD ("/importer/media/compare/odd-length", test_compare_odd_length);
  ADD ("/importer/media/compare/flipped", test_compare_flipped);
  ADD ("/importer/media/compare/spans", test_compare_spans);
  ADD ("/importer/media/compare/lost", test_compare_lost);
  ADD ("/importer/media/compare/absent", test_compare_absent);
  return g_test_run ();
}
