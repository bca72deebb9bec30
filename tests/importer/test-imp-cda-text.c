/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The body of CDA R2 in words: spec fhir.md 7 and 9. */
#include "config.h"

#include <string.h>

#include "cda-fixture.h"
#include "imp-limits.h"

typedef struct
{
  const char *xml;
  const char *text;
} Case;

#define BEFORE CDA_OPEN "<component><structuredBody>"
#define AFTER "</structuredBody></component>" CDA_CLOSE

static void
check_cases (CdaFixture *fixture, const char *before, const char *after, const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    cda_assert_text (fixture, before, cases[i].xml, after, cases[i].text);
}

#define check(fixture, before, after, cases)                                                       \
  check_cases (fixture, before, after, cases, G_N_ELEMENTS (cases))

#define IN_TEXT BEFORE "<component><section><title>T</title><text>"
#define BEHIND_TEXT "</text></section></component>" AFTER
#define IN_ENTRY BEFORE "<component><section><title>T</title><entry>"
#define BEHIND_ENTRY "</entry></section></component>" AFTER

/* ---- words ---------------------------------------------------------------------------------- */

static void
test_words (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "a<br/>b", "■ T\na\nb\n" },
    { "a \n <br/> <br/>\n b", "■ T\na\n\nb\n" },
    { "<paragraph>a</paragraph><paragraph>b  c\n d</paragraph>", "■ T\na\nb c d\n" },
    { "<list><item> a</item><item>\n<content> b</content></item></list>", "■ T\n・a\n・b\n" },
    { "<list listType=\"ordered\"><caption>c</caption><item>a</item><item>b</item></list>",
      "■ T\nc\n1. a\n2. b\n" },
    { "<list><item>a<list><item>b</item></list></item><item>c</item></list>",
      "■ T\n・a\n　・b\n・c\n" },
    { "<ul><li>a</li></ul><ol><li>b</li></ol>", "■ T\n・a\n1. b\n" },
    { "10<sup>3</sup>/uL H<sub>2</sub>O", "■ T\n10^3/uL H2O\n" },
    { "<content styleCode=\"Bold\">a</content> <linkHtml href=\"http://x\">b</linkHtml>",
      "■ T\na b\n" },
    { "a<!-- not told --> b", "■ T\na b\n" },
    { "<![CDATA[<b>]]> &lt;c&gt; &#x3042;", "■ T\n<b> <c> あ\n" },
    { "a<footnote>b</footnote>c", "■ T\na［注1：b］c\n" },
    { "a<footnoteRef IDREF=\"n\"/> b<footnote>x</footnote> c<footnote ID=\"n\">y</footnote>",
      "■ T\na［注1］ b［注2：x］ c［注1：y］\n" },
    { "<renderMultiMedia referencedObject=\"m\"/>", "■ T\n[図]\n" },
    { "<paragraph><renderMultiMedia referencedObject=\"m\"><caption>左手</caption></renderMultiMedia>"
      "</paragraph>",
      "■ T\n[図]\n左手\n" },
    { "<img src=\"http://x/y.png\" alt=\"胸部\"/>", "■ T\n[画像：胸部]\n" },
    { "<unknown>a</unknown><p>b</p>", "■ T\na\nb\n" },
  };

  check (fixture, IN_TEXT, BEHIND_TEXT, cases);
}

/* What was struck out must not read as if it stood: spec fhir.md 6.5. */
static void
test_deleted (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "<content revised=\"delete\">ペニシリン禁</content><content revised=\"insert\">なし</content>",
      "■ T\n【削除：ペニシリン禁】なし\n" },
    { "a <content revised=\"delete\">b<br/>c</content> d", "■ T\na 【削除：b】\n【削除：c】 d\n" },
    { "<content revised=\"delete\"><content revised=\"insert\">a</content></content>",
      "■ T\n【削除：a】\n" },
    { "<content styleCode=\"xStrikethrough Bold\">a</content><del>b</del><s>c</s>",
      "■ T\n【削除：a】【削除：b】【削除：c】\n" },
    { "<list revised=\"delete\"><item>a</item><item>b</item></list>c",
      "■ T\n【削除：・a】\n【削除：・b】\nc\n" },
    { "<table><tr><td><content revised=\"delete\">a</content></td><td>b</td></tr></table>",
      "■ T\n【削除：a】\tb\n" },
    { "<table revised=\"delete\"><tr><td>a</td><td>b</td></tr></table>", "■ T\n【削除：a\tb】\n" },
  };

  check (fixture, IN_TEXT, BEHIND_TEXT, cases);
}

