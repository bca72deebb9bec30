/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program on a laptop's store: it starts on the newest, and an old generation says so. */
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-store.h"
#include "viewer-generation-box.h"
#include "viewer-stage.h"

#include "../disc/disc-sealed-fixture.h"

#define WAIT_FOR(sentence) viewer_fixture_wait (shows, (gpointer) (sentence))

static ViewerStage stage;

static gboolean
shows (gpointer sentence)
{
  return viewer_stage_shows (&stage, sentence);
}

static ViewerGenerationBox *
generations (void)
{
  return VIEWER_GENERATION_BOX (viewer_stage_find (GTK_WIDGET (viewer_stage_window (&stage)),
                                      VIEWER_TYPE_GENERATION_BOX));
}

static void
type_passphrase (const char *text)
{
  GtkWidget *entry = viewer_stage_find (GTK_WIDGET (viewer_stage_window (&stage)), GTK_TYPE_PASSWORD_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static gboolean
is_open (gpointer path)
{
  ViewerDisc *disc = viewer_window_get_disc (viewer_stage_window (&stage));

  return disc != NULL && strcmp (viewer_disc_get_path (disc), path) == 0;
}

/* ---- a laptop ------------------------------------------------------------------------------- */

static char *
take_in (Fixture *fixture, guint32 seed, const char *as_of, guint64 serial)
{
  g_autofree char *name = g_strdup_printf ("medium-%u", seed);
  g_autofree char *disc = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *store = g_build_filename (fixture->dir, "store", NULL);
  g_autoptr (DiscTrust) trust = disc_trust_load_own (NULL);
  const DiscStoreOptions options = { .trust = trust };
  g_auto (DiscStoreOutcome) outcome = { NULL };
  g_autoptr (GError) error = NULL;

  sealed_make_as_of (disc, seed, as_of, serial);
  disc_store_load (store, disc, &options, &outcome, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (outcome.generation->path);
}

static void
trust_the_key (Fixture *fixture)
{
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autoptr (DiscTrust) trust = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  trust = disc_trust_load_own (NULL);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trust, signer, "見本市民病院", NULL));
}

/* @disc: (nullable) */
static void
start (Fixture *fixture, const char *disc)
{
  g_autofree char *store = g_build_filename (fixture->dir, "store", NULL);
  const char *arguments[] = { "tomoshibi-viewer", "--language=ja", "--store", store, disc, NULL };

  viewer_stage_start (&stage, arguments);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static void
xdotool (const char *const *arguments)
{
  const char *argv[8] = { "xdotool" };
  g_autoptr (GError) error = NULL;
  int status = -1;

  for (guint i = 0; arguments[i] != NULL; i++)
    argv[i + 1] = arguments[i];
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
press (const char *key)
{
  xdotool ((const char *[]) { "key", "--clearmodifiers", key, NULL });
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
is_at_place (gpointer place)
{
  return strcmp (viewer_window_get_place (viewer_stage_window (&stage)), place) == 0;
}

/* ---- tests ---------------------------------------------------------------------------------- */

static void
test_newest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  trust_the_key (fixture);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  old = take_in (fixture, 1, "2026-11-18T23:50", 3);
  start (fixture, NULL);
  WAIT_FOR ("11/19(木) 23:50 までの記録");
  g_assert_true (shows ("保管庫の2世代のうち、いちばん新しいもの"));
  g_assert_true (shows ("2世代、新しい順"));
  g_assert_true (shows ("11/18(水) 23:50"));
  g_assert_true (shows ("▲ 27時間前のものです"));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  g_assert_true (is_open (new));
  WAIT_FOR ("保管庫の2世代のうち、いちばん新しいもの");
  g_assert_false (shows ("古い世代"));
  viewer_stage_close (&stage);
}

/* An older one is chosen with the keys, says so on every page, and one key leads to the newer. */
static void
test_old (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  trust_the_key (fixture);
  old = take_in (fixture, 1, "2026-11-18T23:50", 3);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  start (fixture, NULL);
  WAIT_FOR ("11/19(木) 23:50 までの記録");
  viewer_generation_box_move (generations (), 1);
  WAIT_FOR ("11/18(水) 23:50 までの記録");
  g_assert_true (shows ("▲ 古い世代です。保管庫に 11/19(木) 23:50 時点の新しい世代があります。"));
  viewer_generation_box_move (generations (), 1); /* there is no other */
  g_assert_true (shows ("11/18(水) 23:50 までの記録"));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("▲ 古い世代");
  g_assert_true (shows ("11/18(水) 23:50 時点の古い世代をひらいています。保管庫に 11/19(木) 23:50 時点"));
  g_assert_true (viewer_window_open_patient (viewer_stage_window (&stage), 1));
  WAIT_FOR ("▲ 古い世代");

  /* The disc stays open until the newer one is; a wrong passphrase takes nothing away. */
  viewer_stage_act (&stage, "app.generations");
  WAIT_FOR ("11/19(木) 23:50 までの記録");
  g_assert_cmpstr (viewer_window_get_place (viewer_stage_window (&stage)), ==, "open");
  type_passphrase ("not this one");
  WAIT_FOR ("このディスクには合いません");
  g_assert_nonnull (viewer_window_get_disc (viewer_stage_window (&stage)));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_fixture_wait (is_open, new);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("保管庫の2世代のうち、いちばん新しいもの");
  g_assert_false (shows ("▲ 古い世代"));
  viewer_stage_close (&stage);
}

/* The same with nothing but keys, as X hands them over. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *xdotool_path = g_find_program_in_path ("xdotool");
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  if (xdotool_path == NULL)
    {
      g_test_skip ("xdotool is not installed");
      return;
    }
  trust_the_key (fixture);
  old = take_in (fixture, 1, "2026-11-18T23:50", 3);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  start (fixture, NULL);
  WAIT_FOR ("11/19(木) 23:50 までの記録");
  xdotool ((const char *[]) { "search", "--onlyvisible", "--pid", pid, "windowfocus", NULL });
  viewer_fixture_wait (is_active, viewer_stage_window (&stage));
  press ("Down");
  WAIT_FOR ("11/18(水) 23:50 までの記録");
  xdotool ((const char *[]) { "type", "--delay", "12", SEALED_PASSPHRASE, NULL });
  press ("Return");
  viewer_fixture_wait (is_open, old);
  viewer_stage_wait_for_patients (&stage);
  press ("ctrl+g");
  WAIT_FOR ("11/19(木) 23:50 までの記録");
  press ("Escape");
  viewer_fixture_wait (is_at_place, (gpointer) "search");
  g_assert_true (is_open (old));
  viewer_stage_close (&stage);
}

/* Straight from a medium, while the store has newer data of the same hospital. */
static void
test_medium (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new = NULL;

  trust_the_key (fixture);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  sealed_make_as_of (fixture->disc, 1, "2026-11-18T23:50", 3);
  start (fixture, fixture->disc);
  WAIT_FOR ("▲ このパソコンの保管庫に、同じ病院の 11/19(木) 23:50 時点の新しいデータがあります。");
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("このパソコンの保管庫に、同じ病院の 11/19(木) 23:50 時点のデータがあります。");
  viewer_stage_close (&stage);
}

/* What cannot be opened says why, and is not what one starts with. */
static void
test_fault (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  g_autofree char *container = NULL;

  trust_the_key (fixture);
  old = take_in (fixture, 1, "2026-11-18T23:50", 3);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  container = g_build_filename (new, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_assert_cmpint (truncate (container, 1000000), ==, 0);
  start (fixture, NULL);
  WAIT_FOR ("11/18(水) 23:50 までの記録");
  g_assert_true (shows ("2世代、新しい順。うち1世代はひらけません"));
  g_assert_true (shows ("■ ひらけません"));
  g_assert_true (shows ("このディスクは途中で切れています"));
  viewer_generation_box_move (generations (), -1);
  WAIT_FOR ("■ この世代はひらけません");
  g_assert_false (shows ("このディスクは封印されています"));
  viewer_stage_close (&stage);
}

/* A signer that nobody has vouched for yet: the list, and the card to do it. */
static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new = NULL;
  g_autofree char *others = g_build_filename (fixture->dir, "other-keys", NULL);

  trust_the_key (fixture);
  new = take_in (fixture, 2, "2026-11-19T23:50", 4);
  g_setenv ("TOMOSHIBI_KEYS", others, TRUE);
  start (fixture, NULL);
  WAIT_FOR ("このパソコンがまだ知らない署名です");
  g_assert_true (shows ("■ ひらけません"));
  viewer_stage_close (&stage);
}

static void
test_no_store (Fixture *fixture, gconstpointer data)
{
  g_autofree char *store = g_build_filename (fixture->dir, "store", NULL);

  trust_the_key (fixture);
  start (fixture, NULL);
  WAIT_FOR ("このパソコンの保管庫を読めません。ディスクか");
  viewer_stage_close (&stage);
  g_assert_cmpint (g_mkdir (store, 0700), ==, 0);
  start (fixture, NULL);
  WAIT_FOR ("保管庫は空です");
  viewer_stage_close (&stage);
}

/* Older than the hospital means its discs to be; and a clock that cannot be right. */
static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  const char *arguments[] = { "tomoshibi-viewer", "--language=ja", "--refresh-days=2", fixture->disc,
                              NULL };

  trust_the_key (fixture);
  sealed_make_as_of (fixture->disc, 1, "2026-11-18T23:50", 3);
  viewer_stage_start (&stage, arguments);
  WAIT_FOR ("▲ ディスクは2日ごとに新しくする決まりですが");
  g_assert_true (shows ("ディスクは2日ごとに新しくする設定です"));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("▲ 更新の期限");
  viewer_stage_close (&stage);

  arguments[2] = "--refresh-days=3";
  viewer_stage_start (&stage, arguments);
  WAIT_FOR ("ディスクは3日ごとに新しくする設定です");
  WAIT_FOR ("このディスクは封印されています");
  g_assert_false (shows ("▲ ディスクは3日ごと"));
  viewer_stage_close (&stage);

  g_setenv ("TOMOSHIBI_NOW", "2026-11-18T09:00:00", TRUE);
  viewer_stage_start (&stage, arguments);
  WAIT_FOR ("■ このパソコンの時計（11/18(水) 09:00）がディスクより前で");
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("■ 時計");
  g_assert_false (shows ("更新の期限"));
  viewer_stage_close (&stage);
  g_setenv ("TOMOSHIBI_NOW", VIEWER_FIXTURE_NOW, TRUE);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/generations/newest", test_newest);
  fixture_add ("/viewer/generations/old", test_old);
  fixture_add ("/viewer/generations/keys", test_keys);
  fixture_add ("/viewer/generations/medium", test_medium);
  fixture_add ("/viewer/generations/fault", test_fault);
  fixture_add ("/viewer/generations/untrusted", test_untrusted);
  fixture_add ("/viewer/generations/no-store", test_no_store);
  fixture_add ("/viewer/generations/refresh", test_refresh);
  return g_test_run ();
}
