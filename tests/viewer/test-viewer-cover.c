/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cover of a disc: what is signed is shown, what is not is not, and trust is typed. */
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-format.h"
#include "viewer-cover.h"
#include "viewer-error.h"
#include "viewer-places.h"

#include "../disc/disc-sealed-fixture.h"

static void
prepare (Fixture *fixture)
{
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);

  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  sealed_make (fixture, 1);
}

static ViewerCover *
read_cover (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ViewerCover *cover = viewer_cover_read (fixture->disc, &error);

  g_assert_no_error (error);
  return cover;
}

static void
test_facts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerCover) cover = NULL;

  prepare (fixture);
  cover = read_cover (fixture);
  g_assert_true (cover->is_sealed);
  g_assert_cmpint (cover->label, ==, VIEWER_LABEL_SIGNED);
  g_assert_cmpstr (cover->manifest->hospital, ==, "見本市民病院");
  g_assert_cmpstr (cover->manifest->as_of, ==, "2025-05-10");
  g_assert_cmpstr (cover->manifest->window_from, ==, "2024-04-10");
  g_assert_cmpuint (cover->manifest->n_patients, ==, SEALED_PATIENTS);
  g_assert_cmpuint (cover->serial, ==, 3);
  g_assert_cmpuint (strlen (cover->id), ==, 32);
  g_assert_true (cover->takes_passphrase);
  g_assert_true (cover->takes_emergency_key);
  g_assert_cmpint (cover->signer_state, ==, VIEWER_SIGNER_UNKNOWN);
  g_assert_null (cover->signer_name);
  g_assert_false (viewer_cover_may_open (cover));
}

/* Trusting lasts, and needs the whole fingerprint. */
static void
test_trust (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerCover) cover = NULL;
  g_autoptr (ViewerCover) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *lower = NULL;

  prepare (fixture);
  cover = read_cover (fixture);
  lower = g_ascii_strdown (cover->fingerprint, -1);
  g_assert_false (viewer_cover_trust (cover, "", &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_SIGNER);
  g_clear_error (&error);
  g_assert_false (viewer_cover_trust (cover, strrchr (lower, ' '), NULL));
  again = read_cover (fixture);
  g_assert_false (viewer_cover_may_open (again));
  g_clear_pointer (&again, viewer_cover_free);

  g_assert_true (viewer_cover_trust (cover, lower, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (cover->signer_name, ==, "見本市民病院");
  again = read_cover (fixture);
  g_assert_cmpint (again->signer_state, ==, VIEWER_SIGNER_TRUSTED);
  g_assert_cmpstr (again->signer_name, ==, "見本市民病院");
  g_assert_true (viewer_cover_may_open (again));
}

/* A machine that trusts others says so. */
static void
test_other_signer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerCover) cover = NULL;
  g_autoptr (DiscTrust) trust = NULL;
  guint8 other[DISC_SIGNER_BYTES] = { 7 };

  prepare (fixture);
  trust = disc_trust_load_own (NULL);
  g_assert_true (disc_trust_add (trust, other, "見本第二病院", NULL));
  cover = read_cover (fixture);
  g_assert_cmpint (cover->signer_state, ==, VIEWER_SIGNER_OTHER);
  g_assert_cmpstr (cover->trusted[0], ==, "見本第二病院");
  g_assert_null (cover->trusted[1]);
  g_assert_false (viewer_cover_may_open (cover));
}

/* Another manifest than the one signed is not believed, and is no reason to refuse the disc. */
static void
test_label (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *spare = NULL;
  g_autoptr (ViewerCover) altered = NULL;
  g_autoptr (ViewerCover) damaged = NULL;
  g_autoptr (ViewerCover) missing = NULL;

  prepare (fixture);
  path = fixture_file (fixture, DISC_MANIFEST_FILE);
  g_assert_true (g_file_set_contents (path, "{\"hospital\":\"別の病院\"}", -1, NULL));
  altered = read_cover (fixture);
  g_assert_cmpint (altered->label, ==, VIEWER_LABEL_ALTERED);
  g_assert_null (altered->manifest);
  g_assert_cmpuint (altered->serial, ==, 3);
  g_assert_true (viewer_cover_trust (altered, altered->fingerprint, NULL));
  g_assert_cmpstr (altered->signer_name, ==, "-");

  g_assert_true (g_file_set_contents (path, "{\"hospital\":\"別の", -1, NULL));
  damaged = read_cover (fixture);
  g_assert_cmpint (damaged->label, ==, VIEWER_LABEL_COPY);
  g_assert_cmpstr (damaged->manifest->hospital, ==, "見本市民病院");

  /* Nor is its copy there. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  spare = fixture_file (fixture, DISC_SPARE_FILE);
  g_assert_cmpint (truncate (spare, DISC_HEAD_BYTES), ==, 0);
  missing = read_cover (fixture);
  g_assert_cmpint (missing->label, ==, VIEWER_LABEL_MISSING);
  g_assert_null (missing->manifest);
}

/* A broken list of signers is told apart from a broken disc. */
static void
test_broken_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *keys = NULL;
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  prepare (fixture);
  keys = g_strdup (g_getenv ("TOMOSHIBI_KEYS"));
  list = g_build_filename (keys, "trusted-signers", NULL);
  g_assert_cmpint (g_mkdir (keys, 0700), ==, 0);
  g_assert_true (g_file_set_contents (list, "no key\n", -1, NULL));
  g_assert_null (viewer_cover_read (fixture->disc, &error));
  g_assert_error (error, VIEWER_ERROR, VIEWER_ERROR_TRUST);
}

static void
test_no_disc (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (viewer_cover_read (fixture->dir, &error));
  g_assert_error (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
}

/* Sealed discs are offered like others. */
static void
test_places (Fixture *fixture, gconstpointer data)
{
  const char *recent[] = { NULL, NULL, NULL };
  g_auto (GStrv) places = NULL;

  prepare (fixture);
  recent[0] = fixture->dir; /* no disc */
  recent[1] = fixture->disc;
  places = viewer_places_with_discs (recent);
  g_assert_true (g_strv_contains ((const char *const *) places, fixture->disc));
  g_assert_false (g_strv_contains ((const char *const *) places, fixture->dir));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/cover/facts", test_facts);
  fixture_add ("/viewer/cover/trust", test_trust);
  fixture_add ("/viewer/cover/other-signer", test_other_signer);
  fixture_add ("/viewer/cover/label", test_label);
  fixture_add ("/viewer/cover/broken-list", test_broken_list);
  fixture_add ("/viewer/cover/no-disc", test_no_disc);
  fixture_add ("/viewer/cover/places", test_places);
  return g_test_run ();
}
