/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-field-text.h"
#include "viewer-lab-cell.h"
#include "viewer-text.h"

static void
add_name (ViewerRow *cell, const ViewerMedicationRow *row)
{
  const ViewerMedication *head = row->head;

  if (row->kind != NULL)
    viewer_row_add (cell, 0, "mark warn", C_ ("mark", "HA"));
  viewer_row_add (cell, 0, head->entry->record->live ? "drug" : "drug struck", head->drug);
}

/* 保留 11/17〜, 中止 11/19, 下書き: the word of the record with its day. */
static void
add_status (ViewerRow *cell, const ViewerMedication *line, const char *now)
{
  const char *status = viewer_text_status_of (line->entry->record);
  const char *at = viewer_item_at (line->entry, line->item);
  g_autofree char *day = at != NULL ? viewer_text_short_day (at, now) : NULL;
  g_autofree char *text = NULL;
  gboolean is_since = line->entry->record->status == DISC_STATUS_ON_HOLD && day != NULL;

  text = g_strjoin (" ", status != NULL ? status : _ ("Not live"), day, NULL);
  if (is_since)
    {
      g_autofree char *since = g_strconcat (text, "〜", NULL);

      viewer_row_add (cell, 0, "chip dashed", since);
      return;
    }
  viewer_row_add (cell, 0, "chip dashed", text);
}

static void
add_warnings (ViewerRow *cell, const ViewerMedication *line)
{
  const DiscRecord *record = line->entry->record;

  for (guint i = 0; i < record->n_values; i++)
    if (record->values[i].field == DISC_FIELD_WARNING)
      {
        const char *word = record->values[i].value;
        g_autofree char *text = viewer_warning_text (word);

        if (strcmp (word, "do-not-perform") == 0 || strcmp (word, "no-order-yet") == 0)
          viewer_row_add (cell, 0, "chip warn", text);
      }
}

/* Of the head whatever is not plain; of the other lines what has no bar to say it. */
static void
add_states (ViewerRow *cell, const ViewerMedicationRow *row, const char *now)
{
  const ViewerMedication *head = row->head;
  guint n_undated = viewer_bars_n_undated (row);

  for (guint i = 0; i < row->lines->len; i++)
    {
      const ViewerMedication *line = g_ptr_array_index (row->lines, i);

      if (line != head && !viewer_bar_has_no_bar (line))
        continue;
      if (viewer_text_status_of (line->entry->record) != NULL || !line->entry->record->live)
        add_status (cell, line, now);
      add_warnings (cell, line);
    }
  if (head->left == VIEWER_LEFT_RAN_OUT && head->section == VIEWER_MEDICATION_RAN_OUT)
    {
      g_autofree char *iso = disc_date_from_day (head->last_day);
      g_autofree char *day = viewer_text_short_day (iso, now);
      g_autofree char *text = g_strdup_printf (_ ("ran out %s"), day);

      viewer_row_add (cell, 0, "chip crit", text);
    }
  if (n_undated > 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("without a date: %u"), n_undated);

      viewer_row_add (cell, 0, "chip dashed", text);
    }
}

static void
add_usage (ViewerRow *cell, const ViewerMedicationRow *row)
{
  const ViewerMedication *head = row->head;
  gboolean is_live = head->entry->record->live;
  ViewerBar bar = { .line = head };
  g_autofree char *dose = viewer_bar_text (&bar, row, FALSE);

  if (head->is_uneven)
    viewer_row_add (cell, 0, is_live ? "small strong" : "small struck", _ ("Uneven doses"));
  viewer_row_add (cell, 0, is_live ? "small strong doses" : "small struck", dose);
  for (guint n = 0; disc_item_nth_value (head->item, DISC_FIELD_USAGE, n) != NULL; n++)
    {
      const char *usage = disc_item_nth_value (head->item, DISC_FIELD_USAGE, n);
      g_autofree char *text = viewer_text_value (usage);

      viewer_row_add (cell, 0,
                      !is_live                                ? "small struck"
                      : viewer_usage_is_special (usage, NULL) ? "small strong"
                                                              : "small ink2",
                      text);
    }
}

void
viewer_bars_add_marks (ViewerRow *cell, guint column, const ViewerMedicationRow *row)
{
  if (row->same->len > 0)
    viewer_row_add (cell, column, "chip warn", _ ("Same ingredient"));
  if (row->like->len > 0)
    viewer_row_add (cell, column, "chip warn", _ ("Similar name"));
}

static gboolean
is_plain_blood (const char *specimen)
{
  static const char *const words[] = { "血清", "血漿", "血液", "全血" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (specimen, words[i]))
      return TRUE;
  return FALSE;
}

