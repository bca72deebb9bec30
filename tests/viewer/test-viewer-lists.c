/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists in the window: by action and condition, never by pixel. */
#include "config.h"

#include <glib/gstdio.h>

#include "disc-sqlite.h"
#include "disc-writer.h"
#include "viewer-guard.h"
#include "viewer-cohort-bar.h"
#include "viewer-lists-page.h"
#include "viewer-sections.h"
#include "viewer-source-panel.h"
#include "viewer-stage.h"
#include "viewer-table.h"

static ViewerListsPage *
page_of (ViewerStage *stage)
{
  return VIEWER_LISTS_PAGE (viewer_window_get_widget (viewer_stage_window (stage), "lists"));
}

static char *
texts_of (ViewerStage *stage)
{
  return viewer_stage_page_texts (stage, GTK_WIDGET (page_of (stage)));
}

static void
assert_shows (ViewerStage *stage, const char *text)
{
  g_autofree char *texts = texts_of (stage);

  if (strstr (texts, text) == NULL)
    g_error ("“%s” is not shown; shown is:\n%s", text, texts);
}

static void
assert_hides (ViewerStage *stage, const char *text)
{
  g_autofree char *texts = texts_of (stage);

  if (strstr (texts, text) != NULL)
    g_error ("“%s” is shown:\n%s", text, texts);
}

static const char *
place_of (ViewerStage *stage)
{
  return viewer_window_get_place (viewer_stage_window (stage));
}

static void
show (ViewerStage *stage, const char *list)
{
  g_autofree char *action = g_strdup_printf ("win.list::%s", list);

  viewer_stage_act (stage, action);
  g_assert_cmpstr (place_of (stage), ==, list);
}

/* From ward to bed without a letter typed, with the age of it all, twins marked. */
static void
test_ward (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "wards");
  assert_shows (&stage, "▲ 11/19(木) 23:50 の在床を再現");
  assert_shows (&stage, "３西");
  assert_shows (&stage, "いまの在床は病棟の紙の一覧で確かめてください");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "５東"));
  assert_shows (&stage, "[在床 1名]");
  assert_shows (&stage, "512-3");
  assert_shows (&stage, "渡邊　千鶴子");
  assert_shows (&stage, "1948-04-05");
  assert_shows (&stage, "▲ 同名 3");
  assert_shows (&stage, "▲ 患者不一致 1");
  assert_shows (&stage, "？アレルギー不明");
  assert_shows (&stage, "11/17 14:20 から このディスクに退院なし");
  assert_hides (&stage, "渡辺　千鶴子"); /* discharged in October */
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "３西"));
  assert_shows (&stage, "[転出予定　1]");
  assert_shows (&stage, "→ ５東 501-2");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "４産"));
  assert_shows (&stage, "[在床 2名（うち外泊 1名）]");
  assert_shows (&stage, "床の記録なし");
  assert_shows (&stage, "氏名の記録なし");
  viewer_stage_close (&stage);
}

/* As of another time; a time outside the disc is refused, and what was shown stays. */
static void
test_time (void)
{
  ViewerStage stage = { NULL };
  ViewerListsPage *page;

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_act (&stage, "win.list-time");
  g_assert_cmpstr (place_of (&stage), ==, "wards");
  g_assert_true (GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (viewer_stage_window (&stage)))));
  page = page_of (&stage);
  g_assert_true (viewer_lists_page_select_group (page, "５東"));
  g_assert_true (viewer_lists_page_set_time (page, "10/10 12:00"));
  assert_shows (&stage, "▲ 10/10(土) 12:00 の在床を再現");
  assert_shows (&stage, "渡辺　千鶴子");
  assert_shows (&stage, "→ 10/20 11:00 退院");
  assert_hides (&stage, "渡邊　千鶴子");
  g_assert_false (viewer_lists_page_set_time (page, "2025-10-01"));
  assert_shows (&stage, "このディスクの期間（2025-10-20");
  assert_shows (&stage, "渡辺　千鶴子");
  g_assert_false (viewer_lists_page_set_time (page, "2026-11-20 10:00")); /* after the data */
  g_assert_false (viewer_lists_page_set_time (page, "あした"));
  assert_shows (&stage, "日時として読めません");
  g_assert_true (viewer_lists_page_set_time (page, "11/18"));
  assert_shows (&stage, "▲ 11/18(水) 23:59 の在床を再現");
  assert_shows (&stage, "渡邊　千鶴子");
  viewer_lists_page_shift (page, 1); /* the day of the data ends with the data */
  assert_shows (&stage, "▲ 11/19(木) 23:50 の在床を再現");
  viewer_lists_page_shift (page, -1);
  assert_shows (&stage, "▲ 11/18(水) 23:50 の在床を再現");
  viewer_stage_close (&stage);
}

