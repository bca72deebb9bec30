/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * viewer_counts_get:
 * @json: the counts of the disc: one JSON object (disc_reader_load_counts())
 * @name: a member of the outermost object, plain ASCII
 * @value: (out): untouched when this returns %FALSE
 *
 * Reads one whole number. It is all this program needs of JSON.
 */
gboolean viewer_counts_get (const char *json, const char *name, guint64 *value);

G_END_DECLS
