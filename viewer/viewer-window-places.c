/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-window-private.h"

#include <glib/gi18n.h>

#include "viewer-clock.h"
#include "viewer-sections.h"

#define MAX_PLACES 50

static ViewerPage *
current_page (ViewerWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  return VIEWER_IS_PAGE (page) ? VIEWER_PAGE (page) : NULL;
}

/* Places of the program that belong to the open chart: banner and rail stand beside them. */
static gboolean
is_chart_place (const char *place)
{
  return viewer_sections_find_key (place) != NULL || g_str_equal (place, "find");
}

gboolean
viewer_window_is_list (const char *place)
{
  return viewer_lists_view_from_name (place) != VIEWER_N_LISTS;
}

gboolean
viewer_window_is_of_many (const char *place)
{
  return viewer_window_is_list (place) || g_str_equal (place, "ward-gap");
}

static char *
list_hints (ViewerWindow *self)
{
  g_autofree char *time =
      viewer_lists_page_has_time (self->lists_page)
          ? g_strdup_printf ("Ctrl+T\t%s\n+ −\t%s\n", _ ("time"), _ ("day later, earlier"))
          : NULL;
  g_autofree char *kind =
      viewer_lists_view_from_name (self->place) == VIEWER_LISTS_CONDITION
          ? g_strdup_printf ("Ctrl+4\t%s\n", _ ("drug, result, diagnosis"))
          : NULL;

  return g_strdup_printf ("%s↑↓\t%s\nTab\t%s\nEnter\t%s\nSpace\t%s\n%sEsc\t%s\nF2\t%s\n",
                          kind != NULL ? kind : "", _ ("choose"), _ ("next pane"), _ ("open"),
                          _ ("source"), time != NULL ? time : "", _ ("back"), _ ("find patient"));
}

static char *
key_hints (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);
  gboolean has_choice = self->store != NULL && viewer_store_n (self->store) > 1;
  g_autofree char *choose = has_choice ? g_strdup_printf ("↑↓\t%s\n", _ ("choose")) : NULL;
  g_autofree char *back = self->disc != NULL ? g_strdup_printf ("Esc\t%s\n", _ ("back")) : NULL;
  g_autofree char *hints = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->keys_page)))
    return g_strdup_printf ("F1\t%s\n", _ ("close"));
  if (viewer_window_is_asking (self))
    return g_strdup_printf ("0–9\t%s\nAlt+N\t%s\nEsc\t%s\n", _ ("answer"), _ ("cannot ask"),
                            _ ("leave"));
  if (g_str_equal (self->place, "open"))
    return g_strdup_printf ("%s%sTab\t%s\nEnter\t%s\nF1\t%s\nCtrl++\t%s\nCtrl+Shift+T\t%s\nCtrl+E\t%s\n",
                            choose ? choose : "", back ? back : "", _ ("next"), _ ("open"), _ ("keys"), _ ("larger text"),
                            _ ("light, dark, contrast"), _ ("日本語"));
  if (g_str_equal (self->place, "search"))
    return g_strdup_printf ("↑↓\t%s\nEnter\t%s\nEsc\t%s\nCtrl+1\t%s\nCtrl+D\t%s\nF1\t%s\n",
                            _ ("choose"), _ ("open"), _ ("clear, back"), _ ("wards, lists"),
                            _ ("age of the data"), _ ("keys"));
  if (viewer_window_is_list (self->place))
    return list_hints (self);
  hints = page ? viewer_page_key_hints (page) : NULL;
  return g_strdup_printf ("%sEsc\t%s\nF2\t%s\n", hints ? hints : "", _ ("back"),
                          _ ("find patient"));
}

void
viewer_window_update_key_line (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);
  g_autofree char *hints = key_hints (self);
  g_autofree char *legend = page ? viewer_page_legend (page) : NULL;

  viewer_key_line_set (self->key_line, hints,
                       legend ? legend : _ ("View only  changes go on paper"));
}

