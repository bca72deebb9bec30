/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A build opens files of strangers with many libraries. Should one of them be taken over, it can
 * read what the user can, but send nothing anywhere, start nothing, and change nothing beside what
 * a build writes:
 *   - no new privileges;
 *   - seccomp(2): no socket of any kind, nor what looks into other processes or changes the system;
 *     where a virus scanner is asked, sockets to programs on this machine, and no others;
 *   - Landlock (from version 2 on: Linux 5.19): every file is for reading only, save below the
 * folders named; only this program can be executed, which is how documents are read
 * (imp-sandbox.h). It holds for all that the process starts, and cannot be undone.
 */

typedef struct
{
  const char *const *folders; /* ended by %NULL; files below them may be written. NULLs among them
                                 are not possible: leave out what is not known */
  const char *leaves; /* (nullable): empty folders directly or deeper in it may be removed */
  gboolean local_sockets; /* socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) is allowed: seccomp(2)
                             cannot tell to whom one connects */
} ImpConfine;

/** imp_confine_has_files: whether the kernel can guard files. */
gboolean imp_confine_has_files (void);

/**
 * imp_confine:
 *
 * Before the process has a second thread. Files are not guarded where the kernel cannot.
 * Returns: %FALSE where something of this could not be done, though as much as could be is
 */
gboolean imp_confine (const ImpConfine *confine);

G_END_DECLS
