/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sealed disc in the real window: it asks, says what is wrong, opens, and tells of its damage. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-layout.h"
#include "viewer-open-page.h"
#include "viewer-search-page.h"
#include "viewer-stage.h"
#include "viewer-trust-card.h"
#include "viewer-unlock-card.h"

#include "../disc/disc-sealed-fixture.h"

#define WAIT_FOR(sentence) viewer_fixture_wait (shows, (gpointer) (sentence))

static ViewerStage stage;

static ViewerOpenPage *
open_page (void)
{
  return VIEWER_OPEN_PAGE (viewer_window_get_widget (viewer_stage_window (&stage), "open"));
}

static gboolean
shows (gpointer sentence)
{
  return viewer_stage_shows (&stage, sentence);
}

static void
type_passphrase (const char *text)
{
  GtkWidget *entry = viewer_stage_find (GTK_WIDGET (open_page ()), GTK_TYPE_PASSWORD_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

static char *
prepare (Fixture *fixture, gboolean trust)
{
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autoptr (DiscTrust) trusted = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  sealed_make (fixture, 5);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  trusted = disc_trust_load_own (NULL);
  disc_trust_signer (sealed_signing_key (), signer);
  if (trust)
    g_assert_true (disc_trust_add (trusted, signer, "見本市民病院", NULL));
  return g_strdup (fixture->disc);
}

static void
test_asks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);

  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("このディスクは封印されています");
  type_passphrase ("not this one");
  WAIT_FOR ("このディスクには合いません");
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("このディスクに 40名");
  g_assert_false (shows ("封印なし"));
  g_assert_false (shows ("ディスクの傷"));
  viewer_stage_close (&stage);
}

static GtkWidget *
emergency_entry (void)
{
  return viewer_stage_find (viewer_stage_find (GTK_WIDGET (open_page ()), VIEWER_TYPE_UNLOCK_CARD), GTK_TYPE_ENTRY);
}

static void
test_emergency_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);
  GtkWidget *entry;

  viewer_stage_begin (&stage, "en", disc);
  WAIT_FOR ("This disc is sealed");
  entry = emergency_entry ();
  gtk_editable_set_text (GTK_EDITABLE (entry), "00005-0000A-00001-0000M");
  WAIT_FOR ("Group 3 is mistyped.");
  gtk_editable_set_text (GTK_EDITABLE (entry), "00015-00");
  WAIT_FOR ("Group 1 is mistyped.");
  gtk_editable_set_text (GTK_EDITABLE (entry), SEALED_EMERGENCY_CODE);
  g_assert_false (shows ("mistyped"));
  g_signal_emit_by_name (entry, "activate");
  viewer_stage_wait_for_patients (&stage);
  viewer_stage_close (&stage);
}

/* Before anything is typed the signed label says whose disc it is and how old. */
static void
test_cover (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);

  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("ディスクのラベル");
  g_assert_true (shows ("2025-05-10 までの記録"));
  g_assert_true (shows ("■ 560日"));
  g_assert_true (shows ("見本市民病院"));
  g_assert_true (shows ("2024-04-10 から 2025-05-10 まで"));
  g_assert_true (shows ("カルテ 40名分　電文 800件"));
  g_assert_true (shows ("3　("));
  g_assert_true (shows ("見本市民病院（このパソコンが信頼）"));
  g_assert_true (shows ("ディスクは7日ごとに新しくする設定です"));
  viewer_stage_close (&stage);
}

/* Nothing of a label that was altered is shown; the disc can be opened all the same. */
static void
test_altered_label (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);
  g_autofree char *path = fixture_file (fixture, DISC_MANIFEST_FILE);

  g_assert_true (g_file_set_contents (path, "{\"hospital\":\"別の病院\",\"as_of\":\"2026-11-20\"}",
                                      -1, NULL));
  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("ラベル（manifest.json）が書き換えられています");
  g_assert_false (shows ("別の病院"));
  g_assert_false (shows ("11/20"));
  g_assert_true (shows ("いつまでの記録か不明"));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("このディスクのラベル（manifest.json）が書き換えられています");
  viewer_stage_close (&stage);
}