/* A row of a list need not be of the patient whose chart is open. */
static ViewerChart *
source_chart (ViewerWindow *self)
{
  return viewer_window_is_of_many (self->place) ? NULL : self->chart;
}

/* A list selects its first row when it is drawn: what somebody asked for before that stays. */
static void
follow_selection (ViewerWindow *self, gint64 rid)
{
  gint64 before = self->source_selection;

  self->source_selection = rid;
  if (before != 0 && rid != before)
    viewer_source_panel_show (self->source_panel, source_chart (self), self->disc, rid);
}

static void
list_changed (ViewerListsPage *page, ViewerWindow *self)
{
  if (viewer_window_is_list (self->place) &&
      gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    follow_selection (self, viewer_lists_page_selected_rid (page));
}

static void
page_changed (ViewerPage *page, ViewerWindow *self)
{
  if (page != current_page (self))
    return;
  viewer_window_update_key_line (self);
  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    follow_selection (self, viewer_page_selected_rid (page));
}

void
viewer_window_init_lists (ViewerWindow *self)
{
  g_signal_connect_object (self->find_page, "changed", G_CALLBACK (page_changed), self, 0);
  g_signal_connect_object (self->ward_gap_page, "changed", G_CALLBACK (page_changed), self, 0);
  g_signal_connect_object (self->lists_page, "changed", G_CALLBACK (list_changed), self, 0);
}

ViewerPage *
viewer_window_section_page (ViewerWindow *self, const char *key)
{
  ViewerPage *page = g_hash_table_lookup (self->sections, key);
  const ViewerSectionInfo *info = viewer_sections_find_key (key);

  if (page != NULL || info == NULL || info->get_page_type == NULL)
    return page;
  page = g_object_new (info->get_page_type (), NULL);
  viewer_page_set_section (page, info->section);
  gtk_widget_add_css_class (GTK_WIDGET (page), "page");
  gtk_stack_add_named (self->pages, GTK_WIDGET (page), key);
  g_hash_table_insert (self->sections, g_strdup (key), page);
  g_signal_connect_object (page, "changed", G_CALLBACK (page_changed), self, 0);
  return page;
}

static void
show_find (ViewerWindow *self)
{
  if (viewer_page_get_chart (VIEWER_PAGE (self->find_page)) != self->chart)
    viewer_page_set_chart (VIEWER_PAGE (self->find_page), self->chart);
  gtk_stack_set_visible_child_name (self->pages, "find");
  viewer_find_page_begin (self->find_page);
}

static void
show_section (ViewerWindow *self, const char *key)
{
  ViewerPage *page = viewer_window_section_page (self, key);

  if (page == NULL)
    return;
  if (viewer_page_get_chart (page) != self->chart)
    viewer_page_set_chart (page, self->chart);
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (page));
  gtk_widget_grab_focus (GTK_WIDGET (page));
}

static void
show_quality (ViewerWindow *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_quality_page_set_disc (self->quality_page, self->disc, now);
  gtk_stack_set_visible_child_name (self->pages, "quality");
  gtk_widget_grab_focus (GTK_WIDGET (self->quality_page));
}

static void
show_disputed (ViewerWindow *self)
{
  viewer_findings_page_set_disc (self->findings_page, self->disc, self->chart,
                                 self->findings_view);
  gtk_stack_set_visible_child_name (self->pages, "disputed");
  gtk_widget_grab_focus (GTK_WIDGET (self->findings_page));
}

static void
show_list (ViewerWindow *self, ViewerListsView view)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_lists_page_show (self->lists_page, view, self->recent, now);
  gtk_stack_set_visible_child_name (self->pages, "lists");
  gtk_widget_grab_focus (GTK_WIDGET (self->lists_page));
}

static void
show_ward_gap (ViewerWindow *self)
{
  g_autofree char *now = viewer_clock_now ();

  viewer_ward_gap_page_show (self->ward_gap_page, now);
  gtk_stack_set_visible_child_name (self->pages, "ward-gap");
  gtk_widget_grab_focus (GTK_WIDGET (self->ward_gap_page));
}

