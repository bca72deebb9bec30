/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "document-fixture.h"
#include "imp-document-private.h"

static const ImpDocumentLimits plain = IMP_DOCUMENT_LIMITS_INIT;

#define TYPES "[Content_Types].xml", "<Types/>"
#define W "<w:document xmlns:w=\"urn:w\"><w:body>"
#define W_END "</w:body></w:document>"

static void
convert (const char *const *pairs, ImpDocument *out)
{
  g_autoptr (GBytes) bytes = fixture_zip (pairs, TRUE);

  fixture_convert (bytes, &plain, out);
}

static void
check_word (const char *body, const char *expected)
{
  g_autofree char *xml = g_strconcat (W, body, W_END, NULL);
  const char *pairs[] = { TYPES, "word/document.xml", xml, NULL };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_DOCX);
  g_assert_cmpstr (document.text->str, ==, expected);
}

static void
test_word (void)
{
  check_word ("<w:p><w:r><w:t>退院時</w:t></w:r><w:r><w:t>サマリー</w:t></w:r></w:p>"
              "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></"
              "w:r></w:p>",
              "退院時サマリー\na\tb\n");
  check_word ("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
              "<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></"
              "w:tr></w:tbl>",
              "a\tb c\n");
  check_word ("<w:p><w:r><w:t>5</w:t></w:r><w:del><w:r><w:delText>0</w:delText></w:r></w:del>"
              "<w:r><w:rPr><w:strike/></w:rPr><w:t>g</w:t></w:r>"
              "<w:r><w:rPr><w:strike w:val=\"0\"/></w:rPr><w:t>mg</w:t></w:r></w:p>",
              "5【削除：0g】mg\n");
  check_word ("<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>yes</w:t></w:r></w:p>",
              "☑yes\n");
  check_word ("<w:p><w:r><w:t>5 </w:t><w:sym w:font=\"Symbol\" w:char=\"F06D\"/><w:t>g </w:t>"
              "<w:sym w:font=\"Symbol\" w:char=\"F0FE\"/></w:r></w:p>",
              "5 μg \xef\xbf\xbd\n");
  check_word ("<w:p><w:r><w:t>5 </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>m</w:t>"
              "</w:r><w:r><w:t>g 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"
              "<w:t>1</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>2</w:t></w:r>"
              "<w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>x</w:t></w:r></w:p>",
              "5 μg 10^12x\n");
  check_word (
      "<w:p><w:ruby><w:rt><w:r><w:t>たい</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>退</w:t></w:r>"
      "</w:rubyBase></w:ruby></w:p>",
      "退（たい）\n");
  check_word (
      "<w:p><mc:AlternateContent xmlns:mc=\"x\"><mc:Choice><w:r><w:t>once</w:t></w:r></mc:Choice>"
      "<mc:Fallback><w:r><w:t>twice</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
      "once\n");
}

static void
test_word_parts (void)
{
  static const char *const pairs[] = {
    TYPES,
    "word/document.xml",
    W "<w:p><w:r><w:t>body</w:t></w:r></w:p>" W_END,
    "word/header1.xml",
    "<w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>head</w:t></w:r></w:p></w:hdr>",
    "word/footnotes.xml",
    "<w:f xmlns:w=\"w\"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:f>",
    "word/settings.xml",
    "<w:s xmlns:w=\"w\"><w:t>none of it</w:t></w:s>",
    NULL,
  };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpstr (document.text->str, ==, "head\nbody\nnote\n");
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

/* Slides by number, not by letter. */
static void
test_slides (void)
{
#define SLIDE(text)                                                                                \
  "<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:sp><p:nvSpPr/><p:txBody><a:p><a:r><a:rPr "                \
  "strike=\"noStrike\"/><a:t>" text "</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"
  static const char *const pairs[] = {
    TYPES,         "ppt/slides/slide10.xml",           SLIDE ("ten"),      "ppt/slides/slide2.xml",
    SLIDE ("two"), "ppt/slides/_rels/slide2.xml.rels", "<Relationships/>", NULL
  };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_PPTX);
  g_assert_cmpstr (document.text->str, ==, "two\nten\n");
}

