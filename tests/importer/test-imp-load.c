/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load and generations as a script sees them, and the program killed before each of its changes. */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <linux/ptrace.h>

#include "build-fixture.h"

#define UNIT 32768

/* Two sealed discs of one hospital and one that is not sealed, made once: sealing takes its time. */
typedef struct
{
  BuildFixture build;
  char *keys;
  char *passphrase;
  char *old;
  char *new;
  char *plain;
} Discs;

static Discs discs;

/* A store of its own for each test. */
typedef struct
{
  char *dir;
  char *store;
} Store;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_tree (below);
    }
  g_remove (path);
}

static void
build_disc (const char *to, const char *as_of)
{
  const char *const argv[] = { "build", "--from", discs.build.storage, "--to", to, "--as-of", as_of,
                               "--hospital", "見本市民病院", "--passphrase-file", discs.passphrase,
                               NULL };
  g_autofree char *err = NULL;
  int code = build_fixture_run (argv, NULL, &err);

  g_test_message ("%s", err);
  g_assert_cmpint (code, ==, 0);
}

static void
make_discs (void)
{
  g_autofree char *message = NULL;

  build_fixture_set_up (&discs.build, NULL);
  discs.keys = g_build_filename (discs.build.dir, "keys", NULL);
  discs.passphrase = g_build_filename (discs.build.dir, "passphrase", NULL);
  discs.old = g_build_filename (discs.build.dir, "old", NULL);
  discs.new = g_build_filename (discs.build.dir, "new", NULL);
  discs.plain = g_strdup (discs.build.disc);
  g_setenv ("TOMOSHIBI_KEYS", discs.keys, TRUE);
  g_assert_true (g_file_set_contents (discs.passphrase, "a passphrase for tests\n", -1, NULL));

  message = build_fixture_message ("ADT^A08^ADT_A01", "0000000001", "19500101", "EVN||20260410");
  build_fixture_put (&discs.build, "", "0000000001_-_ADT-00_999999999999999_20260410101502345_-_1",
                     message);
  build_disc (discs.old, "2026-05-01");
  build_disc (discs.new, "2026-05-02T06:30");
  build_fixture_build (&discs.build, NULL);
}

static void
free_discs (void)
{
  build_fixture_tear_down (&discs.build, NULL);
  g_free (discs.keys);
  g_free (discs.passphrase);
  g_free (discs.old);
  g_free (discs.new);
  g_free (discs.plain);
}

static void
set_up (Store *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("tomoshibi-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->store = g_build_filename (self->dir, "store", NULL);
}

static void
tear_down (Store *self, gconstpointer data)
{
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->store);
}

static int
load (Store *self, const char *disc, const char *option, const char *value, char **out, char **err)
{
  const char *const argv[] = { "load", disc, "--store", self->store, option, value, NULL };

  return build_fixture_run (argv, out, err);
}

static cJSON *
load_json (Store *self, const char *disc, const char *option, const char *value)
{
  const char *const argv[] = { "load", disc, "--store", self->store, "--json", option, value,
                               NULL };
  g_autofree char *out = NULL;
  cJSON *json;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  json = cJSON_Parse (out);
  g_assert_nonnull (json);
  return json;
}

static cJSON *
generations (Store *self)
{
  const char *const argv[] = { "generations", "--store", self->store, "--json", NULL };
  g_autofree char *out = NULL;
  cJSON *json;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  json = cJSON_Parse (out);
  g_assert_nonnull (json);
  return json;
}

static int
count (const cJSON *json)
{
  return cJSON_GetArraySize (cJSON_GetObjectItem (json, "generations"));
}

static const cJSON *
generation (const cJSON *json, int i)
{
  return cJSON_GetArrayItem (cJSON_GetObjectItem (json, "generations"), i);
}

static gboolean
is_true (const cJSON *json, const char *key)
{
  return cJSON_IsTrue (cJSON_GetObjectItem (json, key));
}

