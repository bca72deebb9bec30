/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-gap-model.h"

#include <string.h>

#include <glib/gi18n.h>

#include "disc-date.h"
#include "viewer-exam-model.h"
#include "viewer-injection-model.h"
#include "viewer-medication-model.h"
#include "viewer-timeline-model.h"

#define DAY_SECONDS (24 * 60 * 60)

struct _ViewerGapModel
{
  GPtrArray *gaps; /* (element-type ViewerGap) */
  const char *as_of;
  char *now; /* not before the disc */
  char *until;
  guint n_old;
};

static void
gap_free (gpointer data)
{
  ViewerGap *gap = data;

  g_free (gap->at);
  g_free (gap->what);
  g_free (gap->usage);
  g_free (gap);
}

/* ---- times ---------------------------------------------------------------------------------- */

/* As far as both are known: 2026-11-20 is not after 2026-11-20T08:00, nor before it. */
static int
compare_times (const char *a, const char *b)
{
  char x[DISC_DATE_MAX], y[DISC_DATE_MAX];

  disc_date_in_japan (a, x);
  disc_date_in_japan (b, y);
  return strncmp (x, y, MIN (strlen (x), strlen (y)));
}

static char *
add_hours (const char *iso, guint hours)
{
  gint64 seconds = disc_date_to_seconds (iso);
  g_autofree char *day = NULL;

  if (seconds == G_MININT64)
    return g_strdup (iso);
  seconds += (gint64) hours * 60 * 60;
  day = disc_date_from_day (seconds / DAY_SECONDS);
  return g_strdup_printf ("%sT%02d:%02d", day, (int) (seconds % DAY_SECONDS / 3600),
                          (int) (seconds % 3600 / 60));
}

/* Whether it lies between the disc and the end of what is shown. */
static gboolean
is_in_gap (const ViewerGapModel *self, const char *at)
{
  return at != NULL && disc_date_is_valid (at) && compare_times (at, self->as_of) > 0 &&
         compare_times (at, self->until) <= 0;
}

static ViewerGap *
add (ViewerGapModel *self, ViewerGapKind kind, const ViewerEntry *entry, const char *at)
{
  ViewerGap *gap = g_new0 (ViewerGap, 1);

  gap->kind = kind;
  gap->entry = entry;
  gap->at = g_strdup (at);
  gap->is_on_hold = entry->record->status == DISC_STATUS_ON_HOLD;
  gap->time = at == NULL                          ? VIEWER_GAP_OPEN
              : compare_times (at, self->now) < 0 ? VIEWER_GAP_PAST
                                                  : VIEWER_GAP_COMING;
  g_ptr_array_add (self->gaps, gap);
  return gap;
}

/* ---- injections ----------------------------------------------------------------------------- */

static char *
mixture_of (const ViewerInjection *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < row->drugs->len; i++)
    {
      const ViewerInjectionDrug *drug = &g_array_index (row->drugs, ViewerInjectionDrug, i);

      if (drug->drug == NULL)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " ＋ " : "", drug->drug);
      if (drug->amount != NULL)
        g_string_append_printf (text, " %s%s", drug->amount,
                                drug->amount_unit != NULL ? drug->amount_unit : "");
    }
  return g_string_free (text, FALSE);
}

static void
add_injections (ViewerGapModel *self, const GArray *entries)
{
  g_autoptr (ViewerInjectionModel) model = viewer_injection_model_new (entries, self->as_of);

  for (guint i = 0; i < viewer_injection_model_n (model); i++)
    {
      const ViewerInjection *row = viewer_injection_model_get (model, i);

      for (guint j = 0; j < row->slots->len; j++)
        {
          const ViewerInjectionSlot *slot = g_ptr_array_index (row->slots, j);
          const char *parts[] = { row->route, row->rate };
          ViewerGap *gap;

          if (!slot->is_ordered || slot->given->len > 0 ||
              (!slot->is_live && slot->entry->record->status != DISC_STATUS_ON_HOLD) ||
              !is_in_gap (self, slot->start))
            continue;
          gap = add (self, VIEWER_GAP_INJECTION, slot->entry, slot->start);
          gap->what = mixture_of (row);
          gap->usage = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");
          gap->order_no = slot->order_no;
        }
    }
}

/* ---- drugs ---------------------------------------------------------------------------------- */

static gboolean
goes_on (const ViewerMedication *line)
{
  return line->section == VIEWER_MEDICATION_RUNNING || line->section == VIEWER_MEDICATION_RAN_OUT;
}

