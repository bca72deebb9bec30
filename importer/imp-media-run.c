/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-media-run.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-signals.h"

#define PROGRESS_MS 1000

typedef struct
{
  ImpMediaRun run;
  ImpMediaFunc func;
  gpointer user_data;
  GMainLoop *loop;
  gboolean ok;
  GError *error;
  gboolean on_terminal;
} Work;

void
imp_media_run_tell (ImpMediaRun *run, ImpMediaPhase phase, guint64 done, guint64 total)
{
  if (run == NULL)
    return;
  g_atomic_int_set (&run->permille, total > 0 ? (int) (MIN (done, total) * 1000 / total) : -1);
  g_atomic_int_set (&run->phase, (int) phase);
}

gboolean
imp_media_run_is_cancelled (ImpMediaRun *run, GError **error)
{
  if (run == NULL || !g_cancellable_is_cancelled (run->cancellable))
    return FALSE;
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, "interrupted");
  return TRUE;
}

static const char *
phase_text (ImpMediaPhase phase)
{
  switch (phase)
    {
    case IMP_MEDIA_CHECKING:
      return _("Checking the disc");
    case IMP_MEDIA_WRITING:
      return _("Writing");
    case IMP_MEDIA_BURNING:
      return _("Burning");
    case IMP_MEDIA_WAITING:
      return _("Waiting for the drive; push the tray in if it stays open");
    case IMP_MEDIA_COMPARING:
    default:
      return _("Reading back and comparing");
    }
}

static gboolean
on_progress (gpointer data)
{
  Work *work = data;
  const char *text = phase_text ((ImpMediaPhase) g_atomic_int_get (&work->run.phase));
  int permille = g_atomic_int_get (&work->run.permille);
  g_autofree char *line = permille >= 0 ? g_strdup_printf ("%s: %d %%", text, permille / 10)
                                        : g_strdup (text);

  if (work->on_terminal)
    g_printerr ("\r%s\033[K", line);
  else
    g_printerr ("%s\n", line);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer data)
{
  g_cancellable_cancel (((Work *) data)->run.cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_done (gpointer data)
{
  g_main_loop_quit (((Work *) data)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
run_work (gpointer data)
{
  Work *work = data;

  work->ok = work->func (&work->run, work->user_data, &work->error);
  g_idle_add (on_done, work);
  return NULL;
}

gboolean
imp_media_run (ImpMediaFunc func, gpointer user_data, gboolean progress, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Work work = { { cancellable, IMP_MEDIA_CHECKING, -1 }, func, user_data, loop };
  ImpSignals signals = imp_signals_watch (on_signal, &work);
  guint progress_source = 0;
  GThread *thread;

  work.on_terminal = isatty (STDERR_FILENO);
  if (progress || work.on_terminal)
    progress_source = g_timeout_add (PROGRESS_MS, on_progress, &work);
  thread = g_thread_new ("media", run_work, &work);
  g_main_loop_run (loop);
  g_thread_join (thread);

  imp_signals_forget (&signals);
  if (progress_source != 0)
    g_source_remove (progress_source);
  if (work.on_terminal)
    g_printerr ("\r\033[K");
  if (!work.ok)
    g_propagate_error (error, work.error);
  return work.ok;
}
