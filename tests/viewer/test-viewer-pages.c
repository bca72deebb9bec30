/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of the chart in a window: what a clinician reads on each of them. The patient is the
 * invented one of viewer-story.c; every text expected here was written down from it by hand.
 */
#include "config.h"

#include "viewer-detail.h"
#include "viewer-inventory.h"
#include "viewer-lab-sheet.h"
#include "viewer-language.h"
#include "viewer-medication-bars.h"
#include "viewer-page.h"
#include "viewer-picture-view.h"
#include "viewer-pictures.h"
#include "viewer-sections.h"
#include "viewer-source-model.h"
#include "viewer-stage.h"
#include "viewer-story.h"
#include "viewer-table-row.h"
#include "viewer-table.h"
#include "viewer-trend.h"

typedef struct
{
  ViewerChart *chart;
  GtkWidget *window;
  GtkWidget *page;
} Stage;

static void
begin (Stage *stage, const char *key, ViewerLanguage language, ViewerChart *chart)
{
  const ViewerSectionInfo *info = viewer_sections_find_key (key);

  g_assert_nonnull (info);
  viewer_language_set (language);
  stage->chart = chart;
  stage->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 1202, 638);
  stage->page = g_object_new (info->get_page_type (), NULL);
  viewer_page_set_section (VIEWER_PAGE (stage->page), info->section);
  gtk_window_set_child (GTK_WINDOW (stage->window), stage->page);
  viewer_page_set_chart (VIEWER_PAGE (stage->page), chart);
  gtk_window_present (GTK_WINDOW (stage->window));
  gtk_test_widget_wait_for_draw (stage->page);
}

