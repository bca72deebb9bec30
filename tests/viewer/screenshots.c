/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pictures of every page, to be looked at: viewer-screenshots OUT [DISC [PATIENT-ID [SEARCH]]].
 * Without a disc it uses the small one of the tests.
 *
 * viewer-screenshots --start OUT [ARGUMENT]...: only the start page of the program with these
 * arguments, in every theme and size of text.
 *
 * viewer-screenshots --condition OUT DISC [KIND TEXT]...: the search by condition on this disc, KIND
 * is drug, result, any (of results) or diagnosis; in every theme and size of text.
 */
#include "config.h"

#include "viewer-cohort-bar.h"
#include "viewer-find-page.h"
#include "viewer-lists-chips.h"
#include "viewer-lists-page.h"
#include "viewer-page.h"
#include "viewer-search-page.h"
#include "viewer-sections.h"
#include "viewer-stage.h"
#include "viewer-ward-gap-page.h"

typedef struct
{
  ViewerStage stage;
  const char *out;
  const char *language;
  const char *look;  /* theme or size of text, for the name */
  guint number;
} Camera;

static void
take (Camera *camera, const char *name)
{
  g_autofree char *file =
    g_strdup_printf ("%02u-%s%s-%s.png", camera->number++, name, camera->look, camera->language);
  g_autofree char *path = g_build_filename (camera->out, file, NULL);

  viewer_stage_save (&camera->stage, path);
  g_print ("%s\n", path);
}

static void
take_chart (Camera *camera)
{
  ViewerWindow *window = viewer_stage_window (&camera->stage);
  const ViewerSectionInfo *sections;
  guint n;

  sections = viewer_sections (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.section::%s", sections[i].key);
      ViewerPage *page;
      guint view;

      if (sections[i].get_page_type == NULL)
        continue;
      viewer_stage_act (&camera->stage, action);
      page = VIEWER_PAGE (viewer_window_get_widget (window, sections[i].key));
      view = viewer_page_get_view (page);
      do
        {
          g_autofree char *name =
            g_strdup_printf ("%s-%u", sections[i].key, viewer_page_get_view (page));

          take (camera, name);
          viewer_page_next_view (page);
        }
      while (viewer_page_get_view (page) != view);
      if (viewer_page_selected_rid (page) != 0)
        {
          g_autofree char *name = g_strdup_printf ("%s-source", sections[i].key);

          viewer_stage_act (&camera->stage, "win.source");
          take (camera, name);
          viewer_stage_act (&camera->stage, "win.source");
        }
    }
}

static void
take_lists (Camera *camera)
{
  for (guint i = 0; i < VIEWER_N_LISTS; i++)
    {
      const char *name = viewer_lists_view_name ((ViewerListsView) i);
      g_autofree char *action = g_strdup_printf ("win.list::%s", name);
      g_autofree char *file = g_strdup_printf ("list-%s", name);

      viewer_stage_act (&camera->stage, action);
      take (camera, file);
    }
}

static gboolean
ward_is_read (gpointer page)
{
  return !viewer_ward_gap_page_is_reading (page);
}

/* Of the chart that is open; a patient with a common name. */
static void
take_places_beside (Camera *camera)
{
  ViewerWindow *window = viewer_stage_window (&camera->stage);

  viewer_stage_act (&camera->stage, "win.ward-gap");
  viewer_fixture_wait (ward_is_read, viewer_window_get_widget (window, "ward-gap"));
  take (camera, "ward-gap");
  viewer_stage_act (&camera->stage, "win.find");
  viewer_find_page_set_text (VIEWER_FIND_PAGE (viewer_window_get_widget (window, "find")), "K");
  take (camera, "find");
  viewer_stage_act (&camera->stage, "win.confirm");
  take (camera, "guard");
  viewer_stage_act (&camera->stage, "win.back");
}

static void
take_lists_and_chart (Camera *camera)
{
  take_lists (camera);
  take_places_beside (camera);
  take_chart (camera);
}

typedef void (*TakeFunc) (Camera *camera);

static void
take_start_page (Camera *camera)
{
  take (camera, "start");
}

/* What @func takes in every theme, and with large text. */
static void
take_looks (Camera *camera, TakeFunc func)
{
  static const char *const themes[] = { "-dark", "-contrast" };
  static const char *const sizes[] = { "-125", "-150", "-175", "-200" };

  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      viewer_stage_act (&camera->stage, "app.theme");
      camera->look = themes[i];
      func (camera);
    }
  viewer_stage_act (&camera->stage, "app.theme");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      viewer_stage_act (&camera->stage, "app.zoom-in");
      camera->look = sizes[i];
      func (camera);
    }
  viewer_stage_act (&camera->stage, "app.zoom-reset");
  camera->look = "";
}

