/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-page-private.h"

#include <glib/gi18n.h>

#include "disc-error.h"
#include "viewer-cohort-rows.h"
#include "viewer-cohort-task.h"
#include "viewer-cohort-words.h"
#include "viewer-lists-words.h"
#include "viewer-text.h"

#define TYPING_PAUSE_MS 400 /* behind it a search begins by itself; at Enter at once */

static ViewerCohortBar *
bar_of (ViewerListsPage *self)
{
  return VIEWER_COHORT_BAR (self->condition);
}

/* ---- groups --------------------------------------------------------------------------------- */

static ViewerListsGroup *
group_new (guint32 id)
{
  ViewerListsGroup *group = g_new0 (ViewerListsGroup, 1);

  group->id = id;
  group->n = G_MAXUINT;
  return group;
}

/* Without lists of wards there is the whole disc. */
GPtrArray *
viewer_lists_page_condition_groups (ViewerListsPage *self, GError **error)
{
  GPtrArray *groups;

  if (self->model == NULL)
    {
      groups = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (groups, group_new (VIEWER_LISTS_ALL));
      return groups;
    }
  groups = viewer_lists_model_groups (self->model, VIEWER_LISTS_WARDS, NULL, error);
  if (groups == NULL)
    return NULL;
  g_ptr_array_insert (groups, 0, group_new (VIEWER_LISTS_ALL));
  g_ptr_array_insert (groups, 1, group_new (VIEWER_LISTS_IN_HOSPITAL));
  return groups;
}

static char *
place_text (ViewerListsPage *self)
{
  for (guint i = 0; self->groups != NULL && i < self->groups->len; i++)
    {
      const ViewerListsGroup *group = g_ptr_array_index (self->groups, i);

      if (group->id == self->group[VIEWER_LISTS_CONDITION])
        return viewer_lists_group_text (group, VIEWER_LISTS_CONDITION, self->now);
    }
  return g_strdup (_ ("Whole hospital"));
}

/* ---- what it says --------------------------------------------------------------------------- */

/* (transfer full) (nullable): kinds that are searched and not on this disc */
static char *
absent_text (ViewerListsPage *self, ViewerCohortKind kind)
{
  const DiscKind *kinds = viewer_cohort_kinds (kind);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; kinds[i] != DISC_KIND_NONE; i++)
    if (viewer_disc_get_freshness (self->disc, kinds[i]) == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? C_ ("list", ", ") : "",
                              viewer_text_kind (kinds[i]));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
show_around (ViewerListsPage *self, const ViewerCohortQuery *query)
{
  const char *as_of = viewer_disc_get_info (self->disc)->as_of;
  /* Without them because the disc is out of the drive is another thing. */
  gboolean has_lists = !g_error_matches (self->problem, DISC_ERROR, DISC_ERROR_NOT_A_DISC);
  g_autofree char *place = place_text (self);
  g_autofree char *absent = absent_text (self, query->kind);
  g_autofree char *summary = viewer_cohort_summary (
      self->found, place, viewer_lists_page_shown_time (self), as_of, self->now);
  /* That nobody was found says the same at length. */
  gboolean says_nobody =
      self->found != NULL && self->found->is_done && self->found->entries->len == 0;
  g_autofree char *note = viewer_cohort_note (query, self->found, says_nobody ? NULL : absent,
                                              says_nobody || self->is_compact);
  g_autofree char *warning = viewer_cohort_warning (self->found, has_lists);

  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
  gtk_label_set_text (self->warning, warning != NULL ? warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), warning != NULL);
}

static void
show_hint (ViewerListsPage *self)
{
  g_autofree char *text = viewer_cohort_hint_text ();

  viewer_lists_page_show_state (self, _ ("Type a condition"), text);
}

static void
show_failure (ViewerListsPage *self)
{
  const GError *error = self->found_problem;

  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC))
    viewer_lists_page_show_state (self, _ ("This disc has no lists"),
                                  _ ("Wards cannot be searched on it: choose the whole hospital."));
  else if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    viewer_lists_page_show_state (self, _ ("The disc is out of the drive"),
                                  _ ("Put it (volume 1) back in to search it."));
  else
    viewer_lists_page_show_state (self, _ ("■ This search could not be finished"), error->message);
}

