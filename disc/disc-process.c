/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-process.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void
disc_process_hide (void)
{
#ifndef __SANITIZE_ADDRESS__
  const struct rlimit none = { 0, 0 };

  /* The limit is for files. A service (core(5), "Piping core dumps to a program") does not heed it. */
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
#endif
}

void
disc_process_share_heap (void)
{
  mallopt (M_ARENA_MAX, 1);
}
