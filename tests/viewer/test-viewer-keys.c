/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window driven with nothing but keys, as X hands them over (xdotool): everything works without
 * a mouse. The test waits for what a key should bring about, never for a time.
 */
#include "config.h"

#include "viewer-cohort-bar.h"
#include "viewer-keyboard.h"
#include "viewer-lists-page.h"
#include "viewer-medication-bars.h"
#include "viewer-page.h"
#include "viewer-search-page.h"
#include "viewer-sections.h"

/* From the first letter to the chart and its source, and back. */
static void
test_way_to_the_chart (void)
{
  ViewerKeyboard keyboard = { { NULL } };
  const char *first = viewer_sections_first_page ();
  guint32 selected;

  viewer_keyboard_open (&keyboard, NULL);
  viewer_keyboard_type (&keyboard, "watanabe tiduko");
  viewer_keyboard_wait_for_text (&keyboard, "watanabe tiduko");
  selected = viewer_search_page_get_selected (viewer_keyboard_search_page (&keyboard));
  g_assert_cmpuint (selected, !=, 0);
  viewer_keyboard_press (&keyboard, "Return");
  viewer_keyboard_wait_for_part (&keyboard, "guard", TRUE); /* others are called the same */
  viewer_keyboard_type (&keyboard, "0425");
  viewer_keyboard_wait_for_sentence (&keyboard, "■ ちがいます。この人でよいか確かめてください");
  viewer_keyboard_type (&keyboard, "0405");
  viewer_keyboard_wait_for_place (&keyboard, first);
  viewer_keyboard_wait_for_part (&keyboard, "guard", FALSE);
  g_assert_cmpuint (viewer_chart_get_patient (viewer_window_get_chart (
                                                viewer_stage_window (&keyboard.stage)))
                      ->pno,
                    ==, selected);

  /* A letter typed in a chart begins a new search; Esc leads back to the chart as it was. */
  viewer_keyboard_type (&keyboard, "sat");
  viewer_keyboard_wait_for_place (&keyboard, "search");
  viewer_keyboard_wait_for_text (&keyboard, "sat");
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_place (&keyboard, first);
  g_assert_cmpuint (viewer_chart_get_patient (viewer_window_get_chart (
                                                viewer_stage_window (&keyboard.stage)))
                      ->pno,
                    ==, selected);
  viewer_stage_close (&keyboard.stage);
}

/* The list that has the focus, whichever of its rows; else what has it. */
static GtkWidget *
pane_with_focus (ViewerKeyboard *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (viewer_stage_window (&self->stage)));
  GtkWidget *list = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) : NULL;

  return list != NULL ? list : focus;
}

/* Every section by its F key and by Alt with the number row; Space shows where a row comes from. */
static void
test_sections (void)
{
  ViewerKeyboard keyboard = { { NULL } };
  const ViewerSectionInfo *sections;
  guint n;

  viewer_keyboard_open (&keyboard, NULL);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *alt = g_strdup_printf ("alt+%s", sections[i].alt_key + strlen ("<Alt>"));
      ViewerPage *page;
      GtkWidget *pane;

      if (sections[i].get_page_type == NULL)
        continue;
      viewer_keyboard_press (&keyboard, sections[i].key);
      viewer_keyboard_wait_for_place (&keyboard, sections[i].key);
      pane = pane_with_focus (&keyboard);
      page = VIEWER_PAGE (viewer_window_get_widget (viewer_stage_window (&keyboard.stage),
                                                    sections[i].key));
      if (viewer_page_selected_rid (page) != 0)
        {
          viewer_keyboard_press (&keyboard, "space");
          viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
          viewer_keyboard_press (&keyboard, "Escape");
          viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
        }
      viewer_keyboard_press (&keyboard, "F2");
      viewer_keyboard_wait_for_place (&keyboard, "search");
      viewer_keyboard_press (&keyboard, alt);
      viewer_keyboard_wait_for_place (&keyboard, sections[i].key);
      /* The arrows go to the same pane, wherever one came from. */
      g_assert_true (pane == pane_with_focus (&keyboard));
    }
  viewer_stage_close (&keyboard.stage);
}

static ViewerPage *
medication_page (ViewerKeyboard *self)
{
  return VIEWER_PAGE (viewer_window_get_widget (viewer_stage_window (&self->stage), "F5"));
}