/* The banner belongs to the patient shown; above other people's rows it would mislead. */
static void
show_frame (ViewerWindow *self)
{
  gboolean in_chart = self->chart != NULL && is_chart_place (self->place);
  gboolean has_banner = in_chart || (self->chart != NULL && g_str_equal (self->place, "disputed"));
  const ViewerSectionInfo *here = viewer_sections_find_key (self->place);

  gtk_widget_set_visible (GTK_WIDGET (self->banner), has_banner);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), in_chart);
  viewer_rail_set_here (self->rail, here ? here->section : 0);
}

void
viewer_window_show_place (ViewerWindow *self, const char *place)
{
  char *copy = g_strdup (place);

  g_free (self->place);
  self->place = copy;
  gtk_widget_set_visible (GTK_WIDGET (self->keys_page), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->source_panel), FALSE);
  viewer_guard_leave (self->guard);
  show_frame (self);
  if (g_str_equal (copy, "search"))
    {
      gtk_stack_set_visible_child_name (self->pages, "search");
      gtk_widget_grab_focus (GTK_WIDGET (self->search_page));
    }
  else if (g_str_equal (copy, "quality"))
    show_quality (self);
  else if (g_str_equal (copy, "disputed"))
    show_disputed (self);
  else if (g_str_equal (copy, "find"))
    show_find (self);
  else if (g_str_equal (copy, "ward-gap"))
    show_ward_gap (self);
  else if (viewer_window_is_list (copy))
    show_list (self, viewer_lists_view_from_name (copy));
  else if (is_chart_place (copy))
    show_section (self, copy);
  else
    {
      gtk_stack_set_visible_child_name (self->pages, "open");
      gtk_widget_grab_focus (GTK_WIDGET (self->open_page));
    }
  viewer_window_update_key_line (self);
}

void
viewer_window_go (ViewerWindow *self, const char *place)
{
  if (self->disc == NULL && !g_str_equal (place, "open"))
    return;
  if (is_chart_place (place) && self->chart == NULL)
    return;
  if (!g_str_equal (place, self->place))
    {
      if (self->places->len >= MAX_PLACES)
        g_ptr_array_remove_index (self->places, 0);
      g_ptr_array_add (self->places, g_strdup (self->place));
    }
  viewer_window_show_place (self, place);
}

void
viewer_window_back (ViewerWindow *self)
{
  g_autofree char *place = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->keys_page)))
    {
      viewer_window_toggle_keys (self);
      return;
    }
  if (viewer_window_is_asking (self))
    {
      viewer_guard_leave (self->guard);
      return;
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    {
      viewer_window_toggle_source (self);
      return;
    }
  if (g_str_equal (self->place, "search") && self->chart == NULL &&
      *viewer_search_page_get_text (self->search_page) != '\0')
    {
      viewer_search_page_set_text (self->search_page, "");
      return;
    }
  if (self->places->len == 0)
    return;
  place = g_strdup (g_ptr_array_index (self->places, self->places->len - 1));
  g_ptr_array_remove_index (self->places, self->places->len - 1);
  viewer_window_show_place (self, place);
}

void
viewer_window_go_section (ViewerWindow *self, const char *key)
{
  const ViewerSectionInfo *info = viewer_sections_find_key (key);
  ViewerPage *page = current_page (self);

  if (info == NULL)
    return;
  if (info->section == VIEWER_SECTION_KEYS)
    viewer_window_toggle_keys (self);
  else if (info->section == VIEWER_SECTION_SEARCH)
    {
      /* What is typed next is a new search. */
      viewer_window_go (self, "search");
      gtk_editable_select_region (
        GTK_EDITABLE (viewer_search_page_get_entry (self->search_page)), 0, -1);
    }
  else if (page != NULL && g_str_equal (self->place, key))
    viewer_page_next_view (page);
  else
    viewer_window_go (self, key);
}