/* 45757 days after 1899-12-30 is 2025-04-10; half a day is noon. */
static void
test_sheets (void)
{
  static const char *const pairs[] = {
    TYPES,
    "xl/workbook.xml",
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"検査\" r:id=\"rId2\"/><sheet name=\"B\" "
    "state=\"hidden\" r:id=\"rId1\"/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels",
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship "
    "Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>",
    "xl/sharedStrings.xml",
    "<sst><si><t>CRP</t></si><si><r><t>退</t></r><r><t>院</t></r><rPh><t>タイイン</t></rPh></si>"
    "<si><r><t>10</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>3</t></r><r><rPr><rFont "
    "val=\"Symbol\"/></rPr><t>m</t></r><r><rPr><strike/></rPr><t>g</t></r></si></sst>",
    "xl/styles.xml",
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" "
    "formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;"
    "d&quot;日&quot;\"/><numFmt numFmtId=\"171\" "
    "formatCode=\"0.0&quot;days&quot;\"/><numFmt numFmtId=\"172\" formatCode=\"#,##0.00_ ;[Red]-0\"/>"
    "<numFmt numFmtId=\"173\" formatCode=\"#,##0,\"/></numFmts><fonts><font/>"
    "<font><strike/></font></fonts><cellXfs>"
    "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"171\"/><xf "
    "numFmtId=\"22\"/><xf numFmtId=\"9\"/><xf numFmtId=\"172\"/><xf numFmtId=\"173\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\"/></cellXfs></styleSheet>",
    "xl/worksheets/sheet1.xml",
    "<worksheet><sheetData><row><c r=\"B1\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"D1\" "
    "t=\"b\"><v>1</v></c></row></sheetData></worksheet>",
    "xl/worksheets/sheet2.xml",
    "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>0.30</v></c><c "
    "t=\"s\"><v>1</v></c></row>"
    "<row><c s=\"1\"><v>45757</v></c><c s=\"2\"><v>45757</v></c><c s=\"3\"><v>45757</v></c>"
    "<c s=\"4\"><v>45757.5</v></c><c t=\"s\"><v>99</v></c></row>"
    "<row><c s=\"5\"><v>0.5</v></c><c s=\"6\"><v>12.5</v></c><c s=\"7\"><v>7000</v></c>"
    "<c s=\"5\"/></row>"
    "<row><c t=\"s\"><v>2</v></c><c s=\"8\"><v>7</v></c><c><v>8</v></c></row></sheetData></worksheet>",
    NULL,
  };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpint (document.sniffed.kind, ==, IMP_SNIFF_XLSX);
  g_assert_cmpstr (document.text->str, ==,
                   "［検査］\nCRP\t0.30\t退院\n2025-04-10\t2025-04-10\t45757［書式：0.0\"days\"］\t"
                   "2025-04-10 12:00:00\n0.5［書式：0%］\t12.5\t7000［書式：#,##0,］\n"
                   "10^3μ【削除：g】\t【削除：7】\t8\n"
                   "［B（非表示）］\n\tx\t\tTRUE\n");
}

#define ODF(body)                                                                                  \
  "<office:d xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:xlink=\"x\" "             \
  "xmlns:draw=\"d\"><office:body>" body "</office:body></office:d>"

static void
check_odf (const char *type, const char *content, const char *expected)
{
  g_autofree char *media_type = g_strconcat ("application/vnd.oasis.opendocument.", type, NULL);
  const char *pairs[] = { "mimetype", media_type, "content.xml", content, NULL };
  g_autoptr (GBytes) bytes = fixture_zip (pairs, FALSE);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpstr (document.text->str, ==, expected);
}

#define STYLED(styles, body)                                                                        \
  "<office:d xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:style=\"s\"><office:automatic-"      \
  "styles>" styles "</office:automatic-styles><office:body>" body "</office:body></office:d>"
#define STYLE(family, name, rest)                                                                   \
  "<style:style style:family=\"" family "\" style:name=\"" name "\" " rest "/></style:style>"

/* What styles make of words: struck out, raised, signs; of the parent, unless they say otherwise; of their
 * own family. */
