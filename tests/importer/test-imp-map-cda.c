/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CDA R2: spec fhir.md 7, with its rows of what goes wrong. */
#include "config.h"

#include <string.h>

#include "imp-error.h"
#include "imp-limits.h"
#include "imp-map-cda.h"

#define OPEN "<ClinicalDocument xmlns=\"urn:hl7-org:v3\">"
#define CLOSE "</ClinicalDocument>"
#define BODY(sections)                                                                             \
  OPEN "<component><structuredBody>" sections "</structuredBody></component>" CLOSE
#define SECTION(inner) "<component><section>" inner "</section></component>"
#define TEXT(inner) BODY (SECTION ("<title>T</title><text>" inner "</text>"))
#define ENTRY(inner) BODY (SECTION ("<title>T</title><entry>" inner "</entry>"))

typedef struct
{
  ImpMapped *mapped;
  ImpName name;
  ImpExtendedName extended;
  ImpCdaPlace place;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char path[] = "012/345/0123456789/20260410/^退院サマリ^^18842-5^退院時サマリー^LN/"
                             "0123456789_20260410_18842-5_7_20260410150000321_01_1/main_document.xml";

  fixture->mapped = imp_mapped_new ();
  imp_name_parse (path, &fixture->name);
  g_assert_true (imp_extended_name_parse (path, &fixture->extended));
  fixture->place = (ImpCdaPlace){ &fixture->name, &fixture->extended, "1310000001" };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  imp_mapped_free (fixture->mapped);
  imp_extended_name_clear (&fixture->extended);
}

static void
map (Fixture *fixture, const char *xml)
{
  g_autoptr (GError) error = NULL;

  imp_map_cda (xml, strlen (xml), &fixture->place, fixture->mapped, &error);
  g_assert_no_error (error);
}

/* (transfer full): all values of the field, a line each. */
static char *
values (Fixture *fixture, DiscField field)
{
  GString *out = g_string_new (NULL);
  const guint8 *records;
  gsize len;
  DiscRecordIter iter;
  DiscToken token;

  records = disc_record_builder_get (fixture->mapped->records, &len);
  disc_record_iter_init (&iter, records, len);
  while ((token = disc_record_iter_next (&iter)) != DISC_TOKEN_END)
    {
      g_assert_cmpint (token, !=, DISC_TOKEN_BAD);
      if (token == DISC_TOKEN_VALUE && iter.field == field)
        g_string_append_printf (out, "%s%s", out->len > 0 ? "|" : "", iter.value);
    }
  return g_string_free (out, FALSE);
}

