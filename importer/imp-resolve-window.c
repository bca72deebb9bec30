/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-resolve.h"

#include <string.h>

/* Only what may place the patient: an event that was superseded, or whose name and message disagree,
 * must not take the room of the one that stands. */
static gboolean
is_candidate (const ImpMessage *message, const char *type)
{
  return message->records_len > 0 && message->fate != IMP_FATE_IDENTICAL &&
         strcmp (message->type, type) == 0 && imp_message_is_standing (message) &&
         message->names_admission &&
         !(message->flags & (DISC_MESSAGE_DISPUTED | DISC_MESSAGE_TEST)) &&
         imp_message_has_live (message, DISC_KIND_ENCOUNTER);
}

/* The last admission, move, discharge and leave stay whatever their age: somebody may have been in
 * hospital for longer than the window (3.2). */
static void
keep_last (ImpUnit *unit, const char *type)
{
  ImpMessage *last = NULL;

  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (is_candidate (message, type) &&
          (last == NULL || strcmp (message->clinical_at, last->clinical_at) > 0 ||
           (strcmp (message->clinical_at, last->clinical_at) == 0 &&
            imp_message_compare_age (message, last) > 0)))
        last = message;
    }
  if (last != NULL)
    last->fate = IMP_FATE_ON_DISC;
}

/* All versions of a record are in the window or none: an order must not lose the version that ended
 * it. The messages are sorted, so versions lie together. */
static guint
count_versions (const ImpUnit *unit, guint first)
{
  const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, first);
  guint n = 1;

  while (first + n < unit->messages->len &&
         imp_resolve_is_same_record (message,
                                     &g_array_index (unit->messages, ImpMessage, first + n)))
    n++;
  return n;
}

static void
place_record (ImpUnit *unit, guint first, guint n, const ImpWindow *window)
{
  gboolean kept = FALSE;

  for (guint i = first; i < first + n && !kept; i++)
    {
      const ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      kept = message->records_len > 0 && imp_window_keeps (window, message);
    }
  for (guint i = first; i < first + n && !kept; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->records_len > 0 && message->fate == IMP_FATE_ON_DISC)
        message->fate = IMP_FATE_OUTSIDE;
    }
}

void
imp_resolve_window (ImpUnit *unit, const ImpWindow *window)
{
  static const char *const kept[] = { "ADT-22", "ADT-42", "ADT-52", "ADT-31", "ADT-32" };

  for (guint i = 0, n; i < unit->messages->len; i += n)
    {
      n = count_versions (unit, i);
      place_record (unit, i, n, window);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    keep_last (unit, kept[i]);
  imp_resolve_last (unit);
}

/* The time a chart sorts by: the clinical one, else the care date, else the time of sending (2.5). */
static const char *
chart_time (const ImpMessage *message, char *buffer)
{
  if (*message->clinical_at != '\0')
    return message->clinical_at;
  imp_window_care_day (message->care_date, buffer);
  return *buffer != '\0' ? buffer : message->sent_at;
}

static int
compare_in_chart (gconstpointer a, gconstpointer b)
{
  const ImpMessage *left = *(const ImpMessage *const *) a;
  const ImpMessage *right = *(const ImpMessage *const *) b;
  char left_day[DISC_DATE_MAX];
  char right_day[DISC_DATE_MAX];
  int order = strcmp (chart_time (left, left_day), chart_time (right, right_day));

  if (order == 0)
    order = strcmp (left->type, right->type);
  return order != 0 ? order : imp_message_compare_age (left, right);
}

void
imp_resolve_order (ImpUnit *unit)
{
  for (guint i = 0; i < unit->messages->len; i++)
    {
      ImpMessage *message = &g_array_index (unit->messages, ImpMessage, i);

      if (message->records_len == 0 || message->fate != IMP_FATE_ON_DISC)
        continue;
      g_ptr_array_add (message->flags & DISC_MESSAGE_DISPUTED ? unit->disputed : unit->chart,
                       message);
    }
  g_ptr_array_sort (unit->chart, compare_in_chart);
  g_ptr_array_sort (unit->disputed, compare_in_chart);

  /* An id that only a disputed message names can still be looked up. */
  unit->has_patient = *unit->id != '\0' && (unit->chart->len > 0 || unit->n_disputed_naming > 0);
  if (unit->has_patient && unit->chart->len == 0)
    unit->patient.flags |= DISC_PATIENT_DISPUTED_ONLY;
}
