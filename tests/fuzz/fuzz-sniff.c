/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-sniff.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  ImpSniff out;
  double bits = imp_sniff_entropy_bits (data, size);
  g_autofree char *name = g_utf8_make_valid ((const char *) data, (gssize) size);

  memset (&out, 0xff, sizeof out);
  imp_sniff (data, size, &out);
  g_assert_cmpuint (out.kind, <, IMP_N_SNIFFS);
  g_assert_cmpuint (out.also, <, IMP_N_SNIFFS);
  g_assert_true ((out.kind == IMP_SNIFF_EMPTY) == (size == 0));
  g_assert_nonnull (imp_sniff_word (out.kind));
  /* What runs when opened is never called anything else for what follows. */
  if (size >= 2 && memcmp (data, "#!", 2) == 0 &&
      imp_sniff_group (out.kind) != IMP_SNIFF_GROUP_ACTIVE)
    g_assert_true (imp_sniff_group (out.kind) != IMP_SNIFF_GROUP_DOCUMENT ||
                   out.kind == IMP_SNIFF_PDF);
  g_assert_true (bits >= 0.0 && bits <= 8.0 + 1e-9);
  imp_sniff_looks_random (data, size);
  imp_sniff_is_scrambled (data, size);
  imp_sniff_is_ransom_name (name);
  return 0;
}
