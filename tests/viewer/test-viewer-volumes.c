/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disc of several volumes in the real window: the wrong one inserted, one drive, a damaged one. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-layout.h"
#include "viewer-cohort-bar.h"
#include "viewer-lists-page.h"
#include "viewer-open-page.h"
#include "viewer-source-model.h"
#include "viewer-source-panel.h"
#include "viewer-stage.h"
#include "viewer-trust-card.h"
#include "viewer-unlock-card.h"

#include "../disc/disc-sealed-fixture.h"

#define SEED 5
#define SPLIT_BYTES 2900000 /* makes four volumes */
#define WAIT_FOR(sentence) viewer_fixture_wait (shows, (gpointer) (sentence))

static ViewerStage stage;

static gboolean
shows (gpointer sentence)
{
  return viewer_stage_shows (&stage, sentence);
}

/* To be looked at. */
static void
take_picture (const char *name)
{
  const char *folder = g_getenv ("TOMOSHIBI_TEST_PICTURES");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;

  if (path != NULL)
    viewer_stage_save (&stage, path);
}

static void
prepare (Fixture *fixture)
{
  g_autofree char *keys = g_build_filename (fixture->dir, "keys", NULL);
  g_autofree char *passphrase = g_build_filename (fixture->dir, "passphrase", NULL);
  g_autoptr (DiscTrust) trusted = NULL;
  guint8 signer[DISC_SIGNER_BYTES];

  sealed_copy_volumes (fixture->disc, SEED, SPLIT_BYTES);
  g_setenv ("TOMOSHIBI_KEYS", keys, TRUE);
  g_assert_true (g_file_set_contents (passphrase, SEALED_PASSPHRASE "\n", -1, NULL));
  g_setenv ("TOMOSHIBI_PASSPHRASE_FILE", passphrase, TRUE);
  trusted = disc_trust_load_own (NULL);
  disc_trust_signer (sealed_signing_key (), signer);
  g_assert_true (disc_trust_add (trusted, signer, "見本市民病院", NULL));
}

static gboolean
is_visible (GType type)
{
  GtkWidget *widget = viewer_stage_find (GTK_WIDGET (viewer_stage_window (&stage)), type);

  return widget != NULL && gtk_widget_get_mapped (widget);
}

/* It says which one it is and which one to take, and asks for nothing. */
static void
test_second_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);

  prepare (fixture);
  viewer_stage_begin (&stage, "ja", second);
  WAIT_FOR ("■ 全4巻のうちの第2巻です");
  g_assert_true (shows ("ディスク番号 3 の第2巻／全4巻です"));
  g_assert_true (shows ("第1巻を入れて"));
  g_assert_true (shows ("第2巻は原文を見るときだけ必要です"));
  viewer_stage_draw (&stage);
  g_assert_false (is_visible (VIEWER_TYPE_UNLOCK_CARD));
  g_assert_false (is_visible (VIEWER_TYPE_TRUST_CARD));
  take_picture ("second-alone");
  viewer_stage_close (&stage);
}

static char *
panel_text (void)
{
  return viewer_source_panel_get_text (
    VIEWER_SOURCE_PANEL (viewer_window_get_widget (viewer_stage_window (&stage), "source")));
}

static void
show_source (guint pno, guint seq)
{
  g_autofree char *action =
    g_strdup_printf ("win.source-of(int64 %" G_GINT64_FORMAT ")",
                     ((gint64) pno << DISC_SEQ_BITS) | seq);

  viewer_stage_act (&stage, action);
  viewer_stage_draw (&stage);
}

