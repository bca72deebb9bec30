/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store as the viewer sees it: which generation to start with, and what makes a disc old. */
#include <glib/gstdio.h>

#include "viewer-error.h"
#include "viewer-store.h"

#include "../disc/disc-sealed-fixture.h"

#define OLD_AS_OF "2025-05-10"
#define NEW_AS_OF "2025-06-10T08:30"

typedef struct
{
  char *store;
  char *old;   /* discs on media */
  char *new;
} Laptop;

static void
laptop_clear (Laptop *self)
{
  g_free (self->store);
  g_free (self->old);
  g_free (self->new);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Laptop, laptop_clear)

static void
take_in (Laptop *self, const char *disc)
{
  g_autoptr (DiscTrust) trust = disc_trust_load_own (NULL);
  const DiscStoreOptions options = { .trust = trust };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GError) error = NULL;

  disc_store_load (self->store, disc, &options, &outcome, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Laptop *self, Fixture *fixture)
{
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autoptr (DiscTrust) trust = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  trust = disc_trust_load_own (NULL);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trust, signer, "見本市民病院", NULL));
  self->store = g_build_filename (fixture->dir, "store", NULL);
  self->old = g_build_filename (fixture->dir, "old", NULL);
  self->new = g_build_filename (fixture->dir, "new", NULL);
  sealed_make_as_of (self->old, 1, OLD_AS_OF, 3);
  sealed_make_as_of (self->new, 2, NEW_AS_OF, 4);
}

static ViewerDisc *
open_disc (const char *path)
{
  const DiscUnlock unlock = { .passphrase = SEALED_PASSPHRASE };
  g_autoptr (GError) error = NULL;
  ViewerDisc *disc = viewer_disc_open_with (path, &unlock, &error);

  g_assert_no_error (error);
  return disc;
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_auto (Laptop) laptop = { NULL };
  g_autoptr (ViewerStore) store = NULL;
  g_autoptr (ViewerDisc) medium = NULL;
  g_autoptr (ViewerDisc) generation = NULL;
  g_autoptr (ViewerDisc) newest = NULL;
  g_autoptr (ViewerCover) cover = NULL;

  set_up (&laptop, fixture);
  take_in (&laptop, laptop.old);
  take_in (&laptop, laptop.new);
  store = viewer_store_load (laptop.store, NULL);
  g_assert_cmpuint (viewer_store_n (store), ==, 2);
  g_assert_cmpstr (viewer_store_get_newest (store)->as_of, ==, NEW_AS_OF);
  g_assert_true (viewer_store_find (store, viewer_store_get (store, 1)->path) ==
                 viewer_store_get (store, 1));
  g_assert_null (viewer_store_find (store, laptop.old));

  medium = open_disc (laptop.old);
  generation = open_disc (viewer_store_get (store, 1)->path);
  newest = open_disc (laptop.new);
  g_assert_true (viewer_store_find_newer (store, medium) == viewer_store_get (store, 0));
  g_assert_true (viewer_store_find_newer (store, generation) == viewer_store_get (store, 0));
  g_assert_null (viewer_store_find_newer (store, newest)); /* the same disc, on a medium */

  cover = viewer_cover_read (laptop.old, NULL);
  g_assert_true (viewer_store_find_newer_than_cover (store, cover) == viewer_store_get (store, 0));
  /* Nobody knows how old a disc without a label is. */
  g_clear_pointer (&cover->manifest, disc_manifest_free);
  g_assert_null (viewer_store_find_newer_than_cover (store, cover));
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  g_auto (Laptop) laptop = { NULL };
  g_autoptr (ViewerStore) store = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&laptop, fixture);
  g_assert_null (viewer_store_load (laptop.store, &error));
  g_assert_error (error, VIEWER_ERROR, VIEWER_ERROR_STORE);
  g_assert_cmpint (g_mkdir (laptop.store, 0700), ==, 0);
  store = viewer_store_load (laptop.store, NULL);
  g_assert_cmpuint (viewer_store_n (store), ==, 0);
  g_assert_null (viewer_store_get_newest (store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/store/newer", test_newer);
  fixture_add ("/viewer/store/no-store", test_no_store);
  return g_test_run ();
}
