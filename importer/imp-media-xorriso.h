/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-media-run.h"

G_BEGIN_DECLS

/* xorriso (libburnia project) as a child: it makes images and writes media. */

/** What is done with each line it prints. */
typedef void (*ImpXorrisoLine) (const char *line, gpointer user_data);

/**
 * imp_xorriso_run:
 * @args: behind -no_rc, which keeps the configuration of a user or a machine out
 * @func: (nullable)
 *
 * Runs it without a shell, found in $PATH, and ends it when @run is cancelled.
 *
 * Returns: %FALSE with %IMP_ERROR_MEDIUM and its own first complaint, %DISC_ERROR_NO_SPACE,
 *   %IMP_ERROR_CANCELLED, or %IMP_ERROR_SOURCE when it is not installed
 */
gboolean imp_xorriso_run (const char *const *args, ImpXorrisoLine func, gpointer user_data,
                          ImpMediaRun *run, GError **error);

/** imp_xorriso_permille: what a line of progress says; -1 when it is none. */
int imp_xorriso_permille (const char *line);

G_END_DECLS
