/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-exam-page.h"

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-detail.h"
#include "viewer-exam-model.h"
#include "viewer-picture-model.h"
#include "viewer-pictures.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

struct _ViewerExamPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  ViewerTable *list;
  ViewerDetail *detail;
  ViewerPictures *pictures;
  GArray *entries;
  ViewerExamModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerExamPage, viewer_exam_page, VIEWER_TYPE_PAGE)

static const char *
state_text (const ViewerExam *exam)
{
  if (exam->is_preliminary)
    return _ ("Preliminary, not final");
  switch (exam->state)
    {
    case VIEWER_EXAM_AWAITING:
      return _ ("Awaiting result");
    case VIEWER_EXAM_PERFORMED:
      return _ ("Performed, no report");
    case VIEWER_EXAM_REPORTED:
      return exam->is_corrected ? _ ("Reported, corrected") : _ ("Reported");
    case VIEWER_EXAM_CANCELLED:
    default:
      return viewer_text_status (exam->order->record->status);
    }
}

static char *
department_of (const ViewerExam *exam)
{
  const ViewerEntry *entry = exam->order != NULL ? exam->order : viewer_exam_entry (exam);

  return viewer_text_department (disc_record_value (entry->record, DISC_FIELD_DEPARTMENT));
}

/* ---- list ----------------------------------------------------------------------------------- */

static ViewerRow *
exam_row (ViewerExamPage *self, const ViewerExam *exam)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const ViewerEntry *entry = viewer_exam_entry (exam);
  ViewerRow *row = viewer_row_new (entry->message->rid);
  g_autoptr (GPtrArray) flags = viewer_text_flags (entry->message->flags);
  g_autofree char *at =
      exam->at != NULL ? viewer_text_short (exam->at, viewer_chart_get_now (chart)) : NULL;
  g_autofree char *department = department_of (exam);
  gboolean is_dead = exam->state == VIEWER_EXAM_CANCELLED;

  viewer_row_add (row, 0, "ink2", at != NULL ? at : "—");
  viewer_row_add (row, 1, is_dead ? "struck" : "strong",
                  exam->title != NULL ? exam->title : _ ("Examination not said"));
  if (exam->infection_risk != NULL)
    {
      g_autofree char *risk = g_strdup_printf (_ ("Infection %s"), exam->infection_risk);

      viewer_row_add (row, 1, "chip crit", risk);
    }
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, 1, "chip warn", g_ptr_array_index (flags, i));
  viewer_row_line (row, 1);
  viewer_row_add (row, 1,
                  exam->state == VIEWER_EXAM_REPORTED && !exam->is_preliminary ? "ink2 small"
                                                                               : "chip dashed",
                  state_text (exam));
  viewer_row_add (row, 1, "ink2 small", department);
  viewer_row_set_data (row, exam);
  return row;
}

static void
fill (ViewerExamPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  int group = -1;

  for (guint i = 0; i < viewer_exam_model_n (self->model); i++)
    {
      const ViewerExam *exam = viewer_exam_model_get (self->model, i);
      ViewerRow *row = exam_row (self, exam);
      int own = exam->state == VIEWER_EXAM_AWAITING ? 0 : 1;
      g_autofree char *heading = NULL;

      if (own != group)
        {
          heading =
              own == 0
                  ? g_strdup_printf (_ ("Ordered, no result on the disc  %u"),
                                     viewer_exam_model_n_in (self->model, VIEWER_EXAM_AWAITING))
                  : g_strdup (_ ("Performed and reported"));
          viewer_row_set_heading (row, heading);
        }
      group = own;
      g_ptr_array_add (rows, row);
    }
  viewer_table_set_rows (self->list, rows);
}

/* ---- detail --------------------------------------------------------------------------------- */

/* One line of an order, a performance or a result: its name, value and whatever was said of it. */
static void
add_items (ViewerExamPage *self, const ViewerEntry *entry, const char *label)
{
  static const DiscField said[] = {
    DISC_FIELD_VALUE,   DISC_FIELD_UNIT,
    DISC_FIELD_FLAG,    DISC_FIELD_MATERIAL,
    DISC_FIELD_COMMENT, DISC_FIELD_MODALITY,
    DISC_FIELD_BY,      DISC_FIELD_SPECIMEN,
    DISC_FIELD_SITE,    DISC_FIELD_ITEM_NOT_UNDERSTOOD,
  };

  for (guint i = 0; i < entry->record->n_items; i++)
    {
      const DiscItem *item = &entry->record->items[i];
      g_autofree char *rest = viewer_item_join (item, said, G_N_ELEMENTS (said), "　");
      const char *parts[] = { viewer_item_name (item), rest };
      g_autofree char *text = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");

      viewer_detail_add (self->detail, label, NULL, text);
    }
}

static void
add_record (ViewerExamPage *self, const ViewerEntry *entry, const char *label)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));
  const DiscRecord *record = entry->record;
  const char *at = viewer_entry_at (entry);
  g_autofree char *time =
      at != NULL ? viewer_text_date_time (at, viewer_chart_get_now (chart)) : NULL;
  const char *status = viewer_text_status_of (record);
  const char *head[] = { time, disc_record_value (record, DISC_FIELD_AUTHOR), status };
  g_autofree char *line = viewer_values_join (head, G_N_ELEMENTS (head), "　");
  g_autofree char *text =
      viewer_values_of (record->values, record->n_values, DISC_FIELD_TEXT, "\n");
  g_autofree char *comment =
      viewer_values_of (record->values, record->n_values, DISC_FIELD_COMMENT, "\n");

  viewer_detail_add (self->detail, label, "strong", line);
  viewer_detail_add (self->detail, _ ("Text"), "strong", text);
  viewer_detail_add (self->detail, _ ("Comment"), NULL, comment);
  viewer_detail_add (self->detail, _ ("Clinical information"), NULL,
                     disc_record_value (record, DISC_FIELD_CLINICAL_INFO));
  viewer_detail_add (self->detail, _ ("Not interpreted"), "warn-text",
                     disc_record_value (record, DISC_FIELD_NOT_UNDERSTOOD));
  add_items (self, entry, "");
}

