/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-confine.h"

typedef struct
{
  char *dir;
  char *inside;
  char *outside;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("tomoshibi-confine-XXXXXX", NULL);
  fixture->inside = g_build_filename (fixture->dir, "inside", NULL);
  fixture->outside = g_build_filename (fixture->dir, "outside", NULL);
  g_assert_cmpint (g_mkdir (fixture->inside, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->outside, 0700), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->dir);

  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->dir);
  g_free (fixture->inside);
  g_free (fixture->outside);
}

static gboolean
can_write (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean written = fd >= 0 && write (fd, "x", 1) == 1;

  if (fd >= 0)
    close (fd);
  return written;
}

static gboolean
can_execute (const char *program)
{
  const char *argv[] = { program, "--help", NULL };
  int status = -1;
  pid_t pid = fork ();

  if (pid == 0)
    {
      int nowhere = open ("/dev/null", O_WRONLY);

      dup2 (nowhere, STDOUT_FILENO);
      execv (program, (char **) argv);
      _exit (126);
    }
  return waitpid (pid, &status, 0) == pid && WIFEXITED (status) && WEXITSTATUS (status) != 126;
}

#define CHECK(what)                                                                                \
  if (!(what))                                                                                     \
    {                                                                                              \
      static const char failed[] = "not so: " #what "\n";                                          \
      (void) !write (STDERR_FILENO, failed, sizeof failed - 1);                                    \
      _exit (1);                                                                                   \
    }

static void
check_network (void)
{
  static const int families[] = { AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    CHECK (socket (families[i], SOCK_DGRAM, 0) < 0 && errno == EPERM);
  CHECK (socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0 && errno == EPERM);
}

/* Where a virus scanner is asked: its kind of socket alone, with which one gets to another program. */
static void
check_local_sockets (void)
{
  static const struct
  {
    int family, type, protocol;
  } others[] = {
    { AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0 },  { AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0 },
    { AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0 }, { AF_INET, SOCK_DGRAM, 0 },
    { AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0 },  { AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0 },
    { AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0 }, { AF_UNIX, SOCK_STREAM, 0 },
    { AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 1 },
  };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  CHECK (fd >= 0);
  close (fd);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    CHECK (socket (others[i].family, others[i].type, others[i].protocol) < 0 && errno == EPERM);
}

static void
check_files (const Fixture *fixture)
{
  g_autofree char *old = g_build_filename (fixture->outside, "old", NULL);
  g_autofree char *leaf = g_build_filename (fixture->dir, "leaf", NULL);
  g_autofree char *moved = g_build_filename (fixture->inside, "moved", NULL);
  g_autofree char *written = g_build_filename (fixture->inside, "new", NULL);
  g_autofree char *folder = g_build_filename (fixture->inside, "folder", NULL);
  g_autofree char *deep = g_build_filename (fixture->inside, "folder", "new", NULL);
  g_autofree char *text = NULL;

  CHECK (can_write (fixture->inside, "new"));
  CHECK (g_mkdir (folder, 0700) == 0);
  CHECK (g_rename (written, deep) == 0); /* as a disc is put in place */
  CHECK (g_file_get_contents (old, &text, NULL, NULL));
  CHECK (truncate (old, 0) != 0);
  if (!imp_confine_has_files ())
    return;
  CHECK (!can_write (fixture->outside, "new"));
  CHECK (!can_write (fixture->outside, "old"));
  CHECK (!can_write (fixture->dir, "new"));
  CHECK (g_unlink (old) != 0);
  CHECK (g_rename (old, moved) != 0);
  CHECK (g_chmod (fixture->inside, 0700) == 0);
  CHECK (mkfifo (moved, 0600) != 0);
  CHECK (g_rmdir (leaf) == 0);
  CHECK (!can_execute ("/bin/true"));
  CHECK (can_execute ("/proc/self/exe"));
}

static int
status_of_child (const Fixture *fixture, const char *old, gboolean local_sockets)
{
  int status = -1;
  pid_t pid = fork ();

  if (pid == 0)
    {
      const char *folders[] = { fixture->inside, NULL };
      const ImpConfine confine = { folders, fixture->dir, local_sockets };

      CHECK (can_write (fixture->outside, "old"));
      CHECK (imp_confine (&confine));
      if (local_sockets)
        check_local_sockets ();
      else
        check_network ();
      check_files (fixture);
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
test_confined (Fixture *fixture, gconstpointer data)
{
  gboolean local_sockets = GPOINTER_TO_INT (data);
  g_autofree char *old = g_build_filename (fixture->outside, "old", NULL);
  g_autofree char *leaf = g_build_filename (fixture->dir, "leaf", NULL);

  g_assert_cmpint (g_mkdir (leaf, 0700), ==, 0);
  if (!imp_confine_has_files ())
    g_test_message ("this kernel cannot guard files: only calls are looked at");
  g_assert_cmpint (status_of_child (fixture, old, local_sockets), ==, 0);
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
}

static gboolean
status_says (pid_t pid, const char *line)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) pid);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, line) != NULL;
}

