/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disc-error.h"
#include "disc-manifest.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* Anybody can sign a manifest with a key of their own: what is read of it is text, or an error. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiscManifest) manifest =
      disc_manifest_read (size > 0 ? (const char *) data : "", size, &error);

  if (manifest == NULL)
    {
      g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);
      return 0;
    }

  g_assert_true (disc_manifest_is_object ((const char *) data, size));
  check_text (manifest->id);
  check_text (manifest->hospital);
  check_text (manifest->as_of);
  check_text (manifest->built_at);
  return 0;
}
