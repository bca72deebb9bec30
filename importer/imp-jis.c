/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "imp-jis.h"

#include "imp-kanji-table.h"

/*
 * ISO-2022-JP pair by pair, with what vendors write beside the standard (SS-MIX2 spec 5.3, 5.4).
 * No converter of the C library reads it right: iconv fails on rows 13 and 89-92, returns success
 * with garbage on half-width kana and JIS X 0212, and does not return to ASCII at a line end.
 */

G_STATIC_ASSERT (sizeof (ImpKanji) <= IMP_DECODE_SLACK);

static inline gboolean
is_cell (guint8 c)
{
  return c >= 0x21 && c <= 0x7E;
}

static inline void
put_kanji (ImpDecoder *self, const ImpKanji *kanji)
{
  memcpy (self->out, kanji, sizeof *kanji);
  self->out += kanji->len;
}

/* @c: 21-5F, the position in JIS X 0201 katakana: U+FF61 on */
static void
put_kana (ImpDecoder *self, guint8 c)
{
  guint code = 0xFF61u + c - 0x21u;

  *self->out++ = 0xEF;
  *self->out++ = (guint8) (0x80 | ((code >> 6) & 0x3F));
  *self->out++ = (guint8) (0x80 | (code & 0x3F));
}

/* A byte below 80 that is neither ESC nor part of a pair. A shift that means nothing where it
 * stands is no text. */
static void
put_low (ImpDecoder *self, guint8 c)
{
  if (c == 0 || c == IMP_SHIFT_OUT)
    imp_decoder_put_lost (self);
  else if (c != IMP_SHIFT_IN)
    *self->out++ = c;
}

/* @row, @cell: from 1. Returns: %FALSE for a hole */
static gboolean
put_cell (ImpDecoder *self, const ImpKanji *table, guint row, guint cell)
{
  const ImpKanji *kanji = &table[(row - 1) * 94 + cell - 1];

  if (kanji->len == 0)
    imp_decoder_put_lost (self);
  else
    put_kanji (self, kanji);
  return kanji->len > 0;
}

/* A bad pair takes only its first byte with it when the second may be a delimiter. */
static void
read_cp932 (ImpDecoder *self)
{
  guint8 lead = self->p[0];
  guint8 trail = self->p + 1 < self->end ? self->p[1] : 0;
  guint row, cell;

  self->p++;
  if (lead >= 0xA1 && lead <= 0xDF)
    {
      put_kana (self, lead - 0x80);
      return;
    }
  if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || trail < 0x40 || trail == 0x7F || trail > 0xFC)
    {
      if (lead != 0x80 && lead != 0xA0 && lead <= 0xFC && self->p == self->end)
        self->result->ends_inside = TRUE;
      imp_decoder_put_lost (self);
      return;
    }
  row = (lead < 0xA0 ? lead - 0x81u : lead - 0xC1u) * 2 + (trail < 0x9F ? 1 : 2);
  cell = trail < 0x7F ? trail - 0x3Fu : trail < 0x9F ? trail - 0x40u : trail - 0x9Eu;
  if (put_cell (self, imp_cp932, row, cell))
    self->result->n_gaiji += lead >= 0xF0 && lead <= 0xF9;
  else if (trail < 0x80)
    return;
  self->p++;
}

static inline gboolean
is_euc_byte (const ImpDecoder *self, gsize i)
{
  return (gsize) (self->end - self->p) > i && self->p[i] >= 0xA1 && self->p[i] <= 0xFE;
}

static void
read_euc (ImpDecoder *self)
{
  guint8 lead = self->p[0];
  gsize n = lead == 0x8F ? 3 : 2;

  if (lead == 0x8E && is_euc_byte (self, 1) && self->p[1] <= 0xDF)
    put_kana (self, self->p[1] - 0x80);
  else if (lead == 0x8F && is_euc_byte (self, 1) && is_euc_byte (self, 2))
    put_cell (self, imp_jisx0212, self->p[1] - 0xA0u, self->p[2] - 0xA0u);
  else if (is_euc_byte (self, 0) && is_euc_byte (self, 1))
    put_cell (self, imp_cp932, lead - 0xA0u, self->p[1] - 0xA0u);
  else
    {
      if (self->p + 1 == self->end && (is_euc_byte (self, 0) || lead == 0x8E || lead == 0x8F))
        self->result->ends_inside = TRUE;
      imp_decoder_put_lost (self);
      n = 1;
    }
  self->p += n;
}

