/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-page-private.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "disc-error.h"
#include "viewer-label.h"
#include "viewer-lists-chips.h"
#include "viewer-lists-rows.h"
#include "viewer-lists-words.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

G_DEFINE_FINAL_TYPE (ViewerListsPage, viewer_lists_page, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- time ----------------------------------------------------------------------------------- */

/* A list of where people are at a time of the clock, not of a day. */
static gboolean
has_hour (ViewerListsPage *self)
{
  return self->view == VIEWER_LISTS_WARDS || self->view == VIEWER_LISTS_CONDITION;
}

const char *
viewer_lists_page_shown_time (ViewerListsPage *self)
{
  if (self->model == NULL)
    return NULL;
  if (has_hour (self))
    return self->ward_at != NULL ? self->ward_at : viewer_lists_model_get_as_of (self->model);
  return self->view == VIEWER_LISTS_VISITS ? self->visit_day : NULL;
}

static gboolean
is_within (ViewerListsPage *self, const char *at)
{
  const DiscInfo *info = viewer_disc_get_info (self->disc);

  if (info->window_from != NULL && disc_list_day (at) < disc_list_day (info->window_from))
    return FALSE;
  return self->view == VIEWER_LISTS_VISITS ||
         !disc_date_is_after (at, viewer_lists_model_get_as_of (self->model));
}

static void
show_entry (ViewerListsPage *self)
{
  const char *at = viewer_lists_page_shown_time (self);
  g_autofree char *text = at != NULL ? g_strndup (at, 16) : NULL;

  gtk_widget_set_visible (self->time_box, at != NULL);
  gtk_label_set_text (self->refusal, "");
  if (at == NULL)
    return;
  if (strlen (text) > 10)
    text[10] = ' ';
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
refuse (ViewerListsPage *self, const char *text)
{
  const DiscInfo *info = viewer_disc_get_info (self->disc);
  g_autofree char *from = viewer_text_date (info->window_from, NULL);
  g_autofree char *until = viewer_text_date_time (info->as_of, NULL);
  g_autofree char *words = NULL;

  if (text == NULL)
    words = g_strdup (_ ("not a time; for example 11/18 6:00"));
  else
    words = g_strdup_printf (_ ("outside the time of this disc: %s to %s"), from, until);
  gtk_label_set_text (self->refusal, words);
}

/* ---- the list ------------------------------------------------------------------------------- */

void
viewer_lists_page_forget_result (ViewerListsPage *self)
{
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  g_clear_pointer (&self->result, viewer_lists_result_free);
}

void
viewer_lists_page_show_state (ViewerListsPage *self, const char *title, const char *text)
{
  viewer_state_stack_show (self->stack, title, text);
}

static void
show_nobody (ViewerListsPage *self)
{
  viewer_lists_page_show_state (self, viewer_lists_nobody_title (self->view),
                                viewer_lists_nobody_text (self->view));
}

static void
show_result (ViewerListsPage *self)
{
  const ViewerListsGroup *group = NULL;
  guint32 id = self->group[self->view];
  gboolean with_department = self->view != VIEWER_LISTS_VISITS || id == VIEWER_LISTS_ALL;
  GPtrArray *rows = viewer_lists_rows (self->result, viewer_disc_get_patients (self->disc),
                                       viewer_lists_page_shown_time (self), self->now,
                                       with_department, self->is_compact);

  for (guint i = 0; self->groups != NULL && i < self->groups->len; i++)
    if (((ViewerListsGroup *) g_ptr_array_index (self->groups, i))->id == id)
      group = g_ptr_array_index (self->groups, i);
  if (rows->len > 0)
    viewer_lists_page_show_state (self, NULL, NULL);
  else if (self->result->is_damaged)
    viewer_lists_page_show_state (
        self, _ ("■ This list cannot be read"),
        _ ("It lies in a damaged part of the disc. An older disc may still have it."));
  else
    show_nobody (self);
  viewer_table_set_rows (self->list, rows);
  if (group != NULL)
    {
      g_autofree char *text = viewer_lists_group_text (group, self->view, self->now);

      gtk_label_set_text (self->title, text);
    }
}

static void
show_problem (ViewerListsPage *self, const GError *error)
{
  if (g_error_matches (error, DISC_ERROR, DISC_ERROR_NOT_A_DISC))
    viewer_lists_page_show_state (
        self, _ ("This disc has no lists"),
        _ ("It was made before there were any. Nothing follows from it about wards, visits "
           "or doctors. Find the patient by name, ID or birth date."));
  else if (g_error_matches (error, DISC_ERROR, DISC_ERROR_ELSEWHERE))
    viewer_lists_page_show_state (self, _ ("The disc is out of the drive"),
                                  _ ("Put it (volume 1) back in to read this list."));
  else
    viewer_lists_page_show_state (self, _ ("■ This list cannot be read"), error->message);
}

static void
show_warning (ViewerListsPage *self)
{
  g_autofree char *text = viewer_lists_warning (self->view, self->model, self->result);

  gtk_label_set_text (self->warning, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), text != NULL);
}

static void
load (ViewerListsPage *self)
{
  g_autoptr (GError) error = NULL;

  if (self->view == VIEWER_LISTS_CONDITION)
    {
      viewer_lists_page_load_condition (self);
      return;
    }
  viewer_lists_page_forget_result (self);
  self->result = viewer_lists_model_load (self->model, self->view, self->group[self->view],
                                          viewer_lists_page_shown_time (self), &error);
  if (self->result != NULL)
    show_result (self);
  else
    show_problem (self, error);
  show_warning (self);
  viewer_disc_tell (self->disc);
}

static void
load_recent (ViewerListsPage *self)
{
  ViewerListsResult *result = g_new0 (ViewerListsResult, 1);

  viewer_lists_page_forget_result (self);
  result->entries = g_array_new (FALSE, TRUE, sizeof (ViewerListsEntry));
  result->owned = g_ptr_array_new ();
  for (guint i = 0; i < self->recent->len; i++)
    {
      ViewerListsEntry entry = { .pno = g_array_index (self->recent, guint32, i),
                                 .part = VIEWER_LISTS_OPENED };

      g_array_append_val (result->entries, entry);
    }
  self->result = result;
  show_result (self);
  show_warning (self);
}

/* ---- groups --------------------------------------------------------------------------------- */

static ViewerRow *
group_row (ViewerListsPage *self, const ViewerListsGroup *group)
{
  ViewerRow *row = viewer_row_new (0);
  g_autofree char *text = viewer_lists_group_text (group, self->view, self->now);

  viewer_row_add (
      row, 0, group->text == NULL && group->id == VIEWER_LISTS_NOT_RECORDED ? "chip dashed" : NULL,
      text);
  if (group->n != G_MAXUINT)
    {
      g_autofree char *n = viewer_text_count (group->n);

      viewer_row_add (row, 1, "strong", n);
    }
  viewer_row_set_data (row, group);
  return row;
}

/* The one selected before; of days that of the clock, or the next. */
static guint
first_group (ViewerListsPage *self)
{
  guint32 wanted = self->has_group[self->view]          ? self->group[self->view]
                   : self->view == VIEWER_LISTS_PLANNED ? disc_list_day (self->now)
                                                        : VIEWER_LISTS_NOT_RECORDED;
  guint next = self->groups->len;

  for (guint i = 0; i < self->groups->len; i++)
    {
      guint32 id = ((ViewerListsGroup *) g_ptr_array_index (self->groups, i))->id;

      if (id == wanted && (self->has_group[self->view] || self->view == VIEWER_LISTS_PLANNED))
        return i;
      if (self->view == VIEWER_LISTS_PLANNED && id > wanted && i < next)
        next = i;
    }
  return next < self->groups->len ? next : 0;
}

static void
select_group (ViewerListsPage *self, guint i)
{
  const ViewerListsGroup *group = g_ptr_array_index (self->groups, i);

  self->group[self->view] = group->id;
  self->has_group[self->view] = TRUE;
  load (self);
}

static void
fill_groups (ViewerListsPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (rows, group_row (self, g_ptr_array_index (self->groups, i)));
  self->is_filling = TRUE;
  viewer_table_set_rows (self->group_table, rows);
  if (self->groups->len > 0)
    viewer_table_select (self->group_table, first_group (self));
  self->is_filling = FALSE;
}

static void
forget_groups (ViewerListsPage *self)
{
  self->is_filling = TRUE;
  viewer_table_set_rows (self->group_table, g_ptr_array_new ());
  self->is_filling = FALSE;
  g_clear_pointer (&self->groups, g_ptr_array_unref);
}

static void
group_changed (ViewerTable *table, ViewerListsPage *self)
{
  ViewerRow *row = viewer_table_get_selected (table);
  const ViewerListsGroup *group = row != NULL ? viewer_row_get_data (row) : NULL;

  if (self->is_filling || group == NULL || group->id == self->group[self->view])
    return;
  self->group[self->view] = group->id;
  self->has_group[self->view] = TRUE;
  load (self);
}

static void
group_entered (ViewerListsPage *self)
{
  self->is_in_list = FALSE;
}

static void
list_entered (ViewerListsPage *self)
{
  self->is_in_list = TRUE;
}

static void
group_activated (ViewerTable *table, ViewerListsPage *self)
{
  if (viewer_table_n_rows (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
row_changed (ViewerTable *table, ViewerListsPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated (ViewerTable *table, ViewerListsPage *self)
{
  guint32 pno = viewer_lists_page_get_selected (self);

  if (pno != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-patient", "u", pno);
}

/* ---- texts around it ------------------------------------------------------------------------ */

static void
show_texts (ViewerListsPage *self)
{
  const DiscFreshness *fresh = viewer_disc_get_freshness (self->disc, DISC_KIND_ENCOUNTER);
  const char *newest = fresh != NULL ? fresh->newest_at : NULL;
  const char *as_of = viewer_disc_get_info (self->disc)->as_of;
  g_autofree char *summary = viewer_lists_summary (self->view, viewer_lists_page_shown_time (self),
                                                   as_of, newest, self->now);
  g_autofree char *note =
      viewer_lists_note (self->view, viewer_lists_page_shown_time (self), as_of, self->now);

  gtk_label_set_text (self->title, viewer_lists_title (self->view));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  viewer_lists_title (self->view), -1);
  if (self->view == VIEWER_LISTS_CONDITION)
    return; /* depends on what is found */
  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

/* ---- filling -------------------------------------------------------------------------------- */

static void
make_model (ViewerListsPage *self)
{
  const char *as_of = viewer_disc_get_info (self->disc)->as_of;

  if (self->model != NULL)
    return;
  g_clear_error (&self->problem);
  self->model = viewer_lists_model_new (viewer_disc_get_reader (self->disc), as_of, &self->problem);
  if (self->model != NULL && self->visit_day == NULL)
    self->visit_day = g_strndup (viewer_lists_model_get_as_of (self->model), 10);
}

static void
fill (ViewerListsPage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean has_groups = self->view != VIEWER_LISTS_RECENT;

  forget_groups (self);
  viewer_lists_page_forget_result (self);
  if (self->disc == NULL)
    return;
  if (self->has_facts != (self->view == VIEWER_LISTS_CONDITION))
    {
      self->has_facts = !self->has_facts;
      viewer_lists_page_set_columns (self);
    }
  if (has_groups)
    make_model (self);
  show_entry (self);
  show_texts (self);
  viewer_lists_chips_mark (self->chips, self->view);
  gtk_widget_set_visible (self->condition, self->view == VIEWER_LISTS_CONDITION);
  gtk_widget_set_visible (self->groups_card, has_groups && (self->model != NULL ||
                                                            self->view == VIEWER_LISTS_CONDITION));
  if (!has_groups)
    {
      load_recent (self);
      return;
    }
  if (self->view == VIEWER_LISTS_CONDITION)
    self->groups = viewer_lists_page_condition_groups (self, &error);
  else if (self->model != NULL)
    self->groups = viewer_lists_model_groups (self->model, self->view,
                                              viewer_lists_page_shown_time (self), &error);
  if (self->groups == NULL)
    {
      show_problem (self, error != NULL ? error : self->problem);
      show_warning (self);
      return;
    }
  fill_groups (self);
  if (self->groups->len > 0)
    select_group (self, first_group (self));
  else
    {
      show_nobody (self);
      show_warning (self);
    }
}

static void
set_time (ViewerListsPage *self, char *at) /* (transfer full) */
{
  char **place = has_hour (self) ? &self->ward_at : &self->visit_day;

  g_free (*place);
  *place = at;
  fill (self);
}

gboolean
viewer_lists_page_set_time (ViewerListsPage *self, const char *text)
{
  const char *base = viewer_lists_page_shown_time (self);
  g_autofree char *at = NULL;

  if (base == NULL)
    return FALSE;
  at = viewer_lists_parse_time (text, base, has_hour (self));
  /* The day of the data ends with the data. */
  if (at != NULL && has_hour (self) && g_str_has_suffix (at, "T23:59") &&
      disc_date_same_day (at, viewer_lists_model_get_as_of (self->model)))
    {
      g_free (at);
      at = g_strdup (viewer_lists_model_get_as_of (self->model));
    }
  if (at == NULL || !is_within (self, at))
    {
      refuse (self, at);
      return FALSE;
    }
  set_time (self, g_steal_pointer (&at));
  return TRUE;
}

static void
entry_activated (GtkEntry *entry, ViewerListsPage *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (viewer_lists_page_set_time (self, text))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

gboolean
viewer_lists_page_has_time (ViewerListsPage *self)
{
  return viewer_lists_page_shown_time (self) != NULL;
}

gboolean
viewer_lists_page_shift (ViewerListsPage *self, int direction)
{
  const char *base = viewer_lists_page_shown_time (self);
  g_autofree char *at = base != NULL ? viewer_lists_shift_day (base, direction) : NULL;

  if (at == NULL)
    return FALSE;
  /* Back to the day of the data: to its last minute. */
  if (has_hour (self) && !is_within (self, at) &&
      disc_date_same_day (at, viewer_lists_model_get_as_of (self->model)))
    {
      g_free (at);
      at = g_strdup (viewer_lists_model_get_as_of (self->model));
    }
  if (is_within (self, at))
    set_time (self, g_steal_pointer (&at));
  else
    refuse (self, at);
  return TRUE;
}

void
viewer_lists_page_edit_time (ViewerListsPage *self)
{
  if (viewer_lists_page_shown_time (self) == NULL)
    return;
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/* Back from a chart: on the row one came from. */
void
viewer_lists_page_select_patient (ViewerListsPage *self, guint32 pno)
{
  for (guint i = 0; pno != 0 && i < viewer_table_n_rows (self->list); i++)
    {
      const ViewerListsEntry *entry = viewer_row_get_data (viewer_table_get_row (self->list, i));

      if (entry->pno != pno)
        continue;
      viewer_table_select (self->list, i);
      viewer_table_scroll_to (self->list, i);
      return;
    }
}

void
viewer_lists_page_show (ViewerListsPage *self, ViewerListsView view, const GArray *recent,
                        const char *now)
{
  char *copy = g_strdup (now);
  guint32 pno = view == self->view ? viewer_lists_page_get_selected (self) : 0;

  g_free (self->now);
  self->now = copy;
  self->is_in_list = self->is_in_list && view == self->view;
  self->view = view;
  g_array_set_size (self->recent, 0);
  g_array_append_vals (self->recent, recent->data, recent->len);
  fill (self);
  viewer_lists_page_select_patient (self, pno);
}

static void
patients_loaded (ViewerListsPage *self)
{
  if (self->result == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->view == VIEWER_LISTS_CONDITION)
    viewer_lists_page_show_found (self);
  else
    fill (self);
}

void
viewer_lists_page_set_disc (ViewerListsPage *self, ViewerDisc *disc)
{
  forget_groups (self);
  viewer_lists_page_forget_result (self);
  viewer_lists_page_forget_found (self);
  g_clear_pointer (&self->model, viewer_lists_model_free);
  g_clear_error (&self->problem);
  g_clear_pointer (&self->ward_at, g_free);
  g_clear_pointer (&self->visit_day, g_free);
  for (guint i = 0; i < VIEWER_N_LISTS; i++)
    self->has_group[i] = FALSE;
  if (self->disc != NULL)
    g_clear_signal_handler (&self->loaded_handler, self->disc);
  g_set_object (&self->disc, disc);
  if (disc != NULL)
    self->loaded_handler = g_signal_connect_swapped (disc, "notify::patients-loaded",
                                                     G_CALLBACK (patients_loaded), self);
}

gboolean
viewer_lists_page_select_group (ViewerListsPage *self, const char *text)
{
  for (guint i = 0; self->groups != NULL && i < self->groups->len; i++)
    {
      g_autofree char *shown =
          viewer_lists_group_text (g_ptr_array_index (self->groups, i), self->view, self->now);

      if (g_strcmp0 (shown, text) != 0)
        continue;
      viewer_table_select (self->group_table, i);
      return TRUE;
    }
  return FALSE;
}

static const ViewerListsEntry *
selected_entry (ViewerListsPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->list);

  return row != NULL ? viewer_row_get_data (row) : NULL;
}

guint32
viewer_lists_page_get_selected (ViewerListsPage *self)
{
  const ViewerListsEntry *entry = selected_entry (self);

  return entry != NULL ? entry->pno : 0;
}

gint64
viewer_lists_page_selected_rid (ViewerListsPage *self)
{
  const ViewerListsEntry *entry = selected_entry (self);

  return entry != NULL ? entry->rid : 0;
}

/* ---- the widget ----------------------------------------------------------------------------- */

static void
viewer_lists_page_dispose (GObject *object)
{
  ViewerListsPage *self = VIEWER_LISTS_PAGE (object);
  GtkWidget *child;

  viewer_lists_page_forget_found (self);
  if (self->disc != NULL)
    g_clear_signal_handler (&self->loaded_handler, self->disc);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->result, viewer_lists_result_free);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->model, viewer_lists_model_free);
  g_clear_object (&self->disc);
  G_OBJECT_CLASS (viewer_lists_page_parent_class)->dispose (object);
}

static void
viewer_lists_page_finalize (GObject *object)
{
  ViewerListsPage *self = VIEWER_LISTS_PAGE (object);

  g_clear_error (&self->problem);
  g_rc_box_release (self->n_running);
  g_array_unref (self->recent);
  g_free (self->now);
  g_free (self->ward_at);
  g_free (self->visit_day);
  G_OBJECT_CLASS (viewer_lists_page_parent_class)->finalize (object);
}

static gboolean
viewer_lists_page_grab_focus (GtkWidget *widget)
{
  ViewerListsPage *self = VIEWER_LISTS_PAGE (widget);

  if (!self->is_in_list && self->view == VIEWER_LISTS_CONDITION)
    return gtk_widget_grab_focus (self->condition);
  if (!self->is_in_list && gtk_widget_get_visible (self->groups_card) &&
      viewer_table_n_rows (self->group_table) > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->group_table));
  if (viewer_table_n_rows (self->list) > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->list));
  if (gtk_widget_get_visible (self->groups_card) && viewer_table_n_rows (self->group_table) > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->group_table));
  return GTK_WIDGET_CLASS (viewer_lists_page_parent_class)->grab_focus (widget);
}

static void
viewer_lists_page_class_init (ViewerListsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_lists_page_dispose;
  object_class->finalize = viewer_lists_page_finalize;
  widget_class->grab_focus = viewer_lists_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
viewer_lists_page_set_compact (ViewerListsPage *self, gboolean is_compact)
{
  if (self->is_compact == is_compact)
    return;
  self->is_compact = is_compact;
  viewer_cohort_bar_set_compact (VIEWER_COHORT_BAR (self->condition), is_compact);
  viewer_lists_chips_set_compact (self->chips, is_compact);
  viewer_lists_page_set_columns (self);
  if (self->result != NULL || self->view == VIEWER_LISTS_CONDITION)
    fill (self);
}

static void
follow_focus (ViewerListsPage *self, ViewerTable *table, GCallback entered)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", entered, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (table), focus);
}

static void
viewer_lists_page_init (ViewerListsPage *self)
{
  self->recent = g_array_new (FALSE, FALSE, sizeof (guint32));
  viewer_lists_page_build (self);
  viewer_lists_page_init_condition (self);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated), self, 0);
  follow_focus (self, self->group_table, G_CALLBACK (group_entered));
  follow_focus (self, self->list, G_CALLBACK (list_entered));
  g_signal_connect_object (self->group_table, "changed", G_CALLBACK (group_changed), self, 0);
  g_signal_connect_object (self->group_table, "activated", G_CALLBACK (group_activated), self, 0);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (row_changed), self, 0);
  g_signal_connect_object (self->list, "activated", G_CALLBACK (row_activated), self, 0);
}
