/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * disc_process_hide: before anything of a patient is in memory: a crash of this process leaves no
 * core, in a file or by a service that collects them, and no other process of the user can read its
 * memory. Without effect where a sanitizer needs to.
 */
void disc_process_hide (void);

G_END_DECLS