static void
take_all (Camera *camera, const char *disc, const char *id, const char *search)
{
  GtkWidget *search_page;

  viewer_stage_open (&camera->stage, camera->language, disc);
  take (camera, "search-empty");
  search_page = viewer_window_get_widget (viewer_stage_window (&camera->stage), "search");
  viewer_search_page_set_text (VIEWER_SEARCH_PAGE (search_page), search);
  take (camera, "search");
  viewer_search_page_set_text (VIEWER_SEARCH_PAGE (search_page), "ワタナベ チツゾ");
  take (camera, "search-nobody");
  viewer_stage_act (&camera->stage, "win.quality");
  take (camera, "quality");
  take_lists (camera);
  viewer_stage_open_patient (&camera->stage, id);
  take_chart (camera);
  take_places_beside (camera);
  viewer_stage_act (&camera->stage, "win.disputed");
  take (camera, "disputed");
  viewer_stage_act (&camera->stage, "win.findings");
  take (camera, "findings");
  viewer_stage_act (&camera->stage, "win.back");
  viewer_stage_act (&camera->stage, "win.keys");
  take (camera, "keys");
  viewer_stage_act (&camera->stage, "win.keys");
  take_looks (camera, take_lists_and_chart);
  viewer_window_set_disc (viewer_stage_window (&camera->stage), NULL);
  take (camera, "start");
  viewer_stage_close (&camera->stage);
}

static gboolean
looks_idle (gpointer deadline)
{
  return g_get_monotonic_time () > *(gint64 *) deadline && !g_main_context_pending (NULL);
}

/* Threads look at disc and store first; how long that takes nobody can say. */
static void
take_start (Camera *camera, char **options)
{
  g_autofree char *language = g_strdup_printf ("--language=%s", camera->language);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  gint64 deadline = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;

  g_ptr_array_add (arguments, (gpointer) "tomoshibi-viewer");
  g_ptr_array_add (arguments, language);
  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (arguments, options[i]);
  g_ptr_array_add (arguments, NULL);
  viewer_stage_start (&camera->stage, (const char *const *) arguments->pdata);
  viewer_fixture_wait (looks_idle, &deadline);
  take_start_page (camera);
  take_looks (camera, take_start_page);
  viewer_stage_close (&camera->stage);
}

static gboolean
has_searched (gpointer page)
{
  return !viewer_lists_page_is_searching (page);
}

/* @condition: kind and text */
static void
take_condition (Camera *camera, char **condition)
{
  GtkWidget *page = viewer_window_get_widget (viewer_stage_window (&camera->stage), "lists");
  ViewerCohortBar *bar = VIEWER_COHORT_BAR (viewer_stage_find (page, VIEWER_TYPE_COHORT_BAR));
  gboolean is_any = g_str_equal (condition[0], "any");

  viewer_cohort_bar_set_kind (bar, g_str_equal (condition[0], "drug") ? VIEWER_COHORT_DRUG
                                   : g_str_equal (condition[0], "diagnosis")
                                       ? VIEWER_COHORT_DIAGNOSIS
                                       : VIEWER_COHORT_RESULT);
  viewer_cohort_bar_set_any (bar, is_any);
  viewer_cohort_bar_set_text (bar, condition[1]);
  viewer_fixture_wait (has_searched, page);
  take (camera, condition[0]);
}

static void
take_conditions (Camera *camera, const char *disc, char **conditions)
{
  viewer_stage_open (&camera->stage, camera->language, disc);
  viewer_stage_act (&camera->stage, "win.list::condition");
  take (camera, "condition");
  for (guint i = 0; conditions[i] != NULL && conditions[i + 1] != NULL; i += 2)
    take_condition (camera, conditions + i);
  take_looks (camera, take_start_page);
  viewer_stage_close (&camera->stage);
}

int
main (int argc, char **argv)
{
  static const char *const languages[] = { "ja", "en" };

  viewer_stage_init (&argc, &argv);
  if (argc < 2)
    {
      g_printerr ("viewer-screenshots OUT [DISC [PATIENT-ID [SEARCH]]]\n");
      return 2;
    }
  if (g_str_equal (argv[1], "--condition"))
    {
      for (guint i = 0; i < G_N_ELEMENTS (languages) && argc > 3; i++)
        {
          Camera camera = { .out = argv[2], .language = languages[i], .look = "", .number = 1 };

          take_conditions (&camera, argv[3], argv + 4);
        }
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (languages) && g_str_equal (argv[1], "--start"); i++)
    {
      Camera camera = { .out = argc > 2 ? argv[2] : ".", .language = languages[i], .look = "",
                        .number = 1 };

      take_start (&camera, argc > 2 ? argv + 3 : argv + 2);
    }
  for (guint i = 0; i < G_N_ELEMENTS (languages) && !g_str_equal (argv[1], "--start"); i++)
    {
      Camera camera = { .out = argv[1], .language = languages[i], .look = "", .number = 1 };

      take_all (&camera, argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : VIEWER_FIXTURE_MAIN,
                argc > 4 ? argv[4] : "watanabe ti");
    }
  return 0;
}
