/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-sandbox-private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_OPEN_FILES 64

const char *const imp_sandbox_readable[] = {
  "/usr/share/fonts",
  "/usr/local/share/fonts",
  "/etc/fonts",
  "/usr/share/fontconfig",
  "/var/cache/fontconfig",
  "/usr/share/poppler",
  "/usr/share/ghostscript",
  NULL,
};

/* ---- limits ---------------------------------------------------------------------------------- */

static gboolean
set_limit (int resource, guint64 soft, guint64 hard)
{
  const struct rlimit limit = { (rlim_t) soft, (rlim_t) hard };

  return setrlimit ((__rlimit_resource_t) resource, &limit) == 0;
}

gboolean
imp_sandbox_limit (guint cpu_seconds, guint64 memory_bytes)
{
#ifndef __SANITIZE_ADDRESS__
  if (!set_limit (RLIMIT_AS, memory_bytes, memory_bytes))
    return FALSE;
#endif
  return set_limit (RLIMIT_CPU, cpu_seconds, cpu_seconds + 1) && set_limit (RLIMIT_CORE, 0, 0) &&
         set_limit (RLIMIT_FSIZE, 0, 0) &&
         set_limit (RLIMIT_NOFILE, MAX_OPEN_FILES, MAX_OPEN_FILES);
}

/* ---- files (Landlock, Linux 5.13) ------------------------------------------------------------ */

/* Bits of access that each version of the interface knows (landlock(7)); all are denied. */
static guint64
known_access (long version)
{
  static const guint n_bits[] = { 0, 13, 14, 15, 15, 16 };

  return (G_GUINT64_CONSTANT (1) << n_bits[MIN (version, (long) G_N_ELEMENTS (n_bits) - 1)]) - 1;
}

static void
let_read (int ruleset, const char *folder)
{
  struct landlock_path_beneath_attr rule = {
    .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    .parent_fd = open (folder, O_PATH | O_CLOEXEC),
  };

  if (rule.parent_fd < 0)
    return; /* is not there */
  syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close (rule.parent_fd);
}

/* Returns: whether files are guarded now, so that opening may be let through the filter. */
static gboolean
guard_files (void)
{
  struct landlock_ruleset_attr attributes = { 0 };
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  long ruleset;
  gboolean done;

  if (version < 1)
    return FALSE;
  attributes.handled_access_fs = known_access (version);
  ruleset = syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  if (ruleset < 0)
    return FALSE;
  for (guint i = 0; imp_sandbox_readable[i] != NULL; i++)
    let_read ((int) ruleset, imp_sandbox_readable[i]);
  done = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close ((int) ruleset);
  return done;
}

/* ---- calls (seccomp) ------------------------------------------------------------------------- */

static gboolean
allow_computing (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (read),
    SCMP_SYS (write),
    SCMP_SYS (close),
    SCMP_SYS (lseek),
    SCMP_SYS (fstat),
    SCMP_SYS (munmap),
    SCMP_SYS (mremap),
    SCMP_SYS (madvise),
    SCMP_SYS (brk),
    SCMP_SYS (futex),
    SCMP_SYS (exit),
    SCMP_SYS (exit_group),
    SCMP_SYS (clock_gettime),
    SCMP_SYS (clock_getres),
    SCMP_SYS (gettimeofday),
    SCMP_SYS (time),
    SCMP_SYS (getpid),
    SCMP_SYS (gettid),
    SCMP_SYS (getrandom),
    SCMP_SYS (rt_sigaction),
    SCMP_SYS (rt_sigprocmask),
    SCMP_SYS (rt_sigreturn),
    SCMP_SYS (sigaltstack),
    SCMP_SYS (sched_yield),
    SCMP_SYS (sched_getaffinity),
    SCMP_SYS (restart_syscall),
    SCMP_SYS (getrusage),
    SCMP_SYS (sysinfo),
    SCMP_SYS (uname),
    SCMP_SYS (membarrier),
    SCMP_SYS (rseq),
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  /* abort() of itself. */
  if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1,
                        SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ())) != 0)
    return FALSE;
  /* Memory, but none that can be executed. */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
}

/* What Landlock guards; for reading only here as well. */
static gboolean
allow_reading_files (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (newfstatat), SCMP_SYS (stat),       SCMP_SYS (lstat),      SCMP_SYS (statx),
    SCMP_SYS (access),     SCMP_SYS (faccessat),  SCMP_SYS (faccessat2), SCMP_SYS (readlink),
    SCMP_SYS (readlinkat), SCMP_SYS (getdents64), SCMP_SYS (pread64),    SCMP_SYS (statfs),
    SCMP_SYS (fstatfs),    SCMP_SYS (fadvise64),  SCMP_SYS (getcwd),
  };
  const scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) != 0)
      return FALSE;
  /* fopen() and fdopen() ask for the flags, and set the one that closes at exec. */
  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                           SCMP_A1 (SCMP_CMP_EQ, F_GETFL)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                           SCMP_A1 (SCMP_CMP_EQ, F_SETFD)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (open), 1,
                           SCMP_A1 (SCMP_CMP_MASKED_EQ, writing, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, writing, 0)) == 0;
}

/* A library that wants a thread goes on without one when told that there are too many. */
static gboolean
refuse_threads (scmp_filter_ctx filter)
{
  return seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ERRNO (EAGAIN), SCMP_SYS (clone), 0) == 0;
}

/* A library may try any of the rest and go on without; these nobody tries by accident. */
static gboolean
kill_for_attacks (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (execve),       SCMP_SYS (execveat),
    SCMP_SYS (ptrace),       SCMP_SYS (fork),
    SCMP_SYS (vfork),        SCMP_SYS (process_vm_readv),
    SCMP_SYS (bpf),          SCMP_SYS (process_vm_writev),
    SCMP_SYS (init_module),  SCMP_SYS (mount),
    SCMP_SYS (finit_module), SCMP_SYS (kexec_load),
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    if (seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, calls[i], 0) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
filter_calls (gboolean may_read_files)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean done;

  if (filter == NULL)
    return FALSE;
  done = allow_computing (filter) && refuse_threads (filter) && kill_for_attacks (filter) &&
         (!may_read_files || allow_reading_files (filter)) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}

gboolean
imp_sandbox_confine (gboolean reads_system_files)
{
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  return filter_calls (guard_files () && reads_system_files);
}
