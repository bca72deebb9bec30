/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14) /* version 3 */
#endif

/* Before version 2 a file cannot be renamed from one folder into another, which puts a disc in
 * place. */
#define LANDLOCK_VERSION_MIN 2

#define MAY_WRITE                                                                                  \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |                                 \
   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |    \
   LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER)
#define NOBODY_MAY                                                                                 \
  (LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SOCK |   \
   LANDLOCK_ACCESS_FS_MAKE_FIFO)

/* ---- files ---------------------------------------------------------------------------------- */

static long
landlock_version (void)
{
  return syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

gboolean
imp_confine_has_files (void)
{
  return landlock_version () >= LANDLOCK_VERSION_MIN;
}

/* What is not there needs no rule. */
static gboolean
allow (int ruleset, const char *path, guint64 access)
{
  struct landlock_path_beneath_attr rule = { .allowed_access = access,
                                             .parent_fd = open (path, O_PATH | O_CLOEXEC) };
  gboolean done;

  if (rule.parent_fd < 0)
    return TRUE;
  done = syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close (rule.parent_fd);
  return done;
}

/* Finds the program that loads libraries: it is executed together with this one. */
static int
find_loader (struct dl_phdr_info *info, size_t size, void *data)
{
  const char **loader = data;

  for (guint i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_INTERP)
      *loader = (const char *) (gpointer) (info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
  return 1; /* the first one is the program itself */
}

static gboolean
add_rules (int ruleset, const ImpConfine *confine, guint64 may_write)
{
  const char *loader = NULL;

  dl_iterate_phdr (find_loader, &loader);
  for (guint i = 0; confine->folders[i] != NULL; i++)
    if (!allow (ruleset, confine->folders[i], may_write))
      return FALSE;
  return (confine->leaves == NULL ||
          allow (ruleset, confine->leaves, LANDLOCK_ACCESS_FS_REMOVE_DIR)) &&
         (loader == NULL || allow (ruleset, loader, LANDLOCK_ACCESS_FS_EXECUTE)) &&
         allow (ruleset, "/proc/self/exe", LANDLOCK_ACCESS_FS_EXECUTE) &&
         allow (ruleset, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE);
}

static gboolean
guard_files (const ImpConfine *confine)
{
  guint64 may_write = MAY_WRITE | (landlock_version () >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
  const struct landlock_ruleset_attr attributes = {
    .handled_access_fs = may_write | NOBODY_MAY | LANDLOCK_ACCESS_FS_EXECUTE,
  };
  long ruleset = syscall (SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
  gboolean done;

  if (ruleset < 0)
    return FALSE;
  done = add_rules ((int) ruleset, confine, may_write) &&
         syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  close ((int) ruleset);
  return done;
}

/* ---- calls ---------------------------------------------------------------------------------- */

/* A rule for each argument: any of them refuses. Compared as a whole: a kind of socket with one
 * more flag is another one. */
static gboolean
guard_sockets (scmp_filter_ctx filter, gboolean local_sockets)
{
  const struct scmp_arg_cmp others[] = {
    SCMP_A0 (SCMP_CMP_NE, AF_UNIX),
    SCMP_A1 (SCMP_CMP_NE, SOCK_STREAM | SOCK_CLOEXEC),
    SCMP_A2 (SCMP_CMP_NE, 0),
  };
  gboolean done = TRUE;

  if (!local_sockets)
    return seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (socket), 0) == 0;
  for (guint i = 0; done && i < G_N_ELEMENTS (others); i++)
    done = seccomp_rule_add_array (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (socket), 1,
                                   &others[i]) == 0;
  return done;
}

static gboolean
guard_calls (gboolean local_sockets)
{
  static const int calls[] = {
    SCMP_SYS (io_uring_setup), /* makes sockets of its own */
    SCMP_SYS (truncate),
    SCMP_SYS (mount),
    SCMP_SYS (umount2),
    SCMP_SYS (pivot_root),
    SCMP_SYS (chroot),
    SCMP_SYS (unshare),
    SCMP_SYS (setns),
    SCMP_SYS (bpf),
    SCMP_SYS (perf_event_open),
    SCMP_SYS (keyctl),
    SCMP_SYS (add_key),
    SCMP_SYS (request_key),
    SCMP_SYS (userfaultfd),
    SCMP_SYS (init_module),
    SCMP_SYS (finit_module),
    SCMP_SYS (delete_module),
    SCMP_SYS (kexec_load),
    SCMP_SYS (kexec_file_load),
    SCMP_SYS (process_vm_writev),
    SCMP_SYS (process_vm_readv),
#ifndef __SANITIZE_ADDRESS__
    SCMP_SYS (ptrace), /* by which the sanitizer looks for leaks */
#endif
  };
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  gboolean done = filter != NULL && seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                  guard_sockets (filter, local_sockets);

  for (guint i = 0; done && i < G_N_ELEMENTS (calls); i++)
    done = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), calls[i], 0) == 0;
  done = done && seccomp_load (filter) == 0;
  if (filter != NULL)
    seccomp_release (filter);
  return done;
}

gboolean
imp_confine (const ImpConfine *confine)
{
  gboolean files_done, calls_done;

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  files_done = !imp_confine_has_files () || guard_files (confine);
  calls_done = guard_calls (confine->local_sockets);
  return files_done && calls_done;
}
