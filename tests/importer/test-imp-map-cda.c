/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CDA R2: header and the document as a whole; spec fhir.md 7, with its rows of what goes wrong. */
#include "config.h"

#include <string.h>

#include "cda-fixture.h"
#include "imp-error.h"
#include "imp-limits.h"

static const char referral[] =
    "<?xml version=\"1.0\"?><?xml-stylesheet href=\"a.xsl\"?>" CDA_OPEN
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
    "<component><structuredBody>" CDA_SECTION ("<title>傷病名</title><text>"
                                           "<paragraph>高血圧症</paragraph></text>")
    "</structuredBody></component>" CDA_CLOSE;

static void
test_header (CdaFixture *fixture, gconstpointer data)
{
  const ImpFacts *facts = &fixture->mapped->facts;

  cda_map (fixture, referral);
  g_assert_cmpstr (facts->patient_id, ==, "0123456789");
  g_assert_cmpstr (facts->name, ==, "見本\u3000花子");
  g_assert_cmpstr (facts->kana, ==, "ミホン\u3000ハナコ");
  g_assert_cmpstr (facts->sex, ==, "F");
  g_assert_cmpstr (facts->birth_date, ==, "1952-03-04");
  g_assert_cmpstr (facts->sent_at, ==, "2026-04-10T15:00:00.321");
  g_assert_cmpstr (facts->clinical_at, ==, "2026-04-09T15:30+09:00");
  g_assert_cmpstr (facts->data_type, ==, "MD0020730");
  cda_assert_value (fixture, DISC_FIELD_TITLE, "診療情報提供書");
  cda_assert_value (fixture, DISC_FIELD_AT, "2026-04-09T15:30+09:00");
  cda_assert_value (fixture, DISC_FIELD_AUTHOR, "佐藤\u3000次郎（見本医院）");
  cda_assert_value (fixture, DISC_FIELD_DEPARTMENT, "01");
  cda_assert_value (fixture, DISC_FIELD_ORDER_NO, "7");
  cda_assert_value (fixture, DISC_FIELD_START, "2026-04-01");
  cda_assert_value (fixture, DISC_FIELD_END, "2026-04-09");
  cda_assert_value (fixture, DISC_FIELD_CODE, "MD0020730");
  cda_assert_value (fixture, DISC_FIELD_CONFIDENTIAL, "R");
  cda_assert_value (fixture, DISC_FIELD_VERSION, "2");
  cda_assert_value (fixture, DISC_FIELD_REPLACES, "1.2^x");
  cda_assert_value (fixture, DISC_FIELD_COMMENT, "機密区分：R|版：2|差し替える文書：1.2^x");
  cda_assert_value (fixture, DISC_FIELD_TEXT, "■ 傷病名\n高血圧症\n");
  g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
}

/* Whose it is: only a number of this hospital says so. */
static void
test_numbers (CdaFixture *fixture, gconstpointer data)
{
#define TARGET(ids) CDA_OPEN "<recordTarget><patientRole>" ids "</patientRole></recordTarget>" CDA_CLOSE
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
      cda_map (fixture, cases[i].xml);
      g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, cases[i].number);
      g_assert_false (fixture->mapped->facts.names_two_patients);
    }
}

/* E24: several recordTargets are mother and child: nobody's. */
static void
test_e24_two_patients (CdaFixture *fixture, gconstpointer data)
{
  cda_map (fixture, CDA_OPEN "<recordTarget><patientRole><id extension=\"0123456789\"/></patientRole></recordTarget>"
                     "<recordTarget><patientRole>"
                     "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"55\"/>"
                     "</patientRole></recordTarget>" CDA_CLOSE);
  g_assert_true (fixture->mapped->facts.names_two_patients);
  g_assert_cmpstr (fixture->mapped->facts.other_ids, ==, "55");
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_IDENTITY_CONFLICT));
}