/* One that is damaged has a copy: everything is shown, and that it is damaged. */
static void
test_damaged_label (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);
  g_autofree char *path = fixture_file (fixture, DISC_MANIFEST_FILE);

  g_assert_true (g_file_set_contents (path, "{\"hospital\":\"別の病院\",\"as_of\":\"2026",
                                      -1, NULL));
  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("ラベル（manifest.json）が傷んでいます");
  g_assert_true (shows ("見本市民病院"));
  g_assert_true (shows ("2025-05-10 までの記録"));
  g_assert_false (shows ("別の病院"));
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  WAIT_FOR ("このディスクのラベル（manifest.json）が傷んでいます");
  g_assert_false (shows ("書き換えられています"));
  viewer_stage_close (&stage);
}

static char *
fingerprint (void)
{
  guint8 signer[DISC_SIGNER_BYTES];
  char text[DISC_FINGERPRINT_BYTES];

  disc_trust_signer (sealed_signing_key (), signer);
  disc_trust_fingerprint (signer, text);
  return g_strdup (text);
}

static ViewerTrustCard *
trust_card (void)
{
  return VIEWER_TRUST_CARD (viewer_stage_find (GTK_WIDGET (open_page ()), VIEWER_TYPE_TRUST_CARD));
}

static void
type_fingerprint (const char *text)
{
  GtkWidget *entry = viewer_trust_card_get_entry (trust_card ());

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
}

/* An unknown signer: no passphrase is asked for; the fingerprint has to come from paper. */
static void
test_unknown_signer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, FALSE);
  g_autofree char *whole = fingerprint ();
  g_autofree char *part = g_strndup (whole, 19);
  g_autofree char *other = g_strdup (whole);
  g_autoptr (DiscTrust) trusted = NULL;

  other[23] = other[23] == '0' ? '1' : '0';
  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("このパソコンがまだ知らない署名です");
  g_assert_true (shows ("ディスクの名のる病院：見本市民病院（未確認）"));
  g_assert_false (shows ("このディスクは封印されています"));
  /* What is shown does not do to be typed. */
  g_assert_false (shows (whole));
  part[14] = '\0';
  g_assert_true (shows (part));
  type_fingerprint (part);
  g_assert_true (shows ("このパソコンがまだ知らない署名です"));
  type_fingerprint (other);
  WAIT_FOR ("5番目の組がこのディスクとちがいます");
  trusted = disc_trust_load_own (NULL);
  g_assert_cmpuint (disc_trust_n (trusted), ==, 0);
  g_clear_pointer (&trusted, disc_trust_free);

  type_fingerprint (whole);
  WAIT_FOR ("このディスクは封印されています");
  trusted = disc_trust_load_own (NULL);
  g_assert_cmpuint (disc_trust_n (trusted), ==, 1);
  g_assert_cmpstr (disc_trust_nth_name (trusted, 0), ==, "見本市民病院");
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  viewer_stage_close (&stage);
}

/* Where others are trusted, this one is a suspect. */
static void
test_other_signer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, FALSE);
  g_autoptr (DiscTrust) trusted = disc_trust_load_own (NULL);
  guint8 other[DISC_SIGNER_BYTES] = { 7 };

  g_assert_true (disc_trust_add (trusted, other, "見本第二病院", NULL));
  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("別の署名のディスクです");
  g_assert_true (shows ("このパソコンが信頼するのは 見本第二病院 ですが"));
  g_assert_true (shows ("にせものかもしれません"));
  g_assert_false (shows ("このディスクは封印されています"));
  viewer_stage_close (&stage);
}

/* A passphrase file is of no use for a disc that nobody vouches for; one that is empty says so. */
static void
test_passphrase_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, FALSE);
  g_autofree char *whole = fingerprint ();
  g_autofree char *file = g_build_filename (fixture->dir, "passphrase", NULL);
  g_autofree char *option = g_strdup_printf ("--passphrase-file=%s", file);
  const char *arguments[] = { "tomoshibi-viewer", "--language=ja", option, disc, NULL };

  g_assert_true (g_file_set_contents (file, SEALED_PASSPHRASE "\n", -1, NULL));
  viewer_stage_start (&stage, arguments);
  WAIT_FOR ("このパソコンがまだ知らない署名です");
  g_assert_null (viewer_window_get_disc (viewer_stage_window (&stage)));
  type_fingerprint (whole);
  WAIT_FOR ("このディスクは封印されています");
  viewer_stage_close (&stage);

  g_assert_true (g_file_set_contents (file, "\n", -1, NULL));
  viewer_stage_start (&stage, arguments);
  WAIT_FOR ("指定されたファイルに合言葉がありません");
  viewer_stage_close (&stage);
}

