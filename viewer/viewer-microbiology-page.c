/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-microbiology-page.h"

#include <glib/gi18n.h>

#include "viewer-chart-entries.h"
#include "viewer-detail.h"
#include "viewer-microbiology-model.h"
#include "viewer-state.h"
#include "viewer-table.h"
#include "viewer-text.h"

/* More isolates than these of one specimen are listed below the table, never left out. */
#define MAX_COLUMNS 8

struct _ViewerMicrobiologyPage
{
  ViewerPage parent_instance;

  GtkWidget *stack;
  ViewerTable *specimens;
  ViewerDetail *head;
  ViewerTable *drugs;
  GArray *entries;
  ViewerMicrobiologyModel *model;
};

G_DEFINE_FINAL_TYPE (ViewerMicrobiologyPage, viewer_microbiology_page, VIEWER_TYPE_PAGE)

static const char *
state_text (ViewerSpecimenState state)
{
  switch (state)
    {
    case VIEWER_SPECIMEN_PRELIMINARY:
      return _ ("Preliminary, not final");
    case VIEWER_SPECIMEN_CORRECTED:
      return _ ("Final, corrected");
    case VIEWER_SPECIMEN_NO_RESULT:
      return _ ("Awaiting result");
    case VIEWER_SPECIMEN_CANCELLED:
      return _ ("Cancelled or no result obtainable");
    case VIEWER_SPECIMEN_FINAL:
    default:
      return _ ("Final");
    }
}

static const char *
state_css (ViewerSpecimenState state)
{
  return state == VIEWER_SPECIMEN_FINAL ? "ink2 small" : "chip dashed";
}

static const char *
specimen_name (const ViewerSpecimen *specimen)
{
  return specimen->specimen != NULL ? specimen->specimen : _ ("Specimen not said");
}

static char *
short_time (ViewerMicrobiologyPage *self, const char *at)
{
  ViewerChart *chart = viewer_page_get_chart (VIEWER_PAGE (self));

  return at != NULL ? viewer_text_short (at, viewer_chart_get_now (chart)) : g_strdup ("—");
}

/* ---- specimens ------------------------------------------------------------------------------ */

static ViewerRow *
specimen_row (ViewerMicrobiologyPage *self, const ViewerSpecimen *specimen)
{
  ViewerRow *row = viewer_row_new (specimen->entry->message->rid);
  g_autofree char *collected = short_time (self, specimen->collected_at);
  g_autofree char *reported = short_time (self, specimen->reported_at);
  g_autofree char *times = NULL;

  viewer_row_add (row, 0, "strong", specimen_name (specimen));
  viewer_row_add (row, 0, state_css (specimen->state), state_text (specimen->state));
  viewer_row_line (row, 0);
  if (specimen->state == VIEWER_SPECIMEN_NO_RESULT)
    times = g_strdup_printf (_ ("ordered %s, no result on the disc"), collected);
  else
    times = g_strdup_printf (_ ("collected %s  reported %s"), collected, reported);
  viewer_row_add (row, 0, "ink2 small", times);
  viewer_row_line (row, 0);
  for (guint i = 0; i < specimen->isolates->len; i++)
    {
      const ViewerIsolate *isolate = g_ptr_array_index (specimen->isolates, i);

      viewer_row_add (row, 0, "strong small",
                      isolate->organism[0] != '\0' ? isolate->organism : _ ("Organism not said"));
      viewer_row_add (row, 0, "small", isolate->amount);
    }
  for (guint i = 0; specimen->isolates->len == 0 && i < specimen->lines->len && i < 2; i++)
    {
      const ViewerSpecimenLine *line = g_ptr_array_index (specimen->lines, i);

      viewer_row_add (row, 0, "small", line->name);
      viewer_row_add (row, 0, "small", line->value);
    }
  viewer_row_set_data (row, specimen);
  return row;
}

static void
fill_specimens (ViewerMicrobiologyPage *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < viewer_microbiology_model_n (self->model); i++)
    g_ptr_array_add (rows, specimen_row (self, viewer_microbiology_model_get (self->model, i)));
  viewer_table_set_rows (self->specimens, rows);
}

/* ---- organism x drug ------------------------------------------------------------------------ */

typedef struct
{
  const ViewerIsolate *isolate;
  const ViewerSpecimen *specimen;
  gboolean is_previous; /* of an earlier specimen, for comparison */
} Column;

/* Each isolate, and behind it the same organism of the specimen before. */
static GArray *
choose_columns (ViewerMicrobiologyPage *self, const ViewerSpecimen *specimen)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  for (guint i = 0; i < specimen->isolates->len; i++)
    {
      Column column = { g_ptr_array_index (specimen->isolates, i), specimen, FALSE };
      const ViewerSpecimen *where = NULL;

      if (g_hash_table_size (column.isolate->by_drug) == 0 || columns->len >= MAX_COLUMNS)
        continue;
      g_array_append_val (columns, column);
      column.isolate = viewer_microbiology_model_previous (self->model, specimen,
                                                           column.isolate->organism, &where);
      column.specimen = where;
      column.is_previous = TRUE;
      if (column.isolate != NULL)
        g_array_append_val (columns, column);
    }
  return columns;
}

