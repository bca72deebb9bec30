/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Runs a function on hostile bytes in a process of its own that can do nothing but compute, and
 * takes back bytes. Libraries that read PDF and pictures crash, hang and worse on bytes made for
 * it; a backup may hold such (law 8: input is hostile; law 5: one bad file never ends an import).
 *
 * The process is the own program, executed anew with a hidden verb, not forked: the importer has
 * many threads, and after fork() in such a program a child may only call what is safe in a signal
 * handler, never a library that takes locks or memory. An executed one starts clean, has none of
 * the memory of the importer, where other patients are, and needs no helper that could die before
 * it. It costs some 20 ms for each file.
 *
 * Confined before the first byte of input is read, or nothing is read at all:
 *   - limits on processor time, memory, files (setrlimit(2)), and the time of day kept by the
 * parent;
 *   - a seccomp(2) filter that lists what is allowed: memory, its two pipes, clocks. No other file,
 * no socket, no process, no thread, nothing executed;
 *   - a job that needs fonts and tables of the system may open files for reading below the folders
 * of imp_sandbox_readable, which Landlock enforces; where the kernel has none, it may open nothing.
 * What comes back is still from a process that hostile bytes may have taken over: it is bounded
 * here, and whoever reads it checks it as input.
 */

typedef struct
{
  const char *name; /* of the job, on the command line of the process */

  /* (nullable): what a library must load or open first; called before the doors close, and before
   * anything of the input is there. */
  void (*prepare) (void);

  /* @arguments: from the caller, trusted. @bytes: hostile. What is in @out is the answer. */
  void (*run) (GBytes *arguments, GBytes *bytes, GByteArray *out);

  gboolean reads_system_files; /* fonts, character tables */
} ImpSandboxJob;

typedef struct
{
  guint cpu_seconds;
  guint wall_seconds;
  guint64 memory_bytes; /* address space; not with a sanitizer, which needs more than there is */
  guint64 answer_bytes;
} ImpSandboxLimits;

#define IMP_SANDBOX_ENDS(X)                                                                        \
  X (DONE, "done")                                                                                 \
  X (CRASHED, "the converter crashed")                                                             \
  X (TIMEOUT, "the converter took too long")                                                       \
  X (TOO_MUCH, "the converter gave back too much")                                                 \
  X (BROKEN, "the converter gave back something broken")                                           \
  X (NOT_STARTED, "the converter could not be started in confinement")

#define IMP_ENUM_SANDBOX_END(id, words) IMP_SANDBOX_##id,

typedef enum
{
  IMP_SANDBOX_ENDS (IMP_ENUM_SANDBOX_END) IMP_N_SANDBOX_ENDS
} ImpSandboxEnd;

/** imp_sandbox_end_words: for a finding. */
const char *imp_sandbox_end_words (ImpSandboxEnd end);

/**
 * imp_sandbox_run:
 * @name: of a job that the program's imp_sandbox_main() knows
 * @arguments: (nullable)
 * @end: (out)
 *
 * From any thread; waits for the end, at most the wall_seconds of @limits, and before that until fewer
 * processes run than there are processors.
 *
 * Returns: (transfer full) (nullable): the answer; %NULL with any other @end than %IMP_SANDBOX_DONE
 */
GBytes *imp_sandbox_run (const char *name, GBytes *arguments, GBytes *bytes,
                         const ImpSandboxLimits *limits, ImpSandboxEnd *end);

/**
 * imp_sandbox_main:
 *
 * To be called first in main(), of tests too: runs the job that the command line asks for, if it
 * asks for one, confined, and ends the process.
 */
void imp_sandbox_main (const ImpSandboxJob *jobs, guint n_jobs, int argc, char **argv);

/** imp_sandbox_readable: folders of fonts and tables, ended by %NULL. */
extern const char *const imp_sandbox_readable[];

G_END_DECLS
