/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-symbol-font.h"

#include <string.h>

#define UNKNOWN 0xfffd
#define MAX_NAME_BYTES 64

/* Adobe's Symbol encoding (PDF 1.7 annex D.5), from 20 and from A0. A blank stands for what has no
 * character of its own. */
static const char symbol_low[] = " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
                                 "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
                                 "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ ";
static const char symbol_high[] = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…   "
                                  "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
                                  "◊〈®©™∑           〉∫";

typedef struct
{
  guint8 byte;
  gunichar shows;
} Sign;

/* Ticks, boxes, bullets and arrows: what forms are filled in with. */
static const Sign wingdings[] = {
  { 0x6c, 0x25cf }, { 0x6e, 0x25a0 }, { 0x6f, 0x2610 }, { 0x71, 0x2751 }, { 0x75, 0x25c6 },
  { 0x76, 0x2756 }, { 0x78, 0x2612 }, { 0xa7, 0x25aa }, { 0xa8, 0x2610 }, { 0xd8, 0x27a2 },
  { 0xdf, 0x2190 }, { 0xe0, 0x2192 }, { 0xe1, 0x2191 }, { 0xe2, 0x2193 }, { 0xfb, 0x2717 },
  { 0xfc, 0x2713 }, { 0xfd, 0x2612 }, { 0xfe, 0x2611 },
};
static const Sign wingdings_2[] = {
  { 0x4f, 0x2717 }, { 0x50, 0x2713 }, { 0x52, 0x2611 }, { 0x53, 0x2612 }, { 0xa3, 0x2610 },
};

ImpSymbolFont
imp_symbol_font_of (const char *name)
{
  static const struct
  {
    const char *name;
    ImpSymbolFont font;
  } fonts[] = {
    { "symbol", IMP_FONT_SYMBOL },
    { "symbolmt", IMP_FONT_SYMBOL },
    { "wingdings", IMP_FONT_WINGDINGS },
    { "wingdings 2", IMP_FONT_WINGDINGS_2 },
    { "wingdings 3", IMP_FONT_OF_UNKNOWN_SIGNS },
    { "webdings", IMP_FONT_OF_UNKNOWN_SIGNS },
    { "zapfdingbats", IMP_FONT_OF_UNKNOWN_SIGNS },
    { "zapf dingbats", IMP_FONT_OF_UNKNOWN_SIGNS },
    { "mt extra", IMP_FONT_OF_UNKNOWN_SIGNS },
    { "marlett", IMP_FONT_OF_UNKNOWN_SIGNS },
  };
  char folded[MAX_NAME_BYTES] = "";
  gsize n;

  if (name == NULL)
    return IMP_FONT_OF_LETTERS;
  name += strspn (name, " \t\r\n\"'");
  n = strcspn (name, ",;\"'");
  if (n >= sizeof folded)
    return IMP_FONT_OF_LETTERS;
  for (gsize i = 0; i < n; i++)
    folded[i] = g_ascii_tolower (name[i]);
  g_strchomp (folded);
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    if (strcmp (folded, fonts[i].name) == 0)
      return fonts[i].font;
  return IMP_FONT_OF_LETTERS;
}

static gunichar
read_symbol (guint byte)
{
  const char *row = byte < 0x80 ? symbol_low : symbol_high;
  glong at = byte < 0x80 ? (glong) byte - 0x20 : (glong) byte - 0xa0;
  gunichar c;

  if (at < 0 || at >= g_utf8_strlen (row, -1))
    return UNKNOWN;
  c = g_utf8_get_char (g_utf8_offset_to_pointer (row, at));
  return c == ' ' ? UNKNOWN : c;
}

static gunichar
read_sign (const Sign *signs, guint n, guint byte)
{
  for (guint i = 0; i < n; i++)
    if (signs[i].byte == byte)
      return signs[i].shows;
  return UNKNOWN;
}

gunichar
imp_symbol_font_read (ImpSymbolFont font, gunichar c)
{
  guint byte = (guint) (c >= 0xf000 && c < 0xf100 ? c - 0xf000 : c);

  if (font == IMP_FONT_OF_LETTERS || byte >= 0x100)
    return c;
  if (byte <= 0x20 || byte == 0xa0)
    return byte == 0xa0 ? ' ' : byte;
  switch (font)
    {
    case IMP_FONT_SYMBOL:
      return read_symbol (byte);
    case IMP_FONT_WINGDINGS:
      return read_sign (wingdings, G_N_ELEMENTS (wingdings), byte);
    case IMP_FONT_WINGDINGS_2:
      return read_sign (wingdings_2, G_N_ELEMENTS (wingdings_2), byte);
    case IMP_FONT_OF_LETTERS:
    case IMP_FONT_OF_UNKNOWN_SIGNS:
    default:
      return UNKNOWN;
    }
}

gunichar
imp_symbol_font_read_field (const char *instruction)
{
  g_autofree char *folded = g_ascii_strdown (instruction, -1);
  const char *start = folded + strspn (folded, " \t\r\n");
  const char *name = strstr (start, "\\f ");
  ImpSymbolFont font = imp_symbol_font_of (name != NULL ? name + strlen ("\\f ") : NULL);
  guint64 code;

  if (!g_str_has_prefix (start, "symbol "))
    return 0;
  code = g_ascii_strtoull (start + strlen ("symbol "), NULL, 0); /* also 0x6d */
  if (code == 0 || code > 0xffff)
    return UNKNOWN;
  return imp_symbol_font_read (font != IMP_FONT_OF_LETTERS ? font : IMP_FONT_OF_UNKNOWN_SIGNS,
                               (gunichar) code);
}
