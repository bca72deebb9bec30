/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Passphrases of sealed discs, in memory only as long as they are tried. */

/**
 * viewer_passphrase_read: (transfer full): the first line of the file at @path, without its end.
 * Returns: for viewer_passphrase_free(); %NULL with %VIEWER_ERROR_PASSPHRASE_FILE
 */
char *viewer_passphrase_read (const char *path, GError **error);

/** viewer_passphrase_free: wipes it. @passphrase: (nullable) */
void viewer_passphrase_free (char *passphrase);

/** viewer_passphrase_is_wide: whether full-width letters or blanks are in it, which look like others. */
gboolean viewer_passphrase_is_wide (const char *passphrase);

G_END_DECLS
