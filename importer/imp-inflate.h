/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * imp_inflate:
 * @format: of @packed; gzip may be of several members
 * @max_bytes: of what comes out: a bomb ends there
 *
 * Returns: (transfer full): all of it; %NULL with %IMP_ERROR_UNREADABLE where it is damaged, cut or has
 *   something behind its end, with %IMP_ERROR_LIMIT where it is more than @max_bytes
 */
GBytes *imp_inflate (GBytes *packed, GZlibCompressorFormat format, gsize max_bytes, GError **error);

G_END_DECLS
