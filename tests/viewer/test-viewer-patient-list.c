/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-fixture.h"
#include "viewer-patient-list.h"

typedef struct
{
  char *folder;
  ViewerDisc *disc;
  ViewerPatientList *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = viewer_fixture_write ();
  fixture->disc = viewer_fixture_open (fixture->folder);
  fixture->list = viewer_patient_list_new ();
  viewer_patient_list_set_disc (fixture->list, fixture->disc);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
  viewer_fixture_close (fixture->disc);
  viewer_fixture_remove (fixture->folder);
}

static ViewerPatientItem *
item_at (Fixture *fixture, guint position)
{
  ViewerPatientItem *item = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  g_assert_nonnull (item);
  return item;
}

/* People of one reading stand together under a heading, and what differs is marked. */
static void
test_same_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *understood = NULL;
  guint n = viewer_patient_list_search (fixture->list, "watanabe ti", &understood);
  g_autoptr (ViewerPatientItem) heading = NULL;
  gboolean seen_heading = FALSE;
  guint n_in_group = 0;

  g_assert_cmpuint (n, ==, 5);
  g_assert_nonnull (understood);
  /* Five people and one heading. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (ViewerPatientItem) item = item_at (fixture, i);
      const DiscPatientRow *row = viewer_patient_item_get_row (item);

      if (viewer_patient_item_get_kind (item) == VIEWER_PATIENT_LIST_SAME_NAME)
        {
          g_assert_false (seen_heading);
          seen_heading = TRUE;
          g_assert_cmpuint (viewer_patient_item_get_count (item), ==, 3);
          g_assert_null (row);
          continue;
        }
      if (!viewer_patient_item_is_in_group (item))
        continue;
      n_in_group++;
      g_assert_true (seen_heading);
      g_assert_cmpuint (viewer_patient_item_get_n_same (item), ==, 3);
      if (g_str_equal (row->id, VIEWER_FIXTURE_MAIN))
        {
          /* 0004512338 and 0004521338; 1948-04-05 and 1948-04-25; 渡邊 and 渡辺. */
          g_assert_cmphex (viewer_patient_item_get_marks (item)->id, ==, 0x60);
          g_assert_cmphex (viewer_patient_item_get_marks (item)->birth_date, ==, 0x100);
          g_assert_cmphex (viewer_patient_item_get_marks (item)->name, ==, 0x2);
        }
    }
  g_assert_cmpuint (n_in_group, ==, 3);
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerPatientItem) item = NULL;

  g_assert_cmpuint (viewer_patient_list_search (fixture->list, "4512338", NULL), ==, 1);
  item = item_at (fixture, 0);
  g_assert_cmpstr (viewer_patient_item_get_row (item)->id, ==, VIEWER_FIXTURE_MAIN);
  /* The twins are not among the hits, and yet counted. */
  g_assert_false (viewer_patient_item_is_in_group (item));
  g_assert_cmpuint (viewer_patient_item_get_n_same (item), ==, 3);
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (viewer_patient_list_search (fixture->list, "ssss", NULL), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_cmpint (viewer_patient_list_next_person (fixture->list, -1, 1), ==, -1);
  g_assert_cmpuint (viewer_patient_list_search (fixture->list, "", NULL), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 0));
}

/* Arrows go from person to person, never onto a heading. */
static void
test_next_person (Fixture *fixture, gconstpointer data)
{
  int at = -1;
  guint n = 0;

  viewer_patient_list_search (fixture->list, "watanabe ti", NULL);
  while ((at = viewer_patient_list_next_person (fixture->list, at, 1)) >= 0)
    {
      g_autoptr (ViewerPatientItem) item = item_at (fixture, at);

      g_assert_nonnull (viewer_patient_item_get_row (item));
      n++;
    }
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpint (viewer_patient_list_next_person (fixture->list, 1, -1), <=, 0);
}

static void
changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  GString *log = data;

  g_string_append_printf (log, "%u-%u+%u of %u; ", position, removed, added,
                          g_list_model_get_n_items (model));
}

static void
item_changed (ViewerPatientItem *item, gpointer data)
{
  g_string_append_printf (data, "%s; ", viewer_patient_item_get_row (item)->id);
}