static void
test_other_lists (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "visits");
  assert_shows (&stage, "この日の受診の記録はありません");
  assert_shows (&stage, "誰も来なかったという意味ではありません");
  g_assert_true (viewer_lists_page_set_time (page_of (&stage), "11/12"));
  assert_shows (&stage, "内科 1");
  assert_shows (&stage, "[受診　1]");
  assert_shows (&stage, "09:30 ワタナベ　チヅコ 渡辺　千鶴子");

  show (&stage, "doctors");
  assert_shows (&stage, "[入院中の受け持ち　1]");
  assert_shows (&stage, "５東 512-3");
  assert_shows (&stage, "[外来　1]");

  show (&stage, "planned");
  assert_shows (&stage, "11/20(金) 1");
  assert_shows (&stage, "11/21(土)　きょう 1");
  assert_shows (&stage, "[予約（来院したかは、この一覧ではわかりません）　1]");
  assert_shows (&stage, "渡部　千津子");
  viewer_stage_close (&stage);
}

static gboolean
has_searched (gpointer page)
{
  return !viewer_lists_page_is_searching (page);
}

static gboolean
is_idle (gpointer page)
{
  return !viewer_lists_page_is_busy (page);
}

static void
ask (ViewerStage *stage, ViewerCohortKind kind, const char *text)
{
  GtkWidget *page = GTK_WIDGET (page_of (stage));
  ViewerCohortBar *bar = VIEWER_COHORT_BAR (viewer_stage_find (page, VIEWER_TYPE_COHORT_BAR));

  viewer_cohort_bar_set_kind (bar, kind);
  viewer_cohort_bar_set_text (bar, text);
  viewer_fixture_wait (has_searched, page);
}

/* Each fact as written, with its state; what is not found is not said to be nowhere. */
static void
test_condition (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "condition");
  assert_shows (&stage, "条件を入れてください");
  assert_shows (&stage, "入院中の全員");
  ask (&stage, VIEWER_COHORT_DRUG, "わーふぁりん");
  assert_shows (&stage, "▲ 病院全体　データ時点 11/19(木) 23:50");
  assert_shows (&stage, "[ディスク時点で続いている（");
  assert_shows (&stage, "５東 512-3 ワタナベ　チヅコ 渡邊　千鶴子");
  assert_shows (&stage, "ワーファリン錠１ｍｇ 2錠 11/17 7日分 残り4日");
  assert_shows (&stage, "出していないもの：上書き済み 1");
  assert_shows (&stage, "「該当しない」とは言えません");

  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "３西"));
  viewer_fixture_wait (has_searched, page_of (&stage));
  assert_shows (&stage, "このディスクには見つかりません");
  assert_shows (&stage, "薬「わーふぁりん」を ３西");
  assert_shows (&stage, "「該当者がいない」という意味ではありません");
  assert_hides (&stage, "渡邊　千鶴子");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "入院中の全員"));
  viewer_fixture_wait (has_searched, page_of (&stage));
  assert_shows (&stage, "渡邊　千鶴子");

  ask (&stage, VIEWER_COHORT_RESULT, "K ≧ 6.0");
  assert_shows (&stage, "＝ K ≥ 6.0（項目ごとの最新値で判定）");
  assert_shows (&stage, "[条件に合う　K（血清）　mmol/L　1]");
  assert_shows (&stage, "HH 6.8 mmol/L");
  assert_shows (&stage, "所属が合わない記録（Ctrl+I） 1");
  ask (&stage, VIEWER_COHORT_RESULT, "K ≧");
  assert_shows (&stage, "▲ 数値が読めません");
  assert_hides (&stage, "6.8 mmol/L");
  ask (&stage, VIEWER_COHORT_DIAGNOSIS, "肺癌");
  assert_shows (&stage, "[疑い　1]");
  assert_shows (&stage, "右下葉肺癌");
  viewer_stage_act (&stage, "app.language"); /* the same condition in other words */
  viewer_fixture_wait (has_searched, page_of (&stage));
  assert_shows (&stage, "[Only suspected　1]");
  viewer_fixture_wait (is_idle, page_of (&stage));
  viewer_stage_act (&stage, "app.language");
  viewer_stage_close (&stage);
}

