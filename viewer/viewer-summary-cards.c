/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-summary-cards.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-lab-cell.h"
#include "viewer-text.h"

/* Characters of a note that its card shows; the note itself is one key away. */
#define NOTE_PREVIEW 64

static void
add_flags (ViewerRow *row, guint column, const ViewerEntry *entry)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (entry->message->flags);

  for (guint i = 0; i < flags->len; i++)
    {
      viewer_row_line (row, column);
      viewer_row_add (row, column, "chip warn", g_ptr_array_index (flags, i));
    }
}

/* ---- problems ------------------------------------------------------------------------------- */

const char *
viewer_problem_group_text (ViewerProblemGroup group)
{
  switch (group)
    {
    case VIEWER_PROBLEM_SUSPECTED:
      return _ ("Suspected (not confirmed)");
    case VIEWER_PROBLEM_CLOSED:
      return _ ("Closed, not said to be cured");
    case VIEWER_PROBLEM_CURED_OR_DIED:
      return _ ("Cured or died");
    case VIEWER_PROBLEM_CURRENT:
    default:
      return NULL;
    }
}

ViewerRow *
viewer_problem_row_new (const ViewerProblem *problem, const char *now)
{
  ViewerRow *row = viewer_row_new (problem->entry->message->rid);
  g_autofree char *start =
      problem->start != NULL ? viewer_text_short_day (problem->start, now) : NULL;
  g_autofree char *end = problem->end != NULL ? viewer_text_short_day (problem->end, now) : NULL;
  /* As the others of the list; whatever else it says is worth a line. */
  const char *outcome = g_strcmp0 (problem->outcome, "active") != 0 ? problem->outcome : NULL;

  if (problem->is_suspected)
    viewer_row_add (row, 0, "mark", C_ ("mark", "susp"));
  if (problem->is_main)
    viewer_row_add (row, 0, "chip accent", C_ ("diagnosis", "main"));
  viewer_row_add (row, 0, problem->is_main ? "strong" : NULL,
                  problem->name != NULL ? problem->name : _ ("Diagnosis not said"));
  if (outcome != NULL || end != NULL)
    {
      const char *parts[] = { outcome, end };
      g_autofree char *text = viewer_values_join (parts, G_N_ELEMENTS (parts), " ");

      viewer_row_line (row, 0);
      viewer_row_add (row, 0, "ink3 small", text);
    }
  add_flags (row, 0, problem->entry);
  viewer_row_add (row, 1, "ink3 small", start != NULL ? start : "—");
  return row;
}

GPtrArray *
viewer_summary_problem_rows (const ViewerProblemModel *model, const char *now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_confidential = viewer_problem_model_n_confidential (model);
  int group = -1;

  for (guint i = 0; i < viewer_problem_model_n (model); i++)
    {
      const ViewerProblem *problem = viewer_problem_model_get (model, i);
      ViewerRow *row;

      if (problem->is_confidential)
        continue;
      row = viewer_problem_row_new (problem, now);
      if ((int) problem->group != group)
        viewer_row_set_heading (row, viewer_problem_group_text (problem->group));
      group = (int) problem->group;
      g_ptr_array_add (rows, row);
    }
  if (n_confidential > 0)
    {
      ViewerRow *row = viewer_row_new (0);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u confidential diagnosis is not shown here",
                    "%u confidential diagnoses are not shown here", n_confidential),
          n_confidential);

      viewer_row_add (row, 0, "chip dashed", text);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* ---- laboratory ----------------------------------------------------------------------------- */

static guint
flag_rank (const ViewerLabCell *cell)
{
  switch (cell->flag)
    {
    case VIEWER_LAB_FLAG_CRITICAL_HIGH:
    case VIEWER_LAB_FLAG_CRITICAL_LOW:
      return 0;
    case VIEWER_LAB_FLAG_HIGH:
    case VIEWER_LAB_FLAG_LOW:
    case VIEWER_LAB_FLAG_OTHER:
      return 1;
    case VIEWER_LAB_FLAG_NONE:
    default:
      return 2;
    }
}

typedef struct
{
  guint rank;
  const char *at;
  guint row;
} Choice;

/* By urgency, then the newest sample, then the order of the sheet. */
static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const Choice *x = a;
  const Choice *y = b;
  int order;

  if (x->rank != y->rank)
    return (int) x->rank - (int) y->rank;
  order = disc_date_compare (y->at, x->at);
  return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* The day alone where the sample is not of the newest day: every value says how old it is. */
