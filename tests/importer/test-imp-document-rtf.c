/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"

static void
check (const char *bytes, const char *expected)
{
  g_auto (ImpDocument) document = { 0 };

  fixture_convert_text (bytes, &document);
  g_assert_cmpstr (document.text->str, ==, expected);
  g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_RTF);
}

static void
test_words (void)
{
  check ("{\\rtf1\\ansi plain words\\par second line}", "plain words\nsecond line");
  check ("{\\rtf1 a\r\nb\\\r\nc}", "ab\nc"); /* line ends of the file are none */
  check ("{\\rtf1 {\\b bold}\\~x\\_y\\{z\\}\\\\}", "bold\xc2\xa0x-y{z}\\");
  check ("{\\rtf1\\trowd one\\cell two\\cell\\row three\\cell\\row}", "one\ttwo\t\nthree\t\n");
  check ("{\\rtf1\\ansicpg1252 caf\\'e9 \\'80}", "café €");
  check ("{\\rtf1 a}after the end", "a");
}

/* 5 mg and 5 µg, 103 and 10^3 are not the same. */
static void
test_signs (void)
{
  static const char fonts[] =
      "{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil Arial;}{\\f3\\froman\\fcharset2{\\*\\panose "
      "05050102010706020507}Symbol;}{\\f4\\fcharset2 Webdings;}}";
  static const char *const cases[][2] = {
    { "5 {\\f3 m}g}", "5 μg" },
    { "5 \\f3 m\\f0 g}", "5 μg" },
    { "{\\f3\\'b3}3 {\\f3\\u-3917 ?}4}", "≥3 ≥4" }, /* F0B3 */
    { "{\\field{\\*\\fldinst SYMBOL 109 \\\\f \"Symbol\" \\\\s 10}{\\fldrslt\\f3\\fs20}}g}", "μg" },
    { "{\\field{\\*\\fldinst SYMBOL 109 \\\\f \"Symbol\"}{\\fldrslt{\\f3 m}}}g}", "μg" },
    { "a{\\f4 b}c}", "a\xef\xbf\xbd"
                     "c" },
    { "10{\\super 3}/L 10{\\super 1}{\\super 2} H{\\sub 2}O}", "10^3/L 10^12 H2O" },
    { "10\\super 3\\nosupersub /L 10{\\up6 3} {\\up0 x}\\super y\\plain z}", "10^3/L 10^3 x^yz" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bytes = g_strconcat (fonts, cases[i][0], NULL);

      check (bytes, cases[i][1]);
    }
}

/* Both bytes of a character in hexadecimal, one of them, or none. */
static void
test_japanese (void)
{
  check ("{\\rtf1\\ansi\\ansicpg932 \\'91\\'de\\'89\\'40}", "退院");
  check ("{\\rtf1\\ansi\\ansicpg932 \\'91\\'de\\'89@}", "退院");
  check ("{\\rtf1\\ansi\\ansicpg932 \x91\xde\x89@}", "退院");
  check ("{\\rtf1\\ansi\\ansicpg932 \\'83\\}}", "マ"); /* 83 7D */
  /* By the font, where the page is western. */
  check ("{\\rtf1\\ansicpg1252{\\fonttbl{\\f0\\fnil Arial;}{\\f1\\fnil\\fcharset128 MS;}}"
         "\\f1 \\'91\\'de\\f0 \\'e9}",
         "退é");
  check ("{\\rtf1\\ansicpg932\\uc2 \\u36864 \\'91\\'de\\u38498\\'89\\'40!}", "退院!");
  check ("{\\rtf1\\uc0\\u-28672 x}", "\xe9\x80\x80x");
  check ("{\\rtf1\\uc0\\u-10179\\u-9138 x}", "\xf0\x9f\x91\x8ex"); /* a pair of surrogates */
}

static void
test_passed_over (void)
{
  check (
      "{\\rtf1{\\info{\\author somebody}}{\\stylesheet{\\s1 Heading;}}{\\colortbl;\\red0;}words}",
      "words");
  check ("{\\rtf1{\\*\\unknown hidden {\\b deeper}}words}", "words");
  check ("{\\rtf1{\\header top}{\\footer foot}words}", "top\nfoot\nwords");
  check ("{\\rtf1 a{\\pict\\wmetafile8 0123abcd}b}", "ab");
  check ("{\\rtf1 a{\\pict\\bin5 }}}}}b}c}", "ac"); /* five bytes of no meaning */
  check ("{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"http://x\"}{\\fldrslt shown}}}", "shown");
}

static void
test_empty (void)
{
  g_auto (ImpDocument) document = { 0 };

  fixture_convert_text ("{\\rtf1\\par }", &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_IGNORED, "no words"));
}

/* What is struck out is no plain text, on each line anew. */
static void
test_struck (void)
{
  check ("{\\rtf1 take {\\strike 10}20 mg}", "take 【削除：10】20 mg");
  check ("{\\rtf1 {\\deleted old\\par older}new}", "【削除：old】\n【削除：older】new");
  check ("{\\rtf1 \\strike x\\strike0 y}", "【削除：x】y");
}

static void
test_active (void)
{
  static const struct
  {
    const char *bytes;
    const char *words;
  } cases[] = {
    { "{\\rtf1 a{\\object\\objemb{\\*\\objdata 0105}}b}", "embedded object" },
    { "{\\rtf1 a{\\field{\\*\\fldinst DDEAUTO c:\\\\\\\\cmd.exe}{\\fldrslt b}}}", "fetches" },
    { "{\\rtf1 a{\\field{\\*\\fldinst { INCLUDE}{PICTURE x}}{\\fldrslt b}}}", "fetches" },
    { "{\\rtf1 a{\\pict\\emfblip 00}b}", "picture" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpDocument) document = { 0 };

      fixture_convert_text (cases[i].bytes, &document);
      g_assert_cmpstr (document.text->str, ==, "ab");
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].words));
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_PARTLY);
    }
}

