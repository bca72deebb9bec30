/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "disc-text.h"

#include <string.h>

#include "disc-kanji-variants.h"

#define LONG_MARK 0x30FC     /* ー, the one dash */
#define MIDDLE_DOT 0x30FB    /* ・ */
#define VOICED 0x3099        /* combining ゛ */
#define SEMI_VOICED 0x309A   /* combining ゜ */
#define TO_KATAKANA 0x60

/* JIS X 0201 kana U+FF61 to U+FF9D. */
static const guint16 half_width_kana[] = {
  0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30E3,
  0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB, 0x30AD, 0x30AF,
  0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1, 0x30C4, 0x30C6, 0x30C8,
  0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5, 0x30D8, 0x30DB, 0x30DE, 0x30DF,
  0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9, 0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF,
  0x30F3,
};

typedef struct
{
  GString *out;
  gsize start;         /* where this text begins in @out */
  gboolean keep_words; /* one blank stays between ASCII words and numbers */
  gboolean gap;        /* blanks were met since the last character */
} Folder;

static void
close_gap (Folder *self, gunichar next)
{
  char last = self->out->len > self->start ? self->out->str[self->out->len - 1] : '\0';

  self->gap = FALSE;
  if (!self->keep_words || next >= 0x80)
    return;

  /* "5 mg" is searched as 5mg, but "K 3.5" as K. */
  if ((g_ascii_isalpha (last) && g_ascii_isalnum ((char) next)) ||
      (g_ascii_isdigit (last) && g_ascii_isdigit ((char) next)))
    g_string_append_c (self->out, ' ');
}

static void
put (Folder *self, gunichar c)
{
  if (self->gap)
    close_gap (self, c);
  if (c < 0x80)
    g_string_append_c (self->out, (char) c);
  else
    g_string_append_unichar (self->out, c);
}

/* Joins a dakuten to the kana before it: カ + ゛ is ガ, wherever the mark came from. */
static void
put_mark (Folder *self, gunichar mark)
{
  GString *out = self->out;
  gunichar base, joined;

  if (out->len >= self->start + 3)
    {
      base = g_utf8_get_char_validated (out->str + out->len - 3, 3);
      if (base <= 0xFFFF && g_unichar_compose (base, mark, &joined))
        {
          g_string_truncate (out, out->len - 3);
          g_string_append_unichar (out, joined);
          return;
        }
    }

  put (self, mark + 2);
}

static void
put_ascii (Folder *self, char c)
{
  if (c <= ' ' || c == 0x7f)
    self->gap = TRUE;
  else if (c == '-')
    put (self, LONG_MARK);
  else
    put (self, (gunichar) g_ascii_tolower (c));
}

static gunichar
fold_kanji (gunichar c)
{
  if (c <= 0xFFFF)
    {
      const guint16 *page = variant_pages[c >> 8];

      return page != NULL && page[c & 0xFF] != 0 ? page[c & 0xFF] : c;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (variants_beyond_bmp); i++)
    if (variants_beyond_bmp[i].from == c)
      return variants_beyond_bmp[i].to;

  return c;
}

static gboolean
is_blank (gunichar c)
{
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
         c == 0xFEFF || (c >= 0x80 && c <= 0x9F);
}

/* Soft hyphen, accents, and the selectors that ask for a certain form of a kanji. */
static gboolean
is_ignored (gunichar c)
{
  return c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180E);
}

/* Characters that look alike and are typed for one another; 0: not one of them. */
static gunichar
fold_look_alike (gunichar c)
{
  switch (c)
    {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2043:
    case 0x2212: case 0x2500: case 0x2501: case 0x30A0: case 0x30FC: case 0xFE58: case 0xFE63:
    case 0xFF70:
      return LONG_MARK;
    case 0x00B7: case 0x2022: case 0x2027: case 0x2219: case 0x22C5: case 0x30FB: case 0xFF65:
      return MIDDLE_DOT;
    case 0x301C: case 0x223C: case 0x223E:
      return '~';
    case 0x2018: case 0x2019: case 0x02BC: case 0x2032:
      return '\'';
    case 0x201C: case 0x201D: case 0x2033: case 0x301D: case 0x301F:
      return '"';
    case 0x2225:
      return 0x2016;
    default:
      return 0;
    }
}

