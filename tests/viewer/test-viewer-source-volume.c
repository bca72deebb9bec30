/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources of a disc of several volumes: found where a volume is, and never taken for empty. */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-reader.h"
#include "viewer-source-model.h"

#include "../disc/disc-sealed-fixture.h"

#define SEED 5
#define SPLIT_BYTES 2900000 /* makes four volumes */

static ViewerDisc *
open_split (Fixture *fixture)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autoptr (DiscTrust) trusted = NULL;
  g_autoptr (GError) error = NULL;
  guint8 signer[DISC_SIGNER_BYTES];
  ViewerDisc *disc;

  sealed_copy_volumes (fixture->disc, SEED, SPLIT_BYTES);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  trusted = disc_trust_load_own (&error);
  g_assert_no_error (error);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trusted, signer, "見本市民病院", &error));
  disc = viewer_disc_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  return disc;
}

static void
check_source (ViewerDisc *disc, guint pno)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = viewer_source_load (disc, (gint64) pno << DISC_SEQ_BITS, &error);
  g_autofree char *text = sealed_text (SEED, pno, 0);

  g_assert_no_error (error);
  g_assert_false (viewer_source_is_elsewhere (source));
  g_assert_cmpstr (viewer_source_get_text (source), ==, text);
}

static void
test_volumes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_split (fixture);
  DiscReader *reader = viewer_disc_get_reader (disc);
  g_autofree char *stick = g_build_filename (fixture->dir, "stick", NULL);
  g_autofree char *moved = disc_reader_volume_path (stick, 4);
  g_autofree char *fourth = disc_reader_volume_path (fixture->disc, 4);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  const char *const folders[] = { "/nowhere", fixture->disc, second, stick, NULL };
  gint64 rid = (gint64) SEALED_PATIENTS << DISC_SEQ_BITS;
  g_autoptr (GError) error = NULL;

  check_source (disc, 1);
  g_assert_cmpuint (disc_reader_volume_of (reader, rid), ==, 4);
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  g_assert_cmpint (g_rename (fourth, moved), ==, 0);
  {
    g_autoptr (ViewerSource) source = viewer_source_load (disc, rid, &error);

    g_assert_no_error (error);
    g_assert_true (viewer_source_is_elsewhere (source));
    g_assert_nonnull (strstr (viewer_source_get_text (source), "volume 4 of 4"));
    g_assert_cmpuint (viewer_source_get_marks (source)->len, ==, 0);
    g_assert_nonnull (viewer_source_get_record (source));
    g_assert_cmpstr (viewer_source_get_message (source)->data_type, ==, "OMP-01");
  }
  g_assert_true (viewer_source_find_volume (disc, 4, folders));
  check_source (disc, SEALED_PATIENTS);
}

/* A wrong volume in its place is told as what it is; the record is there all the same. */
static void
test_wrong (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_split (fixture);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *third = disc_reader_volume_path (fixture->disc, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = NULL;

  fixture_remove (second);
  g_assert_cmpint (g_rename (third, second), ==, 0);
  source = viewer_source_load (disc, (gint64) 1 << DISC_SEQ_BITS, &error);
  g_assert_no_error (error);
  g_assert_false (viewer_source_is_elsewhere (source));
  g_assert_nonnull (strstr (viewer_source_get_text (source), "could not be read"));
  g_assert_nonnull (viewer_source_get_record (source));
}

static void
check_in_chart (ViewerChart *chart, gint64 rid, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = viewer_source_load_in (chart, rid, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (viewer_source_get_text (source), expected));
  g_assert_cmpint (viewer_source_get_message (source)->rid, ==, rid);
  g_assert_nonnull (viewer_source_get_record (source));
}

static void
count (ViewerDisc *disc, guint *n)
{
  (*n)++;
}

/* One drive: while the volume with the source is in it, the chart needs nothing of the first one. */
static void
test_one_drive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_split (fixture);
  DiscReader *reader = viewer_disc_get_reader (disc);
  gint64 rid = (gint64) SEALED_PATIENTS << DISC_SEQ_BITS;
  g_autofree char *fourth = disc_reader_volume_path (fixture->disc, 4);
  g_autofree char *drive = g_build_filename (fixture->dir, "drive", NULL);
  g_autofree char *shelf = g_build_filename (fixture->dir, "shelf", NULL);
  g_autofree char *text = sealed_text (SEED, SEALED_PATIENTS, 0);
  const char *const in_drive[] = { drive, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerChart) chart = NULL;
  g_autoptr (ViewerSource) other = NULL;
  guint n_told = 0;

  g_assert_cmpint (g_rename (fourth, drive), ==, 0);
  chart = viewer_chart_load (disc, SEALED_PATIENTS, "2025-05-11T08:00", &error);
  g_assert_no_error (error);
  g_signal_connect (disc, "damaged", G_CALLBACK (count), &n_told);
  check_in_chart (chart, rid, "Insert that volume in a second drive");

  viewer_disc_release (disc);
  g_assert_cmpuint (n_told, ==, 1);
  check_in_chart (chart, rid, "Take volume 1 out of the drive and insert volume 4");
  g_assert_true (viewer_disc_is_released (disc)); /* asking for it takes nothing to hand */
  g_assert_cmpint (g_rename (fixture->disc, shelf), ==, 0);
  g_assert_true (viewer_source_find_volume (disc, 4, in_drive));
  check_in_chart (chart, rid, text);
  check_in_chart (chart, rid + 1, "");
  g_assert_true (viewer_disc_is_released (disc));
  g_assert_false (viewer_disc_resume (disc, in_drive));

  /* Not of the chart: the first volume is asked for. */
  other = viewer_source_load (disc, rid - (20ll << DISC_SEQ_BITS), &error);
  g_assert_null (other);
  g_assert_error (error, DISC_ERROR, DISC_ERROR_ELSEWHERE);
  g_clear_error (&error);

  viewer_disc_release (disc);
  {
    const char *const on_shelf[] = { drive, shelf, NULL };

    g_assert_true (viewer_disc_resume (disc, on_shelf));
  }
  g_assert_cmpuint (n_told, ==, 2);
  other = viewer_source_load (disc, rid - (20ll << DISC_SEQ_BITS), &error);
  g_assert_no_error (error);
  g_assert_false (disc_reader_is_released (reader));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/source-volume/volumes", test_volumes);
  fixture_add ("/viewer/source-volume/wrong", test_wrong);
  fixture_add ("/viewer/source-volume/one-drive", test_one_drive);
  return g_test_run ();
}