static void
set_drug_columns (ViewerMicrobiologyPage *self, const GArray *columns)
{
  g_autofree ViewerTableColumn *shown = g_new0 (ViewerTableColumn, columns->len + 1);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  shown[0] = (ViewerTableColumn){ .title = _ ("Drug (values as stored)"), .width = 180 };
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);
      g_autofree char *at = short_time (self, column->specimen->collected_at);
      char *title = g_strdup_printf ("%s %s\n%s %s  %s", column->isolate->organism,
                                     column->isolate->amount != NULL ? column->isolate->amount : "",
                                     at, specimen_name (column->specimen),
                                     column->is_previous ? _ ("before (for reference)")
                                                         : state_text (column->specimen->state));

      g_ptr_array_add (titles, title);
      shown[i + 1] =
          (ViewerTableColumn){ .title = title, .width = 150, .expands = TRUE, .css = "day" };
    }
  viewer_table_set_columns (self->drugs, shown, columns->len + 1);
}

/* S plain, I framed, R inverted: the judgement of the laboratory, never ours. */
static void
add_susceptibility (ViewerRow *row, guint column, const ViewerSusceptibility *cell)
{
  g_autofree char *value = NULL;

  if (cell == NULL)
    {
      viewer_row_add (row, column, "ink3", "・");
      return;
    }
  if (g_strcmp0 (cell->result, "R") == 0)
    viewer_row_add (row, column, "crit-block", cell->result);
  else if (g_strcmp0 (cell->result, "I") == 0)
    viewer_row_add (row, column, "chip warn", cell->result);
  else
    viewer_row_add (row, column, "ink2", cell->result != NULL ? cell->result : "—");
  value = g_strdup_printf ("%s %s", cell->value != NULL ? cell->value : "",
                           cell->unit != NULL ? cell->unit : "");
  viewer_row_add (row, column, cell->is_preliminary ? "preliminary" : NULL, g_strstrip (value));
  if (cell->is_preliminary)
    viewer_row_add (row, column, "mark", C_ ("mark", "pre"));
  if (cell->is_corrected)
    viewer_row_add (row, column, "mark", C_ ("mark", "corr"));
}

static void
fill_drugs (ViewerMicrobiologyPage *self, const ViewerSpecimen *specimen)
{
  g_autoptr (GArray) columns = choose_columns (self, specimen);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  set_drug_columns (self, columns);
  for (guint d = 0; d < specimen->drugs->len; d++)
    {
      const char *drug = g_ptr_array_index (specimen->drugs, d);
      ViewerRow *row = NULL;

      for (guint c = 0; c < columns->len; c++)
        {
          const Column *column = &g_array_index (columns, Column, c);
          const ViewerSusceptibility *cell = g_hash_table_lookup (column->isolate->by_drug, drug);

          if (row == NULL)
            {
              row = viewer_row_new (cell != NULL ? cell->entry->message->rid
                                                 : specimen->entry->message->rid);
              viewer_row_add (row, 0, NULL, drug);
            }
          add_susceptibility (row, c + 1, cell);
        }
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->drugs), rows->len > 0);
  viewer_table_set_rows (self->drugs, rows);
}

/* ---- head ----------------------------------------------------------------------------------- */

static void
fill_head (ViewerMicrobiologyPage *self, const ViewerSpecimen *specimen)
{
  g_autofree char *collected = short_time (self, specimen->collected_at);
  g_autofree char *reported = short_time (self, specimen->reported_at);
  g_autoptr (GPtrArray) flags = viewer_text_flags (specimen->entry->message->flags);

  viewer_detail_set_title (self->head, specimen_name (specimen));
  viewer_detail_add_chip (self->head, state_css (specimen->state), state_text (specimen->state));
  for (guint i = 0; i < flags->len; i++)
    viewer_detail_add_chip (self->head, "chip warn", g_ptr_array_index (flags, i));
  viewer_detail_add (self->head, _ ("Collected"), NULL, collected);
  viewer_detail_add (self->head, _ ("Reported"), NULL, reported);
  viewer_detail_add (self->head, _ ("Order"), NULL, specimen->order_no);
  viewer_detail_add (self->head, _ ("Infection risk"), "crit-text",
                     disc_record_value (specimen->entry->record, DISC_FIELD_INFECTION_RISK));
  for (guint i = 0; i < specimen->lines->len; i++)
    {
      const ViewerSpecimenLine *line = g_ptr_array_index (specimen->lines, i);

      viewer_detail_add (self->head, line->name != NULL ? line->name : "",
                         line->is_preliminary ? "preliminary" : NULL,
                         line->value != NULL                            ? line->value
                         : specimen->state == VIEWER_SPECIMEN_NO_RESULT ? _ ("Awaiting result")
                                                                        : _ ("No value"));
    }
  for (guint i = 0; i < specimen->isolates->len; i++)
    {
      const ViewerIsolate *isolate = g_ptr_array_index (specimen->isolates, i);
      const char *parts[] = { isolate->organism, isolate->amount };
      g_autofree char *text = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");

      viewer_detail_add (self->head, _ ("Organism"), "strong", text);
    }
  viewer_detail_add (self->head, _ ("Comment"), "strong", specimen->comment);
  viewer_detail_finish (self->head);
}