/* A picture of one red pixel, in hexadecimal as word processors write it. */
static void
test_picture (void)
{
  g_auto (ImpDocument) document = { 0 };

  fixture_convert_text (
      "{\\rtf1 a{\\*\\shppict{\\pict\\pngblip\n"
      "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
      "53de0000000c49444154789c63f8cfc00000030101\n00c9fe92ef0000000049454e44ae426082}}"
      "{\\nonshppict{\\pict\\wmetafile8 00}}b}",
      &document);
  g_assert_cmpstr (document.text->str, ==, "ab");
  g_assert_cmpuint (document.pictures->len, ==, 1);
  g_assert_cmpuint (fixture_picture (&document, 0)->width, ==, 1);
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("{\\rtf1");
  g_auto (ImpDocument) from_deep = { 0 };
  g_auto (ImpDocument) cut = { 0 };
  g_auto (ImpDocument) lost = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "{\\b ");
  fixture_convert_text (deep->str, &from_deep);
  g_assert_true (fixture_has_finding (&from_deep, IMP_FINDING_TRUNCATED, "deep"));
  fixture_convert_text ("{\\rtf1 words {\\b cut", &cut);
  g_assert_cmpstr (cut.text->str, ==, "words cut");
  g_assert_true (fixture_has_finding (&cut, IMP_FINDING_TRUNCATED, "cut off"));
  fixture_convert_text ("{\\rtf1\\ansicpg932 a\\'91}", &lost);
  g_assert_true (fixture_has_finding (&lost, IMP_FINDING_UNDECODABLE, "1"));
  check ("{\\rtf1\\u99999999999 \\uc-5\\bin-7 \\f-1 ?x}", "\xef\xbf\xbdx");
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-rtf/signs", test_signs);
  g_test_add_func ("/importer/document-rtf/words", test_words);
  g_test_add_func ("/importer/document-rtf/japanese", test_japanese);
  g_test_add_func ("/importer/document-rtf/passed-over", test_passed_over);
  g_test_add_func ("/importer/document-rtf/empty", test_empty);
  g_test_add_func ("/importer/document-rtf/struck", test_struck);
  g_test_add_func ("/importer/document-rtf/active", test_active);
  g_test_add_func ("/importer/document-rtf/picture", test_picture);
  g_test_add_func ("/importer/document-rtf/hostile", test_hostile);
  return g_test_run ();
}
