/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An emergency key while somebody types it (disc-emergency.h). Nothing typed is kept. */

/** viewer_emergency_n_characters: of the key, blanks and hyphens not counted. */
guint viewer_emergency_n_characters (const char *text);

/** viewer_emergency_wrong_group: from 1, the first group that is all there and not right; 0: none. */
guint viewer_emergency_wrong_group (const char *text);

G_END_DECLS
