/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-lists-rows-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "disc-date.h"
#include "viewer-text.h"

typedef ViewerListsContext Context;

/* With large text birth date and id stand below the name, and marks below what is recorded: on a
 * line of their own. */
guint
viewer_lists_column_of (ViewerRow *row, guint column, const Context *context)
{
  static const guint compact[VIEWER_LISTS_N_COLUMNS] = {
    [VIEWER_LISTS_COLUMN_PLACE] = 0, [VIEWER_LISTS_COLUMN_NAME] = 1,
    [VIEWER_LISTS_COLUMN_BIRTH] = 1, [VIEWER_LISTS_COLUMN_ID] = 1,
    [VIEWER_LISTS_COLUMN_STATE] = 2, [VIEWER_LISTS_COLUMN_MARKS] = 2,
  };

  if (!context->is_compact)
    return column;
  if (column == VIEWER_LISTS_COLUMN_BIRTH || column == VIEWER_LISTS_COLUMN_ID ||
      column == VIEWER_LISTS_COLUMN_MARKS)
    viewer_row_line (row, compact[column]);
  return compact[column];
}

/* ---- headings ------------------------------------------------------------------------------- */

static char *
heading_here (const ViewerListsResult *result)
{
  g_autofree char *n = viewer_text_count (result->n_in);

  if (result->n_leave == 0)
    return g_strdup_printf (_ ("In the ward: %s"), n);
  return g_strdup_printf (_ ("In the ward: %s, of them on leave: %u"), n, result->n_leave);
}

static char *
heading (const ViewerListsResult *result, ViewerListsPart part, guint n)
{
  static const char *const words[VIEWER_N_LISTS_PARTS] = {
    [VIEWER_LISTS_ENDED] =
        N_ ("Perhaps still here: over, but not when, or the end may be cancelled"),
    [VIEWER_LISTS_PLANNED_IN] = N_ ("Planned admissions"),
    [VIEWER_LISTS_PLANNED_MOVE] = N_ ("Planned transfers out"),
    [VIEWER_LISTS_PLANNED_OUT] = N_ ("Planned discharges"),
    [VIEWER_LISTS_CAME] = N_ ("Came"),
    [VIEWER_LISTS_APPOINTED] = N_ ("Appointments (whether they came, this list cannot tell)"),
    [VIEWER_LISTS_ATTENDS] = N_ ("In hospital, attended"),
    [VIEWER_LISTS_ATTENDED] = N_ ("Earlier stays"),
    [VIEWER_LISTS_SAW] = N_ ("Seen at a visit"),
    [VIEWER_LISTS_WILL_SEE] = N_ ("Only planned"),
    [VIEWER_LISTS_OPENED] = N_ ("Opened on this laptop since the program began"),
  };
  g_autofree char *count = viewer_text_count (n);

  if (part == VIEWER_LISTS_HERE)
    return heading_here (result);
  return g_strdup_printf ("%s　%s", _ (words[part]), count);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void
add_owned (ViewerRow *row, guint column, const char *css, char *text) /* (transfer full) @text */
{
  viewer_row_add (row, column, css, text);
  g_free (text);
}

static char *
time_text (const char *at, const Context *context)
{
  g_autofree char *time = viewer_text_time_of_day (at, context->now);

  return *time != '\0' ? g_steal_pointer (&time) : g_strdup (_ ("no time"));
}

static char *
bed_text (const DiscStay *stay)
{
  g_autofree char *bed = viewer_text_place (NULL, stay->room, stay->bed);

  return *bed != '\0' ? g_steal_pointer (&bed) : NULL;
}

static void
add_place (ViewerRow *row, const ViewerListsEntry *entry, const DiscPatientRow *person,
           const Context *context)
{
  guint column = VIEWER_LISTS_COLUMN_PLACE;

  if (entry->part <= VIEWER_LISTS_ENDED)
    {
      g_autofree char *bed = bed_text (entry->stay);

      viewer_row_add (row, column, bed != NULL ? "strong" : "chip dashed",
                      bed != NULL ? bed : _ ("bed not recorded"));
    }
  else if (entry->stay != NULL)
    add_owned (row, column, "strong", viewer_text_short (entry->stay->from_at, context->now));
  else if (entry->visit != NULL)
    add_owned (row, column, "strong", time_text (entry->visit->at, context));
  else if (entry->part == VIEWER_LISTS_ATTENDS || entry->part == VIEWER_LISTS_OPENED)
    add_owned (row, column, "strong",
               person != NULL && person->place != DISC_PLACE_OUT
                   ? viewer_text_place (person->ward, person->room, person->bed)
                   : NULL);
  else
    add_owned (row, column, "strong", viewer_text_short (entry->patient->last_at, context->now));
}

void
viewer_lists_add_person (ViewerRow *row, const DiscPatientRow *person, const Context *context)
{
  guint column;
  g_autofree char *era = NULL;
  g_autofree char *age = NULL;

  if (person == NULL)
    {
      viewer_row_add (row, VIEWER_LISTS_COLUMN_NAME, "chip crit",
                      context->table == NULL
                          ? _ ("Reading the list of patients…")
                          : _ ("■ who this is lies in a damaged part of the disc"));
      return;
    }
  era = viewer_text_birth (person->birth_date);
  age = viewer_text_age (person->birth_date, context->now);
  viewer_row_add (row, VIEWER_LISTS_COLUMN_NAME, "small ink2",
                  person->kana != NULL ? person->kana : _ ("no reading recorded"));
  viewer_row_line (row, VIEWER_LISTS_COLUMN_NAME);
  viewer_row_add (row, VIEWER_LISTS_COLUMN_NAME, "strong",
                  person->name != NULL ? person->name : _ ("no name recorded"));
  column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_BIRTH, context);
  viewer_row_add (row, column, NULL,
                  person->birth_date != NULL ? person->birth_date : _ ("unknown"));
  viewer_row_add (row, column, NULL, viewer_text_sex (person->sex));
  viewer_row_line (row, column);
  viewer_row_add (row, column, "small ink2", era);
  viewer_row_add (row, column, "small ink2", age != NULL ? age : _ ("age not certain"));
  viewer_row_add (row, viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_ID, context), NULL,
                  person->id);
}