static void
read_high (ImpDecoder *self)
{
  if (self->is_euc)
    read_euc (self);
  else
    read_cp932 (self);
}

/* SO ... SI is old 7-bit half-width kana. An SO that no SI follows on its line is damage: it must
 * not turn the rest of the segment, with its delimiters, into kana. */
static void
read_shifted (ImpDecoder *self, const guint8 *stop)
{
  const guint8 *p = self->p + 1;

  while (p < stop && *p != IMP_SHIFT_IN && *p != '\r' && *p != '\n')
    p++;
  if (p == stop || *p != IMP_SHIFT_IN)
    {
      imp_decoder_put_lost (self);
      self->p++;
      return;
    }
  for (self->p++; self->p < p; self->p++)
    if (*self->p >= 0x21 && *self->p <= 0x5F)
      put_kana (self, *self->p);
    else if (*self->p <= 0x20)
      put_low (self, *self->p);
    else
      imp_decoder_put_lost (self);
  self->p++;
}

/* ASCII with 8-bit bytes, shifts and NUL among it, up to the next ESC at @stop. */
static void
read_single_bytes (ImpDecoder *self, const guint8 *stop)
{
  while (self->p < stop)
    if (*self->p >= 0x80)
      read_high (self);
    else if (*self->p == IMP_SHIFT_OUT)
      read_shifted (self, stop);
    else
      put_low (self, *self->p++);
}

/* Marks the bytes that are ESC, the first of the eight lowest; above the first mark others may be
 * wrong. */
static inline guint64
find_escapes (guint64 word)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);

  word = GUINT64_FROM_LE (word) ^ (ones * IMP_ESC);
  return (word - ones) & ~word & (ones << 7);
}

/* Copies up to the next ESC. Runs between kanji are short: eight bytes at a time are looked at and
 * copied in one go, which is twice as fast as memchr and memcpy. What is copied behind an ESC is
 * written over by what it stands for: there is room for it (IMP_DECODE_SLACK). */
static void
copy_plain (ImpDecoder *self)
{
  const guint8 *p = self->p;
  guint8 *out = self->out;
  guint64 word, escapes;
  guint n_plain = sizeof word;

  for (; self->end - p >= (gssize) sizeof word && n_plain == sizeof word;
       p += n_plain, out += n_plain)
    {
      memcpy (&word, p, sizeof word);
      memcpy (out, &word, sizeof word);
      escapes = find_escapes (word);
      if (escapes != 0)
        n_plain = (guint) __builtin_ctzll (escapes) / 8;
    }
  while (p < self->end && *p != IMP_ESC)
    *out++ = *p++;
  self->p = p;
  self->out = out;
}

static void
read_ascii (ImpDecoder *self)
{
  const guint8 *stop;

  if (self->is_plain)
    {
      copy_plain (self);
      return;
    }
  stop = memchr (self->p, IMP_ESC, (gsize) (self->end - self->p));
  read_single_bytes (self, stop != NULL ? stop : self->end);
}

static void
end_line (ImpDecoder *self)
{
  *self->out++ = *self->p++;
  self->table = NULL;
  self->is_kana = FALSE;
}

/* Here 5C is ﾜ, 5E is ﾞ and 26 is ｦ: no delimiters (SS-MIX2 spec 5.3). */
static void
read_kana (ImpDecoder *self)
{
  while (self->p < self->end && self->is_kana && *self->p != IMP_ESC)
    if (*self->p >= 0x21 && *self->p <= 0x5F)
      put_kana (self, *self->p++);
    else if (*self->p >= 0x80)
      read_high (self);
    else if (*self->p == '\r' || *self->p == '\n')
      end_line (self);
    else if (*self->p >= 0x60 && *self->p <= 0x7E)
      {
        imp_decoder_put_lost (self);
        self->p++;
      }
    else
      put_low (self, *self->p++);
}

/* What stands where a pair should begin but is none. */
static void
read_no_pair (ImpDecoder *self)
{
  guint8 c = *self->p;

  if (c == '\r' || c == '\n')
    end_line (self);
  else if (c >= 0x80)
    read_high (self);
  else if (!is_cell (c))
    put_low (self, *self->p++);
  else
    {
      /* Half a character: a length limit cut the field. The second byte is not its other half. */
      imp_decoder_put_lost (self);
      self->p++;
    }
}