static void
check_text (const char *part)
{
  g_autofree char *text = panel_text ();

  g_test_message ("%.400s", text);
  g_assert_nonnull (strstr (text, part));
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Somebody whose chart is not in memory by chance. */
static guint
find_unread (ViewerWindow *window)
{
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
    if (!viewer_window_open_patient (window, pno))
      return pno;
  return 0;
}

static gboolean
has_searched (gpointer page)
{
  return !viewer_lists_page_is_searching (page) && !viewer_lists_page_is_busy (page);
}

/* A search that cannot read the disc says so; when the disc is back it is made again. */
static void
search_for (ViewerWindow *window, const char *text, const char *sentence)
{
  GtkWidget *page = viewer_window_get_widget (window, "lists");
  ViewerCohortBar *bar = VIEWER_COHORT_BAR (viewer_stage_find (page, VIEWER_TYPE_COHORT_BAR));

  viewer_stage_act (&stage, "win.list::condition");
  viewer_cohort_bar_set_kind (bar, VIEWER_COHORT_RESULT);
  viewer_cohort_bar_set_text (bar, text);
  g_signal_emit_by_name (bar, "activate");
  viewer_fixture_wait (has_searched, page);
  viewer_stage_draw (&stage);
  g_assert_true (viewer_stage_shows (&stage, sentence));
  viewer_stage_act (&stage, "win.back");
}

static void
test_one_drive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fourth = disc_reader_volume_path (fixture->disc, 4);
  g_autofree char *away = g_build_filename (fixture->dir, "away", NULL);
  g_autofree char *shelf = g_build_filename (fixture->dir, "shelf", NULL);
  g_autofree char *expected = sealed_text (SEED, SEALED_PATIENTS, 0);
  ViewerWindow *window;
  GtkWidget *panel, *button;
  guint other;

  prepare (fixture);
  g_assert_cmpint (g_rename (fourth, away), ==, 0);
  viewer_stage_begin (&stage, "ja", fixture->disc);
  viewer_stage_wait_for_patients (&stage);
  window = viewer_stage_window (&stage);
  g_assert_true (viewer_window_open_patient (window, SEALED_PATIENTS));
  show_source (SEALED_PATIENTS, 0);
  check_text ("第4巻／全4巻");
  g_assert_true (shows ("ドライブが1台だけのとき"));
  take_picture ("one-drive-ask");

  panel = viewer_window_get_widget (window, "source");
  button = find_button (panel, "ディスクを入れ替える(_C)");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  viewer_stage_draw (&stage);
  check_text ("第1巻をドライブから取り出し");
  g_assert_true (shows ("ディスクの入れ替え"));
  g_assert_false (shows ("ドライブが1台だけのとき"));
  take_picture ("one-drive-released");

  /* The folders stand for media. */
  g_assert_cmpint (g_rename (fixture->disc, shelf), ==, 0);
  {
    const char *const folders[] = { away, NULL };

    g_assert_true (viewer_source_find_volume (viewer_window_get_disc (window), 4, folders));
  }
  show_source (SEALED_PATIENTS, 0);
  check_text (expected);
  g_assert_true (shows ("ディスクの入れ替え"));
  take_picture ("one-drive-read");
  other = find_unread (window);
  g_assert_cmpuint (other, >, 0);
  viewer_stage_act (&stage, "win.section::F2");
  viewer_stage_draw (&stage);
  g_assert_true (shows ("第1巻）を入れ直して"));
  take_picture ("one-drive-other-chart");
  /* A code: all records have to be read for it. */
  search_for (window, "3H015", "ディスクがドライブにありません");

  g_assert_cmpint (g_rename (shelf, fixture->disc), ==, 0);
  search_for (window, "3H015", "このディスクには見つかりません");
  g_assert_true (viewer_window_open_patient (window, other));
  g_assert_false (shows ("ディスクの入れ替え"));
  viewer_stage_close (&stage);
}

static void
overwrite (const char *dir, guint64 unit, guint n)
{
  g_autofree char *path = g_build_filename (dir, DISC_FOLDER, DISC_CONTAINER_FILE, NULL);
  g_autofree guint8 *noise = g_malloc ((gsize) n * DISC_UNIT_BYTES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  for (gsize i = 0; i < (gsize) n * DISC_UNIT_BYTES; i++)
    noise[i] = (guint8) g_rand_int (rand);
  g_assert_cmpint (pwrite (fd, noise, (gsize) n * DISC_UNIT_BYTES,
                           (off_t) disc_layout_unit_offset (unit)),
                   ==, (gssize) n * DISC_UNIT_BYTES);
  close (fd);
}

/* The banner names the volume; the first one is not accused. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *second = disc_reader_volume_path (fixture->disc, 2);

  prepare (fixture);
  overwrite (second, 1, 9);
  viewer_stage_begin (&stage, "ja", fixture->disc);
  viewer_stage_wait_for_patients (&stage);
  g_assert_true (viewer_window_open_patient (viewer_stage_window (&stage), 1));
  g_assert_false (shows ("ディスクの傷"));
  for (guint seq = 0; seq < SEALED_MESSAGES; seq++)
    show_source (1, seq);
  g_assert_true (shows ("ディスクの傷"));
  g_assert_true (shows ("第2巻に直せない傷"));
  g_assert_false (shows ("■ 直せない傷があります"));
  take_picture ("damaged");
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/volumes/second-alone", test_second_alone);
  fixture_add ("/viewer/volumes/one-drive", test_one_drive);
  fixture_add ("/viewer/volumes/damaged", test_damaged);
  return g_test_run ();
}