/* ---- state ---------------------------------------------------------------------------------- */

static void
add_end (ViewerRow *row, const DiscStay *stay, const Context *context)
{
  static const char *const words[] = {
    [DISC_STAY_MOVED] = NC_ ("stay", "transfer"),
    [DISC_STAY_DISCHARGED] = NC_ ("stay", "discharge"),
    [DISC_STAY_WENT] = NC_ ("stay", "leave"),
    [DISC_STAY_RETURNED] = NC_ ("stay", "return from leave"),
    [DISC_STAY_ADMITTED] = NC_ ("stay", "admitted again; no discharge on this disc"),
    [DISC_STAY_UNTIMED] = NULL,
    [DISC_STAY_DOCTOR] = NC_ ("stay", "another doctor"),
  };
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);
  g_autofree char *to = viewer_text_short (stay->to_at, context->now);

  if (stay->end == DISC_STAY_OPEN)
    viewer_row_add (row, column, "small ink2", _ ("no discharge on this disc"));
  else if (stay->to_at != NULL && stay->end < G_N_ELEMENTS (words) && words[stay->end] != NULL)
    add_owned (row, column, "small",
               g_strdup_printf ("→ %s %s", to, g_dpgettext2 (NULL, "stay", words[stay->end])));
}

static void
add_stay (ViewerRow *row, const ViewerListsEntry *entry, const Context *context)
{
  const DiscStay *stay = entry->stay;
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);
  g_autofree char *from = viewer_text_short (stay->from_at, context->now);

  if (stay->state == DISC_STAY_LEAVE)
    viewer_row_add (row, column, "chip", _ ("On leave"));
  add_owned (row, column, NULL, g_strdup_printf (_ ("since %s"), from));
  if (stay->flags & DISC_LIST_RETURN_UNKNOWN)
    viewer_row_add (row, column, "chip dashed", _ ("moved while on leave; no return on this disc"));
  if (stay->flags & DISC_LIST_SINCE_UNKNOWN)
    viewer_row_add (row, column, "chip dashed", _ ("in this bed perhaps only later"));
  if (entry->is_uncertain)
    viewer_row_add (row, column, "chip warn", _ ("▲ that day, hour not recorded"));
  if (entry->shares_bed)
    viewer_row_add (row, column, "chip warn", _ ("▲ two people in this bed"));
  if (stay->flags & DISC_LIST_OTHER_STAY)
    viewer_row_add (row, column, "chip warn", _ ("▲ another stay goes on too"));
  add_end (row, stay, context);
  if (stay->flags & DISC_LIST_END_DOUBTED)
    viewer_row_add (row, column, "chip warn", _ ("▲ this end may be cancelled"));
}

static void
add_plan (ViewerRow *row, const ViewerListsEntry *entry, const Context *context)
{
  const DiscStay *stay = entry->stay;
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);
  g_autofree char *here = viewer_text_place (stay->ward, stay->room, stay->bed);

  viewer_row_add (row, column, "chip dashed", _ ("Planned"));
  if (entry->is_uncertain)
    viewer_row_add (row, column, "chip warn", _ ("▲ dated after the data"));
  viewer_row_add (row, column, NULL, here);
  if (stay->to_place != NULL)
    add_owned (row, column, NULL, g_strdup_printf ("→ %s", stay->to_place));
}