/* A build that waits for its source: it has given up its rights before it opens it. */
static void
test_build (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_build_filename (fixture->inside, "source", NULL);
  g_autofree char *target = g_build_filename (fixture->inside, "disc", NULL);
  const char *argv[] = {
    g_getenv ("TOMOSHIBI"), "build", "--unsealed", "--from", source, "--to", target, NULL
  };
  gint64 deadline_us = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  gboolean confined = FALSE;
  GPid pid;

  g_assert_cmpint (mkfifo (source, 0600), ==, 0);
  g_assert_true (g_spawn_async (NULL, (char **) argv, NULL,
                                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                                &pid, NULL));
  while (!confined && g_get_monotonic_time () < deadline_us)
    {
      confined = status_says (pid, "NoNewPrivs:\t1") && status_says (pid, "Seccomp:\t2");
      g_usleep (10000);
    }
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  waitpid (pid, NULL, 0);
  g_assert_true (confined);
}

/* Nothing is left where a disc is expected: neither with a folder that was there, nor without. */
static void
test_failed_build (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_build_filename (fixture->inside, "notes.txt", NULL);
  g_autofree char *target = g_build_filename (fixture->outside, "disc/", NULL);
  const char *argv[] = {
    g_getenv ("TOMOSHIBI"), "build", "--unsealed", "--from", source, "--to", target, NULL
  };

  g_assert_true (g_file_set_contents (source, "nothing that is read", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      int status = 0;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                                   NULL, NULL, NULL, &status, NULL));
      g_assert_cmpint (WEXITSTATUS (status), !=, 0);
      g_assert_cmpint (g_file_test (target, G_FILE_TEST_EXISTS), ==, i == 1);
      if (i == 0)
        g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
    }
}

/* A backup may lie where nothing is to be written: not even for a moment. */
static void
test_target_in_source (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->inside, "disc", NULL);
  const char *argv[] = { g_getenv ("TOMOSHIBI"), "build", "--unsealed", "--from",
                         fixture->inside,        "--to",  target,       NULL };
  struct stat before, after;
  int status = 0;

  g_assert_cmpint (stat (fixture->inside, &before), ==, 0);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                               NULL, NULL, &status, NULL));
  g_assert_cmpint (WEXITSTATUS (status), ==, 2);
  g_assert_cmpint (stat (fixture->inside, &after), ==, 0);
  g_assert_cmpint (before.st_mtim.tv_sec, ==, after.st_mtim.tv_sec);
  g_assert_cmpint (before.st_mtim.tv_nsec, ==, after.st_mtim.tv_nsec);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  /* What can_execute() runs to see whether it can. */
  if (argc == 2 && strcmp (argv[1], "--help") == 0)
    return 0;
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/confine/confined", test_confined);
  g_test_add ("/importer/confine/local-sockets", Fixture, GINT_TO_POINTER (TRUE), set_up, test_confined,
              tear_down);
  ADD ("/importer/confine/build", test_build);
  ADD ("/importer/confine/failed-build", test_failed_build);
  ADD ("/importer/confine/target-in-source", test_target_in_source);
  return g_test_run ();
}
