/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Plain decimal numbers as text. Nothing passes through floating point, so nothing is rounded.
 */

/**
 * viewer_decimal_is_plain:
 *
 * ASCII digits with at most one point between digits and one sign before, at most 15 digits:
 * "6.8", "-18.4", "016". Not plain: "300>", "1:40", "1.3E+2", "6,8", ".5", full-width digits.
 */
gboolean viewer_decimal_is_plain (const char *text);

/**
 * viewer_decimal_difference:
 * Returns: (transfer full) (nullable): @newer minus @older with a sign (+ or U+2212) and as many
 *   decimals as the longer of the two, "0" without sign; %NULL unless both are plain
 */
char *viewer_decimal_difference (const char *newer, const char *older);

/** viewer_decimal_equal: whether both are plain and the same number ("1.0" and "1"). */
gboolean viewer_decimal_equal (const char *a, const char *b);

/** viewer_decimal_compare: -1, 0, 1; only for two plain numbers. */
int viewer_decimal_compare (const char *a, const char *b);

/**
 * viewer_decimal_to_double: where a point is drawn in a chart, never for a text.
 * Returns: %FALSE unless @text is plain
 */
gboolean viewer_decimal_to_double (const char *text, double *out);

G_END_DECLS
