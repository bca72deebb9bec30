/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-timeline-page.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-chart-entries.h"
#include "viewer-injection-page.h"
#include "viewer-lab-sheet-model.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-timeline-strip.h"

/* Views: everything that stands, then the groups people ask for, then what was cancelled too. */
enum
{
  VIEW_ALL,
  VIEW_STAYS,
  VIEW_MEDICATION,
  VIEW_LABS,
  VIEW_EXAMS,
  VIEW_NOTES,
  VIEW_WITH_CANCELLED,
};

struct _ViewerTimelinePage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  ViewerTimelineStrip *strip;
  ViewerTable *table;
  GArray *entries;
  ViewerTimelineModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerTimelinePage, viewer_timeline_page, VIEWER_TYPE_PAGE)

/* A record of giving that stands, or that says it was not given; a cancelled one is only cancelled.
 */
static gboolean
is_administration (const ViewerTimelineEvent *event)
{
  ViewerGivenOutcome outcome;

  if (event->entry->record->kind != DISC_KIND_ADMINISTRATION || event->item == NULL)
    return FALSE;
  outcome = viewer_given_outcome_of (event->item);
  return event->is_live || outcome == VIEWER_GIVEN_NOT || outcome == VIEWER_GIVEN_REFUSED;
}

static gboolean
is_in_view (const ViewerTimelineEvent *event, guint view)
{
  /* What was stopped, and what was refused, is part of the story: only what was cancelled waits for
   * its view. */
  gboolean is_shown = event->is_live || event->entry->record->status == DISC_STATUS_STOPPED ||
                      is_administration (event);

  switch (view)
    {
    case VIEW_STAYS:
      return is_shown && event->group == VIEWER_TIMELINE_STAYS;
    case VIEW_MEDICATION:
      return is_shown && (event->group == VIEWER_TIMELINE_MEDICATION ||
                          event->group == VIEWER_TIMELINE_INJECTIONS);
    case VIEW_LABS:
      return is_shown &&
             (event->group == VIEWER_TIMELINE_LABS || event->group == VIEWER_TIMELINE_MICROBIOLOGY);
    case VIEW_EXAMS:
      return is_shown && event->group == VIEWER_TIMELINE_EXAMS;
    case VIEW_NOTES:
      return is_shown && event->group == VIEWER_TIMELINE_NOTES;
    case VIEW_WITH_CANCELLED:
      return TRUE;
    case VIEW_ALL:
    default:
      return is_shown;
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

static void
add_what (ViewerRow *row, const ViewerTimelineEvent *event)
{
  ViewerLabFlag flag = viewer_lab_flag_of (event->flag);
  const char *title = event->title != NULL ? event->title : _ ("Content not said");
  g_autofree char *text = NULL;

  if (event->is_confidential)
    viewer_row_add (row, 2, "chip dashed", _ ("Confidential"));
  if (event->is_suspected)
    viewer_row_add (row, 2, "mark", C_ ("mark", "susp"));
  if (event->group == VIEWER_TIMELINE_LABS && flag != VIEWER_LAB_FLAG_NONE && event->is_live)
    {
      gboolean is_high = flag == VIEWER_LAB_FLAG_HIGH;
      gboolean is_low = flag == VIEWER_LAB_FLAG_LOW;

      text = g_strdup_printf ("%s%s %s",
                              is_high  ? "▲"
                              : is_low ? "▼"
                                       : event->flag,
                              is_high || is_low ? "" : " ", title);
      if (event->detail != NULL)
        {
          g_autofree char *name = g_steal_pointer (&text);

          text = g_strdup_printf ("%s %s", name, event->detail);
        }
      viewer_row_add (row, 2,
                      is_high                         ? "high"
                      : is_low                        ? "low"
                      : flag == VIEWER_LAB_FLAG_OTHER ? "strong"
                                                      : "crit-block",
                      text);
    }
  else
    {
      gboolean is_struck = !event->is_live && !is_administration (event);
      gboolean is_drug =
          event->group == VIEWER_TIMELINE_MEDICATION || event->group == VIEWER_TIMELINE_INJECTIONS;

      viewer_row_add (
          row, 2, is_drug ? (is_struck ? "drug struck" : "drug") : (is_struck ? "struck" : NULL),
          title);
      viewer_row_add (row, 2, is_struck ? "struck" : "ink2", event->detail);
    }
  if (event->n_more > 0)
    {
      g_autofree char *more =
          g_strdup_printf (ngettext ("%u more", "%u more", event->n_more), event->n_more);

      viewer_row_add (row, 2, "ink3", more);
    }
}

/* Of what was given, in the words of the page of injections: refused is not cancelled. */
static void
add_outcome (ViewerRow *row, const ViewerTimelineEvent *event)
{
  ViewerGivenOutcome outcome = viewer_given_outcome_of (event->item);
  gboolean is_refusal = outcome == VIEWER_GIVEN_NOT || outcome == VIEWER_GIVEN_REFUSED;

  viewer_row_add (row, 4, is_refusal ? "crit-block" : "strong",
                  viewer_injection_outcome_mark (outcome));
  viewer_row_add (row, 4, "small", viewer_injection_outcome_text (outcome));
}

static ViewerRow *
event_row (const ViewerTimelineEvent *event, const char *now)
{
  ViewerRow *row = viewer_row_new (event->entry->message->rid);
  const DiscMessageFlags shown = event->entry->message->flags & ~DISC_MESSAGE_NOT_UNDERSTOOD;
  g_autoptr (GPtrArray) flags = viewer_text_flags (shown);
  g_autofree char *time = viewer_text_time_of_day (event->at, now);
  g_autofree char *department = viewer_text_department (event->department);
  const char *who[] = { department, event->doctor };
  g_autofree char *by = viewer_values_join (who, G_N_ELEMENTS (who), "　");

  viewer_row_add (row, 0, NULL, time[0] != '\0' ? time : "—");
  viewer_row_add (row, 1, "chip", viewer_text_kind (event->entry->record->kind));
  add_what (row, event);
  viewer_row_add (row, 3, "ink2 small", by);
  if (is_administration (event))
    add_outcome (row, event);
  else
    viewer_row_add (row, 4, "chip dashed", viewer_text_status_of (event->entry->record));
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, 4, "chip warn", g_ptr_array_index (flags, i));
  viewer_row_set_data (row, event);
  return row;
}

static void
fill (ViewerTimelinePage *self)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  guint view = viewer_page_get_view (VIEWER_PAGE (self));
  const char *as_of = viewer_chart_get_info (chart)->as_of;
  const char *now = viewer_chart_get_now (chart);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const ViewerTimelineEvent *before = NULL;

  for (guint i = 0; i < viewer_timeline_model_n (self->model); i++)
    {
      const ViewerTimelineEvent *event = viewer_timeline_model_get (self->model, i);
      ViewerRow *row;

      if (!is_in_view (event, view))
        continue;
      row = event_row (event, now);
      if (before == NULL || !disc_date_same_day (before->at, event->at))
        {
          g_autofree char *day = event->at != NULL ? viewer_text_day_in_japan (event->at, now)
                                                   : g_strdup (_ ("Time unknown"));
          gboolean is_after = event->at != NULL && disc_date_compare (event->at, as_of) > 0;
          g_autofree char *heading =
              is_after ? g_strdup_printf (_ ("%s  planned after the disc"), day) : g_strdup (day);

          viewer_row_set_heading (row, heading);
        }
      g_ptr_array_add (rows, row);
      before = event;
    }
  viewer_table_set_rows (self->table, rows);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
selected (ViewerTable *table, ViewerTimelinePage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->table);
  const ViewerTimelineEvent *event = row != NULL ? viewer_row_get_data (row) : NULL;

  viewer_timeline_strip_set_cursor (self->strip, event != NULL ? event->at : NULL);
  viewer_page_changed (VIEWER_PAGE (self));
}

