/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-medication-bars-layout.h"

#include <string.h>

#include "disc-date.h"
#include "viewer-dosing-days.h"
#include "viewer-drug-name.h"

#define DAY_SECONDS 86400.0

/* More days than any supply: a longer number is a fault of the source. */
#define MAX_DAYS 3660

/* Boxes of one line: a weekday of two years. */
#define MAX_BOXES 110

/* Days behind the disc: part of the days before it, and as far as now within that. */
#define AFTER_PART 7
#define MOST_AFTER_PART 3
#define LEAST_AFTER_DAYS 2

/* ---- axis ----------------------------------------------------------------------------------- */

static gboolean
has_day (const char *iso)
{
  return iso != NULL && strlen (iso) >= strlen ("2026-11-19") && disc_date_is_valid (iso);
}

static double
days_of (const char *iso)
{
  return (double) disc_date_to_seconds (iso) / DAY_SECONDS;
}

gboolean
viewer_bar_span (ViewerBarSpan *span, const char *as_of, const char *now, ViewerBarPeriod period)
{
  g_autofree char *months = NULL;
  double day, before, after;

  if (!has_day (as_of))
    return FALSE;
  span->disc = days_of (as_of);
  day = (double) disc_date_to_day (as_of);
  switch (period)
    {
    case VIEWER_BAR_SPAN_7_DAYS:
      span->from = day - 6;
      break;
    case VIEWER_BAR_SPAN_3_MONTHS:
    case VIEWER_BAR_SPAN_13_MONTHS:
      months = disc_date_shift_months (as_of, period == VIEWER_BAR_SPAN_3_MONTHS ? -3 : -13);
      span->from = (double) disc_date_to_day (months);
      break;
    case VIEWER_BAR_SPAN_28_DAYS:
    default:
      span->from = day - 27;
      break;
    }
  before = day - span->from;
  span->now = has_day (now) ? MAX (days_of (now), span->disc) : span->disc;
  after = MAX (before / AFTER_PART, span->now + 1 - day);
  after = CLAMP (after, LEAST_AFTER_DAYS, MAX (before / MOST_AFTER_PART, 2 * LEAST_AFTER_DAYS));
  span->to = day + 1 + after;
  return TRUE;
}

static void
add_tick (GArray *ticks, const ViewerBarSpan *span, gint64 day, double px_per_day, double label_px,
          double *last_label)
{
  ViewerBarTick tick = { .day = day };
  double x = ((double) day - span->from) * px_per_day;
  double disc = (span->disc - span->from) * px_per_day;

  /* The label of the disc stands before its line. */
  tick.has_label = x - *last_label >= label_px && x + 2.6 * label_px <= disc;
  if (tick.has_label)
    *last_label = x;
  g_array_append_val (ticks, tick);
}

GArray *
viewer_bar_ticks (const ViewerBarSpan *span, double px_per_day, double label_px)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (ViewerBarTick));
  double last_label = -label_px;
  gint64 first = (gint64) span->from;

  if (px_per_day >= 2.5)
    {
      /* Days where they can be told apart, else Mondays. */
      for (gint64 day = first; (double) day < span->to; day++)
        if (px_per_day >= 12 || viewer_dosing_weekday (day) == 1)
          add_tick (ticks, span, day, px_per_day, label_px, &last_label);
      return ticks;
    }
  for (gint64 day = first; (double) day < span->to; day++)
    {
      g_autofree char *iso = disc_date_from_day (day);

      if (g_str_has_suffix (iso, "-01"))
        add_tick (ticks, span, day, px_per_day, label_px, &last_label);
    }
  return ticks;
}

/* ---- one line ------------------------------------------------------------------------------- */

static gboolean
says (const ViewerMedication *line, const char *word)
{
  const DiscRecord *record = line->entry->record;

  for (guint i = 0; i < record->n_values; i++)
    if (record->values[i].field == DISC_FIELD_WARNING &&
        strcmp (record->values[i].value, word) == 0)
      return TRUE;
  return FALSE;
}

