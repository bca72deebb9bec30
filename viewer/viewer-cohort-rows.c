/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-cohort-rows.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-cohort-words.h"
#include "viewer-field-text.h"
#include "viewer-lab-sheet-model.h"
#include "viewer-lists-rows-private.h"
#include "viewer-text.h"

typedef ViewerListsContext Context;

/* ---- who and where -------------------------------------------------------------------------- */

static void
add_owned (ViewerRow *row, guint column, const char *css, char *text) /* (transfer full) @text */
{
  viewer_row_add (row, column, css, text);
  g_free (text);
}

/* In hospital by the lists of the disc; without them by the basic data; else when he was last seen.
 */
static void
add_place (ViewerRow *row, const ViewerCohortEntry *entry, const DiscPatientRow *person,
           const Context *context)
{
  const guint column = VIEWER_LISTS_COLUMN_PLACE;

  if (entry->is_in)
    {
      add_owned (row, column, "strong", viewer_text_place (entry->ward, entry->room, entry->bed));
      if (entry->bed == NULL)
        viewer_row_add (row, column, "chip dashed", _ ("bed not recorded"));
      if (entry->is_uncertain)
        viewer_row_add (row, column, "chip warn", _ ("▲ perhaps no longer here"));
      return;
    }
  if (person == NULL)
    return;
  if (person->place == DISC_PLACE_IN || person->place == DISC_PLACE_LEAVE)
    add_owned (row, column, "strong", viewer_text_place (person->ward, person->room, person->bed));
  else
    viewer_row_add (row, column, "small ink2", _ ("no stay recorded"));
  if (person->last_seen_at != NULL)
    {
      g_autofree char *day = viewer_text_short_day (person->last_seen_at, context->now);

      viewer_row_line (row, column);
      add_owned (row, column, "small ink2", g_strdup_printf (_ ("last %s"), day));
    }
}

/* ---- facts ---------------------------------------------------------------------------------- */

static gboolean
is_ordinary (const ViewerCohortFact *fact)
{
  return fact->live &&
         (fact->status == DISC_STATUS_ACTIVE || fact->status == DISC_STATUS_COMPLETED);
}

static void
add_kind (ViewerRow *row, guint column, const ViewerCohortFact *fact)
{
  switch (fact->kind)
    {
    case DISC_KIND_STATEMENT:
      viewer_row_add (row, column, "chip", _ ("As told"));
      break;
    case DISC_KIND_DISPENSE:
      viewer_row_add (row, column, "chip", _ ("Dispensed"));
      break;
    case DISC_KIND_INJECTION:
      viewer_row_add (row, column, "chip", C_ ("injection", "ordered"));
      break;
    case DISC_KIND_ADMINISTRATION:
      viewer_row_add (row, column, "chip", C_ ("injection", "given"));
      break;
    default:
      break;
    }
}

static void
add_marks (ViewerRow *row, guint column, const ViewerCohortFact *fact)
{
  add_kind (row, column, fact);
  if (fact->is_earlier)
    viewer_row_add (row, column, "chip dashed", _ ("the value before"));
  if (fact->is_suspected)
    viewer_row_add (row, column, "mark", C_ ("mark", "susp"));
  if (fact->is_main)
    viewer_row_add (row, column, "chip accent", C_ ("diagnosis", "main"));
  if (!is_ordinary (fact))
    viewer_row_add (row, column, "chip dashed", viewer_text_status (fact->status));
}