/* Nothing may keep the page or the chart alive once the window is gone. */
static void
end (Stage *stage)
{
  GtkWidget *page = stage->page;

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (stage->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (page);
  g_assert_cmpuint (G_OBJECT (stage->chart)->ref_count, ==, 1);
  test_story_remove (stage->chart);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void
collect (GtkWidget *widget, GType type, GPtrArray *found)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

static GPtrArray *
find (GtkWidget *widget, GType type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (widget, type, found);
  return found;
}

/* How many of them can be seen. */
static guint
count (GtkWidget *widget, GType type)
{
  g_autoptr (GPtrArray) found = find (widget, type);

  return found->len;
}

/* The row of any table of the page whose text holds @text. */
static ViewerRow *
find_row (GtkWidget *page, const char *text)
{
  g_autoptr (GPtrArray) tables = find (page, VIEWER_TYPE_TABLE);

  for (guint t = 0; t < tables->len; t++)
    {
      ViewerTable *table = g_ptr_array_index (tables, t);

      for (guint i = 0; i < viewer_table_n_rows (table); i++)
        {
          ViewerRow *row = viewer_table_get_row (table, i);
          g_autofree char *all = viewer_row_dup_text (row);

          if (strstr (all, text) != NULL)
            return row;
        }
    }
  return NULL;
}

/* Rows of the first table whose text holds @text. */
static guint
count_rows (GtkWidget *page, const char *text)
{
  g_autoptr (GPtrArray) tables = find (page, VIEWER_TYPE_TABLE);
  ViewerTable *table = g_ptr_array_index (tables, 0);
  guint n = 0;

  for (guint i = 0; i < viewer_table_n_rows (table); i++)
    {
      g_autofree char *all = viewer_row_dup_text (viewer_table_get_row (table, i));

      n += strstr (all, text) != NULL ? 1 : 0;
    }
  return n;
}

static void
select_row_with (GtkWidget *page, const char *text)
{
  g_autoptr (GPtrArray) tables = find (page, VIEWER_TYPE_TABLE);
  ViewerTable *table = g_ptr_array_index (tables, 0);
  ViewerRow *row = find_row (page, text);
  guint i = 0;

  g_assert_nonnull (row);
  while (viewer_table_get_row (table, i) != row)
    i++;
  viewer_table_select (table, i);
}

static void
assert_row (GtkWidget *page, const char *text, guint column, const char *expected)
{
  ViewerRow *row = find_row (page, text);
  g_autofree char *cell = NULL;

  if (row == NULL)
    g_error ("no row with “%s”", text);
  cell = viewer_row_dup_cell (row, column);
  g_assert_cmpstr (cell, ==, expected);
}

static void
assert_label (GtkWidget *page, const char *text)
{
  g_autofree char *all = viewer_stage_texts (page);

  if (strstr (all, text) == NULL)
    g_error ("“%s” is not shown; shown is:\n%s", text, all);
}

static void
assert_no_label (GtkWidget *page, const char *text)
{
  g_autofree char *all = viewer_stage_texts (page);

  if (strstr (all, text) != NULL)
    g_error ("“%s” is shown:\n%s", text, all);
}

/* All that the page says: labels, rows of tables and of details. */
static char *
all_texts (GtkWidget *page)
{
  g_autofree char *labels = viewer_stage_texts (page);
  GString *all = g_string_new (labels);
  g_autoptr (GPtrArray) tables = find (page, VIEWER_TYPE_TABLE);
  g_autoptr (GPtrArray) shown = find (page, VIEWER_TYPE_TABLE_ROW);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  for (guint t = 0; t < tables->len; t++)
    for (guint i = 0; i < viewer_table_n_rows (g_ptr_array_index (tables, t)); i++)
      g_ptr_array_add (rows, viewer_table_get_row (g_ptr_array_index (tables, t), i));
  for (guint i = 0; i < shown->len; i++)
    if (viewer_table_row_get (g_ptr_array_index (shown, i)) != NULL)
      g_ptr_array_add (rows, viewer_table_row_get (g_ptr_array_index (shown, i)));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *text = viewer_row_dup_text (g_ptr_array_index (rows, i));
      const char *heading = viewer_row_get_heading (g_ptr_array_index (rows, i));

      g_string_append_printf (all, "%s\n%s\n", heading != NULL ? heading : "", text);
    }
  return g_string_free (all, FALSE);
}

static const char *
css_of (ViewerRow *row, const char *text)
{
  for (guint i = 0; i < viewer_row_n_spans (row); i++)
    if (strcmp (viewer_row_get_span (row, i)->text, text) == 0)
      return viewer_row_get_span (row, i)->css;
  g_error ("no piece “%s”", text);
}

/* ---- pages --------------------------------------------------------------------------------- */

/* Spec 10: dose per time, uneven doses, patterns, what is stopped, on hold, run out. */
static void
test_medication (void)
{
  Stage stage;

  begin (&stage, "F5", VIEWER_LANGUAGE_ENGLISH, test_story_new ());
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  assert_row (stage.page, "カンデサルタン", 1, "1錠");
  assert_row (stage.page, "カンデサルタン", 4, "4 days until 11/23");
  assert_row (stage.page, "プレドニゾロン", 1, "Uneven doses\ndose 1: 4・dose 2: 2・dose 3: 1錠");
  assert_row (stage.page, "メトトレキサート", 2, "１日２回朝夕食後 土曜日\n手帳記載ずみ");
  assert_row (stage.page, "メトトレキサート", 4, "On hold 11/17");
  assert_row (stage.page, "葉酸", 4, "by weekday");
  assert_row (stage.page, "アセトアミノフェン", 2,
              "疼痛時\n用法コード 1050110600000000＝疼痛時・6時間以上あける");
  assert_row (stage.page, "アセトアミノフェン", 4, "by number of doses");
  assert_row (stage.page, "ロキソプロフェン", 1, "—");
  assert_row (stage.page, "エルデカルシトール", 4, "ran out 11/19");
  assert_row (stage.page, "スピロノラクトン", 4, "Stopped 11/19");
  g_assert_cmpstr (css_of (find_row (stage.page, "スピロノラクトン"), "スピロノラクトン錠２５ｍｇ"),
                   ==, "drug struck");
  g_assert_cmpstr (css_of (find_row (stage.page, "メトトレキサート"), "土曜日"), ==, "strong");
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), !=, 0);
  end (&stage);
}

