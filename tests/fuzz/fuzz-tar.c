/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain members of a tar are read by ourselves: the same must come out as by libarchive alone. */
#include <string.h>

#include "imp-tar.h"

#include "../importer/tar-fixture.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Or nearly every change would only be a wrong sum. Where "ustar" stands, a header is. */
static void
mend_sums (guint8 *data, gsize size)
{
  for (gsize at = 0; at + IMP_TAR_BLOCK_BYTES <= size; at += IMP_TAR_BLOCK_BYTES)
    {
      guint8 *header = data + at;
      guint sum = 0;

      if (memcmp (header + 257, "ustar", 5) != 0 || header[511] == 1)
        continue;
      memset (header + 148, ' ', 8);
      for (guint i = 0; i < IMP_TAR_BLOCK_BYTES; i++)
        sum += header[i];
      g_snprintf ((char *) header + 148, 7, "%06o", sum);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree guint8 *bytes = NULL;
  g_autofree char *theirs = NULL;
  ImpTarMember member;

  if (size < IMP_TAR_BLOCK_BYTES || size > 1024 * 1024)
    return 0;
  bytes = g_memdup2 (data, size);
  mend_sums (bytes, size);
  if (!imp_tar_read_header (bytes, &member))
    return 0; /* libarchive's alone */

  theirs = tar_read_theirs (bytes, size);
  for (guint seeks = 0; seeks <= 1; seeks++)
    {
      g_autofree char *ours = tar_read_ours (bytes, size, 1 + data[size - 1] * 7, seeks == 1);

      g_assert_cmpstr (ours, ==, theirs);
    }
  return 0;
}
