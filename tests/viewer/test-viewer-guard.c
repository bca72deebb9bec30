/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard before charts of a common name, in the window. */
#include "config.h"

#include "viewer-guard.h"
#include "viewer-sections.h"
#include "viewer-stage.h"

#define MISSING "■ 本人確認 未了"
#define WRONG "■ ちがいます。この人でよいか確かめてください"
#define NOT_HIS "■ 読み取ったリストバンド・診察券はこの人のものではありません"

static GtkWidget *
guard_of (ViewerStage *stage)
{
  return viewer_window_get_widget (viewer_stage_window (stage), "guard");
}

static guint32
pno_of (ViewerStage *stage, const char *id)
{
  return viewer_fixture_pno (viewer_window_get_disc (viewer_stage_window (stage)), id);
}

static void
ask (ViewerStage *stage, const char *id)
{
  g_autofree char *action = g_strdup_printf ("win.open-patient(uint32 %u)", pno_of (stage, id));

  viewer_stage_act (stage, action);
  viewer_stage_draw (stage);
}

static void
type (ViewerStage *stage, const char *keys)
{
  for (; *keys != '\0'; keys++)
    viewer_guard_key (VIEWER_GUARD (guard_of (stage)),
                      *keys == '\n' ? GDK_KEY_Return : gdk_unicode_to_keyval ((guchar) *keys), 0);
}

static gboolean
is_gone (gpointer stage)
{
  return !gtk_widget_get_visible (guard_of (stage));
}

static gboolean
says_wrong (gpointer stage)
{
  return viewer_stage_shows (stage, WRONG);
}

static void
assert_open (ViewerStage *stage, const char *id, gboolean is_confirmed)
{
  ViewerChart *chart = viewer_window_get_chart (viewer_stage_window (stage));

  viewer_stage_draw (stage);
  g_assert_nonnull (chart);
  g_assert_cmpstr (viewer_chart_get_patient (chart)->id, ==, id);
  g_assert_cmpint (viewer_stage_shows (stage, MISSING), ==, !is_confirmed);
}

/* A wrong day opens nothing and names nobody; the right one opens, and the chart says nothing of
 * it. */
static void
test_day_of_birth (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  ask (&stage, VIEWER_FIXTURE_MAIN);
  g_assert_true (gtk_widget_get_visible (guard_of (&stage)));
  g_assert_null (viewer_window_get_chart (viewer_stage_window (&stage)));
  g_assert_true (viewer_stage_shows (&stage, "▲ 同姓同名が3名います。本人に確かめてください"));
  {
    g_autofree char *texts = viewer_stage_texts (guard_of (&stage));

    g_assert_null (strstr (texts, "1948"));
    g_assert_null (strstr (texts, "昭和"));
    g_assert_nonnull (strstr (texts, "0004521338")); /* the others */
    g_assert_nonnull (strstr (texts, "0001187204"));
  }
  type (&stage, "0425"); /* of another of them */
  viewer_fixture_wait (says_wrong, &stage);
  g_assert_true (gtk_widget_get_visible (guard_of (&stage)));
  g_assert_null (viewer_window_get_chart (viewer_stage_window (&stage)));
  type (&stage, "04");
  viewer_guard_key (VIEWER_GUARD (guard_of (&stage)), GDK_KEY_BackSpace, 0);
  type (&stage, "0405");
  viewer_fixture_wait (is_gone, &stage);
  assert_open (&stage, VIEWER_FIXTURE_MAIN, TRUE);
  /* He is known; the next one is not. */
  ask (&stage, VIEWER_FIXTURE_MAIN);
  g_assert_false (gtk_widget_get_visible (guard_of (&stage)));
  assert_open (&stage, VIEWER_FIXTURE_MAIN, TRUE);
  ask (&stage, VIEWER_FIXTURE_NONE);
  g_assert_true (gtk_widget_get_visible (guard_of (&stage)));
  viewer_stage_act (&stage, "win.back");
  g_assert_false (gtk_widget_get_visible (guard_of (&stage)));
  assert_open (&stage, VIEWER_FIXTURE_MAIN, TRUE);
  viewer_stage_close (&stage);
}

/* Nobody to ask: the chart opens, and says so until somebody confirms; in a new window too. */
static void
test_cannot_ask (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  ask (&stage, VIEWER_FIXTURE_NONE);
  viewer_guard_key (VIEWER_GUARD (guard_of (&stage)), GDK_KEY_n, GDK_ALT_MASK);
  assert_open (&stage, VIEWER_FIXTURE_NONE, FALSE);
  viewer_stage_act (&stage, "win.section::F7");
  assert_open (&stage, VIEWER_FIXTURE_NONE, FALSE);
  viewer_stage_act (&stage, "app.language"); /* builds the window anew */
  viewer_stage_act (&stage, "app.language");
  assert_open (&stage, VIEWER_FIXTURE_NONE, FALSE);
  viewer_stage_act (&stage, "win.confirm");
  g_assert_true (gtk_widget_get_visible (guard_of (&stage)));
  type (&stage, "0425");
  viewer_fixture_wait (is_gone, &stage);
  assert_open (&stage, VIEWER_FIXTURE_NONE, TRUE);
  viewer_stage_act (&stage, "app.language");
  viewer_stage_act (&stage, "app.language");
  assert_open (&stage, VIEWER_FIXTURE_NONE, TRUE);
  viewer_stage_close (&stage);
}

/* A card or wristband answers; that of somebody else does not. */
static void
test_scan (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  ask (&stage, VIEWER_FIXTURE_MAIN);
  type (&stage, VIEWER_FIXTURE_NONE "\n");
  viewer_stage_draw (&stage);
  g_assert_true (viewer_stage_shows (&stage, NOT_HIS));
  g_assert_null (viewer_window_get_chart (viewer_stage_window (&stage)));
  type (&stage, VIEWER_FIXTURE_MAIN "\n");
  g_assert_true (is_gone (&stage));
  assert_open (&stage, VIEWER_FIXTURE_MAIN, TRUE);
  viewer_stage_close (&stage);
}

/* Whoever is alone with his name is opened at once; a number of the command line confirms nobody.
 */
static void
test_others (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  ask (&stage, "0000411560");
  g_assert_false (gtk_widget_get_visible (guard_of (&stage)));
  assert_open (&stage, "0000411560", TRUE);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  assert_open (&stage, VIEWER_FIXTURE_MAIN, FALSE);
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/guard-window/day-of-birth", test_day_of_birth);
  g_test_add_func ("/viewer/guard-window/cannot-ask", test_cannot_ask);
  g_test_add_func ("/viewer/guard-window/scan", test_scan);
  g_test_add_func ("/viewer/guard-window/others", test_others);
  return g_test_run ();
}