/* Other lists in between do not forget what was found; a change of the time asks anew. */
static void
test_condition_and_others (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "condition");
  ask (&stage, VIEWER_COHORT_DRUG, "ワーファリン");
  show (&stage, "wards");
  assert_hides (&stage, "出していないもの");
  show (&stage, "condition");
  g_assert_true (has_searched (page_of (&stage)));
  assert_shows (&stage, "ワーファリン錠１ｍｇ");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "５東"));
  g_assert_true (viewer_lists_page_set_time (page_of (&stage), "10/10 12:00"));
  viewer_fixture_wait (has_searched, page_of (&stage));
  assert_shows (&stage, "５東（10/10(土) 12:00 の在床）");
  assert_hides (&stage, "渡邊　千鶴子"); /* she came in November */
  viewer_stage_act (&stage, "win.list::condition"); /* the next kind */
  assert_shows (&stage, "最新以外の値も");
  viewer_stage_close (&stage);
}

/* The same way as from the search, and back to the list. */
static void
test_open (void)
{
  ViewerStage stage = { NULL };
  guint32 pno;

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "wards");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "５東"));
  pno = viewer_lists_page_get_selected (page_of (&stage));
  g_assert_cmpuint (pno, !=, 0);
  gtk_widget_activate_action (GTK_WIDGET (page_of (&stage)), "win.open-patient", "u", pno);
  viewer_guard_key (VIEWER_GUARD (viewer_window_get_widget (viewer_stage_window (&stage), "guard")),
                    GDK_KEY_n, GDK_ALT_MASK);
  g_assert_cmpstr (place_of (&stage), ==, viewer_sections_first_page ());
  g_assert_cmpstr (
      viewer_chart_get_patient (viewer_window_get_chart (viewer_stage_window (&stage)))->id, ==,
      VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.back");
  g_assert_cmpstr (place_of (&stage), ==, "wards");
  assert_shows (&stage, "渡邊　千鶴子");
  viewer_stage_close (&stage);
}

/* A row leads to the message it rests on, whosever chart is open. */
static void
test_source (void)
{
  ViewerStage stage = { NULL };
  GtkWidget *panel;
  g_autofree char *text = NULL;

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_NONE);
  show (&stage, "wards");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "３西"));
  viewer_stage_act (&stage, "win.source");
  viewer_stage_draw (&stage);
  panel = viewer_window_get_widget (viewer_stage_window (&stage), "source");
  g_assert_true (gtk_widget_get_visible (panel));
  text = viewer_source_panel_get_text (VIEWER_SOURCE_PANEL (panel));
  g_assert_nonnull (strstr (text, "PID|0001||0000207716"));
  viewer_stage_act (&stage, "win.source");
  g_assert_false (gtk_widget_get_visible (panel));
  viewer_stage_close (&stage);
}