/* Any character that is not already folded. */
static void
put_folded (Folder *self, gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gunichar alike;
  gsize n;

  if (c < 0x80)
    put_ascii (self, (char) c);
  else if (is_blank (c))
    self->gap = TRUE;
  else if (is_ignored (c))
    return;
  else if (c >= 0xFF01 && c <= 0xFF5E)
    put_ascii (self, (char) (c - 0xFEE0));
  else if ((c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E)
    put (self, c + TO_KATAKANA);
  else if (c == VOICED || c == 0x309B || c == 0xFF9E)
    put_mark (self, VOICED);
  else if (c == SEMI_VOICED || c == 0x309C || c == 0xFF9F)
    put_mark (self, SEMI_VOICED);
  else if (c >= 0xFF61 && c <= 0xFF9D)
    put (self, half_width_kana[c - 0xFF61]);
  else if ((alike = fold_look_alike (c)) != 0)
    put (self, alike);
  else if ((c >= 0x30A1 && c <= 0x30FE) || (c >= 0xAC00 && c <= 0xD7A3))
    put (self, c);
  else
    {
      n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));
      if (n == 1 && parts[0] == c)
        put (self, g_unichar_tolower (fold_kanji (c)));
      else
        for (gsize i = 0; i < n; i++)
          put_folded (self, parts[i]);
    }
}

/* Bytes of the character at @p if folding leaves it as it is, for the characters that most text is
 * made of: ASCII, katakana, kanji. 0: look closer. */
static inline gsize
length_if_folded (const guchar *p, const guchar *end)
{
  guint c;
  const guint16 *page;

  if (*p < 0x80)
    return *p > ' ' && *p != '-' && *p != 0x7f && (*p < 'A' || *p > 'Z');

  if (*p < 0xE3 || *p > 0xE9 || end - p < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
    return 0;

  c = (*p & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  if (*p == 0xE3)
    return (c >= 0x30A1 && c <= 0x30FE) || (c >= 0x3001 && c <= 0x3015) ? 3 : 0;

  page = variant_pages[c >> 8];
  return page == NULL || page[c & 0xFF] == 0 ? 3 : 0;
}

static void
fold (const char *text, gssize len, gboolean keep_words, GString *out)
{
  Folder self = { .out = out, .start = out->len, .keep_words = keep_words };
  const guchar *p = (const guchar *) text;
  const guchar *end = p + (len < 0 ? strlen (text) : (gsize) len);

  while (p < end)
    {
      const guchar *run = p;
      gunichar c;
      gsize n;

      while (p < end && (n = length_if_folded (p, end)) > 0)
        p += n;

      if (p > run)
        {
          if (self.gap)
            close_gap (&self, *run);
          g_string_append_len (out, (const char *) run, p - run);
        }

      if (p == end)
        break;

      if (*p < 0x80)
        {
          put_ascii (&self, (char) *p++);
          continue;
        }

      c = g_utf8_get_char_validated ((const char *) p, end - p);
      if (c >= (gunichar) -2)
        {
          put (&self, 0xFFFD);
          p++;
          continue;
        }
      put_folded (&self, c);
      p = (const guchar *) g_utf8_next_char ((const char *) p);
    }
}

void
disc_text_fold (const char *text, gssize len, GString *out)
{
  fold (text, len, FALSE, out);
}

void
disc_text_fold_words (const char *text, gssize len, GString *out)
{
  fold (text, len, TRUE, out);
}

char *
disc_text_fold_new (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 1);

  fold (text, -1, FALSE, out);
  return g_string_free (out, FALSE);
}

gboolean
disc_text_is_kana (const char *text)
{
  if (*text == '\0')
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x30A1 || c > 0x30FE || c == MIDDLE_DOT)
        return FALSE;
    }

  return TRUE;
}