static void
add_value (ViewerRow *row, guint column, const ViewerCohortFact *fact)
{
  g_autofree char *text = NULL;

  if (fact->amount == NULL)
    {
      viewer_row_add (row, column, "mark", _ ("No value"));
      return;
    }
  switch (viewer_lab_flag_of (fact->flag))
    {
    case VIEWER_LAB_FLAG_HIGH:
      text = g_strconcat ("▲", fact->amount, NULL);
      viewer_row_add (row, column, "high strong", text);
      break;
    case VIEWER_LAB_FLAG_LOW:
      text = g_strconcat ("▼", fact->amount, NULL);
      viewer_row_add (row, column, "low strong", text);
      break;
    case VIEWER_LAB_FLAG_CRITICAL_HIGH:
    case VIEWER_LAB_FLAG_CRITICAL_LOW:
      text = g_strconcat (fact->flag, " ", fact->amount, NULL);
      viewer_row_add (row, column, "crit-block", text);
      break;
    case VIEWER_LAB_FLAG_OTHER:
      viewer_row_add (row, column, "strong", fact->amount);
      viewer_row_add (row, column, "mark", fact->flag);
      break;
    case VIEWER_LAB_FLAG_NONE:
    default:
      viewer_row_add (row, column, "strong", fact->amount);
      break;
    }
}

static void
add_left (ViewerRow *row, guint column, const ViewerCohortFact *fact, const char *now)
{
  g_autofree char *iso = NULL;
  g_autofree char *day = NULL;
  g_autofree char *end = NULL;

  switch (fact->left)
    {
    case VIEWER_LEFT_DAYS:
      add_owned (
          row, column, "small",
          g_strdup_printf (ngettext ("%u day left", "%u days left", (gulong) fact->days_left),
                           (guint) fact->days_left));
      break;
    case VIEWER_LEFT_RAN_OUT:
      iso = disc_date_from_day (fact->last_day);
      day = viewer_text_short_day (iso, now);
      add_owned (row, column, "chip crit", g_strdup_printf (_ ("ran out %s"), day));
      break;
    case VIEWER_LEFT_NOT_BEGUN:
      viewer_row_add (row, column, "chip", _ ("not begun"));
      break;
    default:
      if (fact->end != NULL)
        {
          end = viewer_text_short (fact->end, now);
          add_owned (row, column, "small", g_strdup_printf (_ ("until %s"), end));
        }
      else if (fact->live)
        viewer_row_add (row, column, "small ink3", _ ("end not computed"));
      break;
    }
}

/* Behind a drug its days, behind a diagnosis its end. */
static void
add_times (ViewerRow *row, guint column, const ViewerCohortFact *fact, const Context *context)
{
  g_autofree char *start = viewer_text_short (fact->start, context->now);
  g_autofree char *end = viewer_text_short (fact->end, context->now);

  viewer_row_add (row, column, "small ink2", fact->start != NULL ? start : _ ("day not recorded"));
  if (fact->kind == DISC_KIND_PRESCRIPTION || fact->kind == DISC_KIND_DISPENSE ||
      fact->kind == DISC_KIND_STATEMENT)
    {
      if (fact->days != NULL)
        add_owned (row, column, "small ink2", g_strdup_printf (_ ("%s days"), fact->days));
      add_left (row, column, fact, context->now);
    }
  else if (fact->end != NULL)
    add_owned (row, column, "small ink2", g_strdup_printf ("→ %s", end));
}

static void
add_doubts (ViewerRow *row, guint column, const ViewerCohortFact *fact)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (fact->flags);

  if (fact->is_after)
    viewer_row_add (row, column, "chip warn", _ ("▲ dated later than the disc"));
  for (guint i = 0; fact->warnings != NULL && i < fact->warnings->len; i++)
    add_owned (row, column, "chip warn",
               viewer_warning_text (g_ptr_array_index (fact->warnings, i)));
  for (guint i = 0; i < flags->len; i++)
    viewer_row_add (row, column, "chip warn", g_ptr_array_index (flags, i));
}

static gboolean
is_result (const ViewerCohortFact *fact)
{
  return fact->part == VIEWER_COHORT_MATCH || fact->part == VIEWER_COHORT_BOUND ||
         fact->part == VIEWER_COHORT_WORDS;
}

static gboolean
is_over (const ViewerCohortFact *fact)
{
  return fact->part == VIEWER_COHORT_STOPPED || !fact->live;
}