/* (transfer full) (nullable): "4・2・1錠" where that is certain. */
static char *
schedule_of (const ViewerMedication *line)
{
  g_autofree char *joined = line->schedule != NULL ? g_strjoinv ("・", line->schedule) : NULL;
  const char *unit = disc_item_value (line->item, DISC_FIELD_DOSE_UNIT);

  return joined != NULL ? g_strconcat (joined, unit, NULL) : NULL;
}

static void
add_drug (ViewerGapModel *self, const ViewerMedication *line, ViewerGapKind kind, const char *at)
{
  ViewerGap *gap = add (self, kind, line->entry, at);
  g_autofree char *schedule = schedule_of (line);
  /* Of an uneven pattern the smallest and the largest dose are no choice. */
  const char *parts[] = { line->drug, line->is_uneven ? _ ("Uneven doses") : NULL,
                          schedule != NULL ? schedule : line->dose };

  gap->what = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");
  gap->usage = g_strdup (line->usage);
  gap->order_no = line->order_no;
}

/* The last day of supply, where it lies between the day of the disc and the end of what is shown.
 */
static char *
last_day_in_gap (const ViewerGapModel *self, const ViewerMedication *line)
{
  gint64 first = disc_date_to_day (self->as_of);
  gint64 last = disc_date_to_day (self->until);

  if ((line->left != VIEWER_LEFT_DAYS && line->left != VIEWER_LEFT_RAN_OUT) ||
      line->last_day < first || line->last_day > last)
    return NULL;
  return disc_date_from_day (line->last_day);
}

static void
add_drugs (ViewerGapModel *self, const GArray *entries)
{
  g_autoptr (ViewerMedicationModel) model = viewer_medication_model_new (entries, self->as_of);

  for (guint i = 0; i < viewer_medication_model_n (model); i++)
    {
      const ViewerMedication *line = viewer_medication_model_get (model, i);
      g_autofree char *last = goes_on (line) ? last_day_in_gap (self, line) : NULL;

      if (line->entry->record->kind != DISC_KIND_PRESCRIPTION)
        continue;
      if (last != NULL)
        add_drug (self, line, VIEWER_GAP_RUN_OUT, last);
      if (line->left == VIEWER_LEFT_NOT_BEGUN && line->section == VIEWER_MEDICATION_RUNNING)
        {
          if (is_in_gap (self, line->start))
            add_drug (self, line, VIEWER_GAP_DRUG, line->start);
        }
      else if (line->section == VIEWER_MEDICATION_RUNNING)
        add_drug (self, line, VIEWER_GAP_DRUG, NULL);
    }
}

/* ---- results -------------------------------------------------------------------------------- */

static void
add_results (ViewerGapModel *self, const GArray *entries)
{
  g_autoptr (ViewerExamModel) model = viewer_exam_model_new (entries);
  gint64 today = disc_date_to_day (self->as_of);

  for (guint i = 0; i < viewer_exam_model_n (model); i++)
    {
      const ViewerExam *exam = viewer_exam_model_get (model, i);
      ViewerGap *gap;

      if (exam->state != VIEWER_EXAM_AWAITING || is_in_gap (self, exam->at))
        continue;
      if (exam->at != NULL && disc_date_is_valid (exam->at) &&
          (compare_times (exam->at, self->until) > 0 ||
           today - disc_date_to_day (exam->at) > VIEWER_GAP_RESULT_DAYS))
        {
          self->n_old += compare_times (exam->at, self->until) <= 0;
          continue;
        }
      gap = add (self, VIEWER_GAP_RESULT, exam->order, exam->at);
      gap->time = VIEWER_GAP_OPEN;
      gap->what = g_strdup (exam->title != NULL ? exam->title : "");
      gap->order_no = exam->order_no;
    }
}

/* ---- the rest ------------------------------------------------------------------------------- */

static gboolean
kind_of_event (const ViewerTimelineEvent *event, ViewerGapKind *kind)
{
  switch (event->entry->record->kind)
    {
    case DISC_KIND_ENCOUNTER:
    case DISC_KIND_APPOINTMENT:
      *kind = VIEWER_GAP_MOVE;
      return TRUE;
    case DISC_KIND_ORDER:
    case DISC_KIND_PROCEDURE:
      *kind = VIEWER_GAP_EXAM;
      return TRUE;
    case DISC_KIND_MEAL:
      *kind = VIEWER_GAP_MEAL;
      return TRUE;
    default:
      return FALSE;
    }
}