static void
test_active (CdaFixture *fixture, gconstpointer data)
{
  cda_assert_text (fixture, IN_TEXT, "a<script>alert (1)</script><style>b {}</style>c", BEHIND_TEXT,
                   "■ T\nac\n");
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD), ==,
                   "2 scripts or style sheets in the text are left out");
}

/* ---- tables --------------------------------------------------------------------------------- */

/* A cell that covers others stands in each, and none moves. */
static void
test_tables (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr>"
      "</tbody></table>",
      "■ T\na\tb\n1\t2\n" },
    { "<table><tr><td rowspan=\"2\">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
      "■ T\na\tb\na\tc\nd\n" },
    { "<table><tr><td>x</td><td rowspan=\"2\">a</td></tr><tr><td>y</td><td>z</td></tr></table>",
      "■ T\nx\ta\ny\ta\tz\n" },
    { "<table><tr><td colspan=\"2\">a</td><td>b</td></tr></table>", "■ T\na\ta\tb\n" },
    { "<table><caption>c</caption><tr><td/><td>b</td></tr></table>", "■ T\nc\n\tb\n" },
    { "<table><tr><td>a<br/>b</td><td><list><item>c</item></list></td></tr></table>",
      "■ T\na b\t・c\n" },
    { "<table><tr><td rowspan=\"0\" colspan=\"x\">a</td></tr></table>", "■ T\na\n" },
    /* a cell covers no row beyond its part of the table */
    { "<table><thead><tr><th rowspan=\"9\">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
      "■ T\na\n1\n" },
    { "<table><tfoot><tr><td>f</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody></table>",
      "■ T\nb\nf\n" },
    { "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>",
      "■ T\na b c\td\n" },
  };

  check (fixture, IN_TEXT, BEHIND_TEXT, cases);
}

/* The head of a long table is said again every twenty rows. */
static void
test_long_table (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) rows = g_string_new ("<table><thead><tr><th>H</th></tr></thead>");
  g_autoptr (GString) heads = g_string_new ("<table><tr><th>H</th></tr>");
  g_autoptr (GString) expected = g_string_new ("■ T\nH\n");

  for (guint i = 1; i <= 41; i++)
    {
      g_string_append_printf (rows, "<tr><td>%u</td></tr>", i);
      g_string_append_printf (heads, "<tr><td>%u</td></tr>", i);
      g_string_append_printf (expected, "%s%u\n", i == 21 || i == 41 ? "H\n" : "", i);
    }
  g_string_append (rows, "</table>");
  g_string_append (heads, "</table>");
  cda_assert_text (fixture, IN_TEXT, rows->str, BEHIND_TEXT, expected->str);
  cda_assert_text (fixture, IN_TEXT, heads->str, BEHIND_TEXT, expected->str);
}

/* Beyond the last column nothing gets lost. */
static void
test_wide_table (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) row = g_string_new ("<table><tr>");
  g_autoptr (GString) expected = g_string_new ("■ T\n");

  for (guint i = 1; i <= 150; i++)
    {
      g_string_append_printf (row, "<td>%u</td>", i);
      g_string_append_printf (expected, "%s%u", i > 1 ? "\t" : "", i);
    }
  g_string_append (row, "</tr></table>");
  g_string_append (expected, "\n");
  cda_assert_text (fixture, IN_TEXT, row->str, BEHIND_TEXT, expected->str);
}

/* ---- sections ------------------------------------------------------------------------------- */

