/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-sandbox.h"

G_BEGIN_DECLS

#define IMP_SANDBOX_VERB "--confined" /* tomoshibi --confined JOB CPU MEMORY */

#define IMP_SANDBOX_EXIT_DONE 0
#define IMP_SANDBOX_EXIT_NOT_CONFINED 70

/* What the process gets as its standard input: a sealed file in memory with this head, then the
 * arguments, then the bytes. */
typedef struct
{
  char magic[8];
  guint64 arguments_len;
  guint64 bytes_len;
} ImpSandboxRequest;

/* What it writes: this head, the answer, and the magic once more. */
typedef struct
{
  char magic[8];
  guint64 len;
} ImpSandboxAnswer;

#define IMP_SANDBOX_REQUEST_MAGIC "TSBXREQ1"
#define IMP_SANDBOX_ANSWER_MAGIC "TSBXANS1"
#define IMP_SANDBOX_MAGIC_BYTES 8

/**
 * imp_sandbox_set_ready: whether the program begins with imp_sandbox_main(). One that does not
 * would run itself whole as its own converter, unconfined, and so on without end: it gets no
 * converter at all.
 */
void imp_sandbox_set_ready (gboolean is_ready);

/** imp_sandbox_write: all of it. */
gboolean imp_sandbox_write (int fd, const void *data, gsize len);

/** imp_sandbox_limit: processor, memory, files, core. */
gboolean imp_sandbox_limit (guint cpu_seconds, guint64 memory_bytes);
/** imp_sandbox_confine: from here on the process can only compute. */
gboolean imp_sandbox_confine (gboolean reads_system_files);

G_END_DECLS