static void
assert_bar (Stage *stage, const char *drug, const char *expected)
{
  g_autoptr (GPtrArray) found = find (stage->page, VIEWER_TYPE_MEDICATION_BARS);
  ViewerMedicationBars *bars = g_ptr_array_index (found, 0);
  g_autofree char *text = NULL;

  for (guint i = 0;; i++)
    {
      viewer_medication_bars_select (bars, i);
      if (strstr (viewer_medication_bars_get_selected (bars)->head->drug, drug) != NULL)
        break;
      if (i > 40)
        g_error ("no bars of %s", drug);
    }
  text = viewer_medication_bars_dup_text (bars);
  g_assert_cmpstr (text, ==, expected);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (bars), GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bars), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       expected);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (bars), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       viewer_medication_bars_get_selected (bars)->head->drug);
}

/* The time line by its words: every bar with its days as written; a patient without drugs. */
static void
test_medication_bars (void)
{
  Stage stage;

  begin (&stage, "F5", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  g_assert_cmpuint (count (stage.page, VIEWER_TYPE_MEDICATION_BARS), ==, 1);
  assert_bar (&stage, "カンデサルタン",
              "カンデサルタン錠８ｍｇ 1錠 １日１回朝食後; 11/17〜11/23 1錠　１日１回朝食後");
  assert_bar (&stage, "ワーファリン",
              "高リスク薬: 高 ワーファリン錠１ｍｇ 2錠 １日１回夕食後 "
              "PT-INR ▲3.4 11/19 Cr ▲2.41 mg/dL 11/19"
              "; 10/07〜11/03 2.5錠　１日１回夕食後; 11/17〜11/23 2錠　１日１回夕食後");
  assert_label (stage.page, "この薬の処方");
  assert_row (stage.page, "高リスク薬の表", 0, "表 高リスク薬の表：薬剤部の確認なし");
  /* on hold: a word, no bar; never 3 for a dose of 2 and one of 1 */
  assert_bar (&stage, "メトトレキサート",
              "高リスク薬: 高 メトトレキサートカプセル２ｍｇ 保留 11/17〜 不均等 2・1Cap "
              "１日２回朝夕食後 土曜日 Cr ▲2.41 mg/dL 11/19 WBC ▲118 .10*2/uL 11/19");
  assert_bar (&stage, "スピロノラクトン",
              "スピロノラクトン錠２５ｍｇ 中止 11/19 1錠 １日１回朝食後"
              "; 中止, 11/17から 中止 11/19 1錠　１日１回朝食後");
  assert_bar (&stage, "エルデカルシトール",
              "エルデカルシトールカプセル０．７５μｇ 11/19で切れ 1Cap １日１回朝食後"
              "; 11/06〜11/19 1Cap　１日１回朝食後");
  assert_bar (&stage, "アセトアミノフェン",
              "アセトアミノフェン錠２００ｍｇ 2錠 疼痛時; 11/17から 終わりは不確か 2錠　疼痛時");
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), !=, 0);
  end (&stage);
}

/* A fact of two sources is one row, and its history has both; what they tell apart is two rows. */
static void
test_two_sources (void)
{
  Stage stage;
  const DiscRecord *record;
  g_autofree char *texts = NULL;
  guint position = 0;

  begin (&stage, "F5", VIEWER_LANGUAGE_JAPANESE, test_story_new_two_sources ());
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  g_assert_cmpuint (viewer_inventory_of (stage.chart, VIEWER_SECTION_MEDICATION).n_live, ==, 2);
  g_assert_cmpuint (count_rows (stage.page, "甲錠"), ==, 1);
  g_assert_cmpuint (count_rows (stage.page, "乙錠"), ==, 2);
  select_row_with (stage.page, "甲錠");
  texts = all_texts (stage.page);
  g_assert_nonnull (strstr (texts, "FHIR も同じ内容"));
  while ((record = viewer_chart_next (stage.chart, &position, DISC_KIND_PRESCRIPTION, TRUE)) != NULL)
    {
      const DiscMessage *message = viewer_chart_get_message (stage.chart, record);
      g_autoptr (GArray) versions = viewer_source_list_versions (stage.chart, message);

      g_assert_cmpuint (versions->len, ==, message->flags == 0 ? 1 : 2);
    }
  end (&stage);
}