static char *
short_time (const char *at, const char *newest, const char *now)
{
  gboolean is_newest_day = at != NULL && newest != NULL && strncmp (at, newest, 10) == 0;
  g_autofree char *time = at != NULL && is_newest_day ? viewer_text_time (at) : NULL;

  if (time != NULL && time[0] != '\0')
    return g_steal_pointer (&time);
  return at != NULL ? viewer_text_short_day (at, now) : g_strdup ("—");
}

static ViewerRow *
lab_row (const ViewerLabSheetModel *model, guint r, const char *newest, const char *now)
{
  const ViewerLabRow *item = viewer_lab_sheet_model_row (model, r);
  ViewerRow *row = viewer_row_new (item->newest->entry->message->rid);
  const char *at = viewer_lab_sheet_model_column_at (model, item->newest_column);
  g_autofree char *time = short_time (at, newest, now);

  viewer_row_add (row, 0, NULL, item->name);
  viewer_lab_cell_add (row, 1, item->newest);
  viewer_row_add (row, 1, "ink3 small unit", item->unit);
  viewer_row_add (row, 2, "small", item->difference);
  viewer_row_add (row, 3, "ink3 small", time);
  return row;
}

GPtrArray *
viewer_summary_lab_rows (const ViewerLabSheetModel *model, const char *now, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  guint n_columns = viewer_lab_sheet_model_n_columns (model);
  const char *newest =
      n_columns > 0 ? viewer_lab_sheet_model_column_at (model, n_columns - 1) : NULL;

  for (guint r = 0; r < viewer_lab_sheet_model_n_rows (model); r++)
    {
      const ViewerLabRow *item = viewer_lab_sheet_model_row (model, r);
      Choice choice = { 0, NULL, r };

      if (item->newest == NULL)
        continue;
      choice.rank = flag_rank (item->newest);
      choice.at = viewer_lab_sheet_model_column_at (model, item->newest_column);
      g_array_append_val (choices, choice);
    }
  g_array_sort (choices, compare_choices);
  for (guint i = 0; i < MIN (choices->len, max); i++)
    g_ptr_array_add (rows, lab_row (model, g_array_index (choices, Choice, i).row, newest, now));
  if (choices->len > max)
    {
      ViewerRow *row = viewer_row_new (0);
      guint n = choices->len - max;
      g_autofree char *text =
          g_strdup_printf (ngettext ("%u more item: F7", "%u more items: F7", n), n);

      viewer_row_add (row, 0, "ink3 small", text);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* ---- stays ---------------------------------------------------------------------------------- */

static ViewerRow *
stay_row (const ViewerStay *stay, const char *now)
{
  ViewerRow *row = viewer_row_new (stay->entry->message->rid);
  g_autofree char *from = viewer_text_short_day (stay->from, now);
  g_autofree char *to = stay->to != NULL ? viewer_text_short_day (stay->to, now) : NULL;
  g_autofree char *span = g_strdup_printf ("%s〜%s", from, to != NULL ? to : "");
  g_autofree char *department = viewer_text_department (stay->department);

  viewer_row_add (row, 0, stay->to == NULL ? "strong" : NULL,
                  stay->to == NULL ? _ ("In hospital at the disc") : _ ("Stay"));
  viewer_row_add (row, 0, NULL, department);
  viewer_row_add (row, 1, "ink3 small", span);
  return row;
}

static ViewerRow *
visit_row (const ViewerTimelineEvent *event, const char *now)
{
  ViewerRow *row = viewer_row_new (event->entry->message->rid);
  g_autofree char *at = event->at != NULL ? viewer_text_short_day (event->at, now) : NULL;
  g_autofree char *department = viewer_text_department (event->department);

  viewer_row_add (row, 0, NULL, _ ("Visit"));
  viewer_row_add (row, 0, NULL, department);
  viewer_row_add (row, 1, "ink3 small", at != NULL ? at : "—");
  return row;
}

GPtrArray *
viewer_summary_stay_rows (const ViewerTimelineModel *model, const char *now, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = viewer_timeline_model_n_stays (model); i-- > 0 && rows->len < max;)
    g_ptr_array_add (rows, stay_row (viewer_timeline_model_stay (model, i), now));
  for (guint i = 0; i < viewer_timeline_model_n (model) && rows->len < max; i++)
    {
      const ViewerTimelineEvent *event = viewer_timeline_model_get (model, i);

      if (event->is_visit && event->is_live && event->group == VIEWER_TIMELINE_STAYS)
        g_ptr_array_add (rows, visit_row (event, now));
    }
  return rows;
}

/* ---- blood group and body ------------------------------------------------------------------- */

static const ViewerEntry *
newest_entry (const GArray *entries, DiscKind kind)
{
  const ViewerEntry *newest = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ViewerEntry *entry = &g_array_index (entries, ViewerEntry, i);

      if (entry->record->kind == kind && viewer_entry_is_standing (entry) &&
          g_strcmp0 (disc_record_value (entry->record, DISC_FIELD_WARNING), "at-order-time") != 0 &&
          (newest == NULL || viewer_entry_compare_sent (entry, newest) > 0))
        newest = entry;
    }
  return newest;
}

