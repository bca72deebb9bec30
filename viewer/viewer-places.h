/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** viewer_places_mounted: (transfer full) (array zero-terminated=1): where media are mounted now. */
char **viewer_places_mounted (void);

/**
 * viewer_places_with_discs: folders that hold a disc now: mounted media first (DVD, USB stick), then
 * those of @recent that are still there. Each once.
 * Returns: (transfer full) (array zero-terminated=1)
 */
char **viewer_places_with_discs (const char *const *recent);

G_END_DECLS