/* Not known, not asked, not written and none are four things: spec fhir.md 7, "unknown is not none". */
static void
test_sections (CdaFixture *fixture, gconstpointer data)
{
#define MOTHER "<subject><relatedSubject><code displayName=\"母\"/></relatedSubject></subject>"
  static const Case cases[] = {
    { CDA_SECTION ("<title>アレルギー</title>"), "■ アレルギー\n記載なし\n" },
    { "<component><section nullFlavor=\"NI\"><title>アレルギー</title></section></component>",
      "■ アレルギー\n情報なし（記録なし）\n" },
    { "<component><section nullFlavor=\"NASK\"><title>アレルギー</title></section></component>",
      "■ アレルギー\n未聴取\n" },
    { "<component><section nullFlavor=\"ASKU\"><title>アレルギー</title></section></component>",
      "■ アレルギー\n聴取したが不明\n" },
    { "<component><section nullFlavor=\"XX\"><title>アレルギー</title></section></component>",
      "■ アレルギー\n情報なし（記録なし）\n" },
    { CDA_SECTION ("<title>アレルギー</title><text nullFlavor=\"UNK\"/>"), "■ アレルギー\n不明\n" },
    { "<component><section nullFlavor=\"NI\"><title>a</title><text>なし</text></section></component>",
      "■ a\n情報なし（記録なし）\nなし\n" },
    { CDA_SECTION ("<code code=\"48765-2\" displayName=\"Allergies\"/><text>x</text>"),
      "■ Allergies\nx\n" },
    { CDA_SECTION ("<text>x</text>"), "■ （表題なし）\nx\n" },
    { CDA_SECTION ("<title>外</title>" CDA_SECTION ("<title>内</title><text>x</text>")),
      "■ 外\n　■ 内\nx\n" },
    { CDA_SECTION ("<title>a</title><text>x</text>") CDA_SECTION ("<title>b</title><text>y</text>"),
      "■ a\nx\n\n■ b\ny\n" },
    /* about a relative, and so is what stands inside */
    { CDA_SECTION ("<title>a</title>" MOTHER "<text>乳癌</text>"),
      "■ a\n【本人以外：母】\n乳癌\n" },
    { CDA_SECTION ("<title>a</title>" MOTHER CDA_SECTION ("<title>b</title><text>乳癌</text>")),
      "■ a\n【本人以外：母】\n　■ b\n【本人以外：母】\n乳癌\n" },
    { CDA_SECTION ("<title>a</title>" MOTHER
                   "<entry><observation><code displayName=\"乳癌\"/></observation></entry>"),
      "■ a\n【本人以外：母】\n【本人以外：母】乳癌\n" },
    /* a picture alone is a narrative */
    { CDA_SECTION ("<title>a</title><text><paragraph><renderMultiMedia referencedObject=\"m\"/>"
                   "</paragraph></text><entry><act><code displayName=\"x\"/></act></entry>"),
      "■ a\n[図]\n" },
    /* words are never told twice */
    { CDA_SECTION ("<title>a</title><text>x</text><entry><act><code displayName=\"y\"/></act></entry>"),
      "■ a\nx\n" },
  };

  check (fixture, BEFORE, AFTER, cases);
}

/* ---- entries -------------------------------------------------------------------------------- */

