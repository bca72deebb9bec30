/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Discs that this program made already: to copy one is a hundred times cheaper than to make it. All
 * copies are one disc, with one id; who needs another disc makes it.
 */

/** kept_copy: puts the disc that is kept as @name at @dir, which does not exist yet; %FALSE: none
 * is. */
gboolean kept_copy (const char *name, const char *dir);

/** kept_put: keeps a copy of the disc at @dir as @name until the program ends. */
void kept_put (const char *name, const char *dir);

G_END_DECLS
