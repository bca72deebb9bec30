/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes imp-kanji-table.h: the double-byte tables of the decoder as ready UTF-8, taken from the C
 * library's converters at build time, so that a disc never depends on what the machine that builds
 * it can convert. Run by meson.
 */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef size_t (*Encode) (int row, int cell, unsigned char *bytes);

/* SS-MIX2 spec 5.4: CP932, not SJIS and not ISO-2022-JP, keeps the vendors' rows 13 and 89-92 and
 * maps row 1 as Windows does. Rows 95-120 are the 8-bit lead bytes F0-FC. */
static size_t
encode_cp932 (int row, int cell, unsigned char *bytes)
{
  int lead = (row - 1) / 2;

  bytes[0] = (unsigned char) (lead < 31 ? 0x81 + lead : 0xC1 + lead);
  if (row % 2 == 0)
    bytes[1] = (unsigned char) (cell + 0x9E);
  else
    bytes[1] = (unsigned char) (cell + (cell < 64 ? 0x3F : 0x40));
  return 2;
}

static size_t
encode_euc (int row, int cell, unsigned char *bytes)
{
  bytes[0] = (unsigned char) (0xA0 + row);
  bytes[1] = (unsigned char) (0xA0 + cell);
  return 2;
}

static size_t
encode_euc_plane2 (int row, int cell, unsigned char *bytes)
{
  bytes[0] = 0x8F;
  return 1 + encode_euc (row, cell, bytes + 1);
}

/* Returns: bytes of UTF-8, 0 for a hole */
static size_t
convert (iconv_t converter, const unsigned char *bytes, size_t n, unsigned char *utf8, size_t room)
{
  char *in = (char *) bytes;
  char *out = (char *) utf8;
  size_t left = room;

  iconv (converter, NULL, NULL, NULL, NULL);
  if (iconv (converter, &in, &n, &out, &left) == (size_t) -1 || n > 0)
    return 0;
  if (iconv (converter, NULL, NULL, &out, &left) == (size_t) -1)
    return 0;
  return room - left;
}

/* A double-byte character never turns into a delimiter of HL7: JIS X 0212 has a tilde of its own. */
static size_t
widen_ascii (unsigned char *utf8, size_t len)
{
  unsigned c;

  if (len != 1 || utf8[0] <= 0x20 || utf8[0] >= 0x7F)
    return len;
  c = 0xFF00u + utf8[0] - 0x20;
  utf8[0] = (unsigned char) (0xE0 | (c >> 12));
  utf8[1] = (unsigned char) (0x80 | ((c >> 6) & 0x3F));
  utf8[2] = (unsigned char) (0x80 | (c & 0x3F));
  return 3;
}

static int
write_table (const char *name, const char *charset, int n_rows, Encode encode)
{
  iconv_t converter = iconv_open ("UTF-8", charset);
  int n_characters = 0;

  if (converter == (iconv_t) -1)
    {
      fprintf (stderr, "imp-kanji-gen: the C library cannot convert %s\n", charset);
      return 0;
    }
  printf ("static const ImpKanji %s[%d * 94] = {\n", name, n_rows);
  for (int row = 1; row <= n_rows; row++)
    for (int cell = 1; cell <= 94; cell++)
      {
        unsigned char bytes[4], utf8[16] = { 0 };
        size_t len = widen_ascii (utf8, convert (converter, bytes, encode (row, cell, bytes), utf8, 7));

        n_characters += len > 0;
        printf ("{{%d,%d,%d,%d,%d,%d},%d},%s", utf8[0], utf8[1], utf8[2], utf8[3], utf8[4], utf8[5],
                (int) (len <= 6 ? len : 0), cell % 8 == 0 ? "\n" : "");
      }
  printf ("};\n");
  iconv_close (converter);
  return n_characters;
}

int
main (void)
{
  printf ("/* Made by imp-kanji-gen. Index: (row - 1) * 94 + cell - 1. */\n"
          "struct _ImpKanji { unsigned char utf8[7]; unsigned char len; };\n");
  /* The smallest number of characters each standard has: a converter that gives less is broken. */
  if (write_table ("imp_cp932", "CP932", 120, encode_cp932) < 9000 ||
      write_table ("imp_jisx0212", "EUC-JP", 94, encode_euc_plane2) < 6067 ||
      write_table ("imp_jisx0213_1", "EUC-JISX0213", 94, encode_euc) < 8700 ||
      write_table ("imp_jisx0213_2", "EUC-JISX0213", 94, encode_euc_plane2) < 2400)
    return EXIT_FAILURE;
  return fflush (stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