/* 特定健診: sections without words, entries with everything. */
static void
test_entries (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "<observation><code displayName=\"空腹時血糖\"/><value value=\"098\" unit=\"mg/dL\"/>"
      "<interpretationCode code=\"N\"/><referenceRange><observationRange><value><low value=\"70\"/>"
      "<high value=\"109\"/></value></observationRange></referenceRange></observation>",
      "■ T\n空腹時血糖：098 mg/dL　N　基準値 70 - 109\n" },
    { "<observation><code code=\"9N701000000000011\"/><value code=\"2\"/></observation>",
      "■ T\n9N701000000000011：2\n" },
    { "<observation><code displayName=\"喫煙\"/><value nullFlavor=\"NI\"/></observation>",
      "■ T\n喫煙：未記載\n" },
    { "<observation><code displayName=\"喫煙\"/><value nullFlavor=\"ASKU\"/></observation>",
      "■ T\n喫煙：聴取したが不明\n" },
    { "<observation nullFlavor=\"NASK\"/>", "■ T\n未聴取\n" },
    { "<observation><code displayName=\"a\"><originalText><reference value=\"#x\"/></originalText></code>"
      "<value>b</value></observation><foo ID=\"x\">言葉 <content revised=\"delete\">旧</content></foo>",
      "■ T\n言葉 【削除：旧】：b\n" },
    { "<organizer><code displayName=\"血圧\"/><component><observation><code displayName=\"収縮期\"/>"
      "<value value=\"128\" unit=\"mm[Hg]\"/></observation></component></organizer>",
      "■ T\n血圧\n　収縮期：128 mm[Hg]\n" },
    { "<act><code displayName=\"a\"/><effectiveTime><low value=\"20260401\"/></effectiveTime></act>",
      "■ T\na　日時 2026-04-01 から\n" },
    { "<act><code displayName=\"a\"/><effectiveTime><high value=\"20260401\"/></effectiveTime></act>",
      "■ T\na　日時 2026-04-01 まで\n" },
    { "<substanceAdministration><consumable><manufacturedProduct><manufacturedMaterial>"
      "<name>ワルファリン</name></manufacturedMaterial></manufacturedProduct></consumable>"
      "<effectiveTime><low value=\"202604\"/><high value=\"2026x\"/></effectiveTime>"
      "<effectiveTime><period value=\"24\" unit=\"h\"/></effectiveTime>"
      "<doseQuantity value=\"2.50\" unit=\"mg\"/><maxDoseQuantity><numerator value=\"5\" unit=\"mg\"/>"
      "<denominator value=\"1\" unit=\"d\"/></maxDoseQuantity><routeCode displayName=\"内服\"/>"
      "</substanceAdministration>",
      "■ T\nワルファリン　用量 2.50 mg　最大量 5 mg / 1 d　経路 内服　日時 2026-04 〜 2026x　"
      "日時 24 h ごと\n" },
    { "<observation><code displayName=\"アレルギー\"/><participant><participantRole><playingEntity>"
      "<code displayName=\"卵\"/></playingEntity></participantRole></participant><participant>"
      "<participantRole><playingEntity><name>そば</name></playingEntity></participantRole></participant>"
      "</observation>",
      "■ T\nアレルギー　卵　そば\n" },
    { "<observation><code nullFlavor=\"UNK\"><translation displayName=\"院内名\"/></code></observation>",
      "■ T\n院内名\n" },
  };

  check (fixture, IN_ENTRY, BEHIND_ENTRY, cases);
}

/* A bound alone must not read as an amount, nor a titre as a quotient. */
static void
test_values (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "<value value=\"3.50\" unit=\"g\"/>", "■ T\na：3.50 g\n" },
    { "<value value=\"7\" unit=\"1\"/>", "■ T\na：7\n" },
    { "<value value=\"false\"/>", "■ T\na：false\n" },
    { "<value><low value=\"5\"/></value>", "■ T\na：≧5\n" },
    { "<value><low value=\"5\" inclusive=\"false\"/></value>", "■ T\na：>5\n" },
    { "<value><high value=\"0.1\" inclusive=\"false\" unit=\"ng/mL\"/></value>", "■ T\na：<0.1 ng/mL\n" },
    { "<value><high value=\"0.1\"/></value>", "■ T\na：≦0.1\n" },
    { "<value><low value=\"1\" inclusive=\"false\"/><high value=\"2\"/></value>", "■ T\na：>1 - 2\n" },
    { "<value><numerator value=\"1\"/><denominator value=\"128\"/></value>", "■ T\na：1 / 128\n" },
    { "<value xsi:type=\"TS\" value=\"20260401\"/>", "■ T\na：2026-04-01\n" },
    { "<value xsi:type=\"IVL_TS\"><low value=\"2025\"/><high value=\"2026\"/></value>",
      "■ T\na：2025 〜 2026\n" },
    { "<value code=\"1\" displayName=\"陽性\"/>", "■ T\na：陽性\n" },
    { "<value code=\"1\" displayName=\"陽性\"><originalText>（2+）</originalText></value>",
      "■ T\na：（2+）\n" },
    { "<value>言葉</value><value>二つ目</value>", "■ T\na：言葉：二つ目\n" },
  };

  check (fixture,
         BEFORE "<component><section><title>T</title><entry>"
                "<observation xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
                "<code displayName=\"a\"/>",
         "</observation>" BEHIND_ENTRY, cases);
}