gboolean
viewer_bar_has_no_bar (const ViewerMedication *line)
{
  DiscStatus status = line->entry->record->status;

  return status == DISC_STATUS_ON_HOLD || status == DISC_STATUS_DRAFT ||
         status == DISC_STATUS_PLANNED || /* not yet with the patient (spec fhir.md 3) */
         says (line, "do-not-perform") || says (line, "no-order-yet");
}

/* Days as written, of days and nothing else. */
static gboolean
plain_days (const ViewerMedication *line, gint64 *days)
{
  const char *text = line->days;
  const char *unit = disc_item_value (line->item, DISC_FIELD_DAYS_UNIT);
  gsize len = text != NULL ? strlen (text) : 0;

  if (len == 0 || len > 4 || strspn (text, "0123456789") != len ||
      disc_item_nth_value (line->item, DISC_FIELD_DAYS, 1) != NULL ||
      (unit != NULL && strcmp (unit, "日") != 0 && strcmp (unit, "日分") != 0 &&
       g_ascii_strcasecmp (unit, "d") != 0))
    return FALSE;
  *days = g_ascii_strtoll (text, NULL, 10);
  return *days > 0 && *days <= MAX_DAYS;
}

static gboolean
has_refills (const ViewerMedication *line)
{
  const char *repeats = disc_item_value (line->item, DISC_FIELD_REPEATS);

  return repeats != NULL && strcmp (repeats, "0") != 0;
}

/* A start with a day, and only one. */
static gboolean
start_of (const ViewerMedication *line, double *start)
{
  if (!has_day (line->start) || disc_item_nth_value (line->item, DISC_FIELD_START, 1) != NULL)
    return FALSE;
  /* A time of the day is that of the first dose: the day is what is shown. */
  *start = (double) disc_date_to_day (line->start);
  return TRUE;
}

/* The end as the source has it: its day counts. */
static gboolean
written_end (const ViewerMedication *line, double *end)
{
  const char *text = disc_item_value (line->item, DISC_FIELD_END);

  if (!has_day (text) || disc_item_nth_value (line->item, DISC_FIELD_END, 1) != NULL)
    return FALSE;
  *end = (double) disc_date_to_day (text) + 1;
  return TRUE;
}

/* When it was stopped. An order that was made and stopped under one time does not say it. */
static gboolean
stop_of (const ViewerMedication *line, double from, double *stop)
{
  DiscStatus status = line->entry->record->status;
  const char *at = viewer_item_at (line->entry, line->item);

  if ((status != DISC_STATUS_STOPPED && status != DISC_STATUS_CANCELLED) || !has_day (at) ||
      days_of (at) < from + 1)
    return FALSE;
  *stop = days_of (at);
  return TRUE;
}

/* Where an open bar is drawn to: the next line of the drug, or the disc. */
static double
open_limit (const ViewerMedicationRow *row, const ViewerMedication *line, double from, double disc)
{
  double limit = disc;

  if (line->section == VIEWER_MEDICATION_OPEN)
    return from; /* begun long ago: nothing says that it went on */
  if (!line->entry->record->live)
    return stop_of (line, from, &limit) ? limit : from;
  for (guint i = 0; i < row->lines->len; i++)
    {
      const ViewerMedication *other = g_ptr_array_index (row->lines, i);
      double begin;

      if (other != line && start_of (other, &begin) && begin > from && begin < limit)
        limit = begin;
    }
  return limit;
}

static void
strike (ViewerBar *bar)
{
  if (bar->line->entry->record->live)
    return;
  bar->is_struck = TRUE;
  bar->is_cancelled = bar->line->entry->record->status != DISC_STATUS_STOPPED;
  bar->has_stop = stop_of (bar->line, bar->from, &bar->stop);
  if (!bar->has_stop)
    return;
  bar->to = MIN (bar->to, bar->stop);
  bar->solid = MIN (bar->solid, bar->to);
}