static void
add_fact (ViewerRow *row, guint column, const ViewerCohortFact *fact, const Context *context)
{
  add_marks (row, column, fact);
  if (is_result (fact))
    add_value (row, column, fact);
  else
    {
      viewer_row_add (row, column, is_over (fact) ? "drug struck" : "drug",
                      fact->name != NULL ? fact->name : _ ("no name recorded"));
      viewer_row_add (row, column, is_over (fact) ? "struck" : "strong", fact->amount);
    }
  add_times (row, column, fact, context);
  add_doubts (row, column, fact);
  if (fact->words == NULL)
    return;
  if (fact->kind != DISC_KIND_INJECTION && fact->kind != DISC_KIND_ADMINISTRATION)
    viewer_row_line (row, column);
  viewer_row_add (row, column, "small ink2", fact->words);
}

static void
add_facts (ViewerRow *row, const ViewerCohortEntry *entry, const Context *context)
{
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);

  for (guint i = 0; i < entry->facts->len; i++)
    {
      viewer_row_line (row, column);
      add_fact (row, column, g_ptr_array_index (entry->facts, i), context);
    }
  if (entry->n_contrary > 0)
    add_owned (row, column, "chip warn",
               g_strdup_printf (_ ("▲ at the same time also outside the condition: %u"),
                                entry->n_contrary));
  if (entry->n_more > 0)
    {
      viewer_row_line (row, column);
      add_owned (row, column, "small ink2",
                 g_strdup_printf (_ ("and %u more in the chart"), entry->n_more));
    }
}

/* ---- rows ----------------------------------------------------------------------------------- */

static ViewerRow *
new_row (const ViewerCohortEntry *entry, const ViewerListsEntry *shell, const Context *context)
{
  g_autoptr (DiscPatientRow) person =
      context->table != NULL ? disc_patient_table_lookup (context->table, entry->pno) : NULL;
  ViewerRow *row = viewer_row_new (shell->rid);

  add_place (row, entry, person, context);
  viewer_lists_add_person (row, person, context);
  add_facts (row, entry, context);
  if (person != NULL)
    viewer_lists_add_marks (row, person,
                            disc_patient_table_n_same_kana (context->table, entry->pno), context);
  viewer_row_set_data (row, shell);
  return row;
}

ViewerListsResult *
viewer_cohort_shell (const ViewerCohortResult *result)
{
  ViewerListsResult *shell = g_new0 (ViewerListsResult, 1);

  shell->entries = g_array_new (FALSE, TRUE, sizeof (ViewerListsEntry));
  shell->owned = g_ptr_array_new ();
  for (guint i = 0; i < result->entries->len; i++)
    {
      const ViewerCohortEntry *entry = g_ptr_array_index (result->entries, i);
      ViewerListsEntry one = { .pno = entry->pno, .part = VIEWER_LISTS_FOUND };

      one.rid = ((ViewerCohortFact *) g_ptr_array_index (entry->facts, 0))->rid;
      g_array_append_val (shell->entries, one);
    }
  return shell;
}

GPtrArray *
viewer_cohort_rows (const ViewerCohortResult *result, const ViewerListsResult *shell,
                    const DiscPatientTable *table, const char *now, gboolean is_compact)
{
  const Context context = { table, NULL, now, FALSE, is_compact };
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  const ViewerCohortEntry *last = NULL;

  for (guint i = 0; i < result->entries->len; i++)
    {
      const ViewerCohortEntry *entry = g_ptr_array_index (result->entries, i);
      ViewerRow *row =
          new_row (entry, &g_array_index (shell->entries, ViewerListsEntry, i), &context);

      if (last == NULL || last->part != entry->part || g_strcmp0 (last->group, entry->group) != 0)
        {
          g_autofree char *words = viewer_cohort_heading (
              entry->part, entry->group,
              viewer_cohort_result_count (result, entry->part, entry->group), result->is_compared);

          viewer_row_set_heading (row, words);
        }
      last = entry;
      g_ptr_array_add (rows, row);
    }
  return rows;
}
