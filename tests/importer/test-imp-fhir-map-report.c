/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fhir-map-fixture.h"

#define REPORT "{\"resourceType\":\"DiagnosticReport\",\"id\":\"r\",\"status\":\"final\","
#define CODE(text, code)                                                                           \
  "\"code\":{\"text\":\"" text "\",\"coding\":[{\"system\":"                                       \
  "\"http://jpfhir.jp/fhir/core/CodeSystem/JP_DocumentCodes_CS\",\"code\":\"" code "\"}]},"
#define CATEGORY(code)                                                                             \
  "\"category\":[{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"" code "\"}]}],"
#define AT "\"effectiveDateTime\":\"2025-04-01\",\"issued\":\"2025-04-02T09:00:00+09:00\","

static void
test_reports (void)
{
  static const FhirMapCase cases[] = {
    { "an image: words, who, when, numbers; its code is no diagnosis",
      REPORT CODE ("胸部CT", "18747-6") CATEGORY ("LP29684-5") AT
      "\"identifier\":[{\"system\":\"urn:r\",\"value\":\"RP-7\"}],\"performer\":[{\"display\":"
      "\"放射線科\"}],"
      "\"resultsInterpreter\":[{\"display\":\"読影 一郎\"}],"
      "\"basedOn\":[{\"identifier\":{\"value\":\"0099\"}}],"
      "\"conclusion\":\"右上葉に結節。\\\\n肺癌疑い。\","
      "\"conclusionCode\":[{\"text\":\"肺癌\"}]}",
      "report completed live\n at=2025-04-01\n title=胸部CT\n author=読影 一郎\n order_no=0099\n"
      " reported_at=2025-04-02T09:00:00+09:00\n text=右上葉に結節。\n肺癌疑い。\n filler_no=RP-7\n"
      "- name=胸部CT\n code=18747-6\n status=final\n category=[LP29684-5]\n"
      " set_id=urn:r^RP-7\n comment=所見コード（病名ではない）：肺癌\n by=放射線科\nage dated\n"
      "clinical_at=2025-04-01\n~problem" },
    { "issued only", REPORT CODE ("x", "y") "\"issued\":\"2025-04-02T09:00:00+09:00\"}",
      "at=2025-04-02T09:00:00+09:00" },
    { "preliminary",
      "{\"resourceType\":\"DiagnosticReport\",\"status\":\"preliminary\",\"conclusion\":\"途中\"}",
      "report preliminary live\n warning=preliminary\n text=途中\n- status=preliminary" },
    { "corrected",
      "{\"resourceType\":\"DiagnosticReport\",\"status\":\"amended\",\"conclusion\":\"訂正後\"}",
      "report corrected live\n warning=corrected\n text=訂正後" },
    { "cancelled", "{\"resourceType\":\"DiagnosticReport\",\"status\":\"cancelled\"}",
      "report cancelled dead" },
    { "all of pathology is kept", REPORT CODE ("x", "y") CATEGORY ("LP7839-6") AT "\"id\":\"r\"}",
      "report completed live\nage kept" },
    { "pathology by its name", REPORT CODE ("病理組織検査報告", "y") "\"id\":\"r\"}", "age kept" },
    { "narrative that says the same is not repeated",
      REPORT CODE ("x",
                   "y") "\"conclusion\":\"異常なし\",\"text\":{\"div\":\"<div>異常 なし</div>\"}}",
      "text=異常 なし\n~異常なし" },
    { "narrative that says more",
      REPORT CODE ("x",
                   "y") "\"conclusion\":\"胃炎\",\"text\":{\"div\":\"<div>前庭部に発赤</div>\"}}",
      "text=胃炎\n\n前庭部に発赤" },
    { "attached text, and a title without data",
      REPORT CODE ("x",
                   "y") "\"presentedForm\":[{\"contentType\":\"text/plain\",\"data\":\"5omA6KaL\"},"
                        "{\"contentType\":\"application/pdf\",\"title\":\"報告書.pdf\"}]}",
      "warning=attachment-not-shown\n text=所見\n media_type=text/plain\n "
      "media_type=application/pdf\n"
      " comment=添付は本データに含まれません：報告書.pdf\n"
      "finding attachment-refused: DiagnosticReport: attachment: it has neither data nor url" },
    { "results that are not there",
      REPORT CODE (
          "生化学",
          "11502-2") "\"result\":[{\"reference\":\"#k\"},{\"reference\":\"Observation/x\"}],"
                     "\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"k\",\"status\":"
                     "\"final\",\"code\":{\"text\":"
                     "\"K\"},\"category\":[{\"coding\":[{\"code\":\"laboratory\"}]}],"
                     "\"valueQuantity\":{\"value\":3.50}}]}",
      "report completed live\n warning=results-missing\n- name=生化学\n comment=結果 2 件中 1 "
      "件のみ\n"
      "lab completed live\n title=K\n warning=collected-time-unknown\n- name=K\n value=3.50\n"
      " group=生化学\n"
      "finding unresolved-reference: DiagnosticReport.result leads somewhere for 1 of 2" },
    { "a dead report has no live results",
      "{\"resourceType\":\"DiagnosticReport\",\"status\":\"entered-in-error\",\"result\":[{"
      "\"reference\":"
      "\"#k\"}],\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"k\",\"status\":\"final\","
      "\"code\":"
      "{\"text\":\"K\"},\"valueString\":\"4\"}]}",
      "report entered-in-error dead\nobservation entered-in-error dead\n value=4" },
    { "a study and its pictures",
      REPORT CODE ("x", "y") "\"imagingStudy\":[{\"display\":\"CT 2025-04-01\"}],"
                             "\"media\":[{\"comment\":\"矢印\",\"link\":{\"display\":\"図1\"}}]}",
      "comment=撮影：CT 2025-04-01\n comment=画像：図1\n comment=画像の説明：矢印" },
  };

  fhir_map_check_cases (imp_fhir_map_diagnostic_report, cases, G_N_ELEMENTS (cases));
}