static void
test_medication_japanese (void)
{
  Stage stage;

  begin (&stage, "F5", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  assert_row (stage.page, "プレドニゾロン", 1, "不均等\n1回目4・2回目2・3回目1錠");
  assert_row (stage.page, "メトトレキサート", 4, "保留 11/17");
  assert_row (stage.page, "エルデカルシトール", 4, "11/19で切れ");
  assert_row (stage.page, "カンデサルタン", 3, "11/17 7日分");
  end (&stage);
}

/* Ordered is not given; refused, partly given and not recorded are told apart by word and mark. */
static void
test_injections (void)
{
  Stage stage;
  ViewerRow *row;

  begin (&stage, "F6", VIEWER_LANGUAGE_ENGLISH, test_story_new ());
  /* columns: order, 11/17, 11/18, 11/19, then two days after the disc */
  assert_row (stage.page, "ソルデム", 1, "15:30 ● 15:42");
  assert_row (stage.page, "ソルデム", 2, "08:00 ● 08:10\n14:30 × 14:40 patient refused 本人拒否");
  assert_row (stage.page, "ソルデム", 3,
              "08:00 ◐ 08:05 partly given 320 mL ルート閉塞\n14:30 ○ no record of giving");
  assert_row (stage.page, "ソルデム", 4, "08:00 ? planned\n14:30 ? planned");
  row = find_row (stage.page, "ソルデム");
  g_assert_cmpstr (css_of (row, "×"), ==, "crit-block");
  /* the base first, although the additive stands first in the source */
  assert_row (stage.page, "ソルデム", 0,
              "RP 01　点滴　静脈内　80 mL/h　502 mL　輸液ポンプ\n"
              "ソルデム３Ａ輸液５００ｍＬ　1本 base\n＋ フロセミド注２０ｍｇ　1管 additive\n"
              "血圧 90 以下で中止し連絡");
  assert_row (stage.page, "生理食塩液", 1, "16:20 Stopped");
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  assert_row (stage.page, "カンデサルタン", 2, "● given");
  end (&stage);
}

/* The cursor tells screen readers its cell; the picture tells the newest value. */
static void
test_labs (void)
{
  Stage stage;
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GPtrArray) trends = NULL;
  ViewerLabSheet *sheet;
  const ViewerLabCell *cell = NULL;

  begin (&stage, "F7", VIEWER_LANGUAGE_ENGLISH, test_story_new ());
  sheets = find (stage.page, VIEWER_TYPE_LAB_SHEET);
  trends = find (stage.page, VIEWER_TYPE_TREND);
  g_assert_cmpuint (sheets->len, ==, 1);
  sheet = g_ptr_array_index (sheets, 0);
  gtk_test_accessible_assert_role (sheet, GTK_ACCESSIBLE_ROLE_GRID);
  gtk_test_accessible_assert_property (sheet, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "K, 11/19(Thu) 18:32, 6.8 mmol/L HH");
  gtk_test_accessible_assert_property (
      g_ptr_array_index (trends, 0), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "K: newest 6.8 mmol/L HH, reference range 3.6-4.8, 7 values. ");
  viewer_lab_sheet_move (sheet, 1, -1);
  gtk_test_accessible_assert_property (sheet, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Na, 11/19(Thu) 06:40, 136 mmol/L L");
  viewer_lab_sheet_move (sheet, -5, -2); /* stops at the first row; a sample without result */
  gtk_test_accessible_assert_property (sheet, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "K, 11/17(Tue) 20:10, No value mmol/L No result");
  viewer_lab_sheet_move (sheet, 100, 100); /* stops at the last row and the newest sample */
  g_assert_true (viewer_lab_sheet_get_cursor (sheet, NULL, NULL, &cell));
  g_assert_null (cell);
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), ==, 0);
  end (&stage);
}

static void
test_lab_report (void)
{
  Stage stage;

  begin (&stage, "F7", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  assert_row (stage.page, "Plt", 1, "14.2 未");
  assert_row (stage.page, "Na", 1, "▼134");
  assert_row (stage.page, "eGFR", 4, "");
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), !=, 0);
  end (&stage);
}

