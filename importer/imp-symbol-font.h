/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Fonts whose letters are other signs: an "m" in Symbol is a µ, and "mg" and "µg" are not one dose.
 * Their bytes are a character set like others, and are read as what they show.
 */

typedef enum
{
  IMP_FONT_OF_LETTERS,
  IMP_FONT_SYMBOL,
  IMP_FONT_WINGDINGS,
  IMP_FONT_WINGDINGS_2,
  IMP_FONT_OF_UNKNOWN_SIGNS, /* Webdings, ...: not letters, but which signs is not known here */
} ImpSymbolFont;

/**
 * imp_symbol_font_of:
 * @name: (nullable): of a font, or a list of CSS, of which the first counts; in quotes or not
 */
ImpSymbolFont imp_symbol_font_of (const char *name);

/**
 * imp_symbol_font_read: what @c shows in @font.
 * @c: a byte of the font, also as U+F000 and its value; others, which no such font has, show
 * themselves
 *
 * Returns: U+FFFD for a sign that is not known
 */
gunichar imp_symbol_font_read (ImpSymbolFont font, gunichar c);

/**
 * imp_symbol_font_read_field: what a field shows, SYMBOL 109 \f "Symbol" (ECMA-376 part
 * 1, 17.16.5.62).
 * @instruction: of any field, in any case
 *
 * Returns: 0 for another field
 */
gunichar imp_symbol_font_read_field (const char *instruction);

G_END_DECLS
