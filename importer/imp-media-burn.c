/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-burn.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-media-drive.h"
#include "imp-media.h"

void
imp_burn_outcome_clear (ImpBurnOutcome *self)
{
  g_clear_pointer (&self->at, g_free);
  g_clear_pointer (&self->medium, g_free);
  imp_media_comparison_clear (&self->found);
}

static char *
now (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_now_local ();

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
}

static gboolean
look (const ImpBurnOptions *options, ImpMediaRun *run, ImpBurnOutcome *out, GError **error)
{
  g_auto (ImpMediaLook) look = { NULL };

  if (!imp_media_drive_look (options->device, run, &look, error) ||
      !imp_medium_check_room (look.type != NULL ? look.type : options->device, look.n_sectors,
                              options->n_sectors, error))
    return FALSE;
  out->medium = g_steal_pointer (&look.type);
  return TRUE;
}

static gboolean
write_and_compare (const ImpBurnOptions *options, ImpMediaRun *run, ImpBurnOutcome *out,
                   GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gboolean ok;

  out->at = now ();
  out->was_begun = TRUE;
  out->result = IMP_BURN_NOT_WRITTEN;
  ok = imp_media_drive_write (options->device, options->image, options->speed, run, error);
  out->seconds = (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  if (!ok)
    return FALSE;

  out->result = IMP_BURN_NOT_READ;
  if (!imp_media_drive_reload (options->device, run, error))
    return FALSE;
  ok = imp_media_compare (options->image, imp_media_drive_path (options->device), run, &out->found,
                          error);
  if (ok)
    out->result = IMP_BURN_SAME;
  else if (out->found.n_different + out->found.n_unreadable > 0)
    out->result = IMP_BURN_DIFFERENT;
  return ok;
}

gboolean
imp_burn (const ImpBurnOptions *options, ImpMediaRun *run, ImpBurnOutcome *out, GError **error)
{
  g_autoptr (GError) local = NULL;

  *out = (ImpBurnOutcome) { FALSE };
  if (!look (options, run, out, error))
    return FALSE;
  if (write_and_compare (options, run, out, &local))
    return TRUE;

  if (g_error_matches (local, IMP_ERROR, IMP_ERROR_READ_BACK))
    g_propagate_error (error, g_steal_pointer (&local));
  else if (g_error_matches (local, IMP_ERROR, IMP_ERROR_CANCELLED))
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNFINISHED, _("interrupted"));
  else
    g_set_error_literal (error, IMP_ERROR, IMP_ERROR_UNFINISHED, local->message);
  return FALSE;
}