/* The newest first, each once, of this disc only; a change of language does not forget them. */
static void
test_recent (void)
{
  ViewerStage stage = { NULL };
  g_autofree char *texts = NULL;
  ViewerWindow *window;

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "recent");
  assert_shows (&stage, "まだカルテを開いていません");
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_LISTED);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  show (&stage, "recent");
  texts = texts_of (&stage);
  g_assert_nonnull (strstr (texts, "開いた患者　2]"));
  g_assert_true (strstr (texts, "渡邊　千鶴子") < strstr (texts, "渡部　千津子"));
  viewer_stage_act (&stage, "app.language");
  viewer_stage_act (&stage, "win.list::recent");
  assert_shows (&stage, "渡部　千津子");
  viewer_stage_act (&stage, "app.language");

  window = viewer_stage_window (&stage);
  viewer_window_set_disc (window, NULL);
  viewer_stage_close (&stage);
}

static void
write_without_lists (const char *path)
{
  static const DiscInfo info = { .hospital = "見本市民病院",
                                 .as_of = "2026-11-19T23:50:00",
                                 .built_at = "2026-11-20T00:41:00",
                                 .months = 13 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (path, &info, &error);
  const DiscPatient patient = { .facility = "1310000001", .id = "1" };
  g_autofree char *file = g_build_filename (path, "TOMOSHIBI", "records.sqlite", NULL);
  sqlite3 *db = NULL;

  disc_writer_begin_patient (writer, &patient, &error);
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_assert_cmpint (sqlite3_open (file, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "DROP TABLE list_name; DROP TABLE stay; DROP TABLE visit;"
                                 "DROP TABLE doctor_patient;"
                                 "DELETE FROM meta WHERE key IN ('lists', 'n_unlisted')",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* An older disc says that it has no lists, not that nobody is there. */
static void
test_older_disc (void)
{
  static const char *const lists[] = { "wards", "visits", "doctors", "planned" };
  g_autofree char *folder = g_dir_make_tmp ("viewer-lists-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "disc", NULL);
  ViewerStage stage = { NULL };

  write_without_lists (path);
  viewer_stage_open (&stage, "ja", path);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      show (&stage, lists[i]);
      assert_shows (&stage, "このディスクに一覧はありません");
      assert_hides (&stage, "この時点で");
    }
  show (&stage, "condition");
  assert_shows (&stage, "病棟の一覧がない古い形のディスクです");
  ask (&stage, VIEWER_COHORT_DRUG, "ワーファリン");
  assert_shows (&stage, "このディスクには見つかりません");
  show (&stage, "recent"); /* needs none of it */
  assert_shows (&stage, "まだカルテを開いていません");
  viewer_stage_close (&stage);
  viewer_fixture_remove (g_steal_pointer (&folder));
}

/* With large text nothing is cut: fewer columns, the same words. */
static void
test_zoom (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  show (&stage, "wards");
  g_assert_true (viewer_lists_page_select_group (page_of (&stage), "５東"));
  for (guint i = 0; i < 4; i++)
    viewer_stage_act (&stage, "app.zoom-in");
  assert_shows (&stage, "渡邊　千鶴子 1948-04-05");
  assert_shows (&stage, VIEWER_FIXTURE_MAIN);
  assert_shows (&stage, "▲ 同名 3");
  show (&stage, "condition");
  ask (&stage, VIEWER_COHORT_RESULT, "K");
  assert_shows (&stage, "HH 6.8 mmol/L");
  viewer_stage_act (&stage, "app.zoom-out");
  assert_shows (&stage, "病院全体"); /* the groups stay */
  viewer_stage_act (&stage, "app.zoom-reset");
  assert_shows (&stage, "病院全体");
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/lists-window/ward", test_ward);
  g_test_add_func ("/viewer/lists-window/time", test_time);
  g_test_add_func ("/viewer/lists-window/other-lists", test_other_lists);
  g_test_add_func ("/viewer/lists-window/condition", test_condition);
  g_test_add_func ("/viewer/lists-window/condition-and-others", test_condition_and_others);
  g_test_add_func ("/viewer/lists-window/open", test_open);
  g_test_add_func ("/viewer/lists-window/source", test_source);
  g_test_add_func ("/viewer/lists-window/recent", test_recent);
  g_test_add_func ("/viewer/lists-window/older-disc", test_older_disc);
  g_test_add_func ("/viewer/lists-window/zoom", test_zoom);
  return g_test_run ();
}