/* The pairs as far as nothing is wrong. In locals, or each byte written would make the compiler
 * read @self again. */
static void
copy_good_pairs (ImpDecoder *self)
{
  const ImpKanji *table = self->table;
  const guint8 *p = self->p;
  guint8 *out = self->out;

  while (self->end - p >= 2 && is_cell (p[0]) && is_cell (p[1]))
    {
      const ImpKanji *kanji = &table[(p[0] - 0x21u) * 94 + p[1] - 0x21u];

      if (kanji->len == 0)
        break;
      memcpy (out, kanji, sizeof *kanji);
      out += kanji->len;
      p += 2;
    }
  self->p = p;
  self->out = out;
}

static void
read_pairs (ImpDecoder *self)
{
  while (self->table != NULL && self->p < self->end && *self->p != IMP_ESC)
    {
      copy_good_pairs (self);
      if (self->end - self->p >= 2 && is_cell (self->p[0]) && is_cell (self->p[1]))
        {
          imp_decoder_put_lost (self); /* a hole */
          self->p += 2;
        }
      else if (self->p < self->end && *self->p != IMP_ESC)
        read_no_pair (self);
    }
}

typedef enum
{
  SET_ASCII,
  SET_KANA,
  SET_CP932,
  SET_JISX0212,
  SET_JISX0213_1,
  SET_JISX0213_2,
  SET_SAME,
} Set;

/* SS-MIX2 spec 5.3. JIS-Roman is read as ASCII: U+00A5 and U+203E in place of 5C and 7E would
 * destroy the escape and the repetition character. */
static const struct
{
  guint8 bytes[4]; /* behind ESC */
  guint8 len;
  Set set;
} escapes[] = {
  { "$B", 2, SET_CP932 },       { "(B", 2, SET_ASCII },       { "(J", 2, SET_ASCII },
  { "$@", 2, SET_CP932 },       { "(I", 2, SET_KANA },        { "$(D", 3, SET_JISX0212 },
  { "$(B", 3, SET_CP932 },      { "$(@", 3, SET_CP932 },      { "(H", 2, SET_ASCII },
  { "$(O", 3, SET_JISX0213_1 }, { "$(Q", 3, SET_JISX0213_1 }, { "$(P", 3, SET_JISX0213_2 },
  { "&@", 2, SET_SAME },        { ")I", 2, SET_SAME },
};

static void
designate (ImpDecoder *self, Set set)
{
  static const ImpKanji *const tables[] = {
    [SET_CP932] = imp_cp932,
    [SET_JISX0212] = imp_jisx0212,
    [SET_JISX0213_1] = imp_jisx0213_1,
    [SET_JISX0213_2] = imp_jisx0213_2,
  };

  if (set == SET_SAME)
    return;
  self->is_kana = set == SET_KANA;
  self->table = tables[set];
}

/* ISO/IEC 2022: intermediate bytes 20-2F and a final byte. If it does not look like one, only the
 * ESC is taken, so that no delimiter goes with it. */
static gsize
length_of_unknown (const ImpDecoder *self)
{
  const guint8 *p = self->p + 1;

  while (p < self->end && p - self->p <= 3 && *p >= 0x20 && *p <= 0x2F)
    p++;
  if (p == self->p + 1 || p >= self->end || !(g_ascii_isalnum (*p) || *p == '@'))
    return 1;
  return (gsize) (p + 1 - self->p);
}

static void
read_escape (ImpDecoder *self)
{
  const guint8 *p = self->p;
  gsize left = (gsize) (self->end - p) - 1;

  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (left >= escapes[i].len && p[1] == escapes[i].bytes[0] && p[2] == escapes[i].bytes[1] &&
        (escapes[i].len == 2 || p[3] == escapes[i].bytes[2]))
      {
        self->p += 1 + escapes[i].len;
        designate (self, escapes[i].set);
        return;
      }
  if (left < 3)
    self->result->ends_inside = TRUE;
  self->p += length_of_unknown (self);
  imp_decoder_put_lost (self);
}

void
imp_jis_decode (ImpDecoder *self)
{
  while (self->p < self->end)
    if (*self->p == IMP_ESC)
      read_escape (self);
    else if (self->table != NULL)
      read_pairs (self);
    else if (self->is_kana)
      read_kana (self);
    else
      read_ascii (self);
  if (self->table != NULL || self->is_kana)
    self->result->ends_inside = TRUE;
}