/* An object stays at its place and tells of whoever stands there now; the rest comes or goes. */
static void
test_in_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ViewerPatientItem) first = NULL;
  g_autoptr (ViewerPatientItem) again = NULL;
  gulong handler;

  viewer_patient_list_search (fixture->list, "ワタナベ チヅコ", NULL);
  first = item_at (fixture, 0);
  g_assert_cmpint (viewer_patient_item_get_kind (first), ==, VIEWER_PATIENT_LIST_SAME_NAME);
  handler = g_signal_connect (fixture->list, "items-changed", G_CALLBACK (changed), log);
  g_signal_connect (first, "changed", G_CALLBACK (item_changed), log);
  viewer_patient_list_search (fixture->list, "4512338", NULL);
  g_assert_cmpstr (log->str, ==, "1-3+0 of 1; " VIEWER_FIXTURE_MAIN "; ");
  again = item_at (fixture, 0);
  g_assert_true (again == first);
  g_assert_cmpint (viewer_patient_item_get_kind (first), ==, VIEWER_PATIENT_LIST_PERSON);
  g_assert_false (viewer_patient_item_is_in_group (first));
  g_assert_cmphex (viewer_patient_item_get_marks (first)->id, ==, 0);
  g_assert_cmpuint (viewer_patient_item_get_n_same (first), ==, 3);

  g_string_truncate (log, 0);
  viewer_patient_list_search (fixture->list, "ssss", NULL);
  g_assert_cmpstr (log->str, ==, "0-1+0 of 0; ");
  g_signal_handler_disconnect (fixture->list, handler);
  g_signal_handlers_disconnect_by_data (first, log);
}

/* What is below the screen comes when somebody goes there; the arrows and the counts know of it at
 * once. */
static void
test_first_rows (Fixture *fixture, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ViewerPatientItem) heading = NULL;
  g_autoptr (ViewerPatientItem) last = NULL;
  int at = -1;
  guint n = 0;

  viewer_patient_list_set_n_first (fixture->list, 2);
  g_assert_cmpuint (viewer_patient_list_search (fixture->list, "ワタナベ チヅコ", NULL), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_cmpuint (viewer_patient_list_n_all (fixture->list), ==, 4);
  heading = item_at (fixture, 0);
  g_assert_cmpuint (viewer_patient_item_get_count (heading), ==, 3);
  while ((at = viewer_patient_list_next_person (fixture->list, at, 1)) >= 0)
    n++;
  g_assert_cmpuint (n, ==, 3);

  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (changed), log);
  viewer_patient_list_show_all (fixture->list);
  viewer_patient_list_show_all (fixture->list);
  g_assert_cmpstr (log->str, ==, "2-0+2 of 4; ");
  last = item_at (fixture, 3);
  g_assert_nonnull (viewer_patient_item_get_row (last));
  g_signal_handlers_disconnect_by_data (fixture->list, log);
}

static void
words_found (GObject *disc, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GArray **) data = viewer_disc_search_words_finish (VIEWER_DISC (disc), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* 肺癌 stands in a diagnosis and in a report of one patient. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  GArray *hits = NULL;
  g_autoptr (ViewerPatientItem) heading = NULL;
  g_autoptr (ViewerPatientItem) person = NULL;

  viewer_patient_list_search (fixture->list, "肺癌", NULL);
  viewer_disc_search_words_async (fixture->disc, "肺癌", NULL, words_found, &hits);
  viewer_fixture_wait (is_set, &hits);
  viewer_patient_list_add_words (fixture->list, hits);
  g_array_unref (hits);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 2);
  heading = item_at (fixture, 0);
  person = item_at (fixture, 1);
  g_assert_cmpint (viewer_patient_item_get_kind (heading), ==, VIEWER_PATIENT_LIST_WORDS);
  g_assert_cmpuint (viewer_patient_item_get_count (heading), ==, 1);
  g_assert_cmpstr (viewer_patient_item_get_row (person)->id, ==, VIEWER_FIXTURE_MAIN);
  g_assert_cmpuint (viewer_patient_item_get_count (person), ==, 2);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/viewer/patient-list/same-name", test_same_name);
  ADD ("/viewer/patient-list/one", test_one);
  ADD ("/viewer/patient-list/nobody", test_nobody);
  ADD ("/viewer/patient-list/next-person", test_next_person);
  ADD ("/viewer/patient-list/in-place", test_in_place);
  ADD ("/viewer/patient-list/first-rows", test_first_rows);
  ADD ("/viewer/patient-list/words", test_words);
  return g_test_run ();
}