static void
assert_value (Fixture *fixture, DiscField field, const char *expected)
{
  g_autofree char *found = values (fixture, field);

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
has_finding (Fixture *fixture, ImpFindingCode code)
{
  for (guint i = 0; i < fixture->mapped->findings->len; i++)
    if (((ImpFinding *) g_ptr_array_index (fixture->mapped->findings, i))->code == code)
      return TRUE;
  return FALSE;
}

static const char referral[] =
    "<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?>" OPEN
    "<code code=\"MD0020730\" codeSystem=\"1.2.392.200119.5.3.1\" displayName=\"診療情報提供書\"/>"
    "<title>診療情報提供書</title><effectiveTime value=\"202604091530+0900\"/>"
    "<confidentialityCode code=\"R\"/><versionNumber value=\"2\"/>"
    "<recordTarget><patientRole>"
    "<id root=\"1.2.392.200119.9.9\" extension=\"4711\"/>"
    "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"0123456789\"/>"
    "<patient><name use=\"IDE\"><family>見本</family><given>花子</given></name>"
    "<name use=\"SYL\"><family>ミホン</family><given>ハナコ</given></name>"
    "<administrativeGenderCode code=\"F\"/><birthTime value=\"19520304\"/></patient>"
    "</patientRole></recordTarget>"
    "<author><assignedAuthor><assignedPerson><name><family>佐藤</family><given>次郎</given></name>"
    "</assignedPerson><representedOrganization><name>見本医院</name></representedOrganization>"
    "</assignedAuthor></author>"
    "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"1.2\" extension=\"x\"/>"
    "</parentDocument></relatedDocument>"
    "<componentOf><encompassingEncounter><effectiveTime><low value=\"20260401\"/>"
    "<high value=\"20260409\"/></effectiveTime></encompassingEncounter></componentOf>"
    "<component><structuredBody>" SECTION ("<title>傷病名</title><text>"
                                           "<paragraph>高血圧症</paragraph></text>")
    "</structuredBody></component>" CLOSE;

static void
test_header (Fixture *fixture, gconstpointer data)
{
  const ImpFacts *facts = &fixture->mapped->facts;

  map (fixture, referral);
  g_assert_cmpstr (facts->patient_id, ==, "0123456789");
  g_assert_cmpstr (facts->name, ==, "見本\u3000花子");
  g_assert_cmpstr (facts->kana, ==, "ミホン\u3000ハナコ");
  g_assert_cmpstr (facts->sex, ==, "F");
  g_assert_cmpstr (facts->birth_date, ==, "1952-03-04");
  g_assert_cmpstr (facts->sent_at, ==, "2026-04-10T15:00:00.321");
  g_assert_cmpstr (facts->clinical_at, ==, "2026-04-09T15:30+09:00");
  g_assert_cmpstr (facts->data_type, ==, "MD0020730");
  assert_value (fixture, DISC_FIELD_TITLE, "診療情報提供書");
  assert_value (fixture, DISC_FIELD_AT, "2026-04-09T15:30+09:00");
  assert_value (fixture, DISC_FIELD_AUTHOR, "佐藤\u3000次郎（見本医院）");
  assert_value (fixture, DISC_FIELD_DEPARTMENT, "01");
  assert_value (fixture, DISC_FIELD_ORDER_NO, "7");
  assert_value (fixture, DISC_FIELD_START, "2026-04-01");
  assert_value (fixture, DISC_FIELD_END, "2026-04-09");
  assert_value (fixture, DISC_FIELD_CODE, "MD0020730");
  assert_value (fixture, DISC_FIELD_COMMENT, "機密区分：R|版：2|関連文書：RPLC 1.2 x");
  assert_value (fixture, DISC_FIELD_TEXT, "■ 傷病名\n高血圧症\n");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* Whose it is: only a number of this hospital says so. */
static void
test_numbers (Fixture *fixture, gconstpointer data)
{
#define TARGET(ids) OPEN "<recordTarget><patientRole>" ids "</patientRole></recordTarget>" CLOSE
  static const struct
  {
    const char *xml;
    const char *number;
  } cases[] = {
    { TARGET (""), "" },
    { TARGET ("<id nullFlavor=\"NI\"/>"), "" },
    { TARGET ("<id root=\"1.2.3\" extension=\"4711\"/>"), "" },
    { TARGET ("<id root=\"1.2.3\" extension=\"0123456789\"/>"), "0123456789" },
    { TARGET ("<id extension=\"0123456789\"/>"), "0123456789" },
    /* another hospital's number, though it is the same */
    { TARGET ("<id root=\"1.2.392.100495.20.3.51.11310000002\" extension=\"77\"/>"), "" },
    /* ours, and another patient's: the path will be disputed */
    { TARGET ("<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"9\"/>"), "9" },
    { TARGET ("<id extension=\"0123456789\"/>"
              "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"9\"/>"),
      "9" },
    { TARGET ("<id root=\"urn:oid:1.2.392.100495.20.3.51.11310000001\" extension=\"9\"/>"), "9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      map (fixture, cases[i].xml);
      g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, cases[i].number);
      g_assert_false (fixture->mapped->facts.names_two_patients);
    }
}

/* E24: several recordTargets are mother and child: nobody's. */
static void
test_e24_two_patients (Fixture *fixture, gconstpointer data)
{
  map (fixture, OPEN "<recordTarget><patientRole><id extension=\"0123456789\"/></patientRole></recordTarget>"
                     "<recordTarget><patientRole>"
                     "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"55\"/>"
                     "</patientRole></recordTarget>" CLOSE);
  g_assert_true (fixture->mapped->facts.names_two_patients);
  g_assert_cmpstr (fixture->mapped->facts.other_ids, ==, "55");
  g_assert_true (has_finding (fixture, IMP_FINDING_IDENTITY_CONFLICT));
}

static void
test_narrative (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *text;
  } cases[] = {
    { "a<br/>b", "a\nb\n" },
    { "<paragraph>a</paragraph><paragraph>b  c\n d</paragraph>", "a\nb c d\n" },
    { "<list><item>a</item><item>b</item></list>", "・a\n・b\n" },
    { "<list listType=\"ordered\"><caption>c</caption><item>a</item><item>b</item></list>",
      "c\n1. a\n2. b\n" },
    { "10<sup>3</sup>/uL H<sub>2</sub>O", "10^3/uL H2O\n" },
    { "<content styleCode=\"Bold\">a</content> <linkHtml href=\"http://x\">b</linkHtml>", "a b\n" },
    /* struck out, not standing */
    { "<content revised=\"delete\">ペニシリン禁</content><content revised=\"insert\">なし</content>",
      "【削除：ペニシリン禁】なし\n" },
    { "a<!-- not told --> b", "a b\n" },
    { "<renderMultiMedia referencedObject=\"m\"/>", "[図]\n" },
    { "a<footnote>b</footnote>", "a\nb\n" },
    /* tables: a cell that covers others stands in each, and none moves */
    { "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr>"
      "</tbody></table>",
      "a\tb\n1\t2\n" },
    { "<table><tr><td rowspan=\"2\">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>",
      "a\tb\na\tc\nd\n" },
    { "<table><tr><td colspan=\"2\">a</td><td>b</td></tr></table>", "a\ta\tb\n" },
    { "<table><caption>c</caption><tr><td/><td>b</td></tr></table>", "c\n\tb\n" },
    { "<table><tr><td>a<br/>b</td><td><list><item>c</item></list></td></tr></table>", "a b\t・c\n" },
    { "<table><tr><td rowspan=\"0\" colspan=\"x\">a</td></tr></table>", "a\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (OPEN "<component><structuredBody><component><section>"
                                               "<title>T</title><text>",
                                          cases[i].xml,
                                          "</text></section></component></structuredBody>"
                                          "</component>" CLOSE,
                                          NULL);
      g_autofree char *expected = g_strconcat ("■ T\n", cases[i].text, NULL);

      g_test_message ("%s", cases[i].xml);
      map (fixture, xml);
      assert_value (fixture, DISC_FIELD_TEXT, expected);
    }
  map (fixture, TEXT ("<renderMultiMedia referencedObject=\"m\"/>"));
  g_assert_true (has_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED));
}