/* Spec fhir.md 9: "no allergy to penicillin" read as allergy. */
static void
test_spec9_negation (CdaFixture *fixture, gconstpointer data)
{
#define ALLERGY "<observation><value displayName=\"ペニシリンアレルギー\"/></observation>"
#define RELATED(type) "<entryRelationship typeCode=\"" type "\">" ALLERGY "</entryRelationship>"
  static const Case cases[] = {
    { "<observation negationInd=\"true\"><code code=\"ASSERTION\"/>"
      "<value displayName=\"ペニシリンアレルギー\"/></observation>",
      "■ T\n【否定】：ペニシリンアレルギー\n" },
    { "<observation negationInd=\"1\"><code displayName=\"喘息\"/></observation>", "■ T\n【否定】喘息\n" },
    { "<observation negationInd=\"false\"><code displayName=\"喘息\"/></observation>", "■ T\n喘息\n" },
    /* what it is made of is negated with it, its reason is not */
    { "<act negationInd=\"true\">" RELATED ("SUBJ") "</act>",
      "■ T\n　【否定】：ペニシリンアレルギー\n" },
    { "<substanceAdministration negationInd=\"true\"><code displayName=\"注射\"/>" RELATED ("RSON")
      "</substanceAdministration>",
      "■ T\n【否定】注射\n　：ペニシリンアレルギー\n" },
    { "<organizer negationInd=\"true\"><component>" ALLERGY "</component></organizer>",
      "■ T\n　【否定】：ペニシリンアレルギー\n" },
  };

  check (fixture, IN_ENTRY, BEHIND_ENTRY, cases);
}

/* Spec fhir.md 9: the mother's cancer as the patient's. */
static void
test_spec9_relative (CdaFixture *fixture, gconstpointer data)
{
#define CANCER "<observation><code displayName=\"大腸癌\"/></observation>"
  static const Case cases[] = {
    { "<observation><subject><relatedSubject/></subject><code displayName=\"大腸癌\"/></observation>",
      "■ T\n【本人以外】大腸癌\n" },
    { "<organizer>" MOTHER "<component>" CANCER "</component></organizer>",
      "■ T\n　【本人以外：母】大腸癌\n" },
    { "<organizer>" MOTHER "<component><organizer><component>" CANCER
      "</component></organizer></component></organizer>" CANCER,
      "■ T\n　　【本人以外：母】大腸癌\n大腸癌\n" },
  };

  check (fixture, IN_ENTRY, BEHIND_ENTRY, cases);
}

/* Spec fhir.md 9: what is meant to be done, is not; what was called off, was not. */
static void
test_spec9_mood_and_state (CdaFixture *fixture, gconstpointer data)
{
  static const Case cases[] = {
    { "<substanceAdministration moodCode=\"INT\"><code displayName=\"a\"/></substanceAdministration>",
      "■ T\n【指示】a\n" },
    { "<observation moodCode=\"GOL\"><code displayName=\"a\"/></observation>", "■ T\n【目標】a\n" },
    { "<observation moodCode=\"EVN\"><code displayName=\"a\"/></observation>", "■ T\na\n" },
    { "<procedure><statusCode code=\"cancelled\"/><code displayName=\"胃切除\"/></procedure>",
      "■ T\n【取消】胃切除\n" },
    { "<act><statusCode code=\"aborted\"/><code displayName=\"点滴\"/></act>", "■ T\n【中止】点滴\n" },
    { "<organizer><statusCode code=\"cancelled\"/><component><observation><code displayName=\"a\"/>"
      "<value>b</value></observation></component></organizer>",
      "■ T\n　【取消】a：b\n" },
    { "<act><statusCode code=\"cancelled\"/><code displayName=\"a\"/><entryRelationship><act>"
      "<statusCode code=\"completed\"/><code displayName=\"b\"/></act></entryRelationship></act>",
      "■ T\n【取消】a\n　【取消】b\n" },
  };

  check (fixture, IN_ENTRY, BEHIND_ENTRY, cases);
  cda_map (fixture, CDA_ENTRY ("<act><statusCode code=\"nullified\"/><code displayName=\"a\"/></act>"));
  cda_assert_value (fixture, DISC_FIELD_TEXT, "■ T\n");
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD), ==,
                   "1 nullified entries are not shown");
}