static void
test_open_document_styles (void)
{
  check_odf ("text",
             STYLED (STYLE ("text", "T1",
                            "><style:text-properties style:text-line-through-style=\"solid\"")
                         STYLE ("text", "T2",
                                "style:parent-style-name=\"T1\"><style:text-properties "
                                "style:text-line-through-style=\"none\"")
                             STYLE ("text", "T3",
                                    "style:parent-style-name=\"T1\"><style:text-properties")
                                 STYLE ("text", "T4",
                                        "><style:text-properties style:text-position=\"super 58%\"")
                                     STYLE ("text", "T5",
                                            "><style:text-properties style:text-position=\"-33% 58%\"")
                                         STYLE ("text", "T6",
                                                "><style:text-properties style:font-name=\"Symbol\""),
                     "<text:p text:style-name=\"T1\">a<text:span text:style-name=\"T1\">b</text:span>"
                     "<text:span text:style-name=\"T2\">c</text:span>"
                     "<text:span text:style-name=\"T3\">d</text:span> "
                     "10<text:span text:style-name=\"T4\">3</text:span>"
                     "<text:span text:style-name=\"T5\">2</text:span> "
                     "<text:span text:style-name=\"T6\">m</text:span>g</text:p>"),
             "a【削除：b】c【削除：d】 10^32 μg\n");
  check_odf ("spreadsheet",
             STYLED (STYLE ("table-cell", "ce1",
                            "><style:text-properties style:text-line-through-type=\"single\""),
                     "<table:table table:name=\"S\"><table:table-row><table:table-cell "
                     "table:style-name=\"ce1\"><text:p>a</text:p></table:table-cell><table:table-cell>"
                     "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"),
             "［S］\n【削除：a】\tb\n");
}

static void
test_open_document (void)
{
  check_odf (
      "text",
      ODF ("<office:text>\n<text:h>退院</text:h>\n<text:p>a<text:s text:c=\"2\"/>b<text:tab/>c"
           "<text:line-break/>d</text:p></office:text>"),
      "退院\na  b\tc\nd\n");
  check_odf (
      "spreadsheet",
      ODF ("<table:table table:name=\"S\"><table:table-row><table:table-cell><text:p>a</text:p>"
           "</table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/>"
           "<table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell>"
           "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
           "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/>"
           "</table:table-row></table:table>"),
      "［S］\na\t\t\tb c\n");
  check_odf (
      "text",
      ODF ("<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
           "</text:deletion></text:changed-region></text:tracked-changes><text:p>new</text:p>"),
      "【削除：old】\nnew\n");
  check_odf ("text",
             ODF ("<office:text> <text:p>\n <text:span>a</text:span><text:span> </text:span>b"
                  "<text:span>c</text:span></text:p> </office:text>"),
             "a bc\n");
  check_odf ("presentation", ODF ("<draw:page draw:name=\"P1\"><text:p>x</text:p></draw:page>"),
             "［P1］\nx\n");
}

/* Noticed, named, never carried on; the words stay. */
static void
test_active (void)
{
  static const struct
  {
    const char *name;
    const char *content;
    const char *words;
  } cases[] = {
    { "word/vbaProject.bin", "x", "a macro" },
    { "word/embeddings/oleObject1.bin", "x", "embedded object" },
    { "word/activeX/activeX1.bin", "x", "ActiveX" },
    { "word/_rels/document.xml.rels",
      "<Relationships><Relationship Type=\"a/attachedTemplate\" Target=\"http://x\" "
      "TargetMode=\"External\"/></Relationships>",
      "elsewhere" },
    { "word/footer1.xml", "<w:f xmlns:w=\"w\"><w:instrText> DDEAUTO c:\\x</w:instrText></w:f>",
      "fetches" },
    { "word/footer1.xml", "<w:f xmlns:w=\"w\"><w:fldSimple w:instr=\"includetext x\"/></w:f>",
      "fetches" },
    { "word/media/image1.emf", "\1\1\1", "picture" },
    { "word/media/image1.png", "#!/bin/sh\n", "picture" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *pairs[] = {
        TYPES,         "word/document.xml", W "<w:p><w:t>words</w:t></w:p>" W_END,
        cases[i].name, cases[i].content,    NULL
      };
      g_auto (ImpDocument) document = { 0 };

      convert (pairs, &document);
      g_assert_cmpstr (document.text->str, ==, "words\n");
      g_assert_true (
          fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, cases[i].words));
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_PARTLY);
    }
}

