/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-signals.h"

#include <glib-unix.h>
#include <signal.h>

static const int watched[] = { SIGINT, SIGTERM };

static gboolean
on_nothing (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* With the last of its sources GLib gives a signal back to the system, which ends the process. */
static void
keep_caught (void)
{
  static gsize is_caught;

  if (!g_once_init_enter (&is_caught))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_unix_signal_add (watched[i], on_nothing, NULL);
  g_once_init_leave (&is_caught, 1);
}

ImpSignals
imp_signals_watch (GSourceFunc func, gpointer user_data)
{
  ImpSignals self;

  keep_caught ();
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    self.sources[i] = g_unix_signal_add (watched[i], func, user_data);
  return self;
}

void
imp_signals_forget (ImpSignals *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->sources); i++)
    g_source_remove (self->sources[i]);
}
