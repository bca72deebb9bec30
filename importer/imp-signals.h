/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SIGINT and SIGTERM end a verb's work early, and nothing but its work: who presses the keys twice,
 * or while the outcome is being told, stops no tidying up and gets the exit code of what was done. */

/** ImpSignals: what to remove when the work is done. */
typedef struct
{
  guint sources[2];
} ImpSignals;

/**
 * imp_signals_watch: from now on a signal calls @func in the default main context instead of ending
 * the process, and after imp_signals_forget() it does nothing at all, as long as the process lives.
 */
ImpSignals imp_signals_watch (GSourceFunc func, gpointer user_data);

/** imp_signals_forget: @func is not called any more. */
void imp_signals_forget (ImpSignals *self);

G_END_DECLS
