/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Long work of a verb: in a thread of its own, with progress, ended by SIGINT and SIGTERM. */

typedef enum
{
  IMP_MEDIA_CHECKING,  /* the disc, before anything is made of it */
  IMP_MEDIA_WRITING,
  IMP_MEDIA_BURNING,
  IMP_MEDIA_WAITING,   /* for the drive */
  IMP_MEDIA_COMPARING, /* reading back */
} ImpMediaPhase;

/** What work tells while it runs, and how it learns that it shall end. */
typedef struct
{
  GCancellable *cancellable;
  int phase;           /* atomic, of ImpMediaPhase */
  int permille;        /* atomic, of the phase; -1: not known */
} ImpMediaRun;

/** imp_media_run_tell: any thread. @total: 0: not known. @run may be %NULL. */
void imp_media_run_tell (ImpMediaRun *run, ImpMediaPhase phase, guint64 done, guint64 total);

/** imp_media_run_is_cancelled: %TRUE with %IMP_ERROR_CANCELLED. @run may be %NULL. */
gboolean imp_media_run_is_cancelled (ImpMediaRun *run, GError **error);

/** The work. Returns: %FALSE with @error set */
typedef gboolean (*ImpMediaFunc) (ImpMediaRun *run, gpointer user_data, GError **error);

/** imp_media_run: blocks until @func is done. @progress: show it also where nobody may look. */
gboolean imp_media_run (ImpMediaFunc func, gpointer user_data, gboolean progress, GError **error);

G_END_DECLS