/* Half a number is another patient's, and a number of no hospital is anybody's. */
static void
test_bad_numbers (CdaFixture *fixture, gconstpointer data)
{
  static const char bare[] = TARGET (
      "<id root=\"1.2.392.100495.20.3.51.1\" extension=\"9\"/>");
  static const char two[] = TARGET (
      "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"0123456789\"/>"
      "<id root=\"1.2.392.100495.20.3.51.11310000001\" extension=\"0123456788\"/>");
  g_autofree char *digits = g_strnfill (100, '1');
  g_autofree char *name = g_strnfill (600, 'x');
  g_autofree char *xml = g_strconcat (
      CDA_OPEN "<recordTarget><patientRole><id root=\"1.2.392.100495.20.3.51.11310000001\" "
               "extension=\"", digits, "\"/><patient><name>あ", name, "</name></patient>"
               "</patientRole></recordTarget>" CDA_CLOSE, NULL);

  fixture->place.facility = "";
  cda_map (fixture, bare);
  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "");
  fixture->place.facility = "1310000001";
  cda_map (fixture, two);
  g_assert_true (fixture->mapped->facts.names_two_patients);
  g_assert_cmpstr (fixture->mapped->facts.other_ids, ==, "0123456788");
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_IDENTITY_CONFLICT));
  cda_map (fixture, xml);
  g_assert_cmpstr (fixture->mapped->facts.patient_id, ==, "");
  g_assert_true (g_utf8_validate (fixture->mapped->facts.name, -1, NULL));
  g_assert_cmpuint (strlen (fixture->mapped->facts.name), ==,
                    sizeof fixture->mapped->facts.name - 1);
}