/* Value and marks as the flow sheet has them, all on the line of their name. */
static void
add_value (ViewerRow *cell, guint column, const ViewerLabCell *value)
{
  g_autoptr (ViewerRow) pieces = viewer_row_new (0);

  viewer_lab_cell_add (pieces, 0, value);
  for (guint i = 0; i < viewer_row_n_spans (pieces); i++)
    {
      const ViewerSpan *span = viewer_row_get_span (pieces, i);
      g_autofree char *css = g_strconcat (span->css != NULL ? span->css : "", " glued", NULL);

      viewer_row_add (cell, column, g_intern_string (css), span->text);
    }
}

void
viewer_bars_add_result (ViewerRow *cell, guint column, const ViewerDrugResult *result,
                        const char *now)
{
  g_autofree char *day = NULL;

  viewer_row_add (cell, column, "small ink2",
                  result->cell != NULL ? result->row->name : result->lab->label);
  if (result->cell == NULL)
    {
      viewer_row_add (cell, column, "chip dashed glued", _ ("no record"));
      return;
    }
  if (result->row->specimen != NULL && !is_plain_blood (result->row->specimen))
    viewer_row_add (cell, column, "small ink2 glued", result->row->specimen);
  add_value (cell, column, result->cell);
  viewer_row_add (cell, column, "small unit glued",
                  disc_item_value (result->cell->item, DISC_FIELD_UNIT));
  day =
      result->at != NULL ? viewer_text_short_day (result->at, now) : g_strdup (_ ("Time unknown"));
  viewer_row_add (cell, column, "small ink3 glued", day);
}

ViewerRow *
viewer_bars_cell_new (const ViewerMedicationRow *row, const char *now)
{
  ViewerRow *cell = viewer_row_new (row->head->entry->message->rid);

  add_name (cell, row);
  if (row->head->entry->record->kind == DISC_KIND_STATEMENT)
    viewer_row_add (cell, 0, "chip", _ ("As told"));
  else if (row->head->entry->record->kind == DISC_KIND_DISPENSE)
    viewer_row_add (cell, 0, "chip", _ ("Dispensed"));
  viewer_bars_add_marks (cell, 0, row);
  add_states (cell, row, now);
  viewer_row_line (cell, 0);
  add_usage (cell, row);
  viewer_row_line (cell, 0);
  for (guint i = 0; row->results != NULL && i < row->results->len; i++)
    viewer_bars_add_result (cell, 0, &g_array_index (row->results, ViewerDrugResult, i), now);
  viewer_row_set_data (cell, row);
  return cell;
}

/* ---- in words ------------------------------------------------------------------------------- */

static void
say_bar (GString *out, const ViewerBar *bar, const ViewerMedicationRow *row, const char *now)
{
  g_autofree char *text = viewer_bar_text (bar, row, TRUE);
  g_autofree char *first = disc_date_from_day ((gint64) bar->from);
  g_autofree char *from = viewer_text_short_day (first, now);
  g_autofree char *last = disc_date_from_day ((gint64) bar->to - 1);
  g_autofree char *to = viewer_text_short_day (last, now);
  const char *status = viewer_text_status_of (bar->line->entry->record);

  g_string_append (out, "; ");
  if (bar->is_struck)
    g_string_append_printf (out, "%s, ", status != NULL ? status : _ ("Not live"));
  if (bar->kind == VIEWER_BAR_DAYS && !bar->has_stop)
    g_string_append_printf (out, _ ("from %s to %s"), from, to);
  else
    g_string_append_printf (out, _ ("from %s"), from);
  if (bar->has_stop)
    {
      g_autofree char *iso = disc_date_from_day ((gint64) bar->stop);
      g_autofree char *day = viewer_text_short_day (iso, now);

      g_string_append_c (out, ' ');
      g_string_append_printf (out, _ ("stopped %s"), day);
    }
  else if (bar->kind == VIEWER_BAR_OPEN)
    g_string_append_printf (out, " %s", _ ("end not certain"));
  else if (bar->kind == VIEWER_BAR_UNSURE)
    g_string_append_printf (out, " %s", _ ("days not certain"));
  g_string_append_printf (out, " %s", text);
}

char *
viewer_bars_row_text (const ViewerMedicationRow *row, const GArray *bars, const char *now)
{
  g_autoptr (ViewerRow) cell = viewer_bars_cell_new (row, now);
  g_autofree char *said = viewer_row_dup_text (cell);
  GString *out = g_string_new (NULL);

  if (row->kind != NULL)
    g_string_append_printf (out, "%s: ", _ ("High-alert drug"));
  g_string_append (out, said);
  for (guint i = 0; bars != NULL && i < bars->len; i++)
    say_bar (out, &g_array_index (bars, ViewerBar, i), row, now);
  return g_string_free (out, FALSE);
}
