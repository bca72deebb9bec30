/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sealed disc in the real window: it asks, says what is wrong, opens, and tells of its damage. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "disc-format.h"
#include "disc-layout.h"
#include "viewer-open-page.h"
#include "viewer-stage.h"

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
  g_autofree char *texts = viewer_stage_texts (GTK_WIDGET (viewer_stage_window (&stage)));

  return strstr (texts, sentence) != NULL;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static void
type_passphrase (const char *text)
{
  GtkWidget *entry = find (GTK_WIDGET (open_page ()), GTK_TYPE_PASSWORD_ENTRY);

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

static void
test_emergency_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, TRUE);
  GtkWidget *entry;

  viewer_stage_begin (&stage, "en", disc);
  WAIT_FOR ("This disc is sealed");
  entry = find (GTK_WIDGET (open_page ()), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "00005-0000A-00001-0000M-0000H-0000Y-0000V");
  WAIT_FOR ("Group 3 is mistyped.");
  gtk_editable_set_text (GTK_EDITABLE (entry), "00005-0000A-0000F-0000M-0000H-0000Y-0000V");
  g_assert_false (shows ("mistyped"));
  g_signal_emit_by_name (entry, "activate");
  WAIT_FOR ("That does not open this disc");
  viewer_stage_close (&stage);
}

static void
test_unknown_signer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disc = prepare (fixture, FALSE);

  viewer_stage_begin (&stage, "ja", disc);
  WAIT_FOR ("このディスクは封印されています");
  type_passphrase (SEALED_PASSPHRASE);
  WAIT_FOR ("信頼する病院の署名ではありません");
  g_assert_true (shows ("fingerprint "));
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
  for (guint pno = 1; pno <= SEALED_PATIENTS; pno++)
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

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/viewer/unlock/asks", test_asks);
  fixture_add ("/viewer/unlock/emergency-code", test_emergency_code);
  fixture_add ("/viewer/unlock/unknown-signer", test_unknown_signer);
  fixture_add ("/viewer/unlock/damage", test_damage);
  return g_test_run ();
}