static ViewerGap *
add_event (ViewerGapModel *self, const ViewerTimelineEvent *event, ViewerGapKind kind,
           const char *at)
{
  const char *parts[] = { event->title, event->detail };
  ViewerGap *gap = add (self, kind, event->entry, at);

  gap->what = viewer_values_join (parts, G_N_ELEMENTS (parts), "　");
  if (gap->what == NULL)
    gap->what = g_strdup ("");
  gap->order_no = event->item != NULL
                      ? viewer_item_order_no (event->entry, event->item)
                      : disc_record_value (event->entry->record, DISC_FIELD_ORDER_NO);
  return gap;
}

/* When a stay or a leave was to end, as its message said at its begin (PV2-9, PV2-47). */
static const char *
expected_end_of (const ViewerTimelineEvent *event)
{
  return event->item != NULL && event->entry->record->kind == DISC_KIND_ENCOUNTER
             ? disc_item_value (event->item, DISC_FIELD_EXPECTED_END)
             : NULL;
}

/* Whether the stay of what is older was over when the disc was made. */
static gboolean
ends_stay (const ViewerGapModel *self, const ViewerTimelineEvent *event)
{
  return g_strcmp0 (event->entry->message->data_type, "ADT-52") == 0 && event->at != NULL &&
         compare_times (event->at, self->as_of) <= 0;
}

static void
add_events (ViewerGapModel *self, const GArray *entries)
{
  g_autoptr (ViewerTimelineModel) model = viewer_timeline_model_new (entries);
  gboolean has_end = FALSE;

  for (guint i = 0; i < viewer_timeline_model_n (model); i++)
    {
      const ViewerTimelineEvent *event = viewer_timeline_model_get (model, i);
      const char *end = expected_end_of (event);
      ViewerGapKind kind;

      if (!event->is_live || !kind_of_event (event, &kind))
        continue;
      if (is_in_gap (self, event->at))
        add_event (self, event, kind, event->at);
      has_end |= ends_stay (self, event);
      /* Of one stay each message may say it again: newest first, so that the first counts. */
      if (has_end || end == NULL)
        continue;
      has_end = TRUE;
      if (is_in_gap (self, end))
        add_event (self, event, kind, end)->is_expected_end = TRUE;
    }
}

/* ---- all ------------------------------------------------------------------------------------ */

static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const ViewerGap *x = *(ViewerGap *const *) a;
  const ViewerGap *y = *(ViewerGap *const *) b;
  int order;

  if (x->time != y->time)
    return (int) x->time - (int) y->time;
  if (x->time == VIEWER_GAP_OPEN && x->kind != y->kind)
    return (int) x->kind - (int) y->kind;
  order = disc_date_compare (x->at, y->at);
  if (order == 0 && x->kind != y->kind)
    order = (int) x->kind - (int) y->kind;
  return order != 0 ? order : strcmp (x->what, y->what);
}

ViewerGapModel *
viewer_gap_model_new (const GArray *entries, const char *as_of, const char *now)
{
  ViewerGapModel *self = g_new0 (ViewerGapModel, 1);

  self->gaps = g_ptr_array_new_with_free_func (gap_free);
  if (as_of == NULL || !disc_date_is_valid (as_of))
    return self;
  self->as_of = as_of;
  self->now = g_strdup (now != NULL && strcmp (now, as_of) > 0 ? now : as_of);
  self->until = add_hours (self->now, VIEWER_GAP_AHEAD_HOURS);
  add_injections (self, entries);
  add_drugs (self, entries);
  add_results (self, entries);
  add_events (self, entries);
  g_ptr_array_sort (self->gaps, compare_gaps);
  return self;
}

void
viewer_gap_model_free (ViewerGapModel *self)
{
  g_ptr_array_unref (self->gaps);
  g_free (self->now);
  g_free (self->until);
  g_free (self);
}

guint
viewer_gap_model_n (const ViewerGapModel *self)
{
  return self->gaps->len;
}

const ViewerGap *
viewer_gap_model_get (const ViewerGapModel *self, guint i)
{
  return g_ptr_array_index (self->gaps, i);
}

guint
viewer_gap_model_n_of_kind (const ViewerGapModel *self, ViewerGapKind kind)
{
  guint n = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    n += viewer_gap_model_get (self, i)->kind == kind;
  return n;
}

guint
viewer_gap_model_n_of_time (const ViewerGapModel *self, ViewerGapTime time)
{
  guint n = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    n += viewer_gap_model_get (self, i)->time == time;
  return n;
}

guint
viewer_gap_model_n_old (const ViewerGapModel *self)
{
  return self->n_old;
}
