/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "disc-writer.h"
#include "viewer-findings-page.h"
#include "viewer-open-page.h"
#include "viewer-patient-list.h"
#include "viewer-patient-row.h"
#include "viewer-search-page.h"
#include "viewer-source-panel.h"
#include "viewer-sections.h"
#include "viewer-stage.h"

static GtkWidget *
part (ViewerStage *stage, const char *name)
{
  return viewer_window_get_widget (viewer_stage_window (stage), name);
}

static void
assert_shows (GtkWidget *widget, const char *text)
{
  g_autofree char *texts = viewer_stage_texts (widget);

  if (strstr (texts, text) == NULL)
    g_error ("“%s” is not shown; shown is:\n%s", text, texts);
}

static void
assert_hides (GtkWidget *widget, const char *text)
{
  g_autofree char *texts = viewer_stage_texts (widget);

  if (strstr (texts, text) != NULL)
    g_error ("“%s” is shown", text);
}

/* The age of the data and the unsealed disc stand on every screen. */
static void
test_strip (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  assert_shows (part (&stage, "strip"), "見本市民病院");
  assert_shows (part (&stage, "strip"), "▲ データ時点");
  assert_shows (part (&stage, "strip"), "11/19(木) 23:50");
  assert_shows (part (&stage, "strip"), "27時間前");
  assert_shows (part (&stage, "strip"), "未収録");
  assert_shows (part (&stage, "notices"), "▲ 封印なし");
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_draw (&stage);
  assert_shows (part (&stage, "strip"), "27時間前");
  assert_shows (part (&stage, "notices"), "▲ 封印なし");
  viewer_stage_close (&stage);
}

/* What a screen reader says of the first row, whose widget stays when somebody else stands there.
 */
static void
assert_first_row (GtkWidget *page, const char *text)
{
  GtkWidget *row = viewer_stage_find (page, VIEWER_TYPE_PATIENT_ROW);
  g_autofree char *label = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "nothing like it");

  g_assert_cmpstr (label, !=, NULL);
  if (strstr (label, text) == NULL)
    g_error ("%s, not %s", label, text);
}

static void
test_search (void)
{
  ViewerStage stage = { NULL };
  ViewerSearchPage *page;
  GListModel *model;

  viewer_stage_open (&stage, "ja", NULL);
  page = VIEWER_SEARCH_PAGE (part (&stage, "search"));
  model = viewer_search_page_get_model (page);
  viewer_search_page_set_text (page, "satou");
  viewer_stage_draw (&stage);
  assert_first_row (GTK_WIDGET (page), "サトウ　チエ");
  viewer_search_page_set_text (page, "watanabe ti");
  /* Results stand as soon as the text does: no delay behind the keys. */
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 6);
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "5名");
  viewer_search_page_set_text (page, "ワタナベ チヅコ");
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "3名");
  assert_shows (GTK_WIDGET (page), "▲ 同姓同名がほかに2名");
  g_assert_cmpuint (viewer_search_page_get_selected (page), !=, 0);

  viewer_search_page_set_text (page, "4512338");
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "渡邊　千鶴子");
  assert_first_row (GTK_WIDGET (page), "0004512338");
  assert_shows (GTK_WIDGET (page), "見本市汐路町３－１４");
  assert_shows (GTK_WIDGET (page), "田代　千鶴子");
  assert_hides (GTK_WIDGET (page), "うっ血性心不全"); /* identity, not the chart */

  viewer_search_page_set_text (page, "zzz");
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "「zzz」は 0名");
  g_assert_cmpuint (viewer_search_page_get_selected (page), ==, 0);
  viewer_stage_close (&stage);
}

static void
write_many (const char *path, guint n)
{
  static const DiscInfo info = { .hospital = "見本市民病院",
                                 .facility = "1310000001",
                                 .as_of = "2026-11-19T23:50:00",
                                 .built_at = "2026-11-20T00:41:00",
                                 .months = 13 };
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscWriter) writer = disc_writer_new (path, &info, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("%010u", i + 1);
      DiscPatient patient = {
        .facility = "1310000001", .id = id, .name = "山田　太郎", .kana = "ヤマダ　タロウ"
      };

      disc_writer_begin_patient (writer, &patient, &error);
      g_assert_no_error (error);
    }
  disc_writer_finish (writer, &info, "{}", "{}", &error);
  g_assert_no_error (error);
}