static void
add_bar (GArray *bars, const ViewerBar *bar, const ViewerBarSpan *span)
{
  ViewerBar placed = *bar;

  strike (&placed);
  if (placed.to > span->from && placed.from < span->to && placed.to > placed.from)
    g_array_append_val (bars, placed);
}

/* A box on each of the days, as many as there are days to take it. */
static void
add_doses (GArray *bars, const ViewerBar *bar, guint weekdays, double limit,
           const ViewerBarSpan *span)
{
  gint64 left = MAX_BOXES;

  if (!plain_days (bar->line, &left))
    limit = MIN (limit, bar->to);
  left = MIN (left, MAX_BOXES);
  for (gint64 day = (gint64) bar->from; left > 0 && (double) day < MIN (limit, span->to); day++)
    {
      ViewerBar dose = *bar;

      if ((weekdays & (1u << viewer_dosing_weekday (day))) == 0)
        continue;
      dose.kind = VIEWER_BAR_DOSE;
      dose.from = (double) day;
      dose.to = dose.solid = (double) day + 1;
      left--;
      add_bar (bars, &dose, span);
    }
}

/* Up to where boxes are drawn: the next line of the drug, its stop, else as far as the days go. */
static double
last_dose_day (const ViewerBar *bar, double limit, double end, const ViewerBarSpan *span)
{
  gint64 days;

  if (bar->from >= span->disc)
    return end;
  if (limit > bar->from)
    return limit < span->disc ? limit : end;
  return plain_days (bar->line, &days) ? span->disc : bar->from;
}

static void
add_unsure (GArray *bars, ViewerBar *bar, const ViewerBarSpan *span)
{
  bar->kind = VIEWER_BAR_UNSURE;
  bar->to = bar->solid = bar->from + 1;
  add_bar (bars, bar, span);
}

/* Which pattern stands on every day of its range. */
static gboolean
is_every_day (const ViewerMedication *line)
{
  return line->pattern == VIEWER_USAGE_DAILY;
}

static void
add_line (GArray *bars, const ViewerMedicationRow *row, const ViewerMedication *line,
          const ViewerBarSpan *span)
{
  ViewerBar bar = { .line = line, .kind = VIEWER_BAR_OPEN };
  const char *at = viewer_item_at (line->entry, line->item);
  guint weekdays = line->pattern == VIEWER_USAGE_WEEKDAYS ? viewer_dosing_weekdays (line->item) : 0;
  gint64 days;
  double end = 0, limit;
  gboolean has_end = written_end (line, &end);

  if (!start_of (line, &bar.from))
    {
      if (!has_day (line->start) && !has_day (at))
        return; /* viewer_bars_n_undated() */
      bar.from = (double) disc_date_to_day (has_day (line->start) ? line->start : at);
      add_unsure (bars, &bar, span);
      return;
    }
  limit = open_limit (row, line, bar.from, span->disc);
  bar.to = has_end && end > bar.from ? end : MAX (limit, bar.from + 1);
  if (weekdays != 0)
    {
      double last = last_dose_day (&bar, limit, has_end ? end : span->to, span);

      if (last > bar.from)
        add_doses (bars, &bar, weekdays, last, span);
      else
        add_unsure (bars, &bar, span);
      return;
    }
  bar.solid = bar.from;
  if (has_end && end > bar.from)
    {
      bar.kind = is_every_day (line) ? VIEWER_BAR_DAYS : VIEWER_BAR_OPEN;
      bar.solid = is_every_day (line) ? bar.to : bar.from;
    }
  else if (is_every_day (line) && plain_days (line, &days))
    {
      bar.kind = has_refills (line) ? VIEWER_BAR_OPEN : VIEWER_BAR_DAYS;
      bar.solid = bar.from + (double) days;
      bar.to = has_refills (line) ? MAX (bar.solid, limit) : bar.solid;
    }
  else if (is_every_day (line) || line->pattern == VIEWER_USAGE_PRN ||
           line->pattern == VIEWER_USAGE_EXTERNAL)
    bar.solid = bar.from + 1;
  else
    {
      add_unsure (bars, &bar, span);
      return;
    }
  add_bar (bars, &bar, span);
}

