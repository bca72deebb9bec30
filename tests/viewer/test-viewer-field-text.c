/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-field-text.h"
#include "viewer-language.h"
#include "viewer-records.h"

/* A person's name above a laboratory value would be another person's value. */
static void
test_name (void)
{
  static const struct
  {
    DiscKind kind;
    const char *english, *japanese;
  } cases[] = {
    { DISC_KIND_DEMOGRAPHICS, "Name", "氏名" },
    { DISC_KIND_CONTACT, "Name", "氏名" },
    { DISC_KIND_PROBLEM, "Diagnosis", "病名" },
    { DISC_KIND_LAB, "Test item", "検査項目名" },
    { DISC_KIND_MICROBIOLOGY, "Test item", "検査項目名" },
    { DISC_KIND_VITAL, "Item name", "項目名" },
    { DISC_KIND_ORDER, "Item name", "項目名" },
    { DISC_KIND_COVERAGE, "Item name", "項目名" },
    { DISC_KIND_UNKNOWN, "Item name", "項目名" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      viewer_language_set (VIEWER_LANGUAGE_ENGLISH);
      g_assert_cmpstr (viewer_field_text (DISC_FIELD_NAME, cases[i].kind), ==, cases[i].english);
      viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
      g_assert_cmpstr (viewer_field_text (DISC_FIELD_NAME, cases[i].kind), ==, cases[i].japanese);
    }
}

/* ORC-4 is the Rp of a drug, and a number of a group of anything else. */
static void
test_groups (void)
{
  static const struct
  {
    DiscKind kind;
    const char *english;
    const char *japanese;
  } cases[] = {
    { DISC_KIND_PRESCRIPTION, "Rp", "Rp" },
    { DISC_KIND_ADMINISTRATION, "Rp", "Rp" },
    { DISC_KIND_LAB, "Group number", "グループ番号" },
    { DISC_KIND_MEAL, "Group number", "グループ番号" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      viewer_language_set (VIEWER_LANGUAGE_ENGLISH);
      g_assert_cmpstr (viewer_field_text (DISC_FIELD_RP, cases[i].kind), ==, cases[i].english);
      viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
      g_assert_cmpstr (viewer_field_text (DISC_FIELD_RP, cases[i].kind), ==, cases[i].japanese);
      g_assert_cmpstr (viewer_field_text (DISC_FIELD_UPDATED_AT, cases[i].kind), ==, "最終更新");
    }
}

/* The pane of one laboratory value: label, then value with its unit, in the order of the pane. */
static void
test_lines (void)
{
  static const char *const expected[][2] = {
    { "検査項目名", "BUN" },        { "別の名称", "尿素窒素" },
    { "値", "52 mg/dL" },           { "コメント", "採取日時: 2026-11-19 18:32\n溶血" },
    { "日時", "2026-11-19 18:32" },
  };
  g_autoptr (TestRecords) records = test_records_new ();
  g_autoptr (GPtrArray) lines = NULL;
  const ViewerEntry *entry;

  viewer_language_set (VIEWER_LANGUAGE_JAPANESE);
  test_records_message (records, 1, "OML-11", "2026-11-19T18:58", 0);
  test_records_begin (records, DISC_KIND_LAB, DISC_STATUS_COMPLETED, DISC_FIELD_AT,
                      "2026-11-19T18:32", 0);
  test_records_item (records, DISC_FIELD_UNIT, "mg/dL", DISC_FIELD_VALUE, "52", DISC_FIELD_NAME,
                     "BUN", DISC_FIELD_OTHER_NAME, "尿素窒素", DISC_FIELD_COMMENT,
                     "採取日時: 2026-11-19T18:32", DISC_FIELD_COMMENT, "溶血", 0);
  entry = &g_array_index (test_records_entries (records), ViewerEntry, 0);
  lines = viewer_field_lines (entry, &entry->record->items[0]);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < lines->len; i++)
    {
      const ViewerFieldLine *line = g_ptr_array_index (lines, i);

      g_assert_cmpstr (line->label, ==, expected[i][0]);
      g_assert_cmpstr (line->value, ==, expected[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  viewer_language_init ();
  g_test_add_func ("/viewer/field-text/name", test_name);
  g_test_add_func ("/viewer/field-text/groups", test_groups);
  g_test_add_func ("/viewer/field-text/lines", test_lines);
  return g_test_run ();
}