/* More people of one name than the screen has room for: all are counted, and the arrows reach them
 * all. */
static void
test_many (void)
{
  ViewerStage stage = { NULL };
  g_autofree char *folder = g_dir_make_tmp ("viewer-many-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "disc", NULL);
  ViewerSearchPage *page;
  GListModel *model;
  guint32 last = 0;
  guint n_seen = 1;

  write_many (path, 120);
  viewer_stage_open (&stage, "ja", path);
  page = VIEWER_SEARCH_PAGE (part (&stage, "search"));
  model = viewer_search_page_get_model (page);
  viewer_search_page_set_text (page, "yamada");
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "120名");
  assert_shows (GTK_WIDGET (page), "▲ 同姓同名がほかに119名");
  assert_first_row (GTK_WIDGET (page), "120");
  g_assert_cmpuint (g_list_model_get_n_items (model), <, 60);
  for (; viewer_search_page_get_selected (page) != last && n_seen < 200; n_seen++)
    {
      last = viewer_search_page_get_selected (page);
      viewer_search_page_move (page, 1);
    }
  g_assert_cmpuint (n_seen, ==, 121);
  g_assert_cmpuint (last, ==, 120);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 121);
  viewer_stage_draw (&stage);
  viewer_search_page_set_text (page, "0000000077");
  viewer_stage_draw (&stage);
  assert_first_row (GTK_WIDGET (page), "0000000077");
  g_assert_cmpuint (viewer_search_page_get_selected (page), ==, 77);
  viewer_stage_close (&stage);
  viewer_fixture_remove (g_steal_pointer (&folder));
}

static gboolean
has_rows (gpointer model)
{
  return g_list_model_get_n_items (model) > 0;
}

static void
test_search_words (void)
{
  ViewerStage stage = { NULL };
  ViewerSearchPage *page;

  viewer_stage_open (&stage, "ja", NULL);
  page = VIEWER_SEARCH_PAGE (part (&stage, "search"));
  viewer_search_page_set_text (page, "肺癌");
  viewer_fixture_wait (has_rows, viewer_search_page_get_model (page));
  g_assert_cmpuint (g_list_model_get_n_items (viewer_search_page_get_model (page)), ==, 2);
  viewer_stage_close (&stage);
}

static void
test_arrows (void)
{
  ViewerStage stage = { NULL };
  ViewerSearchPage *page;
  guint32 first;

  viewer_stage_open (&stage, "ja", NULL);
  page = VIEWER_SEARCH_PAGE (part (&stage, "search"));
  viewer_search_page_set_text (page, "watanabe");
  first = viewer_search_page_get_selected (page);
  viewer_search_page_move (page, 1);
  g_assert_cmpuint (viewer_search_page_get_selected (page), !=, first);
  g_assert_cmpuint (viewer_search_page_get_selected (page), !=, 0);
  viewer_search_page_move (page, -1);
  g_assert_cmpuint (viewer_search_page_get_selected (page), ==, first);
  viewer_search_page_move (page, -1); /* stays at the first person */
  g_assert_cmpuint (viewer_search_page_get_selected (page), ==, first);
  g_signal_emit_by_name (viewer_search_page_get_entry (page), "activate");
  g_assert_nonnull (viewer_window_get_chart (viewer_stage_window (&stage)));
  viewer_stage_close (&stage);
}

/* Three states of allergies that cannot be mistaken for one another. */
static void
test_allergies (void)
{
  static const struct
  {
    const char *id, *shown, *not_shown;
  } cases[] = {
    { VIEWER_FIXTURE_MAIN, "？ 記録なし＝不明（「なし」ではない）", "！" },
    { VIEWER_FIXTURE_NONE, "「なし」と記載あり", "？" },
    { VIEWER_FIXTURE_LISTED, "！ ペニシリン系（重度）・ソバ・造影剤", "なし" },
  };
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      viewer_stage_open_patient (&stage, cases[i].id);
      viewer_stage_act (&stage, "win.disputed");
      viewer_stage_draw (&stage);
      assert_shows (part (&stage, "banner"), cases[i].shown);
      assert_hides (part (&stage, "banner"), cases[i].not_shown);
    }
  viewer_stage_close (&stage);
}

