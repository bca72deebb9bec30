/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "imp-symbol-font.h"

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    ImpSymbolFont font;
  } cases[] = {
    { NULL, IMP_FONT_OF_LETTERS },
    { "", IMP_FONT_OF_LETTERS },
    { "Times New Roman", IMP_FONT_OF_LETTERS },
    { "Segoe UI Symbol", IMP_FONT_OF_LETTERS }, /* Unicode */
    { "Symbol", IMP_FONT_SYMBOL },
    { " 'SYMBOL', serif", IMP_FONT_SYMBOL },
    { "\"Symbol\" \\s 10", IMP_FONT_SYMBOL },
    { "serif, Symbol", IMP_FONT_OF_LETTERS },
    { "Wingdings", IMP_FONT_WINGDINGS },
    { "Wingdings 2", IMP_FONT_WINGDINGS_2 },
    { "Webdings", IMP_FONT_OF_UNKNOWN_SIGNS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (imp_symbol_font_of (cases[i].name), ==, cases[i].font);
}

static void
test_signs (void)
{
  static const struct
  {
    ImpSymbolFont font;
    gunichar letter;
    const char *shows;
  } cases[] = {
    { IMP_FONT_OF_LETTERS, 'm', "m" },
    { IMP_FONT_OF_LETTERS, 0xf06d, "\xef\x81\xad" }, /* itself */
    { IMP_FONT_SYMBOL, 'm', "μ" },
    { IMP_FONT_SYMBOL, 0xf06d, "μ" },
    { IMP_FONT_SYMBOL, 0xa3, "≤" },
    { IMP_FONT_SYMBOL, 0xb0, "°" },
    { IMP_FONT_SYMBOL, 0xb1, "±" },
    { IMP_FONT_SYMBOL, 0xb3, "≥" },
    { IMP_FONT_SYMBOL, 0xb4, "×" },
    { IMP_FONT_SYMBOL, 0xb7, "•" },
    { IMP_FONT_SYMBOL, 0xae, "→" },
    { IMP_FONT_SYMBOL, '5', "5" },
    { IMP_FONT_SYMBOL, ' ', " " },
    { IMP_FONT_SYMBOL, 0x7f, "\xef\xbf\xbd" },
    { IMP_FONT_SYMBOL, 0x85, "\xef\xbf\xbd" },
    { IMP_FONT_SYMBOL, 0xff, "\xef\xbf\xbd" },
    { IMP_FONT_SYMBOL, 0x9000, "退" },
    { IMP_FONT_WINGDINGS, 0xfe, "☑" },
    { IMP_FONT_WINGDINGS, 0xf0a8, "☐" },
    { IMP_FONT_WINGDINGS, 'A', "\xef\xbf\xbd" },
    { IMP_FONT_WINGDINGS_2, 'R', "☑" },
    { IMP_FONT_OF_UNKNOWN_SIGNS, 'a', "\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (imp_symbol_font_read (cases[i].font, cases[i].letter), ==,
                     g_utf8_get_char (cases[i].shows));
}

static void
test_fields (void)
{
  static const struct
  {
    const char *instruction;
    gunichar shows;
  } cases[] = {
    { " SYMBOL 109 \\f \"Symbol\" \\s 10", 0x3bc },
    { "symbol 0x6D \\f Symbol", 0x3bc },
    { "SYMBOL 109", 0xfffd },
    { "SYMBOL x \\f Symbol", 0xfffd },
    { "HYPERLINK \"SYMBOL 109\"", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmphex (imp_symbol_font_read_field (cases[i].instruction), ==, cases[i].shows);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/symbol-font/names", test_names);
  g_test_add_func ("/importer/symbol-font/signs", test_signs);
  g_test_add_func ("/importer/symbol-font/fields", test_fields);
  return g_test_run ();
}
