/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Whether a result as written lies above or below a number. Digits are compared as digits, never
 * as floating point, and nothing is converted: 6.0, 6.00 and 06.0 are one number, 6.8 g and 6.8 mg
 * nobody compares here. What is not certain is not decided.
 */

typedef enum
{
  DISC_OPERATOR_NONE, /* any value */
  DISC_OPERATOR_GREATER_EQUAL,
  DISC_OPERATOR_LESS_EQUAL,
  DISC_OPERATOR_GREATER,
  DISC_OPERATOR_LESS,
  DISC_OPERATOR_EQUAL,
} DiscOperator;

typedef enum
{
  DISC_COMPARISON_NO,
  DISC_COMPARISON_YES,
  DISC_COMPARISON_OPEN, /* a number, but only a bound of the value: it may be so or not */
  DISC_COMPARISON_TEXT, /* no number: words, a ratio, several numbers */
} DiscComparison;

/** More digits than this are no number of a laboratory. */
#define DISC_QUANTITY_MAX_DIGITS 40

/**
 * disc_quantity_compare:
 * @value: (nullable): as written: "6.8", "６．８", "-3", "<0.1", "≧ 300", "0.5未満"
 * @number: as typed; see disc_quantity_is_number()
 *
 * A sign or a word of comparison makes @value a bound ("<0.1" is certainly below 6, and perhaps
 * above 0.05). A sign behind the number ("300>") some systems write for less than 300 (SS-MIX2 spec
 * 0, fact 9) and a reader takes for more: it leaves everything open. A leading plus ("+3"), a
 * comma, an exponent, a blank between digits, "1:40" and "(1+)" are no number. Digits, points and
 * signs may be of full width.
 *
 * With %DISC_OPERATOR_NONE everything is %DISC_COMPARISON_YES, text too.
 */
DiscComparison disc_quantity_compare (const char *value, DiscOperator op, const char *number);

/** disc_quantity_is_number: a plain decimal with an optional minus, of any width, and no bound. */
gboolean disc_quantity_is_number (const char *text);

/** disc_quantity_order: -1, 0, 1 of two such numbers. */
int disc_quantity_order (const char *a, const char *b);

G_END_DECLS
