/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "imp-sandbox-private.h"

static const ImpSandboxLimits plain = { .cpu_seconds = 20,
                                        .wall_seconds = 60,
                                        .memory_bytes = 512 * 1024 * 1024,
                                        .answer_bytes = 1024 * 1024 };

/* ---- what runs confined -----------------------------------------------------------------------
 */

static void
answer (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/* "ok", or why not. */
static void
answer_result (GByteArray *out, gboolean done)
{
  int code = errno;

  answer (out, done ? "ok" : code == EPERM || code == EACCES ? "denied" : g_strerror (code));
}

static void
run_echo (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_byte_array_append (out, g_bytes_get_data (arguments, NULL),
                       (guint) g_bytes_get_size (arguments));
  g_byte_array_append (out, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static void
run_abort (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  abort ();
}

static void
run_segfault (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  raise (SIGSEGV);
}

static void
run_leave (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  _exit (0);
}

static void
run_nonsense (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  if (write (STDOUT_FILENO, "TSBXANS1\xff\xff\xff\xff\xff\xff\xff\xff and no more", 28) > 0)
    _exit (0);
}

static void
run_loop (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  volatile guint n = 0;

  while (TRUE)
    n++;
}

/* Without using any time of the processor. */
static void
run_wait (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  GMutex mutex;

  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  g_mutex_lock (&mutex);
}

static void
run_much (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_byte_array_set_size (out, 2 * 1024 * 1024);
}

static void
run_memory (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer (out, g_try_malloc (G_GUINT64_CONSTANT (4) << 30) == NULL ? "denied" : "ok");
}

static void
run_open (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_autofree char *path = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  answer_result (out, open (path, O_RDONLY) >= 0);
}

static void
run_create (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_autofree char *path = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  answer_result (out, open (path, O_RDWR | O_CREAT, 0600) >= 0);
}

static void
run_stat (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  struct stat info;

  answer_result (out, stat ("/etc/passwd", &info) == 0 ||
                          fstatat (AT_FDCWD, "/etc/passwd", &info, AT_EMPTY_PATH) == 0);
}

static void
run_socket (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer_result (out,
                 socket (AF_INET, SOCK_STREAM, 0) >= 0 || socket (AF_UNIX, SOCK_DGRAM, 0) >= 0);
}

static void
run_kill (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer_result (out, kill (getppid (), SIGTERM) == 0 || kill (getpid (), 0) == 0);
}

static void
run_code (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer_result (out, mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static void
run_unlink (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer_result (out, unlink ("/nothing-there") == 0);
}

static void
run_execute (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  char *argv[] = { (char *) "sh", NULL };

  execv ("/bin/sh", argv);
  answer (out, "still here");
}

static void
run_thread (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_try_new ("x", (GThreadFunc) g_strdup, NULL, &error);

  answer (out, thread != NULL ? "ok" : "denied");
}

/* No core, no file of the parent's, nothing of the user's. */
static void
run_look (GBytes *arguments, GBytes *bytes, GByteArray *out)
{
  answer (out, g_getenv ("HOME") == NULL && g_getenv ("TOMOSHIBI_TEST_SECRET") == NULL ? "clean "
                                                                                       : "told ");
  answer (out, lseek (20, 0, SEEK_CUR) < 0 && errno == EBADF ? "closed" : "open");
}

static const ImpSandboxJob jobs[] = {
  { "echo", NULL, run_echo, FALSE },
  { "abort", NULL, run_abort, FALSE },
  { "segfault", NULL, run_segfault, FALSE },
  { "leave", NULL, run_leave, FALSE },
  { "nonsense", NULL, run_nonsense, FALSE },
  { "loop", NULL, run_loop, FALSE },
  { "wait", NULL, run_wait, FALSE },
  { "much", NULL, run_much, FALSE },
  { "memory", NULL, run_memory, FALSE },
  { "open", NULL, run_open, FALSE },
  { "open-system", NULL, run_open, TRUE },
  { "create", NULL, run_create, FALSE },
  { "create-system", NULL, run_create, TRUE },
  { "stat", NULL, run_stat, FALSE },
  { "socket", NULL, run_socket, TRUE },
  { "kill", NULL, run_kill, TRUE },
  { "code", NULL, run_code, TRUE },
  { "unlink", NULL, run_unlink, TRUE },
  { "execute", NULL, run_execute, TRUE },
  { "thread", NULL, run_thread, TRUE },
  { "look", NULL, run_look, FALSE },
};

/* ---- tests ------------------------------------------------------------------------------------
 */

/* (transfer full) (nullable) */
static char *
ask (const char *job, const char *input, const ImpSandboxLimits *limits, ImpSandboxEnd *end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (input, strlen (input));
  g_autoptr (GBytes) content = imp_sandbox_run (job, NULL, bytes, limits, end);

  return content != NULL ? g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content))
                         : NULL;
}

static void
test_answer (void)
{
  g_autoptr (GBytes) arguments = g_bytes_new ("how ", 4);
  g_autofree guint8 *large = g_malloc0 (900 * 1024);
  g_autoptr (GBytes) bytes = g_bytes_new (large, 900 * 1024);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *nothing = NULL;
  ImpSandboxEnd end;

  content = imp_sandbox_run ("echo", arguments, bytes, &plain, &end);
  g_assert_cmpint (end, ==, IMP_SANDBOX_DONE);
  g_assert_cmpuint (g_bytes_get_size (content), ==, 900 * 1024 + 4);
  g_assert_cmpint (memcmp (g_bytes_get_data (content, NULL), "how \0", 5), ==, 0);
  nothing = ask ("echo", "", &plain, &end);
  g_assert_cmpint (end, ==, IMP_SANDBOX_DONE);
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_denied (void)
{
  static const struct
  {
    const char *job;
    const char *input;
    const char *expected;
  } cases[] = {
    { "open", "/etc/passwd", "denied" },
    { "open", "/usr/share/fonts", "denied" },
    { "open-system", "/etc/passwd", "denied" },
    { "open-system", "/proc/self/maps", "denied" },
    { "open-system", "/usr/share/fonts/../../../etc/passwd", "denied" },
    { "create", "/tmp/tomoshibi-must-not-be", "denied" },
    { "create-system", "/tmp/tomoshibi-must-not-be", "denied" },
    { "create-system", "/usr/share/fonts/tomoshibi-must-not-be", "denied" },
    { "stat", "", "denied" },
    { "socket", "", "denied" },
    { "kill", "", "denied" },
    { "code", "", "denied" },
    { "unlink", "", "denied" },
    { "thread", "", "denied" },
  };

  g_assert_true (g_file_test ("/etc/passwd", G_FILE_TEST_EXISTS)); /* there is something to deny */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpSandboxEnd end;
      g_autofree char *result = ask (cases[i].job, cases[i].input, &plain, &end);

      g_test_message ("%s", cases[i].job);
      g_assert_cmpstr (imp_sandbox_end_words (end), ==, "done");
      g_assert_cmpstr (result, ==, cases[i].expected);
    }
  g_assert_false (g_file_test ("/tmp/tomoshibi-must-not-be", G_FILE_TEST_EXISTS));
}

/* Where the kernel has Landlock; otherwise nothing can be opened at all. */
static void
test_system_files (void)
{
  ImpSandboxEnd end;
  g_autofree char *result = ask ("open-system", "/usr/share/fonts", &plain, &end);

  g_assert_cmpint (end, ==, IMP_SANDBOX_DONE);
  if (g_strcmp0 (result, "denied") == 0)
    g_test_skip ("no Landlock");
  else
    g_assert_cmpstr (result, ==, "ok");
}

static void
test_ends (void)
{
  static const struct
  {
    const char *job;
    ImpSandboxEnd end;
  } cases[] = {
    { "abort", IMP_SANDBOX_CRASHED },           { "segfault", IMP_SANDBOX_CRASHED },
    { "execute", IMP_SANDBOX_CRASHED },         { "leave", IMP_SANDBOX_BROKEN },
    { "nonsense", IMP_SANDBOX_BROKEN },         { "much", IMP_SANDBOX_TOO_MUCH },
    { "no-such-job", IMP_SANDBOX_NOT_STARTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ImpSandboxEnd end;
      g_autofree char *result = ask (cases[i].job, "", &plain, &end);

      g_test_message ("%s", cases[i].job);
      g_assert_null (result);
      g_assert_cmpstr (imp_sandbox_end_words (end), ==, imp_sandbox_end_words (cases[i].end));
    }
}

static void
test_time (void)
{
  ImpSandboxLimits cpu = plain;
  ImpSandboxLimits wall = plain;
  ImpSandboxEnd end;

  cpu.cpu_seconds = 1;
  g_assert_null (ask ("loop", "", &cpu, &end));
  g_assert_cmpint (end, ==, IMP_SANDBOX_TIMEOUT);
  wall.wall_seconds = 1;
  g_assert_null (ask ("wait", "", &wall, &end));
  g_assert_cmpint (end, ==, IMP_SANDBOX_TIMEOUT);
}

static void
test_memory (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer needs more address space than there is");
#else
  ImpSandboxEnd end;
  g_autofree char *result = ask ("memory", "", &plain, &end);

  g_assert_cmpstr (result, ==, "denied");
#endif
}

static void
test_clean (void)
{
  int fd = fcntl (STDERR_FILENO, F_DUPFD, 20); /* without FD_CLOEXEC */
  ImpSandboxEnd end;
  g_autofree char *result = NULL;

  g_assert_cmpint (fd, ==, 20);
  g_setenv ("TOMOSHIBI_TEST_SECRET", "x", TRUE);
  result = ask ("look", "", &plain, &end);
  g_assert_cmpstr (result, ==, "clean closed");
  close (fd);
}

static gpointer
ask_often (gpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      ImpSandboxEnd end;
      g_autofree char *input = g_strdup_printf ("%d-%u", GPOINTER_TO_INT (data), i);
      g_autofree char *result = ask ("echo", input, &plain, &end);

      g_assert_cmpstr (result, ==, input);
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask_often, GINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* A program that does not begin with imp_sandbox_main() must not run itself. */
static void
test_not_ready (void)
{
  ImpSandboxEnd end;

  imp_sandbox_set_ready (FALSE);
  g_assert_null (ask ("echo", "x", &plain, &end));
  imp_sandbox_set_ready (TRUE);
  g_assert_cmpint (end, ==, IMP_SANDBOX_NOT_STARTED);
}

/* As the importer does before it reads anything of a patient. */
static void
test_from_hidden (void)
{
  ImpSandboxEnd end;
  g_autofree char *result = NULL;
  int before = prctl (PR_GET_DUMPABLE);

  prctl (PR_SET_DUMPABLE, 0);
  result = ask ("echo", "x", &plain, &end);
  prctl (PR_SET_DUMPABLE, before);
  g_assert_cmpstr (result, ==, "x");
}

int
main (int argc, char **argv)
{
  imp_sandbox_main (jobs, G_N_ELEMENTS (jobs), argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/sandbox/answer", test_answer);
  g_test_add_func ("/importer/sandbox/denied", test_denied);
  g_test_add_func ("/importer/sandbox/system-files", test_system_files);
  g_test_add_func ("/importer/sandbox/ends", test_ends);
  g_test_add_func ("/importer/sandbox/time", test_time);
  g_test_add_func ("/importer/sandbox/memory", test_memory);
  g_test_add_func ("/importer/sandbox/clean", test_clean);
  g_test_add_func ("/importer/sandbox/threads", test_threads);
  g_test_add_func ("/importer/sandbox/not-ready", test_not_ready);
  g_test_add_func ("/importer/sandbox/from-hidden", test_from_hidden);
  return g_test_run ();
}
