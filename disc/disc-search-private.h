/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** disc_search_expression: (transfer full): one folded word in the syntax of FTS5: a phrase, or the
 * beginning of a token. It is made here and nowhere else. */
char *disc_search_expression (const char *folded);

G_END_DECLS
