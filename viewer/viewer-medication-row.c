/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-page.h"

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-field-text.h"
#include "viewer-text.h"

const char *
viewer_medication_section_text (ViewerMedicationSection section)
{
  switch (section)
    {
    case VIEWER_MEDICATION_RUNNING:
      return _ ("Medication as of the disc");
    case VIEWER_MEDICATION_RAN_OUT:
      return _ ("Days have run out by the disc");
    case VIEWER_MEDICATION_STOPPED:
      return _ ("Stopped or cancelled");
    case VIEWER_MEDICATION_OPEN:
      return _ ("Begun long ago, end not known");
    case VIEWER_MEDICATION_EARLIER:
    default:
      return _ ("Earlier orders of drugs above");
    }
}

char *
viewer_medication_schedule_text (const ViewerMedication *line)
{
  const char *unit = disc_item_value (line->item, DISC_FIELD_DOSE_UNIT);
  GString *text;

  if (line->schedule == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; line->schedule[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (text, "・");
      /* Translators: number of the dose within the day, its amount: "1回目4". */
      g_string_append_printf (text, _ ("dose %u: %s"), i + 1, line->schedule[i]);
    }
  if (unit != NULL)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

static void
add_drug (ViewerRow *row, const ViewerMedication *line, gboolean is_live)
{
  const guint column = VIEWER_MEDICATION_COLUMN_DRUG;

  if (line->entry->record->kind == DISC_KIND_STATEMENT)
    viewer_row_add (row, column, "chip", _ ("As told"));
  else if (line->entry->record->kind == DISC_KIND_DISPENSE)
    viewer_row_add (row, column, "chip", _ ("Dispensed"));
  viewer_row_add (row, column, is_live ? "drug" : "drug struck", line->drug);
}

static void
add_dose (ViewerRow *row, const ViewerMedication *line, gboolean is_live)
{
  const guint column = VIEWER_MEDICATION_COLUMN_DOSE;
  const char *css = is_live ? "strong" : "struck";
  g_autofree char *schedule = viewer_medication_schedule_text (line);

  if (line->is_uneven)
    {
      viewer_row_add (row, column, css, _ ("Uneven doses"));
      viewer_row_line (row, column);
    }
  if (schedule != NULL)
    viewer_row_add (row, column, is_live ? "strong doses" : "struck doses", schedule);
  else
    viewer_row_add (row, column, css, line->dose != NULL ? line->dose : "—");
}

/* Every repetition and every comment stands there; a pattern and a limit are bold (spec 10). */
static void
add_usage (ViewerRow *row, const ViewerMedication *line, gboolean is_live)
{
  static const DiscField fields[] = {
    DISC_FIELD_USAGE,
    DISC_FIELD_SITE,
    DISC_FIELD_INSTRUCTION,
    DISC_FIELD_COMMENT,
  };
  const guint column = VIEWER_MEDICATION_COLUMN_USAGE;
  const char *last = NULL;

  for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
    for (guint n = 0;; n++)
      {
        const char *text = disc_item_nth_value (line->item, fields[f], n);
        g_autofree char *shown = NULL;

        if (text == NULL)
          break;
        if (g_strcmp0 (text, last) == 0 ||
            (line->schedule != NULL && viewer_usage_is_schedule (text)))
          continue; /* said already: the column of the dose holds the schedule */
        last = text;
        shown = viewer_text_value (text);
        if (f > 0)
          viewer_row_line (row, column);
        viewer_row_add (row, column,
                        !is_live                               ? "struck"
                        : viewer_usage_is_special (text, NULL) ? "strong"
                                                               : NULL,
                        shown);
      }
  for (guint n = 0; disc_item_nth_value (line->item, DISC_FIELD_USAGE_HINT, n) != NULL; n++)
    {
      viewer_row_line (row, column);
      viewer_row_add (row, column, "strong",
                      disc_item_nth_value (line->item, DISC_FIELD_USAGE_HINT, n));
    }
}

static void
add_start (ViewerRow *row, const ViewerMedication *line, const char *now)
{
  const guint column = VIEWER_MEDICATION_COLUMN_START;
  const char *unit = disc_item_value (line->item, DISC_FIELD_DAYS_UNIT);
  const char *total = disc_item_value (line->item, DISC_FIELD_TOTAL);
  const char *total_unit = disc_item_value (line->item, DISC_FIELD_TOTAL_UNIT);
  g_autofree char *start =
      line->start != NULL ? viewer_text_short_day (line->start, now) : g_strdup ("—");
  g_autofree char *amount = NULL;

  viewer_row_add (row, column, "ink2", start);
  if (line->days != NULL)
    /* Translators: days of a supply; the second word is the unit as stored, mostly empty. */
    amount = unit == NULL || g_str_equal (unit, "日") ? g_strdup_printf (_ ("%s days"), line->days)
                                                      : g_strdup_printf ("%s %s", line->days, unit);
  else if (line->times != NULL)
    amount = g_strdup_printf (_ ("%s doses"), line->times);
  else if (total != NULL)
    amount = g_strdup_printf (_ ("total %s%s"), total, total_unit != NULL ? total_unit : "");
  viewer_row_add (row, column, "ink2", amount);
}

static void
add_status (ViewerRow *row, const ViewerMedication *line, const char *now)
{
  const char *status = viewer_text_status_of (line->entry->record);
  const char *at = viewer_item_at (line->entry, line->item);
  g_autofree char *day = at != NULL ? viewer_text_short_day (at, now) : g_strdup ("");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%s %s", status != NULL ? status : _ ("Not live"), day);
  viewer_row_add (row, VIEWER_MEDICATION_COLUMN_LEFT, "chip dashed", g_strchomp (text));
}

/* Days left at the time of the disc may be over by now: then the supply is, whatever came after. */
static void
add_last_day (ViewerRow *row, const ViewerMedication *line, const char *now)
{
  g_autofree char *iso = disc_date_from_day (line->last_day);
  g_autofree char *day = viewer_text_short_day (iso, now);
  gboolean is_over = iso != NULL && now != NULL && strncmp (iso, now, strlen (iso)) < 0;
  g_autofree char *text = g_strdup_printf (is_over ? _ ("▲ until %s") : _ ("until %s"), day);

  viewer_row_add (row, VIEWER_MEDICATION_COLUMN_LEFT, is_over ? "small warn-text" : "small ink2",
                  text);
}

static void
add_left (ViewerRow *row, const ViewerMedication *line, const char *now)
{
  const guint column = VIEWER_MEDICATION_COLUMN_LEFT;
  g_autofree char *iso = NULL;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  switch (line->left)
    {
    case VIEWER_LEFT_DAYS:
      text = g_strdup_printf (ngettext ("%u day", "%u days", (gulong) line->days_left),
                              (guint) line->days_left);
      viewer_row_add (row, column, NULL, text);
      add_last_day (row, line, now);
      break;
    case VIEWER_LEFT_RAN_OUT:
      iso = disc_date_from_day (line->last_day);
      day = viewer_text_short_day (iso, now);
      text = g_strdup_printf (_ ("ran out %s"), day);
      viewer_row_add (row, column, "chip crit", text);
      break;
    case VIEWER_LEFT_NOT_BEGUN:
      day = viewer_text_short_day (line->start, now);
      text = g_strdup_printf (_ ("from %s"), day);
      viewer_row_add (row, column, "chip", text);
      break;
    case VIEWER_LEFT_WEEKDAYS:
      viewer_row_add (row, column, "ink3", _ ("by weekday"));
      break;
    case VIEWER_LEFT_TIMES:
      viewer_row_add (row, column, "ink3", _ ("by number of doses"));
      break;
    case VIEWER_LEFT_NONE:
      viewer_row_add (row, column, "ink3", "—");
      break;
    case VIEWER_LEFT_NOT_LIVE:
      add_status (row, line, now);
      break;
    case VIEWER_LEFT_NOT_COMPUTED:
    default:
      viewer_row_add (row, column, "ink3", _ ("not computed"));
      break;
    }
}

static void
add_warnings_of (ViewerRow *row, const DiscValue *values, guint n)
{
  for (guint i = 0; i < n; i++)
    if (values[i].field == DISC_FIELD_WARNING)
      {
        g_autofree char *text = viewer_warning_text (values[i].value);

        viewer_row_line (row, VIEWER_MEDICATION_COLUMN_USAGE);
        viewer_row_add (row, VIEWER_MEDICATION_COLUMN_USAGE, "chip warn", text);
      }
}

/* Of the order first: it may be one not to give the drug. */
static void
add_warnings (ViewerRow *row, const ViewerMedication *line)
{
  const DiscRecord *record = line->entry->record;

  add_warnings_of (row, record->values, record->n_values);
  add_warnings_of (row, line->item->values, line->item->n_values);
}

static void
add_flags (ViewerRow *row, const ViewerMedication *line)
{
  g_autoptr (GPtrArray) flags = viewer_text_flags (line->entry->message->flags);

  for (guint i = 0; i < flags->len; i++)
    {
      viewer_row_line (row, VIEWER_MEDICATION_COLUMN_DRUG);
      viewer_row_add (row, VIEWER_MEDICATION_COLUMN_DRUG, "chip warn",
                      g_ptr_array_index (flags, i));
    }
}

ViewerRow *
viewer_medication_row_new (const ViewerMedication *line, const char *now)
{
  ViewerRow *row = viewer_row_new (line->entry->message->rid);
  gboolean is_live = line->entry->record->live;

  add_drug (row, line, is_live);
  add_flags (row, line);
  add_dose (row, line, is_live);
  add_usage (row, line, is_live);
  add_warnings (row, line);
  add_start (row, line, now);
  add_left (row, line, now);
  viewer_row_set_data (row, line);
  return row;
}
