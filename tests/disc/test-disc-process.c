/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was in memory does not outlive the process. */
#include <glib.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "disc-process.h"

static void
test_hidden (void)
{
  struct rlimit limit;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer reads the memory of this process");
  return;
#endif
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
  disc_process_hide ();
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/disc/process/hidden", test_hidden);
  return g_test_run ();
}
