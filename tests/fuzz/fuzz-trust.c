/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "disc-error.h"
#include "disc-trust.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MAX_INPUT_BYTES 4096

/* A signer that is added to whatever is believed is trusted from then on, and takes nobody away. */
static void
check_add (const char *path, DiscTrust *trust)
{
  static const guint8 signer[DISC_SIGNER_BYTES] = { 0xfe, 0xed };
  guint n = disc_trust_n (trust);
  gboolean is_known = disc_trust_name_of (trust, signer) != NULL;
  g_autoptr (DiscTrust) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (disc_trust_add (trust, signer, "見本", &error));
  again = disc_trust_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (disc_trust_n (again), ==, is_known ? n : n + 1);
  g_assert_nonnull (disc_trust_name_of (again, signer));
  if (!is_known)
    g_assert_cmpstr (disc_trust_name_of (again, signer), ==, "見本");
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autoptr (DiscTrust) trust = NULL;
  g_autoptr (GError) error = NULL;
  guint n_lines = 1;

  if (size > MAX_INPUT_BYTES)
    return 0;

  dir = g_dir_make_tmp ("fuzz-trust-XXXXXX", NULL);
  path = g_build_filename (dir, "trusted-signers", NULL);
  g_assert_true (g_file_set_contents_full (path, (const char *) data, (gssize) size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  for (gsize i = 0; i < size; i++)
    n_lines += data[i] == '\n' ? 1 : 0;

  trust = disc_trust_load (path, &error);
  if (trust != NULL)
    {
      g_assert_cmpuint (disc_trust_n (trust), <=, n_lines);
      check_add (path, trust);
    }
  else
    g_assert_error (error, DISC_ERROR, DISC_ERROR_CORRUPT);

  g_unlink (path);
  g_rmdir (dir);
  return 0;
}
