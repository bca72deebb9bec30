/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fhir-map-fixture.h"
#include "imp-attachment.h"

#define COMPOSITION "{\"resourceType\":\"Composition\",\"id\":\"c\",\"status\":\"final\","
#define TYPE(code, text)                                                                           \
  "\"type\":{\"text\":\"" text "\",\"coding\":[{\"system\":"                                       \
  "\"http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes\",\"code\":\"" code "\"}]},"
#define DIV(words) "\"text\":{\"status\":\"generated\",\"div\":\"<div>" words "</div>\"}"
#define REFERENCE "{\"resourceType\":\"DocumentReference\",\"id\":\"d\",\"status\":\"current\","

/* ---- Composition ------------------------------------------------------------------------------
 */

static void
test_compositions (void)
{
  static const FhirMapCase cases[] = {
    { "a referral",
      COMPOSITION TYPE (
          "57133-1",
          "診療情報提供書") "\"identifier\":{\"system\":\"http://h.example/"
                            "docs\",\"value\":\"77\"},\"title\":\"紹介状\",\"date\":"
                            "\"2025-04-01T12:00:00+09:00\",\"author\":[{\"display\":\"港 "
                            "太郎\"},{\"display\":\"港診療所\"}],"
                            "\"custodian\":{\"display\":\"港診療所\"},\"attester\":[{\"mode\":"
                            "\"legal\",\"time\":\"2025-04-02\",\"party\":"
                            "{\"display\":\"院長\"}}],\"confidentiality\":\"R\",\"event\":[{"
                            "\"period\":{\"start\":\"2025-03-01\",\"end\":"
                            "\"2025-03-31\"}}],\"extension\":[{\"url\":\"http://hl7.org/fhir/"
                            "StructureDefinition/"
                            "composition-clinicaldocument-versionNumber\",\"valueString\":\"2\"}],"
                            "\"section\":[{\"title\":\"構造情報\","
                            "\"section\":[{\"title\":\"紹介目的\"," DIV (
                                "精査") "},{\"code\":{\"text\":\"アレルギー\"},\"emptyReason\":{"
                                        "\"coding\":[{\"code\":\"nilknown\"}]}},{\"title\":"
                                        "\"家族歴\"},{\"title\":\"感染症\",\"emptyReason\":{"
                                        "\"coding\":["
                                        "{\"code\":\"notasked\"}]}}]},{" DIV ("備考") "}]}",
      "document completed live\n at=2025-04-01T12:00:00+09:00\n title=紹介状\n author=港 "
      "太郎、港診療所\n"
      " warning=restricted\n text=■ 構造情報\n　■ 紹介目的\n精査\n　■ アレルギー\n特になし\n　■ "
      "家族歴\n記載なし\n"
      "　■ 感染症\n未聴取\n■ （表題なし）\n備考\n- name=診療情報提供書\n code=57133-1\n "
      "status=final\n"
      " confidential=R\n comment=機密区分：R\n start=2025-03-01\n end=2025-03-31\n signed_by=院長\n"
      " signed_at=2025-04-02\n comment=legal：院長 2025-04-02\n custodian=港診療所\n "
      "document_id=Composition/c\n"
      " document_id=http://h.example/docs^77\n version=2\n set_id=http://h.example/docs^77\nage "
      "dated\n"
      "clinical_at=2025-04-01T12:00:00" },
    { "a progress note is a note",
      COMPOSITION TYPE ("11506-3", "経過記録") "\"date\":\"2025-04-01\"}",
      "note completed live\n title=経過記録" },
    { "a report is a report",
      COMPOSITION TYPE ("18748-4", "画像診断報告書") "\"date\":\"2025-04-01\"}",
      "report completed live" },
    { "an advance directive is kept", COMPOSITION TYPE ("42348-3", "事前指示") "\"date\":\"2019\"}",
      "age kept" },
    { "preliminary",
      "{\"resourceType\":\"Composition\",\"status\":\"preliminary\",\"title\":\"案\"}",
      "document preliminary live\n warning=preliminary" },
    { "entered in error",
      "{\"resourceType\":\"Composition\",\"status\":\"entered-in-error\",\"title\":\"誤\"}",
      "document entered-in-error dead" },
    { "the narrative of the whole, where there is no section", COMPOSITION DIV ("本文") "}",
      "text=本文" },
    { "who a section is about and who wrote it",
      COMPOSITION "\"section\":[{\"title\":\"母\",\"focus\":{\"display\":\"母親\"},\"author\":[{"
                  "\"display\":\"助産師\"}]," DIV ("良好") "}]}",
      "text=■ 母\n対象：母親\n記載者：助産師\n良好" },
  };

  fhir_map_check_cases (imp_fhir_map_composition, cases, G_N_ELEMENTS (cases));
}

