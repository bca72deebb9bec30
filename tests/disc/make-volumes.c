/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-volumes DIR BYTES: writes the sealed disc of the tests to DIR, in volumes of at most BYTES; 0: in
 * one. For readers that are no part of the program. */
#include "disc-sealed-fixture.h"

#define SEED 11

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      g_printerr ("make-volumes DIR BYTES\n");
      return 1;
    }
  sealed_make_pictures (argv[1], SEED, g_ascii_strtoull (argv[2], NULL, 10));
  return 0;
}
