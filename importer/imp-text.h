/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "imp-er7.h"

G_BEGIN_DECLS

/* What every reader does with UTF-8. */

/** imp_text_cut: length of @text cut at a character to at most @max bytes. */
gsize imp_text_cut (ImpText text, gsize max);

/** imp_text_cut_string: the same of a string. */
gsize imp_text_cut_string (const char *text, gsize max);

/**
 * imp_text_run: how many bytes of @text are blanks, or are none.
 * @blanks: ASCII
 */
gsize imp_text_run (const char *text, const char *blanks, gboolean is_blank);

G_END_DECLS