void
viewer_window_toggle_keys (ViewerWindow *self)
{
  gboolean show = !gtk_widget_get_visible (GTK_WIDGET (self->keys_page));

  gtk_widget_set_visible (GTK_WIDGET (self->keys_page), show);
  if (show)
    gtk_widget_grab_focus (GTK_WIDGET (self->keys_page));
  else
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
  viewer_window_update_key_line (self);
}

void
viewer_window_show_list (ViewerWindow *self, const char *name)
{
  /* The same key again: what else may be asked for. */
  if (g_str_equal (name, self->place) &&
      viewer_lists_view_from_name (name) == VIEWER_LISTS_CONDITION)
    viewer_lists_page_next_kind (self->lists_page);
  else if (viewer_window_is_list (name))
    viewer_window_go (self, name);
}

void
viewer_window_find (ViewerWindow *self)
{
  if (self->chart == NULL)
    return;
  if (g_str_equal (self->place, "find"))
    viewer_find_page_begin (self->find_page);
  else
    viewer_window_go (self, "find");
}

void
viewer_window_show_ward_gap (ViewerWindow *self)
{
  if (g_str_equal (self->place, "ward-gap"))
    viewer_page_next_view (VIEWER_PAGE (self->ward_gap_page));
  else
    viewer_window_go (self, "ward-gap");
}

void
viewer_window_edit_list_time (ViewerWindow *self)
{
  if (!viewer_window_is_list (self->place) || !viewer_lists_page_has_time (self->lists_page))
    viewer_window_go (self, viewer_lists_view_name (VIEWER_LISTS_WARDS));
  viewer_lists_page_edit_time (self->lists_page);
}

gint64
viewer_window_selected_rid (ViewerWindow *self)
{
  ViewerPage *page = current_page (self);

  if (page != NULL)
    return viewer_page_selected_rid (page);
  if (viewer_window_is_list (self->place))
    return viewer_lists_page_selected_rid (self->lists_page);
  if (g_str_equal (self->place, "disputed"))
    return viewer_findings_page_selected_rid (self->findings_page);
  return 0;
}

void
viewer_window_toggle_source (ViewerWindow *self)
{
  gint64 rid = viewer_window_selected_rid (self);

  if (gtk_widget_get_visible (GTK_WIDGET (self->source_panel)))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->source_panel), FALSE);
      gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
    }
  else if (rid != 0)
    viewer_window_show_source (self, rid);
}

void
viewer_window_show_source (ViewerWindow *self, gint64 rid)
{
  self->source_selection = viewer_window_selected_rid (self);
  viewer_source_panel_show (self->source_panel, source_chart (self), self->disc, rid);
  gtk_widget_set_visible (GTK_WIDGET (self->source_panel), TRUE);
}

gboolean
viewer_window_change_period (ViewerWindow *self, int direction)
{
  ViewerPage *page = current_page (self);

  if (viewer_window_is_list (self->place))
    return viewer_lists_page_shift (self->lists_page, direction);
  if (page == NULL)
    return FALSE;
  if (!viewer_page_has_periods (page))
    return viewer_page_zoom (page, direction);
  viewer_page_change_period (page, direction);
  return TRUE;
}

void
viewer_window_show_findings (ViewerWindow *self, guint view)
{
  /* The same key again: the other view. */
  if (view == 0 && g_str_equal (self->place, "disputed"))
    view = 1 - viewer_findings_page_get_view (self->findings_page);
  self->findings_view = view;
  viewer_window_go (self, "disputed");
}

void
viewer_window_search_same_name (ViewerWindow *self)
{
  const DiscPatient *patient;

  if (self->chart == NULL)
    return;
  patient = viewer_chart_get_patient (self->chart);
  if (patient->kana == NULL)
    return;
  viewer_window_go (self, "search");
  viewer_search_page_set_text (self->search_page, patient->kana);
}