/* Not known, not written and none are three things. */
static void
test_sections (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *text;
  } cases[] = {
    { BODY (SECTION ("<title>アレルギー</title>")), "■ アレルギー\n記載なし\n" },
    { BODY ("<component><section nullFlavor=\"NI\"><title>アレルギー</title></section></component>"),
      "■ アレルギー\n情報なし（記録なし）\n" },
    { BODY (SECTION ("<code code=\"48765-2\" displayName=\"Allergies\"/><text>x</text>")),
      "■ Allergies\nx\n" },
    { BODY (SECTION ("<text>x</text>")), "■ （表題なし）\nx\n" },
    { BODY (SECTION ("<title>外</title>" SECTION ("<title>内</title><text>x</text>"))),
      "■ 外\n　■ 内\nx\n" },
    { BODY (SECTION ("<title>a</title><text>x</text>") SECTION ("<title>b</title><text>y</text>")),
      "■ a\nx\n\n■ b\ny\n" },
    /* about a relative */
    { BODY (SECTION ("<title>a</title><subject><relatedSubject><code displayName=\"母\"/>"
                     "</relatedSubject></subject><text>乳癌</text>")),
      "■ a\n【本人以外：母】\n乳癌\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      map (fixture, cases[i].xml);
      assert_value (fixture, DISC_FIELD_TEXT, cases[i].text);
    }
}