/* No entry vanishes without a word. */
static void
test_not_shown (CdaFixture *fixture, gconstpointer data)
{
  cda_assert_text (fixture, BEFORE,
                   CDA_SECTION ("<title>T</title><entry><observation/></entry><entry/>"
                                "<entry><act><code displayName=\"a\"/></act></entry>"),
                   AFTER, "■ T\na\n［文字にできない項目：2件］\n");
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD), ==,
                   "2 entries say nothing that can be put in words");
}

/* Of 212 references in the corpus 13 lead nowhere: the name, then the code stand for them. */
static void
test_dangling (CdaFixture *fixture, gconstpointer data)
{
  cda_assert_text (fixture, IN_ENTRY,
                   "<observation><code displayName=\"a\" code=\"1\"><originalText>"
                   "<reference value=\"#gone\"/></originalText></code><value code=\"2\"><originalText>"
                   "<reference value=\"#gone\"/></originalText></value></observation>",
                   BEHIND_ENTRY, "■ T\na：2\n");
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_UNRESOLVED_REFERENCE), ==,
                   "2 references lead to nothing in the document");
}

/* ---- bounds --------------------------------------------------------------------------------- */

static void
assert_bounded (CdaFixture *fixture, const GString *xml)
{
  g_autofree char *text = NULL;

  cda_map (fixture, xml->str);
  text = cda_values (fixture, DISC_FIELD_TEXT);
  g_assert_cmpuint (strlen (text), <=, IMP_MAX_VALUE_BYTES);
  g_assert_cmpuint (strlen (text), >, IMP_MAX_VALUE_BYTES - 100);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_TRUNCATED));
}

static void
test_long_text (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (IN_TEXT);

  for (guint i = 0; i < 300000; i++)
    g_string_append (xml, "あいう ");
  g_string_append (xml, BEHIND_TEXT);
  assert_bounded (fixture, xml);
}

/* 100 tables in 100 columns each, one in the other: copies of copies. */
static void
test_nested_tables (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (IN_TEXT);

  for (guint i = 0; i < 28; i++)
    g_string_append (xml, "<table><tr><td colspan=\"9999\" rowspan=\"99999\">");
  for (guint i = 0; i < 50000; i++)
    g_string_append (xml, "0123456789 ");
  for (guint i = 0; i < 28; i++)
    g_string_append (xml, "</td></tr><tr/><tr/></table>");
  g_string_append (xml, BEHIND_TEXT);
  assert_bounded (fixture, xml);
}

/* 100,000 references to one text of a megabyte. */
static void
test_many_references (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (BEFORE "<component><section><text ID=\"x\">");

  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "0123456789 ");
  g_string_append (xml, "</text></section></component><component><section>");
  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<entry><act><text><reference value=\"#x\"/></text></act></entry>");
  g_string_append (xml, "</section></component>" AFTER);
  assert_bounded (fixture, xml);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cda_add ("/importer/cda-text/words", test_words);
  cda_add ("/importer/cda-text/deleted", test_deleted);
  cda_add ("/importer/cda-text/active", test_active);
  cda_add ("/importer/cda-text/tables", test_tables);
  cda_add ("/importer/cda-text/long-table", test_long_table);
  cda_add ("/importer/cda-text/wide-table", test_wide_table);
  cda_add ("/importer/cda-text/sections", test_sections);
  cda_add ("/importer/cda-text/entries", test_entries);
  cda_add ("/importer/cda-text/values", test_values);
  cda_add ("/importer/cda-text/spec9/negation", test_spec9_negation);
  cda_add ("/importer/cda-text/spec9/relative", test_spec9_relative);
  cda_add ("/importer/cda-text/spec9/mood-and-state", test_spec9_mood_and_state);
  cda_add ("/importer/cda-text/not-shown", test_not_shown);
  cda_add ("/importer/cda-text/dangling", test_dangling);
  cda_add ("/importer/cda-text/long-text", test_long_text);
  cda_add ("/importer/cda-text/nested-tables", test_nested_tables);
  cda_add ("/importer/cda-text/many-references", test_many_references);
  return g_test_run ();
}
