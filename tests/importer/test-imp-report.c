/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cjson/cJSON.h>
#include <string.h>

#include "imp-error.h"
#include "imp-report-words.h"
#include "imp-report.h"

#define N_ROOTS (IMP_ROOTS_LISTED + 700)

/* Of many roots some are listed, the others told together; all counts add up. */
static void
test_many_roots (void)
{
  g_autoptr (ImpTally) one = imp_tally_new ();
  g_autoptr (ImpTally) other = imp_tally_new ();
  g_autoptr (ImpRoots) roots = imp_roots_new (NULL);
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (ImpReportSource));
  g_autofree char *text = NULL;
  g_autofree char *for_people = NULL;
  g_autoptr (GError) error = NULL;
  ImpSourceResult result = { 0 };
  ImpReportSource source = { "backup", &result };
  ImpWindow window;
  ImpReportInput input = { .tally = one, .roots = roots, .sources = sources, .window = &window,
                           .built_at = "2026-05-01T00:00:00" };
  ImpFile file = { .name.type = "OMP-01" };
  const cJSON *root, *list;
  cJSON *report;
  int n_files = 0;
  int n_typed = 0;

  g_array_append_val (sources, source);
  g_assert_true (imp_window_init (&window, "2026-05-01", 13, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < N_ROOTS; i++)
    {
      g_autofree char *path = g_strdup_printf ("r%u", i);

      g_assert_cmpuint (imp_roots_find (roots, 0, "backup", path), ==, i);
      imp_tally_file (i % 2 == 0 ? one : other, i, &file, IMP_REASON_NONE);
    }
  /* what a thread did not meet takes no room */
  g_assert_null (imp_tally_find_root (other, 0));
  imp_tally_merge (one, other);

  text = imp_report_json (&input);
  report = cJSON_Parse (text);
  list = cJSON_GetObjectItemCaseSensitive (report, "roots");
  g_assert_cmpint (cJSON_GetArraySize (list), ==, IMP_ROOTS_LISTED + 1);
  cJSON_ArrayForEach (root, list)
    {
      const cJSON *types = cJSON_GetObjectItemCaseSensitive (root, "types");
      const cJSON *type = cJSON_GetObjectItemCaseSensitive (types, "OMP-01");

      n_files += cJSON_GetObjectItemCaseSensitive (root, "files")->valueint;
      n_typed += cJSON_GetObjectItemCaseSensitive (type, "files")->valueint;
    }
  g_assert_cmpint (n_files, ==, N_ROOTS);
  g_assert_cmpint (n_typed, ==, N_ROOTS);
  root = cJSON_GetArrayItem (list, IMP_ROOTS_LISTED);
  g_assert_cmpint (cJSON_GetObjectItemCaseSensitive (root, "roots_together")->valueint, ==, 700);
  cJSON_Delete (report);

  for_people = imp_report_text (text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (for_people, "(further roots)"));
}

/* Whatever a report may name, people read in words. */
static void
test_words (void)
{
  for (guint i = IMP_REASON_NONE + 1; i < IMP_N_REASONS; i++)
    g_assert_cmpstr (imp_report_reason_words (imp_reason_name (i)), ==, imp_reason_sentence (i));
  for (guint i = 0; i < IMP_N_FINDINGS; i++)
    g_assert_cmpstr (imp_report_finding_words (imp_finding_code_name (i)), !=, imp_finding_code_name (i));
  for (guint i = 1; i < DISC_N_KINDS; i++)
    g_assert_cmpstr (imp_report_kind_words (disc_kind_name (i)), !=, disc_kind_name (i));
  for (guint i = 1; i < DISC_N_STATUSES; i++)
    g_assert_cmpstr (imp_report_status_words (disc_status_name (i)), !=, disc_status_name (i));
}

/* The page of a report that has every part is the one that was looked at: report-page.html. */
static void
test_page (void)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "importer", "report-page.json", NULL);
  g_autofree char *to = g_test_build_filename (G_TEST_DIST, "importer", "report-page.html", NULL);
  g_autofree char *json = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (from, &json, NULL, &error));
  g_assert_true (g_file_get_contents (to, &wanted, NULL, &error));
  html = imp_report_html (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (html, ==, wanted);
}

/* Of a report of another version with nothing in it, and of what is no report. */
static void
test_page_empty (void)
{
  g_autofree char *html = imp_report_html ("{}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (strstr (html, "This report has no verdict."));
  g_assert_null (imp_report_html ("[1]", &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/report/many-roots", test_many_roots);
  g_test_add_func ("/importer/report/words", test_words);
  g_test_add_func ("/importer/report/page", test_page);
  g_test_add_func ("/importer/report/page/empty", test_page_empty);
  return g_test_run ();
}
