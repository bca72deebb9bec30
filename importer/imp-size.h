/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * imp_size_parse: a size as people type it: "0", "1500000", "800M", "2G", "1.5G", with or without
 * "B" or "iB" behind. K, M, G and T are 1024 and its powers.
 * @text: (nullable): %NULL gives -1: nothing was said
 * @out: (out): bytes
 *
 * Returns: %FALSE with %IMP_ERROR_USAGE
 */
gboolean imp_size_parse (const char *text, gint64 *out, GError **error);

G_END_DECLS
