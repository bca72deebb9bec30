/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * imp_base64_decode:
 * @text: RFC 4648, section 4; blanks and line ends may stand anywhere
 * @max_bytes: of what comes out
 *
 * All of it or nothing: what is not of the alphabet, a group that is not whole and padding before the
 * end are errors, where g_base64_decode() goes on without a word (spec fhir.md 0.1 fact 9, 6.5).
 *
 * Returns: (transfer full): %NULL with %IMP_ERROR_UNREADABLE and the place, or %IMP_ERROR_LIMIT
 */
GBytes *imp_base64_decode (const char *text, gsize len, gsize max_bytes, GError **error);

G_END_DECLS