/* An old admission is no present ward: the place carries the time it was last told. */
static void
test_old_place (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_draw (&stage);
  assert_shows (part (&stage, "banner"), "11/17 14:20 の所在");
  viewer_stage_close (&stage);
}

static void
test_banner (void)
{
  static const struct
  {
    const char *id;
    const char *texts[7];
  } cases[] = {
    { VIEWER_FIXTURE_MAIN,
      { "ワタナベ　チヅコ", "渡邊　千鶴子", "1948-04-05", "78歳　女", "５東 512-3", "▲ 同名 3",
        "患者不一致 1　Ctrl+I" } },
    { "0000411560", { "1940-03", "日は不明", "死亡退院" } },
    { "0000207716", { "渡■　千代", "■は失われた文字" } },
    { "0005000017", { "氏名の記録なし", "ヤマモト　ベビー", "6日" } },
    { "0003390125", { "外泊中", "基本情報なし" } },
    { "0005000025", { "アレクサンドラ・マリア・ジョゼフィーヌ　フォン・ヴィッテルスバッハ見本" } },
  };
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      viewer_stage_open_patient (&stage, cases[i].id);
      viewer_stage_act (&stage, "win.disputed");
      viewer_stage_draw (&stage);
      for (guint k = 0; k < 7 && cases[i].texts[k] != NULL; k++)
        assert_shows (part (&stage, "banner"), cases[i].texts[k]);
    }
  viewer_stage_close (&stage);
}

static void
test_source (void)
{
  ViewerStage stage = { NULL };
  ViewerWindow *window;
  g_autofree char *text = NULL;
  ViewerChart *chart;
  const DiscRecord *record;
  guint i = 0;

  viewer_stage_open (&stage, "ja", NULL);
  window = viewer_stage_window (&stage);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  chart = viewer_window_get_chart (window);
  record = viewer_chart_next (chart, &i, DISC_KIND_ORDER, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.source-of", "x",
                              viewer_chart_get_message (chart, record)->rid);
  viewer_stage_draw (&stage);
  text = viewer_source_panel_get_text (VIEWER_SOURCE_PANEL (part (&stage, "source")));
  g_assert_nonnull (strstr (text, "OBR|1|000000261119031||X1^胸部Ｘ線"));
  assert_shows (part (&stage, "source"), "途中で切れている（不完全）");
  assert_shows (part (&stage, "source"), "1（有効）");
  assert_shows (part (&stage, "source"), "000/451/0004512338/2026-11-19/OMG-01/");
  viewer_stage_act (&stage, "win.back");
  g_assert_false (gtk_widget_get_visible (part (&stage, "source")));
  viewer_stage_close (&stage);
}

/* A disputed record: in neither chart, found from both, its values in a dashed box only. */
static void
test_disputed (void)
{
  static const char *const ids[] = { VIEWER_FIXTURE_MAIN, VIEWER_FIXTURE_NONE };
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      viewer_stage_open_patient (&stage, ids[i]);
      viewer_stage_act (&stage, "win.disputed");
      viewer_stage_draw (&stage);
      assert_shows (part (&stage, "banner"), "患者不一致 1");
      assert_shows (part (&stage, "disputed"), "どちらのカルテにも入れていません");
      assert_shows (part (&stage, "disputed"), "この患者");
      assert_shows (part (&stage, "disputed"), "≠ 0004512338");
      assert_shows (part (&stage, "disputed"), "≠ 1948-04-25");
      assert_shows (part (&stage, "disputed"), "K 4.1 mmol/L　Cr 0.71 mg/dL");
      g_assert_cmpint (
          viewer_findings_page_selected_rid (VIEWER_FINDINGS_PAGE (part (&stage, "disputed"))), !=,
          0);
    }
  viewer_stage_close (&stage);
}