/* What the page shows: view, period, drug selected in the time line. */
static gboolean
medication_is (gpointer data)
{
  ViewerKeyboard *self = data;
  ViewerPage *page = medication_page (self);
  ViewerMedicationBars *bars =
      VIEWER_MEDICATION_BARS (viewer_stage_find (GTK_WIDGET (page), VIEWER_TYPE_MEDICATION_BARS));
  const ViewerMedicationRow *row = viewer_medication_bars_get_selected (bars);
  g_autofree char *is =
      g_strdup_printf ("%u %u %s", viewer_page_get_view (page), viewer_page_get_period (page),
                       row != NULL ? row->head->drug : "");

  return g_strcmp0 (is, self->text) == 0;
}

static void
wait_for_medication (ViewerKeyboard *self, const char *text)
{
  self->text = text;
  g_test_message ("waiting for medication to be %s", text);
  viewer_fixture_wait (medication_is, self);
}

/* Drugs, periods and views of the time line, and the source of a drug. */
static void
test_medication (void)
{
  static const struct
  {
    const char *key;
    guint period;
  } periods[] = { { "plus", 2 },  { "plus", 3 },  { "plus", 3 },
                  { "minus", 2 }, { "minus", 1 }, { "minus", 0 } };
  ViewerKeyboard keyboard = { { NULL } };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  ViewerMedicationBars *bars;

  viewer_keyboard_open (&keyboard, NULL);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  viewer_keyboard_press (&keyboard, "F5");
  viewer_keyboard_wait_for_place (&keyboard, "F5");
  bars = VIEWER_MEDICATION_BARS (
      viewer_stage_find (GTK_WIDGET (medication_page (&keyboard)), VIEWER_TYPE_MEDICATION_BARS));
  first = g_strdup (viewer_medication_bars_get_selected (bars)->head->drug);
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *expected = g_strdup_printf ("0 %u %s", periods[i].period, first);

      viewer_keyboard_press (&keyboard, periods[i].key);
      wait_for_medication (&keyboard, expected);
    }
  viewer_keyboard_press (&keyboard, "Tab");
  wait_for_medication (&keyboard, second = g_strdup_printf ("1 0 %s", first));
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
  viewer_keyboard_press (&keyboard, "Tab");
  g_free (second);
  wait_for_medication (&keyboard, second = g_strdup_printf ("0 0 %s", first));
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_stage_close (&keyboard.stage);
}

static void
test_commands (void)
{
  ViewerKeyboard keyboard = { { NULL } };
  const char *first = viewer_sections_first_page ();

  viewer_keyboard_open (&keyboard, NULL);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  viewer_keyboard_press (&keyboard, "ctrl+d");
  viewer_keyboard_wait_for_place (&keyboard, "quality");
  viewer_keyboard_press (&keyboard, "ctrl+i");
  viewer_keyboard_wait_for_place (&keyboard, "disputed");
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
  viewer_keyboard_press (&keyboard, "alt+Left");
  viewer_keyboard_wait_for_place (&keyboard, "quality");
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_place (&keyboard, first);
  viewer_keyboard_press (&keyboard, "F1");
  viewer_keyboard_wait_for_part (&keyboard, "keys", TRUE);
  viewer_keyboard_press (&keyboard, "F1");
  viewer_keyboard_wait_for_part (&keyboard, "keys", FALSE);
  viewer_stage_close (&keyboard.stage);
}

/* From the ward to the chart and back to another list, without a letter. */
static void
test_lists (void)
{
  static const struct
  {
    const char *key, *place;
  } lists[] = { { "ctrl+2", "visits" },  { "ctrl+3", "doctors" }, { "ctrl+5", "recent" },
                { "ctrl+6", "planned" }, { "ctrl+t", "wards" } };
  ViewerKeyboard keyboard = { { NULL } };

  viewer_keyboard_open (&keyboard, NULL);
  viewer_keyboard_press (&keyboard, "ctrl+1");
  viewer_keyboard_wait_for_place (&keyboard, "wards");
  viewer_keyboard_press (&keyboard, "Return"); /* into the ward */
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
  viewer_keyboard_press (&keyboard, "Return");
  viewer_keyboard_wait_for_place (&keyboard,
                                  viewer_sections_first_page ()); /* nobody else is called so */
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_place (&keyboard, "wards");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      viewer_keyboard_press (&keyboard, lists[i].key);
      viewer_keyboard_wait_for_place (&keyboard, lists[i].place);
    }
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_place (&keyboard, "planned");
  viewer_stage_close (&keyboard.stage);
}

/* Words in the open chart: typed, the first hit, its source; in another chart nothing is left of
 * them. */
