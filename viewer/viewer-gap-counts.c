/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "viewer-gap-model.h"

#include <string.h>

#include "disc-date.h"

#define HOUR 3600
#define DAY (24 * HOUR)

/* Whether its time is an hour of the plan: not that of an order, nor the last of some days. */
static gboolean
has_hour (const ViewerGap *gap)
{
  return gap->time != VIEWER_GAP_OPEN && gap->kind != VIEWER_GAP_RESULT &&
         gap->kind != VIEWER_GAP_RUN_OUT && gap->at != NULL && strchr (gap->at, 'T') != NULL &&
         disc_date_is_valid (gap->at);
}

/* An hour, or as many days as it takes. */
static gint64
choose_bin (gint64 span)
{
  gint64 days = 1;

  if (span <= (gint64) VIEWER_GAP_MAX_BINS * HOUR)
    return HOUR;
  while (span > (VIEWER_GAP_MAX_BINS - 1) * days * DAY)
    days *= 2;
  return days * DAY;
}

ViewerGapCounts *
viewer_gap_counts_new (const ViewerGapModel *model, const char *as_of, const char *now)
{
  g_autofree ViewerGapCounts *self =
      g_malloc0 (sizeof *self + VIEWER_GAP_MAX_BINS * sizeof self->planned[0]);
  gint64 disc, until;
  gboolean any = FALSE;

  if (as_of == NULL || now == NULL || !disc_date_is_valid (as_of) || !disc_date_is_valid (now))
    return NULL;
  disc = disc_date_to_seconds (as_of);
  until = MAX (disc, disc_date_to_seconds (now)) + VIEWER_GAP_AHEAD_HOURS * HOUR;
  self->bin = choose_bin (until - disc + HOUR);
  self->from = disc - disc % self->bin;
  self->n = (guint) ((until - self->from + self->bin - 1) / self->bin);
  for (guint i = 0; i < viewer_gap_model_n (model); i++)
    {
      const ViewerGap *gap = viewer_gap_model_get (model, i);
      gint64 at = has_hour (gap) ? disc_date_to_seconds (gap->at) : -1;

      if (at < self->from || at >= self->from + self->bin * (gint64) self->n)
        continue;
      self->planned[(at - self->from) / self->bin]++;
      any = TRUE;
    }
  return any ? g_steal_pointer (&self) : NULL;
}

void
viewer_gap_counts_free (ViewerGapCounts *self)
{
  g_free (self);
}