/* Enter: to the page that shows this kind. */
static void
activated (ViewerTable *table, ViewerTimelinePage *self)
{
  static const char *const keys[VIEWER_N_TIMELINE_GROUPS] = {
    [VIEWER_TIMELINE_PROBLEMS] = "F3",     [VIEWER_TIMELINE_MEDICATION] = "F5",
    [VIEWER_TIMELINE_INJECTIONS] = "F6",   [VIEWER_TIMELINE_LABS] = "F7",
    [VIEWER_TIMELINE_MICROBIOLOGY] = "F8", [VIEWER_TIMELINE_EXAMS] = "F10",
  };
  ViewerRow *row = viewer_table_get_selected (self->table);
  const ViewerTimelineEvent *event = row != NULL ? viewer_row_get_data (row) : NULL;

  if (event != NULL && keys[event->group] != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.section", "s", keys[event->group]);
}

static void
forget (ViewerTimelinePage *self)
{
  viewer_timeline_strip_set_model (self->strip, NULL, NULL, NULL, NULL);
  viewer_table_set_rows (self->table, g_ptr_array_new ());
  g_clear_pointer (&self->model, viewer_timeline_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_timeline_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerTimelinePage *self = VIEWER_TIMELINE_PAGE (page);
  const DiscInfo *info;
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;
  g_autofree char *summary = NULL;

  forget (self);
  if (!viewer_state_stack_update (self->stack, chart, VIEWER_SECTION_TIMELINE,
                                  _ ("Nothing that has a time is on this disc."),
                                  _ ("The disc holds nothing with a time for this person.\n"
                                     "This does not mean that nothing was done.")))
    return;
  info = viewer_chart_get_info (chart);
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_timeline_model_new (self->entries);
  viewer_timeline_strip_set_model (self->strip, self->model, info->window_from, info->as_of,
                                   viewer_chart_get_now (chart));
  from = viewer_text_short_day (info->window_from, NULL);
  until = viewer_text_short_day (info->as_of, NULL);
  summary = g_strdup_printf ("%s〜%s", from, until);
  viewer_page_set_summary (page, summary);
  fill (self);
}

static void
viewer_timeline_page_view_changed (ViewerPage *page, guint view)
{
  ViewerTimelinePage *self = VIEWER_TIMELINE_PAGE (page);

  if (self->model != NULL)
    fill (self);
}

static gint64
viewer_timeline_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_TIMELINE_PAGE (page)->table);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_timeline_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nEnter\t%s\nF11\t%s\nSpace\t%s\n", _ ("row"), _ ("to its page"),
                          _ ("kinds"), _ ("source"));
}

