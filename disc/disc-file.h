/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whole reads and writes at a place of a file, with the errors of the disc. */

/** disc_file_fail: sets @error for @saved_errno (%DISC_ERROR_NO_SPACE or _IO); %FALSE, always. */
gboolean disc_file_fail (const char *what, int saved_errno, GError **error);

/** disc_file_write: %FALSE with %DISC_ERROR_NO_SPACE or _IO */
gboolean disc_file_write (int fd, gconstpointer data, gsize len, guint64 offset, GError **error);

/**
 * disc_file_read_some: reads until @len bytes or the end of the file.
 * Returns: bytes read, or -1 with errno set
 */
gssize disc_file_read_some (int fd, gpointer out, gsize len, guint64 offset);

/** disc_file_read: %FALSE with %DISC_ERROR_IO, or %DISC_ERROR_TRUNCATED when the file ends before. */
gboolean disc_file_read (int fd, gpointer out, gsize len, guint64 offset, GError **error);

/** disc_file_sync: waits until a file or folder is on the medium. */
gboolean disc_file_sync (const char *path, GError **error);

/**
 * disc_file_open_nameless: a file in @dir that has no name and is gone with its last descriptor.
 * Returns: the descriptor, or -1 with errno set
 */
int disc_file_open_nameless (const char *dir);

G_END_DECLS
