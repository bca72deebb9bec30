/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"

static void
test_words (void)
{
  static const struct
  {
    const char *bytes;
    const char *text;
  } cases[] = {
    { "<html><body><p>one\n two</p><p>three</p></body></html>", "one two\nthree\n" },
    { "<html><head><title>T</title></head><body>a<br>b</body></html>", "T\na\nb\n" },
    { "<table><tr><th>a</th><td>b<p>c</p></td></tr><tr><td>d</td></tr></table>", "a\tb c\nd\n" },
    { "<ul><li>a</li><li>b</li></ul>", "・a\n・b\n" },
    { "<pre>a\n  b</pre>", "a\n  b\n" },
    { "<p>a<script>x('y')</script><style>p{}</style>b</p>", "ab\n" },
    { "<p>10 <del>20</del> mg</p>", "10 【削除：20】 mg\n" },
    { "<p>&lt;&amp;&nbsp;&#36864;</p>", "<&\xc2\xa0退\n" },
    { "<p>\x91\xde\x89\x40</p>", "退院\n" }, /* CP932 */
    { "<p>a<img src=\"http://x/y.png\" alt=\"heart\"></p>", "a[画像: heart]\n" },
    { "<p>a<a href=\"http://x\">b</a>", "ab\n" },
    { "<p>10<sup>3</sup>/\xce\xbcL 10<sup>1</sup><sup>2</sup> H<sub>2</sub>O</p>",
      "10^3/μL 10^12 H2O\n" },
    { "<p>5 <font face=\"Symbol\">m</font>g <span style=\"mso-x: y; "
      "font-family:Symbol\"><b>\xc2\xb3</b></span> "
      "3</p>",
      "5 μg ≥ 3\n" },
    { "<p>a <span style=\"text-decoration: underline line-through\">b</span> "
      "<span style=\"vertical-align:super\">c</span></p>",
      "a 【削除：b】 ^c\n" },
    { "<p><font face=\"Symbol\">a<font face=\"Arial\">m</font></font>m</p>", "αmm\n" },
    { "<p>unclosed <b>words", "unclosed words\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (ImpDocument) document = { 0 };

      fixture_convert_text (cases[i].bytes, &document);
      g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_HTML);
      g_assert_cmpstr (document.text->str, ==, cases[i].text);
    }
}

static void
test_active (void)
{
  g_auto (ImpDocument) document = { 0 };

  fixture_convert_text (
      "<html><body onload=\"x()\"><script src=\"http://x\"></script><iframe "
      "src=\"file:///etc/passwd\"></iframe><link href=\"http://x\"><img src=\"\\\\host\\x\">words",
      &document);
  g_assert_nonnull (strstr (document.text->str, "words"));
  g_assert_null (strstr (document.text->str, "root:"));
  g_assert_true (
      fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "script inside: 2"));
  g_assert_true (
      fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "elsewhere inside: 2"));
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "picture"));
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_PARTLY);
}

static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("<html><body>");
  g_autoptr (GString) many = g_string_new ("<html><body>");
  g_auto (ImpDocument) from_deep = { 0 };
  g_auto (ImpDocument) from_many = { 0 };
  g_auto (ImpDocument) entities = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<div>");
  fixture_convert_text (deep->str, &from_deep);
  for (guint i = 0; i < 1100000; i++)
    g_string_append (many, "<b>");
  fixture_convert_text (many->str, &from_many);
  g_assert_true (fixture_has_finding (&from_many, IMP_FINDING_ATTACHMENT_REFUSED, "too many"));
  fixture_convert_text (
      "<!DOCTYPE html [<!ENTITY a \"aaaa\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
      "<html><body><p>x&a;&f;</p></body></html>",
      &entities);
  g_assert_null (strstr (entities.text->str, "root:"));
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-html/words", test_words);
  g_test_add_func ("/importer/document-html/active", test_active);
  g_test_add_func ("/importer/document-html/hostile", test_hostile);
  return g_test_run ();
}