static void
viewer_timeline_page_dispose (GObject *object)
{
  ViewerTimelinePage *self = VIEWER_TIMELINE_PAGE (object);

  if (self->strip != NULL)
    viewer_timeline_strip_set_model (self->strip, NULL, NULL, NULL, NULL);
  self->strip = NULL;
  G_OBJECT_CLASS (viewer_timeline_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_timeline_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_timeline_page_class_init (ViewerTimelinePageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_timeline_page_dispose;
  page_class->set_chart = viewer_timeline_page_set_chart;
  page_class->view_changed = viewer_timeline_page_view_changed;
  page_class->selected_rid = viewer_timeline_page_selected_rid;
  page_class->key_hints = viewer_timeline_page_key_hints;
}

static void
viewer_timeline_page_init (ViewerTimelinePage *self)
{
  const ViewerTableColumn columns[] = {
    { .width = 64 },  { .width = 128 }, { .width = 380, .expands = TRUE },
    { .width = 190 }, { .width = 170 },
  };
  const char *const views[] = {
    _ ("All"),   _ ("Stays and moves"), _ ("Drugs"), _ ("Laboratory"), _ ("Imaging and physiology"),
    _ ("Notes"), _ ("With cancelled"),  NULL,
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->strip = VIEWER_TIMELINE_STRIP (viewer_timeline_strip_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->strip), "card");
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->strip));
  self->table = VIEWER_TABLE (viewer_table_new (_ ("Time line")));
  viewer_table_set_columns (self->table, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->table), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  g_signal_connect_object (self->table, "changed", G_CALLBACK (selected), self, 0);
  g_signal_connect_object (self->table, "activated", G_CALLBACK (activated), self, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->table));
  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
  viewer_page_set_views (VIEWER_PAGE (self), views);
}