static gboolean
list_has_focus (ViewerListsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* Somebody who has gone down the list keeps his rows until all are found, and then his place. */
static void
show_rows (ViewerListsPage *self)
{
  guint32 pno = viewer_lists_page_get_selected (self);
  gboolean had_focus = list_has_focus (self);
  GPtrArray *rows;

  if (had_focus && !self->found->is_done)
    return;
  viewer_lists_page_forget_result (self);
  self->result = viewer_cohort_shell (self->found);
  rows = viewer_cohort_rows (self->found, self->result, viewer_disc_get_patients (self->disc),
                             self->now, self->is_compact);
  viewer_lists_page_show_state (self, NULL, NULL);
  viewer_table_set_rows (self->list, rows);
  if (!had_focus)
    return;
  viewer_lists_page_select_patient (self, pno);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_empty (ViewerListsPage *self, const ViewerCohortQuery *query)
{
  const char *as_of = viewer_disc_get_info (self->disc)->as_of;
  g_autofree char *place = place_text (self);
  g_autofree char *absent = absent_text (self, query->kind);
  g_autofree char *text =
      viewer_cohort_nobody_text (query, self->found, place, as_of, absent, self->now);

  viewer_lists_page_forget_result (self);
  viewer_lists_page_show_state (self, viewer_lists_nobody_title (VIEWER_LISTS_CONDITION), text);
}

void
viewer_lists_page_show_found (ViewerListsPage *self)
{
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_bar_get_query (bar_of (self));

  if (self->found_problem != NULL)
    show_failure (self);
  else if (self->found != NULL && self->found->entries->len > 0)
    show_rows (self);
  else if (self->found != NULL && self->found->is_done)
    show_empty (self, query);
  else if (viewer_lists_page_is_searching (self))
    viewer_lists_page_show_state (self, _ ("Searching…"),
                                  _ ("Rows appear as they are found. Another key ends it."));
  else
    show_hint (self);
  show_around (self, query);
}

/* ---- searching ------------------------------------------------------------------------------ */

static void
stop_search (ViewerListsPage *self)
{
  g_clear_handle_id (&self->search_source, g_source_remove);
  if (self->search != NULL)
    g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
}

void
viewer_lists_page_forget_found (ViewerListsPage *self)
{
  stop_search (self);
  g_clear_pointer (&self->found, viewer_cohort_result_free);
  g_clear_pointer (&self->found_for, g_free);
  g_clear_error (&self->found_problem);
}

gboolean
viewer_lists_page_is_searching (ViewerListsPage *self)
{
  return self->search != NULL || self->search_source != 0;
}

gboolean
viewer_lists_page_is_busy (ViewerListsPage *self)
{
  return *self->n_running > 0;
}

void
viewer_lists_page_copy_condition (ViewerListsPage *self, ViewerListsPage *from)
{
  viewer_cohort_bar_copy (bar_of (self), bar_of (from));
}

static char *
key_of (ViewerListsPage *self, const ViewerCohortQuery *query)
{
  const char *at = viewer_lists_page_shown_time (self);

  return g_strdup_printf ("%d\x1f%s\x1f%d\x1f%s\x1f%d\x1f%u\x1f%s", query->kind, query->name,
                          query->op, query->number != NULL ? query->number : "", query->is_any,
                          self->group[VIEWER_LISTS_CONDITION], at != NULL ? at : "");
}

static gboolean
is_shown (ViewerListsPage *self)
{
  return self->view == VIEWER_LISTS_CONDITION;
}

/* What a search was asked for by; the page may be gone when it ends. */
typedef struct
{
  ViewerListsPage *page;
  guint *n_running;
} Asker;

static void
take_found (ViewerListsPage *self, ViewerCohortResult *found) /* (transfer full) @found */
{
  g_clear_pointer (&self->found, viewer_cohort_result_free);
  self->found = found;
  if (is_shown (self))
    viewer_lists_page_show_found (self);
}

static void
found_more (ViewerCohortResult *found, gpointer asker) /* (transfer full) @found */
{
  take_found (((Asker *) asker)->page, found);
}

static void
search_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asker *asker = user_data;
  g_autoptr (GError) error = NULL;
  ViewerCohortResult *found = viewer_cohort_search_finish (VIEWER_DISC (source), result, &error);
  ViewerListsPage *self = asker->page;

  (*asker->n_running)--;
  g_rc_box_release (asker->n_running);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the page may be gone, and a newer search is on its way */
  g_clear_object (&self->search);
  if (found != NULL)
    {
      take_found (self, found);
      return;
    }
  self->found_problem = g_steal_pointer (&error);
  if (is_shown (self))
    viewer_lists_page_show_found (self);
}

/* What is there already is shown; what is being searched goes on. */
static void
start_search (ViewerListsPage *self)
{
  g_autoptr (ViewerCohortQuery) query = viewer_cohort_bar_get_query (bar_of (self));
  g_autofree char *key = key_of (self, query);
  const ViewerCohortPlace place = { .group = self->group[VIEWER_LISTS_CONDITION],
                                    .at = (char *) viewer_lists_page_shown_time (self),
                                    .as_of = (char *) viewer_disc_get_info (self->disc)->as_of };
  Asker *asker;

  g_clear_handle_id (&self->search_source, g_source_remove);
  /* What failed may succeed now: the disc is back in the drive. */
  if (g_strcmp0 (key, self->found_for) != 0 || self->found_problem != NULL)
    {
      viewer_lists_page_forget_found (self);
      viewer_lists_page_forget_result (self);
      if (viewer_cohort_query_readiness (query) == VIEWER_COHORT_READY)
        {
          self->found_for = g_steal_pointer (&key);
          self->search = g_cancellable_new ();
          asker = g_new (Asker, 1);
          *asker = (Asker){ self, g_rc_box_acquire (self->n_running) };
          (*self->n_running)++;
          viewer_cohort_search_async (self->disc, query, &place, found_more, self->search,
                                      search_ended, asker);
        }
    }
  viewer_lists_page_show_found (self);
}

static gboolean
typing_paused (gpointer user_data)
{
  ViewerListsPage *self = user_data;

  self->search_source = 0;
  start_search (self);
  return G_SOURCE_REMOVE;
}

void
viewer_lists_page_load_condition (ViewerListsPage *self)
{
  start_search (self);
}

/* The rows are of another condition: they go at once, and what runs for them ends. */
static void
condition_changed (ViewerListsPage *self)
{
  if (self->disc == NULL || !is_shown (self))
    return;
  viewer_lists_page_forget_found (self);
  viewer_lists_page_forget_result (self);
  self->search_source = g_timeout_add (TYPING_PAUSE_MS, typing_paused, self);
  viewer_lists_page_show_found (self);
}

static void
go_to_list (ViewerListsPage *self)
{
  if (viewer_table_n_rows (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  else if (gtk_widget_get_visible (self->groups_card))
    gtk_widget_grab_focus (GTK_WIDGET (self->group_table));
}

/* Enter searches at once; again, when it is there, it leads into the list. */
static void
condition_entered (ViewerListsPage *self)
{
  gboolean is_there = self->found != NULL && self->search_source == 0;

  if (self->disc == NULL)
    return;
  start_search (self);
  if (is_there)
    go_to_list (self);
}

void
viewer_lists_page_next_kind (ViewerListsPage *self)
{
  viewer_cohort_bar_next_kind (bar_of (self));
  gtk_widget_grab_focus (self->condition);
}

void
viewer_lists_page_init_condition (ViewerListsPage *self)
{
  self->group[VIEWER_LISTS_CONDITION] = VIEWER_LISTS_ALL;
  self->n_running = g_rc_box_new0 (guint);
  g_signal_connect_object (self->condition, "changed", G_CALLBACK (condition_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->condition, "activate", G_CALLBACK (condition_entered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->condition, "leave", G_CALLBACK (go_to_list), self,
                           G_CONNECT_SWAPPED);
}