static void
test_findings (void)
{
  ViewerStage stage = { NULL };
  ViewerFindingsPage *page;

  viewer_stage_open (&stage, "ja", NULL);
  page = VIEWER_FINDINGS_PAGE (part (&stage, "disputed"));
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.findings");
  viewer_stage_draw (&stage);
  g_assert_cmpuint (viewer_findings_page_get_n_rows (page), ==, 3);
  assert_shows (GTK_WIDGET (page), "基本情報の食い違い（生年月日・性別・氏名）");
  assert_hides (GTK_WIDGET (page), "RXE-7"); /* somebody else's */
  viewer_stage_open_patient (&stage, "0000207716");
  viewer_stage_act (&stage, "win.findings");
  viewer_stage_draw (&stage);
  assert_shows (GTK_WIDGET (page), "欠けたものが無いという意味ではありません");
  viewer_stage_close (&stage);
}

static void
test_quality (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_act (&stage, "win.quality");
  viewer_stage_draw (&stage);
  assert_shows (part (&stage, "quality"), "▲ 32時間前");
  assert_shows (part (&stage, "quality"), "バイタル");
  assert_shows (part (&stage, "quality"), "標準ストレージに書かれない");
  assert_shows (part (&stage, "quality"), "使用できますが、次の点を確認してください");
  assert_shows (part (&stage, "quality"), "読めなかったファイル：27件のうち1件");
  assert_shows (part (&stage, "quality"), "３西\n12\n–\n21:40\n–\n▲ 11/17\n11/18\n");
  assert_shows (part (&stage, "quality"), "検査していない");
  assert_shows (part (&stage, "quality"), "見た\n30\n");
  assert_shows (part (&stage, "quality"), "断った\n1\n");
  assert_shows (part (&stage, "quality"), "所属が合わない（フォルダとメッセージの患者IDが違う）");
  viewer_stage_close (&stage);
}

/* Esc and Alt+Left lead back the way one came; typing in a chart leaves the chart as it was. */
static void
test_back (void)
{
  ViewerStage stage = { NULL };
  ViewerWindow *window;
  ViewerChart *chart;
  g_autofree char *first = NULL;

  viewer_stage_open (&stage, "ja", NULL);
  window = viewer_stage_window (&stage);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  first = g_strdup (viewer_window_get_place (window));
  chart = viewer_window_get_chart (window);
  viewer_stage_act (&stage, "win.quality");
  g_assert_cmpstr (viewer_window_get_place (window), ==, "quality");
  viewer_stage_act (&stage, "win.section::F2");
  viewer_search_page_set_text (VIEWER_SEARCH_PAGE (part (&stage, "search")), "yamada");
  g_assert_false (gtk_widget_get_visible (part (&stage, "banner")));
  viewer_stage_act (&stage, "win.back");
  g_assert_cmpstr (viewer_window_get_place (window), ==, "quality");
  viewer_stage_act (&stage, "win.back");
  g_assert_cmpstr (viewer_window_get_place (window), ==, first);
  g_assert_true (viewer_window_get_chart (window) == chart);
  viewer_stage_act (&stage, "win.keys");
  g_assert_true (gtk_widget_get_visible (part (&stage, "keys")));
  viewer_stage_act (&stage, "win.back");
  g_assert_false (gtk_widget_get_visible (part (&stage, "keys")));
  viewer_stage_close (&stage);
}

static void
test_language (void)
{
  ViewerStage stage = { NULL };

  viewer_stage_open (&stage, "ja", NULL);
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  viewer_stage_act (&stage, "win.disputed");
  viewer_stage_act (&stage, "app.language");
  viewer_stage_draw (&stage);
  /* The same patient, the same page, other words. */
  g_assert_cmpstr (viewer_window_get_place (viewer_stage_window (&stage)), ==, "disputed");
  assert_shows (part (&stage, "banner"), "渡邊　千鶴子");
  assert_shows (part (&stage, "banner"), "78 y");
  assert_shows (part (&stage, "strip"), "27 hours ago");
  assert_shows (part (&stage, "disputed"), "In neither chart");
  viewer_stage_act (&stage, "app.language");
  viewer_stage_draw (&stage);
  assert_shows (part (&stage, "strip"), "27時間前");
  viewer_stage_close (&stage);
}

#define SCREEN_WIDTH 1366 /* of the oldest laptop (design.md) */
#define SCREEN_HEIGHT 768

