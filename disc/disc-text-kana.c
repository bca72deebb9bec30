/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-text.h"

#include <string.h>

#define LONG_MARK 0x30FC
#define VU 0x30F4
#define VOICED 0x3099

/* Kana that name readings write in more than one way, and what they are folded to. */
static gunichar
fold_spelling (gunichar c)
{
  static const struct
  {
    guint16 from, to;
  } spellings[] = {
    { 0x30A1, 0x30A2 }, { 0x30A3, 0x30A4 }, { 0x30A5, 0x30A6 }, { 0x30A7, 0x30A8 }, /* ァィゥェ */
    { 0x30A9, 0x30AA }, { 0x30C3, 0x30C4 }, { 0x30E3, 0x30E4 }, { 0x30E5, 0x30E6 }, /* ォッャュ */
    { 0x30E7, 0x30E8 }, { 0x30EE, 0x30EF }, { 0x30F5, 0x30AB }, { 0x30F6, 0x30B1 }, /* ョヮヵヶ */
    { 0x30C2, 0x30B8 }, { 0x30C5, 0x30BA }, { 0x30F2, 0x30AA }, { 0x30F1, 0x30A8 }, /* ヂヅヲヱ */
    { 0x30F0, 0x30A4 }, { 0x30F7, 0x30D0 }, { 0x30F8, 0x30D3 }, { 0x30F9, 0x30D9 }, /* ヰヷヸヹ */
    { 0x30FA, 0x30DC },                                                             /* ヺ */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (spellings[i].from == c)
      return spellings[i].to;

  return c;
}

/* ヴ with the vowel behind it: ヴァ is バ, ヴュ is ビユ, ヴ alone is ブ. Systems without small kana
 * write ヴア. */
static const char *
append_vu (const char *next, GString *out)
{
  gunichar c = *next != '\0' ? g_utf8_get_char (next) : 0;

  switch (c)
    {
    case 0x30A1: case 0x30A2:
      g_string_append (out, "バ");
      break;
    case 0x30A3: case 0x30A4:
      g_string_append (out, "ビ");
      break;
    case 0x30A7: case 0x30A8:
      g_string_append (out, "ベ");
      break;
    case 0x30A9: case 0x30AA:
      g_string_append (out, "ボ");
      break;
    case 0x30E5:
      g_string_append (out, "ビ");
      return next;
    default:
      g_string_append (out, "ブ");
      return next;
    }

  return g_utf8_next_char (next);
}

/* ヽ and ヾ repeat the kana before, without and with dakuten; 々 repeats the kanji before. */
static gboolean
append_repeated (gunichar mark, gunichar last, GString *out)
{
  gunichar base, rest;

  if (last == 0 || (mark != 0x30FD && mark != 0x30FE && mark != 0x3005))
    return FALSE;

  if (mark != 0x3005)
    {
      if (g_unichar_decompose (last, &base, &rest) && rest != 0)
        last = base;
      if (mark == 0x30FE && g_unichar_compose (last, VOICED, &base))
        last = base;
      last = fold_spelling (last);
    }

  g_string_append_unichar (out, last);
  return TRUE;
}

void
disc_text_fold_kana (const char *text, gssize len, GString *out)
{
  g_autoptr (GString) folded = g_string_sized_new (64);
  gunichar last = 0;
  const char *p;

  disc_text_fold (text, len, folded);
  p = folded->str;
  while (p < folded->str + folded->len)
    {
      gunichar c = g_utf8_get_char (p);

      p = g_utf8_next_char (p);
      if (c == LONG_MARK)
        continue;

      if (append_repeated (c, last, out))
        continue;

      if (c == VU)
        p = append_vu (p, out);
      else
        g_string_append_unichar (out, fold_spelling (c));
      last = c;
    }
}
