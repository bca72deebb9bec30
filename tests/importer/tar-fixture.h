/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is read of a tar, a line a member (name, time, size, hash of its content) and how it ended;
 * of every third member the content is left alone. */

/** tar_read_ours: (transfer full): by #ImpArchive; @piece: bytes at once; @seeks: as of a file */
char *tar_read_ours (const guint8 *bytes, gsize len, gsize piece, gboolean seeks);

/** tar_read_theirs: (transfer full): by libarchive alone. */
char *tar_read_theirs (const guint8 *bytes, gsize len);

G_END_DECLS