static void
test_microbiology (void)
{
  Stage stage;

  begin (&stage, "F8", VIEWER_LANGUAGE_ENGLISH, test_story_new ());
  assert_row (
      stage.page, "reported 11/19 15:40", 0,
      "尿（カテーテル） Preliminary, not final\ncollected 11/17 15:05  reported 11/19 15:40\n"
      "E.coli 3+ E.faecalis 1+");
  assert_row (stage.page, "no result on the disc", 0,
              "喀痰 Awaiting result\nordered 11/18 06:30, no result on the disc\n培養同定");
  assert_row (stage.page, "CTRX", 1, "R > 32 μg/mL pre");
  assert_row (stage.page, "CTRX", 2, "S <= 1 μg/mL corr"); /* the isolate before */
  assert_row (stage.page, "CTRX", 3, "・");
  assert_row (stage.page, "LVFX", 1, "— > 4 μg/mL pre"); /* not judged is not susceptible */
  end (&stage);
}

/* A kind that is on no disc and a kind that is only not recorded for this person: two texts. */
static void
test_unknown (void)
{
  static const char *const keys[] = { "F5", "F6", "F7", "F8", "F10" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      Stage stage;

      begin (&stage, keys[i], VIEWER_LANGUAGE_JAPANESE, test_story_new_empty ());
      assert_label (stage.page, "記録なし（不明）");
      assert_label (stage.page, "という意味ではありません");
      g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), ==, 0);
      viewer_page_set_chart (VIEWER_PAGE (stage.page), NULL);
      end (&stage);
    }
}

static void
test_meals (void)
{
  Stage stage;

  begin (&stage, "F9", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  assert_label (stage.page, "このディスクに未収録"); /* vital signs */
  assert_row (stage.page, "心臓病食", 2, "心臓病食　塩分６ｇ");
  assert_row (stage.page, "心臓病食", 4, "カリウム制限、ソバ禁");
  g_assert_cmpuint (count (stage.page, VIEWER_TYPE_DETAIL), ==, 1);
  end (&stage);
  begin (&stage, "F9", VIEWER_LANGUAGE_JAPANESE, test_story_new_empty ());
  assert_label (stage.page, "常食という意味でも、絶食という意味でもありません");
  /* nothing to select: no empty box for it */
  g_assert_cmpuint (count (stage.page, VIEWER_TYPE_DETAIL), ==, 0);
  end (&stage);
}

static void
test_exams (void)
{
  Stage stage;

  begin (&stage, "F10", VIEWER_LANGUAGE_ENGLISH, test_story_new ());
  assert_row (stage.page, "心臓超音波", 1, "心臓超音波\nAwaiting result 循環器内科");
  assert_row (stage.page, "培養同定", 1, "培養同定\nAwaiting result dept. 01"); /* a bare code */
  assert_row (stage.page, "胸部Ｘ線", 1,
              "胸部Ｘ線　ポータブル Infection MRSA\nPerformed, no report 内科");
  assert_row (stage.page, "標準１２誘導", 1, "標準１２誘導心電図\nReported");
  end (&stage);
}

/* The words as they stand, also a time in them; what replaced ones said is not here; a document without
 * its content says so. */
static void
test_notes (void)
{
  Stage stage;

  begin (&stage, "F4", VIEWER_LANGUAGE_JAPANESE, test_story_new_with_notes ());
  assert_row (stage.page, "看護記録", 0, "21:10");
  assert_label (stage.page, "20時 食事3割"); /* the newest is open */
  assert_row (stage.page, "経過記録", 1,
              "経過記録 内科　佐伯　恵\nS) 息は楽になった O) 2026-11-18T06:40 採血");
  assert_row (stage.page, "DNAR", 1, "DNAR 同意書\n内容は未収録");
  g_assert_null (find_row (stage.page, "暫定"));
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  g_assert_null (find_row (stage.page, "DNAR"));
  viewer_page_set_view (VIEWER_PAGE (stage.page), 2);
  g_assert_null (find_row (stage.page, "看護記録"));
  assert_label (stage.page, "文書があることだけが分かっています");
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), !=, 0);
  end (&stage);

  begin (&stage, "F4", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  assert_label (stage.page, "このディスクに未収録");
  end (&stage);
}

