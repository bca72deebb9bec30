/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sandbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define READ_BYTES (64 * 1024)
#define WAIT_US 1000

static int is_ready; /* set once, before there are threads */

void
imp_sandbox_set_ready (gboolean ready)
{
  g_atomic_int_set (&is_ready, ready);
}

const char *
imp_sandbox_end_words (ImpSandboxEnd end)
{
  static const char *const words[] = {
#define WORDS(id, words) words,
    IMP_SANDBOX_ENDS (WORDS)
  };

  g_return_val_if_fail ((guint) end < IMP_N_SANDBOX_ENDS, NULL);
  return words[end];
}

/* ---- what is asked --------------------------------------------------------------------------- */

gboolean
imp_sandbox_write (int fd, const void *data, gsize len)
{
  const guint8 *p = data;

  while (len > 0)
    {
      gssize n = write (fd, p, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      p += n;
      len -= (gsize) n;
    }
  return TRUE;
}

/* Returns: a sealed file in memory; -1 where there is none. */
static int
make_request (GBytes *arguments, GBytes *bytes)
{
  ImpSandboxRequest head = { .arguments_len = arguments != NULL ? g_bytes_get_size (arguments) : 0,
                             .bytes_len = g_bytes_get_size (bytes) };
  int fd = memfd_create ("tomoshibi-request", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    return -1;
  memcpy (head.magic, IMP_SANDBOX_REQUEST_MAGIC, IMP_SANDBOX_MAGIC_BYTES);
  if (imp_sandbox_write (fd, &head, sizeof head) &&
      (arguments == NULL ||
       imp_sandbox_write (fd, g_bytes_get_data (arguments, NULL), g_bytes_get_size (arguments))) &&
      imp_sandbox_write (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) &&
      fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    return fd;
  close (fd);
  return -1;
}

/* ---- the process ------------------------------------------------------------------------------
 */

/* (transfer full): what the libraries need, and what sanitizers are told; nothing of the user. */
static char **
make_environment (void)
{
  static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH" };
  char **environment = g_strdupv ((char *[]){
      (char *) "LANG=C.UTF-8", (char *) "MALLOC_ARENA_MAX=1", (char *) "GIO_USE_VFS=local", NULL });

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      environment = g_environ_setenv (environment, kept[i], g_getenv (kept[i]), TRUE);
  return environment;
}

/* A group of its own: Ctrl-C is for the importer, which ends its converters itself. */
static void
set_up_signals (posix_spawnattr_t *attributes)
{
  sigset_t none;
  sigset_t all;

  sigemptyset (&none);
  sigfillset (&all);
  posix_spawnattr_setsigmask (attributes, &none);
  posix_spawnattr_setsigdefault (attributes, &all);
  posix_spawnattr_setpgroup (attributes, 0);
  posix_spawnattr_setflags (attributes,
                            POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
}

/* Returns: the process; -1 where there is none. */
static pid_t
start_process (const char *name, const ImpSandboxLimits *limits, int request, int answer)
{
  g_autofree char *cpu = g_strdup_printf ("%u", limits->cpu_seconds);
  g_autofree char *memory = g_strdup_printf ("%" G_GUINT64_FORMAT, limits->memory_bytes);
  g_auto (GStrv) environment = make_environment ();
  char *argv[] = {
    (char *) "tomoshibi", (char *) IMP_SANDBOX_VERB, (char *) name, cpu, memory, NULL
  };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  pid_t pid = -1;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  posix_spawn_file_actions_adddup2 (&actions, request, STDIN_FILENO);
  posix_spawn_file_actions_adddup2 (&actions, answer, STDOUT_FILENO);
  /* What a library says about a file may hold words of it. */
  posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  set_up_signals (&attributes);
  /* The very file that runs, even where an update has replaced it meanwhile. */
  if (posix_spawn (&pid, "/proc/self/exe", &actions, &attributes, argv, environment) != 0)
    pid = -1;
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  return pid;
}

/* Returns: how it ended; it is no more then. */
static int
end_process (pid_t pid, gint64 deadline_us)
{
  int status = 0;

  while (TRUE)
    {
      pid_t found = waitpid (pid, &status, WNOHANG);

      if (found == pid)
        return status;
      if (found < 0 && errno != EINTR)
        return -1;
      if (g_get_monotonic_time () >= deadline_us)
        kill (pid, SIGKILL);
      g_usleep (WAIT_US);
    }
}

/* Until it closes its end. */
static ImpSandboxEnd
read_answer (int fd, GByteArray *out, guint64 max_bytes, gint64 deadline_us)
{
  g_autofree guint8 *block = g_malloc (READ_BYTES);

  while (TRUE)
    {
      struct pollfd waiting = { .fd = fd, .events = POLLIN };
      gint64 left_us = deadline_us - g_get_monotonic_time ();
      gssize n;

      if (left_us <= 0)
        return IMP_SANDBOX_TIMEOUT;
      if (poll (&waiting, 1, (int) MIN (left_us / 1000 + 1, G_MAXINT)) <= 0)
        continue;
      n = read (fd, block, READ_BYTES);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return IMP_SANDBOX_DONE;
      if ((guint64) n > max_bytes - out->len)
        return IMP_SANDBOX_TOO_MUCH;
      g_byte_array_append (out, block, (guint) n);
    }
}

/* ---- what came back ---------------------------------------------------------------------------
 */

static ImpSandboxEnd
end_of_status (int status)
{
  if (WIFSIGNALED (status))
    return WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGKILL ? IMP_SANDBOX_TIMEOUT
                                                                        : IMP_SANDBOX_CRASHED;
  if (!WIFEXITED (status))
    return IMP_SANDBOX_CRASHED;
  if (WEXITSTATUS (status) == IMP_SANDBOX_EXIT_NOT_CONFINED || WEXITSTATUS (status) == 127)
    return IMP_SANDBOX_NOT_STARTED;
  return WEXITSTATUS (status) == IMP_SANDBOX_EXIT_DONE ? IMP_SANDBOX_DONE : IMP_SANDBOX_CRASHED;
}

/* (nullable) */
static GBytes *
unwrap_answer (GByteArray *answer)
{
  ImpSandboxAnswer head;
  g_autoptr (GBytes) whole = NULL;

  if (answer->len < sizeof head + IMP_SANDBOX_MAGIC_BYTES)
    return NULL;
  memcpy (&head, answer->data, sizeof head);
  if (memcmp (head.magic, IMP_SANDBOX_ANSWER_MAGIC, IMP_SANDBOX_MAGIC_BYTES) != 0 ||
      head.len != answer->len - sizeof head - IMP_SANDBOX_MAGIC_BYTES ||
      memcmp (answer->data + sizeof head + head.len, head.magic, IMP_SANDBOX_MAGIC_BYTES) != 0)
    return NULL;
  whole = g_byte_array_free_to_bytes (g_byte_array_ref (answer));
  return g_bytes_new_from_bytes (whole, sizeof head, head.len);
}

static GBytes *
talk (pid_t pid, int fd, const ImpSandboxLimits *limits, ImpSandboxEnd *end)
{
  gint64 deadline_us = g_get_monotonic_time () + limits->wall_seconds * G_USEC_PER_SEC;
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  guint64 frame = sizeof (ImpSandboxAnswer) + IMP_SANDBOX_MAGIC_BYTES;
  GBytes *content;
  int status;

  *end = read_answer (fd, answer, MIN (limits->answer_bytes, G_MAXUINT32 / 2) + frame, deadline_us);
  if (*end != IMP_SANDBOX_DONE)
    kill (pid, SIGKILL);
  status = end_process (pid, deadline_us);
  if (*end == IMP_SANDBOX_DONE)
    *end = end_of_status (status);
  if (*end != IMP_SANDBOX_DONE)
    return NULL;
  content = unwrap_answer (answer);
  if (content == NULL)
    *end = IMP_SANDBOX_BROKEN;
  return content;
}

/* ---- how many at once --------------------------------------------------------------------------
 */

/* Each may take all of its memory: more of them than processors gain nothing and may take the machine's. */
static GMutex n_running_mutex;
static GCond n_running_changed;
static guint n_running;

static void
take_turn (void)
{
  guint max = MAX (g_get_num_processors (), 1);

  g_mutex_lock (&n_running_mutex);
  while (n_running >= max)
    g_cond_wait (&n_running_changed, &n_running_mutex);
  n_running++;
  g_mutex_unlock (&n_running_mutex);
}

static void
give_turn (void)
{
  g_mutex_lock (&n_running_mutex);
  n_running--;
  g_cond_signal (&n_running_changed);
  g_mutex_unlock (&n_running_mutex);
}

GBytes *
imp_sandbox_run (const char *name, GBytes *arguments, GBytes *bytes, const ImpSandboxLimits *limits,
                 ImpSandboxEnd *end)
{
  int request = g_atomic_int_get (&is_ready) ? make_request (arguments, bytes) : -1;
  int answer[2] = { -1, -1 };
  GBytes *content = NULL;
  pid_t pid = -1;

  *end = IMP_SANDBOX_NOT_STARTED;
  take_turn ();
  if (request >= 0 && pipe2 (answer, O_CLOEXEC) == 0)
    {
      pid = start_process (name, limits, request, answer[1]);
      close (answer[1]);
      if (pid > 0)
        content = talk (pid, answer[0], limits, end);
      close (answer[0]);
    }
  give_turn ();
  if (request >= 0)
    close (request);
  return content;
}
