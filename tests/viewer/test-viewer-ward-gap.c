/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was planned for a ward, in the window. */
#include "config.h"

#include "viewer-stage.h"
#include "viewer-ward-gap-page.h"

#define WHOLE "この一覧の対象：1名"

static ViewerWardGapPage *
page_of (ViewerStage *stage)
{
  return VIEWER_WARD_GAP_PAGE (viewer_window_get_widget (viewer_stage_window (stage), "ward-gap"));
}

static gboolean
is_read (gpointer stage)
{
  return !viewer_ward_gap_page_is_reading (page_of (stage));
}

static void
show_ward (ViewerStage *stage, const char *ward)
{
  viewer_stage_act (stage, "win.ward-gap");
  viewer_fixture_wait (is_read, stage);
  g_assert_true (viewer_ward_gap_page_select_ward (page_of (stage), ward));
  viewer_fixture_wait (is_read, stage);
  viewer_stage_draw (stage);
}

static void
assert_shows (ViewerStage *stage, const char *sentence, gboolean is_there)
{
  g_autofree char *texts = viewer_stage_page_texts (stage, GTK_WIDGET (page_of (stage)));

  if ((strstr (texts, sentence) != NULL) != is_there)
    g_error ("“%s”: %s; shown is:\n%s", sentence, is_there ? "missing" : "shown", texts);
}

/* Whose it is, in which bed, what; what kind of list it is; the same key again: the next kind. */
static void
test_ward (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show_ward (&stage, "５東");
  g_assert_cmpstr (viewer_window_get_place (viewer_stage_window (&stage)), ==, "ward-gap");
  assert_shows (&stage, "病棟のディスク後の予定", TRUE);
  assert_shows (&stage, WHOLE, TRUE);
  assert_shows (&stage, "512-3", TRUE);
  assert_shows (&stage, "ワタナベ　チヅコ 渡邊　千鶴子 ▲ 同名 0004512338 ？アレルギー不明", TRUE);
  assert_shows (&stage, "ソルデム３Ａ輸液５００ｍＬ 1本 ＋ 塩化ナトリウム注１０％ 1管", TRUE);
  assert_shows (&stage, "患者ごと：「処方薬」", TRUE);
  viewer_stage_act (&stage, "win.ward-gap"); /* injections */
  viewer_stage_draw (&stage);
  assert_shows (&stage, "ソルデム３Ａ輸液５００ｍＬ 1本 ＋ 塩化ナトリウム注１０％ 1管", TRUE);
  assert_shows (&stage, "患者ごと：「処方薬」", FALSE);
  viewer_stage_close (&stage);
}

/* A row leads to its message and to the chart, which leads back to the list as it was. */
static void
test_row (void)
{
  ViewerStage stage = { NULL };
  ViewerPage *page;
  gint64 rid;

  viewer_stage_open (&stage, "ja", NULL);
  show_ward (&stage, "５東");
  viewer_stage_act (&stage, "win.ward-gap");
  page = VIEWER_PAGE (page_of (&stage));
  rid = viewer_page_selected_rid (page);
  g_assert_cmpint (rid, !=, 0);
  viewer_stage_act (&stage, "win.source");
  viewer_stage_draw (&stage);
  g_assert_true (viewer_stage_shows (&stage, "OMP-02  2026-11-19"));
  viewer_stage_act (&stage, "win.source");
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.back");
  viewer_stage_draw (&stage);
  g_assert_cmpstr (viewer_window_get_place (viewer_stage_window (&stage)), ==, "ward-gap");
  g_assert_cmpint (viewer_page_selected_rid (page), ==, rid);
  assert_shows (&stage, WHOLE, TRUE);
  viewer_stage_close (&stage);
}

/* Nobody planned anything is not what an empty list says. Another disc, or none, takes the list
 * along while it is being read. */
static void
test_empty (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show_ward (&stage, "４産");
  for (guint i = 0; i < 3; i++) /* days that end */
    viewer_stage_act (&stage, "win.ward-gap");
  viewer_stage_draw (&stage);
  assert_shows (&stage, "記録なし（不明）", TRUE);
  viewer_ward_gap_page_select_ward (page_of (&stage), "５東");
  viewer_window_set_disc (viewer_stage_window (&stage), NULL);
  g_assert_true (is_read (&stage));
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/ward-gap-window/ward", test_ward);
  g_test_add_func ("/viewer/ward-gap-window/row", test_row);
  g_test_add_func ("/viewer/ward-gap-window/empty", test_empty);
  return g_test_run ();
}
