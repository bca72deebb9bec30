/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "imp-fhir-mapper.h"

#define DIV(words) "<div xmlns=\"http://www.w3.org/1999/xhtml\">" words "</div>"

static char *
narrative_of (const char *div)
{
  g_autoptr (cJSON) text = cJSON_CreateObject ();

  cJSON_AddStringToObject (text, "status", "generated");
  cJSON_AddStringToObject (text, "div", div);
  return imp_fhir_narrative (text);
}

/* Spec fhir.md 6.5: what stands, what is marked, what is left out. */
static void
test_words (void)
{
  static const struct
  {
    const char *div;
    const char *words;
  } cases[] = {
    { DIV ("経過良好"), "経過良好" },
    { DIV ("<p>一</p><p>二<br/>三</p>"), "一\n二\n三" },
    { DIV ("<ul><li>卵</li><li>そば</li></ul>"), "・卵\n・そば" },
    { DIV ("<table><tr><th>項目</th><th>値</th></tr><tr><td>K</td><td>3.50</td></tr></table>"),
      "項目\t値\nK\t3.50" },
    { DIV ("<pre>a  b\n  c</pre>"), "a  b\n  c" },
    { DIV ("<b>禁忌</b> <i>ペニシリン</i>"), "禁忌 ペニシリン" },
    { DIV ("ワルファリン <del>3 mg</del> 2 mg"), "ワルファリン 【削除：3 mg】 2 mg" },
    { DIV ("<s>中止</s>"), "【削除：中止】" },
    { DIV ("<strike>中止</strike>"), "【削除：中止】" },
    { DIV ("<span style=\"text-decoration:line-through\">中止</span>"), "【削除：中止】" },
    { DIV ("10<sup>5</sup> CFU"), "10^5 CFU" },
    { DIV ("前<script>alert(1)</script><style>p{}</style>後"), "前後" },
    { DIV ("<a href=\"file:///etc/passwd\">結果</a>"), "結果" },
    { DIV ("<img src=\"http://h.example/x.png\" alt=\"図1\"/>"), "[画像: 図1]" },
    { DIV ("K &lt; 3.5 &amp; Na"), "K < 3.5 & Na" },
    { DIV ("a&nbsp;b&times;2&micro;g&#12354;"), "a\xC2\xA0"
                                                "b×2µgあ" },
    { DIV (""), NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = narrative_of (cases[i].div);

      g_test_message ("%s", cases[i].div);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* E18: what is not well-formed, and what would do harm if it were read. */
static void
test_broken (void)
{
  static const struct
  {
    const char *div;
    const char *words;
  } cases[] = {
    { "<div>一<br>二", "一\n二" },
    { "<div><p>K <b>3.5</p></div>", "K 3.5" },
    { "<div>K < 3.5 mmol</div><p>", "K < 3.5 mmol" },
    { "<div>A & B</div>", "A & B" },
    { "<div>&unknown; 値</div>", "&unknown; 値" },
    { "<div><script>if (a<b) x()</script>後<del>前</del></div>", "後【削除：前】" },
    { "<div><!-- 内緒 --><p>表</div>", "表" },
    { "<td>1<td>2</td></td", "1"
                             "2" },
    { "<div>&#x3042;&#99999999;&lt;<br></div>", "あ&#99999999;<" },
    { "<!DOCTYPE d [<!ENTITY a \"lol\">]><div>&a;</div>", "]>\n&a;" },
    { "言葉だけ", "言葉だけ" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_broken = FALSE;
      g_autofree char *words = imp_fhir_page_text (cases[i].div, &is_broken);

      g_test_message ("%s", cases[i].div);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_true (is_broken);
    }
}

/* Nothing grows beyond a value, and a deep or long one ends. */
static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new ("<div>");
  g_autofree char *from_deep = NULL;
  g_autofree char *from_wide = NULL;
  gboolean is_broken;

  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "<p>x");
  from_deep = imp_fhir_page_text (deep->str, &is_broken);
  g_assert_true (is_broken);
  g_assert_cmpuint (strlen (from_deep), ==, 2 * 5000 - 1);

  for (guint i = 0; i < 20000; i++)
    g_string_append (wide, "<b>あいうえおかきくけこさしすせそたちつてと</b>");
  g_string_append (wide, "</div>");
  from_wide = imp_fhir_page_text (wide->str, &is_broken);
  g_assert_false (is_broken);
  g_assert_cmpuint (strlen (from_wide), <=, IMP_FHIR_MAX_TEXT_BYTES);
  g_assert_cmpuint (strlen (from_wide), >, IMP_FHIR_MAX_TEXT_BYTES - 4);
  g_assert_true (g_utf8_validate (from_wide, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-narrative/words", test_words);
  g_test_add_func ("/fhir-narrative/broken", test_broken);
  g_test_add_func ("/fhir-narrative/bounds", test_bounds);
  return g_test_run ();
}