/* (transfer full): a copy of a sealed disc, to be damaged. */
static char *
copy_disc (Store *self, const char *disc)
{
  static const char *const names[] = { "records.disc", "spare.disc", "manifest.json" };
  char *to = g_build_filename (self->dir, "copy", NULL);
  g_autofree char *folder = g_build_filename (to, "TOMOSHIBI", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *source = g_build_filename (disc, "TOMOSHIBI", names[i], NULL);
      g_autofree char *target = g_build_filename (folder, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_assert_true (g_file_get_contents (source, &bytes, &len, NULL));
      g_assert_true (g_file_set_contents (target, bytes, (gssize) len, NULL));
    }
  return to;
}

/* Of the disc's units: the head is as long as one. */
static void
damage (const char *disc, guint first, guint n)
{
  g_autofree char *path = g_build_filename (disc, "TOMOSHIBI", "records.disc", NULL);
  g_autofree guint8 *bytes = g_malloc0 (n * UNIT);
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, bytes, n * UNIT, (off_t) (first + 1) * UNIT), ==,
                   (gssize) (n * UNIT));
  close (fd);
}

/* ---- loading -------------------------------------------------------------------------------- */

static void
test_usage (Store *self, gconstpointer data)
{
  const struct
  {
    const char *argv[8];
    int code;
  } cases[] = {
    { { "load" }, 2 },
    { { "load", discs.old }, 2 },
    { { "load", "--store", self->store }, 2 },
    { { "load", discs.old, discs.new, "--store", self->store }, 2 },
    { { "load", discs.old, "--store", self->store, "--keep", "0" }, 2 },
    { { "load", discs.old, "--store", self->store, "--accept", "anything" }, 2 },
    { { "load", "/nonexistent", "--store", self->store }, 1 },
    { { "generations" }, 2 },
    { { "generations", discs.old, "--store", self->store }, 2 },
    { { "generations", "--store", "/nonexistent" }, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *err = NULL;

      g_assert_cmpint (build_fixture_run (cases[i].argv, NULL, &err), ==, cases[i].code);
      g_assert_cmpuint (build_fixture_count_lines (err), ==, 1);
    }
  g_assert_false (g_file_test (self->store, G_FILE_TEST_EXISTS));
}

/* (transfer full) */
static char *
export_of (const char *disc)
{
  const char *const argv[] = { "export", disc, "--passphrase-file", discs.passphrase, NULL };
  char *out = NULL;

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  return out;
}

static void
test_load (Store *self, gconstpointer data)
{
  cJSON *first = load_json (self, discs.old, NULL, NULL);
  cJSON *second = load_json (self, discs.new, NULL, NULL);
  cJSON *again = load_json (self, discs.new, NULL, NULL);
  cJSON *all = generations (self);
  g_autofree char *there = export_of (build_text (generation (all, 0), "path"));
  g_autofree char *here = export_of (discs.new);
  g_autofree char *out = NULL;
  const char *const argv[] = { "generations", "--store", self->store, NULL };

  g_assert_cmpstr (build_text (first, "outcome"), ==, "loaded");
  g_assert_cmpstr (build_text (second, "as_of"), ==, "2026-05-02T06:30");
  g_assert_false (is_true (second, "older"));
  g_assert_cmpint (build_number (second, "lost"), ==, 0);
  g_assert_cmpstr (build_text (again, "outcome"), ==, "already-there");

  g_assert_cmpint (count (all), ==, 2);
  g_assert_cmpstr (build_text (all, "newest"), ==, build_text (second, "name"));
  g_assert_cmpstr (build_text (generation (all, 0), "hospital"), ==, "見本市民病院");
  g_assert_cmpint (build_number (generation (all, 0), "serial"), ==, 2);
  g_assert_true (is_true (generation (all, 0), "usable"));
  g_assert_true (is_true (generation (all, 1), "sealed"));
  g_assert_cmpstr (there, ==, here);

  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  g_assert_cmpuint (build_fixture_count_lines (out), ==, 2);
  g_assert_true (g_str_has_prefix (out, "*\t2026-05-02T06:30\t2\t見本市民病院\t"));
  g_assert_nonnull (strstr (out, "\n \t2026-05-01\t1\t"));
  cJSON_Delete (first);
  cJSON_Delete (second);
  cJSON_Delete (again);
  cJSON_Delete (all);
}

static void
test_older (Store *self, gconstpointer data)
{
  g_autofree char *out = NULL, *err = NULL;

  g_assert_cmpint (load (self, discs.new, NULL, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (load (self, discs.old, NULL, NULL, &out, &err), ==, 0);
  g_assert_nonnull (strstr (out, "data as of 2026-05-01"));
  g_assert_nonnull (strstr (err, "older than what the store has: data as of 2026-05-02T06:30"));
}

static void
test_keep (Store *self, gconstpointer data)
{
  g_autofree char *out = NULL;
  cJSON *all;

  g_assert_cmpint (load (self, discs.old, NULL, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (load (self, discs.new, "--keep", "1", &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "Removed: 2026-05-01-"));
  all = generations (self);
  g_assert_cmpint (count (all), ==, 1);
  cJSON_Delete (all);
}

static void
test_unsealed (Store *self, gconstpointer data)
{
  g_autofree char *err = NULL, *warning = NULL;
  cJSON *all;

  g_assert_cmpint (load (self, discs.plain, NULL, NULL, NULL, &err), ==, 4);
  g_assert_nonnull (strstr (err, "--accept unsealed"));
  g_assert_false (g_file_test (self->store, G_FILE_TEST_EXISTS));

  g_assert_cmpint (load (self, discs.plain, "--accept", "unsealed", NULL, &warning), ==, 0);
  g_assert_nonnull (strstr (warning, "not encrypted"));
  all = generations (self);
  g_assert_cmpint (count (all), ==, 1);
  g_assert_false (is_true (generation (all, 0), "sealed"));
  cJSON_Delete (all);
}

static void
test_unknown_signer (Store *self, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (self->dir, "keys", NULL);
  g_autofree char *err = NULL;
  cJSON *all;
  int code;

  g_assert_cmpint (load (self, discs.old, NULL, NULL, NULL, NULL), ==, 0);
  g_setenv ("TOMOSHIBI_KEYS", elsewhere, TRUE);
  code = load (self, discs.new, NULL, NULL, NULL, &err);
  all = generations (self);
  g_setenv ("TOMOSHIBI_KEYS", discs.keys, TRUE);

  g_assert_cmpint (code, ==, 5);
  g_assert_nonnull (strstr (err, "not signed by a hospital that this machine trusts"));
  g_assert_cmpint (count (all), ==, 1);
  g_assert_false (is_true (generation (all, 0), "usable"));
  g_assert_null (build_text (all, "newest"));
  cJSON_Delete (all);
}

/* ---- damage --------------------------------------------------------------------------------- */

static void
test_repaired (Store *self, gconstpointer data)
{
  g_autofree char *disc = copy_disc (self, discs.new);
  g_autofree char *out = NULL, *there = NULL, *here = NULL;
  cJSON *all;

  damage (disc, 1, 1);
  g_assert_cmpint (load (self, disc, NULL, NULL, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "1 units were repaired"));
  all = generations (self);
  there = export_of (build_text (generation (all, 0), "path"));
  here = export_of (discs.new);
  g_assert_cmpstr (there, ==, here);
  cJSON_Delete (all);
}

static void
test_damaged_manifest (Store *self, gconstpointer data)
{
  g_autofree char *disc = copy_disc (self, discs.new);
  g_autofree char *path = g_build_filename (disc, "TOMOSHIBI", "manifest.json", NULL);
  g_autofree char *out = NULL;
  cJSON *all;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (load (self, disc, NULL, NULL, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "made whole from its second copy"));
  all = generations (self);
  g_assert_cmpstr (build_text (generation (all, 0), "hospital"), ==, "見本市民病院");
  g_assert_true (is_true (generation (all, 0), "usable"));
  cJSON_Delete (all);
}

static void
test_beyond_repair (Store *self, gconstpointer data)
{
  g_autofree char *disc = copy_disc (self, discs.new);
  g_autofree char *err = NULL, *out = NULL;
  const char *const argv[] = { "generations", "--store", self->store, NULL };
  cJSON *loaded, *all;

  damage (disc, 0, 9); /* one more than parity makes good */
  g_assert_cmpint (load (self, disc, NULL, NULL, NULL, &err), ==, 5);
  g_assert_nonnull (strstr (err, "9 of "));
  g_assert_nonnull (strstr (err, "--accept damaged"));
  all = generations (self);
  g_assert_cmpint (count (all), ==, 0);
  cJSON_Delete (all);

  loaded = load_json (self, disc, "--accept", "damaged");
  g_assert_true (is_true (loaded, "damaged"));
  g_assert_cmpint (build_number (loaded, "lost"), ==, 9);
  g_assert_cmpint (build_fixture_run (argv, &out, NULL), ==, 0);
  g_assert_nonnull (strstr (out, "damaged: parts of it are lost"));
  cJSON_Delete (loaded);
}

/* ---- others at it --------------------------------------------------------------------------- */

static void
test_busy (Store *self, gconstpointer data)
{
  g_autofree char *lock = g_build_filename (self->store, "lock", NULL);
  g_autofree char *err = NULL;
  cJSON *all;
  int fd;

  g_assert_cmpint (load (self, discs.old, NULL, NULL, NULL, NULL), ==, 0);
  fd = g_open (lock, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  g_assert_cmpint (load (self, discs.new, NULL, NULL, NULL, &err), ==, 1);
  g_assert_nonnull (strstr (err, "another load into this store is under way"));
  all = generations (self);
  g_assert_cmpint (count (all), ==, 1);
  cJSON_Delete (all);
  close (fd);
}

static void
limit_files (gpointer user_data)
{
  const struct rlimit limit = { 3 * UNIT, 3 * UNIT };

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}

static void
test_full (Store *self, gconstpointer data)
{
  const char *const argv[] = { g_getenv ("TOMOSHIBI"), "load", discs.new, "--store", self->store,
                               NULL };
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  cJSON *all;
  int status;

  g_assert_cmpint (load (self, discs.old, NULL, NULL, NULL, NULL), ==, 0);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, limit_files, NULL, NULL,
                &err, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  g_assert_nonnull (strstr (err, "full"));
  all = generations (self);
  g_assert_cmpint (count (all), ==, 1);
  g_assert_true (is_true (generation (all, 0), "usable"));
  cJSON_Delete (all);
}

/* ---- killed --------------------------------------------------------------------------------- */

/* What changes something on a disk, or asks for it to stay there. */
static gboolean
changes (guint64 number)
{
  static const long all[] = {
    SYS_openat, SYS_pwrite64, SYS_write, SYS_fsync, SYS_fdatasync, SYS_ftruncate, SYS_unlinkat,
    SYS_mkdirat, SYS_renameat2, SYS_flock, SYS_fallocate,
#ifdef SYS_rename
    SYS_rename, SYS_mkdir, SYS_rmdir, SYS_unlink, SYS_open, SYS_creat,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (number == (guint64) all[i])
      return TRUE;
  return FALSE;
}

/* Opening for reading is by far the most frequent, and changes nothing. */
static gboolean
is_change (const struct ptrace_syscall_info *info)
{
  if (info->op != PTRACE_SYSCALL_INFO_ENTRY || !changes (info->entry.nr))
    return FALSE;
  return info->entry.nr != SYS_openat || (info->entry.args[2] & O_CREAT) != 0;
}

static void
run_traced (const char *const *argv)
{
  int null = open ("/dev/null", O_WRONLY);

  dup2 (null, STDOUT_FILENO);
  dup2 (null, STDERR_FILENO);
  setenv ("ASAN_OPTIONS", "detect_leaks=0", 1); /* it traces too, and only one can */
  if (ptrace (PTRACE_TRACEME, 0, NULL, NULL) != 0)
    _exit (77);
  execv (argv[0], (char *const *) argv);
  _exit (1);
}

/* Runs the program until it is about to make change number @kill_at, and kills it.
 * Returns: 1: killed, 0: it came to its end before, -1: tracing is not allowed here */
static int
run_killed (const char *const *argv, guint kill_at)
{
  pid_t child = fork ();
  guint n = 0;
  int status;

  if (child == 0)
    run_traced (argv);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSTOPPED (status))
    return -1;
  if (ptrace (PTRACE_SETOPTIONS, child, NULL,
              (gpointer) (gsize) (PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL)) != 0)
    {
      kill (child, SIGKILL);
      waitpid (child, &status, 0);
      return -1;
    }

  for (int passed_on = 0;;)
    {
      struct ptrace_syscall_info info;

      g_assert_cmpint (ptrace (PTRACE_SYSCALL, child, NULL, (gpointer) (gsize) passed_on), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      if (!WIFSTOPPED (status))
        {
          g_assert_true (WIFEXITED (status));
          g_assert_cmpint (WEXITSTATUS (status), ==, 0);
          return 0;
        }
      passed_on = WSTOPSIG (status) == (SIGTRAP | 0x80) ? 0 : WSTOPSIG (status);
      if (passed_on != 0)
        continue;
      if (ptrace (PTRACE_GET_SYSCALL_INFO, child, (gpointer) sizeof info, &info) > 0 &&
          is_change (&info) && ++n == kill_at)
        {
          kill (child, SIGKILL);
          g_assert_cmpint (waitpid (child, &status, 0), ==, child);
          return 1;
        }
    }
}

static void
test_killed (Store *self, gconstpointer data)
{
  const char *const argv[] = { g_getenv ("TOMOSHIBI"), "load", discs.new, "--store", self->store,
                               "--keep", "1", NULL };
  int killed = 1;
  guint n;

  for (n = 1; killed == 1; n++)
    {
      cJSON *all, *loaded;

      remove_tree (self->store);
      g_assert_cmpint (load (self, discs.old, NULL, NULL, NULL, NULL), ==, 0);
      killed = run_killed (argv, n);
      if (killed < 0)
        {
          g_test_skip ("programs cannot be traced here");
          return;
        }

      all = generations (self);
      g_assert_cmpint (count (all), >=, 1);
      g_assert_cmpint (count (all), <=, 2);
      for (int i = 0; i < count (all); i++)
        {
          g_assert_true (is_true (generation (all, i), "usable"));
          g_assert_false (is_true (generation (all, i), "damaged"));
        }
      cJSON_Delete (all);

      loaded = load_json (self, discs.new, "--keep", "1");
      all = generations (self);
      g_assert_cmpint (count (all), ==, 1);
      g_assert_cmpstr (build_text (all, "newest"), ==, build_text (loaded, "name"));
      cJSON_Delete (loaded);
      cJSON_Delete (all);
    }
  g_test_message ("killed before %u changes", n - 2);
  g_assert_cmpuint (n, >, 30);
}

#define ADD(path, test) g_test_add (path, Store, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  make_discs ();
  ADD ("/importer/load/usage", test_usage);
  ADD ("/importer/load/load", test_load);
  ADD ("/importer/load/older", test_older);
  ADD ("/importer/load/keep", test_keep);
  ADD ("/importer/load/unsealed", test_unsealed);
  ADD ("/importer/load/unknown-signer", test_unknown_signer);
  ADD ("/importer/load/repaired", test_repaired);
  ADD ("/importer/load/damaged-manifest", test_damaged_manifest);
  ADD ("/importer/load/beyond-repair", test_beyond_repair);
  ADD ("/importer/load/busy", test_busy);
  ADD ("/importer/load/full", test_full);
  ADD ("/importer/load/killed", test_killed);
  code = g_test_run ();
  free_discs ();
  return code;
}