static void
assert_fits (ViewerStage *stage, const char *place)
{
  GtkWidget *window = GTK_WIDGET (viewer_stage_window (stage));
  int width, height;

  viewer_stage_draw (stage);
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (window, GTK_ORIENTATION_VERTICAL, SCREEN_WIDTH, &height, NULL, NULL, NULL);
  if (width > SCREEN_WIDTH || height > SCREEN_HEIGHT)
    g_test_message ("%s needs %d x %d", place, width, height);
  g_assert_cmpint (width, <=, SCREEN_WIDTH);
  g_assert_cmpint (height, <=, SCREEN_HEIGHT);
}

/* A window that is higher than the screen hides its last lines, and the keys. */
static void
test_fits (void)
{
  static const char *const places[] = { "win.section::F2", "win.quality", "win.list::condition",
                                        "win.list::condition", "win.keys", "win.back" };
  ViewerStage stage = { NULL };
  const ViewerSectionInfo *sections;
  guint n_sections;

  sections = viewer_sections (&n_sections);
  viewer_stage_open (&stage, "ja", NULL);
  for (guint i = 0; i < 5; i++)
    {
      viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
      for (guint k = 0; k < n_sections; k++)
        if (sections[k].get_page_type != NULL)
          {
            g_autofree char *action = g_strdup_printf ("win.section::%s", sections[k].key);

            viewer_stage_act (&stage, action);
            assert_fits (&stage, sections[k].key);
          }
      for (guint k = 0; k < G_N_ELEMENTS (places); k++)
        {
          viewer_stage_act (&stage, places[k]);
          assert_fits (&stage, places[k]);
        }
      viewer_stage_act (&stage, "app.zoom-in");
    }
  viewer_stage_act (&stage, "app.zoom-reset");
  viewer_stage_close (&stage);
}

/* A button with the text of a label, whatever else is in it. */
static gboolean
is_named_by_label (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL;
}

/* Everything that takes the focus and can be seen has a name for screen readers: frames that only
 * scroll have none to say. */
static void
assert_named (GtkWidget *widget, const char *place)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (gtk_widget_get_focusable (widget) && !GTK_IS_SCROLLED_WINDOW (widget) &&
      !GTK_IS_STACK (widget) && !GTK_IS_WINDOW (widget) && !GTK_IS_TEXT (widget) &&
      !is_named_by_label (widget) &&
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) &&
      !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                         GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    g_error ("%s: %s in %s has no name", place, G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child, place);
}

static void
test_names (void)
{
  static const char *const places[] = {
    "win.section::F2", "win.quality", "win.keys", "win.findings", "win.list::wards",
    "win.list::condition", "win.list::condition", "win.ward-gap", "win.find", "win.confirm",
  };
  ViewerStage stage = { NULL };
  const ViewerSectionInfo *sections;
  guint n;

  viewer_stage_open (&stage, "ja", NULL);
  assert_named (GTK_WIDGET (viewer_stage_window (&stage)), "start");
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_MAIN);
  sections = viewer_sections (&n);
  for (guint i = 0; i < n + G_N_ELEMENTS (places); i++)
    {
      g_autofree char *action =
          i < n ? g_strdup_printf ("win.section::%s", sections[i].key) : g_strdup (places[i - n]);

      viewer_stage_act (&stage, action);
      viewer_stage_draw (&stage);
      assert_named (GTK_WIDGET (viewer_stage_window (&stage)), action);
    }
  viewer_stage_close (&stage);
}

static void
test_zoom (void)
{
  ViewerStage stage = { NULL };
  GtkWidget *window;

  viewer_stage_open (&stage, "ja", NULL);
  window = GTK_WIDGET (viewer_stage_window (&stage));
  viewer_stage_open_patient (&stage, VIEWER_FIXTURE_LISTED);
  viewer_stage_act (&stage, "win.disputed");
  g_assert_false (gtk_widget_has_css_class (window, "compact"));
  for (guint i = 0; i < 5; i++)
    {
      static const char *const places[] = { "win.section::F2", "win.quality", "win.keys",
                                            "win.back", "win.disputed" };

      /* Every warning of the toolkit about sizes ends the test. */
      for (guint k = 0; k < G_N_ELEMENTS (places); k++)
        {
          viewer_stage_act (&stage, places[k]);
          viewer_stage_draw (&stage);
        }
      viewer_stage_act (&stage, "app.zoom-in");
    }
  g_assert_true (gtk_widget_has_css_class (window, "compact"));
  assert_shows (part (&stage, "banner"), "！ ペニシリン系（重度）・ソバ・造影剤");
  viewer_stage_act (&stage, "app.zoom-reset");
  viewer_stage_draw (&stage);
  g_assert_false (gtk_widget_has_css_class (window, "compact"));
  for (guint i = 0; i < 3; i++)
    {
      viewer_stage_act (&stage, "app.theme");
      viewer_stage_draw (&stage);
    }
  viewer_stage_close (&stage);
}