static void
scratch (Fixture *fixture, guint first_unit, guint n_units)
{
  g_autofree char *path = fixture_file (fixture, DISC_CONTAINER_FILE);
  g_autofree char *noise = g_strnfill (n_units * (gsize) DISC_UNIT_BYTES, 'x');
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, noise, n_units * (gsize) DISC_UNIT_BYTES,
                           DISC_HEAD_BYTES + first_unit * (off_t) DISC_UNIT_BYTES),
                   ==, (gssize) (n_units * (gsize) DISC_UNIT_BYTES));
  close (fd);
}

/* The passphrase comes from a file; a chart in the damaged part names what it lacks. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);
  g_autofree char *file = g_build_filename (fixture->dir, "passphrase", NULL);
  guint n_short = 0, n_whole = 0;

  scratch (fixture, 9, 12);
  g_assert_true (g_file_set_contents (file, SEALED_PASSPHRASE "\n", -1, NULL));
  g_setenv ("TOMOSHIBI_PASSPHRASE_FILE", file, TRUE);
  viewer_stage_begin (&stage, "ja", disc);
  viewer_stage_wait_for_patients (&stage);
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno += 3)
    {
      gboolean is_short;

      g_assert_true (viewer_window_open_patient (viewer_stage_window (&stage), pno));
      viewer_stage_draw (&stage);
      is_short = shows ("この患者の記録のうち、次のものがディスクの傷で読めません：処方 ");
      n_short += is_short ? 1 : 0;
      n_whole += is_short ? 0 : 1;
    }
  g_assert_cmpuint (n_short, >, 0);
  g_assert_cmpuint (n_whole, >, 0);
  g_assert_true (shows ("直せない傷があります") || shows ("次のものがディスクの傷で読めません"));
  viewer_stage_close (&stage);
  g_unsetenv ("TOMOSHIBI_PASSPHRASE_FILE");
}

/*
 * A part of the list of patients is gone. Nothing but threads has read there: the damage is told all
 * the same, and that nobody is found is not said without it.
 */
static void
test_lost_patients (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = NULL;
  GtkWidget *search_page;
  guint n_found, n_missing;

  disc = prepare (fixture, TRUE);
  fixture_remove_disc (fixture);
  sealed_make_patients (disc, 12000);
  scratch (fixture, 20, 12);
  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("このディスクは封印されています");
  type_passphrase (SEALED_PASSPHRASE);
  viewer_stage_wait_for_patients (&stage);
  n_missing = viewer_disc_n_missing (viewer_window_get_disc (viewer_stage_window (&stage)));
  n_found = disc_patient_table_n (
    viewer_disc_get_patients (viewer_window_get_disc (viewer_stage_window (&stage))));
  g_assert_cmpuint (n_missing, >, 0);
  g_assert_cmpuint (n_found, >, 0);
  g_assert_cmpuint (n_found + n_missing, ==, 12000);
  WAIT_FOR ("このディスクの患者 12,000名のうち");
  g_assert_true (shows ("さがしても出ません"));
  g_assert_true (shows ("直せない傷があります"));
  search_page = viewer_window_get_widget (viewer_stage_window (&stage), "search");
  viewer_search_page_set_text (VIEWER_SEARCH_PAGE (search_page), "ワタナベ");
  WAIT_FOR ("そのうちの1人かもしれません");
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/unlock/asks", test_asks);
  fixture_add ("/viewer/unlock/emergency-code", test_emergency_code);
  fixture_add ("/viewer/unlock/cover", test_cover);
  fixture_add ("/viewer/unlock/altered-label", test_altered_label);
  fixture_add ("/viewer/unlock/damaged-label", test_damaged_label);
  fixture_add ("/viewer/unlock/unknown-signer", test_unknown_signer);
  fixture_add ("/viewer/unlock/other-signer", test_other_signer);
  fixture_add ("/viewer/unlock/passphrase-file", test_passphrase_file);
  fixture_add ("/viewer/unlock/damage", test_damage);
  fixture_add ("/viewer/unlock/lost-patients", test_lost_patients);
  return g_test_run ();
}
