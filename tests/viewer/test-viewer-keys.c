/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window driven with nothing but keys, as X hands them over (xdotool): everything works without
 * a mouse. The test waits for what a key should bring about, never for a time.
 */
#include "config.h"

#include <unistd.h>

#include "viewer-cohort-bar.h"
#include "viewer-lists-page.h"
#include "viewer-page.h"
#include "viewer-search-page.h"
#include "viewer-sections.h"
#include "viewer-stage.h"

typedef struct
{
  ViewerStage stage;
  const char *place;
  const char *text;
  const char *part;
  gboolean is_visible;
} Keyboard;

static void
xdotool (const char *const *arguments)
{
  const char *argv[8] = { "xdotool" };
  g_autoptr (GError) error = NULL;
  int status = -1;

  for (guint i = 0; arguments[i] != NULL; i++)
    argv[i + 1] = arguments[i];
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
press (Keyboard *self, const char *key)
{
  xdotool ((const char *[]) { "key", "--clearmodifiers", key, NULL });
}

static void
type (Keyboard *self, const char *text)
{
  xdotool ((const char *[]) { "type", "--delay", "12", text, NULL });
}

static gboolean
is_at_place (gpointer data)
{
  Keyboard *self = data;

  return g_strcmp0 (viewer_window_get_place (viewer_stage_window (&self->stage)), self->place) ==
         0;
}

static void
wait_for_place (Keyboard *self, const char *place)
{
  self->place = place;
  g_test_message ("waiting for the place %s", place);
  viewer_fixture_wait (is_at_place, self);
}

static ViewerSearchPage *
search_page (Keyboard *self)
{
  return VIEWER_SEARCH_PAGE (
    viewer_window_get_widget (viewer_stage_window (&self->stage), "search"));
}

static gboolean
has_text (gpointer data)
{
  Keyboard *self = data;

  return g_strcmp0 (viewer_search_page_get_text (search_page (self)), self->text) == 0;
}

static void
wait_for_text (Keyboard *self, const char *text)
{
  self->text = text;
  g_test_message ("waiting for the text %s", text);
  viewer_fixture_wait (has_text, self);
}

static gboolean
part_is (gpointer data)
{
  Keyboard *self = data;
  GtkWidget *part = viewer_window_get_widget (viewer_stage_window (&self->stage), self->part);

  return gtk_widget_get_visible (part) == self->is_visible;
}

static void
wait_for_part (Keyboard *self, const char *part, gboolean is_visible)
{
  self->part = part;
  self->is_visible = is_visible;
  g_test_message ("waiting for %s to be %s", part, is_visible ? "seen" : "gone");
  viewer_fixture_wait (part_is, self);
}

static gboolean
window_is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
open (Keyboard *self)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());

  viewer_stage_open (&self->stage, "ja", NULL);
  xdotool ((const char *[]) { "search", "--onlyvisible", "--pid", pid, "windowfocus", NULL });
  viewer_fixture_wait (window_is_active, viewer_stage_window (&self->stage));
}

/* From the first letter to the chart and its source, and back. */
static void
test_way_to_the_chart (void)
{
  Keyboard keyboard = { { NULL } };
  const char *first = viewer_sections_first_page ();
  guint32 selected;

  open (&keyboard);
  type (&keyboard, "watanabe tiduko");
  wait_for_text (&keyboard, "watanabe tiduko");
  selected = viewer_search_page_get_selected (search_page (&keyboard));
  g_assert_cmpuint (selected, !=, 0);
  press (&keyboard, "Return");
  wait_for_place (&keyboard, first);
  g_assert_cmpuint (viewer_chart_get_patient (viewer_window_get_chart (
                                                viewer_stage_window (&keyboard.stage)))
                      ->pno,
                    ==, selected);

  /* A letter typed in a chart begins a new search; Esc leads back to the chart as it was. */
  type (&keyboard, "sat");
  wait_for_place (&keyboard, "search");
  wait_for_text (&keyboard, "sat");
  press (&keyboard, "Escape");
  wait_for_place (&keyboard, first);
  g_assert_cmpuint (viewer_chart_get_patient (viewer_window_get_chart (
                                                viewer_stage_window (&keyboard.stage)))
                      ->pno,
                    ==, selected);
  viewer_stage_close (&keyboard.stage);
}

/* Every section by its F key and by Alt with the number row; Space shows where a row comes from. */
static void
test_sections (void)
{
  Keyboard keyboard = { { NULL } };
  const ViewerSectionInfo *sections;
  guint n;

  open (&keyboard);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *alt = g_strdup_printf ("alt+%s", sections[i].alt_key + strlen ("<Alt>"));
      ViewerPage *page;

      if (sections[i].get_page_type == NULL)
        continue;
      press (&keyboard, sections[i].key);
      wait_for_place (&keyboard, sections[i].key);
      page = VIEWER_PAGE (viewer_window_get_widget (viewer_stage_window (&keyboard.stage),
                                                    sections[i].key));
      if (viewer_page_selected_rid (page) != 0)
        {
          press (&keyboard, "space");
          wait_for_part (&keyboard, "source", TRUE);
          press (&keyboard, "Escape");
          wait_for_part (&keyboard, "source", FALSE);
        }
      press (&keyboard, "F2");
      wait_for_place (&keyboard, "search");
      press (&keyboard, alt);
      wait_for_place (&keyboard, sections[i].key);
    }
  viewer_stage_close (&keyboard.stage);
}

