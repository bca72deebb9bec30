/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** imp_usage_route_word: of positions 1 and 2; "" for by mouth, %NULL when it is not known. */
const char *imp_usage_route_word (const char *code);
/** imp_usage_event_word: of two characters (positions 5 and 6 of kinds 4 and 5), or %NULL. */
const char *imp_usage_event_word (const char *code);

G_END_DECLS