/* Entries are read only where a section has no words; then none of them may say its opposite. */
static void
test_entries (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *xml;
    const char *text;
  } cases[] = {
    { "<observation><code displayName=\"空腹時血糖\"/><value value=\"098\" unit=\"mg/dL\"/>"
      "<interpretationCode code=\"N\"/><referenceRange><observationRange><value><low value=\"70\"/>"
      "<high value=\"109\"/></value></observationRange></referenceRange></observation>",
      "空腹時血糖：098 mg/dL　N　基準値 70 - 109\n" },
    { "<observation negationInd=\"true\"><code code=\"ASSERTION\"/><value displayName=\"ペニシリンアレルギー\"/>"
      "</observation>",
      "【否定】：ペニシリンアレルギー\n" },
    { "<observation><subject><relatedSubject/></subject><code displayName=\"大腸癌\"/></observation>",
      "【本人以外】大腸癌\n" },
    { "<substanceAdministration moodCode=\"INT\"><consumable><manufacturedProduct>"
      "<manufacturedMaterial><code displayName=\"アムロジピン\"/></manufacturedMaterial>"
      "</manufacturedProduct></consumable><doseQuantity value=\"1\" unit=\"錠\"/>"
      "</substanceAdministration>",
      "【指示】アムロジピン　用量 1 錠\n" },
    { "<procedure><statusCode code=\"cancelled\"/><code displayName=\"胃切除\"/></procedure>",
      "【取消】胃切除\n" },
    { "<act><statusCode code=\"aborted\"/><code displayName=\"点滴\"/></act>", "【中止】点滴\n" },
    { "<observation><code code=\"9N701000000000011\"/><value code=\"2\"/></observation>",
      "9N701000000000011：2\n" },
    { "<observation><code displayName=\"喫煙\"/><value nullFlavor=\"NI\"/></observation>",
      "喫煙：未記載\n" },
    { "<observation><code displayName=\"a\"><originalText><reference value=\"#x\"/></originalText></code>"
      "<value>b</value></observation><foo ID=\"x\">言葉</foo>",
      "言葉：b\n" },
    { "<observation><code displayName=\"a\"><originalText><reference value=\"#gone\"/></originalText>"
      "</code><value>b</value></observation>",
      "a：b\n" },
    { "<organizer><code displayName=\"血圧\"/><component><observation><code displayName=\"収縮期\"/>"
      "<value value=\"128\" unit=\"mm[Hg]\"/></observation></component></organizer>",
      "血圧\n　収縮期：128 mm[Hg]\n" },
    { "<act><code displayName=\"a\"/><effectiveTime><low value=\"20260401\"/></effectiveTime></act>",
      "a　日時 20260401 - \n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (OPEN "<component><structuredBody><component><section>"
                                               "<title>T</title><entry>",
                                          cases[i].xml,
                                          "</entry></section></component></structuredBody>"
                                          "</component>" CLOSE,
                                          NULL);
      g_autofree char *found = NULL;
      g_autofree char *expected = g_strconcat ("■ T\n", cases[i].text, NULL);

      g_test_message ("%s", cases[i].xml);
      map (fixture, xml);
      found = values (fixture, DISC_FIELD_TEXT);
      g_strchomp (found);
      g_strchomp (expected);
      g_assert_cmpstr (found, ==, expected);
    }
  map (fixture, ENTRY ("<act><statusCode code=\"nullified\"/><code displayName=\"a\"/></act>"));
  assert_value (fixture, DISC_FIELD_TEXT, "■ T\n");
  g_assert_true (has_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD));
}

static void
test_other_bodies (Fixture *fixture, gconstpointer data)
{
  map (fixture, OPEN "<component><nonXMLBody><text mediaType=\"text/plain\">経過 良好</text></nonXMLBody>"
                     "</component>" CLOSE);
  assert_value (fixture, DISC_FIELD_TEXT, "経過 良好\n");
  map (fixture, OPEN "<component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">"
                     "JVBERi0=</text></nonXMLBody></component>" CLOSE);
  assert_value (fixture, DISC_FIELD_TEXT, "［本文は添付ファイル：application/pdf］\n");
  g_assert_true (has_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED));
  map (fixture, OPEN CLOSE);
  assert_value (fixture, DISC_FIELD_TEXT, "");
  assert_value (fixture, DISC_FIELD_TITLE, "退院時サマリー（退院サマリ）");
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (OPEN "<component><structuredBody><component><section><text>");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  static const char doctype[] = "<!DOCTYPE x>" OPEN CLOSE;

  for (guint i = 0; i < 300000; i++)
    g_string_append (xml, "あいう ");
  g_string_append (xml, "</text></section></component></structuredBody></component>" CLOSE);
  map (fixture, xml->str);
  text = values (fixture, DISC_FIELD_TEXT);
  g_assert_cmpuint (strlen (text), <=, IMP_MAX_VALUE_BYTES);
  g_assert_cmpuint (strlen (text), >, IMP_MAX_VALUE_BYTES - 100);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (has_finding (fixture, IMP_FINDING_TRUNCATED));

  g_assert_false (imp_map_cda (doctype, strlen (doctype), &fixture->place, fixture->mapped, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/importer/map-cda/header", test_header);
  ADD ("/importer/map-cda/numbers", test_numbers);
  ADD ("/importer/map-cda/e24-two-patients", test_e24_two_patients);
  ADD ("/importer/map-cda/narrative", test_narrative);
  ADD ("/importer/map-cda/sections", test_sections);
  ADD ("/importer/map-cda/entries", test_entries);
  ADD ("/importer/map-cda/other-bodies", test_other_bodies);
  ADD ("/importer/map-cda/bounds", test_bounds);
  return g_test_run ();
}