/* (nullable): the newest result that has some. */
static const ViewerEntry *
entry_with_pictures (const ViewerExam *exam)
{
  for (guint i = exam->results->len; i > 0; i--)
    if (viewer_picture_count (g_ptr_array_index (exam->results, i - 1)) > 0)
      return g_ptr_array_index (exam->results, i - 1);
  return NULL;
}

static void
show_detail (ViewerExamPage *self, const ViewerExam *exam)
{
  viewer_detail_set_title (self->detail,
                           exam->title != NULL ? exam->title : _ ("Examination not said"));
  viewer_detail_add_chip (self->detail, "chip dashed", state_text (exam));
  viewer_detail_add (self->detail, _ ("Infection risk"), "crit-text", exam->infection_risk);
  for (guint i = 0; i < exam->results->len; i++)
    add_record (self, g_ptr_array_index (exam->results, i), _ ("Reported"));
  for (guint i = 0; i < exam->performed->len; i++)
    add_record (self, g_ptr_array_index (exam->performed, i), _ ("Performed"));
  if (exam->order != NULL)
    add_record (self, exam->order, _ ("Ordered"));
  else
    viewer_detail_add (self->detail, _ ("Ordered"), NULL, _ ("the order is not on the disc"));
  viewer_detail_add (self->detail, _ ("Order"), "ink2", exam->order_no);
  viewer_detail_finish (self->detail);
  viewer_pictures_show (self->pictures, viewer_page_get_chart (VIEWER_PAGE (self)),
                        entry_with_pictures (exam));
}

static void
selected (ViewerTable *table, ViewerExamPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->list);
  const ViewerExam *exam = row != NULL ? viewer_row_get_data (row) : NULL;

  viewer_detail_clear (self->detail);
  viewer_pictures_show (self->pictures, NULL, NULL);
  if (exam != NULL && viewer_page_get_chart (VIEWER_PAGE (self)) != NULL)
    show_detail (self, exam);
  viewer_page_changed (VIEWER_PAGE (self));
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerExamPage *self)
{
  viewer_table_set_rows (self->list, g_ptr_array_new ());
  viewer_detail_clear (self->detail);
  viewer_pictures_show (self->pictures, NULL, NULL);
  g_clear_pointer (&self->model, viewer_exam_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_exam_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerExamPage *self = VIEWER_EXAM_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_IMAGING,
          _ ("No order and no report of anybody is on this disc. Ask the departments for paper."),
          _ ("The disc holds no order and no report for this person.\n"
             "This does not mean that nothing was examined.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_exam_model_new (self->entries);
  fill (self);
}

static gint64
viewer_exam_page_selected_rid (ViewerPage *page)
{
  ViewerRow *row = viewer_table_get_selected (VIEWER_EXAM_PAGE (page)->list);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_exam_page_key_hints (ViewerPage *page)
{
  ViewerExamPage *self = VIEWER_EXAM_PAGE (page);
  g_autofree char *pictures = viewer_pictures_key_hints (self->pictures);

  return g_strdup_printf ("↑↓\t%s\n%sSpace\t%s\n", _ ("examination"), pictures, _ ("source"));
}

static gboolean
viewer_exam_page_zoom (ViewerPage *page, int direction)
{
  return viewer_pictures_zoom (VIEWER_EXAM_PAGE (page)->pictures, direction);
}

/* The list keeps the arrows up and down. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state,
        gpointer user_data)
{
  ViewerExamPage *self = user_data;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      (key != GDK_KEY_Left && key != GDK_KEY_Right) || viewer_pictures_n (self->pictures) == 0)
    return FALSE;
  viewer_pictures_go (self->pictures, key == GDK_KEY_Right ? 1 : -1);
  return TRUE;
}

static char *
viewer_exam_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("Ordered is not performed; no result on the disc is not no result"));
}

static void
viewer_exam_page_dispose (GObject *object)
{
  ViewerExamPage *self = VIEWER_EXAM_PAGE (object);

  G_OBJECT_CLASS (viewer_exam_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_exam_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_exam_page_class_init (ViewerExamPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_exam_page_dispose;
  page_class->set_chart = viewer_exam_page_set_chart;
  page_class->selected_rid = viewer_exam_page_selected_rid;
  page_class->key_hints = viewer_exam_page_key_hints;
  page_class->legend = viewer_exam_page_legend;
  page_class->zoom = viewer_exam_page_zoom;
}

static void
viewer_exam_page_init (ViewerExamPage *self)
{
  const ViewerTableColumn columns[] = {
    { .title = _ ("Newest time"), .width = 104 },
    { .title = _ ("Examination"), .width = 300, .expands = TRUE },
  };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_box_set_homogeneous (GTK_BOX (content), TRUE);
  self->list = VIEWER_TABLE (viewer_table_new (_ ("Examinations")));
  viewer_table_set_columns (self->list, columns, G_N_ELEMENTS (columns));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "card");
  g_signal_connect_object (self->list, "changed", G_CALLBACK (selected), self, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->list));
  self->detail = VIEWER_DETAIL (viewer_detail_new (1));
  self->pictures = VIEWER_PICTURES (viewer_pictures_new ());
  viewer_detail_set_below (self->detail, GTK_WIDGET (self->pictures));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->detail));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
}
