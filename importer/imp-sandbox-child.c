/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sandbox-private.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "disc-process.h"

static const ImpSandboxJob *
find_job (const ImpSandboxJob *jobs, guint n_jobs, const char *name)
{
  for (guint i = 0; i < n_jobs; i++)
    if (strcmp (jobs[i].name, name) == 0)
      return &jobs[i];
  return NULL;
}

/* Returns: FALSE where standard input is not what the parent writes. */
static gboolean
map_request (GBytes **arguments, GBytes **bytes)
{
  off_t end = lseek (STDIN_FILENO, 0, SEEK_END);
  const guint8 *map;
  ImpSandboxRequest head;
  guint64 size;

  if (end < (off_t) sizeof head)
    return FALSE;
  size = (guint64) end;
  map = mmap (NULL, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  if (map == MAP_FAILED)
    return FALSE;
  memcpy (&head, map, sizeof head);
  size -= sizeof head;
  if (memcmp (head.magic, IMP_SANDBOX_REQUEST_MAGIC, IMP_SANDBOX_MAGIC_BYTES) != 0 ||
      head.arguments_len > size || head.bytes_len != size - head.arguments_len)
    return FALSE;
  *arguments = g_bytes_new_static (map + sizeof head, head.arguments_len);
  *bytes = g_bytes_new_static (map + sizeof head + head.arguments_len, head.bytes_len);
  return TRUE;
}

static gboolean
write_answer (const GByteArray *out)
{
  ImpSandboxAnswer head = { .len = out->len };

  memcpy (head.magic, IMP_SANDBOX_ANSWER_MAGIC, IMP_SANDBOX_MAGIC_BYTES);
  return imp_sandbox_write (STDOUT_FILENO, &head, sizeof head) && imp_sandbox_write (STDOUT_FILENO, out->data, out->len) &&
         imp_sandbox_write (STDOUT_FILENO, head.magic, sizeof head.magic);
}

static int
run_job (const ImpSandboxJob *job, guint cpu_seconds, guint64 memory_bytes)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GBytes) arguments = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!imp_sandbox_limit (cpu_seconds, memory_bytes))
    return IMP_SANDBOX_EXIT_NOT_CONFINED;
  if (job->prepare != NULL)
    job->prepare ();
  if (!imp_sandbox_confine (job->reads_system_files) || !map_request (&arguments, &bytes))
    return IMP_SANDBOX_EXIT_NOT_CONFINED;
  job->run (arguments, bytes, out);
  return write_answer (out) ? IMP_SANDBOX_EXIT_DONE : 1;
}

void
imp_sandbox_main (const ImpSandboxJob *jobs, guint n_jobs, int argc, char **argv)
{
  const ImpSandboxJob *job;

  imp_sandbox_set_ready (TRUE);
  if (argc != 5 || strcmp (argv[1], IMP_SANDBOX_VERB) != 0)
    return;
  job = find_job (jobs, n_jobs, argv[2]);
  /* Whatever the parent holds open is none of this process's. */
  if (job == NULL || prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || close_range (3, ~0U, 0) != 0)
    _exit (IMP_SANDBOX_EXIT_NOT_CONFINED);
  disc_process_hide ();
  /* Without what is done at exit: nothing of a process that hostile bytes went through. */
  _exit (run_job (job, (guint) g_ascii_strtoull (argv[3], NULL, 10),
                  g_ascii_strtoull (argv[4], NULL, 10)));
}