/* It is there, or words say why not. */
static gboolean
is_loaded (gpointer page)
{
  GtkWidget *view = viewer_stage_find (page, VIEWER_TYPE_PICTURE_VIEW);
  g_autofree char *all = viewer_stage_texts (page);

  return viewer_picture_view_has_texture (VIEWER_PICTURE_VIEW (view)) || strstr (all, "■") != NULL;
}

static void
wait_for_picture (Stage *stage)
{
  GtkWidget *view = viewer_stage_find (stage->page, VIEWER_TYPE_PICTURE_VIEW);

  viewer_fixture_wait (is_loaded, stage->page);
  g_assert_true (viewer_picture_view_has_texture (VIEWER_PICTURE_VIEW (view)));
}

static gboolean
says_why (gpointer page)
{
  g_autofree char *all = viewer_stage_texts (page);

  return strstr (all, "この画像はこのディスクにありません") != NULL;
}

/* A scan without words: its pages, one after the other, and why one is not there. */
static void
test_pictures (void)
{
  Stage stage;
  ViewerPage *page;
  ViewerPictures *pictures;
  ViewerPictureView *view;

  begin (&stage, "F4", VIEWER_LANGUAGE_JAPANESE, test_story_new_with_notes ());
  page = VIEWER_PAGE (stage.page);
  assert_row (stage.page, "紹介状", 1, "紹介状 内科\n画像 3枚");
  pictures = VIEWER_PICTURES (viewer_stage_find (stage.page, VIEWER_TYPE_PICTURES));
  view = VIEWER_PICTURE_VIEW (viewer_stage_find (stage.page, VIEWER_TYPE_PICTURE_VIEW));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (pictures)));
  g_assert_false (viewer_page_zoom (page, 1));
  g_assert_false (viewer_pictures_go (pictures, 1));

  select_row_with (stage.page, "紹介状");
  assert_label (stage.page, "文字はありません");
  assert_label (stage.page, "画像 1／3　1ページ");
  g_assert_cmpuint (viewer_pictures_n (pictures), ==, 3);
  wait_for_picture (&stage);
  g_assert_true (viewer_page_zoom (page, 1));
  g_assert_cmpuint (viewer_picture_view_get_percent (view), ==, 150);
  g_assert_false (viewer_pictures_go (pictures, -1));

  g_assert_true (viewer_pictures_go (pictures, 1));
  assert_label (stage.page, "画像 2／3　2ページ");
  assert_label (stage.page, "827 × 1169");
  wait_for_picture (&stage);
  g_signal_emit_by_name (viewer_stage_find (stage.page, VIEWER_TYPE_TABLE), "changed");
  assert_label (stage.page, "画像 2／3　2ページ"); /* the focus went away and came back */
  g_assert_true (viewer_pictures_go (pictures, 1));
  viewer_fixture_wait (says_why, stage.page);
  g_assert_false (viewer_picture_view_has_texture (view));
  g_assert_false (viewer_pictures_go (pictures, 1));

  select_row_with (stage.page, "DNAR");
  g_assert_cmpuint (viewer_pictures_n (pictures), ==, 0);
  assert_label (stage.page, "文書があることだけが分かっています");
  end (&stage);
}

