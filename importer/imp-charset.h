/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-decode.h"

G_BEGIN_DECLS

/**
 * imp_charset_detect:
 * @had_bom: whether a UTF-8 byte order mark stood before @bytes
 *
 * Which of the character sets of SS-MIX2 spec 5.3 the bytes are. MSH-18 is not looked at: it is a
 * claim, and found wrong.
 */
ImpCharset imp_charset_detect (const guint8 *bytes, gsize len, gboolean had_bom);

/**
 * imp_utf8_next:
 * @len: (out): bytes of the character at @p, or of the longest beginning of one that cannot go on;
 *   at least 1
 *
 * Returns: whether it is a whole, shortest-form character that is no surrogate
 */
gboolean imp_utf8_next (const guint8 *p, const guint8 *end, gsize *len);

G_END_DECLS