static void
test_find (void)
{
  ViewerKeyboard keyboard = { { NULL } };

  viewer_keyboard_open (&keyboard, NULL);
  viewer_keyboard_press (&keyboard, "ctrl+f"); /* of nobody */
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  viewer_keyboard_press (&keyboard, "F3");
  viewer_keyboard_wait_for_place (&keyboard, "F3");
  viewer_keyboard_press (&keyboard, "ctrl+f");
  viewer_keyboard_wait_for_place (&keyboard, "find");
  viewer_keyboard_type (&keyboard, "6.8");
  viewer_keyboard_wait_for_sentence (&keyboard, "1 か所（1 件の記録）");
  viewer_keyboard_press (&keyboard, "Return");
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_NONE);
  viewer_keyboard_press (&keyboard, "ctrl+f");
  viewer_keyboard_wait_for_place (&keyboard, "find");
  viewer_keyboard_wait_for_sentence (&keyboard, "この患者の記録の中の言葉");
  viewer_keyboard_type (&keyboard, "qqqq");
  viewer_keyboard_wait_for_sentence (&keyboard, "「ない」という意味ではありません。");
  viewer_stage_close (&keyboard.stage);
}

/* Somebody, by the condition that was typed. */
static gboolean
has_found (gpointer data)
{
  ViewerKeyboard *self = data;
  GtkWidget *page = viewer_window_get_widget (viewer_stage_window (&self->stage), "lists");
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_bar_get_query (
      VIEWER_COHORT_BAR (viewer_stage_find (page, VIEWER_TYPE_COHORT_BAR)));
  g_autofree char *text = viewer_cohort_query_text (query);

  return g_strcmp0 (text, self->text) == 0 &&
         !viewer_lists_page_is_searching (VIEWER_LISTS_PAGE (page)) &&
         viewer_lists_page_get_selected (VIEWER_LISTS_PAGE (page)) != 0;
}

static void
wait_for_found (ViewerKeyboard *self, const char *text)
{
  self->text = text;
  viewer_fixture_wait (has_found, self);
}

/* Who has it? From nothing to the chart and back to the list, then another kind of condition. */
static void
test_condition (void)
{
  ViewerKeyboard keyboard = { { NULL } };

  viewer_keyboard_open (&keyboard, NULL);
  viewer_keyboard_press (&keyboard, "ctrl+4");
  viewer_keyboard_wait_for_place (&keyboard, "condition");
  viewer_keyboard_type (&keyboard, "wafarin");
  viewer_keyboard_press (&keyboard, "Return");
  wait_for_found (&keyboard, "wafarin");
  viewer_keyboard_press (&keyboard, "Down"); /* into the list */
  viewer_keyboard_press (&keyboard, "space");
  viewer_keyboard_wait_for_part (&keyboard, "source", TRUE);
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_part (&keyboard, "source", FALSE);
  viewer_keyboard_press (&keyboard, "Return");
  viewer_keyboard_wait_for_part (&keyboard, "guard", TRUE);
  viewer_keyboard_type (&keyboard, "0405");
  viewer_keyboard_wait_for_place (&keyboard, viewer_sections_first_page ());
  g_assert_cmpstr (viewer_chart_get_patient (
                     viewer_window_get_chart (viewer_stage_window (&keyboard.stage)))
                     ->id,
                   ==, VIEWER_FIXTURE_MAIN);
  viewer_keyboard_press (&keyboard, "Escape");
  viewer_keyboard_wait_for_place (&keyboard, "condition");
  g_assert_true (has_found (&keyboard)); /* as it was left */
  viewer_keyboard_press (&keyboard, "ctrl+4");
  viewer_keyboard_type (&keyboard, "K>=6"); /* in place of what was there */
  wait_for_found (&keyboard, "K ≥ 6");
  viewer_keyboard_press (&keyboard, "Return"); /* found already: into the list */
  viewer_keyboard_press (&keyboard, "Return");
  viewer_keyboard_wait_for_place (&keyboard, viewer_sections_first_page ());
  viewer_stage_close (&keyboard.stage);
}

int
main (int argc, char **argv)
{
  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  if (!viewer_keyboard_is_there ())
    return 0;
  g_test_add_func ("/viewer/keys/way-to-the-chart", test_way_to_the_chart);
  g_test_add_func ("/viewer/keys/sections", test_sections);
  g_test_add_func ("/viewer/keys/medication", test_medication);
  g_test_add_func ("/viewer/keys/commands", test_commands);
  g_test_add_func ("/viewer/keys/lists", test_lists);
  g_test_add_func ("/viewer/keys/find", test_find);
  g_test_add_func ("/viewer/keys/condition", test_condition);
  return g_test_run ();
}