static void
selected (ViewerTable *table, ViewerMicrobiologyPage *self)
{
  ViewerRow *row = viewer_table_get_selected (self->specimens);
  const ViewerSpecimen *specimen = row != NULL ? viewer_row_get_data (row) : NULL;

  viewer_detail_clear (self->head);
  viewer_page_changed (VIEWER_PAGE (self));
  gtk_widget_set_visible (GTK_WIDGET (self->drugs), FALSE);
  if (specimen == NULL)
    return;
  fill_head (self, specimen);
  fill_drugs (self, specimen);
}

/* ---- the page ------------------------------------------------------------------------------- */

static void
forget (ViewerMicrobiologyPage *self)
{
  viewer_table_set_rows (self->specimens, g_ptr_array_new ());
  viewer_table_set_rows (self->drugs, g_ptr_array_new ());
  viewer_detail_clear (self->head);
  g_clear_pointer (&self->model, viewer_microbiology_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_microbiology_page_set_chart (ViewerPage *page, ViewerChart *chart)
{
  ViewerMicrobiologyPage *self = VIEWER_MICROBIOLOGY_PAGE (page);

  forget (self);
  if (!viewer_state_stack_update (
          self->stack, chart, VIEWER_SECTION_MICROBIOLOGY,
          _ ("No microbiology of anybody is on this disc. Ask the laboratory for paper."),
          _ ("The disc holds no microbiology for this person.\n"
             "This does not mean that nothing was examined.")))
    return;
  self->entries = viewer_chart_entries (chart);
  self->model = viewer_microbiology_model_new (self->entries);
  fill_specimens (self);
}

static gint64
viewer_microbiology_page_selected_rid (ViewerPage *page)
{
  ViewerMicrobiologyPage *self = VIEWER_MICROBIOLOGY_PAGE (page);
  gboolean in_drugs = gtk_widget_get_focus_child (GTK_WIDGET (self->drugs)) != NULL;
  ViewerRow *row = viewer_table_get_selected (in_drugs ? self->drugs : self->specimens);

  return row != NULL ? viewer_row_get_rid (row) : 0;
}

static char *
viewer_microbiology_page_key_hints (ViewerPage *page)
{
  return g_strdup_printf ("↑↓\t%s\nTab\t%s\nSpace\t%s\n", _ ("specimen"), _ ("table"),
                          _ ("source"));
}

static char *
viewer_microbiology_page_legend (ViewerPage *page)
{
  return g_strdup (_ ("R resistant  I intermediate  S susceptible  ・ not examined  judged by the "
                      "laboratory; — not judged"));
}

static void
viewer_microbiology_page_dispose (GObject *object)
{
  ViewerMicrobiologyPage *self = VIEWER_MICROBIOLOGY_PAGE (object);

  G_OBJECT_CLASS (viewer_microbiology_page_parent_class)->dispose (object);
  g_clear_pointer (&self->model, viewer_microbiology_model_free);
  g_clear_pointer (&self->entries, g_array_unref);
}

static void
viewer_microbiology_page_class_init (ViewerMicrobiologyPageClass *klass)
{
  ViewerPageClass *page_class = VIEWER_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_microbiology_page_dispose;
  page_class->set_chart = viewer_microbiology_page_set_chart;
  page_class->selected_rid = viewer_microbiology_page_selected_rid;
  page_class->key_hints = viewer_microbiology_page_key_hints;
  page_class->legend = viewer_microbiology_page_legend;
}

static void
viewer_microbiology_page_init (ViewerMicrobiologyPage *self)
{
  const ViewerTableColumn list[] = { { .width = 300, .expands = TRUE } };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->specimens = VIEWER_TABLE (viewer_table_new (_ ("Specimens")));
  viewer_table_set_columns (self->specimens, list, G_N_ELEMENTS (list));
  gtk_widget_add_css_class (GTK_WIDGET (self->specimens), "card");
  gtk_widget_set_size_request (GTK_WIDGET (self->specimens), 330, -1);
  g_signal_connect_object (self->specimens, "changed", G_CALLBACK (selected), self, 0);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->specimens));

  self->head = VIEWER_DETAIL (viewer_detail_new (2));
  gtk_widget_set_size_request (GTK_WIDGET (self->head), -1, 170);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->head));
  self->drugs = VIEWER_TABLE (viewer_table_new (_ ("Organism and drug")));
  gtk_widget_add_css_class (GTK_WIDGET (self->drugs), "card");
  gtk_widget_set_vexpand (GTK_WIDGET (self->drugs), TRUE);
  g_signal_connect_object (self->drugs, "changed", G_CALLBACK (viewer_page_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (right), GTK_WIDGET (self->drugs));
  gtk_widget_set_hexpand (right, TRUE);
  gtk_box_append (GTK_BOX (content), right);

  self->stack = viewer_state_stack_new (content);
  viewer_page_set_content (VIEWER_PAGE (self), self->stack);
}
