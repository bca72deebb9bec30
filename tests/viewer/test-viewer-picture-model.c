/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures in words: which one it is, and why one is not to be seen. */
#include "viewer-picture-model.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-layout.h"

#include "../disc/disc-sealed-fixture.h"

#define SEED 5
#define SPLIT_BYTES 3200000
#define RID ((gint64) 1 << DISC_SEQ_BITS)

static ViewerDisc *
open_disc (Fixture *fixture, guint64 max_bytes)
{
  static const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autoptr (DiscTrust) trusted = NULL;
  g_autoptr (GError) error = NULL;
  guint8 signer[DISC_SIGNER_BYTES];
  ViewerDisc *disc;

  sealed_make_pictures (fixture->disc, SEED, max_bytes);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  trusted = disc_trust_load_own (&error);
  g_assert_no_error (error);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trusted, signer, "見本市民病院", &error));
  disc = viewer_disc_open_with (fixture->disc, &unlock, &error);
  g_assert_no_error (error);
  return disc;
}

static GPtrArray *
load_list (ViewerDisc *disc, guint n_expected, const char *expected_problem)
{
  g_autofree char *problem = NULL;
  GPtrArray *pictures = viewer_picture_load_list (disc, RID, 1, n_expected, &problem);

  g_assert_cmpuint (pictures->len, ==, SEALED_PICTURES);
  if (expected_problem == NULL)
    g_assert_null (problem);
  else
    g_assert_nonnull (strstr (problem, expected_problem));
  return pictures;
}

/* @expected_problem: (nullable): the picture can be seen */
static void
check (ViewerDisc *disc, const DiscPicture *picture, const char *expected_problem,
       gboolean expected_elsewhere)
{
  g_autofree char *problem = NULL;
  gboolean is_elsewhere = !expected_elsewhere;
  g_autoptr (GBytes) bytes = viewer_picture_load (disc, picture, &problem, &is_elsewhere);

  g_assert_true (is_elsewhere == expected_elsewhere);
  if (expected_problem == NULL)
    g_assert_nonnull (bytes);
  else
    {
      g_assert_null (bytes);
      if (strstr (problem, expected_problem) == NULL)
        g_error ("“%s” is not in “%s”", expected_problem, problem);
    }
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_disc (fixture, 0);
  g_autoptr (GPtrArray) pictures = load_list (disc, SEALED_PICTURES, NULL);
  g_autoptr (GPtrArray) more = load_list (disc, 5, "has 5 pictures; of 2 nothing can be read");
  g_autofree char *first = viewer_picture_caption (g_ptr_array_index (pictures, 0), 1, 3);
  g_autofree char *third = viewer_picture_caption (g_ptr_array_index (pictures, 2), 1, 3);
  g_autofree char *remark = viewer_picture_remark (g_ptr_array_index (pictures, 0));

  g_assert_cmpstr (first, ==, "Picture 1 of 3　page 1　紹介状.pdf");
  g_assert_cmpstr (third, ==, "Picture 3 of 3");
  g_assert_cmpstr (remark, ==, "Made smaller for the disc: 40 × 30 pixels of 4000 × 3000");
  g_assert_null (viewer_picture_remark (g_ptr_array_index (pictures, 2)));
  check (disc, g_ptr_array_index (pictures, 0), NULL, FALSE);
  check (disc, g_ptr_array_index (pictures, 1), NULL, FALSE);
  check (disc, g_ptr_array_index (pictures, 2), "those of newer documents were kept", FALSE);
}

/* A word of a newer program is shown as it stands. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_disc (fixture, 0);
  const DiscPicture large = { .rid = RID, .number = 1, .absent = "too-large" };
  const DiscPicture new = { .rid = RID, .number = 1, .absent = "something-new" };

  check (disc, &large, "it is too large", FALSE);
  check (disc, &new, "(something-new)", FALSE);
}

static void
test_volume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_disc (fixture, SPLIT_BYTES);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *away = g_strconcat (second, ".away", NULL);
  g_autoptr (GPtrArray) pictures = load_list (disc, SEALED_PICTURES, NULL);

  g_assert_cmpint (g_rename (second, away), ==, 0);
  check (disc, g_ptr_array_index (pictures, 0), "is on volume 2 of", TRUE);
  check (disc, g_ptr_array_index (pictures, 2), "those of newer documents were kept", FALSE);
  g_assert_cmpint (g_rename (away, second), ==, 0);
  check (disc, g_ptr_array_index (pictures, 0), NULL, FALSE);
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerDisc) disc = open_disc (fixture, SPLIT_BYTES);
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);
  g_autofree char *path = g_build_filename (second, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_autofree guint8 *dirt = g_malloc0 (60 * DISC_UNIT_BYTES);
  g_autoptr (GPtrArray) pictures = load_list (disc, SEALED_PICTURES, NULL);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (pwrite (fd, dirt, 60 * DISC_UNIT_BYTES, (off_t) disc_layout_unit_offset (0)), ==,
                   60 * DISC_UNIT_BYTES);
  close (fd);
  check (disc, g_ptr_array_index (pictures, 0), "cannot be read", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/picture-model/words", test_words);
  fixture_add ("/viewer/picture-model/absent", test_absent);
  fixture_add ("/viewer/picture-model/volume", test_volume);
  fixture_add ("/viewer/picture-model/damage", test_damage);
  return g_test_run ();
}