guint
viewer_bars_n_undated (const ViewerMedicationRow *row)
{
  guint n = 0;

  for (guint i = 0; i < row->lines->len; i++)
    {
      const ViewerMedication *line = g_ptr_array_index (row->lines, i);

      n += !viewer_bar_has_no_bar (line) && !has_day (line->start) &&
           !has_day (viewer_item_at (line->entry, line->item));
    }
  return n;
}

/* ---- a row ---------------------------------------------------------------------------------- */

static int
compare_bars (gconstpointer a, gconstpointer b)
{
  const ViewerBar *x = a;
  const ViewerBar *y = b;

  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->is_struck - y->is_struck;
}

/* Part of the axis that a mark takes at least: nothing else may stand there. */
#define MARK_PART 0.025

static double
shown_end (const ViewerBar *bar, const ViewerBarSpan *span)
{
  double mark = bar->from + MARK_PART * (span->to - span->from);

  if (bar->kind == VIEWER_BAR_DOSE)
    return bar->to;
  if (bar->has_stop)
    return MAX (bar->to, bar->stop);
  return bar->kind == VIEWER_BAR_UNSURE ? MAX (bar->to, mark) : bar->to;
}

static void
choose_lanes (GArray *bars, const ViewerBarSpan *span)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < bars->len; i++)
    {
      ViewerBar *bar = &g_array_index (bars, ViewerBar, i);
      double end = shown_end (bar, span);
      guint lane = 0;

      while (lane < ends->len && g_array_index (ends, double, lane) > bar->from)
        lane++;
      if (lane == ends->len)
        g_array_append_val (ends, end);
      else
        g_array_index (ends, double, lane) = end;
      bar->lane = lane;
    }
}

GArray *
viewer_bars_of (const ViewerMedicationRow *row, const ViewerBarSpan *span)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (ViewerBar));

  for (guint i = 0; i < row->lines->len; i++)
    {
      const ViewerMedication *line = g_ptr_array_index (row->lines, i);

      if (!viewer_bar_has_no_bar (line))
        add_line (bars, row, line, span);
    }
  g_array_sort (bars, compare_bars);
  choose_lanes (bars, span);
  return bars;
}

guint
viewer_bars_n_lanes (const GArray *bars)
{
  guint n = 1;

  for (guint i = 0; i < bars->len; i++)
    n = MAX (n, g_array_index (bars, ViewerBar, i).lane + 1);
  return n;
}

static char *
dose_text (const ViewerMedication *line)
{
  const char *unit = disc_item_value (line->item, DISC_FIELD_DOSE_UNIT);
  g_autofree char *doses = NULL;

  if (line->schedule == NULL)
    return g_strdup (line->dose);
  doses = g_strjoinv ("・", line->schedule);
  return g_strconcat (doses, unit != NULL ? unit : "", NULL);
}

char *
viewer_bar_text (const ViewerBar *bar, const ViewerMedicationRow *row, gboolean with_usage)
{
  const ViewerMedication *line = bar->line;
  g_autofree char *dose = dose_text (line);
  g_autofree char *usage = NULL;
  const char *parts[4] = { NULL };
  guint n = 0;
  char *text;

  if (!viewer_value_equal (line->drug, row->head->drug))
    parts[n++] = line->drug;
  if (dose != NULL)
    parts[n++] = dose;
  if (with_usage)
    {
      usage = viewer_values_of (line->item->values, line->item->n_values, DISC_FIELD_USAGE, "　");
      if (usage != NULL)
        parts[n++] = usage;
    }
  text = viewer_values_join (parts, n, "　");
  return text != NULL ? text : g_strdup ("");
}