static void
test_timeline (void)
{
  Stage stage;

  begin (&stage, "F11", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  assert_row (stage.page, "スピロノラクトン", 4, "中止");
  g_assert_cmpstr (css_of (find_row (stage.page, "スピロノラクトン"), "スピロノラクトン錠２５ｍｇ"),
                   ==, "drug struck"); /* its strength stays in one piece */
  assert_row (stage.page, "退院予定", 4, "予定");
  assert_row (stage.page, "統合失調症", 2, "要配慮 統合失調症");
  assert_row (stage.page, "尿路感染症", 2, "疑 尿路感染症");
  assert_row (stage.page, "うっ血性心不全", 2, "うっ血性心不全");
  g_assert_null (find_row (stage.page, "外泊")); /* cancelled: only in its view */
  viewer_page_set_view (VIEWER_PAGE (stage.page), 6);
  assert_row (stage.page, "外泊", 4, "取消");
  viewer_page_set_view (VIEWER_PAGE (stage.page), 1);
  g_assert_null (find_row (stage.page, "スピロノラクトン"));
  end (&stage);
}

/* What was planned stays a plan; a drug on hold says so; no hour is computed. */
static void
test_gap (void)
{
  Stage stage;

  begin (&stage, "F12", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  assert_label (stage.page, "11/19(木) 23:50 に予定されていたことです（いま 11/21(土) 03:12）");
  assert_row (stage.page, "エルデカルシトール", 0, "11/19(木)");
  assert_row (stage.page, "エルデカルシトール", 1, "切れる");
  assert_row (stage.page, "フロセミド注", 0, "11/20(金) 08:00"); /* the first of them */
  assert_row (stage.page, "フロセミド注", 2,
              "ソルデム３Ａ輸液５００ｍＬ 1本 ＋ フロセミド注２０ｍｇ 1管 静脈内　80 mL/h");
  assert_row (stage.page, "フロセミド注", 3, "OMP-02 000000261117010");
  assert_row (stage.page, "ワーファリン", 0, "—");
  assert_row (stage.page, "メトトレキサート", 2,
              "メトトレキサートカプセル２ｍｇ　不均等　2・1Cap １日２回朝夕食後　土曜日　"
              "V12NNNNN ２Cap　V21NNNNN １Cap　手帳記載ずみ 保留");
  assert_row (stage.page, "心臓超音波", 1, "結果待ち");
  g_assert_null (find_row (stage.page, "スピロノラクトン")); /* stopped */
  viewer_page_set_view (VIEWER_PAGE (stage.page), 3);
  g_assert_null (find_row (stage.page, "フロセミド注"));
  assert_row (stage.page, "エルデカルシトール", 1, "切れる");
  viewer_page_set_chart (VIEWER_PAGE (stage.page), NULL);
  g_assert_cmpint (viewer_page_selected_rid (VIEWER_PAGE (stage.page)), ==, 0);
  end (&stage);
  begin (&stage, "F12", VIEWER_LANGUAGE_JAPANESE, test_story_new_empty ());
  assert_label (stage.page, "予定がなかったという意味ではありません");
  end (&stage);
}

/* A blood group, and none at all, stand beside the warning. */
static void
test_blood_group (void)
{
  Stage stage;

  begin (&stage, "F3", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  assert_row (stage.page, "血液型", 0, "血液型 A Rh+\n▲ 輸血前に必ず検査で確認");
  end (&stage);
  begin (&stage, "F3", VIEWER_LANGUAGE_JAPANESE, test_story_new_empty ());
  assert_row (stage.page, "血液型", 0, "血液型 記録なし（不明）\n▲ 輸血前に必ず検査で確認");
  end (&stage);
}

/* Spec 10: no confidential diagnosis on the summary, suspected ones marked. */
static void
test_summary (void)
{
  Stage stage;

  begin (&stage, "F3", VIEWER_LANGUAGE_JAPANESE, test_story_new ());
  g_assert_null (find_row (stage.page, "統合失調症"));
  assert_row (stage.page, "要配慮", 0, "要配慮の病名 1件はここに出しません");
  assert_row (stage.page, "うっ血性心不全", 0, "主 うっ血性心不全");
  assert_row (stage.page, "尿路感染症", 0, "疑 尿路感染症");
  assert_row (stage.page, "胃炎", 0, "胃炎\n回復 2025-03-20");
  assert_row (stage.page, "HH 6.8", 1, "HH 6.8 mmol/L");
  assert_row (stage.page, "HH 6.8", 2, "+1.7");
  g_assert_cmpstr (css_of (find_row (stage.page, "HH 6.8"), "mmol/L"), ==, "ink3 small unit");
  assert_row (stage.page, "入院中", 1, "11/17〜");
  assert_label (stage.page, "HH  K 6.8 mmol/L  11/19 18:32");
  assert_label (stage.page, "感染 MRSA");
  /* Alerts stay though their time is over; those that the source ended do not. */
  assert_label (stage.page, "転倒・転落注意");
  assert_label (stage.page, "隔離（10/20まで・期限切れ）");
  assert_label (stage.page, "体内植込み・機器：冠動脈ステント");
  assert_no_label (stage.page, "面会制限");
  assert_label (stage.page, "このディスクに未収録");
  assert_label (stage.page, "アレルギー");
  assert_label (stage.page, "バイタル");
  end (&stage);
  begin (&stage, "F3", VIEWER_LANGUAGE_JAPANESE, test_story_new_empty ());
  assert_row (stage.page, "血液型", 0, "血液型 記録なし（不明）\n▲ 輸血前に必ず検査で確認");
  g_assert_nonnull (find_row (stage.page, "記録なし（不明）"));
  end (&stage);
}

static void
assert_no_raw_time (const char *all, const char *key)
{
  g_autoptr (GMatchInfo) found = NULL;
  g_autoptr (GRegex) raw = g_regex_new (".*[0-9]{4}-[0-9]{2}-[0-9]{2}T.*", 0, 0, NULL);

  if (g_regex_match (raw, all, 0, &found))
    {
      g_autofree char *line = g_match_info_fetch (found, 0);

      g_error ("%s shows a time as it is stored: %s", key, line);
    }
}

/* What the page says with each of its rows selected; whether @text is among it. */
static gboolean
walk_rows (GtkWidget *page, const char *key, const char *text)
{
  g_autoptr (GPtrArray) tables = find (page, VIEWER_TYPE_TABLE);
  gboolean is_said = FALSE;

  for (guint t = 0; t < tables->len; t++)
    for (guint i = 0; i < viewer_table_n_rows (g_ptr_array_index (tables, t)); i++)
      {
        g_autofree char *all = NULL;

        viewer_table_select (g_ptr_array_index (tables, t), i);
        all = all_texts (page);
        assert_no_raw_time (all, key);
        is_said |= text != NULL && strstr (all, text) != NULL;
      }
  return is_said;
}

/* Times are stored as 2026-11-18T06:40; nobody is to read that "T", and the time is said. */
static void
test_times (void)
{
  static const struct
  {
    const char *key, *text;
  } cases[] = {
    { "F3", NULL }, { "F5", NULL }, { "F6", NULL },  { "F7", NULL },
    { "F8", NULL }, { "F9", NULL }, { "F11", NULL }, { "F12", NULL }, { "F10", "採取日時: 2026-11-18 06:40" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Stage stage;
      gboolean is_said = FALSE;
      guint view;

      begin (&stage, cases[i].key, VIEWER_LANGUAGE_JAPANESE, test_story_new ());
      view = viewer_page_get_view (VIEWER_PAGE (stage.page));
      do
        {
          is_said |= walk_rows (stage.page, cases[i].key, cases[i].text);
          viewer_page_next_view (VIEWER_PAGE (stage.page));
        }
      while (viewer_page_get_view (VIEWER_PAGE (stage.page)) != view);
      g_assert_cmpint (is_said, ==, cases[i].text != NULL);
      end (&stage);
    }
}

int
main (int argc, char *argv[])
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer/pages/gap", test_gap);
  g_test_add_func ("/viewer/pages/medication", test_medication);
  g_test_add_func ("/viewer/pages/medication-japanese", test_medication_japanese);
  g_test_add_func ("/viewer/pages/medication-bars", test_medication_bars);
  g_test_add_func ("/viewer/pages/two-sources", test_two_sources);
  g_test_add_func ("/viewer/pages/injections", test_injections);
  g_test_add_func ("/viewer/pages/labs", test_labs);
  g_test_add_func ("/viewer/pages/lab-report", test_lab_report);
  g_test_add_func ("/viewer/pages/microbiology", test_microbiology);
  g_test_add_func ("/viewer/pages/unknown", test_unknown);
  g_test_add_func ("/viewer/pages/meals", test_meals);
  g_test_add_func ("/viewer/pages/exams", test_exams);
  g_test_add_func ("/viewer/pages/notes", test_notes);
  g_test_add_func ("/viewer/pages/pictures", test_pictures);
  g_test_add_func ("/viewer/pages/timeline", test_timeline);
  g_test_add_func ("/viewer/pages/times", test_times);
  g_test_add_func ("/viewer/spec10/confidential-not-on-summary", test_summary);
  g_test_add_func ("/viewer/spec10/blood-group-without-warning", test_blood_group);
  return g_test_run ();
}