/* Narrative first; of the entries those that it does not name; each in its state. */
static void
test_entries (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_composition,
      COMPOSITION "\"section\":[{\"title\":\"傷病名\"," DIV (
          "高血圧　症") ",\"entry\":[{\"reference\":\"Condition/a\"},"
                        "{\"reference\":\"Condition/b\"},{\"reference\":\"Condition/"
                        "x\"},{\"display\":\"添付PDF\"}]},{\"title\":\"投薬\","
                        "\"entry\":[{\"reference\":\"MedicationRequest/m\"}]}]}",
      "[{\"resourceType\":\"Condition\",\"id\":\"a\",\"code\":{\"text\":\"高血圧症\"},"
      "\"clinicalStatus\":{\"coding\":[{"
      "\"code\":\"active\"}]}},{\"resourceType\":\"Condition\",\"id\":\"b\",\"code\":{\"text\":"
      "\"胃癌\"},"
      "\"verificationStatus\":{\"coding\":[{\"code\":\"unconfirmed\"}]}},"
      "{\"resourceType\":\"MedicationRequest\",\"id\":\"m\",\"status\":\"active\",\"contained\":[],"
      "\"medicationReference\":{\"reference\":\"Medication/"
      "k\"},\"dosageInstruction\":[{\"text\":\"朝食後\"}]},"
      "{\"resourceType\":\"Medication\",\"id\":\"k\",\"ingredient\":[{\"itemCodeableConcept\":{"
      "\"text\":\"生食\"}},"
      "{\"itemCodeableConcept\":{\"text\":\"KCL\"}}]}]",
      NULL);

  fhir_map_expect (
      dump, "text=■ 傷病名\n高血圧　症\n・胃癌（疑い）\n・添付PDF\n［参照先なし：1件］\n■ 投薬\n"
            "・生食 + KCL 朝食後\n"
            "finding unresolved-reference: Composition.section.entry leads nowhere\n"
            "~・高血圧症");
}

static void
test_depth (void)
{
  g_autoptr (GString) json = g_string_new (COMPOSITION "\"title\":\"深\"");
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (json, ",\"section\":[{\"title\":\"s%u\"", i);
  for (guint i = 0; i < 30; i++)
    g_string_append (json, "}]");
  g_string_append (json, "}");
  dump = fhir_map_dump (imp_fhir_map_composition, json->str, NULL, NULL);
  fhir_map_expect (
      dump, "　　　　　　　　　■ s9\n［これより深い節は原データにあります］\n"
            "finding truncated: Composition.section: nested too deep\n~　　　　　　　　　　■ s10");
}

/* ---- what replaces what -----------------------------------------------------------------------
 */

static void
test_relations (void)
{
  static const char *const others =
      "[{\"resourceType\":\"DocumentReference\",\"id\":\"old\",\"status\":\"current\","
      "\"masterIdentifier\":{\"system\":"
      "\"urn:s\",\"value\":\"1\"},\"identifier\":[{\"system\":\"urn:set\",\"value\":\"9\"}]}]";
  g_autofree char *found =
      fhir_map_dump (imp_fhir_map_document_reference,
                     REFERENCE "\"identifier\":[{\"system\":\"urn:set\",\"value\":\"9\"}],"
                               "\"relatesTo\":[{\"code\":\"replaces\",\"target\":"
                               "{\"reference\":\"DocumentReference/old\",\"display\":\"旧版\"}}]}",
                     others, NULL);
  g_autofree char *lost = fhir_map_dump (
      imp_fhir_map_document_reference,
      REFERENCE
      "\"relatesTo\":[{\"code\":\"replaces\",\"target\":{\"reference\":\"DocumentReference/x\"}},"
      "{\"code\":{\"coding\":[{\"code\":\"appends\"}]},\"target\":{\"identifier\":{\"system\":"
      "\"urn:s\",\"value\":\"5\"}}}]}",
      others, NULL);

  /* The number that both versions have names neither of them. */
  fhir_map_expect (
      found, "document_id=DocumentReference/d\ndocument_id=urn:set^9\n"
             "replaces=DocumentReference/old\nreplaces=urn:s^1\ncomment=差し替える文書：旧版\n"
             "~replaces=urn:set^9");
  /* Spec fhir.md 3.0.3: what does not resolve stays. */
  fhir_map_expect (
      lost,
      "comment=差し替える文書：DocumentReference/x\nappends_to=urn:s^5\n"
      "comment=追記元の文書：5\nfinding unresolved-reference: relatesTo.target leads nowhere\n"
      "~replaces=");
  fhir_map_check (
      imp_fhir_map_composition,
      COMPOSITION
      "\"relatesTo\":[{\"code\":\"replaces\",\"targetIdentifier\":{\"system\":\"urn:s\",\"value\":"
      "\"8\"}}]}",
      "replaces=urn:s^8\ncomment=差し替える文書：8");
}

