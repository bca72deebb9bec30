/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-fixture.h"
#include "viewer-freshness-model.h"
#include "viewer-inventory.h"
#include "viewer-source-model.h"

typedef struct
{
  char *folder;
  ViewerDisc *disc;
  ViewerChart *chart;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = viewer_fixture_write ();
  fixture->disc = viewer_fixture_open (fixture->folder);
  fixture->chart = viewer_chart_load (fixture->disc,
                                      viewer_fixture_pno (fixture->disc, VIEWER_FIXTURE_MAIN),
                                      VIEWER_FIXTURE_NOW, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->chart);
  viewer_fixture_close (fixture->disc);
  viewer_fixture_remove (fixture->folder);
}

static const DiscMessage *
first_message (Fixture *fixture, DiscKind kind, gboolean live_only)
{
  guint i = 0;
  const DiscRecord *record = viewer_chart_next (fixture->chart, &i, kind, live_only);

  g_assert_nonnull (record);
  return viewer_chart_get_message (fixture->chart, record);
}

/* One segment a line, and the values read from it marked letter for letter. */
static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const DiscMessage *message = first_message (fixture, DISC_KIND_PRESCRIPTION, TRUE);
  g_autoptr (ViewerSource) source = viewer_source_load (fixture->disc, message->rid, &error);
  const GArray *marks;
  const char *text;
  gboolean drug_marked = FALSE;

  g_assert_no_error (error);
  text = viewer_source_get_text (source);
  g_assert_true (g_str_has_prefix (text, "MSH|^~\\&|HIS|"));
  g_assert_nonnull (strstr (text, "\nRXE||621^ワーファリン錠１ｍｇ^HOT9|2||錠"));
  g_assert_null (strchr (text, '\r'));
  g_assert_false (g_str_has_suffix (text, "\n"));

  marks = viewer_source_get_marks (source);
  for (guint i = 0; i < marks->len; i++)
    {
      const ViewerSourceMark *mark = &g_array_index (marks, ViewerSourceMark, i);
      g_autofree char *marked = g_strndup (text + mark->start, mark->end - mark->start);

      drug_marked |= g_str_equal (marked, "ワーファリン錠１ｍｇ");
      g_assert_cmpstr (marked, !=, "HOT9"); /* not a value of the record */
      g_assert_cmpstr (marked, !=, "2");    /* too short to be told apart */
    }
  g_assert_true (drug_marked);
  g_assert_cmpint (viewer_source_get_message (source)->condition, ==, '1');
}

/* The prescription was written twice: both versions, the newest first. */
static void
test_versions (Fixture *fixture, gconstpointer data)
{
  const DiscMessage *message = first_message (fixture, DISC_KIND_PRESCRIPTION, TRUE);
  g_autoptr (GArray) versions = viewer_source_list_versions (fixture->chart, message);
  const ViewerSourceVersion *first, *second;

  g_assert_cmpuint (versions->len, ==, 2);
  first = &g_array_index (versions, ViewerSourceVersion, 0);
  second = &g_array_index (versions, ViewerSourceVersion, 1);
  g_assert_cmpstr (first->message->sent_at, ==, "2026-11-17T19:10:00");
  g_assert_true (first->record->live);
  g_assert_cmpstr (second->message->sent_at, ==, "2026-11-17T18:55:00");
  g_assert_false (second->record->live);
  g_assert_cmpint (second->record->status, ==, DISC_STATUS_SUPERSEDED);
}

/* Laboratory results without an order number are no versions of one another. */
static void
test_no_versions (Fixture *fixture, gconstpointer data)
{
  const DiscMessage *message = first_message (fixture, DISC_KIND_LAB, TRUE);
  g_autoptr (GArray) versions = viewer_source_list_versions (fixture->chart, message);

  g_assert_cmpuint (versions->len, ==, 1);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ViewerSource) source = viewer_source_load (fixture->disc, 77, &error);

  g_assert_null (source);
  g_assert_nonnull (error);
}

static void
test_inventory (Fixture *fixture, gconstpointer data)
{
  ViewerInventory labs = viewer_inventory_of (fixture->chart, VIEWER_SECTION_LABS);
  ViewerInventory drugs = viewer_inventory_of (fixture->chart, VIEWER_SECTION_MEDICATION);
  ViewerInventory vitals = viewer_inventory_of (fixture->chart, VIEWER_SECTION_VITALS);

  g_assert_true (labs.on_disc);
  g_assert_cmpuint (labs.n_live, ==, 3);
  g_assert_cmpstr (labs.newest, ==, "2026-11-19T18:32");
  g_assert_cmpuint (drugs.n_live, ==, 1);
  g_assert_cmpuint (drugs.n_not_live, ==, 1); /* superseded: counted, never among the live ones */
  g_assert_false (vitals.on_disc);            /* 未収録 */
  g_assert_cmpuint (vitals.n_live, ==, 0);
}

static void
test_freshness (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) rows = viewer_freshness_rows (fixture->disc, VIEWER_FIXTURE_NOW);
  gboolean seen_lab = FALSE, seen_vital = FALSE, absent_began = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const ViewerFreshness *row = &g_array_index (rows, ViewerFreshness, i);

      g_assert_false (absent_began && row->on_disc);
      absent_began |= !row->on_disc;
      if (row->kind == DISC_KIND_LAB)
        {
          seen_lab = TRUE;
          g_assert_cmpint (row->age, ==, VIEWER_AGE_LATE);
          g_assert_cmpstr (row->newest, ==, "2026-11-19T18:32");
          g_assert_cmpint (row->age_seconds, ==, (24 + 8) * 3600 + 40 * 60);
        }
      if (row->kind == DISC_KIND_VITAL)
        {
          seen_vital = TRUE;
          g_assert_false (row->on_disc);
        }
    }
  g_assert_true (seen_lab);
  g_assert_true (seen_vital);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/viewer/source/text", test_text);
  ADD ("/viewer/source/versions", test_versions);
  ADD ("/viewer/source/no-versions", test_no_versions);
  ADD ("/viewer/source/missing", test_missing);
  ADD ("/viewer/inventory/sections", test_inventory);
  ADD ("/viewer/freshness/rows", test_freshness);
  return g_test_run ();
}