static void
test_study_of_report (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_diagnostic_report,
      REPORT CODE ("x", "y") "\"imagingStudy\":[{\"reference\":\"ImagingStudy/s\"}],\"specimen\":[{"
                             "\"reference\":\"Specimen/q\"}]}",
      "[{\"resourceType\":\"ImagingStudy\",\"id\":\"s\",\"description\":\"胸部\",\"identifier\":[{"
      "\"system\":"
      "\"urn:dicom:uid\",\"value\":\"urn:oid:1.2.3.4\"},{\"value\":\"ACC-1\"}],\"modality\":[{"
      "\"code\":"
      "\"CT\"}]},{\"resourceType\":\"Specimen\",\"id\":\"q\",\"type\":{\"text\":\"胃粘膜\"}}]",
      NULL);

  fhir_map_expect (dump, "specimen=胃粘膜\ncomment=撮影：胸部\nstudy_uid=1.2.3.4\naccession=ACC-1\n"
                         "modality=CT");
}

/* What is wrong with a report is not wrong with each of its results; who may read it is. */
static void
test_warnings (void)
{
  g_autofree char *dump = fhir_map_dump (
      imp_fhir_map_diagnostic_report,
      REPORT
      "\"meta\":{\"tag\":[{\"system\":\"http://jpfhir.jp/fhir/clins/CodeSystem/"
      "JP_ehrshrs_indication\",\"code\":\"UNINFORMED\"}]},\"result\":[{\"reference\":\"#k\"},"
      "{\"reference\":\"#x\"}],\"contained\":[{\"resourceType\":\"Observation\",\"id\":\"k\","
      "\"status\":\"final\",\"valueString\":\"4\"}]}",
      NULL, NULL);
  g_auto (GStrv) missing = g_strsplit (dump, "warning=results-missing", -1);
  g_auto (GStrv) uninformed = g_strsplit (dump, "warning=uninformed", -1);

  g_assert_cmpuint (g_strv_length (missing), ==, 2);
  g_assert_cmpuint (g_strv_length (uninformed), ==, 3);
}

static void
test_imaging_study (void)
{
  static const FhirMapCase cases[] = {
    { "done, without pixels",
      "{\"resourceType\":\"ImagingStudy\",\"status\":\"available\",\"started\":\"2025-04-01T10:00:"
      "00+09:00\","
      "\"description\":\"頭部MRI\",\"identifier\":[{\"system\":\"urn:dicom:uid\",\"value\":\"urn:"
      "oid:1.2.9\"}],"
      "\"numberOfSeries\":1,\"reasonCode\":[{\"text\":\"頭痛\"}],\"series\":[{\"modality\":{"
      "\"code\":\"MR\"},"
      "\"bodySite\":{\"display\":\"頭部\"},\"laterality\":{\"display\":\"左\"},\"description\":"
      "\"T2\","
      "\"numberOfInstances\":20}]}",
      "procedure completed live\n at=2025-04-01T10:00:00+09:00\n title=頭部MRI\n- name=頭部MRI\n "
      "kind=撮影\n"
      " modality=MR\n study_uid=1.2.9\n reason=頭痛\n"
      " comment=シリーズ：[MR] 頭部 左 T2（20 画像）\n site=頭部\n "
      "comment=画像：本データに含まれません" },
    { "not done yet", "{\"resourceType\":\"ImagingStudy\",\"status\":\"registered\"}",
      "procedure planned live\n title=撮影\n warning=result-pending" },
    { "cancelled", "{\"resourceType\":\"ImagingStudy\",\"status\":\"cancelled\"}",
      "procedure cancelled dead" },
  };

  fhir_map_check_cases (imp_fhir_map_imaging_study, cases, G_N_ELEMENTS (cases));
}

static void
test_media (void)
{
  fhir_map_check (
      imp_fhir_map_media,
      "{\"resourceType\":\"Media\",\"status\":\"completed\",\"createdDateTime\":\"2025-04-01\","
      "\"type\":{\"text\":\"写真\"},\"bodySite\":{\"text\":\"左踵\"},\"view\":{\"text\":\"側面\"},"
      "\"content\":{\"contentType\":\"image/jpeg\",\"title\":\"褥瘡\",\"url\":\"http://h.example/"
      "1\"},"
      "\"note\":[{\"text\":\"D3\"}]}",
      "procedure completed live\n at=2025-04-01\n title=褥瘡\n warning=attachment-not-shown\n"
      "- name=褥瘡\n kind=撮影\n site=左踵\n method=側面\n media_type=image/jpeg\n"
      " comment=添付は本データに含まれません：褥瘡\n comment=D3");
  fhir_map_check (imp_fhir_map_media, "{\"resourceType\":\"Media\",\"status\":\"not-done\"}",
                  "procedure cancelled dead\n title=画像");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fhir-report/reports", test_reports);
  g_test_add_func ("/fhir-report/study-of-report", test_study_of_report);
  g_test_add_func ("/fhir-report/warnings", test_warnings);
  g_test_add_func ("/fhir-report/imaging-study", test_imaging_study);
  g_test_add_func ("/fhir-report/media", test_media);
  return g_test_run ();
}