/* ---- DocumentReference ------------------------------------------------------------------------
 */

#define CONTENT(rest) "\"content\":[{\"attachment\":{" rest "}}]"

static void
test_references (void)
{
  static const FhirMapCase cases[] = {
    { "plain text inside, size and hash right",
      REFERENCE TYPE ("34746-8",
                      "看護サマリ") "\"docStatus\":\"final\",\"date\":\"2025-04-01T10:00:00+09:"
                                    "00\",\"author\":[{\"display\":\"看護師\"}],"
                                    "\"authenticator\":{\"display\":\"師長\"},\"custodian\":{"
                                    "\"display\":\"病院\"},\"description\":\"転院時\","
                                    "\"context\":{\"period\":{\"start\":\"2025-03-01\"}}," CONTENT (
                                        "\"contentType\":\"text/"
                                        "plain\",\"data\":\"5omA6KaL\",\"size\":6,\"hash\":"
                                        "\"1jpkUBnoIeDVgUJL51U6gUytTpc=\"") "}",
      "document completed live\n at=2025-04-01T10:00:00+09:00\n title=看護サマリ\n author=看護師\n "
      "text=所見\n"
      "- name=看護サマリ\n status=current\n comment=文書の状態：final\n comment=説明：転院時\n "
      "media_type=text/plain\n"
      " start=2025-03-01\n signed_by=師長\n custodian=病院\n "
      "document_id=DocumentReference/d\n~finding" },
    { "hash of something else: not opened (E17)",
      REFERENCE CONTENT (
          "\"title\":\"本文\",\"data\":\"5omA6KaL\",\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAA=\"") "}",
      "warning=attachment-not-shown\n comment=添付はハッシュ値が一致しないため開きません：本文\n"
      "finding attachment-refused: DocumentReference: attachment: its hash is another "
      "one\n~text=" },
    { "another size: shown and told",
      REFERENCE CONTENT ("\"data\":\"5omA6KaL\",\"size\":\"7\"") "}",
      "warning=attachment-size\n text=所見\n"
      "finding attachment-refused: DocumentReference: attachment: it has 6 bytes, declared are "
      "others; it is kept" },
    { "no base64", REFERENCE CONTENT ("\"title\":\"x\",\"data\":\"5omA!KaL\"") "}",
      "warning=attachment-not-shown\n comment=添付は壊れているため開きません：x\n~text=" },
    { "half a group", REFERENCE CONTENT ("\"data\":\"5omA6Ka\"") "}",
      "warning=attachment-not-shown\n~text=" },
    { "a data: URL", REFERENCE CONTENT ("\"url\":\"data:text/plain;base64,5omA6KaL\"") "}",
      "text=所見" },
    { "other bytes than declared",
      REFERENCE CONTENT (
          "\"title\":\"p\",\"contentType\":\"application/pdf\",\"data\":\"5omA6KaL\"") "}",
      "warning=attachment-not-shown\n comment=添付は種類が宣言と異なるため開きません：p\n~text=" },
    { "a page",
      REFERENCE CONTENT ("\"contentType\":\"text/"
                         "html\",\"data\":\"PGh0bWw+PGJvZHk+PHA+5LiAPC9wPjxzY3JpcHQ+eCgpPC9zY3Jp"
                         "cHQ+PHA+PGRlbD7kuow8L2RlbD48L3A+PC9ib2R5PjwvaHRtbD4=\"") "}",
      "text=一\n【削除：二】\n- status=current" },
    { "elsewhere: never fetched",
      REFERENCE CONTENT ("\"contentType\":\"application/"
                         "pdf\",\"title\":\"報告.pdf\",\"url\":\"http://h.example/Binary/1\"") "}",
      "warning=attachment-not-shown\n comment=添付は本データに含まれません：報告.pdf\n"
      "finding attachment-refused: DocumentReference: attachment: not among the data" },
    { "a file of the machine: never opened",
      REFERENCE CONTENT ("\"url\":\"file:///etc/passwd\"") "}",
      "comment=添付は本データに含まれません：名称なし" },
    { "an old version", "{\"resourceType\":\"DocumentReference\",\"status\":\"superseded\"}",
      "document superseded dead" },
    { "not signed yet", REFERENCE "\"docStatus\":\"preliminary\"}",
      "document preliminary live\n warning=preliminary\n comment=文書の状態：preliminary" },
    { "taken back, though its entry is current", REFERENCE "\"docStatus\":\"entered-in-error\"}",
      "document entered-in-error dead" },
    { "confidential", REFERENCE "\"securityLabel\":[{\"coding\":[{\"code\":\"V\"}]}]}",
      "warning=restricted\n confidential=V" },
    { "an operation note is kept", REFERENCE TYPE ("34874-8", "手術記録") "\"date\":\"2015\"}",
      "age kept" },
  };

  fhir_map_check_cases (imp_fhir_map_document_reference, cases, G_N_ELEMENTS (cases));
}