static void
add_who (ViewerRow *row, const char *department, const char *doctor, const Context *context)
{
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);
  g_autofree char *words = viewer_text_department (department);

  if (context->with_department)
    viewer_row_add (row, column, "small",
                    department != NULL ? words : _ ("Department not recorded"));
  viewer_row_add (row, column, "small ink2", doctor);
}

static void
add_state (ViewerRow *row, const ViewerListsEntry *entry, const DiscPatientRow *person,
           const Context *context)
{
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_STATE, context);
  DiscListFlags flags = entry->stay != NULL    ? entry->stay->flags
                        : entry->visit != NULL ? entry->visit->flags
                                               : 0;

  if (entry->part <= VIEWER_LISTS_ENDED)
    add_stay (row, entry, context);
  else if (entry->stay != NULL)
    add_plan (row, entry, context);
  else if (entry->part == VIEWER_LISTS_APPOINTED)
    viewer_row_add (row, column, "chip dashed", _ ("Appointment"));
  else if (entry->patient != NULL && entry->part == VIEWER_LISTS_ATTENDS)
    {
      g_autofree char *from = viewer_text_short (entry->patient->last_at, context->now);

      add_owned (row, column, NULL, g_strdup_printf (_ ("since %s"), from));
    }
  if (flags & DISC_LIST_STATE_UNKNOWN)
    viewer_row_add (row, column, "chip warn", _ ("▲ whether it took place is not known"));
  if (flags & DISC_LIST_DOUBTED)
    viewer_row_add (row, column, "chip warn", _ ("▲ may be cancelled"));
  if (entry->stay != NULL)
    {
      viewer_row_line (row, column);
      add_who (row, entry->stay->department, entry->stay->doctor, context);
    }
  else if (entry->visit != NULL)
    add_who (row, entry->visit->department, entry->visit->doctor, context);
  else if (person != NULL)
    add_who (row, person->department, NULL, context);
}

void
viewer_lists_add_marks (ViewerRow *row, const DiscPatientRow *person, guint n_same,
                        const Context *context)
{
  guint column = viewer_lists_column_of (row, VIEWER_LISTS_COLUMN_MARKS, context);

  if (n_same > 1)
    add_owned (row, column, "chip warn", g_strdup_printf (_ ("▲ Same name: %u"), n_same));
  if (person->n_disputed > 0)
    add_owned (row, column, "chip warn",
               g_strdup_printf (_ ("▲ Patient mismatch: %u"), person->n_disputed));
  if (person->flags & DISC_PATIENT_ANY_DEATH)
    viewer_row_add (row, column, "chip", viewer_text_death (person->flags));
  if (person->flags & DISC_PATIENT_LOST_CHARACTER)
    viewer_row_add (row, column, "chip", _ ("■ = lost character"));
  if (person->flags & DISC_PATIENT_ALLERGY_LISTED)
    viewer_row_add (row, column, "chip crit", _ ("! allergy"));
  else if (person->flags & DISC_PATIENT_ALLERGY_NONE_STATED)
    viewer_row_add (row, column, "chip", _ ("allergy: “none”"));
  else
    viewer_row_add (row, column, "chip dashed", _ ("? allergy unknown"));
}

static ViewerRow *
new_row (const ViewerListsEntry *entry, const Context *context)
{
  g_autoptr (DiscPatientRow) person =
      context->table != NULL ? disc_patient_table_lookup (context->table, entry->pno) : NULL;
  ViewerRow *row = viewer_row_new (entry->rid);

  add_place (row, entry, person, context);
  viewer_lists_add_person (row, person, context);
  add_state (row, entry, person, context);
  if (person != NULL)
    viewer_lists_add_marks (row, person,
                            disc_patient_table_n_same_kana (context->table, entry->pno), context);
  viewer_row_set_data (row, entry);
  return row;
}

GPtrArray *
viewer_lists_rows (const ViewerListsResult *result, const DiscPatientTable *table, const char *at,
                   const char *now, gboolean with_department, gboolean is_compact)
{
  const Context context = { table, at, now, with_department, is_compact };
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_of_part[VIEWER_N_LISTS_PARTS] = { 0 };
  int last = -1;

  for (guint i = 0; i < result->entries->len; i++)
    n_of_part[g_array_index (result->entries, ViewerListsEntry, i).part]++;
  for (guint i = 0; i < result->entries->len; i++)
    {
      const ViewerListsEntry *entry = &g_array_index (result->entries, ViewerListsEntry, i);
      ViewerRow *row = new_row (entry, &context);

      if ((int) entry->part != last)
        {
          g_autofree char *words = heading (result, entry->part, n_of_part[entry->part]);

          viewer_row_set_heading (row, words);
        }
      last = (int) entry->part;
      g_ptr_array_add (rows, row);
    }
  return rows;
}
