/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "imp-decode.h"

#define JIS "\x1B$B"
#define ASCII "\x1B(B"
#define KANA "\x1B(I"
#define LOST "\xEF\xBF\xBD"

typedef struct
{
  const char *bytes;
  const char *text;
  guint n_lost;
  ImpCharset charset;
} Case;

static void
check (const guint8 *bytes, gsize len, const Case *expected)
{
  g_autoptr (GString) out = g_string_new ("left over");
  ImpDecodeResult result;

  imp_decode (bytes, len, out, &result);
  g_assert_cmpstr (out->str, ==, expected->text);
  g_assert_cmpuint (out->len, ==, strlen (expected->text));
  g_assert_cmpuint (result.n_lost, ==, expected->n_lost);
  g_assert_cmpstr (imp_charset_name (result.charset), ==, imp_charset_name (expected->charset));
}

static void
check_all (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    check ((const guint8 *) cases[i].bytes, strlen (cases[i].bytes), &cases[i]);
}

/* SS-MIX2 spec 0.2 and 5.4: characters whose bytes are delimiters. */
static void
test_delimiter_bytes (void)
{
  static const Case cases[] = {
    /* byte vector of 5.4: １日３回, 7C does not split the field */
    { "\x1B\x24\x42\x23\x31\x46\x7C\x23\x33\x32\x73\x1B\x28\x42", "１日３回", 0,
      IMP_CHARSET_ISO_2022_JP },
    { JIS "F|" ASCII, "日", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "K\\" ASCII, "本", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS ":^" ASCII, "剤", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "I~" ASCII, "服", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "8^" ASCII, "五", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F~" ASCII, "入", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "1&" ASCII, "右", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "0&" ASCII, "愛", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "E|" ASCII, "糖", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "L\\" ASCII, "目", 0, IMP_CHARSET_ISO_2022_JP },
    /* the second byte of CP932 has the same trouble */
    { "\x83\x5C\x95\x5C\x94\x5C\x83\x7C", "ソ表能ポ", 0, IMP_CHARSET_CP932 },
  };

  check_all (cases, G_N_ELEMENTS (cases));
}

/* The table of SS-MIX2 spec 5.4, in 7-bit JIS and in CP932. */
static void
test_vendor_characters (void)
{
  static const Case cases[] = {
    { JIS "-!-j-S-b-6" ASCII, "①㈱㎎№Ⅱ", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B\x24\x42\x7C\x62\x79\x75\x1B\x28\x42", "髙﨑", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "|q|{" ASCII, "ⅰ￢", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "!A!]!B" ASCII, "～－∥", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "!q!r\"L!@" ASCII, "￠￡￢＼", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B\x28\x49\x36\x5E\x1B\x28\x42", "ｶﾞ", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B$(D\x22\x6F" ASCII, "™", 0, IMP_CHARSET_ISO_2022_JP },
    /* what exporters write for a character they do not have stays what it is */
    { JIS "\"#\"." ASCII, "■〓", 0, IMP_CHARSET_ISO_2022_JP },
    /* separated voice marks are not joined */
    { JIS "%+!+" ASCII "|" KANA "6^" ASCII, "カ゛|ｶﾞ", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x87\x40\x87\x8A\x87\x72\x87\x82\x87\x55", "①㈱㎎№Ⅱ", 0, IMP_CHARSET_CP932 },
    { "\xEE\xE0\xFB\xFC\xED\x95\xFA\xB1", "髙髙﨑﨑", 0, IMP_CHARSET_CP932 },
    { "\xEE\xEF\xEE\xF9\xB6\xDE", "ⅰ￢ｶﾞ", 0, IMP_CHARSET_CP932 },
    { "\x81\x60\x81\x7C\x81\x61\x81\x91\x81\x92\x81\xCA\x81\x5F", "～－∥￠￡￢＼", 0,
      IMP_CHARSET_CP932 },
  };
  static const struct { const char *bytes; gunichar code; } codes[] = {
    { JIS "-!", 0x2460 },   { JIS "-j", 0x3231 },   { JIS "-S", 0x338E },
    { JIS "-b", 0x2116 },   { JIS "-6", 0x2161 },   { JIS "|b", 0x9AD9 },
    { JIS "yu", 0xFA11 },   { JIS "|q", 0x2170 },   { JIS "|{", 0xFFE2 },
    { JIS "!A", 0xFF5E },   { JIS "!]", 0xFF0D },   { JIS "!B", 0x2225 },
    { JIS "!q", 0xFFE0 },   { JIS "!r", 0xFFE1 },   { JIS "\"L", 0xFFE2 },
    { JIS "!@", 0xFF3C },   { KANA "6", 0xFF76 },   { KANA "^", 0xFF9E },
    { KANA "!", 0xFF61 },   { KANA "_", 0xFF9F },   { "\x1B$(D\"o", 0x2122 },
    { "\x1B$(D\"7", 0xFF5E }, /* the tilde of JIS X 0212 is no HL7 delimiter */
  };

  check_all (cases, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      ImpDecodeResult result;

      imp_decode ((const guint8 *) codes[i].bytes, strlen (codes[i].bytes), out, &result);
      g_assert_cmphex (g_utf8_get_char (out->str), ==, codes[i].code);
      g_assert_cmpint (g_utf8_strlen (out->str, -1), ==, 1);
    }
}

/* Plain text is copied in words of eight bytes: an escape sequence may begin anywhere in one. */
static void
test_escape_anywhere (void)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

  for (gsize n = 0; n <= 20; n++)
    for (gsize behind = 0; behind <= 9; behind++)
      {
        g_autofree char *bytes = g_strdup_printf ("%.*s" JIS "F|" ASCII "%.*s", (int) n, letters,
                                                  (int) behind, letters + 10);
        g_autofree char *text = g_strdup_printf ("%.*s日%.*s", (int) n, letters, (int) behind,
                                                 letters + 10);
        const Case one = { bytes, text, 0, IMP_CHARSET_ISO_2022_JP };

        check_all (&one, 1);
      }
}

/* SS-MIX2 spec 5.3, the table of escape sequences. */
static void
test_escape_sequences (void)
{
  static const Case cases[] = {
    { "a" JIS "F|" ASCII "b", "a日b", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B$@F|" ASCII "|", "日|", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B(Ja\\b~c" ASCII, "a\\b~c", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|\x1B(J|~\\", "日|~\\", 0, IMP_CHARSET_ISO_2022_JP },
    { KANA "1&\\" ASCII "|", "ｱｦﾜ|", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B$(OF|" ASCII, "日", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B$(QF|" ASCII, "日", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x1B$(P!!" ASCII, "\xF0\xA0\x82\x89", 0, IMP_CHARSET_ISO_2022_JP }, /* 𠂉 U+20089 */
    { "\x1B$(Q$w" ASCII, "か゚", 0, IMP_CHARSET_ISO_2022_JP }, /* two code points: 2477 */
    { "\x1B&@\x1B$BF|" ASCII, "日", 0, IMP_CHARSET_ISO_2022_JP },
    { "\x0E" "6^1" "\x0F" "|b", "ｶﾞｱ|b", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|" KANA "6" JIS "K\\" ASCII, "日ｶ本", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F| K\\" ASCII, "日 本", 0, IMP_CHARSET_ISO_2022_JP }, /* a blank in the run */
    { JIS ASCII, "", 0, IMP_CHARSET_ISO_2022_JP },
  };

  check_all (cases, G_N_ELEMENTS (cases));
}

/* Lost and cut: U+FFFD, counted, and the delimiters behind stay alive. */
static void
test_damage (void)
{
  static const Case cases[] = {
    /* byte vectors of 5.4 */
    { "\x1B\x24\x42\x46\x1B\x28\x42\x7C", LOST "|", 1, IMP_CHARSET_ISO_2022_JP },
    { "\x1B\x24\x42\x46\x7C\x0D\x50\x49\x44", "日\rPID", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|\nPID|", "日\nPID|", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F\rPID|", LOST "\rPID|", 1, IMP_CHARSET_ISO_2022_JP },
    { KANA "6\r6^", "ｶ\r6^", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|F", "日" LOST, 1, IMP_CHARSET_ISO_2022_JP },
    { JIS "F K\\" ASCII, LOST " 本", 1, IMP_CHARSET_ISO_2022_JP },
    /* unknown escape: stay in the set, take no delimiter along */
    { "a\x1B[1mb", "a" LOST "[1mb", 1, IMP_CHARSET_ISO_2022_JP },
    { "a\x1B|b", "a" LOST "|b", 1, IMP_CHARSET_ISO_2022_JP },
    { "a\x1B&|b", "a" LOST "&|b", 1, IMP_CHARSET_ISO_2022_JP },
    { "a\x1B$Zb|", "a" LOST "b|", 1, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|\x1B(ZK\\" ASCII, "日" LOST "本", 1, IMP_CHARSET_ISO_2022_JP },
    { "a\x1B", "a" LOST, 1, IMP_CHARSET_ISO_2022_JP },
    { "\x1B\x1B\x1B$BF|", LOST LOST "日", 2, IMP_CHARSET_ISO_2022_JP },
    /* rows where vendors put user-defined characters: CP932 has nothing there */
    { JIS ")!.!u!}!~~" ASCII, LOST LOST LOST LOST LOST, 5, IMP_CHARSET_ISO_2022_JP },
    { KANA "6|7" ASCII, "ｶ" LOST "ｷ", 1, IMP_CHARSET_ISO_2022_JP },
    /* a shift nobody ends does not eat the line */
    { "a\x0E" "b|c\rd", "a" LOST "b|c\rd", 1, IMP_CHARSET_ISO_2022_JP },
    { "a\x0F|b\x0E" "1\x0F", "a|bｱ", 0, IMP_CHARSET_ISO_2022_JP },
    { JIS "F|\x0EK\\\x0F" ASCII, "日" LOST "本", 1, IMP_CHARSET_ISO_2022_JP },
    /* a hole of CP932 keeps a second byte that may be a delimiter */
    { "\x82\xA0\x85|b", "あ" LOST "|b", 1, IMP_CHARSET_CP932 },
    { "\x82\xA0\x80|\xFF", "あ" LOST "|" LOST, 2, IMP_CHARSET_CP932 },
    { "\x82\xA0\x82", "あ" LOST, 1, IMP_CHARSET_CP932 },
  };

  check_all (cases, G_N_ELEMENTS (cases));
}

/* Row 29: NUL bytes are lost characters; none remains in the text. */
static void
test_nul (void)
{
  static const char bytes[] = "MSH\0|\x1B$BF\0" "F|\x1B(B\0\0";
  const Case expected = { "MSH" LOST "|" LOST LOST "日", NULL, 3, IMP_CHARSET_ISO_2022_JP };
  const Case result = { NULL, expected.bytes, expected.n_lost, expected.charset };

  check ((const guint8 *) bytes, sizeof bytes - 1, &result);
}

static void
test_detection (void)
{
  static const Case cases[] = {
    { "MSH|", "MSH|", 0, IMP_CHARSET_ASCII },
    { "", "", 0, IMP_CHARSET_ASCII },
    { "\xE6\x97\xA5\xE6\x9C\xAC", "日本", 0, IMP_CHARSET_UTF8 },
    { "\xEF\xBB\xBFMSH|", "MSH|", 0, IMP_CHARSET_UTF8 },
    { "\xEF\xBB\xBF\x1B$BF|" ASCII, "日", 0, IMP_CHARSET_ISO_2022_JP },
    { "\xEF\xBB\xBF\xE6\x97\xA5", "日", 0, IMP_CHARSET_UTF8 },
    { "\x93\xFA\x96\x7B", "日本", 0, IMP_CHARSET_CP932 },
    /* EUC-JP with the kana every real message has: 患者　カンジャ */
    { "\xB4\xB5\xBC\xD4\xA1\xA1\xA5\xAB\xA5\xF3\xA5\xB8\xA5\xE3", "患者　カンジャ", 0,
      IMP_CHARSET_EUC_JP },
    { "\xA5\xAB\x8E\xB6\x8F\xA2\xEF\xAD\xA1", "カｶ™①", 0, IMP_CHARSET_EUC_JP },
    /* half-width kana that would be EUC-JP pairs: ﾔﾏﾀﾞ ｼﾞｮﾝ･ｽﾐｽ */
    { "\xD4\xCF\xC0\xDE \xBC\xDE\xAE\xDD\xA5\xBD\xD0\xBD", "ﾔﾏﾀﾞ ｼﾞｮﾝ･ｽﾐｽ", 0, IMP_CHARSET_CP932 },
    /* mixed: JIS runs, the rest CP932 */
    { JIS "F|" ASCII "|\xB6\xDE\x93\xFA", "日|ｶﾞ日", 0, IMP_CHARSET_MIXED },
    { JIS "F|\xB6K\\" ASCII, "日ｶ本", 0, IMP_CHARSET_MIXED },
    { JIS "F|" KANA "6\xDE" ASCII, "日ｶﾞ", 0, IMP_CHARSET_MIXED },
    /* UTF-8 in which a length limit cut one character stays UTF-8 */
    { "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x96\x87\xE6\x97|x", "日本語文" LOST "|x", 1,
      IMP_CHARSET_UTF8 },
    /* an ESC that designates nothing does not make UTF-8 into CP932 */
    { "\xE6\x97\xA5\x1B\xE6\x9C\xAC", "日" LOST "本", 1, IMP_CHARSET_UTF8 },
    /* was lost before it came here */
    { "\xE6\x97\xA5" LOST, "日" LOST, 1, IMP_CHARSET_UTF8 },
    { "\xC2\xA5", "¥", 0, IMP_CHARSET_UTF8 },
    { "\xE3\x81\x8B\xE3\x82\x99", "か\xE3\x82\x99", 0, IMP_CHARSET_UTF8 }, /* not composed */
    { "\xEF\xA8\x90", "\xEF\xA8\x90", 0, IMP_CHARSET_UTF8 },             /* U+FA10, no NFC */
  };

  check_all (cases, G_N_ELEMENTS (cases));
}

/* User-defined characters keep their code point and are counted apart from what is lost. */
static void
test_gaiji (void)
{
  static const struct { const char *bytes; const char *text; guint n; } cases[] = {
    { "\x82\xA0\xF0\x40\xF9\xFC", "あ\xEE\x80\x80\xEE\x9D\x97", 2 }, /* U+E000, U+E757 */
    { "\xE3\x81\x82\xEE\x80\x80\xEF\xA3\xBF", "あ\xEE\x80\x80\xEF\xA3\xBF", 2 }, /* U+F8FF */
    { "\xE3\x81\x82\xF3\xB0\x80\x80\xF4\x80\x80\x80", "あ\xF3\xB0\x80\x80\xF4\x80\x80\x80", 2 },
    { "\xE3\x81\x82\xEF\xA4\x80\xF3\xA0\x84\x80", "あ\xEF\xA4\x80\xF3\xA0\x84\x80", 0 }, /* U+F900 */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      ImpDecodeResult result;

      imp_decode ((const guint8 *) cases[i].bytes, strlen (cases[i].bytes), out, &result);
      g_assert_cmpstr (out->str, ==, cases[i].text);
      g_assert_cmpuint (result.n_gaiji, ==, cases[i].n);
      g_assert_cmpuint (result.n_lost, ==, 0);
    }
}

/* Row 19: what stands before and behind a message; and whether its end is missing. */
static void
test_ends (void)
{
  static const struct { const char *bytes; gsize len; const char *text; gboolean inside; } cases[] = {
    { "a\r\x1C", 3, "a\r", FALSE },
    { "\x0B" "a\r\n\x1C\r\n", 7, "a\r", FALSE },
    { "a\n", 2, "a\r", FALSE },
    { "a\n\n\0\0", 5, "a\r", FALSE },
    { "a\x1C", 2, "a\r", FALSE },
    { "a\0\0", 3, "a", FALSE },
    { "a", 1, "a", FALSE },
    { "\r\n", 2, "\r", FALSE },
    { "\0", 1, "", FALSE },
    { "a\x1B$BF|", 6, "a日", TRUE },
    { "a\x1B$BF", 5, "a" LOST, TRUE },
    { "a\x1B$BF|\r", 7, "a日\r", FALSE },
    { "a\x1B$BF|\x1B(B", 9, "a日", FALSE },
    { "a\x1B(", 3, "a" LOST "(", TRUE },
    { "a\x1B$BF|\x1B", 7, "a日" LOST, TRUE },
    { "\xE3\x81\x82\xE3\x81\x82\xE3\x81\x82\xE3\x81\x82\xE3\x81", 14, "ああああ" LOST, TRUE },
    { "\x82\xA0\x82", 3, "あ" LOST, TRUE },
    { "\xA5\xAB\xA5\xAB\xA5", 5, "･ｫ･ｫ･", FALSE }, /* an odd count is no EUC-JP */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      ImpDecodeResult result;

      imp_decode ((const guint8 *) cases[i].bytes, cases[i].len, out, &result);
      g_assert_cmpstr (out->str, ==, cases[i].text);
      g_assert_cmpint (result.ends_inside, ==, cases[i].inside);
    }
}

static void
test_append (void)
{
  g_autoptr (GString) out = g_string_new ("x|");
  ImpDecodeResult result;

  imp_decode_append ((const guint8 *) "\x1B$BF|\r\n", 7, out, &result);
  g_assert_cmpstr (out->str, ==, "x|日\r\n");
  imp_decode_append ((const guint8 *) "", 0, out, &result);
  g_assert_cmpstr (out->str, ==, "x|日\r\n");
}

/* Random text of JIS X 0208, where the C library's converter is right: rows 1 (without the signs
 * Windows maps elsewhere), 3 to 8 and all kanji. */
static void
append_random_pair (GString *bytes)
{
  for (;;)
    {
      char pair[2] = { (char) g_test_rand_int_range (0x21, 0x75),
                       (char) g_test_rand_int_range (0x21, 0x7F) };
      g_autofree char *seven_bit = g_strdup_printf (JIS "%c%c" ASCII, pair[0], pair[1]);
      g_autofree char *text = NULL;

      if (pair[0] == 0x21 || pair[0] == 0x22)
        continue;
      text = g_convert (seven_bit, -1, "UTF-8", "ISO-2022-JP", NULL, NULL, NULL);
      if (text == NULL)
        continue; /* a hole */
      g_string_append_len (bytes, pair, 2);
      return;
    }
}

static void
test_against_iconv (void)
{
  for (int round = 0; round < 300; round++)
    {
      g_autoptr (GString) bytes = g_string_new (NULL);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = NULL;
      ImpDecodeResult result;

      for (int run = g_test_rand_int_range (1, 8); run > 0; run--)
        {
          for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
            g_string_append_c (bytes, (char) g_test_rand_int_range (0x20, 0x7F));
          g_string_append (bytes, JIS);
          for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
            append_random_pair (bytes);
          g_string_append (bytes, ASCII);
        }
      g_string_append (bytes, "|");
      expected = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", "ISO-2022-JP", NULL, NULL,
                            &error);
      g_assert_no_error (error);
      imp_decode ((const guint8 *) bytes->str, bytes->len, out, &result);
      g_assert_cmpstr (out->str, ==, expected);
      g_assert_cmpuint (result.n_lost, ==, 0);
    }
}

/* Every pair CP932 knows, 8-bit and, up to row 94, 7-bit, against the C library's CP932. */
static void
test_every_cp932_pair (void)
{
  guint n_known = 0;

  for (guint lead = 0x81; lead <= 0xFC; lead++)
    for (guint trail = 0x40; trail <= 0xFC; trail++)
      {
        const guint8 bytes[] = { 0x82, 0xA0, (guint8) lead, (guint8) trail };
        g_autofree char *expected = NULL;
        g_autoptr (GString) out = g_string_new (NULL);
        ImpDecodeResult result;

        if ((lead >= 0xA0 && lead <= 0xDF) || trail == 0x7F)
          continue;
        imp_decode (bytes, sizeof bytes, out, &result);
        if (result.charset != IMP_CHARSET_CP932)
          continue;
        expected = g_convert ((const char *) bytes, sizeof bytes, "UTF-8", "CP932", NULL, NULL, NULL);
        if (expected == NULL)
          {
            g_assert_cmpuint (result.n_lost, >=, 1);
            continue;
          }
        n_known++;
        g_assert_cmpstr (out->str, ==, expected);
        g_assert_cmpuint (result.n_lost, ==, 0);
      }
  /* 6,879 of JIS X 0208, 83 of row 13, 374 of rows 89-92, 388 of FA-FC, 1,880 user-defined */
  g_assert_cmpuint (n_known, ==, 6879 + 83 + 374 + 388 + 1880);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/spec8/18-vendor-characters", test_vendor_characters);
  g_test_add_func ("/importer/spec8/29-nul-bytes", test_nul);
  g_test_add_func ("/importer/spec10/bytes-split-before-decoding", test_delimiter_bytes);
  g_test_add_func ("/importer/spec10/kanji-lost-or-replaced", test_gaiji);
  g_test_add_func ("/importer/spec10/iconv-trusted", test_damage);
  g_test_add_func ("/importer/decode/escape-sequences", test_escape_sequences);
  g_test_add_func ("/importer/decode/escape-anywhere", test_escape_anywhere);
  g_test_add_func ("/importer/decode/detection", test_detection);
  g_test_add_func ("/importer/decode/ends", test_ends);
  g_test_add_func ("/importer/decode/append", test_append);
  g_test_add_func ("/importer/decode/against-iconv", test_against_iconv);
  g_test_add_func ("/importer/decode/every-cp932-pair", test_every_cp932_pair);
  return g_test_run ();
}
