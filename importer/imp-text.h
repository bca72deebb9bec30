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

/**
 * imp_text_unturned: @text without the signs that turn the writing (U+202A to U+202E, U+2066 to
 * U+2069), by which digits of a dose or a number stand the other way round on a screen (spec
 * fhir.md 6.1).
 *
 * Returns: (transfer full) (nullable): %NULL where there are none
 */
char *imp_text_unturned (const char *text);

G_END_DECLS
