/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Ctrl+C copies, in the window: never words without whose they are and how old. */
#include "config.h"

#include <string.h>

#include "viewer-stage.h"
#include "viewer-window-private.h"

static void
assert_copy (ViewerStage *stage, const char *const *lines)
{
  g_autofree char *text = NULL;

  viewer_stage_draw (stage);
  text = viewer_window_dup_copy (viewer_stage_window (stage));
  g_assert_nonnull (text);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (text, lines[i]) == NULL)
      g_error ("“%s” is missing in:\n%s", lines[i], text);
}

#define ASSERT_COPY(stage, ...) assert_copy (stage, (const char *const[]){ __VA_ARGS__, NULL })

/* Each cell under the title of its column, and all that must not be lost on the way. */
static void
test_chart (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.section::F12");
  ASSERT_COPY (&stage,
               "渡邊　千鶴子　ワタナベ　チヅコ　生年月日 1948-04-05　女　患者ID 0004512338\n",
               "■ 本人確認 未了\n", "［ディスク後〜いま", "予定の時刻: 11/20(金) 00:00\n",
               "種類: 注射\n", "予定されていたこと: ソルデム３Ａ輸液５００ｍＬ 1本",
               "出所: OMP-02  ", "発生日時 2026-11-19T22:05:00\n",
               "データ時点 2026-11-19 23:50　写した時刻 2026-11-21 03:12  ディスク ");
  viewer_stage_act (&stage, "win.section::F5"); /* the time line: the drug by its name */
  ASSERT_COPY (&stage, "カンデサルタン", "1錠", "出所: OMP-01  ");
  viewer_stage_act (&stage, "win.section::F7");
  ASSERT_COPY (&stage, "\nK, 11/19(木) 18:32, 6.8 mmol/L HH\n", "出所: ");
  viewer_stage_act (&stage, "win.source");
  ASSERT_COPY (&stage, "渡邊　千鶴子", "OBX|1|NM|3H015000002326101^K^JC10||6.8|mmol/L",
               "データ時点");
  viewer_stage_close (&stage);
}

/* A row of a list is of its own patient, whosever chart is open. */
static void
test_list (void)
{
  ViewerStage stage = { NULL };
  ViewerListsPage *page;
  g_autofree char *text = NULL;

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_NONE);
  viewer_stage_act (&stage, "win.list::wards");
  page = VIEWER_LISTS_PAGE (viewer_window_get_widget (viewer_stage_window (&stage), "lists"));
  g_assert_true (viewer_lists_page_select_group (page, "５東"));
  ASSERT_COPY (&stage, "患者ID 0004512338\n", "床・時刻: 512-3", "出所: ", "データ時点");
  text = viewer_window_dup_copy (viewer_stage_window (&stage));
  g_assert_null (strstr (text, "0004521338"));
  viewer_stage_close (&stage);
}

/* In the clipboard, until the disc is closed: GTK would hand it on when the program ends. */
static void
test_clipboard (void)
{
  ViewerStage stage = { NULL };
  GdkClipboard *clipboard;
  g_autofree char *nothing = NULL;

  viewer_stage_open (&stage, "ja", NULL);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (viewer_stage_window (&stage)));
  nothing = viewer_window_dup_copy (viewer_stage_window (&stage));
  g_assert_null (nothing);
  viewer_stage_act (&stage, "win.copy");
  g_assert_true (viewer_stage_shows (&stage, "写せるものが選ばれていません"));
  g_assert_null (gdk_clipboard_get_content (clipboard));
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.section::F5");
  viewer_stage_act (&stage, "win.copy");
  viewer_stage_draw (&stage);
  g_assert_true (viewer_stage_shows (&stage, "写しました（患者・出所・データ時点つき）"));
  g_assert_nonnull (gdk_clipboard_get_content (clipboard));
  viewer_window_set_disc (viewer_stage_window (&stage), NULL);
  g_assert_null (gdk_clipboard_get_content (clipboard));
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/copy/chart", test_chart);
  g_test_add_func ("/viewer/copy/list", test_list);
  g_test_add_func ("/viewer/copy/clipboard", test_clipboard);
  return g_test_run ();
}