static void
test_no_disc (void)
{
  ViewerStage stage = { NULL };
  ViewerWindow *window;
  ViewerOpenPage *page;

  g_autofree char *folder = g_dir_make_tmp ("viewer-window-XXXXXX", NULL);

  viewer_stage_begin (&stage, "ja", folder);
  window = viewer_stage_window (&stage);
  page = VIEWER_OPEN_PAGE (part (&stage, "open"));
  g_assert_cmpstr (viewer_window_get_place (window), ==, "open");
  g_assert_null (viewer_window_get_disc (window));
  g_assert_nonnull (strstr (viewer_open_page_get_sentence (page), "緊急用ディスクがありません"));
  /* Without a disc there is nowhere to go. */
  viewer_stage_act (&stage, "win.section::F2");
  viewer_stage_act (&stage, "win.quality");
  g_assert_cmpstr (viewer_window_get_place (window), ==, "open");
  viewer_stage_close (&stage);
  g_rmdir (folder);
}

/* What cannot be opened takes nothing away: Esc leads back to the disc that is open. */
static void
test_other_disc (void)
{
  ViewerStage stage = { NULL };
  ViewerWindow *window;

  viewer_stage_open (&stage, "ja", NULL);
  window = viewer_stage_window (&stage);
  gtk_widget_activate_action (GTK_WIDGET (window), "app.open-disc", "s", stage.folder);
  g_assert_cmpstr (viewer_window_get_place (window), ==, "open");
  g_assert_nonnull (viewer_window_get_disc (window));
  viewer_stage_act (&stage, "win.back");
  g_assert_cmpstr (viewer_window_get_place (window), ==, "search");
  viewer_stage_close (&stage);
}

/* An id leads to the chart; an unknown one to the search, which says that nobody has it. */
static void
test_find_patient (void)
{
  ViewerStage stage = { NULL };
  ViewerWindow *window;

  viewer_stage_open (&stage, "ja", NULL);
  window = viewer_stage_window (&stage);
  viewer_window_find_patient (window, VIEWER_FIXTURE_LISTED);
  g_assert_cmpstr (viewer_chart_get_patient (viewer_window_get_chart (window))->id, ==,
                   VIEWER_FIXTURE_LISTED);
  viewer_window_find_patient (window, "9999999999");
  g_assert_cmpstr (viewer_window_get_place (window), ==, "search");
  viewer_stage_close (&stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/window/strip", test_strip);
  g_test_add_func ("/viewer/window/search", test_search);
  g_test_add_func ("/viewer/window/many", test_many);
  g_test_add_func ("/viewer/window/search-words", test_search_words);
  g_test_add_func ("/viewer/window/arrows", test_arrows);
  g_test_add_func ("/viewer/window/allergies", test_allergies);
  g_test_add_func ("/viewer/window/banner", test_banner);
  g_test_add_func ("/viewer/spec10/old-place-as-present", test_old_place);
  g_test_add_func ("/viewer/window/source", test_source);
  g_test_add_func ("/viewer/window/disputed", test_disputed);
  g_test_add_func ("/viewer/window/findings", test_findings);
  g_test_add_func ("/viewer/window/quality", test_quality);
  g_test_add_func ("/viewer/window/back", test_back);
  g_test_add_func ("/viewer/window/language", test_language);
  g_test_add_func ("/viewer/window/fits", test_fits);
  g_test_add_func ("/viewer/window/names", test_names);
  g_test_add_func ("/viewer/window/zoom", test_zoom);
  g_test_add_func ("/viewer/window/no-disc", test_no_disc);
  g_test_add_func ("/viewer/window/other-disc", test_other_disc);
  g_test_add_func ("/viewer/window/find-patient", test_find_patient);
  return g_test_run ();
}