static void
test_names (CdaFixture *fixture, gconstpointer data)
{
#define NAMES(names)                                                                               \
  CDA_OPEN "<recordTarget><patientRole><patient>" names                                            \
           "</patient></patientRole></recordTarget>" CDA_CLOSE
  static const struct
  {
    const char *xml;
    const char *name;
    const char *kana;
  } cases[] = {
    { NAMES ("<name use=\"ABC\"><family>MIHON</family><given>HANAKO</given></name>"
             "<name use=\"IDE\">見本 花子</name><name use=\"L SYL\">ミホン ハナコ</name>"),
      "見本 花子", "ミホン ハナコ" },
    { NAMES ("<name use=\"ABC\"><family>MIHON</family></name>"), "MIHON", "" },
    { NAMES ("<name><family>見本</family></name><name><family>旧姓</family></name>"), "見本", "" },
    { NAMES ("<name nullFlavor=\"NI\"/>"), "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      cda_map (fixture, cases[i].xml);
      g_assert_cmpstr (fixture->mapped->facts.name, ==, cases[i].name);
      g_assert_cmpstr (fixture->mapped->facts.kana, ==, cases[i].kana);
    }
}

static const char summary[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" CDA_OPEN
    "<id root=\"1.2.392.9.1\" extension=\"D-15\"/>"
    "<code code=\"18842-5\" codeSystem=\"2.16.840.1.113883.6.1\"/><title>退院時要約</title>"
    "<effectiveTime value=\"20260412\"/><confidentialityCode code=\"N\"/>"
    "<languageCode code=\"ja-JP\"/><setId root=\"1.2.392.9.2\" extension=\"S-3\"/>"
    "<versionNumber value=\"3\"/>"
    "<recordTarget><patientRole><id root=\"1.2.392.9.4\" extension=\"4711\"/>"
    "<addr use=\"H\">東京都<city>見本区</city></addr><telecom value=\"tel:03-0000-0000\"/>"
    "</patientRole></recordTarget>"
    "<author><assignedAuthor><assignedPerson><name>佐藤 次郎</name></assignedPerson>"
    "<representedOrganization><name>循環器内科</name><asOrganizationPartOf><wholeOrganization>"
    "<name>見本病院</name></wholeOrganization></asOrganizationPartOf></representedOrganization>"
    "</assignedAuthor></author><author><assignedAuthor><assignedAuthoringDevice>"
    "<softwareName>電子カルテ</softwareName></assignedAuthoringDevice></assignedAuthor></author>"
    "<custodian><assignedCustodian><representedCustodianOrganization><name>見本病院</name>"
    "</representedCustodianOrganization></assignedCustodian></custodian>"
    "<informationRecipient><intendedRecipient><informationRecipient><name>鈴木 三郎</name>"
    "</informationRecipient><receivedOrganization><name>受け手医院</name></receivedOrganization>"
    "</intendedRecipient></informationRecipient>"
    "<legalAuthenticator><time value=\"202604121730\"/><signatureCode code=\"S\"/><assignedEntity>"
    "<assignedPerson><name>田中 一郎</name></assignedPerson></assignedEntity></legalAuthenticator>"
    "<inFulfillmentOf><order><id extension=\"O-9\"/></order></inFulfillmentOf>"
    "<documentationOf><serviceEvent classCode=\"PCPR\"><effectiveTime><low value=\"1950\"/>"
    "</effectiveTime></serviceEvent></documentationOf>"
    "<documentationOf><serviceEvent classCode=\"ACCM\"><effectiveTime><low value=\"20260401\"/>"
    "<high value=\"20260410\"/></effectiveTime></serviceEvent></documentationOf>"
    "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"1.2.392.9.1\" extension=\"D-14\"/>"
    "</parentDocument></relatedDocument>"
    "<relatedDocument typeCode=\"APND\"><parentDocument><id root=\"1.2.392.9.1.7\"/></parentDocument>"
    "</relatedDocument>"
    "<component><structuredBody>" CDA_SECTION (
        "<title>退院時処方</title><text><table><thead><tr><th>薬品</th><th>用量</th></tr></thead>"
        "<tbody><tr><td>ワルファリン錠１ｍｇ</td><td>2錠</td></tr></tbody></table></text>")
    "</structuredBody></component>" CDA_CLOSE;

/* Read in the document by eye. */
static void
assert_summary (CdaFixture *fixture)
{
  static const struct
  {
    DiscField field;
    const char *expected;
  } facts[] = {
    { DISC_FIELD_TITLE, "退院時要約" },
    { DISC_FIELD_AT, "2026-04-12" },
    { DISC_FIELD_AUTHOR, "佐藤 次郎（循環器内科、見本病院）|電子カルテ" },
    { DISC_FIELD_ORDER_NO, "O-9" },
    { DISC_FIELD_DOCUMENT_ID, "1.2.392.9.1^D-15" },
    { DISC_FIELD_SET_ID, "1.2.392.9.2^S-3" },
    { DISC_FIELD_VERSION, "3" },
    { DISC_FIELD_REPLACES, "1.2.392.9.1^D-14" },
    { DISC_FIELD_APPENDS_TO, "1.2.392.9.1.7" },
    { DISC_FIELD_CUSTODIAN, "見本病院" },
    { DISC_FIELD_RECIPIENT, "鈴木 三郎（受け手医院）" },
    { DISC_FIELD_SIGNED_BY, "田中 一郎" },
    { DISC_FIELD_SIGNED_AT, "2026-04-12T17:30" },
    { DISC_FIELD_LANGUAGE, "ja-JP" },
    { DISC_FIELD_COMMENT, "版：3|宛先：鈴木 三郎（受け手医院）|差し替える文書：1.2.392.9.1^D-14|"
                          "追記元の文書：1.2.392.9.1.7|対象の期間：1950 〜" },
    { DISC_FIELD_CONFIDENTIAL, "" },
    { DISC_FIELD_KIND, "入院" },
    { DISC_FIELD_START, "2026-04-01" },
    { DISC_FIELD_END, "2026-04-10" },
    { DISC_FIELD_PATIENT_ID, "4711" },
    { DISC_FIELD_ID_ROOT, "1.2.392.9.4" },
    { DISC_FIELD_ADDRESS, "東京都見本区" },
    { DISC_FIELD_PHONE, "03-0000-0000" },
    { DISC_FIELD_TEXT, "■ 退院時処方\n薬品\t用量\nワルファリン錠１ｍｇ\t2錠\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    cda_assert_value (fixture, facts[i].field, facts[i].expected);
}

/* The same document in the character sets that hospitals write. */
static void
test_summary (CdaFixture *fixture, gconstpointer data)
{
  static const char *const charsets[] = { "UTF-8", "Shift_JIS", "EUC-JP", "UTF-16" };

  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      g_autoptr (GString) xml = g_string_new (summary);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *bytes = NULL;
      gsize len;

      g_string_replace (xml, "UTF-8", charsets[i], 1);
      bytes = g_convert (xml->str, -1, i == 1 ? "CP932" : charsets[i], "UTF-8", NULL, &len, NULL);
      g_assert_nonnull (bytes);
      g_assert_cmpuint (imp_xml_decode ((const guint8 *) bytes, len, text), ==, 0);
      cda_map (fixture, text->str);
      assert_summary (fixture);
      g_assert_cmpuint (fixture->mapped->findings->len, ==, 0);
    }
}

static void
test_kind_and_state (CdaFixture *fixture, gconstpointer data)
{
#define CODE(code, system) "<code code=\"" code "\" codeSystem=\"" system "\"/>"
#define LOINC "2.16.840.1.113883.6.1"
  static const struct
  {
    const char *header;
    const char *state;
  } cases[] = {
    { CODE ("18842-5", LOINC), "document completed live" },
    { CODE ("11506-3", LOINC), "note completed live" },
    { CODE ("11526-1", LOINC), "report completed live" },
    { CODE ("34133-9", LOINC), "document completed live" }, /* the whole chart, not 現病歴 */
    { CODE ("11488-4", LOINC), "note completed live" },
    { CODE ("MD0020730", "1.2.392.200119.5.3.1"), "document completed live" },
    { CODE ("10", "1.2.392.200119.6.1001"), "document completed live" },
    { "", "document completed live" },
    { "<statusCode code=\"nullified\"/>", "document entered-in-error dead" },
    { "<statusCode code=\"cancelled\"/>", "document cancelled dead" },
    { "<statusCode code=\"aborted\"/>", "document stopped dead" },
    { "<statusCode code=\"obsolete\"/>", "document superseded dead" },
    { "<statusCode code=\"active\"/>", "document preliminary live" },
    { "<statusCode code=\"completed\"/>", "document completed live" },
    { "<legalAuthenticator><signatureCode code=\"X\"/></legalAuthenticator>",
      "document preliminary live" },
    { "<legalAuthenticator><signatureCode code=\"S\"/></legalAuthenticator>",
      "document completed live" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (CDA_OPEN, cases[i].header, CDA_CLOSE, NULL);
      g_autofree char *state = NULL;

      cda_map (fixture, xml);
      state = cda_state (fixture);
      g_test_message ("%s", cases[i].header);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

/* The time of the file is not always that of what it tells of. */
static void
test_times (CdaFixture *fixture, gconstpointer data)
{
#define WRITTEN "<effectiveTime value=\"20260412\"/>"
#define EVENT                                                                                      \
  "<documentationOf><serviceEvent><effectiveTime value=\"20250901\"/></serviceEvent>"             \
  "</documentationOf>"
  static const struct
  {
    const char *header;
    const char *at;
  } cases[] = {
    { WRITTEN EVENT, "2026-04-12" },
    /* a check-up is of the day of the examination */
    { CODE ("10", "1.2.392.200119.6.1001") WRITTEN EVENT, "2025-09-01" },
    { CODE ("10", "1.2.392.200119.6.1001") WRITTEN, "2026-04-12" },
    { EVENT, "2025-09-01" },
    { "<effectiveTime value=\"2026\"/>", "2026" },
    { "<effectiveTime value=\"202604121530+0900\"/>", "2026-04-12T15:30+09:00" },
    { "<effectiveTime nullFlavor=\"NI\"/>", "" },
    { "<effectiveTime value=\"20260230\"/>", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (CDA_OPEN, cases[i].header, CDA_CLOSE, NULL);

      cda_map (fixture, xml);
      cda_assert_value (fixture, DISC_FIELD_AT, cases[i].at);
      g_assert_cmpstr (fixture->mapped->facts.clinical_at, ==, cases[i].at);
    }
  cda_assert_value (fixture, DISC_FIELD_NOT_UNDERSTOOD, "effectiveTime: 20260230");
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD));
}

static void
test_other_bodies (CdaFixture *fixture, gconstpointer data)
{
  cda_map (fixture, CDA_OPEN "<component><nonXMLBody><text mediaType=\"text/plain\">経過 良好</text></nonXMLBody>"
                     "</component>" CDA_CLOSE);
  cda_assert_value (fixture, DISC_FIELD_TEXT, "経過 良好\n");
  cda_map (fixture, CDA_OPEN "<component><nonXMLBody><text mediaType=\"application/pdf\" representation=\"B64\">"
                     "JVBERi0=</text></nonXMLBody></component>" CDA_CLOSE);
  cda_assert_value (fixture, DISC_FIELD_TEXT, "［本文は添付ファイル：application/pdf］\n");
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_ATTACHMENT_REFUSED));
  cda_map (fixture, CDA_OPEN "<component><nonXMLBody><text mediaType=\"text/plain\">\n一行目\n二行目\n"
                             "</text></nonXMLBody></component>" CDA_CLOSE);
  cda_assert_value (fixture, DISC_FIELD_TEXT, "一行目\n二行目\n");
  cda_map (fixture, CDA_OPEN CDA_CLOSE);
  cda_assert_value (fixture, DISC_FIELD_TEXT, "");
  g_assert_cmpstr (cda_finding (fixture, IMP_FINDING_NOT_UNDERSTOOD), ==, "the document has no body");
  cda_assert_value (fixture, DISC_FIELD_TITLE, "退院時サマリー（退院サマリ）");
}

/* Nothing in a header crowds out the words. */
static void
test_long_header (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (CDA_OPEN "<title>");
  g_autofree char *title = NULL;

  for (guint i = 0; i < 2000000; i++)
    g_string_append (xml, "表");
  g_string_append (xml, "</title>");
  for (guint i = 0; i < 100000; i++)
    g_string_append (xml, "<author><assignedAuthor><assignedPerson><name>佐藤 次郎</name></assignedPerson>"
                          "</assignedAuthor></author>");
  g_string_append (xml, "<component><structuredBody>" CDA_SECTION ("<title>T</title><text>x</text>")
                        "</structuredBody></component>" CDA_CLOSE);
  cda_map (fixture, xml->str);
  title = cda_values (fixture, DISC_FIELD_TITLE);
  g_assert_cmpuint (strlen (title), ==, 3999); /* whole characters */
  cda_assert_value (fixture, DISC_FIELD_TEXT, "■ T\nx\n");
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_TRUNCATED));
}

static void
test_bounds (CdaFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) xml = g_string_new (CDA_OPEN "<component><structuredBody><component><section><text>");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  static const char doctype[] = "<!DOCTYPE x>" CDA_OPEN CDA_CLOSE;

  for (guint i = 0; i < 300000; i++)
    g_string_append (xml, "あいう ");
  g_string_append (xml, "</text></section></component></structuredBody></component>" CDA_CLOSE);
  cda_map (fixture, xml->str);
  text = cda_values (fixture, DISC_FIELD_TEXT);
  g_assert_cmpuint (strlen (text), <=, IMP_MAX_VALUE_BYTES);
  g_assert_cmpuint (strlen (text), >, IMP_MAX_VALUE_BYTES - 100);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (cda_finding (fixture, IMP_FINDING_TRUNCATED));

  g_assert_false (imp_map_cda (doctype, strlen (doctype), &fixture->place, fixture->mapped, fixture->attachments, &error));
  g_assert_error (error, IMP_ERROR, IMP_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cda_add ("/importer/map-cda/header", test_header);
  cda_add ("/importer/map-cda/numbers", test_numbers);
  cda_add ("/importer/map-cda/e24-two-patients", test_e24_two_patients);
  cda_add ("/importer/map-cda/bad-numbers", test_bad_numbers);
  cda_add ("/importer/map-cda/names", test_names);
  cda_add ("/importer/map-cda/summary", test_summary);
  cda_add ("/importer/map-cda/kind-and-state", test_kind_and_state);
  cda_add ("/importer/map-cda/times", test_times);
  cda_add ("/importer/map-cda/other-bodies", test_other_bodies);
  cda_add ("/importer/map-cda/long-header", test_long_header);
  cda_add ("/importer/map-cda/bounds", test_bounds);
  return g_test_run ();
}