static void
add_observations (GPtrArray *rows, const ViewerEntry *entry, const char *now)
{
  for (guint i = 0; i < entry->record->n_items; i++)
    {
      const DiscItem *item = &entry->record->items[i];
      const char *at = disc_item_value (item, DISC_FIELD_ITEM_AT);
      const char *value = disc_item_value (item, DISC_FIELD_VALUE);
      g_autofree char *day =
          at != NULL ? viewer_text_short_day (at, now) : g_strdup (_ ("day unknown"));
      ViewerRow *row;

      if (value == NULL)
        continue;
      row = viewer_row_new (entry->message->rid);
      viewer_row_add (row, 0, "ink2 small", viewer_item_name (item));
      viewer_row_add (row, 0, NULL, value);
      viewer_row_add (row, 0, "unit", disc_item_value (item, DISC_FIELD_UNIT));
      viewer_row_add (row, 1, "ink3 small", day);
      g_ptr_array_add (rows, row);
    }
}

GPtrArray *
viewer_summary_blood_rows (const GArray *entries, const char *blood_type, const char *now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const ViewerEntry *basics = newest_entry (entries, DISC_KIND_DEMOGRAPHICS);
  const ViewerEntry *body = newest_entry (entries, DISC_KIND_OBSERVATION);
  ViewerRow *row = viewer_row_new (basics != NULL ? basics->message->rid : 0);

  viewer_row_add (row, 0, "ink2 small", _ ("Blood group"));
  viewer_row_add (row, 0, blood_type != NULL ? "strong unit" : "strong",
                  blood_type != NULL ? blood_type : _ ("No record (unknown)"));
  viewer_row_line (row, 0);
  viewer_row_add (row, 0, "warn-text small", _ ("▲ Always confirm by test before transfusion"));
  g_ptr_array_add (rows, row);
  if (body != NULL)
    add_observations (rows, body, now);
  return rows;
}

/* ---- notes ---------------------------------------------------------------------------------- */

static gboolean
is_note (const ViewerEntry *entry)
{
  return viewer_entry_is_standing (entry) &&
         (entry->record->kind == DISC_KIND_NOTE || entry->record->kind == DISC_KIND_DOCUMENT ||
          entry->record->kind == DISC_KIND_REPORT);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const ViewerEntry *x = *(const ViewerEntry *const *) a;
  const ViewerEntry *y = *(const ViewerEntry *const *) b;

  return disc_date_compare (viewer_entry_at (y), viewer_entry_at (x));
}

static ViewerRow *
note_row (const ViewerEntry *entry, const char *now)
{
  ViewerRow *row = viewer_row_new (entry->message->rid);
  const char *title = disc_record_value (entry->record, DISC_FIELD_TITLE);
  const char *text = disc_record_value (entry->record, DISC_FIELD_TEXT);
  const char *at = viewer_entry_at (entry);
  g_autofree char *time = at != NULL ? viewer_text_short (at, now) : NULL;

  viewer_row_add (row, 0, "strong small",
                  title != NULL ? title : viewer_text_kind (entry->record->kind));
  viewer_row_add (row, 0, "ink3 small", time);
  viewer_row_add (row, 0, "chip dashed", viewer_text_status_of (entry->record));
  add_flags (row, 0, entry);
  if (text != NULL)
    {
      gboolean is_long = g_utf8_strlen (text, -1) > NOTE_PREVIEW;
      g_autofree char *begin = is_long ? g_utf8_substring (text, 0, NOTE_PREVIEW) : g_strdup (text);
      g_autofree char *preview = NULL;

      g_strdelimit (begin, "\r\n", ' ');
      preview = is_long ? g_strconcat (begin, "…", NULL) : g_strdup (begin);
      viewer_row_line (row, 0);
      viewer_row_add (row, 0, NULL, preview);
    }
  return row;
}

GPtrArray *
viewer_summary_note_rows (const GArray *entries, const char *now, guint max)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (is_note (&g_array_index (entries, ViewerEntry, i)))
      g_ptr_array_add (notes, &g_array_index (entries, ViewerEntry, i));
  g_ptr_array_sort (notes, compare_entries);
  for (guint i = 0; i < MIN (notes->len, max); i++)
    g_ptr_array_add (rows, note_row (g_ptr_array_index (notes, i), now));
  return rows;
}