/* What one clicks on is nothing once it is text. */
static void
test_link (void)
{
  static const char *const pairs[] = {
    TYPES,
    "word/document.xml",
    W "<w:p><w:t>words</w:t></w:p>" W_END,
    "word/_rels/document.xml.rels",
    "<Relationships><Relationship Type=\"a/hyperlink\" Target=\"http://x\" "
    "TargetMode=\"External\"/></Relationships>",
    NULL,
  };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_READ);
}

static void
test_bomb (void)
{
  g_autofree char *blanks = g_strnfill (20 * 1024 * 1024, ' ');
  const char *pairs[] = { TYPES, "word/document.xml", blanks, NULL };
  g_auto (ImpDocument) document = { 0 };

  convert (pairs, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (
      fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "unpacks to far more"));
}

static void
test_hostile_xml (void)
{
  g_autoptr (GString) deep = g_string_new (W);
  static const char laughs[] =
      "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
      "<w:document xmlns:w=\"w\"><w:t>&c;</w:t></w:document>";
  static const char file[] = "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                             "<w:document xmlns:w=\"w\"><w:t>&f;</w:t></w:document>";
  const char *cases[3];

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<w:p>");
  cases[0] = deep->str;
  cases[1] = laughs;
  cases[2] = file;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *pairs[] = { TYPES, "word/document.xml", cases[i], NULL };
      g_auto (ImpDocument) document = { 0 };

      convert (pairs, &document);
      g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
      g_assert_cmpstr (document.text->str, ==, "");
      g_assert_true (fixture_has_finding (&document, IMP_FINDING_UNREADABLE, "a part of it"));
    }
}

static void
test_password (void)
{
  static const char *const pairs[] = {
    "mimetype",
    "application/vnd.oasis.opendocument.text",
    "META-INF/manifest.xml",
    "<m:manifest xmlns:m=\"m\"><m:encryption-data/></m:manifest>",
    "content.xml",
    "\1\2\3",
    NULL
  };
  g_autoptr (GBytes) bytes = fixture_zip (pairs, FALSE);
  g_auto (ImpDocument) document = { 0 };

  fixture_convert (bytes, &plain, &document);
  g_assert_cmpint (document.verdict, ==, IMP_DOCUMENT_REFUSED);
  g_assert_true (fixture_has_finding (&document, IMP_FINDING_ATTACHMENT_REFUSED, "password"));
}

/* Each cut and each changed byte gives a verdict. */
static void
test_damaged (void)
{
  static const char *const pairs[] = { TYPES, "word/document.xml",
                                       W "<w:p><w:t>words</w:t></w:p>" W_END, NULL };
  g_autoptr (GBytes) whole = fixture_zip (pairs, FALSE);
  gsize len = g_bytes_get_size (whole);

  for (gsize at = 0; at < len; at++)
    {
      g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (whole, NULL), len);
      g_autoptr (GBytes) bytes = NULL;
      g_auto (ImpDocument) document = { 0 };

      changed[at] ^= 0xff;
      bytes = g_bytes_new (changed, at % 2 == 0 ? len : at);
      imp_document_init (&document);
      imp_document_office (bytes, IMP_SNIFF_DOCX, &plain, FALSE, &document);
    }
}

int
main (int argc, char **argv)
{
  imp_document_main (argc, argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/importer/document-office/word", test_word);
  g_test_add_func ("/importer/document-office/word-parts", test_word_parts);
  g_test_add_func ("/importer/document-office/slides", test_slides);
  g_test_add_func ("/importer/document-office/sheets", test_sheets);
  g_test_add_func ("/importer/document-office/open-document-styles", test_open_document_styles);
  g_test_add_func ("/importer/document-office/open-document", test_open_document);
  g_test_add_func ("/importer/document-office/active", test_active);
  g_test_add_func ("/importer/document-office/link", test_link);
  g_test_add_func ("/importer/document-office/bomb", test_bomb);
  g_test_add_func ("/importer/document-office/hostile-xml", test_hostile_xml);
  g_test_add_func ("/importer/document-office/password", test_password);
  g_test_add_func ("/importer/document-office/damaged", test_damaged);
  return g_test_run ();
}