static void
test_commands (void)
{
  Keyboard keyboard = { { NULL } };
  const char *first = viewer_sections_first_page ();

  open (&keyboard);
  viewer_stage_open_patient (&keyboard.stage, VIEWER_FIXTURE_MAIN);
  press (&keyboard, "ctrl+d");
  wait_for_place (&keyboard, "quality");
  press (&keyboard, "ctrl+i");
  wait_for_place (&keyboard, "disputed");
  press (&keyboard, "space");
  wait_for_part (&keyboard, "source", TRUE);
  press (&keyboard, "space");
  wait_for_part (&keyboard, "source", FALSE);
  press (&keyboard, "alt+Left");
  wait_for_place (&keyboard, "quality");
  press (&keyboard, "Escape");
  wait_for_place (&keyboard, first);
  press (&keyboard, "F1");
  wait_for_part (&keyboard, "keys", TRUE);
  press (&keyboard, "F1");
  wait_for_part (&keyboard, "keys", FALSE);
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
  Keyboard keyboard = { { NULL } };

  open (&keyboard);
  press (&keyboard, "ctrl+1");
  wait_for_place (&keyboard, "wards");
  press (&keyboard, "Return"); /* into the ward */
  press (&keyboard, "space");
  wait_for_part (&keyboard, "source", TRUE);
  press (&keyboard, "Escape");
  wait_for_part (&keyboard, "source", FALSE);
  press (&keyboard, "Return");
  wait_for_place (&keyboard, viewer_sections_first_page ());
  press (&keyboard, "Escape");
  wait_for_place (&keyboard, "wards");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      press (&keyboard, lists[i].key);
      wait_for_place (&keyboard, lists[i].place);
    }
  press (&keyboard, "Escape");
  wait_for_place (&keyboard, "planned");
  viewer_stage_close (&keyboard.stage);
}

/* Somebody, by the condition that was typed. */
static gboolean
has_found (gpointer data)
{
  Keyboard *self = data;
  GtkWidget *page = viewer_window_get_widget (viewer_stage_window (&self->stage), "lists");
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_bar_get_query (
      VIEWER_COHORT_BAR (viewer_stage_find (page, VIEWER_TYPE_COHORT_BAR)));
  g_autofree char *text = viewer_cohort_query_text (query);

  return g_strcmp0 (text, self->text) == 0 &&
         !viewer_lists_page_is_searching (VIEWER_LISTS_PAGE (page)) &&
         viewer_lists_page_get_selected (VIEWER_LISTS_PAGE (page)) != 0;
}

static void
wait_for_found (Keyboard *self, const char *text)
{
  self->text = text;
  viewer_fixture_wait (has_found, self);
}

/* Who has it? From nothing to the chart and back to the list, then another kind of condition. */
static void
test_condition (void)
{
  Keyboard keyboard = { { NULL } };

  open (&keyboard);
  press (&keyboard, "ctrl+4");
  wait_for_place (&keyboard, "condition");
  type (&keyboard, "wafarin");
  press (&keyboard, "Return");
  wait_for_found (&keyboard, "wafarin");
  press (&keyboard, "Down"); /* into the list */
  press (&keyboard, "space");
  wait_for_part (&keyboard, "source", TRUE);
  press (&keyboard, "Escape");
  wait_for_part (&keyboard, "source", FALSE);
  press (&keyboard, "Return");
  wait_for_place (&keyboard, viewer_sections_first_page ());
  g_assert_cmpstr (viewer_chart_get_patient (
                     viewer_window_get_chart (viewer_stage_window (&keyboard.stage)))
                     ->id,
                   ==, VIEWER_FIXTURE_MAIN);
  press (&keyboard, "Escape");
  wait_for_place (&keyboard, "condition");
  g_assert_true (has_found (&keyboard)); /* as it was left */
  press (&keyboard, "ctrl+4");
  type (&keyboard, "K>=6"); /* in place of what was there */
  wait_for_found (&keyboard, "K ≥ 6");
  press (&keyboard, "Return"); /* found already: into the list */
  press (&keyboard, "Return");
  wait_for_place (&keyboard, viewer_sections_first_page ());
  viewer_stage_close (&keyboard.stage);
}

int
main (int argc, char **argv)
{
  g_autofree char *xdotool_path = g_find_program_in_path ("xdotool");

  viewer_stage_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  if (xdotool_path == NULL)
    {
      g_print ("1..0 # SKIP xdotool is not installed\n");
      return 0;
    }
  g_test_add_func ("/viewer/keys/way-to-the-chart", test_way_to_the_chart);
  g_test_add_func ("/viewer/keys/sections", test_sections);
  g_test_add_func ("/viewer/keys/commands", test_commands);
  g_test_add_func ("/viewer/keys/lists", test_lists);
  g_test_add_func ("/viewer/keys/condition", test_condition);
  return g_test_run ();
}
