/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-window.h"

#include <string.h>

#include "imp-error.h"

#define ISO_DAY_LEN 10

gboolean
imp_window_parse_time (const char *text, char *out)
{
  char iso[DISC_DATE_MAX];

  if (strlen (text) >= DISC_DATE_MAX)
    return FALSE;
  if (disc_date_is_valid (text))
    g_strlcpy (iso, text, sizeof iso);
  else if (!disc_date_from_hl7 (text, strlen (text), iso))
    return FALSE;

  if (strlen (iso) < ISO_DAY_LEN)
    return FALSE;
  g_strlcpy (out, iso, DISC_DATE_MAX);
  return TRUE;
}

void
imp_window_now (char *out)
{
  g_autofree char *text = disc_date_now ();

  g_strlcpy (out, text, DISC_DATE_MAX);
}

gboolean
imp_window_init (ImpWindow *window, const char *as_of, int months, GError **error)
{
  g_autofree char *from = NULL;

  memset (window, 0, sizeof *window);
  if (months < 1 || months > IMP_MAX_MONTHS)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--months: not a number from 1 to %d",
                   IMP_MAX_MONTHS);
      return FALSE;
    }
  if (!imp_window_parse_time (as_of, window->as_of))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "--as-of: not a day such as 2026-04-01");
      return FALSE;
    }

  window->months = months;
  from = disc_date_shift_months (window->as_of, -months);
  g_strlcpy (window->window_from, from != NULL ? from : "0001-01-01", sizeof window->window_from);
  return TRUE;
}

void
imp_window_care_day (const char *care_date, char *out)
{
  out[0] = '\0';
  if (strlen (care_date) == 8 && disc_date_from_hl7 (care_date, 8, out) &&
      strlen (out) != ISO_DAY_LEN)
    out[0] = '\0';
}

/* A date of lower precision ("2025-04") counts by its last day: it may be in the window. */
static gboolean
reaches (const ImpWindow *window, const char *date)
{
  return *date != '\0' && strncmp (date, window->window_from, strlen (date)) >= 0;
}

gboolean
imp_window_keeps (const ImpWindow *window, const ImpMessage *message)
{
  char day[DISC_DATE_MAX];

  if (imp_message_is_undated (message))
    return TRUE;

  imp_window_care_day (message->care_date, day);
  if (*day == '\0' && *message->clinical_at == '\0' && *message->reaches_to == '\0')
    return *message->sent_at == '\0' || reaches (window, message->sent_at);
  return reaches (window, day) || reaches (window, message->clinical_at) ||
         reaches (window, message->reaches_to);
}

gboolean
imp_window_may_drop_early (const ImpWindow *window, const ImpMessage *message)
{
  static const char *const types[] = { "OML-11", "OMP-11", "OMP-12", "OMG-11",
                                       "OMG-12", "OMG-13", "ADT-12", NULL };

  return imp_message_is_standing (message) && !(message->flags & DISC_MESSAGE_DISPUTED) &&
         g_strv_contains (types, message->type) && !imp_window_keeps (window, message);
}

gint64
imp_window_days_stale (const ImpWindow *window, const char *newest)
{
  gint64 end = disc_date_to_day (window->as_of);
  gint64 day = disc_date_to_day (newest);

  if (end == G_MININT64 || day == G_MININT64 || day >= end)
    return 0;
  return end - day;
}
