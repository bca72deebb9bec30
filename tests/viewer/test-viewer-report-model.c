/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-language.h"
#include "viewer-report-model.h"

#include <string.h>

#include "viewer-fixture.h"

static ViewerReport *
open_report (char **path)
{
  g_autofree char *disc = NULL;
  g_autoptr (DiscReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  *path = viewer_fixture_write ();
  disc = g_build_filename (*path, "disc", NULL);
  reader = disc_reader_open (disc, &error);
  g_assert_no_error (error);
  return viewer_report_new (reader);
}

static void
test_verdict (void)
{
  static const struct
  {
    gboolean is_serious;
    const char *sentence;
  } wanted[] = {
    { TRUE, "停止規則に触れましたが、承認により作成しました：最新のデータが想定より古くなっています (stale-data)" },
    { FALSE, "読めなかったファイル：27件のうち1件" },
    { FALSE, "ディスクに1件もない種類：バイタル、記録" },
    { FALSE, "of-a-later-version 7 " }, /* not known here: as it stands */
  };
  char *path;
  g_autoptr (ViewerReport) report = open_report (&path);

  g_assert_cmpstr (viewer_report_heading (report), ==,
                   "このディスクは使用できますが、次の点を確認してください。");
  g_assert_cmpuint (report->reasons->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const ViewerReportReason *reason = &g_array_index (report->reasons, ViewerReportReason, i);

      g_assert_cmpstr (reason->sentence, ==, wanted[i].sentence);
      g_assert_cmpint (reason->is_serious, ==, wanted[i].is_serious);
    }
  viewer_fixture_remove (path);
}

static void
test_wards (void)
{
  char *path;
  g_autoptr (ViewerReport) report = open_report (&path);
  const ViewerReportWard *ward;

  g_assert_cmpuint (report->wards->len, ==, 1); /* not the one without a name */
  ward = &g_array_index (report->wards, ViewerReportWard, 0);
  g_assert_cmpstr (ward->name, ==, "３西");
  g_assert_cmpuint (ward->n_patients, ==, 12);
  g_assert_cmpstr (ward->by_kind[DISC_KIND_PRESCRIPTION], ==, "2026-11-19T21:40:00");
  g_assert_null (ward->by_kind[DISC_KIND_VITAL]);
  g_assert_false (viewer_report_ward_is_late (report, ward->newest_sent));
  g_assert_false (viewer_report_ward_is_late (report, "2026-11-18T00:00:00"));
  g_assert_true (viewer_report_ward_is_late (report, "2026-11-17T23:59:59"));
  g_assert_false (viewer_report_ward_is_late (report, NULL));
  viewer_fixture_remove (path);
}

static void
test_lines (void)
{
  static const struct
  {
    const char *mark, *label, *value;
  } wanted[] = {
    { "■", "停止規則： stale-data", "操作者が承認して続行；限度 3（通常は 7）" },
    { "·", "取り込み元： backup.tar", "30 ＝ 26 ＋ 1 ＋ 3" },
    { "·", "無効な記録（上書き済み・取消・削除など）", "1,034" },
    { "·", "標準コードのある明細", "70" },
    { "·", "院内コードだけの明細", "20" },
    { "·", "コードのない明細", "10" },
    { "·", "ウイルス検査", "検査していない" },
  };
  char *path;
  g_autoptr (ViewerReport) report = open_report (&path);

  g_assert_cmpuint (report->lines->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const ViewerReportLine *line = &g_array_index (report->lines, ViewerReportLine, i);

      g_assert_cmpstr (line->mark, ==, wanted[i].mark);
      g_assert_cmpstr (line->label, ==, wanted[i].label);
      g_assert_cmpstr (line->value, ==, wanted[i].value);
    }
  viewer_fixture_remove (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  viewer_language_init ();
  viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
  g_test_add_func ("/viewer/report-model/verdict", test_verdict);
  g_test_add_func ("/viewer/report-model/wards", test_wards);
  g_test_add_func ("/viewer/report-model/lines", test_lines);
  return g_test_run ();
}