static void
test_binary (void)
{
  g_autofree char *dump =
      fhir_map_dump (imp_fhir_map_document_reference,
                     REFERENCE CONTENT ("\"contentType\":\"text/plain\",\"url\":\"Binary/b\"") "}",
                     "[{\"resourceType\":\"Binary\",\"id\":\"b\",\"contentType\":\"text/"
                     "plain\",\"data\":\"5omA6KaL\"}]",
                     NULL);

  fhir_map_expect (dump, "text=所見\nmedia_type=text/plain\n~finding");
}

/* ---- what goes on to the caller ---------------------------------------------------------------
 */

static void
map_with_files (const char *json, ImpMapped *mapped, GPtrArray *files)
{
  g_auto (ImpJsonReport) report = { 0 };
  g_autoptr (cJSON) resource = imp_json_parse (json, strlen (json), &report, NULL);
  ImpFhirAge age;

  g_assert_nonnull (resource);
  imp_fhir_map_with (imp_fhir_map_document_reference, resource, NULL, NULL, files, &age, mapped);
}

static void
test_files (void)
{
  g_autoptr (ImpMapped) mapped = imp_mapped_new ();
  g_autoptr (GPtrArray) files =
      g_ptr_array_new_with_free_func ((GDestroyNotify) imp_attachment_free);
  const ImpAttachment *file;

  map_with_files (
      REFERENCE
      "\"content\":[{\"attachment\":{\"contentType\":\"application/"
      "pdf\",\"title\":\"報告\",\"data\":"
      "\"JVBERi0xLjQK\"}},{\"attachment\":{\"url\":\"scan/1.tif\"}},{\"attachment\":{\"url\":"
      "\"../x.tif\"}}]}",
      mapped, files);
  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);
  g_assert_cmpstr (file->name, ==, "報告");
  g_assert_cmpstr (file->media_type, ==, "application/pdf");
  g_assert_cmpuint (g_bytes_get_size (file->bytes), ==, 9);
  g_assert_cmpuint (mapped->findings->len, ==, 2); /* the two that are beside, or nowhere */
}

#define CDA                                                                                        \
  "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>紹介状</title><effectiveTime "             \
  "value=\"20250401\"/><recordTarget><patientRole><id "                                            \
  "root=\"1.2.392.100495.20.3.51.11311234567\" "                                                   \
  "extension=\"0001\"/></patientRole></recordTarget><component><structuredBody><component>"        \
  "<section><title>主訴</title><text>腹痛</text></section></component></structuredBody>"       \
  "</component></ClinicalDocument>"

static void
test_cda (void)
{
  g_autofree char *data = g_base64_encode ((const guchar *) CDA, strlen (CDA));
  g_autofree char *json = g_strdup_printf (
      REFERENCE
      "\"content\":[{\"attachment\":{\"contentType\":\"application/xml\",\"data\":\"%s\"}}]}",
      data);

  fhir_map_check (imp_fhir_map_document_reference, json,
                  "document completed live\n text=■ 主訴\n腹痛\n media_type=application/xml\n"
                  " comment=添付文書の日付：2025-04-01\n comment=添付文書：紹介状\n"
                  " comment=添付文書の患者番号：0001");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-document/compositions", test_compositions);
  g_test_add_func ("/fhir-document/entries", test_entries);
  g_test_add_func ("/fhir-document/depth", test_depth);
  g_test_add_func ("/fhir-document/relations", test_relations);
  g_test_add_func ("/fhir-document/references", test_references);
  g_test_add_func ("/fhir-document/binary", test_binary);
  g_test_add_func ("/fhir-document/files", test_files);
  g_test_add_func ("/fhir-document/cda", test_cda);
  return g_test_run ();
}
